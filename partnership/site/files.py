"""Files beside the pages: downloads of each figure, the chart script, the book's own styles."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import vl_convert as vlc
from sphinx.application import Sphinx

from partnership.site import credit, drawing
from partnership.site.figure import chart, stored, tables_of

STATIC = Path(__file__).parent / "static"


def figure_csv(spec: dict[str, Any]) -> str:
    """The data drawn, exactly, below a header that names figure, sources and licence."""
    meta = spec["usermeta"]["figure"]
    out = io.StringIO()
    lines = [meta["title"], meta["unit"], meta["note"]] + [
        f"Source: {row.publisher}, {row.title} ({row.address}), tier {row.tier}, published {row.published}, licence: {row.licence}"
        for row in credit.frame(meta["sources"]).fillna("n/a").itertuples()
    ]
    for line in lines:
        if line:
            out.write(f"# {line}\n")
    for rows in tables_of(spec):
        writer = csv.DictWriter(out, fieldnames=list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()


def copy_static(app: Sphinx) -> None:
    """Before pages are written, so that Sphinx can add checksums to their addresses."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(STATIC))
        app.add_css_file("pm/book.css")


def write_downloads(app: Sphinx, error: Exception | None) -> None:
    """Write each figure's CSV, SVG, PNG and spec, and the chart script."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir) / "_static"
    folder = out / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    for document in sorted(app.env.found_docs):
        for node in app.env.get_doctree(document).findall(chart):
            _write_figure(stored(node), folder)
    script = out / "pm" / "vega.js"
    if not script.exists():
        # In a function of its own: the bundle would declare dozens of one-letter globals.
        script.write_text("(()=>{" + vlc.javascript_bundle(vl_version=drawing.VEGALITE) + "})();\n", "utf-8")


def _write_figure(spec: dict[str, Any], folder: Path) -> None:
    name = spec["usermeta"]["figure"]["name"]
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    kept = folder / f"{name}.vl.json"
    if kept.exists() and kept.read_text("utf-8") == text and (folder / f"{name}.png").exists():
        (folder / f"{name}.csv").write_text(figure_csv(spec), "utf-8")
        return
    kept.write_text(text, "utf-8")
    (folder / f"{name}.csv").write_text(figure_csv(spec), "utf-8")
    picture = {**spec, "background": "white"}
    (folder / f"{name}.svg").write_text(vlc.vegalite_to_svg(picture, vl_version=drawing.VEGALITE), "utf-8")
    (folder / f"{name}.png").write_bytes(vlc.vegalite_to_png(picture, vl_version=drawing.VEGALITE, scale=2))


def setup(app: Sphinx) -> None:
    """Register the two moments."""
    app.connect("builder-inited", copy_static)
    app.connect("build-finished", write_downloads, priority=600)
