"""Close pairs are all found, each once; discs are pushed apart."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.network.discs import near, separated


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-30, 30), st.integers(-30, 30)), min_size=1, max_size=40), st.integers(1, 12))
def test_each_close_pair_is_found_once(places: list[tuple[int, int]], reach: int) -> None:
    points = np.array(places, np.float64)
    one, two = near(points, float(reach))
    found = [(min(pair), max(pair)) for pair in zip(one.tolist(), two.tolist(), strict=True)]
    assert len(found) == len(set(found))
    away = points[:, None] - points[None]
    close = (away * away).sum(axis=2) <= reach * reach
    assert {(int(a), int(b)) for a, b in np.argwhere(close) if a < b} <= set(found)


def test_discs_part_even_if_they_lie_on_one_spot_and_the_firm_move_less() -> None:
    points = np.zeros((3, 2))
    parted = separated(points, np.array([2.0, 2.0, 3.0]), 200)
    away = np.sqrt(((parted[:, None] - parted[None]) ** 2).sum(axis=2))
    assert away[0, 1] > 3.9
    assert away[0, 2] > 4.9
    two = separated(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([2.0, 2.0]), 50, np.array([9.0, 1.0]))
    assert abs(two[0, 0]) < 0.2 * abs(two[1, 0] - 1)
