"""Frames of the chapter on Central Asia, the railway and the Tumen."""

from __future__ import annotations

from typing import Any

import pandas as pd

from partnership import charts, data, show

FIVE = ["KAZ", "UZB", "KGZ", "TJK", "TKM"]
TOGETHER = "XCA"
PARTNERS = {"CHN": "China", "RUS": "Russia", "WLD": "world"}


def pairs(trade: pd.DataFrame) -> pd.DataFrame:
    """The rows with ``country`` (one of the five, or the five together) and ``partner`` named apart from the direction.

    ``name`` and ``with_`` are their names.
    """
    sells = trade["exporter"].isin([*FIVE, TOGETHER])
    country, partner = (
        trade[one].where(sells, trade[other]) for one, other in (("exporter", "importer"), ("importer", "exporter"))
    )
    return trade.assign(country=country, partner=partner, name=country.map(charts.country), with_=partner.map(PARTNERS))


def turnover(trade: pd.DataFrame) -> pd.DataFrame:
    """Both directions together by year, country, partner, counter and source, billion dollars.

    Parameters
    ----------
    trade : pandas.DataFrame
        Rows of :func:`pairs`.

    Returns
    -------
    pandas.DataFrame
        ``country``, ``name``, ``partner``, ``with_``, ``counter``, ``source_id``, ``year`` (integer), ``direction`` and
        ``billions``. A year of which a source gives one flow only is left out, and so is a bound, such as "more than 3.1";
        two sources are never added.
    """
    rows = data.select(trade, frequency="A", currency="USD")
    rows = rows[~rows["qualifier"].isin(data.BOUNDS)]
    keys = ["country", "name", "partner", "with_", "counter", "source_id", "direction", "period"]
    flows = rows.groupby(keys, sort=False)["value"].agg(["sum", "size"]).reset_index()
    whole = flows["size"].eq(flows["direction"].map({"one-way": 2, "two-way": 1}))
    made = flows[whole].assign(
        year=lambda frame: frame["period"].astype(int), billions=lambda frame: frame["sum"] / 1000
    )
    return made.drop(columns=["period", "sum", "size"]).sort_values(["country", "partner", "counter", "year"])


RAILWAY = "China-Kyrgyzstan-Uzbekistan railway"
STEPS = {
    "cku-basic-agreement": "Basic agreement",
    "cku-agreement": "Agreement of the three governments, signed in Beijing",
    "cku-company": "Joint company founded",
    "cku-investment-agreement": "Investment agreement",
    "cku-ceremony": "Ceremony that marks the start",
    "cku-construction": "Work near Jalal-Abad announced as begun",
    "cku-tunnel-ceremony": "Ceremony: work on a tunnel begins, Jalal-Abad region",
    "cku-whole-kyrgyz-part": "Work along the whole Kyrgyz part",
    "cku-completion-2025-11": "A minister says that it will be completed in five years",
    "cku-loan-agreement": "Loan agreement with Chinese banks",
}
PRINTED = {
    "length": "Whole line, km",
    "length of the Kyrgyz part": "Kyrgyz part, km",
    "cost": "Line or project, as the page says, billion dollars",
    "cost of the Kyrgyz part": "Kyrgyz part, billion dollars",
}


def steps(projects: pd.DataFrame) -> show.Table:
    """The dated steps of the railway, with who reported each."""
    rows = data.select(projects, id=list(STEPS)).sort_values("date")
    shown = pd.DataFrame(
        {
            "Date": _when(rows),
            "Step": rows["id"].map(STEPS),
            "Reported by": rows["source_id"].map(data.sources()["publisher"]).map(_cited),
            "Note": rows["note"].fillna(""),
        }
    )
    return show.table(shown, "Steps of the China–Kyrgyzstan–Uzbekistan railway")


def printed(projects: pd.DataFrame) -> show.Table:
    """Lengths and costs of the railway as some pages have them, oldest first."""
    rows = data.select(projects, project=RAILWAY, attribute=list(PRINTED))
    rows = rows.sort_values(
        ["attribute", "date"],
        key=lambda column: column.map(list(PRINTED).index) if column.name == "attribute" else column,
    )
    shown = pd.DataFrame(
        {
            "What": rows["attribute"].map(PRINTED),
            "Figure": [_as_printed(row) for row in rows.itertuples()],
            "Date": _when(rows),
            "Printed by": rows["source_id"].map(data.sources()["publisher"]).map(_cited),
        }
    )
    return show.table(shown, "Length and cost of the railway, as some pages have them")


def _as_printed(row: Any) -> str:
    """A number or a range, with the page's “about”."""
    low, high = (f"{value:.10g}" for value in (row.value_low, row.value_high))
    span = low if low == high else f"{low} to {high}"
    return f"about {span}" if "“about”" in str(row.note) else span


def _when(rows: pd.DataFrame) -> pd.Series:
    """Dates in words, as exact as each is known."""
    day = pd.to_datetime(rows["date"], format="ISO8601")
    words = {
        "day": day.dt.day.astype(str) + day.dt.strftime(" %B %Y"),
        "month": day.dt.strftime("%B %Y"),
        "year": day.dt.strftime("%Y"),
    }
    return rows["date_precision"].case_when([(rows["date_precision"] == kind, told) for kind, told in words.items()])


def _cited(publisher: str) -> str:
    """Whom a page cites, else the page itself."""
    page, _, inside = publisher.rstrip(")").partition(" (")
    return (
        inside.removeprefix("citing ").removeprefix("reprint of ") if inside.startswith(("citing", "reprint")) else page
    )
