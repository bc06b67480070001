"""Errors that the Nu Html Checker finds, page by page, in markup and in the rules that stand in the page."""

from __future__ import annotations

import collections
import json
from pathlib import Path

from bench import report, tools

TITLE = "Markup"


def measure() -> str:
    """Check every page that a reader may open."""
    java = tools.program("java")
    archive = tools.npm("vnu-jar") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    pages = [*sorted(tools.SITE.glob("chapters/*.html")), tools.SITE / "search.html", tools.SITE / "404.html"]
    pages += sorted(tools.SITE.glob("figures/*.html"))
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--errors-only"]
    output = tools.run([java, "-jar", archive, *options, *pages], tools.ROOT).stdout
    messages = json.loads(output[output.index("{") :])["messages"]
    errors = collections.Counter(Path(entry.get("url", "")).name for entry in messages)
    kinds = collections.Counter(entry["message"] for entry in messages)
    rows = [[page.stem, errors[page.name]] for page in pages if page.parent.name != "figures"]
    apart = [page for page in pages if page.parent.name == "figures"]
    rows.append([f"the {len(apart)} figures' own pages", sum(errors[page.name] for page in apart)])
    parts = [
        report.table(["page", "errors"], rows),
        report.target(f"no errors: {sum(errors.values())}", not errors),
    ]
    if kinds:
        parts.append("\n".join(f"- {count} × {words}" for words, count in kinds.most_common()))
    return "\n\n".join(parts)
