"""``make data``: rebuild every derived table from the extracts, and every extract from its snapshot where it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pandas as pd

from partnership.files import whole
from refresh import DATA, EXTRACTS, compare, derive, extract, frames, lock

ABSENT = "not in the folder of snapshots"
"""What is said of a snapshot that is not at hand."""


def tables(folder: Path = DATA, write: bool = True, names: Iterable[str] = ()) -> list[str]:
    """Rebuild the derived tables; return what differed, one line a table."""
    changed = []
    for table in names or derive.modules():
        path = folder / f"{table}.csv"
        try:
            new, old = derive.rebuild(table, folder=folder), path.read_text("utf-8")
        except (OSError, ValueError) as error:
            changed.append(f"cannot be rebuilt: {error}")
            continue
        if new != old:
            changed.append(f"{path.name}: {_what(table, old, new)}")
            if write:
                whole(path, new)
    return changed


def _what(table: str, old: str, new: str) -> str:
    try:
        return compare.summary(frames.parse(old), frames.parse(new), derive.key(table))
    except ValueError as error:
        return str(error)


def extracts(snapshots: Path, names: list[str] | None = None) -> Iterator[tuple[str, str]]:
    """Prove each extract by its snapshot: source and what is wrong with it (empty if nothing is)."""
    locked = lock.read()
    for source, recipe in extract.recipes().items():
        if source not in (names or {name for name, _ in locked}):  # a recipe without an extract proves nothing
            continue
        wrong = []
        for file in recipe.files:
            entry, path = locked.get((source, file)), snapshots / file
            if not path.is_file():
                wrong.append(f"{file}: {ABSENT}")
            elif entry is None:
                wrong.append(f"{file}: not locked")
            elif differs := lock.differs(entry, path.read_bytes()):
                wrong.append(differs)
        if not wrong and not _is_table(source):
            wrong = _unlike(source, recipe, snapshots)
        yield source, "; ".join(wrong)


def _unlike(source: str, recipe: extract.Recipe, snapshots: Path) -> list[str]:
    """Whether the reader says otherwise than the stored extract."""
    try:
        same = frames.text(recipe.run(snapshots)) == extract.place(source).read_text("utf-8")
    except (OSError, ValueError) as error:
        return [str(error)]
    return [] if same else ["the reader gives another extract than the one stored"]


def in_place(snapshots: Path) -> Iterator[tuple[str, str]]:
    """Prove the tables whose own rows are the extract: table and what is wrong with it."""
    taken: dict[Callable[..., pd.DataFrame], pd.DataFrame] = {}  # two tables may have one source
    for table, module in derive.modules().items():
        if not derive.in_place(table):
            continue
        (source,) = module.IN_PLACE
        if hasattr(module, "read"):  # the source has an extract beside, so the module reads by itself
            names, read = module.SNAPSHOTS, module.read
        else:
            recipe = extract.recipes()[source]
            names, read = recipe.files, recipe.take
        files = [snapshots / file for file in names]
        if missing := [file.name for file in files if not file.is_file()]:
            yield table, f"{missing[0]}: {ABSENT}"
            continue
        if read not in taken:
            taken[read] = read(*(file.read_bytes() for file in files))
        made = derive.rows(table, {source: taken[read]})
        held = derive.stored(table)
        held = derive.ordered(held[held["source_id"] == source], table)
        made = derive.ordered(made, table)
        yield table, "" if frames.text(made) == frames.text(held) else compare.summary(held, made, derive.key(table))


def take(snapshots: Path, names: list[str], today: str) -> list[str]:
    """Write extracts from their snapshots and enter the snapshots in the lock; return the sources written."""
    entries, written = lock.read(), []
    for source, recipe in extract.recipes().items():
        if names and source not in names:
            continue
        address, version = origin(source)
        for file in recipe.files:
            lock.lock(entries, source, file, (snapshots / file).read_bytes(), today, address, version)
        if not _is_table(source):
            whole(extract.place(source), frames.text(recipe.run(snapshots)))
        written.append(source)
    whole(EXTRACTS / lock.NAME, lock.text(entries))
    return written


def _is_table(source: str) -> bool:
    """Whether the rows of a table are the extract of a source, and nothing else is taken from it."""
    modules = [module for module in derive.modules().values() if source in module.SOURCES]
    return bool(modules) and all(source in getattr(module, "IN_PLACE", ()) for module in modules)


def origin(source: str) -> tuple[str, str]:
    """Address and publication date of a source, as the register has them."""
    register = derive.stored("sources").set_index("id")
    if source not in register.index:
        raise ValueError(f"{source}: not in data/sources.csv; add its row there first")
    row = register.loc[source]
    return str(row["address"]), str(row["published"])
