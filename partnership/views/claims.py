"""Frames of the chapter that holds the ledger of all claims."""

from __future__ import annotations

from html import escape
from typing import Any

import altair as alt
import pandas as pd

from partnership import charts, claims, data, prose, show

SECTIONS = {
    "Introduction": "Introduction",
    "Pull quotes": "Pull quotes",
    "Vigorous Trade Relations Amid Western Sanctions": "Trade",
    "Technology and Security Nexus": "Technology and security",
    "Enhancing Diplomatic Ties": "Diplomacy",
    "Foreseeing: The China-Russia Partnership in 2025": "Outlook",
}
RANKS = dict.fromkeys("AB", "official") | {"C": "press report"} | dict.fromkeys("DE", "estimate or weaker")
"""How a reader may take the tiers of cited rows."""
SHADES = {"official": charts.INK, "press report": charts.MUTED, "estimate or weaker": charts.GRID}

FIGURES = {
    ("trade-volume", "year-to-date"): ["trade-202-10m", "trade-202-full-2024", "contradiction-202"],
    ("trade-volume", "totals-and-targets"): ["trade-2024-range", "contradiction-28"],
    ("trade-volume", "annual-trade"): ["trade-same-as-2023"],
    ("trade-volume", "monthly-growth"): ["trade-28-yoy"],
    ("dependency", "shares-on-every-basis"): ["share-exports-30", "share-imports-41", "wording-supplies-exports"],
    ("dependency", "shares-both-ways"): ["russia-dependence", "lifeline"],
    ("consumer-markets", "chinese-car-share"): ["cars-60", "fill-voids"],
    ("consumer-markets", "chinese-phone-share"): ["phones-90"],
    ("sanctions-and-payments", "what-19535-counts"): ["sanctions-19535-aug", "sanctions-19535-pull"],
    ("technology-and-security", "lunar-dates"): ["lunar-2035"],
    ("technology-and-security", "arms-deliveries"): ["tech-supply"],
    ("technology-and-security", "exercises-by-year"): ["coop-increased"],
    ("technology-and-security", "exercises-map"): [
        *("drill-finland", "drill-iran", "drill-okhotsk", "drill-scs", "patrol-8-alaska"),
    ],
    ("diplomacy", "six-point-supporters"): ["six-point-110", "six-point-may", "six-point-swiss"],
    ("diplomacy", "leader-meetings"): ["regular-meetings", "visit-may-2024", "xi-kazan-state-visit"],
    ("diplomacy", "clubs-over-time"): ["brics-broadening"],
    ("diplomacy", "un-votes-on-ukraine"): ["china-backs-ukraine"],
    ("central-asia", "railway-route"): ["cku-railway", "cku-avoids-russia"],
    ("central-asia", "central-asia-partners"): ["central-asia-influence"],
    ("central-asia", "tumen-mouth"): ["statement-tumen", "tumen-undeveloped"],
    ("outlook", "summits-and-meetings"): [
        *("host-brics-brazil", "host-g20-sa", "host-sco-china", "more-engagement", "multilateralism-vs-g7"),
    ],
    ("outlook", "twelve-months-in-yuan"): ["trend-unchanged"],
}
"""Chapter and name of the figure that shows what a claim is about, where one does, and the claims it serves."""


def counts(ledger: pd.DataFrame, time: str = "now") -> pd.Series:
    """Number of claims by verdict, in the order of the scale."""
    return ledger[time].value_counts().reindex(claims.VERDICTS, fill_value=0)


def squares(ledger: pd.DataFrame) -> pd.DataFrame:
    """One square a claim, those of a verdict side by side.

    Returns
    -------
    pandas.DataFrame
        ``claim``, ``verdict`` (with its count), ``place`` (position in its row, from 1).
    """
    number = counts(ledger)
    ordered = ledger.assign(_order=ledger["now"].map(claims.VERDICTS.index)).sort_values("_order", kind="stable")
    return pd.DataFrame(
        {
            "claim": ordered["claim"].to_numpy(),
            "verdict": [f"{verdict} ({number[verdict]})" for verdict in ordered["now"]],
            "place": ordered.groupby("now").cumcount().to_numpy() + 1,
        }
    )


def strip(frame: pd.DataFrame) -> alt.Chart:
    """Draw :func:`squares`: a row of squares a verdict."""
    rows = list(dict.fromkeys(frame["verdict"]))
    colours = [charts.VERDICTS[row.rsplit(" (", 1)[0]] for row in rows]
    return (
        alt.Chart(frame)
        .mark_square(size=190, opacity=1, stroke=charts.MUTED, strokeWidth=0.5)
        .encode(
            x=alt.X("place", type="quantitative", axis=None, scale=alt.Scale(domain=[0.5, frame["place"].max() + 0.5])),
            y=alt.Y("verdict", type="nominal", sort=None, title=None, axis=alt.Axis(domain=False, titleY=0)),
            color=alt.Color("verdict", type="nominal", scale=alt.Scale(domain=rows, range=colours), legend=None),
            tooltip=[alt.Tooltip("claim", type="nominal"), alt.Tooltip("verdict", type="nominal")],
        )
    )


def then_and_now(ledger: pd.DataFrame) -> pd.DataFrame:
    """How verdicts moved: ``known_then``, ``known_now``, ``claims`` (number); combinations that do not occur are left out."""
    moved = ledger.groupby(["then", "now"]).size().rename("claims").reset_index()
    moved = moved.rename(
        columns={"then": "known_then", "now": "known_now"}
    )  # "then" is no name that Vega's interpreter lets pass
    for column in ("known_then", "known_now"):
        moved[column] = pd.Categorical(moved[column], claims.VERDICTS, ordered=True)
    return (
        moved.sort_values(["known_then", "known_now"])
        .astype({"known_then": str, "known_now": str})
        .reset_index(drop=True)
    )


def matrix(frame: pd.DataFrame) -> alt.LayerChart:
    """Draw :func:`then_and_now` as a matrix; on a narrow screen the columns keep the width that their slanting names leave."""
    axis = alt.Axis(labelAngle=-40, orient="top", domain=False, title="known today", titleAnchor="start")
    base = alt.Chart(frame).encode(
        x=alt.X("known_now", type="ordinal", sort=claims.VERDICTS, axis=axis),
        y=alt.Y("known_then", type="nominal", sort=claims.VERDICTS, title=None),
        tooltip=["known_then", "known_now", alt.Tooltip("claims", type="quantitative")],
    )
    size = alt.Size("claims", type="quantitative", scale=alt.Scale(range=[120, 1700]), legend=None)
    drawn = alt.layer(
        base.mark_circle(color=charts.SKY, opacity=0.35).encode(size=size),
        base.mark_text(fontWeight="bold")
        .encode(text=alt.Text("claims", type="quantitative"))
        .properties(name=charts.INSIDE),
    ).properties(padding={"right": 64, "left": 5, "top": 5, "bottom": 5})
    layers = drawn.to_dict()["layer"]
    layers[0]["encoding"]["size"]["scale"]["range"] = [120, 700]
    return charts.on_phones(drawn, layer=layers, width=170, autosize="pad", padding=5)


def by_section(ledger: pd.DataFrame) -> pd.DataFrame:
    """Verdicts of today by section of the article: ``section``, ``verdict``, ``claims``."""
    frame = ledger.assign(section=ledger["section"].map(SECTIONS).fillna(ledger["section"]), verdict=ledger["now"])
    grouped = frame.groupby(["section", "verdict"]).size().rename("claims").reset_index()
    grouped["_section"] = grouped["section"].map(list(SECTIONS.values()).index)
    grouped["_verdict"] = grouped["verdict"].map(claims.VERDICTS.index)
    return grouped.sort_values(["_verdict", "_section"])[["section", "verdict", "claims"]].reset_index(drop=True)


def section_bars(frame: pd.DataFrame) -> alt.Chart:
    """Draw :func:`by_section`: a lying bar a section, its verdicts stacked."""
    return _stacked(frame, "section", list(SECTIONS.values()), "verdict", charts.VERDICTS)


def by_best_row(ledger: pd.DataFrame) -> pd.DataFrame:
    """Verdicts of today by the best row cited for a claim: ``verdict``, ``best``, ``claims``."""
    frame = ledger.assign(verdict=ledger["now"], best=_best(ledger))
    grouped = frame.groupby(["verdict", "best"]).size().rename("claims").reset_index()
    order = grouped["verdict"].map(claims.VERDICTS.index) + grouped["best"].map(list(SHADES).index) / 10
    return grouped.loc[order.sort_values().index].reset_index(drop=True)


def press_only(ledger: pd.DataFrame) -> pd.DataFrame:
    """The claims for which no cited row is an official figure or page, first hand or carried."""
    return ledger[_best(ledger) != "official"]


def _best(ledger: pd.DataFrame) -> pd.Series:
    """The best row cited for each claim, in the words of :data:`RANKS`."""
    return ledger["id"].map(data.load("claim-evidence").groupby("claim_id")["tier"].min().map(RANKS))


def best_bars(frame: pd.DataFrame) -> alt.Chart:
    """Draw :func:`by_best_row`: a lying bar a verdict, its best rows stacked."""
    return _stacked(frame, "verdict", list(claims.VERDICTS), "best", SHADES)


def _stacked(frame: pd.DataFrame, rows: str, order: list[str], parts: str, colours: dict[str, str]) -> alt.Chart:
    shown = [part for part in colours if part in set(frame[parts])]
    return (
        alt.Chart(frame.assign(_order=frame[parts].map(shown.index)))
        .mark_bar(stroke=charts.MUTED, strokeWidth=0.5)
        .encode(
            y=alt.Y(rows, type="nominal", sort=order, title=None, axis=alt.Axis(titleY=0)),
            x=alt.X("claims", type="quantitative", title="claims", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                parts,
                type="nominal",
                scale=alt.Scale(domain=shown, range=[colours[part] for part in shown]),
                legend=alt.Legend(symbolType="square", columns=2, offset=charts.ROOM),
            ),
            order=alt.Order("_order", type="quantitative"),
            tooltip=[rows, parts, "claims"],
        )
    )


def describe_counts(ledger: pd.DataFrame) -> str:
    """Text alternative of the verdicts."""
    parts = ", ".join(f"{count} {verdict}" for verdict, count in counts(ledger).items())
    return f"{len(ledger)} squares, one a claim, sorted by the verdict of today: {parts}."


def describe_moves(ledger: pd.DataFrame) -> str:
    """Text alternative of then against now."""
    moved = then_and_now(ledger)
    parts = "; ".join(f"{row.known_then} then, {row.known_now} now: {row.claims}" for row in moved.itertuples())
    return f"A matrix of verdicts with what was known at the end of 2024 (rows) and what is known today (columns). {parts}."


def describe_sections(ledger: pd.DataFrame) -> str:
    """Text alternative of the sections."""
    frame = by_section(ledger)
    parts = []
    for section, rows in frame.groupby("section", sort=False):
        parts.append(f"{section}: " + ", ".join(f"{row.claims} {row.verdict}" for row in rows.itertuples()))
    return "Stacked bars, one a section of the article. " + "; ".join(parts) + "."


def describe_best(ledger: pd.DataFrame) -> str:
    """Text alternative of the best rows."""
    parts = [
        f"{verdict}: " + ", ".join(f"{row.claims} {row.best}" for row in rows.itertuples())
        for verdict, rows in by_best_row(ledger).groupby("verdict", sort=False)
    ]
    return f"Stacked bars, one a verdict, by the best of the rows cited for a claim. {'; '.join(parts)}."


# -- the ledger as a table ------------------------------------------------------------------------


HEADS = ("Claim", "Stated", "Recomputed", "Then", "Now", "Chapter", "Rests on")


class Ledger(show.Table):
    """All claims as one table in the article's order, each with a fold that holds its evidence; a script adds filter and order."""

    def __init__(self, ledger: pd.DataFrame):
        evidence, sources = data.load("claim-evidence"), data.sources()
        order = list(SECTIONS)
        rows = ledger.assign(_at=ledger["section"].map(order.index)).sort_values(["_at", "id"])
        cells = [_cells(row, evidence[evidence["claim_id"] == row.id], sources) for row in rows.itertuples()]
        shown = pd.DataFrame(cells, columns=list(HEADS))
        anchors = [f"claim-{claim}" for claim in rows["id"]]
        caption = f"All {len(rows)} claims of the article"
        super().__init__(shown, caption, HEADS[3:], css="pm-claims", anchor="ledger", row_anchors=anchors)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": f"Ledger of {len(self.frame)} claims"}


def _cells(claim: Any, evidence: pd.DataFrame, sources: pd.DataFrame) -> tuple[str, ...]:
    items = "".join(f"<li>{escape(row.finding)} {_source(row, sources)}</li>" for row in evidence.itertuples())
    rule = escape(claim.rule) if isinstance(claim.rule, str) else "cited evidence"
    fold = (
        f"<details><summary>{len(evidence)} row{'s' if len(evidence) != 1 else ''} of evidence</summary><ul>{items}</ul></details>"
        if len(evidence)
        else ""
    )
    page = f'<a href="{claim.chapter}.html">{claim.chapter.replace("-", " ")}</a>'
    shown = "".join(
        f'; <a href="{chapter}.html#fig-{name}">figure</a>'
        for (chapter, name), ids in FIGURES.items()
        if claim.id in ids
    )
    return (
        claim.claim,
        claims.stated(claim),
        claims.found(claim),
        _verdict(claim.then),
        _verdict(claim.now),
        page,
        rule + shown + fold,
    )


def _source(row: Any, sources: pd.DataFrame) -> str:
    """Publisher (linked if its address is known), tier and date of a row of evidence."""
    publisher, address = escape(sources.at[row.source_id, "publisher"]), sources.at[row.source_id, "address"]
    if isinstance(address, str):
        publisher = f'<a href="{escape(address, quote=True)}">{publisher}</a>'
    dated = f", {row.published}" if isinstance(row.published, str) else ""
    return f"{publisher} (tier {row.tier}{dated})"


def _verdict(verdict: str) -> str:
    return f'<span class="pm-verdict pm-{verdict.replace(" ", "-")}">{verdict}</span>'


def rules(ledger: pd.DataFrame) -> show.Table:
    """The recomputed claims with the rule that recomputes each."""
    computed = ledger[ledger["basis"] == "computed"]
    shown = pd.DataFrame(
        {
            "Claim": computed["claim"],
            "Stated": [claims.stated(row) for row in computed.itertuples()],
            "Recomputed": [
                prose.shortest(row.recomputed) if row.recomputed == row.recomputed else ""
                for row in computed.itertuples()
            ],
            "Rule": computed["rule"],
        }
    )
    return show.table(shown, "Claims whose verdict follows from numbers")


def numbers(ledger: pd.DataFrame) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need."""
    rows = data.load("claims")
    evidence = data.load("claim-evidence")
    now = counts(ledger)
    changed = int((ledger["then"] != ledger["now"]).sum())
    return {
        "claims": prose.count(len(ledger), rows, "claims"),
        "computed": prose.count(int((ledger["basis"] == "computed").sum()), rows, "claims"),
        "by_evidence": prose.count(int((ledger["basis"] == "evidence").sum()), rows, "claims"),
        "evidence_rows": prose.count(len(evidence), evidence, "rows"),
        "confirmed": prose.count(int(now["confirmed"]), evidence, "claims"),
        "about_right": prose.count(int(now["about right"]), evidence, "claims"),
        "not_holding": prose.count(int(now[["misattributed", "wrong"]].sum()), evidence, "claims"),
        "overtaken": prose.count(int(now["overtaken"]), evidence, "claims"),
        "unchecked": prose.count(int(now["cannot be checked"]), evidence, "claims"),
        "press_only": prose.count(
            len(press_only(ledger)), evidence, "claims", note="best tier of the cited rows is C or lower"
        ),
        "one_row": prose.count(int((ledger["evidence"] == 1).sum()), evidence, "claims", note="a single cited row"),
        "changed": prose.count(changed, evidence, "claims", note="verdict then differs from verdict now"),
    }
