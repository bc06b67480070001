"""China's trade as its partners report it."""

from __future__ import annotations

import pandas as pd

from refresh import countries, numbers
from refresh.derive import Extracts

SOURCES = ("un-comtrade-mirror-chn-2014-2025",)


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year, exporter and importer, million dollars; China's own re-imports are no partner."""
    (source,) = SOURCES
    table = extracts[source]
    table = table[table["partner"] != "China"]
    partner = countries.column(table["partner"])
    exports = table["file"] == "exports"
    overstated = (partner == "RUS") & table["year"].isin(["2016", "2017"])
    return pd.DataFrame(
        {
            "period": table["year"],
            "exporter": partner.mask(exports, "CHN"),
            "importer": partner.where(exports, "CHN"),
            "reporter": partner,
            "valuation": exports.map({True: "CIF", False: "FOB"}),
            "currency": "USD",
            "value": table["usd_mn"].map(numbers.plain),
            "status": "reported",
            "source_id": source,
            "note": pd.Series("", table.index).mask(partner == "TWN", "other-asia-nes").mask(overstated, "overstated"),
        }
    )
