"""Codes of countries from the names that publishers print; an unknown name is an error, never a guess."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pandas as pd

from refresh import DATA, frames

FOLLOWED = (
    *(
        "ARE",
        "BLR",
        "BRA",
        "CAN",
        "CHN",
        "DEU",
        "EGY",
        "ETH",
        "FRA",
        "GBR",
        "IDN",
        "IND",
        "IRN",
        "ITA",
        "JPN",
        "KAZ",
        "KGZ",
        "MNG",
    ),
    *("PAK", "PRK", "RUS", "SAU", "TJK", "TKM", "USA", "UZB", "ZAF"),
)
"""States that the book follows over decades: members of BRICS, SCO and G7, Central Asia, Mongolia, North Korea."""

# Names that differ from those in data/countries.csv, as publishers and carriers spell them.
NAMES = {
    "Bolivia (Plurinational State of)": "BOL",
    "Bosnia Herzegovina": "BIH",
    "Brunei Darussalam": "BRN",
    "Cape Verde": "CPV",
    "Cayman Isds": "CYM",
    "Central African Rep.": "CAF",
    "China, Hong Kong SAR": "HKG",
    "China, Macao SAR": "MAC",
    "Cocos (Kearling) Islands": "CCK",
    "Czech Republic": "CZE",
    "Côte d'Ivoire": "CIV",
    "Dem. Rep. of the Congo": "COD",
    "Democratic Republic of Congo": "COD",
    "Dominican Rep.": "DOM",
    "East Timor": "TLS",
    "Federated States of Micronesia": "FSM",
    "French Saint Martin": "MAF",
    "French Southern Territory": "ATF",
    "Hong Kong, China": "HKG",
    "Lao People's Dem. Rep.": "LAO",
    "Macau, China": "MAC",
    "Other Asia, nes": "TWN",
    "Rep. of Korea": "KOR",
    "Rep. of Moldova": "MDA",
    "Republic of Congo": "COG",
    "Reunion Island": "REU",
    "Russian Federation": "RUS",
    "Saint Barthelemy": "BLM",
    "Sao Tome and Principe": "STP",
    "Small islands outside the continental United States": "UMI",
    "Solomon Isds": "SLB",
    "St. Martin, Netherlands": "SXM",
    "State of Palestine": "PSE",
    "Taiwan, China": "TWN",
    "U.S. Virgin Islands": "VIR",
    "Turkey": "TUR",
    "UAE": "ARE",
    "USA": "USA",
    "United Rep. of Tanzania": "TZA",
    "Viet Nam": "VNM",
    "Åland Islands": "ALA",
}


@cache
def names() -> dict[str, str]:
    """All known names with their codes."""
    table = frames.read(DATA / "countries.csv")
    return dict(zip(table["name"], table["code"], strict=True)) | NAMES


def codes(printed: Iterable[str], more: dict[str, str] | None = None) -> list[str]:
    """Codes of printed names; ``more`` are names that one publisher alone uses.

    Raises
    ------
    ValueError
        If a name is not known.

    Examples
    --------
    >>> codes(["China", "Viet Nam"])
    ['CHN', 'VNM']
    """
    known = names() | (more or {})
    printed = list(printed)
    if strange := sorted({name for name in printed if name not in known}):
        raise ValueError(f"no code for the name {strange[0]!r}: add it to refresh/countries.py")
    return [known[name] for name in printed]


def m49() -> dict[str, str]:
    """ISO codes by the three digits of the United Nations."""
    table = frames.read(DATA / "countries.csv")
    return {digits: code for digits, code in zip(table["m49"], table["code"], strict=True) if digits}


def column(printed: pd.Series, more: dict[str, str] | None = None) -> pd.Series:
    """Codes of a column of printed names."""
    return pd.Series(codes(printed, more), index=printed.index, dtype=object)
