"""The two drawings: a pair's shares through the years (pairs.js moves its marks), an economy's partners."""

from __future__ import annotations

from html import escape

from publish.economies import numbers, words

WIDTH, HEIGHT = 340, 236  # units of the drawing, as are those below
LEFT, RIGHT, TOP, BASE = 40, 322, 22, 190  # of the plot
# Which printed value (numbers.pair) a panel draws of the flow from A to B, and of that from B to A.
PANELS = {"a": (1, 8), "b": (3, 6)}
COLOURS = {"CHN": "china", "RUS": "russia"}
UP, DOWN = " ↑", " ↓"
"""Beside a share that is known to come out too high, or too low."""
SIGNS = {1: UP, -1: DOWN, 0: ""}
"""The signs of :func:`publish.economies.words.mark`."""
SAID = {UP: " (too high)", DOWN: " (too low)", "": ""}
"""The same in the words of a panel."""


def colours(a: str, b: str) -> tuple[str, str]:
    """A flow has the colour of its exporter; China and Russia have theirs in the whole book."""
    spare = ["green", "purple"]
    first, second = (COLOURS.get(code) or spare.pop(0) for code in (a, b))
    return first, second


def read(printed: str) -> float | None:
    """A printed value as a place on the scale; None for a hole."""
    if printed == numbers.HOLE:
        return None
    return 0.0 if printed.startswith("<") else float(printed.replace(",", ""))


TOPS = [round(step * 10.0**power, 3) for power in range(-3, 2) for step in (1, 2, 3, 4, 5, 6, 8)] + [100.0]


def top_of(highest: float) -> float:
    """Where the scale ends: the next of 1, 2, 3, 4, 5, 6, 8, 10 … that leaves room for a label, 100 at most."""
    return next((top for top in TOPS if top >= highest * 1.15), 100.0)


def across(year: str) -> int:
    """Place of a year."""
    first, last = int(words.goods()[0]), int(words.goods()[-1])
    return LEFT + 12 + int((RIGHT - LEFT - 24) * (int(year) - first) / (last - first) + 0.5)


def up(value: float, top: float) -> int:
    """Place of a value."""
    return int(BASE - (BASE - TOP) * value / top + 0.5)


def panel(side: str, told: list[list[str]], pair: tuple[str, str], top: float, off: list[dict[int, str]]) -> str:
    """One panel with every mark that it can have; those without a value are hidden, those known to stand too high or too low (pages.off) say so."""
    years = words.goods()
    parts = [
        f'<svg class="pm-panel" data-panel="{side}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(described(side, told, pair, off), quote=True)}">'
    ]
    any_high = any(
        told[at][value] != numbers.HOLE and off[at][value] == UP for at in range(len(years)) for value in PANELS[side]
    )
    parts.append(
        f'<text class="tick{"" if any_high else " no"}" x="{RIGHT}" y="12" text-anchor="end" data-high>{UP[1:]} too high</text>'
    )
    for index, tick in enumerate((0, top / 2, top)):
        y = up(tick, top)
        parts.append(
            f'<path class="grid" d="M{LEFT} {y}H{RIGHT}"/><text class="tick" x="{LEFT - 6}" y="{y + 4}" text-anchor="end" data-tick="{index}">{tick:g}</text>'
        )
    for year in years:
        mark = " est" if year == years[-1] else ""
        parts.append(
            f'<text class="tick{mark}" x="{across(year)}" y="{HEIGHT - 8}" text-anchor="middle">{year}{"*" if mark else ""}</text>'
        )
    series = [[read(told[at][value]) for at in range(len(years))] for value in PANELS[side]]
    for flow, values in enumerate(series):
        hue = f"c{flow + 1}"
        joined = "".join(
            f"{'L' if index and values[index - 1] is not None else 'M'}{across(year)} {up(value, top)}"
            for index, (year, value) in enumerate(zip(years[:-1], values, strict=False))
            if value is not None
        )
        parts.append(f'<path class="line {hue}" d="{joined}"/>')
        for at, year in enumerate(years):
            value, other = values[at], series[1 - flow][at]
            hidden = ' class="no"' if value is None else ""
            y = up(value or 0, top)
            below = value is not None and other is not None and (value < other or value == other and flow)
            x, hollow = across(year), " est" if year == years[-1] else ""
            shape = (
                f'<circle class="{hue}{hollow}" cx="{x}" cy="{y}" r="5"/>'
                if flow == 0
                else f'<rect class="{hue}{hollow}" x="{x - 5}" y="{y - 5}" width="10" height="10"/>'
            )
            words_ = told[at][PANELS[side][flow]] + ("" if value is None else off[at][PANELS[side][flow]])
            parts.append(
                f'<g{hidden}>{shape}<text class="{hue}" x="{x}" y="{y + (18 if below else -9)}" text-anchor="middle">{escape(words_)}</text></g>'
            )
    return "".join(parts) + "</svg>"


def described(side: str, told: list[list[str]], pair: tuple[str, str], off: list[dict[int, str]]) -> str:
    """The panel in words."""
    years = words.goods()
    own, other = pair if side == "a" else pair[::-1]
    parts = []
    for flow, value in enumerate(PANELS[side]):
        kind = "exports" if (flow == 0) == (side == "a") else "imports"
        said = ["" if told[at][value] == numbers.HOLE else SAID[off[at][value]] for at in range(len(years))]
        listed = ", ".join(f"{year} {told[at][value]}{said[at]}" for at, year in enumerate(years))
        parts.append(f"{kind}: {listed}")
    return f"{words.opening(other)} in the trade of {own}, per cent; {'; '.join(parts)}."


def highest(told: list[list[str]]) -> float:
    """The highest share that the panels draw."""
    drawn = [read(told[at][value]) for at in range(len(words.goods())) for both in PANELS.values() for value in both]
    return max((value for value in drawn if value is not None), default=1.0)


# -- an economy -----------------------------------------------------------------------------------

NAMES, END = 176, 392  # units of the drawing: where the plot begins, after the names, and ends
FIRST, ROW = 30, 22  # the first line and the step to the next


def partners(code: str, world: str, shown: list[str]) -> str:
    """The shares of some partners in an economy's exports and imports, a line each."""
    told = numbers.printed()[code][world]
    values = {partner: (read(told[partner][1]), read(told[partner][3])) for partner in shown}
    top = top_of(max((value for both in values.values() for value in both if value is not None), default=1.0))
    height = FIRST + ROW * len(shown) + 6
    place = lambda value: int(NAMES + (END - NAMES) * value / top + 0.5)  # noqa: E731
    hue = COLOURS.get(code, "green")
    hollow = " est" if world == words.last_world() else ""
    listed = "; ".join(f"{words.name(partner)} {told[partner][1]} and {told[partner][3]}" for partner in shown)
    high = words.high_flows(code, world)
    said = f" ({high})" if high else ""
    parts = [
        f'<svg class="pm-partners" viewBox="0 0 400 {height}" role="img" aria-label="'
        f'{escape(f"Per cent of exports and of imports of {words.called(code)}, {world}{said}: {listed}.", quote=True)}">'
    ]
    if high:
        parts.append(f'<text class="tick" x="{NAMES - 10}" y="12" text-anchor="end">{high}</text>')
    for tick in (0, top / 2, top):
        x = place(tick)
        parts.append(
            f'<path class="grid" d="M{x} {FIRST - 12}V{height - 6}"/><text class="tick" x="{x}" y="12" text-anchor="middle">{tick:g}</text>'
        )
    for row, partner in enumerate(shown):
        y = FIRST + row * ROW
        name = words.name(partner)
        short = name if len(name) <= 27 else name[:26].rstrip() + "…"
        sold, bought = values[partner]
        parts.append(f'<text x="{NAMES - 10}" y="{y + 4}" text-anchor="end">{escape(short)}</text>')
        if sold is not None and bought is not None:
            parts.append(f'<path class="grid" d="M{place(min(sold, bought))} {y}H{place(max(sold, bought))}"/>')
        if bought is not None:
            parts.append(f'<rect class="ink{hollow}" x="{place(bought) - 5}" y="{y - 5}" width="10" height="10"/>')
        if sold is not None:
            parts.append(f'<circle class="{hue}{hollow}" cx="{place(sold)}" cy="{y}" r="5"/>')
    return "".join(parts) + "</svg>"
