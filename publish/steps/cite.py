"""How to cite a chapter: a block at its end, with ways to run it."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from partnership import citation
from publish.figures.numbering import base_address
from publish.steps import run_links
from publish.thisbook import RIGHTS, fold


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
        f"{RIGHTS}</p>"
        + run_links.block(page, context.get("sourcename", ""), base)
        + fold(work, "Cite this chapter")
        + "</section>"
    )


def setup(app: Sphinx) -> None:
    """Register the hook."""
    app.connect("html-page-context", page_context)
