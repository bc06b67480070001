"""World Trade Organization: imports of minerals and metals (MTN category 12), through a carrier."""

from __future__ import annotations

import io

import pandas as pd

from refresh.extract import recipe


@recipe("wto-mtn12-imports-2022", "world-matrix/wto_mtn12_minerals_metals_all_pairs_2011_2022.parquet")
def minerals(raw: bytes) -> pd.DataFrame:
    """China's imports by supplier, million dollars."""
    table = pd.read_parquet(io.BytesIO(raw))
    kept = table[table["importer_code"] == "156"].reset_index(drop=True)
    kept["value_usd_mn"] = [repr(float(value)) for value in kept["value_usd_mn"]]
    return kept.astype(str).astype(object)
