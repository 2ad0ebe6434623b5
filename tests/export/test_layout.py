"""Tests of the static layout: the same everywhere, nothing covered, communities together, in time."""

import os
import subprocess
import sys
from itertools import combinations
from math import dist
from pathlib import Path
from statistics import mean, median
from time import perf_counter

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.layout import positions, radius
from kg.model import Graph
from tests.export.graphs import large_graph

_NAMES = st.sampled_from([f"n{i}" for i in range(14)])


def plain(graph: Graph) -> nx.Graph:
    found = nx.Graph()
    found.add_nodes_from(graph.nodes["id"].to_pylist())
    found.add_edges_from(zip(graph.edges["source"].to_pylist(), graph.edges["target"].to_pylist(), strict=True))
    return found


def test_an_empty_graph_has_no_places() -> None:
    assert positions(nx.Graph()) == {}


def test_a_single_node_stands_at_the_origin_once() -> None:
    assert positions(nx.Graph([("a", "a")])) == {"a": (0.0, 0.0)}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_NAMES, _NAMES), max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_insertion_does_not_matter(edges: list[tuple[str, str]], chance: object) -> None:
    shuffled = [edge[::-1] for edge in edges]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert positions(nx.Graph(edges)) == positions(nx.Graph(shuffled))


def test_the_direction_of_an_edge_does_not_matter() -> None:
    edges = [("n0", "n1"), ("n0", "n3"), ("n1", "n2"), ("n3", "n4")]
    assert positions(nx.Graph(edges)) == positions(nx.Graph([edge[::-1] for edge in edges]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_NAMES, _NAMES), max_size=25))
def test_no_two_nodes_stand_on_each_other(edges: list[tuple[str, str]]) -> None:
    graph = nx.Graph(edges)
    for one, other in combinations(positions(graph).values(), 2):
        assert dist(one, other) > 2 * radius(0)


def test_another_process_with_other_hashes_gives_the_same() -> None:
    code = (
        "import networkx as nx; from kg.export.layout import positions\n"
        "print(positions(nx.relabel_nodes(nx.karate_club_graph(), str)))"
    )
    outs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": seed}, cwd=Path(__file__).parents[2],
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outs) == 1


def test_another_seed_gives_another_picture() -> None:
    graph = nx.karate_club_graph()
    assert positions(graph, seed=1) != positions(graph, seed=2)


def test_communities_stay_together() -> None:
    graph = nx.connected_caveman_graph(6, 8)
    place = positions(graph)
    inside = mean(dist(place[a], place[b]) for a, b in combinations(graph, 2) if a // 8 == b // 8)
    across = mean(dist(place[a], place[b]) for a, b in combinations(graph, 2) if a // 8 != b // 8)
    assert inside < across / 2.5


def test_isolated_nodes_stand_around_the_main_component_and_not_in_it() -> None:
    main = nx.connected_caveman_graph(8, 8)
    alone = [f"z{i}" for i in range(40)]
    graph = nx.relabel_nodes(main, {i: f"a{i:03}" for i in main})
    graph.add_nodes_from(alone)
    place = positions(graph)
    inner = [place[f"a{i:03}"] for i in main]
    reach = max(dist((0, 0), point) for point in inner)
    assert min(dist(place[name], point) for name in alone for point in inner) > 30
    assert max(dist((0, 0), place[name]) for name in alone) < 2.5 * reach


def test_outliers_do_not_shrink_the_rest() -> None:
    graph = nx.complete_graph(60)
    graph.add_edges_from((i, i + 1) for i in range(59, 75))
    reach = [dist((0, 0), point) for point in positions(graph).values()]
    assert max(reach) < 6 * median(reach)


def test_hubs_and_their_neighbours_do_not_cover_each_other(tmp_path: Path) -> None:
    graph = plain(large_graph(tmp_path, 130))
    place = positions(graph)
    covered = [
        (a, b)
        for a, b in combinations(graph, 2)
        if dist(place[a], place[b]) < radius(graph.degree(a)) + radius(graph.degree(b))
    ]
    assert covered == []


@pytest.mark.parametrize(("papers", "most", "seconds"), [(150, 500, 3.0), (815, 2000, 20.0)])
def test_layouts_are_ready_in_time(tmp_path: Path, papers: int, most: int, seconds: float) -> None:
    graph = plain(large_graph(tmp_path, papers))
    assert 0.75 * most < len(graph) <= most
    begun = perf_counter()
    positions(graph)
    assert perf_counter() - begun < seconds
