"""Frames of the chapter on cars and smartphones."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnership import charts, data, prose

ALL = "all Chinese"
BY_BRAND = "new passenger cars by brand"
BY_PLACE = "new passenger cars by country of assembly"
IMPORTED = "units imported, by nationality of the brand"
SHOP = ("M.Video", "M.Video-Eldorado")
MTS_PERIODS = {"2022-07": "July 2022", "2023-08": "Jan–Aug 2023", "2024-09": "Jan–Sep 2024", "2025": "2025"}
NOT_CHINESE = ("Samsung", "Apple")


def one(frame: pd.DataFrame, **where: object) -> pd.DataFrame:
    """The single row with these values, of the lowest tier if several pages print the figure."""
    return data.select(frame, **where).sort_values(["tier", "published"], kind="stable").head(1)


def amount(rows: pd.DataFrame) -> float:
    """The value of the first row."""
    return float(rows["value"].iloc[0])


# -- cars -----------------------------------------------------------------------------------------


def car_shares(shares: pd.DataFrame) -> pd.DataFrame:
    """Share of Chinese brands in new cars sold, by year and by month; forecasts are left out.

    Returns
    -------
    pandas.DataFrame
        The rows with ``date`` and ``until`` (first day of the period and of the next), ``length`` (year or month) and
        ``counted_by`` (two counters by name, the rest together).
    """
    rows = data.select(
        shares, market="new cars", metric="share", brand=ALL, basis=BY_BRAND, frequency=["A", "M"]
    ).sort_values(["frequency", "period", "tier"], kind="stable")
    start = data.dates(rows["period"])
    named = {"Autostat": "Autostat", "Gazprombank Autoleasing": "Gazprombank Autoleasing"}
    return rows.assign(
        share=rows["value"],
        length=rows["frequency"].map({"A": "year", "M": "month"}),
        date=start,
        until=start.where(rows["frequency"] == "M", start + pd.DateOffset(years=1)),
        counted_by=rows["counter"].map(named).fillna("others"),
    )


def car_share_chart(rows: pd.DataFrame, stated: float) -> alt.LayerChart:
    """Months as points, years as level bars, the article's figure as a line."""
    frame = rows[["period", "length", "share", "counter", "counted_by", "date", "until"]].reset_index(drop=True)
    names = ["Autostat", "Gazprombank Autoleasing", "others"]
    shape = alt.Shape(
        "counted_by",
        type="nominal",
        scale=alt.Scale(domain=names, range=["circle", "square", "diamond"]),
        legend=alt.Legend(symbolType=alt.Undefined, symbolFillColor=charts.CHINA, columns=2),
    )
    tips = [alt.Tooltip("period", type="nominal"), alt.Tooltip("share", type="quantitative", title="per cent")]
    tips.append(alt.Tooltip("counter", type="nominal", title="counted by"))
    base = alt.Chart(frame).encode(
        x=alt.X("date", type="temporal", title=None, axis=alt.Axis(format="%Y", tickCount="year")),
        y=alt.Y("share", type="quantitative", title="per cent of new cars", scale=alt.Scale(domain=[0, 70])),
        tooltip=tips,
    )
    years = base.transform_filter("datum.length == 'year'").mark_rule(color=charts.MUTED, strokeWidth=3)
    months = base.transform_filter("datum.length == 'month'").mark_point(size=80, opacity=1, color=charts.CHINA)
    peak = rows.loc[data.select(rows, length="month")["share"].idxmax()]
    last = data.select(rows, length="month").sort_values("date").iloc[-1]
    words = pd.DataFrame({"date": [peak["date"], last["date"]], "share": [peak["share"], last["share"]]})
    words["text"] = words["share"].map("{:.10g}".format) + [f" in {peak['date']:%b %Y}", ""]
    ends = charts.notes(words.head(1), "date", "share", "text", size=0, dy=-12, align="right", dx=10)
    ends += charts.notes(words.tail(1), "date", "share", "text", size=0, dy=18, align="center")
    key = data.select(rows, length="year").head(1).assign(text="bars: whole years")
    ends += charts.notes(key[["date", "share", "text"]], "date", "share", "text", size=0, dy=9, colour=charts.MUTED)
    return (
        alt.layer(years.encode(x2="until"), months.encode(shape=shape))
        + charts.level(stated, f"the article: nearly {stated:.0f}", x=pd.Timestamp("2020-01-01"), colour=charts.CLAIM)
        + ends
    )


def describe_car_shares(rows: pd.DataFrame, stated: float) -> str:
    """Text alternative of the shares of new cars."""
    years = data.select(rows, length="year").drop_duplicates("period").set_index("period")["share"]
    months = data.select(rows, length="month").set_index("period")["share"]
    told = ", ".join(f"{value:.10g} in {year}" for year, value in years.items())
    return (
        f"Share of Chinese brands in new cars, per cent. Years: {told}. Months: {months['2022-04']:.10g} in April 2022, "
        f"{months['2023-07']:.10g} in July 2023, {months['2024-09']:.10g} in September 2024, the highest, "
        f"{months['2025-10']:.10g} in October 2025, {months['2026-02']:.10g} in February 2026. A line marks the article's {stated:.0f}."
    )


def on_the_road(shares: pd.DataFrame) -> pd.DataFrame:
    """Chinese brands among the cars sold in a year and among the cars on the register after it.

    Returns
    -------
    pandas.DataFrame
        The rows with ``label`` and ``share`` in per cent.
    """
    sold = [one(shares, market="new cars", metric="share", brand=ALL, period=year) for year in ("2024", "2025")]
    days = {"2024-07-01": "July 2024", "2025-07-01": "July 2025", "2026-01-01": "Jan 2026"}
    fleet = [one(shares, market="car fleet", metric="share", period=day) for day in days]
    rows = pd.concat([*sold, *fleet])
    labels = ["sold in 2024", "sold in 2025", *(f"registered {words}" for words in days.values())]
    return rows.assign(label=labels, share=rows["value"])


def road_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Lying bars of :func:`on_the_road`."""
    drawn = frame[["label", "share"]].assign(what=["sales"] * 2 + ["register"] * 3)
    colours = {"sales": charts.CHINA, "register": charts.OCHRE}
    return charts.rows(
        drawn,
        "share",
        "label",
        "what",
        unit="per cent of Chinese brands",
        colours=colours,
        values=".1~f",
        domain=(0, 65),
    )


def describe_road(frame: pd.DataFrame) -> str:
    """Text alternative of sales against the register."""
    told = "; ".join(f"{row.label}: {row.share:.10g}" for row in frame.itertuples())
    return f"Bars, share of Chinese brands in per cent. {told}."


BRANDS = {
    "Lada": "Lada (Russian)",
    "Haval": "Haval",
    "Chery": "Chery",
    "Geely": "Geely",
    "Belgee (Belarus)": "Belgee (Belarusian)",
    "Changan": "Changan",
    "Exeed": "Exeed",
    "Omoda": "Omoda",
    "Jetour": "Jetour",
    "Solaris (Russia)": "Solaris (Russian)",
    "Tenet (Russia, Chery-based)": "Tenet (Russian)",
    "Toyota": "Toyota (Japanese)",
}


def brand_sales(shares: pd.DataFrame) -> pd.DataFrame:
    """Cars sold by brand in 2023 and in 2025, thousands; only brands that a page names.

    Returns
    -------
    pandas.DataFrame
        The rows of Autostat with ``label`` (brand, its country if not China) and ``thousand_cars``, in the order of
        :data:`BRANDS`.
    """
    rows = data.select(
        shares, market="new cars", metric="units", brand=list(BRANDS), period=["2023", "2025"], counter="Autostat"
    )
    order = rows["brand"].map(list(BRANDS).index)
    return rows.assign(label=rows["brand"].map(BRANDS), thousand_cars=rows["value"] / 1000, order=order).sort_values(
        ["order", "period"]
    )


def brand_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Dumbbells of :func:`brand_sales`."""
    colours = {"2023": charts.OCHRE, "2025": charts.INK}
    drawn = frame[["label", "period", "thousand_cars"]]
    chart = charts.dots(
        drawn, "thousand_cars", "label", "period", unit="thousand cars", colours=colours, domain=(0, 350)
    )
    chart.layer[0].encoding.x.axis = alt.Axis(values=[0, 100, 200, 300])
    return chart


def describe_brands(frame: pd.DataFrame) -> str:
    """Text alternative of the brands."""
    parts = [
        f"{label}: " + ", ".join(f"{row.thousand_cars:,.0f} in {row.period}" for row in rows.itertuples())
        for label, rows in frame.groupby("label", sort=False)
    ]
    return f"Dots, thousands of cars sold. {'; '.join(parts)}."


def assembly_rows(shares: pd.DataFrame) -> pd.DataFrame:
    """The rows that :func:`brand_and_assembly` draws on, in its order."""
    year = {"market": "new cars", "period": "2025"}
    return pd.concat(
        [
            one(shares, **year, metric="share", brand=ALL, basis=BY_BRAND, counter="Autostat"),
            one(shares, **year, metric="units", brand="Lada"),
            one(shares, **year, metric="units", brand="all"),
            data.select(shares, **year, metric="share", basis=BY_PLACE).sort_values("value", ascending=False),
        ]
    )


def lada_share(shares: pd.DataFrame) -> tuple[float, pd.DataFrame]:
    """Lada's part of the cars sold in 2025 as a fraction, and its two rows."""
    rows = assembly_rows(shares).iloc[1:3]
    rows.attrs["table"] = shares.attrs["table"]
    return float(rows["value"].iloc[0] / rows["value"].iloc[1]), rows


def brand_and_assembly(shares: pd.DataFrame) -> pd.DataFrame:
    """New cars of 2025 divided twice, per cent: by the nationality of the brand and by the place of assembly.

    Returns
    -------
    pandas.DataFrame
        ``divided``, ``part``, ``share`` and the ends ``start`` and ``end`` of each part on a bar from 0 to 100. The
        part of brands neither Chinese nor Lada is the remainder.
    """
    rows = assembly_rows(shares)
    chinese, lada = amount(rows), 100 * lada_share(shares)[0]
    brands = [("China", chinese), ("Russia", lada), ("other", 100 - chinese - lada)]
    at = rows.iloc[3:].set_index("brand")["value"]
    places = [("China", "China"), ("Russia", "Russia"), ("Belarus", "Belarus"), ("other", "elsewhere")]
    frame = pd.DataFrame(
        [("by brand", part, value) for part, value in brands]
        + [
            ("by place of assembly", part, at[f"assembled {'' if name == 'elsewhere' else 'in '}{name}"])
            for part, name in places
        ],
        columns=["divided", "part", "share"],
    )
    end = frame.groupby("divided", sort=False)["share"].cumsum()
    return frame.assign(start=end - frame["share"], end=end)


def assembly_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Two divided bars of :func:`brand_and_assembly`."""
    colours = {"China": charts.CHINA, "Russia": charts.RUSSIA, "Belarus": charts.GREEN, "other": charts.MUTED}
    drawn = frame.round(4)
    base = alt.Chart(drawn).encode(
        y=alt.Y("divided", type="nominal", sort=None, title=None, axis=alt.Axis(labelExpr=_two_lines(), titleY=0)),
        x=alt.X(
            "start",
            type="quantitative",
            title="per cent of new cars",
            axis=alt.Axis(values=[0, 20, 40, 60, 80, 100]),
            scale=alt.Scale(domain=[0, 100]),
        ),
    )
    colour = alt.Color(
        "part",
        type="nominal",
        scale=alt.Scale(domain=list(colours), range=list(colours.values())),
        legend=alt.Legend(symbolType="square", offset=charts.ROOM),
    )
    tips = [alt.Tooltip("divided", type="nominal"), alt.Tooltip("part", type="nominal")]
    tips.append(alt.Tooltip("share", type="quantitative", format=".1f", title="per cent"))
    bars = base.mark_bar(height={"band": 0.6}, stroke=charts.GRID).encode(x2="end", color=colour, tooltip=tips)
    middle = alt.X("_middle", type="quantitative")
    words = (
        base.transform_calculate(_middle="(datum.start + datum.end) / 2")
        .transform_filter("datum.share >= 8")
        .mark_text(dy=-34)
        .encode(x=middle, text=alt.Text("share", type="quantitative", format=".1f"))
    )
    return alt.layer(bars, words)


def _two_lines() -> str:
    return "split(replace(datum.label, 'by place of ', 'by place of|'), '|')"


def describe_assembly(frame: pd.DataFrame) -> str:
    """Text alternative of the two divisions."""
    parts = [
        f"{name}: " + ", ".join(f"{row.part} {row.share:.1f}" for row in rows.itertuples())
        for name, rows in frame.groupby("divided", sort=False)
    ]
    return f"Two bars, new cars of 2025 in per cent. {'; '.join(parts)}."


# -- smartphones ----------------------------------------------------------------------------------

KINDS = {"imported (GS Group)": charts.CHINA, "sold (M.Video)": charts.OCHRE, "forecast (GS Group)": charts.INK}


def phone_shares(shares: pd.DataFrame) -> pd.DataFrame:
    """Published shares of Chinese brands among smartphones imported or sold, and the forecast of July 2022.

    Returns
    -------
    pandas.DataFrame
        The rows with ``kind`` (a key of :data:`KINDS`), ``share`` and ``date`` (the middle of the period).
    """
    rows = data.select(shares, market="smartphones", metric="share", brand=ALL)
    forecast = rows["frequency"] == "D"
    shop = rows["counter"].isin(SHOP)
    names = list(KINDS)
    kind = pd.Series(names[0], index=rows.index).mask(shop, names[1]).mask(forecast, names[2])
    months = rows["frequency"].map({"A": 6, "Q": 1.5, "M": 0.5, "D": 0, "YTD": -2.5})
    date = data.dates(rows["period"]) + pd.to_timedelta((months * 30.4).round(), unit="D")
    date = date.mask(forecast, pd.to_datetime(rows["period"], errors="coerce", format="%Y-%m-%d"))
    frame = rows.assign(kind=pd.Categorical(kind, names, ordered=True), share=rows["value"], date=date)
    return frame.sort_values(["kind", "date"], kind="stable").astype({"kind": str})


def phone_chart(rows: pd.DataFrame, stated: float) -> alt.LayerChart:
    """Points of :func:`phone_shares`; only the import series of one publisher is joined by a line."""
    frame = rows[["period", "kind", "share", "counter", "date"]].reset_index(drop=True)
    colour = alt.Color(
        "kind",
        type="nominal",
        scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())),
        legend=alt.Legend(symbolType=alt.Undefined, columns=2),
    )
    shape = alt.Shape(
        "kind",
        type="nominal",
        scale=alt.Scale(domain=list(KINDS), range=["circle", "square", "diamond"]),
        legend=alt.Legend(symbolType=alt.Undefined, columns=2),
    )
    tips = [alt.Tooltip("period", type="nominal"), alt.Tooltip("kind", type="nominal")]
    tips.append(alt.Tooltip("share", type="quantitative", title="per cent"))
    base = alt.Chart(frame).encode(
        x=alt.X(
            "date",
            type="temporal",
            title=None,
            axis=alt.Axis(format="%Y", tickCount="year"),
            scale=alt.Scale(domain=[{"year": 2019}, {"year": 2024, "month": 6}]),
        ),
        y=alt.Y("share", type="quantitative", title="per cent of smartphones", scale=alt.Scale(domain=[0, 100])),
        color=colour,
        tooltip=tips,
    )
    points = base.mark_point(size=90, opacity=1).encode(shape=shape)
    line = base.transform_filter(f"datum.kind == '{list(KINDS)[0]}'").mark_line()
    imports = data.select(frame, kind=list(KINDS)[0]).tail(1)
    words = imports.assign(text=imports["share"].map("{:.0f}".format))
    return (
        alt.layer(points, line)
        + charts.level(
            stated, f"the article: {stated:.0f} of imports", x=pd.Timestamp("2019-01-15"), colour=charts.CLAIM
        )
        + charts.notes(words, "date", "share", "text", size=0, dx=10, colour=charts.CHINA)
    )


def describe_phones(rows: pd.DataFrame, stated: float) -> str:
    """Text alternative of the phone shares."""
    parts = [
        f"{kind}: " + ", ".join(f"{row.share:.10g} ({row.period})" for row in part.itertuples())
        for kind, part in rows.groupby("kind", sort=False)
    ]
    return f"Points, share of Chinese brands in per cent. {'; '.join(parts)}. A line marks the article's {stated:.0f}."


def phone_brand_rows(shares: pd.DataFrame) -> pd.DataFrame:
    """Shares of the brands that MTS names, for the periods of :data:`MTS_PERIODS`."""
    rows = data.select(shares, market="smartphones", metric="share", counter="MTS", period=list(MTS_PERIODS))
    return rows[rows["brand"] != ALL]


def phone_bounds(shares: pd.DataFrame) -> pd.DataFrame:
    """Between which bounds the share of Chinese brands in smartphones sold must lie, by what MTS names.

    Returns
    -------
    pandas.DataFrame
        ``label`` (period), ``low`` (the Chinese brands named), ``high`` (100 less Samsung and Apple), in per cent.
    """
    rows = phone_brand_rows(shares)
    other = rows["brand"].isin(NOT_CHINESE)
    low, high = rows[~other].groupby("period")["value"].sum(), 100 - rows[other].groupby("period")["value"].sum()
    frame = pd.DataFrame({"low": low, "high": high}).reindex(list(MTS_PERIODS))
    return frame.assign(label=list(MTS_PERIODS.values())).reset_index(drop=True)[["label", "low", "high"]]


def bounds_chart(frame: pd.DataFrame, stated: float) -> alt.LayerChart:
    """Range bars of :func:`phone_bounds` against the article's figure."""
    y = alt.Y("label", type="nominal", sort=None, title=None, axis=alt.Axis(titleY=0))
    base = alt.Chart(frame).encode(y=y)
    scale = alt.Scale(domain=[0, 100])
    low = alt.X("low", type="quantitative", title="per cent of smartphones sold", scale=scale)
    high = alt.X("high", type="quantitative")
    tips = [alt.Tooltip("label", type="nominal", title="period"), alt.Tooltip("low"), alt.Tooltip("high")]
    bars = base.mark_bar(height={"band": 0.4}, color=charts.CHINA).encode(x=low, x2="high", tooltip=tips)
    text = {"type": "quantitative", "format": ".1~f"}
    claim = alt.Chart(pd.DataFrame({"_x": [stated], "_text": [f"the article: {stated:.0f}"]})).encode(
        x=alt.X("_x", type="quantitative")
    )
    return alt.layer(
        bars,
        base.mark_text(align="left", dy=-17).encode(x=low, text=alt.Text("low", **text)),
        base.mark_text(align="right", dy=-17).encode(x=high, text=alt.Text("high", **text)),
        claim.mark_rule(color=charts.CLAIM, strokeWidth=2, strokeDash=[4, 3]),
        claim.mark_text(color=charts.CLAIM, align="right", dx=-4, dy=8, baseline="top").encode(
            y=alt.value(-27), text=alt.Text("_text", type="nominal")
        ),
    )


def describe_bounds(frame: pd.DataFrame, stated: float) -> str:
    """Text alternative of the bounds."""
    told = "; ".join(f"{row.label}: {row.low:.10g} to {row.high:.10g}" for row in frame.itertuples())
    return f"Range bars, share of Chinese brands among smartphones sold, per cent. {told}. A line marks the article's {stated:.0f}, above every bar."


# -- numbers --------------------------------------------------------------------------------------


def numbers(shares: pd.DataFrame, figures: pd.DataFrame) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    return _car_numbers(shares) | _volume_numbers(shares, figures) | _phone_numbers(shares)


def _claim(name: str) -> pd.DataFrame:
    return data.select(data.load("claims"), id=name)


def _share(rows: pd.DataFrame, note: str = "") -> prose.Number:
    value = amount(rows)
    return prose.percent(value, rows, 0 if value == round(value) else 1, note)


def _car_numbers(shares: pd.DataFrame) -> dict[str, prose.Number]:
    by_brand = {"market": "new cars", "metric": "share", "brand": ALL, "basis": BY_BRAND}
    places = {"market": "new cars", "metric": "share", "basis": BY_PLACE}
    lada, lada_rows = lada_share(shares)
    top = "sales of the 25 best-selling brands only"
    stated = _claim("cars-60")
    autostat = one(shares, **by_brand, period="2025", counter="Autostat")
    china = one(shares, **places, period="2025", brand="assembled in China")
    return {
        "stated_cars": prose.percent(float(stated["stated_value"].iloc[0]), stated, 0),
        "share_2021": _share(one(shares, **by_brand, period="2021")),
        "share_2024": _share(one(shares, **by_brand, period="2024")),
        "share_2024_other": _share(data.select(shares, **by_brand, period="2024", tier="E")),
        "share_2025": _share(one(shares, **by_brand, period="2025", counter="Gazprombank Autoleasing")),
        "share_2025_autostat": _share(autostat),
        "chinese_roots": prose.words(
            2 / 3, autostat, "almost two thirds", "fraction", "the head of Autostat, as the page quotes him"
        ),
        "chinese_made_elsewhere": prose.points(
            amount(autostat) - amount(china),
            prose.together(autostat, china),
            note="share of the brands less share assembled in China",
        ),
        "half": _share(one(shares, **by_brand, period="2023-07")),
        "peak": _share(one(shares, **by_brand, period="2024-09")),
        "below_half": _share(one(shares, **by_brand, period="2025-10", frequency="M")),
        "latest": _share(one(shares, **by_brand, period="2026-02")),
        "among_top": _share(one(shares, market="new cars", basis=top, period="2024-11")),
        "fleet_2024": _share(one(shares, market="car fleet", metric="share", period="2024-07-01")),
        "fleet_2026": _share(one(shares, market="car fleet", metric="share", period="2026-01-01")),
        "made_in_china": _share(china),
        "made_in_belarus": _share(one(shares, **places, period="2025", brand="assembled in Belarus")),
        "made_in_russia_2024": _share(one(shares, **places, period="2024", brand="assembled in Russia")),
        "made_in_russia": _share(one(shares, **places, period="2025", brand="assembled in Russia")),
        "made_in_russia_latest": _share(one(shares, **places, period="2026-01", brand="assembled in Russia")),
        "lada": prose.share(lada, lada_rows, note="cars of the brand over all new cars sold"),
    }


def _volume_numbers(shares: pd.DataFrame, figures: pd.DataFrame) -> dict[str, prose.Number]:
    units = {"market": "new cars", "metric": "units"}
    market = data.select(shares, **units, brand="all", period=["2024", "2025"]).sort_values("period")
    chinese = data.select(shares, **units, brand=ALL, period=["2024", "2025"]).sort_values("period")
    customs = data.select(figures, series="china_passenger_car_exports_to_russia", unit="USD million", frequency="A")
    imported = data.select(figures, series="china_share_of_russia_car_imports")
    lost = "difference of two years"
    return {
        "car_imports": _share(imported),
        "market_lost": prose.count(-float(market["value"].diff().iloc[-1]), market, "cars", lost),
        "chinese_lost": prose.count(-float(chinese["value"].diff().iloc[-1]), chinese, "cars", lost),
        "haval": prose.count(
            amount(one(shares, **units, brand="Haval", period="2025")),
            one(shares, **units, brand="Haval", period="2025"),
            "cars",
        ),
        "belgee": prose.count(
            amount(one(shares, **units, brand="Belgee (Belarus)")),
            one(shares, **units, brand="Belgee (Belarus)"),
            "cars",
        ),
        "customs_2024": prose.dollars(amount(data.select(customs, period="2024")), data.select(customs, period="2024")),
        "customs_2025": prose.dollars(amount(data.select(customs, period="2025")), data.select(customs, period="2025")),
    }


def _phone_numbers(shares: pd.DataFrame) -> dict[str, prose.Number]:
    imports = {"market": "smartphones", "metric": "share", "brand": ALL, "basis": IMPORTED}
    sold = {"market": "smartphones", "counter": "MTS", "period": "2024-09"}
    bounds = phone_bounds(shares).set_index("label").loc["Jan–Sep 2024"]
    named = phone_brand_rows(data.select(shares, period="2024-09"))
    chinese = named[~named["brand"].isin(NOT_CHINESE)]
    forecast = one(shares, market="smartphones", frequency="D")
    stated = _claim("phones-90")
    return {
        "stated_phones": prose.percent(float(stated["stated_value"].iloc[0]), stated, 0),
        "imports_2021": _share(one(shares, **imports, period="2021")),
        "imports_2022": _share(one(shares, **imports, period="2022")),
        "imports_2023": _share(one(shares, **imports, period="2023")),
        "forecast": _share(forecast, "a forecast, worded as up to this share"),
        "floor": prose.percent(bounds["low"], chinese, 0, "sum of the Chinese brands that are named"),
        "ceiling": _share(one(shares, **sold, metric="share ceiling"), "100 less Samsung and Apple"),
        "samsung": _share(one(shares, **sold, brand="Samsung")),
        "apple": _share(one(shares, **sold, brand="Apple")),
        "xiaomi": _share(one(shares, **sold, brand="Xiaomi")),
    }
