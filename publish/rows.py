"""What a row of a table is, in a few words, as a card tells it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pandas.api.types import is_float, is_integer

from partnership import charts, data, prose

PARTIES = ("exporter", "importer", "country", "partner", "other", "jurisdiction", "target")
KINDS = ("project", "attribute", "item", "event", "product", "commodity", "product_group", "label", "benchmark", "market", "brand", "metric", "measure", "series_title", "resolution", "flow", "kind", "type", "made_by", "indicator")  # fmt: skip
"""Columns that say what was counted, as far as a table has them."""
CODES = {
    "hs_code": "HS ",
    "hs4": "HS ",
    "hs_chapter": "HS ",
    "hs_group": "HS ",
    "sector": "industry ",
    "goods": "goods: ",
    "cutoff": "cut-off ",
    "per": "for one ",
    "list": "",
}
"""Columns with a code of what was counted, and the word before it."""
SUMS = {"TOTAL": "all goods", "GOODS": "all goods", "Services": "services"}
"""Codes of sums, in words."""
BASES = {"both": "on both reports", "China": "on China’s reports alone", "then": "", "now": ""}
"""A basis whose cell is a code, in words; any other says itself what is counted, or among what."""


@lru_cache(maxsize=512)
def _called(code: str) -> str:
    name, _, how = code.partition(" (")  # an office by its country's code, and how it told
    return "all partners" if code == "WLD" else f"{charts.country(name)} ({how}" if how else charts.country(code)


def _party(name: str, code: str) -> str:
    if name == "country" and code == "WLD":
        return "the world"
    return f"under {_called(code)}" if name == "target" else _called(code)


def words(table: str, line: int, column: str = "value") -> str:
    """Exporter and importer, what was counted, period, value with unit, who counted, FOB or CIF; what the table has of these.

    Parameters
    ----------
    table : str
        Name of a table.
    line : int
        Line of its file, the header being line 1.
    column : str
        The column whose cell is told.
    """
    row = data.load(table).loc[line].dropna().to_dict()
    named = {name: _party(name, row[name]) for name in PARTIES if name in row}
    told = []
    if "exporter" in named and "importer" in named:
        both = row.get("direction") == "two-way"
        told.append(f"{named['exporter']} {'and' if both else 'to'} {named['importer']}{' both ways' if both else ''}")
    told += [named[name] for name in PARTIES[2:] if name in named]
    told += [row[name].replace("_", " ") for name in KINDS if name in row]
    told += [row["what_counts"]] if table == "exercise-counts" else []
    told += [SUMS.get(row[name], f"{word}{row[name]}") for name, word in CODES.items() if name in row]
    told += [words for words in [BASES.get(row.get("basis", ""), row.get("basis", ""))] if words]
    if "period" in row:
        told.append(prose.periods(prose.REACH.get(row.get("frequency", ""), "") + row["period"]))
    elif "start" in row:
        told.append(_dates(row, table))
    elif "date" in row:
        told.append(prose.periods(row["date"]))
    if "span" in row:
        told.append(row["span"].replace("-", "–"))
    if is_float(row.get(column)) or is_integer(row.get(column)):
        unit = _unit(table, row, column)
        told += [row["currency"]] if "currency" in row and row["currency"] not in unit else []
        told.append(f"{row[column]:.10g}" if unit == "year" else f"{row[column]:,.10g} {unit}".rstrip())
    return ", ".join(told) + _counter(row, _counters(table).get(line))


@lru_cache(maxsize=16)
def _counters(table: str) -> dict[int, str]:
    return data.counters(data.load(table)).dropna().to_dict()


def _counter(row: dict[str, Any], counter: str | None) -> str:
    if counter is None:
        return "; estimated by the publisher" if row.get("status") == "estimated" else ""
    if counter == "not stated":
        return "; by whom it is counted is not stated"
    said = "counter" not in row and counter == row.get("who")
    valued = f", {row['valuation']}" if row.get("valuation") in ("CIF", "FOB") else ""
    return f"; by {counter}" if said else f"; counted by {_called(counter)}{valued}"


def _dates(row: dict[str, Any], table: str) -> str:
    """First and last day of an event; a count whose end is not told has a beginning alone."""
    if "end" not in row:
        return ("from " if table == "exercise-counts" else "") + prose.periods(row["start"])
    return prose.periods(" to ".join(dict.fromkeys((row["start"], row["end"]))))


def _unit(table: str, row: dict[str, Any], column: str) -> str:
    fields = data.resource(table)["schema"]["fields"]
    unit = str(next(field.get("unit", "") for field in fields if field["name"] == column))
    if unit.startswith("see ") or ("unit" in row and column == "value"):
        return str(row.get("unit", ""))
    return f"{row['currency']} million" if "currency" in row and unit.endswith(" currency") else unit
