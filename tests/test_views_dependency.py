"""Shares of China and Russia in each other's trade, against values that others published or that are worked by hand."""

import pytest

from partnership import data
from partnership.views import dependency as view


def share(flow, when, basis):
    return 100 * float(data.select(view.bases(), flow=flow, when=when, basis=basis)["share"].iloc[0])


@pytest.mark.parametrize(
    "flow, billions_of_flow, billions_in_all, per_cent",
    [("exports", 97.209, 318.1747, 30.6), ("imports", 83.148, 203.3063, 40.9)],
)
def test_january_to_september_2024_from_customs_totals(flow, billions_of_flow, billions_in_all, per_cent):
    found = share(flow, view.NINE, view.GACC_FCS)
    assert round(found, 1) == per_cent
    assert found == pytest.approx(100 * billions_of_flow / billions_in_all, abs=0.01)


def test_shares_of_2022_and_2023_as_chinese_over_russian_customs():
    found = [round(share(flow, when, view.GACC_FCS), 1) for when in ("2022", "2023") for flow in ("exports", "imports")]
    assert found == [19.3, 29.8, 30.4, 38.9]


def test_shares_by_the_imf_alone_are_others():
    found = [round(share(flow, when, view.IMF), 1) for when in ("2022", "2023") for flow in ("exports", "imports")]
    assert found == [16.5, 34.3, 23.7, 45.2]


def test_russias_own_record_of_2020_is_one_whoever_carries_it():
    """UN Comtrade gives 14.6 and 23.7 per cent; Russian customs the same."""
    assert round(share("exports", "2020", view.COMTRADE), 1) == round(share("exports", "2020", view.FCS), 1) == 14.6
    assert round(share("imports", "2020", view.COMTRADE), 1) == round(share("imports", "2020", view.FCS), 1) == 23.7


def test_no_share_of_the_whole_of_2024_rests_on_russian_customs():
    whole = view.bases()[view.bases()["when"] == "2024"]
    assert set(whole["basis"]) == {view.IMF, view.GACC_IMF}


def test_forecasts_and_shares_without_a_year_are_not_among_the_published():
    who = " ".join(data.select(view.bases(), basis=view.PUBLISHED)["who"])
    assert "OEC, 2023" in who
    assert "WITS" not in who and "Re: Russia, 2023" not in who


def test_russia_in_chinas_trade_as_published():
    """Wavell Room gives 3.3 and 5.1 per cent for 2023; UN Comtrade totals give 2.75 and 4.36 for 1992, 3.23 and 5.00 for 2024."""
    frame = view.long_shares().set_index(["country", "year", "flow", "basis"])["share"]
    at = {(1992, view.OWN): [2.75, 4.36], (2023, view.PRESS): [3.28, 5.05], (2024, view.PRESS): [3.23, 5.00]}
    for (year, basis), expected in at.items():
        found = [frame["CHN", year, flow, basis] for flow in ("China to Russia", "Russia to China")]
        assert [round(100 * value, 2) for value in found] == expected


def test_drawn_lines_do_not_join_two_reporters():
    frame = view.long_shares()
    for _, line in frame.groupby(["country", "flow", "basis"]):
        flows = {part["reporter"].iloc[0] for part, _ in line["parts"]}
        assert len(flows) == 1


def test_floor_of_concentration_is_the_square_of_the_share():
    floor = view.floors().set_index(["year", "flow"])["floor"]
    assert floor[2024, "imports"] == pytest.approx(0.409**2, abs=1e-4)


def test_asymmetry_of_2025_is_share_over_share():
    """163.62 of 504.1 billion dollars, over 1,174.2 of 33,610 billion yuan."""
    found, rows = view._nine_months_2025()
    assert found == pytest.approx((163.62 / 504.1) / (1174.2465 / 33610), rel=1e-4)
    assert set(rows["currency"]) == {"USD", "CNY"}
