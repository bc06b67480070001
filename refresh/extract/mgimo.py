"""Mirror base of MGIMO: Russia's exports as partners report them."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe


@recipe("mgimo-oil-gas-mirror-2026-05", "products/russia_exports_mirror_by_partner_oilgas_monthly_2019_2026.csv")
def oil_and_gas(raw: bytes) -> pd.DataFrame:
    """Billion dollars by month, partner and group."""
    return frames.parse(raw.decode())


@recipe(
    "mgimo-oil-tonnes-mirror-2026-05", "products/russia_oil_gas_exports_mirror_tonnes_by_partner_monthly_2020_2026.csv"
)
def tonnes(raw: bytes) -> pd.DataFrame:
    """Oil and products, thousand tonnes by month and partner."""
    table = frames.parse(raw.decode())
    return table[table["good"] == "oil_and_products"].reset_index(drop=True)


@recipe("mgimo-foreign-trade-2026-07", "bilateral/mgimo_china_russia_monthly_usd_2019_01_2026_05.csv")
def pair(raw: bytes) -> pd.DataFrame:
    """China's imports from Russia as the base has them, its exports as measured on the bulletin's chart; billion dollars."""
    table = frames.parse(raw.decode())
    return table[["period", "china_imports_from_russia_usd_bn", "china_exports_to_russia_usd_bn_digitised"]]
