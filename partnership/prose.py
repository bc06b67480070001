"""Numbers in sentences: computed in a cell, inserted by name, traced to their rows.

A cell calls :func:`say` with numbers and :func:`holds` with statements that its sentences need. A sentence then holds a link
whose target is the name, ``[$244.8 billion](#n-total-2024)`` or ``[doubled](#s-doubled)``; ``make run`` writes the words
between the brackets, so the notebook reads well on its own, and the page turns the link into what knows its rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import repeat
from typing import Any, TypeAlias

import pandas as pd

from partnership import data
from partnership import formula as arithmetic

MIME = "application/vnd.partnership.numbers+json"
STATEMENTS = "application/vnd.partnership.statements+json"
STATED = re.compile(r"\[(?P<text>[^\[\]]*)\]\(#s-(?P<name>[a-z0-9-]+)\)")
LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\(#n-(?P<name>[a-z0-9-]+)\)")


@dataclass(frozen=True)
class Number:
    """A number as a sentence shows it, with what a reader needs to trace it and to compute it again.

    ``formula`` over ``operands`` gives ``value``; an operand is a list of references (table, column, lines of its file) or
    another number's record. ``error`` is how far the value may be off, in its unit. ``like`` holds what a comparison needs:
    reporters, valuations, currencies and lengths of the periods; and the words on the numbers (``qualifier``).
    """

    text: str
    value: float
    unit: str
    period: str = ""
    reporter: str = ""
    tables: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    tier: str = ""
    published: str = ""
    note: str = ""
    formula: str = ""
    operands: dict[str, Any] = field(default_factory=dict)
    error: float = 0.0
    like: dict[str, list[str]] = field(default_factory=dict)
    last: str = ""


Ground: TypeAlias = str | pd.DataFrame | tuple[pd.DataFrame, str] | Number
"""What a number is made from: a formula over named operands; one row, or a row and its column; or another number."""


def compute(formula: Ground, unit: str, show: Callable[[float], str], note: str = "", **operands: Any) -> Number:
    """A number computed by a formula from named rows.

    Parameters
    ----------
    formula : str, rows, rows and column, or Number
        A formula of :mod:`partnership.formula` over the operands; or what alone makes the number.
    unit : str
        Unit of the value.
    show : callable
        From the value to its words.
    operands : rows, (rows, column) or Number
        Loaded rows with their line numbers (column ``value`` unless another is named), or other numbers.

    Raises
    ------
    ValueError
        If rows are missing, have no source or no line number, or the formula gives no number.
    """
    if not isinstance(formula, str):
        formula, operands = "a", {"a": formula}
    frames: list[pd.DataFrame] = []
    inner: list[Number] = []
    parts: dict[str, arithmetic.Operand] = {}
    record: dict[str, Any] = {}
    for name, rows in operands.items():
        if isinstance(rows, Number):
            if not rows.formula:
                raise ValueError(f"{name}: the number {rows.text} has no formula of its own; compute it from rows")
            inner.append(rows)
            parts[name] = arithmetic.Operand(rows.value, rows.error, [], [])
            record[name] = {"formula": rows.formula, "operands": rows.operands}
        else:
            parts[name] = arithmetic.operand(rows, name)
            frames += parts[name].frames
            record[name] = parts[name].refs
    value = arithmetic.evaluate(formula, {name: part.values for name, part in parts.items()})
    if not isinstance(value, int | float) or value != value:
        raise ValueError(f'"{formula}" gives {value!r}, not a number; name one row or a function such as sum')
    return Number(
        text=show(float(value)),
        value=float(value),
        unit=unit,
        note=note,
        formula=formula,
        operands=record,
        error=float(f"{arithmetic.margin_of_error(formula, parts):.4g}"),
        **provenance(frames, inner),
    )


def provenance(frames: list[pd.DataFrame], inner: Iterable[Number] = ()) -> dict[str, Any]:
    """What is known of rows, and of numbers within a number, together: the fields of a :class:`Number` of that name."""
    inner = list(inner)
    rows = {row for frame in frames for row in _told(frame)}
    held = {column: {cell for row in rows if (cell := row[place]) is not None} for place, column in enumerate(_TOLD)}
    like = {
        column: sorted(held[column].union(*(each.like.get(column, []) for each in inner))) for column in arithmetic.LIKE
    }
    spans = {str(span).replace("-", "–") for frame in frames if "span" in frame for span in frame["span"].unique()}
    periods = [*held["period"], *(span.rpartition("–")[2] for span in spans)]
    spans |= {part for each in inner if each.period for part in each.period.split("; ")}
    own = _span({(row[_PERIOD], row[_FREQUENCY]) for row in rows})
    published = [*{row[_PUBLISHED] or "" for row in rows}, *(each.published for each in inner)]
    last = [data.last_day(period) for period in periods] + [each.last for each in inner if each.last]
    return {
        "period": "; ".join(sorted(spans | ({own} if own else set()))),
        "reporter": ", ".join(
            sorted(held["counter"] | {name for each in inner if each.reporter for name in BETWEEN.split(each.reporter)})
        ),
        "tables": sorted(
            {name for frame in frames for name in data.names(frame)} | {name for each in inner for name in each.tables}
        ),
        "sources": sorted(held["source_id"] | {name for each in inner for name in each.sources}),
        "tier": max([*held["tier"], *(each.tier for each in inner)], default=""),
        "published": max(published, default="") if all(published) else "",  # one without a date: none is known for all
        "like": {column: values for column, values in like.items() if values},
        "last": max(last, default=""),
    }


_TOLD = ("counter", "period", "source_id", "tier", "published", *arithmetic.LIKE)
_PERIOD, _PUBLISHED, _FREQUENCY = (_TOLD.index(column) for column in ("period", "published", "frequency"))


def _told(frame: pd.DataFrame) -> set[tuple[str | None, ...]]:
    """What rows tell in the columns of a card, each once. Most have few rows, for which pandas takes longer than Python; of
    many, pandas takes out first what is told twice.
    """
    if len(frame) > 1000:
        frame = frame[[column for column in (*_TOLD, "who", "status") if column in frame]].drop_duplicates()
    others = (_words(frame[column]) if column in frame else repeat(None, len(frame)) for column in _TOLD[1:])
    return set(zip(_words(data.counters(frame)), *others, strict=True))


def _words(column: pd.Series) -> list[str | None]:
    return [None if data.missing(value) else str(value) for value in column.tolist()]


BETWEEN = re.compile(r", (?![^(]*\))")
"""What stands between the names of several counters; a name may hold it in brackets."""

REACH = {"YTD": "January to ", "R12": "twelve months to ", "5Y": "five years to "}
"""What stands before a period that names only its end, by frequency."""


def whole(rows: pd.DataFrame) -> pd.Series:
    """The periods of rows, in words where a period names only its end: on its own it would read as a month.

    Examples
    --------
    >>> whole(pd.DataFrame({"period": ["2024", "2024-09", "2024-09"], "frequency": ["A", "YTD", "M"]})).tolist()
    ['2024', 'January to September 2024', '2024-09']
    """
    reach = rows["frequency"].map(REACH).fillna("")
    told = (reach + rows["period"]).map(periods, na_action="ignore")
    return rows["period"].where(reach == "", told)


def _span(told: Iterable[tuple[str | None, str | None]]) -> str:
    """First to last period of each kind, of periods with their frequencies: years, months and sums from January on apart;
    of two such sums, or two runs of months of one length, both.
    """
    kinds: dict[tuple[str, int], set[str]] = {}
    for period, frequency in told:
        if period is not None:
            kinds.setdefault((REACH.get(frequency or "", ""), len(period)), set()).add(period)
    words = []
    for (reach, _), found in sorted(kinds.items()):
        values = sorted(found)
        if reach and len(values) == 2:
            words += [reach + value for value in values]
        else:
            runs = _runs(values)
            alike = len(runs) == 2 and len(runs[0]) == len(runs[1])
            for run in runs if alike else [values]:
                words.append(" – ".join(dict.fromkeys((reach + run[0], reach + run[-1]))))
    return "; ".join(words)


def _runs(values: list[str]) -> list[list[str]]:
    """Months that follow each other, as one run; other periods as they are.

    Examples
    --------
    >>> _runs(["2025-01", "2025-02", "2026-01"]), _runs(["2024-Q1", "2024-Q3"])
    ([['2025-01', '2025-02'], ['2026-01']], [['2024-Q1', '2024-Q3']])
    """
    if not all(_ISO_MONTH.fullmatch(value) for value in values):
        return [values]
    runs: list[list[str]] = []
    for value in values:
        if runs and pd.Period(value, "M") == pd.Period(runs[-1][-1], "M") + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return runs


def of_period(period: str, value: Number) -> Number:
    """A number of another time than its rows: a month taken off a sum, a year before by a printed change.

    Parameters
    ----------
    period : str
        ISO, as cards tell it: ``"2024"``, ``"January to 2025-08"``.
    value : Number
        As computed from the rows.

    Examples
    --------
    >>> told = of_period("January to 2025-08", Number("1,090", 1090, "thousand cars", period="2025"))
    >>> told.period, told.last
    ('January to 2025-08', '2025-08-31')
    """
    return replace(value, period=period, last=data.last_day(period.rpartition(" ")[2]))


def together(*parts: pd.DataFrame) -> pd.DataFrame:
    """Rows of several tables as the ground of one number; each keeps its line number and its table's name."""
    named = []
    for part in parts:
        name = part.attrs.get("table")
        named.append(part.assign(_table=name) if isinstance(name, str) else part)
    rows = pd.concat(named)
    rows.index.name = "row" if all(part.index.name == "row" for part in parts) else None
    rows.attrs["table"] = sorted({name for part in parts for name in data.names(part)})
    return rows


# -- how numbers read -----------------------------------------------------------------------------


def dollars(value: Ground, *, digits: int = 1, note: str = "", unit: str = "USD million", **operands: Any) -> Number:
    """Millions of dollars, or of dollars a year, as billions: ``$244.8 billion``."""
    return compute(value, unit, lambda found: _money(found, digits), note, **operands)


def yuan(value: Ground, *, digits: int = 0, note: str = "", **operands: Any) -> Number:
    """Millions of yuan as billions: ``1,741 billion yuan``."""
    return compute(value, "CNY million", lambda found: f"{fixed(found / 1000, digits)} billion yuan", note, **operands)


def percent(value: Ground, *, digits: int = 1, note: str = "", **operands: Any) -> Number:
    """Per cent, given as per cent: ``30.6 %``."""
    return compute(value, "per cent", lambda found: f"{fixed(found, digits)} %", note, **operands)


def share(value: Ground, *, digits: int = 1, note: str = "", **operands: Any) -> Number:
    """A fraction as per cent: ``0.306`` reads ``30.6 %``. A formula gives the fraction: ``"a / b"``."""
    if not isinstance(value, str):
        value, operands = "a", {"a": value}
    return percent(f"100 * ({value})", digits=digits, note=note, **operands)


def growth(before: Any, after: Any, digits: int = 1, note: str = "") -> Number:
    """Growth from one sum of rows to another, or from one number to another, per cent: ``6.8 %``, below zero for a fall."""
    return percent("100 * (sum(b) / sum(a) - 1)", a=before, b=after, digits=digits, note=note)


def size(value: Ground, make: Callable[..., Number] = percent, **options: Any) -> Number:
    """A number or a cell below zero as its size: a fall as a sentence with "less" or "fell" tells it.

    ``make`` is what tells it, such as :func:`dollars`, with its ``options``.
    """
    return make("-a", a=value, **options)


def points(value: Ground, *, digits: int = 1, note: str = "", **operands: Any) -> Number:
    """Percentage points: ``2.4 points``."""
    return compute(value, "percentage points", lambda found: f"{fixed(found, digits)} points", note, **operands)


def times(value: Ground, *, digits: int = 1, note: str = "", **operands: Any) -> Number:
    """A ratio: ``8.8 times``."""
    return compute(value, "ratio", lambda found: f"{fixed(found, digits)} times", note, **operands)


def count(value: Ground, *, unit: str = "count", note: str = "", **operands: Any) -> Number:
    """A whole number: ``19,535``. Rows are counted with ``"count(a)"``."""
    return compute(value, unit, lambda found: fixed(found, 0), note, **operands)


def plain(
    value: Ground, *, unit: str = "", digits: int = 1, after: str = "", note: str = "", **operands: Any
) -> Number:
    """A number in any unit, the unit's words after it if given: ``83.4 million tonnes``."""
    return compute(value, unit, lambda found: " ".join((fixed(found, digits), after)).strip(), note, **operands)


def words(value: Ground, text: str, unit: str, *, note: str = "", **operands: Any) -> Number:
    """A number that the sentence spells in its own way, such as a range or a year; its digits must be those of the value's."""
    return compute(value, unit, lambda _: text, note, **operands)


Part: TypeAlias = Number | tuple[Number, Number]
"""A number, or two of which the second is taken from the first."""


def least(make: Callable[..., Number], *parts: Part, **options: Any) -> Number:
    """The smallest of several numbers or differences, such as the narrowest of several leads.

    ``make`` is what tells it, such as :func:`dollars`, with its ``options``.
    """
    return _one_of("least", make, parts, options)


def greatest(make: Callable[..., Number], *parts: Part, **options: Any) -> Number:
    """The largest of several numbers or differences; see :func:`least`."""
    return _one_of("greatest", make, parts, options)


def _one_of(function: str, make: Callable[..., Number], parts: Iterable[Part], options: Mapping[str, Any]) -> Number:
    letters = iter("abcdefghijklmnopqrstuvwxyz")
    operands: dict[str, Number] = {}
    terms = []
    for part in parts:
        named = {next(letters): each for each in (part if isinstance(part, tuple) else (part,))}
        operands |= named
        terms.append(" - ".join(named))
    while len(terms) > 1:  # a function of two: the terms are paired until one is left
        pairs = [terms[at : at + 2] for at in range(0, len(terms), 2)]
        terms = [f"{function}({', '.join(pair)})" if len(pair) == 2 else pair[0] for pair in pairs]
    return make(terms[0], **operands, **options)


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
QUARTERS = ["first", "second", "third", "fourth"]


_ISO_MONTH = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])\b(?!-)")
_ISO_DAY = re.compile(r"\b(\d{4}-(?:0[1-9]|1[0-2]))-(\d\d)\b(?!-)")
_QUARTER = re.compile(r"\b(\d{4})-Q([1-4])\b")


def month(period: str) -> str:
    """An ISO month or year in words.

    Examples
    --------
    >>> month("2026-05"), month("2024")
    ('May 2026', '2024')
    """
    year, _, number = period.partition("-")
    return f"{MONTHS[int(number[:2]) - 1]} {year}" if number else year


def periods(text: str) -> str:
    """A text with its ISO days, months and quarters as people say them; years stay.

    Examples
    --------
    >>> periods("January to 2024-09"), periods("January to 2024-01"), periods("2024-Q4"), periods("2024-05-16")
    ('January to September 2024', 'January 2024', 'fourth quarter of 2024', '16 May 2024')
    """
    text = _ISO_DAY.sub(lambda found: f"{int(found[2])} {month(found[1])}", text)
    text = _QUARTER.sub(lambda found: f"{QUARTERS[int(found[2]) - 1]} quarter of {found[1]}", text)
    return _ISO_MONTH.sub(lambda found: month(found[0]), text).replace("January to January ", "January ")


def apostrophes(text: str) -> str:
    """A text of a table with its apostrophes as the sentences of the pages have them.

    Examples
    --------
    >>> apostrophes("China's and the states' 'own' count")
    "China’s and the states’ 'own' count"
    """
    return re.sub(r"(?<=\w)'(?=\w)|(?<=s)'(?= )", "’", text)


def so_many(number: int, one: str, more: str = "") -> str:
    """A count and its noun, in the plural unless it is one.

    Examples
    --------
    >>> so_many(1, "row"), so_many(3, "row"), so_many(0, "search", "searches")
    ('1 row', '3 rows', '0 searches')
    """
    return f"{number} {one if number == 1 else more or one + 's'}"


def data_to(rows: pd.DataFrame) -> Number:
    """The last month or year that rows tell: ``May 2026``."""
    return compute("latest(a)", "period", lambda found: month(_period(found)), a=(rows, "period"))


def _period(found: float) -> str:
    digits = f"{found:.0f}"
    return f"{digits[:4]}-{digits[4:]}"


def rounded(value: float, digits: int) -> Decimal:
    """A number to so many decimals, halves away from zero.

    Examples
    --------
    >>> rounded(30.5, 0), rounded(-0.125, 2)
    (Decimal('31'), Decimal('-0.13'))
    """
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def fixed(value: float, digits: int) -> str:
    """A number with thousands separators and so many decimals, halves rounded away from zero, a real minus sign.

    Examples
    --------
    >>> fixed(228.105, 2), fixed(-1234.5, 0)
    ('228.11', '−1,235')
    """
    shown = rounded(value, digits)
    return f"{'−' if shown < 0 else ''}{abs(shown):,}"


def shortest(value: float) -> str:
    """A number with at most two decimals, none if it is whole.

    Examples
    --------
    >>> shortest(22230.0), shortest(30.552)
    ('22,230', '30.55')
    """
    words = fixed(value, 2)
    return words.removesuffix("0").removesuffix(".0") if words.endswith("0") else words


def _money(value: float, digits: int) -> str:
    return f"${fixed(value / 1000, digits)} billion".replace("$−", "−$")


# -- the output of the cell -----------------------------------------------------------------------


class Said:
    """The numbers of a chapter as a notebook output."""

    def __init__(self, numbers: Mapping[str, Number]):
        self.numbers = dict(numbers)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        lines = [f"{len(self.numbers)} numbers, each bound to its rows: {', '.join(self.numbers)}"]
        return {MIME: {name: asdict(number) for name, number in self.numbers.items()}, "text/plain": "\n".join(lines)}


LONGEST = 40
"""Characters of a number in a sentence, unit included: a line of a narrow phone."""


def say(**numbers: Number) -> Said:
    """Declare the numbers of a chapter; last expression of its cell.

    Names use underscores here and hyphens in the sentence: ``total_2024`` is ``#n-total-2024``.
    """
    wrong = [name for name, value in numbers.items() if not isinstance(value, Number)]
    if wrong:
        raise TypeError(f"{wrong[0]} is not bound to rows: use prose.dollars, prose.percent, …")
    if long := [name for name, value in numbers.items() if len(value.text) > LONGEST]:
        raise ValueError(f"{long[0]}: a number reads in at most {LONGEST} characters, for it is never broken")
    return Said({name.replace("_", "-"): value for name, value in numbers.items()})


class StatementError(Exception):
    """Words that their rows do not bear out."""


class Held:
    """The statements of a chapter as a notebook output."""

    def __init__(self, statements: Mapping[str, Any]):
        self.statements = dict(statements)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        lines = [f"{each.words}: {each.outcome.tested}" for each in self.statements.values()]
        return {
            STATEMENTS: {name: each.record() for name, each in self.statements.items()},
            "text/plain": "\n".join(lines),
        }


def holds(**statements: Any) -> Held:
    """Declare the statements of a chapter; last expression of its cell.

    Parameters
    ----------
    statements
        What the functions of :mod:`partnership.vocabulary` give. ``doubled=word.doubled(a, b)`` is placed in a sentence by
        ``[?](#s-doubled)``; ``make run`` writes its words there.

    Raises
    ------
    StatementError
        If the words of one are not true, with the values and rows that refute them.
    """
    require(statements.values())
    return Held({name.replace("_", "-"): each for name, each in statements.items()})


def require(statements: Iterable[Any]) -> None:
    """Refuse statements that do not hold.

    Raises
    ------
    StatementError
        With every one of them.
    """
    if false := [each.complaint() for each in statements if not each.holds]:
        raise StatementError("\n".join(false))


_READ = re.compile(r"[\\`*_\[\]<>{}|~&]")


def literal(words: str) -> str:
    """Words as Markdown that reads nothing into them; a bare dollar sign would open a formula.

    Examples
    --------
    >>> literal("$2 <b>[x]")
    '\\\\$2 &#60;b&#62;&#91;x&#93;'
    """
    coded = _READ.sub(lambda match: f"&#{ord(match[0])};", " ".join(words.split()))
    return coded.replace("$", r"\$")


def fill(markdown: str, texts: Mapping[str, str], held: Mapping[str, str] | None = None) -> str:
    """Write the current words of each number and of each statement into a Markdown cell.

    A statement keeps the capital letter that its sentence gives it.

    Raises
    ------
    KeyError
        If a sentence names a number or a statement that no cell declares.

    Examples
    --------
    >>> print(fill("Trade was [?](#n-total).", {"total": "$244.8 billion"}))
    Trade was [\\$244.8 billion](#n-total).
    >>> fill("Trade [?](#s-up).", {}, {"up": "doubled"})
    'Trade [doubled](#s-up).'
    """

    def put(match: re.Match[str]) -> str:
        if match["name"] not in texts:
            raise KeyError(f"no cell says a number named {match['name']}")
        words = literal(texts[match["name"]])
        return f"[{words}](#n-{match['name']})"

    def state(match: re.Match[str]) -> str:
        known = held or {}
        if match["name"] not in known:
            raise KeyError(f"no cell holds a statement named {match['name']}")
        words = literal(known[match["name"]])
        capital = match["text"][:1].isupper()
        return f"[{words[0].upper() + words[1:] if capital else words}](#s-{match['name']})"

    return STATED.sub(state, LINK.sub(put, markdown))
