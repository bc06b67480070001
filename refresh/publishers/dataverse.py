"""Harvard Dataverse: versions of a data set, its files and their checksums; UN positions."""

from __future__ import annotations

import hashlib

import pandas as pd

from refresh import answers
from refresh.publishers import Request

DATASET = "https://dataverse.harvard.edu/api/datasets/:persistentId/?persistentId={doi}"
FILE = "https://dataverse.harvard.edu/api/access/datafile/{id}?format=original"
HOSTS = (".amazonaws.com",)
UN_VOTES = "doi:10.7910/DVN/LEJUQZ"


def dataset(doi: str = UN_VOTES) -> Request:
    """Version and files of a data set."""
    return Request(DATASET.format(doi=doi), largest=5_000_000)


def file(number: str) -> Request:
    """One file as it was uploaded."""
    return Request(FILE.format(id=number), hosts=HOSTS)


def read(raw: bytes) -> pd.DataFrame:
    """One row a file of the newest version: number, names, size, checksum."""
    version = _version(raw)
    rows = [
        {
            "version": f"{version.get('versionNumber')}.{version.get('versionMinorNumber')}",
            "releaseTime": version.get("releaseTime"),
            "id": (held := entry.get("dataFile", {})).get("id"),
            "filename": held.get("filename"),
            "originalFileName": held.get("originalFileName", held.get("filename")),
            "filesize": held.get("originalFileSize", held.get("filesize")),
            "md5": held.get("md5"),
        }
        for entry in version.get("files", [])
    ]
    table = answers.rows(rows, ["version", "releaseTime", "id", "filename", "originalFileName", "filesize", "md5"])
    return answers.whole(table, ["id"], ["filesize"], id=r"\d+", md5=r"[0-9a-f]{8,32}")


def signal(raw: bytes) -> str:
    """Version, its release and the checksums of its files."""
    table = read(raw)
    return f"{table['version'].iloc[0]} {table['releaseTime'].iloc[0]} " + " ".join(sorted(table["md5"]))


def _version(raw: bytes) -> dict:
    found = answers.parsed(raw)
    if not isinstance(found, dict) or found.get("status") != "OK":
        raise answers.Unexpected(f"status {found.get('status') if isinstance(found, dict) else found!r}")
    version = found["data"].get("latestVersion", found["data"])
    if version.get("versionState") != "RELEASED":
        raise answers.Unexpected(f"a version that is {version.get('versionState')}", answers.WAIT)
    return version


def positions(raw: bytes, md5: str = "") -> pd.DataFrame:
    """Positions in the General Assembly, tab-separated or CSV, whole: names as published."""
    if md5 and hashlib.md5(raw, usedforsecurity=False).hexdigest() != md5:
        raise answers.Unexpected("the checksum is not the one that the data set states", answers.WAIT)
    delimiter = "\t" if b"\t" in raw.split(b"\n", 1)[0] else ","
    table = answers.table(raw, ["iso3c", "ccode"], delimiter)
    year = "year" if "year" in table else "session"
    if year not in table:
        raise answers.Unexpected("neither year nor session")
    named = table[table["iso3c"] != ""]
    values = [name for name in table if name.startswith(("IdealPoint", "Q"))]
    filled = named[values].replace("NA", "")
    return answers.whole(named.assign(**filled), ["iso3c", year, "ccode"], values, **{year: r"\d{1,4}"})
