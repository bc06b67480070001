"""A chart output becomes a numbered figure: title, drawing, source line, table, downloads, live chart on demand."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from partnership import charts, marks, picture, prose
from publish.figures import drawing, embed, tidyfiles
from publish.figures.numbering import Shown, base_address, drawn
from publish.figures.stored import chart, narrow_spec, stored, title_html, title_of, wide_spec
from publish.host import Host, apart, of
from publish.said.numbers import tests_table

LOG = logging.getLogger(__name__)
TABLE_ROWS = 500  # longer data are left to the CSV
OPTIONAL: dict[str, Any] = {
    "unit": "",
    "note": "",
    "more": "",
    "sources": {},
    "tables": [],
}  # what a cell need not say of a figure


class FigureRenderer:
    """MyST-NB plug-in for the outputs of :func:`partnership.charts.figure`."""

    mime_priority_overrides = [("*", charts.MIME, 5)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Turn a chart output into a figure; a chart without metadata or text alternative is a warning, so an error."""
        if inline or data.mime_type != charts.MIME:
            return None
        spec = data.content if isinstance(data.content, dict) else json.loads(data.string)
        meta = spec.get("usermeta", {}).get("figure", {})
        if not (meta.get("name") and meta.get("title") and spec.get("description")):
            renderer.logger.warning(
                "chart has no name, no title or no text alternative: make it with charts.figure(…, name=…, title=…)",
                subtype="figure",
                line=data.line,
            )
            return [nodes.literal_block("", "chart without text alternative")]
        spec = {**spec, "usermeta": {**spec["usermeta"], "figure": {**OPTIONAL, **meta}}}
        meta = spec["usermeta"]["figure"]
        node = chart("", spec=json.dumps(spec, ensure_ascii=False, sort_keys=True), ids=[f"fig-{meta['name']}"])
        node["names"] = [f"fig-{meta['name']}"]
        renderer.renderer.document.note_explicit_target(node)
        # Not shown, but found by the search.
        node += nodes.caption("", f"{meta['title']}. {meta['unit']}. {spec['description']}")
        return [node]


# -- HTML -----------------------------------------------------------------------------------------


def visit_html(self: Any, node: chart) -> None:
    """Write the figure."""
    spec = stored(node)
    meta = spec["usermeta"]["figure"]
    cache = drawing.folder(self.builder.app)
    host = of(self.config)
    wide = drawing.svg(wide_spec(spec), f"{meta['name']}-w", cache)
    narrow = drawing.svg(narrow_spec(spec), f"{meta['name']}-n", cache)
    label = escape(spec["description"], quote=True)
    prefix = meta["name"]
    digits = _number(self, node)
    number = f"Figure {digits}".strip()
    base = f"{self.builder.get_relative_uri(self.builder.current_docname, 'index').rsplit('index', 1)[0]}figures/"
    links = "".join(
        f'<li><a href="{base}{prefix}.{kind}" download>{words}</a></li>'
        for kind, words in (
            ("csv", "Data (CSV)"),
            *((("zip", "Data by panel (zip)"),) if tidyfiles.packed(spec) else ()),
            ("metadata.json", "About the data"),
            ("svg", "SVG"),
            ("png", "PNG"),
            ("vl.json", "Vega-Lite"),
        )
    )
    shown = Shown(prefix, self.builder.current_docname, digits, spec, host=host)
    address = base_address(self.config)
    body = [
        f'<figure class="pm-figure" id="fig-{prefix}">',
        f'<figcaption><span class="pm-number-of-figure">{number}</span> <span class="pm-title">{title_html(meta["title"])}</span> '
        f'<a class="headerlink" href="#fig-{prefix}" title="Permanent address of this figure">#</a></figcaption>',
        f'<p class="pm-unit">{escape(meta["unit"])}</p>' if meta["unit"] else "",
        f'<div class="pm-chart" data-figure="{prefix}">',
        _drawing("wide", wide, label),
        _drawing("narrow", narrow, label),
        "</div>",
        source_line(meta, host),
    ]
    folds = [
        '<div class="pm-folds">',
        _more(meta),
        _tested(meta, host),
        all_sources(meta, host),
        _tables(spec),
        host.cite(shown.work(address), f"{base}{prefix}"),
        _embed(shown, address, wide, narrow),
        f'<ul class="pm-downloads" aria-label="Files, code and measures of {number}">{links}<li><a class="pm-link" href="#fig-{prefix}">Link</a></li><li><a href="#code-{prefix}">Code</a></li>'
        f"{_measures(self, spec)}</ul></div>",
    ]
    self.body.append("\n".join([*filter(None, body), apart(self, "\n".join(filter(None, folds)))]) + "</figure>\n")
    raise nodes.SkipNode


def _tested(meta: dict[str, Any], host: Host) -> str:
    """What the title claims, and how each claim was tested, in a fold."""
    records = {f"{meta['name']}-title-{place}": record for place, record in enumerate(meta.get("holds", []), 1)}
    if not records:
        return ""
    table = tests_table(records, f"What the title of this figure claims: {meta['title']}", host)
    return f'<details class="pm-tests"><summary>The title, tested</summary>{table}</details>'


def _measures(writer: Any, spec: dict[str, Any]) -> str:
    """Links to the measures that the figure draws, by the names that the field gives them."""
    here = writer.builder.current_docname
    links = [
        f'<a href="{writer.builder.get_relative_uri(here, measure.page)}#{measure.anchor}">{escape(measure.term)}</a>'
        for measure in drawn(writer.builder.env, spec)
    ]
    return f'<li class="pm-measures">Measured as: {", ".join(links)}</li>' if links else ""


def _drawing(layout: str, svg: str, label: str) -> str:
    width, height = picture.size(svg)
    return (
        f'<div class="pm-drawing pm-{layout}" data-size="{width:g}x{height:g}" role="img" '
        f'aria-label="{label}">{svg}</div>'
    )


def _number(writer: Any, node: chart) -> str:
    key = f"{writer.docnames[-1]}/figure" if writer.builder.name == "singlehtml" else "figure"
    return ".".join(map(str, writer.builder.fignumbers.get(key, {}).get(node["ids"][0], ())))


class CellOfFigure(SphinxTransform):
    """The cell that made a figure gets an address, so that the figure can point to its code."""

    default_priority = 871

    def apply(self, **kwargs: Any) -> None:
        """Give each figure's cell the id ``code-<name>``."""
        for node in self.document.findall(chart):
            cell = node.parent
            while cell is not None and "cell" not in cell.get("classes", []):
                cell = cell.parent
            if cell is not None and not cell["ids"]:
                cell["ids"].append(node["ids"][0].replace("fig-", "code-", 1))


def source_line(meta: dict[str, Any], host: Host) -> str:
    """Note, publishers, lowest tier and vintage below a figure."""
    dated = host.newest(meta["sources"])
    note = f'<span class="pm-note">{escape(meta["note"])}</span> ' if meta["note"] else ""
    line = escape(host.credit(meta["sources"], f"latest dated source of {dated}" if dated else ""))
    return f'<p class="pm-source">{note}{line}</p>' if note or line else ""


def _more(meta: dict[str, Any]) -> str:
    """What a reader of the rows must know beyond the note, in a fold."""
    more = escape(meta["more"])
    return f'<details class="pm-more"><summary>More on these rows</summary><p>{more}</p></details>' if more else ""


def all_sources(meta: dict[str, Any], host: Host) -> str:
    """Every source of a figure by name, in a fold."""
    count = len(meta["sources"])
    if not count:
        return ""
    entries = "".join(
        f"<li>{host.link(source.id)} ({f'tier {source.tier}' if source.tier else ''}"
        f"{', ' + source.published if source.published else ''}{'; ' if source.tier or source.published else ''}"
        f"{prose.so_many(meta['sources'][source.id], 'row')})</li>"
        for source in host.sources(meta["sources"])
    )
    count_words = f"All {count} sources" if count > 1 else "The source"
    tables = f"<p>Rows of {host.table_links(meta['tables'])}.</p>" if meta["tables"] else ""
    return f'<details class="pm-sources"><summary>{count_words}</summary><ul>{entries}</ul>{tables}</details>'


def _tables(spec: dict[str, Any]) -> str:
    found = [table for table in tidyfiles.tables(spec) if table.rows and len(table.rows) <= TABLE_ROWS]
    if not found:
        return ""
    title = spec["usermeta"]["figure"]["title"]
    shown = "".join(_table(table, spec, table.name or title) for table in found)
    return (
        f'<details class="pm-table"><summary>Table</summary><div class="pm-scroll" tabindex="0">{shown}</div></details>'
    )


def _table(table: marks.Table, spec: dict[str, Any], caption: str) -> str:
    columns = [(column, *_form(column, [row.get(column) for row in table.rows])) for column in table.columns]
    head = "".join(f'<th scope="col"{kind}>{escape(marks.heading(spec, column))}</th>' for column, kind, _ in columns)
    body = "".join(
        "<tr>"
        + "".join(f"<td{kind}>{escape(cell(row.get(column), digits))}</td>" for column, kind, digits in columns)
        + "</tr>"
        for row in table.rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _form(column: str, values: list[Any]) -> tuple[str, int]:
    """Class and decimals of a column: numbers to the right, with as many decimals as they need, at most two or three."""
    numbers = [value for value in values if marks.is_number(value)]
    if not numbers or len(numbers) < sum(value is not None for value in values):
        return "", 0
    if all(float(value).is_integer() for value in numbers):
        years = marks.is_time(column, []) or all(1800 <= value <= 2100 for value in numbers)
        return ' class="pm-n"', -1 if years else 0
    top = max(abs(value) for value in numbers)
    return ' class="pm-n"', 1 if top >= 1000 else 2 if top >= 1 else 4


def cell(value: Any, digits: int = 2) -> str:
    """A value of a figure's table as a reader sees it; ``digits`` below zero is a year."""
    if value is None or value != value:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if marks.is_number(value):
        return str(int(value)) if digits < 0 else prose.fixed(value, digits)
    return str(value)


def _embed(shown: Shown, address: str, wide: str, narrow: str) -> str:
    own = f"{address}figures/{shown.name}.html"
    frame = embed.frame(shown, own, wide, narrow)
    return f'<details class="pm-embed"><summary>Embed</summary><pre tabindex="0">{embed.placed(frame, own)}</pre></details>'


def visit_text(self: Any, node: chart) -> None:
    """In text builds the text alternative stands for the chart."""
    self.add_text(f"[Figure: {stored(node)['description']}]")
    raise nodes.SkipNode


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Only pages with figures ask for their script."""
    if doctree is not None and next(doctree.findall(chart), None) is not None:
        app.add_js_file("pm/figure.js", loading_method="defer")
        if not of(app.config).styled:
            app.add_css_file("pm/figures.css")


def setup(app: Sphinx) -> None:
    """Register node, numbering and page hook."""
    app.add_enumerable_node(chart, "figure", title_of, html=(visit_html, None), text=(visit_text, None))  # type: ignore[arg-type]
    app.add_transform(CellOfFigure)
    app.connect("html-page-context", page_context)
