"""Clusters of slots: the likeliest first, never what excludes itself, no choice between rivals."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.people.linkage import NEVER, Matrix, Ties, apart, joins, likeness, near

LEAST = 0.6


def matrix(count: int, pairs: dict[tuple[int, int], float]) -> Matrix:
    found = np.zeros((count, count))
    for (i, k), likely in pairs.items():
        found[i, k] = found[k, i] = likely
    np.fill_diagonal(found, NEVER)
    return found


def clusters(count: int, pairs: dict[tuple[int, int], float]) -> list[list[int]]:
    return sorted(sorted(of) for of in joins(matrix(count, pairs), LEAST)[1])


def test_likely_pairs_are_joined_and_unlikely_ones_are_not() -> None:
    assert clusters(3, {(0, 1): 0.9, (1, 2): 0.2}) == [[0, 1], [2]]


def test_certain_pairs_are_joined_before_all_others() -> None:
    made, _ = joins(matrix(4, {(0, 1): 0.97, (2, 3): 0.999, (1, 2): 0.7}), LEAST)
    assert next(join.likeness for join in made) == 0.999


def test_two_that_exclude_each_other_are_not_joined_by_a_third() -> None:
    assert clusters(3, {(0, 1): 0.995, (1, 2): 0.7, (0, 2): NEVER}) == [[0, 1], [2]]


def test_between_two_rivals_nothing_is_chosen() -> None:
    for likely in (0.8, 0.99):
        assert clusters(3, {(0, 1): likely, (1, 2): likely, (0, 2): NEVER}) == [[0], [1], [2]]


def test_one_of_a_persons_papers_is_enough_and_one_wrong_pair_is_not() -> None:
    """Two of four are alike: a plain mean of 0.48 would fail. One of nine by chance is not enough."""
    person = {(i, k): 0.95 for i in range(4) for k in range(i)}
    assert clusters(5, person | {(4, 0): 0.94, (4, 1): 0.94, (4, 2): 0.02, (4, 3): 0.02}) == [[0, 1, 2, 3, 4]]
    two = {(i, k): 0.95 for i in range(6) for k in range(i) if (i < 3) == (k < 3)}
    assert clusters(6, two | {(0, 3): 0.8}) == [[0, 1, 2], [3, 4, 5]]


LIKELY = st.sampled_from([NEVER, 0.0, 0.3, 0.55, 0.7, 0.9, 0.99, 0.999])


@settings(deadline=None)
@given(st.integers(1, 7).flatmap(lambda n: st.tuples(st.just(n), st.lists(LIKELY, min_size=n * n, max_size=n * n), st.permutations(range(n)))))
def test_clusters_keep_what_excludes_itself_apart_and_parts_change_nothing(case: tuple[int, list[float], list[int]]) -> None:
    count, values, _ = case
    likely = matrix(count, {(i, k): values[i * count + k] for i in range(count) for k in range(i)})
    made, found = joins(likely, LEAST)
    assert sorted(place for of in found for place in of) == list(range(count))
    assert len(made) == count - len(found)
    for of in found:
        assert all(likely[i, k] >= 0 for i in of for k in of if i != k)
    for join in made:
        assert join.likeness >= LEAST - 1e-9
    parts = [part.places for part in apart(ties(likely), count, LEAST, count)]
    parts += [[place] for place in set(range(count)) - {place for part in parts for place in part}]
    assert all(likely[np.ix_(one, other)].max() < LEAST for one in parts for other in parts if one != other)
    alike = [(one, other, likeness(likely, one, other)) for one, other in combinations(found, 2)]
    assert list(near(likely, found, 0.25)) == [each for each in alike if each[2] >= 0.25]


def ties(likely: Matrix) -> Ties:
    left, right = np.nonzero(np.triu(likely != 0, 1))
    return Ties(left, right, likely[left, right])


def test_more_than_can_be_compared_are_parted_at_their_weakest_ties() -> None:
    chain = matrix(5, {(0, 1): 0.9, (1, 2): 0.3, (2, 3): 0.8, (3, 4): 0.7})
    assert [part.places for part in apart(ties(chain), 5, 0.25, largest=5)] == [[0, 1, 2, 3, 4]]
    small = list(apart(ties(chain), 5, 0.25, largest=3))
    assert [part.places for part in small] == [[0, 1], [2, 3, 4]]
    assert [part.ties.likely.tolist() for part in small] == [[0.9], [0.8, 0.7]]


def test_likeness_is_none_where_something_excludes_it() -> None:
    found = matrix(3, {(0, 1): 0.9, (0, 2): NEVER})
    assert likeness(found, [0], [1]) == 0.9
    assert likeness(found, [0], [1, 2]) == NEVER
