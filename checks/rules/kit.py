"""What the rules are made of: how a fault is told, and comparisons that many rules share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np
import pandas as pd

from partnership import data

Fault = tuple[int, str, str]
"""Index of the row in the checked table, column, and what is wrong there."""


@dataclass(frozen=True)
class Rule:
    """What the field expects, in words; ``tables`` as the function takes them, the faulted one first.

    For ``datapackage`` the function gets the descriptor.
    """

    says: str
    tables: tuple[str, ...]
    find: Callable[..., Iterator[Fault]]


RULES: list[Rule] = []


def rule(says: str, *tables: str) -> Callable[[Callable[..., Iterator[Fault]]], Callable[..., Iterator[Fault]]]:
    """Register a function as a rule; it yields faults of the first table."""

    def register(find: Callable[..., Iterator[Fault]]) -> Callable[..., Iterator[Fault]]:
        RULES.append(Rule(says, tables, find))
        return find

    return register


def at(frame: pd.DataFrame, wrong: pd.Series, column: str, words: str, /, **told: Any) -> Iterator[Fault]:
    """A fault at each row that is wrong; braces in the words name columns, or series that are told."""
    sure = wrong if wrong.dtype == bool else wrong.fillna(False).astype(bool)
    if not sure.any():
        return
    places = wrong.index[sure.to_numpy()]
    for index, row in zip(places, frame.loc[places].to_dict("records"), strict=True):
        row |= {name: value[index] if isinstance(value, pd.Series) else value for name, value in told.items()}
        yield int(index), column, words.format(**row)


def cells(frame: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Some columns, row by row; of one that the table lacks, or where it holds nothing, nothing."""
    columns: list[Iterable[Any]] = []
    for name in names:
        if name not in frame:
            columns.append(repeat(None, len(frame)))
        else:
            held = frame[name].tolist()
            gone = frame[name].isna().to_numpy()
            columns.append([None if no else cell for cell, no in zip(held, gone, strict=True)] if gone.any() else held)
    return zip(*columns, strict=True)


def cases(frame: pd.DataFrame, names: Sequence[str], wrong: Callable[..., object]) -> pd.Series:
    """The rows that are wrong by some of their columns; each distinct case is looked at once.

    Rows of few columns are mostly alike: a look at the cases costs less than a comparison of columns.
    """
    held = list(cells(frame, names))
    odd = {case for case in set(held) if wrong(*case)}
    return pd.Series([case in odd for case in held] if odd else False, frame.index, dtype=bool)


def where(frame: pd.DataFrame, column: str, wrong: Callable[[Any], object]) -> pd.Series:
    """The rows whose cell is there and wrong."""
    return cases(frame, [column], lambda cell: cell is not None and wrong(cell))


def mapped(cells: pd.Series, function: Callable[[Any], Any]) -> pd.Series:
    """Map each distinct value once; an empty column keeps dtype object."""
    known = {value: function(value) for value in cells.dropna().unique()}
    return cells.map(known) if known else cells.astype(object)


def held(frame: pd.DataFrame, keys: list[str], other: pd.DataFrame, column: str = "value") -> pd.Series:
    """What another table has under the same keys, row by row; of several rows the first."""
    if max(len(frame), len(other)) > data.MANY:  # pandas looks up many rows in less time, and takes longer to begin
        told = other.drop_duplicates(keys).set_index(keys)[column].astype(float)
        places = pd.MultiIndex.from_frame(frame[keys]) if len(keys) > 1 else frame[keys[0]]
        return pd.Series(told.reindex(places).to_numpy(), index=frame.index)
    values = dict[tuple[Any, ...], float]()
    for key, value in zip(cells(other, keys), other[column].astype(float).tolist(), strict=True):
        values.setdefault(key, value)
    return pd.Series([values.get(key, math.nan) for key in cells(frame, keys)], frame.index, float)


def of_pages(sources: pd.DataFrame, column: str) -> dict[str, Any]:
    """What the register tells of each source."""
    return dict(zip(sources["id"].tolist(), sources[column].tolist(), strict=True))


# -- text -----------------------------------------------------------------------------------------

_MARKUP = re.compile(r"<[A-Za-z/!?]|&(?:[A-Za-z]?[a-z]{2,7}|#\d+|#[xX][0-9a-fA-F]+);")
_DASHED = re.compile("[^\\W\\d_][–—][a-zа-я]")


def no_markup(frame: pd.DataFrame, columns: list[str]) -> Iterator[Fault]:
    """Words are plain text: a tag or an entity came along from a page, and would be shown as it is written."""
    for column in columns:
        found = where(frame, column, _MARKUP.search)
        yield from at(frame, found, column, '"{words}" holds HTML', words=frame[column])


def hyphenated(frame: pd.DataFrame, columns: list[str]) -> Iterator[Fault]:
    """A compound word has a hyphen: a dash before a small letter, without a space, is one that a program put there."""
    for column in columns:
        found = where(frame, column, _DASHED.search)
        yield from at(frame, found, column, '"{words}" has a dash where a compound has a hyphen', words=frame[column])


# -- dates ----------------------------------------------------------------------------------------


def days_exist(frame: pd.DataFrame, columns: list[str]) -> Iterator[Fault]:
    """A day is in the calendar: the form alone allows 30 February."""
    for column in columns:
        unreal = where(frame, column, lambda day: len(day) == 10 and not data.is_day(day))
        yield from at(frame, unreal, column, '"{day}" is no day of the calendar', day=frame[column])


def not_to_come(frame: pd.DataFrame, descriptor: dict[str, Any], columns: list[str]) -> Iterator[Fault]:
    """Nothing begins after the data package was made."""
    for column in columns:
        late = where(frame, column, lambda period: data.first_day(period) > descriptor["created"])
        words = '"{day}" is after the data package was made ({made})'
        yield from at(frame, late, column, words, day=frame[column], made=descriptor["created"])


def _day_told(frame: pd.DataFrame, pages: pd.Series, sources: pd.DataFrame) -> pd.Series:
    """When each row was published: on its own day where it has one, else on that of its page."""
    told = pages.map(of_pages(sources, "published"))
    return frame["published"].where(frame["published"].notna(), told) if "published" in frame else told


def over_when_published(frame: pd.DataFrame, sources: pd.DataFrame, free: str = "estimated") -> Iterator[Fault]:
    """A figure is not older than the end of its period.

    Left out are estimates, statements on a day, and pages that show no date (``-nd-`` in the id), whose month was
    inferred.
    """
    days = of_pages(sources, "published")

    def early(period: str, page: str | None, own: str | None, status: str | None, frequency: str | None) -> bool:
        day = own or (None if not page or "-nd-" in page else days.get(page))
        if not period or data.missing(day) or status == free or frequency == "D":
            return False
        return data.last_day(period) > data.last_day(day)

    wrong = cases(frame, ("period", "source_id", "published", "status", "frequency"), early)
    if not wrong.any():
        return
    told = _day_told(frame, frame["source_id"], sources)
    column = "published" if "published" in frame else "period"
    yield from at(frame, wrong, column, "{period} was not over when the figure was published ({told})", told=told)


@lru_cache(maxsize=4096)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def known_when_published(frame: pd.DataFrame, sources: pd.DataFrame, column: str, ahead: int) -> Iterator[Fault]:
    """An event begins at most some days after the page that tells it, which may announce it."""
    days = of_pages(sources, "published")

    def late(begun: str | None, page: str | None, own: str | None) -> bool:
        told = own or days.get(page or "")
        if not begun or data.missing(told):
            return False
        return _ordinal(data.first_day(begun)) - _ordinal(data.last_day(told)) > ahead

    wrong = cases(frame, (column, "source_id", "published"), late)
    if not wrong.any():
        return
    told = _day_told(frame, frame["source_id"], sources)
    words = '"{begun}" is long after the page was published ({told})'
    yield from at(frame, wrong, column, words, begun=frame[column], told=told)


def one_date_a_page(frame: pd.DataFrame, sources: pd.DataFrame, but: Sequence[str] = ()) -> Iterator[Fault]:
    """A row is dated as its source, unless the source is a file of many vintages (``but``: how their ids begin)."""
    days = of_pages(sources, "published")

    def unlike(page: str | None, own: str | None) -> bool:
        return own is not None and own != days.get(page or "") and not (page or "").startswith(tuple(but))

    words = '"{published}" is not the date of its source {source_id}, "{page}"'
    wrong = cases(frame, ("source_id", "published"), unlike)
    if wrong.any():
        yield from at(frame, wrong, "published", words, page=frame["source_id"].map(days))


def covers(frame: pd.DataFrame, descriptor: dict[str, Any], name: str, columns: list[str]) -> Iterator[Fault]:
    """The table reaches from the first to the last period that it had when its description was made."""
    promised = next(entry["coverage"]["temporal"] for entry in descriptor["resources"] if entry["name"] == name)
    held = data.span(cell for column in columns for (cell,) in set(cells(frame, [column])) if cell is not None)
    ends = [("begins", 0, 0), ("ends", len(frame) - 1, -1)]
    for word, row, end in ends:
        if held.split("/")[end] != promised.split("/")[end]:
            words = f"the table {word} with {held.split('/')[end]}; its description promises {promised} (rows lost?)"
            yield row, columns[0], words


def precise(frame: pd.DataFrame, column: str) -> Iterator[Fault]:
    """A date has the days or months that its precision tells."""
    length = frame["date_precision"].map({"day": 10, "month": 7, "year": 4})
    wrong = length.notna() & (frame[column].str.len() != length)
    yield from at(frame, wrong, column, '"{date}" is not given to the {date_precision}', **{"date": frame[column]})


def ends_after_start(frame: pd.DataFrame, within: int = 45) -> Iterator[Fault]:
    """An exercise, visit, meeting or span ends after it starts, and within so many days."""
    start, end = mapped(frame["start"], data.first_day), mapped(frame["end"], data.last_day)
    yield from at(frame, frame["end"].notna() & (end < start), "end", "{end} is before the start, {start}")
    days = (pd.to_datetime(end, errors="coerce") - pd.to_datetime(start, errors="coerce")).dt.days
    yield from at(frame, days > within, "end", "{end} is {days:.0f} days after the start", days=days)


def year_in_id(frame: pd.DataFrame, column: str) -> Iterator[Fault]:
    """The year in an id, as in ``joint-sea-2019``, is that of the row."""
    year = frame["id"].str.extract(r"(?:^|-)((?:19|20)\d{2})(?:-|$)")[0]
    wrong = year.notna() & (frame[column].str[:4] != year)
    yield from at(frame, wrong, column, '"{date}" is not in the year that the id {id} tells', **{"date": frame[column]})


NOW = 9999
STATES = {
    **dict.fromkeys(("RUS", "KAZ", "KGZ", "TJK", "TKM", "UZB"), (1992, NOW)),
    **dict.fromkeys(("CZE", "SVK", "ERI"), (1993, NOW)),
    **dict.fromkeys(("SRB", "MNE"), (2006, NOW)),
    **{"TLS": (2000, NOW), "XKX": (2008, NOW), "CUW": (2010, NOW), "SXM": (2010, NOW), "SSD": (2011, NOW)},
    **{"SCG": (1992, 2006), "ANT": (1900, 2010), "SUN": (1900, 1991), "CSK": (1900, 1992), "YUG": (1900, 1992)},
}
"""First and last year in which a state stands in statistics of trade."""


def states_exist(frame: pd.DataFrame, columns: list[str]) -> Iterator[Fault]:
    """No trade before the state existed, or after it was gone."""

    def beyond(state: str | None, period: str | None) -> bool:
        if state not in STATES:
            return False
        first, last = STATES[state]
        return period is None or not first <= int(period[:4]) <= last

    for column in columns:
        wrong = cases(frame, (column, "period"), beyond)
        yield from at(frame, wrong, column, "{state} was no trading state in {period}", state=frame[column])


# -- size -----------------------------------------------------------------------------------------


def beside(
    frame: pd.DataFrame, keys: list[str], up: float, down: float, floor: float = 0, but: str = "XQ"
) -> Iterator[Fault]:
    """A value is at most ``up`` times the largest of the two periods before and after, at least the smallest over ``down``.

    Below ``floor`` all is possible.
    """
    rows = frame.dropna(subset=["value"])
    if "importer" in keys:
        # The rest of a continent (XQ) is not the same rest each year.
        rows = rows[~(rows["exporter"].str.startswith(but) | rows["importer"].str.startswith(but))]
    rows = rows.sort_values([*keys, "period"], kind="stable")
    value = rows["value"].astype(float)
    series = rows.groupby(keys, dropna=False, sort=False).ngroup().to_numpy()
    near = np.full((len(rows), 4), np.nan)
    for place, step in ((0, 2), (2, 1)):  # later and earlier, where that row is of the same series
        one = np.flatnonzero(series[step:] == series[:-step])
        near[one, place], near[one + step, place + 1] = value.to_numpy()[one + step], value.to_numpy()[one]
    most, least = np.fmax.reduce(near, axis=1), np.fmin.reduce(near, axis=1)
    wrong = ((value > up * most) & (value > floor)) | ((value * down < least) & (least > floor))
    told = {"own": value, "most": pd.Series(most, rows.index), "least": pd.Series(least, rows.index)}
    words = "{own:.7g} is out of line: the periods beside it have {least:.7g} to {most:.7g}"
    yield from at(rows, wrong, "value", words, **told)


def agree(frame: pd.DataFrame, cell: list[str], factor: float, floor: float = 0, points: float = 0) -> Iterator[Fault]:
    """Two sources of one figure agree within a factor, or within points; the largest is faulted."""
    rows = frame.dropna(subset=["value"])
    rows = rows[rows.duplicated(cell, keep=False)]
    group = rows.groupby(cell, dropna=False)["value"]
    least, most = group.transform("min"), group.transform("max")
    wrong = (rows["value"] == most) & (most > factor * least + points) & (most > floor)
    words = "{value:.7g} where another source of the same figure has {least:.7g}"
    yield from at(rows, wrong, "value", words, least=least)


Ranges = Mapping[str, Sequence[float]]


def in_range(frame: pd.DataFrame, by: str, ranges: Ranges, columns: Sequence[str] = ("value",)) -> Iterator[Fault]:
    """Each unit (or series) has its plausible range."""
    low, high = (frame[by].map({name: bounds[end] for name, bounds in ranges.items()}) for end in (0, 1))
    for column in columns:
        own = frame[column].astype(float)
        words = "{own:.7g} is no plausible number of: {kind} ({low:g} to {high:g})"
        yield from at(frame, (own < low) | (own > high), column, words, own=own, low=low, high=high, kind=frame[by])


def fits(frame: pd.DataFrame, column: str, by: str, wanted: Mapping[str, str | Sequence[str]]) -> Iterator[Fault]:
    """A cell is what another cell of the row calls for."""
    may = {key: (cell,) if isinstance(cell, str) else cell for key, cell in wanted.items()}
    wrong = cases(frame, (by, column), lambda choice, cell: choice in may and (cell or "") not in may[choice])
    words = '"{cell}" does not fit {other}'
    yield from at(frame, wrong, column, words, cell=frame[column].fillna(""), other=frame[by])


def one_per(frame: pd.DataFrame, key: str, columns: list[str]) -> Iterator[Fault]:
    """All rows of one source (or series) have the same cell; the rarer is faulted, of two equally many the last."""
    for column in columns:
        pairs = set(cells(frame, (key, column)))
        if len(pairs) == len({name for name, _ in pairs}):
            continue
        told = frame[column].fillna("")
        many = told.groupby(frame[key]).transform("nunique")
        for name in frame.loc[many > 1, key].unique():
            own = told[frame[key] == name]
            usual = own.mode().iloc[0] if len(own) > 2 else own.iloc[0]
            words = '"{cell}" where other rows of {name} have "{usual}"'
            yield from at(frame, own != usual, column, words, cell=told, name=name, usual=usual)


def period_fits(frame: pd.DataFrame) -> Iterator[Fault]:
    """A year is a year, a quarter a quarter, and a month (or the year to it) a month; a day may be any."""
    forms = {
        "A": r"\d{4}",
        "5Y": r"\d{4}",
        "Q": r"\d{4}-Q[1-4]",
        "M": r"\d{4}-\d{2}",
        "YTD": r"\d{4}-\d{2}",
        "R12": r"\d{4}-\d{2}",
    }

    def unlike(frequency: str | None, period: str | None) -> bool:
        return frequency in forms and (period is None or not re.fullmatch(forms[frequency], period))

    wrong = cases(frame, ("frequency", "period"), unlike)
    yield from at(frame, wrong, "period", '"{period}" is not how {frequency} is written')


def told_soon(frame: pd.DataFrame, column: str, days: int, free: str = "") -> Iterator[Fault]:
    """A page tells of what has just been."""
    end = pd.to_datetime(mapped(frame[column], data.last_day), errors="coerce")
    page = pd.to_datetime(mapped(frame["published"], data.first_day), errors="coerce")
    late = ((page - end).dt.days > days) & (frame[column] != free)
    yield from at(frame, late, column, '"{day}" is long before the page, {published}', day=frame[column])


def value_with_unit(frame: pd.DataFrame, columns: list[str], both: bool = True) -> Iterator[Fault]:
    """A value has a unit, and where a unit says ``both`` a value."""
    told = frame[columns].notna().any(axis=1)
    yield from at(frame, told & frame["unit"].isna(), "unit", "is empty beside a value")
    yield from at(frame, ~told & frame["unit"].notna() & both, columns[0], "is empty beside a unit, {unit}")


def error_fits(frame: pd.DataFrame) -> Iterator[Fault]:
    """A value is not off by more than itself."""
    far = frame["error"] > frame["value"].abs()
    yield from at(frame, far, "error", "{error:g} is more than the value itself, {value:g}")


def from_sources(frame: pd.DataFrame, begin: Sequence[str]) -> Iterator[Fault]:
    """Rows come from files whose ids begin so: a table of one publisher takes no other."""
    wrong = ~frame["source_id"].str.startswith(tuple(begin))
    yield from at(frame, wrong, "source_id", "{source_id} is no source of this table: " + ", ".join(begin))


def noted(frame: pd.DataFrame, statuses: Sequence[str]) -> Iterator[Fault]:
    """What is derived or digitised says how."""
    wrong = frame["status"].isin(statuses) & frame["note"].isna()
    yield from at(frame, wrong, "note", "is empty although the row is {status}: how?")


def printed(frame: pd.DataFrame, growth: str = "growth_reported") -> Iterator[Fault]:
    """Growth is as printed, never computed: it has two decimals at most; a row without a value has its growth."""
    cells = frame[growth]
    words = "{cell} has more decimals than a page prints: was it computed?"
    yield from at(frame, cells.notna() & (cells.round(2) != cells), growth, words, cell=cells)
    bare = frame["value"].isna() & cells.isna()
    yield from at(frame, bare, growth, "is empty, and so is the value: the page printed one of the two")


def ranked(frame: pd.DataFrame, cell: list[str]) -> Iterator[Fault]:
    """The pages of one figure are ranked from one on, each once."""
    rows = frame.sort_values([*cell, "rank"], kind="stable")
    place = rows.groupby(cell).cumcount() + 1
    yield from at(
        rows, rows["rank"] != place, "rank", "{rank} where the pages of this figure make it {place}", place=place
    )


def shares_within(frame: pd.DataFrame, free: str = "") -> Iterator[Fault]:
    """A share is nought to 100 per cent; ``free`` is a metric that is no share but a change."""
    share = frame["unit"] == "per cent"
    if free:
        share &= frame["metric"] != free
    wrong = share & ((frame["value"] < 0) | (frame["value"] > 100))
    yield from at(frame, wrong, "value", "{value:g} per cent is no share of a whole")


def of_tier(frame: pd.DataFrame, sources: pd.DataFrame, by: str, wanted: Mapping[str, str]) -> Iterator[Fault]:
    """What a cell calls for is the tier of the row's source."""
    tier = frame["source_id"].map(of_pages(sources, "tier"))
    words = "{source_id} is of tier {tier}, which does not fit {other}"
    yield from at(frame, tier != frame[by].map(wanted), "source_id", words, tier=tier, other=frame[by])


# -- parts and wholes -----------------------------------------------------------------------------


def adds(
    frame: pd.DataFrame,
    by: list[Any],
    whole: pd.Series,
    column: str,
    low: float | pd.Series = 0,
    high: float | pd.Series = 0,
    absolute: float = 1e-6,
    one: bool = True,
) -> Iterator[Fault]:
    """Parts add to their whole, which stands once; parts may be ``low`` below or ``high`` above it, as fractions."""
    parts_of = frame.groupby([frame[key] if isinstance(key, str) else key for key in by], sort=False).ngroup()
    parts = frame["value"].where(~whole, 0.0).groupby(parts_of).transform("sum")
    gap = parts - frame["value"]
    wrong = whole & ~gap.between(-low * frame["value"] - absolute, high * frame["value"] + absolute)
    yield from at(frame, wrong, "value", "{value:.9g} where the parts add to {parts:.9g}", parts=parts)
    count = whole.groupby(parts_of).transform("sum")
    first = ~parts_of.duplicated()
    yield from at(frame, first & (count != 1) & one, column, "{count:.0f} totals stand beside these parts", count=count)


def partners_add(
    frame: pd.DataFrame, own: str, low: Mapping[str, float] | None = None, high: Mapping[str, float] | None = None
) -> Iterator[Fault]:
    """An exporter's partners sum to its world total, an importer's too; goods that come back count with imports.

    By period, partners may fall short of the total (``low``) or exceed it (``high``) by a fraction.
    """
    out = (frame["exporter"] == own) & (frame["importer"] != own)
    world = frame["importer"].where(out, frame["exporter"]) == "WLD"
    short = mapped(frame["period"], lambda period: (low or {}).get(period, 0.0))
    over = mapped(frame["period"], lambda period: (high or {}).get(period, 0.0))
    yield from adds(frame, ["period", out, "source_id"], world, "importer", short, over, 0.001)
    none = (frame["exporter"] != own) & (frame["importer"] != own)
    yield from at(frame, none, "exporter", f"neither side of the flow is {own}")


@lru_cache(maxsize=256)
def _periods(first: str, last: str, frequency: str) -> list[str]:
    return [str(period) for period in pd.period_range(first, last, freq=frequency)]


def complete(frame: pd.DataFrame, keys: list[str], frequency: str) -> Iterator[Fault]:
    """A series has no hole between its first and its last period."""
    series = dict[tuple[Any, ...], dict[str, int]]()
    for row, (*key, period) in zip(frame.index, cells(frame, (*keys, "period")), strict=True):
        series.setdefault(tuple(key), {}).setdefault(period, row)
    for name, held in sorted((name, held) for name, held in series.items() if None not in name):
        missing = [period for period in _periods(min(held), max(held), frequency) if period not in held]
        if missing:
            after = next(row for period, row in held.items() if period > missing[0])
            yield int(after), "period", f"{missing[0]} is missing before this row ({' '.join(map(str, name))})"


def together(frame: pd.DataFrame, keys: list[str], end: str = "max") -> Iterator[Fault]:
    """All series end, or begin, with the same period."""
    pick, told = (max if end == "max" else min), dict[tuple[Any, ...], str]()
    for *key, period in cells(frame, (*keys, "period")):
        told[tuple(key)] = pick(told.get(tuple(key), period), period)
    if len(set(told.values())) < 2 and not any(None in key for key in told):
        return
    ends = frame.groupby(keys)["period"].transform(end)
    first = ~frame.duplicated(keys, keep="last" if end == "max" else "first") & (ends != getattr(ends, end)())
    words = "the series " + ("ends" if end == "max" else "begins") + " with {mine}, others with {all} (rows lost?)"
    yield from at(frame, first, "period", words, mine=ends, all=getattr(ends, end)())


def elsewhere(
    frame: pd.DataFrame, other: pd.DataFrame, keys: list[str], factor: float = 1, absolute: float = 0, floor: float = 0,
    must: bool = False,
) -> Iterator[Fault]:  # fmt: skip
    """The same figure in another table is the same, or of the same order."""
    told = held(frame, keys, other)
    far = (frame["value"] > factor * told + absolute) & (frame["value"] > floor)
    far |= (told > factor * frame["value"] + absolute) & (told > floor)
    far |= told.isna() & must
    yield from at(frame, far, "value", "{value:.7g} where another table has {told:.7g} for the same", told=told)


SERIES = ["frequency", "direction", "exporter", "importer", "reporter", "currency"]
FLOW = ["period", "exporter", "importer"]


def valued(frame: pd.DataFrame, who: str) -> Iterator[Fault]:
    """Exports are FOB by the exporter and imports CIF by the importer, the turnover is neither."""
    one = frame["direction"] == "one-way"
    for side, basis in (("exporter", "FOB"), ("importer", "CIF")):
        wrong = one & (frame[who] == frame[side]) & (frame["valuation"] != basis) & (frame["frequency"] != "M")
        yield from at(frame, wrong, "valuation", "{valuation} is not how the " + side + f" values: {basis}")
    wrong = ~one & (frame["valuation"] != "other")
    yield from at(frame, wrong, "valuation", "{valuation}, but both directions together are neither FOB nor CIF")


def listed(frame: pd.DataFrame, countries: pd.DataFrame, column: str) -> Iterator[Fault]:
    """Each code of a list such as ``CHN;RUS`` is in the register of countries, once."""
    known = set(countries["code"])
    strange = mapped(frame[column], lambda cell: [code for code in cell.split(";") if code not in known])
    yield from at(frame, strange.map(bool), column, "{strange[0]} is not in countries.csv", strange=strange)
    twice = mapped(frame[column], lambda cell: len(set(cell.split(";"))) < len(cell.split(";")))
    yield from at(frame, twice, column, "{cell} names a country twice", cell=frame[column])
