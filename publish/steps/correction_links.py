"""Link each entry of the corrections page to the chapter or figure that it names, by title and number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from bs4 import BeautifulSoup
from bs4.formatter import HTMLFormatter
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from partnership import data
from publish.figures.numbering import figures, standing_figures
from publish.steps import claimfiles, moved
from publish.theme.pages import parts
from publish.thisbook import HOST

LOG = logging.getLogger(__name__)
PAGE = "chapters/corrections"
TOUCHED = "What it touched"
"""Head of the column that names places; the first cell of each row names them as well."""
AS_WRITTEN = HTMLFormatter(entity_substitution=escape)
_NAME = re.compile(r"(?P<kind>figures? |table )?(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*(?: \(table\))?)")


def places(app: Sphinx) -> dict[str, str]:
    """Each name that a row of the page may tell, with a link to what it names."""
    root, found = "../", {}
    for claim in claimfiles.names(app):
        found[claim] = _link(f"{root}{claimfiles.CHAPTER}.html#claim-{claim}", claim)
    for table in data.package()["resources"]:
        link = _link(HOST.table(table["name"]), table["name"])
        found[table["name"]] = found[f"{table['name']} (table)"] = f"table {link}"
    for figure in figures(app.env):
        told = _link(f"{root}{figure.path}", f"Figure {figure.number}")
        found.setdefault(figure.name, told)
        found[f"figure {figure.name}"] = told
    for lead in (lead for lead in moved.every_lead(app) if lead.old.figure):
        told = f"figure {_link(f'{root}{lead.path}', lead.old.name)}"
        found.setdefault(lead.old.name, told)
        found.setdefault(f"figure {lead.old.name}", told)
    for page in (page for part in parts(app) for page in part["pages"]):
        found[page["name"].removeprefix("chapters/")] = _link(f"{root}{page['path']}", page["title"])
    return found


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def linked(words: str, known: Mapping[str, str], each: bool) -> str:
    """Words of a cell with its names linked; unless each is meant, only a name of two parts or more is one, for "claims" is also a word."""

    def put(found: re.Match[str]) -> str:
        kind, name = found["kind"] or "", found["name"]
        if kind and (figure := known.get(f"figure {name}")):
            return figure
        named = name in known and (each or "-" in name)
        return f"{kind}{known[name].removeprefix(kind)}" if named else found[0]

    return _NAME.sub(put, escape(words))


def linked_table(html: str, known: Mapping[str, str]) -> str | None:
    """A table with the names in its two columns of places linked; nothing if it has no such columns."""
    body = BeautifulSoup(html, "html.parser")
    if not body.find("th", string=TOUCHED):
        return None
    for cell in body.select(f'th[scope="row"], td[data-head="{TOUCHED}"]'):
        for words in list(cell.find_all(string=True, recursive=False)):
            words.replace_with(BeautifulSoup(linked(words, known, cell.name == "th"), "html.parser"))
    return body.decode(formatter=AS_WRITTEN)


def link_places(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Link the names on the page of corrections; a page without its tables is a warning, so an error."""
    if page != PAGE:
        return
    known = places(app)
    tables = {raw: linked_table(raw.astext(), known) for raw in doctree.findall(nodes.raw) if "html" in raw["format"]}
    for raw, table in tables.items():
        if table is not None:
            raw.replace_self(nodes.raw("", table, format="html"))
    if not any(tables.values()):
        LOG.warning(
            "no table here has “%s”, so no name is a link", TOUCHED, location=page, type="partnership", subtype="mended"
        )


def rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The page is written anew when any figure has changed: it names them by title and number."""
    return [] if PAGE not in env.found_docs or standing_figures(app).stands else [PAGE]


def setup(app: Sphinx) -> None:
    """Register both moments: when the numbers of all figures are known, and when the page is written."""
    app.connect("env-get-updated", rewrite, priority=600)
    app.connect("doctree-resolved", link_places)
