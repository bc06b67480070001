"""Tables in Markdown, targets met and missed, and how busy the machine was meanwhile."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

QUIET = 0.15  # share of the processors that others may use before a part counts as noisy


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; all columns but the first to the right, where they are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def target(words: str, met: bool) -> str:
    """A line that says whether a target was met."""
    return f"- {'met' if met else '**missed**'}: {words}"


def machine() -> str:
    """Where and when this was measured."""
    return f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}."


def busy(seconds: float = 3.0) -> float | None:
    """The share of the processors in use while this process waits, so: by others."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return None
    first = _ticks(stat)
    time.sleep(seconds)
    second = _ticks(stat)
    total = sum(second) - sum(first)
    idle = sum(second[3:5]) - sum(first[3:5])
    return 1 - idle / total if total else 0.0


def _ticks(stat: Path) -> list[int]:
    return [int(field) for field in stat.read_text().splitlines()[0].split()[1:9]]


def noise(before: float | None, after: float | None) -> str:
    """How much of the machine others used before and after a part."""
    if before is None or after is None:
        return "How busy the machine was is not known."
    words = f"Other programs took {before:.0%} of the processors before this and {after:.0%} after it"
    return f"{words}: **noisy**." if max(before, after) > QUIET else f"{words}."
