"""Tables from extracts: one module a table, with the sources it derives and one function.

``SOURCES`` names the extracts; ``derive(extracts)`` gets them by source, as frames of strings, and returns rows of the
table as strings (columns that are missing are empty). Rows of other sources in the table were read off a page by a
person; they stay as they are. Two names are optional: ``JUDGED`` gives, by source, the columns that a person sets beside
derived values, and ``IN_PLACE`` says that the table's own rows are the extract, because it would be as large; then
``SNAPSHOTS`` and ``read`` prove them where the snapshots are at hand.
"""

from __future__ import annotations

import csv
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

import pandas as pd

from partnership import data
from refresh import DATA, EXTRACTS, extract, frames

Extracts = Mapping[str, pd.DataFrame]
UNFIT = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What a reader or a derivation ends with where its input is not what it knows."""


def carried(periods: pd.Series, last: str, day: str) -> pd.Series:
    """The day on which a carrier published, up to the last period of its copy; what is newer came from the publisher."""
    return (periods <= last).map({True: day, False: ""})


@cache
def modules() -> dict[str, ModuleType]:
    """Modules by the table they derive."""
    found = {}
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        found[module.name.rpartition(".")[2].replace("_", "-")] = importlib.import_module(module.name)
    return found


def sources(table: str, folder: Path = DATA) -> tuple[str, ...]:
    """The sources whose rows of a table are derived; none where the whole table was collected.

    ``FAMILY`` of a module says how the names of further vintages begin, each an extract of the form of its first.
    """
    module = modules().get(table)
    if not module:
        return ()
    family = getattr(module, "FAMILY", ())
    more = sorted(path.stem for path in (folder / EXTRACTS.name).glob("*.csv") if path.stem.startswith(family))
    return (*module.SOURCES, *(name for name in more if name not in module.SOURCES))


def in_place(table: str) -> bool:
    """Whether a table's own rows are the extract, because the extract would be as large."""
    return bool(getattr(modules().get(table), "IN_PLACE", ()))


def rows(table: str, extracts: Extracts | None = None, folder: Path = DATA) -> pd.DataFrame:
    """The derived rows of a table, in its columns.

    Raises
    ------
    ValueError
        If the extracts are not what the derivation knows (a new name, a missing row), or if it gives a column that the table
        lacks, or a source that it does not name.
    """
    module = modules()[table]
    if extracts is None:
        if in_place(table):
            held = stored(table, folder)
            return held[held["source_id"].isin(module.SOURCES)]
        extracts = {source: extract.load(source, folder / EXTRACTS.name) for source in sources(table, folder)}
    try:
        made = module.derive(extracts)
    except UNFIT as error:
        raise ValueError(f"{table}: {error}") from error
    columns = [field["name"] for field in data.resource(table, folder)["schema"]["fields"]]
    if extra := [name for name in made if name not in columns]:
        raise ValueError(f"{table}: the derivation gives column {extra[0]!r}, which the table lacks")
    if "source_id" in columns and (strange := sorted(set(made["source_id"]) - set(extracts))):
        raise ValueError(f"{table}: the derivation gives rows of {strange[0]}, which it does not name")
    made = made.reindex(columns=columns, fill_value="").astype(object).fillna("")
    for source, judged in getattr(module, "JUDGED", {}).items():
        made = _judged(made, stored(table, folder), key(table, folder), source, judged)
    return made


def _judged(
    made: pd.DataFrame, held: pd.DataFrame, names: list[str], source: str, columns: tuple[str, ...]
) -> pd.DataFrame:
    """What a person set beside derived values (the best row of a cell, a doubt) stays as it stands in the table."""
    held = held[held["source_id"] == source]
    for column in columns:
        said = dict(zip(_marks(held, names), held[column], strict=True))
        own = [said.get(mark, cell) for mark, cell in zip(_marks(made, names), made[column], strict=True)]
        made[column] = made[column].where(made["source_id"] != source, pd.Series(own, made.index))
    return made


def _marks(rows: pd.DataFrame, names: list[str]) -> Iterator[tuple[str, ...]]:
    return rows[names].itertuples(index=False, name=None)


def collected(table: str, folder: Path = DATA) -> pd.DataFrame:
    """The rows of a table that no derivation gives, as they stand."""
    held = stored(table, folder)
    if "source_id" not in held:
        return held.iloc[:0] if sources(table) else held
    return held[~held["source_id"].isin(sources(table, folder))]


def stored(table: str, folder: Path = DATA) -> pd.DataFrame:
    """A table as it lies on disk, cells as text."""
    return frames.read(folder / data.resource(table, folder)["path"])


def rebuild(table: str, extracts: Extracts | None = None, folder: Path = DATA) -> str:
    """The text of a table: derived rows from the extracts, collected rows as they stand, in the order of its key."""
    if table not in modules():
        return (folder / data.resource(table, folder)["path"]).read_text("utf-8")
    whole = pd.concat([rows(table, extracts, folder), collected(table, folder)], ignore_index=True)
    return frames.text(ordered(whole, table, folder))


def key(table: str, folder: Path = DATA) -> list[str]:
    """The columns of a table's primary key."""
    named = data.resource(table, folder)["schema"]["primaryKey"]
    return [named] if isinstance(named, str) else list(named)


def ordered(frame: pd.DataFrame, table: str, folder: Path = DATA) -> pd.DataFrame:
    """Rows in the order of the primary key."""
    return frame.sort_values(key(table, folder), kind="stable", ignore_index=True)


def cells(path: Path) -> list[list[str]]:
    """Rows of a CSV file, header first."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
