"""Published values, found again in the tables. Each test names who published the value."""

import numpy as np
import pandas as pd
import pytest

from partnership import data, measures


def table(name, **where):
    return data.select(data.load(name), **where)


def value(name, **where):
    """The one value of a table that fits."""
    return table(name, **where)["value"].item()


# -- China and Russia -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "billions"), [("2021", 146.887), ("2022", 190.271), ("2023", 240.11), ("2024", 244.81), ("2025", 228.105)]
)
def test_turnover_by_chinese_customs_as_printed_in_january(year, billions):
    """General Administration of Customs of China, in the press of each January (TASS, RIA Novosti, Global Times)."""
    best = data.best(data.load("bilateral-trade"))
    year_total = data.select(best, period=year, frequency="A", direction="two-way", reporter="CHN", currency="USD")
    assert year_total["value"].item() == billions * 1000


@pytest.mark.parametrize(
    ("reporter", "billions"),
    [
        ("CHN", {"2014": 95.24, "2018": 106.65, "2019": 109.74, "2020": 107.70}),
        ("RUS", {"2014": 88.35, "2018": 108.25, "2019": 109.00, "2020": 104.49}),
    ],
)
def test_turnover_by_both_reporters_of_the_imf(reporter, billions):
    """IMF, Direction of Trade Statistics, edition of 2023: exports plus imports."""
    both = table("bilateral-trade", source_id="imf-dots-2023", reporter=reporter, period=list(billions))
    assert (both.groupby("period")["value"].sum() / 1000).round(2).to_dict() == billions


@pytest.mark.parametrize(("year", "exports", "imports"), [("2018", 56.02, 52.23), ("2021", 68.90, 72.70)])
def test_months_of_russian_customs_add_to_the_year(year, exports, imports):
    """Federal Customs Service of Russia, annual figures for trade with China."""
    months = table("bilateral-trade", source_id="fcs-monthly-partners-2021", frequency="M")
    months = months[months["period"].str[:4] == year]
    sums = (months.groupby("exporter")["value"].sum() / 1000).round(2)
    assert (sums["RUS"], sums["CHN"]) == (exports, imports)


def test_chinas_shares_of_russias_trade_in_nine_months_of_2024():
    """Numerators: Chinese customs, table by country of September 2024; denominators: Federal Customs Service."""
    shares = {}
    for exporter, importer in (("RUS", "CHN"), ("CHN", "RUS")):
        flow = {"period": "2024-09", "frequency": "YTD", "direction": "one-way", "currency": "USD"}
        best = data.best(data.load("bilateral-trade"))
        with_china = data.select(best, exporter=exporter, importer=importer, reporter="CHN", **flow)["value"].item()
        side = {"exporter": "RUS", "importer": "WLD"} if exporter == "RUS" else {"exporter": "WLD", "importer": "RUS"}
        total = value("trade-totals", source_id="fcs-by-country-group-2024-09", **side, **flow)
        shares[exporter] = round(100 * measures.partner_share(with_china, total), 1)
    assert shares == {"RUS": 30.6, "CHN": 40.9}


def test_ten_months_of_2024():
    """Chinese customs, January to October 2024, as Russia's Pivot to Asia and Pluralia print it: 94.14 and 108.07."""
    best = data.best(data.load("bilateral-trade"))
    rows = data.select(best, period="2024-10", frequency="YTD", reporter="CHN", currency="USD")
    told = rows.set_index(["direction", "exporter"])["value"]
    assert told["one-way", "CHN"] == 94140 and told["one-way", "RUS"] == 108070 and told["two-way", "CHN"] == 202210
    assert rows.set_index(["direction", "exporter"])["growth_reported"]["two-way", "CHN"] == 2.8


def test_growth_of_2024_and_2025_as_printed():
    """Chinese customs: +1.9 per cent in 2024 (RIA Novosti, January 2025), -6.9 per cent in 2025 (TASS, January 2026)."""
    years = table("bilateral-trade", frequency="A", direction="two-way", reporter="CHN", currency="USD")
    printed = years.dropna(subset=["growth_reported"]).sort_values("rank").drop_duplicates("period")
    printed = printed.set_index("period")["growth_reported"]
    assert printed["2024"] == 1.9 and printed["2025"] == -6.9
    levels = data.best(years).set_index("period")["value"]
    assert round(100 * (levels["2025"] / levels["2024"] - 1), 1) == pytest.approx(-6.8, abs=0.05)  # revised base


def test_turnover_in_yuan():
    """Chinese customs, table by country: 1,741.0 billion yuan in 2024, 1,630.8 in 2025, 1,099.9 to July 2026."""
    best = data.best(data.load("bilateral-trade"))
    yuan = data.select(best, direction="two-way", currency="CNY", reporter="CHN")
    years = data.select(yuan, frequency="A").set_index("period")["value"]
    assert (years[["2024", "2025"]] / 1000).round(1).tolist() == [1741.0, 1630.8]
    to_date = data.select(yuan, frequency="YTD").set_index("period")["value"]
    assert round(to_date["2026-07"] / 1000, 1) == 1099.9
    assert data.select(yuan, period="2026-07", frequency="YTD")["growth_reported"].item() == 21.5
    assert 100 * (to_date["2026-07"] / to_date["2025-07"] - 1) == pytest.approx(21.5, abs=0.3)  # on the first base


def test_months_of_mgimo_add_to_the_years_of_customs_within_one_per_cent():
    """MGIMO, bulletin of foreign trade (July 2026): 110.90 … 227.67; Chinese customs: 110.75 … 228.105."""
    months = table("bilateral-trade", source_id="mgimo-foreign-trade-2026-07", frequency="M")
    years = (months.groupby(months["period"].str[:4])["value"].sum() / 1000).round(2)
    told = [110.90, 108.06, 147.01, 188.91, 240.25, 245.25, 227.67]
    assert years["2019":"2025"].tolist() == pytest.approx(told, abs=0.025)  # exports are read to 0.05 a month
    customs = pd.Series([110.75, 107.76, 146.88, 190.27, 240.11, 244.81, 228.105], index=years["2019":"2025"].index)
    assert ((years["2019":"2025"] / customs - 1).abs() < 0.008).all()


# -- totals ---------------------------------------------------------------------------------------


def test_totals_of_russian_customs():
    """Federal Customs Service: by country group 2022 and 2023, January to September 2024."""
    told = {
        ("fcs-by-country-group-2023-12", "2022"): (592.487, 255.305),
        ("fcs-by-country-group-2023-12", "2023"): (425.088, 285.057),
        ("fcs-by-country-group-2024-09", "2024-09"): (318.1747, 203.3063),
    }
    for (source, period), billions in told.items():
        flows = [{"exporter": "RUS", "importer": "WLD"}, {"exporter": "WLD", "importer": "RUS"}]
        found = [value("trade-totals", source_id=source, period=period, **flow) / 1000 for flow in flows]
        assert found == pytest.approx(billions, abs=1e-9)


def test_totals_of_china_in_2024_and_russias_part():
    """UN Comtrade: 3,576.5 and 2,585.1 billion dollars; Chinese customs on Russia: 115.49 and 129.32."""
    totals = table("trade-totals", source_id="un-comtrade-chn-totals-2024", period="2024").set_index("exporter")[
        "value"
    ]
    assert (totals / 1000).round(1).to_dict() == {"CHN": 3576.5, "WLD": 2585.1}
    best = data.best(data.load("bilateral-trade"))
    flows = data.select(best, period="2024", frequency="A", direction="one-way", reporter="CHN", currency="USD")
    flows = flows.set_index("exporter")["value"]
    assert flows.to_dict() == {"CHN": 115490, "RUS": 129320}
    assert round(100 * flows["CHN"] / totals["CHN"], 2) == 3.23
    assert round(100 * flows["RUS"] / totals["WLD"], 2) == 5.00
    assert round(100 * flows.sum() / totals.sum(), 2) == 3.97


@pytest.mark.parametrize(
    ("year", "exports", "imports"), [("1992", 2.75, 4.36), ("2010", 1.88, 1.85), ("2020", 1.95, 2.76)]
)
def test_russias_share_of_chinas_trade(year, exports, imports):
    """IMF, Direction of Trade Statistics, over WITS and UN Comtrade totals of China."""
    best = data.best(data.load("trade-totals"))
    for exporter, importer, wanted in (("CHN", "RUS", exports), ("RUS", "CHN", imports)):
        flow = value(
            "bilateral-trade",
            source_id="imf-dots-2023",
            period=year,
            exporter=exporter,
            importer=importer,
            reporter="CHN",
        )
        world = {"exporter": "CHN", "importer": "WLD"} if exporter == "CHN" else {"exporter": "WLD", "importer": "CHN"}
        total = data.select(best, period=year, frequency="A", currency="USD", direction="one-way", **world)[
            "value"
        ].item()
        assert round(100 * flow / total, 2) == wanted


def test_asia_is_73_per_cent_of_russias_trade_in_nine_months_of_2025():
    """Federal Customs Service via RIA Novosti, November 2025: 369.5 billion dollars, 73.3 per cent."""
    assert value("trade-shares", period="2025-09", partner="XAS") == 73.3
    asia = table("trade-totals", period="2025-09", direction="two-way")
    assert asia[asia["importer"] == "XAS"]["value"].tolist() == [369500]


# -- partners -------------------------------------------------------------------------------------

CHINA_IN_RUSSIA = {
    "2000": (5.1, 2.8),
    "2010": (5.0, 17.0),
    "2014": (7.5, 17.7),
    "2020": (14.6, 23.7),
    "2021": (13.9, 24.8),
}


@pytest.mark.parametrize("year", CHINA_IN_RUSSIA)
def test_chinas_share_of_russias_exports_and_imports(year):
    """UN Comtrade to 2020, IMF for 2021, as Russia reports."""
    partners = table("partner-trade-russia", period=year)
    for flow, wanted in zip(("exports", "imports"), CHINA_IN_RUSSIA[year], strict=True):
        shares = measures.shares(partners, "RUS", flow).set_index("partner")["share"]
        assert round(100 * shares["CHN"], 1) == pytest.approx(wanted, abs=0.051)


@pytest.mark.parametrize(
    ("year", "exports", "imports"), [("2000", 0.038, 0.056), ("2020", 0.049, 0.082), ("2021", 0.048, 0.087)]
)
def test_concentration_of_russias_partners(year, exports, imports):
    """Herfindahl–Hirschman index of UN Comtrade and IMF partner shares; 2015 has large undisclosed exports."""
    partners = table("partner-trade-russia", period=year)
    for flow, wanted in (("exports", exports), ("imports", imports)):
        shares = measures.shares(partners, "RUS", flow)
        assert round(measures.hhi(shares["share"]), 3) == wanted


GACC = {
    ("2023", "exports"): (0.0450, 3.29, 7),
    ("2024", "exports"): (0.0444, 3.23, 7),
    ("2023", "imports"): (0.0395, 5.28, 6),
    ("2024", "imports"): (0.0401, 5.24, 6),
    ("2025", "exports"): (0.0373, 2.74, 10),
    ("2025", "imports"): (0.0397, 5.08, 6),
}


@pytest.mark.parametrize(("year", "flow"), GACC)
def test_concentration_share_and_rank_of_russia_among_chinas_partners(year, flow):
    """Chinese customs, tables by country of December 2024 and 2025, without goods that come back to China."""
    own = "exporter" if flow == "exports" else "importer"
    trade = table("partner-trade-china", period=year)
    trade = trade[(trade[own] == "CHN") & (trade["exporter"] != trade["importer"])]
    other = "importer" if flow == "exports" else "exporter"
    partners = trade[trade[other] != "WLD"].set_index(other)["value"]
    index, share, rank = GACC[year, flow]
    assert round(measures.hhi(partners), 4) == index
    assert round(100 * partners["RUS"] / partners.sum(), 2) == pytest.approx(share, abs=0.011)
    assert measures.rank(partners)["RUS"] == rank


@pytest.mark.parametrize(("year", "exports", "imports"), [("2014", 0.0710, 0.0765), ("2021", 0.0548, 0.0667)])
def test_concentration_of_chinas_mirror(year, exports, imports):
    """UN Comtrade, as China's partners report; China's own re-imports are not a partner."""
    mirror = table("partner-trade-china-mirror", period=year)
    assert round(measures.hhi(mirror[mirror["exporter"] == "CHN"]["value"]), 4) == exports
    assert round(measures.hhi(mirror[mirror["importer"] == "CHN"]["value"]), 4) == imports


# -- WITS -----------------------------------------------------------------------------------------


def wits(country, indicator, flow="exports"):
    rows = table("concentration-published", country=country, indicator=indicator, flow=flow)
    return rows.set_index("period")["value"]


@pytest.mark.parametrize("flow", ["exports", "imports"])
def test_russias_five_largest_partners_have_the_shares_of_wits(flow):
    """World Bank, WITS, trade summary of Russia 2000 to 2020; 2016 and 2017 there are UN Comtrade, here IMF."""
    told = table("concentration-published", country="RUS", indicator="top5-share", flow=flow)
    told = told[told["period"].between("2000", "2020") & ~told["period"].isin(["2016", "2017"])]
    shares = measures.shares(data.load("partner-trade-russia"), "RUS", flow).set_index(["period", "partner"])["share"]
    found = 100 * shares.reindex(pd.MultiIndex.from_frame(told[["period", "partner"]])).to_numpy()
    assert len(told) == 95
    assert np.nanmax(np.abs(found - told["value"].to_numpy())) <= 0.011
    assert np.isnan(found).sum() == 0


def test_chinas_share_of_russias_trade_in_2021_as_wits_has_it():
    """World Bank, WITS, Russia 2021: 13.95 and 24.77 per cent; the IMF has 13.91 and 24.75."""
    for flow, wanted in (("exports", 13.95), ("imports", 24.77)):
        told = table(
            "concentration-published", country="RUS", indicator="top5-share", flow=flow, period="2021", partner="CHN"
        )
        assert told["value"].item() == wanted
        shares = measures.shares(table("partner-trade-russia", period="2021"), "RUS", flow).set_index("partner")[
            "share"
        ]
        assert 100 * shares["CHN"] == pytest.approx(wanted, abs=0.05)


def test_concentration_of_russias_exports_is_that_of_wits():
    """World Bank, WITS, HH market concentration index of Russia 2000 to 2021, printed to 0.01.

    Normalised, without the unspecified partner, shares of the world total. It lies within 0.0131 in all years and within
    rounding in 16 of 22.
    """
    told = wits("RUS", "hh-index")["2000":"2021"]
    shares = measures.shares(data.load("partner-trade-russia"), "RUS", "exports")
    shares = shares[shares["partner"] != "XUN"]
    squares = shares.groupby("period")["share"].agg(lambda share: float((share**2).sum()))
    one = 1 / shares.groupby("period")["share"].size()
    found = ((squares - one) / (1 - one))["2000":"2021"]
    gap = (found - told).abs()
    assert len(gap) == 22
    assert gap.max() <= 0.0132
    assert (gap <= 0.0051).sum() == 16


def test_concentration_of_chinas_exports_is_that_of_wits():
    """World Bank, WITS, HH index of China 2005 to 2021: the squares of its own five largest shares, within 0.007."""
    top = table("concentration-published", country="CHN", indicator="top5-share", flow="exports")
    squares = top.assign(value=(top["value"] / 100) ** 2).groupby("period")["value"].sum()["2005":"2021"]
    gap = (squares - wits("CHN", "hh-index")["2005":"2021"]).abs()
    assert len(gap) == 17
    assert gap.max() <= 0.0075


def test_totals_of_wits_are_those_of_the_partner_table():
    """World Bank, WITS, total trade of Russia; 2016 and 2017 overstated there by UN Comtrade."""
    world = table("partner-trade-russia", importer="WLD").set_index("period")["value"]["2000":"2020"]
    gap = (world / wits("RUS", "trade-value")["2000":"2020"] - 1).abs()
    assert (gap.drop(["2016", "2017"]) < 1e-4).all()
    assert (gap[["2016", "2017"]] > 0.05).all()


# -- matrices -------------------------------------------------------------------------------------

UNCTAD = {
    "1995": (3.50, 1.66, 4.3, 1.7, 2.5, 0.130, 0.049),
    "2005": (13.05, 13.21, 7.1, 1.9, 3.7, 0.094, 0.061),
    "2015": (28.33, 34.81, 13.3, 1.7, 7.9, 0.068, 0.069),
}


@pytest.mark.parametrize("year", UNCTAD)
def test_flows_shares_and_asymmetry_of_the_unctad_matrix(year):
    """UNCTAD, merchandise trade matrix: flows in billions, China in Russia's trade and Russia in China's, concentration."""
    matrix = table("world-trade-matrix", period=year)
    flow = matrix.set_index(["exporter", "importer"])["value"]
    trade = matrix.groupby("exporter")["value"].sum() + matrix.groupby("importer")["value"].sum()
    both = flow["RUS", "CHN"] + flow["CHN", "RUS"]
    in_russia, in_china = 100 * both / trade["RUS"], 100 * both / trade["CHN"]
    found = [
        flow["RUS", "CHN"] / 1000,
        flow["CHN", "RUS"] / 1000,
        in_russia,
        in_china,
        measures.asymmetry(in_russia, in_china),
    ]
    found += [
        measures.hhi(matrix[matrix["exporter"] == "CHN"]["value"]),
        measures.hhi(matrix[matrix["importer"] == "RUS"]["value"]),
    ]
    assert [
        abs(number - wanted) <= 0.51 * 10 ** -len(str(wanted).partition(".")[2])
        for number, wanted in zip(found, UNCTAD[year], strict=True)
    ] == [True] * 7


def test_intermediate_inputs_of_the_oecd():
    """OECD, Inter-Country Input-Output tables (edition of 2025), year 2022."""
    matrix = data.load("world-intermediates-matrix").set_index(["exporter", "importer"])
    assert round(matrix["value"]["RUS", "CHN"]) == 87139 and round(matrix["value"]["CHN", "RUS"]) == 27108
    abroad = matrix.reset_index()
    abroad = abroad[abroad["exporter"] != abroad["importer"]]
    trade = abroad.groupby("exporter")["value_goods"].sum() + abroad.groupby("importer")["value_goods"].sum()
    both = matrix["value_goods"]["RUS", "CHN"] + matrix["value_goods"]["CHN", "RUS"]
    in_russia, in_china = 100 * both / trade["RUS"], 100 * both / trade["CHN"]
    assert (round(in_russia, 1), round(in_china, 1), round(measures.asymmetry(in_russia, in_china), 1)) == (
        22.8,
        3.5,
        6.6,
    )


def test_china_in_russias_imported_inputs_by_industry():
    """OECD, Inter-Country Input-Output tables: 57 per cent of electronic, 40 of electrical, 54 of textile inputs."""
    shares = table("sector-dependence", exporter="CHN", importer="RUS").set_index("sector")["share_of_imports"]
    assert [round(100 * shares[sector]) for sector in ("C26", "C27", "C13T15")] == [57, 40, 54]


# -- products and energy --------------------------------------------------------------------------


def test_energy_and_machinery_in_russias_reports_of_trade_with_china():
    """UN Comtrade: HS 27 in exports, HS 84, 85 and 87 in imports, per cent of disclosed chapters."""
    trade = data.load("product-trade")
    chapters = trade[trade["hs_chapter"] != "TOTAL"]
    totals = chapters.groupby(["exporter", "period"])["value"].sum()
    energy = data.select(chapters, exporter="RUS", hs_chapter="27").set_index("period")["value"]
    machines = data.select(chapters, exporter="CHN", hs_chapter=["84", "85", "87"]).groupby("period")["value"].sum()
    years = ["2000", "2010", "2020"]
    assert (100 * energy / totals["RUS"])[[*years, "2019"]].round(1).tolist() == [8.0, 51.9, 59.3, 69.9]
    assert (100 * machines / totals["CHN"])[years].round(1).tolist() == [9.9, 47.6, 55.1]


def test_chinas_crude_imports_from_russia():
    """Chinese customs, million tonnes: 1.48 (2000), 33.11 (2014), 71.49 (2018), 83.57 (2020), 79.65 (2021)."""
    crude = table(
        "energy-trade", source_id="gacc-russian-energy-imports-2022-07", commodity="crude oil", measure="volume"
    )
    years = (crude.groupby(crude["period"].str[:4])["value"].sum() / 1000).round(2)
    assert years[["2000", "2014", "2018", "2020", "2021"]].tolist() == [1.48, 33.11, 71.49, 83.57, 79.65]


def test_crude_read_off_the_chart_adds_to_what_customs_printed():
    """Chinese customs: 77.7, 83.57, 79.64, 86.25, 107.02, 108.47 million tonnes (2019 to 2024); chart of MGIMO."""
    chart = table("energy-trade", source_id="mgimo-china-bulletin-crude-2026-05")
    years = chart.groupby(chart["period"].str[:4])["value"].sum()["2019":"2024"]
    customs = pd.Series([77.7, 83.57, 79.64, 86.25, 107.02, 108.47], index=years.index)
    assert ((years / customs - 1).abs() < 0.0085).all()


def test_destinations_of_russian_crude_and_origins_of_chinas_gas():
    """BP, Statistical Review 2021; Energy Institute, Statistical Review 2024."""
    energy = data.load("energy-trade")
    sources = ("bp-statistical-review-2021", "ei-statistical-review-2024")
    wanted = {"CHN": (83.4, 107.0), "WLD": (260.0, 240.8), "IND": (2.6, 81.8), "XER": (138.2, 32.4)}
    for source, place in ((source, place) for source in sources for place in wanted):
        crude = data.select(energy, source_id=source, commodity="crude oil", exporter="RUS", importer=place)
        assert round(crude["value"].item(), 1) == wanted[place][sources.index(source)]
    gas = {"pipeline gas": (3.9, 21.3), "LNG": (6.9, 11.0)}
    for source, kind in ((source, kind) for source in sources for kind in gas):
        flow = data.select(energy, source_id=source, commodity=kind, exporter="RUS", importer="CHN")
        assert round(flow["value"].item(), 1) == gas[kind][sources.index(source)]


def test_oil_and_gas_in_chinas_imports_from_russia():
    """MGIMO, mirror of Chinese customs: 79.61 … 124.25 billion dollars (2021 to 2025), 58 … 56 per cent oil and gas."""
    groups = table("oil-gas-trade", importer="CHN")
    wide = groups.assign(year=groups["period"].str[:4]).pivot_table(
        index="year", columns="product_group", values="value", aggfunc="sum"
    )
    years = wide.loc["2021":"2025"]
    assert (years.sum(axis=1) / 1000).round(2).tolist() == [79.61, 112.90, 129.05, 128.97, 124.25]
    assert (100 * years["oil_and_gas"] / years.sum(axis=1)).round(1).tolist() == [58.2, 63.6, 62.0, 64.6, 56.5]


def test_parcels_for_personal_use():
    """MGIMO, bulletin of July 2026, table: HS 9804 from 1,599.4 to 5,910.1 million dollars."""
    windows = table("product-windows", hs4="9804").set_index("period")["value"]
    assert windows["2025-05"] == pytest.approx(1599.4, abs=1) and windows["2026-05"] == pytest.approx(5910.1, abs=1)


MINERALS = {"2011": (10.13, 3.04, 10), "2014": (6.85, 1.96, 14), "2021": (23.37, 4.40, 6), "2022": (33.89, 6.11, 3)}


@pytest.mark.parametrize("year", MINERALS)
def test_minerals_and_metals_from_russia(year):
    """WTO, bilateral imports of minerals and metals by China: billions of dollars, share, rank."""
    suppliers = table("minerals-metals-trade", period=year).set_index("exporter")["value"]
    billions, share, rank = MINERALS[year]
    assert round(suppliers["RUS"] / 1000, 2) == billions
    assert round(100 * suppliers["RUS"] / suppliers["WLD"], 2) == share
    assert measures.rank(suppliers.drop("WLD"))["RUS"] == rank


def test_crude_and_lng_of_2024():
    """Chinese customs via TASS (September 2025): 108.47 and 8.3 million tonnes; 62.42 and 4.99 billion dollars."""
    for commodity, tonnes, dollars in (("crude oil", 108.47, 62420), ("LNG", 8.3, 4990)):
        flow = {"period": "2024", "frequency": "A", "exporter": "RUS", "importer": "CHN", "commodity": commodity}
        assert value("energy-trade", measure="volume", **flow) == tonnes
        assert value("energy-trade", measure="value", **flow) == dollars


def test_chinese_brands_on_russias_car_market():
    """Autostat: 61.9 per cent in September, 57.7 in October 2024; Gazprombank Autoleasing: 58 in 2024, 42 in December 2025."""
    shares = table("market-shares", market="new cars", metric="share", brand="all Chinese")
    autostat = data.select(shares, counter="Autostat").set_index("period")["value"]
    assert autostat["2024-09"] == 61.9 and autostat["2024-10"] == 57.7 and autostat["2025-10"] == 49.6
    bank = data.select(shares, counter="Gazprombank Autoleasing").set_index("period")["value"]
    assert bank["2024"] == 58 and bank["2025-12"] == 42 and bank["2026-02"] == 39


def test_chinese_share_of_smartphone_imports():
    """GS Group: 50 per cent (2021), 75 (2022), 79 (2023); the only 90 is its forecast of July 2022."""
    shares = table("market-shares", market="smartphones", metric="share", brand="all Chinese", counter="GS Group")
    imported = data.select(shares, basis="units imported, by nationality of the brand").set_index("period")["value"]
    assert imported.to_dict() == {"2021": 50, "2022": 75, "2023": 79}
    assert table("market-shares", market="smartphones", value=90)["status"].tolist() == ["estimated"]


# -- output, rates, prices ------------------------------------------------------------------------


def test_output_of_china_and_russia():
    """World Bank (vintage to 2023): 17.79 and 2.02 trillion dollars in 2023; IMF outlook 2025: 19.626 and 2.588."""
    world_bank = table("gdp", source_id="worldbank-wdi-gdp-to-2023").set_index(["country", "period"])["value"]
    assert [round(world_bank[country, "2023"] / 1e6, 2) for country in ("CHN", "RUS")] == [17.79, 2.02]
    ratios = [world_bank["CHN", year] / world_bank["RUS", year] for year in ("1992", "2000", "2023")]
    assert [round(ratio, 2) for ratio in ratios] == [0.93, 4.66, 8.80]
    outlook = table("gdp", source_id="imf-weo-gdp-2026-07", period="2025").set_index("country")["value"]
    assert [round(outlook[country] / 1e6, 3) for country in ("CHN", "RUS")] == [19.626, 2.588]


def test_roubles_a_dollar():
    """World Bank, official rates: 31.84 (2013), 60.94 (2015), 85.16 (2023); HMRC means 74.3 … 85.0 (2021 to 2025)."""
    official = table("exchange-rates", currency="RUB", per="USD", frequency="A").set_index("period")["value"]
    assert official[["2013", "2015", "2023"]].round(2).tolist() == [31.84, 60.94, 85.16]
    months = table("exchange-rates", currency="RUB", per="USD", frequency="M", source_id="hmrc-rates-2026-11")
    years = months.groupby(months["period"].str[:4])["value"].mean()
    assert years["2021":"2026"].round(1).tolist() == [74.3, 72.9, 83.3, 91.7, 85.0, 78.9]


def test_price_of_brent():
    """United States Energy Information Administration: 100.93 dollars a barrel in 2022, 69.14 in 2025."""
    years = table("oil-price", frequency="A").set_index("period")["value"]
    assert (years["2022"], years["2025"]) == (100.93, 69.14)


# -- sanctions, payments, arms, votes -------------------------------------------------------------


def test_entries_on_the_united_states_lists():
    """OFAC lists by country, end of month: Russia 1,469 (April 2022) to 5,419 (March 2026), China 345 to 1,138."""
    stock = table("sanctions-monthly", jurisdiction="USA", measure="stock").set_index(["target", "period"])["value"]
    months = ["2022-04", "2022-12", "2023-12", "2024-12", "2026-03"]
    assert [stock["RUS", month] for month in months] == [1469, 2227, 3433, 5095, 5419]
    assert [stock["CHN", month] for month in ("2022-04", "2026-03")] == [345, 1138]


def test_british_designations_by_year():
    """UK Sanctions List, Russia regulations: 226 before, then 1,383, 328, 275, 743 and 297; 3,252 in all."""
    british = table("sanctions-monthly", jurisdiction="GBR", type="all")
    new = data.select(british, measure="still-listed")
    years = new.groupby(new["period"].str[:4])["value"].sum()
    assert years["2022":"2026"].tolist() == [1383, 328, 275, 743, 297]
    running = data.select(british, measure="still-listed-cumulative").sort_values("period")["value"]
    assert (running.iloc[0], running.iloc[-1]) == (226, 3252)


def test_castellums_dashboard_of_2_august_2024():
    """Castellum.AI: 2,695 designations before 22 February 2022 and 19,535 more since: 22,230."""
    day = table("sanctions-counts", counter="Castellum.AI", period="2024-08-02").set_index("measure")["value"]
    assert day.to_dict() == {"increment": 19535, "stock": 22230}


SETTLEMENT = {
    ("2021", "export", "RUB"): 14.3, ("2024", "export", "RUB"): 41.5, ("2025", "export", "RUB"): 53.7,
    ("2025-12", "export", "RUB"): 62.5, ("2026-01", "export", "RUB"): 60.6, ("2022-01", "export", "unfriendly"): 87,
    ("2024-04", "export", "unfriendly"): 19.3, ("2025-07", "export", "unfriendly"): 13.1, ("2024-11", "import", "unfriendly"): 17.8,
    ("2025-07", "import", "unfriendly"): 14.6,
}  # fmt: skip


@pytest.mark.parametrize("cell", SETTLEMENT)
def test_currencies_of_russias_payments(cell):
    """Bank of Russia, structure of settlements by currency, as the press prints it."""
    period, flow, currency = cell
    shares = table("settlement-currency", period=period, flow=flow, currency=currency, partner="WLD", kind="statistic")
    assert SETTLEMENT[cell] in shares["value"].tolist()


def test_sipris_share_of_china_in_russias_arms_exports():
    """SIPRI, trends in arms transfers, March 2025: 17 per cent for 2020 to 2024; deliveries give 16.8."""
    five = {"frequency": "5Y", "metric": "share-of-exports", "period": "2024"}
    published = value("arms-transfers", status="reported", **five)
    computed = value("arms-transfers", status="derived", **five)
    assert published == 17 and round(computed, 1) == 16.8 and round(computed) == published
    years = table("arms-transfers", metric="deliveries", frequency="A", exporter="RUS")
    sums = years[years["period"].between("2020", "2024")].groupby("importer")["value"].sum()
    assert round(sums["CHN"], 2) == 1869.25 and round(sums["WLD"], 2) == 11102.04
    assert round(100 * sums["CHN"] / sums["WLD"], 2) == 16.84


def test_sipris_deliveries_to_china():
    """SIPRI, trade register, millions of trend-indicator value."""
    years = table("arms-transfers", metric="deliveries", exporter="RUS", importer="CHN").set_index("period")["value"]
    assert years[["1999", "2005", "2010", "2018", "2023", "2024"]].round(0).tolist() == [1444, 3066, 653, 1656, 327, 30]
    assert years["1999"] == 1444.5


def test_sipris_earlier_shares_were_revised():
    """SIPRI as published in March 2023 and 2024: 23 and 21 per cent; its register of 2026 gives 20.8 and 19.6."""
    five = table("arms-transfers", frequency="5Y", metric="share-of-exports").set_index(["period", "status"])["value"]
    assert five["2022", "reported"] == 23 and round(five["2022", "derived"], 1) == 20.8
    assert five["2023", "reported"] == 21 and round(five["2023", "derived"], 1) == 19.6


def test_distance_of_china_and_russia_in_the_general_assembly():
    """Bailey, Strezhnev and Voeten, ideal points of June 2024."""
    points = data.load("un-votes").pivot(index="period", columns="country", values="ideal_point")
    distance = measures.vote_distance(points["CHN"], points["RUS"])
    assert distance[["1993", "2005", "2021", "2022", "2023"]].round(2).tolist() == [2.84, 0.81, 0.38, 0.59, 0.27]


CENTRAL_ASIA = {
    ("KAZ", "2018"): (11.69, 18.52), ("KAZ", "2023"): (30.06, 27.05), ("UZB", "2010"): (2.18, 6.14),
    ("UZB", "2023"): (13.83, 10.16), ("KGZ", "2010"): (0.69, 1.34), ("KGZ", "2022"): (4.13, 3.48),
}  # fmt: skip


@pytest.mark.parametrize(("state", "year"), CENTRAL_ASIA)
def test_turnover_of_central_asian_states(state, year):
    """National statistics of Kazakhstan, Uzbekistan and Kyrgyzstan, billions of dollars with China and Russia."""
    trade = table("central-asia-trade", counter=state, period=year, frequency="A", direction="one-way")
    sums = [
        trade[(trade["exporter"] == other) | (trade["importer"] == other)]["value"].sum() / 1000
        for other in ("CHN", "RUS")
    ]
    assert [round(number, 2) for number in sums] == list(CENTRAL_ASIA[state, year])


def test_votes_of_the_general_assembly_on_ukraine():
    """United Nations press releases via news pages: in favour, against, abstained."""
    votes = data.load("diplomacy-events").set_index("id")["value"]
    told = {
        "2023-02-23": (141, 7, 32),
        "2025-02-24-a": (93, 18, 65),
        "2025-02-24-b": (93, 8, 73),
        "2026-02-24": (107, 12, 51),
    }
    for day, counts in told.items():
        assert tuple(votes[f"unga-{day}-{kind}"] for kind in ("in-favour", "against", "abstained")) == counts


def test_exercises_and_patrols_since_2003():
    """Own list: 67 held and one announced, nine in 2024; EUISS counts 66 since 2003, NDU 10 before 2014."""
    exercises = data.load("exercises")
    held = exercises[exercises["date_precision"] != "announced"]
    assert (len(exercises), len(held)) == (68, 67)
    years = held["start"].str[:4].value_counts()
    assert years["2024"] == 9 and years[years.index < "2014"].sum() == 10  # NDU: 10
    between = held[(held["start"] >= "2014") & (held["start"].str[:7] <= "2023-07")]
    assert len(between) == 37  # NDU: at least 36


# -- products, prices, months of both directions ---------------------------------------------------


@pytest.mark.parametrize(
    ("exporter", "code", "billions"),
    [
        ("CHN", "TOTAL", {"2021": 69.62, "2022": 75.36, "2023": 110.01}),
        ("RUS", "TOTAL", {"2021": 72.06, "2022": 114.15, "2023": 129.00}),
        ("CHN", "87", {"2021": 4.34, "2022": 6.30, "2023": 22.52}),
        ("CHN", "84", {"2021": 16.96, "2022": 16.88, "2023": 25.22}),
        ("RUS", "27", {"2021": 48.63, "2023": 94.77}),
    ],
)
def test_products_as_cepii_has_them(exporter, code, billions):
    """CEPII, BACI (HS 2017): totals and chapters; the totals of Russia's sales are those of the OEC too."""
    rows = table("product-trade-hs", exporter=exporter, hs_code=code, period=list(billions))
    assert (rows.set_index("period")["value"] / 1000).round(2).to_dict() == billions


def test_totals_by_product_are_near_the_printed_year():
    """Chinese customs, 2023 as printed in 2024: 110.97 and 129.14."""
    for exporter, printed in (("CHN", 110.97), ("RUS", 129.14)):
        total = value("product-trade-hs", exporter=exporter, hs_code="TOTAL", period="2023")
        assert total / 1000 == pytest.approx(printed, rel=0.01)


def test_crude_and_gas_are_near_what_customs_printed():
    """Chinese customs in the press: 8.0 million tonnes of liquefied gas and 107.02 of crude in 2023."""
    rows = table("product-trade-hs", exporter="RUS", period="2023").set_index("hs_code")["tonnes"] / 1e6
    assert round(rows["271111"], 1) == 8.0
    assert rows["2709"] == pytest.approx(107.02, rel=0.08) and rows["2709"] < 100  # weights of CEPII fall short


def test_growth_of_2021_to_2023_is_volume_at_every_cutoff():
    """Computed twice, here and outside the book, with cut-off 3: prices 0.93 and volume 2.57, 1.55 and 1.97 of 2017."""
    indices = table("trade-price-volume", goods="all").set_index(["exporter", "cutoff", "period"])
    three = indices.xs("3", level="cutoff").round(2)
    assert three.loc[("CHN", "2023"), ["price", "volume"]].tolist() == [0.93, 2.57]
    assert three.loc[("RUS", "2023"), ["price", "volume"]].tolist() == [1.55, 1.97]
    wide = indices["price"].unstack("period")
    step = wide["2023"] / wide["2021"]
    assert step["CHN"].between(0.81, 0.96).all() and step["RUS"].between(1.19, 1.26).all()


def test_prices_and_volumes_are_those_of_the_products():
    """The measure on the rows of one chapter gives the indices of the table."""
    from refresh import baci, extract

    rows = baci.long(extract.load(baci.SOURCE))
    cars = rows[(rows["exporter"] == "CHN") & (rows["product"].str[:2] == "87")]
    made = measures.price_and_volume(cars, 3).set_index("period")[["price", "volume"]].round(4)
    held = table("trade-price-volume", exporter="CHN", goods="chapter 87", cutoff="3").set_index("period")
    assert made.to_dict() == held[["price", "volume"]].to_dict()


@pytest.mark.parametrize(
    ("exporter", "billions"),
    [
        ("CHN", [42.83, 47.97, 49.75, 50.50, 67.20, 75.54, 111.08, 115.28]),
        ("RUS", [41.39, 59.14, 61.19, 57.84, 79.59, 114.39, 128.94, 129.88]),
    ],
)
def test_revised_months_add_to_the_years_of_comtrade(exporter, billions):
    """UN Comtrade, reporter China, 2017 to 2024."""
    months = table("monthly-trade", exporter=exporter)
    assert (months.groupby(months["period"].str[:4])["value"].sum() / 1000).round(2).tolist() == billions


# -- votes, third countries, lists -----------------------------------------------------------------


def test_distance_of_china_and_russia_in_the_edition_of_2026():
    """Bailey, Strezhnev and Voeten, version 38: 2.73 (1993), 0.355 (2021), 0.59 (2022), 0.37 (2023), 0.60 (2025)."""
    points = data.load("un-positions").pivot(index="period", columns="country", values="ideal_point")
    distance = measures.vote_distance(points["CHN"], points["RUS"]).round(2)
    assert distance[["1993", "2005", "2021", "2022", "2023", "2025"]].tolist() == [2.73, 0.75, 0.35, 0.59, 0.37, 0.60]
    assert set(table("un-positions", period="2024", country=["CHN", "RUS"])["note"]) == {"few votes"}


def test_votes_of_2025_alike():
    """United Nations, Digital Library: China and Russia alike in 150 of 192 votes, China and the United States in 8."""
    votes = data.load("un-roll-calls")
    alike = [(votes[first] == votes[second]).sum() for first, second in
             (("china", "russia"), ("china", "united_states"), ("russia", "united_states"))]  # fmt: skip
    assert (len(votes), *alike) == (192, 150, 8, 25)


def test_industries_of_the_oecd():
    """OECD, ICIO: China in Russia's imports of goods 17.3, 22.4, 28.2 and 23.9 per cent."""
    goods = table("sector-inputs", exporter="CHN", sector="GOODS").set_index("period")
    share = (100 * measures.partner_share(goods["value"], goods["imports"])).round(1)
    assert share[["2011", "2018", "2021", "2022"]].tolist() == [17.3, 22.4, 28.2, 23.9]


def test_suppliers_a_year():
    """CEPII, BACI V202601 by S.-M. Lee: China 59.2 to 99.7 billion a year, Türkiye 5.2 to 9.5, Armenia 0.70 to 3.02."""
    sales = table("russia-suppliers", exporter=["CHN", "TUR", "ARM"]).pivot(
        index="exporter", columns="span", values="value_a_year"
    )
    assert (sales / 1000).round(1).to_numpy().tolist() == [[0.7, 3.0], [59.2, 99.7], [5.2, 9.5]]


def test_armenia_as_its_statistical_committee_has_it():
    """Statistical Committee of Armenia: exports to Russia 841 (2021), 3,540 (2023), 3,162 million (2024)."""
    rows = table("armenia-trade", exporter="ARM", importer="RUS", period=["2021", "2023", "2024"])
    assert rows["value"].round().tolist() == [841, 3540, 3162]


def test_firms_of_china_on_the_lists_of_the_european_union():
    """Regulations 269/2014 and 833/2014 as consolidated in August 2026: 33 and 96 with an address in China or Hong Kong."""
    rows = table("listings-by-date", place="China or Hong Kong")
    assert rows.groupby("list")["value"].sum().tolist() == [33, 96]
