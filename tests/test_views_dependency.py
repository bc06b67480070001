"""Shares of China and Russia in each other's trade, against values that others published or that are worked by hand."""

import pytest

from partnership import data, trade
from partnership.views import dependency as view


def shares(flow, basis):
    return view.shares()[flow, basis].frame["value"]


@pytest.mark.parametrize(
    "flow, billions_of_flow, billions_in_all, per_cent",
    [("exports", 97.209, 318.1747, 30.6), ("imports", 83.148, 203.3063, 40.9)],
)
def test_january_to_september_2024_from_customs_totals(flow, billions_of_flow, billions_in_all, per_cent):
    found = view.share_of_months(flow)["2024-09"]
    assert round(found, 1) == per_cent
    assert found == pytest.approx(100 * billions_of_flow / billions_in_all, abs=0.01)


def test_both_directions_in_the_same_months_of_three_years():
    """180.357 of 318.175 + 203.306 billion dollars in 2024, 163.62 of 504.1 in 2025."""
    found = view.share_of_months("both")
    assert found["2024-09"] == pytest.approx(100 * 180.357 / (318.1747 + 203.3063), abs=0.01)
    assert found["2025-09"] == pytest.approx(100 * 163.62 / 504.1, abs=0.01)
    assert round(found["2023-09"], 1) == 33.2


def test_a_total_of_both_is_taken_where_exports_and_imports_are_not_printed():
    _, world = trade.nine_months()
    assert set(world.loc[world["period"] == "2025-09", "direction"]) == {"two-way"}
    assert set(world.loc[world["period"] == "2023-09", "direction"]) == {"one-way"}


def test_shares_of_2022_and_2023_as_chinese_over_russian_customs():
    found = [round(shares(flow, view.CUSTOMS)[year], 1) for year in ("2022", "2023") for flow in view.FLOWS]
    assert found == [19.3, 29.8, 30.4, 38.9]


def test_shares_by_the_imf_alone_are_others_and_count_for_no_interval():
    found = [round(shares(flow, view.IMF)[year], 1) for year in ("2022", "2023") for flow in view.FLOWS]
    assert found == [16.5, 34.3, 23.7, 45.2]
    told = view.published()
    oec = told[told["basis"] == view.MIRROR].set_index(["flow", "period"])["value"]
    assert oec[("exports", "2023")] == 32.7 and oec[("imports", "2023")] == 52.8
    spans = view.interval(view.on_every_basis()).set_index(["flow", "year"])
    assert ("exports", 2023) not in spans.index and ("imports", 2023) not in spans.index
    assert spans.loc[("imports", 2024), "high"] == 45


def test_russias_own_record_ends_before_the_estimates_begin():
    for flow in view.FLOWS:
        assert shares(flow, view.RECORD).index.max() == "2021"
        assert shares(flow, view.IMF).index.min() == "2022"
    assert round(shares("exports", view.RECORD)["2020"], 1) == 14.6


def test_no_share_of_the_whole_of_2024_rests_on_russian_customs():
    frame = view.on_every_basis()
    late = frame[(frame["basis"] == view.CUSTOMS) & (frame["year"] >= 2024)]
    assert late["period"].str.len().gt(4).all() and len(late) == 4


def test_statements_and_forecasts_are_no_counts():
    told = view.published()
    said = " ".join(told[told["basis"] == view.SAID]["who"])
    assert "Renaissance Capital" in said and "WITS" in said and "Chinese blog" in said
    assert "OEC" not in said
    counted = told[told["basis"] == view.COUNTED]
    assert "Gaidar Institute" in set(counted["who"]) and "E" not in set(counted["tier"])


def test_russia_in_chinas_trade_as_published():
    """Wavell Room gives 3.3 and 5.1 per cent for 2023; UN Comtrade totals give 2.75 and 4.36 for 1992, 3.23 and 5.00 for 2024."""
    found = view.own_shares("CHN").set_index(["period", "flow"])["percent"]
    for year, expected in {
        "1992": [2.75, 4.36],
        "2023": [3.28, 5.05],
        "2024": [3.23, 5.00],
        "2025": [2.74, 4.83],
    }.items():
        assert [round(found[year, flow], 2) for flow in view.FLOWS] == expected


def test_sums_from_january_on_cannot_be_taken_for_months():
    frame = view.on_every_basis()
    drawn = set(frame.loc[frame["period"].str.len() > 4, "period"])
    assert {"January to September 2024", "January to September 2025", "January to October 2023"} < drawn
    assert {period for period in drawn if period[0].isdigit()} == {"2022-08"}, "BOFIT, of the summer"
    assert view.own_shares("RUS")["period"].max() == "January to September 2024"


@pytest.mark.parametrize("country", ["CHN", "RUS"])
def test_one_value_a_year_flow_and_counter(country):
    frame = view.own_shares(country)
    assert not frame.duplicated(["year", "flow", "basis"]).any()


def test_a_flow_of_russia_is_its_exports_and_of_china_its_imports():
    rows = data.select(data.load("bilateral-trade"), frequency="A", direction="one-way")
    assert set(view.of(rows, "exports", "CHN")["exporter"]) == {"RUS"}
    assert set(view.of(rows, "imports", "RUS", "CHN")["exporter"]) == {"RUS"}
