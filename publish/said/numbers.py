"""Numbers in sentences: a link by name becomes a number that leads to its rows, sources and vintage."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from partnership import claims, data, prose
from publish.said import credit

LOG = logging.getLogger(__name__)


class said(nodes.General, nodes.Element):  # noqa: N801
    """The numbers a cell declares; attribute ``numbers`` (JSON text)."""


class number(nodes.Inline, nodes.Element):  # noqa: N801
    """A number in a sentence; attributes ``name`` and ``number`` (its declaration)."""


class ledger(nodes.General, nodes.Element):  # noqa: N801
    """The note at the foot of the page that lists where each number comes from."""


class NumbersRenderer:
    """MyST-NB plug-in for the output of :func:`partnership.prose.say`."""

    mime_priority_overrides = [("*", prose.MIME, 5)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Keep the declared numbers for the transform below."""
        if inline or data.mime_type != prose.MIME:
            return None
        content = data.content if isinstance(data.content, dict) else json.loads(data.string)
        return [said("", numbers=json.dumps(content, ensure_ascii=False, sort_keys=True))]


class NumbersByName(SphinxTransform):
    """Before MyST resolves ``#…`` links: those to numbers become numbers."""

    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Replace the links; warn of names that no cell says and of words that are not current."""
        known: dict[str, dict[str, Any]] = {}
        for node in self.document.findall(said):
            known.update(json.loads(node["numbers"]))
        used: dict[str, dict[str, Any]] = {}
        for link in list(self.document.findall(nodes.reference)):
            target = link.get("refuri", "")
            if not (link.get("id_link") and target.startswith("#n-")):
                continue
            name = target[3:]
            if name not in known:
                LOG.warning("no cell says a number named %s", name, location=link, type="partnership", subtype="number")
                continue
            if link.astext() != known[name]["text"]:
                LOG.warning(
                    "the number %s reads %s, its cell says %s: make run",
                    name,
                    link.astext(),
                    known[name]["text"],
                    location=link,
                    type="partnership",
                    subtype="number",
                )
            used[name] = known[name]
            link.replace_self(number("", nodes.Text(link.astext()), name=name, number=json.dumps(known[name])))
        if used:
            section = next(self.document.findall(nodes.section), self.document)
            section += ledger("", numbers=json.dumps(used, ensure_ascii=False))


def visit_number(self: Any, node: number) -> None:
    """A number: its value for machines, a link to the note for everybody, the short of it as a title."""
    entry = json.loads(node["number"])
    tip = "; ".join(
        part
        for part in (
            entry["unit"],
            entry["period"],
            f"reporter: {entry['reporter']}" if entry["reporter"] else "",
            credit.publishers(entry["sources"]),
            f"tier {entry['tier']}" if entry["tier"] else "",
            f"published {entry['published']}" if entry["published"] else "",
        )
        if part
    )
    self.body.append(
        f'<data class="pm-number" value="{entry["value"]:.10g}"><a href="#number-{node["name"]}" '
        f'title="{escape(tip, quote=True)}">'
    )


def depart_number(self: Any, node: number) -> None:
    """Close the number."""
    self.body.append("</a></data>")


def visit_ledger(self: Any, node: ledger) -> None:
    """The note: one row a number."""
    rows, numbers, known = [], json.loads(node["numbers"]), data.load("claims").set_index("id")
    about = {name: claims.about(prose.Number(**entry)) for name, entry in numbers.items()}
    for name, entry in numbers.items():
        sources = "; ".join(credit.link(source) for source in entry["sources"][: credit.NAMED])
        more = len(entry["sources"]) - credit.NAMED
        stated = "; ".join(
            f'<a href="claims.html#claim-{claim}">{escape(known.at[claim, "claim"])}</a>' for claim in about[name]
        )
        rows.append(
            f'<tr id="number-{name}"><th scope="row">{escape(entry["text"])}</th><td>{escape(entry["unit"])}</td>'
            f"<td>{escape(entry['period'])}</td><td>{escape(entry['reporter'])}</td>"
            f"<td>{credit.table_links(entry['tables'])}</td><td>{sources}{f'; and {more} more' if more > 0 else ''}"
            f"</td><td>{entry['tier']}</td><td>{entry['published']}</td><td>{escape(entry['note'])}</td>"
            f"{f'<td>{stated}</td>' if any(about.values()) else ''}</tr>"
        )
    heads = ["Number", "Unit", "Period", "Reporter", "Table", "Source", "Tier", "Published", "Computed"]
    heads += ["Claim"] if any(about.values()) else []
    head = "".join(f'<th scope="col">{word}</th>' for word in heads)
    self.body.append(
        '<details class="pm-ledger" id="numbers"><summary>Numbers in this chapter, and where each comes from</summary>'
        '<div class="pm-scroll" tabindex="0"><table><caption>Numbers in this chapter</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></details>"
    )
    raise nodes.SkipNode


def skip(self: Any, node: nodes.Node) -> None:
    """Write nothing."""
    raise nodes.SkipNode


def nothing(self: Any, node: nodes.Node) -> None:
    """Write the children only."""


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Pages of the book ask for the script."""
    if doctree is not None:
        app.add_js_file("pm/numbers.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register nodes, transform and script."""
    app.add_node(said, html=(skip, None), text=(skip, None))
    app.add_node(number, html=(visit_number, depart_number), text=(nothing, nothing))
    app.add_node(ledger, html=(visit_ledger, None), text=(skip, None))
    app.add_transform(NumbersByName)
    app.connect("html-page-context", page_context)
