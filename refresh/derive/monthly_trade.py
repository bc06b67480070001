"""China's months of trade with Russia in dollars, as revised."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from refresh.numbers import times

IMPORTS, EXPORTS = "un-comtrade-chn-rus-months-2024", "un-comtrade-chn-rus-exports-2024"
SOURCES = (IMPORTS, EXPORTS)


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a month and direction."""
    bought, sold = extracts[IMPORTS], extracts[EXPORTS]
    rows = [
        {
            "period": f"{period[:4]}-{period[4:]}",
            "exporter": "RUS",
            "importer": "CHN",
            "valuation": "CIF",
            "value": times(value, "1e-6"),
            "status": "reported",
            "source_id": IMPORTS,
        }
        for period, value in bought[["period", "primaryValue"]].itertuples(index=False)
    ]
    rows += [
        {
            "period": day[:7],
            "exporter": "CHN",
            "importer": "RUS",
            "valuation": "FOB",
            "value": times(value, "1000"),
            "status": "derived",
            "source_id": EXPORTS,
        }
        for day, value in sold[["date", "CHN_exp_to_RUS_bn"]].itertuples(index=False)
    ]
    return pd.DataFrame(rows).assign(frequency="M", reporter="CHN", currency="USD")
