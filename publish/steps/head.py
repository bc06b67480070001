"""The head of each page: description, citation data, Open Graph, JSON-LD, canonical address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from partnership import citation, data
from publish.figures.numbering import base_address
from publish.figures.stored import chart, stored
from publish.host import one_name
from publish.thisbook import LICENCE, URN

LIMIT = 300  # characters of a description


def description(doctree: nodes.document) -> str:
    """The chapter's answer: its first paragraph that is not all bold (which is the question)."""
    for paragraph in doctree.findall(nodes.paragraph):
        words = " ".join(paragraph.astext().split())
        bold = next(paragraph.findall(nodes.strong), None)
        if bold is not None and " ".join(bold.astext().split()) == words:
            continue
        return words if len(words) <= LIMIT else words[: words.rindex(" ", 0, LIMIT)] + " …"
    return ""


def tags(page: str, title: str, words: str, pictures: list[str], base: str) -> list[str]:
    """The ``meta`` and ``link`` elements of a page; those that need an absolute address only if the site has one."""
    book = citation.edition()
    address = f"{base}{page}.html"
    named = {
        "description": words,
        "author": ", ".join(map(one_name, book.authors)),
        "citation_title": title,
        "citation_inbook_title": citation.BOOK,
        "citation_publication_date": book.released.replace("-", "/"),
        "citation_language": "en",
        "DC.title": title,
        "DC.date": book.released,
        "DC.rights": LICENCE,
        "DC.type": "Text",
        "DC.relation.ispartof": citation.BOOK,
    }
    several = [(kind, one_name(author)) for kind in ("citation_author", "DC.creator") for author in book.authors]
    properties = {"og:type": "article", "og:site_name": citation.BOOK, "og:title": title, "og:description": words}
    links = [
        f'<link rel="alternate" type="application/atom+xml" title="Editions" href="{_up(page)}feed.xml">',
        f'<link rel="alternate" type="text/markdown" href="{page.rpartition("/")[2]}.md">',  # by publish.steps.markdown
    ]
    if base:
        named["citation_public_url"] = named["DC.identifier"] = address
        properties["og:url"] = address
        if pictures:
            properties["og:image"] = f"{base}figures/{pictures[0]}.png"
            named["twitter:card"] = "summary_large_image"
    return (
        [f'<meta name="{name}" content="{escape(value, quote=True)}">' for name, value in named.items() if value]
        + [f'<meta name="{name}" content="{escape(value, quote=True)}">' for name, value in several]
        + [
            f'<meta property="{name}" content="{escape(value, quote=True)}">'
            for name, value in properties.items()
            if value
        ]
        + links
    )


def first_year(package: Mapping[str, Any]) -> str:
    """The year in which the tables of a package begin."""
    spans = [entry["coverage"].get("temporal", "") for entry in package["resources"]]
    return min(span[:4] for span in spans if span[:4].isdigit())


def _up(page: str) -> str:
    return "../" * page.count("/")


def linked_data(page: str, title: str, words: str, pictures: list[str], base: str) -> str:
    """JSON-LD: the chapter as a scholarly article, part of the book, based on the data package."""
    book = citation.edition()
    authors = [{"@type": "Organization", "name": author} for author in book.authors]
    identifier = f"https://doi.org/{book.doi}" if book.doi else f"{URN}:{book.version}:{page}"
    graph: list[dict[str, Any]] = [
        {
            "@type": "ScholarlyArticle",
            "headline": title,
            "abstract": words,
            "author": authors,
            "publisher": authors[0],
            "identifier": identifier,
            "datePublished": book.released,
            "version": book.version,
            "inLanguage": "en",
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "isPartOf": {"@type": "Book", "name": citation.BOOK},
            "image": [f"{base}figures/{name}.png" for name in pictures] if base else [],
            **({"url": f"{base}{page}.html", "mainEntityOfPage": f"{base}{page}.html"} if base else {}),
        }
    ]
    if page.endswith("data-and-methods"):
        package = data.package()
        graph.append(
            {
                "@type": "Dataset",
                "name": package["title"],
                "description": package["description"],
                "creator": authors,
                "publisher": authors[0],
                "identifier": f"https://doi.org/{book.doi}" if book.doi else f"{URN}:{book.version}:data",
                "temporalCoverage": f"{first_year(package)}/..",
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "name": entry["title"],
                        "encodingFormat": entry["mediatype"],
                        **({"contentUrl": f"{base}data/{entry['path']}"} if base else {}),
                    }
                    for entry in package["resources"]
                ],
                **({"url": f"{base}{page}.html"} if base else {}),
                "version": book.version,
                "datePublished": book.released,
                "license": "https://creativecommons.org/licenses/by/4.0/",
                "conditionsOfAccess": LICENCE,
                "keywords": book.keywords,
                "variableMeasured": [entry["title"] for entry in package["resources"]],
            }
        )
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).replace("<", "\\u003c")


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Add the head of a chapter."""
    if doctree is None:
        return
    title = context["title"]
    pictures = [stored(node)["usermeta"]["figure"]["name"] for node in doctree.findall(chart)]
    words, base = description(doctree), base_address(app.config)
    script = f'<script type="application/ld+json">{linked_data(page, title, words, pictures, base)}</script>'
    context["metatags"] = (
        context.get("metatags", "") + "\n    " + "\n    ".join([*tags(page, title, words, pictures, base), script])
    )


def setup(app: Sphinx) -> None:
    """Register the hook."""
    app.connect("html-page-context", page_context)
