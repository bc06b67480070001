"""Arms from Russia and to China, summed from SIPRI's register by year and by five years; other rows were read off pages.

SIPRI lets nobody reproduce large parts of its register, so the sums in the table are the extract.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from refresh import numbers

SOURCES = ("sipri-trade-register-2026-02",)
IN_PLACE = SOURCES
PUBLISHED = "2026-02-12"
PAIR, SOLD, BOUGHT = ("RUS", "CHN"), ("RUS", "WLD"), ("WLD", "CHN")
SHARES = {"share-of-exports": SOLD, "share-of-imports": BOUGHT}
WINDOWS = ("2014", "2018", "2019", "2020", "2021", "2022", "2023", "2024")
"""Last years of the windows of five years, those of which SIPRI's own shares are found and those after."""
COLUMNS = ["period", "frequency", "period_start", "metric", "exporter", "importer", "value", "unit", "note"]


def derive(extracts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Deliveries by year, and the share of each whole that went from Russia to China."""
    (source,) = SOURCES
    sums = _sums(extracts[source])
    years = sorted({year for year, _ in sums})
    rows: list[tuple[str, ...]] = []
    for year in years:
        note = "last year of the register export, may be revised" if year == years[-1] else ""
        for pair in (PAIR, SOLD, BOUGHT):
            value = numbers.plain(sums.get((year, pair), Decimal(0)))
            rows.append((year, "A", year, "deliveries", *pair, value, "TIV million", note))
        rows += [(year, "A", year, *share[:-1], "") for share in _shares(sums, [year])]
    for year in WINDOWS:
        span = [str(number) for number in range(int(year) - 4, int(year) + 1)]
        rows += [(year, "5Y", span[0], *share) for share in _shares(sums, span)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.assign(period_end=table["period"], status="derived", source_id=source, published=PUBLISHED)


def _sums(register: pd.DataFrame) -> dict[tuple[str, tuple[str, str]], Decimal]:
    sums: dict[tuple[str, tuple[str, str]], Decimal] = {}
    for supplier, recipient, year, cell in register.itertuples(index=False):
        pairs = [SOLD] * (supplier == "Russia") + [BOUGHT] * (recipient == "China")
        for pair in [PAIR, *pairs] if len(pairs) == 2 else pairs:
            sums[year, pair] = sums.get((year, pair), Decimal(0)) + numbers.exact(cell)
    return sums


def _shares(sums: dict[tuple[str, tuple[str, str]], Decimal], years: list[str]) -> list[tuple[str, ...]]:
    """Per cent of all that Russia delivered and of all that China got, with the two numbers."""
    part = sum((sums.get((year, PAIR), Decimal(0)) for year in years), start=Decimal(0))
    found: list[tuple[str, ...]] = []
    for metric, pair in SHARES.items():
        whole = sum((sums.get((year, pair), Decimal(0)) for year in years), start=Decimal(0))
        note = f"{numbers.plain(part)} of {numbers.plain(whole)} TIV million"
        found.append((metric, *PAIR, numbers.plain(100 * part / whole, 1), "per cent", note))
    return found
