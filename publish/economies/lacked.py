"""What the tables of all pairs lack or have too much of, found by setting them beside what economies themselves counted.

The tables of UNCTAD stand beside the reports of economies of the same year, that of CEPII beside the customs and statistics that the
book holds, and beside UNCTAD's last one. No economy is named here: the rows decide who gets a note, and which shares a mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from partnership import data
from partnership.views import any_pair
from publish.economies import numbers, years

MAIN = 1 / 20  # share of a flow in an own report from which on a partner is looked for in a table
LESS = 1 / 10  # of the reported value: a table that has less lacks the flow
LEAST = 10  # USD million: smaller flows are not looked for
NEAR = 1  # years that a report may be from a table
BESIDE = 2  # years to each side whose reports tell whether a partner stays a main one
FELT = 0.01  # part of an economy's flow from which on what a table lacks of it is told on its page, or marked
OFF = 0.1  # distance from which on a total of the last table is set beside the economy's own statistics
AS_CUSTOMS = 0.015  # distance within which a value is that of customs, freight included
OTHER = {"exports": "imports", "imports": "exports"}


@dataclass(frozen=True)
class Hole:
    """A flow that a report has and a table lacks; ``here`` is what the table has of it (USD million), 0 without a row.

    ``felt`` tells whether the total of the table is short of it too, so that shares of others come out too high.
    """

    world: str
    year: int
    flow: str
    code: str
    partner: str
    own: float
    here: float
    share: float
    felt: bool

    @property
    def ends(self) -> tuple[str, str]:
        """Seller and buyer."""
        return (self.code, self.partner) if self.flow == "exports" else (self.partner, self.code)


@lru_cache(maxsize=8)
def holes(world: str) -> tuple[Hole, ...]:
    """The flows that a table of UNCTAD lacks by a report of the same year; of the year beside where that alone is more than all the table has."""
    return tuple(_holes(world)) if world.isdigit() and int(world) <= years.LAST else ()


def _holes(world: str) -> Iterator[Hole]:
    rows = any_pair.worlds()[world][0]
    sellers, buyers = rows["exporter"].tolist(), rows["importer"].tolist()
    held = dict(zip(zip(sellers, buyers, strict=True), rows["value"].tolist(), strict=True))
    whole, known = numbers.totals(world), {*sellers, *buyers}
    for code in sorted(known):
        if not years.reported(code):
            continue
        for flow, (_, kind) in years.FLOWS.items():
            own, total = years.totals(code)[flow].dropna(), whole[flow].get(code, np.nan)
            near = [year for year in own.index if abs(year - int(world)) <= NEAR]
            if not near or not total > 0:
                continue
            year = min(near, key=lambda year: (abs(year - int(world)), year))
            shares = _shares(f"{kind}_share").get(code, {})
            for partner, share in sorted(shares.get(year, {}).items()):
                value, here = share * own[year], held.get((code, partner) if flow == "exports" else (partner, code), 0)
                if share < MAIN or value < LEAST or here >= LESS * value or partner not in known:
                    continue
                beside = [shares[one].get(partner, 0.0) for one in shares if 0 < abs(one - year) <= BESIDE]
                stays = beside and np.median(beside) >= MAIN
                felt = bool(stays and own[year] - total >= (value - here) / 2)
                if year == int(world) or value > total and felt:
                    yield Hole(world, year, flow, code, str(partner), value, here, share, felt)


@lru_cache(maxsize=2)
def _shares(column: str) -> dict[str, dict[int, dict[str, float]]]:
    """By reporter, year and named partner, the shares that economies reported; a year without any in this flow is empty."""
    found: dict[str, dict[int, dict[str, float]]] = {}
    for code, part in years.named().items():
        own = found[code] = {}
        for year, partner, share in zip(*(part[name].tolist() for name in ("year", "partner", column)), strict=True):
            if partner != code:
                of_year = own.setdefault(year, {})
                if share == share:
                    of_year[partner] = share
    return found


def own_holes(code: str, world: str, flow: str = "") -> list[Hole]:
    """What a table lacks of an economy by its own report, the largest first."""
    found = [hole for hole in holes(world) if hole.code == code and flow in ("", hole.flow)]
    return sorted(found, key=lambda hole: -hole.own)


def others_holes(code: str, world: str, flow: str) -> list[Hole]:
    """What a table lacks of an economy's flow by the reports of others, if together it is felt; the largest first."""
    found = [hole for hole in holes(world) if hole.partner == code and OTHER[hole.flow] == flow]
    lacking = sum(hole.own - hole.here for hole in found)
    whole = numbers.totals(world)[flow].get(code, np.nan)
    return sorted(found, key=lambda hole: -hole.own) if lacking >= FELT * (whole + lacking) else []


def shares(code: str, flow: str) -> dict[int, dict[str, float]]:
    """By year and named partner, the shares in a flow that an economy reported."""
    return _shares(f"{years.FLOWS[flow][1]}_share").get(code, {})


@lru_cache(maxsize=2048)
def short(code: str, world: str) -> tuple[str, ...]:
    """Flows of which a table of UNCTAD is short of a main partner, so that shares of others come out too high."""
    return tuple(
        flow
        for flow in years.FLOWS
        if any(hole.felt for hole in (*own_holes(code, world, flow), *others_holes(code, world, flow)))
    )


@lru_cache(maxsize=8)
def most_lacking(world: str) -> frozenset[tuple[str, str]]:
    """Flows, seller and buyer, of which a table of UNCTAD has a row, and lacks most."""
    return frozenset(hole.ends for hole in holes(world) if hole.felt and hole.here)


# -- the last table: beside customs and statistics ------------------------------------------------


def _last() -> str:
    return list(any_pair.worlds())[-2]


@lru_cache(maxsize=8)
def by_customs(code: str) -> pd.DataFrame:
    """Suppliers of an economy whose customs' table of the last year is held: ``value`` there (USD million), ``low`` and ``high`` of the share.

    Empty for all others. Of China alone the book holds it: in yuan, each row with an error, its total in dollars too.
    """
    rows = data.select(data.load("partner-trade-china"), period=_last(), importer=code, reporter=code, currency="CNY")
    if rows.empty:
        return rows
    rows = rows.set_index("exporter")[["value", "error"]].fillna(0)
    whole = data.select(data.load("trade-totals"), period=_last(), reporter=code, exporter="WLD", importer=code, currency="USD", frequency="A", rank=1)["value"].item()  # fmt: skip
    yuan = rows["value"]["WLD"]
    found = pd.DataFrame({"value": rows["value"] / yuan * whole, "low": (rows["value"] - rows["error"]) / yuan, "high": (rows["value"] + rows["error"]) / yuan})  # fmt: skip
    return found.drop("WLD")


@lru_cache(maxsize=8)
def against_customs(code: str) -> dict[str, int]:
    """Suppliers whose share in the last table lies above (1) or below (-1) that by customs, by more than the error and as printed."""
    counted = by_customs(code)
    if counted.empty:
        return {}
    rows = numbers.flows(_last())
    here = rows[rows["importer"] == code].set_index("exporter")["import_share"]
    found: dict[str, int] = {}
    for partner, share in here[here.index.isin(counted.index)].items():
        low, high = counted.loc[partner, ["low", "high"]]
        if numbers.percent(share) not in {numbers.percent(low), numbers.percent(high)}:
            found |= {partner: 1} if share > high else {partner: -1} if share < low else {}
    return found


def with_freight(code: str) -> list[str]:
    """Suppliers whose value in the last table is that of customs, freight included, among those that have no row with each other; the largest first."""
    counted = by_customs(code)["value"]
    rows = data.select(any_pair.worlds()[_last()][0], importer=code).set_index("exporter")["value"]
    ratio = (rows / counted).loc[lambda one: one.index.isin(any_pair.apart(_last()))].dropna()
    alike = counted[ratio.index[(ratio - 1).abs() < AS_CUSTOMS]]
    return list(alike.sort_values(ascending=False).index)


@lru_cache(maxsize=1)
def _statistics() -> pd.DataFrame:
    """What economies whose statistics of the last year are held counted of their trade with the world and its main partners there."""
    rows = data.select(data.load("central-asia-trade"), period=_last(), frequency="A", direction="one-way", currency="USD")  # fmt: skip
    return rows[(rows["counter"] == rows["exporter"]) | (rows["counter"] == rows["importer"])]


@lru_cache(maxsize=512)
def statistics(code: str) -> dict[str, dict[str, tuple[float, float]]]:
    """By flow, where the total by an economy's own statistics is far from that of the last table: by partner, the own value and that of the table."""
    if code not in {*_statistics()["counter"]}:
        return {}
    rows, table = data.select(_statistics(), counter=code), any_pair.worlds()[_last()][0]
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for flow, (own, other) in any_pair.FLOWS.items():
        mine = rows[rows[own] == code].set_index(other)["value"]
        whole = numbers.totals(_last())[flow].get(code, np.nan)
        if "WLD" not in mine or abs(whole / mine["WLD"] - 1) <= OFF:
            continue
        here = data.select(table, **{own: code}).set_index(other)["value"]
        found[flow] = {partner: (value, whole if partner == "WLD" else here.get(partner, 0)) for partner, value in mine.items()}  # fmt: skip
    return found


@lru_cache(maxsize=1)
def risen() -> dict[tuple[str, str], tuple[float, float]]:
    """Flows of the last table that are larger than all that one of the two sold, or bought, in UNCTAD's last one, which has under a hundredth of them: now and then."""
    now, then = (any_pair.worlds()[world][0] for world in (_last(), before()))
    whole = numbers.totals(before())
    rows = now.merge(then, "left", ["exporter", "importer"], suffixes=("", "_then")).fillna({"value_then": 0})
    sold, bought = rows["exporter"].map(whole["exports"]), rows["importer"].map(whole["imports"])
    far = (rows["value"] > np.fmin(sold, bought)) & (rows["value_then"] < 0.01 * rows["value"]) & (rows["value"] >= LEAST * LEAST)  # fmt: skip
    return {(a, b): (value, was) for a, b, value, was in rows.loc[far, ["exporter", "importer", "value", "value_then"]].itertuples(index=False)}  # fmt: skip


def before() -> str:
    """The last table of UNCTAD."""
    return list(any_pair.worlds())[-3]
