"""Who supplies and who buys, by industry: China and Russia."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts

SOURCES = ("oecd-icio-2025",)
TWO = {"CHN", "RUS"}
SHARES = {
    "share_of_imports": "share_of_buyer_imports_of_sector",
    "share_of_exports": "share_of_seller_exports_of_sector",
    "share_of_use": "share_of_buyer_total_use_of_sector",
}
Sums = dict[tuple[str, str], Decimal]


def derive(extracts: Extracts) -> pd.DataFrame:
    """Value and its shares: of the buyer's imports, of the seller's exports, of all that the buyer uses (itself included)."""
    (source,) = SOURCES
    flows = extracts[source]
    flows = flows[flows["sector"] != ""].reset_index(drop=True)
    exact = flows["value_usd_mn"].map(numbers.exact)
    # The other flows have three digits, and none is below ten thousand dollars.
    rounded = exact.map(lambda value: round(value, 3) if value >= Decimal("0.01") else Decimal(0))
    abroad = flows["seller"] != flows["buyer"]
    sums = {
        "share_of_imports": (_sums(rounded[abroad], flows[abroad], "buyer"), "buyer"),
        "share_of_exports": (_sums(rounded[abroad], flows[abroad], "seller"), "seller"),
        "share_of_use": (_sums(rounded, flows, "buyer"), "buyer"),
    }
    rows = []
    for value, flow in zip(exact, flows.to_dict("records"), strict=True):
        between = {flow["seller"], flow["buyer"]} == TWO
        row = {
            "period": "2022",
            "exporter": flow["seller"],
            "importer": flow["buyer"],
            "sector": flow["sector"],
            "value": numbers.plain(value, 4 if value < Decimal("0.01") else 3),
            "status": "estimated",
            "source_id": source,
        }
        for name, (whole, side) in sums.items():
            row[name] = _published(flow[SHARES[name]]) if between else _share(value, whole, flow[side], flow["sector"])
        if flow["seller"] == flow["buyer"]:
            row |= {"share_of_imports": "", "share_of_exports": ""}
        rows.append(row)
    return pd.DataFrame(rows)


def _sums(values: pd.Series, flows: pd.DataFrame, side: str) -> Sums:
    return values.groupby([flows[side], flows["sector"]]).sum().to_dict()


def _published(cell: str) -> str:
    return numbers.plain(cell, 6) if cell else ""


def _share(value: Decimal, sums: Sums, country: str, sector: str) -> str:
    whole = sums.get((country, sector))
    return numbers.plain(value / whole, 6) if country in TWO and whole else ""
