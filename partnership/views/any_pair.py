"""Who depends on whom, for any two economies: frames that follow two codes or names.

Everything here rests on tables that cover many economies: world trade in 1995, 2005 and 2015 (UNCTAD) and in 2023 (CEPII),
goods used as inputs in 2022 (OECD), output (several vintages), and, where one of the two is China or Russia, their own
partner tables and the table of industries.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from partnership import charts, data, measures, prose, show, trade
from partnership.views import dependency

FLOWS = dependency.FLOWS
INPUTS = "2022, inputs among 80 economies"
UNNAMED = re.compile(r"X(UN|Q[A-Z]|SP|OT|FZ|BK)")
"""Codes that stand for partners a statistic does not name."""
HIDDEN = re.compile(r"X(UN|SP|OT|FZ|BK)")
"""Those among them behind which any partner may stand, a named one too; the others are rests of a continent."""


# -- the matrices --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def worlds() -> dict[str, tuple[pd.DataFrame, str]]:
    """The tables of all pairs, by the name of their year: rows, and the column of values that counts goods."""
    matrix = data.load("world-trade-matrix")
    years = {year: (rows, "value") for year, rows in matrix.groupby("period")}
    for rows, _ in years.values():
        rows.attrs["table"] = "world-trade-matrix"
    baci, inputs = data.load("world-trade-baci"), data.load("world-intermediates-matrix")
    return years | {baci["period"].iloc[0]: (baci, "value"), INPUTS: (inputs, "value_goods")}


@lru_cache(maxsize=8)
def pairs_of(world: str) -> pd.DataFrame:
    """All pairs of one of the tables, as :func:`partnership.measures.all_pairs` gives them."""
    return measures.all_pairs(*worlds()[world])


@lru_cache(maxsize=1)
def economies() -> frozenset[str]:
    """The economies of the table of inputs: those among which a pair is placed."""
    return frozenset(worlds()[INPUTS][0]["exporter"])


@lru_cache(maxsize=8)
def apart(world: str) -> tuple[str, ...]:
    """The economies of a table of which no two have a row with each other: those it knows from their other partners alone.

    Found by taking away the economy with the most partners among those left until none has any; the first by the alphabet
    of several. Small islands stand apart in any table; in that of 2023 South Korea and Poland do too.
    """
    pairs = pairs_of(world)
    codes, at = np.unique(pairs[["first", "second"]].to_numpy(dtype=str), return_inverse=True)
    first, second = at.reshape(-1, 2).T
    met = np.zeros((len(codes), len(codes)), dtype=bool)
    met[first, second] = met[second, first] = True
    while met.any():
        taken = met.sum(axis=0).argmax()
        met[taken] = met[:, taken] = False
        codes[taken] = ""
    return tuple(code for code in codes.tolist() if code)


def among(world: str, members: Collection[str]) -> pd.DataFrame:
    """The rows of a table that join two of some economies."""
    rows = worlds()[world][0]
    return rows[rows["exporter"].isin(members) & rows["importer"].isin(members)]


def offered() -> dict[str, str]:
    """Name and code of every economy that the page can show, in the order of their names."""
    matrix = worlds()["2015"][0]
    codes = set(matrix["exporter"]) | set(matrix["importer"])
    names = data.select(data.load("countries"), kind="country")
    known = names[names["code"].isin(codes)].sort_values("name")
    return dict(zip(known["name"], known["code"], strict=True))


def code(economy: str) -> str:
    """The code of an economy, given by code or by name in any case.

    Raises
    ------
    KeyError
        If neither is known; near names are told.

    Examples
    --------
    >>> code("Germany"), code("pol")
    ('DEU', 'POL')
    """
    known = offered()
    if economy.upper() in known.values():
        return economy.upper()
    by_name = {name.casefold(): found for name, found in known.items()}
    if economy.casefold() in by_name:
        return by_name[economy.casefold()]
    near = difflib.get_close_matches(economy.casefold(), list(by_name), 3, 0.6)
    hint = f"; near it: {', '.join(near)}" if near else ""
    raise KeyError(f'"{economy}" is not in the world trade matrix: use a code such as "CHN" or a name{hint}')


def choice(columns: int = 4) -> show.Table:
    """Codes and names to choose from."""
    cells = [f"{found} {name}" for name, found in offered().items()]
    height = -(-len(cells) // columns)
    parts = [cells[start : start + height] for start in range(0, len(cells), height)]
    frame = pd.DataFrame({f"Names {part[0][4]} to {part[-1][4]}": pd.Series(part) for part in parts}).fillna("")
    return show.table(frame, "Economies that the cells of this page can show; write a code or a name")


# -- one pair -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """Two economies and what the tables say on their dependence on each other.

    ``position`` (:func:`position`), ``standing`` of both (:func:`standing`), ``ratios`` (:func:`ratios`), ``weight``
    (:func:`weight`) and ``suppliers`` (:func:`suppliers`).
    """

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
        """The pair's row of :func:`position` in one table."""
        return self.position.set_index("world").loc[world]

    def rows(self, *names: str) -> list[pd.DataFrame]:
        """The rows of these tables in which one of the two has a part, for source lines; no estimates for Russia."""
        found = [touching(data.load(name), self.a, self.b) for name in names]
        kept = [
            rows[rows["status"] != "estimated"] if name == "partner-trade-russia" else rows
            for name, rows in zip(names, found, strict=True)
        ]
        return [rows for rows in kept if len(rows)]

    @property
    def colours(self) -> dict[str, str]:
        """The colour of each of the two, by name; China and Russia have theirs in the whole book."""
        spare = [charts.GREEN, charts.PURPLE]
        return {
            name: charts.EXPORTER.get(code) or spare.pop(0)
            for code, name in zip((self.a, self.b), self.names, strict=True)
        }


@lru_cache(maxsize=16)
def pair(first: str, second: str) -> Pair:
    """Everything on the dependence of two economies on each other; codes or names.

    Raises
    ------
    KeyError
        If one of the two is not known, both are the same, or the tables have no trade between them.
    """
    a, b = code(first), code(second)
    if a == b:
        raise KeyError(f"a pair needs two economies, not {a} twice")
    both = [standing(a, b), standing(b, a)]
    return Pair(a, b, position(a, b), pd.concat(both), ratios(a, b), weight(a, b), suppliers(a, b))


def touching(rows: pd.DataFrame, a: str, b: str) -> pd.DataFrame:
    """Rows in which one of the two has a part."""
    columns = [column for column in ("exporter", "importer", "country") if column in rows]
    return rows[rows[columns].isin([a, b]).any(axis=1)]


@lru_cache(maxsize=8)
def placed(world: str) -> pd.DataFrame:
    """The pairs of a table among which a pair is placed: those of :func:`economies`."""
    pairs = pairs_of(world)
    return pairs[pairs["first"].isin(economies()) & pairs["second"].isin(economies())]


def position(a: str, b: str) -> pd.DataFrame:
    """Where a pair stands among the pairs of the economies that the table of inputs has.

    Returns
    -------
    pandas.DataFrame
        One row a table that has the pair: ``world``, ``trade``, ``share_in_a`` (of B in A's trade), ``share_in_b``,
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
        field = placed(world)
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
        raise KeyError(f"the tables of world trade have no trade between {a} and {b}")
    return pd.DataFrame(found)


def operands(a: str, b: str, world: str) -> dict[str, Any]:
    """What a formula on a pair among all pairs needs: the table's columns ``e``, ``i``, ``v``, the pair ``x``, ``y``, ``m``.

    Used as ``prose.plain("100 * less_lopsided(e, i, v, x, y, m)", **operands(…))``; ``intensity(e, i, v, x, y)`` takes
    all but the economies ``m`` among which a pair is placed.
    """
    rows, value = worlds()[world]
    one = rows[rows["exporter"].isin([a, b]) & rows["importer"].isin([a, b]) & (rows["exporter"] != rows["importer"])]
    return {
        **{"e": (rows, "exporter"), "i": (rows, "importer"), "v": (rows, value)},
        **{"x": (one.iloc[:1], "exporter"), "y": (one.iloc[:1], "importer")},
        "m": (worlds()[INPUTS][0], "exporter"),
    }


def percentile(two: Pair, world: str, of: str = "less_lopsided") -> prose.Number:
    """Per cent of all pairs that are below a pair: ``less_lopsided`` or ``less_intense``."""
    return prose.plain(f"100 * {of}(e, i, v, x, y, m)", unit="percentile", digits=0, **operands(two.a, two.b, world))


def profile(two: Pair) -> show.Table:
    """The pair in numbers, one column a table: shares with ranks, asymmetry, intensity, place among all pairs."""
    a, b = two.names
    columns: dict[str, list[str]] = {
        "Measure": [
            f"{b} in {a}’s exports",
            f"{b} in {a}’s imports",
            f"{a} in {b}’s exports",
            f"{a} in {b}’s imports",
            f"Trade of {a} over trade of {b}",
            "Percentile of asymmetry",
            "Intensity, both directions (1: as size predicts)",
            "Percentile of intensity",
        ]
    }
    for row in two.position.itertuples():
        year = two.standing[(two.standing["world"] == row.world)].set_index(["country", "flow"])
        cells = [year.loc[(country, flow)] for country in (two.a, two.b) for flow in FLOWS]
        columns[row.world] = [
            *(f"{100 * cell['share']:.1f} %, {_rank(cell['rank'])}" for cell in cells),
            f"{row.ratio:.1f}",
            f"{100 * row.less_lopsided:.0f}",
            f"{row.intensity:.2f}",
            f"{100 * row.less_intense:.0f}",
        ]
    return show.table(pd.DataFrame(columns), f"{a} and {b} in numbers: share of trade and rank among partners")


def _rank(rank: float) -> str:
    return "no trade" if rank != rank else f"no. {rank:.0f}"


# -- share, rank, concentration -------------------------------------------------------------------

MATRIX, OWN, MIRROR = "world trade", "own customs", "partners’ reports"


@lru_cache(maxsize=32)
def standing(country: str, partner: str) -> pd.DataFrame:
    """Share and rank of a partner in a country's trade, and how concentrated that trade is, on each basis there is.

    A partner that a statistic does not name counts for no rank. The publisher's estimates for Russia after 2021 and the
    mirror of China's imports, which Hong Kong's re-exports inflate, are left out.

    Returns
    -------
    pandas.DataFrame
        ``country``, ``partner``, ``basis``, ``world`` (of the tables of all pairs), ``source_id``, ``year``, ``flow``,
        ``value``, ``share`` (of the published total, else of the sum), ``rank`` (missing without trade), ``hhi_low`` and
        ``hhi_high`` (the least and the most that the index can be, see :func:`index`), ``unnamed`` (share of the partners
        without a name).
    """
    parts = []
    for world, (matrix, value) in worlds().items():
        rows = matrix[(matrix["exporter"] == country) | (matrix["importer"] == country)]
        rows = rows.rename(columns={value: "_value"})
        basis = INPUTS if world == INPUTS else MATRIX
        parts.append(_standing(rows, country, partner, basis, "_value").assign(world=world))
    if country in ("CHN", "RUS"):
        own = data.load("partner-trade-china" if country == "CHN" else "partner-trade-russia")
        parts.append(_standing(own[own["status"] != "estimated"], country, partner, OWN))
    if country == "CHN":
        mirror = data.select(data.load("partner-trade-china-mirror"), exporter="CHN")
        parts.append(_standing(mirror, country, partner, MIRROR))
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _standing(rows: pd.DataFrame, country: str, partner: str, basis: str, value: str = "value") -> pd.DataFrame:
    found = []
    held = {name: rows[name].to_numpy(object) for name in ("period", "source_id", "exporter", "importer")}
    for flow, (own, other) in FLOWS.items():
        abroad = (held[own] == country) & (held[other] != country)
        for period in sorted(set(held["period"][abroad])):
            year = abroad & (held["period"] == period)
            partners, values = held[other][year], rows[value].to_numpy(float)[year]
            told = partners != "WLD"
            world, partners, values = values[~told], partners[told], values[told]
            unnamed = _like(UNNAMED, partners)
            amounts, named = np.nansum(values), values[~unnamed]
            with_partner = np.nansum(values[partners == partner])
            found.append(
                {
                    "basis": basis,
                    "source_id": held["source_id"][year][told.argmax()],
                    "year": int(period),
                    "flow": flow,
                    "value": with_partner,
                    "share": with_partner / (world[0] if len(world) else amounts),
                    "rank": 1 + (named > with_partner).sum() if with_partner else np.nan,
                    "hhi_low": float(np.nansum((named / amounts) ** 2)),
                    "hhi_high": _most(partners, values),
                    "unnamed": np.nansum(values[unnamed]) / amounts,
                    "country": country,
                    "partner": partner,
                }
            )
    return pd.DataFrame(found)


def _like(pattern: re.Pattern[str], codes: np.ndarray) -> np.ndarray:
    """Which codes are of a kind: on a country's few hundred partners quicker than the columns of pandas."""
    return np.fromiter((pattern.fullmatch(code) is not None for code in codes), bool, len(codes))


def _most(partners: np.ndarray, values: np.ndarray) -> float:
    """What is hidden all with the largest partner; the rest of a continent one partner."""
    hidden = _like(HIDDEN, partners)
    told = -np.sort(-values[~hidden])
    if not len(told):
        return measures.hhi(values)
    return measures.hhi(np.append(told[0] + np.nansum(values[hidden]), told[1:]))


TABLES = {"RUS": "partner-trade-russia", "CHN": "partner-trade-china"}


def index(country: str, flow: str, year: str, spread_thin: bool = True, digits: int = 3) -> prose.Number:
    """The least (or the most) that the concentration of a country's exports or imports over partners can be in a year.

    From the country's own table, else from the tables of world trade. At the least, partners without a name are spread
    thin; at the most, the rest of a continent is one partner, and what is not disclosed is all the largest partner's.
    """
    own, other = FLOWS[flow]
    if country in TABLES:
        rows = data.load(TABLES[country])
        rows = rows[rows["status"] != "estimated"]
        rows = rows[rows["period"] == year]
    else:
        rows = worlds()[year][0]
    rows = rows[(rows[own] == country) & ~rows[other].isin(["WLD", country])]
    if not spread_thin:
        hidden = rows[other].str.fullmatch(HIDDEN)
        if not hidden.any():
            return prose.plain("hhi(a)", unit="index", digits=digits, a=rows)
        most = "sum((a / sum(b)) ** 2) + ((max(a) + sum(c)) / sum(b)) ** 2 - (max(a) / sum(b)) ** 2"
        return prose.plain(most, unit="index", digits=digits, a=rows[~hidden], b=rows, c=rows[hidden])
    named = rows[~rows[other].str.fullmatch(UNNAMED)]
    return prose.plain("sum((a / sum(b)) ** 2)", unit="index", digits=digits, a=named, b=rows)


# -- output ---------------------------------------------------------------------------------------

VINTAGES: dict[str, str] = data.resource("gdp")["vintages"]
NINE_MONTHS = "own customs, January to September"


def output(a: str, b: str) -> pd.DataFrame:
    """Rows of ``gdp`` for the two: one vintage to its end, then the next, never two for a year."""
    rows = data.select(data.load("gdp"), country=[a, b], source_id=list(VINTAGES))
    rows = rows.assign(_order=rows["source_id"].map(list(VINTAGES).index))
    both = rows.groupby(["period", "source_id"])["country"].transform("nunique") == 2
    first = rows[both].groupby("period")["_order"].transform("min")
    return rows[both][rows[both]["_order"] == first].drop(columns="_order")


def ratios(a: str, b: str) -> pd.DataFrame:
    """How many times the output, and the trade with the world, of A is that of B.

    Returns
    -------
    pandas.DataFrame
        ``what`` (output or trade), ``basis``, ``year``, ``ratio``. The ratio of trade is the asymmetry of the two, as
        the flow between them stands in both shares.
    """
    wide = output(a, b).pivot(index=["period", "source_id"], columns="country", values="value").reset_index()
    outputs = wide.assign(ratio=wide[a] / wide[b] if len(wide) else np.nan, what="output")
    outputs = outputs.assign(year=outputs["period"].astype(int), basis=outputs["source_id"].map(VINTAGES))
    world = position(a, b)[["world", "ratio"]].assign(what="trade")
    world = world.assign(
        year=world["world"].str[:4].astype(int), basis=world["world"].where(world["world"] == INPUTS, MATRIX)
    )
    parts = [outputs[outputs["year"] >= 1994], world]
    if {a, b} == {"CHN", "RUS"}:
        customs = customs_ratio()
        parts.append(customs if a == "CHN" else customs.assign(ratio=1 / customs["ratio"]))
    return pd.concat(parts, ignore_index=True)[["what", "basis", "year", "ratio"]]


def customs_ratio() -> pd.DataFrame:
    """China's trade with the world over Russia's, each as its own customs count it: columns as in :func:`ratios`.

    Years in dollars, as long as both offices print exports and imports; then January to September, where both offices
    print totals for these months. Where the two totals are in different currencies, the ratio of trade is that of the
    shares that the flow between them has in each.
    """
    totals = trade.totals(direction="one-way", currency="USD")
    world = totals[((totals["exporter"] == "WLD") | (totals["importer"] == "WLD")) & totals["value"].notna()]
    world = world[(world["frequency"] == "A") | (world["frequency"] == "YTD") & world["period"].str.endswith("-09")]
    sums = world.groupby(["period", "reporter"])["value"].agg(["sum", "count"])
    wide = sums[sums["count"] == 2]["sum"].unstack().dropna()
    found = (wide["CHN"] / wide["RUS"]).to_dict()
    both = trade.totals(direction="two-way", frequency="YTD", importer="WLD")
    both = both[both["period"].str.endswith("-09")]
    for period in sorted(
        set(both[both["reporter"] == "RUS"]["period"]) & set(both[both["reporter"] == "CHN"]["period"])
    ):
        china, russia = (data.select(both, period=period, reporter=who).iloc[0] for who in ("CHN", "RUS"))
        flow = {
            row["currency"]: trade.bilateral(
                period=period, frequency="YTD", direction="two-way", reporter="CHN", currency=row["currency"]
            )["value"].iloc[0]
            for row in (china, russia)
        }
        shares = flow[russia["currency"]] / russia["value"], flow[china["currency"]] / china["value"]
        found.setdefault(period, float(measures.asymmetry(*shares)))
    frame = pd.DataFrame({"period": list(found), "ratio": list(found.values())}).sort_values("period")
    months = frame["period"].str.len() > 4
    return frame.assign(
        what="trade", year=frame["period"].str[:4].astype(int), basis=np.where(months, NINE_MONTHS, OWN)
    ).drop_duplicates("year")


def weight(a: str, b: str) -> pd.DataFrame:
    """Trade between the two as a fraction of the output of each.

    Flows from the tables of world trade; where Russia is one of the two also its own record, and for China and Russia
    after it what Chinese customs report.

    Returns
    -------
    pandas.DataFrame
        ``country``, ``basis``, ``year``, ``trade``, ``output`` (millions of dollars) and ``share``; empty if output of
        those years is not in the tables.
    """
    found = position(a, b)
    world = found[found["world"] != INPUTS]
    flows = [pd.DataFrame({"year": world["world"].astype(int), "trade": world["trade"], "basis": MATRIX})]
    if "RUS" in (a, b):
        own = standing("RUS", b if a == "RUS" else a)
        own = own[own["basis"] == OWN].groupby("year", as_index=False)["value"].sum()
        flows.append(own.rename(columns={"value": "trade"}).assign(basis="Russia’s record"))
        if {a, b} == {"CHN", "RUS"}:
            late = trade.bilateral(frequency="A", direction="one-way", reporter="CHN", currency="USD")
            late = late.groupby(late["period"].astype(int))["value"].sum()
            late = late[late.index > own["year"].max()]
            flows.append(pd.DataFrame({"year": late.index, "trade": late.to_numpy(), "basis": "China’s record"}))
    outputs = output(a, b).rename(columns={"value": "output"})
    outputs = outputs.assign(year=outputs["period"].astype(int))[["country", "year", "output"]]
    joined = pd.concat(flows).merge(outputs, on="year")
    return joined.assign(share=joined["trade"] / joined["output"]).sort_values(["country", "basis", "year"])


# -- who supplies ---------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def industries() -> dict[str, str]:
    """The goods industries of the input–output table, as pages call them."""
    goods = data.select(data.load("icio-sectors"), kind="goods")
    return dict(zip(goods["sector"], goods["short"], strict=True))


def suppliers(a: str, b: str) -> pd.DataFrame:
    """Each of the two among the foreign suppliers of the other's industries, goods used as inputs, 2022.

    The table of industries knows all suppliers of China and of Russia only, so a buyer is one of these.

    Returns
    -------
    pandas.DataFrame
        ``supplier``, ``buyer``, ``sector``, ``product`` (as pages call it), ``value``, ``share`` (of the buyer's imports),
        ``share_of_use`` (of all its use, home supply included), ``rank`` among foreign suppliers; empty if the table
        does not have the pair.
    """
    inputs = data.select(data.load("sector-dependence"), importer=[a, b], sector=list(industries()))
    inputs = inputs[inputs["importer"].isin(["CHN", "RUS"]) & (inputs["exporter"] != inputs["importer"])]
    inputs = inputs.assign(rank=inputs.groupby(["importer", "sector"])["value"].rank(ascending=False, method="min"))
    between = inputs[inputs["exporter"].isin([a, b])]
    return between.assign(product=between["sector"].map(industries())).rename(
        columns={"exporter": "supplier", "importer": "buyer", "share_of_imports": "share"}
    )
