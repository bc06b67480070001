"""Who depends on whom, for any two economies: frames and charts of the chapter on dependency that follow two codes.

Everything here rests on tables that cover many countries: the world trade matrix (226 territories in 1995, 2005 and
2015), the matrix of goods used as inputs (80 economies, 2022), output (four vintages), and, where one of the two is
China or Russia, their partner tables and the table of industries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from partnership import charts, data, measures

MATRIX_YEARS = ("1995", "2005", "2015")
INPUTS = "2022, inputs only"
FLOWS = {"exports": ("exporter", "importer"), "imports": ("importer", "exporter")}
UNNAMED = re.compile(r"X(UN|Q[A-Z]|SP|OT)")
"""Codes that stand for partners a statistic does not name."""


# -- the matrices --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def worlds() -> dict[str, tuple[pd.DataFrame, str]]:
    """The four matrices, by name of their year: rows and the column of values that counts goods."""
    trade = data.load("world-trade-matrix")
    years = {year: (data.select(trade, period=year), "value") for year in MATRIX_YEARS}
    return years | {INPUTS: (data.load("world-intermediates-matrix"), "value_goods")}


@lru_cache(maxsize=4)
def pairs_of(world: str) -> pd.DataFrame:
    """All pairs of one of the four matrices, as :func:`partnership.measures.all_pairs` gives them."""
    return measures.all_pairs(*worlds()[world])


@lru_cache(maxsize=1)
def economies() -> frozenset[str]:
    """The 80 economies that all four matrices have: those among which a pair is placed."""
    return frozenset(worlds()[INPUTS][0]["exporter"])


# -- one pair -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """Two economies and what the tables say on their dependence on each other."""

    a: str
    b: str
    position: pd.DataFrame
    standing: pd.DataFrame
    ratios: pd.DataFrame
    weight: pd.DataFrame
    suppliers: pd.DataFrame

    @property
    def names(self) -> tuple[str, str]:
        """Names of the two."""
        return charts.country(self.a), charts.country(self.b)

    def at(self, world: str) -> pd.Series:
        """The pair's row of :func:`position` in one matrix."""
        return self.position.set_index("world").loc[world]

    def rows(self, *names: str) -> list[pd.DataFrame]:
        """The rows of these tables in which one of the two has a part, for source lines; no estimates for Russia."""
        found = [touching(data.load(name), self.a, self.b) for name in names]
        partners = "partner-trade-russia"
        return [
            rows[rows["status"] != "estimated"] if name == partners else rows
            for name, rows in zip(names, found, strict=True)
        ]


@lru_cache(maxsize=16)
def pair(a: str, b: str) -> Pair:
    """Everything on the dependence of two economies on each other.

    Raises
    ------
    KeyError
        If the world trade matrix does not have the two, or no trade between them.
    """
    known = set(worlds()["2015"][0]["exporter"]) | set(worlds()["2015"][0]["importer"])
    for code in (a, b):
        if code not in known:
            raise KeyError(f'"{code}" is not in the world trade matrix: use ISO 3166 alpha-3 codes such as "CHN"')
    if a == b:
        raise KeyError(f"a pair needs two economies, not {a} twice")
    both = [standing(a, b), standing(b, a)]
    return Pair(a, b, position(a, b), pd.concat(both), ratios(a, b), weight(a, b), suppliers(a, b))


def touching(rows: pd.DataFrame, a: str, b: str) -> pd.DataFrame:
    """Rows in which one of the two has a part."""
    columns = [column for column in ("exporter", "importer", "country") if column in rows]
    return rows[rows[columns].isin([a, b]).any(axis=1)]


@lru_cache(maxsize=16)
def position(a: str, b: str) -> pd.DataFrame:
    """Where a pair stands among the pairs of 80 economies.

    Returns
    -------
    pandas.DataFrame
        One row a matrix that has the pair: ``world``, ``trade``, ``share_in_a`` (of B in A's trade), ``share_in_b``,
        ``ratio`` (trade of A over that of B), ``asymmetry``, ``intensity``, ``less_lopsided`` and ``less_intense``
        (fraction of pairs below it) and ``pairs`` (their number).
    """
    found = []
    for world in worlds():
        pairs = pairs_of(world)
        one = pairs[(pairs["first"] == min(a, b)) & (pairs["second"] == max(a, b))]
        if not len(one):
            continue
        row = one.iloc[0]
        field = pairs[pairs["first"].isin(economies()) & pairs["second"].isin(economies())]
        turn = a > b
        found.append(
            {
                "world": world,
                "trade": row["trade"],
                "share_in_a": row["share_in_second" if turn else "share_in_first"],
                "share_in_b": row["share_in_first" if turn else "share_in_second"],
                "ratio": 1 / row["ratio"] if turn else row["ratio"],
                "asymmetry": row["asymmetry"],
                "intensity": row["intensity"],
                "less_lopsided": (field["asymmetry"] < row["asymmetry"]).mean(),
                "less_intense": (field["intensity"] < row["intensity"]).mean(),
                "pairs": len(field),
            }
        )
    if not found:
        raise KeyError(f"the world trade matrix has no trade between {a} and {b}")
    return pd.DataFrame(found)


# -- share, rank, concentration -------------------------------------------------------------------

MATRIX, OWN, MIRROR = "world matrix", "own customs", "partners’ reports"


@lru_cache(maxsize=32)
def standing(country: str, partner: str) -> pd.DataFrame:
    """Share and rank of a partner in a country's trade, and how concentrated that trade is, on each basis there is.

    A partner that a statistic does not name counts for no rank. The publisher's estimates for Russia after 2021 and the
    mirror of China's imports, which Hong Kong's re-exports inflate, are left out.

    Returns
    -------
    pandas.DataFrame
        ``country``, ``partner``, ``basis``, ``source_id``, ``year``, ``flow``, ``value``, ``share`` (of the published
        total, else of the sum), ``rank`` (missing without trade), ``hhi`` (unnamed partners counted as one each),
        ``hhi_named`` (named partners alone), ``hhi_low`` (unnamed ones spread thin), ``unnamed`` (their share).
    """
    parts = []
    for world, (matrix, value) in worlds().items():
        rows = touching(matrix, country, country).rename(columns={value: "_value"})
        parts.append(_standing(rows, country, partner, INPUTS if world == INPUTS else MATRIX, "_value"))
    if country in ("CHN", "RUS"):
        name = "partner-trade-china" if country == "CHN" else "partner-trade-russia"
        own = data.load(name)
        parts.append(_standing(own[own["status"] != "estimated"], country, partner, OWN))
    if country == "CHN":
        mirror = data.select(data.load("partner-trade-china-mirror"), exporter="CHN")
        parts.append(_standing(mirror, country, partner, MIRROR))
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _standing(rows: pd.DataFrame, country: str, partner: str, basis: str, value: str = "value") -> pd.DataFrame:
    found = []
    for flow, (own, other) in FLOWS.items():
        for period, year in rows[(rows[own] == country) & (rows[other] != country)].groupby("period"):
            world, year = year[year[other] == "WLD"], year[year[other] != "WLD"]
            unnamed = year[other].str.fullmatch(UNNAMED)
            amounts, named = year[value].sum(), year[~unnamed]
            with_partner = year.loc[year[other] == partner, value].sum()
            found.append(
                {
                    "basis": basis,
                    "source_id": year["source_id"].iloc[0],
                    "year": int(period),
                    "flow": flow,
                    "value": with_partner,
                    "share": with_partner / (world[value].iloc[0] if len(world) else amounts),
                    "rank": 1 + (named[value] > with_partner).sum() if with_partner else np.nan,
                    "hhi": measures.hhi(year[value]),
                    "hhi_named": measures.hhi(named[value]),
                    "hhi_low": float(((named[value] / amounts) ** 2).sum()),
                    "unnamed": year.loc[unnamed, value].sum() / amounts,
                }
            )
    return pd.DataFrame(found).assign(country=country, partner=partner)


# -- output ---------------------------------------------------------------------------------------

VINTAGES = {
    "worldbank-wdi-gdp-to-2023": "output, World Bank to 2023",
    "worldbank-wdi-gdp-2026-05": "output, World Bank 2026",
    "worldbank-wdi-nodes-2026-06": "output, World Bank 2026, other edition",
    "imf-weo-gdp-2026-07": "output, IMF 2026",
}


def output_ratio(a: str, b: str) -> pd.DataFrame:
    """Output of A over that of B, each vintage by itself: ``year``, ``ratio``, ``basis``."""
    gdp = data.select(data.load("gdp"), country=[a, b], source_id=list(VINTAGES))
    wide = gdp.pivot(index=["source_id", "period"], columns="country", values="value").reindex(columns=[a, b]).dropna()
    ratio = (wide[a] / wide[b]).rename("ratio").reset_index()
    ratio = ratio.assign(year=ratio["period"].astype(int), basis=ratio["source_id"].map(VINTAGES))
    return ratio[["year", "ratio", "basis"]]


def ratios(a: str, b: str) -> pd.DataFrame:
    """How many times the output, and the trade with the world, of A is that of B.

    Returns
    -------
    pandas.DataFrame
        ``what`` (output or trade), ``basis``, ``year``, ``ratio``. The ratio of trade is the asymmetry of the two, as
        the flow between them stands in both shares.
    """
    trade = position(a, b)[["world", "ratio"]]
    trade = trade.assign(
        what="trade",
        year=trade["world"].str[:4].astype(int),
        basis=np.where(trade["world"] == INPUTS, INPUTS, MATRIX),
    )
    output = output_ratio(a, b).assign(what="output")
    parts = [output[output["year"] >= 1994], trade.drop(columns="world")]
    if {a, b} == {"CHN", "RUS"}:
        customs = customs_ratio()
        parts.append(customs if a == "CHN" else customs.assign(ratio=1 / customs["ratio"]))
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


NINE_MONTHS = "own customs, January to September"


def customs_ratio() -> pd.DataFrame:
    """China's trade with the world over Russia's, each as its own customs count it, in dollars.

    Years, and January to September 2024, the last months for which Russia's exports and imports are known. Columns as
    in :func:`ratios`.
    """
    totals = data.select(data.load("trade-totals"), direction="one-way", currency="USD", rank=1)
    totals = totals[(totals["frequency"] == "A") | (totals["period"] == "2024-09") & (totals["frequency"] == "YTD")]
    world = totals[(totals["exporter"] == "WLD") | (totals["importer"] == "WLD")].dropna(subset=["value"])
    sums = world.groupby(["period", "reporter"])["value"].agg(["sum", "count"])
    wide = sums[sums["count"] == 2]["sum"].unstack().dropna()
    frame = pd.DataFrame({"period": wide.index, "ratio": (wide["CHN"] / wide["RUS"]).to_numpy()})
    months = frame["period"].str.len() > 4
    year = frame["period"].str[:4].astype(int)
    basis = np.where(months, NINE_MONTHS, OWN)
    return frame.assign(what="trade", year=year, basis=basis).drop(columns="period")


def weight(a: str, b: str) -> pd.DataFrame:
    """Trade between the two as a fraction of the output of each.

    Flows from the world matrix; where Russia is one of the two also Russia's own record, for China and Russia after
    2021 what Chinese customs report. Output to 2021 from the vintage that ends in 2023, later from that of 2026.

    Returns
    -------
    pandas.DataFrame
        ``country``, ``basis``, ``year``, ``trade``, ``output`` (millions of dollars) and ``share``; empty if output of
        those years is not in the tables.
    """
    found = position(a, b)
    matrix = found[found["world"] != INPUTS]
    flows = [pd.DataFrame({"year": matrix["world"].astype(int), "trade": matrix["trade"], "basis": MATRIX})]
    if "RUS" in (a, b):
        own = standing("RUS", b if a == "RUS" else a)
        own = own[own["basis"] == OWN].groupby("year", as_index=False)["value"].sum()
        flows.append(own.rename(columns={"value": "trade"}).assign(basis="Russia’s record"))
    if {a, b} == {"CHN", "RUS"}:
        late = data.select(data.load("bilateral-trade"), frequency="A", direction="one-way", reporter="CHN")
        late = data.best(data.select(late, currency="USD", period=["2022", "2023", "2024"]))
        late = late.groupby(late["period"].astype(int))["value"].sum()
        flows.append(pd.DataFrame({"year": late.index, "trade": late.to_numpy(), "basis": "China’s record"}))
    trade = pd.concat(flows)
    gdp = data.select(data.load("gdp"), country=[a, b]).assign(year=lambda rows: rows["period"].astype(int))
    early = (gdp["source_id"] == "worldbank-wdi-gdp-to-2023") & (gdp["year"] <= 2021)
    later = (gdp["source_id"] == "worldbank-wdi-gdp-2026-05") & (gdp["year"] >= 2022)
    output = gdp[early | later].rename(columns={"value": "output"})[["country", "year", "output"]]
    joined = trade.merge(output, on="year")
    return joined.assign(share=joined["trade"] / joined["output"]).sort_values(["country", "basis", "year"])


# -- who else supplies ----------------------------------------------------------------------------

SECTORS = {
    "A01": "farm products",
    "A02": "forestry",
    "A03": "fish",
    "B05": "coal",
    "B06": "crude oil and gas",
    "B07": "metal ores",
    "B08": "other minerals",
    "B09": "mining services",
    "C10T12": "food",
    "C13T15": "textiles, leather",
    "C16": "wood products",
    "C17_18": "paper",
    "C19": "oil products",
    "C20": "chemicals",
    "C21": "medicines",
    "C22": "rubber, plastics",
    "C23": "glass, ceramics",
    "C24A": "iron and steel",
    "C24B": "other metals",
    "C25": "metal products",
    "C26": "electronics",
    "C27": "electrical goods",
    "C28": "machinery parts",
    "C29": "vehicle parts",
    "C301": "ships",
    "C302T309": "aircraft, trains",
    "C31T33": "other manufactures",
}
"""The goods industries of the table, in two words."""


def suppliers(a: str, b: str) -> pd.DataFrame:
    """Each of the two among the foreign suppliers of the other's industries, goods used as inputs, 2022.

    The table of industries knows all suppliers of China and of Russia only, so a buyer is one of these.

    Returns
    -------
    pandas.DataFrame
        ``supplier``, ``buyer``, ``sector``, ``product`` (in two words), ``value``, ``share`` (of the buyer's imports),
        ``share_of_use`` (of all its use, home supply included), ``rank`` among foreign suppliers; empty if the table
        does not have the pair.
    """
    inputs = data.select(data.load("sector-dependence"), importer=[a, b], sector=list(SECTORS))
    inputs = inputs[inputs["importer"].isin(["CHN", "RUS"]) & (inputs["exporter"] != inputs["importer"])]
    inputs = inputs.assign(rank=inputs.groupby(["importer", "sector"])["value"].rank(ascending=False, method="min"))
    between = inputs[inputs["exporter"].isin([a, b])]
    return between.assign(product=between["sector"].map(SECTORS)).rename(
        columns={"exporter": "supplier", "importer": "buyer", "share_of_imports": "share"}
    )
