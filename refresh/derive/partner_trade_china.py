"""China's trade with every partner as its customs printed it. The table of 2025 was read off its page by a person."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from refresh import countries, numbers
from refresh.derive import Extracts

SOURCES = ("gacc-country-table-2024-12",)
NAMES = {
    "China (re-imports)": "CHN",
    'Belize/other (label "Bui Island")': "BVT",
    "Country (region) unknown": "XUN",
    "Other Asian countries (regions)": "XQA",
    "Other African countries (regions)": "XQF",
    "Other European countries (regions)": "XQE",
    "Other Latin American countries (regions)": "XQL",
    "Other countries (regions) in North America": "XQN",
    "Other countries (regions) in Oceania": "XQO",
    "Total value": "WLD",
}


def derive(extracts: Extracts) -> pd.DataFrame:
    """2024 as printed; 2023 from 2024 and the growth printed to a tenth of a per cent, in the digits that both bear."""
    (source,) = SOURCES
    table = extracts[source]
    table = table[table["level"].isin(["partner", "total"])].reset_index(drop=True)
    partner = countries.column(table["partner"], NAMES)
    parts = []
    for flow in ("exports", "imports"):
        value, growth = table[f"{flow}_2024_cny_mn"], table[f"{flow}_yoy_pct"]
        parts.append(_rows("2024", flow, partner, value.map(lambda cell: numbers.plain(cell) if cell else ""), growth))
        before = [_before(new, rate) for new, rate in zip(value, growth, strict=True)]
        earlier = _rows("2023", flow, partner, pd.Series(before), pd.Series("", table.index))
        parts.append(earlier.assign(error=[_error(cell, rate) for cell, rate in zip(before, growth, strict=True)]))
    rows = pd.concat(parts, ignore_index=True)
    return rows[~rows["value"].isin(["", "0"])].assign(source_id=source).fillna("")


def _before(new: str, growth: str) -> str:
    """The year before, in the digits that both bear: those of the value, and one more than the growth factor has.

    Examples
    --------
    >>> _before("198969.9", "14.3"), _before("8.4", "182.8")
    ('174080', '3')
    """
    if not new or not growth or not numbers.exact(new):
        return ""
    value, factor = numbers.exact(new), 100 + numbers.exact(growth)
    before = value * 100 / factor
    digits = min(_digits(value), _digits(factor.quantize(Decimal("0.1"))) + 1, 5)
    return numbers.plain(round(before, digits - 1 - before.adjusted()))


def _error(value: str, growth: str) -> str:
    """How far the value may be off: by the tenth of the growth, or by half its own last digit."""
    if not value:
        return ""
    number = numbers.exact(value)
    last = Decimal(1).scaleb(int(number.as_tuple().exponent))
    return numbers.digits(max(numbers.from_growth(number, numbers.exact(growth)), last / 2), 3)


def _digits(number: Decimal) -> int:
    return len(number.as_tuple().digits)


def _rows(period: str, flow: str, partner: pd.Series, value: pd.Series, growth: pd.Series) -> pd.DataFrame:
    other = partner.map({"CHN": "re-import", "XUN": "unknown"}).fillna(
        partner.str.startswith("XQ").map({True: "other-in-continent", False: ""})
    )
    note = other if period == "2024" else "derived-from-growth"
    return pd.DataFrame(
        {
            "period": period,
            "exporter": "CHN" if flow == "exports" else partner,
            "importer": partner if flow == "exports" else "CHN",
            "reporter": "CHN",
            "valuation": "FOB" if flow == "exports" else "CIF",
            "currency": "CNY",
            "value": value,
            "growth_reported": growth.map(lambda cell: numbers.plain(cell) if cell else ""),
            "status": "reported" if period == "2024" else "derived",
            "published": "2025-01",
            "note": note,
        }
    )
