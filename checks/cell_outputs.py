"""What the cells of a chapter have stored, by the kind of output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def of_cell(cell: Mapping[str, Any], kind: str) -> Iterator[Any]:
    """The data of one media type in the outputs of a cell; a cell of text has none."""
    for output in cell.get("outputs", ()):
        if kind in output.get("data", {}):
            yield output["data"][kind]


def outputs(notebook: Mapping[str, Any], kind: str) -> Iterator[tuple[int, Any]]:
    """The same of all cells, each with the number of its cell, counted from 1 at the top, text included."""
    for number, cell in enumerate(notebook["cells"], 1):
        for held in of_cell(cell, kind):
            yield number, held
