"""Who may import whom: the reader's package nobody, the checks the package, what publishes both, what renews all three."""

import ast
import subprocess
import sys

import pytest

from conftest import ROOT

BELOW = {
    "partnership": set(),
    "checks": {"partnership"},
    "publish": {"partnership", "checks"},
    "refresh": {"partnership", "checks", "publish"},  # a trial runs the chapters on the tables that wait
}


@pytest.mark.parametrize("house", BELOW)
def test_no_house_imports_one_above_it(house):
    for file in (ROOT / house).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named = {name.split(".")[0] for name in names} & set(BELOW)
            assert named <= BELOW[house] | {house}, f"{file.relative_to(ROOT)}, line {node.lineno}"


SLOW = {"openpyxl", "playwright", "pypdf", "hatchling", "latex2mathml.converter"}
"""What only some files and pages are made with: a build of which nothing but a sentence is new would wait for it longest."""


def test_a_build_loads_what_it_needs_when_it_needs_it():
    code = f"import sys, publish.site; sys.exit(' '.join(sorted({SLOW} & set(sys.modules))) or 0)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True).stderr == ""
