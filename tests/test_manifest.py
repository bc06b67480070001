"""The manifest of figures and statements stands as the chapters do, and a change must be told."""

import copy
import re
from collections import Counter

import pytest

from conftest import ROOT
from partnership import citation, data
from publish.edition import manifest, metadata
from publish.steps import moved

LOG = data.load("corrections").head(0)


def held():
    """The rows as the chapters have them, without the judgement (tests of provenance judge every statement)."""
    return [{**row, "holds": ""} for row in manifest.rows(judge=lambda record: True)]


@pytest.mark.slow
@pytest.mark.current
def test_the_manifest_is_that_of_the_chapters():
    stored = [{**row, "holds": "", "edition": ""} for row in manifest.read()]
    now = [{**row, "edition": ""} for row in held()]
    told = {(row["chapter"], row["id"]): row for row in stored}
    unlike = [f"{row['chapter']}/{row['id']}" for row in now if told.get((row["chapter"], row["id"])) != row]
    assert unlike == [], "run: make current"
    assert len(stored) == len(now) > 300


def test_every_statement_of_the_manifest_holds():
    for row in manifest.read():
        true, _, of = row["holds"].partition(" of ")
        assert row["holds"] == "true" or (of and true == of), row


def names(rows):
    """What tells a row apart, a figure by its name alone, with its chapter and what it rests on."""
    return {
        (row["kind"], row["id"], row["chapter"] * (row["kind"] == "statement")): [
            row[column] for column in ("chapter", "data", "drawing", "holds")
        ]
        for row in rows
    }


def part(text, head):
    """What stands under a heading of Markdown."""
    level, found = head.partition(" ")[0], text.split(f"\n{head}")[1:]
    return re.split(f"\n#{{1,{len(level)}}} ", found[0])[0] if found else ""


def test_change_log_and_list_name_each_figure_and_statement_that_is_new_changed_or_dropped():
    """Told anew here from the rows of two editions."""
    held, log = manifest.editions(), (ROOT / "CHANGELOG.md").read_text("utf-8")
    listed = manifest.CHANGES.read_text("utf-8")
    for version, before in zip(held, list(held)[1:], strict=False):
        now, then = names(held[version]), names(held[before])
        told = {key: "changed" if key in then else "new" for key in now if now[key] != then.get(key)}
        told |= dict.fromkeys(then.keys() - now.keys(), "dropped")
        where = {key: (now.get(key) or then[key])[0] for key in told}
        number = Counter((where[key], key[0], fate) for key, fate in told.items())
        assert sum(number.values()) > 400 and {fate for *_, fate in number} >= {"new", "changed", "dropped"}
        short, long = part(log, f"## {version} "), part(listed, f"## {version} ")
        for (kind, name, _), fate in told.items():
            chapter = where[kind, name, _]
            many = number[chapter, kind, fate]
            (line,) = re.findall(f"^- {chapter}: (.*)\\.$", part(short, "### Figures and statements"), re.M)
            (ids,) = re.findall(f"^- {fate} {kind}s, {many}: (.*)$", part(long, f"### {chapter}\n"), re.M)
            assert f"`{name}`" in ids, "run: make current"
            here = rf"(^|; ){fate} figures ([a-z0-9-]+, )*{name}(,|;|$)"
            here = here if kind == "figure" else f"(^|; ){many} {fate} statements?(;|$)"
            assert re.search(here, line), "run: make current"
        assert "docs/changes.md" in short
    assert listed == manifest.listed(held), "run: make current"


def test_the_change_log_counts_corrections_and_leaves_them_to_their_page():
    log = data.load("corrections")
    own = log[log["edition"] == "0.2.0"]
    number = own["kind"].value_counts()
    old = "## 0.2.0 – x\n\n- A line.\n\n### Corrections\n\n- a list\n\n### Revisions\n\n- another\n"
    told = metadata.changelog(old, log, {})
    assert "- A line." in told and f"- {number['correction']} corrections and {number['revision']} revisions: " in told
    assert "a list" not in told and "another" not in told and own["stands"].iloc[0] not in told


def test_each_edition_before_this_one_is_kept():
    held = manifest.editions()
    assert list(held) == [version for version, *_ in citation.changes()], "run: make current"
    kept = {(row["chapter"], row["id"]) for row in held["0.1.0"]}
    assert kept == {
        (old.page.removeprefix("chapters/"), old.name)
        for old in moved.register()
        if old.figure and old.edition == "0.1.0"
    }


def test_a_changed_a_new_and_a_dropped_row_ask_for_a_line_and_the_manifest_before_is_kept(tmp_path, monkeypatch):
    before = manifest.read()
    now = copy.deepcopy(before)
    figure, gone, other = now[0], now.pop(1), now[-1]
    figure["data"] = "0" * 12
    now.append({**other, "id": "brought"})
    now[-2]["holds"] = "false"
    renewed = manifest.renewed(now, before, "9.9.9")
    assert [row["id"] for row in renewed if row["edition"] == "9.9.9"] == [figure["id"], other["id"], "brought"]
    held = {"9.9.9": renewed, "0.2.0": before}
    lines = [
        f"{figure['chapter']}: changed figures {figure['id']}; dropped figures {gone['id']}",
        f"{other['chapter']}: 1 new statement; 1 changed statement",
    ]
    assert manifest.changes("9.9.9", held)[:2] == lines
    log = metadata.changelog("## 9.9.9 – x\n\n## 0.2.0 – x\n", LOG, held)
    assert all(f"- {line}." in log for line in lines) and log.index(lines[0]) < log.index("## 0.2.0")
    assert "Figures" not in metadata.changelog("## 9.9.9 – x\n", LOG, {"9.9.9": before, "0.2.0": before})
    told = manifest.listed(held)
    assert "- dropped figures, 1: `" + gone["id"] in told and "- new statements, 1: `brought`" in told
    monkeypatch.setattr(manifest, "KEPT", tmp_path)
    manifest.keep("9.9.9", ["9.9.9", "0.2.0", "0.1.0"])
    assert manifest.editions("9.9.9")["0.2.0"] == before
