"""Figures and statements with hashes of what they rest on.

``docs/manifest.csv`` has a row for every figure and every statement that the chapters store: a hash of its data, a hash of
its drawing, whether it holds, and the edition in which one of these last changed. What a change of code or data does to
them shows in a review as the rows that differ. Run as ``python -m publish.edition.manifest`` to write the file anew; the
change log takes its list from it (``publish.edition.metadata``).
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
from partnership import charts, formula, prose, statements
from publish.figures import stored, tidyfiles

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs" / "manifest.csv"
COLUMNS = ("kind", "chapter", "id", "data", "drawing", "holds", "edition")
SAME = ("data", "drawing", "holds")
"""What must be equal for a row to keep its edition."""
Row = dict[str, str]
Judge = Callable[[dict[str, Any]], bool]


def judged(record: dict[str, Any]) -> bool:
    """Whether a stored statement holds on the tables as they are."""
    return _judged(json.dumps(record))


@cache
def _judged(record: str) -> bool:
    return bool(statements.evaluate(json.loads(record), statements.current).holds)


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
    table = statements.current(reference["table"]).loc[formula.lines(reference["rows"])]
    columns = [reference["column"]] if "column" in reference else sorted(table)
    return [reference["table"], *columns, *(str(cell) for column in columns for cell in table[column])]


def _hash(thing: Any) -> str:
    """Twelve hexadecimal digits of the SHA-256 of a thing as JSON."""
    return hashlib.sha256(json.dumps(thing, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def read(file: Path = FILE) -> list[Row]:
    """The rows as they stand in the repository; none if there is no file."""
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8")))) if file.exists() else []


def renewed(now: list[Row], before: list[Row], version: str) -> list[Row]:
    """The rows of now, each with the edition in which it last changed."""
    old = {(row["kind"], row["chapter"], row["id"]): row for row in before}
    result = []
    for row in now:
        same = old.get((row["kind"], row["chapter"], row["id"]))
        kept = same is not None and all(same[column] == row[column] for column in SAME)
        result.append({**row, "edition": same["edition"] if same is not None and kept else version})
    return result


def text(found: list[Row]) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def changes(found: list[Row], version: str) -> list[str]:
    """Lines for the change log: figures by name and statements by number that are new or changed in an edition."""
    lines = []
    for chapter in dict.fromkeys(row["chapter"] for row in found):
        own = [row for row in found if row["chapter"] == chapter and row["edition"] == version]
        figures = [row["id"] for row in own if row["kind"] == "figure"]
        told = [row for row in own if row["kind"] == "statement"]
        parts = [f"figures {', '.join(figures)}"] if figures else []
        parts += [prose.so_many(len(told), "statement")] if told else []
        lines += [f"{chapter}: {'; '.join(parts)}"] if parts else []
    return lines


if __name__ == "__main__":
    from publish.edition.metadata import cff

    version = str(cff(ROOT)["version"])
    found = renewed(list(rows()), read(), version)
    FILE.write_text(text(found), "utf-8")
    print(
        f"docs/manifest.csv: {len(found)} rows, {sum(row['edition'] == version for row in found)} of edition {version}"
    )
