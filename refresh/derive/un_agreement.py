"""Agreement of votes in the United Nations General Assembly with five countries."""

from __future__ import annotations

import pandas as pd

from refresh.derive import Extracts
from refresh.derive.un_votes import FIRST_YEAR

SOURCES = ("un-ideal-points-2024-06",)
COLUMNS = {"BRA": "BrazilAgree", "CHN": "ChinaAgree", "IND": "IndiaAgree", "RUS": "RUSSAgree", "USA": "USAgree"}


def derive(extracts: Extracts) -> pd.DataFrame:
    """Share of votes that agree, one row a country, other country and session."""
    (source,) = SOURCES
    points = extracts[source]
    parts = [
        pd.DataFrame(
            {
                "period": (points["session"].astype(int) + FIRST_YEAR).astype(str),
                "country": points["iso3c"],
                "other": other,
                "value": points[column],
                "source_id": source,
            }
        )
        for other, column in COLUMNS.items()
    ]
    rows = pd.concat(parts, ignore_index=True)
    return rows[(rows["value"] != "NA") & (rows["country"] != rows["other"])]
