"""Goods trade between all economies in 2023, as CEPII reconciled it."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts

SOURCES = ("cepii-baci-hs22-world-2023",)


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a flow, millions of dollars to the dollar; what is not traded, and the diagonal, has no row."""
    (source,) = SOURCES
    matrix = extracts[source]
    rows = [
        (line["exporter"], importer, value)
        for line in matrix.to_dict("records")
        for importer in matrix.columns[1:]
        if importer != line["exporter"] and line[importer]
        if (value := numbers.times(line[importer], "1e-3", 6)) != "0"
    ]
    made = pd.DataFrame(rows, columns=["exporter", "importer", "value"])
    return made.assign(period="2023", source_id=source)
