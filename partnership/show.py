"""Tables on the page: plain, captioned HTML with headers that say what they head."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

FILE = "application/vnd.partnership.table+json"
"""Media type of a table that the site also gives as a file: its name, its columns and its rows as they are."""

MANY = 5
"""Columns from which a table does not fit a phone: there each row becomes a card, whose lines need their headers."""


class Table:
    """A frame as a notebook output: HTML for the page, text for everything else."""

    def __init__(
        self,
        frame: pd.DataFrame,
        caption: str,
        html_columns: Sequence[str] = (),
        css: str = "",
        anchor: str = "",
        row_anchors: Sequence[str] = (),
        file: str = "",
        held: pd.DataFrame | None = None,
    ):
        self.frame, self.caption, self.html_columns, self.css = frame, caption, html_columns, css
        self.anchor, self.row_anchors, self.file = anchor, row_anchors, file
        self.in_file = frame if held is None else held

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        shown = {"text/html": self.html(), "text/plain": f"{self.caption}\n{len(self.frame)} rows"}
        return shown | ({FILE: self.filed()} if self.file else {})

    def filed(self) -> dict[str, Any]:
        """Name, columns and rows of the table's file; numbers stay numbers, and what is missing is null."""
        rows = json.loads(self.in_file.to_json(orient="values", double_precision=15))
        return {"name": self.file, "columns": list(map(str, self.in_file.columns)), "rows": rows}

    @property
    def many(self) -> bool:
        """Whether the table has too many columns for a phone."""
        return len(self.frame.columns) >= MANY

    def html(self) -> str:
        """The table; the first column heads its row."""
        head = "".join(f'<th scope="col">{escape(str(column))}</th>' for column in self.frame.columns)
        anchors = self.row_anchors or [""] * len(self.frame)
        rows = zip(self.frame.itertuples(index=False), anchors, strict=True)
        body = "\n".join(self._row(row, anchor) for row, anchor in rows)
        css = f"pm-cards {self.css}".strip() if self.many else self.css
        return (
            f'<div class="pm-scroll" tabindex="0"><table class="pm {css}"{_id(self.anchor)}><caption>{escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>{self._link()}"
        )

    def _link(self) -> str:
        file = f"../tables/{self.file}.csv"
        return f'<p class="pm-file"><a href="{file}" download>This table (CSV)</a></p>' if self.file else ""

    def _row(self, row: tuple[Any, ...], anchor: str) -> str:
        cells = []
        for position, (column, value) in enumerate(zip(self.frame.columns, row, strict=True)):
            words = _words(value)
            inner = words if column in self.html_columns else escape(words)
            if position == 0:
                cells.append(f'<th scope="row">{inner}</th>')
            else:
                right = ' class="pm-right"' if isinstance(value, int | float) and value == value else ""
                label = f' data-head="{escape(str(column))}"' if self.many else ""
                cells.append(f"<td{right}{label}>{inner}</td>")
        return f"<tr{_id(anchor)}>{''.join(cells)}</tr>"


def _id(anchor: str) -> str:
    return f' id="{anchor}"' if anchor else ""


def _words(value: Any) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "−")
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


class Fold(Table):
    """A table, or several, behind a line that opens it, so that a page stays readable."""

    def __init__(self, summary: str, parts: list[Table | str], opened: bool = False):
        self.summary, self.parts, self.opened = summary, parts, opened

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.summary}

    def html(self) -> str:
        """The line and what it opens; a part given as text is HTML already."""
        inner = "\n".join(part if isinstance(part, str) else part.html() for part in self.parts)
        mark = " open" if self.opened else ""
        return f'<details class="pm-table"{mark}><summary>{escape(self.summary)}</summary>\n{inner}\n</details>'


class Folds(Table):
    """Several folds under each other as one output."""

    def __init__(self, folds: list[Fold]):
        self.folds = folds

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": "\n".join(fold.summary for fold in self.folds)}

    def html(self) -> str:
        """The folds."""
        return "\n".join(fold.html() for fold in self.folds)


def table(
    frame: pd.DataFrame,
    caption: str,
    html_columns: tuple[str, ...] = (),
    file: str = "",
    held: pd.DataFrame | None = None,
) -> Table:
    """Show a frame as a table.

    Parameters
    ----------
    frame : pandas.DataFrame
        As it shall read: column names are the headers, the first column heads the rows.
    caption : str
        What the table holds, in a sentence.
    html_columns : tuple of str
        Columns whose cells are already HTML (links).
    file : str
        Name below which the site gives the table as well, ``tables/<file>.csv``; it stays from edition to edition.
    held : pandas.DataFrame
        What the file holds where the page shows words for numbers; the frame itself if none is given.
    """
    return Table(frame, caption, html_columns, file=file, held=held)
