"""Discs that must not cover each other: pairs that are close, found on a grid, and pushed apart."""

import numpy as np

from kg.network.measures import Floats, Ints, spans


def near(points: Floats, reach: float) -> tuple[Ints, Ints]:
    """Return the pairs of points that may be closer than `reach`, each pair once: those in one cell or in two that touch.

    Args:
        points: Shape (n, 2).
        reach: Side of a cell, in the same units.
    """
    cells = np.floor((points - points.min(axis=0)) / reach).astype(np.int64)
    wide = int(cells[:, 0].max()) + 3
    key = (cells[:, 1] + 1) * wide + cells[:, 0] + 1
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    ends = np.searchsorted(ranked, np.stack([ranked, ranked + 1]), "right")
    begins = np.searchsorted(ranked, np.stack([ranked + wide - 1]), "left")[0]
    below = np.searchsorted(ranked, ranked + wide + 1, "right")
    # Those behind it in its own cell and the next of its row, then the three cells of the row below.
    one = np.arange(len(order))
    right = ends[1] - one - 1
    under = below - begins
    left = np.concatenate((np.repeat(one, right), np.repeat(one, under)))
    other = np.concatenate((spans(one + 1, right), spans(begins, under)))
    return order[left], order[other]


def separated(points: Floats, radii: Floats, rounds: int, stiff: Floats | None = None) -> Floats:
    """Return the points pushed apart until no disc covers another, or the rounds are over.

    Args:
        points: Shape (n, 2).
        radii: The radius of each, with half of the space that is to be free between two.
        rounds: How often.
        stiff: How much each resists, relative to others; alike unless given.
    """
    points = points.copy()
    if len(points) < 2:
        return points
    reach = 2 * float(radii.max())
    for step in range(rounds):
        if step % 4 == 0:
            # A little more than is needed, as points move before pairs are looked for again.
            one, two = near(points, reach * 1.1)
            sums = radii[one] + radii[two]
            apart = points[two] - points[one]
            close = apart[:, 0] * apart[:, 0] + apart[:, 1] * apart[:, 1] < (sums * 1.5) * (sums * 1.5)
            one, two, sums = one[close], two[close], sums[close]
            share = np.full(len(one), 0.5) if stiff is None else stiff[one] / (stiff[one] + stiff[two])
        dx, dy = points[two, 0] - points[one, 0], points[two, 1] - points[one, 1]
        distance = np.sqrt(dx * dx + dy * dy)
        lack = np.maximum(sums - distance, 0.0)
        if step % 4 == 0 and not np.any(lack > sums * 0.005):
            break
        # Two on one spot part sidewise, by their numbers.
        same = distance == 0.0
        dx[same] = 1.0
        distance[same] = 1.0
        push = lack / distance
        for axis, way in ((0, dx), (1, dy)):
            points[:, axis] += np.bincount(two, way * push * share, len(points)) - np.bincount(one, way * push * (1.0 - share), len(points))
    return points
