"""Each measure gets an address where the book explains it, and tells there which figures draw it."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from partnership.measures import TERMS
from publish.figures.numbering import Measure, Shown, figures, standing_figures

LOG = logging.getLogger(__name__)
SECTION = "The measures"


class uses(nodes.General, nodes.Element):  # noqa: N801
    """Place of the figures that draw some measures; attribute ``measures``."""


class AddressOfMeasure(SphinxTransform):
    """The first mention of a function as code, in the section on measures, is the address of that measure."""

    default_priority = 800  # before Sphinx notes what can be linked to

    def apply(self, **kwargs: object) -> None:
        """Give each its id, and leave a place for its figures after its formula and example."""
        for section in self.document.findall(nodes.section):
            if section[0].astext() == SECTION:
                for literal in list(section.findall(nodes.literal)):
                    self._name(literal)

    def _name(self, literal: nodes.literal) -> None:
        name = literal.astext()
        anchor = Measure(name, "").anchor
        if name not in TERMS or anchor in self.document.nameids:
            return
        literal["ids"], literal["names"] = [anchor], [anchor]
        self.document.note_explicit_target(literal)
        last = literal.parent
        while following := last.next_node(descend=False, siblings=True):
            if _opens(following):
                break
            last = following
        if not isinstance(last, uses):
            place = uses("", measures=[])
            last.parent.insert(last.parent.index(last) + 1, place)
            last = place
        last["measures"].append(name)


def _opens(block: nodes.Element) -> bool:
    """Whether a block is about the next measure: a paragraph that opens with its name in bold."""
    first = next((child for child in block.children if child.astext()), None)
    return isinstance(first, nodes.strong)


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of measures that figures draw and no page explains."""
    for shown in figures(env):
        explained = {measure.name for measure in shown.measures}
        for name in shown.meta.get("measures", ()):
            if name not in explained:
                LOG.warning(
                    "figure %s draws %s, which has no address: name it as code in the section “%s”",
                    shown.name,
                    name,
                    SECTION,
                    location=shown.page,
                    type="partnership",
                    subtype="measure",
                )


def fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Write the figures into their places, when the numbers of all figures are known."""
    places = list(doctree.findall(uses))
    known = list(figures(app.env)) if places else []
    for place in places:
        line = nodes.paragraph(classes=["pm-uses"])
        for name in place["measures"]:
            found = [shown for shown in known if name in shown.meta.get("measures", ())]
            for position, shown in enumerate(found):
                line += nodes.Text(", " if position else f"{' ' if len(line) else ''}{TERMS[name]}: ")
                line += _link(app, page, shown)
            if found:
                line += nodes.Text(".")
        place.replace_self([line] if len(line) else [])


def _link(app: Sphinx, page: str, shown: Shown) -> nodes.reference:
    address = f"{app.builder.get_relative_uri(page, shown.page)}#fig-{shown.name}"
    return nodes.reference("", f"Figure {shown.number}", refuri=address, internal=True, reftitle=shown.meta["title"])


def rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The page that explains the measures is written anew when any figure has changed: the figures come from all pages."""
    if standing_figures(app).stands:
        return []
    labels = env.domains["std"].anonlabels
    return sorted({labels[anchor][0] for name in TERMS if (anchor := Measure(name, "").anchor) in labels})


def setup(app: Sphinx) -> None:
    """Register node, transform and the three moments."""
    app.add_node(uses)
    app.add_transform(AddressOfMeasure)
    app.connect("env-get-updated", rewrite, priority=600)  # when the figures have their numbers
    app.connect("env-check-consistency", check)
    app.connect("doctree-resolved", fill)
