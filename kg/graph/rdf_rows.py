"""Facts as quads, row by row: what is resolved, what each source said, topics with their passages, memberships."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import pyarrow as pa

from kg.graph.nquads import Setting, iri, literal, quad, term
from kg.graph.rdf_texts import span_of, text_path
from kg.graph.statements import predicate_of
from kg.graph.view import identifier_of, version_link
from kg.ids import link
from kg.ontology import load


def of_fact(row: Mapping[str, Any], setting: Setting) -> Iterator[str]:
    """Yield a resolved fact; what a standard vocabulary also says of it is written beside it."""
    subject, predicate = iri(setting.base + row["subject"]), row["predicate"]
    if predicate in _NOT_FACTS or (predicate == "dcterms:abstract" and not setting.with_text):
        return
    value = _object(row, setting.base)
    yield quad(subject, predicate, value)
    if predicate in _things():
        yield quad(subject, "schema:mentions", value)
    elif row["datatype"] == "code":
        yield quad(value, "rdf:type", term("schema:SoftwareSourceCode"))
        yield quad(value, "schema:codeRepository", iri(row["object"]))
    elif predicate in {"dcterms:subject", "kg:hasTopic"}:
        yield from _topic(row, value, setting)
    elif predicate == "dcterms:isVersionOf":
        yield quad(value, "dcterms:hasVersion", subject)
    elif predicate == "kg:versionIdentifier" and (known := identifier_of(row["object"])):
        if address := version_link(row["subject"], known):
            yield quad(subject, "schema:url", iri(address))
    elif predicate == "pro:isHeldBy":
        yield quad(subject, "rdf:type", term("kg:Authorship"))
        yield quad(subject, "rdf:type", term("pro:RoleInTime"))
        yield quad(subject, "pro:withRole", term("pro:author"))
    elif predicate == "kg:orcid":
        yield quad(subject, "schema:sameAs", iri(f"https://orcid.org/{row['object']}"))
    elif predicate == "kg:ror":
        yield quad(subject, "schema:sameAs", value)
    elif predicate == "kg:hasIdentifier" and (known := identifier_of(row["object"])):
        yield from _identifier(subject, row["subject"].partition("/")[0], value, known)


OF_SEAT: Final = ("kg:country", "kg:sector")
"""What papers say of an organisation; a list that knows it says it better."""

_NOT_FACTS: Final = frozenset({"foaf:name", "kg:citedAs", *OF_SEAT})
"""Of several spellings one is the name: see `_nodes`."""


@cache
def _things() -> frozenset[str]:
    """Return the predicates that lead from a paper to a thing that it mentions."""
    return frozenset(predicate_of(kind, role) for kind in load().kinds.values() for role in kind.relations)


_IDENTIFIERS: Final = {"person": "datacite:PersonalIdentifier", "organization": "datacite:OrganizationIdentifier"}

_SCHEMES: Final = {
    "arxiv": "datacite:arxiv", "doi": "datacite:doi", "pmid": "datacite:pmid", "pmcid": "datacite:pmcid",
    "openalex": "datacite:openalex", "dblp": "datacite:dblp-record", "s2": "kg:semantic-scholar", "acl": "kg:acl-anthology",
    "openreview": "kg:openreview-forum",
}  # fmt: skip
"""What DataCite calls the schemes, and what we call those that it does not know."""


def _identifier(subject: str, kind: str, node: str, known: str) -> Iterator[str]:
    """Yield an identifier as a thing of its own (DataCite ontology), and the link that it is."""
    scheme, _, name = known.partition(":")
    if address := link(known):
        yield quad(subject, "schema:sameAs", iri(address))
    yield quad(node, "rdf:type", term(_IDENTIFIERS.get(kind, "datacite:PrimaryResourceIdentifier")))
    yield quad(node, "datacite:usesIdentifierScheme", term(_SCHEMES[scheme]))
    yield quad(node, "kg:value", literal(name))


def _object(row: Mapping[str, Any], base: str) -> str:
    """Return the object of a fact or statement."""
    datatype, value = row["datatype"], row["object"]
    if datatype == "entity":
        return iri(base + value)
    if datatype == "code":
        return iri(base + code_path(value))
    if datatype == "link":
        return iri(value)
    return term(value) if datatype == "iri" else literal(value, datatype)


def code_path(url: str) -> str:
    """Return the path of a code repository."""
    return f"code/{hashlib.sha256(url.lower().encode()).hexdigest()[:16]}"


def _topic(row: Mapping[str, Any], topic: str, setting: Setting) -> Iterator[str]:
    """Yield a topic of a paper under the standard property for it, and how it was worked out if it is not printed."""
    paper = iri(setting.base + row["subject"])
    yield quad(paper, "schema:about", topic)
    if row["predicate"] == "kg:hasTopic":
        node = _assignment(row, setting)
        yield quad(paper, "kg:hasTopicAssignment", node)
        yield quad(node, "rdf:type", term("kg:TopicAssignment"))
        yield quad(node, "kg:assignedTopic", topic)
        yield quad(node, "kg:score", literal(f"{row['score']:.4f}", "xsd:double"))
        yield quad(node, "prov:wasGeneratedBy", iri(f"{setting.base}run/{setting.config}"))


def _assignment(row: Mapping[str, Any], setting: Setting) -> str:
    """Return the node that says how a topic of a paper was worked out."""
    key = f"{row['subject']} {row['object']}"
    return iri(f"{setting.base}topic-assignment/{hashlib.sha256(key.encode()).hexdigest()[:16]}")


TOPIC_PASSAGES: Final = """
SELECT DISTINCT subject, object, record, field, field_start, field_end, quote FROM resolved
WHERE predicate = 'kg:hasTopic' AND field IN ('title', 'abstract')
"""
"""The passages behind the topics that were worked out; a keyword is no text of its own in the graph."""

TOPIC_PASSAGE: Final = pa.schema([
    ("subject", pa.string()), ("object", pa.string()), ("record", pa.string()), ("field", pa.string()),
    ("field_start", pa.int32()), ("field_end", pa.int32()), ("quote", pa.string()),
])  # fmt: skip
"""The columns of `TOPIC_PASSAGES`."""


def of_topic_passage(row: Mapping[str, Any], setting: Setting) -> Iterator[str]:
    """Yield a passage that speaks for a topic of a paper; rows are those of `TOPIC_PASSAGES`."""
    context = setting.base + text_path(row["record"], row["field"])
    span = iri(f"{context}#char={row['field_start']},{row['field_end']}")
    yield quad(_assignment(row, setting), "kg:evidence", span)
    yield from span_of(span, context, row["field_start"], row["field_end"], row["quote"])


MEMBERSHIPS: Final = """
WITH told AS (
  SELECT h.object AS person, a.object AS organization, a.subject AS authorship, CAST(y.object AS INTEGER) AS year
  FROM facts a
  JOIN facts h ON h.subject = a.subject AND h.predicate = 'pro:isHeldBy'
  JOIN facts p ON p.subject = a.subject AND p.predicate = 'pro:relatesToDocument'
  LEFT JOIN facts y ON y.subject = p.object AND y.predicate = 'kg:year'
  WHERE a.predicate = 'kg:affiliation' AND h.object LIKE 'person/%'
), years AS (
  SELECT person, organization, min(year) AS "first", max(year) AS "last" FROM told GROUP BY person, organization
)
SELECT DISTINCT t.person, t.organization, t.authorship, CAST(y."first" AS INTEGER) AS "first", CAST(y."last" AS INTEGER) AS "last"
FROM told t JOIN years y ON y.person = t.person AND y.organization = t.organization
"""
"""Who belonged where in which years, as far as papers show, with each place in an author list that shows it."""

MEMBERSHIP: Final = pa.schema([
    ("person", pa.string()), ("organization", pa.string()), ("authorship", pa.string()), ("first", pa.int32()), ("last", pa.int32()),
])  # fmt: skip
"""The columns of `MEMBERSHIPS`."""


def of_membership(row: Mapping[str, Any], setting: Setting) -> Iterator[str]:
    """Yield that a person belonged to an organisation (the Organization Ontology); rows are those of `MEMBERSHIPS`."""
    key = f"{row['person']} {row['organization']}"
    node = iri(f"{setting.base}membership/{hashlib.sha256(key.encode()).hexdigest()[:16]}")
    yield quad(node, "rdf:type", term("org:Membership"))
    yield quad(node, "org:member", iri(setting.base + row["person"]))
    yield quad(node, "org:organization", iri(setting.base + row["organization"]))
    yield quad(node, "prov:wasDerivedFrom", iri(setting.base + row["authorship"]))
    for predicate, year in (("kg:firstYear", row["first"]), ("kg:lastYear", row["last"])):
        if year is not None:
            yield quad(node, predicate, literal(str(year), "xsd:integer"))


SAID: Final = """
SELECT DISTINCT subject, said, object, datatype, document FROM resolved
WHERE said NOT IN ('dcterms:abstract', 'rdf:type') AND subject NOT LIKE 'version/%'
"""
"""What each source said, once. Versions repeat what was said of the paper, sorted by where it appeared."""

SAID_COLUMNS: Final = pa.schema([
    ("subject", pa.string()), ("said", pa.string()), ("object", pa.string()), ("datatype", pa.string()), ("document", pa.string()),
])  # fmt: skip
"""The columns of `SAID`."""


def of_said(row: Mapping[str, Any], setting: Setting) -> Iterator[str]:
    """Yield what a source said, in the source's own graph, about the resolved entities; rows are those of `SAID`."""
    graph = iri(f"{setting.base}graph/{row['document']}")
    yield quad(iri(setting.base + row["subject"]), row["said"], _object(row, setting.base), graph)
