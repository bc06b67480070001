"""Price and volume of the trade of China and Russia: Fisher indices of HS6 unit values per tonne."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from partnership import measures
from refresh import baci

SOURCES = (baci.SOURCE,)
CUTOFFS = {"2": 2.0, "3": 3.0, "5": 5.0, "10": 10.0, "none": None}
"""Beyond which factor a change of unit value is taken for a wrong weight; the choice moves the result, so all are kept."""
BASE = "2021"
"""The last year on both countries' reports: later years are also set against it directly, without the years between."""
CHAPTER = {"CHN": "87", "RUS": "27"}
"""The chapter that each sells most of the growth in: vehicles, fuels."""

DIRECT = {"laspeyres": "laspeyres_2021", "paasche": "paasche_2021"}


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a direction, group of goods, cut-off and year."""
    rows = baci.long(extracts[baci.SOURCE])
    made = []
    for (exporter, importer), flow in rows.groupby(["exporter", "importer"]):
        chapter = CHAPTER[exporter]
        inside = flow["product"].str[:2] == chapter
        groups = {"all": flow, f"chapter {chapter}": flow[inside], f"without chapter {chapter}": flow[~inside]}
        for goods, part in groups.items():
            for cutoff, factor in CUTOFFS.items():
                split = measures.price_and_volume(part, factor).merge(_direct(part, factor), on="period", how="left")
                made.append(split.assign(exporter=exporter, importer=importer, goods=goods, cutoff=cutoff))
    table = pd.concat(made, ignore_index=True)
    table["value"] = (table["value"] / 1000).map("{:.3f}".format)  # thousands to millions of dollars
    for column in ("laspeyres", "paasche", "link", "matched_before", "matched", "price", "volume", *DIRECT.values()):
        table[column] = table[column].map(lambda cell: "" if cell != cell else f"{cell:.4f}")
    for column in table.columns[table.columns != "period"]:
        table[column] = table[column].map(lambda cell: cell.rstrip("0").rstrip(".") if "." in cell else cell)
    return table.assign(status="derived", source_id=baci.SOURCE).astype(object)


def _direct(flow: pd.DataFrame, factor: float | None) -> pd.DataFrame:
    """Each year after the base set against it as if it were the next: ``period`` and the columns of ``DIRECT``."""
    later = sorted(period for period in set(flow["period"]) if period > BASE)
    steps = [measures.price_and_volume(flow[flow["period"].isin([BASE, period])], factor).iloc[1:] for period in later]
    return pd.concat(steps)[["period", *DIRECT]].rename(columns=DIRECT)
