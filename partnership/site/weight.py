"""What a page need not load: unused icons go, scripts wait for the page."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

_ICON = re.compile(r'"?([a-z0-9-]+)"?:(\[\d+,\d+,\[[^\]]*\],"[0-9a-f]+",(?:"[^"]*"|\[[^\]]*\])\]),?')
_USED = re.compile(r"\bfa-([a-z0-9-]+)")
# documentation_options.js is read by an inline script, so it cannot wait.
_SCRIPT = re.compile(r"<script (?![^>]*\b(?:defer|async)\b)(?=[^>]*\bsrc=)(?![^>]*documentation_options)")


def used_icons(out: Path) -> set[str]:
    """Names of the icons that pages and scripts mention."""
    texts = [*out.rglob("*.html"), *(path for path in (out / "_static").rglob("*.js") if path.name != "fontawesome.js")]
    return {name for path in texts for name in _USED.findall(path.read_text("utf-8", "ignore"))}


def subset_icons(script: str, keep: set[str]) -> str:
    """The theme's icon script with only the icons to keep (by name or alias)."""

    def pick(match: re.Match[str]) -> str:
        aliases = set(re.findall(r'"([a-z0-9-]+)"', match[2].split("]")[0]))
        return match[0] if match[1] in keep or keep & aliases else ""

    return _ICON.sub(pick, script)


def defer_scripts(page: str) -> str:
    """Scripts in the head wait for the page, in order."""
    head, end, rest = page.partition("</head>")
    return _SCRIPT.sub("<script defer ", head) + end + rest


def lighten(app: Sphinx, error: Exception | None) -> None:
    """Cut the icon script and defer scripts, once the pages stand."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    icons = out / "_static" / "scripts" / "fontawesome.js"
    if icons.exists():
        icons.write_text(subset_icons(icons.read_text("utf-8"), used_icons(out)), "utf-8")
    for path in pages(out):
        path.write_text(defer_scripts(path.read_text("utf-8")), "utf-8")


def pages(out: Path) -> list[Path]:
    """The pages of a built site."""
    return sorted(
        path for path in out.rglob("*.html") if not {"_static", "_sources"} & set(path.relative_to(out).parts)
    )


def setup(app: Sphinx) -> None:
    """Register the step."""
    app.connect("build-finished", lighten, priority=800)
