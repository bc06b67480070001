"""Energy trade: Chinese customs by month, MGIMO's mirror in tonnes, the reviews of BP and the Energy Institute."""

from __future__ import annotations

import re

import pandas as pd

from refresh import countries, numbers
from refresh.derive import Extracts

GACC, MGIMO = "gacc-russian-energy-imports-2022-07", "mgimo-oil-tonnes-mirror-2026-05"
BP, INSTITUTE = "bp-statistical-review-2021", "ei-statistical-review-2024"
SOURCES = (GACC, MGIMO, BP, INSTITUTE)
PUBLISHED = {GACC: "2022-07", MGIMO: "2026-07-22", BP: "2021-07", INSTITUTE: "2024-06"}
SERIES = re.compile(r"(Volume|Value) of Imports: (.+): Russian Federation")
COMMODITIES = {
    "Steam Coal": "steam coal",
    "Coking Coal": "coking coal",
    "Coal": "coal",
    "Crude Oil": "crude oil",
    "Liquified Natural Gas (LNG)": "LNG",
    "Pipeline Carried Natural Gas (Gaseous State)": "pipeline gas",
    "crude": "crude oil",
    "lng": "LNG",
    "pipeline_gas": "pipeline gas",
}
UNITS = {"USD": ("USD million", "1e-6"), "ton": ("thousand tonnes", "1e-3"), "kg": ("thousand tonnes", "1e-6")}
AREAS = {
    "Africa": "XAF",
    "Australasia": "XOC",
    "Brunei": "BRN",
    "Europe": "XER",
    "Middle East": "XME",
    "Other Africa": "XOF",
    "Other Americas*": "XOA",
    "Other Asia Pacific": "XOP",
    "Other Asia Pacific*": "XOP",
    "Other CIS": "XCI",
    "Other Europe*": "XOE",
    "S. & Cent. America": "XSA",
    "Total": "WLD",
    "Total imports": "WLD",
    "Trinidad & Tobago": "TTO",
    "US": "USA",
    "CHN": "CHN",
    "RUS": "RUS",
}
PARTNERS = {"Венгрия": "HUN", "Индия": "IND", "Китай": "CHN", "Словакия": "SVK", "Турция": "TUR", "Япония": "JPN"}
# Cells of the customs file that look wrong: month, commodity, measure.
DOUBTS = {
    ("1998-04", "crude oil", "value"): "identical to March 1998 in the file, possibly a repeat",
    ("1998-04", "crude oil", "volume"): "identical to March 1998 in the file, possibly a repeat",
    ("2006-11", "coking coal", "value"): "unit value 66 USD a tonne, about a sixth of the neighbouring months",
    ("2007-11", "coking coal", "value"): "unit value 124 USD a tonne, about a third of the neighbouring months",
    ("2008-10", "coal", "value"): "unit value 425 USD a tonne, more than three times the neighbouring months",
    ("2009-01", "coal", "value"): "unit value 346 USD a tonne, more than three times the neighbouring months",
    ("2009-01", "coking coal", "value"): "identical to December 2008 in the file, possibly a repeat",
    ("2019-06", "coal", "value"): "value far out of line: less than steam and coking coal together; 8.9 USD a tonne",
}
TINY = frozenset({"2007-05", "2007-09", "2007-10", "2008-04"})


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a period, commodity, flow, measure and source."""
    parts = [
        customs(extracts[GACC]),
        tonnes(extracts[MGIMO]),
        *(review(extracts[name], name) for name in (BP, INSTITUTE)),
    ]
    return pd.concat(parts, ignore_index=True)


def customs(table: pd.DataFrame) -> pd.DataFrame:
    """China's imports from Russia by month, in million dollars and thousand tonnes."""
    found = []
    for series, unit, month, cell in table.itertuples(index=False, name=None):
        measure, commodity = SERIES.fullmatch(series).groups()  # type: ignore[union-attr]
        measure, commodity = measure.lower(), COMMODITIES[commodity]
        name, factor = UNITS[unit]
        doubt = DOUBTS.get((month, commodity, measure), "")
        if commodity == "coal" and month in TINY:
            doubt = "tiny quantity, the unit value has no meaning"
        found.append((month, commodity, measure, numbers.times(cell.replace(",", ""), factor), name, doubt))
    rows = pd.DataFrame(found, columns=["period", "commodity", "measure", "value", "unit", "note"])
    return rows.assign(
        frequency="M",
        exporter="RUS",
        importer="CHN",
        reporter="CHN",
        status="reported",
        source_id=GACC,
        published=PUBLISHED[GACC],
    )


def tonnes(table: pd.DataFrame) -> pd.DataFrame:
    """Oil and products by month and partner, as partners report."""
    partner = countries.column(table["partner"], PARTNERS | {"Other": "XOT"})
    return pd.DataFrame(
        {
            "period": table["period"],
            "frequency": "M",
            "commodity": "oil and products",
            "exporter": "RUS",
            "importer": partner,
            "reporter": partner.replace({"XOT": "XMR"}),
            "measure": "volume",
            "value": table["thousand_tonnes"].map(numbers.plain),
            "unit": "thousand tonnes",
            "status": "reported",
            "source_id": MGIMO,
            "published": PUBLISHED[MGIMO],
        }
    )


def review(table: pd.DataFrame, source: str) -> pd.DataFrame:
    """Flows of a year, compiled by an industry publisher."""
    return pd.DataFrame(
        {
            "period": table["year"],
            "frequency": "A",
            "commodity": table["commodity"].map(COMMODITIES),
            "exporter": countries.column(table["exporter"], AREAS),
            "importer": countries.column(table["importer"], AREAS),
            "reporter": "XIN",
            "measure": "volume",
            "value": [numbers.plain(cell, 3) for cell in table["value"]],
            "unit": table["unit"].replace({"bcm": "billion cubic metres"}),
            "status": "estimated",
            "source_id": source,
            "published": PUBLISHED[source],
        }
    )
