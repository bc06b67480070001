"""The best row of each cell of the trade tables, and the sums and parts that several chapters take from them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from partnership import data


def bilateral(as_of: str | None = None, **where: object) -> pd.DataFrame:
    """The best row of each cell of ``bilateral-trade``, as known on a day."""
    return data.best_of("bilateral-trade", as_of, **where)


def turnover(period: str, frequency: str, as_of: str | None = None) -> pd.DataFrame:
    """Both flows together in dollars as China's customs report them; empty if not known on the day."""
    return bilateral(as_of, period=period, frequency=frequency, direction="two-way", reporter="CHN", currency="USD")


def totals(as_of: str | None = None, **where: object) -> pd.DataFrame:
    """The best row of each cell of ``trade-totals``, as known on a day."""
    return data.best_of("trade-totals", as_of, **where)


def monthly() -> pd.DataFrame:
    """Both flows by month in dollars as China's customs report them, from one source throughout."""
    rows = data.select(data.load("bilateral-trade"), reporter="CHN", currency="USD")
    return data.one_source(data.select(rows, frequency="M", direction="one-way"))


def twelve_months(rows: pd.DataFrame, last: str) -> pd.DataFrame:
    """The rows of the twelve months that end with one.

    Examples
    --------
    >>> twelve_months(monthly(), "2024-03")["period"].unique().tolist()[::11]
    ['2023-04', '2024-03']
    """
    months = pd.period_range(end=last, periods=12, freq="M")
    return data.select(rows, period=[str(month) for month in months])


def ended_before(labels: Iterable[str], last: str) -> list[str]:
    """The periods that ended before the year of the last one: those among which a record is taken.

    Examples
    --------
    >>> ended_before(["2025-11", "2025-12", "2026-01"], "2026-05")
    ['2025-11', '2025-12']
    """
    return [label for label in labels if label < last[:4]]


def nine_months() -> tuple[pd.DataFrame, pd.DataFrame]:
    """January to September: trade of the two as Chinese customs count it, and all trade of Russia as its customs do.

    Exports and imports are added where both are printed; for 2025 one derived total of both is all there is.
    """
    where = {"frequency": "YTD", "currency": "USD"}
    between = bilateral(reporter="CHN", direction="two-way", **where)
    world = totals(reporter="RUS", **where)
    world = world[((world["exporter"] == "WLD") | (world["importer"] == "WLD")) & world["value"].notna()]
    parts = world[world["direction"] == "one-way"]
    whole = world[(world["direction"] == "two-way") & ~world["period"].isin(parts["period"])]
    both = pd.concat([parts, whole]).sort_index()
    both.attrs = world.attrs
    months = {period for period in both["period"] if period.endswith("-09")}
    return between[between["period"].isin(months)], both[both["period"].isin(months)]
