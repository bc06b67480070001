"""One load of a page in Chromium: what was sent, what was seen when, how long the page was deaf."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench import tools
from publish import browser
from publish.browser import started

ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
SLOW = {"rate": 4, "latency": 60, "down": 9e6 / 8, "up": 1.5e6 / 8}  # bytes a second, milliseconds
QUIET, LONGEST = 2.0, 40.0  # seconds without news until a load counts as over, and at most
OPENED = 1500  # milliseconds in which a new window has loaded its own parts, which are pages too

PROBE = """
window.bench = {paint: 0, lcp: 0, shift: 0, blocking: 0, drawn: 0, live: []};
{
  const bench = window.bench;
  const watch = (type, use) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({type, buffered: true});
  watch("paint", (entry) => { if (entry.name === "first-contentful-paint") bench.paint = entry.startTime; });
  watch("largest-contentful-paint", (entry) => { bench.lcp = entry.startTime; });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) bench.shift += entry.value; });
  watch("longtask", (entry) => { bench.blocking += entry.duration - 50; });
  const classed = (name) => document.getElementsByClassName(name);
  const drawings = classed("marks"), figures = classed("pm-chart"), embedded = classed("vega-embed");
  const alive = () => [...figures].filter((figure) => ["wide", "narrow"].includes(figure.dataset.live)).length
    + [...embedded].filter((figure) => figure.querySelector(".marks")).length;
  const sized = new IntersectionObserver(([entry]) => {
    if (entry.boundingClientRect.height && !bench.drawn) bench.drawn = performance.now();
  });
  let first;
  const look = () => {
    if (drawings[0] && drawings[0] !== first) sized.observe(first = drawings[0]);
    for (let count = alive(); bench.live.length < count;) bench.live.push(performance.now());
    requestAnimationFrame(look);
  };
  look();
}
"""


@dataclass
class Load:
    """What one load of a page gave; times in milliseconds since the request for the page."""

    paint: float
    lcp: float
    shift: float
    blocking: float
    drawn: float
    live: list[float]
    height: int
    sent: dict[str, int] = field(default_factory=dict)  # address to bytes, headers and compression included


def program() -> str:
    """The path of Chromium, which must be installed."""
    try:
        return browser.program()
    except RuntimeError as error:
        raise tools.Missing(str(error)) from None


@contextmanager
def chromium() -> Iterator[Any]:
    """A running Chromium that finds no host but this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program()  # says what to install
        browser = started(playwright.chromium, ALONE)
        yield browser
        browser.close()


def load(browser: Any, address: str, *, height: int = 800, slow: bool = False, touch: bool = False) -> Load:
    """Open a page with an empty cache, wait until nothing happens any more, and do not scroll.

    With ``touch`` the reader moves the mouse once when the page has loaded.
    """
    context = browser.new_context(viewport={"width": 1280, "height": height})
    page = context.new_page()
    page.add_init_script(PROBE)
    page.wait_for_timeout(OPENED)
    sent = _listen(context.new_cdp_session(page), slow)
    page.goto(address, wait_until="load")
    if touch:
        page.mouse.move(200, 300)
    result = _settle(page)
    tall = page.evaluate("document.documentElement.scrollHeight")
    context.close()
    return Load(**result, height=tall, sent=dict(sent.values()))


def _listen(session: Any, slow: bool) -> dict[str, tuple[str, int]]:
    """Keep what is sent: by request, its address and its bytes; with ``slow``, slow processor and network down."""
    sent: dict[str, tuple[str, int]] = {}
    session.on(
        "Network.responseReceived", lambda event: sent.update({event["requestId"]: (event["response"]["url"], 0)})
    )
    session.on(
        "Network.loadingFinished",
        lambda event: (
            sent.update({event["requestId"]: (sent[event["requestId"]][0], int(event["encodedDataLength"]))})
            if event["requestId"] in sent
            else None
        ),
    )
    session.send("Network.enable")
    if slow:
        throttle(session)
    return sent


def throttle(session: Any) -> None:
    """Slow the processor and the network of a page down."""
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW["rate"]})
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": SLOW["latency"],
            "downloadThroughput": SLOW["down"],
            "uploadThroughput": SLOW["up"],
        },
    )


def _settle(page: Any) -> dict[str, Any]:
    """Wait until the measured values no longer change."""
    start = changed = time.monotonic()
    before: dict[str, Any] = {}
    while (now := time.monotonic()) - changed < QUIET and now - start < LONGEST:
        values = page.evaluate("bench")
        if values != before:
            before, changed = values, now
        page.wait_for_timeout(250)
    return before
