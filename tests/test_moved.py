"""No public address of an earlier edition ends nowhere: figures and places of it still stand, or lead to what tells the same."""

import json
import re
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from docutils import nodes
from docutils.nodes import make_id
from docutils.utils import new_document

from conftest import CHAPTERS, ROOT, SITE
from partnership import charts, measures
from publish.edition import figure_fates, manifest, metadata
from publish.run import read
from publish.steps import correction_links, moved

KINDS = ["html", "csv", "svg", "png", "vl.json", "bib", "csl.json"]
"""What a figure has at its own address; one that went has the page alone."""


@pytest.fixture(scope="module")
def figures():
    """Name of each figure that the stored chapters show, with its chapter."""
    found = {}
    for path in CHAPTERS:
        for cell in read(path.read_text("utf-8")).cells:
            for output in cell.get("outputs", []):
                spec = output.get("data", {}).get(charts.MIME)
                if spec:
                    found[spec["usermeta"]["figure"]["name"]] = path.stem
    return found


@pytest.fixture(scope="module")
def places():
    """Places in the chapters: sections, what stored tables name, measures."""
    found = {f"data-and-methods.html#measure-{name.replace('_', '-')}" for name in measures.TERMS}
    for path in (ROOT / "chapters").iterdir():
        cells = (
            read(path.read_text("utf-8")).cells if path.suffix == ".ipynb" else [{"source": path.read_text("utf-8")}]
        )
        for cell in cells:
            words = "" if cell.get("cell_type") == "code" else re.sub(r"\]\(#[^)]*\)", "]", cell["source"])
            heads = re.findall(r"^#+ (.*)", words, re.M)
            html = "".join(output.get("data", {}).get("text/html", "") for output in cell.get("outputs", []))
            ids = [*map(make_id, heads), *re.findall(r' id="([^"]+)"', html)]
            found.update(f"{path.stem}.html#{name}" for name in ids)
    return found


def test_the_register_holds_every_address_of_edition_0_1_0():
    old = [each for each in moved.register() if each.edition == "0.1.0"]
    claims = [each for each in old if each.anchor.startswith("claim-")]
    assert (len([each for each in old if each.figure]), len(claims), len(old)) == (78, 59, 352)


def test_every_published_address_stands_or_has_a_successor(figures, places):
    standing = {*figures, *places, *moved.successors()}
    lost = [old.name for old in moved.register() if old.name not in standing]
    assert lost == [], "add to publish/steps/moved.yml what tells now what these told"


def test_every_successor_stands(figures, places):
    assert [new for new in moved.successors().values() if new not in {*figures, *places}] == []


def test_nothing_that_stands_is_said_to_have_moved(figures, places):
    assert set(moved.successors()) & {*figures, *places} == set()
    assert set(moved.successors()) <= {old.name for old in moved.register()}


def test_pages_of_edition_0_1_0_stand():
    chapters = {path.stem for path in (ROOT / "chapters").iterdir()}
    assert {old.page.removeprefix("chapters/") for old in moved.register()} <= chapters


def test_each_old_figure_is_accounted_for_in_the_order_of_its_number():
    """Within a chapter the register has the figures in their order; the numbers run on through the chapters."""
    chapters = {
        each.name: each.page for each in moved.register() if each.edition == figure_fates.EDITION and each.figure
    }
    assert set(figure_fates.reasons()) == set(chapters) and all(figure_fates.reasons().values())
    for chapter in set(chapters.values()):
        names = [name for name in figure_fates.reasons() if chapters[name] == chapter]
        assert names == [name for name in chapters if chapters[name] == chapter]
    runs = [chapters[name] for name in figure_fates.reasons()]
    assert sum(one != next_ for one, next_ in zip(runs, runs[1:], strict=False)) == len(set(runs)) - 1


def test_what_became_of_each_old_figure_is_told_as_it_is(figures):
    rows = manifest.read()
    told = {each.name: each for each in figure_fates.fates(rows)}
    assert {name for name, each in told.items() if each.fate in ("kept", "moved")} == set(told) & set(figures)
    assert {name for name, each in told.items() if each.fate in ("merged", "gone")} == {
        name for name in moved.successors() if "#" not in name
    }
    assert figure_fates.FILE.read_text("utf-8") == figure_fates.text(rows, metadata.cff(ROOT)["version"]), (
        "run: make current"
    )


@pytest.mark.slow
def test_old_figures_lead_to_the_numbers_of_today(site):
    made = json.loads((SITE / "figures.json").read_text("utf-8"))["figures"]
    numbers = {figure["id"]: int(figure["number"]) for figure in made}
    assert numbers == {name: number for name, (number, _) in figure_fates.figures(manifest.read()).items()}


@pytest.mark.slow
def test_what_moved_is_told_to_who_asks_for_it_alone(browser, site):
    tab = browser.new_page()
    page = (SITE / "chapters" / "overview.html").as_uri()
    tab.goto(page)
    line = tab.locator("#fig-verdicts-today")
    assert line.count() == 1 and not line.is_visible()
    tab.goto(f"{page}#fig-verdicts-today")
    assert line.is_visible()
    tab.close()


def test_names_on_the_page_of_corrections_become_links():
    known = {
        "outlook": "<a>O</a>",
        "outlook (table)": "<a>T</a>",
        "annual-trade": "table",
        "figure annual-trade": "<a>Figure 3</a>",
        "market-shares": "table <a>M</a>",
    }
    head = '<table><tr><th scope="col">Where</th><th scope="col">What it touched</th></tr><tr>'
    told = {
        '<th scope="row">outlook, outlook (table), mine</th>': '<th scope="row"><a>O</a>, <a>T</a>, mine</th>',
        '<td data-head="What it touched">outlook, figure annual-trade</td>': '<td data-head="What it touched">outlook, <a>Figure 3</a></td>',
        '<td data-head="What it touched">table market-shares</td>': '<td data-head="What it touched">table <a>M</a></td>',
        '<td class="a" data-head="What it touched">market-shares</td>': '<td class="a" data-head="What it touched">table <a>M</a></td>',
        '<td data-head="What it touched">it&#x27;s &lt;b&gt;</td>': '<td data-head="What it touched">it&#x27;s &lt;b&gt;</td>',
        '<td data-head="What stood there">annual-trade</td>': '<td data-head="What stood there">annual-trade</td>',
    }
    for cell, wanted in told.items():
        assert correction_links.linked_table(f"{head}{cell}</tr></table>", known) == f"{head}{wanted}</tr></table>"
    assert correction_links.linked_table('<table><tr><th scope="row">outlook</th></tr></table>', known) is None


def test_an_old_place_stands_before_the_section_that_it_leads_to_or_the_build_fails(monkeypatch):
    page, log = new_document("page"), Mock()
    page += nodes.section("", nodes.title("", "New"), ids=["new"])
    places = [moved.Old(f"a.html#{name}", "chapters/a", "0.1.0") for name in ("old", "older", "lost")]
    paths = ["chapters/a.html#new", "chapters/a.html#new", "chapters/a.html#gone"]
    leads = [moved.Lead(old, path, "") for old, path in zip(places, paths, strict=True)]
    monkeypatch.setattr(moved, "LOG", log)
    moved.keep_anchors(SimpleNamespace(builder=SimpleNamespace(partnership_moved=leads)), page, "chapters/a")
    assert [node.astext() for node in page[:2]] == ['<span id="old"></span>', '<span id="older"></span>']
    assert page[2]["ids"] == ["new"] and "gone" in log.warning.call_args.args


def test_a_page_of_corrections_without_its_tables_fails_the_build(monkeypatch):
    page, log = new_document("page"), Mock()
    page += nodes.raw("", "<p>annual-trade</p>", format="html")
    monkeypatch.setattr(correction_links, "LOG", log)
    monkeypatch.setattr(correction_links, "places", lambda app: {})
    correction_links.link_places(None, page, correction_links.PAGE)
    assert log.warning.call_count == 1
    page += nodes.raw("", f"<table><tr><th>{correction_links.TOUCHED}</th></tr></table>", format="html")
    correction_links.link_places(None, page, correction_links.PAGE)
    assert log.warning.call_count == 1


@pytest.mark.slow
def test_on_the_site_every_old_address_is_found(site):
    """The own page of each figure, and its place or that of a section or claim; what it leads to is found as well."""
    pages = {each.page: (SITE / f"{each.page}.html").read_text("utf-8") for each in moved.register()}
    for each in moved.register():
        assert pages[each.page].count(f' id="{each.anchor}"') == 1, each
        files = [] if not each.figure else KINDS if each.name not in moved.successors() else ["html"]
        assert all((SITE / "figures" / f"{each.name}.{kind}").is_file() for kind in files), each
    for name, place in moved.successors().items():
        page, _, anchor = name.partition(".html#")
        if not anchor:
            own = (SITE / "figures" / f"{name}.html").read_text("utf-8")
            assert own.count("<h1>") == 1
            page, _, anchor = own.partition('<a href="../')[2].partition('"')[0].partition("#")
            assert anchor and f'id="{anchor}"' in (SITE / page).read_text("utf-8"), (name, place)
        elif place.startswith(f"{page}.html#"):
            new = rf'<span id="{anchor}"></span>(<span id="[^"]+"></span>)*<section [^>]*id="{place.partition("#")[2]}"'
            assert re.search(new, pages[f"chapters/{page}"]), (name, place)
        else:
            assert re.search(rf'<p id="{anchor}">[^\n]*? href="{place}"', pages[f"chapters/{page}"]), (name, place)
