"""How long a build takes, cold and unchanged, and how long the notebooks run: beside others on the same notebooks."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from bench import report, tools, variants

TITLE = "Build times"
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SENTENCE = "A sentence that was not here before."
SKIPPED = shutil.ignore_patterns(".git", ".venv", "_build", "node_modules", ".*_cache", "__pycache__")
RAN = re.compile(r"^ *([\d.]+) s  \S+ +(\S+)\.ipynb$", re.M)
BOOK_2 = ["jupyter-book>=2,<3"]
TEMPLATE = "myst: v1\nkind: site\nbuild: {install: 'true', start: 'true'}\nfiles: []\n"


# -- this book ------------------------------------------------------------------------------------


def copy() -> Path:
    """A copy of the book with its environment, so that the site that stands is left alone."""
    book = tools.SPACE / "book"
    shutil.rmtree(book, ignore_errors=True)
    shutil.copytree(tools.ROOT, book, ignore=SKIPPED)
    (book / ".venv").symlink_to(tools.ROOT / ".venv")
    shutil.copytree(tools.ROOT / "_build" / ".run", book / "_build" / ".run")
    return book


def make(book: Path) -> float:
    """Seconds of ``make book``."""
    start = time.perf_counter()
    tools.run(["make", "-o", ".venv/.ok", "book"], book, variables={"PYTHONPATH": str(book)})
    return time.perf_counter() - start


def rewrite(book: Path, number: int) -> None:
    """Change one sentence of one chapter; its outputs stay, and it counts as run."""
    path = book / "chapters" / "outlook.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    first["source"] = ["".join(first["source"]) + f" {SENTENCE[:-1]} {number}."]
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
    code = (
        "from publish import run; from pathlib import Path; path = Path('chapters/outlook.ipynb').resolve(); "
        "(run.STAMPS / path.stem).write_text(run.fingerprint(path.read_bytes(), run.inputs()))"
    )
    tools.run([".venv/bin/python", "-c", code], book, variables={"PYTHONPATH": str(book)})


def unbuild(book: Path) -> None:
    """Remove what was built, but not what tells that the notebooks have run."""
    for path in (book / "_build").iterdir():
        if path.name != ".run":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def execution(book: Path) -> tuple[float, list[tuple[str, float]]]:
    """Seconds of running all notebooks, and of each chapter."""
    start = time.perf_counter()
    output = tools.run(
        [".venv/bin/python", "-m", "publish.run", "--all"], book, variables={"PYTHONPATH": str(book)}
    ).stdout
    return time.perf_counter() - start, [(name, float(seconds)) for seconds, name in RAN.findall(output)]


# -- others ---------------------------------------------------------------------------------------


def kernels() -> dict[str, str]:
    """Variables that lead other tools to the book's own kernel, so that only what is around it differs."""
    folder = tools.SPACE / "jupyter"
    (folder / "kernels" / "python3").mkdir(parents=True, exist_ok=True)
    python = str(tools.ROOT / ".venv" / "bin" / "python")
    kernel = {
        "argv": [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3",
        "language": "python",
    }
    (folder / "kernels" / "python3" / "kernel.json").write_text(json.dumps(kernel), "utf-8")
    (folder / "jupyter_server_config.py").write_text("c.ServerApp.allow_root = True\n", "utf-8")
    return {"JUPYTER_PATH": str(folder), "JUPYTER_CONFIG_DIR": str(folder)}


def nbconvert(book: Path) -> float:
    """Seconds of ``nbconvert --execute`` on all chapters, one after the other."""
    programs = tools.environment("nbconvert", "nbconvert")
    chapters = sorted((book / "chapters").glob("*.ipynb"))
    start = time.perf_counter()
    options = ["--execute", "--to", "html", "--output-dir", str(tools.SPACE / "loose")]
    tools.run([programs / "jupyter-nbconvert", *options, *chapters], book, variables=kernels())
    return time.perf_counter() - start


def jupyter_book_2(book: Path) -> float:
    """Seconds until Jupyter Book 2 has executed and read all chapters; its pages need a template from the internet."""
    tools.program("node")
    programs = tools.environment("jupyter-book-2", *BOOK_2, "jupyter-server")
    folder = tools.SPACE / "default-2"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(book / "chapters", folder / "chapters", ignore=shutil.ignore_patterns("*.md"))
    (folder / "template").mkdir()
    (folder / "template" / "template.yml").write_text(TEMPLATE, "utf-8")
    chapters = sorted(path.name for path in (folder / "chapters").iterdir())
    project = {"title": "Book", "toc": [{"file": f"chapters/{name}"} for name in chapters]}
    settings = {"version": 1, "project": project, "site": {"template": "./template"}}
    (folder / "myst.yml").write_text(json.dumps(settings), "utf-8")  # JSON is YAML
    path = f"{programs}:{os.environ['PATH']}"  # it starts the python it finds
    start = time.perf_counter()
    tools.run(
        [programs / "jupyter-book", "build", "--site", "--execute"], folder, variables={"PATH": path, **kernels()}
    )
    seconds = time.perf_counter() - start
    if len(list((folder / "_build" / "execute").glob("*.ipynb"))) < len(chapters):
        raise tools.Missing("Jupyter Book 2 did not execute all notebooks")
    return seconds


def in_turns(jobs: dict[str, Callable[[], float]]) -> tuple[list[list[str]], list[float | None]]:
    """Each job once a round, so that a busy moment falls on all: rows of a table, and the medians by themselves."""
    seconds: dict[str, list[float]] = {words: [] for words in jobs}
    reasons: dict[str, str] = {}
    for _ in range(ROUNDS):
        for words, job in jobs.items():
            if words not in reasons:
                try:
                    seconds[words].append(job())
                except tools.Missing as reason:
                    reasons[words] = f"not measured: {reason}"
    first = statistics.median(next(iter(seconds.values())))
    rows: list[list[str]] = []
    medians: list[float | None] = []
    for words, times in seconds.items():
        medians.append(None if words in reasons else statistics.median(times))
        if (middle := medians[-1]) is None:
            rows.append([words, reasons[words], "", ""])
        else:
            rows.append([words, f"{middle:.1f}", f"{min(times):.1f} to {max(times):.1f}", f"{first / middle:.2f}"])
    return rows, medians


def targets(builds: list[float | None], runs: list[float | None]) -> str:
    """What the book aims at, where the others could be measured."""
    cold, nothing, sentence, default = builds
    whole, nbconvert, _ = runs
    lines = []
    if nothing is not None:
        lines.append(report.target(f"nothing changed, at most 1 s: {nothing:.1f} s", nothing <= 1))
    if sentence is not None:
        lines.append(report.target(f"one sentence changed, at most 4 s: {sentence:.1f} s", sentence <= 4))
    if cold is not None and default is not None:
        times = cold / default
        lines.append(report.target(f"no site, at most 2 × the default build's time: {times:.1f} ×", times <= 2))
    if whole is not None and nbconvert is not None:
        share = whole / nbconvert
        lines.append(
            report.target(f"all notebooks, at most 0.33 of nbconvert's time: {share:.2f} of it", share <= 0.33)
        )
    return "\n".join(lines)


# -- report ---------------------------------------------------------------------------------------


def measure() -> str:
    """Build and run in a copy of the book, in turns with others on the same notebooks."""
    book, chapters, number = copy(), [], 0

    def cold() -> float:
        unbuild(book)
        return make(book)

    def sentence() -> float:
        nonlocal number
        number += 1
        rewrite(book, number)
        return make(book)

    def whole() -> float:
        nonlocal chapters
        seconds, chapters = execution(book)
        return seconds

    head = ["median", "lowest to highest", "first row over this"]
    builds, of_builds = in_turns(
        {
            "`make book`, no site, notebooks unchanged": cold,
            "`make book`, nothing changed": lambda: make(book),
            "`make book`, one sentence of one chapter changed": sentence,
            f"{variants.DEFAULT[0]}, default settings, no site, notebooks not executed": lambda: (
                variants.default_book(tools.SPACE / "default-built").seconds
            ),
        }
    )
    runs, of_runs = in_turns(
        {
            "`python -m publish.run --all`, in parallel": whole,
            "`nbconvert --execute --to html`, one after the other": lambda: nbconvert(book),
            "Jupyter Book 2, executing and reading, without pages": lambda: jupyter_book_2(book),
        }
    )
    return "\n\n".join(
        [
            f"In a copy of the book, {ROUNDS} rounds in turns; seconds. The last column is how much of the others' time the first row takes.",
            report.table(["build", *head], builds),
            report.table([f"execution of all {len(chapters)} notebooks", *head], runs),
            targets(of_builds, of_runs),
            report.table(["chapter, last round", "seconds"], [[name, f"{seconds:.1f}"] for name, seconds in chapters]),
            "All run the book's own kernel. Jupyter Book 2 and Quarto cannot make pages without the internet, so only the first's execution is here.",
        ]
    )
