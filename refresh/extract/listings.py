"""Days of first listing on the lists of the European Union and the United Kingdom for Russia and Ukraine."""

from __future__ import annotations

import re

import pandas as pd

from refresh import frames
from refresh.extract import recipe

NEWER = "../recorded/newer"
PLACES = {"China": "China", "Hong Kong": "Hong ?[Kk]ong"}
"""A place, and how addresses write it."""


def _entries(raw: bytes) -> pd.DataFrame:
    """Number, annex, kind and day of each entry; of addresses only that they name China or Hong Kong."""
    told = frames.parse(raw.decode("utf-8"))
    # Names and addresses of persons and firms are not carried over: a count needs the place alone.
    places = told["address"].map(lambda cell: "; ".join(name for name, form in PLACES.items() if re.search(form, cell)))
    return told.assign(place_in_address=places)[["recordId", "annex", "schema", "startDate", "place_in_address"]]


@recipe("eu-269-2014-2026-08", f"{NEWER}/eu-journal-32014R0269-asset-freeze.csv")
def asset_freeze(raw: bytes) -> pd.DataFrame:
    """Annex I of Regulation 269/2014."""
    return _entries(raw)


@recipe("eu-833-2014-2026-08", f"{NEWER}/eu-journal-32014R0833-sectoral.csv")
def sectoral(raw: bytes) -> pd.DataFrame:
    """Annex IV of Regulation 833/2014: firms that may get no dual-use goods; vessels and banks are left out."""
    told = _entries(raw)
    return told[told["annex"] == "IV"]


@recipe("uk-sanctions-list-2026-08", f"{NEWER}/uk-sanctions-rus-ids-2026-08-22.csv")
def british(raw: bytes) -> pd.DataFrame:
    """Kind and day of designation of each subject of the Russia regime."""
    return frames.parse(raw.decode("utf-8"))[["unique_id", "type", "date_designated"]]
