"""Numbers in sentences: none typed, each bound, each used."""

import ast

import pandas as pd
import pytest

from conftest import CHAPTERS, notebook
from partnership import data, prose
from publish.run import said

WORDS = {"title", "note", "unit", "alt_text"}


def markdown(path):
    return [(cell.id, cell.source) for cell in notebook(path).cells if cell.cell_type == "markdown"]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_sentence_types_a_figure(path):
    typed = [
        f"{path.name}, {cell}: {figure!r}" for cell, text in markdown(path) for figure in prose.typed_figures(text)
    ]
    assert not typed, "typed figures, bind them with prose.say:\n" + "\n".join(typed)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_title_or_note_of_a_figure_types_a_figure(path):
    typed = []
    for cell in notebook(path).cells:
        if cell.cell_type != "code":
            continue
        for call in ast.walk(ast.parse(cell.source)):
            if isinstance(call, ast.keyword) and call.arg in WORDS:
                keys = {
                    id(key)
                    for part in ast.walk(call.value)
                    if isinstance(part, ast.Subscript)
                    for key in ast.walk(part.slice)
                }
                for part in ast.walk(call.value):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in keys:
                        typed += [f"{path.name}, {cell.id}: {figure!r}" for figure in prose.typed_figures(part.value)]
    assert not typed, "typed figures in figure texts, compute them:\n" + "\n".join(typed)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_numbers_are_current_declared_and_used(path):
    declared = said(notebook(path))
    found = [(match["name"], match["text"]) for _, text in markdown(path) for match in prose.LINK.finditer(text)]
    stale = [f"{name} reads {text}" for name, text in found if declared.get(name, "").replace("$", r"\$") != text]
    assert not stale, f"{path.name}: not what the cells say (make run): {stale}"
    unused = sorted(set(declared) - {name for name, _ in found})
    assert not unused, f"{path.name}: declared and never used: {unused}"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Trade was $202.21 billion.", ["$202.21 billion"]),
        ("a rise of 2.8 %", ["2.8 %"]),
        ("forty per cent of it", ["forty per cent"]),
        ("19,535 sanctions", ["19,535"]),
        ("On 16 May 2024, from 2020 to 2023 and in 2023/24", []),
        ("HS 27, the G20, Tier C, resolution 68/262, VVER-1200", []),
        ("[\\$244.8 billion](#n-total) and `load('x', 3)`", []),
        ("see [10](https://example.org/10)", []),
    ],
)
def test_typed_figures_are_found_and_names_are_not(text, typed):
    assert prose.typed_figures(text) == typed


def rows(**changes):
    frame = pd.DataFrame(
        {
            "period": ["2024"],
            "frequency": ["A"],
            "reporter": ["CHN"],
            "source_id": ["a"],
            "tier": ["C"],
            "published": ["2025"],
        }
        | changes
    )
    frame.attrs["table"] = "bilateral-trade"
    return frame


def test_a_number_knows_its_rows():
    number = prose.dollars(244810.0, rows(), 2)
    assert (number.text, number.value, number.period, number.reporter) == ("$244.81 billion", 244810.0, "2024", "CHN")
    assert (number.tables, number.sources, number.tier, number.published) == (["bilateral-trade"], ["a"], "C", "2025")


def test_a_number_names_who_counted_it_before_whose_trade_it_is():
    both = rows(counter=["Gaidar Institute"])
    assert prose.number(1.0, "per cent", both, "1 %").reporter == "Gaidar Institute"
    mixed = prose.together(both, rows())
    assert prose.number(1.0, "per cent", mixed, "1 %").reporter == "CHN, Gaidar Institute"
    assert prose.number(1.0, "per cent", rows().drop(columns="reporter"), "1 %").reporter == ""


def test_a_number_of_a_year_to_date_says_from_january():
    assert prose.dollars(1.0, rows(period=["2024-10"], frequency=["YTD"])).period == "January to 2024-10"


def test_a_number_without_rows_or_source_or_value_is_refused():
    with pytest.raises(ValueError, match="no rows behind"):
        prose.count(1, rows().head(0))
    with pytest.raises(ValueError, match="a row without source_id"):
        prose.count(1, rows(source_id=[None]))
    with pytest.raises(ValueError, match="the value is missing"):
        prose.number(float("nan"), "count", rows(), "?")


def test_an_unbound_number_cannot_be_said():
    with pytest.raises(TypeError, match="total is not bound to rows"):
        prose.say(total=244.8)


def test_a_sentence_that_names_an_unknown_number_is_an_error():
    with pytest.raises(KeyError, match="no cell says a number named totl"):
        prose.fill("[?](#n-totl)", {"total": "1"})


def test_rows_of_several_tables_carry_all_their_names():
    other = rows()
    other.attrs["table"] = "trade-totals"
    assert prose.share(0.306, prose.together(rows(), other)).tables == ["bilateral-trade", "trade-totals"]


def test_every_number_of_the_book_points_to_known_tables_and_sources():
    known, tables = set(data.sources().index), set(data.tables())
    for path in CHAPTERS:
        for cell in notebook(path).cells:
            for output in cell.get("outputs", []):
                for name, number in output.get("data", {}).get(prose.MIME, {}).items():
                    assert set(number["sources"]) <= known, (path.name, name)
                    assert number["tables"] and set(number["tables"]) <= tables, (path.name, name, number["tables"])
