"""The partners that each economy reports, as far as they matter to it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pandas as pd

from refresh import numbers, wits
from refresh.derive import Extracts

SOURCES = (wits.SOURCE,)
IN_PLACE = SOURCES
ALWAYS = ("CHN", "RUS", "SUN")
FLOOR = 0.125  # share of a flow in any year: a partner that has it is kept with all years
MAIN = 5  # partners with the largest share of trade over the years, kept with all years too
LARGEST = 3  # of the others, so many a year
DIGITS = 5  # of a value


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year, reporter and partner, million dollars in five digits, with the rank among all partners of the panel."""
    (source,) = SOURCES
    rows = wits.long(extracts[source])
    kept = rows["partner"].isin(ALWAYS) | _main(rows)
    for flow, (rank, _) in wits.FLOWS.items():
        told = wits.over(rows, flow)
        most = told["share"].groupby([rows["reporter"], rows["partner"]]).transform("max")
        kept |= (most >= FLOOR) | (told["rank"] <= LARGEST)
        rows[rank] = told["rank"]
    rows = rows[kept]
    printed = {
        **{flow: _printed(rows[flow], lambda value: numbers.digits(value, DIGITS)) for flow in wits.FLOWS},
        **{rank: _printed(rows[rank], numbers.plain) for rank, _ in wits.FLOWS.values()},
    }
    return rows.assign(**printed, source_id=source)


def _main(rows: pd.DataFrame) -> pd.Series:
    """Whether a partner is among those with the largest share of its reporter's trade over the years that have both flows."""
    flows = [*wits.FLOWS]
    wholes = rows[flows].groupby([rows["period"], rows["reporter"]]).transform("sum")
    trade = wholes.sum(axis=1).where((wholes > 0).all(axis=1))
    share = (rows[flows].sum(axis=1) / trade).where(~rows["partner"].isin(wits.UNNAMED))
    sums = share.groupby([rows["reporter"], rows["partner"]]).sum().rename("sum").reset_index()
    sums = sums[sums["sum"] > 0].sort_values(["reporter", "sum", "partner"], ascending=[True, False, True])
    main = sums.groupby("reporter").head(MAIN).set_index(["reporter", "partner"]).index
    return pd.Series(pd.MultiIndex.from_frame(rows[["reporter", "partner"]]).isin(main), rows.index)


def _printed(values: pd.Series, form: Callable[[Decimal], str]) -> list[str]:
    return ["" if pd.isna(value) else form(Decimal(repr(float(value)))) for value in values]
