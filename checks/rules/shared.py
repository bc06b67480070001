"""Rules that many tables share. Which apply to a table, and with which tolerance, stands in the table's YAML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from checks.rules import kit
from partnership import data

SAYS = {
    "beside": "a value is near the periods beside it",
    "agree": "two sources of one figure agree",
    "in_range": "a number is plausible in its unit",
    "known_when_published": "an event is known when its page is published",
    "year_in_id": "the year in an id is the year of the row",
    "ends_after_start": "an exercise, visit or meeting ends after it starts",
    "told_soon": "a page tells of what has just been",
    "one_per": "rows of one source are of one kind",
    "fits": "a cell fits its source",
    "value_with_unit": "value and unit stand together",
    "noted": "what is derived or digitised says how",
    "from_sources": "a table of one publisher has rows of that publisher only",
    "valued": "exports are FOB by the exporter, imports CIF by the importer",
    "partners_add": "an exporter's partners sum to its world total",
    "ranked": "the pages of one figure are ranked from one",
    "of_tier": "a row's source is of the tier that its kind calls for",
}
"""Rules that apply where the YAML of a table asks for them, by the name of their function in ``kit``, and in words."""
WITH_SOURCES = ("known_when_published", "of_tier")
ALWAYS = ("not_to_come", "over_when_published", "states_exist", "one_date_a_page", "shares_within")
"""Rules that apply to every table with the columns for it; its YAML may set them otherwise, or ``false``."""
DATES = ("period", "start", "end", "date", "made_on", "published", "accessed")
STATES = ("exporter", "importer", "reporter", "partner", "country")


def forms(descriptor: dict[str, Any]) -> list[kit.Rule]:
    """How words, dates and periods are written, for each table that has some."""
    found = []
    for entry in _tables(descriptor):
        name, fields = entry["name"], entry["schema"]["fields"]
        if words := [field["name"] for field in fields if _of_words(field)]:
            found.append(kit.Rule("words hold no HTML", (name,), partial(kit.no_markup, columns=words)))
            found.append(kit.Rule("a compound word has a hyphen", (name,), partial(kit.hyphenated, columns=words)))
        days = [
            field["name"]
            for field in fields
            if field["name"] in DATES and "[12]" in field.get("constraints", {}).get("pattern", "")
        ]
        columns = [field["name"] for field in fields]
        found += [kit.Rule("days exist", (name,), partial(kit.days_exist, columns=days))] if days else []
        if {"period", "frequency"} <= set(columns):
            found.append(kit.Rule("a period is written as its frequency asks", (name,), kit.period_fits))
        dated = [column for column in ("start", "date") if column in columns]
        if "date_precision" in columns and dated:
            precise = partial(kit.precise, column=dated[0])
            found.append(kit.Rule("a date is as precise as it says", (name,), precise))
    return found


def _of_words(field: dict[str, Any]) -> bool:
    """Whether a column holds words as somebody wrote them."""
    return field["type"] == "string" and not {"enum", "pattern"} & field.get("constraints", {}).keys()


def rules(descriptor: dict[str, Any]) -> list[kit.Rule]:
    """What the tables have in common, each with its own columns and tolerances.

    Raises
    ------
    partnership.data.TableError
        If the YAML of a table asks for a rule that does not exist.
    """
    return [rule for entry in _tables(descriptor) for rule in (*_always(entry), *_asked(entry))]


def _always(entry: dict[str, Any]) -> Iterator[kit.Rule]:
    """Rules that follow from the columns."""
    name, asked = entry["name"], entry.get("rules", {})
    columns = [field["name"] for field in entry["schema"]["fields"]]
    but = (asked.get("not_to_come") or {}).get("but", [])
    if dated := [column for column in columns if column in DATES[:5] and column not in but]:
        says = "nothing is observed after the data package was made"
        yield kit.Rule(says, (name, "datapackage"), partial(kit.not_to_come, columns=dated))
    over = asked.get("over_when_published", {})
    if {"period", "source_id"} <= set(columns) and over is not False:
        says = "no row for a period after its file was published"
        yield kit.Rule(says, (name, "sources"), partial(kit.over_when_published, **over))
    if {"published", "source_id"} <= set(columns):
        dated_alike = partial(kit.one_date_a_page, **asked.get("one_date_a_page", {}))
        yield kit.Rule("a page has one date", (name, "sources"), dated_alike)
    if {"value", "error"} <= set(columns):
        yield kit.Rule("a value is not off by more than itself", (name,), kit.error_fits)
    if {"value", "growth_reported"} <= set(columns):
        yield kit.Rule("growth is as printed, never computed", (name,), kit.printed)
    if {"value", "unit"} <= set(columns) and asked.get("shares_within", {}) is not False:
        within = partial(kit.shares_within, **asked.get("shares_within", {}))
        yield kit.Rule("a share is nought to 100 per cent", (name,), within)
    states = [column for column in STATES if column in columns]
    if "period" in columns and states and asked.get("states_exist", {}) is not False:
        yield kit.Rule("no trade before the state existed", (name,), partial(kit.states_exist, columns=states))
    if covered := entry["coverage"].get("columns"):
        says = "a table covers what its description promises"
        yield kit.Rule(says, (name, "datapackage"), partial(kit.covers, name=name, columns=covered))


def _asked(entry: dict[str, Any]) -> Iterator[kit.Rule]:
    """Rules that the YAML asks for."""
    name = entry["name"]
    for key, given in entry.get("rules", {}).items():
        if key in SAYS:
            others = ("sources",) if key in WITH_SOURCES else ()
            yield kit.Rule(SAYS[key], (name, *others), partial(getattr(kit, key), **given))
        elif key not in ALWAYS:
            there = ", ".join(sorted([*SAYS, *ALWAYS]))
            raise data.TableError([f'data/{name}.yml, rules: there is no rule "{key}"; there are: {there}'])


def _tables(descriptor: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in descriptor["resources"] if "schema" in entry]
