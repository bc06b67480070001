"""HM Revenue & Customs: monthly customs rates of exchange, units a pound."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

MONTH = "https://www.trade-tariff.service.gov.uk/api/v2/exchange_rates/files/monthly_xml_{year}-{month}.xml"
LICENCE = "Open Government Licence v3.0"


def month(year: int, number: int) -> Request:
    """The rates of one month, fixed late in the month before; the file's month has no leading zero."""
    return Request(MONTH.format(year=year, month=number), largest=1_000_000)


def read(raw: bytes) -> pd.DataFrame:
    """One row a country and currency; several countries share one. The month stands in every row."""
    root = answers.tree(raw, "exchangeRateMonthList")
    period = root.get("Period", "")
    rows = []
    for entry in root:
        cells = {part.tag: (part.text or "").strip() for part in entry}
        rows.append(cells | {"Period": period})
    columns = ["Period", "countryName", "countryCode", "currencyName", "currencyCode", "rateNew"]
    table = answers.rows(rows, columns)
    table = answers.whole(
        table, ["countryName", "currencyCode"], ["rateNew"], currencyCode=r"[A-Z]{3}", Period=r".*\d{4}.*"
    )
    if (table.groupby("currencyCode")["rateNew"].nunique() > 1).any():
        raise answers.Unexpected("a currency with two rates in one month")
    return table


def signal(raw: bytes) -> str:
    """The month that the file is for."""
    return read(raw)["Period"].iloc[0]
