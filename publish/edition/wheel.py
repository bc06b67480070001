"""The package with its tables as one file that pip installs, for readers of the site; the same edition gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from partnership import ROOT, citation


def name() -> str:
    """The file's name, as standards for packages build it.

    Examples
    --------
    >>> name().endswith("-py3-none-any.whl")
    True
    """
    return f"partnership_measured-{citation.edition().version}-py3-none-any.whl"


def make(folder: Path) -> Path:
    """Build it from this clone."""
    from hatchling.builders.wheel import WheelBuilder  # not there where only notebooks are run

    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))
