"""Claims on diplomacy."""

from __future__ import annotations

import pandas as pd

from partnership import data
from partnership.claims import Finding, recomputes


def _events(as_of: str | None, **where: object) -> pd.DataFrame:
    return data.select(data.load("diplomacy-events", as_of=as_of), **where)


@recomputes("six-point-110")
def supporters(as_of: str | None) -> Finding:
    """Of who welcomed the paper only China's government, one of the two that wrote it, is known to have given a count.

    How many came to a meeting (17) or issued its communique (13) is another quantity.
    """
    stated = _events(as_of, id="six-point-110-countries")
    return Finding(
        None,
        stated,
        "states that welcomed the paper, counted by anybody but one of the two governments that wrote it",
        elsewhere=float(stated["value"].iloc[0]) if len(stated) else None,
        of="the positive responses that China's government counted, as its envoy said on 29 July 2024, without a list",
    )


@recomputes("six-point-may")
def points_in_may(as_of: str | None) -> Finding:
    """Points of the paper that China and Brazil published in May 2024; none where a row names another author or month."""
    rows = _events(as_of, unit="points")
    rows = rows[rows["start"].str.startswith("2024-05") & rows["event"].str.contains("China-Brazil", regex=False)]
    return Finding(
        float(rows["value"].iloc[0]) if len(rows) else None,
        rows,
        "points of the paper that China and Brazil published in May 2024",
    )


@recomputes("shuttle-three-rounds")
def rounds_of_2024(as_of: str | None) -> Finding:
    """Rounds that began in 2024, counted; where one of the months March, May and July has none, how many of them have one."""
    rows = _events(as_of, unit="round")
    rows = rows[rows["start"].str.startswith("2024-")]
    stated = {"03", "05", "07"}
    of_stated = stated & {*rows["start"].str[5:7]}
    found = len(rows) if of_stated == stated else len(of_stated)
    rule = "rounds of shuttle diplomacy that began in 2024, in March, May and July"
    return Finding(float(found) if len(rows) else None, rows, rule)
