"""Formulas as MathML made at build time: no script, no fonts from elsewhere."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.math import get_node_equation_number


def convert(formula: str, display: str = "inline") -> str:
    """A formula in MathML."""
    from latex2mathml.converter import convert  # reads a table of some thousand symbols when it is loaded

    return convert(formula, display=display)


def inline(self: Any, node: nodes.Element) -> None:
    """A formula within a sentence."""
    self.body.append(convert(node.astext()))
    raise nodes.SkipNode


def block(self: Any, node: nodes.Element) -> None:
    """A formula of its own, numbered if it has a label."""
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Permanent address of this formula")
        self.body.append("</span>")
    self.body.append(convert(node.astext(), display="block") + "</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register as Sphinx's math renderer ``mathml``."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
