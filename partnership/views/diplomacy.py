"""Frames of the chapter on votes, meetings and the two clubs."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnership import charts, data

G7 = ["CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA"]
CLUBS = {"BRICS": charts.INK, "SCO": charts.OCHRE, "G7": charts.MUTED}
PARTS = {"China": charts.CHINA, "Russia": charts.RUSSIA, "India": charts.GREEN, "other members": charts.GRID}
PARTS["all members"] = charts.MUTED  # the G7 has none of the three
VOTES = {"yes": charts.GREEN, "abstain": charts.OCHRE, "no": charts.INK}
_SHORT = {
    "Aggression against": "aggression against Ukraine",
    "Humanitarian consequences": "humanitarian consequences",
    "Suspension": "Human Rights Council",
    "Territorial integrity": "territorial integrity",
    "Furtherance": "reparation",
    "Principles": "principles of a peace",
    "Human rights in the temporarily": "human rights in occupied areas",
    "Human rights in Crimea": "human rights in Crimea",
    "Militarization": "militarisation of Crimea",
    "Safety of nuclear": "nuclear facilities",
    "Advancing": "peace, text of Ukraine and the EU",
    "The path": "peace, text of the United States",
    "Return": "return of children",
    "Chornobyl": "Chornobyl",
    "Support for lasting": "lasting peace",
}


# -- votes ----------------------------------------------------------------------------------------


def ballots(votes: pd.DataFrame, states: dict[str, str]) -> pd.DataFrame:
    """One row for each vote on Ukraine and each state whose vote was seen.

    Parameters
    ----------
    votes : pandas.DataFrame
        The table ``ukraine-votes``.
    states : dict
        Column of the table to the name of the state.

    Returns
    -------
    pandas.DataFrame
        ``resolution`` (day and subject in short), ``date``, ``state`` and ``vote``, by kind of resolution and day.

    Raises
    ------
    KeyError
        If a subject has no short form.
    """
    day = pd.to_datetime(votes["date"]).map(lambda date: f"{date.day} {date:%b %Y}")
    kinds = [
        "territorial integrity",
        "militarisation of Crimea",
        "human rights in Crimea",
        "emergency session",
        "other",
    ]
    placed = votes.assign(
        resolution=day + ", " + votes["subject"].map(short), _kind=votes["group"].map(kinds.index)
    ).sort_values(["_kind", "date", "id"])
    long = placed.melt(["resolution", "date", "_kind"], list(states), "state", "vote").dropna(subset=["vote"])
    return long.assign(state=long["state"].map(states)).sort_values(["_kind", "date", "resolution"], kind="stable")


def short(subject: str) -> str:
    """A subject of a vote in a few words.

    Examples
    --------
    >>> short("Furtherance of remedy and reparation for aggression")
    'reparation'
    """
    for beginning, words in _SHORT.items():
        if subject.startswith(beginning):
            return words
    raise KeyError(f'no short form for the subject "{subject}"')


# -- clubs ----------------------------------------------------------------------------------------


def members(memberships: pd.DataFrame, group: str, year: int) -> list[str]:
    """Members of BRICS, the SCO or the G7 at the end of a year; partners and countries only invited are none."""
    if group == "G7":
        return G7
    rows = data.select(memberships, organisation=group, event=["founding", "joined"])
    return sorted(rows[rows["date"].str[:4].astype(int) <= year]["country"])


def output(memberships: pd.DataFrame, gdp: pd.DataFrame, group: str, year: int) -> pd.DataFrame:
    """The rows of output of a group's members at the end of a year, from the vintage that tells the world's."""
    return data.select(gdp, period=str(year), source_id=_vintage(gdp, year), country=members(memberships, group, year))


def world(gdp: pd.DataFrame, year: int) -> pd.DataFrame:
    """The row of the world's output of a year, from the same vintage."""
    return data.select(gdp, period=str(year), country="WLD", source_id=_vintage(gdp, year))


def _vintage(gdp: pd.DataFrame, year: int) -> list[str]:
    """The one vintage that tells the world's output of a year and serves first; none where there is none."""
    held = set(data.select(gdp, period=str(year), country="WLD")["source_id"])
    return [source for source in data.resource("gdp")["vintages"] if source in held][:1]


def weights(memberships: pd.DataFrame, gdp: pd.DataFrame, years: range) -> pd.DataFrame:
    """Share of each group's members at the end of the year in world output, per cent.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``group`` and ``share``; a group without members in a year has no row.
    """
    rows = []
    for group in CLUBS:
        for year in years:
            inside = output(memberships, gdp, group, year)
            if len(inside):
                share = 100 * inside["value"].sum() / world(gdp, year)["value"].item()
                rows.append({"year": year, "group": group, "share": share})
    return pd.DataFrame(rows)


def parts(memberships: pd.DataFrame, gdp: pd.DataFrame, year: int) -> pd.DataFrame:
    """World output of a year by group and part: China, Russia, India and the other members; for the G7 all members.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``group``, ``part``, ``share`` in per cent of the world and ``of_group`` in per cent of the group, with
        ``_from`` and ``_to`` for bars end to end.
    """
    rows = []
    for group in CLUBS:
        rest = "all members" if group == "G7" else "other members"
        for row in output(memberships, gdp, group, year).itertuples():
            part = charts.country(row.country) if row.country in ("CHN", "IND", "RUS") else rest
            rows.append({"group": group, "part": part, "share": 100 * row.value / world(gdp, year)["value"].item()})
    frame = pd.DataFrame(rows).groupby(["group", "part"], as_index=False)["share"].sum()
    order = {"group": list(CLUBS).index, "part": list(PARTS).index}
    frame = frame.sort_values(["group", "part"], key=lambda column: column.map(order[column.name]))
    groups = frame.groupby("group", sort=False)["share"]
    end = groups.cumsum()
    of_group = 100 * frame["share"] / groups.transform("sum")
    return frame.assign(year=year, of_group=of_group, _from=end - frame["share"], _to=end)


def parts_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """One horizontal bar a group, cut by part, with the sum at its end and China's part of the group below its own."""
    totals = frame.groupby("group", sort=False, as_index=False)["_to"].max()
    totals["_text"] = totals["_to"].map(lambda value: f"{value:.0f} %")
    row = alt.Y("group", type="nominal", sort=None, title=None)
    x = alt.X("_from", type="quantitative", title="per cent of world output", scale=alt.Scale(domain=[0, 50]))
    shown = [part for part in PARTS if part in set(frame["part"])]
    scale = alt.Scale(domain=shown, range=[PARTS[part] for part in shown])
    legend = alt.Legend(symbolType="square", columns=2, offset=charts.ROOM)
    bar = (
        alt.Chart(charts.tidy(frame))
        .mark_bar(height={"band": 0.55}, stroke=charts.MUTED, strokeWidth=0.4)
        .encode(
            y=row,
            x=x.axis(alt.Axis(values=[0, 10, 20, 30, 40, 50])),
            x2="_to",
            color=alt.Color("part", type="nominal", scale=scale, legend=legend),
            tooltip=charts.tooltip(frame[["year", "group", "part", "share"]]),
        )
    )
    end = (
        alt.Chart(charts.tidy(totals))
        .mark_text(align="left", dx=5, fontWeight="bold")
        .encode(y=row, x=alt.X("_to", type="quantitative"), text=alt.Text("_text", type="nominal"))
    )
    chinas = data.select(frame, part="China")[["group", "of_group", "_from"]]
    chinas = chinas.assign(
        _text=[
            f"China: {share:.0f} % of {group}" for group, share in zip(chinas["group"], chinas["of_group"], strict=True)
        ]
    )
    below = alt.Chart(charts.tidy(chinas)).mark_text(align="left", dy=30, color=charts.CHINA, fontWeight="bold")
    named = below.encode(y=row, x=alt.X("_from", type="quantitative"), text=alt.Text("_text", type="nominal"))
    return charts.layered(bar, end, named)
