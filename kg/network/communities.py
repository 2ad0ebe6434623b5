"""Communities by the Louvain method (Blondel et al., J. Stat. Mech. P10008, 2008), and those that fit on a map.

Nodes in an order of chance move to the neighbouring community that gains most modularity; after that, only those are looked
at again whose neighbours moved (V. A. Traag, L. Waltman and N. J. van Eck, Sci. Rep. 9, 5233, 2019, section "Fast local
move"). Then communities become the nodes of a smaller network, and all begins again. networkx looks at all nodes again and
again, on its own classes, and takes about ten times the time.
"""

import random
from collections import deque
from itertools import pairwise
from typing import Final

import numpy as np

from kg.network.measures import Ints, Network, by_size

THRESHOLD: Final = 1e-7
"""A smaller network that gains less modularity than this is not made smaller again."""

NOTHING: Final = 1e-12
"""A share of the weight of all links that is not worth a move: what rounding may make of nothing."""

MOST: Final = 80
"""How many communities a map has at most in a connected part: more can not be told apart, nor have a name each."""

LARGE: Final = 5_000
"""In a network of more nodes, a few communities would cover most of the map."""

FINER: Final = 2.0
"""The resolution there: of 293,516 nodes of a graph of papers, the largest community then has 6 % rather than 14 %."""

LEAST: Final = 1 / 2000
"""What share of all nodes a community of a map has at least, likewise."""

Links = list[dict[int, float]]
"""The weight of each node's links by neighbour; a node that was a community may be its own."""


def communities(network: Network, seed: int, resolution: float = 1.0) -> Ints:
    """Return the number of each node's community; nodes without a neighbour are alone.

    Args:
        network: Who is tied to whom, and how strongly.
        seed: Another number gives other communities, of about the same modularity.
        resolution: Above 1, communities are smaller (J. Reichardt and S. Bornholdt, Phys. Rev. E 74, 016110, 2006).
    """
    paired = np.flatnonzero(network.degrees)
    if not len(paired):
        return np.arange(len(network))
    place = np.cumsum(network.degrees > 0) - 1
    heads, weights = place[network.heads].tolist(), network.weights.tolist()
    ends = [*network.first[paired].tolist(), len(heads)]
    links = [dict(zip(heads[start:end], weights[start:end], strict=True)) for start, end in pairwise(ends)]
    del heads, weights

    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    group = np.arange(len(links))
    found = np.arange(len(network))
    reached = modularity(network, found, resolution)
    while True:
        joined = _one_level(links, chance, resolution)
        group = np.array(joined)[group]
        found = np.arange(len(network)) + len(links)
        found[paired] = group
        gained = modularity(network, found, resolution)
        if gained - reached <= THRESHOLD:
            return found
        reached = gained
        links = _smaller(links, joined)


def mapped(network: Network, seed: int, most: int = MOST) -> Ints:
    """Return communities for a map: the number of each node's, 0 for the largest; -1 for a node without a neighbour.

    What is not among the `most` largest, or has less than `LEAST` of all nodes, joins the larger community that it has the
    strongest ties to. Parts of the network that are not tied to any of these keep communities of their own.

    Args:
        network: Who is tied to whom, and how strongly.
        seed: Another number gives other communities.
        most: How many communities there are at most, beside those in such parts.
    """
    group, sizes = by_size(communities(network, seed, FINER if len(network) > LARGE else 1.0))
    tied = network.degrees > 0
    while True:
        rank, count = group - 1, len(sizes)
        few = min(most, int((np.array(sizes) >= LEAST * len(network)).sum()))
        tails, heads = rank[network.tails], rank[network.heads]
        minor = (tails >= few) & (heads < tails)
        pairs, link = np.unique(tails[minor] * count + heads[minor], return_inverse=True)
        if not len(pairs):
            break
        small, large = np.divmod(pairs, count)
        weights = np.bincount(link, network.weights[minor])
        strongest = np.lexsort((large, -weights, small))
        small, first = np.unique(small[strongest], return_index=True)
        into = np.arange(count)
        into[small] = large[strongest][first]
        while not np.array_equal(further := into[into], into):
            into = further
        group, sizes = by_size(into[rank])
    found = np.full(len(network), -1)
    found[tied] = by_size(rank[tied])[0] - 1
    return found


def modularity(network: Network, group: Ints, resolution: float = 1.0) -> float:
    """Return the share of the weight inside of groups beyond what chance would put there (Newman and Girvan)."""
    total = float(network.strengths.sum())
    inside = float(network.weights[group[network.tails] == group[network.heads]].sum())
    return inside / total - resolution * float(np.square(np.bincount(group, network.strengths) / total).sum())


def _one_level(links: Links, chance: random.Random, resolution: float) -> list[int]:
    """Move nodes between communities until none moves; return the number of each node's community."""
    # The weight of each node's links; one to itself has two ends there.
    degrees = [sum(near.values()) + near.get(node, 0.0) for node, near in enumerate(links)]
    weight, total = degrees.copy(), sum(degrees) / 2
    home = list(range(len(links)))
    order = list(home)
    chance.shuffle(order)
    queue, waiting = deque(order), [True] * len(links)
    scale, worth = resolution / (2 * total), NOTHING * total
    while queue:
        node = queue.popleft()
        waiting[node] = False
        own, near = home[node], links[node]
        toward = {own: -near.get(node, 0.0)}
        for other, link in near.items():
            there = home[other]
            if there in toward:
                toward[there] += link
            else:
                toward[there] = link
        weight[own] -= degrees[node]
        expected = degrees[node] * scale
        best, most = own, toward[own] - weight[own] * expected + worth
        for there, link in toward.items():
            gain = link - weight[there] * expected
            if gain > most:
                best, most = there, gain
        weight[best] += degrees[node]
        if best != own:
            home[node] = best
            for other in near:
                if home[other] != best and not waiting[other]:
                    waiting[other] = True
                    queue.append(other)
    number = {there: rank for rank, there in enumerate(sorted(set(home)))}
    return [number[there] for there in home]


def _smaller(links: Links, joined: list[int]) -> Links:
    """Return the network of the communities, each link of which is all links between two, or inside of one."""
    found: Links = [{} for _ in range(max(joined) + 1)]
    for node, near in enumerate(links):
        one = joined[node]
        for other, weight in near.items():
            if other >= node:
                two = joined[other]
                found[one][two] = found[two][one] = weight + found[one].get(two, 0.0)
    return found

