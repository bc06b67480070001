"""The text alternative of a chart, from its spec and data: kind, axes, series, first, last, highest, lowest, breaks.

One describer for all charts, so that every text alternative tells the same things in the same order. A figure overrides
it only where the describer cannot know what matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from partnership import marks, prose
from partnership.marks import Mark, Row

LISTED = 12  # values told one by one; of more, the first, last, highest and lowest
SERIES = 8  # series told one by one
_SHORT = {month[:3] for month in prose.MONTHS}
_KINDS = {
    "line": "Line chart", "area": "Stacked areas", "bar": "Bar chart", "point": "Dot plot", "circle": "Dot plot",
    "square": "Dot plot", "tick": "Dot plot", "rule": "Strokes", "rect": "Heat map", "geoshape": "Map",
}  # fmt: skip
_MAIN = ("line", "area", "bar", "rect", "point", "circle", "square", "tick", "rule")


def describe(spec: Mapping[str, Any], title: str = "") -> str:
    """Describe a chart in sentences.

    Parameters
    ----------
    spec : mapping
        A Vega-Lite spec with its data sets.
    title : str
        The finding; it comes first.

    Returns
    -------
    str
        One paragraph of plain text.
    """
    panels: dict[str, list[Mark]] = {}
    drawn = marks.marks(spec)
    for mark in drawn:
        if mark.told() or mark.kind == "geoshape":
            panels.setdefault(mark.panel, []).append(mark)
    head = [f"{title.strip().rstrip('.')}."] if title else []
    if len(panels) > 1:
        head.append(f"{_number(len(panels)).capitalize()} panels.")
    body = [
        f"{f'{name}: ' if len(panels) > 1 else ''}{_panel(own, spec, lower=len(panels) > 1)}{_marked(name, drawn)}"
        for name, own in panels.items()
    ]
    return " ".join([*head, *body])


def _panel(own: Sequence[Mark], spec: Mapping[str, Any], lower: bool) -> str:
    if any(mark.kind == "geoshape" for mark in own):
        return _map(own)
    main = min(own, key=lambda mark: (_MAIN.index(mark.kind), -len(mark.rows)))
    value, other = _channels(main)
    kind = _kind(main, value)
    sentences = [kind[:1].lower() + kind[1:] if lower else kind]
    unit = marks.text_of(main.encoding.get(value, {}).get("title")) if value else ""
    field = _field(main, value)
    if unit:
        sentences[0] += f", {unit}"
    rows = [
        {**row, **({marks.SERIES: name} if (name := marks.series_name([mark], own)) else {})}
        for mark in own
        if _same(mark, main) and not (mark.kind != main.kind and mark.look.get("opacity") == 0)
        for row in mark.rows
    ]
    span = _span(rows, _field(main, other), _until(main, kind)) if other else ""
    sentences[0] += f"{span}."
    if field:
        sentences += _series(marks.distinct(_drawn(row, main) for row in rows), main, field, _field(main, other))
    elif value is None:
        sentences += _words(main)
    for mark in own:
        apart = mark.data != main.data or (main.filters and mark.filters != main.filters)
        if apart and not _same(mark, main):
            sentences += _also(mark)
    return " ".join(sentences)


def _marked(panel: str, drawn: Sequence[Mark]) -> str:
    """Lines across a panel that only have a name, such as an event or the figure of the article."""
    lines = [mark.data for mark in drawn if mark.panel == panel and mark.kind == "rule" and not mark.told()]
    names = [
        str(row[field]).replace("|", " ")
        for mark in drawn
        if mark.panel == panel and mark.kind == "text" and mark.data in lines
        for row in mark.rows
        for field in mark.fields("text")
    ]
    return f" Marked: {'; '.join(names)}." if names else ""


def _same(mark: Mark, main: Mark) -> bool:
    """Whether a mark draws the same columns on the same axes as the main one."""
    joined = mark.kind == main.kind or {mark.kind, main.kind} <= {"line", "point", "circle", "square"}
    return joined and all(mark.fields(channel) == main.fields(channel) for channel in ("x", "y", "x2", "y2"))


def _kind(main: Mark, value: str | None) -> str:
    kind = _KINDS[main.kind]
    if main.kind == "bar":
        if value in ("x", "x2"):
            kind = "Horizontal bars"
        if any("stack" in entry and entry["stack"] for _, entry in main.definitions()) and main.fields("color", "fill"):
            kind = "Stacked bars"
        if main.fields("x2") and marks.is_instant(main.rows[0].get(main.fields("x")[0])):
            kind = "Spans of time"
    if main.kind == "rect" and {"x2", "y2"} & set(main.encoding):
        kind = "Bar chart"
    return kind


def _channels(mark: Mark) -> tuple[str | None, str | None]:
    """The channel of the values and the channel of what they belong to."""
    if mark.kind == "rect" and not {"x2", "y2"} & set(mark.encoding):
        shade = [channel for channel in ("opacity", "fillOpacity", "color", "fill") if _numeric(mark, channel)]
        return (shade[0] if shade else None), "x"
    for value, other in (("y", "x"), ("x", "y")):
        if _numeric(mark, value) and not _is_time(mark, value):
            if not any(row.get(_field(mark, value)) for row in mark.rows) and _numeric(mark, f"{value}2"):
                return f"{value}2", other  # bars and fields from one base line
            return value, other
    for value in ("size", "opacity"):
        if _numeric(mark, value):
            return value, "y" if mark.fields("y") else "x"
    return None, ("y" if mark.fields("y") and not mark.fields("x") else "x")


def _field(mark: Mark, channel: str | None) -> str:
    names = mark.fields(channel) if channel else []
    return names[0] if names else ""


def _numeric(mark: Mark, channel: str) -> bool:
    name = _field(mark, channel)
    return bool(name) and name[0] != "_" and any(marks.is_number(row.get(name)) for row in mark.rows)


def _is_time(mark: Mark, channel: str) -> bool:
    name = _field(mark, channel)
    return marks.is_time(name, [row[name] for row in mark.rows if row.get(name) is not None])


def _drawn(row: Row, main: Mark) -> Row:
    """A row without the columns that only place words, so that a value with a name beside it counts once."""
    kept = set(main.fields("x", "y", "x2", "y2"))
    return {name: value for name, value in row.items() if name[:1] != "_" or name in kept}


def _until(main: Mark, kind: str) -> str:
    """The column of the ends of spans of time."""
    return main.fields("x2")[0] if kind.startswith("Spans") else ""


def _span(rows: Sequence[Row], field: str, until: str = "") -> str:
    values = sorted({row[field] for row in rows if row.get(field) is not None}, key=str)
    if len(values) < 2 or not marks.is_time(field, values):
        return ""
    ends = sorted(str(row[until]) for row in rows if marks.is_instant(row.get(until))) if until else []
    if ends:  # a span ends with the day before the next one would begin
        return f", {str(values[0])[:4]} to {(date.fromisoformat(ends[-1][:10]) - timedelta(days=1)).year}"
    return f", {period(values[0], values)} to {period(values[-1], values)}"


def _series(rows: Sequence[Row], main: Mark, field: str, other: str) -> list[str]:
    """A sentence for each series, or a list of values where there is one value a name."""
    named = next(
        (
            name
            for name in _names(main)
            if name not in (field, other) and name[0] != "_" and len({row.get(name) for row in rows}) > 1
        ),
        "",
    )
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if marks.is_number(row.get(field)):
            groups.setdefault(_label(row.get(named)) if named else "", []).append(row)
    digits = _digits([row[field] for own in groups.values() for row in own])
    if len(groups) > SERIES:
        return [_many(groups, field, other, digits)]
    ordered = marks.is_time(other, [row.get(other) for row in rows if row.get(other) is not None])
    ends = main.fields("x2") if field in main.fields("x") else main.fields("y2") if field in main.fields("y") else []
    if ends and ends[0][0] != "_":
        return [f"{_opening(name)}{_ranges(own, field, ends[0], other)}." for name, own in groups.items()]
    return [f"{_opening(name)}{_one(own, field, other, digits, ordered)}." for name, own in groups.items()]


def _opening(name: str) -> str:
    """A series' name as it begins a sentence; one such as iPhone keeps its letters."""
    return f"{name[:1].upper() + name[1:] if name[:2].islower() else name}: " if name else ""


def _names(main: Mark) -> list[str]:
    """Columns that may name a series, the likeliest first."""
    colours = main.fields("color", "fill", "detail", "shape")
    if main.kind == "rect":
        return [*main.fields("y"), *colours]
    beside = [
        name
        for name in main.fields("opacity", "xOffset", "yOffset")
        if all(isinstance(row.get(name), str) for row in main.rows)
    ]
    return [marks.SERIES, *colours, *beside, *main.fields("y", "x")]


def _one(rows: Sequence[Row], field: str, other: str, digits: int, ordered: bool) -> str:
    every = [row.get(other) for row in rows]

    def told(row: Row) -> str:
        where = period(row.get(other), every) if ordered else _label(row.get(other))
        number = prose.fixed(row[field], digits)
        return (
            (
                f"{number}{' on ' if where[:2].strip().isdigit() and ' ' in where[:3] else ' in '}{where}"
                if ordered
                else f"{where} {number}"
            )
            if where
            else number
        )

    months = bool(rows) and all(str(row.get(other))[:3] in _SHORT for row in rows)
    if ordered:
        rows = sorted(rows, key=lambda row: str(row.get(other)))
    ordered = ordered or months
    if len(rows) <= (3 if ordered else LISTED):
        return ", ".join(told(row) for row in rows)
    high, low = max(rows, key=lambda row: row[field]), min(rows, key=lambda row: row[field])
    if not ordered:
        return f"{len(rows)} values, from {told(low)} to {told(high)}"
    parts = [f"{len(rows)} values, first {told(rows[0])}, last {told(rows[-1])}"]
    if high not in (rows[0], rows[-1]):
        parts.append(f"highest {told(high)}")
    if low not in (rows[0], rows[-1]):
        parts.append(f"lowest {told(low)}")
    parts += _breaks(sorted({str(value) for value in every}))
    return ", ".join(parts)


def _ranges(rows: Sequence[Row], low: str, high: str, other: str) -> str:
    """Bars that float: where each begins and ends."""
    digits = _digits([value for row in rows for value in (row[low], row[high]) if marks.is_number(value)])

    def end(value: Any) -> str:
        return _told(value, low, rows, digits) if marks.is_number(value) else _label(value)

    spans = [(_label(row.get(other)), dict.fromkeys((end(row[low]), end(row[high])))) for row in rows[:LISTED]]
    told = [f"{name} {' to '.join(both)}".strip() for name, both in spans]
    more = len(rows) - LISTED
    return ", ".join(told) + (f" and {more} more" if more > 0 else "")


def _told(value: float, field: str, rows: Sequence[Row], digits: int) -> str:
    """A number in words; years without a comma."""
    years = all(float(row[field]).is_integer() and 1800 <= row[field] <= 2100 for row in rows if row.get(field))
    return str(int(value)) if years else prose.fixed(value, digits)


def _many(groups: Mapping[str, Sequence[Row]], field: str, other: str, digits: int) -> str:
    last = {name: max(own, key=lambda row: str(row.get(other))) for name, own in groups.items()}
    order = sorted(last, key=lambda name: -last[name][field])
    every = [row.get(other) for own in groups.values() for row in own]
    if all(len(own) == 1 for own in groups.values()) and len(groups) <= LISTED:
        return ", ".join(f"{name} {prose.fixed(groups[name][0][field], digits)}" for name in groups) + "."

    def told(name: str) -> str:
        when = period(last[name].get(other), every) if marks.is_time(other, every) else ""
        return f"{name} {prose.fixed(last[name][field], digits)}{f' in {when}' if when else ''}"

    return f"{len(groups)} series; at their last value highest {told(order[0])} and {told(order[1])}, lowest {told(order[-1])}."


def _also(mark: Mark) -> list[str]:
    """A layer of other columns, such as targets or ranges: each of its values, if they are few."""
    value, other = _channels(mark)
    field, name = _field(mark, value), _field(mark, other)
    if not field:
        return []
    ends = [end for end in mark.fields("x2" if value == "x" else "y2") if end[0] != "_" and end != field]
    digits = _digits([row[end] for row in mark.rows for end in (field, *ends[:1]) if marks.is_number(row.get(end))])
    every = [row.get(name) for row in mark.rows]
    words = mark.fields("text") or [tip for tip in mark.fields("tooltip") if tip not in (field, name)]
    told = []
    rows = [row for row in mark.rows if marks.is_number(row.get(field))]
    for row in rows[:LISTED]:
        number = prose.fixed(row[field], digits)
        if ends and marks.is_number(row.get(ends[0])):
            number += f" to {prose.fixed(row[ends[0]], digits)}"
        label = next((_label(row[word]) for word in words if isinstance(row.get(word), str)), "")
        where = period(row.get(name), every) if name and name[0] != "_" else ""
        label = "" if label == where else label  # a period that the place tells already
        told.append(f"{f'{label} ' if label else ''}{number}{f' in {where}' if where else ''}")
    more = len(rows) - LISTED
    return [f"Also drawn: {', '.join(told)}{f' and {more} more' if more > 0 else ''}."] if told else []


def _words(main: Mark) -> list[str]:
    """Marks whose place is no number: the number they tell on pointing, else what stands where, counted."""
    rows = marks.distinct(main.rows)
    told = [
        tip
        for tip in main.fields("tooltip")
        if tip[0] != "_" and all(marks.is_number(row.get(tip)) for row in rows) and not marks.is_time(tip, [])
    ]
    names = [name for name in main.fields("y", "x", "color", "fill", "shape") if name[0] != "_" and name not in told]
    if len(told) == 1 and names:
        if len(rows) > 2 * LISTED:
            return []
        digits = _digits([row[told[0]] for row in rows])
        return [
            ", ".join(
                f"{' '.join(_label(row.get(name)) for name in names[:2])} {prose.fixed(row[told[0]], digits)}"
                for row in rows
            )
            + "."
        ]
    names = [name for name in main.fields("y", "color", "shape", "x") if name[0] != "_"]
    if not names:
        return []
    counts: dict[str, int] = {}
    for row in main.rows:
        counts[_label(row.get(names[0]))] = counts.get(_label(row.get(names[0])), 0) + 1
    listed = [f"{name}{f' {count}' if count > 1 else ''}" for name, count in list(counts.items())[:LISTED] if name]
    return [f"{len(main.rows)} marks: {', '.join(listed)}{' and others' if len(counts) > LISTED else ''}."]


def _map(own: Sequence[Mark]) -> str:
    places = [
        _label(next((row[name] for name in ("place", "where", "name") if row.get(name)), ""))
        for mark in own
        if mark.kind != "geoshape"
        for row in mark.rows
    ]
    named = [name for name in dict.fromkeys(places) if name]
    listed = f"{', '.join(named[:LISTED])}{f' and {len(named) - LISTED} more' if len(named) > LISTED else ''}"
    return f"Map with {len(named)} places: {listed}." if named else "Map."


def _label(value: Any) -> str:
    return " ".join(str(value).replace("|", " ").replace("\u200b", "").split()) if value is not None else ""


def _digits(values: Sequence[float]) -> int:
    """Decimals as elsewhere in the book: none for whole numbers and thousands, one, two below one."""
    if all(float(value).is_integer() for value in values):
        return 0
    top = max((abs(value) for value in values), default=0)
    least = min((abs(value) for value in values if value), default=0)
    return 0 if top >= 1000 else 2 if 0.005 <= least < 0.05 and top < 20 else 1 if top >= 1 else 2 if top >= 0.1 else 3


def period(value: Any, among: Sequence[Any] = ()) -> str:
    """A period in words; a point in time as precise as its column is.

    Examples
    --------
    >>> period("2025-03-01T00:00:00", ["2025-03-01T00:00:00", "2025-04-01T00:00:00"]), period(2024.0), period("2024-Q1")
    ('March 2025', '2024', '2024-Q1')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if marks.is_instant(value):
        instants = [{"": one} for one in [*among, value] if marks.is_instant(one)]
        value = marks.dated(instants)[-1][""]
    parts = str(value).split("-")
    if len(parts) in (2, 3) and all(part.isdigit() for part in parts) and 1 <= int(parts[1]) <= 12:
        day = f"{int(parts[2])} " if len(parts) == 3 else ""
        return f"{day}{prose.MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return _label(value)


def _breaks(values: Sequence[str]) -> list[str]:
    """Periods that are missing between the first and the last, for years and months."""
    numbers = [_ordinal(value) for value in values]
    if None in numbers or len(numbers) < 3:
        return []
    known = sorted({number for number in numbers if number is not None})
    if (monthly := "-" in values[0]) and all((number - known[0]) % 12 == 0 for number in known):
        known, monthly = [number // 12 for number in known], False
    gaps = [(low + 1, high - 1) for low, high in zip(known, known[1:], strict=False) if high > low + 1]
    if not gaps:
        return []
    if len(gaps) > 3:
        return [f"no value in {sum(high - low + 1 for low, high in gaps)} {'months' if monthly else 'years'} between"]

    def told(number: int) -> str:
        return f"{prose.MONTHS[number % 12]} {number // 12}" if monthly else str(number)

    spans = [told(low) if low == high else f"{told(low)} to {told(high)}" for low, high in gaps]
    return ["no value " + " and ".join(f"in {span}" if " to " not in span else f"from {span}" for span in spans)]


def _ordinal(value: str) -> int | None:
    if value[:4].isdigit() and len(value) == 4:
        return int(value)
    if value.endswith(".0") and value[:4].isdigit():
        return int(value[:4])
    if marks.is_instant(value):
        if value[8:10] != "01":
            return None
        return 12 * int(value[:4]) + int(value[5:7]) - 1
    return None


def _number(count: int) -> str:
    return {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}.get(count, str(count))
