"""Votes, clubs and counts of supporters against known values."""

import pytest

from partnership import claims, data
from partnership.views import diplomacy as view


def test_china_and_russia_were_farthest_apart_in_1993_and_closest_since_1990_in_2023():
    away = view.distances(data.load("un-votes"), "CHN", "RUS")
    assert away[away.index >= 1991].idxmax() == 1993
    assert view.closer_before(data.load("un-votes")) == 1990
    assert away[2023] == pytest.approx(0.269, abs=0.001)


def test_the_intervals_of_the_two_overlap_in_2023_for_the_first_time_since_1990():
    votes = data.load("un-votes")
    china, russia = (data.select(votes, country=code).set_index("period") for code in ("CHN", "RUS"))
    overlap = china.index[(china["q95"] >= russia["q05"]) & (russia["q95"] >= china["q05"])]
    assert sorted(overlap)[-2:] == ["1990", "2023"]


def test_brics_had_nine_members_in_2024_without_saudi_arabia_and_without_partners():
    clubs = data.load("memberships")
    assert view.members(clubs, "BRICS", 2024) == ["ARE", "BRA", "CHN", "EGY", "ETH", "IND", "IRN", "RUS", "ZAF"]
    assert len(view.members(clubs, "SCO", 2024)) == 10


def test_the_g7_made_up_two_thirds_of_world_output_in_2001():
    """World Bank, current dollars: 65 per cent."""
    shares = view.weights(data.load("memberships"), data.load("gdp")).set_index(["group", "year"])["share"]
    assert shares["G7", 2001] == pytest.approx(65, abs=0.5)


def test_output_of_a_group_comes_from_one_vintage():
    assert view.new_vintage(data.load("memberships"), data.load("gdp"))["source_id"].nunique() == 1


def test_official_numbers_are_read_from_the_pages_not_counted():
    found = view.meetings(data.load("leader-meetings")).set_index("id")["number"]
    assert found["2021-12-video"] == 37
    assert found["2024-beijing-harbin-state-visit"] == 43
    assert len(found[:"2021-12-video"]) < 37  # the table must never be used to count


def test_votes_of_a_resolution_never_exceed_the_members_of_the_united_nations():
    rows = view.resolutions(data.load("diplomacy-events"))
    cast = rows.groupby("vote")["states"].sum()
    assert cast.max() <= 193
    assert cast["23 February 2023|Russia against; China abstained"] == 180


def test_one_hundred_and_ten_is_a_statement_of_a_party_and_the_rounds_are_three():
    ledger = claims.ledger().set_index("id")
    assert ledger.loc["six-point-110", ["then", "now"]].tolist() == ["confirmed", "confirmed"]
    assert ledger.loc["shuttle-three-rounds", "now"] == ledger.loc["six-point-may", "now"] == "confirmed"
