"""Places: the same each time, apart from each other, communities on land of their own, and steady when the network grows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.network.layout import positions
from kg.network.measures import Floats, Ints, Network
from tests.network.maps import drawn, part


def overlaps(places: Floats, radii: Floats) -> int:
    """How many pairs cover each other by more than places are rounded."""
    away = places[:, None] - places[None]
    distance = np.sqrt((away * away).sum(axis=2))
    np.fill_diagonal(distance, np.inf)
    return int((distance < radii[:, None] + radii[None] - 0.2).sum() // 2)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 60), st.sets(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=80), st.integers(1, 9))
def test_any_network_has_places_that_do_not_cover_each_other(count: int, pairs: set[tuple[int, int]], groups: int) -> None:
    ends = np.array(sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1] and max(pair) < count}), np.int64).reshape(-1, 2)
    network = Network.of(count, ends[:, 0], ends[:, 1], np.ones(len(ends)))
    sizes = 4.0 + np.sqrt(network.degrees)
    places = positions(network, np.arange(count) % groups, sizes)
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()
    assert not overlaps(places, sizes)
    assert positions(network, np.arange(count) % groups, sizes, before=places).tolist() == places.tolist()


def test_places_are_the_same_whatever_the_order_of_links_and_other_for_another_seed() -> None:
    network, community, sizes = drawn(200, 4, 20, 5)
    places = positions(network, community, sizes)
    once = np.flatnonzero(network.tails < network.heads)[::-1]
    turned = Network.of(len(network), network.heads[once], network.tails[once], network.weights[once])
    assert positions(turned, community, sizes).tobytes() == places.tobytes()
    assert positions(network, community, sizes, seed=2).tobytes() != places.tobytes()


@pytest.mark.parametrize(("count", "groups"), [(500, 8), (1500, 16)])
def test_communities_lie_apart_in_a_wide_picture_without_overlaps(count: int, groups: int) -> None:
    network, community, sizes = drawn(count, groups)
    places = positions(network, community, sizes)
    away = places[:, None] - places[None]
    distance = (away * away).sum(axis=2)
    np.fill_diagonal(distance, np.inf)
    assert not overlaps(places, sizes)
    assert (community[distance.argmin(axis=1)] == community).mean() > 0.97
    wide, high = np.ptp(places, axis=0)
    assert 1.2 < wide / high < 2.1


def test_density_is_even() -> None:
    network, community, sizes = drawn(3000, 10)
    places = positions(network, community, sizes)
    shares = [np.ptp(places[community == group], axis=0).prod() / (community == group).sum() for group in range(10)]
    assert max(shares) < 2 * min(shares), "each community has room by its size"


def test_a_node_lies_near_those_that_it_is_tied_to() -> None:
    network, community, sizes = drawn(1500, 12)
    places = positions(network, community, sizes)
    away = places[:, None] - places[None]
    near = np.argsort((away * away).sum(axis=2), axis=1, kind="stable")[:, 1:11]
    tied = np.zeros((1500, 1500), np.bool_)
    tied[network.tails, network.heads] = True
    two = tied | (tied.astype(np.float32) @ tied.astype(np.float32) > 0)
    assert np.take_along_axis(two, near, axis=1).mean() > 0.4
    assert two.mean() < 0.1


def test_small_components_and_single_nodes_lie_around_and_below() -> None:
    network, community, sizes = drawn(500, 6, 200, 30)
    places = positions(network, community, sizes)
    assert not overlaps(places, sizes)
    tied = network.degrees > 0
    assert places[~tied, 1].min() > places[tied, 1].max()
    assert len(set(places[~tied, 1].tolist())) < 5, "in rows"
    middle = (places[:500].min(axis=0) + places[:500].max(axis=0)) / 2
    assert np.abs(places[tied].mean(axis=0) - middle).max() < 0.2 * np.ptp(places[:, 0])
    for island in range(500, 700, 5):
        assert np.ptp(places[island : island + 5], axis=0).max() < 0.2 * np.ptp(places[:, 0])


def grown(share: float) -> tuple[Network, Ints, Floats, Floats]:
    """A network, its communities and radii, and where those nodes stood that were there before."""
    network, community, sizes = drawn(1200, 10, 60, 20)
    dice = np.random.default_rng(5)
    old = np.sort(dice.choice(len(network), int(len(network) * (1 - share)), replace=False))
    before = np.full((len(network), 2), np.nan)
    before[old] = positions(part(network, old), community[old], sizes[old])
    return network, community, sizes, before


def test_a_picture_stays_when_a_twentieth_is_new() -> None:
    network, community, sizes, before = grown(0.05)
    places = positions(network, community, sizes, before)
    known = np.isfinite(before[:, 0])
    moved = np.sqrt(((places - before)[known] ** 2).sum(axis=1)) / np.ptp(before[known, 0])
    assert np.median(moved) < 0.001
    assert moved.max() < 0.05
    assert not overlaps(places, sizes)
    fresh = np.flatnonzero(~known & (network.degrees > 0))
    reach = [
        np.sqrt(((places[network.heads[network.first[node] : network.first[node + 1]]] - places[node]) ** 2).sum(axis=1)).min()
        for node in fresh
    ]
    assert np.median(reach) < 0.1 * np.ptp(places[:, 0]), "new nodes lie near their neighbours"
    assert positions(network, community, sizes, before).tobytes() == places.tobytes()


def test_with_most_nodes_new_the_picture_is_made_anew() -> None:
    network, community, sizes, before = grown(0.6)
    assert positions(network, community, sizes, before).tobytes() == positions(network, community, sizes).tobytes()


def test_a_new_component_finds_a_free_place() -> None:
    network, community, sizes = drawn(300, 4, 10)
    old = np.arange(300)
    before = np.full((310, 2), np.nan)
    before[:300] = positions(part(network, old), community[:300], sizes[:300]) + 1000.0
    places = positions(network, community, sizes, before)
    assert np.abs(places[:300] - before[:300]).max() < 1.0
    assert not overlaps(places, sizes)
    assert np.abs(places[300:] - before[:300].mean(axis=0)).max() < 1.5 * np.ptp(before[:300, 0])
