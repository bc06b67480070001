"""Inter-Country Input-Output tables of the OECD, edition 2025, year 2022, through the package sanction-simulator."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe


@recipe(
    "oecd-icio-2025",
    "products/icio2022_china_russia_all_partners_by_sector.csv",
    "products/icio2022_chn_rus_by_sector.csv",
    "world-matrix/icio2022_all_pairs_intermediates.csv",
    "world-matrix/icio2022_all_pairs_goods_intermediates.csv",
)
def icio(sectors: bytes, two: bytes, pairs: bytes, goods: bytes) -> pd.DataFrame:
    """Intermediate inputs in million dollars: China and Russia by selling sector (else empty), all pairs, goods alone.

    Flows between the two come from a file of their own, with more digits and with the shares as computed from the
    whole table, flows below a thousand dollars included.
    """
    by_sector = frames.parse(sectors.decode())[["seller", "buyer", "sector", "value_usd_mn"]].drop_duplicates()
    between = by_sector["seller"].isin(["CHN", "RUS"]) & by_sector["buyer"].isin(["CHN", "RUS"])
    between &= by_sector["seller"] != by_sector["buyer"]
    own = frames.parse(two.decode()).drop(columns=["year", "flow", "sector_name"])
    by_sector = pd.concat([by_sector[~between], own], ignore_index=True)
    whole = frames.parse(pairs.decode()).assign(sector="")[["seller", "buyer", "sector", "value_usd_mn"]]
    parts = frames.parse(goods.decode())
    whole["goods_value_usd_mn"] = parts["goods_value_usd_mn"]
    if not (parts["seller"].equals(whole["seller"]) and parts["buyer"].equals(whole["buyer"])):
        raise ValueError("the two files of all pairs have other pairs")
    return pd.concat([by_sector, whole], ignore_index=True).fillna("")
