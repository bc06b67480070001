"""One zip to deposit: site, data package, notebooks, PDF, and all it takes to make them again, with checksums.

Run as ``python -m publish.edition.archive``. The same edition gives the same bytes: names are sorted, every file bears
the date of SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import hashlib
import os
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from checks import accounts
from partnership import ROOT, citation
from partnership.files import replacing
from publish.edition import bill, metadata, pdf

FOLDER = ROOT / "_build" / "archive"
# What of the repository goes in, files and folders; the zip unpacks to a checkout with the built edition beside it.
SOURCE = (
    "README.md", "REPLICATION.md", "CHANGELOG.md", "CONTRIBUTING.md", "codecheck.yml", "repro.yaml", "CITATION.cff", "LICENSE", "LICENSE-DATA", "LICENSES", "REUSE.toml", ".zenodo.json", "codemeta.json",
    "Makefile", "_config.yml", "_toc.yml", "pyproject.toml", "requirements.txt", "references.bib", ".gitattributes", ".gitignore",
    ".binder", ".ci", ".github", ".ipython/profile_default/ipython_kernel_config.py", "bench", "chapters", "data", "docs",
    "partnership", "checks", "publish", "refresh", "tests", "tools", "conftest.py",
)  # fmt: skip
LEFT_OUT = {"__pycache__", "node_modules", ".ipynb_checkpoints", ".buildinfo", ".doctrees", ".DS_Store"}
SUMS = "SHA256SUMS"


def contents(root: Path = ROOT, site: Path = pdf.SITE, book: Path = pdf.FILE) -> dict[str, bytes]:
    """Every file of the archive by its path there, checksums and description included.

    Raises
    ------
    FileNotFoundError
        If site or PDF are not built.
    ValueError
        If a table is not the one whose hash stands in datapackage.json.
    """
    for built, target in ((site / "index.html", "book"), (book, "pdf")):
        if not built.exists():
            raise FileNotFoundError(f"{built} is not built: make {target}")
    _check_data(root / "data")
    found = {path.relative_to(root).as_posix(): path for name in SOURCE for path in _files(root / name)}
    found |= {f"site/{path.relative_to(site).as_posix()}": path for path in _files(site)}
    found[book.name] = book
    held = {name: path.read_bytes() for name, path in found.items()}
    held["bom.json"] = metadata.text(bill.bill(root)).encode()
    crate = metadata.crate(metadata.cff(root), {name: len(raw) for name, raw in sorted(held.items())}, root / "data")
    held["ro-crate-metadata.json"] = metadata.text(crate).encode()
    held[SUMS] = checksums(held).encode()
    return dict(sorted(held.items()))


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for inner in sorted(path.iterdir()):
            if inner.name not in LEFT_OUT and inner.suffix not in (".tmp", ".pyc"):
                yield from _files(inner)


def _check_data(folder: Path) -> None:
    found = accounts.account(folder)
    for entry in metadata.data.package(folder)["resources"]:
        if (entry.get("bytes"), entry.get("hash")) != found[entry["name"]]:
            raise ValueError(f"{entry['path']} has changed since datapackage.json: python -m checks.accounts")


def checksums(held: Mapping[str, bytes]) -> str:
    """Lines as ``sha256sum -c`` reads them."""
    return "".join(f"{hashlib.sha256(raw).hexdigest()}  {name}\n" for name, raw in sorted(held.items()))


def write(held: Mapping[str, bytes], target: Path) -> None:
    """Write the zip in one step."""
    moment = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "315532800")))[:6]
    with replacing(target) as fresh, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, raw in sorted(held.items()):
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100755 if raw.startswith(b"#!") else 0o100644) << 16
            archive.writestr(entry, raw)


def make(folder: Path = FOLDER) -> Path:
    """Write archive and its checksum, under the name of the edition."""
    target = folder / citation.edition().file(".zip")
    write(contents(), target)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_suffix(".zip.sha256").write_text(f"{digest}  {target.name}\n")
    return target


if __name__ == "__main__":
    start = time.perf_counter()
    made = make()
    count = len(zipfile.ZipFile(made).namelist())
    print(f"{made}: {count} files, {made.stat().st_size / 1e6:.1f} MB, {time.perf_counter() - start:.0f} s")
