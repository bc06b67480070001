"""How pages look: style sheets, landmarks (``access``), and what of the theme a page need not load (``weight``, ``style``)."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from publish.theme import access, weight

STATIC = Path(__file__).with_name("static")


def add_styles(app: Sphinx) -> None:
    """Before pages are written, so that Sphinx can add checksums to their addresses."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(STATIC))
        app.add_css_file("pm/book.css")
        app.add_css_file("pm/print.css")


def setup(app: Sphinx) -> None:
    """Register styles and steps."""
    app.connect("builder-inited", add_styles)
    access.setup(app)
    weight.setup(app)
