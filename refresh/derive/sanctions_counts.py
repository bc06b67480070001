"""Counts of sanctions: the stocks that CORRECTIV drew from OpenSanctions. All other rows were read off pages."""

from __future__ import annotations

import pandas as pd

from refresh.derive import Extracts

SOURCES = ("correctiv-opensanctions-2024-01",)
LISTS = {"ch": "CHE", "eu": "XEU", "gb": "GBR", "jp": "JPN"}
COUNTS = (
    "Entries in force on this jurisdiction's list for targets linked to Russia, as collected by OpenSanctions and "
    "filtered by CORRECTIV; last build of the month."
)


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a month and list."""
    (source,) = SOURCES
    long = extracts[source].melt("period", list(LISTS), "list", "value")
    return pd.DataFrame(
        {
            "period": long["period"],
            "frequency": "M",
            "counter": "CORRECTIV",
            "jurisdiction": long["list"].map(LISTS),
            "measure": "stock",
            "type": "all",
            "value": long["value"].str.removesuffix(".0"),
            "unit": "listings",
            "what_counts": COUNTS,
            "status": "reported",
            "source_id": source,
            "published": long["period"],
        }
    )
