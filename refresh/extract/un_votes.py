"""Positions in the United Nations General Assembly (Bailey, Strezhnev and Voeten), through a carrier."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.countries import FOLLOWED
from refresh.extract import recipe

COLUMNS = [
    *("iso3c", "session", "NVotesAll", "IdealPointAll", "Q5%All", "Q95%All"),
    *("USAgree", "RUSSAgree", "BrazilAgree", "ChinaAgree", "IndiaAgree"),
]


@recipe("un-ideal-points-2024-06", "unga/IdealpointestimatesAll_Jun2024.csv")
def ideal_points(raw: bytes) -> pd.DataFrame:
    """Positions and agreement scores from session 26 (1971, when Beijing took China's seat), edition of June 2024."""
    points = frames.parse(raw.decode())
    kept = points[points["iso3c"].isin(FOLLOWED) & (points["session"].astype(int) >= 26)]
    order = kept["session"].astype(int).rename("n")
    return kept.assign(n=order).sort_values(["n", "iso3c"], kind="stable")[COLUMNS].reset_index(drop=True)
