"""Words with a test each: what "doubled", "peak" or "three years late" must mean here.

Every function takes numbers, series or rows, tests them by the stated tolerance and gives the words as a
:class:`~partnership.statements.Statement`. ``words=`` shows another form of the same word; ``across=`` names what the
comparison crosses on purpose (``"reporter"``, ``"valuation"``, ``"currency"``, ``"period length"``, ``"unit"``).

A change or difference smaller than the errors of the values has no sign: words on two values, peaks, lows, rises, falls and
marks then do not hold. Ratios and parts have limits of their own. ``late``, ``first_at`` and ``that`` take the values as they
stand.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from partnership import data, prose
from partnership import formula as arithmetic
from partnership.prose import Number
from partnership.series import Series
from partnership.statements import Outcome, spelled, word

NEAR = 0.05
"""How far "about", "nearly" and "stood still" reach: 5 per cent."""

MONEY, A_YEAR = ("USD million", "CNY million"), " a year"
"""Units that sentences tell as billions; of averages of several years, a year."""

FINE = 1e-6
"""An error below this part of the value is of the last digit stored; a card does not tell it."""


RISING = (
    r"\b(rose|risen|rise[sn]?|rising|grew|grown|grow\w*|growth|increas\w*|climb\w*|gain\w*|up|added|recover\w*|came back)\b",
    r"\b(widen\w*|expand\w*|more|higher|larger|longer|improv\w*|strengthen\w*)\b",
)
FALLING = (
    r"\b(fell|fall\w*|declin\w*|decreas\w*|drop\w*|shrank|shrunk|shrink\w*|lost|lose\w*|down|slid|took away)\b",
    r"\b(narrow\w*|less|lower|smaller|fewer|weaken\w*|reduc\w*)\b",
)


def _say(value: float) -> str:
    return prose.shortest(value) if abs(value) >= 1 else f"{value:.3g}".replace("-", "−")


def _pair(first: Number, second: Number) -> str:
    return f"{first.text} against {second.text}"


def _apart(larger: float, smaller: float, error: float) -> float:
    """By how much a difference passes its error, relative to the smaller value."""
    return (larger - smaller - error) / (abs(smaller) or abs(larger) or 1)


def _mark(value: float, unit: str) -> str:
    """A value as the sentences of the book tell its unit: millions of dollars or yuan as billions, unless it is small."""
    if unit == "per cent":
        return f"{_say(value)} %"
    money = unit.removesuffix(A_YEAR)
    if money not in MONEY:
        return _say(value)
    amount = f"{_say(abs(value) / 1000)} billion" if abs(value) >= 10 else f"{_say(abs(value))} million"
    sign = "−" if value < 0 else ""
    return f"{sign}${amount}" if money == "USD million" else f"{sign}{amount} yuan"


def _off(error: float, number: Number) -> str:
    """An error or a difference in words, with its unit, as :func:`_mark` tells it."""
    if number.unit.removesuffix(A_YEAR) in MONEY:
        return _mark(error, number.unit)
    unit = "percentage points" if number.unit == "per cent" else number.unit
    return f"{_say(error)} {unit}".rstrip()


def _order(larger: Number, smaller: Number, false_if: str, told: tuple[Number, Number] | None = None) -> Outcome:
    """``told``: the two in the order in which the sentence has them, if that is not the larger first."""
    error = larger.error + smaller.error
    margin = _apart(larger.value, smaller.value, error)
    pair = _pair(*(told or (larger, smaller)))
    note = f" (the two may be off by {_off(error, larger)} together)" if error > FINE * abs(larger.value) else ""
    return Outcome(margin > 0, pair + note, false_if, margin, [] if margin > 0 else [pair])


def _signed(change: Number, false_if: str, margin: float) -> Outcome:
    """What a card tells of a change or a difference: never one that its rounding makes zero."""
    shown = change.text if re.search("[1-9]", change.text) or not change.value else _mark(change.value, change.unit)
    off = f", may be off by {_off(change.error, change)}" if change.error > FINE * abs(change.value) else ""
    return Outcome(margin > 0, f"change or difference of {shown}{off}", false_if, margin)


# -- two values -----------------------------------------------------------------------------------


@word(
    "more than",
    "more",
    r"\b(high|larg|great|long|bigg|strong|old|wid|near|dear|heav|rich|deep|early|earli|lat)\w*er\b",
    r"\b(above|over|exceed\w*|ahead|passed|outweigh\w*|beyond|surplus|outnumber\w*|further|not .*less)\b",
)
def more(larger: Number, smaller: Number) -> Outcome:
    """The first value is above the second by more than both may be off."""
    return _order(larger, smaller, "the first is not above the second by more than their errors")


@word(
    "less than",
    "less",
    r"\bfewer\b",
    r"\b(low|small|short|weak|cheap|slow|narrow|young|close|few|light)\w*er\b",
    r"\b(below|under|behind|short of|deficit|closer|undercut\w*|except|not .*more)\b",
)
def less(smaller: Number, larger: Number) -> Outcome:
    """The first value is below the second by more than both may be off."""
    return _order(larger, smaller, "the first is not below the second by more than their errors", (smaller, larger))


@word("rose", *RISING)
def rose(before: Number, after: Number) -> Outcome:
    """The later value is above the earlier one by more than both may be off."""
    return _order(after, before, "the later value is not above the earlier one by more than their errors")


@word("fell", *FALLING)
def fell(before: Number, after: Number) -> Outcome:
    """The later value is below the earlier one by more than both may be off."""
    return _order(before, after, "the later value is not below the earlier one by more than their errors")


@word("rose", *RISING)
def went_up(change: Number) -> Outcome:
    """A change is above zero by more than it may be off."""
    margin = (change.value - change.error) / (abs(change.value) or 1)
    return _signed(change, "it is not above zero by more than its error", margin)


@word("fell", *FALLING)
def went_down(change: Number) -> Outcome:
    """A change is below zero by more than it may be off."""
    margin = (-change.value - change.error) / (abs(change.value) or 1)
    return _signed(change, "it is not below zero by more than its error", margin)


def _ratio(first: Number, second: Number, low: float, high: float) -> Outcome:
    ratio = first.value / second.value
    margin = min(ratio - low, high - ratio) / low
    holds = low <= ratio <= high
    return Outcome(
        holds,
        f"{_pair(first, second)}: ratio {ratio:.3g}",
        f"the ratio leaves {low:.3g} to {high:.3g}",
        margin,
        [] if holds else [f"ratio {ratio:.3g}"],
    )


@word("doubled", r"\bdoubl\w*\b", r"\btwice\b", r"\btwofold\b", r"\btwo times\b")
def doubled(before: Number, after: Number) -> Outcome:
    """The later value is 1.95 to 2.5 times the earlier one."""
    return _ratio(after, before, 1.95, 2.5)


@word("more than doubled", r"more than (doubl\w*|twice)")
def more_than_doubled(before: Number, after: Number) -> Outcome:
    """The later value is above 2 times the earlier one by more than both may be off, and below 3 times."""
    sure = (after.value - after.error) / (before.value + before.error)
    return Outcome(
        2 < sure < 3,
        f"{_pair(after, before)}: ratio {after.value / before.value:.3g}",
        "the ratio leaves 2 to 3",
        min(sure - 2, 3 - sure) / 2,
    )


@word(
    "about",
    r"\b(about|around|roughly|some|close to|near|almost as|equal\w*|level|as \w+ as|match\w*|agree\w*|the same)\b",
)
def about(value: Number, other: Number) -> Outcome:
    """The two values differ by no more than 5 per cent of the second."""
    return _ratio(value, other, 1 - NEAR, 1 + NEAR)


@word(
    "the same",
    r"\b(same|equal\w*|agree\w*|exact\w*|no difference|not differ|identical|coincid\w*|alike|unchanged|add\w* up)\b",
)
def same(value: Number, other: Number) -> Outcome:
    """The two values differ by no more than they may be off, or by less than half a per cent."""
    allowed = max(value.error + other.error, 0.005 * abs(other.value))
    gap = abs(value.value - other.value)
    return Outcome(
        gap <= allowed + 1e-12,
        f"{_pair(value, other)}: {_off(gap, value)} apart, {_off(allowed, value)} allowed",
        f"they are more than {_off(allowed, value)} apart",
        (allowed - gap) / (abs(other.value) or 1),
    )


@word("different", r"\b(differ\w*|disagree\w*|unlike|apart|gap|not the same|unequal|other)\b")
def different(value: Number, other: Number) -> Outcome:
    """The two values differ by more than they may be off, and by more than half a per cent."""
    allowed = max(value.error + other.error, 0.005 * abs(other.value))
    gap = abs(value.value - other.value)
    return Outcome(
        gap > allowed,
        f"{_pair(value, other)}: {_off(gap, value)} apart",
        f"they are within {_off(allowed, value)}",
        (gap - allowed) / (abs(other.value) or 1),
    )


@word("nearly", r"\b(nearly|almost|close to|just under|just below|short of|not quite)\b")
def nearly(value: Number, mark: float | Number) -> Outcome:
    """The value is below a mark, by at most 5 per cent of it."""
    at = mark.value if isinstance(mark, Number) else float(mark)
    ratio = value.value / at
    return Outcome(
        1 - NEAR <= ratio < 1,
        f"{value.text} against {_mark(at, value.unit)}",
        f"the value leaves {_mark(at * (1 - NEAR), value.unit)} to {_mark(at, value.unit)}",
        min(ratio - 1 + NEAR, 1 - ratio),
    )


@word("over", r"\b(over|above|more than|at least|exceed\w*|passed|beyond|upwards of)\b")
def over(value: Number, mark: float) -> Outcome:
    """The value is above a mark by more than it may be off."""
    margin = _apart(value.value, mark, value.error)
    at = _mark(mark, value.unit)
    return Outcome(margin > 0, f"{value.text} against {at}", f"the value is not above {at}", margin)


@word("under", r"\b(under|below|less than|fewer than|at most|short of|no more than)\b")
def under(value: Number, mark: float) -> Outcome:
    """The value is below a mark by more than it may be off."""
    margin = _apart(mark, value.value, value.error)
    at = _mark(mark, value.unit)
    return Outcome(margin > 0, f"{value.text} against {at}", f"the value is not below {at}", margin)


# -- a part of a whole ----------------------------------------------------------------------------


def _part(part: Number, whole: Number, low: float, high: float) -> Outcome:
    share = part.value / whole.value
    holds = low <= share <= high
    return Outcome(
        holds,
        f"{part.text} of {whole.text}: {100 * share:.3g} per cent",
        f"the share leaves {100 * low:.3g} to {100 * high:.3g} per cent",
        min(share - low, high - share),
        [] if holds else [f"{100 * share:.3g} per cent"],
    )


@word("most", r"\b(most\w*|majority|mainly|chiefly|largely|more than half|the bulk|over half)\b")
def most(part: Number, whole: Number) -> Outcome:
    """The part is above one half of the whole by more than both may be off."""
    sure = (part.value - part.error) / (whole.value + whole.error)
    return Outcome(
        sure > 0.5,
        f"{part.text} of {whole.text}: {100 * part.value / whole.value:.3g} per cent",
        "the share is not above one half",
        sure - 0.5,
    )


@word("few", r"\b(few|little|minor\w*|less than half|small part|under half|hardly|most .* not)\b")
def minority(part: Number, whole: Number) -> Outcome:
    """The part is below one half of the whole by more than both may be off."""
    sure = (part.value + part.error) / (whole.value - whole.error)
    return Outcome(
        sure < 0.5,
        f"{part.text} of {whole.text}: {100 * part.value / whole.value:.3g} per cent",
        "the share is not below one half",
        0.5 - sure,
    )


@word("half", r"\bhalf\b", r"\bhalves\b", r"\bhalved\b")
def half(part: Number, whole: Number) -> Outcome:
    """The part is 47.5 to 52.5 per cent of the whole."""
    return _part(part, whole, 0.475, 0.525)


@word("a quarter", r"\bquarter\b", r"\bone in four\b")
def quarter(part: Number, whole: Number) -> Outcome:
    """The part is 23.7 to 26.3 per cent of the whole."""
    return _part(part, whole, 0.237, 0.263)


@word("three quarters", r"\bthree[- ]quarters\b")
def three_quarters(part: Number, whole: Number) -> Outcome:
    """The part is 71.2 to 78.8 per cent of the whole."""
    return _part(part, whole, 0.712, 0.788)


# -- courses --------------------------------------------------------------------------------------


def _at(course: Series, label: str) -> str:
    return f"{_mark(course[label], course.unit)} in {course.when(label)}"


def _from_to(course: Series) -> str:
    first, last = (course.when(course.frame.index[place]) for place in (0, -1))
    return f"the first {first}, the last {last}" if course.reach else f"{first} to {last}"


def _gap(before: str, at: str) -> int:
    """Steps from one year or month to another, 1 for neighbours and for labels that are neither."""
    one, two = (str(label).split("-") for label in (before, at))
    if not (len(one) == len(two) <= 2 and all(part.isdigit() for part in one + two)):
        return 1
    months = 12 * (int(two[0]) - int(one[0])) + (int(two[1]) - int(one[1]) if len(two) == 2 else 0)
    return months if len(two) == 2 else months // 12


def _holes(labels: pd.Index, at: str) -> list[str]:
    """Where years or months are missing among the labels up to one: what was passed may have been passed there."""
    known = [*(str(label) for label in labels if label < at), at]
    return [f"nothing between {one} and {two}" for one, two in itertools.pairwise(known) if _gap(one, two) > 1]


def _extreme(course: Series, at: str, low: bool = False) -> Outcome:
    """Whether one value is beyond all others by more than both may be off."""
    others, here = course.frame.drop(index=at), course.frame.loc[at]
    above, below = (others, here) if low else (here, others)
    passed = above["value"] - above["error"] - (below["value"] + below["error"])
    against = [_at(course, label) for label in passed[passed <= 0].index]
    second = others["value"].idxmin() if low else others["value"].idxmax()
    return Outcome(
        not against,
        f"{_at(course, at)}; next {_at(course, second)}; {len(course.frame)} values, {_from_to(course)}",
        f"another value comes {'down' if low else 'up'} to that of {course.when(at)}",
        float(passed.min()) / (abs(np.min(above["value"])) or 1),
        against,
    )


@word(
    "peak",
    r"\b(peak\w*|record\w*|high\w*|most|largest|greatest|maximum|top|strongest|widest|best|longest|dearest|more than ever|never (more|higher|larger)|more than (any|in any|all|every)|above (any|every|all)|steepest|deepest)\b",
)
def peak(course: Series, at: str) -> Outcome:
    """The value of one label is above those of all others by more than both may be off."""
    return _extreme(course, at)


@word(
    "lowest",
    r"\b(low\w*|least|smallest|minimum|bottom|trough\w*|weakest|narrowest|shortest|cheapest|fewest|worst|closest|nearest|steepest|deepest|sharpest)\b",
)
def lowest(course: Series, at: str) -> Outcome:
    """The value of one label is below those of all others by more than both may be off."""
    return _extreme(course, at, low=True)


@word(
    "stood still",
    r"\b(stood still|stagnat\w*|unchanged|flat|level\w*|steady|stable|hardly (moved|changed)|plateau\w*|constant|barely (moved|changed))\b",
)
def stood_still(course: Series) -> Outcome:
    """No value is more than 5 per cent off the first."""
    first = course.frame["value"].iloc[0]
    off = (course.frame["value"] / first - 1).abs()
    against = [_at(course, label) for label in off[off > NEAR].index]
    return Outcome(
        not against,
        f"{_at(course, course.frame.index[0])}; furthest from it {_at(course, off.idxmax())}",
        "a value is more than 5 per cent off the first",
        NEAR - float(off.max()),
        against,
    )


def _labels(course: Series, n: int, at: Sequence[str], found: list[str], tested: str, many: str) -> Outcome:
    """So many labels found; where a sentence names them, these and no others."""
    named = [course.when(label) for label in at]
    if at and len(at) != n:
        raise ValueError(f"{n} labels are counted, {len(at)} named: {', '.join(at)}")
    holds = len(found) == n and (not at or found == named)
    false_if = f"{many} is not {spelled(n)}" + (f", or these are not {', '.join(named)}" if at else "")
    against = found if len(found) != n else [label for label in found if label not in named]
    return Outcome(holds, tested, false_if, None, [] if holds else against)


@word(
    "{n} times", r"\b{n} times\b", r"\b{n} (year|month|quarter|period)s?\b", r"\bonce\b", r"\b{n} falls?\b", r"\b{n}\b"
)
def fell_times(course: Series, n: int, at: Sequence[str] = ()) -> Outcome:
    """A series fell from one label to the next, by more than both may be off, exactly so many times; at these labels, if any are named."""
    error = course.frame["error"]
    fell = -course.frame["value"].diff() > (error + error.shift()).fillna(0)
    falls = [course.when(label) for label in course.frame.index[fell.to_numpy()]]
    return _labels(
        course, n, at, falls, f"{_from_to(course)}: fell in {', '.join(falls) or 'none'}", "the number of falls"
    )


def _one_mark(name: str, above: float | None, below: float | None) -> tuple[float, str]:
    """The mark that is given, and the side of it on which values must lie."""
    if above is not None and below is None:
        return above, "above"
    if below is not None and above is None:
        return below, "below"
    raise ValueError(f"{name}: give either above= or below=")


@word(
    "every",
    r"\b(every|each|all|always|throughout|both|any|never|no|none|neither|without exception|only|the whole|constantly)\b",
)
def every(course: Series, above: float | None = None, below: float | None = None) -> Outcome:
    """All values of a series are above, or below, a mark by more than they may be off."""
    mark, side = _one_mark("every", above, below)
    gap = course.frame["value"] - mark if above is not None else mark - course.frame["value"]
    sure = gap - course.frame["error"]
    against = [_at(course, label) for label in sure[sure <= 0].index]
    nearest = str(sure.idxmin())
    return Outcome(
        not against,
        f"{len(sure)} values, {_from_to(course)}, all {side} {_mark(mark, course.unit)}; nearest {_at(course, nearest)}",
        f"a value is not {side} {_mark(mark, course.unit)}",
        float(sure.min()) / (abs(mark) or abs(course[nearest]) or 1),
        against,
    )


@word("{n} of", r"\b{n}\b", r"\b(once|twice|half|most\w*|all|none|no|never|only|single|every)\b")
def labels_beyond(
    course: Series, n: int, above: float | None = None, below: float | None = None, at: Sequence[str] = ()
) -> Outcome:
    """So many values of a series are above, or below, a mark by more than they may be off; those of these labels, if any are named."""
    mark, side = _one_mark("labels_beyond", above, below)
    value, error = course.frame["value"], course.frame["error"]
    beyond = value - error > mark if above is not None else value + error < mark
    found = [course.when(label) for label in course.frame.index[beyond.to_numpy()]]
    tested = f"{len(found)} of {len(beyond)} {side} {_mark(mark, course.unit)}: {', '.join(found) or 'none'}"
    return _labels(course, n, at, found, tested, "the number")


@word("{years} years late", r"\b{years} years? (late|after|later)\b", r"\b(late|on time)\b")
def late(course: Series, target: float, due: str, years: int) -> Outcome:
    """A series without a gap first comes up to a target so many years after the year for which it was set."""
    reached = course.frame.index[course.frame["value"] >= target]
    first = str(reached[0]) if len(reached) else ""
    found = int(first[:4]) - int(due[:4]) if first else None
    against = [] if found == years else [f"first reached in {first or 'no year'}"]
    against += _holes(course.frame.index, first) if first else []
    return Outcome(
        not against,
        f"{_say(target)} due in {due}, first reached in {first or 'no year'}"
        + (f" ({_at(course, first)})" if first else ""),
        f"the target is first reached in another year than {int(due[:4]) + years}",
        None if not first else float(course[first] / target - 1),
        against,
    )


@word("first", r"\b(first|earliest|begins?|began|since|not before|new|started)\b")
def first_at(course: Series, at: str, above: float) -> Outcome:
    """A series without a gap passes a mark for the first time at one label."""
    reached = course.frame.index[course.frame["value"] > above]
    first = str(reached[0]) if len(reached) else ""
    against = [] if first == at else [first or "none"]
    against += _holes(course.frame.index, first) if first else []
    return Outcome(
        not against,
        f"above {_say(above)} first in {first or 'none'}",
        f"it is first above {_say(above)} at another label than {at}",
        None,
        against,
    )


# -- rows -----------------------------------------------------------------------------------------


def _meet(rows: pd.DataFrame, where: str) -> pd.DataFrame:
    return rows.query(where) if where else rows


def _names(rows: pd.DataFrame, most: int = 12) -> list[str]:
    """Rows as a reader would name them."""
    columns = [
        name
        for name in (
            "period",
            "date",
            "start",
            "name",
            "country",
            "exporter",
            "importer",
            "brand",
            "what",
            "id",
            "value",
        )
        if name in rows
    ]
    named = [
        " ".join(str(value) for value in row if pd.notna(value)) or f"row {index}"
        for index, row in zip(rows.index, rows[columns].itertuples(index=False), strict=True)
    ]
    return named[:most] + ([f"and {len(named) - most} more"] if len(named) > most else [])


@word("{n}", r"\b{n}\b", r"\b(once|twice|single|pair|dozen|half|none|no|only)\b")
def counted(rows: pd.DataFrame, n: int, where: str = "") -> Outcome:
    """So many of the rows meet a condition (as pandas' query words it)."""
    met = _meet(rows, where)
    return Outcome(
        len(met) == n,
        f"{len(met)} of {prose.so_many(len(rows), 'row')}{f' with {where}' if where else ''}: {'; '.join(_names(met)) or 'none'}",
        f"the number of such rows is not {spelled(n)}",
        None,
        [] if len(met) == n else _names(met),
    )


@word("all", r"\b(all|every|each|always|both|any|without exception|throughout|only|the whole)\b")
def all_rows(rows: pd.DataFrame, where: str) -> Outcome:
    """Every one of the rows meets a condition."""
    met = _meet(rows, where)
    against = _names(rows.drop(index=met.index))
    return Outcome(
        not against and len(rows) > 0,
        f"{len(met)} of {prose.so_many(len(rows), 'row')} with {where}",
        "a row does not meet the condition",
        None,
        against,
    )


@word("none", r"\b(none|no|never|not|nobody|nothing|neither|without|nowhere|lack\w*)\b")
def no_row(rows: pd.DataFrame, where: str) -> Outcome:
    """None of the rows meets a condition."""
    met = _meet(rows, where)
    return Outcome(
        not len(met) and len(rows) > 0,
        f"{len(met)} of {prose.so_many(len(rows), 'row')} with {where}",
        "a row meets the condition",
        None,
        _names(met),
    )


@word("only", r"\b(only|sole|single|alone|exclusively|one|unique\w*|no other)\b")
def only_row(rows: pd.DataFrame, where: str, n: int = 1) -> Outcome:
    """Exactly so many of the rows (one, if nothing is said) meet a condition, and there are others that do not."""
    met = _meet(rows, where)
    holds = len(met) == n < len(rows)
    return Outcome(
        holds,
        f"{len(met)} of {prose.so_many(len(rows), 'row')} with {where}: {'; '.join(_names(met)) or 'none'}",
        f"the number of such rows is not {spelled(n)}",
        None,
        [] if holds else _names(met),
    )


_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?|-Q[1-4])?")


def _end(column: pd.Series, choose: Callable[..., Any], day: Callable[[str], str]) -> str:
    """First or last cell of a column: periods by their first or last day, numbers as numbers, else by the alphabet."""
    cells = column.dropna()
    if cells.empty:
        return "none"
    if pd.api.types.is_numeric_dtype(cells):
        return data.cell_text(choose(cells.tolist()))
    words = cells.astype(str).tolist()
    dated = all(map(_ISO.fullmatch, words))
    return str(choose(words, key=lambda cell: (day(cell) if dated else "", cell)))


def _within(found: str, at: str) -> bool:
    """Whether a cell is what was said, or a month or day within it."""
    return found == at or found.startswith(f"{at}-")


@word("first", r"\b(first|earliest|began|begins?|start\w*|since|new|oldest)\b")
def first_row(rows: pd.DataFrame, at: str, where: str = "", by: str = "period") -> Outcome:
    """The earliest of the rows that meet a condition bears this date or label."""
    met = _meet(rows, where)
    found = _end(met[by], min, data.first_day)
    holds = _within(found, at)
    return Outcome(
        holds,
        f"earliest of {prose.so_many(len(met), 'row')}: {found}",
        f"the earliest is not of {at}",
        None,
        [] if holds else [found],
    )


@word("last", r"\b(last|latest|ends?|ended|until|newest|since|no later|stopp\w*|most recent)\b")
def last_row(rows: pd.DataFrame, at: str, where: str = "", by: str = "period") -> Outcome:
    """The latest of the rows that meet a condition bears this date or label."""
    met = _meet(rows, where)
    found = _end(met[by], max, data.last_day)
    holds = _within(found, at)
    return Outcome(
        holds,
        f"latest of {prose.so_many(len(met), 'row')}: {found}",
        f"the latest is not of {at}",
        None,
        [] if holds else [found],
    )


@word("recorded", r".")
def recorded(rows: pd.DataFrame, where: str) -> Outcome:
    """A cited row says so: at least one row meets the condition. For events and for what a text says, never for a comparison."""
    met = _meet(rows, where)
    return Outcome(
        len(met) > 0,
        f"{len(met)} of {prose.so_many(len(rows), 'row')} with {where}: {'; '.join(_names(met, 4)) or 'none'}",
        "no row meets it",
        None,
        [] if len(met) else ["no such row"],
    )


@word("says", r".")
def says(rows: pd.DataFrame, text: str, column: str = "event") -> Outcome:
    """Each of the rows has this text in a column, to the letter: for what a sentence takes from texts and days."""
    said = rows[rows[column].astype(str).str.contains(text, regex=False)]
    against = _names(rows.drop(index=said.index))
    return Outcome(
        len(rows) > 0 and not against,
        f"{len(said)} of {prose.so_many(len(rows), 'row')} with “{text}” in {column}: {'; '.join(_names(said, 4)) or 'none'}",
        "a row is withdrawn or has other words there",
        None,
        against or ([] if len(rows) else ["no such row"]),
    )


@word("not found", r"\b(found|no|none|not|nothing|never|without|searched|nowhere|neither|only)\b")
def searched(searches: pd.DataFrame) -> Outcome:
    """Searches for it are on record, each with day, place, words and outcome, and none of them found the thing itself."""
    found = searches[searches["outcome"] == "found"]
    days = searches["date"].astype(str)
    part = (searches["outcome"] == "in part").sum()
    return Outcome(
        len(searches) > 0 and not len(found),
        f"{prose.so_many(len(searches), 'search', 'searches')}, the last on {days.max() if len(days) else 'no day'}: "
        f"{len(found)} found it, {part} found something near it",
        "a search finds it",
        None,
        list(found["id"]) if len(found) else [],
    )


# -- any test -------------------------------------------------------------------------------------


@word("so", r".")
def that(
    test: str, false_if: str, a: Number, b: Number | None = None, c: Number | None = None, d: Number | None = None
) -> Outcome:
    """A condition written out as a formula over up to four numbers, for what no other word tests."""
    numbers = {name: value for name, value in {"a": a, "b": b, "c": c, "d": d}.items() if value is not None}
    holds = bool(arithmetic.evaluate(test, {name: value.value for name, value in numbers.items()}))
    return Outcome(
        holds, f"{test}, with " + ", ".join(f"{name} = {value.text}" for name, value in numbers.items()), false_if
    )
