"""What came, before anybody reads it: status 200 proves nothing.

Firewalls, quota notices, retired pages and pointers to large files come with status 200 in place of data. Every reader
opens its bytes through this module; what is not what it should be is an :class:`Unexpected` that says what came instead
and what to do.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree

import pandas as pd

from refresh import frames, numbers

ASK = "open the address in a browser and look; nothing here gets round a firewall"
WAIT = "wait, then run again"
REPORT = "the publisher changed its answer: mend the reader, with this answer as a test"
KEY = "set the key that the publisher gives, see docs/refresh.md"

# What stands in place of data: a mark in the first bytes, what it is, what to do.
MARKS = (
    (b"version https://git-lfs.github.com/spec/v1", "a Git LFS pointer instead of the file", "take the file itself"),
    (b"Request Rejected", "a firewall page", ASK),
    (b"Access Denied", "a page that denies access", ASK),
    (b"Attention Required!", "a captcha page", ASK),
    (b"error code: 10", "a page that denies access", ASK),
    (b"$_ts", "the script shell of a firewall, no table in it", ASK),
    (b"sucuri_cloudproxy", "the script shell of a firewall, no table in it", ASK),
    (b"exceeded the number of requests", "a notice that the quota is used up", WAIT),
    (b"Rate limit is exceeded", "a notice that the quota is used up", WAIT),
    (b"Out of call volume quota", "a notice that the day's quota is used up", "run again tomorrow, or with a key"),
    (b"NoRecordsFound", "a notice that there are no records", "look at the key of the request"),
    (
        b"Request has expired",
        "a presigned address that has expired",
        "ask for the file anew; never keep such addresses",
    ),
    (b"API_KEY_INVALID", "a notice that the key is wrong", KEY),
    (b"API_KEY_MISSING", "a notice that the key is missing", KEY),
    (b"invalid subscription key", "a notice that the key is wrong", KEY),
)
BOM = b"\xef\xbb\xbf"
_CONTROLS = re.compile("[\x80-\x9f]")


class Unexpected(ValueError):
    """An answer that is not what it should be.

    Parameters
    ----------
    what : str
        What came instead, or what is wrong.
    todo : str
        What a person can do about it.
    """

    def __init__(self, what: str, todo: str = REPORT):
        self.what, self.todo = what, todo
        super().__init__(f"{what}; {todo}")


def look(raw: bytes) -> bytes:
    """The bytes of an answer, if they are not one of the pages that stand in place of data.

    Raises
    ------
    Unexpected
        If nothing came, or a page, pointer or notice did.
    """
    if not raw.strip(b"\0 \r\n\t"):
        raise Unexpected("an empty answer", WAIT)
    head = raw[:4096]
    for mark, what, todo in MARKS:
        if mark.lower() in head.lower():
            raise Unexpected(what, todo)
    return raw


def text(raw: bytes, encoding: str = "utf-8") -> str:
    """The text of an answer.

    Raises
    ------
    Unexpected
        If the bytes are compressed, in another encoding, or a web page.
    """
    look(raw)
    if raw[:2] == b"\x1f\x8b":
        raise Unexpected("gzip where text is due")
    if raw[:4] == b"PK\x03\x04":
        raise Unexpected("a zip archive where text is due")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw:
        raise Unexpected("UTF-16, or zeros, where UTF-8 is due", WAIT)
    try:
        found = raw.removeprefix(BOM).decode(encoding)
    except UnicodeDecodeError as error:
        raise Unexpected(f"byte {error.start} is not {encoding}") from None
    except LookupError:
        raise Unexpected(f"an encoding that nobody knows, {encoding!r}") from None
    if "\ufffd" in found or "???" in found:
        raise Unexpected("characters already lost to a wrong encoding")
    if _CONTROLS.search(found):
        raise Unexpected("text read in a wrong encoding and saved again")
    return found


def table(raw: bytes, columns: Sequence[str], delimiter: str = ",", skip: int = 0) -> pd.DataFrame:
    """A CSV answer that has at least the columns named and ends with a whole line.

    Raises
    ------
    Unexpected
        If a page came, a column is missing, a row is ragged, or the text breaks off.
    """
    found = text(raw)
    if found.lstrip()[:1] in ("<", "{", "["):
        kind = {"<": "a web page or XML", "{": "JSON", "[": "JSON"}[found.lstrip()[0]]
        raise Unexpected(f"{kind} where CSV is due, beginning {found.strip()[:40]!r}")
    if not found.endswith("\n"):
        raise Unexpected("the text breaks off in the middle of a line", WAIT)
    lines = found.splitlines(keepends=True)[skip:]
    try:
        frame = frames.parse("".join(lines), delimiter)
    except (ValueError, csv.Error) as error:
        raise Unexpected(str(error)) from None
    if missing := [name for name in columns if name not in frame]:
        raise Unexpected(f"no column {missing[0]!r}; there are: {', '.join(frame.columns)[:200]}")
    if frame.empty:
        raise Unexpected("a header without rows", "look at the key of the request")
    return frame


def parsed(raw: bytes) -> Any:
    """A JSON answer.

    Raises
    ------
    Unexpected
        If a page came, or the text breaks off.
    """
    found = text(raw)
    try:
        return json.loads(found, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        if found.lstrip().startswith("<"):
            raise Unexpected(f"a web page or XML where JSON is due, beginning {found.strip()[:40]!r}") from None
        raise Unexpected(f"no JSON: {error.msg} at character {error.pos} of {len(found)}", WAIT) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand once: in a repeated piece the last would win in silence."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise Unexpected(f"the name {next(n for n in names if names.count(n) > 1)!r} stands twice in one object")
    return found


def tree(raw: bytes, root: str, encoding: str = "utf-8") -> ElementTree.Element:
    """An XML answer with the root element named (without its namespace).

    Raises
    ------
    Unexpected
        If a page came, the text breaks off, the root is another one, or a document type is declared.
    """
    look(raw)
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w-]+)", raw.removeprefix(BOM))
    found = text(raw, declared[1].decode().lower() if declared else encoding)
    if "<!DOCTYPE" in found[:2000] and "<html" not in found[:2000].lower():
        raise Unexpected("XML that declares a document type")
    if "<html" in found[:2000].lower():
        raise Unexpected("a web page where XML is due", ASK)
    try:
        element = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", found))
    except ElementTree.ParseError as error:
        raise Unexpected(f"no XML: {error}", WAIT) from None
    if element.tag.rpartition("}")[2] != root:
        raise Unexpected(f"the root is {element.tag.rpartition('}')[2]!r}, not {root!r}")
    return element


def archive(raw: bytes, pattern: str) -> bytes:
    """The one member of a zip archive whose name matches a pattern.

    Raises
    ------
    Unexpected
        If the archive is cut, damaged or has no such member.
    """
    look(raw)
    if raw[:4] != b"PK\x03\x04":
        raise Unexpected(f"no zip archive: it begins with {raw[:16]!r}")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as opened:
            names = [name for name in opened.namelist() if re.search(pattern, name)]
            if len(names) != 1:
                raise Unexpected(f"{len(names)} members match {pattern!r} among {', '.join(opened.namelist())[:200]}")
            return opened.read(names[0])
    except Unexpected:
        raise
    except Exception as error:  # a damaged archive fails in a dozen ways
        raise Unexpected(f"a damaged or cut zip archive ({error})", WAIT) from None


def whole(frame: pd.DataFrame, key: Sequence[str], value: Sequence[str], **patterns: str) -> pd.DataFrame:
    """The frame, if no key stands twice, values are plain numbers or empty, and columns have the forms given.

    Raises
    ------
    Unexpected
        With the row that breaks the rule.
    """
    for name, pattern in patterns.items():
        form = re.compile(pattern, re.ASCII)
        for number, cell in enumerate(frame[name], 1):
            if not form.fullmatch(cell):
                raise Unexpected(f"row {number}: {name} is {cell!r}, not of the form {pattern}")
    for name in value:
        for number, cell in enumerate(frame[name], 1):
            if cell:
                try:
                    numbers.exact(cell)
                except ValueError as error:
                    raise Unexpected(f"row {number}: {name}: {error}") from None
    twice = frame.duplicated(list(key))
    if twice.any():
        row = frame[twice].iloc[0]
        raise Unexpected(f"a key stands twice: {', '.join(str(row[name]) for name in key)}")
    return frame.reset_index(drop=True)


def rows(found: Iterable[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Records as a frame of text; a missing name is an error, a null is an empty cell.

    Raises
    ------
    Unexpected
        If a record lacks a name, or there is no record.
    """
    cells = []
    for number, record in enumerate(found, 1):
        if not isinstance(record, dict):
            raise Unexpected(f"record {number} is {type(record).__name__}, not an object")
        if missing := [name for name in columns if name not in record]:
            raise Unexpected(f"record {number} lacks {missing[0]!r}; it has: {', '.join(record)[:200]}")
        cells.append([cell(record[name]) for name in columns])
    if not cells:
        raise Unexpected("an answer without records", "look at the key of the request")
    return frames.frame(cells, columns)


def cell(value: Any) -> str:
    """A JSON value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | int):
        return numbers.plain(repr(value))
    return str(value)
