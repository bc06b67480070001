"""What a checker who is not ours needs is true of what stands."""

import csv
import json
import math
import statistics
from decimal import Decimal

import pytest
import yaml

from conftest import ROOT
from publish.edition import replication

PUT_TOGETHER = {
    "sum": math.fsum,
    "mean": statistics.fmean,
    "median": statistics.median,
    "min": min,
    "max": max,
}


def test_a_plain_reading_of_the_tables_confirms_the_printed_numbers():
    manifest = yaml.load((ROOT / "repro.yaml").read_text("utf-8"), yaml.CSafeLoader)
    rows = {
        one["id"]: list(csv.DictReader((ROOT / one["path"]).open(encoding="utf-8", newline="")))
        for one in manifest["artifacts"]
    }
    wrong = []
    for claim in manifest["claims"]:
        (told,) = claim["evidence"]
        cells = [
            float(rows[member["artifact"]][member["locator"]["row"]][member["locator"]["column"]])
            for member in told.get("members", [told])
        ]
        found = PUT_TOGETHER[told["statistic"]](cells) if "statistic" in told else cells[0]
        if abs(Decimal(str(found)) - Decimal(told["reported"])) > Decimal(told["tolerance"]) * Decimal("1.000001"):
            wrong.append((claim["id"], claim["text"], found))
    assert len(manifest["claims"]) > 300 and wrong == []


def test_every_figure_is_listed_with_the_cell_that_draws_it(site):
    text = (ROOT / "REPLICATION.md").read_text("utf-8")
    listed = json.loads((site / "figures.json").read_text("utf-8"))["figures"]
    assert [one["title"] for one in listed] == [one.title for one in replication.figures()]
    for one in replication.figures():
        assert f"| {one.number} | {one.title} | `chapters/{one.chapter}.ipynb` | {one.cell} |" in text


def test_the_files_that_a_codechecker_compares_are_made(site):
    listed = [one["file"] for one in yaml.safe_load((ROOT / "codecheck.yml").read_text("utf-8"))["manifest"]]
    built = [name for name in listed if name.startswith("_build/html/")]
    assert len(built) == len(replication.figures())
    assert [name for name in listed if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("text", "value", "reported", "tolerance"),
    [
        ("$244.8 billion", 244810.0, "244800", "50"),
        ("6.9 %", -6.9, "-6.9", "0.05"),
        ("900 thousand barrels a day", 900.0, "900", "0.5"),
    ],
)
def test_a_printed_number_is_stated_in_the_unit_of_the_table(text, value, reported, tolerance):
    cell = {"table": "bilateral-trade", "column": "value", "rows": "7"}
    told = replication.evidence("a", {"formula": "a", "value": value, "text": text, "operands": {"a": [cell]}})
    assert (told["reported"], told["tolerance"]) == (reported, tolerance)


def test_a_text_that_prints_another_number_gives_no_evidence():
    cell = {"table": "bilateral-trade", "column": "value", "rows": "7"}
    record = {"formula": "a", "value": 244810.0, "text": "$245.8 billion", "operands": {"a": [cell]}}
    assert replication.evidence("a", record) is None
