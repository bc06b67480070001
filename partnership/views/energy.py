"""Which rows of the energy table tell a year, and what a tonne cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from partnership import data, prose

BARRELS = 7.33
"""Barrels a tonne of crude, the usual average; Russia's ESPO blend is a little lighter, Urals a little heavier."""
UNITS = {"volume": {"thousand tonnes", "million tonnes", "billion cubic metres"}, "value": {"USD million"}}


def by_year(trade: pd.DataFrame, commodity: str, measure: str, **where: str) -> pd.DataFrame:
    """The rows that tell each year: twelve months of one customs file, or else one figure of the whole year.

    Of several figures of a year an outcome goes before a forecast, a number before a bound, then the one with most digits,
    then the better tier, then the newer page. Months read off a chart are left out.

    Parameters
    ----------
    trade : pandas.DataFrame
        Rows of ``energy-trade`` with their line numbers.
    commodity, measure : str
        As in the table.
    where : columns
        What else is asked of the rows; by default Russia's sales as China's customs report them.

    Returns
    -------
    pandas.DataFrame
        Rows of the table with ``year``.
    """
    asked = {"exporter": "RUS", "importer": "CHN", "reporter": "CHN"} | where
    rows = data.select(trade, commodity=commodity, measure=measure, **asked).dropna(subset=["value"])
    rows = rows[rows["unit"].isin(UNITS[measure]) & (rows["status"] != "digitised")]
    rows = rows.assign(year=rows["period"].str[:4])
    months = rows[rows["frequency"] == "M"]
    whole = months[months.groupby(["year", "source_id"])["period"].transform("nunique") == 12]
    single = rows[(rows["frequency"] == "A") & ~rows["year"].isin(whole["year"])]
    single = single.assign(
        _forecast=single["status"] == "estimated",
        _bound=single["qualifier"].isin(data.BOUNDS),
        _error=data.error(single),
        _old=-single["published"].map(_day),
    )
    worth = ["_forecast", "_bound", "_error", "tier", "_old"]
    best = single.sort_values(["year", *worth], kind="stable").drop_duplicates("year")
    return pd.concat([whole, best[whole.columns]]).sort_index()


def _day(published: object) -> int:
    return int(f"{str(published).replace('-', ''):0<8}") if isinstance(published, str) else 0


def amount(rows: pd.DataFrame, year: str) -> prose.Number:
    """One year of :func:`by_year`: million tonnes, billion cubic metres, or million dollars as billions.

    Raises
    ------
    KeyError
        If no row tells the year.
    """
    of = rows[rows["year"] == year]
    if not len(of):
        raise KeyError(f"no row tells {year}; there are {rows['year'].min()} to {rows['year'].max()}")
    unit = of["unit"].iloc[0]
    if unit == "USD million":
        return prose.dollars("sum(a)", a=of)
    words = "million tonnes" if "tonnes" in unit else unit
    formula = "sum(a) / 1000" if unit == "thousand tonnes" else "sum(a)"
    return prose.plain(formula, a=of, unit=words, after=words)


def factor(volume: pd.DataFrame) -> int:
    """What million dollars over rows of a volume, in thousand or million tonnes, take to be dollars a tonne."""
    return 1000 if volume["unit"].iloc[0] == "thousand tonnes" else 1


def short_of(trade: pd.DataFrame, month: str) -> dict[str, pd.DataFrame]:
    """Crude at China's border from January to the month before one, as operands: Russia's is ``(a - e) / (b - f)``, all crude ``c / d``.

    Of Russia's crude the sum to that month is printed, so the month itself (``e``, ``f``) is taken off.
    """
    crude = data.select(trade, commodity="crude oil", importer="CHN", reporter="CHN", status="reported")
    russia, world = (data.select(crude, exporter=exporter) for exporter in ("RUS", "WLD"))
    printed = data.select(russia, period=month)
    cells = {
        ("a", "b"): data.select(printed, frequency="YTD"),
        ("e", "f"): data.select(printed, frequency="M"),
        ("c", "d"): data.select(world, period=str(pd.Period(month, "M") - 1), frequency="YTD"),
    }
    kinds = ("value", "volume")
    return {
        name: data.select(rows, measure=kind)
        for names, rows in cells.items()
        for name, kind in zip(names, kinds, strict=True)
    }


def of_year(trade: pd.DataFrame, year: str) -> dict[str, pd.DataFrame]:
    """Crude at China's border in a year, as operands: value and volume of Russia's (``a``, ``b``) and of all (``c``, ``d``)."""
    world = data.select(trade, commodity="crude oil", importer="CHN", reporter="CHN", exporter="WLD", frequency="A")
    printed = data.select(world, period=year).dropna(subset=["value"])
    cells = {}
    for measure, (russia, whole) in {"value": ("a", "c"), "volume": ("b", "d")}.items():
        rows = by_year(trade, "crude oil", measure)
        cells[russia] = rows[rows["year"] == year].drop(columns="year")
        cells[whole] = data.select(printed, measure=measure)
    return dict(sorted(cells.items()))


def taken_back(trade: pd.DataFrame, year: str) -> dict[str, Any]:
    """The operands of :func:`of_year` for a year of which all crude is not printed.

    All crude (``c``, ``d``) is then that of the next year, with the changes printed there, in per cent (``g``, ``h``).
    """
    following = of_year(trade, str(int(year) + 1))
    whole = {name: following[name] for name in ("c", "d")}
    changes = {"g": (whole["c"], "growth_reported"), "h": (whole["d"], "growth_reported")}
    return of_year(trade, year) | whole | changes


def against_all(cells: Mapping[str, Any]) -> prose.Number:
    """How far a tonne of Russian crude lay from the average of China's crude, per cent.

    Cells of :func:`of_year`, :func:`taken_back` or :func:`short_of`.
    """
    price, _, _ = _russian(cells)
    dollars, tonnes = _whole(cells)
    return _told(cells, prose.percent(f"100 * ({price} / ({dollars} / {tonnes}) - 1)", **cells))


def against_others(cells: Mapping[str, Any]) -> prose.Number:
    """The same against China's crude of all other origins."""
    price, value, volume = _russian(cells)
    dollars, tonnes = _whole(cells)
    others = f"(({dollars} - {value}) / ({tonnes} - {volume}))"
    return _told(cells, prose.percent(f"100 * ({price} / {others} - 1)", **cells))


def _told(cells: Mapping[str, Any], value: prose.Number) -> prose.Number:
    """With a month taken off the period is that of all crude, with a year taken back that of Russia's."""
    if "e" in cells:
        return prose.of_period(f"January to {cells['c']['period'].iloc[0]}", value)
    return prose.of_period(cells["a"]["period"].iloc[0], value) if "g" in cells else value


def _whole(cells: Mapping[str, Any]) -> tuple[str, str]:
    """Dollars and tonnes of all crude as formulas over the cells."""
    return ("(c / (1 + g / 100))", "(d / (1 + h / 100))") if "g" in cells else ("c", "d")


def _russian(cells: Mapping[str, Any]) -> tuple[str, str, str]:
    """Price, value and volume of Russia's crude as formulas over the cells, in the units of the whole."""
    if "e" in cells:
        return "(a - e) / (b - f)", "(a - e)", "(b - f)"
    scale = factor(cells["b"])
    return f"{scale} * sum(a) / sum(b)", "sum(a)", f"sum(b) / {scale}"


def compared(trade: pd.DataFrame) -> dict[str, dict[str, dict[str, pd.DataFrame]]]:
    """The cells of each period for which Russia's crude and all crude are printed, by frequency and period.

    Years (``A``) as of :func:`of_year`; January to a month (``YTD``) as of :func:`short_of`, by the last month compared.
    """
    crude = data.select(trade, commodity="crude oil", importer="CHN", reporter="CHN", status="reported")
    printed = data.select(crude, exporter="WLD").dropna(subset=["value"])
    periods = {kind: sorted(set(data.select(printed, frequency=kind)["period"])) for kind in ("A", "YTD")}
    years = {year: of_year(trade, year) for year in periods["A"]}
    months = {month: short_of(trade, str(pd.Period(month, "M") + 1)) for month in periods["YTD"]}
    return {
        kind: {period: cells for period, cells in found.items() if all(map(len, cells.values()))}
        for kind, found in (("A", years), ("YTD", months))
    }


def a_tonne(value: pd.DataFrame, volume: pd.DataFrame, digits: int = 0) -> prose.Number:
    """Dollars a tonne at the border: rows in million dollars over rows in million or thousand tonnes."""
    return prose.plain(
        f"{factor(volume)} * sum(a) / sum(b)", a=value, b=volume, unit="USD a tonne", digits=digits, after="dollars"
    )


def a_barrel(month: str) -> prose.Number:
    """What a barrel of Brent cost, the average of a month, dollars."""
    rows = data.select(data.load("oil-price"), frequency="M", period=month)
    return prose.plain(rows, unit="USD a barrel", digits=0, after="dollars")
