"""Dependence by industry, 2011 to 2022: what China and Russia deliver to each other, and what all deliver to them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from refresh.numbers import plain

SOURCES = ("oecd-icio-2011-2022",)
GOODS, SERVICES = "GOODS", "Services"
PAIRS = {("CHN", "RUS"), ("RUS", "CHN"), ("", "CHN"), ("", "RUS"), ("RUS", "")}
"""Seller and buyer of the sums that are told, without one where all are meant; only Russia's sales to all are in the extract."""


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a year, direction and industry, with the sum of all goods industries."""
    told = extracts[SOURCES[0]]
    years = [column for column in told if column.isdigit()]
    sums: dict[tuple[str, str, str, str], Decimal] = {}
    for row in told.to_dict("records"):
        sectors = (row["sector"],) if row["sector"] == SERVICES else (row["sector"], GOODS)
        ends = {(row["exporter"], row["importer"]), ("", row["importer"]), (row["exporter"], "")}
        for year in years:
            value = Decimal(row[year])
            for key in ((year, *pair, sector) for pair in ends & PAIRS for sector in sectors):
                sums[key] = sums.get(key, Decimal(0)) + value
    rows = []
    for exporter, importer in (("CHN", "RUS"), ("RUS", "CHN")):
        for year, seller, buyer, sector in sorted(sums):
            if (seller, buyer) != (exporter, importer):
                continue
            value, bought = sums[year, exporter, importer, sector], sums[year, "", importer, sector]
            sold = sums[year, exporter, "", sector] if exporter == "RUS" else None
            rows.append(
                {
                    "period": year,
                    "exporter": exporter,
                    "importer": importer,
                    "sector": sector,
                    "value": plain(value, 4),
                    "imports": plain(bought, 4),
                    "exports": "" if sold is None else plain(sold, 4),
                }
            )
    return pd.DataFrame(rows).assign(status="estimated", source_id=SOURCES[0])
