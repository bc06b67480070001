"""The book's Sphinx extension: figures, numbers, steps, economies and theme, in order, and what makes Sphinx write pages again."""

from __future__ import annotations

import gc
from typing import Any

from sphinx.application import Sphinx

from publish import economies, figures, said, standing, steps, theme
from publish.thisbook import HOST

__version__ = "0.1"


def configure(app: Sphinx, config: Any) -> None:
    """What the parts that serve other books too ask of a book: who tells what, and on what its pages and files depend."""
    config.book_host = HOST
    config.book_inputs = standing.inputs(names=standing.SITE)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    # Sphinx makes millions of objects and hardly any reference cycles; collecting took a seventh of a build. Freeze what is
    # loaded by now. Must come after sphinx_external_toc, which searches gc.get_objects().
    gc.freeze()
    gc.enable()  # publish.builder has put it off
    gc.set_threshold(50_000, 20, 20)
    for part in (said, figures, steps, economies, theme):
        part.setup(app)
    app.connect("config-inited", configure)
    return {"version": __version__, "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
