"""The list of all figures: a page with thumbnails, and figures.json for machines."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from partnership import citation
from publish.figures.numbering import Shown, base_address, figures
from publish.said import credit


class catalogue(nodes.General, nodes.Element):  # noqa: N801
    """Place of the list of figures."""


class Catalogue(SphinxDirective):
    """``{figure-catalogue}``: the list of all figures of the book."""

    def run(self) -> list[nodes.Node]:
        """Leave the place; the list is written when all pages are known."""
        return [catalogue("")]


def visit_html(self: Any, node: catalogue) -> None:
    """One entry a figure: number, title, thumbnail."""
    here = self.builder.current_docname
    up = self.builder.get_relative_uri(here, "index").rsplit("index", 1)[0]
    entries = [
        f'<li><a href="{up}{shown.path}"><img src="{up}figures/{shown.name}.svg" alt="" loading="lazy" width="330" height="190">'
        f"<span>Figure {shown.number}</span> {escape(shown.meta['title'])}</a></li>"
        for shown in figures(self.builder.env)
    ]
    self.body.append(f'<ol class="pm-catalogue">{"".join(entries)}</ol>')
    raise nodes.SkipNode


def entry(shown: Shown, base: str) -> dict[str, Any]:
    """A figure for machines."""
    sources = credit.frame(shown.meta["sources"]).astype(object).where(lambda frame: frame.notna(), None)
    return {
        "id": shown.name,
        "number": shown.number,
        "title": shown.meta["title"],
        "description": shown.spec["description"],
        "unit": shown.meta["unit"],
        "note": shown.meta["note"],
        "page": base + shown.path,
        "embed": f"{base}figures/{shown.name}.html",
        "data": f"{base}figures/{shown.name}.csv",
        "svg": f"{base}figures/{shown.name}.svg",
        "png": f"{base}figures/{shown.name}.png",
        "spec": f"{base}figures/{shown.name}.vl.json",
        "tables": shown.meta["tables"],
        "measures": [
            {"id": measure.name, "name": measure.term, "address": base + measure.path} for measure in shown.measures
        ],
        "lowest_tier": credit.worst_tier(shown.meta["sources"]),
        "sources": sources[["id", "publisher", "title", "address", "published", "tier", "licence"]].to_dict("records"),
        "licence": "CC BY 4.0, third-party figures excepted",
        "citation": citation.text(shown.work(base), citation.edition()),
    }


def write(app: Sphinx, error: Exception | None) -> None:
    """Write figures.json."""
    if error or app.builder.format != "html":
        return
    base = base_address(app.config)
    listed = {"version": citation.edition().version, "figures": [entry(shown, base) for shown in figures(app.env)]}
    (Path(app.outdir) / "figures.json").write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", "utf-8")


def rewrite(app: Sphinx, env: Any) -> list[str]:
    """The page with the list is written anew whenever any page is: its entries come from all of them."""
    return [page for page in env.found_docs if next(env.get_doctree(page).findall(catalogue), None) is not None]


def skip(self: Any, node: nodes.Node) -> None:
    """Write nothing."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register directive, node and file."""
    app.add_node(catalogue, html=(visit_html, None), text=(skip, None))
    app.add_directive("figure-catalogue", Catalogue)
    app.connect("env-updated", rewrite)
    app.connect("build-finished", write, priority=610)
