"""A network at several degrees of coarseness, for a layout that begins with the large and ends with the small.

Nodes are joined along their strongest links (one step of Borůvka's algorithm), within communities, until each community is
one node (C. Walshaw, "A multilevel algorithm for force-directed graph drawing", J. Graph Algorithms Appl. 7, 2003).
"""

from typing import Final, NamedTuple

import numpy as np

from kg.network.measures import Floats, Ints, Network

SLOW: Final = 0.9
"""Where joining leaves more than this share of the nodes, what is left of each community is joined at once."""

WHOLE: Final = 2
"""Likewise where so many groups for each community are left."""


class Level(NamedTuple):
    """A network at one degree of coarseness.

    Attributes:
        tails: The node that each link goes out from, ascending.
        heads: The node that it goes to.
        weights: How much it weighs.
        mass: The area that each node needs.
        community: The number of its community.
        parent: The node of the next coarser level that it is part of; empty at the coarsest.
    """

    tails: Ints
    heads: Ints
    weights: Floats
    mass: Floats
    community: Ints
    parent: Ints


def levels(network: Network, community: Ints, mass: Floats) -> list[Level]:
    """Return the network ever coarser; at last the nodes are the communities.

    Args:
        network: The network.
        community: The number of each node's community, 0..k-1, each of which has nodes.
        mass: The area that each node needs.
    """
    # A hub must not hold all that it touches in one heap: its links weigh less.
    degrees = network.degrees.astype(np.float64)
    weights = network.weights / np.sqrt(degrees[network.tails] * degrees[network.heads])
    found = [Level(network.tails, network.heads, weights, mass, community, np.zeros(0, np.int64))]
    count = int(community.max()) + 1
    while len(found[-1].mass) > count:
        last = found[-1]
        parent = _joined(last)
        groups = int(parent.max()) + 1
        if groups > SLOW * len(parent) or groups <= WHOLE * count:
            parent = last.community
        found[-1] = last._replace(parent=parent)
        found.append(_coarser(last, parent))
    return found


def _joined(level: Level) -> Ints:
    """Return the number of the group of each node: those of one community that their strongest links hold together."""
    count = len(level.mass)
    usable = level.community[level.tails] == level.community[level.heads]
    tails, heads = level.tails[usable], level.heads[usable]
    chosen = np.arange(count)
    if len(tails):
        # Light nodes are joined first, so that groups grow alike. As all ends of a link see the same figure, and take the
        # first of equal ones, choices lead in no circle longer than two.
        score = level.weights[usable] / (level.mass[tails] * level.mass[heads])
        starts = np.flatnonzero(np.concatenate(([True], tails[1:] != tails[:-1])))
        best = np.repeat(np.maximum.reduceat(score, starts), np.diff(np.append(starts, len(tails))))
        top = np.flatnonzero(score == best)
        chosen[tails[top[::-1]]] = heads[top[::-1]]
    root = np.where(chosen[chosen] == np.arange(count), np.minimum(chosen, np.arange(count)), chosen)
    while not np.array_equal(further := root[root], root):
        root = further
    return np.unique(root, return_inverse=True)[1]


def _coarser(level: Level, parent: Ints) -> Level:
    """Return the network of the groups."""
    count = int(parent.max()) + 1
    tails, heads = parent[level.tails], parent[level.heads]
    apart = tails != heads
    pairs, link = np.unique(tails[apart] * count + heads[apart], return_inverse=True)
    community = np.zeros(count, np.int64)
    community[parent] = level.community
    return Level(
        pairs // count, pairs % count, np.bincount(link, level.weights[apart], len(pairs)).astype(np.float64, copy=False),
        np.bincount(parent, level.mass, count).astype(np.float64, copy=False), community, np.zeros(0, np.int64),
    )  # fmt: skip
