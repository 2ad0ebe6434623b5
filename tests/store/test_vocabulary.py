"""Every term that a graph or the ontology uses exists: in our files, and in the vocabularies' published lists."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VOID, XSD

from kg.ontology import KG, PREFIXES, Kind, load, turtle_files
from kg.store.vocabulary import UnknownTerm, declarations, declared, unknown_terms
from tests.store.graphs import DATA, good_store, spoil, store_of

LISTS = sorted((DATA / "vocabularies").glob("*.txt"))
SHIPPED_BY_RDFLIB = (DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VOID, XSD)
RDF_TYPE = ox.NamedNode(str(RDF.type))
OURS = "https://w3id.org/kgp/"

ABOUT_TERMS = {
    str(term)
    for term in (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, SKOS.closeMatch,
                 SH.path, SH["class"], SH.datatype, SH.targetClass)
}  # fmt: skip
"""Properties whose values in the ontology are classes, properties or datatypes."""


@cache
def published() -> dict[str, frozenset[str]]:
    """Return the namespaces whose terms are listed in files, with their local names."""
    lists = (path.read_text(encoding="utf-8").split() for path in LISTS)
    return {namespace: frozenset(names) for namespace, *names in lists}


def exists(iri: str) -> bool:
    """Return whether a term of another vocabulary is published there."""
    for namespace, names in published().items():
        if iri.startswith(namespace):
            return iri.removeprefix(namespace) in names
    return any(
        iri.startswith(str(space)) and iri.removeprefix(str(space)) in space for space in SHIPPED_BY_RDFLIB
    )


def external_terms(path: Path) -> set[str]:
    """Return the terms of other vocabularies that a Turtle file names."""
    spaces = (*published(), *map(str, SHIPPED_BY_RDFLIB))
    named: set[str] = set()
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        named.add(quad.predicate.value)
        named |= {
            node.value
            for node in (quad.subject, quad.object)
            if isinstance(node, ox.NamedNode)
            and (node.value.startswith(spaces) or (node == quad.object and quad.predicate.value in ABOUT_TERMS))
        }
        if isinstance(quad.object, ox.Literal):
            named.add(quad.object.datatype.value)
    return {iri for iri in named if not iri.startswith(OURS) and iri not in spaces}


@pytest.mark.parametrize("path", turtle_files(), ids=lambda path: path.stem)
def test_external_terms_of_the_ontology_are_published(path: Path) -> None:
    named = external_terms(path)
    assert named
    assert sorted(iri for iri in named if not exists(iri)) == []


@pytest.mark.parametrize(
    "iri",
    [
        "http://purl.org/spar/fabio/hasArXivID",
        "http://purl.org/spar/fabio/hasArXivID2",
        "http://purl.org/dc/terms/titel",
        "https://schema.org/usesDataset",
        "http://www.w3.org/ns/mls#Metric",
        "https://example.org/anything",
    ],
)
def test_made_up_term_is_published_nowhere(iri: str) -> None:
    assert not exists(iri)


def test_right_spelling_is_published() -> None:
    assert exists("http://purl.org/spar/fabio/hasArXivId")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_lists_are_sorted_and_unique(path: Path) -> None:
    namespace, *names = path.read_text(encoding="utf-8").split("\n")[:-1]
    assert namespace.startswith("http")
    assert namespace[-1] in "#/"
    assert names == sorted(set(names))


def test_made_up_term_in_the_ontology_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "odd.ttl"
    path.write_text(
        f"@prefix kg: <{KG}> . @prefix rdfs: <{RDFS}> . @prefix odd: <https://odd.org/> ."
        "kg:Odd rdfs:subClassOf odd:Class , <http://purl.org/spar/fabio/Odd> .",
        encoding="utf-8",
    )
    wrong = {iri for iri in external_terms(path) if not exists(iri)}
    assert wrong == {"https://odd.org/Class", "http://purl.org/spar/fabio/Odd"}


def test_own_terms_of_the_ontology_are_declared_and_explained() -> None:
    store = ox.Store()
    for path in turtle_files():
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    schemes = store.quads_for_pattern(None, None, ox.NamedNode("http://purl.org/spar/datacite/ResourceIdentifierScheme"), None)
    declared = {iri for iri, _ in declarations(*turtle_files())} | {quad.subject.value for quad in schemes}  # type: ignore[union-attr]
    nodes = {node for quad in store for node in (quad.subject, quad.predicate, quad.object)}
    shapes = {quad.subject for term in ("targetClass", "path", "select")
              for quad in store.quads_for_pattern(None, ox.NamedNode(SH + term), None)}  # fmt: skip
    own = {node.value for node in nodes - shapes if isinstance(node, ox.NamedNode) and node.value.startswith(KG)}
    assert sorted(own - declared) == []
    for iri in own:
        for term in (RDFS.label, RDFS.comment):
            said = list(store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(term)), None))
            assert len(said) == 1, f"{iri} needs one {term}"


def test_sound_graph_has_no_unknown_terms() -> None:
    assert unknown_terms(good_store()) == []


@pytest.mark.parametrize("kind", load().kinds.values(), ids=lambda kind: kind.name)
def test_what_things_of_a_kind_are_and_how_papers_are_tied_to_them_is_declared(kind: Kind) -> None:
    assert {(iri, "class") for iri in (kind.iri, *kind.superclasses)} <= declared()
    assert {(iri, "property") for iri in kind.relations.values()} <= declared()


def test_unknown_property_and_class_are_found_in_every_graph() -> None:
    store = spoil(
        good_store(),
        """INSERT DATA {
            paper:b fabio:hasArXivID2 "1" . paper:a fabio:hasArXivID2 "2" .
            GRAPH id:graph { paper:c fabio:hasArXivID2 "3" ; a kg:Papper }
        }""",
    )
    base = "https://w3id.org/kgp/id/paper/"
    assert unknown_terms(store) == [
        UnknownTerm("http://purl.org/spar/fabio/hasArXivID2", "property", 3, f"{base}a"),
        UnknownTerm("https://w3id.org/kgp/ns#Papper", "class", 1, f"{base}c"),
    ]


def test_a_class_is_no_property() -> None:
    found = unknown_terms(store_of("id:a kg:Paper id:b ; a kg:usesDataset ."))
    assert [(term.iri.removeprefix(KG), term.role) for term in found] == [("Paper", "property"), ("usesDataset", "class")]


def test_published_spelling_that_we_do_not_use_is_unknown_too() -> None:
    assert [t.iri for t in unknown_terms(store_of("id:a dcterms:date '2020' ."))] == ["http://purl.org/dc/terms/date"]


def test_emitted_prefixes_are_vocabularies_that_the_tests_know() -> None:
    known = {*published(), *map(str, SHIPPED_BY_RDFLIB), KG}
    assert sorted(space for space in PREFIXES.values() if space not in known) == []


def test_ontology_still_loads_its_kinds() -> None:
    kinds = load().kinds
    assert {"paper", "person", "group", "organization", "topic", "method", "dataset", "task", "metric"} <= kinds.keys()
    assert kinds["dataset"].relations["uses"] == f"{KG}usesDataset"
    assert kinds["paper"].superclasses == ("http://purl.org/spar/fabio/ResearchPaper", "https://schema.org/ScholarlyArticle")
