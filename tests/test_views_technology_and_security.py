"""Arms, reactors and exercises against published values."""

import pytest

from partnership import charts, claims, data, maps
from partnership.views import technology_and_security as view


@pytest.fixture(scope="module")
def held():
    return view.held(data.load("exercises"))


def test_shares_over_five_years_agree_with_what_sipri_published_of_unrevised_windows():
    """SIPRI: 17 per cent of Russia's exports in 2020–2024 (fact sheet of March 2025), 70 of China's imports in 2014–2018."""
    arms = data.select(data.load("arms-transfers"), frequency="A", metric="deliveries")

    def total(last, **who):
        rows = data.select(arms, **who)
        return rows[rows["period"].astype(int).between(last - 4, last)]["value"].sum()

    flow = {"exporter": "RUS", "importer": "CHN"}
    assert round(100 * total(2024, **flow) / total(2024, exporter="RUS", importer="WLD")) == 17
    assert round(100 * total(2018, **flow) / total(2018, exporter="WLD", importer="CHN")) == 70


def test_the_eleventh_air_patrol_was_flown_in_june_2026(held):
    """The Chinese defence ministry counted that patrol as the eleventh since 2019, so none is missing or twice in the list."""
    rows = data.select(held, kind="air patrol")
    assert len(rows) == 11
    assert rows["start"].iloc[-1] == "2026-06-27"


def test_an_announced_exercise_is_not_counted_as_held(held):
    assert "maritime-security-belt-2026" not in set(held["id"])


def test_no_two_exercises_share_a_mark_and_each_stands_above_the_floor_of_its_kind(held):
    frame, floors = view.levels(held)
    assert len(frame) == len(held) and not frame.duplicated(["year", "_at"]).any()
    assert (frame["_at"] > frame["kind"].map(floors.set_index("_kind")["_floor"])).all()


def test_the_books_count_covers_the_months_of_the_other_count(held):
    """National Defense University: six in 2022; the list has one more, Peaceful Sea."""
    counts = view.counted(held, data.load("exercise-counts")).set_index("id")
    assert (counts.loc["ndu-2022", "ours"], counts.loc["ndu-2022", "value"]) == (7, 6)
    assert counts.loc["euiss-2003-2024", "ours"] < counts.loc["euiss-2003-2024", "value"]
    assert counts.loc["euiss-2003-2024", "ours"] == (held["start"] < "2024-07").sum()
    within = held[held["start"].between("2012-11", "2023-09")]
    assert counts.loc["scmp-2012-2023-bilateral", "ours"] == within["bilateral"].sum() < len(within)


def test_no_exercise_is_lost_between_map_and_note(held):
    missing = len(held) - view.placed(held)["exercises"].sum()
    assert str(missing - 1) in view.off_map(held) and "1 without a place" in view.off_map(held)


def test_the_strong_marks_of_the_map_are_the_exercises_of_its_title(held):
    japan = held[held["location"].str.contains("Sea of Japan|East China Sea|around Japan")]
    places = view.placed(held, japan["id"])
    strong = places[places["_strength"] == 1]
    assert strong["exercises"].sum() == len(japan) == 27
    assert strong["where"].str.contains("Sea of Japan|East China Sea|around Japan").all()
    assert "the 27" in view.exercise_map(places).to_json()


def test_the_patrol_near_alaska_is_named_on_the_map_and_cape_town_is_not(held):
    assert view.placed(held)["_label"].str.contains("Alaska").sum() == 1
    assert maps.EURASIA.shows(-177, 61)
    top = maps.EURASIA.corners()[3]
    assert (top - maps.EURASIA.plane(-177, 61)[1]) * maps.EURASIA.scale(charts.NARROW) > 8, (
        "cut by the frame on a phone"
    )
    assert not maps.EURASIA.shows(18.3, -34.2)


def test_each_reactor_was_agreed_on_before_it_was_begun_and_begun_before_it_is_planned_to_run():
    steps = view.reactors(data.load("technology-projects")).set_index(["unit_name", "step"])["year"]
    for unit in ("Tianwan 7", "Tianwan 8", "Xudabao 3", "Xudabao 4"):
        assert steps[unit, "agreement"] < steps[unit, "construction start"] < steps[unit, "planned to go online"]


def test_the_newest_plan_known_when_the_article_was_written_bears_on_it():
    then, now = (claims.recompute("lunar-2035", day) for day in (claims.WRITTEN, None))
    assert [then.value, now.value] == [2035, 2035]
    assert then.rows["published"].iloc[-1] == max(then.rows["published"]) == "2024-10-15" and set(then.others) == {
        2035,
        2036,
    }
    stated = claims.Stated(2035, 2035, "year", "by")
    assert [claims.judge(stated, finding) for finding in (then, now)] == ["confirmed", "confirmed"]
    assert claims.compare(stated, 2036) == "about right" and claims.compare(stated, 2037) == ""
