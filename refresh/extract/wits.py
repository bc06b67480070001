"""World Integrated Trade Solution: the summary of a country (partners, concentration, top five), through a carrier."""

from __future__ import annotations

import io

import pandas as pd

from refresh import frames, wits
from refresh.extract import recipe

INDICATORS = (
    "Exports (in US$ Mil)",
    "HH Market concentration index",
    "Imports (in US$ Mil)",
    "Index of export market penetration",
    "No. Of Export partners",
    "No. Of Export products",
    "No. Of Import partners",
    "No. Of Import products",
    "Partner share(%)-Top 5 Export Partner",
    "Partner share(%)-Top 5 Import Partner",
    "Trade (US$ Mil)-Top 5 Export Partner",
    "Trade (US$ Mil)-Top 5 Import Partner",
)


@recipe("wits-summary-chn-2021", "partners/wits_summary_CHN_1992_2021.csv")
def china(raw: bytes) -> pd.DataFrame:
    """China, 1992 to 2021, one row an indicator, partner and year."""
    return _summary(raw)


@recipe("wits-summary-rus-2021", "partners/wits_summary_RUS_1996_2021.csv")
def russia(raw: bytes) -> pd.DataFrame:
    """Russia, 1996 to 2021."""
    return _summary(raw)


@recipe(wits.SOURCE, "added-2026-11/all-pairs/wits_comtrade_all_reporters_partners_1962_2016.parquet")
def panel(raw: bytes) -> pd.DataFrame:
    """Every reporter and partner, 1962 to 2016, thousand dollars; empty where a reporter has no figure for a flow."""
    table = pd.read_parquet(io.BytesIO(raw))
    for column in ("x", "m"):
        table[column] = [repr(value) if value == value else "" for value in table[column].tolist()]
    return table.astype(str).astype(object)


def _summary(raw: bytes) -> pd.DataFrame:
    table = frames.parse(raw.decode("utf-8-sig"))
    table = table[table["Indicator"].isin(INDICATORS) & table["Product categories"].isin(["All Products", "..."])]
    years = [name for name in table if name.isdigit()]
    long = table.melt(["Partner", "Indicator"], years, "Year", "Value")
    long["Value"] = long["Value"].str.strip()
    return long[long["Value"] != ""].sort_values(["Year", "Indicator", "Partner"], ignore_index=True)
