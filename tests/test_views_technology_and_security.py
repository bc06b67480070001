"""Arms, reactors and exercises against published values."""

import pytest

from partnership import claims, data, maps
from partnership.views import technology_and_security as view


def test_shares_over_five_years_agree_with_what_sipri_published_of_unrevised_windows():
    """SIPRI: 17 per cent of Russia's exports in 2020–2024 (fact sheet of March 2025), 70 of China's imports in 2014–2018."""
    shares = view.arms_shares(data.load("arms-transfers")).set_index(["side", "last_year"])["share"]
    assert round(shares["Russia’s exports", 2024]) == 17
    assert round(shares["China’s imports", 2018]) == 70


def test_deliveries_of_2005_are_3066_million_from_russia():
    frame = view.deliveries(data.load("arms-transfers")).set_index(["supplier", "year"])["volume"]
    assert frame["Russia", "2005"] == 3066
    assert frame["Russia", "2005"] + frame["All others", "2005"] == pytest.approx(3458.67)


def test_the_tenth_air_patrol_was_flown_in_december_2025():
    """The Chinese defence ministry counted that patrol as the tenth since 2019, so none is missing or twice in the list."""
    rows = data.select(view.held(data.load("exercises")), kind="air patrol")
    assert len(rows) == 10
    assert rows["start"].iloc[-1] == "2025-12-09"


def test_an_announced_exercise_is_not_counted_as_held():
    assert "maritime-security-belt-2026" not in set(view.held(data.load("exercises"))["id"])


def test_no_exercise_is_lost_between_map_and_note():
    rows = view.held(data.load("exercises"))
    missing = len(rows) - view.placed(rows)["exercises"].sum()
    assert str(missing - 1) in view.off_map(rows) and "1 without a place" in view.off_map(rows)


def test_the_patrol_near_alaska_is_on_the_map_and_cape_town_is_not():
    assert maps.EURASIA.shows(-177, 61)
    assert not maps.EURASIA.shows(18.3, -34.2)


def test_each_reactor_was_agreed_on_before_it_was_begun_and_begun_before_it_is_planned_to_run():
    steps = view.reactors(data.load("technology-projects")).set_index(["unit_name", "step"])["year"]
    for unit in ("Tianwan 7", "Tianwan 8", "Xudabao 3", "Xudabao 4"):
        assert steps[unit, "agreement"] < steps[unit, "construction start"] < steps[unit, "planned start"]


def test_a_plan_of_2025_for_2036_does_not_bear_on_what_was_planned_in_2024():
    then, now = (claims.recompute("lunar-2035", day) for day in (claims.WRITTEN, None))
    assert [then.value, now.value] == [2035, 2035]
    stated = claims.Stated(2035, 2035, "year", "by")
    assert [claims.judge(stated, finding) for finding in (then, now)] == ["confirmed", "confirmed"]
    assert claims.compare(stated, 2036) == "about right" and claims.compare(stated, 2037) == ""
