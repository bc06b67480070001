"""Cells and citations as HTML: fold code under a readable label below its output, and drop wrong ARIA roles."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode as Fold
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from publish.host import apart

WORDS = "Show the code"


class CodeBelow(SphinxPostTransform):
    """A cell shows first what it makes, then its code, folded or open.

    The code of a cell that shows nothing goes into the fold of the cell that follows, such as the figure that it measures
    for; where none follows it keeps a fold of its own and is marked. A cell to try (tag ``try``) stays as it is: there the code
    is the matter.
    """

    default_priority = 205  # MyST-NB has made the folds at 199
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Move each fold, and each open code, to the end of its cell."""
        for cell in list(self.document.findall(_is_cell)):
            inside = [child for child in cell.children if "cell_input" in child.get("classes", ())]
            if inside and _seen_in(cell, inside[0]) and "tag_try" not in cell["classes"]:
                cell.remove(inside[0])
                cell.append(inside[0])
        for fold in list(self.document.findall(Fold)):
            cell = fold.parent
            if "above-input" not in fold["classes"] or not isinstance(cell, nodes.container):
                continue
            cell.remove(fold)
            cell.append(fold)
            if _seen_in(cell, fold):
                continue
            below = cell.next_node(descend=False, siblings=True)
            into = next(below.findall(Fold), None) if below is not None and _is_cell(below) else None
            if into is None:
                cell["classes"].append("pm-silent")
                continue
            into[:0] = fold.children
            cell.remove(fold)
            below[:0] = cell.children
            below["ids"] += cell["ids"]
            cell.parent.remove(cell)


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and "cell" in node["classes"]


def _seen_in(cell: nodes.Element, code: nodes.Node) -> bool:
    return any(_seen(child) for child in cell.children if child is not code and child.children)


def _seen(output: nodes.Node) -> bool:
    """Whether anything of an output reaches the page; numbers and statements stand in the text, not here."""
    return any(type(child).__name__ not in ("said", "held") for child in output.children)


class PlainFrames(SphinxPostTransform):
    """A pandas frame as a cell shows it becomes a table like the others: no style of its own, heads that say what they head."""

    default_priority = 206
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Rewrite each frame."""
        for raw in list(self.document.findall(nodes.raw)):
            if "html" in raw.get("format", "") and 'class="dataframe"' in raw.astext():
                raw.replace_self(nodes.raw("", plain_frame(raw.astext()), format="html"))


def plain_frame(html: str) -> str:
    """The HTML of a pandas frame as the page's table."""
    body = BeautifulSoup(html, "html.parser")
    for style in body.find_all("style"):
        style.decompose()
    for table in body.find_all("table", class_="dataframe"):
        table.attrs = {"class": "pm dataframe"}
        for row in table.find_all("tr"):
            row.attrs = {}
        for head in table.find_all("th"):
            if head.get_text(strip=True):
                head["scope"] = "col" if head.find_parent("thead") else "row"
            else:
                head.name = "td"
        for cell in table.find_all("td"):
            if re.fullmatch(r"[-−+]?[\d,.]+(e[-+]?\d+)?", cell.get_text(strip=True)):
                cell["class"] = "pm-right"
        _heads_above_numbers(table)
        table.wrap(body.new_tag("div", attrs={"class": "pm-scroll", "tabindex": "0"}))
    return str(body)


def _heads_above_numbers(table: Tag) -> None:
    """The head of a column of numbers stands to the right as they do."""
    above = table.thead.find_all("tr") if table.thead else []
    heads = above[-1].find_all(["th", "td"]) if above else []
    lines = [row.find_all(["th", "td"]) for body in table.find_all("tbody") for row in body.find_all("tr")]
    for place, head in enumerate(heads):
        column = [line[place] for line in lines if len(line) == len(heads)]
        if column and all(cell.get("class") == "pm-right" for cell in column):
            head["class"] = "pm-right"


def visit_fold(self: Any, node: Fold) -> None:
    """A fold with words that a screen reader reads too."""
    node["begins"] = len(self.body)
    self.body.append(f'<details class="pm-code"><summary>{WORDS}</summary>\n')


def depart_fold(self: Any, node: Fold) -> None:
    """Close the fold."""
    self.body.append("</details>\n")
    apart(self, "".join(self.body[node["begins"] :]))


class Writer(HTML5Translator):
    """Sphinx's writer, but for the list of references: docutils gives it roles that its parts may not have."""

    def visit_citation(self, node: nodes.Element) -> None:
        """An entry; the text cites author and year, so a number would lead nowhere."""
        self.body.append(self.starttag(node, "div", classes=["citation"]))
        for label in list(node.findall(nodes.label)):
            node.remove(label)

    def depart_citation(self, node: nodes.Element) -> None:
        """Close the entry."""
        self.body.append("</div>\n")


def setup(app: Sphinx) -> None:
    """Register transform, fold and writer."""
    app.set_translator("html", Writer)
    app.add_post_transform(CodeBelow)
    app.add_post_transform(PlainFrames)
    app.add_node(Fold, override=True, html=(visit_fold, depart_fold))
