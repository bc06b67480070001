"""Files beside the pages: downloads of each figure, its live chart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from partnership import picture
from publish import standing
from publish.drawn import drawn
from publish.figures import drawing, embed, plain, tidyfiles
from publish.figures.numbering import Shown, base_address, figures, standing_figures
from publish.figures.stored import narrow_spec, wide_spec


@standing.at_the_end
def write_downloads(app: Sphinx) -> None:
    """Write each figure's data, pictures, citations, own page and its copy as Markdown, and what its live chart loads."""
    if standing_figures(app).stands:
        return
    folder = Path(app.outdir) / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    for shown in figures(app.env):
        _write_figure(shown, folder, drawing.folder(app), base_address(app.config))


def _write_figure(shown: Shown, folder: Path, cache: Path, base: str) -> None:
    name, spec = shown.name, shown.spec
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    (folder / f"{name}.vl.json").write_text(text, "utf-8")
    tables = {file: tidyfiles.csv(table, spec) for file, table in tidyfiles.files(name, spec).items()}
    for file, words in tables.items():
        (folder / file).write_text(words, "utf-8")
    described = json.dumps(tidyfiles.metadata(shown, base), ensure_ascii=False, indent=1) + "\n"
    (folder / f"{name}.metadata.json").write_text(described, "utf-8")
    if tidyfiles.packed(spec):
        parts = {file: words for file, words in tables.items() if file != f"{name}.csv"}
        together = tidyfiles.archive({**parts, f"{name}.metadata.json": described})
        (folder / f"{name}.zip").write_bytes(together)
    for ending, words in shown.host.citation_files(shown.work(base)).items():
        (folder / f"{name}.{ending}").write_text(words, "utf-8")
    page = embed.page(shown, *embed.drawings(shown, cache), base)
    (folder / f"{name}.html").write_text(page, "utf-8")
    (folder / f"{name}.md").write_text(plain.page(shown, base), "utf-8")
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
    meta, host = shown.meta, shown.host
    where = f"{base}{shown.path}" if base else ", ".join(filter(None, (host.book, f"Figure {shown.number}".strip())))
    edition = ", ".join(filter(None, (f"Edition {host.version}" if host.version else "", host.licence)))
    return [
        line
        for line in (meta["note"], host.credit(meta["sources"]), f"{edition}. {where}" if edition else where)
        if line
    ]


def live_script(name: str, spec: dict[str, Any], cache: Path) -> str:
    """What the live chart of a figure loads: the spec compiled to Vega, as a script because files cannot be fetched."""
    compiled = drawn("vega", drawing.plain(drawing.coloured(spec)), cache).decode()
    return f'pmSpec("{name}",{compiled});\n'


def setup(app: Sphinx) -> None:
    """Register the files."""
    app.connect("build-finished", write_downloads, priority=600)
