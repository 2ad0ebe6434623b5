"""Tests of the pictures that the page lays out itself: the timeline, authors beside topics, and neighbourhoods."""

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.pages import Tab, page_of
from tests.explorer.sample import sample_graph
from tests.export.graphs import graph_of, node

pytestmark = pytest.mark.browser

PLACES = """Array.from(app.scene.shown).flatMap((is, i) => is
  ? [[i, app.scene.x[i], app.scene.y[i], app.scene.radii[i], app.data.year[i], app.data.kinds[app.data.kind[i]].name]] : [])"""


@pytest.fixture(scope="module")
def large_tab(browser: Any, large_page: Path) -> Iterator[Tab]:
    """Return the page of a thousand nodes, open."""
    opened = Tab(browser, large_page)
    opened.run("window.atStart = app.store.state")
    yield opened
    opened.close()


@pytest.fixture
def tab(large_tab: Tab) -> Tab:
    """Return the page of a thousand nodes as at the start."""
    large_tab.run("app.store.set(window.atStart)")
    return large_tab


def covered(places: list[list[Any]]) -> list[tuple[int, int]]:
    """Return the nodes that cover each other by more than half a unit."""
    return [
        (a[0], b[0])
        for a, b in combinations(places, 2)
        if (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2 < (a[3] + b[3] - 0.5) ** 2
    ]


def crossings(tab: Tab) -> int:
    """Return how many pairs of links of the two columns cross."""
    links = tab.run("""Array.from(app.scene.links.from, (a, l) => {
      const b = app.scene.links.to[l];
      const [left, right] = app.scene.x[a] < app.scene.x[b] ? [a, b] : [b, a];
      return [app.scene.y[left], app.scene.y[right]];
    })""")
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(links, 2))


def test_a_view_is_offered_only_where_it_has_something_to_show(opened: Callable[..., Tab], tmp_path: Path, tab: Tab) -> None:
    assert tab.run("app.scene.views.map(view => view.name)") == ["graph", "coauthors", "topics", "timeline", "bipartite"]
    bare = graph_of(tmp_path, [node("paper", "a", "Alone"), node("organization", "b", "A school")], [], [])
    few = opened(bare, "#view=bipartite")
    assert few.run("app.scene.views.map(view => view.name)") == ["graph"]
    assert few.run("app.scene.view.name") == "graph"


def test_a_timeline_runs_from_the_first_year_to_the_last(tab: Tab) -> None:
    tab.run("app.actions.view('timeline')")
    places = tab.run(PLACES)
    axis = tab.run("app.scene.axis")
    assert [tick["label"] for tick in axis] == ["no year", *map(str, range(2017, 2026))]
    assert {kind for *_, kind in places} <= {"paper", "topic", "method", "dataset", "task", "metric", "software"}
    columns: dict[int, list[float]] = {}
    for _, x, _, radius, year, _ in places:
        columns.setdefault(year, []).extend((x - radius, x + radius))
    ordered = [columns[year] for year in sorted(columns)]
    assert all(max(one) < min(other) for one, other in pairwise(ordered))
    middles = {tick["label"]: tick["x"] for tick in axis}
    assert all(min(xs) <= middles[str(year) if year else "no year"] <= max(xs) for year, xs in columns.items())


def test_on_a_timeline_nothing_covers_anything_and_lanes_keep_apart(tab: Tab) -> None:
    tab.run("app.actions.view('timeline')")
    places = tab.run(PLACES)
    assert len(places) > 400
    assert covered(places) == []
    lanes = tab.run("app.scene.lanes")
    assert all(one["bottom"] < other["top"] for one, other in pairwise(lanes))
    for lane in lanes:
        assert lane["label"]
        assert lane["top"] <= lane["y"] <= lane["bottom"]


def test_authors_beside_topics_stand_in_two_columns(tab: Tab) -> None:
    tab.run("app.actions.view('bipartite')")
    places = tab.run(PLACES)
    assert {x for _, x, *_, kind in places if kind == "person"} == {tab.run("app.scene.axis[0].x")}
    assert {x for _, x, *_, kind in places if kind != "person"} == {tab.run("app.scene.axis[1].x")}
    assert covered(places) == []
    assert sum(kind == "person" for *_, kind in places) == 40
    assert "Only the 40 authors" in tab.run("app.scene.note")


def test_those_with_the_most_papers_stand_in_the_columns(tab: Tab) -> None:
    tab.run("app.actions.view('bipartite')")
    papers, kinds, inside = tab.run("""[Array.from(app.data.papers), Array.from(app.data.kind, k => app.data.kinds[k].name),
      Array.from(app.scene.shown)]""")
    people = [i for i, kind in enumerate(kinds) if kind == "person"]
    least = min(papers[i] for i in people if inside[i])
    assert all(papers[i] <= least for i in people if not inside[i])


def test_few_links_cross_between_the_columns(tab: Tab) -> None:
    tab.run("app.actions.view('bipartite')")
    swept = crossings(tab)
    # The same columns, each in the order of the numbers of its nodes.
    tab.run("""['left', 'right'].forEach((side, at) => {
      const nodes = Array.from(app.scene.view.net.members).filter(i => app.scene.x[i] === app.scene.axis[at].x);
      const ys = nodes.map(i => app.scene.y[i]).sort((a, b) => a - b);
      nodes.forEach((i, place) => { app.scene.y[i] = ys[place]; });
    })""")
    assert swept < 0.75 * crossings(tab)
    tab.run("app.actions.view('graph')")


def test_a_neighbourhood_stands_around_its_centre_and_covers_nothing(tab: Tab) -> None:
    for depth in (1, 2):
        for centre in (0, 60, 300):
            tab.run("app.actions.ego([argument[0]], argument[1])", [centre, depth])
            places = tab.run(PLACES)
            if not tab.run("app.scene.ownPicture"):
                assert len(places) > 400
                continue
            assert covered(places) == []
            found = {i: (x, y) for i, x, y, *_ in places}
            assert found[centre] == (0, 0)
            x0, y0, x1, y1 = tab.run("app.scene.box")
            assert x0 < 0 < x1
            assert y0 < 0 < y1
    tab.run("app.actions.everything()")
    assert not tab.run("app.scene.ownPicture")


def test_the_same_steps_give_the_same_picture(opened: Callable[..., Tab], tab: Tab, large_page: Path) -> None:
    tab.run("(app.actions.ego([40], 1), app.actions.expand(app.scene.around(40)[0].node))")
    first = tab.run(PLACES)
    text = tab.run("app.address.write(app.store.state).text")
    tab.run("app.actions.everything()")
    tab.run("app.address && app.store.set(app.address.read(argument).state)", text)
    assert tab.run(PLACES) == first
    assert opened(large_page, text).run(PLACES) == first


def test_what_stands_there_moves_little_when_a_node_is_expanded_and_not_when_filters_change(tab: Tab) -> None:
    tab.run("app.actions.ego([40], 1)")
    before = {i: (x, y) for i, x, y, *_ in tab.run(PLACES)}
    box = tab.run("app.scene.box")
    tab.run("app.actions.expand(app.scene.around(40)[0].node)")
    after = {i: (x, y) for i, x, y, *_ in tab.run(PLACES)}
    assert set(before) < set(after)
    wide = max(box[2] - box[0], box[3] - box[1])
    moved = [((after[i][0] - x) ** 2 + (after[i][1] - y) ** 2) ** 0.5 for i, (x, y) in before.items()]
    assert sum(moved) / len(moved) < 0.25 * wide
    tab.run("app.actions.years(2018, 2021)")
    assert all(after[i] == (x, y) for i, x, y, *_ in tab.run(PLACES))
    tab.run("(app.actions.years(null), app.actions.collapse(app.scene.around(40)[0].node))")
    assert {i: (x, y) for i, x, y, *_ in tab.run(PLACES)} == before


def test_a_large_neighbourhood_keeps_its_places_on_the_map(tab: Tab) -> None:
    tab.run("app.actions.ego([0], 4)")
    assert tab.run("app.scene.counts.nodes") > 400
    assert not tab.run("app.scene.ownPicture")
    assert "keep their places on the map" in tab.run("app.scene.note")
    assert tab.run("Array.from(app.scene.x).every((x, i) => !app.scene.shown[i] || x === app.scene.view.x[i])")


def test_a_neighbourhood_in_the_columns_is_of_the_authors_own_topics(opened: Callable[..., Tab], tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path), "#view=bipartite&ego=person/cy:1")
    labels = tab.run("Array.from(app.scene.shown).flatMap((is, i) => is ? [app.data.labels[i]] : [])")
    assert set(labels) == {"Cy", "Maps", "Net"}


def test_the_page_lays_out_what_python_did_not(opened: Callable[..., Tab], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.explorer.picture.VIEWS", {"graph": "Everything"})
    tab = opened(page_of(sample_graph(tmp_path), tmp_path), "#view=coauthors")
    assert tab.run("[app.scene.view.name, app.scene.counts.nodes, app.scene.counts.links]") == ["coauthors", 6, 5]
    assert tab.run("Array.from(app.scene.shown).every((is, i) => !is || Number.isFinite(app.scene.x[i]))")
