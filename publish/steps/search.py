"""What the book's search knows: figures, claims, numbers, terms, tables and sections, each with its address and its words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from partnership import claims, data, prose
from partnership.measures import TERMS
from publish.figures.numbering import Measure, figures, pages_in_order
from publish.figures.stored import full_note
from publish.said.numbers import number
from publish.steps.claimfiles import CHAPTER, ledger, standing_claims

SYNONYMS = Path(__file__).parent / "synonyms.yml"
NOTED = "finds"
"""Under what name Sphinx notes of a page what can be found on it."""
LEFT_OUT = (
    "chart",
    "said",
    "held",
    "ledger",
    "tests",
    "raw",
    "comment",
    "toctree",
    "literal_block",
    "HideCodeCellNode",
)  # nodes without words to find


def record(kind: str, title: str, address: str, text: str = "", name: str = "") -> dict[str, str]:
    """One thing that can be found; ``name`` stands beside the title."""
    return {"kind": kind, "title": _spaced(title), "address": address, "text": _spaced(text), "name": name or kind}


def _spaced(text: str) -> str:
    return " ".join(text.split())


def records(app: Sphinx) -> Iterator[dict[str, str]]:
    """All that can be found; other steps add theirs by the event ``partnership-finds``."""
    env = app.env
    for shown in figures(env):
        words = f"{shown.meta['unit']}. {shown.spec['description']} {full_note(shown.meta)}"
        yield record("Figure", shown.meta["title"], shown.path, words, f"Figure {shown.number}")
    yield from standing_claims(app).told("finds", _claims) if CHAPTER in env.found_docs else ()
    labels = env.domains["std"].anonlabels
    for measure, term in TERMS.items():
        found = Measure(measure, labels.get(Measure(measure, "").anchor, ("", ""))[0])
        if found.page:
            yield record("Term", term, found.path, measure.replace("_", " "), "Measure")
    for page in pages_in_order(env):
        yield from env.metadata[page].get(NOTED, ())
    for table in data.package()["resources"]:
        address = f"chapters/codebook.html#table-{table['name']}"
        words = f"{table['name']}. {table.get('description', '')}"
        yield record("Table", table["title"], address, words, "Data table")
    words = "How to cite the book, a chapter or a figure; BibTeX and CSL-JSON below each figure, citation at the end of each chapter."
    yield record("Page", "How to cite", "chapters/data-and-methods.html#how-to-cite", words, "Every page, at its end")
    for more in app.emit("partnership-finds"):
        yield from more


def note(app: Sphinx, doctree: nodes.document) -> None:
    """When a page is read: what can be found on it, kept with what else Sphinx knows of the page."""
    env, page = app.env, app.env.docname
    env.metadata[page][NOTED] = [
        *_numbers(page, doctree, env.titles[page].astext()),
        *_terms(page, doctree),
        *_sections(page, doctree, env.titles[page].astext()),
    ]


def _claims() -> list[dict[str, str]]:
    found = []
    for claim in ledger().itertuples():
        words = ". ".join(filter(None, (claim.section, claims.stated(claim), f"Verdict: {claim.now}.")))
        found.append(record("Claim", claim.claim, f"claims/{claim.id}.html", words, f"Claim, {claim.now}"))
    return found


def _numbers(page: str, doctree: nodes.document, chapter: str) -> Iterator[dict[str, str]]:
    seen: set[str] = set()
    for node in doctree.findall(number):
        if node["name"] in seen:
            continue
        seen.add(node["name"])
        entry = json.loads(node["record"])
        sentence = _told(node.parent) if node.parent is not None else ""
        told = ", ".join(
            filter(None, (_unit(entry), "" if entry["unit"] == "period" else prose.periods(entry["period"])))
        )
        title = f"{entry['text']} – {told}" if told else entry["text"]
        yield record(
            "Number",
            title,
            f"{page}.html#number-{node['name']}",
            _around(sentence, node.astext()),
            f"Number in {chapter}",
        )


def _unit(entry: dict[str, str]) -> str:
    """The unit of a number, without what its text tells: the unit itself, per cent, or millions that the text has as billions."""
    text, unit = entry["text"], entry["unit"]
    if unit == "period" or text.endswith(("%", f" {unit}")):
        return ""
    currency, million, more = unit.partition(" million")
    return more.strip() if million and currency in ("USD", "CNY") and ("$" in text or "yuan" in text) else unit


def _around(text: str, words: str) -> str:
    """The sentence in which some words stand."""
    text = _spaced(text)
    at = max(text.find(_spaced(words)), 0)
    start = max(text.rfind(mark, 0, at) for mark in (". ", "? ", "! ")) + 1
    end = text.find(". ", at + len(words))
    return text[start : end + 1 if end >= 0 else len(text)].strip()


def _terms(page: str, doctree: nodes.document) -> Iterator[dict[str, str]]:
    for item in doctree.findall(nodes.definition_list_item):
        term = next(item.findall(nodes.term), None)
        if term is not None and term["ids"]:
            words = next((_told(part) for part in item.findall(nodes.definition)), "")
            yield record("Term", term.astext(), f"{page}.html#{term['ids'][0]}", words, "Term")


def _sections(page: str, doctree: nodes.document, title: str) -> Iterator[dict[str, str]]:
    for section in doctree.findall(nodes.section):
        heading = section.next_node(nodes.title)
        own = heading.astext() if heading is not None else title
        inner = isinstance(section.parent, nodes.section)
        address = f"{page}.html#{section['ids'][0]}" if inner else f"{page}.html"
        yield record("Section" if inner else "Page", own, address, _words(section), title if inner else "Chapter")


def _words(section: nodes.Element) -> str:
    """The text of a section without its subsections, headings, code and what is drawn; blocks stand apart."""
    found: list[str] = []
    for child in section.children:
        if isinstance(child, nodes.section | nodes.title | addnodes.toctree) or type(child).__name__ in LEFT_OUT:
            continue
        if isinstance(child, nodes.container) and "cell" in child.get("classes", []):
            continue
        found += [
            _told(part)
            for part in child.findall(nodes.TextElement)
            if not isinstance(part.parent, nodes.TextElement | addnodes.pending_xref)
        ]
    return " ".join(found)


def _told(part: nodes.Element) -> str:
    """The text of a block without citations in brackets, which are keys until the page is written; one in the sentence is its author."""
    if next(part.findall(_is_citation), None) is None:
        return part.astext()
    part = part.deepcopy()
    for cited in list(part.findall(_is_citation)):
        cited.parent.replace(cited, nodes.Text(_author(cited["reftarget"]) if cited["reftype"] == "t" else ""))
    return re.sub(r" +([.,;:])", r"\1", part.astext())


def _author(key: str) -> str:
    *names, year = re.split(r"-(?=\d{4})", key, maxsplit=1)
    return f"{' and '.join(map(str.capitalize, names[0].split('-')))} ({year[:4]})" if names else ""


def _is_citation(node: nodes.Node) -> bool:
    return isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "cite"


def synonyms() -> list[list[str]]:
    """What readers ask for under another name, longest first."""
    entries = yaml.safe_load(SYNONYMS.read_text("utf-8"))
    return sorted(([key.lower(), value.lower()] for key, value in entries.items()), key=lambda pair: -len(pair[0]))


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The search page."""
    yield "search", {"title": "Search"}, "search.html"


def add_script(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """The search page runs the search."""
    if page == "search":
        app.add_js_file("pm/search.js", loading_method="defer")


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the list."""
    if error or app.builder.format != "html":
        return
    listed = json.dumps(
        {"synonyms": synonyms(), "records": list(records(app))}, ensure_ascii=False, separators=(",", ":")
    )
    (Path(app.outdir) / "_static" / "pm" / "finds.js").write_text(f"pmFinds({listed});\n", "utf-8")


def setup(app: Sphinx) -> None:
    """Register page, list and the event by which others add to it."""
    app.add_event("partnership-finds")
    app.connect("doctree-read", note, priority=990)  # when the page has its title
    app.connect("html-collect-pages", pages)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write, priority=640)
