"""Tables: typed by the data package, checked cell by cell, filtered by vintage and tier.

``data/datapackage.json`` is the only schema. :func:`load` is what chapters use; a defect of a table is a
:class:`TableError` that names file, row and column. Rows are counted as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from partnership import ROOT

DATA = ROOT / "data"
TIERS = "ABCDE"
SHOWN = 10  # defects listed in one message
MANY = 10_000
"""Rows from which the words of a table are held by Arrow, which is quicker over them; each call of it costs more."""

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_COMPUTED = re.compile(r"[=@]|[+-](?!\d[\d.,]*$)")
# Controls, and characters that nobody sees: those of category Cf (marks of direction, soft hyphens, zero widths), line
# and paragraph separators, and the selectors that change how a character is drawn.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0001-\U000e007f\U000e0100-\U000e01ef]"
)
_SPACES = re.compile("[\u00a0\u202f\u2000-\u200a\u3000]|  ")
# Hyphens and dashes that look like the hyphen of the keyboard or the en dash; a search for either finds none of them.
_DASHES = re.compile("[\u2010-\u2012\u2015\u2212\ufe58\ufe63\uff0d]")
_MIXED = re.compile("[A-Za-z\u00c0-\u024f][\u0370-\u052f]|[\u0370-\u052f][A-Za-z\u00c0-\u024f]")  # Greek, Cyrillic
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
    described: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return described


def resource(name: str, folder: Path | str = DATA) -> dict[str, Any]:
    """The descriptor of one table.

    Raises
    ------
    KeyError
        If the data package has no such resource; the message lists those it has.
    """
    entries: list[dict[str, Any]] = package(folder)["resources"]
    for entry in entries:
        if entry["name"] == name:
            return entry
    names = ", ".join(sorted(entry["name"] for entry in entries))
    raise KeyError(f'no table "{name}" in datapackage.json; there are: {names}')


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
        The columns of the schema, typed by it, and ``tier`` of each row's source. The index ``row`` is the row's number
        in the file, whose header is row 1. ``attrs["table"]`` is the name.

    Raises
    ------
    TableError
        If the table is missing or breaks its schema. A file whose hash stands in the data package has passed all checks
        before and is only read.
    ValueError
        If ``as_of`` is no ISO date, or ``tier`` no tier; or if the table has no ``source_id`` for ``tier`` to choose by, or
        neither ``source_id`` nor ``published`` for ``as_of``.
    """
    if as_of is not None and not is_day(as_of):
        raise ValueError(f'as_of "{as_of}" is not an ISO date such as 2024-12-31')
    table = _held(Path(folder), name)
    frame = table.frame
    if tier is not None and tier not in tuple(TIERS):
        raise ValueError(f'tier "{tier}" is not one of {", ".join(TIERS)}')
    if as_of is not None:
        if table.known is None:
            raise ValueError(
                f"{name} names neither sources nor days of publication; as_of cannot choose among its rows"
            )
        frame = frame[table.known <= as_of]
    if tier is not None:
        if "tier" not in frame:
            raise ValueError(f"{name} names no sources; tier cannot choose among its rows")
        frame = frame[frame["tier"] <= tier]
    frame = frame.set_axis(pd.Index(frame.index + 2, name="row"))
    frame.attrs["table"] = name
    return frame


def columns(name: str, folder: Path | str = DATA) -> list[str]:
    """The columns of a table, as its schema names them."""
    return [field["name"] for field in resource(name, Path(folder))["schema"]["fields"]]


AS_STATED = ("stated_value", "stated_low", "stated_high", "value_low", "value_high", "error")
"""Columns with numbers as somebody stated them. They are exact, and so are bounds of an error."""


WHOLE = ("cars", "phones")
"""Units that are counted one by one, in columns that hold shares too: a number without zeros at its end is exact."""

FLOORS, CEILINGS = ("more than", "at least"), ("less than", "up to")
BOUNDS = FLOORS + CEILINGS
"""Words of a column ``qualifier`` that make a number the end of a range whose other end nobody gave."""

ERROR_BY_UNIT = {"TIV million": 0.005}
"""Error of every value in a unit, where all are printed to the same digit: SIPRI's register has hundredths."""


def error(rows: pd.DataFrame, column: str = "value") -> pd.Series:
    """How far a value may be off, absolute and in its unit.

    The row's own ``error`` where the table has one; else half a unit of the last digit that is printed. Zeros at the end of
    a whole number count as not printed, three at the most: 244,810 is given to the nearest ten, so it may be off by five.
    No error is given for text; what somebody stated or aimed at (:data:`AS_STATED`, a row of kind statement); integers in a table
    without an error column, and cars or phones counted one by one; years; bounds (:data:`BOUNDS`), whose distance from the
    value is unknown. A missing or an infinite value has a missing error. Values are taken to ten decimals, as files have them.

    Examples
    --------
    >>> error(pd.DataFrame({"value": [244810.0, 30.6, 19535.0]})).round(3).tolist()
    [5.0, 0.05, 0.5]
    >>> error(pd.DataFrame({"value": [80, 3]})).tolist()
    [0.0, 0.0]
    >>> error(pd.DataFrame({"value": [173302.0, 685200.0, 51.0], "unit": ["cars", "cars", "per cent"]})).tolist()
    [0.0, 50.0, 0.5]
    >>> error(pd.DataFrame({"value": [90.0, 90.0], "kind": ["statement", "statistic"]})).tolist()
    [0.0, 5.0]
    >>> error(pd.DataFrame({"value": [80.0, 80.0], "qualifier": ["about", "more than"]})).tolist()
    [5.0, 0.0]
    """
    counted = pd.api.types.is_integer_dtype(rows[column]) and "error" not in rows
    if counted or column in AS_STATED or not pd.api.types.is_numeric_dtype(rows[column]):
        return pd.Series(0.0, index=rows.index)
    printed = pd.Series([_half_a_digit(value) for value in rows[column].astype(float).tolist()], rows.index, float)
    if column == "value" and "unit" in rows:
        things = rows["unit"].isin(WHOLE) | pd.api.types.is_integer_dtype(rows[column])
        printed = printed.mask(things & (printed <= 0.5), 0.0)
        printed = rows["unit"].map(ERROR_BY_UNIT).fillna(printed)
    if column == "value" and "error" in rows:
        printed = rows["error"].fillna(printed)
    if "kind" in rows:
        printed = printed.mask(rows["kind"].isin(["statement"]), 0.0)
    bound = column == "value" and "qualifier" in rows
    return printed.mask(rows["qualifier"].isin(BOUNDS), 0.0) if bound else printed


@lru_cache(maxsize=1 << 16)
def _half_a_digit(value: float) -> float:
    if not math.isfinite(value):
        return math.nan
    text = repr(round(value, 10)).lstrip("-")
    if "e" in text:
        text = format(Decimal(text), "f")
    whole, _, rest = text.partition(".")
    if rest.strip("0"):
        return 0.5 * 10.0 ** -len(rest.rstrip("0"))
    zeros = len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    return 0.5 * 10.0 ** min(zeros, 3)


def sources(folder: Path | str = DATA) -> pd.DataFrame:
    """The register of sources, indexed by ``id``."""
    return checked("sources", folder).set_index("id")


def checked(name: str, folder: Path | str = DATA) -> pd.DataFrame:
    """A table as :func:`check` gives it, checked once as long as nothing that the check reads changes."""
    return _held(Path(folder), name).checked.copy(deep=False)


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
    rows = _rows(path, label)
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
    columns = dict(zip(names, zip(*body, strict=True), strict=True))
    created = package(folder)["created"][:10]
    problems = [
        f'{label}, row {index + 2}, column "{field["name"]}": {what}'
        for field in fields
        for index, what in _looked_at(columns[field["name"]], json.dumps(field), created)
    ]
    if not problems:
        problems = [f"{label}, {what}" for what in _row_defects(columns, entry, folder)]
    if problems:
        raise TableError(problems)
    return _frame(names, columns.values(), {field["name"]: field["type"] for field in fields})


# -- checked once, or known by its hash -----------------------------------------------------------


class _Held:
    """A checked table, with what :func:`load` adds to it."""

    def __init__(self, folder: Path, frame: pd.DataFrame):
        self.folder, self.checked = folder, frame

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The table with the tier of each row's source."""
        frame = self.checked.copy(deep=False)
        if "source_id" in frame:
            frame["tier"] = frame["source_id"].map(sources(self.folder)["tier"])
        return frame

    @cached_property
    def known(self) -> pd.Series | None:
        """The day from which each row was public; None for a table that has neither days nor sources."""
        own = self.checked.get("published")
        if "source_id" not in self.checked:
            return None if own is None else own.map(last_day)
        published = self.checked["source_id"].map(sources(self.folder)["published"])
        return (published if own is None else own.where(own.notna(), published)).map(last_day)


def _held(folder: Path, name: str) -> _Held:
    files = _read_for(folder, name)
    if gone := [f"{folder.name}/{file.name}: the file is missing" for file in files if not file.is_file()]:
        raise TableError(gone)
    stamps = [file.stat() for file in files]
    return _check_once(folder, name, tuple((stamp.st_mtime_ns, stamp.st_size) for stamp in stamps))


# More than there are tables: whoever goes through all of them twice reads each once.
@lru_cache(maxsize=256)
def _check_once(folder: Path, name: str, stamps: tuple[tuple[int, int], ...]) -> _Held:
    entry = resource(name, folder)
    if not _accounted(folder / entry["path"], entry.get("hash", "")):
        return _Held(folder, check(name, folder))
    own = stamps[_read_for(folder, name).index(folder / entry["path"])]
    frame = _read_once(folder, name, (stamps[0], own))
    if all(_accounted(folder / path, digest) for path, digest in _account(folder, name)):
        return _Held(folder, frame)
    # Its own cells passed: of a table that it refers to it only needs the keys.
    for key in entry["schema"].get("foreignKeys", []):
        target = key["reference"]
        known = checked(target["resource"], folder)[target["fields"]]
        if not set(frame[key["fields"]].dropna().unique()) <= set(known.tolist()):
            return _Held(folder, check(name, folder))  # which names each cell
    return _Held(folder, frame)


def _account(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """Each table that a check reads, with the hash that it had when it passed all checks."""
    read = {file.name for file in _read_for(folder, name)}
    return ((entry["path"], entry.get("hash", "")) for entry in package(folder)["resources"] if entry["path"] in read)


def _accounted(path: Path, digest: str) -> bool:
    """Whether a file is the one whose hash stands in the data package, which is written only after a full check."""
    stamp = path.stat()
    return _digest(path, stamp.st_mtime_ns, stamp.st_size) == digest


@lru_cache(maxsize=256)
def _digest(path: Path, stamp: int, size: int) -> str:
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


@lru_cache(maxsize=256)
def _read_once(folder: Path, name: str, stamps: tuple[tuple[int, int], ...]) -> pd.DataFrame:
    return _read(name, folder)


def _read(name: str, folder: Path) -> pd.DataFrame:
    """A table that needs no check."""
    entry = resource(name, folder)
    kinds = {field["name"]: field["type"] for field in entry["schema"]["fields"]}
    # Numbers come as words too: pandas' own reader of numbers is off in last digits.
    text = pd.read_csv(folder / entry["path"], dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8")
    text = text.astype(_words(len(text)))
    return pd.DataFrame({column: _of_kind(text[column], kind) for column, kind in kinds.items()})


def _frame(names: Iterable[str], columns: Iterable[Sequence[str]], kinds: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: _typed(cells, kinds[name]) for name, cells in zip(names, columns, strict=True)})


def _read_for(folder: Path, name: str) -> list[Path]:
    """The files that a check reads: the data package, the table, and those its keys refer to."""
    path = folder / "datapackage.json"
    return [path, *(folder / file for file in _parts(path, path.stat().st_mtime_ns, name))]


@lru_cache(maxsize=512)
def _parts(path: Path, stamp: int, name: str) -> tuple[str, ...]:
    names, found = [name], dict[str, str]()
    while names:
        entry = resource(names.pop(), path.parent)
        if entry["name"] not in found:
            found[entry["name"]] = entry["path"]
            keys = entry.get("schema", {}).get("foreignKeys", [])
            names += [key["reference"]["resource"] for key in keys]
    return tuple(sorted(found.values()))


# -- checking -------------------------------------------------------------------------------------


LONGEST = 131_072
"""Characters of a cell, at most."""


def _rows(path: Path, label: str) -> list[list[str]]:
    if not path.is_file():
        raise TableError([f"{label}: the file is missing"])
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
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        rows = []
    # csv's own limit is anybody's to change
    if rows and (len(text) <= LONGEST or max(map(len, chain.from_iterable(rows)), default=0) <= LONGEST):
        return rows
    raise TableError([f"{label}, {_bad_row(raw, text)}"])


def _bad_row(raw: bytes, text: str) -> str:
    """Where a text stops to be CSV, read once more row by row, and why."""
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for cells in reader:
            if max(map(len, cells), default=0) > LONGEST:
                raise csv.Error(f"field larger than field limit ({LONGEST})")
            line = reader.line_num
    except csv.Error as error:
        start = sum(len(text_of_row) + 1 for text_of_row in raw.split(b"\n")[:line])
        return f"{_place(raw, start + _bad_cell(raw[start:]))}: {error}"
    raise AssertionError("a text that can be read")


def _place(raw: bytes, at: int) -> str:
    """Row and column of a byte of a file."""
    lines = raw[:at].decode("utf-8", "replace").split("\n")
    header = next(csv.reader([raw.partition(b"\n")[0].decode("utf-8", "replace").strip("\ufeff\r\0")]), None) or [""]
    before = re.sub(r'"[^"]*"?', "", lines[-1]).count(",") + 1  # not by csv, which may have refused this very cell
    return f'row {len(lines)}, column "{header[min(before, len(header)) - 1]}"'


def _bad_cell(rest: bytes) -> int:
    """Where the first cell begins that is too long, or not quoted as it should be."""
    line, position = rest.partition(b"\n")[0].decode("utf-8"), 0
    while (cell := _CELL.match(line, position)) and 0 < len(cell[0]) <= LONGEST + 1:  # and a comma
        position = cell.end()
    return len(line[:position].encode())


def _header_defect(header: list[str], names: list[str]) -> str:
    missing, extra = [n for n in names if n not in header], [n for n in header if n not in names]
    if missing or extra:
        parts = [f'column "{n}" is missing' for n in missing] + [f'column "{n}" is not in the schema' for n in extra]
        return "; ".join(parts)
    moved, stays = next((h, n) for h, n in zip([*header, ""], [*names, ""], strict=False) if h != n)
    return f'column "{moved}" stands where the schema has "{stays}"'


# The columns of some tables: of a table that is checked again only what has changed is looked at.
@lru_cache(maxsize=64)
def _looked_at(cells: tuple[str, ...], field: str, created: str) -> tuple[tuple[int, str], ...]:
    return tuple(_column_defects(cells, json.loads(field), created))


def _column_defects(cells: Sequence[str], field: dict[str, Any], created: str) -> Iterator[tuple[int, str]]:
    """Index and description of each cell of a column that breaks the schema; each distinct cell is looked at once."""
    rules = field.get("constraints", {})
    words = set(cells)
    if "" in words:
        words.remove("")
        if rules.get("required"):
            yield from ((index, "is empty but required") for index, cell in enumerate(cells) if not cell)
    for unfit, what in _tests(field["type"], rules):
        if bad := {word for word in words if unfit(word)}:
            words -= bad  # one defect a cell
            yield from ((index, f'"{cell}" {what}') for index, cell in enumerate(cells) if cell in bad)
    if rules.get("unique") and len(words) < len(cells):
        yield from ((index, f'"{cells[index]}" occurs twice') for index in _repeats(cells) if cells[index] in words)
    if field["name"] in ("published", "accessed"):
        late = {word for word in words if word[:10] > created}
        what = f"is after the data package was made ({created})"
        yield from ((index, f'"{cell}" {what}') for index, cell in enumerate(cells) if cell in late)


def _tests(kind: str, rules: Mapping[str, Any]) -> Iterator[tuple[Callable[[str], object], str]]:
    """What makes a filled cell of a kind unfit, and in which words."""
    if kind == "string":  # the patterns of the other kinds let none of these through
        yield _CONTROL.search, "has a control character or a line break"
        yield lambda cell: cell != cell.strip(), "begins or ends with a space"
        yield _COMPUTED.match, "begins as a formula does: a spreadsheet would compute it"
        yield _SPACES.search, "has two spaces in a row, or a space of another kind"
        yield (
            lambda cell: not unicodedata.is_normalized("NFC", cell),
            "has letter and accent apart (save it in the form NFC)",
        )
        yield _MIXED.search, "has letters of two alphabets in one word"
        yield _DASHES.search, "has a dash of another kind (use - or \u2013)"
        yield _garbled, "looks like text in the wrong encoding"
    if kind == "number":
        yield lambda cell: not _NUMBER.fullmatch(cell), "is not a number (use a point, no thousands separator)"
    if kind == "integer":
        yield lambda cell: not _INTEGER.fullmatch(cell), "is not a whole number"
    if kind in ("number", "integer"):
        low, high = rules.get("minimum", -math.inf), rules.get("maximum", math.inf)
        yield lambda cell: float(cell) < low, f"is below the minimum {low}"
        yield lambda cell: float(cell) > high, f"is above the maximum {high}"
    if kind == "date":
        yield lambda cell: not is_day(cell), "is not a date (YYYY-MM-DD)"
    if kind == "boolean":
        yield lambda cell: cell not in ("true", "false"), "is neither true nor false"
    if "enum" in rules:
        yield lambda cell: cell not in rules["enum"], f"is not one of {', '.join(map(str, rules['enum']))}"
    if "pattern" in rules:
        form = re.compile(rules["pattern"], re.ASCII)
        yield lambda cell: not form.fullmatch(cell), f"does not have the form {rules['pattern']}"


def is_day(cell: str) -> bool:
    """Whether a cell is a day of the calendar, YYYY-MM-DD."""
    try:
        return bool(_DAY.fullmatch(cell) and date.fromisoformat(cell))
    except (TypeError, ValueError):
        return False


def _repeats(keys: Iterable[Any]) -> Iterator[int]:
    """Where a key stands that stood before; empty ones do not count."""
    seen = set()
    for index, key in enumerate(keys):
        if key in seen and key:
            yield index
        seen.add(key)


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


def _row_defects(columns: Mapping[str, Sequence[str]], entry: dict[str, Any], folder: Path) -> Iterator[str]:
    """Defects that need more than one cell: repeated keys, sources that do not exist, self-trade, early vintages."""
    key = entry["schema"].get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    cells = list(zip(*(columns[name] for name in key), strict=True))
    for index in _repeats(cells):
        words = ", ".join(cells[index])
        yield f'row {index + 2}, column "{key[0]}": repeats row {cells.index(cells[index]) + 2} ({words})'
    for foreign in entry["schema"].get("foreignKeys", []):
        column, target = foreign["fields"], foreign["reference"]
        unknown = set(columns[column]) - {""} - set(checked(target["resource"], folder)[target["fields"]].tolist())
        for index, cell in enumerate(columns[column]):
            if cell in unknown:
                yield f'row {index + 2}, column "{column}": "{cell}" is not in {target["resource"]}.csv'
    if {"exporter", "importer"} <= columns.keys() and not entry.get("trade_with_itself"):
        for index, (exporter, importer) in enumerate(zip(columns["exporter"], columns["importer"], strict=True)):
            if exporter and exporter == importer:
                yield f'row {index + 2}, column "importer": {importer} would trade with itself'
    if {"exporter", "importer", "reporter", "valuation"} <= columns.keys():
        flows = [columns[name] for name in ("exporter", "importer", "reporter", "valuation")]
        for side, basis in (("exporter", "FOB"), ("importer", "CIF")):
            for index, (exporter, importer, reporter, valuation) in enumerate(zip(*flows, strict=True)):
                own = exporter if side == "exporter" else importer
                if reporter == own and exporter != importer and valuation not in (basis, "other", ""):
                    yield (
                        f'row {index + 2}, column "valuation": "{valuation}" where the reporter is the '
                        f"{side}, whose statistics are {basis} (are exporter and importer swapped?)"
                    )
    if {"exporter", "period", "published"} <= columns.keys():
        for index, (period, published) in enumerate(zip(columns["period"], columns["published"], strict=True)):
            if published and first_day(period) > last_day(published):
                yield (f'row {index + 2}, column "published": "{published}" is before the period {period} began')


def _words(rows: int) -> Any:
    """What holds the words of a table of so many rows."""
    if pd.__version__ < "3":  # whose str makes words of what is missing
        return object
    return str if rows > MANY else pd.StringDtype("python", na_value=math.nan)


def _typed(cells: Sequence[str], kind: str) -> pd.Series:
    """A column in the type that the schema gives it."""
    return _of_kind(pd.Series([cell or None for cell in cells], dtype=_words(len(cells))), kind)


def _of_kind(text: pd.Series, kind: str) -> pd.Series:
    if kind == "number":
        return text.astype(float)
    if kind == "integer":
        return text.astype("Int64" if text.hasnans else int)
    if kind == "date":
        return pd.to_datetime(text, format="%Y-%m-%d")
    return text.map({"true": True, "false": False}) if kind == "boolean" else text


def names(frame: pd.DataFrame) -> list[str]:
    """Names of the tables that the rows of a frame come from."""
    table = frame.attrs.get("table", [])
    return [table] if isinstance(table, str) else list(table)


# -- choosing rows --------------------------------------------------------------------------------


def select(frame: pd.DataFrame, **where: Any) -> pd.DataFrame:
    """Rows whose columns have the given values; a list, or anything else of several values, admits each of them.

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
    keep = np.ones(len(frame), dtype=bool)
    for column, wanted in where.items():
        if column not in frame:
            raise KeyError(f'no column "{column}"; there are: {", ".join(frame.columns)}')
        several = list(wanted) if pd.api.types.is_list_like(wanted) else [wanted]
        keep &= frame[column].isin(several).to_numpy(dtype=bool)
    return frame[keep]


def by_id(frame: pd.DataFrame, name: str, column: str = "value_low") -> tuple[pd.DataFrame, str]:
    """One figure of a table whose rows have names: its row, and the column that holds the value.

    Examples
    --------
    >>> figures = pd.DataFrame({"id": ["belgee-2024", "belgee-2025"], "value_low": [3.1, 3.3]})
    >>> row, column = by_id(figures, "belgee-2025")
    >>> row[column].tolist()
    [3.3]
    """
    return select(frame, id=name), column


def matched(on: str | list[str], *frames: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """The rows whose keys all frames have, for a formula that takes one row of each at a time.

    A formula takes rows in the order of their file; so the keys must stand in one order in all of them.

    Parameters
    ----------
    on : str or list of str
        The columns that make the key.
    frames : pandas.DataFrame
        Rows with their line numbers.

    Returns
    -------
    tuple of pandas.DataFrame
        As many as were given, each in the order of its file, with the same keys row by row.

    Raises
    ------
    ValueError
        If a frame has a key twice, or the files have the keys in different orders.

    Examples
    --------
    >>> first, second = pd.DataFrame({"period": ["2023", "2024"]}), pd.DataFrame({"period": ["2024", "2025"]})
    >>> [rows["period"].tolist() for rows in matched("period", first, second)]
    [['2024'], ['2024']]
    """
    columns = [on] if isinstance(on, str) else on
    keys = [pd.MultiIndex.from_frame(rows.sort_index()[columns]) for rows in frames]
    if twice := [found[found.duplicated()][0] for found in keys if found.has_duplicates]:
        raise ValueError(f"{', '.join(map(str, twice[0]))} stands twice")
    common = [found[np.logical_and.reduce([found.isin(other) for other in keys])] for found in keys]
    if not all(found.equals(common[0]) for found in common):
        raise ValueError(f"the files have {', '.join(columns)} in different orders")
    return tuple(rows.sort_index()[found.isin(common[0])] for rows, found in zip(frames, keys, strict=True))


CELL = ["period", "frequency", "direction", "exporter", "importer", "reporter", "currency"]
"""What makes a cell of the trade tables, which several rows may tell."""


def best(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a cell (:data:`CELL`): of rows that tell the same cell, the one with the lowest ``rank`` that has a value.

    Use after filters of vintage or tier, so that what is best is best among what remains.
    """
    return frame.dropna(subset=["value"]).sort_values([*CELL, "rank"], kind="stable").drop_duplicates(CELL)


def best_of(name: str, as_of: str | None = None, **where: Any) -> pd.DataFrame:
    """:func:`best` of a table as known on a day, where columns of the cell have the given values.

    Raises
    ------
    KeyError
        If another column is asked for: a filter of it has to come before the choice.
    """
    if beyond := where.keys() - set(CELL):
        raise KeyError(f"{', '.join(sorted(beyond))}: no part of a cell; use best after select")
    return select(_best_once(_held(DATA, name), name, as_of), **where)


# Hundreds of numbers ask for some cells each of a few tables on a few days. The table as held tells an altered one apart.
@lru_cache(maxsize=16)
def _best_once(table: _Held, name: str, as_of: str | None) -> pd.DataFrame:
    return best(load(name, as_of))


def latest(frame: pd.DataFrame, **where: Any) -> str:
    """The last period of the rows that meet the conditions of :func:`select`.

    Raises
    ------
    ValueError
        If there is no such row.
    """
    periods = select(frame, **where)["period"].dropna().astype(str)
    if periods.empty:
        raise ValueError(f"no rows with {where}")
    return str(max(periods, key=last_day))


def one_source(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of one source throughout: of the sources that tell the last period, the one with most rows.

    For courses whose steps must not come from a change of source. With a new month the next edition of the source takes
    over by itself.
    """
    ending = frame[frame["period"] == latest(frame)]["source_id"]
    rows = frame["source_id"].value_counts()
    return frame[frame["source_id"] == max(ending.unique(), key=lambda source: (rows[source], source))]


CARRIED = {"WITS": "KAZ (in its reports to the United Nations)"}
"""Counters that only carry what a country counted, and which; ``central-asia-trade`` tells its counts of Kazakhstan apart so."""


def counters(frame: pd.DataFrame) -> pd.Series:
    """Who counted each row, or said so: the counter, else whoever the table names, else the office that reports.

    What others estimated for a reporter, the reporter did not count: such a row has none. What a carrier brought, a country counted.
    """
    names = ("counter", "who", "status", "reporter")
    cells = (frame[name].astype(object).tolist() if name in frame else repeat(None, len(frame)) for name in names)
    found = [_counter(*row) for row in zip(*cells, strict=True)]
    return pd.Series(found, frame.index, object, "counter")


def _counter(counter: Any, who: Any, status: Any, reporter: Any) -> Any:
    if not missing(counter):
        return CARRIED.get(counter, counter)
    # Where there is no status, the word tells who was counted.
    if not missing(who) and not missing(status):
        return who
    return math.nan if missing(reporter) or status == "estimated" else reporter


def missing(cell: Any) -> bool:
    """Whether a cell holds nothing; of one cell pandas takes longer to tell.

    Examples
    --------
    >>> [missing(cell) for cell in (None, pd.NA, math.nan, pd.NaT, "", 0)]
    [True, True, True, True, False, False]
    """
    return cell is None or cell is pd.NA or bool(cell != cell)


# -- periods --------------------------------------------------------------------------------------


def year_before(period: str) -> str:
    """The same period of the year before.

    Examples
    --------
    >>> year_before("2026-05"), year_before("2024")
    ('2025-05', '2023')
    """
    return f"{int(period[:4]) - 1}{period[4:]}"


@lru_cache(maxsize=4096)
def first_day(period: str) -> str:
    """First day of an ISO day, month, quarter or year."""
    if "Q" in period:
        period = f"{period[:4]}-{3 * int(period[-1]) - 2:02d}"
    return (period + "-01-01")[:10] if len(period) == 4 else (period + "-01")[:10]


@lru_cache(maxsize=4096)
def last_day(period: object) -> str:
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


def span(periods: Iterable[str]) -> str:
    """First and last of some ISO periods, as ``first/last``; days and quarters to the month, years as years.

    Examples
    --------
    >>> span(["2024", "2025-Q3", "2023-05-02"])
    '2023-05/2025-09'
    """
    cells = sorted(set(periods))
    if not cells:
        return ""
    ends = min(cells, key=first_day), max(cells, key=last_day)
    first, last = (
        cell if len(cell) == 4 else day(cell)[:7] for cell, day in zip(ends, (first_day, last_day), strict=True)
    )
    return first if first == last else f"{first}/{last}"


def dates(periods: pd.Series) -> pd.Series:
    """First day of each ISO period as a timestamp, for a time axis."""
    return pd.to_datetime(periods.map(first_day))


# -- writing --------------------------------------------------------------------------------------


def texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Each cell as :func:`cell_text` writes it; equal cells of a column are written once."""
    return frame.apply(lambda column: column.map(lru_cache(maxsize=None)(cell_text)))


def cell_text(value: object) -> str:
    """A cell as the tables hold it: ten decimals at most, ISO dates, ``true``/``false``, empty for missing."""
    if missing(value):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        plain = repr(round(value, 10) + 0.0)
        if not plain.replace(".", "").lstrip("-").isdigit():  # with an exponent
            plain = format(Decimal(plain), "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, pd.Timestamp):
        return str(value.strftime("%Y-%m-%d"))
    return str(value)
