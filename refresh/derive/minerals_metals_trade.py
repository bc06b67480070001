"""China's imports of minerals and metals by supplier."""

from __future__ import annotations

import pandas as pd

from refresh import countries, numbers
from refresh.derive import Extracts

# Codes of the WTO beside those of the United Nations: Sudan, Serbia, Montenegro.
CODES = {"736": "SDN", "892": "SRB", "893": "MNE"}
SOURCES = ("wto-mtn12-imports-2022",)


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year and supplier, and their sum as the world; million dollars."""
    (source,) = SOURCES
    table = extracts[source]
    exact = table["value_usd_mn"].map(numbers.exact)
    world = exact.groupby(table["year"]).sum()
    shown = exact >= 1  # flows below a million dollars only count in the sum
    table, exact = table[shown], exact[shown]
    suppliers = pd.DataFrame(
        {
            "period": table["year"],
            "exporter": table["exporter_code"].map(countries.m49() | CODES),
            "value": exact.map(numbers.plain),
            "status": "reported",
        }
    )
    sums = pd.DataFrame(
        {
            "period": world.index,
            "exporter": "WLD",
            "value": [numbers.plain(sum_) for sum_ in world],
            "status": "derived",
        }
    )
    return pd.concat([suppliers, sums], ignore_index=True).assign(importer="CHN", reporter="CHN", source_id=source)
