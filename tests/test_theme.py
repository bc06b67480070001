"""The page around the text, in Chromium: ways about, keyboard, cards of numbers, colours, large letters, search, lost readers."""

import re
import statistics

import pytest

from conftest import SITE
from partnership import ROOT
from publish.browser import started

CHAPTER = "chapters/trade-volume.html"
PAGES = sorted(SITE.glob("chapters/*.html"))
FOCUSED = "document.activeElement && document.activeElement.outerHTML.slice(0, 90)"


@pytest.fixture
def tab(browser, site):
    """A chapter as it opens in a wide window; no mouse, no key."""
    tab = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce").new_page()
    tab.goto((site / CHAPTER).as_uri())
    yield tab
    tab.context.close()


# -- ways about -----------------------------------------------------------------------------------


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_menu_leads_to_every_chapter(browser, site, script):
    tab = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=script).new_page()
    tab.goto((site / CHAPTER).as_uri())
    menu = tab.locator("header.book > .menu")
    assert not menu.locator("nav").is_visible()
    menu.locator("summary").click()
    listed = {link.inner_text() for link in menu.locator("nav a:visible").all()}
    assert {"Overview", "Energy", "List of figures"} <= listed
    menu.get_by_role("link", name="Energy").click()
    assert tab.url.endswith("energy.html")
    tab.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_sections_of_a_page_can_be_reached(browser, site, script):
    tab = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=script, reduced_motion="reduce"
    ).new_page()
    tab.goto((site / CHAPTER).as_uri())
    tab.locator("details.onpage > summary").click()
    link = tab.locator("details.onpage a:visible").last
    target = link.get_attribute("href")
    link.click()
    tab.wait_for_timeout(600)
    assert tab.locator(target).bounding_box()["y"] < 844
    tab.context.close()


def test_the_menu_says_where_one_is(tab):
    current = tab.locator('.side a[aria-current="page"]')
    assert current.inner_text() == "Trade volume"


def test_who_comes_for_one_place_stands_there_at_once(browser, site):
    tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.goto(f"{(site / 'chapters/corrections.html').as_uri()}#report-a-mistake")
    assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert tab.locator("#report-a-mistake h2").evaluate("place => place.getBoundingClientRect().bottom < innerHeight")
    tab.context.close()


def test_only_corrections_say_that_no_address_is_named(site):
    told = [page.stem for page in PAGES if "names no repository" in page.read_text("utf-8")]
    assert told == ["corrections"]


def test_the_contents_mark_the_section_that_is_read(tab):
    third = tab.locator("nav.onpage a").nth(2)
    tab.locator(third.get_attribute("href")).evaluate("section => section.scrollIntoView()")
    marked = tab.locator("nav.onpage a[aria-current]")
    marked.filter(has_text=third.inner_text()).wait_for()
    assert marked.count() == 1


def test_the_menu_of_downloads_closes_with_escape_and_gives_the_focus_back(tab):
    menu = tab.locator("details.downloads")
    menu.locator("summary").click()
    files = [link.get_attribute("href") for link in menu.locator("a").all()]
    assert len(files) == 2 and all((SITE / "chapters" / file).exists() for file in files)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert tab.evaluate("document.activeElement.textContent") == "Download"


def test_the_button_prints(tab):
    tab.evaluate("() => { window.print = () => { window.printed = true; }; }")
    tab.locator("details.downloads > summary").click()
    tab.locator(".pm-print").click()
    assert tab.evaluate("window.printed")


def test_one_switch_shows_all_code(tab):
    folds, switch = tab.locator("details.pm-code"), tab.locator(".pm-all-code")
    assert folds.count() > 3 and not folds.nth(1).get_attribute("open")
    switch.click()
    assert all(fold.get_attribute("open") is not None for fold in folds.all())
    assert switch.get_attribute("aria-pressed") == "true"
    switch.click()
    assert not any(fold.get_attribute("open") is not None for fold in folds.all())
    assert not tab.locator(".cell_input:visible").count(), "code that stood open is not hidden"


def test_the_tools_of_a_phone_stand_in_one_row(browser, site):
    tab = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    tab.goto((site / CHAPTER).as_uri())
    tools = tab.locator(".tools > *").all()
    assert len(tools) == 4 and len({tool.bounding_box()["y"] for tool in tools}) == 1
    tab.context.close()


def test_after_a_choice_in_the_menu_the_wheel_turns_the_page_until_the_pointer_moves(browser, site):
    tab = browser.new_context(viewport={"width": 1280, "height": 400}, reduced_motion="reduce").new_page()
    tab.goto((site / CHAPTER).as_uri())
    tab.locator(".side").get_by_role("link", name="Dependency").click()
    tab.wait_for_url("**/dependency.html")
    turned, side = "scrollY", "document.querySelector('header.book').scrollTop"
    tab.mouse.wheel(0, 120)
    tab.wait_for_timeout(400)
    before = tab.evaluate(turned), tab.evaluate(side)
    assert before[0] == 120
    tab.mouse.move(110, 210, steps=2)
    tab.mouse.wheel(0, 60)
    tab.wait_for_timeout(400)
    assert tab.evaluate(turned) == before[0] and tab.evaluate(side) != before[1]
    tab.context.close()


COVERED = """() => [...document.querySelectorAll(".pm-copy")].filter((button) => {
  const range = document.createRange(), box = button.getBoundingClientRect();
  range.selectNodeContents(button.parentElement.querySelector("pre"));
  return [...range.getClientRects()].some((line) => line.right > box.left && line.top < box.bottom && line.bottom > box.top);
}).length"""


def test_the_button_that_copies_covers_no_code(browser, site):
    tab = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    tab.goto((site / CHAPTER).as_uri())
    tab.locator(".pm-all-code").click()
    tab.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    assert tab.locator(".pm-copy:visible").count() > 5 and tab.evaluate(COVERED) == 0
    tab.context.close()


def test_the_link_of_a_figure_leads_to_it_and_is_copied(browser, address):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(f"{address}{CHAPTER}")
    link = tab.locator("#fig-annual-trade .pm-link")
    link.click()
    tab.get_by_text("Link copied").wait_for()
    assert tab.url == tab.evaluate("navigator.clipboard.readText()") == f"{address}{CHAPTER}#fig-annual-trade"
    context.close()


def test_the_fold_of_code_is_named_by_its_own_words(tab):
    for summary in tab.locator("details.pm-code > summary").all():
        assert summary.text_content() == "Show the code" and not summary.get_attribute("aria-label")


def test_a_figure_stands_before_its_code(tab):
    before = """cell => !!(cell.querySelector("figure").compareDocumentPosition(cell.querySelector("details.pm-code")) & 4)"""
    cells = tab.locator(".cell:has(figure.pm-figure):has(details.pm-code)")
    assert cells.count() and all(cell.evaluate(before) for cell in cells.all())


def test_the_switch_of_colours_tells_its_state_and_the_choice_stays(tab):
    button = tab.locator(".pm-colours")
    assert button.inner_text() == "Colours: auto"
    button.click()
    assert button.inner_text() == "Colours: light" and tab.evaluate("document.documentElement.dataset.theme") == "light"
    button.click()
    assert button.inner_text() == "Colours: dark"
    for _ in range(3):  # a busy browser hands what is stored to the page's next process a moment late
        tab.reload()
        if button.inner_text() == "Colours: dark":
            break
    assert button.inner_text() == "Colours: dark"
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert int(re.search(r"\d+", ground)[0]) < 60


# -- keyboard -------------------------------------------------------------------------------------


def test_tab_leads_through_the_whole_page_and_never_round(tab):
    """The first number was a trap: its card stood at the page's end, and from there the next Tab began again."""
    seen = []
    for _ in range(400):
        tab.keyboard.press("Tab")
        here, ended = tab.evaluate(
            """() => { const all = [...document.querySelectorAll("a, button, summary, input, pre, [tabindex]")];
            return [all.indexOf(document.activeElement), !!document.activeElement.closest("footer.book")] }"""
        )
        seen.append(here)
        if ended:
            break
    assert ended, f"stuck at {tab.evaluate(FOCUSED)}"
    assert seen == sorted(seen), "the focus went back"


def test_a_card_opens_by_key_not_by_focus_and_tab_leaves_it_for_the_text_behind_the_number(tab):
    first, second = tab.locator(".pm-number a").nth(0), tab.locator(".pm-number a").nth(1)
    card = tab.locator(".pm-card")
    first.focus()
    assert not card.is_visible()
    tab.keyboard.press("Enter")
    assert card.is_visible() and first.get_attribute("aria-expanded") == "true"
    stops = 0
    while not second.evaluate("link => link === document.activeElement"):
        tab.keyboard.press("Tab")
        stops += 1
        assert stops < 12, "Tab does not leave the card"
    assert stops > 2, "Tab did not lead through the card"
    assert not card.is_visible()


def test_escape_in_a_card_gives_the_focus_back_to_its_number(tab):
    number = tab.locator(".pm-number a").first
    number.focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Escape")
    assert not tab.locator(".pm-card").is_visible()
    assert number.evaluate("link => link === document.activeElement")


def test_focus_can_be_seen_wherever_it_is(tab):
    """An outline, not a change of colour alone."""
    for _ in range(60):
        tab.keyboard.press("Tab")
        style = tab.evaluate("(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))")
        assert style[0] != "none" and style[1] != "0px", tab.evaluate(FOCUSED)


def test_the_key_for_search_leads_to_the_field(tab):
    tab.keyboard.press("Control+k")
    assert tab.evaluate("document.activeElement.name") == "q"


# -- cards by mouse and touch ---------------------------------------------------------------------


def test_a_click_keeps_the_card_that_pointing_opened(tab):
    number, card = tab.locator(".pm-number a").first, tab.locator(".pm-card")
    number.hover()
    assert card.is_visible()
    number.click()
    assert card.is_visible(), "the click closed what pointing had opened"
    tab.mouse.move(900, 700)
    tab.wait_for_timeout(500)
    assert card.is_visible(), "the card went though it had been asked for"
    number.click()
    assert not card.is_visible()


def test_pointing_alone_opens_a_card_for_as_long_as_one_points(tab):
    tab.locator(".pm-number a").first.hover()
    tab.mouse.move(900, 700)
    tab.locator(".pm-card").wait_for(state="hidden")


def test_a_card_has_a_button_that_closes_it_and_a_click_elsewhere_does_too(tab):
    number, card = tab.locator(".pm-number a").first, tab.locator(".pm-card")
    number.click()
    card.get_by_role("button", name="Close").click()
    assert not card.is_visible()
    number.click()
    tab.locator("h1").click()
    assert not card.is_visible()


def test_a_tap_opens_a_card_and_a_second_one_closes_it(browser, site):
    tab = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    tab.goto((site / CHAPTER).as_uri())
    number, card = tab.locator(".pm-number a").first, tab.locator(".pm-card")
    number.tap()
    assert card.is_visible()
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    number.tap()
    assert not card.is_visible()
    tab.context.close()


@pytest.mark.parametrize("focus_first", [True, False], ids=["focus-before-click", "no-focus"])
def test_a_card_opens_in_the_order_of_events_of_other_engines(tab, focus_first):
    """Firefox and WebKit: the focus comes before the click, or (WebKit, links) not at all."""
    tab.locator(".pm-number a").first.evaluate(
        """(link, focusFirst) => {
            const send = (type, kind = PointerEvent) => link.dispatchEvent(new kind(type, {bubbles: true, cancelable: true, pointerType: "mouse", detail: 1}));
            send("pointerenter"); send("pointerdown"); send("mousedown", MouseEvent);
            if (focusFirst) link.focus();
            send("pointerup"); send("mouseup", MouseEvent); send("click", MouseEvent); send("pointerleave");
        }""",
        focus_first,
    )
    tab.wait_for_timeout(400)
    assert tab.locator(".pm-card").is_visible()


# -- letters --------------------------------------------------------------------------------------

LINES = """() => [...document.querySelectorAll("article section > p")].filter((p) => p.checkVisibility() && p.textContent.length > 300).flatMap((p) => {
  const lines = new Map(), walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node; (node = walk.nextNode());) for (let i = 0; i < node.length; i++) {
    range.setStart(node, i); range.setEnd(node, i + 1);
    const box = range.getBoundingClientRect(), y = Math.round(box.bottom / 12);
    if (box.width) lines.set(y, (lines.get(y) || 0) + 1);
  }
  return [...lines.values()].slice(0, -1);
})"""


@pytest.mark.parametrize("width", [768, 1024, 1280, 1440, 1920])
def test_lines_of_text_have_65_to_75_letters(browser, site, width):
    tab = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    tab.goto((site / CHAPTER).as_uri())
    middle = statistics.median(tab.evaluate(LINES))
    tab.context.close()
    assert 62 <= middle <= 76, middle


def test_a_long_head_of_a_card_breaks_and_covers_no_value(browser, site):
    """On a phone "2023, CEPII, Russia’s totals by its customs" ran over the number beside it."""
    tab = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    tab.goto((site / "chapters" / "dependency.html").as_uri())
    cells = "[...document.querySelectorAll('.pm-cards td[data-head]')].filter(cell => cell.dataset.head.length > 30)"
    heights = tab.evaluate(f"{cells}.map(cell => cell.clientHeight)")
    tab.context.close()
    assert heights and min(heights) > 40, heights


def test_letters_of_twice_the_size_make_one_column(browser, site):
    """Three columns stayed, and the text had a third of the window."""
    large = started(browser.browser_type, "--blink-settings=defaultFontSize=32")
    tab = large.new_page(viewport={"width": 1280, "height": 800})
    tab.goto((site / CHAPTER).as_uri())
    size = tab.evaluate("getComputedStyle(document.documentElement).fontSize")
    box = tab.locator("article section > p").nth(1).bounding_box()
    beside, wide = tab.locator(".side").is_visible(), tab.evaluate("document.documentElement.scrollWidth")
    large.close()
    assert size == "32px" and not beside and wide <= 1280
    assert box["width"] > 800


def test_titles_of_pages_say_their_name_once(site):
    for page in [*PAGES, site / "index.html", site / "404.html", site / "search.html"]:
        title = re.search("<title>(.*?)</title>", page.read_text(), re.S)[1]
        halves = title.split(" — ")
        assert len(set(halves)) == len(halves), title


# -- policy ---------------------------------------------------------------------------------------


def test_no_page_allows_style_or_script_that_is_not_the_books(site):
    for page in [*PAGES, site / "index.html", site / "404.html", site / "search.html"]:
        text = page.read_text()
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
        assert "unsafe" not in policy, page.name
        assert not re.search(r'<[^>]*\sstyle="', re.sub(r"<pre.*?</pre>", "", text, flags=re.S)), page.name


def test_foreign_style_is_refused(tab):
    refused = tab.evaluate(
        """() => new Promise((done) => {
            document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
            document.body.insertAdjacentHTML("beforeend", "<p style='color:red'>x</p>");
            setTimeout(() => done(""), 2000);
        })"""
    )
    assert refused.startswith("style-src")


def test_on_a_phone_the_cells_of_a_row_stand_in_one_column(browser, address):
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(f"{address}chapters/latest.html")
    told = tab.locator(".pm-cards td[data-head]").evaluate_all(
        "cells => cells.map((cell) => getComputedStyle(cell).textAlign)"
    )
    tab.close()
    assert len(told) > 50 and set(told) == {"left"}


# -- search ---------------------------------------------------------------------------------------

ASKED = [
    ("202.21", "chapters/trade-volume.html"),
    ("19,535", "figure:what-19535-counts"),
    ("19535", "figure:what-19535-counts"),
    ("China share of Russian imports", "figure:shares-both-ways"),
    ("Kazakhstan", "figure:central-asia-partners"),
    ("India Brazil", "chapters/pairs.html?a=IND&b=BRA"),
    ("trade of the United States with Germany", "chapters/pairs.html?a=USA&b=DEU"),
    ("China Russia", "figure:"),
    ("HHI", "Herfindahl"),
    ("Haval", "Haval"),
    ("Herfindahl", "Herfindahl"),
    ("kazan state", "claim:"),
    ("how to cite", "cite"),
    ("Power of Siberia", "Siberia"),
    ("Power of Siberia 2", "Gas by pipe and by ship"),
    ("discount", "Discount"),
    ("bilateral-trade", "#table-bilateral-trade"),
]


@pytest.mark.parametrize(("words", "wanted"), ASKED, ids=[words for words, _ in ASKED])
def test_search_gives_the_right_thing_first(browser, address, words, wanted):
    tab = browser.new_page()
    complaints = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(f"{address}search.html?q={words}")
    top = tab.locator(".pm-finds li").first
    top.wait_for()
    first = [
        item.inner_text() + " " + item.locator("a").get_attribute("href")
        for item in tab.locator(".pm-finds li").all()[:3]
    ]
    tab.close()
    assert not complaints
    if wanted.startswith("figure:"):
        assert f"#fig-{wanted.removeprefix('figure:')}" in first[0], first
    elif wanted == "claim:":
        assert re.search(r"claims/[\w-]+\.html", first[0]), first
    else:
        assert wanted.lower() in first[0].lower(), first
    if words == "Kazakhstan":
        assert "economies/KAZ.html" in first[1]
    assert not any(re.search(r"\.ipynb|charts\.figure\(|Show the code", one) for one in first)


@pytest.mark.parametrize(
    "words, code",
    [("Turkey", "TUR"), ("UK", "GBR"), ("Burma", "MMR"), ("Holland", "NLD"), ("Swaziland", "SWZ"), ("Czech Republic", "CZE"), ("Ivory Coast", "CIV"), ("Kosovo", "SRB")],
)  # fmt: skip
def test_an_economy_is_found_by_another_name_and_by_its_notes(browser, address, words, code):
    tab = browser.new_page()
    tab.goto(f"{address}search.html?q={words}")
    tab.locator(f".pm-finds a[href$='economies/{code}.html']").wait_for()
    tab.goto(f"{address}search.html?q=zzyzx")
    assert tab.locator("#found p").first.inner_text() == "The index of the search has no “zzyzx”."
    tab.close()


def test_a_sentence_is_found_once_after_the_sections_and_a_number_names_its_chapter(browser, address):
    tab = browser.new_page()
    tab.goto(f"{address}search.html?q=yuan")
    tab.locator("#found button").first.click()
    found = tab.locator(".pm-finds li").evaluate_all(
        "rows => rows.map((row) => [row.querySelector('span').innerText, row.querySelector('a').href.split('#')[0], row.querySelector('p').innerText])"
    )
    tab.close()
    numbers = [tuple(row[1:]) for row in found if row[0].startswith("Number in ")]
    assert len(numbers) > 5 and len(set(numbers)) == len(numbers)
    assert "Number" not in {row[0] for row in found}
    last = max(at for at, row in enumerate(found) if row[0] == "Sanctions and payments")
    assert last < min(at for at, row in enumerate(found) if row[0].startswith("Number in "))


def test_search_for_anything_odd_throws_nothing(browser, address):
    tab = browser.new_page()
    complaints = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    for words in ("__proto__", "constructor", "%22%3E%3Cimg%20src=x%3E", "...", "(", "的"):
        tab.goto(f"{address}search.html?q={words}")
        tab.locator("#found p").first.wait_for()
    tab.close()
    assert not complaints


def test_words_of_two_cells_stand_apart_in_what_is_found(site):
    text = (site / "_static" / "pm" / "finds.js").read_text()
    assert "wrongwrong" not in text and ".ipynb" not in text


def test_no_key_of_a_citation_stands_in_what_is_found(site):
    text = (site / "_static" / "pm" / "finds.js").read_text()
    keys = re.findall(r"^@\w+\{([\w-]+-\d{4}[\w-]*),", (ROOT / "references.bib").read_text(), re.M)
    assert len(keys) > 20 and [key for key in keys if key in text] == []


def test_without_script_the_search_page_says_where_else_to_look(browser, site):
    tab = browser.new_context(java_script_enabled=False).new_page()
    tab.goto((site / "search.html").as_uri())
    assert tab.locator("noscript p").is_visible() and "Error" not in tab.locator("main").inner_text()
    assert tab.locator("main noscript a").count() >= 2
    tab.context.close()


def test_every_search_form_has_a_button(site):
    for page in [*PAGES, site / "search.html"]:
        for form in re.findall(r"<form.*?</form>", page.read_text(), re.S):
            assert '<button type="submit">' in form, page.name


# -- addresses ------------------------------------------------------------------------------------


def test_the_lost_page_leads_back_from_any_depth(site):
    links = re.findall(r'(?:href|src|action)="([^"]*)"', (site / "404.html").read_text())
    assert links and all(re.match(r"/|#|https?:|mailto:", link) for link in links), links


def test_the_sites_own_address_is_a_page_that_leads_on(browser, site):
    text = (site / "index.html").read_text()
    assert text.startswith("<!DOCTYPE html>") and "<title>" in text and 'href="chapters/overview.html"' in text
    tab = browser.new_page()
    tab.goto((site / "index.html").as_uri())
    tab.wait_for_url("**/chapters/overview.html")
    tab.close()


def test_there_is_no_empty_index(site):
    assert not (site / "genindex.html").exists()


def test_addresses_to_copy_name_the_host_that_the_reader_is_at(browser, address):
    """Embedding codes and citations named chapters/… without a host."""
    tab = browser.new_page()
    tab.goto(f"{address}{CHAPTER}")
    for place in (".pm-embed pre", ".pm-figure .pm-cite pre", ".pm-edition .pm-cite pre"):
        text = tab.locator(place).first.text_content()
        found = re.search(r'(?:src="|url = \{)([^"}]*)', text)[1]
        assert found.startswith(address), f"{place}: {found}"
    tab.close()
