"""Which papers of the corpus are those that the ontology says its concepts come from: facts that the ontology states.

In: the ontology's introductions, and what the records state. Out: statements like any other, whose source is the
ontology's file, quoted with line and offsets.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyarrow as pa

from kg.ids import as_step
from kg.model.tables import DOCUMENTS, STATEMENTS
from kg.ontology import ID_SPACE, Introduction

Row = dict[str, Any]

SAID: Final = pa.schema([
    ("identifier", pa.string()), ("concept", pa.string()), *[STATEMENTS.field(name) for name in ("document", "line", "start", "end", "quote")],
])  # fmt: skip
"""One introduction: paths of the paper's identifier and of the concept, and where it is said."""


def said(introductions: Iterable[Introduction]) -> Iterator[Row]:
    """Yield introductions as rows of `SAID`."""
    ids: dict[str, str] = {}
    for each in introductions:
        if each.file.name not in ids:
            ids[each.file.name] = hashlib.sha256(each.file.read_bytes()).hexdigest()[:16]
        yield {
            "identifier": f"identifier/{as_step(each.identifier)}", "concept": each.concept.removeprefix(ID_SPACE), "document": ids[each.file.name],
            "line": each.line, "start": each.start, "end": each.end, "quote": each.quote,
        }  # fmt: skip


def documents(introductions: Iterable[Introduction], used: Iterable[str]) -> list[Row]:
    """Return the ontology's files as rows of documents, those of them whose ids are in `used`."""
    wanted, found = set(used), {}
    for path in {each.file for each in introductions}:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest[:16] in wanted:
            values = (digest[:16], f"ontology/{path.name}", digest, len(content), None)
            found[path.name] = dict(zip(DOCUMENTS.names, values, strict=True))
    return [row for _, row in sorted(found.items())]


# A paper that several records describe is one: the statement is made of it once.
FOUND: Final = """
SELECT DISTINCT coalesce(i.entity, s.subject) AS subject, 'kg:introduces' AS predicate, t.concept AS object, 'entity' AS datatype,
       t.document, t.document AS record, 'introducedIn' AS field, t.line, t."start", t."end", CAST(NULL AS INTEGER) AS field_start,
       CAST(NULL AS INTEGER) AS field_end, '' AS before, t.quote, '' AS after, 'ontology' AS "by", CAST(1.0 AS DOUBLE) AS score
FROM said t
JOIN stated s ON s.predicate = 'kg:hasIdentifier' AND s.object = t.identifier
LEFT JOIN identity i ON i.member = s.subject
ORDER BY subject, object, t.line
"""
"""Over `said`, `stated` and `identity`: statements (`STATEMENTS`) that a paper introduces a concept."""
