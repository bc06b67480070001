"""Frames of the chapter on the volume of trade."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnership import charts, claims, data, measures, prose
from partnership.trade import bilateral, turnover

DIRECTIONS = {"CHN": "China to Russia", "RUS": "Russia to China"}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def annual(trade: pd.DataFrame) -> pd.DataFrame:
    """Yearly trade by direction as China reports it, billions of dollars.

    Returns
    -------
    pandas.DataFrame
        The best row of each year and direction with ``year`` (integer), ``flow`` and ``billions``.
    """
    rows = data.best(data.select(trade, frequency="A", direction="one-way", reporter="CHN", currency="USD"))
    return rows.assign(
        year=rows["period"].astype(int), flow=rows["exporter"].map(DIRECTIONS), billions=rows["value"] / 1000
    ).sort_values(["exporter", "year"])


def annual_total(trade: pd.DataFrame) -> pd.DataFrame:
    """Both directions together by year, billions of dollars, from :func:`annual`."""
    total = annual(trade).groupby("year", as_index=False)["billions"].sum()
    return total.assign(growth=measures.growth(total["billions"]))


def year_to_date_rows(trade: pd.DataFrame, since: str = "2021") -> pd.DataFrame:
    """The rows that :func:`year_to_date` draws on."""
    rows = data.best(data.select(trade, frequency="YTD", reporter="CHN", currency="USD"))
    return rows[rows["period"] >= since]


def year_to_date(trade: pd.DataFrame, since: str = "2021") -> pd.DataFrame:
    """Cumulative trade of both directions by month and year, billions of dollars.

    The printed total where there is one (for December that of the year); else the sum of the two flows where both are
    known. A month without either is missing, so its line breaks.

    Returns
    -------
    pandas.DataFrame
        ``year`` (text), ``month`` (name), ``billions``; twelve rows a year.
    """
    rows = year_to_date_rows(trade, since)
    total = rows[rows["direction"] == "two-way"].set_index("period")["value"]
    flows = rows[rows["direction"] == "one-way"].groupby("period")["value"]
    parts = flows.sum()[flows.count() == 2]
    years = data.select(
        data.best(data.select(trade, frequency="A", reporter="CHN", currency="USD")), direction="two-way"
    )
    december = years.set_index(years["period"] + "-12")["value"]
    known = total.combine_first(december).combine_first(parts) / 1000
    last = known.index.max()
    periods = [f"{year}-{month:02d}" for year in range(int(since), int(last[:4]) + 1) for month in range(1, 13)]
    frame = pd.DataFrame({"period": periods, "billions": known.reindex(periods).to_numpy()})
    return frame.assign(year=frame["period"].str[:4], month=[MONTHS[int(period[5:]) - 1] for period in periods])[
        ["period", "year", "month", "billions"]
    ]


def monthly_growth(trade: pd.DataFrame, source: str) -> pd.DataFrame:
    """Growth of each month on the same month a year before, per cent, within one source.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``date``, ``billions``, ``growth`` for the two flows together; only months that both flows have.
    """
    rows = data.select(trade, frequency="M", direction="one-way", source_id=source)
    flows = rows.groupby("period")["value"]
    total = (flows.sum()[flows.count() == 2] / 1000).sort_index()
    growth = measures.growth(total, periods=12)
    frame = pd.DataFrame({"period": total.index, "billions": total.to_numpy(), "growth": growth.to_numpy()})
    return frame.assign(date=data.dates(frame["period"]))


YUAN_TABLES = ["gacc-partner-table-cny-2024", "gacc-partner-table-cny-2026-07"]


def growth_by_currency(trade: pd.DataFrame) -> pd.DataFrame:
    """Year-to-date growth of trade in yuan (recomputed from customs tables) and in dollars (as printed).

    Returns
    -------
    pandas.DataFrame
        ``period``, ``date``, ``currency`` (name), ``growth`` in per cent, ``basis`` (recomputed or printed).
    """
    rows = data.select(trade, frequency="YTD", direction="two-way", currency="CNY", source_id=YUAN_TABLES)
    yuan = measures.year_on_year(data.best(rows))
    yuan = yuan.dropna(subset=["growth_recomputed"]).assign(
        growth=lambda frame: frame["growth_recomputed"], currency="in yuan", basis="recomputed from levels"
    )
    printed = data.select(trade, frequency="YTD", direction="two-way", reporter="CHN", currency="USD")
    printed = printed.dropna(subset=["growth_reported"]).sort_values(["period", "rank"]).drop_duplicates("period")
    dollars = printed[printed["period"] >= yuan["period"].min()].assign(
        growth=lambda frame: frame["growth_reported"], currency="in dollars", basis="as printed"
    )
    both = pd.concat([yuan, dollars])
    return both.assign(date=data.dates(both["period"])).sort_values(["currency", "period"])


def forecasts(expected: pd.DataFrame, trade: pd.DataFrame) -> pd.DataFrame:
    """Targets and forecasts for years that are over, beside what came.

    Returns
    -------
    pandas.DataFrame
        One row an expectation with a number: ``label``, ``expected`` (billions of dollars; the middle of a range),
        ``low``, ``high``, ``outcome``, ``difference`` (outcome minus the nearest end of the range), ``year``, ``kind``.
    """
    outcome = annual_total(trade).set_index("year")["billions"]
    rows = expected.dropna(subset=["value_low", "period"])
    rows = rows[rows["period"].astype(int).isin(outcome.index) & (rows["currency"] == "USD")].copy()
    rows["year"] = rows["period"].astype(int)
    rows["low"] = rows["value_low"] / 1000
    rows["high"] = rows["value_high"].fillna(rows["value_low"]) / 1000
    rows["outcome"] = rows["year"].map(outcome)
    rows["difference"] = rows["outcome"] - rows["outcome"].clip(rows["low"], rows["high"])
    made = rows["made_on"].str[:4].fillna("undated")
    rows["label"] = rows["year"].astype(str) + ": " + rows["made_by"] + " (" + made + ")"
    return rows.sort_values(["year", "kind", "made_on"]).drop_duplicates(["year", "low", "high", "kind"])


# -- how they are drawn ---------------------------------------------------------------------------

COLOURS = {"China to Russia": charts.CHINA, "Russia to China": charts.RUSSIA}
YEAR_COLOURS = {
    "2021": charts.MUTED,
    "2022": charts.MUTED,
    "2023": charts.SKY,
    "2024": charts.CLAIM,
    "2025": charts.OCHRE,
    "2026": charts.GREEN,
}
MONTHLY = "mgimo-foreign-trade-2026-07"


def turning_points(frame: pd.DataFrame) -> alt.LayerChart:
    """What happened where the lines of :func:`annual` turn."""
    top = frame["billions"].max()
    return charts.moments(
        {
            2009: ("financial|crisis", top * 0.62),
            2014: ("sanctions,|oil price falls", top * 0.78),
            2022: ("full-scale|invasion", top * 0.95),
        }
    )


def targets(expected: pd.DataFrame) -> pd.DataFrame:
    """The governments' targets, each year and number once: ``year`` (text), ``billions``."""
    rows = data.select(expected, kind="target", currency="USD").dropna(subset=["period", "value_low"])
    rows = rows.sort_values(["period", "value_low"]).drop_duplicates(["period", "value_low"])
    return pd.DataFrame({"year": rows["period"], "billions": rows["value_low"] / 1000})


def totals_and_targets(frame: pd.DataFrame, expected: pd.DataFrame) -> alt.LayerChart:
    """Bars of :func:`annual_total`, the governments' targets as ticks, the article's range as a box."""
    yearly = frame[["year", "billions"]].astype({"year": str})
    marks = targets(expected)
    marks = marks[marks["year"].isin(yearly["year"])]
    marks["text"] = ("target " + marks["billions"].map("{:.0f}".format)).mask(marks["billions"].duplicated(), "")
    range_ = data.select(expected, source_id="stratheia-article")
    box = pd.DataFrame(
        {"year": range_["period"], "low": range_["value_low"] / 1000, "high": range_["value_high"] / 1000}
    )
    return (
        charts.bars(yearly, "year", "billions", unit="billion dollars", opacity=0.45)
        + charts.ticks(marks, "year", "billions", "text")
        + charts.box(box, "year", "low", "high", "the article’s range")
    )


def describe_totals(frame: pd.DataFrame, expected: pd.DataFrame) -> str:
    """Text alternative of totals and targets."""
    at = frame.set_index("year")["billions"]
    years = ", ".join(f"{_billions(at[year])} in {year}" for year in (2020, 2022, 2023, 2024, 2025))
    marks = ", ".join(f"{row.billions:.0f} for {row.year}" for row in targets(expected).itertuples())
    article = data.select(expected, source_id="stratheia-article").iloc[0]
    return (
        f"Bars, one a year, {frame['year'].min()} to {frame['year'].max()}: {years}. Ticks mark targets: {marks}. A box marks the "
        f"article’s range of {article['value_low'] / 1000:.0f} to {article['value_high'] / 1000:.0f} for {article['period']}; "
        "the bar ends above it."
    )


def october_2024(months: pd.DataFrame) -> alt.LayerChart:
    """The article's figure on the lines of :func:`year_to_date`."""
    point = data.select(months, period="2024-10").assign(
        text=lambda row: _billions(row["billions"].iloc[0], 2) + "|January to October 2024"
    )
    return charts.notes(
        point,
        "month",
        "billions",
        "text",
        colour=charts.CLAIM,
        align="right",
        dx=-10,
        dy=-18,
        size=160,
        shape="diamond",
    )


def signed(frame: pd.DataFrame) -> alt.LayerChart:
    """Bars of :func:`monthly_growth`, growth and fall in two colours."""
    bars = frame.dropna()[["date", "growth", "billions"]].assign(
        sign=lambda rows: rows["growth"].map(lambda v: "growth" if v >= 0 else "fall")
    )
    base = charts.time_bars(
        bars, "date", "growth", "sign", unit="per cent", colours={"growth": charts.GREEN, "fall": charts.CHINA}
    )
    return base + charts.moment(
        pd.Timestamp("2022-02-24"), "full-scale|invasion", y=bars["growth"].max(), align="right", dx=-5
    )


def expectations(frame: pd.DataFrame) -> alt.LayerChart:
    """What was expected (a dot or a range) and what came, one row an expectation of :func:`forecasts`."""
    points = pd.concat(
        [
            frame[["label", "kind", "low"]].rename(columns={"low": "billions", "kind": "what"}),
            frame[frame["high"] > frame["low"]][["label", "kind", "high"]].rename(
                columns={"high": "billions", "kind": "what"}
            ),
            frame[["label", "outcome"]].rename(columns={"outcome": "billions"}).assign(what="outcome"),
        ]
    )
    colours = {"target": charts.SKY, "forecast": charts.OCHRE, "outcome": charts.INK}
    points["what"] = pd.Categorical(points["what"], list(colours), ordered=True)
    points["label"] = pd.Categorical(points["label"], list(frame["label"]), ordered=True)
    points = points.sort_values(["label", "what"]).astype({"label": str, "what": str})
    return charts.names_above(charts.dots(points, "billions", "label", "what", unit="billion dollars", colours=colours))


# -- in words -------------------------------------------------------------------------------------


def _billions(value: float, digits: int = 1) -> str:
    return f"${value:,.{digits}f} billion"


def describe_annual(frame: pd.DataFrame) -> str:
    """Text alternative of the yearly flows."""
    at = frame.set_index(["exporter", "year"])["billions"]
    last = int(frame["year"].max())
    parts = [
        f"{name}: {_billions(at[code, 2000])} in 2000, {_billions(at[code, 2020])} in 2020, {_billions(at[code, 2024])} in 2024, "
        f"{_billions(at[code, last])} in {last}"
        for code, name in DIRECTIONS.items()
    ]
    return "Two lines, 1992 to " + f"{last}. " + "; ".join(parts) + ". Both fall in 2009, 2015 and 2025."


def describe_year_to_date(frame: pd.DataFrame) -> str:
    """Text alternative of the cumulative lines."""
    at = frame.set_index("period")["billions"]
    return (
        f"Six lines rising from January to December, one a year from 2021 to 2026. 2024 passes {_billions(at['2024-10'], 2)} in October and "
        f"ends at {_billions(at['2024-12'])}; 2023 ends at {_billions(at['2023-12'])}, 2025 at {_billions(at['2025-12'])}. "
        f"2026 stands at {_billions(at['2026-04'])} in April, above every earlier year."
    )


def describe_monthly(frame: pd.DataFrame) -> str:
    """Text alternative of the monthly growth."""
    known = frame.dropna()
    year = known["period"].str[:4]
    mean = known.groupby(year)["growth"].median()
    spans = ", ".join(f"{label} {value:+.0f} %" for label, value in mean.items())
    return f"Bars, one a month from {known['period'].iloc[0]} to {known['period'].iloc[-1]}. Median month of each year: {spans}."


def describe_currencies(frame: pd.DataFrame) -> str:
    """Text alternative of growth in two currencies."""
    at = frame.set_index(["currency", "period"])["growth"]
    return (
        f"Two lines. January to December 2025: {at['in dollars', '2025-12']:.1f} % in dollars, {at['in yuan', '2025-12']:.1f} % in yuan. "
        f"January to April 2026: {at['in dollars', '2026-04']:+.1f} % in dollars, {at['in yuan', '2026-04']:+.1f} % in yuan; "
        f"January to July 2026: {at['in yuan', '2026-07']:+.1f} % in yuan."
    )


def describe_forecasts(frame: pd.DataFrame) -> str:
    """Text alternative of expectations and outcomes."""
    parts = [
        f"{row.label}: expected {row.low:.0f}{f' to {row.high:.0f}' if row.high > row.low else ''}, came {row.outcome:.0f}"
        for row in frame.itertuples()
    ]
    return "Billions of dollars. " + "; ".join(parts) + "."


def _one(rows: pd.DataFrame) -> float:
    return float(rows["value"].iloc[0])


def numbers(trade: pd.DataFrame, expected: pd.DataFrame) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    year = {label: turnover(label, "A") for label in ("2020", "2023", "2024", "2025")}
    ten, printed = claims.recompute("trade-202-10m").rows, turnover("2024-10", "YTD")
    before = turnover("2023-10", "YTD")
    stated = data.select(data.load("claims"), id=["trade-202-10m", "trade-202-full-2024"])
    article = data.select(data.load("claims"), id="trade-2024-range")
    target = data.select(expected, kind="target", period="2020").head(1)
    outcome = float(year["2024"]["value"].iloc[0])
    low, high = 1000 * float(article["stated_low"].iloc[0]), 1000 * float(article["stated_high"].iloc[0])
    fall = data.select(trade, period="2025", frequency="A", direction="two-way", currency="USD").dropna(
        subset=["growth_reported"]
    )
    levels = prose.together(printed, before)
    flows = {
        (year, exporter): bilateral(
            period=str(year), frequency="A", direction="one-way", exporter=exporter, reporter="CHN", currency="USD"
        )
        for year in (2000, 2010, 2020, 2024, 2025)
        for exporter in ("CHN", "RUS")
    }
    both = {year: prose.together(flows[year, "CHN"], flows[year, "RUS"]) for year in (2000, 2010, 2020, 2024, 2025)}
    surplus = float(flows[2024, "RUS"]["value"].iloc[0]) - float(flows[2024, "CHN"]["value"].iloc[0])
    drop = {code: 100 * (1 - _one(flows[2025, code]) / _one(flows[2024, code])) for code in ("CHN", "RUS")}
    growth = growth_by_currency(trade)
    yuan = data.select(growth, currency="in yuan", period="2026-07")
    dollars = data.select(growth, currency="in dollars", period="2026-04")
    year_yuan = {
        year: data.best(data.select(trade, period=year, frequency="A", direction="two-way", currency="CNY")).head(1)
        for year in ("2024", "2025")
    }
    monthly = data.select(trade, source_id=MONTHLY)
    grown = monthly_growth(trade, MONTHLY).dropna(subset=["growth"])
    fell = grown[(grown["period"].str[:4] == "2025") & (grown["growth"] < 0)]
    expectations_ = forecasts(expected, trade)
    recent = expectations_[expectations_["year"] >= 2021]
    return {
        "stated": prose.dollars(1000 * float(stated["stated_value"].iloc[0]), stated, 2),
        "total_2024": prose.dollars(outcome, year["2024"], 2),
        "total_2025": prose.dollars(float(year["2025"]["value"].iloc[0]), year["2025"], 2),
        "total_2020": prose.dollars(float(year["2020"]["value"].iloc[0]), year["2020"]),
        "fall_2025": prose.percent(-float(fall["growth_reported"].iloc[0]), fall, note="as printed, in dollars"),
        "exports_10m": prose.dollars(
            float(data.select(ten, exporter="CHN")["value"].iloc[0]), data.select(ten, exporter="CHN"), 2
        ),
        "imports_10m": prose.dollars(
            float(data.select(ten, exporter="RUS")["value"].iloc[0]), data.select(ten, exporter="RUS"), 2
        ),
        "total_10m": prose.dollars(float(ten["value"].sum()), ten, 2, note="sum of the two flows"),
        "growth_10m": prose.percent(float(printed["growth_reported"].iloc[0]), printed, note="as printed, in dollars"),
        "growth_10m_levels": prose.percent(
            100 * (float(printed["value"].iloc[0]) / float(before["value"].iloc[0]) - 1),
            levels,
            note="recomputed from levels",
        ),
        "growth_2024": prose.percent(
            float(year["2024"]["growth_reported"].iloc[0]), year["2024"], note="as printed, in dollars"
        ),
        "target_2020": prose.dollars(float(target["value_low"].iloc[0]), target, 0),
        "article_low": prose.dollars(low, article, 0),
        "article_high": prose.dollars(high, article, 0),
        "above_range": prose.dollars(
            outcome - high, year["2024"], note="outcome minus the upper end of the article's range"
        ),
        "both_2000": prose.dollars(float(both[2000]["value"].sum()), both[2000], note="sum of the two flows"),
        "both_2010": prose.dollars(float(both[2010]["value"].sum()), both[2010], note="sum of the two flows"),
        "times_since_2000": prose.times(
            both[2024]["value"].sum() / both[2000]["value"].sum(), prose.together(both[2000], both[2024]), 0
        ),
        "from_russia_2024": prose.dollars(_one(flows[2024, "RUS"]), flows[2024, "RUS"]),
        "to_russia_2024": prose.dollars(_one(flows[2024, "CHN"]), flows[2024, "CHN"]),
        "surplus_2024": prose.dollars(surplus, both[2024], note="imports from Russia minus exports to Russia"),
        "drop_china": prose.percent(drop["CHN"], prose.together(flows[2024, "CHN"], flows[2025, "CHN"])),
        "drop_russia": prose.percent(drop["RUS"], prose.together(flows[2024, "RUS"], flows[2025, "RUS"])),
        "yuan_2024": prose.yuan(_one(year_yuan["2024"]), year_yuan["2024"]),
        "yuan_2025": prose.yuan(_one(year_yuan["2025"]), year_yuan["2025"]),
        "yuan_2026": prose.percent(float(yuan["growth"].iloc[0]), yuan, note="January to July, recomputed from levels"),
        "dollars_2026": prose.percent(float(dollars["growth"].iloc[0]), dollars, note="January to April, as printed"),
        "months_fell": prose.count(len(fell), monthly, "months"),
        "expected_since_2021": prose.count(len(recent), recent, "statements"),
        "too_low": prose.count(int((recent["difference"] > 0).sum()), recent, "statements"),
    }
