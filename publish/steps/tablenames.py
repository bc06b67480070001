"""A table named as code in a chapter leads to what it holds."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from partnership import data
from publish.thisbook import HOST


def link(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Make each name of a table a link; those that are part of one already stay."""
    known = {entry["name"] for entry in data.package()["resources"]}
    for literal in list(doctree.findall(nodes.literal)):
        name = literal.astext()
        if name in known and not isinstance(literal.parent, nodes.reference):
            literal.replace_self(nodes.reference("", "", literal.deepcopy(), refuri=HOST.table(name)))


def setup(app: Sphinx) -> None:
    """Register the moment."""
    app.connect("doctree-resolved", link)
