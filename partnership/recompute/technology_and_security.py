"""Claims on technology and security."""

from __future__ import annotations

from partnership import data, prose
from partnership.claims import Finding, recomputes


@recomputes("lunar-2035")
def lunar_year(as_of: str | None) -> Finding:
    """The year by which the plans that were public in 2024 name the station, or its power plant, as built.

    Plans of 2025 for 2036 are no evidence on what was planned in 2024; the chapter tells them.
    """
    rows = data.load("claim-evidence", as_of=as_of)
    rows = data.select(rows, claim_id="lunar-2035", bears="claim", part="year").sort_values("published")
    *others, value = map(float, rows["value"]) if len(rows) else (None,)
    rule = "the year for the station in the newest of our rows from before the article"
    apart = rows[rows["value"] != value]
    rule += "".join(f"; a row of {prose.month(row.published)} has {row.value:.0f}" for row in apart.itertuples())
    return Finding(value, rows, rule, others=tuple(others))
