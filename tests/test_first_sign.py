"""A page before and at its reader's first sign: what it shows, what it then fetches, what it does of what was asked."""

import pytest

PAGE = "chapters/trade-volume.html"
FACES = """() => new Set([...document.querySelectorAll("body *")]
  .filter((element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map(getComputedStyle).map((style) => [style.fontFamily, style.fontSize, style.fontWeight, style.fontStyle].join())).size"""


@pytest.fixture
def tab(browser, site):
    """The page as it opens; no mouse, no key."""
    tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.goto((site / PAGE).as_uri())
    yield tab
    tab.context.close()


def scripts(tab):
    return set(tab.evaluate("[...document.scripts].map((script) => script.src.split('/').pop().split('?')[0])"))


def test_the_shared_script_waits_for_a_sign(tab):
    tab.wait_for_timeout(300)
    assert scripts(tab) & {"sign.js", "all.js", "bootstrap.js"} == {"sign.js"}
    tab.mouse.move(5, 5)
    tab.wait_for_function("() => document.getElementById('pm-card')")
    assert tab.evaluate("document.getElementById('pm-whole').media") == "all"
    assert "bootstrap.js" not in scripts(tab), "for menus and tooltips only"
    tab.locator(".dropdown-download-buttons > button").hover()
    tab.wait_for_function("() => window.bootstrap")


def test_a_menu_opens_though_its_script_is_not_there_yet(tab):
    tab.locator(".dropdown-download-buttons > button").click()
    tab.locator(".dropdown-menu.show").wait_for()


def test_the_button_prints(tab):
    tab.evaluate("() => { window.print = () => { window.printed = true; }; }")
    tab.locator(".dropdown-download-buttons > button").click()
    tab.locator(".btn-download-pdf-button").click()
    tab.wait_for_function("() => window.printed")


def test_the_contents_mark_the_section_that_is_read(tab):
    tab.locator("#in-yuan-it-looks-milder").evaluate("section => section.scrollIntoView()")
    marked = tab.locator("#pst-page-toc-nav a.active")
    marked.filter(has_text="In yuan it looks milder").wait_for()  # the page scrolls smoothly, past others
    assert marked.count() == 1


def test_a_button_pressed_before_its_script_came_does_what_it_says(tab):
    mode = tab.evaluate("document.documentElement.dataset.mode")
    tab.evaluate("document.querySelector('.theme-switch-button').click()")
    tab.wait_for_function(f"() => document.documentElement.dataset.mode !== '{mode}'")


def test_a_button_works_though_bootstrap_never_comes(browser, address):
    tab = browser.new_page()
    tab.route("**/bootstrap.js", lambda route: route.abort())
    tab.goto(address + PAGE)
    mode = tab.evaluate("document.documentElement.dataset.mode")
    # Later, not at once: a page that presses its own button for ever would never answer.
    tab.evaluate("() => { setTimeout(() => document.querySelector('.theme-switch-button').click(), 100); }")
    tab.wait_for_function(f"() => document.documentElement.dataset.mode !== '{mode}'")
    tab.close()


def test_the_key_for_search_works_as_the_first_key(tab):
    tab.keyboard.press("Control+k")
    tab.locator("#pst-search-dialog[open]").wait_for()


def test_who_comes_for_one_place_gets_the_whole_style_at_once(browser, site):
    tab = browser.new_page()
    tab.goto((site / PAGE).as_uri() + "#n-total-2024")
    tab.wait_for_function("() => document.getElementById('pm-whole').media === 'all'")
    tab.close()


@pytest.mark.parametrize("script", [True, False])
def test_the_navigation_comes_by_itself(browser, site, script):
    tab = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=script).new_page()
    tab.goto((site / PAGE).as_uri())
    for place in (".bd-sidebar-primary .current > a", ".bd-sidebar-secondary a", ".article-header-buttons"):
        part = tab.locator(place).first.element_handle()
        tab.wait_for_timeout(300)
        assert part.evaluate("part => part.checkVisibility({ contentVisibilityAuto: true })"), place
    tab.context.close()


def test_a_page_uses_few_faces(tab):
    """Each face in each size costs a question to the system before the first word; there were 24."""
    assert tab.evaluate(FACES) <= 14
