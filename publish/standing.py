"""Skip files whose inputs have not changed since the last build.

A step that makes many files from few inputs names both as a :class:`Group`. What each group was made from stands beside what Sphinx
keeps of the pages, so it goes with it when a build was interrupted (``publish.build``). A book that does not say what its pages depend
on besides their sources (``config.book_inputs``) has every file made each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from sysconfig import get_path
from typing import TYPE_CHECKING, Any

from partnership import ROOT
from partnership.files import whole

if TYPE_CHECKING:  # a build with nothing to do ends without it
    from sphinx.application import Sphinx

APART = {"__pycache__", "node_modules"}
SITE = ("partnership", "publish", "checks", "tools", "data", ".")
"""What every page depends on besides the chapters: folders whole, of the first one the files alone."""


def inputs(root: Path = ROOT, names: tuple[str, ...] = (*SITE, "chapters")) -> str:
    """What something depends on: the files of these names below ``root``, this Python with what is installed, and the day.

    A folder counts whole; of ``"."`` the files in it do. The day is that of the edition, to which ages are counted.
    """
    files: list[Path] = []
    for path in map(root.joinpath, names):
        files += path.iterdir() if path == root else path.rglob("*") if path.is_dir() else [path]
    day = os.environ.get("SOURCE_DATE_EPOCH", "")
    digest = hashlib.sha256("\n".join([sys.version, day, *_installed()]).encode())
    for file in sorted(files):
        name = file.relative_to(root)  # a book may lie below a folder of any name
        if not APART & set(name.parts) and file.is_file():
            digest.update(os.fsencode(name) + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _installed() -> list[str]:
    """Name and version of all that is installed beside this Python: requirements.txt says what is meant, not what is there."""
    return sorted({path.name for kind in ("purelib", "platlib") for path in Path(get_path(kind)).glob("*.dist-info")})


class Group:
    """Files of the site that are made from the same inputs; what does not stand any more is removed when that is known.

    Parameters
    ----------
    app
        The builder's application.
    name
        What the group is called.
    places
        Its files and folders below the site's root; patterns may have an asterisk.
    depends
        What its files depend on besides ``config.book_inputs``; anything that JSON or ``repr`` can tell.
    """

    def __init__(self, app: Sphinx, name: str, places: tuple[str, ...], depends: object) -> None:
        self.out, self.places = Path(app.outdir), places
        self.kept = _place(app, name)
        self.inputs = app.config.book_inputs
        told = json.dumps([self.inputs, app.config.html_baseurl, depends], sort_keys=True, default=repr)
        self.key = hashlib.sha256(told.encode()).hexdigest()
        before = _before(self.kept) if self.inputs else {}
        self.stands = before.get("key") == self.key and before.get("files") == self._files()
        self.values: dict[str, Any] = before["values"] if self.stands else {}
        if not self.stands:
            self.kept.unlink(missing_ok=True)
            for path in self._found():
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def told(self, name: str, make: Callable[[], Any]) -> Any:
        """A value, such as a list of addresses, that is made only where the files are."""
        if name not in self.values:  # also where the build that made the files did not ask for it
            self.values[name] = make()
        return self.values[name]

    def keep(self) -> None:
        """Note what stands, when all of it is written."""
        if not self.stands:
            noted = {"inputs": self.inputs, "key": self.key, "files": self._files(), "values": self.values}
            whole(self.kept, json.dumps(noted, ensure_ascii=False))

    def _found(self) -> list[Path]:
        return sorted(path for place in self.places for path in self.out.glob(place))

    def _files(self) -> dict[str, list[int]]:
        """Each file with its size and the time of its last change, as ``publish.build`` takes it."""
        found = [file for path in self._found() for file in (path, *path.rglob("*")) if file.is_file()]
        stats = {str(file.relative_to(self.out)): file.stat() for file in sorted(found)}
        return {name: [stat.st_size, stat.st_ctime_ns] for name, stat in stats.items()}


def _place(app: Sphinx, name: str) -> Path:
    return Path(app.doctreedir) / f"{name}.standing"


def _before(kept: Path) -> dict[str, Any]:
    try:
        before = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return before if isinstance(before, dict) else {}


def outdated(app: Sphinx, name: str) -> bool:
    """Whether a group cannot stand, as far as is known before pages are read; may be asked before the group."""
    return _before(_place(app, name)).get("inputs") != app.config.book_inputs


def group(app: Sphinx, name: str, *places: str, depends: Callable[[], object] = tuple) -> Group:
    """The group of a name in this build, made when first asked for: after all pages are read."""
    groups: dict[str, Group] = vars(app.builder).setdefault("standing", {})
    if name not in groups:
        groups[name] = Group(app, name, places, depends())
    return groups[name]


def keep(app: Sphinx, error: Exception | None) -> None:
    """After all steps have written."""
    if not error:
        for each in vars(app.builder).get("standing", {}).values():
            each.keep()


def at_the_end(write: Callable[[Sphinx], None]) -> Callable[[Sphinx, Exception | None], None]:
    """A step that writes files beside finished pages: not where the build failed, nor for a builder of another format."""

    @wraps(write)
    def step(app: Sphinx, error: Exception | None) -> None:
        if not error and app.builder.format == "html":
            write(app)

    return step


def setup(app: Sphinx) -> None:
    """Register the moment; a book that says on what its pages depend sets ``book_inputs`` when it is configured."""
    app.add_config_value("book_inputs", "", "env")  # a changed value makes Sphinx read and write every page again
    app.connect("build-finished", keep, priority=985)
