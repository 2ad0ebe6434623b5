"""Why something is in the graph: the passages behind it."""

from pathlib import Path

import pytest

from kg.pipeline.opened import Opened, open_build
from kg.pipeline.why import compact, passages
from tests.conftest import CORPUS

BASE = "https://w3id.org/kgp/id/"
PAPER = f"{BASE}paper/arxiv-1706.01234"


@pytest.fixture
def opened(small_graph: Path) -> Opened:
    return open_build(small_graph)


def test_a_passage_is_exact(opened: Opened) -> None:
    found = passages(opened, PAPER, "kg:introduces", f"{BASE}method/gravelnet")
    assert {(passage.document, passage.line) for passage in found} == {("listing.txt", 1), ("page.txt", 15)}
    for passage in found:
        assert passage.quote == "GravelNet"
        assert CORPUS[passage.document][passage.start : passage.end] == "GravelNet"
        assert passage.before == "We introduce "
        assert passage.after.startswith(", a convolutional network")
        assert passage.after.endswith("quarries.")
        assert passage.by.endswith("(kg 0.1.0)")
        assert 0 < passage.score <= 1


@pytest.mark.parametrize("predicate", ["introduces", "kg:introduces", "https://w3id.org/kgp/ns#introduces", "<https://w3id.org/kgp/ns#introduces>"])
def test_a_predicate_by_any_of_its_names(predicate: str, opened: Opened) -> None:
    assert len(passages(opened, PAPER, predicate)) == 2


@pytest.mark.parametrize("name", ["title", "creator", "hasArXivId", "issued"])
def test_the_name_of_a_predicate_is_enough_in_any_vocabulary(name: str, opened: Opened) -> None:
    found = passages(opened, PAPER, name)
    assert {passage.predicate.partition(":")[2] for passage in found} == {name}


def test_a_node_has_what_is_said_of_it_and_what_leads_to_it(opened: Opened) -> None:
    found = passages(opened, f"{BASE}method/gravelnet")
    assert {(passage.subject, passage.predicate) for passage in found} == {("paper/arxiv-1706.01234", "kg:introduces")}
    told = {passage.predicate for passage in passages(opened, PAPER)}
    assert told >= {"dcterms:title", "dcterms:creator", "fabio:hasArXivId", "dcterms:issued", "kg:hasCode", "rdf:type"}


def test_every_edge_has_a_passage(opened: Opened) -> None:
    edges = opened.table("edges").to_pylist()
    assert len(edges) > 20
    for edge in edges:
        assert passages(opened, edge["source"], edge["predicate"], edge["target"]), edge


def test_what_is_not_there_has_no_passage(opened: Opened) -> None:
    assert passages(opened, PAPER, "kg:usesDataset", f"{BASE}dataset/mossbase") == []
    assert passages(opened, f"{BASE}method/nothing") == []


def test_a_predicate_that_nobody_knows_stays_as_it_is() -> None:
    assert compact("https://example.org/p") == "https://example.org/p"
    assert compact("dcterms:title") == "dcterms:title"
