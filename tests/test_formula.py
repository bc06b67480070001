"""Arithmetic over rows, and courses of numbers: hand-worked values, and what is refused in which words."""

import re

import numpy as np
import pandas as pd
import pytest

from partnership import data, formula, prose, statements
from partnership import series as courses
from partnership.formula import Operand
from partnership.series import Series, series


def rows(values, table="bilateral-trade", column="value", start=2, **more):
    """Rows as if loaded from a table."""
    frame = pd.DataFrame({column: values, "source_id": "s", **more})
    frame.index = pd.RangeIndex(start, start + len(frame), name="row")
    frame.attrs["table"] = table
    return frame


# -- formulas -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a + b", 5),
        ("a - b", -1),
        ("a * b", 6),
        ("b / a", 1.5),
        ("b ** a", 9),
        ("7 % b", 1),
        ("-a", -2),
        ("not a > b", True),
        ("a < b", True),
        ("a < 2", False),
        ("a <= 2", True),
        ("a >= 2", True),
        ("a > 2", False),
        ("a == 2", True),
        ("a != 2", False),
        ("1 < a < b", True),
        ("1 < a < 2", False),
        ("a > 1 and b > 3", False),
        ("a > 1 or b > 3", True),
        ("count(c)", 3),
        ("distinct(c)", 2),
        ("sum(c)", 8),
        ("mean(c) * 3", 8),
        ("median(c)", 2),
        ("min(c)", 2),
        ("max(c)", 4),
        ("abs(a - b)", 1),
        ("sqrt(max(c))", 2),
        ("all(c > 1)", True),
        ("any(c > 4)", False),
        ("hhi(c)", 0.375),
        ("sum(greatest(c, b))", 10),
        ("sum(least(c, b))", 7),
        ("latest(d)", 202411),
        ("latest(e)", 20243),
        ("days(f, g)", 30),
        ("days(g, f)", -30),
    ],
)
def test_a_formula_has_its_value(text, value):
    words = np.array(["2024-09", "2024-11", "2023"], dtype=object), np.array(["2024-Q3", "2023-Q4"], dtype=object)
    values = {"a": 2.0, "b": 3.0, "c": np.array([2.0, 2.0, 4.0]), "d": words[0], "e": words[1]}
    values |= {"f": "2024-01-31", "g": np.array(["2024-03-01"], dtype=object)}
    found = formula.evaluate(text, values)
    assert found == pytest.approx(value) and isinstance(found, bool) == isinstance(value, bool)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a + x", '"a + x": no rows named "x"'),
        ("+a", '"+a": +a is not allowed in a formula'),
        ("a // 2", '"a // 2": a // 2 is not allowed'),
        ("a is 2", '"a is 2": a is 2 is not allowed'),
        ("1 < a is 2", "is not allowed"),
        ("round(a)", "round(a) is not allowed"),
        ("max(a, axis=0)", "max(a, axis=0) is not allowed"),
        ("'a'", "'a' is not allowed"),
        ("a +", '"a +" is no formula'),
    ],
)
def test_what_is_no_arithmetic_is_refused_in_its_own_words(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        formula.evaluate(text, {"a": 1.0})


@pytest.mark.parametrize("cell", ["2024-03", 2024.0, np.array(["2024-03-01", "2024-03-02"], dtype=object)])
def test_days_are_counted_between_two_whole_days(cell):
    with pytest.raises((ValueError, TypeError)):
        formula.evaluate("days(a, b)", {"a": cell, "b": "2024-03-09"})


MATRIX = {
    "e": np.array(list("AACC"), dtype=object),
    "i": np.array(list("BCBA"), dtype=object),
    "v": np.array([20.0, 80, 30, 40]),
    "a": "A",
    "b": "B",
    "c": "C",
    "d": "D",
    "among": np.array(list("ABC"), dtype=object),
    "two": np.array(list("AB"), dtype=object),
}
"""Intensity: A-B 0.52, A-C 1.2952, B-C 0.7714; asymmetry: 2.8, 1.0714, 3 (worked out in the tests of measures)."""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("intensity(e, i, v, a, b)", 0.52),
        ("intensity(e, i, v, b, a)", 0.52),
        ("intensity(e, i, v, c, b)", 0.7714),
        ("less_lopsided(e, i, v, a, b, among)", 1 / 3),
        ("less_lopsided(e, i, v, b, c, among)", 2 / 3),
        ("less_intense(e, i, v, c, a, among)", 2 / 3),
        ("less_intense(e, i, v, a, c, two)", 1),
        ("less_intense(e, i, v, a, b, among)", 0),
    ],
)
def test_a_pair_in_its_matrix(text, value):
    assert formula.evaluate(text, MATRIX) == pytest.approx(value, abs=5e-5)


def test_a_pair_without_trade_is_told():
    with pytest.raises(ValueError, match="the matrix has no trade between A and D"):
        formula.evaluate("intensity(e, i, v, a, d)", MATRIX)


# -- operands -------------------------------------------------------------------------------------


def test_rows_become_values_errors_and_lines():
    made = formula.operand(rows([94.14, 244810.0, 30.0]).iloc[[2, 0, 1]], "a")
    assert made.values.tolist() == [94.14, 244810, 30], "in the order of the file"
    assert made.errors.tolist() == pytest.approx([0.005, 5, 5])
    assert made.refs == [{"table": "bilateral-trade", "column": "value", "rows": "2-4"}]
    alone = formula.operand((rows(["2024-05"], column="period"), "period"))
    assert (alone.values, alone.errors) == ("2024-05", 0)
    assert formula.operand((rows(["2024", "2025"], column="period"), "period")).values.tolist() == [2024, 2025]
    mixed = formula.operand((rows(["2024", "2025-01"], column="period"), "period"))
    assert mixed.values.tolist() == ["2024", "2025-01"]


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (3.0, TypeError, r"^a: 3\.0 is no rows of a table; bind the rows that it comes from$"),
        (rows([]), ValueError, "^a: no rows behind this number$"),
        (rows([1.0]).drop(columns="source_id"), ValueError, "^a: a row without source_id$"),
        (rows([1.0, 2.0]).assign(source_id=["s", None]), ValueError, "^a: a row without source_id$"),
        ((rows([1.0]), "height"), ValueError, '^a: the rows have no column "height"$'),
        (rows([1.0, None, None]), ValueError, "^a: the value is missing in row 3$"),
        ((rows([1.0], column="height"), "height"), ValueError, '^a: "height" is no column of bilateral-trade; bind'),
        (rows([1.0]).reset_index(drop=True), ValueError, "^a: the rows have lost their line numbers;"),
        (pd.DataFrame(rows([1.0]).to_dict("list"), pd.Index([2], name="row")), ValueError, "^a: rows without their table"),
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_ground_for_a_number_is_refused(given, error, message):
    with pytest.raises(error, match=message):
        formula.operand(given, "a")


def test_rows_of_two_tables_are_told_apart():
    both = prose.together(rows([2.0], "trade-totals"), rows([1.0], start=7))
    refs = formula.operand(both).refs
    assert [(ref["table"], ref["rows"]) for ref in refs] == [("bilateral-trade", "7"), ("trade-totals", "2")]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], ""),
        ([5], "5"),
        ([2, 3], "2-3"),
        ([9, 2, 4, 3, 3, 7], "2-4, 7, 9"),
        ([1, 3], "1, 3"),
        ([300, 400, 401, 402], "300, 400-402"),
    ],
)
def test_line_numbers_in_short_and_back(lines, text):
    assert formula.spans(lines) == text
    if lines:
        assert formula.lines(text) == sorted(set(lines))


# -- errors ---------------------------------------------------------------------------------------


def several(values, errors):
    return Operand(np.array(values, dtype=float), np.array(errors, dtype=float), [], [])


@pytest.mark.parametrize(
    ("text", "operands", "error"),
    [
        ("a", {"a": Operand(10.0, 0.5, [], [])}, 0.5),
        ("a - b", {"a": Operand(10.0, 0.5, [], []), "b": Operand(4.0, 0.25, [], [])}, 0.75),
        ("3 * a - b", {"a": Operand(10.0, 0.5, [], []), "b": Operand(4.0, 0.0, [], [])}, 1.5),
        ("a > 3", {"a": Operand(10.0, 0.5, [], [])}, 0),
        ("sum(a)", {"a": several([1, 2, 3], [0.5, 0, 0.25])}, 0.75),
        ("max(a) - min(a)", {"a": several([1, 5], [0.5, 0.5])}, 1),
        ("max(a) - min(a)", {"a": several([*range(40)], [0.5] * 40)}, 1),
        ("max(a) - min(a)", {"a": several([*range(41)], [0.5] * 41)}, 0),
    ],
)
def test_each_input_is_moved_by_its_error_and_many_are_moved_together(text, operands, error):
    before = {name: np.copy(part.values).tolist() for name, part in operands.items()}
    assert formula.margin_of_error(text, operands) == pytest.approx(error)
    assert {name: np.copy(part.values).tolist() for name, part in operands.items()} == before


def test_a_number_is_computed_again_from_its_record():
    table = rows([2.0, 3.5, 10.0, 4.0])
    ref = {"table": "t", "column": "value", "rows": "2-3"}
    inner = {"formula": "sum(a)", "operands": {"a": [ref]}}
    again = formula.again("a * b", {"a": inner, "b": [ref | {"rows": "5"}]}, {"t": table}.__getitem__)
    assert again == (22, pytest.approx(4 * 0.55 + 5.5 * 0.5))
    apart = formula.again("count(a) + sum(a)", {"a": [ref, ref | {"rows": "4"}]}, {"t": table}.__getitem__)
    assert apart[0] == 18.5
    with pytest.raises(KeyError):
        formula.again("a", {"a": [ref | {"rows": "9"}]}, {"t": table}.__getitem__)


# -- courses --------------------------------------------------------------------------------------


def course(values, labels, errors=0.0):
    frame = pd.DataFrame({"value": np.array(values, dtype=float), "error": errors}, pd.Index(labels, name="label"))
    return Series(frame, "Mt", {"formula": "sum(a)", "steps": [{"first": "0"}]}, {"tier": "B"})


YEARS = course([1, 2, 4, 8], ["2020", "2021", "2022", "2023"])


def test_a_course_is_cut_at_labels_that_are_included():
    assert YEARS["2022"] == 4
    assert YEARS.since("2022").frame.index.tolist() == ["2022", "2023"]
    assert YEARS.until("2021").frame.index.tolist() == ["2020", "2021"]
    assert YEARS.only("2023", "2020").frame["value"].tolist() == [8, 1]
    kept = YEARS.since("2021").until("2022")
    assert kept.record == {"formula": "sum(a)", "steps": [{"first": "0"}, {"first": "2021"}, {"last": "2022"}]}
    assert (kept.unit, kept.ground) == ("Mt", {"tier": "B"})


def test_a_label_without_a_value_and_an_empty_part_are_told():
    with pytest.raises(KeyError, match="no value for 2024; there are 2020, 2021, 2022, 2023"):
        YEARS["2024"]
    with pytest.raises(ValueError, match=r"no values left: \{'first': '2030'\}"):
        YEARS.since("2030")


def test_sums_over_a_window_need_every_label_in_it():
    months = course([1, 2, 4, 8], ["2023-11", "2023-12", "2024-01", "2024-03"], [0.5, 0.5, 0.25, 1])
    two = months.over(2)
    assert two.frame["value"].to_dict() == {"2023-12": 3, "2024-01": 6}
    assert two.frame["error"].to_dict() == {"2023-12": 1, "2024-01": 0.75}
    assert two.record["steps"][-1] == {"window": 2}
    assert YEARS.over(3).frame["value"].to_dict() == {"2022": 7, "2023": 14}
    assert YEARS.only("2022").over(1).frame["value"].to_dict() == {"2022": 4}
    begun = course([1, 2, 4], ["2022", "2023", "2024-01"])
    assert begun.over(2).frame["value"].to_dict() == {"2023": 3}, "a month behind years is no year"


def test_growth_of_a_course_has_the_error_that_both_ends_leave_it():
    grown = course([50, 60, 90], ["2021", "2022", "2023"], [1.0, 3.0, 2.0]).growth()
    assert grown.frame["value"].tolist() == pytest.approx([20, 50])
    assert grown.frame["error"].tolist() == pytest.approx([100 * (3 / 50 + 60 / 2500), 100 * (2 / 60 + 90 * 3 / 3600)])
    assert (grown.unit, grown.record["steps"][-1]) == ("per cent", {"growth": 1})
    assert YEARS.growth(3).frame["value"].to_dict() == {"2023": 700}


def test_growth_is_on_the_period_so_long_before_not_on_the_row():
    assert course([1, 2, 4], ["2021", "2023", "2024"]).growth().frame["value"].to_dict() == {"2024": 100}
    months = [f"2023-{month:02}" for month in range(1, 13) if month != 2] + ["2024-01", "2024-02", "2024-03"]
    yearly = course([*range(1, 12), 2, 5, 8], months).growth(12).frame["value"]
    assert yearly.to_dict() == {"2024-01": 100, "2024-03": 300}, "February has no month a year before"
    with pytest.raises(ValueError, match="no values left"):
        course([1, 2], ["2021", "2023"]).growth()


def test_quarters_are_counted_as_quarters():
    quarters = course([1, 2, 4, 8], ["2023-Q3", "2023-Q4", "2024-Q1", "2024-Q3"])
    assert quarters.over(2).frame["value"].to_dict() == {"2023-Q4": 3, "2024-Q1": 6}
    assert quarters.over(2).reach == "the 2 quarters to "
    assert quarters.growth(4).frame["value"].to_dict() == {"2024-Q3": 700}


def test_a_course_is_summed_by_label_over_what_all_operands_have():
    a = rows([1.5, 2.5, 4.0, 8.0], period=["2020", "2020", "2021", "2022"])
    b = rows([10.0, 20.0], "trade-totals", period=["2020", "2021"])
    summed = series(a, unit="billion", scale=0.5)
    assert summed.frame["value"].to_dict() == {"2020": 2, "2021": 2, "2022": 4}
    assert summed.frame["error"].tolist() == pytest.approx([0.05, 0.25, 0.25])
    assert (summed.unit, summed.record["scale"], summed.record["by"]) == ("billion", 0.5, "period")
    share = series("100 * sum(a) / sum(b)", a=a, b=b)
    assert share.frame["value"].to_dict() == {"2020": 40, "2021": 20}
    assert share.ground["tables"] == ["bilateral-trade", "trade-totals"]
    single = series("a / b", a=a.iloc[2:], b=b)
    assert single.frame["value"].to_dict() == {"2021": 0.2}, "one row a label needs no function"
    monthly = rows([1.0, 2.0, 4.0], period=["2020-01", "2020-02", "2021-01"])
    assert series(monthly, by="year").frame["value"].to_dict() == {"2020": 3, "2021": 4}
    assert series(a, scale=-1).frame["error"].min() > 0


def test_rows_without_a_partner_are_no_ground_of_a_course_and_a_part_is_dated_by_its_last_label():
    a = rows([1.5, 2.5, 8.0], period=["2020", "2021", "2025"])
    b = rows([10.0, 20.0], "trade-totals", period=["2020", "2021"])
    share = series("a / b", a=a, b=b)
    assert share.ground["period"] == "2020 – 2021" and share.ground["last"] == "2021-12-31"
    assert share.record["operands"]["a"] == series("a / b", a=a.iloc[:2], b=b).record["operands"]["a"]
    assert share.until("2020").ground["last"] == "2020-12-31"
    assert share.only("2021", "2020").ground["last"] == "2021-12-31"
    unsourced = a.assign(source_id=["x", "x", None])
    with pytest.raises(ValueError, match="a: a row without source_id"):
        series("a / b", a=unsourced, b=b)


def test_a_course_knows_what_its_labels_are_the_ends_of():
    sums = rows([1.0, 2.0], period=["2023-09", "2024-09"], frequency="YTD")
    made = series(sums)
    assert made.reach == made.until("2024-09").reach == "January to "
    assert courses.again(made.record, {"bilateral-trade": sums}.__getitem__).reach == "January to "
    assert series(sums, by="year").reach == "", "its labels are years"
    months = rows([1.0, 2.0], period=["2023-09", "2023-10"], frequency="M")
    assert series(months).reach == "" and series(months).over(2).reach == "the 2 months to "


def test_a_course_without_a_common_label_or_with_several_values_is_refused():
    a, b = (rows([1.0, 2.0], period=periods) for periods in (["2020", "2020"], ["2021", "2022"]))
    with pytest.raises(ValueError, match='"a / b": the rows have no period in common'):
        series("a / b", a=a, b=b)
    with pytest.raises(ValueError, match='"a": several values for 2020; name a function such as sum'):
        series("a", a=a)


def test_a_course_is_computed_again_step_by_step():
    table = rows([1.0, 2.0, 4.0, 8.0, 16.0], period=["2020", "2021", "2022", "2023", "2023"])
    made = series(prose.together(table.iloc[:3], table.iloc[3:]))
    for step in (
        made,
        made.since("2021"),
        made.until("2022"),
        made.only("2020", "2023"),
        made.growth(2),
        made.over(2).since("2022").growth(),
    ):
        again = courses.again(step.record, {"bilateral-trade": table}.__getitem__)
        pd.testing.assert_frame_equal(again.frame, step.frame)
    ref = {"table": "t", "column": "value"}
    apart = {
        "formula": "sum(a)",
        "by": "period",
        "scale": 1,
        "operands": {"a": [ref | {"rows": "5"}, ref | {"rows": "6"}]},
    }
    assert courses.again(apart, {"t": table}.__getitem__).frame["value"].to_dict() == {"2023": 24}


# -- statements over both -------------------------------------------------------------------------


def test_the_error_of_stored_values_is_that_of_their_digits():
    trade = data.load("bilateral-trade").head(3)
    assert formula.operand(trade).errors.tolist() == data.error(trade).tolist()


def test_an_outcome_is_plain_and_a_margin_that_is_no_number_is_none():
    outcome = statements.Outcome(np.bool_(True), "", "", np.float64("nan"))
    assert outcome.holds is True and outcome.margin is None
    assert type(statements.Outcome(True, "", "", np.float64(0.5)).margin) is float
