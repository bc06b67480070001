"""Twelve months of China's imports from Russia, summed from the mirror base; all other rows were read off charts."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from partnership import trade
from refresh import numbers
from refresh.derive import Extracts, stored

SOURCES = ("mgimo-oil-gas-mirror-2026-05",)
WINDOWS = ("2025-05", "2026-05")
DIGITISED = ("2710", "2711")
"""Groups of the bulletin's chart that leave about crude oil when taken from oil and gas."""
SUM = "sum of twelve published months"
GROUP = f"{SUM}; group of HS 2709, 2710, 2711, 2712-2715"
RESIDUAL = "oil and gas group minus digitised 2710 and 2711: about HS 2709 with 2712-2715"


def derive(extracts: Extracts) -> pd.DataFrame:
    """All goods, oil and gas, and what is left of them for crude oil; million dollars, with what each may be off."""
    (source,) = SOURCES
    table = extracts[source]
    china, chart = table[table["partner"] == "CN"], stored("product-windows")
    rows: list[tuple[str, ...]] = []
    for last in WINDOWS:
        window = trade.twelve_months(china, last)
        if len(window) != 24:
            raise ValueError(f"{len(window)} cells in the twelve months to {last}, where 24 are due")
        fuels = _sum(window[window["group"] == "oil_and_gas"]["usd_bn"])
        read = chart[(chart["period"] == last) & (chart["exporter"] == "RUS") & chart["hs4"].isin(DIGITISED)]
        rows += [
            (last, "All goods", numbers.plain(_sum(window["usd_bn"]), 0), "6", SUM),
            (last, "Oil and gas group", numbers.plain(fuels, 0), "6", GROUP),
            (last, "Crude oil (residual)", numbers.plain(fuels - _sum(read["value"], 1), 0), "20", RESIDUAL),
        ]
    made = pd.DataFrame(rows, columns=["period", "product", "value", "error", "note"])
    sides = {"exporter": "RUS", "importer": "CHN", "reporter": "CHN"}
    return made.assign(frequency="R12", status="derived", source_id=source, **sides)


def _sum(cells: pd.Series, factor: int = 1000) -> Decimal:
    return factor * sum(map(numbers.exact, cells), start=Decimal(0))
