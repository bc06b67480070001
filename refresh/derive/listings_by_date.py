"""How many of those on the lists of the EU and the United Kingdom were first listed in each month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

import pandas as pd

FREEZE, SECTORAL, BRITISH = "eu-269-2014-2026-08", "eu-833-2014-2026-08", "uk-sanctions-list-2026-08"
SOURCES = (FREEZE, SECTORAL, BRITISH)
EU = {FREEZE: "asset freeze (269/2014)", SECTORAL: "no dual-use goods (833/2014, Annex IV)"}
KINDS = {"Person": "person", "LegalEntity": "entity", "Company": "entity"}
UK = {"Individual": "person", "Entity": "entity", "Ship": "ship"}


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a list, month of first listing, kind and place; months without any are left out."""
    counts: Counter[tuple[str, str, str, str, str, str]] = Counter()
    for source, name in EU.items():
        for kind, day, place in extracts[source][["schema", "startDate", "place_in_address"]].itertuples(index=False):
            if not day:
                continue  # one entry of Annex I has no day
            month = datetime.strptime(day, "%d.%m.%Y").strftime("%Y-%m")
            key = (month, "XEU", name, KINDS[kind])
            for where in [
                "any",
                *(["China or Hong Kong"] if place else []),
                *(["Hong Kong"] if "Hong" in place else []),
            ]:
                counts[*key, where, source] += 1
    for kind, day in extracts[BRITISH][["type", "date_designated"]].itertuples(index=False):
        counts[day[:7], "GBR", "Russia regime", UK[kind], "any", BRITISH] += 1
    columns = ["period", "jurisdiction", "list", "type", "place", "source_id"]
    rows = [dict(zip(columns, key, strict=True)) | {"value": str(count)} for key, count in counts.items()]
    return pd.DataFrame(rows).assign(target="RUS", status="derived")
