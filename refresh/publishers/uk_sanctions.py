"""United Kingdom: the UK Sanctions List, the only list since 28 January 2026."""

from __future__ import annotations

import re

import pandas as pd

from refresh import answers
from refresh.publishers import Request

LIST = "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv"
COLUMNS = ["Last Updated", "Unique ID", "Regime Name", "Designation Type", "Date Designated"]
LICENCE = "Open Government Licence v3.0"


def whole_list() -> Request:
    """The list, some 50 MB: one row a name and address of a subject."""
    return Request(LIST, largest=150_000_000, deadline=1800)


def read(raw: bytes) -> pd.DataFrame:
    """One row a subject: the day of the report stands in every row. Names that were taken off are not in the list."""
    first = raw.removeprefix(answers.BOM).split(b"\n", 1)[0].decode("utf-8", "replace").strip().strip('",')
    found = re.fullmatch(r"Report Date:\s*(\d{2}-[A-Z][a-z]{2}-\d{4})", first)
    if not found:
        answers.text(raw[:4096])
        raise answers.Unexpected(f"the first line is {first[:60]!r}, not the day of the report", answers.ASK)
    table = answers.table(raw, COLUMNS, skip=1)
    own = [name for name in ("Regime Name", "Designation Type", "Date Designated") if name in table]
    if (table.groupby("Unique ID")[own].nunique() > 1).any(axis=None):
        raise answers.Unexpected("a subject whose rows have different regimes, types or days")
    subjects = table.drop_duplicates("Unique ID")[COLUMNS].assign(**{"Report Date": found[1]})
    return answers.whole(
        subjects,
        ["Unique ID"],
        [],
        **{
            "Unique ID": r"[A-Z]{2,6}\d{4}",
            "Designation Type": "Individual|Entity|Ship",
            "Date Designated": r"(\d{2}/\d{2}/\d{4})?",
        },
    )


def signal(raw: bytes) -> str:
    """Day of the report, from the first line."""
    return str(read(raw)["Report Date"].iloc[0])
