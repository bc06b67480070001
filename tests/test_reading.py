"""The chapters read easily, and docs/reading-ease.md says how easily they read today."""

import nbformat
import pytest

from conftest import ROOT
from publish.edition import reading


@pytest.fixture(scope="module")
def found():
    return list(reading.sentences())


def test_the_file_is_current(found):
    assert reading.FILE.read_text("utf-8") == reading.text(found), "run: make current"


def test_no_chapter_is_below_plain_english(found):
    hard = {ease.chapter: round(ease.ease) for ease in reading.chapters(found) if ease.ease < reading.FLOOR}
    assert hard == {}


def test_no_sentence_is_too_long(found):
    long = [f"{each.chapter}, {each.place}: {each.text}" for each in found if each.count > reading.LONGEST]
    assert long == []


def test_every_chapter_with_prose_is_measured(found):
    lists = {"figures", "references"}
    chapters = {path.stem for path in (ROOT / "chapters").iterdir() if path.suffix in (".ipynb", ".md")}
    assert {ease.chapter for ease in reading.chapters(found)} == chapters - lists


def test_a_long_sentence_and_hard_words_are_seen(tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("Interdependence presupposes institutional reciprocity " * 15 + ".")]
    )
    nbformat.write(notebook, tmp_path / "hard.ipynb")
    (sentence,) = reading.sentences(tmp_path)
    assert sentence.count == 60 > reading.LONGEST
    assert reading.measure("hard", [sentence]).ease < 0 < reading.FLOOR


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("# A head\n\nIt rose. It fell.", ["It rose.", "It fell."]),
        ("It was [3.5 %](#n-x), [more](#s-y) than in 2020.", ["It was 3.5 %, more than in 2020."]),
        ("- One {cite}`x-1999`.\n- Two: It goes on.", ["One.", "Two: It goes on."]),
        ("In {term}`sums <Twelve-month sum>` of {term}`CIF`.", ["In sums of CIF."]),
        ("It came to [3](#n-a). [17](#n-b) took part.", ["It came to 3.", "17 took part."]),
        ("Before.\n\n```{math}\na + b\n```\n\n| a | b |\n|---|---|\n\nAfter:\n\nAnother.", ["Before.", "After:", "Another."]),
        ("```{glossary}\nTier\n  How close. A is best.\n```", ["How close.", "A is best."]),
    ],
)  # fmt: skip
def test_prose_is_what_a_reader_sees(markdown, read):
    assert reading.prose(markdown) == read


def test_chapters_that_share_the_lowest_ease_are_all_named():
    """As it is printed, without decimals."""
    each = [reading.Ease(name, 100, 10, 0, ease, None) for name, ease in (("a", 67.4), ("b", 66.6), ("c", 80.0))]
    assert reading._lowest(each) == "The lowest chapters, a and b, score 67"
    assert reading._lowest(each[1:]) == "The lowest chapter, b, scores 67"


def test_the_easy_sentence_of_flesch_is_very_easy():
    """By the formula: 6 words, 6 syllables."""
    ease = reading.measure("x", [reading.Sentence("x", "y", "The cat sat on the mat.")]).ease
    assert ease == pytest.approx(206.835 - 1.015 * 6 - 84.6)
