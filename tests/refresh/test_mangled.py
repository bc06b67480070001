"""Answers that were cut, repeated, swapped or re-encoded: refused, or read as the same figures, never as others."""

from __future__ import annotations

import gzip
import os
import random
import re
from collections import Counter
from pathlib import Path

import made
import pytest

from refresh import answers

EACH = 80
"""Times each made answer is mangled in a usual run: with 29 answers more than two thousand."""
TALLY: Counter[str] = Counter()
RECORDED = os.environ.get("PARTNERSHIP_RECORDED", "")


def pieces(raw: bytes) -> list[bytes]:
    """The records of an answer: lines, or what stands between the tags of records or braces.

    An element that is lost, or a value that is swapped, inside one record is a sound answer with other figures: that no
    reader can see, and the comparison with what is at hand must.
    """
    if raw.lstrip(b"\xef\xbb\xbf \n")[:1] == b"<" and b"<table" not in raw:
        return re.split(rb"(?=<(?:target|entity|exchangeRate|Record|Valute|sanctionEntity|sanctions-program)[ >])", raw)
    if raw.count(b"\n") > 2:
        return raw.splitlines(keepends=True)
    return (
        re.split(rb"(?<=[}\]]),(?= ?[{\[])", raw)
        if raw.lstrip()[:1] in (b"{", b"[")
        else [raw[i : i + 40] for i in range(0, len(raw), 40)]
    )


def mangle(raw: bytes, chance: random.Random) -> tuple[str, bytes]:
    kind = chance.choice(
        [
            "cut",
            "cut",
            "head lost",
            "middle lost",
            "repeated",
            "block repeated",
            "swapped",
            "re-encoded",
            "blanks",
            "joined",
        ]
    )
    parts, joint = pieces(raw), b"," if raw.lstrip()[:1] in (b"{", b"[") and raw.count(b"\n") <= 2 else b""
    at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    if kind == "cut":
        return kind, raw[: chance.randrange(len(raw))]
    if kind == "head lost":
        # A list without a header that begins in the middle of its first number is a sound one of another subject.
        return kind, raw[chance.randrange(1, len(raw)) :] if not raw.startswith(b"36,") else b"".join(parts[at:])
    if kind == "middle lost":
        first, last = sorted((chance.randrange(len(raw)), chance.randrange(len(raw))))
        return kind, raw[:first] + raw[last:] if raw[:1] in (b"P", b"\xd0") else joint.join(
            parts[:at] + parts[at + 1 :]
        )
    if kind == "repeated":
        return kind, joint.join(parts[: at + 1] + [parts[at]] + parts[at + 1 :])
    if kind == "block repeated":
        first, last = sorted((at, other))
        return kind, joint.join(parts[: last + 1] + parts[first : last + 1] + parts[last + 1 :])
    if kind == "swapped":
        parts[at], parts[other] = parts[other], parts[at]
        return kind, joint.join(parts)
    if kind == "re-encoded":
        text = raw.decode("utf-8", "replace")
        way = chance.choice(["utf-16", "utf-16-be", "utf-32", "cp1251", "latin-1", "twice", "bom", "gzip", "crlf"])
        if way == "twice":
            return kind, raw.decode("latin-1").encode("utf-8")
        if way == "bom":
            return kind, b"\xef\xbb\xbf" + raw
        if way == "gzip":
            return kind, gzip.compress(raw)
        if way == "crlf":
            return kind, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return kind, text.encode(way, "replace")
    if kind == "blanks":
        return kind, raw[: (spot := chance.randrange(len(raw)))] + b"\0" * chance.randrange(1, 9) + raw[spot:]
    return kind, raw + raw


def try_one(read, raw: bytes, seed: str, times: int) -> None:
    chance = random.Random(seed)
    good = {tuple(row) for row in read(raw).itertuples(index=False, name=None)}
    for turn in range(times):
        kind, bad = mangle(raw, chance)
        TALLY["tried"] += 1
        try:
            found = read(bad)
        except answers.Unexpected as error:
            assert len(error.what) > 8 and len(error.todo) > 8
            TALLY["refused"] += 1
            continue
        rows = {tuple(row) for row in found.itertuples(index=False, name=None)}
        assert rows <= good, f"{seed}, turn {turn}, {kind}: other figures {sorted(rows - good)[:2]}"
        assert len(found) == len(rows)
        TALLY["the same" if rows == good else "fewer rows, which the comparison refuses"] += 1


@pytest.mark.parametrize("name", made.ANSWERS)
def test_mangled_answers_are_refused_or_read_the_same(name):
    read, raw = made.ANSWERS[name]
    try_one(read, raw, name, EACH)


@pytest.mark.slow
@pytest.mark.faults
@pytest.mark.parametrize("name", made.ANSWERS)
def test_mangled_a_thousand_times(name):
    read, raw = made.ANSWERS[name]
    try_one(read, raw, f"{name} again", 1000)


SMALL = {
    "imf": "imf/imf-sdmx3-csv-WEO-KAZ-NGDPD-2026-09-08.csv",
    "oecd": "oecd/oecd-sdmx-csv-DF_IALFS_UNE_M-USA-2023.csv",
    "world-bank-archive": "worldbank/wb-v2-sources57-archive-202403-CPI.json",
    "comtrade": "comtrade/comtrade-public-preview-USA-JPN-2023.json",
    "fred": "fred/alfred-alfredgraph-GDP-two-vintages.csv",
    "eia": "eia/eia-v2-crude-oil-imports-monthly.json",
    "hmrc": "hmrc/hmrc-monthly_xml_2022-03.xml",
    "bank-of-russia": "cbr/cbr-XML_daily-2025-04-01-cp1251.xml",
    "gacc": "gacc/gacc-en-s4-by-country-2025-0102-cny.html",
    "ofac-delta": "ofac/ofac-changes-latest-2026-08-26_delta.xml",
    "switzerland": "ch-sanctions/ch-seco-shape-example-anonymised.xml",
    "kazakhstan": "central-asia/kz-taldau-GetIndexTreeData-agriculture-output-annual.json",
    "oil": "revisions/brent-monthly-asof-2026-07-02.csv",
}


@pytest.mark.skipif(not Path(RECORDED).is_dir() or not RECORDED, reason="PARTNERSHIP_RECORDED names no folder")
@pytest.mark.parametrize("name", SMALL)
def test_mangled_recorded_answers(name):
    path = Path(RECORDED) / SMALL[name]
    if not path.exists():
        pytest.skip(f"{path.name} is not in the folder")
    try_one(made.ANSWERS[name][0], path.read_bytes(), name, 40)


def test_mangled_more_than_two_thousand_times(capsys):
    with capsys.disabled():
        print("\nmangled answers: " + ", ".join(f"{number:,} {name}" for name, number in sorted(TALLY.items())))
    assert EACH * len(made.ANSWERS) >= 2000
