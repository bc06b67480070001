"""One trade, two counts: the gap, the months, what ended when, and why the estimates are not used."""

import pytest

from partnership import data
from partnership.views import mirror_statistics as view


@pytest.fixture(scope="module")
def trade():
    return data.load("bilateral-trade")


def test_the_gap_of_2020_is_seven_and_a_half_billion_to_china(trade):
    """IMF: China 57.092, Russia 49.583 billion; the importer counts 15.1 per cent more."""
    gap = view.gaps(trade).set_index(["flow", "year"])
    assert gap.loc[("Russia to China", 2020), ["billions", "gap"]].round(2).tolist() == [7.51, 15.14]
    assert gap.loc[("China to Russia", 2004), "gap"] < -45


def test_months_of_russias_customs_add_up_to_its_year(trade):
    """Russia's customs printed 68.90 and 72.70 billion for 2021."""
    years = view.customs_years(trade).set_index(["exporter", "period"])["value"]
    assert round(years["RUS", "2021"] / 1000, 2) == 68.90
    assert round(years["CHN", "2021"] / 1000, 2) == 72.70


def test_no_line_joins_two_publishers(trade):
    """Up to 2020 one file of the IMF holds both counts; what follows is drawn apart, and Russia has nothing after 2021."""
    both = view.both_reporters(trade)
    assert set(both.loc[~both["later"], "source_id"]) == {view.IMF}
    assert view.IMF not in set(both.loc[both["later"], "source_id"])
    assert both.loc[both["counted_by"] == "Russia’s count", "year"].max() == 2021


def test_october_2023_was_raised_by_three_and_a_half_per_cent(trade):
    """Printed 11.11 for the month; 106.405 to October minus 94.90 to September makes 11.505."""
    changed = view.revisions(trade).set_index(["flow", "period"])
    assert round(changed.loc[("Russia to China", "2023-10"), "change"], 2) == 3.56


def test_partners_by_month_end_with_2021_and_estimates_stand_apart():
    ends = view.timeline().groupby("publication")["to"].max()
    assert ends["Russia: partners, months"] == "2021-12"
    assert ends["Russia: partners, years"] == "2021"
    assert ends["IMF estimate: partners"] == "2024"


def test_a_hole_in_a_publication_stays_a_hole():
    """Between January to September 2024 and January to September 2025 no total of Russia was found."""
    stretches = data.select(view.timeline(), publication="Russia: continents")
    assert stretches["to"].tolist() == ["2024-09", "2025-09"]


def test_officials_name_twelve_billion_less_than_china_in_2023(trade):
    """228 against 240.11 billion; no Russian total was found for 2022."""
    rows = view.differences(view.totals(trade)).set_index("year")
    assert round(rows.loc["2023", "difference"], 2) == -12.11
    assert rows.loc["2022", "difference"] != rows.loc["2022", "difference"]


def test_the_estimates_for_uganda_explode_and_kazakhstan_has_none_in_2024():
    odd = view.odd_estimates(data.load("partner-trade-russia"), data.load("central-asia-trade"))
    at = odd.set_index(["flow", "kind", "year"])["billions"].sort_index()
    assert at["Imports from Uganda", "IMF estimate"].round(1).tolist() == [5.8, 12.2, 27.0]
    assert round(at["Exports to Uzbekistan", "partner’s count", "2023"], 2) == 6.66
    assert ("Exports to Kazakhstan", "IMF estimate", "2024") not in at.index


def test_estimates_of_trade_with_china_follow_chinas_figures(trade):
    ratio = view.estimates_and_china(data.load("partner-trade-russia"), trade).groupby("flow")["ratio"]
    assert (ratio.max() / ratio.min() < 1.01).all()
