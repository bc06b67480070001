"""What the tables of all pairs say of each economy, computed once for all and printed as the pages show it.

The measures are those of :mod:`partnership.measures`; tables and pairs are those of :mod:`partnership.views.any_pair`. Scripts
get printed words, never numbers to work with.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pandas as pd

from partnership import data, measures
from partnership.views import any_pair

HOLE = "–"
"""What stands where a table has no row."""
SIDE = [
    "exports", "export_share", "export_rank", "import_share", "import_rank", "share", "ratio",
    "intensity", "less_lopsided", "less_intense",
]  # fmt: skip
"""What an economy's file tells of a partner, in this order; the last three, alike from both sides, in the file of the first
of the two codes alone."""
TOTALS = ["exports", "buyers", "export_hhi", "imports", "suppliers", "import_hhi"]


# -- printing -------------------------------------------------------------------------------------


def amount(value: float) -> str:
    """Millions of dollars: whole above a hundred, down to thousands of dollars below one million."""
    if not value > 0:
        return HOLE
    digits = 0 if value >= 99.95 else 1 if value >= 9.995 else 2 if value >= 0.9995 else 3
    return f"{value:,.{digits}f}" if value >= 0.0005 else "<0.001"


def worth(millions: float) -> str:
    """Dollars in a sentence: billions from a thousand millions up, rounded once."""
    printed = amount(millions)
    return f"${millions / 1000:,.1f} billion" if "," in printed else f"${printed} million"


def told(printed: str) -> str:
    """A printed amount with its unit, as pairs.js makes it of what is printed: rounded twice, so see :func:`sold`."""
    if "," not in printed:
        return f"{printed} million"
    tenths = (int(printed.replace(",", "")) + 50) // 100
    return f"{tenths // 10:,}.{tenths % 10} billion"


def decimal(value: float) -> str:
    """One decimal from one up, two digits below one."""
    if not value > 0:
        return HOLE
    if value >= 0.995:
        return f"{value:,.1f}" if value < 999.5 else f"{value:,.0f}"
    value = float(f"{value:.1e}")  # rounded first: 0.0996 is 0.10, one place less than 0.0994
    return f"{value:.{1 - math.floor(math.log10(value))}f}" if value >= 0.001 else "<0.001"


def percent(share: float) -> str:
    """A fraction in per cent."""
    return decimal(100 * share)


def whole(value: float) -> str:
    """A rank or a count."""
    return HOLE if math.isnan(value) else f"{value:.0f}"


def percentile(fraction: float) -> str:
    """Per cent of pairs, whole."""
    return HOLE if math.isnan(fraction) else f"{100 * fraction:.0f}"


def index(value: float) -> str:
    """A Herfindahl-Hirschman index."""
    return HOLE if math.isnan(value) else f"{value:.3f}"


PRINTED = dict(
    zip(
        SIDE,
        [amount, percent, whole, percent, whole, percent, decimal, decimal, percentile, percentile],
        strict=True,
    )
)


# -- all pairs ------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def flows(world: str) -> pd.DataFrame:
    """Every flow of a table with its share and rank on both sides, as :func:`partnership.measures.all_flows` gives them."""
    return measures.all_flows(*any_pair.worlds()[world])


@lru_cache(maxsize=8)
def totals(world: str) -> pd.DataFrame:
    """By economy, what :func:`partnership.measures.all_economies` gives (USD million); missing where nothing is sold or bought."""
    found = measures.all_economies(*any_pair.worlds()[world]).set_index("economy")
    return found.where(found > 0)


@lru_cache(maxsize=8)
def sides(world: str) -> pd.DataFrame:
    """One row an economy and a partner it trades with: ``economy``, ``partner``, ``trade`` and the columns of ``SIDE``."""
    pairs, field = any_pair.pairs_of(world), any_pair.placed(world)
    for measure, below in (("asymmetry", "less_lopsided"), ("intensity", "less_intense")):
        place = np.searchsorted(np.sort(field[measure].to_numpy()), pairs[measure].to_numpy(), side="left")
        pairs = pairs.assign(**{below: place / len(field)})
    alike = ["trade", "intensity", "less_lopsided", "less_intense"]
    forth = pairs.rename(columns={"first": "economy", "second": "partner", "share_in_first": "share"})
    back = pairs.rename(columns={"second": "economy", "first": "partner", "share_in_second": "share"})
    back = back.assign(ratio=1 / back["ratio"])
    both = pd.concat([part[["economy", "partner", "share", "ratio", *alike]] for part in (forth, back)])
    sold = flows(world).rename(columns={"exporter": "economy", "importer": "partner", "value": "exports"})
    bought = flows(world).rename(columns={"importer": "economy", "exporter": "partner", "value": "imports"})
    at = ["economy", "partner"]
    both = both.merge(sold[[*at, "exports", "export_share", "export_rank"]], "left", at)
    return both.merge(bought[[*at, "imports", "import_share", "import_rank"]], "left", at)


@lru_cache(maxsize=8)
def partners(world: str) -> dict[str, pd.DataFrame]:
    """The rows of :func:`sides` by economy, the largest trade first."""
    rows = sides(world).sort_values(["trade", "partner"], ascending=[False, True])
    return {str(code): part for code, part in rows.groupby("economy")}


def codes() -> list[str]:
    """Every economy that has a row in one of the tables, by the alphabet of its name."""
    named = data.load("countries").set_index("code")["name"]
    found = {code for world in any_pair.worlds() for code in partners(world)}
    return sorted(found, key=lambda code: fold(named[code]))


def fold(name: str) -> str:
    """A name as the alphabet orders it: without accents."""
    import unicodedata

    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


@lru_cache(maxsize=1)
def printed() -> dict[str, dict[str, dict[str, list[str]]]]:
    """By economy, table and partner: the printed values, in the order of ``SIDE``."""
    told: dict[str, dict[str, dict[str, list[str]]]] = {}
    for world in any_pair.worlds():
        rows = sides(world)
        columns = [[PRINTED[name](value) for value in rows[name].tolist()] for name in SIDE]
        ends = (rows[name].tolist() for name in ("economy", "partner"))
        for economy, partner, *values in zip(*ends, *columns, strict=True):
            told.setdefault(economy, {}).setdefault(world, {})[partner] = values
    return told


@lru_cache(maxsize=8)
def rounded_apart(world: str) -> dict[str, dict[str, str]]:
    """By seller and buyer, flows of a table of which the printed millions, rounded again, do not give the billions: these, as told in a sentence."""
    found: dict[str, dict[str, str]] = {}
    rows = flows(world)
    rows = rows[rows["value"] > 999]  # what is told in millions is printed so
    for seller, buyer, value in rows[["exporter", "importer", "value"]].itertuples(index=False):
        if (once := worth(value)[1:]) != told(amount(value)):
            found.setdefault(seller, {})[buyer] = once
    return found


def sold(seller: str, buyer: str, world: str) -> str:
    """What one sold to another in a table, as a sentence tells it, without the sign of the dollar; nothing without a row."""
    printed_ = printed().get(seller, {}).get(world, {}).get(buyer, [HOLE])[0]
    return "" if printed_ == HOLE else rounded_apart(world).get(seller, {}).get(buyer, told(printed_))


def both_ways(one: list[str], other: list[str], first: list[str]) -> list[str]:
    """The lines of a pair from what is kept of A with B, of B with A, and of the pair where it is kept (A before B)."""
    flows = [*one[:3], *other[3:5], *other[:3], *one[3:5]]
    return [*flows, one[5], other[5], one[6], first[8], first[7], first[9], other[6]]


def pair(a: str, b: str) -> list[list[str]]:
    """What a page prints of two economies: a list a table, in the order of the page's lines (``words.LINES``).

    Flow from A to B: value, share of A's exports, rank, share of B's imports, rank; the flow from B to A the same way;
    both: share in A's trade, in B's trade, trade of A over that of B, per cent of pairs less lopsided, intensity, per cent
    of pairs less intense; and, for the sentence, trade of B over that of A.
    """
    found = []
    for world in any_pair.worlds():
        one, other = (printed().get(x, {}).get(world, {}).get(y) or [HOLE] * len(SIDE) for x, y in ((a, b), (b, a)))
        first = one if a < b else other
        found.append(both_ways(one, other, first))
    return found
