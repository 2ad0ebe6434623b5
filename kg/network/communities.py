"""Communities by the Louvain method (Blondel et al., J. Stat. Mech. P10008, 2008), step by step as in networkx.

Nodes in an order of chance move to the neighbouring community that gains most modularity, until none moves; then
communities become the nodes of a smaller network, and all begins again. networkx does the same on its own classes,
with several copies of the network and in about four times the time.
"""

import random
from itertools import pairwise
from typing import Final

import numpy as np

from kg.network.measures import Ints, Network

THRESHOLD: Final = 1e-7
"""A smaller network that gains less modularity than this is not made smaller again."""

Links = list[dict[int, float]]
"""The weight of each node's links by neighbour; a node that was a community may be its own."""


def communities(network: Network, seed: int) -> Ints:
    """Return the number of each node's community; nodes without a neighbour are alone."""
    paired = np.flatnonzero(network.degrees)
    if not len(paired):
        return np.arange(len(network))
    place = np.cumsum(network.degrees > 0) - 1
    heads, weights = place[network.heads].tolist(), network.weights.tolist()
    ends = [*network.first[paired].tolist(), len(heads)]
    links = [dict(zip(heads[start:end], weights[start:end], strict=True)) for start, end in pairwise(ends)]
    del heads, weights

    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    total = sum(_degrees(links)) / 2
    group = np.arange(len(links))
    reached = _modularity(links, list(range(len(links))), total)
    while True:
        joined = _one_level(links, total, chance)
        group = np.array(joined)[group]
        gained = _modularity(links, joined, total)
        if gained - reached <= THRESHOLD:
            break
        reached = gained
        links = _smaller(links, joined)
    found = np.arange(len(network)) + len(links)
    found[paired] = group
    return found


def modularity(network: Network, group: Ints) -> float:
    """Return the share of the weight inside of groups beyond what chance would put there (Newman and Girvan)."""
    total = float(network.strengths.sum())
    inside = float(network.weights[group[network.tails] == group[network.heads]].sum())
    return inside / total - float(np.square(np.bincount(group, network.strengths) / total).sum())


def _degrees(links: Links) -> list[float]:
    """Return the weight of each node's links; one to itself has two ends there."""
    return [sum(near.values()) + near.get(node, 0.0) for node, near in enumerate(links)]


def _one_level(links: Links, total: float, chance: random.Random) -> list[int]:
    """Move nodes between communities until none moves; return the number of each node's community."""
    degrees = _degrees(links)
    weight = degrees.copy()
    home = list(range(len(links)))
    order = list(home)
    chance.shuffle(order)
    square = 2 * total**2
    moved = True
    while moved:
        moved = False
        for node in order:
            own, degree = home[node], degrees[node]
            toward: dict[int, float] = {}
            for other, link in links[node].items():
                if other != node:
                    there = home[other]
                    toward[there] = toward.get(there, 0.0) + link
            weight[own] -= degree
            leaving = -toward.get(own, 0.0) / total + weight[own] * degree / square
            best, most = own, 0.0
            for there, link in toward.items():
                gain = leaving + link / total - weight[there] * degree / square
                if gain > most:
                    best, most = there, gain
            weight[best] += degree
            if best != own:
                home[node] = best
                moved = True
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


def _modularity(links: Links, joined: list[int], total: float) -> float:
    """Return the modularity of communities, as `modularity` does for a whole network."""
    inside, degrees = [0.0] * (max(joined) + 1), [0.0] * (max(joined) + 1)
    for node, degree in enumerate(_degrees(links)):
        own = joined[node]
        degrees[own] += degree
        inside[own] += sum(weight for other, weight in links[node].items() if other >= node and joined[other] == own)
    return sum(w / total - (degree / (2 * total)) ** 2 for w, degree in zip(inside, degrees, strict=True))
