"""UN Comtrade, China's months of trade with Russia, as one project carries them."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe

FOLDER = "added-2026-11/monthly-gacc-usd"


@recipe("un-comtrade-chn-rus-months-2024", f"{FOLDER}/comtrade_imports_chn_from_rus_2017_2024.csv")
def imports(raw: bytes) -> pd.DataFrame:
    """China's imports from Russia, the rows of Comtrade: CIF, US dollars to the dollar."""
    columns = ["period", "reporterCode", "flowCode", "partnerCode", "cmdCode", "cifvalue", "primaryValue"]
    return frames.parse(raw.decode("utf-8"))[columns]


@recipe("un-comtrade-chn-rus-exports-2024", f"{FOLDER}/panel_monthly_var.csv")
def exports(raw: bytes) -> pd.DataFrame:
    """China's exports to Russia, a column of the carrier's own panel: billions of US dollars."""
    return frames.parse(raw.decode("utf-8"))[["date", "CHN_exp_to_RUS_bn"]]
