"""What figures need drawn is drawn by processes of their own, while Sphinx reads and writes the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from partnership import charts, picture
from publish import standing
from publish.drawn import Ahead, keep, place, prune
from publish.figures import drawing, files
from publish.figures.numbering import base_address, figures, standing_figures
from publish.figures.stored import narrow_spec, wide_spec

_begun: WeakKeyDictionary[Sphinx, Ahead] = WeakKeyDictionary()
"""What draws for each build."""


def begin(app: Sphinx, env: BuildEnvironment, changed: list[str]) -> None:
    """Before the pages are read: the drawings and live charts of the figures of those that are new or have changed."""
    if app.builder.format != "html":
        return
    _begun[app] = ahead = Ahead(drawing.folder(app))
    for path in sorted(Path(env.doc2path(page)) for page in changed):
        for spec, alone in _stored(path) if path.suffix == ".ipynb" else ():
            if (wide := picture.within(alone)) is not None:  # drawn when the chapter ran
                kept = place("svg", drawing.plain(wide_spec(spec)), ahead.folder)
                keep(kept, wide.encode())
            for form in (wide_spec(spec), narrow_spec(spec)):
                ahead.ask("svg", drawing.plain(form))
                ahead.ask("vega", drawing.plain(drawing.coloured(form)))


def _stored(path: Path) -> list[tuple[dict[str, Any], str]]:
    """Specs of the figures that a notebook stores, and their pictures; what is wrong with it is said where it is read."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
        figures = [data for data in outputs if "figure" in data.get(charts.MIME, {}).get("usermeta", {})]
        return [(data[charts.MIME], "".join(data.get(picture.MIME, ""))) for data in figures]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def pictures(app: Sphinx, env: Any) -> None:
    """When all pages are read, the figures have their numbers: pictures that stand alone are drawn while pages are written."""
    if (ahead := _begun.get(app)) is not None:
        ahead.finish()
        for shown in figures(env) if not standing_figures(app).stands else ():
            ahead.ask("png", files.alone(shown, drawing.folder(app), base_address(app.config)))


def end(app: Sphinx, error: Exception | None) -> None:
    """Before files are written, all is drawn; where the build failed, nobody waits."""
    if (ahead := _begun.get(app)) is not None:
        ahead.stop() if error else ahead.finish()


@standing.at_the_end
def tidy(app: Sphinx) -> None:
    """After a build that made all figures anew: drawings of figures that are gone, or as they were, go."""
    if not standing_figures(app).stands:
        prune(drawing.folder(app))


def setup(app: Sphinx) -> None:
    """Register the moments."""
    app.connect("env-before-read-docs", begin)
    app.connect("env-check-consistency", pictures)
    app.connect("build-finished", end, priority=100)
    app.connect("build-finished", tidy, priority=990)
