"""Tables: typed by the data package, checked cell by cell, filtered by vintage and tier.

``data/datapackage.json`` is the only schema. :func:`load` is what chapters use; a defect of a table is a
:class:`TableError` that names file, row and column. Rows are counted as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from partnership import ROOT

DATA = ROOT / "data"
TIERS = "ABCDE"
SHOWN = 10  # defects listed in one message

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# Control characters of both sets, and characters that nobody sees: soft hyphens, zero widths, direction marks.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]")
_CELL = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,|$)')


class TableError(ValueError):
    """One or more defects of a table; each line names file, row and column."""

    def __init__(self, problems: Iterable[str]):
        self.problems = list(problems)
        more = len(self.problems) - SHOWN
        super().__init__("\n".join(self.problems[:SHOWN] + ([f"… and {more} more"] if more > 0 else [])))


# -- the data package -----------------------------------------------------------------------------


def package(folder: Path | str = DATA) -> dict[str, Any]:
    """The descriptor of the data package (``datapackage.json``) as a dictionary; not to be changed in place."""
    path = Path(folder) / "datapackage.json"
    return _package(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _package(path: Path, stamp: int) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def resource(name: str, folder: Path | str = DATA) -> dict[str, Any]:
    """The descriptor of one table.

    Raises
    ------
    KeyError
        If the data package has no such resource; the message lists those it has.
    """
    resources = {entry["name"]: entry for entry in package(folder)["resources"]}
    if name not in resources:
        raise KeyError(f'no table "{name}" in datapackage.json; there are: {", ".join(sorted(resources))}')
    return resources[name]


def tables(folder: Path | str = DATA) -> list[str]:
    """Names of all tables (resources with a column schema), in the order of the data package."""
    return [entry["name"] for entry in package(folder)["resources"] if "schema" in entry]


# -- reading --------------------------------------------------------------------------------------


def load(name: str, as_of: str | None = None, tier: str | None = None, folder: Path | str = DATA) -> pd.DataFrame:
    """Load a table of the data package.

    Parameters
    ----------
    name : str
        Name of the resource, such as ``"bilateral-trade"``.
    as_of : str, optional
        An ISO date. Only rows that were public on that day are kept: ``published`` of the row, else of its source.
        A date given as year or month counts as its last day; a row without any date is left out.
    tier : {"A", "B", "C", "D", "E"}, optional
        The lowest tier that is let through: ``"B"`` keeps A and B.
    folder : path, optional
        Another folder with a ``datapackage.json``.

    Returns
    -------
    pandas.DataFrame
        The columns of the schema, typed by it, and ``tier`` of each row's source. ``attrs["table"]`` is the name.

    Raises
    ------
    TableError
        If the table breaks its schema.
    """
    frame = _checked(Path(folder), name).copy()
    if "source_id" in frame:
        known = _checked(Path(folder), "sources").set_index("id")
        frame["tier"] = frame["source_id"].map(known["tier"])
        if as_of is not None:
            published = frame["source_id"].map(known["published"])
            if "published" in frame:
                published = frame["published"].where(frame["published"].notna(), published)
            frame = frame[published.map(_last_day) <= as_of]
    if tier is not None:
        if tier not in TIERS:
            raise ValueError(f'tier "{tier}" is not one of {", ".join(TIERS)}')
        frame = frame[frame["tier"] <= tier]
    frame = frame.reset_index(drop=True)
    frame.attrs["table"] = name
    return frame


def sources(folder: Path | str = DATA) -> pd.DataFrame:
    """The register of sources, indexed by ``id``."""
    return _checked(Path(folder), "sources").set_index("id")


def check(name: str, folder: Path | str = DATA) -> pd.DataFrame:
    """Read and check one table against its schema, the register of sources and the rules that all tables share.

    Raises
    ------
    TableError
        With every defect found, first ones first.
    """
    folder = Path(folder)
    entry = resource(name, folder)
    return _check_file(folder / entry["path"], entry, folder)


def _check_file(path: Path, entry: dict[str, Any], folder: Path) -> pd.DataFrame:
    label = f"{folder.name}/{entry['path']}"
    rows = list(_rows(path, label))
    fields = entry["schema"]["fields"]
    names = [field["name"] for field in fields]
    header, body = rows[0], rows[1:]
    if header != names:
        raise TableError([f"{label}, row 1: {_header_defect(header, names)}"])
    if not body:
        raise TableError([f'{label}, row 1, column "{names[0]}": the table has no rows'])
    ragged = [
        f'{label}, row {number}, column "{names[min(len(row), len(names) - 1)]}": '
        f"{len(row)} cells where the header has {len(names)}"
        for number, row in enumerate(body, 2)
        if len(row) != len(names)
    ]
    if ragged:
        raise TableError(ragged)
    text = pd.DataFrame(body, columns=names, dtype=str)
    created = package(folder)["created"][:10]
    problems = [
        f'{label}, row {index + 2}, column "{field["name"]}": {what}'
        for field in fields
        for index, what in _column_defects(text[field["name"]], field, created)
    ]
    if not problems:
        problems = [f"{label}, {what}" for what in _row_defects(text, entry, folder)]
    if problems:
        raise TableError(problems)
    return _typed(text, fields)


@lru_cache(maxsize=64)
def _cached(folder: Path, name: str, stamps: tuple[int, ...]) -> pd.DataFrame:
    return check(name, folder)


def _checked(folder: Path, name: str) -> pd.DataFrame:
    """Check once as long as neither the table nor the data package nor the register of sources changes."""
    files = [folder / resource(name, folder)["path"], folder / "datapackage.json", folder / "sources.csv"]
    return _cached(folder, name, tuple(file.stat().st_mtime_ns for file in files))


def _rows(path: Path, label: str) -> Iterator[list[str]]:
    raw = path.read_bytes()
    for mark, what in ((b"\xef\xbb\xbf", "a byte order mark"), (b"\x00", "a NUL byte"), (b"\r", "a carriage return")):
        if mark in raw:
            where = _place(raw, raw.index(mark))
            raise TableError([f"{label}, {where}: {what} (save as plain UTF-8 with LF line ends)"])
    if not raw.endswith(b"\n"):
        raise TableError([f"{label}, {_place(raw, len(raw))}: the file ends in the middle of a line (truncated?)"])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TableError([f"{label}, {_place(raw, error.start)}: byte {error.start} is not UTF-8"]) from None
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for cells in reader:
            line = reader.line_num
            yield cells
    except csv.Error as error:
        start = sum(len(text_of_row) + 1 for text_of_row in raw.split(b"\n")[:line])
        raise TableError([f"{label}, {_place(raw, start + _bad_cell(raw[start:]))}: {error}"]) from None


def _place(raw: bytes, at: int) -> str:
    """Row and column of a byte of a file."""
    lines = raw[:at].decode("utf-8", "replace").split("\n")
    header = next(csv.reader([raw.partition(b"\n")[0].decode("utf-8", "replace").strip("\ufeff\r\0")]), None) or [""]
    before = next(csv.reader([lines[-1].replace("\0", "").replace("\r", "")]), None) or [""]
    return f'row {len(lines)}, column "{header[min(len(before), len(header)) - 1]}"'


def _bad_cell(rest: bytes) -> int:
    """Where the first cell begins that is not quoted as it should be."""
    line, position = rest.partition(b"\n")[0].decode("utf-8"), 0
    while (cell := _CELL.match(line, position)) and cell.end() > position:
        position = cell.end()
    return len(line[:position].encode())


def _header_defect(header: list[str], names: list[str]) -> str:
    missing, extra = [n for n in names if n not in header], [n for n in header if n not in names]
    if missing or extra:
        parts = [f'column "{n}" is missing' for n in missing] + [f'column "{n}" is not in the schema' for n in extra]
        return "; ".join(parts)
    moved, stays = next((h, n) for h, n in zip([*header, ""], [*names, ""], strict=False) if h != n)
    return f'column "{moved}" stands where the schema has "{stays}"'


def _column_defects(cells: pd.Series, field: dict[str, Any], created: str) -> Iterator[tuple[int, str]]:
    """Index and description of each cell of a column that breaks the schema."""
    rules = field.get("constraints", {})
    kind = field["type"]
    filled = cells[cells != ""]
    if rules.get("required"):
        for index in cells.index[cells == ""]:
            yield index, "is empty but required"
    bad = pd.Series(False, index=filled.index)

    def flag(mask: pd.Series, what: str) -> Iterator[tuple[int, str]]:
        nonlocal bad
        for index in filled.index[mask & ~bad]:
            yield index, f'"{filled[index]}" {what}'
        bad |= mask

    if kind == "string":  # the patterns of the other kinds let none of these through
        words = filled.drop_duplicates()
        for unfit, what in (
            (words.str.contains(_CONTROL), "has a control character or a line break"),
            (words != words.str.strip(), "begins or ends with a space"),
            (words.map(_garbled).astype(bool), "looks like text in the wrong encoding"),
        ):
            yield from flag(filled.isin(words[unfit]), what)
    if kind in ("number", "integer"):
        pattern = _NUMBER if kind == "number" else _INTEGER
        what = "is not a number (use a point, no thousands separator)" if kind == "number" else "is not a whole number"
        yield from flag(~filled.str.fullmatch(pattern), what)
        numbers = filled[~bad].astype(float).reindex(filled.index)
        if "minimum" in rules:
            yield from flag(numbers < rules["minimum"], f"is below the minimum {rules['minimum']}")
        if "maximum" in rules:
            yield from flag(numbers > rules["maximum"], f"is above the maximum {rules['maximum']}")
    elif kind == "date":
        parsed = pd.to_datetime(filled.where(filled.str.fullmatch(_DAY)), format="%Y-%m-%d", errors="coerce")
        yield from flag(parsed.isna(), "is not a date (YYYY-MM-DD)")
    elif kind == "boolean":
        yield from flag(~filled.isin(["true", "false"]), "is neither true nor false")
    if "enum" in rules:
        yield from flag(~filled.isin(rules["enum"]), f"is not one of {', '.join(map(str, rules['enum']))}")
    if "pattern" in rules:
        yield from flag(
            ~filled.str.fullmatch(rules["pattern"], flags=re.ASCII), f"does not have the form {rules['pattern']}"
        )
    if rules.get("unique"):
        yield from flag(filled.duplicated(), "occurs twice")
    if field["name"] in ("published", "accessed"):
        yield from flag(filled.str[:10] > created, f"is after the data package was made ({created})")


def _garbled(cell: str) -> bool:
    """Whether a cell holds UTF-8 that was read in another encoding and saved again, or characters already lost."""
    for run in () if cell.isascii() else _FOREIGN.findall(cell):
        for encoding in ("cp1252", "cp1251", "gbk"):
            try:
                run.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
            return True
    return "\ufffd" in cell or ("?" in cell and "://" not in cell and bool(_LOST.search(cell)))


def _row_defects(text: pd.DataFrame, entry: dict[str, Any], folder: Path) -> Iterator[str]:
    """Defects that need more than one cell: repeated keys, sources that do not exist, self-trade, early vintages."""
    key = entry["schema"].get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    if key:
        for index in text.index[text.duplicated(key)]:
            row = text.loc[index]
            first = (text[key] == row[key]).all(axis=1).idxmax()
            yield f'row {index + 2}, column "{key[0]}": repeats row {first + 2} ({", ".join(row[key])})'
    for foreign in entry["schema"].get("foreignKeys", []):
        column, target = foreign["fields"], foreign["reference"]
        known = set(_checked(folder, target["resource"])[target["fields"]])
        for index in text.index[~text[column].isin(known) & (text[column] != "")]:
            yield f'row {index + 2}, column "{column}": "{text.at[index, column]}" is not in {target["resource"]}.csv'
    if {"exporter", "importer"} <= set(text.columns) and not entry.get("trade_with_itself"):
        for index in text.index[(text["exporter"] == text["importer"]) & (text["exporter"] != "")]:
            yield f'row {index + 2}, column "importer": {text.at[index, "importer"]} would trade with itself'
    if {"exporter", "importer", "reporter", "valuation"} <= set(text.columns):
        for side, basis in (("exporter", "FOB"), ("importer", "CIF")):
            other = "importer" if side == "exporter" else "exporter"
            wrong = (text["reporter"] == text[side]) & (text[side] != text[other])
            wrong &= ~text["valuation"].isin([basis, "other", ""])
            for index in text.index[wrong]:
                yield (
                    f'row {index + 2}, column "valuation": "{text.at[index, "valuation"]}" where the reporter is the '
                    f"{side}, whose statistics are {basis} (are exporter and importer swapped?)"
                )
    if {"exporter", "period", "published"} <= set(text.columns):
        late = (text["published"] != "") & (text["period"].map(_first_day) > text["published"].map(_last_day))
        for index in text.index[late]:
            yield (
                f'row {index + 2}, column "published": "{text.at[index, "published"]}" is before the period '
                f"{text.at[index, 'period']} began"
            )


def _typed(text: pd.DataFrame, fields: list[dict[str, Any]]) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {}
    for field in fields:
        cells = text[field["name"]].where(text[field["name"]] != "")
        if field["type"] == "number":
            cells = cells.astype(float)
        elif field["type"] == "integer":
            cells = cells.astype("Int64") if cells.isna().any() else cells.astype(int)
        elif field["type"] == "date":
            cells = pd.to_datetime(cells, format="%Y-%m-%d")
        elif field["type"] == "boolean":
            cells = cells.map({"true": True, "false": False})
        columns[field["name"]] = cells
    return pd.DataFrame(columns)


def names(frame: pd.DataFrame) -> list[str]:
    """Names of the tables that the rows of a frame come from."""
    table = frame.attrs.get("table", [])
    return [table] if isinstance(table, str) else list(table)


# -- choosing rows --------------------------------------------------------------------------------


def select(frame: pd.DataFrame, **where: Any) -> pd.DataFrame:
    """Rows whose columns have the given values; a list admits several.

    Raises
    ------
    KeyError
        If a column does not exist.

    Examples
    --------
    >>> trade = pd.DataFrame({"exporter": ["CHN", "RUS"], "period": ["2024", "2024"], "value": [115.5, 129.3]})
    >>> select(trade, exporter="RUS", period="2024")["value"].tolist()
    [129.3]
    """
    keep = pd.Series(True, index=frame.index)
    for column, wanted in where.items():
        if column not in frame:
            raise KeyError(f'no column "{column}"; there are: {", ".join(frame.columns)}')
        keep &= frame[column].isin(wanted if isinstance(wanted, list | tuple | set) else [wanted])
    return frame[keep]


def best(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a cell: of rows that tell the same cell, the one with the lowest ``rank`` that has a value.

    A cell is a period, frequency, direction, exporter, importer, reporter and currency. Use after filters of vintage or
    tier, so that what is best is best among what remains.
    """
    cell = ["period", "frequency", "direction", "exporter", "importer", "reporter", "currency"]
    return frame.dropna(subset=["value"]).sort_values([*cell, "rank"], kind="stable").drop_duplicates(cell)


# -- periods --------------------------------------------------------------------------------------


def _first_day(period: str) -> str:
    if "Q" in period:
        period = f"{period[:4]}-{3 * int(period[-1]) - 2:02d}"
    return (period + "-01-01")[:10] if len(period) == 4 else (period + "-01")[:10]


def _last_day(period: object) -> str:
    """Last day of an ISO day, month, quarter or year; ``"9999"`` for a missing one, which sorts after every date."""
    if not isinstance(period, str) or not period:
        return "9999"
    if "Q" in period:
        period = f"{period[:4]}-{3 * int(period[-1]):02d}"
    if len(period) == 4:
        return f"{period}-12-31"
    if len(period) == 7:
        return f"{period}-{monthrange(int(period[:4]), int(period[5:]))[1]}"
    return period


def dates(periods: pd.Series) -> pd.Series:
    """First day of each ISO period as a timestamp, for a time axis."""
    return pd.to_datetime(periods.map(_first_day))


# -- writing --------------------------------------------------------------------------------------


def write(frame: pd.DataFrame, name: str, folder: Path | str = DATA) -> None:
    """Write a table in the one form that diffs well, or leave the old file as it was.

    Rows are sorted by the primary key, numbers carry no exponent and no float noise. The new file is checked like any
    other before it replaces the old one.

    Raises
    ------
    TableError
        If the frame breaks the schema; nothing is written then.
    """
    folder = Path(folder)
    entry = resource(name, folder)
    fields = [field["name"] for field in entry["schema"]["fields"]]
    key = entry["schema"].get("primaryKey", [])
    text = frame[fields].map(cell_text).sort_values([key] if isinstance(key, str) else key, kind="stable")
    target = folder / entry["path"]
    fresh = target.with_suffix(".tmp")
    try:
        text.to_csv(fresh, index=False, lineterminator="\n")
        _check_file(fresh, entry, folder)
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)


def cell_text(value: object) -> str:
    """A cell as the tables hold it: plain decimals, ISO dates, ``true``/``false``, empty for missing."""
    if value is None or value is pd.NA or (isinstance(value, float) and value != value) or value is pd.NaT:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        plain = format(Decimal(repr(round(value, 10) + 0.0)), "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    return str(value)
