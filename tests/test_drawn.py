"""Drawings are kept by content: made once, alike in every process, and made again when a kept file is not whole."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import ROOT
from partnership import charts, picture
from publish import drawn
from publish.figures import ahead

SPEC = json.dumps({"data": {"values": [{"x": 1}]}, "mark": "point", "encoding": {"x": {"field": "x", "type": "quantitative"}}})  # fmt: skip


@pytest.fixture
def counted(monkeypatch):
    """How often something is drawn."""
    made = []
    kinds = {kind: lambda text, kind=kind: made.append(kind) or f"{kind} of {text}".encode() for kind in drawn.KINDS}
    monkeypatch.setattr(drawn, "KINDS", kinds)
    return made


def test_an_unchanged_figure_is_not_drawn_again(tmp_path, counted):
    first = [drawn.drawn(kind, "a", tmp_path) for kind in drawn.KINDS]
    assert first == [drawn.drawn(kind, "a", tmp_path) for kind in drawn.KINDS]
    assert counted == list(drawn.KINDS)
    drawn.drawn("svg", "b", tmp_path)
    assert counted == [*drawn.KINDS, "svg"]


CODE = {
    "the program that draws": lambda patch, other: patch.setattr(drawn.picture.vlc, "__version__", "0"),
    "the grammar of charts": lambda patch, other: patch.setattr(drawn.picture, "version", lambda: "v0"),
    "what prepares it": lambda patch, other: patch.setattr(drawn.picture, "__file__", other),
    "what keeps it": lambda patch, other: patch.setattr(drawn, "__file__", other),
}


@pytest.mark.parametrize("change", CODE)
def test_a_drawing_of_other_code_is_made_again(tmp_path, counted, monkeypatch, change):
    (tmp_path / "other.py").touch()
    monkeypatch.setattr(drawn, "_code", drawn._code.__wrapped__)
    drawn.drawn("svg", "a", tmp_path / "kept")
    CODE[change](monkeypatch, str(tmp_path / "other.py"))
    drawn.drawn("svg", "a", tmp_path / "kept")
    assert counted == ["svg", "svg"]


def test_a_drawing_that_no_figure_asks_for_goes(tmp_path, counted):
    old = drawn.place("svg", "of an earlier build", tmp_path)
    drawn.keep(old, b"x")
    drawn.drawn("svg", "a", tmp_path)
    assert drawn.prune(tmp_path) == [old.name]
    assert [file.name for file in tmp_path.iterdir()] == [drawn.place("svg", "a", tmp_path).name]


@pytest.mark.parametrize("harm", [lambda raw: raw[:-1], lambda raw: b"", lambda raw: raw.replace(b"of", b"at")])
def test_a_kept_file_that_is_not_whole_is_made_again(tmp_path, counted, harm):
    whole = drawn.drawn("svg", "a", tmp_path)
    file = drawn.place("svg", "a", tmp_path)
    file.write_bytes(harm(file.read_bytes()))
    assert drawn.drawn("svg", "a", tmp_path) == whole
    assert len(counted) == 2 and drawn.kept(file) == whole


def test_a_drawing_under_the_name_of_another_is_made_again(tmp_path, counted):
    first, _ = (drawn.drawn("svg", text, tmp_path) for text in "ab")
    places = [drawn.place("svg", text, tmp_path) for text in "ab"]
    places[0].write_bytes(places[1].read_bytes())
    assert drawn.drawn("svg", "a", tmp_path) == first


@pytest.mark.slow
def test_what_another_process_draws_is_what_this_one_would(tmp_path):
    ahead = drawn.Ahead(tmp_path / "ahead")
    ahead.ask("svg", SPEC)
    ahead.ask("vega", SPEC)
    ahead.finish()
    for kind in ("svg", "vega"):
        assert drawn.kept(drawn.place(kind, SPEC, tmp_path / "ahead")) == drawn.drawn(kind, SPEC, tmp_path / "here")
    assert not list((tmp_path / "ahead").glob("*-order"))


def test_a_drawing_that_fails_elsewhere_is_left_to_the_builder(tmp_path):
    ahead = drawn.Ahead(tmp_path)
    ahead.ask("svg", "no spec")
    ahead.finish()
    assert drawn.kept(drawn.place("svg", "no spec", tmp_path)) is None
    with pytest.raises(ValueError):
        drawn.drawn("svg", "no spec", tmp_path)


class App(SimpleNamespace):
    """As Sphinx's, one that a builder can be told of."""

    __hash__ = object.__hash__


def test_a_picture_that_a_chapter_stores_is_not_drawn_again(tmp_path):
    chapter = shutil.copy(ROOT / "chapters" / "overview.ipynb", tmp_path)
    app = App(builder=SimpleNamespace(format="html"), doctreedir=tmp_path / "trees")
    ahead.begin(app, SimpleNamespace(doc2path=str), [chapter])
    ahead.end(app, ValueError())  # what else was asked for is not waited for
    outputs = [
        output for cell in json.loads(Path(chapter).read_text("utf-8"))["cells"] for output in cell.get("outputs", [])
    ]
    (spec,) = [output["data"][charts.MIME] for output in outputs if charts.MIME in output.get("data", {})]
    asked = ahead.drawing.plain(ahead.wide_spec(spec))
    kept = drawn.kept(drawn.place("svg", asked, tmp_path / ".charts"))
    assert kept is not None and kept.decode() == picture.slim(picture.draw(asked))


def test_a_process_that_compiles_first_draws_as_in_greenwich():
    """The engine keeps the time zone of its first task."""
    spec = '{"data": {"values": [{"t": "2024-07-01T00:00:00"}]}, "mark": "text", "encoding": {"text": {"field": "t", "type": "temporal", "format": "%H %Z"}}}'
    code = "import sys; from publish import drawn; drawn._vega(sys.argv[1]); print(drawn._svg(sys.argv[1]).decode())"
    made = [
        subprocess.run(
            [sys.executable, "-c", code, spec], env={**os.environ, "TZ": zone}, capture_output=True, check=True
        )
        for zone in ("UTC", "Pacific/Kiritimati")
    ]
    assert made[0].stdout == made[1].stdout
