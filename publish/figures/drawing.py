"""From a Vega-Lite spec to an inline SVG, wide and narrow, whose colours follow the page."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import vl_convert as vlc

from partnership import charts, picture

CODE = Path(__file__).read_bytes() + Path(picture.__file__).read_bytes()

# Colours of the stored charts and the CSS custom properties that stand for them on the page.
VARIABLES = {
    charts.INK: "chart-ink",
    charts.MUTED: "chart-muted",
    charts.GRID: "chart-grid",
    charts.CHINA: "chart-china",
    charts.RUSSIA: "chart-russia",
    charts.GREEN: "chart-green",
    charts.PURPLE: "chart-purple",
    charts.OCHRE: "chart-ochre",
    charts.SKY: "chart-sky",
}

_ID = re.compile(r'(\bid="|url\(#|href="#)')


def coloured(part: Mapping[str, Any]) -> dict[str, Any]:
    """A spec, or a part of one, with the page's colours."""
    text = json.dumps(part, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return json.loads(_paint(text))


def _paint(text: str) -> str:
    for colour, name in VARIABLES.items():
        text = text.replace(f'"{colour}"', f'"var(--{name},{colour})"')
    return text


def raw(spec: Mapping[str, Any], cache: Path) -> str:
    """Vega's drawing of a spec, slim; drawn once as long as nothing changes that it depends on."""
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True)
    kept = cache / f"{key(text)}.svg"
    if kept.exists():
        return kept.read_text("utf-8")
    drawn = picture.slim(picture.draw(text))
    cache.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(".tmp")
    fresh.write_text(drawn, "utf-8")
    fresh.replace(kept)
    return drawn


def svg(spec: Mapping[str, Any], prefix: str, cache: Path) -> str:
    """Draw a spec for a page: its colours, ids unique on the page, words clear of the marks."""
    drawn = _ID.sub(lambda match: f"{match[1]}{prefix}-", _paint(raw(spec, cache)))
    return picture.clear(drawn, "var(--paper,#fff)")


def key(text: str, code: bytes = b"") -> str:
    """What a drawing depends on, as one word: the spec, Vega, the code that draws, and of whoever goes on from it."""
    return hashlib.sha256(f"{vlc.__version__}|{picture.version()}|{text}".encode() + CODE + code).hexdigest()[:32]  # type: ignore[attr-defined]
