"""What every chapter keeps to, besides that its outputs still hold (nbval)."""

import pytest
import yaml
from conftest import CHAPTERS, ROOT, notebook

from partnership import charts, data

EACH = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def figures(path):
    return [
        output["data"][charts.MIME]
        for cell in notebook(path).cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if charts.MIME in output.get("data", {})
    ]


def test_contents_and_files_agree():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    parts = [toc, *toc.get("parts", [])]
    listed = [toc["root"]] + [entry["file"] for part in parts for entry in part.get("chapters", [])]
    files = [f"chapters/{path.stem}" for path in (ROOT / "chapters").iterdir() if path.suffix in (".ipynb", ".md")]
    assert sorted(listed) == sorted(files)


@EACH
def test_outputs_are_stored(path):
    """Without stored outputs nbval would compare nothing and pass."""
    silent = [cell.id for cell in notebook(path).cells if cell.cell_type == "code" and not cell.outputs]
    assert len(silent) <= 1, f"{path.name}: cells without output: {silent}"


@EACH
def test_no_cell_warns(path):
    """A warning would carry a path of somebody's machine into the notebook."""
    for cell in notebook(path).cells:
        for output in cell.get("outputs", []):
            assert output.output_type == "display_data" or output.output_type == "execute_result", (
                f"{path.name}, {cell.id}"
            )


@EACH
def test_code_cells_are_short_and_folded(path):
    for cell in notebook(path).cells:
        if cell.cell_type == "code":
            lines = [line for line in cell.source.splitlines() if line.strip()]
            assert len(lines) <= 8, f"{path.name}, {cell.id}: {len(lines)} lines"
            assert "hide-input" in cell.metadata.get("tags", []), f"{path.name}, {cell.id}: not folded"


@EACH
def test_nothing_is_read_over_the_network_or_written(path):
    for cell in notebook(path).cells:
        if cell.cell_type == "code":
            for word in ("http", "read_csv", "open(", "to_csv", "requests", "urllib", "%", "!"):
                assert word not in cell.source.replace("%Y", ""), f"{path.name}, {cell.id}: {word}"


@EACH
def test_figures_have_title_description_and_known_sources(path):
    known = set(data.sources().index)
    for spec in figures(path):
        meta = spec["usermeta"]["figure"]
        assert len(meta["title"]) <= 110, meta["title"]
        assert len(spec["description"]) >= 60, f"{meta['name']}: {spec['description']}"
        assert set(meta["sources"]) <= known
        assert meta["tables"], f"{meta['name']}: rows without their table's name"


def test_figure_names_are_unique_in_the_book():
    names = [spec["usermeta"]["figure"]["name"] for path in CHAPTERS for spec in figures(path)]
    assert sorted(set(names)) == sorted(names)
