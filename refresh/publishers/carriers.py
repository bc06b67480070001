"""Carriers: repositories that keep a publisher's figures, as files at a branch or a commit."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

RAW = "https://raw.githubusercontent.com/{repository}/{commit}/{path}"
OIL = ("datasets/oil-prices", "data/brent-monthly.csv", "data/brent-year.csv")
OFAC = ("jeffallen13/ofac", "data/ofac_panel.csv")


def file(repository: str, path: str, commit: str = "main") -> Request:
    """One file of a repository."""
    return Request(RAW.format(repository=repository, commit=commit, path=path))


def read_oil(raw: bytes) -> pd.DataFrame:
    """Brent: a day in the middle of each period, dollars a barrel."""
    return answers.whole(answers.table(raw, ["Date", "Price"]), ["Date"], ["Price"], Date=r"\d{4}-\d{2}-\d{2}")


def read_ofac(raw: bytes) -> pd.DataFrame:
    """Entities on United States lists by country and month; the carrier rewrites its past."""
    table = answers.table(raw, ["Country", "yrmon", "levels", "additions", "removals"])
    counts = ["levels", "additions", "removals"]
    return answers.whole(table, ["Country", "yrmon"], counts, yrmon=r"\d{4}-\d{2}", levels=r"\d+")
