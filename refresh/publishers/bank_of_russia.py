"""Bank of Russia: official rates of exchange, roubles a unit or a nominal of units."""

from __future__ import annotations

from datetime import date

import pandas as pd

from refresh import answers
from refresh.publishers import Request

DYNAMIC = "https://www.cbr.ru/scripts/XML_dynamic.asp?date_req1={first}&date_req2={last}&VAL_NM_RQ={currency}"
DAILY = "https://www.cbr.ru/scripts/XML_daily.asp?date_req={day}"
CURRENCIES = {"CNY": "R01375", "USD": "R01235"}
TODO = "look at the form of the dates: dd/mm/yyyy"


def dynamic(currency: str, first: date, last: date) -> Request:
    """Rates of one currency between two days."""
    days = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    return Request(DYNAMIC.format(**days, currency=CURRENCIES[currency]), largest=5_000_000)


def daily(day: date) -> Request:
    """Rates of all currencies on one day."""
    return Request(DAILY.format(day=f"{day:%d/%m/%Y}"), largest=1_000_000)


def read(raw: bytes) -> pd.DataFrame:
    """One row a day and currency: nominal and roubles, decimal comma as printed turned into a point.

    Days without business have no row. A wrong parameter is answered with status 200 and an error text.
    """
    root = answers.tree(raw, "ValCurs", "windows-1251")
    if not len(root):
        what = (root.text or "").strip() or "no rates"
        raise answers.Unexpected(f"{what!r} with status 200", TODO)
    rows = []
    for entry in root:
        day, code = entry.get("Date") or root.get("Date", ""), entry.get("Id") or entry.get("ID", "")
        cells = {part.tag: (part.text or "").strip() for part in entry}
        if not {"Nominal", "Value"} <= cells.keys():
            raise answers.Unexpected("a rate without Nominal or Value")
        if "." in cells["Value"]:
            raise answers.Unexpected(f"a decimal point in {cells['Value']!r}, where a comma is due")
        rows.append(
            {"Date": day, "Id": code, "Nominal": cells["Nominal"], "Value": cells["Value"].replace(",", ".", 1)}
        )
    table = answers.rows(rows, ["Date", "Id", "Nominal", "Value"])
    return answers.whole(
        table,
        ["Date", "Id"],
        ["Value"],
        Date=r"\d{2}[./]\d{2}[./]\d{4}",
        Id=r"R\d{5}[A-Z]?",
        Nominal=r"10*",
        Value=r"\d+\.\d+",
    )


def signal(raw: bytes) -> str:
    """Last day with a rate."""
    days = read(raw)["Date"].str.replace("/", ".")
    return max(f"{day[6:]}-{day[3:5]}-{day[:2]}" for day in days)
