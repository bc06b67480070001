"""Run the measurements; all of them are also written to _build/bench.md. Run as ``python -m bench [PART …]``.

docs/speed.md tells what was measured for the edition, from that file and from parts run again; docs/growth.svg is the
drawing beside it.
"""

from __future__ import annotations

import argparse
import importlib
import sys

from bench import report, tools

PARTS = ["weight", "speed", "choice", "build", "growth", "lighthouse", "markup"]


def main() -> int:
    """Measure the parts asked for, or all; what cannot be measured here is said, not failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all if none is given")
    parts = parser.parse_args().parts or PARTS
    if unknown := sorted(set(parts) - set(PARTS)):
        parser.error(f"no such part: {', '.join(unknown)}")
    sections = [report.machine()]
    for name in parts:
        part = importlib.import_module(f"bench.{name}")
        print(f"… {name}", file=sys.stderr, flush=True)
        before = report.busy()
        try:
            text = part.measure()
        except tools.Missing as reason:
            text = f"Not measured: {reason}."
        sections.append(f"## {part.TITLE}\n\n{report.noise(before, report.busy())}\n\n{text}")
        print(sections[-1] + "\n", flush=True)
    if parts == PARTS:
        (tools.ROOT / "_build" / "bench.md").write_text("# Measurements\n\n" + "\n\n".join(sections) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
