"""How Chromium is started: for the PDF, the tests of pages, the bench. It asks nobody outside."""

import shutil

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
