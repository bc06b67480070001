"""What _config.yml says of the book's addresses: where the site stands, where the repository."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from partnership import ROOT


@dataclass(frozen=True)
class Repository:
    """The public repository: its address and the branch or tag that readers are sent to. No address: not yet public."""

    url: str = ""
    ref: str = "main"

    def __bool__(self) -> bool:
        return bool(self.url)


def _config(root: Path) -> dict[str, Any]:
    return yaml.safe_load((root / "_config.yml").read_text("utf-8"))


def repository(root: Path = ROOT) -> Repository:
    """The entries ``repository.url`` and ``repository.branch``."""
    entry = _config(root).get("repository") or {}
    url = (entry.get("url") or "").removesuffix("/").removesuffix(".git")
    return Repository(url, str(entry.get("branch") or "main"))


def site_address(root: Path = ROOT) -> str:
    """The entry ``html.baseurl`` with a slash at the end, or nothing if the site has no address yet."""
    base = (_config(root).get("html") or {}).get("baseurl") or ""
    return base.rstrip("/") + "/" if base else ""
