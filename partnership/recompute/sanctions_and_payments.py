"""Claims on the number of sanctions."""

from __future__ import annotations

import pandas as pd

from partnership import data
from partnership.claims import Finding, recomputes


@recomputes("sanctions-19535-aug", "sanctions-19535-pull")
def sanctions(as_of: str | None) -> Finding:
    """All designations by one counter on 2 August 2024: what stood before 22 February 2022 and what was added since.

    The page prints the two parts; their sum is ours, and removals are not shown. The figure of the claim is the second part.
    """
    counts = data.load("sanctions-counts", as_of=as_of)
    page = data.select(counts, counter="Castellum.AI", jurisdiction="XAL", type="all", period="2024-08-02")
    stock, added = data.select(page, measure="stock"), data.select(page, measure="increment")
    return Finding(
        _value(stock),
        pd.concat([stock, added]),
        "base plus additions by 2 August 2024, Castellum.AI (removals not shown)",
        _value(added),
        "added since 22 February 2022",
    )


def _value(rows: pd.DataFrame) -> float | None:
    return float(rows["value"].iloc[0]) if len(rows) else None
