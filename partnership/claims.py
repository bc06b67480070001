"""Claims: each statement of the article, judged by one rule in its own unit, from the rows known on a day.

A claim with a number is recomputed from the tables and compared (:func:`compare`, :func:`judge`). A claim without one, and
a part that the number does not cover, is weighed from the rows cited for it (:func:`weigh`). Opinions get no verdict.
Three days are told apart: the two ends of the time in which the article can have been written, and today.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from partnership import data, prose, show

EARLIEST = "2024-11-30"
"""The first day on which the tables can be asked what the author could know. The latest figures of the article, those of
January to October 2024, were published on 7 November 2024; rows dated by the month count from its last day."""

WRITTEN = "2025-01-12"
"""The last day: on 13 January 2025 the total of the year was published, which the article does not know."""

VERDICTS = [
    "confirmed",
    "about right",
    "right in part",
    "sources differ",
    "right for another thing",
    "did not come true",
    "wrong",
    "not yet known",
    "not in our tables",
]
"""From agreement to contradiction; the last two say nothing against a claim."""

HOLDS = ("confirmed", "about right")
FAILS = ("right for another thing", "did not come true", "wrong")
OPINION = "opinion"
"""Stands where a verdict would, and is none."""

TOLERANCE = 5.0
"""How far a claim may be off and still be about right, in per cent of a level or a share (see :data:`PER_CENT`)."""

PER_CENT = {"growth": ("percentage points", 0.1), "year": ("years", 0.2)}
"""What one per cent of tolerance is in claims on growth and on dates: a tenth of a point, a fifth of a year."""


@dataclass(frozen=True)
class Stated:
    """What a claim states: a number or a range in its own unit, and how it is qualified.

    ``measure`` is ``level``, ``share``, ``count``, ``growth`` or ``year``; ``qualifier`` is empty, ``nearly``, ``almost``,
    ``over``, ``by`` or ``range``.
    """

    low: float
    high: float
    measure: str = "level"
    qualifier: str = ""
    forecast: bool = False

    @classmethod
    def of(cls, claim: Any) -> Stated:
        """From a row of ``claims.csv``."""
        low = claim.stated_value if pd.isna(claim.stated_low) else claim.stated_low
        high = claim.stated_value if pd.isna(claim.stated_high) else claim.stated_high
        qualifier = "" if pd.isna(claim.qualifier) else claim.qualifier
        return cls(float(low), float(high), claim.measure, qualifier, claim.nature == "forecast")


@dataclass(frozen=True)
class Finding:
    """What the tables say on a claim.

    ``value`` is in the claim's unit, missing if the tables known at the time do not tell; ``others`` are the values of
    other rows on the same thing. ``elsewhere`` is the figure of another period or kind, named by ``of``. ``bound`` is the
    word that goes with a value whose source counts a floor, such as "more than". ``year`` is that of the value, where the
    tables have none of the year that the claim names.
    """

    value: float | None
    rows: pd.DataFrame
    rule: str
    elsewhere: float | None = None
    of: str = ""
    others: tuple[float, ...] = ()
    bound: str = ""
    year: str = ""
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


def margin(stated: Stated, tolerance: float = TOLERANCE) -> float:
    """How far off is about right, in the claim's own unit.

    Examples
    --------
    >>> margin(Stated(60, 60, "share")), margin(Stated(2.8, 2.8, "growth")), margin(Stated(2035, 2035, "year"))
    (3.0, 0.5, 1.0)
    """
    if stated.measure in PER_CENT:
        return PER_CENT[stated.measure][1] * tolerance
    return abs(stated.high) * tolerance / 100


def meant(stated: Stated, tolerance: float = TOLERANCE) -> tuple[float, float]:
    """The values for which the words of a claim are true.

    *Nearly* is true of what lies up to a margin below, *over* of what lies up to a margin above, *almost* of both; *by* a
    year is true of every year before.

    Examples
    --------
    >>> meant(Stated(60, 60, "share", "nearly")), meant(Stated(110, 110, "count", "over"))
    ((57.0, 60), (110, 115.5))
    """
    room = margin(stated, tolerance)
    return {
        "over": (stated.low, stated.low + room),
        "by": (-math.inf, stated.high),
        "nearly": (stated.low - room, stated.high),
        "almost": (stated.low - room, stated.high + room),
    }.get(stated.qualifier, (stated.low, stated.high))


def compare(stated: Stated, found: float, tolerance: float = TOLERANCE) -> str:
    """``confirmed``, ``about right`` or nothing, for a claim and a value of the same thing.

    Confirmed: the found value, rounded as the stated one is, is one for which the words are true. About right: it lies
    within a margin of those. The rule is the same for a forecast, a share and a level, above and below.

    Examples
    --------
    >>> compare(Stated(41, 41, "share"), 40.9), compare(Stated(30, 30, "share"), 30.55)
    ('confirmed', 'about right')
    >>> compare(Stated(220, 240, "level", "range"), 244.81), compare(Stated(2.8, 2.8, "growth"), 1.9)
    ('about right', '')
    """
    low, high = meant(stated, tolerance)
    rounded = float(prose.rounded(found, _digits(stated.high)))
    if low <= rounded <= high:
        return "confirmed"
    room = margin(stated, tolerance) + 1e-9
    return "about right" if low - room <= found <= high + room else ""


def _digits(value: float) -> int:
    return max(-Decimal(repr(float(value))).normalize().as_tuple().exponent, 0)  # type: ignore[operator]


def judge(stated: Stated, finding: Finding, tolerance: float = TOLERANCE) -> str:
    """Verdict on a claim with a number.

    In this order: what :func:`compare` says; ``right for another thing`` if the figure is confirmed of another period or
    kind; without a found value ``not yet known`` of a forecast, else ``not in our tables``; ``did not come true`` of a
    forecast, else ``wrong``.

    Examples
    --------
    >>> nothing = pd.DataFrame()
    >>> judge(Stated(202.21, 202.21), Finding(244.81, nothing, "year", elsewhere=202.21, of="January to October"))
    'right for another thing'
    >>> judge(Stated(220, 240, "level", "range", forecast=True), Finding(None, nothing, "year"))
    'not yet known'
    """
    if finding.value is not None and (verdict := compare(stated, finding.value, tolerance)):
        return verdict
    if finding.elsewhere is not None and compare(stated, finding.elsewhere, tolerance) == "confirmed":
        return "right for another thing"
    if finding.value is None:
        return "not yet known" if stated.forecast else "not in our tables"
    return "did not come true" if stated.forecast else "wrong"


class Cited(NamedTuple):
    """A row that bears on a claim, as far as it is weighed."""

    part: Any
    verdict: str
    tier: str
    published: Any

    @classmethod
    def of(cls, rows: pd.DataFrame) -> list[Cited]:
        """From rows of ``claim-evidence``; each claim has few, for which pandas takes longer than Python."""
        return [cls(*cells) for cells in zip(*(rows[column].tolist() for column in cls._fields), strict=True)]


def weigh(rows: pd.DataFrame, forecast: bool = False, pick: str = "neutral") -> str:
    """Verdict on a claim from the rows that bear on it.

    A claim may have parts. For each part the rows of the best tier count, of these the newest; if rows of that tier hold
    and others contradict, ``sources differ``. A claim of which some parts hold and others do not is ``right in part``.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``part``, ``verdict``, ``tier``, ``published`` of the rows known on a day.
    pick : {"neutral", "best", "worst"}
        Which row speaks for a part: by the rule above, the most or the least favourable.
    """
    return _weigh(Cited.of(rows), forecast, pick)


def _weigh(rows: Iterable[Cited], forecast: bool, pick: str) -> str:
    parts: dict[str, list[Cited]] = {}
    for row in rows:
        parts.setdefault("" if data.missing(row.part) else row.part, []).append(row)
    if not parts:
        return "not yet known" if forecast else "not in our tables"
    return together(_speaks(part, pick) for part in parts.values())


def _speaks(rows: list[Cited], pick: str) -> str:
    if pick != "neutral":
        given: list[str] = sorted((row.verdict for row in rows), key=VERDICTS.index)
        return given[0 if pick == "best" else -1]
    tier = min(row.tier for row in rows)
    best = [row for row in rows if row.tier == tier]
    told = {row.verdict for row in best}
    if told & set(HOLDS) and told & set(FAILS):
        return "sources differ"
    newest: Cited = max(reversed(best), key=lambda row: data.last_day(row.published))  # of several of a day the last
    return newest.verdict


def together(verdicts: Iterable[str]) -> str:
    """One verdict for the parts of a claim, or for the ways in which one statement is put.

    Examples
    --------
    >>> together(["confirmed", "about right"]), together(["confirmed", "wrong"]), together(["wrong", "wrong"])
    ('about right', 'right in part', 'wrong')
    """
    given = sorted(set(verdicts), key=VERDICTS.index)
    if given[0] in HOLDS and given[-1] in FAILS:
        return "right in part"
    return given[-1]


# -- the ledger -----------------------------------------------------------------------------------


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


def bearing(as_of: str | None = None) -> pd.DataFrame:
    """The cited rows that speak to a claim itself, as known on a day: no context, and nothing on what came after."""
    return data.select(data.load("claim-evidence", as_of=as_of), bears=["claim", "another"])


def verdicts(as_of: str | None = None, tolerance: float = TOLERANCE, pick: str = "neutral") -> pd.Series:
    """The verdict on each claim on a day, indexed by its id.

    Parameters
    ----------
    as_of : str, optional
        An ISO date; today if left out.
    tolerance : float
        In per cent (see :func:`margin`).
    pick : {"neutral", "best", "worst"}
        Which row speaks where several do: by the rule, the most or the least favourable.
    """
    claims = data.load("claims")
    return _verdicts(claims, _findings(claims, as_of), as_of, tolerance, pick)


def _findings(claims: pd.DataFrame, as_of: str | None) -> dict[str, Finding]:
    """What the tables, as known on a day, say on those claims that are recomputed."""
    return {claim: recompute(claim, as_of) for claim in claims["id"] if claim in _known()}


def _verdicts(
    claims: pd.DataFrame,
    findings: Mapping[str, Finding],
    as_of: str | None = None,
    tolerance: float = TOLERANCE,
    pick: str = "neutral",
) -> pd.Series:
    """:func:`verdicts` of some claims, from findings of that day."""
    rows = bearing(as_of)
    cited: dict[str, list[Cited]] = {}
    for claim, row in zip(rows["claim_id"].tolist(), Cited.of(rows), strict=True):
        cited.setdefault(claim, []).append(row)
    given = {}
    for claim in claims.itertuples():
        beside = cited.get(claim.id, [])
        if claim.nature == "opinion":
            given[claim.id] = OPINION
        elif claim.id in findings:
            given[claim.id] = _computed(claim, beside, findings[claim.id], tolerance, pick)
        else:
            given[claim.id] = _weigh(beside, claim.nature == "forecast", pick)
    return pd.Series(given, name="verdict")


def _computed(claim: Any, cited: Iterable[Cited], finding: Finding, tolerance: float, pick: str) -> str:
    """The verdict from the number, together with that of the cited parts which the number does not cover."""
    stated = Stated.of(claim)
    values: list[float | None] = [finding.value]
    if pick != "neutral" and finding.value is not None:
        values += finding.others
    options = [
        judge(stated, Finding(value, finding.rows, finding.rule, finding.elsewhere, finding.of), tolerance)
        for value in values
    ]
    number = sorted(options, key=VERDICTS.index)[-1 if pick == "worst" else 0]
    covered = set(finding.rows.get("part", ()))
    beside = [row for row in cited if not data.missing(row.part) and row.part not in covered]
    return together([number, _weigh(beside, False, pick)]) if beside else number


def ledger(chapter: str = "") -> pd.DataFrame:
    """All claims with their verdicts, or those of one chapter.

    Returns
    -------
    pandas.DataFrame
        ``claims.csv`` with ``basis`` (``computed`` from tables, ``evidence`` from cited rows, ``opinion``), ``early`` and
        ``then`` (verdicts at the two ends of the time of writing), ``now``, ``recomputed`` (in the claim's unit), ``bound``, ``found_in``, ``rule``,
        ``evidence`` (number of cited rows).
    """
    claims = data.load("claims")
    if chapter:
        claims = data.select(claims, chapter=chapter)
    cited = data.load("claim-evidence")["claim_id"].value_counts()
    found = _findings(claims, None)
    rows = claims.assign(
        basis=["opinion" if row.nature == "opinion" else "computed" if row.id in found else "evidence" for row in claims.itertuples()],
        evidence=claims["id"].map(cited).fillna(0).astype(int),
        recomputed=[found[claim].value if claim in found else math.nan for claim in claims["id"]],
        bound=[found[claim].bound if claim in found else "" for claim in claims["id"]],
        found_in=[found[claim].year if claim in found else "" for claim in claims["id"]],
        rule=[found[claim].rule if claim in found else None for claim in claims["id"]],
    )  # fmt: skip
    for column, day in (("early", EARLIEST), ("then", WRITTEN), ("now", None)):
        rows[column] = rows["id"].map(_verdicts(claims, _findings(claims, day) if day else found, day))
    rows.attrs["table"] = "claims"
    return rows


def _known() -> dict[str, Recompute]:
    _register()
    return _RECOMPUTE


def distinct(ledger: pd.DataFrame, time: str = "now") -> pd.Series:
    """The verdict on each distinct statement of fact or forecast: claims that put the same one count once.

    Returns
    -------
    pandas.Series
        Verdicts, indexed by ``statement``.
    """
    tested = ledger[ledger["nature"] != "opinion"]
    return tested.groupby("statement", sort=False)[time].agg(together)


def sensitivity() -> pd.DataFrame:
    """How many distinct statements get each verdict if one choice of the rule is changed at a time.

    Returns
    -------
    pandas.DataFrame
        ``choice`` (what is changed), ``setting``, ``verdict``, ``statements`` (number), ``moved`` (claims whose verdict is
        another than by the rule). The first setting is the rule itself.
    """
    claims = data.load("claims")
    findings = {day: _findings(claims, day) for day in (None, WRITTEN, EARLIEST)}
    rule = _verdicts(claims, findings[None])
    settings: list[tuple[str, str, dict[str, Any]]] = [
        ("the rule", "5 per cent, today", {}),
        ("tolerance", "2 per cent", {"tolerance": 2.0}),
        ("tolerance", "10 per cent", {"tolerance": 10.0}),
        ("row", "favourable", {"pick": "best"}),
        ("row", "unfavourable", {"pick": "worst"}),
        ("day", "known on " + day(WRITTEN), {"as_of": WRITTEN}),
        ("day", "known on " + day(EARLIEST), {"as_of": EARLIEST}),
    ]
    rows = []
    for choice, setting, how in settings:
        given = _verdicts(claims, findings[how.get("as_of")], **how)
        counted = distinct(claims.assign(now=claims["id"].map(given))).value_counts()
        moved = int((given != rule).sum())
        rows += [(choice, setting, verdict, int(counted.get(verdict, 0)), moved) for verdict in VERDICTS]
    apart = rule[rule != OPINION].value_counts()
    rows += [("duplicates", "counted each", verdict, int(apart.get(verdict, 0)), 0) for verdict in VERDICTS]
    return pd.DataFrame(rows, columns=["choice", "setting", "verdict", "statements", "moved"])


def day(date: str) -> str:
    """An ISO day in words.

    Examples
    --------
    >>> day("2025-01-12")
    '12 January 2025'
    """
    stamp = pd.Timestamp(date)
    return f"{stamp.day} {stamp:%B %Y}"


# -- read twice -----------------------------------------------------------------------------------


def readings(judged: pd.DataFrame | None = None) -> pd.DataFrame:
    """The verdicts of both readers beside that of the ledger.

    Parameters
    ----------
    judged : pandas.DataFrame, optional
        The whole ledger, where it is at hand.

    Returns
    -------
    pandas.DataFrame
        ``claim_id``, ``known`` (``then`` or ``now``), ``first``, ``second``, ``ledger``, ``settled`` (why the ledger says
        what it says where a reader did not), one row a claim and time.
    """
    read = data.load("claim-readings")
    wide = read.pivot(index=["claim_id", "known"], columns="reader", values="verdict")
    given: Mapping[str, pd.Series] = (
        {"then": verdicts(WRITTEN), "now": verdicts()}
        if judged is None
        else {known: judged.set_index("id")[known] for known in ("then", "now")}
    )
    frame = wide.rename(columns={"1": "first", "2": "second"})[["first", "second"]].reset_index()
    frame = frame.sort_values(["claim_id", "known"], ascending=[True, False], ignore_index=True)
    why = read[read["reader"] == "settled"].set_index(["claim_id", "known"])["reason"]
    return frame.assign(
        ledger=[given[row.known][row.claim_id] for row in frame.itertuples()],
        settled=[why.get((row.claim_id, row.known), "") for row in frame.itertuples()],
    ).rename_axis(columns=None)


def article(folder: Path | str = data.DATA) -> str:
    """The id under which the register of sources has the article."""
    (found,) = data.load("claims", folder=folder)["source_id"].unique()
    return str(found)


# -- claims beside numbers and chapters -----------------------------------------------------------


def about(number: prose.Number) -> list[str]:
    """Claims whose stated or recomputed value a number is: equal in value, and resting on rows of the claim.

    Returns
    -------
    list of str
        Ids, in the order of ``claims.csv``; empty if the number has to do with no claim.
    """
    value = number.value / 1000 if number.unit == "USD million" else number.value  # claims count billions
    sources = set(number.sources) if number.unit != "statements" else set()  # a count of statements is of none of them
    fits = [
        claim
        for claim, known, behind in _values()
        if abs(known - value) <= abs(known) * 5e-4 + 1e-9 and sources and sources <= behind
    ]
    return list(dict.fromkeys(fits))


@functools.cache
def _values() -> list[tuple[str, float, set[str]]]:
    """What each claim states and what it is recomputed as: id, value in the claim's unit, sources of its rows."""
    found: list[tuple[str, float, set[str]]] = []
    for claim in data.load("claims").itertuples():
        said = (claim.stated_value, claim.stated_low, claim.stated_high)
        found += [(claim.id, value, {claim.source_id}) for value in said if value == value]
        if claim.id in _known() and (finding := recompute(claim.id)).value is not None:
            found.append((claim.id, finding.value, set(finding.rows["source_id"])))
    return found


def table(chapter: str) -> show.Table:
    """The claims of one chapter with their verdicts, for its page."""
    rows = ledger(chapter)
    shown = pd.DataFrame(
        {
            "The article says": rows["claim"],
            "In its words": [quoted(row) for row in rows.itertuples()],
            "Found": [found(row) for row in rows.itertuples()],
            f"Known on {day(WRITTEN)}": rows["then"],
            "Today": rows["now"],
            "Not borne out if": [false_if(row) for row in rows.itertuples()],
        }
    )
    return show.table(shown, "What the article says on this subject, and what the evidence says")


def quoted(claim: Any) -> str:
    """The decisive words of a claim, in quotation marks."""
    return f"“{claim.words}”"


def false_if(claim: Any) -> str:
    """What would make a claim false: from its number by the rule, else as written down for it; empty of an opinion."""
    if claim.nature == "opinion":
        return ""
    if isinstance(claim.false_if, str):
        return claim.false_if
    said = Stated.of(claim)
    room = margin(said)
    low, high = (end + sign * room for end, sign in zip(meant(said), (-1, 1), strict=True))
    if said.measure == "year":
        return f"after {high:.0f}"
    below, above = "below", "above"
    if said.measure == "count":
        low, high, below, above = math.ceil(low), math.floor(high), "fewer than", "more than"
    return f"{below} {prose.shortest(float(f'{low:.5g}'))} or {above} {_quantity(float(f'{high:.5g}'), claim.unit)}"


def stated(claim: Any) -> str:
    """The number a claim states, as words; empty if it states none."""
    if not pd.isna(claim.stated_low):
        return f"{claim.stated_low:,.10g} to {claim.stated_high:,.10g} {claim.unit}"
    if pd.isna(claim.stated_value):
        return ""
    qualifier = "" if pd.isna(claim.qualifier) else f"{claim.qualifier} "
    return qualifier + _quantity(claim.stated_value, claim.unit)


def _quantity(value: float, unit: str) -> str:
    return f"{value:.0f}" if unit == "year" else f"{prose.shortest(value)} {unit}"


def found(claim: Any) -> str:
    """The recomputed number of a claim, as words; empty if there is none."""
    if pd.isna(claim.recomputed):
        return ""
    year = f"in {claim.found_in}" if claim.found_in else ""
    return f"{claim.bound} {_quantity(claim.recomputed, claim.unit)} {year}".strip()
