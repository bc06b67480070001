"""Pages of economies and of pairs: what they print is what the measures say."""

import random
import re
from functools import cache, lru_cache, partial
from unittest import mock

import pandas as pd
import pytest

from partnership import data, measures
from partnership.views import any_pair
from publish.economies import drawing, lacked, numbers, pages, words
from publish.steps import markdown


@lru_cache(maxsize=256)
def rows_of(code, worlds=any_pair.worlds):
    """The tables of all pairs, only rows of one economy: standing() asks for no others, and asks a thousand times."""
    return {
        world: (rows[(rows["exporter"] == code) | (rows["importer"] == code)], value)
        for world, (rows, value) in worlds().items()
    }


def measured(a, b):
    """What any_pair says of two economies, printed as the pages print, a list a table."""
    held, both = {}, {}
    try:
        position = any_pair.position(a, b).set_index("world")
    except KeyError:
        position = None
    for one, other in ((a, b), (b, a)):
        with mock.patch.object(any_pair, "worlds", partial(rows_of, one)):
            rows = any_pair.standing(one, other)
        both[one] = {(row.world, row.flow): row for row in rows.itertuples()}
    for world in any_pair.worlds():

        def side(one, flow, both=both, world=world):
            """Value, share and rank of the other in a flow of one of the two."""
            row = both[one].get((world, flow))
            if not (row and row.value > 0):
                return [numbers.HOLE] * 3
            return [numbers.amount(row.value), numbers.percent(row.share), numbers.whole(row.rank)]

        sold, there = side(a, "exports"), side(b, "imports")
        bought, away = side(a, "imports"), side(b, "exports")
        assert sold[0] == there[0] and bought[0] == away[0], "a flow is the same seen from both sides"
        line = [*sold, *there[1:], *away, *bought[1:]]
        if position is not None and world in position.index:
            row = position.loc[world]
            line += [
                numbers.percent(row["share_in_a"]), numbers.percent(row["share_in_b"]), numbers.decimal(row["ratio"]),
                numbers.percentile(row["less_lopsided"]), numbers.decimal(row["intensity"]), numbers.percentile(row["less_intense"]),
                numbers.decimal(1 / row["ratio"]),
            ]  # fmt: skip
        else:
            line += [numbers.HOLE] * 7
        held[world] = line
    return list(held.values())


def random_pairs(count, seed):
    """Pairs of economies by chance, each once."""
    chance, codes = random.Random(seed), numbers.codes()
    found = set()
    while len(found) < count:
        found.add(tuple(chance.sample(codes, 2)))
    return sorted(found)


def test_the_script_reads_what_is_printed():
    """The file of an economy, taken apart as pairs.js does it, gives the printed values."""
    import json

    files = {}
    for code in ("CHN", "RUS", "TUV"):
        text = pages.file(code)
        held = json.loads(re.fullmatch(rf'pmEconomy\("{code}",(.*)\);\n', text)[1])
        files[code] = [{line[:3]: line[4:].split(" ") for line in world.split(";") if line} for world in held["worlds"]]
    for a, b in (("CHN", "RUS"), ("RUS", "CHN"), ("TUV", "CHN")):
        for at, expected in enumerate(numbers.pair(a, b)):
            one, other = files[a][at].get(b, ["-"] * 10), files[b][at].get(a, ["-"] * 10)
            first = one if a < b else other
            read = numbers.both_ways(one, other, first)
            assert [value.replace("-", numbers.HOLE) for value in read] == expected


def test_an_economy_is_measured_from_its_rows():
    rows = data.select(data.load("world-trade-baci"), exporter="DEU")
    told = numbers.totals("2023").loc["DEU"]
    assert told["exports"] == pytest.approx(rows["value"].sum())
    assert told["export_hhi"] == pytest.approx(measures.hhi(rows["value"]))
    largest = rows.sort_values("value").iloc[-1]["importer"]
    page = pages.economy("DEU", "")
    assert f"In 2023, by CEPII, Germany exported goods worth {numbers.worth(rows['value'].sum())}" in page
    assert f"largest of {len(rows)} buyers in the table: {words.called(largest)}" in page
    assert (
        f"<td>{numbers.amount(rows['value'].sum())}</td><td>{len(rows)}</td><td>{numbers.index(measures.hhi(rows['value']))}</td>"
        in page
    )


def test_partners_and_the_rest_are_the_whole():
    page = pages.table("FRA", "2015")
    shares = [float(cell) for cell in re.findall(r"</th><td>([\d.]+) ?<small>", page)]
    assert len(shares) == pages.SHOWN + 1 and sum(shares) == pytest.approx(100, abs=0.6)


@pytest.mark.parametrize(
    ("printing", "value", "expected"),
    [
        (numbers.amount, 110014.4, "110,014"),
        (numbers.amount, 12.345, "12.3"),
        (numbers.amount, 9.996, "10.0"),
        (numbers.amount, 0.0552, "0.055"),
        (numbers.amount, 0.0001, "<0.001"),
        (numbers.amount, float("nan"), "–"),
        (numbers.percent, 0.0331, "3.3"),
        (numbers.percent, 0.00999, "1.0"),
        (numbers.percent, 0.00054, "0.054"),
        (numbers.percent, 0.000001, "<0.001"),
        (numbers.decimal, 1234.5, "1,234"),
        (numbers.decimal, 0.994, "0.99"),
        (numbers.decimal, 0.996, "1.0"),
        (numbers.decimal, 0.0996, "0.10"),
        (numbers.decimal, 0.00996, "0.010"),
        (numbers.decimal, 0.000996, "0.0010"),
        (numbers.decimal, 0.00097, "<0.001"),
        (numbers.whole, float("nan"), "–"),
    ],
)
def test_values_are_printed_with_the_digits_that_they_carry(printing, value, expected):
    assert printing(value) == expected


def test_what_a_reader_must_know_stands_on_the_page():
    for page in (pages.economy("RUS", ""), pages.pair("CHN", "RUS", "")):
        assert "$425.1 billion" in page and "$285.1 billion" in page
    assert "CEPII’s table of 2023 has no row of Taiwan" in pages.economy("TWN", "")
    assert "among the ten largest suppliers of China in 2005 and 2015" in pages.pair("CHN", "RUS", "")
    for code in ("CHN", "TWN", "RUS"):
        assert "estimates" in pages.economy(code, "") and "year inferred" in pages.economy(code, "")


def test_every_economy_apart_says_with_whom_it_has_no_row_and_how_much_that_was():
    """By a count of the rows that does not pass by the pages' own tables."""
    apart, matrix = any_pair.apart("2023"), any_pair.worlds()["2015"][0]
    for code in apart:
        summary, note = pages.summary(code, "2023"), " ".join(words.notes(code))
        assert f"without {len(apart) - 1} economies" in summary
        for own, other, verb in (("exporter", "importer", "took"), ("importer", "exporter", "supplied")):
            rows = matrix[matrix[own] == code]
            share = rows.loc[rows[other].isin(apart), "value"].sum() / rows["value"].sum() if len(rows) else 0
            told = f"{verb} {numbers.percent(share)} per cent" in note
            assert told == (share > 0), f"{code}: {verb} {share}"
    korea = words.notes("KOR")[0]
    assert "no row of South Korea with 75 other economies, Vietnam, Russia and the Philippines among them" in korea
    assert korea in pages.pair("CHN", "KOR", "") and f'"more":["{korea}"' in pages.file("KOR")
    assert "without" not in pages.summary("DEU", "2023") and not words.notes("DEU")
    assert f"no row between any two of {len(apart)} economies" in pages.economy("DEU", "")


def test_china_as_russia_is_set_beside_its_own_customs():
    baci, totals = data.load("world-trade-baci"), data.load("trade-totals")
    rows = data.select(totals, period="2023", reporter="CHN", exporter="WLD", importer="CHN", currency="USD", rank=1)
    here, counted = data.select(baci, importer="CHN")["value"].sum(), rows["value"].item()
    note = words.notes("CHN")[0]
    assert f"{numbers.worth(here)} against {numbers.worth(counted)}" in note
    yuan = data.select(data.load("partner-trade-china"), period="2023", importer="CHN", currency="CNY").set_index(
        "exporter"
    )["value"]
    assert yuan.drop(["WLD", "XQA"], errors="ignore").nlargest(3).index.tolist() == ["TWN", "USA", "KOR"]
    front = words.above("CHN")
    assert f"lie {100 * (1 - here / counted):.1f} per cent below those of its customs" in front[0]
    assert front[0].endswith("By customs the largest supplier was Taiwan.")
    assert pages.summary("CHN", "2023").endswith(
        f"China imported goods worth {numbers.worth(here)} from the 191 suppliers in the table."
    )
    assert note in pages.pair("CHN", "RUS", "") and "below those of Russian customs" in " ".join(words.notes("RUS"))


def test_a_total_that_no_longer_lies_below_its_customs_stops_the_build(monkeypatch):
    last = words.last_world()
    monkeypatch.setattr(words.numbers, "totals", lambda world: pd.DataFrame({"exports": [1e6]}, index=["RUS"]))
    with pytest.raises(
        ValueError, match=rf"^world-trade-baci, {last}: exports of RUS are 1,000,000 million dollars, no longer"
    ):
        words.customs("RUS", "exports")


def test_unctads_exports_of_russia_are_set_beside_its_customs():
    note = words.russia()
    for year, value in (("1995", 78217), ("2015", 343512)):
        rows = data.select(data.load("world-trade-matrix"), period=year, exporter="RUS")
        assert f"{numbers.worth(rows['value'].sum())} against {numbers.worth(value)}" in note
        assert ({"ITA", "BEL"} & set(rows["importer"]) == set()) == (year == "1995")


def test_flows_that_the_last_table_lacks_are_told_to_both_sides_that_feel_it():
    now, then = data.load("world-trade-baci"), data.select(data.load("world-trade-matrix"), period="2015")
    by_customs = data.select(data.load("partner-trade-china"), period="2023", currency="CNY")
    for seller, buyer in words.LOST:
        here, before = (data.select(rows, exporter=seller, importer=buyer)["value"].sum() for rows in (now, then))
        assert here < 0.17 * before, f"{seller} to {buyer} is no longer lost"
        if "CHN" in (seller, buyer):
            assert data.select(by_customs, exporter=seller, importer=buyer)["value"].item() > 1000 * here
        for code, own, other in ((seller, "exporter", "buyers"), (buyer, "importer", "suppliers")):
            whole = data.select(then, **{own: code})["value"].sum()
            named = words.called(buyer if code == seller else seller)
            notes = [note for note in words.notes(code) if "seems to lack" in note and f"other {other} in 2023" in note]
            said = [note for note in notes if named in note]
            felt = before >= words.FELT * whole
            assert bool(said) == felt, f"{code}: {seller} to {buyer}"
            assert not felt or (numbers.worth(here) in said[0] and numbers.worth(before) in said[0])
            assert not felt or (words.called(seller) in said[0] and words.called(buyer) in said[0])
    held = {ends: rows["value"].sum() for ends, rows in now.groupby(["exporter", "importer"])}
    ends = [tuple(row) for row in by_customs[["exporter", "importer"]].to_numpy()]
    lost = {
        pair
        for pair, yuan in zip(ends, by_customs["value"], strict=True)
        if pair in held and yuan > 500 and held[pair] < yuan / 1000
    }
    assert lost == {pair for pair in words.LOST if "CHN" in pair}
    assert "seems to lack" in pages.pair("SAU", "KOR", "") and "seems to lack" not in " ".join(words.notes("CHN"))


def test_lost_flows_stand_in_front_on_both_sides_that_feel_them():
    for code in {code for ends in words.LOST for code in ends}:
        assert set(words.lost(code)) <= set(words.above(code)) and not set(words.lost(code)) & set(words.below(code)), (
            code
        )
    assert "what China sold to Georgia" in " ".join(words.above("GEO"))


def test_an_economy_apart_with_next_to_nothing_lost_keeps_its_shares_unmarked():
    """By a count of the rows of the table before that does not pass by the pages' own tables."""
    apart, matrix = any_pair.apart("2023"), any_pair.worlds()["2015"][0]
    for code in apart:
        felt = []
        for flow, own, other in (("exports", "exporter", "importer"), ("imports", "importer", "exporter")):
            rows = matrix[matrix[own] == code]
            known, lost = rows["value"].sum(), rows.loc[rows[other].isin(apart), "value"].sum()
            felt += [flow] if known and lost / known >= 0.01 else []
        assert list(words.too_high(code, "2023")) == felt, code
        said = words.brief(code)
        assert ("its shares should hardly change" in said) == (not felt)
        low = ["", f"its {' '.join(felt)} lack these flows", "its totals lack these flows"][len(felt)]
        assert low in said, code
    assert words.too_high("GRL", "2023") == () and "Denmark, 51.7 per cent" in pages.summary("GRL", "2023")


def test_a_text_begins_with_a_capital_where_the_name_takes_an_article():
    page = pages.pair("ARE", "IND", "")
    shown = re.sub(r"<[^>]*>", "", page)
    assert 'aria-label="The United Arab Emirates in the trade of India, per cent; ' in page
    for told in (
        "The United Arab Emirates to India",
        "The United Arab Emirates in the trade of India",
        "The United Arab Emirates in exports of India",
    ):
        assert told in shown, told


def test_the_pairs_among_which_one_is_placed_are_those_the_page_tells():
    rows = any_pair.worlds()[words.last_world()][0]
    assert any_pair.economies() - set(rows["exporter"]) == {"TWN", "STP"} and len(any_pair.economies()) == 80


def test_a_copy_as_plain_text_leaves_out_what_the_page_hides():
    copy = markdown.page(pages.pair("CHN", "RUS", ""))
    assert "China sold goods worth $110.0 billion" in copy and "has no row of goods" not in copy


def test_the_year_that_is_inferred_is_drawn_hollow():
    told = numbers.pair("CHN", "RUS")
    svg = drawing.panel("a", told, ("China", "Russia"), 100, pages.off("CHN", "RUS"))
    marks = re.findall(r'<(?:circle|rect) class="([^"]*)"', svg)
    assert [("est" in mark) for mark in marks] == [False, False, False, True] * 2
    assert 'class="no"' in drawing.panel(
        "a", numbers.pair("TWN", "CHN"), ("Taiwan", "China"), 100, pages.off("TWN", "CHN")
    )


def first_of(code, flow):
    """The first partner of the table of 2023."""
    own, other = ("exporter", "importer") if flow == "exports" else ("importer", "exporter")
    rows = data.select(data.load("world-trade-baci"), **{own: code})
    return rows.loc[rows["value"].idxmax(), other] if len(rows) else ""


@lru_cache(maxsize=1)
def reports():
    """By reporter and year, the named partners of an own report with their part of each flow."""
    rows = data.load("reported-partners").merge(
        data.load("reported-trade")[["period", "reporter", "exports", "imports"]], on=["period", "reporter"], suffixes=("", "_all")
    )  # fmt: skip
    rows = rows[~rows["partner"].str.fullmatch(any_pair.UNNAMED) & (rows["partner"] != rows["reporter"])]
    return {key: part for key, part in rows.groupby(["reporter", "period"])}


@cache
def named(world):
    """All that a table has a row of."""
    rows = any_pair.worlds()[world][0]
    return {*rows["exporter"].unique(), *rows["importer"].unique()}


def lacked_by(code, world, flow, years_off=(0,)):
    """Partners with a twentieth of a reported flow of which UNCTAD's table has no row, or less than a tenth; with what was reported."""
    rows = any_pair.worlds()[world][0]
    own, other = ("exporter", "importer") if flow == "exports" else ("importer", "exporter")
    held, known = data.select(rows, **{own: code}).set_index(other)["value"], named(world)
    for off in years_off:
        report = reports().get((code, str(int(world) + off)))
        if report is not None and report[flow].notna().any():
            main = report[(report[flow] >= 10) & (report[flow] / report[f"{flow}_all"] >= 0.05)].set_index("partner")
            return {one: value for one, value in main[flow].items() if one in known and held.get(one, 0) < value / 10}
    return {}


def test_no_page_calls_a_partner_the_largest_where_an_own_count_names_one_that_the_table_lacks():
    """By the reports of the table's year, or of one beside, and by China's customs of 2023, none of them read through the pages' code."""
    met = set()
    for code in numbers.codes():
        world = pages.worlds_of(code)[0]
        sentences = pages.summary(code, world).split(". ")
        for flow, verb, word in (("exports", "exported", "buyers"), ("imports", "imported", "suppliers")):
            said = next((one for one in sentences if f"{verb} goods worth" in one and "customs" not in one), "")
            lead = re.search(rf"largest of \d+ {word} in the table", said)
            if world < "2023" and (holes := lacked_by(code, world, flow, (0, -1, 1))):
                met.add((code, world, flow))
                assert not lead, f"{code}: {said}; its own report has {holes}"
    assert ("PSE", "2015", "imports") in met
    yuan = data.select(data.load("partner-trade-china"), period="2023", importer="CHN", currency="CNY")
    first = yuan[~yuan["exporter"].isin(["WLD", "CHN"])].set_index("exporter")["value"].idxmax()
    assert first not in set(data.select(data.load("world-trade-baci"), importer="CHN")["exporter"])
    assert "suppliers in the table:" not in pages.summary("CHN", "2023")


def test_what_a_table_lacks_by_an_own_report_is_told_on_the_pages_of_both_and_marked_where_its_total_is_short():
    found = {}
    for world in ("1995", "2005", "2015"):
        for code in numbers.codes():
            for flow in any_pair.FLOWS:
                for partner, value in lacked_by(code, world, flow).items():
                    found[code, world, flow, partner] = value
    assert {("PSE", "2015", "imports", "ISR"), ("BWA", "2005", "imports", "ZAF"), ("IDN", "1995", "imports", "SGP"), ("AFG", "2015", "imports", "IRN"), ("MMR", "2015", "exports", "CHN")} <= set(found)  # fmt: skip
    for (code, world, flow, partner), value in found.items():
        seller, buyer = (code, partner) if flow == "exports" else (partner, code)
        told = [note for note in words.notes(code) if f"UNCTAD’s table of {world} has" in note and f"what {words.called(seller)} sold to {words.called(buyer)};" in note]  # fmt: skip
        assert len(told) == 1 and numbers.worth(value) in told[0], (code, world, partner)
        assert told[0] in (*words.above(code), *words.below(code))
        if "come out too high" in told[0]:
            assert flow in words.too_high(code, world)
            own = reports()[code, world][f"{flow}_all"].iloc[0]
            assert numbers.totals(world)[flow][code] < own, "a total that is not short has no shares that are too high"
    for code in ("BWA", "NAM", "SWZ", "LSO"):
        assert words.too_high(code, "2005") == ("imports",), code
        assert words.mark("imports", "DEU", code, "2005") == 1 and words.mark("imports", "DEU", code, "2015") == 0
    assert words.too_high("ZAF", "2005") == ("exports",) and words.too_high("SAU", "2005") == ()
    assert "sold to Botswana, Namibia, Eswatini and Lesotho; their own reports have $2.7 billion, $2.1 billion, $1.3 billion and $1.1 billion (2004)" in " ".join(words.notes("ZAF"))  # fmt: skip
    assert words.mark("exports", "MMR", "CHN", "2015") == -1 and words.mark("exports", "MMR", "THA", "2015") == 1
    hidden = re.findall(r'<p data-ratio="(\w+)"( hidden)?>', pages.pair("ISR", "PSE", ""))
    assert hidden == [("alike", " hidden"), ("apart", " hidden")]


def test_a_share_of_chinas_imports_is_marked_by_that_of_its_customs():
    """Supplier by supplier: a sign only where the two shares differ as printed and by more than the error."""
    yuan = data.select(data.load("partner-trade-china"), period="2023", importer="CHN", currency="CNY").set_index("exporter")  # fmt: skip
    table = data.select(data.load("world-trade-baci"), importer="CHN").set_index("exporter")["value"]
    whole, signs = yuan["value"]["WLD"], {}
    for seller, value in table.items():
        share, (counted, error) = value / table.sum(), yuan.loc[seller, ["value", "error"]].fillna(0)
        low, high = (counted - error) / whole, (counted + error) / whole
        sign = words.mark("imports", seller, "CHN", "2023")
        assert sign in (0, 1 if share > high else -1 if share < low else 0) or (seller, "CHN") in words.LOST, seller
        assert sign or numbers.percent(share) in (numbers.percent(low), numbers.percent(high)) or low <= share <= high
        signs[seller] = sign
    assert [signs[one] for one in ("JPN", "MYS", "THA", "CAN", "MMR", "KOR", "RUS", "USA")] == [-1] * 5 + [1] * 3
    assert '6.1</span> per cent<span data-s="h3">, which is too low,</span> of what' in pages.pair("JPN", "CHN", "")
    note, counts = words.notes("CHN")[0], list(signs.values())
    assert f"{counts.count(1)} suppliers have a higher share in the table and {counts.count(-1)} a lower one" in note  # fmt: skip
    usd = 2556763 / whole
    front = words.above("CHN")[0]
    for seller in ("KOR", "RUS", "IRQ"):
        assert table[seller] == pytest.approx(yuan["value"][seller] * usd, rel=0.015) and words.called(seller) in front


def test_statistics_that_the_book_holds_stand_beside_the_table():
    for code, adj in (("KGZ", "Kyrgyzstan"), ("KAZ", "Kazakhstan")):
        rows = data.select(data.load("central-asia-trade"), period="2023", counter=code, importer=code, frequency="A", currency="USD")  # fmt: skip
        value = rows.set_index("exporter")["value"]
        table = data.select(data.load("world-trade-baci"), importer=code)
        note = next(note for note in words.above(code) if f"By {adj}’s own statistics, imports of 2023" in note)
        told = (value["WLD"], value["CHN"], table["value"].sum(), data.select(table, exporter="CHN")["value"].item())
        assert re.findall(r"\$[\d.,]+ [mb]illion", note) == [numbers.worth(one) for one in told]
        assert "per cent" not in pages.summary(code, "2023").split("imported")[1]
    assert not any("own statistics" in note for note in words.notes("UZB"))


def test_a_flow_that_appears_from_next_to_nothing_is_told_and_its_share_leads_no_page():
    now, then = data.load("world-trade-baci"), data.select(data.load("world-trade-matrix"), period="2015")
    for seller, buyer in (("GMB", "KAZ"), ("DNK", "GMB")):
        here = data.select(now, exporter=seller, importer=buyer)["value"].item()
        was = data.select(then, exporter=seller, importer=buyer)["value"].sum()
        whole = data.select(then, exporter="GMB") if seller == "GMB" else data.select(then, importer="GMB")
        assert here > whole["value"].sum() and was < here / 100
        for code in (seller, buyer):
            part = here / now.loc[now["exporter" if code == seller else "importer"] == code, "value"].sum()
            told = f"{numbers.worth(here)} sold by {words.called(seller)} to {words.called(buyer)}" in " ".join(words.above(code))  # fmt: skip
            assert told == (part >= 0.01)
    assert "per cent" not in pages.summary("GMB", "2023")


def test_billions_are_rounded_once():
    assert numbers.worth(1049.95) == "$1.0 billion" and numbers.worth(999.6) == "$1.0 billion"
    for world in ("1995", "2005", "2015", "2023"):
        rows = any_pair.worlds()[world][0]
        rows = rows[(rows["value"] >= 1000) & (rows["exporter"] != rows["importer"])]
        for seller, buyer, value in rows[["exporter", "importer", "value"]].itertuples(index=False):
            assert numbers.sold(seller, buyer, world) == f"{value / 1000:,.1f} billion", (seller, buyer)
    assert 'sold goods worth $<span data-s="v0">31.1 billion' in pages.pair("USA", "CHE", "")
    assert '"CHE3":"31.1 billion"' in pages.file("USA")


def test_a_note_of_both_stands_once_and_a_pair_of_no_table_says_so():
    page = pages.pair("HKG", "CHN", "")
    assert page.count("sold by Hong Kong to China, China’s own report") == 1
    assert "UNCTAD’s of 2015" not in pages.pair("SCG", "MNE", "") and f"<p data-never>{pages.NEVER}</p>" in pages.pair("SCG", "MNE", "")  # fmt: skip
    assert f'<p data-ratio="alike">{pages.ALIKE}</p>' in pages.pair("MEX", "IND", "")
    assert f'<p data-ratio="alike" hidden>{pages.ALIKE}</p>' in pages.pair("ITA", "GBR", "")


def test_an_economy_without_a_row_of_2023_is_told_no_second_hole_of_that_table():
    for code in ("AIA", "ASM", "GUM", "MNP", "NRU", "WSM", "PSE"):
        assert sum("table of 2023 has no row" in note for note in words.notes(code)) == (code not in numbers.totals("2023").index), code  # fmt: skip


def test_a_share_known_to_be_too_high_says_so_where_it_is_drawn_and_leads_no_page():
    """By the notes: whose say that shares come out too high, and of which flow."""
    appeared = lacked.risen()
    for code in numbers.codes():
        notes, high = " ".join(words.notes(code)), words.too_high(code, "2023")
        said = " ".join((notes, words.brief(code)))
        told = ("in 2023 come out too high", "of the others in them come out too high", "below those of")
        assert bool(high) == any(phrase in said for phrase in told), code
        if code in numbers.totals("2023").index:
            firsts = {"exports": (code, first_of(code, "exports")), "imports": (first_of(code, "imports"), code)}
            doubted = {flow for flow, ends in firsts.items() if ends in appeared}
            kept = 2 - len({*high, *doubted, *lacked.statistics(code)})
            assert pages.summary(code, "2023").split("CEPII")[1].count("per cent") == kept, code
            some = ", some too low" if code == "CHN" else ""
            assert (f"{' and '.join(high)} too high{some}</text>" in pages.figure(code, "2023")) == bool(high), code
    pair = pages.pair("CHN", "RUS", "")
    assert [line in pair for line in (">54.4 ↑<", ">33.6 ↑<", ">6.3 ↑<", ">3.3 ↑<")] == [True, True, True, False]
    assert "exports: 1995 5.3 (too high), 2005 5.4, 2015 9.7 (too high), 2023 33.6 (too high)" in pair
    assert "↑ too high" in pair and '</span> per cent<span data-s="h3">, which is too high,</span> of what' in pair
    assert "38.9 per cent of the imports" in pair and "38.9 per cent of the imports" in pages.summary("RUS", "2023")
    assert 'class="tick no"' in pages.pair("DEU", "USA", "")
    short = pages.pair("SAU", "KOR", "")
    assert (
        '0.42</span> per cent<span data-s="h1">, which is too low,</span>' in short
        and ">0.42 ↓<" in short
        and ">0.94 ↑<" in short
    )
    cell = dict(re.findall(r'<td data-s="(3\.[138]|3\.6|4\.1)">([^<]*)', short))
    assert cell["3.1"] == "0.42 ↓" and cell["3.3"] == "0.26 ↓" and cell["3.6"] == "0.94 ↑" and "↓" not in cell["4.1"]
    assert (
        "Where ↑ or ↓ stands, or – for goods that were traded, the pair’s shares of all trade, its intensity and the ratio of trade of that year are off too; its ranks may be."
        in short
    )
    assert '<td data-s="3.1">3.3</td>' in pair and '<td data-s="3.6">33.6 ↑</td>' in pair


def test_the_scale_holds_the_highest_value():
    for highest in (0.0004, 0.7, 1, 12, 54.4, 99, 100):
        assert drawing.top_of(highest) >= highest
    assert drawing.top_of(50) == 60


def test_a_page_has_no_style_in_attributes_and_the_same_bytes_twice():
    for code in ("CHN", "ANT"):
        page = pages.economy(code, "")
        assert not re.search(r"\sstyle=|\son[a-z]+=", page)
        numbers.printed.cache_clear(), numbers.sides.cache_clear(), numbers.flows.cache_clear()
        assert pages.economy(code, "") == page and pages.file(code) == pages.file(code)


def test_every_name_that_takes_an_article_is_an_economy():
    assert set(numbers.codes()) >= set(words.CHANGED)
    assert set(data.load("countries")["code"]) >= words.WITH_ARTICLE  # some are partners of others alone
    assert words.called("USA") == "the United States" and words.called("CHN") == "China"


def test_a_first_partner_is_none_where_the_one_before_can_have_no_row():
    """Russia had half of Belarus's trade in 2015; the table of 2023 has no row between the two."""
    assert not words.leads("BLR", "imports", "2023") and words.leads("BLR", "imports", "2015")
    assert words.leads("DEU", "imports", "2023")


def test_reports_of_the_years_beside_stand_where_a_report_and_a_table_differ():
    (told,) = [note for note in words.notes("TZA") if "sold to Tanzania" in note]
    assert "$205 million in 2014 and $220 million in 2016" in told and "nearer" not in told
