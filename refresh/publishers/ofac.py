"""US Treasury, Office of Foreign Assets Control: the list, its changes, and the dated history of publications."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd

from refresh import answers, frames
from refresh.publishers import Request

LIST = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.CSV"
LATEST = "https://sanctionslistservice.ofac.treas.gov/changes/latest"
HISTORY = "https://sanctionslistservice.ofac.treas.gov/changes/history/{year}"
HOSTS = (".amazonaws.com",)  # the file is behind a presigned address that lives an hour
COLUMNS = [
    "ent_num",
    "SDN_Name",
    "SDN_Type",
    "Program",
    "Title",
    "Call_Sign",
    "Vess_type",
    "Tonnage",
    "GRT",
    "Vess_flag",
]
NOTHING = "-0-"


def whole_list() -> Request:
    """The list of specially designated nationals; slow."""
    return Request(LIST, largest=100_000_000, hosts=HOSTS, deadline=1800)


def latest() -> Request:
    """The newest publication as a change of the one before."""
    return Request(LATEST, hosts=HOSTS)


def history(year: int) -> Request:
    """Publications of a year; each is dated and never changes."""
    return Request(HISTORY.format(year=year))


def read(raw: bytes) -> pd.DataFrame:
    """The list, which has no header: twelve columns, of which ten are kept; the file ends with the control mark 1A.

    Copies in repositories have lost that mark and their line ends, so a whole last line must do there.
    """
    body = raw.removesuffix(b"\n").removesuffix(b"\r")
    marked = body.endswith(b"\x1a")
    if not marked and not raw.endswith(b"\n"):
        raise answers.Unexpected("the list breaks off in the middle of a line", answers.WAIT)
    found = answers.text(body.removesuffix(b"\x1a") if marked else raw)
    if found.lstrip().startswith("<"):
        raise answers.Unexpected("a web page or XML where the list is due", answers.ASK)
    rows = []
    for number, row in enumerate(csv.reader(io.StringIO(found, newline="")), 1):
        if not row:
            continue
        if len(row) != 12:
            raise answers.Unexpected(f"line {number} has {len(row)} cells, where 12 are due: the columns moved")
        rows.append(["" if cell.strip() == NOTHING else cell.strip() for cell in row[:10]])
    if not rows:
        raise answers.Unexpected("an empty list", answers.WAIT)
    table = frames.frame(rows, COLUMNS)
    return answers.whole(table, ["ent_num"], [], ent_num=r"[1-9]\d*", SDN_Type=r"|individual|vessel|aircraft")


def read_delta(raw: bytes) -> pd.DataFrame:
    """One row an entity that a publication adds, changes or removes; the day stands in every row."""
    root = answers.tree(raw, "sanctionsData")
    days = [element.text or "" for element in root.iter() if element.tag.endswith("}datePublished")]
    if len(days) != 1:
        raise answers.Unexpected(f"{len(days)} days of publication in one change")
    rows = []
    for entity in (child for part in root if part.tag.endswith("}entities") for child in part):
        programs = [element.text or "" for element in entity.iter() if element.tag.endswith("}sanctionsProgram")]
        kinds = [element.text or "" for element in entity.iter() if element.tag.endswith("}entityType")]
        rows.append(
            {
                "datePublished": days[0][:10],
                "id": entity.get("id"),
                "action": entity.get("action"),
                "entityType": kinds[0] if kinds else "",
                "sanctionsPrograms": "; ".join(programs),
            }
        )
    table = answers.rows(rows, ["datePublished", "id", "action", "entityType", "sanctionsPrograms"])
    return answers.whole(table, ["id"], [], action="add|modify|remove", datePublished=r"\d{4}-\d{2}-\d{2}", id=r"\d+")


def read_history(raw: bytes) -> pd.DataFrame:
    """Publications of a year: number and day, whatever the publisher calls the names (one is misspelt)."""
    found = answers.parsed(raw)
    if not isinstance(found, list) or not found:
        raise answers.Unexpected("not a list of publications")
    rows = []
    for record in found:
        days = [str(value) for name, value in record.items() if re.search("date", name, re.IGNORECASE)]
        numbers = [str(value) for name, value in record.items() if re.search("id$", name, re.IGNORECASE)]
        if not days or not numbers:
            raise answers.Unexpected(f"a publication without day or number: {', '.join(record)}")
        rows.append((numbers[0], days[0]))
    table = frames.frame(rows, ["publication", "date"])
    return answers.whole(
        table, ["publication"], [], publication=r"\d+", date=r"(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4}).*"
    )


def signal(raw: bytes) -> str:
    """Day of the newest publication."""
    return read_delta(raw)["datePublished"].iloc[0]
