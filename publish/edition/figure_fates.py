"""What became of the figures of edition 0.1.0: ``docs/figures.md``, from the register of old addresses and the manifest.

A part of ``make current``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from partnership import ROOT
from publish.edition import manifest
from publish.edition.metadata import cff
from publish.steps import markdown, moved

FILE = ROOT / "docs" / "figures.md"
EDITION = "0.1.0"
FATES = {
    "kept": "the name and the chapter are the same; drawing and title may not be",
    "moved": "the name is the same, the chapter another",
    "merged": "a figure of the same subject stands in its place; not all that it told is told now",
    "gone": "no figure tells it now; the section is the one that comes nearest, and may not tell all of it",
}
"""What can become of a figure."""


@dataclass(frozen=True)
class Fate:
    """What became of one figure: its number and name then, what is there now, and why."""

    number: int
    name: str
    chapter: str
    fate: str
    now: str
    why: str


def reasons() -> dict[str, str]:
    """Why each old figure is as it is now, in the order of their numbers."""
    return yaml.safe_load(Path(__file__).with_name("figure_fates.yml").read_text("utf-8"))


def figures(rows: list[manifest.Row]) -> dict[str, tuple[int, str]]:
    """Number and chapter of each figure of today: in the order of the contents, within a chapter in that of its cells."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    files = [toc["root"], *(entry["file"] for part in toc["parts"] for entry in part["chapters"])]
    shown = [row for row in rows if row["kind"] == "figure"]
    order = [row for file in files for row in shown if f"chapters/{row['chapter']}" == file]
    return {row["id"]: (number, row["chapter"]) for number, row in enumerate(order, 1)}


def fates(rows: list[manifest.Row]) -> Iterator[Fate]:
    """What became of each figure of 0.1.0.

    Raises
    ------
    KeyError
        If a figure is neither in the manifest nor in ``moved.yml``, or the register lacks it.
    """
    now, chapters = (
        figures(rows),
        {old.name: old.page for old in moved.register() if old.edition == EDITION and old.figure},
    )
    for number, (name, why) in enumerate(reasons().items(), 1):
        chapter = chapters[name].removeprefix("chapters/")
        place = name if name in now else moved.successors()[name]
        if place in now:
            fate = "merged" if place != name else "kept" if now[name][1] == chapter else "moved"
            words = f"Figure {now[place][0]}, `{place}` ({now[place][1]})"
        else:
            page, _, section = place.partition(".html#")
            fate, words = "gone", f"{page}, section `{section}`"
        yield Fate(number, name, chapter, fate, words, why)


def text(rows: list[manifest.Row], version: str) -> str:
    """The file in words."""
    found, now = list(fates(rows)), figures(rows)
    counts = Counter(each.fate for each in found)
    fresh = [name for name in now if name not in {each.name for each in found}]
    table = markdown.grid(
        ["then", "name", "chapter", "what became of it", f"in {version}", "why"],
        *([str(each.number), f"`{each.name}`", each.chapter, each.fate, each.now, each.why] for each in found),
    )
    kinds = "\n".join(f"- **{fate}**, {counts[fate]}: {words}." for fate, words in FATES.items())
    return f"""# The figures of edition {EDITION}, one by one

Written by `make current`; `tests/test_moved.py` refuses a file that is out of date. Edition {EDITION} had {len(found)} figures, {version} has {len(now)}, of which {len(fresh)} are new. Old addresses of pages and of places on them still work: each leads to the figure itself or to what comes nearest. The files of a figure that was merged or removed (CSV, SVG, PNG, JSON, citations) are gone, since a file cannot redirect; those of a figure that was kept or moved have their old addresses. Anchors of single numbers and of code (`#number-…`, `#code-…`) belong to one edition.

{kinds}

No figure was merely renamed. The page *Corrections* tells which titles were wrong.

{table}

## New in {version}

{", ".join(f"`{name}` (Figure {now[name][0]})" for name in fresh)}.
"""


if __name__ == "__main__":
    FILE.write_text(text(manifest.read(), str(cff(ROOT)["version"])), "utf-8")
    print(f"{FILE.relative_to(ROOT)} is written")
