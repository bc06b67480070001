"""Uzbekistan, Statistics Agency: one table a number, years as columns; ``updated_at`` in the JSON form."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

TABLE = "https://api.siat.stat.uz/media/uploads/sdmx/sdmx_data_{id}.csv"
EXPORTS, IMPORTS = 1105, 1176


def table(number: int) -> Request:
    """One table: exports or imports by country."""
    return Request(TABLE.format(id=number), largest=2_000_000)


def read(raw: bytes) -> pd.DataFrame:
    """One row a country and year, thousand dollars. A zero may mean missing; a new year is a new column."""
    wide = answers.table(raw, ["Code", "Klassifikator_en"])
    years = [name for name in wide if name.isdigit()]
    if not years or years != [str(year) for year in range(int(years[0]), int(years[0]) + len(years))]:
        raise answers.Unexpected("the years of the header are not one after the other")
    answers.whole(wide, ["Klassifikator_en"], years, Code=r"\d{1,4}")
    long = wide.melt(["Code", "Klassifikator_en"], years, "Year", "Value")
    return answers.whole(long[long["Value"] != ""], ["Klassifikator_en", "Year"], ["Value"])


def signal(raw: bytes) -> str:
    """Last year with a column."""
    return str(read(raw)["Year"].max())
