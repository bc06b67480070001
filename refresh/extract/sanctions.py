"""Sanctions lists: panels made from the lists of the United States, the United Kingdom and Australia by carriers."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe


@recipe("ofac-panel-2026-03", "sanctions/ofac_panel_by_country_monthly_2022_2026.csv")
def ofac(raw: bytes) -> pd.DataFrame:
    """Entities on United States lists by country and month's end, with additions and removals."""
    return frames.parse(raw.decode())[["Country", "yrmon", "levels", "additions", "removals"]]


@recipe("uk-sanctions-list-2026-05", "sanctions/uk_russia_designations_monthly.csv")
def uk(raw: bytes) -> pd.DataFrame:
    """Subjects of the Russia regime still on the list, by month of designation and type."""
    return frames.parse(raw.decode())[["period", "entity", "individual", "ship", "total"]]


@recipe("dfat-consolidated-list-2024-12", "sanctions/australia_russia_ukraine_listings_monthly_2014_2024.csv")
def australia(raw: bytes) -> pd.DataFrame:
    """Names under the regimes for Russia and Ukraine on the list of a month, by month of control date."""
    table = frames.parse(raw.decode()).assign(list="2024-12")
    return table[["list", "period", "Autonomous (Russia)", "Autonomous (Ukraine)", "total"]]


@recipe("correctiv-opensanctions-2024-01", "sanctions/correctiv_opensanctions_stock_by_origin_monthly_2022_2024.csv")
def correctiv(raw: bytes) -> pd.DataFrame:
    """Listings in force at four month's ends for four lists: single figures, the terms being non-commercial."""
    table = frames.parse(raw.decode())[["period", "ch", "eu", "gb", "jp"]]
    return table[table["period"].isin(["2022-02", "2022-12", "2023-12", "2024-01"])].reset_index(drop=True)
