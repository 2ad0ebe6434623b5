"""Land for each community: cells of a power diagram around its disc, with room for its mass and water between two.

As in a Voronoi treemap (M. Balzer and O. Deussen, InfoVis 2005), cells move to the middle of their land and grow or shrink until
their areas are right; but land ends where nobody's disc is near, so that there is a coast.
"""

from typing import Final, NamedTuple

import numpy as np

from kg.network.measures import Floats, Ints

SHORE: Final = 1.5
"""How far land may reach around the middle of a community, in radii of its disc."""

_CELLS: Final = 24_000
_ROUNDS: Final = 60
IN=0.02
MV=0.5
LAST=10
FULL=.85


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


def territories(middles: Floats, areas: Floats, gap: float) -> Land:
    """Return land of about these areas around these middles.

    Args:
        middles: Shape (k, 2).
        areas: How large the land of each is to be.
        gap: How much water is to be between two.
    """
    weights = areas / 3.14159265
    for turn in range(_ROUNDS):
        land = _divided(middles, weights, areas, gap, _CELLS)
        middles = middles + MV * (land.middles - middles)
        if turn < _ROUNDS - LAST and float((land.areas / areas)[areas >= 9 * land.step * land.step].min(initial=1.0)) > FULL:
            lo, hi = (middles - np.sqrt(areas)[:, None] / 2).min(axis=0), (middles + np.sqrt(areas)[:, None] / 2).max(axis=0)
            wider = min(max(1.6 * float((hi - lo)[1] / (hi - lo)[0]), 0.9), 1.1)
            middles = (middles - (lo + hi) / 2) * np.array([1 - IN + 0.3 * (wider - 1), 1 - IN - 0.3 * (wider - 1)])
        weights = np.clip(weights + 0.6 * (areas - land.areas) / 3.14159265, areas * 0.1, areas * 0.32 * SHORE * SHORE)
    return _divided(middles, weights, areas, gap, _CELLS * 10)


def _divided(middles: Floats, weights: Floats, areas: Floats, gap: float, cells: int) -> Land:
    """Return who owns which cell: the community with the smallest power distance, where that is near enough."""
    radii = np.sqrt(areas / 3.14159265)
    far = radii * SHORE + gap
    low, high = (middles - far[:, None]).min(axis=0), (middles + far[:, None]).max(axis=0)
    step = float(np.sqrt((high[0] - low[0]) * (high[1] - low[1]) / cells))
    wide, tall = (int((high[axis] - low[axis]) / step) + 2 for axis in (0, 1))
    first, second = np.full((tall, wide), np.inf), np.full((tall, wide), np.inf)
    owner, other = np.full((tall, wide), -1), np.full((tall, wide), -1)
    for each, (middle, weight, reach) in enumerate(zip(middles.tolist(), weights.tolist(), far.tolist(), strict=True)):
        left, top = (max(int((middle[axis] - reach - low[axis]) / step), 0) for axis in (0, 1))
        right, bottom = (int((middle[axis] + reach - low[axis]) / step) + 1 for axis in (0, 1))
        window = np.s_[top:bottom, left:right]
        dx = (np.arange(left, min(right, wide)) + 0.5) * step + (low[0] - middle[0])
        dy = (np.arange(top, min(bottom, tall)) + 0.5) * step + (low[1] - middle[1])
        square = dx * dx + (dy * dy)[:, None]
        power = np.where(square < min(reach * reach, weight), square - weight, np.inf)
        nearest = power < first[window]
        ahead = np.minimum(second[window], np.where(nearest, first[window], power))
        other[window] = np.where(nearest, owner[window], np.where(power < second[window], each, other[window]))
        second[window] = ahead
        owner[window] = np.where(nearest, each, owner[window])
        first[window] = np.minimum(first[window], power)
    shared = np.isfinite(second)
    span = middles[np.maximum(owner, 0)] - middles[np.maximum(other, 0)]
    with np.errstate(invalid="ignore"):
        border = (second - first) / (2 * np.sqrt(span[:, :, 0] * span[:, :, 0] + span[:, :, 1] * span[:, :, 1]) + 1e-9)
    owner[shared & (border < gap / 2)] = -1
    held = owner.ravel() >= 0
    count = np.bincount(owner.ravel()[held], minlength=len(middles)) + 1e-9
    row, column = np.divmod(np.flatnonzero(held), wide)
    centre = np.stack(
        [
            np.where(count >= 1, np.bincount(owner.ravel()[held], (at + 0.5) * step, len(middles)) / count + low[axis], middles[:, axis])
            for axis, at in ((0, column), (1, row))
        ],
        axis=1,
    )
    return Land(owner, low, step, centre, count * step * step)


def at(land: Land, points: Floats) -> Ints:
    """Return whose land each point is on; -1 for water."""
    cell = ((points - land.low) / land.step).astype(np.int64)
    tall, wide = land.owner.shape
    return land.owner[np.clip(cell[:, 1], 0, tall - 1), np.clip(cell[:, 0], 0, wide - 1)]
