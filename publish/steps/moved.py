"""Addresses of figures, sections and claims that an edition dropped or moved still lead somewhere: to what now tells what they told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from partnership import citation
from publish import standing
from publish.csp import policy
from publish.figures.embed import STYLE
from publish.figures.numbering import figures, standing_figures
from publish.figures.stored import chart

LOG = logging.getLogger(__name__)
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Old:
    """A figure or place of an earlier edition: its name (that of a place is ``page.html#anchor``), the page that showed it, the edition."""

    name: str
    page: str
    edition: str

    @property
    def figure(self) -> bool:
        """Whether it is a figure, with a page and files of its own."""
        return "#" not in self.name

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"fig-{self.name}" if self.figure else self.name.partition("#")[2]


@lru_cache(maxsize=1)
def register() -> tuple[Old, ...]:
    """Every figure that an edition has published, in its last place, and every section, claim, measure and table on a page."""
    editions = yaml.safe_load((HERE / "addresses.yml").read_text("utf-8"))
    found = {
        name: Old(name, f"chapters/{chapter}", edition)
        for edition, chapters in editions.items()
        for chapter, kinds in chapters.items()
        for name in (*kinds.get("figures", ()), *(f"{chapter}.html#{place}" for place in kinds["places"]))
    }
    return tuple(found.values())


@lru_cache(maxsize=1)
def successors() -> dict[str, str]:
    """What now tells what a dropped figure or place told: the name of a figure, or a place in a chapter (``page.html#section``)."""
    return yaml.safe_load((HERE / "moved.yml").read_text("utf-8"))


@dataclass(frozen=True)
class Lead:
    """Where an old address leads: a path below the site's root, and in words."""

    old: Old
    path: str
    words: str

    @property
    def page(self) -> str:
        """The page that the path is on."""
        return self.path.partition(".html")[0]

    @property
    def beside(self) -> bool:
        """Whether it leads to a place on its own page."""
        return self.page == self.old.page and "#" in self.path


def leads(app: Sphinx) -> list[Lead]:
    """Each figure or place of an earlier edition that no longer stands where it stood."""
    shown = {figure.name: figure for figure in figures(app.env)}
    found = []
    for old in register():
        if old.page not in app.env.found_docs or (old.name in shown and shown[old.name].page == old.page):
            continue
        if not old.figure and old.name not in successors():  # the place stands
            continue
        place = old.name if old.name in shown else successors().get(old.name, "")
        if place in shown:
            figure = shown[place]
            found.append(Lead(old, figure.path, f"Figure {figure.number}, {figure.meta['title']}"))
        else:
            path = f"chapters/{place}" if ".html" in place else f"{old.page}.html"
            if title := app.env.titles.get(path.partition(".html")[0]):  # a part of the book may lack the page
                found.append(Lead(old, path, title.astext()))
    return found


def sentence(lead: Lead, address: str, frame: bool = False) -> str:
    """One sentence that says what became of a figure or section."""
    outside = ' target="_blank" rel="noopener"' if frame else ""
    return (
        f"A {'figure' if lead.old.figure else 'section'} of edition {escape(lead.old.edition)} had the name "
        f"<code>{escape(lead.old.name)}</code>. It is no longer here. The "
        f'closest match is <a href="{escape(address)}"{outside}>{escape(lead.words)}</a>.'
    )


def page(lead: Lead) -> str:
    """What stands at a dropped figure's own address, also in the frames of others."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>A figure of edition {escape(lead.old.edition)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy(STYLE)}">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{citation.BOOK}</h1>
<p>{sentence(lead, f"../{lead.path}", frame=True)}</p>
</main>
</body>
</html>
"""


def keep_anchors(app: Sphinx, doctree: nodes.document, name: str) -> None:
    """Old places that lead to a figure or section on their own page stand before it; one that is not there is a warning, so an error."""
    standing = {
        anchor: node for kind in (nodes.section, chart) for node in doctree.findall(kind) for anchor in node["ids"]
    }
    for lead in (lead for lead in every_lead(app) if lead.old.page == name and lead.beside):
        anchor = lead.path.partition("#")[2]
        if anchor in standing:
            place, mark = standing[anchor], nodes.raw("", f'<span id="{lead.old.anchor}"></span>', format="html")
            place.parent.insert(place.parent.index(place), mark)
        else:
            LOG.warning(
                "%s leads to #%s, which is no figure or section here",
                lead.old.name,
                anchor,
                location=name,
                type="partnership",
                subtype="moved",
            )


def add_lines(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """The other old places of a page: a line each at its end that leads on; it shows when asked for."""
    if doctree is None or "body" not in context:
        return
    lines = "".join(
        f'<p id="{lead.old.anchor}">{sentence(lead, _from(app, name, lead.path))}</p>'
        for lead in every_lead(app)
        if lead.old.page == name and not lead.beside
    )
    if lines:
        context["body"] += f'<div class="pm-moved">{lines}</div>\n'


def _from(app: Sphinx, name: str, path: str) -> str:
    page, _, anchor = path.partition(".html")
    address = app.builder.get_relative_uri(name, page)
    return f"{address}{anchor}" if anchor else address


def every_lead(app: Sphinx) -> list[Lead]:
    """The leads of a book, found once a build."""
    if not hasattr(app.builder, "partnership_moved"):
        app.builder.partnership_moved = leads(app)  # type: ignore[attr-defined]
    return app.builder.partnership_moved  # type: ignore[attr-defined]


def rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Pages from which an old place leads on are written anew when any figure has changed: they name it by title and number."""
    return [] if standing_figures(app).stands else sorted({lead.old.page for lead in every_lead(app)})


@standing.at_the_end
def write(app: Sphinx) -> None:
    """Write a page at the own address of each figure that went."""
    if standing_figures(app).stands:
        return
    shown = {figure.name for figure in figures(app.env)}
    for lead in every_lead(app):
        if lead.old.figure and lead.old.name not in shown:
            (Path(app.outdir) / "figures" / f"{lead.old.name}.html").write_text(page(lead), "utf-8")


def setup(app: Sphinx) -> None:
    """Register the four moments: when figures have changed, before a page is written, before its words are copied and checked, after the files of figures."""
    app.connect("env-get-updated", rewrite, priority=600)  # when the figures have their numbers
    app.connect("doctree-resolved", keep_anchors)
    app.connect("html-page-context", add_lines, priority=790)
    app.connect("build-finished", write, priority=605)
