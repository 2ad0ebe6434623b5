"""Regions of a map: the outlines of the land of each community, and where its name fits.

Nodes are counted on a grid, blurred to a density for each community; a cell belongs to the community that is densest there.
Between two regions a strip of cells stays free, and smoothing moves no outline as far as that: regions never overlap.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from kg.network.measures import Floats, Ints

CELLS: Final = 64_000
"""Cells of the grid at most."""

FINE: Final = 16
"""Cells for each node, up to `CELLS`."""

EDGE: Final = 0.3
"""A cell is land if it has this share of the density that nodes have around them in the mean."""

ISLAND: Final = 0.08
"""An island is left out if its area is below this share of its community's largest."""

LAKE: Final = 0.02
"""A hole is left open if its area is at least this share, or if someone else lives there."""

BEND: Final = 0.15
"""How far a simplified outline may be from the smooth one, in cells."""


_MARGIN: Final = 8
"""Cells around the nodes, for what the blur adds."""


class Region(NamedTuple):
    """The land of a community.

    Attributes:
        community: Its number.
        outlines: Closed outlines of shape (k, 2), the last point tied to the first, in the units of the points; the largest comes
            first. To be filled by the even-odd rule, as one may be a hole in another.
        x: Where a name has most room around it.
        y: Likewise, downwards.
        room: How far it is from there to the coast.
    """

    community: int
    outlines: list[Floats]
    x: float
    y: float
    room: float


def regions(points: Floats, community: Ints, most: int = 80, least: int = 8) -> list[Region]:
    """Return the regions of the largest communities, in the order of their numbers.

    Args:
        points: Where the nodes stand, shape (n, 2).
        community: The number of each node's community; those below 0 have none.
        most: So many communities at most have a region.
        least: So many nodes has a community with a region.
    """
    numbers, group, sizes = np.unique(community, return_inverse=True, return_counts=True)
    largest = np.lexsort((numbers, -sizes))
    chosen = np.sort(largest[(sizes[largest] >= least) & (numbers[largest] >= 0)][:most])
    if not len(chosen):
        return []
    place = np.full(len(numbers), len(chosen))
    place[chosen] = np.arange(len(chosen))
    owner, low, step = _owners(points, place[group], len(chosen))
    depth = _depths(owner)
    found = []
    for each, number in enumerate(numbers[chosen].tolist()):
        rings = _kept(_rings(owner == each), (owner >= 0) & (owner != each))
        if not rings:
            continue
        x, y, room = _anchor(owner == each, depth, rings[0])
        outlines = [low + _simple(_smooth(ring)) * step for ring in rings]
        found.append(Region(number, outlines, low[0] + x * step, low[1] + y * step, room * step))
    return found


def _owners(points: Floats, group: Ints, count: int) -> tuple[Ints, Floats, float]:
    """Return whose each cell is, -1 for nobody's; the grid's left upper corner; and the side of a cell.

    Nodes of group `count` are those of all other communities: their land is nobody's, but no one else's either.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    cells = min(CELLS, FINE * len(points))
    step = max(float(np.sqrt((high[0] - low[0] + 1) * (high[1] - low[1] + 1) / cells)), 1e-6)
    low = low - _MARGIN * step
    wide, tall = (int((high[axis] - low[axis]) / step) + _MARGIN + 1 for axis in (0, 1))
    column, row = ((points - low) / step).astype(np.int64).T
    owner, strongest, usual = np.full((tall, wide), -1), np.zeros((tall, wide)), 0.0
    order = np.argsort(group, kind="stable")
    ends = np.searchsorted(group[order], np.arange(count + 2))
    for each in range(count + 1):
        members = order[ends[each] : ends[each + 1]]
        if not len(members):
            continue
        left, top = int(column[members].min()) - _MARGIN, int(row[members].min()) - _MARGIN
        right, bottom = int(column[members].max()) + _MARGIN + 1, int(row[members].max()) + _MARGIN + 1
        left, top, right, bottom = max(left, 0), max(top, 0), min(right, wide), min(bottom, tall)
        flat = (row[members] - top) * (right - left) + column[members] - left
        density = np.bincount(flat, minlength=(bottom - top) * (right - left)).reshape(bottom - top, right - left).astype(np.float64)
        for _ in range(3):
            density = _blurred(_blurred(density, 0), 1)
        usual += float(np.cumsum(density.ravel()[flat])[-1])
        window = np.s_[top:bottom, left:right]
        ahead = density > strongest[window]
        owner[window] = np.where(ahead, each, owner[window])
        strongest[window] = np.where(ahead, density, strongest[window])
    owner = np.where((strongest >= EDGE * usual / len(points)) & (owner < count), owner, -1)
    # A strip between two that touch.
    edged = np.pad(owner, 1, constant_values=-1)
    mixed = np.zeros(owner.shape, np.bool_)
    for dy in range(3):
        for dx in range(3):
            other = edged[dy : dy + tall, dx : dx + wide]
            mixed |= (other != owner) & (other >= 0)
    return np.where(mixed, -1, owner), low, step


def _blurred(density: Floats, axis: int) -> Floats:
    """Return the mean over five cells along an axis."""
    pads = [(0, 0), (0, 0)]
    pads[axis] = (3, 2)
    total = np.moveaxis(np.cumsum(np.pad(density, pads), axis=axis), axis, 0)
    return np.moveaxis((total[5:] - total[:-5]) / 5, 0, axis)


def _depths(owner: Ints) -> Ints:
    """Return how many cells it is from each to another owner's, by steps to the four and the eight neighbours in turn."""
    depth = (owner >= 0).astype(np.int64)
    inside = owner >= 0
    turn = 0
    while inside.any():
        edged = np.pad(inside, 1)
        inner = inside & edged[:-2, 1:-1] & edged[2:, 1:-1] & edged[1:-1, :-2] & edged[1:-1, 2:]
        if turn % 2:
            inner &= edged[:-2, :-2] & edged[2:, 2:] & edged[2:, :-2] & edged[:-2, 2:]
        inside = inner
        depth += inside
        turn += 1
    return depth


def _rings(mask: npt.NDArray[np.bool_]) -> list[Floats]:
    """Return the outlines of a mask along the sides of its cells: those of land run clockwise on the screen, those of lakes the other way."""
    edged = np.pad(mask, 1)
    inner = edged[1:-1, 1:-1]
    # A side goes from a corner to the next with the land at its right hand: above, right of, below and left of a cell.
    ways = (
        (inner & ~edged[:-2, 1:-1], (0, 0), (1, 0)),
        (inner & ~edged[1:-1, 2:], (1, 0), (1, 1)),
        (inner & ~edged[2:, 1:-1], (1, 1), (0, 1)),
        (inner & ~edged[1:-1, :-2], (0, 1), (0, 0)),
    )
    after: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for sides, (ax, ay), (bx, by) in ways:
        rows, columns = np.nonzero(sides)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            after.setdefault((column + ax, row + ay), []).append((column + bx, row + by))
    found = []
    for start in sorted(after):
        while after[start]:
            ring, here = [start], after[start].pop()
            way = (here[0] - start[0], here[1] - start[1])
            while here != start:
                ring.append(here)
                # Where two cells touch at a corner, the outline turns right: they are two islands.
                right = (here[0] - way[1], here[1] + way[0])
                ahead = right if right in after[here] else after[here][0]
                after[here].remove(ahead)
                way = (ahead[0] - here[0], ahead[1] - here[1])
                here = ahead
            found.append(np.array(ring, np.float64))
    return found


def area(ring: Floats) -> float:
    """Return the area within a closed outline, above 0 where it runs clockwise on the screen."""
    after = np.roll(ring, -1, axis=0)
    return float(np.cumsum(ring[:, 0] * after[:, 1] - after[:, 0] * ring[:, 1])[-1]) / 2


def _kept(rings: list[Floats], foreign: npt.NDArray[np.bool_]) -> list[Floats]:
    """Return the outlines that count, the largest first; `foreign` are the cells of other communities."""
    areas = [area(ring) for ring in rings]
    largest = max(areas, default=0.0)
    return [
        rings[each]
        for each in sorted(range(len(rings)), key=lambda each: (-areas[each], each))
        if areas[each] >= max(ISLAND * largest, 4) or (areas[each] < 0 and (-areas[each] >= LAKE * largest or _inhabited(rings[each], foreign)))
    ]


def _inhabited(ring: Floats, foreign: npt.NDArray[np.bool_]) -> bool:
    """Whether there are cells of others between the outermost points of a hole."""
    (left, top), (right, bottom) = ring.min(axis=0).astype(np.int64), ring.max(axis=0).astype(np.int64)
    return bool(foreign[top:bottom, left:right].any())


def _smooth(ring: Floats) -> Floats:
    """Return an outline without the steps of the cells, nowhere farther than half a cell from them."""
    middle = (ring + np.roll(ring, -1, axis=0)) / 2
    soft = middle
    for _ in range(8):
        soft = (np.roll(soft, 1, axis=0) + 2 * soft + np.roll(soft, -1, axis=0)) / 4
    return middle + np.clip(soft - middle, -0.5, 0.5)


def _simple(ring: Floats) -> Floats:
    """Return an outline with as few of its points as its shape needs (D. Douglas and T. Peucker, Cartographica 10, 1973)."""
    far = int(np.argmax(((ring - ring[0]) * (ring - ring[0])).sum(axis=1)))
    closed = np.concatenate((ring, ring[:1]))
    keep = {0, far}
    parts = [(0, far), (far, len(ring))]
    while parts:
        start, end = parts.pop()
        if end - start < 2:
            continue
        between, line = closed[start + 1 : end] - closed[start], closed[end] - closed[start]
        length = float(np.sqrt(line[0] * line[0] + line[1] * line[1]))
        off = (
            np.abs(between[:, 0] * line[1] - between[:, 1] * line[0]) / length if length
            else np.sqrt(between[:, 0] * between[:, 0] + between[:, 1] * between[:, 1])
        )  # fmt: skip
        most = int(np.argmax(off))
        if off[most] > BEND:
            middle = start + 1 + most
            keep.add(middle)
            parts += [(start, middle), (middle, end)]
    return ring[sorted(keep)]


def _anchor(mask: npt.NDArray[np.bool_], depth: Ints, ring: Floats) -> tuple[float, float, float]:
    """Return the place with most room within the largest outline, and how much there is, in cells."""
    row, column = np.nonzero(mask)
    points: Floats = np.stack([column, row], axis=1).astype(np.float64) + 0.5
    own = depth[row, column]
    for deep in range(int(own.max()), 0, -1):
        best = points[own == deep]
        best = best[within(best, ring)]
        if len(best):
            break
    middle = best.mean(axis=0)
    away = best - middle
    nearest = best[np.argmin(away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1])]
    return float(nearest[0]), float(nearest[1]), deep - 0.5


def within(points: Floats, ring: Floats) -> npt.NDArray[np.bool_]:
    """Return which points lie within a closed outline (even-odd rule)."""
    inside = np.zeros(len(points), np.bool_)
    for (ax, ay), (bx, by) in zip(ring.tolist(), np.roll(ring, -1, axis=0).tolist(), strict=True):
        if ay != by:
            crosses = (points[:, 1] < ay) != (points[:, 1] < by)
            inside ^= crosses & (points[:, 0] < (bx - ax) * (points[:, 1] - ay) / (by - ay) + ax)
    return inside
