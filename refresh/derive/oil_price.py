"""Brent by year and month, from the carrier of the EIA."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts

SOURCES = ("eia-brent-2026-07",)


def derive(extracts: Extracts) -> pd.DataFrame:
    """Years and months of the Brent spot price, dollars a barrel."""
    (source,) = SOURCES
    price = extracts[source]
    yearly = price["File"] == "year"
    return pd.DataFrame(
        {
            "period": price["Date"].str[:4].where(yearly, price["Date"].str[:7]),
            "frequency": yearly.map({True: "A", False: "M"}),
            "benchmark": "Brent",
            "value": price["Price"].map(numbers.plain),
            "source_id": source,
        }
    )
