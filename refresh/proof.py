"""Whether the derived rows of a table are what the extracts give, told cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from refresh import derive, frames


@cache
def _derived(table: str) -> tuple[list[str], dict[tuple[str, ...], dict[str, str]]]:
    """The columns that the extracts give, and the rows by key."""
    given, key = derive.ordered(derive.rows(table), table), derive.key(table)
    return list(given.columns), {tuple(row[name] for name in key): row for row in given.to_dict("records")}


def faults(table: str, text: str) -> Iterator[str]:
    """What is wrong with the derived rows of a table.

    Parameters
    ----------
    table : str
        Name of the table.
    text : str
        The table as CSV; rows of sources that no code derives are not looked at.

    Yields
    ------
    str
        A line that names file, row and column, first ones first; rows count from the header, which is row 1.
    """
    sources = derive.sources(table)
    if not sources or getattr(derive.modules()[table], "IN_PLACE", None):
        return  # collected throughout, or its own extract
    held, key = frames.parse(text), derive.key(table)
    names, by_key = _derived(table)
    if list(held.columns) != names:
        yield f"data/{table}.csv, row 1: the columns are not those of the derivation"
        return
    met = set()
    for number, row in enumerate(held.to_dict("records"), 2):
        mark = tuple(row[name] for name in key)
        wanted = by_key.get(mark)
        if wanted is None:
            if "source_id" not in row or row["source_id"] in sources:
                yield f'data/{table}.csv, row {number}, column "{key[0]}": the extracts give no row {", ".join(mark)}'
            continue
        met.add(mark)
        for name in names if row != wanted else ():
            if row[name] != wanted[name]:
                words = f'"{row[name]}" where the extracts give "{wanted[name]}"'
                yield f'data/{table}.csv, row {number}, column "{name}": {words}'
    for mark in by_key:
        if mark not in met:
            words = f"no row {', '.join(mark)}, which the extracts give"
            yield f'data/{table}.csv, row {len(held) + 1}, column "{key[0]}": {words}'
