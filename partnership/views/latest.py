"""The latest value of each indicator, and what it was a year before, from the tables alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from partnership import data, prose
from partnership.series import Series, on_every_period, series
from partnership.trade import ended_before, monthly, nine_months, steps
from partnership.views import dependency, energy


def indicators() -> pd.DataFrame:
    """What moves from month to month, each with the last period that its table has.

    Returns
    -------
    pandas.DataFrame
        One row an indicator: ``indicator``, ``unit``, ``period`` (ISO), ``value``, ``before_period``, ``before`` (the same a
        year earlier, missing where the same counter tells none), ``change`` in its ``change_unit``, ``low`` and ``high`` (the
        span of the counts of a share, missing where one body counts) and the same two of the year before, ``tier`` (the
        lowest of the rows used), ``table``, ``source_id`` (of the last row), ``whole`` (told to a whole unit) and ``rough``
        (read off a chart, or with a cell that may be off: its change is told to a whole unit).
    """
    return pd.DataFrame(_lines())


def _lines() -> Iterator[dict[str, Any]]:
    yield from _trade()
    yield from _china()
    yield from _fuel()
    cars = data.select(
        data.load("market-shares"), market="new cars", metric="share", brand="all Chinese", frequency="M"
    )
    cars = data.select(cars, counter=cars.loc[cars["period"].idxmax(), "counter"])
    yield _line("Chinese brands in new cars sold in Russia, one month", "per cent", _one_a_period(cars), whole=True)
    paid = data.select(data.load("settlement-currency"), kind="statistic", frequency="M", partner="WLD", currency="RUB")
    for flow in ("export", "import"):
        name, rows = f"Russia’s {flow}s paid in roubles, all partners", _one_a_period(data.select(paid, flow=flow))
        yield (newest := _line(name, "per cent", rows))
        if not newest["before_period"]:
            yield _line(f"{name}, last month with a figure of a year before", "per cent", _with_a_year_before(rows))
    lists = data.select(data.load("sanctions-monthly"), jurisdiction="USA", target="RUS", measure="stock", type="all")
    yield _line("Entries under “Russia” on the lists of the US Treasury (OFAC)", "entries", lists)


def _trade() -> Iterator[dict[str, Any]]:
    trade = data.load("bilateral-trade")
    dollars = monthly()
    yield _line("Trade in both directions, one month", "billion US dollars", dollars, scale=0.001, rough=True)
    for exporter, name in (("CHN", "China to Russia, one month"), ("RUS", "Russia to China, one month")):
        flow = data.select(dollars, exporter=exporter)
        yield _line(name, "billion US dollars", flow, scale=0.001, rough=exporter == "CHN")
    yield _line(
        "Trade in both directions, twelve months", "billion US dollars", dollars, scale=0.001, months=12, rough=True
    )
    to_date = data.best(data.select(trade, reporter="CHN", currency="USD", frequency="YTD", direction="two-way"))
    yield _printed(
        _line("Trade in both directions, from January to the month", "billion US dollars", to_date, scale=0.001),
        to_date,
    )
    yield _line(
        "Trade in both directions, twelve months, in yuan",
        "billion yuan",
        _yuan(),
        scale=0.001,
        months=12,
        whole=True,  # the sums from January on of two years are of two vintages
    )


def _yuan() -> pd.DataFrame:
    """Both directions in yuan: what each month adds to the sum from January on that China's customs print."""
    trade = data.select(data.load("bilateral-trade"), reporter="CHN", currency="CNY")
    return steps(data.best(data.select(trade, frequency="YTD", direction="two-way")))


def _china() -> Iterator[dict[str, Any]]:
    """China's share of Russia's trade: by customs of both, and by whoever has the newest count of each direction."""
    shares = dependency.share_of_months("both").frame["value"]
    name = "China’s share of Russia’s trade in both directions, from January to the month"
    yield _told(name, "per cent", shares, prose.together(*nine_months()))
    spans = dependency.interval(dependency.on_every_basis()).set_index(["flow", "year"])
    for flow in dependency.FLOWS:
        counts = data.select(dependency.published(), flow=flow, basis=dependency.COUNTED)
        counts = data.select(counts, who=counts.loc[counts["period"].idxmax(), "who"])
        line = _line(f"China’s share of Russia’s {flow}, a year", "per cent", _one_a_period(counts), whole=True)
        for end in ("", "before_"):
            at = (flow, int(line[f"{end}period"] or 0))
            if at in spans.index:
                line |= {f"{end}{side}": float(spans.at[at, side]) for side in ("low", "high")}
        yield line


def _fuel() -> Iterator[dict[str, Any]]:
    oil = data.select(data.load("oil-gas-trade"), importer="CHN")
    yield _share(
        "Oil and gas in China’s imports from Russia, twelve months",
        oil,
        data.select(oil, product_group="oil_and_gas"),
        12,
        rough=True,
    )
    trade = data.load("energy-trade")
    yield _line("Crude oil from Russia to China, one month", "million tonnes", _crude(), rough=True)
    periods = energy.compared(trade)
    for frequency, name in (("A", "a year"), ("YTD", "from January to the month")):
        yield _discount(f"Discount of Russian crude to China’s other crude, {name}", periods[frequency])
    gas = data.select(trade, exporter="RUS", importer="CHN", frequency="A", measure="volume", status="reported")
    pipe = data.select(gas, commodity="pipeline gas", unit="billion cubic metres")
    yield _line("Gas by pipeline from Russia to China, a year", "billion cubic metres", _one_a_period(pipe), rough=True)
    ship = data.select(gas, commodity="LNG", reporter="CHN", unit="million tonnes").dropna(subset=["value"])
    yield _line(
        "Liquefied natural gas (LNG) from Russia to China, a year", "million tonnes", _one_a_period(ship), rough=True
    )


def _crude() -> pd.DataFrame:
    """Tonnes of Russian crude to China by month, from one source throughout."""
    rows = data.select(data.load("energy-trade"), commodity="crude oil", exporter="RUS", importer="CHN", frequency="M")
    return data.one_source(data.select(rows, measure="volume", unit="million tonnes"))


def _discount(name: str, cells: Mapping[str, Mapping[str, pd.DataFrame]]) -> dict[str, Any]:
    below = pd.Series({period: -energy.against_others(parts).value for period, parts in cells.items()})
    rows = [part.assign(period=period) for period, parts in cells.items() for part in parts.values()]
    return _told(name, "per cent", below, pd.concat(rows))


def _with_a_year_before(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows up to the last period that also has a row a year before."""
    periods = set(rows["period"])
    return rows[rows["period"] <= max(period for period in periods if data.year_before(period) in periods)]


def _one_a_period(rows: pd.DataFrame) -> pd.DataFrame:
    """The row of the best tier for each period, the newest of several."""
    return rows.sort_values(["period", "tier", "published"], ascending=[True, True, False]).drop_duplicates("period")


def _line(name: str, unit: str, rows: pd.DataFrame, scale: float = 1, months: int = 1, **told: bool) -> dict[str, Any]:
    values = rows.groupby("period")["value"].sum() * scale
    if months > 1:
        values = on_every_period(values).rolling(months).sum().dropna()
    return _told(name, unit, values, rows, months) | told


def _printed(line: dict[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
    """The change as the page printed it: sums from January on of two years are of two vintages."""
    last = rows[rows["period"] == line["period"]].iloc[0]
    return line | {"change": float(last["growth_reported"]), "whole": last["error"] >= 500}


def _share(name: str, whole: pd.DataFrame, part: pd.DataFrame, months: int, **told: bool) -> dict[str, Any]:
    sums = [on_every_period(rows.groupby("period")["value"].sum()).rolling(months).sum() for rows in (part, whole)]
    return _told(name, "per cent", (100 * sums[0] / sums[1]).dropna(), whole, months) | told


def _told(name: str, unit: str, values: pd.Series, rows: pd.DataFrame, months: int = 1) -> dict[str, Any]:
    last = max(values.index, key=data.last_day)
    earlier = data.year_before(last)
    value, before = float(values[last]), float(values.get(earlier, float("nan")))
    change = value - before if unit == "per cent" else 100 * (value / before - 1)
    used = {last, earlier}
    if months > 1:
        ends = (pd.period_range(end=end, periods=months, freq="M") for end in (last, earlier))
        used = {str(month) for span in ends for month in span}
    return {
        "indicator": name,
        "unit": unit,
        "period": last,
        "value": value,
        "before_period": earlier if before == before else "",
        "before": before,
        "change": change,
        "change_unit": "percentage points" if unit == "per cent" else "per cent",
        "low": float("nan"),
        "high": float("nan"),
        "before_low": float("nan"),
        "before_high": float("nan"),
        "tier": max(rows[rows["period"].isin(used)]["tier"]),
        "table": ", ".join(data.names(rows)),
        "source_id": rows.loc[rows["period"] == last, "source_id"].iloc[0],
        "whole": unit == "entries",
        "rough": False,
    }


def against_record() -> pd.DataFrame:
    """The newest sum of twelve months of each series beside the highest that ended before its year.

    Returns
    -------
    pandas.DataFrame
        One row a series: ``series``, ``unit``, ``since`` (first month held), ``period`` (last month of the newest sum),
        ``value``, ``record_period``, ``record``, ``difference`` (value less record), ``error`` (how far the difference may
        be off) and ``tier`` (the lowest of the rows held).
    """
    dollars, oil = monthly(), data.select(data.load("oil-gas-trade"), importer="CHN")
    sums = {
        "Trade in both directions": ("billion US dollars", 0.001, dollars),
        "China to Russia": ("billion US dollars", 0.001, data.select(dollars, exporter="CHN")),
        "Russia to China": ("billion US dollars", 0.001, data.select(dollars, exporter="RUS")),
        "Oil and gas from Russia, without coal": (
            "billion US dollars",
            0.001,
            data.select(oil, product_group="oil_and_gas"),
        ),
        "Other goods from Russia": ("billion US dollars", 0.001, data.select(oil, product_group="other")),
        "Trade in both directions, in yuan": ("billion yuan", 0.001, _yuan()),
        "Crude oil from Russia": ("million tonnes", 1, _crude()),
    }
    return pd.DataFrame(
        [
            {"series": name, "unit": unit} | _beside_record(series(rows, unit=unit, scale=scale))
            for name, (unit, scale, rows) in sums.items()
        ]
    )


def _beside_record(months: Series) -> dict[str, Any]:
    sums = months.over(12).frame
    last = sums.index[-1]
    record = sums.loc[ended_before(sums.index, last), "value"].idxmax()
    return {
        "since": months.frame.index[0],
        "period": last,
        "value": sums.at[last, "value"],
        "record_period": record,
        "record": sums.at[record, "value"],
        "difference": sums.at[last, "value"] - sums.at[record, "value"],
        "error": sums.at[last, "error"] + sums.at[record, "error"],
        "tier": months.ground["tier"],
    }


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """The indicators as a page prints them; a span of the counts stands in brackets."""
    digits = frame["whole"].map({True: 0, False: 1})
    return pd.DataFrame(
        {
            "Indicator": frame["indicator"],
            "Unit": frame["unit"],
            "Period": frame["period"].map(prose.month),
            "Value": [
                _with_span(*found) for found in zip(frame["value"], frame["low"], frame["high"], digits, strict=True)
            ],
            "A year before": [
                _with_span(*found) if found[0] == found[0] else "not in the table"
                for found in zip(frame["before"], frame["before_low"], frame["before_high"], digits, strict=True)
            ],
            "Change": [_change(row) for row in frame.itertuples()],
            "Lowest tier": frame["tier"],
        }
    )


def signed(change: float, error: float, digits: int = 1) -> str:
    """A change with its sign; one within its error has none.

    Examples
    --------
    >>> signed(2.8, 2.1), signed(-0.1, 0.8), signed(-0.1, 0.002)
    ('+2.8', 'within 0.8', '−0.1')
    """
    if abs(change) <= error:
        return f"within {margin(error, digits).removeprefix('under ')}"
    return f"{'+' if change > 0 else ''}{prose.fixed(change, digits)}"


def margin(error: float, digits: int = 1) -> str:
    """How far a value may be off; what rounds to nothing is not told as none.

    Examples
    --------
    >>> margin(0.76), margin(0.0025), margin(0.3, 0)
    ('0.8', 'under 0.1', 'under 1')
    """
    words = prose.fixed(error, digits)
    return words if words.strip("0.") else f"under {words[:-1]}1"


def record_shown(frame: pd.DataFrame) -> pd.DataFrame:
    """The sums of :func:`against_record` as a page prints them."""
    digits = [0 if unit == "billion yuan" else 1 for unit in frame["unit"]]
    told = {
        column: [prose.fixed(value, places) for value, places in zip(frame[column], digits, strict=True)]
        for column in ("value", "record")
    }
    return pd.DataFrame(
        {
            "Series": frame["series"],
            "Unit": frame["unit"],
            "Twelve months to": frame["period"].map(prose.month),
            "Value": told["value"],
            "Record": told["record"],
            "Record to": frame["record_period"].map(prose.month),
            "Difference": list(map(signed, frame["difference"], frame["error"], digits)),
            "May be off by": list(map(margin, frame["error"], digits)),
            "Months since": frame["since"].map(prose.month),
        }
    )


def _with_span(value: float, low: float, high: float, digits: int) -> str:
    told = prose.fixed(value, digits)
    return f"{told} ({prose.fixed(low, digits)}–{prose.fixed(high, digits)})" if low == low else told


def _change(row: Any) -> str:
    if row.change != row.change:
        return "–"
    sign = "+" if row.change > 0 else ""
    points = row.unit == "per cent"
    digits = 0 if points and row.whole or row.rough else 1  # whole: the difference of two whole points
    return f"{sign}{prose.fixed(row.change, digits)} {'points' if points else '%'}"
