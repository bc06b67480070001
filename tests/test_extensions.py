"""Figures and said serve a book of others: plain Sphinx, the conf.py of their README, no register, no theme of ours."""

import ast
import json
import re
import subprocess
import sys

import altair as alt
import nbformat
import pandas as pd
import pytest
from nbformat import v4

from conftest import ROOT
from partnership import charts, prose

FRAME = pd.DataFrame({"year": [2023, 2024], "billions": [1.0, 2.5], "source_id": "own count"})


def cells(extension):
    """A sentence and a cell, as the README of the extension has it."""
    if extension == "figures":
        line = alt.Chart(FRAME).mark_line().encode(x="year:Q", y="billions:Q")
        shown = charts.figure(line, name="trade", title="Trade doubled", rows=FRAME)
        words = "# A page\n\nIt grew."
    else:
        total = prose.Number("$1 billion", 1000, "USD million", period="2024", sources=["customs"])
        shown, words = prose.say(total=total), "# A page\n\nIt was [$1 billion](#n-total)."
    data = {kind: text for kind, text in shown._repr_mimebundle_().items() if not kind.startswith("image/")}
    output = v4.new_output("display_data", data=data)
    return [v4.new_markdown_cell(words), v4.new_code_cell("shown", outputs=[output])]


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """The site of a notebook of two cells, by the three lines of the README."""

    def made(extension):
        folder = tmp_path_factory.mktemp(extension)
        conf = re.search(r"```python\n(.*?)```", (ROOT / "publish" / extension / "README.md").read_text("utf-8"), re.S)
        assert conf and conf[1].count("\n") == 3
        (folder / "conf.py").write_text(conf[1])
        notebook = v4.new_notebook(cells=cells(extension), metadata={"language_info": {"name": "python"}})
        nbformat.write(notebook, folder / "index.ipynb")
        command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", folder, folder / "out"]
        result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        assert result.returncode == 0, result.stderr
        return folder / "out"

    return made


@pytest.mark.slow
def test_a_book_of_others_shows_a_figure_with_its_files(build):
    site = build("figures")
    page = (site / "index.html").read_text("utf-8")
    (figure,) = re.findall(r'<figure class="pm-figure" id="fig-trade">.*?</figure>', page, re.S)
    assert figure.count("<svg") == 2 and "Source: own count." in figure
    assert 'href="_static/pm/figures.css' in page and 'src="_static/pm/figure.js' in page
    files = re.findall(r'<a href="(figures/[^"]+)" download>', figure)
    assert len(files) == 5
    assert all((site / file).stat().st_size for file in [*files, "figures/trade.html", "figures/trade-wide.js"])
    rows = (site / "figures/trade.csv").read_text("utf-8").splitlines()
    assert rows == ['"Year","Billions","Source id"', '2023,1,"own count"', '2024,2.5,"own count"']
    told = json.loads((site / "figures.json").read_text("utf-8"))["figures"][0]
    assert told["sources"][0]["publisher"] == "own count" and told["id"] == "trade"
    assert "My book" in (site / "figures/trade.html").read_text("utf-8")
    for file in site.rglob("*"):
        if file.suffix in (".html", ".json") and "figures" in file.parts:
            assert "Partnership" not in file.read_text("utf-8"), f"{file} names another book"


@pytest.mark.slow
def test_a_book_of_others_shows_a_number_with_its_card(build):
    site = build("said")
    page = (site / "index.html").read_text("utf-8")
    assert '<data class="pm-number" value="1000"><a href="#number-total"' in page
    assert 'title="USD million; 2024; customs"' in page
    (row,) = re.findall(r'<tr id="number-total">(.*?)</tr>', page)
    assert row.startswith('<th scope="row">$1 billion</th><td>USD million</td>') and "<td>customs</td>" in row
    assert 'src="_static/pm/numbers.js' in page and 'href="_static/pm/numbers.css' in page


WALLS = {
    "figures": {"partnership.charts", "partnership.picture", "partnership.marks", "partnership.palette", "partnership.prose", "publish.host", "publish.csp",
                "publish.drawn", "publish.standing", "publish.said.numbers"},
    "said": {"partnership.formula", "partnership.prose", "partnership.statements", "publish.host", "publish.standing"},
}  # fmt: skip


@pytest.mark.parametrize("extension", WALLS)
def test_an_extension_imports_what_its_readme_says(extension):
    """Nothing of the book's own: tables, edition, steps, theme."""
    found = set()
    for file in (ROOT / "publish" / extension).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.ImportFrom)
                and node.module
                and node.module.split(".")[0] in ("partnership", "publish")
            ):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.Import):
                found |= {
                    name.name for name in node.names if name.name.split(".")[0] in ("partnership", "publish", "checks")
                }
    outside = {name for name in found if not name.startswith(f"publish.{extension}.")}
    beyond = {
        name for name in outside if name not in WALLS[extension] and name.rpartition(".")[0] not in WALLS[extension]
    }
    assert beyond - {f"publish.{extension}"} == set()
    readme = (ROOT / "publish" / extension / "README.md").read_text("utf-8")
    wall = readme[readme.index("## The wall") :]
    assert all(name.rpartition(".")[2] in wall for name in WALLS[extension])
