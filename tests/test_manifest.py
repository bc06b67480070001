"""The manifest of figures and statements stands as the chapters do, and a change must be told."""

import copy

import pytest

from conftest import ROOT
from partnership import data
from publish.edition import manifest, metadata

LOG = data.load("corrections").head(0)


def held():
    """The rows as the chapters have them, without the judgement (tests of provenance judge every statement)."""
    return [{**row, "holds": ""} for row in manifest.rows(judge=lambda record: True)]


@pytest.mark.slow
def test_the_manifest_is_that_of_the_chapters():
    stored = [{**row, "holds": "", "edition": ""} for row in manifest.read()]
    now = [{**row, "edition": ""} for row in held()]
    told = {(row["chapter"], row["id"]): row for row in stored}
    unlike = [f"{row['chapter']}/{row['id']}" for row in now if told.get((row["chapter"], row["id"])) != row]
    assert unlike == [], "run: python -m publish.edition.manifest"
    assert len(stored) == len(now) > 300


def test_every_statement_of_the_manifest_holds():
    for row in manifest.read():
        true, _, of = row["holds"].partition(" of ")
        assert row["holds"] == "true" or (of and true == of), row


def test_the_change_log_names_what_an_edition_changed():
    log = (ROOT / "CHANGELOG.md").read_text("utf-8")
    for version in {row["edition"] for row in manifest.read()}:
        section = log.split(f"## {version} ")[1].split("\n## ")[0]
        for line in manifest.changes(manifest.read(), version):
            assert f"- {line}." in section, "run: python -m publish.edition.metadata"


def test_a_changed_row_takes_the_new_edition_and_asks_for_a_line():
    before = manifest.read()
    now = copy.deepcopy(before)
    now[0]["data"] = "0" * 12
    renewed = manifest.renewed(now, before, "9.9.9")
    assert [row["id"] for row in renewed if row["edition"] == "9.9.9"] == [before[0]["id"]]
    assert manifest.changes(renewed, "9.9.9") == [f"{before[0]['chapter']}: figures {before[0]['id']}"]
    assert f"figures {before[0]['id']}." not in metadata.changelog("## 9.9.9 – x\n", LOG, before)
    assert f"figures {before[0]['id']}." in metadata.changelog("## 9.9.9 – x\n", LOG, renewed)
