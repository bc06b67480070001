"""Exchange rates of the Federal Reserve (H.10), through the carrier datasets/exchange-rates."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe


@recipe("fed-h10-2026-06", "macro/fed_h10_exchange_rates_monthly.csv")
def monthly(raw: bytes) -> pd.DataFrame:
    """Yuan a dollar, monthly means, each under the first day of its month."""
    rates = frames.parse(raw.decode())
    return rates[rates["Country"] == "China"].reset_index(drop=True)
