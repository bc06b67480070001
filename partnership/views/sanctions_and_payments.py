"""Frames of the chapter on sanctions and on payments."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnership import charts, data, measures, prose

CASTELLUM = {"counter": "Castellum.AI", "jurisdiction": "XAL", "type": "all"}
DASHBOARD = "2024-08-02"
MONTHLY = "mgimo-foreign-trade-2026-07"


def amount(rows: pd.DataFrame) -> float:
    """The value of the first row."""
    return float(rows["value"].iloc[0])


# -- what 19,535 counts ---------------------------------------------------------------------------

OTHER_COUNTS = {
    ("CORRECTIV", "2023-02-10"): "CORRECTIV, February 2023",
    ("Russian Finance Ministry", "2025-03-18"): "Russian Finance Ministry, March 2025",
    ("Castellum.AI", "2025-05-03"): "Castellum.AI quoted, May 2025",
    ("RIA Novosti", "2026-02-25"): "RIA Novosti, February 2026",
}
PARTS = {
    "stated as in force": charts.CLAIM,
    "before 22 February 2022": charts.INK,
    "added since 22 February 2022": charts.OCHRE,
    "other counts": charts.MUTED,
}


def dashboard(counts: pd.DataFrame) -> pd.DataFrame:
    """The three figures of the dashboard of 2 August 2024: the base, what was added, what was in force."""
    rows = data.select(counts, **CASTELLUM, source_id=data.select(counts, period=DASHBOARD)["source_id"].iloc[0])
    return rows.sort_values("value")


def other_counts(counts: pd.DataFrame) -> pd.DataFrame:
    """One total each of other counters and later days, in the order of :data:`OTHER_COUNTS`."""
    rows = [
        data.select(counts, counter=counter, period=day, jurisdiction="XAL", type="all", measure="stock")
        for counter, day in OTHER_COUNTS
    ]
    return pd.concat(rows)


def counted(counts: pd.DataFrame, stated: float) -> pd.DataFrame:
    """The article's figure beside what the dashboard counts and beside other counts.

    Returns
    -------
    pandas.DataFrame
        ``count_of`` (whose), ``part`` (a key of :data:`PARTS`), ``entries``, ``start`` and ``end`` of the part on its bar.
    """
    before, added, total = dashboard(counts)["value"]
    names = list(PARTS)
    rows = [
        ("the article, August 2024", names[0], 0, stated),
        ("Castellum.AI, 2 August 2024", names[1], 0, before),
        ("Castellum.AI, 2 August 2024", names[2], before, total),
        *(
            (label, names[3], 0, value)
            for label, value in zip(OTHER_COUNTS.values(), other_counts(counts)["value"], strict=True)
        ),
    ]
    frame = pd.DataFrame(rows, columns=["count_of", "part", "start", "end"])
    assert total - before == added
    return frame.assign(entries=frame["end"] - frame["start"])


def counted_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Bars of :func:`counted`; what the article leaves out is an empty frame."""
    bars = alt.Chart(frame).encode(
        y=alt.Y(
            "count_of",
            type="nominal",
            sort=None,
            title=None,
            axis=alt.Axis(labelExpr="split(datum.label, ', ')", titleY=0),
        ),
        x=alt.X(
            "start", type="quantitative", title=None, scale=alt.Scale(domain=[0, 38000]), axis=alt.Axis(tickCount=4)
        ),
    )
    colour = alt.Color(
        "part", type="nominal", legend=None, scale=alt.Scale(domain=list(PARTS), range=list(PARTS.values()))
    )
    tips = [alt.Tooltip("part", type="nominal"), alt.Tooltip("entries", type="quantitative", format=",")]
    height = {"band": 0.5}
    stated, total = frame["end"].iloc[0], frame["end"].iloc[2]
    gap = frame.head(1).assign(start=stated, end=total)
    missing = alt.Chart(gap).mark_bar(height=height, fillOpacity=0, stroke=charts.CLAIM, strokeDash=[3, 3])
    position = {"y": alt.Y("count_of", type="nominal", sort=None), "x": alt.X("start", type="quantitative")}
    ends = frame.drop_duplicates("count_of", keep="last")
    end = alt.X("_end", type="quantitative")
    number = alt.Text("end", type="quantitative", format=",")
    words = alt.Chart(ends).transform_calculate(_end=f"datum.part == '{next(iter(PARTS))}' ? {total} : datum.end")
    inside = frame.iloc[[1, 2]].assign(
        _text=[f"{frame['entries'].iloc[1]:,.0f} before", f"+{frame['entries'].iloc[2]:,.0f} since 22 Feb 2022"]
    )
    told = alt.Chart(inside).encode(**position, text=alt.Text("_text", type="nominal"))
    first, second = "datum.start == 0", "datum.start > 0"
    return alt.layer(
        bars.mark_bar(height=height).encode(x2="end", color=colour, tooltip=tips),
        missing.encode(**position, x2="end"),
        words.mark_text(align="left", dx=5).encode(y=position["y"], x=end, text=number),
        told.transform_filter(second).mark_text(align="left", dy=-24),
        told.transform_filter(first).mark_text(align="left", dy=24),
    )


def describe_counted(frame: pd.DataFrame) -> str:
    """Text alternative of the counts."""
    told = "; ".join(f"{row.count_of}: {row.end:,.0f}" for row in frame.iloc[3:].itertuples())
    return (
        f"Bars. The article states {frame['end'].iloc[0]:,.0f} as the number in force. On the dashboard of 2 August 2024 the bar has two parts, "
        f"{frame['entries'].iloc[1]:,.0f} from before 22 February 2022 and {frame['entries'].iloc[2]:,.0f} added since, {frame['end'].iloc[2]:,.0f} in all. "
        f"Other counts: {told}."
    )


# -- lists by jurisdiction ------------------------------------------------------------------------

LISTS = {"United States": charts.GREEN, "United Kingdom": charts.OCHRE}


def lists(monthly: pd.DataFrame) -> pd.DataFrame:
    """Entries for Russia on the American and the British list at the end of each month.

    Returns
    -------
    pandas.DataFrame
        The rows with ``date``, ``list`` and ``entries``; the British ones are those still listed in May 2026.
    """
    american = data.select(monthly, jurisdiction="USA", target="RUS", measure="stock")
    british = data.select(monthly, jurisdiction="GBR", target="RUS", measure="still-listed-cumulative", type="all")
    rows = pd.concat([american, british])
    names = rows["jurisdiction"].map({"USA": "United States", "GBR": "United Kingdom"})
    frame = rows.assign(date=data.dates(rows["period"]), list=names, entries=rows["value"].astype(float))
    return frame[frame["period"] >= "2021-12"]


def single_rows(counts: pd.DataFrame, monthly: pd.DataFrame) -> list[pd.DataFrame]:
    """Single counts of other lists: three as of January 2024 and the EU's own figures, Australia's list."""
    collected = data.select(counts, counter="CORRECTIV", period="2024-01", jurisdiction=["XEU", "CHE", "JPN"])
    own = data.select(counts, counter="European Union", measure="stock", type="all")
    return [pd.concat([collected, own]), data.select(monthly, jurisdiction="AUS")]


def single_counts(counts: pd.DataFrame, monthly: pd.DataFrame) -> pd.DataFrame:
    """What :func:`single_rows` holds, as points.

    Returns
    -------
    pandas.DataFrame
        The rows with ``date``, ``list``, ``entries`` and ``text`` (the label).
    """
    rows = pd.concat(single_rows(counts, monthly))
    names = {"XEU": "EU", "CHE": "Switzerland", "JPN": "Japan", "AUS": "Australia"}
    named = rows["jurisdiction"].map(names)
    return rows.assign(date=data.dates(rows["period"]), list=named, entries=rows["value"].astype(float), text=named)


def lists_chart(frame: pd.DataFrame, points: pd.DataFrame) -> alt.LayerChart:
    """Lines of :func:`lists` and points of :func:`single_counts`."""
    kept = ["date", "entries", "list"]
    lines = (
        alt.Chart(frame[["period", *kept]].reset_index(drop=True))
        .mark_line()
        .encode(
            x=alt.X("date", type="temporal", title=None, axis=alt.Axis(format="%Y", tickCount="year")),
            y=alt.Y("entries", type="quantitative", title="entries"),
            color=alt.Color(
                "list", type="nominal", legend=None, scale=alt.Scale(domain=list(LISTS), range=list(LISTS.values()))
            ),
            tooltip=[alt.Tooltip("list"), alt.Tooltip("period"), alt.Tooltip("entries", format=",")],
        )
    )
    last = frame.groupby("list", sort=False).tail(1)
    words = charts.notes(
        last[kept].iloc[:1], "date", "entries", "list", colour=charts.GREEN, size=0, align="right", dy=-10
    )
    words += charts.notes(
        last[kept].iloc[1:], "date", "entries", "list", colour=charts.OCHRE, size=0, align="right", dy=-10, dx=-16
    )
    above = points["list"].eq("Switzerland") | (points["list"].eq("EU") & points["period"].eq("2024-12"))
    drawn = points[[*kept, "text"]]
    marks = charts.notes(drawn[above], "date", "entries", "text", shape="diamond", size=80, align="center", dy=-12)
    marks += charts.notes(drawn[~above], "date", "entries", "text", shape="diamond", size=80, dx=8, dy=9)
    return lines + words + marks


def describe_lists(frame: pd.DataFrame, points: pd.DataFrame) -> str:
    """Text alternative of the lists."""
    at = frame.set_index(["list", "period"])["entries"]
    us, uk = at["United States"], at["United Kingdom"]
    told = "; ".join(f"{row.list} {row.entries:,.0f} ({row.period})" for row in points.itertuples())
    return (
        f"Two lines. United States: {us['2022-04']:,.0f} entries in April 2022, {us['2023-12']:,.0f} in December 2023, {us['2025-01']:,.0f} in January 2025, "
        f"{us.iloc[-1]:,.0f} in March 2026. United Kingdom: {uk['2022-01']:,.0f} in January 2022, {uk['2022-12']:,.0f} in December 2022, "
        f"{uk['2024-12']:,.0f} in December 2024, {uk.iloc[-1]:,.0f} at the end. Single counts: {told}."
    )


KINDS = {"individual": "persons", "entity": "companies and bodies", "ship": "ships"}
KIND_COLOURS = {"persons": charts.MUTED, "companies and bodies": charts.OCHRE, "ships": charts.GREEN}


def british(monthly: pd.DataFrame) -> pd.DataFrame:
    """British designations by month and kind that still stood in May 2026."""
    return data.select(monthly, jurisdiction="GBR", measure="still-listed", type=list(KINDS))


def british_by_quarter(monthly: pd.DataFrame) -> pd.DataFrame:
    """British designations by quarter and kind, from 2022.

    Returns
    -------
    pandas.DataFrame
        ``quarter`` (such as ``"2022 Q1"``), ``kind``, ``designations``.
    """
    rows = british(monthly)
    rows = rows[rows["period"] >= "2022"]
    months = rows["period"].str[5:].astype(int)
    quarter = rows["period"].str[:4] + " Q" + ((months + 2) // 3).astype(str)
    kind = pd.Categorical(rows["type"].map(KINDS), list(KIND_COLOURS), ordered=True)
    total = rows.assign(quarter=quarter, kind=kind).groupby(["quarter", "kind"], observed=True)["value"].sum()
    return total.rename("designations").reset_index().astype({"kind": str, "designations": float})


def describe_british(frame: pd.DataFrame) -> str:
    """Text alternative of the British designations, by year."""
    years = frame.assign(year=frame["quarter"].str[:4]).groupby(["year", "kind"], sort=False)["designations"].sum()
    told = "; ".join(
        f"{year}: " + ", ".join(f"{value:,.0f} {kind}" for kind, value in part.droplevel("year").items())
        for year, part in years.groupby(level="year")
    )
    return f"Stacked bars, one a quarter. By year: {told}."


# -- settlement -----------------------------------------------------------------------------------

CURRENCIES = {
    "RUB": "rouble",
    "CNY": "yuan",
    "friendly": "friendly, mostly yuan",
    "USD+EUR": "dollar and euro",
    "unfriendly": "all unfriendly",
}
CURRENCY_COLOURS = dict(
    zip(CURRENCIES.values(), [charts.RUSSIA, charts.CHINA, charts.OCHRE, charts.MUTED, charts.INK], strict=True)
)
SHAPES = ["circle", "square", "diamond", "triangle-up", "triangle-down"]


def settlement(shares: pd.DataFrame) -> pd.DataFrame:
    """Shares of currencies in payments for Russia's trade with the world, by year and by month.

    Returns
    -------
    pandas.DataFrame
        The rows with ``date`` (middle of the period), ``money`` (a value of :data:`CURRENCIES`), ``share``, ``length``
        (year or month) and ``reliability`` (``weak`` for tier E).
    """
    rows = data.select(
        shares,
        partner="WLD",
        kind="statistic",
        currency=list(CURRENCIES),
        frequency=["A", "M"],
        flow=["export", "import"],
    )
    half = rows["frequency"].map({"A": 182, "M": 15})
    money = pd.Categorical(rows["currency"].map(CURRENCIES), list(CURRENCY_COLOURS), ordered=True)
    frame = rows.assign(
        date=data.dates(rows["period"]) + pd.to_timedelta(half, unit="D"),
        money=money,
        share=rows["value"],
        length=rows["frequency"].map({"A": "year", "M": "month"}),
        reliability=rows["tier"].eq("E").map({True: "weak", False: "press report of a statistic"}),
    )
    return frame.sort_values(["money", "date"], kind="stable").astype({"money": str})


def settlement_chart(frame: pd.DataFrame) -> alt.ConcatChart:
    """Two panels of points: payments for exports and for imports."""
    names = {"export": "For Russia’s exports", "import": "For Russia’s imports"}
    panels = {label: _points(data.select(frame, flow=flow)) for flow, label in names.items()}
    return charts.panels(panels, height=260).resolve_scale(color="shared", shape="shared")


def _points(rows: pd.DataFrame) -> alt.LayerChart:
    drawn = rows[["period", "money", "share", "length", "reliability", "date"]].reset_index(drop=True)
    legend = alt.Legend(symbolType=alt.Undefined, columns=2)
    domain = list(CURRENCY_COLOURS)
    tips = [alt.Tooltip(name, type="nominal") for name in ("period", "money", "reliability")]
    base = alt.Chart(drawn).encode(
        x=alt.X(
            "date",
            type="temporal",
            title=None,
            axis=alt.Axis(format="%Y", tickCount="year"),
            scale=alt.Scale(domain=[{"year": 2021}, {"year": 2026, "month": 4}]),
        ),
        y=alt.Y("share", type="quantitative", title="per cent of payments", scale=alt.Scale(domain=[0, 100])),
        color=alt.Color(
            "money",
            type="nominal",
            legend=legend,
            scale=alt.Scale(domain=domain, range=list(CURRENCY_COLOURS.values())),
        ),
        shape=alt.Shape("money", type="nominal", legend=legend, scale=alt.Scale(domain=domain, range=SHAPES)),
        tooltip=[*tips, alt.Tooltip("share", type="quantitative", title="per cent")],
    )
    weak = "datum.reliability == 'weak'"
    return alt.layer(
        base.transform_filter(f"!({weak})").mark_point(size=60, opacity=1),
        base.transform_filter(weak).mark_point(size=60, opacity=1, filled=False),
    )


def describe_settlement(frame: pd.DataFrame) -> str:
    """Text alternative of the points."""
    parts = []
    for (flow, money), rows in frame.groupby(["flow", "money"], sort=False):
        ends = rows.iloc[[0, -1]]
        told = " to ".join(f"{row.share:.10g} ({row.period})" for row in ends.itertuples())
        parts.append(f"{flow}s, {money}: {told}")
    return f"Two panels of points, per cent of payments, first and last figure found. {'; '.join(parts)}."


TOLD = {"statistic": "printed by RT", "statement": "stated"}


def with_china(shares: pd.DataFrame) -> pd.DataFrame:
    """What was published on the currencies of trade between Russia and China.

    Returns
    -------
    pandas.DataFrame
        The rows with ``label`` (date and who), ``told`` (a value of :data:`TOLD`) and ``share``.
    """
    rows = data.select(shares, partner="CHN").sort_values(["period", "flow"])
    day = data.dates(rows["period"].str[:7]).dt.strftime("%b %Y").where(rows["period"].str.len() > 4, rows["period"])
    who = rows["who"].str.split(",").str[0]
    money = rows["flow"].map({"export": ", rouble in exports", "import": ", yuan in imports"}).fillna("")
    who = who.where(rows["kind"] == "statement", "RT")
    return rows.assign(label=day + ": " + who + money, told=rows["kind"].map(TOLD), share=rows["value"])


def with_china_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Dots of :func:`with_china`, one row a figure."""
    colours = {TOLD["statistic"]: charts.INK, TOLD["statement"]: charts.OCHRE}
    drawn = frame[["label", "share", "told"]]
    chart = charts.dots(drawn, "share", "label", "told", unit="per cent", colours=colours, span=False, domain=(0, 120))
    chart.layer[0].encoding.x.axis = alt.Axis(values=[0, 20, 40, 60, 80, 100])
    words = (
        alt.Chart(drawn)
        .mark_text(align="left", dx=9)
        .encode(
            y=alt.Y("label", type="nominal", sort=None),
            x="share:Q",
            text=alt.Text("share", type="quantitative", format=".3~g"),
        )
    )
    return chart + words


def describe_with_china(frame: pd.DataFrame) -> str:
    """Text alternative of the figures on China."""
    return "Dots, per cent. " + "; ".join(f"{row.label} {row.share:.10g}" for row in frame.itertuples()) + "."


# -- trade around the payment trouble of 2024 -----------------------------------------------------

FLOWS = {"CHN": "China to Russia", "RUS": "Russia to China"}


def growth_of_flows(trade: pd.DataFrame, first: str = "2023-08", last: str = "2025-12") -> pd.DataFrame:
    """Growth of each month's flow on the month a year before, in dollars, within one source.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``date``, ``flow`` (a value of :data:`FLOWS`), ``growth`` in per cent, from ``first`` to ``last``.
    """
    rows = data.select(trade, frequency="M", direction="one-way", currency="USD", source_id=MONTHLY)
    levels = rows.pivot(index="period", columns="exporter", values="value").sort_index()
    growth = levels.apply(lambda column: measures.growth(column, periods=12)).loc[first:last]
    frame = growth.rename(columns=FLOWS).reset_index().melt("period", var_name="flow", value_name="growth")
    return frame.assign(date=data.dates(frame["period"]))


def printed_growth(trade: pd.DataFrame) -> pd.DataFrame:
    """Growth of the flow from China in single months of 2024 as printed, in yuan.

    Returns
    -------
    pandas.DataFrame
        The rows with ``date`` (the middle of the month).
    """
    rows = data.select(trade, frequency="M", direction="one-way", exporter="CHN", currency="CNY")
    rows = rows[rows["growth_reported"].notna() & rows["period"].between("2024-01", "2024-12")]
    return rows.assign(date=data.dates(rows["period"]) + pd.Timedelta(days=14)).sort_values("period")


def flows_chart(frame: pd.DataFrame, printed: pd.DataFrame) -> alt.ConcatChart:
    """Bars of :func:`growth_of_flows`, one panel a flow, the reports of the first months marked."""
    colours = dict(zip(FLOWS.values(), [charts.CHINA, charts.RUSSIA], strict=True))
    day = pd.Timestamp(data.select(data.load("payment-events"), id="chouzhou-bank-stops-2024")["start"].iloc[0])
    panels = {}
    for flow, colour in colours.items():
        rows = data.select(frame, flow=flow)[["period", "growth", "date"]]
        base = alt.Chart(rows.assign(growth=rows["growth"].round(4))).mark_bar(color=colour)
        bars = base.encode(
            x=alt.X(
                "date", type="temporal", timeUnit="yearmonth", title=None, axis=alt.Axis(format="%Y", tickCount="year")
            ),
            y=alt.Y("growth", type="quantitative", title="per cent", scale=alt.Scale(domain=[-30, 60])),
            tooltip=[alt.Tooltip("period", type="nominal"), alt.Tooltip("growth", type="quantitative", format=".1f")],
        )
        panels[flow] = bars + charts.moment(day, f"{day.day} {day:%b %Y}:|first bank stops", y=48)
    first = FLOWS["CHN"]
    marks = printed.assign(text="", growth=printed["growth_reported"])[["date", "growth", "text"]]
    panels[first] = panels[first] + charts.notes(marks, "date", "growth", "text", shape="diamond", size=45)
    return charts.panels(panels, columns=1, height=190)


def describe_flows(frame: pd.DataFrame) -> str:
    """Text alternative of the growth of the two flows."""
    at = frame.set_index(["flow", "period"])["growth"]
    months = {
        "2024-02": "February",
        "2024-03": "March",
        "2024-04": "April",
        "2024-05": "May",
        "2024-06": "June",
        "2024-10": "October",
    }
    parts = [
        f"{flow}: " + ", ".join(f"{at[flow, period]:+.0f} in {month} 2024" for period, month in months.items())
        for flow in FLOWS.values()
    ]
    return f"Two panels of bars, growth on the year before in per cent. {'; '.join(parts)}. A line marks 7 February 2024, when a bank was first reported to stop."


# -- numbers --------------------------------------------------------------------------------------


def numbers(
    counts: pd.DataFrame, monthly: pd.DataFrame, shares: pd.DataFrame, trade: pd.DataFrame, figures: pd.DataFrame
) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    return (
        _count_numbers(counts)
        | _list_numbers(counts, monthly)
        | _settlement_numbers(shares)
        | _trade_numbers(trade, figures)
    )


def _count(rows: pd.DataFrame, unit: str = "list entries", note: str = "") -> prose.Number:
    return prose.count(amount(rows), rows, unit, note)


def _percent(rows: pd.DataFrame, note: str = "") -> prose.Number:
    value = amount(rows)
    return prose.percent(value, rows, 0 if value == round(value) else 1, note)


def _count_numbers(counts: pd.DataFrame) -> dict[str, prose.Number]:
    stated = data.select(data.load("claims"), id="sanctions-19535-aug")
    page, other = dashboard(counts), other_counts(counts)
    kinds = data.select(counts, counter="Castellum.AI", period="2024-01-10", measure="increment")
    persons = data.select(kinds, type="individual")
    return {
        "stated": prose.count(float(stated["stated_value"].iloc[0]), stated, "sanctions"),
        "before": _count(data.select(page, period="2022-02-21")),
        "added": _count(data.select(page, measure="increment")),
        "total": _count(
            data.select(page, period=DASHBOARD, measure="stock"), note="the sum of the two figures on the page"
        ),
        "persons": prose.share(
            amount(persons) / kinds["value"].sum(), kinds, 0, "persons among what was added to 10 January 2024"
        ),
        "correctiv": _count(data.select(other, counter="CORRECTIV")),
        "finance_ministry": _count(data.select(other, counter="Russian Finance Ministry")),
        "quoted": _count(data.select(other, counter="Castellum.AI")),
        "ria": _count(data.select(other, counter="RIA Novosti"), note="more than"),
    }


def _list_numbers(counts: pd.DataFrame, monthly: pd.DataFrame) -> dict[str, prose.Number]:
    american = data.select(monthly, jurisdiction="USA", target="RUS")
    added = data.select(american, measure="additions")
    later, year = added[added["period"] >= "2025-02"], added[added["period"].str.startswith("2024")]
    removed = data.select(american, measure="removals")
    chinese = data.select(monthly, jurisdiction="USA", target="CHN")
    june = data.select(chinese, measure="additions", period="2024-06")
    kinds = british(monthly)
    in_2022, in_2025 = kinds[kinds["period"].str[:4] == "2022"], kinds[kinds["period"].str[:4] == "2025"]
    vessels = data.select(counts, counter="European Union", measure="stock", type="ship").sort_values("period")
    return {
        "us_first": _count(data.select(american, measure="stock", period="2022-04")),
        "us_last": _count(data.select(american, measure="stock", period="2026-03")),
        "us_2024": prose.count(year["value"].sum(), year, "list entries"),
        "us_later": prose.count(later["value"].sum(), later, "list entries"),
        "us_removed": prose.count(removed["value"].sum(), removed, "list entries"),
        "uk_2022": prose.count(in_2022["value"].sum(), in_2022, "list entries"),
        "uk_2022_persons": _part(in_2022, "individual"),
        "uk_2025": prose.count(in_2025["value"].sum(), in_2025, "list entries"),
        "uk_2025_ships": _part(in_2025, "ship"),
        "eu_ships_first": _count(vessels.head(1), "ships"),
        "eu_ships_last": _count(vessels.tail(1), "ships"),
        "china_first": _count(data.select(chinese, measure="stock", period="2022-04")),
        "china_last": _count(data.select(chinese, measure="stock", period="2026-03")),
        "china_june": _count(june),
    }


def _part(rows: pd.DataFrame, kind: str) -> prose.Number:
    part = data.select(rows, type=kind)["value"].sum() / rows["value"].sum()
    return prose.share(part, rows, 0, f"{KINDS[kind]} among the designations of the year that still stood in May 2026")


def _settlement_numbers(shares: pd.DataFrame) -> dict[str, prose.Number]:
    world = data.select(shares, partner="WLD", kind="statistic")
    china = with_china(shares)
    said = data.select(china, kind="statement")
    export, both = data.select(world, flow="export"), data.select(world, period="2024-01", currency="CNY")
    return {
        "rouble_2021": _percent(data.select(export, currency="RUB", period="2021")),
        "rouble_2023": _percent(data.select(export, currency="RUB", period="2023")),
        "rouble_imports_2023": _percent(data.select(world, flow="import", currency="RUB", period="2023-12")),
        "rouble_imports_2026": _percent(data.select(world, flow="import", currency="RUB", period="2026-01")),
        "rouble_2025": _percent(data.select(export, currency="RUB", period="2025")),
        "hard_2022": _percent(data.select(export, currency="USD+EUR", period="2022-01")),
        "hard_2025": _percent(data.select(export, currency="unfriendly", period="2025-07")),
        "yuan_2022": _percent(data.select(export, currency="CNY", period="2022-01")),
        "yuan_exports": _percent(data.select(both, flow="export")),
        "yuan_imports": _percent(data.select(both, flow="import")),
        "asia": _percent(data.select(shares, partner="XAS", flow="export", currency="RUB", period="2025")),
        "china_rouble": _percent(data.select(china, period="2017", flow="export")),
        "china_yuan": _percent(data.select(china, period="2017", flow="import")),
        "said_first": _percent(said.head(1)),
        "said_last": _percent(said.tail(1)),
    }


def _trade_numbers(trade: pd.DataFrame, figures: pd.DataFrame) -> dict[str, prose.Number]:
    flow = data.select(trade, direction="one-way", exporter="CHN", reporter="CHN")
    printed = flow.dropna(subset=["growth_reported"])
    months = data.select(printed, frequency="M")
    machines = data.select(figures, series="china_hs84_hs85_exports_to_russia")

    def growth(rows: pd.DataFrame) -> prose.Number:
        value = float(rows["growth_reported"].iloc[0])
        return prose.percent(abs(value), rows, 0 if value == round(value) else 1, "as printed")

    november = data.select(flow, source_id=MONTHLY, period=["2023-11", "2024-11"], frequency="M").sort_values("period")
    fall = float(-measures.growth(november["value"]).iloc[-1])
    return {
        "november_dollars": prose.percent(fall, november, 0, "recomputed from levels read off a chart"),
        "march": growth(data.select(months, period="2024-03", currency="USD")),
        "march_yuan": growth(data.select(months, period="2024-03", currency="CNY")),
        "april_yuan": growth(data.select(months, period="2024-04", currency="CNY")),
        "march_2023": growth(data.select(months, period="2023-03", currency="USD")),
        "april_2023": growth(data.select(months, period="2023-04", currency="USD")),
        "october": growth(data.select(months, period="2024-10", currency="CNY")),
        "november": growth(data.select(months, period="2024-11", currency="CNY")),
        "year": growth(data.select(printed, period="2024", frequency="A", currency="USD").head(1)),
        "machines": growth(machines),
    }
