"""What figures and numbers ask of the book in which they stand.

``publish.figures`` and ``publish.said`` know no register of sources, no measures, no claims, no citation. They ask the host,
a value of the Sphinx configuration (``book_host``). :class:`Host` knows only what the cells themselves say; a book that knows
more overrides what it can answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

NAMED = 4  # publishers named in a source line before "and others"


@dataclass(frozen=True)
class Source:
    """A source; what is not known is ``None``."""

    id: str
    publisher: str
    title: str | None = None
    address: str | None = None
    published: str | None = None
    tier: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class Cited:
    """A figure as something to cite: name, title, number, address."""

    name: str
    title: str
    number: str
    address: str


def on_the_web(address: str | None) -> str:
    """An address that a link may lead to, else nothing: so for the name of a package, and for ``javascript:``."""
    return address if address and address.startswith(("http://", "https://")) else ""


def pages_in_order(env: BuildEnvironment) -> list[str]:
    """Document names in the order of the contents, as they are numbered; what stands in no contents comes last."""
    ordered: dict[str, None] = {}

    def add(page: str) -> None:
        if page not in ordered and page in env.found_docs:
            ordered[page] = None
            for child in env.toctree_includes.get(page, []):
                add(child)

    add(env.config.root_doc)
    return [*ordered, *sorted(set(env.found_docs) - set(ordered))]


def one_name(author: str) -> str:
    """A name that citation managers do not split: they take what follows a comma for the first name."""
    return author.replace(",", "")


class Host:
    """A book without a register."""

    licence = ""
    version = ""
    released = ""
    authors: tuple[str, ...] = ()
    styled = False
    """Whether the theme has rules for figures and numbers; if not, the extensions bring their own."""

    def __init__(self, book: str = "") -> None:
        self.book = book

    # -- what a book may know better --------------------------------------------------------------

    def source(self, name: str) -> Source:
        """The source that rows name so."""
        return Source(name, name)

    def tier_words(self, tier: str) -> str:
        """What the reliability of a source is, in words; nothing if sources have none."""
        return ""

    def table(self, name: str) -> str:
        """The address that tells what a table holds, if any."""
        return ""

    def row_words(self, table: str, line: int, column: str) -> str:
        """What a row of a table is, in short; nothing if the book cannot say."""
        return ""

    def reporters(self, text: str) -> str:
        """Who counted, as a reader knows them."""
        return text

    def term(self, measure: str) -> str:
        """What the field calls a measure."""
        return measure.replace("_", " ")

    def meaning(self, test: str) -> str:
        """The address that tells what the word of a test must mean, if any."""
        return ""

    def claims(self, record: Mapping[str, Any]) -> str:
        """HTML links to what others have said of a number, if anything."""
        return ""

    def citation(self, work: Cited) -> str:
        """The citation of a figure in one line."""
        return ""

    def citation_files(self, work: Cited) -> dict[str, str]:
        """Ending and text of each file for citation managers."""
        return {}

    def cite(self, work: Cited, files: str) -> str:
        """How to cite a figure, as HTML; ``files`` is the address of the files without their ending."""
        return ""

    # -- what follows from it ---------------------------------------------------------------------

    def sources(self, names: Iterable[str]) -> list[Source]:
        """The sources, best tier first."""
        found = [self.source(name) for name in sorted(set(names))]
        return sorted(found, key=lambda source: (source.tier or "", source.publisher))

    def link(self, name: str) -> str:
        """One source as HTML: publisher, title, linked to its address."""
        source = self.source(name)
        words = escape(source.publisher) + (f", {escape(source.title)}" if source.title else "")
        if address := on_the_web(source.address):
            return f'<a href="{escape(address, quote=True)}">{words}</a>'
        return words

    def links(self, names: list[str]) -> str:
        """The first sources as HTML."""
        more = len(names) - NAMED
        return "; ".join(map(self.link, names[:NAMED])) + (f"; and {more} more" if more > 0 else "")

    def table_links(self, names: Iterable[str]) -> str:
        """Tables as HTML, each linked to what it holds."""
        return ", ".join(
            f'<a href="{address}">{escape(name)}</a>' if (address := self.table(name)) else escape(name)
            for name in names
        )

    def worst_tier(self, names: Iterable[str]) -> str:
        """The lowest tier among some sources; empty if they have none."""
        return max((self.source(name).tier or "" for name in names), default="")

    def newest(self, names: Iterable[str]) -> str:
        """The latest publication date among some sources, as precise as it is known; empty if none is."""
        return max((self.source(name).published or "" for name in names), default="")

    def publishers(self, names: Iterable[str] | Mapping[str, int]) -> str:
        """Publishers in plain text, best tier first, then by the rows that come from them where these are counted; each once."""
        counted = names if isinstance(names, Mapping) else dict.fromkeys(names, 0)
        ranks: dict[str, tuple[str, int]] = {}
        for name, rows in counted.items():
            source = self.source(name)
            tier, fewer = ranks.get(source.publisher, (source.tier or "", 0))
            ranks[source.publisher] = min(tier, source.tier or ""), fewer - rows
        ordered = sorted(ranks, key=ranks.__getitem__)
        more = len(ordered) - NAMED
        return "; ".join(ordered[:NAMED]) + (f"; and {more} more" if more > 0 else "")

    def credit(self, names: Mapping[str, int], also: str = "") -> str:
        """The source line in plain text: publishers, how many rows have the lowest tier, ``also`` what stands beside it; empty without sources."""
        if not names:
            return ""
        worst = self.worst_tier(names)
        low, all_rows = (
            sum(rows for name, rows in names.items() if self.source(name).tier == worst),
            sum(names.values()),
        )
        share = f"{low:,} of {all_rows:,} rows of lowest" if low < all_rows else "all rows of"
        apart = "; ".join(filter(None, (f"{share} {tier}" if (tier := self.tier_words(worst)) else "", also)))
        return f"Source: {self.publishers(names)}{f' ({apart})' if apart else ''}."


def of(config: Any) -> Host:
    """The host that a configuration names, or one that knows the project's name only."""
    return config.book_host or Host(config.project)


def apart(writer: Any, html: str) -> str:
    """Register HTML that stands beside the text of a page, such as its notes, so that plain-text copies can skip it."""
    vars(writer).setdefault("book_apart", []).append(html)
    return html


def setup(app: Sphinx) -> None:
    """Register the configuration value, once."""
    if "book_host" not in app.config:
        app.add_config_value("book_host", None, "")
