"""The partners that each economy reports, as far as they matter to it."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from refresh import numbers, wits
from refresh.derive import Extracts

SOURCES = (wits.SOURCE,)
IN_PLACE = SOURCES
ALWAYS = ("CHN", "RUS", "SUN")
FLOOR, LARGEST = 0.125, 3
"""A partner with this share in any year is kept in all years; of the others, in each year, so many of the largest."""
DIGITS = 5


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year, reporter and partner, million dollars in five digits, with the rank among all partners of the panel."""
    (source,) = SOURCES
    rows = wits.long(extracts[source])
    kept = rows["partner"].isin(ALWAYS)
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


def _printed(values: pd.Series, form: object) -> list[str]:
    return ["" if pd.isna(value) else form(Decimal(repr(float(value)))) for value in values]  # type: ignore[operator]
