"""Pages for everybody: no violation that axe can find, no link that leads nowhere, sound HTML."""

import os
import re
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from conftest import SITE, violations
from publish.edition import settings

PAGES = sorted([*SITE.glob("chapters/*.html"), SITE / "404.html", SITE / "search.html", SITE / "index.html"])
EACH = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
MADE = {kind: sorted(SITE.glob(f"{kind}/*.html")) for kind in ("claims", "economies", "editions", "figures")}
"""Pages that templates make, by kind; of figures those of earlier editions too, which lead on in a sentence."""


def weight(page):
    return page.stat().st_size, page.name


# Of each kind the longest page and the shortest; make axe takes all.
ENDS = {end(pages, key=weight) for pages in MADE.values() if pages for end in (min, max)}
LOOKED_AT = sum(MADE.values(), []) if os.environ.get("AXE") == "whole" else sorted(ENDS)


@pytest.mark.parametrize("page", [*PAGES, *LOOKED_AT], ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_axe_finds_no_violation_light_and_dark_wide_and_narrow(reader, page):
    assert not violations(reader, page)


def test_axe_decides_no_contrast_within_a_drawing(reader, tmp_path):
    """Or the words of drawings would have to stay where they are while it looks."""
    page, text = tmp_path / "page.html", '<text y="20" fill="#ddd" style="color: #ddd">Words nobody can read</text>'
    page.write_text(f"<!DOCTYPE html><html lang=en><title>a</title><main><h1>a</h1><svg>{text}</svg></main>", "utf-8")
    assert not violations(reader, page)
    tried = reader.evaluate("rules => axe.run(rules)", {"runOnly": ["color-contrast"]})
    (left,) = tried["incomplete"]
    assert not tried["violations"] and left["nodes"][0]["target"] == ["text"]


@pytest.mark.parametrize(
    ("code", "found"), [("<span class=n></span>a", []), ("<span class=n role=nothing>a</span>", ["aria-roles"])]
)
def test_axe_reads_what_stands_in_code_beside_its_colours(reader, tmp_path, code, found):
    page = tmp_path / "page.html"
    page.write_text(f"<!DOCTYPE html><html lang=en><title>a</title><main><h1>a</h1><pre>{code}</pre></main>", "utf-8")
    assert {told.split()[2] for told in violations(reader, page)} == set(found)


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


@pytest.mark.parametrize("page", [*PAGES, *sum(MADE.values(), [])], ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_html_parses_without_errors(page):
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page.read_text())
    errors = [(position, code) for position, code, _ in parser.errors if code not in ("expected-self-closing-tag",)]
    assert not errors
