"""The pages: one an economy, and what the page of pairs shows before and after a choice."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from html import escape
from pathlib import Path

from partnership import citation
from partnership.views import any_pair
from publish.economies import drawing, lacked, numbers, words, years
from publish.figures.embed import placed
from publish.steps import head
from publish.theme.pages import minified, style
from publish.thisbook import HINT, RIGHTS, fold

SHOWN = 15  # partners in the table
DRAWN = 10  # partners in the drawing
TOTALS = ["Exports, $ million", "Buyers", "HHI", "Imports, $ million", "Sup&shy;pliers", "HHI"]
RANKED = 2
"""So many columns of a table of partners have a rank beside each value."""
PARTNERS = ["Exports, %", "Imports, %", "Trade, %", "Its trade, %", "Asym&shy;metry"]
ABOUT_HHI = "HHI: Herfindahl–Hirschman index of concentration over partners, from near 0 (spread) to 1 (one partner)."
PAIRS = "chapters/pairs"
OFF = {drawing.UP: ", which is too high,", drawing.DOWN: ", which is too low,", "": ""}
NEVER = "No table of all goods here has a row between the two."
ALIKE = "In the table, all trade of the two was about the same; by the same flows they depended about equally on each other."
OPENING = "CHN", "RUS"
"""The pair that the page of pairs opens with."""
STYLE, SHEET = Path(__file__).parent / "static" / "pm" / "pairs.css", "_static/pm/economies.css"


def address(code: str) -> str:
    """Page of an economy below the site's root, without its ending."""
    return f"economies/{code}"


def own_style() -> str:
    """The rules of these pages without comments and needless spaces."""
    return minified(STYLE.read_text("utf-8"))


@lru_cache(maxsize=1)
def sheet() -> str:
    """The style sheet of the economies' pages: there are hundreds of them, so it is a file."""
    return style() + own_style()


# -- an economy -----------------------------------------------------------------------------------


def largest(code: str, world: str) -> list[str]:
    """Partners by trade, largest first."""
    return numbers.partners(world)[code]["partner"].tolist()


def worlds_of(code: str) -> list[str]:
    """The tables that have an economy, the latest of all goods first, that of inputs last."""
    return [world for world in [*reversed(words.goods()), any_pair.INPUTS] if world in numbers.printed()[code]]


def economy(code: str, base: str) -> str:
    """The body of an economy's page."""
    worlds, name = worlds_of(code), words.name(code)
    last = worlds[0]
    work = citation.Work(code.lower(), f"Trade partners of {words.called(code)}", f"{base}{address(code)}.html")
    book = citation.edition()
    parts = [
        f'<section id="economy" class="pm-economy"><h1>{escape(name)} <small>{code}</small></h1>',
        f"<p>{escape(summary(code, last))}</p>",
        lacking(code),
        f'<p><a href="../{PAIRS}.html?a={code}">Set beside another economy</a></p>',
        figure(code, last),
        '<h2 id="in-numbers">In numbers</h2>',
        measured(code, [world for world in any_pair.worlds() if world in worlds]),
        years.section(code),
        *(
            f'<details class="pm-year"{" open" if world == last else ""}><summary><h2 id="{anchor(world)}">Partners, {words.SHORT.get(world, world)}</h2></summary>{table(code, world)}</details>'
            for world in worlds
        ),
        f'<p class="pm-basis">{escape(words.sources())} {escape(words.HOLES)} <a href="../chapters/codebook.html#partners-and-size">The tables</a>, <a href="../{PAIRS}.html#measures">the measures</a>.</p>',
        "</section>",
        f'<section class="pm-edition" id="how-to-cite" aria-label="Edition and citation"><p>Edition {book.version} of {book.released}. {RIGHTS}</p>{fold(work, "Cite this page")}</section>',
    ]
    return "".join(parts)


def lacking(*codes: str) -> str:
    """What the tables lack of economies: a line each, and what it stands for in a fold."""
    lines, more = (
        "".join(f"<li>{escape(note)}</li>" for note in dict.fromkeys(note for code in codes for note in notes(code)))
        for notes in (words.above, words.below)
    )
    return (
        f'<ul class="pm-notes" data-list="notes">{lines}</ul><details class="pm-more"{"" if more else " hidden"}>'
        f'<summary>What the tables lack, in figures</summary><ul class="pm-notes" data-list="more">{more}</ul></details>'
        if lines or len(codes) > 1
        else ""
    )


def anchor(world: str) -> str:
    """Id of a table's part."""
    return f"partners-{'inputs' if world == any_pair.INPUTS else world}"


@lru_cache(maxsize=512)
def summary(code: str, world: str) -> str:
    """An economy in two sentences: who counted, what it sold and bought, whom it sold to and bought from most.

    A share that is known to come out too high is left out, and so is a first partner where a count held here names one that the
    table lacks; where it is known better, that stands first.
    """
    told, said = numbers.printed()[code][world], words.called(code)
    count, lacking = numbers.totals(world).loc[code], words.without(code, world)
    by = f"In {world[:4]}, by {words.BASIS[world]}{f' and without {lacking} economies' if lacking else ''}, "
    parts = [counted] if world == words.last_world() and (counted := words.by_customs(code)) else []
    for flow, partner_word, rank, share in (("exports", "buyers", 2, 1), ("imports", "suppliers", 4, 3)):
        main = next((partner for partner, values in told.items() if values[rank] == "1"), "")
        if main:
            known = f", {told[main][share]} per cent" if words.bears(code, flow, main, world) else ""
            many = f"{numbers.whole(count[partner_word])} {partner_word} in the table"
            first = (
                f"; largest of {many}: {words.called(main)}{known}"
                if words.leads(code, flow, world)
                else f" {'to' if flow == 'exports' else 'from'} the {many}"
            )
            parts.append(f"{by}{said} {flow.removesuffix('s')}ed goods worth {numbers.worth(count[flow])}{first}.")
            by, said = "", words.opening(said)
    return " ".join(parts)


def figure(code: str, world: str) -> str:
    """The drawing with its key."""
    shown = largest(code, world)[:DRAWN]
    hue = drawing.COLOURS.get(code, "green")
    hollow = " est" if world == words.last_world() else ""
    why = (
        f" Hollow: reconciled by CEPII, year inferred{f', without {lacking} economies' if (lacking := words.without(code, world)) else ''}."
        if hollow
        else " UNCTAD’s estimates are not marked in its file."
    )
    return (
        f'<figure class="pm-pair-figure"><figcaption>Partners of {escape(words.called(code))} by trade, {world}</figcaption>'
        f'<p class="pm-unit">Per cent of {key(hue, hollow, True)} exports and {key("ink", hollow, False)} imports.{why}</p>{drawing.partners(code, world, shown)}</figure>'
    )


def key(hue: str, hollow: str, round_: bool) -> str:
    """A mark as it is drawn, for the key."""
    shape = (
        f'<circle class="{hue}{hollow}" cx="6" cy="6" r="5"/>'
        if round_
        else f'<rect class="{hue}{hollow}" x="1" y="1" width="10" height="10"/>'
    )
    return f'<svg class="pm-key" viewBox="0 0 12 12" aria-hidden="true">{shape}</svg>'


def totals(code: str, world: str) -> list[str]:
    """Totals and concentration of an economy in a table, as printed."""
    printing, values = [numbers.amount, numbers.whole, numbers.index] * 2, _totals(world)[code]
    return [told(values[column]) for told, column in zip(printing, numbers.TOTALS, strict=True)]


@lru_cache(maxsize=8)
def _totals(world: str) -> dict[str, dict[str, float]]:
    return numbers.totals(world).to_dict("index")


def measured(code: str, worlds: list[str]) -> str:
    """Totals and concentration, a line a table."""
    heads = "".join(f"<th scope=col>{head}</th>" for head in TOTALS)
    rows = "".join(
        f'<tr><th scope="row">{words.SHORT.get(world, world)} <small>{words.BASIS[world]}</small></th>'
        + "".join(f"<td>{escape(value)}</td>" for value in totals(code, world))
        + "</tr>"
        for world in worlds
    )
    return (
        f'<div class="pm-scroll" role="region" aria-label="In numbers" tabindex="0"><table class="pm"><thead><tr><td></td>{heads}'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
        f'<p class="pm-unit">{ABOUT_HHI}</p>'
    )


def partner(code: str, world: str, other: str) -> list[str]:
    """A partner's line as printed: two shares, each followed by its rank; share in trade, share of its trade, asymmetry."""
    values, reverse = numbers.printed()[code][world][other], numbers.printed()[other][world][code]
    return [*values[1:6], reverse[5], values[6]]


@lru_cache(maxsize=2048)
def rest(code: str, world: str) -> tuple[int, list[str]]:
    """How many partners come after those shown, and their three shares together."""
    few = numbers.partners(world)[code].iloc[SHOWN:]
    return len(few), [numbers.percent(few[share].sum()) for share in ("export_share", "import_share", "share")]


def table(code: str, world: str) -> str:
    """The largest partners and the rest."""
    rows = []
    for other in largest(code, world)[:SHOWN]:
        sold, sold_rank, bought, bought_rank, *more = partner(code, world, other)
        cells = [ranked(sold, sold_rank), ranked(bought, bought_rank), *map(escape, more)]
        link = f'<a href="{other}.html">{escape(words.name(other))}</a>'
        rows.append(f'<tr><th scope="row">{link}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>')
    many, shares = rest(code, world)
    if many:
        cells = [*(f"{escape(share)} <small></small>" for share in shares[:RANKED]), escape(shares[2]), "", ""]
        rows.append(f'<tr><th scope="row">The rest ({many})</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>')
    heads = [f"{head} <small>rank</small>" for head in PARTNERS[:RANKED]] + PARTNERS[RANKED:]
    heading = f"Partners of {words.called(code)}, {words.SHORT.get(world, world)}"
    return (
        f'<div class="pm-scroll" role="region" aria-label="{escape(heading, quote=True)}" tabindex="0"><table class="pm"><thead><tr><td></td>{"".join(f"<th scope=col>{head}</th>" for head in heads)}'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        f'<p class="pm-unit">{words.BASIS[world]}. Small: rank among buyers or suppliers. {about(code)}</p>'
    )


def about(code: str) -> str:
    """What the last two columns of a table of partners are."""
    return (
        f"Its trade: share of {escape(words.called(code))} in the partner’s trade. "
        f"Asymmetry: all trade of {escape(words.called(code))} over that of the partner."
    )


def ranked(share: str, rank: str) -> str:
    """A share with its rank."""
    return share if share == numbers.HOLE else f"{escape(share)} <small>{rank}</small>"


def page(code: str, base: str) -> dict[str, str]:
    """``economies/<code>.html``: what its template is given."""
    title = f"{words.name(code)}: trade partners"
    tags = head.tags(address(code), title, summary(code, worlds_of(code)[0]), [], base)
    return {
        "title": title,
        "body": economy(code, base),
        "metatags": "\n" + "\n".join(tags),
        "style_file": f"{SHEET}?v={hashlib.sha256(sheet().encode()).hexdigest()[:8]}",
    }


# -- a pair ---------------------------------------------------------------------------------------


def file(code: str) -> str:
    """What the script of the page of pairs reads of an economy: notes, and the printed values of each partner."""
    told = numbers.printed()[code]
    held = {
        "notes": words.above(code),
        "more": words.below(code),
        "high": ["".join(flow[0] for flow in words.too_high(code, world)) for world in words.goods()],
        "lost": {
            at: buyers
            for at, world in enumerate(words.goods())
            if (buyers := [buyer for buyer in told.get(world, {}) if (code, buyer) in words.most_lacking(world)])
        },
        "by": lacked.against_customs(code) if words.by_supplier(code, "imports", words.last_world()) else None,
        "once": {
            f"{buyer}{at}": once
            for at, world in enumerate(words.goods())
            for buyer, once in numbers.rounded_apart(world).get(code, {}).items()
        },
        "with": {other: counted for other in OPENING if (counted := words.by_customs(code, other))},
        "worlds": [
            ";".join(
                " ".join([partner, *values[: None if code < partner else 7]])
                for partner, values in sorted(told.get(world, {}).items())
            ).replace(numbers.HOLE, "-")
            for world in any_pair.worlds()
        ],
    }
    held = {key: value for key, value in held.items() if value}  # most have none of these
    return f'pmEconomy("{code}",{json.dumps(held, ensure_ascii=False, separators=(",", ":"))});\n'


def slot(name: str, text: str) -> str:
    """A place that the script fills anew."""
    return f'<span data-s="{name}">{escape(text)}</span>'


def fill(form: str, a: str, b: str) -> str:
    """A text with the two names in it."""
    names = {"a": words.called(a), "b": words.called(b)}
    begin = {name.upper(): words.opening(called) for name, called in names.items()}
    return form.format(**{name: slot(name, called) for name, called in (names | begin).items()})


def pair(a: str, b: str, base: str) -> str:
    """What the page shows of two economies; the script fills the same places for others."""
    told = numbers.pair(a, b)
    years, at = words.goods(), latest(told)
    hues = drawing.colours(a, b)
    top = drawing.top_of(drawing.highest(told))
    names = (words.called(a), words.called(b))
    panels = "".join(
        f"<div><p>{slot(other.upper(), words.opening(names[other == 'b']))} in the trade of {slot(own, names[own == 'b'])}</p>{drawing.panel(own, told, names, top, off(a, b))}</div>"
        for own, other in (("a", "b"), ("b", "a"))
    )
    book = citation.edition()
    where = f"{base}{PAIRS}.html?a={a}&b={b}"
    title = f"{words.opening(names[0])} and {names[1]}"
    cited = citation.text(citation.Work("pair", f"{title}. Any pair", where), book)
    before, after = cited.split(title)
    return (
        f"<noscript><p>Choosing needs a script, and none is running here, so the page stays with {escape(names[0])} and {escape(names[1])}. "
        'Without a script each economy has <a href="#economies">a page of its own</a>, with its partners.</p></noscript>'
        f'<div id="pm-pair" class="pm-pair" data-a="{a}" data-b="{b}" data-hue="{hues[0]} {hues[1]}" data-base="{escape(base, quote=True)}">'
        f'<h2 id="pair" data-s="title">{escape(title)}</h2>{lacking(a, b)}'
        f'<div aria-live="polite">{sentences(told, at, a, b)}</div>'
        '<figure class="pm-pair-figure"><figcaption>Shares of each other’s trade</figcaption>'
        f'<p class="pm-unit">Per cent; {key("c1", "", True)} {fill("from {a} to {b}", a, b)}, {key("c2", "", False)} {fill("from {b} to {a}", a, b)}. * Hollow: {years[-1]}, from another table (CEPII’s, whose file names no year: we infer it), so no line leads to it. ↑ Too high: the table lacks a part of the total. ↓ Too low: it lacks most of the flow. In China’s imports of {years[-1]}, both are against its customs’ shares. Where ↑ or ↓ stands, or – for goods that were traded, the pair’s shares of all trade, its intensity and the ratio of trade of that year are off too; its ranks may be.</p>'
        f'<div class="pm-panels">{panels}</div></figure>'
        f"{lines(told, a, b)}{by_year(a, b)}"
        f'<p class="pm-basis">{escape(words.sources())} {escape(words.HOLES)}</p>'
        f'<ul class="pm-downloads"><li class="js"><button type="button" data-do="csv">These numbers as CSV</button></li>'
        f'<li><a data-page="a" href="../{address(a)}.html">{slot("A", words.opening(names[0]))}: its partners</a></li><li><a data-page="b" href="../{address(b)}.html">{slot("B", words.opening(names[1]))}: its partners</a></li></ul>'
        f'<details class="pm-cite"><summary>Cite this comparison</summary><p>{escape(before)}{slot("title", title)}{escape(after.removesuffix(where))}{placed(where, where)} <span class="pm-accessed">{HINT}</span></p></details>'
        "</div>"
    )


def off(a: str, b: str) -> list[dict[int, str]]:
    """By table, which of the shares of a pair come out too high or too low, as marked: those of A's and B's exports and imports, by their place in a pair."""
    places = {
        1: ("exports", (a, b)),
        3: ("imports", (a, b)),
        6: ("exports", (b, a)),
        8: ("imports", (b, a)),
    }
    return [
        {place: drawing.SIGNS[words.mark(flow, *ends, world)] for place, (flow, ends) in places.items()}
        for world in words.goods()
    ]


def latest(told: list[list[str]]) -> int:
    """The latest table of all goods that has the pair; the last of them if none has."""
    have = [at for at in range(len(words.goods())) if told[at][10] != numbers.HOLE]
    return have[-1] if have else len(words.goods()) - 1


def sentences(told: list[list[str]], at: int, a: str, b: str) -> str:
    """The pair in words, in the latest year that has it."""
    values = [value if value != numbers.HOLE else "" for value in told[at]]
    year, known = slot("year", words.goods()[at]), off(a, b)[at]
    counted = words.by_customs(a, b) or words.by_customs(b, a)
    flows = [f'<p data-s="counted"{"" if counted else " hidden"}>{escape(counted)}</p>']
    for first, own, other in ((0, "a", "b"), (5, "b", "a")):
        rank, rank_there = (slot(f"v{first + place}", values[first + place]) for place in (2, 4))
        ends = (a, b) if own == "a" else (b, a)
        sold = slot(f"v{first}", numbers.sold(*ends, words.goods()[at]))
        share, share_there = (
            f"{slot(f'v{place}', values[place])} per cent{slot(f'h{place}', OFF[known[place]] if values[place] else '')}"
            for place in (first + 1, first + 3)
        )
        names = {"a": words.called(a), "b": words.called(b)}
        buyer = slot(other, names[other])
        by = f"In {year}, by {slot('basis', words.BASIS[words.goods()[at]])},"
        flows.append(
            f'<p data-if="{first}"{"" if values[first] else " hidden"}>{by} {slot(own, names[own])} sold goods worth ${sold} to {buyer}: {share} of its exports '
            f"(rank {rank} among its buyers), and {share_there} of what {buyer} imported (rank {rank_there} among its suppliers).</p>"
            f'<p data-else="{first}"{" hidden" if values[first] or not values[10] else ""}>The table of {year} has no row of goods from {slot(own, names[own])} to {buyer}.</p>'
        )
    flows.append(f"<p data-never{' hidden' if values[10] else ''}>{NEVER}</p>")
    ratio = weighed(values, a, b, words.goods()[at])
    big, small = (a, b) if not values[12] or (drawing.read(values[12]) or 0) >= 1 else (b, a)
    times = slot("times", values[12 if big == a else 16])
    flows.append(
        f'<p data-ratio="alike"{"" if ratio == "alike" else " hidden"}>{ALIKE}</p>'
        f'<p data-ratio="apart"{"" if ratio == "apart" else " hidden"}>In the table, all trade of {slot("big", words.called(big))} was {times} times that of {slot("small", words.called(small))}. By the same flows, '
        f"{slot('small', words.called(small))} depended {times} times as much on {slot('big', words.called(big))} as the other way round.</p>"
    )
    return "".join(flows)


def weighed(values: list[str], a: str, b: str, world: str) -> str:
    """Which sentence tells all trade of one over that of the other; none where a total is known to lack a part."""
    if not values[12] or any(words.too_high(code, world) for code in (a, b)):
        return ""
    return "alike" if "1.0" in (values[12], values[16]) else "apart"


def lines(told: list[list[str]], a: str, b: str) -> str:
    """The table: a line a measure, a column a table."""
    heads = "".join(
        f'<th scope="col">{words.SHORT.get(world, world)}{"*" if world == words.last_world() else ""} <small>{words.BASIS[world]}</small></th>'
        for world in any_pair.worlds()
    )
    groups, line, signs = [], 0, [*off(a, b), {}]
    for part, measures in words.LINES:
        rows = [f'<tr class="part"><th scope="rowgroup">{fill(part, a, b)}</th><td colspan="{len(told)}"></td></tr>']
        for measure in measures:
            cells = "".join(
                f'<td data-s="{at}.{line}">{escape(world[line] + (signs[at].get(line, "") if world[line] != numbers.HOLE else ""))}</td>'
                for at, world in enumerate(told)
            )
            rows.append(f'<tr><th scope="row">{fill(measure, a, b)}</th>{cells}</tr>')
            line += 1
        groups.append(f"<tbody>{''.join(rows)}</tbody>")
    return (
        '<div class="pm-scroll" role="region" aria-label="The pair in numbers" tabindex="0"><table class="pm pm-pair-table"><thead><tr><td></td>'
        f"{heads}</tr></thead>{''.join(groups)}</table></div>"
    )


def by_year(a: str, b: str) -> str:
    """The fold with a line a year, as the two reported; the script fills it when it is open."""
    first, last = years.FIRST, years.LAST
    rows = "".join(
        f'<tr><th scope="row">{year}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for year, *cells in years.pair(a, b)
    )
    heads = "".join(
        f'<th scope="col">{fill(f"{{{other.upper()}}} in {flow} of {{{own}}}", a, b)} <small>{fill(f"by {{{own}}}", a, b)}</small></th>'
        for own, other in (("a", "b"), ("b", "a"))
        for flow in years.FLOWS
    )
    return (
        f'<details class="pm-every" data-years><summary>Year by year, {first} to {last}, as each reported</summary>'
        '<div class="pm-scroll" role="region" aria-label="The pair year by year" tabindex="0"><table class="pm pm-pair-years"><thead><tr>'
        f"<td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        f'<p data-none{" hidden" if rows else ""}>{years.NEITHER}</p><p class="pm-unit">{escape(years.KEPT)}</p></details>'
    )


def listed() -> str:
    """All economies, each with its page and its code; ``data-own`` where our copy has its own reports."""
    items = "".join(
        f'<li><a href="../{address(code)}.html" data-code="{code}"{" data-the" if code in words.WITH_ARTICLE else ""}{" data-own" if years.reported(code) else ""}>{escape(words.name(code))}</a></li>'
        for code in numbers.codes()
    )
    return f'<ul class="pm-economies">{items}</ul>'
