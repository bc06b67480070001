"""Sanctions lists month by month."""

from __future__ import annotations

import pandas as pd

from refresh import countries
from refresh.derive import Extracts

OFAC, UK, AUSTRALIA = "ofac-panel-2026-03", "uk-sanctions-list-2026-05", "dfat-consolidated-list-2024-12"
SOURCES = (OFAC, UK, AUSTRALIA)
NAMES = {
    "Bahamas, The": "BHS",
    "Burma": "MMR",
    "Congo, Democratic Republic of the": "COD",
    "Congo, Republic of the": "COG",
    "Cote d Ivoire": "CIV",
    "Korea, North": "PRK",
    "Korea, South": "KOR",
    "Macau": "MAC",
    "Man, Isle of": "IMN",
    "North Macedonia, The Republic of": "MKD",
    "The Gambia": "GMB",
    "Virgin Islands, British": "VGB",
    "West Bank and Gaza": "PSE",
}
FEW = 10  # countries with fewer entries in the last month are left out, but for those of Central Asia
NEIGHBOURS = frozenset({"TJK", "TKM"})
# Countries whose additions and removals are kept beside the stock.
FLOWS = frozenset(
    [
        "ARE",
        "BLR",
        "CHN",
        "CYP",
        "HKG",
        "IND",
        "IRN",
        "KAZ",
        "KGZ",
        "PRK",
        "RUS",
        "SYR",
        "TJK",
        "TKM",
        "TUR",
        "UKR",
        "UZB",
        "VEN",
        "WLD",
    ]
)


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a month, list, target, measure and type."""
    return pd.concat(
        [_ofac(extracts[OFAC]), _uk(extracts[UK]), _australia(extracts[AUSTRALIA])], ignore_index=True
    ).assign(value=lambda rows: rows["value"].astype(int).astype(str))


def _ofac(table: pd.DataFrame) -> pd.DataFrame:
    """Stocks, additions and removals; the world is the sum of all countries, so one entry may count more than once."""
    counts = table.rename(columns={"levels": "stock"}).assign(target=countries.column(table["Country"], NAMES))
    counts[["stock", "additions", "removals"]] = counts[["stock", "additions", "removals"]].astype(int)
    world = counts.groupby("yrmon", as_index=False)[["stock", "additions", "removals"]].sum().assign(target="WLD")
    last = counts[counts["yrmon"] == counts["yrmon"].max()]
    kept = set(last.loc[last["stock"] >= FEW, "target"]) | NEIGHBOURS | {"WLD"}
    long = pd.concat([counts, world]).melt(["yrmon", "target"], ["stock", "additions", "removals"], "measure")
    long = long[long["target"].isin(kept) & ((long["measure"] == "stock") | long["target"].isin(FLOWS))]
    opening = long["yrmon"].min()  # all entries of the opening month are one stock
    long = long[(long["measure"] == "stock") | (long["yrmon"] > opening)].rename(columns={"yrmon": "period"})
    status = (long["target"] == "WLD").map({True: "derived", False: "reported"})
    return long.assign(jurisdiction="USA", type="all", status=status, source_id=OFAC)


def _uk(table: pd.DataFrame) -> pd.DataFrame:
    """Designations by month and their running sum; those carried over on 31 December 2020 only stand in the sum."""
    counts = table.rename(columns={"total": "all"}).set_index("period").astype(int)
    parts = []
    for measure, frame in (("still-listed", counts.iloc[1:]), ("still-listed-cumulative", counts.cumsum())):
        parts.append(frame.reset_index().melt("period", var_name="type").assign(measure=measure))
    return pd.concat(parts).assign(jurisdiction="GBR", target="RUS", status="derived", source_id=UK)


def _australia(table: pd.DataFrame) -> pd.DataFrame:
    """The stock of each list at hand: control dates move, so months before say nothing."""
    stock = table.assign(value=table["total"].astype(int)).groupby("list", as_index=False)["value"].sum()
    marks = {"jurisdiction": "AUS", "target": "RUS", "measure": "stock", "type": "all"}
    return stock.rename(columns={"list": "period"}).assign(**marks, status="derived", source_id=AUSTRALIA)
