"""What a row of a table is, in a few words, as a card tells it."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import Any

from partnership import data, prose

MONTH = re.compile(r"\d{4}(-\d{2})?")
PARTIES = ("exporter", "importer", "country", "partner")
KINDS = ("commodity", "product_group", "market", "brand", "metric", "measure", "series_title", "flow", "kind", "type")  # fmt: skip
"""Columns that say what was counted, as far as a table has them."""


@lru_cache(maxsize=16)
def _lines(table: str) -> tuple[list[str], list[list[str]]]:
    with (data.DATA / data.resource(table)["path"]).open(encoding="utf-8", newline="") as text:
        head, *rows = csv.reader(text)
    return head, rows


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {**data.load("countries").set_index("code")["name"].to_dict(), "WLD": "all partners"}


def words(table: str, line: int, column: str = "value") -> str:
    """Exporter and importer, what was counted, period, value with unit, who counted; what the table has of these.

    Parameters
    ----------
    table : str
        Name of a table.
    line : int
        Line of its file, the header being line 1.
    column : str
        The column whose cell is told.
    """
    head, rows = _lines(table)
    row = dict(zip(head, rows[line - 2], strict=True))
    named = {name: _names().get(row.get(name, ""), row.get(name, "")) for name in PARTIES}
    told = []
    if named["exporter"] and named["importer"]:
        both = row.get("direction") == "two-way"
        told.append(f"{named['exporter']} {'and' if both else 'to'} {named['importer']}{' both ways' if both else ''}")
    told += [named[name] for name in PARTIES[2:] if named[name]]
    told += [row[name].replace("_", " ") for name in KINDS if row.get(name)]
    if row.get("period"):
        until = prose.month(row["period"]) if MONTH.fullmatch(row["period"]) else row["period"]
        told.append(f"January to {until}" if row.get("frequency") == "YTD" else until)
    if row.get(column) and _fields(table)[column]["type"] in ("number", "integer"):
        told.append(f"{float(row[column]):,.10g} {_unit(table, row, column)}".rstrip())
    counter = row.get("counter") or row.get("reporter")
    return ", ".join(told) + (f"; counted by {_names().get(counter, counter)}" if counter else "")


def _fields(table: str) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in data.resource(table)["schema"]["fields"]}


def _unit(table: str, row: dict[str, str], column: str) -> str:
    if row.get("unit") and column == "value":
        return row["unit"]
    unit = str(_fields(table)[column].get("unit", ""))
    return f"{row['currency']} million" if unit == "million of currency" else unit
