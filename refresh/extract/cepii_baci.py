"""CEPII BACI, reconciled world trade, as carriers cut it."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe


@recipe("cepii-baci-hs17-chn-rus-2023", "added-2026-11/hs-china-russia/baci_russia_china_processed_2017_2023.csv")
def china_and_russia(raw: bytes) -> pd.DataFrame:
    """China and Russia by HS6, both directions: one line a product, one column a year of ``v`` and of ``q``.

    The file has one line a product and year (``t``); laid out by year it is half as long. No cell is changed.
    """
    told = frames.parse(raw.decode("utf-8"))
    years = sorted(set(told["t"]))
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for year, exporter, importer, product, value, tonnes in told[["t", "i", "j", "k", "v", "q"]].itertuples(
        index=False
    ):
        cells = rows.setdefault((exporter, importer, product), {})
        if f"v{year}" in cells:
            raise ValueError(f"product {product} from {exporter} stands twice in {year}")
        cells |= {f"v{year}": value, f"q{year}": tonnes}
    columns = [f"{of}{year}" for of in "vq" for year in years]
    keys = sorted(rows, key=lambda key: (key[0], key[1], int(key[2])))
    return frames.frame(
        [[*key, *(rows[key].get(column, "") for column in columns)] for key in keys], ["i", "j", "k", *columns]
    )
