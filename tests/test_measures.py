"""Measures against hand-worked values; published values are in test_published_values.py, examples in the docstrings."""

import pandas as pd
import pytest

from partnership import measures


def flow(reporter, value, period="2020", exporter="RUS", importer="CHN"):
    return {"exporter": exporter, "importer": importer, "reporter": reporter, "period": period, "value": value}


def test_growth_is_missing_where_the_base_is_missing_or_zero():
    grown = measures.growth(pd.Series([0.0, 5.0, None, 6.0]))
    assert grown.isna().tolist() == [True, True, True, True]


def test_growth_of_a_halved_value_is_minus_fifty_per_cent():
    assert measures.growth(pd.Series([10.0, 5.0])).iloc[1] == -50


def test_needed_growth_leads_to_the_aim():
    assert 200 * (1 + measures.growth_needed(200, 150, 5) / 100) ** 5 == pytest.approx(150)


def test_all_pairs_leave_out_trade_with_oneself_and_pairs_without_trade():
    matrix = pd.DataFrame({"exporter": list("AABC"), "importer": list("ABCC"), "goods": [9.0, 20.0, 30.0, 7.0]})
    pairs = measures.all_pairs(matrix, "goods").set_index(["first", "second"])
    assert pairs.index.tolist() == [("A", "B"), ("B", "C")]
    assert pairs.loc[("A", "B"), ["trade", "share_in_first", "share_in_second"]].tolist() == [20, 1, 0.4]


def test_year_on_year_compares_the_same_months_only():
    frame = pd.DataFrame({"period": ["2023-09", "2024-10"], "value": [100.0, 110.0], "growth_reported": [None, 9.0]})
    assert measures.year_on_year(frame)["growth_recomputed"].isna().all()


def test_year_on_year_refuses_a_period_that_occurs_twice():
    frame = pd.DataFrame({"period": ["2023", "2023"], "value": [1.0, 2.0], "growth_reported": [None, None]})
    with pytest.raises(ValueError, match="period 2023 occurs twice"):
        measures.year_on_year(frame)


def test_year_to_date_starts_again_in_january():
    monthly = pd.Series([1.0, 2.0, 5.0], index=["2023-11", "2023-12", "2024-01"])
    assert measures.year_to_date(monthly).tolist()[-1] == 5.0
    assert measures.year_to_date(monthly).isna().tolist() == [True, True, False]


def test_months_add_up_to_the_year_to_date_they_came_from():
    monthly = pd.Series([3.0, 4.0, 5.0], index=["2024-01", "2024-02", "2024-03"])
    assert measures.months_from_year_to_date(measures.year_to_date(monthly)).tolist() == monthly.tolist()


def test_mirror_gap_of_equal_reports_is_zero_and_negative_after_cif():
    gap = measures.mirror_gap(pd.DataFrame([flow("RUS", 100.0), flow("CHN", 100.0)]), "RUS", "CHN")
    assert gap["gap"].iloc[0] == 0
    assert gap["gap_after_cif"].iloc[0] == pytest.approx(100 / 1.06 - 100)


def test_mirror_gap_leaves_out_periods_that_only_one_side_reports():
    trade = pd.DataFrame([flow("RUS", 100.0), flow("CHN", 106.0), flow("CHN", 120.0, period="2022")])
    assert measures.mirror_gap(trade, "RUS", "CHN")["period"].tolist() == ["2020"]


def test_mirror_gap_refuses_two_rows_of_one_reporter():
    with pytest.raises(ValueError, match="CHN reports 2020 twice"):
        measures.mirror_gap(pd.DataFrame([flow("RUS", 1.0), flow("CHN", 1.0), flow("CHN", 2.0)]), "RUS", "CHN")


def test_a_share_above_one_points_to_units_or_periods():
    with pytest.raises(ValueError, match="do units and periods match"):
        measures.partner_share(97209.0, 318.0)


def test_shares_of_all_partners_sum_to_one():
    trade = pd.DataFrame([flow("RUS", 30.0), flow("RUS", 70.0, importer="DEU"), flow("RUS", 100.0, importer="WLD")])
    assert measures.shares(trade, "RUS", "exports")["share"].sum() == 1


def test_shares_know_exports_and_imports_only():
    with pytest.raises(ValueError, match='flow "trade" is neither exports nor imports'):
        measures.shares(pd.DataFrame(), "RUS", "trade")


def test_asymmetry_of_equal_shares_is_one():
    assert measures.asymmetry(0.2, 0.2) == 1


@pytest.mark.parametrize("partners", [1, 2, 10])
def test_concentration_of_equal_partners_is_one_over_their_number(partners):
    assert measures.hhi([7.0] * partners) == pytest.approx(1 / partners)


def test_concentration_refuses_negative_trade():
    with pytest.raises(ValueError, match="not negative"):
        measures.hhi([1.0, -1.0])


def test_normalised_concentration_of_a_single_partner_is_zero():
    assert measures.hhi([5.0], normalised=True) == 0


def test_equal_values_share_the_better_rank():
    assert measures.rank(pd.Series({"A": 5.0, "B": 5.0, "C": 1.0})).to_dict() == {"A": 1, "B": 1, "C": 3}


def test_intensity_of_trade_in_proportion_to_size_is_one():
    assert measures.trade_intensity(flow=10, exports=100, imports=50, world=500) == 1


def test_baskets_without_a_common_product_have_no_similarity():
    assert measures.export_similarity(pd.Series({"27": 5.0}), pd.Series({"84": 9.0})) == 0
    assert measures.export_similarity(pd.Series({"27": 5.0}), pd.Series({"27": 9.0})) == 1


def test_similarity_is_one_minus_the_bray_curtis_distance_of_shares():
    first, second = pd.Series({"a": 0.6, "b": 0.4}), pd.Series({"a": 0.1, "b": 0.9})
    distance = (first - second).abs().sum() / (first + second).sum()
    assert measures.export_similarity(first, second) == pytest.approx(1 - distance)


def test_discount_is_negative_above_the_benchmark():
    assert measures.discount(88.0, 80.0) == pytest.approx(-0.1)


# -- price and volume -----------------------------------------------------------------------------


def goods(*rows):
    return pd.DataFrame(rows, columns=["product", "period", "value", "quantity"])


def test_dearer_goods_are_price_and_more_goods_are_volume():
    dearer = goods(("a", 1, 100.0, 10.0), ("a", 2, 150.0, 10.0))
    more = goods(("a", 1, 100.0, 10.0), ("a", 2, 150.0, 15.0))
    assert measures.price_and_volume(dearer)[["price", "volume"]].iloc[1].tolist() == [1.5, 1.0]
    assert measures.price_and_volume(more)[["price", "volume"]].iloc[1].tolist() == [1.0, 1.5]


def test_price_times_volume_is_the_growth_of_the_whole_value():
    rows = goods(("a", 1, 60.0, 6.0), ("a", 2, 90.0, 6.0), ("b", 2, 30.0, 1.0), ("c", 1, 40.0, None))
    split = measures.price_and_volume(rows).iloc[1]
    assert split["price"] * split["volume"] == pytest.approx(120 / 100)
    assert (split["matched_before"], split["matched"]) == (0.6, 0.75)


def test_fisher_is_between_laspeyres_and_paasche_and_reverses_in_time():
    there = goods(("a", 1, 80.0, 8.0), ("b", 1, 20.0, 5.0), ("a", 2, 90.0, 6.0), ("b", 2, 70.0, 14.0))
    back = there.assign(period=3 - there["period"])
    split, turned = (measures.price_and_volume(rows).iloc[1] for rows in (there, back))
    assert split["paasche"] < split["link"] < split["laspeyres"]
    assert split["link"] * turned["link"] == pytest.approx(1)


def test_a_cutoff_leaves_out_what_changes_beyond_it():
    rows = goods(("a", 1, 50.0, 5.0), ("b", 1, 50.0, 5.0), ("a", 2, 60.0, 5.0), ("b", 2, 60.0, 0.5))
    assert measures.price_and_volume(rows, 5).iloc[1]["price"] == pytest.approx(1.2)
    assert measures.price_and_volume(rows).iloc[1]["price"] > 3


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("a", 1, 1.0, 1.0), ("a", 1, 2.0, 1.0)], "product a has two rows for 1"),
        ([("a", 1, -1.0, 1.0)], "must not be negative"),
        ([("a", 1, 1.0, 1.0), ("b", 2, 1.0, 1.0)], "no product links 1 with 2"),
    ],
)
def test_price_and_volume_refuse_what_they_cannot_split(rows, message):
    with pytest.raises(ValueError, match=message):
        measures.price_and_volume(goods(*rows))
