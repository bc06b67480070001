"""Frames of the chapter on mirror statistics: one trade, two counts."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from partnership import charts, data, measures, prose
from partnership.trade import bilateral, turnover

FLOWS = {"RUS": "Russia to China", "CHN": "China to Russia"}
COUNTS = {"CHN": "China’s count", "RUS": "Russia’s count"}
IMF, CUSTOMS, INSTITUTE = "imf-dots-2023", "fcs-monthly-partners-2021", "mgimo-foreign-trade-2026-07"
LAST_OF_IMF = 2020
TABLE = "bilateral-trade"


def _of(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that know their table also where two frames were joined."""
    rows.attrs["table"] = table
    return rows


def both_reporters(trade: pd.DataFrame) -> pd.DataFrame:
    """Yearly trade by direction as each of the two counts it, billions of dollars.

    To 2020 both from one file of the IMF; after it China's yearly figures from the press and, for 2021, the sum of Russia's
    twelve months.

    Returns
    -------
    pandas.DataFrame
        ``year`` (integer), ``flow``, ``counted_by``, ``billions``, ``later`` (true after the IMF's file ends) and the
        ``source_id`` of one of the rows.
    """
    imf = data.select(trade, source_id=IMF, frequency="A")
    press = data.best(data.select(trade, frequency="A", direction="one-way", reporter="CHN", currency="USD"))
    rows = pd.concat([imf, press[press["period"] > str(LAST_OF_IMF)], customs_years(trade).query("period == '2021'")])
    told = rows.assign(
        year=rows["period"].astype(int),
        flow=rows["exporter"].map(FLOWS),
        counted_by=rows["reporter"].map(COUNTS),
        billions=rows["value"] / 1000,
        later=rows["period"].astype(int) > LAST_OF_IMF,
    )
    return _of(TABLE, told.sort_values(["flow", "counted_by", "year"]))


def customs_years(trade: pd.DataFrame) -> pd.DataFrame:
    """Sums of twelve months of Russia's customs, by direction, in the columns of the trade table."""
    months = data.select(trade, source_id=CUSTOMS, frequency="M")
    key = ["exporter", "importer", "reporter", "valuation", "currency", "source_id"]
    years = months.assign(period=months["period"].str[:4]).groupby(["period", *key], as_index=False)["value"]
    whole = years.sum()[years.count()["value"] == 12]
    return whole.assign(frequency="A", direction="one-way", status="derived")


def gaps(trade: pd.DataFrame) -> pd.DataFrame:
    """What the importer records beyond what the exporter records, by year, within one file of the IMF.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``flow``, ``billions`` (gap in dollars), ``gap`` (per cent of the exporter's figure), ``without_freight``
        (the same after the importer's figure is divided by ``1 + measures.CIF_MARGIN``).
    """
    rows = data.select(trade, source_id=IMF, frequency="A")
    parts = []
    for exporter, importer in (("RUS", "CHN"), ("CHN", "RUS")):
        told = measures.mirror_gap(rows, exporter, importer)
        parts.append(
            pd.DataFrame(
                {
                    "year": told["period"].astype(int),
                    "flow": FLOWS[exporter],
                    "billions": told["gap"] / 1000,
                    "gap": 100 * told["gap_relative"],
                    "without_freight": 100 * told["gap_after_cif"] / told["exporter_reported"],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def totals(trade: pd.DataFrame) -> pd.DataFrame:
    """Both directions together by year and who counts, billions of dollars, since 2018.

    Returns
    -------
    pandas.DataFrame
        ``year`` (text), ``billions``, ``who`` counts, ``source_id``; Russia's customs as the sum of its months.
    """
    china = data.best(data.select(trade, frequency="A", direction="two-way", reporter="CHN", currency="USD"))
    said = data.select(trade, frequency="A", direction="two-way", reporter="RUS", period=["2020", "2023"])
    customs = customs_years(trade).groupby(["period", "source_id"], as_index=False)["value"].sum()
    rows = pd.concat(
        [
            china.assign(who="China’s customs"),
            customs.assign(who="Russia’s customs"),
            said.assign(who="a Russian official"),
        ]
    )
    rows = rows[rows["period"].between("2018", "2023")].sort_values("period", kind="stable")
    return _of(TABLE, rows.assign(year=rows["period"], billions=rows["value"] / 1000))


def months(trade: pd.DataFrame) -> pd.DataFrame:
    """Single months of 2019 to 2021 as each of the two counts them, billions of dollars."""
    rows = data.select(trade, source_id=[CUSTOMS, INSTITUTE], frequency="M", direction="one-way")
    rows = rows[rows["period"].between("2019-01", "2021-12")].sort_values(["exporter", "reporter", "period"])
    return rows.assign(
        date=data.dates(rows["period"]),
        flow=rows["exporter"].map(FLOWS),
        counted_by=rows["reporter"].map(COUNTS),
        billions=rows["value"] / 1000,
    )


def revisions(trade: pd.DataFrame) -> pd.DataFrame:
    """China's figure for a single month as the press printed it, against the step between two cumulative figures.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``date``, ``flow``, ``printed`` and ``step`` (billions of dollars), ``change`` (per cent of the printed
        figure), ``source_id`` of the printed one.
    """
    flows = data.best(data.select(trade, reporter="CHN", currency="USD", direction="one-way"))
    parts = []
    for exporter, name in FLOWS.items():
        rows = data.select(flows, exporter=exporter)
        since_january = data.select(rows, frequency="YTD").set_index("period")["value"].sort_index()
        step = measures.months_from_year_to_date(since_january).dropna()
        month = data.select(rows, frequency="M")
        month = month[month["period"].isin(step.index) & (month["source_id"] != INSTITUTE)]
        later = month["period"].map(step)
        parts.append(
            month.assign(
                flow=name,
                date=data.dates(month["period"]),
                printed=month["value"] / 1000,
                step=later / 1000,
                change=100 * (later / month["value"] - 1),
            )
        )
    return _of(TABLE, pd.concat(parts).sort_values(["flow", "period"]))


# -- who publishes what, and to when --------------------------------------------------------------

LISTS = {
    "Russia: partners, months": ("Russia", "bilateral-trade", {"source_id": CUSTOMS}),
    "Russia: partners, years": ("Russia", "partner-trade-russia", {"status": "reported"}),
    "Russia: China by product": ("Russia", "product-trade", {}),
    "Russia: product groups": ("Russia", "russia-product-structure", {"status": "reported"}),
    "Russia: world total": (
        "Russia",
        "trade-totals",
        {"reporter": "RUS", "frequency": ["A", "YTD"], "importer": "WLD"},
    ),
    "Russia: continents": ("Russia", "trade-totals", {"reporter": "RUS", "frequency": ["A", "YTD"], "importer": "XAS"}),
    "Russia: officials on China": (
        "Russia",
        "bilateral-trade",
        {"reporter": "RUS", "frequency": "A", "direction": "two-way"},
    ),
    "China: Russia, months": ("China", "bilateral-trade", {"source_id": INSTITUTE}),
    "China: Russia, years": ("China", "bilateral-trade", {"reporter": "CHN", "frequency": "A", "direction": "one-way"}),
    "China: all partners, years": ("China", "partner-trade-china", {}),
    "IMF estimate: partners": ("IMF", "partner-trade-russia", {"status": "estimated"}),
}


def publications() -> list[pd.DataFrame]:
    """The rows of the tables that each line of :func:`timeline` rests on, in the order of ``LISTS``."""
    loaded = {name: data.load(name) for name in dict.fromkeys(table for _, table, _ in LISTS.values())}
    parts = []
    for name, (who, table, where) in LISTS.items():
        rows = data.select(loaded[table], **where)
        parts.append(_of(table, rows.assign(publication=name, publisher=who)))
    return parts


def timeline() -> pd.DataFrame:
    """From when to when the tables hold each kind of figure.

    Returns
    -------
    pandas.DataFrame
        ``publication``, ``publisher``, ``start``, ``end`` (timestamps; the end is the day after the last period), ``to``
        (last period in words); one row a stretch without a hole.
    """
    return pd.concat([_stretches(rows) for rows in publications()], ignore_index=True)


def _stretches(rows: pd.DataFrame) -> pd.DataFrame:
    held = rows.dropna(subset=["value"]).drop_duplicates("period").sort_values("period")
    first = data.dates(held["period"])
    to_date = held["frequency"].eq("YTD") if "frequency" in held else pd.Series(False, index=held.index)
    first = first.where(~to_date, first.dt.to_period("Y").dt.start_time)
    length = held["period"].map(lambda period: 12 if len(period) == 4 else 1)
    last = pd.Series(
        [
            pd.Timestamp(day) + pd.DateOffset(months=int(span))
            for day, span in zip(data.dates(held["period"]), length, strict=True)
        ],
        index=held.index,
    )
    spans = pd.DataFrame({"start": first, "end": last, "period": held["period"]}).sort_values("start")
    hole = spans["start"] > spans["end"].shift().cummax()
    groups = spans.groupby(hole.cumsum())
    return pd.DataFrame(
        {
            "publication": rows["publication"].iloc[0],
            "publisher": rows["publisher"].iloc[0],
            "start": groups["start"].min(),
            "end": groups["end"].max(),
            "to": groups["period"].max(),
        }
    )


# -- what the IMF puts in the place of Russia's figures -------------------------------------------

ODD = {
    "Imports from Uganda": ("UGA", "RUS"),
    "Exports to Uzbekistan": ("RUS", "UZB"),
    "Exports to Kazakhstan": ("RUS", "KAZ"),
}
KINDS = ["Russia’s report", "IMF estimate", "partner’s count"]


def odd_rows(partners: pd.DataFrame, central_asia: pd.DataFrame) -> list[pd.DataFrame]:
    """Rows of the two tables behind :func:`odd_estimates`, with ``flow`` and ``kind``."""
    own, told = [], []
    kinds = {"reported": KINDS[0], "estimated": KINDS[1]}
    for name, (exporter, importer) in ODD.items():
        pair = {"exporter": exporter, "importer": importer}
        rows = data.select(partners, **pair)
        own.append(rows.assign(flow=name, kind=rows["status"].map(kinds)))
        rows = data.select(central_asia, **pair, counter=importer, frequency="A", valuation="CIF")
        told.append(rows.assign(flow=name, kind=KINDS[2]))
    both = {"partner-trade-russia": pd.concat(own), "central-asia-trade": pd.concat(told)}
    return [_of(table, rows[rows["period"] >= "2017"]) for table, rows in both.items()]


def odd_estimates(partners: pd.DataFrame, central_asia: pd.DataFrame) -> pd.DataFrame:
    """Three of Russia's flows as reported to 2021, as estimated after it, and as the partner counts them.

    Returns
    -------
    pandas.DataFrame
        ``flow``, ``year`` (text), ``billions``, ``kind``, ``source_id``; since 2017.
    """
    rows = pd.concat(odd_rows(partners, central_asia))
    return rows.assign(year=rows["period"], billions=rows["value"] / 1000)


def estimates_and_china(partners: pd.DataFrame, trade: pd.DataFrame) -> pd.DataFrame:
    """The estimates of Russia's trade with China over China's own figures, by year and direction.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``flow``, ``ratio``; 2021 (Russia's own figure) to 2024.
    """
    rows = pd.concat(
        [
            data.select(partners, exporter="RUS", importer="CHN"),
            data.select(partners, exporter="CHN", importer="RUS"),
        ]
    )
    china = data.best(data.select(trade, frequency="A", direction="one-way", reporter="CHN", currency="USD"))
    told = china.set_index(["exporter", "period"])["value"]
    rows = rows[rows["period"] >= "2021"]
    index = pd.MultiIndex.from_frame(rows[["exporter", "period"]])
    return pd.DataFrame(
        {
            "year": rows["period"],
            "flow": rows["exporter"].map(FLOWS),
            "ratio": rows["value"].to_numpy() / told.reindex(index).to_numpy(),
        }
    ).sort_values(["flow", "year"])


# -- how they are drawn ---------------------------------------------------------------------------

COLOURS = {"China’s count": charts.CHINA, "Russia’s count": charts.RUSSIA}
STOP = "Russia|stops"


def draw_both(frame: pd.DataFrame) -> alt.ConcatChart:
    """Lines of :func:`both_reporters`, one panel a direction; what comes after the IMF's file is dashed."""
    parts = {}
    names = _names("year", 1993, "billions", {"China’s count": 110.0, "Russia’s count": 90.0}, COLOURS)
    for flow in FLOWS.values():
        rows = data.select(frame, flow=flow)
        lines = charts.lines(
            rows[["year", "counted_by", "billions", "later"]],
            "year",
            "billions",
            "counted_by",
            unit="billion dollars",
            colours=COLOURS,
            dash="later",
            y_domain=(0, 140),
            labels=False,
        )
        parts[flow] = lines + _single(rows) + charts.moment(2022, STOP, y=18, dx=4) + names
    return charts.panels(parts, height=230)


def _single(rows: pd.DataFrame) -> alt.LayerChart:
    """Russia's 2021 stands alone: a dot, since one point makes no line."""
    point = rows[(rows["counted_by"] == COUNTS["RUS"]) & rows["later"]].assign(text="")
    return charts.notes(
        point[["year", "counted_by", "billions", "text"]], "year", "billions", "text", colour=charts.RUSSIA
    )


def _names(x: str, at: object, y: str, heights: Mapping[str, float], colours: Mapping[str, str]) -> alt.LayerChart:
    """The names of lines at a free place, one below the other."""
    places = {name: pd.DataFrame({x: [at], y: [height], "text": [name]}) for name, height in heights.items()}
    return alt.layer(
        *(charts.notes(place, x, y, "text", colour=colours[name], size=0) for name, place in places.items())
    )


GAP_COLOURS = {"as printed": charts.INK, "without freight": charts.OCHRE}


def draw_gaps(frame: pd.DataFrame) -> alt.ConcatChart:
    """The gap in dollars as bars above, in per cent as lines below, one column a direction."""
    parts: dict[str, alt.TopLevelMixin] = {}
    names = _names("year", 2004, "per_cent", {"as printed": 82.0, "without freight": 62.0}, GAP_COLOURS)
    for flow in FLOWS.values():
        rows = data.select(frame, flow=flow)
        parts[f"{flow}, dollars"] = _year_bars(rows[["year", "billions"]].astype({"year": str}))
    for flow in FLOWS.values():
        rows = data.select(frame, flow=flow).rename(columns={"gap": "as printed", "without_freight": "without freight"})
        long = rows.melt(["year"], ["as printed", "without freight"], "gap", "per_cent")
        lines = charts.lines(
            long,
            "year",
            "per_cent",
            "gap",
            unit="per cent of the exporter’s figure",
            colours=GAP_COLOURS,
            y_domain=(-60, 100),
            labels=False,
        )
        parts[f"{flow}, per cent"] = lines + _zero() + names
    return charts.panels(parts, height=150)


def _year_bars(frame: pd.DataFrame) -> alt.LayerChart:
    bars = charts.bars(frame, "year", "billions").encode(y=_y("billions", "billion dollars", (-7, 11)))
    return bars.mark_bar(color=charts.INK) + _zero()


def _y(column: str, unit: str, domain: tuple[float, float]) -> alt.Y:
    """The same value axis in every panel."""
    return alt.Y(column, type="quantitative", title=unit, scale=alt.Scale(domain=list(domain), nice=False))


def _zero() -> alt.Chart:
    return alt.Chart(pd.DataFrame({"_y": [0]})).mark_rule(color=charts.MUTED).encode(y=alt.Y("_y", type="quantitative"))


TOTAL_COLOURS = {"Russia’s customs": charts.RUSSIA, "a Russian official": charts.GREEN}


def differences(frame: pd.DataFrame) -> pd.DataFrame:
    """Russia's totals of :func:`totals` minus China's of the same year; of several officials' figures the highest.

    Returns
    -------
    pandas.DataFrame
        ``year`` (text), ``who``, ``difference`` (billions of dollars), ``russia``, ``china``; missing where Russia has none.
    """
    china = data.select(frame, who="China’s customs").set_index("year")["billions"]
    russia = frame[frame["who"] != "China’s customs"].groupby(["year", "who"], as_index=False)["billions"].max()
    russia = russia.merge(pd.DataFrame({"year": china.index}), how="right").rename(columns={"billions": "russia"})
    russia["who"] = russia["who"].fillna("a Russian official")
    own = russia["year"].map(china)
    return russia.assign(china=own, difference=russia["russia"] - own)


def draw_totals(frame: pd.DataFrame) -> alt.LayerChart:
    """Bars of :func:`differences`, customs and officials beside each other."""
    rows = differences(frame)
    rows = rows.assign(who=pd.Categorical(rows["who"], list(TOTAL_COLOURS), ordered=True)).sort_values(["who", "year"])
    bars = charts.bars(
        rows.astype({"who": str})[["year", "who", "difference", "russia", "china"]],
        "year",
        "difference",
        "who",
        colours=TOTAL_COLOURS,
        stacked=False,
    )
    years = sorted(rows["year"].unique())
    ordered = alt.X("year", type="ordinal", title=None, sort=years, axis=alt.Axis(labelAngle=0, orient="top"))
    return bars.encode(x=ordered) + _zero()


def draw_months(frame: pd.DataFrame) -> alt.ConcatChart:
    """Lines of :func:`months`, one panel a direction, China's New Year marked where exports dip."""
    parts = {}
    heights = {"China’s count": 8.5, "Russia’s count": 7.4}
    names = _names("date", pd.Timestamp("2019-02-01"), "billions", heights, COLOURS)
    for flow in FLOWS.values():
        rows = data.select(frame, flow=flow)
        lines = charts.lines(
            rows[["date", "counted_by", "billions"]],
            "date",
            "billions",
            "counted_by",
            unit="billion dollars a month",
            colours=COLOURS,
            y_domain=(0, 9),
            labels=False,
        )
        parts[flow] = lines + names
    return charts.panels(parts, height=210)


def draw_revisions(frame: pd.DataFrame) -> alt.ConcatChart:
    """Bars of :func:`revisions`, one panel a direction."""
    parts = {}
    for flow in FLOWS.values():
        rows = data.select(frame, flow=flow)
        colour = charts.RUSSIA if flow == FLOWS["RUS"] else charts.CHINA
        bars = charts.time_bars(rows[["date", "change", "printed", "step"]], "date", "change")
        shown = bars.encode(x=_revision_months(frame), y=_y("change", "per cent", (-3, 4)))
        parts[flow] = shown.mark_bar(color=colour) + _zero()
    return charts.panels(parts, height=180)


def _revision_months(frame: pd.DataFrame) -> alt.X:
    """The same months in both panels."""
    first, last = frame["date"].min().year, frame["date"].max().year
    domain = [alt.DateTime(year=first, month=7, date=1), alt.DateTime(year=last + 1, month=1, date=15)]
    return alt.X(
        "date",
        type="temporal",
        timeUnit="yearmonth",
        title=None,
        scale=alt.Scale(domain=domain),
        axis=alt.Axis(format="%Y", tickCount="year"),
    )


PUBLISHERS = {"Russia": charts.RUSSIA, "China": charts.CHINA, "IMF": charts.OCHRE}


def draw_timeline(frame: pd.DataFrame) -> alt.LayerChart:
    """Bars of :func:`timeline` from 2006 on, the start of the war as an upright line."""
    start = pd.Timestamp("2006-01-01")
    rows = frame.assign(start=frame["start"].clip(lower=start))
    base = alt.Chart(rows).encode(
        y=alt.Y("publication", type="nominal", sort=None, title=None, axis=alt.Axis(labelLimit=200, titleY=0)),
    )
    bars = base.mark_bar(height={"band": 0.55}).encode(
        x=alt.X("start", type="temporal", title=None, axis=alt.Axis(format="%Y", grid=True)),
        x2="end",
        color=alt.Color(
            "publisher",
            type="nominal",
            scale=alt.Scale(domain=list(PUBLISHERS), range=list(PUBLISHERS.values())),
            legend=alt.Legend(symbolType="square", offset=8),
        ),
        tooltip=["publication", "publisher", alt.Tooltip("to", title="last period held")],
    )
    war = pd.DataFrame({"_x": [pd.Timestamp("2022-02-24")]})
    line = alt.Chart(war).mark_rule(color=charts.INK, strokeDash=[2, 3]).encode(x=alt.X("_x", type="temporal"))
    return bars + line


KIND_COLOURS = dict(zip(KINDS, [charts.RUSSIA, charts.OCHRE, charts.INK], strict=True))


def draw_odd(frame: pd.DataFrame) -> alt.ConcatChart:
    """Bars of :func:`odd_estimates` with the partner's own figure as a level mark, one panel a flow."""
    parts = {name: _odd_panel(data.select(frame, flow=name)) for name in ODD}
    return charts.panels(parts, columns=3, height=200).resolve_scale(color="shared")


def _odd_panel(rows: pd.DataFrame) -> alt.LayerChart:
    own, told = rows[rows["kind"] != KINDS[2]], rows[rows["kind"] == KINDS[2]]
    years = alt.X(
        "year",
        type="ordinal",
        title=None,
        scale=alt.Scale(domain=[str(year) for year in range(2017, 2025)]),
        axis=alt.Axis(labelAngle=0, values=["2018", "2021", "2024"]),
    )
    colour = alt.Color(
        "kind",
        type="nominal",
        scale=alt.Scale(domain=KINDS, range=list(KIND_COLOURS.values())),
        legend=alt.Legend(symbolType="square", offset=24),
    )
    shown = {"x": years, "y": _y("billions", "billion dollars", (0, 30)), "color": colour}
    bars = charts.bars(own[["year", "billions", "kind"]], "year", "billions", "kind", colours=KIND_COLOURS)
    marks = charts.bars(told[["year", "billions", "kind"]], "year", "billions", "kind", colours=KIND_COLOURS)
    return bars.encode(**shown).mark_bar(opacity=0.6) + marks.encode(**shown).mark_tick(thickness=3, size=13)


# -- in words -------------------------------------------------------------------------------------


def _billions(value: float, digits: int = 1) -> str:
    return f"{'−' if value < 0 else ''}${prose.fixed(abs(value), digits)} billion"


def describe_both(frame: pd.DataFrame) -> str:
    """Text alternative of the two counts."""
    at = frame.set_index(["flow", "counted_by", "year"])["billions"]
    parts = [
        f"{flow}: {_billions(at[flow, 'China’s count', 2020])} by China’s count and {_billions(at[flow, 'Russia’s count', 2020])} by Russia’s "
        f"in 2020, {_billions(at[flow, 'China’s count', 2021])} and {_billions(at[flow, 'Russia’s count', 2021])} in 2021, then only "
        f"China’s, {_billions(at[flow, 'China’s count', 2025])} in 2025"
        for flow in FLOWS.values()
    ]
    return "Two panels, 1992 to 2025, a line for each count. " + ". ".join(parts) + ". Russia’s line ends with 2021."


def describe_gaps(frame: pd.DataFrame) -> str:
    """Text alternative of the gap."""
    at = frame.set_index(["flow", "year"])
    parts = [
        f"{flow}: "
        + ", ".join(
            f"{_billions(at.at[(flow, year), 'billions'])} or {prose.fixed(at.at[(flow, year), 'gap'], 0)} % in {year}"
            for year in (2000, 2004, 2010, 2020)
        )
        for flow in FLOWS.values()
    ]
    return (
        "Four panels, 1992 to 2020: the importer’s figure minus the exporter’s, in dollars and in per cent. "
        + ". ".join(parts)
        + f". Taking off {prose.fixed(100 * measures.CIF_MARGIN, 0)} % for freight moves every line down by about as much."
    )


def describe_totals(frame: pd.DataFrame) -> str:
    """Text alternative of the totals."""
    rows = differences(frame)
    parts = [
        f"{row.year}: "
        + (
            "no Russian figure"
            if pd.isna(row.difference)
            else f"{prose.fixed(row.difference, 1)} ({row.who}, {prose.fixed(row.russia, 1)} against {prose.fixed(row.china, 1)})"
        )
        for row in rows.itertuples()
    ]
    return "Bars: Russia’s total minus China’s, billions of dollars. " + "; ".join(parts) + "."


def describe_months(frame: pd.DataFrame) -> str:
    """Text alternative of the months."""
    at = frame.set_index(["flow", "counted_by", "period"])["billions"]
    flow = FLOWS["CHN"]
    return (
        f"Two panels of monthly lines, 2019 to 2021. From China to Russia the lines part each February: in February 2020 China counts "
        f"{_billions(at[flow, 'China’s count', '2020-02'])}, Russia {_billions(at[flow, 'Russia’s count', '2020-02'])}. From Russia to China, "
        f"China’s line lies above Russia’s in {_above(frame)} of {frame['period'].nunique()} months."
    )


def _above(frame: pd.DataFrame) -> int:
    """In how many months China's imports are above Russia's exports."""
    flow = data.select(frame, flow=FLOWS["RUS"]).pivot(index="period", columns="counted_by", values="billions")
    return int((flow["China’s count"] > flow["Russia’s count"]).sum())


def describe_revisions(frame: pd.DataFrame) -> str:
    """Text alternative of the revisions."""
    parts = [
        f"{flow}: {len(rows)} months, {int((rows['change'] > 0).sum())} raised, median {prose.fixed(rows['change'].median(), 1)} %"
        for flow, rows in frame.groupby("flow")
    ]
    return "Two panels of bars, one a month for which both figures are known, 2021 to 2025. " + "; ".join(parts) + "."


def describe_timeline(frame: pd.DataFrame) -> str:
    """Text alternative of the timeline."""
    parts = [
        f"{name} ({rows['publisher'].iloc[0]}): "
        + ", ".join(f"{row.start:%Y-%m} to {row.end - pd.Timedelta(days=1):%Y-%m}" for row in rows.itertuples())
        for name, rows in frame.groupby("publication", sort=False)
    ]
    return "Bars on a time axis. " + "; ".join(parts) + "."


def describe_odd(frame: pd.DataFrame) -> str:
    """Text alternative of the odd estimates."""
    own = frame[frame["kind"] != KINDS[2]].set_index(["flow", "year"])["billions"]
    told = frame[frame["kind"] == KINDS[2]].set_index(["flow", "year"])["billions"]
    uganda, uzbek, kazakh = ODD
    return (
        f"Three panels of bars, 2017 to 2024, billions of dollars. {uganda}: {prose.fixed(own[uganda, '2021'], 2)} in 2021, then estimates of "
        + ", ".join(f"{prose.fixed(own[uganda, year], 1)} in {year}" for year in ("2022", "2023", "2024"))
        + f". {uzbek}: {prose.fixed(own[uzbek, '2023'], 1)} in 2023, where Uzbekistan counts {prose.fixed(told[uzbek, '2023'], 1)}. "
        f"{kazakh}: {prose.fixed(own[kazakh, '2023'], 1)} in 2023, Kazakhstan {prose.fixed(told[kazakh, '2023'], 1)}; no estimate for 2024."
    )


def numbers(trade: pd.DataFrame, partners: pd.DataFrame, central_asia: pd.DataFrame) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    return (
        _said_gaps(trade)
        | _said_vintages(trade, partners)
        | _said_totals(trade)
        | _said_months(trade)
        | _said_estimates(trade, partners, central_asia)
        | _said_shares(trade)
    )


def _imf(trade: pd.DataFrame, **where: object) -> pd.DataFrame:
    return data.select(trade, source_id=IMF, frequency="A", **where)


def _said_gaps(trade: pd.DataFrame) -> dict[str, prose.Number]:
    at = gaps(trade).set_index(["flow", "year"])
    told: dict[str, prose.Number] = {}
    for name, exporter in (("to_china", "RUS"), ("to_russia", "CHN")):
        rows = _imf(trade, period="2020", exporter=exporter)
        line = at.loc[(FLOWS[exporter], 2020)]
        told[f"{name}_gap"] = prose.dollars(1000 * line["billions"], rows, note="importer minus exporter")
        told[f"{name}_gap_relative"] = prose.percent(line["gap"], rows, note="gap over the exporter's figure")
        told[f"{name}_gap_without_freight"] = prose.percent(
            line["without_freight"], rows, note="after the importer's figure is divided by one plus the allowance"
        )
        for side in ("RUS", "CHN"):
            one = data.select(rows, reporter=side)
            told[f"{name}_by_{'russia' if side == 'RUS' else 'china'}"] = prose.dollars(
                float(one["value"].iloc[0]), one
            )
    rows = _imf(trade, period="2020")
    both = rows.groupby("reporter")["value"].sum()
    difference = both["CHN"] - both["RUS"]
    early, flow = _imf(trade, period="2004", exporter="CHN"), FLOWS["CHN"]
    since = at.reset_index().query("year >= 2013 and flow == @FLOWS['RUS']")
    old = _imf(trade, exporter="RUS").query("period >= '2013'")
    return told | {
        "difference_2020": prose.dollars(difference, rows, note="China's two flows minus Russia's"),
        "difference_2020_relative": prose.percent(100 * difference / both["RUS"], rows, note="over Russia's total"),
        "allowance": prose.share(measures.CIF_MARGIN, rows, 0, note="the IMF's factor between CIF and FOB"),
        "missing_2004": prose.percent(-at.at[(flow, 2004), "gap"], early, 0, note="exporter's figure not recorded"),
        "lowest_since_2013": prose.percent(since["gap"].min(), old, 0),
        "highest_since_2013": prose.percent(since["gap"].max(), old, 0),
    }


def _said_vintages(trade: pd.DataFrame, partners: pd.DataFrame) -> dict[str, prose.Number]:
    comtrade = data.select(partners, exporter="RUS", importer="CHN", period="2001")
    imf = _imf(trade, period="2001", exporter="RUS")
    russia, china = data.select(imf, reporter="RUS"), data.select(imf, reporter="CHN")
    year = float(china["value"].iloc[0])
    later = data.select(customs_years(trade), period="2019", exporter="RUS")
    months_2019 = data.select(trade, source_id=CUSTOMS, exporter="RUS")
    months_2019 = months_2019[months_2019["period"].str.startswith("2019")]
    imf_2019 = _imf(trade, period="2019", exporter="RUS")
    china_2019 = float(data.select(imf_2019, reporter="CHN")["value"].iloc[0])
    russia_2019 = data.select(imf_2019, reporter="RUS")
    sum_2019 = float(later["value"].iloc[0])
    return {
        "imf_2001": prose.dollars(float(russia["value"].iloc[0]), russia),
        "comtrade_2001": prose.dollars(float(comtrade["value"].iloc[0]), comtrade),
        "gap_2001_imf": prose.percent(100 * (year / float(russia["value"].iloc[0]) - 1), imf, 0),
        "gap_2001_comtrade": prose.percent(
            100 * (year / float(comtrade["value"].iloc[0]) - 1), prose.together(comtrade, china), 0
        ),
        "imf_2019": prose.dollars(float(russia_2019["value"].iloc[0]), russia_2019),
        "months_2019": prose.dollars(sum_2019, months_2019, note="sum of twelve months"),
        "gap_2019_imf": prose.percent(100 * (china_2019 / float(russia_2019["value"].iloc[0]) - 1), imf_2019),
        "gap_2019_months": prose.percent(100 * (china_2019 / sum_2019 - 1), prose.together(months_2019, imf_2019)),
    }


def _said_totals(trade: pd.DataFrame) -> dict[str, prose.Number]:
    said = data.select(trade, frequency="A", direction="two-way", reporter="RUS")
    told: dict[str, prose.Number] = {}
    for year in ("2020", "2023"):
        china, russia = turnover(year, "A"), data.select(said, period=year)
        official, own = float(russia["value"].max()), float(china["value"].iloc[0])
        told[f"china_{year}"] = prose.dollars(own, china, 2)
        told[f"official_{year}"] = prose.dollars(official, russia[russia["value"] == official], 0)
        told[f"below_{year}"] = prose.dollars(
            own - official, prose.together(china, russia), 0, note="China minus Russia"
        )
        told[f"below_{year}_relative"] = prose.percent(
            100 * (own - official) / own, prose.together(china, russia), note="over China's figure"
        )
    for year in ("2020", "2021"):
        rows = data.select(trade, source_id=CUSTOMS)
        rows = rows[rows["period"].str.startswith(year)]
        told[f"russia_{year}"] = prose.dollars(rows["value"].sum(), rows, note="sum of twelve months, both directions")
    low, china = data.select(said, period="2023").nsmallest(1, "value"), turnover("2021", "A")
    own = float(china["value"].iloc[0])
    return told | {
        "official_2023_low": prose.dollars(float(low["value"].iloc[0]), low, 0),
        "china_2021": prose.dollars(own, china),
        "below_2021_relative": prose.percent(
            100 * (own - rows["value"].sum()) / own, prose.together(china, rows), note="over China's figure"
        ),
    }


def _said_months(trade: pd.DataFrame) -> dict[str, prose.Number]:
    rows = months(trade)
    february = data.select(rows, period="2020-02", exporter="CHN")
    china, russia = data.select(february, reporter="CHN"), data.select(february, reporter="RUS")
    changed = revisions(trade)
    oil, goods = data.select(changed, exporter="RUS"), data.select(changed, exporter="CHN")
    return {
        "february_china": prose.dollars(float(china["value"].iloc[0]), china),
        "february_russia": prose.dollars(float(russia["value"].iloc[0]), russia),
        "months_above": prose.count(_above(rows), data.select(rows, exporter="RUS"), "months"),
        "months_compared": prose.count(len(data.select(rows, exporter="RUS", reporter="RUS")), rows, "months"),
        "raised": prose.count(int((oil["change"] > 0).sum()), oil, "months"),
        "revised": prose.count(len(oil), oil, "months"),
        "raised_by": prose.percent(oil["change"].median(), oil, note="median of the months"),
        "goods_by": prose.percent(goods["change"].median(), goods, note="median of the months"),
    }


def _said_estimates(trade: pd.DataFrame, partners: pd.DataFrame, central_asia: pd.DataFrame) -> dict[str, prose.Number]:
    uganda = data.select(partners, exporter="UGA", importer="RUS").set_index("period", drop=False)
    imports = data.select(partners, importer="RUS", period="2024")
    ranks = measures.rank(imports[imports["exporter"] != "WLD"].set_index("exporter")["value"])
    uzbek = data.select(partners, exporter="RUS", importer="UZB", period="2023")
    told = data.select(central_asia, exporter="RUS", importer="UZB", counter="UZB", period="2023")
    ratios = estimates_and_china(partners, trade).set_index(["flow", "year"])["ratio"]
    pair = pd.concat(
        [data.select(partners, exporter="RUS", importer="CHN"), data.select(partners, exporter="CHN", importer="RUS")]
    )
    pair = _of("partner-trade-russia", pair[pair["period"] >= "2021"])
    said = {
        f"uganda_{year}": prose.dollars(float(uganda.at[year, "value"]), uganda.loc[[year]], digits)
        for year, digits in (("2021", 2), ("2022", 1), ("2023", 1), ("2024", 1))
    }
    note = "the IMF's estimate for Russia over China's customs; 2021 Russia's own figure"
    for name, exporter in (("to_china", "RUS"), ("to_russia", "CHN")):
        for year in ("2021", "2024"):
            said[f"ratio_{name}_{year}"] = prose.plain(ratios[FLOWS[exporter], year], pair, "ratio", 2, note=note)
    drift = max(abs(ratios[flow, year] / ratios[flow, "2021"] - 1) for flow, year in ratios.index)
    return said | {
        "ratio_drift": prose.share(drift, pair, note="largest departure of the ratio from that of 2021, 2022 to 2024"),
        "uganda_rank": prose.count(int(ranks["UGA"]), imports, "rank"),
        "uganda_share": prose.share(
            float(uganda.at["2024", "value"]) / float(data.select(imports, exporter="WLD")["value"].iloc[0]), imports, 0
        ),
        "uzbekistan_estimate": prose.dollars(float(uzbek["value"].iloc[0]), uzbek),
        "uzbekistan_count": prose.dollars(float(told["value"].iloc[0]), told),
    }


def _said_shares(trade: pd.DataFrame) -> dict[str, prose.Number]:
    """What the article's two shares would be, had Russia's count lain as far from China's as in 2021."""
    world = data.load("trade-totals")
    sums = data.select(customs_years(trade), period="2021").set_index("exporter")["value"]
    months_2021 = data.select(trade, source_id=CUSTOMS)
    months_2021 = months_2021[months_2021["period"].str.startswith("2021")]
    told: dict[str, prose.Number] = {}
    for name, exporter, own in (("exports", "RUS", "exporter"), ("imports", "CHN", "importer")):
        flow = bilateral(
            period="2024-09", frequency="YTD", currency="USD", direction="one-way", exporter=exporter, reporter="CHN"
        )
        total = data.best(data.select(world, period="2024-09", frequency="YTD", currency="USD", direction="one-way"))
        total = data.select(total, reporter="RUS", **{own: "RUS"})
        total = total[(total["importer"] == "WLD") | (total["exporter"] == "WLD")]
        base = bilateral(period="2021", frequency="A", currency="USD", direction="one-way", exporter=exporter)
        base = data.select(base, reporter="CHN")
        factor = float(base["value"].iloc[0]) / sums[exporter]
        share = float(flow["value"].iloc[0]) / float(total["value"].iloc[0])
        rows = prose.together(flow, total)
        wide = prose.together(flow, total, base, months_2021)
        told[f"share_{name}"] = prose.share(share, rows, note="China's figure over Russia's total")
        told[f"share_{name}_scaled"] = prose.share(share / factor, wide, note="numerator scaled by the gap of 2021")
    return told
