"""What somebody needs who checks the book without its authors, written from what stands.

REPLICATION.md follows the template of the American Economic Association's data editor; codecheck.yml lists the outputs
that a codechecker compares; repro.yaml lets a program that is not ours read or add up numbers of sentences from the
tables. ``metadata`` writes all three.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from checks import cell_outputs
from partnership import ROOT, charts, data, formula, prose
from publish.edition import pages
from publish.steps.markdown import grid

FOOTPRINT = Path(__file__).with_name("footprint.yml")
STATISTICS = {"a": "", "sum(a)": "sum", "mean(a)": "mean", "median(a)": "median", "min(a)": "min", "max(a)": "max"}
_SHAPE = re.compile(r"(?P<sign>-?)(?:(?P<times>10+) \* )?(?P<what>a|\w+\(a\))(?: / (?P<by>10+))?")
_PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")


# -- what the notebooks hold ----------------------------------------------------------------------


@dataclass(frozen=True)
class Drawn:
    """A figure and the cell that draws it; cells are counted from 1, as an editor shows them from the top."""

    number: int
    name: str
    title: str
    chapter: str
    cell: int
    tables: tuple[str, ...]


def chapters(root: Path = ROOT) -> list[Path]:
    """The notebooks in the order of the contents."""
    return [path for path in (root / f"{chapter.page}.ipynb" for chapter in pages.contents(root)) if path.exists()]


def _outputs(notebook: Path, kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
    return cell_outputs.outputs(json.loads(notebook.read_text("utf-8")), kind)


def figures(root: Path = ROOT) -> list[Drawn]:
    """Every figure, numbered as the pages number them."""
    found: list[Drawn] = []
    for notebook in chapters(root):
        for cell, spec in _outputs(notebook, charts.MIME):
            meta = spec["usermeta"]["figure"]
            place = (notebook.stem, cell, tuple(meta["tables"]))
            found.append(Drawn(len(found) + 1, meta["name"], meta["title"], *place))
    return found


def numbers(root: Path = ROOT) -> dict[str, dict[str, Any]]:
    """Every number in a sentence, by chapter and name."""
    return {
        f"{notebook.stem}.{name}": record
        for notebook in chapters(root)
        for _, said in _outputs(notebook, prose.MIME)
        for name, record in said.items()
    }


# -- repro.yaml -----------------------------------------------------------------------------------


def evidence(name: str, record: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where the tables hold a printed number, as the checker reads it; nothing if it takes more than cells of one column.

    What is stated is the printed number in the unit of the table, with half its last digit as tolerance.

    Examples
    --------
    >>> cell = {"table": "bilateral-trade", "column": "value", "rows": "7"}
    >>> record = {"formula": "a", "value": 244810.0, "text": "$244.8 billion", "operands": {"a": [cell]}}
    >>> found = evidence("total", record)
    >>> found["reported"], found["tolerance"], found["locator"]["row"]
    ('244800', '50', 5)
    >>> evidence("ratio", record | {"formula": "a / b"})
    """
    shape = _SHAPE.fullmatch(record["formula"])
    refs = record["operands"].get("a")
    if shape is None or shape["what"] not in STATISTICS or not isinstance(refs, list):
        return None
    stated = _stated(record["text"], record["value"])
    if stated is None:
        return None
    factor = Decimal(shape["by"] or 1) / Decimal(shape["times"] or 1) * (-1 if shape["sign"] else 1)
    members = [
        {
            "artifact": ref["table"],
            "locator": {
                "kind": "table_position",
                "column": ref["column"],
                "row": line - 2,
            },  # below the heading, from 0
        }
        for ref in refs
        for line in formula.lines(ref["rows"])
    ]
    printed = {
        "name": name,
        "reported": _plain(stated[0] * factor),
        "mode": "absolute",
        "tolerance": _plain(abs(stated[1] * factor)),
    }
    statistic = STATISTICS[shape["what"]]
    if statistic and len(members) > 1:
        return {"kind": "aggregate", "statistic": statistic, "count": len(members), "members": members} | printed
    return {"kind": "value"} | members[0] | printed if len(members) == 1 else None


def _stated(text: str, value: float) -> tuple[Decimal, Decimal] | None:
    """The number that a text prints and half its last digit, in the unit of the value; nothing if the text prints another."""
    for match in _PRINTED.finditer(text):
        digits = match[0].replace(",", "")
        half = Decimal(5).scaleb(-1 - len(digits.partition(".")[2]))
        for power in range(-12, 13, 3):
            scale = Decimal(10) ** power
            if abs(Decimal(digits) * scale - abs(Decimal(str(value)))) <= half * scale:
                return (Decimal(digits) * scale).copy_sign(Decimal(str(value))), half * scale
    return None


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def confirmed(root: Path = ROOT) -> dict[str, dict[str, Any]]:
    """The numbers that cells of one column give, each with its evidence; words and dates are none."""
    tables = {
        name: {field["name"]: field["type"] for field in data.resource(name)["schema"]["fields"]}
        for name in data.tables()
    }
    found = {}
    for name, record in numbers(root).items():
        told = evidence(name.partition(".")[2], record)
        refs = record["operands"].get("a") if told else None
        if told and all(tables[ref["table"]][ref["column"]] in ("number", "integer") for ref in refs or ()):
            found[name] = told
    return found


def repro(root: Path = ROOT) -> str:
    """``repro.yaml``, one line an artifact and a claim."""
    said, claims = numbers(root), confirmed(root)
    used = sorted({ref["table"] for name in claims for ref in said[name]["operands"]["a"]})
    lines = [
        f"# {len(claims)} of {len(said)} numbers in sentences: those that are a cell of a table, or cells of one column put together.",
        "# What is a quotient, a difference or a count of other numbers is computed again by tests/test_provenance.py.",
        "# Check with the reproducible-science package: repro verify. Made by: make current",
        "schema_version: repro/1",
        "project: the-partnership-measured",
        "artifacts:",
    ]
    for name in used:
        digest = hashlib.sha256((root / "data" / f"{name}.csv").read_bytes()).hexdigest()
        pinned = {"algorithm": "sha256", "value": digest}
        lines.append(_flow({"id": name, "path": f"data/{name}.csv", "media_type": "text/csv", "digest": pinned}))
    lines.append("claims:")
    for name, told in claims.items():
        lines.append(_flow({"id": name, "text": said[name]["text"], "evidence": [told]}))
    return "\n".join(lines) + "\n"


def _flow(entry: Mapping[str, Any]) -> str:
    """An entry of a list as one line; JSON is YAML."""
    return f"- {json.dumps(entry, ensure_ascii=False)}"


# -- codecheck.yml --------------------------------------------------------------------------------


def codecheck(entry: Mapping[str, Any], address: str = "", root: Path = ROOT) -> str:
    """``codecheck.yml``: what a codechecker makes and compares. Certificate and checker are theirs to add."""
    manifest = [
        {
            "file": f"_build/html/figures/{one.name}.svg",
            "comment": f"Figure {one.number}, chapters/{one.chapter}.ipynb, cell {one.cell}",
        }
        for one in figures(root)
    ]
    manifest += [
        {
            "file": f"chapters/{path.name}",
            "comment": "Outputs stored; make again runs every chapter and writes them anew, git diff shows what differs",
        }
        for path in chapters(root)
    ]
    people = [
        {"name": author.get("name") or f"{author['given-names']} {author['family-names']}"}
        | ({"ORCID": author["orcid"].rsplit("/", 1)[-1]} if "orcid" in author else {})
        for author in entry["authors"]
    ]
    reference = f"https://doi.org/{entry['doi']}" if entry.get("doi") else address
    told = {
        "version": "https://codecheck.org.uk/spec/config/1.0/",
        "paper": {"title": entry["title"], "authors": people, **({"reference": reference} if reference else {})},
        "manifest": manifest,
    }
    return "---\n" + yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=120)


# -- REPLICATION.md -------------------------------------------------------------------------------


def replication(entry: Mapping[str, Any], root: Path = ROOT) -> str:
    """``REPLICATION.md``."""
    sources = pd.read_csv(root / "data" / "sources.csv", dtype=str, keep_default_na=False)
    files = pd.read_csv(root / "data" / "extracts" / "lock.csv", dtype=str, keep_default_na=False)
    said, drawings, claims = numbers(root), figures(root), confirmed(root)
    kinds = Counter(where["kind"] for where in claims.values())
    foot = yaml.safe_load(FOOTPRINT.read_text("utf-8"))
    return f"""# Replication

Generated from the current files by `make current`; the headings are those of the template README for social science replication packages. Edition {entry["version"]} of {entry["date-released"]}.

## Overview

`make book` executes {len(chapters(root))} notebooks on {len(data.tables(root / "data"))} tables and builds the site with {len(drawings)} figures. {len(said)} numbers in sentences are computed, each from the rows that its card names.
Once the packages are installed, the book takes {foot["book"]["minutes"]} minutes on an idle machine with two processors, and several times that on a busy one.

## Data Availability and Provenance Statements

### Statement about Rights

- [ ] The authors certify that they have documented permission to redistribute the data in this package. *Not ticked: some terms were not found in writing; they are marked as believed below.*
- [x] The authors had lawful access to what they used: public pages and public files.

### License for Data

The compilation is under CC BY 4.0, third-party figures excepted (`LICENSE-DATA`). The terms of each table are in `data/datapackage.json`, those of each source in the column `licence` of `data/sources.csv`; this table brings them together. “Believed” means that the terms were inferred, not read.

{_table(["terms", "sources", "of these files"], _rights(sources, files))}

### Summary of Availability

- [x] All figures that the book computes with are in `data/`.
- [x] Some original files are **not** in the package, because they belong to others. `data/extracts/lock.csv` gives address, version, bytes and SHA-256 of the file that each extract was taken from. Anyone who has the file can check the extract with `PARTNERSHIP_SNAPSHOTS=FOLDER make data`. {_tried(files)}

{_table(["source", "in the carrier’s repository", "how it was made"], _made(files))}

### Details on each Data Source

{len(sources)} sources are registered. {len(set(files["source"]))} are files; `data/extracts/` holds the figures used from each{_in_tables(root, files)}. The other {len(sources) - len(set(files["source"]) & set(sources["id"]))} are pages, or files read by hand or by a program. Each has a row in `data/sources.csv` with publisher, day of reading, tier and terms, and with title, address and day of publication where known.

{_table(["source", "publisher", "version", "terms", "SHA-256 of the file"], _extracts(sources, files))}

## Dataset list

{_table(["file", "what", "sources", "terms"], _tables(root))}

## Computational requirements

### Software Requirements

Python 3.11 to 3.13, make, and for the page tests Chromium. Every package is pinned with its hash in `requirements.txt` and installed into `.venv` by `make book`. Steps 1 to 4 below need no other software, service or key, and no network once the packages are installed. In step 5 `make clients` installs third-party programs over the network (Python and npm packages), and leaves out those that need a program missing here (Node.js, Java, LibreOffice, R, other browsers).

### Controlled Randomness

No chapter draws random numbers. Some tests draw cases with fixed seeds; nothing published depends on them.

### Memory, Runtime, Storage Requirements

Measured by `python -m bench.footprint` on {foot["machine"]}; {foot["others"]}

{_table(["step, in a fresh clone", "minutes", "peak memory, MB"], [(step["command"], step["minutes"], step["memory"]) for step in foot.values() if isinstance(step, dict)])}

Storage, MB: repository {foot["repository"]}, environment {foot["environment"]}, built site {foot["site"]}.

## Description of programs/code

Chapters import `partnership/`. `checks/` holds the rules for tables and sentences, `refresh/` makes tables from publishers’ files, `publish/` makes the site. `README.md` has more on each.

### License for Code

MIT (`LICENSE`); the chart script `publish/figures/static/pm/vega.js` is BSD-3-Clause and ISC (`REUSE.toml`).

## Instructions to Replicators

1. `make book`: installs, executes, builds `_build/html`.
2. `git diff --stat chapters`: empty if every output came out to the letter.
3. `make data`: derives the tables from the extracts again; `git diff --stat data` is empty.
4. `make test`: outputs, tables, numbers, statements, pages.
5. `make broken`, `make hostile`, `make clients`: broken tables, injection attacks, third-party tools.

A third-party program can check {len(claims)} of the {len(said)} numbers: `repro verify` of the package reproducible-science reads `repro.yaml`, {kinds["value"]} numbers as one cell and {kinds["aggregate"]} as a sum, mean or the like of several. The others are quotients, differences or counts of rows; `tests/test_provenance.py` computes all of them again from their cards alone. `codecheck.yml` lists the files that a codechecker compares.

## List of tables and programs

The cell is counted from the top of the notebook, text included. The drawn values of figure NAME are `_build/html/figures/NAME.csv`.

{_table(["figure", "title", "notebook", "cell", "tables"], [(one.number, one.title, f"`chapters/{one.chapter}.ipynb`", one.cell, ", ".join(f"`{name}`" for name in one.tables)) for one in drawings])}

## References

`references.bib` (literature and data sets) and `data/sources.csv` (every source). How to cite the book: `CITATION.cff`.
"""


def _table(heads: list[str], rows: list[tuple[Any, ...]]) -> str:
    return grid(heads, *([str(cell).replace("|", "\\|") for cell in row] for row in rows))


def _rights(sources: pd.DataFrame, files: pd.DataFrame) -> list[tuple[Any, ...]]:
    held = sources["id"].isin(files["source"])
    counted = sources.assign(held=held).groupby("licence")["held"].agg(["size", "sum"])
    return [
        (terms, row["size"], row["sum"])
        for terms, row in counted.sort_values("size", ascending=False, kind="stable").iterrows()
    ]


def _in_tables(root: Path, files: pd.DataFrame) -> str:
    """Which files have no extract, because a table holds their figures, all or those that matter."""
    held = {path.stem for path in (root / "data" / "extracts").glob("*.csv")}
    names = ", ".join(f"`{name}`" for name in sorted(set(files["source"]) - held))
    return f", but for {names}, whose figures stand in tables without one" if names else ""


def _tried(files: pd.DataFrame) -> str:
    """How many files stand at their address as they were read, how many were made from what stands there."""
    read = files[files["path"] != ""]
    same = int((read["made"] == "").sum())
    return (
        f"Of its {len(files)} rows, {same} name a file that is in the carrier’s repository with the same bytes (column `path`; each was "
        f"hashed again there). {len(read) - same} name a file that was made from what is there before it came to the book, in some cases with "
        "a part from elsewhere (column `made`, and below): its hash proves the step from that file, not the step before. Two of these were "
        f"read only in part. The other {len(files) - len(read)} were made from packages on PyPI and not read again."
    )


def _made(files: pd.DataFrame) -> list[tuple[Any, ...]]:
    rows = files[files["made"] != ""]
    return [
        (f"`{row['source']}`", f"`{row['path']}`" if row["path"] else "", row["made"]) for _, row in rows.iterrows()
    ]


def _extracts(sources: pd.DataFrame, files: pd.DataFrame) -> list[tuple[Any, ...]]:
    known = sources.set_index("id")
    rows = []
    for name, part in files.groupby("source"):
        told = known.loc[name] if name in known.index else None
        owner, terms = ("", "") if told is None else (told["publisher"], told["licence"])
        sums = " ".join(f"`{digest[:12]}…`" for digest in part["sha256"])
        rows.append((f"`{name}`", owner, ", ".join(sorted(set(part["version"]))), terms, sums))
    return rows


def _tables(root: Path) -> list[tuple[Any, ...]]:
    rows = []
    for told in data.package(root / "data")["resources"]:  # tables, and the shapes that the maps draw
        frame = (
            pd.read_csv(root / "data" / told["path"], dtype=str) if told["path"].endswith(".csv") else pd.DataFrame()
        )
        count = frame["source_id"].nunique() if "source_id" in frame else ""
        rows.append(
            (f"`data/{told['path']}`", told["title"], count, "; ".join(one["title"] for one in told["licenses"]))
        )
    return rows
