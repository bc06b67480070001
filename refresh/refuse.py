"""What must not happen to a table, by its kind; and what a person should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from refresh import compare, kinds

PERIOD = "period"
MOVING = 2
"""Newest periods that may still move: a month in progress, a first print."""
SHRINK = 0.05
"""Share by which a list may get shorter."""
LARGE = 0.02
"""First revision of a cell that a person should see."""
JUMP = 5.0
"""A value so many times its neighbour is a changed unit until somebody says otherwise."""

EVENTS_COUNTED = frozenset({"listings-by-date"})
"""Tables that count what happened in a month: it may be many times, or a fraction of, the month before."""


@dataclass
class Verdict:
    """What came of a comparison."""

    refused: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether the table may change."""
        return not self.refused


def judge(
    table: str, old: pd.DataFrame, new: pd.DataFrame, key: Sequence[str], announced: bool = False
) -> tuple[compare.Difference, Verdict]:
    """Compare two states of the same rows of a table and apply the rules of its kind.

    Parameters
    ----------
    table : str
        Its name.
    old, new : pandas.DataFrame
        Rows as text. ``source_id`` is part of a key only where each vintage has its own.
    announced : bool, optional
        Whether the publisher announced a new base: then old values may move.
    """
    kind = kinds.kind(table)
    found = compare.difference(old, new, key)
    verdict = Verdict()
    if kind == kinds.FROZEN and found:
        verdict.refused.append(f"{table} is frozen: {_count(found)}")
    if kind == kinds.EVENTS and found:
        verdict.refused.append(f"{table} is read by people, nothing may arrive by itself: {_count(found)}")
    if kind in (kinds.VINTAGED, kinds.RANKED, kinds.APPEND, kinds.STOCK) and found.withdrawn:
        named = [_name(row, key) for row in found.withdrawn[:3]]
        verdict.refused.append(f"{len(found.withdrawn)} rows of {table} would vanish: {'; '.join(named)}")
    if kind in (kinds.APPEND, kinds.RANKED, kinds.VINTAGED, kinds.STOCK):
        _past(table, kind, old, found, verdict, announced)
    if kind == kinds.EDITION:
        _edition(table, old, new, verdict)
    if kind == kinds.STOCK:
        _stock(table, new, verdict)
    _units(table, old, new, key, found, verdict)
    for cell in found.revised:
        if cell.change is not None and abs(cell.change) > LARGE:
            verdict.shown.append(
                f"{table} {' '.join(cell.key)} {cell.column}: {cell.old} → {cell.new} ({cell.change:+.1%})"
            )
    return found, verdict


def _count(found: compare.Difference) -> str:
    return f"{len(found.added)} rows added, {len(found.withdrawn)} withdrawn, {len(found.revised)} cells revised"


def _name(row: dict, key: Sequence[str]) -> str:
    return " ".join(str(row[name]) for name in key)


def _past(
    table: str, kind: str, old: pd.DataFrame, found: compare.Difference, verdict: Verdict, announced: bool
) -> None:
    """No value of a past period may move: only those of the newest two periods of each frequency in the table may."""
    newest = set(sorted(set(old[PERIOD]))[-MOVING:]) if PERIOD in old else set()
    if "frequency" in old:  # a year in progress and a month in progress both move
        newest = {period for _, rows in old.groupby("frequency") for period in sorted(set(rows[PERIOD]))[-MOVING:]}
    if kind == kinds.VINTAGED:
        newest = set()  # a vintage is never touched
    place = found.key.index(PERIOD) if PERIOD in found.key else None
    moved = [cell for cell in found.revised if place is None or cell.key[place] not in newest]
    if moved and not announced:
        first = [f"{' '.join(cell.key)} {cell.column}: {cell.old} → {cell.new}" for cell in moved[:3]]
        verdict.refused.append(f"{len(moved)} cells of {table} from past periods would move: {'; '.join(first)}")


def _edition(table: str, old: pd.DataFrame, new: pd.DataFrame, verdict: Verdict) -> None:
    """An edition has the codes and sectors of the one before, and no fewer periods."""
    for column in ("country", "exporter", "importer", "sector", "other"):
        if column in old:
            lost, gained = set(old[column]) - set(new[column]), set(new[column]) - set(old[column])
            if lost:
                verdict.refused.append(f"{table}: {column} lacks {', '.join(sorted(lost)[:5])}")
            if gained:
                verdict.refused.append(f"{table}: {column} has a new {', '.join(sorted(gained)[:5])}")
    if PERIOD in old and (lost := set(old[PERIOD]) - set(new[PERIOD])):
        verdict.refused.append(f"{table}: no {', '.join(sorted(lost)[:5])} in the new edition")
    if len(new) < 0.9 * len(old):
        verdict.refused.append(f"{table}: {len(new):,} rows where the edition before had {len(old):,}")


def _stock(table: str, new: pd.DataFrame, verdict: Verdict) -> None:
    """A list does not lose a twentieth in a month, and counts are never negative."""
    stock = new[new["measure"].isin(["stock", "still-listed-cumulative"])].assign(
        n=lambda rows: rows["value"].astype(float)
    )
    for mark, rows in stock.groupby(["jurisdiction", "target", "measure", "type"]):
        course = rows.sort_values(PERIOD)["n"].tolist()
        if len(course) > 1 and course[-2] >= 100 and course[-1] < (1 - SHRINK) * course[-2]:
            verdict.refused.append(f"{table}: {' '.join(mark)} shrinks from {course[-2]:.0f} to {course[-1]:.0f}")
    if (new["value"].astype(float) < 0).any():
        verdict.refused.append(f"{table}: a negative count")


def _units(
    table: str, old: pd.DataFrame, new: pd.DataFrame, key: Sequence[str], found: compare.Difference, verdict: Verdict
) -> None:
    """New values in another unit: most of them several times, or a fraction of, the last one of their series."""
    if "value" not in new or PERIOD not in key or not found.added or table in EVENTS_COUNTED:
        return
    series = [name for name in key if name not in (PERIOD, "source_id")]
    last = {
        tuple(mark) if isinstance(mark, tuple) else (mark,): rows.sort_values(PERIOD)["value"].iloc[-1]
        for mark, rows in old.groupby(series)
    }
    ratios = []
    for row in found.added:
        before = compare.number(last.get(tuple(row[name] for name in series), ""))
        value = compare.number(str(row["value"]))
        if before and value:
            ratios.append(abs(value / before))
    far = [ratio for ratio in ratios if ratio > JUMP or ratio < 1 / JUMP]
    if ratios and len(far) > len(ratios) / 2:
        verdict.refused.append(
            f"{table}: {len(far)} of {len(ratios)} new values are more than {JUMP:.0f} times, or less than a "
            f"{JUMP:.0f}th of, the last one of their series: has the unit changed?"
        )
