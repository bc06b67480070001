"""A chart output becomes a numbered figure: title, drawing, source line, table, downloads, live chart on demand."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from partnership import charts
from partnership.site import credit, drawing

LOG = logging.getLogger(__name__)
TABLE_ROWS = 400  # longer data are left to the CSV


class chart(nodes.General, nodes.Element):  # noqa: N801  (docutils names its nodes in lower case)
    """A figure; attributes ``spec`` (the stored spec as JSON text) and ``ids``."""


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
        document = renderer.renderer.document
        document.note_explicit_target(node)
        return [node]


def stored(node: chart) -> dict[str, Any]:
    """The spec as the notebook stores it."""
    return json.loads(node["spec"])


def table_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The data drawn: rows of the first data set of the spec, without the columns that only place labels."""
    name = _first_data(spec)
    rows = spec.get("datasets", {}).get(name, [])
    return [{key: value for key, value in row.items() if not key.startswith("_")} for row in rows]


def tables_of(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The data drawn, one table for each panel that has data of its own."""
    if "concat" in spec:
        parts = [table_of({**part, "datasets": spec["datasets"]}) for part in spec["concat"]]
        return [part for index, part in enumerate(parts) if part and part not in parts[:index]]
    return [table_of(spec)]


def _first_data(part: Any) -> str:
    if isinstance(part, dict):
        if isinstance(part.get("data"), dict) and "name" in part["data"]:
            return part["data"]["name"]
        for key in ("layer", "concat", "hconcat", "vconcat", "spec"):
            found = _first_data(part.get(key))
            if found:
                return found
    if isinstance(part, list):
        for item in part:
            found = _first_data(item)
            if found:
                return found
    return ""


# -- HTML -----------------------------------------------------------------------------------------


def visit_html(self: Any, node: chart) -> None:
    """Write the figure."""
    spec = stored(node)
    meta = spec["usermeta"]["figure"]
    cache = Path(self.builder.outdir).parent / ".charts"
    drawn = drawing.page_spec(spec)
    narrow = charts.merge(drawn, json.loads(_page_colours(meta["narrow"])))
    label = escape(spec["description"], quote=True)
    prefix = meta["name"]
    number = _number(self, node)
    base = (
        f"{self.builder.get_relative_uri(self.builder.current_docname, 'index').rsplit('index', 1)[0]}_static/figures/"
    )
    links = "".join(
        f'<li><a href="{base}{prefix}.{kind}" download>{words}</a></li>'
        for kind, words in (("csv", "Data (CSV)"), ("svg", "SVG"), ("png", "PNG"), ("vl.json", "Vega-Lite"))
    )
    embedded = json.dumps(drawn, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
    change = escape(_page_colours(meta["narrow"]), quote=True)
    body = [
        f'<figure class="pm-figure" id="fig-{prefix}">',
        f'<figcaption><span class="pm-number-of-figure">{number}</span> <span class="pm-title">{escape(meta["title"])}</span>'
        f'<a class="headerlink" href="#fig-{prefix}" title="Permanent address of this figure">#</a></figcaption>',
        f'<p class="pm-unit">{escape(meta["unit"])}</p>' if meta["unit"] else "",
        f'<div class="pm-chart" data-label="{label}" data-narrow="{change}">',
        f'<div class="pm-drawing pm-wide" role="img" aria-label="{label}">{drawing.svg(drawn, prefix + "-w", cache)}</div>',
        f'<div class="pm-drawing pm-narrow" role="img" aria-label="{label}">{drawing.svg(narrow, prefix + "-n", cache)}</div>',
        f'<script type="application/json" class="pm-spec">{embedded}</script></div>',
        source_line(meta),
        _tables(tables_of(spec), meta),
        f'<ul class="pm-downloads" aria-label="Downloads of figure {number}">{links}</ul></figure>',
    ]
    self.body.append("\n".join(part for part in body if part) + "\n")
    raise nodes.SkipNode


def _page_colours(narrow: dict[str, Any]) -> str:
    return json.dumps(drawing.page_spec(narrow), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _number(writer: Any, node: chart) -> str:
    key = f"{writer.docnames[-1]}/figure" if writer.builder.name == "singlehtml" else "figure"
    digits = writer.builder.fignumbers.get(key, {}).get(node["ids"][0], ())
    return "Figure " + ".".join(map(str, digits)) if digits else "Figure"


def source_line(meta: dict[str, Any]) -> str:
    """Publishers, tier and vintage below a figure, every source by name in a fold."""
    ids = list(meta["sources"])
    tier = credit.worst_tier(ids)
    dated = credit.newest(ids)
    note = f'<span class="pm-note">{escape(meta["note"])}</span> ' if meta["note"] else ""
    vintage = f"; latest source of {dated}" if dated else ""
    short = f"Source: {escape(credit.publishers(ids))} (lowest {credit.tier_words(tier)}{vintage})."
    entries = "".join(
        f"<li>{credit.link(row.id)} (tier {row.tier}{', ' + row.published if isinstance(row.published, str) else ''}; "
        f"{meta['sources'][row.id]} rows)</li>"
        for row in credit.frame(ids).itertuples()
    )
    return (
        f'<p class="pm-source">{note}{short}</p>'
        f'<details class="pm-sources"><summary>All sources of this figure ({len(ids)})</summary><ul>{entries}</ul></details>'
    )


def _tables(tables: list[list[dict[str, Any]]], meta: dict[str, Any]) -> str:
    shown = "".join(_table(rows, meta["title"]) for rows in tables if len(rows) <= TABLE_ROWS)
    if not shown:
        return ""
    return f'<details class="pm-table"><summary>Table of the data drawn</summary><div class="pm-scroll" tabindex="0">{shown}</div></details>'


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


def visit_text(self: Any, node: chart) -> None:
    """In text builds the text alternative stands for the chart."""
    self.add_text(f"[Figure: {stored(node)['description']}]")
    raise nodes.SkipNode


def title_of(node: chart) -> str:
    """What a reference to the figure reads."""
    return stored(node)["usermeta"]["figure"]["title"]


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Only pages with charts ask for the chart script."""
    if doctree is not None and next(doctree.findall(chart), None) is not None:
        app.add_js_file("pm/figure.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register node, numbering and page hook."""
    app.add_enumerable_node(chart, "figure", title_of, html=(visit_html, None), text=(visit_text, None))
    app.connect("html-page-context", page_context)
