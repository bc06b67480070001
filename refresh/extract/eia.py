"""Brent spot price of the US Energy Information Administration, through the carrier datasets/oil-prices."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe


@recipe("eia-brent-2026-07", "macro/eia_brent_year.csv", "macro/eia_brent_monthly.csv")
def brent(year: bytes, month: bytes) -> pd.DataFrame:
    """Dollars a barrel: years and months, each under the carrier's middle day."""
    files = (("year", year), ("month", month))
    return pd.concat([frames.parse(raw.decode()).assign(File=name) for name, raw in files], ignore_index=True)
