"""Words that claim something: which of them are bound to a test.

Reads titles, headings, leads and sentences of the chapters for words that state a quantity, an order, an extreme, a count
or a universal. Each has to stand in a statement or a number (a link to ``#s-…`` or ``#n-…``), in quotation marks, in code,
or among the exceptions of ``unbound.yml``, each with its reason. Finds figures that a text types, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import yaml

from checks import cell_outputs
from partnership import ROOT, charts, data, prose

CHAPTERS = ROOT / "chapters"
EXCEPTIONS = Path(__file__).parent / "unbound.yml"
FRONT = "overview"

_NUMERAL = r"(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?)"
_FIGURE = rf"(?=\s+(?:the\s+|a\s+|an\s+)?(?:\[|\\?\$|\d|{_NUMERAL}\b|two\b|half\b|third\b|quarter\b))"
TRIGGERS = {
    "comparative": r"more|less|fewer|higher|lower|larger|smaller|greater|bigger|longer|shorter|faster|slower|stronger|weaker|cheaper|dearer|wider|narrower|closer|nearer|deeper|steeper|milder|firmer|[a-z]{3,}er(?=\s+than\b)",
    "superlative": r"most|mostly|least|highest|lowest|largest|smallest|greatest|biggest|longest|shortest|strongest|weakest|cheapest|dearest|fastest|steepest|best|worst|closest|nearest|peak|peaked|peaks|maximum|minimum|(?<!on )record(?=\b(?!s))",
    "universal": r"only|sole(?:ly)?|exclusively|never|always|every|all|entire(?:ly)?|none|nobody|nothing|neither|no(?!\.)(?=\s+[a-z])|without exception|majority",
    "time": r"first(?!\s+(?:\w+\s+months|half|quarter)\b)|last|latest|earliest|since(?=\s+(?:\[|\d|then|the\b))|no longer|\d* ?years? late",
    "change": r"rose|rises?(?=\s)|risen|fell|falls?(?=\s)|fallen|grew|grows|grown|increased?|decreased?|declined?|dropped|shrank|doubled?|tripled?|halved|recovered|overtook|exceeded|exceeds|surged|soared|jumped|leapt|climbed|quadrupled|widened|narrowed|plunged|plummeted|slumped|tumbled|collapsed|slipped|stagnated|stood still|unchanged",
    "part": r"half|(?:a|one|two) thirds?|(?:a|one|three) quarters?|twice",
    "approximate": rf"(?:nearly|almost|about|around|roughly|over|under|above|below|at least|at most|up to|just){_FIGURE}",
    "numeral": rf"(?!twelve months\b|(?<=first )\w+ months\b){_NUMERAL}|two(?=\s+(?:years|months|times|of)\b)",
    "negative": r"(?:was|were|been|be)?\s*not found|could not be",
}
"""What claims something, by kind; alternatives of one word boundary each."""
_TRIGGER = re.compile(r"\b(?:" + "|".join(f"(?P<{kind}>{form})" for kind, form in TRIGGERS.items()) + r")\b", re.I)
_BOUND = re.compile(r"\[[^\[\]]*\]\(#[sn]-[a-z0-9-]+\)")
_ASIDE = re.compile(
    r"```.*?```|`[^`]*`|“[^”]*”|\"[^\"\n]*\"|\{[a-z:-]+\}`[^`]*`|\[[^\[\]]*\]\([a-z-]+\.(?:ipynb|md)[^()]*\)|\]\([^()]*\)|https?://\S+|<[^>]+>",
    re.S,
)
_SENTENCE = re.compile(r"(?:(?<=[.!?:])|(?<=[.!?:]\*\*))\s+(?=[A-Z\[“*])|\n\s*\n|\n(?=[-*] |\d+\. |\|)|\n")


@dataclass(frozen=True)
class Word:
    """A word that claims something: where it stands, and whether anything bears it out."""

    chapter: str
    where: str
    place: str
    kind: str
    word: str
    sentence: str
    bound: bool
    excepted: str = ""

    def __str__(self) -> str:
        """For a list of what is left."""
        return f'{self.chapter}, {self.where}, {self.place}: "{self.word}" ({self.kind}) in: {self.sentence}'


def claiming(text: str) -> Iterator[tuple[str, str, bool]]:
    """Words of a text that claim something: kind, word, and whether a link to a number or a statement holds it.

    Quotations, code, roles and addresses are left out.

    Examples
    --------
    >>> [(word, bound) for _, word, bound in claiming("It [doubled](#s-up) since 2020, the “only” rise; all else fell.")]
    [('doubled', True), ('since', False), ('all', False), ('fell', False)]
    """
    links = [match.span() for match in _BOUND.finditer(text)]
    aside = [match.span() for match in _ASIDE.finditer(text)]
    for match in _TRIGGER.finditer(text):
        bound = any(start <= match.start() < end for start, end in links)
        if bound or not any(start <= match.start() < end for start, end in aside):
            yield str(match.lastgroup), match[0], bound


def sentences(markdown: str) -> list[str]:
    """The sentences, list items and headings of a Markdown cell."""
    bare = re.sub(r"```.*?```|^:::.*?$", "", markdown, flags=re.S | re.M)
    return [part.strip() for part in _SENTENCE.split(bare) if part and part.strip()]


def words(chapters: Path = CHAPTERS, exceptions: Path = EXCEPTIONS) -> list[Word]:
    """Every claiming word of the book, from the notebooks as stored."""
    known = yaml.safe_load(exceptions.read_text("utf-8")) or []
    found = [word for path in sorted(chapters.glob("*.ipynb")) for word in _of(path)]
    return [replace(word, excepted=_reason(word, known)) for word in found]


def _reason(word: Word, exceptions: list[dict[str, str]]) -> str:
    for entry in exceptions:
        if entry["chapter"] == word.chapter and entry["words"] in word.sentence and word.word in entry["words"]:
            return entry["reason"]
    return ""


def _of(path: Path) -> Iterator[Word]:
    notebook = nbformat.read(path, as_version=4)
    lead = True
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield from _prose(path.stem, cell.id, cell.source, lead)
            lead = False
            continue
        for spec in cell_outputs.of_cell(cell, charts.MIME):
            yield from _figure(path.stem, spec)


def _prose(chapter: str, cell: str, source: str, lead: bool) -> Iterator[Word]:
    for sentence in sentences(source):
        heading = sentence.startswith("#")
        place = "front page" if chapter == FRONT else "heading" if heading else "lead" if lead else "sentence"
        for kind, word, bound in claiming(sentence.lstrip("# ")):
            yield Word(chapter, cell, place, kind, word, sentence, bound)


def _figure(chapter: str, spec: dict[str, Any]) -> Iterator[Word]:
    meta = spec["usermeta"]["figure"]
    held = [each["words"].lower() for each in meta.get("holds", [])]
    for place, text in (
        ("title", meta["title"]),
        ("alternative text", "" if meta.get("described") else spec["description"]),
    ):
        spans = [
            (match.start(), match.end()) for words in held for match in re.finditer(re.escape(words), text.lower())
        ]
        for match in _TRIGGER.finditer(text):
            bound = any(start <= match.start() < end for start, end in spans)
            yield Word(chapter, meta["name"], place, str(match.lastgroup), match[0], text, bound)
    for part in ("unit", "note", "more"):
        for kind, word, _ in claiming(meta.get(part, "")):
            yield Word(
                chapter, meta["name"], "note", kind, word, meta[part], any(word.lower() in words for words in held)
            )


# -- how much is bound ----------------------------------------------------------------------------

WHOLE = ("title", "heading", "lead", "front page", "alternative text")
"""Where every claiming word is bound."""


def coverage(found: list[Word]) -> dict[str, tuple[int, int, int]]:
    """By place: claiming words, bound ones, excepted ones."""
    places = [*WHOLE, "sentence", "note"]
    return {
        place: (
            sum(word.place == place for word in found),
            sum(word.place == place and word.bound for word in found),
            sum(word.place == place and not word.bound and bool(word.excepted) for word in found),
        )
        for place in places
    }


def report(found: list[Word]) -> list[str]:
    """The coverage in lines, for the end of the tests."""
    lines = ["claiming words: where, number, bound, excepted, left"]
    for place, (count, bound, excepted) in coverage(found).items():
        lines.append(f"{place:17} {count:5} {bound:5} {excepted:5} {count - bound - excepted:5}")
    return lines


# -- tense ----------------------------------------------------------------------------------------

_PRESENT = re.compile(
    r"\b(?:is|are|has|(?<!would )have|takes?|buys?|sells?|supplies|stands?|remains?|holds?|makes?|comes?|goes|gives?|pays?|depends?|needs?|keeps?|leads?|weighs?)\b"
)
TEXTS = {
    "claims",
    "claim-evidence",
    "claim-readings",
    "article-observations",
    "passages",
    "searches",
    "sources",
    "corrections",
}
"""Tables of texts: what they say, they say."""
_DATED = re.compile(r"\b(?:1[89]|20)\d\d\b")


def stale(chapters: Path = CHAPTERS, edition: str = "") -> list[str]:
    """Sentences in the present tense whose numbers and statements all end more than a year before the edition.

    A sentence that names a year is taken at its word.
    """
    day = edition or data.package()["created"]
    limit = f"{int(day[:4]) - 1}{day[4:10]}"
    found = []
    for path in sorted(chapters.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        declared = {("n", name): entry for name, entry in _declared(notebook, prose.MIME).items()}
        declared |= {("s", name): entry for name, entry in _declared(notebook, prose.STATEMENTS).items()}
        last = {key: entry.get("last", "") for key, entry in declared.items() if not set(entry["tables"]) <= TEXTS}
        for cell in notebook.cells:
            if cell.cell_type != "markdown":
                continue
            for sentence in sentences(cell.source):
                names = re.findall(r"\]\(#([sn])-([a-z0-9-]+)\)", sentence)
                ends = [last.get(name, "") for name in names]
                bare = _BOUND.sub(" ", _ASIDE.sub(" ", sentence))
                if ends and all(ends) and max(ends) < limit and _PRESENT.search(bare) and not _DATED.search(sentence):
                    found.append(f"{path.stem}, {cell.id}: rows end {max(ends)}: {sentence}")
    return found


def _declared(notebook: Any, kind: str) -> dict[str, Any]:
    return {name: entry for _, held in cell_outputs.outputs(notebook, kind) for name, entry in held.items()}


# -- typed figures --------------------------------------------------------------------------------

# What may stand in a sentence as digits: links (numbers by name, addresses), code, and names that are not measurements.
_ALLOWED = [
    re.compile(pattern)
    for pattern in (
        r"(?sm)```.*?```|:::.*?$|`[^`]*`",
        r"\{[a-z:-]+\}`[^`]*`",
        r"!?\[[^\[\]]*\]\([^()\s]*\)",
        r"https?://\S+|“[^”]*”|\bCC BY \d\.\d",
        rf"\b\d{{1,2}}(?:–\d{{1,2}})? (?:{'|'.join(prose.MONTHS)})\b",
        r"\b(?:1[89]|20)\d\d(?:[–/-]\d{2,4})?s?\b(?! (?:tonnes|barrels|dollars|roubles|yuan|per cent|thousand|million|billion|trillion)\b)",
        r"\bG(?:7|20)\b|\bHS ?\d{0,4}\b|\bISO \d+|\bTier [A-E]\b|\bVVER-\d+|\bCFR-\d+|\bSITC ?\d?",
        r"\bPower of Siberia 2\b|\bArctic LNG 2\b|\b(?:Tianwan|Xudabao) \d\b|\breader \d\b|\b24\.kg\b",
        r"(?i)\bresolution \d+/\d+",
    )
]
_SPELLED = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand|dozen)"
)
_TYPED = re.compile(
    rf"[$€£]?\d[\d,.]*\s*(?:%|per cent|trillion|billion|million|times)?|\b{_SPELLED}[- ](?:per cent|percent|trillion|billion|million|thousand)\b",
    re.I,
)


def typed_figures(markdown: str) -> list[str]:
    """Figures that a Markdown text states without a number behind them.

    Years, dates, HS codes and names such as G20 are no figures; code, links and addresses are left out.

    Examples
    --------
    >>> typed_figures("In May 2024 trade rose by 2.8 % to [$202.2 billion](#n-ytd).")
    ['2.8 %']
    """
    for pattern in _ALLOWED:
        markdown = pattern.sub(" ", markdown)
    markdown = re.sub(r"^\s*\d+\.\s", " ", markdown, flags=re.M)  # numbered lists
    return [match[0].strip() for match in _TYPED.finditer(markdown)]
