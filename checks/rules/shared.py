"""Rules that many tables share: by table, with what the field expects there."""

from __future__ import annotations

from functools import partial
from typing import Any

from checks.rules import events, kit, products

BESIDE: dict[str, tuple[list[str], float, float, float]] = {
    "bilateral-trade": (kit.SERIES, 4, 3, 0),
    "trade-totals": (kit.SERIES, 2.5, 2.5, 0),
    "trade-shares": (["reporter", "partner", "flow"], 4, 4, 0),
    "central-asia-trade": (["frequency", "exporter", "importer", "direction", "currency"], 450, 60, 0),
    "sanctions-counts": (["jurisdiction", "measure", "type"], 4, 20, 0),
    "arms-transfers": (["frequency", "metric", "exporter", "importer"], 3, 12, 0),
    "concentration-published": (["country", "flow", "indicator", "partner"], 3, 3, 0),
    "exchange-rates": (["frequency", "currency", "per"], 2, 6, 0),
    "gdp": (["country"], 2, 2, 0),
    "oil-price": (["frequency"], 1.5, 2, 0),
    "partner-trade-china": (["exporter", "importer"], 45, 45, 200),
    "partner-trade-china-mirror": (["exporter", "importer"], 130, 80, 70),
    "minerals-metals-trade": (["exporter"], 25, 25, 0),
    "oil-gas-trade": (["importer", "product_group"], 3, 6, 200),
    "product-trade": (["exporter", "hs_chapter"], 60, 1000, 50),
    "product-windows": (["exporter", "product"], 15, 15, 0),
    "product-figures": (["series", "unit"], 18, 18, 0),
    "market-shares": (["frequency", "market", "metric", "brand", "unit"], 12, 12, 0),
    "energy-trade": (["frequency", "commodity", "exporter", "importer", "measure", "unit"], 6.5, 80, 200),
    "russia-product-structure": (["exporter", "importer", "hs_group"], 6, 6, 0),
}
"""By table: what makes a series, by which factor a value may rise above and fall below its neighbours in time, floor."""

AGREE: dict[str, tuple[list[str], float, float]] = {
    "bilateral-trade": (["period", *kit.SERIES], 1.07, 0),
    "trade-totals": (["period", *kit.SERIES, "valuation"], 1.35, 0),
    "central-asia-trade": (["period", "frequency", "exporter", "importer", "direction", "currency"], 25, 500),
    "energy-trade": (["period", "frequency", "commodity", "exporter", "importer", "measure", "unit"], 1.16, 0),
    "russia-product-structure": (["period", "exporter", "importer", "hs_group"], 1.4, 0),
    "market-shares": (["period", "frequency", "market", "metric", "brand", "unit", "basis"], 1.3, 0),
    "product-figures": (["period", "frequency", "series", "unit"], 1.35, 0),
    "trade-shares": (["period", "frequency", "reporter", "partner", "flow"], 1.4, 0),
}
"""By table: what makes two rows the same figure, and the factor within which their sources agree."""

UNIT_RANGES: dict[str, tuple[str, kit.Ranges, tuple[str, ...]]] = {
    "energy-trade": ("unit", products.ENERGY_RANGES, ("value",)),
    "infrastructure-projects": ("unit", events.PROJECTS, ("value_low", "value_high")),
    "technology-projects": ("unit", events.TECHNOLOGY, ("value",)),
    "outlook": ("unit", {"per cent": (-10, 60), "USD billion": (100, 400)}, ("value",)),
    "market-shares": ("unit", {"per cent": (0, 100), "cars": (400, 4e6), "phones": (1e7, 4e7)}, ("value",)),
    "product-figures": (
        "unit",
        {
            "per cent": (1, 100), "USD million": (5, 80_000), "CNY million": (100_000, 400_000), "rank": (1, 20),
            "USD million a month": (100, 1000), "thousand units": (50, 1500),
        },
        ("value",),
    ),
    "claims": (
        "unit",
        {"per cent": (0, 100), "USD billion": (100, 400), "sanctions": (10_000, 40_000), "year": (2024, 2050)},
        ("stated_value", "stated_low", "stated_high"),
    ),
    "bilateral-trade": ("currency", {"USD": (500, 260_000), "CNY": (500, 2_000_000)}, ("value",)),
}  # fmt: skip

EVENTS = {
    "exercises": ("start", ["start", "end"], 30),
    "leader-meetings": ("start", ["start", "end"], 1),
    "diplomacy-events": ("start", ["start", "end"], 5),
    "memberships": ("date", ["date"], 15),
    "infrastructure-projects": ("date", ["date"], 0),
    "technology-projects": ("date", ["date"], 0),
    "outlook": ("date", ["date"], 15),
    "payment-events": ("start", ["start"], 0),
}
"""By table of events: the date, all columns of coverage, and how many days ahead a page may announce."""

TOLD = {
    "diplomacy-events": ("start", 75, ""),
    "sanctions-counts": ("period", 200, "2022-02-21"),
    "infrastructure-projects": ("date", 370, ""),
}
"""By table: the date, the days within which a page tells of it, and a date that is told again later."""

ONE = {
    "trade-totals": ("source_id", ["reporter", "currency"]), "trade-shares": ("source_id", ["status"]),
    "claim-evidence": ("source_id", ["basis"]), "infrastructure-projects": ("source_id", ["project"]),
    "arms-transfers": ("source_id", ["status"]), "central-asia-trade": ("source_id", ["currency"]),
    "sanctions-counts": ("source_id", ["counter", "frequency"]), "settlement-currency": ("source_id", ["kind"]),
    "exchange-rates": ("source_id", ["frequency", "status"]), "market-shares": ("source_id", ["market", "basis"]),
    "partner-trade-russia": ("source_id", ["status"]), "russia-product-structure": ("source_id", ["reporter", "status"]),
    "product-windows": ("source_id", ["status"]), "product-figures": ("series", ["series_title", "reporter", "partner"]),
}  # fmt: skip
"""By table: what is one, and the columns in which its rows are alike."""

BULLETIN = "mgimo-china-bulletin-crude-2026-05"
FITS: dict[str, tuple[str, str, dict[str, str]]] = {
    "partner-trade-china": ("status", "period", {"2023": "derived"}),
    "energy-trade": (
        "status", "source_id",
        {BULLETIN: "digitised", "mgimo-oil-tonnes-mirror-2026-05": "reported", "gacc-russian-energy-imports-2022-07": "reported"},
    ),
    "russia-product-structure": ("exporter", "source_id", {"mgimo-hs2-mirror-totals-2026": "WLD"}),
}  # fmt: skip

VALUED = {
    "diplomacy-events": (["value"], True), "memberships": (["value"], True), "outlook": (["value"], True),
    "technology-projects": (["value"], True), "infrastructure-projects": (["value_low", "value_high"], True),
    "product-figures": (["value"], False),
}  # fmt: skip
NOTED = {
    "bilateral-trade": ("derived", "digitised"), "trade-totals": ("derived",), "central-asia-trade": ("derived",),
    "settlement-currency": ("derived",), "market-shares": ("derived",), "sanctions-counts": ("derived",),
    "partner-trade-china": ("derived",), "partner-trade-russia": (),
}  # fmt: skip
NO_STATE = ("gdp", "trade-openness", "un-votes", "un-agreement", "exchange-rates", "arms-transfers")
"""Tables whose states need not trade yet: output is told back, and RUS carries the Soviet Union."""
NO_COVERAGE = (
    "countries",
    "hs-chapters",
    "icio-sectors",
    "route-points",
    "sources",
    "product-windows",
    "claim-evidence",
    "omissions",
)
FORWARD = {("trade-forecasts", "period"), ("claims", "period")}
"""Columns that may name a year to come."""
DATES = ("period", "start", "end", "date", "made_on", "published", "accessed")

CHINA_LOW = {"2023": 0.0001, "2024": 1e-6, "2025": 0.00045}
CHINA_HIGH = {"2023": 0.0005, "2024": 1e-6, "2025": 1e-6}
"""By how much China's partners may fall short of its total or exceed it: 2023 is derived, 2025 was read by hand."""


def forms(descriptor: dict[str, Any]) -> list[kit.Rule]:
    """How dates and periods are written, for each table that has some."""
    found = []
    for entry in _tables(descriptor):
        name, fields = entry["name"], entry["schema"]["fields"]
        days = [
            field["name"]
            for field in fields
            if field["name"] in DATES and "[12]" in field["constraints"].get("pattern", "")
        ]
        columns = [field["name"] for field in fields]
        found += [kit.Rule("days exist", (name,), partial(kit.days_exist, columns=days))] if days else []
        if {"period", "frequency"} <= set(columns):
            found.append(kit.Rule("a period is written as its frequency asks", (name,), kit.period_fits))
        if "date_precision" in columns:
            precise = partial(kit.precise, column=EVENTS[name][0])
            found.append(kit.Rule("a date is as precise as it says", (name,), precise))
    return found


def rules(descriptor: dict[str, Any]) -> list[kit.Rule]:
    """What the tables have in common, each with its own columns and tolerances."""
    found: list[kit.Rule] = []

    def share(says: str, name: str, find: Any, /, *others: str, **given: Any) -> None:
        found.append(kit.Rule(says, (name, *others), partial(find, **given)))

    for entry in _tables(descriptor):
        name, columns = entry["name"], [field["name"] for field in entry["schema"]["fields"]]
        dated = [column for column in columns if column in DATES[:5] and (name, column) not in FORWARD]
        if dated:
            share(
                "nothing is observed after the data package was made",
                name,
                kit.not_to_come,
                "datapackage",
                columns=dated,
            )
        if {"period", "source_id"} <= set(columns) and name not in ("trade-forecasts", "claims", "sanctions-counts"):
            free = "derived" if name == "exchange-rates" else "estimated"  # customs fix a rate before its month
            share(
                "no row for a period after its file was published", name, kit.over_when_published, "sources", free=free
            )
        if {"published", "source_id"} <= set(columns):
            share("a page has one date", name, kit.one_date_a_page, "sources")
        states = [column for column in ("exporter", "importer", "reporter", "partner", "country") if column in columns]
        if "period" in columns and states and name not in NO_STATE:
            share("no trade before the state existed", name, kit.states_exist, columns=states)
        main = EVENTS[name][1] if name in EVENTS else ["period"] if "period" in columns else []
        if main and name not in NO_COVERAGE:
            share(
                "a table covers what its description promises", name, kit.covers, "datapackage", name=name, columns=main
            )
    for name, (keys, up, down, floor) in BESIDE.items():
        but = "X" if name == "trade-totals" else "XQ"
        share(
            "a value is near the periods beside it", name, kit.beside, keys=keys, up=up, down=down, floor=floor, but=but
        )
    for name, (cell, factor, floor) in AGREE.items():
        share("two sources of one figure agree", name, kit.agree, cell=cell, factor=factor, floor=floor)
    for name, (by, ranges, cells) in UNIT_RANGES.items():
        share("a number is plausible in its unit", name, kit.in_range, by=by, ranges=ranges, columns=cells)
    for name, (column, _, ahead) in EVENTS.items():
        known = "an event is known when its page is published"
        share(known, name, kit.known_when_published, "sources", column=column, ahead=ahead)
        share("the year in an id is the year of the row", name, kit.year_in_id, column=column)
    for name in ("exercises", "leader-meetings", "diplomacy-events"):
        share("an exercise, visit or meeting ends after it starts", name, kit.ends_after_start)
    for name, (column, days, free) in TOLD.items():
        share("a page tells of what has just been", name, kit.told_soon, column=column, days=days, free=free)
    for name, (key, alike) in ONE.items():
        share("rows of one source are of one kind", name, kit.one_per, key=key, columns=alike)
    for name, (column, by, wanted) in FITS.items():
        share("a cell fits its source", name, kit.fits, column=column, by=by, wanted=wanted)
    for name, (values, both) in VALUED.items():
        share("value and unit stand together", name, kit.value_with_unit, columns=values, both=both)
    for name, statuses in NOTED.items():
        share("what is derived or digitised says how", name, kit.noted, statuses=statuses)
    for name, who in (("bilateral-trade", "reporter"), ("trade-totals", "reporter"), ("central-asia-trade", "counter")):
        share("exports are FOB by the exporter, imports CIF by the importer", name, kit.valued, who=who)
    adds = "an exporter's partners sum to its world total"
    share(adds, "partner-trade-china", kit.partners_add, own="CHN", low=CHINA_LOW, high=CHINA_HIGH)
    share(adds, "partner-trade-russia", kit.partners_add, own="RUS", low={}, high={})
    return found


def _tables(descriptor: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in descriptor["resources"] if "schema" in entry]
