"""Keep the data package's own account: bytes and hash of each file. Run as ``python -m checks.accounts``."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path

from checks import rulebook
from partnership import data


def account(folder: Path | str = data.DATA) -> dict[str, tuple[int, str]]:
    """Bytes and SHA-256 of every resource as it lies on disk."""
    found = {}
    for entry in data.package(folder)["resources"]:
        raw = (Path(folder) / entry["path"]).read_bytes()
        found[entry["name"]] = (len(raw), f"sha256:{hashlib.sha256(raw).hexdigest()}")
    return found


def update(folder: Path | str = data.DATA) -> list[str]:
    """Check every table, then write the account into ``datapackage.json``; return the resources that changed.

    Raises
    ------
    partnership.data.TableError
        If a table breaks its schema or a rule of the field; nothing is written then.
    """
    for name in data.tables(folder):
        data.load(name, folder=folder)
    if found := rulebook.problems(folder):
        raise data.TableError(found)
    package, files = copy.deepcopy(data.package(folder)), account(folder)
    changed = []
    for entry in package["resources"]:
        size, digest = files[entry["name"]]
        if (entry.get("bytes"), entry.get("hash")) != (size, digest):
            changed.append(entry["name"])
            entry["bytes"], entry["hash"] = size, digest
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (Path(folder) / "datapackage.json").write_text(text, "utf-8")
    return changed


if __name__ == "__main__":
    for name in update():
        print(f"{name}: bytes and hash written")
