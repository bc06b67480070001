"""A table named as code in a chapter leads to what it holds, a file of the site to the file."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

from partnership import data
from publish.thisbook import HOST

_FILE = re.compile(
    r"(?:claims\.csv|claims\.jsonld|figures\.json|feed\.xml|(?:data|figures|tables)/[a-z0-9-]+\.(?:csv|json))"
)


def link(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Make each name of a table or a file a link; those that are part of one already stay."""
    known = {entry["name"] for entry in data.package()["resources"]}
    for literal in list(doctree.findall(nodes.literal)):
        name = literal.astext()
        address = HOST.table(name) if name in known else f"../{name}" if _FILE.fullmatch(name) else ""
        if address and not isinstance(literal.parent, nodes.reference):
            literal.replace_self(nodes.reference("", "", literal.deepcopy(), refuri=address))


def setup(app: Sphinx) -> None:
    """Register the moment."""
    app.connect("doctree-resolved", link)
