"""SIPRI's register of arms transfers, as a project carries it."""

from __future__ import annotations

import csv

import pandas as pd

from refresh import frames
from refresh.extract import recipe

HEAD = "SIPRI AT Database ID,"
COLUMNS = ["Supplier", "Recipient", "Delivery year", "TIV delivery values"]


@recipe("sipri-trade-register-2026-02", "arms-and-exercises/sipri_trade_register_1995_2025.csv")
def register(raw: bytes) -> pd.DataFrame:
    """Deliveries by Russia or to China, millions of trend-indicator values.

    A line ends with a semicolon; the header lacks the name of the last column.
    """
    lines = raw.decode("ascii").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(HEAD))
    header, *rows = csv.reader(line.removesuffix(";") for line in lines[start:])
    if wrong := [number for number, row in enumerate(rows, start + 2) if len(row) != len(header)]:
        raise ValueError(f"line {wrong[0]} has not the {len(header)} cells of the header")
    table = frames.frame(rows, header)[COLUMNS]
    return table[(table["Supplier"] == "Russia") | (table["Recipient"] == "China")].reset_index(drop=True)
