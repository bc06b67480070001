"""The same book from another place: ``make verify``.

Clones of this repository are built in worlds that differ in folder, home, time zone, locale, hash seed, umask, Python and
order of the chapters. Every chapter runs anew, alone and in another order, then the site, the tables and the archive are
made. Every file must have the same bytes as in the first world. Run as ``python -m bench.verify [WORLD …] [--pdf]``.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import tools
from bench.tools import ROOT


@dataclass(frozen=True)
class World:
    """Where a clone is built."""

    name: str
    python: str
    folder: str
    locale: str
    zone: str
    seed: str
    umask: int
    order: int | None
    """Seed of the order in which the chapters run, each alone; None: all together, as ``make run`` does."""


WORLDS = (
    World("plain", "3.11", "book", "C", "UTC", "0", 0o022, None),
    World("russian", "3.12", "книга é 2", "ru_RU.UTF-8", "Asia/Kamchatka", "1", 0o077, 1),
    World("chinese", "3.13", "一 本 书", "zh_CN.UTF-8", "America/St_Johns", "2", 0o002, 2),
    World("turkish", "3.11", "kitap İı", "tr_TR.UTF-8", "Pacific/Kiritimati", "random", 0o027, 3),
)
WATCHED = ("_build/html", "chapters", "data", "docs", "CHANGELOG.md", "codemeta.json", ".zenodo.json")


def python(version: str) -> str | None:
    """The path of a Python of a version, from the PATH or from pyenv."""
    for place in Path.home().glob(f".pyenv/versions/{version}.*/bin/python3"):
        return str(place)
    return shutil.which(f"python{version}")


def locales() -> set[str]:
    """Locales that this machine has, as ``locale -a`` writes them."""
    found = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    return {name.lower().replace("-", "") for name in found.stdout.split()}


def build(world: World, interpreter: str, parent: Path, printed: bool) -> Path:
    """Clone and build in a world; return the clone."""
    home, clone = parent / f"home {world.name}", parent / world.name / world.folder
    home.mkdir(parents=True)
    clone.parent.mkdir(parents=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LC_ALL": world.locale,
        "PYTHONHASHSEED": world.seed,
        "PIP_CACHE_DIR": os.environ.get("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip")),
        **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy") or name.startswith(("PIP_", "SSL_"))},
    }  # fmt: skip

    def do(*command: str) -> None:
        result = subprocess.run(
            command, cwd=clone, env=environment, umask=world.umask, capture_output=True, text=True, check=False
        )
        if result.returncode:
            raise SystemExit(
                f"{world.name}: {' '.join(command)} ended with {result.returncode}\n{result.stdout[-3000:]}{result.stderr[-3000:]}"
            )

    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True, umask=world.umask)
    # The zone is the reader's, not the Makefile's: it is set on the command line, where it wins.
    make = ("make", f"PY={interpreter}", f"TZ={world.zone}")
    do(*make, "sound")
    chapters = sorted(
        path.name for path in (clone / "chapters").glob("*.ipynb") if path.name != "data-and-methods.ipynb"
    )
    if world.order is None:
        do(*make, "again")
    else:
        random.Random(world.order).shuffle(chapters)
        for name in [*chapters, "data-and-methods.ipynb"]:
            do(*make, "again", f"CHAPTER=chapters/{name}")
    do(*make, "data")
    do(*make, "book")
    if printed:
        do(*make, "archive")
    return clone


def main(arguments: list[str] | None = None) -> int:
    """Build in each world and compare; the exit code is the number of worlds that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "worlds", nargs="*", help=f"of {', '.join(world.name for world in WORLDS)}; all if none is given"
    )
    parser.add_argument("--pdf", action="store_true", help="with the PDF and the archive (some minutes more for each)")
    options = parser.parse_args(arguments)
    chosen = [world for world in WORLDS if not options.worlds or world.name in options.worlds or world is WORLDS[0]]
    there, failed = locales(), 0
    first: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="verify ") as folder:
        for world in chosen:
            interpreter, start = python(world.python), time.perf_counter()
            if interpreter is None:
                print(f"{world.name}: no Python {world.python} here; not tried", flush=True)
                continue
            clone = build(world, interpreter, Path(folder), options.pdf)
            found = tools.sums(clone, *WATCHED, *(["_build/archive"] if options.pdf else []))
            shutil.rmtree(clone / ".venv")
            known = world.locale.lower().replace("-", "") in there | {"c"}
            words = f"{world.name}: Python {world.python}, {world.locale}{'' if known else ' (not on this machine: C)'}, {world.zone}"
            first = first or found
            unlike = tools.unlike(first, found)
            failed += bool(unlike)
            print(f"{words}: {len(found)} files, {len(unlike)} differ, {time.perf_counter() - start:.0f} s", flush=True)
            print("".join(f"  {name}\n" for name in unlike[:40]), end="", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
