"""What the chapter on data and methods counts: rows with a source, years that the tables cover, state media among sources."""

from __future__ import annotations

import re
from collections.abc import Container

import pandas as pd

from partnership import codebook, data, prose, show
from partnership.trade import turnover

SINCE, END = 1992, 2030
"""Years that the picture of coverage shows."""
SPANS = ("exercise-counts",)
"""Tables whose rows are spans of years: a bar from their first years would mislead."""
LEVELS = ["less", "half or more"]
"""How full a year is against the fullest year of its table."""
WRITTEN = "2024-12-31"
"""The day of the worked example on what was known when."""

STATE_MEDIA = {
    "TASS": ("Russia", r"\bTASS\b|Itar-Tass|tass\.(?:ru|com)"),
    "RIA Novosti": ("Russia", r"\bRIA\b|//ria\.ru"),
    "PRIME": ("Russia", r"\bPRIME\b|\bPrime \(|1prime\.ru"),
    "Sputnik": ("Russia", r"\bSputnik\b|sputnik[a-z]*\."),
    "RT": ("Russia", r"\bRT\b|//(?:www\.)?rt\.com"),
    "Rossiyskaya Gazeta": ("Russia", r"Rossi[iy]skaya Gazeta|//rg\.ru"),
    "Vesti": ("Russia", r"\bVesti\b|vesti\.ru"),
    "Xinhua": ("China", r"\bXinhua\b|xinhuanet|//(?:[a-z0-9-]+\.)?news\.cn"),
    "CGTN and CCTV": ("China", r"\bCGTN\b|\bCCTV\b"),
    "China Radio International": ("China", r"\bCRI\b|China Radio International|\bcri\.cn"),
    "China Daily": ("China", r"\bChina Daily\b"),
    "Global Times": ("China", r"\bGlobal Times\b"),
    "People’s Daily": ("China", r"People.s Daily"),
    "China News Service": ("China", r"\bChina News Service\b|\bECNS\b"),
}
"""State media by name: whose state, and how a source that is, or names, one of them is known by publisher and address."""


def rows_with_source() -> pd.DataFrame:
    """All rows of all tables that have a source.

    Returns
    -------
    pandas.DataFrame
        Indexed by line number; ``_table``, ``source_id``, ``tier``.
    """
    parts = []
    for name in data.tables():
        rows = data.load(name)
        if "source_id" in rows:
            held = rows.loc[rows["source_id"].notna(), ["source_id", "tier"]]
            parts.append(held.assign(_table=name))
    every = pd.concat(parts)
    every.index.name = "row"
    every.attrs["table"] = sorted(set(every["_table"]))
    return every


def of_tables(rows: pd.DataFrame, *begin: str, apart: bool = False) -> pd.DataFrame:
    """Those of the rows whose table begins with one of the words, or all but these; they name their own tables alone."""
    inside = rows["_table"].str.startswith(begin)
    part = rows[~inside if apart else inside]
    part.attrs["table"] = sorted(set(part["_table"]))
    return part


def extracts() -> set[str]:
    """Ids of the sources of which an extract with a checksum is kept."""
    return set(pd.read_csv(data.DATA / "extracts" / "lock.csv", usecols=["source"])["source"])


def largest_sources(tables: Container[str]) -> list[pd.DataFrame]:
    """Rows of the largest source of each tier under each subject, to name in the place of all sources.

    A frame for each of the tables that a figure draws, some without rows: so it names them all.
    """
    kept = []
    for names in list(codebook.by_subject().values())[:-1]:
        loaded = [rows for rows in map(data.load, names) if "source_id" in rows]
        every = pd.concat([rows[["source_id", "tier"]] for rows in loaded])
        first = every.groupby("tier")["source_id"].agg(lambda ids: ids.value_counts().index[0])
        kept += [data.select(rows, source_id=list(first)) for rows in loaded if data.names(rows)[0] in tables]
    return kept


def coverage() -> pd.DataFrame:
    """Stretches of years in which a table is about equally full, in the order of subjects.

    Returns
    -------
    pandas.DataFrame
        ``table``, ``subject``, ``first`` and ``last`` year, ``full`` (one of ``LEVELS``), ``values`` (how many), ``_end``
        (the year after the last); from ``SINCE`` on. Tables without periods or of spans, and registers, are left out.
    """
    parts = []
    for subject in codebook.headings()[:-1]:
        years = codebook.coverage_of(subject).groupby(["table", "year"], sort=False, as_index=False)["values"].sum()
        parts.append(years.assign(subject=subject))
    held = pd.concat(parts, ignore_index=True)
    share = held["values"] / held.groupby("table")["values"].transform("max")
    held = held.assign(full=[LEVELS[int(part >= 0.5)] for part in share], order=held.index)
    held["order"] = held.groupby("table")["order"].transform("min")
    held = held[~held["table"].isin(SPANS)]
    return stretches(held[held["year"] >= SINCE].sort_values(["order", "year"]))


def stretches(held: pd.DataFrame) -> pd.DataFrame:
    """Neighbouring years of a table that are equally full, joined."""
    same = ["table", "subject", "full"]
    begins = (held[same] != held[same].shift()).any(axis=1) | (held["year"] != held["year"].shift() + 1)
    runs = held.groupby(begins.cumsum())
    joined = runs[same].first().assign(first=runs["year"].min(), last=runs["year"].max(), values=runs["values"].sum())
    return joined.assign(_end=joined["last"] + 1).reset_index(drop=True)


def _names(register: pd.DataFrame, pattern: str) -> pd.Series:
    words = register["publisher"].fillna("") + " " + register["address"].fillna("")
    return words.map(lambda text: bool(re.search(pattern, text)))


def state_media(register: pd.DataFrame) -> pd.DataFrame:
    """The sources that are one of ``STATE_MEDIA`` or name one as where they have it from."""
    return register[_names(register, "|".join(f"(?:{pattern})" for _, pattern in STATE_MEDIA.values()))]


def state_media_table(register: pd.DataFrame) -> show.Table:
    """How many sources are, or quote, each of ``STATE_MEDIA``; a source may name several."""
    rows = [(name, state, int(_names(register, pattern).sum())) for name, (state, pattern) in STATE_MEDIA.items()]
    shown = pd.DataFrame(rows, columns=["Name looked for", "State", "Sources"])
    return show.table(shown, f"{prose.fixed(len(state_media(register)), 0)} sources; one may name several")


def latest_of_2024() -> pd.DataFrame:
    """The row of the longest part of 2024 whose trade was public on the day of the worked example."""
    parts = [turnover(f"2024-{month:02d}", "YTD", WRITTEN) for month in (10, 11, 12)] + [turnover("2024", "A", WRITTEN)]
    return next(rows for rows in reversed(parts) if len(rows))
