"""Every figure of the book with its page, number and spec, in the order of the contents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from publish import standing
from publish.figures.stored import chart
from publish.host import Cited, Host, of, pages_in_order

NOTED = "figures"
"""What Sphinx notes of a page with figures."""


@dataclass(frozen=True)
class Measure:
    """A measure where it is explained."""

    name: str
    page: str
    term: str = ""
    """What the field calls it."""

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"measure-{self.name.replace('_', '-')}"

    @property
    def path(self) -> str:
        """Address below the site's root."""
        return f"{self.page}.html#{self.anchor}"


def drawn(env: BuildEnvironment, spec: dict[str, Any]) -> tuple[Measure, ...]:
    """The measures that a figure draws, as far as a page explains them (``formulas`` warns of others)."""
    found = []
    for name in spec["usermeta"]["figure"].get("measures", ()):
        page, _ = env.domains["std"].anonlabels.get(Measure(name, "").anchor, ("", ""))
        if page:
            found.append(Measure(name, page, of(env.config).term(name)))
    return tuple(found)


@dataclass(frozen=True)
class Shown:
    """A figure where it stands."""

    name: str
    page: str
    number: str
    spec: dict[str, Any]
    measures: tuple[Measure, ...] = ()
    host: Host = Host()

    @property
    def meta(self) -> dict[str, Any]:
        """What the notebook says of the figure."""
        return self.spec["usermeta"]["figure"]

    @property
    def path(self) -> str:
        """Address below the site's root."""
        return f"{self.page}.html#fig-{self.name}"

    def work(self, base: str) -> Cited:
        """The figure as something to cite."""
        return Cited(self.name, self.meta["title"], self.number, base + self.path)

    @property
    def place(self) -> str:
        """Number and book in words, as far as they are known."""
        return f"{f'Figure {self.number}'.strip()}{f' of {self.host.book}' if self.host.book else ''}"


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Remember id and spec of each figure, so that an incremental build need not read all pages."""
    app.env.metadata[app.env.docname][NOTED] = [(node["ids"][0], node["spec"]) for node in doctree.findall(chart)]


@cache
def _spec(text: str) -> dict[str, Any]:
    return json.loads(text)  # steps ask for all figures a dozen times


def figures(env: BuildEnvironment) -> Iterator[Shown]:
    """All figures."""
    for page in pages_in_order(env):
        numbers = env.toc_fignumbers.get(page, {}).get("figure", {})
        for anchor, text in env.metadata[page].get(NOTED, ()):
            spec = _spec(text)
            digits = ".".join(map(str, numbers.get(anchor, ())))
            yield Shown(spec["usermeta"]["figure"]["name"], page, digits, spec, drawn(env, spec), of(env.config))


def base_address(config: Any) -> str:
    """The site's public address with a slash at the end, or nothing if it has none yet."""
    return config.html_baseurl.rstrip("/") + "/" if config.html_baseurl else ""


def standing_figures(app: Sphinx) -> standing.Group:
    """The files of all figures, to be asked for when the figures have their numbers."""
    return standing.group(app, "figures", "figures", "figures.json", depends=lambda: _told(app.env))


def _told(env: BuildEnvironment) -> object:
    """Everything that pages tell of figures, and what the pages are called.

    Raises
    ------
    ExtensionError
        If two figures have one name: the files of one would take the place of the other's.
    """
    told, pages = [], dict[str, str]()
    for each in figures(env):
        if each.name in pages:
            raise ExtensionError(f"{pages[each.name]} and {each.page} both show a figure with name={each.name!r}")
        pages[each.name] = each.page
        told.append([each.name, each.page, each.number, each.spec, [*map(asdict, each.measures)]])
    return told, {page: title.astext() for page, title in env.titles.items()}


def setup(app: Sphinx) -> None:
    """Register the moment when a page is read."""
    app.connect("doctree-read", note, priority=900)
