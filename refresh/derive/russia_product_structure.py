"""Russia's trade with the world by product group, from two releases of its customs service."""

from __future__ import annotations

import re

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts, stored

GROUPS, CHAPTERS = "fcs-product-groups-2023-12", "fcs-publication-2022"
SOURCES = (GROUPS, CHAPTERS)
LABELS = {
    "01-24": "Food and agricultural raw materials",
    "25-27": "Mineral products",
    "28-40": "Chemicals, rubber",
    "41-43": "Hides, furs, leather goods",
    "44-49": "Wood, pulp and paper",
    "50-67": "Textiles, clothing, footwear",
    "71-83": "Metals and articles, precious metals",
    "68-70, 84-97": "Machinery, vehicles, equipment and other goods",
    "TOTAL": "All goods",
}
GROUP = re.compile(r"\d\d(?:-\d\d)?(?:, \d\d-\d\d)?")


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year, flow and group, million dollars."""
    groups, chapters = extracts[GROUPS], extracts[CHAPTERS]
    short = dict(stored("hs-chapters")[["hs_chapter", "short_name"]].itertuples(index=False, name=None))
    parts = []
    for source, table, unit, factor in (
        (GROUPS, groups, "млрд долларов США", "1000"),
        (CHAPTERS, chapters, "млн долларов США", "1"),
    ):
        code = table["Группа"].map(_code)
        exports = table["Поток"].str.upper() == "ЭКСПОРТ"
        parts.append(
            pd.DataFrame(
                {
                    "period": table["Период"].str.extract(r"(\d{4})")[0],
                    "frequency": "A",
                    "exporter": exports.map({True: "RUS", False: "WLD"}),
                    "importer": exports.map({True: "WLD", False: "RUS"}),
                    "reporter": "RUS",
                    "hs_group": code,
                    "label": [(LABELS | short)[group] for group in code],
                    "value": [numbers.times(cell, factor, 6) for cell in table[unit]],
                    "status": "reported",
                    "source_id": source,
                    "note": [_note(source, group, period) for group, period in zip(code, table["Период"], strict=True)],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _code(name: str) -> str:
    found = GROUP.match(name)
    return found[0] if found else "TOTAL"


def _note(source: str, group: str, period: str) -> str:
    if group != "TOTAL":
        return ""
    if source == CHAPTERS:
        return "chapters 88, 93, 98 and 99 are not disclosed, so parts add to less"
    return "revised in this release; the 2022 publication has other totals" if "2022" in period else ""
