"""Pages for everybody: no violation that axe can find, no link that leads nowhere, sound HTML."""

import re
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import AXE, SITE
from publish.edition import settings

PAGES = sorted([*SITE.glob("chapters/*.html"), SITE / "404.html", SITE / "search.html", SITE / "index.html"])
EACH = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@EACH
def test_axe_finds_no_violation_light_and_dark_wide_and_narrow(browser, page):
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(page.as_uri())
    found = []
    for theme, width, rules in AXE:
        tab.emulate_media(color_scheme=theme)
        tab.set_viewport_size({"width": width, "height": 900})
        tab.wait_for_timeout(150)
        for violation in Axe().run(tab, options=rules).response["violations"]:
            found.append(f"{theme} {width}: {violation['id']} {violation['nodes'][0]['html'][:120]}")
    context.close()
    assert not found, "\n".join(found)


def anchors(text):
    return set(re.findall(r'\s(?:id|name)="([^"]+)"', text))


@pytest.fixture(scope="module")
def known(site):
    return {page.resolve(): anchors(page.read_text()) for page in site.rglob("*.html") if "_static" not in page.parts}


@EACH
def test_every_link_within_the_book_leads_somewhere(page, known):
    lost = []
    for address in set(re.findall(r'<a\b[^>]*\shref="([^"]*)"', page.read_text())):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, fragment = unquote(address).partition("#")
        if path.startswith("/"):  # the lost page: from the root of the host
            target = SITE / path.removeprefix(urlsplit(settings.site_address()).path or "/")
        else:
            target = (page.parent / path).resolve() if path else page.resolve()
        if not target.exists() or fragment and target.suffix == ".html" and fragment not in known[target]:
            lost.append(address)
    assert not lost


@pytest.mark.parametrize("page", [*PAGES, *sorted(SITE.glob("figures/*.html"))], ids=lambda page: page.stem)
def test_html_parses_without_errors(page):
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page.read_text())
    errors = [(position, code) for position, code, _ in parser.errors if code not in ("expected-self-closing-tag",)]
    assert not errors
