"""Rules on partners and on matrices of all pairs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from checks.rules import kit

# -- partners -------------------------------------------------------------------------------------


def _half_digit(value: float) -> float:
    """Half of the last digit in which a number is written."""
    return 0.5 * 10.0 ** Decimal(repr(value)).normalize().as_tuple().exponent  # type: ignore[operator]


@kit.rule("what Chinese customs prints as growth is the step from 2023 to 2024", "partner-trade-china")
def _growth_is_the_step(frame: pd.DataFrame) -> Iterator[kit.Fault]:
    flow = kit.FLOW[1:]
    base = frame[frame["period"] == "2023"]
    rows = frame[(frame["period"] == "2024") & frame["growth_reported"].notna()]
    held = kit.held(rows, flow, base)
    factor = 1 + rows["growth_reported"] / 100
    # Growth is printed to 0.1 points, the level to 0.01 million, the base derived to few digits.
    slack = rows["value"] / factor * 0.00051 / factor + 0.006 / factor + 1.01 * held.fillna(0).map(_half_digit)
    wrong = ~((rows["value"] / factor - held).abs() <= slack)
    words = "{growth_reported:g} per cent on {held:.6g} in 2023 does not give {value:.9g}"
    yield from kit.at(rows, wrong, "growth_reported", words, held=held)
    alone = kit.held(base, flow, rows).isna()
    yield from kit.at(base, alone, "period", "{period} is derived from 2024 and its growth, but there is none")
    ours = (frame["period"] == "2024") == (frame["growth_reported"].isna())
    known = set(map(tuple, base[flow].to_numpy()))
    ours &= pd.Series([tuple(pair) in known for pair in frame[flow].to_numpy()], frame.index) | (
        frame["period"] != "2024"
    )
    yield from kit.at(frame, ours, "growth_reported", "stands with the figures of 2024 alone")


@kit.rule(
    "Russia's trade with China is of one order among its partners and bilaterally",
    "partner-trade-russia",
    "bilateral-trade",
)
def _russia_as_bilateral(partners: pd.DataFrame, trade: pd.DataFrame) -> Iterator[kit.Fault]:
    told = trade[(trade["source_id"] == "imf-dots-2023") & (trade["reporter"] == "RUS")]
    rows = partners[(partners["exporter"] == "CHN") | (partners["importer"] == "CHN")]
    yield from kit.elsewhere(rows, told, kit.FLOW, factor=1.5)


@kit.rule("the reporter of a mirrored flow is China's partner in it", "partner-trade-china-mirror")
def _mirror_reporter(mirror: pd.DataFrame) -> Iterator[kit.Fault]:
    other = mirror["importer"].where(mirror["exporter"] == "CHN", mirror["exporter"])
    yield from kit.at(mirror, mirror["reporter"] != other, "reporter", "{reporter} is not the partner in the flow")
    none = (mirror["exporter"] != "CHN") & (mirror["importer"] != "CHN")
    yield from kit.at(mirror, none, "exporter", "neither side of the flow is China")


@kit.rule("Russia reports the same to both tables of partners", "partner-trade-china-mirror", "partner-trade-russia")
def _mirror_as_russia(mirror: pd.DataFrame, partners: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.elsewhere(mirror[mirror["reporter"] == "RUS"], partners, kit.FLOW, factor=1.3)


# -- matrices -------------------------------------------------------------------------------------

JUMPS = {
    ("1995", "ABW", "BMU"), ("1995", "AFG", "KGZ"), ("1995", "ERI", "YEM"), ("1995", "GAB", "ANT"), ("1995", "VEN", "AIA"),
    ("1995", "VEN", "KNA"), ("2005", "HRV", "BMU"), ("2005", "MKD", "VGB"), ("2005", "MNP", "FSM"), ("2015", "ARM", "IRQ"),
    ("2015", "ASM", "TZA"), ("2015", "BEN", "SLE"), ("2015", "BHR", "MOZ"), ("2015", "BHS", "CIV"), ("2015", "ERI", "BGR"),
    ("2015", "FJI", "NRU"), ("2015", "LCA", "DOM"), ("2015", "MLT", "GIB"), ("2015", "MOZ", "NAM"), ("2015", "SDN", "MAC"),
    ("2015", "SLE", "ROU"),
}  # fmt: skip
"""Flows as UNCTAD has them that are far from the pair's other years: ships, fuel depots, single cargoes."""


@kit.rule("a flow fits the size of the two traders or the pair's other years", "world-trade-matrix")
def _matrix_order(matrix: pd.DataFrame) -> Iterator[kit.Fault]:
    value = matrix["value"]
    out = matrix.groupby(["period", "exporter"])["value"].transform("sum") - value
    into = matrix.groupby(["period", "importer"])["value"].transform("sum") - value
    world = matrix.groupby("period")["value"].transform("sum")
    expected = out.clip(lower=0.001) * into.clip(lower=0.001) / world
    pair = [matrix["exporter"], matrix["importer"]]
    most, many = value.groupby(pair).transform("max"), value.groupby(pair).transform("size")
    other = value.where(value < most, 0.0).groupby(pair).transform("max").clip(lower=0.0001)
    strange = (value >= 20) & (value > 20 * expected) & (many > 1) & (value == most) & (value > 20 * other)
    strange &= value / expected * (value / other) > 1e5
    known = pd.Series(
        [tuple(row) in JUMPS for row in matrix.loc[strange, kit.FLOW].to_numpy()], matrix.index[strange], dtype=bool
    )
    words = "{value:.7g}, with {other:.7g} in the pair's other years and {expected:.3g} by the size of the two"
    yield from kit.at(
        matrix, strange & ~known.reindex(matrix.index, fill_value=False), "value", words, other=other, expected=expected
    )


@kit.rule(
    "flows of Russia in the matrix are of the order that Russia reports", "world-trade-matrix", "partner-trade-russia"
)
def _matrix_as_russia(matrix: pd.DataFrame, partners: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = matrix[(matrix["exporter"] == "RUS") | (matrix["importer"] == "RUS")]
    yield from kit.elsewhere(rows, partners, kit.FLOW, factor=30, floor=20)


@kit.rule("the matrix of inputs is square, and goods are a part of all inputs", "world-intermediates-matrix")
def _goods_within(matrix: pd.DataFrame) -> Iterator[kit.Fault]:
    more = matrix["value_goods"] > matrix["value"] + 0.005
    yield from kit.at(matrix, more, "value_goods", "{value_goods:.7g} is more than all inputs, {value:.7g}")
    few = (matrix["value"] > 8000) & (matrix["value_goods"] < 0.003 * matrix["value"])
    yield from kit.at(matrix, few, "value", "{value:.7g} has next to no goods in it, {value_goods:.7g}")
    many = matrix["exporter"].nunique()
    for side in ("exporter", "importer"):
        count = matrix.groupby(side)[side].transform("size")
        wrong = ~matrix.duplicated(side) & (count != many)
        yield from kit.at(
            matrix, wrong, side, "{side} has {count} of {many} flows", side=matrix[side], count=count, many=many
        )


@kit.rule(
    "inputs from abroad are at most 240 times what the trade of the two lets expect", "world-intermediates-matrix"
)
def _inputs_order(matrix: pd.DataFrame) -> Iterator[kit.Fault]:
    for column in ("value", "value_goods"):
        abroad = matrix[(matrix["exporter"] != matrix["importer"]) & (matrix[column] > 0)]
        own = abroad[column]
        out = own.groupby(abroad["exporter"]).transform("sum") - own
        into = own.groupby(abroad["importer"]).transform("sum") - own
        times = own * own.sum() / (out * into)
        wrong = (times > 240) & (own > 25)
        yield from kit.at(
            abroad,
            wrong,
            column,
            "{own:.7g} is {times:.0f} times what the trade of the two lets expect",
            own=own,
            times=times,
        )


@kit.rule("the industries of a flow add to the flow", "sector-dependence", "world-intermediates-matrix", "icio-sectors")
def _industries_add(sectors: pd.DataFrame, matrix: pd.DataFrame, names: pd.DataFrame) -> Iterator[kit.Fault]:
    pair = ["exporter", "importer"]
    first = ~sectors.duplicated(pair)
    goods = sectors["sector"].map(names.set_index("sector")["kind"]) == "goods"
    for column, own in (("value", sectors["value"]), ("value_goods", sectors["value"].where(goods, 0.0))):
        total = own.groupby([sectors[side] for side in pair]).transform("sum")
        held = kit.held(sectors, pair, matrix, column)
        words = "industries of {exporter} to {importer} add to {total:.9g}, the matrix has {held:.9g}"
        yield from kit.at(sectors, first & ~((total - held).abs() <= 0.13), "value", words, total=total, held=held)


@kit.rule(
    "flows of China and Russia are the sum of their industries",
    "world-intermediates-matrix",
    "sector-dependence",
    "icio-sectors",
)
def _matrix_as_industries(matrix: pd.DataFrame, sectors: pd.DataFrame, names: pd.DataFrame) -> Iterator[kit.Fault]:
    pair = ["exporter", "importer"]
    goods = sectors["sector"].map(names.set_index("sector")["kind"]) == "goods"
    for column, rows in (("value", sectors), ("value_goods", sectors[goods])):
        held = kit.held(matrix, pair, rows.groupby(pair, as_index=False)["value"].sum())
        wrong = (matrix[column] - held).abs() > 0.13
        yield from kit.at(
            matrix, wrong, column, "{own:.9g} where the industries add to {held:.9g}", own=matrix[column], held=held
        )
        if column == "value":  # a flow of services alone has no goods
            own = matrix["exporter"].isin(["CHN", "RUS"]) | matrix["importer"].isin(["CHN", "RUS"])
            yield from kit.at(matrix, own & held.isna(), column, "has no industries in the other table (rows lost?)")


@kit.rule("shares by industry are value over total", "sector-dependence")
def _industry_shares(sectors: pd.DataFrame) -> Iterator[kit.Fault]:
    abroad = sectors["exporter"] != sectors["importer"]
    for column, side, scope, slack in (
        ("share_of_imports", "importer", abroad, 0.0001),
        ("share_of_exports", "exporter", abroad, 0.0005),
        ("share_of_use", "importer", abroad | True, 0.000001),
    ):
        rows = sectors[scope & sectors[side].isin(["CHN", "RUS"])]
        whole = rows.groupby([side, "sector"])["value"].transform("sum")
        share = rows["value"] / whole
        wrong = ((share - rows[column]).abs() > slack) & (whole > 5)
        words = "{own:.6g} where the value over {whole:.7g} gives {share:.6g}"
        yield from kit.at(rows, wrong, column, words, own=rows[column], whole=whole, share=share)
        absent = rows[column].isna() & (whole > 5)
        yield from kit.at(rows, absent, column, "is empty though value and total are known")


@kit.rule(
    "goods are the industries of sections A, B and C; each of the fifty has flows", "icio-sectors", "sector-dependence"
)
def _industries_listed(names: pd.DataFrame, sectors: pd.DataFrame) -> Iterator[kit.Fault]:
    goods = names["sector"].str.contains(r"^[ABC]\d")
    yield from kit.at(names, goods != (names["kind"] == "goods"), "kind", "{kind} does not fit {sector}")
    yield from kit.at(
        names, (names["kind"] == "goods") != names["short"].notna(), "short", "goods have one, others none"
    )
    yield from kit.at(names, ~names["sector"].isin(set(sectors["sector"])), "sector", "{sector} has no flow")
    if len(names) != 50:
        yield len(names) - 1, "sector", f"the list ends after {len(names)} of 50 industries"


@kit.rule("industries add to goods; a flow is within what the importer buys and the exporter sells", "sector-inputs")
def _inputs_add(inputs: pd.DataFrame) -> Iterator[kit.Fault]:
    rows = inputs[inputs["sector"] != "Services"]
    by = ["period", "exporter", "importer"]
    for column in ("value", "imports", "exports"):
        own = rows.assign(value=rows[column].fillna(0))
        yield from kit.adds(own, by, own["sector"] == "GOODS", "sector", absolute=0.01)
    for column in ("imports", "exports"):
        wrong = inputs["value"] > inputs[column]
        yield from kit.at(inputs, wrong, "value", "{value:.7g} is more than all " + column)
    blank = inputs["exports"].isna() != (inputs["exporter"] != "RUS")
    yield from kit.at(inputs, blank, "exports", "stands with Russia's deliveries alone")
    yield from kit.complete(inputs, ["exporter", "sector"], "Y")
    yield from kit.together(inputs, ["exporter", "sector"])


@kit.rule("sales a year are sales over years; goods banned later are a part", "russia-suppliers")
def _suppliers_fit(suppliers: pd.DataFrame) -> Iterator[kit.Fault]:
    years = suppliers["span"].map({"2018-2021": 4, "2022-2024": 3})
    yield from kit.at(suppliers, suppliers["years"] != years, "years", "{years} does not fit {span}")
    wrong = (suppliers["value"] / years - suppliers["value_a_year"]).abs() > 1e-5
    yield from kit.at(suppliers, wrong, "value_a_year", "{value_a_year:g} is not {value:g} over {years}")
    part = suppliers["later_banned"]
    yield from kit.at(suppliers, part > suppliers["value"], "later_banned", "{later_banned:g} of {value:g}")
    blank = part.isna() != (suppliers["span"] == "2022-2024")
    yield from kit.at(suppliers, blank, "later_banned", "does not fit {span}")


@kit.rule("China's sales to Russia are what customs counts, within 2 per cent", "russia-suppliers", "monthly-trade")
def _suppliers_as_customs(suppliers: pd.DataFrame, months: pd.DataFrame) -> Iterator[kit.Fault]:
    years = months["period"].str[:4]
    for span, first, last in (("2018-2021", "2018", "2021"), ("2022-2024", "2022", "2024")):
        total = months[(months["exporter"] == "CHN") & years.between(first, last)]["value"].sum()
        row = suppliers[(suppliers["span"] == span) & (suppliers["exporter"] == "CHN")]
        # To 2021 Russia's higher figures for its imports are weighed in.
        wrong = (row["value"] / total - 1).abs() > (0.12 if span < "2022" else 0.02)
        words = "{value:.7g} where the months of customs add to {total:.7g}"
        yield from kit.at(row, wrong, "value", words, total=total)


@kit.rule("Armenia's trade is whole for each partner, each valued by its side", "armenia-trade")
def _armenia_whole(trade: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.complete(trade, ["exporter", "importer"], "Y")
    yield from kit.together(trade, ["exporter", "importer"])
    one = (trade["exporter"] == "ARM") == (trade["importer"] == "ARM")
    yield from kit.at(trade, one, "exporter", "one side of the flow is Armenia")
    yield from kit.beside(trade, ["exporter", "importer"], 80, 80, 50)


@kit.rule("the flows of China and Russia are those of their products", "world-trade-baci", "product-trade-hs")
def _matrix_as_products(matrix: pd.DataFrame, products: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.elsewhere(matrix, products[products["level"] == "total"], kit.FLOW, absolute=0.01)
    both = matrix["exporter"].isin(["CHN", "RUS"]) & matrix["importer"].isin(["CHN", "RUS"])
    if both.sum() != 2:
        yield len(matrix) - 1, "exporter", f"{both.sum()} flows of China and Russia where there are two"


# -- what economies report ------------------------------------------------------------------------

YEAR = ["period", "reporter"]
REPORTED = {
    "exports": ("buyers", "export_rank", "export_hhi", "exports_unnamed"),
    "imports": ("suppliers", "import_rank", "import_hhi", "imports_unnamed"),
}
UNNAMED = ["XBK", "XFZ", "XSP", "XUN"]
KEPT = ["CHN", "RUS", "SUN"]
APART = ["ABW", "ANT", "ATG", "BEN", "BHS", "BMU", "HKG", "HND", "MAC", "PAN", "TGO"]
"""Economies that pass goods on or work them up: what they report is far from UNCTAD’s figures."""


@kit.rule("partners have no more than the whole that their reporter counts", "reported-partners", "reported-trade")
def _partners_within(partners: pd.DataFrame, totals: pd.DataFrame) -> Iterator[kit.Fault]:
    yield from kit.at(partners, partners["partner"] == partners["reporter"], "partner", "{partner} is its own partner")
    first = ~partners.duplicated(YEAR)
    for flow in REPORTED:
        whole = kit.held(partners, YEAR, totals, flow)
        parts = partners.groupby(YEAR)[flow].transform("sum")
        words = "partners of {reporter} in {period} add to {parts:.7g} of {whole:.7g} in reported-trade"
        wrong = first & (parts > 1.0001 * whole.fillna(0) + 0.001)
        yield from kit.at(partners, wrong, flow, words, parts=parts, whole=whole)


@kit.rule("ranks follow values; partners without a name have none", "reported-partners")
def _ranks_follow(partners: pd.DataFrame) -> Iterator[kit.Fault]:
    for flow, (_, rank, _, _) in REPORTED.items():
        ranked = partners[flow].notna() & ~partners["partner"].isin(UNNAMED)
        yield from kit.at(partners, ranked != partners[rank].notna(), rank, "does not fit {partner} and its " + flow)
        rows = partners[ranked].sort_values([*YEAR, rank], kind="stable")
        before = rows.groupby(YEAR)[flow].shift()
        wrong = rows[flow] > before * (1 + 1e-9)
        words = "{own:.7g} is more than {before:.7g}, which has the better rank"
        yield from kit.at(rows, wrong, flow, words, own=rows[flow], before=before)


@kit.rule(
    "a partner is kept because it is large, or because it is China or Russia", "reported-partners", "reported-trade"
)
def _partners_kept(partners: pd.DataFrame, totals: pd.DataFrame) -> Iterator[kit.Fault]:
    pair = [partners["reporter"], partners["partner"]]
    wholes = [kit.held(partners, YEAR, totals, flow) for flow in REPORTED]
    trade = partners[[*REPORTED]].sum(axis=1) / (wholes[0] + wholes[1])
    sums = trade.where(~partners["partner"].isin(UNNAMED)).groupby(pair).transform("sum")
    order = (
        sums.where(~partners.duplicated(["reporter", "partner"])).groupby(partners["reporter"]).rank(ascending=False)
    )
    large = partners["partner"].isin(KEPT) | (order.groupby(pair).transform("min") <= 5.5)
    for flow, (_, rank, _, _) in REPORTED.items():
        share = partners[flow] / kit.held(partners, YEAR, totals, flow)
        most = share.groupby(pair).transform("max")
        large |= (most >= 0.12498) | (partners[rank] <= 3).fillna(False)
    yield from kit.at(partners, ~large, "partner", "{partner} is too small a partner of {reporter} to be kept")


@kit.rule("a flow that is reported has partners and a concentration; shares lie within one", "reported-trade")
def _reported_whole(totals: pd.DataFrame) -> Iterator[kit.Fault]:
    for flow, (partners, _, hhi, unnamed) in REPORTED.items():
        for column in (partners, hhi, unnamed):
            wrong = totals[column].isna() != totals[flow].isna()
            yield from kit.at(totals, wrong, column, "does not fit " + flow)
        named = 1 - totals[unnamed]
        least = named**2 / totals[partners].astype(float)
        wrong = (totals[hhi] < least - 3e-6) | (totals[hhi] > named**2 + 3e-6)
        words = "{own:.6g} cannot be: {count:.0f} partners have {named:.4g} of the whole"
        told = {"own": totals[hhi], "count": totals[partners].astype(float), "named": named}
        yield from kit.at(totals, wrong, hhi, words, **told)
    none = totals["exports"].isna() & totals["imports"].isna()
    yield from kit.at(totals, none, "exports", "neither flow is reported")


@kit.rule("concentration is no less than that of the partners kept", "reported-trade", "reported-partners")
def _concentration_fits(totals: pd.DataFrame, partners: pd.DataFrame) -> Iterator[kit.Fault]:
    named = partners[~partners["partner"].isin(UNNAMED)]
    for flow, (_, _, hhi, unnamed) in REPORTED.items():
        share = named[flow] / kit.held(named, YEAR, totals, flow)
        kept = pd.DataFrame({**named[YEAR], "share": share, "square": share**2}).groupby(YEAR, as_index=False).sum()
        square, part = (kit.held(totals, YEAR, kept, column).fillna(0) for column in ("square", "share"))
        rest = (1 - totals[unnamed] - part).clip(lower=0)
        wrong = ~totals[hhi].between(square - 2e-4, square + rest**2 + 2e-4) & totals[hhi].notna()
        words = "{own:.6g} where the partners kept give {square:.6g} and have {part:.4g} of the whole"
        yield from kit.at(totals, wrong, hhi, words, own=totals[hhi], square=square, part=part)


@kit.rule("large economies report what UNCTAD has, within a factor", "reported-trade", "world-trade-matrix")
def _reported_as_matrix(totals: pd.DataFrame, matrix: pd.DataFrame) -> Iterator[kit.Fault]:
    for flow, side in (("exports", "exporter"), ("imports", "importer")):
        flows = matrix.rename(columns={side: "reporter"}).groupby(YEAR, as_index=False)["value"].agg(["sum", "size"])
        told, count = (kit.held(totals, YEAR, flows, column) for column in ("sum", "size"))
        own, partners = totals[flow], totals[REPORTED[flow][0]].astype(float)
        whole = count > 0.5 * partners  # of a matrix cut down to some economies the sums tell nothing
        far = ((own > 2.5 * told) | (told > 2.5 * own)) & (told > 5000) & whole & ~totals["reporter"].isin(APART)
        yield from kit.at(totals, far, flow, "{own:.7g} where UNCTAD has {told:.7g}", own=own, told=told)


@kit.rule(
    "the five largest partners of China and Russia are of the order that WITS prints",
    "reported-partners",
    "concentration-published",
)
def _reported_as_printed(partners: pd.DataFrame, printed: pd.DataFrame) -> Iterator[kit.Fault]:
    top = printed[printed["indicator"] == "top5-value"].rename(columns={"country": "reporter"})
    rows = partners[~partners["partner"].isin(UNNAMED)]
    for flow in REPORTED:
        told = kit.held(rows, [*YEAR, "partner"], top[top["flow"] == flow])
        own = rows[flow]
        far = (own > 2 * told) | (told > 2 * own)
        yield from kit.at(rows, far, flow, "{own:.7g} where WITS prints {told:.7g}", own=own, told=told)
