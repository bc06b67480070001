"""Who published the figures: the source line of a figure and of a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

import pandas as pd

from partnership import data

NAMED = 4  # publishers named in a source line before "and others"
TIERS = {
    "A": "official statistics",
    "B": "official statistics through a named carrier",
    "C": "press report of an official figure",
    "D": "analyst’s estimate",
    "E": "statement, or a source of lowest reliability",
}


@lru_cache(maxsize=1)
def register() -> dict[str, dict[str, Any]]:
    """The register of sources by id."""
    return data.sources().to_dict("index")


def link(source: str) -> str:
    """One source as HTML: publisher, title, linked to its address."""
    entry = register()[source]
    words = escape(entry["publisher"])
    if isinstance(entry["title"], str):
        words += f", {escape(entry['title'])}"
    if isinstance(entry["address"], str) and entry["address"].startswith("http"):
        return f'<a href="{escape(entry["address"], quote=True)}">{words}</a>'
    return words


def table_address(name: str) -> str:
    """Where the chapter on data, a page beside every chapter, tells what a table holds."""
    return f"data-and-methods.html#table-{name}"


def table_links(names: Iterable[str]) -> str:
    """Tables of the data package as HTML, each linked to what it holds."""
    return ", ".join(f'<a href="{table_address(name)}">{name}</a>' for name in names)


def worst_tier(sources: Iterable[str]) -> str:
    """The lowest tier among some sources."""
    return max(register()[source]["tier"] for source in sources)


def newest(sources: Iterable[str]) -> str:
    """The latest publication date among some sources, as precise as it is known; empty if none is."""
    dates = [register()[source]["published"] for source in sources]
    return max((date for date in dates if isinstance(date, str)), default="")


def publishers(sources: Iterable[str] | Mapping[str, int]) -> str:
    """Publishers in plain text, best tier first, then by the rows that come from them where these are counted; each once."""
    counted = sources if isinstance(sources, Mapping) else dict.fromkeys(sources, 0)
    ranks: dict[str, tuple[str, int]] = {}
    for source, rows in counted.items():
        entry = register()[source]
        tier, fewer = ranks.get(entry["publisher"], (entry["tier"], 0))
        ranks[entry["publisher"]] = min(tier, entry["tier"]), fewer - rows
    names = sorted(ranks, key=ranks.__getitem__)
    more = len(names) - NAMED
    return "; ".join(names[:NAMED]) + (f"; and {more} more" if more > 0 else "")


def tier_words(tier: str) -> str:
    """A tier with its meaning."""
    return f"tier {tier}: {TIERS[tier]}" if tier in TIERS else ""


def frame(sources: Iterable[str]) -> pd.DataFrame:
    """The sources as a frame, best tier first."""
    return data.sources().loc[sorted(set(sources))].sort_values(["tier", "publisher"], kind="stable").reset_index()
