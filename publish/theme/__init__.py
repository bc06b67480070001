"""How pages look: the book's own theme.

Templates (``layout.html`` and what extends it), one style sheet for screens and one for paper (``static/pm``), one small script;
``pages`` (what the templates show), ``cells`` (folds of code, the list of references). Nothing is done to pages once they are written.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from publish.theme import cells, pages


def setup(app: Sphinx) -> None:
    """Register templates and steps."""
    cells.setup(app)
    pages.setup(app)
