"""From chart output to figure on the page: drawn, described, to download and to embed, live when somebody uses the page.

``ahead`` (draw in other processes), ``drawing`` (spec to SVG), ``stored`` and ``figure`` (chart output to figure), ``numbering`` (all figures in order), ``catalogue``
(list of figures), ``embed`` (a page of its own for each figure), ``plain`` (that page as Markdown), ``files`` and ``tidyfiles`` (downloads beside each figure). README.md says how
another book uses it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from publish import host, standing
from publish.figures import ahead, catalogue, figure, files, numbering

STATIC = Path(__file__).with_name("static")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the steps, and the scripts of figures."""
    app.connect("builder-inited", lambda app: app.config.html_static_path.append(str(STATIC)))
    for step in (host, standing, ahead, figure, numbering, catalogue, files):
        step.setup(app)
    return {"env_version": 1}  # of what is noted of pages
