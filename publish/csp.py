"""What a page may load, as a Content-Security-Policy."""

from __future__ import annotations

import base64
import hashlib


def policy(style: str, *scripts: str) -> str:
    """Content-Security-Policy of a page: own files only, inline style and scripts by hash."""
    return (
        f"default-src 'none'; script-src 'self' {' '.join(map(_hash, scripts))}; style-src 'self' {_hash(style)}; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
