"""What each economy reports of its exports and imports in a year: totals, partners, concentration."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnership import measures
from refresh import numbers, wits
from refresh.derive import Extracts

SOURCES = (wits.SOURCE,)
IN_PLACE = SOURCES


Values = npt.NDArray[np.float64]
Names = npt.NDArray[np.bool_]


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year and reporter, million dollars, over all partners of the panel; a flow that is not reported is empty."""
    (source,) = SOURCES
    rows = wits.long(extracts[source])
    found, values = [], {flow: rows[flow].to_numpy() for flow in wits.FLOWS}
    named = ~rows["partner"].isin(wits.UNNAMED).to_numpy()
    for (period, reporter), own in sorted(rows.groupby(["period", "reporter"]).indices.items()):
        row = {"period": period, "reporter": reporter, "source_id": source}
        for flow, (_, partners) in wits.FLOWS.items():
            told = ~np.isnan(values[flow][own])
            if told.any():
                cells = _cells(values[flow][own][told], named[own][told])
                row |= zip((flow, partners, *_rest(flow)), cells, strict=True)
        found.append(row)
    return pd.DataFrame(found)


def _rest(flow: str) -> tuple[str, str]:
    return f"{flow.removesuffix('s')}_hhi", f"{flow}_unnamed"


def _cells(told: Values, has_name: Names) -> list[str]:
    total, named = told.sum(), told[has_name]
    # What has no name is spread thin: it is in the total and adds no square, so the index is the least it can be.
    share = named.sum() / total
    hhi = measures.hhi(named) * share**2 if len(named) else 0.0
    printed = [numbers.plain(Decimal(repr(float(value))), 6) for value in (hhi, 1 - share)]
    whole = Decimal(repr(float(total)))
    # Some islands report next to nothing: three decimals, or five digits where that is more.
    return [numbers.plain(whole, max(3, 4 - whole.adjusted())), str(len(named)), *printed]
