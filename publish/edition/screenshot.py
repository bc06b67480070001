"""The picture of the front page in README, ``docs/screenshot.png``, and what it showed when it was taken.

A part of ``make screenshot``. The picture carries the title of Figure 1 and the numbers above it as text, so that a test can
tell whether the front page still says what the picture shows.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from pathlib import Path

from checks import cell_outputs
from partnership import ROOT, charts
from publish.browser import started

FILE = ROOT / "docs" / "screenshot.png"
PAGE = "chapters/overview"
KEY = b"Description"
_BOUND = re.compile(r"\[([^\[\]]*)\]\(#[ns]-")
_HEADER = 33
"""Bytes of a PNG up to the end of its first chunk."""


def shown(root: Path = ROOT) -> str:
    """Title of Figure 1 and the numbers and tested words above it, as the front page has them now."""
    bound: list[str] = []
    for cell in json.loads((root / f"{PAGE}.ipynb").read_text("utf-8"))["cells"]:
        for _, spec in cell_outputs.outputs({"cells": [cell]}, charts.MIME):
            return "\n".join([spec["usermeta"]["figure"]["title"], *bound])
        if cell["cell_type"] == "markdown":
            bound += _BOUND.findall("".join(cell["source"]))
    raise ValueError(f"{PAGE} has no figure")


def described(png: bytes, words: str) -> bytes:
    """A PNG with a text of its own, before the picture (an iTXt chunk, uncompressed)."""
    body = b"iTXt" + KEY + b"\0\0\0\0\0" + words.encode()
    return png[:_HEADER] + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)) + png[_HEADER:]


def description(png: bytes) -> str:
    """The text that a PNG bears; nothing if it bears none."""
    place = 8
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        kind, body = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        if kind == b"iTXt" and body.startswith(KEY + b"\0"):
            return body[len(KEY) + 5 :].decode()
        place += size + 12
    return ""


def take(site: Path = ROOT / "_build" / "html") -> bytes:
    """The first screen of the front page, light, without a chart come to life."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = started(playwright.chromium)
        tab = browser.new_context(viewport={"width": 1280, "height": 880}, color_scheme="light").new_page()
        tab.goto((site / f"{PAGE}.html").as_uri())
        picture = tab.screenshot()
        browser.close()
    return described(picture, shown())


if __name__ == "__main__":
    FILE.write_bytes(take())
    print(f"{FILE.relative_to(ROOT)} is taken")
