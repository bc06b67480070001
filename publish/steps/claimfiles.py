"""The ledger of claims as files: a table, and JSON-LD in the vocabulary of ClaimReview."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
from sphinx.application import Sphinx

from partnership import citation, claims, data
from publish.figures.numbering import base_address

COLUMNS = [
    "id", "section", "claim", "stated_value", "stated_low", "stated_high", "unit", "period", "frequency", "kind", "chapter", "basis",
    "then", "now", "recomputed", "rule", "evidence",
]  # fmt: skip


def review(claim: Any, book: citation.Edition, base: str, article: str) -> dict[str, Any]:
    """One claim as a ClaimReview; the rating is the place of the verdict on the book's scale, best first."""
    rating = len(claims.VERDICTS) - claims.VERDICTS.index(claim.now)
    return {
        "@type": "ClaimReview",
        "@id": f"{base}chapters/claims.html#claim-{claim.id}",
        "url": f"{base}chapters/claims.html#claim-{claim.id}",
        "claimReviewed": claim.claim,
        "datePublished": book.released,
        "author": {"@type": "Organization", "name": book.authors[0]},
        "itemReviewed": {"@type": "Claim", "appearance": {"@type": "CreativeWork", "url": article}},
        "reviewRating": {
            "@type": "Rating", "ratingValue": rating, "bestRating": len(claims.VERDICTS), "worstRating": 1, "alternateName": claim.now,
        },
        "reviewAspect": f"as known when the article was written: {claim.then}",
    }  # fmt: skip


def write(app: Sphinx, error: Exception | None) -> None:
    """Write claims.csv and claims.jsonld."""
    if error or app.builder.format != "html":
        return
    ledger, out = claims.ledger(), Path(app.outdir)
    shown = ledger[COLUMNS].map(data.cell_text)
    shown.to_csv(out / "claims.csv", index=False, lineterminator="\n")
    (out / "claims.jsonld").write_text(json_ld(ledger, base_address(app.config)), "utf-8")


def json_ld(ledger: pd.DataFrame, base: str) -> str:
    """All reviews as one graph."""
    article = data.sources().at["stratheia-article", "address"]
    graph = [review(claim, citation.edition(), base, article) for claim in ledger.itertuples()]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """The page of the claims asks for the script that filters them."""
    if page.endswith("/claims"):
        app.add_js_file("pm/ledger.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register files and script."""
    app.connect("html-page-context", page_context)
    app.connect("build-finished", write, priority=630)
