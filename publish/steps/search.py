"""What the search page finds besides pages: figures and claims by themselves, and no code in its extracts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

from partnership import claims
from publish.figures.numbering import figures

LOG = logging.getLogger(__name__)
# Sphinx shows the words around what was found; these would be code, tables and notes.
_LEFT_OUT = '[".headerlink", "script", "style"]'
_LEFT_OUT_TOO = (
    '[".headerlink", "script", "style", "div.cell_input", ".cell summary", ".pm-chart", ".pm-folds", ".pm-ledger"]'
)


def finds(app: Sphinx) -> dict[str, list[dict[str, str]]]:
    """Figures and claims: name, title, address, and further words by which they are found."""
    drawn = [
        {
            "name": f"Figure {shown.number}",
            "title": shown.meta["title"],
            "address": shown.path,
            "text": f"{shown.meta['unit']} {shown.spec['description']}",
        }
        for shown in figures(app.env)
    ]
    said = [
        {
            "name": claim.now,
            "title": claim.claim,
            "address": f"chapters/claims.html#claim-{claim.id}",
            "text": f"{claim.section} {claims.stated(claim)}",
        }
        for claim in claims.ledger().itertuples()
    ]
    return {"figures": drawn, "claims": said}


def add_script(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """The search page lists them."""
    if page == "search":
        app.add_js_file("pm/search.js", loading_method="defer")


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the list, and keep code out of Sphinx's extracts."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    listed = json.dumps(finds(app), ensure_ascii=False, separators=(",", ":"))
    (static / "pm" / "finds.js").write_text(f"pmFinds({listed});\n", "utf-8")
    tools = static / "searchtools.js"
    text = tools.read_text("utf-8")
    if _LEFT_OUT not in text and _LEFT_OUT_TOO not in text:
        LOG.warning(
            "searchtools.js no longer says what it leaves out of extracts", type="partnership", subtype="search"
        )
    tools.write_text(text.replace(_LEFT_OUT, _LEFT_OUT_TOO), "utf-8")


def setup(app: Sphinx) -> None:
    """Register the two moments."""
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write, priority=640)
