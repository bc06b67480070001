"""Gross domestic product: three vintages of the World Bank and one of the IMF, in million dollars."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts

CARRIER, NODES, OUTLOOK = "worldbank-wdi-gdp-to-2023", "worldbank-wdi-nodes-2026-06", "imf-weo-gdp-2026-07"
TWO = "worldbank-wdi-gdp-2026-05"
SOURCES = (CARRIER, NODES, OUTLOOK, TWO)
FAMILY = ("worldbank-wdi-gdp-api-", "imf-weo-gdp-api-")  # vintages from the publishers themselves

# Groups of countries in the IMF's file other than the world and the European Union; they overlap with their members.
GROUPS = frozenset(
    [
        "ADVEC",
        "AFQ",
        "SSQ",
        "AS5",
        "APQ",
        "AZQ",
        "CBQ",
        "CMQ",
        "CAQ",
        "EAQ",
        "EEQ",
        "DA",
        "EDE",
        "OEMDC",
        "EURO",
        "EUQ",
        "WE",
        "MAE",
        "MEQ",
        "MECA",
        "NAQ",
        "NMQ",
        "OAE",
        "PIQ",
        "SMQ",
        "SAQ",
        "SEQ",
        "SSA",
        "WEQ",
        "WHQ",
    ]
)
CODES = {"EUU": "XEU", "EU": "XEU", "UVK": "XKX", "WEOWORLD": "WLD"}


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a country, year and vintage."""
    wdi, nodes, outlook, two = (extracts[source] for source in SOURCES)
    nodes = nodes[nodes["iso3"] != "TWN"]  # the World Bank publishes no figure; the carrier's is a round one
    outlook = outlook[~outlook["iso3"].isin(GROUPS)]
    parts = [
        _rows(wdi["Year"], wdi["Country Code"], wdi["Value"], "1e-6", 3, "reported", CARRIER, ""),
        _rows("2024", nodes["iso3"], nodes["gdp_usd_2024"], "1e-6", 6, "reported", NODES, "2026-06-22"),
        _rows("2025", outlook["iso3"], outlook["gdp_2025_usd_bn"], "1e3", None, "estimated", OUTLOOK, "2026-07-11"),
    ]
    rounded = _rows(two["period"], two["reporter"], two["value"], "1e6", None, "reported", TWO, "2026-05-30")
    parts.append(rounded.assign(error="5000"))  # two decimals of a trillion
    for source in sorted(name for name in extracts if name.startswith(FAMILY)):
        own, month = extracts[source], source[-7:]
        if source.startswith("imf-"):
            own = own[~own["iso3"].isin(GROUPS)]
            parts.append(_rows("2025", own["iso3"], own["gdp_2025_usd_bn"], "1e3", None, "estimated", source, month))
        else:
            parts.append(_rows(own["Year"], own["Country Code"], own["Value"], "1e-6", 3, "reported", source, month))
    return pd.concat(parts, ignore_index=True).fillna("")


def _rows(
    period: pd.Series | str,
    country: pd.Series,
    value: pd.Series,
    factor: str,
    places: int | None,
    status: str,
    source: str,
    published: str,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": period,
            "country": country.replace(CODES),
            "value": [numbers.times(cell, factor, places) for cell in value],
            "status": status,
            "source_id": source,
            "published": published,
        },
        index=country.index,
    )
