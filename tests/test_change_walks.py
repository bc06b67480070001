"""The six changes of CONTRIBUTING, walked in a copy: the files that it names suffice, and nothing in the code names a source or a month."""

import ast
import csv
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pandas as pd
import pytest
import test_readme
from nbformat import v4

from conftest import ROOT
from partnership import claims, data, palette, prose
from publish import run
from publish.edition import archive
from refresh import chapter_runs

MADE = {"data/datapackage.json"}
"""What a command makes, and nobody writes."""
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
CURRENT = re.search(r"^CURRENT := (.*)", MAKEFILE, re.M)[1].split()
"""The commands of `make current`, in their order."""
LISTS = {"CHANGELOG.md", "REPLICATION.md", "codecheck.yml", "repro.yaml", "docs/changes.md", "docs/figures.md", "docs/manifest.csv", "docs/reading-ease.md"}  # fmt: skip
"""What they make of chapters."""


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", ".ipython", "_build", ".pytest_cache"} & set(path.parts)
    }


def touched(copy):
    """Files of a copy that differ from the book."""
    return {
        name
        for name, path in files(copy).items()
        if not (ROOT / name).exists() or not filecmp.cmp(path, ROOT / name, False)
    }


def call(copy, *command):
    """Run Python in a copy of the book."""
    env = os.environ | {"PYTHONPATH": str(copy), "IPYTHONDIR": str(copy / ".ipython")}
    done = subprocess.run([sys.executable, *command], cwd=copy, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def held(copy, *modules):
    """Run tests of a copy that need no built site, and those of what `make current` writes."""
    files = [f"tests/test_{module}.py" for module in modules]
    call(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow or current", *files)


ACCOUNT = """
import sys
from pathlib import Path
from checks import accounts, rulebook
from partnership import data

Path("data/datapackage.json").write_text(accounts.text(accounts.descriptor()), "utf-8")
for name in sys.argv[1:]:
    data.check(name)
    if found := rulebook.problems(table=name):
        raise data.TableError(found)
"""


def account(copy, *tables):
    """Write the data package of a copy as `checks.accounts` does, which checks all tables first; check these."""
    call(copy, "-c", ACCOUNT, *tables)


def book(folder):
    """The book, and what its tests need."""
    made = chapter_runs.tree(folder / "book", ROOT / "data")
    for name in archive.SOURCE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, made / name, ignore=shutil.ignore_patterns("node_modules"), dirs_exist_ok=True)
        elif (ROOT / name).exists():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, made / name)
    assert touched(made) == set()
    return made


@pytest.fixture
def copy(tmp_path):
    return book(tmp_path)


def append(copy, name, *rows):
    """Write rows into a table of a copy, in the order of its key."""
    path = copy / "data" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        head, *old = csv.reader(lines)
    key = [head.index(column) for column in data.resource(name)["schema"]["primaryKey"]]
    new = [[str(row.get(column, "")) for column in head] for row in rows]
    ordered = sorted([*old, *new], key=lambda row: [row[place] for place in key])
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([head, *ordered])


TABLE = """title: Freight by rail between China and Russia
description: One row is the freight of one year. Good for the course of the years, not for single crossings.
heading: Partners and size
coverage: {spatial: 'China, Russia'}
origin: Yearly figures of the railway.
licences:
- {name: facts, title: figures as facts}
key: [period, source_id]
fields:
- {name: period, description: Year, constraints: {pattern: '^(19|20)\\d{2}$'}}
- {name: value, description: Freight, unit: million tonnes, constraints: {required: true, minimum: 1, maximum: 1000}}
- error
- {name: status, description: As the source has it}
- source_id
- published
- note
"""


def add_table(copy):
    """Three files; return them."""
    source = dict(zip(data.sources().reset_index().columns, [""] * 99, strict=False))
    source |= {"id": "railway-2026", "publisher": "Railway", "title": "Freight", "address": "https://rail.example/a"}
    source |= {"published": "2026-01-15", "accessed": "2026-11-30", "tier": "B", "licence": "facts"}
    append(copy, "sources", source)
    (copy / "data/rail-freight.yml").write_text(TABLE)
    head = "period,value,error,status,source_id,published,note\n"
    rows = [f"{year},{value},,reported,railway-2026,2026-01-15,\n" for year, value in ((2023, 161), (2024, 175))]
    (copy / "data/rail-freight.csv").write_text(head + "".join(rows))
    return {"data/rail-freight.csv", "data/rail-freight.yml", "data/sources.csv"}


def add_claim(copy, like):
    """Three files, with the evidence of another claim and its verdicts; return them."""
    new = {"id": "walked-claim", "statement": "walked-claim", "claim": "A claim that was walked"}
    append(copy, "claims", like | new)
    with (copy / "data/claim-evidence.csv").open(encoding="utf-8", newline="") as lines:
        evidence = [row for row in csv.DictReader(lines) if row["claim_id"] == like["id"]]
    append(copy, "claim-evidence", *(row | {"claim_id": "walked-claim"} for row in evidence))
    verdicts = claims.ledger().set_index("id").loc[like["id"]]
    readings = [
        {"claim_id": "walked-claim", "reader": reader, "known": known, "verdict": verdicts[known], "reason": "Walked"}
        for reader in (1, 2)
        for known in ("now", "then")
    ]
    append(copy, "claim-readings", *readings)
    return {"data/claims.csv", "data/claim-evidence.csv", "data/claim-readings.csv"}


@pytest.fixture(scope="module")
def tables_walked(tmp_path_factory):
    """A table and a claim in one copy; what the book then says of both."""
    copy = book(tmp_path_factory.mktemp("tables"))
    with (copy / "data/claims.csv").open(encoding="utf-8", newline="") as lines:
        like = next(row for row in csv.DictReader(lines) if row["nature"] == "fact" and not row["stated_value"])
    written = add_table(copy) | add_claim(copy, like)
    account(copy, *sorted(path.removeprefix("data/").split(".")[0] for path in written if path.endswith(".csv")))
    assert touched(copy) == written | MADE and len(written) == 6
    held(copy, "claims", "codebook")
    return json.loads(call(copy, "-c",
        "import json; from partnership import claims, codebook, data; now = claims.ledger().set_index('id')['now']\n"
        "print(json.dumps({'subjects': str(codebook.by_subject()), 'sum': data.load('rail-freight')['value'].sum(),\n"
        f" 'table': codebook.codebook('rail-freight').html(), 'new': now['walked-claim'], 'like': now['{like['id']}']}}))"))  # fmt: skip


def test_a_table_is_three_files(tables_walked):
    assert "'rail-freight'" in tables_walked["subjects"] and tables_walked["sum"] == 336
    assert "million tonnes" in tables_walked["table"]


def test_a_claim_is_three_files(tables_walked):
    assert tables_walked["new"] == tables_walked["like"] in claims.VERDICTS


def figure(name):
    """The cell of a new figure."""
    return v4.new_code_cell(f"""import altair as alt
from partnership import charts, data
frame = data.load("gdp")
frame = data.select(frame, country=["CHN", "RUS"], source_id=frame["source_id"].iloc[0]).copy()
lines = alt.Chart(charts.tidy(frame)).mark_line().encode(x="period:O", y="value:Q", color="country:N")
charts.figure(lines, name="{name}", title="A figure of one cell", rows=frame)""")


def add_figure(copy):
    """One file; return it."""
    path = copy / "chapters/conclusion.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(len(notebook.cells) - 2, figure("walked-figure"))
    (named,) = [cell for cell in notebook.cells if "## Data used" in cell.source]
    named.source += "\n- `gdp`: output"
    nbformat.write(notebook, path)
    return {"chapters/conclusion.ipynb"}


def add_chapter(copy):
    """Two files; return them."""
    tries = [v4.new_code_cell(f"{number} + 1", metadata={"tags": ["hide-input", "try"]}) for number in (1, 2)]
    words = "# A chapter\n\n" + "It has a figure and a few words. " * 8
    cells = [v4.new_markdown_cell(words), figure("figure-of-a-chapter"), *tries]
    nbformat.write(v4.new_notebook(cells=cells), copy / "chapters/walked.ipynb")
    before = "      - file: chapters/conclusion\n"
    contents = (copy / "_toc.yml").read_text()
    (copy / "_toc.yml").write_text(contents.replace(before, f"{before}      - file: chapters/walked\n"))
    return {"chapters/walked.ipynb", "_toc.yml"}


@pytest.fixture(scope="module")
def chapters_walked(tmp_path_factory):
    """A figure and a chapter in one copy, made current as `make current` does, and held to the tests of chapters and lists.

    The tables stand as they did: they are not all checked once more.
    """
    copy = book(tmp_path_factory.mktemp("chapters"))
    call(copy, "-m", "publish.run", "--stored")  # all but these two stand
    written = add_figure(copy) | add_chapter(copy)
    assert CURRENT[0] == "checks.accounts"
    account(copy)
    for command in CURRENT[1:]:
        call(copy, "-m", command)
    shown = {"chapters/corrections.ipynb"}  # it prints the change log
    assert written <= touched(copy) <= written | LISTS | shown and len(written) == 3
    held(copy, "chapters", "moved", "reading", "replication", "manifest", "edition")
    return copy / "chapters"


def drawn(path, name):
    return any(name in str(cell.get("outputs")) for cell in run.read(path.read_text("utf-8")).cells)


def test_a_figure_is_one_file(chapters_walked):
    assert drawn(chapters_walked / "conclusion.ipynb", "walked-figure")


def test_a_chapter_is_two_files(chapters_walked):
    assert drawn(chapters_walked / "walked.ipynb", "figure-of-a-chapter")


def test_a_colour_is_one_file(copy):
    path = copy / "partnership/palette.py"
    path.write_text(
        path.read_text().replace(palette.LIGHT["china"], "#123abc").replace(palette.DARK["china"], "#abc123")
    )
    assert touched(copy) == {"partnership/palette.py"}
    told = call(copy, "-c", "from publish.theme.pages import style; from publish.figures import catalogue, drawing, embed\n"
                "from partnership import charts; print(charts.CHINA, drawing.VARIABLES, style(), embed.STYLE, catalogue.NIGHT, sep='\\0')")  # fmt: skip
    assert not {palette.LIGHT["china"], palette.DARK["china"]} & set(re.findall(r"#\w{6}\b", told))
    marks, variables, sheet, embedded, night = told.split("\0")
    assert marks == "#123abc" and "#123abc" in variables
    assert all("--chart-china:#123abc;" in light for light in (sheet, embedded))
    assert all("--chart-china:#abc123;" in dark for dark in (sheet, embedded, night))


def test_no_colour_stands_beside_the_palette():
    """But in the book's mark, which is a picture of its own."""
    grey = ("ink", "muted", "grid")
    hues = {colour for colours in (palette.LIGHT, palette.DARK) for name, colour in colours.items() if name not in grey}
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", (ROOT / "partnership/charts.py").read_text("utf-8"))
    assert list(palette.LIGHT) == list(palette.DARK)
    for house in ("partnership", "publish"):
        for path in sorted((ROOT / house).rglob("*")):
            if path.suffix in (".py", ".css", ".js", ".html") and path.name not in ("palette.py", "vega.js"):
                assert not [hue for hue in hues if hue in path.read_text("utf-8")], path


OF_MONTHS = {"latest": "data-to", "trade-volume": "data-to", "overview": "data-to", "conclusion": "data-to", "mirror-statistics": "data-to",
             "sanctions-and-payments": None}  # fmt: skip
"""The chapters that read months of trade, with the number that names the newest."""


def test_a_month_is_two_files(copy):
    """The next month of China's customs, at the values of the last: every text that tells the latest tells it."""
    with (copy / "data/bilateral-trade.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["reporter"] == "CHN" and row["frequency"] in ("M", "YTD")]
    last = max(row["period"] for row in rows if row["frequency"] == "M" and row["currency"] == "USD")
    following = str(pd.Period(last, freq="M") + 1)
    new = [row | {"period": following, "note": ""} for row in rows if row["period"] == last]
    append(copy, "bilateral-trade", *new)
    account(copy)
    assert touched(copy) == {"data/bilateral-trade.csv"} | MADE
    before, after = chapter_runs.stored(), chapter_runs.run(copy / "data", list(OF_MONTHS), copy)
    for chapter, name in OF_MONTHS.items():
        stopped = [why for why in after[chapter]["failed"].values() if not why.startswith("StatementError: ")]
        assert stopped == [], chapter  # a statement that holds no more is what the month has to tell
        if name:
            assert before[chapter]["numbers"][name] == prose.month(last), chapter
            assert after[chapter]["numbers"][name] == prose.month(following), chapter
    assert prose.month(following) in after["latest"]["figures"]["latest-months"]["title"]
    readme = (copy / "README.md").read_text("utf-8")
    for old, new in zip(test_readme.said(before), test_readme.said(before | after), strict=True):
        readme = readme.replace(old, new)
    assert test_readme.findings(readme) == test_readme.said(before | after)
    (copy / "README.md").write_text(readme, "utf-8")
    assert touched(copy) == {"data/bilateral-trade.csv", "README.md"} | MADE


def test_contributing_names_the_files_of_each_walk():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = re.findall(r"^\| (.+?) \| (\d) \| (.+?) \|", text, re.M)
    assert [(change, int(number)) for change, number, _ in table] == [
        ("a table", 3), ("a figure", 1), ("a chapter", 2), ("a colour", 1), ("a claim", 3), ("a month", 2),
    ]  # fmt: skip
    for change, number, named in table:
        assert len(re.findall("`[^`]+`", named)) == int(number), change


# -- what no change may have to look for ------------------------------------------------------------


def words(path):
    """The texts in a module that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(getattr(node, "body", None), list) and node.body and isinstance(node.body[0], ast.Expr)
    }
    told |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


MODULES = sorted(path for house in ("partnership", "publish") for path in (ROOT / house).rglob("*.py"))
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def test_no_source_is_named_in_the_code():
    known = set(data.sources().index)
    found = [
        f"{path.relative_to(ROOT)}:{line}: {word}" for path in MODULES for line, word in words(path) if word in known
    ]
    assert found == []


def test_no_month_after_the_article_is_named_in_the_code():
    """Recomputations of its claims name months of 2024, which no new month moves; nothing names a later one."""
    found = []
    for path in MODULES:
        for line, word in words(path):
            months = re.findall(r"(?<![\w-])((?:19|20)\d\d-(?:0[1-9]|1[0-2]))\b", word)
            named = re.findall(rf"\b({MONTHS}) ((?:19|20)\d\d)\b", word)
            months += [f"{year}-{MONTHS.split('|').index(name) + 1:02d}" for name, year in named]
            if any(month > claims.WRITTEN for month in months):
                found.append(f"{path.relative_to(ROOT)}:{line}: {word[:80]}")
    assert found == []
