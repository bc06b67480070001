"""Claims: each statement of the article, recomputed where it has a number, judged by one stated rule.

Verdicts are given twice: with what was public when the article was written, and with what is public now.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from partnership import data, prose, show

WRITTEN = "2024-12-31"
"""The article bears no date. Its latest figures are those of January to October 2024, published in November 2024, and it
does not know the total of the year, published on 13 January 2025; so what was public by the end of 2024 counts as known."""

VERDICTS = ["confirmed", "about right", "overtaken", "misattributed", "wrong", "cannot be checked"]
TOLERANCE = 0.05


@dataclass(frozen=True)
class Finding:
    """What the tables say on a claim.

    ``value`` is in the claim's unit, missing if the tables known at the time do not tell. ``elsewhere`` is the figure of
    another period or kind (named by ``of``) that the claim may have taken for this one. ``forecast`` marks a claim about
    the future, which an outcome overtakes but does not disprove.
    """

    value: float | None
    rows: pd.DataFrame
    rule: str
    elsewhere: float | None = None
    of: str = ""
    forecast: bool = False
    tables: list[str] = field(default_factory=list)


Recompute = Callable[[str | None], Finding]
_RECOMPUTE: dict[str, Recompute] = {}


def recomputes(*claims: str) -> Callable[[Recompute], Recompute]:
    """Register a function that recomputes some claims from the tables as known on a day."""

    def register(function: Recompute) -> Recompute:
        _RECOMPUTE.update(dict.fromkeys(claims, function))
        return function

    return register


# -- the rule -------------------------------------------------------------------------------------


def agrees(stated: float, found: float) -> bool:
    """Whether a found value, rounded as the stated one is, equals it.

    Examples
    --------
    >>> agrees(41, 40.9), agrees(202.21, 202.21), agrees(2.8, 1.9)
    (True, True, False)
    """
    digits = -Decimal(repr(float(stated))).normalize().as_tuple().exponent  # type: ignore[operator]
    return round(found, max(digits, 0)) == stated


def judge(stated_low: float, stated_high: float, finding: Finding) -> str:
    """Verdict on a number by the book's rule.

    Parameters
    ----------
    stated_low, stated_high : float
        What the claim states; the same number twice, or a range.
    finding : Finding
        What the tables say.

    Returns
    -------
    str
        ``confirmed`` if the found value, rounded as the stated one is, equals it (or lies in the stated range);
        ``overtaken`` if it lies outside a forecast; ``misattributed`` if it does not agree but the figure of another period
        or kind does; ``about right`` within 5 per cent of the found value; else ``wrong``. ``cannot be checked`` without a
        found value.

    Examples
    --------
    >>> nothing = pd.DataFrame()
    >>> judge(30, 30, Finding(30.55, nothing, "share"))
    'about right'
    >>> judge(202.21, 202.21, Finding(244.81, nothing, "year", elsewhere=202.21, of="January to October"))
    'misattributed'
    """
    if finding.value is None:
        return "cannot be checked"
    if stated_low == stated_high and agrees(stated_low, finding.value):
        return "confirmed"
    if stated_low < stated_high and stated_low <= finding.value <= stated_high:
        return "confirmed"
    if finding.forecast:
        return "overtaken"
    if finding.elsewhere is not None and agrees(stated_low, finding.elsewhere):
        return "misattributed"
    found = finding.value
    distance = min(abs(stated_low - found), abs(stated_high - found))
    return "about right" if distance <= TOLERANCE * abs(found) else "wrong"


def recompute(claim: str, as_of: str | None = None) -> Finding:
    """What the tables, as known on a day (default: now), say on a claim.

    Raises
    ------
    KeyError
        If no function recomputes this claim.
    """
    _register()
    return _RECOMPUTE[claim](as_of)


def _register() -> None:
    """The modules that recompute import this one, so they are imported when first needed."""
    import partnership.recompute  # noqa: F401


def ledger(chapter: str = "") -> pd.DataFrame:
    """All claims with their verdicts, or those of one chapter.

    Returns
    -------
    pandas.DataFrame
        ``claims.csv`` with ``basis`` (``computed`` from tables, ``evidence`` from cited rows, ``open``), ``then`` and ``now``
        (verdicts), ``recomputed`` (in the claim's unit), ``rule``, ``evidence`` (number of cited rows).
    """
    _register()
    claims = data.load("claims")
    if chapter:
        claims = data.select(claims, chapter=chapter)
    evidence = data.load("claim-evidence")
    rows = []
    for claim in claims.itertuples():
        cited = evidence[evidence["claim_id"] == claim.id]
        entry: dict[str, object] = {"id": claim.id, "evidence": len(cited)}
        if claim.id in _RECOMPUTE:
            then, now = recompute(claim.id, WRITTEN), recompute(claim.id)
            low = claim.stated_value if pd.isna(claim.stated_low) else claim.stated_low
            high = claim.stated_value if pd.isna(claim.stated_high) else claim.stated_high
            entry |= {
                "basis": "computed",
                "then": judge(low, high, then),
                "now": judge(low, high, now),
                "recomputed": now.value,
                "rule": now.rule,
            }
        elif len(cited):
            entry |= {"basis": "evidence", "then": _cited(cited, "then"), "now": _cited(cited, "now")}
        else:
            entry |= {"basis": "open", "then": "cannot be checked", "now": "cannot be checked"}
        rows.append(entry)
    columns = ["id", "evidence", "basis", "then", "now", "recomputed", "rule"]
    return claims.merge(pd.DataFrame(rows, columns=columns), on="id", validate="one_to_one")


def _cited(evidence: pd.DataFrame, basis: str) -> str:
    """The verdict of the rows public at the time; where they differ, the least favourable that a row supports."""
    known = evidence[evidence["basis"] == "then"]
    later = evidence[evidence["basis"] == "now"]
    chosen = later if basis == "now" and len(later) else known
    supported = [verdict for verdict in VERDICTS[:-1] if verdict in set(chosen["verdict_proposed"])]
    return supported[-1] if supported else VERDICTS[-1]


def about(number: prose.Number) -> list[str]:
    """Claims whose stated or recomputed value a number is: equal in value, and resting on rows of the claim.

    Returns
    -------
    list of str
        Ids, in the order of ``claims.csv``; empty if the number has to do with no claim.
    """
    value = number.value / 1000 if number.unit == "USD million" else number.value  # claims count billions
    known = _values()
    fits = known[known["value"].sub(value).abs().le(known["value"].abs() * 5e-4 + 1e-9)]
    sources = set(number.sources)
    return list(dict.fromkeys(row.id for row in fits.itertuples() if sources and sources <= row.sources))


@functools.cache
def _values() -> pd.DataFrame:
    """What each claim states and what it is recomputed as: ``id``, ``value`` in the claim's unit, ``sources`` of its rows."""
    _register()
    found = []
    for claim in data.load("claims").itertuples():
        said = (claim.stated_value, claim.stated_low, claim.stated_high)
        found += [{"id": claim.id, "value": value, "sources": {claim.source_id}} for value in said if value == value]
        if claim.id in _RECOMPUTE and (finding := recompute(claim.id)).value is not None:
            found.append({"id": claim.id, "value": finding.value, "sources": set(finding.rows["source_id"])})
    return pd.DataFrame(found)


def table(chapter: str) -> show.Table:
    """The claims of one chapter with their verdicts, for its page."""
    rows = ledger(chapter)
    shown = pd.DataFrame(
        {
            "The article says": rows["claim"],
            "Stated": [stated(row) for row in rows.itertuples()],
            "Recomputed": [found(row) for row in rows.itertuples()],
            "Known when it was written": rows["then"],
            "Known today": rows["now"],
            "Rests on": [
                row.rule if row.basis == "computed" else f"{row.evidence} cited row{'s' if row.evidence != 1 else ''}"
                for row in rows.itertuples()
            ],
        }
    )
    return show.table(shown, "What the article says on this subject, and what the evidence says")


def stated(claim: Any) -> str:
    """The number a claim states, as words; empty if it states none."""
    if not pd.isna(claim.stated_low):
        return f"{claim.stated_low:,.10g} to {claim.stated_high:,.10g} {claim.unit}"
    return "" if pd.isna(claim.stated_value) else _quantity(claim.stated_value, claim.unit)


def _quantity(value: float, unit: str) -> str:
    return f"{value:.0f}" if unit == "year" else f"{prose.shortest(value)} {unit}"


def found(claim: Any) -> str:
    """The recomputed number of a claim, as words; empty if there is none."""
    return "" if pd.isna(claim.recomputed) else _quantity(claim.recomputed, claim.unit)
