"""Fail the build if a page would load anything that its content security policy (``publish.csp``) blocks."""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

LOG = logging.getLogger(__name__)
_LOADED = re.compile(
    r'<(?:script|img|iframe|link|source|video|audio)\b[^>]*\b(?:src|href)="((?:https?:)?//[^"]+)"[^>]*>'
)
_POINTER = re.compile(r'\brel="(?:canonical|alternate|me|license)"')
_STYLED = re.compile(r'<[a-z][^<>]*\s(style|on[a-z]+)="[^"]*"')


def loads_from_elsewhere(page: str) -> list[str]:
    """Addresses on other hosts that the page would load (links a reader may follow do not count)."""
    return [match[1] for match in _LOADED.finditer(page) if not _POINTER.search(match[0])]


def check(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Warn (so: fail) of what the policy would refuse in the reader's browser: other hosts, style or script in an attribute."""
    text = context.get("body", "") + context.get("metatags", "")
    for address in loads_from_elsewhere(text):
        LOG.warning("%s loads %s", page, address, type="partnership", subtype="elsewhere")
    for attribute in sorted(set(_STYLED.findall(text))):
        LOG.warning(
            "%s has an attribute %s, which no browser may follow", page, attribute, type="partnership", subtype="policy"
        )


def setup(app: Sphinx) -> None:
    """Register the check, after everything that writes into a page."""
    app.connect("html-page-context", check, priority=850)
