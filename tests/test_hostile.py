"""Text that wants to be code, through everything that writes a page, a card, a feed or a file; the quick form of make hostile."""

import html
import io
import itertools
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import altair as alt
import hostile
import hostilefiles
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from jinja2 import ChainableUndefined, Environment, FileSystemLoader
from markdown_it import MarkdownIt
from pybtex.database import parse_string
from pypdf import PdfReader

from conftest import ROOT
from partnership import charts, citation, data, prose, show
from partnership.views import claims as view
from publish import row_words
from publish.edition import pages, pdf, workbook
from publish.figures import embed, figure, plain, tidyfiles
from publish.figures.numbering import Shown
from publish.host import Host, Source
from publish.said import numbers
from publish.steps import claimfiles, feed
from publish.thisbook import HOST, ThisBook
from refresh import impact

KINDS = {kind: text for kind, text in hostile.LIVE.items()}
BRIEF = {kind: text for kind, text in KINDS.items() if len(text) < 200}
ROWS = data.load("bilateral-trade").head(3)


@pytest.fixture(scope="module")
def cases():
    return hostile.Cases()


@pytest.fixture(scope="module")
def reports(cases):
    """Reports of a refresh of hostile text."""
    return list(hostilefiles.impacts(cases, KINDS))


def drawn(cases):
    """A figure of hostile text, one of each kind among its values."""
    texts = [cases.next("value", KINDS) for _ in KINDS]
    frame = pd.DataFrame({"label": texts, "value": range(len(texts))})
    chart = alt.Chart(frame).mark_bar().encode(x="value:Q", y="label:N", tooltip=["label", "value"])
    said = {name: cases.next(name, KINDS) for name in ("title", "unit", "note", "alt_text")}
    spec = charts.figure(
        chart, name="a", rows=[ROWS], columns={"label": cases.next("heading", KINDS), "value": "Value"}, **said
    ).spec
    return Shown("a", "chapters/x", "1", spec, host=HOST)


def table(cases, kinds=KINDS):
    """A table of hostile text."""
    texts = [cases.next("cell", {kind: kinds[kind]}) for kind in kinds]
    return show.table(pd.DataFrame({texts[0]: texts, "b": texts[::-1]}), texts[1])._repr_mimebundle_()["text/html"]


def claim(cases, ledger, readings):
    """The page of a claim, hostile in every field of words."""
    row = next(ledger.itertuples(index=False))
    changed = {name: cases.next(f"claim, {name}", KINDS) for name in ("claim", "words", "place", "false_if")}
    told = readings[readings["claim_id"] == row.id].copy()
    for name in ("finding", "publisher", "title"):
        if name in told:
            told[name] = [cases.next(f"evidence, {name}", KINDS) for _ in range(len(told))]
    return claimfiles.page(row._replace(**changed), told, "https://example.org/")


SOME = 10
"""Rows of a table in the quick form; the kinds go on from one column to the next, so each comes in many columns."""


@pytest.fixture(scope="module")
def tables(cases):
    """Rows of every table with free text, hostile in each column of it as far as the loader lets it in."""
    found, kinds = {}, itertools.cycle(KINDS)
    for name, columns in hostile.poisoned().items():
        frame, fields = data.load(name), {field["name"]: field for field in data.resource(name)["schema"]["fields"]}
        for column in columns:
            lines = frame.index[frame[column].notna()][:SOME]
            texts = [f"{cases.next(f'{name}, {column}', {kind: KINDS[kind]})} {cell}"
                     for kind, cell in zip(kinds, frame.loc[lines, column], strict=False)]  # fmt: skip
            bad = {number for number, _ in data._column_defects(texts, fields[column], "2026-11-30")}
            admitted = {
                line: text for number, (line, text) in enumerate(zip(lines, texts, strict=True)) if number not in bad
            }
            assert admitted, f"{name}, {column}: the loader lets in none"
            frame[column] = (
                frame[column].astype(object).mask(frame.index.isin(admitted), frame.index.to_series().map(admitted))
            )
        found[name] = frame
    return found


def shown_of(tables):
    """Every table as chapters show it: its cells, and what cards tell of its rows."""
    host = ThisBook()
    for name, columns in hostile.poisoned().items():
        held = tables[name][columns]
        held = held[held.map(lambda cell: bool(hostile.MARK.search(str(cell)))).any(axis=1)]
        yield show.table(held, name)._repr_mimebundle_()["text/html"]
        for line in held.index:
            yield f"<p>{numbers._lines({'table': name, 'rows': str(line)}, host)}</p>"


def dressed(body):
    """A part of a page, with the book's own style."""
    style = (ROOT / "publish" / "theme" / "static" / "pm" / "book.css").read_text("utf-8")
    return f"<!DOCTYPE html><title>a</title><style>{style}</style><article class=pm-page>{body}</article>"


def test_no_page_made_of_hostile_text_runs_it_or_is_widened_by_it(cases, reports, browser, tmp_path):
    from partnership import claims

    ledger, readings = claims.ledger(), claims.readings()
    shown = drawn(cases)
    svg = embed.page(shown, "<svg/>", "<svg/>", "https://example.org/")
    inside = "".join((figure._tables(shown.spec), table(cases)))
    made = {
        "embed": svg,
        **{f"report {number}": impact.document(found) for number, found in enumerate(reports)},
        "cells": dressed(inside),
    }
    made |= {
        f"claim {number}": dressed(claim(cases, ledger.iloc[[number]], readings)) for number in range(0, len(ledger), 6)
    }
    wrong = {}
    for name, text in made.items():
        (tmp_path / "page.html").write_text(text, "utf-8")
        if found := hostile.visit(browser, (tmp_path / "page.html").as_uri(), (390,), touch=False):
            wrong[name] = found
    assert wrong == {}
    assert len(cases.told) > 150


def test_every_column_of_free_text_is_tried_or_says_why_not():
    """A new column of words is tried by itself; one that is left out has a reason, and one that is gone has none."""
    tried = {f"{table}, {column}" for table, columns in hostile.poisoned().items() for column in columns}
    fields = {
        f"{table}, {field['name']}": field
        for table in data.tables()
        for field in data.resource(table)["schema"]["fields"]
        if field["type"] == "string"
    }
    bound = {name for name, field in fields.items() if {"enum", "pattern"} & field.get("constraints", {}).keys()}
    keys = {
        f"{table}, {key['fields']}" for table in data.tables() for key in data.resource(table)["schema"]["foreignKeys"]
    }
    assert tried | hostile.LEFT_OUT.keys() == fields.keys() - bound - keys and len(tried) > 100
    assert all(len(reason) > 20 for reason in hostile.LEFT_OUT.values()) and not tried & hostile.LEFT_OUT.keys()
    held = {name: set(data.load(name.partition(", ")[0])[name.partition(", ")[2]]) for name in hostile.PICKED}
    assert all(words <= held[name] for name, words in hostile.PICKED.items())


def test_every_table_with_hostile_text_in_each_column_of_it_is_shown_as_text(
    cases, tables, browser, tmp_path, monkeypatch
):
    monkeypatch.setattr(data, "load", lambda name, *_, **__: tables.get(name, ROWS))
    row_words._counters.cache_clear()
    row_words._industries.cache_clear()
    body = "".join(shown_of(tables))
    row_words._counters.cache_clear()
    row_words._industries.cache_clear()
    marks = hostilefiles.marks_of(
        "".join(
            str(cell)
            for name, columns in hostile.poisoned().items()
            for cell in tables[name][columns].to_numpy().ravel()
        )
    )
    (tmp_path / "page.html").write_text(dressed(body), "utf-8")
    assert hostile.visit(browser, (tmp_path / "page.html").as_uri(), (390,), touch=False) == []
    assert len(marks) > 700 and marks - hostilefiles.marks_of(BeautifulSoup(body, "html.parser").get_text()) == set()


def test_the_copy_of_a_figure_reads_nothing_but_its_own_links_and_headings_into_hostile_text(cases):
    for _ in KINDS:  # each kind comes once as title, unit, note and words
        read = plain.page(drawn(cases), "")
        found = BeautifulSoup(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(read), "html.parser")
        assert {tag.name for tag in found.find_all(True)} <= {"h1", "h2", "p", "ul", "li", "a"}, read
        assert all(re.match(r"https?://|\.\./", link["href"]) for link in found.find_all("a")), read


def test_files_made_of_hostile_text_are_well_formed_and_safe_in_a_spreadsheet(cases, monkeypatch):
    shown = drawn(cases)
    for name, told in tidyfiles.files("a", shown.spec).items():
        assert hostile.cells_that_run(tidyfiles.csv(told, shown.spec)) == [], name
    json.dumps(tidyfiles.metadata(shown, ""))
    for kind in KINDS:
        work = citation.Work("a", cases.next("title", {kind: KINDS[kind]}), "https://example.org/#a", "Figure 1")
        assert parse_string(citation.bibtex(work, citation.edition()), "bibtex").entries, kind
        json.dumps(citation.csl(work, citation.edition()))
    texts = [cases.next("change", KINDS) for _ in KINDS]
    monkeypatch.setattr(citation, "changes", lambda: [("1", "2026-01-01", texts)])
    root = ElementTree.fromstring(feed.feed("https://example.org/", "index.html"))
    assert "x-stolen" not in {one.tag.rpartition("}")[2] for one in root.iter()}


@pytest.fixture
def edition(cases, monkeypatch):
    """Facts of the edition, hostile."""
    told = citation.edition()
    told = replace(told, **{name: cases.next(name, {name: KINDS["end of a style"] + KINDS["script"]}) for name in ("title", "abstract")},
        authors=[cases.next("author", {"author": KINDS["handler in an attribute"]})], keywords=[cases.next("keyword", {kind: KINDS[kind]}) for kind in KINDS])  # fmt: skip
    monkeypatch.setattr(citation, "edition", lambda *where: told)
    return told


def test_the_printed_book_acts_nowhere_and_loses_nothing(cases, edition, browser, tmp_path):
    from partnership import claims

    ledger, readings = claims.ledger(), claims.readings()
    body = table(cases, BRIEF) + "".join(claim(cases, ledger.iloc[[number]], readings) for number in (0, 30))
    for kind in BRIEF:
        body += (
            f'<section id="{len(body)}"><h2>{html.escape(cases.next("section", {kind: KINDS[kind]}))}</h2></section>'
        )
    whole = []
    for kind in ("end of a style", "JSON", "LaTeX", "long word"):
        chapter = pages.Chapter(f"chapters/{kind.replace(' ', '-')}", cases.next("part", {kind: KINDS[kind]}))
        title = html.escape(cases.next("chapter", {kind: KINDS[kind]}))
        pages.read(chapter, f"<article><h1>{title}</h1>{'' if whole else body}</article>", {})
        whole.append(chapter)
    page, printed, made = tmp_path / "a.html", tmp_path / "printed.pdf", tmp_path / "a.pdf"
    page.write_text(pdf.document(whole, "https://example.org/"), "utf-8")
    seen, cut = hostilefiles.printed_marks(browser, page.as_uri())
    assert hostilefiles.alive(browser, page.as_uri()) == [] and cut == [] and len(seen) > 80
    pdf.print_pages(browser, page, printed)
    pdf.finish(printed, made, edition)
    found = PdfReader(made)
    assert hostilefiles.pdf_wrong(found) == []
    assert seen - hostilefiles.pdf_marks(found) == set()
    assert found.metadata.title == edition.title and found.metadata["/Keywords"] == ", ".join(edition.keywords)


def test_what_acts_in_a_pdf_is_seen():
    from pypdf import PdfWriter
    from pypdf.annotations import Link
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_annotation(0, Link(rect=(0, 0, 1, 1), url="javascript:stolen(1)"))
    act = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("stolen(1)")}
    )
    writer.root_object[NameObject("/OpenAction")] = act
    held = io.BytesIO()
    writer.write(held)
    found = hostilefiles.pdf_wrong(PdfReader(held))
    assert "leads to javascript:stolen(1)" in found and {"/OpenAction", "/JS", "/JavaScript"} <= set(found)


def test_the_workbook_computes_nothing_and_loses_nothing(cases, edition):
    before = len(cases.told)
    shown = drawn(cases)
    raw = workbook.make(
        [shown], {"chapters/x": cases.next("chapter", {"x": KINDS["formula ="]})}, "https://example.org/"
    )
    assert hostilefiles.workbook_wrong(raw) == []
    tables = "".join(tidyfiles.csv(told, shown.spec) for told in tidyfiles.files("a", shown.spec).values())
    words = " ".join([*edition.authors, edition.title, edition.abstract, shown.meta["title"], shown.meta["note"]])
    needed = hostilefiles.marks_of(tables + words)
    assert len(needed) > len(KINDS) and len(cases.told) > before
    assert needed - hostilefiles.workbook_marks(raw) == set()


@pytest.mark.parametrize("text, told", [("m" * 40_000, "40,000 characters, a cell holds 32,767"), ("_x003D_1", "")])
def test_a_cell_of_the_workbook_holds_its_text_or_is_refused(text, told):
    chart = alt.Chart(pd.DataFrame({"label": [text, "b"], "value": [1, 2]})).mark_bar().encode(x="value:Q", y="label:N")
    spec = charts.figure(chart, name="a", title="A", rows=[ROWS]).spec
    shown = Shown("a", "chapters/x", "1", spec, host=HOST)
    if told:
        with pytest.raises(ValueError, match=told):
            workbook.make([shown], {"chapters/x": "A"})
    else:
        assert hostilefiles.workbook_wrong(workbook.make([shown], {"chapters/x": "A"})) == []


def test_a_report_shows_every_text_and_its_markdown_reads_nothing_into_them(reports, browser, tmp_path):
    for found in reports:
        page = impact.save(found, tmp_path)
        tab = browser.new_page()
        tab.goto(page.as_uri())
        assert hostilefiles.report_marks(found) - hostilefiles.marks_of(tab.inner_text("body")) == set()
        tab.close()
        assert hostilefiles.read_in_markdown(page.with_suffix(".md").read_text("utf-8")) == []


def test_an_address_that_is_no_web_address_is_no_link():
    for address in (
        "javascript:stolen(1)",
        "httpx:stolen",
        "data:text/html,x",
        "vbscript:x",
        "JaVaScript:x",
        " javascript:x",
    ):

        class Lying(Host):
            def source(self, name, address=address):
                return Source(name, "<b>Publisher</b>", '<img src=x onerror="x">', address)

        told = Lying().link("a")
        assert "href" not in told and "<b>" not in told and "<img" not in told
        row, sources = next(data.load("claim-evidence").itertuples()), data.sources().copy()
        assert "href" in view.evidence_line(row, sources)
        sources.loc[row.source_id, "address"] = address
        assert "href" not in view.evidence_line(row, sources)


def test_tables_of_the_book_hold_no_cell_that_a_spreadsheet_would_run():
    found = {path.name: hostile.cells_that_run(path.read_text("utf-8")) for path in sorted(data.DATA.glob("*.csv"))}
    assert {name: cells for name, cells in found.items() if cells} == {}


def test_a_figure_with_a_character_that_ends_the_drawing_program_is_refused():
    frame = pd.DataFrame({"label": ["a\x1b", "b"], "value": [1, 2]})
    chart = alt.Chart(frame).mark_bar().encode(x="value:Q", y="label:N")
    with pytest.raises(ValueError, match=re.escape('figure "a": a control character')):
        charts.figure(chart, name="a", title="b", rows=[ROWS])


def test_the_text_of_a_number_is_no_markdown_and_can_be_written_again():
    for kind in KINDS:
        text = hostile.Cases().next("text", {kind: KINDS[kind]})
        once = prose.fill("It was [?](#n-a).", {"a": text})
        assert not re.search(r"[<>`*_{}|~]", once), kind
        assert prose.fill(once, {"a": text}) == once, kind


def test_a_number_longer_than_a_line_is_refused():
    long = prose.words("count(a)", "1 " + "word " * 20, "unit", a=ROWS)
    with pytest.raises(ValueError, match="a: a number reads in at most 40 characters"):
        prose.say(a=long)


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3"])
def test_a_cell_that_a_spreadsheet_would_compute_is_refused_with_its_place(cell):
    (found,) = list(data._column_defects(["words", cell], {"name": "note", "type": "string"}, "2026-11-30"))
    assert found[0] == 1 and "begins as a formula does" in found[1]


def test_a_cell_of_a_million_characters_is_refused_with_its_place(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text(f'id,words,note\n1,"a, ""b""",{"m" * 1_000_000}\n', "utf-8")
    with pytest.raises(data.TableError, match='a.csv, row 2, column "note": field larger than field limit'):
        list(data._rows(table, "a.csv"))


@pytest.mark.parametrize("kind", ["script", "event handler", "handler in an attribute", "end of a title"])
def test_the_templates_of_pages_escape_what_the_book_tells_of_itself(kind):
    text = KINDS[kind].replace("N", "7")
    edition = replace(citation.edition(), version=text, released=text, abstract=text)
    parts = [{"caption": text, "pages": [{"name": "a", "path": "a.html", "title": text}]}]
    contact = {"words": "Contact", "address": text}
    book = {
        "about": edition.abstract,
        "edition": edition,
        "dated": text,
        "parts": parts,
        "repository": text,
        "contact": contact,
    }
    here = {"sections": [{"anchor": anchor, "title": text} for anchor in "ab"]}
    templates = Environment(
        loader=FileSystemLoader(ROOT / "publish" / "theme"),
        undefined=ChainableUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    page = BeautifulSoup(templates.get_template("index.html").render(book=book, here=here), "html5lib")
    scripts = [script for script in page.find_all("script") if "stolen" in str(script)]
    handlers = [tag for tag in page.find_all(True) if {"onerror", "onmouseover"} & tag.attrs.keys()]
    assert (scripts, handlers, page.find_all("x-stolen")) == ([], [], [])
    assert page.text.count(BeautifulSoup(f"<p>{html.escape(text)}</p>", "html5lib").text.strip()) >= 6
