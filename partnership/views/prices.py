"""How far CEPII's price indices moved, alone and beside customs."""

from __future__ import annotations

import pandas as pd

from partnership import data, prose, trade

BASE = "2021"


def last() -> str:
    """The last year of CEPII's table of products."""
    return data.latest(data.load("product-trade-hs"))


def index(exporter: str, period: str, goods: str = "all") -> pd.DataFrame:
    """The rows of the indices of one direction and year, one row a cut-off of outliers."""
    return data.select(data.load("trade-price-volume"), exporter=exporter, goods=goods, period=period)


def change(
    exporter: str,
    column: str,
    end: str = "min",
    goods: str = "all",
    *,
    since: str = BASE,
    until: str = "",
    sign: str = "",
) -> prose.Number:
    """Change of an index (``price`` or ``volume``) from a year, 2021 if none is named, to another or the last, per cent.

    ``end`` is ``min`` or ``max``: the smallest or the largest over the cut-offs; ``sign`` is ``-`` to tell a fall as its size.
    """
    a, b = ((index(exporter, period, goods), column) for period in (since, until or last()))
    return prose.percent(f"{sign}100 * ({end}(b / a) - 1)", a=a, b=b, digits=0)


def by_customs(exporter: str, year: str) -> pd.DataFrame:
    """What China's customs printed for one direction and year, in dollars."""
    rows = trade.bilateral(reporter="CHN", exporter=exporter, period=year, frequency="A", currency="USD")
    return data.select(rows, direction="one-way")


def revised(exporter: str, year: str) -> pd.DataFrame:
    """The same flow as customs revised it since: its twelve months."""
    rows = data.select(data.load("monthly-trade"), exporter=exporter, reporter="CHN")
    return trade.twelve_months(rows, f"{year}-12")


def at_customs(exporter: str, end: str, *, anew: bool = False, sign: str = "", digits: int = 0) -> prose.Number:
    """Change of prices if all by which CEPII's value and that of China's customs grew apart were price, per cent.

    ``anew`` takes the flows of customs as revised since; ``end`` and ``sign`` as in :func:`change`.
    """
    years, counted = (BASE, last()), revised if anew else by_customs
    whole = data.select(data.load("product-trade-hs"), exporter=exporter, hs_code="TOTAL")
    a, b = ((index(exporter, year), "price") for year in years)
    c, d = (data.select(whole, period=year) for year in years)
    e, f = (counted(exporter, year) for year in years)
    formula = f"{sign}100 * ({end}(b / a) / (d / c) * (sum(f) / sum(e)) - 1)"
    return prose.percent(formula, digits=digits, a=a, b=b, c=c, d=d, e=e, f=f)
