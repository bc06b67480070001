"""Frames of the front page: the two-sided picture of dependence, and stated numbers beside recomputed ones."""

from __future__ import annotations

import altair as alt
import pandas as pd

from partnership import charts, claims, data, measures, prose
from partnership.trade import bilateral, totals, turnover

PERIOD = {"period": "2024-09", "frequency": "YTD", "currency": "USD", "direction": "one-way"}
SIDES = {
    ("RUS", "exports"): "Russia’s exports|go to China",
    ("RUS", "imports"): "Russia’s imports|come from China",
    ("CHN", "imports"): "China’s imports|come from Russia",
    ("CHN", "exports"): "China’s exports|go to Russia",
}
SHOWN = {
    "trade-202-10m": "Trade, January|to October 2024",
    "trade-202-full-2024": "Trade, the year 2024",
    "share-exports-30": "China’s share of|Russia’s exports",
    "share-imports-41": "China’s share of|Russia’s imports",
    "cars-60": "Chinese brands|in new cars",
    "phones-90": "Chinese brands|in phone imports",
    "sanctions-19535-aug": "Sanctions in force,|August 2024",
    "trade-28-yoy": "Growth of trade,|2024",
}


def dependence(as_of: str | None = None) -> pd.DataFrame:
    """Each country's share in the other's trade, January to September 2024, the last months that all four customs totals cover.

    Returns
    -------
    pandas.DataFrame
        ``whose`` (country code), ``flow``, ``label``, ``share`` (per cent) and the rows' sources, four rows.
    """
    rows = []
    for (whose, flow), label in SIDES.items():
        own, other = ("exporter", "importer") if flow == "exports" else ("importer", "exporter")
        partner = "CHN" if whose == "RUS" else "RUS"
        pair = bilateral(as_of, **PERIOD, **{own: whose, other: partner}, reporter="CHN")
        world = totals(as_of, **PERIOD, **{own: whose, other: "WLD"}, reporter=whose)
        share = measures.partner_share(pair["value"].iloc[0], world["value"].iloc[0])
        rows.append({"whose": whose, "flow": flow, "label": label, "share": 100 * float(share)})
    return pd.DataFrame(rows)


def dependence_rows() -> pd.DataFrame:
    """The rows behind :func:`dependence`."""
    pair = bilateral(**PERIOD, reporter="CHN")
    world = totals(**PERIOD)
    world = world[
        (world["exporter"].isin(["CHN", "RUS"]) & (world["importer"] == "WLD")) | (world["exporter"] == "WLD")
    ]
    return prose.together(_named(pair, "bilateral-trade"), _named(world, "trade-totals"))


def _named(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    frame.attrs["table"] = table
    return frame


def picture(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw :func:`dependence`: four lying bars, coloured by the partner on whom the share depends."""
    shown = frame.assign(partner=frame["whose"].map({"RUS": "China’s share", "CHN": "Russia’s share"}))
    colours = {"China’s share": charts.CHINA, "Russia’s share": charts.RUSSIA}
    return charts.rows(
        shown[["label", "share", "partner"]],
        "share",
        "label",
        "partner",
        unit="per cent",
        colours=colours,
        values=".1f",
    )


def describe_dependence(frame: pd.DataFrame) -> str:
    """Text alternative of the picture."""
    parts = "; ".join(f"{row.label.replace('|', ' ')}: {row.share:.1f} %" for row in frame.itertuples())
    return f"Four bars, shares of trade from January to September 2024. {parts}."


def stated_and_found(ledger: pd.DataFrame) -> pd.DataFrame:
    """Numbers of the article as per cent of what the tables say today.

    Returns
    -------
    pandas.DataFrame
        ``claim`` (short), ``ratio`` (per cent), ``stated``, ``recomputed``, ``unit``, ``verdict``; nearest first.
    """
    rows = ledger[ledger["id"].isin(SHOWN)].dropna(subset=["recomputed", "stated_value"])
    frame = pd.DataFrame(
        {
            "claim": rows["id"].map(SHOWN),
            "ratio": 100 * rows["stated_value"] / rows["recomputed"],
            "stated": rows["stated_value"],
            "recomputed": rows["recomputed"],
            "unit": rows["unit"],
            "verdict": rows["now"],
        }
    )
    return frame.sort_values("ratio", key=lambda ratio: (ratio - 100).abs(), kind="stable").reset_index(drop=True)


def found_rows(ledger: pd.DataFrame) -> pd.DataFrame:
    """The rows behind the recomputed numbers, and the claims themselves."""
    known = [claims.recompute(claim).rows for claim in SHOWN if claim in set(ledger["id"])]
    rows = pd.concat([*known, data.load("claims")], ignore_index=True)
    rows.attrs["table"] = "claims"
    return rows


def gauge(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw :func:`stated_and_found`: a dot a number, a line at one hundred."""
    base = charts.dots(
        frame.assign(line=100),
        "ratio",
        "claim",
        "verdict",
        unit="per cent of the number found",
        colours=charts.VERDICTS,
        span=False,
    )
    line = (
        alt.Chart(pd.DataFrame({"_x": [100]}))
        .mark_rule(color=charts.MUTED, strokeDash=[4, 3])
        .encode(x=alt.X("_x", type="quantitative"))
    )
    return alt.layer(base, line)  # fmt: skip


def describe_gauge(frame: pd.DataFrame) -> str:
    """Text alternative of the gauge."""
    parts = "; ".join(
        f"{row.claim.replace('|', ' ')}: stated {row.stated:,.10g}, found {prose.shortest(row.recomputed)} {row.unit}, {row.verdict}"
        for row in frame.itertuples()
    )
    return f"Dots on a scale where one hundred means agreement. {parts}."


def numbers(ledger: pd.DataFrame) -> dict[str, prose.Number]:
    """The numbers that the front page's sentences need."""
    trade = data.load("bilateral-trade")
    shares, ground = dependence().set_index(["whose", "flow"])["share"], dependence_rows()
    fall = data.select(trade, period="2025", frequency="A", direction="two-way", currency="USD").dropna(
        subset=["growth_reported"]
    )
    months = data.select(trade, frequency="YTD", direction="two-way", currency="CNY", period=["2025-07", "2026-07"])
    yuan = data.best(months).sort_values("period")
    listed, evidence = data.load("claims"), data.load("claim-evidence")
    sanctions = claims.recompute("sanctions-19535-aug")
    stated = data.select(listed, id=["sanctions-19535-aug"])
    phones, cars = claims.recompute("phones-90"), claims.recompute("cars-60")
    year, ten = turnover("2024", "A"), claims.recompute("trade-202-10m")
    tested = claims.distinct(ledger)
    holds, fails = int(tested.isin(claims.HOLDS).sum()), int(tested.isin(claims.FAILS).sum())
    return {
        "claims": prose.count(len(tested), listed, "statements", note="distinct, of fact or forecast"),
        "hold": prose.count(holds, evidence, "claims", note="confirmed or about right today"),
        "fail": prose.count(fails, evidence, "claims", note="right for another thing, or wrong, today"),
        "export_share": prose.percent(shares["RUS", "exports"], ground, note="China's customs over Russia's customs"),
        "import_share": prose.percent(shares["RUS", "imports"], ground, note="China's customs over Russia's customs"),
        "china_exports": prose.percent(shares["CHN", "exports"], ground),
        "china_imports": prose.percent(shares["CHN", "imports"], ground),
        "total_2024": prose.dollars(float(year["value"].iloc[0]), year),
        "ten_months": prose.dollars(float(ten.rows["value"].sum()), ten.rows, 2),
        "fall_2025": prose.percent(-float(fall["growth_reported"].iloc[0]), fall, note="as printed, in dollars"),
        "rise_2026": prose.percent(
            100 * (yuan["value"].iloc[1] / yuan["value"].iloc[0] - 1), yuan, note="recomputed, in yuan"
        ),
        "sanctions_stated": prose.count(float(stated["stated_value"].iloc[0]), stated, "sanctions"),
        "sanctions_stock": prose.count(float(sanctions.value or 0), sanctions.rows, "designations"),
        "cars": prose.percent(float(cars.value or 0), cars.rows, 0),
        "phones": prose.percent(float(phones.value or 0), phones.rows, 0),
        "sources": prose.count(len(data.sources()), _sources(), "sources"),
        "tables": prose.count(len(data.tables()), _sources(), "tables"),
    }


def _sources() -> pd.DataFrame:
    """The register as rows that a number can rest on."""
    register = data.sources().reset_index()
    rows = register.assign(source_id=register["id"])
    rows.attrs["table"] = "sources"
    return rows
