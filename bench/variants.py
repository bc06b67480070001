"""One chapter in two other forms: in a default build of Jupyter Book, and as a bare page."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import altair as alt
import html5lib
import nbformat

from bench import tools

DEFAULT = ["jupyter-book==1.0.4.post1", "altair>=6.3,<7"]
VEGALITE, NUMBERS = "application/vnd.vegalite.v5+json", "application/vnd.partnership.numbers+json"
SCRIPTS = "../_static/cdn"  # stands for the script server of Altair's default renderer
LEFT_OUT = {"script", "details", "button", "nav"}
HIDDEN = {"pm-narrow", "pm-folds", "headerlink", "cell_input", "prev-next-footer"}
STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1.06rem/1.6 Georgia,serif}"
    "svg{max-width:100%;height:auto}figure{margin:2rem 0}table{border-collapse:collapse;font-size:.82rem}"
)


# -- a default build ------------------------------------------------------------------------------


@dataclass
class Built:
    """A default build: its site, the seconds it took, the scripts its charts ask for."""

    site: Path
    seconds: float
    scripts: set[str]


def default_book(folder: Path) -> Built:
    """Build the same chapters with Jupyter Book's default settings."""
    programs = tools.environment("jupyter-book-1", *DEFAULT)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "chapters").mkdir(parents=True)
    wanted: set[str] = set()
    for path in (tools.ROOT / "chapters").iterdir():
        if path.suffix == ".ipynb":
            notebook = nbformat.read(path, as_version=4)
            wanted |= default_charts(notebook)
            nbformat.write(notebook, folder / "chapters" / path.name)
        elif path.suffix == ".md":
            shutil.copy(path, folder / "chapters")
    shutil.copy(tools.ROOT / "_toc.yml", folder)
    # Only the outputs that were just put in place are not made again.
    (folder / "_config.yml").write_text(
        'title: The Partnership, Measured\nexecute: {execute_notebooks: "off"}\n', "utf-8"
    )
    start = time.perf_counter()
    tools.run([programs / "jupyter-book", "build", "."], folder)
    return Built(folder / "_build" / "html", time.perf_counter() - start, wanted)


def default_charts(notebook: nbformat.NotebookNode) -> set[str]:
    """Put the output of Altair's default renderer in the place of each chart; return the scripts it asks for.

    The numbers that a cell declares go: in a default book they are typed into the sentences.
    """
    wanted: set[str] = set()
    with alt.renderers.enable("html", base_url=SCRIPTS):
        renderer = alt.renderers.get()
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                bundle = output.get("data", {})
                bundle.pop(NUMBERS, None)
                if spec := bundle.pop(VEGALITE, None):
                    bundle.clear()
                    bundle.update(renderer({key: value for key, value in spec.items() if key != "usermeta"}))
                    wanted |= set(re.findall(rf"{re.escape(SCRIPTS)}/([\w-]+@[\d.]+)", bundle["text/html"]))
    return wanted


def place_scripts(built: Built) -> None:
    """Put the chart scripts, which are on another host by default, beside the pages."""
    packages = tools.npm(*sorted(built.scripts))
    shelf = built.site / "_static" / "cdn"
    shelf.mkdir(parents=True)
    for name in built.scripts:
        package = name.partition("@")[0]
        shutil.copy(packages / package / "build" / f"{package}.min.js", shelf / name)


# -- a bare page ----------------------------------------------------------------------------------


def bare_page(chapter: Path, folder: Path) -> Path:
    """Write what a reader of a built chapter sees when it opens, words and drawings, without theme and script."""
    tree = html5lib.parse(chapter.read_text("utf-8"), namespaceHTMLElements=False)
    article = next(part for part in tree.iter() if "pm-page" in (part.get("class") or "").split())
    strip(article)
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / chapter.name
    page.write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{chapter.stem}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body>{html5lib.serialize(article, tree='etree', omit_optional_tags=False, quote_attr_values='always')}</body></html>\n",
        "utf-8",
    )
    return page


def strip(element: Element) -> None:
    """Take out what is hidden at first, what only works with a script, and what leads through the book."""
    for child in list(element):
        classes = set((child.get("class") or "").split())
        if child.tag in LEFT_OUT or classes & HIDDEN:
            element.remove(child)
        else:
            strip(child)
