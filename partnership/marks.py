"""What a chart draws: its marks, the numbers they stand on, and these numbers as tidy tables.

Everything that tells a chart in another way (downloads, the table below it, the reading by arrow keys, the text
alternative) starts here, so that all of them tell the same. Columns whose name begins with ``_`` place marks and are
never told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

Row = dict[str, Any]
POSITION = ("x", "x2", "y", "y2", "longitude", "latitude")
PLACING = ("order", "key", "xOffset", "yOffset", "href")
"""Channels that put marks in their place or order and tell nothing."""
PANEL, SERIES, DRAWN = "panel", "series", "drawn as"
"""Columns that a table of several data sets needs to tell them apart."""
KINDS = {
    "line": "line", "area": "area", "bar": "bar", "point": "point", "circle": "point", "square": "square",
    "tick": "tick", "rule": "stroke", "rect": "field",
}  # fmt: skip

_INSTANT = re.compile(r"(\d{4})-(\d{2})-(\d{2})T00:00:00(?:\.000)?Z?")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?|\d{4}-?Q[1-4]")


@dataclass
class Mark:
    """A mark of a chart with the data it is drawn from."""

    kind: str
    encoding: dict[str, Any]
    look: dict[str, Any]
    data: str
    panel: str
    rows: list[Row] = field(repr=False)
    filters: tuple[str, ...] = ()

    def definitions(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Channel and definition of each encoding that names a column."""
        for channel, entries in self.encoding.items():
            for entry in entries if isinstance(entries, list) else [entries]:
                if isinstance(entry, Mapping) and "field" in entry:
                    yield channel, dict(entry)

    def fields(self, *channels: str) -> list[str]:
        """Columns of some channels (of all, if none is named), each once, in the order of the channels."""
        if not channels:
            return list(dict.fromkeys(entry["field"] for _, entry in self.definitions()))
        by_channel: dict[str, list[str]] = {}
        for channel, entry in self.definitions():
            by_channel.setdefault(channel, []).append(entry["field"])
        return list(dict.fromkeys(name for channel in channels for name in by_channel.get(channel, ())))

    def told(self) -> bool:
        """Whether the mark draws data: not words, outlines of maps, or a line across the whole chart."""
        if self.kind in ("text", "geoshape") or not self.rows:
            return False
        channels = set(self.encoding)
        across = not (channels & {"x", "longitude"} and channels & {"y", "latitude"}) and not channels & {"x2", "y2"}
        if self.kind == "rule" and across and not self.fields("tooltip"):
            return False
        return any(name[0] != "_" for name in self.fields())

    def numbers(self) -> list[str]:
        """Columns of numbers and dates that the mark draws or tells on pointing, without those that only place it."""
        placing = {entry["field"] for channel, entry in self.definitions() if channel not in PLACING}
        drawn = [name for name in self.fields() if name[0] != "_" and name in placing]
        return [
            name for name in drawn if any(is_number(row.get(name)) or is_instant(row.get(name)) for row in self.rows)
        ]


def is_number(value: Any) -> bool:
    """Whether a value of a chart's data is a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_instant(value: Any) -> bool:
    """Whether a value of a chart's data is a point in time."""
    return isinstance(value, str) and _INSTANT.fullmatch(value) is not None


def marks(spec: Mapping[str, Any]) -> list[Mark]:
    """The marks of a Vega-Lite spec in drawing order, each with what it inherits and the rows that its filters let through.

    Raises
    ------
    ValueError
        If the spec transforms its data by anything but filters of plain comparisons.
    """
    return list(_walk(spec, "", {}, "", (), spec.get("datasets", {})))


def _walk(
    part: Mapping[str, Any], data: str, encoding: dict[str, Any], panel: str, filters: tuple[str, ...], sets: Mapping[str, Any]
) -> Iterator[Mark]:  # fmt: skip
    own = part.get("data")
    if isinstance(own, Mapping):
        data = own["name"] if "name" in own and "values" not in own else ""
    encoding = {**encoding, **part.get("encoding", {})}
    for step in part.get("transform", ()):
        if not isinstance(step.get("filter"), str):
            raise ValueError(
                f"a chart may only filter its rows by an expression, not {step}; prepare the rows in pandas"
            )
        filters = (*filters, step["filter"])
    if "mark" in part:
        look = part["mark"] if isinstance(part["mark"], dict) else {"type": part["mark"]}
        yield Mark(look["type"], encoding, look, data, panel, _passed(sets.get(data, ()), filters), filters)
    for layer in part.get("layer", ()):
        yield from _walk(layer, data, encoding, panel, filters, sets)
    for key in ("concat", "hconcat", "vconcat"):
        for number, inner in enumerate(part.get(key, ()), start=1):
            name = text_of(inner.get("title")) or f"panel {number}"
            yield from _walk(inner, data, encoding, f"{panel}, {name}" if panel else name, filters, sets)
    if "spec" in part:
        yield from _walk(part["spec"], data, encoding, panel, filters, sets)


_IN_PANDAS = (
    (r"\bdatum\.", ""), ("===", "=="), ("!==", "!="), (r"&&", " and "), (r"\|\|", " or "), (r"\blength\((\w+)\)", r"\1.str.len()"),
)  # fmt: skip
"""From a filter as Vega writes it to one that pandas reads."""


def _passed(rows: Sequence[Row], filters: Sequence[str]) -> list[Row]:
    kept = list(rows)
    for test in filters:
        expression = test
        for pattern, replacement in _IN_PANDAS:
            expression = re.sub(pattern, replacement, expression)
        try:
            met = pd.DataFrame(kept).query(expression, engine="python").index if kept else []
        except Exception as error:
            raise ValueError(
                f'what a chart tells cannot follow its filter "{test}"; choose its rows in pandas, or compare columns with values'
            ) from error
        kept = [kept[place] for place in met]
    return kept


def text_of(title: Any) -> str:
    """A title of a spec as one line of text; empty if there is none."""
    if isinstance(title, Mapping):
        title = title.get("text")
    if isinstance(title, list):
        title = " ".join(map(str, title))
    return " ".join(str(title).replace("|", " ").split()) if title else ""


# -- tidy tables ----------------------------------------------------------------------------------


@dataclass
class Table:
    """A tidy table of a figure: its name (of the panel; empty if it is the only one), columns in order, rows."""

    name: str
    columns: list[str]
    rows: list[Row] = field(repr=False)


def tables(spec: Mapping[str, Any]) -> list[Table]:
    """The numbers that a chart draws, as few tidy tables as their columns allow.

    A table that the figure brings itself (``usermeta.figure.data``) is taken as it is. Else every data set that a mark
    draws numbers from is told once; panels with the same columns of numbers become one table with a column ``panel``.
    """
    found, chosen = every(spec), list(_names(spec))
    for table in found:
        if any(name in table.columns for name in chosen):
            told = [name for name in table.columns if name in (PANEL, SERIES, DRAWN)]
            table.columns = [*told, *(name for name in chosen if name in table.columns and name not in told)]
        table.rows = distinct({name: row.get(name) for name in table.columns} for row in dated(table.rows))
    return found


def every(spec: Mapping[str, Any]) -> list[Table]:
    """The tables with all columns, whichever the figure chose to publish, and points in time as the spec has them."""
    meta = spec.get("usermeta", {}).get("figure", {})
    if "data" not in meta:
        return _derived(spec)
    return [
        Table(
            brought["name"],
            list(brought["columns"]),
            [dict(zip(brought["columns"], row, strict=True)) for row in brought["rows"]],
        )
        for brought in meta["data"]
    ]


def distinct(rows: Iterable[Row]) -> list[Row]:
    """Rows without repetitions, in order."""
    seen: dict[str, Row] = {}
    for row in rows:
        seen.setdefault(repr(row), row)
    return list(seen.values())


def _derived(spec: Mapping[str, Any]) -> list[Table]:
    panels: dict[str, list[Mark]] = {}
    for mark in marks(spec):
        panels.setdefault(mark.panel, []).append(mark)
    parts = {name: table for name, own in panels.items() if (table := _panel(own)) is not None}
    if not parts:  # a chart of words
        parts = {name: table for name, own in panels.items() if (table := _panel(own, words=True)) is not None}
    groups: dict[frozenset[str], list[str]] = {}
    for name, table in parts.items():
        groups.setdefault(frozenset(_numeric(table)), []).append(name)
    found = []
    for names in groups.values():
        columns = list(dict.fromkeys(column for name in names for column in parts[name].columns))
        rows = [{**row, PANEL: name} for name in names for row in parts[name].rows]
        if len(names) > 1 and not _names_its_panel(rows, columns):
            columns = [PANEL, *columns]
        label = "" if len(groups) == 1 else names[0] if len(names) == 1 else " and ".join(names)
        found.append(Table(label, columns, rows))
    return found


def _names_its_panel(rows: Sequence[Row], columns: Sequence[str]) -> bool:
    """Whether some column already holds the panel's name, and nothing else."""
    return any(all(row.get(column) == row[PANEL] for row in rows) for column in columns)


def _numeric(table: Table) -> list[str]:
    return [name for name in table.columns if any(is_number(row.get(name)) for row in table.rows)]


def _panel(own: Sequence[Mark], words: bool = False) -> Table | None:
    """One panel's numbers: data sets in the order in which they are drawn, rows told once."""
    sets: dict[str, list[Mark]] = {}
    for mark in own:
        if mark.told() and (words or mark.numbers()):
            sets.setdefault(mark.data, []).append(mark)
    order = sorted(sets, key=lambda name: -len(sets[name][0].rows))
    labels = {name for mark in own for name in mark.fields("text")}
    kept: dict[str, list[Row]] = {}
    everything: list[Row] = []
    for name in order:
        columns = _columns(sets[name])
        fresh = [
            told
            for row in distinct(row for mark in sets[name] for row in mark.rows)
            if (told := {column: row.get(column) for column in columns}) and not _subsumed(told, everything, labels)
        ]
        if fresh:
            kept[name] = fresh
            everything += fresh
    if not kept:
        return None
    columns = _ordered([mark for name in kept for mark in sets[name]], kept)
    extra: list[str] = []
    kinds = {name: KINDS.get(sets[name][0].kind, sets[name][0].kind) for name in kept}
    if len(kept) > 1:
        named = {name: series_name(sets[name], own) for name in kept}
        if any(named.values()):
            extra.append(SERIES)
        if len(set(kinds.values())) > 1:
            extra.append(DRAWN)
    for name, rows in kept.items():
        for row in rows:
            row[DRAWN] = kinds[name]  # told where another panel has marks of several kinds
            if SERIES in extra:
                row.setdefault(SERIES, named[name] or None)
    return Table("", [*(name for name in extra if name not in columns), *columns], [row for rows in kept.values() for row in rows])  # fmt: skip


def _columns(drawn: Sequence[Mark]) -> list[str]:
    """Columns of a data set that are told: not those that only place or sort marks."""
    channels: dict[str, set[str]] = {}
    for mark in drawn:
        for channel, entry in mark.definitions():
            channels.setdefault(entry["field"], set()).add(channel)
    rows = drawn[0].rows
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [
        name
        for name in names
        if name[0] != "_"
        and not (channels.get(name) and channels[name] <= set(PLACING))
        and not (name == "zero" and all(not row.get(name) for row in rows))
        and any(row.get(name) is not None for row in rows)
    ]


def _subsumed(row: Row, others: Sequence[Row], words: Collection[str]) -> bool:
    """Whether another row already tells all of this one but the words of a label, which stand in some columns."""
    needed = {name: value for name, value in row.items() if name not in words or is_number(value)}
    return any(all(other.get(name, ...) == value for name, value in needed.items()) for other in others)


def _ordered(drawn: Sequence[Mark], kept: Mapping[str, list[Row]]) -> list[str]:
    """Columns in reading order: names, time, numbers as drawn, the rest."""
    names = list(dict.fromkeys(name for rows in kept.values() for row in rows for name in row))
    rows = [row for part in kept.values() for row in part]
    drawn_first = [name for mark in drawn for name in mark.fields(*POSITION, "color", "fill", "size", "opacity")]

    def rank(name: str) -> tuple[int, int, int]:
        values = [row[name] for row in rows if row.get(name) is not None]
        at = drawn_first.index(name) if name in drawn_first else len(drawn_first)
        words = any(name in mark.fields("text") for mark in drawn)
        if is_time(name, values):
            return 1, at, names.index(name)
        if all(is_number(value) for value in values):
            return 2, at, names.index(name)
        return (3 if words or at == len(drawn_first) else 0), at, names.index(name)

    return sorted(names, key=rank)


def is_time(name: str, values: Sequence[Any]) -> bool:
    """Whether a column holds periods: points in time, ISO periods, or whole numbers under the name of a year."""
    if name in ("year", "last_year", "session", "period"):
        return True
    return bool(values) and all(
        is_instant(value) or (isinstance(value, str) and _DAY.fullmatch(value)) for value in values
    )


def series_name(drawn: Sequence[Mark], own: Sequence[Mark]) -> str:
    """The name of a data set of one colour: the words that stand beside it in the same colour."""
    if any(mark.fields("color", "fill", "shape", "detail") for mark in drawn):
        return ""
    colours = {mark.look.get("color") for mark in drawn} - {None}
    for mark in own:
        if mark.kind == "text" and len(mark.rows) == 1 and mark.look.get("color") in colours:
            words = [mark.rows[0].get(name) for name in mark.fields("text")]
            if words and isinstance(words[0], str):
                return words[0].replace("|", " ")
    return ""


def dated(rows: Sequence[Row]) -> list[Row]:
    """Points in time as ISO periods, as long as the column's values need: years, months or days; no ``|`` in words."""
    columns = {name for row in rows for name in row}
    ends: dict[str, int] = {}
    for name in columns:
        parts = [match for row in rows if isinstance(row.get(name), str) and (match := _INSTANT.fullmatch(row[name]))]
        if parts:
            ends[name] = 10 if any(part[3] != "01" for part in parts) else 7 if any(part[2] != "01" for part in parts) or len({part[1] for part in parts}) < 2 else 4  # fmt: skip
    return [
        {
            name: value[: ends[name]]
            if name in ends and is_instant(value)
            else value.replace("|", " ")
            if isinstance(value, str)
            else value
            for name, value in row.items()
        }
        for row in rows
    ]


# -- names of columns -----------------------------------------------------------------------------

_VALUE_WORDS = {"billions", "millions", "percent", "per_cent", "value", "tonnes", "share", "index", "ratio"}


def heading(spec: Mapping[str, Any], column: str) -> str:
    """The name of a column for people, ``name, unit``: as the figure gives it, else from axis and tooltip."""
    named = _names(spec)
    if column in named:
        return named[column]
    label = re.sub(r"\s+", " ", column.replace("_", " ")).strip()
    label = {"per cent": "per cent", "percent": "per cent"}.get(label, label)
    unit = axis_unit(spec, column)
    if unit and column in _VALUE_WORDS - {"share", "index", "ratio"}:
        label = "value"
    words = f"{label}, {unit}" if unit and unit.lower() != label.lower() else label
    return words[:1].upper() + words[1:]


def has_heading(spec: Mapping[str, Any], column: str) -> bool:
    """Whether the figure itself names a column."""
    return column in _names(spec)


def _names(spec: Mapping[str, Any]) -> dict[str, str]:
    return dict(spec.get("usermeta", {}).get("figure", {}).get("columns", ()))


def axis_unit(spec: Mapping[str, Any], column: str) -> str:
    """The title of the axis on which a column is drawn; empty if its panels do not agree."""
    titles = {
        text_of(entry.get("title"))
        for mark in _walk(spec, "", {}, "", (), {})  # without rows: which a filter lets through plays no part
        if mark.kind != "text"
        for channel, entry in mark.definitions()
        if channel in ("x", "y") and entry["field"] == column and entry.get("type") == "quantitative"
    } - {""}
    return titles.pop() if len(titles) == 1 else ""


def label_and_unit(heading: str) -> tuple[str, str]:
    """Split ``name, unit``.

    Examples
    --------
    >>> label_and_unit("Trade, billion US dollars")
    ('Trade', 'billion US dollars')
    >>> label_and_unit("Year")
    ('Year', '')
    """
    label, _, unit = heading.partition(", ")
    return label, unit


# -- what the tables must hold --------------------------------------------------------------------


def missing(spec: Mapping[str, Any], held: Sequence[Iterable[Row]]) -> list[str]:
    """Numbers and dates that a mark draws, or tells on pointing, and that no row of some tables holds together.

    Parameters
    ----------
    spec : mapping
        A Vega-Lite spec with its data sets.
    held : sequence of rows
        One iterable a table; values are compared as text and as numbers to ten digits, whatever their columns are named.
    """
    sets = [{_key(value) for value in row.values()} for rows in held for row in rows]
    by_value: dict[str, list[int]] = {}
    for index, values in enumerate(sets):
        for key in values:
            by_value.setdefault(key, []).append(index)
    found = []
    for mark in marks(spec):
        if not mark.told():
            continue
        names = mark.numbers()
        for row in mark.rows:
            candidates: set[int] | None = None
            for name in names:
                value = row.get(name)
                if value is None or (isinstance(value, float) and value != value) or (name == "zero" and not value):
                    continue
                holding = {index for form in _forms(value) for index in by_value.get(form, ())}
                candidates = holding if candidates is None else candidates & holding
                if not candidates:
                    found.append(f"{mark.kind}{f' in “{mark.panel}”' if mark.panel else ''}: {name} = {value} of {row}")
                    break
    return found


def _key(value: Any) -> str:
    if is_number(value):
        return f"{float(value):.10g}"
    try:
        return f"{float(value):.10g}"
    except (TypeError, ValueError):
        return str(value).replace("|", " ")


def _forms(value: Any) -> list[str]:
    if is_instant(value):
        return [_key(value[:end]) for end in (4, 7, 10)]
    return [_key(value)]
