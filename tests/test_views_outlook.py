"""What was expected of 2025: only what was public counts as known."""

import pytest

from partnership import claims, data
from partnership.views import outlook as view


def test_ten_months_and_the_rest_of_2023_lie_above_the_range():
    """202.21 for ten months; 2023 was 240.11 after 196.48 in October, so 43.63 more."""
    this, before = view.known_of_2024(10)
    assert this["value"].iloc[0] == 202210
    assert view.rest(before) == pytest.approx(43630)
    sums = view.arithmetic().drop_duplicates("sum").set_index("sum")["total"]
    assert sums["ten months and|two of 2023"] == pytest.approx(245.84)
    assert sums["the year|as it came"] == pytest.approx(244.81)


def test_nothing_published_later_enters_what_could_be_known(monkeypatch):
    """The eleven months were published on 13 December 2024, the ten months in November."""
    monkeypatch.setattr(claims, "WRITTEN", "2024-12-01")
    assert len(view.known_of_2024(10)[0]) == 1
    assert view.known_of_2024(11)[0].empty


def test_twelve_months_need_twelve_months():
    sums = view.twelve_months(data.load("bilateral-trade"))
    assert sums["period"].min() == "2024-12"
    year = sums[sums["period"] == "2025-12"]["billions"].sum()
    assert year == pytest.approx(1630.8, abs=0.1), "the customs total of 2025 in yuan"


def test_the_even_path_leads_to_the_aim():
    path = data.select(view.road(data.load("bilateral-trade"), data.load("trade-forecasts")), line="even path")
    assert path["year"].tolist() == [2025, 2026, 2027, 2028, 2029, 2030]
    assert path["billions"].iloc[-1] == pytest.approx(300)


def test_falls_of_car_exports_as_printed():
    """CPCA printed 44 per cent for January to March and 58 to September; 15.2 to 8.46 billion dollars is 44.3."""
    falls = view.car_falls(data.load("product-figures"))
    assert falls["fall"].round(1).tolist() == [44, 61, 58, 46, 44, 42, 44.3]
    assert falls["label"].is_unique


def test_expectations_carry_the_ledgers_verdicts():
    ledger = claims.ledger().set_index("id")
    frame = view.expectations(ledger.reset_index())
    for row in frame.itertuples():
        assert row.verdict == ledger.at[row.id, "then" if row.known == view.THEN else "now"]
    outlook = set(ledger.index[ledger["chapter"] == "outlook"])
    assert outlook <= set(frame["id"]), "an expectation of this chapter is not on its chart"


def test_summits_are_dated_as_held():
    when = view.events(data.load("outlook"), data.load("leader-meetings")).set_index("id")["when"]
    assert str(when["brics-brazil"].date()) == "2025-07-06"
    assert str(when["g20-south-africa"].date()) == "2025-11-22"
    assert set(when.index) == set(view.EVENTS)
