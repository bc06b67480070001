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


def steps(to_date: pd.DataFrame) -> pd.DataFrame:
    """What each month adds to the sum from January on: twelve in a row give the sums as printed, with what was revised.

    Months as printed at the time add to less than the year as printed: what is revised later is in no month. Of two flows
    each has its own steps; a month has one where the rows have the month before, or it is January.
    """
    rows = to_date.sort_values("period")
    flow = [column for column in ("direction", "exporter", "importer") if column in rows]
    year, month = rows["period"].str[:4], rows["period"].str[5:].astype(int)
    keys = [*(rows[column] for column in flow), year]
    added, months = (values.groupby(keys, observed=True).diff() for values in (rows["value"], month))
    return rows.assign(value=added.where(months == 1).where(month > 1, rows["value"])).dropna(subset=["value"])


def running_year(to_date: pd.DataFrame, last: str) -> tuple[str, dict[str, pd.DataFrame]]:
    """The twelve months that end with one, from sums from January on of one flow: a formula and its rows.

    Examples
    --------
    >>> both = bilateral(reporter="CHN", currency="CNY", frequency="YTD", direction="two-way")
    >>> running_year(both, "2025-12")[0], running_year(both, "2026-03")[0]
    ('sum(a)', 'a + b - c')
    """
    if last.endswith("-12"):
        return "sum(a)", {"a": data.select(to_date, period=last)}
    before = int(last[:4]) - 1
    ends = (last, f"{before}-12", f"{before}{last[4:]}")
    return "a + b - c", {name: data.select(to_date, period=end) for name, end in zip("abc", ends, strict=True)}


def ended_before(labels: Iterable[str], last: str) -> list[str]:
    """The periods that ended before the year of the last one: those among which a record is taken.

    Examples
    --------
    >>> ended_before(["2025-11", "2025-12", "2026-01"], "2026-05")
    ['2025-11', '2025-12']
    """
    return [label for label in labels if label < last[:4]]


def parts() -> tuple[dict[str, pd.DataFrame], str]:
    """Oil and gas from Russia, its other goods, and China's goods, by month; and the last month that all three have."""
    russia = data.select(data.load("oil-gas-trade"), exporter="RUS", importer="CHN", reporter="CHN")
    found = {
        "Oil and gas from Russia": data.select(russia, product_group="oil_and_gas"),
        "Other goods from Russia": data.select(russia, product_group="other"),
        "Goods from China": data.select(monthly(), exporter="CHN"),
    }
    return found, min(data.latest(rows) for rows in found.values())


def nine_months() -> tuple[pd.DataFrame, pd.DataFrame]:
    """January to September: trade of the two as Chinese customs count it, and all trade of Russia as its customs do.

    Exports and imports are added where both are printed, else one total of both is taken: for 2025 a derived one.
    """
    where = {"frequency": "YTD", "currency": "USD"}
    between = bilateral(reporter="CHN", direction="two-way", **where)
    world = totals(reporter="RUS", **where)
    world = world[((world["exporter"] == "WLD") | (world["importer"] == "WLD")) & world["value"].notna()]
    flows = world[world["direction"] == "one-way"]
    flows = flows[flows.groupby("period")["period"].transform("size") == 2]  # one alone is half of a total
    whole = world[(world["direction"] == "two-way") & ~world["period"].isin(flows["period"])]
    both = pd.concat([flows, whole]).sort_index()
    both.attrs = world.attrs
    months = {period for period in both["period"] if period.endswith("-09")}
    return between[between["period"].isin(months)], both[both["period"].isin(months)]
