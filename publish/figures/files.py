"""Files beside the pages: downloads of each figure, its live chart, the book's own styles."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import vl_convert as vlc
from sphinx.application import Sphinx

from partnership import citation, data
from publish.figures import drawing, embed
from publish.figures.numbering import Shown, base_address, figures
from publish.figures.stored import narrow_spec, tables_of
from publish.said import credit

CODE = b"".join(Path(__file__).with_name(name).read_bytes() for name in ("files.py", "stored.py"))
"""What the files depend on besides specs and drawings."""


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


def write_downloads(app: Sphinx, error: Exception | None) -> None:
    """Write each figure's data, pictures, citations, own page, and what its live chart loads; and the data package."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    folder = out / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    for shown in figures(app.env):
        _write_figure(shown, folder, base_address(app.config))
    shutil.copytree(data.DATA, out / "data", dirs_exist_ok=True)


def _write_figure(shown: Shown, folder: Path, base: str) -> None:
    name, spec, book = shown.name, shown.spec, citation.edition()
    work = shown.work(base)
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    cache = folder.parent.parent / ".charts"
    cache.mkdir(parents=True, exist_ok=True)
    mark, key = cache / f"{name}.drawn", drawing.key(text, CODE)
    drawn = mark.exists() and mark.read_text("utf-8") == key and (folder / f"{name}.png").exists()
    (folder / f"{name}.vl.json").write_text(text, "utf-8")
    (folder / f"{name}.csv").write_text(figure_csv(spec), "utf-8")
    (folder / f"{name}.bib").write_text(citation.bibtex(work, book), "utf-8")
    (folder / f"{name}.csl.json").write_text(citation.csl(work, book), "utf-8")
    page = embed.page(shown, *embed.drawings(shown, narrow_spec(spec), cache))
    (folder / f"{name}.html").write_text(page, "utf-8")
    if not drawn:
        for size, drawable in (("wide", drawing.page_spec(spec)), ("narrow", narrow_spec(spec))):
            (folder / f"{name}-{size}.js").write_text(live_script(f"{name}-{size}", drawable), "utf-8")
        picture = drawing.clear(drawing.draw({**spec, "background": "white"}), "white")
        (folder / f"{name}.svg").write_text(picture, "utf-8")
        (folder / f"{name}.png").write_bytes(vlc.svg_to_png(picture, scale=2))
        mark.write_text(key, "utf-8")


def live_script(name: str, spec: dict[str, Any]) -> str:
    """What the live chart of a figure loads: the spec compiled to Vega, as a script because files cannot be fetched."""
    compiled = vlc.vegalite_to_vega(json.dumps(spec), vl_version=drawing.VEGALITE)
    text = json.dumps(compiled, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f'pmSpec("{name}",{text});\n'


def setup(app: Sphinx) -> None:
    """Register the files."""
    app.connect("build-finished", write_downloads, priority=600)
