"""Trade of the five Central Asian states: each counter apart, and the published values."""

import pandas as pd
import pytest

from partnership import data
from partnership.views import central_asia as view


@pytest.fixture(scope="module")
def trade():
    return data.load("central-asia-trade")


@pytest.fixture(scope="module")
def lines(trade):
    return view.partner_lines(trade)


@pytest.mark.parametrize(
    ("country", "year", "china", "russia"),
    [("KAZ", 2018, 11.69, 18.52), ("KAZ", 2023, 30.06, 27.05), ("UZB", 2010, 2.18, 6.14), ("KGZ", 2022, 4.13, 3.48)],
)
def test_own_statistics_as_the_national_offices_publish_them(lines, country, year, china, russia):
    rows = data.select(lines, country=country, year=year, counted_by="own statistics").set_index("partner")["billions"]
    assert (round(rows["CHN"], 2), round(rows["RUS"], 2)) == (china, russia)


def test_no_line_mixes_counters_or_joins_comtrade_to_the_imf(lines):
    assert (lines.groupby(["country", "counted_by"])["source_id"].nunique() == 1).all()
    reported = lines[lines["counted_by"].str.startswith("Russia")]
    assert not reported.duplicated(["country", "year"]).any()
    assert set(reported["partner"]) == {"RUS"}, "Russia reports its own trade, not China's"


def test_a_year_with_one_flow_only_is_left_out(lines):
    """UNCTAD has no Uzbek exports to Russia for 1995."""
    rows = data.select(lines, country="UZB", counted_by="UNCTAD", year=1995)
    assert rows["partner"].tolist() == ["CHN"]


def test_years_in_which_china_was_ahead(lines):
    assert view.ahead(lines, "KAZ") == [2023]
    assert view.ahead(lines, "UZB") == [2015, 2016, 2017, 2018, 2019, 2020, 2023]
    assert view.ahead(lines, "KGZ") == [2016, 2017, 2018, 2019, 2022, 2023]


def test_kazakhstans_shares_stand_near_those_its_office_gave_for_nine_months(trade):
    """The press printed 21.3 and 18.6 per cent for January to September 2023."""
    shares = view.shares(trade, "KAZ", 2023)
    assert shares["CHN"] == pytest.approx(21.3, abs=0.5)
    assert shares["RUS"] == pytest.approx(18.6, abs=1)


def test_yuan_sum_of_2024_stands_near_the_customs_total(trade):
    """China's customs gave 674.15 billion yuan for the five in 2024; the table adds up to 674.7."""
    total = view.in_yuan(trade).groupby("year")["billions"].sum()
    assert total["2024"] == pytest.approx(674.15, rel=0.002)


def test_a_row_is_named_by_whom_its_page_cites():
    assert view._cited("Zorkul Novosti (reprint of Nikkei)") == "Nikkei"
    assert view._cited("Caspian Post (citing Kun.uz)") == "Kun.uz"
    assert view._cited("AzerNews (MENAFN)") == "AzerNews"


def test_every_printed_length_and_cost_is_drawn():
    frame = view.printed(data.load("infrastructure-projects"))
    assert sorted(data.select(frame, attribute="length")["low"]) == [450, 454, 486, 523, 532.53]
    costs = data.select(frame, attribute="cost")
    assert list(zip(costs["low"], costs["high"], strict=True)) == [(3, 6), (8, 8), (5, 6)]
    assert not frame.duplicated(["attribute", "label"]).any(), "two rows would fall on one"
    assert isinstance(frame, pd.DataFrame)
