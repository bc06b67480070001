"""The codebook: what every table and column means, and what they hold, read from the data package and from the tables.

Nothing here is kept by hand: a new table or column appears by itself, under the heading that its YAML names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from pathlib import Path

import pandas as pd

from partnership import ROOT, data, prose, show, statements

CHANGES = ROOT / "CHANGELOG.md"
SHARED = {
    "frequency": "what the period is: A year, Q quarter, M month, YTD January to the month, R12 twelve months, 5Y five years, D day",
    "status": "reported, derived (arithmetic on reported figures, told in the note), digitised (read off a chart), estimated",
    "error": "how far the value may be off, in its unit; where it is empty, half a unit of the last printed digit (zeros at the end of a whole number, three at the most, count as not printed: 40 may be off by 5), and none for things told one by one",
    "source_id": "the source of the row, in sources.csv",
    "published": "when this figure was published, as exact as known; a date without a day is often inferred from the page",
    "note": "what is unusual about the row",
}
"""Columns that mean the same in every table, told once."""
TIERS = {
    "A": "official statistics, or an official page",
    "B": "official statistics through a named carrier",
    "C": "press report of a figure or an event",
    "D": "estimate, or a count that is not an official one",
    "E": "statement, or a source of lowest reliability",
}
"""The meaning of each tier, as tables, figures, cards and the workbook tell it; the glossary tells more."""
NAMES = {
    **{
        "A": "years",
        "Q": "quarters",
        "M": "months",
        "YTD": "to date",
        "R12": "twelve months",
        "5Y": "five years",
        "D": "days",
    },
    **{"CHN": "China", "RUS": "Russia"},
}


# -- what the data package says -------------------------------------------------------------------


def headings() -> list[str]:
    """The headings that tables stand under, in their order; the last is for registers, which have no coverage."""
    return list(data.package()["headings"])


def by_subject() -> dict[str, list[str]]:
    """Names of all resources under their headings."""
    entries = data.package()["resources"]
    return {heading: [entry["name"] for entry in entries if entry["heading"] == heading] for heading in headings()}


def codebook(name: str, without: Iterable[str] = ()) -> show.Table:
    """The columns of a table, but for those left out by name: name, type, meaning; unit and trap if any has one."""
    entry = data.resource(name)
    keys = _key(name)
    rows = [
        {
            "Column": field["name"],
            "Type": field["type"] + (" (key)" if field["name"] in keys else ""),
            "Meaning": field["description"],
            "Unit": field.get("unit", ""),
            "Trap": field.get("trap", ""),
        }
        for field in entry["schema"]["fields"]
        if field["name"] not in without
    ]
    shown = pd.DataFrame(rows)
    shown = shown.drop(columns=[column for column in ("Unit", "Trap") if (shown[column] == "").all()])
    return show.table(shown, f"Columns of {name}")


def resources() -> show.Table:
    """All resources: what they hold, how many rows, which periods and tiers, under which licence, how large."""
    rows = [_overview(name) for names in by_subject().values() for name in names]
    return show.table(pd.DataFrame(rows), "All tables of the data package")


def _overview(name: str) -> dict[str, object]:
    entry = data.resource(name)
    frame = data.load(name) if "schema" in entry else pd.DataFrame()
    tiers = frame["tier"].value_counts().sort_index() if "tier" in frame else pd.Series(dtype=int)
    return {
        "Table": name,
        "What it holds": entry["title"],
        "Rows": len(frame) if "schema" in entry else None,
        "Covers": _period(entry["coverage"].get("temporal", "")),
        "Rows by tier": ", ".join(f"{tier} {prose.fixed(count, 0)}" for tier, count in tiers.items()),
        "Licence": ", ".join(licence["name"] for licence in entry["licenses"]),
        "Kilobytes": round(entry["bytes"] / 1000),
    }


def _period(temporal: str) -> str:
    start, slash, end = temporal.partition("/")
    return start if start == end or not slash else f"{start} to {end}"


def index() -> show.Fold:
    """All tables by subject, each a link to its codebook; the addresses are those that the chapter on data had for them."""
    parts: list[show.Table | str] = []
    for heading, names in by_subject().items():
        links = ", ".join(
            f'<a id="table-{name}" href="codebook.html#table-{name}"><code>{name}</code></a>' for name in names
        )
        parts.append(f'<p id="{heading.lower().replace(",", "").replace(" ", "-")}">{escape(heading)}: {links}.</p>')
    return show.Fold("All tables, with their fields", parts)


def shared() -> show.Table:
    """The columns that mean the same wherever they occur."""
    rows = pd.DataFrame({"Column": list(SHARED), "Meaning": list(SHARED.values())})
    return show.table(rows, "Columns that mean the same in every table that has them")


def codebooks(heading: str) -> show.Folds:
    """The codebook of every table under a heading, each behind its line."""
    return show.Folds([_fold(name) for name in by_subject()[heading]])


def _fold(name: str) -> show.Fold:
    entry = data.resource(name)
    words = (
        f'<p id="table-{name}">{escape(entry["description"])} Origin: {escape(entry["origin"])} '
        f'Download: <a href="../data/{entry["path"]}">{entry["path"]}</a>.</p>'
    )
    return show.Fold(f"{name}: {entry['title']}", [words, codebook(name, SHARED)] if "schema" in entry else [words])


# -- what the tables hold -------------------------------------------------------------------------


def coverage(name: str) -> pd.DataFrame:
    """For which years the series of a table have values.

    A series is a frequency of the table, or what its YAML names as ``series``. A row without a value does not count, a cell that
    several sources tell counts once; tables of events count events.

    Returns
    -------
    pandas.DataFrame
        ``series`` (words), ``year`` (integer), ``values`` (how many), ``share`` (of the year of that series with most);
        only years that have some. Empty for a table without periods.
    """
    frame = data.load(name)
    when = next((column for column in ("period", "start", "date") if column in frame), None)
    if when is None or data.resource(name)["heading"] == headings()[-1]:
        return pd.DataFrame(columns=["series", "year", "values", "share"])
    measured = [column for column in ("value", "ideal_point", "value_low") if column in frame]
    if when == "period":
        frame = frame.dropna(subset=measured[:1])
        cell = [column for column in _key(name) if column not in ("source_id", "who")]
        frame = frame.drop_duplicates(cell)
    frame = frame.dropna(subset=[when])
    day = frame[when] if when == "period" else frame[when].astype(str)
    held = pd.DataFrame({"series": _series(frame, name), "year": day.str[:4].astype(int)})
    counted = held.groupby(["series", "year"]).size().rename("values").reset_index()
    return counted.assign(share=counted["values"] / counted.groupby("series")["values"].transform("max"))


def _key(name: str) -> list[str]:
    """The primary key of a table."""
    key = data.resource(name)["schema"].get("primaryKey", [])
    return [key] if isinstance(key, str) else key


def _series(frame: pd.DataFrame, name: str) -> pd.Series:
    """The series that each row belongs to, in words."""
    words = pd.Series("", index=frame.index)
    for column in data.resource(name).get("series", ["frequency"] if "frequency" in frame else []):
        part = frame[column].map(lambda value: NAMES.get(value, value))
        words = words.where(words == "", words + ", ") + part
    return words


@lru_cache(maxsize=16)
def coverage_of(heading: str) -> pd.DataFrame:
    """Coverage of all tables under a heading in one frame, with ``line`` (table and series) in the order of the data."""
    parts = [coverage(name).assign(table=name) for name in by_subject()[heading]]
    told = pd.concat([part for part in parts if len(part)], ignore_index=True)
    line = told["table"] + told["series"].map(lambda series: f": {series}" if series else "")
    return told.assign(line=line)


# -- how good it is -------------------------------------------------------------------------------


def tiers() -> show.Table:
    """The tiers: what each means, how many sources and how many rows of all tables have it."""
    rows = tier_rows()
    sources = data.sources()
    registered = sources["tier"].value_counts()
    pages = sources[sources["licence"].str.contains("press page", na=False)]["tier"].value_counts()
    shown = pd.DataFrame(
        {
            "Tier": list(TIERS),
            "Meaning": list(TIERS.values()),
            "Sources": [int(registered.get(tier, 0)) for tier in TIERS],
            "Of these press pages": [int(pages.get(tier, 0)) for tier in TIERS],
            "Rows": [int(rows[tier].sum()) for tier in TIERS],
            "Tables with such rows": [int((rows[tier] > 0).sum()) for tier in TIERS],
        }
    )
    return show.table(shown, "The five tiers of reliability")


def tier_rows() -> pd.DataFrame:
    """Number of rows of each table (index) by tier (columns A to E); the register of sources is not counted."""
    counted = {}
    for name in data.tables():
        frame = data.load(name)
        if "source_id" in frame:
            counted[name] = frame["tier"].value_counts()
    return pd.DataFrame(counted).T.reindex(columns=list(TIERS)).fillna(0).astype(int)


def licences() -> show.Fold:
    """Licences of the sources, most frequent first, and where the licence is believed, not read."""
    text = data.sources()["licence"].fillna("none stated")
    believed = text.str.contains("believed")
    name = text.str.replace(r",? ?\(?believed\)?", "", regex=True).str.strip()
    counted = pd.DataFrame({"name": name, "believed": believed}).groupby("name")["believed"].agg(["size", "sum"])
    shown = counted.sort_values("size", ascending=False, kind="stable").reset_index()
    shown.columns = pd.Index(["Licence or terms", "Sources", "Of these believed, not read"])
    return show.Fold(f"{len(shown)} kinds of terms", [show.table(shown, "Terms under which the sources stand")])


def omissions() -> show.Folds:
    """What was left out, kept at the lowest tier, or not found, from the table of omissions, by kind."""
    frame = data.load("omissions")
    folds = []
    for kind, rows in frame.groupby("kind", sort=False):
        counted = f", {prose.fixed(rows['rows'].sum(), 0)} rows counted" if rows["rows"].notna().any() else ""
        summary = f"{str(kind).capitalize()}: {len(rows)} entries{counted}"
        shown = rows.rename(columns={"table": "Table", "what": "What", "rows": "Rows", "reason": "Reason"})
        shown = shown[["Table", "What", "Rows", "Reason"] if counted else ["Table", "What", "Reason"]]
        folds.append(show.Fold(summary, [show.table(shown, summary)]))
    return show.Folds(folds)


# -- what words mean ------------------------------------------------------------------------------


def vocabulary() -> show.Table:
    """Every word that a statement may use: what it must mean, and its other forms; each row has an anchor."""
    import partnership.vocabulary  # noqa: F401  (its words register themselves)

    names = list(statements.TESTS)
    shown = pd.DataFrame(
        {
            "Word": [forms(statements.FORMS[name][:1]) for name in names],
            "Test": names,
            "Holds if": [statements.HELP[name] for name in names],
            "Also as": [forms(statements.FORMS[name][1:]) for name in names],
        }
    )
    anchors = [f"word-{name.replace('_', '-')}" for name in names]
    return show.Table(shown, "The vocabulary of statements", row_anchors=anchors)


def forms(patterns: Iterable[str]) -> str:
    """Regular expressions of the vocabulary as a reader would write them, ``…`` for an ending.

    Examples
    --------
    >>> forms([r"\\bdoubl\\w*\\b", r"\\btwo[- ]thirds\\b", r"\\b(peak\\w*|record)\\b"])
    'doubl…, two thirds, peak…, record'
    """
    words = []
    for pattern in patterns:
        text = pattern.replace("\\b", "").replace("[- ]", " ").replace("\\w*", "…").replace("\\w+", "…")
        text = re.sub(r"\[[^]]*\][?*]?", "", text).replace(" .*", " … ").replace("s?", "(s)").replace("\\", "")
        whole = re.fullmatch(r"\((.*)\)(…?(?:er)?)", text)
        parts = [part + whole[2] for part in _alternatives(whole[1])] if whole else [text.replace("|", "/")]
        words += ["any words" if part == "." else " ".join(part.split()) for part in parts]
    return ", ".join(dict.fromkeys(words))


def _alternatives(text: str) -> list[str]:
    """The alternatives of a pattern, without looking into inner parentheses."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += "/" if letter == "|" else letter
    return parts


# -- how it changed -------------------------------------------------------------------------------


def changes(path: Path = CHANGES) -> show.Folds:
    """The revision history: one fold an edition, the latest open."""
    editions = re.split(r"^## ", path.read_text("utf-8"), flags=re.M)[1:]
    folds = []
    for position, edition in enumerate(editions):
        title, _, body = edition.partition("\n")
        entries = [escape(" ".join(entry.split())) for entry in re.findall(r"^- (.*(?:\n  .*)*)", body, flags=re.M)]
        items = "".join(f"<li>{entry}</li>" for entry in entries)
        folds.append(show.Fold(title.strip(), [f"<ul>{items}</ul>"], opened=position == 0))
    return show.Folds(folds)
