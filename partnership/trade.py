"""The best row of each cell of the trade tables."""

from __future__ import annotations

import pandas as pd

from partnership import data


def bilateral(as_of: str | None = None, **where: object) -> pd.DataFrame:
    """The best row of each cell of ``bilateral-trade``, as known on a day."""
    return data.best(data.select(data.load("bilateral-trade", as_of=as_of), **where))


def turnover(period: str, frequency: str, as_of: str | None = None) -> pd.DataFrame:
    """Both flows together in dollars as China's customs report them; empty if not known on the day."""
    return bilateral(as_of, period=period, frequency=frequency, direction="two-way", reporter="CHN", currency="USD")


def totals(as_of: str | None = None, **where: object) -> pd.DataFrame:
    """The best row of each cell of ``trade-totals``, as known on a day."""
    return data.best(data.select(data.load("trade-totals", as_of=as_of), **where))
