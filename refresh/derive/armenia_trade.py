"""Armenia's trade with Russia, China, Hong Kong and the United Arab Emirates by year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from refresh.numbers import exact, plain

SOURCES = ("armstat-partners-2024",)
CODES = {"Russian Federation": "RUS", "China": "CHN", "Hong Kong": "HKG", "United Arab Emirates": "ARE"}
FLOWS = {"export": ("ARM", ""), "import_origin": ("", "ARM")}


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Sums of the twelve months, millions of dollars; a year with fewer months is an error."""
    told = extracts[SOURCES[0]]
    rows = []
    for (country, year), months in told.groupby(["country", "year"]):
        if sorted(map(int, months["month"])) != list(range(1, 13)):
            raise ValueError(f"{country}, {year}: the months are {', '.join(months['month'])}")
        for column, (exporter, importer) in FLOWS.items():
            total = sum((exact(cell or "0") for cell in months[column]), Decimal(0))
            partner = CODES[country]
            rows.append(
                {
                    "period": year,
                    "exporter": exporter or partner,
                    "importer": importer or partner,
                    "valuation": "FOB" if exporter else "CIF",
                    "value": plain(total / 1000, 6),
                }
            )
    return pd.DataFrame(rows).assign(reporter="ARM", status="derived", source_id=SOURCES[0])
