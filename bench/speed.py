"""How soon a reader sees a chapter and its charts: this book, a default build, a bare page, in turns."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from bench import browser, report, server, tools, variants

TITLE = "Speed of a chapter with its charts"
CHAPTER, ROUNDS = "trade-volume", 5

BOOK, DEFAULT, BARE = "this book", "default Jupyter Book", "bare page"
CONDITIONS = (
    f"Chapter `{CHAPTER}`, {{charts}} charts; processor slowed down 4 ×, 9 Mbit/s, 60 ms; empty cache, gzip; window of 1280 × 800, not scrolled or touched, "
    f"and a tall one that shows the whole chapter, where the reader moves the mouse once after loading. Median of {ROUNDS} (lowest to highest), the forms in turns. Times in ms. "
    "The bare page has the words and drawings that one sees at first, a style of three lines, no script."
)


@dataclass
class Variant:
    """A form of the chapter, and what its loads gave: in a common window, and in one that shows all of it."""

    address: str
    common: list[browser.Load] = field(default_factory=list)
    tall: list[browser.Load] = field(default_factory=list)


def measure() -> str:
    """Load the forms in turns, so that a busy moment of the machine falls on all of them."""
    bare = variants.bare_page(tools.SITE / "chapters" / f"{CHAPTER}.html", tools.SPACE / "bare")
    roots = {BOOK: (tools.SITE, "chapters/")}
    try:
        default = variants.default_book(tools.SPACE / "default")
        variants.place_scripts(default)
        roots[DEFAULT] = (default.site, "chapters/")
        words = about_default()
    except tools.Missing as reason:
        words = f"The default build could not be made here: {reason}."
    roots[BARE] = (bare.parent, "")
    with ExitStack() as stack:
        forms = {
            form: Variant(f"{stack.enter_context(server.serve(root))}/{folder}{CHAPTER}.html")
            for form, (root, folder) in roots.items()
        }
        rounds(stack.enter_context(browser.chromium()), list(forms.values()))
    return "\n\n".join([CONDITIONS.format(charts=charts()), words, table(forms), targets(forms)])


def charts() -> int:
    """How many figures the chapter has."""
    return (tools.SITE / "chapters" / f"{CHAPTER}.html").read_text("utf-8").count('<figure class="pm-figure"')


def rounds(running: Any, forms: list[Variant]) -> None:
    """Once without counting, which also tells the height of the pages; then in turns."""
    height = max(browser.load(running, form.address).height for form in forms)
    for _ in range(ROUNDS):
        for form in forms:
            form.common.append(browser.load(running, form.address, slow=True))
            form.tall.append(browser.load(running, form.address, slow=True, height=height, touch=True))


def about_default() -> str:
    """What the default build is."""
    theme = tools.version(tools.SPACE / "jupyter-book-1" / "bin", "sphinx-book-theme")
    return (
        f"The default build is {variants.DEFAULT[0]} with its settings as they come, sphinx-book-theme {theme}, and the output of Altair's default renderer. "
        "That renderer fetches three scripts from a public script server; without internet they come from the same loopback server as the page, "
        "which spares the default build one more connection to another host."
    )


def table(forms: dict[str, Variant]) -> str:
    """The measured values, one form a column."""
    lines = [
        ("first paint", lambda form: middle(load.paint for load in form.common)),
        ("largest paint (LCP)", lambda form: middle(load.lcp for load in form.common)),
        ("first chart drawn", lambda form: middle(load.drawn for load in form.common)),
        ("blocked before scrolling", lambda form: middle(load.blocking for load in form.common)),
        ("layout shift", lambda form: middle((load.shift for load in form.common), 3)),
        ("layout shift, tall window", lambda form: middle((load.shift for load in form.tall), 3)),
        ("charts live without scrolling", lambda form: middle(len(load.live) for load in form.common)),
        ("last of them live after", lambda form: middle(last(load) for load in form.common)),
        ("charts live in the tall window", lambda form: middle(len(load.live) for load in form.tall)),
        ("last of them live after", lambda form: middle(last(load) for load in form.tall)),
        ("blocked, tall window", lambda form: middle(load.blocking for load in form.tall)),
        ("requests", lambda form: middle(len(load.sent) for load in form.common)),
        ("kB", lambda form: middle(sum(load.sent.values()) / 1000 for load in form.common)),
    ]
    return report.table(["", *forms], [[words, *map(of, forms.values())] for words, of in lines])


def middle(values: Iterable[float], digits: int = 0) -> str:
    """Median, and lowest to highest where they differ; a dash for what did not happen."""
    shown = sorted(values)
    if shown[-1] == math.inf:
        return "–"
    ends = f"{shown[0]:.{digits}f}", f"{shown[-1]:.{digits}f}"
    return f"{statistics.median(shown):.{digits}f}" + (f" ({ends[0]}–{ends[1]})" if ends[0] != ends[1] else "")


def last(load: browser.Load) -> float:
    """When the last chart that came to life did so."""
    return load.live[-1] if load.live else math.inf


def targets(forms: dict[str, Variant]) -> str:
    """What the book aims at."""
    book = forms[BOOK]
    lcp = {name: statistics.median(load.lcp for load in form.common) for name, form in forms.items()}
    live = {name: statistics.median(last(load) for load in form.tall) for name, form in forms.items()}
    shift = statistics.median(max(one.shift, other.shift) for one, other in zip(book.common, book.tall, strict=True))
    blocking, bare = (statistics.median(load.blocking for load in form.common) for form in (book, forms[BARE]))
    all_live = min(len(load.live) for load in book.tall) == charts()
    plain = lcp[BOOK] / lcp[BARE]
    lines = [
        report.target(f"LCP at most 1.25 × the bare page's: {plain:.2f} ×", plain <= 1.25),
        report.target(f"layout shift at most 0.01, in both windows: {shift:.3f}", shift <= 0.01),
        report.target(f"blocked before scrolling at most 50 ms: {blocking:.0f} ms", blocking <= 50),
        report.target(f"… and at most 1.2 × the bare page's {bare:.0f} ms", blocking <= 1.2 * bare),
    ]
    if DEFAULT in forms:
        half, ours, theirs = lcp[BOOK] / lcp[DEFAULT], live[BOOK], live[DEFAULT]
        lines += [
            report.target(f"LCP at most 0.45 of the default build's: {half:.2f} of it", half <= 0.45),
            report.target(
                f"all {charts()} charts live no later than in the default build: {ours:.0f} and {theirs:.0f} ms",
                all_live and ours <= theirs,
            ),
        ]
    return "\n".join(lines)
