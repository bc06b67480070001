"""``make refresh``: ask, read, check, compare, refuse, and lay the result beside the book; nothing in ``data`` changes.

What a run finds lies in ``_build/refresh``: ``data`` (a whole copy of the tables with the new figures in), ``report.html``
and ``report.md`` (the impact), ``state.json`` (what was asked and came). ``make accept`` puts it in place in one step.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

import pandas as pd

from partnership import ROOT
from partnership.files import whole
from refresh import (
    DATA,
    EXTRACTS,
    answers,
    compare,
    derive,
    extract,
    fetch,
    frames,
    lock,
    refuse,
    routes,
)
from refresh.publishers import Request

WORK = ROOT / "_build" / "refresh"
DONE, WAITS, REFUSED, FAILED, MISUSE = 0, 10, 20, 30, 2
"""Exit codes: nothing new; changes wait for a person; the rules refuse them; a source did not answer; wrong call."""

Bring = Callable[[str, Request], bytes]


@dataclass
class Outcome:
    """What came of one route."""

    route: str
    state: str = "same"
    """same, changed, refused, failed or skipped"""
    message: str = ""
    source: str = ""
    tables: dict[str, dict] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    asked: int = 0

    @property
    def code(self) -> int:
        """Exit code of the route."""
        return {"same": DONE, "skipped": DONE, "changed": WAITS, "refused": REFUSED, "failed": FAILED}[self.state]


def over_the_network(work: Path = WORK, progress: IO[str] | None = None) -> Bring:
    """Bring answers over the network, cut ones taken up again."""

    def bring(name: str, request: Request) -> bytes:
        part = work / "parts" / f"{name.replace('/', '-')}.part"
        answer = fetch.bring(name, request, part=part, progress=progress)
        assert answer is not None  # no ETag was given
        return answer.raw

    return bring


def renew(route: routes.Route, bring: Bring, stage: Path, today: date) -> Outcome:
    """Take one route into the copy of the tables; the copy stays as it was where anything is wrong.

    Parameters
    ----------
    route : Route
        What to ask and how to read it.
    bring : callable
        How to get the bytes of a request.
    stage : path
        A copy of ``data``.
    today : date
        The day of the run.
    """
    outcome = Outcome(route.name, source=route.source)
    try:
        came, asked = _ask(route, bring, today, outcome)
        held = extract.load(route.source, stage / EXTRACTS.name)
        taken = route.take(came, held)
        _sound(taken, held, route.grows)
        edition = route.edition(came) if route.edition else None
        published = edition.published if edition else route.published(came) if route.published else ""
    except (answers.Unexpected, fetch.FetchError) as error:
        return _fail(outcome, error)
    except derive.UNFIT as error:
        return _fail(
            outcome, answers.Unexpected(f"an answer that the reader does not know ({type(error).__name__}: {error})")
        )
    _judge(route, outcome, taken, edition, stage)
    if outcome.state == "changed":
        try:
            _write(route, outcome, taken, published, came, asked, stage, today)
        except ValueError as error:
            outcome.state, outcome.tables = "refused", {}
            outcome.refused.append(str(error))
    if outcome.state == "changed" and published:
        _register(route, outcome.source, published, stage, today, asked)
    return outcome


def _ask(
    route: routes.Route, bring: Bring, today: date, outcome: Outcome
) -> tuple[dict[str, bytes], dict[str, Request]]:
    came: dict[str, bytes] = {}
    asked: dict[str, Request] = {}
    for questions in (route.ask(today), None):
        for name, request in (questions if questions is not None else routes.second(route, came)).items():
            outcome.asked += 1
            asked[name] = request
            try:
                came[name] = answers.look(bring(f"{route.name}/{name}", request))
            except answers.Unexpected as error:
                raise answers.Unexpected(f"{error.what} (asked: {fetch.shown(request.address)})", error.todo) from None
    return came, asked


def _sound(taken: pd.DataFrame, held: pd.DataFrame, grows: str) -> None:
    """The new extract has the columns of the old one, and more only where a period is a column; it is not empty."""
    due = [name for name in taken if name in held or not (grows and re.fullmatch(grows, name))]
    if due != list(held.columns):
        raise answers.Unexpected(f"columns {', '.join(taken.columns)} where {', '.join(held.columns)} are due")
    if taken.empty:
        raise answers.Unexpected("no rows that the book needs")


def _fail(outcome: Outcome, error: Exception) -> Outcome:
    outcome.state = "failed"
    outcome.message = str(error) if isinstance(error, fetch.FetchError) else f"{outcome.route}: {error}"
    return outcome


def _judge(
    route: routes.Route, outcome: Outcome, taken: pd.DataFrame, edition: routes.Edition | None, stage: Path
) -> None:
    """Rebuild the tables with the new extract and apply the rules of their kinds."""
    outcome.source = edition.source if edition else route.source
    held = stage / EXTRACTS.name / f"{outcome.source}.csv"
    if edition and held.exists():  # a publication does not change
        if frames.text(taken) != held.read_text("utf-8"):
            outcome.state = "refused"
            outcome.refused.append(f"{outcome.source} is here already with other values; a vintage is never touched")
        return
    for table in route.tables:
        key = [name for name in derive.key(table, stage) if name != "source_id"]
        try:
            old, new = _rows(table, route, taken, edition, stage)
            found, verdict = refuse.judge(table, old, new, key)
        except ValueError as error:
            outcome.refused.append(f"{table}: {str(error).removeprefix(f'{table}: ')}")
            continue
        if edition:
            _vintage(table, old, new, key, outcome)
            continue
        outcome.shown += verdict.shown
        outcome.refused += verdict.refused
        if found:
            outcome.tables[table] = _counts(found)
    outcome.state = "refused" if outcome.refused else ("changed" if outcome.tables else "same")


def _vintage(table: str, old: pd.DataFrame, new: pd.DataFrame, key: list[str], outcome: Outcome) -> None:
    """A new vintage stands beside the old one: what it revises is for a person to see, not to be refused."""
    found = compare.difference(old, new, key)
    if not found:
        return
    if len(found.withdrawn) > 0.05 * len(old):
        outcome.refused.append(
            f"{table}: the new vintage lacks {len(found.withdrawn)} of {len(old)} cells of the last one"
        )
    moved = [cell.change for cell in found.revised if cell.column == "value" and cell.change is not None]
    far = [change for change in moved if not 1 / refuse.JUMP < change + 1 < refuse.JUMP]
    if len(far) > len(moved) / 2:
        outcome.refused.append(
            f"{table}: {len(far)} of {len(moved)} values that the new vintage revises are more than {refuse.JUMP:.0f} "
            f"times, or less than a {refuse.JUMP:.0f}th of, the old ones: has the unit changed?"
        )
    outcome.tables[table] = _counts(found) | {"vintage": True}
    large = sorted(
        (cell for cell in found.revised if cell.change is not None and abs(cell.change) > refuse.LARGE),
        key=lambda cell: -abs(cell.change or 0),
    )
    outcome.shown += [
        f"{table} {' '.join(cell.key)} {cell.column}: {cell.old} → {cell.new} ({cell.change:+.1%})" for cell in large
    ]


def _counts(found: compare.Difference) -> dict:
    return {
        "added": len(found.added),
        "withdrawn": len(found.withdrawn),
        "revised": len(found.revised),
        "noise": found.noise,
    }


def _rows(
    table: str, route: routes.Route, taken: pd.DataFrame, edition: routes.Edition | None, stage: Path
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of the source before and after, without the name of the vintage."""
    names = derive.sources(table, stage)
    extracts = {source: extract.load(source, stage / EXTRACTS.name) for source in names}
    before = derive.rows(table, extracts, stage)
    after = derive.rows(table, extracts | {route.source: taken}, stage)
    if "source_id" in before:
        last = _last_vintage(route, names) if edition else route.source
        before, after = before[before["source_id"] == last], after[after["source_id"] == route.source]
    dropped = [name for name in ("source_id", "published") if edition and name in before]
    return before.drop(columns=dropped), after.drop(columns=dropped)


def _last_vintage(route: routes.Route, names: tuple[str, ...]) -> str:
    """The newest vintage at hand: of the family of the route's own, else the one after which it is modelled."""
    return max((name for name in names if name.startswith(route.family)), default=route.source)


def _write(
    route: routes.Route,
    outcome: Outcome,
    taken: pd.DataFrame,
    published: str,
    came: Mapping[str, bytes],
    questions: Mapping[str, Request],
    stage: Path,
    today: date,
) -> None:
    """Put extract, lock and tables into the copy, and keep the answers; the copy stays as it was if a table cannot be made."""
    source, folder = outcome.source, stage / EXTRACTS.name
    extracted = folder / f"{source}.csv"
    before = extracted.read_text("utf-8") if extracted.exists() else None
    whole(extracted, frames.text(taken))
    try:
        tables = {table: derive.rebuild(table, folder=stage) for table in route.tables}
    except ValueError:
        extracted.unlink()
        if before is not None:
            whole(extracted, before)
        raise
    entries = lock.read(folder)
    for old in [mark for mark in entries if mark[0] == source]:
        del entries[old]
    for name, raw in came.items():
        address = fetch.shown(questions[name].address)
        lock.lock(
            entries,
            source,
            f"refreshed/{source}/{name}",
            raw,
            today.isoformat(),
            address,
            published,
        )
        kept = stage.parent / "snapshots" / "refreshed" / source / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(raw)
    whole(folder / lock.NAME, lock.text(entries))
    for table, text in tables.items():
        whole(stage / f"{table}.csv", text)


def _register(
    route: routes.Route, source: str, published: str, stage: Path, today: date, questions: Mapping[str, Request]
) -> None:
    """Enter a source whose figures are all the publisher's own now."""
    register = derive.stored("sources", stage)
    row = register[register["id"] == route.source].iloc[0].to_dict()
    row |= {
        "id": source,
        "published": published,
        "accessed": today.isoformat(),
        "tier": "D" if row["tier"] == "D" else "A",  # an estimate stays one
        "publisher": route.publisher or row["publisher"],
        "address": next(iter(questions.values())).address,
        "licence": route.licence or row["licence"],
        "title": route.title or row["title"],
        "note": route.note,  # the row's own tells of its carrier
    }
    renewed = pd.concat([register[register["id"] != source], pd.DataFrame([row])], ignore_index=True)
    whole(stage / "sources.csv", frames.text(derive.ordered(renewed, "sources", stage)))


# -- a run ----------------------------------------------------------------------------------------


def run(
    names: Iterable[str] = (),
    today: date | None = None,
    bring: Bring | None = None,
    work: Path = WORK,
    data: Path = DATA,
    out: IO[str] = sys.stdout,
    dry: bool = False,
    among: Mapping[str, routes.Route] | None = None,
    check: bool = True,
) -> tuple[int, list[Outcome]]:
    """Take all routes, or those named; return the exit code and what came of each.

    The copy of the tables is made anew each time, so a run can be broken off and repeated. What an earlier run found waits
    until another one has something to put in its place. ``dry`` compares and reports, and leaves no copy behind.
    """
    among = dict(among or routes.ROUTES)
    if unknown := [name for name in names if name not in among]:
        print(f"no source {unknown[0]!r}; there are: {', '.join(among)}", file=out)
        return MISUSE, []
    today = today or date.today()
    bring = bring or over_the_network(work, fetch.screen())
    chosen = [among[name] for name in names] if names else [route for route in among.values() if not _superseded(route)]
    trial = work / "trial"
    try:
        return _tried(chosen, bring, today, work, data, trial, out, dry, check)
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def _tried(
    chosen: list[routes.Route],
    bring: Bring,
    today: date,
    work: Path,
    data: Path,
    trial: Path,
    out: IO[str],
    dry: bool,
    check: bool,
) -> tuple[int, list[Outcome]]:
    """Take routes into a copy of the tables that is made for it, and put the copy where it waits."""
    stage = trial / "data"
    shutil.rmtree(trial, ignore_errors=True)
    shutil.copytree(data, stage)
    before, began, outcomes = _digest(data), time.monotonic(), []
    for number, route in enumerate(chosen, 1):
        spent = time.monotonic() - began
        left = f", about {spent / (number - 1) * (len(chosen) - number + 1):.0f} s left" if number > 1 else ""
        print(f"[{number}/{len(chosen)}{left}] {route.name}: {route.publisher}", file=out)
        outcome = renew(route, bring, stage, today)
        outcomes.append(outcome)
        print(_said(outcome), file=out)
    code = max([outcome.code for outcome in outcomes], default=DONE)
    if check and any(outcome.state == "changed" for outcome in outcomes):
        code = _checked(stage, outcomes, out, code, today)
    if _digest(data) != before:
        raise RuntimeError("data changed during the run: run again")
    waits = any(outcome.state == "changed" for outcome in outcomes) and code != REFUSED
    if waits and not dry:
        state = {"day": today.isoformat(), "data": before, "new": _digest(stage), "outcomes": [asdict(outcome) for outcome in outcomes]}  # fmt: skip
        _clear(work)
        for folder in trial.iterdir():
            folder.rename(work / folder.name)
        whole(work / "state.json", json.dumps(state, ensure_ascii=False, indent=1) + "\n")
        print("Changes wait: look at _build/refresh/report.html, then `make accept`, or do nothing.", file=out)
    elif (work / "data").is_dir():
        print("What an earlier run found waits as before.", file=out)
    return code, outcomes


def _superseded(route: routes.Route) -> bool:
    """Whether another route for the same source has the key that this one lacks, or needs none."""
    if route.keys:
        return not all(os.environ.get(key) for key in route.keys)
    rivals = [other for other in routes.ROUTES.values() if other.source == route.source and other.keys]
    return any(all(os.environ.get(key) for key in rival.keys) for rival in rivals)


def _clear(work: Path) -> None:
    """Take away what an earlier run left; parts of cut answers stay."""
    for name in ("data", "snapshots"):
        shutil.rmtree(work / name, ignore_errors=True)
    for name in ("state.json", "report.html", "report.md"):
        (work / name).unlink(missing_ok=True)


def _digest(folder: Path) -> str:
    """One hash over all files of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return lock.digest(
        b"".join(f"{path.relative_to(folder)} {lock.digest(path.read_bytes())}\n".encode() for path in files)
    )


def _checked(stage: Path, outcomes: list[Outcome], out: IO[str], code: int, today: date) -> int:
    """Schema and rules of the field, on the copy."""
    from checks import accounts
    from partnership import data

    package = stage / accounts.WHOLE
    text = package.read_text("utf-8")
    made = re.search(r"^created: [\"']?(\d{4}-\d{2}-\d{2})", text, re.MULTILINE)
    if made and made[1] < today.isoformat():  # nothing may have been read after the package was made
        whole(package, text.replace(made[1], today.isoformat(), 1))
    try:
        accounts.update(stage)
    except data.TableError as error:
        for outcome in outcomes:
            if outcome.state == "changed":
                outcome.state, outcome.refused = "refused", error.problems[:10]
        print(f"The tables with the new figures break a rule, nothing waits:\n{error}", file=out)
        return max(code, REFUSED)
    return code


def _said(outcome: Outcome) -> str:
    if outcome.state == "failed":
        return f"  did not come. {outcome.message}"
    if outcome.state == "refused":
        return "\n".join(f"  refused: {line}" for line in outcome.refused[:5])
    if outcome.state == "same":
        return "  nothing new"
    lines = [
        f"  {table}: {counts['added']} rows added, {counts['revised']} cells revised, {counts['withdrawn']} withdrawn"
        for table, counts in outcome.tables.items()
    ]
    return "\n".join(lines + [f"  look: {line}" for line in outcome.shown[:3]])
