"""Cells of spreadsheets as text: what a publisher typed, without the noise of binary fractions."""

from __future__ import annotations

import io
from decimal import Decimal
from functools import lru_cache
from typing import Any

WIDEST = 120
"""Columns of a sheet that are read: some sheets are padded with thousands of empty ones."""
XLSX, XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def names(raw: bytes) -> list[str]:
    """Names of the sheets of a workbook."""
    return list(_sheets(raw))


def cells(raw: bytes, sheet: str) -> list[list[str]]:
    """Rows of a sheet as text.

    Raises
    ------
    ValueError
        If the bytes are no workbook, or it has no such sheet; the message lists those it has.
    """
    found = _sheets(raw)
    if sheet not in found:
        raise ValueError(f"no sheet {sheet!r}; there are: {', '.join(found)}")
    return [[text(cell) for cell in row] for row in found[sheet]]


def text(cell: Any) -> str:
    """A cell as text; numbers with at most fifteen digits, which is what a spreadsheet holds.

    Examples
    --------
    >>> text(318.17470000000003), text(2022.0), text(None), text(" Asia ")
    ('318.1747', '2022', '', 'Asia')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        number = format(Decimal(format(cell, ".15g")), "f")
        return (number.rstrip("0").rstrip(".") if "." in number else number) or "0"
    return str(cell).strip()


# A reader of many sheets asks for one after the other; a workbook is always read whole.
@lru_cache(maxsize=1)
def _sheets(raw: bytes) -> dict[str, list[list[Any]]]:
    if raw.startswith(XLSX):
        import openpyxl

        try:
            book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True, read_only=True)
            found = {sheet.title: [list(row[:WIDEST]) for row in sheet.iter_rows(values_only=True)] for sheet in book}
        except Exception as error:  # a cut or mangled archive fails in many ways
            raise ValueError(f"not a readable workbook: {error}") from error
        return found
    if raw.startswith(XLS):
        import xlrd

        try:
            old = xlrd.open_workbook(file_contents=raw, logfile=io.StringIO())
        except Exception as error:
            raise ValueError(f"not a readable workbook: {error}") from error
        return {sheet.name: [sheet.row_values(row) for row in range(sheet.nrows)] for sheet in old.sheets()}
    raise ValueError(f"not a workbook: it begins with {raw[:16]!r}")
