"""Trade of China and Russia with the world and with continents, from the files of customs, WITS, Comtrade and the IMF."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts, bilateral_trade, carried

ANNUAL, GROUPS_2023, GROUPS_2024 = (
    "fcs-annual-totals-2021",
    "fcs-by-country-group-2023-12",
    "fcs-by-country-group-2024-09",
)
DOTS, COMTRADE = "imf-dots-rus-2023", "un-comtrade-chn-totals-2024"
WITS = {"wits-summary-chn-2021": "CHN", "wits-summary-rus-2021": "RUS"}
YUAN = "gacc-partner-table-cny-2024"
FIRST = "fcs-publication-2022"
SOURCES = (
    bilateral_trade.SEPTEMBER,
    bilateral_trade.NOVEMBER,
    FIRST,
    YUAN,
    ANNUAL,
    GROUPS_2023,
    GROUPS_2024,
    DOTS,
    COMTRADE,
    *WITS,
)
CONTINENTS = {
    "Весь мир": "WLD",
    "ЕВРОПА": "XER",
    "АЗИЯ": "XAS",
    "АФРИКА": "XAF",
    "АМЕРИКА": "XAM",
    "ОКЕАНИЯ": "XOC",
}
OVERSTATED = "Above the customs figure: 2016 and 2017 are overstated in UN Comtrade."


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a period, flow and source, million dollars."""
    annual, dots, comtrade = extracts[ANNUAL], extracts[DOTS], extracts[COMTRADE]
    parts = [
        _rows(
            "RUS",
            "WLD",
            annual["Показатель"] == "Экспорт",
            annual["Год"],
            annual["млн долларов США"],
            "1",
            ANNUAL,
            "2022",
        ),
        *(_groups(extracts[source], source) for source in (GROUPS_2023, GROUPS_2024)),
        _rows(
            "RUS",
            "WLD",
            dots["Sheet"].str.startswith("Exports"),
            dots["Year"],
            dots["US Dollars, Millions"],
            "1",
            DOTS,
            "2024",
            3,
        ).assign(rank="2"),
        _comtrade(comtrade),
        *(_wits(extracts[source], source, country) for source, country in WITS.items()),
        _yuan(extracts[YUAN]),
        _first(extracts[FIRST]),
        *_dollars(extracts),
    ]
    return pd.concat(parts, ignore_index=True).fillna("")


def _groups(table: pd.DataFrame, source: str) -> pd.DataFrame:
    exports = table["Поток"] == "Экспорт"
    year = table["Период"].str.extract(r"(\d{4})")[0]
    ytd = table["Период"].str.lower().str.contains("сентябрь")
    rows = _rows(
        "RUS", table["Группа"].map(CONTINENTS), exports, year + ytd.map({True: "-09", False: ""}),
        table["млрд долларов США"], "1000", source, "2024",
    )  # fmt: skip
    return rows.assign(frequency=ytd.map({True: "YTD", False: "A"}).to_numpy())


def _comtrade(table: pd.DataFrame) -> pd.DataFrame:
    long = table.melt("period", ["M", "X"], "flow", "value")
    long = long[long["value"] != "0"].reset_index(drop=True)  # a year that is not there yet
    rows = _rows("CHN", "WLD", long["flow"] == "X", long["period"], long["value"], "1e-6", COMTRADE, "2025", 3)
    return rows.assign(published=carried(rows["period"], "2024", "2025"))


def _wits(table: pd.DataFrame, source: str, country: str) -> pd.DataFrame:
    table = table[table["Indicator"].isin(["Exports (in US$ Mil)", "Imports (in US$ Mil)"])].reset_index(drop=True)
    if country == "CHN":  # UN Comtrade has the years from 2014
        table = table[table["Year"] <= "2013"].reset_index(drop=True)
    rows = _rows(
        country, "WLD", table["Indicator"].str.startswith("Exports"), table["Year"], table["Value"], "1", source, "2023"
    )
    if country == "RUS":
        rows["rank"] = (table["Year"] >= "2011").map({True: "3", False: "2"})
        rows["note"] = table["Year"].isin(["2016", "2017"]).map({True: OVERSTATED, False: ""})
    return rows


def _rows(
    country: str,
    partner: pd.Series | str,
    exports: pd.Series,
    period: pd.Series,
    value: pd.Series,
    factor: str,
    source: str,
    published: str,
    places: int | None = None,
) -> pd.DataFrame:
    other = pd.Series(partner, exports.index) if isinstance(partner, str) else partner
    return pd.DataFrame(
        {
            "period": period,
            "frequency": "A",
            "direction": "one-way",
            "exporter": other.mask(exports, country),
            "importer": other.where(exports, country),
            "reporter": country,
            "valuation": exports.map({True: "FOB", False: "CIF"}),
            "currency": "USD",
            "rank": "1",
            "value": [numbers.times(cell, factor, places) for cell in value],
            "status": "reported",
            "source_id": source,
            "published": published,
        }
    )


# Growth of the year as the table of December prints it, per cent.
GROWTH = {"exports": "7.1", "imports": "2.3"}


def _yuan(table: pd.DataFrame) -> pd.DataFrame:
    """China's customs in million yuan, the months that the carrier has."""
    table = table[table["partner"] == "World"]
    parts = []
    for flow in ("exports", "imports"):
        exports = pd.Series(flow == "exports", table.index)
        seen = [bilateral_trade.month_after(max(month, f"{month[:4]}-02")) for month in table["period"]]
        for frequency, column in (("M", "month"), ("YTD", "ytd")):
            value = table[f"{flow}_{column}_cny_mn"]
            rows = _rows("CHN", "WLD", exports, table["period"], value, "1", YUAN, "")
            parts.append(rows.assign(frequency=frequency, currency="CNY", published=seen))
        year = parts[-1][parts[-1]["period"].str.endswith("-12")]
        parts.append(year.assign(period=year["period"].str[:4], frequency="A", growth_reported=GROWTH[flow]))
    return pd.concat(parts, ignore_index=True).fillna("")


def _first(table: pd.DataFrame) -> pd.DataFrame:
    """Totals of 2022 as first published."""
    table = table[(table["Группа"] == "ВСЕГО") & (table["Период"] == "2022")].reset_index(drop=True)
    exports = table["Поток"] == "ЭКСПОРТ"
    rows = _rows("RUS", "WLD", exports, table["Период"], table["млн долларов США"], "1", FIRST, "2023")
    later = exports.map({True: "592,487", False: "255,305"})
    return rows.assign(rank="2", note="First publication; " + later + " in the revision a year later.")


def _dollars(extracts: Extracts) -> list[pd.DataFrame]:
    """China's customs in dollars, with the world in place of Russia."""
    found = bilateral_trade.dollars(extracts, "World")
    return [rows.replace({"exporter": {"RUS": "WLD"}, "importer": {"RUS": "WLD"}}) for rows in found]
