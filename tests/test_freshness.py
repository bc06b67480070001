"""Age of series: the last period from the rows, the next by the calendar, late from the day after."""

import pytest

from partnership import data, freshness


def test_every_series_has_rows_and_an_age():
    ages = freshness.freshness("2026-11-30").set_index("id")
    assert len(ages) == len(data.load("series"))
    assert ages.loc["brent", "last"] == data.latest(data.load("oil-price"), frequency="M")
    assert not ages.loc["leaders", "overdue"] and ages.loc["leaders", "next"] == ""


def test_a_lower_bound_is_not_the_figure_of_its_period():
    rows = data.select(data.load("central-asia-trade"), counter="KGZ", frequency="A", exporter="RUS")
    with_russia = freshness.freshness("2026-11-30").set_index("id").loc["central-asia-kyrgyzstan-russia"]
    assert data.latest(rows) == "2025" and "a lower bound" in data.select(rows, period="2025")["note"].item()
    assert with_russia["last"] == "2024" and with_russia["overdue"]
    assert data.select(rows, period="2025")["qualifier"].item() == "more than"


def test_a_series_is_overdue_from_the_day_after_its_next_period_is_due():
    brent = freshness.freshness("2026-11-30").set_index("id").loc["brent"]
    on, after = (freshness.freshness(day).set_index("id").loc["brent"] for day in (brent["expected"], "2026-12-31"))
    assert not on["overdue"] and on["late"] == 0
    assert after["overdue"] and after["late"] > 0
    assert freshness.overdue("2026-12-31")["late"].is_monotonic_decreasing


def test_the_day_of_the_edition_is_that_of_the_build(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert freshness.edition_day() == "1970-01-01"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert freshness.edition_day() == data.package()["created"][:10]


@pytest.mark.parametrize(
    ("where", "message"), [("colour=red", 'no column "colour"'), ("frequency=Q", "no row of oil-price")]
)
def test_a_series_of_nothing_is_refused(where, message):
    entry = data.load("series").set_index("id").loc["brent"].rename("brent")
    entry = entry.copy()
    entry["id"], entry["where"] = "brent", where
    with pytest.raises((KeyError, ValueError), match=message):
        freshness._last(entry, data.DATA)
