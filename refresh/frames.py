"""Frames of text: cells as printed, nothing guessed, written back to the byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd


def parse(text: str, delimiter: str = ",") -> pd.DataFrame:
    """A CSV text as a frame of strings; empty cells are empty strings.

    Raises
    ------
    ValueError
        If there is no header, a name stands twice, or a row has another number of cells than the header.
    """
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))
    rows = [row for row in rows if row]
    if not rows:
        raise ValueError("no header: the text is empty")
    header, body = rows[0], rows[1:]
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise ValueError(f"column {twice[0]!r} stands twice in the header")
    for number, row in enumerate(body, 2):
        if len(row) != len(header):
            raise ValueError(f"row {number} has {len(row)} cells where the header has {len(header)}")
    return frame(body, header)


def frame(rows: Iterable[Sequence[str]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows of strings under named columns."""
    return pd.DataFrame(list(rows), columns=list(columns), dtype=object).astype(object)


def read(path: Path) -> pd.DataFrame:
    """A CSV file of this project as a frame of strings."""
    try:
        return parse(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None


def text(table: pd.DataFrame) -> str:
    """A frame of strings as CSV: LF, quotes only where needed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.itertuples(index=False, name=None))
    return out.getvalue()
