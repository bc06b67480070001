"""Trade of China and Russia from files: both customs services by month, the IMF by year. Other rows were read off pages."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts
from refresh.extract.fcs import MONTHS

FCS, DOTS = "fcs-monthly-partners-2021", "imf-dots-2023"
YUAN = ("gacc-partner-table-cny-2024", "gacc-partner-table-cny-2026-07")
MGIMO = "mgimo-foreign-trade-2026-07"
SEPTEMBER, NOVEMBER = "gacc-partner-table-usd-2024-09", "gacc-main-partners-usd-2025-11"
SOURCES = (FCS, DOTS, *YUAN, MGIMO, SEPTEMBER, NOVEMBER)
JUDGED = {MGIMO: ("rank", "error", "note")}  # which row of a cell is best, how far a chart can be read, what to doubt
CUSTOMS_FIRST = frozenset({"2010", "2016", "2017", "2018", "2019", "2020"})  # China's customs printed the flows itself


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a period, flow, reporter and source, million dollars."""
    parts = [_customs(extracts[FCS]), _dots(extracts[DOTS]), *(yuan(extracts[source], source) for source in YUAN)]
    parts += [mgimo(extracts[MGIMO]), *dollars(extracts, "Russia")]
    return pd.concat(parts, ignore_index=True).fillna("")


def _customs(table: pd.DataFrame) -> pd.DataFrame:
    month = table["Месяц"].map({name: f"{number:02}" for number, name in enumerate(MONTHS, 1)})
    exports = table["Лист"] == "Экспорт"
    value = table["Китай, млн долларов США"].map(numbers.plain)
    return _rows(table["Год"] + "-" + month, "M", exports, "RUS", value, FCS, "2022").assign(rank="1")


def _dots(table: pd.DataFrame) -> pd.DataFrame:
    parts = []
    for name, code in (("China", "CHN"), ("Russia", "RUS")):
        own = table[table["Country Name"] == name].reset_index(drop=True)
        exports = own["Indicator Code"].str.startswith("TXG")
        value = pd.Series([numbers.times(cell, "1e-6", 3) for cell in own["Value"]])
        parts.append(_rows(own["Year"], "A", exports, code, value, DOTS, "2023"))
    rows = pd.concat(parts, ignore_index=True)
    second = (rows["reporter"] == "CHN") & rows["period"].isin(CUSTOMS_FIRST)
    return rows.assign(rank=second.map({True: "2", False: "1"}))


def mgimo(table: pd.DataFrame) -> pd.DataFrame:
    """China's side by month: imports as reported, exports read off a chart."""
    parts = []
    for column, exports in (("imports_from_russia_usd_bn", False), ("exports_to_russia_usd_bn_digitised", True)):
        value = pd.Series([numbers.times(cell, "1000") for cell in table[f"china_{column}"]])
        rows = _rows(table["period"], "M", pd.Series(exports, table.index), "CHN", value, MGIMO, "2026-07-22")
        parts.append(rows.assign(rank="1", status="digitised" if exports else "reported"))
    return pd.concat(parts, ignore_index=True)


def _rows(
    period: pd.Series, frequency: str, exports: pd.Series, reporter: str, value: pd.Series, source: str, published: str
) -> pd.DataFrame:
    other = {"CHN": "RUS", "RUS": "CHN"}[reporter]
    return pd.DataFrame(
        {
            "period": period,
            "frequency": frequency,
            "direction": "one-way",
            "exporter": exports.map({True: reporter, False: other}),
            "importer": exports.map({True: other, False: reporter}),
            "reporter": reporter,
            "valuation": exports.map({True: "FOB", False: "CIF"}),
            "currency": "USD",
            "value": value,
            "status": "reported",
            "source_id": source,
            "published": published,
        }
    )


FLOWS = {
    "exports": {"direction": "one-way", "exporter": "CHN", "importer": "RUS", "valuation": "FOB"},
    "imports": {"direction": "one-way", "exporter": "RUS", "importer": "CHN", "valuation": "CIF"},
    "total": {"direction": "two-way", "exporter": "CHN", "importer": "RUS", "valuation": "other"},
}
# Growth of the year to date that the newest table prints, per cent.
GROWTH = {("2026-07", "exports"): "24.5", ("2026-07", "imports"): "19.1", ("2026-07", "total"): "21.5"}


def yuan(table: pd.DataFrame, source: str) -> pd.DataFrame:
    """China's customs in million yuan: months and years to date as printed.

    The months between, which the extract has as differences, were read off the carrier's file of all months as printed:
    a difference holds what was revised of the months before, up to some four per cent of a month.
    """
    if "partner" in table:
        table = table[table["partner"] == "Russia"]
    rows: list[dict[str, str]] = []
    for cells in table[table["ytd_basis"] == "published"].to_dict("records"):
        month = cells["period"]
        for flow, names in FLOWS.items():
            for frequency, column in (("M", "month"), ("YTD", "ytd")):
                row = names | {
                    "period": month,
                    "frequency": frequency,
                    "value": numbers.times(cells[f"{column}_{flow}_cny_bn"], "1000"),
                    "growth_reported": GROWTH.get((month, flow), "") if frequency == "YTD" else "",
                    "status": "reported",
                    "published": month_after(max(month, f"{month[:4]}-02")),
                }
                rows.append(row)
                if month.endswith("-12") and frequency == "YTD":
                    rows.append(row | {"period": month[:4], "frequency": "A", "note": "Year to date of December."})
    common = {"reporter": "CHN", "currency": "CNY", "rank": "1", "source_id": source}
    return pd.DataFrame([row | common for row in rows]).fillna("")


def month_after(month: str) -> str:
    """The month after."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]), 12)
    return f"{year}-{number + 1:02}"


def dollars(extracts: Extracts, partner: str) -> list[pd.DataFrame]:
    """Two dollar tables of China's customs: September 2024, and January to November 2025, in million dollars."""
    september, november = extracts[SEPTEMBER], extracts[NOVEMBER]
    row = september[september["partner"] == partner.replace("World", "Total value")].iloc[0]
    last = november[november["partner"] == partner.replace("World", "Total")].iloc[0]
    values = {("2024-09", "M"): ("month", SEPTEMBER, "2024-10"), ("2024-09", "YTD"): ("ytd", SEPTEMBER, "2024-10")}
    rows = []
    for (period, frequency), (span, source, seen) in values.items():
        both = {flow: numbers.exact(row[f"{flow}_{span}_usd_mn"]) for flow in ("exports", "imports")}
        cells = {flow: numbers.plain(value) for flow, value in both.items()}
        if partner == "Russia":
            cells["total"] = numbers.plain(sum(both.values(), start=numbers.exact("0")))
        rows += [
            FLOWS[flow]
            | {"period": period, "frequency": frequency, "value": cell, "source_id": source, "published": seen}
            for flow, cell in cells.items()
        ]
    printed = {"exports": "china_exports_usd_mn", "imports": "china_imports_usd_mn", "total": "total_usd_mn"}
    for flow, column in printed.items():
        named = {"period": "2025-11", "frequency": "YTD", "source_id": NOVEMBER, "published": "2025-12"}
        rows.append(FLOWS[flow] | named | {"value": numbers.plain(last[column])})
    common = {"reporter": "CHN", "currency": "USD", "rank": "1", "status": "reported"}
    return [pd.DataFrame([found | common for found in rows])]
