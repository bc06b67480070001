"""Run the chapters as they would be with other tables, and take down what they say.

``python -m refresh.chapter_runs OUT.json [CHAPTER …]`` runs in a copy of the book (see :func:`tree`). Cells that fail do not
stop a chapter: a statement that no longer holds is what the report is for. ``--verdicts`` judges the claims instead.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from partnership import ROOT, charts, claims, prose

NUMBERS, STATEMENTS, CHART = prose.MIME, prose.STATEMENTS, charts.MIME
PICTURE = "image/svg+xml"
PARTS = ("partnership", "checks", "publish", "refresh", "chapters", "data", ".ipython")
FILES = (
    "CITATION.cff",
    "CHANGELOG.md",
    "_config.yml",
    "_toc.yml",
    "references.bib",
    "requirements.txt",
    "pyproject.toml",
)
AT_ONCE = 2
VERDICTS = "--verdicts"


def said(notebook: Any) -> dict[str, dict]:
    """What the outputs of a chapter say: numbers, statements, figures, and cells that failed."""
    found: dict[str, dict] = {"numbers": {}, "statements": {}, "figures": {}, "failed": {}}
    for number, cell in enumerate(notebook["cells"]):
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                told = re.sub(r"\x1b\[[0-9;]*m", "", output["evalue"])
                found["failed"][f"cell {number}"] = f"{output['ename']}: {told}"
            bundle = output.get("data", {})
            text = _text(bundle.get("text/plain", ""))
            for name, entry in bundle.get(NUMBERS, {}).items():
                found["numbers"][name] = entry["text"]
            for name, entry in bundle.get(STATEMENTS, {}).items():
                found["statements"][name] = f"{entry.get('words', '')}: {entry.get('tested', '')}"
            if CHART in bundle:
                title, _, described = text.removeprefix("Figure: ").partition("\n")
                own = bundle[CHART].get("usermeta", {}).get("figure", {}).get("name")
                name = own or f"figure {len(found['figures']) + 1}"

                found["figures"][name] = {"title": title, "alt": described, "svg": _text(bundle.get(PICTURE, ""))}
    return found


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def stored(root: Path = ROOT) -> dict[str, dict]:
    """What the chapters say as they are stored."""
    chapters = sorted((root / "chapters").glob("*.ipynb"))
    return {path.stem: said(json.loads(path.read_text("utf-8"))) for path in chapters}


def tree(folder: Path, data: Path, root: Path = ROOT) -> Path:
    """A copy of the book with other tables in it, and with its bytecode: each kernel would compile the package anew."""
    skipped = shutil.ignore_patterns("node_modules", "security", "history.sqlite", "db", "log", "pid", "startup")
    for name in PARTS:
        if name != "data" and (root / name).exists():
            shutil.copytree(root / name, folder / name, ignore=skipped)
    for name in FILES:
        if (root / name).exists():
            shutil.copy(root / name, folder / name)
    shutil.copytree(data, folder / "data")
    return folder


def run(data: Path, chapters: list[str] | None = None, root: Path = ROOT) -> dict[str, dict]:
    """What the chapters would say with the tables of a folder.

    Raises
    ------
    RuntimeError
        If the chapters cannot be run at all.
    """
    return _in_a_copy(data, chapters or [], root)


def verdicts(data: Path, root: Path = ROOT) -> dict[str, dict[str, str]]:
    """The verdicts that the tables of a folder give: for ``early``, ``then`` and ``now``, one a claim (:func:`partnership.claims.ledger`).

    Raises
    ------
    RuntimeError
        If the claims cannot be judged.
    """
    return _in_a_copy(data, [VERDICTS], root)


def _in_a_copy(data: Path, arguments: list[str], root: Path) -> dict[str, dict]:
    with tempfile.TemporaryDirectory(prefix="trial-") as place:
        copy, out = tree(Path(place) / "book", data, root), Path(place) / "said.json"
        env = os.environ | {"PYTHONPATH": str(copy), "IPYTHONDIR": str(copy / ".ipython"), "TZ": "UTC"}
        command = [sys.executable, "-m", "refresh.chapter_runs", str(out), *arguments]
        done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True)
        if done.returncode or not out.exists():
            raise RuntimeError(f"the book could not be run: {done.stderr[-2000:]}")
        return json.loads(out.read_text("utf-8"))


def both(old: Path, new: Path, root: Path = ROOT) -> tuple[dict[str, dict], dict[str, dict]]:
    """What the chapters say with the old tables and with the new ones.

    Chapters that would say something else than they are stored with run on the old tables as well: a chapter that was
    not run since its tables last changed must not pass for one that the new figures change.
    """
    before, after = stored(root), run(new, root=root)
    moved = [name for name, found in after.items() if before.get(name) != found]
    return before | (run(old, moved, root) if moved else {}), after


async def _all(paths: list[Path]) -> dict[str, dict]:
    import nbformat

    from publish import kernels
    from publish import run as runner

    gate = asyncio.Semaphore(AT_ONCE)

    async def one(path: Path) -> tuple[str, dict]:
        async with gate:
            notebook = nbformat.read(path, as_version=4)
            with tempfile.TemporaryDirectory(prefix="kernel-") as place:
                client = runner.client(notebook, place, drawn_at)
                client.allow_errors = True
                await client.async_execute()
            return path.stem, said(notebook)

    with kernels.begun() as drawn_at:
        return dict(await asyncio.gather(*(one(path) for path in paths)))


def main(arguments: list[str]) -> int:
    """Run in a copy of the book; write what the chapters say."""
    out, *names = arguments
    if names == [VERDICTS]:
        ledger = claims.ledger().set_index("id")
        Path(out).write_text(ledger[["early", "then", "now"]].to_json(), "utf-8")
        return 0
    paths = [path for path in sorted((ROOT / "chapters").glob("*.ipynb")) if not names or path.stem in names]
    found = asyncio.run(_all(paths))
    Path(out).write_text(json.dumps(dict(sorted(found.items())), ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
