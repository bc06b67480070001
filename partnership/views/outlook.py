"""Frames of the chapter on what was expected and what came."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from partnership import charts, claims, data, prose, show

KINDS = {
    "“more than”, came true": charts.GREEN,
    "“more than”, did not": charts.VERDICTS["did not come true"],
    "“more than”, said late, not counted": charts.MUTED,
    "a number": charts.INK,
    "a range": charts.MUTED,
    "the article’s range": charts.CLAIM,
}
"""Kinds of forecast: a lower bound that the outcome reached or not, or had passed; a number said flat, a range, the article's range."""


def outcomes(forecasts: pd.DataFrame, evidence: pd.DataFrame) -> show.Table:
    """What came of each forecast of the article, by the newest row that bears on it; empty where none does.

    Parameters
    ----------
    forecasts : pandas.DataFrame
        Rows of the ledger (:func:`partnership.claims.ledger`).
    evidence : pandas.DataFrame
        The table ``claim-evidence``.
    """
    found = data.select(evidence, claim_id=list(forecasts["id"]), basis="now", bears="claim")
    newest = found.sort_values("published").drop_duplicates("claim_id", keep="last").set_index("claim_id")
    shown = pd.DataFrame(
        {
            "The article": forecasts["claim"],
            f"Known on {claims.day(claims.WRITTEN)}": forecasts["then"],
            "Today": forecasts["now"],
            "What came": forecasts["id"].map(newest["finding"]).fillna(""),
            "Reported by": forecasts["id"].map(newest["source_id"].map(data.sources()["publisher"])).fillna(""),
        }
    )
    return show.table(shown, "The article’s forecasts and their outcomes")


def leads(forecasts: pd.DataFrame, years: pd.DataFrame, late: Collection[str] = ()) -> pd.DataFrame:
    """How far each forecast of a year's trade lay off the outcome, kind by kind, those said longest before the year's end first.

    Parameters
    ----------
    forecasts : pandas.DataFrame
        Rows of ``trade-forecasts`` with ``value_low``.
    years : pandas.DataFrame
        One row a year, the outcome in ``value``.
    late : collection of str, optional
        Ids of lower bounds said when what was printed had passed them.

    Returns
    -------
    pandas.DataFrame
        ``label``, ``kind`` (a key of :data:`KINDS`), ``low`` and ``high`` (per cent off the outcome; equal unless it is a
        range), ``lead`` (months from the day it was said to the end of its year, below zero if said after it; missing if
        the day is not known).
    """
    outcome = forecasts["period"].map(years.set_index("period")["value"])
    said = pd.to_datetime(forecasts["made_on"], format="ISO8601")
    end = pd.to_datetime(forecasts["period"] + "-12-31")
    lead = (end.dt.year - said.dt.year) * 12 + end.dt.month - said.dt.month
    high = forecasts["value_high"].fillna(forecasts["value_low"])
    reached = (forecasts["value_low"] <= outcome).map({True: "“more than”, came true", False: "“more than”, did not"})
    kind = reached.mask(forecasts["id"].isin(late), "“more than”, said late, not counted")
    kind = kind.where(forecasts["value_high"].isna(), "a number")
    kind = kind.mask(high > forecasts["value_low"], "a range")
    day = forecasts["made_on"].map(lambda date: prose.month(date[:7]) if isinstance(date, str) else "day not known")
    office = r"^(analysts via )?(Ambassador|Russian charge d'affaires) "
    who = forecasts["made_by"].str.split(r" \(", regex=True).str[0].str.replace(office, r"\1", regex=True)
    frame = pd.DataFrame(
        {
            "label": who + ", for " + forecasts["period"] + " (" + day + ")",
            "kind": kind.mask(forecasts["source_id"] == claims.article(), "the article’s range"),
            "low": 100 * (forecasts["value_low"] / outcome - 1),
            "high": 100 * (high / outcome - 1),
            "lead": lead.astype(float),
        }
    )
    order = frame.assign(_kind=frame["kind"].map(list(KINDS).index), _unknown=frame["lead"].isna()).sort_values(
        ["_kind", "_unknown", "lead"], ascending=[True, True, False], kind="stable"
    )
    return charts.tidy(order.drop(columns=["_kind", "_unknown"]))


def in_words(frame: pd.DataFrame) -> str:
    """The rows of :func:`leads`, kind by kind, for those who cannot see them.

    Examples
    --------
    >>> row = {"label": "X, for 2024 (May 2024)", "kind": "a range", "low": -1.04, "high": 2.0}
    >>> in_words(pd.DataFrame([row]))
    'a range: X, for 2024 (May 2024) −1.0 to 2.0'
    """
    ends = [[prose.fixed(row.low, 1), prose.fixed(row.high, 1)] for row in frame.itertuples()]
    told = frame["label"] + [" " + " to ".join(dict.fromkeys(both)) for both in ends]
    return ". ".join(f"{kind}: {'; '.join(part)}" for kind, part in told.groupby(frame["kind"], sort=False))
