"""Small components and single nodes, around what is laid out already."""

from typing import Final

import numpy as np
import numpy.typing as npt

from kg.network.measures import Floats, Ints, Network
from kg.network.territories import WIDE

_TOGETHER: Final = 400_000
"""How many pairs of nodes are compared at a time; bounds the memory."""

_ROUNDS: Final = 60

_CELL: Final = 1.0
"""Side of a cell of the grid on which free places are looked for, in sides of the square that a mean node has for itself."""

_FEW: Final = 1000
"""Components up to which the grid is finer: gaps between so few are seen, and the time is short."""

_FINE: Final = 0.5
"""Side of a cell of the finer grid."""

_SHORE: Final = 1
"""How many cells around a node are not free."""

_APART: Final = 0.6
"""How many cells lie between two components, at least."""


def islands(network: Network, room: float) -> Floats:
    """Return places for the nodes of small components, each around its own origin; those of one size are laid out together.

    Args:
        network: The small components.
        room: The side of the square that a mean node has for itself.
    """
    label = np.unique(network.components, return_inverse=True)[1]
    many = np.bincount(label)
    order = np.argsort(label, kind="stable")
    rank = np.empty(len(label), np.int64)
    rank[order] = np.arange(len(label)) - np.repeat(np.cumsum(many) - many, many)
    places = np.zeros((len(label), 2))
    for size in np.unique(many).tolist():
        which = np.flatnonzero(many == size)
        for begin in range(0, len(which), max(1, _TOGETHER // (size * size))):
            some = which[begin : begin + max(1, _TOGETHER // (size * size))]
            number = np.full(len(many), -1)
            number[some] = np.arange(len(some))
            inside = number[label[network.tails]] >= 0
            tails, heads = network.tails[inside], network.heads[inside]
            tied = np.zeros((size, size, len(some)))
            tied[rank[tails], rank[heads], number[label[tails]]] = 1.0
            members = np.flatnonzero(number[label] >= 0)
            places[members] = _sprung(tied)[rank[members], :, number[label[members]]] * room
    return places


def _sprung(tied: Floats) -> Floats:
    """Return places in several networks of one size, shape (size, 2, networks), by the forces of links and of all on all.

    Args:
        tied: 1 where two are tied, shape (size, size, networks).
    """
    size = len(tied)
    points = np.repeat(_spiral(size)[:, :, None], tied.shape[2], axis=2)
    for step in range(_ROUNDS):
        move = points * [[-0.05], [-0.12]]
        for other in range(size):
            away = points[other] - points
            square = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]
            move += away * (0.9 * tied[:, other] - 0.6 / (square + 0.05))[:, None]
        length = np.sqrt(move[:, 0] * move[:, 0] + move[:, 1] * move[:, 1]) + 1e-9
        points = points + move * (np.minimum(0.3 * length, 1.0 - step / _ROUNDS) / length)[:, None]
    return points


def _spiral(count: int) -> Floats:
    """Return points one golden angle after the other, ever farther out."""
    cosine, sine = -0.7373688780783197, 0.6754902942615238
    x, y, found = 1.0, 0.0, []
    for _ in range(count):
        found.append((x, y))
        x, y = x * cosine - y * sine, x * sine + y * cosine
    return np.asarray(np.array(found) * (np.sqrt(np.arange(count) + 0.5) * 0.6)[:, None])


def packed(points: Floats, label: Ints, radii: Floats, placed: Floats, room: float) -> Floats:
    """Return components moved to free places, the largest first, each as near to the middle as it can be.

    Args:
        points: Where the nodes stand within their component, shape (n, 2).
        label: The component of each, 0..k-1.
        radii: The radius of each node, with half of the space that is to be free.
        placed: Nodes that stand already.
        room: The side of the square that a mean node has for itself.
    """
    many = int(label.max()) + 1
    cell = room * (_FINE if many <= _FEW else _CELL)
    low, high = np.full((many, 2), np.inf), np.full((many, 2), -np.inf)
    np.minimum.at(low, label, points - radii[:, None])
    np.maximum.at(high, label, points + radii[:, None])
    middle = (placed.min(axis=0) + placed.max(axis=0)) / 2 if len(placed) else np.zeros(2)
    sides = np.ceil((high - low) / cell + _APART).astype(np.int64)
    reach = int(np.abs(placed - middle).max(initial=0.0) / cell) + _SHORE + 2
    reach += int(np.sqrt(np.cumsum(sides[:, 0] * sides[:, 1])[-1])) + 2 * int(sides.max())
    taken = _covered(placed - middle, cell, reach)
    place = np.zeros((many, 2))
    shapes, shape = np.unique(sides, axis=0, return_inverse=True)
    for which in np.argsort(-shapes[:, 0] * shapes[:, 1], kind="stable").tolist():
        alike = np.flatnonzero(shape.ravel() == which)
        alike = alike[np.argsort(-np.bincount(label, minlength=many)[alike], kind="stable")]
        wide, tall = shapes[which].tolist()
        place[alike] = (_free(taken, wide, tall, len(alike)) + np.array([wide / 2, tall / 2]) - reach) * cell
    return np.asarray(points - ((low + high) / 2)[label] + place[label] + middle)


def _free(taken: npt.NDArray[np.bool_], wide: int, tall: int, many: int) -> Ints:
    """Take as many free boxes of cells as are wanted, nearest to the middle; return their left upper corners, shape (many, 2)."""
    sums = np.zeros((len(taken) + 1, len(taken) + 1), np.int32)
    np.cumsum(np.cumsum(taken, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    free = sums[tall:, wide:] - sums[:-tall, wide:] - sums[tall:, :-wide] + sums[:-tall, :-wide] == 0
    row, column = np.nonzero(free)
    x, y = 2 * column + wide - len(taken), 2 * row + tall - len(taken)
    far = x * x + y * y * (WIDE * WIDE)
    # A box that is taken makes no more than so many others impossible.
    some = many * (2 * wide - 1) * (2 * tall - 1)
    near = np.flatnonzero(far <= np.partition(far, some)[some]) if some < len(far) else np.arange(len(far))
    found: list[tuple[int, int]] = []
    for at in near[np.lexsort((x[near], y[near], far[near]))].tolist():
        left, top = int(column[at]), int(row[at])
        if free[top, left]:
            found.append((left, top))
            taken[top : top + tall, left : left + wide] = True
            free[max(top - tall + 1, 0) : top + tall, max(left - wide + 1, 0) : left + wide] = False
            if len(found) == many:
                break
    return np.array(found)


def _covered(points: Floats, cell: float, reach: int) -> npt.NDArray[np.bool_]:
    """Return which cells of a square around the origin are taken: those near points, and those between such."""
    taken = np.zeros((2 * reach, 2 * reach), np.bool_)
    column, row = (np.floor(points / cell).astype(np.int64) + reach).T
    for dx in range(-_SHORE, _SHORE + 1):
        for dy in range(-_SHORE, _SHORE + 1):
            taken[row + dy, column + dx] = True
    across, along = (
        np.logical_or.accumulate(taken, axis) & np.flip(np.logical_or.accumulate(np.flip(taken, axis), axis), axis)
        for axis in (0, 1)
    )  # fmt: skip
    return np.asarray(across & along)


def rows(count: int, placed: Floats, room: float, radius: float) -> Floats:
    """Return places in rows below all others, for nodes without a neighbour.

    Args:
        count: How many there are.
        placed: All others, shape (n, 2).
        room: The side of the square that a mean node has for itself.
        radius: The largest of their radii, with half of the space that is to be free.
    """
    step = max(room * 0.6, 2 * radius)
    low, high = (placed.min(axis=0), placed.max(axis=0)) if len(placed) else (np.zeros(2), np.zeros(2))
    wide = min(count, max(int((high[0] - low[0]) / step) + 1, int(np.ceil(np.sqrt(count * WIDE)))))
    row, column = np.divmod(np.arange(count), wide)
    top = high[1] + room if len(placed) else 0.0
    return np.stack([(low[0] + high[0]) / 2 + (column - (wide - 1) / 2) * step, top + row * step], axis=1)
