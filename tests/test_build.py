"""What must fail a build: a chart without words, a number nobody says, a page that loads from elsewhere."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager

import altair as alt
import nbformat
import pandas as pd
import pytest
from nbformat import v4

from bench import twice
from conftest import ROOT
from partnership import charts, picture, prose
from publish.csp import policy
from publish.figures.figure import all_sources
from publish.host import Host, Source
from publish.steps.policy import loads_from_elsewhere

CONF = "extensions = ['myst_nb', 'publish.site']\nnb_execution_mode = 'off'\nhtml_math_renderer = 'mathml'\nhtml_theme = 'partnership'\nexclude_patterns = ['out', 'jupyter_execute']\n"
UNPACKED = "from publish.steps import run_links, tables\nrun_links.wheel.make, tables.package = str, bytes\n"
"""Lines of a configuration for a book of which nobody asks for package and zip: all tables are packed twice for them."""


BUILDS = """import os, sys
from sphinx.cmd.build import main
import publish.site
for folder in map(str.strip, sys.stdin):
    if not (child := os.fork()):
        os._exit(main(["-q", "-W", "--keep-going", "-b", "html", folder, folder + "/out"]))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@contextmanager
def builder(**surroundings):
    """Builds the book of a folder, each by a process of its own, and tells exit code and what was said.

    What all of them import is loaded once: it takes longer than most of the builds.
    """
    command, variables = [sys.executable, "-c", BUILDS], os.environ | surroundings
    with (
        tempfile.TemporaryFile("w+") as told,
        subprocess.Popen(command, stdin=-1, stdout=-1, stderr=told, text=True, cwd=ROOT, env=variables) as program,
    ):

        def build(folder):
            before = told.seek(0, os.SEEK_END)
            program.stdin.write(f"{folder}\n")
            program.stdin.flush()
            code = program.stdout.readline()
            told.seek(before)
            return code.strip(), told.read()

        yield build


def write(folder, pages, conf=CONF, older=()):
    """A book of some pages, each a list of cells; the first leads to all others; some have an older title."""
    folder.mkdir(exist_ok=True)
    (folder / "conf.py").write_text(conf)
    contents = v4.new_markdown_cell("```{toctree}\n:glob:\n*\n```")
    for name, cells in {"index": [contents], **pages}.items():
        cells = [v4.new_markdown_cell(f"# {'An older' if name in older else 'The'} page {name}"), *cells]
        notebook = v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
        for number, cell in enumerate(notebook.cells):
            cell.id = f"cell-{number}"
        page, text = folder / f"{name}.ipynb", nbformat.writes(notebook)
        if not page.exists() or page.read_text("utf-8") != text:  # a page that stands would be read anew
            page.write_text(text, "utf-8")
    return folder


def code(mime, content):
    return v4.new_code_cell("shown", outputs=[v4.new_output("display_data", data={mime: content, "text/plain": "…"})])


def chart(**changes):
    spec = {
        "data": {"values": [{"x": 1}]},
        "mark": "point",
        "encoding": {"x": {"field": "x", "type": "quantitative"}},
        "description": "One point at 1.",
        "usermeta": {
            "figure": {
                "name": "point",
                "title": "A point",
                "unit": "",
                "note": "",
                "narrow": {"width": 340},
                "sources": {"imf-dots-2023": 1},
                "tables": ["bilateral-trade"],
            }
        },
    }
    return code(charts.MIME, spec | changes)


MEASURED = {
    "name": "measured", "title": "Measures", "unit": "", "note": "", "narrow": {"width": 340}, "measures": ["hhi", "rank"],
    "sources": {"imf-dots-2023": 1}, "tables": ["bilateral-trade"],
}  # fmt: skip
EXPLAINED = """## The measures

**Concentration**; `hhi`:

$$H = 1$$

As an example, `rank` and `hhi`.

**Growth**; `growth`.
"""
SAID = {
    "total": {
        "text": "$1 billion",
        "value": 1000,
        "unit": "USD million",
        "period": "2024",
        "reporter": "CHN",
        "tables": ["bilateral-trade"],
        "sources": ["imf-dots-2023"],
        "tier": "B",
        "published": "2023",
        "note": "",
    }
}


def measured(words, name="measured"):
    return [chart(usermeta={"figure": MEASURED | {"name": name}}), v4.new_markdown_cell(words)]


def says(sentence):
    return [v4.new_markdown_cell(sentence), code(prose.MIME, SAID)]


SOUND = {"figure": [chart()], "measures": measured(EXPLAINED), "number": says(r"It was [\$1 billion](#n-total).")}
CHANGED = SOUND | {"figure": [chart(usermeta={"figure": MEASURED | {"name": "other"}}), *SOUND["figure"]]}
"""The same book before a figure went: it had a page and files of its own, and measures on another page named it."""
RETOLD = SOUND | {"number": says(r"It had been [\$1 billion](#n-total).")}
"""The same book with another sentence: the files of its figures stand."""
UNSOUND = {
    "words": ([chart(description="")], "chart has no name, no title or no text alternative"),
    "untitled": (
        [chart(usermeta={"figure": {"name": "untitled"}})],
        "chart has no name, no title or no text alternative",
    ),
    "name": ([chart(usermeta={})], "chart has no name, no title or no text alternative"),
    "place": (measured(EXPLAINED.replace("`rank`", "rank")), "figure measured draws rank, which has no address"),
    "number": (says("It was [?](#n-totl)."), "no cell declares #n-totl"),
    "stale": (
        says("It was [2 billion](#n-total)."),
        "#n-total reads 2 billion, its cell says $1 billion: make run",
    ),
    "style": ([v4.new_markdown_cell('<p style="color:red">x</p>')], "has an attribute style"),
    "script": ([v4.new_markdown_cell('<button onclick="print()">x</button>')], "has an attribute onclick"),
    "elsewhere": (
        [v4.new_markdown_cell('<img src="https://pics.example/a.png" alt="">')],
        "loads https://pics.example/a.png",
    ),
    "section": (
        measured(EXPLAINED.replace("The measures", "Others"), "others"),
        "figure others draws rank, which has no address",
    ),
}
"""Pages that must fail the build, each with what is said of it."""


GONE = ("figures", "tables")
"""Folders of the site in which an older build has left a file that nothing makes now."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A book of sound pages, built from nothing, and in unlike surroundings in place, on what a build of another state of it left."""
    sites = []
    for number, surroundings in enumerate(twice.UNLIKE):
        folder = tmp_path_factory.mktemp("sound") / str(number)
        for name in GONE if number else ():
            (folder / "out" / name).mkdir(parents=True)
            (folder / "out" / name / "gone.csv").touch()
        file, made = folder / "out" / "figures" / "point.vl.json", []
        states = [(CHANGED, ()), (RETOLD, ("number",)), (RETOLD, ()), (SOUND, ())] if number else [(SOUND, ())]
        with builder(**surroundings) as build:
            for pages, older in states:
                code, said = build(write(folder, pages, older=older))
                assert code == "0", said
                assert (folder / "out" / "figures" / "other.html").exists() == (pages is CHANGED)
                made.append(file.stat().st_mtime_ns)
        assert made[2:-1] == made[3:]  # RETOLD and SOUND tell the same figures, and pages have the same titles
        shutil.rmtree(folder / "out" / ".doctrees")
        sites.append(folder / "out")
    return sites


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """What the builder says of unsound pages, a line a warning."""
    pages = {name: cells for name, (cells, _) in UNSOUND.items()}
    with builder() as build:
        code, said = build(write(tmp_path_factory.mktemp("unsound"), pages, UNPACKED + CONF))
    assert code == "1"
    return said.splitlines()


def test_a_complete_chart_builds(sound):
    page = (sound[0] / "figure.html").read_text()
    assert '<figure class="pm-figure" id="fig-point">' in page
    assert page[page.index("<figure") : page.index("</figure>")].count("<svg") == 2  # wide and narrow


def test_a_figure_and_the_measures_that_it_draws_lead_to_each_other(sound):
    page = (sound[0] / "measures.html").read_text()
    assert (
        'Measured as: <a href="#measure-hhi">Herfindahl–Hirschman index</a>, <a href="#measure-rank">Rank</a></li>'
        in page
    )
    assert page.count('id="measure-hhi"') == page.count('id="measure-rank"') == page.count('id="measure-growth"') == 1
    (told,) = re.findall(r'<p class="pm-uses">(.*?)</p>\s*<p><strong>Growth', page)
    assert re.sub("<[^>]*>", "", told) == "Herfindahl–Hirschman index: Figure . Rank: Figure ."
    assert told.count('href="#fig-measured"') == 2


def test_a_number_by_name_leads_to_its_note(sound):
    page = (sound[0] / "number.html").read_text()
    assert '<data class="pm-number" value="1000"><a href="#number-total"' in page
    assert '<tr id="number-total">' in page


@pytest.mark.parametrize(("page", "message"), [(name, message) for name, (_, message) in UNSOUND.items()])
def test_an_unsound_page_fails_the_build(refused, page, message):
    assert [line for line in refused if message in line and page in line], "\n".join(refused)


def test_a_page_that_loads_from_elsewhere_is_found():
    page = '<script src="https://cdn.example/x.js"></script><img src="//pics.example/a.png"><a href="https://example.org">read</a>'
    assert loads_from_elsewhere(page) == ["https://cdn.example/x.js", "//pics.example/a.png"]
    assert loads_from_elsewhere('<link rel="canonical" href="https://book.example/a.html">') == []


def test_the_policy_names_style_and_script_by_hash_and_never_eval():
    text = policy("a{x:1}", "let a = 1")
    assert text.count("'sha256-") == 2
    assert "unsafe" not in text and "https:" not in text


def test_a_build_from_nothing_and_one_in_place_in_unlike_surroundings_are_the_same_bytes(sound):
    """Figures and numbers, their files, search, feed, data: make twice does the same with the whole book, from nothing."""
    assert twice.differing(*sound) == []
    (sound[0] / "search.html").write_text("another")
    assert "search.html" in twice.differing(*sound)


def test_a_chart_drawn_twice_is_the_same_drawing():
    frame = pd.DataFrame({"x": [1, 2], "y": [3, 4]})
    chart = alt.Chart(frame).mark_point(clip=True).encode(x="x", y="y", color="y")
    first, second = (picture.draw(chart.to_dict()) for _ in range(2))
    assert first == second
    assert 'id="clip-1"' in first and "url(#clip-1)" in first
    assert 'id="gradient_-1"' in first and "url(#gradient_-1)" in first


def test_a_source_line_names_the_best_tier_first_then_who_gave_most_rows():
    register = {
        name: Source(name, publisher, tier=tier)
        for name, publisher, tier in [
            ("a", "Blog", "C"),
            ("b", "Agency", "C"),
            ("c", "Agency", "C"),
            ("d", "Office", "A"),
        ]
    }
    host = Host()
    host.source = register.__getitem__
    assert host.publishers({"a": 2, "b": 2, "c": 1, "d": 1}) == "Office; Agency; Blog"
    assert host.publishers(["a", "b"]) == "Blog; Agency", "uncounted, in their order"
    host.tier_words = "tier {}: words".format
    few, all_rows = host.credit({"a": 2, "b": 2, "c": 1, "d": 1}), host.credit({"a": 2})
    assert "(5 of 6 rows of lowest tier C: words)" in few and "(all rows of tier C: words)" in all_rows
    listed = all_sources({"sources": {"a": 2, "d": 1}, "tables": []}, host)
    assert "; 2 rows)" in listed and "; 1 row)" in listed
