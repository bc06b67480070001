"""Switzerland: the whole list of SECO. Old states of a target repeat inside it; de-listed targets stay in the file."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

LIST = "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction"


def whole_list() -> Request:
    """The whole list, some 42 MB."""
    return Request(LIST, largest=150_000_000, deadline=1800)


def read(raw: bytes) -> pd.DataFrame:
    """One row a top-level target: kind, programmes, first listing, and whether it is listed now.

    The first modification is the newest state; targets inside ``added`` or ``removed`` are copies of old states.
    """
    root = answers.tree(raw, "swiss-sanctions-list")
    if root.get("list-type") != "whole-list":
        raise answers.Unexpected(f"a {root.get('list-type')!r}, not the whole list")
    program = {
        found.get("ssid"): (entry.findtext("program-key") or "").strip()
        for entry in root.findall("sanctions-program")
        for found in entry.findall("sanctions-set")
    }
    if not all(program.values()):
        raise answers.Unexpected("a programme without its name")
    rows = []
    for target in root.findall("target"):
        kinds = [child.tag for child in target if child.tag in ("individual", "entity", "object")]
        states = [
            (state.get("modification-type"), state.get("effective-date")) for state in target.findall("modification")
        ]
        sets = [child.text or "" for child in target.findall("sanctions-set-id")]
        if len(kinds) != 1 or not states or not sets:
            raise answers.Unexpected(f"target {target.get('ssid')} without kind, state or programme")
        if unknown := [name for name in sets if name not in program]:
            raise answers.Unexpected(f"target {target.get('ssid')} refers to set {unknown[0]}, which the file lacks")
        listed = [day or "" for kind, day in states if kind == "listed"]
        rows.append(
            {
                "date": root.get("date"),
                "ssid": target.get("ssid"),
                "kind": kinds[0],
                "programmes": "; ".join(sorted({program[name] for name in sets})),
                "listed": min(listed) if listed else "",
                "state": states[0][0],
            }
        )
    table = answers.rows(rows, ["date", "ssid", "kind", "programmes", "listed", "state"])
    return answers.whole(table, ["ssid"], [], ssid=r"\d+", date=r"\d{4}-\d{2}-\d{2}", state="listed|amended|de-listed")


def signal(raw: bytes) -> str:
    """Day of the list."""
    return str(read(raw)["date"].iloc[0])
