"""The tree in README is the tree: every room that it names is there, and no room that a reader enters is left out."""

import re
import subprocess

import pytest

from conftest import ROOT

ROWS = dict(
    re.findall(
        r"^\| (`[^|]+?`) \| (.+?) \|$", (ROOT / "README.md").read_text("utf-8").partition("## What is where")[2], re.M
    )
)
QUIET = {"__init__", "__main__"}


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
