"""What the field would ask of the tables: sums, dates, mirrors, vintages. Tolerances are stated where they are used."""

import ast

import numpy as np
import pandas as pd
import pytest

from checks import rulebook
from partnership import ROOT, claims, data

TABLES = data.tables()


@pytest.fixture(scope="module")
def faults():
    return rulebook.problems()


@pytest.mark.parametrize("name", TABLES)
def test_table_keeps_the_rules_of_the_field(name, faults):
    assert [line for line in faults if line.startswith(f"data/{data.resource(name)['path']},")] == []


# -- sums -----------------------------------------------------------------------------------------

WORLD_TOLERANCE = {
    ("partner-trade-russia", "any"): 1e-8,  # the published total is the sum
    ("partner-trade-china", "2023"): 5e-4,  # derived from 2024 and printed growth
    ("partner-trade-china", "2024"): 1e-6,  # 5 of 25,454,537 million yuan
    ("partner-trade-china", "2025"): 1e-8,  # to the rounding of the rows
    ("minerals-metals-trade", "any"): 2e-5,  # suppliers below a million dollars are left out
}
"""How far an exporter's (importer's) partners may be from its world total, as a fraction of it."""


@pytest.mark.parametrize(
    ("name", "own"), [("partner-trade-russia", "RUS"), ("partner-trade-china", "CHN"), ("minerals-metals-trade", "CHN")]
)
def test_an_exporters_partners_sum_to_its_world_total(name, own):
    frame = data.load(name)
    out = (frame["exporter"] == own) & (frame["importer"] != own)  # goods that come back are imports
    partner = frame["importer"].where(out, frame["exporter"])
    sums = frame.assign(out=out, world=partner == "WLD").pivot_table(
        index=["period", "out", "source_id"], columns="world", values="value", aggfunc="sum"
    )
    assert sums.notna().all(axis=None) and len(sums) > 5
    gap = (sums[False] / sums[True] - 1).abs()
    for (period, *_), found in gap.items():
        tolerance = WORLD_TOLERANCE.get((name, period)) or WORLD_TOLERANCE[name, "any"]
        assert found <= tolerance, f"{name} {period}: {found:.2e}"


def test_shares_of_all_partners_sum_to_one():
    from partnership import measures

    trade = data.select(data.load("partner-trade-russia"), status="reported")
    for flow in ("exports", "imports"):
        side = "exporter" if flow == "exports" else "importer"
        rows = trade[(trade[side] == "RUS") & (trade["exporter"] != trade["importer"])]
        again = trade[(trade["exporter"] == "RUS") & (trade["importer"] == "RUS") & (flow == "imports")]
        shares = measures.shares(pd.concat([rows, again]), "RUS", flow)
        assert shares.groupby("period")["share"].sum().round(9).eq(1).all()


def test_hs_chapters_sum_to_the_total_from_2007():
    trade = data.load("product-trade")
    total = trade["hs_chapter"] == "TOTAL"
    sums = trade.assign(total=total).pivot_table(
        index=["exporter", "period"], columns="total", values="value", aggfunc="sum"
    )
    part = sums[False] / sums[True]
    told = (
        trade[total]
        .set_index(["exporter", "period"])["note"]
        .str.extract(r"chapters add to ([\d.]+) per cent")[0]
        .astype(float)
    )
    from_2007 = part[part.index.get_level_values("period") >= "2007"]
    whole = from_2007[told.reindex(from_2007.index).isna()]
    assert len(whole) == 26  # all but Russia's exports of 2008 and 2009, of which the rows tell the part
    assert (whole - 1).abs().max() < 2e-4  # 2008, imports: 0.011 per cent undisclosed
    partly = told.dropna()
    assert (100 * part.reindex(partly.index) - partly).abs().max() < 0.051
    assert partly.index.get_level_values("period").tolist() == [
        "2000",
        "2001",
        "2002",
        "2003",
        "2004",
        "2005",
        "2006",
        "2008",
        "2009",
    ]


def test_tonnes_of_crude_times_the_unit_value_give_the_value_and_the_unit_value_follows_brent():
    energy = data.select(
        data.load("energy-trade"), source_id="gacc-russian-energy-imports-2022-07", commodity="crude oil"
    )
    wide = energy.pivot(index="period", columns="measure", values="value")
    months = wide[wide["volume"] > 20]  # thousand tonnes; smaller lots are samples
    price = 1000 * months["value"] / months["volume"]
    assert price.between(60, 1150).all()
    brent = data.select(data.load("oil-price"), frequency="M").set_index("period")["value"].reindex(price.index)
    assert len(price) > 250 and (price / 7.33 / brent).median() == pytest.approx(1.0, abs=0.03)
    year = data.select(data.load("energy-trade"), period="2024", commodity="crude oil", exporter="RUS", importer="CHN")
    tonnes, dollars = (year[year["measure"] == measure]["value"].item() for measure in ("volume", "value"))
    assert tonnes * 575.5 == pytest.approx(dollars, rel=0.001)


def test_a_settlement_triple_sums_to_100():
    shares = data.select(data.load("settlement-currency"), kind="statistic")
    wide = shares.pivot_table(index=["period", "flow", "partner", "source_id"], columns="currency", values="value")
    triples = wide[["RUB", "friendly", "unfriendly"]].dropna().sum(axis=1)
    assert len(triples) >= 9
    assert triples.between(99.85, 100.15).all()
    pairs = wide[["RUB+friendly", "unfriendly"]].dropna().sum(axis=1)
    said = shares["note"].str.extract(r"sums to (\d+)")[0].dropna().astype(float)
    assert sorted(pairs[(pairs - 100).abs() > 0.15]) == sorted(said)  # Pressa.ru, January 2022: 15 + 87


def test_exports_and_imports_of_chinese_customs_sum_to_the_turnover():
    table = data.load("bilateral-trade")
    table = table[table["source_id"].isin(["gacc-partner-table-cny-2024", "gacc-partner-table-cny-2026-07"])]
    side = np.where(table["direction"] == "two-way", "both", table["exporter"])
    wide = (
        table.assign(side=side)
        .pivot(index=["period", "frequency", "source_id"], columns="side", values="value")
        .dropna()
    )
    assert len(wide) >= 60
    assert (wide["CHN"] + wide["RUS"] - wide["both"]).abs().max() <= 0.15  # million yuan, printed to 0.1


def test_goods_groups_sum_to_the_mirror_of_chinas_imports():
    groups = data.select(data.load("oil-gas-trade"), importer="CHN").groupby("period")["value"].sum()
    imports = data.select(data.load("bilateral-trade"), source_id="mgimo-foreign-trade-2026-07", exporter="RUS")
    both = pd.concat([groups, imports.set_index("period")["value"]], axis=1, keys=["groups", "imports"]).dropna()
    assert len(both) == 89
    assert (both["groups"] - both["imports"]).abs().max() <= 1.0


def test_kinds_of_british_designations_sum_to_all():
    british = data.select(data.load("sanctions-monthly"), jurisdiction="GBR", measure="still-listed-cumulative")
    wide = british.pivot(index="period", columns="type", values="value")
    assert (wide[["individual", "entity", "ship"]].sum(axis=1) == wide["all"]).all()


def test_industries_sum_to_the_flow_of_inputs():
    sums = data.load("sector-dependence").groupby(["exporter", "importer"])["value"].sum()
    matrix = data.load("world-intermediates-matrix").set_index(["exporter", "importer"])["value"]
    assert len(sums) == 316
    assert (sums - matrix.reindex(sums.index)).abs().max() <= 0.13  # fifty rows rounded to 0.001, flows to 0.01


def test_four_kinds_of_castellums_count_sum_to_all():
    counts = data.select(data.load("sanctions-counts"), counter="Castellum.AI", period="2024-01-10")
    assert len(counts) == 4 and counts["value"].sum() == 16077


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["exercises", "leader-meetings", "diplomacy-events"])
def test_an_exercise_or_meeting_ends_after_it_starts(name):
    events = data.load(name).dropna(subset=["end"])
    assert len(events) > 1
    assert (events["end"] >= events["start"].str[: len("2024-07")]).all()
    days = events[(events["start"].str.len() == 10) & (events["end"].str.len() == 10)]
    assert (days["end"] >= days["start"]).all()


def test_membership_dates_are_in_order():
    members = data.load("memberships")
    step = members.assign(rank=members["event"].map({"invited": 0, "partner": 1, "founding": 2, "joined": 2})).dropna(
        subset=["rank"]
    )
    for key, rows in step.groupby(["organisation", "country"]):
        ordered = rows.sort_values("rank")["date"].tolist()
        assert ordered == sorted(ordered), key
    founded = members[members["event"] == "founding"].groupby("organisation")["date"].agg(["min", "max"])
    assert (founded["min"] == founded["max"]).all()
    joined = members[members["event"] == "joined"]
    assert (joined["date"] > joined["organisation"].map(founded["max"])).all()


STATISTICS = [
    "bilateral-trade", "trade-totals", "partner-trade-china",
    "central-asia-trade", "energy-trade", "oil-gas-trade", "product-windows", "russia-product-structure", "product-figures",
]  # fmt: skip


@pytest.mark.parametrize("name", STATISTICS)
def test_no_trade_row_for_a_period_after_its_file_was_published(name):
    trade = data.load(name)
    trade = trade[trade["status"] != "estimated"]
    told = trade["source_id"].where(~trade["source_id"].str.contains("-nd-")).map(data.sources()["published"])
    if "published" in trade:
        told = trade["published"].where(trade["published"].notna(), told)
    assert told.notna().any()
    early = trade[told.notna() & (trade["period"].map(data.last_day) > told.map(data.last_day))]
    assert early[["period", "source_id"]].to_numpy().tolist() == []


def test_nothing_but_forecasts_and_claims_speaks_of_a_time_to_come():
    created = data.package()["created"][:10]
    ahead = {
        name
        for name in TABLES
        for column in ("period", "start", "date")
        if column in data.load(name) and (data.load(name)[column].dropna().map(data.first_day) > created).any()
    }
    assert ahead == {"trade-forecasts", "claims"}


def test_no_trade_before_the_state_existed():
    born = {
        "RUS": "1992",
        "KAZ": "1992",
        "KGZ": "1992",
        "TJK": "1992",
        "TKM": "1992",
        "UZB": "1992",
        "SSD": "2011",
        "MNE": "2006",
        "SRB": "2006",
    }
    gone = {"SCG": "2006", "ANT": "2010"}
    seen = set()
    for name in TABLES:
        trade = data.load(name)
        if {"exporter", "importer", "period"} <= set(trade) and name != "arms-transfers":
            for side in ("exporter", "importer"):
                first, last = (trade.groupby(side)["period"].agg(end).str[:4] for end in ("min", "max"))
                assert all(first[state] >= year for state, year in born.items() if state in first.index), name
                assert all(last[state] <= year for state, year in gone.items() if state in last.index), name
                seen |= set(first.index)
    assert set(born) | set(gone) <= seen


def test_evidence_then_was_public_on_the_last_day_of_writing():
    evidence = data.load("claim-evidence")
    then = evidence["basis"] == "then"
    assert evidence[then]["published"].map(data.last_day).max() <= claims.WRITTEN
    assert evidence[~then]["published"].map(data.last_day).min() > claims.WRITTEN


# -- series ---------------------------------------------------------------------------------------

SERIES = ["direction", "exporter", "importer", "reporter", "currency"]


@pytest.fixture(scope="module")
def best():
    return data.best(data.load("bilateral-trade"))


def test_the_year_to_date_never_falls_within_a_year(best):
    rows = best[best["frequency"] == "YTD"].sort_values([*SERIES, "period"])
    step = rows.groupby([*SERIES, rows["period"].str[:4]])["value"].diff().dropna()
    assert len(step) > 200
    assert (step >= 0).all()


def test_the_year_is_the_year_to_date_of_december(best):
    december = best[(best["frequency"] == "YTD") & best["period"].str.endswith("-12")]
    years = best[best["frequency"] == "A"]
    both = years.merge(december.assign(period=december["period"].str[:4]), on=["period", *SERIES])
    assert len(both) == 18
    assert (both["value_x"] == both["value_y"]).all()


def test_months_of_the_yuan_table_are_the_steps_of_the_year_to_date():
    from partnership import measures

    table = data.load("bilateral-trade")
    table = table[table["source_id"].isin(["gacc-partner-table-cny-2024", "gacc-partner-table-cny-2026-07"])]
    found = 0
    for _, rows in table.groupby(SERIES):
        dated, months = (rows[rows["frequency"] == f].set_index("period")["value"].sort_index() for f in ("YTD", "M"))
        step = measures.months_from_year_to_date(dated)
        gap = (step - months.reindex(step.index)).dropna().abs()
        assert (
            gap <= 0.2 + 0.02 * months.reindex(gap.index)
        ).all()  # customs revise earlier months by up to 2 per cent
        found += len(gap)
    assert found == 93


def test_mirror_pairs_are_complete_from_1992_to_2020():
    mirror = data.select(data.load("bilateral-trade"), source_id="imf-dots-2023", frequency="A")
    years = [str(year) for year in range(1992, 2021)]
    for flow in (("CHN", "RUS"), ("RUS", "CHN")):
        for reporter in ("CHN", "RUS"):
            rows = data.select(mirror, exporter=flow[0], importer=flow[1], reporter=reporter)
            assert rows["period"].tolist() == years
    assert len(mirror) == 4 * 29


@pytest.mark.parametrize(
    ("source", "first", "last", "months"),
    [
        ("fcs-monthly-partners-2021", "2006-01", "2021-12", 192),
        ("mgimo-foreign-trade-2026-07", "2019-01", "2026-05", 89),
    ],
)
def test_monthly_files_have_no_hole(source, first, last, months):
    file = data.select(data.load("bilateral-trade"), source_id=source, frequency="M")
    for _, rows in file.groupby(["exporter", "importer"]):
        assert (rows["period"].min(), rows["period"].max(), len(rows)) == (first, last, months)


def test_each_period_stands_once_per_reporter_and_source():
    for name in TABLES:
        trade = data.load(name)
        if {"period", "exporter", "importer", "reporter", "source_id", "value"} <= set(trade):
            what = [
                "frequency",
                "direction",
                "currency",
                "commodity",
                "measure",
                "unit",
                "hs_chapter",
                "hs_group",
                "product",
                "product_group",
            ]
            cell = ["period", "exporter", "importer", "reporter", "source_id", *(set(what) & set(trade))]
            assert not trade.duplicated(cell).any(), name


def test_ranks_of_a_figure_count_from_one():
    for name in ("bilateral-trade", "trade-totals"):
        trade = data.load(name)
        for key, ranks in trade.groupby(["period", "frequency", *SERIES])["rank"]:
            assert sorted(ranks) == list(range(1, len(ranks) + 1)), key


def test_yuan_over_dollars_is_the_rate_of_the_years(best):
    flow = ["period", "frequency", "direction", "exporter", "importer", "reporter"]
    wide = best.pivot(index=flow, columns="currency", values="value").dropna()
    rate = wide["CNY"] / wide["USD"]
    assert len(rate) > 100
    assert rate.between(6.3, 7.4).all()


# -- ranges ---------------------------------------------------------------------------------------


def test_shares_lie_between_0_and_100_per_cent():
    for name in TABLES:
        frame = data.load(name)
        if {"unit", "value"} <= set(frame):
            shares = frame[(frame["unit"] == "per cent") & ~frame.get("metric", frame["unit"]).eq("change")]
            if name != "outlook":  # the change of trade
                assert shares["value"].dropna().between(0, 100).all(), name
    for name in ("trade-shares", "central-asia-shares", "settlement-currency"):
        assert data.load(name)["value"].between(0, 100).all()
    sectors = data.load("sector-dependence")[["share_of_imports", "share_of_exports", "share_of_use"]]
    assert sectors.stack().dropna().between(0, 1).all()


def test_sanctions_counts_are_never_negative_and_move_by_what_is_added_and_removed():
    ofac = data.select(data.load("sanctions-monthly"), jurisdiction="USA")
    assert (ofac["value"] >= 0).all()
    wide = ofac.pivot(index=["target", "period"], columns="measure", values="value")
    step = wide["stock"].groupby("target").diff()
    change = wide["additions"] - wide["removals"]
    both = pd.concat([step, change], axis=1, keys=["step", "change"]).dropna()
    assert len(both) > 800
    assert (both["step"] == both["change"]).all()


def test_un_ideal_points_lie_in_the_published_range_and_their_interval():
    points = data.load("un-votes")
    assert points["ideal_point"].between(-3.146, 3.223).all()  # range of the whole file, 11,238 rows
    assert (points["q05"] <= points["ideal_point"]).all() and (points["ideal_point"] <= points["q95"]).all()


def test_un_agreement_is_the_same_both_ways():
    votes = data.load("un-agreement")
    pairs = votes.merge(votes, left_on=["period", "country", "other"], right_on=["period", "other", "country"])
    assert len(pairs) > 1000
    assert (pairs["value_x"] == pairs["value_y"]).all()


def test_votes_on_a_resolution_are_at_most_193():
    events = data.load("diplomacy-events")
    votes = events[events["unit"].fillna("").str.startswith("votes")]
    sums = votes.groupby(["start", "event"])["value"].agg(["sum", "size"])
    assert len(sums) == 4 and (sums["size"] == 3).all()
    assert sums["sum"].between(150, 193).all()


def test_russias_deliveries_to_china_are_within_its_exports_and_chinas_imports():
    arms = data.select(data.load("arms-transfers"), metric="deliveries")
    wide = arms.assign(flow=arms["exporter"] + arms["importer"]).pivot(index="period", columns="flow", values="value")
    assert (wide["RUSCHN"] <= wide[["RUSWLD", "WLDCHN"]].min(axis=1)).all()


def test_goods_are_a_part_of_all_inputs():
    matrix = data.load("world-intermediates-matrix")
    assert (matrix["value_goods"] <= matrix["value"] + 0.005).all()


# -- vintages and definitions ---------------------------------------------------------------------


def test_each_source_of_output_is_one_vintage():
    gdp = data.load("gdp")
    vintages = gdp.groupby("source_id")["published"].nunique(dropna=False)
    assert (vintages == 1).all() and len(vintages) == 4
    assert not gdp.duplicated(["period", "country", "source_id"]).any()
    twice = gdp[gdp.duplicated(["period", "country"], keep=False) & gdp["country"].isin(["CHN", "RUS"])]
    spread = twice.groupby(["period", "country"])["value"].agg(lambda values: values.max() / values.min())
    assert spread["2023"].round(3).to_dict() == {"CHN": 1.027, "RUS": 1.024}, "a line through two vintages would jump"


def test_no_function_takes_output_without_regard_to_the_vintage():
    """No chart can join two vintages: where the package loads output, it tells the sources apart."""
    taken = []
    for file in (ROOT / "partnership").rglob("*.py"):
        text = file.read_text("utf-8")
        for part in ast.walk(ast.parse(text)):
            if isinstance(part, ast.FunctionDef) and 'load("gdp"' in (body := ast.get_source_segment(text, part)):
                taken.append(f"{file.name}: {part.name}")
                assert "source_id" in body, f"{taken[-1]} takes output of any vintage"
    assert taken


def test_china_and_its_mirror_are_never_one_reporter():
    assert set(data.load("partner-trade-china")["reporter"]) == {"CHN"}
    assert "CHN" not in set(data.load("partner-trade-china-mirror")["reporter"])


def test_estimates_of_russias_partners_are_of_a_lower_tier():
    partners = data.load("partner-trade-russia")
    assert set(partners[partners["period"] > "2021"]["tier"]) == {"D"}
    assert set(partners[partners["period"] <= "2021"]["tier"]) == {"B"}


def test_growth_is_as_printed_never_computed():
    """Printed growth has few decimals; a row without a value has its growth, which the page printed alone."""
    for name in ("bilateral-trade", "trade-totals", "energy-trade", "product-figures"):
        trade = data.load(name)
        growth = trade["growth_reported"].dropna()
        assert (growth.round(2) == growth).all(), name
        assert trade[trade["value"].isna()]["growth_reported"].notna().all(), name


def test_castellum_had_2695_before_the_invasion_and_added_19535():
    counts = data.select(data.load("sanctions-counts"), counter="Castellum.AI", jurisdiction="XAL", type="all")
    before = data.select(counts, period="2022-02-21", value=2695)
    added = data.select(counts, period="2024-08-02", measure="increment")
    stock = data.select(counts, period="2024-08-02", measure="stock")
    assert len(before) > 0 and added["value"].tolist() == [19535]
    assert stock["value"].tolist() == [2695 + 19535] == [22230]
    assert stock["status"].tolist() == ["derived"]


def test_russia_reports_no_partner_after_january_2022():
    trade = data.select(data.load("bilateral-trade"), reporter="RUS")
    late = trade[trade["period"] > "2022-01"]
    assert set(late["tier"]) <= {"C", "E"} and set(late["period"]) == {"2023"}, "statements of officials only"


def test_yuan_and_dollar_rows_are_told_apart():
    china = data.load("partner-trade-china")
    assert set(china["currency"]) == {"CNY"}
    trade = data.load("bilateral-trade")
    assert set(trade[trade["source_id"].str.contains("-cny-")]["currency"]) == {"CNY"}
