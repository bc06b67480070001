"""How build and load grow with the number of chapters and of rows, with the exponent; drawn in _build/growth.svg."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import time
from pathlib import Path

import altair as alt
import numpy as np
import pandas as pd

from bench import build, report, tools
from partnership import charts, picture

TITLE = "Growth with chapters and rows"
ROUNDS = int(os.environ.get("ROUNDS", "5"))
CHAPTERS, PARTS = (1, 2, 4), (1, 10, 100)
ALIKE = (
    "trade-volume",
    "energy",
    "consumer-markets",
    "sanctions-and-payments",
    "mirror-statistics",
    "central-asia",
    "outlook",
)
"""Chapters that can stand twice: what they say belongs to no single address."""
TABLE = "world-trade-matrix"


# -- chapters -------------------------------------------------------------------------------------


def twin(path: Path, number: int) -> str:
    """Another chapter with the same contents: figures under names of their own."""
    text = path.read_text("utf-8")
    for name in set(re.findall(r'"figure": \{.*?"name": "([a-z0-9-]+)"', text, re.S)):
        text = re.sub(rf'("name": "|#fig-|#code-){name}(?=["\)])', rf"\g<1>{name}-{number}", text)
    return text


def enlarge(book: Path, factor: int) -> int:
    """Make the book one of some chapters, each as often as asked for; return how many."""
    names = []
    for path in sorted((book / "chapters").iterdir()):
        if path.stem not in ALIKE:
            path.unlink()
            continue
        notebook = json.loads(path.read_text("utf-8"))
        for cell in notebook["cells"]:  # to chapters that are not in this book
            if cell["cell_type"] == "markdown":
                cell["source"] = [re.sub(r"\[([^\]]*)\]\((?!#)[^)]*\)", r"\1", "".join(cell["source"]))]
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), "utf-8")
        for number in range(1, factor):
            path.with_stem(f"{path.stem}-{number}").write_text(twin(path, number), "utf-8")
        names += [path.stem, *(f"{path.stem}-{number}" for number in range(1, factor))]
    entries = "".join(f"  - file: chapters/{name}\n" for name in names)
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: start\nchapters:\n{entries}")
    (book / "start.md").write_text("# Start\n")
    return len(names)


def site(book: Path) -> float:
    """Seconds of a build from stored notebooks, nothing kept."""
    for name in ("html", ".doctrees", ".charts"):
        shutil.rmtree(book / "_build" / name, ignore_errors=True)
    tool = tools.ROOT / ".venv" / "bin" / "jupyter-book"
    start = time.perf_counter()
    tools.run([tool, "build", "-q", "."], book, variables={"PYTHONPATH": str(book)})
    return time.perf_counter() - start


def by_chapters() -> list[tuple[int, float]]:
    """Chapters, and seconds for each of them."""
    found = []
    for factor in CHAPTERS:
        book = build.copy()
        count = enlarge(book, factor)
        found.append((count, statistics.median(site(book) for _ in range(ROUNDS))))
    return found


# -- rows -----------------------------------------------------------------------------------------


def by_rows() -> list[tuple[int, float, float]]:
    """Rows, and the milliseconds of checking and of loading them: a hundredth, a tenth, all of the largest table."""
    lines = (tools.ROOT / "data" / f"{TABLE}.csv").read_text("utf-8").splitlines(keepends=True)
    code = (
        "import sys, time; from partnership import data; folder = sys.argv[1]\n"
        "def timed(job):\n    start = time.perf_counter(); job(); return 1000 * (time.perf_counter() - start)\n"
        f"data.package(folder); print(timed(lambda: data.check({TABLE!r}, folder)), timed(lambda: data._read({TABLE!r}, __import__('pathlib').Path(folder))))"
    )
    found = []
    for part in PARTS:
        folder = tools.SPACE / "rows" / "data"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(tools.ROOT / "data", folder, ignore=shutil.ignore_patterns("extracts"))
        kept = [lines[0], *lines[1 :: PARTS[-1] // part]]
        (folder / f"{TABLE}.csv").write_text("".join(kept), "utf-8")
        command = [tools.ROOT / ".venv" / "bin" / "python", "-c", code, folder]
        times = [tools.run(command, tools.ROOT).stdout.split()[-2:] for _ in range(ROUNDS)]
        check, load = (statistics.median(float(pair[place]) for pair in times) for place in (0, 1))
        found.append((len(kept) - 1, check, load))
    return found


# -- report ---------------------------------------------------------------------------------------


def exponent(points: list[tuple[int, float]]) -> float:
    """The power with which time grows: the slope of the straight line through the logarithms."""
    sizes, times = (np.log(np.array(values, dtype=float)) for values in zip(*points, strict=True))
    return float(np.polyfit(sizes, times, 1)[0])


def draw(courses: dict[str, list[tuple[int, float]]]) -> Path:
    """Times over sizes, both relative to the smallest, on logarithmic axes."""
    rows = [
        {"what": what, "size": size / points[0][0], "time": seconds / points[0][1]}
        for what, points in courses.items()
        for size, seconds in points
    ]
    axis = {"type": "quantitative", "scale": alt.Scale(type="log")}
    lines = alt.Chart(pd.DataFrame(rows)).mark_line(point=True)
    lines = lines.encode(
        alt.X("size", title="size over the smallest", **axis),
        alt.Y("time", title="time over that of the smallest", **axis),
    )
    file = tools.ROOT / "_build" / "growth.svg"
    colours = alt.Color("what", type="nominal", scale=alt.Scale(range=charts.CATEGORY[: len(courses)]))
    file.write_text(picture.draw(lines.encode(color=colours).properties(width=500, height=300).to_dict()), "utf-8")
    return file


def measure() -> str:
    """Build books of one, two and four times the chapters; check and load one, ten and a hundred parts of a table."""
    chapters, rows = by_chapters(), by_rows()
    check, load = [(count, ms) for count, ms, _ in rows], [(count, ms) for count, _, ms in rows]
    courses = {"build by chapters": chapters, "check by rows": check, "load by rows": load}
    file = draw(courses)
    return "\n\n".join(
        [
            f"Median of {ROUNDS}. The exponent is that of time over size: 1 is in proportion. Drawn in `{file.relative_to(tools.ROOT)}`.",
            report.table(
                ["chapters", "build, seconds, nothing kept"], [[count, f"{seconds:.1f}"] for count, seconds in chapters]
            ),
            report.table(
                [f"rows of `{TABLE}`", "check, ms", "load, ms"],
                [[count, f"{one:.0f}", f"{other:.0f}"] for count, one, other in rows],
            ),
            report.table(["", "exponent"], [[what, f"{exponent(points):.2f}"] for what, points in courses.items()]),
        ]
    )
