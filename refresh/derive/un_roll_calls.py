"""How China, Russia and the United States voted on each resolution of the General Assembly in 2025."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

SOURCES = ("unga-roll-calls-2025",)
VOTES = {"YES": "yes", "NO": "no", "ABSTAIN": "abstained", "ABSENT": "absent"}


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a resolution."""
    told = extracts[SOURCES[0]]
    votes = told.assign(vote=told["vote"].map(VOTES))
    wide = votes.pivot(index=["date", "resolution", "title"], columns="iso3", values="vote")
    names = {"CHN": "china", "RUS": "russia", "USA": "united_states"}
    table = wide.rename(columns=names)[list(names.values())].reset_index()
    # The catalogue's tail (": resolution / adopted by ..."), whole or cut, tells nothing about the subject.
    table["title"] = table["title"].str.replace(r" : [a-z]*( / .*)?$", "", regex=True).str.strip()
    return table.rename(columns={"date": "period"}).assign(source_id=SOURCES[0])
