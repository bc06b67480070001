"""``{number-tiers}``: the numbers in sentences of every chapter by the lowest tier behind each, and the tested words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from publish.said import numbers

TIERS = ("A", "B", "C", "D", "E")


class tiers(nodes.General, nodes.Element):  # noqa: N801
    """Place of the table."""


class Tiers(SphinxDirective):
    """``{number-tiers}``: leave the place; the table is written when all pages are known."""

    def run(self) -> list[nodes.Node]:
        """The place."""
        return [tiers("")]


def table(chapters: Iterable[tuple[str, str, Counter[str], int]]) -> str:
    """An HTML table.

    Parameters
    ----------
    chapters : tuples
        Title, address, numbers by tier, number of tested words; chapters without either are left out.
    """
    listed = [entry for entry in chapters if sum(entry[2].values()) or entry[3]]
    whole = sum((counted for _, _, counted, _ in listed), Counter[str]())
    number = sum(whole.values())
    rows = [
        _row(f'<a href="{escape(address)}">{escape(title)}</a>', [*(counted[tier] for tier in TIERS), tested])
        for title, address, counted, tested in listed
    ]
    rows.append(_row("All chapters", [*(whole[tier] for tier in TIERS), sum(entry[3] for entry in listed)]))
    if number:
        parts = [f"{100 * whole[tier] / number:.0f} %" for tier in TIERS]
        rows.append(_row("Part of all numbers", [*parts, ""]))
    heads = ["Chapter", *(f"Tier {tier}" for tier in TIERS), "Tested words"]
    head = "".join(f'<th scope="col">{word}</th>' for word in heads)
    return (
        '<div class="pm-scroll" tabindex="0"><table class="pm" id="number-tiers"><caption>Numbers in sentences by the lowest '
        f"tier of their rows, and words with a test</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(first: str, cells: Iterable[object]) -> str:
    shown = "".join(f'<td class="pm-right">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row">{first}</th>{shown}</tr>'


def visit_html(self: Any, node: tiers) -> None:
    """The table, from what all pages say."""
    env, here = self.builder.env, self.builder.current_docname
    found = []
    for page in _pages(env):
        tree = env.get_doctree(page)
        said = {number["name"]: json.loads(number["record"])["tier"] for number in tree.findall(numbers.number)}
        tested = {statement["name"] for statement in tree.findall(numbers.statement)}
        address = self.builder.get_relative_uri(here, page)
        found.append((env.titles[page].astext(), address, Counter(said.values()), len(tested)))
    self.body.append(table(found))
    raise nodes.SkipNode


def _pages(env: Any) -> list[str]:
    """The pages in the order of the table of contents."""
    ordered: list[str] = []

    def add(page: str) -> None:
        if page not in ordered:
            ordered.append(page)
            for child in env.toctree_includes.get(page, []):
                add(child)

    add(env.config.root_doc)
    return [page for page in ordered if page in env.titles]


def rewrite(app: Sphinx, env: Any) -> list[str]:
    """The page with the table is written anew whenever any page is."""
    return [page for page in env.found_docs if next(env.get_doctree(page).findall(tiers), None) is not None]


def setup(app: Sphinx) -> None:
    """Register directive and node."""
    app.add_node(tiers, html=(visit_html, None), text=(numbers.skip, None))
    app.add_directive("number-tiers", Tiers)
    app.connect("env-updated", rewrite)
