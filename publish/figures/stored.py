"""A stored chart in the document tree, and what it holds."""

from __future__ import annotations

import json
from typing import Any

from docutils import nodes

from partnership import charts
from publish.figures import drawing


class chart(nodes.General, nodes.Element):  # noqa: N801  (docutils names its nodes in lower case)
    """A figure; attributes ``spec`` (the stored spec as JSON text) and ``ids``."""


def stored(node: chart) -> dict[str, Any]:
    """The spec as the notebook stores it."""
    return json.loads(node["spec"])


def table_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The data drawn: rows of the first data set of the spec, without the columns that only place labels.

    The | that breaks the line of a label in the chart is a space here.
    """
    name = _first_data(spec)
    rows = spec.get("datasets", {}).get(name, [])
    return [
        {
            key: value.replace("|", " ") if isinstance(value, str) else value
            for key, value in row.items()
            if key[0] != "_"
        }
        for row in rows
    ]


def tables_of(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The data drawn, one table for each panel that has data of its own."""
    if "concat" in spec:
        parts = [table_of({**part, "datasets": spec["datasets"]}) for part in spec["concat"]]
        return [part for index, part in enumerate(parts) if part and part not in parts[:index]]
    return [table_of(spec)]


def _first_data(part: Any) -> str:
    if isinstance(part, dict):
        if (
            isinstance(part.get("data"), dict) and "name" in part["data"] and "values" not in part["data"]
        ):  # no outlines of maps
            return part["data"]["name"]
        for key in ("layer", "concat", "hconcat", "vconcat", "spec"):
            found = _first_data(part.get(key))
            if found:
                return found
    if isinstance(part, list):
        for item in part:
            found = _first_data(item)
            if found:
                return found
    return ""


def title_of(node: chart) -> str:
    """What a reference to the figure reads."""
    return stored(node)["usermeta"]["figure"]["title"]


def narrow_spec(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec as a narrow screen draws it."""
    return charts.merge(drawing.page_spec(spec), json.loads(page_colours(spec["usermeta"]["figure"]["narrow"])))


def page_colours(narrow: dict[str, Any]) -> str:
    """A change to a spec as compact JSON with the page's colours."""
    return json.dumps(drawing.page_spec(narrow), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
