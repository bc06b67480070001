"""Commands: ``data``, ``extract``, ``prove`` (tables and extracts from snapshots); ``detect``, ``renew``, ``accept``."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from partnership import ROOT
from publish.lock import in_this_folder
from refresh import accept, coverage, detect, impact, rebuild, renew, routes, snapshots

BUILD = ROOT / "_build"
ALONE = {"data": (BUILD,), "extract": (BUILD,), "renew": (renew.WORK,), "accept": (renew.WORK, BUILD)}
"""Folders that a command holds, so that no other changes what waits, nor a build reads tables that are being written. A
renewal writes no table: the book can be built while publishers are asked."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit code is 0 where all is as it should be, 1 where something differs, 2 on misuse."""
    parser = argparse.ArgumentParser(prog="python -m refresh", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("data", help="rebuild the derived tables from the extracts")
    command.add_argument("--check", action="store_true", help="write nothing, fail where a table would change")
    command = commands.add_parser("extract", help="take extracts from the snapshots and lock them")
    command.add_argument("source", nargs="*")
    command = commands.add_parser("prove", help="compare extracts with their snapshots")
    command.add_argument("source", nargs="*")
    command = commands.add_parser("renew", help="ask the publishers; what is new waits beside the book")
    command.add_argument("source", nargs="*", help="some of: " + ", ".join(routes.ROUTES))
    command.add_argument("--dry", action="store_true", help="compare and report, leave nothing behind")
    command.add_argument("--no-report", action="store_true", help="leave out the impact report")
    commands.add_parser("accept", help="put what waits in place, in one step")
    command = commands.add_parser("detect", help="ask only whether something is new; writes nothing")
    command.add_argument("source", nargs="*")
    options = parser.parse_args(arguments)
    with ExitStack() as alone:
        for folder in ALONE.get(options.command, ()):
            alone.enter_context(in_this_folder(folder))
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    if options.command == "renew":
        return _renew(options)
    if options.command == "accept":
        return accept.accept()
    if options.command == "detect":
        return detect.main(options.source)
    if options.command == "data":
        return _data(options.check)
    folder = snapshots()
    if folder is None:
        print("PARTNERSHIP_SNAPSHOTS names no folder: put the snapshots there", file=sys.stderr)
        return 2
    if options.command == "extract":
        for source in rebuild.take(folder, options.source, date.today().isoformat()):
            print(source)
        return 0
    return _prove(folder, options.source)


def _renew(options: argparse.Namespace) -> int:
    try:
        code, outcomes = renew.run(options.source, dry=options.dry)
    except KeyboardInterrupt:
        print(
            "\nBroken off. Nothing in data has changed; run again, it begins where cut files stopped.", file=sys.stderr
        )
        return 130
    if code == renew.WAITS and not options.dry and not options.no_report:
        impact.write(renew.WORK, outcomes)
    return code


def _data(check: bool) -> int:
    changed = rebuild.tables(write=not check)
    print(coverage.report())
    for line in changed:
        print(("differs: " if check else "written: ") + line)
    if folder := snapshots():
        return max(int(check and bool(changed)), _prove(folder, []))
    print("Snapshots are not at hand (PARTNERSHIP_SNAPSHOTS): extracts taken as they stand.")
    return int(check and bool(changed))


def _prove(folder: Path, names: list[str]) -> int:
    """A snapshot that is not at hand proves nothing, and is a failure only where its source was named."""
    failed = total = away = 0
    for source, wrong in rebuild.extracts(folder, names):
        total += 1
        if wrong:
            away += wrong.endswith(rebuild.ABSENT)
            failed += bool(names) or not wrong.endswith(rebuild.ABSENT)
            print(f"{source}: {wrong}")
    print(f"{total - failed - away * (not names)} of {total} extracts are what their snapshots say")
    for table, wrong in () if names else rebuild.in_place(folder):
        failed += bool(wrong) and not wrong.endswith(rebuild.ABSENT)
        print(f"{table}: {wrong or 'its rows are what the snapshot says'}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
