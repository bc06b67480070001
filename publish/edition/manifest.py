"""Figures and statements with hashes of what they rest on.

``docs/manifest.csv`` has a row for every figure and every statement that the chapters store: a hash of its data, a hash of
its drawing, whether it holds, and the edition in which one of these last changed. What a change of code or data does to
them shows in a review as the rows that differ. A part of ``make current``, which writes the file anew.

``docs/manifests`` keeps that of each earlier edition. Against the one before it an edition's figures and statements are
new, changed or dropped: ``docs/changes.md`` lists them all, the change log by chapter (``publish.edition.metadata``).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from checks import bite
from checks.cell_outputs import outputs
from partnership import ROOT, charts, citation, formula, prose, statements
from publish.figures import stored, tidyfiles

FILE = ROOT / "docs" / "manifest.csv"
KEPT = ROOT / "docs" / "manifests"
CHANGES = ROOT / "docs" / "changes.md"
COLUMNS = ("kind", "chapter", "id", "data", "drawing", "holds", "edition")
SAME = ("chapter", "data", "drawing", "holds")
"""What must be equal for a row to keep its edition."""
FATES = ("new", "changed", "dropped")
Row = dict[str, str]
Judge = Callable[[dict[str, Any]], bool]


def judged(record: dict[str, Any]) -> bool:
    """Whether a stored statement holds on the tables as they are."""
    return _judged(json.dumps(record))


@cache
def _judged(record: str) -> bool:
    return bool(statements.evaluate(json.loads(record), _table).holds)


_table = cache(statements.current)
"""Hundreds of statements ask for each table thousands of times."""


def rows(chapters: Path = ROOT / "chapters", judge: Judge = judged) -> Iterator[Row]:
    """A row for each figure and each statement, in the order of chapters and cells, without its edition.

    ``judge`` says whether the statement of a record holds; that takes most of the time.
    """
    for path in sorted(chapters.glob("*.ipynb")):
        for _, spec in outputs(json.loads(path.read_text("utf-8")), charts.MIME):
            yield _figure(path.stem, spec, judge)
    for chapter, name, record in bite.stored(chapters):
        yield _statement(chapter, name, record, judge)


def _figure(chapter: str, spec: dict[str, Any], judge: Judge) -> Row:
    meta = spec["usermeta"]["figure"]
    drawn = [stored.wide_spec(spec), stored.narrow_spec(spec), meta["title"], meta["unit"], stored.full_note(meta)]
    held = [judge(record) for record in meta.get("holds", [])]
    return {
        "kind": "figure",
        "chapter": chapter,
        "id": meta["name"],
        "data": _hash([tidyfiles.csv(table, spec) for table in tidyfiles.files(meta["name"], spec).values()]),
        "drawing": _hash(drawn),
        "holds": f"{sum(held)} of {len(held)}",
    }


def _statement(chapter: str, name: str, record: dict[str, Any], judge: Judge) -> Row:
    return {
        "kind": "statement",
        "chapter": chapter,
        "id": name,
        "data": _hash([_cells(reference) for reference in statements.references(record)]),
        "drawing": "",
        "holds": str(judge(record)).lower(),
    }


def _cells(reference: dict[str, Any]) -> list[str]:
    """Table, column and cells that a statement rests on; not their lines, which move when a table grows."""
    table = _table(reference["table"]).loc[formula.lines(reference["rows"])]
    columns = [reference["column"]] if "column" in reference else sorted(table)
    return [reference["table"], *columns, *(str(cell) for column in columns for cell in table[column].tolist())]


def _hash(thing: Any) -> str:
    """Twelve hexadecimal digits of the SHA-256 of a thing as JSON."""
    return hashlib.sha256(json.dumps(thing, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def read(file: Path = FILE) -> list[Row]:
    """The rows as they stand in the repository; none if there is no file."""
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8")))) if file.exists() else []


def editions(version: str = "") -> dict[str, list[Row]]:
    """The rows of each edition, the newest first: as they stand now, then as they were kept of those before."""
    version = version or citation.edition().version
    kept = {file.stem: read(file) for file in KEPT.glob("*.csv") if _number(file.stem) < _number(version)}
    return {version: read(), **dict(sorted(kept.items(), key=lambda held: _number(held[0]), reverse=True))}


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _key(row: Row) -> tuple[str, str, str]:
    """What a row is called: a figure keeps its name when it goes to another chapter."""
    return row["kind"], "" if row["kind"] == "figure" else row["chapter"], row["id"]


def renewed(now: list[Row], before: list[Row], version: str) -> list[Row]:
    """The rows of now, each with the edition in which it last changed; ``before`` are those of the edition before."""
    old = {_key(row): row for row in before}
    changed = {_key(row) for _, row in fates(now, before)}
    return [{**row, "edition": version if _key(row) in changed else old[_key(row)]["edition"]} for row in now]


def fates(now: list[Row], before: list[Row]) -> Iterator[tuple[str, Row]]:
    """What is new, changed or dropped against the edition before; what is dropped, as it was then."""
    old, held = {_key(row): row for row in before}, {_key(row) for row in now}
    for row in now:
        if (then := old.get(_key(row))) is None:
            yield "new", row
        elif any(then[column] != row[column] for column in SAME):
            yield "changed", row
    yield from (("dropped", row) for key, row in old.items() if key not in held)


def text(found: list[Row]) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


Told = dict[str, dict[tuple[str, str], list[str]]]
"""By chapter, by fate and kind, the ids."""


def told(version: str, held: dict[str, list[Row]]) -> Told:
    """What an edition of those held changed, by chapter; nothing of the first."""
    later = list(held)
    before = held[later[later.index(version) + 1]] if version in later[:-1] else []
    found: Told = {}
    for fate, row in fates(held[version], before) if before else ():
        found.setdefault(row["chapter"], {}).setdefault((fate, row["kind"]), []).append(row["id"])
    return found


def changes(version: str, held: dict[str, list[Row]]) -> list[str]:
    """Lines for the change log, one a chapter: figures by name and statements by number that are new, changed or dropped."""
    lines = []
    for chapter, own in told(version, held).items():
        parts = [f"{fate} figures {', '.join(own[fate, 'figure'])}" for fate in FATES if (fate, "figure") in own]
        parts += [
            prose.so_many(len(own[fate, "statement"]), f"{fate} statement")
            for fate in FATES
            if (fate, "statement") in own
        ]
        lines.append(f"{chapter}: {'; '.join(parts)}")
    return [*lines, "Each statement by its id: docs/changes.md"] if lines else []


def listed(held: dict[str, list[Row]]) -> str:
    """``docs/changes.md``: the same, each figure and each statement by its id."""
    parts = [
        "# Figures and statements that each edition changed, one by one",
        "Written by `make current` from [manifest.csv](manifest.csv) and [manifests](manifests); `tests/test_manifest.py` refuses a file that "
        "is out of date. The id of a figure is its address (`#fig-…`). The id of a statement is the name under which a cell of its chapter "
        "declares it, or the figure whose title or text it is. A figure or statement counts as changed if its rows, its drawing, its chapter "
        "or whether it holds has changed. Of 0.1.0 only the names of figures are known, so all that stayed count as changed, and "
        "[figures.md](figures.md) tells what became of the others; 0.1.0 had no statements.",
    ]
    for version, before in zip(held, list(held)[1:], strict=False):
        parts.append(f"## {version} against {before}")
        for chapter, own in told(version, held).items():
            ids = {
                f"{fate} {kind}s": own[fate, kind]
                for kind in ("figure", "statement")
                for fate in FATES
                if (fate, kind) in own
            }
            lines = [
                f"- {what}, {len(names)}: {', '.join(f'`{name}`' for name in names)}" for what, names in ids.items()
            ]
            parts += [f"### {chapter}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def keep(version: str, log: list[str]) -> None:
    """Before the first manifest of a new edition is written, that of the one before stands in ``docs``: it is kept."""
    before = log[log.index(version) + 1 :][:1]
    if before and not (file := KEPT / f"{before[0]}.csv").exists():
        file.write_text(FILE.read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    version = citation.edition().version
    keep(version, [each for each, *_ in citation.changes()])
    found = renewed(list(rows()), list(editions(version).values())[1], version)
    FILE.write_text(text(found), "utf-8")
    CHANGES.write_text(listed(editions(version)), "utf-8")
    print(
        f"docs/manifest.csv: {len(found)} rows, {sum(row['edition'] == version for row in found)} of edition {version}"
    )
