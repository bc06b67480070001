"""The impact report: what new figures change in the book, before anybody accepts them.

Rows added, revised and withdrawn; numbers and statements in sentences; figures old and new side by side, their titles
and alternative texts; verdicts; mirror gaps that leave their own band; series that are overdue. One HTML page that loads
nothing from elsewhere, and a Markdown text for the list of changes, both from the same findings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from partnership import ROOT, citation, prose
from refresh import DATA, chapter_runs, compare, derive, kinds, refuse

MOST = 40
"""Rows of one list that are printed; the rest is counted."""
SIDES = 24
"""Figures drawn old and new side by side."""


@dataclass
class Impact:
    """What changes."""

    title: str
    tables: dict[str, compare.Difference] = field(default_factory=dict)
    numbers: list[tuple[str, str, str, str]] = field(default_factory=list)
    """chapter, name, old, new"""
    statements: list[tuple[str, str, str, str]] = field(default_factory=list)
    figures: list[tuple[str, str, dict, dict]] = field(default_factory=list)
    """chapter, name, old and new (title, alt, svg)"""
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    """chapter, cell, what failed"""
    verdicts: list[tuple[str, str, str, str]] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    overdue: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def differences(old: Path, new: Path, tables: Iterable[str] | None = None) -> dict[str, compare.Difference]:
    """What became of each table between two folders; tables that stayed the same are left out."""
    names = tables or [path.stem for path in sorted(new.glob("*.csv"))]
    found = {}
    for table in names:
        if (old / f"{table}.csv").exists() and (old / f"{table}.csv").read_bytes() != (
            new / f"{table}.csv"
        ).read_bytes():
            found[table] = compare.difference(
                derive.stored(table, old), derive.stored(table, new), derive.key(table, new)
            )
    return {table: difference for table, difference in found.items() if difference or difference.noise}


def weigh(title: str, old: Path, new: Path, before: Mapping[str, dict], after: Mapping[str, dict]) -> Impact:
    """Compare two states of tables and of what the chapters say.

    Parameters
    ----------
    title : str
        What arrived, in a few words.
    old, new : path
        Folders with the tables.
    before, after : mapping
        What the chapters say (:func:`refresh.chapter_runs.stored`, :func:`refresh.chapter_runs.run`).
    """
    impact = Impact(title, differences(old, new))
    for chapter in sorted(set(before) | set(after)):
        first, second = before.get(chapter, {}), after.get(chapter, {})
        impact.numbers += [(chapter, *pair) for pair in _pairs(first.get("numbers", {}), second.get("numbers", {}))]
        impact.statements += [
            (chapter, *pair) for pair in _pairs(first.get("statements", {}), second.get("statements", {}))
        ]
        impact.figures += [(chapter, *pair) for pair in _drawn(first.get("figures", {}), second.get("figures", {}))]
        failed = {cell: told for cell, told in second.get("failed", {}).items() if cell not in first.get("failed", {})}
        impact.failed += [(chapter, cell, told) for cell, told in failed.items()]
    impact.verdicts = verdicts(old, new)
    impact.gaps = gaps(old, new)
    impact.overdue = overdue(new)
    return impact


def _pairs(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, str, str]]:
    names = [name for name in old if name in new and old[name] != new[name]]
    return [(name, str(old[name]), str(new[name])) for name in names]


def _drawn(old: Mapping[str, dict], new: Mapping[str, dict]) -> list[tuple[str, dict, dict]]:
    return [(name, old[name], new[name]) for name in old if name in new and old[name] != new[name]]


def verdicts(old: Path, new: Path) -> list[tuple[str, str, str, str]]:
    """Verdicts that differ between two folders: claim, as known when, old, new. Those of "then" must never be among them.

    They are judged by the book itself (:func:`refresh.chapter_runs.verdicts`), as most follow from numbers of any table.
    """
    try:
        before, after = chapter_runs.verdicts(old), chapter_runs.verdicts(new)
    except RuntimeError as error:  # the report must still say what else changes
        return [("every claim", "any day", "", f"not known: {error}")]
    return [
        (claim, known, verdict, after[known][claim])
        for known, given in before.items()
        for claim, verdict in given.items()
        if after[known].get(claim, verdict) != verdict
    ]


def gaps(old: Path, new: Path) -> list[str]:
    """Mirror gaps of new years outside the band of the ten years before: one side's report over the other's."""
    before, after = _ratios(old), _ratios(new)
    told = []
    for (flow, year), ratio in sorted(after.items()):
        if before.get((flow, year)) == ratio:
            continue
        past = [
            value for (other, then), value in before.items() if other == flow and int(year) - 11 < int(then) < int(year)
        ]
        if len(past) >= 5 and not min(past) <= ratio <= max(past):
            told.append(
                f"{flow} {year}: China's report is {ratio:.2f} of Russia's; the years before, {min(past):.2f} to {max(past):.2f}"
            )
    return told


def _ratios(folder: Path) -> dict[tuple[str, str], float]:
    table = derive.stored("bilateral-trade", folder)
    own = table[
        (table["frequency"] == "A")
        & (table["direction"] == "one-way")
        & (table["currency"] == "USD")
        & (table["value"] != "")
    ]
    best = own.sort_values("rank").drop_duplicates(["period", "exporter", "reporter"])
    sides = {(row.exporter, row.period, row.reporter): float(row.value) for row in best.itertuples()}
    return {
        (f"{exporter} to {'RUS' if exporter == 'CHN' else 'CHN'}", year): round(value / sides[exporter, year, "RUS"], 6)
        for (exporter, year, reporter), value in sides.items()
        if reporter == "CHN" and sides.get((exporter, year, "RUS"))
    }


def overdue(folder: Path) -> list[str]:
    """Series whose next period should be out by the day of the edition."""
    from partnership import data, freshness

    try:
        table = freshness.overdue(folder=folder)
    except data.TableError as error:  # the new figures break a schema: the report must still say what they change
        return [f"not known, because a table breaks its schema: {error}"]
    return [
        f"{row.counts} ({row.publisher}): {row.next} was due on {row.expected}, {row.late} days ago"
        for row in table.itertuples()
    ]


# -- a run of make refresh ------------------------------------------------------------------------


def write(work: Path, outcomes: Sequence[Any], root: Path = ROOT) -> Path:
    """Write the report of what waits in a working folder; return the page's path."""
    stage = work / "data"
    named = ", ".join(outcome.route for outcome in outcomes if outcome.state == "changed")
    before, after = chapter_runs.both(DATA, stage, root)
    impact = weigh(f"New figures: {named}", DATA, stage, before, after)
    impact.refused = [line for outcome in outcomes for line in outcome.refused]
    return save(impact, work)


def save(impact: Impact, folder: Path, name: str = "report") -> Path:
    """Write a report as HTML and Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(markdown(impact), "utf-8")
    page = folder / f"{name}.html"
    page.write_text(document(impact), "utf-8")
    return page


# -- words ----------------------------------------------------------------------------------------


def _change(cell: compare.Revision) -> str:
    return f"{cell.change:+.2%}" if cell.change is not None else ""


def _largest(found: compare.Difference) -> list[compare.Revision]:
    return sorted(found.revised, key=lambda cell: -abs(cell.change or 0))


def counts(impact: Impact) -> list[tuple[str, int]]:
    """How much of each kind changes."""
    titles = [1 for _, _, old, new in impact.figures if old["title"] != new["title"]]
    texts = [1 for _, _, old, new in impact.figures if old["alt"] != new["alt"]]
    return [
        ("tables", len(impact.tables)),
        ("rows added", sum(len(found.added) for found in impact.tables.values())),
        ("cells revised", sum(len(found.revised) for found in impact.tables.values())),
        ("rows withdrawn", sum(len(found.withdrawn) for found in impact.tables.values())),
        ("cells that differ by noise only", sum(found.noise for found in impact.tables.values())),
        ("numbers in sentences", len(impact.numbers)),
        ("statements with other words", len(impact.statements)),
        ("cells that no longer run (statements that no longer hold among them)", len(impact.failed)),
        ("figures drawn anew", len(impact.figures)),
        ("titles", len(titles)),
        ("alternative texts", len(texts)),
        ("verdicts", len(impact.verdicts)),
    ]


def markdown(impact: Impact) -> str:
    """The findings as Markdown, for the list of changes or an issue."""
    lines = [f"# {_flat(impact.title)}", "", "| what changes | |", "|---|---:|"]
    lines += [f"| {name} | {number:,} |" for name, number in counts(impact)]
    if impact.refused:
        lines += ["", "## Refused", "", *[f"- {_flat(line)}" for line in impact.refused]]
    lines += ["", "## Tables"]
    for table, found in impact.tables.items():
        lines += [
            "",
            f"**{_flat(table)}** ({kinds.kind(table)}): {len(found.added):,} rows added, {len(found.revised):,} cells revised, {len(found.withdrawn):,} withdrawn",
            "",
        ]
        lines += [
            f"- {_flat(' '.join(cell.key))}, {_flat(cell.column)}: {_flat(cell.old)} → {_flat(cell.new)} {_change(cell)}"
            for cell in _largest(found)[:10]
        ]
        lines += [f"- new: {_flat(_row(row, found.key))}" for row in found.added[:5]]
        lines += [f"- withdrawn: {_flat(_row(row, found.key))}" for row in found.withdrawn[:5]]
    for heading, rows in (("Numbers in sentences", impact.numbers), ("Statements", impact.statements)):
        if rows:
            lines += ["", f"## {heading}", "", "| chapter | name | now | new |", "|---|---|---|---|"]
            lines += [f"| {' | '.join(map(_flat, row))} |" for row in rows[:MOST]]
            lines += [f"\n… and {len(rows) - MOST} more"] if len(rows) > MOST else []
    if impact.failed:
        lines += ["", "## What no longer holds", ""]
        lines += [f"- {_flat(f'{chapter}, {cell}: {told[:400]}')}" for chapter, cell, told in impact.failed]
    titles = [
        (chapter, old["title"], new["title"]) for chapter, _, old, new in impact.figures if old["title"] != new["title"]
    ]
    if titles:
        lines += ["", "## Titles", "", *[f"- {_flat(f'{chapter}: {old} → {new}')}" for chapter, old, new in titles]]
    for heading, told in (
        ("Verdicts", [f"{claim} ({basis}): {old} → {new}" for claim, basis, old, new in impact.verdicts]),
        ("Mirror gaps outside their band", impact.gaps),
        ("Overdue", impact.overdue),
    ):
        if told:
            lines += ["", f"## {heading}", "", *[f"- {_flat(line)}" for line in told]]
    return "\n".join(lines) + "\n"


_BLOCK = re.compile(r"^(?:[#+-](?=[\s#-]|$)|\d(?=\d*[.)](?:\s|$)))")


def _flat(text: str) -> str:
    """Text of others on one line, in which Markdown reads no link, no element, no heading and no list.

    Examples
    --------
    >>> _flat("# <b>[1]"), _flat("-5 %"), _flat("1. x")
    ('&#35; &#60;b&#62;&#91;1&#93;', '-5 %', '&#49;. x')
    """
    return _BLOCK.sub(lambda match: f"&#{ord(match[0])};", prose.literal(text))


def _row(row: Mapping[str, Any], key: Sequence[str]) -> str:
    named = " ".join(str(row[name]) for name in key)
    rest = ", ".join(
        f"{name} {cell}"
        for name, cell in row.items()
        if name not in key and cell != "" and name in ("value", "ideal_point", "status")
    )
    return f"{named}: {rest}"


# -- the page -------------------------------------------------------------------------------------

STYLE = """
:root{color-scheme:light dark;--ink:#1c1c1e;--quiet:#5b5d63;--line:#dcd9d2;--paper:#fffefb;--old:#8a3a00;--new:#0b4f7d}
@media(prefers-color-scheme:dark){:root{--ink:#e6e4df;--quiet:#a9abb1;--line:#3a3d44;--paper:#15171b;--old:#ffb98a;--new:#8cc8f0}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);
font:1rem/1.55 system-ui,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
h1,h2{font-family:Georgia,"Liberation Serif",serif}h1{font-size:1.7rem;line-height:1.2;margin:.2rem 0 .6rem}h2{font-size:1.25rem;margin:2.4rem 0 .6rem;border-top:1px solid var(--line);padding-top:1rem}
h3{font-size:1.02rem;margin:1.4rem 0 .4rem}.quiet{color:var(--quiet)}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.92rem;min-width:30rem}
th,td{text-align:left;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.old{color:var(--old)}.new{color:var(--new)}
ul{padding-left:1.2rem}li,p,h3,td,figcaption{overflow-wrap:anywhere}nav{display:flex;flex-wrap:wrap}section,main{min-width:0}.sides{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));margin:.4rem 0 1.6rem}
figure{margin:0;background:#fff;color:#1d2327;border:1px solid var(--line);border-radius:.4rem;padding:.5rem}
figcaption{font-size:.85rem;color:#5a636b;padding:.2rem .3rem}figure svg{width:100%;height:auto;display:block}
nav a{margin-right:1rem}a{color:var(--new)}.none{color:var(--quiet);font-style:italic}
@media print{nav{display:none}.sides{grid-template-columns:1fr 1fr}}
"""


def document(impact: Impact) -> str:
    """The findings as one page that loads nothing."""
    out = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'unsafe-inline';img-src data:\">",
        f"<title>{_h(impact.title)}</title><style>{STYLE}</style></head><body>",
        f'<header><p class="quiet">{_h(citation.BOOK)} · impact of new figures</p><h1>{_h(impact.title)}</h1>',
        '<nav aria-label="On this page">'
        + "".join(f'<a href="#{name}">{label}</a>' for name, label in SECTIONS)
        + "</nav></header><main>",
        _section(
            "counts", _table(["what changes", ""], [(name, f"{number:,}") for name, number in counts(impact)], {1})
        ),
        _section("refused", _list(impact.refused) or '<p class="none">None.</p>'),
        _section("tables", "".join(_difference(table, found) for table, found in impact.tables.items())),
        _section("numbers", _table(["chapter", "number", "now", "new"], impact.numbers)),
        _section("statements", _table(["chapter", "statement", "now", "new"], impact.statements) + _failures(impact)),
        _section("figures", _figures(impact)),
        _section(
            "verdicts",
            _table(["claim", "as known", "now", "new"], impact.verdicts) or '<p class="none">No verdict moves.</p>',
        ),
        _section("gaps", _list(impact.gaps) or '<p class="none">None.</p>'),
        _section("overdue", _list(impact.overdue) or '<p class="none">None.</p>'),
        "</main></body></html>",
    ]
    return "\n".join(out) + "\n"


SECTIONS = (
    ("counts", "How much"),
    ("refused", "Refused"),
    ("tables", "Tables"),
    ("numbers", "Numbers"),
    ("statements", "Statements"),
    ("figures", "Figures"),
    ("verdicts", "Verdicts"),
    ("gaps", "Mirror gaps"),
    ("overdue", "Overdue"),
)
HEADINGS = {
    "counts": "How much changes",
    "refused": "Refused: what the rules do not let in",
    "tables": "Rows added, revised and withdrawn",
    "numbers": "Numbers in sentences",
    "statements": "Statements",
    "figures": "Figures, now and with the new figures",
    "verdicts": "Verdicts",
    "gaps": "Mirror gaps outside the band of the ten years before",
    "overdue": "Series that are overdue",
}


def _section(name: str, body: str) -> str:
    return f'<section id="{name}"><h2>{HEADINGS[name]}</h2>{body or "<p class=none>Nothing.</p>"}</section>'


def _h(text: object) -> str:
    return html.escape(str(text))


def _table(head: Sequence[str], rows: Sequence[Sequence[object]], numeric: Iterable[int] = ()) -> str:
    if not rows:
        return ""
    numeric = set(numeric)

    def cells(tag: str, row: Sequence[object]) -> str:
        parts = []
        for at, cell in enumerate(row):
            marks = ["n"] if at in numeric else []
            marks += (
                ["old"] if head[at] == "now" and tag == "td" else ["new"] if head[at] == "new" and tag == "td" else []
            )
            scope = ' scope="col"' if tag == "th" else ""
            parts.append(
                f'<{tag}{scope}{f""" class="{" ".join(marks)}" """.rstrip() if marks else ""}>{_h(cell)}</{tag}>'
            )
        return "<tr>" + "".join(parts) + "</tr>"

    body = "".join(cells("td", row) for row in rows[:MOST])
    more = f'<p class="quiet">… and {len(rows) - MOST:,} more.</p>' if len(rows) > MOST else ""
    return f'<div class="scroll" tabindex="0"><table><thead>{cells("th", head)}</thead><tbody>{body}</tbody></table></div>{more}'


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{_h(line)}</li>" for line in lines[:MOST]) + "</ul>" if lines else ""


def _difference(table: str, found: compare.Difference) -> str:
    large = [cell for cell in found.revised if cell.change is not None and abs(cell.change) > refuse.LARGE]
    head = (
        f"<h3>{_h(table)} <span class=quiet>({_h(kinds.kind(table))})</span></h3><p>{len(found.added):,} rows added, "
        f"{len(found.revised):,} cells revised ({len(large):,} of them by more than {refuse.LARGE:.0%}), {len(found.withdrawn):,} rows withdrawn; "
        f"{found.noise:,} cells differ by float noise only.</p>"
    )
    revised = [(" ".join(cell.key), cell.column, cell.old, cell.new, _change(cell)) for cell in _largest(found)]
    body = _table(["row", "column", "now", "new", "change"], revised, {2, 3, 4})
    added = _list([_row(row, found.key) for row in found.added]) if found.added else ""
    withdrawn = _list([_row(row, found.key) for row in found.withdrawn]) if found.withdrawn else ""
    return (
        head
        + body
        + (f"<h3>Added</h3>{added}" if added else "")
        + (f"<h3>Withdrawn</h3>{withdrawn}" if withdrawn else "")
    )


def _failures(impact: Impact) -> str:
    if not impact.failed:
        return '<p class="none">Every statement still holds.</p>'
    lines = [f"{chapter}, {cell}: {told[:600]}" for chapter, cell, told in impact.failed]
    return f"<h3>What no longer holds, or no longer runs</h3>{_list(lines)}"


def _figures(impact: Impact) -> str:
    parts = []
    for number, (chapter, name, old, new) in enumerate(impact.figures[:SIDES]):
        titles = f"<h3>{_h(chapter)}: {_h(new['title'] or name)}</h3>"
        if old["title"] != new["title"]:
            titles += f'<p>Title now: <span class="old">{_h(old["title"])}</span></p>'
        sides = "".join(
            f"<figure>{_own(side['svg'], f'{label}{number}')}<figcaption>{label}: {_h(side['alt'])}</figcaption></figure>"
            for label, side in (("now", old), ("new", new))
        )
        parts.append(f'{titles}<div class="sides">{sides}</div>')
    more = len(impact.figures) - SIDES
    return "".join(parts) + (f'<p class="quiet">… and {more} more figures.</p>' if more > 0 else "")


def _own(svg: str, mark: str) -> str:
    """A drawing whose names do not meet those of another on the page."""
    svg = re.sub(r"<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", "", svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{mark}-\1"', svg)
    svg = re.sub(r'url\(#([^)"]+)\)', rf"url(#{mark}-\1)", svg)
    return re.sub(r'((?:xlink:)?href)="#([^"]+)"', rf'\1="#{mark}-\2"', svg)
