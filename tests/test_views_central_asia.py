"""Trade of the five Central Asian states: each counter apart, and the published values."""

import pandas as pd
import pytest

from partnership import data
from partnership.views import central_asia as view


@pytest.fixture(scope="module")
def lines():
    return view.turnover(view.pairs(data.load("central-asia-trade")))


@pytest.mark.parametrize(
    ("country", "year", "china", "russia"),
    [("KAZ", 2018, 11.69, 18.52), ("KAZ", 2023, 30.06, 27.05), ("UZB", 2010, 2.18, 6.14), ("KGZ", 2022, 4.13, 3.48)],
)
def test_own_statistics_as_the_national_offices_publish_them(lines, country, year, china, russia):
    rows = data.select(lines, country=country, year=year, counter=country).set_index("partner")["billions"]
    assert (round(rows["CHN"], 2), round(rows["RUS"], 2)) == (china, russia)


def test_two_sources_are_never_added(lines):
    assert not lines.duplicated(["country", "partner", "counter", "source_id", "year", "direction"]).any()
    kazakh = data.select(lines, country="KAZ", partner="CHN", year=2023).set_index("counter")["billions"]
    assert kazakh["KAZ"].item() != kazakh["WITS"].item(), "two counts of one trade stay apart"


def test_a_year_with_one_flow_only_is_left_out(lines):
    """UNCTAD has no Uzbek exports to Russia for 1995."""
    rows = data.select(lines, country="UZB", counter="UNCTAD", year=1995)
    assert rows["partner"].tolist() == ["CHN"]


def test_a_pair_is_named_alike_in_both_directions():
    rows = pd.DataFrame({"exporter": ["CHN", "KGZ", "CHN"], "importer": ["KGZ", "CHN", "XCA"]})
    named = view.pairs(rows)
    assert named["country"].tolist() == ["KGZ", "KGZ", "XCA"]
    assert set(named["partner"]) == {"CHN"}


def test_a_row_is_named_by_whom_its_page_cites():
    assert view._cited("Zorkul Novosti (reprint of Nikkei)") == "Nikkei"
    assert view._cited("Caspian Post (citing Kun.uz)") == "Kun.uz"
    assert view._cited("AzerNews (MENAFN)") == "AzerNews"


def test_every_printed_length_and_cost_is_told():
    projects = data.load("infrastructure-projects")
    told = view.printed(projects).frame
    wanted = projects["project"].eq(view.RAILWAY) & projects["attribute"].isin(view.PRINTED)
    assert len(told) == wanted.sum()
    assert "3 to 6" in set(told["Figure"])


def test_a_date_is_told_as_exactly_as_it_is_known():
    rows = pd.DataFrame({"date": ["2024-06-06", "2024-05", "2025"], "date_precision": ["day", "month", "year"]})
    assert view._when(rows).tolist() == ["6 June 2024", "May 2024", "2025"]


def test_a_bound_is_no_point_of_a_line(lines):
    """Russia's ambassador said "more than" of the Kyrgyz trade with Russia in 2025."""
    pair = {"country": "KGZ", "partner": "RUS"}
    said = data.select(view.pairs(data.load("central-asia-trade")), period="2025", **pair)
    assert said["qualifier"].tolist() == ["more than"]
    assert data.select(lines, year=2025, **pair).empty
