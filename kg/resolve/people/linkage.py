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
Places = npt.NDArray[np.int64]

POWER: Final = 3
"""Exponent of the power mean: between a mean (1) and the maximum (infinity). Chosen on the development gold."""

CERTAIN: Final = 0.98
"""Pairs from this probability on are joined before all others."""

NEVER: Final = -1.0
"""Stands for the probability of a pair that must not be in one cluster."""


LARGEST: Final = 2_000
"""So many places are compared with each other at most: where more are tied, their weakest ties are left out."""


class Ties(NamedTuple):
    """How likely pairs of places are one, as three arrays; `NEVER` where they must not be. No pair is there twice."""

    left: Places
    right: Places
    likely: Matrix


class Part(NamedTuple):
    """Places that ties hold together, in order, and the ties between them."""

    places: list[int]
    ties: Ties


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
    nearest = _Nearest(state.power)
    while True:
        left, right, power = nearest.pair()
        if power < least**POWER:
            break
        if _beside_rivals(_rooted(state.power[left]), _rooted(state.power[right]), left, right) < least:
            nearest.close(left, right)
            continue
        made.append(Join(tuple(members[left]), tuple(members[right]), float(power ** (1 / POWER))))
        state.join(left, right)
        nearest.join(left, right, state.power[left])
        members[left] = sorted(members[left] + members[right])
        members[right] = []
    return made, [of for of in members if of]


class _Nearest:
    """Which cluster is nearest to each, kept up to date while clusters are joined: to look at all pairs at each step takes too long."""

    def __init__(self, power: Matrix) -> None:
        self._power = power.copy()
        self._at = self._power.argmax(axis=1)

    def pair(self) -> tuple[int, int, float]:
        """Return the two clusters that are most alike, and how much: of equals the first, so that the order of the members decides."""
        values = self._power[np.arange(len(self._at)), self._at]
        left = int(values.argmax())
        return left, int(self._at[left]), float(values[left])

    def close(self, left: int, right: int) -> None:
        """Leave a pair out, until one of the two is joined with another."""
        self._power[left, right] = self._power[right, left] = -np.inf
        self._find(np.array([left, right]))

    def join(self, left: int, right: int, power: Matrix) -> None:
        """Make the right cluster part of the left one, which is so alike to the others then."""
        before = self._power[np.arange(len(self._at)), self._at]
        moved = (self._at == left) | (self._at == right)
        self._power[left] = self._power[:, left] = power
        self._power[right] = self._power[:, right] = -np.inf
        nearer = (power > before) | ((power == before) & (left <= self._at))
        self._at[nearer] = left
        moved &= ~nearer
        moved[[left, right]] = True
        self._find(np.flatnonzero(moved))

    def _find(self, rows: Places) -> None:
        self._at[rows] = self._power[rows].argmax(axis=1)


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


def near(likely: Matrix, clusters: Sequence[Sequence[int]], least: float) -> Iterator[tuple[Sequence[int], Sequence[int], float]]:
    """Yield each two clusters that are at least so alike, and how much they are.

    A power mean is never above the largest of its values, so that most pairs need not be looked at.
    """
    of = np.empty(len(likely), np.int64)
    for cluster, places in enumerate(clusters):
        of[places] = cluster
    left, right = np.nonzero(likely >= least)
    between = of[left] < of[right]
    for pair in np.unique(of[left[between]] * len(clusters) + of[right[between]]).tolist():
        one, other = clusters[pair // len(clusters)], clusters[pair % len(clusters)]
        if (found := likeness(likely, one, other)) >= least:
            yield one, other, found


def apart(ties: Ties, count: int, least: float, largest: int) -> Iterator[Part]:
    """Yield the places in parts that nothing likelier than `least` ties: parts are never joined. Places without a tie are in none.

    Args:
        ties: The ties.
        count: How many places there are.
        least: Likeness from which on two places are tied.
        largest: A tie that would make a larger part is left out; the surest ties come first.
    """
    part = list(range(count))
    members = {place: [place] for place in part}
    order = np.lexsort((ties.right, ties.left, -ties.likely))[: int((ties.likely >= least).sum())]
    for i, k in zip(ties.left[order].tolist(), ties.right[order].tolist(), strict=True):
        keep, gone = sorted((part[i], part[k]), key=lambda of: (-len(members[of]), of))
        if keep != gone and len(members[keep]) + len(members[gone]) <= largest:
            for place in members[gone]:
                part[place] = keep
            members[keep] += members.pop(gone)
    of = np.array(part, np.int64)
    inside = np.flatnonzero(of[ties.left] == of[ties.right])
    inside = inside[np.argsort(of[ties.left[inside]], kind="stable")]
    owner = of[ties.left[inside]]
    for name in sorted(members, key=lambda name: min(members[name])):
        if len(members[name]) > 1:
            own = inside[np.searchsorted(owner, name) : np.searchsorted(owner, name, "right")]
            yield Part(sorted(members[name]), Ties(ties.left[own], ties.right[own], ties.likely[own]))
