"""Routes against recorded answers: what a publisher once answered is what stands in the extracts, within its rounding."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from refresh import derive, extract, frames, kinds, publishers, routes
from refresh.publishers import gacc, imf, kazakhstan, pink_sheet, uk_sanctions

RECORDED = os.environ.get("PARTNERSHIP_RECORDED", "")
DOCS = Path(__file__).parents[2] / "docs" / "refresh.md"


def answer(*names: str) -> list[bytes]:
    paths = [Path(RECORDED) / name for name in names]
    if not RECORDED or not all(path.exists() for path in paths):
        pytest.skip("PARTNERSHIP_RECORDED does not hold it")
    return [path.read_bytes() for path in paths]


def taken(name: str, **found: bytes):
    """What a route takes from answers, and the extract at hand."""
    held = extract.load(routes.ROUTES[name].source)
    return routes.ROUTES[name].take(found, held), held


def agree(own, held, key: list[str], value: str, tolerance: str) -> int:
    """How many cells two frames share; all must be the same within a relative tolerance."""
    both = own.merge(held, on=key, suffixes=("", "_held"))
    for first, second in zip(both[value], both[f"{value}_held"], strict=True):
        assert abs(Decimal(first) - Decimal(second)) <= Decimal(tolerance) * abs(Decimal(second)), (first, second)
    return len(both)


def test_uzbekistan_to_the_byte():
    sold, bought = answer(
        "central-asia/uz-siat-sdmx_data_1105-exports.csv", "central-asia/uz-siat-sdmx_data_1176-imports.csv"
    )
    own, held = taken("uzbekistan", exports=sold, imports=bought)
    assert frames.text(own) == frames.text(held) and own.size > 6000


def test_a_year_that_one_table_lacks_does_not_arrive():
    held = extract.load("uzb-stat-trade-by-country-2023")
    columns = [name for name in held if name != "Flow"]
    parts = {flow: held.loc[held["Flow"] == flow, columns] for flow in ("exports", "imports")}
    parts["exports"] = parts["exports"].assign(**{"2024": "1.0"})
    raw = {flow: part.to_csv(index=False, lineterminator="\n").encode() for flow, part in parts.items()}
    assert frames.text(taken("uzbekistan", **raw)[0]) == frames.text(held)


@pytest.mark.slow
@pytest.mark.faults
def test_the_australian_list_to_the_byte():
    (raw,) = answer("au-sanctions/au-dfat-regulation8_consolidated-2024-12.xlsx")
    held = extract.load("dfat-consolidated-list-2024-12")
    own = routes.ROUTES["australian-list"].take({"2024-12": raw}, held.iloc[:0])
    assert frames.text(own) == frames.text(held) and own["total"].astype(int).sum() == 1488


def test_the_row_of_the_british_list_that_is_recorded():
    (raw,) = answer("uk-sanctions/uk-fcdo-UK-Sanctions-List-header-and-one-row-2026-10-08.csv")
    own, held = taken("uk-list", list=raw)
    assert len(own) == 1 == len(own.merge(held)), "kind and day of designation are those at hand"
    assert routes.ROUTES["uk-list"].published({"list": raw}) == "2026-10-08"
    assert uk_sanctions.signal(raw) == "08-Oct-2026"


def test_the_outlook_of_kazakhstan_in_the_rounding_of_the_carrier():
    (raw,) = answer("imf/imf-sdmx3-csv-WEO-KAZ-NGDPD-2026-09-08.csv")
    own, held = taken("gdp-outlook", **{"2026-09": raw})
    assert agree(own, held, ["iso3"], "gdp_2025_usd_bn", "0.000002") == 1
    assert routes.ROUTES["gdp-outlook"].edition({"2026-09": raw}).source == "imf-weo-gdp-api-2026-09"


def test_the_gross_domestic_products_of_march_2025():
    (raw,) = answer("worldbank/wdi-api-csv-download-NY.GDP.MKTP.CD-2025-03-24.csv")
    own, held = taken("gdp", file=raw)
    pair = own[own["Country Code"].isin(["CHN", "RUS"])]
    assert agree(pair, held, ["Country Code", "Year"], "Value", "0.0001") == 100


def test_the_rates_of_the_world_bank():
    (raw,) = answer("worldbank/wdi-api-csv-download-resaved-by-excel-PA.NUS.FCRF-2025-01-28.csv")
    own, held = taken("rates-world-bank", file=raw)
    assert agree(own, held, ["Country Code", "Year"], "Value", "0.000000001") == len(held) == len(own)


def test_two_months_of_customs_rates():
    for file, period in (("hmrc-monthly_xml_2015-01.xml", "2015-01"), ("hmrc-monthly_xml_2022-03.xml", "2022-03")):
        (raw,) = answer(f"hmrc/{file}")
        own, held = taken("rates-hmrc", month=raw)
        assert frames.text(own) == frames.text(held), period


# -- readers without a route: why -----------------------------------------------------------------


def test_the_brent_of_the_pink_sheet_is_another_quotation():
    (raw,) = answer("pinksheet/wb-CMO-Historical-Data-Monthly-2026.xlsx")
    table = pink_sheet.read(raw)
    own = table[table["Commodity"] == "Crude oil, Brent"].assign(
        period=lambda rows: rows["Month"].str.replace("M", "-")
    )
    held = derive.stored("oil-price").query("frequency == 'M'")
    both = own.merge(held, on="period")
    ratio = both["Value"].astype(float) / both["value"].astype(float)
    assert len(both) > 400 and ((ratio - 1).abs() > 0.005).mean() > 0.3


def test_chinas_page_prints_what_the_carrier_has_with_three_digits_more():
    (raw,) = answer("gacc/gacc-en-s4-by-country-2025-0102-cny.html")
    row = gacc.read(raw).set_index("Partner").loc["Russian Federation"]
    held = extract.load("gacc-partner-table-cny-2026-07").set_index("period").loc["2025-02"]
    for name in ("Total", "Export", "Import"):
        ours = held[f"ytd_{name.lower() + 's' * (name != 'Total')}_cny_bn"]
        assert abs(Decimal(row[name]) / 10 - Decimal(ours)) <= Decimal("0.005")


def test_the_workbook_of_kazakhstan_has_the_rows_at_hand():
    (raw,) = answer("central-asia/kz-bns-trade-2023.xls")
    names = {"year": "Год", "country": "Страна", "flow": "Поток", "thousand dollars": "тыс. долларов США"}
    own = kazakhstan.read_workbook(raw).rename(columns=names)
    held = extract.load("kaz-stat-trade-by-country-2023")
    held = held[held["Книга"] == "2023"]
    assert agree(own, held, ["Год", "Страна", "Поток"], "тыс. долларов США", "0") == len(held) == 12


def test_the_one_recorded_row_of_the_imf_is_in_dollars():
    (raw,) = answer("imf/imf-imts-sdmx3-csv-header-and-row.csv")
    assert imf.read(raw)["OBS_VALUE"].tolist() == ["56004917567"]


# -- the register of readers ----------------------------------------------------------------------


def rows_of_the_docs() -> list[list[str]]:
    text = DOCS.read_text("utf-8")
    part = text[text.index("## Readers and their routes") :].split("\n## ")[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("| `")
    ]


def test_the_docs_name_every_reader_and_every_route():
    rows = rows_of_the_docs()
    modules = {Path(name).stem for name in os.listdir(Path(publishers.__file__).parent) if name.endswith(".py")}
    assert {row[0].strip("`") for row in rows} == modules - {"__init__"}
    told = {name for row in rows for name in re.findall(r"`([a-z-]+)`", row[2])}
    assert told >= set(routes.ROUTES), "a route that the table leaves out"
    for name, route in routes.ROUTES.items():
        row = next(row for row in rows if f"`{name}`" in row[2])
        assert all(f"`{table}`" in row[3] for table in route.tables), name
        assert all(kinds.kind(table) != kinds.EVENTS for table in route.tables)
