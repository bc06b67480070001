"""The workbook of the edition: every sheet tells what the figure's CSV tells, and any reader can find the way in it."""

import csv
import hashlib
import io
import json
import time
import zipfile

import openpyxl
import pandas as pd
import pytest
from sphinx.errors import ExtensionError
from test_figure_files import FIGURES, csv_of

from conftest import CHAPTERS
from partnership import citation, marks, show
from publish.edition import workbook
from publish.figures.figure import OPTIONAL
from publish.figures.numbering import Shown
from publish.steps import tables
from publish.thisbook import HOST

BASE = "https://book.example/"


def shown(name, number, spec):
    figure = {**OPTIONAL, **spec["usermeta"]["figure"]}
    return Shown(name, "chapters/x", str(number), {**spec, "usermeta": {"figure": figure}}, host=HOST)


SHOWN = [shown(name, number, spec) for number, (name, spec) in enumerate(FIGURES.items(), 1)]


@pytest.fixture(scope="module")
def raw():
    return workbook.make(SHOWN, {"chapters/x": "A chapter"}, BASE)


@pytest.fixture(scope="module")
def book(raw):
    return openpyxl.load_workbook(io.BytesIO(raw))


def table_of(sheet):
    """Header and rows of the one defined table of a sheet."""
    (defined,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[defined.ref]]


def words(cell):
    """A cell as text, whether it came from the workbook or, with its guard against formulas, from the CSV."""
    if isinstance(cell, (int, float)):
        return f"{cell:.10g}"
    return (cell or "").removeprefix("'")


def plain(cell):
    try:
        return f"{float(cell):.10g}"
    except ValueError:
        return words(cell)


@pytest.mark.parametrize("figure", [one for one in SHOWN if marks.tables(one.spec)], ids=lambda figure: figure.name)
def test_a_sheet_holds_the_table_of_the_figure_and_no_other(book, figure):
    listed = list(csv.reader(io.StringIO(csv_of(figure.name, figure.spec)[f"{figure.name}.csv"])))
    head, *rows = table_of(book[f"Figure {figure.number}"])
    assert head == listed[0]
    assert [[plain(words(cell)) for cell in row] for row in rows] == [
        [plain(cell) for cell in row] for row in listed[1:]
    ]


def test_the_first_sheets_say_what_this_is_and_the_contents_lead_to_every_figure(book):
    assert book.sheetnames[:3] == ["Cover", "Notes", "Contents"] and book.sheetnames[-1] == "Sources"
    cover = " ".join(str(row[0].value) for row in book["Cover"])
    edition = citation.edition()
    assert edition.version in cover and edition.authors[0] in cover and BASE in cover and "CC BY 4.0" in cover
    contents = book["Contents"]
    (defined,) = contents.tables.values()
    leads = [row[0].hyperlink.location for row in contents[defined.ref][1:]]
    assert leads == [f"'{name}'!A1" for name in book.sheetnames[3:-1]]


def test_sheets_are_laid_out_for_screen_readers(book):
    for sheet in book.worksheets:
        assert sheet["A1"].value and sheet["A1"].font.bold and not sheet.merged_cells.ranges, sheet.title
        if sheet.title in ("Cover", "Notes"):
            continue
        (defined,) = sheet.tables.values()
        top = int(defined.ref.split(":")[0][1:])
        assert sheet.freeze_panes == f"A{top + 1}" and all(sheet.cell(row, 1).value for row in range(1, top)), (
            sheet.title
        )
        assert not any(cell.value is None for cell in sheet[top][: len(defined.tableColumns)]), sheet.title
        assert sheet.max_row == int(defined.ref.split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), sheet.title


def test_a_sheet_names_unit_source_and_address(book):
    name, spec = next(iter(FIGURES.items()))
    lines = [str(row[0].value) for row in book["Figure 1"].iter_rows(max_row=6)]
    assert spec["usermeta"]["figure"]["unit"].rstrip(".") in lines[1]
    assert any(line.startswith("Source: ") for line in lines)
    assert any(line.endswith(f"{BASE}chapters/x.html#fig-{name}") for line in lines)


def test_text_that_looks_like_a_formula_is_text(tmp_path):
    rows = [{"name": text, "value": 1} for text in ("=1+1", "+1", "-1 or so", "@SUM(A1)")]
    spec = {
        "mark": "bar", "description": "x", "data": {"name": "d"}, "datasets": {"d": rows},
        "encoding": {"x": {"field": "value", "type": "quantitative"}, "y": {"field": "name", "type": "nominal"}},
        "usermeta": {"figure": {**OPTIONAL, "name": "evil", "title": "=cmd()", "note": "=1+1"}},
    }  # fmt: skip
    made = workbook.make([Shown("evil", "p", "1", spec, host=HOST)], {"p": "=P"}, "")
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Figure 1"]
    told = [cell for row in table_of(sheet)[1:] for cell in row if isinstance(cell, str)]
    assert told == [row["name"] for row in rows]
    everything = openpyxl.load_workbook(io.BytesIO(made))
    assert not [cell for one in everything.worksheets for row in one for cell in row if cell.data_type == "f"]
    (defined,) = sheet.tables.values()
    assert all(row[0].quotePrefix for row in sheet[defined.ref][1:])


@pytest.mark.slow
def test_the_same_edition_gives_the_same_bytes():
    once = workbook.make(SHOWN[:3], {"chapters/x": "A chapter"}, BASE)
    time.sleep(2.1)  # a zip tells every second second
    assert workbook.make(SHOWN[:3], {"chapters/x": "A chapter"}, BASE) == once


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two columns of a figure have the same name"):
        workbook._unlike(["Value", "value"])


def test_the_data_package_holds_the_tables_that_its_descriptor_names():
    packed = zipfile.ZipFile(io.BytesIO(tables.package()))
    described = json.loads(packed.read("datapackage.json"))["resources"]
    digests = {one["path"]: f"sha256:{hashlib.sha256(packed.read(one['path'])).hexdigest()}" for one in described}
    assert digests == {one["path"]: one["hash"] for one in described}
    assert set(packed.namelist()) == {"datapackage.json", "LICENSE-DATA", *digests}


def test_a_table_that_has_a_name_is_a_file_that_opens_with_defaults():
    files = tables.files([CHAPTERS[0].parent / "latest.ipynb"])
    assert set(files) == {"latest.csv", "latest-record.csv", "latest-change.csv", "due.csv", "revised.csv"}
    change = pd.read_csv(io.StringIO(files["latest-change.csv"]))
    assert list(change["Change"].round(1)) == list((change.iloc[:, 2] - change.iloc[:, 1]).round(1))
    assert pd.read_csv(io.StringIO(files["due.csv"]))["Overdue"].dtype == bool


def test_the_file_of_a_table_holds_numbers_where_the_page_shows_words(tmp_path):
    page = pd.DataFrame({"Part": ["=1+1"], "Change": ["−1.2"]})
    table = show.table(page, "Parts", file="parts", held=pd.DataFrame({"Part": ["=1+1"], "Change": [-1.2]}))
    output = {"data": table._repr_mimebundle_()}
    chapter = tmp_path / "a.ipynb"
    chapter.write_text(json.dumps({"cells": [{"cell_type": "code", "outputs": [output]}]}))
    assert tables.files([chapter]) == {"parts.csv": '"Part","Change"\n"\'=1+1",-1.2\n'}
    assert "../tables/parts.csv" in output["data"]["text/html"]
    other = tmp_path / "b.ipynb"
    other.write_text(chapter.read_text())
    with pytest.raises(ExtensionError, match="b.ipynb and a.ipynb both show a table with file='parts'"):
        tables.files([chapter, other])
