"""The colours of charts, each by what it means, in the light and in the dark: the one place where they stand."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT = {
    "ink": "#333333",
    "muted": "#6b6b6b",
    "grid": "#dddddd",
    "china": "#c04f00",
    "russia": "#0072b2",
    "green": "#00795a",
    "purple": "#a8518a",
    "ochre": "#9a6b00",
    "indigo": "#3d2f9e",
    "brown": "#8c6d46",
    "rose": "#b0455c",
    "mint": "#5fae94",
    "tan": "#c9a04a",
    "silver": "#9a9a9a",
}
DARK = {
    "ink": "#dddddd",
    "muted": "#a5a5a5",
    "grid": "#444444",
    "china": "#ff9d5c",
    "russia": "#56b4e9",
    "green": "#3fd3a7",
    "purple": "#e6a6cb",
    "ochre": "#f0c24b",
    "indigo": "#8f7bff",
    "brown": "#cfa878",
    "rose": "#ff8fa3",
    "mint": "#5fae94",
    "tan": "#c9a04a",
    "silver": "#7d7d7d",
}
ALONE = {"ink": "#333333", "muted": "#666666"}
"""Of the words around a picture that stands alone, on white."""


def properties(colours: Mapping[str, str]) -> str:
    """The colours as CSS custom properties.

    Examples
    --------
    >>> properties({"china": "#c04f00"})
    '--chart-china:#c04f00;'
    """
    return "".join(f"--chart-{name}:{colour};" for name, colour in colours.items())


def filled(sheet: str) -> str:
    """A style sheet with the colours in place of ``--palette: light;`` and ``--palette: dark;``."""
    return sheet.replace("--palette: light;", properties(LIGHT)).replace("--palette: dark;", properties(DARK))
