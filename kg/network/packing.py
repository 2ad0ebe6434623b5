"""Small components and single nodes around what is laid out already."""

from typing import Final

import numpy as np

from kg.network.measures import Floats, Ints, Network

WIDE: Final = 1.6
"""How much wider than high a picture is, as screens are."""


def islands(network: Network, room: float, seed: int) -> Floats:
    """Lay out each component of a network of small ones around its own origin; those of one size go together."""
    del seed
    label = np.unique(network.components, return_inverse=True)[1]
    many = np.bincount(label)
    order = np.argsort(label, kind="stable")
    rank = np.empty(len(label), np.int64)
    rank[order] = np.arange(len(label)) - np.repeat(np.cumsum(many) - many, many)
    places = np.zeros((len(label), 2))
    for size in np.unique(many).tolist():
        which = np.flatnonzero(many == size)
        block = max(1, 400_000 // (size * size))
        for begin in range(0, len(which), block):
            some = which[begin : begin + block]
            number = np.full(len(many), -1)
            number[some] = np.arange(len(some))
            links = number[label[network.tails]] >= 0
            tails, heads = network.tails[links], network.heads[links]
            tied = np.zeros((size, size, len(some)))
            tied[rank[tails], rank[heads], number[label[tails]]] = 1.0
            members = number[label] >= 0
            found = _sprung(tied) * room
            places[members] = found[rank[members], :, number[label[members]]]
    return places


def _sprung(tied: Floats) -> Floats:
    """Return places for the nodes of several networks of one size, shape (size, 2, networks), from their links (size, size, networks)."""
    size = len(tied)
    turn = np.array([(1.0, 0.0), (-0.7373688780783198, 0.6754902942615238), (0.08742572471695988, -0.9961710408648278)])
    start = np.empty((size, 2))
    for node in range(size):
        # A spiral of golden angles, by products of turns.
        start[node] = (1.0, 0.0) if node == 0 else _times(start[node - 1], turn[1])
    start *= np.sqrt(np.arange(size) + 0.5)[:, None] * 0.6
    points = np.repeat(start[:, :, None], tied.shape[2], axis=2)
    rounds = 60
    for step in range(rounds):
        apart = points[None, :, :, :] - points[:, None, :, :]
        square = apart[:, :, 0] * apart[:, :, 0] + apart[:, :, 1] * apart[:, :, 1]
        force = 0.9 * tied - 1.0 / (square + 0.05) * (1.0 if size > 2 else 0.9)
        move = np.zeros_like(points)
        for other in range(size):
            move += apart[:, other] * force[:, other, None]
        move -= points * [[0.05], [0.12]]
        length = np.sqrt(move[:, 0] * move[:, 0] + move[:, 1] * move[:, 1]) + 1e-9
        points = points + move * (np.minimum(0.3 * length, 1.0 - step / rounds) / length)[:, None]
    return points


def _times(one: Floats, two: Floats) -> tuple[float, float]:
    """Return the product of two complex numbers."""
    return float(one[0] * two[0] - one[1] * two[1]), float(one[0] * two[1] + one[1] * two[0])


def packed(points: Floats, label: Ints, radii: Floats, placed: Floats, room: float) -> Floats:
    """Move components to free places, the largest first, each as near to the middle as it can.

    Args:
        points: Where the nodes stand within their component, shape (n, 2).
        label: The component of each.
        radii: The radius of each node, with half of the space that is to be free.
        placed: Nodes that stand already.
        room: The side of the square that a mean node has for itself.
    """
    label = np.unique(label, return_inverse=True)[1]
    many = int(label.max()) + 1
    low, high = np.full((many, 2), np.inf), np.full((many, 2), -np.inf)
    np.minimum.at(low, label, points - radii[:, None])
    np.maximum.at(high, label, points + radii[:, None])
    cell = room
    side = np.ceil((high - low).max(axis=1) / cell + 0.3).astype(np.int64)
    side = np.where(side > 4, (side + 1) // 2 * 2, side)
    half = int(np.abs(placed).max() / cell) + 3 if len(placed) else 2
    need = int((side * side).sum())
    half += int(np.sqrt(need)) + int(side.max()) * 2 + 2
    taken = _covered(placed, cell, half)
    centre = np.zeros((many, 2))
    for width in np.unique(side)[::-1].tolist():
        which = np.flatnonzero(side == width)
        which = which[np.lexsort((which, -np.bincount(label, minlength=many)[which]))]
        blocks = 2 * half // width
        shift = (2 * half - blocks * width) // 2
        inner = taken[shift : shift + blocks * width, shift : shift + blocks * width]
        free = ~inner.reshape(blocks, width, blocks, width).any(axis=(1, 3))
        row, column = np.nonzero(free)
        y, x = ((at + 0.5) * width + shift - half for at in (row, column))
        best = np.lexsort((x, y, (x / WIDE) * (x / WIDE) + y * y))[: len(which)]
        centre[which] = np.stack([x[best], y[best]], axis=1) * cell
        for each in best.tolist():
            top, left = row[each] * width + shift, column[each] * width + shift
            taken[top : top + width, left : left + width] = True
    return points - ((low + high) / 2)[label] + centre[label]


def _covered(points: Floats, cell: float, half: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Return which cells of a square around the origin are taken: those near points, and those between such."""
    taken = np.zeros((2 * half, 2 * half), np.bool_)
    if not len(points):
        return taken
    at = np.floor(points / cell).astype(np.int64) + half
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            taken[at[:, 1] + dy, at[:, 0] + dx] = True
    between = [
        np.logical_or.accumulate(taken, axis) & np.flip(np.logical_or.accumulate(np.flip(taken, axis), axis), axis)
        for axis in (0, 1)
    ]
    return between[0] & between[1]


def rows(count: int, placed: Floats, room: float, radius: float) -> Floats:
    """Return places for nodes without a neighbour, in rows below all others.

    Args:
        count: How many there are.
        placed: All others, shape (n, 2).
        room: The side of the square that a mean node has for itself.
        radius: The largest of their radii, with half of the space that is to be free.
    """
    step = max(room * 0.6, 2 * radius)
    low, high = (placed.min(axis=0), placed.max(axis=0)) if len(placed) else (np.zeros(2), np.zeros(2))
    wide = max(int((high[0] - low[0]) / step) + 1, int(np.ceil(np.sqrt(count * WIDE))) if not len(placed) or count > len(placed) else 1)
    wide = min(wide, count)
    number = np.arange(count)
    last = count - (count - 1) // wide * wide
    short = np.where(number // wide == (count - 1) // wide, (wide - last) / 2, 0.0)
    del short
    middle = (low[0] + high[0]) / 2
    top = high[1] + 2 * room if len(placed) else 0.0
    return np.stack([middle + (number % wide - (wide - 1) / 2) * step, top + number // wide * step], axis=1)
