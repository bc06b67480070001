"""The places that the page of corrections names lead to what they name; chapters and figures by title and number, not by file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from sphinx.application import Sphinx

from partnership import data
from publish.figures.numbering import figures
from publish.steps import claimfiles, moved
from publish.theme.pages import parts
from publish.thisbook import HOST

PAGE = "chapters/corrections"
WHERE, TOUCHED = '<th scope="row">', "What it touched"
CELL = re.compile(rf'(?P<open>{WHERE}|<td[^>]* data-head="{TOUCHED}"[^>]*>)(?P<words>[^<]*)')
_NAME = re.compile(r"(?P<kind>figures? |table )?(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*(?: \(table\))?)")


def places(app: Sphinx) -> dict[str, str]:
    """Each name that a row of the page may tell, with a link to what it names."""
    root, found = "../", {}
    for claim in claimfiles.ledger()["id"] if claimfiles.CHAPTER in app.env.found_docs else ():
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


def linked(cell: re.Match[str], known: Mapping[str, str]) -> str:
    """A cell with its names linked; among words only a name of two parts or more is one, for "claims" is also a word."""

    def put(found: re.Match[str]) -> str:
        kind, name = found["kind"] or "", found["name"]
        if kind and (figure := known.get(f"figure {name}")):
            return figure
        named = name in known and (cell["open"] == WHERE or "-" in name)
        return f"{kind}{known[name].removeprefix(kind)}" if named else found[0]

    return cell["open"] + _NAME.sub(put, cell["words"])


def link_places(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Link the names on the page of corrections."""
    if page == PAGE and "body" in context:
        known = places(app)
        context["body"] = CELL.sub(lambda cell: linked(cell, known), context["body"])


def setup(app: Sphinx) -> None:
    """Register the moment: before the page's words are copied and checked."""
    app.connect("html-page-context", link_places, priority=785)
