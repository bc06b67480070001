"""Hand-written documents: the picture of the front page shows today's, licences are those of the data, none is left alone."""

import fnmatch
import json
import re
import tomllib

import pytest
import yaml

from conftest import CHAPTERS, ROOT
from publish.edition import screenshot

DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_the_picture_of_the_front_page_shows_what_stands_there():
    assert screenshot.description(screenshot.FILE.read_bytes()) == screenshot.shown(), "run: make screenshot"


def test_a_picture_bears_its_words_and_stays_a_png():
    before = screenshot.FILE.read_bytes()
    after = screenshot.described(before, "–1 %")
    assert screenshot.description(after) == "–1 %" and len(after) == len(before) + 12 + 16 + len("–1 %".encode())
    assert screenshot.description(b"\x89PNG\r\n\x1a\n") == ""


def licence(path):
    """By REUSE.toml: the last annotation that fits."""
    entries = tomllib.loads((ROOT / "REUSE.toml").read_text("utf-8"))["annotations"]
    fit = [
        entry["SPDX-License-Identifier"]
        for entry in entries
        for pattern in ([entry["path"]] if isinstance(entry["path"], str) else entry["path"])
        if fnmatch.fnmatch(path, pattern.replace("**", "*"))
    ]
    return fit[-1]


def test_files_taken_whole_have_the_licence_that_their_schema_tells():
    """Where a schema names GPL, LGPL, ISC or BSD, REUSE.toml names it for the file."""
    found = {}
    for schema in sorted((ROOT / "data").glob("*.yml")):
        told = yaml.safe_load(schema.read_text("utf-8"))
        words = " ".join(f"{one['name']} {one['title']}" for one in told.get("licences", ()))
        if names := re.findall(r"\b(?:L?GPL-[\d.]+-or-later|ISC|BSD-3-Clause)\b", words):
            found[told.get("path", f"{schema.stem}.csv")] = names
    assert len(found) == 3
    for path, names in found.items():
        assert set(names) <= set(licence(f"data/{path}").split()), path
    assert licence("data/gdp.csv") == "CC-BY-4.0" and licence("publish/build.py") == "MIT"


def test_every_licence_that_is_named_has_its_text_and_no_text_is_idle():
    entries = tomllib.loads((ROOT / "REUSE.toml").read_text("utf-8"))["annotations"]
    named = {name for entry in entries for name in entry["SPDX-License-Identifier"].split(" AND ")}
    assert named == {path.stem for path in (ROOT / "LICENSES").glob("*.txt")}


def test_every_document_is_linked_from_the_readme():
    text = (ROOT / "README.md").read_text("utf-8")
    assert [path.name for path in DOCUMENTS if f"](docs/{path.name})" not in text] == []


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_links_and_make_targets_of_a_document_are_there(path):
    text = path.read_text("utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    assert [link for link in links if not (path.parent / link).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets


def test_cells_that_the_house_quotes_as_todays_stand_in_a_chapter():
    """A line that ends in "…" is cut short."""
    text = (ROOT / "docs" / "house.md").read_text("utf-8")
    quoted = re.findall(r"^Now\b[^\n]*\n\n```python\n(.*?)```", text, re.M | re.S)
    chapters = [
        "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]) for path in CHAPTERS
    ]
    assert len(quoted) == 3
    for block in quoted:
        lines = [line.strip().removesuffix("…") for line in block.splitlines() if line.strip() != ")"]
        unknown = min(([line for line in lines if line not in chapter] for chapter in chapters), key=len)
        assert unknown == [], f"docs/house.md quotes as today's what no chapter has: {unknown}"
