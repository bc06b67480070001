"""World Development Indicators: gross domestic product, exchange rates, exports and imports, through carriers."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.countries import FOLLOWED
from refresh.extract import recipe

COUNTRIES = {*FOLLOWED, "EUU", "WLD"} - {"PRK"}  # the bank has no product of North Korea


@recipe("worldbank-wdi-gdp-to-2023", "macro/worldbank_gdp_current_usd.csv")
def gdp(raw: bytes) -> pd.DataFrame:
    """NY.GDP.MKTP.CD in dollars, 1960 to 2023, as the carrier datasets/gdp had it."""
    values = frames.parse(raw.decode())
    kept = values[values["Country Code"].isin(COUNTRIES)]
    return kept.sort_values(["Country Code", "Year"], kind="stable")[["Country Code", "Year", "Value"]]


@recipe("worldbank-wdi-nodes-2026-06", "macro/worldbank_gdp_and_trade_totals_2024_102_countries.csv")
def nodes(raw: bytes) -> pd.DataFrame:
    """Gross domestic product, exports and imports of goods and services in dollars, 2024, 102 economies."""
    return frames.parse(raw.decode()).drop(columns=["country"])


@recipe("worldbank-wdi-fx-2025-01", "macro/wdi_official_exchange_rate_lcu_per_usd_1960_2023.csv")
def rates(raw: bytes) -> pd.DataFrame:
    """PA.NUS.FCRF, national currency a dollar, yearly means: China, Russia, Central Asia."""
    lines = raw.decode("utf-8-sig").splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith("Country Name,"))
    body = "".join(lines[start:]).split("\n")
    width = body[0].rstrip("\r").rstrip(",").count(",") + 1
    rows = [line.rstrip("\r") for line in body if line]
    table = frames.parse("\n".join([rows[0] + "x" * (rows[0].endswith(",")), *rows[1:]]))
    kept = table[table["Country Code"].isin(["CHN", "RUS", "KAZ", "KGZ", "TJK", "TKM", "UZB"])]
    years = [name for name in table.columns[:width] if name.isdigit()]
    long = kept.melt(["Country Code", "Indicator Code"], years, "Year", "Value")
    return long[long["Value"] != ""].sort_values(["Country Code", "Year"], kind="stable").reset_index(drop=True)


@recipe("worldbank-wdi-gdp-2026-05", "macro/gdp_china_russia_2020_2025.csv")
def two(raw: bytes) -> pd.DataFrame:
    """Gross domestic product of China and Russia, trillion dollars in two decimals, as a carrier had them in May 2026."""
    table = frames.parse(raw.decode())
    own = table["source_publisher"].str.contains("qinxi2018")
    return table.loc[own, ["period", "reporter", "value"]].reset_index(drop=True)
