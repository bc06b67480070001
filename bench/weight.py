"""What a reader's browser fetches, page by page: at load, when the reader stirs, and for live charts."""

from __future__ import annotations

import re

from bench import browser, report, server, tools

TITLE = "Weight of the pages"
KILOBYTES, REQUESTS = 110, 12
LIST = {"figures": 100}  # kilobytes of pages that have a budget of their own
CHARTS = re.compile(r"/pm/vega\.js|/figures/[^/]+\.js")


def split(load: browser.Load) -> tuple[dict[str, int], dict[str, int]]:
    """What was sent for the page itself, and for its live charts."""
    charts = {address: size for address, size in load.sent.items() if CHARTS.search(address)}
    return {address: size for address, size in load.sent.items() if address not in charts}, charts


def measure() -> str:
    """Load every page twice; the budget is for the heaviest chapter."""
    rows, rest, page, charts = [], {}, {}, {}
    with server.serve(tools.SITE) as address, browser.chromium() as running:
        for path in [*sorted(tools.SITE.glob("chapters/*.html")), tools.SITE / "search.html"]:
            place = f"{address}/{path.relative_to(tools.SITE)}"
            rest[path.stem] = browser.load(running, place).sent
            page[path.stem], charts[path.stem] = split(browser.load(running, place, touch=True))
    for name, files in page.items():
        live = charts[name]
        rows.append([name, len(rest[name]), _kb(rest[name]), len(files), _kb(files), len(live), _kb(live)])
    script = len(server.content(tools.SITE / "_static" / "pm" / "vega.js")[0]) / 1000
    return "\n\n".join(
        [
            "gzip, headers included, window of 1280 × 800, not scrolled; first untouched, then with one movement of the mouse, "
            "on which the charts near the screen come to life.",
            report.table(
                ["page", "untouched: requests", "kB", "touched: requests", "kB", "live charts: requests", "kB"], rows
            ),
            f"The chart script: {script:.1f} kB with gzip, once for the whole book.",
            targets(page),
        ]
    )


def targets(page: dict[str, dict[str, int]]) -> str:
    """The budget of a chapter that somebody uses, without its live charts; other pages over it are named."""
    chapters = {path.stem for path in (tools.ROOT / "chapters").glob("*.ipynb")}
    heaviest = max(chapters, key=lambda name: sum(page[name].values()))
    most = max(chapters, key=lambda name: len(page[name]))
    lines = [
        report.target(
            f"a chapter at most {KILOBYTES} kB: {heaviest} with {_kb(page[heaviest])} kB", light(page[heaviest])
        ),
        report.target(f"at most {REQUESTS} requests: {most} with {len(page[most])}", len(page[most]) <= REQUESTS),
    ]
    for name, most_of_it in LIST.items():
        kept = sum(page[name].values()) <= most_of_it * 1000 and len(page[name]) <= REQUESTS
        lines.append(
            report.target(
                f"{name} at most {most_of_it} kB and {REQUESTS} requests: {_kb(page[name])} kB, {len(page[name])}", kept
            )
        )
    others = [name for name, files in page.items() if not (light(files) and len(files) <= REQUESTS or name in chapters)]
    return "\n".join(lines + [f"- over this, but not a chapter: {name}" for name in others])


def light(files: dict[str, int]) -> bool:
    """Whether a page keeps to the budget of bytes."""
    return sum(files.values()) <= KILOBYTES * 1000


def _kb(files: dict[str, int]) -> str:
    return f"{sum(files.values()) / 1000:.1f}"
