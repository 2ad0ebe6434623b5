from pathlib import Path

from kg.graph.part import part
from tests.export.graphs import toy_graph


def test_a_part_holds_the_nodes_asked_for_and_what_ties_them(tmp_path: Path) -> None:
    whole = toy_graph(tmp_path)
    edges = whole.rows("edges")
    paper = edges[0]["source"]
    targets = [edge["target"] for edge in edges if edge["source"] == paper][:2]
    found = part(whole, targets)
    assert {paper, *targets} <= set(found.nodes["id"].to_pylist())
    assert found.nodes.num_rows < whole.nodes.num_rows
    ids = set(found.nodes["id"].to_pylist())
    assert all(edge["source"] in ids and edge["target"] in ids for edge in found.rows("edges"))
    assert {row["edge"] for row in found.rows("evidence")} <= set(found.edges["id"].to_pylist())


def test_a_part_of_nothing_is_empty(tmp_path: Path) -> None:
    found = part(toy_graph(tmp_path), ["https://example.org/nobody"])
    assert (found.nodes.num_rows, found.edges.num_rows, found.evidence.num_rows) == (0, 0, 0)


def test_a_part_of_everything_is_the_whole(tmp_path: Path) -> None:
    whole = toy_graph(tmp_path)
    found = part(whole, whole.nodes["id"].to_pylist())
    assert found.nodes.equals(whole.nodes)
    assert found.edges.equals(whole.edges)
