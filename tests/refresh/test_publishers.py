"""Readers: what each takes from an answer, and what of the publisher's own slips it sees."""

from __future__ import annotations

import os
from datetime import date
from importlib import import_module
from pathlib import Path

import made
import pytest

from refresh import answers
from refresh.publishers import (
    bank_of_russia,
    comtrade,
    dataverse,
    gacc,
    imf,
    ofac,
    swiss_sanctions,
    uk_sanctions,
    world_bank,
)

RECORDED = os.environ.get("PARTNERSHIP_RECORDED", "")


@pytest.mark.parametrize("name", made.ANSWERS)
def test_a_made_answer_is_read(name):
    read, raw = made.ANSWERS[name]
    table = read(raw)
    assert len(table) and all(isinstance(cell, str) for row in table.itertuples(index=False) for cell in row)
    assert list(table.index) == list(range(len(table)))


def test_imf_values_are_in_plain_units_whatever_the_scale_says():
    table = imf.read(made.IMTS)
    assert table["OBS_VALUE"].tolist() == ["111222333444", "101202303404", "9876543210.5"]
    assert table["STATUS"].tolist() == ["", "e", ""]
    assert imf.signal(made.AVAILABILITY) == "series_count=7 time_period_end=2026-08-01"


def test_a_null_of_the_world_bank_is_a_missing_value():
    assert world_bank.read(made.INDICATOR)["value"].tolist() == ["18111222333444.5", "2111222333444.25", ""]
    assert world_bank.newest_before(world_bank.read_versions(made.VERSIONS), "202404") == "202403"


def test_csv_and_its_zip_are_the_same():
    plain, packed = (made.ANSWERS[name] for name in ("world-bank-csv", "world-bank-zip"))
    assert plain[0](plain[1]).equals(packed[0](packed[1]))


def test_rows_by_mode_of_transport_are_refused():
    with pytest.raises(answers.Unexpected, match="trade would count more than once"):
        comtrade.read(made.COMTRADE.replace(b'"motCode": 0', b'"motCode": 2100', 1))


def test_nominal_of_the_bank_of_russia_stands_beside_the_rate():
    table = bank_of_russia.read(made.CBR)
    assert table[["Nominal", "Value"]].values.tolist() == [["10", "121.4567"], ["10", "122.5678"]]
    request = bank_of_russia.dynamic("CNY", date(2026, 10, 1), date(2026, 10, 3))
    assert "date_req1=01/10/2026" in request.address and "R01375" in request.address


def test_month_of_chinese_customs_is_in_the_title():
    table = gacc.read(made.GACC)
    assert set(table["Title period"]) == {"2026-10"} and set(table["Unit"]) == {"CNY 100 MILLION"}
    assert table[table["Partner"] == "Russia"][["Export", "Import"]].values.tolist() == [["92.0", "98.0"]]
    assert table[table["Partner"] == "Chinese Taipei"]["Total"].tolist() == [""]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"<td>98.0&nbsp;</td>", b"<td>89.0&nbsp;</td>", "do not add"),
        (b"<td>-7.1&nbsp;</td>", b"<td>7.1&nbsp;</td>", "contradicts"),
        (b"<td>Russia&nbsp;</td><td>190.0", b"<td>190.0", "a row is shifted"),
        (b"CNY 100 Million", b"USD1 Million", "the title says CNY"),
        (b"October 2026", b"Octember 2026", "the title's months"),
        (b"Unit: CNY 100 Million", b"", "0 units"),
    ],
)
def test_slips_of_chinese_customs_are_seen(old, new, told):
    assert old in made.GACC
    with pytest.raises(answers.Unexpected, match=told):
        gacc.read(made.GACC.replace(old, new, 1) if told != "the title's months" else made.GACC.replace(old, new))


def test_a_month_without_a_link_is_not_out():
    table = gacc.read_index(made.GACC_INDEX)
    assert table["Month"].tolist() == ["Sep", "Oct"]
    assert all(address.startswith("http://english.customs.gov.cn/") for address in table["Address"])


def test_the_list_of_the_treasury_has_no_header_and_no_word_for_missing():
    table = ofac.read(made.SDN)
    assert table["SDN_Type"].tolist() == ["", "individual", "vessel"]
    with pytest.raises(answers.Unexpected, match="columns moved"):
        ofac.read(made.SDN.replace(b",-0- \r\n9001", b"\r\n9001"))


def test_delistings_are_counted():
    table = ofac.read_delta(made.DELTA)
    assert table["action"].tolist() == ["add", "remove"] and ofac.signal(made.DELTA) == "2026-11-20"


def test_a_subject_of_the_british_list_is_counted_once():
    table = uk_sanctions.read(made.UK)
    assert table["Unique ID"].tolist() == ["RUS9001", "RUS9002"] and set(table["Report Date"]) == {"20-Nov-2026"}


def test_old_states_inside_the_swiss_list_are_not_targets():
    table = swiss_sanctions.read(made.SECO)
    assert table[["ssid", "listed", "state"]].values.tolist() == [
        ["1000", "2025-04-15", "amended"],
        ["2000", "2025-01-01", "de-listed"],
    ]


def test_a_checksum_that_differs_is_refused():
    with pytest.raises(answers.Unexpected, match="checksum"):
        dataverse.positions(made.POSITIONS, "0" * 32)


RECORDINGS = {
    "imf.read": ["imf/imf-sdmx3-csv-WEO-KAZ-NGDPD-2026-09-08.csv", "imf/imf-sdmx3-csv-CPI-CHN-YOY-EXCERPT.csv", "imf/imf-imts-sdmx3-csv-header-and-row.csv"],
    "imf.signal": ["imf/imf-imts-sdmx3-availability-COUNTRY.json"],
    "oecd.read": ["oecd/oecd-sdmx-csv-DF_IALFS_UNE_M-USA-2023.csv"],
    "world_bank.read_archive": ["worldbank/wb-v2-sources57-archive-202403-CPI.json"],
    "world_bank.read_versions": ["worldbank/wb-v2-sources57-versions.json"],
    "world_bank.read_csv": ["worldbank/wdi-api-csv-download-NY.GDP.MKTP.CD-2025-03-24.csv", "worldbank/wdi-api-csv-download-resaved-by-excel-PA.NUS.FCRF-2025-01-28.csv"],
    "comtrade.read": ["comtrade/comtrade-public-preview-USA-JPN-2023.json"],
    "comtrade.signal": ["comtrade/comtrade-public-getDa-shape-example.json"],
    "fred.read": ["fred/fred-fredgraph-DCOILBRENTEU-2018-old-header.csv", "fred/fred-fredgraph-GS1M-GS1-GS10-GS30-2026-07.csv", "fred/alfred-alfredgraph-GDP-two-vintages.csv"],
    "eia.read": ["eia/eia-v2-crude-oil-imports-monthly.json"],
    "hmrc.read": ["hmrc/hmrc-monthly_xml_2015-01.xml", "hmrc/hmrc-monthly_xml_2022-03.xml"],
    "bank_of_russia.read": ["cbr/cbr-XML_daily-2016-08-23.xml", "cbr/cbr-XML_daily-2025-04-01-cp1251.xml", "cbr/cbr-XML_dynamic-USD-2001-03.xml"],
    "pink_sheet.read": ["pinksheet/wb-CMO-Historical-Data-Monthly-2026.xlsx"],
    "dataverse.read": ["dataverse/dataverse-harvard-dataset-5B8YM8.json"],
    "gacc.read": ["gacc/gacc-en-s4-by-country-2025-0102-cny.html"],
    "gacc.read_index": ["gacc/gacc-en-preliminary-index-2026.html"],
    "ofac.read": ["revisions/ofac-SDN-asof-2021-07.csv"],
    "ofac.read_delta": ["ofac/ofac-changes-latest-2026-08-26_delta.xml"],
    "uk_sanctions.read": ["uk-sanctions/uk-fcdo-UK-Sanctions-List-header-and-one-row-2026-10-08.csv"],
    "eu_sanctions.read": ["eu-sanctions/eu-fsf-csv-first21columns-2026-08-05.csv"],
    "swiss_sanctions.read": ["ch-sanctions/ch-seco-shape-example-anonymised.xml"],
    "australian_sanctions.read": ["au-sanctions/au-dfat-regulation8_consolidated-2024-12.xlsx"],
    "kazakhstan.read": ["central-asia/kz-taldau-GetIndexTreeData-agriculture-output-annual.json"],
    "kazakhstan.read_workbook": ["central-asia/kz-bns-trade-2023.xls"],
    "uzbekistan.read": ["central-asia/uz-siat-sdmx_data_1105-exports.csv", "central-asia/uz-siat-sdmx_data_1176-imports.csv"],
    "carriers.read_oil": ["revisions/brent-monthly-asof-2026-07-02.csv", "revisions/brent-monthly-asof-2026-07-09.csv"],
    "carriers.read_ofac": ["revisions/ofac_panel-asof-2026-02-28.csv", "revisions/ofac_panel-asof-2026-03-31.csv"],
}  # fmt: skip
REFUSED = {
    "gacc/gacc-en-s4-by-country-2018-01-cny.html": "gacc.read",  # the table is a picture
    "gacc/gacc-en-s5-major-exports-2025-04-usd-shifted-EXCERPT.html": "gacc.read",  # another table, a column short
    "ofac/ofac-SDN-2019-01.csv": "ofac.read",  # a copy that lost its last line end
    "eu-sanctions/eu-fsf-xmlFullSanctionsList-1_1-excerpt-2020-04.xml": "eu_sanctions.read_xml",  # an excerpt, one subject twice
}


def _of(named):
    module, _, function = named.partition(".")
    return getattr(import_module(f"refresh.publishers.{module}"), function)


LARGE = {"pink_sheet.read", "australian_sanctions.read"}  # seconds each: with `make faults`


@pytest.mark.parametrize(
    ("named", "file"),
    [
        pytest.param(named, file, marks=[pytest.mark.slow, pytest.mark.faults] if named in LARGE else [])
        for named, files in RECORDINGS.items()
        for file in files
    ],
)
def test_a_recorded_answer_is_read(named, file):
    path = Path(RECORDED) / file
    if not RECORDED or not path.exists():
        pytest.skip("PARTNERSHIP_RECORDED does not hold it")
    assert len(_of(named)(path.read_bytes()))


@pytest.mark.parametrize("file", REFUSED)
def test_a_recorded_answer_that_is_not_whole_is_refused(file):
    path = Path(RECORDED) / file
    if not RECORDED or not path.exists():
        pytest.skip("PARTNERSHIP_RECORDED does not hold it")
    with pytest.raises(answers.Unexpected):
        _of(REFUSED[file])(path.read_bytes())


def test_recorded_errors_are_refused_by_every_reader():
    folder = Path(RECORDED) / "errors"
    if not RECORDED or not folder.is_dir():
        pytest.skip("PARTNERSHIP_RECORDED does not hold them")
    files = [path for path in sorted(folder.iterdir()) if not path.name.endswith((".source.txt", "mapping.csv"))]
    tried = 0
    for path in files:
        for name, (read, _) in made.ANSWERS.items():
            tried += 1
            with pytest.raises(answers.Unexpected):
                read(path.read_bytes())
                pytest.fail(f"{name} reads {path.name}")
    assert tried >= 20 * len(files) > 400
