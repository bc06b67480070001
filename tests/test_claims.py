"""The rule of verdicts at its borders, and what it says on the article's claims."""

import math
from dataclasses import FrozenInstanceError

import pandas as pd
import pytest

from partnership import ROOT, claims, data, prose
from partnership.claims import Finding, Stated
from partnership.views import claims as view

NOTHING = pd.DataFrame()


@pytest.fixture(scope="module")
def ledger():
    return claims.ledger().set_index("id")


# -- a number against a number --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "found", "verdict"),
    [
        (Stated(41, 41, "share"), 41.49, "confirmed"),
        (Stated(41, 41, "share"), 41.51, "about right"),
        (Stated(30, 30, "share"), 31.5, "about right"),
        (Stated(30, 30, "share"), 31.51, ""),
        (Stated(30, 30, "share"), 28.5, "about right"),
        (Stated(30, 30, "share"), 28.49, ""),
        (Stated(60, 60, "share", "nearly"), 60.4, "confirmed"),
        (Stated(60, 60, "share", "nearly"), 57.0, "confirmed"),
        (Stated(60, 60, "share", "nearly"), 61, "about right"),
        (Stated(60, 60, "share", "nearly"), 53.9, ""),
        (Stated(110, 110, "count", "over"), 110, "confirmed"),
        (Stated(110, 110, "count", "over"), 115.6, "about right"),
        (Stated(110, 110, "count", "over"), 122, ""),
        (Stated(100, 100, "share", "almost"), 105, "confirmed"),
        (Stated(100, 100, "share", "almost"), 95, "confirmed"),
        (Stated(100, 100, "share", "almost"), 110.1, ""),
        (Stated(220, 240, "level", "range"), 252, "about right"),
        (Stated(220, 240, "level", "range"), 252.1, ""),
        (Stated(220, 240, "level", "range"), 208, "about right"),
        (Stated(2.8, 2.8, "growth"), 2.3, "about right"),
        (Stated(2.8, 2.8, "growth"), 2.25, ""),
        (Stated(2035, 2035, "year", "by"), 2030, "confirmed"),
        (Stated(2035, 2035, "year", "by"), 2036, "about right"),
        (Stated(2035, 2035, "year", "by"), 2037, ""),
        (Stated(3, 3, "count"), 4, ""),
    ],
)
def test_a_claim_is_compared_in_its_own_unit(stated, found, verdict):
    assert claims.compare(stated, found) == verdict


@pytest.mark.parametrize("found", [252, 252.1, 208, 207.9, 230])
def test_a_forecast_and_a_level_have_the_same_tolerance(found):
    level, forecast = (Stated(220, 240, "level", "range", forecast=each) for each in (False, True))
    given = [claims.judge(stated, Finding(found, NOTHING, "")) for stated in (level, forecast)]
    assert given in (["confirmed"] * 2, ["about right"] * 2, ["wrong", "did not come true"])


def test_nothing_known_is_no_verdict_against_a_claim():
    unknown = Finding(None, NOTHING, "")
    assert claims.judge(Stated(3, 3), unknown) == "not in our tables"
    assert claims.judge(Stated(3, 3, forecast=True), unknown) == "not yet known"
    assert not {"not in our tables", "not yet known"} & {*claims.FAILS, *claims.HOLDS}


def test_another_thing_counts_only_where_the_thing_itself_does_not_agree():
    assert claims.judge(Stated(2.8, 2.8, "growth"), Finding(2.4, NOTHING, "", elsewhere=2.8)) == "about right"
    assert (
        claims.judge(Stated(2.8, 2.8, "growth"), Finding(1.9, NOTHING, "", elsewhere=2.8)) == "right for another thing"
    )
    assert claims.judge(Stated(2.8, 2.8, "growth"), Finding(1.9, NOTHING, "", elsewhere=2.4)) == "wrong"
    assert (
        claims.judge(Stated(2.8, 2.8, "growth"), Finding(None, NOTHING, "", elsewhere=2.8)) == "right for another thing"
    )


def test_tolerance_widens_and_never_narrows():
    order = ["confirmed", "about right", ""]
    for measure in ("level", "share", "growth", "year"):
        for found in (2.0, 2.5, 2.8, 3.1, 3.6):
            given = [claims.compare(Stated(2.8, 2.8, measure), found, tolerance) for tolerance in (2, 5, 10)]
            assert given == sorted(given, key=order.index, reverse=True)


def test_a_range_is_true_between_its_ends_and_off_from_the_upper():
    wide = Stated(220, 240, "level", "range")
    assert claims.margin(wide) == 12 and claims.meant(wide) == (220, 240)
    assert claims.margin(wide, 10.0) == 24 and claims.margin(Stated(2.8, 2.8, "growth"), 10.0) == pytest.approx(1)


@pytest.mark.parametrize(
    ("stated", "low", "high"),
    [
        (Stated(60, 60, "share", "nearly"), 57, 60),
        (Stated(60, 60, "share", "almost"), 57, 63),
        (Stated(60, 60, "share", "over"), 60, 63),
        (Stated(2035, 2035, "year", "by"), -math.inf, 2035),
        (Stated(60, 60, "share"), 60, 60),
    ],
)
def test_words_before_a_number_widen_what_it_means(stated, low, high):
    assert claims.meant(stated) == (low, high)


@pytest.mark.parametrize(
    ("stated", "found", "verdict"),
    [
        (202.21, 202.214, "confirmed"),
        (202.21, 202.216, "about right"),
        (200.0, 200.4, "confirmed"),
        (0.5, 0.54, "confirmed"),
        (1e6, 1_000_000.4, "confirmed"),
    ],
)
def test_a_found_value_is_rounded_as_the_stated_one_is(stated, found, verdict):
    assert claims.compare(Stated(stated, stated), found) == verdict


@pytest.mark.parametrize("told", [Stated(1, 1), Finding(1, NOTHING, "")])
def test_what_is_stated_and_found_stays_as_it_is(told):
    with pytest.raises(FrozenInstanceError):
        told.low = told.value = 2


def test_what_a_claim_states_is_read_from_its_row():
    nothing = float("nan")
    row = pd.Series(
        {"stated_value": 5.0, "stated_low": nothing, "stated_high": nothing, "measure": "share", "qualifier": nothing, "nature": "fact"}
    )  # fmt: skip
    assert Stated.of(row) == Stated(5, 5, "share")
    row[["stated_low", "stated_high", "qualifier", "nature"]] = [4.0, 6.0, "range", "forecast"]
    assert Stated.of(row) == Stated(4, 6, "share", "range", True)


def test_a_forecast_is_judged_in_its_own_words():
    coming = Stated(100, 100, forecast=True)
    assert claims.judge(coming, Finding(200, NOTHING, "")) == "did not come true"
    assert claims.judge(coming, Finding(200, NOTHING, ""), tolerance=100) == "about right"
    assert claims.judge(coming, Finding(200, NOTHING, "", elsewhere=104)) == "did not come true", (
        "only about right there"
    )
    assert claims.judge(coming, Finding(200, NOTHING, "", elsewhere=100), 1.0) == "right for another thing"


# -- a claim against cited rows -------------------------------------------------------------------


def rows(*entries):
    return pd.DataFrame(entries, columns=["part", "verdict", "tier", "published"])


def test_of_rows_on_one_thing_the_best_tier_speaks_then_the_newest():
    told = rows((None, "wrong", "C", "2024-10-01"), (None, "confirmed", "B", "2024-01-01"))
    assert claims.weigh(told) == "confirmed"
    told = rows((None, "about right", "C", "2024-06-09"), (None, "confirmed", "C", "2024-12-27"))
    assert claims.weigh(told) == "confirmed"
    assert claims.weigh(told.iloc[::-1]) == "confirmed"


def test_no_least_favourable_row_wins():
    told = rows((None, "confirmed", "B", "2024"), (None, "wrong", "E", "2025"))
    assert claims.weigh(told) == "confirmed"
    assert (claims.weigh(told, pick="best"), claims.weigh(told, pick="worst")) == ("confirmed", "wrong")


def test_rows_of_one_tier_that_contradict_each_other_are_shown_as_differing():
    assert claims.weigh(rows((None, "confirmed", "C", "2024"), (None, "wrong", "C", "2023"))) == "sources differ"


def test_a_claim_of_parts_is_as_good_as_they_are_together():
    assert (
        claims.weigh(rows(("number", "confirmed", "C", "2024"), ("place", "about right", "C", "2024"))) == "about right"
    )
    assert claims.weigh(rows(("visit", "confirmed", "C", "2024"), ("kind", "wrong", "C", "2024"))) == "right in part"


def test_without_rows_a_claim_is_not_in_our_tables_and_a_forecast_not_yet_known():
    assert claims.weigh(rows()) == "not in our tables"
    assert claims.weigh(rows(), forecast=True) == "not yet known"


def test_a_row_without_a_day_is_taken_as_the_newest_and_parts_are_told_apart():
    told = rows((None, "confirmed", "C", None), (None, "about right", "C", "2026-01-01"))
    assert claims.weigh(told) == "confirmed"
    parts = rows(("a", "confirmed", "B", "2024"), ("b", "wrong", "C", "2024"), ("b", "wrong", "C", "2025"))
    assert claims.weigh(parts) == "right in part"
    assert claims.weigh(rows(("a", "wrong", "B", "2024"), ("b", "wrong", "C", "2024"))) == "wrong"


def test_rows_that_differ_need_one_that_holds_and_one_that_fails():
    assert claims.weigh(rows((None, "right in part", "C", "2023"), (None, "wrong", "C", "2024"))) == "wrong"
    assert claims.weigh(rows((None, "confirmed", "C", "2023"), (None, "about right", "C", "2024"))) == "about right"


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (["confirmed"], "confirmed"),
        (["about right", "did not come true"], "right in part"),
        (["confirmed", "not in our tables"], "not in our tables"),
        (["right in part", "wrong"], "wrong"),
        (["sources differ", "confirmed"], "sources differ"),
    ],
)
def test_verdicts_together(given, verdict):
    assert claims.together(given) == claims.together(given[::-1]) == verdict


# -- the article ----------------------------------------------------------------------------------


def test_facts_and_forecasts_have_a_verdict_and_opinions_have_none(ledger):
    assert (ledger["nature"] == "opinion").equals(ledger["now"] == claims.OPINION)
    assert set(ledger.loc[ledger["nature"] != "opinion", ["early", "then", "now"]].stack()) <= set(claims.VERDICTS)
    assert set(ledger["nature"]) == {"fact", "opinion", "forecast"}


def test_the_books_own_observations_are_no_claims_of_the_article(ledger):
    own = data.load("article-observations")
    assert len(own) == 3
    assert not set(own["id"]) & set(ledger.index)
    assert not {"contradiction-202", "contradiction-28", "wording-supplies-exports"} & set(ledger.index)


def test_one_slip_is_counted_once(ledger):
    tested = ledger[ledger["nature"] != "opinion"]
    groups = tested.groupby("statement").groups
    assert {name: sorted(ids) for name, ids in groups.items() if len(ids) > 1} == {
        "sanctions-19535": ["sanctions-19535-aug", "sanctions-19535-pull"],
        "trade-2024": ["trade-2024-range", "trade-same-as-2023"],
    }
    assert len(claims.distinct(ledger.reset_index())) == len(groups) == len(tested) - 2
    assert claims.distinct(ledger.reset_index()).index.tolist() == list(dict.fromkeys(tested["statement"]))


@pytest.mark.parametrize(
    ("claim", "was", "then", "now"),
    [
        ("trade-202-10m", "confirmed", "confirmed", "confirmed"),
        ("trade-202-full-2024", "misattributed", "right for another thing", "right for another thing"),
        ("trade-28-yoy", "misattributed", "right for another thing", "right for another thing"),
        ("trade-2024-range", "overtaken", "not yet known", "about right"),
        ("trade-same-as-2023", "about right", "not yet known", "confirmed"),
        ("trend-unchanged", "wrong", "not yet known", "confirmed"),
        ("tech-supply", "overtaken", "about right", "about right"),
        ("six-point-110", "misattributed", "right for another thing", "right for another thing"),
        ("phones-90", "wrong", "right for another thing", "right for another thing"),
        ("lunar-2035", "overtaken", "about right", "about right"),
        ("satnav-knowledge", "misattributed", "not in our tables", "not in our tables"),
        ("scs-support", "wrong", "right for another thing", "right for another thing"),
        ("xi-kazan-state-visit", "wrong", "right in part", "right in part"),
        ("sanctions-19535-aug", "misattributed", "right for another thing", "right for another thing"),
        ("alliance-label", "wrong", "opinion", "opinion"),
        ("cku-railway", "confirmed", "confirmed", "confirmed"),
        ("statement-central-asia", "cannot be checked", "not in our tables", "about right"),
    ],
)
def test_verdicts_of_the_first_edition_stand_or_are_mended(ledger, claim, was, then, now):
    """``was`` is what edition 0.1.0 said today; it is here so that a reader sees what moved."""
    assert ledger.loc[claim, ["then", "now"]].tolist() == [then, now]


def test_what_came_after_does_not_bear_on_what_was_said(ledger):
    """Cars fell to 39 per cent in 2026, a plan of 2025 names 2036: neither is evidence on 2024."""
    evidence = data.load("claim-evidence")
    after = evidence[evidence["bears"] == "after"]
    assert {"cars-60", "lunar-2035"} <= set(after["claim_id"])
    assert not set(after.index) & set(claims.bearing().index)


def test_a_row_known_within_the_time_of_writing_moves_a_verdict_between_its_ends(ledger):
    assert ledger.loc["cku-railway", ["early", "then"]].tolist() == ["about right", "confirmed"]
    assert claims.EARLIEST < "2024-12-27" < claims.WRITTEN


def test_the_year_came_the_day_after_the_last_day_of_writing():
    year = data.select(data.load("claim-evidence"), claim_id="trade-202-full-2024", basis="now")
    assert year["published"].min() == "2025-01-13" > claims.WRITTEN
    assert claims.recompute("trade-2024-range", claims.WRITTEN).value is None


def test_january_to_october_2024_is_202_21_billion():
    finding = claims.recompute("trade-202-10m")
    assert finding.value == pytest.approx(202.21)
    assert finding.rows.set_index("exporter")["value"].to_dict() == {"CHN": 94140, "RUS": 108070}


def test_thirty_and_forty_one_per_cent_come_from_customs_totals(ledger):
    assert ledger.loc["share-exports-30", "recomputed"] == pytest.approx(30.55, abs=0.01)
    assert ledger.loc["share-imports-41", "recomputed"] == pytest.approx(40.90, abs=0.01)


@pytest.fixture
def altered(monkeypatch):
    """Puts an altered frame in the place of a table."""

    def put(table, frame):
        real, held = data._held, data._Held(data.DATA, frame)
        monkeypatch.setattr(data, "_held", lambda folder, name: held if name == table else real(folder, name))

    return put


def test_a_changed_table_changes_the_verdict(altered):
    frame = data.checked("bilateral-trade")
    ten = (frame["period"] == "2024-10") & (frame["frequency"] == "YTD") & (frame["direction"] == "one-way")
    frame.loc[ten, "value"] *= 1.2
    altered("bilateral-trade", frame)
    assert claims.verdicts()["trade-202-10m"] == "wrong"


@pytest.mark.parametrize(
    ("claim", "row", "column", "other", "verdict"),
    [
        ("shuttle-three-rounds", "shuttle-round-4", "start", "2024-08-28", "wrong"),
        ("shuttle-three-rounds", "shuttle-round-1", "start", "2024-05-16", "wrong"),
        ("six-point-may", "six-point-consensus", "event", "Consensus of six points published", "not in our tables"),
        ("six-point-may", "six-point-consensus", "start", "2024-06-23", "not in our tables"),
    ],
)
def test_what_is_printed_as_the_condition_of_a_claim_decides_it(altered, claim, row, column, other, verdict):
    """Three rounds, in these months; a paper of both, in May."""
    frame = data.checked("diplomacy-events")
    frame.loc[frame["id"] == row, column] = other
    altered("diplomacy-events", frame)
    assert claims.verdicts()[claim] == verdict


def test_what_no_row_tells_is_not_called_computed(ledger):
    evidence, sources = data.load("claim-evidence"), data.sources()
    folds = {
        claim: view.fold(ledger.loc[claim].rename(claim), data.select(evidence, claim_id=claim), sources)
        for claim in ("six-point-110", "six-point-may")
    }
    assert "Not in our tables: states that welcomed the paper" in folds["six-point-110"]
    assert "Computed: points of the paper" in folds["six-point-may"]
    assert "Computed" not in folds["six-point-110"]


def test_every_claim_with_a_number_is_computed_again():
    """A verdict on a number follows from the tables, not from what somebody typed beside it."""
    ledger = claims.ledger()
    numbered = ledger[ledger[["stated_value", "stated_low"]].notna().any(axis="columns")]
    lacking = numbered.loc[numbered["recomputed"].isna(), "id"]
    assert all(claims.recompute(claim).elsewhere is not None for claim in lacking), (
        "right for another thing, by a number"
    )
    assert 0 < len(lacking) < len(numbered) / 4


def test_what_would_make_a_claim_false_follows_from_the_rule(ledger):
    told = {row.Index: claims.false_if(row) for row in ledger.itertuples()}
    assert told["cars-60"] == "below 54 or above 63 per cent"
    assert told["six-point-110"].startswith("a count by anybody but China’s government gave fewer than 105")
    assert told["shuttle-three-rounds"] == "there had not been three rounds in 2024, or not in these months"
    assert told["lunar-2035"] == "after 2036"
    assert told["trade-28-yoy"] == "below 2.3 or above 3.3 per cent"
    assert all((told[claim] == "") == (ledger.at[claim, "nature"] == "opinion") for claim in ledger.index)


def test_decisive_words_are_no_sentences(ledger):
    assert ledger["words"].str.split().str.len().max() <= 14
    assert not ledger["words"].str.endswith(".").any()


def test_the_ledger_tells_on_what_each_verdict_rests(ledger):
    assert (ledger["basis"] == "opinion").equals(ledger["nature"] == "opinion")
    assert (ledger["basis"] == "computed").equals(ledger["rule"].notna()) and ledger["rule"].notna().any()
    assert ledger.loc[ledger["rule"].isna(), "recomputed"].isna().all() and ledger["recomputed"].notna().any()
    cited = data.load("claim-evidence")["claim_id"].value_counts()
    assert {claim: count for claim, count in ledger["evidence"].items() if count} == cited.to_dict()
    assert ledger.attrs["table"] == "claims"


def claim(**changes):
    nothing = float("nan")
    row = {
        "stated_value": 60.0,
        "stated_low": nothing,
        "stated_high": nothing,
        "measure": "share",
        "qualifier": nothing,
    }
    return pd.Series(
        row
        | {
            "nature": "fact",
            "unit": "per cent",
            "false_if": None,
            "recomputed": nothing,
            "bound": "",
            "found_in": "",
            "words": "x",
        }
        | changes
    )


@pytest.mark.parametrize(
    ("changes", "stated", "false_if"),
    [
        ({}, "60 per cent", "below 57 or above 63 per cent"),
        ({"qualifier": "nearly"}, "nearly 60 per cent", "below 54 or above 63 per cent"),
        ({"stated_low": 220.0, "stated_high": 240.0, "unit": "billion"}, "220 to 240 billion", "below 208 or above 252 billion"),
        ({"stated_value": 1234.5, "unit": "t"}, "1,234.5 t", "below 1,172.8 or above 1,296.2 t"),
        ({"measure": "year", "unit": "year", "stated_value": 2035.0}, "2035", "after 2036"),
        ({"measure": "count", "stated_value": 110.0, "unit": "firms"}, "110 firms", "fewer than 105 or more than 115 firms"),
        ({"stated_value": float("nan"), "false_if": "nobody met"}, "", "nobody met"),
        ({"nature": "opinion", "false_if": "never"}, "60 per cent", ""),
    ],
)  # fmt: skip
def test_what_a_claim_states_and_what_would_refute_it_in_words(changes, stated, false_if):
    assert (claims.stated(claim(**changes)), claims.false_if(claim(**changes))) == (stated, false_if)


def test_a_found_number_is_told_in_the_unit_of_the_claim():
    assert claims.found(claim()) == ""
    assert claims.found(claim(recomputed=30.553)) == "30.55 per cent"
    assert claims.found(claim(recomputed=2036.0, unit="year")) == "2036"
    assert claims.quoted(claim(words="nearly all")) == "“nearly all”"


def test_the_page_of_a_chapter_shows_its_claims(ledger):
    html = claims.table("dependency")._repr_mimebundle_()["text/html"]
    own = ledger[ledger["chapter"] == "dependency"]
    assert all(
        head in html
        for head in ("The article says", "In its words", "Found", "Known on 12 January 2025", "Not borne out if")
    )
    assert html.count("“") == len(own) and html.count("<tr") == len(own) + 1


def test_the_other_rows_of_a_thing_count_only_where_one_picks_among_them():
    others = Finding(60.0, NOTHING, "", others=(90.0,))
    asked = claim(id="x")
    assert [claims._computed(asked, [], others, 5.0, pick) for pick in ("neutral", "best", "worst")] == [
        "confirmed", "confirmed", "wrong",
    ]  # fmt: skip
    unknown = Finding(None, NOTHING, "", others=(60.0,))
    assert claims._computed(asked, [], unknown, 5.0, "best") == "not in our tables"


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [
        ([("year", "confirmed")], "confirmed"),
        ([("year", "wrong")], "confirmed"),
        ([("year", "confirmed"), ("power", "about right")], "about right"),
        ([("power", "wrong")], "right in part"),
        ([(None, "wrong")], "confirmed"),
    ],
)
def test_a_part_that_the_number_does_not_cover_counts_beside_it(parts, verdict):
    """The number speaks for the part it rests on, whatever the row of that part says by itself."""
    covered = Finding(60.0, pd.DataFrame({"part": ["year"]}), "")
    cited = [claims.Cited(part, given, "C", "2024") for part, given in parts]
    assert claims._computed(claim(id="x"), cited, covered, 5.0, "neutral") == verdict


# -- sensitivity and readings ---------------------------------------------------------------------

SETTINGS = {
    "5 per cent, today": {},
    "2 per cent": {"tolerance": 2.0},
    "unfavourable": {"pick": "worst"},
    "known on 12 January 2025": {"as_of": claims.WRITTEN},
}


@pytest.fixture(scope="module")
def sensitivity():
    return claims.sensitivity()


@pytest.fixture(scope="module")
def readings():
    return claims.readings()


@pytest.mark.slow
def test_every_setting_counts_every_statement(ledger, sensitivity):
    sums = sensitivity.groupby(["choice", "setting"], sort=False)["statements"].sum()
    assert sums.index.tolist() == [
        ("the rule", "5 per cent, today"), ("tolerance", "2 per cent"), ("tolerance", "10 per cent"),
        ("row", "favourable"), ("row", "unfavourable"),
        ("day", "known on 12 January 2025"), ("day", "known on 30 November 2024"), ("duplicates", "counted each"),
    ]  # fmt: skip
    assert sums.drop(("duplicates", "counted each")).unique().tolist() == [len(claims.distinct(ledger.reset_index()))]
    assert sums["duplicates", "counted each"] == int((ledger["nature"] != "opinion").sum())
    assert sensitivity.loc[sensitivity["choice"].isin(["the rule", "duplicates"]), "moved"].eq(0).all()


@pytest.mark.slow
def test_each_setting_changes_one_choice_and_says_how_many_verdicts_move(sensitivity):
    rows, given = data.load("claims"), {setting: claims.verdicts(**how) for setting, how in SETTINGS.items()}
    rule = given["5 per cent, today"]
    for setting, verdicts in given.items():
        told = data.select(sensitivity, setting=setting).set_index("verdict")
        counted = claims.distinct(rows.assign(now=rows["id"].map(verdicts))).value_counts()
        assert told.loc[told["statements"] > 0, "statements"].to_dict() == counted.to_dict(), setting
        assert told["moved"].unique().tolist() == [(verdicts != rule).sum()]
        assert (verdicts != rule).any() or verdicts is rule
    each = data.select(sensitivity, choice="duplicates").set_index("verdict")["statements"]
    assert each[each > 0].to_dict() == rule[rule != claims.OPINION].value_counts().to_dict()


def test_both_readers_read_everything_and_each_disagreement_is_settled(readings):
    assert readings[["first", "second"]].notna().all(axis=None)
    apart = (readings["first"] != readings["ledger"]) | (readings["second"] != readings["ledger"])
    assert (readings["settled"] != "").equals(apart)
    settled = data.select(data.load("claim-readings"), reader="settled").set_index(["claim_id", "known"])["verdict"]
    told = readings.set_index(["claim_id", "known"])["ledger"]
    assert settled.equals(told.loc[settled.index].rename("verdict").astype(settled.dtype))


def test_readings_come_claim_by_claim_first_then_then_now(readings):
    assert readings.columns.tolist() == ["claim_id", "known", "first", "second", "ledger", "settled"]
    assert readings["claim_id"].is_monotonic_increasing and readings.columns.name is None
    assert readings.index.tolist() == list(range(len(readings)))
    assert readings["known"].tolist() == ["then", "now"] * (len(readings) // 2)


def test_the_article_is_one_source():
    assert claims.article() in data.sources().index


# -- links ----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("chapter", ["dependency", "central-asia"])
def test_the_claims_of_one_chapter_are_those_of_the_ledger(ledger, chapter):
    own = ledger[ledger["chapter"] == chapter]
    assert 0 < len(own) < len(ledger)
    assert claims.ledger(chapter)["id"].tolist() == own.index.tolist()
    assert claims.ledger(chapter)["now"].tolist() == own["now"].tolist()


def test_the_ledger_links_to_figures_that_exist(ledger):
    for (chapter, name), ids in view.FIGURES.items():
        assert f'name=\\"{name}\\"' in (ROOT / "chapters" / f"{chapter}.ipynb").read_text("utf-8"), (chapter, name)
        assert set(ids) <= set(ledger.index)
    linked = [claim for ids in view.FIGURES.values() for claim in ids]
    assert len(linked) == len(set(linked))
    assert view.Ledger(ledger.reset_index()).html().count("#fig-") == len(linked)


@pytest.mark.parametrize(
    ("value", "unit", "source", "about"),
    [
        (202210.0, "USD million", "russiaspivottoasia-com-nd-a0e6", ["trade-202-10m"]),
        (1.9, "per cent", "tass-com-2025-04-13-75c8", ["trade-28-yoy"]),
        (1.95, "per cent", "tass-com-2025-04-13-75c8", []),
        (1.9009, "per cent", "tass-com-2025-04-13-75c8", ["trade-28-yoy"]),
        (1.9011, "per cent", "tass-com-2025-04-13-75c8", []),
        (6.0, "rank", "wits-2020", []),
        (6.0, "points", "stratheia-article", ["six-point-may"]),
        (6.0, "statements", "stratheia-article", []),
    ],
)
def test_a_number_is_about_the_claims_with_its_value_and_rows(value, unit, source, about):
    assert claims.about(prose.Number("", value, unit, sources=[source])) == about


def test_a_stated_number_is_about_every_claim_that_states_it(ledger):
    article = ledger.at["share-exports-30", "source_id"]
    stated = prose.Number("", 202210.0, "USD million", sources=[article])
    assert claims.about(stated) == ["trade-202-10m", "trade-202-full-2024"]
    assert claims.about(prose.Number("", 202210.0, "USD million")) == [], "without rows it is about nothing"


def test_margins_are_finite():
    for claim in data.load("claims").dropna(subset=["measure"]).itertuples():
        assert math.isfinite(claims.margin(Stated.of(claim)))


def test_halves_are_rounded_as_pages_print_them_and_a_margin_is_above_zero():
    assert claims.compare(Stated(31, 31, "share"), 30.5) == "confirmed"
    assert claims.margin(Stated(-10, -10)) == 0.5
