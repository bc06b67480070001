"""Rows that tell a year of energy trade, and prices a tonne: published and hand-worked values."""

import pytest

from partnership import data
from partnership.views import energy as view

TRADE = data.load("energy-trade")


@pytest.mark.parametrize(
    ("commodity", "year", "million_tonnes"),
    [
        ("crude oil", "2000", 1.48),
        ("crude oil", "2021", 79.65),
        ("crude oil", "2023", 107.02),
        ("crude oil", "2024", 108.47),
        ("LNG", "2025", 9.8),
    ],
)
def test_tonnes_of_a_year(commodity, year, million_tonnes):
    """Sums of customs months to 2021, then the figure printed for the year; not UN figures of 2021, 8.6 below customs."""
    assert view.amount(view.by_year(TRADE, commodity, "volume"), year).value == pytest.approx(million_tonnes, abs=0.006)


def test_outcome_goes_before_forecast():
    """Gazprom expected 38.0 billion cubic metres for 2025; 38.8 came."""
    pipe = view.by_year(TRADE, "pipeline gas", "volume", reporter="RUS")
    assert view.amount(pipe, "2025").value == 38.8
    assert view.amount(pipe, "2022").value == 15.4


def test_a_number_goes_before_a_bound():
    """Of 2023 one page has more than 107 million tonnes, others 107.02; alone, the bound tells the year."""
    crude = data.select(TRADE, commodity="crude oil", period="2023", exporter="RUS", importer="CHN", measure="volume")
    crude = crude[(crude["frequency"] == "A") & crude["reporter"].eq("CHN")]
    assert "more than" in set(crude["qualifier"])
    assert data.error(crude).idxmin() in crude.index[crude["qualifier"] == "more than"]
    found = view.by_year(crude, "crude oil", "volume")
    assert found["value"].tolist() == [107.02] and list(found) == [*crude.columns, "year"]
    alone = view.by_year(crude[crude["qualifier"] == "more than"], "crude oil", "volume")
    assert alone["value"].tolist() == [107]


def test_a_year_is_told_once():
    rows = view.by_year(TRADE, "crude oil", "volume")
    assert (rows.groupby("year")["source_id"].nunique() == 1).all()
    assert set(rows.groupby("year").size()) == {1, 12}


def test_price_of_russian_crude_in_2024():
    """62,420 million dollars over 108.47 million tonnes."""
    value, volume = (
        view.by_year(TRADE, "crude oil", measure).query("year == '2024'") for measure in ("value", "volume")
    )
    assert view.a_tonne(value, volume, 1).text == "575.5 dollars"


def test_year_without_rows():
    with pytest.raises(KeyError, match="no row tells 1990"):
        view.amount(view.by_year(TRADE, "crude oil", "volume"), "1990")


def test_periods_are_compared_for_which_all_crude_and_russias_are_printed():
    """All crude of 2022 and Russia's value of 2025 are not printed; to September 2024 only all crude is."""
    found = view.compared(TRADE)
    assert {frequency: list(periods) for frequency, periods in found.items()} == {
        "A": ["2021", "2023", "2024"],
        "YTD": ["2025-08"],
    }


def test_russian_crude_against_all_crude_and_against_the_rest():
    """575.5 dollars a tonne, 586.9 for all crude, 589.7 for the other origins."""
    cells = view.of_year(TRADE, "2024")
    assert view.against_all(cells).text == "−1.9 %"
    assert view.against_others(cells).text == "−2.4 %"
    assert view.against_others(view.short_of(TRADE, "2025-09")).text == "−3.3 %"


def test_a_year_is_taken_back_from_the_next_by_its_printed_changes():
    """58,370 over 86.25 is 676.8 dollars; 337,490 / 0.923 over 563.99 / 1.11 is 719.6."""
    cells = view.taken_back(TRADE, "2022")
    found = view.against_all(cells)
    assert found.value == pytest.approx(100 * (676.75 / 719.63 - 1), abs=0.01)
    assert found.period == "2022"
    assert view.against_others(cells).value == pytest.approx(
        100 * (676.75 / ((365644.6 - 58370) / (508.10 - 86.25)) - 1), abs=0.01
    )
