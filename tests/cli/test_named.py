"""Which nodes an answer names: what its IRIs and columns make certain, and names that several bear."""

import json
from pathlib import Path

import pytest

from kg.cli._named import named
from kg.model import Graph
from tests.export.graphs import edge, graph_of, node

FIRST, SECOND = node("paper", "first", "On Gravel"), node("paper", "second", "On Sand")
OLD, YOUNG = node("person", "ann-weir", "Ann Weir"), node("person", "ann-weir-2", "Ann Weir")
TASK, TOPIC = node("task", "sorting", "sorting"), node("topic", "sorting", "sorting")


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    """Two papers by two people of one name, and a task that is called as a topic."""
    return graph_of(tmp_path, [FIRST, SECOND, OLD, YOUNG, TASK, TOPIC], [edge(FIRST, OLD), edge(SECOND, YOUNG), edge(FIRST, TASK)], [])


def answer(*rows: dict[str, str]) -> str:
    """Return an answer in the SPARQL JSON form; what looks like an IRI is one."""
    cells = [{name: {"type": "uri" if text.startswith("http") else "literal", "value": text} for name, text in row.items()} for row in rows]
    return json.dumps({"head": {"vars": []}, "results": {"bindings": cells}})


def test_an_iri_in_the_row_tells_who_is_meant_by_a_name(graph: Graph) -> None:
    found = named(answer({"person": OLD["id"], "name": "Ann Weir"}), graph)
    assert found == ({OLD["id"]}, {})


def test_a_paper_in_the_row_tells_which_of_its_authors_is_meant(graph: Graph) -> None:
    found = named(answer({"paper": SECOND["id"], "name": "Ann Weir"}), graph)
    assert found == ({SECOND["id"], YOUNG["id"]}, {})


def test_a_column_that_is_called_as_a_kind_holds_nodes_of_it(graph: Graph) -> None:
    assert named(answer({"topic": "sorting", "papers": "3"}), graph) == ({TOPIC["id"]}, {})
    assert named(answer({"task": "sorting"}, {"task": "grading"}), graph) == ({TASK["id"]}, {})


def test_what_nothing_makes_certain_is_told(graph: Graph) -> None:
    found = named(answer({"name": "Ann Weir"}, {"name": "sorting"}), graph)
    assert found.nodes == {OLD["id"], YOUNG["id"], TASK["id"], TOPIC["id"]}
    assert found.shared == {"Ann Weir": {OLD["id"], YOUNG["id"]}, "sorting": {TASK["id"], TOPIC["id"]}}


def test_words_beside_an_iri_are_no_names_where_not_all_are(graph: Graph) -> None:
    rows = [{"paper": FIRST["id"], "words": "sorting"}, {"paper": FIRST["id"], "words": "sorted"}]
    assert named(answer(*rows), graph) == ({FIRST["id"]}, {})
    assert named(answer(*rows[:1]), graph) == ({FIRST["id"], TASK["id"]}, {})


def test_iris_within_a_text_and_in_triples_count(graph: Graph) -> None:
    both = {FIRST["id"], SECOND["id"]}
    assert named(answer({"all": f"{FIRST['id']} | {SECOND['id']}"}), graph) == (both, {})
    assert named(f"<{FIRST['id']}> <http://purl.org/spar/cito/cites> <{SECOND['id']}> .\n", graph) == (both, {})


def test_yes_and_no_name_nothing(graph: Graph) -> None:
    assert named('{"head": {}, "boolean": true}', graph) == (set(), {})
