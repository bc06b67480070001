"""Prices by CEPII's table, alone and beside customs: from the rows by hand."""

import pandas as pd
import pytest

from partnership import data, measures, prose
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


@pytest.mark.parametrize(("exporter", "told"), [("RUS", (17, 37)), ("CHN", (-17, -5))])
def test_without_the_year_between_the_index_moves_as_the_chapter_on_products_prints(subheadings, exporter, told):
    rows = subheadings[(subheadings["exporter"] == exporter) & subheadings["period"].isin(["2021", "2023"])]
    goods = rows[["product", "period", "value", "quantity"]]
    moves = [measures.price_and_volume(goods, cutoff).iloc[1] for cutoff in (2, 3, 5, 10, None)]
    links = [100 * (move["link"] - 1) for move in moves]
    assert (round(min(links)), round(max(links))) == told
    if exporter == "RUS":
        assert round(100 * (moves[-1]["laspeyres"] - 1)) == 55


def test_by_headings_the_baskets_have_in_common_what_the_chapter_on_products_prints(subheadings):
    found = {}
    for year in ("2021", "2022", "2023"):
        rows = subheadings[subheadings["period"] == year]
        for fuels in (True, False):
            some = rows if fuels else rows[rows["product"].str[:2] != "27"]
            sides = (some[some["exporter"] == code] for code in ("RUS", "CHN"))
            baskets = [side.groupby(side["product"].str[:4])["value"].sum() for side in sides]
            found[year, fuels] = 100 * measures.export_similarity(*baskets)
    assert [round(found[year, True]) for year in ("2021", "2022", "2023")] == [2, 2, 2]
    assert [prose.fixed(found[year, False], 1) for year in ("2021", "2022", "2023")] == ["4.5", "4.1", "4.8"]
