"""A weighted network as arrays, and what is measured in it: parts, paths, and who is central.

Nodes are the numbers 0..n-1. All links stand one behind the other, those of node 0 first, each from both of its ends:
a search from one node then takes a few array operations for each step outwards, whatever the number of nodes there.
"""

import math
import random
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

STEPS: Final = 400_000_000
"""Steps of breadth-first search up to which all shortest paths are followed (about 10 seconds).

A component takes as many as its nodes times the sum of its nodes and links: 7,400 people with 47,000 pairs, for instance.
"""

PIVOTS: Final = 400
"""Beyond that, from how many nodes of a component paths are followed.

Of 76,000 people, 400 pivots gave the betweenness of the 100 most central with a mean error of an eighth.
"""

PIVOTS_AT_LEAST: Final = 50
"""From so many even where each search passes millions of links, as with author lists of thousands."""

SEED: Final = 1
DAMPING: Final = 0.85
TOLERANCE: Final = 1e-12

_LINKS: Final = 1 << 15
"""About how many links are then looked at together: what stays near the processor."""

_AT_ONCE: Final = 64
"""How many nodes are looked at together for triangles: a bit of a number for each."""


@dataclass(frozen=True, eq=False)
class Network:
    """An undirected network without loops.

    Attributes:
        first: Where the links of each node begin, and where those of the last end.
        tails: The node that each link goes out from, ascending.
        heads: The node that it goes to, ascending for each tail.
        weights: How much it weighs.
    """

    first: Ints
    tails: Ints
    heads: Ints
    weights: Floats

    @classmethod
    def of(cls, count: int, left: Ints, right: Ints, weights: Floats) -> "Network":
        """Return the network of `count` nodes with these links, each given once."""
        tails, heads = np.concatenate((left, right)), np.concatenate((right, left))
        order = np.lexsort((heads, tails))
        first = np.concatenate(([0], np.cumsum(np.bincount(tails, minlength=count))))
        return cls(first.astype(np.int64), tails[order], heads[order], np.concatenate((weights, weights))[order])

    def __len__(self) -> int:
        """Return the number of nodes."""
        return len(self.first) - 1

    @property
    def links(self) -> int:
        """The number of links."""
        return len(self.heads) // 2

    @cached_property
    def degrees(self) -> Ints:
        """The number of neighbours of each node."""
        return np.diff(self.first)

    @cached_property
    def strengths(self) -> Floats:
        """The weights of each node's links, added up without a rounding error."""
        weights, ends = self.weights.tolist(), self.first.tolist()
        return np.array([math.fsum(weights[start:end]) for start, end in pairwise(ends)], np.float64)

    @cached_property
    def components(self) -> Ints:
        """The smallest node of each node's component."""
        label = np.arange(len(self))
        while True:
            low = label.copy()
            np.minimum.at(low, self.tails, label[self.heads])
            low = low[low]
            if np.array_equal(low, label):
                return label
            label = low


def spans(starts: Ints, counts: Ints) -> Ints:
    """Return the numbers from each start on, as many as its count says, one span behind the other.

    >>> spans(np.array([7, 2]), np.array([2, 3])).tolist()
    [7, 8, 2, 3, 4]
    """
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


@dataclass(frozen=True, eq=False)
class Paths:
    """What the shortest paths say of each node.

    Attributes:
        betweenness: Share of the shortest paths between two others that lead through it.
        closeness: One over the mean distance to the nodes in reach, times the share of nodes in reach (Wasserman and Faust).
        estimated: Whether the two are estimates, from the paths of some nodes of its component only.
        pivots: From how many nodes paths were followed for the estimates.
        among: How many nodes have estimates.
    """

    betweenness: Floats
    closeness: Floats
    estimated: npt.NDArray[np.bool_]
    pivots: int
    among: int


def paths(network: Network) -> Paths:
    """Return betweenness and closeness, estimated where following all paths would take more than `STEPS` steps.

    Then `PIVOTS` nodes of each component that has more are chosen with a fixed seed (fewer where these alone would take more
    steps than that), and what their paths say is scaled up to all: U. Brandes and C. Pich, "Centrality estimation in large
    networks", Int. J. Bifurcation and Chaos 17, 2007; for closeness as D. Eppstein and J. Wang, "Fast approximation of
    centrality", J. Graph Algorithms Appl. 8, 2004.
    A path counts for a node on it by how far along it the node lies, which keeps the neighbours of a pivot from being
    overrated: R. Geisberger, P. Sanders and D. Schultes, "Better approximation of betweenness centrality", ALENEX 2008.
    From both ends, these parts of a path add up to one: where all nodes are followed, the figures are exact.
    """
    count = len(network)
    # Nodes of one component get numbers in a row, so that each component is a network of its own.
    order = np.argsort(network.components, kind="stable")
    place = np.empty(count, np.int64)
    place[order] = np.arange(count)
    degrees = network.degrees[order]
    first = np.concatenate(([0], np.cumsum(degrees)))
    heads = place[network.heads[spans(network.first[order], degrees)]]
    sizes = np.unique(network.components, return_counts=True)[1]
    ends = np.cumsum(sizes)
    links = first[ends] - first[ends - sizes]
    followed = bool((sizes * (sizes + links // 2)).sum() <= STEPS)

    betweenness, closeness = np.zeros(count), np.zeros(count)
    estimated = np.zeros(count, np.bool_)
    chosen = 0
    choice = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    for size, end in zip(sizes.tolist(), ends.tolist(), strict=True):
        start = end - size
        if size == 1:
            continue
        own = first[start : end + 1] - first[start]
        if own[-1] == size * (size - 1):
            closeness[start:end] = (size - 1) / (count - 1)  # all are neighbours, and no path leads through anyone
            continue
        pivots = size if followed else min(size, PIVOTS, max(PIVOTS_AT_LEAST, STEPS // (size + int(own[-1]) // 2)))
        sources = sorted(choice.sample(range(size), pivots)) if pivots < size else list(range(size))
        through, far = _followed(own, heads[first[start] : first[end]] - start, sources)
        others = np.full(size, float(len(sources)))
        others[sources] -= 1
        scale = (size - 1) / others
        betweenness[start:end] = 2 * through * scale / ((count - 1) * (count - 2))
        closeness[start:end] = (size - 1) / (far * scale) * ((size - 1) / (count - 1))
        estimated[start:end] = pivots < size
        chosen += pivots if pivots < size else 0
    return Paths(
        betweenness[place], closeness[place], estimated[place], pivots=chosen, among=int(estimated.sum()),
    )  # fmt: skip


def _followed(first: Ints, heads: Ints, sources: list[int]) -> tuple[Floats, Floats]:
    """Return what the paths from the sources say of each node: how much it lies between (U. Brandes 2001), how far off it is."""
    count = len(first) - 1
    degrees = np.diff(first)
    through, far = np.zeros(count), np.zeros(count)
    for source in sources:
        reached = np.zeros(count, np.bool_)
        reached[source] = True
        ways = np.zeros(count)
        ways[source] = 1.0
        front = np.array([source])
        away = np.zeros(count)
        layers = []
        while len(front):
            outward = degrees[front]
            tails = np.repeat(front, outward)
            ahead = heads[spans(first[front], outward)]
            fresh = ~reached[ahead]
            tails, ahead = tails[fresh], ahead[fresh]
            arrived = np.bincount(ahead, ways[tails], count)
            layers.append((tails, ahead))
            front = np.flatnonzero(arrived)
            reached[front] = True
            ways[front] = arrived[front]
            away[front] = len(layers)
        lean = np.zeros(count)
        for step, (tails, ahead) in zip(range(len(layers), 0, -1), reversed(layers), strict=True):
            lean += np.bincount(tails, ways[tails] * ((1 / step + lean[ahead]) / ways[ahead]), count)
        through += lean * away
        far += away
    return through, far


def pagerank(network: Network) -> Floats:
    """Return the weighted PageRank; the figures add up to 1."""
    count = len(network)
    rank = np.full(count, 1 / count) if count else np.zeros(0)
    alone = network.degrees == 0
    share = network.weights / network.strengths[network.tails]
    for _ in range(1000):
        base = (1 - DAMPING + DAMPING * rank[alone].sum()) / max(count, 1)
        new = base + DAMPING * _onto_heads(network, rank[network.tails] * share)
        moved = float(np.abs(rank - new).sum())
        rank = new
        if moved < TOLERANCE * max(count, 1):
            break
    return rank


def eigenvector(network: Network) -> Floats | None:
    """Return eigenvector centralities, or None where there are no links or the iteration does not converge.

    The power iteration with A + I, which converges on bipartite networks too.
    """
    count = len(network)
    if not network.links:
        return None
    value = np.full(count, 1 / count)
    for _ in range(100):
        new = value + _onto_heads(network, value[network.tails] * network.weights)
        new = new / math.hypot(*new.tolist())
        moved = float(np.abs(new - value).sum())
        value = new
        if moved < count * 1e-6:
            return value
    return None


def _onto_heads(network: Network, flows: Floats) -> Floats:
    """Add up at each node what flows to it over its links."""
    return np.bincount(network.heads, flows, len(network)).astype(np.float64, copy=False)


def clustering(network: Network) -> Floats:
    """Return the share of each node's pairs of neighbours that are neighbours of each other (Watts and Strogatz).

    Each link is looked at for the neighbours that its two ends share, of `_AT_ONCE` nodes at a time: each of these has a bit
    of its own, which is set at its neighbours.
    """
    degrees = network.degrees
    rank = np.empty(len(network), np.int64)
    rank[np.argsort(degrees, kind="stable")] = np.arange(len(network))
    # Each link once, from its end with fewer links: nowhere do many go out.
    up = rank[network.tails] < rank[network.heads]
    tails, heads = network.tails[up], network.heads[up]
    outward = np.bincount(tails, minlength=len(network))
    first = np.cumsum(outward) - outward
    shared = np.zeros(len(tails), np.int64)
    bits = np.zeros(len(network), np.uint64)
    several = np.flatnonzero(degrees > 1)
    near = several[np.argsort(network.heads[network.first[several]], kind="stable")]  # those who share neighbours together
    for start in range(0, len(near), _AT_ONCE):
        some = near[start : start + _AT_ONCE]
        around = network.heads[spans(network.first[some], degrees[some])]
        np.bitwise_or.at(bits, around, np.repeat(np.uint64(1) << np.arange(len(some), dtype=np.uint64), degrees[some]))
        reached = np.unique(around)
        cuts = np.searchsorted(np.cumsum(outward[reached]), np.arange(0, int(outward[reached].sum()), _LINKS))
        for piece in np.split(reached, cuts[1:]):
            links = spans(first[piece], outward[piece])
            shared[links] += _ones(np.repeat(bits[piece], outward[piece]) & bits[heads[links]])
        bits[reached] = 0
    # A triangle is found at two links of each of its corners.
    triangles = (np.bincount(tails, shared, len(network)) + np.bincount(heads, shared, len(network))) / 2
    shares: Floats = 2 * triangles / np.maximum(degrees * (degrees - 1), 1)
    return shares


def _ones(bits: npt.NDArray[np.uint64]) -> Ints:
    """Return how many bits of each number are set: by twos, fours and eights, and then all eights (`np.bitwise_count` is of NumPy 2).

    >>> _ones(np.array([0, 5, 2**64 - 1], np.uint64)).tolist()
    [0, 2, 64]
    """
    twos = bits - (bits >> np.uint64(1) & np.uint64(0x5555555555555555))
    fours = (twos & np.uint64(0x3333333333333333)) + (twos >> np.uint64(2) & np.uint64(0x3333333333333333))
    eights = fours + (fours >> np.uint64(4)) & np.uint64(0x0F0F0F0F0F0F0F0F)
    counts: Ints = (eights * np.uint64(0x0101010101010101) >> np.uint64(56)).view(np.int64)
    return counts


def by_size(labels: Ints) -> tuple[Ints, list[int]]:
    """Return the 1-based rank of each node's group, the largest first, then by smallest member; and the sizes by rank.

    >>> by_size(np.array([4, 9, 9, 4, 5]))
    (array([1, 2, 2, 1, 3]), [2, 2, 1])
    """
    _, smallest, group, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((smallest, -sizes))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    return rank[group], sizes[order].tolist()
