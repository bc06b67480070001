"""An economy's page as Markdown, from the same printed values."""

from __future__ import annotations

from html import unescape

from partnership.views import any_pair
from publish.economies import pages, words, years
from publish.steps.markdown import grid


def page(code: str) -> str:
    """Summary, notes, totals, and the partners in each table that has the economy."""
    worlds = pages.worlds_of(code)
    totals = [
        [words.SHORT.get(world, world), words.BASIS[world], *pages.totals(code, world)]
        for world in any_pair.worlds()
        if world in worlds
    ]
    parts = [
        f"# {words.name(code)} ({code})",
        pages.summary(code, worlds[0]),
        "\n".join(f"- {note}" for note in (*words.above(code), *words.below(code))),
        "## In numbers",
        _table(["Table", "Basis", *pages.TOTALS], totals),
        pages.ABOUT_HHI,
        *_years(code),
        *(part for world in worlds for part in _partners(code, world)),
        f"Rank: among buyers or suppliers. {unescape(pages.about(code))}",
        f"{words.sources()} {words.HOLES}",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _partners(code: str, world: str) -> list[str]:
    sold, bought, *more = pages.PARTNERS
    rows = [
        [words.name(other), *pages.partner(code, world, other)] for other in pages.largest(code, world)[: pages.SHOWN]
    ]
    many, (out, into, both) = pages.rest(code, world)
    if many:
        rows.append([f"The rest ({many})", out, "", into, "", both, "", ""])
    heading = f"## Partners, {words.SHORT.get(world, world)} ({words.BASIS[world]})"
    return [heading, _table(["Partner", sold, "Rank", bought, "Rank", *more], rows)]


def _years(page: str) -> list[str]:
    """What the economy, and each reporter of which it was a part, said of its trade in each year."""
    own = years.reporters(page)
    parts = [] if page in own else [f"## {years.OWN}: none", years.none(page)]
    for code in own:
        said = "\n".join(f"- {remark}" for remark in years.remarks(code))
        parts += [f"## {years.heading(code, page)}", said, _table(years.HEADS, years.table(code))]
    return [*parts, years.BASIS] if own else parts


def _table(heads: list[str], rows: list[list[str]]) -> str:
    return grid([unescape(head).replace("\u00ad", "") for head in heads], *rows)
