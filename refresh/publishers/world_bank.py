"""World Bank: indicators as JSON and as CSV in a zip, and the archive of their vintages."""

from __future__ import annotations

import pandas as pd

from refresh import answers, frames
from refresh.publishers import Request

INDICATOR = "https://api.worldbank.org/v2/country/{countries}/indicator/{indicator}?format=json&per_page=20000"
DOWNLOAD = "https://api.worldbank.org/v2/en/indicator/{indicator}?downloadformat=csv"
VERSIONS = "https://api.worldbank.org/v2/sources/57/version/data?format=json&per_page=1000"
ARCHIVE = "https://api.worldbank.org/v2/sources/57/country/{countries}/series/{indicator}/version/{version}/time/all/data?format=json&per_page=20000"
LICENCE = "CC BY 4.0"


def indicator(name: str, countries: str = "all") -> Request:
    """All values of an indicator."""
    return Request(INDICATOR.format(countries=countries, indicator=name))


def download(name: str) -> Request:
    """The same as a zip of CSV files."""
    return Request(DOWNLOAD.format(indicator=name))


def versions() -> Request:
    """The list of vintages."""
    return Request(VERSIONS)


def archive(name: str, version: str, countries: str) -> Request:
    """One vintage of an indicator; take the version from the list, not every month has one."""
    return Request(ARCHIVE.format(countries=countries, indicator=name, version=version))


def signal(raw: bytes) -> str:
    """The day of the last update that an indicator's answer states."""
    return str(_pages(raw)[0].get("lastupdated", ""))


def read(raw: bytes) -> pd.DataFrame:
    """Values of indicators from JSON; a null is a missing value and an empty cell."""
    head, records = _pages(raw)
    flat = [
        {
            "indicator": _inner(record, "indicator", "id"),
            "country": _inner(record, "country", "value"),
            "countryiso3code": record.get("countryiso3code", ""),
            "date": record.get("date"),
            "value": record.get("value"),
            "lastupdated": head.get("lastupdated", ""),
        }
        for record in records
    ]
    table = answers.rows(flat, ["indicator", "country", "countryiso3code", "date", "value", "lastupdated"])
    if int(head.get("pages", 1)) == 1 and len(table) != int(head["total"]):
        raise answers.Unexpected(f"{len(table)} records where the answer announces {head['total']}", answers.WAIT)
    return answers.whole(table, ["indicator", "country", "date"], ["value"], date=r"\d{4}(Q[1-4]|M\d{2})?")


def _pages(raw: bytes) -> tuple[dict, list]:
    found = answers.parsed(raw)
    if isinstance(found, list) and found and isinstance(found[0], dict) and "message" in found[0]:
        raise answers.Unexpected(f"an error with status 200: {found[0]['message']}", "look at the key of the request")
    if not (isinstance(found, list) and len(found) == 2 and isinstance(found[0], dict) and "total" in found[0]):
        raise answers.Unexpected("not the pair of head and records")
    if found[1] is None:
        raise answers.Unexpected("an answer without records", "look at the key of the request")
    return found[0], found[1]


def _inner(record: dict, name: str, part: str) -> str:
    inner = record.get(name)
    if not isinstance(inner, dict) or part not in inner:
        raise answers.Unexpected(f"a record without {name}.{part}")
    return str(inner[part])


def read_versions(raw: bytes) -> list[str]:
    """Vintages that exist, oldest first."""
    found = answers.parsed(raw)
    try:
        variables = found["source"][0]["concept"][0]["variable"]
        named = [variable["id"] for variable in variables]
    except (KeyError, IndexError, TypeError):
        raise answers.Unexpected("not the list of vintages") from None
    if len(named) != int(found["total"]) or len(set(named)) != len(named):
        raise answers.Unexpected(f"{len(named)} vintages where the answer announces {found['total']}")
    return sorted(named)


def newest_before(named: list[str], month: str) -> str:
    """The newest vintage not after a month (YYYYMM): not every month has one.

    Examples
    --------
    >>> newest_before(["202312", "202403", "202405"], "202404")
    '202403'
    """
    before = [name for name in named if name <= month]
    if not before:
        raise answers.Unexpected(f"no vintage up to {month}", "take a later month")
    return before[-1]


def read_archive(raw: bytes) -> pd.DataFrame:
    """Values of one vintage."""
    found = answers.parsed(raw)
    try:
        data = found["source"]["data"]
        flat = [{part["concept"]: part["id"] for part in row["variable"]} | {"value": row["value"]} for row in data]
    except (KeyError, TypeError):
        raise answers.Unexpected("not an answer of the archive") from None
    table = answers.rows(flat, ["Country", "Version", "Series", "Time", "value"])
    if len(table) != int(found["total"]):
        raise answers.Unexpected(f"{len(table)} values where the answer announces {found['total']}", answers.WAIT)
    return answers.whole(table, ["Country", "Version", "Series", "Time"], ["value"], Time=r"YR\d{4}", Version=r"\d{6}")


def read_csv(raw: bytes) -> pd.DataFrame:
    """Values from the CSV of a download (or its zip): one row a country and year, missing ones left out."""
    if raw[:4] == b"PK\x03\x04":
        raw = answers.archive(raw, r"^API_.*\.csv$")
    lines = answers.text(raw).splitlines()
    heads = [
        number for number, line in enumerate(lines) if line.replace('"', "").startswith("Country Name,Country Code")
    ]
    updated = [line for line in lines[:4] if "Last Updated Date" in line]
    if len(heads) != 1 or not updated:
        raise answers.Unexpected("not the CSV of an indicator: no header, or more than one")
    if not answers.text(raw).endswith("\n"):
        raise answers.Unexpected("the text breaks off in the middle of a line", answers.WAIT)
    body = [line for line in lines[heads[0] :] if line.strip()]
    if body[0].endswith(","):  # an empty last column
        body[0] += '"(empty)"'
    try:
        wide = frames.parse("\n".join(body))
    except ValueError as error:
        raise answers.Unexpected(str(error)) from None
    if missing := [name for name in ("Country Code", "Indicator Code") if name not in wide]:
        raise answers.Unexpected(f"no column {missing[0]!r}")
    years = [name for name in wide if name.isdigit()]
    if not years or years != [str(year) for year in range(int(years[0]), int(years[0]) + len(years))]:
        raise answers.Unexpected("the years of the header are not one after the other")
    long = wide.melt(["Country Name", "Country Code", "Indicator Code"], years, "Year", "Value")
    long = long[long["Value"] != ""]
    return answers.whole(long, ["Country Code", "Indicator Code", "Year"], ["Value"], **{"Country Code": r"[A-Z]{3}"})
