"""Extracts as published: what a reader takes from a snapshot, nothing computed.

A recipe is a function of the snapshots' bytes that returns a frame of strings. It stands in a module of this package,
named after the publisher, under ``@recipe(source, file, ...)``: the id in ``data/sources.csv`` and the names of the
snapshots below the folder that ``PARTNERSHIP_SNAPSHOTS`` names.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from refresh import EXTRACTS, frames


@dataclass(frozen=True)
class Recipe:
    """How an extract is taken from its snapshots."""

    source: str
    files: tuple[str, ...]
    take: Callable[..., pd.DataFrame]

    def run(self, folder: Path) -> pd.DataFrame:
        """The extract, read from the snapshots in a folder."""
        return self.take(*((folder / name).read_bytes() for name in self.files))


_RECIPES: dict[str, Recipe] = {}


def recipe(source: str, *files: str) -> Callable[[Callable[..., pd.DataFrame]], Callable[..., pd.DataFrame]]:
    """Register the function that takes the extract of a source from the bytes of its snapshots."""

    def register(take: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
        if source in _RECIPES and _RECIPES[source].take.__module__ != take.__module__:
            raise ValueError(f"two recipes for {source}")
        _RECIPES[source] = Recipe(source, files, take)
        return take

    return register


@cache
def recipes() -> dict[str, Recipe]:
    """All recipes by source, from all modules of this package."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
    return dict(sorted(_RECIPES.items()))


def place(source: str, folder: Path = EXTRACTS) -> Path:
    """Where the extract of a source lies."""
    return folder / f"{source}.csv"


def load(source: str, folder: Path = EXTRACTS) -> pd.DataFrame:
    """The extract of a source, cells as published."""
    return frames.read(place(source, folder))
