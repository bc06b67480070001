"""``make accept``: put what waits in place, in one step, or not at all.

The new tables take the place of ``data`` by renaming whole folders, so a table and its hash never part. A run that is
broken off between the two renames is put right by the next call. What waits must have been made from the tables as they
are now: if anybody changed one since, it is refused.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import IO

from refresh import DATA, renew

ASIDE = ".data-before"


def accept(work: Path = renew.WORK, data: Path = DATA, out: IO[str] = sys.stdout) -> int:
    """Put the waiting tables in place of the old ones; the exit code says whether."""
    aside = data.with_name(ASIDE)
    stage, state = work / "data", work / "state.json"
    if not mend(data, state, out):
        return renew.REFUSED
    if not stage.is_dir() or not state.exists():
        print("Nothing waits: `make refresh` first.", file=out)
        return renew.MISUSE
    known = json.loads(state.read_text("utf-8"))
    if known["data"] != renew._digest(data):
        print("The tables have changed since `make refresh`: run it again, then accept.", file=out)
        return renew.REFUSED
    data.rename(aside)
    try:
        stage.rename(data)
    except BaseException:
        aside.rename(data)
        raise
    shutil.rmtree(aside)
    _keep(work)
    state.unlink()
    for outcome in known["outcomes"]:
        for table, counts in outcome["tables"].items():
            if outcome["state"] == "changed":
                print(f"{table}: {counts['added']} rows added, {counts['revised']} cells revised", file=out)
    print("In place. Now `make current`, read what changed, `make test`, and a line in CHANGELOG.md.", file=out)
    return renew.DONE


def mend(data: Path, state: Path, out: IO[str] = sys.stdout) -> bool:
    """Put a broken-off acceptance right; return whether the tables stand whole.

    The old tables come back if there are no others. They go only if the whole of the new ones, as ``state.json`` notes
    them, or they themselves stand in ``data``: anything else there may have been made since, and is for a person to see.
    """
    aside = data.with_name(ASIDE)
    if not aside.is_dir():
        return True
    if not data.is_dir():
        aside.rename(data)
        print("An acceptance was broken off: the tables are back as they were.", file=out)
        return True
    new = json.loads(state.read_text("utf-8")).get("new") if state.exists() else ""
    if renew._digest(data) in (new, renew._digest(aside)):
        shutil.rmtree(aside)
        print("An acceptance was broken off: data is whole, and its copy is cleared away.", file=out)
        return True
    print(
        f"An acceptance was broken off, and data has been written to since. The tables as they were are in {aside}: "
        "compare the two, keep one as data and remove the other.",
        file=out,
    )
    return False


def _keep(work: Path) -> None:
    """The answers go into the folder of snapshots, if there is one of one's own."""
    from refresh import snapshots

    folder, held = snapshots(), work / "snapshots"
    if folder and held.is_dir():
        try:
            shutil.copytree(held, folder, dirs_exist_ok=True)
        except OSError as error:
            print(f"The answers stay in {held}: {error}", file=sys.stderr)
