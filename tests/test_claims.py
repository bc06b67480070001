"""The verdict rule, and what it says on the article's claims on trade."""

import pandas as pd
import pytest

from partnership import ROOT, claims, data, prose
from partnership.views import claims as view

NOTHING = pd.DataFrame()


@pytest.fixture(scope="module")
def ledger():
    return claims.ledger().set_index("id")


@pytest.mark.parametrize(
    ("stated", "finding", "verdict"),
    [
        ((41, 41), claims.Finding(40.898, NOTHING, ""), "confirmed"),
        ((30, 30), claims.Finding(30.552, NOTHING, ""), "about right"),
        ((100, 100), claims.Finding(105.3, NOTHING, ""), "wrong"),
        ((95, 95), claims.Finding(100, NOTHING, ""), "about right"),
        ((220, 240), claims.Finding(230, NOTHING, ""), "confirmed"),
        ((220, 240), claims.Finding(244.81, NOTHING, "", forecast=True), "overtaken"),
        ((220, 240), claims.Finding(244.81, NOTHING, ""), "about right"),
        ((220, 240), claims.Finding(300, NOTHING, ""), "wrong"),
        ((2.8, 2.8), claims.Finding(1.9, NOTHING, "", elsewhere=2.8, of="ten months"), "misattributed"),
        ((2.8, 2.8), claims.Finding(None, NOTHING, "", elsewhere=2.8), "cannot be checked"),
    ],
)
def test_verdict_follows_from_the_numbers(stated, finding, verdict):
    assert claims.judge(*stated, finding) == verdict


def test_all_fifty_nine_claims_are_in_the_ledger(ledger):
    assert len(ledger) == 59
    assert set(ledger["then"]) | set(ledger["now"]) <= set(claims.VERDICTS)


def test_every_claim_rests_on_a_computation_or_on_evidence(ledger):
    assert not (ledger["basis"] == "open").any()
    assert (ledger["evidence"] > 0).all()


def test_january_to_october_2024_is_202_21_billion():
    finding = claims.recompute("trade-202-10m")
    assert finding.value == pytest.approx(202.21)
    assert finding.rows.set_index("exporter")["value"].to_dict() == {"CHN": 94140, "RUS": 108070}


def test_the_articles_two_statements_about_202_21_contradict_each_other(ledger):
    stated = data.select(data.load("claims"), id=["trade-202-10m", "trade-202-full-2024"])
    assert stated["stated_value"].tolist() == [202.21, 202.21]
    assert set(stated["period"]) == {"2024-10", "2024"}
    assert ledger.loc["trade-202-10m", "now"] == "confirmed"
    assert ledger.loc["trade-202-full-2024", "now"] == "misattributed"
    assert ledger.loc["contradiction-202", ["then", "now"]].tolist() == ["wrong", "wrong"]


@pytest.mark.parametrize("chapter", ["dependency", "central-asia"])
def test_the_claims_of_one_chapter_are_those_of_the_ledger(ledger, chapter):
    own = ledger[ledger["chapter"] == chapter]
    assert 0 < len(own) < len(ledger)
    pd.testing.assert_frame_equal(claims.ledger(chapter).set_index("id"), own, check_dtype=False)


def test_the_year_could_not_be_known_when_the_article_was_written(ledger):
    assert ledger.loc["trade-202-full-2024", "then"] == "cannot be checked"
    assert ledger.loc["trade-2024-range", ["then", "now"]].tolist() == ["cannot be checked", "overtaken"]


def test_thirty_and_forty_one_per_cent_come_from_customs_totals(ledger):
    assert ledger.loc["share-exports-30", "recomputed"] == pytest.approx(30.55, abs=0.01)
    assert ledger.loc["share-imports-41", "recomputed"] == pytest.approx(40.90, abs=0.01)
    assert ledger.loc["share-imports-41", "now"] == "confirmed"


def test_a_changed_table_changes_the_verdict(monkeypatch):
    real = data.load

    def altered(name, **options):
        frame = real(name, **options)
        if name == "bilateral-trade":
            ten = (frame["period"] == "2024-10") & (frame["frequency"] == "YTD") & (frame["direction"] == "one-way")
            frame.loc[ten, "value"] *= 1.2
        return frame

    monkeypatch.setattr(data, "load", altered)
    assert claims.ledger().set_index("id").loc["trade-202-10m", "now"] == "wrong"


def test_evidence_that_was_public_then_is_dated_before_the_article():
    evidence = data.load("claim-evidence")
    then = evidence[(evidence["basis"] == "then") & evidence["published"].notna()]
    assert (then["published"].str[:4] <= claims.WRITTEN[:4]).all()


def test_where_rows_differ_the_least_favourable_verdict_stands():
    rows = pd.DataFrame({"basis": ["now", "now"], "verdict_proposed": ["about right", "wrong"]})
    assert claims._cited(rows, "now") == "wrong"
    assert claims._cited(rows, "then") == "cannot be checked"


def test_a_claim_counts_once_with_its_best_row(ledger):
    best = view.by_best_row(ledger.reset_index())
    assert best["claims"].sum() == len(ledger)
    cited = data.load("claim-evidence").set_index("claim_id")["tier"]
    official = set(cited.index[cited.isin(["A", "B"])])
    assert best.loc[best["best"] == "official", "claims"].sum() == len(official)
    assert set(view.press_only(ledger.reset_index())["id"]) == set(ledger.index) - official


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
        (6.0, "rank", "wits-2020", []),
    ],
)
def test_a_number_is_about_the_claims_with_its_value_and_rows(value, unit, source, about):
    assert claims.about(prose.Number("", value, unit, sources=[source])) == about


def test_a_stated_number_is_about_every_claim_that_states_it(ledger):
    article = ledger.at["share-exports-30", "source_id"]
    stated = prose.Number("", 202210.0, "USD million", sources=[article])
    assert claims.about(stated) == ["contradiction-202", "trade-202-10m", "trade-202-full-2024"]
    assert claims.about(prose.Number("", 202210.0, "USD million")) == [], "without rows it is about nothing"
