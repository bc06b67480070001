"""Each word at its border: what still counts as doubled, as nearly, as three years late."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pandas as pd
import pytest

from partnership import data, formula, prose, statements
from partnership import vocabulary as word
from partnership.prose import Number
from partnership.series import Series, series


def n(value, error=0.0, unit="USD million", **like):
    return Number(
        f"{value}",
        float(value),
        unit,
        formula="a",
        operands={"a": []},
        error=error,
        like={k: [v] for k, v in like.items()},
    )


def course(values, error=0.0, start=2010):
    index = pd.Index([str(start + step) for step in range(len(values))], name="label")
    return Series(
        pd.DataFrame({"value": np.array(values, dtype=float), "error": error}, index=index),
        "x",
        {"formula": "sum(a)", "by": "period", "scale": 1, "operands": {}},
        {"period": "", "reporter": "", "tables": [], "sources": [], "tier": "", "published": "", "last": ""},
    )


def test_a_mark_on_dollars_a_year_is_told_in_billions():
    value = n(40500, unit="USD million a year")
    assert word.over(value, 40000).outcome.tested == "40500 against $40 billion"


def test_a_label_that_is_the_end_of_a_sum_is_told_as_one():
    months = course([1, 2], start=2023)
    frame = months.frame.set_axis(["2023-09", "2024-09"])
    outcome = word.peak(replace(months, frame=frame, reach="January to "), "2024-09").outcome
    assert outcome.tested == (
        "2 in January to September 2024; next 1 in January to September 2023; "
        "2 values, the first January to September 2023, the last January to September 2024"
    )
    assert outcome.false_if == "another value comes up to that of January to September 2024"


CASES = [
    ("doubled", word.doubled, (n(100), n(195)), True),
    ("just short of doubled", word.doubled, (n(100), n(194)), False),
    ("no longer doubled but more", word.doubled, (n(100), n(251)), False),
    ("more than doubled within its error", word.more_than_doubled, (n(100, 2), n(203, 1)), False),
    ("more than doubled", word.more_than_doubled, (n(100), n(210)), True),
    ("rose within its error", word.rose, (n(100, 1), n(102, 1)), False),
    ("rose", word.rose, (n(100, 1), n(102.1, 1)), True),
    ("fell within its error", word.fell, (n(100, 1), n(98, 1)), False),
    ("fell", word.fell, (n(100, 1), n(97.9, 1)), True),
    ("more by less than the error", word.more, (n(100.5, 0.5), n(100, 0.5)), False),
    ("less", word.less, (n(99), n(100)), True),
    ("about", word.about, (n(105), n(100)), True),
    ("not about", word.about, (n(105.2), n(100)), False),
    ("nearly", word.nearly, (n(95), 100), True),
    ("nearly is below", word.nearly, (n(100), 100), False),
    ("over", word.over, (n(100), 100), False),
    ("under by more than the error", word.under, (n(99, 1), 100), False),
    ("half", word.half, (n(52.5), n(100)), True),
    ("not half", word.half, (n(53), n(100)), False),
    ("most", word.most, (n(51, 1), n(100)), False),
    ("most beyond the error", word.most, (n(51.1, 1), n(100)), True),
    ("peak", word.peak, (course([1, 3, 2]), "2011"), True),
    ("no peak at a tie", word.peak, (course([1, 3, 3]), "2011"), False),
    ("no peak within the error", word.peak, (course([1, 3, 2.5], 0.3), "2011"), False),
    ("lowest", word.lowest, (course([2, 1, 3]), "2011"), True),
    ("stood still", word.stood_still, (course([100, 104, 96]),), True),
    ("moved", word.stood_still, (course([100, 106]),), False),
    ("fell twice", word.fell_times, (course([3, 2, 3, 1]), 2), True),
    ("a fall within the error is none", word.fell_times, (course([3, 2.5, 3, 1], 0.3), 1), True),
    ("two years late", word.late, (course([100, 150, 190, 240]), 200, "2010", 2), False),
    ("three years late", word.late, (course([100, 150, 190, 240]), 200, "2010", 3), True),
    ("all above", word.every, (course([2, 3]), 1), True),
    ("not all above", word.every, (course([2, 1]), 1), False),
    ("two of them", word.labels_beyond, (course([2, 1, 5]), 2, 1.5), True),
    ("one of them within its error", word.labels_beyond, (course([2, 1, 5], 0.6), 2, 1.5), False),
    ("first above", word.first_at, (course([1, 2, 3]), "2011", 1.5), True),
    ("same", word.same, (n(100.4), n(100)), True),
    ("not the same", word.same, (n(101), n(100)), False),
    ("different", word.different, (n(101), n(100)), True),
]


@pytest.mark.parametrize(("name", "test", "arguments", "holds"), CASES, ids=[case[0] for case in CASES])
def test_a_word_at_its_border(name, test, arguments, holds):
    assert test(*arguments).holds is holds


OUTCOMES = [
    (lambda: word.more(n(110, 2), n(100, 3)), True, "110 against 100 (the two may be off by $5 million together)", 0.05, []),
    (lambda: word.more(n(104, 2), n(100, 3)), False, "104 against 100 (the two may be off by $5 million together)", -0.01, ["104 against 100"]),
    (lambda: word.more(n(105, 2), n(100, 3)), False, "105 against 100 (the two may be off by $5 million together)", 0.0, ["105 against 100"]),
    (lambda: word.more(n(-5), n(-10)), True, "-5 against -10", 0.5, []),
    (lambda: word.more(n(5), n(0)), True, "5 against 0", 1.0, []),
    (lambda: word.more(n(0, 1), n(0, 1)), False, "0 against 0 (the two may be off by $2 million together)", -2.0, ["0 against 0"]),
    (lambda: word.went_up(n(0, 1)), False, "change or difference of 0, may be off by $1 million", -1.0, []),
    (lambda: word.went_down(n(0, 1)), False, "change or difference of 0, may be off by $1 million", -1.0, []),
    (lambda: word.same(n(1), n(0)), False, "1 against 0: $1 million apart, $0 million allowed", -1.0, []),
    (lambda: word.different(n(1), n(0)), True, "1 against 0: $1 million apart", 1.0, []),
    (lambda: word.every(course([0, 1], 0.5), above=0), False, "2 values, 2010 to 2011, all above 0; nearest 0 in 2010", -0.5, ["0 in 2010"]),
    (lambda: word.more(n(0), n(0)), False, "0 against 0", 0.0, ["0 against 0"]),
    (lambda: word.more(n(100, 1e-5), n(50)), True, "100 against 50", 1.0, []),
    (lambda: word.more(n(100, 2e-4), n(50)), True, "100 against 50 (the two may be off by $0.0002 million together)", 1.0, []),
    (lambda: word.more(n(30, 1, "per cent"), n(20, 1, "per cent")), True, "30 against 20 (the two may be off by 2 percentage points together)", 0.4, []),
    (lambda: word.more(n(30, 1, ""), n(20, 1, "")), True, "30 against 20 (the two may be off by 2 together)", 0.4, []),
    (lambda: word.more(n(30, 1, "ships"), n(20, 1, "ships")), True, "30 against 20 (the two may be off by 2 ships together)", 0.4, []),
    (lambda: word.less(n(90, 2), n(100, 3)), True, "90 against 100 (the two may be off by $5 million together)", 0.05556, []),
    (lambda: word.rose(n(100), n(110)), True, "110 against 100", 0.1, []),
    (lambda: word.fell(n(110), n(100)), True, "110 against 100", 0.1, []),
    (lambda: word.fell(n(100), n(110)), False, "100 against 110", -0.09091, ["100 against 110"]),
    (lambda: word.went_up(n(4, 1)), True, "change or difference of 4, may be off by $1 million", 0.75, []),
    (lambda: word.went_up(n(4)), True, "change or difference of 4", 1.0, []),
    (lambda: word.went_up(n(0)), False, "change or difference of 0", 0.0, []),
    (lambda: word.went_down(n(-4, 1)), True, "change or difference of -4, may be off by $1 million", 0.75, []),
    (lambda: word.went_down(n(-4)), True, "change or difference of -4", 1.0, []),
    (lambda: word.went_down(n(4)), False, "change or difference of 4", -1.0, []),
    (lambda: word.went_down(n(0)), False, "change or difference of 0", 0.0, []),
    (lambda: word.went_down(replace(n(-20), text="−$0.0 billion")), True, "change or difference of −$0.02 billion", 1.0, []),
    (lambda: word.doubled(n(100), n(200)), True, "200 against 100: ratio 2", 0.02564, []),
    (lambda: word.doubled(n(100), n(240)), True, "240 against 100: ratio 2.4", 0.05128, []),
    (lambda: word.doubled(n(100), n(300)), False, "300 against 100: ratio 3", -0.25641, ["ratio 3"]),
    (lambda: word.more_than_doubled(n(99, 1), n(211, 1)), True, "211 against 99: ratio 2.13", 0.05, []),
    (lambda: word.more_than_doubled(n(100), n(290)), True, "290 against 100: ratio 2.9", 0.05, []),
    (lambda: word.more_than_doubled(n(100), n(200)), False, "200 against 100: ratio 2", 0.0, []),
    (lambda: word.more_than_doubled(n(100), n(300)), False, "300 against 100: ratio 3", 0.0, []),
    (lambda: word.about(n(96), n(100)), True, "96 against 100: ratio 0.96", 0.01053, []),
    (lambda: word.about(n(94), n(100)), False, "94 against 100: ratio 0.94", -0.01053, ["ratio 0.94"]),
    (lambda: word.same(n(100.4), n(100)), True, "100.4 against 100: $0.4 million apart, $0.5 million allowed", 0.001, []),
    (lambda: word.same(n(104, 2), n(100, 2)), True, "104 against 100: $4 million apart, $4 million allowed", 0.0, []),
    (lambda: word.same(n(105, 2), n(100, 2)), False, "105 against 100: $5 million apart, $4 million allowed", -0.01, []),
    (lambda: word.same(n(-100.4), n(-100)), True, "-100.4 against -100: $0.4 million apart, $0.5 million allowed", 0.001, []),
    (lambda: word.same(n(0), n(0)), True, "0 against 0: $0 million apart, $0 million allowed", 0.0, []),
    (lambda: word.different(n(101), n(100)), True, "101 against 100: $1 million apart", 0.005, []),
    (lambda: word.different(n(104, 2), n(100, 2)), False, "104 against 100: $4 million apart", 0.0, []),
    (lambda: word.different(n(-101), n(-100)), True, "-101 against -100: $1 million apart", 0.005, []),
    (lambda: word.different(n(0), n(0)), False, "0 against 0: $0 million apart", 0.0, []),
    (lambda: word.nearly(n(97), 100), True, "97 against $0.1 billion", 0.02, []),
    (lambda: word.nearly(n(99), n(100)), True, "99 against $0.1 billion", 0.01, []),
    (lambda: word.nearly(n(94), 100), False, "94 against $0.1 billion", -0.01, []),
    (lambda: word.over(n(110, 5), 100), True, "110 against $0.1 billion", 0.05, []),
    (lambda: word.over(n(105, 5), 100), False, "105 against $0.1 billion", 0.0, []),
    (lambda: word.under(n(90, 5), 100), True, "90 against $0.1 billion", 0.05556, []),
    (lambda: word.under(n(95, 5), 100), False, "95 against $0.1 billion", 0.0, []),
    (lambda: word.half(n(48), n(100)), True, "48 of 100: 48 per cent", 0.005, []),
    (lambda: word.half(n(53), n(100)), False, "53 of 100: 53 per cent", -0.005, ["53 per cent"]),
    (lambda: word.most(n(60, 1), n(99, 1)), True, "60 of 99: 60.6 per cent", 0.09, []),
    (lambda: word.most(n(50), n(100)), False, "50 of 100: 50 per cent", 0.0, []),
    (lambda: word.minority(n(39, 1), n(101, 1)), True, "39 of 101: 38.6 per cent", 0.1, []),
    (lambda: word.minority(n(50), n(100)), False, "50 of 100: 50 per cent", 0.0, []),
    (lambda: word.peak(course([1, 3, 2], 0.1), "2011"), True, "3 in 2011; next 2 in 2012; 3 values, 2010 to 2012", 0.26667, []),
    (lambda: word.peak(course([1, 3, 3]), "2011"), False, "3 in 2011; next 3 in 2012; 3 values, 2010 to 2012", 0.0, ["3 in 2012"]),
    (lambda: word.peak(course([0, -1]), "2010"), True, "0 in 2010; next −1 in 2011; 2 values, 2010 to 2011", 1.0, []),
    (lambda: word.lowest(course([2, 1, 3], 0.1), "2011"), True, "1 in 2011; next 2 in 2010; 3 values, 2010 to 2012", 0.4, []),
    (lambda: word.lowest(course([2, 1, 1]), "2011"), False, "1 in 2011; next 1 in 2012; 3 values, 2010 to 2012", 0.0, ["1 in 2012"]),
    (lambda: word.stood_still(course([100, 104, 96.5])), True, "100 in 2010; furthest from it 104 in 2011", 0.01, []),
    (lambda: word.stood_still(course([100, 94, 103])), False, "100 in 2010; furthest from it 94 in 2011", -0.01, ["94 in 2011"]),
    (lambda: word.fell_times(course([3, 2, 3, 1]), 2), True, "2010 to 2013: fell in 2011, 2013", None, []),
    (lambda: word.fell_times(course([3, 2, 3, 1]), 1), False, "2010 to 2013: fell in 2011, 2013", None, ["2011", "2013"]),
    (lambda: word.fell_times(course([4, 3, 4, 2.9], 0.5), 1), True, "2010 to 2013: fell in 2013", None, []),
    (lambda: word.fell_times(course([1, 2]), 0), True, "2010 to 2011: fell in none", None, []),
    (lambda: word.every(course([2, 3], 0.5), above=1), True, "2 values, 2010 to 2011, all above 1; nearest 2 in 2010", 0.5, []),
    (lambda: word.every(course([2, 3]), above=2), False, "2 values, 2010 to 2011, all above 2; nearest 2 in 2010", 0.0, ["2 in 2010"]),
    (lambda: word.every(course([2, 4], 0.5), below=5), True, "2 values, 2010 to 2011, all below 5; nearest 4 in 2011", 0.1, []),
    (lambda: word.every(course([2, 4]), below=4), False, "2 values, 2010 to 2011, all below 4; nearest 4 in 2011", 0.0, ["4 in 2011"]),
    (lambda: word.every(course([2, 4]), above=0), True, "2 values, 2010 to 2011, all above 0; nearest 2 in 2010", 1.0, []),
    (lambda: word.labels_beyond(course([2, 1, 5], 0.25), 2, above=1.5), True, "2 of 3 above 1.5: 2010, 2012", None, []),
    (lambda: word.labels_beyond(course([2, 1, 5], 0.5), 2, above=1.5), False, "1 of 3 above 1.5: 2012", None, ["2012"]),
    (lambda: word.labels_beyond(course([2, 1, 5], 0.5), 1, below=2), True, "1 of 3 below 2: 2011", None, []),
    (lambda: word.labels_beyond(course([2, 1, 5], 1), 0, below=2), True, "0 of 3 below 2: none", None, []),
    (lambda: word.late(course([100, 150, 190, 240]), 200, "2010", 3), True, "200 due in 2010, first reached in 2013 (240 in 2013)", 0.2, []),
    (lambda: word.late(course([100, 150, 200, 240]), 200, "2010", 2), True, "200 due in 2010, first reached in 2012 (200 in 2012)", 0.0, []),
    (lambda: word.late(course([100, 150]), 200, "2010", 2), False, "200 due in 2010, first reached in no year", None, ["first reached in no year"]),
    (lambda: word.late(course([100, 240]), 200, "2010", 3), False, "200 due in 2010, first reached in 2011 (240 in 2011)", 0.2, ["first reached in 2011"]),
    (lambda: word.first_at(course([1, 2, 3]), "2012", 2), True, "above 2 first in 2012", None, []),
    (lambda: word.first_at(course([1, 2, 3]), "2012", 1), False, "above 1 first in 2011", None, ["2011"]),
    (lambda: word.first_at(course([1, 2, 3]), "2012", 9), False, "above 9 first in none", None, ["none"]),
    (lambda: word.that("a > b", "the first is not more", n(2), n(1)), True, "a > b, with a = 2, b = 1", None, []),
]  # fmt: skip
"""What was tested, in words; how far it is from failing; what speaks against it."""


@pytest.mark.parametrize(("make", "holds", "tested", "margin", "refuting"), OUTCOMES, ids=range(len(OUTCOMES)))
def test_a_word_tells_what_it_tested_and_how_far_it_is_from_failing(make, holds, tested, margin, refuting):
    outcome = make().outcome
    assert (outcome.holds, outcome.tested, outcome.refuting) == (holds, tested, refuting)
    assert outcome.margin == (None if margin is None else pytest.approx(margin, abs=6e-6))


@pytest.mark.parametrize(
    ("statement", "false_if"),
    [
        (word.less(n(90), n(100)), "the first is not below the second by more than their errors"),
        (word.doubled(n(100), n(200)), "the ratio leaves 1.95 to 2.5"),
        (word.about(n(96), n(100)), "the ratio leaves 0.95 to 1.05"),
        (word.same(n(104, 2), n(100, 2)), "they are more than $4 million apart"),
        (word.different(n(101), n(100)), "they are within $0.5 million"),
        (word.half(n(50), n(100)), "the share leaves 47.5 to 52.5 per cent"),
        (word.quarter(n(25), n(100)), "the share leaves 23.7 to 26.3 per cent"),
        (word.three_quarters(n(75), n(100)), "the share leaves 71.2 to 78.8 per cent"),
        (word.peak(course([1, 3]), "2011"), "another value comes up to that of 2011"),
        (word.lowest(course([1, 3]), "2010"), "another value comes down to that of 2010"),
        (word.fell_times(course([3, 2, 3, 1]), 2), "the number of falls is not two"),
        (word.every(course([2, 3]), below=5), "a value is not below 5"),
        (word.late(course([100, 240]), 200, "2010", 1), "the target is first reached in another year than 2011"),
    ],
    ids=lambda value: value.test if isinstance(value, statements.Statement) else "",
)
def test_a_word_tells_what_would_make_it_false(statement, false_if):
    assert statement.holds and statement.outcome.false_if == false_if


@pytest.mark.parametrize(
    ("part", "low", "high"),
    [
        (word.half, 475, 525),
        (word.quarter, 237, 263),
        (word.three_quarters, 712, 788),
    ],
)
def test_a_part_of_a_thousand_at_its_borders(part, low, high):
    around = (low - 1, low, high, high + 1)
    assert [part(n(value), n(1000)).holds for value in around] == [False, True, True, False]


@pytest.mark.parametrize(
    ("unit", "mark", "told"),
    [
        ("USD million", 10, "$0.01 billion"),
        ("USD million", 9.5, "$9.5 million"),
        ("USD million", -9.5, "−$9.5 million"),
        ("USD million", -1200, "−$1.2 billion"),
        ("USD million", 0, "$0 million"),
        ("CNY million", 9.5, "9.5 million yuan"),
        ("CNY million", -1200, "−1.2 billion yuan"),
        ("per cent", 45.2, "45.2 %"),
        ("ships", 12, "12"),
        ("ships", 0.1234, "0.123"),
        ("ships", -0.5, "−0.5"),
        ("ships", 1, "1"),
        ("ships", -1.234, "−1.23"),
    ],
)
def test_a_mark_is_told_as_sentences_tell_its_unit(unit, mark, told):
    assert word.over(n(5000, unit=unit), mark).outcome.false_if == f"the value is not above {told}"


def test_labels_that_follow_each_other_leave_no_room_for_an_earlier_time():
    def told(before, at):
        rising = course([1, 3])
        return word.first_at(replace(rising, frame=rising.frame.set_axis([before, at])), at, above=2).outcome.refuting

    assert told("2023-12", "2024-01") == told("2023", "2024") == told("2024-Q1", "2024-Q3") == []
    assert told("2024-01-05", "2024-03-05") == told("2022", "2024-01") == [], "what is no year or month has no steps"
    assert told("2023-11", "2024-01") == ["nothing between 2023-11 and 2024-01"]
    assert told("2022", "2024") == ["nothing between 2022 and 2024"]


def test_a_target_set_for_a_year_may_be_reached_in_a_month():
    monthly = replace(course([150, 240]), frame=course([150, 240]).frame.set_axis(["2012-04", "2012-05"]))
    told = word.late(monthly, 200, "2010-12", 2).outcome
    assert told.holds and told.tested == "200 due in 2010-12, first reached in 2012-05 (240 in 2012-05)"
    assert told.false_if == "the target is first reached in another year than 2012"


NAMED = [
    (lambda **at: word.fell_times(course([3, 2, 3, 1]), 2, **at), ("2011", "2013"), ("2011", "2012")),
    (lambda **at: word.labels_beyond(course([2, 1, 5]), 2, above=1.5, **at), ("2010", "2012"), ("2011", "2012")),
]


@pytest.mark.parametrize(("make", "right", "wrong"), NAMED)
def test_labels_that_a_sentence_names_are_those_found(make, right, wrong):
    """Two of the right number and one wrong year is no truth: the count alone would let it pass."""
    assert make().holds and make(at=right).holds and not make(at=wrong).holds
    told = make(at=wrong).outcome
    assert told.refuting == [label for label in right if label not in wrong]
    assert told.false_if.endswith(f"is not two, or these are not {', '.join(wrong)}")
    with pytest.raises(ValueError, match="2 labels are counted, 1 named: 2011"):
        make(at=("2011",))


def test_every_and_labels_beyond_need_one_mark():
    for marks in ({}, {"above": 1, "below": 2}):
        with pytest.raises(ValueError, match="^every: give either above= or below=$"):
            word.every(course([1]), **marks)
        with pytest.raises(ValueError, match="^labels_beyond: give either above= or below=$"):
            word.labels_beyond(course([1]), 1, **marks)


def test_a_first_time_after_a_year_without_a_row_does_not_hold():
    whole = course([100, 150, 190, 240])
    holed = whole.only("2010", "2011", "2013")
    for passed in (word.late(holed, 200, "2010", 3), word.first_at(holed, "2013", above=200)):
        assert not passed.holds and passed.outcome.refuting == ["nothing between 2011 and 2013"]
    after = course([100, 150, 240, 250, 260]).only("2010", "2011", "2012", "2014")
    assert word.late(after, 200, "2010", 2).holds, "a gap after the first time hides nothing"
    assert word.first_at(after, "2012", above=200).holds


ROWS = pd.DataFrame(
    {"period": ["2014", "2022", "2023"], "china": ["abstain", "against", "abstain"], "source_id": "s"},
    index=pd.Index([2, 3, 4], name="row"),
)
ROWS.attrs["table"] = "diplomacy-events"


def events(number):
    return named(pd.DataFrame({"id": [f"e{step}" for step in range(number)], "value": None}), "diplomacy-events")


def searches(*outcomes):
    days = ["2026-11-29", "2026-11-30", "2026-11-01"][: len(outcomes)]
    ids = [f"s{step}" for step in range(len(outcomes))]
    return named(pd.DataFrame({"id": ids, "date": days, "outcome": list(outcomes)}), "searches")


def named(frame, table):
    frame = frame.assign(source_id="s").set_axis(pd.RangeIndex(2, len(frame) + 2, name="row"))
    frame.attrs["table"] = table
    return frame


TEXTS = named(
    pd.DataFrame({"id": ["a", "b"], "start": ["2024-05-16", None], "event": ["arrives (by rail)", "leaves by rail"]}),
    "diplomacy-events",
)

OVER_ROWS = [
    (lambda: word.counted(ROWS, 2, "china == 'abstain'"), True, "2 of 3 rows with china == 'abstain': 2014; 2023", []),
    (lambda: word.counted(ROWS, 1, "china == 'abstain'"), False, "2 of 3 rows with china == 'abstain': 2014; 2023", ["2014", "2023"]),
    (lambda: word.counted(ROWS, 3), True, "3 of 3 rows: 2014; 2022; 2023", []),
    (lambda: word.counted(ROWS, 0, "china == 'for'"), True, "0 of 3 rows with china == 'for': none", []),
    (lambda: word.counted(events(13), 13), True, "13 of 13 rows: e0; e1; e2; e3; e4; e5; e6; e7; e8; e9; e10; e11; and 1 more", []),
    (lambda: word.counted(events(12), 12), True, "12 of 12 rows: e0; e1; e2; e3; e4; e5; e6; e7; e8; e9; e10; e11", []),
    (lambda: word.counted(ROWS[["china", "source_id"]], 3), True, "3 of 3 rows: row 2; row 3; row 4", []),
    (lambda: word.all_rows(ROWS, "period > '2000'"), True, "3 of 3 rows with period > '2000'", []),
    (lambda: word.all_rows(ROWS, "china == 'abstain'"), False, "2 of 3 rows with china == 'abstain'", ["2022"]),
    (lambda: word.all_rows(ROWS.head(0), "china == 'abstain'"), False, "0 of 0 rows with china == 'abstain'", []),
    (lambda: word.no_row(ROWS, "china == 'for'"), True, "0 of 3 rows with china == 'for'", []),
    (lambda: word.no_row(ROWS, "china == 'against'"), False, "1 of 3 rows with china == 'against'", ["2022"]),
    (lambda: word.no_row(ROWS.head(0), "china == 'against'"), False, "0 of 0 rows with china == 'against'", []),
    (lambda: word.only_row(ROWS, "china == 'against'"), True, "1 of 3 rows with china == 'against': 2022", []),
    (lambda: word.only_row(ROWS, "china == 'abstain'", 2), True, "2 of 3 rows with china == 'abstain': 2014; 2023", []),
    (lambda: word.only_row(ROWS, "china == 'abstain'"), False, "2 of 3 rows with china == 'abstain': 2014; 2023", ["2014", "2023"]),
    (lambda: word.only_row(ROWS, "period > '2000'", 3), False, "3 of 3 rows with period > '2000': 2014; 2022; 2023", ["2014", "2022", "2023"]),
    (lambda: word.first_row(ROWS, "2014"), True, "earliest of 3 rows: 2014", []),
    (lambda: word.first_row(ROWS, "2022", "china == 'against'"), True, "earliest of 1 row: 2022", []),
    (lambda: word.first_row(ROWS, "2022"), False, "earliest of 3 rows: 2014", ["2014"]),
    (lambda: word.first_row(ROWS, "2014", "china == 'for'"), False, "earliest of 0 rows: none", ["none"]),
    (lambda: word.first_row(ROWS, "abstain", by="china"), True, "earliest of 3 rows: abstain", []),
    (lambda: word.last_row(ROWS, "2023"), True, "latest of 3 rows: 2023", []),
    (lambda: word.last_row(ROWS, "2022", "china == 'against'"), True, "latest of 1 row: 2022", []),
    (lambda: word.last_row(ROWS, "2022"), False, "latest of 3 rows: 2023", ["2023"]),
    (lambda: word.last_row(ROWS, "2014", "china == 'for'"), False, "latest of 0 rows: none", ["none"]),
    (lambda: word.recorded(ROWS, "china == 'against'"), True, "1 of 3 rows with china == 'against': 2022", []),
    (lambda: word.recorded(events(6), "id > 'd'"), True, "6 of 6 rows with id > 'd': e0; e1; e2; e3; and 2 more", []),
    (lambda: word.recorded(ROWS, "china == 'for'"), False, "0 of 3 rows with china == 'for': none", ["no such row"]),
    (lambda: word.says(TEXTS, "rail"), True, "2 of 2 rows with “rail” in event: 2024-05-16 a; b", []),
    (lambda: word.says(TEXTS, "(by rail)"), False, "1 of 2 rows with “(by rail)” in event: 2024-05-16 a", ["b"]),
    (lambda: word.says(TEXTS, "2024-05", "start"), False, "1 of 2 rows with “2024-05” in start: 2024-05-16 a", ["b"]),
    (lambda: word.says(TEXTS.head(0), "rail"), False, "0 of 0 rows with “rail” in event: none", ["no such row"]),
    (lambda: word.searched(searches("none")), True, "1 search, the last on 2026-11-29: 0 found it, 0 found something near it", []),
    (lambda: word.searched(searches("none", "in part")), True, "2 searches, the last on 2026-11-30: 0 found it, 1 found something near it", []),
    (lambda: word.searched(searches("none", "found", "in part")), False, "3 searches, the last on 2026-11-30: 1 found it, 1 found something near it", ["s1"]),
    (lambda: word.searched(searches()), False, "0 searches, the last on no day: 0 found it, 0 found something near it", []),
]  # fmt: skip


@pytest.mark.parametrize(("make", "holds", "tested", "refuting"), OVER_ROWS, ids=range(len(OVER_ROWS)))
def test_a_word_over_rows_counts_and_names_them(make, holds, tested, refuting):
    outcome = make().outcome
    assert (outcome.holds, outcome.tested, outcome.refuting) == (holds, tested, refuting)


def test_the_words_must_be_forms_of_what_is_tested():
    with pytest.raises(ValueError, match='"tripled" is not what doubled tests'):
        word.doubled(n(1), n(2), words="tripled")
    assert word.late(course([1, 2, 3]), 3, "2010", 2).words == "two years late"


def test_unlike_numbers_are_not_compared_unless_it_is_said():
    china, russia = n(5, reporter="CHN"), n(4, reporter="RUS")
    with pytest.raises(statements.NotAlike, match=r"more compares unlike reporter \(larger: CHN; smaller: RUS\)"):
        word.more(china, russia)
    assert word.more(china, russia, across="reporter").across == ["reporter"]
    assert word.more(china, russia, across=("unit", "reporter")).across == ["unit", "reporter"]
    with pytest.raises(statements.NotAlike, match="unlike unit"):
        word.more(n(5), n(4, unit="CNY million"))
    with pytest.raises(
        ValueError, match="^more: across 'mood' is none of reporter, valuation, currency, period length, unit$"
    ):
        word.more(china, russia, across=("reporter", "mood", "size"))


def given(word_of_page, value, column="value", **more):
    """A number that one row gives with a word."""
    cell = {"table": "sanctions-counts", "column": column, "rows": "2"}
    return replace(n(value, **({"qualifier": word_of_page} if word_of_page else {})), operands={"a": [cell]}, **more)


@pytest.mark.parametrize("floor", ["more than", "at least"])
@pytest.mark.parametrize("ceiling", ["less than", "up to"])
def test_a_bound_carries_what_holds_wherever_behind_it_the_number_lies(floor, ceiling):
    high, low = given(floor, 9), given(ceiling, 5)
    assert word.more(high, n(7)).holds and word.more(n(7), low).holds and word.more(high, low).holds
    assert word.less(n(7), high).holds and word.less(low, n(7)).holds
    assert word.rose(n(7), high).holds and word.rose(low, n(7)).holds
    assert word.fell(high, n(7)).holds and word.fell(n(7), low).holds
    assert word.over(high, 8).holds and word.under(low, 6).holds
    for about in ("about", "almost"):
        assert word.same(given(about, 7), n(7)).holds


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda high, low: word.more(n(12), high), "smaller"),
        (lambda high, low: word.more(low, n(1)), "larger"),
        (lambda high, low: word.less(high, n(12)), "smaller"),
        (lambda high, low: word.less(n(1), low), "larger"),
        (lambda high, low: word.rose(high, n(12)), "before"),
        (lambda high, low: word.rose(n(1), low), "after"),
        (lambda high, low: word.fell(low, n(1)), "before"),
        (lambda high, low: word.fell(n(12), high), "after"),
        (lambda high, low: word.over(low, 1), "value"),
        (lambda high, low: word.under(high, 12), "value"),
        (lambda high, low: word.same(high, n(9)), "value"),
        (lambda high, low: word.different(n(2), low), "other"),
        (lambda high, low: word.about(n(9), high), "other"),
        (lambda high, low: word.doubled(n(4.5), high), "after"),
        (lambda high, low: word.more_than_doubled(n(4), high), "after"),
        (lambda high, low: word.nearly(low, 5.1), "value"),
        (lambda high, low: word.that("a < b", "a is not below b", low, n(9)), "a"),
        (lambda high, low: word.most(high, n(10)), "part"),
        (lambda high, low: word.went_up(high), "change"),
    ],
)
def test_a_bound_carries_nothing_that_its_other_end_could_refute(make, key):
    with pytest.raises(statements.OnlyABound, match=f'{key} is given as "(more than|up to)", which has no other end'):
        make(given("more than", 9), given("up to", 5))


def test_a_number_computed_from_a_bound_carries_no_comparison():
    """100 less more than 80 is less than 20; and what stands behind a sum is not known either."""
    bound = data.select(data.load("settlement-currency"), period="2020-Q4", flow="bilateral")
    rest = prose.percent("100 - a", a=bound)
    for computed in (rest, prose.percent(rest), prose.percent("sum(a)", a=bound), prose.percent("2 * a", a=bound)):
        assert computed.like["qualifier"] == ["more than"]
        with pytest.raises(statements.OnlyABound):
            word.over(computed, 1)
    assert word.over(prose.percent(bound), 70).holds and word.over(prose.percent(prose.percent(bound)), 70).holds


def test_a_word_on_the_value_does_not_bind_the_growth_beside_it():
    row = data.select(data.load("bilateral-trade"), period="2024-09", source_id="tass-com-2024-10-28-4a0c")
    growth = prose.percent((row, "growth_reported"))
    assert growth.value == 2 and word.under(growth, 5).holds
    with pytest.raises(statements.OnlyABound, match='value is given as "more than"'):
        word.under(prose.dollars(row), 200_000)


@pytest.mark.parametrize("first", [course([12]), given("more than", 12, "growth_reported")], ids=["course", "growth"])
def test_a_bound_is_found_behind_what_is_not_looked_at(first):
    with pytest.raises(statements.OnlyABound, match='smaller is given as "more than"'):
        statements.refuse_bounds("more", {"larger": first, "smaller": given("more than", 9)})


def test_a_false_statement_stops_the_cell_with_words_values_and_what_refutes_them():
    with pytest.raises(
        prose.StatementError,
        match=r'"two years late" \(late\) does not hold: 200 due in 2010, first reached in 2013.*against it: first reached in 2013',
    ):
        prose.holds(late=word.late(course([100, 150, 190, 240]), 200, "2010", 2))


def test_error_bars_travel_through_a_formula():
    parts = {
        "a": formula.Operand(100.0, 1.0, [], []),
        "b": formula.Operand(np.array([50.0, 60.0]), np.array([1.0, 2.0]), [], []),
    }
    assert formula.margin_of_error("a + sum(b)", parts) == pytest.approx(4)
    assert formula.margin_of_error("2 * a", parts) == pytest.approx(2)


@pytest.mark.parametrize("text", ["__import__('os')", "a.b", "[1]", "lambda: 1", "a if a else a", "print(a)", "a ="])
def test_a_formula_is_arithmetic_and_nothing_else(text):
    with pytest.raises(ValueError, match=r"is not allowed in a formula|is no formula"):
        formula.evaluate(text, {"a": 1.0})


def test_a_change_smaller_than_its_error_has_no_verb():
    assert word.went_up(n(2, 1)).holds and not word.went_up(n(1, 1)).holds
    assert word.went_down(n(-2, 1)).holds and not word.went_down(n(-1, 1)).holds


def test_a_card_tells_marks_and_errors_in_the_unit_of_the_words():
    trade = replace(n(245_000, error=120), text="$245.0 billion")
    assert word.over(trade, 200_000).outcome.tested == "$245.0 billion against $200 billion"
    assert word.under(trade, 300_000).outcome.false_if == "the value is not below $300 billion"
    assert "$237.5 billion to $250 billion" in word.nearly(trade, 250_000).outcome.false_if
    assert (
        "may be off by $0.24 billion together"
        in word.more(trade, replace(n(200_000, error=120), text="$200.0 billion")).outcome.tested
    )
    assert "$5 million" in word.went_up(replace(n(900, error=5), text="$0.9 billion")).outcome.tested
    assert "46 %" in word.under(replace(n(45.2, unit="per cent"), text="45.2 %"), 46).outcome.tested


# -- what a statement keeps -----------------------------------------------------------------------


def bound(values=(2.0, 3.0), table="bilateral-trade", **more):
    """Rows as if loaded, and a number from them."""
    frame = named(pd.DataFrame({"value": list(values)} | more), table)
    return frame, prose.compute("sum(a)", "Mt", lambda found: f"{found:g} Mt", a=frame)


def test_a_record_holds_all_that_a_page_shows_and_a_test_needs():
    first, second = bound()[1], bound((1.0,), "trade-totals", period=["2024"], tier=["D"], reporter=["CHN"])[1]
    record = word.more(first, second, words="is larger").record()
    assert list(record) == [
        "words", "test", "tested", "false_if", "margin", "across", "inputs", "options",
        "period", "reporter", "tables", "sources", "tier", "published", "last",
    ]  # fmt: skip
    assert (record["words"], record["test"], record["across"], record["options"]) == ("is larger", "more", [], {})
    assert record["inputs"]["larger"] == {
        "kind": "number",
        "unit": "Mt",
        "text": "5 Mt",
        "formula": "sum(a)",
        "operands": {"a": [{"table": "bilateral-trade", "column": "value", "rows": "2-3"}]},
    }
    assert (record["tables"], record["sources"], record["tier"]) == (["bilateral-trade", "trade-totals"], ["s"], "D")
    assert (record["period"], record["reporter"], record["last"]) == ("2024", "CHN", "2024-12-31")
    assert statements.references(record) == [
        {"table": "bilateral-trade", "column": "value", "rows": "2-3"},
        {"table": "trade-totals", "column": "value", "rows": "2"},
    ]


def test_margins_are_kept_to_four_digits_and_missing_ones_as_none():
    assert word.more(bound((4.0,))[1], bound((3.0,))[1], words="larger").record()["margin"] == 0
    assert word.went_up(bound((3.0,))[1]).record()["margin"] == 0.8333
    assert word.counted(ROWS, 3).record()["margin"] is None


def test_a_record_is_tested_again_on_other_rows():
    frame, number = bound((2.0, 4.0), period=["2020", "2021"])
    course = series(frame, unit="Mt")
    tables = {"bilateral-trade": frame, "diplomacy-events": ROWS}
    changed = tables | {"bilateral-trade": frame.assign(value=[4.0, 2.0]), "diplomacy-events": ROWS.assign(china="for")}
    for statement in (
        word.over(number, 3, words="above"),
        word.peak(course, "2021"),
        word.went_up(prose.compute("b - a", "Mt", str, a=frame.iloc[[0]], b=frame.iloc[[1]]), words="up"),
        word.counted(ROWS, 2, "china == 'abstain'"),
    ):
        again = statements.evaluate(statement.record(), tables.__getitem__)
        assert again == statement.outcome and again.holds
        after = statements.evaluate(statement.record(), changed.__getitem__)
        assert after.holds is (statement.test == "over"), statement.test
    gone = statements.evaluate(word.counted(ROWS, 3).record(), {"diplomacy-events": ROWS.iloc[:2]}.__getitem__)
    assert gone.tested == "2 of 2 rows: 2014; 2022", "a row that is no longer there is not counted"


def test_numbers_within_a_number_are_referred_to_as_well():
    frame, number = bound()
    outer = prose.compute("a / b", "ratio", str, a=number, b=named(pd.DataFrame({"value": [4.0]}), "trade-totals"))
    refs = statements.references(word.over(outer, 1).record())
    assert [ref["table"] for ref in refs] == ["bilateral-trade", "trade-totals"]
    rows = statements.references(word.counted(ROWS, 3).record())
    assert rows == [{"table": "diplomacy-events", "rows": "2-4"}]


def test_a_complaint_names_the_words_what_was_tested_what_refutes_it_and_the_rows():
    false = word.all_rows(ROWS, "china == 'abstain'")
    assert false.complaint() == (
        "\"all\" (all_rows) does not hold: 2 of 3 rows with china == 'abstain'; against it: 2022"
        " (rows: diplomacy-events row 2-4)"
    )
    many = events(18).iloc[::2]
    assert "(rows: diplomacy-events row 2, 4, 6, 8, 10, 12 and 3 more)" in word.counted(many, 1).complaint()
    assert "row 2, 4, 6, 8, 10, 12)" in word.counted(many.iloc[:6], 1).complaint()
    assert word.over(n(1), 2).complaint() == '"over" (over) does not hold: 1 against $2 million (rows: none)'


def test_a_number_without_a_formula_bears_no_statement():
    with pytest.raises(ValueError, match="^5: a statement needs numbers that are computed from rows by a formula$"):
        word.over(replace(n(5), formula=""), 1)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (-1, "-1"), (True, "True"), (2.0, "2.0"), ("x", "x")]
)  # fmt: skip
def test_whole_numbers_up_to_twelve_are_spelled(value, text):
    assert statements.spelled(value) == text


def test_numbers_in_the_forms_of_a_word_are_spelled_and_read_whatever_their_case():
    assert word.counted(ROWS, 3, words="Three of them").words == "Three of them"
    with pytest.raises(ValueError, match='"four" is not what counted tests; its forms are: {n}, '):
        word.counted(ROWS, 3, words="four")


def test_courses_are_compared_like_for_like_as_numbers_are():
    rising, passed = course([1, 3]), course([2, 2])

    def compared(first, second, *across):
        statements.like_for_like("two", {"rising": first, "passed": second}, list(across))

    with pytest.raises(statements.NotAlike, match=r"two compares unlike unit \(rising: t; passed: x\)"):
        compared(replace(rising, unit="t"), passed)
    compared(replace(rising, unit="t"), passed, "unit", "reporter")
    compared(replace(rising, unit=""), passed)  # what is not known is not unlike
    yearly = replace(rising, ground=rising.ground | {"like": {"frequency": ["A"]}})
    monthly = replace(passed, ground=passed.ground | {"like": {"frequency": ["M"]}})
    with pytest.raises(statements.NotAlike, match=r'unlike period length .*name it: across="period length"$'):
        compared(yearly, monthly)


def test_each_word_has_its_test_its_forms_and_its_help():
    assert statements.TESTS.keys() == statements.FORMS.keys() == statements.HELP.keys()
    assert statements.FORMS["doubled"][0] == "doubled"
    assert statements.HELP["doubled"] == "The later value is 1.95 to 2.5 times the earlier one."
    assert all(told.endswith(".") for told in statements.HELP.values())
    assert word.doubled.__name__ == "doubled" and word.doubled.__doc__ == word.doubled.__wrapped__.__doc__


def test_all_false_statements_are_told_at_once():
    with pytest.raises(prose.StatementError) as caught:
        prose.require([word.over(n(1), 2), word.over(n(3), 2), word.under(n(3), 2)])
    assert [line.split(" ")[0] for line in str(caught.value).splitlines()] == ['"over"', '"under"']
    held = prose.holds(is_over=word.over(n(3), 2))
    bundle = held._repr_mimebundle_()
    assert bundle["text/plain"] == "over: 3 against $2 million" and list(bundle[prose.STATEMENTS]) == ["is-over"]


@pytest.mark.parametrize(
    "told",
    [n(1), course([1]), word.over(n(2), 1), word.over(n(2), 1).outcome, formula.Operand(1.0, 0.0, [], [])],
    ids=type,
)
def test_what_was_found_is_not_changed_afterwards(told):
    with pytest.raises(FrozenInstanceError):
        told.unit = "ships"


def test_the_current_tables_are_those_that_load_gives():
    assert statements.current("outlook").equals(data.load("outlook"))


def test_first_and_last_are_by_number_and_by_day_and_a_year_is_whole():
    numbers = pd.DataFrame({"n": [9, 10], "source_id": "x"})
    assert word._end(numbers["n"], min, None) == "9" and word._end(numbers["n"], max, None) == "10"
    periods = pd.Series(["2020", "2020-Q4", "2020-05"])
    assert word._end(periods, max, data.last_day) == "2020-Q4"
    assert word._end(pd.Series(["2020-Q1", "2020-09"]), max, data.last_day) == "2020-09"
    assert word._within("2020-05", "2020") and not word._within("2020", "2")
    assert formula.evaluate("latest(a)", {"a": np.array([9.0, 10.0])}) == 10


def test_a_name_with_a_comma_in_brackets_is_one_and_one_unknown_day_leaves_none():
    one = Number("1", 1.0, "count", reporter="A (b, c)", published="2024", formula="a", operands={})
    ground = statements._ground({"a": one, "b": replace(one, reporter="D", published="")})
    assert (ground["reporter"], ground["published"]) == ("A (b, c), D", "")
