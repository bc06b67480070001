"""Frames of the chapter on dependency: shares of China and Russia in each other's trade on every basis there is."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

import altair as alt
import pandas as pd

from partnership import charts, data, measures, prose
from partnership.views import any_pair
from partnership.views.any_pair import FLOWS

COMTRADE = "Comtrade over Comtrade"
FCS = "Russian over Russian customs"
GACC_FCS = "Chinese over Russian customs"
GACC_IMF = "Chinese customs over IMF total"
IMF = "IMF over IMF"
PUBLISHED = "as others published it"
BASIS_COLOURS = {
    FCS: charts.RUSSIA,
    COMTRADE: charts.INK,
    GACC_FCS: charts.CHINA,
    GACC_IMF: charts.OCHRE,
    IMF: charts.GREEN,
    PUBLISHED: charts.MUTED,
}
NINE = "Jan–Sep 2024"


@lru_cache(maxsize=2)
def _dollars(table: str) -> pd.DataFrame:
    """The best row of each flow in dollars."""
    return data.best(data.select(data.load(table), direction="one-way", currency="USD"))


def _best(table: str, **where: object) -> pd.DataFrame:
    return data.select(_dollars(table), **where)


# -- shares of China in Russia's trade ------------------------------------------------------------


def _share(numerator: pd.DataFrame, denominator: pd.DataFrame, **cell: object) -> dict[str, object]:
    """One share with the rows it rests on; the numerator may have several rows (months of a year)."""
    share = measures.partner_share(numerator["value"].sum(), denominator["value"].iloc[0])
    return cell | {"share": float(share), "parts": (numerator, denominator)}


def _flow(flow: str, partner: str) -> dict[str, str]:
    own, other = FLOWS[flow]
    return {own: "RUS", other: partner}


@lru_cache(maxsize=1)
def bases() -> pd.DataFrame:
    """China's share of Russia's exports and imports on every basis, 2020 to 2024.

    Returns
    -------
    pandas.DataFrame
        ``flow``, ``when`` (year, or January to September 2024), ``basis``, ``share`` (fraction), ``who`` (of a
        published share), ``parts`` (the loaded rows: numerator and denominator).
    """
    found = [*_own(), *_china_over_russia(), *_over_imf(), *_published()]
    return pd.DataFrame(found).assign(who=lambda rows: rows["who"].fillna("")).sort_values(["flow", "when", "basis"])


def _own() -> list[dict[str, object]]:
    """Russia's own record over its own total: UN Comtrade for 2020, Russian customs for 2020 and 2021."""
    partners = data.load("partner-trade-russia")
    found = []
    for flow in FLOWS:
        un = data.select(partners, period="2020", source_id="un-comtrade-rus-partners-2000-2020")
        china, world = data.select(un, **_flow(flow, "CHN")), data.select(un, **_flow(flow, "WLD"))
        found.append(_share(china, world, flow=flow, when="2020", basis=COMTRADE))
        for year in ("2020", "2021"):
            months = _best("bilateral-trade", frequency="M", reporter="RUS", **_flow(flow, "CHN"))
            months = months[months["period"].str[:4] == year]
            if len(months) != 12:
                raise ValueError(f"Russian customs: {len(months)} months of {year}, {flow}")
            found.append(_share(months, _russia(flow, year), flow=flow, when=year, basis=FCS))
    return found


def _russia(flow: str, period: str, frequency: str = "A") -> pd.DataFrame:
    """The total that Russian customs publish."""
    return _best("trade-totals", period=period, frequency=frequency, reporter="RUS", **_flow(flow, "WLD"))


def _china(flow: str, period: str, frequency: str = "A") -> pd.DataFrame:
    """The flow with Russia as Chinese customs report it."""
    return _best("bilateral-trade", period=period, frequency=frequency, reporter="CHN", **_flow(flow, "CHN"))


def _china_over_russia() -> list[dict[str, object]]:
    """Chinese customs over Russian customs: years to 2023, then January to September 2024, the last there is."""
    found = []
    for flow in FLOWS:
        for year in ("2020", "2021", "2022", "2023"):
            found.append(_share(_china(flow, year), _russia(flow, year), flow=flow, when=year, basis=GACC_FCS))
        months = _china(flow, "2024-09", "YTD"), _russia(flow, "2024-09", "YTD")
        found.append(_share(*months, flow=flow, when=NINE, basis=GACC_FCS))
    return found


def _over_imf() -> list[dict[str, object]]:
    """Shares in the IMF's world total of Russia, an estimate from 2022 on: of its own flow and of that of Chinese customs."""
    partners = data.select(data.load("partner-trade-russia"), period=["2021", "2022", "2023", "2024"])
    found = []
    for flow in FLOWS:
        for year, rows in partners.groupby("period"):
            world = data.select(rows, **_flow(flow, "WLD"))
            imf = data.select(rows, **_flow(flow, "CHN"))
            found.append(_share(imf, world, flow=flow, when=year, basis=IMF))
            found.append(_share(_china(flow, str(year)), world, flow=flow, when=year, basis=GACC_IMF))
    return found


def _published() -> list[dict[str, object]]:
    """Shares that others gave for a year or for months of it; forecasts and shares without a year are left out."""
    rows = data.select(data.load("trade-shares"), reporter="RUS", partner="CHN", flow=list(FLOWS))
    rows = rows[rows["period"].str[:4].isin(["2021", "2022", "2023"])]
    forecast = rows["note"].fillna("").str.contains("forecast|not stated")
    return [
        {
            "flow": rows.at[index, "flow"],
            "when": rows.at[index, "period"][:4],
            "basis": PUBLISHED,
            "share": rows.at[index, "value"] / 100,
            "who": f"{rows.at[index, 'who']}, {rows.at[index, 'period']}",
            "parts": (rows.loc[[index]],),
        }
        for index in rows.index[~forecast]
    ]


def base_rows() -> list[pd.DataFrame]:
    """The rows under :func:`bases`, for the source line."""
    return list(chain.from_iterable(bases()["parts"]))


def spread(flow: str, when: str) -> pd.DataFrame:
    """The lowest and the highest share of a year, in this order."""
    rows = bases()[(bases()["flow"] == flow) & (bases()["when"] == when)]
    return rows.loc[[rows["share"].idxmin(), rows["share"].idxmax()]]


# -- three decades --------------------------------------------------------------------------------

OWN, PRESS, LATEST = "own statistics", "Chinese customs, press", "latest"
DIRECTION = {"RUS": "Russia to China", "CHN": "China to Russia"}
DIRECTION_COLOURS = {"Russia to China": charts.RUSSIA, "China to Russia": charts.CHINA}


@lru_cache(maxsize=1)
def long_shares() -> pd.DataFrame:
    """Share of each in the other's exports and imports, 1992 to 2025.

    Own statistics (IMF, each as reporter, over its own total) to 2020; then Chinese customs from the press from 2018,
    over Russia's total to 2023 and over China's to 2024; then what is latest: January to September 2024 for Russia, 2025 in
    yuan for China. The three are drawn apart.

    Returns
    -------
    pandas.DataFrame
        ``country`` (whose trade), ``flow`` (direction in words), ``year``, ``basis``, ``share``, ``parts``.
    """
    imf = data.select(data.load("bilateral-trade"), frequency="A", direction="one-way", source_id="imf-dots-2023")
    press = _best("bilateral-trade", frequency="A", reporter="CHN")
    press = press[press["period"] >= "2018"]
    found = []
    for country in ("RUS", "CHN"):
        own = _best("trade-totals", frequency="A", reporter=country)
        world = own[(own["exporter"] == "WLD") | (own["importer"] == "WLD")].set_index(
            ["exporter", "importer", "period"]
        )
        places = {place: index for index, place in enumerate(world.index)}
        world = world.reset_index()
        for basis, flows in ((OWN, imf[imf["reporter"] == country]), (PRESS, press)):
            for index, exporter, period in zip(flows.index, flows["exporter"], flows["period"], strict=True):
                sides = (country, "WLD") if exporter == country else ("WLD", country)
                place = places.get((*sides, period))
                if place is not None:
                    total = world.iloc[[place]]
                    found.append(_long(country, exporter, period, basis, flows.loc[[index]], total))
    return pd.DataFrame([*found, *_latest()])


def _long(country: str, exporter: str, period: str, basis: str, flow: pd.DataFrame, world: pd.DataFrame) -> dict:
    cell = {"country": country, "flow": DIRECTION[exporter], "year": int(period[:4]), "basis": basis}
    return _share(flow, world, **cell)


def _latest() -> list[dict]:
    """January to September 2024 for Russia; 2025 by the Chinese table in yuan for China."""
    found = []
    for flow in FLOWS:
        exporter = "RUS" if flow == "exports" else "CHN"
        nine = _china(flow, "2024-09", "YTD"), _russia(flow, "2024-09", "YTD")
        found.append(_long("RUS", exporter, "2024", LATEST, *nine))
        table = data.select(data.load("partner-trade-china"), period="2025")
        russia = data.select(table, **({"exporter": "RUS"} if exporter == "RUS" else {"importer": "RUS"}))
        world = data.select(table, **({"exporter": "WLD"} if exporter == "RUS" else {"importer": "WLD"}))
        found.append(_long("CHN", exporter, "2025", LATEST, russia, world))
    return found


def long_rows() -> list[pd.DataFrame]:
    """The rows under :func:`long_shares`, for the source line."""
    return list(chain.from_iterable(long_shares()["parts"]))


# -- how they are drawn ---------------------------------------------------------------------------


def shares_by_basis() -> alt.LayerChart:
    """One row a flow and year, one mark a basis, a bar over their spread; the article's shares in its own colour."""
    frame = bases().assign(
        percent=lambda rows: 100 * rows["share"], row=lambda rows: rows["flow"].str.capitalize() + " " + rows["when"]
    )
    order = [f"{flow.capitalize()} {when}" for flow in FLOWS for when in ("2020", "2021", "2022", "2023", NINE, "2024")]
    keys = {basis: place for place, basis in enumerate(BASIS_COLOURS)}
    frame = frame.assign(_row=frame["row"].map(order.index), _basis=frame["basis"].map(keys)).sort_values(
        ["_basis", "_row"]
    )
    ordered = frame.sort_values(["_row", "_basis"])[["percent", "row", "basis", "who"]]
    stated = data.select(data.load("claims"), id=["share-exports-30", "share-imports-41"])
    article = pd.DataFrame(
        {
            "row": [f"{word} 2024" for word in ("Exports", "Imports")],
            "percent": stated.sort_values("id")["stated_value"].to_numpy(),
            "text": "article",
        }
    )
    mark = alt.Chart(article).encode(x=alt.X("percent", type="quantitative"), y=alt.Y("row", type="nominal", sort=None))
    return alt.layer(
        charts.dots(ordered, "percent", "row", "basis", unit="per cent", colours=BASIS_COLOURS, domain=(0, 50)),
        mark.mark_tick(color=charts.CLAIM, thickness=3, size=20),
        mark.mark_text(color=charts.CLAIM, dy=-13, fontWeight="bold").encode(text="text:N"),
    )


def both_ways() -> alt.ConcatChart:
    """Left China's share of Russia's trade, right Russia's share of China's, on one scale."""
    frame = long_shares().assign(percent=lambda rows: 100 * rows["share"])
    names = {"RUS": "China’s share of Russia’s trade", "CHN": "Russia’s share of China’s trade"}
    panels = charts.panels({name: _long_lines(frame[frame["country"] == code]) for code, name in names.items()})
    return panels.configure_axisX(labelFlush=False)


def _long_lines(frame: pd.DataFrame) -> alt.LayerChart:
    layers = []
    for basis in (OWN, PRESS):
        rows = frame[frame["basis"] == basis].sort_values(["flow", "year"])[["year", "percent", "flow", "basis"]]
        rows["press"] = basis == PRESS
        layers.append(
            charts.lines(
                rows, "year", "percent", "flow", colours=DIRECTION_COLOURS, dash="press",
                labels=False, y_domain=(0, 45),
            )
        )  # fmt: skip
    own = "RUS" if (frame["country"] == "RUS").all() else "CHN"
    for flow, rows in frame[frame["basis"] == LATEST].groupby("flow"):
        side = "exports" if flow == DIRECTION[own] else "imports"
        shown = rows[["year", "percent", "flow", "basis"]].assign(_text=side)
        layers.append(
            charts.notes(
                shown, "year", "percent", "_text", colour=DIRECTION_COLOURS[flow], shape="diamond", size=70,
                dx=8, dy=-4 if side == "imports" else 5,
            )
        )  # fmt: skip
    return alt.layer(*layers)


def one_column(chart: alt.LayerChart) -> dict[str, object]:
    """The change that puts the legend of :func:`shares_by_basis` in one column, for narrow screens."""
    layers = chart.to_dict()["layer"]
    for channel in ("color", "shape"):
        layers[0]["layer"][0]["encoding"][channel]["legend"]["columns"] = 1
    return {"layer": layers}


def floors() -> pd.DataFrame:
    """What the concentration of Russia's trade cannot be below: the square of China's share, where no other is known.

    Returns
    -------
    pandas.DataFrame
        ``country``, ``partner``, ``year``, ``flow``, ``floor``; 2022, 2023 and January to September 2024.
    """
    shares = bases()
    late = shares[(shares["basis"] == GACC_FCS) & (shares["when"].isin(["2022", "2023", NINE]))]
    year = late["when"].map(lambda when: 2024 if when == NINE else int(when))
    return pd.DataFrame(
        {"country": "RUS", "partner": "CHN", "year": year, "flow": late["flow"], "floor": late["share"] ** 2}
    )


def floor_rows() -> list[pd.DataFrame]:
    """The rows under :func:`floors`, for the source line."""
    shares = bases()
    late = shares[(shares["basis"] == GACC_FCS) & (shares["when"].isin(["2022", "2023", NINE]))]
    return list(chain.from_iterable(late["parts"]))


# -- in words -------------------------------------------------------------------------------------


def describe_bases() -> str:
    """Text alternative of the shares by basis."""
    parts = []
    for flow in FLOWS:
        for when in ("2020", "2021", "2022", "2023", NINE, "2024"):
            low, high = (row for row in spread(flow, when).itertuples())
            lowest, highest = f"{100 * low.share:.1f} % ({low.basis})", f"{100 * high.share:.1f} % ({high.basis})"
            parts.append(f"{flow} {when}: {lowest}" + ("" if low.share == high.share else f" to {highest}"))
    stated = data.select(data.load("claims"), id=["share-exports-30", "share-imports-41"]).sort_values("id")
    article = " and ".join(f"{value:.0f} %" for value in stated["stated_value"])
    return f"China’s share of Russia’s trade, a row of marks for each year. {'; '.join(parts)}. The article: {article}."


def describe_both_ways() -> str:
    """Text alternative of three decades of shares."""
    frame = long_shares()
    parts = []
    for (country, basis, flow), rows in frame.groupby(["country", "basis", "flow"]):
        ends = rows.sort_values("year").iloc[[0, -1]].drop_duplicates("year")
        spans = ", ".join(f"{100 * row.share:.1f} % in {row.year}" for row in ends.itertuples())
        parts.append(f"share of {charts.country(country)}’s trade, {flow} ({basis}): {spans}")
    return "Two panels on one scale. " + "; ".join(parts) + "."


# -- the numbers of the sentences -----------------------------------------------------------------


def numbers() -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need; all are about China and Russia, whatever pair the reader sets."""
    two = any_pair.pair("CHN", "RUS")
    return {
        **_position_numbers(two),
        **_size_numbers(two),
        **_standing_numbers(two),
        **_supplier_numbers(two),
        **_basis_numbers(),
        **_china_numbers(),
    }


def _position_numbers(two: any_pair.Pair) -> dict[str, prose.Number]:
    said: dict[str, prose.Number] = {}
    for year, world in (("1995", "1995"), ("2015", "2015"), ("2022", any_pair.INPUTS)):
        matrix, row = any_pair.worlds()[world][0], two.at(world)
        own, note = any_pair.touching(matrix, "CHN", "RUS"), "goods used as inputs" if year == "2022" else ""
        said |= {
            f"asymmetry_{year}": prose.times(row["asymmetry"], own, note=note),
            f"intensity_{year}": prose.plain(row["intensity"], own, "ratio", 2, note=note),
            f"below_{year}": prose.share(row["less_lopsided"], matrix, 0, note="pairs of 80 economies below it"),
        }
    last = two.at("2015")
    matrix = any_pair.worlds()["2015"][0]
    return said | {
        "economies": prose.count(len(any_pair.economies()), any_pair.worlds()[any_pair.INPUTS][0]),
        "pairs_2015": prose.count(last["pairs"], matrix, note="pairs of 80 economies with trade in 2015"),
        "above_2015": prose.share(1 - last["less_lopsided"], matrix, 0, note="pairs of 80 economies above it"),
        "less_intense_2015": prose.share(last["less_intense"], matrix, 0, note="pairs of 80 economies below it"),
    }


def _size_numbers(two: any_pair.Pair) -> dict[str, prose.Number]:
    ratio = two.ratios.set_index(["basis", "year"])["ratio"]
    world = _dollars("trade-totals")
    world = world[(world["exporter"] == "WLD") | (world["importer"] == "WLD")]
    gdp = data.select(data.load("gdp"), country=["CHN", "RUS"])
    old, new = "worldbank-wdi-gdp-to-2023", "worldbank-wdi-gdp-2026-05"
    said = {}
    for year in (1995, 2023):
        said[f"trade_ratio_{year}"] = prose.times(
            ratio[any_pair.OWN, year], data.select(world, period=str(year), frequency="A")
        )
        rows = data.select(gdp, period=str(year), source_id=old)
        said[f"output_ratio_{year}"] = prose.times(ratio[any_pair.VINTAGES[old], year], rows)
    asymmetry, rows = _nine_months_2025()
    said["asymmetry_2025"] = prose.times(
        asymmetry, rows, note="ratio of shares, January to September, Russia’s total derived"
    )
    weights = two.weight.set_index(["country", "basis", "year"])["share"]
    flows = _best("bilateral-trade", period="2024", frequency="A", reporter="CHN")
    for country, name in (("RUS", "russia"), ("CHN", "china")):
        own = data.select(
            data.load("partner-trade-russia"), period=["2000"], exporter=["CHN", "RUS"], importer=["CHN", "RUS"]
        )
        early = prose.together(own, data.select(gdp, country=country, period="2000", source_id=old))
        late = prose.together(flows, data.select(gdp, country=country, period="2024", source_id=new))
        if country == "RUS":
            said["weight_russia_2000"] = prose.share(weights[country, "Russia’s record", 2000], early)
        said[f"weight_{name}_2024"] = prose.share(weights[country, "China’s record", 2024], late)
    return said


def _nine_months_2025() -> tuple[float, pd.DataFrame]:
    """Asymmetry in January to September 2025 as the ratio of two shares, each in the currency of its total."""
    where = {"period": "2025-09", "frequency": "YTD", "direction": "two-way"}
    between, world = data.load("bilateral-trade"), data.load("trade-totals")
    rows = {
        currency: (
            data.best(data.select(between, currency=currency, reporter="CHN", **where)),
            data.best(data.select(world, currency=currency, reporter=country, importer="WLD", **where)),
        )
        for currency, country in (("USD", "RUS"), ("CNY", "CHN"))
    }
    china, russia = (measures.partner_share(a["value"].iloc[0], b["value"].iloc[0]) for a, b in rows.values())
    return float(measures.asymmetry(china, russia)), prose.together(*rows["USD"], *rows["CNY"])


def _standing_numbers(two: any_pair.Pair) -> dict[str, prose.Number]:
    own = two.standing[two.standing["basis"] == any_pair.OWN].set_index(["country", "flow", "year"]).sort_index()
    russia, china = data.load("partner-trade-russia"), data.load("partner-trade-china")
    said = {}
    for flow, (side, _) in FLOWS.items():
        for year in (2000, 2021):
            rows = data.select(russia, period=str(year), **{side: "RUS"})
            said[f"hhi_{flow}_{year}"] = prose.plain(own.loc[("RUS", flow, year), "hhi_named"], rows, "index 0-1", 3)
        for year in (2024, 2025):
            rows = data.select(china, period=str(year), **{side: "CHN"})
            said[f"russia_rank_{flow}_{year}"] = prose.count(own.loc[("CHN", flow, year), "rank"], rows, "rank")
        first = own.loc[("RUS", flow)]["rank"]
        since = int(first[first > 1].index.max()) + 1
        rows = data.select(russia, period=[str(since - 1), str(since)], **{side: "RUS"})
        said[f"first_{flow}"] = prose.words(since, rows, str(since), "year", note="first year of the unbroken lead")
    nine = _one("imports", NINE, GACC_FCS)
    open_ = own.loc[("RUS", "exports", 2015)]
    rows = data.select(russia, period="2015", exporter="RUS")
    return said | {
        "floor_imports": prose.plain(
            nine["share"] ** 2, prose.together(*nine["parts"]), "index 0-1", 3, note="square of China’s share"
        ),
        "unnamed_2015": prose.share(open_["unnamed"], rows),
        "hhi_2015_low": prose.plain(open_["hhi_low"], rows, "index 0-1", 3, note="undisclosed partners spread thin"),
        "hhi_2015_high": prose.plain(open_["hhi"], rows, "index 0-1", 3, note="undisclosed counted as one partner"),
        "hhi_china_exports_2024": prose.plain(
            own.loc[("CHN", "exports", 2024), "hhi_named"],
            data.select(china, period="2024", exporter="CHN"),
            "index 0-1",
            3,
        ),
    }


def _supplier_numbers(two: any_pair.Pair) -> dict[str, prose.Number]:
    inputs = two.suppliers.assign(source_id=two.suppliers["source_id"])
    inputs.attrs["table"] = "sector-dependence"
    at = inputs.set_index(["supplier", "sector"])
    goods = data.select(data.load("sector-dependence"), sector=list(any_pair.SECTORS))
    said = {"industries": prose.count(len(any_pair.SECTORS), data.select(data.load("icio-sectors"), kind="goods"))}
    for supplier, buyer, name in (("CHN", "RUS", "china"), ("RUS", "CHN", "russia")):
        bought = goods[(goods["importer"] == buyer) & (goods["exporter"] != buyer)]
        rows = data.select(inputs, supplier=supplier)
        share = bought.loc[bought["exporter"] == supplier, "value"].sum() / bought["value"].sum()
        said[f"inputs_{name}"] = prose.share(share, bought)
        said[f"leads_{name}"] = prose.count(
            (rows["rank"] == 1).sum(), bought, "industries", note="largest foreign supplier"
        )
    for supplier, sector, name in (
        ("CHN", "C26", "electronics"),
        ("CHN", "C13T15", "textiles"),
        ("CHN", "C27", "electrical"),
        ("RUS", "C16", "wood"),
        ("RUS", "C19", "oil_products"),
        ("RUS", "B06", "crude"),
    ):
        rows = data.select(inputs, supplier=supplier, sector=sector)
        said[f"share_{name}"] = prose.share(at.loc[(supplier, sector), "share"], rows, 0)
        if name in ("electronics", "crude"):
            said[f"use_{name}"] = prose.share(at.loc[(supplier, sector), "share_of_use"], rows, 0, note="of all use")
    return said


def _one(flow: str, when: str, basis: str) -> pd.Series:
    return data.select(bases(), flow=flow, when=when, basis=basis).iloc[0]


def _basis_numbers() -> dict[str, prose.Number]:
    def one(flow: str, when: str, basis: str) -> prose.Number:
        row = _one(flow, when, basis)
        return prose.share(row["share"], prose.together(*row["parts"]))

    said = {}
    for flow in FLOWS:
        said[f"{flow}_nine"] = one(flow, NINE, GACC_FCS)
        said[f"{flow}_2021"] = one(flow, "2021", FCS)
        said[f"{flow}_2021_mirror"] = one(flow, "2021", GACC_FCS)
        for end, row in zip(("low", "high"), spread(flow, "2023").itertuples(), strict=True):
            said[f"{flow}_2023_{end}"] = prose.share(row.share, prose.together(*row.parts), note=row.basis)
    stated = data.select(data.load("trade-shares"), period="2024", frequency="D", partner="CHN", flow="total")
    rows = prose.together(*(part for flow in FLOWS for part in _one(flow, NINE, GACC_FCS)["parts"]))
    trade, world = rows[rows["reporter"] == "CHN"]["value"].sum(), rows[rows["reporter"] == "RUS"]["value"].sum()
    claim = data.select(data.load("claims"), id=["share-exports-30", "share-imports-41"]).sort_values("id")
    return said | {
        "stated_exports": prose.percent(claim["stated_value"].iloc[0], claim.iloc[:1], 0),
        "stated_imports": prose.percent(claim["stated_value"].iloc[1], claim.iloc[1:], 0),
        "stated_official": prose.percent(stated["value"].iloc[0], stated, 0),
        "total_nine": prose.share(measures.partner_share(trade, world), rows),
    }


def _china_numbers() -> dict[str, prose.Number]:
    shares = long_shares().set_index(["country", "year", "flow", "basis"])
    said = {}
    for flow, direction in (("exports", "China to Russia"), ("imports", "Russia to China")):
        for year, basis in ((1995, OWN), (2021, PRESS), (2024, PRESS), (2025, LATEST)):
            row = shares.loc[("CHN", year, direction, basis)]
            if year in (2021, 2024, 2025):
                said[f"russia_in_{flow}_{year}"] = prose.share(row["share"], prose.together(*row["parts"]))
    return said
