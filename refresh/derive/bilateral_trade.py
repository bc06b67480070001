"""Trade of China and Russia from files: Russian customs by month, the IMF by year. Other rows were read off pages."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts
from refresh.extract.fcs import MONTHS

FCS, DOTS = "fcs-monthly-partners-2021", "imf-dots-2023"
SOURCES = (FCS, DOTS)
CUSTOMS_FIRST = frozenset({"2010", "2016", "2017", "2018", "2019", "2020"})  # China's customs printed the flows itself


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a period, flow, reporter and source, million dollars."""
    return pd.concat([_customs(extracts[FCS]), _dots(extracts[DOTS])], ignore_index=True)


def _customs(table: pd.DataFrame) -> pd.DataFrame:
    month = table["Месяц"].map({name: f"{number:02}" for number, name in enumerate(MONTHS, 1)})
    exports = table["Лист"] == "Экспорт"
    value = table["Китай, млн долларов США"].map(numbers.plain)
    return _rows(table["Год"] + "-" + month, "M", exports, "RUS", value, FCS, "2022").assign(rank="1")


def _dots(table: pd.DataFrame) -> pd.DataFrame:
    parts = []
    for name, code in (("China", "CHN"), ("Russia", "RUS")):
        own = table[table["Country Name"] == name].reset_index(drop=True)
        exports = own["Indicator Code"].str.startswith("TXG")
        value = pd.Series([numbers.times(cell, "1e-6", 3) for cell in own["Value"]])
        parts.append(_rows(own["Year"], "A", exports, code, value, DOTS, "2023"))
    rows = pd.concat(parts, ignore_index=True)
    second = (rows["reporter"] == "CHN") & rows["period"].isin(CUSTOMS_FIRST)
    return rows.assign(rank=second.map({True: "2", False: "1"}))


def _rows(
    period: pd.Series, frequency: str, exports: pd.Series, reporter: str, value: pd.Series, source: str, published: str
) -> pd.DataFrame:
    other = {"CHN": "RUS", "RUS": "CHN"}[reporter]
    return pd.DataFrame(
        {
            "period": period,
            "frequency": frequency,
            "direction": "one-way",
            "exporter": exports.map({True: reporter, False: other}),
            "importer": exports.map({True: other, False: reporter}),
            "reporter": reporter,
            "valuation": exports.map({True: "FOB", False: "CIF"}),
            "currency": "USD",
            "value": value,
            "status": "reported",
            "source_id": source,
            "published": published,
        }
    )
