"""``{number-tiers}``: the numbers in sentences of every chapter by the lowest tier behind each, and the tested words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from publish import standing
from publish.host import pages_in_order
from publish.said import numbers

NOTED = "number-tiers"
"""What Sphinx notes of a page with the table."""
COUNTED = "numbers-by-tier"
"""What it notes of every page."""
TIERS = ("A", "B", "C", "D", "E")


class tiers(nodes.General, nodes.Element):  # noqa: N801
    """Place of the table."""


class Tiers(SphinxDirective):
    """``{number-tiers}``: leave the place; the table is written when all pages are known."""

    def run(self) -> list[nodes.Node]:
        """The place."""
        self.env.metadata[self.env.docname][NOTED] = True
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
    builder, here = self.builder, self.builder.current_docname
    chapters = [
        (title, builder.get_relative_uri(here, page), Counter(said), tested)
        for page, title, said, tested in counted(builder.env)
    ]
    self.body.append(table(chapters))
    raise nodes.SkipNode


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Count the numbers of a page by tier, and its tested words."""
    said = {number["name"]: json.loads(number["record"])["tier"] for number in doctree.findall(numbers.number)}
    tested = {statement["name"] for statement in doctree.findall(numbers.statement)}
    app.env.metadata[app.env.docname][COUNTED] = dict(Counter(said.values())), len(tested)


def counted(env: BuildEnvironment) -> list[tuple[str, str, dict[str, int], int]]:
    """Each page with its title, its numbers by tier and how many words of it are tested."""
    return [(page, env.titles[page].astext(), *env.metadata[page][COUNTED]) for page in pages_in_order(env)]


def rewrite(app: Sphinx, env: Any) -> list[str]:
    """The page with the table is written anew when any of its counts has changed."""
    pages = [page for page, noted in env.metadata.items() if NOTED in noted]
    return pages if pages and not standing.group(app, "tiers", depends=lambda: counted(env)).stands else []


def setup(app: Sphinx) -> None:
    """Register directive and node."""
    app.add_node(tiers, html=(visit_html, None), text=(numbers.skip, None))
    app.add_directive("number-tiers", Tiers)
    app.connect("doctree-read", note, priority=900)
    app.connect("env-get-updated", rewrite)
