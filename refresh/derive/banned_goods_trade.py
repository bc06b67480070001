"""China's sales to Russia in codes that the European Union bans, by kind of goods."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from refresh import baci
from refresh.extract.eu_bans import KINDS

LIST = "eu-banned-hs6-2023"
SOURCES = (baci.SOURCE, LIST)
WORDS = {"industrial_cap": "industrial capacity", "military_tech": "military technology"}
FREE = "luxury"
"""The ban on luxury has a price floor that customs values do not show. Telephones and computers are marked luxury and dual use."""


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a year and kind; kinds overlap, ``any`` counts each code once."""
    banned = extracts[LIST].set_index("Code")
    rows = baci.long(extracts[baci.SOURCE])
    sold = rows[rows["exporter"] == "CHN"]
    kinds = {kind: banned.index[banned[kind] == "1"] for kind in KINDS}
    others = [kind for kind in KINDS if kind != FREE]
    kinds["any"] = banned.index
    kinds["any but luxury alone"] = banned.index[(banned[others] == "1").any(axis=1)]
    plain = banned.index[banned[FREE] != "1"]
    kinds["any not luxury"] = plain
    kinds["dual use not luxury"] = plain.intersection(kinds["dual_use"])
    made = []
    for kind, codes in kinds.items():
        part = sold[sold["product"].isin(codes)]
        table = part.groupby("period", as_index=False).agg(value=("value", "sum"), codes_traded=("product", "nunique"))
        made.append(table.assign(kind=WORDS.get(kind, kind.replace("_", " ")), codes=len(codes)))
    table = pd.concat(made, ignore_index=True)
    table["value"] = (table["value"] / 1000).map("{:.6f}".format).str.rstrip("0").str.rstrip(".")
    for column in ("codes", "codes_traded"):
        table[column] = table[column].astype(str)
    return table.assign(exporter="CHN", importer="RUS", status="derived", source_id=LIST)
