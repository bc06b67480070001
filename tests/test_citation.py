"""Ready citations, and the facts of an edition that they are made from."""

import json
from dataclasses import FrozenInstanceError, replace

import pytest
import yaml

from partnership import ROOT, citation
from partnership.citation import Edition, Work

BOOK = Edition("The Book", ["A. One", "B. Two"], "1.2.0", "2026-11-30", ["MIT"], "About.", ["trade"], "10.1/x")
CHAPTER = Work("energy", "Oil & gas: 50 %", "https://example.org/energy.html")
FIGURE = Work("fuel-share", "Share_of fuel", "https://example.org/energy.html#fig", "Figure 3")


def test_a_book_is_cited_in_one_line_in_this_or_another_edition():
    assert BOOK.cited() == "A. One, B. Two (2026): The Book. Version 1.2.0, 2026-11-30."
    assert BOOK.cited("1.0.0", "2025-01-02") == "A. One, B. Two (2025): The Book. Version 1.0.0, 2025-01-02."
    assert BOOK.file(".zip") == "the-partnership-measured-1.2.0.zip"


@pytest.mark.parametrize("told", [BOOK, CHAPTER])
def test_what_is_cited_stays_as_it_is(told):
    with pytest.raises(FrozenInstanceError):
        told.title = "Another"


def test_a_chapter_and_a_figure_are_cited_in_one_line():
    ends = "The Partnership, Measured, version 1.2.0, 2026-11-30."
    assert citation.text(CHAPTER, BOOK) == f"A. One, B. Two (2026): Oil & gas: 50 %. In: {ends} {CHAPTER.address}"
    assert citation.text(FIGURE, BOOK) == f"A. One, B. Two (2026): Share_of fuel. Figure 3 in: {ends} {FIGURE.address}"


def test_bibtex_has_its_signs_escaped_and_a_note_of_the_part():
    lines = citation.bibtex(FIGURE, BOOK).splitlines()
    assert lines[0] == "@incollection{partnership-measured-1.2.0-fuel-share,"
    assert lines[1:] == [
        "  author = {{A. One} and {B. Two}},",
        r"  title = {{Share\_of fuel}},",
        "  booktitle = {{The Partnership, Measured}},",
        "  editor = {{A. One} and {B. Two}},",
        "  year = {2026},",
        "  note = {Figure 3, version 1.2.0 of 2026-11-30},",
        f"  url = {{{FIGURE.address}}},",
        "  doi = {10.1/x},",
        "}",
    ]
    without = citation.bibtex(CHAPTER, replace(BOOK, doi=""))
    assert r"title = {{Oil \& gas: 50 \%}}" in without and "note = {version 1.2.0 of 2026-11-30}" in without
    assert "doi" not in without


def test_csl_is_what_citation_managers_read():
    (entry,) = json.loads(citation.csl(FIGURE, BOOK))
    assert entry == {
        "id": "partnership-measured-fuel-share",
        "type": "figure",
        "title": "Share_of fuel",
        "container-title": "The Partnership, Measured",
        "author": [{"literal": "A. One"}, {"literal": "B. Two"}],
        "issued": {"date-parts": [[2026, 11, 30]]},
        "version": "1.2.0",
        "URL": FIGURE.address,
        "note": "Figure 3",
        "DOI": "10.1/x",
    }
    text = citation.csl(replace(CHAPTER, title="Übersicht"), replace(BOOK, doi=""))
    (entry,) = json.loads(text)
    assert "Übersicht" in text and text.endswith("]\n")
    assert entry["type"] == "chapter" and not {"note", "DOI"} & set(entry)


CFF = """\
title: The Book
authors:
  - given-names: Anna
    family-names: One
  - name: The House
version: 1.2
date-released: 2026-11-30
license: {licence}
abstract: >
  Two
  lines.
keywords: [trade, ships]
"""


@pytest.mark.parametrize(
    ("licence", "licences", "doi"),
    [
        ("MIT", ["MIT"], ""),
        ("CC-BY-4.0", ["MIT", "CC-BY-4.0"], ""),
        ("[MIT, CC-BY-4.0]", ["MIT", "CC-BY-4.0"], "10.1/x"),
    ],
)
def test_the_facts_of_an_edition_are_read_from_one_file(tmp_path, licence, licences, doi):
    (tmp_path / "CITATION.cff").write_text(CFF.format(licence=licence) + (f"doi: {doi}\n" if doi else ""), "utf-8")
    read = citation.edition(tmp_path)
    assert read == Edition(
        "The Book", ["Anna One", "The House"], "1.2", "2026-11-30", licences, "Two lines.", ["trade", "ships"], doi
    )
    assert citation.edition(tmp_path) is read, "read once"


def test_what_changed_is_read_from_the_change_log_newest_first(tmp_path):
    log = "# Changes\n\nWords.\n\n## 0.2.0 – 2026-12-01\n\n- One\n  thing.\n- Another.\n\n## 0.1.0 – 2026-11-26\n\n- First.\n"
    (tmp_path / "CHANGELOG.md").write_text(log, "utf-8")
    assert citation.changes(tmp_path) == [
        ("0.2.0", "2026-12-01", ["One thing.", "Another."]),
        ("0.1.0", "2026-11-26", ["First."]),
    ]


def test_citation_cff_has_one_licence():
    """Several would be read as a choice: text and data under MIT, code under CC BY."""
    assert isinstance(yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["license"], str)
