"""European Union: the consolidated financial sanctions list as CSV and XML; dates are those of the last legal act."""

from __future__ import annotations

import pandas as pd

from refresh import answers
from refresh.publishers import Request

CSV = "https://webgate.ec.europa.eu/fsd/fsf/public/files/csvFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"  # noqa: S105 - public
XML = "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"  # noqa: S105 - public
COLUMNS = [
    *("fileGenerationDate", "Entity_LogicalId", "Entity_SubjectType", "Entity_Regulation_PublicationDate"),
    "Entity_Regulation_Programme",
]


def whole_list() -> Request:
    """The list: one row an alias."""
    return Request(CSV, largest=150_000_000, deadline=1800)


def read(raw: bytes) -> pd.DataFrame:
    """One row a subject: number, type, programme, day of the last act (not of the first listing)."""
    table = answers.table(raw, COLUMNS, ";")
    if len(set(table["fileGenerationDate"])) != 1:
        raise answers.Unexpected("more than one day of generation in one file")
    subjects = table.drop_duplicates("Entity_LogicalId")[COLUMNS]
    return answers.whole(
        subjects,
        ["Entity_LogicalId"],
        [],
        fileGenerationDate=r"\d{2}/\d{2}/\d{4}",
        Entity_LogicalId=r"\d+",
        Entity_SubjectType="P|E",
        Entity_Regulation_PublicationDate=r"(\d{4}-\d{2}-\d{2})?",
    )


def read_xml(raw: bytes) -> pd.DataFrame:
    """The same from the XML form."""
    root = answers.tree(raw, "export")
    rows = []
    for entity in (child for child in root if child.tag.endswith("}sanctionEntity")):
        acts = [child for child in entity if child.tag.endswith("}regulation")]
        kinds = [child for child in entity if child.tag.endswith("}subjectType")]
        rows.append(
            {
                "generationDate": (root.get("generationDate") or "")[:10],
                "logicalId": entity.get("logicalId"),
                "euReferenceNumber": entity.get("euReferenceNumber") or "",
                "programme": acts[0].get("programme") if acts else "",
                "publicationDate": acts[0].get("publicationDate") if acts else "",
                "subjectType": kinds[0].get("code") if kinds else "",
            }
        )
    table = answers.rows(
        rows, ["generationDate", "logicalId", "euReferenceNumber", "programme", "publicationDate", "subjectType"]
    )
    return answers.whole(table, ["logicalId"], [], logicalId=r"\d+", subjectType="person|enterprise")


def signal(raw: bytes) -> str:
    """Day of generation."""
    return str(read(raw)["fileGenerationDate"].iloc[0])
