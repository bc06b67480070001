"""A stored chart in the document tree, and what it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from docutils import nodes

from partnership import charts, picture


class chart(nodes.General, nodes.Element):  # noqa: N801  (docutils names its nodes in lower case)
    """A figure; attributes ``spec`` (the stored spec as JSON text) and ``ids``."""


def stored(node: chart) -> dict[str, Any]:
    """The spec as the notebook stores it."""
    return json.loads(node["spec"])


def title_of(node: chart) -> str:
    """What a reference to the figure reads."""
    return stored(node)["usermeta"]["figure"]["title"]


def full_note(meta: Mapping[str, Any]) -> str:
    """All that a reader of the rows must know, as the files of a figure tell it: the note below the chart, and the rest."""
    return " ".join(words for words in (meta.get("note", ""), meta.get("more", "")) if words)


def title_html(title: str) -> str:
    """A title as a heading: no line ends between a number and its per cent sign."""
    return escape(title).replace(" %", "\u00a0%")


def wide_spec(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec as a page draws it: without title and metadata, which the page sets in words."""
    return picture.bare(spec)


def narrow_spec(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec as a narrow screen draws it."""
    return charts.merge(picture.bare(spec), spec["usermeta"]["figure"].get("narrow", {}))
