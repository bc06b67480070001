"""Likeness of the two baskets of goods."""

from __future__ import annotations

import pandas as pd

from partnership import data, prose

FUELS = "27"


def in_common(rows: pd.DataFrame, code: str, *, fuels: bool = True) -> prose.Number:
    """Finger–Kreinin similarity of what Russia and China sell each other in one year, per cent, with or without mineral fuels.

    ``rows`` has one row a chapter (column ``code``) and ``exporter``; a chapter that one side alone sold adds nothing.

    Raises
    ------
    ValueError
        If the rows are not of one year.
    """
    if rows["period"].nunique() != 1:
        raise ValueError(f"rows of {rows['period'].nunique()} years; the baskets of one year are compared")
    some = rows if fuels else rows[rows[code] != FUELS]
    russia, china = (some[some["exporter"] == exporter] for exporter in ("RUS", "CHN"))
    sold_by_russia, sold_by_china = data.matched(code, russia, china)
    return prose.percent(
        "100 * sum(least(c / sum(a), d / sum(b)))",
        digits=0,
        a=russia,
        b=china,
        c=sold_by_russia,
        d=sold_by_china,
    )
