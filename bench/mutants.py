"""Does a test fail when a line is wrong? ``make mutants``.

Cosmic Ray changes one operator, number, comparison or decision of a module that carries the numbers. The quick tests that
run the changed line (as ``make coverage`` saw them, shortest first) are run on the change, in a fork of a process that
has the libraries loaded; no file is touched. Every place gets one change, chosen by chance. A change that no test sees is
printed unless ``bench/mutants.yml`` tells why nobody can see it.

``python -m bench.mutants [MODULE …] [--sample 60] [--seed 1]``, after ``python -m bench.mutants --cover``
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import functools
import importlib.machinery
import json
import math
import os
import random
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from coverage import CoverageData

from bench.tools import ROOT

MODULES = ["data", "measures", "claims", "prose", "statements", "vocabulary", "series", "formula", "citation"]
SPACE = ROOT / "_build" / ".mutants"
COVERED, LASTED = SPACE / "coverage", SPACE / "lasted.json"
EXPLAINED = Path(__file__).with_suffix(".yml")
QUICK = [
    "-q",
    "--assert=plain",
    "-o",
    "addopts=",
    "-p",
    "no:cacheprovider",
    "-m",
    "not faults",
    "--doctest-modules",
]
SUBJECTS = ["citation", "claims", "formula", "measures", "prose", "tables", "vocabulary"]
WHERE = [f"partnership/{module}.py" for module in MODULES] + [f"tests/test_{subject}.py" for subject in SUBJECTS]
"""The examples of the modules, and the tests that are about them; others see some of the changes, and much later."""
AT_MOST = 15.0
"""Seconds of processor for one change, as its tests took them when nothing was changed."""
LIMIT = 120
"""Seconds after which a change counts as seen: something no longer ends."""


# -- what may be changed --------------------------------------------------------------------------


@dataclass(frozen=True)
class Mutant:
    """One change of one module."""

    module: str
    operator: str
    occurrence: int
    line: int

    @functools.cached_property
    def code(self) -> str:
        """The changed module."""
        made = mutate_code(_source(self.module), plugins.get_operator(self.operator)(), self.occurrence)
        assert made is not None
        return made

    @property
    def change(self) -> tuple[str, str]:
        """The line as it is and as it becomes."""
        old, new = (text.splitlines()[self.line - 1].strip() for text in (_source(self.module), self.code))
        return old, new


def _path(module: str) -> Path:
    return ROOT / "partnership" / f"{module}.py"


@functools.cache
def _source(module: str) -> str:
    return _path(module).read_text("utf-8")


def _idle(node: Any) -> bool:
    """Whether a node is no operator but a star of ``**options``, or stands in an annotation, which nothing evaluates."""
    if node.type == "operator" and node.value in ("*", "**") and node.parent.type not in ("term", "power"):
        return True
    while above := node.parent:
        if above.type in ("tfpdef", "annassign") and node in above.children[1:3]:
            return above.type == "tfpdef" or node is above.children[1]
        if above.type == "funcdef" and node is above.annotation:
            return True
        node = above
    return False


def mutants(module: str, seed: int) -> list[Mutant]:
    """One change for each place of a module and each kind of operator, chosen by chance, in the order of the lines."""
    nodes = list(ast_nodes(get_ast(_source(module))))
    places: dict[tuple[Any, str], list[Mutant]] = defaultdict(list)
    for name in sorted(plugins.operator_names()):
        kind = plugins.get_operator(name)
        if kind.arguments():
            continue
        spots = ((node, start) for node in nodes for start, _ in kind().mutation_positions(node))
        for occurrence, (node, start) in enumerate(spots):
            if not _idle(node):
                places[start, name.split("_")[0]].append(Mutant(module, name, occurrence, start[0]))
    chance = random.Random(f"{seed} {module}")
    return [chance.choice(places[place]) for place in sorted(places)]


# -- which tests run a line -----------------------------------------------------------------------


class _Watch:
    """How long each test lasts, in seconds of processor, its fixtures included."""

    def __init__(self) -> None:
        self.lasted: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        since = time.process_time()
        result = yield
        self.lasted[item.nodeid] = time.process_time() - since
        return result


def cover() -> int:
    """Run the quick tests, and keep which test ran which line and how long it took."""
    SPACE.mkdir(parents=True, exist_ok=True)
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(SPACE / "pyc")
    os.environ["COVERAGE_FILE"] = str(COVERED)
    watch = _Watch()
    wanted = [*(f"--cov=partnership.{module}" for module in MODULES), "--cov-branch", "--cov-context=test"]
    wanted += ["--cov-report=term-missing"]
    code = int(pytest.main([*QUICK, *WHERE, *wanted], plugins=[watch]))
    LASTED.write_text(json.dumps(watch.lasted), "utf-8")
    return code


@functools.cache
def _lasted() -> dict[str, float]:
    found: dict[str, float] = json.loads(LASTED.read_text("utf-8"))
    return found


@functools.cache
def _contexts(module: str) -> dict[int, set[str]]:
    """The tests that ran each line of a module."""
    seen = CoverageData(str(COVERED))
    seen.read()
    found = seen.contexts_by_lineno(str(_path(module)))
    return {line: {name.rpartition("|")[0] for name in names if name} for line, names in found.items()}


@functools.cache
def _blocks(module: str) -> list[tuple[int, int]]:
    """First and last line of each statement (of its head, if it holds others) and each function, the innermost first."""
    found = []
    for node in ast.walk(ast.parse(_source(module))):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = node.end_lineno or node.lineno
            found.append((node.lineno, max(node.lineno, body[0].lineno - 1) if body else last))
            if isinstance(node, ast.FunctionDef):
                first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                found.append((first, last))
    return sorted(found, key=lambda block: block[1] - block[0])


def tests(mutant: Mutant) -> list[str]:
    """The tests that run the changed line, or its function or module if it runs at import; then their neighbours.

    The shortest come first. The neighbours, of the same files, may run the line too: what is kept in a cache was seen to run
    in the first test that asked for it.
    """
    contexts, lasted = _contexts(mutant.module), _lasted()
    for first, last in [*(b for b in _blocks(mutant.module) if b[0] <= mutant.line <= b[1]), (0, sys.maxsize)]:
        found = {name for line, names in contexts.items() if first <= line <= last for name in names} & lasted.keys()
        if found:
            break
    files = {name.partition("::")[0] for name in found}
    near = {name for name in lasted if name.partition("::")[0] in files}
    chosen, total = [], 0.0
    for name in sorted(near, key=lambda name: (name not in found, lasted[name], name)):
        total += lasted[name]
        if total > AT_MOST and chosen:
            break
        chosen.append(name)
    return chosen


# -- one change under test ------------------------------------------------------------------------


def warm() -> None:
    """Load the libraries that the tests need, and nothing of this repository."""
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(SPACE / "pyc")
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        pytest.main([*QUICK, *WHERE, "--collect-only"])
    forget()


def forget() -> None:
    """Drop the modules of this repository, so that a fork imports them anew."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        inside = file.startswith(f"{ROOT}/") and "site-packages" not in file
        if name != __name__ and inside and not file.startswith(f"{ROOT}/bench/"):
            del sys.modules[name]


def _try(mutant: Mutant | None, chosen: list[str], place: str) -> int:
    """In a fork: put the changed module in the place of its file, and run the tests until one fails."""
    if mutant:
        path, changed = str(_path(mutant.module)), compile(mutant.code, str(_path(mutant.module)), "exec")
        usual = importlib.machinery.SourceFileLoader.get_code

        def get_code(self: Any, name: str) -> Any:
            return changed if self.path == path else usual(self, name)

        importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]
    return int(pytest.main([*QUICK, "-x", f"--basetemp={SPACE / place}", *chosen]))


def _start(mutant: Mutant | None, chosen: list[str], place: str) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        signal.alarm(LIMIT if mutant else 10 * LIMIT)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        code = _try(mutant, chosen, place)
    finally:
        os._exit(code)


def run(chosen: Iterable[Mutant], jobs: int) -> Iterator[tuple[Mutant, bool, float]]:
    """Each change with whether a test failed, and the seconds it took; a change whose line no test runs lives on."""
    waiting = list(chosen)[::-1]
    unchanged = _start(None, sorted({name for mutant in waiting for name in tests(mutant)}), "tmp")
    if os.waitpid(unchanged, 0)[1]:
        raise SystemExit("These tests fail though nothing is changed: what they tell of changes is worth nothing.")
    running, places = dict[int, tuple[Mutant, float, str]](), {f"tmp-{number}" for number in range(jobs)}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            if picked := tests(mutant):
                place = places.pop()
                running[_start(mutant, picked, place)] = mutant, time.monotonic(), place
            else:
                yield mutant, False, 0.0
        if running:
            child, status = os.wait()
            mutant, since, place = running.pop(child)
            places.add(place)
            yield mutant, os.waitstatus_to_exitcode(status) != 0, time.monotonic() - since


# -- the account ----------------------------------------------------------------------------------


def explained() -> dict[str, list[dict[str, str]]]:
    """By module: the line, the part of it of which no change can be seen, and why."""
    entries: dict[str, list[dict[str, str]]] = yaml.safe_load(EXPLAINED.read_text("utf-8"))
    return entries


def told(mutant: Mutant, entries: Iterable[dict[str, str]]) -> bool:
    """Whether the change lies in a part of its line that is explained."""
    old, new = mutant.change
    first = next((at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), 0)
    behind = next((at for at, (one, two) in enumerate(zip(old[::-1], new[::-1], strict=False)) if one != two), 0)
    for entry in entries:
        at = old.find(entry["part"])
        if entry["line"] == old and at <= first and len(old) - behind <= at + len(entry["part"]):
            return True
    return False


def interval(killed: int, tried: int, places: int) -> tuple[float, float]:
    """Wilson's 95 per cent interval of a share, narrower the more of all places were tried."""
    if tried in (0, places):
        return (killed / tried,) * 2 if tried else (0.0, 1.0)
    share, z = killed / tried, 1.96 * math.sqrt((places - tried) / max(places - 1, 1))
    middle = (share + z * z / (2 * tried)) / (1 + z * z / tried)
    half = z / (1 + z * z / tried) * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried))
    return middle - half, middle + half


def main(arguments: list[str] | None = None) -> int:
    """Print what lives on, and one line a module."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutants")
    parser.add_argument("modules", nargs="*", default=MODULES, help=", ".join(MODULES))
    parser.add_argument(
        "--cover", action="store_true", help="run the quick tests and keep which line each of them runs"
    )
    parser.add_argument("--sample", type=int, default=0, help="changes of each module, by chance; all if left out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="changes of lines that hold this text")
    asked = parser.parse_args(arguments)
    if asked.cover:
        return cover()
    if not LASTED.exists():
        parser.error("make coverage comes first")
    warm()
    known, lines, alive = explained(), [], 0
    for module in asked.modules:
        every = mutants(module, asked.seed)
        if asked.only:
            every = [each for each in every if asked.only in each.change[0]]
        chosen = every
        if asked.sample and asked.sample < len(every):
            chosen = random.Random(f"{asked.seed} {module} sample").sample(every, asked.sample)
        killed = excused = 0
        for mutant, seen, seconds in run(chosen, asked.jobs):
            killed += seen
            if not seen and told(mutant, known.get(module, [])):
                excused += 1
            elif not seen:
                alive += 1
                print(f"{module}.py:{mutant.line} {mutant.operator.removeprefix('core/')}, {seconds:.0f} s")
                print("  - {}\n  + {}".format(*mutant.change), flush=True)
        low, high = interval(killed, len(chosen), len(every))
        lines.append(
            f"{module:11} {len(every):4} places, {len(chosen):4} tried, {killed:4} killed"
            f" ({100 * killed / max(len(chosen), 1):.0f} %, {100 * low:.0f} to {100 * high:.0f}), {excused} explained"
        )
        print(lines[-1], flush=True)
    print("\n" + "\n".join(lines))
    return int(alive > 0)


if __name__ == "__main__":
    sys.exit(main())
