"""Statements joined with identity: what is said of the entities, by whom, and on what evidence.

All joins are portable SQL over tables, run by whatever engine is passed in. Several sources may say different
things; for what can have only one value (a title, a date) the best-supported value is chosen here, and what each
source said stays in `said`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

import pyarrow as pa

from kg.model.graph import EDGES, EVIDENCE
from kg.model.tables import STATEMENTS, Relation
from kg.ontology import load


class Keep(Protocol):
    """An engine's verbs `sql` and `save` in one: runs a query over relations, and keeps the answer under a name."""

    def __call__(self, name: str, query: str, schema: pa.Schema, **relations: Relation) -> Relation:
        """Return the answer."""


FUNCTIONAL: Final = (
    "dcterms:title", "dcterms:abstract", "dcterms:issued", "kg:year", "kg:position", "kg:authorListComplete", "kg:statedAuthorCount",
    "kg:hIndex", "kg:paperCount", "kg:citationCount", "kg:noveltyPercent", "kg:aiScore", "kg:researchField",
    "kg:citedAs", "kg:ror", "kg:country", "kg:sector", "kg:preferredName",
    "fabio:hasPublicationYear", "kg:versionNumber", "kg:versionVenue",
)  # fmt: skip
"""Predicates with at most one value a subject in the resolved graph."""

_CAPITAL: Final = re.compile(r"([A-Z])")

_TOPICAL: Final = frozenset({"dcterms:subject", "kg:hasTopic"})
"""Predicates from a paper to its topics: printed by one source, worked out from what another says."""

_LIST_FACTS: Final = ("kg:position", "kg:authorListComplete")
"""Facts of a list as a whole: taken from one source's list, never mixed."""


RESOLVED: Final = pa.schema([
    *[STATEMENTS.field(name) for name in ("subject", "predicate", "object")], ("said", pa.string()),
    *[field for field in STATEMENTS if field.name not in {"subject", "predicate", "object"}],
])  # fmt: skip
"""Statements with entities in place of members; `said` is the predicate before the strongest one of a pair was chosen."""

FACTS: Final = pa.schema([
    ("subject", pa.string()), ("predicate", pa.string()), ("object", pa.string()), ("datatype", pa.string()),
    ("score", pa.float64()), ("support", pa.int32()),
])  # fmt: skip
"""One row per resolved fact."""

PLAIN_EDGES: Final = pa.schema([field for field in EDGES if field.name != "label"])
"""Edges between paths, before they become IRIs and get a label."""

TIES: Final = pa.schema([("target", pa.string()), ("papers", pa.int32()), ("year", pa.int32())])
"""What edges lead to: from how many papers, and the year of the first."""


@dataclass(frozen=True)
class Assembly:
    """What the joins give.

    Attributes:
        resolved: Every statement with the entities of its members in place of their keys: `RESOLVED`.
        facts: The resolved facts, by subject: `FACTS`.
        edges: The facts that tie a paper to another node, `EDGES` without its labels, and with paths for ids.
        ties: What edges lead to, by path: `TIES`.
    """

    resolved: Relation
    facts: Relation
    edges: Relation
    ties: Relation


def assemble(keep: Keep, statements: Relation, identity: Relation) -> Assembly:
    """Join statements with identity, choose among values, and pick out the edges.

    Args:
        keep: Where the queries run and their answers stay.
        statements: What the records say: `STATEMENTS`.
        identity: Which member is which entity: `IDENTITY`.
    """
    things, functional, lists = _in(_thing_predicates()), _in(FUNCTIONAL), _in(_LIST_FACTS)
    rest = [name for name in RESOLVED.names if name not in {"subject", "predicate", "object", "said"}]
    columns = {"rest": _columns("st", rest), "others": _columns("r", rest)}
    resolved = keep("statements", _RESOLVED.format(things=things, **columns), RESOLVED, statements=statements, identity=identity)
    facts = keep("facts", _FACTS.format(functional=functional, lists=lists), FACTS, resolved=resolved)
    edges = keep("ties-of-papers", _EDGES.format(relations=_in(edge_predicates())), PLAIN_EDGES, facts=facts)
    return Assembly(resolved, facts, edges, keep("ties", _TIES, TIES, edges=edges, facts=facts))


def evidence(keep: Keep, assembly: Assembly, documents: Relation) -> Relation:
    """Return the passages behind each edge: `EVIDENCE`.

    Args:
        keep: Where the query runs and its answer stays.
        assembly: The joined statements.
        documents: The documents, for their names.
    """
    return keep("evidence", _EVIDENCE, EVIDENCE, resolved=assembly.resolved, edges=assembly.edges, documents=documents)


def edge_predicates() -> dict[str, str]:
    """Return the predicates that tie a paper to another node, with the words for them."""
    words = {
        "dcterms:creator": "author",
        "dcterms:subject": "topic",
        "kg:hasTopic": "about",
        "kg:hasAffiliation": "affiliation",
        "cito:cites": "cites",
        "kg:introduces": "introduces",
        "kg:outperforms": "outperforms",
        "kg:comparedWith": "compared with",
        "kg:extends": "extends",
        "kg:mentions": "mentions",
    }
    for kind in load().kinds.values():
        if "uses" in kind.relations:
            predicate = "kg:" + kind.relations["uses"].rpartition("#")[2]
            words.setdefault(predicate, _CAPITAL.sub(r" \1", predicate.removeprefix("kg:")).lower())
    return words


def _thing_predicates() -> list[str]:
    """Return the predicates of which the strongest stands for all of a pair: what a mention can become, and topics."""
    return sorted({"kg:" + iri.rpartition("#")[2] for k in load().kinds.values() for iri in k.relations.values()} | _TOPICAL)


def _in(values: Iterable[str]) -> str:
    """Return names of predicates as the inside of an SQL `IN (...)`; they come from the ontology, not from data."""
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


def _columns(table: str, names: Iterable[str]) -> str:
    return ", ".join(f'{table}."{name}"' for name in names)


# A paper that introduces a thing also uses it: the strongest relation of a pair stands for all its passages. So does a
# printed category for what says the same of the paper elsewhere.
_RESOLVED: Final = """
WITH joined AS (
  SELECT coalesce(s.entity, st.subject) AS subject, st.predicate AS said,
         CASE WHEN st.datatype = 'entity' THEN coalesce(o.entity, st.object) ELSE st.object END AS object,
         {rest}
  FROM statements st
  LEFT JOIN identity s ON s.member = st.subject
  LEFT JOIN identity o ON st.datatype = 'entity' AND o.member = st.object
), ranked AS (
  SELECT *, CASE WHEN said NOT IN ({things}) THEN -1
                 WHEN said IN ('kg:introduces', 'dcterms:subject') THEN 0 WHEN said = 'kg:mentions' THEN 2 ELSE 1 END AS strength
  FROM joined
), strongest AS (
  SELECT subject, object, min_by(said, strength) AS predicate
  FROM ranked WHERE strength >= 0 GROUP BY subject, object
)
SELECT r.subject, CASE WHEN r.strength < 0 THEN r.said ELSE g.predicate END AS predicate, r.object, r.said,
       {others}
FROM ranked r LEFT JOIN strongest g ON r.strength >= 0 AND g.subject = r.subject AND g.object = r.object
ORDER BY r.subject, 2, r.object, r.document, r.record, r.field, r.field_start, r."by"
"""

# A complete list says who the authors are: what other sources say of them stays in `said`, and makes no further authors.
_FACTS: Final = """
WITH lists AS (
  SELECT subject AS paper, record, bool_and(object = 'true') AS complete
  FROM resolved WHERE predicate = 'kg:authorListComplete' GROUP BY subject, record
), sizes AS (
  SELECT record, count(*) AS authors, sum(length(quote)) AS letters
  FROM resolved WHERE predicate = 'kg:position' GROUP BY record
), reference AS (
  SELECT paper, record, complete FROM (
    SELECT l.paper, l.record, l.complete, row_number() OVER (
      PARTITION BY l.paper ORDER BY l.complete DESC, s.authors DESC, s.letters DESC, l.record) AS place
    FROM lists l JOIN sizes s ON s.record = l.record)
  WHERE place = 1
), listed AS (
  SELECT r.object AS slot FROM resolved r JOIN reference c ON c.paper = r.subject AND c.record = r.record
  WHERE c.complete AND r.predicate = 'kg:hasAuthorship'
), unlisted AS (
  SELECT DISTINCT r.subject AS paper, r.object AS slot, h.object AS person
  FROM resolved r
  JOIN reference c ON c.paper = r.subject AND c.complete
  JOIN resolved h ON h.subject = r.object AND h.predicate = 'pro:isHeldBy'
  WHERE r.predicate = 'kg:hasAuthorship' AND r.object NOT IN (SELECT slot FROM listed)
), counted AS (
  SELECT subject, predicate, object, datatype, max(score) AS score, count(*) AS support
  FROM resolved r
  WHERE (predicate NOT IN ({lists}) OR record IN (SELECT record FROM reference))
    AND subject NOT IN (SELECT slot FROM unlisted)
    AND NOT (predicate = 'kg:hasAuthorship' AND object IN (SELECT slot FROM unlisted))
    AND NOT (predicate = 'dcterms:creator' AND EXISTS (
      SELECT 1 FROM unlisted u WHERE u.paper = r.subject AND u.person = r.object))
  GROUP BY subject, predicate, object, datatype
), placed AS (
  SELECT *, row_number() OVER (
    PARTITION BY subject, predicate
    ORDER BY score DESC, support DESC,
      CASE WHEN datatype IN ('xsd:date', 'xsd:integer') THEN length(object) ELSE -length(object) END, object) AS place
  FROM counted
), chosen AS (
  SELECT * FROM placed WHERE place = 1 OR predicate NOT IN ({functional})
), dated AS (
  SELECT subject, object AS date FROM chosen WHERE predicate = 'dcterms:issued'
)
SELECT c.subject, c.predicate,
       CASE WHEN c.predicate IN ('kg:year', 'fabio:hasPublicationYear') AND d.date IS NOT NULL THEN substr(d.date, 1, 4) ELSE c.object END AS object,
       c.datatype, c.score, CAST(c.support AS INTEGER) AS support
FROM chosen c LEFT JOIN dated d ON d.subject = c.subject
ORDER BY c.subject, c.predicate, 3, c.datatype
"""

_EDGES: Final = """
WITH places AS (
  SELECT r.object AS paper, h.object AS person, CAST(min(CAST(p.object AS INTEGER)) AS INTEGER) AS position
  FROM facts p
  JOIN facts r ON r.subject = p.subject AND r.predicate = 'pro:relatesToDocument'
  JOIN facts h ON h.subject = p.subject AND h.predicate = 'pro:isHeldBy'
  WHERE p.predicate = 'kg:position' GROUP BY r.object, h.object
)
SELECT substr(sha256(f.subject || ' ' || f.predicate || ' ' || f.object), 1, 16) AS id,
       f.subject AS source, f.object AS target, f.predicate,
       CASE WHEN f.predicate = 'dcterms:creator' THEN a.position END AS position, f.score, f.support
FROM facts f LEFT JOIN places a ON a.paper = f.subject AND a.person = f.object
WHERE f.datatype = 'entity' AND f.predicate IN ({relations}) AND f.subject <> f.object
ORDER BY source, f.predicate, position NULLS LAST, target
"""

_TIES: Final = """
SELECT e.target, CAST(count(DISTINCT e.source) AS INTEGER) AS papers, min(CAST(y.object AS INTEGER)) AS year
FROM edges e LEFT JOIN facts y ON y.subject = e.source AND y.predicate = 'kg:year'
GROUP BY e.target ORDER BY e.target
"""

_EVIDENCE: Final = """
SELECT e.id AS edge, d.name AS document, r.line, r.record, r.field, r."start", r."end",
       r.before, coalesce(r.quote, '') AS quote, r.after, r."by", r.score
FROM resolved r
JOIN edges e ON e.source = r.subject AND e.predicate = r.predicate AND e.target = r.object
JOIN documents d ON d.id = r.document
ORDER BY edge, document, r.record, coalesce(r."start", 0), r."by", r.field, r.field_start, quote
"""
