"""Drawings kept by content: each is made once, by as many processes as there are processors, and proved when it is read.

The name of a kept file is the hash of what it depends on: kind, text, the version of vl-convert, the code that draws. The
fonts of the system are not in it: a PNG takes from them a letter that vl-convert's own fonts lack. The first line is the hash
of name and rest, so a file that was cut short, changed or given another's name is made again. Run as ``python -m publish.drawn
FOLDER`` it draws what the standard input names, a line each; this is what :class:`Ahead` starts.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from partnership import ROOT, picture
from partnership.files import replacing


def _svg(text: str) -> bytes:
    return picture.slim(picture.draw(text)).encode()


def _vega(text: str) -> bytes:
    return json.dumps(picture.compiled(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _png(text: str) -> bytes:
    return picture.png(text)


KINDS: dict[str, Callable[[str], bytes]] = {"svg": _svg, "vega": _vega, "png": _png}
"""A spec as SVG, a spec compiled to Vega, an SVG as PNG."""


_used: set[Path] = set()
"""What this process has asked for."""


@lru_cache(maxsize=1)
def _code() -> bytes:
    versions = f"{picture.vlc.__version__}|{picture.version()}"
    return hashlib.sha256(
        versions.encode() + Path(__file__).read_bytes() + Path(picture.__file__).read_bytes()
    ).digest()


def place(kind: str, text: str, folder: Path) -> Path:
    """Where a drawing is kept."""
    return folder / f"{hashlib.sha256(_code() + kind.encode() + b'|' + text.encode()).hexdigest()[:40]}.{kind}"


def kept(file: Path) -> bytes | None:
    """What a file holds, nothing if it is missing or not whole."""
    try:
        seal, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if seal == _seal(file, content) else None


def _seal(file: Path, content: bytes) -> bytes:
    return hashlib.sha256(file.name.encode() + b"\n" + content).hexdigest().encode()


def keep(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    with replacing(file) as fresh:
        fresh.write_bytes(_seal(file, content) + b"\n" + content)


def drawn(kind: str, text: str, folder: Path) -> bytes:
    """A drawing, made now if it is not kept."""
    file = place(kind, text, folder)
    _used.add(file)
    content = kept(file)
    if content is None:
        content = KINDS[kind](text)
        keep(file, content)
    return content


def prune(folder: Path) -> list[str]:
    """Remove what lies in the folder and was not asked for; return its names."""
    unused = [file for file in sorted(folder.glob("*")) if file not in _used and file.is_file()]
    for file in unused:
        file.unlink(missing_ok=True)
    return [file.name for file in unused]


class Ahead:
    """Processes that draw while the builder does something else.

    What they do not manage, for whatever reason, is drawn where it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0
        self.workers: list[subprocess.Popen[str]] = []

    def ask(self, kind: str, text: str) -> None:
        """Have something drawn if it is not kept."""
        file = place(kind, text, self.folder)
        if file.exists():
            return
        order = file.with_suffix(f".{kind}-order")
        self.folder.mkdir(parents=True, exist_ok=True)
        order.write_text(text, "utf-8")
        worker = self._worker()
        with contextlib.suppress(OSError):
            assert worker.stdin
            worker.stdin.write(f"{order.name}\n")
            worker.stdin.flush()

    def _worker(self) -> subprocess.Popen[str]:
        many = os.cpu_count() or 1
        if len(self.workers) < many:
            command = [sys.executable, "-m", "publish.drawn", str(self.folder)]
            pipe = subprocess.PIPE
            self.workers.append(subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True))
        self.count += 1
        return self.workers[self.count % len(self.workers)]

    def finish(self) -> None:
        """Wait until all is drawn."""
        for worker in self.workers:
            with contextlib.suppress(OSError):
                worker.communicate()
        self.workers = []
        for order in self.folder.glob("*-order"):
            order.unlink(missing_ok=True)

    def stop(self) -> None:
        """End without waiting."""
        for worker in self.workers:
            worker.kill()
        self.finish()


def main(folder: Path) -> None:
    """Draw what the standard input names."""
    for line in sys.stdin:
        order = folder / line.strip()
        kind = order.suffix.removeprefix(".").removesuffix("-order")
        with contextlib.suppress(ValueError):  # the builder meets the same error, and says of which page
            drawn(kind, order.read_text("utf-8"), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
