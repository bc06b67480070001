"""Frames of the chapter on votes, meetings, the six points and the two clubs."""

from __future__ import annotations

import re

import altair as alt
import pandas as pd

from partnership import charts, data, measures, prose

VOTERS = {
    "USA": ("United States", charts.MUTED),
    "RUS": ("Russia", charts.RUSSIA),
    "CHN": ("China", charts.CHINA),
    "BRA": ("Brazil", charts.INK),
    "IND": ("India", charts.GREEN),
}
POSITIONS = {"in favour": charts.GREEN, "abstained": charts.GRID, "against": charts.OCHRE}
HOSTS = {"RUS": "in Russia", "CHN": "in China"}
PLACES = ["in Russia", "in China", "elsewhere", "by video"]
G7 = ["CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA"]
OLD, NEW = "worldbank-wdi-gdp-to-2023", "imf-weo-gdp-2026-07"
GROUPS = {"BRICS": charts.GREEN, "SCO": charts.OCHRE, "G7": charts.MUTED}


# -- votes ----------------------------------------------------------------------------------------


def positions(votes: pd.DataFrame, since: int = 1985) -> pd.DataFrame:
    """Ideal points of five states by session, with the bounds of their intervals.

    Returns
    -------
    pandas.DataFrame
        The rows with ``session`` (year it opened), ``state``, ``position``, ``low`` and ``high``.
    """
    rows = data.select(votes, country=list(VOTERS))
    rows = rows.assign(
        session=rows["period"].astype(int),
        state=rows["country"].map({code: name for code, (name, _) in VOTERS.items()}),
        position=rows["ideal_point"],
        low=rows["q05"],
        high=rows["q95"],
    )
    order = {name: place for place, (name, _) in enumerate(VOTERS.values())}
    rows = rows[rows["session"] >= since]
    return rows.sort_values(["state", "session"], key=lambda part: part.map(order) if part.name == "state" else part)


def position_chart(rows: pd.DataFrame) -> alt.LayerChart:
    """Lines by session, with a band for the uncertainty of China's and Russia's."""
    colours = dict(VOTERS.values())
    drawn = charts.lines(
        rows[["session", "state", "position", "low", "high"]],
        "session",
        "position",
        "state",
        unit="estimated position",
        colours=colours,
        zero=False,
        label_gap=0.06,
    )
    for layer in drawn.layer:
        layer.encoding.x.axis = alt.Axis(format="d", values=[1990, 2000, 2010, 2020])
    two = charts.tidy(data.select(rows, state=["Russia", "China"])[["session", "state", "low", "high"]])
    band = (
        alt.Chart(two)
        .mark_area(opacity=0.16)
        .encode(
            x=alt.X("session", type="quantitative"),
            y=alt.Y("low", type="quantitative"),
            y2="high",
            color=alt.Color(
                "state", type="nominal", scale=alt.Scale(domain=list(colours), range=list(colours.values()))
            ),
        )
    )
    return alt.layer(*drawn.layer, band)


def distances(votes: pd.DataFrame, first: str, second: str) -> pd.Series:
    """Distance of two states' ideal points by session year."""
    points = {code: data.select(votes, country=code).set_index("period")["ideal_point"] for code in (first, second)}
    away = measures.vote_distance(points[first], points[second]).dropna()
    return away.set_axis(away.index.astype(int))


def nearer(votes: pd.DataFrame, session: str) -> pd.DataFrame:
    """The states of the table that stood nearer to China than Russia did in one session."""
    rows = data.select(votes, period=session)
    points = rows.set_index("country")["ideal_point"]
    away = (points - points["CHN"]).abs()
    return rows[rows["country"].map(away < away["RUS"]) & (rows["country"] != "CHN")]


def closer_before(votes: pd.DataFrame) -> int:
    """The last session in which China and Russia were closer than in the latest one."""
    away = distances(votes, "CHN", "RUS")
    return int(away[away < away.iloc[-1]].index.max())


# -- resolutions ----------------------------------------------------------------------------------


def resolutions(events: pd.DataFrame) -> pd.DataFrame:
    """Votes of the General Assembly on Ukraine.

    Returns
    -------
    pandas.DataFrame
        The rows with ``vote`` (day, text and where the three stood, as far as the page says), ``position`` and ``states``.
    """
    rows = events[events["unit"].fillna("").str.startswith("votes ")]
    text = rows["event"].str.extract(r", (text of .*|United States text.*)$")[0].fillna("")
    stand = rows["note"].fillna("").str.replace(" and the United States", ", USA").str.replace(", China", "; China")
    vote = rows["start"].map(_day) + text.where(text == "", ", " + text) + stand.where(stand == "", "|" + stand)
    return rows.assign(
        vote=vote, position=rows["unit"].str.removeprefix("votes "), states=rows["value"].astype(int)
    ).sort_values(["id", "position"])


def _day(date: str) -> str:
    """A day, or a month, in words."""
    parsed = pd.Timestamp(date)
    return f"{parsed.day} {parsed:%B %Y}" if len(date) > 7 else f"{parsed:%B %Y}"


def resolution_chart(rows: pd.DataFrame) -> alt.LayerChart:
    """One bar a resolution, cut into for, abstained and against."""
    frame = rows[["id", "vote", "position", "states"]].copy()
    frame["position"] = pd.Categorical(frame["position"], list(POSITIONS), ordered=True)
    frame["id"] = frame["id"].str.replace(r"-(in-favour|against|abstained)$", "", regex=True)
    frame = frame.sort_values(["id", "position"]).astype({"position": str}).drop(columns="id")
    frame["_from"] = frame.groupby("vote")["states"].cumsum() - frame["states"]
    frame["_to"] = frame["_from"] + frame["states"]
    frame["_middle"] = (frame["_from"] + frame["_to"]) / 2
    names = list(POSITIONS)
    row = alt.Y("vote", type="nominal", sort=None, title=None, axis=None)
    base = alt.Chart(charts.tidy(frame))
    x = alt.X("_from", type="quantitative", title=None, scale=alt.Scale(domain=[0, 193], nice=False), axis=None)
    bar = base.mark_bar(height=24, stroke=charts.MUTED, strokeWidth=0.5).encode(
        y=row,
        x=x,
        x2="_to",
        color=alt.Color(
            "position",
            type="nominal",
            scale=alt.Scale(domain=names, range=list(POSITIONS.values())),
            legend=alt.Legend(symbolType="square", offset=8),
        ),
        tooltip=charts.tooltip(frame[["vote", "position", "states"]]),
    )
    count = base.mark_text(dy=24).encode(
        y=row, x=alt.X("_middle", type="quantitative"), text=alt.Text("states", type="quantitative")
    )
    first = frame.drop_duplicates("vote")[["vote"]].assign(_zero=0)
    label = (
        alt.Chart(first)
        .mark_text(align="left", lineBreak="|", lineHeight=14, dy=-38)
        .encode(y=row, x=alt.X("_zero", type="quantitative"), text=alt.Text("vote", type="nominal"))
    )
    return alt.layer(bar, count, label)


# -- meetings -------------------------------------------------------------------------------------

_COUNTED = [
    (re.compile(r"(\d+)(?:st|nd|rd|th) meeting"), 0),
    (re.compile(r"counts (\d+) meetings before"), 1),
    (re.compile(r"(\d+) meetings since 2013 before"), 1),
]


def official_number(note: object) -> int | None:
    """The number of a meeting in the official count, from the note of its row; a count before it shifted by one.

    Examples
    --------
    >>> official_number("Xi: 37th meeting since 2013"), official_number("TASS: 22 meetings since 2013 before this visit")
    (37, 23)
    """
    for pattern, shift in _COUNTED:
        found = pattern.search(note) if isinstance(note, str) else None
        if found:
            return int(found[1]) + shift
    return None


def meetings(table: pd.DataFrame) -> pd.DataFrame:
    """Meetings of the two presidents that were found, with ``date``, ``where``, ``kind`` and ``number``."""
    where = table["country"].map(HOSTS).fillna("elsewhere").where(table["format"] != "video", "by video")
    state = table["occasion"].fillna("").str.contains("state visit")
    return table.assign(
        date=pd.to_datetime(table["start"]),
        where=where,
        kind=state.map({True: "state visit", False: "other meeting"}),
        number=[official_number(note) for note in table["note"]],
    ).sort_values("date")


def meeting_chart(rows: pd.DataFrame) -> alt.LayerChart:
    """One mark a meeting found, by place, with the numbers of the official count."""
    frame = rows[["date", "where", "kind", "occasion"]].reset_index(drop=True)
    axis = alt.Axis(format="%Y", tickCount={"interval": "year", "step": 3})
    x = alt.X(
        "date",
        type="temporal",
        title=None,
        axis=axis,
        scale=alt.Scale(domain=["2013-01-01T00:00:00", "2026-12-31T00:00:00"]),
    )
    row = alt.Y(
        "where",
        type="nominal",
        title=None,
        sort=["official count", *PLACES],
        scale=alt.Scale(domain=["official count", *PLACES]),
        axis=alt.Axis(grid=True),
    )
    kinds, legend = ["state visit", "other meeting"], alt.Legend(symbolType=alt.Undefined, offset=8)
    marks = (
        alt.Chart(frame)
        .mark_point(size=80, opacity=1)
        .encode(
            x=x,
            y=row,
            color=alt.Color(
                "kind",
                type="nominal",
                legend=legend,
                scale=alt.Scale(domain=kinds, range=[charts.OCHRE, charts.GREEN]),
            ),
            shape=alt.Shape(
                "kind", type="nominal", legend=legend, scale=alt.Scale(domain=kinds, range=["square", "circle"])
            ),
            tooltip=charts.tooltip(frame),
        )
    )
    counted = rows.dropna(subset=["number"])[["date", "number"]].assign(where="official count")
    counted["_text"] = counted["number"].astype(int).map(_ordinal)
    numbers = (
        alt.Chart(counted.reset_index(drop=True))
        .mark_text(fontWeight="bold")
        .encode(x=x, y=row, text=alt.Text("_text", type="nominal"))
    )
    return alt.layer(marks, numbers)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


# -- the six points -------------------------------------------------------------------------------

STEPS = {
    "shuttle-round-2": "second round of shuttle diplomacy",
    "shuttle-round-3": "third round",
    "six-point-consensus": "the six points are published",
    "six-point-26-countries": "Wang Yi: joined or considering it",
    "swiss-peace-summit": "peace summit in Switzerland, without China",
    "shuttle-round-4": "fourth round",
    "six-point-110-countries": "Li Hui: positive response from more than",
    "friends-for-peace-meeting": "came to the first meeting, in New York",
    "swiss-support": "Switzerland voices support",
}


def steps(events: pd.DataFrame) -> pd.DataFrame:
    """What happened around the six points in 2024, in order of day.

    Returns
    -------
    pandas.DataFrame
        The rows with ``day``, ``what`` and ``countries`` (missing where the row counts none).
    """
    rows = data.select(events, id=list(STEPS)).sort_values("start", kind="stable")
    counted = rows["value"].where(rows["unit"] == "countries").astype(float)
    return rows.assign(day=rows["start"].map(_day), what=rows["id"].map(STEPS), countries=counted)


def step_chart(rows: pd.DataFrame) -> alt.LayerChart:
    """Time runs downwards; a bar where a step counts countries, in the article's colour where it is the article's."""
    frame = rows[["day", "what", "countries"]].reset_index(drop=True)
    claimed = frame["countries"].max()
    frame["_colour"] = [charts.CLAIM if number == claimed else charts.GREEN for number in frame["countries"]]
    frame["_text"] = frame["day"].str.removesuffix(" 2024") + ", " + frame["what"]
    frame["_zero"] = 0
    row = alt.Y("_text", type="nominal", sort=list(frame["_text"]), title=None, axis=None)
    scale = alt.Scale(domain=[0, 125], nice=False)
    start = alt.X("_zero", type="quantitative", title=None, axis=None, scale=scale)
    length = alt.X("countries", type="quantitative", title=None, axis=None, scale=scale)
    base = alt.Chart(charts.tidy(frame)).encode(y=row)
    tone = alt.Color("_colour", type="nominal", scale=None)
    bar = (
        base.transform_filter("isValid(datum.countries)")
        .mark_bar(height=12, yOffset=10)
        .encode(x=start, x2="countries", color=tone, tooltip=charts.tooltip(frame[["day", "what", "countries"]]))
    )
    number = base.mark_text(align="left", dx=5, dy=10, fontWeight="bold").encode(
        x=length, color=tone, text=alt.Text("countries", type="quantitative", format="d")
    )
    label = base.mark_text(align="left", dx=10, dy=-8).encode(x=start, text=alt.Text("_text", type="nominal"))
    dot = base.mark_point(size=40, color=charts.MUTED, opacity=1, yOffset=-8, xOffset=3).encode(x=start)
    return alt.layer(bar, number, label, dot)


# -- clubs ----------------------------------------------------------------------------------------


def members(memberships: pd.DataFrame, group: str, year: int) -> list[str]:
    """Members of BRICS or the SCO at the end of a year; partners and countries only invited are none."""
    rows = data.select(memberships, organisation=group, event=["founding", "joined"])
    return sorted(rows[rows["date"].str[:4].astype(int) <= year]["country"])


def membership_counts(memberships: pd.DataFrame, last: int = 2025) -> pd.DataFrame:
    """Members by year and group: ``year``, ``group``, ``members``."""
    return pd.DataFrame(
        [
            {"year": year, "group": group, "members": len(members(memberships, group, year))}
            for group in ("BRICS", "SCO")
            for year in range(2001, last + 1)
            if members(memberships, group, year)
        ]
    )


def weights(memberships: pd.DataFrame, gdp: pd.DataFrame) -> pd.DataFrame:
    """Share of each group's members at the end of the year in world output, per cent, in one vintage.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``group``, ``share``; the G7 for scale.
    """
    value = data.select(gdp, source_id=OLD).set_index(["period", "country"])["value"]
    rows = []
    for group in GROUPS:
        for year in range(2001, 2024):
            inside = G7 if group == "G7" else members(memberships, group, year)
            if inside:
                total = sum(value[str(year), code] for code in inside)
                rows.append({"year": year, "group": group, "share": 100 * total / value[str(year), "WLD"]})
    return pd.DataFrame(rows)


def joined(memberships: pd.DataFrame) -> pd.DataFrame:
    """The foundings and accessions behind the counts of members."""
    return data.select(memberships, organisation=["BRICS", "SCO"], event=["founding", "joined"])


def old_vintage(gdp: pd.DataFrame) -> pd.DataFrame:
    """The rows of output that :func:`weights` uses."""
    rows = data.select(gdp, source_id=OLD)
    return rows[rows["period"] >= "2001"]


def new_vintage(memberships: pd.DataFrame, gdp: pd.DataFrame) -> pd.DataFrame:
    """The rows of output that :func:`parts` uses."""
    inside = {*members(memberships, "BRICS", 2025), *members(memberships, "SCO", 2025), *G7, "WLD"}
    return data.select(gdp, source_id=NEW, country=inside)


def club_panels(counts: pd.DataFrame, shares: pd.DataFrame) -> alt.ConcatChart:
    """Members as steps, weight as lines."""
    scale = alt.Scale(domain=list(GROUPS), range=list(GROUPS.values()))
    axis = alt.Axis(format="d", values=[2005, 2010, 2015, 2020, 2025])
    x = alt.X("year", type="quantitative", title=None, axis=axis, scale=alt.Scale(domain=[2001, 2028], nice=False))
    y = alt.Y("members", type="quantitative", title="members", scale=alt.Scale(domain=[0, 11]))
    tone = alt.Color("group", type="nominal", legend=None, scale=scale)
    base = alt.Chart(counts).encode(x=x, y=y, color=tone, tooltip=charts.tooltip(counts))
    ends = counts[counts["year"] == counts["year"].max()].reset_index(drop=True)
    ends["_at"] = charts.spread(ends["members"], 0.9)
    label = (
        alt.Chart(ends)
        .mark_text(align="left", dx=6, fontWeight="bold")
        .encode(x=x, y=alt.Y("_at", type="quantitative"), text=alt.Text("group", type="nominal"), color=tone)
    )
    steps = alt.layer(base.mark_line(interpolate="step-after"), base.mark_point(opacity=0, size=140), label)
    weight = charts.lines(shares, "year", "share", "group", unit="per cent of world output", colours=GROUPS)
    for layer in weight.layer:
        layer.encoding.x.axis = alt.Axis(format="d", values=[2005, 2010, 2015, 2020])
    return charts.panels({"Members at the end of the year": steps, "Their part of world output": weight}, height=230)


def parts(memberships: pd.DataFrame, gdp: pd.DataFrame) -> pd.DataFrame:
    """World output of 2025 by group and part: China, Russia, India, the other members of long standing, the newest.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``part`` and ``share`` in per cent of the world.
    """
    value = data.select(gdp, source_id=NEW).set_index("country")["value"]
    rows = []
    for group in ("BRICS", "SCO"):
        now, before = members(memberships, group, 2025), members(memberships, group, 2016)
        for code in now:
            if code in ("CHN", "IND", "RUS"):
                part = charts.country(code)
            else:
                part = "others to 2016" if code in before else "others since 2017"
            rows.append({"group": group, "part": part, "share": 100 * value[code] / value["WLD"]})
    for code in G7:
        part = "United States" if code == "USA" else "other six"
        rows.append({"group": "G7", "part": part, "share": 100 * value[code] / value["WLD"]})
    return pd.DataFrame(rows).groupby(["group", "part"], as_index=False, sort=False)["share"].sum()


PARTS = {
    "China": charts.CHINA,
    "Russia": charts.RUSSIA,
    "India": charts.GREEN,
    "others to 2016": charts.OCHRE,
    "others since 2017": charts.INK,
    "United States": charts.MUTED,
    "other six": charts.GRID,
}


def parts_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """One lying bar a group, cut by part, each larger part with its number."""
    drawn = frame.assign(part=pd.Categorical(frame["part"], list(PARTS), ordered=True))
    drawn = drawn.sort_values(["group", "part"], key=lambda c: c if c.name == "part" else c.map(list(GROUPS).index))
    drawn = drawn.astype({"part": str})
    drawn["_from"] = drawn.groupby("group", sort=False)["share"].cumsum() - drawn["share"]
    drawn["_to"] = drawn["_from"] + drawn["share"]
    totals = drawn.groupby("group", sort=False, as_index=False)["_to"].max()
    totals["_text"] = totals["_to"].map(lambda value: f"{value:.0f} %")
    row = alt.Y("group", type="nominal", sort=None, title=None)
    tone = alt.Color(
        "part",
        type="nominal",
        scale=alt.Scale(domain=list(PARTS), range=list(PARTS.values())),
        legend=alt.Legend(symbolType="square", columns=2, offset=8),
    )
    axis = alt.Axis(values=[0, 10, 20, 30, 40])
    x = alt.X(
        "_from", type="quantitative", title="per cent of world output", axis=axis, scale=alt.Scale(domain=[0, 50])
    )
    tips = charts.tooltip(drawn[["group", "part", "share"]])
    bar = (
        alt.Chart(charts.tidy(drawn))
        .mark_bar(height={"band": 0.6}, stroke=charts.MUTED, strokeWidth=0.4)
        .encode(y=row, x=x, x2="_to", color=tone, tooltip=tips)
    )
    end = (
        alt.Chart(charts.tidy(totals))
        .mark_text(align="left", dx=5, fontWeight="bold")
        .encode(y=row, x=alt.X("_to", type="quantitative"), text=alt.Text("_text", type="nominal"))
    )
    return alt.layer(bar, end)


def open_trade(openness: pd.DataFrame, countries: list[str]) -> pd.DataFrame:
    """Exports and imports of goods and services of those countries that have both."""
    rows = data.select(openness, country=countries)
    return rows[rows.groupby("country")["flow"].transform("nunique") == 2]


# -- in words -------------------------------------------------------------------------------------


def describe_positions(rows: pd.DataFrame, votes: pd.DataFrame) -> str:
    """Text alternative of the ideal points."""
    at = rows.set_index(["state", "session"])["position"]
    away = distances(votes, "CHN", "RUS")
    lines = [
        f"{name} {at[name, 1993]:.1f} in 1993, {at[name, 2021]:.1f} in 2021, {at[name, 2023]:.1f} in 2023"
        for name in ("United States", "Russia", "China", "India", "Brazil")
    ]
    gaps = ", ".join(f"{away[year]:.2f} in {year}" for year in (1993, 2005, 2020, 2021, 2022, 2023))
    return f"Five lines of estimated positions by session from 1985. {'; '.join(lines)}. Distance of China and Russia: {gaps}."


def describe_resolutions(rows: pd.DataFrame) -> str:
    """Text alternative of the votes on Ukraine."""
    said = [
        f"{vote.replace('|', ': ')}: " + ", ".join(f"{row.states} {row.position}" for row in group.itertuples())
        for vote, group in rows.groupby("vote", sort=True)
    ]
    return "One bar a resolution, in states. " + "; ".join(said) + "."


def describe_meetings(rows: pd.DataFrame) -> str:
    """Text alternative of the meetings; no totals, since the list is incomplete."""
    counted = rows.dropna(subset=["number"])
    said = ", ".join(f"{_ordinal(int(row.number))} in {row.date:%B %Y}" for row in counted.itertuples())
    visits = rows[rows["kind"] == "state visit"]
    listed = ", ".join(f"{row.date:%B %Y} ({row.where})" for row in visits.itertuples())
    return f"Timeline of the meetings found, by place. Official count: {said}. State visits by name: {listed}."


def describe_steps(rows: pd.DataFrame) -> str:
    """Text alternative of the steps around the six points."""
    said = [
        f"{row.day}, {row.what}" + ("" if pd.isna(row.countries) else f" {row.countries:.0f} countries")
        for row in rows.itertuples()
    ]
    return "Timeline of 2024 with bars for three counts of countries. " + "; ".join(said) + "."


def describe_clubs(counts: pd.DataFrame, shares: pd.DataFrame) -> str:
    """Text alternative of members and weight."""
    has = counts.set_index(["group", "year"])["members"]
    part = shares.set_index(["group", "year"])["share"]
    return (
        f"Two panels. Members of BRICS: {has['BRICS', 2009]} in 2009, {has['BRICS', 2023]} in 2023, {has['BRICS', 2024]} in "
        f"2024, {has['BRICS', 2025]} in 2025; of the SCO {has['SCO', 2001]} in 2001, {has['SCO', 2017]} in 2017, "
        f"{has['SCO', 2025]} in 2025. Part of world output: BRICS {part['BRICS', 2009]:.0f} % in 2009 and "
        f"{part['BRICS', 2023]:.0f} % in 2023; SCO {part['SCO', 2001]:.0f} % in 2001 and {part['SCO', 2023]:.0f} % in 2023; "
        f"G7 {part['G7', 2001]:.0f} % in 2001 and {part['G7', 2023]:.0f} % in 2023."
    )


def describe_parts(frame: pd.DataFrame) -> str:
    """Text alternative of the groups by part."""
    said = [
        f"{group} {part['share'].sum():.0f} % ("
        + ", ".join(f"{row.part} {row.share:.1f}" for row in part.itertuples())
        + ")"
        for group, part in frame.groupby("group", sort=False)
    ]
    return "Lying bars, per cent of world output in 2025. " + "; ".join(said) + "."


# -- numbers --------------------------------------------------------------------------------------

_WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def _spelled(value: float, rows: pd.DataFrame, unit: str, note: str = "") -> prose.Number:
    return prose.words(value, rows, _WORDS[int(value)], unit, note)


def _vote_numbers(votes: pd.DataFrame, agreement: pd.DataFrame) -> dict[str, prose.Number]:
    found: dict[str, prose.Number] = {}
    for name, first, second, year in (
        ("apart_1993", "CHN", "RUS", 1993),
        ("apart_2020", "CHN", "RUS", 2020),
        ("apart_2021", "CHN", "RUS", 2021),
        ("apart_2022", "CHN", "RUS", 2022),
        ("apart_2023", "CHN", "RUS", 2023),
        ("usa_china", "CHN", "USA", 2023),
        ("usa_russia", "RUS", "USA", 2023),
    ):
        rows = data.select(votes, country=[first, second], period=str(year))
        found[name] = prose.plain(distances(votes, first, second)[year], rows, "ideal-point scale", 2)
    for name, year in (("alike_2020", "2020"), ("alike_2023", "2023")):
        rows = data.select(agreement, country="RUS", other="CHN", period=year)
        found[name] = prose.share(float(rows["value"].iloc[0]), rows, 0)
    closer, session = nearer(votes, "2023"), data.select(votes, period="2023")
    found["nearer"] = prose.count(len(closer), closer, "states")
    others = session[~session["country"].isin(["CHN", "RUS"])]
    found["others"] = prose.count(len(others), others, "states")
    rows = data.select(agreement, country="CHN", other="USA", period="2023")
    found["alike_usa"] = prose.share(float(rows["value"].iloc[0]), rows, 0)
    rows = data.select(agreement, country="BRA", other="CHN", period="2023")
    found["alike_brazil"] = prose.share(float(rows["value"].iloc[0]), rows, 0)
    return found


def _event_numbers(events: pd.DataFrame, table: pd.DataFrame) -> dict[str, prose.Number]:
    counts = steps(events).set_index("id", drop=False)
    in_2024 = data.select(counts, unit="round")
    points = data.select(events, id="six-point-consensus")
    rows = meetings(table).dropna(subset=["number"]).set_index("id", drop=False)
    first, last = rows.loc[["2021-12-video"]], rows.loc[["2024-beijing-harbin-state-visit"]]
    since = meetings(table).head(1)
    years = (first["date"].iloc[0] - since["date"].iloc[0]).days / 365.25
    later = (last["date"].iloc[0] - first["date"].iloc[0]).days / 365.25
    more = last["number"].iloc[0] - first["number"].iloc[0]
    favour = data.select(events, id=["unga-2023-02-23-in-favour", "unga-2026-02-24-in-favour"]).set_index("start")[
        "value"
    ]
    vote = {
        year: data.select(events, id=f"unga-{day}-in-favour")
        for year, day in (("2023", "2023-02-23"), ("2026", "2026-02-24"))
    }
    stated = data.select(data.load("claims"), id="six-point-110")
    ground = {}
    for frame in (first, last):
        frame.attrs["table"] = "leader-meetings"
    for name, row in (
        ("wang", "six-point-26-countries"),
        ("li", "six-point-110-countries"),
        ("came", "friends-for-peace-meeting"),
    ):
        one = counts.loc[[row]]
        ground[name] = prose.count(float(one["countries"].iloc[0]), one, "countries")
    return ground | {
        "article_110": prose.count(float(stated["stated_value"].iloc[0]), stated, "countries"),
        "points": _spelled(float(points["value"].iloc[0]), points, "points"),
        "rounds": _spelled(len(in_2024), in_2024, "rounds"),
        "official_2021": prose.count(float(first["number"].iloc[0]), first, "meetings", "official count"),
        "official_2024": prose.count(float(last["number"].iloc[0]), last, "meetings", "official count"),
        "rate": prose.plain(first["number"].iloc[0] / years, first, "meetings a year", 1, note="official count"),
        "rate_later": prose.plain(
            more / later, prose.together(first, last), "meetings a year", 1, note="official count"
        ),
        "favour_2023": prose.count(float(favour["2023-02-23"]), vote["2023"], "votes"),
        "favour_2026": prose.count(float(favour["2026-02-24"]), vote["2026"], "votes"),
    }


def _club_numbers(memberships: pd.DataFrame, gdp: pd.DataFrame, openness: pd.DataFrame) -> dict[str, prose.Number]:
    joined = data.select(memberships, organisation="BRICS", event=["founding", "joined"])
    by = {year: joined[joined["date"].str[:4].astype(int) <= year] for year in (2023, 2025)}
    share = parts(memberships, gdp).set_index(["group", "part"])["share"]
    new = data.select(gdp, source_id=NEW)
    brics = members(memberships, "BRICS", 2025)
    world = data.select(new, country=[*brics, "WLD"])
    trade = open_trade(openness, brics)
    seven = data.select(openness, country=G7)
    return {
        **_weight_numbers(memberships, gdp),
        "brics_2023": _spelled(len(by[2023]), by[2023], "members"),
        "brics_2025": _spelled(len(by[2025]), by[2025], "members"),
        "brics_share": prose.percent(share["BRICS"].sum(), world, 0),
        "brics_new": prose.percent(share["BRICS", "others since 2017"], world, 1),
        "china_in_brics": prose.percent(100 * share["BRICS", "China"] / share["BRICS"].sum(), world, 0),
        "g7_share": prose.percent(share["G7"].sum(), data.select(new, country=[*G7, "WLD"]), 0),
        "sco_share": prose.percent(
            share["SCO"].sum(), data.select(new, country=[*members(memberships, "SCO", 2025), "WLD"]), 0
        ),
        "brics_trade": prose.dollars(float(trade["value"].sum()), trade, 0, "goods and services, exports plus imports"),
        "g7_trade": prose.dollars(float(seven["value"].sum()), seven, 0, "goods and services, exports plus imports"),
        "trade_members": _spelled(trade["country"].nunique(), trade, "members with both flows"),
    }


def _weight_numbers(memberships: pd.DataFrame, gdp: pd.DataFrame) -> dict[str, prose.Number]:
    shares = weights(memberships, gdp).set_index(["group", "year"])["share"]
    found = {}
    for name, year in (("first", 2009), ("last", 2023)):
        rows = data.select(old_vintage(gdp), period=str(year))
        value = rows.set_index("country")["value"]
        inside = [*members(memberships, "BRICS", year), "WLD"]
        found[f"weight_{name}"] = prose.percent(shares["BRICS", year], data.select(rows, country=inside), 0)
        found[f"china_{name}"] = prose.percent(
            100 * value["CHN"] / value["WLD"], data.select(rows, country=["CHN", "WLD"]), 0
        )
    return found


def numbers(
    votes: pd.DataFrame,
    agreement: pd.DataFrame,
    events: pd.DataFrame,
    table: pd.DataFrame,
    memberships: pd.DataFrame,
    gdp: pd.DataFrame,
    openness: pd.DataFrame,
) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    return _vote_numbers(votes, agreement) | _event_numbers(events, table) | _club_numbers(memberships, gdp, openness)
