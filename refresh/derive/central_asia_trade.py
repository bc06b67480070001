"""Trade of Central Asia with China and Russia, from the files of statistical offices, UNCTAD, Comtrade and the IMF."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, Decimal

import pandas as pd

from refresh import countries, numbers
from refresh.derive import Extracts, bilateral_trade, carried, partner_trade_russia
from refresh.extract.gacc import ASIA

KAZ, KGZ, UZB = (f"{code}-stat-trade-by-country-2023" for code in ("kaz", "kgz", "uzb"))
COMTRADE, IMTS = "un-comtrade-rus-partners-2000-2020", "imf-imts-rus-2016-2021"
UNCTAD, GACC, WITS = "unctad-matrix-nd", "gacc-country-table-2024-12", "wits-kazakhstan-2024"
SOURCES = (KAZ, KGZ, UZB, COMTRADE, IMTS, UNCTAD, GACC, WITS, bilateral_trade.SEPTEMBER)
DIGITS = {"KAZ": 5, "KGZ": 6, "UZB": 6}  # decimals of a million dollars
SILENT = ("TJK", "TKM")  # countries that publish nothing themselves: Russia's side stands in
SUMMED = "sum of all partner rows of the table, other countries included; no total is printed"


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year, flow and counter, million dollars."""
    parts = [_kazakhstan(extracts[KAZ]), _kyrgyzstan(extracts[KGZ]), _uzbekistan(extracts[UZB])]
    parts += [_russia(partner_trade_russia.comtrade(extracts[COMTRADE])), _russia(_imts(extracts[IMTS]))]
    return pd.concat(
        [
            *parts,
            _matrix(extracts[UNCTAD]),
            _china(extracts[GACC]),
            _wits(extracts[WITS]),
            _september(extracts[bilateral_trade.SEPTEMBER]),
        ],
        ignore_index=True,
    ).fillna("")


def _kazakhstan(table: pd.DataFrame) -> pd.DataFrame:
    """Each year from the newest workbook that has it."""
    newest = table.groupby("Год")["Книга"].transform("max") == table["Книга"]
    table = table[newest].reset_index(drop=True)
    partner = table["Страна"].map({"Всего": "WLD", "Россия": "RUS", "Китай": "CHN"})
    return _rows("KAZ", partner, table["Поток"] == "Экспорт", table["Год"], table["тыс. долларов США"], KAZ)


def _kyrgyzstan(table: pd.DataFrame) -> pd.DataFrame:
    partner = table["Country"].map({"Total": "WLD", "Russia": "RUS", "China": "CHN"})
    year = table["Year"].str.extract(r"(\d{4})")[0]
    rows = _rows("KGZ", partner, table["Flow"] == "exports", year, table["thousand US dollars"], KGZ)
    footnote = table["Year"].str.len() > 4  # the sheet marks its last year
    return rows.assign(note=footnote.map({True: "provisional", False: ""}))


def _uzbekistan(table: pd.DataFrame) -> pd.DataFrame:
    years = [name for name in table if name.isdigit()]
    long = table.melt(["Klassifikator_en", "Flow"], years, "Year", "Value")
    long["exact"] = long["Value"].map(numbers.exact)
    world = long.groupby(["Flow", "Year"], as_index=False)["exact"].sum().assign(Klassifikator_en="World")
    names = {"Russia": "RUS", "Russian Federation": "RUS", "China": "CHN", "World": "WLD"}
    kept = pd.concat([long, world], ignore_index=True)
    kept = kept[kept["Klassifikator_en"].isin(names)].reset_index(drop=True)
    partner = kept["Klassifikator_en"].map(names)
    value = kept["exact"].where(partner != "WLD", kept["exact"].map(_thousands))
    value = value.map(numbers.plain)
    rows = _rows("UZB", partner, kept["Flow"] == "exports", kept["Year"], value, UZB)
    whole = partner == "WLD"
    return rows.assign(
        status=whole.map({True: "derived", False: "reported"}),
        note=whole.map({True: SUMMED, False: ""}),
        published=carried(kept["Year"], "2023", "2024"),
    )


def _thousands(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_DOWN)


def _matrix(table: pd.DataFrame) -> pd.DataFrame:
    """Exporters' view; what Central Asia sends is partly drawn from its partners, so its valuation is unclear."""
    five = [name for name in table["exporter"].unique() if name not in ("China", "RussianFederation")]
    table = table[table["exporter"].isin(five) != table["importer"].isin(five)].reset_index(drop=True)
    codes = {"RussianFederation": "RUS"}
    return pd.DataFrame(
        {
            "period": table["year"],
            "frequency": "A",
            "exporter": countries.column(table["exporter"], codes),
            "importer": countries.column(table["importer"], codes),
            "direction": "one-way",
            "counter": "UNCTAD",
            "valuation": table["exporter"].isin(five).map({True: "other", False: "FOB"}),
            "currency": "USD",
            "value": [numbers.times(cell, "1e-3", 6) for cell in table["value_usd_thousand"]],
            "status": "reported",
            "source_id": UNCTAD,
        }
    )


def _china(table: pd.DataFrame) -> pd.DataFrame:
    """China's side in million yuan: 2024 as printed, 2023 from 2024 and the printed growth."""
    table = table[table["partner"].isin(["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"])]
    rows = []
    for partner, line in zip(countries.codes(table["partner"]), table.to_dict("records"), strict=True):
        for flow, exporter, importer in (("exports", "CHN", partner), ("imports", partner, "CHN")):
            value, growth = line[f"{flow}_2024_cny_mn"], line[f"{flow}_yoy_pct"]
            names = {"exporter": exporter, "importer": importer, "valuation": "FOB" if flow == "exports" else "CIF"}
            before = numbers.exact(value) * 100 / (100 + numbers.exact(growth))
            note = f"2024 value over the printed growth of {numbers.plain(growth)} %"
            rows.append(names | {"period": "2024", "value": numbers.plain(value), "status": "reported"})
            error = numbers.digits(max(numbers.from_growth(before, numbers.exact(growth)), Decimal("0.5")), 3)
            past = {"period": "2023", "value": numbers.plain(before, 0), "status": "derived", "error": error}
            rows.append(names | past | {"note": note})
    common = {"frequency": "A", "direction": "one-way", "counter": "CHN", "currency": "CNY"}
    return pd.DataFrame([row | common | {"source_id": GACC, "published": "2025-01"} for row in rows])


def _wits(table: pd.DataFrame) -> pd.DataFrame:
    """Kazakhstan's side as it reports to the United Nations; the carrier gives billions in double precision."""
    rows = []
    for line in table.to_dict("records"):
        for name, partner in (("china", "CHN"), ("russia", "RUS")):
            for flow, exporter, importer, basis in (("exp", "KAZ", partner, "FOB"), ("imp", partner, "KAZ", "CIF")):
                value = numbers.times(line[f"{name}_{flow}_bn"], "1000", 6)
                sides = {"exporter": exporter, "importer": importer, "valuation": basis, "value": value}
                rows.append(sides | {"period": line["year"]})
    common = {"frequency": "A", "direction": "one-way", "counter": "WITS", "currency": "USD", "status": "reported"}
    return pd.DataFrame([row | common | {"source_id": WITS} for row in rows])


def _imts(table: pd.DataFrame) -> pd.DataFrame:
    code = table["COUNTERPART_COUNTRY.ID"]
    table = table[code.isin(SILENT)]
    value = table["OBS_VALUE"].map(numbers.plain)
    exports = table["INDICATOR.ID"] == "XG_FOB_USD"
    return partner_trade_russia.rows(
        table["TIME_PERIOD"], table["COUNTERPART_COUNTRY.ID"], exports, value, "reported", IMTS, ""
    )


def _russia(rows: pd.DataFrame) -> pd.DataFrame:
    """Flows of Russia with the countries that publish nothing, in this table's columns."""
    kept = rows[rows["exporter"].isin(SILENT) | rows["importer"].isin(SILENT)]
    return kept.rename(columns={"reporter": "counter"}).assign(frequency="A", direction="one-way")


def _rows(
    country: str, partner: pd.Series, exports: pd.Series, year: pd.Series, thousands: pd.Series, source: str
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": year,
            "frequency": "A",
            "exporter": partner.mask(exports, country),
            "importer": partner.where(exports, country),
            "direction": "one-way",
            "counter": country,
            "valuation": exports.map({True: "FOB", False: "CIF"}),
            "currency": "USD",
            "value": [numbers.times(cell, "1e-3", DIGITS[country]) for cell in thousands],
            "status": "reported",
            "source_id": source,
            "published": "2024",
        }
    )


def _september(table: pd.DataFrame) -> pd.DataFrame:
    """China's side, January to September 2024, million dollars."""
    table = table[table["partner"].isin(ASIA)]
    partner = countries.column(table["partner"])
    parts = []
    for flow, valuation in (("exports", "FOB"), ("imports", "CIF")):
        parts.append(
            pd.DataFrame(
                {
                    "exporter": "CHN" if flow == "exports" else partner,
                    "importer": partner if flow == "exports" else "CHN",
                    "valuation": valuation,
                    "value": table[f"{flow}_ytd_usd_mn"].map(numbers.plain),
                }
            )
        )
    common = {"period": "2024-09", "frequency": "YTD", "direction": "one-way", "counter": "CHN", "currency": "USD"}
    told = {"status": "reported", "source_id": bilateral_trade.SEPTEMBER, "published": "2024-10"}
    return pd.concat(parts).assign(**common, **told)
