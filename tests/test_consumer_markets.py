"""The article's figures on cars and smartphones: hand-checked against what the pages print."""

from partnership import claims, data


def test_the_counters_of_smartphones_have_wholes_of_their_own():
    rows = data.select(data.load("market-shares"), market="smartphones", metric="share", brand="all Chinese")
    assert data.select(rows, counter="Bank Russky Standart", period="2024-Q1")["value"].tolist() == [88]
    told = rows[rows["basis"] != "not stated"]
    unsaid = set(rows.drop(told.index)["counter"])
    assert unsaid == {"Bank Russky Standart", "GS Group", "Counterpoint"}, (
        "a release, a forecast and a report do not say of what"
    )
    assert told.groupby("counter")["basis"].nunique().drop("GS Group").max() == 1
    assert set(data.select(rows, counter="GS Group")["basis"]) == {
        "units imported, by nationality of the brand",
        "not stated",  # the forecast of July 2022
    }


def test_the_claim_on_cars_is_judged_by_2024_and_not_by_what_came_after():
    assert claims.recompute("cars-60").value == 58
    assert claims.recompute("cars-60", claims.WRITTEN).value == 61  # June 2024; the year was not out yet


def test_ninety_per_cent_of_phones_is_right_for_purchases_and_not_for_imports():
    finding = claims.recompute("phones-90")
    assert (finding.value, finding.elsewhere) == (79, 88)
    stated = claims.Stated(90, 90, "share", "nearly")
    assert claims.judge(stated, finding) == "right for another thing"
    without = claims.Finding(finding.value, finding.rows, finding.rule)
    assert claims.judge(stated, without) == "wrong"
