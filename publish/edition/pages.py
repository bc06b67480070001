"""The built site as one document: chapters in the order of the contents, ids that stay unique, links that lead inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath

import yaml
from bs4 import BeautifulSoup, Tag

from publish.edition import paper

_DRAWING = re.compile(r"<svg\b.*?</svg>", re.S)
_CODE = re.compile(r'<details class="pm-code[^>]*>.*?</details>', re.S)
_HELD = re.compile(r"<svg data-held=\"(\d+)\"></svg>")


@dataclass
class Chapter:
    """A page of the site as a part of the document."""

    page: str
    part: str
    title: str = ""
    sections: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""

    @property
    def anchor(self) -> str:
        """The id at which the chapter begins."""
        return PurePosixPath(self.page).name


def contents(root: Path) -> Iterator[Chapter]:
    """The chapters that _toc.yml names, each with its part."""
    toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    yield Chapter(toc["root"], "")
    for part in toc["parts"]:
        for entry in part["chapters"]:
            yield Chapter(entry["file"], part["caption"])


def book(root: Path, site: Path, address: str = "") -> list[Chapter]:
    """All chapters with their text.

    Parameters
    ----------
    root : path
        Where _toc.yml lies.
    site : path
        The built site.
    address : str
        The site's public address; without it a link to a file of the site is no link.

    Raises
    ------
    FileNotFoundError
        If a page of the contents is not in the site.
    """
    chapters = list(contents(root))
    known = {chapter.page: chapter.anchor for chapter in chapters}
    for chapter in chapters:
        read(chapter, (site / f"{chapter.page}.html").read_text("utf-8"), known, address)
    return chapters


def read(chapter: Chapter, page: str, known: dict[str, str], address: str = "") -> None:
    """Fill in title, sections and body of a chapter from its page; ``known`` gives the anchor of each page."""
    article = page[page.index("<article") : page.index("</article>") + len("</article>")]
    drawings: list[str] = []

    def hold(match: re.Match[str]) -> str:
        drawings.append(match[0])
        return f'<svg data-held="{len(drawings) - 1}"></svg>'

    # Drawings stay as they are: their ids already are unique, and reading them takes long. So does code, which print leaves out.
    body = BeautifulSoup(_DRAWING.sub(hold, _CODE.sub("", article)), "html.parser").article
    assert body is not None
    paper.fit(body)
    heading = body.h1
    chapter.title = heading.get_text().strip() if heading else chapter.anchor
    for tag in body.find_all(id=True):
        tag["id"] = f"{chapter.anchor}--{tag['id']}"
    for link in body.find_all("a", href=True):
        _redirect(link, chapter, known, address)
    chapter.sections = [
        (str(heading.parent["id"]), heading.get_text().strip())
        for heading in body.find_all("h2")
        if heading.parent is not None and heading.parent.get("id")
    ]
    chapter.body = _HELD.sub(lambda match: drawings[int(match[1])], body.decode_contents())


def _redirect(link: Tag, chapter: Chapter, known: dict[str, str], address: str) -> None:
    """A link between pages leads inside the document, one to a file of the site leads to the site, if it has an address."""
    href = str(link["href"])
    if re.match(r"[a-z]+:", href):
        return
    path, _, anchor = href.partition("#")
    target = normpath(str(PurePosixPath(chapter.page).parent / path)) if path else f"{chapter.page}.html"
    page = target.removesuffix(".html")
    if page in known:
        link["href"] = f"#{known[page]}--{anchor}" if anchor else f"#{known[page]}"
    elif address:
        link["href"] = f"{address}{target}{'#' + anchor if anchor else ''}"
    else:
        link.unwrap()
