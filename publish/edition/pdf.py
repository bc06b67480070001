"""The book as one PDF: title page, contents with page numbers, all chapters, printed by Chromium from the built site.

Run as ``python -m publish.edition.pdf [SITE [FILE]]``. The contents need page numbers and change them, so the book is printed
twice: first to find the pages, with the room of its drawings alone, then with numbers of fixed width. Fails if a figure or a
chapter is missing.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import cast

from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from partnership import ROOT, citation
from partnership.files import replacing
from publish.browser import started
from publish.edition import pages, paper
from publish.edition.settings import site_address
from publish.theme.pages import style
from publish.thisbook import RIGHTS

SITE = ROOT / "_build" / "html"
FILE = ROOT / "_build" / "pdf" / "the-partnership-measured.pdf"
STYLES = (
    ROOT / "publish" / "theme" / "static" / "pm" / "print.css",
    ROOT / "publish" / "economies" / "static" / "pm" / "pairs.css",
    Path(__file__).with_name("edition.css"),
)
UNSEEN = "<style>@media screen { body { display: none } }</style>"
"""Chromium would lay out the whole book for a screen as well, before it prints."""
_DRAWN = re.compile(r"(<svg\b[^>]*>).*?</svg>", re.S)


# -- the document ---------------------------------------------------------------------------------


def document(chapters: list[pages.Chapter], address: str = "", numbers: Mapping[str, int] | None = None) -> str:
    """The whole book as one page of HTML; ``numbers`` gives the page number of each anchor, once it is known."""
    numbers = numbers or {}
    heads = "".join(
        f'@page {_name(chapter)} {{ @top-left {{ content: "{_quoted(chapter.title) if chapter.part else ""}"; }} }}\n'
        f".pm-book > .pm-chapter-{_name(chapter)} {{ page: {_name(chapter)}; }}\n"
        for chapter in chapters
    )
    styles = "\n".join(path.read_text("utf-8") for path in STYLES)
    body = "\n".join(
        f'<article class="pm-page pm-chapter-{_name(chapter)}" id="{chapter.anchor}">{_numbered(chapter.body, numbers)}</article>'
        for chapter in chapters
    )
    edition = citation.edition()
    return f"""<!DOCTYPE html>
<html lang="en" data-theme="light">
<head>
<meta charset="utf-8">
<title>{escape(edition.title)}</title>
<style>
{style()}
{styles}
{heads}</style>
</head>
<body class="pm-book">
{title_page(edition, address)}
{contents_page(chapters, numbers)}
{body}
</body>
</html>
"""


def title_page(edition: citation.Edition, address: str) -> str:
    """Title, authors, version, licence, how to cite, and what the PDF leaves out."""
    title, _, subtitle = edition.title.partition(": ")
    link = f'<a href="{escape(edition.doi and "https://doi.org/" + edition.doi or address)}">'
    where = f"https://doi.org/{edition.doi}" if edition.doi else address
    return f"""<section class="pm-title-page">
<p class="pm-book-title">{escape(title)}</p>
<p class="pm-book-subtitle">{escape(subtitle)}</p>
<p class="pm-book-authors">{escape(", ".join(edition.authors))}</p>
<p class="pm-book-version">Version {escape(edition.version)}, {_day(edition.released)}</p>
<p class="pm-book-abstract">{escape(edition.abstract)}</p>
<dl class="pm-imprint">
<dt>Cite as</dt><dd>{escape(edition.cited())}{f" {link}{escape(where)}</a>" if where else ""}</dd>
<dt>Licence</dt><dd>Text and data: <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>, third-party figures excepted. Code: MIT.</dd>
<dt>Not in print</dt><dd>{escape(paper.LEFT_OUT)}</dd>
<dt>In print</dt><dd>Numbers in sentences link to the table at the end of their chapter, which says who counted, who published and in which tier it stands. Figures carry the same numbers as on the site.</dd>
</dl>
</section>"""


def contents_page(chapters: Iterable[pages.Chapter], numbers: Mapping[str, int]) -> str:
    """Parts, chapters and sections with their pages."""
    lines, part = [], ""
    for chapter in chapters:
        if chapter.part != part:
            part = chapter.part
            lines.append(f'<p class="pm-contents-part">{escape(part)}</p>')
        lines.append(_line("pm-contents-chapter", chapter.anchor, chapter.title, numbers))
        lines += [_line("pm-contents-section", anchor, title, numbers) for anchor, title in chapter.sections]
    return "\n".join(['<nav class="pm-contents" id="contents"><h1>Contents</h1>', *lines, "</nav>"])


def _line(kind: str, anchor: str, title: str, numbers: Mapping[str, int]) -> str:
    return f'<p class="{kind}"><a href="#{anchor}"><span>{escape(title)}</span><i></i><b>{numbers.get(anchor, "")}</b></a></p>'


def _numbered(body: str, numbers: Mapping[str, int]) -> str:
    """The list of figures with their pages."""
    start = body.find('<ol class="pm-catalogue">')
    if start < 0:
        return body
    line = re.compile(r'<a href="#([^"]+)"><span>(.*?)</span>(.*?)</a>')
    return body[:start] + line.sub(
        lambda match: (
            f'<a href="#{match[1]}"><span>{match[2]}</span><em>{match[3].strip()}</em><i></i><b>{numbers.get(match[1], "")}</b></a>'
        ),
        body[start:],
    )


def _name(chapter: pages.Chapter) -> str:
    """A name for the chapter's pages in the stylesheet."""
    return f"on-{chapter.anchor}"


def _quoted(words: str) -> str:
    """Words inside a string of a style sheet, which they end neither as CSS nor as HTML."""
    return re.sub(r'[\x00-\x1f"\\<>]', lambda match: f"\\{ord(match[0]):x} ", words)


def _day(iso: str) -> str:
    return time.strftime("%d %B %Y", time.strptime(iso, "%Y-%m-%d")).lstrip("0")


# -- printing -------------------------------------------------------------------------------------


def print_pages(browser: Browser, page: Path, target: Path, whole: bool = True) -> None:
    """Print one HTML file, as the stylesheet says; ``whole`` is with drawings, bookmarks and tags, a third of the work."""
    text, address = page.read_text("utf-8").replace("<head>", f"<head>{UNSEEN}", 1), page.resolve().as_uri()
    if not whole:
        text = _DRAWN.sub(r"\1</svg>", text)
    shown = browser.new_page(java_script_enabled=False, offline=True)
    shown.route(address, lambda asked: asked.fulfill(body=text, content_type="text/html; charset=utf-8"))
    shown.goto(address)
    shown.pdf(path=target, prefer_css_page_size=True, print_background=True, outline=whole, tagged=whole)
    shown.close()


def page_numbers(printed: Path) -> dict[str, int]:
    """The page on which each anchor stands that a link leads to."""
    reader = PdfReader(printed)
    found = {}
    for name, target in reader.named_destinations.items():
        number = reader.get_destination_page_number(target)
        if number is not None:
            found[name.removeprefix("/")] = number + 1
    return found


def finish(printed: Path, target: Path, edition: citation.Edition) -> int:
    """Add title, authors and a fixed date to the file, so that the same book gives the same bytes; return its pages.

    They are appended, as the format has it for a change: to write its fifty thousand objects again takes longer.
    """
    moment = time.strftime("%Y%m%d%H%M%S", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "0"))))
    raw = printed.read_bytes().replace(b"%PDF-1.4", b"%PDF-1.7", 1)
    raw = re.sub(rb"(/(?:Creation|Mod)Date \(D:)\d{14}", rb"\g<1>" + moment.encode(), raw, count=2)
    facts = {
        "/Title": edition.title,
        "/Author": ", ".join(edition.authors),
        "/Subject": f"Version {edition.version}, {edition.released}. {RIGHTS}",
        "/Keywords": ", ".join(edition.keywords),
        "/CreationDate": f"D:{moment}Z",
        "/ModDate": f"D:{moment}Z",
    }
    reader = PdfReader(BytesIO(raw))
    about, catalogue = (cast(DictionaryObject, reader.trailer[name]) for name in ("/Info", "/Root"))
    about.update({NameObject(name): TextStringObject(value) for name, value in facts.items()})
    catalogue[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    catalogue[NameObject("/PageMode")] = NameObject("/UseOutlines")
    with replacing(target) as fresh:
        fresh.write_bytes(raw + _update(raw, reader, about, catalogue))
    return int(cast(DictionaryObject, catalogue["/Pages"])["/Count"])  # type: ignore[call-overload]


def _update(raw: bytes, reader: PdfReader, *changed: DictionaryObject) -> bytes:
    """Objects of a PDF as they are now, with a table of their places: an incremental update (ISO 32000-1, 7.5.6)."""
    added, table = BytesIO(), b"xref\n0 1\n0000000000 65535 f \n"
    added.write(b"\n")
    for one in changed:
        assert one.indirect_reference
        number = one.indirect_reference.idnum
        table += b"%d 1\n%010d 00000 n \n" % (number, len(raw) + added.tell())
        added.write(b"%d 0 obj\n" % number)
        one.write_to_stream(added)
        added.write(b"\nendobj\n")
    trailer = DictionaryObject({NameObject(name): reader.trailer.raw_get(name) for name in ("/Size", "/Root", "/Info")})
    trailer[NameObject("/Prev")] = NumberObject(raw[raw.rindex(b"startxref") :].split()[1])
    start = len(raw) + added.tell()
    added.write(table + b"trailer\n")
    trailer.write_to_stream(added)
    added.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)
    return added.getvalue()


def lacking(printed: Path, placed: Mapping[str, int], chapters: Sequence[pages.Chapter], site: Path) -> list[str]:
    """Figures of the site that have no place in the PDF, and its bookmarks if they are not those of the chapters."""
    listed = json.loads((site / "figures.json").read_text("utf-8"))["figures"]
    anchors = [one["page"].split("/")[-1].replace(".html#", "--") for one in listed]
    marks = [entry.title for entry in PdfReader(printed).outline if not isinstance(entry, list)]
    wanted = ["Contents", *(chapter.title for chapter in chapters)]
    order = [] if marks == wanted else [f"bookmarks {marks}, not {wanted}"]
    return [anchor for anchor in anchors if anchor not in placed] + order


def make(site: Path = SITE, target: Path = FILE, browser: Browser | None = None) -> int:
    """Make the PDF from a built site, by a browser of its own if none is given; return the number of pages.

    Raises
    ------
    RuntimeError
        If there is no Chromium on the PATH, or a figure or a chapter is not in what was printed.
    """
    if browser is None:
        with sync_playwright() as playwright, started(playwright.chromium) as own:
            return make(site, target, own)
    target.parent.mkdir(parents=True, exist_ok=True)
    address = site_address()
    chapters = pages.book(ROOT, site, address)
    page, printed = target.with_suffix(".html"), target.with_suffix(".printed.pdf")
    numbers: dict[str, int] = {}
    for whole in (False, True):
        page.write_text(document(chapters, address, numbers), "utf-8")
        print_pages(browser, page, printed, whole)
        numbers = page_numbers(printed)
    if lost := lacking(printed, numbers, chapters, site):
        raise RuntimeError(f"not in the PDF: {', '.join(lost)}")
    count = finish(printed, target, citation.edition())
    printed.unlink()
    return count


if __name__ == "__main__":
    start = time.perf_counter()
    arguments = [Path(argument) for argument in sys.argv[1:]]
    site, made = [*arguments, *(SITE, FILE)[len(arguments) :]]
    count = make(site, made)
    print(f"{made}: {count} pages, {made.stat().st_size / 1e6:.1f} MB, {time.perf_counter() - start:.0f} s")
