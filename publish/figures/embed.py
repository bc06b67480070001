"""A page of its own for each figure, for a frame on somebody else's page."""

from __future__ import annotations

from html import escape
from pathlib import Path

from partnership import citation
from publish.figures import drawing
from publish.figures.numbering import Shown
from publish.said import credit
from publish.steps.policy import policy

STYLE = (Path(__file__).parent / "static" / "pm" / "embed.css").read_text("utf-8")


def cited(shown: Shown) -> str:
    """What citation managers read of a figure's page."""
    book = citation.edition()
    entries = {
        "citation_title": shown.meta["title"],
        "citation_inbook_title": f"{citation.BOOK}, Figure {shown.number}",
        "citation_publication_date": book.released.replace("-", "/"),
        "citation_language": "en",
        "DC.type": "Image",
        "DC.rights": "CC BY 4.0",
    }
    several = [*entries.items(), *(("citation_author", author.replace(",", "")) for author in book.authors)]
    return "\n".join(f'<meta name="{name}" content="{escape(value, quote=True)}">' for name, value in several)


def page(shown: Shown, wide: str, narrow: str) -> str:
    """A small page without script: title, drawing, source, link to the book. Its colours follow the reader's setting."""
    measures = ", ".join(
        f'<a href="../{measure.path}" target="_blank" rel="noopener">{escape(measure.term)}</a>'
        for measure in shown.measures
    )
    meta, label = shown.meta, escape(shown.spec["description"], quote=True)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(meta["title"])}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy(STYLE)}">
<meta name="robots" content="noindex">
<link rel="icon" href="../_static/pm/favicon.svg" type="image/svg+xml">
{cited(shown)}
<meta name="description" content="{label}">
<style>{STYLE}</style>
</head>
<body>
<main>
<figure>
<figcaption>{escape(meta["title"])}</figcaption>
<p class="unit">{escape(meta["unit"])}</p>
<div class="wide" role="img" aria-label="{label}">{wide}</div>
<div class="narrow" role="img" aria-label="{label}">{narrow}</div>
<p class="source">{escape(meta["note"])} Source: {escape(credit.publishers(meta["sources"]))} ({escape(credit.tier_words(credit.worst_tier(meta["sources"])))}).
<a href="../{shown.path}" target="_blank" rel="noopener">Figure {shown.number} of The Partnership, Measured</a>, CC BY 4.0.{f" Measure: {measures}." if measures else ""}</p>
</figure>
</main>
</body>
</html>
"""


def drawings(shown: Shown, narrow_spec: dict, cache: Path) -> tuple[str, str]:
    """The two drawings of a figure with ids of their own."""
    wide = drawing.svg(drawing.page_spec(shown.spec), f"{shown.name}-ew", cache)
    return wide, drawing.svg(narrow_spec, f"{shown.name}-en", cache)
