"""What a page need not load: one stylesheet with the rules in use, one script, icons drawn in place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tinycss2
from sphinx.application import Sphinx

# Files below _static that every page shares, in the order in which they count.
STYLES = [
    "styles/theme.css", "styles/bootstrap.css", "styles/pydata-sphinx-theme.css", "pygments.css", "styles/sphinx-book-theme.css",
    "copybutton.css", "mystnb.css", "pm/book.css", "pm/print.css",
]  # fmt: skip
SCRIPTS = [
    "doctools.js", "sphinx_highlight.js", "clipboard.min.js", "copybutton.js", "scripts/sphinx-book-theme.js",
    "scripts/bootstrap.js", "scripts/pydata-sphinx-theme.js", "pm/numbers.js",
]  # fmt: skip
DROPPED = ["scripts/fontawesome.js"]
STYLE, SCRIPT = "pm/all.css", "pm/all.js"

_IMPORT = re.compile(r'@import\s+"\.\./([\w.-]+\.css)";')
# The theme measures every code block at load, also those in closed folds, and takes them out of the tab order.
_MEASURED = ".forEach((e=>{e.tabIndex=e.scrollWidth"
_MEASURED_OPEN = '.forEach((e=>{if(!e.closest("details:not([open])"))e.tabIndex=e.scrollWidth'
_TAG = re.compile(
    r'\s*<(?:link\b[^>]*\bhref|script\b[^>]*\bsrc)="(?P<up>(?:\.\./)*)_static/(?P<file>[^"?]+)(?:\?[^"]*)?"[^>]*>(?P<end></script>)?'
)
_HASHED = re.compile(r"\.[0-9a-f]{64}(?=\.)")
_ICON = re.compile(r'"?([a-z0-9-]+)"?:\[(\d+),(\d+),\[([^\]]*)\],"[0-9a-f]+","([^"]*)"\]')
_PLACE = re.compile(
    r'<(i|span)\b([^>]*\bclass="([^"]*\bfa[srb]?\b[^"]*|[^"]*\bfa-(?:solid|regular|brands)\b[^"]*)"[^>]*)></\1>'
)
_WORD = re.compile(r"[A-Za-z][\w-]*")


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


# -- styles ---------------------------------------------------------------------------------------


def words_in_use(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """Classes, ids and tag names of the pages, and every word in a script: it may become a class."""
    used: set[str] = set()
    for page in pages:
        for value in re.findall(r'\s(?:class|id)="([^"]*)"', page):
            used.update(value.split())
        used.update(re.findall(r"<([a-z][a-z0-9-]*)", page))
    for script in scripts:
        used.update(_WORD.findall(script))
    return used


def purge(style: str, used: set[str]) -> str:
    """A stylesheet without the rules whose classes, ids or tags occur nowhere."""
    return _rules(tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True), used)


def _rules(rules: list[Any], used: set[str]) -> str:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [part for part in _selectors(rule.prelude) if _in_use(part, used)]
            body = tinycss2.serialize(rule.content).strip()
            if selectors and body:
                kept.append(f"{','.join(tinycss2.serialize(part).strip() for part in selectors)}{{{body}}}")
        elif rule.type == "at-rule" and rule.at_keyword in ("media", "supports", "container", "layer") and rule.content:
            inner = _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), used)
            if inner:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}{{{inner}}}")
        elif rule.type == "at-rule" and rule.at_keyword not in ("charset", "font-face"):
            kept.append(rule.serialize())
    return "".join(kept)


def _selectors(prelude: list[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _in_use(selector: list[Any], used: set[str]) -> bool:
    """Whether everything that a selector names outside brackets and pseudo-classes occurs."""
    before = ""
    for token in selector:
        if token.type == "hash" and token.value not in used:
            return False
        if token.type == "ident" and before == "." and token.value not in used:
            return False
        if token.type == "ident" and before not in (".", ":") and token.value.lower() not in used | {"from", "to"}:
            return False
        before = token.value if token.type == "literal" else ""
    return True


# -- bundles --------------------------------------------------------------------------------------


def bundle(out: Path, known: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    """Write the shared stylesheet and script; return the checksum of each."""
    static = out / "_static"
    script = ";\n".join((static / name).read_text("utf-8") for name in SCRIPTS if (static / name).exists())
    script = script.replace(_MEASURED, _MEASURED_OPEN)
    texts = [path.read_text("utf-8") for path in pages(out)]
    others = [
        path.read_text("utf-8")
        for path in [*(static / "pm").glob("*.js"), *static.glob("search*.js")]
        if path.name != "vega.js"
    ]
    used = words_in_use([draw_icons(text, known) for text in texts], [script, *others])
    style = follow_system("".join(purge(_style(static, name), used) for name in STYLES))
    checks = {}
    for name, content in ((STYLE, style), (SCRIPT, script)):
        (static / name).write_text(content, "utf-8")
        checks[name] = hashlib.sha256(content.encode()).hexdigest()[:8]
    return checks


def _style(static: Path, name: str) -> str:
    found = [static / name] if (static / name).exists() else sorted(static.glob(name.replace(".css", ".*.css")))
    if not found:  # MyST-NB puts a hash into its file name
        return ""
    return _IMPORT.sub(lambda match: _style(static, match[1]), found[0].read_text("utf-8"))


def follow_system(style: str) -> str:
    """A stylesheet whose rules for light and dark also hold without script, by the reader's own setting.

    The theme marks a page ``auto`` until a script has decided; no rule of it speaks of ``auto``.
    """
    copies = {"light": "", "dark": ""}
    for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        for theme in copies:
            if rule.type == "qualified-rule" and re.search(
                rf'\[data-theme="?{theme}"?\]', tinycss2.serialize(rule.prelude)
            ):
                copies[theme] += re.sub(rf'\[data-theme="?{theme}"?\]', "[data-theme=auto]", rule.serialize())
    dark = "(prefers-color-scheme: dark)"
    return f"{style}@media screen and (not {dark}){{{copies['light']}}}@media screen and {dark}{{{copies['dark']}}}"


def slim(page: str, checks: dict[str, str]) -> str:
    """A page that loads the bundles in place of their parts; other scripts in the head wait for the page.

    ``documentation_options.js`` is read by an inline script, so it cannot wait.
    """
    placed: set[str] = set()

    def replace(match: re.Match[str]) -> str:
        file = _HASHED.sub("", match["file"])
        target = STYLE if file in STYLES or file == STYLE else SCRIPT if file in SCRIPTS or file == SCRIPT else ""
        if file in DROPPED or (target and target in placed):
            return ""
        if not target:
            tag = match[0]
            waits = match["end"] and "documentation_options" not in file and not re.search(r"\b(?:defer|async)\b", tag)
            return tag.replace("<script ", "<script defer ", 1) if waits else tag
        placed.add(target)
        address = f"{match['up']}_static/{target}?v={checks[target]}"
        return (
            f'\n    <link rel="stylesheet" href="{address}">'
            if target == STYLE
            else f'\n    <script defer src="{address}"></script>'
        )

    return _TAG.sub(replace, page).replace('<script src="searchindex.js"', '<script defer src="searchindex.js"')


def lighten(app: Sphinx, error: Exception | None) -> None:
    """Bundle and slim, once the pages stand."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    script = out / "_static" / "scripts" / "fontawesome.js"
    known = icons(script.read_text("utf-8")) if script.exists() else {}
    checks = bundle(out, known)
    for path in pages(out):
        path.write_text(slim(draw_icons(path.read_text("utf-8"), known), checks), "utf-8")


def pages(out: Path) -> list[Path]:
    """The pages of a built site; the figures' own pages are complete as they are."""
    apart = {"_static", "_sources", "figures"}
    return sorted(path for path in out.rglob("*.html") if not apart & set(path.relative_to(out).parts))


def setup(app: Sphinx) -> None:
    """Register the step."""
    app.connect("build-finished", lighten, priority=800)
