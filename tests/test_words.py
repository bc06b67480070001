"""Words that claim something are bound; what is not is excepted by name, with a reason."""

import nbformat
import pytest
import yaml

from checks import words


@pytest.fixture(scope="module")
def found():
    return words.words()


@pytest.mark.parametrize("place", words.WHOLE)
def test_every_claiming_word_is_bound(found, place):
    left = [str(word) for word in found if word.place == place and not word.bound and not word.excepted]
    assert not left, f"{len(left)} words:\n" + "\n".join(left)


def test_of_other_sentences_nineteen_in_twenty_words_are_bound(found):
    rest = [word for word in found if word.place == "sentence"]
    left = [str(word) for word in rest if not word.bound and not word.excepted]
    assert len(left) <= 0.05 * len(rest), f"{len(left)} of {len(rest)} words:\n" + "\n".join(left)


def test_exceptions_are_few_used_and_reasoned(found):
    exceptions = yaml.safe_load(words.EXCEPTIONS.read_text("utf-8")) or []
    assert len(exceptions) <= 60
    used = {word.excepted for word in found}
    for entry in exceptions:
        assert set(entry) == {"chapter", "words", "reason"} and len(entry["reason"]) > 15, entry
        assert entry["reason"] in used, f"no sentence needs this exception any more: {entry}"


def test_no_sentence_tells_old_rows_in_the_present():
    old = words.stale()
    assert not old, "\n".join(old)


def test_a_bold_finding_in_the_present_on_old_rows_is_seen(tmp_path):
    notebook = nbformat.read(words.CHAPTERS / "overview.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace("China weighed [more]", "China weighs [more]").replace(
            "and from 2024 to 2025 its", "and its"
        )
    nbformat.write(notebook, tmp_path / "overview.ipynb")
    (found,) = words.stale(tmp_path)
    assert "China weighs [more](#s-weighs)" in found, found


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Three times the line fell.", ["Three", "fell"]),
        ("The [three](#s-three) lines [fell](#s-fell).", []),
        ("The only 90 % on record is a forecast.", ["only"]),
        ("A page says “only”, and `last` is code.", []),
        ("It took about [5](#n-x) years; he wrote about it.", ["about"]),
        ("No later page was found.", ["No"]),
        ("Since 2014 and since it was said", ["Since"]),
        ("China abstained instead of joining Russia.", []),
        ("Its sole buyer; the price soared, plunged, slipped.", ["sole", "soared", "plunged", "slipped"]),
    ],
)
def test_claiming_words_are_found(text, left):
    assert [word for _, word, bound in words.claiming(text) if not bound] == left
