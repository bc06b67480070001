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
FIGURES = {
    ("trade-volume", "year-to-date"): ["trade-202-10m", "trade-202-full-2024"],
    ("trade-volume", "annual-trade"): ["trade-2024-range", "trade-same-as-2023"],
    ("dependency", "shares-on-every-basis"): ["share-exports-30", "share-imports-41"],
    ("dependency", "shares-both-ways"): ["russia-dependence", "lifeline"],
    ("consumer-markets", "chinese-car-share"): ["cars-60", "fill-voids"],
    ("consumer-markets", "chinese-phone-share"): ["phones-90"],
    ("sanctions-and-payments", "what-19535-counts"): ["sanctions-19535-aug", "sanctions-19535-pull"],
    ("technology-and-security", "arms-deliveries"): ["tech-supply"],
    ("technology-and-security", "exercises-by-year"): ["coop-increased"],
    ("technology-and-security", "exercises-map"): [
        *("drill-finland", "drill-iran", "drill-okhotsk", "drill-scs", "patrol-8-alaska"),
    ],
    ("diplomacy", "clubs-over-time"): ["brics-broadening"],
    ("diplomacy", "un-votes-on-ukraine"): ["china-backs-ukraine"],
    ("central-asia", "central-asia-partners"): ["central-asia-influence"],
}
"""Chapter and name of the figure that shows what a claim is about, where one does, and the claims it serves."""


def statements(ledger: pd.DataFrame) -> pd.DataFrame:
    """The distinct statements of fact or forecast: ``statement``, ``claim`` (the first that puts it), ``section``,
    ``verdict`` of today; from agreement to contradiction.
    """
    first = ledger[ledger["nature"] != "opinion"].drop_duplicates("statement")
    frame = first.assign(verdict=first["statement"].map(claims.distinct(ledger)))
    frame = frame[["statement", "claim", "section", "verdict"]]
    return frame.sort_values("verdict", key=lambda column: column.map(claims.VERDICTS.index), kind="stable")


def counts(ledger: pd.DataFrame, time: str = "now") -> pd.Series:
    """Number of distinct statements by verdict, in the order of the scale."""
    return claims.distinct(ledger, time).value_counts().reindex(claims.VERDICTS, fill_value=0)


def squares(ledger: pd.DataFrame) -> pd.DataFrame:
    """One square a statement, those of a verdict side by side.

    Returns
    -------
    pandas.DataFrame
        ``claim``, ``verdict`` (with its count), ``place`` (position in its row, from 1).
    """
    frame = statements(ledger)
    number = frame["verdict"].value_counts()
    return pd.DataFrame(
        {
            "claim": frame["claim"].to_numpy(),
            "verdict": [f"{verdict} ({number[verdict]})" for verdict in frame["verdict"]],
            "place": frame.groupby("verdict").cumcount().to_numpy() + 1,
        }
    )


def strip(frame: pd.DataFrame) -> alt.Chart:
    """Draw :func:`squares`: a row of squares a verdict."""
    rows = list(dict.fromkeys(frame["verdict"]))
    colours = [charts.VERDICTS[row.rsplit(" (", 1)[0]] for row in rows]
    drawn: alt.Chart = (
        alt.Chart(frame)
        .mark_square(size=190, opacity=1, stroke=charts.MUTED, strokeWidth=0.5)
        .encode(
            x=alt.X("place", type="quantitative", axis=None, scale=alt.Scale(domain=[0.5, frame["place"].max() + 0.5])),
            y=alt.Y("verdict", type="nominal", sort=None, title=None, axis=alt.Axis(domain=False, titleY=0)),
            color=alt.Color("verdict", type="nominal", scale=alt.Scale(domain=rows, range=colours), legend=None),
            tooltip=[alt.Tooltip("claim", type="nominal"), alt.Tooltip("verdict", type="nominal")],
        )
    )
    return drawn


def stacked(frame: pd.DataFrame, row: str, order: list[str], part: str, colours: dict[str, str]) -> alt.Chart:
    """Horizontal bars of counts of ``statements``: one a ``row``, stacked by ``part``."""
    shown = [name for name in colours if name in set(frame[part])]
    drawn: alt.Chart = (
        alt.Chart(frame.assign(_order=frame[part].map(shown.index)))
        .mark_bar(stroke=charts.MUTED, strokeWidth=0.5)
        .encode(
            y=alt.Y(row, type="nominal", sort=order, title=None, axis=alt.Axis(titleY=0)),
            x=alt.X("statements", type="quantitative", title="statements", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                part,
                type="nominal",
                scale=alt.Scale(domain=shown, range=[colours[name] for name in shown]),
                legend=alt.Legend(symbolType="square", columns=2, offset=charts.ROOM),
            ),
            order=alt.Order("_order", type="quantitative"),
            tooltip=[row, part, alt.Tooltip("statements", type="quantitative")],
        )
    )
    return drawn


def moved(frame: pd.DataFrame) -> show.Table:
    """The settings of :func:`partnership.claims.sensitivity` with what each moves."""
    wide = frame.pivot_table(index=["choice", "setting", "moved"], columns="verdict", values="statements", sort=False)
    wide = wide[[verdict for verdict in claims.VERDICTS if wide[verdict].any()]].astype(int).reset_index()
    wide["moved"] = wide["moved"].where(wide["choice"] != "duplicates").astype("Int64")
    named = wide.rename(columns={"choice": "What is changed", "setting": "To", "moved": "Claims moved"})
    return show.table(named, "Statements by verdict if one choice of the rule is changed")


def apart(readings: pd.DataFrame) -> show.Table:
    """Every verdict on which a reader and the ledger part, with what settled it."""
    rows = readings[readings["settled"] != ""]
    names = data.load("claims").set_index("id")["claim"]
    shown = pd.DataFrame(
        {
            "Claim": rows["claim_id"].map(names),
            "Known": rows["known"].map({"then": claims.day(claims.WRITTEN), "now": "today"}),
            "First reader": rows["first"],
            "Second reader": rows["second"],
            "The ledger": rows["ledger"],
            "Why": rows["settled"],
        }
    )
    return show.table(shown, "Verdicts on which a reader and the ledger differ")


def observations() -> show.Table:
    """What the book noticed on how statements of the article fit together."""
    rows = data.load("article-observations")
    shown = rows[["observation", "finding"]].rename(columns={"observation": "Noticed", "finding": "What the rows say"})
    return show.table(shown, "Our observations, which are not claims of the article")


# -- the ledger as a table ------------------------------------------------------------------------


HEADS = ("Claim", "Stated", "Found", claims.day(claims.WRITTEN), "Today", "Evidence")


class Ledger(show.Table):
    """All claims as one table in the article's order, each with a fold that holds its evidence; a script adds filter and order."""

    def __init__(self, ledger: pd.DataFrame):
        evidence, sources = data.load("claim-evidence"), data.sources()
        order = list(SECTIONS)
        rows = ledger.assign(_at=ledger["section"].map(order.index)).sort_values(["_at", "id"])
        cells = [_cells(row, evidence[evidence["claim_id"] == row.id], sources) for row in rows.itertuples()]
        shown = pd.DataFrame(cells, columns=list(HEADS))
        anchors = [f"claim-{claim}" for claim in rows["id"]]
        caption = f"The {len(rows)} claims that we took from the article"
        html = (HEADS[0], *HEADS[3:])
        super().__init__(
            shown,
            caption,
            html,
            css="pm-claims",
            anchor="ledger",
            row_anchors=anchors,
            filtered="claims",
            choices="3 4 5=Chapter",
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": f"Ledger of {len(self.frame)} claims"}


def _cells(claim: Any, evidence: pd.DataFrame, sources: pd.DataFrame) -> tuple[str, ...]:
    page = f'<a href="{claim.chapter}.html">{claim.chapter.replace("-", " ")}</a>'
    shown = "".join(
        f', <a href="{chapter}.html#fig-{name}">figure</a>'
        for (chapter, name), ids in FIGURES.items()
        if claim.id in ids
    )
    return (
        f"{escape(prose.apostrophes(claim.claim))} <small>{escape(claims.quoted(claim))}, {escape(where(claim))}</small>",
        claims.stated(claim),
        claims.found(claim),
        verdict_mark(claim.then),
        verdict_mark(claim.now),
        f'{page}{shown}, <a href="../claims/{claim.id}.html">own page</a>{fold(claim, evidence, sources)}',
    )


def where(claim: Any) -> str:
    """Section and place of a claim in the article."""
    if claim.section == "Pull quotes":
        return str(claim.place)
    return f"{SECTIONS[claim.section]}, {claim.place}"


BEARS = {
    "claim": "",
    "another": "On another thing: ",
    "after": "What came after: ",
    "context": "Context: ",
}
SPEAK = {
    "confirmed": "bear{s} it out",
    "about right": "bear{s} it out with a reservation",
    "right for another thing": "speak{s} of another thing",
    "did not come true": "speak{s} against it",
    "wrong": "speak{s} against it",
}
"""What evidence of a verdict does to a claim, one row (with an s) or several: no verdict, which takes the rows together."""


def fold(claim: Any, evidence: pd.DataFrame, sources: pd.DataFrame) -> str:
    """The evidence on a claim and what would not bear it out, folded."""
    is_found = "Computed" if claims.found(claim) else "Not in our tables"
    rule = f"<p>{is_found}: {escape(prose.apostrophes(claim.rule))}.</p>" if isinstance(claim.rule, str) else ""
    against = (
        f"<p>Not borne out if: {escape(prose.apostrophes(claims.false_if(claim)))}.</p>"
        if claims.false_if(claim)
        else ""
    )
    items = "".join(f"<li>{evidence_line(row, sources)}</li>" for row in in_order(evidence).itertuples())
    number = f"{prose.so_many(len(evidence), 'row')} of evidence"
    return f"<details><summary>{number}</summary>{rule}{against}<ul>{items}</ul></details>"


def in_order(evidence: pd.DataFrame) -> pd.DataFrame:
    """Rows of evidence as a reader needs them: on the claim, on another thing, what came after, context."""
    return evidence.sort_values("bears", key=lambda bears: bears.map(list(BEARS).index), kind="stable")


def evidence_line(row: Any, sources: pd.DataFrame) -> str:
    """One row of evidence: what it bears on, what was found, and its source with tier and date."""
    publisher, address = sources.at[row.source_id, "publisher"], sources.at[row.source_id, "address"]
    publisher = escape(prose.apostrophes(publisher))
    if isinstance(address, str) and address.startswith(("http://", "https://")):
        publisher = f'<a href="{escape(address, quote=True)}">{publisher}</a>'
    dated = f", {row.published}" if isinstance(row.published, str) else ""
    part = f"{escape(row.part.capitalize())}: " if isinstance(row.part, str) else ""
    told = isinstance(row.verdict, str) and row.bears != "another"  # such a row opens with what it is on
    says = f" {verdict_mark(row.verdict, SPEAK[row.verdict].format(s='s').capitalize())}." if told else ""
    return (
        f"{BEARS[row.bears]}{part}{escape(prose.apostrophes(row.finding))}{says} {publisher} (tier {row.tier}{dated})"
    )


def verdict_mark(verdict: str, words: str = "") -> str:
    """A verdict, or what a row says of it, in the colour of the verdict."""
    return f'<span class="pm-verdict pm-{verdict.replace(" ", "-")}">{words or verdict}</span>'


# -- numbers --------------------------------------------------------------------------------------


def numbers(ledger: pd.DataFrame) -> dict[str, prose.Number]:
    """The numbers that the chapter's sentences need, each counted from rows of the tables."""
    listed, evidence = data.load("claims"), data.load("claim-evidence")
    tested = listed[listed["nature"] != "opinion"]
    verdict = tested["statement"].map(claims.distinct(ledger))
    readings = claims.readings()

    def distinct(rows: pd.DataFrame, note: str = "") -> prose.Number:
        return prose.count("distinct(a)", unit="statements", note=note, a=(rows, "statement"))

    def given(*words: str) -> pd.DataFrame:
        return tested[verdict.isin(words)]

    today = data.select(readings, known="now")
    differ = today.loc[today["first"] != today["second"], "claim_id"]
    parted = tested[tested["id"].isin(differ)]
    said: dict[str, prose.Number] = {
        "tested": distinct(tested, "facts and forecasts, each counted once"),
        "opinions": prose.count("count(a)", unit="claims", a=(listed[listed["nature"] == "opinion"], "id")),
        "hold": distinct(given(*claims.HOLDS), "confirmed or about right today"),
        "confirmed": distinct(given("confirmed")),
        "about_right": distinct(given("about right")),
        "another": distinct(given("right for another thing")),
        "in_part": distinct(given("right in part")),
        "absent": distinct(given("not in our tables")),
        "evidence_rows": prose.count("count(a)", unit="rows", a=(evidence, "claim_id")),
        "read_twice": prose.count("count(a)", unit="claims", a=(tested, "id")),
        "differ": prose.count("count(a)", unit="claims", a=(parted, "id")),
    }
    if len(given("wrong", "did not come true")):
        said["wrong"] = distinct(given("wrong", "did not come true"))
    phones = data.select(data.load("market-shares"), market="smartphones", metric="share", brand="all Chinese")
    return said | {
        "purchases": prose.percent(data.select(phones, period="2024-Q1", counter="Bank Russky Standart"), digits=0),
        "imported": prose.percent(data.select(phones, period="2023", counter="GS Group"), digits=0),
        "rate": prose.percent(
            "100 * count(a) / count(b)",
            digits=0,
            a=(parted, "id"),
            b=(tested, "id"),
            note="verdicts of today on which the two readers differ",
        ),
    }
