"""The measurement itself works: quality tells a good picture from a bad one, and each way gives places."""

import numpy as np
import pytest

from tests.benchmarks import layout
from tests.network.maps import drawn


def test_quality_is_high_for_neighbours_side_by_side_and_low_for_chance() -> None:
    network, _, _ = drawn(600, 12)
    chance = np.random.default_rng(1).random((600, 2))
    assert layout.quality(network, layout.with_kg(network)) > 2 * layout.quality(network, chance)


@pytest.mark.parametrize("way", layout.WAYS)
def test_each_way_gives_places(way: str) -> None:
    if way != "kg":
        pytest.importorskip("igraph")
    network, _, _ = drawn(60, 3, 10, 2)
    assert layout.measure("drawn", network, way).startswith("drawn          72 nodes")
    assert layout.WAYS[way](network).shape == (72, 2)


def test_a_search_outwards_and_what_is_among_nodes() -> None:
    network, _, _ = drawn(100, 2)
    some = layout.outwards(network, 30)
    assert len(some) == 30
    assert len(set(some.components.tolist())) == 1
    assert layout.among(network, np.arange(100)).heads.tolist() == network.heads.tolist()
