"""Prices by CEPII's table, alone and beside customs: from the rows by hand."""

import pytest

from partnership import data
from partnership.views import prices


def moved(exporter, column):
    """How many times its value of 2021 an index came to in 2023, at each cut-off."""
    rows = data.select(data.load("trade-price-volume"), exporter=exporter, goods="all")
    wide = rows.pivot(index="cutoff", columns="period", values=column)
    return wide["2023"] / wide["2021"]


@pytest.mark.parametrize("exporter", ["CHN", "RUS"])
def test_change_is_the_smallest_or_the_largest_over_the_cutoffs(exporter):
    for column in ("price", "volume"):
        low, high = (prices.change(exporter, column, end).value for end in ("min", "max"))
        assert (low, high) == pytest.approx(
            (100 * (moved(exporter, column).min() - 1), 100 * (moved(exporter, column).max() - 1))
        )
    assert prices.change(exporter, "price", sign="-").value == pytest.approx(-prices.change(exporter, "price").value)


def test_by_customs_the_step_of_counters_is_taken_out_of_the_price():
    """Of Russia's sales CEPII's value rose by 79 per cent, that of customs by 62: the price keeps the rest."""
    whole = data.select(data.load("product-trade-hs"), exporter="RUS", hs_code="TOTAL").set_index("period")["value"]
    then, now = (prices.by_customs("RUS", year)["value"].item() for year in ("2021", "2023"))
    expected = 100 * (moved("RUS", "price").min() / (whole["2023"] / whole["2021"]) * now / then - 1)
    assert prices.at_customs("RUS", "min").value == pytest.approx(expected)
    assert expected < prices.change("RUS", "price").value


def test_customs_as_revised_are_the_twelve_months_of_the_year():
    rows = prices.revised("CHN", "2023")
    assert sorted(rows["period"]) == [f"2023-{month:02}" for month in range(1, 13)]
    assert prices.at_customs("CHN", "max", anew=True).value != prices.at_customs("CHN", "max").value
