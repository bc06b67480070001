"""Tables on the page: plain, captioned HTML with headers that say what they head."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from partnership import data, prose

FILE = "application/vnd.partnership.table+json"
"""Media type of a table that the site also gives as a file: its name, its columns and its rows as they are."""

MANY = 5
"""Columns from which a table does not fit a phone: there each row becomes a card, whose lines need their headers."""


class Output:
    """What a cell shows: HTML for the page, text for everything else."""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/html": self.html(), "text/plain": self.plain()}

    def html(self) -> str:
        """For the page."""
        raise NotImplementedError

    def plain(self) -> str:
        """For everything else."""
        raise NotImplementedError


class Table(Output):
    """A frame as a notebook output."""

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
        filtered: str = "",
        choices: str = "",
    ):
        self.frame, self.caption, self.html_columns, self.css = frame, caption, html_columns, css
        self.anchor, self.row_anchors, self.file = anchor, row_anchors, file
        self.in_file = frame if held is None else held
        self.filtered, self.choices = filtered, choices

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return super()._repr_mimebundle_() | ({FILE: self.filed()} if self.file else {})

    def plain(self) -> str:
        """What the table holds, and how many rows."""
        return f"{self.caption}\n{len(self.frame)} rows"

    def filed(self) -> dict[str, Any]:
        """Name, columns and rows of the table's file; numbers stay numbers, and what is missing is null."""
        rows = json.loads(self.in_file.to_json(orient="values", double_precision=15))
        return {"name": self.file, "columns": list(map(str, self.in_file.columns)), "rows": rows}

    @property
    def many(self) -> bool:
        """Whether the table has too many columns for a phone."""
        return len(self.frame.columns) >= MANY

    def html(self) -> str:
        """The table; the first column heads its row, and columns of numbers stand to the right below their heads."""
        columns = [Column(str(name), list(self.frame.iloc[:, place])) for place, name in enumerate(self.frame.columns)]
        head = "".join(f'<th scope="col"{column.css}>{escape(column.name)}</th>' for column in columns)
        anchors = self.row_anchors or [""] * len(self.frame)
        body = "\n".join(self._row(columns, number, anchor) for number, anchor in enumerate(anchors))
        css = f"pm-cards {self.css}".strip() if self.many else self.css
        return (
            f'<div class="pm-scroll" tabindex="0"><table class="pm {css}"{_id(self.anchor)}{self._filter()}><caption>{escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>{self._link()}"
        )

    def _filter(self) -> str:
        """What a script of the site needs to filter the rows: what they are, and the columns to choose from."""
        told = f' data-filter="{escape(self.filtered)}" data-choices="{escape(self.choices)}"'
        return told if self.filtered else ""

    def _link(self) -> str:
        file = f"../tables/{self.file}.csv"
        return f'<p class="pm-file"><a href="{file}" download>This table (CSV)</a></p>' if self.file else ""

    def _row(self, columns: Sequence[Column], number: int, anchor: str) -> str:
        cells = []
        for place, column in enumerate(columns):
            words = column.words[number]
            inner = words if column.name in self.html_columns else escape(prose.apostrophes(words))
            if place == 0:
                cells.append(f'<th scope="row">{inner}</th>')
            else:
                label = f' data-head="{escape(column.name)}"' if self.many else ""
                cells.append(f"<td{column.css}{label}>{inner}</td>")
        return f"<tr{_id(anchor)}>{''.join(cells)}</tr>"


class Column:
    """A column as it reads: its words, one a row, with as many decimals throughout as any of them needs, two at most.

    It counts as one of numbers, and stands to the right, if two thirds of what it holds are numbers.
    """

    def __init__(self, name: str, values: list[Any]):
        self.name = name
        floats = [value for value in values if isinstance(value, float) and value == value]
        form = ".0f" if "year" in name.lower() else f",.{max(map(_decimals, floats), default=0)}f"
        self.words = [_words(value, form) for value in values]
        told = [words for words in self.words if words not in ("", "–")]
        numbers = bool(told) and 3 * sum(map(bool, map(NUMBER.fullmatch, told))) >= 2 * len(told)
        days = bool(told) and all(map(DAY.fullmatch, told))
        self.css = ' class="pm-right"' if numbers else ' class="pm-day"' if days else ""


NUMBER = re.compile(r"[+−-]?[\d,]+(\.\d+)?( %| points)?")
DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def _decimals(value: float) -> int:
    return len(f"{value:.2f}".rstrip("0").partition(".")[2])


def _id(anchor: str) -> str:
    return f' id="{anchor}"' if anchor else ""


def _words(value: Any, form: str) -> str:
    if data.missing(value):
        return ""
    if isinstance(value, float):
        return f"{value:{form}}".replace("-", "−")
    return f"{value:{form.partition('.')[0]}}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


class Fold(Output):
    """A table, or several, behind a line that opens it, so that a page stays readable."""

    def __init__(self, summary: str, parts: Sequence[Output | str], opened: bool = False):
        self.summary, self.parts, self.opened = summary, parts, opened

    def plain(self) -> str:
        """The line."""
        return self.summary

    def html(self) -> str:
        """The line and what it opens; a part given as text is HTML already."""
        inner = "\n".join(part if isinstance(part, str) else part.html() for part in self.parts)
        mark = " open" if self.opened else ""
        return f'<details class="pm-table"{mark}><summary>{escape(self.summary)}</summary>\n{inner}\n</details>'


class Folds(Output):
    """Several folds under each other as one output."""

    def __init__(self, folds: list[Fold]):
        self.folds = folds

    def plain(self) -> str:
        """Their lines."""
        return "\n".join(fold.summary for fold in self.folds)

    def html(self) -> str:
        """The folds."""
        return "\n".join(fold.html() for fold in self.folds)


def table(
    frame: pd.DataFrame,
    caption: str,
    html_columns: tuple[str, ...] = (),
    file: str = "",
    held: pd.DataFrame | None = None,
    filtered: str = "",
    choices: str = "",
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
    filtered : str
        What the rows are, such as ``"corrections"``, if a script of the site shall filter them by words.
    choices : str
        Columns, counted from 0, that the filter offers as lists, such as ``"3 0=Place"``; a column with a name of its own
        is told by the first link in its cell.
    """
    return Table(frame, caption, html_columns, file=file, held=held, filtered=filtered, choices=choices)
