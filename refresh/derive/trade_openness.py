"""Exports and imports of goods and services, 2024."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts

# Where trade in goods alone, in customs statistics of 2023 or 2024 (UN Comtrade), is larger than the figure.
LARGER = frozenset(
    {
        ("AGO", "exports"),
        ("ARE", "imports"),
        ("KWT", "exports"),
        ("KWT", "imports"),
        ("NGA", "exports"),
        ("NGA", "imports"),
    }
    | {("PAN", "imports"), ("QAT", "exports"), ("QAT", "imports"), ("SVN", "imports")}
)
SOURCES = ("worldbank-wdi-nodes-2026-06",)


def derive(extracts: Extracts) -> pd.DataFrame:
    """In million dollars; a zero means missing."""
    (source,) = SOURCES
    nodes = extracts[source]
    parts = [
        pd.DataFrame(
            {
                "period": "2024",
                "country": nodes["iso3"],
                "flow": flow,
                "value": [numbers.times(cell, "1e-6", 6) for cell in nodes[f"{flow}_goods_services_usd_2024"]],
                "source_id": source,
                "note": ["goods-trade-larger" if (code, flow) in LARGER else "" for code in nodes["iso3"]],
            }
        )
        for flow in ("exports", "imports")
    ]
    rows = pd.concat(parts, ignore_index=True)
    return rows[rows["value"] != "0"]
