"""Goods trade between all economies in 2023, as CEPII reconciled it."""

from __future__ import annotations

import pandas as pd

from refresh.derive import Extracts

SOURCES = ("cepii-baci-hs22-world-2023",)
IN_PLACE = SOURCES


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a flow, millions of dollars."""
    (source,) = SOURCES
    return extracts[source].assign(period="2023", source_id=source)
