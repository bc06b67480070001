"""Carriers: repositories that keep a publisher's figures, as files at a branch or a commit."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

RAW = "https://raw.githubusercontent.com/{repository}/{commit}/{path}"
OIL = ("datasets/oil-prices", "data/brent-monthly.csv", "data/brent-year.csv")
RATES = ("datasets/exchange-rates", "data/monthly.csv")
GDP = ("datasets/gdp", "data/gdp.csv")
OFAC = ("jeffallen13/ofac", "data/ofac_panel.csv")


def file(repository: str, path: str, commit: str = "main") -> Request:
    """One file of a repository."""
    return Request(RAW.format(repository=repository, commit=commit, path=path))


def read_oil(raw: bytes) -> pd.DataFrame:
    """Brent: a day in the middle of each period, dollars a barrel."""
    return answers.whole(answers.table(raw, ["Date", "Price"]), ["Date"], ["Price"], Date=r"\d{4}-\d{2}-\d{2}")


def read_rates(raw: bytes) -> pd.DataFrame:
    """Exchange rates of the Federal Reserve by month and country."""
    table = answers.table(raw, ["Date", "Country", "Exchange rate"])
    return answers.whole(table, ["Date", "Country"], ["Exchange rate"], Date=r"\d{4}-\d{2}-\d{2}")


def read_gdp(raw: bytes) -> pd.DataFrame:
    """Gross domestic product by country and year, dollars."""
    table = answers.table(raw, ["Country Code", "Year", "Value"], closed=False)  # its last line is open
    return answers.whole(table, ["Country Code", "Year"], ["Value"], Year=r"\d{4}", **{"Country Code": "[A-Z]{3}"})


def read_ofac(raw: bytes) -> pd.DataFrame:
    """Entities on United States lists by country and month; the carrier rewrites its past."""
    table = answers.table(raw, ["Country", "yrmon", "levels", "additions", "removals"])
    counts = ["levels", "additions", "removals"]
    return answers.whole(table, ["Country", "yrmon"], counts, yrmon=r"\d{4}-\d{2}", levels=r"\d+")
