"""The whole site made twice from nothing, in other time zones and with other hash seeds, and once in place: the files that differ.

Run as ``python -m bench.twice``, or ``make twice``. Chapters are taken as they are stored; ``make test`` proves those.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench import build, tools

UNLIKE = ({"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}, {"TZ": "America/New_York", "PYTHONHASHSEED": "2"})


def site(name: str, variables: dict[str, str]) -> Path:
    """The site, made in a folder of its own."""
    folder = tools.SPACE / "twice" / name
    shutil.rmtree(folder, ignore_errors=True)
    # Jupyter Book's own command, and as make book starts it.
    tool = (
        [Path(sys.executable).with_name("jupyter-book")] if name == "0" else [sys.executable, "-m", "publish.builder"]
    )
    tools.run([*tool, "build", "-q", "-n", "-W", "--path-output", folder, "."], tools.ROOT, variables=variables)
    return folder / "_build" / "html"


def differing(one: Path, other: Path) -> list[str]:
    """Files of two folders that are not the same to the byte, or that only one has."""
    return tools.unlike(tools.sums(one), tools.sums(other))


def in_place() -> list[str]:
    """What differs between a site and that made from nothing: a title, a sentence, then a word of a row have changed since its first build."""
    book = build.copy()
    build.make(book)
    glossary = book / "chapters" / "glossary.md"
    glossary.write_text(glossary.read_text("utf-8").replace("# ", "# The ", 1), "utf-8")
    build.make(book)
    build.rewrite(book, 1)
    build.make(book)
    table = book / "data" / "product-figures.csv"  # a card tells its rows in words that no notebook stores
    table.write_text(table.read_text("utf-8").replace("aluminium imports from", "aluminium bought from", 1), "utf-8")
    build.make(book)
    standing = tools.sums(book / "_build" / "html")
    build.unbuild(book)
    build.make(book)
    return tools.unlike(standing, tools.sums(book / "_build" / "html"))


def main() -> int:
    """Make all, compare, and say what differs; the exit code is the number of files that do, at most 100."""
    first, second = (site(str(number), variables) for number, variables in enumerate(UNLIKE))
    apart, placed = differing(first, second), in_place()
    count = sum(path.is_file() for path in first.rglob("*"))
    print("\n".join([*apart[:20], *placed[:20]]))
    print(f"{count} files, {len(apart)} of them differ between two builds in unlike surroundings")
    print(
        f"{len(placed)} differ between a build in place, after a changed title, sentence and cell of a table, and one from nothing"
    )
    return min(len(apart) + len(placed), 100)


if __name__ == "__main__":
    sys.exit(main())
