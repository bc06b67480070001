"""Votes, clubs and counts of supporters against known values."""

import pandas as pd
import pytest

from partnership import claims, data
from partnership.views import diplomacy as view


def test_china_voted_against_the_suspension_from_the_human_rights_council_and_reparation():
    """Press of 7 April and 14 November 2022."""
    votes = data.load("ukraine-votes").set_index("resolution")
    assert votes.loc[["A/RES/ES-11/3", "A/RES/ES-11/5"], "china"].tolist() == ["no", "no"]
    assert votes.loc["A/RES/ES-11/1", "china"] == "abstain"


def test_a_vote_that_was_not_seen_has_no_mark():
    votes = data.load("ukraine-votes")
    cast = view.ballots(votes, {"china": "China", "india": "India"})
    assert len(cast) == len(votes) + votes["india"].notna().sum() < 2 * len(votes)
    assert cast["resolution"].nunique() == len(votes)


def test_every_subject_has_a_short_form_and_an_unknown_one_is_refused():
    assert data.load("ukraine-votes")["subject"].map(view.short).str.len().max() < 34
    with pytest.raises(KeyError, match="Moon"):
        view.short("The Moon")


def test_brics_had_nine_members_in_2024_without_saudi_arabia_and_without_partners():
    clubs = data.load("memberships")
    assert view.members(clubs, "BRICS", 2024) == ["ARE", "BRA", "CHN", "EGY", "ETH", "IND", "IRN", "RUS", "ZAF"]
    assert len(view.members(clubs, "SCO", 2024)) == 10


def test_the_g7_made_up_two_thirds_of_world_output_in_2001():
    """World Bank, current dollars: 65 per cent."""
    shares = view.weights(data.load("memberships"), data.load("gdp"), range(2001, 2002)).set_index("group")["share"]
    assert shares["G7"] == pytest.approx(65, abs=0.5)


def test_the_parts_of_a_group_add_up_to_its_share():
    clubs, gdp = data.load("memberships"), data.load("gdp")
    parts = view.parts(clubs, gdp, 2023)
    assert set(parts["year"]) == {2023}
    assert parts.groupby("group")["of_group"].sum().to_numpy() == pytest.approx(100)
    china = parts[(parts["group"] == "BRICS") & (parts["part"] == "China")]["of_group"].item()
    assert f"China: {china:.0f} % of BRICS" in view.parts_chart(parts).to_json()
    cut = parts.groupby("group")["share"].sum()
    assert cut["SCO"] == pytest.approx(view.weights(clubs, gdp, range(2023, 2024)).set_index("group")["share"]["SCO"])


def test_output_of_a_group_and_of_the_world_come_from_one_vintage():
    clubs, gdp = data.load("memberships"), data.load("gdp")
    for year in (2023, 2025):
        rows = view.output(clubs, gdp, "BRICS", year)
        assert set(rows["source_id"]) == set(view.world(gdp, year)["source_id"])
        assert len(rows) == len(view.members(clubs, "BRICS", year))


def test_official_numbers_are_those_of_the_pages_and_more_than_the_meetings_found():
    table = data.load("leader-meetings").set_index("id")
    assert table["official_number"].dropna().astype(int).tolist() == [11, 22, 37, 43]
    assert len(table[:"2021-12-video"]) < table.loc["2021-12-video", "official_number"]


def test_one_hundred_and_ten_is_a_statement_of_a_party_and_the_rounds_are_three():
    ledger = claims.ledger().set_index("id")
    assert ledger.loc["six-point-110", ["then", "now"]].tolist() == ["right for another thing"] * 2
    assert ledger.loc["shuttle-three-rounds", "now"] == ledger.loc["six-point-may", "now"] == "confirmed"


def test_a_further_vintage_of_a_year_does_not_count_its_members_twice():
    clubs, gdp = data.load("memberships"), data.load("gdp")
    fresh = data.select(gdp, period="2025").assign(source_id="imf-weo-gdp-api-2026-10")
    both = pd.concat([gdp, fresh, data.select(gdp, period="2023").assign(source_id="worldbank-wdi-gdp-2026-05")])
    for year in (2023, 2025):
        assert view.output(clubs, both, "BRICS", year)["source_id"].tolist() == (
            view.output(clubs, gdp, "BRICS", year)["source_id"].tolist()
        )
        assert view.parts(clubs, both, year).equals(view.parts(clubs, gdp, year))
