"""The ledger of claims beyond its chapter: a page for each claim with its review as JSON-LD, and the whole as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby
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

Claims that our rows do not decide have none, nor has "right for another thing": a rating of 2 reads as "mostly false", and the
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


SPEAK = view.SPEAK | {
    "right in part": "bear{s} out a part of it and speak{s} against another",
    "sources differ": "contradict{s} each other",
    "right for another thing": "bear{s} out something other than the claim",
}
"""What the cited rows do to a claim that is not recomputed, by its verdict."""


def explanation(claim: Any) -> str:
    """Why the verdict of today stands, which is given beside it: the number by the rule, or the cited rows."""
    if claim.nature == "opinion":
        return "A judgement, a motive or a purpose. It gets no verdict."
    why = _number(claim) if claim.basis == "computed" else ""
    return prose.apostrophes(" ".join(filter(None, (why, _rests(claim), _against(claim)))))


def _number(claim: Any) -> str:
    """What the article states, what was found, and how the two lie to each other by the rule."""
    said, finding = claims.Stated.of(claim), claims.recompute(claim.id)
    verdict = claims.judge(said, finding)
    told = [f"In figures the claim is: {claims.stated(claim)}."]
    told.append(
        f"Found: {_once(claim)}, {claim.rule}."
        if claims.found(claim)
        else f"Our tables hold no figure for what the rule asks: {claim.rule}."
    )
    if verdict == "confirmed":
        told.append(_fits(claim, said, float(finding.value or 0)))
    elif verdict == "about right":
        outside = "above" if float(finding.value or 0) > said.high else "below"
        where = f"{outside} the range" if said.qualifier == "range" else "off"
        told.append(f"That is {where}, but by no more than the rule allows.")
    elif verdict == "right for another thing":
        if claims.found(claim):
            told.append(_off(claim))
        told.append(f"It is right for another thing: {finding.elsewhere:,.10g} {claim.unit}, {finding.of}.")
    elif claims.found(claim):
        told.append("That is off by more than the rule allows.")
    rest = (
        sorted(set(_bearing()[claim.id]["part"].dropna()) - set(finding.rows.get("part", ())))
        if claim.id in _bearing()
        else []
    )
    s, verb = ("", "is") if len(rest) == 1 else ("s", "are")
    told += [f"The part{s} on {' and '.join(rest)} {verb} weighed by the rows."] if rest else []
    return _in_words(" ".join(told))


def _once(claim: Any) -> str:
    """What was found, without the unit where the rule begins with it."""
    return claims.found(claim).removesuffix(f" {claim.unit}" if claim.rule.startswith(claim.unit) else "")


def _fits(claim: Any, said: claims.Stated, found: float) -> str:
    """How a found value fits the words: as the same figure, or within what a word beside the figure means."""
    low, high = claims.meant(said)
    rounded = "" if low <= found <= high else ", rounded as the article rounds it"
    if not said.qualifier or found == said.low == said.high:
        return f"That is the same figure{rounded}."
    high = int(high) if said.measure == "count" else high
    read = f"up to {high:.0f}" if said.measure == "year" else f"{low:,.10g} to {high:,.10g} {claim.unit}"
    return f"That lies within what the words mean by the rule, {read}{rounded}."


def _off(claim: Any) -> str:
    """That the figure is not right for what the sentence names, with the bounds of the rule."""
    not_right = "the article’s figure is not right for what the sentence names."
    if _over(claim):
        return (
            "As it is worded, the sentence is true of that too. The rule takes “over” and “more than” as a little more; "
            f"it does not let the claim stand with {claims.false_if(claim)}, so by it {not_right}"
        )
    return f"By the rule the claim is not borne out if {_condition(claim, 'is')}, so {not_right}"


def _over(claim: Any) -> bool:
    """Whether the words “more than” are true of what was found, only not as they are meant."""
    return bool(claim.qualifier == "over" and claim.recomputed > claim.stated_value)


def _in_words(text: str) -> str:
    """Units of the tables as a sentence has them."""
    return text.replace("USD billion", "billion dollars")


def _rests(claim: Any) -> str:
    """How many of its rows of evidence bear on a claim, and what they say: context and what came after do not count."""
    rows, cited = f"{prose.so_many(claim.evidence, 'row')} of evidence", _bearing().get(claim.id)
    if cited is None:
        return f"Nothing in its {rows} decides it."
    if claim.basis == "computed":  # its number comes from other tables
        own = int((cited["bears"] == "claim").sum())
        of = (
            f"{own or 'None'} of its {rows}"
            if own < claim.evidence
            else "Its one row of evidence"
            if own == 1
            else f"Its {rows}"
        )
        rest = len(cited) - own
        another = f"; {rest} bear{'s' if rest == 1 else ''} on the thing that the figure fits" if rest else ""
        return f"{of} bear{'s' if own < 2 else ''} on the claim{another}."
    s = "s" if len(cited) == 1 else ""
    of = "" if len(cited) == claim.evidence else f"{len(cited)} of "
    told = f"The verdict rests on {of}{rows}"
    if claim.now not in SPEAK:
        return f"{told}."
    says = SPEAK[claim.now].format(s=s)
    if cited["verdict"].nunique() == 1:
        return f"{told}, which {says}."
    part = " for each part of the claim" if cited["part"].notna().any() else ""
    return (
        f"{told}. By the rule the best tier counts{part}, and within it the newest row, unless there one holds and another fails. "
        f"So they {says}."
    )


@lru_cache(maxsize=1)
def _bearing() -> dict[str, pd.DataFrame]:
    """The rows that bear on each claim."""
    return dict(iter(claims.bearing().groupby("claim_id")))


def _condition(claim: Any, verb: str) -> str:
    """What would not bear a claim out, as a clause."""
    against = _in_words(claims.false_if(claim))
    if isinstance(claim.false_if, str):
        return against
    if claim.measure == "count":
        return f"{against} {'are' if verb == 'is' else verb} found"
    return f"the {'year' if claim.measure == 'year' else 'figure'} found {verb} {against}"


def _against(claim: Any) -> str:
    """What would not bear a claim out, and where no number tells it, whether that is so."""
    against = _condition(claim, "were")
    if claim.now == "right for another thing":
        if claim.basis == "computed" and claims.found(claim):
            return ""  # it is told beside the number
        so = "Our tables have no such count." if claim.basis == "computed" else "That is so here."
        return f"The claim would not be borne out for what it names if {against}. {so}"
    if claim.now == "right in part":
        return f"The claim would not be borne out, in whole or in part, if {against}. A part of that is so here."
    so = " That is so here." if claim.now in claims.FAILS else ""
    return f"The claim would not be borne out if {against}.{so}"


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


def _decided(claim: Any) -> str:
    """The verdict today and on both earlier days, said once for days that agree."""
    days = {"": claim.now, claims.day(claims.WRITTEN): claim.then, claims.day(claims.EARLIEST): claim.early}
    told = []
    for verdict, alike in groupby(days, days.__getitem__):
        named = list(alike)
        known = f"with what was known on {' and on '.join(filter(None, named))}" if any(named) else ""
        when = " and ".join(filter(None, ("" if all(named) else "verdict today", known)))
        told.append(f"{when[0].upper()}{when[1:]}: {view.verdict_mark(verdict)}.")
    return " ".join(told)


def _read(row: Any) -> str:
    """What the two readers said of a claim."""
    if row.first == row.second:
        return f"both readers said “{row.first}”"
    return f"the first reader said “{row.first}”, the second “{row.second}”"


def _graph(reviews: list[dict[str, Any]]) -> str:
    return json.dumps({"@context": "https://schema.org", "@graph": reviews}, ensure_ascii=False, indent=1)


def _article() -> pd.Series:
    return data.sources().loc[claims.article()]


def page(claim: Any, readings: pd.DataFrame, base: str) -> str:
    """The page of one claim."""
    article, sources = _article(), data.sources()
    evidence = data.select(data.load("claim-evidence"), claim_id=claim.id)
    lines = "".join(f"<li>{view.evidence_line(row, sources)}</li>" for row in view.in_order(evidence).itertuples())
    verdict = "" if claim.nature == "opinion" else f"<p>{_decided(claim)}</p>"
    read = "".join(
        f"<li>{_known() if row.known == 'then' else 'Today'}: {_read(row)}"
        f"{'. Settled: ' + escape(prose.apostrophes(row.settled)) if row.settled else '.'}</li>"
        for row in readings.itertuples()
    )
    linked = _graph([review(claim, citation.edition(), base, article)]).replace("</", "<\\/")
    return (
        f"<section><h1>{escape(prose.apostrophes(claim.claim))}</h1>"
        f"<p>{escape(claims.quoted(claim))}: Huma Rehman, "
        f'<a href="{escape(article["address"], quote=True)}">{escape(article["title"])}</a>, Stratheia; '
        f"{escape(view.where(claim))}.</p>{verdict}<p>{escape(explanation(claim))}</p>"
        f"<h2>{'Context' if (evidence['bears'] == 'context').all() else 'Evidence'}</h2><ul>{lines}</ul>"
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
        body, title = page(claim, data.select(readings, claim_id=claim.id), base), prose.apostrophes(claim.claim)
        tags = head.tags(f"claims/{claim.id}", title, explanation(claim), [], base)
        yield f"claims/{claim.id}", {"title": title, "body": body, "metatags": "\n".join(tags)}


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each claim."""
    if CHAPTER in app.env.found_docs and not standing_claims(app).stands:
        yield from ((name, context, "page.html") for name, context in every(base_address(app.config)))


@standing.at_the_end
def write(app: Sphinx) -> None:
    """Write claims.csv and claims.jsonld."""
    if CHAPTER not in app.env.found_docs or standing_claims(app).stands:
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
