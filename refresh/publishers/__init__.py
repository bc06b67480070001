"""Publishers' own interfaces, one module each: addresses, how to ask, how to see a change, how to read.

No address could be called when these were written: each is as public code of 2026 calls it, and stands in one line of
one module. ``read(raw)`` is pure: bytes to a frame of text, in the publisher's names, units and codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """One question to a publisher; secrets are named, never held."""

    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    secret: str = ""
    """Environment variable with the key, if one is needed."""
    secret_in: str = ""
    """Where the key goes: ``header:NAME`` or ``query:NAME``."""
    largest: int = 50_000_000
    """Bytes beyond which the answer is refused."""
    hosts: tuple[str, ...] = ()
    """Hosts beside the address's own to which a redirect may lead; a leading dot admits all below."""
    kinds: tuple[str, ...] = ()
    """Content types that may come, by their beginning; none means any."""
    deadline: float = 600.0
    """Seconds for the whole answer."""
