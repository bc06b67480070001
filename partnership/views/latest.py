"""The latest value of each indicator, and what it was a year before, from the tables alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from partnership import data, prose
from partnership.trade import monthly


def indicators() -> pd.DataFrame:
    """What moves from month to month, each with the last period that its table has.

    Returns
    -------
    pandas.DataFrame
        One row an indicator: ``indicator``, ``unit``, ``period`` (ISO), ``value``, ``before_period``, ``before`` (the same a
        year earlier, missing where the same counter tells none), ``change`` (per cent; points for shares), ``tier`` (the
        lowest of the rows used), ``table``, ``source_id`` (of the last row), ``whole`` (told to a whole unit) and ``rough``
        (read off a chart: its change is told to a whole per cent).
    """
    return pd.DataFrame(_lines())


def _lines() -> Iterator[dict[str, Any]]:
    trade = data.load("bilateral-trade")
    dollars = monthly()
    yuan = data.best(data.select(trade, reporter="CHN", currency="CNY", frequency="M", direction="two-way"))
    yield _line("Trade both ways, one month", "billion US dollars", dollars, scale=0.001, rough=True)
    for exporter, name in (("CHN", "China to Russia, one month"), ("RUS", "Russia to China, one month")):
        flow = data.select(dollars, exporter=exporter)
        yield _line(name, "billion US dollars", flow, scale=0.001, rough=exporter == "CHN")
    yield _line("Trade both ways, twelve months", "billion US dollars", dollars, scale=0.001, months=12, rough=True)
    to_date = data.best(data.select(trade, reporter="CHN", currency="USD", frequency="YTD", direction="two-way"))
    yield _printed(
        _line("Trade both ways, from January to the month", "billion US dollars", to_date, scale=0.001), to_date
    )
    yield _line(
        "Trade both ways, twelve months, in yuan",
        "billion yuan",
        yuan.drop_duplicates("period"),
        scale=0.001,
        months=12,
        whole=True,  # some months are as first printed, some hold revisions of earlier ones
    )
    oil = data.select(data.load("oil-gas-trade"), importer="CHN")
    yield _share(
        "Oil and gas in China’s imports from Russia, twelve months",
        oil,
        data.select(oil, product_group="oil_and_gas"),
        12,
    )
    energy = data.load("energy-trade")
    crude = data.select(
        energy,
        commodity="crude oil",
        exporter="RUS",
        importer="CHN",
        measure="volume",
        unit="million tonnes",
        frequency="M",
    )
    yield _line("Crude oil from Russia to China, one month", "million tonnes", data.one_source(crude), rough=True)
    gas = data.select(energy, commodity="pipeline gas", exporter="RUS", importer="CHN", frequency="A", measure="volume")
    gas = data.select(gas, unit="billion cubic metres")
    yield _line("Gas by pipeline from Russia to China, a year", "billion cubic metres", _one_a_period(gas))
    cars = data.select(
        data.load("market-shares"), market="new cars", metric="share", brand="all Chinese", frequency="M"
    )
    cars = data.select(cars, counter=cars.loc[cars["period"].idxmax(), "counter"])
    yield _line("Chinese brands in new cars sold in Russia, one month", "per cent", _one_a_period(cars), whole=True)
    paid = data.select(data.load("settlement-currency"), kind="statistic", frequency="M", partner="WLD", currency="RUB")
    for flow, name in (
        ("export", "Russia’s exports paid in roubles, all partners"),
        ("import", "Russia’s imports paid in roubles, all partners"),
    ):
        yield _line(name, "per cent", _one_a_period(data.select(paid, flow=flow)))
    lists = data.select(data.load("sanctions-monthly"), jurisdiction="USA", target="RUS", measure="stock", type="all")
    yield _line("Entries under “Russia” on the lists of the US Treasury (OFAC)", "entries", lists)


def _one_a_period(rows: pd.DataFrame) -> pd.DataFrame:
    """The row of the best tier for each period, the newest of several."""
    return rows.sort_values(["period", "tier", "published"], ascending=[True, True, False]).drop_duplicates("period")


def _line(name: str, unit: str, rows: pd.DataFrame, scale: float = 1, months: int = 1, **told: bool) -> dict[str, Any]:
    values = rows.groupby("period")["value"].sum() * scale
    if months > 1:
        full = pd.period_range(values.index.min(), values.index.max(), freq="M").astype(str)
        values = values.reindex(full).rolling(months).sum().dropna()
    return _told(name, unit, values, rows) | told


def _printed(line: dict[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
    """The change as the page printed it: sums from January on of two years are of two vintages."""
    last = rows[rows["period"] == line["period"]].iloc[0]
    return line | {"change": float(last["growth_reported"]), "whole": last["error"] >= 500}


def _share(name: str, whole: pd.DataFrame, part: pd.DataFrame, months: int) -> dict[str, Any]:
    sums = [rows.groupby("period")["value"].sum().rolling(months).sum() for rows in (part, whole)]
    return _told(name, "per cent", (100 * sums[0] / sums[1]).dropna(), whole)


def _told(name: str, unit: str, values: pd.Series, rows: pd.DataFrame) -> dict[str, Any]:
    last = max(values.index, key=data.last_day)
    earlier = data.year_before(last)
    value, before = float(values[last]), float(values.get(earlier, float("nan")))
    change = value - before if unit == "per cent" else 100 * (value / before - 1)
    used = rows[rows["period"].isin([last, earlier])]
    return {
        "indicator": name,
        "unit": unit,
        "period": last,
        "value": value,
        "before_period": earlier if before == before else "",
        "before": before,
        "change": change,
        "tier": max(used["tier"]),
        "table": data.names(rows)[0],
        "source_id": rows.loc[rows["period"] == last, "source_id"].iloc[0],
        "whole": unit == "entries",
        "rough": False,
    }


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """The indicators as a page prints them."""
    digits = frame["whole"].map({True: 0, False: 1})
    return pd.DataFrame(
        {
            "Indicator": frame["indicator"],
            "Unit": frame["unit"],
            "Period": frame["period"].map(prose.month),
            "Value": [prose.fixed(value, place) for value, place in zip(frame["value"], digits, strict=True)],
            "A year before": [
                prose.fixed(value, place) if value == value else "not in the table"
                for value, place in zip(frame["before"], digits, strict=True)
            ],
            "Change": [_change(row) for row in frame.itertuples()],
            "Lowest tier": frame["tier"],
        }
    )


def _change(row: Any) -> str:
    if row.change != row.change:
        return "–"
    sign = "+" if row.change > 0 else ""
    points = row.unit == "per cent"
    digits = 0 if points and row.whole or row.rough else 1  # whole: the difference of two whole points
    return f"{sign}{prose.fixed(row.change, digits)} {'points' if points else '%'}"
