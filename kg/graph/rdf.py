"""The graph as quads in N-Quads syntax: sorted lines, the same bytes for the same input.

The default graph holds the resolved facts; one named graph per source holds what that source said. Two graphs can be
dropped: `graph/identity` holds `owl:sameAs` links, `graph/former` leads from what nodes may have been called before to
what they are called now. No blank nodes, no RDF-star, no `rdf:List`.

Nothing has to be inferred for the questions that people ask in standard terms: a node has the standard classes above its own,
what a paper mentions is also `schema:mentions`, its topics `schema:about`, its year `fabio:hasPublicationYear`, links to other
sites `schema:sameAs`. Other properties of ours are written alone; the ontology says which standard ones they are part of.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from kg.graph.assemble import Assembly
from kg.graph.nquads import Setting, iri, literal, quad, term
from kg.graph.rdf_rows import OF_SEAT
from kg.graph.view import (
    BEARERS,
    Entity,
    is_paper,
    labels,
    paper_label,
    tied,
    version_label,
)  # fmt: skip
from kg.model import Judgement
from kg.ontology import KG, PREFIXES, Concept, load


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
    yield from _about(build)


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
    yield quad(subject, "rdfs:label", literal(paper_label(entity, build.names, build.known)))
    if year := entity.first("kg:year"):
        yield quad(subject, "fabio:hasPublicationYear", literal(year, "xsd:gYear"))
    if authors := entity.facts.get("dcterms:creator"):
        yield quad(subject, "kg:knownAuthorCount", literal(str(len(authors)), "xsd:integer"))


def _version(entity: Entity, build: Build) -> Iterator[str]:
    """Yield what follows from a version's own facts."""
    subject = iri(build.base + entity.path)
    yield from _classes(subject, "version")
    yield quad(subject, "rdfs:label", literal(version_label(entity)))


def _classes(subject: str, kind: str) -> Iterator[str]:
    """Yield the class of a kind and the standard classes above it."""
    known = load().kinds[kind]
    for class_iri in (known.iri, *known.superclasses):
        yield quad(subject, "rdf:type", iri(class_iri))


def _named(entity: Entity, build: Build) -> Iterator[str]:
    """Yield class and names of a person, organisation, cited work or thing that the ontology does not know."""
    subject = iri(build.base + entity.path)
    name, *others = labels(entity, build.names, build.known)
    yield quad(subject, "rdfs:label", literal(name))
    if entity.kind == "paper":
        # A cited work of which nothing else is known: told apart from the papers that were read.
        yield quad(subject, "rdf:type", term("kg:CitedWork"))
        yield quad(subject, "rdf:type", term("fabio:ResearchPaper"))
        return
    yield from _classes(subject, entity.kind)
    yield quad(subject, "foaf:name" if entity.kind in BEARERS else "skos:prefLabel", literal(name))
    for other in others:
        yield quad(subject, "skos:altLabel", literal(other))
    for predicate in OF_SEAT:
        if said := entity.first(predicate):
            yield quad(subject, predicate, literal(said))


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
        yield quad(subject, "rdf:type", term("org:OrganizationalUnit"))
    yield quad(subject, "rdfs:label", literal(concept.name))
    yield quad(subject, "skos:prefLabel", literal(concept.name, language=english))
    for label in concept.labels:
        if label.text != concept.name:
            yield quad(subject, "skos:altLabel", literal(label.text))
    for above in concept.broader:
        yield quad(subject, "skos:broader", here(above))
    for predicate, values in concept.properties.items():
        compact = _COPIED.get(predicate)
        for value in values if compact else ():
            link = compact in {"skos:exactMatch", "skos:inScheme"} or value.startswith(("https://ror.org/", build.space))
            yield quad(subject, compact or "", here(value) if link else literal(value))
            if compact == "kg:ror":
                yield quad(subject, "schema:sameAs", here(value))
            if compact == "skos:inScheme":
                yield quad(here(value), "rdf:type", term("skos:ConceptScheme"))


_COPIED: Final = {
    PREFIXES["skos"] + "notation": "skos:notation",
    PREFIXES["skos"] + "inScheme": "skos:inScheme",
    PREFIXES["skos"] + "exactMatch": "skos:exactMatch",
    KG + "ror": "kg:ror",
    KG + "sector": "kg:sector",
    KG + "country": "kg:country",
    KG + "introducedIn": "kg:introducedIn",
    KG + "introductionTitle": "kg:introductionTitle",
    PREFIXES["org"] + "unitOf": "org:unitOf",
    PREFIXES["org"] + "subOrganizationOf": "org:subOrganizationOf",
}
"""Properties of a concept that are written into the graph."""


def _provenance(build: Build) -> Iterator[str]:
    """Yield the sources and the run. The run is named after what it depends on and has no clock."""
    run = iri(f"{build.base}run/{build.setting.config}")
    agent = iri(f"{build.base}agent/kg-{build.version}")
    yield quad(run, "rdf:type", term("prov:Activity"))
    yield quad(run, "prov:wasAssociatedWith", agent)
    yield quad(run, "kg:configHash", literal(build.setting.config))
    yield quad(agent, "rdf:type", term("prov:SoftwareAgent"))
    yield quad(agent, "rdfs:label", literal(f"kg {build.version}"))
    yield quad(agent, "kg:version", literal(build.version))
    for document in build.documents:
        source = iri(f"{build.base}source/{document['id']}")
        yield quad(run, "prov:used", source)
        yield quad(source, "rdf:type", term("kg:SourceDocument"))
        yield quad(source, "rdf:type", term("prov:Entity"))
        yield quad(source, "kg:path", literal(document["name"]))
        yield quad(source, "kg:sha256", literal(document["sha256"]))
        yield quad(source, "kg:byteCount", literal(str(document["size"]), "xsd:integer"))
        if document["reader"]:
            yield quad(source, "kg:reader", literal(document["reader"]))
        yield quad(iri(f"{build.base}graph/{document['id']}"), "prov:wasDerivedFrom", source)


def _decisions(build: Build) -> Iterator[str]:
    """Yield each merge as an activity: what was merged into what, on what evidence, and whether to look at it."""
    for judgement in build.judgements:
        into = build.identity.get(judgement.left)
        if judgement.verdict != "same" or into is None or into != build.identity.get(judgement.right):
            continue
        key = f"{judgement.kind} {judgement.left} {judgement.right} {judgement.rule}"
        subject = iri(f"{build.base}decision/{hashlib.sha256(key.encode()).hexdigest()[:16]}")
        yield quad(subject, "rdf:type", term("kg:MergeDecision"))
        yield quad(subject, "rdf:type", term("prov:Activity"))
        yield quad(subject, "kg:into", iri(build.base + into))
        yield quad(subject, "kg:score", literal(f"{judgement.score:.4f}", "xsd:double"))
        yield quad(subject, "kg:rule", literal(judgement.rule))
        yield quad(subject, "kg:status", literal("accepted" if judgement.score >= REVIEW else "needs-review"))
        yield quad(subject, "kg:evidenceText", literal(evidence_text(judgement)))
        for member in (judgement.left, judgement.right):
            record = iri(f"{build.base}record/{member.partition('#')[0]}")
            yield quad(subject, "kg:mergedRecord", record)
            yield quad(record, "prov:wasDerivedFrom", iri(f"{build.base}source/{member.partition('/')[0]}"))
            if member in build.printed:
                yield quad(subject, "kg:mergedName", literal(build.printed[member]))


REVIEW: Final = 0.85
"""Merges below this certainty are marked for review."""


def evidence_text(judgement: Judgement) -> str:
    """Return the evidence of a judgement in words: feature and weight, the strongest first."""
    parts = sorted(judgement.evidence.items(), key=lambda e: (not isinstance(e[1], float), -_size(e[1]), e[0]))
    return ", ".join(f"{name} {value:+.2f}" if isinstance(value, float) else f"{name}: {value}" for name, value in parts)


def _size(value: float | str) -> float:
    return abs(value) if isinstance(value, float) else 0.0


def _same(build: Build) -> Iterator[str]:
    """Yield which record is which paper, in a graph that can be dropped."""
    graph = iri(f"{build.base}graph/identity")
    for member, entity in build.identity.items():
        if entity.startswith("paper/") and "#" not in member:
            yield quad(iri(f"{build.base}record/{member}"), "owl:sameAs", iri(build.base + entity), graph)


def _former(build: Build) -> Iterator[str]:
    """Yield what has replaced the nodes that an earlier build may have had."""
    graph = iri(f"{build.base}graph/former")
    for row in build.former:
        yield quad(iri(build.base + row["former"]), "dcterms:isReplacedBy", iri(build.base + row["entity"]), graph)


def _about(build: Build) -> Iterator[str]:
    """Yield the description of the whole data set (VoID)."""
    subject = iri(f"{build.base}dataset-description")
    yield quad(subject, "rdf:type", term("void:Dataset"))
    yield quad(subject, "dcterms:title", literal("Knowledge graph of papers, authors and topics"))
