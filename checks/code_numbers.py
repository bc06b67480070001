"""Numbers in code type, and which may stand there."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ALLOWED = Path(__file__).parent / "code_numbers.yml"
# Blocks, formulas and roles first, so that the code between two of them is none.
_CODE = re.compile(r"```.*?```|\{[a-z:]+\}`[^`]*`|`([^`\n]+)`", re.S)


def numbers(markdown: str) -> list[str]:
    """What stands in code type in a Markdown text and has a number in it.

    Examples
    --------
    >>> numbers("At `7.2` barrels a tonne, {cite}`brown-1949`, `trade-totals` and `S-400`")
    ['7.2']
    """
    return [found for found in _CODE.findall(markdown) if re.search(r"(?<![\w-])\d", found)]


def allowed() -> set[tuple[str, str]]:
    """Chapter and words of every number that may stand in code type; the file gives the reasons."""
    return {
        (entry["chapter"], words) for entry in yaml.safe_load(ALLOWED.read_text("utf-8")) for words in entry["words"]
    }
