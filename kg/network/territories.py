"""Land for each community: where it lies, how far it reaches, and the water between two.

Communities are placed as discs around the largest, each as near as it gets to those it is tied to. Then land is divided by a
power diagram whose cells move to the middle of their land and grow or shrink until their areas are right, as in a Voronoi
treemap (M. Balzer and O. Deussen, InfoVis 2005); but land ends where nobody's disc is near, so that there is a coast.
"""

from typing import Final, NamedTuple

import numpy as np

from kg.network.levels import Level
from kg.network.measures import Floats, Ints

WIDE: Final = 1.6
"""How much wider than high a picture is, as screens are."""

PI: Final = 3.141592653589793

SHORE: Final = 1.5
"""How far land may reach around the middle of a community, in radii of a disc of its area."""

INWARD: Final = 0.4
"""How much the middle of the map draws a community, compared with those it is tied to."""

_ANGLES: Final = 24
_SMALLER: Final = 0.8
_NEIGHBOURS: Final = 40
_CELLS: Final = 24_000
_ROUNDS: Final = 60
_SETTLED: Final = 10
_FULL: Final = 0.85
_WINDOWS: Final = 12_000


class Land(NamedTuple):
    """Who lives where, on a grid.

    Attributes:
        owner: The community of each cell, shape (rows, columns); -1 for water.
        low: The left upper corner of the grid.
        step: The side of a cell.
        middles: The middle of each community's land, shape (k, 2).
        areas: How large it is.
    """

    owner: Ints
    low: Floats
    step: float
    middles: Floats
    areas: Floats


def at(land: Land, points: Floats) -> Ints:
    """Return whose land each point is on; -1 for water."""
    cell = np.floor((points - land.low) / land.step).astype(np.int64)
    tall, wide = land.owner.shape
    on = (cell[:, 0] >= 0) & (cell[:, 1] >= 0) & (cell[:, 0] < wide) & (cell[:, 1] < tall)
    return np.where(on, land.owner[np.where(on, cell[:, 1], 0), np.where(on, cell[:, 0], 0)], -1)


def arranged(level: Level, radii: Floats) -> Floats:
    """Return places for discs that do not cover each other, shape (k, 2): the largest in the middle, then each in turn of size.

    Args:
        level: The communities as a network; ties count by how much stronger they are than sizes let expect
            (association strength, as in N. J. van Eck and L. Waltman, JASIST 60, 2009, but less strictly).
        radii: Their radii.
    """
    count = len(radii)
    strength = np.bincount(level.tails, level.weights, count)
    expected = strength[level.tails] * strength[level.heads]
    ties = level.weights / np.sqrt(expected * np.sqrt(expected))
    first = np.searchsorted(level.tails, np.arange(count + 1)).tolist()
    order = np.lexsort((np.arange(count), -radii))
    points, placed = np.zeros((count, 2)), np.zeros(count, np.bool_)
    placed[order[:1]] = True
    # Around a disc that had no room for one, there is none for another that is not much smaller.
    full = np.full(count, np.inf)
    around = _directions(_ANGLES)
    for rank, node in enumerate(order[1:].tolist(), 1):
        links = slice(first[node], first[node + 1])
        known = placed[level.heads[links]]
        tied, tie = level.heads[links][known], ties[links][known]
        middle = np.array([_sum(points[tied, axis] * tie) for axis in (0, 1)]) / _sum(tie) if len(tied) else np.zeros(2)
        there = order[:rank]
        away = points[there] - middle / (1 + INWARD)
        near = there[np.argsort(np.sqrt(_square(away)) - radii[there], kind="stable")]
        near = near[radii[node] <= _SMALLER * full[near]]
        for begin in range(0, len(near), _NEIGHBOURS):
            touched = near[begin : begin + _NEIGHBOURS]
            spots = (points[touched, None] + around[None] * (radii[touched] + radii[node])[:, None, None]).reshape(-1, 2)
            low, high = spots.min(axis=0) - radii[node], spots.max(axis=0) + radii[node]
            beside = there[((points[there] + radii[there, None] > low) & (points[there] - radii[there, None] < high)).all(axis=1)]
            dx, dy = (spots[:, axis, None] - points[beside, axis] for axis in (0, 1))
            reach = (radii[beside] + radii[node]) * 0.999
            free = (dx * dx + dy * dy >= reach * reach).all(axis=1)
            full[touched[~free.reshape(len(touched), -1).any(axis=1)]] = radii[node]
            if free.any():
                spots = spots[free]
                break
        cost = _square(spots - middle) + INWARD * _square(spots * [1 / WIDE, WIDE])
        points[node] = spots[np.argmin(cost)]
        placed[node] = True
    return points


def territories(middles: Floats, areas: Floats, gap: float) -> Land:
    """Return land of about these areas around these middles.

    Args:
        middles: Shape (k, 2).
        areas: How large the land of each is to be.
        gap: How much water is to be between two.
    """
    weights = areas / PI
    radii = np.sqrt(weights)
    rounds = min(_ROUNDS, max(_SETTLED, _WINDOWS // len(areas)))
    for turn in range(rounds):
        land = _divided(middles, weights, areas, gap, _CELLS)
        middles = middles + 0.5 * (land.middles - middles)
        seen = areas >= 9 * land.step * land.step
        if turn < rounds - _SETTLED and float((land.areas / areas)[seen].min(initial=1.0)) > _FULL:
            # As long as all have their room, they move closer, and the map becomes as wide as it should be.
            low, high = (middles - radii[:, None]).min(axis=0), (middles + radii[:, None]).max(axis=0)
            wider = 0.3 * (min(max(WIDE * float((high - low)[1] / (high - low)[0]), 0.9), 1.1) - 1)
            middles = (middles - (low + high) / 2) * [0.98 + wider, 0.98 - wider]
        weights = np.clip(weights + 0.6 * (areas - land.areas) / PI, areas * 0.1, areas * SHORE * SHORE / PI)
    return _divided(middles, weights, areas, gap, _CELLS * 10)


def _divided(middles: Floats, weights: Floats, areas: Floats, gap: float, cells: int) -> Land:
    """Return who owns which cell: the community with the smallest power distance, where that is below 0."""
    far = np.sqrt(areas / PI) * SHORE + gap
    low, high = (middles - far[:, None]).min(axis=0), (middles + far[:, None]).max(axis=0)
    step = float(np.sqrt((high[0] - low[0]) * (high[1] - low[1]) / cells))
    wide, tall = (int((high[axis] - low[axis]) / step) + 2 for axis in (0, 1))
    first, second = np.full((tall, wide), np.inf), np.full((tall, wide), np.inf)
    owner, other = np.full((tall, wide), -1), np.full((tall, wide), -1)
    xs, ys = (np.arange(size) * step + (corner + step / 2) for size, corner in ((wide, low[0]), (tall, low[1])))
    for each, (middle, weight, reach) in enumerate(zip(middles.tolist(), weights.tolist(), far.tolist(), strict=True)):
        left, top = (max(int((middle[axis] - reach - low[axis]) / step), 0) for axis in (0, 1))
        right, bottom = (int((middle[axis] + reach - low[axis]) / step) + 1 for axis in (0, 1))
        window = np.s_[top:bottom, left:right]
        dx, dy = xs[left:right] - middle[0], ys[top:bottom] - middle[1]
        square = dx * dx + (dy * dy)[:, None]
        power = np.where(square < min(reach * reach, weight), square - weight, np.inf)
        nearest = power < first[window]
        other[window] = np.where(nearest, owner[window], np.where(power < second[window], each, other[window]))
        second[window] = np.where(nearest, first[window], np.minimum(second[window], power))
        owner[window] = np.where(nearest, each, owner[window])
        first[window] = np.minimum(first[window], power)
    # How far a cell is from the border to the next: the power distances differ by twice that times the way between the middles.
    shared = np.flatnonzero(np.isfinite(second))
    ahead = second.ravel()[shared] - first.ravel()[shared]
    span = middles[owner.ravel()[shared]] - middles[other.ravel()[shared]]
    owner.ravel()[shared[ahead < gap * np.sqrt(_square(span))]] = -1
    held = np.flatnonzero(owner.ravel() >= 0)
    holder = owner.ravel()[held]
    count = np.bincount(holder, minlength=len(middles))
    centre = middles.copy()
    for axis, place in ((0, xs[held % wide]), (1, ys[held // wide])):
        centre[:, axis] = np.where(count > 0, np.bincount(holder, place, len(middles)) / np.maximum(count, 1), middles[:, axis])
    return Land(owner, low, step, centre, np.asarray(count * (step * step), np.float64))


def _directions(count: int) -> Floats:
    """Return vectors of length 1 all around; without sines, whose last bit depends on the processor."""
    turn = np.arange(count) * (8 / count)
    square = np.stack([np.clip(np.abs((turn + 8 - begin) % 8 - 4) - 2, -1, 1) for begin in (0, 2)], axis=1)
    return np.asarray(square / np.sqrt(_square(square))[:, None])


def _square(vectors: Floats) -> Floats:
    """Return the squares of their lengths."""
    return np.asarray(vectors[:, 0] * vectors[:, 0] + vectors[:, 1] * vectors[:, 1])


def _sum(values: Floats) -> float:
    """Return the sum, added up from the first to the last."""
    return float(np.cumsum(values)[-1])
