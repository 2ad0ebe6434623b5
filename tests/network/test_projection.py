"""The one-mode projection of a two-mode network, against counting by hand."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.network.projection import fractional, projection

MEMBERSHIPS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), max_size=40)


@given(memberships=MEMBERSHIPS, most=st.integers(1, 8))
def test_it_counts_the_groups_that_two_share(memberships: list[tuple[int, int]], most: int) -> None:
    groups = {group: sorted({m for g, m in memberships if g == group}) for group, _ in memberships}
    small = [members for members in groups.values() if 1 < len(members) <= most]
    shared = Counter(pair for members in small for pair in combinations(members, 2))
    parts = {pair: sum(1 / (len(members) - 1) for members in small if set(pair) <= set(members)) for pair in shared}
    given_groups, given_members = np.array(memberships, np.int64).reshape(-1, 2).T
    pairs, fractions = fractional(given_groups, given_members, most)
    assert list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)) == sorted(shared)
    assert pairs.shared.tolist() == [shared[pair] for pair in sorted(shared)]
    assert fractions.tolist() == pytest.approx([parts[pair] for pair in sorted(shared)])
    assert all(np.array_equal(one, other) for one, other in zip(projection(given_groups, given_members, most), pairs, strict=True))
