"""Federal Reserve Bank of St. Louis: series as CSV without a key, and their vintages."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

GRAPH = "https://fred.stlouisfed.org/graph/fredgraph.csv?id={series}"
VINTAGES = "https://alfred.stlouisfed.org/graph/alfredgraph.csv?id={series}&vintage_date={days}"


def series(name: str) -> Request:
    """One series, all periods."""
    return Request(GRAPH.format(series=name), largest=5_000_000)


def vintages(name: str, days: str) -> Request:
    """One series as it stood on given days."""
    return Request(VINTAGES.format(series=name, days=days), largest=5_000_000)


def read(raw: bytes) -> pd.DataFrame:
    """One row a day and series; a point or nothing means no observation, and is left out."""
    first = "DATE" if raw.removeprefix(answers.BOM)[:4] == b"DATE" else "observation_date"
    table = answers.table(raw, [first]).rename(columns={first: "observation_date"})
    answers.whole(table, ["observation_date"], [], observation_date=r"\d{4}-\d{2}-\d{2}")
    long = table.melt("observation_date", var_name="series", value_name="value")
    long = long[~long["value"].isin(["", "."])]
    return answers.whole(long, ["observation_date", "series"], ["value"], series=r"[A-Z0-9_]+")


def signal(raw: bytes) -> str:
    """Last day with an observation."""
    return str(read(raw)["observation_date"].max())
