"""Likeness of the two baskets of goods."""

from __future__ import annotations

import pandas as pd

from partnership import measures, prose

FUELS = "27"


def likeness(rows: pd.DataFrame, code: str) -> pd.DataFrame:
    """Finger–Kreinin similarity of what Russia and China sell each other, by year, with and without mineral fuels.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row a chapter, year (``period``) and ``exporter``, with ``value``.
    code : str
        Column that holds the chapter.

    Returns
    -------
    pandas.DataFrame
        ``year``, ``goods``, ``alike`` (per cent of the baskets in common).
    """
    found = []
    for year, group in rows.groupby("period"):
        wide = group.pivot(index=code, columns="exporter", values="value")
        for goods, some in (("all chapters", wide), ("without fuels", wide.drop(FUELS))):
            alike = 100 * measures.export_similarity(some["RUS"], some["CHN"])
            found.append({"year": int(str(year)), "goods": goods, "alike": alike})
    return pd.DataFrame(found)


def in_common(rows: pd.DataFrame, code: str, *, fuels: bool = True) -> prose.Number:
    """The same for the rows of one year, as a number; a chapter that one side alone sold adds nothing to it.

    Raises
    ------
    ValueError
        If the rows are not of one year.
    """
    if rows["period"].nunique() != 1:
        raise ValueError(f"rows of {rows['period'].nunique()} years; the baskets of one year are compared")
    some = rows if fuels else rows[rows[code] != FUELS]
    russia, china = (some[some["exporter"] == exporter].sort_values(code) for exporter in ("RUS", "CHN"))
    both = set(russia[code]) & set(china[code])
    return prose.percent(
        "100 * sum(least(c / sum(a), d / sum(b)))",
        digits=0,
        a=russia,
        b=china,
        c=russia[russia[code].isin(both)],
        d=china[china[code].isin(both)],
    )
