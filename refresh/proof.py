"""Whether the derived rows of a table are what the extracts give, told cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import itemgetter

from refresh import derive, frames

Marker = Callable[[tuple[str, ...]], tuple[str, ...]]


@cache
def _derived(table: str) -> tuple[list[str], Marker, dict[tuple[str, ...], tuple[str, ...]]]:
    """The columns that the extracts give, how the key is taken from a row, and the rows by key."""
    given, key = derive.ordered(derive.rows(table), table), derive.key(table)
    names = list(given.columns)
    places = [names.index(name) for name in key]
    marker: Marker = itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)
    return names, marker, {marker(row): row for row in given.itertuples(index=False, name=None)}


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
    names, marker, by_key = _derived(table)
    if list(held.columns) != names:
        yield f"data/{table}.csv, row 1: the columns are not those of the derivation"
        return
    met, source = set(), names.index("source_id") if "source_id" in names else None
    for number, row in enumerate(held.itertuples(index=False, name=None), 2):
        mark = marker(row)
        wanted = by_key.get(mark)
        if wanted is None:
            if source is None or row[source] in sources:
                yield f'data/{table}.csv, row {number}, column "{key[0]}": the extracts give no row {", ".join(mark)}'
            continue
        met.add(mark)
        for name, cell, given in zip(names, row, wanted, strict=True) if row != wanted else ():
            if cell != given:
                words = f'"{cell}" where the extracts give "{given}"'
                yield f'data/{table}.csv, row {number}, column "{name}": {words}'
    for mark in by_key:
        if mark not in met:
            words = f"no row {', '.join(mark)}, which the extracts give"
            yield f'data/{table}.csv, row {len(held) + 1}, column "{key[0]}": {words}'
