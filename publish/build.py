"""Build the book: run the chapters that have changed, then make the site, once.

Run as ``python -m publish.build``. An interrupted build is discarded: output and Sphinx's pickles are reused only if the last
build finished and no file of them has changed since. Unpickling runs code, so pickles that fail the check are deleted before
Sphinx starts. When nothing has changed, nothing is done.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISDIR

from partnership import ROOT
from partnership.files import whole as write_whole
from publish import lock, run
from publish.standing import inputs

BUILD = ROOT / "_build"
SITE, TREES, WHOLE = BUILD / "html", BUILD / ".doctrees", BUILD / ".whole"


def state() -> str:
    """Name, size and time of every file of the last build, and its folders: what another hand has changed or brought shows.

    The time is that of the last change as the system keeps it: nobody can set it, and no archive or copy carries it along.
    """
    digest = hashlib.sha256()
    for file in sorted(_files(SITE, TREES)):
        stat = os.lstat(file)  # of a link itself: one to a folder counts as a file
        told = "" if S_ISDIR(stat.st_mode) else f"{stat.st_size} {stat.st_ctime_ns}"
        digest.update(f"{file}\0{told}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _files(*folders: Path) -> Iterable[str]:
    walks = (step for folder in folders for step in os.walk(folder))
    return (os.path.join(place, name) for place, inner, names in walks for name in (*inner, *names))


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        pass
    except OSError as error:
        sys.exit(
            f"What an unfinished or another build left cannot be removed: {error}. Remove {folder}, then build again."
        )


def whole() -> dict[str, str]:
    """What the last build that came to its end has left; empty if none did."""
    try:
        found = json.loads(WHOLE.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def make(*held: int) -> int:
    """Make the site, with a builder that has the lock's descriptor too; return its exit code."""
    before, now = whole(), inputs()
    sound = before.get("state") == state()
    if sound and before.get("inputs") == now:
        print("Nothing has changed; the book stands.")
        return 0
    WHOLE.unlink(missing_ok=True)
    if not sound:
        for folder in (SITE, TREES):
            _remove(folder)
    command = [sys.executable, "-m", "publish.builder", "build", "-q", "-n", "-W", "--keep-going", "."]
    code = subprocess.run(command, cwd=ROOT, check=False, pass_fds=held).returncode
    if code == 0:
        write_whole(WHOLE, json.dumps({"inputs": now, "state": state()}))
        print("The book stands. Open _build/html/index.html in a browser, or: make serve")
    return code


def main() -> int:
    """Run and make."""
    with lock.in_this_folder() as held:
        return run.main([]) or make(held)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
