"""What hostile text must not become in files that are no pages: the printed book, the workbook, the report of a refresh.

Nothing in them may act by itself or lead elsewhere than to the web, and no text may get lost on the way.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import altair as alt
import hostile
import openpyxl
import pandas as pd
from markdown_it import MarkdownIt
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from partnership import charts, data
from refresh import compare, impact

# -- PDF ------------------------------------------------------------------------------------------

ACTS = {
    "/AA", "/AcroForm", "/EmbeddedFile", "/EmbeddedFiles", "/GoTo3DView", "/GoToE", "/GoToR", "/ImportData", "/JS", "/JavaScript", "/Launch",
    "/Movie", "/Named", "/OpenAction", "/Rendition", "/RichMedia", "/Sound", "/SubmitForm", "/Thread", "/Trans", "/XFA",
}  # fmt: skip
"""Names in a PDF of what acts, asks or opens; a link within the book is /GoTo, one to the web /URI."""


def pdf_wrong(reader: PdfReader) -> list[str]:
    """What in a PDF acts by itself, or leads to anything but a page of the web."""
    found = []
    for number in range(1, int(reader.trailer["/Size"])):
        for holder in dictionaries(reader.get_object(IndirectObject(number, 0, reader))):
            named = [str(holder[key]) for key in ("/S", "/Subtype") if key in holder]
            found += sorted(ACTS & {*map(str, holder), *named})
            address = str(holder.get("/URI", "")) if "/S" in holder else ""
            if address and not re.match(r"https?://(?!hostile\.invalid)|mailto:", address):
                found.append(f"leads to {address[:60]}")
    return found


def dictionaries(held: Any) -> Iterator[DictionaryObject]:
    """A dictionary and those that stand in it, not those that it points to."""
    if isinstance(held, DictionaryObject):
        yield held
    for part in held.values() if isinstance(held, DictionaryObject) else held if isinstance(held, ArrayObject) else ():
        yield from dictionaries(part)


def pdf_marks(reader: PdfReader) -> set[int]:
    """The numbers of the cases that can be read in a PDF, over the ends of lines."""
    return marks_of("".join(page.extract_text() for page in reader.pages))


def marks_of(text: str) -> set[int]:
    """The numbers of the cases in a text, whatever breaks its lines."""
    return set(map(int, hostile.MARK.findall(re.sub(r"[\s\u00ad\u200b\ufeff]", "", text))))


PAPER = {"width": 643, "height": 971}
"""The inside of a page of paper, in pixels of CSS: A4 less its margins."""


def printed_marks(browser: Any, address: str) -> tuple[set[int], list[str]]:
    """Which cases the book's one page shows when it is printed, and what of it would be cut off at the paper's edge."""
    tab = browser.new_page(viewport=PAPER, java_script_enabled=True)
    tab.emulate_media(media="print")
    tab.goto(address, wait_until="load", timeout=120_000)
    seen, over = marks_of(tab.evaluate("document.body.innerText")), tab.evaluate(hostile.WIDE)
    tab.close()
    return seen, [f"{over} pixels wider than the paper"] if over > 0 else []


def alive(browser: Any, address: str) -> list[str]:
    """What comes alive when the book's one page is opened. Its heads are strings of its style sheet, and no screen need hold it."""
    found = hostile.visit(browser, address, (1280,), touch=False)
    return [one for one in found if one != "style" and "too wide" not in one]


# -- workbook -------------------------------------------------------------------------------------

PARTS = re.compile(r"vba|externalLink|activeX|ctrlProp|embedding|connection|queryTable|macro|customUI|drawing|webextension", re.I)  # fmt: skip
TAGS = {
    "f", "calculatedColumnFormula", "totalsRowFormula", "ddeLink", "oleLink", "externalReference", "oleObject", "control", "dataValidation",
    "cfRule", "webPublishItem", "customSheetView", "legacyDrawing",
}  # fmt: skip
PRINTED = re.compile(r"'[\w .-]+'!\$\d+:\$\d+")
LONGEST_CELL, LONGEST_HEADING = 32_767, 255  # a spreadsheet's own limits: beyond them it offers to repair the file


def workbook_wrong(raw: bytes) -> list[str]:
    """What in a workbook computes, asks or opens, or what a spreadsheet would want to repair."""
    found = []
    with zipfile.ZipFile(io.BytesIO(raw)) as held:
        for part in held.namelist():
            if PARTS.search(part):
                found.append(part)
            if not part.endswith((".xml", ".rels")):
                continue
            for one in ElementTree.fromstring(held.read(part)).iter():
                tag, text = one.tag.rpartition("}")[2], one.text or ""
                if tag in TAGS:
                    found.append(f"{part}: {tag} {text[:40]}")
                if tag == "definedName" and not PRINTED.fullmatch(text):
                    found.append(f"{part}: name {text[:60]}")
                if one.get("TargetMode") == "External":
                    found.append(f"{part}: leads to {one.get('Target', '')[:60]}")
                if tag == "tableColumn" and len(one.get("name", "")) > LONGEST_HEADING:
                    found.append(f"{part}: a heading of {len(one.get('name', ''))} characters")
                if tag == "t" and len(text) > LONGEST_CELL:
                    found.append(f"{part}: a cell of {len(text)} characters")
                if tag == "t" and re.search(r"_x(?!005F)[0-9A-Fa-f]{4}_", re.sub(r"_x005F_x", "", text)):
                    found.append(f"{part}: a spreadsheet reads {text[:40]} as other text")
    return found


def workbook_marks(raw: bytes) -> set[int]:
    """The numbers of the cases that stand in cells of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    return marks_of(" ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row))


# -- the report of a refresh ----------------------------------------------------------------------


def impacts(cases: hostile.Cases, kinds: Mapping[str, str]) -> Iterator[impact.Impact]:
    """Findings whose every text is hostile, as many as it takes to print each kind in each field."""
    names = list(kinds)
    for start in range(0, len(names), impact.MOST):
        part = {name: kinds[name] for name in names[start : start + impact.MOST]}

        def every(field: str, part: dict[str, str] = part) -> list[str]:
            return [cases.next(f"report, {field}", {kind: text}) for kind, text in part.items()]

        def rows(what: str, *fields: str, every: Any = every) -> list[Any]:
            return list(zip(*(every(f"{what} {field}") for field in fields), strict=True))

        row = [{"id": key, "value": cell} for key, cell in rows("row", "key", "value")]
        tables = {every("table")[0]: compare.Difference(("id",), row, [{**one, "value": "gone"} for one in row],
            [compare.Revision((key,), column, old, new) for key, column, old, new in rows("cell", "key", "column", "old", "new")])}  # fmt: skip
        pairs = list(zip(rows("figure now", "title", "alt"), rows("figure new", "title", "alt"), strict=True))
        svg = drawing(every("figure label"))
        sides = [[{"title": title, "alt": alt, "svg": svg if number < 1 else ""} for title, alt in pair] for number, pair in enumerate(pairs)]  # fmt: skip
        yield impact.Impact(
            every("title")[0], tables, rows("number", "chapter", "name", "old", "new"), rows("statement", "chapter", "name", "old", "new"),
            [(chapter, name, *pair) for (chapter, name), pair in zip(rows("figure", "chapter", "name"), sides, strict=True)],
            rows("failed", "chapter", "cell", "told"), rows("verdict", "claim", "basis", "old", "new"), every("gap"), every("overdue"), every("refused"),
        )  # fmt: skip


def drawing(labels: list[str]) -> str:
    """A picture as a chapter's output holds it, its labels hostile as far as they can be drawn."""
    drawn = [text for text in labels if not re.search(r"[\x00-\x1f]", text) and len(text) < 5000]
    chart = (
        alt.Chart(pd.DataFrame({"label": drawn, "value": range(len(drawn))}))
        .mark_bar()
        .encode(x="value:Q", y="label:N")
    )
    rows = data.load("bilateral-trade").head(3)
    return charts.figure(chart, name="a", title="A", rows=[rows])._repr_mimebundle_()["image/svg+xml"]


def report_marks(found: impact.Impact) -> set[int]:
    """The cases that a report must show: all but those of drawings, and of figures those it has room for."""
    told = [found.title, *found.gaps, *found.overdue, *found.refused]
    told += [text for rows in (found.numbers, found.statements, found.verdicts) for row in rows for text in row]
    told += [text[:600] for row in found.failed for text in row]
    told += [text for chapter, _, old, new in found.figures[: impact.SIDES] for text in (chapter, old["title"], old["alt"], new["title"], new["alt"])]  # fmt: skip
    for table, changed in found.tables.items():
        told += [table, *(text for one in changed.revised for text in (*one.key, one.column, one.old, one.new))]
        told += [text for row in changed.added for text in row.values()]
    return marks_of(" ".join(told))


# -- all of it ------------------------------------------------------------------------------------


def looked_at(browser: Any, site: Path, cases: hostile.Cases) -> dict[str, tuple[list[str], set[int]]]:
    """The files of the hostile book and reports of a refresh: what acts in them, breaks or is lost, and the cases they hold."""
    folder = site.parent / "pdf"
    address = (folder / "the-partnership-measured.html").as_uri()
    found = {}
    needed, wrong = printed_marks(browser, address)
    reader = PdfReader(folder / "the-partnership-measured.pdf")
    held = pdf_marks(reader)
    wrong += [*alive(browser, address), *pdf_wrong(reader), *_lost(needed - held)]
    found[f"printed book, {len(reader.pages)} pages, {len(needed)} texts"] = (wrong, held)

    raw = next(site.glob("*.xlsx")).read_bytes()
    needed = marks_of(" ".join(path.read_text("utf-8") for path in (site / "figures").glob("*.csv")))
    held = workbook_marks(raw)
    found[f"workbook, {len(held)} texts"] = ([*workbook_wrong(raw), *_lost(needed - held)], held)

    # A report holds what the loader let in, and it refuses a million characters; in each field they make a page of 40 MB.
    kinds = {kind: text for kind, text in hostile.PAYLOADS.items() if kind != "a million characters"}
    for number, one in enumerate(impacts(cases, kinds), 1):
        page = impact.save(one, folder.parent / "reports", f"report-{number}")
        tab = browser.new_page()
        tab.goto(page.as_uri(), timeout=120_000)
        needed, held = report_marks(one), marks_of(tab.evaluate("document.body.innerText"))
        tab.close()
        wrong = [*hostile.visit(browser, page.as_uri(), touch=False), *_lost(needed - held)]
        wrong += read_in_markdown(page.with_suffix(".md").read_text("utf-8"))
        found[f"report {number}, {len(needed)} texts"] = (wrong, held)
    for what in found:
        print(what)
    return found


def _lost(cases: set[int]) -> list[str]:
    return [f"{len(cases)} texts lost: {', '.join(map(str, sorted(cases)[:20]))}"] if cases else []


def read_in_markdown(text: str) -> list[str]:
    """What a reader of Markdown takes for more than text in the report's words."""
    read = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text)
    inside = [part for token in read for part in (token.children or [token])]
    kinds = {
        "html_inline",
        "html_block",
        "link_open",
        "image",
        "code_inline",
        "em_open",
        "s_open",
        "fence",
        "code_block",
    }
    heads = [read[number + 1].content for number, token in enumerate(read) if token.type == "heading_open"]
    return [part.type for part in inside if part.type in kinds] + [
        head for head in heads[1:] if hostile.MARK.search(head)
    ]
