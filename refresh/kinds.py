"""Which rules a table goes by when figures arrive."""

from __future__ import annotations

VINTAGED = "vintaged"
"""Every publication stays: new rows with a source of their own, old rows untouched."""
APPEND = "append only"
"""New periods; the newest two may still move; anything older is refused."""
RANKED = "ranked"
"""Several counters of one cell: the publisher's row stands beside the carrier's."""
STOCK = "stock"
"""Counts of a list by month: a list that shrinks by more than a twentieth is refused."""
EDITION = "whole edition"
"""The new edition replaces the old one whole; its set of countries or sectors stays."""
EVENTS = "events"
"""Read by a person: nothing arrives by itself."""
FROZEN = "frozen"
"""Locked: no change without a line in the list of changes."""

KINDS = {
    "gdp": VINTAGED,
    "bilateral-trade": RANKED,
    "trade-totals": VINTAGED,
    "trade-shares": VINTAGED,
    "trade-openness": VINTAGED,
    "oil-price": APPEND,
    "exchange-rates": APPEND,
    "countries": FROZEN,
    "hs-chapters": FROZEN,
    "partner-trade-russia": RANKED,
    "partner-trade-china": RANKED,
    "partner-trade-china-mirror": RANKED,
    "central-asia-trade": RANKED,
    "energy-trade": RANKED,
    "market-shares": EVENTS,
    "monthly-trade": APPEND,
    "oil-gas-trade": APPEND,
    "sanctions-monthly": STOCK,
    "listings-by-date": EDITION,
    "un-votes": EDITION,
    "un-positions": EDITION,
    "un-agreement": EDITION,
    "world-trade-matrix": EDITION,
    "world-trade-baci": EDITION,
    "reported-trade": EDITION,
    "reported-partners": EDITION,
    "world-intermediates-matrix": EDITION,
    "sector-dependence": EDITION,
    "claims": FROZEN,
}


def kind(table: str) -> str:
    """The rules of a table; what is not named is read by a person."""
    return KINDS.get(table, EVENTS)
