"""Has anything changed? One cheap question a source: a list of releases, a version, an ETag. Writes no table.

What was seen last lies in ``_build/refresh/seen.json``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import IO

from partnership.files import whole
from refresh import answers, fetch, lock, renew, routes

SEEN = "seen.json"


def detect(
    names: Iterable[str] = (),
    today: date | None = None,
    bring: renew.Bring | None = None,
    work: Path = renew.WORK,
    out: IO[str] = sys.stdout,
    among: Mapping[str, routes.Route] | None = None,
) -> tuple[int, list[str]]:
    """Ask all sources, or those named; return the exit code and the names of those that have changed."""
    among = dict(among or routes.ROUTES)
    if unknown := [name for name in names if name not in among]:
        print(f"no source {unknown[0]!r}; there are: {', '.join(among)}", file=out)
        return renew.MISUSE, []
    bring = bring or renew.over_the_network(work)
    today, path = today or date.today(), work / SEEN
    seen = _seen(path)
    changed, failed = [], False
    for name in names or [name for name, route in among.items() if not route.keys]:
        route = among[name]
        try:
            mark = _mark(route, bring, today)
        except (answers.Unexpected, fetch.FetchError) as error:
            print(f"{name}: did not answer. {error}", file=out)
            failed = True
            continue
        if seen.get(name) != mark:
            print(f"{name}: {'new' if name in seen else 'seen for the first time'}: {mark[:100]}", file=out)
            changed.append(name)
            seen[name] = mark
        else:
            print(f"{name}: as before", file=out)
    whole(path, json.dumps(seen, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return (renew.FAILED if failed else renew.WAITS if changed else renew.DONE), changed


def _seen(path: Path) -> dict[str, str]:
    """What was seen last; nothing where the file is missing or torn, so that every source counts as new."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _mark(route: routes.Route, bring: renew.Bring, today: date) -> str:
    """What tells a change: the publisher's own sign, or the hash of the answer where there is none."""
    if route.watch and route.signal:
        return route.signal(answers.look(bring(f"{route.name}/watch", route.watch(today))))
    parts = [
        lock.digest(answers.look(bring(f"{route.name}/{name}", request))) for name, request in route.ask(today).items()
    ]
    return " ".join(part[:16] for part in parts)


def main(names: list[str]) -> int:
    """Command: the exit code is 0 where nothing is new, 10 where something is, 30 where a source did not answer."""
    return detect(names)[0]
