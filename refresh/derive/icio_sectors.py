"""Industries of the inter-country tables; the table's own rows are the extract, and a person set what is goods, and how pages call them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from refresh import frames

SOURCES = ("oecd-icio-2025",)
IN_PLACE = SOURCES
SNAPSHOTS = ("products/icio2022_chn_rus_by_sector.csv",)
JUDGED = {"oecd-icio-2025": ("kind", "short")}


def read(raw: bytes) -> pd.DataFrame:
    """Codes and names."""
    return frames.parse(raw.decode())[["sector", "sector_name"]].drop_duplicates(ignore_index=True)


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row an industry."""
    (source,) = SOURCES
    named = extracts[source].rename(columns={"sector_name": "name"})
    return named[["sector", "name"]].assign(kind="", short="", source_id=source)
