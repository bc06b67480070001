"""What the two countries sell each other: hand-worked and published values."""

import pandas as pd
import pytest

from partnership import data
from partnership.views import products as view

TRADE = data.load("product-trade")
WINDOWS = data.load("product-windows")


def test_fuel_was_seven_per_cent_of_the_total_in_2000_not_eight_of_what_was_disclosed():
    """350.5 of 5,248 million dollars; of the disclosed chapters it would be 8.0."""
    fuel = data.select(view.baskets(TRADE), exporter="RUS", hs_chapter="27", year=2000)["share"]
    assert fuel.item() == pytest.approx(6.7, abs=0.05)


def test_shares_of_a_basket_and_what_is_hidden_make_the_whole():
    """Nothing is rescaled: the chapters of 2001 add to 70.5 per cent, and the rest has a row of its own."""
    year = data.select(view.baskets(TRADE), exporter="RUS", year=2001)
    assert year["share"].sum() == pytest.approx(100)
    assert data.select(year, hs_chapter="--")["share"].item() == pytest.approx(29.5, abs=0.05)


def test_drawn_rows_hold_every_chapter_once():
    """What is not disclosed has no row of its own where it is never half a per cent: China's sales of 2004."""
    drawn = view.heat_rows(view.baskets(TRADE))
    assert drawn.groupby(["flow", "year"])["share"].sum().sub(100).abs().max() < 0.5


def test_no_chapter_row_after_2020():
    """The hole stays a hole: a cell of 2021 or later would mean that another table slipped in."""
    assert view.heat_rows(view.baskets(TRADE))["year"].max() == view.LAST_DETAIL


def test_two_baskets_of_three_chapters():
    """Shares 70, 30, 0 against 10, 40, 50: the smaller of each are 10, 30, 0. Without fuel wood is 100 against 44.4."""
    made = pd.DataFrame(
        {
            "period": "2020",
            "exporter": ["RUS"] * 2 + ["CHN"] * 3,
            "hs_chapter": ["27", "44", "27", "44", "84"],
            "value": [70.0, 30.0, 10.0, 40.0, 50.0],
        }
    )
    found = view.similarity(made).set_index("series")["similarity"]
    assert found["all chapters"] == pytest.approx(40)
    assert found["without fuels"] == pytest.approx(100 * 4 / 9)


def test_index_is_measured_against_all_suppliers_of_the_same_market():
    """Refined oil: Russia has 22.7 per cent of China's imports of it and 4.99 of all its imported inputs: 4.5."""
    found = view.advantage(data.load("sector-dependence")).set_index(["exporter", "sector"])
    assert found["share"]["RUS", "C19"] == pytest.approx(0.2268, abs=0.0001)
    assert found["index"]["RUS", "C19"] == pytest.approx(0.2268 / 0.04993, rel=0.001)


def test_change_is_the_printed_one_and_not_the_difference_of_levels_read_off_a_chart():
    """Parcels: printed 4,310.7; the levels 1,600 and 5,911 would make 4,311."""
    changed = view.changes(WINDOWS).set_index(["exporter", "product"])["change"]
    assert changed["CHN", "Goods for personal use / parcels (special code)"] == pytest.approx(4.3107)
    assert changed["RUS", "Crude oil (residual)"] == pytest.approx(0.188)


def test_sums_are_no_products():
    assert not set(view.changes(WINDOWS)["product"]) & {"All goods", "Oil and gas group"}


def test_fuel_with_coal_of_the_last_window():
    """75,852 of oil and gas and 7,348 of coal over 135,045."""
    fuel = view.fuel_share(TRADE, data.load("oil-gas-trade"), WINDOWS)
    assert fuel[fuel["count"].str.contains("coal")]["share"].iloc[-1] == pytest.approx(61.6, abs=0.05)


def test_russia_was_third_supplier_of_minerals_and_metals_in_2022():
    """33.89 of 554.83 billion dollars; the world total is no supplier."""
    ranks = view.supplier_ranks(data.load("minerals-metals-trade"))
    russia = ranks[ranks["exporter"] == "RUS"].set_index("period")
    assert (russia["rank"]["2014"], russia["rank"]["2022"]) == (14, 3)
    assert russia["share"]["2022"] == pytest.approx(6.11, abs=0.01)
