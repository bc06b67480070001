"""Rules on the trade of Central Asia."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from checks.rules import kit

# -- Central Asia ---------------------------------------------------------------------------------

CENTRAL_ASIA = ["KAZ", "KGZ", "TJK", "TKM", "UZB", "XCA"]


@kit.rule("one side of a flow is in Central Asia, and who counts is one of the two", "central-asia-trade")
def _central_side(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    near, far = trade["exporter"].isin(CENTRAL_ASIA), trade["importer"].isin(CENTRAL_ASIA)
    yield from kit.at(
        trade, near == far, "exporter", "{exporter} to {importer}: one side, not both or none, is in Central Asia"
    )
    turned = (trade["direction"] == "two-way") & near
    yield from kit.at(
        trade, turned, "exporter", "{exporter} in a turnover, where the partner stands first by convention"
    )
    state = trade["counter"].isin([*CENTRAL_ASIA, "CHN", "RUS"])
    own = (trade["counter"] == trade["exporter"]) | (trade["counter"] == trade["importer"])
    yield from kit.at(trade, state & ~own, "counter", "{counter} is neither side of the flow")


@kit.rule("China and Russia together are within the world total of the same counter", "central-asia-trade")
def _central_within(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    counted = (
        trade["counter"].isin(["KAZ", "KGZ", "UZB"]) & (trade["direction"] == "one-way") & (trade["frequency"] == "A")
    )
    rows = trade[counted].assign(out=lambda frame: frame["exporter"] == frame["counter"])
    world = rows["importer"].where(rows["out"], rows["exporter"]) == "WLD"
    yield from kit.adds(rows, ["period", "counter", "out"], world, "importer", low=1)
    keys = ["counter", "exporter", "importer"]
    yield from kit.complete(rows, keys, "Y")
    size = rows.groupby(["period", "counter"])["value"].transform("size")
    yield from kit.at(
        rows, ~rows.duplicated(["period", "counter"]) & (size != 6), "exporter", "{size} of six flows", size=size
    )


@kit.rule("both ways are the sum of the two ways of one page", "central-asia-trade")
def _central_both_ways(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    page = ["period", "frequency", "currency", "source_id"]
    one = trade[trade["direction"] == "one-way"]
    pair = [
        one["exporter"].where(one["exporter"] < one["importer"], one["importer"]),
        one["exporter"].where(one["exporter"] > one["importer"], one["importer"]),
    ]
    sums = (
        one.assign(first=pair[0], last=pair[1])
        .groupby([*page, "first", "last"], as_index=False)
        .agg(value=("value", "sum"), size=("value", "size"), ways=("exporter", "nunique"))
    )
    two = trade[trade["direction"] == "two-way"]
    rows = two.assign(first=two[["exporter", "importer"]].min(axis=1), last=two[["exporter", "importer"]].max(axis=1))
    yield from kit.elsewhere(
        rows, sums[(sums["size"] == 2) & (sums["ways"] == 2)], [*page, "first", "last"], factor=1.01
    )


def _same_flows(trade: pd.DataFrame, other: pd.DataFrame, counter: str, **slack: Any) -> Iterator[kit.Fault]:
    own = (trade["counter"] == counter) & (trade["direction"] == "one-way") & (trade["frequency"] == "A")
    own &= trade["currency"] == ("CNY" if counter == "CHN" else "USD")
    near = other["exporter"].isin(CENTRAL_ASIA) | other["importer"].isin(CENTRAL_ASIA)
    yield from kit.elsewhere(trade[own], other[near], kit.FLOW, must=True, **slack)


for _counter, _table, _slack in (
    ("CHN", "partner-trade-china", {"factor": 1.001, "absolute": 1}),
    ("RUS", "partner-trade-russia", {"factor": 1.6}),
    ("UNCTAD", "world-trade-matrix", {"absolute": 0.01}),
):
    _says = f"flows of Central Asia by {_counter} are those of the larger table"
    kit.rule(_says, "central-asia-trade", _table)(partial(_same_flows, counter=_counter, **_slack))
