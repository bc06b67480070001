"""What the tests share: the chapters as notebooks, the built site, a browser that asks nobody outside."""

import gc
import os
import re
import threading
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import pytest
import still
from axe_playwright_python.sync_playwright import Axe

from checks import words
from publish.browser import started
from publish.edition import launch

gc.set_threshold(50_000, 20, 20)  # tables and pages are millions of objects and few rings to look for

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
collect_ignore_glob = ["clients/*"]  # programs of make clients, in an environment of their own


SEEN_BY = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
ALL = {"resultTypes": ["violations"]}
SEEN = ALL | {"runOnly": SEEN_BY}
WRITTEN = ALL | {"rules": {rule: {"enabled": False} for rule in SEEN_BY}}
# Of the words in a drawing axe says that it cannot tell their contrast; it would measure each for nothing. A link in one stays.
DRAWINGS = "svg:not(:has(a, foreignObject))"
# Of the thousands of spans that colour code, with a class and nothing else, the rules of what is written see the words alone.
CODE = "pre"
AXE = [("light", 1280, WRITTEN, CODE), ("light", 1280, SEEN, DRAWINGS), ("dark", 390, SEEN, DRAWINGS)]
"""Themes, widths, rules by which axe reads a page and what lies aside: once by what is written, in each look by what
colours and layout decide, of what is not folded. make axe takes every theme at every width by all rules, of all."""
if os.environ.get("AXE") == "whole":
    AXE = [(theme, width, ALL, "none") for theme in ("light", "dark") for width in (1280, 390)]
# What is folded has no colour and no place: axe would walk through thousands of cells for nothing.
UNFOLDED = "document.querySelectorAll('details:not([open]) > :not(summary)').forEach((folded) => folded.remove())"
# A page has some dozen colours and thousands of places that show one: axe parses the words of each once, not each time.
REMEMBER = """() => {
  const known = new Map(), { Color } = axe.commons.color, parse = Color.prototype.parseString;
  Color.prototype.parseString = function (words) {
    if (known.has(words)) [this.r, this.g, this.b, this.alpha] = known.get(words);
    else { parse.call(this, words); known.set(words, [this.r, this.g, this.b, this.alpha]); }
    return this;
  };
}"""


# axe is written for browsers without private fields: each of a million colours keeps its parts in weak maps, which take a
# quarter of the time of all looks. The same methods, for axe alone, keep them with the object; one that takes none throws.
LIGHT = """(() => {
  class Kept {
    key = Symbol();
    has(one) { return this.key in one; }
    get(one) { return one[this.key]; }
    set(one, value) { "use strict"; one[this.key] = value; return this; }
    add(one) { return this.set(one, true); }
    delete(one) { return this.has(one) && delete one[this.key]; }
  }
  const [WeakMap, WeakSet] = [Kept, Kept];
  AXE
})()"""
# What a look can say nothing of lies aside meanwhile.
LOOK_AT = """([rules, aside]) => {
  const bare = part => part.localName === "span" && [...part.attributes].every(({ name }) => name === "class");
  const parted = [...document.querySelectorAll(aside)].map(whole => [whole, [...whole.childNodes]])
    .filter(([whole]) => whole.localName !== "pre" || [...whole.querySelectorAll("*")].every(bare));
  parted.forEach(([whole]) => whole.replaceChildren(...(whole.localName === "pre" ? [whole.textContent] : [])));
  return axe.run(rules).finally(() => parted.forEach(([whole, parts]) => whole.replaceChildren(...parts)));
}"""
# The page has taken its new form, and no colour is on its way to another.
SETTLED = """() => new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))
  .then(() => Promise.allSettled(document.getAnimations().map(moving => moving.finished)))"""


@pytest.fixture(scope="module")
def reader(browser):
    """One tab for all pages that axe reads: a new one each time would begin with a process that has compiled nothing."""
    tab = browser.new_context(bypass_csp=True, reduced_motion="reduce").new_page()
    yield tab
    tab.context.close()


def violations(tab, page):
    """What axe finds on a page, and whether it scrolls sideways, in each of its looks."""
    found = []
    for number, (theme, width, rules, aside) in enumerate(AXE):
        tab.emulate_media(color_scheme=theme)
        tab.set_viewport_size({"width": width, "height": 900})
        if not number:
            still.goto(tab, page.as_uri())
            tab.evaluate(LIGHT.replace("AXE", Axe().axe_script))
            tab.evaluate(REMEMBER)
        tab.evaluate(SETTLED)
        if rules is SEEN:
            tab.evaluate(UNFOLDED)
        for violation in tab.evaluate(LOOK_AT, [rules, aside])["violations"]:
            found.append(f"{theme} {width}: {violation['id']} {violation['nodes'][0]['html'][:160]}")
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{theme} {width}: the page scrolls sideways")
    return found


# What needs a browser, whole builds, kernels or thousands of broken tables; make check leaves it out, and what asks for
# the built site, which make check does not make.
SLOW = {
    "test_access", "test_addresses", "test_any_pair", "test_broken_tables", "test_build", "test_change_walks", "test_economies",
    "test_economy_pages", "test_edition", "test_faults", "test_hostile", "test_provenance", "test_run", "test_site", "test_wheel",
}  # fmt: skip


# The files that take longest, longest first: begun last, one of them would keep one processor while the others rest.
LONGEST = (
    "test_access", "test_broken_tables", "test_chapters", "test_edition", "test_change_walks", "test_site", "test_build", "test_faults", "test_theme",
    "test_run", "test_data", "test_tables", "test_economy_pages", "test_provenance", "test_hostile", "test_addresses",
    "test_economies", "test_rules", "test_wheel", "test_extensions", "test_any_pair", "test_workbook", "test_claims", "test_codebook",
)  # fmt: skip


# What a file says that has a slow test though it is not in SLOW: the mark, the site and what is made of it.
SAYS_SLOW = re.compile(r"\bmark\.slow\b|\b(site|tab|address)\b")


def may_be_slow(path):
    return path.stem in SLOW or bool(SAYS_SLOW.search(path.read_text("utf-8")))


def pytest_ignore_collect(collection_path, config):
    """Quick tests run beside the build of the site: the files that list its pages are not even read then.

    Nor are files read for the slow tests that have none: each process would read them all, to leave every test out.
    """
    if not collection_path.name.startswith("test_"):
        return None
    if config.option.markexpr == "not slow":
        return collection_path.stem in SLOW or None
    return config.option.markexpr.startswith("slow") and not may_be_slow(collection_path) or None


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.stem in SLOW or {"site", "tab"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
        if item.get_closest_marker("slow") and not may_be_slow(item.path):
            raise pytest.UsageError(f"{item.nodeid} is slow, and make test would not read its file: see SAYS_SLOW")
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@cache  # a dozen tests look at each chapter
def notebook(path):
    """A chapter as it was written, without the cell that an address of the book brings; not to be changed."""
    return launch.with_setup(nbformat.read(path, as_version=4), "")


def scroll_through(tab):
    """Bring every figure of a page near the screen, and wait until its chart is live."""
    for figure in tab.locator(".pm-chart").all():
        figure.scroll_into_view_if_needed()
        figure.locator("xpath=self::*[@data-live]").wait_for(timeout=15000)


@pytest.fixture(scope="session")
def site():
    assert (SITE / "index.html").exists(), "the site is not built: make book"
    return SITE


@pytest.fixture(scope="module")  # closed before the next module, which may start one of its own
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = started(playwright.chromium)
        yield running
        running.close()


@pytest.fixture(scope="session")
def address(site):
    """The site on a web server, below a path as on GitHub Pages."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site.parent))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
    server.shutdown()


def pytest_terminal_summary(terminalreporter):
    """How many of the words that claim something are bound, after a run that looked at them."""
    ran = [report for reports in terminalreporter.stats.values() for report in reports if hasattr(report, "nodeid")]
    if any("test_words.py" in report.nodeid for report in ran):
        terminalreporter.section("words that claim something")
        for line in words.report(words.words()):
            terminalreporter.write_line(line)
