"""From a publisher's file to a table of the book, and a book that stays current.

A *snapshot* is a publisher's or carrier's file, byte for byte. It is not part of this repository: ``lock`` knows its
size and hash. An *extract* holds the figures the book needs from it, in the publisher's own names, units and codes
(``data/extracts/<source>.csv``). A *table* is derived from extracts by code (``derive``), beside the rows that a person
read off a page and that stay as they are.
"""

from __future__ import annotations

import os
from pathlib import Path

from partnership import ROOT

DATA = ROOT / "data"
EXTRACTS = DATA / "extracts"


def snapshots() -> Path | None:
    """The folder of snapshots that ``PARTNERSHIP_SNAPSHOTS`` names, if it exists."""
    named = os.environ.get("PARTNERSHIP_SNAPSHOTS", "")
    return Path(named) if named and Path(named).is_dir() else None
