"""The numbers of all figures as one workbook that a screen reader can walk: one sheet and one table a figure.

Laid out after the British Government Analysis Function's guidance on spreadsheets that everybody can use: the title in
A1, how many tables there are, notes and source above the table, no merged cells, no colour that means anything, one
defined table with a header row, links with words. The same edition gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import floor, log10
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table as Defined
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from partnership import citation, codebook, marks
from partnership.marks import Table
from publish.figures import tidyfiles
from publish.figures.numbering import Shown
from publish.thisbook import LICENCE

TITLE, HEAD, LINK = Font(name="Arial", size=14, bold=True), Font(name="Arial", bold=True), Font(name="Arial", color="0B4F7D", underline="single")  # fmt: skip
TEXT = Font(name="Arial")
WIDEST = 60  # characters of a column, as are the next two
NARROWEST = 9
PROSE = 100  # the one column of cover and notes
LONGEST = 32_767  # characters that a spreadsheet takes in a cell; it cuts the rest
LONGEST_HEAD = 255  # characters of a table's header; with more it wants to repair the file
_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # such text would be read as the character of that number
SEPARATE = "A sheet has one table, which begins below the lines that describe it."
NOTES = (
    ("What is here", "Each figure of the book has a sheet with the numbers that it draws. " + SEPARATE),
    ("Columns", "The header names the column and, after a comma, its unit."),
    ("Empty cells", "An empty cell is a value that is missing, or a column that the panel of this row does not have."),
    ("Periods", "Years are numbers. Months and days are text in the form of ISO 8601: 2024-03, 2024-03-14."),
    ("Decimals", "Cells hold ten digits at most, as the CSV file of the figure; the format shows fewer."),
    ("Text that looks like a formula", "No cell is a formula. Text that begins with =, +, - or @ is stored as text."),
    (
        "Tiers",
        "; ".join(f"{tier} {meaning}" for tier, meaning in codebook.TIERS.items())
        + ". A figure has the lowest tier of its sources.",
    ),
    ("Not here", "Charts, sentences, tests of titles and the tables behind the figures: these are in the book, its data package and its archive."),
)  # fmt: skip


def make(shown: Sequence[Shown], chapters: dict[str, str], base: str = "") -> bytes:
    """The workbook.

    Parameters
    ----------
    shown : sequence of Shown
        The figures in their order; figures without numbers of their own have no sheet.
    chapters : dict
        Title of each page.
    base : str
        The site's public address; without it addresses are those below the site's root.
    """
    drawn = [
        (figure, tidyfiles.metadata(figure, base), tidyfiles.files(figure.name, figure.spec)[f"{figure.name}.csv"])
        for figure in shown
        if tidyfiles.tables(figure.spec)
    ]
    book = Workbook()
    book.remove(book.active)
    _cover(book, base)
    _notes(book)
    listed = [
        [_label(figure), told["title"], told["subtitle"], chapters[figure.page], len(table.rows), told["lowest_tier"], told["address"]]
        for figure, told, table in drawn
    ]  # fmt: skip
    contents = _sheet(book, "Contents", "Contents", ["One table: the sheets with figures, in the order of the book. The first column leads to each."])  # fmt: skip
    heads = ["Sheet", "Title", "What it shows", "Chapter", "Rows", "Lowest tier", "Address of the figure"]
    first = _table(contents, "contents", heads, listed)
    for row, (sheet, *_) in enumerate(listed, first):
        _lead(contents.cell(row, 1), sheet)
    for figure, told, table in drawn:
        _figure(book, figure, told, table)
    rows = [
        [_label(figure), one["publisher"], one["title"], one["published"], one["tier"], one["rows"], one["licence"], one["address"]]
        for figure, told, _ in drawn
        for one in told["sources"]
    ]  # fmt: skip
    sources = _sheet(book, "Sources", "Sources of each figure", ["One table: a row a figure and source, best tier first."])  # fmt: skip
    _table(sources, "sources", ["Figure", "Publisher", "Title", "Published", "Tier", "Rows used", "Licence", "Address"], rows)  # fmt: skip
    return _packed(book)


# -- sheets ---------------------------------------------------------------------------------------


def _cover(book: Workbook, base: str) -> None:
    edition = citation.edition()
    where = f"https://doi.org/{edition.doi}" if edition.doi else base
    lines = [
        f"Figures of the book as tables. Edition {edition.version} of {edition.released}.",
        edition.abstract,
        f"Authors: {', '.join(edition.authors)}",
        f"Cite as: {edition.cited()} {where}".strip(),
        f"Licence: text and data {LICENCE}; the sheet Sources names the terms of each.",
        "Sheets: Notes says how to read, Contents lists the figures, Sources the sources; between them one sheet a figure.",
    ]
    _prose(book, "Cover", edition.title, lines)


def _notes(book: Workbook) -> None:
    _prose(book, "Notes", "Notes: how to read this workbook", [f"{head}. {words}" for head, words in NOTES])


def _prose(book: Workbook, name: str, title: str, lines: Iterable[str]) -> None:
    sheet = _sheet(book, name, title, lines)
    sheet.column_dimensions["A"].width = PROSE
    _on_paper(sheet)
    for row in sheet["A1:A" + str(sheet.max_row)]:
        row[0].alignment = Alignment(wrap_text=True, vertical="top")


def _label(figure: Shown) -> str:
    """The sheet of a figure: its number, or in a book that numbers none its name, as far as a sheet's name may go."""
    return f"Figure {figure.number}" if figure.number else figure.name[:31]


def _figure(book: Workbook, figure: Shown, told: dict[str, Any], table: Table) -> None:
    lines = [
        f"{told['subtitle'].rstrip('.')}. One table." if told["subtitle"] else "One table.",
        told["note"] and f"Note: {told['note']}",
        figure.host.credit(figure.meta["sources"]),
        f"Figure and its sources: {told['address']}",
        "To the contents",
    ]
    sheet = _sheet(book, _label(figure), f"{_label(figure)}: {told['title']}", filter(None, lines))
    back = sheet.max_row
    heads = [" ".join(marks.heading(figure.spec, column).split()) for column in table.columns]
    textual = {column for column in table.columns if any(tidyfiles.is_text(row.get(column)) for row in table.rows)}
    rows = [[value(row.get(column), column in textual) for column in table.columns] for row in table.rows]
    periods = {number for number, column in enumerate(table.columns) if _is_period(column, table)}
    _table(sheet, "figure_" + re.sub(r"\W", "_", figure.name), _unlike(heads), rows, periods)
    _lead(sheet.cell(back, 1), "Contents")


def _is_period(column: str, table: Table) -> bool:
    values = [row[column] for row in table.rows if row.get(column) is not None]
    years = all(isinstance(one, int) and 1900 <= one <= 2100 for one in values)
    return years or marks.is_time(column, values)


def _unlike(heads: list[str]) -> list[str]:
    """Headings that differ also without regard to capitals and are no longer than a defined table wants them."""
    if len({head.lower() for head in heads}) < len(heads):
        raise ValueError(f"two columns of a figure have the same name: {heads}")
    if long := [head for head in heads if len(head) > LONGEST_HEAD]:
        raise ValueError(f"a heading of {len(long[0]):,} characters, {LONGEST_HEAD} go into a table: {long[0][:40]}…")
    return heads


def value(raw: Any, textual: bool) -> Any:
    """A cell's value, the same as in the CSV file of the figure.

    Examples
    --------
    >>> value("2024", False), value("2024", True), value(0.1 + 0.2, False), value(float("nan"), False)
    (2024, '2024', 0.3, None)
    """
    if raw is None or raw != raw:
        return None
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, (int, float)):
        number = float(f"{raw:.10g}")
        return int(number) if number.is_integer() else number
    words = " ".join(str(raw).split())
    return words if textual or not words.isdigit() else int(words)


# -- cells ----------------------------------------------------------------------------------------


def _sheet(book: Workbook, name: str, title: str, lines: Iterable[str]) -> Worksheet:
    sheet = book.create_sheet(name)
    for row, line in enumerate([title, *lines], 1):
        _write(sheet.cell(row, 1), line, TITLE if row == 1 else TEXT)
    return sheet


def _write(cell: Cell, content: Any, font: Font = TEXT) -> None:
    if isinstance(content, str) and len(content) > LONGEST:
        raise ValueError(
            f"{cell.parent.title}, {cell.coordinate}: {len(content):,} characters, a cell holds {LONGEST:,}"
        )
    cell.value, cell.font = _CODE.sub(r"_x005F\g<0>", content) if isinstance(content, str) else content, font
    if isinstance(content, str):
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.quotePrefix = content[:1] in "=+-@"


def _lead(cell: Cell, sheet: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1")
    cell.font = LINK


def _table(sheet: Worksheet, label: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], periods: Iterable[int] = ()) -> int:  # fmt: skip
    """Write a defined table below what the sheet already holds; return the row of its first values."""
    top = sheet.max_row + 1
    for column, head in enumerate(heads):
        cell = sheet.cell(top, column + 1)
        _write(cell, head, HEAD)
        numbers = [row[column] for row in rows if isinstance(row[column], (int, float))]
        right = "right" if numbers and len(numbers) * 2 > len(rows) else None
        cell.alignment = Alignment(wrap_text=True, vertical="bottom", horizontal=right)
        cell.border = Border(bottom=Side(style="thin"))
        shown = "General" if column in periods else shape(numbers)
        for offset, row in enumerate(rows, 1):
            _write(sheet.cell(top + offset, column + 1), row[column])
            if isinstance(row[column], (int, float)):
                sheet.cell(top + offset, column + 1).number_format = shown
        lengths = [len(str(row[column])) for row in rows if row[column] is not None]
        longest = max([*lengths, *(len(word) + 2 for word in head.split())], default=0)
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(longest + 2, NARROWEST), WIDEST)
    area = f"A{top}:{get_column_letter(len(heads))}{top + max(len(rows), 1)}"
    defined = Defined(displayName=label, name=label, ref=area)
    defined.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(defined)
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.print_title_rows = f"{top}:{top}"
    _on_paper(sheet)
    return top + 1


def _on_paper(sheet: Worksheet) -> None:
    """As wide as a sheet of paper, as long as it must be."""
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def shape(numbers: Sequence[float]) -> str:
    """How the numbers of a column are shown: three digits of the largest, as many decimals in every row.

    Examples
    --------
    >>> shape([244.81, 3.5]), shape([1, 20]), shape([0.043]), shape([])
    ('#,##0.0', '#,##0', '0.000', 'General')
    """
    decimals = max((len(f"{number:.10g}".partition(".")[2]) for number in numbers), default=0)
    largest = max((abs(number) for number in numbers), default=0)
    if not numbers or not largest:
        return "General"
    places = min(decimals, max(3 - floor(log10(largest)) - 1, 1))
    whole = "#,##0" if largest >= 1000 or places < 3 else "0"
    return whole + ("." + "0" * places if places else "")


def _packed(book: Workbook) -> bytes:
    """The file with the edition's date in place of the moment of writing."""
    edition = citation.edition()
    book.properties.title, book.properties.creator = edition.title, ", ".join(edition.authors)
    book.properties.subject = f"Figures as tables. Edition {edition.version} of {edition.released}."
    book.properties.keywords, book.properties.language = ", ".join(edition.keywords), "en-GB"
    book.properties.created = book.properties.modified = datetime.fromisoformat(edition.released)
    raw = io.BytesIO()
    book.save(raw)
    held = {}
    with zipfile.ZipFile(raw) as written:
        for entry in written.namelist():
            held[entry] = written.read(entry)
    moment = f"{edition.released}T00:00:00Z"
    properties = held["docProps/core.xml"].decode()
    held["docProps/core.xml"] = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{moment}", properties).encode()
    return tidyfiles.archive(held)
