"""A figure's page as Markdown: finding, what is drawn and in which unit, its alternative in words, note, addresses of the data, sources, how to cite."""

from __future__ import annotations

from typing import Any

from partnership.prose import literal, so_many
from publish.figures import catalogue
from publish.figures.numbering import Shown
from publish.host import on_the_web


def page(shown: Shown, base: str) -> str:
    """The copy of ``figures/<name>.html``; where the site has no public address, links are relative to that page."""
    told, host = catalogue.entry(shown, base or "../"), shown.host
    measures = ", ".join(f"[{literal(each['name'])}]({each['address']})" for each in told["measures"])
    files = {"Data (CSV)": [told["data"]], "Data by panel (CSV)": told["parts"]}
    files |= {"Data by panel (zip)": [told["zip"]] if told["zip"] else [], "About the data": [told["metadata"]]}
    sources = "\n".join(_source(source, shown.meta["sources"][source["id"]]) for source in told["sources"])
    cited = host.citation(shown.work(base))
    parts = [
        f"# {literal(told['title'])}",
        f"[{literal(shown.place)}]({told['page']})",
        literal(f"Drawn: {told['unit']}") if told["unit"] else "",
        literal(told["description"]),
        literal(f"Note: {told['note']}") if told["note"] else "",
        f"Measured as: {measures}" if measures else "",
        "## Data",
        "\n".join(
            f"- {words}: [{file.rpartition('/')[2]}]({file})" for words, listed in files.items() for file in listed
        ),
        *(["## Sources", sources] if sources else []),
        *(["## How to cite", literal(cited)] if cited else []),
        literal(f"Licence: {host.licence}.") if host.licence else "",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _source(source: dict[str, Any], rows: int) -> str:
    words = literal(", ".join(filter(None, (source["publisher"], source["title"]))))
    address = on_the_web(source["address"])
    linked = f"[{words}](<{address}>)" if address else words
    told = (f"tier {source['tier']}" if source["tier"] else "", source["published"], so_many(rows, "row"))
    return f"- {linked} ({', '.join(filter(None, told))})"
