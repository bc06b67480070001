"""Trade of Kazakhstan and Armenia by partner, from carriers of WITS and of the Armenian statistical committee."""

from __future__ import annotations

import io

import pandas as pd

from refresh import frames
from refresh.extract import recipe

FOLDER = "added-2026-11/third-countries"


@recipe("wits-kazakhstan-2024", f"{FOLDER}/kazakhstan/kazakhstan_partner_trade_china_russia_eu_uk_2015_2024.dta")
def kazakhstan(raw: bytes) -> pd.DataFrame:
    """Flows with China and Russia in 2023 and 2024, billions of dollars as the file holds them."""
    told = pd.read_stata(io.BytesIO(raw))
    told = told[told["year"] >= 2023]
    columns = ["china_exp_bn", "china_imp_bn", "russia_exp_bn", "russia_imp_bn"]
    rows = [[str(int(year)), *map(repr, map(float, flows))] for year, *flows in told[["year", *columns]].to_numpy()]
    return frames.frame(rows, ["year", *columns])


PARTNERS = ("Russian Federation", "China", "Hong Kong", "United Arab Emirates")


@recipe("armstat-partners-2024", f"{FOLDER}/armenia/arm_trade_country_monthly.csv")
def armenia(raw: bytes) -> pd.DataFrame:
    """Months of exports and of imports by origin, thousands of dollars, with the partners that the book needs."""
    told = frames.parse(raw.decode("utf-8"))
    return told.loc[told["country"].isin(PARTNERS), ["country", "year", "month", "export", "import_origin"]]
