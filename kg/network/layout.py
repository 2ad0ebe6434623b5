"""Where the nodes of a picture stand: a map of communities, at any size, the same on every machine.

Each community has land of its own (territories.py). On it, ever smaller groups of nodes find their places (levels.py), until
each group is one node: links pull them together, and mass pushes them apart (forces.py). The largest component lies in
the middle, small ones are packed around it, and nodes without a neighbour stand in rows below (packing.py).

Only `+ - * /` and `sqrt` touch the coordinates and every sum runs in a fixed order, so that the last bit does not depend on
the processor.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from kg.network.discs import separated
from kg.network.forces import grid, pull, push, shares
from kg.network.levels import Level, levels
from kg.network.measures import Floats, Ints, Network
from kg.network.packing import islands, packed, rows
from kg.network.territories import PI, Land, arranged, at, territories

GAP: Final = 5.0
"""Free space between two nodes, in picture units."""

ROOM: Final = 2.6
"""Side of the square that a mean node has for itself, in radii with the gap; few nodes have more, so that their names fit."""

SMALL: Final = 64
"""Components of up to so many nodes are islands beside the continents."""

KNOWN: Final = 0.5
"""If fewer than this share of the nodes stood somewhere before, all are placed anew."""

COAST: Final = 1.1
"""How much wider than its nodes need the land of a community is."""

WATER: Final = 1.6
"""How wide the water between two communities is, in sides of the square that a mean node has for itself."""

ABROAD: Final = 0.3
"""How much a link to another community pulls, compared with one within."""

REST: Final = 0.4
"""The length at which a link no longer pulls, in distances between nodes that are evenly spread."""

REACH: Final = 4.0
"""The length from which on it pulls ever less, likewise."""

PUSH: Final = 0.6
"""How strongly mass pushes, compared with the pull of links."""

OWN: Final = 0.4
"""The radius that no other node may enter while the forces work, likewise."""

STEPS: Final = 40
"""How often the forces work at each degree of coarseness."""


def positions(network: Network, community: Ints, sizes: Floats, before: Floats | None = None, seed: int = 1) -> Floats:
    """Return the place of each node, shape (n, 2), in picture units, y downwards.

    Args:
        network: Who is tied to whom, and how strongly.
        community: The number of each node's community; any number for a node without a neighbour.
        sizes: The radius of each node's disc, in picture units.
        before: Where the nodes stood, shape (n, 2), NaN for new ones, which find a place among them; the others stay about there.
        seed: Another number gives another picture.
    """
    count = len(network)
    if not count:
        return np.zeros((0, 2))
    around = sizes + GAP
    room = ROOM * float(np.sqrt(_mean(around * around))) * (1 + 3 / float(np.sqrt(count)))
    radii = sizes + GAP / 2
    known = np.zeros(count, np.bool_) if before is None else np.isfinite(before).all(axis=1)
    if before is None or known.sum() < KNOWN * count:
        known, places = np.zeros(count, np.bool_), np.zeros((count, 2))
    else:
        places = np.where(known[:, None], before, 0.0)
    if known.all():
        return np.round(places, 1) + 0.0
    fresh = ~known
    if known.any():
        fresh = _joining(network, community, places, known, room, seed)
    _found(network, community, radii, places, fresh, room, seed)
    stiff = np.where(known, 20.0, 1.0)
    places = separated(places, radii, 60 if count <= MANY else 12, stiff)
    return np.round(places, 1) + 0.0


MANY: Final = 30_000
"""Up to so many nodes no two cover each other."""


def _found(network: Network, community: Ints, radii: Floats, places: Floats, fresh: npt.NDArray[np.bool_], room: float, seed: int) -> None:
    """Place those components of which no node has a place: continents, islands, and rows."""
    _, part, many = np.unique(network.components, return_inverse=True, return_counts=True)
    large = many > SMALL
    if fresh.all() and network.links:
        large[np.argmax(many)] = True
    stand = ~fresh
    for members in (np.flatnonzero(fresh & large[part]), np.flatnonzero(fresh & ~large[part] & (network.degrees > 0))):
        if not len(members):
            continue
        some = _within(network, members)
        label = np.unique(some.components, return_inverse=True)[1]
        if large[part[members[0]]]:
            places[members] = _continents(some, np.unique(community[members], return_inverse=True)[1], radii[members], room, seed)
            label = np.zeros(len(members), np.int64)
        else:
            places[members] = islands(some, room)
        if stand.any() or not large[part[members[0]]]:
            places[members] = packed(places[members], label, radii[members], places[stand], room)
        stand[members] = True
    alone = np.flatnonzero(fresh & (network.degrees == 0))
    if len(alone):
        places[alone] = rows(len(alone), places[stand], room, float(radii[alone].max()))


def _joining(network: Network, community: Ints, places: Floats, known: npt.NDArray[np.bool_], room: float, seed: int) -> npt.NDArray[np.bool_]:
    """Place new nodes near their neighbours that have a place; return which are left because they have none."""
    tails, heads = network.tails, network.heads
    degrees = network.degrees
    weights = network.weights / np.sqrt((degrees[tails] * degrees[heads]).astype(np.float64))
    weights = np.where(community[tails] == community[heads], weights, weights * ABROAD)
    placed = known.copy()
    while True:
        ties = ~placed[tails] & placed[heads]
        if not ties.any():
            break
        total = np.bincount(tails[ties], weights[ties], len(known))
        near = total > 0
        for axis in (0, 1):
            places[near, axis] = (np.bincount(tails[ties], weights[ties] * places[heads[ties], axis], len(known)) / np.where(near, total, 1.0))[near]
        placed |= near
    new = np.flatnonzero(placed & ~known)
    places[new] += strewn(len(new), seed) * room
    mine = (placed & ~known)[tails]
    tails, heads, weights = tails[mine], heads[mine], weights[mine]
    pulls = shares(tails, weights, len(known))
    for _ in range(STEPS // 4):
        move = pull(places, tails, heads, pulls, room * REST, room * REACH)
        places[new] += 0.5 * move[new]
    return ~placed


def _within(network: Network, members: Ints) -> Network:
    """Return the network of some nodes, numbered in their order."""
    number = np.full(len(network), -1)
    number[members] = np.arange(len(members))
    left, right = number[network.tails], number[network.heads]
    inside = (left >= 0) & (right >= 0)
    first = np.concatenate(([0], np.cumsum(np.bincount(left[inside], minlength=len(members)))))
    return Network(first, left[inside], right[inside], network.weights[inside])


def strewn(count: int, seed: int) -> Floats:
    """Return points of the unit disc, evenly strewn (the sequence R2 of M. Roberts, 2018).

    >>> strewn(2, seed=1).round(2).tolist()
    """
    number = np.arange(1, 2 * count + 20) + 7919.0 * seed
    points = np.stack([number * 0.7548776662466927 % 1.0, number * 0.5698402909980532 % 1.0], axis=1) * 2 - 1
    return points[points[:, 0] * points[:, 0] + points[:, 1] * points[:, 1] <= 1][:count]


def _continents(network: Network, community: Ints, radii: Floats, room: float, seed: int) -> Floats:
    """Return places for the nodes of large components, around the origin."""
    area = radii * radii
    mass = (area / _mean(area) + 1) / 2
    found = levels(network, community, mass)
    whole = found[-1].mass
    middles = arranged(found[-1], np.sqrt(whole / PI) * COAST + WATER / 2)
    land = territories(middles, whole * COAST * COAST, WATER)
    points = land.middles
    for level in found[-2::-1]:
        size = np.sqrt(np.bincount(level.parent, level.mass) / PI)[level.parent]
        points = points[level.parent] + strewn(len(level.parent), seed) * (0.7 * size)[:, None]
        points = _relaxed(points, level, land, whole)
    return points * room


def _relaxed(points: Floats, level: Level, land: Land, whole: Floats) -> Floats:
    """Return the points after links and masses worked, which leave each node on the land of its community."""
    weights = np.where(level.community[level.tails] == level.community[level.heads], level.weights, level.weights * ABROAD)
    pulls = shares(level.tails, weights, len(points))
    spacing = float(np.sqrt(_mean(level.mass)))
    around = grid(land, whole, spacing)
    middle = land.middles[level.community]
    for step in range(STEPS):
        heat = (1.55 - 1.5 * step / STEPS) * spacing
        move = pull(points, level.tails, level.heads, pulls, spacing * REST, spacing * REACH)
        move += push(points, level.mass, around) * (PUSH / spacing)
        length = np.sqrt(move[:, 0] * move[:, 0] + move[:, 1] * move[:, 1]) + 1e-9
        points = points + move * np.minimum(1.0, heat / length)[:, None]
        if step % 6 == 5:
            points = separated(points, np.sqrt(level.mass) * OWN, 1)
        astray = np.flatnonzero(at(land, points) != level.community)
        points[astray] += (middle[astray] - points[astray]) * 0.1
    return points


def _mean(values: Floats) -> float:
    """Return the mean, added up from the first to the last."""
    return float(np.cumsum(values)[-1]) / len(values)
