"""Compute what depends on the tables alone in a process of its own, while Sphinx reads and writes the pages.

Run as ``python -m publish.background MODULE ARGUMENT`` it prints, as JSON, what the module's function ``make`` returns for the argument;
this is what :class:`Background` starts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from partnership import ROOT


class Background:
    """The value of ``make(argument)`` of a module, computed elsewhere from now on; JSON must be able to tell it."""

    def __init__(self, make: Callable[[str], Any], argument: str) -> None:
        self.make, self.argument = make, argument
        command = [sys.executable, "-m", "publish.background", make.__module__, argument]
        quiet = subprocess.DEVNULL  # errors are repeated, and reported, when the work is done again in this process
        self.worker: subprocess.Popen[bytes] | None = subprocess.Popen(
            command, cwd=ROOT, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet
        )
        self.value: Any = None

    def result(self) -> Any:
        """Wait for it; where the process does not manage, for whatever reason, compute it here."""
        if self.worker is not None:
            told, _ = self.worker.communicate()
            try:
                self.value = json.loads(told)  # not to be read if it was cut short
            except ValueError:
                self.value = self.make(self.argument)
            self.worker = None
        return self.value

    def stop(self) -> None:
        """End without waiting."""
        if self.worker is not None:
            self.worker.kill()
            self.worker.communicate()


def main(module: str, argument: str) -> None:
    """Print what a module makes."""
    sys.stdout.write(json.dumps(import_module(module).make(argument), separators=(",", ":")))


if __name__ == "__main__":
    main(*sys.argv[1:])
