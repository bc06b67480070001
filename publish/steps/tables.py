"""Tables as files: the workbook of the figures, the zip of the data package, and tables of chapters that are named.

``{all-tables}`` puts the links to the first two on a page; ``partnership.show.table(…, file="name")`` names one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from checks import cell_outputs
from partnership import ROOT, citation, data, show
from publish import standing
from publish.figures import tidyfiles
from publish.figures.numbering import base_address, figures, standing_figures


class AllTables(SphinxDirective):
    """``{all-tables}``: links to workbook and zip."""

    def run(self) -> list[nodes.Node]:
        """Two links; the files have the edition's version in their names."""
        up = "../" * self.env.docname.count("/")
        words = (
            f'<p class="pm-all-tables">All at once: <a href="{up}{citation.edition().workbook}" download>the numbers of all figures as one workbook '
            f'(Excel, one sheet a figure)</a>; <a href="{up}{package_name()}" download>all tables behind them as a data package (zip of '
            f"CSV files)</a>.</p>"
        )
        return [nodes.raw("", words, format="html")]


def package_name() -> str:
    """The name of the zip of the data package."""
    return citation.edition().file("-data.zip")


def package(folder: Path = data.DATA) -> bytes:
    """The tables with their descriptor and licence, as programs for data packages read them; the same bytes each time."""
    listed = ["datapackage.json", *(entry["path"] for entry in data.package(folder)["resources"])]
    held = {name: (folder / name).read_bytes() for name in listed}
    return tidyfiles.archive({**held, "LICENSE-DATA": (ROOT / "LICENSE-DATA").read_bytes()})


def files(chapters: Iterable[Path]) -> dict[str, str]:
    """File name and CSV of each table of the chapters that is to be had as a file.

    Raises
    ------
    ExtensionError
        If two tables name the same file: one would take the place of the other.
    """
    found: dict[str, str] = {}
    where: dict[str, str] = {}
    for chapter in chapters:
        for _, table in cell_outputs.outputs(json.loads(chapter.read_text("utf-8")), show.FILE):
            name = f"{table['name']}.csv"
            if name in found:
                raise ExtensionError(f"{chapter.name} and {where[name]} both show a table with file={table['name']!r}")
            found[name], where[name] = tidyfiles.lines(table["columns"], table["rows"]), chapter.name
    return found


@standing.at_the_end
def write(app: Sphinx) -> None:
    """Write all three beside the pages; files of another edition go."""
    out, titles = Path(app.outdir), {page: title.astext() for page, title in app.env.titles.items()}
    book = standing.group(app, "workbook", "the-partnership-measured-*.xlsx", depends=lambda: standing_figures(app).key)
    if not book.stands:
        from publish.edition import workbook  # what it is made with is slow to load

        (out / citation.edition().workbook).write_bytes(
            workbook.make(list(figures(app.env)), titles, base_address(app.config))
        )
    if not standing.group(app, "package", "the-partnership-measured-*-data.zip").stands:
        (out / package_name()).write_bytes(package())
    folder = out / "tables"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    chapters = [chapter for page in titles if (chapter := Path(str(app.env.doc2path(page)))).suffix == ".ipynb"]
    for name, text in files(chapters).items():
        (folder / name).write_text(text, "utf-8")


def setup(app: Sphinx) -> None:
    """Register directive and files."""
    app.add_directive("all-tables", AllTables)
    app.connect("build-finished", write, priority=660)
