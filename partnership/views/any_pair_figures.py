"""How dependence of any two economies is drawn and told: charts, titles and text alternatives that follow the pair."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from partnership import charts, data, show
from partnership.views.any_pair import (
    FLOWS,
    INPUTS,
    MATRIX,
    MIRROR,
    NINE_MONTHS,
    OWN,
    SECTORS,
    VINTAGES,
    Pair,
    economies,
    pairs_of,
    touching,
)

# -- how they are drawn ---------------------------------------------------------------------------


def profile(two: Pair) -> show.Table:
    """The pair in numbers, one column a matrix: shares with ranks, asymmetry, intensity, place among all pairs."""
    a, b = two.names
    columns: dict[str, list[str]] = {"Measure": []}
    heads = [
        f"{b} in {a}’s exports",
        f"{b} in {a}’s imports",
        f"{a} in {b}’s exports",
        f"{a} in {b}’s imports",
        f"Trade of {a} over trade of {b}",
        "More lopsided than … of all pairs",
        "Intensity (1 = as size lets expect)",
        "More intense than … of all pairs",
    ]
    columns["Measure"] = heads
    for row in two.position.itertuples():
        year = two.standing[
            (two.standing["year"] == int(row.world[:4])) & two.standing["basis"].isin([MATRIX, INPUTS])
        ].set_index(["country", "flow"])
        cells = [year.loc[(country, flow)] for country in (two.a, two.b) for flow in FLOWS]
        shares = [f"{100 * cell['share']:.1f} %, {_place(cell['rank'])}" for cell in cells]
        others = [
            f"{row.ratio:.1f}",
            f"{100 * row.less_lopsided:.0f} %",
            f"{row.intensity:.2f}",
            f"{100 * row.less_intense:.0f} %",
        ]
        columns[row.world] = shares + others
    return show.table(pd.DataFrame(columns), f"{a} and {b} in numbers: share of trade and rank among partners")


def _place(rank: float) -> str:
    return "no trade" if rank != rank else f"no. {rank:.0f}"


def field() -> pd.DataFrame:
    """All pairs of 80 economies in 2015, gathered in cells of half an octave.

    Returns
    -------
    pandas.DataFrame
        ``intensity`` and ``asymmetry`` (middle of the cell; what lies beyond the frame stands at its edge), ``pairs``.
    """
    pairs = pairs_of("2015")
    pairs = pairs[pairs["first"].isin(economies()) & pairs["second"].isin(economies())]
    steps = [
        np.floor(2 * np.log2(pairs[name].clip(low, high))) for name, (low, high) in FRAME.items()
    ]  # halves of an octave
    cells = pairs.groupby(steps).size().rename("pairs").reset_index()
    middle = {name: (2 ** ((cells[name] + 0.5) / 2)).round(6) for name in FRAME}
    return cells.assign(**middle)


FRAME = {"intensity": (1 / 63.9, 31.9), "asymmetry": (1, 255)}


def among_all(two: Pair) -> alt.LayerChart:
    """The pair's way through the cloud of all pairs: intensity across, asymmetry up, both on scales that double."""
    x = alt.X(
        "intensity:Q",
        title="actual over expected trade (1: as size lets expect)",
        scale=alt.Scale(type="log", base=2, domain=[1 / 64, 32]),
        axis=alt.Axis(
            values=[1 / 32, 1 / 8, 1 / 2, 1, 2, 8, 32],
            labelExpr="datum.value < 1 ? '1/' + 1 / datum.value : datum.label",
            grid=False,
        ),
    )
    y = alt.Y(
        "asymmetry:Q",
        title="total trade of the larger over that of the smaller",
        scale=alt.Scale(type="log", base=2, domain=[1, 256]),
        axis=alt.Axis(values=[1, 2, 4, 8, 16, 32, 64, 128, 256], format="~r"),
    )
    size = alt.Size("pairs:Q", scale=alt.Scale(range=[4, 330]), legend=None)
    cloud = (
        alt.Chart(field())
        .mark_point(color=charts.SKY, opacity=0.4, shape="circle")
        .encode(x=x, y=y, size=size, tooltip=[alt.Tooltip("pairs:Q", title="pairs near here")])
    )
    even = alt.Chart(pd.DataFrame({"intensity": [1]})).mark_rule(color=charts.MUTED, strokeDash=[4, 3]).encode(x=x)
    return alt.layer(cloud, even, _way(two, x, y))


def _way(two: Pair, x: alt.X, y: alt.Y) -> alt.LayerChart:
    """Points of the pair by year, those of one matrix joined."""
    shown = two.position[["world", "intensity", "asymmetry"]].copy()
    for name, (low, high) in FRAME.items():
        shown[name] = shown[name].clip(low, high).round(4)
    joined, inputs = shown[shown["world"] != INPUTS], shown[shown["world"] == INPUTS]
    tips = ["world:N", *(alt.Tooltip(f"{name}:Q", format=".2f") for name in FRAME)]
    layers = [alt.Chart(joined).mark_line(color=charts.INK, strokeWidth=2).encode(x=x, y=y, order="world:N")]
    for rows, shape, align, dx in ((joined, "circle", "right", -10), (inputs, "diamond", "left", 10)):
        base = alt.Chart(rows).encode(x=x, y=y)
        layers.append(base.mark_point(color=charts.INK, shape=shape, size=110, opacity=1).encode(tooltip=tips))
        below = 0
        if shape == "diamond" and rows["intensity"].gt(4).any():  # no room on the right
            align, dx, below = "right", -10, 14
        layers.append(base.mark_text(align=align, dx=dx, dy=below, fontWeight="bold").encode(text="world:N"))
    return alt.layer(*layers)


def colours(two: Pair) -> dict[str, str]:
    """The colour of each of the two, by name; China and Russia have theirs in the whole book."""
    known = {"CHN": charts.CHINA, "RUS": charts.RUSSIA}
    spare = [charts.GREEN, charts.PURPLE]
    return {name: known.get(code) or spare.pop(0) for code, name in zip((two.a, two.b), two.names, strict=True)}


def size_rows(two: Pair) -> list[pd.DataFrame]:
    """The rows under :func:`size_and_weight`, for the source line."""
    gdp, *rows = two.rows("gdp", "world-trade-matrix", "world-intermediates-matrix")
    rows.append(data.select(gdp, source_id=list(VINTAGES)))
    if "RUS" in (two.a, two.b):
        partners = two.rows("partner-trade-russia")[0]
        rows.append(data.select(partners, exporter=[two.a, two.b], importer=[two.a, two.b]))
    if {two.a, two.b} == {"CHN", "RUS"}:
        totals = data.select(
            data.load("trade-totals"), direction="one-way", currency="USD", rank=1, frequency=["A", "YTD"]
        )
        world = totals[(totals["exporter"] == "WLD") | (totals["importer"] == "WLD")]
        rows.append(world[(world["frequency"] == "A") | (world["period"] == "2024-09")])
        flows = data.select(
            data.load("bilateral-trade"), frequency="A", direction="one-way", currency="USD", reporter="CHN", rank=1
        )
        rows.append(data.select(flows, period=["2022", "2023", "2024"]))
    return [part for part in rows if len(part)]


def concentration_rows(two: Pair, floors: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """The rows under :func:`concentration`, for the source line; those under the floors only for China and Russia."""
    rows = two.rows("world-trade-matrix")
    for code, name in (("RUS", "partner-trade-russia"), ("CHN", "partner-trade-china")):
        if code in (two.a, two.b):
            rows += [touching(part, code, code) for part in two.rows(name)]
    if "CHN" in (two.a, two.b):
        rows.append(data.select(data.load("partner-trade-china-mirror"), exporter="CHN"))
    return rows + (floors if {two.a, two.b} == {"CHN", "RUS"} else [])


def size_and_weight(two: Pair) -> alt.ConcatChart:
    """Left how many times the first is the second, in output and in trade; right what their trade weighs for each."""
    a, b = two.names
    parts = {f"{a} over {b}, times": _ratio_lines(two.ratios)}
    if len(two.weight):
        parts["Their trade, % of own output"] = _weight_lines(two)
    return _apart(charts.panels(parts, columns=len(parts)))


def _apart(panels: alt.ConcatChart) -> alt.ConcatChart:
    """Each panel with its own colours, and years that stand under their marks."""
    return panels.resolve_scale(color="independent").configure_axisX(labelFlush=False)


RATIO_COLOURS = {"output": charts.GREEN, "trade": charts.OCHRE}


def _ratio_lines(frame: pd.DataFrame) -> alt.LayerChart:
    """One line for output in one vintage, one for trade by own customs; every other basis as marks of its own."""
    shown = frame.sort_values(["what", "year"])[["year", "ratio", "what", "basis"]].round(4)
    lined = shown["basis"].isin([VINTAGES["worldbank-wdi-gdp-to-2023"], OWN])
    lines, marks = shown[lined], shown[~lined]
    base = alt.Chart(lines.reset_index(drop=True)).encode(
        x=alt.X(
            "year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1), scale=alt.Scale(zero=False, nice=False)
        ),
        y=alt.Y("ratio:Q", title=None),
        color=_hue("what", RATIO_COLOURS),
        tooltip=["year", alt.Tooltip("ratio", format=".2f"), "what", "basis"],
    )
    layers = [base.mark_line(), base.mark_point(opacity=0, size=140)] if len(lines) else []
    layers.append(_marks(marks, "ratio", "what", RATIO_COLOURS, "basis"))
    named = lines if lines["what"].nunique() == 2 else shown[shown["basis"] != INPUTS]
    return alt.layer(*layers, *_named(named, "ratio", "what", RATIO_COLOURS))


SHAPES = {MATRIX: "circle", INPUTS: "diamond", NINE_MONTHS: "triangle-up"}


def _marks(frame: pd.DataFrame, y: str, series: str, hues: Mapping[str, str], shape: str) -> alt.Chart:
    """Marks by year, the colour by series, the shape by basis (or one shape for all)."""
    chart = alt.Chart(frame.reset_index(drop=True))
    encoding = {
        "x": alt.X("year", type="quantitative", title=None),
        "y": alt.Y(y, type="quantitative", title=None),
        "color": _hue(series, hues),
        "tooltip": [alt.Tooltip(column) for column in frame.columns],
    }
    if shape in frame:
        found = sorted(set(frame[shape]))
        scale = alt.Scale(domain=found, range=[SHAPES.get(basis, "cross") for basis in found])
        return chart.mark_point(size=60, opacity=1).encode(
            shape=alt.Shape(f"{shape}:N", scale=scale, legend=None), **encoding
        )
    return chart.mark_point(size=60, opacity=1, shape=shape).encode(**encoding)


def _hue(series: str, hues: Mapping[str, str]) -> alt.Color:
    return alt.Color(f"{series}:N", scale=alt.Scale(domain=list(hues), range=list(hues.values())), legend=None)


def _named(frame: pd.DataFrame, y: str, series: str, hues: Mapping[str, str]) -> list[alt.LayerChart]:
    """The names of two series where they are farthest apart, above the upper and below the lower one."""
    wide = frame.pivot_table(index="year", columns=series, values=y).reindex(columns=list(hues))
    gap = wide.diff(axis=1).iloc[:, -1].abs()
    if gap.isna().all():
        last = frame.sort_values("year").groupby(series, as_index=False).tail(1)
    else:
        last = (
            wide.loc[[gap.idxmax()]].rename_axis(columns=None).reset_index().melt("year", var_name=series, value_name=y)
        )
    rows = [(row, hues[row[series]], row[y] == last[y].max()) for row in last.to_dict("records")]
    return [
        charts.notes(
            pd.DataFrame([row])[["year", y, series]],
            "year",
            y,
            series,
            colour=hue,
            size=0,
            dx=6,
            dy=-12 if upper else 14,
        )
        for row, hue, upper in rows
    ]


def _weight_lines(two: Pair) -> alt.LayerChart:
    """One line a country and record; the world matrix only where there is no yearly record."""
    frame = two.weight.assign(
        name=two.weight["country"].map(dict(zip((two.a, two.b), two.names, strict=True))),
        percent=100 * two.weight["share"],
    )[["year", "percent", "name", "basis"]]
    yearly = frame[frame["basis"] != MATRIX]
    shown = yearly if len(yearly) else frame
    last = shown.loc[shown["year"].idxmax(), "basis"]
    return alt.layer(
        *(
            charts.lines(
                rows, "year", "percent", "name", colours=colours(two), labels=basis == last, dots=basis == MATRIX
            )
            for basis, rows in shown.groupby("basis", sort=False)
        )
    )


def concentration(two: Pair, floors: pd.DataFrame) -> alt.ConcatChart:
    """Concentration of the trade of each over partners, one panel a country, both on one scale.

    ``floors`` (``country``, ``partner``, ``year``, ``flow``, ``floor``) are values that the index cannot be below where
    only one partner's share is known: the square of that share. Those of another pair are not drawn.
    """
    frame = two.standing[two.standing["basis"] != INPUTS]
    known = floors[floors["country"].isin([two.a, two.b]) & floors["partner"].isin([two.a, two.b])]
    top = (0.0, float(max(frame["hhi"].max(), frame["hhi_named"].max(), *known["floor"], 0)))
    panels = {}
    for code, name in zip((two.a, two.b), two.names, strict=True):
        lines = _concentration_lines(frame[frame["country"] == code], top)
        panels[name] = alt.layer(lines, *_floors(known[known["country"] == code]))
    return _apart(charts.panels(panels))


FLOW_COLOURS = {"exports": charts.GREEN, "imports": charts.OCHRE}


def _concentration_lines(frame: pd.DataFrame, domain: tuple[float, float]) -> alt.LayerChart:
    """Lines of one country that break where the source changes; strokes span what unnamed partners leave open."""
    shown = frame.rename(columns={"hhi_named": "index"}).sort_values(["flow", "year"])
    shown = runs(shown).round({"index": 5, "hhi": 5, "hhi_low": 5})[
        ["year", "index", "flow", "basis", "_run", "hhi", "hhi_low", "unnamed"]
    ]
    matrix = shown["basis"] == MATRIX
    early = shown[matrix & (shown["year"] < 2015)]
    lined = shown if matrix.all() else shown[~matrix]
    base = alt.Chart(lined.drop(columns=["hhi", "hhi_low", "unnamed"]).reset_index(drop=True)).encode(
        x=alt.X(
            "year:Q",
            title=None,
            axis=alt.Axis(format="d", tickMinStep=1),
            scale=alt.Scale(zero=False, domain=[1993, 2026]),
        ),
        y=alt.Y("index:Q", title=None, scale=alt.Scale(domain=list(domain))),
        color=_hue("flow", FLOW_COLOURS),
        detail="_run:N",
        strokeDash=alt.condition(f"datum.basis === '{MIRROR}'", alt.value([5, 3]), alt.value([1, 0])),
        tooltip=["year", "index", "flow", "basis"],
    )
    layers = [base.mark_line(point={"size": 34})]
    if not matrix.all():
        layers.append(
            _marks(shown[matrix][["year", "index", "flow", "basis"]], "index", "flow", FLOW_COLOURS, "square")
        )
    open_ = lined[lined["unnamed"] > 0.02][["year", "flow", "hhi_low", "hhi"]].reset_index(drop=True)
    if len(open_):
        spans = alt.Chart(open_).mark_rule(strokeWidth=1.5, color=charts.MUTED)
        layers.append(
            spans.encode(x=alt.X("year", type="quantitative"), y=alt.Y("hhi_low", type="quantitative"), y2="hhi")
        )
    return alt.layer(*layers, *_named(early if len(early) else shown[matrix], "index", "flow", FLOW_COLOURS))


def runs(frame: pd.DataFrame) -> pd.DataFrame:
    """Number (``_run``) the stretches of years that one source holds without a break."""
    years = frame.drop_duplicates(["basis", "source_id", "year"]).sort_values(["basis", "year"])
    new = (years["source_id"] != years["source_id"].shift()) | (years["basis"] != years["basis"].shift())
    at = years.assign(_run=new.cumsum())[["basis", "source_id", "year", "_run"]]
    return frame.merge(at, on=["basis", "source_id", "year"], how="left")


def _floors(frame: pd.DataFrame) -> list[alt.Chart | alt.LayerChart]:
    """Triangles where the index lies at or above."""
    if not len(frame):
        return []
    top = frame.nlargest(1, "floor")[["year", "floor", "flow"]].assign(_text="at least")
    hue = FLOW_COLOURS[top["flow"].iloc[0]]
    marks = _marks(frame[["year", "floor", "flow"]].round(5), "floor", "flow", FLOW_COLOURS, "triangle-up")
    return [marks, charts.notes(top, "year", "floor", "_text", colour=hue, size=0, align="right", dx=-8)]


def supplier_dots(two: Pair, each: int = 9) -> alt.LayerChart:
    """Each of the two among the other's foreign suppliers, one row a product; the largest flows each way."""
    shown = _supplied(two, each)
    names = dict(zip((two.a, two.b), two.names, strict=True))
    shown = shown.assign(
        who="from " + shown["supplier"].map(names),
        percent=100 * shown["share"],
        percent_of_all_use=100 * shown["share_of_use"],
        billions=shown["value"] / 1000,
    )
    hue = colours(two)
    domain = (-2, float(5 * np.ceil(20 * shown["share"].max())))
    drawn = charts.dots(
        shown[["percent", "product", "who", "billions", "percent_of_all_use"]],
        "percent",
        "product",
        "who",
        unit="per cent of the buyer’s imports",
        colours={row.who: hue[names[row.supplier]] for row in shown.itertuples()},
        domain=domain,
    )
    for layer in drawn.layer:  # the marks at zero stand clear of the names
        layer.encoding.x.scale = alt.Scale(domain=domain, nice=False)
    return drawn


def _supplied(two: Pair, each: int) -> pd.DataFrame:
    """Products among the largest flows of either direction, those that the first supplies on top."""
    largest = two.suppliers.groupby("supplier", group_keys=False)[["sector", "value"]].apply(
        lambda rows: rows.nlargest(each, "value")
    )
    shown = two.suppliers[two.suppliers["sector"].isin(largest["sector"])]
    lead = shown["share"].where(shown["supplier"] == two.a, -shown["share"]).groupby(shown["product"]).sum()
    return (
        shown.assign(_lead=shown["product"].map(lead))
        .sort_values(["_lead", "product", "supplier"], ascending=[False, True, True])
        .drop(columns="_lead")
    )


# -- in words -------------------------------------------------------------------------------------


def title_among_all(two: Pair) -> str:
    """What the pair's way through the cloud says, by its first and last year in the world matrix."""
    trade = two.position[two.position["world"] != INPUTS]
    first, last = trade.iloc[0], trade.iloc[-1]
    more = "more lopsided" if last["asymmetry"] > first["asymmetry"] else "more even"
    closer = "closer" if last["intensity"] > first["intensity"] else "no closer"
    return f"{' and '.join(two.names)}, {first['world']} to {last['world']}: {more}, and {closer} for their size"


def describe_among_all(two: Pair) -> str:
    """Text alternative of the cloud."""
    a, b = two.names
    parts = [
        f"{row.world}: {row.asymmetry:.1f} times, intensity {row.intensity:.2f}, "
        f"more lopsided than {100 * row.less_lopsided:.0f} % and more intense than {100 * row.less_intense:.0f} % of {row.pairs:,} pairs"
        for row in two.position.itertuples()
    ]
    return (
        f"A cloud of circles, all pairs of {len(economies())} economies in 2015, and the way of {a} and {b} through it. "
        + "; ".join(parts)
        + "."
    )


def title_size(two: Pair) -> str:
    """How the ratio of trade compares with that of output, in the latest full year that has both."""
    frame = two.ratios[~two.ratios["basis"].isin([INPUTS, NINE_MONTHS])]
    by_year = frame.groupby(["year", "what"])["ratio"].first().unstack()
    trade = by_year.dropna() if "output" in by_year and len(by_year.dropna()) else by_year.dropna(subset=["trade"])
    year, last = trade.index[-1], trade.iloc[-1]
    larger, smaller = two.names if last["trade"] >= 1 else two.names[::-1]
    times = last if last["trade"] >= 1 else 1 / last
    output = f", with {times['output']:.1f} times the output" if "output" in times and times["output"] > 0 else ""
    return f"In {year} {larger} traded {times['trade']:.1f} times as much as {smaller}{output}"


def describe_size(two: Pair) -> str:
    """Text alternative of ratios and weights."""
    a, b = two.names
    words = []
    for (what, basis), rows in two.ratios.groupby(["what", "basis"]):
        ends = rows.sort_values("year").iloc[[0, -1]].drop_duplicates()
        words.append(f"{what} ({basis}): " + ", ".join(f"{row.ratio:.1f} in {row.year}" for row in ends.itertuples()))
    for (code, basis), rows in two.weight.groupby(["country", "basis"]):
        ends = rows.sort_values("year").iloc[[0, -1]].drop_duplicates()
        spans = ", ".join(f"{100 * row.share:.1f} % in {row.year}" for row in ends.itertuples())
        words.append(f"trade in the output of {charts.country(code)} ({basis}): {spans}")
    return f"{a} over {b}, times, and the weight of their trade. " + "; ".join(words) + "."


def title_concentration(two: Pair) -> str:
    """Which of the four flows was the most concentrated at the last count on its best basis."""
    frame = two.standing[~two.standing["basis"].isin([INPUTS, MIRROR])].sort_values("year")
    last = frame.groupby(["country", "flow"], as_index=False).last()
    most = last.loc[last["hhi_named"].idxmax()]
    return f"Of the four flows, {charts.country(most['country'])}’s {most['flow']} are the most concentrated"


def title_suppliers(two: Pair) -> str:
    """In how many goods industries each is the other's largest foreign supplier."""
    first = two.suppliers[two.suppliers["rank"] == 1].groupby(["supplier", "buyer"]).size()
    parts = []
    for supplier, buyer in ((two.a, two.b), (two.b, two.a)):
        if buyer in set(two.suppliers["buyer"]):
            names = charts.country(supplier), charts.country(buyer)
            number = first.get((supplier, buyer), 0)
            parts.append((*names, number))
    (supplier, buyer, number), *other = parts
    title = f"{supplier} is {buyer}’s largest foreign supplier in {number} of {len(SECTORS)} industries"
    return title + "".join(f", {again} {of}’s in {count}" for again, of, count in other)


def describe_concentration(two: Pair) -> str:
    """Text alternative of the concentration panels."""
    words = []
    frame = two.standing[two.standing["basis"] != INPUTS]
    for (code, flow, basis), rows in frame.groupby(["country", "flow", "basis"]):
        ends = rows.sort_values("year").iloc[[0, -1]].drop_duplicates()
        spans = ", ".join(f"{row.hhi_named:.3f} in {row.year}" for row in ends.itertuples())
        words.append(f"{charts.country(code)}’s {flow} ({basis}): {spans}")
    return "Index of concentration over partners, one panel a country. " + "; ".join(words) + "."


def describe_suppliers(two: Pair, each: int = 9) -> str:
    """Text alternative of the suppliers."""
    words = [
        f"{row.product}: {charts.country(row.supplier)} {100 * row.share:.0f} % "
        f"of {charts.country(row.buyer)}’s imports"
        for row in _supplied(two, each).itertuples()
        if row.share >= 0.1
    ]
    return "Dots, one row a product, per cent of the buyer’s imported inputs in 2022. " + "; ".join(words) + "."


def not_covered(two: Pair) -> show.Table:
    """What the page says where the table of industries does not have the pair."""
    a, b = two.names
    return show.table(
        pd.DataFrame({"Not in the table": [f"{a} and {b}"]}),
        "The table of industries has China and Russia as buyers, and the economies of the OECD’s model as suppliers",
    )
