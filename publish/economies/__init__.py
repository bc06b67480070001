"""A page an economy; any pair beside.

``numbers`` (what is printed, of all pairs at once), ``words`` (names, notes, sources), ``drawing`` (two drawings), ``years`` (what an
economy reported in each year), ``pages`` (an economy's page, a pair's places), ``plain`` (an economy's page as Markdown), ``static/pm/pairs.js`` (fills those places for another pair).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from publish import standing
from publish.economies import numbers, pages, plain, words, years
from publish.figures.numbering import base_address
from publish.steps.search import record
from publish.theme.pages import known

STATIC = Path(__file__).with_name("static")


class AnyPair(SphinxDirective):
    """``{any-pair}`` with two codes: the comparison that the page opens with, and the places the script fills."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """The comparison as HTML."""
        a, b = self.arguments
        for code in (a, b):
            if code not in numbers.printed():
                raise self.error(f'any-pair: "{code}" is not in the tables; use a code such as CHN')
        return [nodes.raw("", pages.pair(a, b, base_address(self.config)), format="html")]


class Economies(SphinxDirective):
    """``{economies}``: the list of all economies with their pages."""

    def run(self) -> list[nodes.Node]:
        """The list as HTML."""
        return [nodes.raw("", pages.listed(), format="html")]


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """The page of pairs has rules and a script of its own."""
    if page == pages.PAIRS:
        context["more_style"] = pages.own_style()
        app.add_js_file("pm/pairs.js", loading_method="defer")


def standing_economies(app: Sphinx) -> standing.Group:
    """The pages and files of economies, which come from tables alone."""
    return standing.group(app, "economies", "economies", pages.SHEET, depends=lambda: known(app))


def asked(app: Sphinx) -> tuple[str, ...]:
    """The economies whose pages a book has: all where it has the page of pairs, else none."""
    return tuple(numbers.codes()) if pages.PAIRS in app.env.found_docs else ()


def addresses(app: Sphinx) -> list[str]:
    """The pages of economies."""
    return standing_economies(app).told("addresses", lambda: [pages.address(code) for code in asked(app)])


def made(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages of economies as Sphinx collects them."""
    return pages.pages(app) if asked_anew(app) else iter(())


def asked_anew(app: Sphinx) -> bool:
    """Whether a book has the pages and they do not stand."""
    return pages.PAIRS in app.env.found_docs and not standing_economies(app).stands


def finds(app: Sphinx) -> list[dict[str, str]]:
    """What the search knows of economies."""
    return standing_economies(app).told("finds", lambda: _finds(app))


def _finds(app: Sphinx) -> list[dict[str, str]]:
    return [
        record(
            "Economy",
            words.name(code),
            f"{pages.address(code)}.html",
            f"{code}. {pages.summary(code, pages.worlds_of(code)[0])}",
            f"Partners, {code}",
        )
        for code in asked(app)
    ]


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the files that the script reads, the copies as Markdown, the years as CSV, and the style sheet of the economies' pages."""
    if error or app.builder.format != "html" or not asked_anew(app):
        return
    out = Path(app.outdir)
    (out / pages.SHEET).write_text(pages.sheet(), "utf-8")
    for code in numbers.codes():
        (out / f"{pages.address(code)}.js").write_text(pages.file(code), "utf-8")
        (out / f"{pages.address(code)}.md").write_text(plain.page(code), "utf-8")
        for own in years.reporters(code):
            (out / f"{pages.address(own)}.years.csv").write_text(years.file(own), "utf-8", newline="")
        if years.reported(code):
            (out / f"{pages.address(code)}.years.js").write_text(years.script(code), "utf-8")


def setup(app: Sphinx) -> None:
    """Register directives, pages, files."""
    app.connect("builder-inited", lambda app: app.config.html_static_path.append(str(STATIC)))
    app.add_directive("any-pair", AnyPair)
    app.add_directive("economies", Economies)
    app.connect("html-page-context", page_context)
    app.connect("html-collect-pages", made)
    app.connect("partnership-addresses", addresses)
    app.connect("partnership-finds", finds)
    app.connect("build-finished", write, priority=635)
