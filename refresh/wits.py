"""The panel of WITS, every reporter and partner from 1962 to 2016, in the codes of this book; two tables are derived from it."""

from __future__ import annotations

import pandas as pd

SOURCE = "wits-2017"
SHORT = {
    "BLX": "XBX",
    "BUN": "XBK",
    "ETF": "ETH",
    "FRE": "XFZ",
    "KN1": "XKN",
    "MNT": "MNE",
    "OAS": "TWN",
    "PCE": "PCI",
    "PMY": "XPM",
    "ROM": "ROU",
    "SBH": "XSB",
    "SPE": "XSP",
    "SUD": "SDN",
    "SVR": "XSV",
    "SWK": "XSW",
    "TAN": "XTG",
    "UNS": "XUN",
    "USP": "PUS",
    "YDR": "YMD",
}
"""Codes of WITS for which the register of countries has others. The few that neither knows are partners that no row names."""
UNDONE = {
    "CUW": ((2010, "ANT"),),
    "CZE": ((1992, "CSK"),),
    "RUS": ((1991, "SUN"),),
    "SER": ((1991, "YUG"), (2005, "SCG"), (9999, "SRB")),
}
"""States that the carrier entered under a successor, each with the last year in which the code is read so."""
UNION = "EUN"
"""The European Union reports beside its members, so its report is left out."""
UNNAMED = ("XBK", "XFZ", "XSP", "XUN")
"""Partners that a report does not name: bunkers, free zones, special categories, unspecified."""
FLOWS = {"exports": ("export_rank", "buyers"), "imports": ("import_rank", "suppliers")}
MILLION = 1000
"""The panel counts thousands of dollars."""


def long(panel: pd.DataFrame) -> pd.DataFrame:
    """One row a year, reporter and partner.

    Parameters
    ----------
    panel : pandas.DataFrame
        ``year``, ``reporter``, ``partner``, ``x``, ``m`` (thousand dollars), cells as text, empty where nothing was reported.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``reporter``, ``partner``; ``exports`` and ``imports`` in million dollars, missing where the reporter
        has none. Trade of a reporter with itself, and the European Union as a reporter, are left out.

    Raises
    ------
    ValueError
        If a reporter has a partner twice in a year.
    """
    rows = pd.DataFrame({"period": panel["year"]})
    for column in ("reporter", "partner"):
        rows[column] = _codes(panel[column], panel["year"].astype(int))
    for flow, column in zip(FLOWS, ("x", "m"), strict=True):
        value = pd.to_numeric(panel[column]) / MILLION
        rows[flow] = value.where(value > 0)
    rows = rows[(rows["reporter"] != rows["partner"]) & (rows["reporter"] != UNION)]
    rows = rows[rows[[*FLOWS]].notna().any(axis=1)].reset_index(drop=True)
    if (twice := rows.duplicated(["period", "reporter", "partner"])).any():
        row = rows[twice].iloc[0]
        raise ValueError(f"{row['reporter']} has the partner {row['partner']} twice in {row['period']}")
    return rows


def _codes(cells: pd.Series, years: pd.Series) -> pd.Series:
    found = cells.map({code: SHORT.get(code, code) for code in cells.unique()})
    for code, spans in UNDONE.items():
        for last, then in reversed(spans):
            found = found.mask((cells == code) & (years <= last), then)
    return found


def over(rows: pd.DataFrame, flow: str) -> pd.DataFrame:
    """A flow of each row among all of it that its reporter counts in the year: ``share`` and ``rank``.

    Partners without a name count in the whole and have no rank.
    """
    year, value = [rows["period"], rows["reporter"]], rows[flow]
    named = value.where(~rows["partner"].isin(UNNAMED))
    rank = named.groupby(year).rank(ascending=False, method="min")
    return pd.DataFrame({"share": value / value.groupby(year).transform("sum"), "rank": rank})
