"""Pages of single claims and the reviews that machines read."""

import json
import re

import pytest

from partnership import citation, claims, data
from publish.steps import claimfiles


@pytest.fixture(scope="module")
def ledger():
    return claims.ledger().set_index("id", drop=False)


def review(ledger, claim):
    row = next(ledger.loc[[claim]].itertuples(index=False))
    return claimfiles.review(row, citation.edition(), "", data.sources().loc["stratheia-article"])


def test_a_review_names_who_said_it_and_where(ledger):
    said = review(ledger, "cars-60")["itemReviewed"]
    assert said["author"]["name"] == said["appearance"]["author"]["name"] == "Huma Rehman"
    assert said["appearance"]["url"].startswith("https://stratheia.com/")
    assert "firstAppearance" not in said, "others said some of it before; the book names them"


def test_a_rating_is_explained_and_cites_its_evidence(ledger):
    told = review(ledger, "cars-60")
    assert told["reviewRating"]["ratingValue"] == 5
    assert told["reviewRating"]["description"] == claimfiles.scale()
    assert "60 per cent; found: 58 per cent" in told["reviewRating"]["ratingExplanation"]
    assert len(told["citation"]) == data.load("claim-evidence")["claim_id"].eq("cars-60").sum()


def test_a_review_names_the_day_of_the_earlier_verdict_and_none_for_an_opinion(ledger):
    assert review(ledger, "cars-60")["reviewAspect"] == "With what was known on 12 January 2025: about right"
    assert "reviewAspect" not in review(ledger, "alliance-label")


def test_the_scale_names_every_verdict_that_has_a_place():
    assert claimfiles.scale() == (
        "Scale: 5 confirmed, 4 about right, 3 right in part, 1 did not come true or wrong; no other verdict has a place on it"
    )


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("cars-60", "It rests on 2 of 5 rows of evidence. It would be false if: below 54 or above 63 per cent."),
        ("satnav-knowledge", "Nothing in its 5 rows of evidence decides it. It would be false if: "),
        ("sanctions-19535-aug", "more than 21,488 sanctions. So its figure is right for another thing."),
        ("scs-support", "China's. That is so here; what it says is right for another thing."),
        ("xi-kazan-state-visit", "not on a state visit. A part of that is so here."),
    ],
)
def test_an_explanation_tells_what_counts_and_whether_what_would_refute_the_claim_is_so(ledger, claim, told):
    assert told in review(ledger, claim)["reviewRating"]["ratingExplanation"]


def test_a_claim_that_fails_is_said_to():
    class Claim:
        nature, false_if, now = "fact", "nobody came", "wrong"

    assert claimfiles._against(Claim) == "It would be false if: nobody came. That is so here."


@pytest.mark.parametrize("claim", ["lifeline", "satnav-knowledge", "sanctions-19535-aug", "trade-28-yoy"])
def test_an_opinion_and_what_rows_do_not_decide_or_bear_out_of_another_thing_have_no_place_on_the_scale(ledger, claim):
    told = review(ledger, claim)["reviewRating"]
    assert not {"ratingValue", "bestRating", "worstRating"} & set(told) and told["alternateName"]


def test_every_verdict_against_or_for_a_claim_has_a_place_on_the_scale():
    assert set(claimfiles.RATINGS) >= {*claims.HOLDS, *claims.FAILS} - {"right for another thing"}


def test_a_page_holds_its_review_its_evidence_and_the_way_back(ledger):
    row = next(ledger.loc[["xi-kazan-state-visit"]].itertuples(index=False))
    html = claimfiles.page(row, data.select(claims.readings(), claim_id=row.id), "")
    assert "../chapters/claims.html#claim-xi-kazan-state-visit" in html
    linked = json.loads(re.search(r"<script[^>]*>(.*)</script>", html, re.S)[1].replace("<\\/", "</"))
    assert linked["@graph"][0]["reviewRating"]["alternateName"] == "right in part"
    assert html.count("<li>") == row.evidence + 2


def test_a_citation_manager_finds_title_author_date_and_book_on_the_page_of_a_claim():
    name, context = next(claimfiles.every("https://example.org/book/"))
    found = dict(re.findall(r'<meta name="(citation_\w+)" content="([^"]*)"', context["metatags"]))
    assert found["citation_title"] == context["title"] and found["citation_inbook_title"] == citation.BOOK
    assert found["citation_author"] and found["citation_publication_date"]
    assert found["citation_public_url"] == f"https://example.org/book/{name}.html"
