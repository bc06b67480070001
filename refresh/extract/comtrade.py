"""UN Comtrade through carriers: Russia by partner and by chapter, China as its partners report, China's totals."""

from __future__ import annotations

import pandas as pd

from refresh import frames, sheets
from refresh.extract import recipe

YEARS = [str(year) for year in range(2000, 2021)]
CHUNKS = (
    "2000-2001-2002-2003-2004",
    "2005-2006-2007-2008-2009",
    "2010-2011-2012-2013-2014",
    "2015-2016-2017-2018-2019",
)


@recipe(
    "un-comtrade-rus-partners-2000-2020",
    *(f"partners/comtrade_RUS_totals_by_partner/total-trade-value-{year}.csv" for year in YEARS),
)
def partners(*years: bytes) -> pd.DataFrame:
    """Russia's reports by partner, all goods, dollars; one file a year. 2016 and 2017 hold China and Russia's totals only."""
    columns = ["Year", "Trade Flow", "Partner Code", "Partner ISO", "Partner", "Trade Value (US$)"]
    parts = [frames.parse(raw.decode("utf-8-sig"))[columns] for raw in years]
    return pd.concat(parts, ignore_index=True)


@recipe(
    "un-comtrade-rus-chn-hs2-2000-2020",
    *(f"products/comtrade_RUS_hs2_chunk_with_CHN/goods_124-156-192-196-203_{years}.csv" for years in (*CHUNKS, "2020")),
)
def chapters(*files: bytes) -> pd.DataFrame:
    """Russia's reports on China by chapter of the Harmonised System, dollars."""
    columns = ["Year", "Trade Flow", "Partner ISO", "Commodity Code", "Trade Value (US$)"]
    parts = []
    for raw in files:
        table = frames.parse(raw.decode("utf-8-sig"))
        parts.append(table.loc[table["Partner ISO"] == "CHN", columns])
    return pd.concat(parts, ignore_index=True)


@recipe(
    "un-comtrade-mirror-chn-2014-2025",
    "partners/comtrade_mirror_china_exports_by_partner_2014_2025.csv",
    "partners/comtrade_mirror_china_imports_by_partner_2014_2025.csv",
)
def mirror(first: bytes, second: bytes) -> pd.DataFrame:
    """What partners report: their imports from China, their exports to China; million dollars, to 2021."""
    parts = [frames.parse(raw.decode()).assign(file=name) for name, raw in (("exports", first), ("imports", second))]
    whole = pd.concat(parts, ignore_index=True)
    return whole[whole["year"] <= "2021"].reset_index(drop=True)


@recipe("un-comtrade-chn-totals-2024", "partners/comtrade_CHN_totals_2014_2024.xlsx")
def china(raw: bytes) -> pd.DataFrame:
    """China's trade with the world, dollars, 2014 to 2024: its imports (M) and exports (X)."""
    rows = sheets.cells(raw, "Sheet1")
    table = frames.frame(rows[1:], rows[0])[["period", "M", "X"]]
    return table[table["period"].str.fullmatch(r"\d{4}")].reset_index(drop=True)
