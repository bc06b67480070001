"""Files of an older build stand as long as all that they depend on is the same, and they themselves; else they go."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from publish import background, economies, run, standing


@pytest.fixture
def book(tmp_path):
    """A builder's application, each time that of another build in the same folders."""
    for name in ("out", "kept"):
        (tmp_path / name).mkdir()

    def build(inputs="a", depends="b", base=""):
        config = SimpleNamespace(book_inputs=inputs, html_baseurl=base)
        app = SimpleNamespace(
            outdir=tmp_path / "out", doctreedir=tmp_path / "kept", config=config, builder=SimpleNamespace()
        )
        return app, standing.group(app, "g", "folder", "*.txt", depends=lambda: depends)

    return build


def write(app):
    (app.outdir / "folder").mkdir()
    (app.outdir / "folder" / "one").write_text("1")
    (app.outdir / "two.txt").write_text("2")
    (app.outdir / "other").write_text("of another step")


@pytest.fixture
def built(book):
    """A book that was built once."""
    app, group = book()
    assert not group.stands and group.told("list", lambda: [1]) == [1]
    write(app)
    standing.keep(app, None)
    return app.outdir


def test_what_depends_on_the_same_stands_with_the_values_that_were_told(book, built):
    app, group = book()
    assert group.stands and group.told("list", lambda: pytest.fail("made again")) == [1]
    assert group.told("not asked for then", lambda: 2) == 2
    standing.keep(app, None)
    assert book()[1].stands


@pytest.mark.parametrize(
    "change", [{"inputs": "A"}, {"depends": "B"}, {"base": "https://example.org/"}, {"inputs": ""}]
)
def test_what_depends_on_something_else_goes_and_nothing_besides(book, built, change):
    app, group = book(**change)
    assert not group.stands and sorted(path.name for path in built.iterdir()) == ["other"]


def test_where_a_book_does_not_say_on_what_it_depends_nothing_stands(book):
    for _ in range(2):
        app, group = book(inputs="")
        assert not group.stands
        write(app)
        standing.keep(app, None)


def test_a_build_that_is_interrupted_leaves_nothing_to_stand_on(book):
    """Also where a group has no files of its own and only says whether a page is written again."""
    for depends, stood in (("a", False), ("a", True), ("b", False), ("a", False)):
        app, _ = book()
        group = standing.group(app, "page", depends=lambda depends=depends: depends)
        assert group.stands == stood
        if depends == "a":
            standing.keep(app, None)


HARM = {
    "gone": lambda out: (out / "two.txt").unlink(),
    "cut": lambda out: (out / "folder" / "one").write_text(""),
    "more": lambda out: (out / "folder" / "three").write_text(""),
    "as long": lambda out: (out / "two.txt").write_text("3"),
}


@pytest.mark.parametrize("harm", HARM)
def test_files_that_are_not_those_of_the_build_do_not_stand(book, built, harm):
    HARM[harm](built)
    assert not book()[1].stands


@pytest.mark.parametrize("note", ["", "{", "[]", "1", "[" * 100_000])
def test_a_note_that_is_not_whole_is_none(book, built, note):
    (built.parent / "kept" / "g.standing").write_text(note)
    assert standing.outdated(
        SimpleNamespace(doctreedir=built.parent / "kept", config=SimpleNamespace(book_inputs="a")), "g"
    )
    assert not book()[1].stands


def test_nothing_is_noted_of_a_build_that_failed(book):
    app, _ = book()
    write(app)
    standing.keep(app, ValueError())
    assert not book()[1].stands


@pytest.mark.parametrize(("inputs", "outdated"), [("a", False), ("A", True)])
def test_a_group_is_known_to_be_outdated_before_it_is_asked_for(book, built, inputs, outdated):
    config = SimpleNamespace(book_inputs=inputs)
    assert standing.outdated(SimpleNamespace(doctreedir=built.parent / "kept", config=config), "g") == outdated
    assert (built / "two.txt").exists()


# What may change, and what then changes: the whole site, its pages besides the chapters, the run of every chapter.
CHANGES = {
    "chapters/a.ipynb": "site",
    "partnership/views/a.py": "site pages run",
    "publish/figures/a.py": "site pages",
    "publish/run.py": "site pages run",
    "publish/kernels.py": "site pages run",
    "publish/drawer.py": "site pages run",
    "checks/rules/a.py": "site pages",
    "checks/cell_outputs.py": "site pages run",
    "tools/vega/a.js": "site pages",
    "tools/vega/node_modules/a.js": "",
    "data/a.csv": "site pages run",
    "data/extracts/a.csv": "site pages run",
    "requirements.txt": "site pages run",
    "references.bib": "site pages",
    ".ipython/profile_default/ipython_kernel_config.py": "run",
    "tests/a.py": "",
}


@pytest.fixture
def keys(tmp_path, monkeypatch):
    """What each depends on, in a book of these files."""
    for name in CHANGES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    asked = {
        "site": lambda: standing.inputs(tmp_path),
        "pages": lambda: standing.inputs(tmp_path, standing.SITE),
        "run": run.inputs,
    }
    before = {name: ask() for name, ask in asked.items()}
    yield lambda: " ".join(name for name, ask in asked.items() if ask() != before[name])


@pytest.mark.parametrize("file", CHANGES)
def test_what_is_made_depends_on_the_words_of_its_files(keys, tmp_path, file):
    (tmp_path / file).write_text("2")
    assert keys() == CHANGES[file]


def test_what_is_made_depends_on_the_place_of_a_file_the_python_and_what_is_installed(keys, tmp_path, monkeypatch):
    (tmp_path / "data" / "b").mkdir()
    moved = (tmp_path / "data" / "a.csv").rename(tmp_path / "data" / "b" / "a.csv")
    assert keys() == "site pages run"
    moved.rename(tmp_path / "data" / "a.csv")
    assert keys() == ""
    assert any(name.startswith("pandas-") for name in standing._installed())
    monkeypatch.setattr(standing, "get_path", lambda kind: str(tmp_path / "packages"))
    assert keys() == "site pages run"
    none = standing.inputs(tmp_path)
    (tmp_path / "packages" / "any_package-1.0.dist-info").mkdir(parents=True)
    assert standing.inputs(tmp_path) != none
    monkeypatch.undo()
    monkeypatch.setattr(run, "ROOT", tmp_path)
    assert keys() == ""
    monkeypatch.setattr(standing.sys, "version", "3.99")
    assert keys() == "site pages run"


def test_what_is_made_depends_on_the_day_to_which_ages_are_counted(keys, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    assert keys() == "site pages run"


def test_a_book_may_lie_below_a_folder_of_any_name_and_hold_files_of_any_name(tmp_path):
    root = tmp_path / "node_modules" / "book"
    (root / "data").mkdir(parents=True)
    odd = root / "data" / os.fsdecode(b"\xff.csv")
    odd.write_text("1")
    before = standing.inputs(root, ("data",))
    odd.write_text("2")
    assert standing.inputs(root, ("data",)) != before


WHEN = {"publish/lock.py", "publish/standing.py"}
"""What decides when a chapter runs, and nothing in it."""


def test_the_run_of_a_chapter_depends_on_all_code_that_runs_and_stores_it():
    code = (
        'import sys; from publish import kernels, run; run.setup(); run.written(run.read(\'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}\'))\n'
        "print(*{module.__file__ for name, module in sys.modules.items() if name.split('.')[0] in ('publish', 'checks')}, sep='\\n')"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=standing.ROOT, capture_output=True, text=True, check=True)
    loaded = {str(Path(file).relative_to(standing.ROOT)) for file in told.stdout.split("\n") if file}
    assert {"publish/run.py", "publish/kernels.py", "publish/drawer.py"} < loaded
    assert {file for file in loaded if not file.endswith("__init__.py")} - WHEN <= set(run.COMMON)


# -- in the background ---------------------------------------------------------------------------


def make(argument):
    """What the other process calls; here it says where it ran."""
    return {"argument": argument, "here": __name__ == "test_standing" and HERE}


HERE = False


@pytest.mark.parametrize("broken", [False, True])
def test_what_another_process_does_not_manage_is_made_here(monkeypatch, broken):
    monkeypatch.setitem(globals(), "HERE", True)
    monkeypatch.setenv("PYTHONPATH", "/nowhere" if broken else f"{background.ROOT}:{background.ROOT}/tests")
    begun = background.Background(make, "ü")
    assert begun.result() == {"argument": "ü", "here": broken} == begun.result()


def test_nobody_waits_for_what_is_stopped():
    begun = background.Background(make, "a")
    worker = begun.worker
    begun.stop()
    assert worker.returncode == -9


def test_what_an_earlier_build_did_not_ask_for_is_made_where_the_rest_stands(monkeypatch, tmp_path):
    """The page of pairs is written again, and the pages of economies stand from a build that did not write it."""
    (tmp_path / f"{economies.NAME}.standing").write_text('{"inputs": "a"}')
    app = SimpleNamespace(
        doctreedir=tmp_path,
        config=SimpleNamespace(book_inputs="a", html_baseurl=""),
        builder=SimpleNamespace(format="html"),
        env=SimpleNamespace(found_docs={economies.pages.PAIRS}),
    )
    monkeypatch.setattr(economies, "Background", lambda make, base: SimpleNamespace(result=lambda: {"opening": base}))
    economies.begin(app, app.env, [])
    assert not hasattr(app, "partnership_economies") and economies.everything(app) == {"opening": ""}
