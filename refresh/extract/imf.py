"""International Monetary Fund: World Economic Outlook and trade by partner, through carriers."""

from __future__ import annotations

import pandas as pd

from refresh import frames, sheets
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


@recipe("imf-dots-2023", "bilateral/imf_dots_Dataset_CM_2023.xlsx")
def dots(raw: bytes) -> pd.DataFrame:
    """Direction of Trade Statistics between China and Russia, dollars, each as reporter, from 1992."""
    rows = sheets.cells(raw, "TradeData")
    table = frames.frame(rows[1:], rows[0])
    pair = [("China, P.R.: Mainland", "Russian Federation"), ("China", "Russian Federation")]
    names = list(zip(table["Country Name"], table["Counterpart Country Name"], strict=True))
    kept = table[[first in ("China", "Russia") and second in ("China", "Russia") for first, second in names]]
    if kept.empty:
        raise ValueError(f"no rows of China and Russia; the names are {sorted(set(table['Country Name']))}, not {pair}")
    years = [name for name in table if name.isdigit() and name >= "1992"]
    columns = ["Country Name", "Counterpart Country Name", "Indicator Code"]
    long = kept.melt(columns, years, "Year", "Value")
    return long[long["Value"] != ""].reset_index(drop=True)


@recipe("imf-dots-rus-2023", "partners/imf_dots_RUS_by_partner_2011_2023.xlsx")
def dots_world(raw: bytes) -> pd.DataFrame:
    """Russia's trade with the world, million dollars, 2011 to 2021; later years are extrapolations."""
    rows = []
    for sheet in ("Exports, FOB", "Imports, CIF"):
        cells = sheets.cells(raw, sheet)
        years = next(row for row in cells if "2011" in row)
        world = next(row for row in cells if len(row) > 1 and row[1].startswith("World"))
        pairs = zip(years, world, strict=True)
        rows += [(sheet, world[1], year, value) for year, value in pairs if year.isdigit() and year <= "2021"]
    return frames.frame(rows, ["Sheet", "Partner", "Year", "US Dollars, Millions"])
