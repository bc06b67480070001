"""The ledger of claims beyond its chapter: a page for each claim with its review as JSON-LD, and the whole as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from sphinx.application import Sphinx

from partnership import citation, claims, data, prose
from partnership.views import claims as view
from publish import standing
from publish.figures import tidyfiles
from publish.figures.numbering import base_address
from publish.steps import head
from publish.theme import pages as theme

CHAPTER = "chapters/claims"
"""Page of the ledger: a book without it has no pages of single claims."""
COLUMNS = [
    "id", "statement", "nature", "section", "place", "words", "claim", "stated_value", "stated_low", "stated_high", "unit", "measure",
    "qualifier", "period", "frequency", "first_year", "last_year", "chapter", "basis", "early", "then", "now", "recomputed", "rule",
    "false_if", "evidence",
]  # fmt: skip
RATINGS = {
    "confirmed": 5,
    "about right": 4,
    "right in part": 3,
    "did not come true": 1,
    "wrong": 1,
}
"""The place of a verdict on a scale of five, best first.

What our rows do not decide has none, nor has "right for another thing": readers of reviews take 2 for "mostly false", and the
words may be right, only of something else.
"""


def scale() -> str:
    """The scale in words, for every rating and every page that has one."""
    places: dict[int, list[str]] = {}
    for verdict, place in RATINGS.items():
        places.setdefault(place, []).append(verdict)
    told = ", ".join(f"{place} {' or '.join(verdicts)}" for place, verdicts in places.items())
    return f"Scale: {told}; no other verdict has a place on it"


@lru_cache(maxsize=1)
def ledger() -> pd.DataFrame:
    """The ledger, judged once a build."""
    return claims.ledger()


def explanation(claim: Any) -> str:
    """Why the verdict of today stands: the number by the rule, or the cited rows."""
    if claim.nature == "opinion":
        return "A judgement, a motive or a purpose. It gets no verdict."
    shown = (
        f"The article says {claims.stated(claim)}; found: {claims.found(claim)}, {claim.rule}. "
        if claims.found(claim)
        else ""
    )
    if claim.now == "right for another thing" and isinstance(claim.rule, str):
        finding = claims.recompute(claim.id)
        shown += f"Its figure agrees with {finding.elsewhere:,.10g}, {finding.of}. "
    return f"{shown}{_rests(claim)} {_against(claim)}"


def _rests(claim: Any) -> str:
    """On how many of its rows of evidence a verdict rests: context and what came after are listed, and do not count."""
    bearing = _bearing().get(claim.id, 0)
    rows = f"{prose.so_many(claim.evidence, 'row')} of evidence"
    if not bearing:
        return f"Nothing in its {rows} decides it."
    return f"It rests on {rows}." if bearing == claim.evidence else f"It rests on {bearing} of {rows}."


@lru_cache(maxsize=1)
def _bearing() -> dict[str, int]:
    """How many rows bear on each claim."""
    return claims.bearing()["claim_id"].value_counts().to_dict()


def _against(claim: Any) -> str:
    """What would make a claim false, and whether that is so."""
    against = claims.false_if(claim)
    if claim.now == "right for another thing":
        other = "what it says" if pd.isna(claim.stated_value) else "its figure"
        if claim.qualifier == "over" and claim.recomputed > claim.stated_value:
            return (
                "As it is worded, “more than”, the sentence is true of what was found too. The rule takes the words as they "
                f"are meant, “more than” as a little more; it does not let the claim stand with {against}. So {other} is right for another thing."
            )
        return f"By the rule it would be false of what it names if: {against}. That is so here; {other} is right for another thing."
    if claim.now == "right in part":
        return f"It would be false, in whole or in part, if: {against}. A part of that is so here."
    so = " That is so here." if claim.now in claims.FAILS else ""
    return f"It would be false if: {against}.{so}"


def review(claim: Any, book: citation.Edition, base: str, article: pd.Series) -> dict[str, Any]:
    """One claim as a ClaimReview, with who made it, where it appeared, and the evidence.

    A claim whose verdict is none of :data:`RATINGS` carries its word without a place on the scale.
    """
    evidence = data.select(data.load("claim-evidence"), claim_id=claim.id)
    sources = data.sources().loc[evidence["source_id"].unique()]
    author = {"@type": "Person", "name": article["publisher"].split(",")[0]}
    appeared = {
        "@type": "Article",
        "url": article["address"],
        "headline": article["title"],
        "author": author,
        "publisher": {"@type": "Organization", "name": "Stratheia"},
    }
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": claim.now, "ratingExplanation": explanation(claim)}
    if claim.now in RATINGS:
        rating |= {"ratingValue": RATINGS[claim.now], "bestRating": 5, "worstRating": 1, "description": scale()}
    return {
        "@type": "ClaimReview",
        "@id": f"{base}claims/{claim.id}.html",
        "url": f"{base}claims/{claim.id}.html",
        "claimReviewed": claim.claim,
        "datePublished": book.released,
        "author": {"@type": "Organization", "name": book.authors[0]},
        "itemReviewed": {
            "@type": "Claim",
            "author": author,
            "appearance": appeared,
            "text": claim.words,
        },
        "reviewRating": rating,
        **({} if claim.nature == "opinion" else {"reviewAspect": f"{_known()}: {claim.then}"}),
        "citation": [address for address in sources["address"] if isinstance(address, str)],
    }


def _known() -> str:
    """The day of the verdict that is called then: the article itself has no date."""
    return f"With what was known on {claims.day(claims.WRITTEN)}"


def _graph(reviews: list[dict[str, Any]]) -> str:
    return json.dumps({"@context": "https://schema.org", "@graph": reviews}, ensure_ascii=False, indent=1)


def _article() -> pd.Series:
    return data.sources().loc[claims.article()]


def page(claim: Any, readings: pd.DataFrame, base: str) -> str:
    """The page of one claim."""
    article, sources = _article(), data.sources()
    evidence = data.select(data.load("claim-evidence"), claim_id=claim.id)
    lines = "".join(f"<li>{view.evidence_line(row, sources)}</li>" for row in view.in_order(evidence).itertuples())
    verdict = (
        ""
        if claim.nature == "opinion"
        else f"<p>Verdict of today: {view.verdict_mark(claim.now)}. {_known()}: "
        f"{view.verdict_mark(claim.then)}; on {claims.day(claims.EARLIEST)}: {view.verdict_mark(claim.early)}.</p>"
    )
    read = "".join(
        f"<li>{_known() if row.known == 'then' else 'Today'}: {row.first}; {row.second}"
        f"{'. Settled: ' + escape(row.settled) if row.settled else '.'}</li>"
        for row in readings.itertuples()
    )
    linked = _graph([review(claim, citation.edition(), base, article)]).replace("</", "<\\/")
    return (
        f"<section><h1>{escape(claim.claim)}</h1>"
        f"<p>{escape(claims.quoted(claim))}: Huma Rehman, "
        f'<a href="{escape(article["address"], quote=True)}">{escape(article["title"])}</a>, Stratheia; '
        f"{escape(view.where(claim))}.</p>{verdict}<p>{escape(explanation(claim))}</p>"
        f"<h2>Evidence</h2><ul>{lines}</ul>"
        + (f"<h2>Two readings</h2><ul>{read}</ul>" if read else "")
        + (f"<p>Rating in the data of this page: {RATINGS[claim.now]}. {scale()}.</p>" if claim.now in RATINGS else "")
        + f'<p><a href="../chapters/claims.html#claim-{claim.id}">This claim in the ledger</a>; '
        f'<a href="../chapters/{claim.chapter}.html">the chapter that treats it</a>.</p></section>'
        f'<script type="application/ld+json">{linked}</script>'
    )


def standing_claims(app: Sphinx) -> standing.Group:
    """The pages and files of claims, which come from tables alone."""
    return standing.group(app, "claims", "claims", "claims.csv", "claims.jsonld", depends=lambda: theme.known(app))


def names(app: Sphinx) -> list[str]:
    """The claims, where a book has their chapter."""
    return standing_claims(app).told("ids", lambda: list(ledger()["id"])) if CHAPTER in app.env.found_docs else []


def addresses(app: Sphinx) -> list[str]:
    """The pages of single claims."""
    return [f"claims/{name}" for name in names(app)]


def every(base: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """``claims/<id>``, and what its template is given."""
    readings = claims.readings(ledger())
    for claim in ledger().itertuples():
        body = page(claim, data.select(readings, claim_id=claim.id), base)
        tags = head.tags(f"claims/{claim.id}", claim.claim, explanation(claim), [], base)
        yield f"claims/{claim.id}", {"title": claim.claim, "body": body, "metatags": "\n".join(tags)}


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each claim."""
    if CHAPTER in app.env.found_docs and not standing_claims(app).stands:
        yield from ((name, context, "page.html") for name, context in every(base_address(app.config)))


def write(app: Sphinx, error: Exception | None) -> None:
    """Write claims.csv and claims.jsonld."""
    if error or app.builder.format != "html" or CHAPTER not in app.env.found_docs or standing_claims(app).stands:
        return
    out, rows = Path(app.outdir), ledger()
    rows = rows.assign(false_if=[claims.false_if(row) for row in rows.itertuples()])
    rows[COLUMNS].map(data.cell_text).map(tidyfiles.as_text).to_csv(
        out / "claims.csv", index=False, lineterminator="\n"
    )
    (out / "claims.jsonld").write_text(json_ld(rows, base_address(app.config)), "utf-8")


def json_ld(ledger: pd.DataFrame, base: str) -> str:
    """All reviews as one graph."""
    article, book = _article(), citation.edition()
    return _graph([review(claim, book, base, article) for claim in ledger.itertuples()]) + "\n"


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """The two pages with a filter ask for its script."""
    if page.endswith(("/claims", "/corrections")):
        app.add_js_file("pm/ledger.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register pages, files and script."""
    app.connect("html-page-context", page_context)
    app.connect("html-collect-pages", pages)
    app.connect("partnership-addresses", addresses)
    app.connect("build-finished", write, priority=630)
