"""Text alternatives: what the one describer tells of each kind of chart."""

import altair as alt
import pandas as pd
import pytest

from partnership import charts, describe

YEARS = pd.DataFrame(
    {"year": [2019, 2020, 2022, 2023, 2019, 2020, 2022, 2023], "flow": ["out"] * 4 + ["in"] * 4}
).assign(billions=[10.04, 9.0, 14.0, 12.5, 1.0, 2.0, 3.0, -4.0])
MONTHS = pd.DataFrame({"date": pd.date_range("2025-01-01", periods=5, freq="MS"), "growth": [1.0, -2.0, 3.5, 0.5, 1.5]})
NAMED = pd.DataFrame({"name": ["Crude|oil", "Gas"], "share": [30.5, 7.25]})


def line(frame, x, y, **options):
    return alt.Chart(charts.tidy(frame)).mark_line().encode(x=x, y=y, **options)


def bars(frame, x, y, **options):
    return alt.Chart(charts.tidy(frame)).mark_bar().encode(x=x, y=y, **options)


def words(chart, title=""):
    return describe.describe(chart.to_dict(), title)


def test_lines_tell_first_last_highest_lowest_and_breaks():
    told = words(line(YEARS, "year:Q", alt.Y("billions:Q").title("billion dollars"), color="flow:N"), "Trade grew.")
    assert told == (
        "Trade grew. Line chart, billion dollars, 2019 to 2023. "
        "Out: 4 values, first 10.0 in 2019, last 12.5 in 2023, highest 14.0 in 2022, lowest 9.0 in 2020, no value in 2021. "
        "In: 4 values, first 1.0 in 2019, last −4.0 in 2023, highest 3.0 in 2022, no value in 2021."
    )


def test_months_are_told_by_name():
    told = words(bars(MONTHS, "yearmonth(date):T", alt.Y("growth:Q").title("per cent")))
    assert told == (
        "Bar chart, per cent, January 2025 to May 2025. "
        "5 values, first 1.0 in January 2025, last 1.5 in May 2025, highest 3.5 in March 2025, lowest −2.0 in February 2025."
    )


def test_rows_tell_each_name_with_its_value():
    drawn = bars(NAMED, alt.X("share:Q").title("%"), "name:N")
    assert words(drawn) == "Horizontal bars, %. Crude oil 30.5, Gas 7.3."


def test_dots_tell_each_series():
    frame = NAMED.assign(who=["China", "Russia"])
    dots = alt.Chart(charts.tidy(frame)).mark_point()
    told = words(dots.encode(x=alt.X("share:Q").title("%"), y="name:N", color="who:N", shape="who:N"))
    assert told == "Dot plot, %. China: Crude oil 30.5. Russia: Gas 7.3."


def test_stacked_bars_are_named_so():
    frame = YEARS.assign(year=YEARS["year"].astype(str))
    assert words(bars(frame, "year:O", alt.Y("billions:Q").stack("zero"), color="flow:N")).startswith(
        "Stacked bars, 2019 to 2023. Out: 4 values"
    )


def test_targets_and_ranges_beside_the_series_are_told():
    frame = YEARS[YEARS["flow"] == "out"].assign(year=lambda rows: rows["year"].astype(str))
    targets = pd.DataFrame({"year": ["2020"], "billions": [20.0], "text": ["target"]})
    spans = pd.DataFrame({"year": ["2022"], "low": [15.0], "high": [16.5]})
    chart = alt.layer(
        bars(frame, "year:O", "billions:Q"),
        charts.ticks(targets, "year", "billions", "text"),
        bars(spans, "year:O", "low:Q", y2="high"),
    )
    told = words(chart)
    assert "Also drawn: target 20 in 2020." in told and "15.0 to 16.5 in 2022" in told


def test_panels_are_told_one_by_one():
    rows = bars(NAMED, "share:Q", "name:N")
    told = words(charts.panels({"One": rows, "Two": rows}))
    assert told.startswith("Two panels. One: horizontal bars. Crude oil 30.5, Gas 7.3. Two: horizontal bars.")


def test_floating_bars_tell_both_ends():
    chart = alt.Chart(pd.DataFrame({"name": ["a"], "low": [2001], "high": [2020]})).mark_bar()
    assert words(chart.encode(x="low:Q", x2="high", y="name:N")) == "Horizontal bars. a 2001 to 2020."


def test_a_bar_without_a_length_is_one_value():
    chart = alt.Chart(pd.DataFrame({"name": ["Value", "Price"], "low": [79.0, 1.5], "high": [79.0, 2.5]})).mark_bar()
    told = words(chart.encode(x="low:Q", x2="high", y="name:N"))
    assert told == "Horizontal bars. Value 79.0, Price 1.5 to 2.5."


def test_a_series_opens_its_sentence_with_a_capital():
    frame = YEARS.assign(flow=YEARS["flow"].map({"out": "from Russia", "in": "iPhone"}))
    told = words(alt.Chart(charts.tidy(frame)).mark_line().encode(x="year:O", y="billions:Q", color="flow:N"))
    assert ". From Russia: " in told and " iPhone: " in told


def test_areas_maps_heat_maps_and_words():
    area = alt.Chart(charts.tidy(MONTHS)).mark_area().encode(x="date:T", y="growth:Q")
    assert words(area).startswith("Stacked areas, January 2025 to May 2025.")
    heat = alt.Chart(YEARS.assign(year=YEARS["year"].astype(str))).mark_rect()
    told = words(heat.encode(x="year:O", y="flow:N", opacity="billions:Q"))
    assert told.startswith("Heat map, 2019 to 2023. Out: 4 values")
    outline = alt.Chart(alt.Data(values=[{"type": "Sphere"}])).mark_geoshape()
    places = pd.DataFrame({"lat": [1.0], "lon": [2.0], "place": ["Harbin"]})
    points = alt.Chart(places).mark_point().encode(latitude="lat:Q", longitude="lon:Q")
    assert words(alt.layer(outline, points)) == "Map with 1 places: Harbin."
    verdicts = pd.DataFrame({"claim": ["x", "y"], "verdict": ["wrong", "wrong"]})
    told = words(alt.Chart(verdicts).mark_square().encode(y="verdict:N", x="claim:N"))
    assert told == "Dot plot. 2 marks: wrong 2."


@pytest.mark.parametrize("gaps", [1, 5])
def test_few_breaks_are_named_and_many_counted(gaps):
    years = [2000 + 2 * step for step in range(gaps + 1)] + [2000 + 2 * gaps + 1, 2000 + 2 * gaps + 2]
    told = words(line(pd.DataFrame({"year": years, "x": [float(year) for year in years]}), "year:Q", "x:Q"))
    assert ("no value in 2001" in told) == (gaps == 1)
    assert ("no value in 5 years between" in told) == (gaps == 5)


def test_helper_columns_are_not_told():
    named = charts.ends(YEARS, "year", "billions", "flow", {"out": charts.CHINA, "in": charts.RUSSIA})
    assert "_at" not in words(line(YEARS, "year:Q", "billions:Q", color="flow:N") + named)


def test_rows_that_a_filter_takes_away_are_not_told():
    base = alt.Chart(YEARS).encode(x="year:Q", y="billions:Q", color="flow:N")
    out = base.transform_filter((alt.datum.flow == "out") & (alt.datum.year != 2022)).mark_line()
    assert words(out) == "Line chart, 2019 to 2023. 10.0 in 2019, 9.0 in 2020, 12.5 in 2023."
    table = charts.marks.tables(out.to_dict())[0]
    assert [row["year"] for row in table.rows] == [2019, 2020, 2023]


def test_two_filters_of_one_data_set_are_told_each():
    base = alt.Chart(YEARS).encode(x="year:Q", tooltip=["flow:N", "billions:Q"])
    out = base.transform_filter("datum.flow == 'out'").mark_line().encode(y="billions:Q")
    reach = base.transform_filter("length(datum.flow) < 3").mark_rule().encode(y="billions:Q", y2=alt.datum(0))
    told = words(out + reach)
    assert (
        told.startswith("Line chart, 2019 to 2023. 4 values, first 10.0 in 2019") and "Also drawn: in 1 in 2019" in told
    )


@pytest.mark.parametrize(
    "change",
    [{"filter": "year(datum.day) > 2020"}, {"filter": {"field": "year", "equal": 2020}}, {"calculate": "2 * datum.billions", "as": "b"}],
)  # fmt: skip
def test_what_the_describer_cannot_follow_is_refused(change):
    spec = bars(YEARS[YEARS["flow"] == "out"], "year:O", "billions:Q").to_dict() | {"transform": [change]}
    with pytest.raises(ValueError, match="in pandas"):
        describe.describe(spec)


def test_a_value_with_a_name_beside_it_counts_once():
    trade = line(YEARS[YEARS["flow"] == "out"], "year:Q", "billions:Q", color="flow:N")
    lone = YEARS[(YEARS["flow"] == "out") & (YEARS["year"] == 2020)].assign(_text="a name")
    dot = alt.Chart(lone).mark_point().encode(x="year:Q", y="billions:Q")
    assert "4 values" in words(trade + dot)


def test_bars_side_by_side_are_told_apart_by_shade():
    frame = YEARS.assign(year=YEARS["year"].astype(str))
    told = words(bars(frame, "year:O", "billions:Q", xOffset="flow:N", opacity="flow:N"))
    assert "Out: 4 values, first 10.0 in 2019, last 12.5 in 2023" in told and "In: 4 values, first 1.0 in 2019" in told


def test_spans_are_told_to_the_end_of_the_last():
    frame = pd.DataFrame({"what": ["a", "b"], "from": ["2006-01-01", "2019-01-01"], "to": ["2022-01-01", "2026-06-01"]})
    frame = frame.assign(**{column: pd.to_datetime(frame[column]) for column in ("from", "to")})
    assert words(bars(frame, "from:T", "what:N", x2="to:T")).startswith("Spans of time, 2006 to 2026.")


def test_bars_cut_by_part_tell_each_part_though_their_tip_has_a_year():
    frame = pd.DataFrame({"year": 2025, "group": ["A", "A"], "part": ["x", "y"], "share": [1.5, 2.5]})
    frame = frame.assign(_from=[0.0, 1.5], _to=[1.5, 4.0])
    cut = bars(frame, "_from:Q", "group:N", x2="_to", color="part:N", tooltip=["year", "group", "part", "share"])
    assert words(cut) == "Bar chart. A x 1.5, A y 2.5."


def test_lines_that_only_mark_something_are_named():
    """An event, or a level that somebody stated; other words in the chart are not."""
    trade = line(YEARS[YEARS["flow"] == "out"], "year:Q", "billions:Q")
    places = pd.DataFrame({"year": [2019], "billions": [3.0], "_text": ["a caption"]})
    marked = trade + charts.moment(2020, "lists|change", y=1) + charts.level(9, "the article: 9", x=2019)
    told = words(marked + charts.notes(places, "year", "billions", "_text", size=0))
    assert told.endswith(" Marked: lists change; the article: 9.") and "caption" not in told
    assert "Marked" not in words(trade)
