"""Which papers of the corpus are those that the ontology says its concepts come from: facts that the ontology states.

In: the ontology's introductions, and what the records state. Out: statements like any other, whose source is the
ontology's file, quoted with line and offsets. A paper is known by an identifier, or by its title where it has none: lists
of references seldom have more.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

import pyarrow as pa

from kg.ids import as_step
from kg.model.tables import DOCUMENTS, STATEMENTS
from kg.ontology import ID_SPACE, Introduction
from kg.text import words

Row = dict[str, Any]

SAID: Final = pa.schema([
    ("paper", pa.string()), ("concept", pa.string()), *[STATEMENTS.field(name) for name in ("document", "line", "start", "end", "quote")],
])  # fmt: skip
"""One introduction: the path of the paper's identifier or the key of its title, the path of the concept, and where it is said."""

TITLES: Final = "SELECT DISTINCT subject, object FROM stated WHERE predicate = 'dcterms:title' ORDER BY subject, object"
"""Over `stated`: the titles of papers."""

TITLED: Final = pa.schema([("subject", pa.string()), ("paper", pa.string())])
"""A paper and the key of its title."""


def titled(titles: Iterable[Row], keys: Collection[str]) -> Iterator[Row]:
    """Yield the papers whose titles are among the keys of `said`, as rows of `TITLED`; `titles` answers `TITLES`."""
    for row in titles:
        if (key := _title_key(row["object"])) in keys:
            yield {"subject": row["subject"], "paper": key}


def _title_key(title: str) -> str:
    """Return what stays the same of a title when case, blanks and punctuation are written otherwise."""
    return f"title/{''.join(words(title))}"


def said(introductions: Iterable[Introduction]) -> Iterator[Row]:
    """Yield introductions as rows of `SAID`."""
    ids: dict[str, str] = {}
    for each in introductions:
        if each.file.name not in ids:
            ids[each.file.name] = hashlib.sha256(each.file.read_bytes()).hexdigest()[:16]
        yield {
            "paper": _title_key(each.paper) if each.titled else f"identifier/{as_step(each.paper)}", "concept": each.concept.removeprefix(ID_SPACE), "document": ids[each.file.name],
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
WITH known AS (
  SELECT subject, object AS paper FROM stated WHERE predicate = 'kg:hasIdentifier' UNION SELECT subject, paper FROM titled
)
SELECT DISTINCT coalesce(i.entity, k.subject) AS subject, 'kg:introduces' AS predicate, t.concept AS object, 'entity' AS datatype,
       t.document, t.document AS record, CASE WHEN t.paper LIKE 'title/%' THEN 'introductionTitle' ELSE 'introducedIn' END AS field, t.line, t."start", t."end", CAST(NULL AS INTEGER) AS field_start,
       CAST(NULL AS INTEGER) AS field_end, '' AS before, t.quote, '' AS after, 'ontology' AS "by", CAST(1.0 AS DOUBLE) AS score
FROM said t
JOIN known k ON k.paper = t.paper
LEFT JOIN identity i ON i.member = k.subject
ORDER BY subject, object, t.line
"""
"""Over `said`, `stated`, `titled` and `identity`: statements (`STATEMENTS`) that a paper introduces a concept."""
