"""Statistical offices of Kazakhstan, Kyrgyzstan and Uzbekistan, through a carrier that kept their workbooks."""

from __future__ import annotations

import pandas as pd

from refresh import frames, sheets
from refresh.extract import recipe

# The sheet of each year in the newest workbook that has it.
KAZAKHSTAN = ("2019", "2020", "2021", "2022", "2023")


@recipe("kaz-stat-trade-by-country-2023", *(f"central-asia/KAZ_{year}.xls" for year in KAZAKHSTAN))
def kazakhstan(*books: bytes) -> pd.DataFrame:
    """Kazakhstan with the world, Russia and China, thousand dollars; each workbook has its year and the year before."""
    rows = []
    for book, raw in zip(KAZAKHSTAN, books, strict=True):
        for sheet in sheets.names(raw):
            year = sheet.strip().rpartition("_")[2]
            if not year.isdigit() or len(year) != 4:
                continue
            cells = sheets.cells(raw, sheet)
            for row in cells:
                name = row[0].split("\n")[0].strip()
                if name in ("Всего", "Россия", "Китай"):
                    rows += [(book, year, name, "Экспорт", row[3]), (book, year, name, "Импорт", row[5])]
    return frames.frame(rows, ["Книга", "Год", "Страна", "Поток", "тыс. долларов США"])


@recipe(
    "kgz-stat-trade-by-country-2023",
    "central-asia/KGZ_exports_geography_4.03.00.18.xlsx",
    "central-asia/KGZ_imports_geography_4.03.00.20.xlsx",
)
def kyrgyzstan(exports: bytes, imports: bytes) -> pd.DataFrame:
    """Kyrgyzstan with the world, Russia and China, thousand dollars."""
    rows = []
    for flow, raw in (("exports", exports), ("imports", imports)):
        cells = sheets.cells(raw, sheets.names(raw)[0])
        years = next(row for row in cells if "1994" in row)
        for row in cells:
            if len(row) > 2 and row[2] in ("Total", "Russia", "China"):
                pairs = zip(years[3:], row[3:], strict=False)
                rows += [(flow, row[2], year, value) for year, value in pairs if year and value]
    return frames.frame(rows, ["Flow", "Country", "Year", "thousand US dollars"])


@recipe(
    "uzb-stat-trade-by-country-2023",
    "central-asia/UZB_exports_by_country_2010_2023_sdmx_1105.csv",
    "central-asia/UZB_imports_by_country_2010_2023_sdmx_1176.csv",
)
def uzbekistan(exports: bytes, imports: bytes) -> pd.DataFrame:
    """Uzbekistan with every country, thousand dollars; no total is printed."""
    parts = []
    for flow, raw in (("exports", exports), ("imports", imports)):
        table = frames.parse(raw.decode("utf-8-sig"))
        years = [name for name in table if name.isdigit()]
        parts.append(table[["Code", "Klassifikator_en", *years]].assign(Flow=flow))
    return pd.concat(parts, ignore_index=True)
