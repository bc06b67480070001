"""Minutes, memory and storage of a fresh clone, for REPLICATION.md. Run as ``python -m bench.footprint [STEP …]``.

Memory is what the step's processes hold together (proportional set size), looked at twice a second.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from bench import report
from partnership import ROOT
from publish.edition.replication import FOOTPRINT

STEPS = ("book", "pdf", "test")
MAKE = ("make", "-s", "-o", ".venv/.ok", "-o", "browser")  # packages come from a registry: not measured


def main() -> None:
    """Measure the steps named, or all, in a clone; keep what is known of the others."""
    told: dict[str, Any] = yaml.safe_load(FOOTPRINT.read_text("utf-8")) if FOOTPRINT.exists() else {}
    before = report.busy()
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "book"
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        (clone / ".venv").symlink_to((ROOT / ".venv").resolve())
        for name in sys.argv[1:] or STEPS:
            minutes, memory = measure([*MAKE, name], clone)
            told[name] = {"command": f"make {name}", "minutes": minutes, "memory": memory}
        held = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        told["repository"] = megabytes(ROOT / name for name in held.split("\0") if name)
        told["environment"] = megabytes((ROOT / ".venv").resolve().rglob("*"))
        told["site"] = megabytes((clone / "_build" / "html").rglob("*"))
    told["machine"] = f"{os.cpu_count()} processors, Linux, Python {platform.python_version()}"
    told["others"] = report.noise(before, report.busy())
    FOOTPRINT.write_text("# Measured by: python -m bench.footprint\n" + yaml.safe_dump(told, sort_keys=True), "utf-8")


def measure(arguments: list[str], clone: Path) -> tuple[float, int]:
    """Minutes and peak memory (MB) of a command."""
    start, peak = time.monotonic(), 0
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(arguments, cwd=clone, stdout=quiet, env=os.environ | {"PYTHONPATH": str(clone)})
    while running.poll() is None:
        peak = max(peak, sum(map(held, family(running.pid))))
        time.sleep(0.5)
    if running.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {running.returncode}")
    return round((time.monotonic() - start) / 60, 1), round(peak / 1024)


def family(root: int) -> list[int]:
    """A process and all below it."""
    parents = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(place.name)] = int((place / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it has ended
    found = [root]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def held(process: int) -> int:
    """Kilobytes that a process holds; nothing if it has ended."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def megabytes(paths: Any) -> int:
    """Size of files."""
    return round(sum(path.stat().st_size for path in paths if path.is_file()) / 1e6)


if __name__ == "__main__":
    main()
