"""Merchandise trade matrix of UNCTAD, exporter's view, through a carrier."""

from __future__ import annotations

import io

import pandas as pd

from refresh.extract import recipe


@recipe("unctad-matrix-nd", "world-matrix/unctad_all_pairs_1995_2005_2015.parquet")
def matrix(raw: bytes) -> pd.DataFrame:
    """All goods, thousand dollars, by the carrier's names of countries."""
    table = pd.read_parquet(io.BytesIO(raw))
    table["value_usd_thousand"] = [repr(float(value)) for value in table["value_usd_thousand"]]
    return table.astype(str).astype(object)
