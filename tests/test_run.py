"""Running chapters: by sockets, each for itself, ended at once by Ctrl-C; a build never stands on the ruins of another."""

import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import nbformat
import pytest

from conftest import CHAPTERS, ROOT
from partnership import prose
from publish import build, kernels, lock, run
from publish.edition import launch

TRANSPORT = 'import json, ipykernel.connect as c; print(json.loads(c.get_connection_info())["transport"])'


def write(folder, name, code, printed=None):
    """A chapter of one cell."""
    cell = nbformat.v4.new_code_cell(code, id="a", execution_count=None if printed is None else 1)
    if printed is not None:
        cell.outputs = [nbformat.v4.new_output("stream", text=printed)]
    path = folder / f"{name}.ipynb"
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=[cell], metadata=run.METADATA)))
    return path


@pytest.fixture
def chapter(tmp_path):
    """Write a chapter of one cell."""
    return partial(write, tmp_path)


def start(tmp_path, *paths, before=""):
    """The program on some chapters, without the lock that a build of the book may hold."""
    code = (
        f"{before}\n"
        "import contextlib, sys; from pathlib import Path; from publish import run\n"
        f"run.lock.in_this_folder = contextlib.nullcontext; run.STAMPS = Path({str(tmp_path / 'stamps')!r})\n"
        f"sys.exit(run.main({['--all', *map(str, paths)]!r}))"
    )
    variables = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return subprocess.Popen([sys.executable, "-c", code], stdout=-1, stderr=-1, text=True, cwd=ROOT, env=variables)


def printed(path):
    return nbformat.read(path, 4).cells[0].outputs[0].text.strip()


LOADED = """
import altair, json, os, pandas, sys
options = {name: str(pandas.get_option(name)) for name in pandas._config.config._registered_options}
made = altair.renderers.active, altair.theme.active, altair.data_transformers.active
print(json.dumps(options | dict(os.environ) | {"active": made, "path": sys.path, "here": os.getcwd(), "argv": sys.argv[0]}))
"""
DIES = "import os; os._exit(1)"


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """One run of three chapters, the first of which kills its kernel: their paths, the exit code and what was said."""
    folder = tmp_path_factory.mktemp("ran")
    codes = {"dies": DIES, "transport": TRANSPORT, "loaded": LOADED}
    paths = {name: write(folder, name, code) for name, code in codes.items()}
    process = start(folder, *paths.values())
    _, said = process.communicate(timeout=120)
    return paths, process.returncode, said


def test_a_kernel_speaks_through_a_socket_not_a_port(ran):
    assert printed(ran[0]["transport"]) == "ipc", ran[2]


def test_nbval_does_so_too(chapter):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider", "--nbval"]
    result = subprocess.run([*command, chapter("one", TRANSPORT, "ipc\n")], capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 0, result.stdout


def test_a_kernel_that_dies_takes_no_other_chapter_with_it(ran, tmp_path):
    paths, code, said = ran
    assert code == 1 and "failed: dies.ipynb: Kernel died" in said
    assert printed(paths["transport"]) and printed(paths["loaded"])
    assert paths["dies"].read_bytes() == write(tmp_path, "dies", DIES).read_bytes()
    assert not list(paths["dies"].parent.glob("*.tmp"))


def test_a_chapter_counts_as_run_if_a_run_would_write_it_as_it_stands(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(run, "STAMPS", tmp_path)
    path = Path(shutil.copy(ROOT / "chapters" / "conclusion.ipynb", tmp_path / "c.ipynb"))
    assert run.keep([path]) == 0 and run.stale([path]) == []
    whole = path.read_text("utf-8")
    number = re.search(r"\[([^\]]*\d[^\]]*)\]\(#n-", whole)[0]
    path.write_text(whole.replace(number, number.replace("[", "[9", 1), 1), "utf-8")
    assert run.keep([path]) == 1 and run.stale([path]) == [path]
    assert "c.ipynb: a run would write it otherwise" in capsys.readouterr().err


class Editor:
    """In place of what runs a notebook: somebody edits the file meanwhile."""

    def __init__(self, path, text):
        self.path, self.text = path, text

    async def async_execute(self):
        self.path.write_text(self.text)


@pytest.mark.parametrize("outputs_alike", [True, False])
def test_an_edit_made_while_a_chapter_runs_is_kept_and_does_not_count_as_run(
    chapter, tmp_path, monkeypatch, capsys, outputs_alike
):
    path = chapter("one", "1")
    if outputs_alike:  # a run would write it as it stands
        stored = launch.with_setup(run.read(path.read_text("utf-8")), run.setup())
        path.write_text(run.written(stored), "utf-8")
    edited = path.read_text("utf-8").replace('"1"', '"2"')
    monkeypatch.setattr(run, "client", lambda *_: Editor(path, edited))
    monkeypatch.setattr(run, "STAMPS", tmp_path / "stamps")
    assert run.main(["--all", str(path)]) == 1
    assert "failed: one.ipynb: it was edited while it ran" in capsys.readouterr().err
    assert path.read_text("utf-8") == edited and run.stale([path]) == [path]


def test_however_many_chapters_fail_the_exit_code_is_one(chapter, tmp_path, monkeypatch):
    """A shell takes the remainder by 256: of 256 failures it would hear none."""

    async def fail(paths):
        return 256

    monkeypatch.setattr(run, "run", fail)
    monkeypatch.setattr(run, "keep", lambda paths: 256)
    monkeypatch.setattr(run, "STAMPS", tmp_path)
    path = str(chapter("one", "1"))
    assert run.main(["--all", path]) == run.main(["--stored", path]) == 1


def test_a_temporary_folder_with_too_long_a_name_is_told(monkeypatch):
    monkeypatch.setattr(kernels.tempfile, "tempdir", "/tmp/" + "x" * kernels.LONGEST)
    told = "No socket can be made in /tmp/x.*: its name is too long. Set TMPDIR"
    with pytest.raises(SystemExit, match=told), kernels.begun():
        pass


def alive(process):
    return os.path.exists(f"/proc/{process}") and "\nState:\tZ" not in open(f"/proc/{process}/status").read()


def drawn_for(run, place):
    try:
        return (
            b"publish.drawer" in (place / "cmdline").read_bytes()
            and f"\nPPid:\t{run}\n" in (place / "status").read_text()
        )
    except OSError:  # it has ended
        return False


@pytest.mark.skipif(not os.path.exists("/proc/self"), reason="reads /proc")
@pytest.mark.parametrize(("asked_by", "code", "within"), [(signal.SIGINT, 130, 0), (signal.SIGKILL, -9, 3)])
def test_who_ends_a_run_leaves_no_kernel(tmp_path, chapter, asked_by, code, within):
    """Ctrl-C ends all within three seconds; of a run that is killed kernels and drawer notice by themselves."""
    mark = "import os, time, pathlib; pathlib.Path({!r}).write_text(str(os.getpid())); time.sleep(90)"
    marks = [tmp_path / name for name in "ab"]
    paths = [chapter(mark_.name, mark.format(str(mark_))) for mark_ in marks]
    before = [path.read_bytes() for path in paths]
    process = start(tmp_path, *paths)
    begun = time.monotonic()
    while not all(mark_.exists() and mark_.read_text() for mark_ in marks) and time.monotonic() < begun + 60:
        time.sleep(0.1)
    drawers = [int(place.name) for place in Path("/proc").glob("[0-9]*") if drawn_for(process.pid, place)]
    kernels = [int(mark_.read_text()) for mark_ in marks] + drawers
    assert len(drawers) == 1 and all(map(alive, kernels))
    process.send_signal(asked_by)
    asked = time.monotonic()
    assert process.wait(30) == code
    assert time.monotonic() - asked < 3
    while any(map(alive, kernels)) and time.monotonic() < asked + within:
        time.sleep(0.1)
    assert not any(map(alive, kernels))
    assert [path.read_bytes() for path in paths] == before


def test_a_forked_kernel_is_like_one_that_jupyter_starts(ran):
    folder = ran[0]["loaded"].parent
    plain = write(folder, "plain", LOADED)
    assert start(folder, plain, before="from publish import kernels; kernels.FORKS = False").wait(90) == 0
    forked, plain = (json.loads(printed(path)) for path in (ran[0]["loaded"], plain))
    unlike = {name for name in forked | plain if forked.get(name) != plain.get(name)}
    assert unlike == {"JPY_PARENT_PID"}  # a forked one watches its parent in another way


DRAWN = """
import json, os; from partnership import picture
data = {"data": {"values": [{"a": a} for a in range(9)]}, "encoding": {"x": {"field": "a"}}}
drawn = [picture.draw(json.dumps({**data, "mark": mark})) for mark in ("bar", "point", "line")]
here = any(open(f"/proc/self/task/{task}/comm").read().startswith("V8") for task in os.listdir("/proc/self/task"))
try:
    picture.draw('{"mark": "none"}')
except ValueError as error:
    print(*drawn, str(error)[:60], "\\nhere" if here else "\\nelsewhere")
"""


@pytest.mark.skipif(not os.path.exists("/proc/self"), reason="reads /proc")
def test_what_a_run_draws_for_a_kernel_is_what_the_kernel_would_draw(tmp_path, chapter):
    """A kernel that Jupyter starts draws by itself, and so does one that nobody answers; all say what cannot be drawn."""
    unanswered = (
        "import contextlib; from publish import drawer; drawer.begun = lambda: contextlib.nullcontext('/nowhere')"
    )
    setups = {"run": "", "unanswered": unanswered, "plain": "from publish import kernels; kernels.FORKS = False"}
    drawn = {}
    for name, before in setups.items():
        assert start(tmp_path, path := chapter(name, DRAWN), before=before).wait(90) == 0
        drawn[name] = printed(path).rsplit("\n", 1)
    assert len({pictures for pictures, _ in drawn.values()}) == 1
    assert [where for _, where in drawn.values()] == ["elsewhere", "here", "here"]
    pictures, _ = drawn["run"]
    assert pictures.count("<svg ") == 3 and "conversion failed" in pictures


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: no JSON"),
        ('{"cells": [\n<<<<<<< HEAD\n', "line 2: no JSON, Expecting value (a merge conflict?)"),
        ('{"a": 1}', "JSON, but no notebook of format 4"),
        ("[]", "JSON, but no notebook of format 4"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "metadata": {}}]}', "cell 1: outputs is missing"),
        ('{"nbformat": 4, "cells": [{"cell_type": "cod"}]}', 'cell 1: cell_type "cod" is not one of code, markdown, raw'),
    ],
)  # fmt: skip
def test_a_file_that_is_no_notebook_is_refused_in_words(text, message):
    with pytest.raises(run.NotebookError, match=f"^{re.escape(message)}"):
        run.read(text)


@pytest.mark.parametrize("kind", [prose.MIME, prose.STATEMENTS])
def test_a_name_declared_in_two_cells_is_refused(kind):
    def cell(name):
        output = nbformat.v4.new_output("display_data", {kind: {name: {"text": "1", "words": "one"}}})
        return nbformat.v4.new_code_cell("", outputs=[output])

    apart = nbformat.v4.new_notebook(cells=[cell("total"), cell("share")])
    assert list(run.declared(apart, kind)) == ["total", "share"]
    twice = nbformat.v4.new_notebook(cells=[cell("total"), nbformat.v4.new_markdown_cell(), cell("total")])
    with pytest.raises(run.NotebookError, match='cells 1 and 3 both declare "total"'):
        run.declared(twice, kind)


def test_a_chapter_that_does_not_exist_is_told(capsys):
    assert run.main(["chapters/nowhere.ipynb"]) == 1
    assert "chapters/nowhere.ipynb: there is no such chapter" in capsys.readouterr().err


# -- one build at a time, from sound ground -------------------------------------------------------


def test_a_second_build_in_a_folder_ends_with_a_message(tmp_path):
    code = (
        f"from pathlib import Path; from publish import lock\nwith lock.in_this_folder(Path({str(tmp_path)!r})): pass"
    )
    command = [sys.executable, "-c", code]
    with lock.in_this_folder(tmp_path):
        second = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        assert (
            second.returncode == 1
            and f"Another build is at work in {tmp_path} (process {os.getpid()}, or what it began)" in second.stderr
        )
        with lock.in_this_folder(tmp_path):
            pass  # the same process may come in again: a build runs the chapters
    assert subprocess.run(command, cwd=ROOT).returncode == 0


def test_a_builder_that_outlives_the_build_which_was_killed_holds_the_folder(tmp_path):
    (tmp_path / "python").write_text(f"#!/bin/sh\necho $$ > {tmp_path}/builder\nexec sleep 60\n")
    (tmp_path / "python").chmod(0o755)
    here = f"import sys; from pathlib import Path; from publish import build, lock; place = Path({str(tmp_path)!r})\n"
    begin = f"{here}build.SITE, build.TREES, build.WHOLE = (place / name for name in 'abc'); sys.executable = place / 'python'\nwith lock.in_this_folder(place) as held: build.make(held)"
    second = [sys.executable, "-c", f"{here}with lock.in_this_folder(place): pass"]
    first, told = subprocess.Popen([sys.executable, "-c", begin], cwd=ROOT), tmp_path / "builder"
    until = time.monotonic() + 60
    while not (told.exists() and told.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    first.kill()
    first.wait()
    try:
        result = subprocess.run(second, capture_output=True, text=True, cwd=ROOT)
        assert f"(process {first.pid}, or what it began)" in result.stderr
    finally:
        os.kill(int(told.read_text()), signal.SIGKILL)
    while alive(int(told.read_text())):
        time.sleep(0.05)
    assert subprocess.run(second, cwd=ROOT).returncode == 0


def test_a_build_loads_nothing_that_executes_notebooks():
    code = (
        "import sys; from publish import builder; builder.leave_out(); import jupyter_book.cli.main, myst_nb.sphinx_ext; "
        "print(sorted({'nbclient', 'sqlalchemy', 'zmq'} & set(sys.modules)))\n"
        "from myst_nb.core.config import NbParserConfig as Config; from myst_nb.core.execute import create_client; import nbformat\n"
        "create_client(nbformat.v4.new_notebook(), '', Config(execution_mode='inline'), None)"
    )
    built = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert built.stdout == "[]\n"
    assert 'execute_notebooks in _config.yml must be "off"' in built.stderr, "who asks for it is told"


@pytest.fixture
def builder(tmp_path, monkeypatch):
    """A build whose Sphinx is a function: it tells what it found, and leaves two pages."""
    for name, path in (("SITE", "html"), ("TREES", ".doctrees"), ("WHOLE", ".whole")):
        monkeypatch.setattr(build, name, tmp_path / path)
    monkeypatch.setattr(build, "inputs", lambda: "same")
    found = []

    def sphinx(*arguments, **options):
        found.append(sorted(file.name for file in build.SITE.glob("*")))
        build.SITE.mkdir(exist_ok=True)
        for page in ("index.html", "claims.html"):
            (build.SITE / page).write_text("whole")
        return subprocess.CompletedProcess([], builder_code[0])

    builder_code = [0]
    monkeypatch.setattr(build.subprocess, "run", sphinx)
    return found, builder_code


def test_nothing_is_done_when_nothing_has_changed(builder, monkeypatch):
    found, _ = builder
    assert [build.make(), build.make()] == [0, 0] and found == [[]]
    monkeypatch.setattr(build, "inputs", lambda: "other")
    build.make()
    assert found[1:] == [["claims.html", "index.html"]], "what is sound is built upon"


def test_an_interrupted_build_is_not_built_upon(builder):
    found, code = builder
    code[0] = 2
    assert build.make() == 2
    code[0] = 0
    assert build.make() == 0
    assert found == [[], []]


BROUGHT = {
    "a page without words": lambda site, other: (site / "claims.html").write_text(""),
    "a link to a folder": lambda site, other: (site / "etc").symlink_to(other),
    "a folder": lambda site, other: (site / "more").mkdir(),
}


@pytest.mark.parametrize("brought", BROUGHT)
def test_a_site_that_another_hand_has_changed_is_not_built_upon(builder, tmp_path, brought):
    found, _ = builder
    build.make()
    BROUGHT[brought](build.SITE, tmp_path)
    assert build.make() == 0 and found == [[], []]
    assert (build.SITE / "claims.html").read_text() == "whole"
    assert json.loads(build.WHOLE.read_text())["state"] == build.state()


def test_a_pickle_that_another_hand_has_laid_there_is_not_read(builder, tmp_path, monkeypatch):
    """Sphinx itself, on a page; the pickle has size and time of the one in whose place it lies."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "conf.py").touch()
    (tmp_path / "source" / "index.rst").write_text("Page\n====\n")
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-d", build.TREES, tmp_path / "source", build.SITE]
    monkeypatch.setattr(build.subprocess, "run", lambda *_, **__: subprocess.Popen(sphinx).wait() or subprocess.CompletedProcess([], 0))  # fmt: skip
    assert build.make() == 0
    kept = build.TREES / "environment.pickle"
    before = kept.stat()
    evil = pickle.dumps(Mark(tmp_path / "executed"))
    pickle.loads(evil)
    (tmp_path / "executed").unlink()
    kept.write_bytes(evil.ljust(before.st_size, b"\0"))
    os.utime(kept, ns=(before.st_atime_ns, before.st_mtime_ns))
    monkeypatch.setattr(build, "inputs", lambda: "other")
    assert build.make() == 0
    assert not (tmp_path / "executed").exists()


class Mark:
    """What leaves a file when it is unpickled."""

    def __init__(self, file):
        self.file = file

    def __reduce__(self):
        return Path.touch, (self.file,)


def test_what_cannot_be_removed_is_not_built_upon(builder, tmp_path):
    found, _ = builder
    (tmp_path / "elsewhere").mkdir()
    build.TREES.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SystemExit, match=r"cannot be removed: .*Remove .*\.doctrees, then build again"):
        build.make()
    assert found == []


@pytest.mark.parametrize("odd", [b"[1]", b"5", b'"x"', b"null", b'{"state": 1}', b"{", b"\xff", b"[" * 100_000])
def test_a_seal_that_is_none_counts_as_absent(builder, odd):
    found, _ = builder
    build.make()
    build.WHOLE.write_bytes(odd)
    assert build.make() == 0 and found == [[], []]


def test_a_seal_without_inputs_is_built_upon(builder):
    found, _ = builder
    build.make()
    build.WHOLE.write_text(json.dumps({"state": build.state()}))
    assert build.make() == 0 and found == [[], ["claims.html", "index.html"]]


def test_a_stamp_that_is_no_text_counts_as_absent(tmp_path, monkeypatch, chapter):
    monkeypatch.setattr(run, "STAMPS", tmp_path)
    path = chapter("one", "1")
    (tmp_path / "one").write_bytes(b"\xff")
    assert run.stale([path]) == [path]


@pytest.mark.parametrize("free", [1_000, 10**12])
def test_on_a_disk_without_room_no_bytecode_is_written(free):
    """Cut short, it would end every later run: python -m bench.faults fills a disk."""
    code = (
        f"import os, shutil, sys, types\nshutil.disk_usage = lambda place: types.SimpleNamespace(free={free})\n"
        "import publish\nprint(sys.dont_write_bytecode, 'PYTHONDONTWRITEBYTECODE' in os.environ)"
    )
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=surroundings)
    assert told.stdout.split() == [str(free == 1_000)] * 2, told.stderr


def test_a_folder_that_cannot_be_written_is_told_and_a_torn_file_goes(tmp_path, monkeypatch):
    """All faults of this kind by python -m bench.faults."""
    (tmp_path / "file").write_text("no folder")
    with (
        pytest.raises(SystemExit, match="Nothing can be written in .*file/_build: Not a directory"),
        lock.in_this_folder(tmp_path / "file" / "_build"),
    ):
        pass
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "energy.123.tmp").write_text("half")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "STAMPS", tmp_path / "stamps")
    assert run.main(["--all"]) == 0 and list((tmp_path / "chapters").iterdir()) == []


def test_a_line_in_the_change_log_runs_the_chapter_that_shows_it_and_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "ROOT", tmp_path)
    shows, other = tmp_path / "shows.ipynb", tmp_path / "other.ipynb"
    shows.write_text("codebook.changes()")
    other.write_text("codebook.by_subject()")
    before, after = [], []
    for found, words in ((before, "one"), (after, "two")):
        (tmp_path / "CHANGELOG.md").write_text(words)
        found += [run.fingerprint(path.read_bytes(), "common") for path in (shows, other)]
    assert before[0] != after[0] and before[1] == after[1]


def test_nothing_but_that_call_reads_the_change_log_for_a_chapter():
    """What else reads it is the build's: were a chapter to call that, its stamp would not see a change."""
    name, shown = run.LOG
    holds = [path.name for path in sorted((ROOT / "partnership").rglob("*.py")) if name in path.read_text("utf-8")]
    assert holds == ["__init__.py", "citation.py", "codebook.py"]
    told = [path.stem for path in CHAPTERS if shown in path.read_bytes()]
    assert told == ["corrections"]
    assert not [path.stem for path in CHAPTERS if b"citation.changes" in path.read_bytes()]
