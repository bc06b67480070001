"""Charts: what a figure stores, and that nothing in it is left to chance."""

import json
import re
from pathlib import Path

import altair as alt
import jsonschema
import nbformat
import pandas as pd
import pytest

from conftest import CHAPTERS
from partnership import charts, maps, marks, palette, prose

FRAME = pd.DataFrame(
    {"year": [2023, 2024, 2023, 2024], "flow": ["a", "a", "b", "b"], "billions": [0.1 + 0.2, 2.0, 3.0, 4.0]}
)
ROWS = pd.DataFrame({"source_id": ["x", "x", "y"]})


def drawn(frame=FRAME):
    line = alt.Chart(charts.tidy(frame)).mark_line()
    return line.encode(x="year:Q", y="billions:Q", color="flow:N", tooltip=charts.tooltip(frame))


def figure(**changes):
    return charts.figure(
        drawn(), **({"name": "a-b", "title": "A finding", "alt_text": "What it shows", "rows": ROWS} | changes)
    )


def test_a_figure_is_the_same_each_time():
    assert json.dumps(figure().spec) == json.dumps(figure().spec)


def test_a_figure_stores_spec_and_text_alternative():
    bundle = figure()._repr_mimebundle_()
    assert bundle["text/plain"] == "Figure: A finding\nWhat it shows"
    assert bundle[charts.MIME]["description"] == "What it shows"
    assert charts.MIME.endswith("+json")


def test_a_figure_counts_the_rows_of_each_source():
    assert figure().spec["usermeta"]["figure"]["sources"] == {"x": 2, "y": 1}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ""}, "needs a title"),
        (
            {"columns": {"flow": "Flow", "dollars": "Trade"}},
            'no table has a column "dollars"; there are: billions, flow, year',
        ),
        ({"table": FRAME.head(3)}, "its table lacks what the chart draws: line: billions = 4.0"),
        ({"name": "A b"}, "use lowercase letters"),
        ({"rows": ROWS.head(0)}, "no row has a source"),
        ({"measures": ["hhi", "hii"]}, 'no measure "hii"'),
        ({"measures": "hhi"}, 'no measure "h"'),
    ],
)
def test_an_incomplete_figure_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        figure(**change)


def test_a_figure_stores_its_measures_if_it_draws_any():
    assert "measures" not in figure().spec["usermeta"]["figure"]
    assert figure(measures=["hhi", "rank"]).spec["usermeta"]["figure"]["measures"] == ["hhi", "rank"]


def test_no_float_noise_reaches_the_data():
    assert "0.30000000000000004" not in json.dumps(figure().spec)


def test_panels_stand_below_each_other_on_a_narrow_screen():
    narrow = figure_of(charts.panels({"one": drawn(), "two": drawn()})).spec["usermeta"]["figure"]["narrow"]
    assert narrow["columns"] == 1
    assert all(part["width"] < charts.NARROW for part in narrow["concat"])


def figure_of(chart):
    return charts.figure(chart, name="a", title="b", alt_text="c", rows=ROWS)


def test_labels_keep_their_distance_and_order():
    placed = charts.spread([10.0, 10.1, 10.2, 50.0], gap=1)
    assert [round(b - a, 6) >= 1 for a, b in zip(placed, placed[1:], strict=False)] == [True] * 3
    assert placed[3] == 50.0


HEX = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_only_the_books_colours_are_used(path):
    """Not the theme's part of a spec, which always has them: marks, scales and conditions."""
    book = set(HEX.findall(repr([vars(charts), vars(maps)])))
    for cell in nbformat.read(path, 4).cells:
        for output in cell.get("outputs", []):
            if spec := output.get("data", {}).get(charts.MIME):
                drawn = json.dumps({key: value for key, value in spec.items() if key != "config"})
                assert set(HEX.findall(drawn)) <= book, spec["usermeta"]["figure"]["name"]


def test_a_chart_brings_its_own_change_for_narrow_screens():
    chart = charts.on_phones(charts.layered(drawn()), height=77)
    assert figure_of(chart).spec["usermeta"]["figure"]["narrow"] == {"width": charts.NARROW, "height": 77}


def test_names_stand_above_their_rows_on_a_narrow_screen():
    base = alt.Chart(FRAME).encode(x="billions:Q", y=alt.Y("flow:N").axis(title=None))
    chart = charts.names_above(base.mark_point(size=95) + base.mark_rule(), row=30)
    spec = figure_of(chart).spec
    narrow = spec["usermeta"]["figure"]["narrow"]
    axes = [layer["encoding"]["y"]["axis"] for layer in narrow["layer"]]
    assert narrow["height"] == 60 and {axis["labelAlign"] for axis in axes} == {"left"}
    half_a_mark = 95**0.5 / 2
    assert all(-axis["labelOffset"] - charts.SIZE / 2 - 3 > half_a_mark for axis in axes), "descenders touch the marks"
    assert all("labelAlign" not in layer["encoding"]["y"]["axis"] for layer in spec["layer"])


def told_at_the_ends(frame, **options):
    (rows,) = charts.ends(frame, "year", "billions", "flow", HUES, **options).to_dict()["datasets"].values()
    return [row.get("_name", row["flow"]) for row in rows]


HUES = {"a": charts.CHINA, "b": charts.RUSSIA}


def test_a_last_point_that_no_line_joins_is_named_with_its_year():
    """Beside the bare name it would look like a key of colours."""
    years = pd.DataFrame({"year": [2023, 2024, 2025] * 2, "flow": ["a"] * 3 + ["b"] * 3, "billions": [1.0] * 6})
    assert told_at_the_ends(years) == ["a", "b"]
    hole = years.assign(billions=[1.0, None, 3.0, 1.0, 2.0, None])
    assert told_at_the_ends(hole) == ["a, 2025", "b"]
    assert told_at_the_ends(years, alone=["b"]) == ["a", "b, 2025"]
    months = years.assign(year=pd.to_datetime(years["year"].astype(str) + "-05"))
    assert told_at_the_ends(months, alone=["b"]) == ["a", "b, May 2025"]
    assert told_at_the_ends(years[years["year"] == 2025]) == ["a", "b"]


def test_a_value_stands_beside_its_point():
    chart = charts.values(FRAME, "year", "billions", dy=5).to_dict()
    assert chart["encoding"]["text"]["field"] == chart["encoding"]["y"]["field"] == "billions"
    assert [row["billions"] for row in chart["datasets"][chart["data"]["name"]]] == [0.3, 2.0, 3.0, 4.0]


def test_words_of_several_moments_lie_over_their_lines():
    drawn = charts.moments({2023: ("one", 1.0), 2024: ("two", 2.0)}).to_dict()
    assert [layer["mark"]["type"] for layer in drawn["layer"]] == ["rule", "text"]


def test_a_spec_is_valid_under_the_official_schema():
    folder = Path(alt.__file__).parent / "vegalite" / "v6" / "schema" / "vega-lite-schema.json"
    jsonschema.Draft7Validator(json.loads(folder.read_text())).validate(figure().spec)


def test_a_table_of_its_own_is_stored_as_it_is_published():
    frame = FRAME.assign(date=pd.to_datetime(["2024-01-01", "2024-02-01", "2024-01-01", "2024-02-01"]), _at=1.0)
    spec = figure(table={"one": frame, "two": frame}).spec
    (table,) = marks.tables(spec)
    assert table.columns == ["panel", "year", "flow", "billions", "date"]
    assert table.rows[0] == {"panel": "one", "year": 2023, "flow": "a", "billions": 0.3, "date": "2024-01"}
    assert len(table.rows) == 8


def test_columns_name_table_and_tooltip():
    spec = figure(columns={"year": "Year", "flow": "Flow", "billions": "Trade, billion US dollars"}).spec
    (table,) = marks.tables(spec)
    assert table.columns == ["year", "flow", "billions"]
    assert marks.heading(spec, "billions") == "Trade, billion US dollars"
    tips = spec["encoding"]["tooltip"]
    assert [tip["title"] for tip in tips] == ["Year", "Flow", "Trade, billion US dollars"]


class Peak:
    """As statements are, but for their grounds."""

    def __init__(self, holds):
        self.holds = holds

    def complaint(self):
        return "highest in 2024: does not hold"

    def record(self):
        return {"words": "highest in 2024", "test": "peak", "margin": 0.5}


def test_statements_are_stored_with_the_figure():
    assert figure(holds=[Peak(True)]).spec["usermeta"]["figure"]["holds"] == [Peak(True).record()]


def test_a_figure_with_a_false_statement_is_refused():
    with pytest.raises(prose.StatementError, match="highest in 2024: does not hold"):
        figure(holds=[Peak(True), Peak(False)])


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_drawing_depends_on_a_time_zone(path):
    """A day alone is midnight in Greenwich to Vega, a day with its hour is local as the data are."""
    for cell in nbformat.read(path, 4).cells:
        for output in cell.get("outputs", []):
            if spec := output.get("data", {}).get(charts.MIME):
                found = re.findall(r'"domain": \["\d{4}-\d{2}-\d{2}"', json.dumps(spec))
                assert not found, spec["usermeta"]["figure"]["name"]


def test_no_verdict_has_the_colour_of_a_country_or_of_the_article():
    """The eye takes a country's colour for the country, and the purple for what the article states."""
    assert not {charts.CHINA, charts.RUSSIA, charts.CLAIM} & set(charts.VERDICTS.values())
    assert len(set(charts.VERDICTS.values())) == len(charts.VERDICTS)
    assert set(charts.VERDICTS.values()) <= set(palette.LIGHT.values()) and list(palette.LIGHT) == list(palette.DARK)
    told = (Path(charts.__file__).parents[1] / "publish/theme/static/pm/book.css").read_text()
    for verdict in re.findall(
        r"\.pm-(?:confirmed|about-right|right-in-part|right-for-another-thing|did-not-come-true)\b[^{}]*\{[^}]*\}", told
    ):
        assert "china" not in verdict and "russia" not in verdict


def test_the_name_at_a_line_s_end_can_tell_its_last_value():
    frame = pd.DataFrame({"year": [2020, 2021], "buyer": ["India"] * 2, "amount": [1.0, 84.6]})
    spec = charts.ends(frame, "year", "amount", "buyer", {"India": charts.GREEN}, values=" {:.0f}").to_dict()
    assert [row["_name"] for rows in spec["datasets"].values() for row in rows] == ["India 85"]


def test_an_upright_line_over_rows_keeps_its_place_when_names_go_above():
    rows = alt.Chart(pd.DataFrame({"a": [1], "b": ["x"]})).mark_bar().encode(x="a:Q", y=alt.Y("b:N").axis(title=None))
    line = alt.Chart(pd.DataFrame({"a": [1]})).mark_rule().encode(x="a:Q")
    layers = charts.names_above(line + rows).to_dict()["usermeta"]["narrow"]["layer"]
    assert "y" not in layers[0]["encoding"] and layers[1]["encoding"]["y"]["axis"]["labelAlign"] == "left"
