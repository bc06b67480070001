"""Axes of figures as drawn: the last number stands beyond the data, so that every mark can be read between two lines."""

import altair as alt
import pandas as pd
import pytest
import vl_convert
from test_figure_files import FIGURES, figure_of

from partnership import picture

MARKS = {"symbol", "line", "rect", "area"}
ROOM = 4
"""Pixels that a mark may stand beyond the last number: its own thickness."""


def number(text):
    """The number that an axis prints, or nothing if it prints a word."""
    try:
        return float(str(text).replace("−", "-").replace(",", "").rstrip(" %"))
    except ValueError:
        return None


def printed(axis):
    """The numbers of an axis with their places, as (x, y, text); none if it prints words, or years, which end with the data."""
    parts = [part for item in axis["items"] for part in item["items"] if part.get("role") == "axis-label"]
    labels = [(label.get("x", 0), label.get("y", 0), label["text"]) for part in parts for label in part["items"]]
    told = [number(text) for *_, text in labels]
    years = all(value and 1900 < value < 2100 for value in told)
    return labels if len(labels) > 1 and None not in told and not years else []


def places(mark, left=0.0, top=0.0):
    """Where the marks of a group stand."""
    if str(mark.get("role", "")).startswith(("axis", "legend", "title")):
        return
    for item in mark.get("items", []):
        x, y = left + item.get("x", 0), top + item.get("y", 0)
        if mark["marktype"] == "group":
            for part in item["items"]:
                yield from places(part, x, y)
        elif mark["marktype"] in MARKS and item.get("opacity", 1) and item.get("defined", True):
            yield x, y
            yield x + item.get("width", 0), y + item.get("height", 0)


def beyond(group):
    """Axes below a group whose marks stand beyond their last number, and by how many pixels."""
    for item in group.get("items", []) if group["marktype"] == "group" else ():
        stand = [place for part in item["items"] for place in places(part)]
        for part in item["items"]:
            if part.get("role") == "axis" and (labels := printed(part)):
                upright = len({round(x) for x, *_ in labels}) == 1
                held = sorted(label[upright] for label in labels)
                taken = sorted(place[upright] for place in stand)
                over = max(held[0] - taken[0], taken[-1] - held[-1]) if taken else 0
                if over > ROOM:
                    yield f"{'y' if upright else 'x'} axis from {labels[0][2]} to {labels[-1][2]}: {over:.0f} px"
            yield from beyond(part)


def axes(spec):
    return list(beyond(vl_convert.vegalite_to_scenegraph(spec)["scenegraph"]))


@pytest.mark.parametrize("name", FIGURES)
def test_no_mark_stands_beyond_the_last_number_of_its_axis(name):
    assert not axes(picture.bare(FIGURES[name]))


def test_a_mark_beyond_the_last_number_is_told():
    frame = pd.DataFrame({"year": [1, 2], "billions": [1.0, 17.2]})
    y = alt.Y("billions:Q").axis(values=[0, 5, 10, 15])
    spec = figure_of(alt.Chart(frame).mark_point().encode(x="year:Q", y=y)).spec
    assert [told.split(":")[0] for told in axes(spec)] == ["y axis from 0 to 15"]
