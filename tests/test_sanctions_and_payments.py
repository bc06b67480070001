"""Sanctions and payments: hand-checked against the dashboard, the lists and the press."""

import pytest

from partnership import claims, data


def test_the_sum_of_the_dashboard_is_base_plus_additions_and_told_as_derived():
    rows = data.select(data.load("sanctions-counts"), counter="Castellum.AI", source_id="castellum-ai-2024-08-02-61d3")
    printed = data.select(rows, status="reported").set_index("measure")["value"]
    whole = data.select(rows, status="derived")
    assert printed["stock"] + printed["increment"] == whole["value"].item() == 22_230


@pytest.mark.parametrize("claim", ["sanctions-19535-aug", "sanctions-19535-pull"])
def test_an_increment_given_as_the_stock_is_right_for_another_thing(claim):
    finding = claims.recompute(claim, claims.WRITTEN)
    assert (finding.value, finding.elsewhere) == (22_230, 19_535)
    stated = claims.Stated(19_535, 19_535, "count", "over")
    assert claims.judge(stated, finding) == "right for another thing"


def test_american_additions_and_removals_explain_the_change_of_the_stock():
    rows = data.select(data.load("sanctions-monthly"), jurisdiction="USA", target="RUS")
    added, removed = (data.select(rows, measure=measure)["value"].sum() for measure in ("additions", "removals"))
    assert 1_469 + added - removed == 5_419
    assert (added, removed) == (3_992, 42)


def test_the_european_lists_hold_as_many_chinese_firms_as_pages_told_of_single_packages():
    """Nobody of these was struck off by July 2026; where a page told of a package, two unlike sources agree."""
    listings, decided = data.load("listings-by-date"), data.load("listings-of-chinese-firms")
    kinds = {"export rules": "no dual-use goods (833/2014, Annex IV)", "listing": "asset freeze (269/2014)"}
    for measure, name in kinds.items():
        at = data.select(listings, place="China or Hong Kong", list=name).set_index("period")["value"].to_dict()
        if measure == "listing":
            at["2024-12"] += 1  # the page counts a person, who has no address in the list
        told = data.select(decided, jurisdiction="XEU", measure=measure)
        told = told[told["date"] < "2026-07-17"]  # the day of the consolidated lists
        assert dict(zip(told["date"].str[:7], told["value"], strict=True)) == at


def test_exports_to_russia_fell_in_march_2024_as_printed():
    at = data.select(data.load("monthly-trade"), exporter="CHN").set_index("period")["value"]
    assert 100 * (at["2024-03"] / at["2023-03"] - 1) == pytest.approx(-16, abs=0.5)  # printed: almost 16 % down
