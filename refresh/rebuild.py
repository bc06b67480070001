"""``make data``: rebuild every derived table from the extracts, and every extract from its snapshot where it lies."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from refresh import DATA, EXTRACTS, compare, derive, extract, frames, lock


def tables(folder: Path = DATA, write: bool = True) -> list[str]:
    """Rebuild the derived tables; return what differed, one line a table."""
    changed = []
    for table in derive.modules():
        path = folder / f"{table}.csv"
        new, old = derive.rebuild(table, folder=folder), path.read_text("utf-8")
        if new != old:
            changed.append(f"{path.name}: {compare.summary(frames.parse(old), frames.parse(new), derive.key(table))}")
            if write:
                replace(path, new)
    return changed


def extracts(snapshots: Path, names: list[str] | None = None) -> Iterator[tuple[str, str]]:
    """Prove each extract by its snapshot: source and what is wrong with it (empty if nothing is)."""
    locked = lock.read()
    for source, recipe in extract.recipes().items():
        if names and source not in names:
            continue
        wrong = []
        for file in recipe.files:
            entry, path = locked.get((source, file)), snapshots / file
            if not path.is_file():
                wrong.append(f"{file}: not in the folder of snapshots")
            elif entry is None:
                wrong.append(f"{file}: not locked")
            elif differs := lock.differs(entry, path.read_bytes()):
                wrong.append(differs)
        if not wrong:
            wrong = _unlike(source, recipe, snapshots)
        yield source, "; ".join(wrong)


def _unlike(source: str, recipe: extract.Recipe, snapshots: Path) -> list[str]:
    """What the reader says otherwise than the stored extract, or than the rows of the table that are the extract."""
    taken = recipe.run(snapshots)
    if extract.place(source).exists():
        same = frames.text(taken) == extract.place(source).read_text("utf-8")
        return [] if same else ["the reader gives another extract than the one stored"]
    found = []
    for table, module in derive.modules().items():
        if source in getattr(module, "IN_PLACE", ()):
            made = derive.ordered(derive.rows(table, {source: taken}), table)
            held = derive.stored(table)
            held = held[held["source_id"] == source].reset_index(drop=True)
            if frames.text(made) != frames.text(held):
                found.append(f"{table}: {compare.summary(held, made, derive.key(table))}")
    return found


def take(snapshots: Path, names: list[str], today: str) -> list[str]:
    """Write extracts from their snapshots and enter the snapshots in the lock; return the sources written."""
    entries, written = lock.read(), []
    for source, recipe in extract.recipes().items():
        if names and source not in names:
            continue
        address, version = origin(source)
        for file in recipe.files:
            lock.lock(entries, source, file, (snapshots / file).read_bytes(), today, address, version)
        if not any(source in getattr(module, "IN_PLACE", ()) for module in derive.modules().values()):
            replace(extract.place(source), frames.text(recipe.run(snapshots)))
        written.append(source)
    replace(EXTRACTS / lock.NAME, lock.text(entries))
    return written


def origin(source: str) -> tuple[str, str]:
    """Address and publication date of a source, as the register has them."""
    register = derive.stored("sources").set_index("id")
    row = register.loc[source]
    return str(row["address"]), str(row["published"])


def replace(path: Path, text: str) -> None:
    """Write a file in one step: the old one stands until the new one is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
