"""Frames of the chapter on what the two countries sell each other."""

from __future__ import annotations

from collections.abc import Iterable

import altair as alt
import pandas as pd

from partnership import charts, data, measures, prose

FLOWS = {"RUS": "From Russia", "CHN": "From China"}
FUELS = "27"
SHOWN = 8
"""Chapters of each basket that are drawn: those with the highest share in any one year."""
LAST_DETAIL, LAST_DRAWN = 2020, 2025
ACTIVE_SECTORS = 16
"""Sectors drawn of the input-output table: those with the most trade between the two."""
FLOOR = 0.02
"""The advantage index is drawn on a logarithmic axis that begins here; smaller values stand at its edge."""


# -- the two baskets, 2000–2020 -------------------------------------------------------------------


def baskets(products: pd.DataFrame) -> pd.DataFrame:
    """Share of each HS chapter in the trade of its direction and year, per cent of the published total.

    Returns
    -------
    pandas.DataFrame
        The rows of ``product-trade`` with ``year``, ``flow``, ``chapter`` (name) and ``share``; chapter ``--`` is what
        the chapters leave of the total ("Not disclosed").
    """
    totals = products[products["hs_chapter"] == "TOTAL"].set_index(["exporter", "period"])["value"]
    rows = products[products["hs_chapter"] != "TOTAL"]
    known = rows.groupby(["exporter", "period"])["value"].sum()
    rest = (totals - known).rename("value").reset_index().assign(hs_chapter="--")
    both = pd.concat([rows, rest])
    total = both.set_index(["exporter", "period"]).index.map(totals)
    names = data.load("hs-chapters").set_index("hs_chapter")["short_name"]
    return both.assign(
        year=both["period"].astype(int),
        flow=both["exporter"].map(FLOWS),
        chapter=both["hs_chapter"].map(names).fillna("Not disclosed"),
        share=100 * both["value"] / total,
    )


def heat_rows(shares: pd.DataFrame) -> pd.DataFrame:
    """The chapters that :func:`basket_heat` draws, largest first, the others of each basket as one row.

    Returns
    -------
    pandas.DataFrame
        ``flow``, ``chapter``, ``year``, ``share``, ``line`` (label, unique over both baskets), in drawing order.
    """
    parts = []
    for exporter, flow in FLOWS.items():
        own = shares[shares["exporter"] == exporter]
        disclosed = own[own["hs_chapter"] != "--"]
        order = disclosed.groupby("chapter")["share"].max().nlargest(SHOWN).index
        named = own["chapter"].where(own["chapter"].isin([*order, "Not disclosed"]), "All other chapters")
        wide = own.assign(chapter=named).groupby(["chapter", "year"])["share"].sum().unstack(fill_value=0.0)
        last = [name for name in ("All other chapters", "Not disclosed") if wide.loc[name].max() >= 0.5]
        long = wide.loc[[*order, *last]].stack().rename("share").reset_index()
        parts.append(long.assign(flow=flow, share=long["share"].clip(lower=0.0).round(3)))
    frame = pd.concat(parts, ignore_index=True)
    mark = frame["flow"].map({"From Russia": "", "From China": "\u200b"})  # one label may head a row of each basket
    return frame.assign(line=frame["chapter"] + mark)


def basket_heat(frame: pd.DataFrame) -> alt.LayerChart:
    """The rows of :func:`heat_rows` as a heat map, one colour a direction, the hole after 2020 drawn."""
    lines: list[str] = []
    for flow in FLOWS.values():
        lines += [flow, *dict.fromkeys(frame[frame["flow"] == flow]["line"])]
    years = [str(year) for year in range(frame["year"].min(), LAST_DRAWN + 1)]
    cells = frame.assign(year=frame["year"].astype(str))[["year", "line", "flow", "chapter", "share"]]
    bold = " || ".join(f"datum.label === '{flow}'" for flow in FLOWS.values())
    y = alt.Y(
        "line:N",
        title=None,
        scale=alt.Scale(domain=lines, padding=0.08),
        axis=alt.Axis(labelLimit=170, domain=False, labelFontWeight={"expr": f"{bold} ? 'bold' : 'normal'"}),
    )
    axis = alt.Axis(labelAngle=0, domain=False, ticks=False, labelOverlap=True, values=years[::5])
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=years, padding=0.04), axis=axis)
    colours = alt.Scale(domain=list(FLOWS.values()), range=[charts.RUSSIA, charts.CHINA])
    shade = alt.Opacity(
        "share:Q", legend=None, scale=alt.Scale(type="sqrt", domain=[0, cells["share"].max()], range=[0.03, 1])
    )
    drawn = (
        alt.Chart(charts.tidy(cells))
        .mark_rect(stroke=None)
        .encode(
            x=x,
            y=y,
            color=alt.Color("flow:N", scale=colours, legend=None),
            opacity=shade,
            tooltip=[alt.Tooltip("chapter:N"), alt.Tooltip("year:O"), alt.Tooltip("share:Q", format=".1f")],
        )
    )
    return drawn + _hole(lines, x, y) + _last_shares(cells, x, y)


def _last_shares(cells: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """The shares of the last year as figures, in the first empty column."""
    last = cells[cells["year"] == str(LAST_DETAIL)].assign(
        year=str(LAST_DETAIL + 1), text=lambda rows: rows["share"].map("{:.0f}".format)
    )
    return (
        alt.Chart(last[["year", "line", "text"]])
        .mark_text(align="left", dx=-4)
        .encode(x=x, y=y, text=alt.Text("text:N"))
    )


def _hole(lines: list[str], x: alt.X, y: alt.Y) -> alt.LayerChart:
    """A grey field with a word where no table by chapter exists."""
    years = [str(year) for year in range(LAST_DETAIL + 1, LAST_DRAWN + 1)]
    frame = pd.DataFrame([{"line": line, "year": year} for line in lines for year in years])
    middle = pd.DataFrame(
        {"line": [lines[len(lines) // 2]], "year": [years[-2]], "text": ["no table by chapter since 2020"]}
    )
    field = alt.Chart(frame).mark_rect(color=charts.GRID, opacity=0.45, stroke=None)
    word = alt.Chart(middle).mark_text(angle=270, color=charts.MUTED)
    return alt.layer(field.encode(x=x, y=y), word.encode(x=x, y=y, text=alt.Text("text:N")))


def describe_baskets(frame: pd.DataFrame) -> str:
    """Text alternative of the two baskets."""
    at = frame.set_index(["flow", "chapter", "year"])["share"]
    first, last = frame["year"].min(), frame["year"].max()
    parts = [
        f"{flow}: "
        + ", ".join(
            f"{name.lower()} {at[flow, name, first]:.0f} % in {first}, {at[flow, name, last]:.0f} % in {last}"
            for name in names
        )
        for flow, names in {
            "From Russia": ["Mineral fuels", "Iron and steel", "Aluminium", "Wood", "Machinery"],
            "From China": ["Electrical equipment", "Machinery", "Footwear", "Woven clothing"],
        }.items()
    ]
    return (
        f"Heat map, one column a year {first} to {last}, one row a chapter, darker for a larger share. "
        f"{'. '.join(parts)}. {last + 1} to {LAST_DRAWN} are empty: no table by chapter."
    )


# -- likeness -------------------------------------------------------------------------------------


def similarity(products: pd.DataFrame) -> pd.DataFrame:
    """Finger–Kreinin similarity of the two baskets by year, with all chapters and without mineral fuels, per cent.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``series``, ``similarity``.
    """
    rows = products[products["hs_chapter"] != "TOTAL"]
    records = []
    for year, group in rows.groupby("period"):
        values = group.pivot(index="hs_chapter", columns="exporter", values="value")
        for series, some in (("all chapters", values), ("without fuels", values.drop(FUELS))):
            alike = measures.export_similarity(some["RUS"], some["CHN"])
            records.append({"year": int(str(year)), "series": series, "similarity": 100 * alike})
    return pd.DataFrame(records).sort_values(["series", "year"], ignore_index=True)


def describe_similarity(frame: pd.DataFrame) -> str:
    """Text alternative of the similarity."""
    at = frame.set_index(["series", "year"])["similarity"]
    parts = [
        f"{name}: " + ", ".join(f"{at[name, year]:.0f} in {year}" for year in (2000, 2003, 2010, 2018, 2020))
        for name in ("all chapters", "without fuels")
    ]
    return "Two lines, per cent of the baskets in common, 2000 to 2020. " + "; ".join(parts) + "."


# -- advantage on the other's market --------------------------------------------------------------


def advantage(sectors: pd.DataFrame) -> pd.DataFrame:
    """Balassa index of each on the other's market, by sector of the input-output table, intermediate goods of 2022.

    The reference is all foreign suppliers of the same market: Russia's index in a sector is that sector's share in what
    China buys from Russia, over its share in what China buys from abroad.

    Returns
    -------
    pandas.DataFrame
        ``sector``, ``name``, ``exporter``, ``importer``, ``value`` (the flow), ``share`` of it in the importer's
        imports of the sector, ``index``; both directions.
    """
    kinds = data.load("icio-sectors").set_index("sector")
    goods = sectors[
        sectors["sector"].map(kinds["kind"]).eq("goods") & (sectors["exporter"] != sectors["importer"])
    ].copy()
    parts = []
    for exporter, importer in (("RUS", "CHN"), ("CHN", "RUS")):
        market = goods[goods["importer"] == importer]
        own = market[market["exporter"] == exporter]
        every = market.groupby("sector")["value"].sum()
        mine = own.set_index("sector")["value"].reindex(every.index, fill_value=0.0)
        index = [
            measures.revealed_comparative_advantage(mine[code], mine.sum(), every[code], every.sum())
            for code in every.index
        ]
        part = pd.DataFrame(
            {"sector": every.index, "value": mine.to_numpy(), "share": (mine / every).to_numpy(), "index": index}
        )
        parts.append(part.assign(exporter=exporter, importer=importer))
    both = pd.concat(parts, ignore_index=True)
    return both.assign(name=both["sector"].map(SECTORS).fillna(both["sector"].map(kinds["name"])))


def advantage_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The sectors of :func:`advantage` with the most trade, from Russia's strongest to China's."""
    size = frame.groupby("sector")["value"].sum().nlargest(ACTIVE_SECTORS)
    some = frame[frame["sector"].isin(size.index)]
    wide = some.pivot(index="sector", columns="exporter", values="index").clip(lower=FLOOR / 10)
    order = (wide["RUS"] / wide["CHN"]).sort_values(ascending=False).index
    return some.assign(rank=some["sector"].map({code: place for place, code in enumerate(order)})).sort_values(
        ["rank", "exporter"], ascending=[True, False]
    )


def advantage_dots(frame: pd.DataFrame) -> alt.LayerChart:
    """The rows of :func:`advantage_rows`: two dots a sector on a logarithmic axis, with the level of no advantage."""
    points = frame.assign(
        whose=frame["exporter"].map({"RUS": "Russia in China", "CHN": "China in Russia"}),
        at=frame["index"].clip(lower=FLOOR),
        share=100 * frame["share"],
    )[["name", "whose", "at", "index", "share"]]
    colours = {"Russia in China": charts.RUSSIA, "China in Russia": charts.CHINA}
    base = charts.dots(points, "at", "name", "whose", colours=colours, unit="index, logarithmic axis")
    axis = alt.Axis(values=[0.1, 0.5, 1, 2, 5, 10], grid=False, format="~g")
    scale = alt.Scale(type="log", domain=[FLOOR * 0.75, 12], nice=False)
    for layer in base.layer:
        layer.encoding.x.scale, layer.encoding.x.axis = scale, axis
    one = (
        alt.Chart(pd.DataFrame({"at": [1.0]}))
        .mark_rule(color=charts.INK, strokeDash=[4, 3])
        .encode(x=alt.X("at:Q", scale=scale))
    )
    return one + base


def describe_advantage(frame: pd.DataFrame) -> str:
    """Text alternative of the advantages."""
    wide = frame.pivot_table(index=["rank", "name"], columns="exporter", values="index", sort=True)
    parts = [f"{name}: Russia {row['RUS']:.2f}, China {row['CHN']:.2f}" for (_, name), row in wide.iterrows()]
    return "Two dots a sector, index of advantage on the other’s market, 1 means none. " + "; ".join(parts) + "."


SECTORS = {
    "A01": "Farm products",
    "A02": "Timber, unsawn",
    "A03": "Fish",
    "B05": "Coal",
    "B06": "Crude oil, natural gas",
    "B07": "Metal ores",
    "B08": "Other minerals",
    "C10T12": "Food",
    "C13T15": "Textiles, leather",
    "C16": "Wood products",
    "C17_18": "Pulp, paper",
    "C19": "Refined oil, coke",
    "C20": "Chemicals",
    "C22": "Rubber, plastics",
    "C24A": "Iron and steel",
    "C24B": "Other metals",
    "C25": "Metal products",
    "C26": "Electronics",
    "C27": "Electrical equipment",
    "C28": "Machinery",
    "C29": "Vehicle parts",
}
"""Short labels for sectors of the input-output table."""


# -- fuel in what China buys ----------------------------------------------------------------------


def fuel_share(products: pd.DataFrame, oil_gas: pd.DataFrame, windows: pd.DataFrame) -> pd.DataFrame:
    """Share of fuel in what China buys from Russia, three counts side by side, per cent.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``count`` (what is counted by whom), ``share``: chapter 27 as Russia reports it (years to 2020); oil
        and gas without coal as China reports it (sum of the last twelve months); oil, gas and coal of the two windows.
    """
    yearly = baskets(products).query("exporter == 'RUS' and hs_chapter == @FUELS")
    chapter = pd.DataFrame(
        {
            "date": pd.to_datetime(yearly["period"] + "-07-01"),
            "share": yearly["share"],
            "count": "HS 27, Russia’s customs",
        }
    )
    months = data.select(oil_gas, importer="CHN").pivot(index="period", columns="product_group", values="value")
    year = months.rolling(12).sum().dropna()
    rolling = pd.DataFrame(
        {
            "date": pd.to_datetime(year.index + "-01") - pd.DateOffset(months=5),
            "share": (100 * year["oil_and_gas"] / year.sum(axis=1)).to_numpy(),
            "count": "oil and gas, China’s customs",
        }
    )
    return pd.concat([chapter, rolling, _with_coal(windows)], ignore_index=True)


def _with_coal(windows: pd.DataFrame) -> pd.DataFrame:
    """Oil, gas and coal (about HS 27) of the two twelve-month windows, in the middle of each."""
    wide = data.select(windows, exporter="RUS").pivot(index="period", columns="product", values="value")
    share = 100 * (wide["Oil and gas group"] + wide["Coal"]) / wide["All goods"]
    middle = pd.to_datetime(share.index + "-01") - pd.DateOffset(months=5)
    return pd.DataFrame({"date": middle, "share": share.to_numpy(), "count": "oil, gas and coal, China’s customs"})


def fuel_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """The lines of :func:`fuel_share` with the two windows as diamonds and the hole in chapter data."""
    names = list(dict.fromkeys(frame["count"]))
    drawn = frame[frame["count"] != names[2]]
    colours = {names[0]: charts.RUSSIA, names[1]: charts.GREEN}
    base = charts.lines(
        drawn, "date", "share", "count", colours=colours, unit="per cent", labels=False, y_domain=(0, 90)
    )
    windows = frame[frame["count"] == names[2]].assign(text=lambda rows: rows["share"].map("{:.0f}".format))
    points = charts.notes(
        windows[["date", "share", "text"]],
        "date",
        "share",
        "text",
        colour=charts.RUSSIA,
        dy=-14,
        align="center",
        size=110,
        shape="diamond",
    )
    return base + points + _fuel_words(frame["date"].max())


def _fuel_words(end: pd.Timestamp) -> alt.LayerChart:
    """The names of the three counts, beside them where nothing else is drawn."""
    places = [
        ("2006-06-01", 26.0, "HS 27,|Russia’s customs", charts.RUSSIA, "left"),
        (end, 42.0, "oil and gas,|China’s customs", charts.GREEN, "right"),
        (end, 86.0, "oil, gas and coal: two windows", charts.RUSSIA, "right"),
    ]
    parts = [
        charts.notes(
            pd.DataFrame({"date": [pd.Timestamp(date)], "share": [share], "text": [text]}),
            "date",
            "share",
            "text",
            colour=colour,
            size=0,
            align=align,
        )
        for date, share, text, colour, align in places
    ]
    return alt.layer(*parts)


def fuel_rows(products: pd.DataFrame, oil_gas: pd.DataFrame, windows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows that :func:`fuel_share` rests on."""
    return [
        data.select(products, exporter="RUS", hs_chapter=[FUELS, "TOTAL"]),
        data.select(oil_gas, importer="CHN"),
        data.select(windows, exporter="RUS", product=["Oil and gas group", "Coal", "All goods"]),
    ]


def describe_fuel(frame: pd.DataFrame) -> str:
    """Text alternative of the fuel shares."""
    by = {name: group.set_index("date")["share"] for name, group in frame.groupby("count", sort=False)}
    chapter, rolling, windows = by.values()
    top, low = chapter.idxmax(), rolling.idxmin()
    first = f"{chapter.iloc[0]:.0f} % in {chapter.index[0].year}, {chapter[top]:.0f} % in {top.year}"
    return (
        f"Share of fuel in what Russia sells to China. HS 27 as Russia reports it: {first}, "
        f"{chapter.iloc[-1]:.0f} % in {chapter.index[-1].year}. Oil and gas without coal as China reports it, twelve "
        f"months at a time: {rolling.iloc[0]:.0f} % in 2019, lowest {low.year} at {rolling[low]:.0f} %, "
        f"{rolling.iloc[-1]:.0f} % at the end. With coal, two diamonds: {windows.iloc[0]:.0f} % in the twelve months "
        f"to May 2025, {windows.iloc[1]:.0f} % in those to May 2026."
    )


# -- what changed last ----------------------------------------------------------------------------

NAMES = {
    "Goods for personal use / parcels (special code)": "Parcels, personal use",
    "Natural gas (LNG, pipeline and other gaseous hydrocarbons)": "Natural gas",
    "Copper ores and concentrates": "Copper ore",
    "Precious-metal ores and concentrates": "Precious-metal ore",
    "Crude oil (residual)": "Crude oil (residual)",
    "Telephones, smartphones": "Telephones",
    "Transmission apparatus, cameras": "Cameras, transmitters",
    "Suits, jackets, blazers": "Suits, jackets",
}
SUMS = ["All goods", "Oil and gas group"]


def changes(windows: pd.DataFrame) -> pd.DataFrame:
    """Change of each product between the two twelve-month windows, billions of dollars.

    The printed change where the publisher prints one, else the difference of the two levels.

    Returns
    -------
    pandas.DataFrame
        The rows of the later window without sums, with ``flow``, ``name``, ``before``, ``after``, ``change``.
    """
    key = ["exporter", "product"]
    last = windows["period"].max()
    earlier = windows[windows["period"] != last].set_index(key)["value"]
    rows = windows[(windows["period"] == last) & ~windows["product"].isin(SUMS)].copy()
    rows["before"] = rows.set_index(key).index.map(earlier) / 1000
    rows["after"] = rows["value"] / 1000
    rows["change"] = (rows["change_printed"] / 1000).fillna(rows["after"] - rows["before"])
    rows["name"] = rows["product"].replace(NAMES)
    return rows.assign(flow=rows["exporter"].map(FLOWS))


def change_rows(frame: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """The largest changes of each direction by size, and crude oil, from the largest gain to the largest fall."""
    parts = []
    for flow in FLOWS.values():
        own = frame[frame["flow"] == flow]
        some = own.loc[own["change"].abs().nlargest(most).index]
        crude = own[own["product"].str.startswith("Crude") & ~own.index.isin(some.index)]
        parts.append(pd.concat([some, crude]).sort_values("change", ascending=False))
    return pd.concat(parts, ignore_index=True)


def change_bars(frame: pd.DataFrame) -> alt.LayerChart:
    """Lying bars of :func:`change_rows` up and down from zero, each with its number, one block a direction."""
    lines: list[str] = []
    for flow in FLOWS.values():
        lines += [flow, *frame[frame["flow"] == flow]["name"]]
    bold = " || ".join(f"datum.label === '{flow}'" for flow in FLOWS.values())
    axis = alt.Axis(labelLimit=170, domain=False, labelFontWeight={"expr": f"{bold} ? 'bold' : 'normal'"})
    y = alt.Y("name:N", title=None, scale=alt.Scale(domain=lines, padding=0.25), axis=axis)
    reach = frame["change"].abs().max()
    span = alt.Scale(domain=[min(0, frame["change"].min()) - 0.5 * reach, reach * 1.35], nice=False)
    x = alt.X("change:Q", title=None, scale=span, axis=alt.Axis(grid=False, labels=False, ticks=False, domain=False))
    shown = charts.tidy(frame[["name", "flow", "before", "after", "change"]])
    shown["text"] = [f"{'+' if value > 0 else '−'}{abs(value):.1f}" for value in shown["change"]]
    base = alt.Chart(shown).encode(x=x, y=y)
    colours = alt.Scale(domain=list(FLOWS.values()), range=[charts.RUSSIA, charts.CHINA])
    tips = [alt.Tooltip("name:N"), *[alt.Tooltip(f"{c}:Q", format=",.2f") for c in ("before", "after", "change")]]
    bars = base.mark_bar().encode(color=alt.Color("flow:N", scale=colours, legend=None), tooltip=tips)
    up = base.transform_filter("datum.change >= 0").mark_text(align="left", dx=4).encode(text="text:N")
    down = base.transform_filter("datum.change < 0").mark_text(align="right", dx=-4).encode(text="text:N")
    zero = alt.Chart(pd.DataFrame({"change": [0.0]})).mark_rule(color=charts.MUTED).encode(x=x)
    return alt.layer(bars, up, down, zero)


def describe_changes(frame: pd.DataFrame) -> str:
    """Text alternative of the changes."""
    parts = [
        f"{flow}: "
        + ", ".join(
            f"{row.name_.lower()} {row.change:+.1f}" for row in rows.rename(columns={"name": "name_"}).itertuples()
        )
        for flow, rows in frame.groupby("flow", sort=False)
    ]
    return (
        "Bars, change in billions of dollars from the twelve months to May 2025 to those to May 2026. "
        + "; ".join(parts)
        + "."
    )


# -- minerals and metals --------------------------------------------------------------------------


def supplier_ranks(minerals: pd.DataFrame, until: int = 8) -> pd.DataFrame:
    """Rank of China's suppliers of minerals and metals by year: Russia, and the first ``until`` of the last year.

    Returns
    -------
    pandas.DataFrame
        Rows with ``year``, ``supplier`` (name), ``rank`` (1 the largest), ``share`` of China's imports in per cent.
    """
    partners = minerals[minerals["exporter"] != "WLD"]
    world = minerals[minerals["exporter"] == "WLD"].set_index("period")["value"]
    ranked = partners.assign(
        year=partners["period"].astype(int),
        rank=partners.groupby("period")["value"].transform(measures.rank),
        share=100 * measures.partner_share(partners["value"], partners["period"].map(world)),
    )
    last = ranked[ranked["year"] == ranked["year"].max()]
    kept = set(last[last["rank"] <= until]["exporter"]) | {"RUS"}
    some = ranked[ranked["exporter"].isin(kept)]
    return some.assign(supplier=some["exporter"].map(charts.country)).sort_values(["exporter", "year"])


def rank_lines(frame: pd.DataFrame, lowest: int = 20) -> alt.LayerChart:
    """The ranks of :func:`supplier_ranks` as lines that cross, the first on top; Russia in its colour.

    A rank below ``lowest`` is left out, so its line breaks.
    """
    russia = charts.country("RUS")
    shown = frame[["year", "supplier", "rank", "share"]].assign(rank=frame["rank"].where(frame["rank"] <= lowest))
    shown["rank"] = shown["rank"].astype(float)
    scale = alt.Scale(domain=[lowest + 0.5, 0.5], nice=False)
    y = alt.Y("rank:Q", title="rank", scale=scale, axis=alt.Axis(values=[1, 5, 10, 15, 20], grid=True))
    x = charts.x_axis(
        shown, "year", scale=alt.Scale(domain=[shown["year"].min() - 0.2, shown["year"].max() + 0.2], nice=False)
    )
    tips = [
        alt.Tooltip("supplier:N"),
        alt.Tooltip("year:Q", format="d"),
        alt.Tooltip("rank:Q"),
        alt.Tooltip("share:Q", format=".1f"),
    ]
    layers = []
    for rows, colour, faint, width, size in (
        (shown[shown["supplier"] != russia], charts.MUTED, 0.4, 1.3, 25),
        (shown[shown["supplier"] == russia], charts.RUSSIA, 1.0, 3.5, 90),
    ):
        base = alt.Chart(charts.tidy(rows)).encode(x=x, y=y, detail="supplier:N", tooltip=tips)
        ends = base.transform_filter(alt.datum.year == int(shown["year"].max()))
        layers += [
            base.mark_line(color=colour, opacity=faint, strokeWidth=width),
            base.mark_point(color=colour, opacity=faint, size=size),
            ends.mark_text(align="left", dx=9, color=colour).encode(text="supplier:N"),
        ]
    return alt.layer(*layers)


def describe_ranks(frame: pd.DataFrame) -> str:
    """Text alternative of the ranks."""
    russia = frame[frame["exporter"] == "RUS"].set_index("year")
    last = frame[frame["year"] == frame["year"].max()].sort_values("rank")
    path = ", ".join(f"{russia['rank'][year]:.0f} in {year}" for year in (2011, 2014, 2018, 2021, 2022))
    order = ", ".join(f"{row.rank:.0f} {row.supplier} ({row.share:.1f} %)" for row in last.itertuples())
    return f"Lines of rank, the largest supplier on top. Russia: {path}. Order in {frame['year'].max()}: {order}."


# -- in words -------------------------------------------------------------------------------------


def _share(shares: pd.DataFrame, exporter: str, chapters: Iterable[str], year: int, note: str = "") -> prose.Number:
    rows = data.select(shares, exporter=exporter, hs_chapter=list(chapters), year=year)
    return prose.percent(float(rows["share"].sum()), rows, 0, note)


def _basket_numbers(products: pd.DataFrame) -> dict[str, prose.Number]:
    shares = baskets(products)
    alike = similarity(products).set_index(["series", "year"])["similarity"]
    chapters = products[products["hs_chapter"] != "TOTAL"]
    of = "Finger–Kreinin similarity of the two baskets by HS chapter, disclosed chapters only"
    in_year = {year: data.select(chapters, period=str(year)) for year in (2000, 2018, 2020)}
    hidden = shares[(shares["exporter"] == "RUS") & (shares["hs_chapter"] == "--")].set_index("year")["share"]
    totals = data.select(products, exporter="RUS", hs_chapter="TOTAL", period="2001")
    other = heat_rows(shares).query("flow == 'From China' and year == 2000 and chapter == 'All other chapters'")[
        "share"
    ]
    first = data.select(products, exporter="CHN", period="2000")
    return {
        "fuels_2000": _share(shares, "RUS", [FUELS], 2000, "share of the published total, undisclosed part included"),
        "fuels_2014": _share(shares, "RUS", [FUELS], 2014),
        "fuels_2020": _share(shares, "RUS", [FUELS], 2020),
        "metals_2000": _share(shares, "RUS", ["72", "76"], 2000, "HS 72 and 76"),
        "metals_2020": _share(shares, "RUS", ["72", "76"], 2020, "HS 72 and 76"),
        "machines_sold_2020": _share(shares, "RUS", ["84", "85"], 2020, "HS 84 and 85"),
        "machines_2000": _share(shares, "CHN", ["84", "85"], 2000, "HS 84 and 85"),
        "spread_2000": prose.percent(float(other.iloc[0]), first, 0, "chapters that the figure does not draw by name"),
        "machines_2020": _share(shares, "CHN", ["84", "85"], 2020, "HS 84 and 85"),
        "hidden_2001": prose.percent(float(hidden[2001]), totals, 0, "what the chapters leave of the total"),
        "alike_2000": prose.percent(float(alike["all chapters", 2000]), in_year[2000], 0, of),
        "alike_2018": prose.percent(float(alike["all chapters", 2018]), in_year[2018], 0, of),
        "alike_last": prose.percent(float(alike["all chapters", 2020]), in_year[2020], 0, of),
        "alike_rest_2000": prose.percent(float(alike["without fuels", 2000]), in_year[2000], 0, of + ", without HS 27"),
        "alike_rest_2020": prose.percent(float(alike["without fuels", 2020]), in_year[2020], 0, of + ", without HS 27"),
    }


def _sector_numbers(sectors: pd.DataFrame) -> dict[str, prose.Number]:
    frame = advantage(sectors).set_index(["exporter", "sector"])
    kinds = data.load("icio-sectors").set_index("sector")["kind"]
    goods = sectors[sectors["sector"].map(kinds).eq("goods") & (sectors["exporter"] != sectors["importer"])]

    def index(exporter: str, sector: str) -> prose.Number:
        rows = goods[(goods["sector"] == sector) & (goods["importer"] == frame.loc[(exporter, sector), "importer"])]
        return prose.plain(
            float(frame.loc[(exporter, sector), "index"]),
            rows,
            "index",
            note="Balassa index against all suppliers of the same market",
        )

    def overall(exporter: str, importer: str) -> prose.Number:
        market = goods[goods["importer"] == importer]
        own = market[market["exporter"] == exporter]["value"].sum()
        return prose.share(
            own / market["value"].sum(), market, 0, "intermediate goods, all foreign suppliers in the table"
        )

    return {
        "index_wood": index("RUS", "C16"),
        "index_refined": index("RUS", "C19"),
        "index_crude": index("RUS", "B06"),
        "index_electronics": index("CHN", "C26"),
        "index_textiles": index("CHN", "C13T15"),
        "index_chemicals_russia": index("RUS", "C20"),
        "index_chemicals_china": index("CHN", "C20"),
        "russia_in_china": overall("RUS", "CHN"),
        "china_in_russia": overall("CHN", "RUS"),
    }


def _recent_numbers(oil_gas: pd.DataFrame, windows: pd.DataFrame) -> dict[str, prose.Number]:
    china = data.select(oil_gas, importer="CHN")
    numbers = {}
    for year in ("2019", "2022", "2024", "2025"):
        rows = china[china["period"].str.startswith(year)]
        part = rows[rows["product_group"] == "oil_and_gas"]["value"].sum()
        numbers[f"oil_gas_{year}"] = prose.share(
            part / rows["value"].sum(), rows, 0, "oil and gas, coal not counted; sum of twelve months"
        )
    months = china[china["period"].str.startswith("2026")]
    part = months[months["product_group"] == "oil_and_gas"]["value"].sum()
    numbers["oil_gas_2026"] = prose.share(
        part / months["value"].sum(), months, 0, "oil and gas, coal not counted; January to May 2026"
    )
    coal = _with_coal(windows)["share"]
    rows = data.select(windows, exporter="RUS", product=["Oil and gas group", "Coal", "All goods"])
    for place, period in enumerate(("2025", "2026")):
        window = rows[rows["period"] == f"{period}-05"]
        numbers[f"fuel_window_{period}"] = prose.percent(
            float(coal.iloc[place]), window, 0, "oil, gas and coal over all goods, twelve months to May"
        )
    return numbers


def _change_numbers(windows: pd.DataFrame) -> dict[str, prose.Number]:
    frame = changes(windows).set_index(["exporter", "product"])

    def change(exporter: str, product: str) -> prose.Number:
        rows = data.select(windows, exporter=exporter, product=product)
        return prose.dollars(
            1000 * abs(float(frame.loc[(exporter, product), "change"])),
            rows,
            1,
            "twelve months to May 2026 against those to May 2025",
        )

    drawn = data.select(windows, exporter="CHN", period=windows["period"].max())
    named = drawn[drawn["product"] != "All goods"]["value"].sum()
    crude = data.select(windows, product="Crude oil (residual)")
    return {
        "gold_up": change("RUS", "Gold"),
        "copper_ore_up": change("RUS", "Copper ores and concentrates"),
        "coal_down": change("RUS", "Coal"),
        "crude_change": prose.dollars(
            float(crude.set_index("period")["value"].diff().iloc[-1]), crude, 1, "difference of two residuals"
        ),
        "parcels_up": change("CHN", "Goods for personal use / parcels (special code)"),
        "tractors_down": change("CHN", "Tractors"),
        "cars_down": change("CHN", "Passenger cars"),
        "groups_part": prose.share(
            named / drawn[drawn["product"] == "All goods"]["value"].iloc[0],
            drawn,
            0,
            "the printed product groups over all of China’s exports to Russia",
        ),
    }


def _mineral_numbers(minerals: pd.DataFrame) -> dict[str, prose.Number]:
    russia = supplier_ranks(minerals).query("exporter == 'RUS'").set_index("period")

    def rows(period: str) -> pd.DataFrame:
        return data.select(minerals, period=period)

    return {
        "mineral_rank_before": prose.count(float(russia["rank"]["2014"]), rows("2014"), "rank"),
        "mineral_rank_last": prose.count(float(russia["rank"]["2022"]), rows("2022"), "rank"),
        "mineral_share_2014": prose.percent(float(russia["share"]["2014"]), rows("2014")),
        "mineral_share_2021": prose.percent(float(russia["share"]["2021"]), rows("2021")),
        "mineral_share_2022": prose.percent(float(russia["share"]["2022"]), rows("2022")),
    }


def numbers(
    products: pd.DataFrame, oil_gas: pd.DataFrame, windows: pd.DataFrame, sectors: pd.DataFrame, minerals: pd.DataFrame
) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    return (
        _basket_numbers(products)
        | _sector_numbers(sectors)
        | _recent_numbers(oil_gas, windows)
        | _change_numbers(windows)
        | _mineral_numbers(minerals)
    )
