"""The search answers what readers ask: the figure first, the page of an economy behind it, two economies as a pair."""

from urllib.parse import quote

import pytest


@pytest.fixture(scope="module")
def ask(browser, site):
    tab = browser.new_page()

    def asked(query):
        tab.goto(f"{(site / 'search.html').as_uri()}?q={quote(query)}")
        tab.locator(".pm-finds li").first.wait_for()
        return [
            (
                item.locator("a").inner_text(),
                item.locator("a").get_attribute("href"),
                item.locator(":scope > span").inner_text(),
            )
            for item in tab.locator(".pm-finds li").all()[:5]
        ]

    yield asked
    tab.close()


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("China share of Russian imports", "#fig-shares-both-ways"),
        ("19,535", "#fig-what-19535-counts"),
        ("19535", "#fig-what-19535-counts"),
        ("Kazakhstan", "#fig-central-asia-partners"),
    ],
)
def test_the_figure_comes_first(ask, query, address):
    title, href, name = ask(query)[0]
    assert name.startswith("Figure") and href.endswith(address), (title, href)


def test_the_verdict_on_a_number_and_the_page_of_an_economy_are_near_the_top(ask):
    assert any(name.startswith("Claim") for _, _, name in ask("19,535"))
    assert ("Kazakhstan", "economies/KAZ.html", "Partners, KAZ") in ask("Kazakhstan")[:2]
    assert ask("Germany")[0][1] == "economies/DEU.html"


@pytest.mark.parametrize(
    ("query", "pair"), [("India Brazil", "a=IND&b=BRA"), ("trade of the United States with Germany", "a=USA&b=DEU")]
)
def test_two_economies_lead_to_their_pair(ask, query, pair):
    assert ask(query)[0][1] == f"chapters/pairs.html?{pair}"
    assert not any(href.startswith("chapters/pairs.html?") for _, href, _ in ask("China Russia"))
