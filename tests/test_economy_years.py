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


@cache
def reports(table):
    """The rows of a table by who reported them: each economy would look through all of them."""
    found = {}
    for row in rows(table):
        found.setdefault(row["reporter"], []).append(row)
    return found


def own(table, code):
    return reports(table).get(code, [])


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
    assert all(cells[0] == "No report in our copy" for cells in told.values())


@pytest.mark.parametrize("code", CODES)
def test_years_without_a_report_stand_in_words_and_in_the_drawing(code):
    held = {int(row["period"]) for row in own("reported-trade", code)}
    both = {int(row["period"]) for row in own("reported-trade", code) if row["exports"] and row["imports"]}
    told = [part for cells in years.table(code) if cells[1] == "No report in our copy" for part in [cells[0]]]
    missing = set()
    for stretch in told:
        first, _, last = stretch.partition("–")
        missing |= set(range(int(first), int(last or first) + 1))
    ends = {"CSK": 1992}.get(code, 2016)
    assert missing == set(range(1962, ends + 1)) - held
    page = years.section(code)
    words = page.split("<table")[0]
    assert all(stretch in words for stretch in told) and ("Our copy has no report by" in words) == bool(told)
    figure = years.figure(code)
    grey = sum(year not in both and (year - 1 in both or year == 1962) for year in range(1962, ends + 1))
    assert figure.count('class="gap"') == grey and ("Grey: our copy lacks" in figure) == bool(grey)


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
        assert "has no report by Algeria" in text and "not of what the economy publishes" in text
    assert "years.csv" not in pages.economy("DZA", "") and not years.reporters("DZA")


def test_the_reports_of_a_state_that_is_gone_stand_on_the_pages_of_its_successors():
    for code in ("CZE", "SVK"):
        assert "Czechoslovakia: reports in our copy, 1968 to 1990" in pages.economy(code, "")
    assert "Belgium and Luxembourg: reports in our copy, 1962 to 1998" in pages.economy("BEL", "")
    assert "To 1990 the figures are of West Germany." in pages.economy("DEU", "")


def test_no_report_is_missed_of_a_state_that_is_gone():
    for code, gone in (("XTG", "1964"), ("CSK", "1993"), ("YUG", "1993"), ("XSV", "1976"), ("XKN", "1981"), ("SCG", "2007"), ("YMD", "1990")):  # fmt: skip
        said = re.findall(r"\d{4}", " ".join(one for one in years.remarks(code) if one.startswith("Our copy has no report")))  # fmt: skip
        assert not said or max(said) < gone, code
    assert "Netherlands Antilles: reports in our copy" in pages.economy("BES", "")


def test_hong_kongs_part_of_chinas_reports_steps_down_as_told():
    told = {(row["period"], row["partner"]): row for row in own("reported-partners", "CHN")}
    whole = {row["period"]: row for row in own("reported-trade", "CHN")}
    for flow, want in (("exports", "from 44.2 to 24.0 per cent of exports"), ("imports", "from 25.5 to 10.0 of imports")):  # fmt: skip
        parts = [f"{100 * float(told[year, 'HKG'][flow]) / float(whole[year][flow]):.1f}" for year in ("1992", "1993")]
        assert f"from {parts[0]} to {parts[1]}" in want and want in years.COVERS["CHN"]
    assert 1.8 < float(told["1993", "USA"]["exports"]) / float(told["1992", "USA"]["exports"]) < 2.2


def test_customs_stand_beside_an_edition_known_to_lie_above_them():
    said = " ".join(years.remarks("RUS"))
    assert "$301.8 billion there in 2016, $285.7 billion by its customs" in said
    assert "$207.4 billion there in 2016, $182.4 billion by its customs" in said and "by its customs" not in " ".join(years.remarks("CHN"))  # fmt: skip


def test_what_is_far_from_unctad_is_said_with_both_figures():
    here = next(row for row in own("reported-trade", "HKG") if row["period"] == "2015")
    matrix = data.select(data.load("world-trade-matrix"), period="2015", exporter="HKG")["value"].sum()
    said = f"Hong Kong has exports of {numbers.worth(float(here['exports']))} in its own report and {numbers.worth(matrix)} in UNCTAD’s table."
    assert said in pages.economy("HKG", "")
    assert "in UNCTAD’s table." not in " ".join(years.remarks("DEU"))


def test_stretches_on_another_level_are_on_their_pages_and_in_the_description_of_the_table():
    step = years.LEVEL
    apart = set()
    for code in {row["reporter"] for row in rows("reported-trade")}:
        held = {int(row["period"]): row for row in own("reported-trade", code) if row["exports"] and row["imports"]}
        for up in (True, False):

            def moved(year, there, held=held):
                over = [float(held[year][flow]) / float(held[year - 1][flow]) for flow in FLOWS]
                return all(part >= step for part in over) if there else all(part <= 1 / step for part in over)

            for first in held:
                if first - 1 in held and moved(first, up):
                    for last in range(first, first + years.LONGEST):
                        if not {last, last + 1} <= held.keys():
                            break
                        if moved(last + 1, not up):
                            apart.add((code, first, last))
                            break
    assert ("NLD", 1963, 1968) in apart and ("NOR", 1970, 1975) in apart
    fields = data.resource("reported-trade")["schema"]["fields"]
    described = next(field["trap"] for field in fields if field["name"] == "exports")
    named = {
        (code, int(first), int(last or first))
        for code, first, last in re.findall(r"([A-Z]{3}) (\d{4})(?: to (\d{4}))?", described)
    }
    assert named == apart
    for code, first, last in apart:
        span = f"{first}–{last}" if last > first else str(first)
        assert any(remark.startswith(f"{span} is on another level") for remark in years.remarks(code))


def test_a_flow_that_stands_off_the_reports_before_and_after_is_told_with_them():
    """From the rows, by every stretch of up to four reports; those of both flows are told by another sentence."""
    far = {}
    for code in {row["reporter"] for row in rows("reported-trade")}:
        near = {year for first, last in years.levels(code) for year in range(first - 1, last + 2)}
        for flow in FLOWS:
            held = [(int(row["period"]), float(row[flow])) for row in own("reported-trade", code) if row[flow]]
            off = []
            for first in range(1, len(held) - 1):
                for last in range(first, min(first + 4, len(held) - 1)):
                    inside, beside = held[first : last + 1], (held[first - 1], held[last + 1])
                    sums, others = [value for _, value in inside], [value for _, value in beside]
                    missing = beside[1][0] - beside[0][0] - len(inside) - 1
                    apart = min(sums) > 2 * max(others) or max(sums) < min(others) / 2
                    if apart and missing < 2 and max(sums + others) >= 10 and not near & {year for year, _ in inside}:
                        off.append([year for year, _ in (beside[0], *inside, beside[1])])
            longest = [one for one in off if not any(set(one[1:-1]) < set(other[1:-1]) for other in off)]
            if longest:
                far[code, flow] = longest
    assert ("AZE", "exports") in far and [1984, 1986, 1987, 1988, 1989, 1990] in far["KWT", "exports"]
    assert ("CHN", "imports") not in far and ("NLD", "exports") not in far
    for code in {row["reporter"] for row in rows("reported-trade")}:
        said = [remark for remark in years.remarks(code) if "more than twice, or less than half" in remark]
        assert len(said) == sum(reporter == code for reporter, _ in far), code
        for (_, flow), stretches in ((key, value) for key, value in far.items() if key[0] == code):
            held = {int(row["period"]): float(row[flow]) for row in own("reported-trade", code) if row[flow]}
            told = next(remark for remark in said if remark.startswith(flow.capitalize()))
            assert told.count("(") == len(stretches)
            for before, *_, after in stretches:
                assert f"; {numbers.worth(held[before])} in {before}, {numbers.worth(held[after])} in {after})" in told


def test_a_main_partner_that_nearly_goes_for_a_year_is_told_with_its_shares():
    """From the rows: an eighth or more in both years beside, a twentieth for China and Russia, and less than a quarter of that, and a lower sum, between them."""
    for code in {row["reporter"] for row in rows("reported-trade")}:
        remarks, covered = years.remarks(code), years.EXPLAINED.get(code, [])
        for flow in FLOWS:
            whole = {int(row["period"]): float(row[flow]) for row in own("reported-trade", code) if row[flow]}
            held = {
                (row["partner"], int(row["period"])): min(float(row[flow]) / whole[int(row["period"])], 1)
                for row in own("reported-partners", code)
                if row[flow] and row["partner"] not in UNNAMED and not row["partner"].startswith("XQ")
            }
            unnamed = {int(row["period"]): float(row[f"{flow}_unnamed"] or 0) for row in own("reported-trade", code)}
            gone = [
                (year + 1, share, held.get((partner, year + 1), 0), held[partner, year + 2])
                for (partner, year), share in held.items()
                if whole.get(year + 1, 0) >= 10 and min(share, held.get((partner, year + 2), 0)) >= (1 / 20 if partner in ("CHN", "RUS", "SUN") else 1 / 8)
                and 4 * held.get((partner, year + 1), 0) < min(share, held[partner, year + 2])
                and held.get((partner, year + 1), 0) * whole[year + 1] < min(share * whole[year], held[partner, year + 2] * whole[year + 2])
                and not (partner == "YEM" and held.get(("YMD", year + 1)))  # Djibouti has it under South Yemen in 1990
                and year + 1 not in covered
            ]  # fmt: skip
            said = [remark for remark in remarks if remark.startswith(f"Some shares of {flow} are ")]
            assert len(said) == bool(gone) and sum(remark.count(" in both years") for remark in said) == bool(gone)
            for year, before, here, after in gone:
                now = f"{numbers.percent(here)} per cent" if here else "no figure"
                nameless = f"{numbers.percent(unnamed[year])} per cent in {year}"
                assert (nameless in said[0].partition(". Partners without a name have ")[2]) == (
                    0.1 <= unnamed[year] < max(unnamed.values())
                )
                beside = f"{numbers.percent(before)} in {year - 1}, {numbers.percent(after)} in {year + 1}"
                assert f"in {year} ({now}; {beside})" in said[0]
            assert not gone or said[0].count("(") == len(gone) and ("missing" in said[0]) == ("no figure" in said[0])


def test_a_year_that_is_not_told_twice_is_told_once():
    for code, explained in years.EXPLAINED.items():
        assert {str(year) for year in explained} <= {*re.findall(r"\d{4}", years.COVERS[code])}, code
    for code, year in (("AZE", 2011), ("VNM", 1998)):  # without the list the rule would tell of them again
        told = [one for one in years.remarks(code) if f" in {year} (" in one and one.startswith("Some shares")]
        assert told == [] and any(str(year) in one for one in years.remarks(code)), code


def test_what_a_report_is_said_to_lack_is_not_in_its_rows():
    def has(code, year, partner):
        kept = [row for row in own("reported-partners", code) if row["period"] == str(year)]
        return any(row["partner"] == partner for row in kept)

    for code, partner, year in (("RUS", "BLR", 2009), ("AZE", "CHN", 2011)):
        assert [has(code, when, partner) for when in (year - 1, year, year + 1)] == [True, False, True]
        assert f"report of {year}" in " ".join(years.remarks(code))
    sold = data.select(data.load("partner-trade-russia"), period="2010", exporter="RUS", importer="KAZ")
    bought = next(row for row in own("reported-partners", "KAZ") if row["period"] == "2010" and row["partner"] == "RUS")
    assert 0.45 < float(bought["imports"]) / sold["value"].max() < 0.55 and "report of 2010" in years.COVERS["KAZ"]
    for code, year in (("BLR", 2014), ("FIN", 2011), ("MAC", 2015)):
        many = {int(row["period"]): int(row["suppliers"]) for row in own("reported-trade", code) if row["imports"]}
        china = {int(row["period"]): float(row["imports"]) for row in own("reported-partners", code) if row["partner"] == "CHN" and row["imports"]}  # fmt: skip
        for held in (many, china):
            assert held[year] < min(held[year - 1], held[year + 1])
        assert f"In {year} suppliers are fewer" in years.COVERS[code]
    gabon = {row["period"]: row["suppliers"] for row in own("reported-trade", "GAB")}
    assert f"of 2002 names {gabon['2002']} suppliers" in years.COVERS["GAB"]
    assert f"name {gabon['2001']} and {gabon['2003']};" in years.COVERS["GAB"]
    bought = {(row["period"], row["partner"]) for row in own("reported-partners", "GAB") if row["imports"]}
    for partner in ("CHN", "USA"):  # kept with all years, as Japan is not
        assert [(str(year), partner) in bought for year in (2001, 2002, 2003)] == [True, False, True]
    vietnam = {(row["period"], row["partner"]): row for row in own("reported-partners", "VNM")}
    for partner, flows in (("JPN", FLOWS), ("SGP", FLOWS), ("TWN", FLOWS), ("CHN", ["exports"])):
        for flow in flows:
            before, here, after = (float(vietnam[str(year), partner][flow]) for year in (1997, 1998, 1999))
            assert here < min(before, after) / 3
    whole = {row["period"]: row for row in own("reported-trade", "VNM")}
    assert all(float(whole["1998"][flow]) > float(whole["1997"][flow]) for flow in FLOWS)
    assert "2009 lacks Belarus, Kazakhstan’s of 2010" in pages.pair("CHN", "RUS", "")


def test_what_partners_report_of_a_stretch_is_told_beside_it():
    told = {(row["reporter"], row["period"], row["partner"]): row for row in rows("reported-partners")}
    said = next(remark for remark in years.remarks("NOR") if "another level" in remark)

    def over(flow, other, *span):
        here = [told["NOR", str(year), "SWE"] for year in range(*span)]
        there = [told["SWE", str(year), "NOR"] for year in range(*span)]
        return numbers.decimal(sum(float(row[flow]) for row in here) / sum(float(row[other]) for row in there))

    inside, before = (
        " and ".join([over("exports", "imports", *span), over("imports", "exports", *span)])
        for span in [(1970, 1976), (1969, 1970)]
    )
    assert (
        f"its exports to Sweden and imports from there are {inside} times what is reported there, {before} in 1969."
        in said
    )


def test_what_may_be_of_part_of_a_year_and_what_another_edition_has_is_said():
    assert [code for code in sorted({row["reporter"] for row in rows("reported-trade")}) if "whole year" in " ".join(years.remarks(code))] == ["SGP", "TZA"]  # fmt: skip
    here = {row["period"]: float(row["imports"]) for row in own("reported-trade", "CHN")}
    there = {
        row["period"]: float(row["value"])
        for row in rows("trade-totals")
        if row["frequency"] == "A" and row["importer"] == row["reporter"] == "CHN" and row["source_id"] in ("wits-summary-chn-2021", "un-comtrade-chn-totals-2024")
    }  # fmt: skip
    off = [year for year in here if year in there and abs(here[year] / there[year] - 1) > years.EDITION]
    assert off == [str(year) for year in range(2000, 2017)]
    said = " ".join(years.remarks("CHN"))
    assert "imports differ by more than 3 per cent in 2000–2016" in said
    for year in ("2015", "2016"):
        assert f"{numbers.worth(here[year])} here, {numbers.worth(there[year])} there in {year}" in said


def test_what_the_two_german_states_and_a_small_flow_do_to_the_lines_is_said_where_it_holds():
    german = "one cell for the two German states"
    assert german in " ".join(years.remarks("CSK")) and german not in " ".join(
        years.remarks("KAZ") + years.remarks("DEU")
    )
    small = [
        int(row["period"])
        for row in own("reported-trade", "HKG")
        if float(row["exports"]) < years.SMALL * (float(row["exports"]) + float(row["imports"]))
    ]
    said = f"Exports are under a tenth of exports and imports together in {', '.join(years.stretches(small))}: there the lines are close to shares of imports."
    assert small and said in years.remarks("HKG") and "under a tenth" not in " ".join(years.remarks("DEU"))


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
