"""Regions: they hold the nodes of their community, and none covers another."""

import numpy as np

from kg.network.layout import positions
from kg.network.regions import Region, area, regions, within
from tests.network.maps import drawn


def inside(points: np.ndarray[tuple[int, int], np.dtype[np.float64]], region: Region) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which points lie in a region, by the even-odd rule."""
    found = np.zeros(len(points), np.bool_)
    for ring in region.outlines:
        found ^= within(points, ring)
    return found


def test_regions_hold_their_nodes_and_no_two_overlap() -> None:
    network, community, sizes = drawn(3000, 24, 100, 20)
    places = positions(network, community, sizes)
    found = regions(places, community)
    assert [region.community for region in found] == list(range(24))
    for region in found:
        own = inside(places, region)
        assert own[community == region.community].mean() > 0.85
        assert own[community != region.community].sum() < 0.02 * own.sum()
        assert inside(np.array([[region.x, region.y]]), region).all()
        assert region.room > 0
        assert area(region.outlines[0]) > 0
    low, high = places.min(axis=0), places.max(axis=0)
    raster = np.stack(np.meshgrid(np.linspace(low[0], high[0], 400), np.linspace(low[1], high[1], 250)), axis=-1).reshape(-1, 2)
    assert np.sum([inside(raster, region) for region in found], axis=0).max() == 1
    assert sum(len(ring) for region in found for ring in region.outlines) < 2000
    assert [region.outlines[0].tolist() for region in regions(places, community)] == [region.outlines[0].tolist() for region in found]


def test_outliers_and_small_communities_have_no_region() -> None:
    dice = np.random.default_rng(1)
    places = np.concatenate([dice.normal(middle, 50, (size, 2)) for middle, size in (((0, 0), 500), ((500, 0), 400), ((250, 300), 4))])
    community = np.repeat([0, 1, 2], [500, 400, 4])
    community[:3] = 1
    found = regions(places, community)
    assert [region.community for region in found] == [0, 1]
    assert not inside(places[:3], found[1]).any(), "three of the second lie in the land of the first"
    assert np.abs([found[0].x, found[0].y]).max() < 50
    assert [region.community for region in regions(places, community, most=1)] == [0]
    assert regions(places, np.full(904, -1)) == []


def test_land_around_a_lake_has_two_outlines() -> None:
    dice = np.random.default_rng(2)
    turn = dice.random(4000) * 2 * np.pi
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) * (100 + dice.random(4000) * 60)[:, None]
    places = np.concatenate((ring, dice.normal(0, 15, (400, 2))))
    found = regions(places, np.repeat([0, 1], [4000, 400]))
    assert [len(region.outlines) for region in found] == [2, 1]
    assert area(found[0].outlines[0]) > 0 > area(found[0].outlines[1])
    assert not inside(np.zeros((1, 2)), found[0]).any()
    assert inside(np.array([[found[0].x, found[0].y]]), found[0]).all()
