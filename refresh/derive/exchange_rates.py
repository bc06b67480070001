"""Exchange rates: Federal Reserve, HM Revenue & Customs, World Bank."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts, carried

FED, HMRC, WDI = "fed-h10-2026-06", "hmrc-rates-2026-11", "worldbank-wdi-fx-2025-01"
SOURCES = (FED, HMRC, WDI)
CURRENCIES = {"CHN": "CNY", "RUS": "RUB", "KAZ": "KZT", "KGZ": "KGS", "TJK": "TJS", "TKM": "TMM", "UZB": "UZS"}


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a period, pair of currencies and source."""
    return pd.concat([_fed(extracts[FED]), _hmrc(extracts[HMRC]), _world_bank(extracts[WDI])], ignore_index=True)


def _fed(rates: pd.DataFrame) -> pd.DataFrame:
    value = rates["Exchange rate"].map(numbers.plain)
    return _rows(rates["Date"].str[:7], "M", "CNY", "USD", value, "reported", FED, "")


def _hmrc(rates: pd.DataFrame) -> pd.DataFrame:
    """Crosses of the pound, five digits; fixed late in the month before, so published then."""
    before = rates["period"].map(month_before)
    parts = []
    for currency, per in (("CNY", "USD"), ("RUB", "CNY"), ("RUB", "USD")):
        pair = zip(rates[f"{currency.lower()}_per_gbp"], rates[f"{per.lower()}_per_gbp"], strict=True)
        value = [numbers.digits(numbers.exact(first) / numbers.exact(second), 5) for first, second in pair]
        parts.append(_rows(rates["period"], "M", currency, per, value, "derived", HMRC, before))
    return pd.concat(parts, ignore_index=True)


def _world_bank(rates: pd.DataFrame) -> pd.DataFrame:
    value = [numbers.plain(cell, 6) for cell in rates["Value"]]
    currency = rates["Country Code"].map(CURRENCIES)
    seen = carried(rates["Year"], "2023", "2025-01-28")
    return _rows(rates["Year"], "A", currency, "USD", value, "reported", WDI, seen)


def _rows(
    period: pd.Series,
    frequency: str,
    currency: pd.Series | str,
    per: str,
    value: object,
    status: str,
    source: str,
    published: pd.Series | str,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": period,
            "frequency": frequency,
            "currency": currency,
            "per": per,
            "value": value,
            "status": status,
            "source_id": source,
            "published": published,
        }
    )


def month_before(period: str) -> str:
    """The month before.

    Examples
    --------
    >>> month_before("2014-01"), month_before("2026-11")
    ('2013-12', '2026-10')
    """
    year, month = divmod(int(period[:4]) * 12 + int(period[5:]) - 2, 12)
    return f"{year}-{month + 1:02}"
