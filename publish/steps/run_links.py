"""Ways to run a chapter, at its end: elsewhere once the repository is public, on the reader's own machine always."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path, PurePosixPath

from sphinx.application import Sphinx

from partnership import data
from publish import standing
from publish.edition import launch, settings, wheel


def block(page: str, source: str, base: str) -> str:
    """Links and commands for a chapter whose notebook is ``source`` below ``_sources/``; nothing for other pages."""
    if not source.endswith(".ipynb"):
        return ""
    up, repository = "../" * page.count("/"), settings.repository()
    elsewhere = {"Binder": launch.binder(page, repository), "Colab": launch.colab(page, repository)}
    links = [
        f'<a href="{escape(address, quote=True)}">Open in {name}</a>' for name, address in elsewhere.items() if address
    ]
    links += [
        f'<a href="{up}{address}" download>{words}</a>'
        for address, words in ((f"_sources/{source}", "Notebook"), (wheel.name(), "Package with all tables"))
    ]
    commands = f"pip install jupyterlab {base}{wheel.name()}\njupyter lab {PurePosixPath(source).name}"
    return (
        f'<div class="pm-run"><p>Run this chapter: {" ".join(links)}</p>'
        f"<p>On your own machine, with Python 3.11 or newer, in the folder with the downloads:</p>"
        f'<pre tabindex="0">{escape(commands)}</pre></div>'
    )


@standing.at_the_end
def write(app: Sphinx) -> None:
    """Put tables and package beside the pages."""
    if not standing.group(app, "wheel", "data", "partnership_measured-*.whl").stands:
        shutil.copytree(data.DATA, Path(app.outdir) / "data", dirs_exist_ok=True)
        wheel.make(Path(app.outdir))


def setup(app: Sphinx) -> None:
    """Register the step."""
    app.connect("build-finished", write, priority=610)
