"""Numbers and statements in sentences, with their rows and sources: ``numbers`` (number, card and note), ``tiers`` (how many
numbers of which tier). README.md says how another book uses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from publish import host
from publish.said import numbers, tiers

STATIC = Path(__file__).with_name("static")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the numbers and their script."""
    app.connect("builder-inited", lambda app: app.config.html_static_path.append(str(STATIC)))
    host.setup(app)
    numbers.setup(app)
    tiers.setup(app)
    return {"env_version": 1}  # of what is noted of pages
