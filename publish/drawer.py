"""One process that draws for all kernels of a run. Loading vl-convert takes most of a second, which each kernel would spend.

Run as ``python -m publish.drawer SOCKET`` it draws until its standard input ends. A kernel that gets no answer draws by itself, as
kernels do that Jupyter starts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Client, Listener
from typing import Any

from partnership import ROOT, picture

FIRST = '{"data": {"values": [{}]}, "mark": "point"}'


@contextmanager
def begun() -> Iterator[str]:
    """The address of a drawer that works until the end."""
    with tempfile.TemporaryDirectory(prefix="drawer-") as place:
        address = f"{place}/socket"
        command = [sys.executable, "-m", "publish.drawer", address]
        # Ctrl-C is for the run, which ends what it has started.
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, start_new_session=True) as drawer:
            try:
                yield address
            finally:
                drawer.kill()


def serve(address: str) -> None:
    """Draw what is asked for at a socket, one after the other, without end."""
    with Listener(address, "AF_UNIX", backlog=64) as asked:
        picture.draw(FIRST)  # while the first kernel loads
        while True:
            try:
                with asked.accept() as kernel:
                    kernel.send_bytes(picture.draw(kernel.recv_bytes().decode()).encode())
            except (OSError, EOFError, ValueError):  # a kernel that has ended, a spec that cannot be drawn
                continue


def ask(address: str) -> None:
    """Have this process ask there for its drawings."""
    own = picture.draw

    def draw(spec: str | Mapping[str, Any]) -> str:
        try:
            with Client(address, "AF_UNIX") as drawer:
                drawer.send_bytes((spec if isinstance(spec, str) else json.dumps(spec)).encode())
                return drawer.recv_bytes().decode()
        except (OSError, EOFError):
            return own(spec)  # and say what is wrong with it

    picture.draw = draw


def _leave_with_the_run() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_leave_with_the_run, daemon=True).start()
    serve(sys.argv[1])
