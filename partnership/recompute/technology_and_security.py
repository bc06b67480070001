"""Claims on technology and security."""

from __future__ import annotations

from partnership import data
from partnership.claims import Finding, recomputes


@recomputes("lunar-2035")
def lunar_year(as_of: str | None) -> Finding:
    """The year by which the plans that were public in 2024 name the station, or its power plant, as built.

    Plans of 2025 for 2036 are no evidence on what was planned in 2024; the chapter tells them.
    """
    rows = data.load("claim-evidence", as_of=as_of)
    rows = data.select(rows, claim_id="lunar-2035", bears="claim", part="year")
    value = float(rows["value"].iloc[-1]) if len(rows) else None
    return Finding(value, rows, "end of the years of building in the roadmap of both space agencies, 16 June 2021")
