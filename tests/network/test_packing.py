"""What lies around the map: islands that are told apart, free places near the middle, and rows."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.network.measures import Floats, Network
from kg.network.packing import islands, packed, rows


def paths(*sizes: int) -> Network:
    """Components that are each a path, one after the other."""
    ends = np.cumsum(sizes)
    left = np.setdiff1d(np.arange(ends[-1]), ends - 1)
    return Network.of(int(ends[-1]), left, left + 1, np.ones(len(left)))


def test_on_an_island_neighbours_lie_closest() -> None:
    places = islands(paths(4), 10.0)
    steps = np.hypot(*np.diff(places, axis=0).T)
    assert steps.max() < np.hypot(*(places[3] - places[0]))
    assert steps.min() > 3.0


def test_an_island_is_the_same_whatever_lies_beside_it() -> None:
    alone = islands(paths(4), 10.0)
    assert np.array_equal(islands(paths(4, 3, 4), 10.0)[:4], alone)
    assert np.array_equal(islands(paths(4, 3, 4), 10.0)[7:], alone)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=25), st.integers(0, 40))
def test_packed_components_cover_neither_each_other_nor_what_stands_there(sizes: list[int], many: int) -> None:
    dice = np.random.default_rng(many)
    label = np.repeat(np.arange(len(sizes)), sizes)
    points, radii, there = dice.uniform(-20, 20, (len(label), 2)), dice.uniform(2, 6, len(label)), dice.uniform(100, 200, (many, 2))
    found = packed(points, label, radii, there, 15.0)
    boxes = [(found[label == each] - radii[label == each, None], found[label == each] + radii[label == each, None]) for each in range(len(sizes))]
    corners = [(low.min(axis=0), high.max(axis=0)) for low, high in boxes]
    for one, (low, high) in enumerate(corners):
        assert np.allclose(found[label == one] - found[label == one][0], points[label == one] - points[label == one][0]), "moved as a whole"
        assert not any((np.maximum(low, begin) < np.minimum(high, end) - 1e-6).all() for begin, end in corners[one + 1 :])
        assert not ((there > low) & (there < high)).all(axis=1).any()


def test_the_largest_component_lies_nearest_to_the_middle() -> None:
    label = np.repeat([0, 1, 2], [1, 1, 9])
    found = packed(np.zeros((11, 2)), label, np.repeat([2.0, 2.0, 20.0], [1, 1, 9]), np.zeros((0, 2)), 10.0)
    away = np.hypot(*found.T)
    assert away[2:].max() < away[:2].min()


def inside(points: Floats, low: float, high: float) -> bool:
    return bool((points[:, 0] >= low).all() and (points[:, 0] <= high).all())


def test_rows_lie_below_and_are_as_wide_as_what_is_above() -> None:
    found = rows(50, np.array([[-100.0, -30.0], [300.0, 40.0]]), 20.0, 5.0)
    assert found[:, 1].min() > 40 + 5
    assert inside(found, -100, 300)
    assert len(set(found[:, 1].tolist())) == 2
    away = np.hypot(*(found[:, None] - found).transpose(2, 0, 1))
    np.fill_diagonal(away, np.inf)
    assert away.min() >= 10


def test_rows_of_nothing_but_single_nodes_are_a_wide_block() -> None:
    wide, high = np.ptp(rows(1000, np.zeros((0, 2)), 20.0, 5.0), axis=0)
    assert 1.2 < wide / high < 2.1
    assert rows(1, np.zeros((0, 2)), 20.0, 5.0).tolist() == [[0.0, 0.0]]


def test_components_of_all_shapes_leave_little_room_between_them() -> None:
    dice = np.random.default_rng(3)
    label = np.repeat(np.arange(60), 3)
    spread = np.repeat(dice.uniform([10, 10], [45, 25], (60, 2)), 3, axis=0)  # most are wider than high
    points, radii = dice.uniform(-1, 1, (180, 2)) * spread, np.full(180, 6.0)
    found = packed(points, label, radii, dice.uniform(-60, 60, (30, 2)), 30.0)
    low, high = np.full((60, 2), np.inf), np.full((60, 2), -np.inf)
    np.minimum.at(low, label, found - radii[:, None])
    np.maximum.at(high, label, found + radii[:, None])
    needed = float((high - low).prod(axis=1).sum()) + 120.0 * 120.0
    assert float(np.ptp(found, axis=0).prod()) < 3 * needed
    wide, tall = np.ptp(found, axis=0)
    assert 1.2 < wide / tall < 2.1


def test_the_largest_finds_its_place_first_and_equal_ones_by_their_number() -> None:
    label = np.repeat([0, 1, 2, 3], [3, 4, 3, 12])
    dice = np.random.default_rng(1)
    one = dice.uniform(-10, 10, (3, 2))
    points = np.concatenate((one, dice.uniform(-14, 14, (4, 2)), one, dice.uniform(-60, 60, (12, 2))))
    found = packed(points, label, np.full(22, 4.0), np.zeros((0, 2)), 20.0)
    middles = np.array([(found[label == each].min(axis=0) + found[label == each].max(axis=0)) / 2 for each in range(4)])
    away = np.hypot(*(middles * [1, 1.6]).T)
    assert away[3] < away[1] < away[0] <= away[2]
    assert packed(points, label, np.full(22, 4.0), np.zeros((0, 2)), 20.0).tobytes() == found.tobytes()
