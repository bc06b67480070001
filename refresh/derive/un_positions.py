"""Positions of all states in the UN General Assembly, edition of April 2026."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from refresh.numbers import plain

SOURCES = ("un-ideal-points-2026-04",)
FEW = 20
"""Below so many votes an estimate is marked: 2024 rests on eight, every other year on 58 or more."""


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a state and calendar year."""
    told = extracts[SOURCES[0]]
    return pd.DataFrame(
        {
            "period": told["year"],
            "country": told["iso3c"],
            "ideal_point": told["IdealPointFP"].map(plain),
            "q05": told["Q5%FP"].map(plain),
            "q95": told["Q95%FP"].map(plain),
            "votes": told["NVotesFP"],
            "source_id": SOURCES[0],
            "note": ["few votes" if int(votes) < FEW else "" for votes in told["NVotesFP"]],
        }
    )
