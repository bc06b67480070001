"""Goods trade between all countries in three years; the table's own rows are the extract, codes for names."""

from __future__ import annotations

import re
from decimal import Decimal

import pandas as pd

from refresh import countries, numbers
from refresh.derive import Extracts
from refresh.extract import unctad

SOURCES = ("unctad-matrix-nd",)
IN_PLACE = SOURCES
SNAPSHOTS = ("world-matrix/unctad_all_pairs_1995_2005_2015.parquet",)
read = unctad.whole
# Names that the carrier ran together otherwise than the table of countries would.
NAMES = {
    "ChinaTaiwanProvince": "TWN",
    "CotedIvoire": "CIV",
    "Curacao": "CUW",
    "FaeroeIslands": "FRO",
    "HolySee": "VAT",
    "Indonesia2002": "IDN",
    "IranIslamicRepublic": "IRN",
    "KoreaDemPeoples": "PRK",
    "KoreaRepublicof": "KOR",
    "MicronesiaFedSts": "FSM",
    "NorthernMarianas": "MNP",
    "RepublicofMoldova": "MDA",
    "SaintVincentandGrenadines": "VCT",
    "SaoTomeandPricipe": "STP",
    "SintBonaire": "BES",
    "SintMaarten": "SXM",
    "Sudan2011": "SDN",
    "Swaziland": "SWZ",
    "SyrianArabRepublic": "SYR",
    "TFYRofMacedonia": "MKD",
    "TanzaniaUnitedRepublic": "TZA",
    "TurksandCaicos": "TCA",
}


def derive(extracts: Extracts) -> pd.DataFrame:
    """One row a year, exporter and importer, million dollars; the matrix's two flows of France with itself are left out."""
    (source,) = SOURCES
    matrix = extracts[source]
    known = {_together(name): code for name, code in countries.names().items()} | NAMES
    rows = pd.DataFrame(
        {
            "period": matrix["year"],
            "exporter": countries.column(matrix["exporter"], known),
            "importer": countries.column(matrix["importer"], known),
            "value": [
                _shortened(numbers.exact(numbers.times(cell, "1e-3", 6))) for cell in matrix["value_usd_thousand"]
            ],
            "source_id": source,
        }
    )
    return rows[rows["exporter"] != rows["importer"]]


def _together(name: str) -> str:
    return re.sub(r"[^A-Za-z]", "", name)


def _shortened(value: Decimal) -> str:
    """Three decimals, or four digits where that is more; the carrier holds single precision, so dollars at best."""
    return numbers.plain(value, max(3, 3 - value.adjusted()))
