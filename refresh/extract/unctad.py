"""Merchandise trade matrix of UNCTAD, exporter's view, through a carrier."""

from __future__ import annotations

import io

import pandas as pd

from refresh.extract import recipe

SEVEN = ["China", "Kazakhstan", "Kyrgyzstan", "RussianFederation", "Tajikistan", "Turkmenistan", "Uzbekistan"]


def whole(raw: bytes) -> pd.DataFrame:
    """All goods and pairs, thousand dollars, by the carrier's names of countries."""
    table = pd.read_parquet(io.BytesIO(raw))
    table["value_usd_thousand"] = [repr(float(value)) for value in table["value_usd_thousand"]]
    return table.astype(str).astype(object)


@recipe("unctad-matrix-nd", "world-matrix/unctad_all_pairs_1995_2005_2015.parquet")
def matrix(raw: bytes) -> pd.DataFrame:
    """The flows among China, Russia and Central Asia."""
    table = whole(raw)
    return table[table["exporter"].isin(SEVEN) & table["importer"].isin(SEVEN)].reset_index(drop=True)
