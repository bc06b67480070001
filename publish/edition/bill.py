"""The bill of materials of an archive (CycloneDX 1.6): every package that builds the book, with version, hashes and licence.

Packages and hashes are those of the locks; licences are what the installed packages say of themselves.
"""

from __future__ import annotations

import json
import re
from importlib import metadata as installed
from pathlib import Path
from typing import Any

from partnership import ROOT, citation

_PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<rest>.*?)(?=^[\w.-]+==|\Z)", re.M | re.S)


def python(lock: Path) -> list[dict[str, Any]]:
    """What requirements.txt pins."""
    found = []
    for match in _PINNED.finditer(lock.read_text("utf-8")):
        name, version = match["name"].lower(), match["version"]
        hashes = [{"alg": "SHA-256", "content": one} for one in re.findall(r"sha256:([0-9a-f]{64})", match["rest"])]
        purl = f"pkg:pypi/{name}@{version}"
        found.append(_component(name, version, purl, licence(name)) | {"hashes": hashes})
    return found


def licence(name: str) -> str:
    """The licence that an installed package states; empty if it is not installed here or states none."""
    try:
        told: Any = installed.metadata(name)
    except installed.PackageNotFoundError:
        return ""
    if stated := told.get("License-Expression"):
        return stated
    classes = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if one.startswith("License ::")]
    first = (told.get("License") or "").strip().splitlines()
    return " and ".join(classes) or (first[0][:100] if first else "")


def node(lock: Path) -> list[dict[str, Any]]:
    """What the lock of the chart script pins."""
    found = []
    for path, entry in json.loads(lock.read_text("utf-8"))["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2]
            purl = f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}"
            found.append(_component(name, entry["version"], purl, entry.get("license", "")))
    return found


def _component(name: str, version: str, purl: str, stated: str) -> dict[str, Any]:
    told = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return told | ({"licenses": [{"license": {"name": stated}}]} if stated else {})


def bill(root: Path = ROOT) -> dict[str, Any]:
    """The bill; the same locks and environment give the same bytes."""
    book = citation.edition()
    parts = python(root / "requirements.txt") + node(root / "tools" / "vega" / "package-lock.json")
    unique = {part["bom-ref"]: part for part in parts}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "book",
                "name": "partnership-measured",
                "version": book.version,
                "licenses": [{"expression": " AND ".join(book.licences)}],
            }
        },
        "components": [unique[ref] for ref in sorted(unique)],
    }
