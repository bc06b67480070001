"""What else pages and site have, one module a step.

``head`` (what machines read), ``cite`` (citations), ``run_links`` (notebook and package to download, ways to run them), ``claimfiles``
(the ledger as files), ``search`` (what the search knows), ``markdown`` (plain copies of pages), ``formulas`` (addresses of measures, links between them and
the figures), ``tablenames`` (links to tables), ``moved`` (old addresses of figures and sections), ``correction_links`` (links on the page of corrections), ``mathml`` (formulas), ``feed`` (feed, sitemap, lost page), ``tables`` (workbook, zip of the data), ``editions`` (the page of editions), ``policy`` (what a page may load).
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from publish.steps import (
    cite,
    claimfiles,
    correction_links,
    editions,
    feed,
    formulas,
    head,
    markdown,
    mathml,
    moved,
    policy,
    run_links,
    search,
    tablenames,
    tables,
)

STATIC = Path(__file__).with_name("static")


def setup(app: Sphinx) -> None:
    """Register the steps and their scripts."""
    app.connect("builder-inited", lambda app: app.config.html_static_path.append(str(STATIC)))
    for step in (
        head,
        cite,
        feed,
        claimfiles,
        editions,
        search,
        formulas,
        tablenames,
        run_links,
        markdown,
        mathml,
        moved,
        correction_links,
        tables,
        policy,
    ):
        step.setup(app)
