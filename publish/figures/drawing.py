"""From a Vega-Lite spec to an inline SVG, wide and narrow, whose colours follow the page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from partnership import palette, picture
from publish.drawn import drawn

# Colours of the stored charts and the CSS custom properties that stand for them on the page.
VARIABLES = {colour: f"chart-{name}" for name, colour in palette.LIGHT.items()}


def folder(app: Sphinx) -> Path:
    """Where drawings are kept: beside what Sphinx keeps of the pages."""
    return Path(app.doctreedir).parent / ".charts"


_ID = re.compile(r'(\bid="|url\(#|href="#)')


def coloured(part: Mapping[str, Any]) -> dict[str, Any]:
    """A spec, or a part of one, with the page's colours."""
    text = json.dumps(part, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return json.loads(_paint(text))


def _paint(text: str) -> str:
    for colour, name in VARIABLES.items():
        text = text.replace(f'"{colour}"', f'"var(--{name},{colour})"')
    return text


def plain(spec: Mapping[str, Any]) -> str:
    """A spec as text, the same for the same spec."""
    return json.dumps(spec, ensure_ascii=False, sort_keys=True)


def raw(spec: Mapping[str, Any], cache: Path) -> str:
    """Vega's drawing of a spec, slim; drawn once as long as nothing changes that it depends on."""
    return drawn("svg", plain(spec), cache).decode()


def svg(spec: Mapping[str, Any], prefix: str, cache: Path) -> str:
    """Draw a spec for a page: its colours, ids unique on the page, words clear of the marks."""
    painted = _ID.sub(lambda match: f"{match[1]}{prefix}-", _paint(raw(spec, cache)))
    return picture.clear(painted, "var(--paper,#fff)")
