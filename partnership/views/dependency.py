"""Shares of China and Russia in each other's trade, on every basis there is."""

from __future__ import annotations

import pandas as pd

from partnership import data, prose, trade
from partnership.series import Series, series

FLOWS = {"exports": ("exporter", "importer"), "imports": ("importer", "exporter")}
CUSTOMS, RECORD, IMF = "customs of both", "Russia’s record", "IMF estimate"
COUNTED, SAID = "published counts", "said, forecast or of low reliability"
MIRROR = "from partners’ reports"
UNSURE = "forecast|not stated|low reliability|may have|said in"
"""Words of a note that make a published share no count of a period; so does a page of the lowest tier."""


def of(rows: pd.DataFrame, flow: str, partner: str, country: str = "RUS") -> pd.DataFrame:
    """Rows of a country's exports or imports with one partner (``"WLD"``: with all)."""
    own, other = FLOWS[flow]
    return data.select(rows, **{own: country, other: partner})


def customs(country: str, frequency: str, currency: str = "USD") -> tuple[pd.DataFrame, pd.DataFrame]:
    """The flows between the two as Chinese customs count them, and a country's totals as its own customs count them."""
    where = {"frequency": frequency, "direction": "one-way", "currency": currency}
    return trade.bilateral(reporter="CHN", **where), trade.totals(reporter=country, **where)


def shares() -> dict[tuple[str, str], Series]:
    """China's share of Russia's exports and imports by year, per cent, on each basis; by flow and basis."""
    partners = data.load("partner-trade-russia")
    flows, totals = customs("RUS", "A")
    found = {}
    for flow in FLOWS:
        for basis, status in ((RECORD, "reported"), (IMF, "estimated")):
            rows = data.select(partners, status=status)
            found[flow, basis] = series(
                "100 * a / b", a=of(rows, flow, "CHN"), b=of(rows, flow, "WLD"), unit="per cent"
            )
        parts = {"a": of(flows, flow, "CHN"), "b": of(totals, flow, "WLD")}
        found[flow, CUSTOMS] = series("100 * a / b", unit="per cent", **parts)
    return found


def share_of_months(flow: str) -> Series:
    """China's share of Russia's exports, imports or trade (``both``) in January to September, customs of both."""
    if flow == "both":
        between, world = trade.nine_months()
        return series("100 * sum(a) / sum(b)", a=between, b=world, unit="per cent")
    flows, totals = customs("RUS", "YTD")
    parts = {"a": of(flows, flow, "CHN"), "b": of(totals, flow, "WLD")}
    months = {name: rows[rows["period"].str.endswith("-09")] for name, rows in parts.items()}
    return series("100 * a / b", unit="per cent", **months)


def in_nine_months(year: str) -> prose.Number:
    """China's share of all trade of Russia in January to September of a year, per cent, customs of both."""
    between, world = (data.select(rows, period=f"{year}-09") for rows in trade.nine_months())
    return prose.percent("100 * sum(a) / sum(b)", a=between, b=world)


def published() -> pd.DataFrame:
    """Shares of China in Russia's trade that others gave, with ``basis``: counted, only said, or without Russia's reports."""
    rows = data.select(data.load("trade-shares"), reporter="RUS", partner="CHN")
    unsure = rows["note"].fillna("").str.contains(UNSURE) | (rows["frequency"] == "D") | (rows["tier"] == "E")
    basis = unsure.map({True: SAID, False: COUNTED})
    return rows.assign(basis=basis.mask(rows["note"].fillna("").str.contains("mirror data"), MIRROR))


def tidy(course: Series, flow: str, basis: str) -> pd.DataFrame:
    """A series as rows of a chart: ``flow``, ``basis``, ``year``, ``period`` (in words if from January on), ``percent``."""
    frame = course.frame.rename(columns={"value": "percent"}).rename_axis("period").reset_index()
    year, period = frame["period"].str[:4].astype(int), frame["period"].map(course.when)
    return frame.assign(flow=flow, basis=basis, year=year, period=period).drop(columns="error")


def on_every_basis(since: int = 2014) -> pd.DataFrame:
    """China's share of Russia's exports, imports and both, one row a flow, basis and period from a year on.

    Returns
    -------
    pandas.DataFrame
        ``flow`` (exports, imports, both), ``basis``, ``year``, ``period`` (as :func:`partnership.prose.whole`),
        ``percent``, ``who`` (of a published share, else empty).
    """
    flows, totals = customs("RUS", "A")
    parts = [tidy(course, *key) for key, course in shares().items()]
    world = totals[(totals["exporter"] == "WLD") | (totals["importer"] == "WLD")]
    parts.append(tidy(series("100 * sum(a) / sum(b)", a=flows, b=world), "both", CUSTOMS))
    for flow in (*FLOWS, "both"):
        months = tidy(share_of_months(flow), flow, CUSTOMS)
        annual = {
            int(year)
            for part in parts
            for year in part.loc[(part["flow"] == flow) & (part["basis"] == CUSTOMS), "year"]
        }
        parts.append(months[~months["year"].isin(annual)])
    told = published()
    parts.append(
        told.assign(
            flow=told["flow"].replace("total", "both"),
            year=told["period"].str[:4].astype(int),
            period=prose.whole(told),
            percent=told["value"],
        )[["flow", "basis", "year", "period", "percent", "who"]]
    )
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[frame["year"] >= since].assign(who=lambda rows: rows["who"].fillna(""))
    return frame.sort_values(["flow", "basis", "year", "percent"]).reset_index(drop=True)


def interval(frame: pd.DataFrame) -> pd.DataFrame:
    """The lowest and the highest share of a flow and year over all counts.

    Neither what was only said is one, nor what is made without Russia's reports: the IMF's estimates, the OEC's shares.
    """
    counts = frame[frame["basis"].isin([CUSTOMS, RECORD, COUNTED])]
    found = counts.groupby(["flow", "year"], as_index=False)["percent"].agg(low="min", high="max", counts="size")
    return found[found["counts"] > 1]


def own_shares(country: str) -> pd.DataFrame:
    """The partner's share of a country's exports and imports by year, from the country's own customs and from China's.

    Columns as :func:`tidy`; ``basis`` is the counter: ``"Russia’s customs"`` or ``"China’s customs"``.
    """
    partner = {"CHN": "RUS", "RUS": "CHN"}[country]
    flows, totals = customs(country, "A")
    parts = []
    for flow in FLOWS:
        if country == "RUS":
            own = trade.bilateral(reporter="RUS", frequency="A", direction="one-way", currency="USD")
            early = {"a": of(own, flow, partner), "b": of(totals, flow, "WLD")}
            early = {name: rows[rows["period"] < "2000"] for name, rows in early.items()}
            parts.append(tidy(series("100 * a / b", **early), flow, "Russia’s customs"))
            parts.append(tidy(shares()[flow, RECORD], flow, "Russia’s customs"))
        pair = {"a": of(flows, flow, partner, country), "b": of(totals, flow, "WLD", country)}
        counted = tidy(series("100 * a / b", **pair), flow, "China’s customs")
        parts.append(counted[counted["year"] >= 2014] if country == "RUS" else counted)
        if country == "RUS":
            parts.append(tidy(share_of_months(flow), flow, "China’s customs").query("year > @counted.year.max()"))
        else:
            yuan = customs(country, "A", "CNY")
            late = {"a": of(yuan[0], flow, partner, country), "b": of(yuan[1], flow, "WLD", country)}
            late = {
                name: rows[rows["period"] > counted["period"].max()].dropna(subset=["value"])
                for name, rows in late.items()
            }
            parts.append(tidy(series("100 * a / b", **late), flow, "China’s customs"))
    return pd.concat(parts, ignore_index=True)
