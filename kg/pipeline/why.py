"""Why a node or an edge is in the graph: the passages that carry it, and the merges behind it."""

from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from kg.ontology import PREFIXES
from kg.pipeline.opened import Opened


@dataclass(frozen=True, slots=True)
class Passage:
    """Where something was read.

    Attributes:
        subject: Path of the subject, below the base IRI.
        predicate: Compact IRI.
        value: Path of the object, or a literal's text.
        document: Name of the file.
        line: 1-based line.
        record: Id of the record.
        field: Name of the field.
        start: Offset in the document's text, in code points; None where the file encodes the field.
        end: Offset behind the last code point.
        quote: The exact characters.
        before: What stands before it in its sentence.
        after: What stands behind it in its sentence.
        by: The rule or reader that found it.
        score: How sure, 0 to 1.
    """

    subject: str
    predicate: str
    value: str
    document: str
    line: int
    record: str
    field: str
    start: int | None
    end: int | None
    quote: str
    before: str
    after: str
    by: str
    score: float


def passages(opened: Opened, subject: str, predicate: str | None = None, value: str | None = None) -> list[Passage]:
    """Return the passages behind a node (statements about it or that lead to it) or an edge.

    Args:
        opened: The build.
        subject: IRI of a node.
        predicate: Compact or full IRI; None for all.
        value: IRI or literal of the object; None for all.
    """
    path = opened.path(subject)
    wanted = compact(predicate) if predicate else None
    target = opened.path(value) if value else None
    about = pc.field("subject") == path
    if predicate is None:
        about |= pc.field("object") == path
    rows = [
        row for row in opened.rows("statements", about)
        if wanted in {None, row["predicate"], row["said"]} and target in {None, row["object"]}
    ]  # fmt: skip
    names = {row["id"]: row["name"] for row in opened.table("documents").to_pylist()}
    found = [_passage(row, names, opened.run["kg"]) for row in rows]
    return sorted(found, key=lambda p: (p.predicate, p.value, p.document, p.start or 0, p.record))


def compact(predicate: str) -> str:
    """Return a predicate as compact IRI.

    >>> compact("http://purl.org/dc/terms/title"), compact("kg:usesDataset"), compact("usesDataset")
    ('dcterms:title', 'kg:usesDataset', 'kg:usesDataset')
    """
    plain = predicate.strip("<>")
    for prefix, namespace in PREFIXES.items():
        if plain.startswith(namespace):
            return f"{prefix}:{plain.removeprefix(namespace)}"
    return plain if ":" in plain else f"kg:{plain}"


def _passage(row: dict[str, Any], names: dict[str, str], version: str) -> Passage:
    return Passage(
        subject=row["subject"], predicate=row["predicate"], value=row["object"], document=names[row["document"]],
        line=row["line"], record=row["record"], field=row["field"] or "record", start=row["start"], end=row["end"],
        quote=row["quote"] or "", before=row["before"] or "", after=row["after"] or "", by=f"{row['by']} (kg {version})", score=row["score"],
    )  # fmt: skip
