"""International Monetary Fund: World Economic Outlook and trade by partner, through carriers."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe


@recipe("imf-weo-gdp-2026-07", "macro/imf_weo_gdp_2025_all_countries.csv")
def weo(raw: bytes) -> pd.DataFrame:
    """Gross domestic product of 2025 in billion dollars, groups of countries included."""
    return frames.parse(raw.decode())


@recipe(
    "imf-imts-rus-2016-2021",
    "partners/imf_imts_RUS_by_partner_2016_2024.csv",
)
def imts_reported(raw: bytes) -> pd.DataFrame:
    """International Merchandise Trade Statistics of Russia, million dollars, years that Russia reported."""
    return _imts(raw, [str(year) for year in range(2016, 2022)])


@recipe(
    "imf-imts-rus-2022-2024-estimates",
    "partners/imf_imts_RUS_by_partner_2016_2024.csv",
)
def imts_estimated(raw: bytes) -> pd.DataFrame:
    """The same for the years after Russia stopped: the IMF's estimates."""
    return _imts(raw, ["2022", "2023", "2024"])


def _imts(raw: bytes, years: list[str]) -> pd.DataFrame:
    table = frames.parse(raw.decode("utf-8-sig"))
    long = table.melt(
        ["INDICATOR.ID", "SCALE.ID", "COUNTERPART_COUNTRY.ID", "COUNTERPART_COUNTRY"], years, "TIME_PERIOD", "OBS_VALUE"
    )
    long = long[long["OBS_VALUE"] != ""]
    return long.sort_values(["TIME_PERIOD", "INDICATOR.ID", "COUNTERPART_COUNTRY.ID"], ignore_index=True)
