"""Who depends on whom, for any two economies: frames and charts of the chapter on dependency that follow two codes.

Everything here rests on tables that cover many countries: the world trade matrix (226 territories in 1995, 2005 and
2015), the matrix of goods used as inputs (80 economies, 2022), output (four vintages), and, where one of the two is
China or Russia, their partner tables and the table of industries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from partnership import charts, data, measures, tables

MATRIX_YEARS = ("1995", "2005", "2015")
INPUTS = "2022, inputs only"
FLOWS = {"exports": ("exporter", "importer"), "imports": ("importer", "exporter")}
UNNAMED = re.compile(r"X(UN|Q[A-Z]|SP|OT|BU|FZ)")
"""Codes that stand for partners a statistic does not name."""


# -- all pairs of a matrix ------------------------------------------------------------------------


def all_pairs(matrix: pd.DataFrame, value: str = "value") -> pd.DataFrame:
    """Trade, shares, asymmetry and intensity of all pairs of a matrix at once.

    Parameters
    ----------
    matrix : pandas.DataFrame
        ``exporter``, ``importer`` and a value; trade of an economy with itself is left out.
    value : str
        The column to use.

    Returns
    -------
    pandas.DataFrame
        One row a pair that trades, ``first`` before ``second`` in the alphabet: ``trade`` (both directions),
        ``share_in_first`` (of the second in the first's trade), ``share_in_second``, ``ratio`` (total trade of the
        first over that of the second), ``asymmetry`` (the same, larger over smaller) and ``intensity`` (trade over what
        size lets expect, both directions together: the expected flows are those for which
        :func:`partnership.measures.trade_intensity` is 1).
    """
    codes, flow = square(matrix, value)
    exports, imports = flow.sum(axis=1), flow.sum(axis=0)
    total, both = exports + imports, flow + flow.T
    expected = np.outer(exports, imports) / (imports.sum() - imports)[:, None]
    first, second = np.triu_indices(len(codes), 1)
    pairs = pd.DataFrame({"first": codes[first], "second": codes[second], "trade": both[first, second]})
    ratio = pd.Series(total[first]) / total[second]
    expect = (expected + expected.T)[first, second]
    pairs = pairs.assign(
        share_in_first=pairs["trade"] / total[first],
        share_in_second=pairs["trade"] / total[second],
        ratio=ratio,
        asymmetry=np.maximum(ratio, 1 / ratio),
        intensity=pairs["trade"] / expect,
    )
    return pairs[pairs["trade"] > 0].reset_index(drop=True)


def square(matrix: pd.DataFrame, value: str = "value") -> tuple[np.ndarray, np.ndarray]:
    """Codes in order, and the flows from row to column with zeros where there is none and on the diagonal."""
    rows = matrix[matrix["exporter"] != matrix["importer"]]
    codes = np.array(sorted(set(rows["exporter"]) | set(rows["importer"])), dtype=object)
    flow = np.zeros((len(codes), len(codes)))
    at = pd.Series(range(len(codes)), index=codes)
    flow[rows["exporter"].map(at), rows["importer"].map(at)] = rows[value]
    return codes, flow


@lru_cache(maxsize=1)
def worlds() -> dict[str, tuple[pd.DataFrame, str]]:
    """The four matrices, by name of their year: rows and the column of values that counts goods."""
    trade = data.load("world-trade-matrix")
    years = {year: (data.select(trade, period=year), "value") for year in MATRIX_YEARS}
    return years | {INPUTS: (data.load("world-intermediates-matrix"), "value_goods")}


@lru_cache(maxsize=4)
def _pairs_of(world: str) -> pd.DataFrame:
    return all_pairs(*worlds()[world])


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
        return [rows[rows["status"] != "estimated"] if name == partners else rows for name, rows in zip(names, found, strict=True)]


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
        pairs = _pairs_of(world)
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
        ``what`` (output or trade), ``basis``, ``year``, ``ratio``. The ratio of trade is the asymmetry of the two, as the
        flow between them stands in both shares.
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

    Years, and January to September 2024, the last months for which Russia's exports and imports are known. Columns as in
    :func:`ratios`.
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

    Flows from the world matrix; where Russia is one of the two also Russia's own record, for China and Russia after 2021
    what Chinese customs report. Output to 2021 from the vintage that ends in 2023, later from that of 2026.

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


# -- how they are drawn ---------------------------------------------------------------------------


def profile(two: Pair) -> tables.Table:
    """The pair in numbers, one column a matrix: shares with ranks, asymmetry, intensity, place among all pairs."""
    a, b = two.names
    columns: dict[str, list[str]] = {"": []}
    heads = [
        f"{b} in {a}’s exports",
        f"{b} in {a}’s imports",
        f"{a} in {b}’s exports",
        f"{a} in {b}’s imports",
        f"Trade of {a} over trade of {b}",
        "More lopsided than … of all pairs",
        "Intensity (1 = as size lets expect)",
        "More intense than … of all pairs",
    ]
    columns[""] = heads
    for row in two.position.itertuples():
        year = two.standing[
            (two.standing["year"] == int(row.world[:4])) & two.standing["basis"].isin([MATRIX, INPUTS])
        ].set_index(["country", "flow"])
        cells = [year.loc[(country, flow)] for country in (two.a, two.b) for flow in FLOWS]
        shares = [f"{100 * cell['share']:.1f} %, {_place(cell['rank'])}" for cell in cells]
        others = [
            f"{row.ratio:.1f}",
            f"{100 * row.less_lopsided:.0f} %",
            f"{row.intensity:.2f}",
            f"{100 * row.less_intense:.0f} %",
        ]
        columns[row.world] = shares + others
    return tables.show(pd.DataFrame(columns), f"{a} and {b} in numbers: share of trade and rank among partners")


def _place(rank: float) -> str:
    return "no trade" if rank != rank else f"no. {rank:.0f}"


def field() -> pd.DataFrame:
    """All pairs of 80 economies in 2015, gathered in cells of half an octave.

    Returns
    -------
    pandas.DataFrame
        ``intensity`` and ``asymmetry`` (middle of the cell; what lies beyond the frame stands at its edge), ``pairs``.
    """
    pairs = _pairs_of("2015")
    pairs = pairs[pairs["first"].isin(economies()) & pairs["second"].isin(economies())]
    steps = [
        np.floor(2 * np.log2(pairs[name].clip(low, high))) for name, (low, high) in FRAME.items()
    ]  # halves of an octave
    cells = pairs.groupby(steps).size().rename("pairs").reset_index()
    middle = {name: (2 ** ((cells[name] + 0.5) / 2)).round(6) for name in FRAME}
    return cells.assign(**middle)


FRAME = {"intensity": (1 / 63.9, 31.9), "asymmetry": (1, 1023)}


def among_all(two: Pair) -> alt.LayerChart:
    """The pair's way through the cloud of all pairs: intensity across, asymmetry up, both on scales that double."""
    x = alt.X(
        "intensity:Q",
        title="trade over what size lets expect",
        scale=alt.Scale(type="log", base=2, domain=[1 / 64, 32]),
        axis=alt.Axis(values=[1 / 32, 1 / 8, 1 / 2, 1, 2, 8, 32], format="~r", grid=False),
    )
    y = alt.Y(
        "asymmetry:Q",
        title="total trade of the larger over that of the smaller",
        scale=alt.Scale(type="log", base=2, domain=[1, 1024]),
        axis=alt.Axis(values=[1, 2, 4, 8, 16, 64, 256, 1024], format="~r"),
    )
    size = alt.Size("pairs:Q", scale=alt.Scale(range=[4, 330]), legend=None)
    cloud = (
        alt.Chart(field())
        .mark_point(color=charts.SKY, opacity=0.55, shape="circle")
        .encode(x=x, y=y, size=size, tooltip=[alt.Tooltip("pairs:Q", title="pairs near here")])
    )
    even = alt.Chart(pd.DataFrame({"intensity": [1]})).mark_rule(color=charts.MUTED, strokeDash=[4, 3]).encode(x=x)
    return alt.layer(cloud, even, _way(two, x, y))


def _way(two: Pair, x: alt.X, y: alt.Y) -> alt.LayerChart:
    """Points of the pair by year, those of one matrix joined."""
    shown = two.position[["world", "intensity", "asymmetry"]].copy()
    for name, (low, high) in FRAME.items():
        shown[name] = shown[name].clip(low, high).round(4)
    joined, inputs = shown[shown["world"] != INPUTS], shown[shown["world"] == INPUTS]
    tips = ["world:N", *(alt.Tooltip(f"{name}:Q", format=".2f") for name in FRAME)]
    layers = [alt.Chart(joined).mark_line(color=charts.INK, strokeWidth=2).encode(x=x, y=y, order="world:N")]
    for rows, shape, align, dx in ((joined, "circle", "right", -10), (inputs, "diamond", "left", 10)):
        base = alt.Chart(rows).encode(x=x, y=y)
        layers.append(base.mark_point(color=charts.INK, shape=shape, size=110, opacity=1).encode(tooltip=tips))
        layers.append(base.mark_text(align=align, dx=dx, fontWeight="bold").encode(text="world:N"))
    return alt.layer(*layers)


def colours(two: Pair) -> dict[str, str]:
    """The colour of each of the two, by name; China and Russia have theirs in the whole book."""
    known = {"CHN": charts.CHINA, "RUS": charts.RUSSIA}
    spare = [charts.GREEN, charts.PURPLE]
    return {name: known.get(code) or spare.pop(0) for code, name in zip((two.a, two.b), two.names, strict=True)}


def size_rows(two: Pair) -> list[pd.DataFrame]:
    """The rows under :func:`size_and_weight`, for the source line."""
    gdp, *rows = two.rows("gdp", "world-trade-matrix", "world-intermediates-matrix")
    rows.append(data.select(gdp, source_id=list(VINTAGES)))
    if "RUS" in (two.a, two.b):
        partners = two.rows("partner-trade-russia")[0]
        rows.append(data.select(partners, exporter=[two.a, two.b], importer=[two.a, two.b]))
    if {two.a, two.b} == {"CHN", "RUS"}:
        totals = data.select(data.load("trade-totals"), direction="one-way", currency="USD", rank=1, frequency=["A", "YTD"])
        world = totals[(totals["exporter"] == "WLD") | (totals["importer"] == "WLD")]
        rows.append(world[(world["frequency"] == "A") | (world["period"] == "2024-09")])
        flows = data.select(data.load("bilateral-trade"), frequency="A", direction="one-way", currency="USD", reporter="CHN", rank=1)
        rows.append(data.select(flows, period=["2022", "2023", "2024"]))
    return [part for part in rows if len(part)]


def concentration_rows(two: Pair, floors: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """The rows under :func:`concentration`, for the source line; those under the floors only for China and Russia."""
    rows = two.rows("world-trade-matrix")
    for code, name in (("RUS", "partner-trade-russia"), ("CHN", "partner-trade-china")):
        if code in (two.a, two.b):
            rows += [touching(part, code, code) for part in two.rows(name)]
    if "CHN" in (two.a, two.b):
        rows.append(data.select(data.load("partner-trade-china-mirror"), exporter="CHN"))
    return rows + (floors if {two.a, two.b} == {"CHN", "RUS"} else [])


def size_and_weight(two: Pair) -> alt.ConcatChart:
    """Left how many times the first is the second, in output and in trade; right what their trade weighs for each."""
    a, b = two.names
    parts = {f"{a} over {b}, times": _ratio_lines(two.ratios)}
    if len(two.weight):
        parts["Their trade, % of own output"] = _weight_lines(two)
    return charts.panels(parts, columns=len(parts))


def _ratio_lines(frame: pd.DataFrame) -> alt.LayerChart:
    """One line for output in one vintage, one for trade by own customs; every other basis as marks of its own."""
    hues = {"output": charts.GREEN, "trade": charts.OCHRE}
    lined = frame["basis"].isin([VINTAGES["worldbank-wdi-gdp-to-2023"], OWN])
    layers = []
    if lined.any():
        shown = frame[lined].sort_values(["what", "year"])[["year", "ratio", "what", "basis"]]
        layers.append(charts.lines(shown, "year", "ratio", "what", colours=hues, label_gap=0.09))
    shapes = {MATRIX: "circle", INPUTS: "diamond", NINE_MONTHS: "triangle-up"}
    for (what, basis), marks in frame[~lined].groupby(["what", "basis"]):
        marks = marks.assign(_text="")[["year", "ratio", "what", "basis", "_text"]]
        layers.append(
            charts.notes(marks, "year", "ratio", "_text", colour=hues[what], shape=shapes.get(basis, "cross"))
        )
    return alt.layer(*layers)


def _weight_lines(two: Pair) -> alt.LayerChart:
    """One line a country and record; the world matrix only where there is no yearly record."""
    frame = two.weight.assign(
        name=two.weight["country"].map(dict(zip((two.a, two.b), two.names, strict=True))),
        percent=100 * two.weight["share"],
    )[["year", "percent", "name", "basis"]]
    yearly = frame[frame["basis"] != MATRIX]
    shown = yearly if len(yearly) else frame
    last = shown.loc[shown["year"].idxmax(), "basis"]
    return alt.layer(
        *(
            charts.lines(
                rows, "year", "percent", "name", colours=colours(two), labels=basis == last, dots=basis != OWN
            )
            for basis, rows in shown.groupby("basis", sort=False)
        )
    )


def concentration(two: Pair, floors: pd.DataFrame) -> alt.ConcatChart:
    """Concentration of the trade of each over partners, one panel a country, both on one scale.

    ``floors`` (``country``, ``partner``, ``year``, ``flow``, ``floor``) are values that the index cannot be below where
    only one partner's share is known: the square of that share. Those of another pair are not drawn.
    """
    frame = two.standing[two.standing["basis"] != INPUTS]
    known = floors[floors["country"].isin([two.a, two.b]) & floors["partner"].isin([two.a, two.b])]
    top = (0.0, float(max(frame["hhi"].max(), frame["hhi_named"].max(), *known["floor"], 0)))
    panels = {}
    for code, name in zip((two.a, two.b), two.names, strict=True):
        lines = _concentration_lines(frame[frame["country"] == code], top)
        panels[name] = alt.layer(lines, *_floors(known[known["country"] == code]))
    return charts.panels(panels)


FLOW_COLOURS = {"exports": charts.GREEN, "imports": charts.PURPLE}


def _concentration_lines(frame: pd.DataFrame, domain: tuple[float, float]) -> alt.LayerChart:
    """Lines of one country; they break where the source changes, and a stroke spans what unnamed partners leave open."""
    shown = frame.sort_values(["flow", "year"])[
        ["year", "hhi_named", "flow", "basis", "source_id", "hhi", "hhi_low", "unnamed"]
    ].rename(columns={"hhi_named": "index"})
    shown["mirror"] = shown["basis"] == MIRROR
    own = shown["basis"] == OWN
    layers = []
    if own.any():
        layers += _marks(shown[shown["basis"] == MATRIX])
        shown = shown[shown["basis"] != MATRIX]
    for rows in runs(shown):
        ends = rows[rows["year"] == shown["year"].max()]
        layers.append(
            charts.lines(
                rows.drop(columns=["hhi", "hhi_low", "unnamed"]),
                "year",
                "index",
                "flow",
                colours=FLOW_COLOURS,
                dots=True,
                dash="mirror",
                labels=len(ends) > 0,
                y_domain=domain,
                label_gap=0.08,
            )
        )
    open_ = shown[shown["unnamed"] > 0.02].drop(columns="index").round(4)
    if len(open_):
        layers.append(_span(open_))
    return alt.layer(*layers)


def runs(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Rows in the stretches of years that one source holds without a break."""
    years = frame.drop_duplicates(["basis", "source_id", "year"]).sort_values(["basis", "year"])
    new = (years["source_id"] != years["source_id"].shift()) | (years["basis"] != years["basis"].shift())
    at = years.assign(_run=new.cumsum())[["basis", "source_id", "year", "_run"]]
    numbered = frame.merge(at, on=["basis", "source_id", "year"], how="left")
    return [rows.drop(columns="_run") for _, rows in numbered.groupby("_run")]


def _marks(frame: pd.DataFrame) -> list[alt.LayerChart]:
    return [
        charts.notes(
            rows[["year", "index", "flow", "basis"]].assign(_text=""),
            "year",
            "index",
            "_text",
            colour=FLOW_COLOURS[flow],
            shape="square",
        )
        for flow, rows in frame.groupby("flow")
    ]


def _floors(frame: pd.DataFrame) -> list[alt.LayerChart]:
    return [
        charts.notes(
            rows[["year", "floor", "flow"]].assign(_text=""),
            "year",
            "floor",
            "_text",
            colour=FLOW_COLOURS[flow],
            shape="triangle-up",
        )
        for flow, rows in frame.groupby("flow")
    ]


def _span(frame: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(frame[["year", "flow", "hhi_low", "hhi"]].reset_index(drop=True))
        .mark_rule(strokeWidth=1.5, color=charts.MUTED)
        .encode(x=alt.X("year", type="quantitative"), y=alt.Y("hhi_low", type="quantitative"), y2="hhi")
    )


def supplier_dots(two: Pair, each: int = 9) -> alt.LayerChart:
    """Each of the two among the other's foreign suppliers, one row a product; the largest flows each way."""
    shown = _supplied(two, each)
    names = dict(zip((two.a, two.b), two.names, strict=True))
    shown = shown.assign(
        who=shown["supplier"].map(names) + " among " + shown["buyer"].map(names) + "’s foreign suppliers",
        percent=100 * shown["share"],
        percent_of_all_use=100 * shown["share_of_use"],
        billions=shown["value"] / 1000,
    )
    hue = colours(two)
    return charts.dots(
        shown[["percent", "product", "who", "billions", "percent_of_all_use"]],
        "percent",
        "product",
        "who",
        unit="per cent of the buyer’s imports",
        colours={row.who: hue[names[row.supplier]] for row in shown.itertuples()},
    )


def _supplied(two: Pair, each: int) -> pd.DataFrame:
    """Products among the largest flows of either direction, those that the first supplies on top."""
    largest = two.suppliers.groupby("supplier", group_keys=False)[["sector", "value"]].apply(
        lambda rows: rows.nlargest(each, "value")
    )
    shown = two.suppliers[two.suppliers["sector"].isin(largest["sector"])]
    lead = shown["share"].where(shown["supplier"] == two.a, -shown["share"]).groupby(shown["product"]).sum()
    return (
        shown.assign(_lead=shown["product"].map(lead))
        .sort_values(["_lead", "product", "supplier"], ascending=[False, True, True])
        .drop(columns="_lead")
    )


# -- in words -------------------------------------------------------------------------------------


def title_among_all(two: Pair) -> str:
    """What the pair's way through the cloud says, by its first and last year in the world matrix."""
    trade = two.position[two.position["world"] != INPUTS]
    first, last = trade.iloc[0], trade.iloc[-1]
    more = "more lopsided" if last["asymmetry"] > first["asymmetry"] else "more even"
    closer = "closer" if last["intensity"] > first["intensity"] else "no closer"
    return f"{' and '.join(two.names)}, {first['world']} to {last['world']}: {more}, and {closer} for their size"


def describe_among_all(two: Pair) -> str:
    """Text alternative of the cloud."""
    a, b = two.names
    parts = [
        f"{row.world}: {row.asymmetry:.1f} times, intensity {row.intensity:.2f}, more lopsided than {100 * row.less_lopsided:.0f} % "
        f"and more intense than {100 * row.less_intense:.0f} % of {row.pairs:,} pairs"
        for row in two.position.itertuples()
    ]
    return f"A cloud of circles, all pairs of 80 economies in 2015, and the way of {a} and {b} through it. " + "; ".join(parts) + "."


def title_size(two: Pair) -> str:
    """How the ratio of trade compares with that of output, in the latest full year that has both."""
    frame = two.ratios[~two.ratios["basis"].isin([INPUTS, NINE_MONTHS])]
    by_year = frame.groupby(["year", "what"])["ratio"].first().unstack()
    trade = by_year.dropna() if "output" in by_year and len(by_year.dropna()) else by_year.dropna(subset=["trade"])
    year, last = trade.index[-1], trade.iloc[-1]
    larger, smaller = two.names if last["trade"] >= 1 else two.names[::-1]
    times = last if last["trade"] >= 1 else 1 / last
    output = f", with {times['output']:.1f} times the output" if "output" in times and times["output"] > 0 else ""
    return f"In {year} {larger} traded {times['trade']:.1f} times as much as {smaller}{output}"


def describe_size(two: Pair) -> str:
    """Text alternative of ratios and weights."""
    a, b = two.names
    words = []
    for (what, basis), rows in two.ratios.groupby(["what", "basis"]):
        ends = rows.sort_values("year").iloc[[0, -1]].drop_duplicates()
        words.append(f"{what} ({basis}): " + ", ".join(f"{row.ratio:.1f} in {row.year}" for row in ends.itertuples()))
    for (code, basis), rows in two.weight.groupby(["country", "basis"]):
        ends = rows.sort_values("year").iloc[[0, -1]].drop_duplicates()
        spans = ", ".join(f"{100 * row.share:.1f} % in {row.year}" for row in ends.itertuples())
        words.append(f"trade in the output of {charts.country(code)} ({basis}): {spans}")
    return f"{a} over {b}, times, and the weight of their trade. " + "; ".join(words) + "."


def title_concentration(two: Pair) -> str:
    """Which of the four flows was the most concentrated at the last count on its best basis."""
    frame = two.standing[~two.standing["basis"].isin([INPUTS, MIRROR])].sort_values("year")
    last = frame.groupby(["country", "flow"], as_index=False).last()
    most = last.loc[last["hhi_named"].idxmax()]
    return f"Of the four flows, {charts.country(most['country'])}’s {most['flow']} hang most on few partners"


def title_suppliers(two: Pair) -> str:
    """In how many goods industries each is the other's largest foreign supplier."""
    first = two.suppliers[two.suppliers["rank"] == 1].groupby(["supplier", "buyer"]).size()
    parts = []
    for supplier, buyer in ((two.a, two.b), (two.b, two.a)):
        if buyer in set(two.suppliers["buyer"]):
            names = charts.country(supplier), charts.country(buyer)
            number = first.get((supplier, buyer), 0)
            parts.append((*names, number))
    (supplier, buyer, number), *other = parts
    title = f"{supplier} is {buyer}’s largest foreign supplier in {number} of {len(SECTORS)} industries"
    return title + "".join(f", {again} {of}’s in {count}" for again, of, count in other)


def describe_concentration(two: Pair) -> str:
    """Text alternative of the concentration panels."""
    words = []
    frame = two.standing[two.standing["basis"] != INPUTS]
    for (code, flow, basis), rows in frame.groupby(["country", "flow", "basis"]):
        ends = rows.sort_values("year").iloc[[0, -1]].drop_duplicates()
        spans = ", ".join(f"{row.hhi_named:.3f} in {row.year}" for row in ends.itertuples())
        words.append(f"{charts.country(code)}’s {flow} ({basis}): {spans}")
    return "Index of concentration over partners, one panel a country. " + "; ".join(words) + "."


def describe_suppliers(two: Pair, each: int = 9) -> str:
    """Text alternative of the suppliers."""
    words = [
        f"{row.product}: {charts.country(row.supplier)} {100 * row.share:.0f} % of {charts.country(row.buyer)}’s imports"
        for row in _supplied(two, each).itertuples()
        if row.share >= 0.1
    ]
    return "Dots, one row a product, per cent of the buyer’s imported inputs in 2022. " + "; ".join(words) + "."


def not_covered(two: Pair) -> tables.Table:
    """What the page says where the table of industries does not have the pair."""
    a, b = two.names
    return tables.show(
        pd.DataFrame({"Not in the table": [f"{a} and {b}"]}),
        "The table of industries has China and Russia as buyers, and 79 suppliers of each",
    )
