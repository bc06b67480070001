"""How much of the book is derived by code, how much a person collected, how much is neither.

``derived``: the rows come out of an extract by code. ``in place``: the table's own rows are the extract, because it
would be as large, or because the publisher lets nobody copy more; where the snapshot is at hand the code proves them.
``collected``: a person read them off a page. ``neither``: code reads the source's file, but does not make these rows.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from partnership import data
from refresh import DATA, derive, extract

KINDS = ("derived", "in place", "collected", "neither")

# Rows that a person read although their source is a file, and why.
READ = {
    ("trade-totals", "gacc-partner-table-cny-2026-07"): "the heading of China's country table for 2025, copied with the partners below it",
    ("russia-product-structure", "mgimo-hs2-mirror-totals-2026"): "figures in the output of a notebook; the base behind it is not public",
    ("listings-of-chinese-firms", "eu-269-2014-2026-08"): "entries by day, counted in the list, beside those that pages told",
    ("listings-of-chinese-firms", "eu-833-2014-2026-08"): "the same, in the list of export rules",
}  # fmt: skip
READ_BY_HAND = frozenset({"article-observations", "claim-evidence", "corrections"})
"""Tables whose findings a person wrote, whatever the source."""


def kind(table: str, source: str) -> str:
    """How the rows of a source came into a table."""
    module = derive.modules().get(table)
    if module and source in module.SOURCES:
        return "in place" if source in getattr(module, "IN_PLACE", ()) else "derived"
    if table in READ_BY_HAND or (table, source) in READ:
        return "collected"
    return "neither" if source in extract.recipes() else "collected"


def rows(folder: Path = DATA) -> dict[str, Counter[str]]:
    """Rows of each table by kind."""
    found = {}
    for table in data.tables(folder):
        held = derive.stored(table, folder)
        if "source_id" in held:
            counts = held["source_id"].value_counts()
            found[table] = Counter[str]()
            for source, number in counts.items():
                found[table][kind(table, str(source))] += int(number)
        else:
            found[table] = Counter({"derived" if derive.sources(table) else "collected": len(held)})
    return found


def report(folder: Path = DATA) -> str:
    """Coverage as a text table, one line a table and one for all."""
    found = rows(folder)
    width = max(map(len, found))
    lines = [f"{'table':<{width}}" + "".join(f"{name:>11}" for name in KINDS)]
    lines += [f"{table:<{width}}" + "".join(f"{count[name]:>11,}" for name in KINDS) for table, count in found.items()]
    total = sum(found.values(), Counter[str]())
    whole = sum(total.values())
    lines.append(f"{'rows':<{width}}" + "".join(f"{total[name]:>11,}" for name in KINDS))
    lines.append(f"{'per cent':<{width}}" + "".join(f"{100 * total[name] / whole:>11.2f}" for name in KINDS))
    with_code = sum(1 for count in found.values() if count["derived"] or count["in place"])
    lines.append(
        f"{len(found)} tables: {with_code} with derived rows, {len(found) - with_code} collected throughout, "
        f"{sum(1 for count in found.values() if count['neither'])} with rows that are neither"
    )
    return "\n".join(lines)
