"""Editions kept under addresses of their own: ``editions/<version>/`` below the site, so that what a citation names stays.

``python -m publish.edition.kept make`` puts the built site, workbook, PDF and archive into ``_build/editions`` and prints
the entry for ``editions.yml``. ``… list`` names the released editions; ``… add SITE FOLDER`` unpacks their archives, which
lie in FOLDER, into SITE, and refuses one whose checksum is not the registered one. See docs/editions.md.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from partnership import ROOT, citation
from publish.edition import archive, pdf
from publish.edition.released import REGISTER, Released, address, register
from publish.edition.settings import site_address

FOLDER = ROOT / "_build" / "editions"
TEXT = {".html", ".json", ".jsonld", ".xml", ".bib", ".md", ".txt", ".js", ".svg"}
"""Files whose absolute addresses become those of the kept edition. PNG, workbook and package keep theirs."""
OF_THE_SITE = {"robots.txt", "sitemap.xml", "feed.xml", ".buildinfo"}
"""Files that speak for the whole site, not for one edition."""


def place(files: Iterator[tuple[str, bytes]], folder: Path, version: str, base: str = "") -> int:
    """Write an edition's site to ``folder/editions/<version>``, in one step; return the number of its files.

    Pages say that they are kept and lead to the newest edition; absolute addresses, the canonical ones and those of
    citations among them, become those of the kept edition.
    """
    target = folder / "editions" / version
    fresh = target.with_name(f"{version}.tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    count = 0
    for name, raw in files:
        if name in OF_THE_SITE:
            continue
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_readdressed(name, raw, version, base) if PurePosixPath(name).suffix in TEXT else raw)
        count += 1
    shutil.rmtree(target, ignore_errors=True)
    fresh.replace(target)
    return count


def _readdressed(name: str, raw: bytes, version: str, base: str) -> bytes:
    text = raw.decode("utf-8")
    if base:
        text = re.sub(re.escape(base) + "(?!editions/)", address(version, base), text)
    newest = "../" * (name.count("/") + 2) + "index.html"
    said = f'<p class="pm-kept">Edition {version}, kept as it was. <a href="{newest}">The newest edition</a>.</p>'
    if name.endswith(".html"):
        text = re.sub(r"(<main\b[^>]*>)", rf"\1{said}", text, count=1)  # whatever theme an edition had
    return text.encode()


def of_folder(site: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a built site."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not re.match("editions/.+/", name):  # other editions stay out of this one
            yield name, path.read_bytes()


def of_archive(raw: bytes, released: Released) -> Iterator[tuple[str, bytes]]:
    """The files of the site in an edition's archive.

    Raises
    ------
    ValueError
        If the archive is not the registered one, or a name in it leads out of its folder.
    """
    found = hashlib.sha256(raw).hexdigest()
    if found != released.sha256:
        raise ValueError(f"{released.archive} is not the archive of edition {released.version}: its SHA-256 is {found}")
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        for name in packed.namelist():
            if not name.startswith("site/") or name.endswith("/") or re.match("site/editions/.+/", name):
                continue
            if {"", ".."} & set(name.split("/")) or "\\" in name:  # // would be an absolute path
                raise ValueError(f"{released.archive}: {name} leads out of its folder")
            yield name.removeprefix("site/"), packed.read(name)


def add(site: Path, folder: Path, editions: list[Released], base: str) -> None:
    """Put the released editions, whose archives lie in ``folder``, into a site: all or none.

    Raises
    ------
    FileNotFoundError
        If an archive is missing.
    ValueError
        If an archive is not the registered one.
    """
    held = {released: list(of_archive((folder / released.archive).read_bytes(), released)) for released in editions}
    for released, files in held.items():
        count = place(iter(files), site, released.version, base)
        print(f"editions/{released.version}: {count} files")


def make(folder: Path = FOLDER) -> str:
    """Put this edition's site and files into a folder; return its entry for the register."""
    edition, base = citation.edition(), site_address()
    made = archive.FOLDER / edition.file(".zip")
    folder.mkdir(parents=True, exist_ok=True)
    for file in (made, made.with_suffix(".zip.sha256"), pdf.FILE, pdf.SITE / citation.edition().workbook):
        shutil.copy2(file, folder / file.name)
    place(of_folder(pdf.SITE), folder.parent, edition.version, base)
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    return f'"{edition.version}": {{date: "{edition.released}", archive: {made.name}, sha256: {digest}}}'


def main(arguments: list[str]) -> int:
    """What the command line asks for."""
    match arguments:
        case ["make"]:
            print(
                f"{FOLDER}: site, archive, PDF, workbook. Entry for {REGISTER.name} once the edition is released:\n{make()}"
            )
        case ["list"]:
            print("\n".join(released.version for released in register()))
        case ["add", site, folder]:
            try:
                add(Path(site), Path(folder), register(), site_address())
            except (ValueError, FileNotFoundError) as problem:
                print(problem, file=sys.stderr)
                return 1
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
