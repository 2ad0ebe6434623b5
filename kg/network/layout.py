"""Where the nodes of a picture stand: a map of communities, at any size, the same on every machine.

Communities are laid out first, as discs with room for their nodes; within each, ever smaller groups of nodes find their
places, until each group is one node. The largest component lies in the middle, small ones are packed around it, and nodes
without a neighbour stand in rows below.

Only `+ - * /` and `sqrt` touch the coordinates and every sum runs in a fixed order, so that the last bit does not depend on
the processor.
"""

from typing import Final

import numpy as np

from kg.network.discs import separated
from kg.network.forces import grid, pull, push
from kg.network.levels import Level, levels
from kg.network.measures import Floats, Ints, Network, spans
from kg.network.packing import islands, packed, rows
from kg.network.territories import Land, at, territories

WIDE: Final = 1.6
"""How much wider than high a picture is, as screens are."""

GAP: Final = 5.0
"""Free space between two nodes, in picture units."""

ROOM: Final = 2.6
"""Side of the square that a mean node has for itself, in radii with the gap."""

SMALL: Final = 64
"""Components of up to so many nodes are islands beside the continents."""

COAST: Final = 1.1
"""By how much the land of a community is wider than its nodes need."""

WATER: Final = 1.6
"""How much water is between two communities, in sides of the square that a mean node has for itself."""

ABROAD: Final = 0.3
"""How much a link to another community pulls, compared with one within."""

REACH, PULL, PUSH, CELL, REST, OWN = 4.0, 1.0, 0.6, 1.0, 0.4, 0.4

ROUNDS: Final = 120


def positions(network: Network, community: Ints, sizes: Floats, before: Floats | None = None, seed: int = 1) -> Floats:
    """Return the place of each node, shape (n, 2), in picture units, y downwards.

    Args:
        network: Who is tied to whom, and how strongly.
        community: The number of each node's community; any number for a node without a neighbour.
        sizes: The radius of each node's disc, in picture units.
        before: Where the nodes stood, shape (n, 2), NaN for new ones. They stay about there, and new ones find a place among them.
        seed: Another number gives another picture.
    """
    count = len(network)
    places = np.zeros((count, 2))
    if not count:
        return places
    room = ROOM * float(np.sqrt(_mean((sizes + GAP) * (sizes + GAP)))) * (1 + 3 / float(np.sqrt(count)))
    radii = sizes + GAP / 2
    smallest, part, many = np.unique(network.components, return_inverse=True, return_counts=True)
    large = (many > SMALL) | (np.arange(len(many)) == np.argmax(many)) & (many > 1)
    main = np.flatnonzero(large[part])
    if len(main):
        places[main] = _continents(_within(network, main), community[main], radii[main], room, seed)
    few = np.flatnonzero(~large[part] & (network.degrees > 0))
    if len(few):
        places[few] = packed(islands(_within(network, few), room, seed), _within(network, few).components, radii[few], places[main], room)
    alone = np.flatnonzero(network.degrees == 0)
    if len(alone):
        places[alone] = rows(len(alone), np.concatenate((places[main], places[few])), room, float(radii[alone].max()))
    return np.round(places, 1) + 0.0


def _mean(values: Floats) -> float:
    """Return the mean, added up from the first to the last."""
    return float(np.cumsum(values)[-1]) / len(values)


def _within(network: Network, members: Ints) -> Network:
    """Return the network of some nodes, numbered in their order."""
    number = np.full(len(network), -1)
    number[members] = np.arange(len(members))
    left, right = number[network.tails], number[network.heads]
    inside = (left >= 0) & (right >= 0)
    first = np.concatenate(([0], np.cumsum(np.bincount(left[inside], minlength=len(members)))))
    return Network(first, left[inside], right[inside], network.weights[inside])


def strewn(count: int, seed: int) -> Floats:
    """Return points of the unit disc, evenly strewn (M. Roberts' R2 sequence in a square, without its corners)."""
    number = np.arange(1, 2 * count + 20) + 7919.0 * seed
    points = np.stack([number * 0.7548776662466927 % 1.0, number * 0.5698402909980532 % 1.0], axis=1) * 2 - 1
    inside = points[:, 0] * points[:, 0] + points[:, 1] * points[:, 1] <= 1
    return points[inside][:count]


def _continents(network: Network, community: Ints, radii: Floats, room: float, seed: int) -> Floats:
    """Lay out the large components, around the origin."""
    if len(network) == 1:
        return np.zeros((1, 2))
    group = np.unique(community, return_inverse=True)[1]
    area = (radii * radii) / _mean(radii * radii)
    area = (area + 1) / 2
    found, whole = levels(network, group, area)
    points = _arranged(found[whole], np.sqrt(found[whole].mass / 3.14159265) * COAST + WATER / 2)
    top = found[whole].mass
    land = territories(_centred(points, np.sqrt(top / 3.14159265)) * SHRINK, top * COAST * COAST, WATER)
    points = land.middles
    for level in found[whole - 1 :: -1]:
        points = _relaxed(_opened(points, level, found), level, land, top, 40)
    return separated(points * room, radii, 60 if len(points) <= 20_000 else 12)


def _opened(points: Floats, level: Level, found: list[Level]) -> Floats:
    """Return where the nodes of a level begin: strewn around the places of those they are part of."""
    size = np.sqrt(np.bincount(level.parent, level.mass) / 3.14159265)
    return points[level.parent] + strewn(len(level.parent), 1) * size[level.parent][:, None] * 0.7


def _arranged(level: Level, radii: Floats) -> Floats:
    """Place discs around the largest, each as near as it gets to those it is tied to."""
    count = len(radii)
    strength = np.bincount(level.tails, level.weights, count)
    ties = level.weights / (strength[level.tails] * strength[level.heads]) ** GAMMA
    starts = np.searchsorted(level.tails, np.arange(count + 1))
    order = np.lexsort((np.arange(count), -radii))
    points = np.zeros((count, 2))
    turns = np.arange(ANGLES) / ANGLES * 8 
    # Directions on a square, brought to length 1: no sines, whose last bit depends on the processor.
    around = np.stack([np.clip(np.abs((turns + 8 - o) % 8 - 4) - 2, -1, 1) for o in (0, 2)], axis=1)
    around /= np.sqrt(around[:, 0] * around[:, 0] + around[:, 1] * around[:, 1])[:, None]
    placed = np.zeros(count, np.bool_)
    placed[order[0]] = True
    flat = np.array([1 / WIDE, WIDE]) ** POW
    for at_, node in enumerate(order[1:].tolist(), 1):
        near = level.heads[starts[node]:starts[node + 1]]
        tie = ties[starts[node]:starts[node + 1]]
        tie, near = tie[placed[near]], near[placed[near]]
        middle = (points[near] * tie[:, None]).sum(axis=0) / tie.sum() if len(near) else np.zeros(2)
        there = order[:at_]
        away = points[there] - middle / (1 + LAM)
        best = there[np.argsort(np.sqrt(away[:, 0] ** 2 + away[:, 1] ** 2) - radii[there], kind="stable")]
        for few in (best[:ANCHORS], best[ANCHORS:]):
            spots = (points[few, None] + around[None] * (radii[few] + radii[node])[:, None, None]).reshape(-1, 2)
            dx, dy = spots[:, 0, None] - points[there, 0], spots[:, 1, None] - points[there, 1]
            reach = (radii[there] + radii[node]) * 0.999
            spots = spots[(dx * dx + dy * dy >= reach * reach).all(axis=1)]
            if len(spots):
                break
        off, out = spots - middle, spots * flat
        cost = off[:, 0] ** 2 + off[:, 1] ** 2 + LAM * (out[:, 0] ** 2 + out[:, 1] ** 2)
        points[node] = spots[np.argmin(cost)]
        placed[node] = True
    return points

GAMMA, LAM, POW, ANGLES, ANCHORS = .75, 0.4, 1.2, 24, 40
SHRINK = 1.0

def _centred(points: Floats, radii: Floats) -> Floats:
    """Move the middle of the discs to the origin."""
    low, high = (points - radii[:, None]).min(axis=0), (points + radii[:, None]).max(axis=0)
    return points - (low + high) / 2


def _relaxed(points: Floats, level: Level, land: Land, top: Floats, rounds: int) -> Floats:
    """Let links and masses work until the nodes of each community have found their places on its land."""
    strength = np.bincount(level.tails, level.weights, len(level.mass))
    pulls = level.weights / strength[level.tails]
    apart = level.community[level.tails] != level.community[level.heads]
    pulls = np.where(apart, pulls * ABROAD, pulls)
    spacing = float(np.sqrt(_mean(level.mass)))
    around = grid(land, top, spacing * CELL)
    middle = land.middles[level.community]
    for step in range(rounds):
        heat = (1.0 - step / rounds) * 1.5 * spacing + 0.05 * spacing
        move = pull(points, level, pulls, spacing * REST, spacing * REACH) * PULL + push(points, level.mass, around) * (PUSH / spacing)
        length = np.sqrt(move[:, 0] * move[:, 0] + move[:, 1] * move[:, 1]) + 1e-9
        points = points + move * np.minimum(1.0, heat / length)[:, None]
        if step % 6 == 5:
            points = separated(points, np.sqrt(level.mass) * OWN, 1)
        lost = np.flatnonzero(at(land, points) != level.community)
        points[lost] += (middle[lost] - points[lost]) * 0.1
    return points
