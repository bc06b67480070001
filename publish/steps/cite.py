"""How to cite: a fold below each figure, a block at the end of each chapter, with ways to run it."""

from __future__ import annotations

from html import escape
from typing import Any

from sphinx.application import Sphinx

from partnership import citation
from publish.figures.numbering import base_address
from publish.steps import elsewhere

HINT = "Add the day on which you read it."


def placed(text: str, address: str) -> str:
    """A text as HTML; where the site's address is not known, the reader's device fills in its host (theme.js)."""
    words, path = escape(text), escape(address)
    if address.startswith("http"):
        return words
    return words.replace(path, f'<span class="pm-address" data-path="{path}">{path}</span>')


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


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """End each chapter with version and citation."""
    if doctree is None or "body" not in context:
        return
    book = citation.edition()
    base = base_address(app.config)
    address = f"{base}{page}.html"
    work = citation.Work(page.rsplit("/", 1)[-1], context["title"], address)
    context["body"] += (
        f'<section class="pm-edition" id="how-to-cite" aria-label="Edition and citation"><p>Edition {book.version} of {book.released}. '
        "Text and data CC BY 4.0, third-party figures excepted; code MIT.</p>"
        + elsewhere.block(page, context.get("sourcename", ""), base)
        + fold(work, "Cite this chapter")
        + "</section>"
    )


def setup(app: Sphinx) -> None:
    """Register the hook."""
    app.connect("html-page-context", page_context)
