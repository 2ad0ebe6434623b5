"""The one-mode projection of a two-mode network: members are tied by the groups that they share.

In go memberships (who signed which paper), out come pairs of members with the number of groups that both are in.
Where the groups are papers and the members their authors, this is the co-authorship network (M. E. J. Newman, "The
structure of scientific collaboration networks", PNAS 98, 404, 2001).
"""

from typing import NamedTuple

import numpy as np

from kg.network.measures import Floats, Ints


class Pairs(NamedTuple):
    """Pairs of members, each once, in ascending order.

    Attributes:
        left: The smaller member of each pair.
        right: The larger.
        shared: In how many groups both are.
    """

    left: Ints
    right: Ints
    shared: Ints


def projection(groups: Ints, members: Ints, most: int) -> Pairs:
    """Return the pairs of members that share a group.

    Args:
        groups: The group of each membership, from 0; the same membership may be given twice.
        members: The member of each, from 0.
        most: A group of more members makes no pairs: among hundreds, a pair says little, and they are many.

    >>> projection(np.array([0, 0, 0, 1, 1]), np.array([2, 0, 1, 1, 2]), most=100)
    Pairs(left=array([0, 0, 1]), right=array([1, 2, 2]), shared=array([1, 1, 2]))
    """
    return fractional(groups, members, most)[0]


def fractional(groups: Ints, members: Ints, most: int) -> tuple[Pairs, Floats]:
    """Return the pairs of members that share a group, and how much they share when each group counts 1 / (size - 1).

    Args:
        groups: The group of each membership, from 0; the same membership may be given twice.
        members: The member of each, from 0.
        most: A group of more members makes no pairs.
    """
    width = int(members.max(initial=-1)) + 1
    # Ordered by group, and by member within a group; nobody twice.
    group, member = np.divmod(np.unique(groups.astype(np.int64) * max(width, 1) + members), max(width, 1))
    sizes = np.bincount(group)
    begins = np.cumsum(sizes) - sizes
    found, parts = [np.zeros(0, np.int64)], [np.zeros(0)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]).tolist():
        rows = member[begins[sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        found.append((rows[:, one] * width + rows[:, other]).ravel())
        parts.append(np.full(len(found[-1]), 1 / (size - 1)))
    pairs, pair, shared = np.unique(np.concatenate(found), return_inverse=True, return_counts=True)
    left, right = np.divmod(pairs, max(width, 1))
    weights: Floats = np.bincount(pair, np.concatenate(parts), len(pairs)).astype(np.float64)
    return Pairs(left, right, shared), weights
