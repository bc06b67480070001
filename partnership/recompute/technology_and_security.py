"""Claims on technology and security."""

from __future__ import annotations

from partnership import data
from partnership.claims import Finding, recomputes


@recomputes("lunar-2035")
def lunar_year(as_of: str | None) -> Finding:
    """The latest year that the latest statement known at the time names for the plant or station on the Moon.

    The rule judges the year. That in 2024 there was an idea of a power plant rather than a plan of a base is in the evidence.
    """
    plans = data.select(data.load("technology-projects", as_of=as_of), topic="lunar base", unit="year")
    rows = plans[plans["date"] == plans["date"].max()].sort_values("value").tail(1)
    value = float(rows["value"].iloc[0]) if len(rows) else None
    return Finding(value, rows, "latest year named for the lunar plant in the latest statement known", forecast=True)
