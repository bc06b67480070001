"""JSON-LD expanded, feeds read, references parsed by others. Run by ``run.py`` in another environment."""

import json
import re
import sys
from importlib.metadata import version
from pathlib import Path

NEEDED = {
    "Dataset": {"name", "description", "license", "creator"},
    "Chapter": {"name", "author", "datePublished", "license"},
    "ClaimReview": {"claimReviewed", "itemReviewed", "author", "url", "reviewRating"},
}


def linked(site):
    from pyld import jsonld

    jsonld.set_document_loader(
        lambda url, options: {
            "contextUrl": None,
            "documentUrl": url,
            "document": {"@context": {"@vocab": "https://schema.org/"}},
        }
    )
    tried, refused = 0, []
    for page in sorted(site.rglob("*.html")):
        if "economies" in page.parts:
            continue
        for text in re.findall(
            r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page.read_text("utf-8"), re.S
        ):
            tried += 1
            told = json.loads(text)
            for node in told.get("@graph", [told]):
                kind = node.get("@type")
                if isinstance(kind, str) and (lacks := NEEDED.get(kind, set()) - node.keys()):
                    refused.append(f"{page.name}: {kind} without {', '.join(sorted(lacks))}")
            triples = jsonld.to_rdf(told, {"base": f"https://example.org/{page.relative_to(site).as_posix()}"})
            for triple in triples.get("@default", []):
                for part in ("subject", "predicate", "object"):
                    if triple[part]["type"] == "IRI" and not re.match(
                        r"(https?|urn|mailto|doi):", triple[part]["value"]
                    ):
                        refused.append(f"{page.name}: {triple[part]['value'][:60]} is not absolute")
    yield "pyld", version("pyld"), f"{tried} JSON-LD of pages, base set", sorted(set(refused)), []


def feeds(site):
    import atoma
    import feedparser

    found = feedparser.parse((site / "feed.xml").read_bytes())
    wrong = [str(found.bozo_exception)] if found.bozo else []
    wrong += [
        f"{one.get('id')}: no title, date or link"
        for one in found.entries
        if not (one.get("title") and one.get("updated") and one.get("link"))
    ]
    yield "feedparser", version("feedparser"), f"feed, {len(found.entries)} entries", wrong, []
    try:
        count, wrong = len(atoma.parse_atom_bytes((site / "feed.xml").read_bytes()).entries), []
    except Exception as error:
        count, wrong = 0, [str(error)]
    yield "atoma", version("atoma"), f"feed, {count} entries", wrong, []


def references(site):
    from pybtex.database import parse_file

    files, refused = sorted(site.rglob("*.bib")), []
    for path in files:
        try:
            for key, entry in parse_file(path).entries.items():
                lacks = [name for name in ("title", "year") if not entry.fields.get(name)]
                if lacks or not entry.persons.get("author"):
                    refused.append(f"{path.name}, {key}: no {', '.join(lacks) or 'author'}")
        except Exception as error:
            refused.append(f"{path.name}: {error}")
    yield "pybtex", version("pybtex"), f"{len(files)} .bib", refused, []


if __name__ == "__main__":
    place = Path(sys.argv[1])
    print(json.dumps([*linked(place), *feeds(place), *references(place)]))
