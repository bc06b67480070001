"""A page an economy; any pair beside.

``numbers`` (what is printed, of all pairs at once), ``words`` (names, notes, sources), ``drawing`` (two drawings), ``years`` (what an
economy reported in each year), ``pages`` (an economy's page, a pair's places), ``plain`` (an economy's page as Markdown), ``static/pm/pairs.js`` (fills those places for another pair).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from publish import standing
from publish.background import Background
from publish.economies import numbers, pages, plain, words, years
from publish.figures.numbering import base_address
from publish.steps.search import record
from publish.theme.pages import known

NAME = "economies"
STATIC = Path(__file__).with_name("static")


class place(nodes.General, nodes.Element):  # noqa: N801
    """Place of something that is made meanwhile; attribute ``what``."""


class AnyPair(SphinxDirective):
    """``{any-pair}``: the comparison that the page opens with, and the places the script fills."""

    what = "opening"

    def run(self) -> list[nodes.Node]:
        """Leave the place."""
        return [place("", what=self.what)]


class Economies(AnyPair):
    """``{economies}``: the list of all economies with their pages."""

    what = "listed"


def visit_html(self: Any, node: place) -> None:
    """What is made of all economies at once."""
    app = self.builder.app
    self.body.append(standing_economies(app).told(node["what"], lambda: everything(app)[node["what"]]))
    raise nodes.SkipNode


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """The page of pairs has rules and a script of its own."""
    if page == pages.PAIRS:
        context["more_style"] = pages.own_style()
        app.add_js_file("pm/pairs.js", loading_method="defer")


def make(base: str) -> dict[str, Any]:
    """Of each economy by code: what its page is given, its files, what the search knows of it; two parts of the page of pairs."""
    return {
        "economies": {
            code: {"page": pages.page(code, base), "files": _files(code), "finds": _finds(code)}
            for code in numbers.codes()
        },
        "opening": pages.pair(*pages.OPENING, base),
        "listed": pages.listed(),
    }


def _files(code: str) -> dict[str, str]:
    """What the script reads, the copy as Markdown, the years of each reporter as CSV and for the script, by their address."""
    own = {f"{pages.address(reporter)}.years.csv": years.file(reporter) for reporter in years.reporters(code)}
    script = {f"{pages.address(code)}.years.js": years.script(code)} if years.reported(code) else {}
    return {
        f"{pages.address(code)}.js": pages.file(code),
        f"{pages.address(code)}.md": plain.page(code),
        **own,
        **script,
    }


def _finds(code: str) -> dict[str, str]:
    known = " ".join(
        note for note in words.notes(code) if note not in words.apart(code)
    )  # those stand alike on many pages
    words_of = f"{code}. {pages.summary(code, pages.worlds_of(code)[0])} {known}".strip()
    return record("Economy", words.name(code), f"{pages.address(code)}.html", words_of, f"Partners, {code}")


def asked(app: Sphinx) -> bool:
    """Whether a book has pages of economies: where it has the page of pairs."""
    return app.builder.format == "html" and pages.PAIRS in app.env.found_docs


def begin(app: Sphinx, env: BuildEnvironment, changed: list[str]) -> None:
    """Before the pages are read: start on what has to be made."""
    if asked(app) and standing.outdated(app, NAME):
        _begun(app)


def _begun(app: Sphinx) -> Background:
    """What makes all economies, once a build."""
    if "partnership_economies" not in vars(app):
        vars(app)["partnership_economies"] = Background(make, base_address(app.config))
    return vars(app)["partnership_economies"]


def end(app: Sphinx, error: Exception | None) -> None:
    """Where the build failed, nobody waits."""
    if error and (begun := vars(app).get("partnership_economies")):
        begun.stop()


def standing_economies(app: Sphinx) -> standing.Group:
    """The pages and files of economies, which come from tables alone."""
    return standing.group(app, NAME, "economies", pages.SHEET, depends=lambda: known(app))


def everything(app: Sphinx) -> dict[str, Any]:
    """What :func:`make` has made; it begins now where only the contents of the book, or what is asked for, have changed."""
    return _begun(app).result()


def addresses(app: Sphinx) -> list[str]:
    """The pages of economies."""
    return _told(app, "addresses", lambda: [pages.address(code) for code in everything(app)["economies"]])


def _told(app: Sphinx, name: str, make: Callable[[], list[Any]]) -> list[Any]:
    """What a book with these pages tells of them."""
    return standing_economies(app).told(name, make) if asked(app) else []


def made(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages of economies as Sphinx collects them."""
    if asked(app) and not standing_economies(app).stands:
        for code, found in everything(app)["economies"].items():
            yield pages.address(code), found["page"], "page.html"


def finds(app: Sphinx) -> list[dict[str, str]]:
    """What the search knows of economies."""
    return _told(app, "finds", lambda: [found["finds"] for found in everything(app)["economies"].values()])


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the files and the style sheet of the pages."""
    if error or not asked(app) or standing_economies(app).stands:
        return
    out = Path(app.outdir)
    (out / pages.SHEET).write_text(pages.sheet(), "utf-8")
    for found in everything(app)["economies"].values():
        for name, text in found["files"].items():
            (out / name).write_text(text, "utf-8", newline="")


def setup(app: Sphinx) -> None:
    """Register directives, pages, files."""
    app.connect("builder-inited", lambda app: app.config.html_static_path.append(str(STATIC)))
    app.add_node(place, html=(visit_html, None))
    app.add_directive("any-pair", AnyPair)
    app.add_directive("economies", Economies)
    app.connect("env-before-read-docs", begin)
    app.connect("html-page-context", page_context)
    app.connect("html-collect-pages", made)
    app.connect("partnership-addresses", addresses)
    app.connect("partnership-finds", finds)
    app.connect("build-finished", end, priority=100)
    app.connect("build-finished", write, priority=635)
