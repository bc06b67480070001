"""The numbers of a figure as files: tidy CSV, one zip where there are several tables, and a description beside them.

A CSV has its header in the first line and nothing above it. Everything else that a reader must know (units, note, sources,
licence, citation) stands in ``<figure>.metadata.json``.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from partnership import marks
from partnership.marks import Table
from publish.figures.numbering import Shown
from publish.figures.stored import full_note

CONVENTIONS = (
    "UTF-8, comma, header in the first line; periods are ISO 8601 (2024, 2024-03, 2024-03-14), and a sum from January on is in words (January to September 2024); an empty cell is a missing value; "
    "text is in quotation marks, so codes keep their leading zeros where a program reads quoted cells as text; text that a "
    "spreadsheet would take for a formula begins with an apostrophe"
)
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def tables(spec: Mapping[str, Any]) -> list[Table]:
    """The tables of a figure, put together once for all that asks for them."""
    return _tables(json.dumps(spec))


@lru_cache(maxsize=256)
def _tables(spec: str) -> list[Table]:
    return marks.tables(json.loads(spec))


def files(name: str, spec: Mapping[str, Any]) -> dict[str, Table]:
    """File name and table of each CSV: ``<figure>.csv`` holds everything; several tables have a file each besides."""
    found = tables(spec)
    if len(found) < 2:
        return {f"{name}.csv": table for table in found}
    parts = {f"{name}-{_slug(table.name)}.csv": table for table in found}
    if len(parts) < len(found):
        parts = {f"{name}-{number}.csv": table for number, table in enumerate(found, start=1)}
    columns = list(dict.fromkeys(column for table in found for column in table.columns))
    rows = [{marks.PANEL: table.name, **row} for table in found for row in table.rows]
    return {f"{name}.csv": Table("", [marks.PANEL, *(name for name in columns if name != marks.PANEL)], rows), **parts}


def packed(spec: Mapping[str, Any]) -> bool:
    """Whether a figure has its tables in one zip: it has several."""
    return len(tables(spec)) > 1


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower().replace("’", "")).strip("-") or "table"


def csv(table: Table, spec: Mapping[str, Any]) -> str:
    """A table as CSV: names for people in the first line, numbers as they are drawn."""
    heads = [marks.heading(spec, column) for column in table.columns]
    return lines(heads, [[row.get(column) for column in table.columns] for row in table.rows])


def lines(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Rows as CSV below their heads; a column with any words in it is one of text throughout."""
    textual = [any(map(is_text, column)) for column in zip(*rows, strict=True)]
    told = [",".join(map(_cell, row, textual)) for row in rows]
    return "\n".join([",".join(map(_quoted, heads)), *told]) + "\n"


def is_text(value: Any) -> bool:
    """Whether a value makes its column one of text: words, but not a year."""
    return isinstance(value, str) and not re.fullmatch(r"[12]\d{3}", value)


def _cell(value: Any, textual: bool) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        number = str(int(value)) if value % 1 == 0 else f"{value:.10g}"  # all digits of a whole number
        return _quoted(number) if textual else number
    if not textual:
        return str(value)
    return _quoted(as_text(str(value)))


def as_text(words: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers.

    Examples
    --------
    >>> as_text("=1+1"), as_text("-6.9")
    ("'=1+1", '-6.9')
    """
    return f"'{words}" if _FORMULA.match(words) and not _NUMBER.fullmatch(words) else words


def _quoted(words: str) -> str:
    return '"' + " ".join(words.split()).replace('"', '""') + '"'


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """Files as one zip, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for name, text in members.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            into.writestr(entry, text)
    return out.getvalue()


def metadata(shown: Shown, base: str) -> dict[str, Any]:
    """What a reader of the files must know: title, unit of each column, note, sources, licence, citation, statements."""
    meta, spec, book = shown.meta, shown.spec, shown.host
    return {
        "figure": shown.number,
        "id": shown.name,
        "title": meta["title"],
        "subtitle": meta["unit"],
        "note": full_note(meta),
        "description": spec["description"],
        "files": [
            {"file": file, "panel": table.name, "rows": len(table.rows), "columns": _columns(table, spec)}
            for file, table in files(shown.name, spec).items()
        ],
        "conventions": CONVENTIONS,
        "statements": meta.get("holds", []),
        "measures": [{"name": each.term, "address": base + each.path} for each in shown.measures],
        "tables": meta["tables"],
        "sources": [{**asdict(source), "rows": meta["sources"][source.id]} for source in book.sources(meta["sources"])],
        "lowest_tier": book.worst_tier(meta["sources"]),
        "licence": book.licence,
        "citation": book.citation(shown.work(base)),
        "edition": book.version,
        "released": book.released,
        "address": base + shown.path,
    }


def _columns(table: Table, spec: Mapping[str, Any]) -> list[dict[str, str]]:
    described = []
    for column in table.columns:
        heading = marks.heading(spec, column)
        label, unit = marks.label_and_unit(heading)
        values = [row[column] for row in table.rows if row.get(column) is not None]
        described.append({"name": heading, "label": label, "unit": unit, "type": _type(column, values)})
    return described


def _type(column: str, values: list[Any]) -> str:
    if marks.is_time(column, values) and not any(isinstance(value, float) and value % 1 for value in values):
        return "period"
    if values and all(isinstance(value, bool) for value in values):
        return "boolean"
    return "number" if values and all(marks.is_number(value) for value in values) else "text"
