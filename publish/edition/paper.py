"""What print leaves out of a chapter, and what it sets otherwise, so that the book stays one that can be carried.

Left out are what only a screen can do, code, and what readers look up rather than read: formulas and rows behind each
number, columns of tables, the log of searches, the history of editions. :data:`LEFT_OUT` says so on the title page.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from bs4 import BeautifulSoup, Tag

from partnership import data

LEFT_OUT = (
    "Code and exercises (in the notebooks); the data of each figure (in a CSV file of its name, and all of them in one "
    "workbook); of each number and statement the formula, the table and its rows; the columns of each table; the log of "
    "searches; the history of editions. Site and archive hold all of it; on the site a number leads to it."
)
# What needs a screen: live parts, second drawings, tables that repeat a drawing, downloads, citations of single parts.
SCREEN_ONLY = (
    "details.pm-code", ".headerlink", ".pm-narrow", ".pm-live", ".pm-figure .pm-table", ".pm-sources", ".pm-cite", ".pm-embed", ".pm-downloads",
    ".pm-filter", ".pm-edition", ".pm-catalogue :is(img, noscript, .pm-picture)", ".pm-all-tables", ".tag_try", "#try-it", "#revision-history", "#what-editions-changed", "script", "button",
)  # fmt: skip
NUMBERS = ("Number", "Unit", "Period", "Reporter", "Source", "Tier", "Published")
STATEMENTS = ("Words", "Tested", "False if", "Margin until false", "Source", "Tier")
LONG = 8  # lines of a cell's code
_MET = re.compile(r"[a-z]+|#[a-z-]+|[a-z]*\.[a-z_-]+")  # selectors that a tag meets by itself
_UNBROKEN = re.compile(r"\S{25}")


def fit(body: Tag) -> None:
    """Change a chapter's text in place into that of the printed book."""
    drop(body, SCREEN_ONLY)
    _gather_titles(body)
    _drop_long_code(body)
    _drop_reference_folds(body)
    for table in body.select(".pm-ledger table"):
        _keep(table, STATEMENTS if table.find_parent(class_="pm-tests") else NUMBERS)
    for table in body.select("table.pm-claims"):
        _evidence_below(table)
    for figure in body.select("figure"):
        figure.name = "div"  # in a PDF a figure needs an alternative text; the drawing in it has one
    _unfold(body)
    for words in body.find_all(
        string=_UNBROKEN
    ):  # nobody can scroll paper; broken everywhere, short words would break too
        if words.parent is not None:
            words.parent["class"] = " ".join([*words.parent.get_attribute_list("class"), "pm-long"])


def drop(body: Tag, selectors: Collection[str]) -> None:
    """Remove the elements that any of the selectors matches: names, classes and ids in one walk.

    ``Tag.select`` would test every selector on thousands of cells, including those about to go.
    """
    met = set(filter(_MET.fullmatch, selectors))
    _walk(body, met)
    for found in body.select(", ".join(set(selectors) - met)):
        found.decompose()


def _walk(tag: Tag, met: set[str]) -> None:
    for child in [child for child in tag.contents if isinstance(child, Tag)]:
        name, classes = child.name, child.get_attribute_list("class")
        marks = {name, f"#{child.get('id')}", *(f"{of}.{one}" for one in classes for of in ("", name))}
        if marks.isdisjoint(met):
            _walk(child, met)
        else:
            child.decompose()


def _gather_titles(body: Tag) -> None:
    """Tests of figures' titles join the statements at the end of the chapter, where they take one line each."""
    ledger = body.select_one("details.pm-ledger.pm-tests tbody")
    for tests in body.select(".pm-figure details.pm-tests"):
        figure = tests.find_parent(class_="pm-figure")
        number = figure.select_one(".pm-number-of-figure") if figure else None
        for row in tests.select("tbody tr") if ledger else ():
            if row.th and number:
                row.th.insert(0, f"{number.get_text()}: ")
            ledger.append(row.extract())  # type: ignore[union-attr]
        tests.decompose()


def _drop_long_code(body: Tag) -> None:
    """Code that draws a figure, or that is long, stays in the notebook."""
    for code in body.select(".cell_input"):
        cell = code.find_parent(class_="cell")
        if len(code.get_text().strip().splitlines()) > LONG or (cell is not None and cell.select_one(".pm-figure")):
            code.decompose()


def _drop_reference_folds(body: Tag) -> None:
    """Of a table of the data package the line that says what it holds stays; of the searches their count."""
    for fold in body.select("details.pm-table"):
        if fold.select_one("p[id^=table-]"):
            for scroll in fold.select(".pm-scroll"):
                scroll.decompose()
        elif fold.summary is not None and fold.summary.get_text() == "All searches":
            fold.decompose()


def _keep(table: Tag, columns: tuple[str, ...]) -> None:
    """Keep some columns of a table; of sources name the publisher alone."""
    heads = [head.get_text() for head in table.select("thead th")]
    source = heads.index("Source") if "Source" in heads else -1
    for row in table.select("tr"):
        cells = row.find_all(["th", "td"], recursive=False)
        if len(cells) != len(heads):
            continue
        if source >= 0 and row.find_parent("thead") is None:
            cells[source].string = publishers(cells[source].get_text())
        for head, cell in zip(heads, cells, strict=True):
            if head not in columns:
                cell.decompose()
            elif head == "Tested":
                _without_meaning(cell)


def _without_meaning(cell: Tag) -> None:
    for link in cell.select('a[href*="#word-"]'):
        before = link.previous_sibling
        if isinstance(before, str):
            before.replace_with(re.sub(r"; $", "", before))
        link.decompose()


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    sources = data.sources()
    return {
        f"{row.publisher}, {row.title}" if isinstance(row.title, str) and row.title else row.publisher: row.publisher
        for row in sources.itertuples()
    }


def publishers(words: str) -> str:
    """The publishers named in a list of sources, each once, in their order; words of an unknown form stay as they are."""
    found = {words.find(label): publisher for label, publisher in _labels().items() if label in words}
    more = re.search(r"; and \d+ more$", words)
    named = list(dict.fromkeys(found[place] for place in sorted(found)))
    return "; ".join(named) + (more[0] if more else "") if named else words


def _evidence_below(table: Tag) -> None:
    """The evidence of a claim stands below it, as wide as the table, instead of in a narrow column beside it."""
    heads = table.select("thead th")
    if not heads or heads[-1].get_text() != "Evidence":
        return
    heads[-1].decompose()
    for row in table.select("tbody tr"):
        cell = row.find_all("td", recursive=False)[-1].extract()
        fold = cell.details
        if fold is None:
            continue
        if fold.summary is not None:
            fold.summary.decompose()
        below = BeautifulSoup("", "html.parser").new_tag("tr")
        below["class"] = "pm-evidence"
        cell.clear()
        cell["colspan"] = str(len(heads) - 1)
        for part in list(fold.contents):
            cell.append(part)
        below.append(cell)
        row.insert_after(below)


def _unfold(body: Tag) -> None:
    """Folds become plain parts with their summary as a heading."""
    for fold in body.find_all("details"):
        fold.name = "div"
        del fold["open"]
        if fold.summary is not None:
            fold.summary.attrs["class"] = "pm-fold"
            fold.summary.name = "p"
