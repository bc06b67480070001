"""Claims on the volume of trade."""

from __future__ import annotations

import pandas as pd

from partnership import data
from partnership.claims import Finding, recomputes
from partnership.trade import bilateral, turnover


def _level(rows: pd.DataFrame) -> float | None:
    return float(rows["value"].iloc[0]) / 1000 if len(rows) else None


def _printed_growth(rows: pd.DataFrame) -> float | None:
    printed = rows["growth_reported"].dropna()
    return float(printed.iloc[0]) if len(printed) else None


@recomputes("trade-202-10m")
def ten_months(as_of: str | None) -> Finding:
    """January to October 2024: the sum of the two flows."""
    flows = bilateral(as_of, period="2024-10", frequency="YTD", direction="one-way", reporter="CHN", currency="USD")
    total = flows["value"].sum() / 1000 if len(flows) == 2 else None
    return Finding(total, flows, "exports plus imports, January to October 2024, China's customs")


@recomputes("trade-202-full-2024")
def full_year(as_of: str | None) -> Finding:
    """The whole of 2024, against the ten months."""
    year, months = turnover("2024", "A", as_of), ten_months(as_of)
    rows = pd.concat([year, months.rows])
    return Finding(
        _level(year), rows, "trade of the year 2024, China's customs", months.value, "January to October 2024"
    )


@recomputes("contradiction-202")
def one_figure_for_two_periods(as_of: str | None) -> Finding:
    """The latest cumulative figure of 2024 that is known: the year cannot be less."""
    known = pd.concat(
        [turnover(f"2024-{month:02d}", "YTD", as_of) for month in (10, 11, 12)] + [turnover("2024", "A", as_of)]
    )
    return Finding(
        _level(known.tail(1)), known.tail(1), "latest cumulative trade of 2024 known at the time, China's customs"
    )


@recomputes("trade-2024-range")
def forecast_range(as_of: str | None) -> Finding:
    """The outcome of the year that the article forecasts."""
    year = turnover("2024", "A", as_of)
    return Finding(_level(year), year, "trade of the year 2024, China's customs", forecast=True)


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


@recomputes("contradiction-28")
def growth_of_the_forecast(as_of: str | None) -> Finding:
    """What the upper end of the forecast would mean as growth on 2023."""
    before = turnover("2023", "A", as_of)
    ends = data.select(data.load("claims"), id="trade-2024-range")
    top = float(ends["stated_high"].iloc[0])
    growth = 100 * (top / _level(before) - 1) if len(before) else None  # type: ignore[operator]
    return Finding(growth, before, "upper end of the article's forecast against 2023, growth in per cent")
