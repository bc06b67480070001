"""Cars and smartphones: hand-checked against what the pages print."""

import pytest

from partnership import claims, data
from partnership.views import consumer_markets as view


@pytest.fixture(scope="module")
def shares():
    return data.load("market-shares")


def test_shares_of_different_counters_stand_side_by_side_and_forecasts_are_left_out(shares):
    rows = view.car_shares(shares)
    assert sorted(rows[rows["period"] == "2024"]["share"]) == [58, 58.5]
    assert "2026-Q1" not in set(rows["period"])  # "below 40" was a forecast
    assert 68.3 not in set(rows["share"])  # a share among the best-selling brands only


def test_each_divided_bar_adds_up_to_all_new_cars(shares):
    ends = view.brand_and_assembly(shares).groupby("divided")["end"].max()
    assert ends.round(6).to_dict() == {"by brand": 100, "by place of assembly": 100}
    lada, _ = view.lada_share(shares)
    assert lada == pytest.approx(329_890 / 1_326_000)


def test_the_bounds_on_phones_are_the_named_brands_and_all_but_samsung_and_apple(shares):
    row = view.phone_bounds(shares).set_index("label").loc["Jan–Sep 2024"]
    assert (row["low"], row["high"]) == (24 + 11 + 15 + 10, 100 - 11 - 9)
    printed = data.select(shares, metric="share ceiling", period="2024-09")["value"].iloc[0]
    assert row["high"] == printed


def test_the_claim_on_cars_is_judged_by_2024_and_not_by_what_came_after():
    assert claims.recompute("cars-60").value == 58
    assert claims.recompute("cars-60", claims.WRITTEN).value == 61  # June 2024; the year was not out yet


def test_ninety_per_cent_of_phones_is_right_for_purchases_and_not_for_imports():
    finding = claims.recompute("phones-90")
    assert (finding.value, finding.elsewhere) == (79, 88)
    stated = claims.Stated(90, 90, "share", "nearly")
    assert claims.judge(stated, finding) == "right for another thing"
    without = claims.Finding(finding.value, finding.rows, finding.rule)
    assert claims.judge(stated, without) == "wrong"
