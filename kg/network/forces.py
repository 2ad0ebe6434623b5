"""What moves nodes: links pull them together, and the mass around them pushes them apart.

Links pull with the kernel of UMAP for a = b = 1, so that a long link pulls less than a short one (L. McInnes, J. Healy,
J. Melville, arXiv:1802.03426, 2018). Repulsion is not sampled but read off a grid of masses at several scales (as in
G. C. Linderman et al., "Fast interpolation-based t-SNE", Nature Methods 16, 2019).
"""

from typing import Final, NamedTuple

import numpy as np

from kg.network.measures import Floats, Ints
from kg.network.territories import Land, at

SCALES: Final = 4
"""At how many scales mass pushes, each twice the one before."""


def pull(points: Floats, tails: Ints, heads: Ints, pulls: Floats, rest: float, reach: float) -> Floats:
    """Return how far links pull each node: the mean way to its neighbours, long ways counting less.

    Args:
        points: Shape (n, 2).
        tails: The node that each link goes out from, which it pulls.
        heads: The node that it goes to.
        pulls: Its weight as a share of its tail's.
        rest: The distance up to which it does not pull.
        reach: The distance from which on it pulls ever less.
    """
    dx, dy = (points[heads, axis] - points[tails, axis] for axis in (0, 1))
    square = dx * dx + dy * dy
    grip = pulls * np.maximum(1.0 - rest / np.sqrt(square + 1e-9), 0.0) / (1.0 + square / (reach * reach))
    return np.stack([np.bincount(tails, way * grip, len(points)) for way in (dx, dy)], axis=1)


def shares(tails: Ints, weights: Floats, count: int) -> Floats:
    """Return the weight of each link as a share of its tail's."""
    return np.asarray(weights / np.bincount(tails, weights, count)[tails])


class Grid(NamedTuple):
    """Where mass is looked at, and how much of it is to be there.

    Attributes:
        low: The left upper corner.
        step: The side of a cell.
        wanted: The mass that each cell has room for, shape (rows, columns), both multiples of `2 ** (SCALES - 1)`.
    """

    low: Floats
    step: float
    wanted: Floats


def grid(land: Land, mass: Floats, step: float) -> Grid:
    """Return a grid over the land, where each community's mass is to lie evenly.

    Args:
        land: Who lives where.
        mass: What each community weighs.
        step: The side of a cell.
    """
    many = 1 << (SCALES - 1)
    tall, wide = land.owner.shape
    rows, columns = (int(side * land.step / step) // many * many + 2 * many for side in (tall, wide))
    low = land.low - step * many / 2
    centres = np.stack(np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5), axis=-1).reshape(-1, 2) * step + low
    density = np.append(mass / np.maximum(land.areas, land.step * land.step), 0.0)
    wanted = density[at(land, centres)] * (step * step)
    return Grid(low + step / 2, step, wanted.reshape(rows, columns))


def push(points: Floats, mass: Floats, around: Grid) -> Floats:
    """Return the way to where there is less mass than there is room for.

    Args:
        points: Shape (n, 2).
        mass: What each weighs.
        around: The grid.
    """
    tall, wide = around.wanted.shape
    place = np.clip((points - around.low) / around.step, 0.0, [wide - 1.001, tall - 1.001])
    cell = place.astype(np.int64)
    right, down = place[:, 0] - cell[:, 0], place[:, 1] - cell[:, 1]
    corner = cell[:, 1] * wide + cell[:, 0]
    shares = ((0, (1 - right) * (1 - down)), (1, right * (1 - down)), (wide, (1 - right) * down), (wide + 1, right * down))
    excess = -around.wanted.ravel()
    for offset, share in shares:
        excess += np.bincount(corner + offset, mass * share, len(excess))
    fields = _slopes(excess.reshape(tall, wide), SCALES)
    return np.stack([-sum(field.ravel()[corner + offset] * share for offset, share in shares) for field in fields], axis=1)


def _slopes(grid: Floats, scales: int) -> tuple[Floats, Floats]:
    """Return by how much mass grows to the right and downwards of each cell, near it and farther."""
    soft = _soft(_soft(grid, 0), 1)
    edged = np.pad(soft, 1, mode="edge")
    across, along = (edged[1:-1, 2:] - edged[1:-1, :-2]) / 2, (edged[2:, 1:-1] - edged[:-2, 1:-1]) / 2
    if scales > 1:
        half = soft[::2, ::2] + soft[1::2, ::2] + soft[::2, 1::2] + soft[1::2, 1::2]
        farther = [_twice(_twice(slope, 0), 1) / 2 for slope in _slopes(half, scales - 1)]
        across, along = across + farther[0], along + farther[1]
    return across, along


def _soft(grid: Floats, axis: int) -> Floats:
    """Return the grid blurred with 1 2 1 along an axis."""
    grid = np.moveaxis(grid, axis, 0)
    soft = grid * 0.5
    soft[1:] += grid[:-1] * 0.25
    soft[:-1] += grid[1:] * 0.25
    return np.moveaxis(soft, 0, axis)


def _twice(grid: Floats, axis: int) -> Floats:
    """Return the grid at twice the size along an axis, with means between."""
    grid = np.moveaxis(grid, axis, 0)
    before, after = np.concatenate((grid[:1], grid[:-1])), np.concatenate((grid[1:], grid[-1:]))
    large = np.empty((2 * len(grid), *grid.shape[1:]))
    large[::2] = grid * 0.75 + before * 0.25
    large[1::2] = grid * 0.75 + after * 0.25
    return np.moveaxis(large, 0, axis)
