"""Intermediate inputs between 80 countries."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts

SOURCES = ("oecd-icio-2025",)


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a seller and buyer, million dollars."""
    (source,) = SOURCES
    pairs = extracts[source]
    pairs = pairs[pairs["sector"] == ""]
    return pd.DataFrame(
        {
            "period": "2022",
            "exporter": pairs["seller"],
            "importer": pairs["buyer"],
            "value": pairs["value_usd_mn"].map(numbers.plain),
            "value_goods": pairs["goods_value_usd_mn"].map(numbers.plain),
            "status": "estimated",
            "source_id": source,
        }
    )
