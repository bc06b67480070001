"""Each word at its border: what still counts as doubled, as nearly, as three years late."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from partnership import formula, prose, statements
from partnership import vocabulary as word
from partnership.prose import Number
from partnership.series import Series


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


CASES = [
    ("doubled", word.doubled, (n(100), n(195)), True),
    ("just short of doubled", word.doubled, (n(100), n(194)), False),
    ("no longer doubled but more", word.doubled, (n(100), n(251)), False),
    ("more than doubled within its error", word.more_than_doubled, (n(100, 2), n(203, 1)), False),
    ("more than doubled", word.more_than_doubled, (n(100), n(210)), True),
    ("tripled", word.tripled, (n(100), n(289)), False),
    ("tripled at the border", word.tripled, (n(100), n(290)), True),
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
    ("a third", word.third, (n(33), n(100)), True),
    ("peak", word.peak, (course([1, 3, 2]), "2011"), True),
    ("no peak at a tie", word.peak, (course([1, 3, 3]), "2011"), False),
    ("no peak within the error", word.peak, (course([1, 3, 2.5], 0.3), "2011"), False),
    ("lowest", word.lowest, (course([2, 1, 3]), "2011"), True),
    ("highest since", word.highest_since, (course([9, 1, 2, 5]), "2013", "2010"), True),
    ("not highest since", word.highest_since, (course([9, 6, 2, 5]), "2013", "2010"), False),
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


def test_overtaking_needs_the_order_before_at_and_after():
    rising, passed = course([1, 3, 4]), course([2, 2, 2])
    assert word.overtook(rising, passed, "2011").holds
    assert not word.overtook(rising, passed, "2012").holds
    assert not word.overtook(course([1, 3, 1]), passed, "2011").holds
    assert word.overtook(course([1, 3, 1]), passed, "2011", stays=False).holds


def test_overtaking_across_a_year_without_a_row_does_not_hold():
    assert not word.overtook(course([1, 3, 4]).only("2010", "2012"), course([2, 2, 2]), "2012").holds


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


def test_words_over_rows():
    assert word.only_row(ROWS, "china == 'against'").holds
    assert not word.all_rows(ROWS, "china == 'abstain'").holds
    assert not word.no_row(ROWS, "china == 'against'").holds
    assert word.counted(ROWS, 2, "china == 'abstain'", words="two").holds
    assert word.first_row(ROWS, "2014").holds and word.last_row(ROWS, "2023", words="last").holds


@pytest.mark.parametrize(("outcomes", "holds"), [(["none", "in part"], True), (["none", "found"], False)])
def test_not_found_falls_with_the_first_search_that_finds_it(outcomes, holds):
    rows = pd.DataFrame(
        {"id": ["first", "second"], "date": "2026-11-30", "outcome": outcomes, "result": "none of the year"},
        index=pd.Index([2, 3], name="row"),
    )
    rows.attrs["table"] = "searches"
    assert word.searched(rows).holds is holds


def test_the_words_must_be_forms_of_what_is_tested():
    with pytest.raises(ValueError, match='"tripled" is not what doubled tests'):
        word.doubled(n(1), n(2), words="tripled")
    assert word.late(course([1, 2, 3]), 3, "2010", 2).words == "two years late"


def test_unlike_numbers_are_not_compared_unless_it_is_said():
    china, russia = n(5, reporter="CHN"), n(4, reporter="RUS")
    with pytest.raises(statements.NotAlike, match=r"more compares unlike reporter \(larger: CHN; smaller: RUS\)"):
        word.more(china, russia)
    assert word.more(china, russia, across="reporter").across == ["reporter"]
    with pytest.raises(statements.NotAlike, match="unlike unit"):
        word.more(n(5), n(4, unit="CNY million"))
    with pytest.raises(ValueError, match="none of"):
        word.more(china, russia, across="mood")


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
