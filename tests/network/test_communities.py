"""Communities: as good as those of networkx, the same again, and nobody in two."""

import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from kg.network.communities import communities, mapped, modularity
from kg.network.measures import Network
from tests.network.maps import drawn
from tests.network.test_measures import LISTS, networks


def groups(network: Network) -> list[set[int]]:
    """The communities as sets."""
    found = communities(network, 1).tolist()
    return [{node for node, group in enumerate(found) if group == each} for each in sorted(set(found))]


@settings(deadline=None)
@given(LISTS)
def test_communities_cover_each_node_once_and_modularity_is_that_of_networkx(lists: list[set[int]]) -> None:
    ours, graph = networks(lists)
    found = groups(ours)
    assert sorted(node for group in found for node in group) == list(range(len(ours)))
    assert all(len(group) == 1 for group in found if not all(graph.degree(node) for node in group))
    if ours.links:
        assert modularity(ours, communities(ours, 1)) == pytest.approx(nx.community.modularity(graph, found))


@pytest.mark.parametrize("seed", range(5))
def test_communities_are_as_good_as_those_of_networkx(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    ours, graph = networks([set(dice.sample(range(team, team + 15), 4)) for _ in range(60) for team in (0, 10, 20, 30)], 45)
    theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
    assert modularity(ours, communities(ours, 1)) >= theirs - 1e-9


def test_communities_of_a_known_network() -> None:
    club = nx.karate_club_graph()
    ends = np.array(sorted(club.edges), np.int64)
    ours = Network.of(34, ends[:, 0], ends[:, 1], np.ones(len(ends)))
    assert modularity(ours, communities(ours, 1)) == pytest.approx(0.42, abs=0.01), "0.4198 is the best there is"
    assert len(groups(ours)) == 4


def test_two_cliques_joined_by_one_link() -> None:
    ours, _ = networks([{0, 1, 2, 3}, {4, 5, 6, 7}] * 3 + [{3, 4}], 9)
    assert groups(ours) == [{0, 1, 2, 3}, {4, 5, 6, 7}, {8}]
    assert communities(ours, 1).tolist() == communities(ours, 1).tolist()


def test_without_links_everybody_is_alone() -> None:
    ours, _ = networks([], 3)
    assert communities(ours, 1).tolist() == [0, 1, 2]


def test_a_map_has_few_communities_the_largest_first() -> None:
    network, _, _ = drawn(900, 30, 20, 4)
    found = mapped(network, 1, most=6)
    sizes = np.bincount(found[found >= 0])
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)
    assert len(sizes) == 6 + 4, "four small components are tied to none of the six"
    assert (found < 0).tolist() == (network.degrees == 0).tolist()
    whole = mapped(network, 1, most=100)
    for small in range(6, whole[:900].max() + 1):
        assert len(set(found[whole == small].tolist())) == 1, "communities join as a whole"
    assert mapped(network, 1, most=6).tolist() == found.tolist()


def test_a_higher_resolution_makes_smaller_communities() -> None:
    network, _, _ = drawn(900, 4)
    assert len(set(communities(network, 1, resolution=8.0).tolist())) > len(set(communities(network, 1).tolist()))
