"""A spec as a picture that stands alone: the drawing below its title and unit, above its sources.

Notebooks store it beside the spec, so that previews which run no script show the figure; downloads carry it. Drawing needs
``vl-convert-python``; where it is not installed a notebook stores the spec alone. The bytes depend on the spec and on the
version of vl-convert: not on the time zone, not on what was drawn before. A PNG takes from the fonts of the system what letters
vl-convert's own lack.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from typing import Any

from partnership import palette

vlc: Any
try:
    import vl_convert as vlc
except ImportError:  # a reader's own Python may have none
    vlc = None

MIME = "image/svg+xml"
INSIDE = "inside"
"""Name of a layer of words that stand inside their marks: no clearing is drawn around them."""
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
INK, MUTED = palette.ALONE["ink"], palette.ALONE["muted"]
PAD = 14

_TAG = re.compile(r'<(?:[^>"]|"[^"]*")*>')
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
_INNER = re.compile(rf'<svg x="{PAD}" y="\d+" (.*?</svg>)', re.DOTALL)
# Words among the marks; those of the layer INSIDE stand inside a mark.
_WORDS = re.compile(rf'<g class="mark-text role-mark(?![^"]*{INSIDE})[^"]*"')


def version() -> str:
    """The version of Vega-Lite that draws."""
    return str(vlc.get_vegalite_versions()[-1])


@contextmanager
def _utc() -> Iterator[None]:
    """Vega draws local time: an hour of summer time would move marks, and bytes, with the builder's place."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before


def draw(spec: str | Mapping[str, Any]) -> str:
    """Vega's own drawing of a spec, with ids that count from one: Vega goes on counting from chart to chart."""
    with _utc():
        raw: str = vlc.vegalite_to_svg(spec, vl_version=version())
    for kind in ("clip", "gradient_"):
        for number, found in enumerate(dict.fromkeys(re.findall(rf'\bid="{kind}(\d+)"', raw)), start=1):
            raw = re.sub(rf'(\bid="|url\(#){kind}{found}(?=["\)])', rf"\g<1>{kind}-{number}", raw)
    return raw


def compiled(spec: str | Mapping[str, Any]) -> dict[str, Any]:
    """A spec compiled to Vega; the engine keeps the time zone of its first task, which may be this one."""
    with _utc():
        made: dict[str, Any] = vlc.vegalite_to_vega(spec, vl_version=version())
    return made


def png(drawn: str, scale: float = 2) -> bytes:
    """A drawing as PNG, tagged so that it prints at the size that it has on the page."""
    return bytes(vlc.svg_to_png(drawn, scale=0.75, ppi=96 * scale))  # it multiplies the two, by 72 points an inch


def slim(raw: str) -> str:
    """A drawing with two decimals, without labels on single marks (the figure has one) and without what nobody sees."""
    raw = _TAG.sub(lambda tag: _DECIMALS.sub(_short, tag[0]), raw)  # what stands between tags is words
    raw = _SET_ONCE.sub("", _UNSEEN.sub("", _MARK_ARIA.sub("", raw)))
    return raw.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def clear(drawn: str, paper: str) -> str:
    """The drawing with a rim of the paper's colour around words among the marks, so that no line runs through them."""
    return _WORDS.sub(rf"\g<0>{_rim(paper)}", drawn)


def _rim(paper: str) -> str:
    return f' paint-order="stroke" stroke="{paper}" stroke-width="3" stroke-linejoin="round"'


def size(drawn: str) -> tuple[float, float]:
    """Width and height of a drawing in pixels."""
    found = _SIZE.search(drawn)
    if found is None:
        raise ValueError(f"no size in the drawing {drawn[:80]}")
    return float(found[1]), float(found[2])


def bare(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The spec without what is set in words around the drawing, and without what only the page reads."""
    return {key: value for key, value in spec.items() if key not in ("title", "description", "usermeta", "$schema")}


def framed(drawn: str, title: str, unit: str = "", below: Iterable[str] = ()) -> str:
    """A slim drawing on white, below its title and unit, above lines such as source, note, licence and address.

    Long lines are broken at the width of the drawing.
    """
    width, height = size(drawn)
    wide = max(width, 420) + 2 * PAD
    body, at = [], PAD

    def write(words: str, points: float, look: str) -> None:
        nonlocal at
        for line in wrap(words, (wide - 2 * PAD) / points):
            at += round(1.3 * points)
            body.append(f'<text x="{PAD}" y="{at}" font-size="{points:g}" {look}>{escape(line)}</text>')

    write(title, 16, f'font-weight="bold" fill="{INK}"')
    if unit:
        at += 3
        write(unit, 13, f'fill="{MUTED}"')
    at += 10
    inner = drawn.replace("<svg ", f'<svg x="{PAD}" y="{at}" ', 1)
    body.append(inner[inner.index("<svg ") :].strip())
    at += round(height) + 4
    for line in below:
        write(line, 11, f'fill="{MUTED}"')
        at += 2
    at += PAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:g}" height="{at}" viewBox="0 0 {wide:g} {at}" '
        f'font-family="{FONT}"><title>{escape(title)}</title><rect width="100%" height="100%" fill="#fff"/>'
        f"{''.join(body)}</svg>\n"
    )


# In hundredths of an em: Python 3.12 adds fractions otherwise than 3.11 does, and a line that just fits would break elsewhere.
_WIDTHS = {
    **dict.fromkeys("ijl.,:;'|!’‘ \N{NO-BREAK SPACE}", 28),
    **dict.fromkeys("ftrI()[]-", 34),
    **dict.fromkeys("mwMW@%—", 90),
}


def wrap(words: str, room: float) -> list[str]:
    """Break words into lines no longer than ``room`` ems of a bold sans serif type.

    Examples
    --------
    >>> wrap("Trade doubled between 2020 and 2023", 12), wrap("It fell by 5\N{NO-BREAK SPACE}%", 5)
    (['Trade doubled between', '2020 and 2023'], ['It fell by', '5\xa0%'])
    """
    lines: list[str] = []
    left = 0
    for word in words.split(" "):  # a space that does not break stays
        long = sum(_WIDTHS.get(letter, 68 if letter.isupper() else 58) for letter in word)
        if lines and left + _WIDTHS[" "] + long <= 100 * room:
            lines[-1] += f" {word}"
            left += _WIDTHS[" "] + long
        else:
            lines.append(word)
            left = long
    return lines


def within(alone: str) -> str | None:
    """The slim drawing in a picture that :func:`alone` has made; nothing if there is none.

    Examples
    --------
    >>> drawn = '<svg width="9" height="9" viewBox="0 0 9 9"><g class="mark-text role-mark a"></g></svg>'
    >>> within(framed(clear(drawn, "#fff"), "A title", below=["A source"])) == drawn
    True
    """
    found = _INNER.search(alone)
    return f"<svg {found[1]}".replace(_rim("#fff"), "") if found else None


def alone(spec: Mapping[str, Any], below: Iterable[str] = ()) -> str | None:
    """A stored spec as a picture that stands alone; nothing where vl-convert is not installed."""
    if vlc is None:
        return None
    meta = spec["usermeta"]["figure"]
    text = json.dumps(bare(spec), ensure_ascii=False, sort_keys=True)
    drawn = clear(slim(draw(text)), "#fff")
    return framed(drawn, meta["title"], meta["unit"], below)
