"""The edition's facts, from CITATION.cff, and ready citations of a chapter or a figure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from partnership import ROOT

BOOK = "The Partnership, Measured"
CODE_LICENCE = "MIT"


@dataclass(frozen=True)
class Edition:
    """What CITATION.cff says of this edition."""

    title: str
    authors: list[str]
    version: str
    released: str
    licences: list[str]
    abstract: str
    keywords: list[str]
    doi: str = ""

    def cited(self, version: str = "", released: str = "") -> str:
        """The whole book as one line for a list of references, without an address; another edition by version and day."""
        version, released = version or self.version, released or self.released
        return f"{', '.join(self.authors)} ({released[:4]}): {self.title}. Version {version}, {released}."

    def file(self, ending: str) -> str:
        """The name of a file that holds the whole edition, such as its archive."""
        return f"the-partnership-measured-{self.version}{ending}"

    @property
    def workbook(self) -> str:
        """The name of the workbook of the figures."""
        return self.file(".xlsx")


def licences(entry: Mapping[str, Any]) -> list[str]:
    """SPDX names of the licences: that of the code, and that of text and data, which CITATION.cff has.

    Several in CITATION.cff would be read as a choice, each for the whole.
    """
    found = entry["license"]
    names = [found] if isinstance(found, str) else list(found)
    return names if CODE_LICENCE in names else [CODE_LICENCE, *names]


@lru_cache(maxsize=4)
def edition(root: Path = ROOT) -> Edition:
    """Read CITATION.cff, the one place where version, date and authors stand.

    Raises
    ------
    KeyError
        If a required entry is missing.
    """
    entry: dict[str, Any] = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    authors = [author.get("name") or f"{author['given-names']} {author['family-names']}" for author in entry["authors"]]
    return Edition(
        title=entry["title"],
        authors=authors,
        version=str(entry["version"]),
        released=str(entry["date-released"]),
        licences=licences(entry),
        abstract=" ".join(entry["abstract"].split()),
        keywords=list(entry["keywords"]),
        doi=str(entry.get("doi", "")),
    )


@dataclass(frozen=True)
class Work:
    """A part of the book that can be cited: a chapter, or a figure of one."""

    name: str
    title: str
    address: str
    part: str = ""


def text(work: Work, book: Edition) -> str:
    """One line for a list of references; the reader adds the day of access."""
    part = f" {work.part} in:" if work.part else " In:"
    return (
        f"{', '.join(book.authors)} ({book.released[:4]}): {work.title}.{part} {BOOK}, version {book.version}, {book.released}."
        f" {work.address}"
    )


def bibtex(work: Work, book: Edition) -> str:
    """A BibTeX entry."""
    fields = {
        "author": " and ".join(f"{{{author}}}" for author in book.authors),
        "title": f"{{{_tex(work.title)}}}",
        "booktitle": f"{{{BOOK}}}",
        "editor": " and ".join(f"{{{author}}}" for author in book.authors),
        "year": book.released[:4],
        "note": f"{work.part + ', ' if work.part else ''}version {book.version} of {book.released}",
        "url": work.address,
    }
    if book.doi:
        fields["doi"] = book.doi
    key = f"partnership-measured-{book.version}-{work.name}"
    return f"@incollection{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"


def _tex(title: str) -> str:
    return re.sub(r"([$%&#_])", r"\\\1", title)


def csl(work: Work, book: Edition) -> str:
    """A CSL-JSON entry, as citation managers read it."""
    entry = {
        "id": f"partnership-measured-{work.name}",
        "type": "figure" if work.part else "chapter",
        "title": work.title,
        "container-title": BOOK,
        "author": [{"literal": author} for author in book.authors],
        "issued": {"date-parts": [[int(part) for part in book.released.split("-")]]},
        "version": book.version,
        "URL": work.address,
        **({"note": work.part} if work.part else {}),
        **({"DOI": book.doi} if book.doi else {}),
    }
    return json.dumps([entry], ensure_ascii=False, indent=1) + "\n"


def changes(root: Path = ROOT) -> list[tuple[str, str, list[str]]]:
    """The editions in CHANGELOG.md, newest first: version, date, what changed."""
    found = []
    for block in re.split(r"^## ", (root / "CHANGELOG.md").read_text("utf-8"), flags=re.M)[1:]:
        head, _, body = block.partition("\n")
        version, _, date = head.partition(" – ")
        body = re.sub(r"^#.*\n?", "", body, flags=re.M)  # headings stand between entries
        items = [" ".join(item.split()) for item in re.split(r"^- ", body, flags=re.M)[1:]]
        found.append((version.strip(), date.strip(), items))
    return found
