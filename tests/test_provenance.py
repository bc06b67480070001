"""Each number and each statement again, from what its card says alone."""

import re
from functools import cache

import pytest

from checks.bite import bite, stored
from conftest import CHAPTERS, notebook
from partnership import charts, data, formula, prose, statements
from partnership import vocabulary as word
from publish.run import declared

table = cache(data.load)


def numbers():
    return [(path.stem, name, each) for path in CHAPTERS for name, each in declared(notebook(path), prose.MIME).items()]


def test_each_number_is_computed_again_from_its_card():
    wrong = []
    for chapter, name, card in numbers():
        if not card["formula"]:
            wrong.append(f"{chapter}, {name}: {card['text']} names no formula")
            continue
        value, error = formula.again(card["formula"], card["operands"], table)
        if value != pytest.approx(card["value"], rel=1e-9, abs=1e-12) or error != pytest.approx(
            card["error"], rel=1e-3, abs=1e-9
        ):
            wrong.append(f"{chapter}, {name}: the card gives {value}, the sentence {card['value']}")
    assert not wrong, f"{len(wrong)} numbers:\n" + "\n".join(wrong)


def test_the_words_of_each_number_are_its_value():
    """The digits shown are those of the value, in its unit, in billions or with a changed sign."""
    wrong = []
    for chapter, name, card in numbers():
        shown = re.findall(r"\d[\d,]*\.?\d*", card["text"].replace("\u2009", ""))
        if not shown or card["unit"] == "period":
            continue
        if card["unit"] == "date":  # told as its month, or as the whole day
            day = f"{card['value']:.0f}"
            if prose.month(f"{day[:4]}-{day[4:6]}") not in card["text"]:
                wrong.append(f"{chapter}, {name}: reads {card['text']}, its value is {day}")
            continue
        digits = shown[0].rstrip(".")
        decimals = len(digits.partition(".")[2])
        value = abs(card["value"])
        fits = {prose.fixed(value / scale, decimals) for scale in (1, 1000, 1_000_000)}
        if digits not in fits and prose.fixed(float(digits.replace(",", "")), 0) not in {prose.fixed(value, 0)}:
            wrong.append(f"{chapter}, {name}: reads {card['text']}, its value is {card['value']} {card['unit']}")
    assert not wrong, "\n".join(wrong)


def test_each_statement_holds_again_from_its_card():
    wrong = [
        f"{chapter}, {name}: {record['words']}"
        for chapter, name, record in stored()
        if not statements.evaluate(record, table).holds
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_statement_that_a_cell_declares_stands_in_a_sentence(path):
    held = declared(notebook(path), prose.STATEMENTS)
    used = {
        match["name"]: match["text"]
        for cell in notebook(path).cells
        if cell.cell_type == "markdown"
        for match in prose.STATED.finditer(cell.source)
    }
    assert set(held) == set(used), f"declared and not used, or used and not declared: {sorted(set(held) ^ set(used))}"
    stale = [name for name, text in used.items() if text.replace("\\$", "$").lower() != held[name]["words"].lower()]
    assert not stale, f"not what the cells say (make run): {stale}"


def test_the_words_of_a_figure_s_statements_stand_in_its_title_note_or_alternative_text():
    for path in CHAPTERS:
        for cell in notebook(path).cells:
            for output in cell.get("outputs", []):
                spec = output.get("data", {}).get(charts.MIME, {})
                meta = spec.get("usermeta", {}).get("figure", {})
                for record in meta.get("holds", []):
                    said = f"{meta['title']} {meta['note']} {spec['description']}".lower()
                    assert record["words"].lower() in said, f"{meta['name']}: {record['words']}"


def test_what_only_a_missing_row_makes_false_is_told_apart():
    rows = data.select(data.load("leader-meetings"), id="2026-video")
    assert bite(word.says(rows, "2026-02-04", "start").record()).startswith("leader-meetings row 36: start as")
    assert bite(word.counted(rows, 1).record()).endswith(": taken away")


def test_one_altered_row_makes_a_statement_false():
    """Every fourth statement here; all of them by python -m checks.bite. A majority of many rows does not hang on one of them."""
    found = [each for each in list(stored())[::4] if each[2]["test"] not in ("most", "minority")]
    assert len(found) > 60
    missed = [
        f"{chapter}, {name}: {record['words']} ({record['test']})"
        for chapter, name, record in found
        if not bite(record)
    ]
    assert len(missed) <= 0.05 * len(found), f"{len(missed)} of {len(found)}:\n" + "\n".join(missed)
