"""How old each series is at the day of the edition, and what is overdue by its own calendar.

The calendar is data (``series.csv``): how often a period comes and how many days after its end the figures are usually
out. The last period comes from the rows, so a new month changes nothing here.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd

from partnership import data


def edition_day(folder: Path | str = data.DATA) -> str:
    """The day that ages are counted to: ``SOURCE_DATE_EPOCH`` if it is set, else the day the data package was made."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return str(data.package(folder)["created"][:10])


def freshness(day: str | None = None, folder: Path | str = data.DATA) -> pd.DataFrame:
    """Age of every series that goes on.

    Parameters
    ----------
    day : str, optional
        An ISO date; the day of the edition if it is left out.
    folder : path, optional
        Another data folder.

    Returns
    -------
    pandas.DataFrame
        One row a series: the columns of ``series.csv``, ``last`` and ``next`` (periods), ``expected`` (the day on which the
        next is usually out), ``late`` (days since then, never below 0) and ``overdue``. A series without a calendar has no
        next period and is never overdue.

    Raises
    ------
    KeyError, ValueError
        If a series names a table or column that does not exist, or no row.
    """
    today = date.fromisoformat(day or edition_day(folder))
    return data.load("series", folder=folder).apply(_aged, axis=1, today=today, folder=folder)


def overdue(day: str | None = None, folder: Path | str = data.DATA) -> pd.DataFrame:
    """The series whose next period should be out, the latest first."""
    ages = freshness(day, folder)
    return ages[ages["overdue"]].sort_values("late", ascending=False, kind="stable")


def _aged(entry: pd.Series, today: date, folder: Path | str) -> pd.Series:
    last = _last(entry, folder)
    if entry["cadence"] == "none":
        return pd.concat([entry, pd.Series({"last": last, "next": "", "expected": "", "late": 0, "overdue": False})])
    following = str(pd.Period(last, freq="Y" if entry["cadence"] == "A" else entry["cadence"]) + 1)
    following = following.replace("Q", "-Q") if entry["cadence"] == "Q" else following
    expected = date.fromisoformat(data.last_day(following)) + timedelta(days=int(entry["delay"]))
    late = max(0, (today - expected).days)
    ages = {"last": last, "next": following, "expected": expected.isoformat(), "late": late, "overdue": late > 0}
    return pd.concat([entry, pd.Series(ages)])


def _last(entry: pd.Series, folder: Path | str) -> str:
    """The last period of the rows that a series names; a lower bound is not yet the figure of its period."""
    rows = data.load(entry["table"], folder=folder)
    for part in str(entry["where"]).split(";") if isinstance(entry["where"], str) else []:
        column, _, wanted = part.partition("=")
        if column not in rows:
            raise KeyError(f'series "{entry["id"]}": no column "{column}" in {entry["table"]}')
        if wanted.endswith("*"):
            rows = rows[rows[column].str.startswith(wanted[:-1], na=False)]
        else:
            rows = rows[rows[column].isin(wanted.split("|"))]
    if "qualifier" in rows:
        rows = rows[~rows["qualifier"].isin(data.BOUNDS)]
    column = next(name for name in ("period", "start", "date", "year") if name in rows)
    periods = rows[column].dropna().astype(str)
    if "value" in rows and column == "period":
        periods = periods[rows["value"].notna()]
    if periods.empty:
        raise ValueError(f'series "{entry["id"]}": no row of {entry["table"]} with {entry["where"]}')
    return str(max(periods, key=data.last_day))
