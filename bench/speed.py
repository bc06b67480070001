"""How soon a reader sees a chapter and its charts: this book, a default build, a bare page, in turns."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from bench import browser, report, server, tools, variants

TITLE = "Speed of a chapter with six charts"
CHAPTER, CHARTS, ROUNDS = "trade-volume", 6, 5


@dataclass
class Variant:
    """A form of the chapter, and what its loads gave: in a common window, and in one that shows all of it."""

    words: str
    address: str
    common: list[browser.Load]
    tall: list[browser.Load]


def measure() -> str:
    """Load the three forms in turns, so that a busy moment of the machine falls on all of them."""
    default, _ = variants.default_book(tools.SPACE / "default")
    theme = tools.version(tools.SPACE / "jupyter-book-1" / "bin", "sphinx-book-theme")
    bare = variants.bare_page(tools.SITE / "chapters" / f"{CHAPTER}.html", tools.SPACE / "bare")
    with ExitStack() as stack:
        here, there, plain = (stack.enter_context(server.serve(root)) for root in (tools.SITE, default, bare.parent))
        forms = [
            Variant("this book", f"{here}/chapters/{CHAPTER}.html", [], []),
            Variant("default Jupyter Book", f"{there}/chapters/{CHAPTER}.html", [], []),
            Variant("bare page", f"{plain}/{CHAPTER}.html", [], []),
        ]
        running = stack.enter_context(browser.chromium())
        rounds(running, forms)
    return "\n\n".join([explanation(theme), table(forms), targets(*forms)])


def rounds(running: Any, forms: list[Variant]) -> None:
    """Once without counting, which also tells the height of the pages; then in turns."""
    height = max(browser.load(running, form.address).height for form in forms)
    for _ in range(ROUNDS):
        for form in forms:
            form.common.append(browser.load(running, form.address, slow=True))
            form.tall.append(browser.load(running, form.address, slow=True, height=height, touch=True))


def explanation(theme: str) -> str:
    """What was compared, and how."""
    return (
        f"Chapter `{CHAPTER}`, {CHARTS} charts; processor slowed down 4 ×, 9 Mbit/s, 60 ms; empty cache, gzip; window of 1280 × 800, not scrolled or touched, "
        f"and a tall one that shows the whole chapter, where the reader moves the mouse once after loading. Median of {ROUNDS} (lowest to highest), the forms in turns. Times in ms.\n\n"
        f"The default build is {variants.DEFAULT[0]} with its settings as they come, sphinx-book-theme {theme}, and the output of Altair's default renderer. "
        "That renderer fetches three scripts from a public script server; here they come from the same loopback server as the page, "
        "which spares the default build one more connection to another host. The bare page has the words and drawings that one sees at first, a style of three lines, no script."
    )


def table(forms: list[Variant]) -> str:
    """The measured values, one form a column."""
    lines = [
        ("first paint", lambda form: middle(load.paint for load in form.common)),
        ("largest paint (LCP)", lambda form: middle(load.lcp for load in form.common)),
        ("first chart drawn", lambda form: middle(load.drawn for load in form.common)),
        ("blocked before scrolling", lambda form: middle(load.blocking for load in form.common)),
        ("layout shift", lambda form: middle((load.shift for load in form.common), 3)),
        ("layout shift, tall window", lambda form: middle((load.shift for load in form.tall), 3)),
        ("charts live without scrolling", lambda form: middle(len(load.live) for load in form.common)),
        ("last of these live", lambda form: middle(last(load) for load in form.common)),
        ("charts live in the tall window", lambda form: middle(len(load.live) for load in form.tall)),
        ("last of these live", lambda form: middle(last(load) for load in form.tall)),
        ("blocked, tall window", lambda form: middle(load.blocking for load in form.tall)),
        ("requests", lambda form: middle(len(load.sent) for load in form.common)),
        ("kB", lambda form: middle(sum(load.sent.values()) / 1000 for load in form.common)),
    ]
    return report.table(["", *(form.words for form in forms)], [[words, *map(of, forms)] for words, of in lines])


def middle(values: Iterable[float], digits: int = 0) -> str:
    """Median, and lowest to highest where they differ."""
    shown = sorted(values)
    ends = f"{shown[0]:.{digits}f}", f"{shown[-1]:.{digits}f}"
    return f"{statistics.median(shown):.{digits}f}" + (f" ({ends[0]}–{ends[1]})" if ends[0] != ends[1] else "")


def last(load: browser.Load) -> float:
    """When the last chart that came to life did so."""
    return load.live[-1] if load.live else 0


def targets(book: Variant, default: Variant, bare: Variant) -> str:
    """What the book aims at."""
    lcp = {form.words: statistics.median(load.lcp for load in form.common) for form in (book, default, bare)}
    shift = statistics.median(max(a.shift, b.shift) for a, b in zip(book.common, book.tall, strict=True))
    blocking = statistics.median(load.blocking for load in book.common)
    ours, theirs = (statistics.median(last(load) for load in form.tall) for form in (book, default))
    all_live = min(len(load.live) for load in book.tall) == CHARTS
    half, plain = lcp[book.words] / lcp[default.words], lcp[book.words] / lcp[bare.words]
    return "\n".join(
        [
            report.target(f"LCP at most half of the default build's: {half:.2f} of it", half <= 0.5),
            report.target(f"LCP at most 1.5 × the bare page's: {plain:.2f} ×", plain <= 1.5),
            report.target(f"layout shift at most 0.01, in both windows: {shift:.3f}", shift <= 0.01),
            report.target(f"blocked before scrolling at most 50 ms: {blocking:.0f} ms", blocking <= 50),
            report.target(
                f"all {CHARTS} charts live no later than in the default build: {ours:.0f} and {theirs:.0f} ms",
                all_live and ours <= theirs,
            ),
        ]
    )
