"""One altered row for each statement, made by program: does it fail?

For every statement that the chapters store, rows it rests on are altered one at a time (times ten, a tenth, the other sign,
another row's value, another word, taken away) until its test fails. What no alteration of a single row makes false is listed,
and so is what only a missing row does: there a row may say something else and the words stay.
Run as ``python -m checks.bite``.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd

from checks.cell_outputs import of_cell
from checks.words import CHAPTERS
from partnership import charts, data, formula, prose, statements

Tables = Callable[[str], pd.DataFrame]
ROWS = 24  # of a statement that rests on many rows, so many are tried, first, last and between


@functools.cache
def _table(name: str) -> pd.DataFrame:
    return data.load(name)


def stored(chapters: Path = CHAPTERS) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Chapter, name and record of every statement in cells and figures."""
    for path in sorted(chapters.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for held in of_cell(cell, prose.STATEMENTS):
                for name, record in held.items():
                    yield path.stem, name, record
            for spec in of_cell(cell, charts.MIME):
                meta = spec["usermeta"]["figure"]
                for place, record in enumerate(meta.get("holds", []), 1):
                    yield path.stem, f"{meta['name']}, title {place}", record


GONE = "taken away"


def alterations(record: dict[str, Any]) -> Iterator[tuple[str, str, int, pd.DataFrame]]:
    """Each alteration: what was done, table, line, and the rows of that table that the statement rests on, one altered."""
    references = statements.references(record)
    held = {
        ref["table"]: sorted(
            {line for each in references if each["table"] == ref["table"] for line in formula.lines(each["rows"])}
        )
        for ref in references
    }
    for ref in sorted(
        references, key=lambda each: len(formula.lines(each["rows"]))
    ):  # one row of few tells more than one of thousands
        table, lines = ref["table"], formula.lines(ref["rows"])
        rows = _table(table).loc[held[table]]
        chosen = (
            lines
            if len(lines) <= ROWS
            else [lines[index] for index in np.unique(np.linspace(0, len(lines) - 1, ROWS).astype(int))]
        )
        tested = str(record["options"]) + (" outcome" if record["test"] == "searched" else "")
        columns = [ref["column"]] if "column" in ref else [name for name in rows if name in tested]
        for line in reversed(chosen):
            for column in columns:
                for what, new in _others(rows.at[line, column], _table(table)[column], tested):
                    changed = rows.copy()
                    if isinstance(new, str | float) and not (isinstance(new, str) and changed[column].dtype == "str"):
                        changed[column] = changed[column].astype(object if isinstance(new, str) else float)
                    changed.at[line, column] = new
                    yield f"{column} {what}", table, line, changed
            yield GONE, table, line, rows.drop(index=line)


def _others(old: Any, column: pd.Series, tested: str) -> Iterator[tuple[str, Any]]:
    if pd.api.types.is_bool(old) or old in ("true", "false"):
        yield "turned", not old
    elif pd.api.types.is_number(old):
        yield from (("times ten", old * 10), ("a tenth", old / 10), ("other sign", -old), ("times three", old * 3))
    else:
        words = [*re.findall(r"'([^']+)'", tested), "altered", *column.dropna().astype(str).unique()[:6]]
        yield from ((f"as {other}", other) for other in words if other != old)


def fails(record: dict[str, Any], table: str, changed: pd.DataFrame) -> bool:
    """Whether a statement no longer holds with one altered row. That it can no longer be tested does not count."""

    def tables(name: str) -> pd.DataFrame:
        return changed if name == table else _table(name)

    try:
        return not statements.evaluate(record, tables).holds
    except (KeyError, ValueError, IndexError, ZeroDivisionError, TypeError):
        return False


def bite(record: dict[str, Any]) -> str:
    """The alteration that makes a statement fail; empty if none of those tried does. A changed cell goes before a missing row.

    Raises
    ------
    ValueError
        If it does not hold as the tables stand.
    """
    if not statements.evaluate(record, _table).holds:
        raise ValueError(f'"{record["words"]}" does not hold as the tables stand: make run')
    without = ""
    for what, table, line, changed in alterations(record):
        if not (what == GONE and without) and fails(record, table, changed):
            how = f"{table} row {line}: {what}"
            if what != GONE:
                return how
            without = how
    return without


def main() -> int:
    """Print what was tried and caught, and list what was not."""
    caught = stale = missing = 0
    found = list(stored())
    for chapter, name, record in found:
        try:
            how = bite(record)
        except (ValueError, KeyError) as error:
            stale += 1
            print(f"stale: {chapter}, {name}: {error}")
            continue
        caught += bool(how)
        missing += how.endswith(GONE)
        if not how or how.endswith(GONE):
            kind = "only by a missing row" if how else "not caught"
            print(f'{kind}: {chapter}, {name}: "{record["words"]}" ({record["test"]})')
    tried = len(found) - stale
    print(
        f"statements altered {tried}, caught {caught} ({100 * caught / max(tried, 1):.1f} per cent), "
        f"{missing} of them only by a missing row; stale {stale}"
    )
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
