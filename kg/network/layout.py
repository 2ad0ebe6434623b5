"""Where the nodes of a picture stand: a map of communities, at any size, the same on every machine.

Each community has land of its own (territories.py). On it, ever smaller groups of nodes find their places (levels.py), until
each group is one node: links pull them together, and mass pushes them apart (forces.py). The largest component lies in
the middle, small ones are packed around it, and nodes without a neighbour stand in rows below (packing.py).

Only `+ - * /` and `sqrt` touch the coordinates and every sum runs in a fixed order, so that the last bit does not depend on
the processor.
"""

from typing import Final

import numpy as np

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

ROUNDS: Final = 60
"""How often nodes that cover each other are pushed apart, at most."""

MANY: Final = 30_000
"""With more nodes than this, a fifth as often: almost none is then still covered."""

FIRM: Final = 20.0
"""How much more a node that stood somewhere before resists than a new one."""


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
    places = np.full((count, 2), np.nan) if before is None else before
    known = np.isfinite(places[:, 0] + places[:, 1])
    if known.sum() < KNOWN * count:
        known = np.zeros(count, np.bool_)
    if not known.all():
        places = np.where(known[:, None], places, np.nan)
        places = _joining(network, community, places, room, seed)
        places = _added(network, community, radii, places, room, seed)
        places = separated(places, radii, ROUNDS if count <= MANY else ROUNDS // 5, np.where(known, FIRM, 1.0))
    return np.round(places, 1) + 0.0


def _joining(network: Network, community: Ints, places: Floats, room: float, seed: int) -> Floats:
    """Place new nodes near those of their neighbours that have a place, and near the neighbours of these, and so on."""
    count, tails, heads = len(network), network.tails, network.heads
    degrees = network.degrees.astype(np.float64)
    weights = network.weights / np.sqrt(degrees[tails] * degrees[heads])
    weights = np.where(community[tails] == community[heads], weights, weights * ABROAD)
    lacking = np.isnan(places[:, 0])
    placed, sites = ~lacking, np.where(lacking[:, None], 0.0, places)
    while (ties := ~placed[tails] & placed[heads]).any():
        total = np.bincount(tails[ties], weights[ties], count)
        near = total > 0
        for axis in (0, 1):
            sites[near, axis] = np.bincount(tails[ties], weights[ties] * sites[heads[ties], axis], count)[near] / total[near]
        placed |= near
    new = np.flatnonzero(placed & lacking)
    if len(new):
        sites[new] += strewn(len(new), seed) * room
        own = (placed & lacking)[tails]
        pulls = shares(tails[own], weights[own], count)
        for _ in range(STEPS // 4):
            sites[new] += 0.5 * pull(sites, tails[own], heads[own], pulls, room * REST, room * REACH)[new]
    return np.where(placed[:, None], sites, np.nan)


def _added(network: Network, community: Ints, radii: Floats, places: Floats, room: float, seed: int) -> Floats:
    """Place those components of which no node has a place: continents in the middle, islands around them, single nodes in rows."""
    lacking = np.isnan(places[:, 0])
    _, part, many = np.unique(network.components, return_inverse=True, return_counts=True)
    large = many > SMALL
    if lacking.all() and network.links:
        large[np.argmax(many)] = True
    places = places.copy()
    main = np.flatnonzero(lacking & large[part])
    if len(main):
        land = _continents(_within(network, main), np.unique(community[main], return_inverse=True)[1], radii[main], room, seed)
        others = places[~lacking]
        places[main] = packed(land, np.zeros(len(main), np.int64), radii[main], others, room) if len(others) else land
    few = np.flatnonzero(lacking & ~large[part] & (network.degrees > 0))
    if len(few):
        small = _within(network, few)
        label = np.unique(small.components, return_inverse=True)[1]
        places[few] = packed(islands(small, room), label, radii[few], places[np.isfinite(places[:, 0])], room)
    alone = np.flatnonzero(lacking & (network.degrees == 0))
    if len(alone):
        places[alone] = rows(len(alone), places[np.isfinite(places[:, 0])], room, float(radii[alone].max()))
    return places


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
    [[0.26, -0.73], [-0.23, 0.41]]
    """
    number = np.arange(1, 2 * count + 20) + 7919.0 * seed
    points = np.stack([number * 0.7548776662466927 % 1.0, number * 0.5698402909980532 % 1.0], axis=1) * 2 - 1
    return np.asarray(points[points[:, 0] * points[:, 0] + points[:, 1] * points[:, 1] <= 1][:count])


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
            points = separated(points, np.minimum(np.sqrt(level.mass), 2 * spacing) * OWN, 1)
        astray = np.flatnonzero(at(land, points) != level.community)
        points[astray] += (middle[astray] - points[astray]) * 0.1
    return points


def _mean(values: Floats) -> float:
    """Return the mean, added up from the first to the last."""
    return float(np.cumsum(values)[-1]) / len(values)
