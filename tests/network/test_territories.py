"""Land: large enough for each community, whole, and with water between."""

import numpy as np

from kg.network.levels import levels
from kg.network.territories import arranged, at, territories
from tests.network.maps import drawn


def test_discs_touch_but_do_not_cover_each_other_and_tied_ones_are_near() -> None:
    network, community, _ = drawn(2000, 30)
    top = levels(network, community, np.ones(2000))[-1]
    radii = np.sqrt(top.mass)
    points = arranged(top, radii)
    away = points[:, None] - points[None]
    gap = np.sqrt((away * away).sum(axis=2)) - radii[:, None] - radii[None]
    np.fill_diagonal(gap, np.inf)
    assert gap.min() > -0.01 * radii.max()
    assert gap.min(axis=1).max() < 0.01 * radii.max()
    distance = np.sqrt((away * away).sum(axis=2))
    tied = np.average(distance[top.tails, top.heads], weights=top.weights)
    assert tied < distance.sum() / (30 * 29)


def test_land_has_the_areas_asked_for_and_none_touches_another() -> None:
    middles = np.array([[0.0, 0.0], [9.0, 0.0], [4.0, 8.0], [-3.0, 9.0]])
    areas = np.array([100.0, 60.0, 40.0, 10.0])
    land = territories(middles, areas, 1.0)
    assert np.abs(land.areas / areas - 1).max() < 0.35
    owner = land.owner
    for one, two in ((owner[1:], owner[:-1]), (owner[:, 1:], owner[:, :-1])):
        assert ((one != two) & (one >= 0) & (two >= 0)).sum() < 1e-4 * owner.size, "but for a cell or so where water meets the sea"
    assert at(land, land.middles).tolist() == [0, 1, 2, 3]
    assert at(land, np.array([[1e6, 0.0], [-1e6, 0.0]])).tolist() == [-1, -1]
