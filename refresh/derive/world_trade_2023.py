"""Goods trade between 194 economies in 2023, reconciled by CEPII."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from refresh.numbers import exact, plain

SOURCES = ("cepii-baci-2023",)


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a pair that trades, millions of dollars; empty and zero cells are pairs that do not."""
    told = extracts[SOURCES[0]]
    rows = []
    for line in told.to_dict("records"):
        for importer in told.columns[1:]:
            cell = line[importer]
            if cell in ("", "NA", "NaN") or not (value := exact(cell) / 1000):
                continue
            # Three decimals, or four digits where that is more.
            value = plain(value, max(3, 3 - value.adjusted()))
            rows.append((line["exporter"], importer, value))
    made = pd.DataFrame(rows, columns=["exporter", "importer", "value"])
    return made.assign(period="2023", source_id=SOURCES[0])
