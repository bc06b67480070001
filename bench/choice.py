"""How soon the page of pairs shows a choice: an economy that is not loaded yet, and one that is."""

from __future__ import annotations

import statistics

from bench import browser, report, server, tools
from publish.economies import numbers, pages

TITLE = "A change of pair"
CHOICES, BOUND = 35, 150  # economies chosen; milliseconds
CHANGE = """code => new Promise(done => {
  const list = document.querySelector(".pm-choice select"), place = document.getElementById("pm-pair"), from = performance.now();
  new MutationObserver(() => { if (place.dataset.a === code) requestAnimationFrame(() => setTimeout(() => done(performance.now() - from))); })
    .observe(place, { attributes: true });
  list.value = code; list.dispatchEvent(new Event("change"));
})"""
"""Choose an economy as A; the promise gives the milliseconds until the page that shows it is painted."""


def measure() -> str:
    """Choose so many economies one after another, then the same again; the bound is for the middle of the first."""
    codes = [code for code in numbers.codes() if code not in ("CHN", "RUS")]
    codes = codes[:: len(codes) // CHOICES][:CHOICES]
    with server.serve(tools.SITE) as address, browser.chromium() as running:
        page = running.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"{address}/{pages.PAIRS}.html")
        browser.throttle(page.context.new_cdp_session(page))
        times = {name: [page.evaluate(CHANGE, code) for code in codes] for name in ("not loaded", "loaded")}
    rows = [
        [name, *(f"{value:.0f}" for value in (min(each), statistics.median(each), max(each)))]
        for name, each in times.items()
    ]
    middle = statistics.median(times["not loaded"])
    return "\n\n".join(
        [
            f"{len(codes)} economies; processor slowed down 4 ×, 9 Mbit/s, 60 ms, gzip; from the choice to the paint that shows it, in ms.",
            report.table(["the economy is", "lowest", "median", "highest"], rows),
            report.target(
                f"{middle:.0f} ms in the middle for an economy that is not loaded, at most {BOUND}", middle <= BOUND
            ),
        ]
    )
