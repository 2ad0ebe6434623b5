"""A network ever coarser: mass and links are kept, and no group holds two communities."""

from itertools import pairwise

import numpy as np

from kg.network.levels import levels
from tests.network.maps import drawn


def test_levels_end_with_the_communities_and_lose_nothing() -> None:
    network, community, _ = drawn(900, 7)
    found = levels(network, community, np.full(900, 2.0))
    assert [len(level.mass) for level in found] == sorted({len(level.mass) for level in found}, reverse=True)
    assert len(found) > 2
    assert found[-1].community.tolist() == list(range(7))
    for finer, coarser in pairwise(found):
        assert coarser.mass.sum() == 1800.0
        assert np.array_equal(coarser.community[finer.parent], finer.community)
        apart = finer.parent[finer.tails] != finer.parent[finer.heads]
        assert np.isclose(finer.weights[apart].sum(), coarser.weights.sum())
    assert found[-1].mass.tolist() == (2.0 * np.bincount(community)).tolist()
