"""Statements in sentences: words that are true only as long as their test holds.

A word of :mod:`partnership.vocabulary` takes numbers, series or rows and gives a :class:`Statement`: the words as the
sentence shows them, what was tested, the values, how far they are from failing, and what would make the words false.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import pandas as pd

from partnership import data, prose
from partnership import formula as arithmetic
from partnership import series as courses
from partnership.prose import Number
from partnership.series import Series

Input: TypeAlias = Number | Series | pd.DataFrame


class NotAlike(ValueError):
    """Two numbers that a statement compares differ in who counted, valuation, currency or length of the period."""


class OnlyABound(ValueError):
    """A number that a statement compares is given as "more than" or "up to": how far it lies away is not known."""


@dataclass(frozen=True)
class Outcome:
    """What a test found.

    ``margin`` is how far the values are from failing, relative to what they are compared with; missing where there is no
    scale. ``refuting`` names the values that speak against the words.
    """

    holds: bool
    tested: str
    false_if: str
    margin: float | None = None
    refuting: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Plain Python values, whatever numpy gave: they go into JSON."""
        object.__setattr__(self, "holds", bool(self.holds))
        object.__setattr__(
            self, "margin", None if self.margin is None or self.margin != self.margin else float(self.margin)
        )


@dataclass(frozen=True)
class Statement:
    """Words with their test and its outcome."""

    words: str
    test: str
    outcome: Outcome
    inputs: dict[str, dict[str, Any]]
    options: dict[str, Any]
    across: list[str]
    ground: dict[str, Any]

    @property
    def holds(self) -> bool:
        """Whether the words are true of the rows."""
        return self.outcome.holds

    def record(self) -> dict[str, Any]:
        """Everything that a page shows, and that is needed to test the words again, as JSON."""
        return {
            "words": self.words,
            "test": self.test,
            "tested": self.outcome.tested,
            "false_if": self.outcome.false_if,
            "margin": None if self.outcome.margin is None else float(f"{self.outcome.margin:.4g}"),
            "across": self.across,
            "inputs": self.inputs,
            "options": self.options,
            **{
                key: self.ground.get(key, "")
                for key in ("period", "reporter", "tables", "sources", "tier", "published", "last")
            },
        }

    def complaint(self) -> str:
        """Why the words are not true, for whoever wrote them."""
        rows = "; ".join(
            f"{ref['table']} row {_short(ref['rows'])}" for each in self.inputs.values() for ref in _refs(each)
        )
        against = f"; against it: {', '.join(self.outcome.refuting)}" if self.outcome.refuting else ""
        return f'"{self.words}" ({self.test}) does not hold: {self.outcome.tested}{against} (rows: {rows or "none"})'


def _short(rows: str, most: int = 6) -> str:
    runs = rows.split(", ")
    return rows if len(runs) <= most else f"{', '.join(runs[:most])} and {len(runs) - most} more"


Test = Callable[..., Outcome]
TESTS: dict[str, Test] = {}
"""Each word's test by name, from inputs and options to an outcome."""
FORMS: dict[str, tuple[str, ...]] = {}
"""The forms, as regular expressions, of which one must stand in the words of a statement of this test."""
HELP: dict[str, str] = {}
"""What each word means, as the chapter on methods prints it."""


def word(*forms: str) -> Callable[[Test], Callable[..., Statement]]:
    """Make a test a word of the vocabulary; the first form is what it reads as by default."""

    def register(test: Test) -> Callable[..., Statement]:
        name = test.__name__
        TESTS[name], FORMS[name] = test, forms
        HELP[name] = " ".join((inspect.getdoc(test) or "").split("\n\n")[0].split())
        signature = inspect.signature(test)

        @functools.wraps(test)
        def statement(
            *arguments: Any, words: str = "", across: str | tuple[str, ...] = (), **options: Any
        ) -> Statement:
            bound = signature.bind(*arguments, **options)
            bound.apply_defaults()
            inputs = {
                key: value
                for key, value in bound.arguments.items()
                if isinstance(value, Number | Series | pd.DataFrame)
            }
            rest = {key: value for key, value in bound.arguments.items() if key not in inputs}
            crossed = [across] if isinstance(across, str) else list(across)
            like_for_like(name, inputs, crossed)
            refuse_bounds(name, inputs)
            outcome = test(**inputs, **rest)
            phrase = words or forms[0].format(**{key: spelled(value) for key, value in rest.items()})
            if not any(
                re.search(form.format(**{key: re.escape(spelled(value)) for key, value in rest.items()}), phrase, re.I)
                for form in forms
            ):
                raise ValueError(f'"{phrase}" is not what {name} tests; its forms are: {", ".join(forms)}')
            return Statement(
                phrase,
                name,
                outcome,
                {key: record(value) for key, value in inputs.items()},
                rest,
                crossed,
                _ground(inputs),
            )

        return statement

    return register


_NUMERALS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def spelled(value: object) -> str:
    """A whole number up to twelve as a word, anything else as it is.

    Examples
    --------
    >>> spelled(7), spelled(24), spelled("2024")
    ('seven', '24', '2024')
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(_NUMERALS):
        return _NUMERALS[value]
    return str(value)


# -- like for like --------------------------------------------------------------------------------


NAMES = {
    "reporter": "reporter",
    "valuation": "valuation",
    "currency": "currency",
    "frequency": "period length",
    "unit": "unit",
}


def like_for_like(name: str, inputs: Mapping[str, Input], across: list[str]) -> None:
    """Refuse to compare what differs in a way that the statement does not name.

    Raises
    ------
    NotAlike
        With what differs, and between which inputs.
    """
    if unknown := [each for each in across if each not in NAMES.values()]:
        raise ValueError(f"{name}: across {unknown[0]!r} is none of {', '.join(NAMES.values())}")
    traits = {key: _traits(value) for key, value in inputs.items() if not isinstance(value, pd.DataFrame)}
    for trait, called in NAMES.items():
        found = {key: each[trait] for key, each in traits.items() if each.get(trait)}
        if called not in across and len({tuple(values) for values in found.values()}) > 1:
            words = "; ".join(f"{key}: {', '.join(values)}" for key, values in found.items())
            raise NotAlike(
                f'{name} compares unlike {called} ({words}); compare like with like, or name it: across="{called}"'
            )


FLOOR_AT = {"more": "larger", "less": "larger", "rose": "after", "fell": "before", "over": "value"}
"""For each test, the input that may be a lower bound: a larger true value would only strengthen the statement."""
CEILING_AT = {"more": "smaller", "less": "smaller", "rose": "before", "fell": "after", "under": "value"}
"""For each test, the input that may be an upper bound."""


def refuse_bounds(name: str, inputs: Mapping[str, Input]) -> None:
    """Refuse to compare a number that a page gives as a bound, unless the words hold wherever behind it the number lies.

    Numbers alone are looked at: what holds of a course holds of it as it is drawn, and ``recorded`` does not compare.
    A number computed from anything carries no bound: in a share or a difference the other end can lie on either side.

    Raises
    ------
    OnlyABound
        With the input and the page's word.
    """
    for key, value in inputs.items():
        if not isinstance(value, Number):
            continue
        cell = arithmetic.bare(value.formula, value.operands)
        if cell and cell["column"] != "value":  # the word is on the value, not on what stands beside it
            continue
        bounds = {*data.BOUNDS}
        if cell:
            bounds -= {*data.FLOORS} if FLOOR_AT.get(name) == key else set()
            bounds -= {*data.CEILINGS} if CEILING_AT.get(name) == key else set()
        if words := bounds.intersection(value.like.get("qualifier", [])):
            raise OnlyABound(f'{name}: {key} is given as "{min(words)}", which has no other end to compare')


def _traits(value: Number | Series) -> dict[str, list[str]]:
    like = value.like if isinstance(value, Number) else value.ground.get("like", {})
    return {**like, "unit": [value.unit] if value.unit else []}


# -- records --------------------------------------------------------------------------------------


def record(value: Input) -> dict[str, Any]:
    """What an input rests on, as JSON."""
    if isinstance(value, Number):
        if not value.formula:
            raise ValueError(f"{value.text}: a statement needs numbers that are computed from rows by a formula")
        return {
            "kind": "number",
            "unit": value.unit,
            "text": value.text,
            "formula": value.formula,
            "operands": value.operands,
        }
    if isinstance(value, Series):
        return {"kind": "series", "unit": value.unit, **value.record}
    return {
        "kind": "rows",
        "refs": [{"table": table, "rows": arithmetic.spans(part.index)} for table, part in arithmetic.by_table(value)],
    }


def _refs(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All references to rows within a record."""
    found = list(kept.get("refs", []))
    for parts in kept.get("operands", {}).values():
        found += _refs(parts) if isinstance(parts, Mapping) else parts
    return found


def references(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All references to rows of a statement's record."""
    return [ref for each in kept["inputs"].values() for ref in _refs(each)]


def _ground(inputs: Mapping[str, Input]) -> dict[str, Any]:
    grounds = []
    for value in inputs.values():
        if isinstance(value, Number):
            grounds.append(
                {
                    key: getattr(value, key)
                    for key in ("period", "reporter", "tables", "sources", "tier", "published", "last")
                }
            )
        elif isinstance(value, Series):
            grounds.append(value.ground)
        else:
            grounds.append(prose.provenance([value]))
    published = [each["published"] for each in grounds]
    return {
        "period": "; ".join(sorted({each["period"] for each in grounds if each["period"]})),
        "reporter": ", ".join(
            sorted({name for each in grounds if each["reporter"] for name in prose.BETWEEN.split(each["reporter"])})
        ),
        "tables": sorted({name for each in grounds for name in each["tables"]}),
        "sources": sorted({name for each in grounds for name in each["sources"]}),
        # One without a date: none is known for all.
        "published": max(published, default="") if all(published) else "",
        **{key: max((each[key] for each in grounds), default="") for key in ("tier", "last")},
    }


def evaluate(kept: Mapping[str, Any], tables: Callable[[str], pd.DataFrame]) -> Outcome:
    """Test the words of a record again, on tables that may have changed.

    Parameters
    ----------
    kept : mapping
        As :meth:`Statement.record` gives it.
    tables : callable
        Gives a table by name, indexed by the line numbers of its file.
    """
    import partnership.vocabulary  # noqa: F401  (its words register themselves)

    inputs = {key: _read(each, tables) for key, each in kept["inputs"].items()}
    return TESTS[kept["test"]](**inputs, **kept["options"])


def _read(kept: Mapping[str, Any], tables: Callable[[str], pd.DataFrame]) -> Input:
    if kept["kind"] == "series":
        return replace(courses.again(kept, tables), unit=kept["unit"])
    if kept["kind"] == "rows":
        found = [(tables(ref["table"]), arithmetic.index(ref["rows"])) for ref in kept["refs"]]
        places = [table.index.get_indexer(lines) for table, lines in found]
        # A line that is gone is left out, as no row of a table is empty.
        return pd.concat([table.take(at[at >= 0]) for (table, _), at in zip(found, places, strict=True)])
    value, error = arithmetic.again(kept["formula"], kept["operands"], tables)
    return Number(kept["text"], value, kept["unit"], formula=kept["formula"], error=error)


def current(name: str) -> pd.DataFrame:
    """A table as it stands, for :func:`evaluate`."""
    return data.load(name)
