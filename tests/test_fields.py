"""Marks of figures read what their rows hold: a mark that reads a column no row has is left out without a word."""

import altair as alt
import pandas as pd
import pytest
from test_figure_files import FIGURES


def many(value):
    return value if isinstance(value, list) else [value]


def unread(part, sets, rows=None, upper=None, made=frozenset()):
    """Columns that a mark reads and that neither its rows nor a transform have."""
    rows = part.get("data", rows)
    channels = {**(upper or {}), **part.get("encoding", {})}
    made = made | {name for step in part.get("transform", []) for name in many(step.get("as", []))}
    inner = [each for key in ("layer", "hconcat", "vconcat", "concat") for each in part.get(key, [])]
    for each in inner:
        yield from unread(each, sets, rows, channels, made)
    if not inner and rows and sets.get(rows.get("name")):
        held = made | {column for row in sets[rows["name"]] for column in row}
        yield from sorted(
            {one["field"] for channel in channels.values() for one in many(channel) if "field" in one} - held
        )


@pytest.mark.parametrize("name", FIGURES)
def test_marks_read_what_their_rows_hold(name):
    assert not list(unread(FIGURES[name], FIGURES[name]["datasets"]))


def test_a_mark_that_reads_what_no_row_holds_is_told():
    frame = pd.DataFrame({"year": [1], "billions": [1.0]})
    spec = alt.Chart(frame).mark_text().encode(x="month:Q", y="billions:Q", text="_text:N").to_dict()
    assert list(unread(spec, spec["datasets"])) == ["_text", "month"]
