"""Frames of the chapter on arms, reactors, the lunar plant and joint exercises."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnership import charts, data, maps, measures, prose, show

SUPPLIERS = {"Russia": charts.RUSSIA, "All others": charts.MUTED}
SHARES = {"China’s imports": charts.RUSSIA, "Russia’s exports": charts.CHINA}
KINDS = {
    "ground": "on land",
    "joint": "on land",
    "naval": "at sea",
    "naval-air": "at sea",
    "air": "air patrol",
    "missile-defence": "missile defence",
}
COLOURS = {
    "on land": charts.OCHRE,
    "at sea": charts.SKY,
    "air patrol": charts.GREEN,
    "missile defence": charts.MUTED,
}
SHAPES = {"on land": "circle", "at sea": "square", "air patrol": "triangle-up", "missile defence": "diamond"}
WITH = {True: "China and Russia alone", False: "with other countries"}
STEPS = {"agreement": "circle", "construction start": "square", "in operation": "triangle-up", "planned start": "cross"}
_WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


# -- arms -----------------------------------------------------------------------------------------


def _yearly(arms: pd.DataFrame) -> pd.DataFrame:
    rows = data.select(arms, frequency="A", metric="deliveries")
    return rows.assign(
        year=rows["period"].astype(int), flow=rows["exporter"].str.cat(rows["importer"], sep=" to ")
    ).pivot(index="year", columns="flow", values="value")


def deliveries(arms: pd.DataFrame) -> pd.DataFrame:
    """Major arms delivered to China by year and supplier, millions of trend-indicator values.

    Returns
    -------
    pandas.DataFrame
        ``year`` (text), ``supplier`` (Russia, all others) and ``volume``.
    """
    yearly = _yearly(arms)
    frame = pd.DataFrame({"Russia": yearly["RUS to CHN"], "All others": yearly["WLD to CHN"] - yearly["RUS to CHN"]})
    long = frame.rename_axis("year").reset_index().melt("year", var_name="supplier", value_name="volume")
    return long.assign(year=long["year"].astype(str))


def supply_chart(frame: pd.DataFrame) -> alt.Chart | alt.LayerChart:
    """Stacked bars by year, Russia at the bottom, so that its part can be read from zero."""
    drawn = charts.bars(frame, "year", "volume", "supplier", unit="million trend-indicator values", colours=SUPPLIERS)
    return drawn.encode(order=alt.Order("supplier", type="nominal", sort="descending"))


def arms_shares(arms: pd.DataFrame) -> pd.DataFrame:
    """Russia's share of China's arms imports and China's share of Russia's arms exports over five years, per cent.

    Returns
    -------
    pandas.DataFrame
        ``last_year`` of the window, ``side`` (whose total) and ``share``, from the yearly deliveries.
    """
    sums = _yearly(arms).rolling(5).sum().dropna()
    frame = pd.DataFrame(
        {
            "China’s imports": 100 * measures.partner_share(sums["RUS to CHN"], sums["WLD to CHN"]),
            "Russia’s exports": 100 * measures.partner_share(sums["RUS to CHN"], sums["RUS to WLD"]),
        }
    )
    return frame.rename_axis("last_year").reset_index().melt("last_year", var_name="side", value_name="share")


def published_shares(arms: pd.DataFrame) -> pd.DataFrame:
    """The shares over five years that SIPRI published at the time, with ``last_year``, ``side`` and ``share``."""
    names = {"share-of-imports": "China’s imports", "share-of-exports": "Russia’s exports"}
    rows = data.select(arms, frequency="5Y", status="reported", metric=list(names))
    return rows.assign(last_year=rows["period"].astype(int), side=rows["metric"].map(names), share=rows["value"])


def arms_share_chart(shares: pd.DataFrame, published: pd.DataFrame) -> alt.LayerChart:
    """Two lines from the register, and what was published at the time as diamonds."""
    drawn = charts.lines(
        shares,
        "last_year",
        "share",
        "side",
        unit="per cent of the total",
        colours=SHARES,
        y_domain=(0, 100),
        nudge={"Russia’s exports": 4},
    )
    for layer in drawn.layer:
        layer.encoding.x.axis = alt.Axis(format="d", values=[2000, 2010, 2020])
    points = published[["last_year", "side", "share"]].sort_values("share").assign(_text="")
    points.loc[data.select(points, side="Russia’s exports")["share"].idxmax(), "_text"] = "as published|at the time"
    return drawn + charts.notes(points, "last_year", "share", "_text", align="right", dx=14, dy=-32, shape="diamond")


# -- reactors and the Moon ------------------------------------------------------------------------


def reactors(projects: pd.DataFrame) -> pd.DataFrame:
    """Steps of the Russian-designed reactors in China.

    Returns
    -------
    pandas.DataFrame
        The rows of the table with ``unit_name``, ``step`` and ``year`` (a decimal year); an agreement on several units
        has one row for each. Where two pages date a start differently, the earlier row.
    """
    step = {"operation": "in operation", "construction": "construction start", "planned": "planned start"}
    rows = data.select(projects, topic="nuclear")
    single = rows[rows["id"].str.contains(r"^(?:tianwan|xudabao)-\d-(?:operation|construction|planned)")]
    single = single.assign(unit_name=single["id"].map(_unit), step=single["id"].str.split("-").str[2].map(step))
    shared = data.select(rows, id="tianwan-7-8-xudabao-3-4-agreements")
    both = [shared.assign(unit_name=name, step="agreement") for name in _units(single, "planned start")]
    steps = pd.concat([single, *both])
    when = steps["date"].where(steps["step"] != "planned start", steps["value"].astype("Int64").astype(str))
    steps = steps.assign(year=when.map(_decimal_year), when=when).sort_values(["year", "unit_name"], kind="stable")
    return steps.drop_duplicates(["unit_name", "step"])


def _unit(row: str) -> str:
    place, number, *_ = row.split("-")
    return f"{place.capitalize()} {number}"


def _units(steps: pd.DataFrame, step: str) -> list[str]:
    return sorted(set(data.select(steps, step=step)["unit_name"]))


def _decimal_year(date: str) -> float:
    parts = [int(part) for part in date.split("-")]
    month, day = parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1
    return round(parts[0] + (month - 1) / 12 + (day - 1) / 365, 2)


def reactor_chart(steps: pd.DataFrame) -> alt.LayerChart:
    """One row a reactor: agreement, start of building, plan or operation."""
    order = list(dict.fromkeys(steps.sort_values("year").drop_duplicates("unit_name", keep="last")["unit_name"]))
    frame = charts.tidy(steps[["unit_name", "step", "when", "year"]])
    x = alt.X(
        "year",
        type="quantitative",
        title=None,
        axis=alt.Axis(format="d", values=[2007, 2010, 2015, 2020, 2025]),
        scale=alt.Scale(domain=[2006, 2029], nice=False),
    )
    row = alt.Y("unit_name", type="nominal", sort=order, title=None, axis=alt.Axis(grid=True))
    legend = alt.Legend(symbolType=alt.Undefined, columns=2, offset=8, symbolFillColor=charts.RUSSIA)
    shape = alt.Shape(
        "step",
        type="nominal",
        legend=legend,
        scale=alt.Scale(domain=list(STEPS), range=list(STEPS.values())),
    )
    points = (
        alt.Chart(frame)
        .mark_point(color=charts.RUSSIA, size=90, opacity=1)
        .encode(x=x, y=row, shape=shape, tooltip=charts.tooltip(frame))
    )
    building = frame[frame["step"].isin(["construction start", "planned start"])]
    bar = (
        alt.Chart(building)
        .mark_rule(color=charts.RUSSIA, strokeWidth=6, opacity=0.35)
        .encode(
            y=row,
            x=alt.X("year", type="quantitative", aggregate="min"),
            x2=alt.X2("year", aggregate="max"),
        )
    )
    return alt.layer(points, bar)


LUNAR = {
    "moon-plant-2024-earliest": "plant",
    "moon-plant-2024-latest": "plant",
    "ilrs-completion": "station",
    "moon-plant-contract": "plant",
}


def lunar(projects: pd.DataFrame) -> pd.DataFrame:
    """Years named for the plant on the Moon and the station it is for.

    Returns
    -------
    pandas.DataFrame
        The rows of the table that name a year, with ``stated`` (day as a decimal year), ``target`` and ``what``.
    """
    rows = data.select(projects, topic="lunar base", unit="year").sort_values(["date", "value"])
    return rows.assign(
        stated=rows["date"].map(_decimal_year), target=rows["value"].astype(int), what=rows["id"].map(LUNAR)
    )


def lunar_chart(plans: pd.DataFrame, stated: float) -> alt.LayerChart:
    """Target year by day of the statement, and the year that the article gives."""
    frame = charts.tidy(plans[["date", "what", "status", "target", "stated"]])
    x = alt.X(
        "stated",
        type="quantitative",
        title="when it was said",
        axis=alt.Axis(format="d", tickMinStep=1, titleAnchor="end"),
        scale=alt.Scale(domain=[2024, 2026.7]),
    )
    y = alt.Y(
        "target",
        type="quantitative",
        title="target year",
        axis=alt.Axis(format="d", tickMinStep=1),
        scale=alt.Scale(domain=[2032.5, 2037], zero=False),
    )
    base = alt.Chart(frame).encode(x=x, y=y)
    idea = frame[frame["status"] == "idea"]
    span = (
        alt.Chart(idea)
        .mark_rule(color=charts.RUSSIA, strokeWidth=3, opacity=0.5)
        .encode(x=x, y=alt.Y("target", type="quantitative", aggregate="min"), y2=alt.Y2("target", aggregate="max"))
    )
    words = frame["status"].map({"idea": "idea of a plant", "planned": "station", "contract": "contract|for the plant"})
    labels = frame.assign(_words=words)[["stated", "target", "_words"]]
    middle = labels[frame["status"] == "idea"].assign(target=idea["target"].mean()).head(1)
    text = charts.notes(middle, "stated", "target", "_words", dx=10, dy=-9, size=0) + charts.notes(
        labels[frame["status"] != "idea"], "stated", "target", "_words", align="center", dy=-28, size=0
    )
    points = base.mark_point(color=charts.RUSSIA, size=90, opacity=1).encode(tooltip=charts.tooltip(frame))
    line = charts.level(stated, f"the article: {stated:.0f}", x=2026.65, colour=charts.CLAIM, align="right")
    return alt.layer(points, span, text, line)


# -- exercises ------------------------------------------------------------------------------------


def held(exercises: pd.DataFrame) -> pd.DataFrame:
    """Exercises and patrols that were held, with ``year``, ``kind`` and ``who``; those only announced are left out."""
    rows = exercises[exercises["date_precision"] != "announced"]
    return rows.assign(
        year=rows["start"].str[:4].astype(int), kind=rows["type"].map(KINDS), who=rows["bilateral"].map(WITH)
    ).sort_values("start")


def exercise_chart(rows: pd.DataFrame) -> alt.LayerChart:
    """One mark an exercise, stacked by year within each kind."""
    frame = rows[["year", "kind", "who", "name", "start"]].copy()
    frame["who"] = pd.Categorical(frame["who"], list(WITH.values()), ordered=True)
    frame = frame.sort_values(["who", "start"], kind="stable").astype({"who": str})
    frame["_level"] = frame.groupby(["kind", "year"]).cumcount()
    depth = (frame.groupby("kind")["_level"].max() + 1).reindex(list(COLOURS))
    base = (depth[::-1].cumsum() - depth[::-1] + 0.9 * pd.Series(range(len(depth)), depth.index[::-1])).to_dict()
    frame["_at"] = frame["kind"].map(base) + frame["_level"] + 0.5
    top = max(base.values()) + depth.iloc[0]
    x = alt.X(
        "year",
        type="quantitative",
        title=None,
        axis=alt.Axis(format="d", values=list(range(2004, 2025, 4))),
        scale=alt.Scale(domain=[2002.5, 2026.5], nice=False),
    )
    y = alt.Y("_at", type="quantitative", title=None, axis=None, scale=alt.Scale(domain=[0, top + 0.9], nice=False))
    legend = alt.Legend(symbolType=alt.Undefined, offset=8)
    marks = (
        alt.Chart(frame.reset_index(drop=True))
        .mark_point(size=95, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "who",
                type="nominal",
                legend=legend,
                scale=alt.Scale(domain=list(WITH.values()), range=[charts.GREEN, charts.OCHRE]),
            ),
            shape=alt.Shape(
                "who",
                type="nominal",
                legend=legend,
                scale=alt.Scale(domain=list(WITH.values()), range=["circle", "triangle-up"]),
            ),
            tooltip=charts.tooltip(frame),
        )
    )
    names = pd.DataFrame(
        {
            "year": 2002.6,
            "_at": [base[kind] + 1.5 if depth[kind] > 1 else base[kind] + 1.35 for kind in base],
            "_kind": list(base),
        }
    )
    floors = alt.Chart(pd.DataFrame({"_at": list(base.values())})).mark_rule(color=charts.GRID).encode(y=y)
    label = alt.Chart(names).mark_text(align="left", fontWeight="bold").encode(x=x, y=y, text=alt.Text("_kind:N"))
    return alt.layer(marks, floors, label)


def placed(rows: pd.DataFrame, window: maps.Window = maps.EURASIA, apart: float = 15) -> pd.DataFrame:
    """Exercises on the map, those of one kind close to each other drawn as one mark.

    Parameters
    ----------
    rows : pandas.DataFrame
        From :func:`held`.
    window : maps.Window
        The map.
    apart : float
        Marks of one kind closer than so many pixels become one.

    Returns
    -------
    pandas.DataFrame
        ``kind``, ``lat``, ``lon``, ``exercises`` (how many), ``first`` and ``last`` year, ``label`` and ``area``.
    """
    groups: list[dict[str, object]] = []
    for row in on_map(rows, window).itertuples():
        x, y = (window.scale() * part for part in window.plane(row.lon, row.lat))
        near = [
            group
            for group in groups
            if group["kind"] == row.kind and (group["_x"] - x) ** 2 + (group["_y"] - y) ** 2 < apart**2  # type: ignore[operator]
        ]
        if near:
            near[0]["exercises"] += 1  # type: ignore[operator]
            near[0]["last"] = max(near[0]["last"], row.year)  # type: ignore[call-overload]
        else:
            groups.append(
                {"kind": row.kind, "lat": row.lat, "lon": row.lon, "exercises": 1, "first": row.year, "last": row.year}
                | {"where": row.location, "_x": x, "_y": y}
            )
    frame = pd.DataFrame(groups).drop(columns=["_x", "_y"])
    frame["kind"] = pd.Categorical(frame["kind"], list(COLOURS), ordered=True)
    frame = frame.sort_values(["kind", "exercises"], kind="stable").astype({"kind": str})
    label = frame["exercises"].astype(str).where(frame["exercises"] > 1, "")
    return frame.assign(_label=label, _side=_sides(frame, window), _area=55 + 35 * (frame["exercises"] - 1))


def _sides(frame: pd.DataFrame, window: maps.Window) -> list[str]:
    """Labels go to the left where another mark is close on the right."""
    at = [
        [window.scale() * part for part in window.plane(lon, lat)]
        for lon, lat in zip(frame["lon"], frame["lat"], strict=True)
    ]
    crowded = [any(0 < x2 - x < 45 and abs(y2 - y) < 20 for x2, y2 in at) for x, y in at]
    return ["left" if near else "right" for near in crowded]


def on_map(rows: pd.DataFrame, window: maps.Window = maps.EURASIA) -> pd.DataFrame:
    """The rows whose place lies on the map."""
    known = rows.dropna(subset=["lat", "lon"])
    return known[[window.shows(lon, lat) for lon, lat in zip(known["lon"], known["lat"], strict=True)]]


def exercise_map(places: pd.DataFrame, window: maps.Window = maps.EURASIA) -> alt.LayerChart:
    """The two countries and where their forces met."""
    names = pd.DataFrame({"lat": [63.0, 33.0], "lon": [98.0, 100.0], "_name": ["Russia", "China"]})
    marks = maps.places(
        places, label="_label", side="_side", series="kind", colours=COLOURS, shapes=SHAPES, size="_area"
    )
    countries = (
        alt.Chart(names)
        .mark_text(fontSize=14, fontWeight="bold")
        .encode(latitude="lat:Q", longitude="lon:Q", text=alt.Text("_name:N"))
    )
    outlines = maps.base(window, fills={"CHN": charts.CHINA, "RUS": charts.RUSSIA}, strength=0.22)
    return maps.draw(window, outlines, marks, countries)


def of_2024(exercises: pd.DataFrame) -> show.Table:
    """The exercises of 2024 that the article names, and those it leaves out."""
    rows = data.select(held(exercises), year=2024)
    named = rows["note"].fillna("").str.contains("named in the article")
    until = rows["end"].where(rows["end"].notna() & (rows["end"] != rows["start"]), "")
    shown = pd.DataFrame(
        {
            "Exercise": rows["name"],
            "In the article": named.map({True: "named", False: "not named"}),
            "Days found": [f"{a} to {b}" if b else a for a, b in zip(rows["start"], until, strict=True)],
            "Where": rows["location"],
            "Who": [_who(codes, alone) for codes, alone in zip(rows["participants"], rows["bilateral"], strict=True)],
        }
    )
    return show.table(shown, "Exercises and patrols of 2024 with Chinese and Russian forces")


def _who(codes: str, alone: bool) -> str:
    others = [charts.country(code) for code in codes.split(";") if code not in ("CHN", "RUS")]
    if others:
        return "with " + ", ".join(others)
    return "the two alone" if alone else "with others"


# -- in words -------------------------------------------------------------------------------------


def describe_deliveries(frame: pd.DataFrame) -> str:
    """Text alternative of the deliveries."""
    at = frame.set_index(["supplier", "year"])["volume"]
    russia = at["Russia"]
    parts = ", ".join(
        f"{prose.fixed(russia[year], 0)} in {year}" for year in ("1995", "2005", "2010", "2018", "2023", "2024")
    )
    others = at["All others"]
    return (
        f"Stacked bars, one a year, 1995 to 2024, millions of trend-indicator values. From Russia: {parts}; the highest "
        f"is {russia.max():,.0f} in {russia.idxmax()}. From all others together at most {others.max():,.0f}, in {others.idxmax()}."
    )


def describe_arms_shares(shares: pd.DataFrame, published: pd.DataFrame) -> str:
    """Text alternative of the shares."""
    at = shares.set_index(["side", "last_year"])["share"]
    parts = [
        f"Russia’s trade with China as a share of {side}: "
        + ", ".join(f"{at[side, year]:.0f} % in {year - 4}–{year}" for year in (1999, 2005, 2014, 2021, 2024))
        for side in SHARES
    ]
    said = ", ".join(f"{row.share:.0f} % of {row.side} to {row.last_year}" for row in published.itertuples())
    return f"Two lines of five-year windows. {'. '.join(parts)}. As published at the time: {said}."


def describe_reactors(steps: pd.DataFrame) -> str:
    """Text alternative of the reactors."""
    parts = [
        f"{name}: " + ", ".join(f"{row.step} {row.when}" for row in group.sort_values("year").itertuples())
        for name, group in steps.groupby("unit_name", sort=True)
    ]
    return "One row a reactor. " + "; ".join(parts) + "."


def describe_lunar(plans: pd.DataFrame, stated: float) -> str:
    """Text alternative of the lunar dates."""
    parts = [f"said {row.date}, {row.status}, {row.what}: {row.target}" for row in plans.itertuples()]
    return f"Target years by day of the statement. {'; '.join(parts)}. A level line marks the article’s {stated:.0f}."


def describe_exercises(rows: pd.DataFrame) -> str:
    """Text alternative of the exercises by year."""
    years = rows["year"].value_counts()
    kinds = rows["kind"].value_counts()
    return (
        f"Dots, one an exercise or patrol, {len(rows)} in all. By kind: "
        + ", ".join(f"{kinds[kind]} {kind}" for kind in COLOURS)
        + ". By year: "
        + ", ".join(f"{years[year]} in {year}" for year in (2003, 2012, 2016, 2019, 2022, 2023, 2024, 2025))
        + f". {int(rows['bilateral'].sum())} of them without other countries."
    )


def describe_map(places: pd.DataFrame) -> str:
    """Text alternative of the map."""
    most = places.sort_values("exercises", ascending=False).head(4)
    return (
        "Map of Eurasia with marks for exercises by kind. Most at one place: "
        + "; ".join(f"{row.exercises} {row.kind}, {row.where}" for row in most.itertuples())
        + ". On land they run from the Urals through Central Asia to the Amur, at sea from the Gulf of Oman and the "
        "Baltic to the Sea of Japan and the Bering Sea."
    )


def off_map(rows: pd.DataFrame) -> str:
    """How many exercises the map does not show, as a sentence for its note."""
    missing = rows[~rows["id"].isin(on_map(rows)["id"])]
    unplaced = int(missing["lat"].isna().sum())
    return f"Not on the map: {len(missing) - unplaced} exercises farther south or west, {unplaced} without a place."


def spelled(value: float, rows: pd.DataFrame, unit: str, note: str = "") -> prose.Number:
    """A small whole number as a word: ``four``."""
    return prose.words(value, rows, _WORDS[int(value)], unit, note)


def numbers(arms: pd.DataFrame, projects: pd.DataFrame, exercises: pd.DataFrame) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    return _arms_numbers(arms) | _project_numbers(projects) | _exercise_numbers(exercises)


def _arms_numbers(arms: pd.DataFrame) -> dict[str, prose.Number]:
    yearly = data.select(arms, frequency="A", metric="deliveries")
    to_china = data.select(yearly, exporter="RUS", importer="CHN")
    years = {"most": "2005", "again": "2018", "last": "2024"}
    at = {name: data.select(to_china, period=year) for name, year in years.items()}
    shares = arms_shares(arms).set_index(["side", "last_year"])["share"]
    exports, imports = shares["Russia’s exports"], shares["China’s imports"]

    def window(last: int) -> pd.DataFrame:
        return yearly[yearly["period"].astype(int).between(last - 4, last)]

    printed = data.select(arms, frequency="5Y", metric="share-of-exports", status="reported").set_index(
        "period", drop=False
    )
    note = "five years together, computed from the trade register"
    return {
        f"arms_{name}": prose.plain(float(rows["value"].iloc[0]), rows, "TIV million", 0) for name, rows in at.items()
    } | {
        "exports_2005": prose.percent(exports[2005], window(2005), 0, note),
        "exports_2014": prose.percent(exports[2014], window(2014), 0, note),
        "exports_2022": prose.percent(exports[2022], window(2022), 0, note),
        "printed_2022": prose.percent(printed.at["2022", "value"], printed.loc[["2022"]], 0, "as published in 2023"),
        "printed_2025": prose.percent(printed.at["2025", "value"], printed.loc[["2025"]], 0, "as published in 2026"),
        "imports_2005": prose.percent(imports[2005], window(2005), 0, note),
        "imports_2024": prose.percent(imports[2024], window(2024), 0, note),
    }


def _project_numbers(projects: pd.DataFrame) -> dict[str, prose.Number]:
    steps = reactors(projects)
    running, building = data.select(steps, step="in operation"), data.select(steps, step="construction start")
    beidou = data.select(projects, id="satnav-beidou-satellites")
    glonass = data.select(projects, id="satnav-glonass-satellites")
    stations = data.select(projects, id="satnav-stations")
    missile = data.select(projects, id="anti-missile-exercises")
    article = data.select(data.load("claims"), id="lunar-2035")
    contract = data.select(projects, id="moon-plant-contract")
    return {
        "running": spelled(len(running), running, "reactors"),
        "building": spelled(len(building), building, "reactors"),
        "beidou": prose.count(float(beidou["value"].iloc[0]), beidou, "satellites"),
        "glonass": prose.count(float(glonass["value"].iloc[0]), glonass, "satellites"),
        "stations": spelled(float(stations["value"].iloc[0]), stations, "stations in each country"),
        "missile": spelled(float(missile["value"].iloc[0]), missile, "exercises"),
        "moon_article": prose.words(2035, article, f"{article['stated_value'].iloc[0]:.0f}", "year"),
        "moon_contract": prose.words(2036, contract, f"{contract['value'].iloc[0]:.0f}", "year"),
    }


def _exercise_numbers(exercises: pd.DataFrame) -> dict[str, prose.Number]:
    rows = held(exercises)
    early, late = rows[rows["year"] < 2014], rows[rows["year"] >= 2019]
    last = data.select(rows, year=2024)
    named = last[last["note"].fillna("").str.contains("named in the article")]
    patrols = data.select(rows, kind="air patrol")
    july = patrols[patrols["start"] <= "2024-07-31"]
    sea, early_sea = data.select(late, kind="at sea"), data.select(early, kind="at sea")
    return {
        "held": prose.count(
            len(rows), rows, "exercises and patrols", "rows of the table, those only announced left out"
        ),
        "alone": prose.count(int(rows["bilateral"].sum()), data.select(rows, bilateral=True), "exercises and patrols"),
        "early": prose.words(len(early), early, _WORDS[len(early)], "exercises"),
        "in_2024": spelled(len(last), last, "exercises and patrols"),
        "named": spelled(len(named), named, "exercises and patrols"),
        "patrol": prose.words(
            len(july), july, f"{len(july)}th", "number in the series", "patrols to July 2024, counted"
        ),
        "late": prose.count(len(late), late, "exercises and patrols"),
        "late_sea": prose.count(len(sea), sea, "exercises and patrols"),
        "early_sea": spelled(len(early_sea), early_sea, "exercises"),
    }
