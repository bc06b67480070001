"""The lock of snapshots: by content, not by date of download. Same bytes, same line.

``data/extracts/lock.csv`` has one row a snapshot: the source, the name of the file below the folder of snapshots, the
address it came from, the publisher's version or date, bytes, SHA-256 and the day it was first seen. ``path`` is where a
carrier's repository, at the commit of the address, has the file. ``made`` tells how the file came from what stands there;
empty, these very bytes do. Without ``path`` the address was not read again.
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from refresh import EXTRACTS, frames

NAME = "lock.csv"


@dataclass(frozen=True, order=True)
class Entry:
    """One snapshot."""

    source: str
    file: str
    address: str
    version: str
    bytes: str
    sha256: str
    first_seen: str
    path: str = ""
    made: str = ""


def digest(raw: bytes) -> str:
    """SHA-256 of a snapshot."""
    return hashlib.sha256(raw).hexdigest()


def read(folder: Path = EXTRACTS) -> dict[tuple[str, str], Entry]:
    """The lock by source and file; empty where there is none yet."""
    path = folder / NAME
    if not path.exists():
        return {}
    entries = (Entry(*row) for row in frames.read(path).itertuples(index=False, name=None))
    return {(entry.source, entry.file): entry for entry in entries}


def text(entries: dict[tuple[str, str], Entry]) -> str:
    """The lock as CSV, sorted."""
    rows = [astuple(entry) for entry in sorted(entries.values())]
    return frames.text(frames.frame(rows, [field.name for field in fields(Entry)]))


def lock(
    entries: dict[tuple[str, str], Entry], source: str, file: str, raw: bytes, today: str, address: str, version: str
) -> Entry:
    """Enter a snapshot; a snapshot of the same content keeps its line."""
    held = entries.get((source, file))
    if held and held.sha256 == digest(raw):
        return held
    entry = Entry(source, file, address, version, str(len(raw)), digest(raw), today)
    entries[source, file] = entry
    return entry


def differs(entry: Entry, raw: bytes) -> str:
    """In which way a snapshot is not the one that was locked; empty if it is."""
    if str(len(raw)) != entry.bytes:
        return f"{entry.file}: {len(raw)} bytes where {entry.bytes} were locked on {entry.first_seen}"
    if digest(raw) != entry.sha256:
        return f"{entry.file}: SHA-256 {digest(raw)[:12]}… where {entry.sha256[:12]}… was locked on {entry.first_seen}"
    return ""
