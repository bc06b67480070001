"""What must fail a build: a chart without words, a number nobody says, a page that loads from elsewhere."""

import os
import re
import shutil
import subprocess
import sys

import altair as alt
import nbformat
import pandas as pd
import pytest
from nbformat import v4

from bench import twice
from conftest import ROOT
from partnership import charts, picture, prose
from publish.csp import policy
from publish.host import Host, Source
from publish.steps.policy import loads_from_elsewhere

CONF = "extensions = ['myst_nb', 'publish.site']\nnb_execution_mode = 'off'\nhtml_math_renderer = 'mathml'\nhtml_theme = 'partnership'\n"


def build(folder, cells, **surroundings):
    folder.mkdir(exist_ok=True)
    (folder / "conf.py").write_text(CONF)
    notebook = v4.new_notebook(
        cells=[v4.new_markdown_cell("# A page"), *cells], metadata={"language_info": {"name": "python"}}
    )
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    nbformat.write(notebook, folder / "index.ipynb")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", folder, folder / "out"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ | surroundings)


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


def test_a_complete_chart_builds(tmp_path):
    result = build(tmp_path, [chart()])
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "out" / "index.html").read_text()
    assert '<figure class="pm-figure" id="fig-point">' in page
    assert page[page.index("<figure") : page.index("</figure>")].count("<svg") == 2  # wide and narrow


@pytest.mark.parametrize("change", [{"description": ""}, {"usermeta": {}}])
def test_a_chart_without_words_fails_the_build(tmp_path, change):
    result = build(tmp_path, [chart(**change)])
    assert result.returncode != 0
    assert "chart has no name or no text alternative" in result.stderr


MEASURED = {
    "name": "point", "title": "A point", "unit": "", "note": "", "narrow": {"width": 340}, "measures": ["hhi", "rank"],
    "sources": {"imf-dots-2023": 1}, "tables": ["bilateral-trade"],
}  # fmt: skip
EXPLAINED = """## The measures

**Concentration**; `hhi`:

$$H = 1$$

As an example, `rank` and `hhi`.

**Growth**; `growth`.
"""


def test_a_figure_and_the_measures_that_it_draws_lead_to_each_other(tmp_path):
    result = build(tmp_path, [chart(usermeta={"figure": MEASURED}), v4.new_markdown_cell(EXPLAINED)])
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "out" / "index.html").read_text()
    assert (
        'Measures: <a href="#measure-hhi">Herfindahl–Hirschman index</a>, <a href="#measure-rank">Rank</a></li>' in page
    )
    assert page.count('id="measure-hhi"') == page.count('id="measure-rank"') == page.count('id="measure-growth"') == 1
    (told,) = re.findall(r'<p class="pm-uses">(.*?)</p>\s*<p><strong>Growth', page)
    assert re.sub("<[^>]*>", "", told) == "Herfindahl–Hirschman index: Figure . Rank: Figure ."
    assert told.count('href="#fig-point"') == 2


@pytest.mark.parametrize("words", [EXPLAINED.replace("`rank`", "rank"), EXPLAINED.replace("The measures", "Others")])
def test_a_measure_without_an_address_fails_the_build(tmp_path, words):
    result = build(tmp_path, [chart(usermeta={"figure": MEASURED}), v4.new_markdown_cell(words)])
    assert result.returncode != 0
    assert "figure point draws rank, which has no address" in result.stderr


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


def test_a_number_by_name_leads_to_its_note(tmp_path):
    result = build(tmp_path, [v4.new_markdown_cell(r"It was [\$1 billion](#n-total)."), code(prose.MIME, SAID)])
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "out" / "index.html").read_text()
    assert '<data class="pm-number" value="1000"><a href="#number-total"' in page
    assert '<tr id="number-total">' in page


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("It was [?](#n-totl).", "no cell declares #n-totl"),
        ("It was [2 billion](#n-total).", "#n-total reads 2 billion, its cell says $1 billion: make run"),
    ],
)
def test_a_wrong_number_fails_the_build(tmp_path, sentence, message):
    result = build(tmp_path, [v4.new_markdown_cell(sentence), code(prose.MIME, SAID)])
    assert result.returncode != 0
    assert message in result.stderr


def test_a_page_that_loads_from_elsewhere_is_found():
    page = '<script src="https://cdn.example/x.js"></script><img src="//pics.example/a.png"><a href="https://example.org">read</a>'
    assert loads_from_elsewhere(page) == ["https://cdn.example/x.js", "//pics.example/a.png"]
    assert loads_from_elsewhere('<link rel="canonical" href="https://book.example/a.html">') == []


def test_the_policy_names_style_and_script_by_hash_and_never_eval():
    text = policy("a{x:1}", "let a = 1")
    assert text.count("'sha256-") == 2
    assert "unsafe" not in text and "https:" not in text


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<p style="color:red">x</p>', "has an attribute style"),
        ('<button onclick="print()">x</button>', "has an attribute onclick"),
        ('<img src="https://pics.example/a.png" alt="">', "loads https://pics.example/a.png"),
    ],
)
def test_what_the_policy_would_refuse_fails_the_build(tmp_path, html, message):
    result = build(tmp_path, [v4.new_markdown_cell(html)])
    assert result.returncode != 0
    assert message in result.stderr


def test_two_builds_in_unlike_surroundings_are_the_same_bytes(tmp_path):
    """A page with a figure and a number, its files, search, feed, data: make twice does the same with the whole book."""
    words = v4.new_markdown_cell(r"It was [\$1 billion](#n-total).")
    sites = []
    for number, surroundings in enumerate(twice.UNLIKE):
        folder = tmp_path / str(number)
        assert build(folder, [words, code(prose.MIME, SAID), chart()], **surroundings).returncode == 0
        shutil.rmtree(folder / "out" / ".doctrees")
        sites.append(folder / "out")
    assert twice.differing(*sites) == []
    (sites[0] / "index.html").write_text("another")
    assert "index.html" in twice.differing(*sites)


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
