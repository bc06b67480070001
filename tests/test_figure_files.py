"""Downloads of figures: each figure is drawn again from its CSV alone, which any program opens with its defaults."""

import copy
import csv
import io
import json
import zipfile
from types import SimpleNamespace

import altair as alt
import nbformat
import pandas as pd
import pytest
from sphinx.errors import ExtensionError

from conftest import CHAPTERS
from partnership import charts, data, marks, picture
from publish.figures import embed, figure, files, tidyfiles
from publish.figures.numbering import NOTED, Shown, _told
from publish.host import Host, pages_in_order
from publish.standing import at_the_end
from publish.thisbook import HOST


def stored_figures():
    for chapter in CHAPTERS:
        for cell in nbformat.read(chapter, as_version=4).cells:
            for output in cell.get("outputs", []):
                if spec := output.get("data", {}).get(charts.MIME):
                    yield spec["usermeta"]["figure"]["name"], spec, output["data"][picture.MIME]


STORED = [*stored_figures()]
FIGURES = {name: spec for name, spec, _ in STORED}
DRAWN = {name: drawn for name, _, drawn in STORED}
"""The picture that a chapter stores beside each spec, drawn from it."""
SOURCE = data.sources().index[0]
ROWS = pd.DataFrame({"source_id": [SOURCE]})
OTHERWISE = {"un-votes-on-ukraine"}
"""Its download has a state a column, for readers, and tells a resolution by its number, not by day and matter as the axis does."""


def csv_of(name, spec):
    return {file: tidyfiles.csv(table, spec) for file, table in tidyfiles.files(name, spec).items()}


def words_of(value):
    """Words of a chart as its download tells them."""
    return tidyfiles.as_text(" ".join(str(value).replace("|", " ").split()))


def reader(values):
    """How a cell is read where the chart has such values: a number, a point in time, or words with the chart's line ends."""
    held = [value for value in values if value is not None]
    if held and all(isinstance(value, bool) for value in held):
        return {"true": True, "false": False}.get
    if held and all(map(marks.is_number, held)):
        return lambda cell: float(cell) if cell else None
    if held and all(map(marks.is_instant, held)):
        clock = held[0][10:]
        return lambda cell: f"{pd.Period(cell).start_time:%Y-%m-%d}{clock}" if cell else None
    words = {words_of(value): value for value in held}
    return lambda cell: words.get(cell, cell or None)


def refilled(name, spec, text):
    """The spec with the rows of a download in place of its own: each takes every value that the download tells from there.

    A row is known by its panel, its names and its period, and stands where the chart had it. What no download tells stays:
    words and lines beside the data, outlines of a map, and what only puts a mark in its place.
    """
    lines = list(csv.DictReader(io.StringIO(text)))
    headings = {column: marks.heading(spec, column) for column in tidyfiles.files(name, spec)[f"{name}.csv"].columns}
    every = marks.marks(spec)
    again, used = copy.deepcopy(spec), set()
    for data_set in {mark.data: None for mark in every if mark.told()}:
        own, rows = [mark for mark in every if mark.data == data_set], spec["datasets"][data_set]
        drawn_from = dict.fromkeys(column for row in rows for column in row if column in headings)
        columns = {column: [row.get(column) for row in rows] for column in drawn_from}
        read = {column: reader(values) for column, values in columns.items()}
        names = [
            column
            for column, values in columns.items()
            if marks.is_time(column, [value for value in values if value is not None])
            or not any(map(marks.is_number, values))
        ]
        where = {
            marks.PANEL: {words_of(mark.panel) for mark in own},
            marks.DRAWN: {marks.KINDS.get(mark.kind, mark.kind) for mark in own if mark.told()},
            marks.SERIES: {words_of(marks.series_name([mark], every)) for mark in own},
        }
        held = {}
        for number, line in enumerate(lines):
            if all(
                line[headings[column]] in told
                for column, told in where.items()
                if column in headings.keys() - columns.keys()
            ):
                row = {column: read_cell(line[headings[column]]) for column, read_cell in read.items()}
                held.setdefault(tuple(row[column] for column in names), []).append((number, row))
        again["datasets"][data_set] = filled = []
        for row in rows:
            if found := held.get(tuple(row.get(column) for column in names)):
                number, fresh = found.pop(0) if len(found) > 1 else found[0]
                filled.append(row | fresh)
                used.add(number)
    return again, [line for number, line in enumerate(lines) if number not in used]


def pointed(spec):
    """What each mark tells on pointing, numbers to the ten digits of a download."""
    return [
        [
            f"{told:.10g}" if marks.is_number(told := row.get(column)) else told or None
            for column in mark.fields("tooltip")
        ]
        for mark in marks.marks(spec)
        if mark.told()
        for row in mark.rows
    ]


@pytest.mark.parametrize("name", [name for name in FIGURES if name not in OTHERWISE])
def test_every_figure_is_drawn_again_from_its_download_alone(name):
    """The picture is the stored one to the letter: no mark is missing, none is elsewhere or looks otherwise; no row is idle."""
    files_of = csv_of(name, FIGURES[name])
    again, idle = refilled(name, FIGURES[name], files_of[f"{name}.csv"])
    assert not idle, f"no mark of {name} draws {idle[0]}"
    assert pointed(again) == pointed(FIGURES[name])
    assert picture.alone(again) == DRAWN[name]
    whole, *parts = (list(csv.DictReader(io.StringIO(text))) for text in files_of.values())
    for line in (line for part in parts for line in part):
        assert any(line.items() <= row.items() for row in whole), line


def test_each_vote_that_the_chart_of_votes_draws_is_in_its_download():
    (name,) = OTHERWISE
    lines = list(csv.DictReader(io.StringIO(csv_of(name, FIGURES[name])[f"{name}.csv"])))
    drawn = [(row["date"], row["state"], row["vote"]) for mark in marks.marks(FIGURES[name]) for row in mark.rows]
    states = {state for _, state, _ in drawn}
    assert sorted(drawn) == sorted(
        (line["Day"], state, line[state]) for line in lines for state in states if line[state]
    )
    assert not marks.missing(FIGURES[name], [lines])


def test_a_download_that_says_otherwise_is_drawn_otherwise():
    frame = pd.DataFrame({"place": ["North", "South"], "sold": [1.0, 2.5], "bought": [3.0, 4.0]})
    spec = figure_of(alt.Chart(charts.tidy(frame)).mark_point().encode(x="sold:Q", y="bought:Q", color="place:N")).spec
    text = csv_of("a", spec)["a.csv"]
    swapped = pd.read_csv(io.StringIO(text)).set_axis(["Place", "Bought", "Sold"], axis=1).to_csv(index=False)
    for other in (text.replace("2.5", "2.6"), text.replace("South", "East"), swapped):
        assert other != text and picture.alone(refilled("a", spec, other)[0]) != picture.alone(spec)
    assert picture.alone(refilled("a", spec, text)[0]) == picture.alone(spec)


@pytest.mark.parametrize("name", FIGURES)
def test_a_download_opens_with_defaults_and_keeps_its_rows(name):
    for file, text in csv_of(name, FIGURES[name]).items():
        frame = pd.read_csv(io.StringIO(text))
        assert len(frame) == text.count("\n") - 1, file
        assert len(set(csv.reader([text.partition("\n")[0]]).__next__())) == len(frame.columns), file
        assert not [column for column in frame.columns if column.startswith(("_", "#", "Unnamed"))], file
        for column, told in frame.items():  # a column is of numbers or of words, never of both
            assert told.dtype != object or told.dropna().map(type).nunique() < 2, f"{file}: {column}"


UNITS = {
    "", "billion US dollars", "billion US dollars a year", "billion yuan", "degrees", "million tonnes", "months", "per cent",
    "million trend-indicator values", "per cent of the exporter’s", "see Measure", "see Route", "states", "times",
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_what_a_description_calls_a_unit_is_one(name):
    """A heading is split at its comma, so a comma for another purpose would make a unit of what follows."""
    for table in tidyfiles.files(name, FIGURES[name]).values():
        told = {marks.label_and_unit(marks.heading(FIGURES[name], column))[1] for column in table.columns}
        assert told <= UNITS, told - UNITS


def test_a_part_of_a_year_is_told_as_one_in_the_download():
    found = [
        pd.read_csv(io.StringIO(text))
        for text in csv_of("chinese-phone-share", FIGURES["chinese-phone-share"]).values()
    ]
    for frame in found:
        assert frame["Length"].notna().all()
        part = frame["Length"] == "part of a year"
        assert frame["Period"].str.startswith("January to ").equals(part)
    assert "January to August 2023" in set(found[0]["Period"])


def test_a_missing_mark_is_named():
    frame = pd.DataFrame({"year": [2023, 2024], "billions": [1.0, 2.5]})
    spec = charts.figure(line(frame, "year:Q", "billions:Q"), name="a", title="b", rows=ROWS).spec
    lacking = marks.missing(spec, [[{"Year": "2023", "Value": "1"}, {"Year": "2024", "Value": "2.4"}]])
    assert lacking[0] == "line: billions = 2.5 of {'billions': 2.5, 'year': 2024}"


TWO = pd.DataFrame({"year": [2023, 2024], "x": [1.0, 2.5]})


def line(frame, x, y):
    return alt.Chart(charts.tidy(frame)).mark_line().encode(x=x, y=y)


def figure_of(chart, **changes):
    return charts.figure(chart, **({"name": "a", "title": "A finding", "rows": ROWS} | changes))


def two_panels():
    prices = pd.DataFrame({"date": pd.to_datetime(["2025-03-01", "2025-04-01"]), "price": [-1.5, None]})
    codes = pd.DataFrame({"code": ["0303", "27"], "what": ["=1+1", "a|b"], "share": [1.0, 2.0]})
    first = alt.Chart(charts.tidy(prices)).mark_line().encode(x="date:T", y="price:Q")
    second = alt.Chart(charts.tidy(codes)).mark_bar().encode(x="share:Q", y="code:N", tooltip=["what:N"])
    return charts.panels({"Price, dollars": first, "Share": second})


def test_panels_of_unlike_columns_are_files_of_their_own_besides_the_whole():
    found = csv_of("a", figure_of(two_panels()).spec)
    assert list(found) == ["a.csv", "a-price-dollars.csv", "a-share.csv"]
    assert found["a-price-dollars.csv"] == '"Date","Price"\n"2025-03",-1.5\n"2025-04",\n'
    assert found["a.csv"].splitlines()[0] == '"Panel","Date","Price","Code","Share","What"'
    assert found["a.csv"].count("\n") == 5


def test_codes_keep_their_zeros_and_no_cell_is_a_formula():
    text = csv_of("a", figure_of(two_panels()).spec)["a-share.csv"]
    assert '"0303"' in text and '"\'=1+1"' in text and '"a b"' in text


def test_the_zip_is_the_same_each_time():
    members = csv_of("a", figure_of(two_panels()).spec)
    packed = tidyfiles.archive(members)
    assert packed == tidyfiles.archive(members)
    assert zipfile.ZipFile(io.BytesIO(packed)).namelist() == list(members)


def test_metadata_tell_the_unit_of_each_column():
    columns = {"year": "Year", "billions": "Trade, billion US dollars"}
    frame = pd.DataFrame({"year": [2023, 2024], "billions": [1.0, 2.5]})
    spec = figure_of(line(frame, "year:Q", "billions:Q"), columns=columns, unit="Unit", note="Note").spec
    told = tidyfiles.metadata(Shown("a", "chapters/x", "3", spec, host=HOST), "https://example.org/")
    assert told["files"][0]["columns"] == [
        {"name": "Year", "label": "Year", "unit": "", "type": "period"},
        {"name": "Trade, billion US dollars", "label": "Trade", "unit": "billion US dollars", "type": "number"},
    ]
    assert told["address"] == "https://example.org/chapters/x.html#fig-a"
    assert told["sources"][0]["id"] == SOURCE and told["sources"][0]["licence"]
    json.dumps(told)


def test_a_table_on_the_page_has_real_minus_signs_and_numbers_to_the_right():
    frame = pd.DataFrame({"year": [2023, 2024], "change": [-1.25, 2.5]})
    page = figure._tables(figure_of(line(frame, "year:Q", "change:Q")).spec)
    assert '<td class="pm-n">−1.25</td>' in page and '<td class="pm-n">2024</td>' in page


def test_pictures_tell_source_licence_and_address():
    spec = figure_of(line(TWO, "year:Q", "x:Q"), note="A note").spec
    shown = Shown("a", "chapters/x", "3", spec, host=HOST)
    assert "Figure 3" in files.credit_lines(shown, "")[-1]
    assert files.credit_lines(shown, "https://example.org/")[-1].endswith("https://example.org/chapters/x.html#fig-a")
    drawn = picture.alone(spec, files.credit_lines(shown, ""))
    assert "A note" in drawn and "Source:" in drawn and "CC BY 4.0" in drawn
    dots = picture.png(drawn)
    place = dots.index(b"pHYs") + 4
    assert round(int.from_bytes(dots[place : place + 4], "big") * 0.0254) == 192


def test_a_picture_does_not_depend_on_the_time_zone(monkeypatch):
    frame = pd.DataFrame({"date": pd.date_range("2025-01-01", periods=9, freq="MS"), "x": range(9)})
    spec = figure_of(line(frame, "date:T", "x:Q")).spec
    before = picture.alone(spec)
    monkeypatch.setenv("TZ", "America/New_York")
    assert picture.alone(spec) == before


def test_a_notebook_without_vl_convert_stores_the_spec_alone(monkeypatch):
    made = figure_of(line(TWO, "year:Q", "x:Q"))
    assert set(made._repr_mimebundle_()) == {charts.MIME, picture.MIME, "text/plain"}
    monkeypatch.setattr(picture, "vlc", None)
    assert set(made._repr_mimebundle_()) == {charts.MIME, "text/plain"}


def test_an_embedded_page_has_landmark_heading_and_citation():
    spec = figure_of(line(TWO, "year:Q", "x:Q"), title='A "finding" <b>').spec
    shown = Shown("a", "chapters/x", "3", spec, host=HOST)
    page = embed.page(shown, "<svg/>", "<svg/>", "https://example.org/")
    assert "<main>" in page and "<h1>A &quot;finding&quot; &lt;b&gt;</h1>" in page
    assert '<meta name="citation_public_url" content="https://example.org/chapters/x.html#fig-a">' in page
    fold = figure._embed(shown, "", '<svg viewBox="0 0 600 300">', '<svg viewBox="0 0 340 300">')
    assert "title=&quot;A &amp;quot;finding&amp;quot; &amp;lt;b&amp;gt;&quot;" in fold
    assert embed.height(shown, 900.0) > embed.height(shown, 300.0) + 590


def test_a_line_that_just_fits_is_not_broken():
    """Widths add up exactly: Python 3.12 adds fractions otherwise than 3.11, and pictures would differ."""
    assert picture.wrap(f"{'a' * 10} {'a' * 13}", 13.62) == [f"{'a' * 10} {'a' * 13}"]


def test_a_drawing_is_rounded_where_nothing_is_said():
    axis = '<text x="1.23456" aria-label="0.0005 > 0.0004">0.0005</text><path d="M0.3049,1.99999"/>'
    assert picture.slim(axis) == '<text x="1.23">0.0005</text><path d="M0.3,2"/>'


def test_a_whole_number_keeps_all_its_digits_in_a_file():
    assert tidyfiles.lines(["a"], [[12_345_678_901], [98_765_432_109.0], [0.1 + 0.2], [-5.0]]) == (
        '"A"\n'.lower() + "12345678901\n98765432109\n0.3\n-5\n"
    )


def test_the_page_of_a_figure_and_the_list_of_its_tables_escape_what_a_host_tells():
    class Odd(Host):
        licence = "<b>CC</b>"

        def table(self, name):
            return "tables/x"

    spec = figure_of(line(TWO, "year:Q", "x:Q")).spec
    page = embed.page(Shown("a", "chapters/x", "3", spec, host=Odd()), "<svg/>", "<svg/>", "")
    assert "&lt;b&gt;CC&lt;/b&gt;." in page and "<b>" not in page
    assert Odd().table_links(["<i>"]) == '<a href="tables/x">&lt;i&gt;</a>'


def test_two_figures_of_one_name_are_refused_where_their_files_would_meet():
    spec = json.dumps(figure_of(line(TWO, "year:Q", "x:Q")).spec)
    env = SimpleNamespace(
        config=SimpleNamespace(root_doc="a", book_host=Host()),
        toctree_includes={"a": ["b"]},
        found_docs={"a", "b"},
        toc_fignumbers={},
        metadata={"a": {NOTED: [("x", spec)]}, "b": {NOTED: [("y", spec)]}},
        titles={},
    )
    with pytest.raises(ExtensionError, match="a and b both show a figure with name='a'"):
        _told(env)


def test_pages_stand_in_the_order_in_which_they_are_numbered():
    contents = {"index": ["part", "last"], "part": ["chapter"], "chapter": ["section"]}
    env = SimpleNamespace(
        config=SimpleNamespace(root_doc="index"),
        toctree_includes=contents,
        found_docs={"index", "part", "chapter", "section", "last", "beside"},
    )
    assert pages_in_order(env) == ["index", "part", "chapter", "section", "last", "beside"]


@pytest.mark.parametrize(
    ("error", "kind", "written"), [(None, "html", [1]), (ValueError(), "html", []), (None, "text", [])]
)
def test_a_step_writes_where_a_build_of_html_has_come_to_its_end(error, kind, written):
    found = []
    step = at_the_end(lambda app: found.append(1))
    step(SimpleNamespace(builder=SimpleNamespace(format=kind)), error)
    assert found == written
