"""Networks to draw: communities with few links between them, small components, and single nodes."""

import numpy as np

from kg.network.measures import Floats, Ints, Network


def drawn(count: int, groups: int, small: int = 0, alone: int = 0) -> tuple[Network, Ints, Floats]:
    """Return a network, its communities and radii: `count` nodes in groups, then small trees, then nodes alone."""
    dice = np.random.default_rng(count + small)
    group = np.arange(count) * groups // count
    first = np.searchsorted(group, group)
    inner = np.arange(count)[np.arange(count) > first]
    up = first[inner] + (dice.random(len(inner)) ** 2 * (inner - first[inner])).astype(np.int64)
    more = dice.integers(0, count, (3 * count, 2))
    more = more[(group[more[:, 0]] == group[more[:, 1]]) | (dice.random(len(more)) < 0.03)]
    bridges = np.stack([np.searchsorted(group, np.arange(1, groups)) - 1, np.searchsorted(group, np.arange(1, groups))], axis=1)
    trees = np.arange(count, count + small)[np.arange(small) % 5 > 0]
    ends = np.sort(np.concatenate((np.stack([up, inner], axis=1), more, bridges, np.stack([trees - 1, trees], axis=1))), axis=1)
    ends = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0)
    network = Network.of(count + small + alone, ends[:, 0], ends[:, 1], np.ones(len(ends)))
    community = np.concatenate((group, groups + np.arange(small) // 5, np.full(alone, -1)))
    return network, community, 4.0 + np.minimum(np.sqrt(network.degrees), 10.0)


def part(network: Network, members: Ints) -> Network:
    """Return the network of some nodes, numbered in their order."""
    number = np.full(len(network), -1)
    number[members] = np.arange(len(members))
    left, right = number[network.tails], number[network.heads]
    once = (left >= 0) & (right > left)
    return Network.of(len(members), left[once], right[once], network.weights[once])
