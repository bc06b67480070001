"""How to cite: a fold below each figure, a block at the end of each chapter."""

from __future__ import annotations

from html import escape
from typing import Any

from sphinx.application import Sphinx

from partnership import citation
from partnership.edition import launch, settings
from partnership.site.numbering import base_address

HINT = "Add the day on which you read it."


def fold(work: citation.Work, summary: str, files: str = "") -> str:
    """Text and BibTeX in a fold; ``files`` is the address of the citation files without their ending, if there are any."""
    book = citation.edition()
    links = (
        f'<p><a href="{files}.bib" download>BibTeX</a> <a href="{files}.csl.json" download>CSL-JSON</a></p>'
        if files
        else ""
    )
    return (
        f'<details class="pm-cite"><summary>{escape(summary)}</summary><p>{escape(citation.text(work, book))} '
        f'<span class="pm-accessed">{HINT}</span></p><pre tabindex="0">{escape(citation.bibtex(work, book))}</pre>{links}</details>'
    )


def runs(page: str) -> str:
    """Links that open a chapter where it can be run; none while the repository has no public address."""
    repository = settings.repository()
    ways = {"Binder": launch.binder(page, repository), "Colab": launch.colab(page, repository)}
    links = " · ".join(
        f'<a href="{escape(address, quote=True)}">{name}</a>' for name, address in ways.items() if address
    )
    return f"<p>Run this chapter: {links}</p>" if links else ""


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """End each chapter with version and citation."""
    if doctree is None or "body" not in context:
        return
    book = citation.edition()
    address = f"{base_address(app.config)}{page}.html"
    work = citation.Work(page.rsplit("/", 1)[-1], context["title"], address)
    context["body"] += (
        f'<section class="pm-edition" aria-label="Edition and citation"><p>Edition {book.version} of {book.released}. '
        "Text and data CC BY 4.0, third-party figures excepted; code MIT.</p>"
        + runs(page)
        + fold(work, "Cite this chapter")
        + "</section>"
    )


def setup(app: Sphinx) -> None:
    """Register the hook."""
    app.connect("html-page-context", page_context)
