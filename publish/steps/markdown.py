"""A Markdown copy of each page, for those who read or feed on plain text, and llms.txt, which lists them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from sphinx.application import Sphinx

from partnership import citation, prose
from publish import standing
from publish.edition import paper
from publish.figures.numbering import base_address, figures
from publish.host import pages_in_order
from publish.steps import feed

_DRAWING = re.compile(r"<svg\b.*?</svg>", re.S)
_GONE = (
    "script", "style", ".headerlink", ".pm-folds", ".pm-catalogue .pm-downloads", ".pm-edition", ".pm-ledger", "details.pm-code", ".pm-narrow",
    ".visually-hidden", "[hidden]", "form", "button",
)  # fmt: skip
MADE = {"Single claims": "claims", "Trade partners of an economy": "economies", "Editions": "editions"}
"""Pages that no source file has, by the folder of their addresses."""
COPIED = ("claims/", "editions/")
"""Those of them that are copied from their HTML; the others write their copies from the values they print."""
APART = ("li", "p", "div", "br", "td", "details", "summary")
"""What stands apart from the words beside it also where it is told within a line."""
TO_A_PAGE = re.compile(r"((?:\.\./)?(?:[a-z]+/)?(?!glossary)[\w-]+)\.html(?:#.*)?")
"""An address of another page of the book; terms of the glossary would be a link in every second line."""
INLINE = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}


def page(article: str) -> str:
    """The text of a page as Markdown."""
    body = BeautifulSoup(_DRAWING.sub("", article), "html.parser")
    paper.drop(body, _GONE)
    return (
        re.sub(r"\n{3,}", "\n\n", "\n\n".join(filter(None, map(_block, body.find_all(True, recursive=False))))) + "\n"
    )


def _block(tag: Tag) -> str:
    name, classes = tag.name, list(tag.get("class") or [])
    if re.fullmatch("h[1-6]", name):
        return f"{'#' * int(name[1])} {_inline(tag)}"
    if name == "p":
        return _inline(tag)
    if name == "pre":
        return f"```\n{tag.get_text().rstrip()}\n```"
    if name in ("ul", "ol"):
        marks = (f"{number}." if name == "ol" else "-" for number in range(1, 10_000))
        return "\n".join(f"{next(marks)} {_inline(item)}" for item in tag.find_all("li", recursive=False))
    if name == "table":
        return _table(tag)
    if "pm-chart" in classes:
        drawing, file = tag.select_one("[aria-label]"), f"../figures/{tag['data-figure']}"
        return f"![{drawing['aria-label']}]({file}.svg)\n\n[Data of the figure (CSV)]({file}.csv)" if drawing else ""
    if name == "figcaption":
        return f"**{_inline(tag)}**"
    if name in ("math", "summary"):
        return _spaced(tag.get_text())
    inner = [child for child in tag.find_all(True, recursive=False)]
    if not inner or all(child.name in ("a", "span", "data", *INLINE) for child in inner):
        return _inline(tag)
    return "\n\n".join(filter(None, map(_block, inner)))


def _table(tag: Tag) -> str:
    rows = [[_inline(cell).replace("|", "\\|") for cell in row.find_all(["th", "td"])] for row in tag.find_all("tr")]
    caption = f"{_inline(tag.caption)}\n\n" if tag.caption else ""
    if not rows:
        return caption
    return caption + grid(*rows)


def grid(head: list[str], *rows: list[str]) -> str:
    """Rows below their head as a table of Markdown."""
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *rows))


def _inline(tag: Tag) -> str:
    parts = []
    for child in tag.children:
        if not isinstance(child, Tag):
            parts.append(str(child))
        elif child.name == "a" and re.match("https?:", str(child.get("href", ""))):
            parts.append(f"[{_inline(child)}]({child['href']})")
        elif child.name == "a" and (other := TO_A_PAGE.fullmatch(str(child.get("href", "")))):
            parts.append(f"[{_inline(child)}]({other[1]}.md)")
        elif child.name in INLINE:
            parts.append(f"{INLINE[child.name]}{_inline(child)}{INLINE[child.name]}")
        else:
            parts.append(f" {_inline(child)} " if child.name in APART else _inline(child))
    return _spaced(unescape("".join(parts)))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def keep(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Write the copy when the page is written: its text is at hand only then."""
    if app.builder.format != "html" or "body" not in context or not (doctree or name.startswith(COPIED)):
        return
    file = Path(app.outdir) / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    body = context["body"]
    for beside in getattr(app.builder.docwriter.visitor, "book_apart", ()) if doctree else ():  # type: ignore[attr-defined]
        body = body.replace(beside, "", 1)  # most of a page; what is missed here is dropped below, only slower
    file.write_text(page(body), "utf-8")


def _listed(folder: str, made: list[str], base: str, site: Path) -> str:
    """Pages of a folder by the headings of their copies."""
    told = []
    for name in sorted(name for name in made if name.startswith(f"{folder}/")):
        with (site / f"{name}.md").open(encoding="utf-8") as copy:
            told.append(f"- [{copy.readline().removeprefix('# ').strip()}]({base}{name}.md)\n")
    return "".join(told)


def _figures(app: Sphinx, base: str) -> str:
    return "".join(
        f"- [Figure {shown.number}: {prose.literal(shown.meta['title'])}]({base}figures/{shown.name}.md)\n"
        for shown in figures(app.env)
    )


def llms(app: Sphinx) -> str:
    """What the book is, and where its pages are as plain text."""
    base, edition = base_address(app.config), citation.edition()
    listed = "\n".join(f"- [{app.env.titles[name].astext()}]({base}{name}.md)" for name in pages_in_order(app.env))
    single = [("Figures", _figures(app, base))]
    single += [(title, _listed(folder, feed.made(app), base, Path(app.outdir))) for title, folder in MADE.items()]
    return (
        f"# {citation.BOOK}\n\n> {edition.abstract}\n\nEdition {edition.version} of {edition.released}. "
        f"Each page listed here is the copy as Markdown of the page whose address ends in .html instead; "
        f"machine-readable lists: [figures]({base}figures.json), [claims]({base}claims.csv), [data package]({base}data/datapackage.json).\n\n"
        f"The numbers of all figures as one workbook: {base}{edition.workbook}\n\n## Pages\n\n{listed}\n"
        + "".join(f"\n## {title}\n\n{pages}" for title, pages in single if pages)
    )


@standing.at_the_end
def write(app: Sphinx) -> None:
    """Write llms.txt."""
    (Path(app.outdir) / "llms.txt").write_text(llms(app), "utf-8")


def setup(app: Sphinx) -> None:
    """Register the two moments; the copy comes after the steps that add to a page's body."""
    app.connect("html-page-context", keep, priority=800)
    app.connect("build-finished", write, priority=650)
