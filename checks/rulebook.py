"""Rules of the field that a schema cannot say: sums, rates, neighbours in time, two sources of one figure, dates.

A rule faults rows of its first table and may look at others. :func:`problems` runs all rules over a data folder and words
each fault as the loader does, with file, row and column. A tolerance is the largest departure of the tables as they
stand, rounded up; where a publisher's own parts do not add, the row says so and the rule reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from checks.rules import central_asia, economy, events, kit, partners, politics, products, shared, trade
from partnership import data

SUBJECTS = (trade, partners, products, economy, central_asia, politics, events)


def problems(folder: Path | str = data.DATA, table: str | None = None) -> list[str]:
    """Faults of the tables by the rules of the field.

    Parameters
    ----------
    folder : path
        A folder with a ``datapackage.json``.
    table : str, optional
        Run only the rules that read this table.

    Returns
    -------
    list of str
        One line a fault: file, row, column, what is wrong; empty if nothing is.

    Raises
    ------
    partnership.data.TableError
        If a table that a rule reads breaks its schema.
    """
    return [line for _, line in faults(folder, table)]


def faults(folder: Path | str = data.DATA, table: str | None = None) -> Iterator[tuple[kit.Rule, str]]:
    """The same, each line with the rule that is broken."""
    folder = Path(folder)
    descriptor = data.package(folder)
    paths = {entry["name"]: entry["path"] for entry in descriptor["resources"]}
    seen: dict[str, Any] = {"datapackage": descriptor}
    held = {"datapackage", *paths}
    for rules in _stages(folder):
        sound = True
        for rule in rules:
            if not held.issuperset(rule.tables) or (table is not None and table not in rule.tables):
                continue
            for name in rule.tables:
                if name not in seen:
                    seen[name] = data.checked(name, folder)
            for index, column, what in rule.find(*(seen[name] for name in rule.tables)):
                sound = False
                yield rule, f'{folder.name}/{paths[rule.tables[0]]}, row {index + 2}, column "{column}": {what}'
        if not sound:
            return


def _stages(folder: Path) -> tuple[list[kit.Rule], list[kit.Rule]]:
    """How dates are written goes first: the other rules read them. Made once for a data package as it stands."""
    return _made(folder, (folder / "datapackage.json").stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _made(folder: Path, stamp: int) -> tuple[list[kit.Rule], list[kit.Rule]]:
    descriptor = data.package(folder)
    return shared.forms(descriptor), [*shared.rules(descriptor), *kit.RULES]


def rules(folder: Path = data.DATA) -> list[kit.Rule]:
    """All rules, as they apply to the tables of a folder."""
    return [*chain(*_stages(folder))]
