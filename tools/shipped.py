"""A step of hatchling: tables, citation and list of changes go into the wheel; an editable install reads them in the clone."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("data", "CITATION.cff", "CHANGELOG.md")


class Shipped(BuildHookInterface):
    """Adds to what pyproject.toml packs; ``partnership.ROOT`` finds it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a build; ``version`` is "standard" or "editable"."""
        if version == "standard":  # tables, not the extracts they were derived from
            found = [Path(self.root) / name for name in SHIPPED]
            files = [file for path in found for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
            build_data["force_include"] |= {
                str(file): f"partnership/shipped/{file.relative_to(self.root).as_posix()}"
                for file in files
                if file.is_file()
            }
            # Entry points lead to the book's Sphinx side, which readers do not install.
            self.metadata.core.entry_points.clear()
