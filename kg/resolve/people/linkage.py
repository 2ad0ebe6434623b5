"""Clusters of slots: those are joined first that are most likely one, never two that exclude each other.

Agglomerative clustering. How alike two clusters are is a power mean, over the slots of both, of how likely each is one with
its nearest in the other. A mean over all pairs (average linkage) would keep a person's thirty papers apart from thirty
others under a fuller name, of which each has co-authors in common with three; the maximum (single linkage) would let one
wrong pair chain two people together.

Where a cluster could join either of two that exclude each other (J. Wang, with Jing Wang and Jun Wang about), these are
alternatives: only one that is likely beside the other is joined.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.float32]

POWER: Final = 3
"""Exponent of the power mean: between a mean (1) and the maximum (infinity). Chosen on the development gold."""

CERTAIN: Final = 0.98
"""Pairs from this probability on are joined before all others."""

NEVER: Final = -1.0
"""Stands for the probability of a pair that must not be in one cluster."""


class Join(NamedTuple):
    """Two clusters that were made one.

    Attributes:
        left: Places of the members of the one.
        right: Places of the members of the other.
        likeness: How alike they were.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    likeness: float


def joins(likely: Matrix, least: float) -> tuple[list[Join], list[list[int]]]:
    """Return how places are joined, in order, and the clusters that they are in at the end.

    Pairs that are as good as certain are joined first, one by one; then clusters, by their likeness.

    Args:
        likely: How likely it is that two places are one, shape (n, n), symmetric; `NEVER` where they must not be.
        least: Likeness from which on two clusters are joined.
    """
    made, members = _certain(likely, least)
    state = _Likeness(likely, members)
    open_ = np.ones(state.power.shape, bool)
    while len(members) > 1:
        # The first of equals, so that the order of the members decides and nothing else.
        left, right = divmod(int(np.argmax(np.where(open_, state.power, -np.inf))), len(members))
        if not open_[left, right] or state.power[left, right] < least**POWER:
            break
        if _beside_rivals(_rooted(state.power[left]), _rooted(state.power[right]), left, right) < least:
            open_[left, right] = open_[right, left] = False
            continue
        left, right = min(left, right), max(left, right)
        made.append(Join(tuple(members[left]), tuple(members[right]), float(state.power[left, right] ** (1 / POWER))))
        state.join(left, right)
        open_[left] = open_[:, left] = True
        members[left] = sorted(members[left] + members[right])
        members[right] = []
    return made, [of for of in members if of]


class _Likeness:
    """How alike clusters are, kept up to date while they are joined.

    Attributes:
        power: The likeness of each two clusters to the power of `POWER`, shape (clusters, clusters); minus infinity where
            something excludes that they are one.
    """

    def __init__(self, likely: Matrix, members: Sequence[Sequence[int]]) -> None:
        count = len(members)
        self._of = np.zeros(len(likely), int)
        for cluster, of in enumerate(members):
            self._of[of] = cluster
        self._nearest = np.stack([np.maximum(likely[:, of], 0).max(axis=1) for of in members], axis=1)
        self._sums = np.zeros((count, count))
        np.add.at(self._sums, self._of, self._nearest**POWER)
        self._sizes = np.array([len(of) for of in members], float)
        self._excluded = np.eye(count, dtype=bool)
        for cluster, of in enumerate(members):
            self._excluded[np.unique(self._of[(likely[:, of] < 0).any(axis=1)]), cluster] = True
        self._excluded |= self._excluded.T
        self.power = (self._sums + self._sums.T) / (self._sizes[:, None] + self._sizes[None, :])
        self.power[self._excluded] = -np.inf

    def join(self, left: int, right: int) -> None:
        """Make the right cluster part of the left one."""
        self._nearest[:, left] = np.maximum(self._nearest[:, left], self._nearest[:, right])
        self._sums[left] += self._sums[right]
        self._of[self._of == right] = left
        self._sums[:, left] = np.bincount(self._of, self._nearest[:, left] ** POWER, minlength=len(self._sizes))
        self._sizes[left] += self._sizes[right]
        self._excluded[left] |= self._excluded[right]
        self._excluded[:, left] |= self._excluded[:, right]
        self._excluded[right] = self._excluded[:, right] = True
        row = (self._sums[left] + self._sums[:, left]) / (self._sizes[left] + self._sizes)
        row[self._excluded[left]] = -np.inf
        self.power[left] = self.power[:, left] = row
        self.power[right] = self.power[:, right] = -np.inf


def _rooted(power: Matrix) -> Matrix:
    return np.where(power < 0, NEVER, np.maximum(power, 0) ** (1 / POWER))


def _beside_rivals(one: Matrix, other: Matrix, left: int, right: int) -> float:
    """Return how likely a pair is beside its likeliest rival: what could be the one, and excludes the other.

    Args:
        one: How likely `left` is each other place, shape (n,); below 0 where it must not be.
        other: The same for `right`.
        left: The one place.
        right: The other.
    """
    lowest = 1.0
    for mine, theirs, place in ((one, other, right), (other, one, left)):
        rivals = np.where((theirs < 0) & (mine > 0), mine, 0)
        rivals[[left, right]] = 0
        odds, against = (chance / max(1 - chance, 1e-9) for chance in (float(mine[place]), float(rivals.max())))
        lowest = min(lowest, odds / (1 + odds + against))
    return lowest


def _certain(likely: Matrix, least: float) -> tuple[list[Join], list[list[int]]]:
    """Join the places of pairs that are as good as certain, the surest first, unless something excludes it."""
    members = {place: [place] for place in range(len(likely))}
    group = list(range(len(likely)))
    made = []
    left, right = np.nonzero(np.triu(likely >= CERTAIN, 1))
    order = np.lexsort((right, left, -likely[left, right]))
    for i, k in zip(left[order].tolist(), right[order].tolist(), strict=True):
        one, other = sorted((group[i], group[k]))
        if one == other or (likely[np.ix_(members[one], members[other])] < 0).any():
            continue
        if _beside_rivals(likely[i], likely[k], i, k) < least:
            continue
        made.append(Join(tuple(members[one]), tuple(members[other]), float(likely[i, k])))
        members[one] = sorted(members[one] + members[other])
        for place in members.pop(other):
            group[place] = one
    return made, list(members.values())


def likeness(likely: Matrix, one: Sequence[int], other: Sequence[int]) -> float:
    """Return how alike two clusters are; `NEVER` if something excludes it."""
    between = likely[np.ix_(one, other)]
    if (between < 0).any():
        return NEVER
    nearest = np.concatenate([between.max(axis=1), between.max(axis=0)])
    return float(np.mean(nearest**POWER) ** (1 / POWER))


def apart(likely: Matrix, least: float) -> Iterator[list[int]]:
    """Yield the places in parts that nothing likelier than `least` ties: parts are never joined.

    A power mean is never above the largest of its values.
    """
    count = len(likely)
    tied = likely >= least
    part = np.full(count, -1)
    for start in range(count):
        if part[start] >= 0:
            continue
        waiting, part[start] = [start], start
        found = []
        while waiting:
            place = waiting.pop()
            found.append(place)
            for other in np.flatnonzero(tied[place] & (part < 0)).tolist():
                part[other] = start
                waiting.append(other)
        yield sorted(found)
