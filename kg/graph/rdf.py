"""The graph as quads in N-Quads syntax: sorted lines, the same bytes for the same input.

The default graph holds the resolved facts; one named graph per source holds what that source said. Two graphs can be
dropped: `graph/identity` holds `owl:sameAs` links, `graph/former` leads from what nodes may have been called before to
what they are called now. No blank nodes, no RDF-star, no `rdf:List`. Classes and properties of standard vocabularies are
written beside our own, so that plain SPARQL needs no reasoner.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Final, NamedTuple

import pyarrow as pa

from kg.graph.assemble import Assembly
from kg.graph.statements import predicate_of, thing
from kg.graph.view import (
    BEARERS,
    Entity,
    identifier_of,
    is_paper,
    labels,
    paper_label,
    tied,
    version_label,
    version_link,
)  # fmt: skip
from kg.ids import link
from kg.model import Field, Judgement, Mention, Record
from kg.ontology import KG, PREFIXES, Concept, load
from kg.text import CONTROL

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NOT_IRI: Final = re.compile(
    r"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%(?![0-9A-Fa-f]{2})"
)
"""What an IRI (RFC 3987) may not hold as such; the planes beyond the first are encoded too, for simplicity."""


class Setting(NamedTuple):
    """What all quads of a build depend on; it can travel to other processes.

    Attributes:
        base: Base IRI of all ids.
        space: Id space of the ontology's concepts.
        config: Hash of everything that the result depends on besides the input.
        with_text: Whether abstracts and the texts of passages are written.
    """

    base: str
    space: str
    config: str
    with_text: bool


@dataclass(frozen=True)
class Build:
    """What becomes RDF besides the facts and the texts, which are made into quads batch by batch.

    Attributes:
        setting: What all quads depend on.
        version: Version of kg.
        documents: Rows `{id, name, sha256, size, reader}`, one a document.
        judgements: The ledger of identity.
        identity: Member (record, author slot, affiliation string) to entity path.
        printed: Author slot or affiliation string to the name as printed.
        assembly: The joined statements.
        names: Path of a thing to its names.
        known: Path of a thing to what the ontology and a person's own lists say of it.
        former: Rows `{former, entity}`: paths that entities may have had before.
    """

    setting: Setting
    version: str
    documents: Sequence[Mapping[str, Any]]
    judgements: Iterable[Judgement]
    identity: Mapping[str, str]
    printed: Mapping[str, str]
    assembly: Assembly
    names: Mapping[str, list[str]]
    known: Mapping[str, Concept]
    former: Sequence[Mapping[str, str]] = ()

    @property
    def base(self) -> str:
        """Base IRI of all ids."""
        return self.setting.base

    @property
    def space(self) -> str:
        """Id space of the ontology's concepts."""
        return self.setting.space


def lines(build: Build) -> Iterator[str]:
    """Yield the quads of nodes, sources, decisions and records, in no order, some perhaps twice."""
    yield from _nodes(build)
    yield from _provenance(build)
    yield from _decisions(build)
    yield from _same(build)
    yield from _former(build)


def literal(text: str, datatype: str = "xsd:string", language: str = "") -> str:
    r"""Return a literal in N-Quads syntax; characters that no XML may hold become U+FFFD.

    >>> literal('say "hi"')
    '"say \\"hi\\""'
    >>> literal("2022", "xsd:integer")
    '"2022"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    quoted = f'"{CONTROL.sub(chr(0xFFFD), text).translate(_ESCAPES)}"'
    if language:
        return f"{quoted}@{language}"
    return quoted if datatype == "xsd:string" else f"{quoted}^^{term(datatype)}"


def term(compact: str) -> str:
    """Return a compact IRI in N-Quads syntax.

    >>> term("dcterms:title")
    '<http://purl.org/dc/terms/title>'
    """
    prefix, _, name = compact.partition(":")
    return f"<{PREFIXES[prefix]}{name}>"


def iri(text: str) -> str:
    """Return an IRI in N-Quads syntax; characters that it may not hold are percent-encoded.

    >>> iri("https://x.org/a b>")
    '<https://x.org/a%20b%3E>'
    """
    before, mark, fragment = text.partition("#")
    whole = before + mark + fragment.replace("#", "%23")
    return f"<{_NOT_IRI.sub(lambda m: ''.join(f'%{b:02X}' for b in m.group().encode('utf-8', 'replace')), whole)}>"


def _quad(subject: str, predicate: str, value: str, graph: str = "") -> str:
    return f"{subject} {term(predicate)} {value}{' ' + graph if graph else ''} .\n"


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


def of_fact(row: Mapping[str, Any], setting: Setting) -> Iterator[str]:
    """Yield a resolved fact; what a standard vocabulary also says of it is written beside it."""
    subject, predicate = iri(setting.base + row["subject"]), row["predicate"]
    if predicate in _NOT_FACTS or (predicate == "dcterms:abstract" and not setting.with_text):
        return
    value = _object(row, setting.base)
    yield _quad(subject, predicate, value)
    if predicate in _things():
        yield _quad(subject, "schema:mentions", value)
    elif row["datatype"] == "code":
        yield _quad(value, "rdf:type", term("schema:SoftwareSourceCode"))
        yield _quad(value, "schema:codeRepository", iri(row["object"]))
    elif predicate in {"dcterms:subject", "kg:hasTopic"}:
        yield from _topic(row, value, setting)
    elif predicate == "dcterms:isVersionOf":
        yield _quad(value, "dcterms:hasVersion", subject)
    elif predicate == "kg:versionIdentifier" and (known := identifier_of(row["object"])):
        if address := version_link(row["subject"], known):
            yield _quad(subject, "schema:url", iri(address))
    elif predicate == "pro:isHeldBy":
        yield _quad(subject, "rdf:type", term("kg:Authorship"))
        yield _quad(subject, "rdf:type", term("pro:RoleInTime"))
        yield _quad(subject, "pro:withRole", term("pro:author"))
    elif predicate == "kg:hasIdentifier" and (known := identifier_of(row["object"])):
        yield from _identifier(subject, row["subject"].partition("/")[0], value, known)


def _topic(row: Mapping[str, Any], topic: str, setting: Setting) -> Iterator[str]:
    """Yield a topic of a paper under the standard property for it, and how it was worked out if it is not printed."""
    paper = iri(setting.base + row["subject"])
    yield _quad(paper, "schema:about", topic)
    if row["predicate"] == "kg:hasTopic":
        node = _assignment(row, setting)
        yield _quad(paper, "kg:hasTopicAssignment", node)
        yield _quad(node, "rdf:type", term("kg:TopicAssignment"))
        yield _quad(node, "kg:assignedTopic", topic)
        yield _quad(node, "kg:score", literal(f"{row['score']:.4f}", "xsd:double"))
        yield _quad(node, "prov:wasGeneratedBy", iri(f"{setting.base}run/{setting.config}"))


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
    yield _quad(_assignment(row, setting), "kg:evidence", span)
    yield from _span(span, context, row["field_start"], row["field_end"], row["quote"])


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
    yield _quad(node, "rdf:type", term("org:Membership"))
    yield _quad(node, "org:member", iri(setting.base + row["person"]))
    yield _quad(node, "org:organization", iri(setting.base + row["organization"]))
    yield _quad(node, "prov:wasDerivedFrom", iri(setting.base + row["authorship"]))
    for predicate, year in (("kg:firstYear", row["first"]), ("kg:lastYear", row["last"])):
        if year is not None:
            yield _quad(node, predicate, literal(str(year), "xsd:integer"))


def _span(subject: str, context: str, start: int, end: int, text: str) -> Iterator[str]:
    """Yield a run of characters of a text (NIF 2.0, offsets in code points)."""
    yield _quad(subject, "rdf:type", term("nif:OffsetBasedString"))
    yield _quad(subject, "nif:referenceContext", iri(context))
    yield _quad(subject, "nif:beginIndex", literal(str(start), "xsd:nonNegativeInteger"))
    yield _quad(subject, "nif:endIndex", literal(str(end), "xsd:nonNegativeInteger"))
    yield _quad(subject, "nif:anchorOf", literal(text))


_OF_SEAT: Final = ("kg:country", "kg:sector")
"""What papers say of an organisation; a list that knows it says it better."""

_NOT_FACTS: Final = frozenset({"foaf:name", "kg:citedAs", *_OF_SEAT})
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
        yield _quad(subject, "schema:sameAs", iri(address))
    yield _quad(node, "rdf:type", term(_IDENTIFIERS.get(kind, "datacite:PrimaryResourceIdentifier")))
    yield _quad(node, "datacite:usesIdentifierScheme", term(_SCHEMES[scheme]))
    yield _quad(node, "kg:value", literal(name))


def _nodes(build: Build) -> Iterator[str]:
    """Yield what follows from the facts of each node: classes, labels, year; and the concepts that are used."""
    concepts: set[str] = set()
    for entity, tie in tied(build.assembly):
        if is_paper(entity):
            yield from _paper(entity, build)
        elif entity.kind == "version":
            yield from _version(entity, build)
        elif entity.path in build.known:
            concepts |= {entity.path} if tie else set()
        elif tie or (entity.kind in BEARERS and entity.facts.keys() - {"foaf:name"}):
            yield from _named(entity, build)
        if tie:
            concepts.update(entity.facts.get("skos:broader", ()))
    yield from _concepts(concepts, build)


def _paper(entity: Entity, build: Build) -> Iterator[str]:
    """Yield what follows from a paper's own facts."""
    subject = iri(build.base + entity.path)
    yield from _classes(subject, "paper")
    yield _quad(subject, "rdfs:label", literal(paper_label(entity, build.names, build.known)))
    if year := entity.first("kg:year"):
        yield _quad(subject, "fabio:hasPublicationYear", literal(year, "xsd:gYear"))
    if authors := entity.facts.get("dcterms:creator"):
        yield _quad(subject, "kg:knownAuthorCount", literal(str(len(authors)), "xsd:integer"))


def _version(entity: Entity, build: Build) -> Iterator[str]:
    """Yield what follows from a version's own facts."""
    subject = iri(build.base + entity.path)
    yield from _classes(subject, "version")
    yield _quad(subject, "rdfs:label", literal(version_label(entity)))


def _classes(subject: str, kind: str) -> Iterator[str]:
    """Yield the class of a kind and the standard classes above it."""
    known = load().kinds[kind]
    for class_iri in (known.iri, *known.superclasses):
        yield _quad(subject, "rdf:type", iri(class_iri))


def _named(entity: Entity, build: Build) -> Iterator[str]:
    """Yield class and names of a person, organisation, cited work or thing that the ontology does not know."""
    subject = iri(build.base + entity.path)
    name, *others = labels(entity, build.names, build.known)
    yield _quad(subject, "rdfs:label", literal(name))
    if entity.kind == "paper":
        # A cited work of which nothing else is known: told apart from the papers that were read.
        yield _quad(subject, "rdf:type", term("kg:CitedWork"))
        yield _quad(subject, "rdf:type", term("fabio:ResearchPaper"))
        return
    yield from _classes(subject, entity.kind)
    yield _quad(subject, "foaf:name" if entity.kind in BEARERS else "skos:prefLabel", literal(name))
    for other in others:
        yield _quad(subject, "skos:altLabel", literal(other))
    for predicate in _OF_SEAT:
        if said := entity.first(predicate):
            yield _quad(subject, predicate, literal(said))


def _concepts(used: Iterable[str], build: Build) -> Iterator[str]:
    """Yield what is known of the concepts that the graph uses, and of those they are special cases of."""
    waiting = list(used)
    done: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in done or path not in build.known:
            continue
        done.add(path)
        yield from _concept(build.known[path], build)
        concept = build.known[path]
        above = chain(concept.broader, *(concept.properties.get(PREFIXES["org"] + name, ()) for name in ("unitOf", "subOrganizationOf")))
        waiting += [each.removeprefix(build.space) for each in above]


def _concept(concept: Concept, build: Build) -> Iterator[str]:
    def here(text: str) -> str:
        return iri(text.replace(build.space, build.base, 1)) if text.startswith(build.space) else iri(text)

    subject = here(concept.iri)
    english = "en" if concept.kind == "topic" else ""
    yield from _classes(subject, concept.kind)
    if PREFIXES["org"] + "unitOf" in concept.properties:
        yield _quad(subject, "rdf:type", term("org:OrganizationalUnit"))
    yield _quad(subject, "rdfs:label", literal(concept.name))
    yield _quad(subject, "skos:prefLabel", literal(concept.name, language=english))
    for label in concept.labels:
        if label.text != concept.name:
            yield _quad(subject, "skos:altLabel", literal(label.text))
    for above in concept.broader:
        yield _quad(subject, "skos:broader", here(above))
    for predicate, values in concept.properties.items():
        compact = _COPIED.get(predicate)
        for value in values if compact else ():
            link = compact in {"skos:exactMatch", "skos:inScheme"} or value.startswith(("https://ror.org/", build.space))
            yield _quad(subject, compact or "", here(value) if link else literal(value))
            if compact == "skos:inScheme":
                yield _quad(here(value), "rdf:type", term("skos:ConceptScheme"))


_COPIED: Final = {
    PREFIXES["skos"] + "notation": "skos:notation",
    PREFIXES["skos"] + "inScheme": "skos:inScheme",
    PREFIXES["skos"] + "exactMatch": "skos:exactMatch",
    KG + "ror": "kg:ror",
    KG + "sector": "kg:sector",
    KG + "country": "kg:country",
    KG + "introducedIn": "kg:introducedIn",
    PREFIXES["org"] + "unitOf": "org:unitOf",
    PREFIXES["org"] + "subOrganizationOf": "org:subOrganizationOf",
}
"""Properties of a concept that are written into the graph."""


def text_path(record: str, field: str) -> str:
    """Return the path of a field's text."""
    return f"text/{record}/{field}"


def of_record(row: tuple[Record, str, list[Mention]], setting: Setting) -> Iterator[str]:
    """Yield the texts of a record, and in each the spans that name something (NIF 2.0, offsets in code points).

    Args:
        row: The record, the path of its paper, and its mentions.
        setting: What all quads depend on.
    """
    record, paper, mentions = row
    if record.kind != "paper":
        return
    for field in record.fields:
        if field.name in {"title", "abstract"} and not field.position:
            yield from _text(record, field, paper, setting)
    for mention in mentions:
        yield from _mention(mention, setting)


def _text(record: Record, field: Field, paper: str, setting: Setting) -> Iterator[str]:
    context = iri(setting.base + text_path(record.id, field.name))
    yield _quad(context, "rdf:type", term("nif:Context"))
    yield _quad(context, "kg:textOf", iri(setting.base + paper))
    yield _quad(context, "kg:partOfSource", iri(f"{setting.base}source/{record.document}"))
    yield _quad(context, "kg:fieldName", literal(field.name))
    yield _quad(context, "kg:line", literal(str(field.line), "xsd:integer"))
    if setting.with_text:
        yield _quad(context, "nif:isString", literal(field.text))


def _mention(mention: Mention, setting: Setting) -> Iterator[str]:
    context = setting.base + text_path(mention.record, mention.field)
    subject = iri(f"{context}#char={mention.field_start},{mention.field_end}")
    yield _quad(subject, "rdf:type", term("kg:Mention"))
    yield from _span(subject, context, mention.field_start, mention.field_end, mention.text)
    if mention.type != "person":
        yield _quad(subject, "itsrdf:taIdentRef", iri(setting.base + thing(mention)))
    yield _quad(subject, "itsrdf:taConfidence", literal(f"{mention.score:.4f}", "xsd:double"))
    yield _quad(subject, "kg:role", literal(mention.role))
    yield _quad(subject, "kg:rule", literal(mention.by))
    yield _quad(subject, "prov:wasGeneratedBy", iri(f"{setting.base}run/{setting.config}"))


def _provenance(build: Build) -> Iterator[str]:
    """Yield the sources and the run. The run is named after what it depends on and has no clock."""
    run = iri(f"{build.base}run/{build.setting.config}")
    agent = iri(f"{build.base}agent/kg-{build.version}")
    yield _quad(run, "rdf:type", term("prov:Activity"))
    yield _quad(run, "prov:wasAssociatedWith", agent)
    yield _quad(run, "kg:configHash", literal(build.setting.config))
    yield _quad(agent, "rdf:type", term("prov:SoftwareAgent"))
    yield _quad(agent, "rdfs:label", literal(f"kg {build.version}"))
    yield _quad(agent, "kg:version", literal(build.version))
    for document in build.documents:
        source = iri(f"{build.base}source/{document['id']}")
        yield _quad(run, "prov:used", source)
        yield _quad(source, "rdf:type", term("kg:SourceDocument"))
        yield _quad(source, "rdf:type", term("prov:Entity"))
        yield _quad(source, "kg:path", literal(document["name"]))
        yield _quad(source, "kg:sha256", literal(document["sha256"]))
        yield _quad(source, "kg:byteCount", literal(str(document["size"]), "xsd:integer"))
        if document["reader"]:
            yield _quad(source, "kg:reader", literal(document["reader"]))
        yield _quad(iri(f"{build.base}graph/{document['id']}"), "prov:wasDerivedFrom", source)


def _decisions(build: Build) -> Iterator[str]:
    """Yield each merge as an activity: what was merged into what, on what evidence, and whether to look at it."""
    for judgement in build.judgements:
        into = build.identity.get(judgement.left)
        if judgement.verdict != "same" or into is None or into != build.identity.get(judgement.right):
            continue
        key = f"{judgement.kind} {judgement.left} {judgement.right} {judgement.rule}"
        subject = iri(f"{build.base}decision/{hashlib.sha256(key.encode()).hexdigest()[:16]}")
        yield _quad(subject, "rdf:type", term("kg:MergeDecision"))
        yield _quad(subject, "rdf:type", term("prov:Activity"))
        yield _quad(subject, "kg:into", iri(build.base + into))
        yield _quad(subject, "kg:score", literal(f"{judgement.score:.4f}", "xsd:double"))
        yield _quad(subject, "kg:rule", literal(judgement.rule))
        yield _quad(subject, "kg:status", literal("accepted" if judgement.score >= REVIEW else "needs-review"))
        yield _quad(subject, "kg:evidenceText", literal(evidence_text(judgement)))
        for member in (judgement.left, judgement.right):
            yield _quad(subject, "kg:mergedRecord", iri(f"{build.base}record/{member.partition('#')[0]}"))
            if member in build.printed:
                yield _quad(subject, "kg:mergedName", literal(build.printed[member]))


REVIEW: Final = 0.85
"""Merges below this certainty are marked for review."""


def evidence_text(judgement: Judgement) -> str:
    """Return the evidence of a judgement in words: feature and weight, the strongest first."""
    parts = sorted(judgement.evidence.items(), key=lambda e: (not isinstance(e[1], float), -_size(e[1]), e[0]))
    return ", ".join(f"{name} {value:+.2f}" if isinstance(value, float) else f"{name}: {value}" for name, value in parts)


def _size(value: float | str) -> float:
    return abs(value) if isinstance(value, float) else 0.0


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
    yield _quad(iri(setting.base + row["subject"]), row["said"], _object(row, setting.base), graph)


def _same(build: Build) -> Iterator[str]:
    """Yield which record is which paper, in a graph that can be dropped."""
    graph = iri(f"{build.base}graph/identity")
    for member, entity in build.identity.items():
        if entity.startswith("paper/") and "#" not in member:
            yield _quad(iri(f"{build.base}record/{member}"), "owl:sameAs", iri(build.base + entity), graph)


def _former(build: Build) -> Iterator[str]:
    """Yield what has replaced the nodes that an earlier build may have had."""
    graph = iri(f"{build.base}graph/former")
    for row in build.former:
        yield _quad(iri(build.base + row["former"]), "dcterms:isReplacedBy", iri(build.base + row["entity"]), graph)


def header(base: str, count: int) -> list[str]:
    """Return the description of the whole data set (VoID), given how many quads there are besides; sorted."""
    subject = iri(f"{base}dataset-description")
    return sorted([
        _quad(subject, "rdf:type", term("void:Dataset")),
        _quad(subject, "dcterms:title", literal("Knowledge graph of papers, authors and topics")),
        _quad(subject, "void:triples", literal(str(count + 3), "xsd:integer")),
    ])
