"""Frames of the chapter on arms, reactors and joint exercises."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import altair as alt
import pandas as pd

from partnership import charts, data, maps, show

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
    "at sea": charts.INK,
    "air patrol": charts.GREEN,
    "missile defence": charts.MUTED,
}
SHAPES = {"on land": "circle", "at sea": "square", "air patrol": "triangle-up", "missile defence": "diamond"}
WITH = {True: "China and Russia alone", False: "with other countries"}
STEPS = ["agreement", "construction start", "in commercial operation", "planned to go online"]


# -- arms -----------------------------------------------------------------------------------------


def five_years(rows: pd.DataFrame, last: int) -> pd.DataFrame:
    """The rows of the five years that end with one."""
    return rows[rows["period"].astype(int).between(last - 4, last)]


# -- reactors -------------------------------------------------------------------------------------


def reactors(projects: pd.DataFrame) -> pd.DataFrame:
    """Steps of the Russian-designed reactors in China.

    Returns
    -------
    pandas.DataFrame
        The rows of the table with ``unit_name``, ``step`` and ``year`` (a decimal year); an agreement on several units
        has one row for each. Where two pages date a start differently, the earlier row, and ``when`` has both dates.
    """
    step = {
        "operation": "in commercial operation",
        "construction": "construction start",
        "planned": "planned to go online",
    }
    rows = data.select(projects, topic="nuclear")
    single = rows[rows["id"].str.contains(r"^(?:tianwan|xudabao)-\d-(?:operation|construction|planned)")]
    single = single.assign(unit_name=single["id"].map(_unit), step=single["id"].str.split("-").str[2].map(step))
    shared = data.select(rows, id="tianwan-7-8-xudabao-3-4-agreements")
    both = [shared.assign(unit_name=name, step="agreement") for name in _units(single, "planned to go online")]
    steps = pd.concat([single, *both])
    when = steps["date"].where(steps["step"] != "planned to go online", steps["value"].astype("Int64").astype(str))
    steps = steps.assign(year=when.map(_decimal_year), when=when).sort_values(["year", "unit_name"], kind="stable")
    both_dates = steps.groupby(["unit_name", "step"])["when"].transform(lambda days: " or ".join(dict.fromkeys(days)))
    return steps.assign(when=both_dates).drop_duplicates(["unit_name", "step"])


def _unit(row: str) -> str:
    place, number, *_ = row.split("-")
    return f"{place.capitalize()} {number}"


def _units(steps: pd.DataFrame, step: str) -> list[str]:
    return sorted(set(data.select(steps, step=step)["unit_name"]))


def _decimal_year(date: str) -> float:
    parts = [int(part) for part in date.split("-")]
    month, day = parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1
    return round(parts[0] + (month - 1) / 12 + (day - 1) / 365, 2)


# -- exercises ------------------------------------------------------------------------------------


def held(exercises: pd.DataFrame) -> pd.DataFrame:
    """Exercises and patrols that were held, with ``year``, ``kind`` and ``who``; those only announced are left out."""
    rows = exercises[exercises["date_precision"] != "announced"]
    return rows.assign(
        year=rows["start"].str[:4].astype(int), kind=rows["type"].map(KINDS), who=rows["bilateral"].map(WITH)
    ).sort_values("start", kind="stable")


def levels(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Places for one mark an exercise, stacked by year within each kind.

    Parameters
    ----------
    rows : pandas.DataFrame
        From :func:`held`.

    Returns
    -------
    tuple
        ``year``, ``kind``, ``who``, ``name``, ``start`` and ``_at`` of each exercise; and ``_kind``, ``_floor`` and
        ``_name_at`` of each kind.
    """
    frame = rows[["year", "kind", "who", "name", "start"]].copy()
    frame["who"] = pd.Categorical(frame["who"], list(WITH.values()), ordered=True)
    frame = frame.sort_values(["who", "start"], kind="stable").astype({"who": str})
    level = frame.groupby(["kind", "year"]).cumcount()
    depth = (level.groupby(frame["kind"]).max() + 1).reindex(list(COLOURS))[::-1]
    floor = depth.cumsum() - depth + 0.9 * pd.Series(range(len(depth)), depth.index)
    frame["_at"] = frame["kind"].map(floor) + level + 0.5
    name_at = floor + depth.gt(1).map({True: 1.5, False: 1.35})
    return frame.reset_index(drop=True), pd.DataFrame({"_kind": floor.index, "_floor": floor, "_name_at": name_at})


def counted(rows: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Counts of other authors, with ours over the same months.

    Parameters
    ----------
    rows : pandas.DataFrame
        From :func:`held`.
    counts : pandas.DataFrame
        The table ``exercise-counts``, without those of a single year's maximum.

    Returns
    -------
    pandas.DataFrame
        The rows with ``ours``; an open end is taken as the middle of the year of publication, as their note says. Beside
        a count of exercises by the two alone stands our count of those.
    """
    until = counts["end"].fillna(counts["published"].str[:4] + "-06")
    alone = counts["id"].str.endswith("-bilateral")
    ours = [
        int(((rows["start"] >= start) & (rows["start"].str[: len(end)] <= end) & (rows["bilateral"] | (not two))).sum())
        for start, end, two in zip(counts["start"], until, alone, strict=True)
    ]
    return counts.assign(ours=ours)


def as_of_page(counts: pd.DataFrame) -> pd.Series:
    """A remark beside the end of a span that is only the date of the page."""
    return (
        counts["note"]
        .fillna("")
        .str.contains("the end is that of the page")
        .map({True: " (time of the page)", False: ""})
    )


def placed(
    rows: pd.DataFrame, near_japan: Collection[str] = (), window: maps.Window = maps.EURASIA, apart: float = 15
) -> pd.DataFrame:
    """Exercises on the map, those of one kind close to each other drawn as one mark.

    Parameters
    ----------
    rows : pandas.DataFrame
        From :func:`held`.
    near_japan : collection of str
        Ids of the exercises that the title counts; their marks are their own.
    window : maps.Window
        The map.
    apart : float
        Marks of one kind closer than so many pixels become one.

    Returns
    -------
    pandas.DataFrame
        ``kind``, ``lat``, ``lon``, ``where`` (all places named), ``near_japan`` (yes or no), ``exercises`` (how many),
        ``first`` and ``last`` year, ``_label``, ``_side`` and ``_area``.
    """
    groups: list[dict[str, Any]] = []
    for row in on_map(rows, window).itertuples():
        x, y = (window.scale() * part for part in window.plane(row.lon, row.lat))
        kept = {"kind": row.kind, "near_japan": "yes" if row.id in set(near_japan) else "no"}
        near = [
            group
            for group in groups
            if kept.items() <= group.items() and (group["_x"] - x) ** 2 + (group["_y"] - y) ** 2 < apart**2
        ]
        if near:
            near[0]["exercises"] += 1
            near[0]["last"] = max(near[0]["last"], row.year)
            near[0]["where"] |= {row.location: None}
        else:
            groups.append(
                kept
                | {"lat": row.lat, "lon": row.lon, "exercises": 1, "first": row.year, "last": row.year}
                | {"where": {row.location: None}, "_x": x, "_y": y}
            )
    frame = pd.DataFrame(groups).drop(columns=["_x", "_y"])
    frame["where"] = frame["where"].map(" / ".join)  # every place that a page names, each once
    frame["kind"] = pd.Categorical(frame["kind"], list(COLOURS), ordered=True)
    frame = frame.sort_values(["kind", "exercises"], kind="stable").astype({"kind": str})
    label = frame["exercises"].astype(str).where(frame["exercises"] > 1, "")
    label = label.mask(frame["where"].str.contains("Alaska"), "patrol near|Alaska, 2024")
    side = pd.Series(_sides(frame, window), frame.index).mask(label.str.contains("Alaska"), "left")
    strength = frame["near_japan"].map({"yes": 1.0, "no": 0.35})
    return frame.assign(_label=label, _side=side, _area=55 + 35 * (frame["exercises"] - 1), _strength=strength)


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
    counted = places.loc[places["near_japan"] == "yes", "exercises"].sum()
    names: dict[str, tuple[float, float, int]] = {
        "Russia": (63, 98, 14),
        "China": (33, 100, 14),
        "Japan": (34, 143, 12),
    }
    names |= {f"strong:|the {counted}|of the title": (23.5, 138, 12)}
    marks = maps.places(
        places,
        label="_label",
        side="_side",
        series="kind",
        colours=COLOURS,
        shapes=SHAPES,
        size="_area",
        strength="_strength",
    )
    told = pd.DataFrame([(*place, name) for name, place in names.items()], columns=["lat", "lon", "_size", "_name"])
    countries = (
        alt.Chart(told)
        .mark_text(fontWeight="bold", lineBreak="|", lineHeight=14)
        .encode(
            latitude="lat:Q",
            longitude="lon:Q",
            text=alt.Text("_name:N"),
            size=alt.Size("_size:Q", scale=None),
        )
    )
    outlines = maps.base(window, fills={"CHN": charts.CHINA, "RUS": charts.RUSSIA}, strength=0.22)
    return maps.draw(window, outlines, marks, countries)


def of_2024(exercises: pd.DataFrame) -> show.Table:
    """The exercises of 2024 that the article names, and those it leaves out."""
    rows = data.select(held(exercises), year=2024)
    named = rows["note"].fillna("").str.contains("named in the article")
    until = rows["end"].where(rows["end"].notna() & (rows["end"] != rows["start"]), "")
    since = rows["start"].mask(rows["date_precision"] == "start-only", "from " + rows["start"])
    shown = pd.DataFrame(
        {
            "Exercise": rows["name"],
            "In the article": named.map({True: "named", False: "not named"}),
            "Days found": [f"{a} to {b}" if b else a for a, b in zip(since, until, strict=True)],
            "Where": rows["location"],
            "Who": [_who(codes, alone) for codes, alone in zip(rows["participants"], rows["bilateral"], strict=True)],
        }
    )
    return show.table(shown, "Exercises and patrols of 2024 by the armies, navies and air forces of both countries")


def _who(codes: str, alone: bool) -> str:
    others = [charts.country(code) for code in codes.split(";") if code not in ("CHN", "RUS")]
    if others:
        return "with " + ", ".join(others)
    return "the two alone" if alone else "with others"


def off_map(rows: pd.DataFrame) -> str:
    """How many exercises the map does not show, as a sentence for its note."""
    missing = rows[~rows["id"].isin(on_map(rows)["id"])]
    unplaced = int(missing["lat"].isna().sum())
    return f"Not on the map: {len(missing) - unplaced} exercises farther south or west, {unplaced} without a place."
