"""Tiers of numbers are counted chapter by chapter; a card says in words what its rows are."""

import re
from collections import Counter
from dataclasses import asdict

import pandas as pd
import pytest

from conftest import CHAPTERS, notebook
from partnership import codebook, data, formula, prose
from publish import row_words
from publish.said import numbers, tiers
from publish.thisbook import HOST


def test_numbers_are_counted_by_chapter_and_in_all():
    html = tiers.table(
        [
            ("One & two", "one.html", Counter(B=3, C=1), 2),
            ("Three", "three.html", Counter(E=4), 0),
            ("List", "list.html", Counter(), 0),
        ]
    )
    assert '<a href="one.html">One &amp; two</a>' in html
    assert "list.html" not in html
    rows = [row.split('<td class="pm-right">')[1:] for row in html.split("<tbody>")[1].split("</tr>")]
    cells = [[cell.split("</td>")[0] for cell in row] for row in rows if row]
    assert cells == [
        ["0", "3", "1", "0", "0", "2"],
        ["0", "0", "0", "0", "4", "0"],
        ["0", "3", "1", "0", "4", "2"],
        ["0 %", "38 %", "12 %", "0 %", "50 %", ""],
    ]


def test_a_book_without_numbers_has_no_parts():
    assert "Part of all" not in tiers.table([("One", "one.html", Counter(), 1)])


def test_the_card_of_a_word_leads_to_what_it_must_mean():
    """The anchor that the card names is a row of the vocabulary."""
    record = dict(
        words="more than doubled",
        test="more_than_doubled",
        tested="a",
        false_if="b",
        margin=None,
        across=[],
        inputs={},
        options={},
    )
    record |= dict(reporter="", last="", sources=[], tier="")
    html = numbers.tests_table({"doubled": record}, "Statements", HOST)
    anchor = html.split("data-and-methods.html#")[1].split('"')[0]
    assert f'id="{anchor}"' in codebook.vocabulary().html()


def line_of(table, **cells):
    """The first line of a table with these cells."""
    return int(data.select(data.load(table), **cells).index[0])


def test_a_card_says_who_sold_to_whom_when_how_much_and_who_counted():
    sold = line_of(
        "bilateral-trade",
        exporter="CHN",
        reporter="CHN",
        period="2024-09",
        frequency="YTD",
        currency="USD",
        direction="one-way",
    )
    assert row_words.words("bilateral-trade", sold).startswith("China to Russia, January to September 2024, 83,147.")
    assert row_words.words("bilateral-trade", sold).endswith(" USD million; counted by China, FOB")
    year = line_of("product-windows", period="2026-05", exporter="CHN", hs4="8703")
    assert "China to Russia, Passenger cars, HS 8703, twelve months to May 2026, " in row_words.words(
        "product-windows", year
    )
    tractors = line_of("product-trade-hs", period="2021", exporter="CHN", hs_code="8701")
    assert row_words.words("product-trade-hs", tractors).startswith(
        "China to Russia, Tractors and road tractors, HS 8701, "
    )
    counted = line_of("exercise-counts", id="ndu-2022")
    assert ", 2022, 6 exercises; counted by " in row_words.words("exercise-counts", counted)
    alone = line_of("exercise-counts", id="scmp-2012-2023-bilateral")
    assert row_words.words("exercise-counts", alone).startswith("joint drills of the two alone, ")
    american = line_of("sanctions-monthly", period="2022-04", jurisdiction="USA", target="RUS", measure="stock")
    assert row_words.words("sanctions-monthly", american).startswith("United States, under Russia, stock, ")
    output = line_of("gdp", period="2009", country="WLD")
    assert row_words.words("gdp", output).startswith("the world, 2009, ")
    both = line_of("bilateral-trade", period="2024", reporter="CHN", currency="USD", direction="two-way")
    assert row_words.words("bilateral-trade", both).startswith("China and Russia both ways, 2024, ")
    assert " per cent" in row_words.words("bilateral-trade", both, "growth_reported")
    assert row_words.words("bilateral-trade", both).endswith("; counted by China")
    bought = line_of("market-shares", period="2024-Q1", market="smartphones", counter="Bank Russky Standart")
    assert "purchases among three groups of brands" in row_words.words("market-shares", bought)
    sales = line_of("product-trade-hs", period="2023", exporter="RUS", hs_code="TOTAL")
    assert "Russia to China, all goods, on China’s reports alone" in row_words.words("product-trade-hs", sales)
    index = line_of("trade-price-volume", period="2023", exporter="RUS", goods="chapter 27", cutoff="2")
    assert "goods: chapter 27, cut-off 2" in row_words.words("trade-price-volume", index, "price")
    crude = line_of("sector-inputs", period="2022", exporter="RUS", sector="B06")
    assert "industry B06" in row_words.words("sector-inputs", crude)
    paid = line_of("settlement-currency", period="2026-01", flow="export", partner="WLD", currency="RUB")
    assert "RUB, 60.6 per cent" in row_words.words("settlement-currency", paid)
    opec = line_of("energy-events", id="opec-share-2026")
    assert row_words.words("energy-events", opec, "value_low").startswith("A report of OPEC")


def test_a_number_beside_the_value_does_not_read_as_the_value():
    crude = line_of("sector-inputs", period="2022", exporter="RUS", sector="B06")
    assert ", all that the buyer imported of this industry: " in row_words.words("sector-inputs", crude, "imports")
    met = line_of("leader-meetings", start="2021-12-15")
    assert row_words.words("leader-meetings", met, "official_number") == "15 December 2021, meeting number 37"


def test_sums_from_january_on_do_not_end_in_a_month():
    told = prose.periods(prose._span((f"{year}-09", "YTD") for year in (2021, 2023, 2025)))
    assert told == "January to September 2021 – January to September 2025"


def test_entries_counted_in_a_file_are_off_by_nothing():
    listed = data.select(data.load("listings-by-date"), place="China or Hong Kong")
    assert len(listed) and not data.error(listed).any()
    assert data.error(data.load("sanctions-counts")).max() == 500


def test_what_somebody_stated_is_off_by_nothing():
    paid = data.load("settlement-currency")
    assert not data.error(data.select(paid, kind="statement")).any()
    assert data.error(data.select(paid, kind="statistic")).any()


def test_a_card_names_the_unit_and_the_currency_of_its_row():
    bridge = line_of("infrastructure-projects", id="tumen-bridge")
    assert row_words.words("infrastructure-projects", bridge, "value_low").endswith(
        "height of the railway bridge, June 2024, 7 m"
    )
    for currency in ("USD", "CNY"):
        sold = line_of("central-asia-trade", counter="CHN", exporter="CHN", importer="KGZ", currency=currency)
        assert f" {currency} million; counted by China" in row_words.words("central-asia-trade", sold)


def test_a_forecast_and_an_estimate_are_not_told_as_counted():
    told = row_words.words("market-shares", line_of("market-shares", period="2022-07-04", counter="GS Group"))
    assert (
        told == "smartphones, all Chinese, share, base not stated, 4 July 2022, up to 90 per cent; forecast by GS Group"
    )
    bank = line_of("market-shares", period="2024-Q1", counter="Bank Russky Standart")
    assert row_words.words("market-shares", bank).endswith("; estimated by Bank Russky Standart")


def test_a_value_read_off_a_chart_says_so():
    month = line_of("bilateral-trade", period="2026-04", exporter="CHN", currency="USD", direction="one-way")
    assert row_words.words("bilateral-trade", month).endswith("; counted by China, FOB, read off a chart")


def test_a_derived_value_is_not_told_as_its_counter_printed_it():
    total = line_of("trade-totals", period="2025-09", frequency="YTD", reporter="RUS", direction="two-way")
    assert row_words.words("trade-totals", total).endswith(" 504,100 USD million; counted by Russia, derived")
    paid = line_of("settlement-currency", period="2024-08", flow="export", partner="WLD", currency="RUB")
    assert row_words.words("settlement-currency", paid).endswith(" in RUB, 40.8 per cent; by Bank of Russia, derived")


def test_who_puts_figures_together_is_not_told_to_count():
    bank = line_of("central-asia-trade", period="2024", counter="EDB", importer="TKM")
    assert row_words.words("central-asia-trade", bank).endswith("; by EDB")


def test_rows_that_differ_in_the_target_alone_are_told_apart():
    stock = dict(period="2022-04", jurisdiction="USA", measure="stock", type="all")
    told = [
        row_words.words("sanctions-monthly", line_of("sanctions-monthly", target=to, **stock)) for to in ("CHN", "WLD")
    ]
    assert "United States, under China, stock, all kinds, April 2022, " in told[0]
    assert "United States, under any country, stock, " in told[1]


def test_codes_of_groups_are_told_in_words():
    whole = line_of("trade-price-volume", period="2023", exporter="RUS", goods="all", cutoff="none")
    told = row_words.words("trade-price-volume", whole, "price")
    assert "Russia to China, all goods, no cut-off, 2023, " in told and told.endswith(" (2017 = 1)")
    crude = line_of("sector-inputs", period="2022", exporter="RUS", sector="B06")
    assert "industry B06 (Extraction of crude petroleum and natural gas), " in row_words.words("sector-inputs", crude)
    said = line_of("settlement-currency", period="2025-09-28", currency="national")
    told = row_words.words("settlement-currency", said)
    assert told.startswith(
        "China, both ways, statement, 28 September 2025, in national currencies, about 90 per cent; by "
    )
    month = line_of("exchange-rates", period="2026-04", currency="CNY")
    assert row_words.words("exchange-rates", month) == "April 2026, 6.8371 CNY per USD"
    fall = line_of("bilateral-trade", period="2025", reporter="CHN", currency="USD", direction="two-way")
    assert ", in USD, −6.9 per cent" in row_words.words("bilateral-trade", fall, "growth_reported")
    total = line_of("trade-totals", period="2025-09", frequency="YTD", reporter="RUS", direction="two-way")
    told = row_words.words("trade-totals", total, "error")
    assert told.endswith(", may be off by 400 USD million; counted by Russia, derived")
    banned = line_of("banned-goods-trade", period="2021", kind="any but luxury alone")
    assert "any kind but luxury alone, 2021" in row_words.words("banned-goods-trade", banned)


def test_the_year_of_a_plan_stands_with_the_plan_and_not_with_the_day_it_was_told():
    plan = line_of("technology-projects", id="moon-plant-2024-earliest")
    assert row_words.words("technology-projects", plan).endswith("earliest year named 2033, told on 5 March 2024")


def test_a_year_has_no_comma():
    assert "2033" in row_words.words(
        "technology-projects", line_of("technology-projects", id="moon-plant-2024-earliest")
    )


def test_every_row_of_every_table_can_be_told():
    for table in data.tables():
        assert row_words.words(table, 2, data.resource(table)["schema"]["fields"][0]["name"]) is not None
    for line in data.load("market-shares").index:
        assert row_words.words("market-shares", int(line))


def test_periods_and_errors_read_as_people_say_them():
    assert prose.periods("January to 2024-09") == "January to September 2024"
    assert prose.periods("2019-01 – 2026-05") == "January 2019 – May 2026"
    assert prose.periods("2024-05-16 to 2024-05-17") == "16 May 2024 to 17 May 2024"
    assert prose.periods("2019-Q1") == "first quarter of 2019"
    assert numbers._error(1.125e-05, "per cent") == "less than 0.01 percentage points"
    assert numbers._error(610.5, "USD million") == "610.5 USD million"
    assert numbers._error(1.0, "per cent") == "1 percentage point"
    assert numbers._error(0.04, "ratio") == numbers._error(0.04, "index") == "0.04"


def test_a_card_names_who_counted_and_not_whose_trade_is_divided():
    shares = data.select(data.load("trade-shares"), period="2025", frequency="A", flow="imports", reporter="RUS")
    line = shares.index[shares["who"] == "Gaidar Institute"][0]
    assert row_words.words("trade-shares", line).endswith("; by Gaidar Institute")
    assert data.counters(shares.loc[[line]]).tolist() == ["Gaidar Institute"]
    partners = data.load("partner-trade-russia")
    for status, words in (("estimated", "; estimated by the publisher"), ("reported", "; counted by Russia, CIF")):
        part = data.select(partners, status=status)
        assert row_words.words("partner-trade-russia", part.index[0]).endswith(words)
    assert data.counters(data.select(partners, status="estimated")).isna().all()


def test_an_average_of_a_span_is_told_with_its_span_and_dated_by_its_end():
    sold = data.select(data.load("russia-suppliers"), exporter="CHN")
    early, late = (data.select(sold, span=span) for span in ("2018-2021", "2022-2024"))
    told = row_words.words("russia-suppliers", early.index[0], "value_a_year")
    assert told == "China to Russia, 2018–2021, 59,208.76651 USD million a year"
    gain = prose.dollars("b - a", a=(early, "value_a_year"), b=(late, "value_a_year"), unit="USD million a year")
    assert (gain.period, gain.last, gain.text) == ("2018–2021; 2022–2024", "2024-12-31", "$40.5 billion")


def test_what_wits_carries_a_country_counted():
    kazakh = data.select(data.load("central-asia-trade"), counter="WITS")
    assert (kazakh[["exporter", "importer"]] == "KAZ").any(axis=1).all()
    assert set(data.counters(kazakh)) == {"KAZ (in its reports to the United Nations)"}
    assert row_words.words("central-asia-trade", kazakh.index[0]).endswith(
        "; counted by Kazakhstan (in its reports to the United Nations), CIF"
    )


def test_a_number_over_rows_of_which_one_has_no_date_has_none():
    """The date of one year's page is not that of the figure over two."""
    years = data.select(data.load("bilateral-trade"), frequency="A", exporter="CHN", reporter="CHN", currency="USD")
    dated, undated = years[years["published"].notna()].iloc[:1], years[years["published"].isna()].iloc[:1]
    assert len(dated) == len(undated) == 1
    assert prose.dollars(dated).published and not prose.dollars("a - b", a=dated, b=undated).published


def told(*periods, **cells):
    return pd.DataFrame({"period": periods, "source_id": "a", "published": "2025"} | cells)


def test_rows_tell_their_periods_by_kind_and_of_two_sums_both():
    sums = told("2024-08", "2024-09", frequency="YTD")
    assert prose.provenance([sums])["period"] == "January to 2024-08; January to 2024-09"
    more = told("2024", "2024-07", "2024-08", "2024-09", frequency=["A", "YTD", "YTD", "YTD"])
    assert prose.provenance([more])["period"] == "2024; January to 2024-07 – January to 2024-09"
    assert prose.provenance([more, sums.assign(published=[None, "2024"])])["published"] == ""


def test_where_no_status_is_told_the_word_names_who_was_counted():
    rows = told("2023", "2024", who=["Bank", "Office"], status=[None, "reported"], reporter=[None, "RUS"])
    assert data.counters(rows).fillna("").tolist() == ["", "Office"]
    assert prose.provenance([rows])["reporter"] == "Office"


def test_a_card_has_the_word_of_the_page_and_a_bound_may_not_be_off():
    euro = data.select(data.load("settlement-currency"), period="2020-Q4", flow="bilateral")
    card = numbers._computed(asdict(prose.percent(euro)), HOST)
    assert ", in EUR, more than 80 per cent; by " in card and "may be off" not in card
    fleet = data.select(data.load("market-shares"), period="2019-09", brand="all Chinese")
    card = numbers._computed(asdict(prose.percent(fleet)), HOST)
    assert ", about 48 per cent; " in card and card.endswith("may be off by 0.5 percentage points")


def test_a_word_on_the_value_is_not_told_of_what_stands_beside_it():
    line = line_of("bilateral-trade", period="2024-09", source_id="tass-com-2024-10-28-4a0c")
    assert ", more than 180,000 USD million" in row_words.words("bilateral-trade", line)
    assert "more than" not in row_words.words("bilateral-trade", line, "growth_reported")
    assert "up to " in row_words.words("settlement-currency", line_of("settlement-currency", currency="RUB+friendly"))


def test_a_range_with_one_end_is_told_as_one():
    told = line_of("trade-forecasts", id="forecast-2018-120-oreshkin")
    assert row_words.words("trade-forecasts", told, "value_low").endswith(", more than 120,000 USD million")
    banks = line_of("energy-events", id="state-firms-pause-2025")
    assert row_words.words("energy-events", banks, "value_low").endswith(", at least 4 companies")
    capacity = line_of("infrastructure-projects", id="cku-capacity")
    assert row_words.words("infrastructure-projects", capacity, "value_high").endswith(
        ", up to 15 million tonnes a year"
    )
    plain = line_of("trade-forecasts", id="forecast-2018-100-putin")
    assert row_words.words("trade-forecasts", plain, "value_low").endswith(", 100,000 USD million")


def test_the_articles_word_stands_before_its_number():
    phones = line_of("claims", id="phones-90")
    assert row_words.words("claims", phones, "stated_value").endswith(", nearly 90 per cent")


SIDES = {
    data.FLOORS: r"more than|over|above|at least|not less than|or more|exceed\w*|pass(ed)?",
    data.CEILINGS: r"less than|fewer than|under|below|up to|at most|no more than",
}
"""What a sentence may say of a number of which a page gives the lower, or the upper, end alone."""


def bound(number):
    """The word on the one cell that a number shows, as it stands or in another unit; empty if it is no bound."""
    if not re.fullmatch(r"(sum\()?a\)?( [*/] \d+)?|\d+ \* a", number["formula"]):
        return ""
    cells = {
        (ref["table"], ref["column"], line)
        for refs in number["operands"].values()
        for ref in (refs if isinstance(refs, list) else [])
        for line in formula.lines(ref["rows"])
    }
    if len(cells) != 1:
        return ""
    table, column, line = cells.pop()
    word = row_words.qualifier(table, data.load(table).loc[line].dropna().to_dict(), column)
    return word if word in data.BOUNDS else ""


def bare(sentences, said):
    """Numbers of sentences that rest on a bound, where neither their text nor the words just before or after tell it."""
    found = []
    for name, number in said.items():
        told = bound(number)
        words = next((words for side, words in SIDES.items() if told in side), "")
        for link in re.finditer(rf"\[([^\[\]]*)\]\(#n-{name}\)", sentences) if words else ():
            before = re.sub(r"\]\(#[^)]*\)|\[", "", sentences[: link.start()])[-40:]
            if not re.search(rf"\b({words})\b", f"{before}{link[1]}{sentences[link.end() :][:12]}", re.IGNORECASE):
                found.append(f"{name}: {before}{link[1]}")
    return found


def said_in(path):
    """All numbers that the cells of a chapter say."""
    said = {}
    for cell in notebook(path).cells:
        for output in cell.get("outputs", []):
            said |= output.get("data", {}).get(prose.MIME, {})
    return said


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_sentence_tells_a_bound_as_one(path):
    sentences = [cell.source for cell in notebook(path).cells if cell.cell_type == "markdown"]
    assert not bare("\n\n".join(sentences), said_in(path))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_number_but_a_count_of_rows_is_computed_from_a_bound(path):
    """Its card could not tell how far it may be off."""
    within = {
        name: number["formula"]
        for name, number in said_in(path).items()
        if set(number["like"].get("qualifier", [])) & set(data.BOUNDS) and not bound(number)
    }
    assert set(within.values()) <= {"count(a)"}, within


def test_a_sentence_without_the_word_is_found():
    counts = data.select(data.load("sanctions-counts"), jurisdiction="XAL", measure="stock")
    said = {
        name: asdict(prose.count(data.select(counts, period=day, counter=counter)))
        for name, day, counter in (("ria", "2026-02-25", "RIA Novosti"), ("castellum", "2024-08-02", "Castellum.AI"))
    }
    assert bare("It had [31,500](#n-ria) and [22,230](#n-castellum).", said) == ["ria: It had 31,500"]
    assert bare("It had at most [31,500](#n-ria).", said)
    assert not bare("It had [more than](#s-x) [31,500](#n-ria), or [31,500](#n-ria) or more.", said)
