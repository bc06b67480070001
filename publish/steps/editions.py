"""The page of editions: each with its day, how to cite it, its archive with checksum, and where it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from sphinx.application import Sphinx

from partnership import citation
from publish.edition.released import Released, address, register
from publish.figures.numbering import base_address
from publish.steps import head

PAGE = "editions/index"


def body(base: str) -> str:
    """The page's text, newest edition first."""
    released = {one.version: one for one in register()}
    items = "".join(
        _item(version, date, len(changed), released.get(version), base) for version, date, changed in citation.changes()
    )
    return (
        '<section id="editions"><h1>Editions</h1><p>Addresses without a version show the newest edition. What changed stands in the '
        '<a href="../feed.xml">feed</a> and on the page of <a href="../chapters/corrections.html">corrections</a>. '
        f"From {kept_from()} on a released edition is kept as it was under <code>editions/</code> and its version, with its archive; a checksum tells whether an archive is the one that was released.</p>{items}</section>"
    )


def kept_from() -> str:
    """The oldest edition that has an archive, or will have one when it is released: the one being read."""
    kept = {one.version for one in register()} | {citation.edition().version}
    return [version for version, *_ in citation.changes() if version in kept][-1]


def _item(version: str, date: str, changed: int, released: Released | None, base: str) -> str:
    edition = citation.edition()
    where = address(version, base)
    cited = edition.cited(version, date) + (f" {where}" if base and released else "")  # fmt: skip
    if released:
        place = f'<a href="{escape(where)}index.html">{escape(where)}</a>' if base else f"<code>{escape(where)}</code>"
        files = f"<dt>Kept at</dt><dd>{place}</dd><dt>Archive</dt><dd>{escape(released.archive)}, SHA-256 <code>{released.sha256}</code></dd>"
    elif version == edition.version:
        files = "<dt>Archive</dt><dd>The edition that you read; its archive and checksum stand here once it is released.</dd>"
    else:
        files = "<dt>Archive</dt><dd>None was kept.</dd>"
    return (
        f'<section id="edition-{version.replace(".", "-")}"><h2>{escape(version)}, {escape(date)}</h2><dl><dt>Cite as</dt><dd>{escape(cited)}</dd>'
        f"{files}<dt>Entries in the list of changes</dt><dd>{changed}</dd></dl></section>"
    )


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """``editions/index.html``."""
    base = base_address(app.config)
    tags = head.tags(PAGE, "Editions", "The editions of the book, how to cite each, and its archive.", [], base)
    yield PAGE, {"title": "Editions", "body": body(base), "metatags": "\n" + "\n".join(tags)}, "page.html"


def setup(app: Sphinx) -> None:
    """Register the page."""
    app.connect("html-collect-pages", pages)
    app.connect("partnership-addresses", lambda app: [PAGE])
