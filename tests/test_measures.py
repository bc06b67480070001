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
    for empty in (pd.Series(dtype=float), pd.Series({"27": 0.0})):
        for baskets in ((empty, pd.Series({"27": 9.0})), (pd.Series({"27": 9.0}), empty)):
            with pytest.raises(ValueError, match="sum to zero"):
                measures.export_similarity(*baskets)


def test_similarity_is_one_minus_the_bray_curtis_distance_of_shares():
    first, second = pd.Series({"a": 0.6, "b": 0.4}), pd.Series({"a": 0.1, "b": 0.9})
    distance = (first - second).abs().sum() / (first + second).sum()
    assert measures.export_similarity(first, second) == pytest.approx(1 - distance)


def test_discount_is_negative_above_the_benchmark():
    assert measures.discount(88.0, 80.0) == pytest.approx(-0.1)


def test_growth_over_twelve_months_takes_the_row_twelve_before():
    grown = measures.growth(pd.Series([50.0, *range(1, 12), 60.0]), 12)
    assert grown.iloc[-1] == pytest.approx(20) and grown.iloc[:-1].isna().all()


def test_recomputed_growth_is_exact_and_stands_beside_the_reported():
    frame = pd.DataFrame(
        {"period": ["2022", "2023", "2022-05", "2023-05"], "value": [0.0, 5.0, 80.0, 100.0], "growth_reported": [1, 2, 3, 4]}
    )  # fmt: skip
    side = measures.year_on_year(frame)
    assert side["growth_reported"].tolist() == [1, 2, 3, 4]
    assert side["growth_recomputed"].fillna(-1).tolist() == [-1, -1, -1, 25], "a base of zero gives no growth"


def test_a_hole_ends_the_year_to_date_until_january():
    monthly = pd.Series([1.0, None, 4.0, 8.0], index=["2023-01", "2023-02", "2023-03", "2024-01"])
    assert measures.year_to_date(monthly).fillna(-1).tolist() == [1, -1, -1, 8]


def test_a_month_after_a_hole_in_the_year_to_date_is_missing_and_january_never():
    cumulative = pd.Series([9.0, 1.0, 3.0, 7.0], index=["2022-12", "2023-01", "2023-02", "2023-04"])
    assert measures.months_from_year_to_date(cumulative).fillna(-1).tolist() == [-1, 1, 2, -1]


def test_mirror_gap_looks_at_one_direction_of_one_pair():
    trade = pd.DataFrame(
        [
            flow("RUS", 100.0),
            flow("CHN", 110.0),
            flow("RUS", 7.0, importer="KAZ"),
            flow("CHN", 8.0, exporter="KAZ"),
            flow("RUS", 5.0, exporter="CHN", importer="RUS"),
        ]
    )
    gap = measures.mirror_gap(trade, "RUS", "CHN", cif_margin=0.1)
    assert gap.iloc[0].tolist() == ["2020", 100, 110, 10, 0.1, pytest.approx(0)]
    assert gap.columns.tolist() == [
        "period", "exporter_reported", "importer_reported", "gap", "gap_relative", "gap_after_cif",
    ]  # fmt: skip


@pytest.mark.parametrize(("flow", "total", "told"), [(-1.0, 4.0, "-0.25"), (5.0, 4.0, "1.25")])
def test_a_share_outside_nought_to_one_is_refused_and_the_ends_are_not(flow, total, told):
    with pytest.raises(ValueError, match=f"a share of {told} lies outside 0 to 1"):
        measures.partner_share(pd.Series([1.0, flow]), total)
    assert measures.partner_share(pd.Series([0.0, 4.0]), 4.0).tolist() == [0, 1]


def test_shares_of_imports_are_of_the_total_of_their_period():
    trade = pd.DataFrame(
        {
            "period": ["1", "1", "2", "2", "2"],
            "exporter": ["CHN", "WLD", "CHN", "DEU", "WLD"],
            "importer": "RUS",
            "value": [10.0, 40.0, 30.0, 20.0, 100.0],
        }
    )
    found = measures.shares(pd.concat([trade, trade.assign(importer="KAZ")]), "RUS", "imports")
    assert found["partner"].tolist() == ["CHN", "CHN", "DEU"]
    assert found["share"].tolist() == [0.25, 0.3, 0.2]


@pytest.mark.parametrize("values", [[3.0, -1.0], [0.0, 0.0], [1.0, -1.0]])
def test_concentration_needs_trade_and_no_negative_one(values):
    with pytest.raises(ValueError, match="not negative and not all zero"):
        measures.hhi(values)


def test_normalised_concentration_of_unequal_partners():
    assert measures.hhi([3.0, 1.0]) == 0.625
    assert measures.hhi([3.0, 1.0], normalised=True) == pytest.approx(0.25)
    assert measures.hhi([3.0, float("nan"), 1.0]) == 0.625, "what is missing is no partner"


MATRIX = pd.DataFrame({"exporter": list("AACCAB"), "importer": list("BCBAAC"), "value": [20.0, 80, 30, 40, 9, 0]})
"""A sells 20 to B and 80 to C, C sells 30 to B and 40 to A; A with itself and B's zero do not count."""


def in_two_years(measure):
    """A measure of the matrix in two years, in the second a hundredth as large."""
    both = pd.concat([MATRIX.assign(year=2020), MATRIX.assign(year=2021, value=MATRIX["value"] / 100)])
    found = measure(both, by=["year"])
    assert found["year"].tolist() == sorted(found["year"])
    return measure(MATRIX), *(found[found["year"] == year].drop(columns="year") for year in (2020, 2021))


def test_flows_of_a_matrix_by_hand():
    once, first, second = in_two_years(measures.all_flows)
    found = once.set_index(["exporter", "importer"]).round(4)
    assert found.index.tolist() == [("A", "B"), ("A", "C"), ("C", "A"), ("C", "B")]
    assert found.columns.tolist() == [
        "value",
        "export_share",
        "export_rank",
        "import_share",
        "import_rank",
        "intensity",
    ]
    assert found.loc[("A", "B")].tolist() == [20, 0.2, 2, 0.4, 2, 0.52]
    assert found.loc[("A", "C")].tolist() == [80, 0.8, 1, 1, 1, 1.3]
    assert found.loc[("C", "A")].tolist() == [40, 0.5714, 1, 1, 1, 1.2857]
    assert found.loc[("C", "B")].tolist() == [30, 0.4286, 2, 0.6, 1, 0.7714]
    pd.testing.assert_frame_equal(first.reset_index(drop=True), once)
    pd.testing.assert_frame_equal(second.reset_index(drop=True), once.assign(value=once["value"] / 100))


def test_economies_of_a_matrix_by_hand():
    once, first, second = in_two_years(measures.all_economies)
    found = once.set_index("economy").round(4)
    assert found.columns.tolist() == ["exports", "buyers", "export_hhi", "imports", "suppliers", "import_hhi"]
    assert found.loc["A"].tolist() == [100, 2, 0.68, 40, 1, 1]
    assert found.loc["B"].fillna(-1).tolist() == [0, 0, -1, 50, 2, 0.52]
    assert found.loc["C"].tolist() == [70, 2, 0.5102, 80, 1, 1]
    pd.testing.assert_frame_equal(first.reset_index(drop=True), once)
    smaller = once.assign(exports=once["exports"] / 100, imports=once["imports"] / 100)
    pd.testing.assert_frame_equal(second.reset_index(drop=True), smaller)


def test_a_frame_that_tells_missing_from_not_a_number_has_none_where_nothing_is_sold():
    with pd.option_context("future.distinguish_nan_and_na", True):
        assert measures.all_economies(MATRIX.convert_dtypes())["export_hhi"].isna().tolist() == [False, True, False]


def test_pairs_of_a_matrix_by_hand():
    once, first, second = in_two_years(measures.all_pairs)
    found = once.set_index(["first", "second"]).round(4)
    assert found.columns.tolist() == ["trade", "share_in_first", "share_in_second", "ratio", "asymmetry", "intensity"]
    assert found.loc[("A", "B")].tolist() == [20, 0.1429, 0.4, 2.8, 2.8, 0.52]
    assert found.loc[("A", "C")].tolist() == [120, 0.8571, 0.8, 0.9333, 1.0714, 1.2952]
    assert found.loc[("B", "C")].tolist() == [30, 0.6, 0.2, 0.3333, 3, 0.7714]
    pd.testing.assert_frame_equal(first.reset_index(drop=True), once)
    pd.testing.assert_frame_equal(second.reset_index(drop=True), once.assign(trade=once["trade"] / 100))


@pytest.mark.parametrize("measure", [measures.all_flows, measures.all_economies, measures.all_pairs])
def test_a_flow_told_twice_is_refused_with_its_keys(measure):
    with pytest.raises(ValueError, match="^2020, A, B: two rows for one flow$"):
        measure(pd.concat([MATRIX, MATRIX.head(1)]).assign(year=2020), by=["year"])


def test_equal_flows_share_the_better_rank_in_a_matrix():
    matrix = pd.DataFrame({"exporter": list("AAA"), "importer": list("BCD"), "value": [5.0, 5.0, 1.0]})
    assert measures.all_flows(matrix)["export_rank"].tolist() == [1, 1, 3]


def test_unit_value_advantage_and_distance_by_hand():
    assert measures.unit_value(60.0, 8.0) == 7.5
    assert measures.revealed_comparative_advantage(30.0, 100.0, 20.0, 200.0) == pytest.approx(3)
    assert measures.vote_distance(pd.Series([0.5, 2.0]), pd.Series([2.0, 0.5])).tolist() == [1.5, 1.5]


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


@pytest.mark.parametrize(("cutoff", "price"), [(4.99, 1.0), (5, 0.6), (None, 0.6)])
def test_a_change_by_exactly_the_cutoff_counts(cutoff, price):
    rows = goods(("a", 1, 50.0, 5.0), ("a", 2, 50.0, 5.0), ("b", 1, 50.0, 1.0), ("b", 2, 10.0, 1.0))
    assert measures.price_and_volume(rows, cutoff).iloc[1]["laspeyres"] == pytest.approx(price)


def test_links_are_chained_and_a_price_needs_value_and_quantity():
    rows = goods(
        ("a", 1, 10.0, 10.0), ("a", 2, 20.0, 10.0), ("a", 3, 60.0, 10.0),
        ("b", 1, 0.0, 5.0), ("b", 2, 5.0, 5.0), ("b", 3, 5.0, 0.0),
    )  # fmt: skip
    split = measures.price_and_volume(rows)
    assert split["value"].tolist() == [10, 25, 65]
    assert split["link"].fillna(-1).tolist() == [-1, 2, 3]
    assert split["price"].tolist() == [1, 2, 6]
    assert split["volume"].tolist() == pytest.approx([1, 1.25, 65 / 60])
    assert split["matched_before"].fillna(-1).tolist() == [-1, 1, 0.8]
    assert split["matched"].fillna(-1).tolist() == pytest.approx([-1, 0.8, 60 / 65])
    assert split.columns.tolist() == [
        "period", "value", "laspeyres", "paasche", "link", "matched_before", "matched", "price", "volume",
    ]  # fmt: skip


def test_concentration_takes_parts_below_one_and_partners_without_trade():
    assert measures.hhi([0.5, 0.5, 0.0]) == 0.5


def test_an_index_of_prices_begins_with_the_first_period_at_one():
    goods = pd.DataFrame({"product": "a", "period": [2020, 2021], "value": [1.0, 3.0], "quantity": [1.0, 2.0]})
    index = measures.price_and_volume(goods)
    assert index["period"].tolist() == [2020, 2021] and index["price"].tolist() == [1.0, 1.5]


def test_the_last_bit_of_a_sum_is_no_share_above_one():
    assert measures.partner_share(0.1 + 0.2, 0.3) == pytest.approx(1)
    assert measures.hhi([1] * 21, normalised=True) >= 0


def test_shares_take_one_total_a_period():
    rows = pd.DataFrame(
        {"period": "2020", "exporter": "RUS", "importer": ["CHN", "WLD", "WLD"], "value": [3.0, 9.0, 8.0]}
    )
    with pytest.raises(ValueError, match="RUS has two totals for 2020"):
        measures.shares(rows, "RUS", "exports")


def test_a_flow_without_a_finite_value_is_left_out_on_an_engine_where_nan_is_large():
    duckdb = pytest.importorskip("duckdb")
    rows = duckdb.sql("""SELECT * FROM (VALUES ('A', 'B', 1.0::DOUBLE), ('A', 'C', 'nan'::DOUBLE), ('B', 'A', 'inf'::DOUBLE))
        flows(exporter, importer, value)""")
    assert measures.all_flows(rows).project("exporter, importer, export_share").fetchall() == [("A", "B", 1.0)]
