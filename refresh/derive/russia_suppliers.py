"""Who outside the coalition sold to Russia before and after February 2022, a year on average."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from refresh.numbers import exact, plain

SOURCES = ("baci-suppliers-russia-2024",)
OTHER_ASIA = "S19"
"""Other Asia, not elsewhere specified, in the codes of the United Nations: in trade, Taiwan."""
SPANS = {"pre_v": ("2018-2021", 4), "post_v": ("2022-2024", 3)}


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a supplier and span of years; spans without a value are left out."""
    rows = []
    for told in extracts[SOURCES[0]].to_dict("records"):
        exporter = "TWN" if told["iso3"] == OTHER_ASIA else told["iso3"]
        for column, (span, years) in SPANS.items():
            if told[column]:
                total = exact(told[column])
                row = {"span": span, "exporter": exporter, "importer": "RUS", "years": str(years)}
                row |= {"value": plain(total / 1000, 6), "value_a_year": plain(total / 1000 / Decimal(years), 6)}
                if column == "pre_v":
                    row["later_banned"] = plain(exact(told["sanc_v"]) / 1000, 6) if told["sanc_v"] else "0"
                rows.append(row)
    return pd.DataFrame(rows).assign(status="derived", source_id=SOURCES[0]).fillna("")
