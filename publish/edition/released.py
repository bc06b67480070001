"""The register of released editions, and where each is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

REGISTER = Path(__file__).with_name("editions.yml")


@dataclass(frozen=True)
class Released:
    """A released edition."""

    version: str
    date: str
    archive: str
    sha256: str


def register(file: Path = REGISTER) -> list[Released]:
    """The released editions, oldest first.

    Raises
    ------
    ValueError
        If an entry lacks something, or has more; the message names file and edition.
    """
    found = []
    for version, entry in (yaml.safe_load(file.read_text("utf-8")) or {}).items():
        if not isinstance(entry, dict) or entry.keys() != {"date", "archive", "sha256"}:
            raise ValueError(f"{file.name}, edition {version}: an entry has date, archive and sha256, and nothing else")
        if not re.fullmatch("[0-9a-f]{64}", str(entry["sha256"])):
            raise ValueError(f"{file.name}, edition {version}: sha256 must be 64 hexadecimal digits")
        if not re.fullmatch(r"[\w.-]+", str(version)) or not re.fullmatch(r"[\w.-]+\.zip", str(entry["archive"])):
            raise ValueError(
                f"{file.name}, edition {version}: version and archive are plain names, such as book-1.0.zip"
            )
        found.append(Released(str(version), str(entry["date"]), entry["archive"], entry["sha256"]))
    return found


def address(version: str, base: str) -> str:
    """Where an edition is kept; a path below the site's root where that has no address."""
    return f"{base}editions/{version}/"
