"""Execute the chapters in place, in parallel, in a form that diffs well.

A chapter runs again when it, the package, a table or the pinned versions have changed since its last run here; a fresh
clone runs all. Run as ``python -m publish.run [--all] [CHAPTER …]``. With ``--stored``, after nbval has compared the stored
outputs with fresh ones, nothing runs again: a chapter counts as run if a run would write it as it stands.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import signal
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks import cell_outputs
from partnership import ROOT
from partnership.files import whole
from publish import lock, standing

if TYPE_CHECKING:  # else only where a chapter runs: a run with nothing to do ends at once
    from collections.abc import AsyncGenerator

    from nbclient import NotebookClient

STAMPS = ROOT / "_build" / ".run"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}
COMMON = (
    "partnership", "publish/run.py", "publish/kernels.py", "publish/drawer.py", "publish/edition/launch.py",
    "publish/edition/settings.py", "publish/edition/wheel.py", "checks/cell_outputs.py", "data",
    ".ipython/profile_default/ipython_kernel_config.py", "requirements.txt", "CITATION.cff", "_config.yml",
)  # fmt: skip
"""Package, tables, kernels with their settings and drawings, pinned versions, and what writes chapters and the addresses in
their set-up cell."""
LOG = "CHANGELOG.md", b"codebook.changes("
"""The change log, and what a chapter calls that shows it: a line in it runs that chapter and no other."""
TIMEOUT = 120  # seconds of a cell
NEEDED = {"code": ("source", "metadata", "outputs"), "markdown": ("source", "metadata"), "raw": ("source", "metadata")}


class NotebookError(ValueError):
    """A file that is no notebook; the message says where."""


# -- reading --------------------------------------------------------------------------------------


def read(text: str) -> Any:
    """A notebook from its text.

    Raises
    ------
    NotebookError
        If it is none: with the line where it is no JSON, or the cell that lacks a part.
    """
    import nbformat

    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        conflict = " (a merge conflict?)" if "\n<<<<<<<" in text else ""
        raise NotebookError(f"line {error.lineno}: no JSON, {error.msg}{conflict}") from None
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list) or found.get("nbformat") != 4:
        raise NotebookError("JSON, but no notebook of format 4: it needs nbformat 4 and a list of cells")
    for number, cell in enumerate(found["cells"], 1):
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        if kind not in NEEDED:
            raise NotebookError(f'cell {number}: cell_type "{kind}" is not one of {", ".join(NEEDED)}')
        if missing := [part for part in NEEDED[kind] if part not in cell]:
            raise NotebookError(f"cell {number}: {missing[0]} is missing")
    return nbformat.reads(text, as_version=4)


# -- running --------------------------------------------------------------------------------------


async def execute(path: Path, drawn_at: str) -> tuple[str, bool]:
    """Run one chapter, its drawings made at an address, and store its outputs; return its text and whether that changed.

    The file is written only when all cells have run, and in one step.

    Raises
    ------
    NotebookError
        If the file was edited meanwhile: it stays as it is.
    """
    from publish.edition import launch

    before = path.read_bytes()
    notebook = launch.with_setup(read(before.decode()), setup())
    # Sockets in a folder of its own: two kernels never meet, as they may on ports.
    with tempfile.TemporaryDirectory(prefix="kernel-") as place:
        await client(notebook, place, drawn_at).async_execute()
    after = written(notebook)
    if path.read_bytes() != before:
        raise NotebookError("it was edited while it ran, and stays as it is; run it again")
    if changed := after.encode() != before:
        whole(path, after)
    return after, changed


def keep(paths: list[Path]) -> int:
    """Count chapters as run whose outputs something else has proved; return how many a run would write otherwise."""
    from publish.edition import launch

    common, unlike = inputs(), 0
    for path in paths:
        text = path.read_text("utf-8")
        try:
            same, why = written(launch.with_setup(read(text), setup())) == text, "numbers in sentences, ids, metadata"
        except (NotebookError, KeyError) as error:
            same, why = False, str(error.args[0])
        if same:
            (STAMPS / path.stem).write_text(fingerprint(text.encode(), common))
        else:
            unlike += 1
            print(f"{path.name}: a run would write it otherwise ({why}): make run", file=sys.stderr)
    return unlike


def client(notebook: Any, place: str, drawn_at: str) -> NotebookClient:
    """What runs a notebook in a kernel that speaks through sockets in a folder."""
    from nbclient import NotebookClient
    from traitlets.config import Config

    from publish import kernels

    class Client(NotebookClient):
        """Leaves signals to :func:`run`: nbclient's own handlers end one kernel of several, and nothing else."""

        @asynccontextmanager
        async def async_setup_kernel(self, **options: Any) -> AsyncGenerator[None, None]:
            self.km = self.create_kernel_manager()
            kernels.prepare(self.km, drawn_at)
            try:
                await self.async_start_new_kernel()
                await self.async_start_new_kernel_client()
                yield
            finally:
                if self.km is not None and self.km.has_kernel:
                    await self._async_cleanup_kernel()

    return Client(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        shutdown_kernel="immediate",  # some kernels ignore a request, and Jupyter waits three seconds for each
        resources={"metadata": {"path": str(ROOT)}},
        config=Config(KernelManager={"transport": "ipc", "connection_file": f"{place}/kernel.json"}),
    )


async def run(paths: list[Path]) -> int:
    """Run some chapters, as many at once as there are processors; return how many failed."""
    from publish import kernels

    loop, here = asyncio.get_running_loop(), asyncio.current_task()
    assert here is not None
    for kind in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(kind, here.cancel)
    places = asyncio.Semaphore(os.cpu_count() or 1)

    async def one(path: Path) -> bool:
        async with places:
            start = time.perf_counter()
            try:
                text, changed = await execute(path, drawn_at)
            except Exception as error:
                print(f"failed: {path.name}: {error}", file=sys.stderr, flush=True)
                return False
            (STAMPS / path.stem).write_text(fingerprint(text.encode(), common))
            seconds = time.perf_counter() - start
            print(f"{seconds:5.1f} s  {'changed' if changed else 'same   '}  {path.name}", flush=True)
            return True

    with kernels.begun() as drawn_at:
        common = inputs()  # while they load
        return (await asyncio.gather(*(one(path) for path in paths))).count(False)


def setup() -> str:
    """The cell that installs the package elsewhere, as _config.yml has it now."""
    from publish.edition import launch, settings

    return launch.setup_source(launch.requirement(settings.repository(), settings.site_address()))


# -- storing --------------------------------------------------------------------------------------


def written(notebook: Any) -> str:
    """The file of a chapter that has run."""
    import nbformat

    return nbformat.writes(normalise(notebook)) + "\n"


def normalise(notebook: Any) -> Any:
    """Fix what varies without meaning (metadata, cell ids), and write the current numbers into the sentences."""
    from partnership import prose

    texts, words = number_texts(notebook), statement_texts(notebook)
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


def number_texts(notebook: Any) -> dict[str, str]:
    """The text of every number that the cells of a notebook declare."""
    from partnership import prose

    return {name: entry["text"] for name, entry in declared(notebook, prose.MIME).items()}


def statement_texts(notebook: Any) -> dict[str, str]:
    """The words of every statement that the cells of a notebook declare."""
    from partnership import prose

    return {name: entry["words"] for name, entry in declared(notebook, prose.STATEMENTS).items()}


def declared(notebook: Any, kind: str) -> dict[str, Any]:
    """What the outputs of one kind hold together, by name.

    Raises
    ------
    NotebookError
        If two cells declare one name: a sentence could not say which of them it means.
    """
    found: dict[str, Any] = {}
    where: dict[str, int] = {}
    for number, entries in cell_outputs.outputs(notebook, kind):
        for name, entry in entries.items():
            if name in where:
                raise NotebookError(
                    f'cells {where[name]} and {number} both declare "{name}"; give one of them another name'
                )
            found[name], where[name] = entry, number
    return found


# -- what has changed -----------------------------------------------------------------------------


def inputs() -> str:
    """What every run depends on besides its chapter."""
    return standing.inputs(ROOT, COMMON)


def fingerprint(stored: bytes, common: str) -> str:
    """What a run of a chapter depends on: ``common``, and the chapter as it is stored.

    The whole file counts, outputs included: a chapter that was edited, converted or checked out since its last run here
    runs again.
    """
    log, shown = LOG
    listed = (ROOT / log).read_bytes() if shown in stored else b""
    return hashlib.sha256(stored + listed + common.encode()).hexdigest()


def stale(paths: list[Path]) -> list[Path]:
    """The chapters that have to run again."""
    common = inputs()
    return [path for path in paths if _stamp(path) != fingerprint(path.read_bytes(), common)]


def _stamp(path: Path) -> str:
    try:
        return (STAMPS / path.stem).read_text("utf-8")
    except (OSError, ValueError):
        return ""


def chapters() -> list[Path]:
    """All chapters."""
    return sorted((ROOT / "chapters").glob("*.ipynb"))


def main(arguments: list[str] | None = None) -> int:
    """Run what is stale, or what is asked for; the exit code is 1 if any chapter failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chapters", nargs="*", type=Path, help="notebooks; all of chapters/ if none is given")
    parser.add_argument("--all", action="store_true", help="run also what has not changed")
    parser.add_argument("--stored", action="store_true", help="run nothing: nbval has proved the stored outputs")
    options = parser.parse_args(arguments)
    paths = [path.resolve() for path in options.chapters] or chapters()
    if missing := [path for path in paths if not path.is_file()]:
        print(f"{missing[0]}: there is no such chapter", file=sys.stderr)
        return 1
    with lock.in_this_folder():
        for torn in (ROOT / "chapters").glob("*.tmp"):  # of a run that was killed while it wrote
            torn.unlink()
        STAMPS.mkdir(parents=True, exist_ok=True)
        if options.stored:
            return int(keep(paths) > 0)
        todo = paths if options.all else stale(paths)
        try:
            return int(bool(todo) and asyncio.run(run(todo)) > 0)
        except (KeyboardInterrupt, asyncio.CancelledError):
            print("stopped; chapters that were running are as they were", file=sys.stderr)
            return 130


if __name__ == "__main__":
    sys.exit(main())
