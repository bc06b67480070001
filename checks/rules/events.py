"""Rules on events, statements and claims, and on the registers of countries and sources."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from checks.rules import kit
from partnership import data
from partnership.claims import WRITTEN

# -- events ---------------------------------------------------------------------------------------


@kit.rule("China and Russia alone make an exercise bilateral; a point has both coordinates", "exercises")
def _bilateral(exercises: pd.DataFrame) -> Iterator[kit.Fault]:
    alone = exercises["participants"] == "CHN;RUS"
    yield from kit.at(
        exercises, alone != exercises["bilateral"], "bilateral", "{bilateral} does not fit {participants}"
    )
    odd = (exercises["lat"].isna() != exercises["lon"].isna()) | (
        exercises["coordinates"].isna() != exercises["lat"].isna()
    )
    yield from kit.at(
        exercises, odd, "coordinates", "latitude, longitude and their origin stand together or not at all"
    )
    parts = exercises["id"].str.extract(r"^(joint-(?:strategic-air|naval)-patrol)-(\d+)$")
    rows = (
        exercises.assign(kind=parts[0], number=parts[1].astype(float))
        .dropna(subset=["kind"])
        .sort_values(["kind", "number"])
    )
    before = rows.groupby("kind")["start"].shift()
    yield from kit.at(
        rows,
        rows["start"].str[:7] < before.str[:7],
        "start",
        "{start} is before the patrol numbered one less, {before}",
        before=before,
    )
    slug = exercises["name"].str.lower().str.replace(r"[^a-z0-9]+", "-", regex=True).str.strip("-")
    yield from kit.at(exercises, slug != exercises["id"], "id", "{id} is not made of the name")


@kit.rule("each country of a list of countries is listed", "exercises", "countries")
def _participants_listed(exercises: pd.DataFrame, countries: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.listed(exercises, countries, "participants")


@kit.rule("each country of a membership is listed", "memberships", "countries")
def _members_listed(members: pd.DataFrame, countries: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.listed(members, countries, "country")


WATERS = ((-36, -25, 15, 35), (10, 15, 43, 52), (18, 65, 15, 180), (50, 72, -180, -160))
"""South, north, west and east of where the exercises were: the Cape, the Gulf of Aden, Eurasia with its seas, the Bering Sea."""


@kit.rule("exercises lie off the Cape, in the Gulf of Aden, in Eurasia and its seas, or near Alaska", "exercises")
def _waters(exercises: pd.DataFrame) -> Iterator[kit.Fault]:
    inside = exercises["lat"].isna()
    for south, north, west, east in WATERS:
        inside |= exercises["lat"].between(south, north) & exercises["lon"].between(west, east)
    yield from kit.at(exercises, ~inside, "lat", "{lat:g}, {lon:g} is where no such exercise was")


CITIES = {
    "Moscow": "RUS", "Kazan": "RUS", "St Petersburg": "RUS", "Beijing": "CHN", "Shanghai": "CHN", "Hangzhou": "CHN",
    "Xiamen": "CHN", "Qingdao": "CHN", "Tianjin": "CHN", "Astana": "KAZ", "Tashkent": "UZB", "Samarkand": "UZB",
    "Bishkek": "KGZ", "Vladivostok": "RUS", "Durban": "ZAF", "Johannesburg": "ZAF", "Goa": "IND", "Osaka": "JPN", "Buenos Aires": "ARG",
}  # fmt: skip


@kit.rule("a video summit has no place, another the place of its country", "leader-meetings")
def _places(meetings: pd.DataFrame) -> Iterator[kit.Fault]:
    video = meetings["format"] == "video"
    yield from kit.at(
        meetings, video != meetings["place"].isna(), "place", "is empty for video meetings, and for them alone"
    )
    yield from kit.at(
        meetings, meetings["id"].str.contains("video") != video, "format", "{format} does not fit the id {id}"
    )
    rows = meetings.assign(city=meetings["place"].str.split(" and ").str[0])
    yield from kit.fits(rows, "country", "city", CITIES)
    yield from kit.at(
        meetings, video != meetings["country"].isna(), "country", "is empty for video meetings, and for them alone"
    )
    city = rows["city"].str.lower().str.replace(" ", "-")
    absent = [isinstance(name, str) and name not in key for name, key in zip(city, rows["id"], strict=True)]
    yield from kit.at(meetings, pd.Series(absent, meetings.index), "place", "{place} is not in the id {id}")


@kit.rule("membership dates are in order: invited, partner, member, not before the founding", "memberships")
def _membership_order(members: pd.DataFrame) -> Iterator[kit.Fault]:
    rank = members["event"].map({"invited": 0, "partner": 1, "founding": 2, "joined": 2})
    rows = members.assign(rank=rank).dropna(subset=["rank"]).sort_values(["organisation", "country", "rank"])
    before = rows.groupby(["organisation", "country"])["date"].shift()
    late = kit.mapped(rows["date"], data.last_day) < kit.mapped(before.fillna("0001-01-01"), data.first_day)
    yield from kit.at(rows, late, "date", "{date} is before an earlier step, {before}", before=before)
    founding = members[members["event"] == "founding"]
    founded = rows["organisation"].map(founding.groupby("organisation")["date"].max())
    last = kit.mapped(rows["date"], data.last_day)
    early = (last < founded) | ((last == founded) & (rows["event"] == "joined"))
    yield from kit.at(rows, early, "date", "{date} is before the founding, {founded}", founded=founded)
    days = founding.groupby("organisation")["date"].transform("nunique")
    yield from kit.at(founding, days > 1, "date", "{date} is not the day of the other founders")


@kit.rule("a membership's id tells organisation, step and country", "memberships")
def _membership_ids(members: pd.DataFrame) -> Iterator[kit.Fault]:
    parts = members["id"].str.extract(r"^(.+?)-(founding|joined|partner|invited)-([a-z]{3})$")
    for part, column in enumerate(("organisation", "event", "country")):
        wrong = parts[part].notna() & (members[column].str.lower() != parts[part])
        yield from kit.at(members, wrong, column, '"{cell}" does not fit the id {id}', cell=members[column])
    start = [key.startswith(name.lower()) for key, name in zip(members["id"], members["organisation"], strict=True)]
    yield from kit.at(
        members, ~pd.Series(start, members.index), "organisation", "{organisation} does not fit the id {id}"
    )
    shares = {name: "per cent" for name in members["event"].unique() if name.startswith("share")}
    yield from kit.fits(
        members, "unit", "event", shares | {"agreement": "chapters", "summit": ("number of the summit", "")}
    )
    yield from kit.in_range(
        members, "unit", {"per cent": (20, 60), "chapters": (1, 30), "number of the summit": (10, 30)}
    )
    group = members["country"].str.fullmatch(r"X(BR|SC|GS)") != members["event"].str.startswith("share")
    yield from kit.at(members, group, "country", "{country} does not fit {event}")
    kind = {
        "share-gdp-ppp": "share-of-world-gdp-ppp",
        "share-gdp-nominal": "share-of-world-gdp-nominal",
        "share-population": "share-of-world-population",
    }
    named = members.assign(kind=members["id"].str.extract(r"-(share-(?:gdp-ppp|gdp-nominal|population))")[0])
    yield from kit.fits(named, "event", "kind", kind)


@kit.rule("votes on one resolution are three counts of at most 193 together", "diplomacy-events")
def _votes_within(events: pd.DataFrame) -> Iterator[kit.Fault]:
    parts = events["id"].str.extract(r"^(unga-(\d{4}-\d{2}-\d{2})(?:-[a-z])?)-(abstained|against|in-favour)$")
    rows = events.assign(vote=parts[0], day=parts[1], count=parts[2]).dropna(subset=["vote"])
    yield from kit.at(rows, rows["start"] != rows["day"], "start", "{start} is not the day in the id {id}")
    yield from kit.fits(
        rows,
        "unit",
        "count",
        {"abstained": "votes abstained", "against": "votes against", "in-favour": "votes in favour"},
    )
    group = rows.groupby("vote")["value"]
    total, size = group.transform("sum"), group.transform("size")
    yield from kit.one_per(rows, "vote", ["event", "source_id"])
    first = ~rows.duplicated("vote")
    yield from kit.at(
        rows, first & ~total.between(165, 193), "value", "the votes add to {total}, of 193 members", total=total
    )
    yield from kit.at(rows, first & (size != 3), "id", "{size} counts of {vote}, not three", size=size)
    if rows["vote"].nunique() < 4:
        yield int(events.index[0]), "id", f"votes on {rows['vote'].nunique()} of four resolutions (rows lost?)"
    strange = events["unit"].fillna("").str.startswith("votes") & ~events.index.isin(rows.index)
    yield from kit.at(events, strange, "unit", "{unit} in {id}, which is no vote of the General Assembly")
    favour = kit.held(rows, ["vote"], rows[rows["count"] == "in-favour"])
    lost = (rows["count"] == "against") & (rows["value"] >= favour)
    yield from kit.at(
        rows, lost, "value", "{value} against a resolution that was adopted with {favour:.0f}", favour=favour
    )
    number = events["id"].str.extract(r"^(?:shuttle-round|six-point)-(\d+)(?:-countries)?$")[0]
    wrong = number.notna() & (number != events["value"].astype(str))
    yield from kit.at(events, wrong, "value", "{value} is not the number in the id {id}")
    yield from kit.in_range(
        events, "unit", {"round": (1, 4), "sections": (10, 10), "points": (6, 12), "countries": (13, 110)}
    )


@kit.rule("the ends of a range that a page gives are near each other", "press-figures")
def _printed_range(figures: pd.DataFrame) -> Iterator[kit.Fault]:
    wrong = figures["value_low"] > figures["value_high"]
    yield from kit.at(figures, wrong, "value_low", "{value_low:g} is above the high end, {value_high:g}")
    wide = figures["value_high"] > 1.35 * figures["value_low"]
    yield from kit.at(figures, wide, "value_high", "{value_high:g} is far above the low end, {value_low:g}")


PROJECT_IDS = {
    "cku": "China-Kyrgyzstan-Uzbekistan railway", "pos2": "Power of Siberia 2", "tumen": "Tumen River lower reaches",
}  # fmt: skip


@kit.rule("the low end of a figure is not above the high end; a length is a length", "infrastructure-projects")
def _low_high(projects: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.at(
        projects,
        projects["value_low"] > projects["value_high"],
        "value_low",
        "{value_low:g} is above the high end, {value_high:g}",
    )
    wide = projects["value_high"] > 2.5 * projects["value_low"]
    yield from kit.at(projects, wide, "value_high", "{value_high:g} is far above the low end, {value_low:g}")
    rows = projects.assign(
        kind=projects["attribute"].str.extract(r"^(length|cost|stretch|height|capacity|years)")[0],
        prefix=projects["id"].str.split("-").str[0],
    )
    units = {
        "length": "km",
        "cost": "USD billion",
        "stretch": "km",
        "height": "m",
        "capacity": "million tonnes a year",
        "years": "years",
    }
    yield from kit.fits(rows, "unit", "kind", units)
    yield from kit.fits(rows, "project", "prefix", PROJECT_IDS)
    for column in ("value_low", "value_high"):
        wrong = (projects["attribute"] == "length") & ~projects[column].between(440, 560)
        yield from kit.at(projects, wrong, column, "{km:g} km is not the length of the railway", km=projects[column])
    wordless = rows["kind"].isna() & projects["unit"].notna() & ~projects["attribute"].str.contains("capacity")
    yield from kit.at(projects, wordless, "unit", "{unit} does not fit {attribute}")


@kit.rule("a planned year is not before the plan", "technology-projects")
def _plans(projects: pd.DataFrame) -> Iterator[kit.Fault]:
    early = (projects["unit"] == "year") & (projects["value"] < projects["date"].str[:4].astype(int))
    yield from kit.at(projects, early, "value", "{value} is before the plan, {date}")
    words = ("moon", "ilrs", "tianwan", "xudabao", "cfr", "vver", "satnav", "missile", "anti")
    rows = projects.assign(word=projects["id"].str.split("-").str[0])
    yield from kit.at(rows, ~rows["word"].isin(words), "id", "{id} begins with no known topic")
    topics = {
        "moon": "lunar base",
        "ilrs": "lunar base",
        "satnav": "satellite navigation",
        "missile": "missile defence",
        "anti": "missile defence",
    }
    yield from kit.fits(rows, "topic", "word", {**dict.fromkeys(words, "nuclear"), **topics})
    tails = {
        "operation": "operating",
        "construction": "under construction",
        "planned": "planned",
        "memorandum": "signed",
        "ratification": "ratified",
    }
    tail = projects.assign(
        tail=projects["id"].str.extract(r"-(operation|construction|planned|memorandum|ratification)$")[0]
    )
    yield from kit.fits(tail, "status", "tail", tails)
    built = (projects["unit"] == "year") & projects["status"].isin(["operating", "under construction", "held"])
    yield from kit.at(projects, built, "unit", "{unit} to come does not fit what is {status}")
    size = (projects["unit"] == "MW") & (
        projects["value"] != projects["item"].str.extract(r"VVER-(\d+)")[0].astype(float)
    )
    yield from kit.at(projects, size, "value", "{value} MW is not in the name of the reactor")


@kit.rule("the outcome in the outlook is that of the trade table", "outlook", "bilateral-trade")
def _outlook_as_trade(outlook: pd.DataFrame, trade: pd.DataFrame) -> Iterator[kit.Fault]:
    best = data.best(trade)
    two = best[
        (best["direction"] == "two-way")
        & (best["frequency"] == "A")
        & (best["currency"] == "USD")
        & (best["reporter"] == "CHN")
    ]
    value = two.set_index("period")["value"]
    told = outlook["date"].map(value) / 1000
    wrong = (outlook["unit"] == "USD billion") & ~((outlook["value"] - told).abs() <= 0.06)
    yield from kit.at(outlook, wrong, "value", "{value:g} where the trade table has {told:.1f}", told=told)
    found = 100 * (value.get("2025", np.nan) / value.get("2024", np.nan) - 1)
    wrong = (outlook["id"] == "trade-2025-growth") & ((outlook["value"] - found).abs() > 0.15)
    yield from kit.at(outlook, wrong, "value", "{value:g} where levels give {found:.1f}", found=found)
    units = {
        "trade-2025-growth": "per cent",
        "cars": "per cent",
        "trade-2024": "USD billion",
        "trade-2025": "USD billion",
    }
    yield from kit.fits(outlook, "unit", "id", units)


@kit.rule("the share of cars in the outlook is that of the market table", "outlook", "market-shares")
def _outlook_as_market(outlook: pd.DataFrame, market: pd.DataFrame) -> Iterator[kit.Fault]:
    shares = market[
        (market["brand"] == "all Chinese") & (market["metric"] == "share") & (market["market"] == "new cars")
    ]
    rows = outlook[outlook["id"] == "cars"].rename(columns={"date": "period"})
    yield from kit.elsewhere(rows, shares[shares["frequency"] == "M"], ["period"], absolute=1, must=True)


@kit.rule("the points of a route are numbered from one to four and lie on it", "route-points")
def _route_order(points: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = points.sort_values(["project", "order"])
    wrong = rows["order"] != rows.groupby("project").cumcount() + 1
    yield from kit.at(rows, wrong, "order", "{order} leaves a number out")
    many = points.groupby("project")["order"].transform("size")
    yield from kit.at(
        points, ~points.duplicated("project") & (many != 4), "order", "{project} has {many} of four points", many=many
    )
    yield from kit.in_range(
        points, "project", {"china-kyrgyzstan-uzbekistan-railway": (39, 42), "tumen-river": (42, 43)}, ("lat",)
    )
    yield from kit.in_range(
        points, "project", {"china-kyrgyzstan-uzbekistan-railway": (72, 77), "tumen-river": (130, 131)}, ("lon",)
    )


# -- statements and claims ------------------------------------------------------------------------


@kit.rule("a forecast's id tells kind, year and low end; its range is in order", "trade-forecasts")
def _forecast_ids(forecasts: pd.DataFrame) -> Iterator[kit.Fault]:
    parts = forecasts["id"].str.extract(r"^([a-z]+)-(\d{4}|undated)-(\d+|none)-")
    low = (forecasts["value_low"] / 1000).map(lambda value: f"{value:.0f}", na_action="ignore").fillna("none")
    for part, (column, cell) in enumerate(
        (("kind", forecasts["kind"]), ("period", forecasts["period"].fillna("undated")), ("value_low", low))
    ):
        yield from kit.at(forecasts, parts[part] != cell, column, '"{cell}" does not fit the id {id}', cell=cell)
    wrong = forecasts["value_low"] > forecasts["value_high"]
    yield from kit.at(forecasts, wrong, "value_low", "{value_low:g} is above the high end, {value_high:g}")
    wide = forecasts["value_high"] > 1.35 * forecasts["value_low"]
    yield from kit.at(forecasts, wide, "value_high", "{value_high:g} is far above the low end, {value_low:g}")
    bare = forecasts["value_low"].notna() & forecasts["currency"].isna()
    yield from kit.at(forecasts, bare, "currency", "is empty beside a value")
    after = forecasts["made_on"].str[:4].astype(float) > forecasts["period"].astype(float) + 1
    yield from kit.at(forecasts, after, "made_on", "{made_on} is after the year it speaks of, {period}")
    late = kit.mapped(forecasts["made_on"], data.first_day) > kit.mapped(forecasts["published"], data.last_day)
    yield from kit.at(
        forecasts, late & forecasts["published"].notna(), "made_on", "{made_on} is after the page, {published}"
    )


SPELLED = {3: "three", 6: "six", 100: "almost the same"}
QUALIFIED = {
    "over": ("over", "more than"),
    "nearly": ("nearly",),
    "almost": ("almost",),
    "by": ("by",),
    "range": (" to ",),
}
"""How a qualifier stands in the words of a claim."""


@kit.rule("a stated number and its qualifier stand in the claim's own words", "claims")
def _numbers_in_words(claims: pd.DataFrame) -> Iterator[kit.Fault]:
    columns = ["stated_value", "stated_low", "stated_high"]
    for column in columns:
        for index, value in claims[column].dropna().items():
            words = claims.at[index, "claim"].replace(",", "").lower()
            numbers = set(re.findall(r"\d+(?:\.\d+)?", words))
            if f"{value:.10g}" not in numbers and SPELLED.get(value, "\0") not in words:
                yield int(index), column, f"{value:.10g} is not in the words of the claim"
    for index, qualifier in claims["qualifier"].dropna().items():
        words = claims.at[index, "claim"].lower()
        if not any(form in words for form in QUALIFIED[qualifier]):
            yield int(index), "qualifier", f"{qualifier} is not in the words of the claim"
    valued = claims[columns].notna().any(axis=1)
    for column in ("unit", "measure"):
        yield from kit.at(claims, valued != claims[column].notna(), column, "stands with a stated value, and only then")
    yield from kit.at(claims, (claims["nature"] == "opinion") & valued, "nature", "{nature} with a stated value")
    low, high = claims["stated_low"], claims["stated_high"]
    yield from kit.at(claims, low > high, "stated_low", "{stated_low:g} is above the high end")
    yield from kit.at(claims, low.notna() != (claims["qualifier"] == "range"), "qualifier", "does not fit the two ends")
    years = claims["first_year"] > claims["last_year"]
    yield from kit.at(claims, years, "first_year", "{first_year} is after the last, {last_year}")
    tested = (claims["nature"] != "opinion") & ~valued
    yield from kit.at(claims, tested & claims["false_if"].isna(), "false_if", "is empty, and no number says it")


@kit.rule(
    "evidence 'then' was public by the last day of writing; what bears on a claim has a verdict, opinions get none",
    "claim-evidence",
    "claims",
)
def _then_and_now(evidence: pd.DataFrame, claims: pd.DataFrame) -> Iterator[kit.Fault]:
    # A page without a date was not known then: nobody can say that it was.
    late = evidence["published"].map(data.last_day) > WRITTEN
    yield from kit.at(evidence, late != (evidence["basis"] == "now"), "basis", "'{basis}', but published {published}")
    bears = evidence["bears"].isin(["claim", "another"])
    yield from kit.at(
        evidence, bears != evidence["verdict"].notna(), "verdict", "stands where a row bears on the claim"
    )
    opinions = set(claims.loc[claims["nature"] == "opinion", "id"])
    judged = evidence["claim_id"].isin(opinions) & bears
    yield from kit.at(evidence, judged, "bears", "{bears}, though {claim_id} is an opinion")
    missing = sorted(set(claims["id"]) - set(evidence["claim_id"]))
    if missing:
        yield len(evidence) - 1, "claim_id", f"there is no evidence on {missing[0]}"


@kit.rule("both readers read each claim that is no opinion, at both times", "claim-readings", "claims")
def _read_twice(readings: pd.DataFrame, claims: pd.DataFrame) -> Iterator[kit.Fault]:
    opinions = set(claims.loc[claims["nature"] == "opinion", "id"])
    yield from kit.at(readings, readings["claim_id"].isin(opinions), "claim_id", "{claim_id} is an opinion")
    read = readings[readings["reader"] != "settled"].groupby("claim_id").size()
    missing = sorted(claim for claim in set(claims["id"]) - opinions if read.get(claim, 0) != 4)
    if missing:
        yield len(readings) - 1, "claim_id", f"{missing[0]} was not read twice at both times"


@kit.rule("an observation is on claims that exist", "article-observations", "claims")
def _observed_claims(observations: pd.DataFrame, claims: pd.DataFrame) -> Iterator[kit.Fault]:
    for index, ids in observations["claim_ids"].items():
        unknown = sorted(set(ids.split()) - set(claims["id"]))
        if unknown:
            yield int(index), "claim_ids", f"{unknown[0]} is no claim"


FORMER = {
    "ANT", "CSK", "PCI", "PCZ", "PUS", "SCG", "SUN", "XBX", "XKN", "XPM", "XSB", "XSV", "XSW", "XTG", "YMD", "YUG",
}  # fmt: skip
"""Codes of what is no economy of its own any more; where ISO has none, in X."""


@kit.rule("countries have a number; no number or name stands twice; groups and residuals have a code in X", "countries")
def _codes_fit(countries: pd.DataFrame) -> Iterator[kit.Fault]:
    bare = (countries["kind"] == "country") & countries["m49"].isna() & (countries["code"] != "XKX")
    yield from kit.at(countries, bare, "m49", "is empty for a country, {code}")
    gone = (countries["kind"] == "former") != countries["code"].isin(FORMER)
    yield from kit.at(countries, gone, "kind", "{kind} does not fit {code}")
    group = countries["kind"].isin(["group", "residual"]) != (
        countries["code"].str.startswith("X") | (countries["code"] == "WLD")
    )
    other = (countries["code"] == "XKX") | (countries["kind"] == "former")
    yield from kit.at(countries, group & ~other, "kind", "{kind} does not fit the code {code}")
    for column in ("m49", "name"):
        twice = countries[column].notna() & countries[column].duplicated(keep=False)
        yield from kit.at(countries, twice, column, '"{cell}" occurs twice', cell=countries[column])


# -- registers ---


INFERRED = ["newlate-ru-nd-d564", "pluralia-forumverona-com-nd-d263"]
"""Pages without a date whose month or year was inferred from what they say."""


@kit.rule("a source's id tells host, date and address of its page", "sources")
def _ids_fit_addresses(sources: pd.DataFrame) -> Iterator[kit.Fault]:
    parts = sources["id"].str.extract(r"^(.+?)-(nd|\d{4}(?:-\d{2}(?:-\d{2})?)?)-([0-9a-f]{4})$")
    address = sources["address"].fillna("")
    host = address.str.replace(r"^https?://(www\.)?|[:/].*$", "", regex=True).str.replace(".", "-").str.lower()
    # An id such as "…-2000-2020" names a data set and its years, not a page.
    page = parts[0].notna() & ~((host == "github-com") & (parts[0] != host))
    wrong = page & (host != parts[0]) & (address != "")
    yield from kit.at(sources, wrong, "address", '"{address}" is not at the host that the id {id} tells')
    mark = address.map(lambda text: hashlib.sha1(text.encode()).hexdigest()[:4])
    yield from kit.at(
        sources, page & ~wrong & (mark != parts[2]), "address", "is not the address that the id {id} was made of"
    )
    date = sources["published"].fillna("nd")
    wrong = page & (date != parts[1]) & ~sources["id"].isin(INFERRED)
    yield from kit.at(sources, wrong, "published", '"{date}" is not the date in the id {id}', date=date)
    absent = sources["address"].isna() & (sources["tier"] != "E")
    yield from kit.at(sources, absent, "address", "is empty, which only the lowest tier may be")
    odd = sources["address"].notna() & ~address.str.contains(r"^https?://\S+$|^(?:npm|PyPI) package ")
    yield from kit.at(sources, odd, "address", '"{address}" is no address')


def _table_named(frame: pd.DataFrame, descriptor: dict[str, Any]) -> Iterator[kit.Fault]:
    names = {entry["name"] for entry in descriptor["resources"]}
    yield from kit.at(frame, ~frame["table"].isin(names), "table", '"{table}" is not a table of the data package')


for _name in ("omissions", "series"):
    kit.rule("a table that is named exists", _name, "datapackage")(_table_named)
