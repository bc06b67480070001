"""README tells what is so: the rooms of the tree, none left out, what can be run, and the numbers as the chapters say them."""

import json
import re
import subprocess

import pytest

from conftest import ROOT
from partnership import claims
from refresh import chapter_runs

ROWS = dict(
    re.findall(
        r"^\| (`[^|]+?`) \| (.+?) \|$", (ROOT / "README.md").read_text("utf-8").partition("## What is where")[2], re.M
    )
)
QUIET = {"__init__", "__main__", "files"}  # files: how anything is written whole


def folders():
    """Folders of each row; a name without its house lies in that of the first."""
    found = {}
    for names, words in ROWS.items():
        house = ""
        for name in re.findall(r"`([^`]+)/`", names):
            path = ROOT / name if (ROOT / name).is_dir() else ROOT / house / name
            house = house or name.partition("/")[0]
            found[path] = words
    return found


def test_every_folder_that_readme_names_exists_and_none_is_left_out():
    assert [path for path in folders() if not path.is_dir()] == []
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    there = {name.partition("/")[0] for name in listed if "/" in name and not name.startswith(".")}
    assert there == {path.relative_to(ROOT).parts[0] for path in folders()}


@pytest.mark.parametrize("house", ["partnership", "checks", "publish"])
def test_readme_names_the_modules_of_a_house(house):
    named = set(re.findall(r"`([a-z_]+)/?`", folders()[ROOT / house]))
    modules = {path.stem for path in (ROOT / house).glob("*.py")} - QUIET
    rooms = {path.name for path in (ROOT / house).iterdir() if path.is_dir() and any(path.glob("*.py"))}
    rooms -= {path.name for path in folders() if path.parent == ROOT / house}
    assert modules | rooms <= named, "README does not name these"
    assert named - {"extracts"} <= modules | rooms, "README names what is not there"


def test_what_readme_has_a_reader_run_exists():
    text = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets
    for module in re.findall(r"python -m ([a-z_.]+)", text):
        place = ROOT / module.replace(".", "/")
        assert place.with_suffix(".py").exists() or (place / "__main__.py").exists() or module == "venv", module


FINDINGS = re.compile(
    r"\$[\d.]+ billion|[\d.]+(?= %| to [\d.]+ %)|[A-Z][a-z]+ to [A-Z][a-z]+ \d{4}|(?:[A-Z][a-z]+ )?\b\d{4}\b|\d+"
)


def findings(text):
    """Numbers, months and years of the list that README opens with, in their order."""
    return FINDINGS.findall(text[text.index("\n- **") : text.index("\n\n![")])


def said(chapters):
    """The same as the chapters say them."""
    nine = re.search("January to [A-Z][a-z]+ 2024", chapters["overview"]["figures"]["who-depends-on-whom"]["title"])[0]
    number = {chapter: told["numbers"] for chapter, told in chapters.items()}
    front = number["overview"]
    named = ("russia-exports", "russia-imports", "china-exports", "china-imports", "both-2024", "both-2025")
    shares = [front[name].removesuffix(" %") for name in named]
    trade = [number["data-and-methods"]["total-2024"], "2024", number["trade-volume"]["total-2025"], "2025"]
    trade += [front["data-to"], front["latest-year"], front["carried-2024"], "2024"]
    last = number["mirror-statistics"]["russia-to"].removeprefix("December ")  # the whole of its year
    return [nine, *shares, "2025", "2024", *trade, front["ten-months"], "2024", last]


def test_the_numbers_of_readme_are_those_of_the_chapters():
    stored = {
        name: chapter_runs.said(json.loads((ROOT / f"chapters/{name}.ipynb").read_text("utf-8")))
        for name in ("overview", "data-and-methods", "trade-volume", "mirror-statistics")
    }
    text = (ROOT / "README.md").read_text("utf-8")
    assert findings(text) == said(stored)
    assert f"rows dated to {claims.day(claims.WRITTEN)}" in text
