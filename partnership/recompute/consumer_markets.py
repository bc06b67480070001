"""Claims on cars and smartphones."""

from __future__ import annotations

import pandas as pd

from partnership import data
from partnership.claims import Finding, recomputes

CHINESE = {"brand": "all Chinese", "metric": "share"}


def _value(rows: pd.DataFrame) -> float | None:
    return float(rows["value"].iloc[0]) if len(rows) else None


@recomputes("cars-60")
def car_share(as_of: str | None) -> Finding:
    """The share of the year that the claim is about, or of the latest month of that year known at the time.

    Data after 2024 are ignored: the claim is about that year, no forecast. The chapter tells them.
    """
    shares = data.load("market-shares", as_of=as_of)
    sold = data.select(shares, market="new cars", basis="new passenger cars by brand", **CHINESE)
    year = data.select(sold, period="2024").sort_values(["tier", "published"], ascending=[True, False])
    months = sold[sold["period"].str.startswith("2024-") & (sold["frequency"] == "M")].sort_values("period")
    rows = year if len(year) else months.tail(1)
    return Finding(
        _value(rows),
        rows,
        "share of Chinese brands in new cars sold in 2024: the year, or the latest month then known",
        others=tuple(rows["value"].iloc[1:]),
    )


@recomputes("phones-90")
def phone_share(as_of: str | None) -> Finding:
    """The latest share that was counted among imports; another thing is the share of purchases, first quarter of 2024."""
    shares = data.load("market-shares", as_of=as_of)
    basis = "units imported, by nationality of the brand"
    rows = data.select(shares, market="smartphones", basis=basis, **CHINESE).sort_values("period").tail(1)
    bought = data.load("claim-evidence", as_of=as_of)
    bought = data.select(bought, claim_id="phones-90", bears="another").sort_values("published").head(1)
    return Finding(
        _value(rows),
        rows,
        "latest counted share of Chinese brands in smartphone imports (2023, GS Group)",
        year=rows["period"].iloc[0] if len(rows) else "",
        elsewhere=_value(bought),
        of="purchases among popular brands of China, Korea, America and Europe in the first quarter of 2024, by the receipts of one bank",
    )
