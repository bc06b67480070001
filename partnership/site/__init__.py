"""The Sphinx side: from notebook output to figure and number on the page, and a page that asks nobody outside.

One module a step: ``drawing`` (spec to SVG), ``stored`` and ``figure`` (chart output to figure), ``numbering`` (all figures in order),
``formulas`` (addresses of measures, links between them and the figures), ``tablenames`` (links to tables), ``finds`` (figures and claims on the search page),
``numbers`` (numbers in sentences), ``credit`` (source lines), ``cite`` (citations), ``run`` (notebook and package to download, ways to run them), ``claimfiles`` (the ledger as files), ``catalogue`` (list of figures), ``embed``
(a page of its own for each figure), ``files`` (downloads beside each figure), ``head`` (what machines read), ``extras`` (feed,
sitemap, lost page), ``mathml`` (formulas), ``access`` (landmarks), ``policy`` (what a page may load), ``weight`` (what it need not load).
"""

from __future__ import annotations

import hashlib
from typing import Any

from sphinx.application import Sphinx

from partnership import ROOT, data
from partnership.site import (
    catalogue,
    cite,
    claimfiles,
    figure,
    files,
    formulas,
    head,
    mathml,
    numbers,
    run,
    tablenames,

)
from publish.theme import cells, extras, finds, pages

__version__ = "0.1"


def fingerprint() -> str:
    """What pages depend on besides their chapters: this extension, the edition, the register of sources, the claims."""
    files = [*sorted((ROOT / "partnership").rglob("*.py")), *sorted((ROOT / "partnership").rglob("*.css"))]
    files += [ROOT / "CITATION.cff", ROOT / "CHANGELOG.md", data.DATA / "sources.csv", data.DATA / "claims.csv"]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register every step with Sphinx."""
    # A changed value makes Sphinx read and write every page again.
    app.add_config_value("partnership_fingerprint", fingerprint(), "env")
    for step in (
        figure,
        numbers,
        catalogue,
        head,
        cite,
        claimfiles,
        extras,
        files,
        finds,
        formulas,
        tablenames,
        run,
        mathml,
        cells,
        pages,
    ):
        step.setup(app)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
