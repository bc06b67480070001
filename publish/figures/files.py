"""Files beside the pages: downloads of each figure, its live chart, the data package."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from partnership import citation, data, picture
from publish.drawn import drawn
from publish.figures import drawing, embed, tidyfiles
from publish.figures.numbering import Shown, base_address, figures
from publish.figures.stored import narrow_spec, wide_spec
from publish.said import credit


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
    (folder / f"{name}.vl.json").write_text(text, "utf-8")
    tables = {file: tidyfiles.csv(table, spec) for file, table in tidyfiles.files(name, spec).items()}
    for file, words in tables.items():
        (folder / file).write_text(words, "utf-8")
    described = json.dumps(tidyfiles.metadata(shown, base), ensure_ascii=False, indent=1) + "\n"
    (folder / f"{name}.metadata.json").write_text(described, "utf-8")
    if len(tables) > 1:
        parts = {file: words for file, words in tables.items() if file != f"{name}.csv"}
        packed = tidyfiles.archive({**parts, f"{name}.metadata.json": described})
        (folder / f"{name}.zip").write_bytes(packed)
    (folder / f"{name}.bib").write_text(citation.bibtex(work, book), "utf-8")
    (folder / f"{name}.csl.json").write_text(citation.csl(work, book), "utf-8")
    page = embed.page(shown, *embed.drawings(shown, cache), base)
    (folder / f"{name}.html").write_text(page, "utf-8")
    for size, drawable in (("wide", wide_spec(spec)), ("narrow", narrow_spec(spec))):
        (folder / f"{name}-{size}.js").write_text(live_script(f"{name}-{size}", drawable, cache), "utf-8")
    picture_alone = alone(shown, cache, base)
    (folder / f"{name}.svg").write_text(picture_alone, "utf-8")
    (folder / f"{name}.png").write_bytes(drawn("png", picture_alone, cache))


def alone(shown: Shown, cache: Path, base: str) -> str:
    """A figure as an SVG that left the book: with title, unit, source."""
    drawing_once = picture.clear(drawing.raw(wide_spec(shown.spec), cache), "#fff")
    return picture.framed(drawing_once, shown.meta["title"], shown.meta["unit"], credit_lines(shown, base))


def credit_lines(shown: Shown, base: str) -> list[str]:
    """What stands below a picture that left the book: note, source, licence, address."""
    meta = shown.meta
    where = f"{base}{shown.path}" if base else f"{citation.BOOK}, Figure {shown.number}"
    source = f"Source: {credit.publishers(meta['sources'])} (lowest {credit.tier_words(credit.worst_tier(meta['sources']))})."
    edition = f"Edition {citation.edition().version}, {tidyfiles.LICENCE}. {where}"
    return [line for line in (meta["note"], source, edition) if line]


def live_script(name: str, spec: dict[str, Any], cache: Path) -> str:
    """What the live chart of a figure loads: the spec compiled to Vega, as a script because files cannot be fetched."""
    compiled = drawn("vega", drawing.plain(drawing.coloured(spec)), cache).decode()
    return f'pmSpec("{name}",{compiled});\n'


def setup(app: Sphinx) -> None:
    """Register the files."""
    app.connect("build-finished", write_downloads, priority=600)
