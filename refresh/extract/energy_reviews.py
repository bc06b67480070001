"""Statistical reviews of BP (2021) and the Energy Institute (2024): extracts of trade flows, never whole tables."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe

FILE = "energy/extract_bp2021_ei2024_russia_china_energy_flows_2020_2023.csv"


@recipe("bp-statistical-review-2021", FILE)
def bp(raw: bytes) -> pd.DataFrame:
    """Flows of 2020."""
    return _review(raw, "2020")


@recipe("ei-statistical-review-2024", FILE)
def energy_institute(raw: bytes) -> pd.DataFrame:
    """Flows of 2023."""
    return _review(raw, "2023")


def _review(raw: bytes, year: str) -> pd.DataFrame:
    table = frames.parse(raw.decode())
    kept = (table["year"] == year) & (table["value"] != "0.0")
    return table[kept].drop(columns="source").reset_index(drop=True)
