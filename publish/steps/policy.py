"""What a page may load: itself only, said in a Content-Security-Policy and checked."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from publish.theme.weight import pages

LOG = logging.getLogger(__name__)
_META = re.compile(r'\s*<meta http-equiv="Content-Security-Policy"[^>]*>')
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.S)
_HANDLER = re.compile(r'<[a-z][^>]*\son[a-z]+="([^"]*)"')
_LOADED = re.compile(
    r'<(?:script|img|iframe|link|source|video|audio)\b[^>]*\b(?:src|href)="((?:https?:)?//[^"]+)"[^>]*>'
)
_POINTER = re.compile(r'\brel="(?:canonical|alternate|me|license)"')


def loads_from_elsewhere(page: str) -> list[str]:
    """Addresses on other hosts that the page would load (links a reader may follow do not count)."""
    return [match[1] for match in _LOADED.finditer(page) if not _POINTER.search(match[0])]


def policy(page: str) -> str:
    """The policy of a page: own files, and its own inline scripts by their hash; no ``eval``."""
    hashes: list[str] = []
    for attributes, body in _SCRIPT.findall(page):
        kind = re.search(r'type="([^"]+)"', attributes)
        if "src=" not in attributes and (kind is None or "javascript" in kind[1]):
            hashes.append(_hash(body))
    handlers = [_hash(html.unescape(handler)) for handler in dict.fromkeys(_HANDLER.findall(page))]
    scripts = ["'self'", *hashes, *handlers, *(["'unsafe-hashes'"] if handlers else [])]
    return (
        f"default-src 'none'; script-src {' '.join(dict.fromkeys(scripts))}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'self'"
    )


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def seal(app: Sphinx, error: Exception | None) -> None:
    """Write the policy into every page; warn (so: fail) if one loads from elsewhere."""
    if error or app.builder.format != "html":
        return
    for path in pages(Path(app.outdir)):
        page = _META.sub("", path.read_text("utf-8"))
        for address in loads_from_elsewhere(page):
            LOG.warning("%s loads %s", path.name, address, type="partnership", subtype="elsewhere")
        tag = f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
        path.write_text(re.sub(r"(<meta charset=[^>]*>)", rf"\1\n    {tag}", page, count=1), "utf-8")


def setup(app: Sphinx) -> None:
    """Register the step, after everything that changes scripts."""
    app.connect("build-finished", seal, priority=900)
