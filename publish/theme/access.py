"""What the theme leaves out for readers who use assistive technology."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

from publish.theme.weight import pages

CHANGES = {
    # The sidebar with the book's name belongs to no landmark.
    '<div id="pst-primary-sidebar" class="bd-sidebar-primary bd-sidebar">': (
        '<div id="pst-primary-sidebar" class="bd-sidebar-primary bd-sidebar" role="complementary" aria-label="The book">'
    ),
    # "auto" matches no rule of the theme: decide at once, not when the theme's script has come.
    'document.documentElement.dataset.theme = localStorage.getItem("theme") || "auto";': (
        'const mode = localStorage.getItem("mode") || "auto"; document.documentElement.dataset.theme = mode === "auto"'
        ' ? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light") : mode;'
    ),
    # docutils' list of citations names roles that its parts may not have.
    ' role="doc-biblioentry"': "",
    '<div role="list" class="citation-list">': '<div class="citation-list">',
}


# A summary may not hold paragraphs.
SUMMARY = re.compile(r'<p class="(collapsed|expanded) admonition-title">([^<]*)</p>')


def mend(page: str) -> str:
    """The page with every change made once."""
    page = SUMMARY.sub(r'<span class="\1 admonition-title">\2</span>', page)
    for before, after in CHANGES.items():
        page = page.replace(before, after)
    return page


def finish(app: Sphinx, error: Exception | None) -> None:
    """Mend all pages."""
    if error or app.builder.format != "html":
        return
    for path in pages(Path(app.outdir)):
        path.write_text(mend(path.read_text("utf-8")), "utf-8")


def setup(app: Sphinx) -> None:
    """Register the step."""
    app.connect("build-finished", finish, priority=700)
