"""Numbers in sentences: computed in a cell, inserted by name, traced to their rows.

A chapter calls :func:`say` once with everything its sentences need. A sentence then holds a link whose target is the
name, ``[$244.8 billion](#n-total-2024)``; ``make run`` writes the words between the brackets, so the notebook reads well
on its own, and the page turns the link into a number that knows its source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from partnership import data

MIME = "application/vnd.partnership.numbers+json"
LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\(#n-(?P<name>[a-z0-9-]+)\)")


@dataclass(frozen=True)
class Number:
    """A number as a sentence shows it, with what a reader needs to trace it."""

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


def number(value: float, unit: str, rows: pd.DataFrame, text: str, note: str = "") -> Number:
    """Bind a value to the rows it was computed from.

    Parameters
    ----------
    value : float
        In ``unit``.
    unit : str
        Such as ``"USD million"``.
    rows : pandas.DataFrame
        The rows of a loaded table that the value rests on; their ``source_id`` is required.
    text : str
        How the sentence shows it.
    note : str
        How it was computed, if the rows do not already hold it.

    Raises
    ------
    ValueError
        If there are no rows, a row has no source, or the value is missing.
    """
    if not len(rows):
        raise ValueError(f"{text}: no rows behind this number")
    if value != value:
        raise ValueError(f"{text}: the value is missing")
    if "source_id" not in rows or rows["source_id"].isna().any():
        raise ValueError(f"{text}: a row without source_id")
    published = rows["published"].dropna() if "published" in rows else pd.Series(dtype=str)
    who = rows.reindex(columns=["counter", "reporter"]).bfill(axis=1)["counter"]  # who counted, else whose report it is
    return Number(
        text=text,
        value=float(value),
        unit=unit,
        period=_span(rows, "period"),
        reporter=", ".join(sorted(who.dropna().unique())),
        tables=data.names(rows),
        sources=sorted(rows["source_id"].unique()),
        tier=max(rows["tier"].unique()) if "tier" in rows else "",
        published=max(published.unique()) if len(published) else "",
        note=note,
    )


def _span(rows: pd.DataFrame, column: str) -> str:
    if column not in rows:
        return ""
    values = sorted(rows[column].dropna().unique())
    if not values:
        return ""
    prefix = "January to " if "frequency" in rows and (rows["frequency"] == "YTD").all() else ""
    return prefix + (values[0] if len(values) == 1 else f"{values[0]} – {values[-1]}")


def together(*parts: pd.DataFrame) -> pd.DataFrame:
    """Rows of several tables as the ground of one number."""
    rows = pd.concat(parts, ignore_index=True)
    rows.attrs["table"] = sorted({name for part in parts for name in data.names(part)})
    return rows


# -- how numbers read -----------------------------------------------------------------------------


def dollars(value: float, rows: pd.DataFrame, digits: int = 1, note: str = "") -> Number:
    """Millions of dollars as billions: ``$244.8 billion``."""
    return number(value, "USD million", rows, _money(value, digits), note)


def yuan(value: float, rows: pd.DataFrame, digits: int = 0, note: str = "") -> Number:
    """Millions of yuan as billions: ``1,741 billion yuan``."""
    return number(value, "CNY million", rows, f"{fixed(value / 1000, digits)} billion yuan", note)


def percent(value: float, rows: pd.DataFrame, digits: int = 1, note: str = "") -> Number:
    """Per cent, given as per cent: ``30.6 %``."""
    return number(value, "per cent", rows, f"{fixed(value, digits)} %", note)


def share(value: float, rows: pd.DataFrame, digits: int = 1, note: str = "") -> Number:
    """A fraction as per cent: ``0.306`` reads ``30.6 %``."""
    return percent(100 * value, rows, digits, note)


def points(value: float, rows: pd.DataFrame, digits: int = 1, note: str = "") -> Number:
    """Percentage points: ``2.4 points``."""
    return number(value, "percentage points", rows, f"{fixed(value, digits)} points", note)


def times(value: float, rows: pd.DataFrame, digits: int = 1, note: str = "") -> Number:
    """A ratio: ``8.8 times``."""
    return number(value, "ratio", rows, f"{fixed(value, digits)} times", note)


def count(value: float, rows: pd.DataFrame, unit: str = "count", note: str = "") -> Number:
    """A whole number: ``19,535``."""
    return number(value, unit, rows, fixed(value, 0), note)


def plain(value: float, rows: pd.DataFrame, unit: str, digits: int = 1, after: str = "", note: str = "") -> Number:
    """A number in any unit, the unit's words after it if given: ``83.4 million tonnes``."""
    return number(value, unit, rows, f"{fixed(value, digits)}{' ' + after if after else ''}", note)


def words(value: float, rows: pd.DataFrame, text: str, unit: str, note: str = "") -> Number:
    """A number that the sentence spells in its own way, such as a range; its digits must be those of the value's."""
    return number(value, unit, rows, text, note)


def fixed(value: float, digits: int) -> str:
    """A number with thousands separators and so many decimals, halves rounded away from zero, a real minus sign.

    Examples
    --------
    >>> fixed(228.105, 2), fixed(-1234.5, 0)
    ('228.11', '−1,235')
    """
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{'−' if rounded < 0 else ''}{abs(rounded):,}"


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
    words = fixed(abs(value) / 1000, digits)
    return f"{'−' if value < 0 else ''}${words} billion"


# -- the output of the cell -----------------------------------------------------------------------


class Said:
    """The numbers of a chapter as a notebook output."""

    def __init__(self, numbers: Mapping[str, Number]):
        self.numbers = dict(numbers)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        lines = [f"{name}: {number.text}" for name, number in self.numbers.items()]
        return {MIME: {name: asdict(number) for name, number in self.numbers.items()}, "text/plain": "\n".join(lines)}


def say(**numbers: Number) -> Said:
    """Declare the numbers of a chapter; last expression of its cell.

    Names use underscores here and hyphens in the sentence: ``total_2024`` is ``#n-total-2024``.
    """
    wrong = [name for name, value in numbers.items() if not isinstance(value, Number)]
    if wrong:
        raise TypeError(f"{wrong[0]} is not bound to rows: use prose.dollars, prose.percent, …")
    return Said({name.replace("_", "-"): value for name, value in numbers.items()})


def fill(markdown: str, texts: Mapping[str, str]) -> str:
    """Write the current words of each number into a Markdown cell.

    Raises
    ------
    KeyError
        If a sentence names a number that no cell says.

    Examples
    --------
    >>> print(fill("Trade was [?](#n-total).", {"total": "$244.8 billion"}))
    Trade was [\\$244.8 billion](#n-total).
    """

    def put(match: re.Match[str]) -> str:
        if match["name"] not in texts:
            raise KeyError(f"no cell says a number named {match['name']}")
        words = texts[match["name"]].replace("$", r"\$")  # a bare dollar sign would open a formula
        return f"[{words}](#n-{match['name']})"

    return LINK.sub(put, markdown)


# -- typed figures --------------------------------------------------------------------------------

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# What may stand in a sentence as digits: links (numbers by name, addresses), code, and names that are not measurements.
_ALLOWED = [
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"```.*?```|:::.*?$|`[^`]*`", re.S | re.M),
        (r"\{[a-z:-]+\}`[^`]*`", 0),
        (r"!?\[[^\[\]]*\]\([^()\s]*\)", 0),
        (r"https?://\S+", 0),
        (rf"\b\d{{1,2}}(?:–\d{{1,2}})? (?:{_MONTH})\b", 0),
        (r"\b(?:1[89]|20)\d\d(?:[–/-]\d{2,4})?s?\b", 0),
        (r"\bG(?:7|20)\b|\bHS ?\d{0,4}\b|\bISO \d+|\bTier [A-E]\b|\bVVER-\d+|\bCFR-\d+|\bSITC ?\d?", 0),
        (r"\bresolution \d+/\d+", re.I),
    )
]
_SPELLED = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|dozen)"
)
_TYPED = re.compile(
    rf"[$€£]?\d[\d,.]*\s*(?:%|per cent|billion|million|times)?|\b{_SPELLED}[- ](?:per cent|percent|billion|million)\b",
    re.I,
)


def typed_figures(markdown: str) -> list[str]:
    """Figures that a Markdown text states without a number behind them.

    Years, dates, HS codes and names such as G20 are no figures; code, links and addresses are left out.

    Examples
    --------
    >>> typed_figures("In May 2024 trade rose by 2.8 % to [$202.2 billion](#n-ytd).")
    ['2.8 %']
    """
    for pattern in _ALLOWED:
        markdown = pattern.sub(" ", markdown)
    markdown = re.sub(r"^\s*\d+\.\s", " ", markdown, flags=re.M)  # numbered lists
    return [match[0].strip() for match in _TYPED.finditer(markdown)]
