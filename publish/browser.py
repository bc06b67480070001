"""How Chromium is started: for the PDF, the tests of pages, the bench. It asks nobody outside."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# The builder's language would choose the typeface of code: where a machine has one for Chinese, it stands for "monospace" there.
LANGUAGE = {"LC_ALL": "C", "FC_LANG": "en"}


def program() -> str:
    """The path of Chromium: its shell without windows, which takes half the processor time on these pages, else the whole.

    Raises
    ------
    RuntimeError
        If neither is on the PATH.
    """
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if found is None:
        raise RuntimeError("pages and PDF need chromium-headless-shell or chromium on the PATH: sh tests/browser.sh")
    return found


def started(chromium: BrowserType, *flags: str) -> Browser:
    """A running Chromium with these flags beside :data:`FLAGS`, the same in every language; errors as :func:`program`."""
    return chromium.launch(executable_path=program(), args=[*FLAGS, *flags], env={**os.environ, **LANGUAGE})
