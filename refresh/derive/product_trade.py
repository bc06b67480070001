"""Trade of China and Russia by chapter, as Russia reported it."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts

CHAPTERS, TOTALS = "un-comtrade-rus-chn-hs2-2000-2020", "un-comtrade-rus-partners-2000-2020"
SOURCES = (CHAPTERS, TOTALS)


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year, direction and chapter, and one for all goods; million dollars."""
    chapters, totals = extracts[CHAPTERS], extracts[TOTALS]
    totals = totals[(totals["Partner ISO"] == "CHN") & totals["Trade Flow"].isin(["Import", "Export"])]
    parts = _rows(chapters, chapters["Commodity Code"].str.zfill(2), CHAPTERS)
    whole = _rows(totals, pd.Series("TOTAL", totals.index), TOTALS)
    return pd.concat([parts, whole.assign(note=notes(parts, whole))], ignore_index=True)


def notes(parts: pd.DataFrame, whole: pd.DataFrame) -> list[str]:
    """What to know of a total: chapters that do not add to it, or years that are overstated."""
    added = parts["value"].map(numbers.exact).groupby([parts["period"], parts["exporter"]]).sum()
    found = []
    for period, exporter, value in zip(whole["period"], whole["exporter"], whole["value"], strict=True):
        share = 100 * added[period, exporter] / numbers.exact(value)
        if period in ("2016", "2017"):
            found.append("UN Comtrade is above the Federal Customs Service of Russia and the IMF for this year")
        elif share < 99:
            found.append(f"chapters add to {numbers.plain(share, 1)} per cent of this total: the rest is undisclosed")
        else:
            found.append("")
    return found


def _rows(table: pd.DataFrame, chapter: pd.Series, source: str) -> pd.DataFrame:
    exports = table["Trade Flow"] == "Export"
    return pd.DataFrame(
        {
            "period": table["Year"],
            "exporter": exports.map({True: "RUS", False: "CHN"}),
            "importer": exports.map({True: "CHN", False: "RUS"}),
            "reporter": "RUS",
            "valuation": exports.map({True: "FOB", False: "CIF"}),
            "hs_chapter": chapter,
            "value": [numbers.times(cell, "1e-6", 6) for cell in table["Trade Value (US$)"]],
            "status": "reported",
            "source_id": source,
            "note": "",
        }
    )
