"""Sanctions and payments: hand-checked against the dashboard, the lists and the press."""

import pytest

from partnership import claims, data
from partnership.views import sanctions_and_payments as view


@pytest.fixture(scope="module")
def monthly():
    return data.load("sanctions-monthly")


def test_what_was_added_and_what_was_there_before_make_what_is_in_force():
    frame = view.counted(data.load("sanctions-counts"), 19_535)
    dashboard = frame[frame["count_of"] == "Castellum.AI, 2 August 2024"]
    assert dashboard["entries"].tolist() == [2_695, 19_535]
    assert dashboard["end"].max() == 22_230


@pytest.mark.parametrize("claim", ["sanctions-19535-aug", "sanctions-19535-pull"])
def test_an_increment_given_as_the_stock_is_right_for_another_thing(claim):
    finding = claims.recompute(claim, claims.WRITTEN)
    assert (finding.value, finding.elsewhere) == (22_230, 19_535)
    stated = claims.Stated(19_535, 19_535, "count", "over")
    assert claims.judge(stated, finding) == "right for another thing"


def test_american_additions_and_removals_explain_the_change_of_the_stock(monthly):
    rows = data.select(monthly, jurisdiction="USA", target="RUS")
    added, removed = (data.select(rows, measure=measure)["value"].sum() for measure in ("additions", "removals"))
    assert 1_469 + added - removed == 5_419
    assert (added, removed) == (3_992, 42)


def test_quarters_hold_every_british_designation_since_2022(monthly):
    frame = view.british_by_quarter(monthly)
    assert frame["designations"].sum() == 3_252 - 226  # 226 stood before 2021
    in_2025 = frame[frame["quarter"].str.startswith("2025")].groupby("kind")["designations"].sum()
    assert in_2025.to_dict() == {"companies and bodies": 209, "persons": 99, "ships": 435}


def test_statements_are_not_drawn_as_statistics():
    shares = data.load("settlement-currency")
    assert set(view.settlement(shares)["kind"]) == {"statistic"}
    assert 34.5 not in set(view.settlement(shares)["share"])  # said by the governor, month unknown
    china = view.with_china(shares)
    assert china[china["told"] == view.TOLD["statement"]]["share"].iloc[[0, -1]].tolist() == [30, 99.1]


def test_exports_to_russia_fell_in_march_2024_while_imports_rose():
    at = view.growth_of_flows(data.load("bilateral-trade")).set_index(["flow", "period"])["growth"]
    assert at["China to Russia", "2024-03"] == pytest.approx(100 * (7.6 / 9.0 - 1))  # printed: almost 16 % down
    assert at["Russia to China", "2024-03"] > 0
