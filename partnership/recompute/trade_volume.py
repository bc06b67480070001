"""Claims on the volume of trade."""

from __future__ import annotations

import pandas as pd

from partnership.claims import Finding, recomputes
from partnership.trade import bilateral, turnover


def _level(rows: pd.DataFrame) -> float | None:
    return float(rows["value"].iloc[0]) / 1000 if len(rows) else None


def _printed_growth(rows: pd.DataFrame) -> float | None:
    printed = rows["growth_reported"].dropna()
    return float(printed.iloc[0]) if len(printed) else None


@recomputes("trade-202-10m")
def ten_months(as_of: str | None) -> Finding:
    """January to October 2024: the sum of the two flows, or the total as printed where they are not known."""
    flows = bilateral(as_of, period="2024-10", frequency="YTD", direction="one-way", reporter="CHN", currency="USD")
    printed = turnover("2024-10", "YTD", as_of)
    if len(flows) == 2:
        total, others = flows["value"].sum() / 1000, _level(printed)
        return Finding(
            total,
            flows,
            "exports plus imports, January to October 2024, China's customs",
            others=() if others is None else (others,),
        )
    return Finding(_level(printed), printed, "trade of January to October 2024 as printed, China's customs")


@recomputes("trade-202-full-2024")
def full_year(as_of: str | None) -> Finding:
    """The whole of 2024, against the ten months."""
    year, months = turnover("2024", "A", as_of), ten_months(as_of)
    rows = pd.concat([year, months.rows])
    return Finding(
        _level(year), rows, "trade of the year 2024, China's customs", months.value, "January to October 2024"
    )


@recomputes("trade-2024-range")
def forecast_range(as_of: str | None) -> Finding:
    """The outcome of the year that the article forecasts."""
    year = turnover("2024", "A", as_of)
    return Finding(_level(year), year, "trade of the year 2024, China's customs")


@recomputes("trade-28-yoy")
def growth_of_the_year(as_of: str | None) -> Finding:
    """Growth in 2024 as printed, against the growth printed for the ten months."""
    year, months = turnover("2024", "A", as_of), turnover("2024-10", "YTD", as_of)
    return Finding(
        _printed_growth(year),
        pd.concat([year, months]),
        "growth of the year 2024 as printed, dollars",
        _printed_growth(months),
        "January to October 2024",
    )


@recomputes("trade-same-as-2023")
def same_as_before(as_of: str | None) -> Finding:
    """2024 over 2023 in per cent; the claim states 100 without a number of its own."""
    year, before = turnover("2024", "A", as_of), turnover("2023", "A", as_of)
    ratio = 100 * _level(year) / _level(before) if len(year) and len(before) else None  # type: ignore[operator]
    return Finding(ratio, pd.concat([year, before]), "trade of 2024 in per cent of 2023, China's customs")
