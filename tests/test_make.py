"""make says in words what it lacks, and repairs what it can."""

import os
import shutil
import socket
import subprocess
import sys

import pytest
import yaml

from conftest import ROOT
from publish import serve


@pytest.fixture
def make(tmp_path):
    """The Makefile alone, with a Python that makes an environment of stubs; `old` and `fails` tell it to be so."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    stub = tmp_path / "python"
    stub.write_text(
        "#!/bin/sh\n[ -e fails ] && rm fails && exit 1\n"
        '[ "$1" = -c ] && { [ ! -e old ]; exit; }\n'
        "mkdir -p .venv/bin && for program in python pip uv; do cp python .venv/bin/$program; done && echo made\n"
    )
    stub.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}

    def call(target):
        command = ["make", "PY=./python", target]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)

    return call


def test_a_python_too_old_is_told(make, tmp_path):
    (tmp_path / "old").touch()
    result = make("sound")
    assert result.returncode and "The book needs Python 3.11 or newer" in result.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_broken_environment_is_told_and_made_again(make, tmp_path):
    assert make("sound").returncode == 0
    again = make("sound")
    assert again.returncode == 0 and "made" not in again.stdout, "a sound one is left alone"
    (tmp_path / "fails").touch()
    result = make("sound")
    assert result.returncode == 0 and "broken; it is made again" in result.stderr and "made" in result.stdout


@pytest.mark.parametrize("code, ends_well", [(0, True), (10, True), (20, False), (30, False)])
def test_new_figures_are_no_failure_of_make_refresh(make, tmp_path, code, ends_well):
    make("sound")
    (tmp_path / ".venv/bin/python").write_text(f"#!/bin/sh\nexit {code}\n")
    assert (make("refresh").returncode == 0) is ends_well


def test_versions_are_renewed_in_a_fresh_clone_too(make):
    result = make("lock")
    assert result.returncode == 0 and "made" in result.stdout, result.stderr


def test_a_folder_with_any_letters_works_in_a_locale_that_the_machine_lacks(tmp_path):
    """What pip writes and make then mends: the paths that Python reads before anything else."""
    folder = tmp_path / "книга é"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", ".venv"], cwd=folder, check=True)
    (packages,) = (folder / ".venv").glob("lib/python*/site-packages")
    (packages / "_partnership_measured.pth").write_text(str(folder), "utf-8")
    mended = 'mended: ; @$(FROM_HERE); $(BIN)/python -c "import sys; print(ascii(sys.path[-1]))"'
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PYTHON"))}
    command = ["make", "-s", "--eval", mended, "mended"]
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=environment | {"LC_ALL": "xx_XX.UTF-8"}
    )
    assert result.stdout.strip() == ascii(str(folder)), result.stderr


def test_a_port_that_is_taken_is_told(capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert serve.main(port) == 1
    assert f"Port {port} is taken" in capsys.readouterr().err


def test_a_change_that_make_mutants_explains_is_of_a_line_that_stands():
    for module, entries in yaml.safe_load((ROOT / "bench" / "mutants.yml").read_text("utf-8")).items():
        lines = {line.strip() for line in (ROOT / "partnership" / f"{module}.py").read_text("utf-8").splitlines()}
        gone = [entry["line"] for entry in entries if entry["line"] not in lines or entry["part"] not in entry["line"]]
        assert not gone, f"bench/mutants.yml, {module}: {gone}"
