"""Frames of the chapter on Central Asia, the railway and the Tumen."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnership import charts, data, maps, measures, prose, show

FIVE = ["KAZ", "UZB", "KGZ", "TJK", "TKM"]
TOGETHER = "XCA"
PARTNERS = {"CHN": "China", "RUS": "Russia"}
COLOURS = {"China": charts.CHINA, "Russia": charts.RUSSIA}
COUNTERS = {"KAZ": "KAZ", "UZB": "UZB", "KGZ": "KGZ", "TJK": "RUS", "TKM": "RUS"}
"""Whose yearly figures each country's panel draws."""
IMF = "imf-imts-rus-2016-2021"


# -- trade of the five ----------------------------------------------------------------------------


def pairs(trade: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``country`` (one of the five, or the five together) and ``partner`` named apart from the direction."""
    region = [*FIVE, TOGETHER]
    sells = trade["exporter"].isin(region)
    return trade.assign(
        country=trade["exporter"].where(sells, trade["importer"]),
        partner=trade["importer"].where(sells, trade["exporter"]),
    )


def turnover(trade: pd.DataFrame) -> pd.DataFrame:
    """Both directions together by year, country, partner and source, billions of dollars, as the counter gives both flows.

    Returns
    -------
    pandas.DataFrame
        ``country``, ``partner``, ``counter``, ``source_id``, ``year`` (integer) and ``billions``. A year with one flow
        only is left out; two sources are never added.
    """
    rows = pairs(data.select(trade, frequency="A", direction="one-way", currency="USD"))
    keys = ["country", "partner", "counter", "source_id", "period"]
    flows = rows.groupby(keys, sort=False)["value"].agg(["sum", "size"])
    both = flows[flows["size"] == 2]["sum"].rename("billions") / 1000
    return both.reset_index().assign(year=lambda frame: frame["period"].astype(int)).drop(columns="period")


def partner_lines(trade: pd.DataFrame) -> pd.DataFrame:
    """Yearly trade of each of the five with China and Russia, and UNCTAD's three years.

    For Tajikistan and Turkmenistan these are Russia's reports: UN Comtrade to 2015, then the IMF; so only Russia has a
    line there.

    Returns
    -------
    pandas.DataFrame
        As :func:`turnover`, with ``name`` (country), ``with_`` (partner) and ``counted_by``.
    """
    frame = data.select(turnover(trade), country=FIVE, partner=list(PARTNERS))
    late = frame["source_id"].eq(IMF) | frame["year"].le(2015)
    own = frame["counter"].eq(frame["country"].map(COUNTERS)) & (frame["counter"].ne("RUS") | late)
    kept = frame[own | frame["counter"].eq("UNCTAD")]
    counted = kept["counter"].map({"UNCTAD": "UNCTAD", "RUS": "Russia (Comtrade)"}).fillna("own statistics")
    return kept.assign(
        name=kept["country"].map(charts.country),
        with_=kept["partner"].map(PARTNERS),
        counted_by=counted.mask(kept["source_id"].eq(IMF), "Russia (IMF)"),
    ).sort_values(["country", "partner", "counted_by", "year"])


def partner_panels(frame: pd.DataFrame) -> alt.ConcatChart:
    """One panel a country of :func:`partner_lines`: lines for yearly statistics, diamonds for UNCTAD."""
    parts = {charts.country(code): _panel(data.select(frame, country=code)) for code in FIVE}
    return charts.panels(parts, columns=2, height=170)


def _panel(frame: pd.DataFrame) -> alt.LayerChart:
    shown = frame[["year", "with_", "counted_by", "billions"]].rename(columns={"with_": "partner"}).round(4)
    tips = [alt.Tooltip(column, type="nominal", title=column.replace("_", " ")) for column in shown.columns[:3]]
    scale = alt.Scale(domain=[1993, 2024], nice=False)
    axis = alt.Axis(format="d", values=[1995, 2005, 2015, 2023])
    base = alt.Chart(shown.reset_index(drop=True)).encode(
        x=alt.X("year", type="quantitative", title=None, scale=scale, axis=axis),
        y=alt.Y("billions", type="quantitative", title=None, axis=alt.Axis(tickCount=4)),
        color=alt.Color(
            "partner", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None, type="nominal"
        ),
        tooltip=[*tips, alt.Tooltip("billions", type="quantitative", format=",.2~f")],
    )
    lines = base.transform_filter("datum.counted_by != 'UNCTAD'")
    ends = shown.sort_values("year").groupby("partner", sort=False).tail(1)
    return alt.layer(
        lines.mark_line().encode(detail=alt.Detail("counted_by", type="nominal")),
        lines.mark_point(opacity=0, size=120),
        base.transform_filter("datum.counted_by == 'UNCTAD'").mark_point(shape="diamond", size=75, opacity=1),
        _ends(ends, shown["billions"].max()),
    )


def _ends(ends: pd.DataFrame, top: float) -> alt.Chart:
    """The partner's name at the last point of each."""
    placed = ends.assign(_at=charts.spread(ends["billions"], 0.11 * top))[["year", "partner", "_at"]]
    return (
        alt.Chart(placed.reset_index(drop=True))
        .mark_text(align="left", dx=7, fontWeight="bold")
        .encode(
            x=alt.X("year", type="quantitative"),
            y=alt.Y("_at", type="quantitative"),
            text=alt.Text("partner", type="nominal"),
            color=alt.Color("partner", type="nominal", legend=None),
        )
    )


def used(trade: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The loaded rows behind :func:`partner_lines`."""
    rows = pairs(data.select(trade, frequency="A", direction="one-way", currency="USD"))
    keys = ["country", "partner", "source_id", "period"]
    wanted = pd.MultiIndex.from_frame(frame.assign(period=frame["year"].astype(str))[keys])
    return rows[pd.MultiIndex.from_frame(rows[keys]).isin(wanted)]


def ahead(frame: pd.DataFrame, country: str) -> list[int]:
    """Years in which trade with China was the larger in the country's own statistics."""
    own = data.select(frame, country=country, counted_by="own statistics")
    wide = own.pivot(index="year", columns="with_", values="billions")
    return [int(year) for year in wide.index[wide["China"] > wide["Russia"]]]


def shares(trade: pd.DataFrame, country: str, year: int) -> pd.Series:
    """Shares of China and Russia in a country's trade, both directions, by its own statistics, in per cent."""
    frame = data.select(turnover(trade), country=country, counter=country, year=year).set_index("partner")["billions"]
    return 100 * measures.partner_share(frame[list(PARTNERS)], float(frame["WLD"]))  # type: ignore[operator]


# -- who counts what ------------------------------------------------------------------------------

COUNTS = {"China’s customs": charts.CHINA, "partners’ data": charts.OCHRE, "own, 2023": charts.INK}


def counted_with_china(trade: pd.DataFrame) -> pd.DataFrame:
    """Trade of the five with China in dollars as three counters have it; years differ and are named.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``count`` (a key of :data:`COUNTS`), ``billions``, ``source_id``.
    """
    year = pairs(data.select(trade, frequency="A", direction="two-way", currency="USD", period="2024"))
    printed = data.select(year, partner="CHN", counter=["CHN", "EDB"], country=FIVE)
    names = dict(zip(["CHN", "EDB"], COUNTS, strict=False))
    stated = printed.assign(count=printed["counter"].map(names), billions=printed["value"] / 1000)
    own = data.select(turnover(trade), partner="CHN", year=2023, counter=FIVE).assign(count=list(COUNTS)[2])
    both = pd.concat([stated, own])[["country", "count", "billions", "source_id"]]
    both = both.assign(name=both["country"].map(charts.country), _at=both["country"].map(FIVE.index))
    return both.sort_values(["_at", "count"], key=_place, kind="stable")


def _place(column: pd.Series) -> pd.Series:
    return column.map(list(COUNTS).index) if column.name == "count" else column


def count_rows(trade: pd.DataFrame) -> pd.DataFrame:
    """The loaded rows behind :func:`counted_with_china`."""
    rows = pairs(data.select(trade, frequency="A", currency="USD"))
    rows = data.select(rows, partner="CHN", country=FIVE)
    printed = rows["period"].eq("2024") & rows["counter"].isin(["CHN", "EDB"]) & rows["direction"].eq("two-way")
    return rows[printed | (rows["period"].eq("2023") & rows["counter"].eq(rows["country"]))]


def count_dots(frame: pd.DataFrame) -> alt.LayerChart:
    """Hollow marks of :func:`counted_with_china`, one row a country, so that equal figures stay visible."""
    drawn = charts.dots(
        frame[["name", "count", "billions"]],
        "billions",
        "name",
        "count",
        unit="billion dollars, both directions",
        colours=COUNTS,
        domain=(0, 46),
    )
    drawn.layer[0].mark["filled"], drawn.layer[0].mark["strokeWidth"] = False, 2.4
    return drawn


# -- Chinese customs in yuan ----------------------------------------------------------------------

_YUAN = alt.Scale(domain=[0, 400])
SIDES = {"China sells": charts.CHINA, "China buys": charts.GREEN}


def in_yuan(trade: pd.DataFrame) -> pd.DataFrame:
    """Trade with each of the five as China's customs table has it, billions of yuan.

    Returns
    -------
    pandas.DataFrame
        The rows with ``name``, ``year``, ``side`` (China sells, China buys) and ``billions``. The year 2023 is derived
        from the level and the printed growth of 2024.
    """
    rows = pairs(data.select(trade, frequency="A", direction="one-way", counter="CHN", currency="CNY"))
    side = rows["exporter"].eq("CHN").map({True: "China sells", False: "China buys"})
    rows = rows.assign(name=rows["country"].map(charts.country), year=rows["period"], side=side)
    rows = rows.assign(billions=rows["value"] / 1000, _at=rows["country"].map(FIVE.index))
    return rows.sort_values(["_at", "year", "side"], ascending=[True, True, False])


def yuan_bars(frame: pd.DataFrame) -> alt.LayerChart:
    """Lying bars of :func:`in_yuan`: three years a country, the two sides on each other."""
    shown = frame[["name", "year", "side", "billions"]].round(3).reset_index(drop=True)
    place = {
        "y": alt.Y("name", type="nominal", sort=None, title=None, axis=alt.Axis(titleY=0, ticks=False)),
        "yOffset": alt.YOffset("year", type="nominal", scale=alt.Scale(paddingInner=0.12)),
    }
    base = alt.Chart(shown).encode(**place)
    total = alt.X("billions", type="quantitative", aggregate="sum")
    colours = alt.Scale(domain=list(SIDES), range=list(SIDES.values()))
    bars = base.mark_bar().encode(
        x=alt.X("billions", type="quantitative", title="billion yuan", scale=_YUAN, axis=alt.Axis(tickCount=5)),
        color=alt.Color(
            "side", type="nominal", scale=colours, legend=alt.Legend(symbolType="square", offset=charts.ROOM)
        ),
        order=alt.Order("side", type="nominal", sort="descending"),
        tooltip=["name", "year", "side", alt.Tooltip("billions", type="quantitative", format=",.1f")],
    )
    return alt.layer(bars, base.mark_text(align="left", dx=4).encode(x=total, text=alt.Text("year", type="nominal")))


# -- railway and river ----------------------------------------------------------------------------

RAILWAY, TUMEN = "china-kyrgyzstan-uzbekistan-railway", "tumen-river"
RAIL_WINDOW = maps.Window(
    centre=(74.2, 40.6), holds=((67.5, 40.6), (81, 40.6), (74, 37.6), (74, 44.2)), shapes="eurasia-shapes", step=0.02
)
TUMEN_WINDOW = maps.Window(
    centre=(130.5, 42.5), holds=((128.4, 42.5), (132.6, 42.5), (130.5, 41.5), (130.5, 43.7)), shapes="eurasia-shapes",
    step=0.02,
)  # fmt: skip
NAMES = [
    ("China", 79.4, 40.4), ("Kyrgyzstan", 75.2, 41.9), ("Uzbekistan", 69.1, 41.3),
    ("Kazakhstan", 74.5, 43.7), ("Tajikistan", 70.8, 38.6),
]  # fmt: skip
TUMEN_NAMES = [("China", 129.4, 43.0), ("Russia", 131.9, 43.5), ("North Korea", 129.3, 41.8), ("open sea", 131.7, 42.1)]
ON_MAP = {"Kashgar": "below", "Torugart": "right", "Jalal-Abad": "above", "Andijan": "below"}


def _words(names: list[tuple[str, float, float]]) -> alt.Chart:
    """Names of countries and seas on a map."""
    frame = pd.DataFrame(names, columns=["_name", "lon", "lat"])
    return (
        alt.Chart(frame)
        .mark_text(fontStyle="italic", color=charts.MUTED)
        .encode(
            longitude=alt.Longitude("lon", type="quantitative"),
            latitude=alt.Latitude("lat", type="quantitative"),
            text=alt.Text("_name", type="nominal"),
        )
    )


def _spots(frame: pd.DataFrame, label: str) -> alt.LayerChart:
    """Places without a series, in ink: the builder's own colour is Russia's."""
    spots = maps.places(frame, label=label, side="_side")
    spots.layer[0].mark["fill"] = charts.INK
    return spots


def rail_map(points: pd.DataFrame) -> alt.LayerChart:
    """The four places of the railway, joined by straight lines."""
    stops = data.select(points, project=RAILWAY).sort_values("order")
    stops = stops[["place", "order", "lat", "lon"]].assign(_side=stops["place"].map(ON_MAP))
    fills = {"CHN": charts.CHINA, "KGZ": charts.GREEN, "UZB": charts.OCHRE}
    return maps.draw(
        RAIL_WINDOW,
        maps.base(RAIL_WINDOW, fills=fills, strength=0.3),
        _words(NAMES),
        maps.route(stops),
        _spots(stops, "place"),
    )


def tumen_map(points: pd.DataFrame) -> alt.LayerChart:
    """The bridge and the mouth of the Tumen between three countries."""
    ends = data.select(points, project=TUMEN).drop_duplicates(["lat", "lon"]).sort_values("order")
    text = ends["place"].map({"Fangchuan": "railway bridge", "River mouth": "mouth"})
    ends = ends[["place", "lat", "lon"]].assign(_text=text.to_numpy(), _side=["left", "right"])
    return maps.draw(
        TUMEN_WINDOW,
        maps.base(TUMEN_WINDOW, fills={"CHN": charts.CHINA, "RUS": charts.RUSSIA}, strength=0.3),
        _words(TUMEN_NAMES),
        _spots(ends, "_text"),
    )


ATTRIBUTES = {"length": "Length, km", "cost": "Cost, billion dollars"}


def printed(projects: pd.DataFrame) -> pd.DataFrame:
    """Lengths and costs of the railway as each source prints them, oldest first.

    Returns
    -------
    pandas.DataFrame
        The rows of ``length`` and ``cost`` with ``label`` (publisher and date) and ``low``, ``high``.
    """
    rows = data.select(projects, project="China-Kyrgyzstan-Uzbekistan railway", attribute=list(ATTRIBUTES))
    named = rows["source_id"].map(data.sources()["publisher"]).map(_cited)
    rows = rows.assign(label=named + ", " + rows["date"].map(_month), low=rows["value_low"], high=rows["value_high"])
    return rows.sort_values(["attribute", "date", "id"])


def _cited(publisher: str) -> str:
    """Whom a page cites, else the page itself."""
    page, _, inside = publisher.rstrip(")").partition(" (")
    return (
        inside.removeprefix("citing ").removeprefix("reprint of ") if inside.startswith(("citing", "reprint")) else page
    )


def _month(date: str) -> str:
    return pd.Timestamp(date).strftime("%b %Y") if len(date) > 4 else date


def printed_dots(frame: pd.DataFrame, width: int = 185) -> alt.ConcatChart:
    """Dots (a range where one is printed) of :func:`printed`, a panel for lengths and one for costs."""
    domains = {"length": (430, 550), "cost": (0, 9)}
    parts = []
    for attribute, title in ATTRIBUTES.items():
        rows = data.select(frame, attribute=attribute)
        ends = rows.melt(["label"], ["low", "high"], value_name="figure")[["label", "figure"]].drop_duplicates()
        ends["label"] = pd.Categorical(ends["label"], list(rows["label"]), ordered=True)
        ends = ends.sort_values(["label", "figure"]).astype({"label": str})
        drawn = charts.dots(ends, "figure", "label", domain=domains[attribute])
        drawn.layer[0].mark["color"] = charts.INK
        head = alt.TitleParams(text=title, fontSize=13, anchor="start")
        parts.append(drawn.properties(width=width, height=30 * len(rows), title=head))
    return alt.concat(*parts, columns=2)


def printed_narrow(frame: pd.DataFrame) -> dict[str, object]:
    """Both panels of :func:`printed_dots` below each other, for narrow screens."""
    return {"columns": 1, "concat": printed_dots(frame, width=200).to_dict()["concat"]}


STEPS = {
    "cku-basic-agreement": "Basic agreement",
    "cku-agreement": "Agreement of the three states, Beijing",
    "cku-company": "Joint company founded",
    "cku-investment-agreement": "Investment agreement",
    "cku-ceremony": "Ceremony that marks the start",
    "cku-construction": "Work begins near Jalal-Abad",
    "cku-completion-2025-11": "A minister expects completion in about five years",
}


def steps(projects: pd.DataFrame) -> show.Table:
    """The dated steps of the railway, with who reported each."""
    rows = data.select(projects, id=list(STEPS)).sort_values("date")
    day = rows["date"].map(lambda date: f"{pd.Timestamp(date).day} {pd.Timestamp(date):%B %Y}")
    month = rows["date"].map(lambda date: f"{pd.Timestamp(date):%B %Y}")
    shown = pd.DataFrame(
        {
            "Date": day.where(rows["date_precision"] == "day", month),
            "Step": rows["id"].map(STEPS),
            "Reported by": rows["source_id"].map(data.sources()["publisher"]),
            "Note": rows["note"].fillna(""),
        }
    )
    return show.table(shown, "Steps of the China–Kyrgyzstan–Uzbekistan railway")


# -- in words -------------------------------------------------------------------------------------


def describe_partners(frame: pd.DataFrame) -> str:
    """Text alternative of the small multiples."""
    parts = []
    for code in FIVE:
        rows = data.select(frame, country=code)
        lines = rows[rows["counted_by"] != "UNCTAD"].sort_values("year").groupby("with_")
        told = [f"{name} ${part['billions'].iloc[0]:.2f} billion in {part['year'].iloc[0]}, ${part['billions'].iloc[-1]:.2f} "
                f"billion in {part['year'].iloc[-1]}" for name, part in lines]  # fmt: skip
        dots = data.select(rows, counted_by="UNCTAD", year=2015).set_index("with_")["billions"]
        told.append(f"UNCTAD 2015: China ${dots['China']:.2f} billion, Russia ${dots['Russia']:.2f} billion")
        parts.append(f"{charts.country(code)}: " + "; ".join(told))
    return "Five panels, trade in both directions. " + ". ".join(parts) + "."


def describe_counts(frame: pd.DataFrame) -> str:
    """Text alternative of the counts."""
    parts = [
        f"{name}: " + ", ".join(f"{row.count_} ${row.billions:.1f} billion" for row in rows.itertuples())
        for name, rows in frame.rename(columns={"count": "count_"}).sort_values("_at").groupby("name", sort=False)
    ]
    return f"Dots, trade with China. {'; '.join(parts)}."


def describe_yuan(frame: pd.DataFrame) -> str:
    """Text alternative of the bars in yuan."""
    total = frame.groupby(["name", "year"], sort=False)["billions"].sum()
    sides = frame.set_index(["name", "year", "side"])["billions"]
    parts = [
        f"{name}: {total[name, '2023']:.1f} in 2023, {total[name, '2024']:.1f} in 2024, {total[name, '2025']:.1f} in 2025, "
        f"of which China sold {sides[name, '2025', 'China sells']:.1f}"
        for name in dict.fromkeys(frame["name"])
    ]
    return f"Stacked bars, billions of yuan. {'; '.join(parts)}."


def describe_rail_map(points: pd.DataFrame) -> str:
    """Text alternative of the map of the railway."""
    stops = data.select(points, project=RAILWAY).sort_values("order")
    places = ", ".join(f"{row.place} ({charts.country(row.country)})" for row in stops.itertuples())
    return (
        f"Map of Kyrgyzstan and its neighbours with {len(stops)} places joined by straight lines: {places}. "
        "No part lies in Kazakhstan or Russia; Russia is north of the map."
    )


def describe_tumen_map(points: pd.DataFrame) -> str:
    """Text alternative of the map of the Tumen."""
    ends = data.select(points, project=TUMEN).sort_values("order")
    top, mouth = ends.iloc[0], ends.iloc[-1]
    return (
        f"Map of the corner where China, Russia and North Korea meet. China ends at {top['place']}, {top['lat']:.1f} degrees "
        f"north and {top['lon']:.1f} east; the mouth of the river is at {mouth['lat']:.1f} north and {mouth['lon']:.1f} east, "
        "between Russia and North Korea."
    )


def describe_printed(frame: pd.DataFrame) -> str:
    """Text alternative of lengths and costs."""
    parts = []
    for attribute, title in ATTRIBUTES.items():
        told = [
            f"{row.label}: {row.low:.10g}{f' to {row.high:.10g}' if row.high > row.low else ''}"
            for row in data.select(frame, attribute=attribute).itertuples()
        ]
        parts.append(f"{title}. {'; '.join(told)}")
    return ". ".join(parts) + "."


# -- numbers --------------------------------------------------------------------------------------


def _own(trade: pd.DataFrame, country: str, partner: str, year: int) -> prose.Number:
    rows = pairs(data.select(trade, frequency="A", direction="one-way", currency="USD", period=str(year)))
    rows = data.select(rows, country=country, partner=partner, counter=country)
    rows.attrs["table"] = trade.attrs["table"]
    return prose.dollars(float(rows["value"].sum()), rows, note="both directions")


def _share(trade: pd.DataFrame, country: str, partner: str, year: int) -> prose.Number:
    rows = pairs(data.select(trade, frequency="A", direction="one-way", currency="USD", period=str(year)))
    rows = data.select(rows, country=country, partner=[partner, "WLD"], counter=country)
    rows.attrs["table"] = trade.attrs["table"]
    return prose.share(float(shares(trade, country, year)[partner]) / 100, rows, note="of trade in both directions")


def numbers(trade: pd.DataFrame, published: pd.DataFrame, projects: pd.DataFrame) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    return {**_trade_numbers(trade), **_region_numbers(trade, published), **_project_numbers(projects)}


def _trade_numbers(trade: pd.DataFrame) -> dict[str, prose.Number]:
    said = {}
    for code, first in (("KAZ", 2018), ("UZB", 2010), ("KGZ", 2010)):
        for partner, name in (("CHN", "china"), ("RUS", "russia")):
            for year in (first, 2023):
                said[f"{code.lower()}_{name}_{year}"] = _own(trade, code, partner, year)
    for partner, name in (("CHN", "china"), ("RUS", "russia")):
        for year in (2018, 2023):
            said[f"kaz_share_{name}_{year}"] = _share(trade, "KAZ", partner, year)
    return said


def _stated(trade: pd.DataFrame, unit: str = "USD", note: str = "", **where: object) -> prose.Number:
    rows = data.select(trade, **where)
    value = float(rows["value"].sum())
    return (prose.dollars if unit == "USD" else prose.yuan)(value, rows, note=note)


def _sold(customs: pd.DataFrame, country: str) -> tuple[float, pd.DataFrame]:
    rows = data.select(customs, exporter=country)
    return float(rows["value"].iloc[0]), rows


def _region_numbers(trade: pd.DataFrame, published: pd.DataFrame) -> dict[str, prose.Number]:
    year = {"frequency": "A", "direction": "two-way", "currency": "USD"}
    customs = pairs(data.select(trade, frequency="A", direction="one-way", counter="CHN", currency="CNY"))
    customs.attrs["table"] = trade.attrs["table"]
    first, last = data.select(customs, period="2023"), data.select(customs, period="2025")
    kyrgyz = {"frequency": "Q", "period": "2024-Q1", "currency": "USD"}
    said = {
        "five_2021": _stated(trade, **year, period="2021", counter="CHN", importer=TOGETHER),
        "five_2024": _stated(trade, **year, period="2024", counter="CHN", importer=TOGETHER),
        "five_2025": _stated(trade, **year, period="2025", counter="CHN", importer=TOGETHER),
        "five_2024_partners": _stated(trade, **year, period="2024", counter="EDB", importer=TOGETHER),
        "five_russia_2024": _stated(trade, **year, period="2024", counter="CERR", importer=TOGETHER),
        "yuan_2023": _stated(first, "CNY", "the values of 2024 over their printed growth"),
        "yuan_2025": _stated(last, "CNY"),
        "yuan_growth": prose.percent(
            100 * (last["value"].sum() / first["value"].sum() - 1), prose.together(first, last), note="in yuan"
        ),
        "kgz_sells_2023": prose.yuan(*_sold(first, "KGZ"), 1),
        "kgz_sells_2025": prose.yuan(*_sold(last, "KGZ"), 1),
        "kgz_china_q1": _stated(trade, **kyrgyz, counter="CHN", exporter="CHN", importer="KGZ"),
        "kgz_own_q1": _stated(trade, **kyrgyz, counter="KGZ", direction="two-way", exporter="CHN"),
    }
    for code, partner, counter in (("XCA", "CHN", "EDB"), ("XCA", "RUS", "CERR"), ("TKM", "CHN", "EDB")):
        row = data.select(published, period="2024", country=code, partner=partner, flow="total", counter=counter)
        said[f"share_{code.lower()}_{PARTNERS[partner].lower()}"] = prose.percent(float(row["value"].iloc[0]), row)
    return said


def _project_numbers(projects: pd.DataFrame) -> dict[str, prose.Number]:
    frame = printed(projects)
    frame.attrs["table"] = projects.attrs["table"]
    said = {}
    for attribute, unit, words in (("length", "km", "km"), ("cost", "USD billion", "billion dollars")):
        rows = data.select(frame, attribute=attribute)
        for end, column in (("least", "low"), ("most", "high")):
            value = float(rows["low"].min() if end == "least" else rows["high"].max())
            row = rows[rows[column] == value]
            said[f"{attribute}_{end}"] = prose.plain(value, row, unit, 0, words)
    one = {row["id"]: projects[projects["id"] == row["id"]] for _, row in projects.iterrows()}
    low = {key: float(rows["value_low"].iloc[0]) for key, rows in one.items()}
    return said | {
        "kyrgyz_part": prose.plain(low["cku-cost-kyrgyz-part-2024-09"], one["cku-cost-kyrgyz-part-2024-09"],
                                   "USD billion", 2, "billion dollars"),
        "capacity": prose.plain(float(one["cku-capacity"]["value_high"].iloc[0]), one["cku-capacity"],
                                "million tonnes a year", 0, "million tonnes a year"),
        "stretch_nikkei": prose.plain(low["tumen-closed-stretch-nikkei"], one["tumen-closed-stretch-nikkei"], "km", 0, "km"),
        "stretch_scmp": prose.plain(low["tumen-closed-stretch-scmp"], one["tumen-closed-stretch-scmp"], "km", 0, "km"),
        "bridge": prose.plain(low["tumen-bridge"], one["tumen-bridge"], "m", 0, "metres"),
    }  # fmt: skip
