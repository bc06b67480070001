"""Any pair in Chromium: choice, address, way back, file, keyboard, no script; and 1,000 pairs against the measures."""

import csv
import gzip
import os
import re

import pytest
from bs4 import BeautifulSoup
from test_economies import measured, random_pairs

from bench import server
from bench.choice import CHANGE
from partnership import data
from publish.economies import drawing, numbers, pages, words, years

PAIRS = "chapters/pairs.html"


def test_pairs_by_chance_are_printed_as_any_pair_measures_them():
    """Three that are unlike and sixty by chance here; a thousand by make pairs."""
    pairs = [("CHN", "RUS"), ("RUS", "BLR"), ("TWN", "CHN"), *random_pairs(int(os.environ.get("PAIRS", "60")), 1962)]
    assert [pair for pair in pairs if numbers.pair(*pair) != measured(*pair)] == []


@pytest.fixture
def tab(browser, site):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    tab = context.new_page()
    tab.complaints = []
    tab.on(
        "console", lambda message: tab.complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.goto((site / PAIRS).as_uri())
    yield tab
    assert not tab.complaints
    context.close()


def cells(tab):
    """The table's values, a list a column, without the signs of what comes out too high or too low."""
    rows = [
        [cell.rstrip(" ↑↓") for cell in row.locator("td").all_inner_texts()]
        for row in tab.locator(".pm-pair-table tbody tr:not(.part)").all()
    ]
    return [list(column) for column in zip(*rows, strict=True)]


def choose(tab, side, code):
    """Choose one of the two, and wait until the page shows it."""
    tab.locator(".pm-choice select").nth(side).select_option(code)
    tab.locator(f"#pm-pair[data-{'ab'[side]}={code}]").wait_for()


def test_a_choice_fills_the_page_and_the_address_and_can_be_gone_back_from(tab):
    choose(tab, 0, "DEU")
    choose(tab, 1, "USA")
    assert cells(tab) == [column[:16] for column in numbers.pair("DEU", "USA")]
    assert "a=DEU&b=USA" in tab.url
    assert tab.title().startswith("Germany and the United States")
    assert "Germany sold goods worth $" in tab.locator("#pm-pair").inner_text()
    tab.go_back()
    tab.locator("#pm-pair[data-b=RUS]").wait_for()
    assert cells(tab) == [column[:16] for column in numbers.pair("DEU", "RUS")]
    assert tab.locator(".pm-choice select").nth(1).input_value() == "RUS"
    tab.go_back()
    tab.locator("#pm-pair[data-a=CHN]").wait_for()
    assert cells(tab) == [column[:16] for column in numbers.pair("CHN", "RUS")]


@pytest.mark.parametrize("mark", ["?", "#"])
def test_an_address_opens_its_pair(tab, site, mark):
    tab.goto(f"{(site / PAIRS).as_uri()}{mark}a=jpn&b=KOR")
    tab.locator("#pm-pair[data-a=JPN]").wait_for()
    assert cells(tab) == [column[:16] for column in numbers.pair("JPN", "KOR")]
    assert tab.locator("[data-page=b]").get_attribute("href").endswith("economies/KOR.html")


def test_the_script_makes_of_the_first_pair_what_stands_there_without_it(tab, site):
    tab.locator("[data-years] > summary").click()
    plain = tab.locator("#pm-pair").evaluate(SEEN)
    choose(tab, 0, "FJI")
    years_of(tab, "FJI", "RUS")
    assert tab.locator("#pm-pair").evaluate(SEEN) != plain
    choose(tab, 0, "CHN")
    years_of(tab, "CHN", "RUS")
    assert tab.locator("#pm-pair").evaluate(SEEN) == plain


def years_of(tab, a, b):
    """The rows of the open fold, once they are of a pair."""
    tab.locator(f"[data-years] tbody[data-of={a}{b}]").wait_for(state="attached")
    return tab.locator("[data-years] tbody").evaluate(
        "body => [...body.rows].map(row => [...row.cells].map(cell => cell.textContent))"
    )


def test_the_years_of_a_pair_are_those_that_the_two_reported(tab, site):
    """Opened after a choice, and open while another is made; a pair of which no row is kept says so."""
    choose(tab, 0, "POL")
    assert not tab.locator("[data-years] tbody tr").count()
    tab.locator("[data-years] > summary").click()
    assert years_of(tab, "POL", "RUS") == years.pair("POL", "RUS")
    for a, b in (("DEU", "RUS"), ("AFG", "PAK"), ("AFG", "TUV"), ("SMR", "ITA")):
        tab.goto(f"{(site / PAIRS).as_uri()}?a={a}&b={b}")
        tab.locator("[data-years] > summary").click()
        rows = years_of(tab, a, b)
        assert rows == years.pair(a, b), (a, b)
        assert tab.get_by_text(years.NEITHER).is_visible() == (not rows)
    assert years.pair("DEU", "RUS") and not years.pair("AFG", "TUV")


def test_the_years_of_a_pair_are_the_shares_of_the_table():
    rows = data.load("reported-partners").merge(
        data.load("reported-trade")[["period", "reporter", "exports", "imports"]],
        on=["period", "reporter"],
        suffixes=("", "_all"),
    )
    for a, b in (("CHN", "RUS"), ("CHN", "JPN"), ("DEU", "FRA")):
        told = {row[0]: row[1:] for row in years.pair(a, b)}
        for at, (own, other) in enumerate(((a, b), (b, a))):
            part = rows[(rows["reporter"] == own) & (rows["partner"] == other)]
            assert len(part)
            for row in part.itertuples():
                wanted = [
                    numbers.percent(row.exports / row.exports_all),
                    numbers.percent(row.imports / row.imports_all),
                ]
                assert told[row.period][2 * at : 2 * at + 2] == wanted, (own, other, row.period)


# What one sees and hears of the comparison: words, places of marks, descriptions. Addresses become absolute.
SEEN = """place => { const copy = place.cloneNode(true);
  copy.querySelectorAll("[data-else], [data-if]").forEach(part => { if (part.hidden) part.remove(); });
  copy.querySelectorAll("[data-page]").forEach(link => link.removeAttribute("href"));
  copy.querySelectorAll(".no *").forEach(mark => mark.remove());
  copy.querySelectorAll("[class]").forEach(part => part.getAttribute("class") || part.removeAttribute("class"));
  return copy.innerHTML }"""


def test_a_pair_without_rows_says_so(tab):
    tab.goto(tab.url.split("?")[0] + "?a=TWN&b=TUV")
    tab.locator("#pm-pair[data-b=TUV]").wait_for()
    assert cells(tab) == [column[:16] for column in numbers.pair("TWN", "TUV")]
    tab.goto(tab.url.split("?")[0] + "?a=SMR&b=VAT")
    tab.locator("#pm-pair[data-b=VAT]").wait_for()
    assert tab.get_by_text(pages.NEVER).is_visible()
    assert not tab.get_by_text("has no row of goods from San Marino to Vatican City").is_visible()
    assert not tab.get_by_text("San Marino sold goods").is_visible()


def test_the_same_twice_is_refused_and_the_two_can_be_exchanged(tab):
    tab.locator(".pm-choice select").nth(1).select_option("CHN")
    tab.get_by_text("Choose two that differ.").wait_for()
    choose(tab, 1, "IND")
    tab.get_by_role("button", name="Exchange").click()
    tab.locator("#pm-pair[data-a=IND]").wait_for()
    assert cells(tab) == [column[:16] for column in numbers.pair("IND", "CHN")]


def test_a_russian_pair_carries_its_warning_and_another_does_not(tab):
    choose(tab, 0, "IND")
    assert "no row of Russia with 75 other economies" in tab.locator(".pm-notes").first.inner_text()
    assert tab.locator(".pm-panel[data-panel=b] [data-high]").is_visible()
    assert "↑" in "".join(tab.locator(".pm-panel[data-panel=b] g").all_text_contents())
    signs = tab.locator(".pm-pair-table td", has_text="↑").evaluate_all("cells => cells.map(cell => cell.dataset.s)")
    assert signs == [
        f"{at}.{line}"
        for line in (1, 3, 6, 8)
        for at, off in enumerate(pages.off("IND", "RUS"))
        if off[line] == drawing.UP
    ]
    assert tab.get_by_text("which is too high, of its exports").is_visible()
    tab.get_by_text("What the tables lack, in figures").click()
    assert tab.get_by_text("as if none of them had reported").is_visible()
    choose(tab, 1, "ARE")
    heads = tab.locator(".pm-pair-table tr.part th").all_inner_texts()
    assert heads[:2] == ["India to the United Arab Emirates", "The United Arab Emirates to India"]
    assert tab.locator(".pm-panel[data-panel=a]").get_attribute("aria-label").startswith("The United Arab Emirates in")
    choose(tab, 1, "FRA")
    assert not tab.locator(".pm-notes li").count() and not tab.locator(".pm-more").is_visible()
    assert not tab.locator(".pm-panel[data-panel=a] [data-high]").is_visible()
    assert "↑" not in "".join(tab.locator(".pm-panel g").all_text_contents())


def test_the_file_holds_the_numbers_of_the_page(tab, tmp_path):
    choose(tab, 0, "BRA")
    with tab.expect_download() as loading:
        tab.get_by_role("button", name="These numbers as CSV").click()
    assert loading.value.suggested_filename == "BRA-RUS.csv"
    loading.value.save_as(tmp_path / "pair.csv")
    rows = list(csv.DictReader((tmp_path / "pair.csv").open(newline="")))
    assert len(rows) == 16 * 5 and {row["source"] for row in rows} == set(words.BASIS.values())
    first = next(row for row in rows if row["table"] == "2023")
    assert first["direction"] == "Brazil to Russia" and first["measure"] == "million dollars"
    assert first["value"] == numbers.pair("BRA", "RUS")[3][0].replace(",", "")


def test_the_keyboard_chooses(tab):
    tab.locator(".pm-choice select").first.focus()
    tab.keyboard.type("Argen")
    tab.keyboard.press("Enter")
    tab.locator("#pm-pair[data-a=ARG]").wait_for()


def test_a_citation_names_the_pair(tab):
    choose(tab, 0, "KAZ")
    tab.locator("#pm-pair .pm-cite summary").click()
    told = tab.locator("#pm-pair .pm-cite p").inner_text()
    assert "Kazakhstan and Russia" in told and "pairs.html?a=KAZ&b=RUS" in told


def test_without_script_there_are_a_comparison_and_the_pages_of_economies(browser, site):
    tab = browser.new_context(java_script_enabled=False).new_page()
    tab.goto((site / PAIRS).as_uri())
    assert cells(tab) == [column[:16] for column in numbers.pair("CHN", "RUS")]
    assert "a script" in tab.locator("noscript p").inner_text()
    assert not tab.locator(".pm-choice").count() and not tab.locator("[data-do=csv]").is_visible()
    links = tab.locator(".pm-economies a")
    assert links.count() == len(numbers.codes())
    links.get_by_text("Kazakhstan").click()
    assert tab.url.endswith("economies/KAZ.html")
    tab.locator("summary", has_text="A row a year").click()
    assert tab.get_by_role("cell", name="No report in our copy").is_visible()
    tab.locator("summary", has_text="Partners, 2005").click()
    assert tab.locator("#partners-2005").is_visible()
    tab.locator("details[open]", has_text="Partners, 2005").get_by_role("link", name="Germany").click()
    assert tab.url.endswith("economies/DEU.html")
    tab.context.close()


NEAREST = """() => Math.min(...[...document.querySelectorAll("table tr")].flatMap((row) => {
  const boxes = [...row.cells].filter((cell) => cell.textContent.trim() && cell.checkVisibility()).map((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getBoundingClientRect();
  });
  return boxes.slice(1).map((box, at) => (box.top < boxes[at].bottom && box.bottom > boxes[at].top ? box.left - boxes[at].right : 99));
}))"""


@pytest.mark.parametrize("page", [PAIRS, "economies/CHN.html", "economies/KAZ.html"])
def test_columns_stand_apart_on_a_phone(browser, site, page):
    tab = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    tab.goto((site / page).as_uri())
    assert 5 < tab.evaluate(NEAREST) < 99
    tab.context.close()


def test_every_link_of_a_page_leads_somewhere(site):
    pages = sorted(site.glob("economies/*.html"))
    assert len(pages) == len(numbers.codes())
    for page in pages[::40]:
        for address in set(re.findall(r'<(?:a|link)\b[^>]*\shref="([^"#?]+)', page.read_text())):
            assert ":" in address or (page.parent / address).exists(), f"{page.name}: {address}"


@pytest.fixture
def choosing(browser, site):
    """The page of pairs on a server: what is asked of it can be seen."""
    with server.serve(site) as address:
        tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        tab.goto(f"{address}/{PAIRS}")
        yield tab
        tab.context.close()


def test_the_file_of_the_one_that_stays_is_there_before_the_other_is_chosen(choosing):
    asked = []
    choosing.on("request", lambda request: asked.extend(re.findall(r"/economies/(\w+)\.js", request.url)))
    with choosing.expect_response("**/RUS.js"):
        choosing.locator(".pm-choice select").first.focus()
    assert asked == ["CHN", "RUS"]
    choosing.evaluate(CHANGE, "DEU")
    assert asked == ["CHN", "RUS", "DEU"]


def test_a_choice_loads_little_and_the_page_little_more_than_others(site):
    def packed(*files):
        return sum(len(gzip.compress((site / file).read_bytes(), mtime=0)) for file in files)

    heaviest = max(packed(file.relative_to(site)) for file in site.glob("economies/*.js"))
    assert heaviest <= 20_000
    assert packed(PAIRS, "_static/pm/pairs.js") - packed("chapters/glossary.html") <= 30_000
    assert sum(file.stat().st_size for file in site.glob("economies/*") if file.suffix not in (".md", ".csv")) <= 15.1e6
    assert sum(file.stat().st_size for file in site.glob("economies/*.years.csv")) <= 7e6
    assert max(packed(file.relative_to(site)) for file in site.glob("economies/*.html")) <= 15_000


def test_each_economy_has_a_copy_as_plain_text_with_the_numbers_of_its_page(site):
    for code in ("KAZ", "RUS", "TWN"):
        page = BeautifulSoup((site / f"economies/{code}.html").read_text("utf-8"), "html.parser")
        copied = (site / f"economies/{code}.md").read_text("utf-8")
        told = [cell.strip() for line in copied.splitlines() if line.startswith("| ") for cell in line.split("|")]
        shown = [text for cell in page.select("tbody td") for text in cell.stripped_strings if text != "–"]
        assert shown and not set(shown) - set(told)
    listed = (site / "llms.txt").read_text("utf-8")
    assert all(f"- [{words.name(code)} ({code})](" in listed for code in numbers.codes())
    assert all(f"economies/{code}.md)" in listed for code in numbers.codes())


def test_an_address_that_asks_for_what_is_not_here_says_so_and_what_is_shown(tab, site):
    for query, told in (
        ("a=XKX&b=SRB", "No rows of XKX here; shown is China and Serbia."),
        ("a=SUN&b=CSK", "No rows of SUN and CSK here; shown is China and Russia."),
        ("a=FRA&b=FRA", "Choose two that differ. Shown is China and Russia."),
    ):
        tab.goto("about:blank")
        tab.goto(f"{(site / PAIRS).as_uri()}?{query}")
        tab.get_by_text(told).wait_for()
        shown = tab.locator("#pm-pair").evaluate("place => [place.dataset.a, place.dataset.b]")
        assert [choice.input_value() for choice in tab.locator(".pm-choice select").all()] == shown
    before = tab.url
    tab.locator(".pm-choice select").nth(1).select_option("CHN")
    tab.get_by_text("Choose two that differ.").wait_for()
    assert tab.url == before and tab.locator(".pm-choice select").nth(1).input_value() == "RUS"


@pytest.mark.parametrize(
    "pair", [("JPN", "CHN"), ("ISR", "PSE"), ("MMR", "CHN"), ("MEX", "IND"), ("USA", "CHE"), ("HKG", "CHN"), ("SCG", "MNE"), ("SAU", "KOR")]
)  # fmt: skip
def test_the_script_says_of_a_pair_what_the_page_would_say_without_it(tab, site, pair):
    """Words, signs, notes and descriptions, as Python prints them."""
    tab.goto(f"{(site / PAIRS).as_uri()}?a={pair[0]}&b={pair[1]}")
    tab.locator(f"#pm-pair[data-a={pair[0]}][data-b={pair[1]}]").wait_for()
    page = BeautifulSoup(pages.pair(*pair, ""), "html.parser")

    def seen(part):
        return [
            " ".join(one.get_text().split())
            for one in part.select(
                "[aria-live] p, [data-list] li, .pm-pair-table td[data-s], .pm-panel g:not(.no) text"
            )
            if not one.has_attr("hidden")
        ]

    shown = BeautifulSoup(tab.locator("#pm-pair").evaluate("place => place.outerHTML"), "html.parser")
    assert seen(shown) == seen(page)
    for at in range(2):
        assert shown.select(".pm-panel")[at]["aria-label"] == page.select(".pm-panel")[at]["aria-label"]
