"""Numbers and statements in sentences: a link by name becomes words that lead to rows, sources and test."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from partnership import formula, prose
from partnership.statements import references
from publish.host import Host, apart, of

LOG = logging.getLogger(__name__)


class said(nodes.General, nodes.Element):  # noqa: N801
    """The numbers a cell declares; attribute ``numbers`` (JSON text)."""


class held(nodes.General, nodes.Element):  # noqa: N801
    """The statements a cell declares; attribute ``statements`` (JSON text)."""


class statement(nodes.Inline, nodes.Element):  # noqa: N801
    """Words in a sentence that a test bears out; attributes ``name`` and ``record`` (JSON text)."""


class tests(nodes.General, nodes.Element):  # noqa: N801
    """The note at the foot of the page that lists how each statement was tested."""


class number(nodes.Inline, nodes.Element):  # noqa: N801
    """A number in a sentence; attributes ``name`` and ``record`` (its declaration, JSON text)."""


class ledger(nodes.General, nodes.Element):  # noqa: N801
    """The note at the foot of the page that lists where each number comes from."""


class NumbersRenderer:
    """MyST-NB plug-in for the outputs of :func:`partnership.prose.say` and :func:`partnership.prose.holds`."""

    mime_priority_overrides = [("*", prose.MIME, 5), ("*", prose.STATEMENTS, 5)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Keep what a cell declares for the transform below."""
        if inline or data.mime_type not in (prose.MIME, prose.STATEMENTS):
            return None
        content = data.content if isinstance(data.content, dict) else json.loads(data.string)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return [said("", numbers=text) if data.mime_type == prose.MIME else held("", statements=text)]


class ByName(SphinxTransform):
    """Before MyST resolves ``#…`` links: those to numbers and statements become what they name."""

    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Replace the links; warn of names that no cell declares and of words that are not current."""
        numbers: dict[str, dict[str, Any]] = {}
        statements: dict[str, dict[str, Any]] = {}
        for node in self.document.findall(said):
            numbers.update(json.loads(node["numbers"]))
        for node in self.document.findall(held):
            statements.update(json.loads(node["statements"]))
        section = next(self.document.findall(nodes.section), self.document)
        if used := self._replace("#n-", numbers, "text"):
            section += ledger("", numbers=json.dumps(used, ensure_ascii=False))
        if used := self._replace("#s-", statements, "words"):
            section += tests("", statements=json.dumps(used, ensure_ascii=False))

    def _replace(self, mark: str, known: dict[str, dict[str, Any]], words: str) -> dict[str, dict[str, Any]]:
        used: dict[str, dict[str, Any]] = {}
        for link in list(self.document.findall(nodes.reference)):
            target = link.get("refuri", "")
            if not (link.get("id_link") and target.startswith(mark)):
                continue
            name = target[len(mark) :]
            if name not in known:
                LOG.warning("no cell declares %s", target, location=link, type="partnership", subtype="said")
                continue
            if link.astext().lower() != known[name][words].lower():
                LOG.warning(
                    "%s reads %s, its cell says %s: make run",
                    target,
                    link.astext(),
                    known[name][words],
                    location=link,
                    type="partnership",
                    subtype="said",
                )
            used[name] = known[name]
            shown = number if mark == "#n-" else statement
            link.replace_self(shown("", nodes.Text(link.astext()), name=name, record=json.dumps(known[name])))
        return used


ROWS = (
    "Rows are lines of the table’s CSV file, whose header is line 1. The reporter is who counted or "
    "said so, an office by the name of its country; “International compilation” is the publisher of an industry’s review."
)

MARGIN = (
    "Margin until false is how far the values lie from failing, after what they may be off, in per cent of what they are "
    "compared with: mostly the other value, the mark or the whole; of a change that is tested against zero, the change itself."
)


def visit_number(self: Any, node: number) -> None:
    """A number: its value for machines, a link to the note for everybody, the short of it as a title."""
    entry, host = json.loads(node["record"]), of(self.config)
    tip = "; ".join(
        part
        for part in (
            entry["unit"],
            prose.periods(entry["period"]),
            f"reporter: {host.reporters(entry['reporter'])}" if entry["reporter"] else "",
            host.publishers(entry["sources"]),
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
    rows, numbers, host = [], json.loads(node["numbers"]), of(self.config)
    about = {name: host.claims(entry) for name, entry in numbers.items()}
    for name, entry in numbers.items():
        rows.append(
            f'<tr id="number-{name}"><th scope="row">{escape(entry["text"])}</th><td>{escape(entry["unit"])}</td>'
            f"<td>{escape(prose.periods(entry['period']))}</td><td>{escape(host.reporters(entry['reporter']))}</td>"
            f"<td>{host.table_links(entry['tables'])}</td><td>{host.links(entry['sources'])}"
            f"</td><td>{_tier(entry['tier'], host)}</td><td>{entry['published']}</td><td>{_computed(entry, host)}</td>"
            f"{f'<td>{about[name]}</td>' if any(about.values()) else ''}</tr>"
        )
    heads = ["Number", "Unit", "Period", "Reporter", "Table", "Source", "Tier", "Published", "Computed"]
    heads += ["Claim"] if any(about.values()) else []
    head = "".join(f'<th scope="col">{word}</th>' for word in heads)
    html = (
        '<details class="pm-ledger" id="numbers"><summary>Numbers in this chapter, and where each comes from</summary>'
        f"<p>{ROWS}</p>"
        '<div class="pm-scroll" tabindex="0"><table><caption>Numbers in this chapter</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></details>"
    )
    self.body.append(apart(self, html))
    raise nodes.SkipNode


def _tier(tier: str, host: Host) -> str:
    """The letter and what it means."""
    return escape(host.tier_words(tier).removeprefix("tier ") or tier)


def _computed(entry: dict[str, Any], host: Host) -> str:
    """How a number was computed, from which rows, how far it may be off."""
    parts = [escape(entry["note"])] if entry["note"] else []
    if entry.get("formula"):
        rows = _rows(entry["operands"], host)
        formula = entry["formula"]
        parts.append(rows.partition(": ")[2] if formula == "a" else f"{_formula(formula)}, where {rows}")
    if entry.get("error", 0) > 1e-6 * abs(entry["value"]):  # less is of the last digit stored
        parts.append(f"may be off by {_error(entry['error'], entry['unit'])}")
    return "; ".join(parts)


def _error(error: float, unit: str) -> str:
    """How far a number may be off; the error of a share is one of points."""
    far = prose.shortest(error) if error >= 0.01 else "less than 0.01"
    points = "percentage point" if far == "1" else "percentage points"
    return f"{far} {points if unit == 'per cent' else escape(unit)}".removesuffix(" ratio").removesuffix(" index")


def _formula(text: str) -> str:
    return escape(text.replace("*", "×").replace("-", "−"))


def _rows(operands: dict[str, Any], host: Host) -> str:
    """Each operand's rows, in short."""
    words = []
    for name, refs in operands.items():
        if isinstance(refs, dict):
            words.append(f"{name} = {_formula(refs['formula'])} with {_rows(refs['operands'], host)}")
        else:
            words.append(f"{name}: " + ", ".join(_lines(ref, host) for ref in refs))
    return "; ".join(words)


def _lines(ref: dict[str, Any], host: Host) -> str:
    lines = ref["rows"].split(", ")
    more = len(formula.lines(", ".join(lines[4:]))) if len(lines) > 4 else 0
    shown = f"{', '.join(lines[:4])} and {more} more" if more else ref["rows"]
    column = f" ({ref['column']})" if ref.get("column", "value") != "value" else ""
    few = (
        [host.row_words(ref["table"], int(line), ref.get("column", "value")) for line in lines]
        if len(lines) < 3 and "-" not in ref["rows"]
        else []
    )
    meant = f" ({escape('; '.join(few))})" if any(few) else ""
    return f"{host.table_links([ref['table']])} row {shown}{column}{meant}"


def visit_statement(self: Any, node: statement) -> None:
    """Words with a test: a link to the note that tells it, the short of it as a title."""
    entry = json.loads(node["record"])
    tip = f"Tested: {entry['tested']}. False if {entry['false_if']}."
    self.body.append(f'<a class="pm-statement" href="#statement-{node["name"]}" title="{escape(tip, quote=True)}">')


def depart_statement(self: Any, node: statement) -> None:
    """Close the words."""
    self.body.append("</a>")


def visit_tests(self: Any, node: tests) -> None:
    """The note: one row a statement."""
    html = (
        '<details class="pm-ledger pm-tests" id="statements"><summary>Statements in this chapter, and how each was tested</summary>'
        f"<p>{ROWS} Data to is the last day of what was tested. {MARGIN}</p>"
        f"{tests_table(json.loads(node['statements']), 'Statements in this chapter', of(self.config))}</details>"
    )
    self.body.append(apart(self, html))
    raise nodes.SkipNode


def tests_table(records: dict[str, dict[str, Any]], caption: str, host: Host) -> str:
    """Statements with their tests as an HTML table; also below a figure, for its title."""
    rows = []
    for name, entry in records.items():
        refs = references(entry)
        grounds = "; ".join(dict.fromkeys(_lines(ref, host) for ref in refs[:3])) + (
            f"; and {len(refs) - 3} more" if len(refs) > 3 else ""
        )
        margin = "" if entry["margin"] is None else f"{prose.fixed(100 * entry['margin'], 1)} %"
        across = f"; its rows differ in {', '.join(entry['across'])}" if entry["across"] else ""
        rows.append(
            f'<tr id="statement-{name}"><th scope="row">{escape(entry["words"])}</th>'
            f"<td>{escape(entry['tested'])}{across}{_meaning(entry['test'], host)}</td><td>{escape(entry['false_if'])}</td><td>{margin}</td>"
            f"<td>{grounds}</td><td>{escape(host.reporters(entry['reporter']))}</td><td>{escape(entry['last'])}</td>"
            f"<td>{host.links(entry['sources'])}</td><td>{entry['tier']}</td></tr>"
        )
    heads = ["Words", "Tested", "False if", "Margin until false", "Rows", "Reporter", "Data to", "Source", "Tier"]
    head = "".join(f'<th scope="col">{word}</th>' for word in heads)
    return (
        f'<div class="pm-scroll" tabindex="0"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _meaning(test: str, host: Host) -> str:
    """A link to what the word must mean, where a page tells it."""
    address = host.meaning(test)
    return f'; <a href="{address}">what the word must mean</a>' if address else ""


def skip(self: Any, node: nodes.Node) -> None:
    """Write nothing."""
    raise nodes.SkipNode


def nothing(self: Any, node: nodes.Node) -> None:
    """Write the children only."""


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Pages of the book ask for the script."""
    if doctree is not None:
        app.add_js_file("pm/numbers.js", loading_method="defer")
        if not of(app.config).styled:
            app.add_css_file("pm/numbers.css")


def setup(app: Sphinx) -> None:
    """Register nodes, transform and script."""
    app.add_node(said, html=(skip, None), text=(skip, None))
    app.add_node(number, html=(visit_number, depart_number), text=(nothing, nothing))
    app.add_node(ledger, html=(visit_ledger, None), text=(skip, None))
    app.add_node(held, html=(skip, None), text=(skip, None))
    app.add_node(statement, html=(visit_statement, depart_statement), text=(nothing, nothing))
    app.add_node(tests, html=(visit_tests, None), text=(skip, None))
    app.add_transform(ByName)
    app.connect("html-page-context", page_context)
