"""A chart output becomes a numbered figure: title, drawing, source line, table, downloads, live chart on demand."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from partnership import charts
from publish.figures import drawing
from publish.figures.numbering import Shown, base_address, drawn
from publish.figures.stored import chart, narrow_spec, stored, tables_of, title_of
from publish.said import credit
from publish.steps import cite

LOG = logging.getLogger(__name__)
TABLE_ROWS = 400  # longer data are left to the CSV


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
        if not meta.get("name") or not spec.get("description"):
            renderer.logger.warning(
                "chart has no name or no text alternative: make it with charts.figure(…, name=…, alt_text=…)",
                subtype="figure",
                line=data.line,
            )
            return [nodes.literal_block("", "chart without text alternative")]
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
    cache = Path(self.builder.outdir).parent / ".charts"
    wide, narrow = drawing.page_spec(spec), narrow_spec(spec)
    label = escape(spec["description"], quote=True)
    prefix = meta["name"]
    digits = _number(self, node)
    number = f"Figure {digits}".strip()
    base = f"{self.builder.get_relative_uri(self.builder.current_docname, 'index').rsplit('index', 1)[0]}figures/"
    links = "".join(
        f'<li><a href="{base}{prefix}.{kind}" download>{words}</a></li>'
        for kind, words in (("csv", "Data (CSV)"), ("svg", "SVG"), ("png", "PNG"), ("vl.json", "Vega-Lite"))
    )
    shown = Shown(prefix, self.builder.current_docname, digits, spec)
    address = base_address(self.config)
    body = [
        f'<figure class="pm-figure" id="fig-{prefix}">',
        f'<figcaption><span class="pm-number-of-figure">{number}</span> <span class="pm-title">{escape(meta["title"])}</span> '
        f'<a class="headerlink" href="#fig-{prefix}" title="Permanent address of this figure">#</a></figcaption>',
        f'<p class="pm-unit">{escape(meta["unit"])}</p>' if meta["unit"] else "",
        f'<div class="pm-chart" data-figure="{prefix}">',
        _drawing("wide", drawing.svg(wide, prefix + "-w", cache), label),
        _drawing("narrow", drawing.svg(narrow, prefix + "-n", cache), label),
        "</div>",
        source_line(meta),
        '<div class="pm-folds">',
        all_sources(meta),
        _tables(tables_of(spec), meta),
        cite.fold(shown.work(address), "Cite", f"{base}{prefix}"),
        _embed(shown, address),
        f'<ul class="pm-downloads" aria-label="Files, code and measures of {number}">{links}<li><a href="#code-{prefix}">Code</a></li>'
        f"{_measures(self, spec)}</ul></div></figure>",
    ]
    self.body.append("\n".join(part for part in body if part) + "\n")
    raise nodes.SkipNode


def _measures(writer: Any, spec: dict[str, Any]) -> str:
    """Links to the measures that the figure draws, by the names that the field gives them."""
    here = writer.builder.current_docname
    links = [
        f'<a href="{writer.builder.get_relative_uri(here, measure.page)}#{measure.anchor}">{escape(measure.term)}</a>'
        for measure in drawn(writer.builder.env, spec)
    ]
    words = "Measures" if len(links) > 1 else "Measure"
    return f'<li class="pm-measures">{words}: {", ".join(links)}</li>' if links else ""


def _drawing(layout: str, svg: str, label: str) -> str:
    width, height = drawing.size(svg)
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


def source_line(meta: dict[str, Any]) -> str:
    """Note, publishers, lowest tier and vintage below a figure."""
    sources = meta["sources"]
    dated = credit.newest(sources)
    note = f'<span class="pm-note">{escape(meta["note"])}</span> ' if meta["note"] else ""
    vintage = f"; latest source of {dated}" if dated else ""
    tier = credit.tier_words(credit.worst_tier(sources))
    return f'<p class="pm-source">{note}Source: {escape(credit.publishers(sources))} (lowest {tier}{vintage}).</p>'


def all_sources(meta: dict[str, Any]) -> str:
    """Every source of a figure by name, in a fold."""
    entries = "".join(
        f"<li>{credit.link(row.id)} (tier {row.tier}{', ' + row.published if isinstance(row.published, str) else ''}; "
        f"{meta['sources'][row.id]} rows)</li>"
        for row in credit.frame(meta["sources"]).itertuples()
    )
    count = len(meta["sources"])
    count_words = f"All {count} sources" if count > 1 else "The source"
    tables = f"<p>Rows of {credit.table_links(meta['tables'])}.</p>"
    return f'<details class="pm-sources"><summary>{count_words}</summary><ul>{entries}</ul>{tables}</details>'


def _tables(tables: list[list[dict[str, Any]]], meta: dict[str, Any]) -> str:
    shown = "".join(_table(rows, meta["title"]) for rows in tables if rows and rows[0] and len(rows) <= TABLE_ROWS)
    if not shown:
        return ""
    return (
        f'<details class="pm-table"><summary>Table</summary><div class="pm-scroll" tabindex="0">{shown}</div></details>'
    )


def _table(rows: list[dict[str, Any]], caption: str) -> str:
    columns = list(rows[0]) if rows else []
    head = "".join(f'<th scope="col">{escape(column.replace("_", " "))}</th>' for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell(row[column]))}</td>" for column in columns) + "</tr>" for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def cell(value: Any) -> str:
    """A value of a chart's data as a reader sees it."""
    if value is None:
        return "–"
    if isinstance(value, str) and value.endswith("T00:00:00"):
        return value[:10]
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return str(value)


def _embed(shown: Shown, address: str) -> str:
    own = f"{address}figures/{shown.name}.html"
    frame = f'<iframe src="{own}" title="{shown.meta["title"]}" width="680" height="520"></iframe>'
    return f'<details class="pm-embed"><summary>Embed</summary><pre tabindex="0">{cite.placed(frame, own)}</pre></details>'


def visit_text(self: Any, node: chart) -> None:
    """In text builds the text alternative stands for the chart."""
    self.add_text(f"[Figure: {stored(node)['description']}]")
    raise nodes.SkipNode


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Only pages with figures ask for their script."""
    if doctree is not None and next(doctree.findall(chart), None) is not None:
        app.add_js_file("pm/figure.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register node, numbering and page hook."""
    app.add_enumerable_node(chart, "figure", title_of, html=(visit_html, None), text=(visit_text, None))
    app.add_transform(CellOfFigure)
    app.connect("html-page-context", page_context)
