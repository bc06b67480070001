"""General Administration of Customs of China, through carriers."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe


@recipe(
    "gacc-russian-energy-imports-2022-07", "energy/gacc_via_wind_china_imports_russian_energy_monthly_1995_2022.csv"
)
def energy(raw: bytes) -> pd.DataFrame:
    """Imports of coal, crude oil, LNG and pipeline gas from Russia: one row a series and month, units as printed."""
    lines = frames.parse(raw.decode("utf-8-sig"))
    units = lines[lines["Name"] == "Unit"].iloc[0]
    months = lines[lines["Name"].str.fullmatch(r"\d{4}-\d{2}")]
    series = [name for name in lines.columns[1:] if name.endswith("Russian Federation")]
    long = months.melt("Name", series, "Series", "Value")
    long = long[long["Value"] != ""].rename(columns={"Name": "Month"})
    long["Unit"] = long["Series"].map(units)
    return long.sort_values(["Series", "Month"], ignore_index=True)[["Series", "Unit", "Month", "Value"]]


@recipe("gacc-country-table-2024-12", "partners/gacc_china_by_partner_2024_with_derived_2023_cny.csv")
def partners(raw: bytes) -> pd.DataFrame:
    """Exports and imports of 2024 by partner, million yuan, with the growth printed beside them."""
    columns = ["partner", "region", "level", "exports_2024_cny_mn", "exports_yoy_pct"]
    return frames.parse(raw.decode())[[*columns, "imports_2024_cny_mn", "imports_yoy_pct"]]


PAIR = "bilateral/gacc_china_russia_monthly_cny_2024_01_2026_07.csv"


@recipe("gacc-partner-table-cny-2024", PAIR, "partners/gacc_china_by_partner_monthly_2024_cny.csv")
def monthly_2024(pair: bytes, world: bytes) -> pd.DataFrame:
    """China with Russia (billion yuan) and with the world (million yuan) in the months of 2024 that the carrier has."""
    russia = _pair(pair, "2024")
    table = frames.parse(world.decode())
    table = table[table["partner"] == "Total value"].drop(columns="partner").assign(partner="World")
    return pd.concat([russia.assign(partner="Russia"), table], ignore_index=True).fillna("")


@recipe("gacc-partner-table-cny-2026-07", PAIR)
def monthly_2026(pair: bytes) -> pd.DataFrame:
    """China with Russia, billion yuan, from 2025; our copy has every second table of the carrier as printed."""
    return _pair(pair, "2025")


def _pair(raw: bytes, first: str) -> pd.DataFrame:
    """Cells with their basis: the differences were taken from finer cells of the carriers, which the file rounds."""
    table = frames.parse(raw.decode())
    table = table[table["period"].str[:4].eq("2024") if first == "2024" else table["period"].ge(first)]
    names = {
        "total_cny_bn": "month_total_cny_bn",
        "china_exports_to_russia_cny_bn": "month_exports_cny_bn",
        "china_imports_from_russia_cny_bn": "month_imports_cny_bn",
    }
    ytd = [f"ytd_{name}_cny_bn" for name in ("total", "exports", "imports")]
    return table.rename(columns=names)[["period", "ytd_basis", *ytd, "month_basis", *names.values()]]


ASIA = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan")


@recipe("gacc-partner-table-usd-2024-09", "partners/gacc_china_by_partner_2024_09_ytd_usd.csv")
def dollars(raw: bytes) -> pd.DataFrame:
    """September 2024 with the world, Russia and Central Asia, million dollars: the month, and the year to date."""
    return _named(raw, ["Total value", "Russia", *ASIA])


def _named(raw: bytes, names: list[str]) -> pd.DataFrame:
    table = frames.parse(raw.decode())
    return table[table["partner"].isin(names)].reset_index(drop=True)


@recipe("gacc-main-partners-usd-2025-11", "bilateral/gacc_main_partners_usd_2025_01_11.csv")
def main_partners(raw: bytes) -> pd.DataFrame:
    """January to November 2025 with Russia and with the world, million dollars."""
    return _named(raw, ["Total", "Russia"])
