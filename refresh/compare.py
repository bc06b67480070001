"""Two versions of a table, compared by primary key: rows added, withdrawn, revised.

Numbers compare by relative tolerance, because two editions of one file differ by float noise in a third of their cells;
everything else compares as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from refresh.numbers import PLAIN

NOISE = 1e-6
"""Relative difference up to which two printed numbers are the same figure."""


@dataclass(frozen=True)
class Revision:
    """One cell of a row that stands in both versions."""

    key: tuple[str, ...]
    column: str
    old: str
    new: str

    @property
    def change(self) -> float | None:
        """Relative change; None where either side is no number, or the old one is zero."""
        old, new = number(self.old), number(self.new)
        if old is None or new is None:
            return None
        return (new - old) / abs(old) if old else None


@dataclass(frozen=True)
class Difference:
    """What became of a table."""

    key: tuple[str, ...]
    added: list[dict[str, Any]] = field(default_factory=list)
    withdrawn: list[dict[str, Any]] = field(default_factory=list)
    revised: list[Revision] = field(default_factory=list)
    noise: int = 0
    """Cells that differ as text and agree as numbers."""

    def __bool__(self) -> bool:
        return bool(self.added or self.withdrawn or self.revised)


def number(cell: str) -> float | None:
    """A cell as a number, or None."""
    return float(cell) if PLAIN.fullmatch(cell) else None


def same(old: str, new: str, tolerance: float = NOISE) -> bool:
    """Whether two cells tell the same: equal text, or numbers within the relative tolerance."""
    if old == new:
        return True
    first, second = number(old), number(new)
    if first is None or second is None:
        return False
    return abs(first - second) <= tolerance * max(abs(first), abs(second))


def difference(old: pd.DataFrame, new: pd.DataFrame, key: Sequence[str], tolerance: float = NOISE) -> Difference:
    """Compare two frames of strings.

    Raises
    ------
    ValueError
        If a key stands twice in either frame, or the frames have different columns.
    """
    if list(old.columns) != list(new.columns):
        raise ValueError(f"columns differ: {', '.join(old.columns)} and {', '.join(new.columns)}")
    before, after = _by_key(old, key), _by_key(new, key)
    revised, noise = [], 0
    for mark in [mark for mark in before if mark in after]:
        for column in old.columns:
            if column in key or before[mark][column] == after[mark][column]:
                continue
            if same(before[mark][column], after[mark][column], tolerance):
                noise += 1
            else:
                revised.append(Revision(mark, column, before[mark][column], after[mark][column]))
    return Difference(
        tuple(key),
        [row for mark, row in after.items() if mark not in before],
        [row for mark, row in before.items() if mark not in after],
        revised,
        noise,
    )


def _by_key(frame: pd.DataFrame, key: Sequence[str]) -> dict[tuple[str, ...], dict[str, str]]:
    found: dict[tuple[str, ...], dict[str, str]] = {}
    names = list(frame.columns)
    places = [names.index(name) for name in key]
    for row in frame.itertuples(index=False, name=None):
        mark = tuple(row[place] for place in places)
        if mark in found:
            raise ValueError(f"key {', '.join(mark)} stands twice")
        found[mark] = dict(zip(names, row, strict=True))
    return found


def summary(old: pd.DataFrame, new: pd.DataFrame, key: Sequence[str], shown: int = 3) -> str:
    """A difference in one line, with its first cells."""
    found = difference(old, new, key, tolerance=0)
    parts = [
        f"{len(found.added)} rows added",
        f"{len(found.withdrawn)} withdrawn",
        f"{len(found.revised)} cells revised",
    ]
    first = [f"{' '.join(cell.key)} {cell.column}: {cell.old!r} → {cell.new!r}" for cell in found.revised[:shown]]
    first += [f"+ {' '.join(map(str, row.values()))}" for row in found.added[:shown]]
    first += [f"- {' '.join(map(str, row.values()))}" for row in found.withdrawn[:shown]]
    return ", ".join(parts) + ("" if not first else "; " + " | ".join(first))
