"""What is refused, by kind of table; and that acceptance is one step."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from datetime import date

import loopback
import pandas as pd
import pytest

from partnership import ROOT
from refresh import (
    DATA,
    EXTRACTS,
    __main__,
    accept,
    chapter_runs,
    compare,
    derive,
    detect,
    fetch,
    frames,
    impact,
    kinds,
    refuse,
    renew,
    routes,
)

OIL = derive.stored("oil-price")
KEY = ["period", "frequency", "benchmark"]


def oil(**changes: str) -> pd.DataFrame:
    new = OIL.copy()
    for period, value in changes.items():
        new.loc[(new["period"] == period.replace("_", "-").removeprefix("m-")) & (new["frequency"] == "M"), "value"] = (
            value
        )
    return new


def test_the_newest_two_months_may_move_and_no_older_one():
    months = sorted(OIL[OIL["frequency"] == "M"]["period"])
    for month, allowed in ((months[-1], True), (months[-2], True), (months[-3], False)):
        _, verdict = refuse.judge("oil-price", OIL, oil(**{f"m_{month}": "77.77"}), KEY)
        assert bool(verdict) is allowed, month
    _, verdict = refuse.judge("oil-price", OIL, oil(**{f"m_{months[-3]}": "77.77"}), KEY, announced=True)
    assert verdict


def test_float_noise_is_no_revision():
    month = sorted(OIL[OIL["frequency"] == "M"]["period"])[3]
    value = OIL[(OIL["period"] == month)]["value"].iloc[0]
    found, verdict = refuse.judge("oil-price", OIL, oil(**{f"m_{month}": f"{value}000001"}), KEY)
    assert verdict and not found and found.noise == 1


def test_a_row_that_vanishes_is_refused():
    _, verdict = refuse.judge("oil-price", OIL, OIL.iloc[1:], KEY)
    assert "would vanish" in verdict.refused[0]


def test_a_list_that_shrinks_by_more_than_a_twentieth_is_refused():
    old = derive.stored("sanctions-monthly")
    key = ["period", "jurisdiction", "target", "measure", "type"]
    last = old[(old["target"] == "RUS") & (old["jurisdiction"] == "USA") & (old["measure"] == "stock")].iloc[-1]
    for share, allowed in ((0.96, True), (0.94, False)):
        row = last.to_dict() | {"period": "2026-04", "value": str(int(int(last["value"]) * share))}
        new = pd.concat([old, pd.DataFrame([row])], ignore_index=True)
        _, verdict = refuse.judge("sanctions-monthly", old, new, key)
        assert bool(verdict) is allowed, verdict.refused


def test_an_edition_keeps_its_countries():
    old = derive.stored("un-positions")
    _, verdict = refuse.judge("un-positions", old, old[old["country"] != "CHN"], ["period", "country"])
    assert "country lacks CHN" in " ".join(verdict.refused)
    moved = old.assign(ideal_point="0.5")
    found, verdict = refuse.judge("un-positions", old, moved, ["period", "country"])
    assert verdict and len(found.revised) > 1000, "a new edition moves every point"


@pytest.mark.parametrize("table", ["claims", "exercises"])
def test_what_people_read_does_not_arrive_by_itself(table):
    old = derive.stored(table)
    assert kinds.kind(table) in (kinds.FROZEN, kinds.EVENTS)
    _, verdict = refuse.judge(table, old, old.iloc[1:], derive.key(table))
    assert not verdict


def test_keys_that_stand_twice_are_an_error():
    with pytest.raises(ValueError, match="stands twice"):
        compare.difference(OIL, pd.concat([OIL, OIL.iloc[:1]]), KEY)


# -- a run, from question to acceptance -----------------------------------------------------------


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A copy of the tables, and answers of all routes from memory."""
    folder = tmp_path_factory.mktemp("book")
    shutil.copytree(DATA, folder / "data")
    return folder


def from_memory(name, request):
    route, question = name.split("/")
    return loopback.good(route)[question]


def run(book, *names, bring=from_memory, **options):
    out = io.StringIO()
    work = book / "_build" / "refresh"
    code, outcomes = renew.run(names, date(2026, 12, 2), bring, work, book / "data", out, **options)
    return code, outcomes, out.getvalue()


def test_a_dry_run_leaves_nothing_behind(book):
    before = renew._digest(book / "data")
    code, outcomes, told = run(book, "brent", dry=True, check=False)
    assert (code, outcomes[0].state) == (renew.WAITS, "changed") and "1 rows added" in told
    assert renew._digest(book / "data") == before and not (book / "_build/refresh/data").exists()


def test_a_failure_of_one_source_does_not_stop_another_and_writes_nothing(book):
    before = renew._digest(book / "data")

    def bring(name, request):
        if name.startswith("brent"):
            raise fetch.FetchError(name, request.address, "status 500", "run again later")
        return from_memory(name, request)

    code, outcomes, told = run(book, "brent", "yuan-fed", bring=bring, dry=True, check=False)
    assert [outcome.state for outcome in outcomes] == ["failed", "changed"]
    assert code == renew.FAILED and "what to do: run again later" in told and "https://" in told
    assert renew._digest(book / "data") == before


def test_a_name_that_the_book_does_not_know_refuses_its_source_alone(book):
    """As when a list names a state for the first time."""

    def bring(name, request):
        answer = from_memory(name, request)
        return answer + b"Ruritania,2026-04,12,1,0\n" if name.startswith("ofac") else answer

    code, outcomes, told = run(book, "ofac-panel", "brent", bring=bring, check=False)
    assert [outcome.state for outcome in outcomes] == ["refused", "changed"], told
    (said,) = outcomes[0].refused
    assert said.startswith("sanctions-monthly: no code for the name 'Ruritania'") and code == renew.REFUSED
    assert not (book / "_build" / "refresh" / "trial").exists()


def test_a_table_that_cannot_be_made_leaves_the_copy_as_it_was(book, tmp_path, monkeypatch):
    stage = tmp_path / "data"
    shutil.copytree(book / "data", stage)
    before = renew._digest(stage)

    def fail(table, folder):
        raise ValueError(f"{table}: a rule")

    monkeypatch.setattr(renew.derive, "rebuild", fail)
    outcome = renew.renew(routes.ROUTES["brent"], from_memory, stage, date(2026, 12, 2))
    assert (outcome.state, outcome.refused, outcome.tables) == ("refused", ["oil-price: a rule"], {})
    assert renew._digest(stage) == before


def test_what_a_run_tried_goes_whatever_ends_it(book):
    def bring(name, request):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(book, "brent", bring=bring)
    assert not (book / "_build" / "refresh" / "trial").exists()


@pytest.mark.parametrize("torn", [None, "", '{"brent": "a', "[]"])
def test_what_was_seen_last_may_be_missing_or_torn(tmp_path, torn):
    if torn is not None:
        (tmp_path / detect.SEEN).write_text(torn)

    def ask():
        return detect.detect(["brent"], date(2026, 12, 2), from_memory, tmp_path, io.StringIO())

    assert ask() == (renew.WAITS, ["brent"])
    assert ask() == (renew.DONE, [])


def test_an_interrupt_leaves_the_tables_as_they_were(book):
    before = renew._digest(book / "data")

    def bring(name, request):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(book, "brent", bring=bring)
    assert renew._digest(book / "data") == before
    assert run(book, "brent", check=False)[0] == renew.WAITS, "and the next run works"


def test_what_waits_stays_until_another_run_has_something(book):
    def fail(name, request):
        raise fetch.FetchError(name, request.address, "status 500", "run again later")

    assert run(book, "brent", check=False)[0] == renew.WAITS
    waiting = renew._digest(book / "_build" / "refresh")
    for options in ({"dry": True}, {"bring": fail}):
        assert "waits as before" in run(book, "brent", check=False, **options)[2]
        assert renew._digest(book / "_build" / "refresh") == waiting


def test_an_unknown_source_is_a_wrong_call(book):
    code, _, told = run(book, "crystal-ball")
    assert code == renew.MISUSE and "there are: brent" in told


NEW = (
    "gdp-outlook", "rates-world-bank", "russia-partners", "china-totals", "uzbekistan", "uk-list", "australian-list"
)  # fmt: skip


@pytest.fixture(scope="module")
def waiting(tmp_path_factory):
    """A copy of the book, and one run for all of them, since the rules are tried on the whole book."""
    folder = tmp_path_factory.mktemp("waiting")
    shutil.copytree(DATA, folder / "data")
    return folder, run(folder, "brent", *NEW)


@pytest.mark.slow
def test_what_these_routes_bring_meets_the_rules_of_the_book(waiting):
    _, (_, outcomes, told) = waiting
    assert [outcome.state for outcome in outcomes] == ["changed"] * (1 + len(NEW)), told


@pytest.mark.slow
def test_accept_is_one_step_and_only_for_tables_that_have_not_moved(waiting):
    book, (code, _, told) = waiting
    assert code == renew.WAITS, told
    work, data = book / "_build" / "refresh", book / "data"
    path = data / "oil-price.csv"
    stored = path.read_text("utf-8")
    path.write_text(stored + "2026-09,M,Brent,70,eia-brent-2026-07\n", "utf-8")
    out = io.StringIO()
    assert accept.accept(work, data, out) == renew.REFUSED and "run it again" in out.getvalue()
    path.write_text(stored, "utf-8")
    assert accept.accept(work, data, io.StringIO()) == renew.DONE
    assert "2026-08,M,Brent,77.07" in path.read_text("utf-8")
    lock = (data / EXTRACTS.name / "lock.csv").read_text("utf-8")
    assert "refreshed/eia-brent-2026-07/month" in lock and "2026-12-02" in lock
    described = json.loads((data / "datapackage.json").read_text("utf-8"))
    assert (
        next(entry for entry in described["resources"] if entry["name"] == "oil-price")["bytes"] == path.stat().st_size
    )
    assert accept.accept(work, data, io.StringIO()) == renew.MISUSE, "nothing waits any more"


@pytest.mark.parametrize("standing, kept", [("", "old"), ("old", "old"), ("new", "new")])
def test_an_acceptance_that_is_broken_off_is_put_right(tmp_path, standing, kept):
    data, aside, state = _broken_off(tmp_path, standing)
    assert accept.mend(data, state, io.StringIO())
    assert (data / "x.csv").read_text() == kept and not aside.exists()


@pytest.mark.parametrize("noted", [True, False])
def test_the_old_tables_stay_where_what_stands_in_their_place_is_not_what_waited(tmp_path, noted):
    data, aside, state = _broken_off(tmp_path, "made since")
    if not noted:
        state.unlink()
    out = io.StringIO()
    assert accept.accept(tmp_path, data, out) == renew.REFUSED and str(aside) in out.getvalue()
    assert (aside / "x.csv").read_text() == "old" and (data / "x.csv").read_text() == "made since"


def _broken_off(folder, standing):
    """What a run leaves that ends amid an acceptance, and what was written to ``data`` after it."""
    data, aside, state = folder / "data", folder / accept.ASIDE, folder / "state.json"
    for place, text in ((aside, "old"), (data, "new")):
        place.mkdir()
        (place / "x.csv").write_text(text)
    state.write_text(json.dumps({"data": renew._digest(aside), "new": renew._digest(data)}))
    if standing:
        (data / "x.csv").write_text(standing)
    else:
        shutil.rmtree(data)
    return data, aside, state


@pytest.mark.parametrize("command", ["data", "extract", "renew", "accept"])
def test_what_writes_tables_or_what_waits_is_alone(monkeypatch, command):
    def at_work(folder):
        sys.exit(f"{folder} is held")

    monkeypatch.setattr(__main__, "in_this_folder", at_work)
    with pytest.raises(SystemExit, match="is held"):
        __main__.main([command])


def test_the_command_says_what_it_takes():
    done = subprocess.run(
        [sys.executable, "-m", "refresh", "renew", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0 and "brent" in done.stdout and "--dry" in done.stdout


# -- the report -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def weighed(tmp_path_factory):
    """A new month of oil, other trade in 2024, another reading and a changed saying, weighed without running a chapter."""
    folder = tmp_path_factory.mktemp("weighed")
    shutil.copytree(DATA, folder / "data")
    rows = derive.stored("oil-price")
    new = pd.concat(
        [
            rows,
            pd.DataFrame(
                [
                    {
                        "period": "2026-08",
                        "frequency": "M",
                        "benchmark": "Brent",
                        "value": "77.07",
                        "source_id": "eia-brent-2026-07",
                    }
                ]
            ),
        ]
    )
    new.loc[0, "value"] = "99"
    (folder / "data/oil-price.csv").write_text(frames.text(derive.ordered(new, "oil-price")), "utf-8")
    for table, column, held, value in (
        ("bilateral-trade", "value", {"period": "2024", "value": "244810"}, "122405"),
        ("claim-evidence", "verdict", {"claim_id": "drill-iran", "basis": "then"}, "wrong"),
    ):
        rows = derive.stored(table)
        rows.loc[(rows[list(held)] == pd.Series(held)).all(axis=1), column] = value
        (folder / f"data/{table}.csv").write_text(frames.text(rows), "utf-8")
    before = chapter_runs.stored()
    after = json.loads(json.dumps(before))
    chapter = next(name for name, said in after.items() if said["figures"] and said["numbers"])
    number, figure = next(iter(after[chapter]["numbers"])), next(iter(after[chapter]["figures"]))
    after[chapter]["numbers"][number] = "<b>9 & 9</b>"
    after[chapter]["figures"][figure] |= {"title": "Another title"}
    after[chapter]["failed"]["cell 7"] = "StatementError: more than doubled does not hold"
    return impact.weigh("A made month", DATA, folder / "data", before, after)


def test_the_report_tells_rows_numbers_titles_and_what_no_longer_holds(weighed):
    counts = dict(impact.counts(weighed))
    assert (counts["rows added"], counts["cells revised"], counts["numbers in sentences"], counts["titles"]) == (
        1,
        3,
        1,
        1,
    )
    text = impact.markdown(weighed)
    assert "new: 2026-08 M Brent" in text and "does not hold" in text and "Another title" in text


def test_the_report_loads_nothing_and_escapes_all(weighed):
    from html.parser import HTMLParser

    page = impact.document(weighed)
    assert "<b>9" not in page and "&lt;b&gt;9 &amp; 9&lt;/b&gt;" in page
    loads = []

    class Look(HTMLParser):
        def handle_starttag(self, tag, attrs):
            loads.extend(
                value for name, value in attrs if name in ("src", "href", "xlink:href", "data", "srcset") and value
            )
            assert tag not in ("script", "link", "iframe", "object", "embed")

    Look().feed(page)
    assert all(value.startswith("#") for value in loads), [value for value in loads if not value.startswith("#")][:3]
    assert "default-src 'none'" in page


def test_verdicts_that_move_are_told_whether_they_follow_from_numbers_or_from_readings(weighed):
    assert ("trade-2024-range", "now", "about right", "did not come true") in weighed.verdicts
    moved = {(claim, known) for claim, known, _, _ in weighed.verdicts}
    assert {("drill-iran", known) for known in ("early", "then", "now")} <= moved
    assert all(known == "now" for claim, known in moved if claim != "drill-iran")


def test_routes_name_extracts_and_tables_that_exist():
    for route in routes.ROUTES.values():
        assert (EXTRACTS / f"{route.source}.csv").exists()
        for table in route.tables:
            assert route.source in derive.sources(table) and kinds.kind(table) not in (kinds.FROZEN, kinds.EVENTS)


@pytest.mark.parametrize(("name", "tier"), [("uk-list", "A"), ("un-positions", "D"), ("gdp-outlook", "D")])
def test_a_source_that_is_replaced_whole_is_registered_as_what_it_is_now(book, name, tier):
    _, (outcome,), told = run(book, name, check=False)
    assert outcome.state == "changed", told
    register = derive.stored("sources", book / "_build/refresh/data").set_index("id")
    row, before = register.loc[outcome.source], derive.stored("sources").set_index("id").loc[routes.ROUTES[name].source]
    assert row["tier"] == tier and "carried by" not in row["note"].lower() and "version 38" not in row["title"]
    assert row["accessed"] == "2026-12-02" and row["published"] > before["published"]
    assert "github.com" not in row["address"]


def test_a_vintage_in_another_unit_is_refused(book):
    def bring(name, request):
        return from_memory(name, request).replace(b",9,USD", b"000,9,USD")

    _, (outcome,), _ = run(book, "gdp-outlook", bring=bring, dry=True, check=False)
    assert outcome.state == "refused" and "has the unit changed?" in outcome.refused[0]
