"""Positions in the United Nations General Assembly: one row a country and session."""

from __future__ import annotations

import pandas as pd

from refresh.derive import Extracts

SOURCES = ("un-ideal-points-2024-06",)
FIRST_YEAR = 1945  # session 1 began in 1946


def derive(extracts: Extracts) -> pd.DataFrame:
    """Position with its interval of 90 per cent, and the votes it rests on."""
    (source,) = SOURCES
    points = extracts[source]
    period = (points["session"].astype(int) + FIRST_YEAR).astype(str)
    return pd.DataFrame(
        {
            "period": period,
            "country": points["iso3c"],
            "ideal_point": points["IdealPointAll"],
            "q05": points["Q5%All"],
            "q95": points["Q95%All"],
            "votes": points["NVotesAll"],
            "source_id": source,
            "note": [note(country, year) for country, year in zip(points["iso3c"], period, strict=True)],
        }
    )


def note(country: str, year: str) -> str:
    """Who sat in the seat, where it was not the state of today's name."""
    if country == "RUS" and year < "1991":
        return "Soviet Union"
    if country == "RUS" and year == "1991":
        return "Soviet Union until 24 December 1991, then Russia"
    if country == "BLR" and year < "1991":
        return "Byelorussian SSR, a member of its own in the United Nations"
    if country == "DEU" and year < "1990":
        return "Federal Republic of Germany"
    if country == "DEU" and year == "1990":
        return "Federal Republic until unification in October 1990"
    if country == "CHN" and year == "1971":
        return "People's Republic, seated in October 1971"
    return ""
