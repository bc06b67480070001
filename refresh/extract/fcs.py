"""Federal Customs Service of Russia, through a carrier that kept its workbooks."""

from __future__ import annotations

import pandas as pd

from refresh import frames, sheets
from refresh.extract import recipe

MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)


@recipe("fcs-annual-totals-2021", "fcs-totals/94itog.xlsx")
def annual(raw: bytes) -> pd.DataFrame:
    """Exports and imports of Russia, million dollars, one sheet a year from 1994."""
    rows = []
    for year in (name for name in sheets.names(raw) if name.isdigit()):
        for row in sheets.cells(raw, year):
            if row[0] in ("Экспорт", "Импорт"):
                rows.append((year, row[0], row[1]))
    return frames.frame(rows, ["Год", "Показатель", "млн долларов США"])


@recipe("fcs-by-country-group-2023-12", "fcs-totals/fcs-by-country-group-2023.xlsx")
def groups_2023(raw: bytes) -> pd.DataFrame:
    """Exports and imports by continent, billion dollars, 2022 and 2023."""
    return _groups(raw, "1")


@recipe("fcs-by-country-group-2024-09", "fcs-totals/fcs-by-country-group-2024-01-09.xlsx")
def groups_2024(raw: bytes) -> pd.DataFrame:
    """Exports and imports by continent, billion dollars, January to September of 2023 and 2024."""
    return _groups(raw, "1")


@recipe("fcs-product-groups-2023-12", "fcs-totals/fcs-by-product-group-2023.xlsx")
def products(raw: bytes) -> pd.DataFrame:
    """Exports and imports by product group, billion dollars, 2022 and 2023."""
    return _groups(raw, "структура")


def _groups(raw: bytes, sheet: str) -> pd.DataFrame:
    """Rows of a sheet with a period over each column of figures, exports before imports; growth is left out."""
    cells = sheets.cells(raw, sheet)
    at = next(number for number, row in enumerate(cells) if row[1] == "Экспорт")
    flows, periods = cells[at], cells[at + 1]
    flow, columns = "", []
    for number in range(1, len(periods)):
        flow = flows[number] or flow
        if "темп" not in periods[number]:
            columns.append((number, flow, periods[number]))
    rows = [
        (row[0], flow, period, row[number])
        for row in cells[at + 2 :]
        if row[0] and row[0] != "в том числе:" and not row[0].startswith("*")
        for number, flow, period in columns
    ]
    return frames.frame(rows, ["Группа", "Поток", "Период", "млрд долларов США"])


@recipe("fcs-publication-2022", "fcs-totals/fcs-publication-2022.xlsx")
def publication(raw: bytes) -> pd.DataFrame:
    """Exports and imports by chapter, million dollars, 2021 and 2022."""
    rows, periods = [], ("2021", "2022")
    for row in sheets.cells(raw, "Публикация (1)"):
        if row[0] == "ВСЕГО" or row[0][:2].isdigit():
            for period, (exports, imports) in zip(periods, ((2, 3), (5, 6)), strict=True):
                rows += [(row[0], "ЭКСПОРТ", period, row[exports]), (row[0], "ИМПОРТ", period, row[imports])]
    return frames.frame(rows, ["Группа", "Поток", "Период", "млн долларов США"])


@recipe("fcs-monthly-partners-2021", "bilateral/rosstat_fcs_monthly_main_partners_2006_2021.xlsx")
def monthly(raw: bytes) -> pd.DataFrame:
    """Exports to and imports from China by month, million dollars, 2006 to 2021."""
    rows = []
    for sheet in ("Экспорт", "Импорт"):
        cells = sheets.cells(raw, sheet)
        head = next(number for number, row in enumerate(cells) if any(cell.startswith("Кит") for cell in row))
        column = next(number for number, cell in enumerate(cells[head]) if cell.startswith("Кит"))
        year = ""
        for row in cells[head + 1 :]:
            if row[0].isdigit():
                year = row[0]
            elif row[0] in MONTHS:
                rows.append((sheet, year, row[0], row[column]))
    return frames.frame(rows, ["Лист", "Год", "Месяц", "Китай, млн долларов США"])
