"""What every chapter keeps to, besides that its outputs still hold (nbval)."""

import ast
import dis
import itertools
import re
import types

import pytest
import yaml

from conftest import CHAPTERS, ROOT, notebook
from partnership import charts, data, measures, prose
from publish.run import declared

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
    """Without stored outputs nbval would compare nothing and pass.

    A figure is two cells, one that measures and one that draws, so a chapter of figures has two silent cells in five;
    most cells show something.
    """
    code = [cell for cell in notebook(path).cells if cell.cell_type == "code"]
    silent = [cell.id for cell in code if not cell.outputs]
    assert len(silent) <= max(1, 2 * len(code) // 5) and code[-1].outputs, (
        f"{path.name}: cells without output: {silent}"
    )


@EACH
def test_what_stands_open_shows_something(path):
    """A reader who came for a figure does not pass through what prepares it; parameters stand where papermill finds them."""
    for cell in notebook(path).cells:
        if cell.cell_type == "code" and not {"hide-input", "parameters"} & set(cell.metadata.get("tags", [])):
            assert cell.outputs, f"{path.name}, {cell.id}: it shows nothing, so it takes the tag hide-input"


@EACH
def test_the_code_of_a_figure_stands_open_in_each_chapter_that_has_some(path):
    """A reader sees once, without a click, that a figure comes from the code beside it."""
    drawing = [
        cell.metadata.get("tags", [])
        for cell in notebook(path).cells
        if cell.cell_type == "code" and any(charts.MIME in output.get("data", {}) for output in cell.outputs)
    ]
    assert not drawing or any("hide-input" not in tags for tags in drawing), f"{path.name}: all folded"


@EACH
def test_no_cell_warns(path):
    """A warning would carry a path of somebody's machine into the notebook."""
    for cell in notebook(path).cells:
        for output in cell.get("outputs", []):
            assert output.output_type == "display_data" or output.output_type == "execute_result", (
                f"{path.name}, {cell.id}"
            )


LINES = 25  # an idea a cell
ASIDE = {"codebook", "corrections"}  # pages made from the tables, no argument of their own to try


@EACH
def test_a_code_cell_holds_one_idea(path):
    for cell in notebook(path).cells:
        if cell.cell_type == "code":
            lines = [line for line in cell.source.splitlines() if line.strip()]
            assert len(lines) <= LINES, f"{path.name}, {cell.id}: {len(lines)} lines"


@EACH
def test_a_chapter_ends_with_two_things_to_try(path):
    """They are run like every cell: make run and nbval fail if they do not."""
    tries = [cell for cell in notebook(path).cells if "try" in cell.metadata.get("tags", [])]
    assert len(tries) >= 2 or path.stem in ASIDE, f"{path.name}: {len(tries)} cells to try"
    assert all(cell.outputs for cell in tries)


@EACH
def test_a_chapter_names_each_table_that_it_loads(path):
    """Under "Data used"; the chapter on methods is about all of them and names none."""
    cells, tables = notebook(path).cells, set(data.tables())
    named = [cell.source.partition("## Data used")[2] for cell in cells if "## Data used" in cell.source]
    if not named or path.stem == "data-and-methods":
        pytest.skip("no list of tables")
    loaded = {
        word.value
        for cell in cells
        if cell.cell_type == "code"
        for statement in ast.parse(cell.source).body
        if "data.load(" in ast.unparse(statement)
        for word in ast.walk(statement)
        if isinstance(word, ast.Constant) and word.value in tables
    }
    assert sorted(name for name in loaded if f"`{name}`" not in named[0]) == []


@EACH
def test_nothing_is_read_over_the_network_or_written(path):
    for cell in notebook(path).cells:
        if cell.cell_type == "code":
            for word in ("http", "read_csv", "open(", "to_csv", "requests", "urllib"):
                assert word not in cell.source, f"{path.name}, {cell.id}: {word}"
            assert not [line for line in cell.source.splitlines() if line[:1] in ("%", "!")], f"{path.name}, {cell.id}"


def test_three_figures_in_four_are_drawn_in_their_cell():
    drawn = [
        "mark_" in cell.source
        for path in CHAPTERS
        for cell in notebook(path).cells
        if cell.cell_type == "code" and any(charts.MIME in output.get("data", {}) for output in cell.outputs)
    ]
    assert sum(drawn) >= 0.75 * len(drawn), f"{sum(drawn)} of {len(drawn)} figures"


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


def test_a_place_that_a_correction_touched_is_a_word_of_its_own():
    (cell,) = (cell for cell in notebook(ROOT / "chapters" / "corrections.ipynb").cells if "def weight(" in cell.source)
    names = {"re": re}
    exec(cell.source.partition("def listed(")[0], names)
    touched = [
        "finding on overview",
        "verdicts then of x",
        "leads",
        "heading, figure leader-meetings",
        "leader-meetings",
    ]
    ranks = [names["weight"](each) for each in touched]
    assert ranks == [*map(names["places"].index, ("overview", "verdict", "lead", "heading")), len(names["places"])]


def test_the_similarity_of_the_methods_is_that_of_the_measure():
    """Over all chapters: one that a side did not sell is in the whole of the other."""
    told = declared(notebook(ROOT / "chapters" / "data-and-methods.ipynb"), prose.MIME)["similarity"]["value"]
    rows = data.select(data.load("product-trade-hs"), period="2023", level="chapter").set_index("hs_code")
    china, russia = (data.select(rows, exporter=code)["value"] for code in ("CHN", "RUS"))
    assert set(china.index) != set(russia.index)
    assert told == pytest.approx(measures.export_similarity(china, russia), rel=1e-9)


def names(source):
    """The names that a cell takes from others, also within its functions, and those that it binds, an import apart."""
    codes = [compile(source, "cell", "exec")]
    for code in codes:
        codes += [inner for inner in code.co_consts if isinstance(inner, types.CodeType)]
    steps = [step for code in codes for step in dis.get_instructions(code)]
    taken = {step.argval for step in steps if step.opname in ("LOAD_NAME", "LOAD_GLOBAL")}
    stored = [(before.opname, step.argval) for before, step in itertools.pairwise(steps) if step.opname == "STORE_NAME"]
    own = {name for _, name in stored}
    return taken - own, {name for how, name in stored if not how.startswith("IMPORT_")}


def bound_anew(sources):
    """What a cell takes from others and a later one binds: run again after the whole chapter, it would find that."""
    cells = [names(source) for source in sources]
    return [
        (place, sorted(taken & later))
        for place, (taken, _) in enumerate(cells)
        for _, later in cells[place + 1 :]
        if taken & later
    ]


@EACH
def test_a_cell_can_be_run_again_after_the_whole_chapter(path):
    """The exercises say: change a cell and run it."""
    code = [cell for cell in notebook(path).cells if cell.cell_type == "code"]
    assert not [(code[place].id, again) for place, again in bound_anew(cell.source for cell in code)]


def test_a_name_bound_anew_is_seen():
    assert bound_anew(["rows = 1", "def total():\n    return rows + 1", "rows = 2"]) == [(1, ["rows"])]
    assert bound_anew(["import re", "print(re.I)", "import re"]) == []
    assert bound_anew(["rows = 1", "print(rows)", "[rows for rows in (1, 2)]", "def f(rows): return rows"]) == []
