"""All chapters, again and again under load: ``python -m bench.often [RUNS]``. A run counts when every chapter ran and none changed."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time

from bench.tools import ROOT


def busy() -> None:
    """Keep a processor busy."""
    while True:
        pass


def main(runs: int = 30) -> int:
    """Run, count, and tell what failed; the exit code is the number of runs that did."""
    load = [multiprocessing.Process(target=busy, daemon=True) for _ in range(os.cpu_count() or 1)]
    for process in load:
        process.start()
    failed, times = 0, []
    for number in range(1, runs + 1):
        start = time.perf_counter()
        command = [sys.executable, "-m", "publish.run", "--all"]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        times.append(time.perf_counter() - start)
        if result.returncode or "changed" in result.stdout:
            failed += 1
            print(result.stderr + result.stdout, flush=True)
        print(f"run {number}: {times[-1]:.1f} s, {failed} failed so far", flush=True)
    for process in load:
        process.terminate()
    print(f"{runs} runs beside {len(load)} busy processes, {failed} failed; median {sorted(times)[runs // 2]:.1f} s")
    return failed


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
