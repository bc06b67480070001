"""How far CEPII's price indices moved, alone and beside customs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from partnership import data, prose, trade
from partnership.views import energy

BASE = "2021"


def last() -> str:
    """The last year of CEPII's table of products."""
    return data.latest(data.load("product-trade-hs"))


def index(exporter: str, period: str, goods: str = "all") -> pd.DataFrame:
    """The rows of the indices of one direction and year, one row a cut-off of outliers."""
    return data.select(data.load("trade-price-volume"), exporter=exporter, goods=goods, period=period)


def change(
    exporter: str,
    column: str,
    end: str = "min",
    goods: str = "all",
    *,
    since: str = BASE,
    until: str = "",
    sign: str = "",
) -> prose.Number:
    """Change of an index (``price`` or ``volume``) from a year, 2021 if none is named, to another or the last, per cent.

    ``end`` is ``min`` or ``max``: the smallest or the largest over the cut-offs; ``sign`` is ``-`` to tell a fall as its size.
    """
    a, b = ((index(exporter, period, goods), column) for period in (since, until or last()))
    return prose.percent(f"{sign}100 * ({end}(b / a) - 1)", a=a, b=b, digits=0)


def by_customs(exporter: str, year: str) -> pd.DataFrame:
    """What China's customs printed for one direction and year, in dollars."""
    rows = trade.bilateral(reporter="CHN", exporter=exporter, period=year, frequency="A", currency="USD")
    return data.select(rows, direction="one-way")


def revised(exporter: str, year: str) -> pd.DataFrame:
    """The same flow as customs revised it since: its twelve months."""
    rows = data.select(data.load("monthly-trade"), exporter=exporter, reporter="CHN")
    return trade.twelve_months(rows, f"{year}-12")


def by_weights(
    exporter: str, weights: str, end: str, *, since: str = BASE, until: str = "", sign: str = "", digits: int = 0
) -> prose.Number:
    """Change of prices weighed by the goods of one year alone, per cent: no mean of two as in :func:`change`.

    ``weights`` is ``laspeyres`` (the earlier year of each step) or ``paasche`` (the later one); the rest as in :func:`change`.
    """
    formula, links = _chain(exporter, weights, since, until or last())
    return prose.percent(f"{sign}100 * ({end}({formula}) - 1)", digits=digits, **links)


def direct(exporter: str, end: str, *, weights: str = "", sign: str = "") -> prose.Number:
    """Change of prices with the last year set against 2021 directly, without the year between, per cent.

    ``end`` and ``sign`` as in :func:`change`, or the name of one cut-off in place of ``end``; ``weights`` as in
    :func:`by_weights`, by default the book's mean of both.
    """
    whole = end in ("min", "max")
    rows = index(exporter, last()) if whole else data.select(index(exporter, last()), cutoff=end)
    columns = [weights] if weights else ["laspeyres", "paasche"]
    operands: dict[str, Any] = {name: (rows, f"{column}_{BASE}") for name, column in zip("ab", columns, strict=False)}
    price = "a" if weights else "sqrt(a * b)"
    return prose.percent(f"{sign}100 * ({f'{end}({price})' if whole else price} - 1)", digits=0, **operands)


def _chain(exporter: str, weights: str, since: str, until: str) -> tuple[str, dict[str, Any]]:
    """The steps between two years, multiplied: a formula and its operands."""
    steps = [str(year) for year in range(int(since) + 1, int(until) + 1)]
    links = {f"step{year}": (index(exporter, year), weights) for year in steps}
    return " * ".join(links), links


def at_customs(
    exporter: str, end: str, *, anew: bool = False, sign: str = "", digits: int = 0, weights: str = ""
) -> prose.Number:
    """Change of prices if all by which CEPII's value and that of China's customs grew apart were price, per cent.

    ``anew`` takes the flows of customs as revised since; ``end`` and ``sign`` as in :func:`change`, ``weights`` as in
    :func:`by_weights`, by default the book's mean of both.
    """
    years, counted = (BASE, last()), revised if anew else by_customs
    whole = data.select(data.load("product-trade-hs"), exporter=exporter, hs_code="TOTAL")
    c, d = (data.select(whole, period=year) for year in years)
    e, f = (counted(exporter, year) for year in years)
    if weights:
        grew, prices = _chain(exporter, weights, *years)
    else:
        grew = "b / a"
        prices = {name: (index(exporter, year), "price") for name, year in zip("ab", years, strict=True)}
    formula = f"{sign}100 * ({end}({grew}) / (d / c) * (sum(f) / sum(e)) - 1)"
    return prose.percent(formula, digits=digits, **prices, c=c, d=d, e=e, f=f)


def crude_by_customs(end: str, *, since: str = BASE, sign: str = "") -> prose.Number:
    """Change of the prices of Russia's goods with crude oil as China's customs count it, dollars and tonnes, per cent.

    Crude oil is one subheading, and no cut-off leaves it out: it is taken out of the sums of each step and that of customs
    put in. The other goods stay as CEPII has them. ``end`` and ``sign`` as in :func:`change`.
    """
    crude = data.select(data.load("product-trade-hs"), exporter="RUS", hs_code="2709")
    dollars, tonnes = (energy.by_year(data.load("energy-trade"), "crude oil", of) for of in ("value", "volume"))
    links: list[str] = []
    operands: dict[str, Any] = {}
    for now in range(int(since) + 1, int(last()) + 1):
        for year in (str(now - 1), str(now)):
            rows, own = index("RUS", year), data.select(crude, period=year)
            operands |= {f"v{year}": own, f"q{year}": (own, "tonnes"), f"t{year}": (rows, "value")}
            operands |= {f"d{year}": energy.amount(dollars, year), f"k{year}": energy.amount(tonnes, year)}
        rows = index("RUS", str(now))
        columns = {"l": "laspeyres", "p": "paasche", "m": "matched_before", "n": "matched"}
        operands |= {f"{name}{now}": (rows, column) for name, column in columns.items()}
        links.append(_STEP.replace("_0", str(now - 1)).replace("_1", str(now)))
    return prose.percent(f"{sign}100 * ({end}({' * '.join(links)}) - 1)", digits=0, **operands)


_STEP = (
    "sqrt((l_1 * m_1 * t_0 - v_1 * q_0 / q_1 + d_1 * k_0 / k_1) / (m_1 * t_0 - v_0 + d_0)"
    " * (n_1 * t_1 - v_1 + d_1) / (n_1 * t_1 / p_1 - v_0 * q_1 / q_0 + d_0 * k_1 / k_0))"
)
"""A link of :func:`crude_by_customs`: Laspeyres times Paasche, each with one good exchanged for another."""
