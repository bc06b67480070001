"""Australia: the consolidated list of the Department of Foreign Affairs and Trade; its address changes."""

from __future__ import annotations

import pandas as pd

from refresh import answers, frames, sheets
from refresh.publishers import Request

LIST = "https://www.dfat.gov.au/sites/default/files/regulation8_consolidated.xlsx"
COLUMNS = ["Reference", "Name of Individual or Entity", "Type", "Name Type", "Committees", "Control Date"]


def whole_list() -> Request:
    """The list as a workbook."""
    return Request(LIST, largest=20_000_000)


def read(raw: bytes) -> pd.DataFrame:
    """One row a primary name: reference, type, regime, control date (which moves when an entry is amended)."""
    answers.look(raw)
    try:
        cells = sheets.cells(raw, sheets.names(raw)[0])
    except ValueError as error:
        raise answers.Unexpected(str(error), answers.ASK) from None
    if missing := [name for name in COLUMNS if name not in cells[0]]:
        raise answers.Unexpected(f"no column {missing[0]!r}")
    places = [cells[0].index(name) for name in COLUMNS]
    rows = [[row[place] for place in places] for row in cells[1:] if any(row)]
    table = frames.frame(rows, COLUMNS)
    primary = table["Name Type"].str.casefold() == "primary name"  # spelt in three ways
    table = table[primary].drop(columns="Name Type")
    table["Control Date"] = table["Control Date"].str.removesuffix(" 00:00:00")
    return answers.whole(table, ["Reference"], [], Reference=r"\d+[a-z]*", Type="Individual|Entity|Vessel")


def signal(raw: bytes) -> str:
    """Number of names and the last control date."""
    table = read(raw)
    return f"{len(table)} names, {max(table['Control Date'])}"
