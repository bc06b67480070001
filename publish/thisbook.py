"""What this book answers to its figures and numbers: the register of sources, tables, measures, claims, citation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

from partnership import citation, claims, codebook, data, prose
from partnership.measures import TERMS
from publish import row_words
from publish.figures.embed import placed
from publish.host import Cited, Host, Source

LICENCE = "CC BY 4.0, third-party figures excepted"
RIGHTS = f"Text and data {LICENCE}; code MIT."
URN = "urn:x-partnership-measured"
"""Names of this book in feed and linked data: an experimental namespace (RFC 3406), for a book without a registered one."""
HINT = "Add the day on which you read it."


@lru_cache(maxsize=1)
def register() -> dict[str, Source]:
    """The register of sources by id."""
    frame = data.sources().reset_index()[["id", "publisher", "title", "address", "published", "tier", "licence"]]
    known = frame.astype(object).where(frame.notna(), None)
    return {row["id"]: Source(**row) for row in known.to_dict("records")}


class ThisBook(Host):
    """The Partnership, Measured."""

    licence = LICENCE
    styled = True

    def __init__(self) -> None:
        super().__init__(citation.BOOK)
        edition = citation.edition()
        self.version, self.released, self.authors = edition.version, edition.released, tuple(edition.authors)

    def source(self, name: str) -> Source:
        """The source as the register has it."""
        return register()[name]

    def tier_words(self, tier: str) -> str:
        """A tier with its meaning."""
        return f"tier {tier}: {codebook.TIERS[tier]}" if tier in codebook.TIERS else ""

    def table(self, name: str) -> str:
        """The codebook, a page beside every chapter, tells what a table holds."""
        return f"codebook.html#table-{name}"

    def row_words(self, table: str, line: int, column: str) -> str:
        """Who sold to whom, of what, who counted, and the value as the row has it."""
        return row_words.words(table, line, column)

    def reporters(self, text: str) -> str:
        """Offices by the names of their countries."""
        return row_words.reporters(text)

    def term(self, measure: str) -> str:
        """As the book's measures are called."""
        return TERMS[measure]

    def meaning(self, test: str) -> str:
        """The vocabulary stands in the chapter on data."""
        return f"data-and-methods.html#word-{test.replace('_', '-')}"

    def claims(self, record: Mapping[str, Any]) -> str:
        """The claims whose stated or recomputed value the number is."""
        return "; ".join(
            f'<a href="claims.html#claim-{claim}">{escape(_claims()[claim])}</a>'
            for claim in claims.about(prose.Number(**record))
        )

    def citation(self, work: Cited) -> str:
        """One line for a list of references."""
        return citation.text(_work(work), citation.edition())

    def citation_files(self, work: Cited) -> dict[str, str]:
        """BibTeX and CSL-JSON."""
        cited, edition = _work(work), citation.edition()
        return {"bib": citation.bibtex(cited, edition), "csl.json": citation.csl(cited, edition)}

    def cite(self, work: Cited, files: str) -> str:
        """A fold with text, BibTeX and files."""
        return fold(_work(work), "Cite", files)


def _work(cited: Cited) -> citation.Work:
    return citation.Work(cited.name, cited.title, cited.address, f"Figure {cited.number}")


@lru_cache(maxsize=1)
def _claims() -> dict[str, str]:
    return data.load("claims").set_index("id")["claim"].to_dict()


def fold(work: citation.Work, summary: str, files: str = "") -> str:
    """Text and BibTeX in a fold; ``files`` is the address of the citation files without their ending, if there are any."""
    book = citation.edition()
    links = (
        f'<p><a href="{files}.bib" download>BibTeX</a> <a href="{files}.csl.json" download>CSL-JSON</a></p>'
        if files
        else ""
    )
    return (
        f'<details class="pm-cite"><summary>{escape(summary)}</summary><p>{placed(citation.text(work, book), work.address)} '
        f'<span class="pm-accessed">{HINT}</span></p><pre tabindex="0">{placed(citation.bibtex(work, book), work.address)}</pre>{links}</details>'
    )


HOST = ThisBook()
