"""Files a site owes its readers: Atom feed of editions, sitemap, page for lost readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from partnership import citation
from publish.figures.numbering import base_address, pages_in_order


def feed(base: str) -> str:
    """Atom feed: one entry an edition, from CHANGELOG.md."""
    book, entries = citation.edition(), citation.changes()
    author = f"<author><name>{escape(', '.join(book.authors))}</name></author>"
    body = "".join(
        f"<entry><id>urn:partnership-measured:{version}</id><title>Edition {version}</title><updated>{date}T00:00:00Z</updated>"
        f'<link href="{base}chapters/data-and-methods.html"/><content type="text">{escape(" ".join(items))}</content></entry>'
        for version, date, items in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>urn:partnership-measured</id><title>{escape(citation.BOOK)}: editions</title>"
        f"<updated>{entries[0][1]}T00:00:00Z</updated>{author}{body}</feed>\n"
    )


def sitemap(base: str, pages: list[str]) -> str:
    """Addresses of all chapters."""
    entries = "".join(f"<url><loc>{escape(f'{base}{page}.html')}</loc></url>" for page in pages)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>\n'


def lost(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page for an address that does not exist."""
    root = app.config.root_doc
    body = (
        "<h1>There is no such page</h1><p>The address may be mistyped, or the page may have moved. "
        f'Go to the <a href="{root}.html">front page</a>, to the <a href="chapters/figures.html">list of figures</a>, '
        'or <a href="search.html">search</a> the book.</p>'
    )
    yield "404", {"title": "There is no such page", "body": body}, "page.html"


def write(app: Sphinx, error: Exception | None) -> None:
    """Write feed and, if the site has a public address, the sitemap."""
    if error or app.builder.format != "html":
        return
    base, out = base_address(app.config), Path(app.outdir)
    (out / "feed.xml").write_text(feed(base), "utf-8")
    if base:
        (out / "sitemap.xml").write_text(sitemap(base, pages_in_order(app.env)), "utf-8")
        missing = out / "404.html"  # served for any depth of address, so its links need a fixed base
        text = missing.read_text("utf-8")
        if "<base " not in text:
            missing.write_text(text.replace("<head>", f'<head>\n    <base href="{base}">', 1), "utf-8")


def setup(app: Sphinx) -> None:
    """Register page and files."""
    app.connect("html-collect-pages", lost)
    app.connect("build-finished", write, priority=620)
