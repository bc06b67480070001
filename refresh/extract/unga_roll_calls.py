"""Votes of the UN General Assembly in 2025, as one project took them from the UN Digital Library."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe

STATES = ("CHN", "RUS", "USA")


@recipe("unga-roll-calls-2025", "added-2026-11/un-votes/unga_2025_roll_calls_10_countries.csv")
def votes(raw: bytes) -> pd.DataFrame:
    """The votes of three states on each resolution; titles are cut by the carrier at 100 characters."""
    told = frames.parse(raw.decode("utf-8"))
    return told.loc[told["iso3"].isin(STATES), ["resolution", "title", "date", "iso3", "vote"]]
