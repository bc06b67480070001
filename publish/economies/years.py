"""An economy through the years as it reported them: lines of its largest partners, a row a year, a file."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby, repeat

import numpy as np
import pandas as pd

from partnership import data
from partnership.views import any_pair
from publish.economies import drawing, numbers, words

FIRST, LAST = 1962, 2016
FLOWS = {"exports": ("buyers", "export"), "imports": ("suppliers", "import")}
EARLIER = {
    "AIA": ["XKN"],
    "BEL": ["XBX"],
    "BES": ["ANT"],
    "BIH": ["YUG"],
    "CUW": ["ANT"],
    "CZE": ["CSK"],
    "HRV": ["YUG"],
    "KNA": ["XKN"],
    "LUX": ["XBX"],
    "MKD": ["YUG"],
    "MNE": ["SCG", "YUG"],
    "MYS": ["XPM", "XSB"],
    "SCG": ["YUG"],
    "SRB": ["SCG", "YUG"],
    "SVK": ["CSK"],
    "SVN": ["YUG"],
    "SXM": ["ANT"],
    "TZA": ["XTG"],
    "VNM": ["XSV"],
    "YEM": ["YMD"],
}
"""Reporters of which an economy was a part, or that became part of it."""
COVERS = {
    "AZE": "The report of 2011 has no row of China, which stands in those of the years beside it.",
    "BLR": "In 2014 suppliers are fewer than in the years beside it: goods, China’s among them, may stand under the country that they were sent from.",
    "CHN": "From 1992 to 1993 Hong Kong’s part falls from 44.2 to 24.0 per cent of exports and from 25.5 to 10.0 of imports, while sales to the United States double: part of this step may be one of counting goods that pass through Hong Kong. From 2000 to 2015 imports lack the goods that came back to China, in 2015 more than these; in 2016 those without a partner are many times what they were.",
    "DEU": "To 1990 the figures are of West Germany.",
    "FIN": "In 2011 suppliers are fewer than in the years beside it: goods, China’s among them, may stand under the country that they were sent from.",
    "GAB": "The report of 2002 names 20 suppliers, where those of the years beside it name 121 and 117; China and the United States are not among the 20.",
    "IDN": "From 1976 to 1999 the figures of Indonesia include East Timor.",
    "KAZ": "The report of 2010 seems to lack much of the trade with Russia, and so the totals do: imports from there are about half of what Russia reports as sold.",
    "MAC": "In 2015 suppliers are fewer than in the years beside it: goods, China’s among them, may stand under Hong Kong, where they were sent from.",
    "PAK": "To 1971 the figures of Pakistan include Bangladesh.",
    "RUS": "The report of 2009 lacks all trade with Belarus, and so do totals, shares and concentration of that year.",
    "SDN": "To 2011 the figures of Sudan include South Sudan.",
    "TWN": "The source names the reporter Other Asia, not elsewhere specified.",
    "VNM": "In 1998 trade with Japan, Singapore and Taiwan is less than a third of that in the years beside it, exports to China are too, while the totals are above those of 1997: shares and concentration of that year may be wrong.",
    "YEM": "To 1989 the figures are of North Yemen.",
    "ZAF": "To 2009 the figures of South Africa lack its trade with Botswana, Eswatini, Lesotho and Namibia.",
}
"""What a reporter's figures cover, as the description of the table has it."""
EXPLAINED = {"AZE": [2011], "GAB": [2002], "KAZ": [2010], "RUS": [2009], "VNM": [1998]}
"""Years of which COVERS tells that main partners are missing or far too small: they are not told a second time."""
DRAWN = 5  # partners with a line, by their share of trade over all years
NAMED = 3  # largest partners that a row of the table names
UNNAMED_FROM = 0.1  # part of a flow without a partner's name from which on it is told
FAR = 0.1  # distance of an own total from UNCTAD's, as part of the latter, from which on it is told
LEVEL = 1.6  # ratio by which both flows leave, and return to, their level
LONGEST = 7  # years that a stretch on another level may last
ALONE = 2  # ratio by which one flow stands off those of the reports before and after
SHORT = 4  # reports that such a stretch may have
LEAST = 10  # million dollars: flows below are too small to be told of
GONE = 4  # ratio by which a partner's share lies below those of both years beside it
MAIN = 1 / 8  # share that it has there at least
LESS = {"CHN": 1 / 20, "RUS": 1 / 20, "SUN": 1 / 20}  # the same for those that the table keeps with all years
AS_THEY_STAND = "They stand as the copy has them; this tells where to look, not what is wrong."
PART = 0.7  # of the year before: a last report below may be of part of the year
SMALL = 0.1  # of both flows: one below hardly moves the lines
EDITION = 0.03  # distance from which on another edition of UN Comtrade is told of
COMTRADE = r"wits-summary-.*|un-comtrade-.*-totals-.*"
HUES = ("green", "purple", "ochre", "ink", "indigo")
HEADS = [
    "Year", "Exports, $ million", "Buyers", "HHI", "Largest buyers, %", "Imports, $ million", "Sup&shy;pliers", "HHI", "Largest suppliers, %",
]  # fmt: skip
SILENT = "No report in our copy"
OWN = "Years of its own reports in our copy"
OTHER_ASIA = "Other Asia"
BEYOND = (
    1.2  # ratio to all that a partner reports of the other flow, from which on what an economy has with it is told of
)
ASIA_BEYOND = 0.25  # the same for Other Asia, under which some reports seem to put goods without a named buyer
HEADER = ["Year", "Partner code", "Partner", "Flow", "Value, million dollars", "Share of the flow, per cent", "Rank"]


# -- what the tables have -------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _totals() -> dict[str, pd.DataFrame]:
    """By reporter: a row a year."""
    rows = data.load("reported-trade")
    rows = rows.assign(year=rows["period"].astype(int))
    return {str(code): part.set_index("year") for code, part in rows.groupby("reporter")}


@lru_cache(maxsize=1)
def _rows() -> pd.DataFrame:
    """A row a reporter, year and partner, with ``export_share``, ``import_share`` and ``share`` of all its trade."""
    rows = data.load("reported-partners")
    whole = data.load("reported-trade")[["period", "reporter", *FLOWS]]
    rows = rows.merge(whole, "left", ["period", "reporter"], suffixes=("", "_whole"))
    rows["year"] = rows["period"].astype(int)
    for flow, (_, kind) in FLOWS.items():
        # Five digits of a partner that is all there is can exceed the whole by a rounding.
        rows[f"{kind}_share"] = (rows[flow] / rows[f"{flow}_whole"]).clip(upper=1)
    both = rows["exports_whole"] + rows["imports_whole"]  # missing where one flow is
    rows["share"] = ((rows["exports"].fillna(0) + rows["imports"].fillna(0)) / both).clip(upper=1)
    return rows


@lru_cache(maxsize=1)
def _partners() -> dict[str, pd.DataFrame]:
    return {str(code): part for code, part in _rows().groupby("reporter")}


def totals(code: str) -> pd.DataFrame:
    """What an economy reported of its exports and imports, a row a year."""
    return _totals()[code]


def partners(code: str) -> pd.DataFrame:
    """The partners that an economy reported, as far as the table has them."""
    return _partners()[code]


@lru_cache(maxsize=1)
def named() -> dict[str, pd.DataFrame]:
    """By reporter, the rows of partners that have a name."""
    rows = _rows()
    return {
        str(code): part for code, part in rows[~rows["partner"].str.fullmatch(any_pair.UNNAMED)].groupby("reporter")
    }


def reporters(code: str) -> list[str]:
    """The economy itself, and the reporters of which it was a part, as far as there are reports of them."""
    return [own for own in (code, *EARLIER.get(code, ())) if reported(own)]


def reported(code: str) -> bool:
    """Whether our copy has a report by an economy."""
    return code in _totals()


@lru_cache(maxsize=1)
def _lines() -> dict[str, dict[str, dict[int, float]]]:
    """By reporter, the partners with the largest share of its trade over the years: per cent of it, by year.

    The table has these with all their years (``data/reported-partners.yml``), so no line breaks where a partner is small.
    """
    rows = _rows()
    rows = rows[~rows["partner"].str.fullmatch(any_pair.UNNAMED) & rows["share"].notna()]
    order = rows.groupby(["reporter", "partner"])["share"].sum().reset_index()
    order = order.sort_values(["reporter", "share", "partner"], ascending=[True, False, True])
    found: dict[str, dict[str, dict[int, float]]] = {}
    for code, partner in order.groupby("reporter").head(DRAWN)[["reporter", "partner"]].itertuples(index=False):
        found.setdefault(code, {})[partner] = {}
    columns = (rows[name].tolist() for name in ("reporter", "partner", "year", "share"))
    for code, partner, year, share in zip(*columns, strict=True):
        if partner in found[code]:
            found[code][partner][year] = 100 * share
    return found


@lru_cache(maxsize=512)
def silent(code: str) -> list[str]:
    """Years and stretches of years without any report, to the end of a state that is gone."""
    return stretches(sorted(set(range(FIRST, until(code) + 1)) - set(totals(code).index)))


@lru_cache(maxsize=512)
def until(code: str) -> int:
    """The last year of a reporter: of one that is gone the year that ``data/countries.csv`` notes, if no report is later.

    Examples
    --------
    >>> until("CSK"), until("XTG"), until("CHN")
    (1992, 1963, 2016)
    """
    row = words.country(code)
    found = re.search(r"dissolved (?:\d{4} to )?(\d{4})|\bto (\d{4})|since (\d{4})", str(row["note"]))
    if row["kind"] != "former" or not found:
        return LAST
    last = int(found[3]) - 1 if found[3] else int(found[1] or found[2])
    return min(max(last, int(totals(code).index.max())), LAST)


def stretches(years: list[int]) -> list[str]:
    """Years as words, neighbours joined.

    Examples
    --------
    >>> stretches([1962, 1963, 1970])
    ['1962–1963', '1970']
    """
    return [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs(years)]


def runs(years: list[int]) -> list[list[int]]:
    """Neighbouring years together."""
    return [[year for _, year in run] for _, run in groupby(enumerate(years), lambda pair: pair[1] - pair[0])]


# -- in words -------------------------------------------------------------------------------------


def name(partner: str) -> str:
    """Name of a partner as the reports have it: what the source calls Other Asia is mostly Taiwan, and is not called so."""
    return OTHER_ASIA if partner == "TWN" else words.name(partner)


def called(partner: str) -> str:
    """The same inside a sentence."""
    return OTHER_ASIA if partner == "TWN" else words.called(partner)


def heading(code: str, page: str) -> str:
    """Heading of a reporter's part of a page."""
    own = totals(code).index
    span = f"{own.min()} to {own.max()}" if len(own) > 1 else str(own.min())
    return f"{OWN}, {span}" if code == page else f"{words.name(code)}: reports in our copy, {span}"


def none(code: str) -> str:
    """What a page says of an economy without a report."""
    return (
        f"Our copy of UN Comtrade’s panel of {FIRST} to {LAST} has no report by {words.called(code)}. This tells of the copy, not of what "
        "the economy publishes; what others report of their trade with it is not put in the place of its own report."
    )


@lru_cache(maxsize=512)
def remarks(code: str) -> list[str]:
    """What a reader must know of a reporter's years, a sentence each."""
    rows = totals(code)
    found = [COVERS[code]] if code in COVERS else []
    if missing := silent(code):
        found.append(f"Our copy has no report by {words.called(code)} for {', '.join(missing)}.")
    for flow in FLOWS:
        if lacking := stretches(list(rows.index[rows[flow].isna()])):
            found.append(f"Without {flow}: {', '.join(lacking)}.")
    most = {flow: rows[f"{flow}_unnamed"] for flow in FLOWS if rows[f"{flow}_unnamed"].max() >= UNNAMED_FROM}
    if most:
        up = [f"{numbers.percent(part.max())} per cent of {flow} ({part.idxmax()})" for flow, part in most.items()]
        found.append(
            f"Partners without a name, bunkers among them, have up to {' and '.join(up)}; in such years shares and concentration are the "
            "least they can be."
        )
    if code != "DEU" and rows.index.min() <= 1990:
        found.append(
            "Our copy has one cell for the two German states to 1990, so trade with one of them may be missing, in totals, ranks and lines too."
        )
    return [
        *found,
        *_hardly(code),
        *_levels(code),
        *_alone(code),
        *_gone(code),
        *_beyond(code),
        *_part_year(code),
        *_editions(code),
        *_beside(code),
    ]


def _hardly(code: str) -> Iterator[str]:
    """Where one flow is so small that the lines are in effect of the other."""
    rows = totals(code)
    for flow, other in zip(FLOWS, reversed(FLOWS), strict=True):
        small = rows.index[rows[flow] / (rows[flow] + rows[other]) < SMALL]
        if len(small):
            at = ", ".join(stretches(list(small)))
            yield f"{flow.capitalize()} are under a tenth of exports and imports together in {at}: there the lines are close to shares of {other}."


@lru_cache(maxsize=512)
def levels(code: str) -> list[tuple[int, int]]:
    """First and last year of each stretch in which both flows stand on another level than in the years before and after.

    Both leave their level by ``LEVEL`` times or more, up or down, and go back by as much within ``LONGEST`` years. War and
    a changed rate of exchange do this too: the rule says where to look, not what is wrong.
    """
    rows = np.log(totals(code)[[*FLOWS]].reindex(range(FIRST, LAST + 1)).to_numpy(float))  # a year a row
    steps, far = np.diff(rows, axis=0, prepend=np.nan), np.log(LEVEL)
    found = []
    for sign in (1, -1):
        out, back = (np.flatnonzero((way * steps >= far).all(axis=1)).tolist() for way in (sign, -sign))
        for first in out:
            after = [year for year in back if first < year <= first + LONGEST]
            if after and not np.isnan(rows[first : after[0] + 1]).any():
                found.append((FIRST + first, FIRST + after[0] - 1))
    return sorted(found)


def _levels(code: str) -> Iterator[str]:
    rows = totals(code)
    for first, last in levels(code):
        up = rows["exports"][first] > rows["exports"][first - 1]
        there, back = ("up", "down") if up else ("down", "up")
        told = [
            f"{flow} " + ", ".join(f"{numbers.worth(rows[flow][year])} ({year})" for year in dict.fromkeys((first - 1, first, last, last + 1)))
            for flow in FLOWS
        ]  # fmt: skip
        yield (
            f"{stretches(list(range(first, last + 1)))[0]} is on another level: both flows go {there} by a factor of {LEVEL} or more from "
            f"{first - 1} to {first}, and {back} by {LEVEL} or more from {last} to {last + 1}: {'; '.join(told)}. They stand as the copy has "
            f"them{_others(code, first, last)}."
        )


def alone(code: str, flow: str) -> list[list[int]]:
    """Years in which one flow is far from those of the reports before and after, between these; stretches of both flows are not here.

    One year without a report may lie among them. Of stretches one within another only the longest is told. War and prices do this
    too: the rule says where to look, not what is wrong.
    """
    rows = totals(code)[flow].dropna()
    both = {year for first, last in levels(code) for year in range(first - 1, last + 2)}
    years, values = rows.index.tolist(), rows.tolist()
    found: list[list[int]] = []
    for many in range(SHORT, 0, -1):
        for at in range(len(years) - many - 1):
            before, *here, after = span = years[at : at + many + 2]
            left, *inside, right = values[at : at + many + 2]
            far = min(inside) > ALONE * max(left, right) or max(inside) < min(left, right) / ALONE
            if not far or after - before > len(span) or max(left, right, *inside) < LEAST or both & {*here}:
                continue
            if not any({*here} <= {*other[1:-1]} for other in found):
                found.append(span)
    return sorted(found)


def _alone(code: str) -> Iterator[str]:
    for flow in FLOWS:
        rows, told = totals(code)[flow], []
        for before, *here, after in alone(code, flow):
            ends = dict.fromkeys(numbers.worth(value) for value in (rows[here].min(), rows[here].max()))
            told.append(
                f"{', '.join(stretches(here))} ({' to '.join(ends)}; {numbers.worth(rows[before])} in {before}, {numbers.worth(rows[after])} in {after})"
            )
        if told:
            yield (
                f"{flow.capitalize()} of {words.joined(told)} are more than twice, or less than half, those of the reports before and "
                f"after. {AS_THEY_STAND}"
            )


def _gone(code: str) -> Iterator[str]:
    """Where a main partner's share in a flow is far below those of both years beside it, and its sum is below theirs too."""
    if code not in named():
        return
    rows = named()[code]
    names, columns = np.unique(rows["partner"].to_numpy(object), return_inverse=True)
    place = {partner: at for at, partner in enumerate(names)}
    floor = np.array([LESS.get(partner, MAIN) for partner in names])
    for flow, (_, kind) in FLOWS.items():
        whole = totals(code)[flow].dropna().to_dict()
        asked = {
            year
            for year, value in whole.items()
            if value >= LEAST and year not in EXPLAINED.get(code, []) and {year - 1, year + 1} <= whole.keys()
        }
        shares, sums = (np.zeros((LAST + 1 - FIRST, len(names))) for _ in range(2))  # a year a row, a partner a column
        for held, column in ((shares, f"{kind}_share"), (sums, flow)):
            held[rows["year"].to_numpy() - FIRST, columns] = rows[column].fillna(0).to_numpy()
        unnamed = totals(code)[f"{flow}_unnamed"]
        told, nameless = [], {}
        least, least_sum = (np.minimum(held[:-2], held[2:]) for held in (shares, sums))
        gone = (least >= floor) & (shares[1:-1] < least / GONE) & (sums[1:-1] < least_sum)
        for after_first, at in np.argwhere(gone).tolist():
            year, partner = FIRST + 1 + after_first, names[at]
            before, here, after = shares[after_first : after_first + 3]
            if year not in asked or any(here[place[former]] for former in EARLIER.get(partner, []) if former in place):
                continue  # such a partner stands under a former name
            now = f"{numbers.percent(here[at])} per cent" if here[at] else "no figure"
            if unnamed[year] >= UNNAMED_FROM and year != unnamed.idxmax():  # that year is told above
                nameless[year] = f"{numbers.percent(unnamed[year])} per cent in {year}"
            beside = f"{numbers.percent(before[at])} in {year - 1}, {numbers.percent(after[at])} in {year + 1}"
            told.append(f"{called(partner)} in {year} ({now}; {beside})")
        if told:
            nobody = f" Partners without a name have {words.joined([*nameless.values()])}." if nameless else ""
            lacking = "missing or " if any("(no figure" in one for one in told) else ""
            yield (
                f"Some shares of {flow} are {lacking}less than a quarter of those of the same partner in both years beside: {words.joined(told)}. "
                f"{AS_THEY_STAND}{nobody}"
            )


def _beyond(code: str) -> Iterator[str]:
    """Where an economy has more with one of its largest partners than that partner can have had."""
    for flow, other in zip(FLOWS, reversed(FLOWS), strict=True):
        kind, found = FLOWS[flow][1], dict[str, list[int]]()
        own = partners(code)
        own = own[(own[f"{kind}_rank"] <= NAMED) & (own[flow] >= LEAST) & own["partner"].isin(_totals())]
        for partner, year, value in own[["partner", "year", flow]].sort_values("year").itertuples(index=False):
            limit = ASIA_BEYOND if partner == "TWN" else BEYOND
            if value > limit * totals(partner)[other].get(year, np.nan):
                found.setdefault(partner, []).append(year)
        asia = found.pop("TWN", [])
        if found:
            told = "; ".join(f"{called(partner)} ({', '.join(stretches(years))})" for partner, years in found.items())
            yield (
                f"Some {flow} are at least a fifth above all {other} that the partner itself reported: {told}. {AS_THEY_STAND}"
            )
        if asia:
            yield (
                f"In {', '.join(stretches(asia))} {flow} under {OTHER_ASIA} are more than a quarter of all {other} that Taiwan reported: "
                "the heading may hold goods of which no partner was named, and then shares, ranks and concentration are not of partners alone."
            )


def _others(code: str, first: int, last: int) -> str:
    """What a stretch has with the partners whose reports of the same flows the table has, over what these report."""
    own = partners(code)
    rows = data.load("reported-partners")
    rows = rows[(rows["partner"] == code) & rows["reporter"].isin(own["partner"])]
    rows = rows.assign(year=rows["period"].astype(int)).drop(columns="partner")
    both = own.merge(rows, left_on=["year", "partner"], right_on=["year", "reporter"], suffixes=("", "_told"))
    both = both.dropna(subset=[f"{flow}{end}" for flow in FLOWS for end in ("", "_told")])
    here, before = both[both["year"].between(first, last)], both[both["year"] == first - 1]
    if not len(here) or not len(before):
        return ""
    ratios = [
        " and ".join(numbers.decimal(part[flow].sum() / part[f"{told}_told"].sum()) for flow, told in zip(FLOWS, reversed(FLOWS), strict=True))
        for part in (here, before)
    ]  # fmt: skip
    *others, final = (called(partner) for partner in sorted(here["partner"].unique()))
    names = f"{', '.join(others)} and {final}, taken together," if others else final
    return f"; its exports to {names} and imports from there are {ratios[0]} times what is reported there, {ratios[1]} in {first - 1}"


def _part_year(code: str) -> Iterator[str]:
    """Whether the last year of the copy is so far below the one before that it may be of part of the year."""
    rows = totals(code)[[*FLOWS]]
    if not {LAST - 1, LAST} <= {*rows.index}:
        return
    left = rows.loc[LAST] / rows.loc[LAST - 1]
    if (left <= PART).all():
        yield (
            f"The report of {LAST} has exports at {left['exports']:.2f} and imports at {left['imports']:.2f} of those of {LAST - 1}; whether it is "
            "of the whole year the copy does not tell."
        )


@lru_cache(maxsize=1)
def _edited() -> dict[str, pd.DataFrame]:
    """By reporter: UN Comtrade's totals in another edition, which the book has of China and Russia."""
    rows = data.load("trade-totals")
    rows = rows[(rows["frequency"] == "A") & rows["source_id"].str.fullmatch(COMTRADE)]
    return {str(code): part for code, part in rows.groupby("reporter")}


def _editions(code: str) -> Iterator[str]:
    """Where UN Comtrade's totals in another edition are other figures."""
    rows = _edited().get(code)
    if rows is None:
        return
    for flow, side in zip(FLOWS, ("exporter", "importer"), strict=True):
        later = rows[rows[side] == code].drop_duplicates("period").set_index("period")["value"]
        both = totals(code)[[flow]].join(later.set_axis(later.index.astype(int)), how="inner").dropna()
        both = both[(both[flow] / both["value"] - 1).abs() > EDITION]
        if len(both):
            told = "; ".join(
                f"{numbers.worth(own)} here, {numbers.worth(value)} there in {year}{_by_customs(code, side, year)}"
                for year, own, value in both.tail(2).itertuples()
            )
            yield (
                f"In another edition of UN Comtrade {flow} differ by more than {100 * EDITION:.0f} per cent in "
                f"{', '.join(stretches(list(both.index)))}: {told}."
            )


def _by_customs(code: str, side: str, year: int) -> str:
    """What customs have where the book knows that another edition of UN Comtrade lies above it."""
    ends = {"exporter": code, "importer": "WLD"} if side == "exporter" else {"exporter": "WLD", "importer": code}
    rows = data.select(data.load("trade-totals"), period=str(year), reporter=code, frequency="A", currency="USD", **ends)  # fmt: skip
    if not rows["note"].str.startswith("Above the customs figure", na=False).any():
        return ""
    return f", {numbers.worth(rows.loc[rows['rank'] == 1, 'value'].item())} by its customs"


def _beside(code: str) -> Iterator[str]:
    """How far the latest report for a year of UNCTAD's matrix is from what the matrix has."""
    rows = totals(code)
    for flow in FLOWS:
        for world in reversed(words.goods()[:-1]):
            told = numbers.totals(world)[flow].get(code, np.nan)
            own = rows[flow].get(int(world), np.nan)
            if told == told and own == own:
                if abs(own / told - 1) > FAR:
                    yield f"For {world} {words.called(code)} has {flow} of {numbers.worth(own)} in its own report and {numbers.worth(told)} in UNCTAD’s table."
                break


BASIS = (
    "UN Comtrade as the economy itself reported, through the World Bank’s WITS; shares are of its own total. A year that the copy lacks is "
    "left out; the economy may have reported, or may not have existed. Nothing is estimated. Goods that pass through are left out of exports in "
    "some reports that count them apart, as in Hong Kong’s, and stand in others, as in Singapore’s. Other Asia is what the source calls “Other Asia, "
    "not elsewhere specified”: mostly Taiwan, in some reports perhaps goods of which no partner was named. Not to be joined to the tables of other years on this page."
)


# -- a row a year ---------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def table(code: str) -> list[list[str]]:
    """A row a year, the latest first, as printed; a stretch without a report is one row."""
    rows = totals(code)
    parts = [_printed(rows, code, flow) for flow in FLOWS]
    told = {str(year): [str(year), *sold, *bought] for year, sold, bought in zip(rows.index, *parts, strict=True)}
    told |= {stretch: [stretch, SILENT, *[""] * (len(HEADS) - 2)] for stretch in silent(code)}
    return [told[year] for year in sorted(told, reverse=True)]


def _printed(rows: pd.DataFrame, code: str, flow: str) -> Iterator[list[str]]:
    many, kind = FLOWS[flow]
    columns = [rows[name].tolist() for name in (flow, many, f"{kind}_hhi", f"{flow}_unnamed")]
    for year, value, count, hhi, unnamed in zip(rows.index, *columns, strict=True):
        if pd.isna(value):
            yield [numbers.HOLE] * 4
            continue
        first = _first(flow).get((code, year), [])
        lacking = [f"no name {numbers.percent(unnamed)}"] if unnamed >= 0.01 else []
        index = numbers.index(hhi) if unnamed < 1 else numbers.HOLE
        yield [numbers.amount(value), str(count), index, "; ".join(filter(None, [", ".join(first), *lacking]))]


@lru_cache(maxsize=2)
def _first(flow: str) -> dict[tuple[str, int], list[str]]:
    """By reporter and year, the largest partners of a flow with their shares."""
    kind = FLOWS[flow][1]
    rows = _rows()
    rows = rows[rows[f"{kind}_rank"] <= NAMED].sort_values([f"{kind}_rank", "partner"])
    found: dict[tuple[str, int], list[str]] = {}
    columns = (rows[name].tolist() for name in ("reporter", "year", "partner", f"{kind}_share"))
    for code, year, partner, share in zip(*columns, strict=True):
        told = found.setdefault((code, year), [])
        if len(told) < NAMED:  # equals may share the third place
            told.append(f"{name(partner)} {numbers.percent(share)}")
    return found


def file(code: str) -> str:
    """The rows of a reporter as a file: first the whole of each flow, then the partners that the table has."""
    own, whole, rows = partners(code), totals(code), []
    for flow, (_, kind) in FLOWS.items():
        columns = (own[name].tolist() for name in ("year", flow, "partner", f"{kind}_share", f"{kind}_rank"))
        all_of = zip(whole.index.tolist(), whole[flow].tolist(), repeat("WLD"), repeat(1.0), repeat(None))
        for part, held in enumerate((all_of, zip(*columns, strict=True))):
            rows += [
                ((year, flow, part, -value), data.cell_text(value), partner, f"{100 * share:.4g}", rank)
                for year, value, partner, share, rank in held
                if value == value
            ]
    rows.sort(key=lambda row: row[0])  # of the flows, exports are first by the alphabet too
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(
        [year, partner, name(partner), flow, value, share, "" if data.missing(rank) else f"{rank:.0f}"]
        for (year, flow, *_), value, partner, share, rank in rows
    )
    return out.getvalue()


# -- a pair ---------------------------------------------------------------------------------------

KEPT = (
    "Per cent of all exports or imports of the one who reports, through the World Bank’s WITS. Kept are China, Russia and the main partners "
    "of each report; a dash is no figure, which need not mean zero. Taiwan is “Other Asia, not elsewhere specified”, under which some reports may have goods of which no partner was named. Russia begins with 1992, when it may hold trade of all that was the Soviet Union. "
    "Not to be joined to the tables above. Russia’s report of 2009 lacks Belarus, Kazakhstan’s of 2010 seems to lack much of its trade with Russia: "
    "shares of others in them are too high. The page of an economy that reported says what its reports lack, and has these years as a file."
)
NEITHER = "Our copy keeps no row of either on the other."


@lru_cache(maxsize=1)
def _shares() -> dict[tuple[str, str], dict[int, tuple[str, str]]]:
    """By reporter and partner, in each year: the partner's shares in exports and imports, as printed."""
    rows = _rows()
    columns = [rows[name].tolist() for name in ("reporter", "partner", "year", "export_share", "import_share")]
    found: dict[tuple[str, str], dict[int, tuple[str, str]]] = {}
    for code, partner, year, sold, bought in zip(*columns, strict=True):
        found.setdefault((code, partner), {})[year] = (numbers.percent(sold), numbers.percent(bought))
    return found


def pair(a: str, b: str) -> list[list[str]]:
    """A row a year that either reported of the other, the latest first.

    The year; B in the exports and the imports of A, by A's report; A in those of B, by B's; per cent as printed.
    """
    one, other = (_shares().get(at, {}) for at in ((a, b), (b, a)))
    hole = (numbers.HOLE, numbers.HOLE)
    return [[str(year), *one.get(year, hole), *other.get(year, hole)] for year in sorted({*one, *other}, reverse=True)]


@lru_cache(maxsize=1)
def _kept() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for (code, partner), told in sorted(_shares().items()):
        rows = (f"{year % 100:02} {sold} {bought}" for year, (sold, bought) in sorted(told.items()))
        found.setdefault(code, {})[partner] = ";".join(rows).replace(numbers.HOLE, "-")
    return found


def script(code: str) -> str:
    """What the script of the page of pairs reads of a reporter: the rows of each partner that can be chosen beside it."""
    held = {partner: told for partner, told in _kept()[code].items() if partner in numbers.printed()}
    return f'pmYears("{code}",{json.dumps(held, separators=(",", ":"))});\n'


# -- the drawing ----------------------------------------------------------------------------------

WIDTH, HEIGHT = 400, 220  # units of the drawing, as are those below
LEFT, END = 30, 292  # of the plot
TOP, BASE = 14, 192
STEP = 14  # between the names of two lines, at least
TICKS = (1970, 1980, 1990, 2000, 2010)
LETTERS = 16  # of a name beside its line; longer ones are cut


def across(year: float) -> int:
    """Place of a year."""
    return LEFT + int((END - LEFT) * (year - FIRST) / (LAST - FIRST) + 0.5)


def hues(shown: list[str]) -> dict[str, str]:
    """China and Russia have their colours, the Soviet Union Russia's; the others what is left, in order."""
    own = {**drawing.COLOURS, "SUN": drawing.COLOURS["RUS"]}
    spare = iter(HUES)
    return {partner: own.get(partner) or next(spare) for partner in shown}


def figure(code: str) -> str:
    """The drawing with its words; nothing where no year has both flows."""
    drawn = _lines().get(code)
    if not drawn:
        return ""
    one = totals(code)[[*FLOWS]].isna().to_numpy().any()
    grey = f" Grey: our copy lacks {'a flow or both' if one else 'a report'}." if _grey(code) else ""
    return (
        f'<figure class="pm-pair-figure"><figcaption>Largest partners of {escape(words.called(code))} over the years, by its own reports</figcaption>'
        f'<p class="pm-unit">Per cent of its exports and imports together.{grey}</p>{drawn_lines(code, drawn)}</figure>'
    )


@lru_cache(maxsize=512)
def _grey(code: str) -> list[list[int]]:
    """Stretches of years without a report of both flows."""
    whole = totals(code)[[*FLOWS]].dropna().index
    return runs(sorted(set(range(FIRST, until(code) + 1)) - set(whole)))


def drawn_lines(code: str, drawn: dict[str, dict[int, float]]) -> str:
    """Lines of the shares; each line's name stands at its right, in its colour."""
    top = drawing.top_of(max(max(shares.values()) for shares in drawn.values()))
    up = lambda value: int(BASE - (BASE - TOP) * value / top + 0.5)  # noqa: E731
    colour = hues(list(drawn))
    ends = {partner: (min(shares), max(shares)) for partner, shares in drawn.items()}
    listed = "; ".join(
        f"{name(partner)} " + ", ".join(f"{numbers.decimal(drawn[partner][year])} in {year}" for year in years)
        for partner, years in ends.items()
    )
    label = f"Per cent of the trade of {words.called(code)}, by its own reports: {listed}."
    parts = [
        f'<svg class="pm-partners pm-lines" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label, quote=True)}">'
    ]
    for run in _grey(code):
        left, right = max(across(run[0] - 0.5), LEFT), min(across(run[-1] + 0.5), END)
        parts.append(f'<path class="gap" d="M{left} {TOP}H{right}V{BASE}H{left}z"/>')
    for tick in (0, top / 2, top):
        y = up(tick)
        parts.append(
            f'<path class="grid" d="M{LEFT} {y}H{END}"/><text class="tick" x="{LEFT - 5}" y="{y + 4}" text-anchor="end">{tick:g}</text>'
        )
    parts += [
        f'<text class="tick" x="{across(year)}" y="{HEIGHT - 8}" text-anchor="middle">{year}</text>' for year in TICKS
    ]
    for partner, y in _apart({partner: up(drawn[partner][last]) for partner, (_, last) in ends.items()}):
        shares, hue, full = drawn[partner], colour[partner], name(partner)
        path = "".join(
            f"{'L' if year - 1 in shares else 'M'}{across(year)} {up(shares[year])}" for year in sorted(shares)
        )
        alone = [year for year in shares if not {year - 1, year + 1} & shares.keys()]
        dots = "".join(f'<circle class="{hue}" cx="{across(year)}" cy="{up(shares[year])}" r="1.5"/>' for year in alone)
        short = full if len(full) <= LETTERS else full[: LETTERS - 1].rstrip() + "…"
        parts.append(
            f'<path class="line {hue}" d="{path}"/>{dots}<text class="{hue}" x="{END + 8}" y="{y + 4}">{escape(short)}</text>'
        )
    return "".join(parts) + "</svg>"


def _apart(wanted: dict[str, int]) -> list[tuple[str, int]]:
    """Places for names beside their lines, far enough from each other and within the drawing."""
    order = sorted(wanted, key=lambda partner: wanted[partner])
    places: list[int] = []
    for partner in order:
        places.append(max(wanted[partner], places[-1] + STEP if places else TOP))
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], (places[at + 1] if at + 1 < len(places) else BASE + STEP) - STEP)
    return list(zip(order, places, strict=True))


# -- the page -------------------------------------------------------------------------------------


def section(page: str) -> str:
    """The part of an economy's page: for itself and each reporter of which it was a part."""
    parts = [_part(code, page) for code in reporters(page)]
    if not reported(page):
        parts.insert(0, f'<h2 id="years">{OWN}: none</h2><p>{escape(none(page))}</p>')
    return "".join([*parts, f'<p class="pm-basis">{escape(BASIS)}</p>' if reporters(page) else ""])


def _part(code: str, page: str) -> str:
    noted = "".join(f"<li>{escape(remark)}</li>" for remark in remarks(code))
    said = f'<ul class="pm-notes">{noted}</ul>' if noted else ""
    heads = "".join(f"<th scope=col>{head}</th>" for head in HEADS[1:])
    rows = []
    for year, *cells in table(code):
        if cells[0] == SILENT:
            told = f'<td class="silent" colspan="{len(cells)}">{SILENT}</td>'
        else:
            told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        rows.append(f'<tr><th scope="row">{year}</th>{told}</tr>')
    name = "years" if code == page else f"years-{code}"
    return (
        f'<h2 id="{name}">{escape(heading(code, page))}</h2>{said}{figure(code)}'
        '<details class="pm-every"><summary>A row a year: totals, concentration, largest partners</summary>'
        f'<div class="pm-scroll" role="region" aria-label="{escape(heading(code, page), quote=True)}" tabindex="0"><table class="pm pm-years">'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></details>"
        f'<p class="pm-unit"><a href="{code}.years.csv" download>These years as CSV</a>, with all partners that are kept.</p>'
    )
