"""The book's Sphinx extension: figures, numbers, steps, economies and theme, in order, and what makes Sphinx write pages again."""

from __future__ import annotations

import gc
import hashlib
from typing import Any

from sphinx.application import Sphinx

from partnership import ROOT, data
from publish import economies, figures, said, standing, steps, theme
from publish.thisbook import HOST

__version__ = "0.1"


def fingerprint() -> str:
    """What pages depend on besides their chapters: package, extension, the edition, the register of sources, claims, tables of all pairs."""
    code = [
        path
        for house in ("partnership", "publish")
        for path in (ROOT / house).rglob("*")
        if path.suffix in (".py", ".css", ".js", ".html", ".yml")
    ]
    files = [
        *sorted(code),
        ROOT / "CITATION.cff",
        ROOT / "CHANGELOG.md",
        data.DATA / "sources.csv",
        data.DATA / "claims.csv",
        # The page of any pair.
        *sorted(data.DATA.glob("world-*.csv")),
        data.DATA / "countries.csv",
        data.DATA / "trade-totals.csv",
    ]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def configure(app: Sphinx, config: Any) -> None:
    """What the parts that serve other books too ask of a book: who tells what, and on what files of the site depend."""
    config.book_host = HOST
    config.book_inputs = standing.inputs(chapters=False)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    # A site is millions of objects and few rings: looking for them took a seventh of the time.
    gc.set_threshold(50_000, 20, 20)
    # A changed value makes Sphinx read and write every page again.
    app.add_config_value("partnership_fingerprint", fingerprint(), "env")
    for part in (said, figures, steps, economies, theme):
        part.setup(app)
    app.connect("config-inited", configure)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
