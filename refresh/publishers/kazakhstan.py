"""Kazakhstan, Bureau of National Statistics: indicators of taldau, and workbooks of foreign trade by number."""

from __future__ import annotations

import re

import pandas as pd

from refresh import answers, frames, sheets
from refresh.publishers import Request

INDICATOR = "https://taldau.stat.gov.kz/ru/Api/GetIndexData/{id}?period={period}&dics={dictionaries}"
FILE = "https://stat.gov.kz/api/iblock/element/{id}/file/ru/"
PERIODS = {"month": 4, "quarter": 5, "year": 7}


def indicator(number: int, dictionaries: str, period: str = "year") -> Request:
    """One indicator by its dictionaries; wrong ones are answered with 500."""
    return Request(INDICATOR.format(id=number, period=PERIODS[period], dictionaries=dictionaries))


def file(number: int) -> Request:
    """One workbook; a publication that moved is answered with a page."""
    return Request(FILE.format(id=number), largest=20_000_000)


def read(raw: bytes) -> pd.DataFrame:
    """Values of an indicator: one row a region and period.

    Periods are names such as ``y122020``; the twin without ``y`` is a number of the value, not a value.
    """
    found = answers.parsed(raw)
    if not isinstance(found, list):
        raise answers.Unexpected("not a list of rows")
    rows = []
    for record in found:
        if not isinstance(record, dict) or not {"id", "text"} <= record.keys():
            raise answers.Unexpected("a row without id or text")
        for name, value in record.items():
            if (match := re.fullmatch(r"y(\d{2})(\d{4})", name)) and value not in (None, ""):
                rows.append((str(record["id"]), str(record["text"]), f"{match[2]}-{match[1]}", answers.cell(value)))
    if not rows:
        raise answers.Unexpected("rows without a value", "look at the dictionaries of the request")
    table = frames.frame(rows, ["id", "text", "period", "value"])
    return answers.whole(table, ["id", "period"], ["value"], period=r"\d{4}-\d{2}", id=r"\d+")


def read_workbook(raw: bytes) -> pd.DataFrame:
    """Trade by country from a workbook of December: one row a sheet's year, country and flow, thousand dollars."""
    answers.look(raw)
    rows = []
    try:
        for sheet in sheets.names(raw):
            year = sheet.strip().rpartition("_")[2]
            if not re.fullmatch(r"\d{4}", year):
                continue
            for row in sheets.cells(raw, sheet):
                if len(row) > 5 and _figure(row[3]) and _figure(row[5]) and row[0]:
                    name = row[0].split("\n")[0].strip()
                    rows += [(year, name, "Экспорт", row[3]), (year, name, "Импорт", row[5])]
    except ValueError as error:
        raise answers.Unexpected(str(error), answers.ASK) from None
    if not rows:
        raise answers.Unexpected("no sheet with trade by country")
    table = frames.frame(rows, ["year", "country", "flow", "thousand dollars"])
    return answers.whole(
        table.drop_duplicates(["year", "country", "flow"]), ["year", "country", "flow"], ["thousand dollars"]
    )


def _figure(cell: str) -> bool:
    return bool(re.fullmatch(r"\d+(\.\d+)?", cell))
