"""Frames of the chapter on what was expected of 2025 and what came."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnership import charts, claims, data, measures, prose, show
from partnership.trade import turnover

_SPLIT = "split(datum.label, '|')"
"""Axis labels with a ``|`` break there."""
THEN, NOW = "end of 2024", "today"
SHORT = {
    "trade-2024-range": "Trade of {low:.0f} to {high:.0f}|billion dollars in 2024",
    "trend-unchanged": "The trend is unlikely|to change",
    "more-engagement": "More engagement|with Russia",
    "host-brics-brazil": "Brazil hosts|BRICS",
    "host-sco-china": "China hosts|the SCO",
    "host-g20-sa": "South Africa hosts|the G20",
    "trump-2025": "Trump returns with|America First",
    "multilateralism-vs-g7": "Summits will show|the West divided",
}
"""The article's expectations as their row on the chart names them."""


# -- expectations and verdicts --------------------------------------------------------------------


def expectations(ledger: pd.DataFrame) -> pd.DataFrame:
    """The verdict on each expectation, then and now.

    Returns
    -------
    pandas.DataFrame
        Two rows a claim of :data:`SHORT`, in its order: ``id``, ``expectation`` (short; a ``|`` breaks the line),
        ``known`` (:data:`THEN` or :data:`NOW`), ``verdict``.
    """
    rows = ledger.set_index("id").loc[list(SHORT)].reset_index()
    named = [SHORT[row.id].format(low=row.stated_low, high=row.stated_high) for row in rows.itertuples()]
    frame = rows.assign(expectation=named)
    parts = [frame.assign(known=known, verdict=frame[column]) for known, column in ((THEN, "then"), (NOW, "now"))]
    both = pd.concat(parts)[["id", "expectation", "known", "verdict"]]
    return both.sort_values("id", key=lambda ids: ids.map(list(SHORT).index), kind="stable").reset_index(drop=True)


def verdict_grid(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw :func:`expectations` as two columns of verdicts."""
    shown = frame[["expectation", "known", "verdict"]].assign(_words=frame["verdict"].str.replace("be ", "be|"))
    label = alt.Axis(labelExpr=_SPLIT, labelLimit=170, labelOffset=-7, titleY=0, domain=False)
    top = alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False)
    base = alt.Chart(shown).encode(
        x=alt.X("known", type="nominal", sort=None, title=None, axis=top),
        y=alt.Y("expectation", type="nominal", sort=None, title=None, axis=label),
        tooltip=["expectation", "known", "verdict"],
    )
    names = list(dict.fromkeys(frame["verdict"]))
    colour = alt.Color(
        "verdict",
        type="nominal",
        legend=None,
        scale=alt.Scale(domain=names, range=[charts.VERDICTS[name] for name in names]),
    )
    return alt.layer(
        base.mark_rect(opacity=0.3, stroke=charts.GRID, strokeWidth=1).encode(color=colour),
        *(
            base.transform_filter(f"indexof(datum._words, '|') {sign} 0")
            .mark_text(lineBreak="|", lineHeight=14, dy=lift)
            .encode(text=alt.Text("_words", type="nominal"))
            .properties(name=f"{charts.INSIDE}{lift + 7}")
            for sign, lift in (("<", 0), (">=", -7))
        ),
    )


def happened(outlook: pd.DataFrame) -> show.Table:
    """What came of each expectation, one dated event or figure a row."""
    rows = outlook.sort_values(["expectation", "date"])
    figure = [
        ""
        if pd.isna(row.value)
        else f"{prose.fixed(row.value, 1)} {row.unit.replace('USD billion', 'billion dollars')}"
        for row in rows.itertuples()
    ]
    shown = pd.DataFrame(
        {
            "The article": rows["expectation"],
            "What came": rows["what_happened"],
            "Figure": figure,
            "When": rows["date"].map(_day),
            "Reported by": rows["source_id"].map(data.sources()["publisher"]),
        }
    )
    return show.table(shown, "What the article expected or stated, and what came, with the page that reports it")


def _day(date: str) -> str:
    stamp = pd.Timestamp(date)
    return {4: date, 7: f"{stamp:%B %Y}"}.get(len(date), f"{stamp.day} {stamp:%B %Y}")


# -- the range for 2024 ---------------------------------------------------------------------------

PARTS = {"public then": charts.INK, "as in 2023": charts.SKY, "what came": charts.GREEN}


def known_of_2024(month: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Trade from January to a month of 2024 as public when the article was written, and the rows of the rest of 2023.

    Returns
    -------
    tuple of pandas.DataFrame
        The row of 2024; the two rows of 2023 (the month, the year) whose difference is the rest of that year.
    """
    this = turnover(f"2024-{month:02d}", "YTD", claims.WRITTEN)
    before = [turnover(period, "YTD", claims.WRITTEN) for period in (f"2023-{month:02d}", "2023-12")]
    return this, prose.together(*before)


def rest(rows: pd.DataFrame) -> float:
    """The rest of a year in millions of dollars: the year less its first months."""
    first, year = rows.sort_values("period")["value"]
    return float(year - first)


def arithmetic() -> pd.DataFrame:
    """What the published months of 2024 and the rest of 2023 add up to, beside the outcome.

    Returns
    -------
    pandas.DataFrame
        ``sum`` (which one), ``part`` (a key of :data:`PARTS`), ``billions``, ``total`` of its bar.
    """
    known, repeated, came = PARTS
    rows: list[tuple[str, str, float]] = []
    for month, name in ((10, "ten months and|two of 2023"), (11, "eleven months|and one of 2023")):
        this, before = known_of_2024(month)
        rows += [(name, known, float(this["value"].iloc[0])), (name, repeated, rest(before))]
    rows.append(("the year|as it came", came, float(turnover("2024", "A")["value"].iloc[0])))
    frame = pd.DataFrame(rows, columns=["sum", "part", "billions"])
    frame["billions"] = frame["billions"] / 1000
    return frame.assign(total=frame.groupby("sum")["billions"].transform("sum"))


def arithmetic_rows() -> pd.DataFrame:
    """The loaded rows behind :func:`arithmetic`."""
    known = [part for month in (10, 11) for part in known_of_2024(month)]
    return prose.together(*known, turnover("2024", "A")).drop_duplicates()


def arithmetic_bars(frame: pd.DataFrame, low: float, high: float) -> alt.LayerChart:
    """Lying bars of :func:`arithmetic` over the article's range."""
    shown = frame.round(3)
    order = {name: position for position, name in enumerate(PARTS)}
    shown["_order"] = shown["part"].map(order)
    axis = alt.Axis(labelExpr=_SPLIT, labelOffset=-7, titleY=0)
    base = alt.Chart(shown).encode(y=alt.Y("sum", type="nominal", sort=None, title=None, axis=axis))
    scale, ticks = alt.Scale(domain=[0, 290], nice=False), alt.Axis(values=[0, 50, 100, 150, 200, 250])
    colours = alt.Scale(domain=list(PARTS), range=list(PARTS.values()))
    bars = base.mark_bar(height={"band": 0.6}).encode(
        x=alt.X("billions", type="quantitative", title="billion dollars", scale=scale, axis=ticks),
        color=alt.Color("part", type="nominal", scale=colours, legend=alt.Legend(symbolType="square", columns=2)),
        order=alt.Order("_order", type="quantitative"),
        tooltip=["part", alt.Tooltip("billions", type="quantitative", format=",.2f")],
    )
    ends = alt.Chart(shown.drop_duplicates("sum")).mark_text(align="left", dx=5, fontWeight="bold")
    total = alt.Text("total", type="quantitative", format=".1f")
    return alt.layer(
        bars,
        ends.encode(y=alt.Y("sum", type="nominal", sort=None), x=alt.X("total", type="quantitative"), text=total),
        *_range(low, high),
    )


def _range(low: float, high: float) -> list[alt.Chart]:
    """The article's range over all rows of a lying chart."""
    here = alt.Chart(pd.DataFrame({"_low": [low], "_high": [high], "_text": ["the article’s range"]}))
    left = alt.X("_low", type="quantitative")
    box = here.mark_rect(color=charts.CLAIM, opacity=0.35, stroke=charts.CLAIM).encode(x=left, x2="_high")
    word = here.mark_text(color=charts.CLAIM, align="right", dx=-4, dy=-6, baseline="bottom")
    return [box, word.encode(x=alt.X("_high", type="quantitative"), y=alt.value(0), text="_text:N")]


# -- trade since ----------------------------------------------------------------------------------

DIRECTIONS = {"CHN": "China to Russia", "RUS": "Russia to China"}
FLOW_COLOURS = {"China to Russia": charts.CHINA, "Russia to China": charts.RUSSIA}
CUSTOMS = ["gacc-partner-table-cny-2024", "gacc-partner-table-cny-2026-07"]


def yuan_rows(trade: pd.DataFrame) -> pd.DataFrame:
    """Single months in yuan from the customs tables."""
    return data.best(data.select(trade, frequency="M", direction="one-way", currency="CNY", source_id=CUSTOMS))


def twelve_months(trade: pd.DataFrame) -> pd.DataFrame:
    """Sums of the last twelve months in yuan, by direction, from the customs tables.

    Returns
    -------
    pandas.DataFrame
        ``period`` and ``date`` of the last month, ``flow``, ``billions``.
    """
    months = yuan_rows(trade).pivot(index="period", columns="exporter", values="value").sort_index()
    sums = (months.rolling(12).sum() / 1000).dropna().rename(columns=DIRECTIONS)
    frame = sums.reset_index().melt("period", var_name="flow", value_name="billions")
    return frame.assign(date=data.dates(frame["period"]))


def twelve_month_lines(frame: pd.DataFrame) -> alt.LayerChart:
    """Lines of :func:`twelve_months`, with the level of 2024 and the lowest point of each."""
    drawn = charts.lines(
        frame[["date", "flow", "billions"]],
        "date",
        "billions",
        "flow",
        unit="billion yuan in twelve months",
        colours=FLOW_COLOURS,
        y_domain=(700, 1010),
    )
    _axis(drawn, alt.Axis(format="%b %y", tickCount=6))
    lows = frame.loc[frame.groupby("flow")["billions"].idxmin()]
    lows = lows.assign(text=[f"{row.billions:.0f} in {row.date:%b %Y}" for row in lows.itertuples()])
    marks = charts.notes(lows[["date", "billions", "text"]], "date", "billions", "text", dy=20, align="center")
    return drawn + _axis(marks, alt.Axis(format="%b %y", tickCount=6))


def _axis(chart: alt.LayerChart, axis: alt.Axis) -> alt.LayerChart:
    """The same axis of x on all layers."""
    for layer in chart.layer:
        layer.encoding.x["axis"] = axis
    return chart


CAR_COUNTS = {
    ("china_vehicle_exports_to_russia", "2025-03"): "vehicles, units, Jan–Mar",
    ("china_car_exports_to_russia", "2025-06"): "cars, Jan–Jun",
    ("china_vehicle_exports_to_russia", "2025-09"): "vehicles, units, Jan–Sep",
    ("china_vehicle_exports_to_russia", "2025-11"): "vehicles, Jan–Nov",
    ("china_car_exports_to_russia", "2025"): "cars, the year",
    ("china_passenger_car_exports_to_russia", "2025"): "cars, units, the year",
}


def car_falls(figures: pd.DataFrame) -> pd.DataFrame:
    """How far exports of cars to Russia fell in 2025, as each count prints it, and in value as two levels give it.

    Returns
    -------
    pandas.DataFrame
        The rows with ``label`` (what, which months, whose count), ``fall`` (per cent, positive) and ``kind`` (printed or
        from levels).
    """
    printed = figures[figures["growth_reported"] < 0]
    keys = list(zip(printed["series"], printed["period"], strict=True))
    printed = printed.assign(what=[CAR_COUNTS.get(key) for key in keys]).dropna(subset=["what"])
    printed = printed.assign(fall=-printed["growth_reported"], kind="printed")
    value = car_values(figures)
    fall = -measures.growth(value["value"]).iloc[1]
    levels = value.tail(1).assign(what="cars, value, the year", fall=fall, kind="from two levels")
    rows = pd.concat([printed, levels])
    # The counter before "via"; "citing" pages and persons are in the table.
    short = rows["counter"].str.split(" via ").str[0].str.replace("Ambassador Morgulov", "ambassador")
    rows = rows.assign(label=rows["what"] + "|" + short.str.replace(" Institute", ""))
    return rows.sort_values(["frequency", "period"], ascending=[False, True], kind="stable")


def car_values(figures: pd.DataFrame) -> pd.DataFrame:
    """Passenger cars that China's customs count to Russia, in dollars, 2024 and 2025."""
    rows = data.select(
        figures, series="china_passenger_car_exports_to_russia", unit="USD million", period=["2024", "2025"]
    )
    return rows.dropna(subset=["value"]).sort_values("period")


def car_bars(frame: pd.DataFrame) -> alt.LayerChart:
    """Lying bars of :func:`car_falls`."""
    drawn = charts.rows(
        frame[["label", "fall", "kind"]],
        "fall",
        "label",
        "kind",
        unit="per cent",
        colours={"printed": charts.CHINA, "from two levels": charts.OCHRE},
        values=".0f",
        domain=(0, 70),
    )
    for layer in drawn.layer:
        layer.encoding.y["axis"] = alt.Axis(labelExpr=_SPLIT, labelLimit=180, labelOffset=-7, titleY=0)
    return drawn


# -- summits and meetings -------------------------------------------------------------------------

LANES = ["Summits", "Xi and Putin", "United States"]
EVENTS = {
    "brics-brazil": ("Summits", "BRICS|Rio", "not both"),
    "sco-china": ("Summits", "SCO|Tianjin", "both present"),
    "g20-south-africa": ("Summits", "G20|Johannesburg", "not both"),
    "2025-moscow-state-visit": ("Xi and Putin", "Xi in|Moscow", "both present"),
    "2025-tianjin-beijing-sco": ("Xi and Putin", "Putin in|China", "both present"),
    "2026-video": ("Xi and Putin", "video|call", "both present"),
    "trump-alaska": ("United States", "Alaska:|no deal", "United States involved"),
    "trump-sanctions": ("United States", "oil firms|sanctioned", "United States involved"),
}
BELOW = ["trump-sanctions"]
KINDS = {
    "both present": charts.GREEN,
    "not both": charts.OCHRE,
    "United States involved": charts.MUTED,
}


def events(outlook: pd.DataFrame, meetings: pd.DataFrame) -> pd.DataFrame:
    """Dated events of 2025 and 2026 that the expectations are about.

    Who was present is read from the words of each row.

    Returns
    -------
    pandas.DataFrame
        The rows of :data:`EVENTS` with ``when`` (timestamp), ``lane``, ``word`` and ``kind``.
    """
    came = data.select(outlook, id=list(EVENTS)).assign(
        start=lambda rows: rows["date"], what=lambda r: r["what_happened"]
    )
    met = data.select(meetings, id=list(EVENTS)).assign(what=lambda rows: rows["occasion"])
    met = met.assign(start=met["start"].astype(str))
    rows = pd.concat([came, met])
    for position, column in enumerate(("lane", "word", "kind")):
        rows[column] = [EVENTS[key][position] for key in rows["id"]]
    rows["when"] = pd.to_datetime(rows["start"])
    return rows.sort_values(["when", "id"])


def event_rows(outlook: pd.DataFrame, meetings: pd.DataFrame) -> list[pd.DataFrame]:
    """The loaded rows behind :func:`events`."""
    return [data.select(table, id=list(EVENTS)) for table in (outlook, meetings)]


def event_lanes(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw :func:`events` on three lanes."""
    shown = (
        frame[["when", "lane", "word", "kind", "what"]].assign(_below=frame["id"].isin(BELOW)).reset_index(drop=True)
    )
    names = list(KINDS)
    legend = alt.Legend(symbolType=alt.Undefined, columns=2, offset=charts.ROOM)
    scale = alt.Scale(domain=[{"year": 2025, "month": 4}, {"year": 2026, "month": 3}])
    base = alt.Chart(shown).encode(
        x=alt.X("when", type="temporal", title=None, scale=scale, axis=alt.Axis(format="%b %y", tickCount=6)),
        y=alt.Y("lane", type="nominal", sort=LANES, title=None, axis=alt.Axis(grid=True, titleY=0)),
    )
    points = base.mark_point(size=130, opacity=1).encode(
        color=alt.Color(
            "kind", type="nominal", scale=alt.Scale(domain=names, range=list(KINDS.values())), legend=legend
        ),
        shape=alt.Shape(
            "kind", type="nominal", scale=alt.Scale(domain=names, range=["circle", "square", "diamond"]), legend=legend
        ),
        tooltip=["what", alt.Tooltip("when", type="temporal", format="%d %b %Y"), "kind"],
    )
    words = [
        base.transform_filter(f"datum._below == {below}")
        .mark_text(dy=lift, lineBreak="|", lineHeight=13)
        .encode(text=alt.Text("word", type="nominal"))
        for below, lift in (("false", -27), ("true", 17))
    ]
    return alt.layer(points, *words)


# -- to 2030 --------------------------------------------------------------------------------------


def yearly(trade: pd.DataFrame, since: str = "2015") -> pd.DataFrame:
    """The best row of both directions together by year, in dollars, as China's customs report it."""
    rows = data.select(trade, frequency="A", direction="two-way", reporter="CHN", currency="USD", exporter="CHN")
    rows = data.best(rows)
    return rows[rows["period"] >= since].sort_values("period")


def aims(expected: pd.DataFrame, year: str = "2030") -> pd.DataFrame:
    """Statements that put a number on trade in a year still to come."""
    return data.select(expected, period=year, currency="USD").dropna(subset=["value_low"])


def road(trade: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """Trade by year and the even path from the last year to the figure named for 2030.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``line`` (trade, even path to 2030), ``billions``.
    """
    known = yearly(trade)
    years, billions = known["period"].astype(int), known["value"] / 1000
    frame = pd.DataFrame({"year": years, "line": "trade", "billions": billions})
    last, level, aim = int(years.iloc[-1]), float(billions.iloc[-1]), aims(expected)["value_low"].min() / 1000
    growth = 1 + measures.growth_needed(level, aim, 2030 - last) / 100
    path = [(year, "even path", level * growth ** (year - last)) for year in range(last, 2031)]
    return pd.concat([frame, pd.DataFrame(path, columns=frame.columns)], ignore_index=True)


def road_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw :func:`road`; the path is dashed because nothing of it has happened."""
    shown = frame.assign(ahead=frame["line"].eq("even path"))
    colours = {"trade": charts.INK, "even path": charts.SKY}
    drawn = charts.lines(
        shown, "year", "billions", "line", unit="billion dollars", colours=colours, dash="ahead", labels=False
    )
    ends = frame[frame["line"] == "even path"].iloc[[0, -1]]
    ends = ends.assign(text=[f"{row.billions:.0f} in {row.year}" for row in ends.itertuples()])
    ends = ends[["year", "billions", "text"]]
    axis = alt.Axis(format="d", values=[2015, 2020, 2025, 2030])
    first = charts.notes(ends.head(1), "year", "billions", "text", dx=4, dy=20)
    last = charts.notes(ends.tail(1), "year", "billions", "text", align="right", dx=-10, dy=-10)
    return alt.layer(*(_axis(part, axis) for part in (drawn, first, last)))


# -- in words -------------------------------------------------------------------------------------


def describe_expectations(frame: pd.DataFrame) -> str:
    """Text alternative of the verdicts."""
    wide = frame.pivot(index="id", columns="known", values="verdict").loc[list(SHORT)]
    names = frame.drop_duplicates("id").set_index("id")["expectation"].str.replace("|", " ")
    parts = [f"{names[key]}: {row[THEN]}, then {row[NOW]}" for key, row in wide.iterrows()]
    return (
        f"A grid of {len(wide)} expectations with the verdict of the end of 2024 and that of today. {'; '.join(parts)}."
    )


def describe_arithmetic(frame: pd.DataFrame, low: float, high: float) -> str:
    """Text alternative of the sums for 2024."""
    parts = []
    for name, rows in frame.groupby("sum", sort=False):
        pieces = " plus ".join(f"{value:.2f}" for value in rows["billions"])
        parts.append(f"{name.replace('|', ' ')}: {pieces}{f' is {rows.total.iloc[0]:.1f}' if len(rows) > 1 else ''}")
    return f"Bars, billions of dollars. {'; '.join(parts)}. The article’s range is {low:.0f} to {high:.0f}; all three end above it."


def describe_twelve_months(frame: pd.DataFrame) -> str:
    """Text alternative of the twelve-month sums."""
    parts = []
    for flow, rows in frame.groupby("flow", sort=False):
        low, first, last = rows.loc[rows["billions"].idxmin()], rows.iloc[0], rows.iloc[-1]
        parts.append(
            f"{flow}: {first.billions:.0f} billion yuan in the twelve months to {first.date:%B %Y}, lowest with "
            f"{low.billions:.0f} to {low.date:%B %Y}, {last.billions:.0f} to {last.date:%B %Y}"
        )
    return f"Two lines. {'; '.join(parts)}."


def describe_cars(frame: pd.DataFrame) -> str:
    """Text alternative of the falls in car exports."""
    parts = [f"{row.label.replace('|', ', ')} {row.fall:.0f}" for row in frame.itertuples()]
    return f"Bars, fall of China's exports to Russia on the same months of 2024 in per cent. {'; '.join(parts)}."


def describe_events(frame: pd.DataFrame) -> str:
    """Text alternative of the events."""
    parts = []
    for lane in LANES:
        rows = data.select(frame, lane=lane)
        told = ", ".join(
            f"{row.word.replace('|', ' ')} on {row.when.day} {row.when:%B %Y} ({row.kind})" for row in rows.itertuples()
        )
        parts.append(f"{lane}: {told}")
    return f"A timeline on three lanes. {'. '.join(parts)}."


def describe_road(frame: pd.DataFrame) -> str:
    """Text alternative of the road to 2030."""
    at = data.select(frame, line="trade").set_index("year")["billions"]
    path = data.select(frame, line="even path")
    told = ", ".join(f"{at[year]:.1f} in {year}" for year in (2015, 2020, 2023, 2024, 2025))
    return (
        f"Trade by year, billions of dollars: {told}. A dashed line leads from {path['billions'].iloc[0]:.1f} in "
        f"{path['year'].iloc[0]} to {path['billions'].iloc[-1]:.0f} in {path['year'].iloc[-1]}."
    )


# -- numbers --------------------------------------------------------------------------------------


def numbers(trade: pd.DataFrame, expected: pd.DataFrame, figures: pd.DataFrame) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    return {
        **_verdict_numbers(),
        **_range_numbers(),
        **_slowing(),
        **_trade_numbers(trade),
        **_car_numbers(figures),
        **_road_numbers(trade, expected),
    }


def _verdict_numbers() -> dict[str, prose.Number]:
    frame = expectations(claims.ledger())
    cited = data.select(data.load("claim-evidence"), claim_id=list(SHORT))
    today, then = data.select(frame, known=NOW), data.select(frame, known=THEN)
    return {
        "expectations": prose.count(len(SHORT), cited, "expectations"),
        "confirmed": prose.count((today["verdict"] == "confirmed").sum(), cited, "expectations"),
        "open_then": prose.count((then["verdict"] == "not yet known").sum(), cited, "expectations"),
    }


def _range_numbers() -> dict[str, prose.Number]:
    article = data.select(data.load("claims"), id="trade-2024-range")
    low, high = (1000 * float(article[column].iloc[0]) for column in ("stated_low", "stated_high"))
    year = turnover("2024", "A")
    said = {
        "range_low": prose.dollars(low, article, 0),
        "range_high": prose.dollars(high, article, 0),
        "total_2024": prose.dollars(float(year["value"].iloc[0]), year),
    }
    for month, name in ((10, "ten"), (11, "eleven")):
        this, before = known_of_2024(month)
        value, left = float(this["value"].iloc[0]), rest(before)
        said[f"{name}_months"] = prose.dollars(value, this, 2)
        said[f"{name}_sum"] = prose.dollars(value + left, prose.together(this, before), note="with the rest of 2023")
    this, before = known_of_2024(10)
    room = high - float(this["value"].iloc[0])
    fall = 100 * (1 - room / rest(before))
    rows = prose.together(article, this, before)
    return said | {
        "room": prose.dollars(room, prose.together(article, this), note="upper end of the range less the ten months"),
        "rest_2023": prose.dollars(rest(before), before, note="November and December 2023"),
        "fall_needed": prose.percent(fall, rows, 0, note="fall of the last two months on those of 2023"),
    }


def _slowing() -> dict[str, prose.Number]:
    said = {}
    public = data.load("bilateral-trade", as_of=claims.WRITTEN)
    rows = data.select(public, frequency="YTD", direction="two-way", reporter="CHN", currency="USD")
    rows = rows.dropna(subset=["growth_reported"]).sort_values("rank")
    for period, name in (("2023-12", "growth_2023"), ("2024-02", "growth_february"), ("2024-11", "growth_eleven")):
        row = data.select(rows, period=period).head(1)
        said[name] = prose.percent(float(row["growth_reported"].iloc[0]), row, note="as printed, in dollars")
    return said


def _trade_numbers(trade: pd.DataFrame) -> dict[str, prose.Number]:
    year = turnover("2025", "A")
    fall = data.select(trade, period="2025", frequency="A", direction="two-way", currency="USD")
    fall = fall.dropna(subset=["growth_reported"]).sort_values("rank").head(1)
    spring = turnover("2026-04", "YTD")
    sums = {f"{period}-07": _july(trade, f"{period}-07") for period in ("2025", "2026")}
    both = prose.together(*sums.values())
    growth = 100 * (sums["2026-07"]["value"].iloc[0] / sums["2025-07"]["value"].iloc[0] - 1)
    oil = data.load("oil-price")
    brent = {name: data.select(oil, period=period, benchmark="Brent") for name, period in _BRENT.items()}
    return {
        "total_2025": prose.dollars(float(year["value"].iloc[0]), year),
        "fall_2025": prose.percent(-float(fall["growth_reported"].iloc[0]), fall, note="as printed, in dollars"),
        "spring_2026": prose.dollars(float(spring["value"].iloc[0]), spring),
        "spring_growth": prose.percent(float(spring["growth_reported"].iloc[0]), spring, note="as printed, in dollars"),
        "yuan_july": prose.yuan(float(sums["2026-07"]["value"].iloc[0]), sums["2026-07"]),
        "yuan_growth": prose.percent(growth, both, note="in yuan, recomputed from levels"),
        **{
            f"brent_{name}": prose.plain(float(row["value"].iloc[0]), row, "USD a barrel", 0, "dollars")
            for name, row in brent.items()
        },
    }


_BRENT = {"december": "2025-12", "april": "2026-04", "july": "2026-07"}


def _july(trade: pd.DataFrame, period: str) -> pd.DataFrame:
    rows = data.select(trade, period=period, frequency="YTD", direction="two-way", currency="CNY", source_id=CUSTOMS)
    return data.best(rows)


def _car_numbers(figures: pd.DataFrame) -> dict[str, prose.Number]:
    falls, values = car_falls(figures), car_values(figures)
    falls.attrs["table"] = values.attrs["table"] = figures.attrs["table"]
    printed = data.select(falls, kind="printed")
    least, most = printed.loc[[printed["fall"].idxmin()]], printed.loc[[printed["fall"].idxmax()]]
    return {
        "cars_2024": prose.dollars(float(values["value"].iloc[0]), values.head(1)),
        "cars_2025": prose.dollars(float(values["value"].iloc[1]), values.tail(1)),
        "cars_value_fall": prose.percent(float(falls["fall"].iloc[-1]), values, 0, note="from the two levels"),
        "cars_least": prose.percent(float(least["fall"].iloc[0]), least, 0),
        "cars_most": prose.percent(float(most["fall"].iloc[0]), most, 0),
    }


def _road_numbers(trade: pd.DataFrame, expected: pd.DataFrame) -> dict[str, prose.Number]:
    named, known = aims(expected), yearly(trade)
    base, aim = known.tail(1), float(named["value_low"].min())
    level = float(base["value"].iloc[0])
    dated = data.select(expected, period="2025", currency="USD").dropna(subset=["value_low", "made_on"])
    said = {
        "aim": prose.dollars(aim, named, 0),
        "persons_2030": prose.count(named["made_by"].str.split(r" \(").str[0].nunique(), named, "persons"),
        "needed": prose.percent(
            measures.growth_needed(level, aim, 5), prose.together(base, named), note="a year, 2025 to 2030"
        ),
        "aim_2025": prose.dollars(float(dated["value_low"].iloc[0]), dated, 0),
    }
    before = known[known["period"] == "2024"]
    path = measures.growth_needed(level, aim, 5)
    growth = measures.growth(known["value"]).dropna()
    said |= {
        "years_above": prose.count((growth > path).sum(), known, "years", note="growth above the even path to 2030"),
        "years_below": prose.count((growth <= path).sum(), known, "years", note="growth below the even path to 2030"),
    }
    rate = measures.growth_needed(float(before["value"].iloc[0]), aim, 6)
    return said | {"needed_before": prose.percent(rate, prose.together(before, named), note="a year, 2024 to 2030")}
