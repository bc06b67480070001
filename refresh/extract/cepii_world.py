"""CEPII's BACI, goods trade between all economies in 2023, through a carrier that holds it as a bare matrix."""

from __future__ import annotations

import pandas as pd

from refresh import frames
from refresh.extract import recipe

FOLDER = "added-2026-11/all-pairs"


@recipe(
    "cepii-baci-hs22-world-2023",
    f"{FOLDER}/baci_2023_194x194_trade_cepii.csv",
    f"{FOLDER}/baci_2023_194x194_country_labels.csv",
)
def world(matrix: bytes, labels: bytes) -> pd.DataFrame:
    """Exports of each economy to each other one, thousands of dollars: a line an exporter, a column an importer.

    Row and column of the matrix stand in the order of the labels, which give them their codes here. No cell is changed.
    """
    codes = frames.parse(labels.decode())["iso3"].tolist()
    flows = frames.parse(matrix.decode())
    if flows.shape != (len(codes), len(codes)):
        raise ValueError(f"a matrix of {flows.shape[0]} x {flows.shape[1]} for {len(codes)} labels")
    rows = [[code, *row] for code, row in zip(codes, flows.itertuples(index=False, name=None), strict=True)]
    return frames.frame(rows, ["exporter", *codes])
