"""The graph as quads in N-Quads syntax: sorted lines, the same bytes for the same input.

The default graph holds the resolved facts; one named graph per source holds what that source said; the graph
`graph/identity` holds `owl:sameAs` links and can be dropped. No blank nodes, no RDF-star, no `rdf:List`. Classes and
properties of standard vocabularies are written beside our own, so that plain SPARQL needs no reasoner.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from kg.graph.assemble import Assembly
from kg.graph.statements import predicate_of, thing
from kg.graph.view import Entity, concept_of, labels, paper_label
from kg.model import Judgement, Mention, Record
from kg.ontology import KG, PREFIXES, Concept, load
from kg.text import CONTROL

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NOT_IRI: Final = re.compile(
    r"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%(?![0-9A-Fa-f]{2})"
)
"""What an IRI (RFC 3987) may not hold as such; the planes beyond the first are encoded too, for simplicity."""


@dataclass(frozen=True)
class Build:
    """Everything that becomes RDF.

    Attributes:
        base: Base IRI of all ids.
        space: Id space of the ontology's concepts.
        version: Version of kg.
        config: Hash of everything that the result depends on besides the input.
        documents: Rows `{id, name, sha256, size, reader}`, one a document.
        records: All records.
        mentions: All mentions.
        judgements: The ledger of identity.
        identity: Member to entity path.
        assembly: The joined statements.
        known: Path to facts.
        names: Path of a thing to its names.
        with_text: Whether abstracts and the texts of passages are written.
    """

    base: str
    space: str
    version: str
    config: str
    documents: list[dict[str, Any]]
    records: list[Record]
    mentions: list[Mention]
    judgements: list[Judgement]
    identity: Mapping[str, str]
    assembly: Assembly
    known: Mapping[str, Entity]
    names: Mapping[str, list[str]]
    with_text: bool


def lines(build: Build) -> list[str]:
    """Return the graph as sorted N-Quads lines, each ending with a newline."""
    quads = {
        *_facts(build), *_papers(build), *_named(build), *_concepts(build), *_texts(build),
        *_provenance(build), *_decisions(build), *_said(build), *_same(build),
    }  # fmt: skip
    quads |= set(_header(build, len(quads)))
    return sorted(quads)


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
    return term(value) if datatype == "iri" else literal(value, datatype)


def code_path(url: str) -> str:
    """Return the path of a code repository."""
    return f"code/{hashlib.sha256(url.lower().encode()).hexdigest()[:16]}"


def _facts(build: Build) -> Iterator[str]:
    """Yield the resolved facts; what a standard vocabulary also says of each is written beside it."""
    things = {predicate_of(kind, role) for kind in load().kinds.values() for role in kind.relations}
    for row in build.assembly.facts.to_pylist():
        subject, predicate = iri(build.base + row["subject"]), row["predicate"]
        if predicate == "foaf:name":
            continue  # of several spellings one is the name: see `_named`
        if predicate == "dcterms:abstract" and not build.with_text:
            continue
        yield _quad(subject, predicate, _object(row, build.base))
        if predicate in things:
            yield _quad(subject, "schema:mentions", _object(row, build.base))
        if row["datatype"] == "code":
            yield _quad(_object(row, build.base), "rdf:type", term("schema:SoftwareSourceCode"))
            yield _quad(_object(row, build.base), "schema:codeRepository", iri(row["object"]))
        if predicate == "pro:isHeldBy":
            yield _quad(subject, "rdf:type", term("kg:Authorship"))
            yield _quad(subject, "rdf:type", term("pro:RoleInTime"))
            yield _quad(subject, "pro:withRole", term("pro:author"))


def _papers(build: Build) -> Iterator[str]:
    """Yield what follows from a paper's own facts: classes, label, year, identifiers, known authors."""
    for path, entity in build.known.items():
        if "kg:Paper" not in entity.facts.get("rdf:type", ()):
            continue
        subject = iri(build.base + path)
        yield from _classes(subject, "paper")
        yield _quad(subject, "rdfs:label", literal(paper_label(entity, build.known, build.names, build.space)))
        year, number = entity.first("kg:year"), entity.first("fabio:hasArXivId")
        if year:
            yield _quad(subject, "fabio:hasPublicationYear", literal(year, "xsd:gYear"))
        if entity.facts.get("dcterms:creator"):
            count = str(len(entity.facts["dcterms:creator"]))
            yield _quad(subject, "kg:knownAuthorCount", literal(count, "xsd:integer"))
        if number:
            yield _quad(subject, "schema:sameAs", iri(f"https://arxiv.org/abs/{number}"))
            identifier = iri(f"{build.base}identifier/arxiv-{number.replace('/', '-')}")
            yield _quad(subject, "kg:hasIdentifier", identifier)
            yield _quad(identifier, "rdf:type", term("datacite:PrimaryResourceIdentifier"))
            yield _quad(identifier, "datacite:usesIdentifierScheme", term("datacite:arxiv"))
            yield _quad(identifier, "kg:value", literal(number))


def _classes(subject: str, kind: str) -> Iterator[str]:
    """Yield the class of a kind and the standard classes above it."""
    known = load().kinds[kind]
    for class_iri in (known.iri, *known.superclasses):
        yield _quad(subject, "rdf:type", iri(class_iri))


def _targets(build: Build) -> list[str]:
    """Return the paths of all nodes that are no papers of the input, and of people of whom only a page tells."""
    edges = build.assembly.edges.to_pylist()
    papers = {p for p, entity in build.known.items() if "kg:Paper" in entity.facts.get("rdf:type", ())}
    people = {p for p, entity in build.known.items() if entity.kind in {"person", "group"}}
    return sorted(({edge["target"] for edge in edges} | people) - papers)


def _named(build: Build) -> Iterator[str]:
    """Yield classes and names of people, organisations, cited papers and things that the ontology does not know."""
    for path in _targets(build):
        if concept_of(path, build.space):
            continue
        entity = build.known.get(path, Entity(path))
        subject = iri(build.base + path)
        name, *others = labels(entity, build.names, build.space)
        yield _quad(subject, "rdfs:label", literal(name))
        if entity.kind == "paper":
            # A cited work of which nothing else is known: told apart from the papers that were read.
            yield _quad(subject, "rdf:type", term("kg:CitedWork"))
            yield _quad(subject, "rdf:type", term("fabio:ResearchPaper"))
            continue
        yield from _classes(subject, entity.kind)
        yield _quad(subject, "foaf:name" if entity.kind in {"person", "group"} else "skos:prefLabel", literal(name))
        for other in others:
            yield _quad(subject, "skos:altLabel", literal(other))


def _concepts(build: Build) -> Iterator[str]:
    """Yield what the ontology says of the concepts that the graph uses, and of those they are special cases of."""
    waiting = [c for path in _targets(build) if (c := concept_of(path, build.space))]
    done: set[str] = set()
    while waiting:
        concept = waiting.pop()
        if concept.iri in done:
            continue
        done.add(concept.iri)
        yield from _concept(concept, build)
        waiting += [load().concepts[above] for above in concept.broader if above in load().concepts]


def _concept(concept: Concept, build: Build) -> Iterator[str]:
    def here(text: str) -> str:
        return iri(text.replace(build.space, build.base, 1)) if text.startswith(build.space) else iri(text)

    subject = here(concept.iri)
    english = "en" if concept.kind == "topic" else ""
    yield from _classes(subject, concept.kind)
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
            link = value.startswith(("https://ror.org/", build.space))
            yield _quad(subject, compact or "", here(value) if link else literal(value))
            if compact == "skos:inScheme":
                yield _quad(here(value), "rdf:type", term("skos:ConceptScheme"))


_COPIED: Final = {
    PREFIXES["skos"] + "notation": "skos:notation",
    PREFIXES["skos"] + "inScheme": "skos:inScheme",
    KG + "ror": "kg:ror",
    KG + "sector": "kg:sector",
    KG + "country": "kg:country",
}
"""Properties of a concept that are written into the graph."""


def text_path(record: str, field: str) -> str:
    """Return the path of a field's text."""
    return f"text/{record}/{field}"


def _texts(build: Build) -> Iterator[str]:
    """Yield the texts, and in each the spans that name something (NIF 2.0, offsets in code points)."""
    run = iri(f"{build.base}run/{build.config}")
    for record in build.records:
        for field in record.fields:
            if record.kind != "paper" or field.name not in {"title", "abstract"} or field.position:
                continue
            context = iri(build.base + text_path(record.id, field.name))
            yield _quad(context, "rdf:type", term("nif:Context"))
            yield _quad(context, "kg:textOf", iri(build.base + build.identity[record.id]))
            yield _quad(context, "kg:partOfSource", iri(f"{build.base}source/{record.document}"))
            yield _quad(context, "kg:fieldName", literal(field.name))
            yield _quad(context, "kg:line", literal(str(field.line), "xsd:integer"))
            if build.with_text:
                yield _quad(context, "nif:isString", literal(field.text))
    for mention in build.mentions:
        context = build.base + text_path(mention.record, mention.field)
        subject = iri(f"{context}#char={mention.field_start},{mention.field_end}")
        yield _quad(subject, "rdf:type", term("kg:Mention"))
        yield _quad(subject, "rdf:type", term("nif:OffsetBasedString"))
        yield _quad(subject, "nif:referenceContext", iri(context))
        yield _quad(subject, "nif:beginIndex", literal(str(mention.field_start), "xsd:nonNegativeInteger"))
        yield _quad(subject, "nif:endIndex", literal(str(mention.field_end), "xsd:nonNegativeInteger"))
        yield _quad(subject, "nif:anchorOf", literal(mention.text))
        if mention.type != "person":
            yield _quad(subject, "itsrdf:taIdentRef", iri(build.base + thing(mention)))
        yield _quad(subject, "itsrdf:taConfidence", literal(f"{mention.score:.4f}", "xsd:double"))
        yield _quad(subject, "kg:role", literal(mention.role))
        yield _quad(subject, "kg:rule", literal(mention.by))
        yield _quad(subject, "prov:wasGeneratedBy", run)


def _provenance(build: Build) -> Iterator[str]:
    """Yield the sources and the run. The run is named after what it depends on and has no clock."""
    run = iri(f"{build.base}run/{build.config}")
    agent = iri(f"{build.base}agent/kg-{build.version}")
    yield _quad(run, "rdf:type", term("prov:Activity"))
    yield _quad(run, "prov:wasAssociatedWith", agent)
    yield _quad(run, "kg:configHash", literal(build.config))
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
    names = dict(_printed_names(build.records))
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
            if member in names:
                yield _quad(subject, "kg:mergedName", literal(names[member]))


REVIEW: Final = 0.85
"""Merges below this certainty are marked for review."""


def evidence_text(judgement: Judgement) -> str:
    """Return the evidence of a judgement in words: feature and weight, the strongest first."""
    parts = sorted(judgement.evidence.items(), key=lambda e: (not isinstance(e[1], float), -_size(e[1]), e[0]))
    return ", ".join(f"{name} {value:+.2f}" if isinstance(value, float) else f"{name}: {value}" for name, value in parts)


def _size(value: float | str) -> float:
    return abs(value) if isinstance(value, float) else 0.0


def _printed_names(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    for record in records:
        for field in record.fields:
            if field.name in {"author", "name", "affiliation"}:
                yield f"{record.id}#{field.name}/{field.position}", field.text


def _said(build: Build) -> Iterator[str]:
    """Yield what each source said, in the source's own graph, about the resolved entities."""
    skip = {"dcterms:abstract", "rdf:type"}
    rows = build.assembly.resolved.select(["subject", "said", "object", "datatype", "document"])
    unique = pa.TableGroupBy(rows, rows.column_names).aggregate([])
    for row in unique.to_pylist():
        if row["said"] not in skip:
            graph = iri(f"{build.base}graph/{row['document']}")
            yield _quad(iri(build.base + row["subject"]), row["said"], _object(row, build.base), graph)


def _same(build: Build) -> Iterator[str]:
    """Yield which record is which paper, in a graph that can be dropped."""
    graph = iri(f"{build.base}graph/identity")
    for record in build.records:
        if record.kind == "paper":
            paper = iri(build.base + build.identity[record.id])
            yield _quad(iri(f"{build.base}record/{record.id}"), "owl:sameAs", paper, graph)


def _header(build: Build, count: int) -> Iterator[str]:
    """Yield the description of the whole data set (VoID)."""
    subject = iri(f"{build.base}dataset-description")
    yield _quad(subject, "rdf:type", term("void:Dataset"))
    yield _quad(subject, "dcterms:title", literal("Knowledge graph of papers, authors and topics"))
    yield _quad(subject, "void:triples", literal(str(count + 3), "xsd:integer"))
