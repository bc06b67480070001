"""Ideal points of states in the UN General Assembly (Bailey, Strezhnev and Voeten), edition of April 2026."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.countries import FOLLOWED
from refresh.extract import recipe


@recipe("un-ideal-points-2026-04", "added-2026-11/un-votes/Idealpointestimates1946-2025.tab")
def positions(raw: bytes) -> pd.DataFrame:
    """All states from 1992, some from 1971 (when Beijing took China's seat); columns of the estimate, its 90 per cent bounds and its votes."""
    told = frames.parse(raw.decode("utf-8"), delimiter="\t")
    keep = (told["year"] >= "1992") | ((told["year"] >= "1971") & told["iso3c"].isin(FOLLOWED))
    return told.loc[keep, ["iso3c", "year", "NVotesFP", "IdealPointFP", "Q5%FP", "Q95%FP"]]
