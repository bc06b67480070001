"""The list of all figures: a page with thumbnails, and figures.json for machines."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from partnership import palette
from publish import standing
from publish.figures import drawing, tidyfiles
from publish.figures.numbering import Shown, base_address, figures, standing_figures
from publish.figures.stored import full_note, narrow_spec
from publish.host import of
from publish.said.numbers import skip

NOTED = "figure-catalogue"
"""What Sphinx notes of a page with the list."""
NIGHT = "--paper:#15171b;" + palette.properties(palette.DARK)
"""Colours of the page in the dark, for pictures that stand outside it."""


class catalogue(nodes.General, nodes.Element):  # noqa: N801
    """Place of the list of figures."""


class Catalogue(SphinxDirective):
    """``{figure-catalogue}``: the list of all figures of the book."""

    def run(self) -> list[nodes.Node]:
        """Leave the place; the list is written when all pages are known."""
        self.env.metadata[self.env.docname][NOTED] = True
        return [catalogue("")]


def visit_html(self: Any, node: catalogue) -> None:
    """A heading a chapter, an entry a figure: number, title, small picture. The filter comes with the script."""
    env, here = self.builder.env, self.builder.current_docname
    up = self.builder.get_relative_uri(here, "index").rsplit("index", 1)[0]
    for page, shown in groupby(figures(env), key=lambda figure: figure.page):
        anchor = f"figures-{page.rsplit('/', 1)[-1]}"
        self.body.append(
            f'<section id="{anchor}"><h2>{escape(env.titles[page].astext())}<a class="headerlink" href="#{anchor}" title="Permanent address">#</a>'
            f'</h2><ol class="pm-catalogue">{"".join(_item(figure, up) for figure in shown)}</ol></section>\n'
        )
    raise nodes.SkipNode


def _item(shown: Shown, up: str) -> str:
    """One entry; its picture loads when it comes near the screen, without script when the browser thinks fit."""
    picture = 'alt="" width="340" height="300"'
    source = f"{up}figures/{shown.name}.thumb.svg"
    words = escape(f"{shown.meta['unit']} {' '.join(measure.term for measure in shown.measures)}", quote=True)
    return (
        f'<li data-words="{words}"><a href="{up}{shown.path}"><span class="pm-picture js" data-src="{source}"></span>'
        f'<noscript><img src="{source}" loading="lazy" {picture}></noscript>'
        f"<span>Figure {shown.number}</span> {escape(shown.meta['title'])}</a>"
        f'<p class="pm-downloads">{_files(shown, up)}</p></li>'
    )


def _files(shown: Shown, up: str) -> str:
    """Links to the data, what describes them, and the tables as one zip where there are several."""
    several = [("zip", "data by panel (zip)")] if tidyfiles.packed(shown.spec) else []
    kinds = [("csv", "data"), ("metadata.json", "about the data"), *several]
    return " ".join(f'<a href="{up}figures/{shown.name}.{kind}" download>{words}</a>' for kind, words in kinds)


def small_picture(shown: Shown, cache: Path) -> str:
    """The drawing as a narrow screen has it, which stays legible when small; light or dark as the reader's device."""
    svg = drawing.svg(narrow_spec(shown.spec), f"{shown.name}-t", cache)
    style = f"<style>text{{font-family:Arial,sans-serif}}@media (prefers-color-scheme:dark){{svg{{{NIGHT}}}}}</style>"
    head, _, rest = svg.partition(">")
    return f"{head}>{style}{rest}"


def entry(shown: Shown, base: str) -> dict[str, Any]:
    """A figure for machines."""
    host = shown.host
    files, several = tidyfiles.files(shown.name, shown.spec), tidyfiles.packed(shown.spec)
    return {
        "id": shown.name,
        "number": shown.number,
        "title": shown.meta["title"],
        "description": shown.spec["description"],
        "unit": shown.meta["unit"],
        "note": full_note(shown.meta),
        "page": base + shown.path,
        "embed": f"{base}figures/{shown.name}.html",
        "text": f"{base}figures/{shown.name}.md",
        "data": f"{base}figures/{shown.name}.csv",
        "parts": [f"{base}figures/{file}" for file in files if several and file != f"{shown.name}.csv"],
        "zip": f"{base}figures/{shown.name}.zip" if several else None,
        "metadata": f"{base}figures/{shown.name}.metadata.json",
        "svg": f"{base}figures/{shown.name}.svg",
        "png": f"{base}figures/{shown.name}.png",
        "spec": f"{base}figures/{shown.name}.vl.json",
        "tables": shown.meta["tables"],
        "measures": [
            {"id": measure.name, "name": measure.term, "address": base + measure.path} for measure in shown.measures
        ],
        "lowest_tier": host.worst_tier(shown.meta["sources"]),
        "sources": [asdict(source) for source in host.sources(shown.meta["sources"])],
        "licence": host.licence,
        "citation": host.citation(shown.work(base)),
    }


@standing.at_the_end
def write(app: Sphinx) -> None:
    """Write figures.json."""
    if standing_figures(app).stands:
        return
    base = base_address(app.config)
    listed = {"version": of(app.config).version, "figures": [entry(shown, base) for shown in figures(app.env)]}
    listed["base"] = base  # empty: the addresses below are relative to where this file lies
    for shown in figures(app.env):
        picture = Path(app.outdir) / "figures" / f"{shown.name}.thumb.svg"
        picture.write_text(small_picture(shown, drawing.folder(app)), "utf-8")
    (Path(app.outdir) / "figures.json").write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", "utf-8")


def rewrite(app: Sphinx, env: Any) -> list[str]:
    """The page with the list is written anew when any figure has changed: its entries come from all pages."""
    return [] if standing_figures(app).stands else [page for page, noted in env.metadata.items() if NOTED in noted]


def add_script(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """The list can be filtered."""
    if doctree is not None and next(doctree.findall(catalogue), None) is not None:
        app.add_js_file("pm/catalogue.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register directive, node and file."""
    app.add_node(catalogue, html=(visit_html, None), text=(skip, None))
    app.add_directive("figure-catalogue", Catalogue)
    app.connect("html-page-context", add_script)
    app.connect("env-get-updated", rewrite, priority=600)  # when the figures have their numbers
    app.connect("build-finished", write, priority=610)
