"""Frames of the chapter on energy."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnership import charts, data, measures, prose

BARRELS_PER_TONNE = 7.33
"""Barrels in a tonne of crude: the usual average for crude of middling density. An assumption: the barrel of a given
crude is lighter or heavier, and a lighter one (7.5) makes the price of a barrel 2 per cent lower."""
LIGHT = 7.5
"""Barrels in a tonne of a lighter crude, to show what the assumption is worth."""
LAG = 1
"""Months by which the unit value is compared with an earlier price: cargoes are priced before they arrive, and the unit
value moves with Brent of the month before."""
CUSTOMS = "gacc-russian-energy-imports-2022-07"
DIGITISED = "mgimo-china-bulletin-crude-2026-05"
BEFORE, AFTER = "bp-statistical-review-2021", "ei-statistical-review-2024"
FULL, PRESS, PART = "customs table", "press report or derived", "part of a year, chart or forecast"
STATUS = {FULL: 1.0, PRESS: 0.5, PART: 0.12}
"""How full a bar is drawn: the weaker its ground, the paler."""


def to_china(energy: pd.DataFrame, **where: object) -> pd.DataFrame:
    """Rows of ``energy-trade`` on what China buys from Russia."""
    return data.select(energy, exporter="RUS", importer="CHN", **where)


# -- crude: tonnes and dollars --------------------------------------------------------------------

PRESS_VOLUMES = {
    "2022": "thestrategist-media-2023-01-20-99cd",
    "2023": "chinascope-org-nd-ee19",
    "2024": "tass-com-2025-09-08-9210",
}
PRESS_VALUE = "russiaspivottoasia-com-nd-a0e6"
ELEVEN_2022, ELEVEN_2025 = "rt-com-2022-12-23-0ebf", "finance-liga-net-nd-9cc5"


def crude_rows(energy: pd.DataFrame) -> pd.DataFrame:
    """The rows that the yearly figures of crude rest on."""
    rows = to_china(energy, commodity="crude oil")
    wanted = [CUSTOMS, DIGITISED, PRESS_VALUE, ELEVEN_2022, ELEVEN_2025, *PRESS_VOLUMES.values()]
    return rows[rows["source_id"].isin(wanted) & (rows["period"] >= "2000")]


def _customs_years(energy: pd.DataFrame, commodity: str, measure: str) -> pd.Series:
    """Sums of complete years of the customs file (twelve months each), thousand tonnes or millions of dollars."""
    rows = to_china(energy, commodity=commodity, measure=measure, source_id=CUSTOMS)
    years = rows.groupby(rows["period"].str[:4])["value"]
    return years.sum()[years.count() == 12]


def _single(energy: pd.DataFrame, **where: object) -> float:
    rows = to_china(energy, **where).dropna(subset=["value"])
    if len(rows) != 1:
        raise ValueError(f"{len(rows)} rows for {where}")
    return float(rows["value"].iloc[0])


def crude_by_year(energy: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """China's imports of Russian crude by year: million tonnes and billions of dollars, and their standing.

    Customs sums to 2021. Then volumes from the press (2025: the chart of the bulletin). Values: 2022 and 2025 are
    eleven months, the latter converted from yuan; 2024 is as printed; 2023 follows from 2024 and its printed growth.

    Returns
    -------
    pandas.DataFrame
        ``year`` (text), ``measure`` (``million tonnes`` or ``billion dollars``), ``value``, ``standing``.
    """
    crude = {"commodity": "crude oil"}
    records: list[tuple[str, str, float, str]] = []
    for name, measure in (("million tonnes", "volume"), ("billion dollars", "value")):
        years = _customs_years(energy, "crude oil", measure)
        records += [(str(year), name, value / 1000, FULL) for year, value in years.items()]
    for year, source in PRESS_VOLUMES.items():
        tonnes = _single(energy, **crude, source_id=source, period=year, measure="volume")
        records.append((year, "million tonnes", tonnes, PRESS))
    read = to_china(energy, **crude, source_id=DIGITISED)
    last = read[read["period"].str.startswith("2025")]["value"]
    records.append(("2025", "million tonnes", float(last.sum()), PART))
    printed = to_china(energy, **crude, source_id=PRESS_VALUE, measure="value").iloc[0]
    dollars = float(printed["value"]) / 1000
    eleven = _single(energy, **crude, source_id=ELEVEN_2022, measure="value") / 1000
    records += [
        ("2022", "billion dollars", eleven, PART),
        ("2023", "billion dollars", dollars / (1 + float(printed["growth_reported"]) / 100), PRESS),
        ("2024", "billion dollars", dollars, PRESS),
        ("2025", "billion dollars", eleven_months_2025(energy, rates) / 1000, PART),
    ]
    frame = pd.DataFrame(records, columns=["year", "measure", "value", "standing"])
    return frame[frame["year"] >= "2000"].sort_values(["measure", "year"], ignore_index=True)


def yuan_rate(rates: pd.DataFrame) -> pd.DataFrame:
    """Monthly yuan a dollar, January to November 2025, as the US central bank prints it."""
    rows = data.select(rates, currency="CNY", per="USD", frequency="M", status="reported")
    return rows[rows["period"].between("2025-01", "2025-11")].drop_duplicates("period")


def eleven_months_2025(energy: pd.DataFrame, rates: pd.DataFrame) -> float:
    """Value of Russian crude, January to November 2025, millions of dollars: yuan at the mean rate of those months."""
    yuan = _single(energy, commodity="crude oil", source_id=ELEVEN_2025, measure="value")
    return yuan / float(yuan_rate(rates)["value"].mean())


def crude_panels(frame: pd.DataFrame) -> alt.ConcatChart:
    """Tonnes and dollars of :func:`crude_by_year` in two panels."""
    return charts.panels({name: _standing_bars(frame, name) for name in ("million tonnes", "billion dollars")})


def _standing_bars(frame: pd.DataFrame, measure: str, values: str | None = None) -> alt.LayerChart:
    """Bars by year, the paler the weaker their ground, with an outline; ``values`` is the format of their numbers."""
    rows = charts.tidy(frame[frame["measure"] == measure][["year", "value", "standing"]])
    years = [str(year) for year in range(int(rows["year"].min()), int(rows["year"].max()) + 1)]
    axis = alt.Axis(values=years[:: 1 + len(years) // 7], labelAngle=0)
    base = alt.Chart(rows).encode(
        x=alt.X("year:O", title=None, scale=alt.Scale(domain=years), axis=axis),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, 1.1 * rows["value"].max()], nice=False)),
        tooltip=[alt.Tooltip("year:O"), alt.Tooltip("value:Q", format=".1f"), alt.Tooltip("standing:N")],
    )
    layers = [
        base.transform_filter(alt.datum.standing == standing).mark_bar(
            fill=charts.RUSSIA, fillOpacity=fullness, stroke=charts.RUSSIA, strokeWidth=1
        )
        for standing, fullness in STATUS.items()
        if standing in set(rows["standing"])
    ]
    if values:
        layers.append(base.mark_text(baseline="bottom", dy=-3).encode(text=alt.Text("value:Q", format=values)))
    return alt.layer(*layers)


def describe_crude(frame: pd.DataFrame) -> str:
    """Text alternative of tonnes and dollars."""
    at = frame.set_index(["measure", "year"])["value"]
    parts = []
    for name, years in (
        ("million tonnes", ["2000", "2010", "2020", "2021", "2024", "2025"]),
        ("billion dollars", ["2000", "2010", "2020", "2021", "2023", "2024"]),
    ):
        parts.append(f"{name}: " + ", ".join(f"{at[name, year]:.1f} in {year}" for year in years))
    return (
        "Two panels of bars by year. "
        + "; ".join(parts)
        + f". Eleven months of 2022: {at['billion dollars', '2022']:.1f} billion dollars, "
        f"of 2025: {at['billion dollars', '2025']:.1f}."
    )


# -- crude: the price against Brent ---------------------------------------------------------------


def brent(prices: pd.DataFrame) -> pd.Series:
    """Monthly Brent, dollars a barrel, by month (a period index)."""
    rows = data.select(prices, benchmark="Brent", frequency="M")
    return pd.Series(rows["value"].to_numpy(), index=pd.PeriodIndex(rows["period"], freq="M"))


def crude_price(energy: pd.DataFrame, prices: pd.DataFrame, since: str = "2005") -> pd.DataFrame:
    """Unit value of Russian crude at China's border by month, against Brent.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``date``, ``price`` (dollars a barrel at :data:`BARRELS_PER_TONNE`), ``brent`` of the same month,
        ``brent_before`` of :data:`LAG` months before, ``discount`` against the latter and ``discount_same`` against the
        former, per cent.
    """
    rows = to_china(energy, commodity="crude oil", source_id=CUSTOMS)
    wide = rows.pivot(index="period", columns="measure", values="value").dropna()
    months = pd.PeriodIndex(wide.index, freq="M")
    quoted = brent(prices)
    price = 1000 * measures.unit_value(wide["value"], wide["volume"]) / BARRELS_PER_TONNE
    same = pd.Series(quoted.reindex(months).to_numpy(), index=wide.index)
    before = pd.Series(quoted.reindex(months - LAG).to_numpy(), index=wide.index)
    frame = pd.DataFrame(
        {
            "price": price,
            "brent": same,
            "brent_before": before,
            "discount": 100 * measures.discount(price, before),
            "discount_same": 100 * measures.discount(price, same),
        }
    ).reset_index()
    return frame[frame["period"] >= since].assign(date=lambda part: data.dates(part["period"])).reset_index(drop=True)


def later_prices(energy: pd.DataFrame, prices: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Unit values of whole periods after the monthly values end, against Brent of the month before.

    Brent is the mean of the months, weighted by the tonnes of each month that were read off a chart.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``first``, ``last`` (months), ``start``, ``end`` (dates), ``price``, ``brent_before``, ``discount``
        (per cent).
    """
    years = crude_by_year(energy, rates).set_index(["measure", "year"])["value"]
    half = {name: _first_half_2022(energy, name) for name in ("value", "volume")}
    eleven = {name: _single(energy, commodity="crude oil", source_id=ELEVEN_2022, measure=name) for name in half}
    read = to_china(energy, commodity="crude oil", source_id=DIGITISED).set_index("period")["value"]
    known = [
        (
            "July to November 2022",
            "2022-07",
            "2022-11",
            eleven["value"] - half["value"],
            eleven["volume"] - half["volume"],
        ),
        ("2023", "2023-01", "2023-12", 1000 * years["billion dollars", "2023"], years["million tonnes", "2023"]),
        ("2024", "2024-01", "2024-12", 1000 * years["billion dollars", "2024"], years["million tonnes", "2024"]),
        (
            "January to November 2025",
            "2025-01",
            "2025-11",
            1000 * years["billion dollars", "2025"],
            read["2025-01":"2025-11"].sum(),
        ),
    ]
    records = []
    for name, first, last, value, tonnes in known:
        price = measures.unit_value(value, tonnes) / BARRELS_PER_TONNE
        quoted = weighted_brent(read, prices, first, last)
        end = pd.Timestamp(last + "-01") + pd.DateOffset(months=1)
        records.append(
            (name, first, last, pd.Timestamp(first + "-01"), end, price, quoted, 100 * measures.discount(price, quoted))
        )
    return pd.DataFrame(records, columns=["name", "first", "last", "start", "end", "price", "brent_before", "discount"])


def window_price(energy: pd.DataFrame, prices: pd.DataFrame, windows: pd.DataFrame) -> tuple[float, float]:
    """Unit value and discount (per cent) of the twelve months to May 2026, about.

    The value is what is left of oil and gas without products and gas, so it holds a little that is not crude.
    """
    read = to_china(energy, commodity="crude oil", source_id=DIGITISED).set_index("period")["value"]
    value = data.select(windows, product="Crude oil (residual)", period="2026-05")["value"].iloc[0]
    first, last = "2025-06", "2026-05"
    price = measures.unit_value(float(value), float(read[first:last].sum())) / BARRELS_PER_TONNE
    return price, 100 * measures.discount(price, weighted_brent(read, prices, first, last))


def weighted_brent(tonnes: pd.Series, prices: pd.DataFrame, first: str, last: str) -> float:
    """Mean Brent of the month before over some months, weighted by the tonnes of each month."""
    weights = tonnes[first:last]
    quoted = brent(prices).reindex(pd.PeriodIndex(weights.index, freq="M") - LAG).to_numpy()
    return float((quoted * weights.to_numpy()).sum() / weights.sum())


def _first_half_2022(energy: pd.DataFrame, measure: str) -> float:
    """January to June 2022 of the customs file: millions of dollars or million tonnes."""
    rows = to_china(energy, commodity="crude oil", measure=measure, source_id=CUSTOMS)
    total = float(rows[rows["period"].between("2022-01", "2022-06")]["value"].sum())
    return total / 1000 if measure == "volume" else total


def price_panels(frame: pd.DataFrame, later: pd.DataFrame, prices: pd.DataFrame) -> alt.ConcatChart:
    """The price with Brent above, the discount below; whole periods as level lines and wide bars."""
    span = alt.Scale(domain=[_stamp(frame["date"].min()), _stamp(later["end"].max() + pd.DateOffset(months=7))])
    return charts.panels(
        {
            "Dollars a barrel": _price_lines(frame, later, prices, span),
            "Per cent below Brent of the month before": _discount_bars(frame, later, span),
        },
        columns=1,
        height=210,
    )


def _stamp(date: pd.Timestamp) -> alt.DateTime:
    return alt.DateTime(year=date.year, month=date.month, date=1)


def _price_lines(frame: pd.DataFrame, later: pd.DataFrame, prices: pd.DataFrame, span: alt.Scale) -> alt.LayerChart:
    quoted = brent(prices).loc[frame["period"].min() :]
    base = pd.DataFrame({"date": quoted.index.to_timestamp(), "price": quoted.to_numpy()})
    x = alt.X("date:T", title=None, scale=span)
    y = alt.Y("price:Q", title=None)
    tips = [alt.Tooltip("date:T", format="%b %Y"), alt.Tooltip("price:Q", format=".1f")]
    unit = frame[["date", "price"]]
    names = [("2015-03-01", 112.0, "Russian|crude", charts.RUSSIA), ("2022-10-01", 118.0, "Brent", charts.MUTED)]
    words = [
        alt.Chart(pd.DataFrame({"date": [pd.Timestamp(date)], "price": [price], "text": [text]}))
        .mark_text(align="left", color=colour, lineBreak="|", lineHeight=14, fontWeight="bold")
        .encode(x=x, y=y, text="text:N")
        for date, price, text, colour in names
    ]
    return alt.layer(
        alt.Chart(charts.tidy(base)).mark_line(color=charts.MUTED, strokeWidth=1.4).encode(x=x, y=y, tooltip=tips),
        alt.Chart(charts.tidy(unit)).mark_line(color=charts.RUSSIA, strokeWidth=2).encode(x=x, y=y, tooltip=tips),
        _levels(later, span),
        *words,
    )


def _levels(later: pd.DataFrame, span: alt.Scale) -> alt.Chart:
    """One level line a later period, at its price."""
    shown = charts.tidy(later[["name", "start", "end", "price"]])
    return (
        alt.Chart(shown)
        .mark_rule(color=charts.RUSSIA, strokeWidth=3.5)
        .encode(
            x=alt.X("start:T", title=None, scale=span),
            x2="end:T",
            y=alt.Y("price:Q"),
            tooltip=[alt.Tooltip("name:N"), alt.Tooltip("price:Q", format=".1f")],
        )
    )


def _discount_bars(frame: pd.DataFrame, later: pd.DataFrame, span: alt.Scale) -> alt.LayerChart:
    months = frame[["date", "discount", "period"]].rename(columns={"date": "start", "period": "name"})
    months["end"] = months["start"] + pd.DateOffset(months=1)
    months["kind"] = "one month"
    periods = later[["start", "end", "discount", "name"]].assign(kind="a longer period")
    shown = charts.tidy(pd.concat([months, periods], ignore_index=True).assign(zero=0.0))
    x = alt.X("start:T", title=None, scale=span)
    base = alt.Chart(shown).encode(
        x=x,
        x2="end:T",
        y=alt.Y("zero:Q", title=None),
        y2="discount:Q",
        tooltip=[alt.Tooltip("name:N"), alt.Tooltip("discount:Q", format=".1f")],
    )
    bars = alt.layer(
        *[
            base.transform_filter(alt.datum.kind == kind).mark_rect(
                stroke=None, color=charts.RUSSIA, fillOpacity=fullness
            )
            for kind, fullness in (("one month", 1.0), ("a longer period", 0.5))
        ]
    )
    low = shown.loc[[shown["discount"].idxmin()]].assign(
        text=lambda rows: rows["discount"].map("{:.0f}".format).str.replace("-", "−")
    )
    high = shown.loc[[shown["discount"].idxmax()]].assign(text=lambda rows: rows["discount"].map("{:.0f}".format))
    ends = pd.concat([low, high])[["start", "discount", "text"]]
    words = alt.Chart(ends).mark_text(align="right", dx=-4).encode(x=x, y="discount:Q", text="text:N")
    return bars + words


def describe_price(frame: pd.DataFrame, later: pd.DataFrame) -> str:
    """Text alternative of the price and the discount."""
    usual = frame[frame["period"] < "2022"]["discount"]
    at = frame.set_index("period")["discount"]
    low = frame.loc[frame["discount"].idxmin()]
    parts = [f"{row.name_} {row.discount:.0f} %" for row in later.rename(columns={"name": "name_"}).itertuples()]
    half = f"{usual.quantile(0.25):.0f} to {usual.quantile(0.75):.0f} %"
    spring = ", ".join(f"{at[month]:.0f} % in {month}" for month in ("2022-04", "2022-05", "2022-06"))
    return (
        f"Two panels by month, {frame['period'].min()} to {frame['period'].max()}, then whole periods. The price "
        f"follows Brent. Below Brent of the month before: "
        f"median {usual.median():.0f} % to 2021 (middle half {half}), lowest "
        f"{low['discount']:.0f} % in {low['period']}, {spring}; later {', '.join(parts)}."
    )


# -- who took the crude ---------------------------------------------------------------------------

AREAS = {"XER": "Europe", "CHN": "China", "IND": "India", "XCI": "CIS"}


def destinations(energy: pd.DataFrame) -> pd.DataFrame:
    """Russia's crude exports by destination in 2020 and 2023, million tonnes, small ones together.

    Returns
    -------
    pandas.DataFrame
        ``year`` (text), ``buyer``, ``tonnes`` and ``share`` of all (per cent).
    """
    rows = destination_rows(energy)
    total = rows[rows["importer"] == "WLD"].set_index("period")["value"]
    single = rows[rows["importer"] != "WLD"]
    named = single["importer"].map(AREAS).fillna("All others")
    frame = single.assign(buyer=named).groupby(["period", "buyer"], as_index=False)["value"].sum()
    frame = frame.rename(columns={"period": "year", "value": "tonnes"})
    return frame.assign(share=100 * measures.partner_share(frame["tonnes"], frame["year"].map(total)))


def destination_rows(energy: pd.DataFrame) -> pd.DataFrame:
    """The rows that :func:`destinations` rests on: extracts of BP 2021 and Energy Institute 2024."""
    rows = data.select(energy, commodity="crude oil", exporter="RUS", source_id=[BEFORE, AFTER])
    return rows


def destination_slopes(frame: pd.DataFrame) -> alt.LayerChart:
    """A line a buyer from the first year to the last, with name and tonnes at both ends."""
    colours = {
        "Europe": charts.MUTED,
        "China": charts.CHINA,
        "India": charts.GREEN,
        "CIS": charts.SKY,
        "All others": charts.OCHRE,
    }
    shown = charts.tidy(frame[["year", "buyer", "tonnes", "share"]])
    first, last = shown["year"].min(), shown["year"].max()
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    x = alt.X(
        "year:O",
        title=None,
        scale=alt.Scale(paddingOuter=0.75),
        axis=alt.Axis(labelAngle=0, domain=False, labelFontWeight="bold"),
    )
    y = alt.Y("tonnes:Q", title=None, axis=None, scale=alt.Scale(domain=[0, shown["tonnes"].max()]))
    colour = alt.Color("buyer:N", scale=scale, legend=None)
    tips = [
        alt.Tooltip("buyer:N"),
        alt.Tooltip("year:O"),
        alt.Tooltip("tonnes:Q", format=".1f"),
        alt.Tooltip("share:Q", format=".1f"),
    ]
    base = alt.Chart(shown).encode(x=x, y=y, color=colour, tooltip=tips)
    layers: list[alt.Chart] = [base.mark_line(strokeWidth=2.6), base.mark_point(size=70, opacity=1)]
    for year, align, dx in ((first, "right", -10), (last, "left", 10)):
        ends = shown[shown["year"] == year].copy()
        ends["tonnes"] = charts.spread(ends["tonnes"], 0.06 * shown["tonnes"].max())
        amounts = shown[shown["year"] == year]["tonnes"].map("{:.0f}".format)
        ends["text"] = ends["buyer"] + " " + amounts if align == "right" else amounts + " " + ends["buyer"]
        words = alt.Chart(charts.tidy(ends[["year", "buyer", "tonnes", "text"]])).mark_text(
            align=align, dx=dx, fontWeight="bold"
        )
        layers.append(words.encode(x=x, y=y, color=colour, text="text:N"))
    return alt.layer(*layers)


def describe_destinations(frame: pd.DataFrame) -> str:
    """Text alternative of the destinations."""
    at = frame.set_index(["buyer", "year"])["tonnes"]
    parts = [f"{name} {at[name, '2020']:.0f} to {at[name, '2023']:.0f}" for name in [*AREAS.values(), "All others"]]
    return "Lines from 2020 to 2023, million tonnes of Russian crude by buyer: " + ", ".join(parts) + "."


# -- buyers of oil and gas to 2026 ----------------------------------------------------------------

BUYERS = {"CHN": "China", "IND": "India", "TUR": "Türkiye", "XOT": "all others that report"}


def buyers(oil_gas: pd.DataFrame) -> pd.DataFrame:
    """Value of Russian oil and gas by buyer, sums of twelve months, billions of dollars.

    Returns
    -------
    pandas.DataFrame
        ``date`` (last month), ``buyer``, ``billions``, ``share`` of what the buyers report (per cent).
    """
    rows = data.select(oil_gas, product_group="oil_and_gas")
    wide = rows.pivot(index="period", columns="importer", values="value").rolling(12).sum().dropna() / 1000
    long = wide.stack().rename("billions").reset_index()
    total = long["period"].map(wide.sum(axis=1))
    return long.assign(
        date=data.dates(long["period"]), buyer=long["importer"].map(BUYERS), share=100 * long["billions"] / total
    )


def buyer_areas(frame: pd.DataFrame) -> alt.LayerChart:
    """The sums of :func:`buyers` stacked, China at the foot, each buyer named inside its area."""
    order = list(BUYERS.values())
    colours = dict(zip(order, [charts.CHINA, charts.GREEN, charts.OCHRE, charts.MUTED], strict=True))
    shown = frame[["date", "buyer", "billions", "share"]].assign(order=frame["buyer"].map(order.index))
    scale = alt.Scale(domain=order, range=list(colours.values()))
    base = alt.Chart(charts.tidy(shown)).encode(
        x=alt.X("date:T", title=None, scale=alt.Scale(nice=False), axis=alt.Axis(format="%Y", tickCount="year")),
        y=alt.Y("billions:Q", title="billion dollars", stack="zero"),
        color=alt.Color("buyer:N", scale=scale, legend=alt.Legend(symbolType="square", columns=2)),
        order="order:Q",
        tooltip=[
            alt.Tooltip("buyer:N"),
            alt.Tooltip("date:T", format="%b %Y"),
            alt.Tooltip("billions:Q", format=".1f"),
            alt.Tooltip("share:Q", format=".0f"),
        ],
    )
    return alt.layer(base.mark_area(opacity=0.85))


def describe_buyers(frame: pd.DataFrame) -> str:
    """Text alternative of the buyers."""
    at = frame.set_index(["buyer", "period"])["billions"]
    last = frame["period"].max()
    parts = [
        f"{name}: "
        + ", ".join(
            f"{at[name, period]:.0f} to {period}" for period in ("2019-12", "2021-12", "2022-12", "2024-12", last)
        )
        for name in BUYERS.values()
    ]
    return "Stacked areas, billions of dollars in twelve months. " + "; ".join(parts) + "."


# -- gas ------------------------------------------------------------------------------------------

PIPELINE = "tass-com-2025-12-05-324b"
LNG_PRESS = {
    "2022": "silkroute-news-nd-58b4",
    "2023": "pravda-fr-com-2024-05-15-c6ed",
    "2024": "tass-com-2025-09-08-9210",
    "2025": "menafn-com-2026-01-25-5422",
}


def gas_rows(energy: pd.DataFrame) -> pd.DataFrame:
    """The rows that :func:`gas` rests on."""
    rows = to_china(energy, commodity=["pipeline gas", "LNG"], measure="volume")
    pipe = (rows["source_id"] == PIPELINE) & rows["value"].notna()
    press = pd.Series([LNG_PRESS.get(period) for period in rows["period"]], index=rows.index) == rows["source_id"]
    ship = (rows["commodity"] == "LNG") & ((rows["source_id"] == CUSTOMS) & (rows["period"] >= "2015") | press)
    return rows[pipe | ship]


def gas(energy: pd.DataFrame) -> pd.DataFrame:
    """Russian gas to China by year: pipeline (billion cubic metres) and LNG (million tonnes), and their standing.

    Returns
    -------
    pandas.DataFrame
        ``year`` (text), ``measure``, ``value``, ``standing``.
    """
    rows = gas_rows(energy)
    pipe = rows[rows["commodity"] == "pipeline gas"]
    one = pd.DataFrame(
        {
            "year": pipe["period"],
            "measure": "Pipeline, billion cubic metres",
            "value": pipe["value"],
            "standing": pipe["status"].map({"estimated": PART}).fillna(PRESS),
        }
    )
    customs = _customs_years(energy, "LNG", "volume").loc["2015":] / 1000
    ship = rows[(rows["commodity"] == "LNG") & (rows["source_id"] != CUSTOMS)].set_index("period")["value"]
    tonnes = pd.concat([customs, ship])
    two = pd.DataFrame(
        {
            "year": tonnes.index,
            "measure": "LNG, million tonnes",
            "value": tonnes.to_numpy(),
            "standing": [FULL] * len(customs) + [PRESS] * len(ship),
        }
    )
    return pd.concat([one, two], ignore_index=True)


def gas_panels(frame: pd.DataFrame) -> alt.ConcatChart:
    """The two kinds of gas of :func:`gas` in two panels."""
    names = dict.fromkeys(frame["measure"])
    return charts.panels({name: _standing_bars(frame, name, ".1f") for name in names})


def describe_gas(frame: pd.DataFrame) -> str:
    """Text alternative of gas."""
    parts = [
        f"{name}: " + ", ".join(f"{row.value:.1f} in {row.year}" for row in rows.itertuples())
        for name, rows in frame.groupby("measure", sort=False)
    ]
    return "Two panels of bars. " + "; ".join(parts) + ". The pipeline figure of 2025 is a forecast."


# -- shares ---------------------------------------------------------------------------------------


def shares(energy: pd.DataFrame, oil_gas: pd.DataFrame) -> pd.DataFrame:
    """China's share of what Russia sells, and Russia's share of what China buys, at two points in time, per cent.

    Returns
    -------
    pandas.DataFrame
        ``what`` (label with both years), ``whose``, ``moment`` (``earlier`` or ``later``), ``year``, ``share``.
    """
    records: list[tuple[str, str, str, str, float]] = []

    def add(whose: str, what: str, values: dict[str, float]) -> None:
        first, last = sorted(values)
        label = f"{whose} share of {what}, {first} and {last}"
        for moment, year in (("earlier", first), ("later", last)):
            records.append((label, whose, moment, year, 100 * values[year]))

    sold = destinations(energy).query("buyer == 'China'").set_index("year")["share"] / 100
    add("China’s", "Russia’s|crude exports", sold.to_dict())
    seen = buyers(oil_gas).query("buyer == 'China'").set_index("period")["share"] / 100
    add("China’s", "Russia’s|oil and gas", {"2020": seen["2020-12"], "2025": seen["2025-12"]})
    for what, commodity in (("pipeline gas", "pipeline gas"), ("LNG", "LNG")):
        years = {year: supplier_share(energy, commodity, year) for year in ("2020", "2023")}
        add("Russia’s", f"China’s|{what}", years)
    add("Russia’s", "China’s|crude imports", {year: crude_share(energy, year) for year in CRUDE_SHARE})
    return pd.DataFrame(records, columns=["what", "whose", "moment", "year", "share"])


def share_rows(energy: pd.DataFrame, oil_gas: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows that :func:`shares` rests on."""
    gases = [
        supplier_rows(energy, commodity, year) for commodity in ("pipeline gas", "LNG") for year in ("2020", "2023")
    ]
    crude = [crude_share_rows(energy, year) for year in CRUDE_SHARE]
    seen = data.select(oil_gas, product_group="oil_and_gas")
    return [destination_rows(energy), seen, *gases, *crude]


def supplier_rows(energy: pd.DataFrame, commodity: str, year: str) -> pd.DataFrame:
    """China's imports of a gas by origin in a year, as BP or the Energy Institute compile them."""
    return data.select(energy, commodity=commodity, importer="CHN", period=year, source_id=[BEFORE, AFTER])


def supplier_share(energy: pd.DataFrame, commodity: str, year: str) -> float:
    """Russia's share of China's imports of a gas (fraction)."""
    value = supplier_rows(energy, commodity, year).set_index("exporter")["value"]
    return float(measures.partner_share(value["RUS"], value["WLD"]))


CRUDE_SHARE = {"2021": "uawire-org-nd-9264", "2024": "tass-com-2025-09-08-9210"}


def crude_share_rows(energy: pd.DataFrame, year: str) -> pd.DataFrame:
    """Crude from Russia and from everywhere in tonnes, one page each year."""
    where = {"commodity": "crude oil", "importer": "CHN", "measure": "volume", "period": year}
    return data.select(energy, **where, source_id=CRUDE_SHARE[year])


def crude_share(energy: pd.DataFrame, year: str) -> float:
    """Russia's share of China's crude imports in tonnes (fraction)."""
    value = crude_share_rows(energy, year).set_index("exporter")["value"]
    return float(measures.partner_share(value["RUS"], value["WLD"]))


def share_dumbbells(frame: pd.DataFrame) -> alt.LayerChart:
    """The two moments of :func:`shares` on one row each: a small dot for the earlier, a large one for the later."""
    shown = charts.tidy(frame.assign(text=frame["share"].map("{:.0f}".format)))
    axis = alt.Axis(labelLimit=200, labelExpr="split(datum.label, '|')", labelLineHeight=14)
    y = alt.Y("what:N", title=None, sort=None, axis=axis)
    x = alt.X("share:Q", title="per cent", scale=alt.Scale(domain=[0, 55], nice=False), axis=alt.Axis(tickCount=5))
    colours = alt.Scale(domain=["China’s", "Russia’s"], range=[charts.CHINA, charts.RUSSIA])
    colour = alt.Color("whose:N", scale=colours, legend=None)
    tips = [alt.Tooltip("whose:N"), alt.Tooltip("year:N"), alt.Tooltip("share:Q", format=".1f")]
    base = alt.Chart(shown).encode(y=y, x=x, color=colour, tooltip=tips)
    rule = base.mark_line(strokeWidth=3, opacity=0.5).encode(detail="what:N")
    earlier, later = (base.transform_filter(alt.datum.moment == name) for name in ("earlier", "later"))
    return alt.layer(
        rule,
        earlier.mark_point(size=50, opacity=1),
        later.mark_point(size=170, opacity=1),
        earlier.mark_text(align="right", dx=-9).encode(text="text:N"),
        later.mark_text(align="left", dx=11, fontWeight="bold").encode(text="text:N"),
    )


def describe_shares(frame: pd.DataFrame) -> str:
    """Text alternative of the shares."""
    parts = [
        f"{what.replace('|', ' ')}: " + " and ".join(f"{share:.0f} %" for share in rows["share"])
        for what, rows in frame.groupby("what", sort=False)
    ]
    return "Two dots a row. " + "; ".join(parts) + "."


# -- in words -------------------------------------------------------------------------------------


def _tonnes(value: float, rows: pd.DataFrame, digits: int = 1, note: str = "") -> prose.Number:
    return prose.plain(value, rows, "million tonnes", digits, "million tonnes", note)


def _crude_numbers(energy: pd.DataFrame, rates: pd.DataFrame) -> dict[str, prose.Number]:
    years = crude_by_year(energy, rates).set_index(["measure", "year"])["value"]
    rows = crude_rows(energy)

    def of(year: str, measure: str) -> pd.DataFrame:
        part = rows[rows["period"].str.startswith(year) & (rows["measure"] == measure)]
        chosen = part["source_id"].isin([PRESS_VALUE, ELEVEN_2022, ELEVEN_2025, *PRESS_VOLUMES.values()])
        customs = part["source_id"].eq(CUSTOMS) if year <= "2021" else chosen
        return part[customs]

    summed = "sum of twelve months of the customs file"
    read = to_china(energy, commodity="crude oil", source_id=DIGITISED)
    late = read[read["period"].str.startswith("2025")]
    return {
        "crude_2000": _tonnes(years["million tonnes", "2000"], of("2000", "volume"), note=summed),
        "crude_2021": _tonnes(years["million tonnes", "2021"], of("2021", "volume"), note=summed),
        "crude_2024": _tonnes(years["million tonnes", "2024"], of("2024", "volume")),
        "crude_2025": _tonnes(years["million tonnes", "2025"], late, 0, "twelve months read off a chart"),
        "value_2021": prose.dollars(1000 * years["billion dollars", "2021"], of("2021", "value"), note=summed),
        "value_2024": prose.dollars(1000 * years["billion dollars", "2024"], of("2024", "value")),
        "tonnes_growth": prose.percent(
            100 * (years["million tonnes", "2024"] / years["million tonnes", "2021"] - 1),
            prose.together(of("2021", "volume"), of("2024", "volume")),
            0,
        ),
        "value_growth": prose.percent(
            100 * (years["billion dollars", "2024"] / years["billion dollars", "2021"] - 1),
            prose.together(of("2021", "value"), of("2024", "value")),
            0,
        ),
    }


def _quoted(prices: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    """Rows of monthly Brent from a month to a month."""
    rows = data.select(prices, benchmark="Brent", frequency="M")
    return rows[rows["period"].between(first, last)]


def _price_numbers(energy: pd.DataFrame, prices: pd.DataFrame) -> dict[str, prose.Number]:
    frame = crude_price(energy, prices, since="2000").set_index("period")
    rows = to_china(energy, commodity="crude oil", source_id=CUSTOMS)

    def ground(first: str, last: str) -> pd.DataFrame:
        return prose.together(rows[rows["period"].between(first, last)], _quoted(prices, first, last))

    def off(column: str, month: str, sign: int, note: str) -> prose.Number:
        quoted = month if column == "discount_same" else str(pd.Period(month, freq="M") - LAG)
        paid = prose.together(rows[rows["period"].eq(month)], _quoted(prices, quoted, quoted))
        return prose.percent(sign * float(frame[column][month]), paid, 0, note)

    moves = frame[["price", "brent", "brent_before"]].pct_change()
    lagged = f"{BARRELS_PER_TONNE} barrels a tonne; against Brent of the month before"
    same, monthly = "against Brent of the same month", "correlation of monthly changes, 2000 to June 2022"
    long, calm = ground("2000-01", "2022-06"), ground("2000-01", "2021-12")
    usual = abs(float(frame[frame.index < "2022"]["discount"].median()))
    follows = {name: float(moves["price"].corr(moves[name])) for name in ("brent_before", "brent")}
    return {
        "barrels": prose.plain(BARRELS_PER_TONNE, long, "barrels a tonne", 2, note="an assumption of this chapter"),
        "barrels_light": prose.plain(LIGHT, long, "barrels a tonne", 1, note="a lighter crude, for comparison"),
        "follows_before": prose.plain(follows["brent_before"], long, "correlation", 2, note=monthly),
        "follows_same": prose.plain(follows["brent"], long, "correlation", 2, note=monthly),
        "usual": prose.percent(usual, calm, 0, "median month; " + lagged),
        "april_2022": off("discount", "2022-04", 1, lagged),
        "june_2022": off("discount", "2022-06", 1, lagged),
        "june_2022_same": off("discount_same", "2022-06", 1, same),
        "may_2020": off("discount", "2020-05", -1, lagged),
        "april_2020_same": off("discount_same", "2020-04", -1, same),
    }


def _period_numbers(energy: pd.DataFrame, prices: pd.DataFrame, rates: pd.DataFrame) -> dict[str, prose.Number]:
    later = later_prices(energy, prices, rates).set_index("name")
    crude = crude_rows(energy)
    how = f"{BARRELS_PER_TONNE} barrels a tonne; Brent of the month before, weighted by tonnes"

    def ground(name: str) -> pd.DataFrame:
        row = later.loc[name]
        year = row["first"][:4]
        before = str(pd.Period(row["first"], freq="M") - LAG)
        derived = crude["source_id"].eq(PRESS_VALUE) & (year == "2023")  # the value of 2023 follows from that of 2024
        parts = [crude[crude["period"].str.startswith(year) | derived], _quoted(prices, before, row["last"])]
        return prose.together(*parts, *([yuan_rate(rates)] if year == "2025" else []))

    def off(name: str) -> prose.Number:
        return prose.percent(float(later["discount"][name]), ground(name), 0, how)

    light = 100 - (100 - float(later["discount"]["2024"])) * BARRELS_PER_TONNE / LIGHT
    return {
        "rest_2022": off("July to November 2022"),
        "discount_2023": off("2023"),
        "discount_2024": off("2024"),
        "discount_2025": off("January to November 2025"),
        "discount_light": prose.percent(light, ground("2024"), 0, f"2024, at {LIGHT} barrels a tonne"),
    }


def _window_numbers(energy: pd.DataFrame, prices: pd.DataFrame, windows: pd.DataFrame) -> dict[str, prose.Number]:
    value = data.select(windows, product="Crude oil (residual)", period="2026-05")
    read = to_china(energy, commodity="crude oil", source_id=DIGITISED)
    quoted = data.select(prices, benchmark="Brent", frequency="M")
    months = quoted[quoted["period"].between("2025-05", "2026-04")]
    ground = prose.together(value, read[read["period"].between("2025-06", "2026-05")], months)
    peak = quoted[quoted["period"] >= "2026"].nlargest(1, "value")
    return {
        "window_2026": prose.percent(
            window_price(energy, prices, windows)[1],
            ground,
            0,
            "twelve months; residual value, volume read off a chart",
        ),
        "brent_peak": prose.plain(float(peak["value"].iloc[0]), peak, "USD a barrel", 0, "dollars a barrel"),
    }


def _buyer_numbers(energy: pd.DataFrame, oil_gas: pd.DataFrame) -> dict[str, prose.Number]:
    tonnes = destinations(energy).set_index(["buyer", "year"])
    rows = destination_rows(energy)

    def of(code: str, year: str) -> pd.DataFrame:
        return data.select(rows, importer=[code], period=year)

    codes = {name: code for code, name in AREAS.items()}
    numbers = {
        f"{name.lower()}_{year}": _tonnes(float(tonnes["tonnes"][name, year]), of(codes[name], year), 0)
        for name in ("Europe", "India", "China")
        for year in ("2020", "2023")
    }
    seen = buyers(oil_gas).set_index(["importer", "period"])
    report = data.select(oil_gas, product_group="oil_and_gas")

    def months(first: str, last: str, *who: str) -> pd.DataFrame:
        part = report[report["period"].between(first, last)]
        return part[part["importer"].isin(who)] if who else part

    for name, code in (("china", "CHN"), ("india", "IND"), ("others", "XOT")):
        numbers[f"{name}_paid"] = prose.dollars(
            1000 * float(seen["billions"][code, "2026-05"]),
            months("2025-06", "2026-05", code),
            0,
            "June 2025 to May 2026",
        )
    for year in ("2020", "2023"):
        numbers[f"sold_all_{year}"] = _tonnes(float(of("WLD", year)["value"].iloc[0]), of("WLD", year), 0)
    numbers["others_paid_2021"] = prose.dollars(
        1000 * float(seen["billions"]["XOT", "2021-12"]), months("2021-01", "2021-12", "XOT"), 0
    )
    numbers["seen_2020"] = prose.percent(
        float(seen["share"]["CHN", "2020-12"]),
        months("2020-01", "2020-12"),
        0,
        "of what the buyers that publish report",
    )
    numbers["seen_2025"] = prose.percent(
        float(seen["share"]["CHN", "2025-12"]),
        months("2025-01", "2025-12"),
        0,
        "of what the buyers that publish report",
    )
    return numbers


def _gas_numbers(energy: pd.DataFrame) -> dict[str, prose.Number]:
    frame = gas(energy).set_index(["measure", "year"])["value"]
    rows = gas_rows(energy)

    def of(commodity: str, year: str) -> pd.DataFrame:
        return rows[(rows["commodity"] == commodity) & rows["period"].str.startswith(year)]

    def volume(year: str) -> prose.Number:
        value = float(frame["Pipeline, billion cubic metres", year])
        return prose.plain(value, of("pipeline gas", year), "billion cubic metres", 1, "billion cubic metres")

    return {
        "pipe_2020": volume("2020"),
        "pipe_2024": volume("2024"),
        "pipe_2025": volume("2025"),
        "lng_2021": _tonnes(
            float(frame["LNG, million tonnes", "2021"]),
            of("LNG", "2021"),
            note="sum of twelve months of the customs file",
        ),
        "lng_2025": _tonnes(float(frame["LNG, million tonnes", "2025"]), of("LNG", "2025")),
    }


def _share_numbers(energy: pd.DataFrame) -> dict[str, prose.Number]:
    sold = destinations(energy).set_index(["buyer", "year"])["share"]
    rows = destination_rows(energy)
    numbers = {
        f"sold_{year}": prose.percent(
            float(sold["China", year]), data.select(rows, importer=["CHN", "WLD"], period=year), 0
        )
        for year in ("2020", "2023")
    }
    for name, commodity in (("pipe", "pipeline gas"), ("lng", "LNG")):
        for year in ("2020", "2023"):
            ground = data.select(supplier_rows(energy, commodity, year), exporter=["RUS", "WLD"])
            numbers[f"share_{name}_{year}"] = prose.share(supplier_share(energy, commodity, year), ground, 0)
    for year in ("2021", "2024"):
        numbers[f"share_crude_{year}"] = prose.share(
            crude_share(energy, year), crude_share_rows(energy, year), 0, "tonnes"
        )
    return numbers


def numbers(
    energy: pd.DataFrame, oil_gas: pd.DataFrame, prices: pd.DataFrame, rates: pd.DataFrame, windows: pd.DataFrame
) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    return (
        _crude_numbers(energy, rates)
        | _price_numbers(energy, prices)
        | _period_numbers(energy, prices, rates)
        | _window_numbers(energy, prices, windows)
        | _buyer_numbers(energy, oil_gas)
        | _gas_numbers(energy)
        | _share_numbers(energy)
    )
