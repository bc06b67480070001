"""Frames, pictures and worked examples of the chapter on data and methods."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnership import charts, claims, codebook, data, measures, prose, show
from partnership.trade import bilateral, totals, turnover

SINCE, END = 1992, 2028
"""Years that the pictures of coverage show; the end leaves room for the last label."""


# -- what is held ---------------------------------------------------------------------------------

LEVELS = ["less", "half or more"]
"""How full a year is against the fullest year of its series."""


def largest_sources(*names: str) -> list[pd.DataFrame]:
    """Rows of some tables that come from the largest source of each tier, to name in the place of all sources."""
    loaded = [rows for rows in map(data.load, names) if "source_id" in rows]
    every = pd.concat([rows[["source_id", "tier"]] for rows in loaded])
    first = every.groupby("tier")["source_id"].agg(lambda ids: ids.value_counts().index[0])
    return [data.select(rows, source_id=list(first)) for rows in loaded]


def coverage_runs(heading: str) -> pd.DataFrame:
    """Stretches of years in which a series is about equally full.

    Returns
    -------
    pandas.DataFrame
        ``line`` (table and series), ``first`` and ``last`` year, ``full`` (one of ``LEVELS``), ``values`` (how many); since
        1992.
    """
    frame = codebook.coverage_of(heading)
    frame = frame[frame["year"] >= SINCE]
    frame = frame.assign(full=[LEVELS[int(share >= 0.5)] for share in frame["share"]])
    return _runs(frame, ["line", "full"], "year").rename(columns={"year": "last"})


def _runs(frame: pd.DataFrame, same: list[str], step: str) -> pd.DataFrame:
    """Neighbouring rows of a line that agree in ``same``, joined: ``first``, the last ``step`` and the sum of values."""
    begins = (frame[same] != frame[same].shift()).any(axis=1) | (frame[step] != frame[step].shift() + 1)
    groups = frame.groupby(begins.cumsum())
    joined = groups[same].first().assign(first=groups[step].min())
    return joined.assign(**{step: groups[step].max(), "values": groups["values"].sum()}).reset_index(drop=True)


def draw_coverage(heading: str) -> alt.Chart:
    """One row a series, one bar a stretch of :func:`coverage_runs`; the darker, the fuller."""
    frame = coverage_runs(heading).assign(_end=lambda rows: rows["last"] + 1)
    return (
        alt.Chart(frame)
        .mark_bar(color=charts.GREEN, opacity=1, height={"band": 0.85})
        .encode(
            x=alt.X(
                "first",
                type="quantitative",
                title=None,
                scale=alt.Scale(domain=[SINCE, max(END, int(frame["_end"].max()))], nice=False),
                axis=alt.Axis(
                    format="d", values=list(range(1995, 2031, 5)), grid=True, labelOverlap=True, labelSeparation=8
                ),
            ),
            x2="_end",
            y=alt.Y(
                "line",
                type="nominal",
                title=None,
                sort=list(dict.fromkeys(frame["line"])),
                axis=alt.Axis(labelLimit=260, titleY=0),
            ),
            fillOpacity=_opacity("full", LEVELS),
            tooltip=["line", "first", "last", "values"],
        )
    )


def _opacity(column: str, steps: list[str]) -> alt.FillOpacity:
    """The first of two steps pale, the second dark."""
    scale = alt.Scale(domain=steps, range=[0.4, 1.0])
    return alt.FillOpacity(column, type="ordinal", scale=scale, legend=None)


def height(heading: str) -> int:
    """Height of the picture of coverage: eighteen pixels a series."""
    return 18 * coverage_runs(heading)["line"].nunique()


def describe_coverage(heading: str) -> str:
    """Text alternative of the picture of coverage."""
    frame = codebook.coverage_of(heading)
    parts = []
    for line, rows in frame[frame["year"] >= SINCE].groupby("line", sort=False):
        years = sorted(rows["year"])
        holes = (years[-1] - years[0] + 1) - len(years)
        words = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
        parts.append(f"{line} {words}" + (f", {holes} years without" if holes else ""))
    return f"One row a series, one cell a year since {SINCE}. " + "; ".join(parts) + "."


def months_held(trade: pd.DataFrame) -> pd.DataFrame:
    """How many of the three dollar figures of China (total, exports, imports) the table holds for each month.

    Returns
    -------
    pandas.DataFrame
        ``year`` (text), ``month`` (1 to 12), ``kind`` (single months or year to date), ``figures`` (1 to 3); since 2019.
    """
    rows = data.select(trade, reporter="CHN", currency="USD", frequency=["M", "YTD"]).dropna(subset=["value"])
    rows = rows[rows["period"] >= "2019"].drop_duplicates(["period", "frequency", "direction", "exporter"])
    counted = rows.groupby(["frequency", "period"]).size().rename("figures").reset_index()
    return counted.assign(
        year=counted["period"].str[:4],
        month=counted["period"].str[5:].astype(int),
        kind=counted["frequency"].map({"M": "Single months", "YTD": "Since January"}),
    )


FIGURES = ["one or two", "all three"]


def draw_months(frame: pd.DataFrame) -> alt.ConcatChart:
    """Two panels of :func:`months_held`, a row a year, a bar a stretch of months."""
    years = [str(year) for year in range(int(frame["year"].min()), int(frame["year"].max()) + 1)]
    names = "['Jan', 'Apr', 'Jul', 'Oct'][floor(datum.value / 3)]"
    quarters = alt.Axis(labelExpr=names, values=[1, 4, 7, 10])
    parts = {}
    for kind in ("Single months", "Since January"):
        rows = data.select(frame, kind=kind).rename(columns={"figures": "values"})
        rows = rows.assign(held=[FIGURES[int(figures == 3)] for figures in rows["values"]])
        bars = _runs(rows, ["year", "held"], "month").assign(_x=lambda run: run["first"] - 0.5)
        bars = bars.assign(_x2=bars["month"] + 0.5).rename(columns={"month": "last"})
        parts[kind] = (
            alt.Chart(bars)
            .mark_bar(color=charts.GREEN, opacity=1, height={"band": 0.9})
            .encode(
                x=alt.X("_x", type="quantitative", title=None, scale=alt.Scale(domain=[0.5, 12.5]), axis=quarters),
                x2="_x2",
                y=alt.Y("year", type="nominal", title=None, scale=alt.Scale(domain=years), axis=alt.Axis(titleY=0)),
                fillOpacity=_opacity("held", FIGURES),
                tooltip=["year", "held", "first", "last"],
            )
        )
    return charts.panels(parts, height=150)


def describe_months(frame: pd.DataFrame) -> str:
    """Text alternative of the months held."""
    parts = [
        f"{kind}: {len(rows)} months with at least one figure, {int((rows['figures'] == 3).sum())} with all three"
        for kind, rows in frame.groupby("kind", sort=False)
    ]
    return (
        f"Two grids, a row a year from {frame['year'].min()} to {frame['year'].max()}, a column a month. "
        + "; ".join(parts)
        + "."
    )


# -- the rule of verdicts -------------------------------------------------------------------------

EXAMPLES = {
    "confirmed": (
        "trade-202-10m",
        None,
        "the found value, rounded as the stated one is, is one of which the words are true",
    ),
    "about right": ("share-exports-30", None, "it lies within {tolerance} of those values"),
    "right for another thing": ("trade-202-full-2024", None, "the figure is confirmed of another period or kind"),
    "not yet known": (
        "trade-2024-range",
        claims.WRITTEN,
        "the tables known on the day do not tell, and it is a forecast",
    ),
    "not in our tables": (
        "share-exports-30",
        claims.EARLIEST,
        "the tables known on the day do not tell, and it is none",
    ),
}
"""In the order in which :func:`partnership.claims.judge` tries them: claim, day (None: today), condition in words."""


def verdicts() -> show.Table:
    """Every verdict with its condition and one claim that gets it, recomputed now."""
    ledger = claims.ledger().set_index("id")
    rows = []
    for verdict, (claim, day, condition) in EXAMPLES.items():
        stated, finding = ledger.loc[claim], claims.recompute(claim, day)
        given = claims.judge(claims.Stated.of(stated), finding)
        if given != verdict:
            raise ValueError(f"{claim} is {given}, no longer an example of {verdict}")
        rows.append(
            {
                "Verdict": verdict,
                "Given when": condition.format(tolerance=f"{prose.fixed(claims.TOLERANCE, 0)} %"),
                "For example": stated["claim"],
                "Found": "nothing in the tables known on the day"
                if finding.value is None
                else f"{prose.fixed(finding.value, 2)}: {finding.rule}",
            }
        )
    return show.table(pd.DataFrame(rows), "The rule of verdicts, tried in this order, on claims of the article")


# -- worked examples ------------------------------------------------------------------------------


def numbers() -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    return (
        _of_the_data()
        | _of_time()
        | _of_two_reporters()
        | _of_dependence()
        | _of_prices()
        | _of_baskets()
        | _of_vintages()
    )


def _of_the_data() -> dict[str, prose.Number]:
    register = data.load("sources").rename(columns={"id": "source_id"})
    counted = codebook.tier_rows()
    everything = int(counted.sum().sum())
    return {
        "tables": prose.count(len(data.tables()), register, "tables"),
        "rows": prose.count(everything, register, "rows", note="rows that have a source, all tables"),
        "sources": prose.count(len(register), register, "sources"),
        "press": prose.count(int((register["tier"] == "C").sum()), register, "sources"),
        "upper_rows": prose.share(counted[["A", "B"]].sum().sum() / everything, register, 0),
    }


def _one(rows: pd.DataFrame) -> float:
    """The value of the only row."""
    return float(rows["value"].squeeze())


def _of_time() -> dict[str, prose.Number]:
    now, before = turnover("2025", "A"), turnover("2024", "A")
    growth = measures.growth(pd.Series([_one(before), _one(now)])).iloc[1]
    where = {"frequency": "YTD", "direction": "one-way", "exporter": "RUS", "reporter": "CHN", "currency": "USD"}
    steps = bilateral(**where, period=["2023-09", "2023-10"])
    step = measures.months_from_year_to_date(steps.set_index("period")["value"]).iloc[-1]
    month = bilateral(**where | {"frequency": "M"}, period="2023-10")
    customs = data.select(data.load("bilateral-trade"), source_id="fcs-monthly-partners-2021", exporter="RUS")
    customs = customs[customs["period"].str.startswith("2021")].sort_values("period")
    year = measures.year_to_date(customs.set_index("period")["value"]).iloc[-1]
    printed = data.select(
        data.load("bilateral-trade"), period="2025", frequency="A", direction="two-way", currency="USD"
    )
    printed = printed.dropna(subset=["growth_reported"])
    named = data.select(data.load("trade-forecasts"), period="2030", currency="USD").dropna(subset=["value_low"])
    aim = float(named["value_low"].min())
    needed = measures.growth_needed(_one(now), aim, 5)
    return {
        "total_2024": prose.dollars(_one(before), before, 2),
        "total_2025": prose.dollars(_one(now), now, 2),
        "growth_2025": prose.percent(growth, prose.together(before, now), note="recomputed from levels"),
        "printed_2025": prose.percent(float(printed["growth_reported"].iloc[0]), printed, note="as printed"),
        "aim_2030": prose.dollars(aim, named, 0),
        "needed_2030": prose.percent(needed, prose.together(now, named), note="a year, 2025 to 2030"),
        "to_september": prose.dollars(float(steps["value"].min()), data.select(steps, period="2023-09"), 2),
        "to_october": prose.dollars(float(steps["value"].max()), data.select(steps, period="2023-10"), 2),
        "october": prose.dollars(step, steps, 2, note="difference of two cumulative figures"),
        "october_printed": prose.dollars(_one(month), month, 2),
        "customs_2021": prose.dollars(year, customs, note="sum of twelve months"),
    }


def _of_two_reporters() -> dict[str, prose.Number]:
    rows = data.select(data.load("bilateral-trade"), source_id="imf-dots-2023", period="2020", exporter="RUS")
    gap = measures.mirror_gap(rows, "RUS", "CHN").iloc[0]
    return {
        "told_by_exporter": prose.dollars(gap["exporter_reported"], data.select(rows, reporter="RUS"), 2),
        "told_by_importer": prose.dollars(gap["importer_reported"], data.select(rows, reporter="CHN"), 2),
        "gap": prose.dollars(gap["gap"], rows, 2),
        "gap_relative": prose.share(gap["gap_relative"], rows),
        "gap_after_freight": prose.dollars(gap["gap_after_cif"], rows, 2),
        "margin": prose.share(measures.CIF_MARGIN, rows, 0, note="the IMF's factor between CIF and FOB"),
    }


def _of_dependence() -> dict[str, prose.Number]:
    where = {"period": "2024-09", "frequency": "YTD", "currency": "USD", "direction": "one-way"}
    flow = bilateral(**where, exporter="RUS", reporter="CHN")
    world = totals(**where, exporter="RUS", importer="WLD", reporter="RUS")
    partners = data.select(data.load("partner-trade-russia"), period="2020", exporter="RUS")
    shares = measures.shares(partners, "RUS", "exports")
    named = shares[~shares["partner"].isin(["RUS", "XUN"])]
    rank = measures.rank(named.set_index("partner")["value"])
    printed = data.select(
        data.load("concentration-published"), period="2020", country="RUS", flow="exports", indicator="hh-index"
    )
    matrix = data.select(data.load("world-trade-matrix"), period="2015")
    china, russia = _size(matrix, "CHN"), _size(matrix, "RUS")
    both = matrix[(matrix["exporter"] + matrix["importer"]).isin(["CHNRUS", "RUSCHN"])]
    one, other = both["value"].sum() / russia.sum(), both["value"].sum() / china.sum()
    exports = matrix[matrix["exporter"] == "RUS"]["value"].sum()
    imports = matrix[matrix["importer"] == "CHN"]["value"].sum()
    world_trade = matrix["value"].sum() - matrix[matrix["importer"] == "RUS"]["value"].sum()
    intensity = measures.trade_intensity(_one(data.select(both, exporter="RUS")), exports, imports, world_trade)
    return {
        "flow_9m": prose.dollars(_one(flow), flow, 2),
        "world_9m": prose.dollars(_one(world), world, 2),
        "share_9m": prose.share(float(measures.partner_share(_one(flow), _one(world))), prose.together(flow, world)),
        "share_2020": prose.share(named.set_index("partner")["share"]["CHN"], partners),
        "rank_2020": prose.count(int(rank["CHN"]), partners, "rank"),
        "hhi_2020": prose.plain(measures.hhi(named["value"]), partners, "index", 3),
        "hhi_normalised": prose.plain(measures.hhi(named["value"], normalised=True), partners, "index", 3),
        "hhi_printed": prose.plain(_one(printed), printed, "index", 2),
        "china_in_russia": prose.share(one, matrix),
        "russia_in_china": prose.share(other, matrix),
        "asymmetry": prose.times(measures.asymmetry(one, other), matrix),
        "intensity": prose.plain(intensity, matrix, "index", 2),
    }


def _size(matrix: pd.DataFrame, code: str) -> pd.Series:
    """All flows of one country."""
    return matrix[(matrix["exporter"] == code) | (matrix["importer"] == code)]["value"]


def _of_prices() -> dict[str, prose.Number]:
    crude = data.select(data.load("energy-trade"), frequency="A", period="2024", commodity="crude oil", importer="CHN")
    crude = crude[crude["unit"].isin(["USD million", "million tonnes"])].dropna(subset=["value"])
    at = crude.set_index(["exporter", "measure"])["value"]
    russia = measures.unit_value(at["RUS", "value"], at["RUS", "volume"])
    all_of_it = measures.unit_value(at["WLD", "value"], at["WLD", "volume"])
    own = data.select(crude, exporter="RUS")
    return {
        "crude_value": prose.dollars(at["RUS", "value"], data.select(own, measure="value"), 2),
        "crude_tonnes": prose.plain(
            at["RUS", "volume"], data.select(own, measure="volume"), "million tonnes", 2, "million tonnes"
        ),
        "crude_unit": prose.words(russia, own, f"${prose.fixed(russia, 1)}", "USD per tonne"),
        "crude_unit_all": prose.words(
            all_of_it, data.select(crude, exporter="WLD"), f"${prose.fixed(all_of_it, 1)}", "USD per tonne"
        ),
        "crude_discount": prose.share(float(measures.discount(russia, all_of_it)), crude),
    }


def _of_baskets() -> dict[str, prose.Number]:
    chapters = data.select(data.load("product-trade"), period="2020")
    chapters = chapters[chapters["hs_chapter"] != "TOTAL"]
    baskets = chapters.pivot(index="hs_chapter", columns="exporter", values="value").fillna(0)
    ores = data.select(data.load("minerals-metals-trade"), period="2022", exporter=["RUS", "WLD"])
    at = ores.set_index("exporter")["value"]
    flow = bilateral(period="2022", frequency="A", direction="one-way", exporter="RUS", reporter="CHN", currency="USD")
    world = totals(period="2022", frequency="A", exporter="WLD", importer="CHN", reporter="CHN", currency="USD")
    world = data.select(world, direction="one-way")
    advantage = measures.revealed_comparative_advantage(at["RUS"], _one(flow), at["WLD"], _one(world))
    votes = data.select(data.load("un-votes"), period="2023", country=["CHN", "RUS"])
    point = votes.set_index("country")["ideal_point"]
    distance = measures.vote_distance(pd.Series([point["CHN"]]), pd.Series([point["RUS"]])).iloc[0]
    return {
        "similarity": prose.plain(measures.export_similarity(baskets["CHN"], baskets["RUS"]), chapters, "index", 2),
        "ores_russia": prose.share(at["RUS"] / _one(flow), prose.together(ores, flow)),
        "ores_world": prose.share(at["WLD"] / _one(world), prose.together(ores, world)),
        "advantage": prose.plain(advantage, prose.together(ores, flow, world), "index", 2),
        "point_china": prose.plain(point["CHN"], data.select(votes, country="CHN"), "ideal point", 2),
        "point_russia": prose.plain(point["RUS"], data.select(votes, country="RUS"), "ideal point", 2),
        "distance": prose.plain(distance, votes, "distance", 2),
    }


def latest_of_2024(day: str) -> pd.DataFrame:
    """The row of the longest part of 2024 whose trade was public on a day."""
    parts = [turnover(f"2024-{month:02d}", "YTD", day) for month in (10, 11, 12)] + [turnover("2024", "A", day)]
    return next(rows for rows in reversed(parts) if len(rows))


def _of_vintages() -> dict[str, prose.Number]:
    now, then = data.load("bilateral-trade"), data.load("bilateral-trade", as_of=claims.WRITTEN)
    known = latest_of_2024(claims.WRITTEN)
    year = turnover("2024", "A")
    first = data.select(data.load("trade-totals"), period="2022", frequency="A", exporter="RUS", importer="WLD")
    first = first[first["source_id"].isin(["fcs-publication-2022", "fcs-by-country-group-2023-12"])]
    first = first.sort_values("published")
    return {
        "rows_now": prose.count(len(now), now, "rows"),
        "rows_then": prose.count(len(then), then, "rows"),
        "known_then": prose.dollars(_one(known), known, 2),
        "known_now": prose.dollars(_one(year), year, 2),
        "first_2022": prose.dollars(float(first["value"].iloc[0]), first.head(1), 2),
        "revised_2022": prose.dollars(float(first["value"].iloc[-1]), first.tail(1), 2),
    }
