"""What the pages of economies say in words: names in sentences, where figures come from, and what they cannot bear."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

import pandas as pd

from partnership import data, trade
from partnership.views import any_pair, dependency
from publish.economies import lacked, numbers, years

WITH_ARTICLE = {
    "ANT", "ARE", "ATF", "BHS", "CAF", "CCK", "COD", "COK", "COM", "CYM", "DOM", "FLK", "FRO", "GBR", "GMB", "IOT",
    "MDV", "MHL", "MNP", "NLD", "PCI", "PCZ", "PHL", "PUS", "SLB", "SUN", "TCA", "UMI", "USA", "VGB", "VIR",
}  # fmt: skip
"""Economies whose names take an article in a sentence."""
CHANGED = {
    "IDN": "In 1995 the figures of Indonesia include East Timor.",
    "SDN": "In 1995 and 2005 the figures of Sudan include South Sudan.",
    "SCG": "In 1995 Serbia and Montenegro is the Federal Republic of Yugoslavia.",
}
"""What a code covers, as the description of the table has it."""
NO_KOSOVO = "No table of trade here has a row of Kosovo"
UNDER_SERBIA = f"{NO_KOSOVO}; some reports seem to have its trade under Serbia."
KOSOVO = {
    "ALB": f"{NO_KOSOVO}. By what Albania prints, most of what CEPII’s has under Serbia seems to be trade with Kosovo, of which UNCTAD’s of 2015 lacks most.",
    "MKD": f"{NO_KOSOVO}. North Macedonia’s report names every partner, so that trade seems to stand under Serbia.",
    **dict.fromkeys(
        ("MNE", "BIH"), f"{NO_KOSOVO}: its trade may stand under Serbia or among goods without a partner’s name."
    ),
    **dict.fromkeys(("HRV", "SVN"), UNDER_SERBIA),
    "SRB": f"{UNDER_SERBIA} What the two sell each other stands in no row.",
}
"""Of economies with Serbia among the ten first. Albania: 26.2 billion lek of exports to Kosovo, 6.2 billion to Serbia in 2020 (A2,
29 July 2021); its customs had 21.5 million euros to Serbia in January to November 2015 (gazetaekonomia.com), its report of 2015 has
191.4 million dollars under Serbia, UNCTAD’s table 63.8. Montenegro and Bosnia report goods without a partner’s name."""
BASIS = {"1995": "UNCTAD", "2005": "UNCTAD", "2015": "UNCTAD", "2023": "CEPII", any_pair.INPUTS: "OECD"}
SHORT = {any_pair.INPUTS: "2022, inputs"}
HOLES = f"{numbers.HOLE} stands where a table has no row; that does not say that there was no trade."
TOP = 10
LINES = [
    ("{A} to {b}", ["million dollars", "per cent of exports of {a}", "rank among its buyers", "per cent of imports of {b}", "rank among its suppliers"]),
    ("{B} to {a}", ["million dollars", "per cent of exports of {b}", "rank among its buyers", "per cent of imports of {a}", "rank among its suppliers"]),
    (
        "Both directions",
        [
            "per cent of all trade of {a}", "per cent of all trade of {b}", "all trade of {a} over that of {b}", "pairs less lopsided, per cent",
            "intensity", "pairs less intense, per cent",
        ],
    ),
]  # fmt: skip
"""The lines of a pair's table, by part."""


def sources() -> str:
    """Where the figures come from, below each page."""
    return (
        "1995, 2005 and 2015: UNCTAD, as exporters see the goods; its estimates for gaps are not marked. "
        f"{last_world()}: CEPII, reconciled from the reports of both sides or taken from one, its year inferred. It has no row between any two of "
        f"{len(any_pair.apart(last_world()))} economies: their totals lack these flows; the shares of others in their trade and the ratio of others’ "
        "trade to theirs come out too high, and so, in most pairs, does intensity; in some with little trade it comes out too low. "
        f"It also lacks Taiwan and {absent()} smaller economies, so shares in their partners’ trade are too high, unmarked. "
        "2022, inputs: OECD, a model’s estimate of goods bought by industries, among 80 economies. The three do not join into one series."
    )


@lru_cache(maxsize=1)
def absent() -> int:
    """How many economies of the table before the last have no row in the last, Taiwan apart."""
    then, now = ({*numbers.totals(world).index} for world in (BEFORE, last_world()))
    return len(then - now - {"TWN"})


def last_world() -> str:
    """The latest table of all goods."""
    return list(any_pair.worlds())[-2]


def goods() -> list[str]:
    """The tables of all goods, by year."""
    return list(any_pair.worlds())[:-1]


@lru_cache(maxsize=512)
def name(code: str) -> str:
    """Name of an economy."""
    return str(_countries().loc[code, "name"])


def called(code: str) -> str:
    """Its name inside a sentence."""
    return f"the {name(code)}" if code in WITH_ARTICLE else name(code)


def of(code: str) -> str:
    """Its name as an owner.

    Examples
    --------
    >>> of("FRO"), of("CHN")
    ('the Faroe Islands’', 'China’s')
    """
    return f"{called(code)}’" if name(code).endswith("s") else f"{called(code)}’s"


def opening(text: str) -> str:
    """A text with a capital letter."""
    return text[:1].upper() + text[1:]


def brief(code: str) -> str:
    """The line that stands for the notes of an economy of whose totals of the last table something is known to be lacking."""
    last = last_world()
    if count := without(code, last):
        said, high = (
            f"The table of {last} has no row of {called(code)} with {count} other economies",
            too_high(code, last),
        )
        if not high:
            return f"{said}; in {BEFORE} these {_had(code)}, so its shares should hardly change.{_unknown(code)}"
        what = "totals" if len(high) > 1 else high[0]
        return f"{said}: its {what} lack these flows, so the shares of the others in them come out too high.{_unknown(code)}"
    if code in COUNTED:
        (lacking,) = customs(code, *COUNTED[code])[1]
        low = [called(one) for one in suppliers(code) if lacked.against_customs(code).get(one) == -1]
        freight = joined([called(one) for one in lacked.with_freight(code)[:3]])
        return (
            f"{opening(called(code))}’s imports of {last} lie {numbers.percent(lacking)} per cent below those of its customs. Customs count "
            "freight, goods from Taiwan and Chinese goods that come back. The table has no goods of the last two kinds and, it seems, freight in the values of "
            f"some sellers alone, {freight} among them. By customs, most suppliers’ shares are lower than in the table; some are higher, {low[0]}’s and {low[1]}’s among them. "
            f"By customs the largest supplier was {called(suppliers(code)[0])}."
        )
    return ""


def suppliers(code: str) -> list[str]:
    """Who sold to an economy in the year of the last table, by its customs, the largest first, as far as they are economies of their own."""
    counted = lacked.by_customs(code)["value"].drop(code, errors="ignore")
    named = _countries().index[_countries()["kind"] == "country"]
    return list(counted[counted.index.isin(named)].sort_values(ascending=False).index)


@lru_cache(maxsize=512)
def above(code: str) -> tuple[str, ...]:
    """What stands before the figures of an economy: the one line and what its other flows are off by, or its notes where these are short."""
    if not (said := brief(code)):
        return notes(code)
    return (said, *lost(code), *_passing(code), *_counted(code), *_risen(code), *_short(code))


@lru_cache(maxsize=512)
def below(code: str) -> tuple[str, ...]:
    """What the one line stands for, for a fold."""
    shown = above(code)
    return tuple(note for note in notes(code) if note not in shown)


@lru_cache(maxsize=2048)  # each pair of a page asks
def too_high(code: str, world: str) -> tuple[str, ...]:
    """Of which flows of an economy a table is known to lack a part, so that shares come out too high: those of which the notes say so.

    Of what customs tell supplier by supplier, :func:`mark` has the sign of each.
    """
    if world != last_world():
        own = {"exports"} if code == "RUS" and world in SOLD_LESS else set()
        return tuple(flow for flow in any_pair.FLOWS if flow in own | {*lacked.short(code, world)})
    if without(code, world):
        return tuple(flow for flow, part in _without(code).items() if part >= FELT)
    return *COUNTED.get(code, ()), *(flow for flow, *_ in _lost(code))


def by_customs(code: str, other: str = "CHN") -> str:
    """Russia’s totals and China’s part in them in the year of the last table, by the customs of both; nothing of others."""
    if (code, other) != ("RUS", "CHN"):
        return ""
    between, whole = (data.select(rows, period=last_world()) for rows in dependency.customs(code, "A"))
    counted, shares = {}, {}
    for flow in any_pair.FLOWS:
        counted[flow] = dependency.of(whole, flow, "WLD")["value"].item()
        shares[flow] = numbers.percent(dependency.of(between, flow, other)["value"].item() / counted[flow])
    theirs = data.select(dependency.customs(other, "A")[1], period=last_world())
    all_theirs = sum(dependency.of(theirs, flow, "WLD", other)["value"].item() for flow in any_pair.FLOWS)
    ratio = numbers.decimal(all_theirs / sum(counted.values()))
    return (
        f"In {last_world()}, by Russian customs, Russia exported goods worth {numbers.worth(counted['exports'])} and imported goods worth "
        f"{numbers.worth(counted['imports'])}. By China’s customs over these totals, China took {shares['exports']} per cent of the exports "
        f"and supplied {shares['imports']} per cent of the imports. Purchases are valued with freight, sales without: this lifts the first share "
        f"and lowers the second. By the customs of both, all trade of {called(other)} was {ratio} times that of {called(code)}."
    )


@lru_cache(maxsize=512)
def notes(code: str) -> tuple[str, ...]:
    """What a reader of an economy's figures must know, a sentence each."""
    last, found = last_world(), []
    said = opening(called(code))
    here = [world for world in any_pair.worlds() if code in numbers.totals(world).index]
    found += apart(code)
    if code in BELOW_CUSTOMS:
        found.append(BELOW_CUSTOMS[code]())
    if last not in here:
        found.append(f"CEPII’s table of {last} has no row of {called(code)}.")
    if code == "TWN":
        found.append(f"So its trade is missing from the totals of all others in {last}.")
    once = [world for world in goods() if _rank_at_worst(code, "TWN", world) <= TOP]
    if once and last in here and "TWN" not in numbers.totals(last).index:
        found.append(
            f"CEPII’s table of {last} has no row of Taiwan, which was among the ten largest suppliers of {called(code)} in "
            f"{joined(once)}, by UNCTAD."
        )
    missing = [world for world in goods()[:-1] if world not in here]
    if missing:
        found.append(f"UNCTAD’s table has no row of {called(code)} in {joined(missing)}.")
    if code in CHANGED:
        found.append(CHANGED[code])
    if code in KOSOVO:
        found.append(KOSOVO[code])
    found += _passing(code)
    found += lost(code)
    found += _counted(code)
    found += _risen(code)
    found += _short(code)
    row = country(code)
    if row["kind"] == "former":
        found.append(f"{said}: {row['note']}.")
    return tuple(found)


THROUGH = ("HKG", "CHN")
"""A seller through which goods of others pass, and their buyer."""


def _passing(code: str) -> list[str]:
    return [tell() for tell, of in ((through, THROUGH), (others_through, THROUGH[:1])) if code in of]


def others_through() -> str:
    """What Hong Kong sold to its other buyers by the last two tables, and in all by its own report, which leaves out what passes through."""
    seller, buyer = THROUGH
    (here, now), (then, _) = ((numbers.totals(world).loc[seller, "exports"], world) for world in (last_world(), BEFORE))
    sold = {
        world: data.select(any_pair.worlds()[world][0], exporter=seller, importer=buyer)["value"].item()
        for world in (now, BEFORE)
    }
    own = data.select(data.load("reported-trade"), period=BEFORE, reporter=seller)["exports"].item()
    return (
        f"So with its other buyers: {numbers.worth(then - sold[BEFORE])} in {BEFORE}, {numbers.worth(here - sold[now])} in {now}. For {BEFORE}, "
        f"{called(seller)}’s own report, which leaves out goods that pass through, has exports of {numbers.worth(own)} in all."
    )


def through() -> str:
    """What Hong Kong sold to China by UNCTAD’s table and by China’s own report, in the last year that has both, and by the last table."""
    seller, buyer = THROUGH
    sold, later = (
        data.select(any_pair.worlds()[world][0], exporter=seller, importer=buyer)["value"].item()
        for world in (BEFORE, last_world())
    )
    bought = data.select(data.load("reported-partners"), period=BEFORE, reporter=buyer, partner=seller)[
        "imports"
    ].item()
    return (
        f"UNCTAD’s table of {BEFORE} has {numbers.worth(sold)} sold by {called(seller)} to {called(buyer)}, {called(buyer)}’s own report "
        f"{numbers.worth(bought)}: UNCTAD’s figure includes goods that pass through, which {called(buyer)} counts under the economy where they were made. "
        f"CEPII’s of {last_world()} has {numbers.worth(later)}: part of the fall is one of counting."
    )


LOST = [
    ("CHN", "GEO"), ("GEO", "CHN"), ("SAU", "KOR"), ("ARE", "KOR"), ("KWT", "KOR"), ("OMN", "KOR"), ("SAU", "PHL"), ("KWT", "VNM"),
]  # fmt: skip
"""Flows, the seller first, that the last table has far below what it was in the one before, against what is known of them."""


def too_low(seller: str, buyer: str, world: str) -> bool:
    """Whether a table must lack most of a flow, so that its shares are known to come out too low on both sides."""
    return (seller, buyer) in most_lacking(world)


def most_lacking(world: str) -> Collection[tuple[str, str]]:
    """The flows, seller and buyer, of which a table must lack most."""
    return LOST if world == last_world() else lacked.most_lacking(world)


def mark(flow: str, seller: str, buyer: str, world: str) -> int:
    """Whether the share of a flow in the seller's exports, or in the buyer's imports, is known to come out too high (1) or too low (-1)."""
    code, other = (seller, buyer) if flow == "exports" else (buyer, seller)
    if too_low(seller, buyer, world):
        return -1
    if by_supplier(code, flow, world):
        return lacked.against_customs(code).get(other, 0)
    return int(flow in too_high(code, world))


def by_supplier(code: str, flow: str, world: str) -> bool:
    """Whether customs tell of each supplier if its share in a table comes out too high or too low."""
    return world == last_world() and flow == "imports" and flow in COUNTED.get(code, ())


def high_flows(code: str, world: str) -> str:
    """In which flows of an economy the shares of a table come out too high or too low, for a drawing."""
    flows = too_high(code, world)
    some = any(by_supplier(code, flow, world) for flow in flows)
    return f"{' and '.join(flows)} too high{', some too low' if some else ''}" if flows else ""


def leads(code: str, flow: str, world: str) -> bool:
    """Whether the first partner of a table can be called the largest: not where customs, an own report or the table before name one that the table lacks."""
    return (
        not by_supplier(code, flow, world)
        and not lacked.own_holes(code, world, flow)
        and not _first_is_absent(code, flow, world)
    )


def _first_is_absent(code: str, flow: str, world: str) -> bool:
    """Whether the largest partner of the table before is one with which the last table has no row of an economy."""
    if not without(code, world):
        return False
    rows = (
        numbers.partners(BEFORE)[code]
        .set_index("partner")["export_share" if flow == "exports" else "import_share"]
        .dropna()
    )
    return len(rows) > 0 and rows.idxmax() in any_pair.apart(world)


def bears(code: str, flow: str, partner: str, world: str) -> bool:
    """Whether the share of a partner can stand in a sentence that leads a page."""
    if flow in too_high(code, world) or (world == last_world() and flow in lacked.statistics(code)):
        return False
    ends = (code, partner) if flow == "exports" else (partner, code)
    return world != last_world() or ends not in lacked.risen()


def _rank_at_worst(code: str, supplier: str, world: str) -> float:
    """Rank of a supplier in a table, behind those too that the table is known to lack; infinite where it has none."""
    rank = numbers.printed()[code].get(world, {}).get(supplier, [""] * 5)[4]
    return int(rank) + len(lacked.own_holes(code, world, "imports")) if rank.isdigit() else float("inf")


# -- what an economy's own count, or UNCTAD's last table, says beside a table ----------------------


def _short(code: str) -> list[str]:
    """Which main partners the tables of UNCTAD lack, by the economy's own report and by those of its partners."""
    found = []
    for world in goods()[:-1]:
        for flow in any_pair.FLOWS:
            found += [_by_own_report(hole) for hole in lacked.own_holes(code, world, flow)]
            if others := lacked.others_holes(code, world, flow):
                found.append(_by_others(code, flow, others))
    return found


def _by_own_report(hole: lacked.Hole) -> str:
    seller, buyer = map(called, hole.ends)
    own = f"{of(hole.code)} own report" + (f" of {hole.year}" if str(hole.year) != hole.world else "")
    nowhere = " under Other Asia, not elsewhere specified" if hole.partner == "TWN" else ""
    said = (
        f"UNCTAD’s table of {hole.world} has {_here(hole)} what {seller} sold to {buyer}; {own} has {numbers.worth(hole.own)}{nowhere}, "
        f"{numbers.percent(hole.share)} per cent of its {hole.flow}."
    )
    return (
        f"{said} Totals of {hole.world} lack it, so concentration and ratios are off, and shares of others in these {hole.flow} come out too high."
        if hole.felt
        else f"{said} {_undecided([hole])}"
    )


def _here(hole: lacked.Hole) -> str:
    return f"{numbers.worth(hole.here)} for" if hole.here else "no row of"


def _by_others(code: str, flow: str, holes: list[lacked.Hole]) -> str:
    """Of a seller what buyers report and the table lacks, or of a buyer what sellers do."""
    world, word = holes[0].world, "to" if flow == "exports" else "from"
    verb = "sold" if flow == "exports" else "bought"
    rows = f"{word} {joined([called(hole.code) for hole in holes])}"
    nowhere = " under Other Asia, not elsewhere specified" if code == "TWN" else ""
    have = (
        "no row of"
        if not any(hole.here for hole in holes)
        else f"{joined([numbers.worth(hole.here) for hole in holes])} for"
    )
    told = joined([numbers.worth(hole.own) + (f" ({hole.year})" if str(hole.year) != world else "") for hole in holes])
    whose = f"{of(holes[0].code)} own report has" if len(holes) == 1 else "their own reports have"
    said = f"UNCTAD’s table of {world} has {have} what {called(code)} {verb} {rows}; {whose} {told}{nowhere}."
    if any(hole.felt for hole in holes):
        return f"{said} So shares of others in its {flow} of {world} come out too high."
    return f"{said} {_undecided(holes)}"


def _undecided(holes: list[lacked.Hole]) -> str:
    """What the reports of the years beside have of flows on which a report and a table differ; whether totals lack those without a row."""
    told = []
    for hole in holes:
        shares, whole = lacked.shares(hole.code, hole.flow), years.totals(hole.code)[hole.flow]
        near = [year for year in (hole.year - 1, hole.year + 1) if shares.get(year, {}).get(hole.partner, 0) > 0]
        sums = [f"{numbers.worth(shares[year][hole.partner] * whole[year])} in {year}" for year in near]
        if sums:
            told.append(f"{called(hole.code)} reported {joined(sums)}")
    beside = f"{opening('; '.join(told))}. " if told else ""
    if not any(hole.here for hole in holes):
        return f"{beside}The totals do not show whether they lack it."
    return beside.rstrip() or "Which is nearer the rows do not tell."


def _counted(code: str) -> list[str]:
    """An economy's own statistics beside the last table, where totals are far apart."""
    found = []
    for flow, held in lacked.statistics(code).items():
        (own, here), (ours, theirs) = held["WLD"], held["CHN"]
        word = "to" if flow == "exports" else "from"
        found.append(
            f"By {called(code)}’s own statistics, {flow} of {last_world()} were {numbers.worth(own)}, {numbers.worth(ours)} of these {word} China; "
            f"CEPII’s table has {numbers.worth(here)} and {numbers.worth(theirs)}."
        )
    return found


def _risen(code: str) -> list[str]:
    """Flows of the last table that are more than all that one of the two sold or bought in UNCTAD's last, which has next to none of them."""
    found = []
    for (seller, buyer), (now, then) in lacked.risen().items():
        here = numbers.totals(last_world())
        if code not in (seller, buyer):
            continue
        felt = {seller: now / here["exports"][seller], buyer: now / here["imports"][buyer]}
        if felt[code] >= lacked.FELT:
            had = f"has {numbers.worth(then) if then >= 1 else 'under $1 million'}" if then else "has no row of it"
            found.append(
                f"CEPII’s table of {last_world()} has {numbers.worth(now)} sold by {called(seller)} to {called(buyer)}, UNCTAD’s of {BEFORE} {had}. "
                + (
                    "What is behind the rise the tables do not tell."
                    if then
                    else "The tables do not tell whether it is new."
                )
            )
    return found


FELT = lacked.FELT


def lost(code: str) -> list[str]:
    """Which flows of an economy the last table must lack in the main, beside the table before it."""
    last, found = last_world(), []
    for _, other, held in _lost(code):
        sellers, buyers = (joined([called(one) for one in dict.fromkeys(ends)]) for ends in zip(*held, strict=True))
        now, then = (joined([numbers.worth(value) for value in values]) for values in zip(*held.values(), strict=True))
        found.append(
            f"The table of {last} seems to lack most of what {sellers} sold to {buyers}: it has {now}, where UNCTAD’s of {BEFORE} has "
            f"{then}. So the shares of other {other} in {last} come out too high."
        )
    return found


def _lost(code: str) -> Iterator[tuple[str, str, dict[tuple[str, str], list[float]]]]:
    """Of an economy each flow of which the last table lacks what is felt: whose shares rise by it, and by pair the value now and then."""
    last = last_world()
    for flow, own, other in (("exports", 0, "buyers"), ("imports", 1, "suppliers")):
        held = {
            ends: [data.select(any_pair.worlds()[world][0], exporter=ends[0], importer=ends[1])["value"].sum() for world in (last, BEFORE)]
            for ends in LOST
            if ends[own] == code
        }  # fmt: skip
        held = {ends: both for ends, both in held.items() if both[1] >= FELT * numbers.totals(BEFORE).loc[code, flow]}
        if held:
            yield flow, other, held


def joined(parts: list[str]) -> str:
    """Parts of a sentence with commas and an *and*."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


BEFORE = "2015"
"""The last table that has rows between the economies that stand apart in the latest."""


def without(code: str, world: str) -> int:
    """With how many economies a table can have no row of an economy, because it has none between any two of them."""
    others = any_pair.apart(world) if world == last_world() else ()
    return len(others) - 1 if code in others else 0


def apart(code: str) -> list[str]:
    """What the latest table lacks of an economy that stands apart in it: with whom, and how much that was before."""
    last, others = last_world(), any_pair.apart(last_world())
    if not (count := without(code, last)):
        return []
    rows = numbers.partners(BEFORE)[code]
    *first, third = [called(partner) for partner in rows.loc[rows["partner"].isin(others), "partner"][:3]]
    return [
        f"The table of {last} has no row of {called(code)} with {count} other economies, {', '.join(first)} and {third} among them, "
        "nor between any two of these: as if none of them had reported. This describes the file, not what they publish.",
        f"In UNCTAD’s table of {BEFORE} these {count} {_had(code)}. The totals, ranks, shares, concentration, "
        f"asymmetry and intensity of {last} are without them.",
    ]


@lru_cache(maxsize=512)
def _without(code: str) -> dict[str, float]:
    """Which part of an economy's flows was with those that stand apart with it, in the table before; missing if it had no such flow."""
    rows, others = numbers.partners(BEFORE)[code], any_pair.apart(last_world())
    columns = zip(any_pair.FLOWS, ("export_share", "import_share"), strict=True)
    return {
        flow: rows.loc[rows["partner"].isin(others), column].sum() if rows[column].any() else float("nan")
        for flow, column in columns
    }


def _had(code: str) -> str:
    """The same in words."""
    forms = {"exports": "took {} per cent of the exports", "imports": "supplied {} per cent of the imports"}
    had = [forms[flow].format(numbers.percent(part)) for flow, part in _without(code).items() if part > 0]
    return f"{' and '.join(had)} of {called(code)}"


def _unknown(code: str) -> str:
    """Of which flows the table before has no total, so that the part is not known."""
    flows = [flow for flow, part in _without(code).items() if part != part]
    return (
        f" For its {' and '.join(flows)} that table has no total, so the part that is lacking is not known."
        if flows
        else ""
    )


@lru_cache(maxsize=1)
def _countries() -> pd.DataFrame:
    return data.load("countries").set_index("code")


def country(code: str) -> pd.Series:
    """What the table of countries has of an economy."""
    return _countries().loc[code]


def customs(code: str, *flows: str, world: str = "") -> tuple[list[str], list[float]]:
    """How far an economy's totals of a table, the last one, lie below those of its customs: in words, and the part that lacks.

    Raises
    ------
    ValueError
        If a total does not lie below: what the page says of it would be wrong.
    """
    last = world or last_world()
    own = data.select(trade.totals(direction="one-way", currency="USD", frequency="A", period=last), reporter=code)
    ends = {"exports": {"exporter": code, "importer": "WLD"}, "imports": {"exporter": "WLD", "importer": code}}
    counted = {flow: data.select(own, **ends[flow])["value"].item() for flow in flows}
    here = numbers.totals(last).loc[code]
    for flow, value in counted.items():
        if not here[flow] < value:
            table = any_pair.worlds()[last][0].attrs["table"]
            raise ValueError(
                f"{table}, {last}: {flow} of {code} are {here[flow]:,.0f} million dollars, no longer below the {value:,.0f} "
                "of its customs (trade-totals); the pages of economies say that they are"
            )
    said = [f"{numbers.worth(here[flow])} against {numbers.worth(value)}" for flow, value in counted.items()]
    return said, [1 - here[flow] / value for flow, value in counted.items()]


def russia() -> str:
    """How far Russia's totals of the last table lie below those of its customs."""
    (exports, imports), _ = customs("RUS", "exports", "imports")
    sold = {world: customs("RUS", "exports", world=world)[0][0] for world in SOLD_LESS}
    return (
        f"Russia’s totals of {last_world()} lie below those of Russian customs: exports of {exports}, imports of {imports}. "
        "So the shares of those that have a row come out too high. In UNCTAD’s tables of 1995 and 2015 shares of exports do too: they have "
        f"{sold['1995']}, with no row for Italy or Belgium, and {sold['2015']}, which leaves out what Russia reported without naming the buyer."
    )


def china() -> str:
    """How far China's imports of the last table lie below those of its customs."""
    (imports,), _ = customs("CHN", *COUNTED["CHN"])
    signs = [*lacked.against_customs("CHN").values()]
    first = next(one for one in suppliers("CHN") if lacked.against_customs("CHN").get(one) == -1)
    counted = lacked.by_customs("CHN").loc[first, ["low", "high"]].mean()
    here, there = numbers.printed()["CHN"][last_world()][first][3], numbers.percent(counted)
    return (
        f"China’s imports of {last_world()} lie below those of China’s customs, which count freight, goods from Taiwan and Chinese goods that come back: {imports}. "
        f"Set beside the rows of customs, {signs.count(1)} suppliers have a higher share in the table and {signs.count(-1)} a lower one: {called(first)} "
        f"has {here} per cent in the table and {there} by customs."
    )


BELOW_CUSTOMS = {"RUS": russia, "CHN": china}
"""Economies whose totals of the last table lie below those of their customs, which are held here."""
COUNTED = {"CHN": ("imports",)}
"""Which flows of an economy that does not stand apart do so."""
SOLD_LESS = ("1995", "2015")
"""The tables of UNCTAD in which Russia's exports do."""
