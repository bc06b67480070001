"""What edition 0.1.0 said and its rows refuted: bound as it stood, each sentence stops the run."""

import pytest

from partnership import data, prose
from partnership import vocabulary as word
from partnership.series import series
from partnership.trade import bilateral, totals

YEARLY = bilateral(frequency="A", direction="one-way", reporter="CHN", currency="USD")
TOTAL = series(YEARLY, unit="billion dollars", scale=0.001)
MONTHS = data.one_source(
    data.select(data.load("bilateral-trade"), frequency="M", direction="one-way", reporter="CHN", currency="USD")
)
TWELVE = series(MONTHS, unit="billion dollars", scale=0.001).over(12)
CARS = data.select(
    data.load("market-shares"),
    market="new cars",
    metric="share",
    brand="all Chinese",
    frequency="A",
    period="2024",
    counter="Gazprombank Autoleasing",
)
PHONES = data.select(data.load("market-shares"), market="smartphones", metric="share", brand="all Chinese")
VOTES = data.load("ukraine-votes")
TAJIK = data.select(data.load("central-asia-trade"), counter="TJK", period="2024-05")
SEARCHES = data.load("searches")


def growth(label, exporter):
    rows = data.select(YEARLY, exporter=exporter)
    return prose.percent(
        "100 * (1 - b / a)", a=data.select(rows, period=str(int(label) - 1)), b=data.select(rows, period=label)
    )


def printed(label, exporter):
    return prose.percent("-a", a=(data.select(YEARLY, exporter=exporter, period=label), "growth_reported"))


def share(label):
    between = bilateral(period=label, frequency="YTD", direction="two-way", reporter="CHN", currency="USD")
    world = totals(period=label, frequency="YTD", reporter="RUS", currency="USD")
    world = world[(world["exporter"] == "WLD") | (world["importer"] == "WLD")]
    one_way = world[world["direction"] == "one-way"]
    return prose.percent("100 * sum(a) / sum(b)", a=between, b=one_way if len(one_way) == 2 else world)


FALSE = {
    "The target for 2020 came true two years late": lambda: word.late(TOTAL, 200, "2020", 2),
    "Trade stood still for a decade": lambda: word.stood_still(TOTAL.since("2010").until("2020")),
    "Three times the line fell": lambda: word.fell_times(TOTAL, 3),
    "Trade peaked in 2024": lambda: word.peak(TWELVE, "2024-12"),
    "The only 90 % on record is a forecast": lambda: word.only_row(PHONES, "value >= 85"),
    "In the votes on Ukraine China abstained instead of joining Russia": lambda: word.all_rows(
        VOTES, "china == 'abstain'", words="always"
    ),
    "neither with Russia nor against it": lambda: word.no_row(
        VOTES, "china == 'no' and russia == 'no'", words="neither"
    ),
    "Chinese cars passed 60 % of sales in 2024": lambda: word.over(prose.percent(CARS), 60, words="passed"),
    "In 2025 exports from China fell by 10.5 % (printed: 10.4)": lambda: word.same(
        growth("2025", "CHN"), printed("2025", "CHN")
    ),
    "Russia's sales fell by 3.5 % in 2025 (printed: 3.9)": lambda: word.same(
        growth("2025", "RUS"), printed("2025", "RUS")
    ),
    "The dependence of 2025 is that of 2024": lambda: word.same(share("2025-09"), share("2024-09"), across="valuation"),
    "After April 2026 no dollar figure was found": lambda: word.last_row(MONTHS, "2026-04"),
    "The states of Central Asia all traded more with China by their own count": lambda: word.more(
        prose.dollars("sum(a)", a=TAJIK[(TAJIK["exporter"] == "CHN") | (TAJIK["importer"] == "CHN")]),
        prose.dollars("sum(a)", a=TAJIK[(TAJIK["exporter"] == "RUS") | (TAJIK["importer"] == "RUS")]),
    ),
    "No number of phones from China whatever the brand was found": lambda: word.searched(
        SEARCHES[SEARCHES["id"].str.startswith("for-imports-from-china-whatever")]
    ),
    "There is no own figure for Tajikistan": lambda: word.searched(
        SEARCHES[SEARCHES["id"].str.startswith("no-own-figure-for-tajikistan")]
    ),
    "What Russia sells follows the oil price in 2023 (it rose while Brent fell)": lambda: word.fell(
        prose.dollars(data.select(YEARLY, exporter="RUS", period="2022")),
        prose.dollars(data.select(YEARLY, exporter="RUS", period="2023")),
    ),
}


@pytest.mark.parametrize("sentence", FALSE)
def test_a_false_sentence_of_the_first_edition_stops_the_run(sentence):
    statement = FALSE[sentence]()
    with pytest.raises(prose.StatementError, match="does not hold"):
        prose.holds(bound=statement)


def test_what_stands_there_now_holds():
    prose.holds(
        late=word.late(TOTAL, 200, "2020", 3),
        falls=word.fell_times(TOTAL, 7),
        votes=word.counted(VOTES, 16, "china == 'no'", words="16"),
    )
