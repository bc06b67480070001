"""No public address of an earlier edition ends nowhere: every figure of it still stands, or leads to what tells the same."""

import json

import pytest
from docutils.nodes import make_id

from conftest import CHAPTERS, ROOT, SITE
from partnership import charts
from publish.edition import manifest, metadata, old
from publish.run import read
from publish.steps import mended, moved


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


def test_the_register_holds_every_figure_of_edition_0_1_0():
    assert len({old.name for old in moved.register() if old.edition == "0.1.0"}) == 78


def test_every_published_figure_stands_or_has_a_successor(figures):
    lost = [old.name for old in moved.register() if old.name not in figures and old.name not in moved.successors()]
    assert lost == [], "add to publish/steps/moved.yml what tells now what these told"


def test_every_successor_stands(figures):
    chapters = {path.stem for path in CHAPTERS}
    astray = {
        old: new
        for old, new in moved.successors().items()
        if new not in figures and new.partition(".html")[0] not in chapters
    }
    assert astray == {}


def test_every_section_that_a_successor_names_stands():
    sections = {
        path.stem: {
            make_id(line.lstrip("# "))
            for cell in read(path.read_text("utf-8")).cells
            if cell.cell_type == "markdown"
            for line in cell.source.splitlines()
            if line.startswith("#")
        }
        for path in CHAPTERS
    }
    places = [place.split(".html#") for place in moved.successors().values() if "#" in place]
    assert places and [place for place in places if place[1] not in sections[place[0]]] == []


def test_no_figure_that_stands_is_said_to_have_moved(figures):
    assert set(moved.successors()) & set(figures) == set()


def test_pages_of_edition_0_1_0_stand():
    chapters = {path.stem for path in CHAPTERS}
    assert {old.page.removeprefix("chapters/") for old in moved.register()} <= chapters


def test_each_old_figure_is_accounted_for_in_the_order_of_its_number():
    """Within a chapter the register has the figures in their order; the numbers run on through the chapters."""
    chapters = {each.name: each.page for each in moved.register() if each.edition == old.EDITION}
    assert set(old.reasons()) == set(chapters) and all(old.reasons().values())
    for chapter in set(chapters.values()):
        names = [name for name in old.reasons() if chapters[name] == chapter]
        assert names == [name for name in chapters if chapters[name] == chapter]
    runs = [chapters[name] for name in old.reasons()]
    assert sum(one != next_ for one, next_ in zip(runs, runs[1:], strict=False)) == len(set(runs)) - 1


def test_what_became_of_each_old_figure_is_told_as_it_is(figures):
    rows = manifest.read()
    told = {each.name: each for each in old.fates(rows)}
    assert {name for name, each in told.items() if each.fate in ("kept", "moved")} == set(told) & set(figures)
    assert {name for name, each in told.items() if each.fate in ("merged", "gone")} == set(moved.successors())
    assert old.FILE.read_text("utf-8") == old.text(rows, metadata.cff(ROOT)["version"]), (
        "run: python -m publish.edition.old"
    )


@pytest.mark.slow
def test_old_figures_lead_to_the_numbers_of_today(site):
    made = json.loads((SITE / "figures.json").read_text("utf-8"))["figures"]
    numbers = {figure["id"]: int(figure["number"]) for figure in made}
    assert numbers == {name: number for name, (number, _) in old.figures(manifest.read()).items()}


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
    told = {
        '<th scope="row">outlook, outlook (table), mine': '<th scope="row"><a>O</a>, <a>T</a>, mine',
        '<td data-head="What it touched">outlook, figure annual-trade': '<td data-head="What it touched">outlook, <a>Figure 3</a>',
        '<td data-head="What it touched">table market-shares': '<td data-head="What it touched">table <a>M</a>',
        '<td data-head="What it touched">market-shares': '<td data-head="What it touched">table <a>M</a>',
        '<td data-head="What stood there">annual-trade': '<td data-head="What stood there">annual-trade',
    }
    for cell, wanted in told.items():
        assert mended.CELL.sub(lambda found: mended.linked(found, known), cell) == wanted


@pytest.mark.slow
def test_on_the_site_every_old_address_is_found(site):
    """The own page of each figure, and the place in its chapter; what it leads to is found as well."""
    for each in moved.register():
        own = (SITE / "figures" / f"{each.name}.html").read_text("utf-8")
        assert f'id="fig-{each.name}"' in (SITE / f"{each.page}.html").read_text("utf-8"), each
        assert own.count("<h1>") == 1
    for name, place in moved.successors().items():
        own = (SITE / "figures" / f"{name}.html").read_text("utf-8")
        page, _, anchor = own.partition('<a href="../')[2].partition('"')[0].partition("#")
        assert anchor and f'id="{anchor}"' in (SITE / page).read_text("utf-8"), (name, place)
