"""Every fault on every interface where it can happen: a clear message and nothing written, or the right figures."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from datetime import date
from functools import cache

import faults
import loopback
import pytest

from refresh import DATA, EXTRACTS, derive, fetch, renew, routes

TODAY = date(2026, 12, 2)
NAMES = list(loopback.MADE)
QUICK = [("brent", "month"), ("china-months", "month")]
"""Interfaces on which every fault of the way is tried in each run; the others follow in `make faults`."""
TRIED: dict[str, int] = {"tried": 0, "refused": 0, "survived": 0}


@pytest.fixture(scope="module")
def server():
    with loopback.serving() as found:
        yield found


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """The tables of all routes and what they are derived from; other tables are left out, to be quick."""
    folder = tmp_path_factory.mktemp("stage") / "data"
    folder.mkdir()
    tables = {table for name in NAMES for table in routes.ROUTES[name].tables} | {"sources", "countries"}
    for table in tables:
        shutil.copy(DATA / f"{table}.csv", folder)
    shutil.copy(DATA / "datapackage.json", folder)
    (folder / EXTRACTS.name).mkdir()
    for source in {source for table in tables for source in derive.sources(table)}:
        if (EXTRACTS / f"{source}.csv").exists():
            shutil.copy(EXTRACTS / f"{source}.csv", folder / EXTRACTS.name)
    shutil.copy(EXTRACTS / "lock.csv", folder / EXTRACTS.name)
    return folder


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(fetch, "TIMEOUT", (1.0, 0.4))


def bring(part=None):
    waits = []

    def ask(name, request):
        short = replace(request, deadline=0.5, largest=min(request.largest, 3_000_000))
        answer = fetch.bring(name, short, wait=waits.append, part=part)
        assert answer is not None
        return answer.raw

    return ask, waits


def prepare(server, name):
    """Put the good answers of a route on the server; return the route there and the path of each question."""
    base = f"http://127.0.0.1:{server.server_port}"
    route = routes.at(routes.ROUTES[name], base)
    made = loopback.good(name)
    questions = dict(route.ask(TODAY))
    server.answers, server.faults, server.counts = {}, {}, {}
    paths = {}
    for question, raw in made.items():
        if question in questions:
            paths[question] = questions[question].address.removeprefix(base).partition("?")[0]
        else:  # asked only after another answer
            paths[question] = "/api/access/datafile/7"
        server.answers[paths[question]] = raw
    return route, paths


@cache
def as_made(stage):
    """The hash of the tables before anybody asked: each test leaves them as it found them, or makes a copy."""
    return renew._digest(stage)


def moved(route, base):
    """Questions that follow from an answer go to the server as well."""
    return routes.at(route, base)


def renewed(server, name, stage, fault=None, question=None, part=None, monkeypatch=None):
    route, paths = prepare(server, name)
    if fault:
        server.faults[paths[question]] = fault
    base = f"http://127.0.0.1:{server.server_port}"
    ask, waits = bring(part)

    def at_home(asked, request):
        if not request.address.startswith(base):
            request = routes.at(replace(route, ask=lambda today: {"one": request}, watch=None), base).ask(TODAY)["one"]
        return ask(asked, request)

    return renew.renew(route, at_home, stage, TODAY), waits


def refused(server, name, stage, fault, question):
    before = as_made(stage)
    outcome, _ = renewed(server, name, stage, fault, question)
    TRIED["tried"] += 1
    assert outcome.state in ("failed", "refused"), f"{outcome.state}: {outcome.tables}"
    told = outcome.message or "\n".join(outcome.refused)
    assert len(told) > 20 and (name in told or any(table in told for table in routes.ROUTES[name].tables)), told
    if outcome.state == "failed":
        assert ";" in told or "what to do:" in told, told
    assert renew._digest(stage) == before
    TRIED["refused"] += 1


@pytest.mark.parametrize("name", NAMES)
def test_a_good_answer_adds_its_period(server, stage, tmp_path, name, quick):
    copy = tmp_path / "data"
    shutil.copytree(stage, copy)
    outcome, _ = renewed(server, name, copy)
    assert outcome.state == "changed", outcome
    counts = [outcome.tables[table] for table in routes.ROUTES[name].tables]
    assert all(count["added"] >= 1 and not count["withdrawn"] for count in counts)
    for table in routes.ROUTES[name].tables:
        assert derive.rebuild(table, folder=copy) == (copy / f"{table}.csv").read_text("utf-8")
    again, _ = renewed(server, name, copy)
    assert again.state == "same", again


@pytest.mark.parametrize("fault", faults.WAY)
@pytest.mark.parametrize(("name", "question"), QUICK)
def test_fault_of_the_way_is_told_and_nothing_is_written(server, stage, quick, name, question, fault):
    refused(server, name, stage, faults.WAY[fault], question)


@pytest.mark.slow
@pytest.mark.faults
@pytest.mark.parametrize("fault", faults.WAY)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in dict(QUICK)])
def test_fault_of_the_way_on_the_other_interfaces(server, stage, quick, name, fault):
    for question in loopback.good(name):
        refused(server, name, stage, faults.WAY[fault], question)


@pytest.mark.parametrize(
    ("name", "question", "fault"),
    [
        (name, question, fault)
        for name in NAMES
        for question in loopback.good(name)
        for fault in faults.of(name, question)
    ],
)
def test_fault_of_the_answer_is_told_and_nothing_is_written(server, stage, quick, name, question, fault):
    refused(server, name, stage, faults.of(name, question)[fault], question)


@pytest.mark.parametrize("fault", faults.SURVIVED)
@pytest.mark.parametrize("name", ["brent", "china-months"])
def test_what_passes_is_survived(server, stage, tmp_path, quick, name, fault):
    copy = tmp_path / "data"
    shutil.copytree(stage, copy)
    good, _ = renewed(server, name, copy)
    clean = renew._digest(copy)
    shutil.rmtree(copy)
    shutil.copytree(stage, copy)
    outcome, waits = renewed(server, name, copy, faults.SURVIVED[fault], "month", part=tmp_path / "one.part")
    TRIED["tried"] += 1
    assert outcome.state == good.state == "changed", outcome.message
    assert renew._digest(copy) == clean
    assert waits or "packed" in fault
    assert all(0 < wait <= fetch.LONGEST_WAIT for wait in waits)
    TRIED["survived"] += 1


@pytest.mark.parametrize("fault", faults.LINES_SURVIVED)
@pytest.mark.parametrize("name", ["brent"])
def test_other_spellings_of_the_same_answer_are_the_same(server, stage, tmp_path, quick, name, fault):
    question = {"brent": "month", "ofac-panel": "panel"}[name]
    copy = tmp_path / "data"
    shutil.copytree(stage, copy)
    outcome, _ = renewed(server, name, copy, loopback.changed(faults.LINES_SURVIVED[fault]), question)
    TRIED["tried"] += 1
    assert outcome.state == "changed", outcome
    table = routes.ROUTES[name].tables[0]
    plain = tmp_path / "plain"
    shutil.copytree(stage, plain)
    renewed(server, name, plain)
    assert (copy / f"{table}.csv").read_text("utf-8") == (plain / f"{table}.csv").read_text("utf-8")
    TRIED["survived"] += 1


def test_retry_after_is_obeyed(server, stage, tmp_path, quick):
    copy = tmp_path / "data"
    shutil.copytree(stage, copy)
    _, waits = renewed(server, "china-months", copy, loopback.status(429, first=1, Retry_After="17"), "month")
    assert waits == [17.0]


@pytest.mark.parametrize("rest", [loopback.resumed, loopback.resumed_with_another])
def test_a_cut_answer_is_taken_up_where_it_stopped_unless_the_file_is_another_one(server, stage, tmp_path, quick, rest):
    copy = tmp_path / "data"
    shutil.copytree(stage, copy)
    server.asked.clear()
    outcome, _ = renewed(server, "brent", copy, rest, "month", part=tmp_path / "one.part")
    ranges = [headers["Range"] for _, headers in server.asked if "Range" in headers]
    assert outcome.state == "changed" and len(ranges) == 1 and ranges[0].startswith("bytes=")
    assert not list(tmp_path.glob("*.part"))


def test_the_agent_is_an_honest_one(server, stage, tmp_path, quick):
    copy = tmp_path / "data"
    shutil.copytree(stage, copy)
    server.asked.clear()
    renewed(server, "brent", copy)
    assert {headers["User-Agent"].split("/")[0] for _, headers in server.asked} == {"partnership-measured"}


def test_a_key_is_in_no_message_and_no_lock(server, stage, tmp_path, quick, monkeypatch):
    from refresh.publishers import Request

    monkeypatch.setenv("MADE_KEY", "secret-123")
    server.answers["/keyed"] = b"x"
    base = f"http://127.0.0.1:{server.server_port}"
    for where in ("query:api_key", "header:Ocp-Apim-Subscription-Key"):
        server.faults["/keyed"] = loopback.status(403, b"no")
        server.asked.clear()
        with pytest.raises(fetch.FetchError) as failed:
            fetch.bring("made", Request(f"{base}/keyed", secret="MADE_KEY", secret_in=where), wait=lambda _: None)
        assert "secret-123" in str(server.asked) and "secret-123" not in str(failed.value)
    monkeypatch.delenv("MADE_KEY")
    with pytest.raises(fetch.FetchError, match="no key in the environment variable MADE_KEY"):
        fetch.bring("made", Request(f"{base}/keyed", secret="MADE_KEY", secret_in="query:api_key"))


def test_nothing_is_fetched_again_that_has_not_changed(server, quick):
    from refresh.publishers import Request

    server.answers["/same"], server.faults["/same"] = b"x", loopback.status(304, Content_Length="")
    request = Request(f"http://127.0.0.1:{server.server_port}/same")
    assert fetch.bring("made", request, known='"made"') is None


def test_the_line_of_progress_tells_the_time_left():
    assert fetch.line("made", 1_000_000, 4_000_000, 2.0).strip() == "made: 1.0 of 4.0 MB, 6 s left"


def test_faults_tried_are_at_least_forty_kinds(capsys):
    kinds = {
        *faults.WAY,
        *faults.SURVIVED,
        *faults.LINES,
        *faults.LINES_SURVIVED,
        *faults.JSON,
        *faults.DATASET,
        *faults.XML,
    }
    kinds |= {*faults.ZIP, *faults.MEMBER}
    with capsys.disabled():
        print(
            f"\nfaults: {len(kinds)} kinds; {TRIED['tried']} tried, {TRIED['refused']} refused, {TRIED['survived']} survived"
        )
    assert len(kinds) >= 40
    assert TRIED["tried"] == TRIED["refused"] + TRIED["survived"]


def test_a_drip_ends_at_its_deadline(server, stage, quick):
    began = time.monotonic()
    refused(server, "brent", stage, loopback.drip, "month")
    assert time.monotonic() - began < 10
