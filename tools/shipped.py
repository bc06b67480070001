"""A step of hatchling: tables, citation and list of changes go into the wheel; an editable install reads them in the clone."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("data", "CITATION.cff", "CHANGELOG.md")


class Shipped(BuildHookInterface):
    """Adds to what pyproject.toml packs; ``partnership.ROOT`` finds it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a build; ``version`` is "standard" or "editable"."""
        if version == "standard":
            build_data["force_include"] |= {
                str(Path(self.root) / name): f"partnership/shipped/{name}" for name in SHIPPED
            }
            # Entry points lead to the book's Sphinx side, which readers do not install.
            self.metadata.core.entry_points.clear()
