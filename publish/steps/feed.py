"""What a site owes its readers: Atom feed of editions, sitemap, robots.txt, a page for lost readers, an address of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sphinx.application import Sphinx
from sphinx.util import logging

from partnership import citation
from publish.figures.numbering import base_address, pages_in_order
from publish.thisbook import URN

LOG = logging.getLogger(__name__)


def feed(base: str, front: str) -> str:
    """Atom feed: one entry an edition, from CHANGELOG.md; links are absolute where the site's address is known."""
    book, entries = citation.edition(), citation.changes()
    author = f"<author><name>{escape(', '.join(book.authors))}</name></author>"
    links = f'<link rel="self" type="application/atom+xml" href="{base}feed.xml"/>' if base else ""
    links += f'<link rel="alternate" type="text/html" href="{base}{front}"/>'
    body = "".join(
        f"<entry><id>{URN}:edition:{version}</id><title>Edition {version}</title><updated>{date}T00:00:00Z</updated>"
        f'<link rel="alternate" type="text/html" href="{base}{front}"/><content type="text">{escape(" ".join(map(bare, items)))}</content></entry>'
        for version, date, items in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<id>{URN}:feed:editions</id><title>{escape(citation.BOOK)}: editions</title>"
        f"<updated>{entries[0][1]}T00:00:00Z</updated>{author}{links}{body}</feed>\n"
    )


def bare(text: str) -> str:
    """A text without the marks of Markdown.

    Examples
    --------
    >>> bare("the page *Corrections*, `tables/latest-record.csv`, [the list](a.html)")
    'the page Corrections, tables/latest-record.csv, the list'
    """
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"(`|\*\*|\*)(?=\S)(.+?)(?<=\S)\1", r"\2", text)


def sitemap(base: str, pages: list[str]) -> str:
    """Addresses of all pages."""
    entries = "".join(f"<url><loc>{escape(f'{base}{page}.html')}</loc></url>" for page in pages)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>\n'


def robots(base: str) -> str:
    """All may read everything; where the sitemap is."""
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {base}sitemap.xml\n" if base else "")


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page for an address that does not exist, and the page at the site's own address, which leads on."""
    yield "404", {"title": "There is no such page"}, "404.html"
    if "index" not in app.env.found_docs:
        yield "index", {"title": citation.BOOK}, "index.html"


def write(app: Sphinx, error: Exception | None) -> None:
    """Write feed, robots.txt and, if the site has a public address, the sitemap."""
    if error or app.builder.format != "html":
        return
    base, out = base_address(app.config), Path(app.outdir)
    (out / "feed.xml").write_text(feed(base, f"{app.config.root_doc}.html"), "utf-8")
    (out / "robots.txt").write_text(robots(base), "utf-8")
    if base:
        (out / "sitemap.xml").write_text(sitemap(base, [*pages_in_order(app.env), *made(app)]), "utf-8")
    else:
        (out / "sitemap.xml").unlink(missing_ok=True)
        LOG.info(
            "html.baseurl is empty: citations, feed and lists name addresses without a host; pages fill in the reader's"
        )


def made(app: Sphinx) -> list[str]:
    """Pages that no source file has, as those who make them name them."""
    return [page for pages in app.emit("partnership-addresses") for page in pages]


def setup(app: Sphinx) -> None:
    """Register pages and files, and the event by which others add addresses of pages to the sitemap."""
    app.add_event("partnership-addresses")
    app.connect("html-collect-pages", pages)
    app.connect("build-finished", write, priority=620)
