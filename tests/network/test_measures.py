"""Measures of a network: what networkx finds, and estimates that say what they are."""

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.network import measures
from kg.network.measures import Network, by_size, clustering, eigenvector, pagerank, paths, spans

LISTS = st.lists(st.sets(st.integers(0, 11), min_size=2, max_size=5), max_size=12)
"""Author lists, each of which makes everybody on it neighbours."""


def networks(lists: list[set[int]], count: int = 12) -> tuple[Network, nx.Graph]:
    """The network of these lists, ours and as networkx holds it."""
    weights: dict[tuple[int, int], float] = {}
    for people in lists:
        for one in people:
            for other in people:
                if one < other:
                    weights[one, other] = weights.get((one, other), 0.0) + 1 / (len(people) - 1)
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from((one, other, weights[one, other]) for one, other in sorted(weights))
    ends = np.array(sorted(weights), np.int64).reshape(-1, 2)
    ours = Network.of(count, ends[:, 0], ends[:, 1], np.array([weights[pair] for pair in sorted(weights)], np.float64))
    return ours, graph


def values(found: dict[int, float]) -> Any:
    """Figures by node as an approximate list."""
    return pytest.approx([found[node] for node in sorted(found)], rel=1e-9, abs=1e-12)


@settings(deadline=None)
@given(LISTS)
def test_measures_are_those_of_networkx(lists: list[set[int]]) -> None:
    ours, graph = networks(lists)
    found = paths(ours)
    assert ours.links == graph.number_of_edges()
    assert found.betweenness.tolist() == values(nx.betweenness_centrality(graph))
    assert found.closeness.tolist() == values(nx.closeness_centrality(graph))
    assert clustering(ours).tolist() == values(nx.clustering(graph))
    assert ours.components.tolist() == [min(nx.node_connected_component(graph, node)) for node in range(len(ours))]
    assert not found.among
    assert not found.estimated.any()
    central = eigenvector(ours)
    try:
        theirs = nx.eigenvector_centrality(graph, weight="weight") if ours.links else None
    except nx.PowerIterationFailedConvergence:
        theirs = None
    assert (central is None) == (theirs is None)
    if central is not None and theirs is not None:
        assert central.tolist() == values(theirs)


@settings(deadline=None)
@given(LISTS)
def test_pagerank_is_a_fixed_point_and_adds_up(lists: list[set[int]]) -> None:
    ours, graph = networks(lists)
    rank = pagerank(ours).tolist()
    strength = dict(graph.degree(weight="weight"))
    loose = sum(rank[node] for node in graph if not strength[node])
    expected = [
        (0.15 + 0.85 * loose) / 12 + 0.85 * sum(rank[other] * edge["weight"] / strength[other] for other, edge in graph[node].items())
        for node in graph
    ]
    assert sum(rank) == pytest.approx(1)
    assert rank == pytest.approx(expected, abs=1e-9)


def test_triangles_are_counted_whatever_the_size_of_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, graph = networks([set(range(9)), {1, 10, 11}, {3, 9, 10}])
    monkeypatch.setattr(measures, "_LINKS", 5)
    monkeypatch.setattr(measures, "_AT_ONCE", 4)
    assert clustering(ours).tolist() == values(nx.clustering(graph))


def test_triangles_of_more_nodes_than_a_number_has_bits() -> None:
    ours, graph = networks([set(range(150)), set(range(100, 200, 2)), set(range(0, 200, 9))], 200)
    assert clustering(ours).tolist() == values(nx.clustering(graph))


def test_the_triangles_of_a_list_of_twelve_hundred_are_counted() -> None:
    left, right = np.triu_indices(1200, 1)
    ours = Network.of(1201, np.append(left, 0), np.append(right, 1200), np.ones(len(left) + 1))
    shares = clustering(ours)
    assert shares[1:].tolist() == [1.0] * 1199 + [0.0]
    assert shares[0] == pytest.approx(1198 / 1200)


def test_a_network_of_nobody() -> None:
    ours, _ = networks([], 0)
    assert len(ours) == 0
    assert [len(found) for found in (pagerank(ours), clustering(ours), paths(ours).betweenness)] == [0, 0, 0]
    assert eigenvector(ours) is None


def unequal(count: int) -> tuple[Network, nx.Graph]:
    """A network of `count` nodes in which a few know many (Barabási and Albert)."""
    return networks([set(ends) for ends in nx.barabasi_albert_graph(count, 2, seed=1).edges], count)


def test_beyond_a_size_figures_are_estimates_that_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, graph = unequal(300)
    monkeypatch.setattr(measures, "STEPS", 300 * (300 + ours.links) - 1)
    monkeypatch.setattr(measures, "PIVOTS", 60)
    found = paths(ours)
    assert (found.among, found.pivots, bool(found.estimated.all())) == (300, 60, True)
    exact = np.array(list(nx.betweenness_centrality(graph).values()))
    assert found.betweenness.mean() == pytest.approx(exact.mean(), rel=0.05)
    assert np.corrcoef(found.betweenness, exact)[0, 1] > 0.95
    assert found.closeness.tolist() == pytest.approx(list(nx.closeness_centrality(graph).values()), rel=0.2)
    assert paths(ours).betweenness.tolist() == found.betweenness.tolist(), "the pivots are the same again"


def test_paths_through_millions_of_links_are_followed_from_fewer_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, _ = unequal(300)
    monkeypatch.setattr(measures, "PIVOTS", 60)
    monkeypatch.setattr(measures, "PIVOTS_AT_LEAST", 20)
    monkeypatch.setattr(measures, "STEPS", 30 * (300 + ours.links))
    assert paths(ours).pivots == 30
    monkeypatch.setattr(measures, "STEPS", 0)
    assert paths(ours).pivots == 20


def test_up_to_that_size_figures_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, _ = unequal(300)
    monkeypatch.setattr(measures, "STEPS", 300 * (300 + ours.links))
    monkeypatch.setattr(measures, "PIVOTS", 60)
    assert not paths(ours).estimated.any()


def test_estimates_are_right_on_average(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, graph = unequal(40)
    monkeypatch.setattr(measures, "STEPS", 0)
    monkeypatch.setattr(measures, "PIVOTS", 5)
    several = []
    for seed in range(400):
        monkeypatch.setattr(measures, "SEED", seed)
        several.append(paths(ours).betweenness)
    assert np.mean(several, axis=0).tolist() == pytest.approx(list(nx.betweenness_centrality(graph).values()), rel=0.15)


def test_small_components_stay_exact_beside_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = [{node, node + 1} for node in range(99)] + [{100, 101}, {101, 102}, {103, 104, 105}]
    ours, graph = networks(lists, 107)
    monkeypatch.setattr(measures, "STEPS", 0)
    monkeypatch.setattr(measures, "PIVOTS", 20)
    found = paths(ours)
    assert found.estimated.tolist() == [True] * 100 + [False] * 7
    assert (found.among, found.pivots) == (100, 20)
    assert found.betweenness[100:].tolist() == pytest.approx(list(nx.betweenness_centrality(graph).values())[100:])
    assert found.closeness[100:].tolist() == pytest.approx(list(nx.closeness_centrality(graph).values())[100:])


def test_spans_and_ranks_of_nothing() -> None:
    none = np.zeros(0, np.int64)
    assert spans(none, none).tolist() == []
    ranks, sizes = by_size(none)
    assert (ranks.tolist(), sizes) == ([], [])
