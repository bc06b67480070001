"""What a page need not load: the rules it opens with stand in it, one script for all pages, icons drawn in place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from sphinx.application import Sphinx

from publish.theme import style

# Files below _static that every page shares, in the order in which they count.
STYLES = [
    "styles/theme.css", "styles/bootstrap.css", "styles/pydata-sphinx-theme.css", "pygments.css", "styles/sphinx-book-theme.css",
    "copybutton.css", "mystnb.css", "pm/book.css", "pm/print.css",
]  # fmt: skip
SCRIPTS = [
    "documentation_options.js", "doctools.js", "sphinx_highlight.js", "clipboard.min.js", "copybutton.js",
    "scripts/sphinx-book-theme.js", "scripts/pydata-sphinx-theme.js", "pm/numbers.js",
]  # fmt: skip
# Icons are drawn in place; sign.js fetches Bootstrap for menus and tooltips.
DROPPED = ["scripts/fontawesome.js", "scripts/bootstrap.js"]
STYLE, SCRIPT, SIGN = "pm/all.css", "pm/all.js", "pm/sign.js"

_IMPORT = re.compile(r'@import\s+"\.\./([\w.-]+\.css)";')
# The theme measures every code block at load, also those in closed folds, and takes them out of the tab order.
_MEASURED = ".forEach((e=>{e.tabIndex=e.scrollWidth"
_MEASURED_OPEN = '.forEach((e=>{if(!e.closest("details:not([open])"))e.tabIndex=e.scrollWidth'
_TAG = re.compile(
    r'\s*<(?:link\b[^>]*\bhref|script\b[^>]*\bsrc)="(?:\.\./)*_static/(?P<file>[^"?]+)(?:\?[^"]*)?"[^>]*>(?P<end></script>)?'
)
_PLACED = re.compile(r'<style id="pm-style">.*?</noscript>', re.S)
_WHOLE = re.compile(r'\s*<link id="pm-whole".*?</noscript>', re.S)
_ROOT = re.compile(r'<html\b[^>]*\bdata-content_root="([^"]*)"')
# Read by the theme's switch of versions only, which the book has not; in the page it would hold up all that follows.
_PAGENAME = re.compile(r"\s*<script>DOCUMENTATION_OPTIONS\.pagename = '[^']*';</script>")
# The theme's second table of contents, for print; the book's print stylesheet does without.
_PRINTED = re.compile(r'<div id="jb-print-docs-body".*?(?=<div id="searchbox">|<article\b)', re.S)
_PRINTS = re.compile(r'\s*onclick="window\.print\(\)"')  # sign.js does; the policy allows no script in an attribute
_INDEX = re.compile(r'\s*<script (?:defer )?(src="searchindex\.js[^"]*")></script>')
_HASHED = re.compile(r"\.[0-9a-f]{64}(?=\.)")
_ICON = re.compile(r'"?([a-z0-9-]+)"?:\[(\d+),(\d+),\[([^\]]*)\],"[0-9a-f]+","([^"]*)"\]')
_PLACE = re.compile(
    r'<(i|span)\b([^>]*\bclass="([^"]*\bfa[srb]?\b[^"]*|[^"]*\bfa-(?:solid|regular|brands)\b[^"]*)"[^>]*)></\1>'
)


# -- icons ----------------------------------------------------------------------------------------


def icons(script: str) -> dict[str, tuple[str, str, str]]:
    """Width, height and path of each icon in the theme's icon script, by name and by alias."""
    found: dict[str, tuple[str, str, str]] = {}
    for name, width, height, aliases, path in _ICON.findall(script):
        for known in [name, *re.findall(r'"([a-z0-9-]+)"', aliases)]:
            found.setdefault(known, (width, height, path))
    return found


def draw_icons(page: str, known: dict[str, tuple[str, str, str]]) -> str:
    """Put each icon's drawing where the theme's script would have put it."""

    def draw(match: re.Match[str]) -> str:
        name = next((part[3:] for part in match[3].split() if part.startswith("fa-") and part[3:] in known), None)
        if name is None:
            return match[0]
        width, height, path = known[name]
        attributes = match[2].replace(f'class="{match[3]}"', f'class="svg-inline--fa {match[3]}"')
        attributes = re.sub(r'\s+title="[^"]*"', "", attributes)
        return f'<svg{attributes} aria-hidden="true" viewBox="0 0 {width} {height}"><path fill="currentColor" d="{path}"/></svg>'

    return _PLACE.sub(draw, page)


# -- bundles --------------------------------------------------------------------------------------


def bundle(out: Path, rules: style.Sheet) -> dict[str, str]:
    """Write what all pages share, script and stylesheet, from all rules; return the checksum of each."""
    static = out / "_static"
    script = ";\n".join(_script(static / name) for name in SCRIPTS if (static / name).exists())
    (static / SCRIPT).write_text(script, "utf-8")
    scripts = [*static.glob("scripts/bootstrap.js"), *static.glob("search*.js"), *(static / "pm").glob("*.js")]
    used = style.words(_texts(pages(out)), _texts(path for path in scripts if path.name != "vega.js"))
    (static / STYLE).write_text("".join(_both(rules, used)), "utf-8")
    return {name: hashlib.sha256((static / name).read_bytes()).hexdigest()[:8] for name in (STYLE, SCRIPT, SIGN)}


def _both(rules: style.Sheet, used: set[str]) -> tuple[str, str]:
    """The rules in use, and those among them that a page needs while nothing has chosen light or dark."""
    css = style.cut(rules, used)
    return css, style.cut(style.undecided(rules), used | style.references(css))


def _script(path: Path) -> str:
    return path.read_text("utf-8").replace(_MEASURED, _MEASURED_OPEN)


def _texts(paths: Iterable[Path]) -> list[str]:
    return [path.read_text("utf-8") for path in paths]


def stylesheet(out: Path) -> style.Sheet:
    """All rules of a built site, in the order in which they count."""
    return style.sheet("".join(_style(out / "_static", name) for name in STYLES))


def _style(static: Path, name: str) -> str:
    found = [static / name] if (static / name).exists() else sorted(static.glob(name.replace(".css", ".*.css")))
    if not found:  # MyST-NB puts a hash into its file name
        return ""
    return _IMPORT.sub(lambda match: _style(static, match[1]), found[0].read_text("utf-8"))


def slim(page: str, rules: style.Sheet, checks: Mapping[str, str], scripts: Collection[str] = ()) -> str:
    """A page that needs no other file to show itself; scripts stand at its end, where they delay none of its words.

    The rules for what shows at first stand in its head. The shared stylesheet has them all: it serves print, readers
    without script, and with ``sign.js`` whoever begins to use the page. ``sign.js`` fetches the shared script too, unless
    there are ``scripts`` that write into the page before that.
    """
    for superfluous in (_PAGENAME, _PRINTED, _WHOLE, _PRINTS):
        page = superfluous.sub("", page)
    page = _PLACED.sub(f'<link href="_static/{STYLES[0]}">', page)  # by an earlier build
    css, auto = _both(rules, style.words([page], scripts))
    root = _ROOT.search(page)
    static = f"{root[1] if root else ''}_static"
    placed: set[str] = set()
    late: list[str] = []

    def replace(match: re.Match[str]) -> str:
        file = _HASHED.sub("", match["file"])
        kind = "style" if file in STYLES else "script" if file in (*SCRIPTS, SCRIPT, SIGN) else ""
        if file in DROPPED or (kind and kind in placed):
            return ""
        placed.add(kind)
        if kind == "style":
            return (
                f'\n    <style id="pm-style">{css}</style>'
                f'\n    <noscript><style id="pm-undecided">{auto}</style></noscript>'
            )
        if kind == "script":
            rest = f'"{static}/{SCRIPT}?v={checks[SCRIPT]}"'
            late.extend([f"<script defer src={rest}></script>"] if scripts else [])
            late.append(
                f'<script defer src="{static}/{SIGN}?v={checks[SIGN]}"{"" if scripts else f" data-rest={rest}"}></script>'
            )
        elif match["end"]:
            late.append(re.sub(r"<script(?: defer(?:=\"defer\")?| async)?", "<script defer", match[0].strip()))
        return "" if kind or match["end"] else match[0]

    page = _TAG.sub(replace, page)
    late += [f"<script defer {source}></script>" for source in _INDEX.findall(page)]
    whole = f'rel="stylesheet" href="{static}/{STYLE}?v={checks[STYLE]}"'
    late.append(f'<link id="pm-whole" {whole} media="print"><noscript><link {whole}></noscript>')
    return re.sub(r"\s*</body>", lambda _: "\n" + "\n".join(late) + "\n</body>", _INDEX.sub("", page))


def lighten(app: Sphinx, error: Exception | None) -> None:
    """Bundle and slim, once the pages stand."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    script = out / "_static" / "scripts" / "fontawesome.js"
    icon = icons(script.read_text("utf-8")) if script.exists() else {}
    rules = stylesheet(out)
    checks, first = bundle(out, rules), style.at_rest(rules)
    search = _texts(out / "_static" / name for name in ("searchtools.js", "pm/search.js"))
    for path in pages(out):
        page = draw_icons(path.read_text("utf-8"), icon)
        path.write_text(slim(page, first, checks, search if path.name == "search.html" else ()), "utf-8")


def pages(out: Path) -> list[Path]:
    """The pages of a built site; the figures' own pages are complete as they are."""
    apart = {"_static", "_sources", "figures"}
    return sorted(path for path in out.rglob("*.html") if not apart & set(path.relative_to(out).parts))


def setup(app: Sphinx) -> None:
    """Register the step."""
    app.connect("build-finished", lighten, priority=800)
