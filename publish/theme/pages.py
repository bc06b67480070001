"""What the templates show of the book and of each page: contents, style, policy, scripts, downloads, footer."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from partnership import citation, palette
from publish import standing
from publish.csp import policy
from publish.edition import settings
from publish.figures.numbering import base_address
from publish.theme.cells import Fold
from publish.thisbook import HOST, register

THEME = Path(__file__).parent
LOST = "404"
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'
METHODS, CORRECTIONS = "chapters/data-and-methods", "chapters/corrections"
# Before the first word is drawn: the colours that the reader has chosen, and that scripts run.
EARLY = (
    'document.documentElement.classList.add("js");'
    'try{let c=localStorage.getItem("colours");if(c)document.documentElement.dataset.theme=c}catch(e){}'
)
ORDER = ["theme.js", "numbers.js", "figure.js"]  # of the scripts that stand in a fixed order; others follow
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SIZE = re.compile(r'data-size="([\d.]+)x([\d.]+)"')


# -- style -----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet without comments and needless spaces."""
    return minified(palette.filled((THEME / "static" / "pm" / "book.css").read_text("utf-8")))


def minified(sheet: str) -> str:
    """A style sheet without comments and needless spaces; a comment sign within a string would be read as a comment.

    Examples
    --------
    >>> minified("a { /* link */\\n  color: red; }")
    'a{color: red;}'
    """
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s+", " ", _COMMENT.sub("", sheet))).strip()


def sizes(body: str) -> str:
    """Rules that keep the place of the page's drawings; their sizes may not stand in style attributes."""
    found = dict.fromkeys(_SIZE.findall(body))
    return "".join(
        f'[data-size="{width}x{height}"]{{max-width:{width}px;aspect-ratio:{width}/{height}}}'
        for width, height in found
    )


# -- the book -------------------------------------------------------------------------------------


def parts(app: Sphinx) -> list[dict[str, Any]]:
    """The parts of the book as ``_toc.yml`` orders them, the front page before the first."""
    root = app.config.root_doc
    shown = [{"caption": "", "pages": [_page(app, root, "Overview")]}] if root in app.env.titles else []
    for tree in app.env.get_doctree(root).findall(addnodes.toctree):
        pages = [_page(app, name, title) for title, name in tree["entries"] if name in app.env.titles]
        shown.append({"caption": tree.get("caption") or "", "pages": pages})
    return shown


def _page(app: Sphinx, name: str, title: str | None) -> dict[str, str]:
    return {"name": name, "path": f"{name}.html", "title": title or app.env.titles[name].astext()}


def about_book(app: Sphinx) -> dict[str, Any]:
    """What every page shows alike."""
    edition, root = citation.edition(), app.config.root_doc
    corrections = f"{CORRECTIONS}.html" if CORRECTIONS in app.env.found_docs else ""
    contact = app.config.partnership_contact
    return {
        "title": citation.BOOK,
        "about": edition.abstract,
        "front": f"{root}.html",
        "methods": f"{METHODS if METHODS in app.env.found_docs else root}.html",
        "citing": "how-to-cite",
        "edition": edition,
        "dated": f"Newest source of {HOST.newest(register())}.",
        "logo": logo(),
        "parts": parts(app),
        "early": EARLY,
        "repository": settings.repository().url,
        "contact": {"words": "Contact", "address": f"mailto:{contact}" if "@" in contact else contact}
        if contact
        else None,
        "corrections": corrections,
        "corrections_in_words": "Corrections: this copy names no repository and no address of the book’s makers. "
        "Send them to whoever publishes the copy that you read.",
    }


def known(app: Sphinx) -> dict[str, Any]:
    """What every page shows alike, put together once."""
    if not hasattr(app.builder, "partnership_book"):
        app.builder.partnership_book = about_book(app)  # type: ignore[attr-defined]
    return app.builder.partnership_book  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def logo() -> str:
    """The drawing beside the book's name."""
    text = (THEME / "static" / "pm" / "logo.svg").read_text("utf-8")
    return text[text.index("<svg") :].strip().replace("<svg", '<svg aria-hidden="true"', 1)


# -- a page ---------------------------------------------------------------------------------------


def sections(app: Sphinx, page: str) -> list[dict[str, str]]:
    """The sections of a page: anchor and title."""
    contents = app.env.tocs.get(page)
    top = next(iter(contents.findall(nodes.list_item)), None) if contents is not None else None
    inner = next((child for child in top.children if isinstance(child, nodes.bullet_list)), None) if top else None
    found = []
    for item in inner.children if inner is not None else ():
        link = next(item.findall(nodes.reference), None)
        if link is not None and link["anchorname"]:
            found.append({"anchor": link["anchorname"].removeprefix("#"), "title": link.astext()})
    return found


def root_of(page: str, base: str) -> str:
    """How a page reaches the site's root; the lost page, served at any depth, by the host's own root."""
    if page == LOST:
        return urlsplit(base).path or "/"
    return "../" * page.count("/")


def scripts(context: dict[str, Any], root: str, static: Path) -> list[str]:
    """The book's scripts that the page has asked for, each once, in order, with a checksum against old copies."""
    names = [str(script.filename) for script in context["script_files"] if getattr(script, "filename", None)]
    own = dict.fromkeys(["pm/theme.js", *(name.removeprefix("_static/") for name in names if "pm/" in name)])
    ranked = sorted(own, key=lambda name: ORDER.index(name[3:]) if name[3:] in ORDER else len(ORDER))
    return [f"{root}_static/{name}?v={checksum(static / name)}" for name in ranked]


@cache
def checksum(file: Path) -> str:
    """Short checksum of a file; empty if it is written only later."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8] if file.exists() else ""


def downloads(context: dict[str, Any], page: str, root: str) -> list[dict[str, str]]:
    """Files of a page."""
    source = context.get("sourcename", "")
    if not source:
        return []
    words = "Notebook (.ipynb)" if source.endswith(".ipynb") else "Source text (.md)"
    found = [{"address": f"{root}_sources/{source}", "words": words}]
    if source.endswith(".ipynb"):
        found.append({"address": f"{root}{page}.md", "words": "Text as Markdown (.md)"})
    return found


def page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Tell the templates what they show."""
    base, body = base_address(app.config), context.get("body", "")
    root, static = root_of(page, base), Path(app.outdir) / "_static"
    title = re.sub("<[^>]*>", "", context.get("title", ""))
    # Pages of which there are hundreds have the style in a file (``style_file``), others in themselves.
    sheet = context.get("style_file", "")
    whole = "" if sheet else style() + context.get("more_style", "") + sizes(body)
    context["book"] = known(app)
    # Sphinx adds one for each notebook; the layout has it for all pages.
    context["metatags"] = context.get("metatags", "").replace(VIEWPORT, "")
    context["here"] = {
        "page": page,
        "root": root,
        "title": citation.BOOK if title in ("", citation.BOOK) else f"{title} — {citation.BOOK}",
        "style": whole,
        "sheet": f"{root}{sheet}" if sheet else "",
        "policy": policy(whole, EARLY),
        "sections": sections(app, page),
        "code": doctree is not None and next(doctree.findall(Fold), None) is not None,
        "cited": 'id="how-to-cite"' in body,
        "downloads": downloads(context, page, root) if doctree is not None else [],
        "scripts": scripts(context, root, static),
        "print": f"{root}_static/pm/print.css?v={checksum(static / 'pm' / 'print.css')}",
    }
    if doctree is None:
        context["pageurl"] = context["prev"] = context["next"] = None


def rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All pages are written anew when what they show alike has changed, such as the title of one of them in the contents."""
    return [] if standing.group(app, "contents", depends=lambda: known(app)).stands else sorted(env.found_docs)


def quiet(app: Sphinx) -> None:
    """Sphinx's own search is not used: steps/search.py writes the book's."""
    if app.builder.format == "html":
        app.builder.search = False  # type: ignore[attr-defined]
        app.builder.use_index = False  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Register theme and hooks."""
    app.add_config_value("partnership_contact", "", "html")
    app.add_html_theme("partnership", str(THEME))
    app.connect("builder-inited", quiet)
    app.connect("env-get-updated", rewrite)
    app.connect("html-page-context", page_context, priority=900)
