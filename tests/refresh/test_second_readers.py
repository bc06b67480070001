"""Readers of others on the same bytes: they must agree with ours. Where a package is not installed, its test is skipped.

They are not part of the book's pinned packages (`imfp` and `wbgapi` hold pandas back): `make second-readers` runs this
file in an environment of its own.
"""

from __future__ import annotations

import io
import json
import os
from decimal import Decimal
from pathlib import Path

import made
import pytest

from refresh.publishers import comtrade, imf, world_bank

RECORDED = Path(os.environ.get("PARTNERSHIP_RECORDED", "") or "/nowhere")


def both(name: str, mine: bytes) -> list[bytes]:
    """The made answer, and the recorded one where it is at hand."""
    path = RECORDED / name
    return [mine, *([path.read_bytes()] if path.exists() else [])]


def test_sdmx1_reads_the_same_observations():
    sdmx = pytest.importorskip("sdmx")
    from sdmx.model import v30

    for raw in both("imf/imf-sdmx3-csv-WEO-KAZ-NGDPD-2026-09-08.csv", made.IMTS):
        ours = imf.read(raw)
        names = list(ours.columns)
        key = names[3 : names.index("OBS_VALUE")]
        structure = v30.DataStructureDefinition(id="MADE")
        for name in key:
            structure.dimensions.getdefault(id=name)
        structure.measures.append(v30.Measure(id="OBS_VALUE"))
        for name in names[names.index("OBS_VALUE") + 1 :]:
            structure.attributes.append(v30.DataAttribute(id=name))
        theirs = sdmx.read_sdmx(io.BytesIO(raw), format="csv", structure=structure)
        found = {
            tuple(str(value.value) for value in observation.dimension.values.values()): observation.value
            for data in theirs.data
            for observation in data.obs
        }
        found = {mark: value for mark, value in found.items() if value not in ("", None)}
        mine = {tuple(row[name] for name in key): row["OBS_VALUE"] for row in ours.to_dict("records")}
        assert {mark: Decimal(str(value)) for mark, value in found.items()} == {m: Decimal(v) for m, v in mine.items()}


def test_comtradeapicall_reads_the_same_rows(monkeypatch):
    comtradeapicall = pytest.importorskip("comtradeapicall")
    import urllib3

    for raw in both("comtrade/comtrade-public-preview-USA-JPN-2023.json", made.COMTRADE):
        answer = type("Answer", (), {"status": 200, "data": raw})()
        monkeypatch.setattr(urllib3.PoolManager, "request", lambda *_, answer=answer, **__: answer)
        theirs = comtradeapicall.previewFinalData(
            typeCode="C", freqCode="A", clCode="HS", period="2024", reporterCode="156", cmdCode="TOTAL", flowCode="X,M",
            partnerCode="643", partner2Code="0", customsCode="C00", motCode="0",
        )  # fmt: skip
        ours = comtrade.read(raw)
        for column in ("period", "flowCode", "reporterCode", "partnerCode", "primaryValue"):
            assert [str(Decimal(str(cell))) if column == "primaryValue" else str(cell) for cell in theirs[column]] == [
                str(Decimal(cell)) if column == "primaryValue" else cell for cell in ours[column]
            ] or [float(cell) for cell in theirs[column]] == [float(cell) for cell in ours[column]]


def test_wbgapi_reads_the_same_values(monkeypatch):
    wbgapi = pytest.importorskip("wbgapi")

    for raw in both("worldbank/wb-v2-sources57-archive-202403-CPI.json", made.ARCHIVE):
        found = json.loads(raw)
        page = (found, found["source"]["data"])

        def ask(url, found=found):
            return {"total": found["total"], "per_page": found.get("per_page", 1000)}, found

        monkeypatch.setattr(wbgapi, "_queryAPI", ask)
        theirs = {
            tuple(part["id"] for part in row["variable"]): row["value"] for row in wbgapi.fetch("sources/57/data")
        }
        ours = world_bank.read_archive(raw)
        mine = {tuple(row)[:4]: row[4] for row in ours.itertuples(index=False, name=None)}
        assert len(theirs) == len(mine) == len(page[1])
        for mark, value in theirs.items():
            assert ("" if value is None else Decimal(repr(value))) == (Decimal(mine[mark]) if mine[mark] else "")


def test_imfp_reads_the_same_codes(monkeypatch):
    imfp = pytest.importorskip("imfp")
    path = RECORDED / "imf/imf-sdmx3-structure-dataflow-all.body.json"
    if not path.exists():
        pytest.skip("PARTNERSHIP_RECORDED has no list of dataflows")
    found = json.loads(path.read_bytes())
    for module in (imfp.data, imfp.utils):
        if hasattr(module, "_download_parse"):
            monkeypatch.setattr(module, "_download_parse", lambda *_, **__: found)
    theirs = set(imfp.imf_databases()["database_id"])
    ours = {flow["id"] for flow in found["data"]["dataflows"]}
    assert theirs == ours and {"IMTS", "WEO"} <= ours
