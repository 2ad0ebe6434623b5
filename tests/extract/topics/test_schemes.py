"""A person's own schemes of topics: SKOS and the shape of the Computer Science Ontology, and what is wrong with files."""

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.extract import topics
from kg.extract.settings import Settings
from kg.extract.topics.schemes import joined, stamped, topics_in
from kg.model import Field, Record
from kg.ontology import ID_SPACE, PREFIXES, Concept, load

EXACT = PREFIXES["skos"] + "exactMatch"
TEA = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix t: <https://example.org/t/> .
t:scheme a skos:ConceptScheme ; skos:prefLabel "Tea"@en .
t:tea a skos:Concept ; skos:prefLabel "Tea Studies"@en, "Teekunde"@de ; skos:inScheme t:scheme ; skos:narrower t:storage .
t:storage a skos:Concept ; skos:prefLabel "tea storage"@en ; skos:altLabel "keeping tea"@en, "Tee lagern"@de ; skos:hiddenLabel "tea storge" .
t:gnn a skos:Concept ; skos:prefLabel "Graph Neural Network"@en ; skos:altLabel "leaf network"@en ; skos:broader t:tea .
t:vision a skos:Concept ; skos:prefLabel "computer vision"@en .
t:pot a skos:Concept ; skos:prefLabel "pot"@en ; skos:broader t:tea .
t:cosy a skos:Concept ; skos:prefLabel "tea cosies"@en ; skos:broader t:tea ; <http://www.w3.org/2002/07/owl#deprecated> true .
[] a skos:Concept ; skos:prefLabel "a topic without an address"@en .
t:nur a skos:Concept ; skos:prefLabel "Kannenlehre"@de, "théières"@fr ; skos:broader [] .
"""
CSO = """
<https://cso.kmi.open.ac.uk/topics/semantic_web> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://cso.kmi.open.ac.uk/schema/cso#Topic> .
<https://cso.kmi.open.ac.uk/topics/semantic_web> <http://www.w3.org/2000/01/rdf-schema#label> "semantic web"@en .
<https://cso.kmi.open.ac.uk/topics/linked_open_data> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://cso.kmi.open.ac.uk/schema/cso#Topic> .
<https://cso.kmi.open.ac.uk/topics/linked_open_data> <http://www.w3.org/2000/01/rdf-schema#label> "linked open data"@en .
<https://cso.kmi.open.ac.uk/topics/lod_cloud> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://cso.kmi.open.ac.uk/schema/cso#Topic> .
<https://cso.kmi.open.ac.uk/topics/lod_cloud> <http://www.w3.org/2000/01/rdf-schema#label> "a lod cloud"@en .
<https://cso.kmi.open.ac.uk/topics/semantic_web> <http://cso.kmi.open.ac.uk/schema/cso#superTopicOf> <https://cso.kmi.open.ac.uk/topics/linked_open_data> .
<https://cso.kmi.open.ac.uk/topics/lod_cloud> <http://cso.kmi.open.ac.uk/schema/cso#preferentialEquivalent> <https://cso.kmi.open.ac.uk/topics/linked_open_data> .
<https://cso.kmi.open.ac.uk/topics/linked_open_data> <http://cso.kmi.open.ac.uk/schema/cso#relatedEquivalent> <https://cso.kmi.open.ac.uk/topics/lod_cloud> .
<https://cso.kmi.open.ac.uk/topics/semantic_web> <http://cso.kmi.open.ac.uk/schema/cso#contributesTo> <https://cso.kmi.open.ac.uk/topics/lod_cloud> .
"""
RDF_XML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="https://example.org/x/kettles"><skos:prefLabel xml:lang="en">kettle science</skos:prefLabel></skos:Concept>
</rdf:RDF>
"""


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def concepts(*paths: str) -> dict[str, Concept]:
    """The concepts by path, with those of these files."""
    return {iri.removeprefix(ID_SPACE): concept for iri, concept in joined(stamped(paths), load()).concepts.items()}


def texts(concept: Concept) -> set[str]:
    return {label.text for label in concept.labels}


def test_skos_becomes_topics_that_keep_their_iris(tmp_path: Path) -> None:
    known = concepts(written(tmp_path, "tea.ttl", TEA))
    tea, storage = known["topic/tea-studies"], known["topic/tea-storage"]
    assert tea.properties[EXACT] == ("https://example.org/t/tea",)
    assert tea.properties[PREFIXES["skos"] + "inScheme"] == ("https://example.org/t/scheme",)
    assert storage.broader == (f"{ID_SPACE}topic/tea-studies",), "narrower is broader seen from above"
    assert texts(storage) == {"tea storage", "keeping tea", "tea storge"}
    assert texts(tea) == {"Tea Studies"}, "other languages are left out where there is English"
    assert texts(known["topic/kannenlehre"]) == {"Kannenlehre"}, "and kept where there is none"
    assert "topic/tea" not in known, "a scheme is no topic"
    assert "topic/tea-cosies" not in known, "nor is what was withdrawn"
    assert "topic/a-topic-without-an-address" not in known


def test_a_topic_that_we_know_is_ours(tmp_path: Path) -> None:
    known = concepts(written(tmp_path, "tea.ttl", TEA))
    ours, vision = known["topic/graph-neural-networks"], known["topic/cs.CV"]
    assert ours.name == "graph neural networks"
    assert {"leaf network", "GNNs"} <= texts(ours)
    assert {f"{ID_SPACE}topic/tea-studies", f"{ID_SPACE}topic/graph-machine-learning"} == {*ours.broader}
    assert ours.properties[EXACT] == ("https://example.org/t/gnn",)
    assert vision.properties[EXACT] == ("https://example.org/t/vision",), "a category is known by what people call it, too"
    assert "topic/computer-vision" not in known
    assert load().concepts[ours.iri].properties.get(EXACT) is None, "the ontology itself is as it was"


def test_the_computer_science_ontology_has_a_shape_of_its_own(tmp_path: Path) -> None:
    for path in (written(tmp_path, "cso.nt", CSO), written(tmp_path, "cso.ttl", CSO)):
        known = concepts(path)
        data = known["topic/linked-open-data"]
        assert data.name == "linked open data", "the preferred one, although another comes first in the alphabet"
        assert texts(data) == {"linked open data", "a lod cloud"}
        assert data.broader == (f"{ID_SPACE}topic/semantic-web",)
        assert data.properties[EXACT] == ("https://cso.kmi.open.ac.uk/topics/linked_open_data",)
        assert "topic/a-lod-cloud" not in known


def test_rdf_in_xml_is_read(tmp_path: Path) -> None:
    assert concepts(written(tmp_path, "x.rdf", RDF_XML))["topic/kettle-science"].name == "kettle science"


def test_several_files_are_joined_in_their_order(tmp_path: Path) -> None:
    known = concepts(written(tmp_path, "tea.ttl", TEA), written(tmp_path, "cso.nt", CSO), written(tmp_path, "x.rdf", RDF_XML))
    assert {"topic/tea-studies", "topic/semantic-web", "topic/kettle-science"} <= {*known}


def test_a_circle_is_opened_and_ours_stay_as_they_are(tmp_path: Path) -> None:
    text = """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix t: <https://example.org/t/> .
        t:a a skos:Concept ; skos:prefLabel "alpha tea" ; skos:broader t:b . t:b a skos:Concept ; skos:prefLabel "beta tea" ; skos:broader t:c .
        t:c a skos:Concept ; skos:prefLabel "gamma tea" ; skos:broader t:a, t:c, t:d . t:d a skos:Concept ; skos:prefLabel "delta tea" .
        t:m a skos:Concept ; skos:prefLabel "machine learning" ; skos:broader t:n . t:n a skos:Concept ; skos:prefLabel "deep learning" .
    """
    known = concepts(written(tmp_path, "x.ttl", text))
    assert known["topic/alpha-tea"].broader == (f"{ID_SPACE}topic/beta-tea",)
    assert known["topic/gamma-tea"].broader == (f"{ID_SPACE}topic/delta-tea",)
    assert known["topic/deep-learning"].broader == load().concepts[f"{ID_SPACE}topic/deep-learning"].broader
    assert f"{ID_SPACE}topic/deep-learning" not in known["topic/cs.LG"].broader


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.ttl", '@prefix a: <http://a/> .\na:b a:c "d', "x.ttl:2: not valid Turtle"), ("x.nt", "nonsense", "x.nt:1: not valid N-Triples"),
        ("x.rdf", "<a><b>", "x.rdf"), ("x.ttl", "@prefix a: <http://a/> . a:b a:c a:d .", "no topics in it; a topic is a skos:Concept"),
        ("x.ttl", "", "no topics in it"), ("x.json", "{}", "ends in .nt, .owl, .rdf, .ttl, .xml"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said(name: str, text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=told.replace(".", r"\.")):
        concepts(written(tmp_path, name, text))


def test_a_file_that_has_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.ttl: this scheme of topics cannot be read"):
        stamped([str(tmp_path / "gone.ttl")])


def test_a_file_is_read_again_only_when_it_has_changed(tmp_path: Path) -> None:
    path = written(tmp_path, "tea.ttl", TEA)
    (first,) = stamped([path])
    assert topics_in(first) is topics_in(*stamped([path]))
    written(tmp_path, "tea.ttl", TEA.replace("Tea Studies", "Theology of Tea"))
    assert "topic/theology-of-tea" in concepts(path)


def test_papers_get_the_topics_of_a_scheme(tmp_path: Path) -> None:
    settings = Settings(schemes=(written(tmp_path, "tea.ttl", TEA),))

    def found(title: str, abstract: str, settings: Settings = settings) -> set[str]:
        of = Record("aa", 0, "paper", None, None, 1, (Field("title", title, 1), Field("abstract", abstract, 2)))
        return {each.topic for each in topics.topics_of(of, (), (), topics.index(settings))}

    assert found("Keeping Tea Dry", "What tea storage does.") == {"topic/tea-storage", "topic/tea-studies"}
    assert found("Keeping Tea Dry", "What tea storage does.", Settings()) == set()
    assert found("A Pot", "The pot is a pot.") == set(), "so short a word needs a neighbour"
    assert "topic/pot" in found("A Pot", "The pot is a pot; see also tea storage.")
