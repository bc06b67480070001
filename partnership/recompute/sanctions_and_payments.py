"""Claims on the number of sanctions."""

from __future__ import annotations

import pandas as pd

from partnership import data
from partnership.claims import Finding, recomputes


@recomputes("sanctions-19535-aug", "sanctions-19535-pull")
def sanctions_in_force(as_of: str | None) -> Finding:
    """What stood on the lists on 2 August 2024, against what had been added since 22 February 2022.

    Both from one page of one counter; the claim speaks of what Russia was subject to, that is of the stock.
    """
    counts = data.load("sanctions-counts", as_of=as_of)
    page = data.select(counts, counter="Castellum.AI", jurisdiction="XAL", type="all", period="2024-08-02")
    stock, added = data.select(page, measure="stock"), data.select(page, measure="increment")
    return Finding(
        _value(stock),
        pd.concat([stock, added]),
        "designations in force on 2 August 2024, Castellum.AI",
        _value(added),
        "added since 22 February 2022",
    )


def _value(rows: pd.DataFrame) -> float | None:
    return float(rows["value"].iloc[0]) if len(rows) else None
