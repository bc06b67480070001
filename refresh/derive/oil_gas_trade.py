"""Russia's exports of oil and gas, and of all else, as partners report them."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts

SOURCES = ("mgimo-oil-gas-mirror-2026-05",)
# The cells of June 2024 repeat July; by UN Comtrade (monthly-trade) the two are together so much too low, so either may be.
OFF = {("2024-06", "CHN"): "763.1"}
PARTNERS = {"CN": "CHN", "IN": "IND", "TR": "TUR", "OTHER": "XOT"}


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a month, partner and group; million dollars."""
    (source,) = SOURCES
    table = extracts[source]
    partner = table["partner"].map(PARTNERS)
    return pd.DataFrame(
        {
            "period": table["period"],
            "frequency": "M",
            "exporter": "RUS",
            "importer": partner,
            "reporter": partner.replace({"XOT": "XMR"}),
            "product_group": table["group"],
            "value": [numbers.times(cell, "1e3") for cell in table["usd_bn"]],
            "error": [OFF.get(cell, "") for cell in zip(table["period"], partner, strict=True)],
            "status": "reported",
            "source_id": source,
        }
    )
