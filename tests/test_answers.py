"""The answers to the readers of edition 0.1.0: none is left out, and what they name is there."""

import re
from collections import Counter

import pytest

from conftest import ROOT
from publish.edition import manifest

TEXT = (ROOT / "docs" / "answers.md").read_text("utf-8")
STATES = {"mended", "in part", "answered", "open"}
ROWS = {
    section.partition("\n")[0]: [
        [cell.strip() for cell in line.strip("| ").split(" | ")]
        for line in section.splitlines()
        if line.startswith("| ")
    ][2:]
    for section in TEXT.split("\n## ")[1:]
}
NUMBERED = {
    "The review of readers: the site in a browser": {"C": 4, "H": 14, "M": 24},
    "The review of reliability": {"D": 13},
    "The review of architecture": {"": 24},
}


def test_every_numbered_finding_is_answered():
    for section, series in NUMBERED.items():
        ids = {row[0] for row in ROWS[section]}
        assert {f"{letter}{number}" for letter, last in series.items() for number in range(1, last + 1)} <= ids
    editorial = {row[0] for section, rows in ROWS.items() if "editorial" in section for row in rows}
    assert {f"2.{number}" for number in range(1, 29)} <= editorial


def test_a_finding_stands_once_and_in_one_state():
    for section, rows in ROWS.items():
        assert rows and max(Counter(row[0] for row in rows).values()) == 1, section
        assert [row for row in rows if len(row) != 4 or row[2] not in STATES or not all(row)] == []


def test_the_states_are_counted_as_they_are():
    counts = Counter(row[2] for rows in ROWS.values() for row in rows)
    assert (
        f"**{counts.total()} findings: {counts['mended']} mended, {counts['in part']} mended in part, "
        f"{counts['answered']} answered, {counts['open']} open.**" in TEXT
    )


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_\w+::test_\w+)`", TEXT))))
def test_a_test_that_an_answer_names_is_there(name):
    module, _, function = name.partition("::")
    (file,) = [*ROOT.glob(f"tests/{module}.py"), *ROOT.glob(f"tests/refresh/{module}.py")]
    assert f"def {function}(" in file.read_text("utf-8")


def test_figures_and_corrections_that_answers_name_are_there():
    shown = {row["id"] for row in manifest.read() if row["kind"] == "figure"}
    told = set(re.findall(r"figures? ((?:`[a-z0-9-]+`(?:, | and )?)+)", TEXT))
    names = {name for group in told for name in re.findall(r"`([^`]+)`", group)}
    assert len(names) > 10 and names <= shown
    known = (ROOT / "data" / "corrections.csv").read_text("utf-8")
    named = re.findall(r"Corrections, ([a-z]+-[a-z-]+)", TEXT)
    assert named and [name for name in named if f"\n{name}," not in known] == []
