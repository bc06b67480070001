"""Who publishes trade of Russia and China, from when to when: what the tables hold, as stretches without a hole."""

from __future__ import annotations

import pandas as pd

from partnership import charts, data, prose

BY = {"customs and officials": charts.GREEN, "estimate": charts.OCHRE}
"""Whose figures a stretch holds, with its colour."""

PUBLICATIONS: dict[str, tuple[str, dict[str, object]]] = {
    "Russia’s count: trade with China by month": (
        "bilateral-trade",
        {"reporter": "RUS", "frequency": "M", "direction": "one-way"},
    ),
    "Russia’s count: trade by partner and year": ("partner-trade-russia", {"status": "reported"}),
    "Russia’s count: products in trade with China": ("product-trade", {}),
    "Russia’s count: product groups": ("russia-product-structure", {"status": "reported"}),
    "Russia’s count: total with the world": (
        "trade-totals",
        {"reporter": "RUS", "frequency": ["A", "YTD"], "importer": "WLD"},
    ),
    "Russia’s count: trade by continent": (
        "trade-totals",
        {"reporter": "RUS", "frequency": ["A", "YTD"], "importer": "XAS"},
    ),
    "Russia: totals with China, as told": (
        "bilateral-trade",
        {"reporter": "RUS", "frequency": "A", "direction": "two-way"},
    ),
    "China’s count: trade with Russia by month": (
        "bilateral-trade",
        {"reporter": "CHN", "frequency": "M", "direction": "one-way", "currency": "USD"},
    ),
    "China’s count: months with Russia, revised": ("monthly-trade", {}),
    "China’s count: trade with Russia by year": (
        "bilateral-trade",
        {"reporter": "CHN", "frequency": "A", "direction": "one-way"},
    ),
    "China’s count: trade by partner and year": ("partner-trade-china", {}),
    "IMF estimate: Russia’s trade by partner": ("partner-trade-russia", {"status": "estimated"}),
}
"""Kinds of figure: the table that holds them, and which of its rows."""


def publications() -> list[pd.DataFrame]:
    """The rows behind each kind of figure, in the order of ``PUBLICATIONS``; months of several sources are told by one."""
    parts = []
    for name, (table, where) in PUBLICATIONS.items():
        rows = data.select(data.load(table), **where)
        if where.get("frequency") == "M":
            rows = data.one_source(rows)
        parts.append(rows.assign(publication=name))
    return parts


def timeline() -> pd.DataFrame:
    """From when to when the tables hold each kind of figure.

    Returns
    -------
    pandas.DataFrame
        ``publication``, ``by`` (a key of ``BY``), ``start``, ``end`` (timestamps; the end is the day after the last
        period), ``first`` and ``last`` (periods, see :func:`partnership.prose.whole`); one row a stretch without a hole.
    """
    return pd.concat([stretches(rows) for rows in publications()], ignore_index=True)


def stretches(rows: pd.DataFrame) -> pd.DataFrame:
    """Runs of neighbouring periods; a figure from January on counts for all its months."""
    held = rows.dropna(subset=["value"]).drop_duplicates("period").sort_values("period")
    start = data.dates(held["period"])
    end = [
        day + pd.DateOffset(months=12 if len(period) == 4 else 1)
        for day, period in zip(start, held["period"], strict=True)
    ]
    if "frequency" in held:
        start = start.where(held["frequency"] != "YTD", start.dt.to_period("Y").dt.start_time)
    told = prose.whole(held) if "frequency" in held else held["period"]
    spans = pd.DataFrame({"start": start, "end": end, "told": told}).sort_values(["start", "end"])
    runs = spans.groupby((spans["start"] > spans["end"].shift().cummax()).cumsum())
    name = rows["publication"].iloc[0]
    return pd.DataFrame(
        {
            "publication": name,
            "by": "estimate" if "estimate" in name else "customs and officials",
            "start": runs["start"].min(),
            "end": runs["end"].max(),
            "first": runs["told"].first(),
            "last": runs["told"].last(),
        }
    )
