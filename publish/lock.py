"""One build at a time in a folder: two would write the same files."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from partnership import ROOT

_held: dict[Path, int] = {}


@contextmanager
def in_this_folder(folder: Path = ROOT / "_build") -> Iterator[int]:
    """Hold the folder until the end, or end the program with a message if another process holds it.

    The system releases the lock when the last process that inherited the descriptor, which is given here, exits. Pass it to
    child processes that write in the folder and may outlive this one.
    """
    if folder in _held:  # a build runs the chapters
        yield _held[folder]
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a+")
    except OSError as error:
        sys.exit(f"Nothing can be written in {folder}: {error.strerror}. A build needs a folder that it may write.")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            who = lock.read().strip() or "?"
            sys.exit(
                f"Another build is at work in {folder} (process {who}, or what it began). Wait until it has ended, or end it."
            )
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        _held[folder] = lock.fileno()
        try:
            yield _held[folder]
        finally:
            del _held[folder]
