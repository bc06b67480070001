"""Monthly customs rates of HM Revenue & Customs, through the package hmrc-rates."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe


@recipe("hmrc-rates-2026-11", "macro/fx_monthly_hmrc_usd_rub_cny_2014_02_2026_11.csv")
def monthly(raw: bytes) -> pd.DataFrame:
    """Units of dollar, rouble and yuan a pound, as fixed for each month; the crosses are not taken."""
    rates = frames.parse(raw.decode())
    return rates[["period", "usd_per_gbp", "rub_per_gbp", "cny_per_gbp"]]
