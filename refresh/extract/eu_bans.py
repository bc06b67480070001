"""Goods that the European Union forbids to sell to Russia, and who else sells to Russia."""

from __future__ import annotations

import io

import pandas as pd

from refresh import frames
from refresh.extract import recipe

FOLDER = "added-2026-11/reexports-sanctions-evasion"
KINDS = (
    "aviation", "dual_use", "firearms", "industrial_cap", "luxury", "military_tech", "oil_exploration", "oil_refining",
)  # fmt: skip


@recipe("eu-banned-hs6-2023", f"{FOLDER}/EU_sanctions_HS6.dta")
def codes(raw: bytes) -> pd.DataFrame:
    """Banned codes alone, with the first day of a ban and the kinds of goods they fall under (1 where they do)."""
    told = pd.read_stata(io.BytesIO(raw))
    told = told[told["EU_sanction"] == 1]
    days = told["Date"].dt.strftime("%Y-%m-%d").fillna("")
    rows = [
        [code, day, *("1" if flag == 1 else "" for flag in flags)]
        for code, day, *flags in zip(told["Code"], days, *(told[kind] for kind in KINDS), strict=True)
    ]
    return frames.frame(rows, ["Code", "Date", *KINDS])


@recipe("baci-suppliers-russia-2024", f"{FOLDER}/baci2026_suppliers_to_russia_pre_post_b4_exposure_index.csv")
def suppliers(raw: bytes) -> pd.DataFrame:
    """Sales to Russia of each supplier outside the coalition: sums of years, thousands of dollars."""
    return frames.parse(raw.decode("utf-8"))[["iso3", "pre_v", "post_v", "sanc_v"]]
