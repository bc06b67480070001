"""Execute the chapters in place, in parallel, in a form that diffs well.

A chapter runs again when it, the package, a table or the pinned versions have changed since its last run here; a fresh
clone runs all. Run as ``python -m publish.run [--all] [CHAPTER …]``.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import hashlib
import os
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from partnership import ROOT, prose
from publish.edition import launch, settings

STAMPS = ROOT / "_build" / ".run"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}
TIMEOUT = 120


def execute(path: Path) -> bool:
    """Run one chapter and store its outputs; return whether the file changed.

    The file is written only when all cells have run, and in one step.
    """
    before = path.read_text("utf-8")
    notebook = launch.with_setup(nbformat.reads(before, as_version=4), setup())
    NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # it warns that it speaks to this machine without encryption
        shutdown_kernel="immediate",  # asked to stop, some do not hear it and are waited for, three seconds
        resources={"metadata": {"path": str(ROOT)}},
    ).execute()
    after = nbformat.writes(normalise(notebook)) + "\n"
    if after == before:
        return False
    fresh = path.with_suffix(".tmp")
    fresh.write_text(after, "utf-8")
    os.replace(fresh, path)
    return True


def setup() -> str:
    """The cell that installs the package elsewhere, as _config.yml has it now."""
    return launch.setup_source(launch.requirement(settings.repository(), settings.site_address()))


def normalise(notebook: Any) -> Any:
    """Fix what varies without meaning (metadata, cell ids), and write the current numbers into the sentences."""
    texts, words = said(notebook), held(notebook)
    notebook.metadata = METADATA
    for position, cell in enumerate(notebook.cells):
        cell.id = f"cell-{position + 1:02d}"
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
        elif cell.cell_type == "markdown":
            try:
                cell.source = prose.fill(cell.source, texts, words)
            except KeyError as error:
                raise KeyError(f"{cell.id}: {error.args[0]}") from None
    return notebook


def said(notebook: Any) -> dict[str, str]:
    """The words of every number that the cells of a notebook declare."""
    return {name: entry["text"] for name, entry in declared(notebook, prose.MIME).items()}


def held(notebook: Any) -> dict[str, str]:
    """The words of every statement that the cells of a notebook declare."""
    return {name: entry["words"] for name, entry in declared(notebook, prose.STATEMENTS).items()}


def declared(notebook: Any, kind: str) -> dict[str, Any]:
    """What the outputs of one kind hold together, by name."""
    return {
        name: entry
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        for name, entry in output.get("data", {}).get(kind, {}).items()
    }


def fingerprint(path: Path) -> str:
    """What a run of a chapter depends on: the chapter as it was stored, its set-up cell, package, tables, pinned versions.

    The whole file counts, outputs included: a chapter that was edited, converted or checked out since its last run here
    runs again.
    """
    digest = hashlib.sha256(path.read_bytes() + setup().encode())
    inputs = [
        *(ROOT / "partnership").rglob("*.py"),
        ROOT / "publish" / "run.py",
        *(ROOT / "data").iterdir(),
        *(ROOT / name for name in ("requirements.txt", "CHANGELOG.md", "CITATION.cff")),
    ]
    for file in sorted(file for file in inputs if file.is_file()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def stale(path: Path) -> bool:
    """Whether a chapter has to run again."""
    stamp = STAMPS / path.stem
    return not stamp.exists() or stamp.read_text() != fingerprint(path)


def _work(path: Path) -> tuple[Path, float, bool]:
    start = time.perf_counter()
    changed = execute(path)
    (STAMPS / path.stem).write_text(fingerprint(path))
    return path, time.perf_counter() - start, changed


def main(arguments: list[str] | None = None) -> int:
    """Run what is stale, or what is asked for; the exit code is the number of chapters that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chapters", nargs="*", type=Path, help="notebooks; all of chapters/ if none is given")
    parser.add_argument("--all", action="store_true", help="run also what has not changed")
    options = parser.parse_args(arguments)
    paths = [path.resolve() for path in options.chapters] or sorted((ROOT / "chapters").glob("*.ipynb"))
    todo = [path for path in paths if options.all or stale(path)]
    failed = 0
    STAMPS.mkdir(parents=True, exist_ok=True)  # before the first kernel, which keeps its checked tables beside it
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        for path, job in [(path, pool.submit(_work, path)) for path in todo]:
            try:
                _, seconds, changed = job.result()
                print(f"{seconds:5.1f} s  {'changed' if changed else 'same   '}  {path.name}", flush=True)
            except Exception as error:
                failed += 1
                print(f"failed: {path.name}: {error}", file=sys.stderr, flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
