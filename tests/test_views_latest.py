"""The newest value of each indicator and the record of twelve months, against values worked by hand."""

import pandas as pd
import pytest

from partnership import data
from partnership.series import Series
from partnership.views import latest


@pytest.fixture(scope="module")
def now():
    return latest.indicators().set_index("indicator")


@pytest.fixture(scope="module")
def shown(now):
    return latest.shown(now.reset_index()).set_index("Indicator")


def test_discount_is_against_crude_of_other_origins(now, shown):
    """62,420 million dollars over 108.47 million tonnes, against 324,790 over 553.41 less Russia's; the year before likewise."""
    others = (324_790 - 62_420) / (553.41 - 108.47)
    line = now.loc["Discount of Russian crude to China’s other crude, a year"]
    assert line["value"] == pytest.approx(100 * (1 - 62_420 / 108.47 / others))
    assert (line["period"], line["before_period"], line["tier"]) == ("2024", "2023", "C")
    assert shown.loc[line.name, "Change"] == "−4.1 points"


def test_discount_to_a_month_takes_the_month_after_off_and_has_no_year_before(now, shown):
    line = now.loc["Discount of Russian crude to China’s other crude, from January to the month"]
    value, tonnes = 37_550 - 4_060, 74.04 - 8.28
    assert line["value"] == pytest.approx(100 * (1 - value / tonnes / ((196_980 - value) / (376.04 - tonnes))))
    assert (line["period"], shown.loc[line.name, "A year before"]) == ("2025-08", "not in the table")


def test_share_of_both_directions_is_that_of_the_customs_of_both(now):
    """163.62 of 504.1 billion dollars in January to September 2025, 180.357 of 318.175 + 203.306 a year before."""
    line = now.loc["China’s share of Russia’s trade in both directions, from January to the month"]
    assert line["value"] == pytest.approx(100 * 163.62 / 504.1, abs=0.01)
    assert line["before"] == pytest.approx(100 * 180.357 / (318.1747 + 203.3063), abs=0.01)
    assert line["table"] == "bilateral-trade, trade-totals"


def test_the_span_of_the_counts_stands_in_brackets_where_bodies_differ(now, shown):
    imports = shown.loc["China’s share of Russia’s imports, a year"]
    assert (imports["Value"], imports["A year before"]) == ("39", "45 (41–45)")
    line = now.loc[imports.name]
    assert line["before_low"] == pytest.approx(100 * 83.148 / 203.3063, abs=0.01) and line["before_high"] == 45


def test_where_the_newest_month_has_none_a_year_before_the_last_that_has_one_stands_below(now):
    name = "Russia’s imports paid in roubles, all partners"
    newest, paired = now.loc[name], now.loc[f"{name}, last month with a figure of a year before"]
    assert newest["before_period"] == "" and newest["value"] == 56.0
    assert (paired["period"], paired["value"], paired["before"]) == ("2025-12", 54.6, 50.4)


def test_twelve_months_to_may_2026_are_above_the_record_in_sum_but_not_in_crude():
    sums = latest.against_record().set_index("series")
    assert data.select(sums, record_period="2024-04").index.tolist() == [
        "Russia to China",
        "Oil and gas from Russia, without coal",
        "Crude oil from Russia",
    ]
    assert sums.loc["Trade in both directions", "difference"] == pytest.approx(248.845 - 246.023)
    assert sums.loc["Trade in both directions", "error"] == pytest.approx(0.6105 + 1.5305)
    assert sums.loc["Crude oil from Russia", "difference"] == pytest.approx(109.2 - 112.4)


def test_a_sum_of_the_newest_year_is_no_record():
    months = [str(month) for month in pd.period_range("2024-01", "2026-02", freq="M")]
    values = [1.0] * 24 + [9.0, 2.0]
    frame = pd.DataFrame({"value": values, "error": 0.1}, index=pd.Index(months, name="label"))
    found = latest._beside_record(Series(frame, "", {}, {"tier": "B"}))
    assert (found["value"], found["record"], found["record_period"]) == (21.0, 12.0, "2024-12")
    assert found["error"] == pytest.approx(2.4)


def test_an_error_below_what_is_printed_is_not_told_as_none():
    shown = latest.record_shown(latest.against_record()).set_index("Series")
    assert shown.loc["Russia to China", "May be off by"] == "under 0.1"
    assert shown.loc["Trade in both directions, in yuan", "May be off by"] == "under 1"
    assert shown.loc["Trade in both directions", ["Difference", "May be off by"]].tolist() == ["+2.8", "2.1"]


def test_a_share_of_twelve_months_needs_every_month():
    months = [f"2024-{month:02}" for month in range(1, 13)] + ["2025-01", "2025-02", "2025-03"]
    whole = pd.DataFrame({"period": months, "value": 2.0, "source_id": "x", "tier": "A"})
    whole.attrs["table"] = "oil-gas-trade"
    part = whole.assign(value=1.0)
    assert latest._share("a", whole, part, 12)["period"] == "2025-03"
    lacking = whole[whole["period"] != "2025-02"]
    assert latest._share("a", lacking, part, 12)["period"] == "2025-01", "twelve rows are not twelve months"


def test_a_change_within_its_error_has_no_sign():
    """Oil and gas: 76.0 and 75.9 billion dollars, which June 2024 leaves open by 0.8."""
    assert [latest.signed(*pair) for pair in ((-0.1, 0.8), (0.8, 0.8), (-0.9, 0.8))] == [
        "within 0.8",
        "within 0.8",
        "−0.9",
    ]
    frame = latest.against_record().assign(difference=0.5, error=2.0)
    assert set(latest.record_shown(frame)["Difference"]) == {"within 2.0", "within 2"}


def test_the_lowest_tier_is_that_of_all_months_of_a_sum():
    months = [str(month) for month in pd.period_range("2023-01", "2024-12", freq="M")]
    rows = pd.DataFrame({"period": months, "value": 1.0, "tier": ["B"] * 3 + ["E"] + ["B"] * 20, "source_id": "a"})
    rows.attrs["table"] = "bilateral-trade"
    assert latest._line("Sum", "billion US dollars", rows, months=12)["tier"] == "E"
    assert latest._line("Month", "billion US dollars", rows)["tier"] == "B"
