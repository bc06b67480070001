"""World Bank commodity prices ("Pink Sheet"): monthly prices in a workbook."""

from __future__ import annotations

import re

import pandas as pd

from refresh import answers, frames, sheets
from refresh.publishers import Request

# The address has a hash that changes every year; the page of the commodity markets links to it.
PAGE = "https://www.worldbank.org/en/research/commodity-markets"
MISSING = {"..", "…", "...", ""}
LICENCE = "CC BY 4.0"


def page() -> Request:
    """The page that links to the workbook."""
    return Request(PAGE)


def workbook_address(raw: bytes) -> str:
    """Address of the monthly workbook, from the page."""
    found = set(
        re.findall(r"https://thedocs\.worldbank\.org/[^\"'<> ]*CMO-Historical-Data-Monthly\.xlsx", answers.text(raw))
    )
    if len(found) != 1:
        raise answers.Unexpected(f"{len(found)} links to the monthly workbook on the page", answers.ASK)
    return found.pop()


def read(raw: bytes) -> pd.DataFrame:
    """One row a month and commodity, in the unit printed under its name; missing ones are left out."""
    answers.look(raw)
    try:
        cells = sheets.cells(raw, "Monthly Prices")
    except ValueError as error:
        raise answers.Unexpected(str(error)) from None
    months = [number for number, row in enumerate(cells) if re.fullmatch(r"\d{4}M\d{2}", row[0])]
    if not months or months != list(range(months[0], months[0] + len(months))):
        raise answers.Unexpected("the months do not stand one under the other")
    names, units = cells[months[0] - 2], cells[months[0] - 1]
    rows = [
        (cells[number][0], names[column].rstrip(" *"), units[column], cells[number][column])
        for number in months
        for column in range(1, len(names))
        if names[column] and cells[number][column] not in MISSING
    ]
    table = frames.frame(rows, ["Month", "Commodity", "Unit", "Value"])
    return answers.whole(table, ["Month", "Commodity"], ["Value"], Unit=r"\(.+\)")


def signal(raw: bytes) -> str:
    """Last month."""
    return str(read(raw)["Month"].max())
