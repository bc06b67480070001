"""The built site as a reader meets it: in Chromium, from files, light and dark, with and without script."""

import gzip
import html
import json
import re

import legible
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from conftest import CHAPTERS, SITE, scroll_through
from partnership import data, measures
from publish.edition import settings
from publish.steps import moved

PAGES = sorted(SITE.glob("chapters/*.html"))
EACH = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def test_every_chapter_has_its_page(site):
    assert {page.stem for page in PAGES} >= {path.stem for path in CHAPTERS}


def visit(browser, page, *, stirs=True, **options):
    """Open a page from its file; return it with what it asked for elsewhere and what it complained about."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
    tab = context.new_page()
    elsewhere, complaints = [], []
    tab.on(
        "request",
        lambda request: elsewhere.append(request.url) if not request.url.startswith(("file:", "data:")) else None,
    )
    tab.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(page.as_uri())
    if stirs:
        tab.mouse.move(1, 1)  # charts wait for a reader's first sign
    return tab, elsewhere, complaints


def sound(tab, elsewhere, complaints, width):
    """Every chart is live in the form for the width, nothing came from elsewhere or complained, nothing scrolls sideways."""
    states = tab.locator(".pm-chart").evaluate_all("charts => charts.map(chart => chart.dataset.live)")
    assert set(states) <= {"wide" if width > 900 else "narrow"}
    assert not elsewhere
    assert not complaints
    assert tab.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"


@EACH
def test_charts_come_alive_and_nothing_is_asked_elsewhere(browser, page):
    """Nor does a word leave its drawing, which would cut it off: the drawings are those that are printed."""
    tab, elsewhere, complaints = visit(browser, page, stirs=False, color_scheme="light")
    wrong = {figure["name"]: legible.faults(figure) for figure in tab.evaluate(legible.WORDS)}
    tab.mouse.move(1, 1)
    scroll_through(tab)
    sound(tab, elsewhere, complaints, 1280)
    tab.context.close()
    assert not {name: said for name, said in wrong.items() if said}


@EACH
def test_on_a_dark_phone_charts_come_alive_and_their_words_can_be_read(browser, page):
    """As drawn and as live chart: large enough, in their box, not over each other."""
    tab, elsewhere, complaints = visit(browser, page, stirs=False, color_scheme="dark", viewport=legible.PHONE)
    drawn = tab.evaluate(legible.WORDS)
    tab.mouse.move(1, 1)
    scroll_through(tab)
    live = tab.evaluate(legible.WORDS)
    sound(tab, elsewhere, complaints, legible.PHONE["width"])
    tab.context.close()
    figures = [*(("drawn", figure) for figure in drawn), *(("live", figure) for figure in live)]
    wrong = {f"{figure['name']}, {kind}": legible.faults(figure) for kind, figure in figures}
    assert not {name: said for name, said in wrong.items() if said}


# Each figure of a page: whether its drawing for wide screens is the one that is shown, and the words that go with it.
LINES = """notes => notes.filter(note => new Set([...note.getClientRects()].map(line => Math.round(line.top))).size > 2)
  .map(note => note.closest("figure").id)"""
DRAWINGS = """figures => figures.map(figure => {
  const [wide, narrow] = [".pm-wide", ".pm-narrow"].map(form => figure.querySelector(form));
  const caption = figure.querySelector("figcaption");
  return {
    id: figure.id, wide: wide.checkVisibility({ visibilityProperty: true }) && wide.getClientRects().length > 0, narrow: narrow.checkVisibility(),
    pictures: wide.querySelectorAll("svg").length, label: wide.getAttribute("aria-label"),
    caption: caption.innerText.trim(), link: caption.querySelector("a.headerlink").getAttribute("href"),
  };
})"""
# Each number of a page: its value, where it leads, how many rows are there, and the source that the row names.
NOTES = """(numbers) => numbers.map((number) => {
  const target = number.querySelector("a").getAttribute("href");
  const rows = document.querySelectorAll("[id='" + target.slice(1) + "']");
  return [number.getAttribute("value"), target, rows.length, rows[0]?.querySelectorAll("td")[4]?.textContent];
})"""


@EACH
def test_without_script_every_chart_is_a_drawing_with_words_and_every_number_leads_to_its_note(browser, page):
    tab, elsewhere, _ = visit(browser, page, java_script_enabled=False)
    for figure in tab.locator("figure.pm-figure").evaluate_all(DRAWINGS):
        assert figure["wide"] and not figure["narrow"] and figure["pictures"] == 1, figure["id"]
        assert len(figure["label"]) > 60
        assert re.match(r"Figure \d", figure["caption"])
        assert figure["link"] == "#" + figure["id"]
    for value, target, rows, source in tab.locator("data.pm-number").evaluate_all(NOTES):
        float(value)
        assert rows == 1, target
        assert source, f"{target} without source"
    assert not tab.locator(".pm-note").evaluate_all(LINES), "more than two lines below a chart: the rest is for more="
    assert not elsewhere
    tab.context.close()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("theme", "dark"), [("light", False), ("dark", True)])
def test_a_page_follows_the_readers_light_or_dark(browser, site, script, theme, dark):
    page = site / "chapters" / "trade-volume.html"
    context = browser.new_context(color_scheme=theme, java_script_enabled=script)
    tab = context.new_page()
    tab.goto(page.as_uri())
    ground = tab.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    words = tab.locator(".pm-chart svg text").first.evaluate("text => getComputedStyle(text).fill")
    assert (red(ground) < 60) == dark
    assert (red(words) < 130) != dark, "the chart's words have the colour of the ground"
    context.close()


def red(colour):
    return int(re.search(r"rgb\((\d+)", colour)[1])


def test_nothing_is_loaded_for_charts_before_a_reader_stirs(browser, site):
    context = browser.new_context()
    tab = context.new_page()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((site / "chapters" / "trade-volume.html").as_uri())
    tab.wait_for_timeout(500)
    assert not any("vega.js" in address for address in asked)
    tab.mouse.move(5, 5)
    tab.locator(".pm-chart").first.scroll_into_view_if_needed()
    tab.locator(".pm-chart[data-live]").first.wait_for()
    assert any("vega.js" in address for address in asked)
    assert tab.locator(".pm-chart form").count() == 0, "a form without a button stands in the page"
    context.close()


@EACH
def test_drawings_stand_in_the_page_before_any_script(page):
    text = page.read_text()
    for figure in re.findall(r'<figure class="pm-figure".*?</figure>', text, re.S):
        assert figure.count("<svg") == 2 and "<script" not in figure
    identifiers = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(set(identifiers)) == sorted(identifiers), "an id occurs twice"


@EACH
def test_words_in_narrow_drawings_are_eleven_pixels_or_more(page):
    for drawing in re.findall(r'<div class="pm-drawing pm-narrow".*?</svg>', page.read_text(), re.S):
        width = float(re.search(r'<svg[^>]* width="([\d.]+)"', drawing)[1])
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)(?:px)?"', drawing)]
        assert min(sizes) * min(1, 340 / width) >= 11, f"{width} px wide, smallest text {min(sizes)}"


CARDS = re.compile(r"""<table[^>]*class="[^"]*pm-cards""")


@pytest.mark.parametrize("page", [page for page in PAGES if CARDS.search(page.read_text())], ids=lambda page: page.stem)
def test_no_table_of_claims_or_events_is_wider_than_a_phone(browser, page):
    tab, *_ = visit(browser, page, viewport={"width": 360, "height": 800})
    seen = "boxes => boxes.map(box => box.checkVisibility({ contentVisibilityAuto: true }) && box.scrollWidth > box.clientWidth)"
    wide = tab.locator(".pm-scroll:has(> .pm-cards)").evaluate_all(seen)
    assert wide and not any(wide)
    tab.context.close()


def downloads(page):
    """The files that a page offers with its figures."""
    return re.findall(r'href="((?:\.\./)*figures/[^"#]+)" download', page.read_text())


@EACH
def test_every_download_of_a_figure_is_there(page):
    shown, links = page.read_text().count('<figure class="pm-figure"'), downloads(page)
    assert len(links) >= 4 * shown
    for link in links:
        assert (page.parent / link).resolve().is_file(), link
        if link.endswith(".vl.json"):
            assert json.loads((page.parent / link).read_text())["description"]


def test_figures_have_downloads():
    """The addresses that are looked for are those that pages have."""
    assert sum(len(downloads(page)) for page in PAGES) > 200


def test_inline_and_foreign_scripts_are_refused(browser, site):
    tab, _, _ = visit(browser, PAGES[0])
    refused = tab.evaluate(
        """() => new Promise(done => {
            const seen = [];
            document.addEventListener("securitypolicyviolation", event => { seen.push(event.effectiveDirective + " " + event.blockedURI);
                if (seen.length == 2) done(seen); });
            const inline = document.createElement("script"); inline.textContent = "window.intruder = 1"; document.body.append(inline);
            const foreign = document.createElement("script"); foreign.src = "https://example.org/x.js"; document.body.append(foreign);
            setTimeout(() => done(seen), 3000);
        })"""
    )
    assert sorted(refused) == ["script-src-elem https://example.org/x.js", "script-src-elem inline"]
    assert tab.evaluate("window.intruder") is None
    tab.context.close()


def test_a_resized_page_changes_to_the_drawing_that_fits(browser, site):
    page = next(page for page in PAGES if "pm-chart" in page.read_text())
    tab, _, complaints = visit(browser, page)
    chart = tab.locator(".pm-chart").first
    chart.scroll_into_view_if_needed()
    tab.locator('.pm-chart[data-live="wide"]').first.wait_for()
    tab.set_viewport_size({"width": 390, "height": 800})
    chart.scroll_into_view_if_needed()
    tab.locator('.pm-chart[data-live="narrow"]').first.wait_for()
    assert chart.locator(".pm-live").count() == 1
    assert not complaints
    tab.context.close()


def test_a_chart_has_the_form_for_the_width_after_quick_changes_of_width(browser, address):
    """The window is wide again while the chart for the narrow one is on its way."""
    tab, complaints, held = browser.new_page(viewport={"width": 1280, "height": 800}), [], []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.route("**/*-narrow.js", lambda route: held.append(route))  # of a server: files cannot be held back
    tab.goto(f"{address}chapters/trade-volume.html")
    tab.mouse.move(1, 1)
    chart = tab.locator(".pm-chart").first
    chart.scroll_into_view_if_needed()
    chart.and_(tab.locator("[data-live=wide]")).wait_for()
    with tab.expect_request("**/*-narrow.js"):
        tab.set_viewport_size({"width": 390, "height": 800})
    for width in (1280, 390, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.evaluate("() => new Promise(requestAnimationFrame)")  # the page hears of each
    assert held and not chart.get_attribute("data-live")
    for route in held:
        route.continue_()
    chart.and_(tab.locator("[data-live]")).wait_for()
    tab.wait_for_timeout(500)  # whatever is still on its way
    assert chart.get_attribute("data-live") == "wide"
    live = chart.locator(".pm-live svg")
    assert live.count() == 1 and live.get_attribute("width") == chart.locator(".pm-wide svg").get_attribute("width")
    assert not complaints
    tab.close()


# A mark of a live chart that tells something and lies free in the window: where it is, and what it tells.
MARK = """chart => { for (const mark of chart.querySelectorAll(".pm-live svg path, .pm-live svg rect")) {
  const told = mark.__data__ && mark.__data__.tooltip, box = mark.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  if (told && box.width && document.elementFromPoint(x, y) === mark) return { x, y, told: Object.entries(told).flat().map(String) };
} }"""


def test_a_tap_on_a_mark_tells_its_value_and_a_tap_elsewhere_takes_it_away(browser, site):
    phone = {"viewport": legible.PHONE, "has_touch": True, "is_mobile": True}
    tab, _, complaints = visit(browser, site / "chapters" / "trade-volume.html", stirs=False, **phone)
    tab.touchscreen.tap(5, 5)  # a reader's first sign; there is no mouse that could leave the mark again
    chart, tip = tab.locator("#fig-annual-trade .pm-chart"), tab.locator(".pm-tip")
    chart.scroll_into_view_if_needed()
    chart.and_(tab.locator("[data-live]")).wait_for()
    chart.evaluate("chart => chart.scrollIntoView({ block: 'center' })")
    tab.wait_for_timeout(200)  # a scroll hides what is told
    mark = chart.evaluate(MARK)
    assert not tip.is_visible()
    tab.touchscreen.tap(mark["x"], mark["y"])
    tip.wait_for()
    assert tip.locator("th, td").all_inner_texts() == mark["told"]
    box = tip.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= legible.PHONE["width"]
    source = tab.locator("#fig-annual-trade .pm-source").bounding_box()
    tab.touchscreen.tap(source["x"] + 5, source["y"] + 5)
    tip.wait_for(state="hidden")
    assert not complaints
    tab.context.close()


# The frames of a page as wide as asked: those in which something is cut, with what they have and what their pages need.
CUT = """async width => { document.body.style.width = width + "px";
  const frames = [...document.querySelectorAll("iframe")], root = frame => frame.contentDocument.documentElement;
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return frames.filter(frame => frame.clientWidth !== width || root(frame).scrollWidth > width || root(frame).scrollHeight > frame.clientHeight)
    .map(frame => [frame.src, frame.clientWidth, root(frame).scrollWidth, frame.clientHeight, root(frame).scrollHeight]); }"""


def test_a_frame_with_a_figure_takes_the_whole_height_of_its_page(browser, address):
    """The codes to embed all figures, on a page of somebody else whose column is wide, narrow, and that of a phone."""
    folds = re.findall(
        r'<details class="pm-embed">.*?</details>', "".join(page.read_text("utf-8") for page in PAGES), re.S
    )
    codes = [BeautifulSoup(fold, "html.parser").pre.get_text() for fold in folds]
    whole = "".join(codes).replace(' loading="lazy"', "")
    tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    other = f"{address}other.html"  # of one origin with its frames, so that it can be asked what they need
    tab.route(other, lambda route: route.fulfill(body=f"<!DOCTYPE html>{whole}", content_type="text/html"))
    tab.goto(other)
    cut = {width: tab.evaluate(CUT, width) for width in (688, 630, 629, 520, 390, 300)}
    tab.context.close()
    assert whole.count("<iframe") == len(codes) > 40 and not any(cut.values()), cut


def test_a_number_tells_where_it_comes_from_by_pointer_keyboard_and_touch(browser, site):
    page = site / "chapters" / "trade-volume.html"
    tab, _, complaints = visit(browser, page, has_touch=True)
    number, card = tab.locator(".pm-number a").first, tab.locator(".pm-card")
    number.hover()
    assert "Source" in card.inner_text() and "Period" in card.inner_text()
    tab.keyboard.press("Escape")
    assert not card.is_visible()
    tab.mouse.move(0, 0)
    number.focus()
    tab.keyboard.press("Enter")
    assert card.is_visible()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('.pm-card').contains(document.activeElement)")
    tab.keyboard.press("Escape")
    number.tap()
    assert card.is_visible()
    assert not complaints
    tab.context.close()


def test_a_number_leads_to_its_table_and_to_the_claim_it_answers(browser, site):
    tab, *_ = visit(browser, site / "chapters" / "trade-volume.html")
    tab.locator('.pm-number a[href="#number-total-10m"]').first.hover()
    card = tab.locator(".pm-card")
    links = [link.get_attribute("href") for link in card.locator("a").all()]
    assert {"codebook.html#table-bilateral-trade", "claims.html#claim-trade-202-10m"} <= set(links)
    card.get_by_role("link", name="bilateral-trade").first.click()
    table = tab.locator("#table-bilateral-trade")
    table.wait_for()  # its fold opens
    file = site / "chapters" / table.get_by_role("link").get_attribute("href")
    assert file.read_bytes() == (data.DATA / "bilateral-trade.csv").read_bytes()
    tab.context.close()


def test_arrow_keys_read_the_values_of_a_chart(browser, site):
    tab, _, _ = visit(browser, site / "chapters" / "trade-volume.html")
    chart = tab.locator(".pm-chart").first
    chart.focus()
    tab.keyboard.press("ArrowRight")
    line = tab.locator(".pm-value").first
    first = line.inner_text()
    assert "Year: 1992" in first
    chart.evaluate("chart => scrollBy(0, chart.getBoundingClientRect().top - innerHeight / 2)")
    assert chart.evaluate("chart => chart.getBoundingClientRect().bottom > innerHeight")
    assert line.evaluate("line => line.getBoundingClientRect().bottom <= innerHeight"), "the value is below the window"
    tab.keyboard.press("ArrowRight")
    assert line.inner_text() != first
    tab.keyboard.press("Escape")
    assert not line.is_visible()
    tab.context.close()


def test_the_ledger_filters_and_sorts(browser, site):
    tab, _, _ = visit(browser, site / "chapters" / "claims.html")
    assert tab.locator(".pm-filter output").inner_text() == "56 of 56 claims"
    tab.locator(".pm-filter select").nth(1).select_option("right for another thing")
    shown = tab.locator("#ledger tbody tr:visible")
    assert 0 < shown.count() < 56
    assert {row.locator("td").nth(3).inner_text() for row in shown.all()} == {"right for another thing"}
    evidence = shown.first.locator("details")
    evidence.locator("summary").click()
    assert evidence.locator("ul").bounding_box()["width"] > 0.9 * tab.locator("#ledger").bounding_box()["width"]
    tab.get_by_role("button", name="Stated").click()
    assert tab.locator("#ledger th[aria-sort=ascending]").inner_text().startswith("Stated")
    tab.context.close()


def test_corrections_filter_by_words_and_by_where_they_stood(browser, site):
    tab, _, _ = visit(browser, site / "chapters" / "corrections.html")
    bar, table = tab.locator(".pm-filter").first, tab.locator("table[data-filter=corrections]")
    told = bar.locator("output")
    every = table.locator("tbody tr").count()
    assert told.inner_text() == f"{every} of {every} corrections"
    assert "Overview" in table.locator("tbody tr").first.locator("th").inner_text(), "the front page stands first"
    bar.locator("select").select_option("Diplomacy")
    shown = table.locator("tbody tr:visible")
    assert 0 < shown.count() < every and told.inner_text() == f"{shown.count()} of {every} corrections"
    of_chapter = shown.count()
    bar.locator("input").fill("meetings")
    assert 0 < shown.count() < of_chapter and all("meetings" in row.inner_text() for row in shown.all())
    tab.context.close()


def test_figures_and_claims_are_listed_for_machines(site):
    listed, base = json.loads((site / "figures.json").read_text())["figures"], settings.site_address()
    names = re.findall(r'<figure class="pm-figure" id="fig-([^"]+)"', "".join(page.read_text() for page in PAGES))
    assert sorted(entry["id"] for entry in listed) == sorted(names)
    for entry in listed:
        assert entry["sources"] and all((site / entry[kind].removeprefix(base)).exists() for kind in ("data", "embed"))
    reviews = json.loads((site / "claims.jsonld").read_text())["@graph"]
    assert len(reviews) == 56 and {review["@type"] for review in reviews} == {"ClaimReview"}
    assert len((site / "claims.csv").read_text().splitlines()) == 57


def test_the_list_of_figures_leads_to_every_file_of_their_data(site):
    """Data and what describes them, and a zip where a figure has several tables, on the page and for machines."""
    listed, base = json.loads((site / "figures.json").read_text())["figures"], settings.site_address()
    page = site / "chapters" / "figures.html"
    items = BeautifulSoup(page.read_text(), "html.parser").select("ol.pm-catalogue > li")
    assert len(items) == len(listed)
    for entry, item in zip(listed, items, strict=True):
        told = [entry[kind].removeprefix(base) for kind in ("data", "metadata", "zip") if entry[kind]]
        links = [link["href"] for link in item.select("p a")]
        assert links == [f"../{file}" for file in told] and all((page.parent / link).is_file() for link in links)
        assert bool(entry["zip"]) == bool(entry["parts"])
    there = {file.name for file in (site / "figures").glob("*.zip")}
    assert there == {entry["zip"].rpartition("/")[2] for entry in listed if entry["zip"]} != set()
    assert len(gzip.compress(page.read_bytes())) < 30_000


def words(html):
    return re.findall(r"\w+", BeautifulSoup(html, "html.parser").get_text())


def test_every_page_of_text_names_its_copy_as_markdown_which_holds_its_title_and_is_listed(site):
    shown = {entry["id"] for entry in json.loads((site / "figures.json").read_text())["figures"]}
    went = {site / "figures" / f"{old.name}.html" for old in moved.register() if old.name not in shown}
    pages = [page for page in site.glob("*/*.html") if page not in went and page.parent.name != "_static"]
    assert {page.parent.name for page in pages} == {"chapters", "claims", "economies", "editions", "figures"}
    listed, markdown, base = (site / "llms.txt").read_text("utf-8"), MarkdownIt(), settings.site_address()
    for page in pages:
        text = page.read_text("utf-8")
        (named,) = re.findall(r'<link rel="alternate" type="text/markdown" href="([^"]*)">', text)
        copy = page.with_suffix(".md")
        assert page.parent / named == copy and copy.is_file(), page
        heading = markdown.render(copy.read_text("utf-8").partition("\n")[0])
        assert words(heading) == words(re.search("<h1.*?</h1>", text, re.S)[0]) != [], page
        assert f"({base}{copy.relative_to(site).as_posix()})" in listed, page


def test_the_copies_lead_to_each_other(site):
    led = {}
    for copy in site.glob("*/*.md"):
        found = re.findall(r"\]\(((?:\.\./)?[\w/-]+\.md)\)", copy.read_text("utf-8"))
        assert [link for link in found if not (copy.parent / link).is_file()] == [], copy
        led[copy.relative_to(site).as_posix()] = found
    assert {"dependency.md", "energy.md"} <= set(led["chapters/conclusion.md"])
    assert len([link for link in led["chapters/claims.md"] if link.startswith("../claims/")]) >= 50


def test_the_copy_of_a_figure_says_what_its_page_says_and_where_its_numbers_are(site):
    for entry in json.loads((site / "figures.json").read_text())["figures"]:
        copy = site / "figures" / f"{entry['id']}.md"
        read = BeautifulSoup(MarkdownIt().render(copy.read_text("utf-8")), "html.parser")
        said, links = " ".join(read.get_text().split()), [link["href"] for link in read.find_all("a")]
        for part in ("title", "unit", "note", "description", "citation"):
            assert " ".join(entry[part].split()) in said, f"{copy.name} lacks its {part}"
        files = [link for link in links if not link.startswith("http") and ".html" not in link]
        assert f"../figures/{entry['id']}.csv" in files and all((copy.parent / file).is_file() for file in files)
        assert {source["address"] for source in entry["sources"] if source["address"]} <= set(links)


def test_every_measure_has_an_address_and_every_figure_leads_to_its_own(site):
    text = (site / "chapters" / "data-and-methods.html").read_text()
    assert set(re.findall(r'<code[^>]* id="measure-([^"]+)"', text)) == {
        name.replace("_", "-") for name in measures.TERMS
    }
    listed, base = json.loads((site / "figures.json").read_text())["figures"], settings.site_address()
    measured = [entry for entry in listed if entry["measures"]]
    assert len(measured) >= 8
    for entry in measured:
        page = (site / entry["page"].removeprefix(base).partition("#")[0]).read_text()
        figure = page[page.index(f'id="fig-{entry["id"]}"') :].partition("</figure>")[0]
        own = (site / entry["embed"].removeprefix(base)).read_text()
        for measure in entry["measures"]:
            path, _, anchor = measure["address"].removeprefix(base).partition("#")
            assert f'id="{anchor}"' in (site / path).read_text()
            assert f'href="{path.removeprefix("chapters/")}#{anchor}">{measure["name"]}</a>' in figure
            assert f'href="../{path}#{anchor}"' in own
            assert f'href="{entry["page"].removeprefix(base).removeprefix("chapters/")}"' in text


def test_a_table_named_in_a_chapter_leads_to_what_it_holds(site):
    names = [entry["name"] for entry in data.package()["resources"]]
    for page in ("codebook", "data-and-methods"):  # the second had them first, and leads on
        text = (site / "chapters" / f"{page}.html").read_text()
        assert [name for name in names if f'id="table-{name}"' not in text] == []
    for page in PAGES:
        for link, name in re.findall(
            r'(<a [^>]*>)?<code class="docutils literal[^>]*><span class="pre">([a-z-]+)</span></code>',
            page.read_text(),
        ):
            assert name not in names or f'href="codebook.html#table-{name}"' in link, f"{page.name}: {name}"


def test_a_file_of_the_site_named_in_a_chapter_is_a_link_to_it(site):
    """claims.csv, figures/NAME.csv and their like are addresses, not code."""
    named = [
        (page.name, link, name)
        for page in PAGES
        for link, name in re.findall(
            r'(<a [^>]*>)?<code class="docutils literal[^>]*><span class="pre">([a-z0-9/-]+\.(?:csv|json|jsonld|xml))</span>',
            page.read_text(),
        )
        if (site / name).is_file()
    ]
    assert {"claims.csv", "claims.jsonld", "figures.json", "data/datapackage.json"} <= {name for *_, name in named}
    assert [each for each in named if f'href="../{each[2]}"' not in each[1]] == []


def test_every_figure_has_a_page_of_its_own_that_needs_no_script(site):
    listed = json.loads((site / "figures.json").read_text())["figures"]
    assert listed
    for entry in listed:
        text = (site / "figures" / f"{entry['id']}.html").read_text()
        assert text.count("<svg") == 2 and "<script" not in text and "Source:" in text


@EACH
def test_what_prepares_a_figure_is_folded_with_it(page):
    """Four lines of "Show the code" stood below each other without script, and the code below a figure lacked what measured."""
    text = re.sub(r"<(pre|svg|tbody)\b.*?</\1>", "", page.read_text(), flags=re.S)  # no cell stands in one
    cells = BeautifulSoup(text, "html.parser").select("div.cell")
    below = [cell.find_next_sibling() for cell in cells if "pm-silent" in cell["class"]]
    assert not [cell for cell in below if cell and "cell" in cell.get("class", []) and cell.select("details.pm-code")]


def test_the_frame_to_embed_shows_the_whole_figure(browser, site):
    """Source and licence stand last: a frame that is too low would cut them off."""
    tab = browser.new_page()
    low = []
    for figure in json.loads((site / "figures.json").read_text())["figures"]:
        text = html.unescape((site / figure["page"].partition("#")[0]).read_text())
        snippet = text.partition(f'data-path="figures/{figure["id"]}.html"')[2]
        width, height = (int(each) for each in re.search(r'width="(\d+)" height="(\d+)"', snippet).groups())
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto((site / "figures" / f"{figure['id']}.html").as_uri())
        if (needed := tab.evaluate("document.documentElement.scrollHeight")) > height:
            low.append((figure["id"], height, needed))
    tab.close()
    assert low == []
