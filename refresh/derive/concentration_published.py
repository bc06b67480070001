"""Concentration of the trade of China and Russia as WITS publishes it."""

from __future__ import annotations

import pandas as pd

from refresh import countries, numbers
from refresh.derive import Extracts

SOURCES = ("wits-summary-chn-2021", "wits-summary-rus-2021")
INDICATORS = {
    "Exports (in US$ Mil)": ("exports", "trade-value", "USD million"),
    "HH Market concentration index": ("exports", "hh-index", "index 0-1"),
    "Imports (in US$ Mil)": ("imports", "trade-value", "USD million"),
    "Index of export market penetration": ("exports", "market-penetration", "per cent"),
    "No. Of Export partners": ("exports", "partners", "number"),
    "No. Of Export products": ("exports", "products", "number"),
    "No. Of Import partners": ("imports", "partners", "number"),
    "No. Of Import products": ("imports", "products", "number"),
    "Partner share(%)-Top 5 Export Partner": ("exports", "top5-share", "per cent"),
    "Partner share(%)-Top 5 Import Partner": ("imports", "top5-share", "per cent"),
    "Trade (US$ Mil)-Top 5 Export Partner": ("exports", "top5-value", "USD million"),
    "Trade (US$ Mil)-Top 5 Import Partner": ("imports", "top5-value", "USD million"),
}
NAMES = {
    "...": "WLD",
    "Korea, Rep.": "KOR",
    "Slovak Republic": "SVK",
    "Special Categories": "XSP",
    "Unspecified": "XUN",
}


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year, country, flow, indicator and partner."""
    return pd.concat([_country(extracts[source], source) for source in SOURCES], ignore_index=True)


def _country(table: pd.DataFrame, source: str) -> pd.DataFrame:
    named = [INDICATORS[indicator] for indicator in table["Indicator"]]
    return pd.DataFrame(
        {
            "period": table["Year"],
            "country": source.split("-")[2].upper(),
            "flow": [flow for flow, _, _ in named],
            "indicator": [indicator for _, indicator, _ in named],
            "partner": countries.column(table["Partner"], NAMES),
            "value": table["Value"].map(numbers.plain),
            "unit": [unit for _, _, unit in named],
            "source_id": source,
        }
    )
