"""From a Vega-Lite spec to an inline SVG, wide and narrow, whose colours follow the page."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import vl_convert as vlc

from partnership import charts

VEGALITE = vlc.get_vegalite_versions()[-1]
CODE = Path(__file__).read_bytes()

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

_DECIMALS = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_MARK_ARIA = re.compile(
    r' (?:aria-label="[^"]*"|role="graphics-(?:symbol|object)"|aria-roledescription="[^"]*"|aria-hidden="true"'
    r'|pointer-events="none")'
)
# Invisible targets serve the live chart only; the page sets the typeface once.
_UNSEEN = re.compile(
    r'<path [^>]*\bopacity="0"[^>]*/>|<path [^>]*\bopacity="0"[^>]*></path>|<text [^>]*\bopacity="0"[^>]*>[^<]*</text>'
)
_SET_ONCE = re.compile(r' (?:font-family="[^"]*"|opacity="1")')
_SIZE = re.compile(r'<svg [^>]*\bviewBox="0 0 ([\d.]+) ([\d.]+)"')
# Words among the marks; those of the layer charts.INSIDE stand inside a mark.
_WORDS = re.compile(rf'<g class="mark-text role-mark(?![^"]*{charts.INSIDE})[^"]*"')
_ID = re.compile(r'(\bid="|url\(#|href="#)')


def page_spec(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The spec as the page uses it: without title and metadata, which the page sets in words, and with its colours."""
    bare = {key: value for key, value in spec.items() if key not in ("title", "description", "usermeta", "$schema")}
    text = json.dumps(bare, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for colour, name in VARIABLES.items():
        text = text.replace(f'"{colour}"', f'"var(--{name},{colour})"')
    return json.loads(text)


def svg(spec: Mapping[str, Any], prefix: str, cache: Path) -> str:
    """Draw a spec: two decimals, no labels on single marks (the figure has one), nothing invisible, words clear, ids unique on the page."""
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True)
    kept = cache / f"{key(text)}.svg"
    if kept.exists():
        raw = kept.read_text("utf-8")
    else:
        raw = draw(text)
        cache.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".tmp")
        fresh.write_text(raw, "utf-8")
        fresh.replace(kept)
    raw = _DECIMALS.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), raw)
    raw = _SET_ONCE.sub("", _UNSEEN.sub("", _MARK_ARIA.sub("", raw)))
    raw = _ID.sub(lambda match: f"{match[1]}{prefix}-", raw)
    return clear(raw.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', ""), "var(--paper,#fff)")


def clear(drawn: str, paper: str) -> str:
    """The drawing with a rim of the paper's colour around words among the marks, so that no line runs through them."""
    rim = f'paint-order="stroke" stroke="{paper}" stroke-width="3" stroke-linejoin="round"'
    return _WORDS.sub(rf"\g<0> {rim}", drawn)


def key(text: str, code: bytes = b"") -> str:
    """What a drawing depends on, as one word: the spec, Vega, this module, and the code of whoever goes on from it."""
    return hashlib.sha256(f"{vlc.__version__}|{VEGALITE}|{text}".encode() + CODE + code).hexdigest()[:32]


def draw(spec: str | Mapping[str, Any]) -> str:
    """Vega's own drawing of a spec, with ids that count from one: Vega goes on counting from chart to chart."""
    raw = vlc.vegalite_to_svg(spec, vl_version=VEGALITE)
    for kind in ("clip", "gradient_"):
        for number, found in enumerate(dict.fromkeys(re.findall(rf'\bid="{kind}(\d+)"', raw)), start=1):
            raw = re.sub(rf'(\bid="|url\(#){kind}{found}(?=["\)])', rf"\g<1>{kind}-{number}", raw)
    return raw


def size(drawn: str) -> tuple[float, float]:
    """Width and height of a drawing in pixels."""
    found = _SIZE.search(drawn)
    if found is None:
        raise ValueError(f"no size in the drawing {drawn[:80]}")
    return float(found[1]), float(found[2])


def plain(text: str) -> str:
    """An SVG or spec outside the page: the custom properties give way to the colours they stand for."""
    return re.sub(r"var\(--[\w-]+,\s*([^)]+)\)", r"\1", text)
