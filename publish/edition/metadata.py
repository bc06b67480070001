"""What deposits and registers read, each in its form, all from CITATION.cff and the data package.

A part of ``make current``: it writes .zenodo.json, codemeta.json, the lists of the change log, and what ``replication`` makes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from partnership import ROOT, citation, data, prose
from publish.edition import manifest, replication
from publish.edition.settings import repository, site_address

SPDX = "https://spdx.org/licenses/"
CRATE = "https://w3id.org/ro/crate/1.1"
WORKFLOW = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"
PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": ("Process Run Crate", "0.5"),
    "https://w3id.org/ro/wfrun/workflow/0.5": ("Workflow Run Crate", "0.5"),
    WORKFLOW: ("Workflow RO-Crate", "1.0"),
}
COMPUTATIONAL = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"
PARAMETER = "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE"
MEDIA = {
    ".csv": "text/csv", ".json": "application/json", ".ipynb": "application/x-ipynb+json", ".pdf": "application/pdf",
    ".md": "text/markdown", ".cff": "application/yaml", ".yml": "application/yaml", ".yaml": "application/yaml", ".toml": "application/toml", ".bib": "application/x-bibtex",
    ".py": "text/x-python",
}  # fmt: skip
# The folders of the archive, and what each is.
FOLDERS = {
    "site/": "The book as a website: open site/index.html; it asks nobody outside.",
    "data/": "The data package: tables (CSV), their schema (datapackage.json), the register of sources.",
    "chapters/": "The notebooks, outputs stored.",
    "partnership/": "The package that the notebooks import.",
    "checks/": "The rules of the field that the tables are checked by.",
    "publish/": "What makes site, PDF and archive from notebooks and tables.",
    "tests/": "What is checked.",
}


def cff(root: Path = ROOT) -> dict[str, Any]:
    """CITATION.cff as it stands."""
    return yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))


def _name(author: Mapping[str, Any]) -> str:
    return author.get("name") or f"{author['family-names']}, {author['given-names']}"


def _words(entry: Mapping[str, Any], key: str) -> str:
    return " ".join(str(entry[key]).split())


# -- Zenodo ---------------------------------------------------------------------------------------


def zenodo(entry: Mapping[str, Any]) -> dict[str, Any]:
    """``.zenodo.json``. A deposit there has one licence: that of text and data; the notes tell the code's."""
    names = citation.licences(entry)
    main = next((name for name in names if name.startswith("CC")), names[0])
    related = [(site_address(), "isDocumentedBy"), (repository().url, "isSupplementedBy")]
    return {
        "title": entry["title"],
        "description": f"<p>{_words(entry, 'abstract')}</p>",
        "creators": [
            {
                "name": _name(author),
                **({"orcid": author["orcid"].rsplit("/", 1)[-1]} if "orcid" in author else {}),
                **({"affiliation": author["affiliation"]} if "affiliation" in author else {}),
            }
            for author in entry["authors"]
        ],
        "upload_type": entry["type"],
        "access_right": "open",
        "license": main,
        "notes": f"Licences: {', '.join(names)}. Text and data are under {main}, third-party figures excepted (LICENSE-DATA).",
        "version": str(entry["version"]),
        "publication_date": str(entry["date-released"]),
        "keywords": list(entry["keywords"]),
        "language": "eng",
        **(
            {"related_identifiers": [{"identifier": one, "relation": kind} for one, kind in related if one]}
            if any(one for one, _ in related)
            else {}
        ),
    }


# -- CodeMeta -------------------------------------------------------------------------------------


def codemeta(entry: Mapping[str, Any]) -> dict[str, Any]:
    """``codemeta.json``: the book as software."""
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": entry["title"],
        "description": _words(entry, "abstract"),
        "identifier": _identifier(entry),
        "author": [_agent(author) for author in entry["authors"]],
        "version": str(entry["version"]),
        "dateModified": str(entry["date-released"]),
        "license": [SPDX + name for name in citation.licences(entry)],
        "keywords": list(entry["keywords"]),
        "programmingLanguage": "Python",
        "runtimePlatform": "Python 3.11 to 3.13",
        **({"codeRepository": repository().url} if repository() else {}),
        **({"url": site_address()} if site_address() else {}),
    }


def _identifier(entry: Mapping[str, Any]) -> str:
    return f"https://doi.org/{entry['doi']}" if entry.get("doi") else "partnership-measured"


def _agent(author: Mapping[str, Any]) -> dict[str, Any]:
    if "name" in author:
        return {"@type": "Organization", "name": author["name"], **({"url": site_address()} if site_address() else {})}
    agent = {"@type": "Person", "givenName": author["given-names"], "familyName": author["family-names"]}
    return {"@id": author["orcid"], **agent} if "orcid" in author else agent


# -- RO-Crate -------------------------------------------------------------------------------------


def crate(entry: Mapping[str, Any], sizes: Mapping[str, int], folder: Path | str = data.DATA) -> dict[str, Any]:
    """``ro-crate-metadata.json`` of an archive.

    Parameters
    ----------
    entry : mapping
        CITATION.cff.
    sizes : mapping
        Bytes of each file of the archive, by its path.
    folder : path
        The data package; each of its tables is told with title, coverage and licence.

    Returns
    -------
    dict
        JSON-LD: the archive, its folders, and each file outside site, package and tests.
    """
    tables = {f"data/{one['path']}": one for one in data.package(folder)["resources"]}
    agents = [{"@id": f"#author-{n}", **_agent(author)} for n, author in enumerate(entry["authors"], 1)]
    folders = [name for name in FOLDERS if any(path.startswith(name) for path in sizes)]
    described = [path for path in sizes if "/" not in path or path.startswith(("data/", "chapters/"))]
    graph: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": [{"@id": CRATE}, {"@id": WORKFLOW}],
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": entry["title"],
            "description": _words(entry, "abstract"),
            "identifier": _identifier(entry),
            "version": str(entry["version"]),
            "datePublished": str(entry["date-released"]),
            "license": [{"@id": SPDX + name} for name in citation.licences(entry)],
            "author": _several(_ids(agents)),
            "keywords": list(entry["keywords"]),
            "publisher": _ids(agents)[0],
            "hasPart": [{"@id": one} for one in [*folders, *(path for path in described if "/" not in path)]],
            "conformsTo": [{"@id": profile} for profile in PROFILES],
            "mainEntity": {"@id": "Makefile"},
            "mentions": {"@id": "#run"},
        },
        *(
            {"@id": one, "@type": "CreativeWork", "name": name, "version": number}
            for one, (name, number) in PROFILES.items()
        ),
        *agents,
        *({"@id": SPDX + name, "@type": "CreativeWork", "name": name} for name in citation.licences(entry)),
    ]
    for name in folders:
        parts = [{"@id": path} for path in described if path.startswith(name)]
        graph.append(
            {
                "@id": name,
                "@type": "Dataset",
                "name": name,
                "description": FOLDERS[name],
                **({"hasPart": parts} if parts else {}),
            }
        )
    tables |= _extracts(Path(folder))
    graph += [_file(path, sizes[path], tables.get(path)) for path in described]
    return {"@context": f"{CRATE}/context", "@graph": graph + _run(entry, graph, sizes)}


def _extracts(folder: Path) -> dict[str, dict[str, Any]]:
    """What the extracts are, from the register of sources."""
    sources = pd.read_csv(folder / "sources.csv", dtype=str, keep_default_na=False).set_index("id")
    found = {
        f"data/extracts/{name}.csv": {
            "title": f"Extract: {told['title'] or name}",
            "description": f"Figures of {told['publisher']} that the tables use, in its own names, units and codes.",
            "licenses": [{"title": told["licence"]}],
        }
        for name, told in sources.iterrows()
    }
    return found | {
        "data/extracts/lock.csv": {
            "title": "Lock of the publishers' files",
            "description": "Address, version, bytes, SHA-256 and day of each file that extracts were taken from, and how some were made.",
            "licenses": [{"title": "CC BY 4.0"}],
        }
    }


def _run(entry: Mapping[str, Any], graph: list[dict[str, Any]], sizes: Mapping[str, int]) -> list[dict[str, Any]]:
    """The run that made site and PDF from tables and chapters, by the Workflow Run Crate profile; it completes ``graph``.

    The run is dated by the edition, not by the clock: the same edition gives the same crate.
    """
    known = {entity["@id"]: entity for entity in graph}
    slots = {"data/": "#tables", "chapters/": "#notebooks", "site/": "#site"}
    slots |= {path: "#pdf" for path in sizes if path.endswith(".pdf") and "/" not in path}
    slots = {path: slot for path, slot in slots.items() if path in known}
    given = [path for path in slots if path in ("data/", "chapters/")]
    made = [path for path in slots if path not in given]
    for path, slot in slots.items():
        known[path]["exampleOfWork"] = {"@id": slot}
    if "README.md" in known:
        known["README.md"]["about"] = {"@id": "./"}
    makefile = known.setdefault("Makefile", {"@id": "Makefile", "name": "Makefile"})
    if makefile not in graph:
        graph.append(makefile)
    makefile |= {
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
        "description": "make book, make pdf, make archive: executes the notebooks, builds site, PDF and archive.",
        "programmingLanguage": {"@id": "#make"},
        "license": {"@id": f"{SPDX}MIT"},
        "version": str(entry["version"]),
        "conformsTo": {"@id": COMPUTATIONAL},
        "input": [{"@id": slots[path]} for path in given],
        "output": [{"@id": slots[path]} for path in made],
    }
    return [
        {
            "@id": "#make",
            "@type": "ComputerLanguage",
            "name": "GNU Make",
            "url": {"@id": "https://www.gnu.org/software/make/"},
        },
        {"@id": "https://www.gnu.org/software/make/", "@type": "WebSite", "name": "GNU Make"},
        {"@id": PARAMETER, "@type": "CreativeWork", "name": "FormalParameter profile", "version": "1.0-RELEASE"},
        {
            "@id": COMPUTATIONAL,
            "@type": "CreativeWork",
            "name": "ComputationalWorkflow profile",
            "version": "1.0-RELEASE",
        },
        *(
            {
                "@id": slot,
                "@type": "FormalParameter",
                "name": slot[1:],
                "additionalType": "File" if slot == "#pdf" else "Dataset",
                "conformsTo": {"@id": PARAMETER},
                "workExample": {"@id": path},
            }
            for path, slot in slots.items()
        ),
        {
            "@id": "#run",
            "@type": "CreateAction",
            "name": "make archive",
            "description": "Ran all notebooks and built site and PDF. Dated by the edition, not by the clock.",
            "endTime": f"{entry['date-released']}T00:00:00+00:00",
            "agent": {"@id": "#author-1"},
            "instrument": {"@id": "Makefile"},
            "object": [{"@id": path} for path in given],
            "result": [{"@id": path} for path in made],
            "actionStatus": "http://schema.org/CompletedActionStatus",
        },
    ]


def _several(found: list[Any]) -> Any:
    """A list, or its one member: the form that RO-Crate recommends."""
    return found[0] if len(found) == 1 else found


def _ids(entities: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [{"@id": entity["@id"]} for entity in entities]


def _file(path: str, size: int, table: Mapping[str, Any] | None) -> dict[str, Any]:
    told: dict[str, Any] = {"@id": path, "@type": "File", "name": Path(path).name, "contentSize": str(size)}
    told["encodingFormat"] = MEDIA.get(Path(path).suffix, "text/plain")
    if table:
        told |= {
            "name": table["title"],
            "description": table["description"],
            "conditionsOfAccess": "; ".join(licence["title"] for licence in table["licenses"]),
        }
        if "coverage" in table and "temporal" in table["coverage"]:
            told["temporalCoverage"] = table["coverage"]["temporal"]
    return told


# -- files ----------------------------------------------------------------------------------------


def text(entry: Mapping[str, Any]) -> str:
    """JSON as it is stored."""
    return json.dumps(entry, ensure_ascii=False, indent=2) + "\n"


def files(root: Path = ROOT) -> dict[str, str]:
    """The files that stand in the repository, with their content."""
    entry = cff(root)
    log = changelog((root / "CHANGELOG.md").read_text("utf-8"), data.load("corrections"), manifest.editions())
    return {
        ".zenodo.json": text(zenodo(entry)),
        "codemeta.json": text(codemeta(entry)),
        "CHANGELOG.md": log,
        "REPLICATION.md": replication.replication(entry, root),
        "codecheck.yml": replication.codecheck(entry, site_address() or repository().url, root),
        "repro.yaml": replication.repro(root),
    }


def changelog(text: str, log: pd.DataFrame, held: dict[str, list[manifest.Row]]) -> str:
    """The change log with what each edition corrected, revised and drew anew, from the table of corrections and the manifests.

    What stands below the headings "### Corrections" and "### Figures and statements" of an edition is written anew. Corrections
    are counted only: the page of that name shows the change log beside the whole of each.
    """
    blocks = re.split(r"^(?=## )", text, flags=re.M)
    return "".join(_listed(block, log, held) for block in blocks).rstrip() + "\n"


def _listed(block: str, log: pd.DataFrame, held: dict[str, list[manifest.Row]]) -> str:
    version = block.removeprefix("## ").partition(" – ")[0].strip()
    own = log[log["edition"] == version]
    kept = re.split(r"^### (?:Corrections|Revisions|Figures and statements)$", block, flags=re.M)[0].rstrip() + "\n"
    if len(own):
        kinds = [prose.so_many(int((own["kind"] == kind).sum()), kind) for kind in ("correction", "revision")]
        kept += f"\n### Corrections\n\n- {' and '.join(kinds)}: the page *Corrections* and `data/corrections.csv` give each, "
        kept += "with what the book said, what it says now and the reason.\n"
    lines = [f"- {line}." for line in manifest.changes(version, held)] if version in held else []
    kept += "\n### Figures and statements\n\n" + "\n".join(lines) + "\n" if lines else ""
    return kept + "\n"


if __name__ == "__main__":
    for name, content in files().items():
        (ROOT / name).write_text(content, "utf-8")
        print(name)
