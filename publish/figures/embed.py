"""A page of its own for each figure, for a frame on somebody else's page."""

from __future__ import annotations

from html import escape
from pathlib import Path

from partnership import palette, picture
from publish.csp import policy
from publish.figures import drawing
from publish.figures.numbering import Shown
from publish.figures.stored import narrow_spec, title_html, wide_spec
from publish.host import one_name

WIDTH = 688  # px, of the frame that the book offers
MARGIN = 12  # px, of the page in it, as in embed.css
ROOM = 660  # px, of its widest line of text, as in embed.css
NARROW = 630  # px: below this width the page shows its narrow drawing, as embed.css has it
LEAST = 280  # px, of a frame on a small phone
STYLE = palette.filled((Path(__file__).parent / "static" / "pm" / "embed.css").read_text("utf-8"))


def page(shown: Shown, wide: str, narrow: str, base: str) -> str:
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
<meta name="description" content="{label}">
{cite_tags(shown, base)}
<link rel="alternate" type="text/markdown" href="{shown.name}.md">
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<main>
<figure>
<figcaption><h1>{title_html(meta["title"])}</h1></figcaption>
{f'<p class="unit">{escape(meta["unit"])}</p>' if meta["unit"] else ""}
<div class="wide" role="img" aria-label="{label}">{wide}</div>
<div class="narrow" role="img" aria-label="{label}">{narrow}</div>
<p class="source">{escape(meta["note"])} {escape(shown.host.credit(meta["sources"]))}
<a href="../{shown.path}" target="_blank" rel="noopener">{escape(shown.place)}</a>{f", {escape(shown.host.licence)}" if shown.host.licence else ""}.{f" {'Measures' if len(shown.measures) > 1 else 'Measure'}: {measures}." if measures else ""}</p>
</figure>
</main>
</body>
</html>
"""


def cite_tags(shown: Shown, base: str) -> str:
    """What citation managers read from the page."""
    book = shown.host
    named = [("citation_title", shown.meta["title"])]
    authors = [*map(one_name, book.authors)]
    named += [("citation_author", author) for author in authors]
    named += [
        ("citation_inbook_title", book.book),
        ("citation_publication_date", book.released.replace("-", "/")),
        ("citation_language", "en"),
        ("DC.title", shown.meta["title"]),
        *(("DC.creator", author) for author in authors),
        ("DC.date", book.released),
        ("DC.rights", book.licence),
        ("DC.type", "StillImage"),
        ("DC.relation.ispartof", book.book),
    ]
    if base:
        named += [("citation_public_url", base + shown.path), ("DC.identifier", base + shown.path)]
    return "\n".join(f'<meta name="{name}" content="{escape(words, quote=True)}">' for name, words in named if words)


def placed(text: str, address: str) -> str:
    """A text as HTML; where the site's address is not known, the reader's device may fill in its host."""
    words, path = escape(text), escape(address)
    if address.startswith("http"):
        return words
    return words.replace(path, f'<span class="pm-address" data-path="{path}">{path}</span>')


def drawings(shown: Shown, cache: Path) -> tuple[str, str]:
    """The two drawings of a figure with ids of their own."""
    wide, narrow = wide_spec(shown.spec), narrow_spec(shown.spec)
    return drawing.svg(wide, f"{shown.name}-ew", cache), drawing.svg(narrow, f"{shown.name}-en", cache)


def frame(shown: Shown, address: str, wide: str, narrow: str) -> str:
    """What others paste: a frame as high as its page, which is higher where the frame is narrow.

    Nothing has to run there: the height follows from the width of the box around the frame (container query units). A browser
    without them takes the attribute, that of the wide page.
    """
    size, most = picture.size(narrow), height(shown, picture.size(wide)[1])
    scaled = ((at, size[1] * min(1, (at - 2 * MARGIN) / size[0])) for at in range(LEAST, NARROW, 10))
    more = max(0, *(height(shown, drawn, at) - most for at, drawn in scaled))
    return (
        f'<div style="container-type:inline-size;width:100%;max-width:{WIDTH}px"><iframe src="{address}" '
        f'title="{escape(shown.meta["title"], quote=True)}" width="{WIDTH}" height="{most}" loading="lazy" '
        f'style="border:0;width:100%;height:calc({most}px + clamp(0px,({NARROW}px - 100cqi)*9999,{more}px))"></iframe></div>'
    )


def height(shown: Shown, drawn: float, width: int = WIDTH) -> int:
    """Height in pixels of a frame that shows the whole page, its drawing ``drawn`` pixels high, rounded up to tens."""
    meta, inner = shown.meta, min(ROOM, width - 2 * MARGIN)
    lines = (
        24 * len(picture.wrap(meta["title"], inner / 17))
        + 21 * len(picture.wrap(meta["unit"], inner / 15))
        + 17 * len(picture.wrap(source(shown), inner / 12))
    )
    return 10 * -int(-(drawn + lines + 2 * MARGIN + 40) // 10)


def source(shown: Shown) -> str:
    """Note, source, licence and name of the figure in plain words."""
    meta = shown.meta
    words = [
        meta["note"],
        shown.host.credit(meta["sources"]),
        f"{', '.join(part for part in (shown.place, shown.host.licence) if part)}.",
        f"Measures: {', '.join(measure.term for measure in shown.measures)}." if shown.measures else "",
    ]
    return " ".join(word for word in words if word)
