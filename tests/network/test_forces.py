"""What links pull and mass pushes: how far, and which way."""

import numpy as np
import pytest

from kg.network.forces import SCALES, Grid, grid, pull, push, shares
from kg.network.territories import territories


def pulled(distance: float) -> float:
    """How far a link pulls its tail toward a head at this distance."""
    ends = np.array([[0.0, 0.0], [distance, 0.0]])
    return float(pull(ends, np.array([0]), np.array([1]), np.array([1.0]), rest=1.0, reach=4.0)[0, 0])


def test_a_link_pulls_from_its_length_on_and_a_very_long_one_ever_less() -> None:
    assert [pulled(distance) for distance in (0.0, 0.5, 1.0)] == pytest.approx([0, 0, 0], abs=1e-8)
    assert 0 < pulled(1.5) < pulled(3.0)
    assert pulled(100.0) < pulled(10.0)
    assert all(pulled(distance) <= distance for distance in (1.5, 3.0, 10.0, 100.0)), "never past its neighbour"


def test_only_the_tail_is_pulled_and_by_shares() -> None:
    places = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]])
    share = shares(np.array([0, 0]), np.array([3.0, 1.0]), 3)
    moves = pull(places, np.array([0, 0]), np.array([1, 2]), share, rest=0.5, reach=4.0)
    assert share.tolist() == [0.75, 0.25]
    assert moves[0, 0] == pytest.approx(3 * moves[0, 1])
    assert not moves[1:].any()


def even(side: int, wanted: float) -> Grid:
    return Grid(np.array([0.5, 0.5]), 1.0, np.full((side, side), wanted))


def test_mass_pushes_away_from_itself_and_alike_to_all_sides() -> None:
    around = even(8 << SCALES, 0.0)
    middle = around.wanted.shape[0] / 2
    ring = middle + np.array([[6.0, 0.0], [-6.0, 0.0], [0.0, 6.0], [0.0, -6.0]])
    moves = push(np.vstack([[[middle, middle]], ring]), np.array([50.0, 0, 0, 0, 0]), around)
    ways = ring - middle
    outward = (moves[1:] * ways).sum(axis=1) / 6
    assert (outward > 0).all()
    assert outward.max() == pytest.approx(outward.min())
    assert np.abs(moves[0]).max() < 0.01 * outward.min(), "not by its own mass"
    near = push(np.array([[middle, middle], [middle + 3, middle]]), np.array([50.0, 0]), around)[1, 0]
    assert near > outward[0] > push(np.array([[middle, middle], [middle + 20, middle]]), np.array([50.0, 0]), around)[1, 0] > 0


def test_where_mass_is_as_wanted_nothing_moves() -> None:
    around = even(4 << SCALES, 1.0)
    side = np.arange(4 << SCALES) + 0.5
    points = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    inner = ((points > 2) & (points < len(side) - 2)).all(axis=1)
    assert np.abs(push(points, np.ones(len(points)), around)[inner]).max() < 1e-3


def test_a_grid_has_room_for_the_mass_of_each_community() -> None:
    land = territories(np.array([[-10.0, 0.0], [10.0, 0.0]]), np.array([200.0, 100.0]), 1.0)
    around = grid(land, np.array([200.0, 100.0]), 0.5)
    assert around.wanted.sum() == pytest.approx(300, rel=0.05)
    assert {side % (1 << (SCALES - 1)) for side in around.wanted.shape} == {0}
