"""Downloads of figures: every number that a figure draws stands in its CSV, which any program opens with its defaults."""

import csv
import io
import json
import zipfile

import altair as alt
import nbformat
import pandas as pd
import pytest

from conftest import CHAPTERS
from partnership import charts, data, marks, picture
from publish.figures import embed, figure, files, tidyfiles
from publish.figures.numbering import Shown
from publish.thisbook import HOST


def stored_figures():
    for chapter in CHAPTERS:
        for cell in nbformat.read(chapter, as_version=4).cells:
            for output in cell.get("outputs", []):
                if spec := output.get("data", {}).get(charts.MIME):
                    yield spec["usermeta"]["figure"]["name"], spec


FIGURES = dict(stored_figures())
SOURCE = data.sources().index[0]
ROWS = pd.DataFrame({"source_id": [SOURCE]})


def csv_of(name, spec):
    return {file: tidyfiles.csv(table, spec) for file, table in tidyfiles.files(name, spec).items()}


@pytest.mark.parametrize("name", FIGURES)
def test_every_mark_is_found_in_the_download(name):
    """The figure told again from its own download alone: a value that a mark draws and no row holds is named."""
    text = csv_of(name, FIGURES[name])[f"{name}.csv"]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    lacking = marks.missing(FIGURES[name], [rows])
    assert not lacking, f"{name}.csv lacks {len(lacking)} values: {lacking[0]}"


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
    spec = charts.figure(charts.lines(frame, "year", "billions"), name="a", title="b", rows=ROWS).spec
    lacking = marks.missing(spec, [[{"Year": "2023", "Value": "1"}, {"Year": "2024", "Value": "2.4"}]])
    assert lacking[0] == "line: billions = 2.5 of {'billions': 2.5, 'year': 2024}"


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
    spec = figure_of(charts.lines(frame, "year", "billions"), columns=columns, unit="Unit", note="Note").spec
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
    page = figure._tables(figure_of(charts.lines(frame, "year", "change")).spec)
    assert '<td class="pm-n">−1.25</td>' in page and '<td class="pm-n">2024</td>' in page


def test_pictures_tell_source_licence_and_address():
    spec = figure_of(
        charts.lines(pd.DataFrame({"year": [2023, 2024], "x": [1.0, 2.5]}), "year", "x"), note="A note"
    ).spec
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
    spec = figure_of(charts.lines(frame, "date", "x")).spec
    before = picture.alone(spec)
    monkeypatch.setenv("TZ", "America/New_York")
    assert picture.alone(spec) == before


def test_a_notebook_without_vl_convert_stores_the_spec_alone(monkeypatch):
    made = figure_of(charts.lines(pd.DataFrame({"year": [2023, 2024], "x": [1.0, 2.5]}), "year", "x"))
    assert set(made._repr_mimebundle_()) == {charts.MIME, picture.MIME, "text/plain"}
    monkeypatch.setattr(picture, "vlc", None)
    assert set(made._repr_mimebundle_()) == {charts.MIME, "text/plain"}


def test_an_embedded_page_has_landmark_heading_and_citation():
    spec = figure_of(
        charts.lines(pd.DataFrame({"year": [2023, 2024], "x": [1.0, 2.5]}), "year", "x"), title='A "finding" <b>'
    ).spec
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
