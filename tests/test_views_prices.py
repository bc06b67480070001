"""Prices by CEPII's table, alone and beside customs: from the rows by hand."""

import pandas as pd
import pytest

from partnership import data, measures
from partnership.views import prices
from refresh import baci


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


def test_by_the_weights_of_one_year_the_links_of_the_table_are_multiplied():
    rows = data.select(data.load("trade-price-volume"), exporter="CHN", goods="all")
    for weights in ("laspeyres", "paasche"):
        wide = rows.pivot(index="cutoff", columns="period", values=weights)
        expected = 100 * (wide["2022"] * wide["2023"] - 1)
        found = [prices.by_weights("CHN", weights, end).value for end in ("min", "max")]
        assert found == pytest.approx([expected.min(), expected.max()])
    assert prices.by_weights("CHN", "laspeyres", "max", until="2022").value > 0 > prices.change("CHN", "price").value


def test_with_other_weights_a_shift_that_is_all_price_leaves_both_directions_open():
    assert prices.at_customs("RUS", "min", weights="paasche").value < 0 < prices.at_customs("RUS", "min").value
    assert prices.at_customs("CHN", "max", weights="laspeyres").value > 0 > prices.at_customs("CHN", "max").value


@pytest.fixture(scope="module")
def subheadings():
    return baci.long(pd.read_csv(data.DATA / "extracts" / f"{baci.SOURCE}.csv", dtype=str))


def test_crude_of_customs_in_the_place_of_cepiis_is_the_index_made_anew_of_the_subheadings(subheadings):
    """The table holds sums alone; the subheadings are in the extract."""
    rows = subheadings
    rows = rows[(rows["exporter"] == "RUS") & rows["period"].between("2021", "2023")].copy()
    crude = {"2021": (40290e3, 79.64e6), "2022": (58370e3, 86.25e6), "2023": (60600e3, 107.02e6)}
    for year, counted in crude.items():
        rows.loc[(rows["product"] == "270900") & (rows["period"] == year), ["value", "quantity"]] = counted
    goods = rows[["product", "period", "value", "quantity"]]
    made = [measures.price_and_volume(goods, cutoff).set_index("period")["price"] for cutoff in (2, 3, 5, 10, None)]
    for since in ("2021", "2022"):
        expected = [100 * (price["2023"] / price[since] - 1) for price in made]
        found = [prices.crude_by_customs(end, since=since).value for end in ("min", "max")]
        assert found == pytest.approx([min(expected), max(expected)], abs=0.05)


@pytest.mark.parametrize("exporter", ["RUS", "CHN"])
def test_the_last_year_against_the_base_directly_is_a_step_of_the_measure(subheadings, exporter):
    """As if 2023 came after 2021: 17 to 37 per cent for Russia's goods, 5 to 17 down for China's."""
    rows = subheadings[(subheadings["exporter"] == exporter) & subheadings["period"].isin(["2021", "2023"])]
    goods = rows[["product", "period", "value", "quantity"]]
    moves = [measures.price_and_volume(goods, cutoff).iloc[1] for cutoff in (2, 3, 5, 10, None)]
    prices_of_cutoffs = [100 * (move["link"] - 1) for move in moves]
    found = [prices.direct(exporter, end).value for end in ("min", "max", "none")]
    ends = [min(prices_of_cutoffs), max(prices_of_cutoffs), prices_of_cutoffs[-1]]
    assert found == pytest.approx(ends, abs=0.01)
    earlier = prices.direct(exporter, "none", weights="laspeyres").value
    assert earlier == pytest.approx(100 * (moves[-1]["laspeyres"] - 1), abs=0.01)
    assert prices.direct(exporter, "max", sign="-").value == pytest.approx(-ends[1], abs=0.01)
