"""OECD: SDMX-CSV of trade in value added and of national accounts."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

# The public path answered 500 for the edition of 2025 where this one served it.
DATA = "https://sdmx.oecd.org/sti-public/rest/data/{flow}/{key}?startPeriod={start}&format=csvfile"


def tiva(key: str, start: str = "1995") -> Request:
    """Main indicators of trade in value added; the edition stands in the flow's version."""
    return Request(DATA.format(flow="OECD.STI.PIE,DSD_TIVA_MAINLV@DF_MAINLV,1.1", key=key, start=start))


def read(raw: bytes) -> pd.DataFrame:
    """Observations, rows in no order; the edition is the version in DATAFLOW."""
    table = answers.table(raw, ["DATAFLOW", "TIME_PERIOD", "OBS_VALUE"])
    names = list(table.columns)
    key = names[1 : names.index("OBS_VALUE")]
    if len(set(table["DATAFLOW"])) != 1:
        raise answers.Unexpected("more than one dataflow in one answer")
    return answers.whole(table, key, ["OBS_VALUE"], TIME_PERIOD=r"\d{4}(-\d{2}|-Q[1-4])?")


def signal(raw: bytes) -> str:
    """The edition of an answer."""
    return read(raw)["DATAFLOW"].iloc[0]
