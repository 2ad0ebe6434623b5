"""Names that people gave to persons and organisations: facts that the decisions file states.

In: who is renamed, and where that is said. Out: statements like any other, whose source is the decisions file.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kg.model.tables import DOCUMENTS, STATEMENTS

Row = dict[str, Any]


class Renamed(NamedTuple):
    """A name to show: path of the entity, the name, and the line of the decisions file that gives it."""

    path: str
    name: str
    line: int


def document(name: str, text: str) -> Row:
    """Return what people decided as a document.

    Args:
        name: Name of the decisions file.
        text: The lines that state something, as they are written by us: other lines of the file change nothing here.
    """
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()
    return dict(zip(DOCUMENTS.names, (digest[:16], name, digest, len(content), None), strict=True))


def said(names: Iterable[Renamed], source: Row) -> Iterator[Row]:
    """Yield the names as rows of `STATEMENTS`, sorted.

    Args:
        names: Who is renamed.
        source: The document that says so.
    """
    for each in sorted(names):
        yield dict.fromkeys(STATEMENTS.names) | {
            "subject": each.path, "predicate": "kg:preferredName", "object": each.name, "datatype": "xsd:string",
            "document": source["id"], "record": source["id"], "field": "renamed", "line": each.line, "before": "",
            "quote": each.name, "after": "", "by": source["name"], "score": 1.0,
        }  # fmt: skip
