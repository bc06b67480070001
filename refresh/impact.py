"""Placeholder; written next."""

from __future__ import annotations


def write(work, outcomes):
    """Write the report."""
