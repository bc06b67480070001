"""The data package, written from the YAML beside each table. Run as ``python -m checks.accounts``.

``data/<table>.yml`` says what a table is, ``data/columns.yml`` what columns of one name have in common,
``data/datapackage.yml`` what the package is. ``data/datapackage.json`` is made from them: whole schemas, the periods that
the rows cover, bytes and hash of each file. It is written only after every table has passed its schema and the rules
of the field, so a file with that hash has passed them.
"""

from __future__ import annotations

import copy
import csv
import graphlib
import hashlib
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from checks import rulebook
from partnership import data
from partnership.files import whole

COLUMNS, WHOLE = "columns.yml", "datapackage.yml"
NEEDED = ("title", "description", "heading", "coverage", "origin", "licences")
PASSED = ("series", "vintages", "trade_with_itself", "properties", "rules")
"""What a table says of itself beyond Frictionless, as it is."""
TABLE = {*NEEDED, *PASSED, "path", "format", "mediatype", "key", "fields"}
FIELD = {"name", "type", "description", "unit", "trap", "constraints", "reference"}
TYPES = ("string", "number", "integer", "boolean", "date")
PERIODS = ("period", "start", "date")
"""Columns that a table's coverage is read from, the first that it has, unless its YAML names others."""


# -- what the YAML says ---------------------------------------------------------------------------


def descriptor(folder: Path | str = data.DATA) -> dict[str, Any]:
    """The data package as the YAML and the files of a folder make it.

    Raises
    ------
    partnership.data.TableError
        If a YAML file is missing, cannot be read, or says what nobody understands; each line names file and key.
    """
    folder = Path(folder)
    whole, shared = _read(folder / WHOLE), _read(folder / COLUMNS)
    problems: list[str] = []
    resources = []
    for path in sorted(folder.glob("*.yml")):
        if path.name not in (COLUMNS, WHOLE):
            entry = _read(path)
            defects = list(_defects(entry, shared, whole["headings"], f"{folder.name}/{path.name}"))
            problems += defects
            file = path.with_name(entry.get("path", f"{path.stem}.csv"))
            if not defects and not file.exists():
                problems.append(f"{folder.name}/{path.name}: there is no {file.name} beside it")
            elif not defects:
                resources.append(_resource(path, entry, shared))
    described = {entry["path"] for entry in resources} | {
        f"{line.split('/')[1].split('.')[0]}.csv" for line in problems
    }
    for file in sorted(folder.glob("*.csv")):
        if file.name not in described:
            problems.append(f"{folder.name}/{file.name}: no {file.stem}.yml beside it says what it is")
    if problems:
        raise data.TableError(problems)
    head = {"name": whole["name"], "title": whole["title"], "profile": "data-package"}
    head |= {key: whole[key] for key in ("id", "version", "created", "description")}
    head |= {"licenses": whole["licences"], "contributors": whole["contributors"], "headings": whole["headings"]}
    return head | {"resources": resources}


class _Plain(yaml.CSafeLoader):
    """YAML as people read it: ``no`` is a word, a date is text, ``1e-6`` is a number."""


_KINDS = ("bool", "float", "timestamp")
_Plain.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag.rpartition(":")[2] not in _KINDS]
    for first, forms in _Plain.yaml_implicit_resolvers.items()
}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Plain.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+(?:\.[0-9]+(?:e-?[0-9]+)?|e-?[0-9]+)$"), list("-0123456789")
)


def _read(path: Path) -> dict[str, Any]:
    label = f"{path.parent.name}/{path.name}"
    try:
        found = yaml.load(path.read_text("utf-8"), _Plain)
    except (OSError, UnicodeDecodeError) as error:
        raise data.TableError([f"{label}: cannot be read ({error})"]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", row {mark.line + 1}" if mark else ""
        raise data.TableError([f"{label}{where}: {getattr(error, 'problem', error)}"]) from None
    if not isinstance(found, dict):
        raise data.TableError([f"{label}: holds no keys"])
    return found


def _defects(entry: dict[str, Any], shared: dict[str, Any], headings: list[str], label: str) -> list[str]:
    """What is missing in the YAML of a table, or what nobody would read."""
    found = [f'{label}: "{key}" is missing' for key in NEEDED if not entry.get(key)]
    found += [
        f'{label}: "{key}" is not a key of a table; there are: {", ".join(sorted(TABLE))}'
        for key in entry.keys() - TABLE
    ]
    if entry.get("heading") and entry["heading"] not in headings:
        found.append(f'{label}: heading "{entry["heading"]}" is not one of {WHOLE}: {"; ".join(headings)}')
    if "path" not in entry and not entry.get("fields"):
        found.append(f'{label}: "fields" is missing')
    names = set()
    for given in entry.get("fields", []):
        own = {"name": given} if isinstance(given, str) else given
        name = own.get("name", "?")
        names.add(name)
        found += [f'{label}, field "{name}": "{key}" is not a key of a field' for key in sorted(own.keys() - FIELD)]
        if isinstance(given, str) and given not in shared:
            found.append(f'{label}, field "{name}": is not in {COLUMNS}, so type and description must stand here')
        elif (kind := _merged(shared.get(name, {}), own).get("type")) not in TYPES:
            found.append(f'{label}, field "{name}": type "{kind}" is not one of {", ".join(TYPES)}')
    found += [f'{label}: key "{name}" is not a field' for name in entry.get("key", []) if name not in names]
    return found


def _merged(shared: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """A shared column with what a table says of its own; ``~`` takes a part away."""
    found = dict(shared)
    for key, value in own.items():
        found[key] = _merged(found.get(key) or {}, value) if isinstance(value, dict) else value
    return {key: value for key, value in found.items() if value is not None}


def _resource(path: Path, entry: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """One table as Frictionless describes it, with what this book adds: heading, series, rules."""
    file = path.parent / entry.get("path", f"{path.stem}.csv")
    made: dict[str, Any] = {"name": path.stem, "path": file.name}
    if "fields" in entry:
        made |= {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv"}
    else:
        made |= {"profile": "data-resource", "format": entry["format"], "mediatype": entry["mediatype"]}
    made |= {"encoding": "utf-8", "title": entry["title"], "description": entry["description"]}
    made |= {"heading": entry["heading"], "coverage": _coverage(file, entry)}
    made |= {"origin": entry["origin"], "licenses": entry["licences"]}
    made |= {key: entry[key] for key in PASSED if key in entry}
    if "fields" in entry:
        made["schema"] = _schema(entry, shared)
    raw = file.read_bytes()
    return made | {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}


def _schema(entry: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    fields, keys = [], []
    for given in entry["fields"]:
        own = {"name": given} if isinstance(given, str) else given
        field = _merged(shared.get(own["name"], {}), own)
        if reference := field.pop("reference", None):
            table, column = reference.split(".")
            keys.append({"fields": own["name"], "reference": {"resource": table, "fields": column}})
        order = ("name", "type", "description", "unit", "trap", "constraints")
        fields.append({key: field[key] for key in order if key in field})
    return {"fields": fields, "primaryKey": entry.get("key", []), "foreignKeys": keys, "missingValues": [""]}


# -- what the rows cover --------------------------------------------------------------------------


def _coverage(file: Path, entry: dict[str, Any]) -> dict[str, Any]:
    """Space as the YAML has it, time as it has it or as the rows have it; and the columns that were read."""
    given = entry["coverage"]
    if "temporal" in given or "fields" not in entry:
        return {"temporal": given.get("temporal", ""), "spatial": given["spatial"]}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        header = next(rows, [])
        columns = given.get("columns") or [name for name in PERIODS if name in header][:1]
        places = [header.index(name) for name in columns if name in header]
        try:
            cells = {row[place] for row in rows for place in places if len(row) > place} - {""}
        except csv.Error:
            return {"temporal": "", "spatial": given["spatial"], "columns": columns}  # data.check names the cell
    return {"temporal": data.span(cells), "spatial": given["spatial"], "columns": columns}


# -- writing --------------------------------------------------------------------------------------


def text(package: dict[str, Any]) -> str:
    """The data package as it is written."""
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def account(folder: Path | str = data.DATA) -> dict[str, tuple[int, str]]:
    """Bytes and SHA-256 of every resource as it lies on disk."""
    found = {}
    for entry in data.package(folder)["resources"]:
        raw = (Path(folder) / entry["path"]).read_bytes()
        found[entry["name"]] = (len(raw), f"sha256:{hashlib.sha256(raw).hexdigest()}")
    return found


def _referred_first(package: dict[str, Any]) -> list[str]:
    """The tables, each after those that its rows refer to: these are then read without a check."""
    refers = {
        entry["name"]: {key["reference"]["resource"] for key in entry["schema"]["foreignKeys"]} - {entry["name"]}
        for entry in package["resources"]
        if "schema" in entry
    }
    return list(graphlib.TopologicalSorter(refers).static_order())


def update(folder: Path | str = data.DATA) -> list[str]:
    """Make ``datapackage.json`` anew and check every table by it; return the resources that changed.

    Raises
    ------
    partnership.data.TableError
        If a YAML file is wrong, or a table breaks its schema or a rule of the field; nothing is written then.
    """
    folder = Path(folder)
    made = descriptor(folder)
    target = folder / "datapackage.json"
    old = {entry["name"]: entry for entry in data.package(folder)["resources"]} if target.exists() else {}
    with tempfile.TemporaryDirectory() as place:  # the tables are checked by the new schema before it is written
        staged = Path(place) / folder.name
        staged.mkdir()
        for entry in made["resources"]:
            os.symlink((folder / entry["path"]).resolve(), staged / entry["path"])
        # Without hashes, which load would take for proof: each table is checked in full, once, and what was read stays for the rules.
        bare = [{key: cell for key, cell in entry.items() if key != "hash"} for entry in made["resources"]]
        (staged / "datapackage.json").write_text(text(made | {"resources": bare}), "utf-8")
        rulebook.rules(staged)  # a rule that does not exist is told before all tables are read
        for name in _referred_first(made):
            data.checked(name, staged)
        if found := rulebook.problems(staged):
            raise data.TableError(found)
    whole(target, text(made))
    return [entry["name"] for entry in made["resources"] if old.get(entry["name"]) != entry]


def main() -> int:
    """Renew the data package; say what changed, or what is wrong."""
    before = {entry["name"]: entry["coverage"] for entry in copy.deepcopy(data.package()["resources"])}
    try:
        changed = update()
    except data.TableError as error:
        print(error, file=sys.stderr)
        return 1
    for name in changed:
        then, now = before.get(name, {}).get("temporal"), data.resource(name)["coverage"]["temporal"]
        covers = f"; covers {now}, before {then}" if then is not None and then != now else ""
        print(f"{name}: written{covers}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
