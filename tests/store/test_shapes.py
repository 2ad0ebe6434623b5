"""Each constraint of the ontology's shapes: the sound graph keeps it, one planted fault breaks it, and pyshacl agrees."""

import json
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from kg.errors import BuildError
from kg.ontology import turtle_files
from kg.store.shapes import Check, Severity, Violation, compile_shapes, shipped, violations
from tests.store.graphs import DATA, PREFIXES, good_store, spoil, store_of

VQVAE = "paper:arxiv-1711.00937"  # three authors, complete list
FLAMINGO = "paper:arxiv-2204.14198"  # cut list

FAULTS: list[dict[str, str]] = json.loads((DATA / "graphs" / "faults.json").read_text(encoding="utf-8"))
"""Updates that plant one fault each in the sound graph, with the message that must come up."""


@cache
def shape_graph() -> rdflib.Graph:
    """Return the ontology without its known names, which are many and no shapes."""
    graph = rdflib.Graph()
    for path in turtle_files():
        graph.parse(data=path.read_text(encoding="utf-8").partition("# --- known names")[0], format="turtle")
    return graph


def by_pyshacl(store: ox.Store, shapes: rdflib.Graph) -> set[Violation]:
    """Return what pyshacl reports for the default graph of a store."""
    triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    data = rdflib.Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    # Oxigraph turns xsd:nonNegativeInteger into xsd:integer when it loads; the exports keep what the build wrote.
    for name in ("beginIndex", "endIndex"):
        predicate = rdflib.URIRef(f"http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#{name}")
        for subject, _, value in list(data.triples((None, predicate, None))):
            data.remove((subject, predicate, value))
            data.add((subject, predicate, rdflib.Literal(str(value), datatype=rdflib.XSD.nonNegativeInteger)))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True, allow_warnings=True)
    return {_violation(report, result) for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)}


def _violation(report: rdflib.Graph, result: rdflib.term.Node) -> Violation:
    words: dict[object, Severity] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
    severity, focus, path, value, message = (
        report.value(result, term)
        for term in (SH.resultSeverity, SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
    )
    # A constraint in SPARQL that names no value is reported with the node itself as value.
    named = None if value is None or (path is None and value == focus) else str(value)
    return Violation(words[severity], str(focus), str(path) if path else None, named, str(message))


def test_sound_graph_breaks_nothing() -> None:
    assert violations(good_store()) == []


def test_pyshacl_finds_the_sound_graph_sound() -> None:
    assert by_pyshacl(good_store(), shape_graph()) == set()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["message"])
def test_planted_fault_is_found(fault: dict[str, str]) -> None:
    found = violations(spoil(good_store(), fault["update"]))
    assert fault["message"] in {violation.message for violation in found}


def test_every_message_has_a_planted_fault() -> None:
    assert {check.message for check in shipped()} == {fault["message"] for fault in FAULTS}


@pytest.mark.parametrize("batch", range(2))
def test_pyshacl_finds_the_same_faults(batch: int) -> None:
    store = good_store()
    for fault in FAULTS[batch::2]:
        store.update(PREFIXES + fault["update"])
    found = violations(store)
    assert len({violation.message for violation in found}) > 40
    assert set(found) == by_pyshacl(store, shape_graph())


def test_missing_title_is_only_a_warning() -> None:
    store = spoil(good_store(), f"DELETE WHERE {{ {VQVAE} dcterms:title ?t }}")
    assert [(v.severity, v.message) for v in violations(store)] == [("warning", "this paper has no title")]


def test_violation_says_node_path_and_value() -> None:
    store = spoil(good_store(), f"INSERT DATA {{ {VQVAE} kg:usesMethod method:gemma }}")
    assert violations(store) == [
        Violation(
            "error",
            "https://w3id.org/kgp/id/paper/arxiv-1711.00937",
            "https://w3id.org/kgp/ns#usesMethod",
            "https://w3id.org/kgp/id/method/gemma",
            "no mention in the paper's texts carries this edge",
        )
    ]


def test_cut_author_list_may_have_gaps() -> None:
    update = f"DELETE {{ ?a kg:position 2 }} INSERT {{ ?a kg:position 7 }} WHERE {{ {FLAMINGO} kg:hasAuthorship ?a . ?a kg:position 2 }}"
    assert violations(spoil(good_store(), update)) == []


def test_graph_without_texts_is_sound() -> None:
    store = spoil(good_store(), "DELETE WHERE { ?t nif:isString ?s } ; DELETE WHERE { ?p dcterms:abstract ?s }")
    assert violations(store) == []


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"])
def test_right_orcids_pass(orcid: str) -> None:
    store = spoil(good_store(), f'INSERT {{ ?p kg:orcid "{orcid}" }} WHERE {{ ?p foaf:name "Kaiming He" }}')
    assert violations(store) == []


# The translation itself: one tiny shape for each term of SHACL that is supported, beside pyshacl.

TERMS: list[tuple[str, str]] = [
    # (constraint, values of three nodes: some good, some bad)
    ("sh:minCount 2", "id:a kg:p 1, 2 . id:b kg:p 1 ."),
    ("sh:maxCount 1", "id:a kg:p 1, 2 . id:b kg:p 1 ."),
    ("sh:datatype xsd:integer", 'id:a kg:p 1 . id:b kg:p "1", "x"^^xsd:integer, 1.0, id:c .'),
    ("sh:datatype xsd:string", 'id:a kg:p "x" . id:b kg:p "x"@en, 1, id:c .'),
    ("sh:datatype xsd:boolean", 'id:a kg:p true . id:b kg:p "maybe"^^xsd:boolean, "true" .'),
    ("sh:datatype xsd:gYear", 'id:a kg:p "2020"^^xsd:gYear . id:b kg:p "2020", 2020 .'),
    ("sh:nodeKind sh:IRI", 'id:a kg:p id:x . id:b kg:p "x", 1 .'),
    ("sh:nodeKind sh:Literal", 'id:a kg:p "x", 1 . id:b kg:p id:x .'),
    ("sh:class kg:D", "id:a kg:p id:x . id:x a kg:D . id:b kg:p id:y, 1 ."),
    ('sh:pattern "^a.c$"', 'id:a kg:p "abc", "a.c"@en . id:b kg:p "abcd", <http://x.org/abc> .'),
    ('sh:pattern "^http"', 'id:a kg:p <http://x.org/abc> . id:b kg:p "ftp" .'),
    ('sh:in ( "a" id:x 1 )', 'id:a kg:p "a", id:x, 1 . id:b kg:p "a"@en, "b", id:y, 2 .'),
    ("sh:minInclusive 0", 'id:a kg:p 0, 0.5 . id:b kg:p -1, -0.1, "x", id:x .'),
    ("sh:maxInclusive 1", 'id:a kg:p 1, 0.5e0 . id:b kg:p 2, 1.1, "x", id:x .'),
    ("sh:lessThanOrEquals kg:q", 'id:a kg:p 1, 2 ; kg:q 2, 3 . id:b kg:p 3 ; kg:q 2 . id:c kg:p "x" ; kg:q 1 .'),
    ("sh:minCount 1 ; sh:severity sh:Info", "id:a kg:p 1 ."),
    ('sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ; sh:pattern "^1$"', 'id:a kg:p 2, "3" . id:b kg:p 1 .'),
]  # fmt: skip


def shapes_file(folder: Path, text: str) -> Path:
    """Write shapes into a file and return its path."""
    path = folder / "shapes.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("constraint", "values"), TERMS)
def test_each_term_means_what_pyshacl_says(tmp_path: Path, constraint: str, values: str) -> None:
    shapes = shapes_file(
        tmp_path, f'kg:S a sh:NodeShape ; sh:targetClass kg:C ; sh:property [ sh:path kg:p ; sh:message "no" ; {constraint} ] .'
    )
    store = store_of(f"id:a a kg:C . id:b a kg:C . id:c a kg:C . {values}")
    found = set(violations(store, compile_shapes(shapes)))
    assert found
    assert found == by_pyshacl(store, rdflib.Graph().parse(shapes, format="turtle"))


@pytest.mark.parametrize("constraint", ["sh:nodeKind sh:IRI", "sh:nodeKind sh:Literal", 'sh:pattern "."', "sh:class kg:D"])
def test_blank_node_is_neither_iri_nor_text(tmp_path: Path, constraint: str) -> None:
    shape = f'kg:S sh:targetClass kg:C ; sh:property [ sh:path kg:p ; sh:message "no" ; {constraint} ] .'
    found = violations(store_of("id:a a kg:C ; kg:p [] ."), compile_shapes(shapes_file(tmp_path, shape)))
    assert [violation.focus for violation in found] == ["https://w3id.org/kgp/id/a"]


def test_year_that_is_none_is_found(tmp_path: Path) -> None:
    # pyshacl lets this pass: rdflib does not read xsd:gYear.
    shape = 'kg:S sh:targetClass kg:C ; sh:property [ sh:path kg:p ; sh:message "no" ; sh:datatype xsd:gYear ] .'
    found = violations(store_of('id:a a kg:C ; kg:p "20x"^^xsd:gYear .'), compile_shapes(shapes_file(tmp_path, shape)))
    assert [violation.value for violation in found] == ["20x"]


@pytest.mark.parametrize(
    "text",
    [
        "kg:S a sh:NodeShape ; sh:targetClass kg:C ; sh:property [ sh:path kg:p ; sh:message 'no' ; sh:minLength 3 ] .",
        "kg:S a sh:NodeShape ; sh:targetClass kg:C ; sh:closed true .",
        "kg:S a sh:NodeShape ; sh:targetNode kg:C ; sh:property [ sh:path kg:p ; sh:message 'no' ; sh:minCount 1 ] .",
        "kg:S a sh:NodeShape ; sh:targetClass kg:C ; sh:property [ sh:path [ sh:inversePath kg:p ] ; sh:message 'no' ; sh:minCount 1 ] .",
        "kg:S a sh:NodeShape ; sh:targetClass kg:C ; sh:property [ sh:path kg:p ; sh:minCount 1 ] .",
        "kg:S a sh:NodeShape ; sh:targetClass kg:C ; sh:property [ sh:path kg:p ; sh:message 'no' ; sh:nodeKind sh:BlankNode ] .",
        "kg:S a sh:NodeShape ; sh:targetClass kg:C ; sh:property [ sh:path kg:p ; sh:message 'no' ; sh:datatype xsd:anyURI ] .",
        "kg:S a sh:NodeShape ; sh:targetClass kg:C ; sh:property 'text' .",
        "kg:S a sh:NodeShape ; sh:targetClass kg:C ; sh:sparql [ sh:ask 'ASK {}' ] .",
        "kg:S a sh:PropertyShape ; sh:path kg:p ; sh:minCount 1 .",
    ],
)  # fmt: skip
def test_what_is_not_supported_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BuildError, match=r"shape"):
        compile_shapes(shapes_file(tmp_path, text))


def test_a_check_must_be_a_select() -> None:
    with pytest.raises(BuildError, match="no SELECT"):
        violations(store_of(""), (Check("error", None, "odd", "ASK {}"),))
