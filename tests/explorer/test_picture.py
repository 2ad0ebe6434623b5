"""What is drawn: the order of nodes and edges, and what is said of views and of what is left out."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.explorer import ties
from kg.explorer.columns import Array
from kg.explorer.picture import GRID, Picture, picture
from kg.explorer.places import placed
from kg.model import Graph
from tests.export.graphs import edge, graph_of, large_graph, node, toy_graph


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return placed(large_graph(tmp_path_factory.mktemp("large"), 400))


@pytest.fixture(scope="module")
def drawn(large: Graph) -> Picture:
    return picture(large)


def test_nodes_go_by_their_edges_and_edges_by_source_relation_and_target(large: Graph, drawn: Picture) -> None:
    assert sorted(drawn.order.tolist()) == list(range(large.nodes.num_rows))
    degree = np.bincount(np.concatenate((drawn.source, drawn.target)))
    assert (np.diff(degree) <= 0).all()
    keys = list(zip(drawn.source.tolist(), drawn.plain["relation"].tolist(), drawn.target.tolist(), strict=True))
    assert keys == sorted(keys)
    ids, tables = large.nodes["id"].to_pylist(), large.edges.to_pylist()
    for row, source, target in zip(drawn.edges.tolist(), drawn.source.tolist(), drawn.target.tolist(), strict=True):
        assert tables[row]["source"] == ids[drawn.order[source]]
        assert tables[row]["target"] == ids[drawn.order[target]]


def test_places_and_regions_lie_on_the_grid_of_their_view(drawn: Picture) -> None:
    for view in drawn.told["views"]:
        x, y = (drawn.plain[f"{view['name']}.{axis}"] for axis in "xy")
        if view["name"] == "graph":
            x, y = (beside_first_paper(drawn, each) for each in (x, y))
        assert max(x.max(), y.max()) <= GRID
        assert (x.min(), y.min()) == (0, 0)
        rings, at = drawn.plain[f"{view['name']}.rings"], 0
        for region in view["regions"]:
            across = np.cumsum(rings[at : at + 2 * region["rings"][0] : 2])
            at += 2 * sum(region["rings"])
            assert across.min() <= region["anchor"][0] <= across.max()
        assert at == len(rings)


def beside_first_paper(drawn: Picture, column: Array) -> Array:
    """Return a column of all nodes, where what no edge goes out from is told by what it has more than its first paper."""
    found = column.copy()
    done = set(drawn.source.tolist())
    for paper, i in zip(drawn.source.tolist(), drawn.target.tolist(), strict=True):
        if i not in done:
            found[i] += column[paper]
            done.add(i)
    return found


def test_the_same_graph_gives_the_same_picture(large: Graph, drawn: Picture) -> None:
    again = picture(large)
    assert again.told == drawn.told
    assert all((again.plain[name] == array).all() for name, array in drawn.plain.items())


def test_edges_that_lead_nowhere_are_counted(tmp_path: Path) -> None:
    paper, task = node("paper", "1", "Paper"), node("task", "t", "Task")
    graph = graph_of(tmp_path, [paper], [edge(paper, task)], [])
    told = picture(graph).told
    assert (told["lost"], told["edges"]) == (1, 0)
    assert told["notes"] == ["1 edge leads to nodes that the graph does not hold, and cannot be shown."]


def test_a_view_says_by_which_rule_something_is_left_out(large: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "MOST_THINGS", 20)
    again = placed(replace(large, places=large.places.slice(0, 0), communities=large.communities.slice(0, 0)))
    notes = {view["name"]: view.get("note", "") for view in picture(again).told["views"]}
    assert "topics, methods, tasks, datasets and the like: those that at least" in notes["topics"]
    assert notes["graph"] == notes["coauthors"] == ""


def test_a_graph_without_places_has_no_views(tmp_path: Path) -> None:
    assert picture(toy_graph(tmp_path)).told["views"] == []


def test_an_empty_graph(tmp_path: Path) -> None:
    told = picture(graph_of(tmp_path, [], [], [])).told
    assert (told["nodes"], told["edges"], told["views"], told["base"]) == (0, 0, [], "")
