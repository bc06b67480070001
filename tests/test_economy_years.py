"""What the pages of economies say of every year, against the rows of the tables, read here without the pages' code."""

import csv
import io
import re
from functools import cache

import pytest

from partnership import data
from publish.economies import numbers, pages, plain, years

CODES = ["CHN", "RUS", "DEU", "TUV", "BLR", "USA", "CSK"]
FLOWS = {"exports": ("buyers", "export"), "imports": ("suppliers", "import")}
UNNAMED = {"XUN", "XSP", "XFZ", "XBK"}


@cache
def rows(table):
    with (data.DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def own(table, code):
    return [row for row in rows(table) if row["reporter"] == code]


@pytest.mark.parametrize("code", CODES)
def test_a_row_a_year_is_what_the_tables_have(code):
    told = {cells[0]: cells[1:] for cells in years.table(code)}
    for row in own("reported-trade", code):
        cells = told.pop(row["period"])
        for place, (flow, (many, kind)) in zip((0, 4), FLOWS.items(), strict=True):
            if not row[flow]:
                assert cells[place : place + 4] == [numbers.HOLE] * 4
                continue
            assert cells[place] == numbers.amount(float(row[flow])) and cells[place + 1] == row[many]
            if float(row[f"{flow}_unnamed"]) < 1:
                assert cells[place + 2] == f"{float(row[f'{kind}_hhi']):.3f}"
            largest = sorted(
                (int(part[f"{kind}_rank"]), part["partner"], float(part[flow]) / float(row[flow]))
                for part in own("reported-partners", code)
                if part["period"] == row["period"] and part[f"{kind}_rank"]
            )[:3]
            shares = re.findall(r"[\d.]+(?=,|;|$)", cells[place + 3].split("; no name")[0].removeprefix("no name"))
            if largest:
                assert shares == [numbers.percent(min(share, 1)) for *_, share in largest]
    assert all(cells[0] == "no report" for cells in told.values())


@pytest.mark.parametrize("code", CODES)
def test_years_without_a_report_stand_in_words_and_in_the_drawing(code):
    held = {int(row["period"]) for row in own("reported-trade", code)}
    both = {int(row["period"]) for row in own("reported-trade", code) if row["exports"] and row["imports"]}
    told = [part for cells in years.table(code) if cells[1] == "no report" for part in [cells[0]]]
    missing = set()
    for stretch in told:
        first, _, last = stretch.partition("–")
        missing |= set(range(int(first), int(last or first) + 1))
    assert missing == set(range(1962, 2017)) - held
    page = years.section(code)
    words = page.split("<table")[0]
    assert all(stretch in words for stretch in told) and ("No report of" in words) == bool(told)
    figure = years.figure(code)
    grey = sum(year not in both and (year - 1 in both or year == 1962) for year in range(1962, 2017))
    assert figure.count('class="gap"') == grey and ("Grey: no report" in figure) == bool(grey)


def test_lines_are_of_the_five_largest_partners_and_break_where_nothing_is_reported():
    figure = years.figure("KAZ")
    named = re.findall(r'<text class="(?!tick)[^"]*"[^>]*>([^<]*)</text>', figure)
    whole = {row["period"]: row for row in own("reported-trade", "KAZ") if row["exports"] and row["imports"]}
    shares = {}
    for row in own("reported-partners", "KAZ"):
        if row["period"] in whole and row["partner"] not in UNNAMED:
            trade = sum(float(row[flow] or 0) for flow in FLOWS)
            of = sum(float(whole[row["period"]][flow]) for flow in FLOWS)
            shares.setdefault(row["partner"], {})[int(row["period"])] = trade / of
    largest = sorted(shares, key=lambda partner: -sum(shares[partner].values()))[:5]
    countries = data.load("countries").set_index("code")["name"]
    assert sorted(named) == sorted(countries[largest])
    russia = re.search(r'<path class="line russia" d="([^"]*)"', figure)[1]
    assert len(re.findall("[ML]", russia)) == len(shares["RUS"])
    assert russia.count("M") == sum(year - 1 not in shares["RUS"] for year in shares["RUS"])


def test_an_economy_without_a_report_says_so_and_what_that_tells():
    for text in (pages.economy("DZA", ""), plain.page("DZA")):
        assert "has no report of Algeria" in text and "not of what the economy publishes" in text
    assert "years.csv" not in pages.economy("DZA", "") and not years.reporters("DZA")


def test_the_reports_of_a_state_that_is_gone_stand_on_the_pages_of_its_successors():
    for code in ("CZE", "SVK"):
        assert "Czechoslovakia as it reported, 1968 to 1990" in pages.economy(code, "")
    assert "Belgium and Luxembourg as it reported, 1962 to 1998" in pages.economy("BEL", "")
    assert "To 1990 the figures are of West Germany." in pages.economy("DEU", "")


def test_what_is_far_from_unctad_is_said_with_both_figures():
    here = next(row for row in own("reported-trade", "HKG") if row["period"] == "2015")
    matrix = data.select(data.load("world-trade-matrix"), period="2015", exporter="HKG")["value"].sum()
    said = f"Hong Kong has exports of {numbers.worth(float(here['exports']))} here and {numbers.worth(matrix)} in UNCTAD’s table."
    assert said in pages.economy("HKG", "")
    assert "in UNCTAD’s table." not in " ".join(years.remarks("DEU"))


@pytest.mark.parametrize("code", ["CHN", "TUV", "CSK"])
def test_the_file_of_an_economy_has_every_row_of_the_tables(code):
    told = list(csv.reader(io.StringIO(years.file(code))))
    assert told[0] == years.HEADER
    read = {(year, partner, flow): (value, rank) for year, partner, _, flow, value, _, rank in told[1:]}
    assert len(read) == len(told) - 1
    expected = {
        (row["period"], row.get("partner", "WLD"), flow): (row[flow], row.get(f"{kind}_rank", ""))
        for table in ("reported-trade", "reported-partners")
        for row in own(table, code)
        for flow, (_, kind) in FLOWS.items()
        if row[flow]
    }
    assert read == expected
    whole = {(year, flow): float(value) for year, partner, _, flow, value, *_ in told[1:] if partner == "WLD"}
    for year, _, _, flow, value, share, _ in told[1:]:
        assert float(share) == pytest.approx(min(100, 100 * float(value) / whole[year, flow]), rel=1e-3)


def test_every_report_that_has_a_page_is_on_it():
    shown = {own for code in numbers.codes() for own in years.reporters(code)}
    assert {row["reporter"] for row in rows("reported-trade")} - shown == {"GLP", "GUF", "MTQ", "MYT", "REU", "VIR"}


def test_no_line_is_of_bunkers_free_zones_or_what_has_no_name():
    countries = data.load("countries").set_index("code")["name"]
    for code in {row["reporter"] for row in rows("reported-trade")}:
        assert not set(re.findall(r'<text class="(?!tick)[^"]*"[^>]*>([^<]*)</text>', years.figure(code))) & {
            countries[partner] for partner in UNNAMED
        }, code
