"""Where the nodes of a picture stand: a static layout, computed once, the same on every machine.

In goes a networkx graph and a seed; out come rounded coordinates in picture units (y grows downwards).
Each connected component is laid out by forces, starting from its communities, so that these stay together;
the components are then packed around the largest one, down to the isolated nodes.

Only `+ - * /` and `sqrt` touch the coordinates and every sum runs in a fixed order (along the first axis of
an array), so that the last bit does not depend on the processor.
"""

import random
from collections.abc import Hashable
from itertools import pairwise
from math import ceil, fsum, pi, sqrt
from typing import Final

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

_EDGE: Final = 52.0
"""The length that an edge tends to while the forces work."""

_ROOM: Final = 46.0
"""Side of the square that each node of a large component has for itself, on average, in the finished picture."""

_GAP: Final = 7.0
"""Free space between two nodes."""

_CELL: Final = 40.0
"""Side of the squares in which components are packed."""

_WIDE: Final = 1.7
"""How much wider than high the packed picture is, as screens are."""

_GRAVITY: Final = np.array([-0.035, -0.08])
"""The pull to the centre, stronger from above and below: screens are wider than high."""

_BLOCK: Final = 64
"""How many nodes are compared with all others at a time; keeps the arrays in the processor's cache."""


def radius(degree: int) -> float:
    """Return the radius at which a node of this degree is drawn.

    >>> radius(0), radius(16)
    (4.5, 12.5)
    """
    return min(4.5 + 2.0 * sqrt(degree), 30.0)


def positions(graph: nx.Graph, seed: int = 1) -> dict[Hashable, tuple[float, float]]:
    """Return the place of each node; nodes must sort, and their order of insertion does not matter.

    >>> positions(nx.empty_graph(["a"]))
    {'a': (0.0, 0.0)}
    """
    names = sorted(graph)
    number = {name: i for i, name in enumerate(names)}
    plain = nx.empty_graph(len(names))
    plain.add_edges_from(sorted(sorted((number[a], number[b])) for a, b in graph.edges if a != b))
    parts = sorted((sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part))
    placed = _pack([_component(plain, part, seed) for part in parts])
    return {
        names[i]: (round(float(x), 1) + 0.0, round(float(y), 1) + 0.0)
        for part, points in zip(parts, placed, strict=True)
        for i, (x, y) in zip(part, points, strict=True)
    }


def _component(graph: nx.Graph, part: list[int], seed: int) -> Points:
    """Lay out one connected component around the origin."""
    if len(part) == 1:
        return np.zeros((1, 2))
    inner = nx.convert_node_labels_to_integers(graph.subgraph(part), ordering="sorted")
    edges = np.array(sorted(tuple(sorted(edge)) for edge in inner.edges))
    degrees = np.array([inner.degree(i) for i in range(len(part))])
    community = _communities(inner, seed)
    start = _start(community, edges, seed)
    # A hub must not pull its neighbours into one heap; neighbours of different communities pull less.
    weights = 1.0 / np.sqrt(np.minimum(degrees[edges[:, 0]], degrees[edges[:, 1]]))
    weights *= np.where(community[edges[:, 0]] == community[edges[:, 1]], 1.0, 0.35)
    points = _relax(start, edges, weights, np.sqrt(degrees + 1.0), 220 if len(part) <= 600 else 110)
    points = _scale(_turn(_clip(points)))
    return _separate(points, np.array([radius(int(degree)) for degree in degrees]))


def _communities(graph: nx.Graph, seed: int) -> NDArray[np.int64]:
    """Return the number of each node's community, the largest community first."""
    found = nx.community.louvain_communities(graph, seed=seed)
    community = np.zeros(len(graph), dtype=np.int64)
    for number, members in enumerate(sorted(found, key=lambda members: (-len(members), min(members)))):
        community[sorted(members)] = number
    return community


def _start(community: NDArray[np.int64], edges: NDArray[np.int64], seed: int) -> Points:
    """Return where the forces begin: the communities laid out as points, their members strewn around each."""
    chance = random.Random(seed)  # noqa: S311 - a layout, not a secret
    sizes = np.bincount(community)
    centres = np.array([_strewn(chance) for _ in sizes]) * _EDGE * sqrt(len(community))
    between = sorted({(a, b) for a, b in community[edges].tolist() if a != b})
    if between:
        ties = np.array(between)
        spread = np.sqrt(sizes * 1.0)
        centres = _relax(centres, ties, np.full(len(ties), 0.5), spread * 4.0, 120)
    around = np.array([_strewn(chance) for _ in community])
    return np.asarray(centres[community] + around * (np.sqrt(sizes * 1.0)[community] * _EDGE * 0.6)[:, None])


def _strewn(chance: random.Random) -> tuple[float, float]:
    """Return a random point of the unit disc."""
    while True:
        x, y = chance.uniform(-1, 1), chance.uniform(-1, 1)
        if x * x + y * y <= 1:
            return x, y


def _relax(points: Points, edges: NDArray[np.int64], weights: Points, masses: Points, rounds: int) -> Points:
    """Let nodes repel each other, edges pull and everything fall gently to the centre, ever more slowly."""
    points = points.copy()
    heat = _EDGE * sqrt(len(points)) * 0.25
    ends = np.concatenate([edges, edges[:, ::-1]])
    pulls = np.concatenate([weights, weights])
    for step in range(rounds):
        force = points * masses[:, None] * _GRAVITY
        for first in range(0, len(points), _BLOCK):
            block = slice(first, first + _BLOCK)
            dx = points[None, block, 0] - points[:, None, 0]
            dy = points[None, block, 1] - points[:, None, 1]
            push = masses[:, None] / (dx * dx + dy * dy + 1.0)
            push *= masses[None, block] * (_EDGE * _EDGE * 0.28)
            force[block, 0] += (dx * push).sum(axis=0)
            force[block, 1] += (dy * push).sum(axis=0)
        pull = (points[ends[:, 1]] - points[ends[:, 0]]) * pulls[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(ends[:, 0], pull[:, axis], len(points))
        length = np.sqrt(force[:, 0] * force[:, 0] + force[:, 1] * force[:, 1]) + 1e-9
        limit = heat * (1.0 - step / rounds) ** 2 + 0.5
        points += force * (np.minimum(length * 0.4, limit) / length)[:, None]
    return points


def _clip(points: Points) -> Points:
    """Centre the points and draw outliers in, so that two of them do not shrink all the others."""
    ordered = np.sort(points, axis=0)
    points = points - ordered[len(ordered) // 2]
    distance = np.sqrt(points[:, 0] * points[:, 0] + points[:, 1] * points[:, 1])
    border = np.sort(distance)[ceil(0.97 * (len(points) - 1))] * 1.15
    return np.asarray(points * np.minimum(1.0, border / (distance + 1e-9))[:, None])


def _scale(points: Points) -> Points:
    """Scale the points so that each has the same room; few points get more, so that all their names fit."""
    room = _ROOM * (1 + 3.5 / sqrt(len(points)))
    spread = sqrt(fsum((points * points).sum(axis=1).tolist()) / len(points))
    return points * (room * sqrt(len(points) / (2 * pi)) / (spread + 1e-9))


def _turn(points: Points) -> Points:
    """Turn the points so that their longest extent lies flat (the principal axis of a 2 x 2 covariance)."""
    xx, yy, xy = (fsum((points[:, a] * points[:, b]).tolist()) for a, b in ((0, 0), (1, 1), (0, 1)))
    half = (xx - yy) / 2
    root = sqrt(half * half + xy * xy)
    across, along = xy, root + half
    length = sqrt(across * across + along * along)
    if length < 1e-9:
        return np.asarray(points[:, ::-1] * [1.0, -1.0]) if yy > xx else points
    cos, sin = along / length, across / length
    return np.stack([points[:, 0] * cos + points[:, 1] * sin, points[:, 1] * cos - points[:, 0] * sin], axis=1)


def _separate(points: Points, radii: Points) -> Points:
    """Push nodes apart until none covers another (or patience ends)."""
    points = points.copy()
    for _ in range(60):
        move = np.zeros_like(points)
        for first in range(0, len(points), _BLOCK):
            block = slice(first, first + _BLOCK)
            dx = points[None, block, 0] - points[:, None, 0]
            dy = points[None, block, 1] - points[:, None, 1]
            distance = np.sqrt(dx * dx + dy * dy)
            lack = np.maximum(radii[:, None] + radii[None, block] + _GAP - distance, 0.0)
            lack[distance == 0.0] = 0.0
            share = 0.5 * lack / (distance + 1e-9)
            move[block, 0] = (dx * share).sum(axis=0)
            move[block, 1] = (dy * share).sum(axis=0)
        if not np.any(np.abs(move) > 0.05):
            break
        points += np.clip(move, -_GAP * 2, _GAP * 2)
    return points


def _pack(parts: list[Points]) -> list[Points]:
    """Move the components, largest first, to free places as near to the centre as there are."""
    taken: set[tuple[int, int]] = set()
    placed: list[Points] = []
    places = _spiral(parts)
    next_place: dict[int, int] = {}
    for part in parts:
        if not placed:
            taken |= _filled(_cells(part))
            placed.append(part)
            continue
        centred = part - (part.max(axis=0) + part.min(axis=0)) / 2
        shape = _cells(centred) if len(part) > 1 else {(0, 0)}
        index = next_place.get(len(part), 0)
        while any((x + places[index][0], y + places[index][1]) in taken for x, y in shape):
            index += 1
        next_place[len(part)] = index
        dx, dy = places[index]
        taken |= {(x + dx, y + dy) for x, y in shape}
        placed.append(centred + np.array([dx, dy]) * _CELL)
    return placed


def _spiral(parts: list[Points]) -> list[tuple[int, int]]:
    """Return all cells that packing can need, from the centre outwards, in flat ellipses."""
    first = max((float(np.abs(part).max()) for part in parts[:1]), default=0.0)
    rest = sum((ceil(float(np.ptp(part, axis=0).max()) / _CELL) + 3) ** 2 if len(part) > 1 else 1 for part in parts[1:])
    reach = ceil(first / _CELL * 2 + 4 + 1.5 * sqrt(rest))
    cells = ((x, y) for x in range(-reach, reach + 1) for y in range(-reach, reach + 1))
    return sorted(cells, key=lambda cell: ((cell[0] / _WIDE) ** 2 + cell[1] ** 2, cell[1], cell[0]))


def _cells(points: Points) -> set[tuple[int, int]]:
    """Return the cells that these points and their surroundings cover."""
    home = {(int(x), int(y)) for x, y in np.floor(points / _CELL + 0.5).tolist()}
    return {(x + dx, y + dy) for x, y in home for dx in (-1, 0, 1) for dy in (-1, 0, 1)}


def _filled(cells: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the cells with every hole filled: those that lie between others in their row and their column."""
    return _between(cells) & {(x, y) for y, x in _between({(y, x) for x, y in cells})} | cells


def _between(cells: set[tuple[int, int]]) -> set[tuple[int, int]]:
    ordered = sorted(cells)
    return cells | {
        (x, y)
        for (x, first), (other, last) in pairwise(ordered)
        if x == other
        for y in range(first + 1, last)
    }  # fmt: skip
