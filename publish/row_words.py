"""What a row of a table is, in a few words, as a card tells it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import pandas as pd
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
    "list": "",
}
"""Columns with a code of what was counted, and the word before it."""
SUMS = {"TOTAL": "all goods", "GOODS": "all goods", "all": "all goods", "Services": "services", "none": "no cut-off"}
"""Codes of sums, in words."""
KIND_OF = {"brand all": "all brands", "type all": "all kinds", "flow bilateral": "both ways", "kind any": "any kind"}
"""Cells of :data:`KINDS` that say little by themselves, after their column's name."""
CURRENCIES = {
    "national": "national currencies",
    "friendly": "currencies of “friendly” states",
    "unfriendly": "currencies of “unfriendly” states",
    "friendly except CNY": "currencies of “friendly” states without CNY",
    "RUB+friendly": "RUB and currencies of “friendly” states",
    "RUB+CNY": "RUB and CNY",
    "USD+EUR": "USD and EUR",
}
"""Groups of currencies, in words."""
BASES = {
    "both": "on both reports",
    "China": "on China’s reports alone",
    "then": "",
    "now": "",
    "not stated": "base not stated",
}
"""A basis whose cell is a code, in words; any other says itself what is counted, or among what."""

AHEAD = {
    "sector-inputs imports": "all that the buyer imported of this industry: ",
    "sector-inputs exports": "all that the seller exported of this industry: ",
    "product-windows change_printed": "change on the twelve months before: ",
    "trade-totals error": "may be off by ",
    "leader-meetings official_number": "meeting number ",
    "un-positions q05": "5th percentile of the estimate: ",
    "un-positions q95": "95th percentile of the estimate: ",
}
"""Labels for numeric columns that could be mistaken for the value; keys are table and column."""
MADE = {"digitised": ", read off a chart", "derived": ", derived"}
"""How a value was made that its counter did not print."""
COMPILERS = ("CERR", "EDB", "RIA", "UNCTAD")
"""Those that put figures of trade together, beside the counts of states in ``central-asia-trade``."""


OPEN = {"energy-events": "at least"}
"""What a low end without a high one means, where that is not more than."""
QUALIFIERS = ("over", "nearly", "almost")
"""Words of the article on a number; by and range say how two numbers or a year are meant."""


@lru_cache(maxsize=512)
def _called(code: str) -> str:
    if ";" in code:
        return " and ".join(map(_called, code.split(";")))
    name, _, how = code.partition(" (")  # an office by its country's code, and how it told
    return "all partners" if code == "WLD" else f"{charts.country(name)} ({how}" if how else charts.country(code)


def reporters(text: str) -> str:
    """Who counted, an office by the name of its country.

    Examples
    --------
    >>> reporters("CHN, RUS"), reporters("EDB, KAZ (in its reports to the United Nations)")
    ('China, Russia', 'EDB, Kazakhstan (in its reports to the United Nations)')
    """
    return ", ".join(map(_called, text.split(", ")))


def _party(name: str, code: str) -> str:
    if name == "country" and code == "WLD":
        return "the world"
    if name == "target":
        return "under any country" if code == "WLD" else f"under {_called(code)}"
    return _called(code)


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
    row = _table(table).loc[line].dropna().to_dict()
    named = {name: _party(name, row[name]) for name in PARTIES if name in row}
    parts = []
    if "exporter" in named and "importer" in named:
        both = row.get("direction") == "two-way"
        parts.append(f"{named['exporter']} {'and' if both else 'to'} {named['importer']}{' both ways' if both else ''}")
    parts += [named[name] for name in PARTIES[2:] if name in named]
    parts += [_kind(name, row[name]) for name in KINDS if name in row]
    parts += [row["what_counts"]] if table == "exercise-counts" else []
    dated = row.get("unit") == "year" and "item" in row  # a year that a plan names: it ends the words of the plan
    if dated:
        parts[-1] += f" {row['value']:.0f}"
    parts += [_coded(name, word, row[name]) for name, word in CODES.items() if name in row]
    parts += [words for words in [BASES.get(row.get("basis", ""), row.get("basis", ""))] if words]
    if "period" in row:
        parts.append(prose.periods(prose.REACH.get(row.get("frequency", ""), "") + row["period"]))
    elif "start" in row:
        parts.append(_dates(row, table))
    elif "date" in row:
        parts.append(("told on " if dated else "") + prose.periods(row["date"]))
    if "span" in row:
        parts.append(row["span"].replace("-", "–"))
    if (is_float(row.get(column)) or is_integer(row.get(column))) and not (dated and column == "value"):
        unit = _unit(table, row, column)
        currency = str(row.get("currency", unit))
        parts += [] if currency in unit else [f"in {CURRENCIES.get(currency, currency)}"]
        value = f"{'−' if row[column] < 0 else ''}{abs(row[column]):{'' if unit == 'year' else ','}.10g}"
        bare = unit == "year" or column == "official_number"
        said = value if bare else f"{value} {unit}".rstrip()
        parts.append(AHEAD.get(f"{table} {column}", "") + f"{qualifier(table, row, column)} {said}".lstrip())
    counter = _counter(row, _counters(table).get(line))
    made = MADE.get(row.get("status", ""), "") if column in ("value", "error") and counter else ""
    return ", ".join(parts) + counter + made


def qualifier(table: str, row: Mapping[str, Any], column: str) -> str:
    """The word on a number: the page's own, or that of a range of which one end alone is given.

    Examples
    --------
    >>> qualifier("settlement-currency", {"value": 80.0, "qualifier": "more than"}, "value")
    'more than'
    >>> qualifier("energy-events", {"value_low": 4.0}, "value_low")
    'at least'
    >>> qualifier("energy-events", {"value_low": 4.0, "value_high": 4.0}, "value_low")
    ''
    """
    if column == "value":
        return str(row.get("qualifier", ""))
    if column == "stated_value" and row.get("qualifier") in QUALIFIERS:
        return str(row["qualifier"])
    if column == "value_low" and "value_high" not in row:
        return OPEN.get(table, "more than")
    return "up to" if column == "value_high" and "value_low" not in row else ""


def _kind(column: str, cell: str) -> str:
    """What was counted, from its cell; the codes of a measure are words joined by hyphens."""
    cell = KIND_OF.get(f"{column} {cell}", cell.replace("_", " "))
    if column in ("measure", "metric"):
        return cell.replace("-", " ")
    banned = column == "kind" and cell.startswith(("any but", "any not"))
    return cell.replace("any", "any kind", 1) if banned else cell


def _coded(column: str, word: str, cell: str) -> str:
    """A code of what was counted, with the name of an industry."""
    if column != "sector" or cell in SUMS:
        return SUMS.get(cell, f"{word}{cell}")
    name = _industries().get(cell)
    return f"{word}{cell} ({name})" if name else f"{word}{cell}"


@lru_cache(maxsize=1)
def _industries() -> dict[str, str]:
    return data.load("icio-sectors").set_index("sector")["name"].to_dict()


@cache
def _table(name: str) -> pd.DataFrame:
    """A table, loaded once: a build tells some fifteen hundred rows."""
    return data.load(name)


@lru_cache(maxsize=16)
def _counters(table: str) -> dict[int, str]:
    return data.counters(_table(table)).dropna().to_dict()


def _counter(row: dict[str, Any], counter: str | None) -> str:
    if counter is None:
        return "; estimated by the publisher" if row.get("status") == "estimated" else ""
    if counter == "not stated":
        return "; by whom it is counted is not stated"
    said = counter in COMPILERS or ("counter" not in row and counter == row.get("who"))
    valued = f", {row['valuation']}" if row.get("valuation") in ("CIF", "FOB") else ""
    forecast = str(row.get("note", "")).startswith("forecast")
    how = "forecast" if forecast else "estimated" if row.get("status") == "estimated" else "counted"
    return f"; by {counter}" if said else f"; {how} by {_called(counter)}{valued}"


def _dates(row: dict[str, Any], table: str) -> str:
    """First and last day of an event; a count whose end is not told has a beginning alone."""
    if "end" not in row:
        return ("from " if table == "exercise-counts" else "") + prose.periods(row["start"])
    return prose.periods(" to ".join(dict.fromkeys((row["start"], row["end"]))))


def _unit(table: str, row: dict[str, Any], column: str) -> str:
    fields = data.resource(table)["schema"]["fields"]
    unit = str(next(field.get("unit", "") for field in fields if field["name"] == column))
    if unit == "as value":
        return _unit(table, row, "value")
    if unit.startswith("see ") or ("unit" in row and column == "value"):
        unit = str(row.get("unit", ""))
    if "per" in row and unit == "currency units per base unit":
        return f"{row['currency']} per {row['per']}"
    if "=" in unit or unit.startswith("index "):
        return f"({unit})"
    return f"{row['currency']} million" if "currency" in row and unit.endswith(" currency") else unit
