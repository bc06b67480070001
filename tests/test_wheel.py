"""The package as readers install it: whole, the same bytes each time, and enough to run a chapter far from the clone."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile

import pytest

from conftest import ROOT
from publish.edition import launch, wheel
from publish.edition.settings import Repository
from publish.steps import run_links as ways

CHAPTER = "technology-and-security.ipynb"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return wheel.make(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def elsewhere(built, tmp_path_factory):
    """A Python of its own that has the wheel and sees what it depends on, called from a folder that holds one chapter."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", symlinks=True)
    python = folder / "venv" / "bin" / "python"
    install = ["install", "-q", "--no-deps", "--no-index", "--disable-pip-version-check", built]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, *install], check=True)
    site = next((folder / "venv").glob("lib/*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    (folder / "work").mkdir()
    shutil.copy(ROOT / "chapters" / CHAPTER, folder / "work")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def call(*arguments):
        return subprocess.run(
            [python, *arguments], capture_output=True, text=True, cwd=folder / "work", env=environment
        )

    return call


def test_the_wheel_holds_the_tables_and_what_is_read_with_them(built):
    held = set(zipfile.ZipFile(built).namelist())
    wanted = [
        "CITATION.cff",
        "CHANGELOG.md",
        *(f"data/{path.name}" for path in (ROOT / "data").iterdir() if path.is_file()),
    ]
    assert {f"partnership/shipped/{name}" for name in wanted} <= held
    assert {name.split("/")[0] for name in held if ".dist-info/" not in name} == {"partnership"}
    assert not [name for name in held if name.endswith("entry_points.txt")]  # they lead to what is not in it
    assert not [name for name in held if "/extracts/" in name]


def test_the_same_edition_gives_the_same_wheel_under_the_name_that_pages_link_to(built, tmp_path):
    assert wheel.make(tmp_path).read_bytes() == built.read_bytes()
    assert built.name == wheel.name()


def test_a_chapter_runs_from_the_wheel_alone_and_gives_its_stored_outputs(elsewhere):
    root = elsewhere("-c", "import partnership; print(partnership.ROOT)").stdout
    assert root.strip().endswith("partnership/shipped") and str(ROOT) not in root
    result = elsewhere("-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env", CHAPTER)
    assert result.returncode == 0, result.stdout + result.stderr


COLAB = f"""import sys
from IPython.core.interactiveshell import InteractiveShell
sys.modules["google.colab"] = sys
shell = InteractiveShell.instance()
shell.run_cell({launch.setup_source("a-wheel")!r}).raise_error()
from partnership import charts
figure = charts.Figure({{"data": {{"values": []}}, "mark": "bar"}}, "a-name", "A title", "Words")
print(shell.display_formatter.format(figure)[0]["text/html"])
"""


def test_the_cell_for_colab_needs_the_wheel_alone(elsewhere):
    assert elsewhere("-c", "import publish").returncode, "the clone is not in sight"
    result = elsewhere("-c", COLAB)
    assert 'id="chart-a-name"' in result.stdout, result.stderr


def test_what_chapters_read_besides_tables_is_there(elsewhere):
    result = elsewhere(
        "-c", "from partnership import citation, codebook; print(citation.edition().version, codebook.changes())"
    )
    assert result.returncode == 0, result.stderr


# -- what a page says of it -----------------------------------------------------------------------


def test_a_chapter_ends_with_ways_to_run_it_that_lead_somewhere(site):
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        page = (site / "chapters" / f"{path.stem}.html").read_text("utf-8")
        assert f'href="../_sources/chapters/{path.name}" download' in page
        assert (site / "_sources" / "chapters" / path.name).read_bytes() == path.read_bytes()
        assert f"jupyter lab {path.name}" in page
    assert (site / wheel.name()).exists() and f'href="../{wheel.name()}" download' in page
    assert 'class="pm-run"' not in (site / "chapters" / "figures.html").read_text("utf-8")


def test_buttons_come_with_the_address_and_the_command_with_that_of_the_site(monkeypatch):
    monkeypatch.setattr(ways.settings, "repository", lambda: Repository("https://github.com/someone/book", "v1"))
    block = ways.block("chapters/energy", "chapters/energy.ipynb", "https://a.example/b/")
    assert "https://mybinder.org/v2/gh/someone/book/v1?urlpath=lab%2Ftree%2Fchapters%2Fenergy.ipynb" in block
    assert "https://colab.research.google.com/github/someone/book/blob/v1/chapters/energy.ipynb" in block
    assert f"pip install jupyterlab https://a.example/b/{wheel.name()}\n" in block
