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
    assert "nearly 60 per cent. Found: 58 per cent" in told["reviewRating"]["ratingExplanation"]
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
        ("cars-60", "by the rule, 57 to 60 per cent. 2 of its 5 rows of evidence bear on the claim."),
        ("cars-60", "The claim would not be borne out if the figure found were below 54 or above 63 per cent."),
        ("share-imports-41", "Found: 40.9 per cent, "),
        ("share-imports-41", "That is the same figure, rounded as the article rounds it."),
        ("trade-202-10m", "January to October 2024, China’s customs. That is the same figure. "),
        (
            "six-point-110",
            "counted by anybody but one of the two governments that wrote it. It is right for another thing: 110 countries, the positive responses that China’s government counted",
        ),
        (
            "lunar-2035",
            "by 2035. Found: 2035, the year for the station in the newest of our rows from before the article; a row of June 2024 "
            "has 2036. That is the same figure. The part on nuclear power is weighed by the rows.",
        ),
        ("trade-2024-range", "That is above the range, but by no more than the rule allows."),
        ("share-exports-30", "That is off, but by no more than the rule allows."),
        ("shuttle-three-rounds", "Found: 3, rounds of shuttle diplomacy that began in 2024, in March, May and July."),
        ("six-point-110", "gave fewer than 105 or more than 121 countries. Our tables have no such count."),
        ("six-point-may", "Its one row of evidence bears on the claim."),
        ("trade-202-10m", "Its 3 rows of evidence bear on the claim."),
        ("phones-90", "1 of its 7 rows of evidence bears on the claim; 2 bear on the thing that the figure fits."),
        ("lunar-2035", "not be borne out if the year found were after 2036."),
        ("trade-202-full-2024", "not borne out if the figure found is below 192.1 or above 212.32 billion dollars, so"),
        (
            "trade-202-full-2024",
            "right for another thing: 202.21 billion dollars, January to October 2024. 1 of its 3 rows of evidence bears on the "
            "claim; 2 bear on the thing that the figure fits.",
        ),
        (
            "satnav-knowledge",
            "Nothing in its 5 rows of evidence decides it. The claim would not be borne out if no such",
        ),
        ("sanctions-19535-aug", "the sentence is true of that too. "),
        (
            "sanctions-19535-aug",
            "more than 21,488 sanctions, so by it the article’s figure is not right for what the sentence",
        ),
        ("scs-support", "4 of 5 rows of evidence, which bear out something other than the claim. "),
        ("scs-support", "China’s. That is so here."),
        ("drill-finland", "The verdict rests on 1 row of evidence, which bears it out. "),
        (
            "cku-railway",
            "2 of 6 rows of evidence. By the rule the best tier counts, and within it the newest row, unless there one holds and "
            "another fails. So they bear it out.",
        ),
        (
            "xi-kazan-state-visit",
            "By the rule the best tier counts for each part of the claim, and within it the newest row, unless there one holds "
            "and another fails. So they bear out a part of it and speak against another.",
        ),
        ("xi-kazan-state-visit", "not on a state visit. A part of that is so here."),
    ],
)
def test_an_explanation_tells_what_counts_and_whether_what_would_refute_the_claim_is_so(ledger, claim, told):
    assert told in review(ledger, claim)["reviewRating"]["ratingExplanation"]


def test_a_claim_that_fails_is_said_to():
    class Claim:
        nature, false_if, now = "fact", "nobody came", "wrong"

    assert claimfiles._against(Claim) == "The claim would not be borne out if nobody came. That is so here."


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
    assert "both" not in html and "the first reader said “wrong”, the second “about right”" in html


@pytest.mark.parametrize(
    ("early", "then", "now", "told"),
    [
        ("wrong", "wrong", "wrong", "Verdict today and with what was known on 12 January 2025 and on 30 November 2024: wrong."),
        ("not yet known", "wrong", "wrong", "Verdict today and with what was known on 12 January 2025: wrong. With what was known on 30 November 2024: not yet known."),
        ("wrong", "wrong", "confirmed", "Verdict today: confirmed. With what was known on 12 January 2025 and on 30 November 2024: wrong."),
        ("wrong", "confirmed", "wrong", "Verdict today: wrong. With what was known on 12 January 2025: confirmed. With what was known on 30 November 2024: wrong."),
    ],
)  # fmt: skip
def test_a_verdict_is_said_once_for_the_days_that_agree(ledger, early, then, now, told):
    row = next(ledger.loc[["cars-60"]].itertuples(index=False))
    assert re.sub("<[^>]*>", "", claimfiles._decided(row._replace(early=early, then=then, now=now))) == told


@pytest.fixture(scope="module")
def every():
    """What the template of each page is given, by claim."""
    return {name.removeprefix("claims/"): context for name, context in claimfiles.every("")}


def test_a_page_gives_no_row_of_evidence_a_verdict(ledger, every):
    seen = set()
    for claim in ledger.index[ledger["nature"] != "opinion"]:
        rows = re.search("<h2>(?:Evidence|Context)</h2><ul>(.*?)</ul>", every[claim]["body"], re.S)[1]
        seen |= set(re.findall('class="pm-verdict[^>]*>([^<]*)', rows))
    assert {"Speaks against it", "Speaks of another thing"} <= seen and not seen & set(claims.VERDICTS)


def test_rows_that_are_all_context_are_not_called_evidence(ledger, every):
    heads = {}
    for claim, context in every.items():
        heads[claim] = "<h2>Context</h2>" in context["body"]
        assert heads[claim] != ("<h2>Evidence</h2>" in context["body"])
    evidence = data.load("claim-evidence")
    told = set(evidence.loc[evidence["bears"] != "context", "claim_id"])
    assert heads == {claim: claim not in told for claim in ledger.index} and any(heads.values())


def test_a_page_of_a_claim_has_one_kind_of_apostrophe(every):
    for name, context in every.items():
        shown = re.sub("<script.*?</script>|<[^>]*>", "", context["body"], flags=re.S)
        assert not re.search(r"\w(?:'|&#x27;)\w", context["title"] + shown), name


def test_a_citation_manager_finds_title_author_date_and_book_on_the_page_of_a_claim():
    name, context = next(claimfiles.every("https://example.org/book/"))
    found = dict(re.findall(r'<meta name="(citation_\w+)" content="([^"]*)"', context["metatags"]))
    assert found["citation_title"] == context["title"] and found["citation_inbook_title"] == citation.BOOK
    assert found["citation_author"] and found["citation_publication_date"]
    assert found["citation_public_url"] == f"https://example.org/book/{name}.html"
