"""Russia's trade with every partner: UN Comtrade, and the IMF where Comtrade is overstated or missing."""

from __future__ import annotations

import pandas as pd

from refresh import numbers
from refresh.derive import Extracts

COMTRADE, REPORTED, ESTIMATED = (
    "un-comtrade-rus-partners-2000-2020",
    "imf-imts-rus-2016-2021",
    "imf-imts-rus-2022-2024-estimates",
)
SOURCES = (COMTRADE, REPORTED, ESTIMATED)


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year, exporter and importer, million dollars."""
    parts = [comtrade(extracts[COMTRADE]), imts(extracts[REPORTED], REPORTED), imts(extracts[ESTIMATED], ESTIMATED)]
    return pd.concat(parts, ignore_index=True)


def comtrade(table: pd.DataFrame) -> pd.DataFrame:
    """Without 2016 and 2017, which are overstated, and without the second count of re-imports."""
    table = table[~table["Year"].isin(["2016", "2017"]) & (table["Trade Flow"] != "Re-Import")]
    areas = {"490": "TWN", "899": "XUN", "568": "XQE"}
    partner = table["Partner ISO"].mask(table["Partner ISO"] == "", table["Partner Code"].map(areas))
    notes = {"TWN": "other-asia-nes", "XUN": "undisclosed", "XQE": "other-europe-nes", "RUS": "re-import"}
    value = [numbers.times(cell, "1e-6", 6) for cell in table["Trade Value (US$)"]]
    exports = table["Trade Flow"] == "Export"
    note = partner.map(notes).fillna("")
    note = note.mask((partner == "SDN") & (table["Year"] <= "2011"), "former-sudan")
    return rows(table["Year"], partner, exports, value, "reported", COMTRADE, note)


# The IMF's remainders of continents, and the world; its other codes that begin with G or T are groups of countries.
REMAINDERS = {"TX399": "XQW", "TX598": "XQA", "TX799": "XQF", "TX884": "XQE", "TX898": "XUN"}
OTHERS = REMAINDERS | {"G001": "WLD"}


def imts(table: pd.DataFrame, source: str) -> pd.DataFrame:
    """Countries, remainders and the world; an estimate of the IMF says so in every row."""
    if source == REPORTED:  # Comtrade has 2018 to 2020
        table = table[table["TIME_PERIOD"].isin(["2016", "2017", "2021"])]
    code = table["COUNTERPART_COUNTRY.ID"]
    table = table[code.str.fullmatch("[A-Z]{3}") | code.isin(OTHERS)]
    code, period = table["COUNTERPART_COUNTRY.ID"], table["TIME_PERIOD"]
    exports = table["INDICATOR.ID"] == "XG_FOB_USD"
    value = [numbers.plain(cell, 6) for cell in table["OBS_VALUE"]]
    if source == REPORTED:
        note = code.isin(REMAINDERS).map({True: "not-specified", False: ""})
        return rows(period, code.replace(OTHERS | {"WBG": "PSE"}), exports, value, "reported", source, note)
    note = (
        pd.Series("imf-estimate", table.index)
        .mask(code == "CHN", "differs-from-gacc")
        .mask((code == "UGA") & ~exports, "artefact-uganda")
        .mask((code == "UZB") & exports & (period >= "2023"), "artefact-uzbekistan")
        .mask((code == "G001") & ~period.isin(period[code == "KAZ"]), "kazakhstan-missing")
    )
    return rows(period, code.replace(OTHERS | {"WBG": "PSE"}), exports, value, "estimated", source, note)


def rows(
    period: pd.Series,
    partner: pd.Series,
    exports: pd.Series,
    value: object,
    status: str,
    source: str,
    note: pd.Series | str,
) -> pd.DataFrame:
    """Flows of Russia with partners, from its side."""
    return pd.DataFrame(
        {
            "period": period,
            "exporter": partner.mask(exports, "RUS"),
            "importer": partner.where(exports, "RUS"),
            "reporter": "RUS",
            "valuation": exports.map({True: "FOB", False: "CIF"}),
            "currency": "USD",
            "value": value,
            "status": status,
            "source_id": source,
            "note": note,
        }
    )
