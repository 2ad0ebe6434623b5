"""Tests of what a designer would look at: contrast, what lies on what, and room on small screens."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kg.explorer.places import placed
from kg.model import Graph
from tests.explorer.pages import Tab
from tests.explorer.sample import sample_graph
from tests.explorer.test_panel import _contrast
from tests.explorer.test_stage import settled
from tests.export.graphs import edge, graph_of, node
from tests.pages import SIZE

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}

BESIDE = """app.stage.labels().filter(({ node }) => node === undefined).map(({ box: [x0, y0, x1, y1] }) =>
  app.data.labels.filter((_, i) => app.scene.shown[i] && app.scene.x[i] > app.stage.camera.worldX(x0)
    && app.scene.x[i] < app.stage.camera.worldX(x1) && app.scene.y[i] > app.stage.camera.worldY(y0)
    && app.scene.y[i] < app.stage.camera.worldY(y1)).length)"""
"""How many nodes each name of a community covers."""


def boxes(tab: Tab, selector: str) -> list[list[float]]:
    """Return left, top, right and bottom of the elements that are seen."""
    found: list[list[float]] = tab.page.evaluate(
        """selector => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility()).map((each) => {
          const { left, top, right, bottom } = each.getBoundingClientRect(); return [left, top, right, bottom]; })""", selector,
    )  # fmt: skip
    return found


def scales_of(tab: Tab) -> list[str]:
    """Return the names of years and lanes in the picture saved as SVG, which writes what is seen."""
    shown = "new DOMParser().parseFromString(app.stage.svg(), 'image/svg+xml').querySelectorAll('#scales text')"
    found: list[str] = tab.run(f"[...{shown}].map((each) => each.textContent)")
    return found


def timeline_of_topics(folder: Path) -> Graph:
    """Return a graph of two years: in the first the papers of one topic, in the second those of another."""
    topics = [node("topic", f"t{at}", label, year=2020 + at, papers=12) for at, label in enumerate(("Grammars of quiet languages", "Weather of distant planets"))]
    papers = [node("paper", f"p{at}", f"Paper {at}", year=2020 + at // 12) for at in range(24)]
    return graph_of(folder, [*topics, *papers], [edge(paper, topics[at // 12]) for at, paper in enumerate(papers)], [])


def apart(one: list[float], other: list[float]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_of_communities_can_be_read(opened: Opened, large_page: Path, scheme: str) -> None:
    tab = opened(large_page, color_scheme=scheme)
    ground = tab.run("getComputedStyle(document.documentElement).getPropertyValue('--ground').trim()")
    said = tab.run("app.stage.labels().filter(({ community }) => community !== undefined).map(({ text }) => text)")
    inks: list[Any] = tab.run(
        """[...new DOMParser().parseFromString(app.stage.svg(), "image/svg+xml").querySelectorAll("text")]
          .filter((each) => argument.some((name) => name.startsWith(each.textContent.slice(0, 12)))).map((each) => each.getAttribute("fill"))""",
        said,
    )
    assert len(said) >= 3
    assert len(inks) >= len(said)
    assert all(_contrast(ink, ground) >= 4.5 for ink in inks if ink.startswith("#"))


def test_names_of_communities_stand_beside_the_nodes(opened: Opened, large_page: Path) -> None:
    covered = opened(large_page).run(BESIDE)
    assert len(covered) >= 8
    assert sum(covered) < 5 * len(covered)


@pytest.mark.parametrize("zoom", [1, 2])
def test_no_name_of_a_community_is_cut_by_the_edge_of_the_picture(opened: Opened, large_page: Path, zoom: float) -> None:
    tab = opened(large_page)
    tab.run(f"app.stage.setCamera({{ ...app.stage.camera, k: app.stage.camera.k * {zoom} }})")
    tab.rest()
    titles = tab.run("app.stage.labels().filter(({ node }) => node === undefined).map(({ box }) => box)")
    width, height = tab.run("[app.stage.camera.width, app.stage.camera.height]")
    assert len(titles) >= 5
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height for box in titles)


def test_communities_that_begin_alike_are_told_apart_where_there_is_little_room(opened: Opened, tmp_path: Path) -> None:
    papers = [node("paper", f"p{at}", f"Paper {at}", year=2020) for at in range(6)]
    people = [node("person", f"a{at}", f"Ada Byron {at}") for at in range(60)]
    tied = [edge(papers[at // 10], person) for at, person in enumerate(people)]
    graph = placed(graph_of(tmp_path, [*papers, *people], tied, []))
    first = [f"Parsing of quiet old sentences · {people[10 * at]['label']}" for at in range(6)]
    named = pa.array([first[row["community"] % 6] for row in graph.communities.to_pylist()])
    graph = replace(graph, communities=graph.communities.set_column(graph.communities.column_names.index("label"), "label", named))
    tab = opened(graph, "#view=coauthors", viewport={"width": 560, "height": 460})
    said = tab.run("app.stage.labels().filter(({ community }) => community !== undefined).map(({ text }) => text)")
    assert len(said) >= 4
    assert len(set(said)) == len(said)
    assert all("Byron" in text for text in said)


def test_a_long_name_is_written_in_narrow_lines_where_there_is_little_room(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page, viewport={"width": 800, "height": 560})
    named = tab.run("app.stage.labels().filter(({ community }) => community !== undefined).length")
    assert named > 0.65 * tab.run("app.scene.regions.length")


def test_most_small_islands_have_a_name(opened: Opened, tmp_path: Path) -> None:
    papers = [node("paper", f"p{at}", f"Paper {at}", year=2020) for at in range(80)]
    people = [node("person", f"a{at}", f"Ada Byron {at}") for at in range(240)]
    edges = [edge(papers[at // 3], person) for at, person in enumerate(people)]
    tab = opened(graph_of(tmp_path, [*papers, *people], edges, []), "#view=coauthors")
    named: list[str] = tab.run("app.stage.labels().filter(({ node }) => node !== undefined).map(({ node }) => app.data.labels[node])")
    assert len({int(name.split()[-1]) // 3 for name in named}) > 0.75 * len(papers)


@pytest.mark.parametrize("view", ["graph", "topics"])
def test_maps_stand_upright_on_a_portrait_screen(opened: Opened, large_page: Path, view: str) -> None:
    shape = """(([xs, ys]) => (Math.max(...xs) - Math.min(...xs)) / (Math.max(...ys) - Math.min(...ys)))(
      [0, 1].map((axis) => app.scene.regions.flatMap(({ rings }) => rings.flat().filter((_, at) => at % 2 === axis))))"""
    wide, tall = opened(large_page, f"#view={view}"), opened(large_page, f"#view={view}", **PHONE)
    assert wide.run(shape) > 1.1
    assert tall.run(shape) == pytest.approx(1 / wide.run(shape), rel=1e-3)
    assert tall.run("app.stage.camera.k") > 1.1 * opened(large_page, f"#view={view}", viewport={"width": 391, "height": 390}).run("app.stage.camera.k")


def test_an_address_shows_the_same_place_on_an_upright_map(opened: Opened, large_page: Path) -> None:
    wide = opened(large_page)
    x, y = wide.run("[app.scene.x[7], app.scene.y[7]]")
    wide.run("(app.actions.pin(9, 50, -20), app.stage.setCamera({ x: argument[0], y: argument[1], k: 2 }))", [x, y])
    wide.wait("location.hash.includes('pinned=') && location.hash.includes('at=')")
    tall = opened(large_page, wide.run("location.hash"), **PHONE)
    camera, place = tall.run("[[app.stage.camera.x, app.stage.camera.y], [app.scene.x[7], app.scene.y[7]]]")
    assert camera == pytest.approx(place, abs=0.2)
    assert tall.run("[app.scene.x[9], app.scene.y[9]]") == [-20, 50]
    tall.run("app.stage.pan(1, 0)")
    tall.wait("location.hash.includes('pinned=') && location.hash.includes('50:-20')")


SHAPE = """(([xs, ys]) => (Math.max(...xs) - Math.min(...xs)) / (Math.max(...ys) - Math.min(...ys)))(
  [app.scene.x, app.scene.y].map((all) => Array.from(all).filter((_, i) => app.scene.shown[i])))"""


@pytest.mark.parametrize("address", ["", "#view=coauthors", "#view=bipartite", "#ego=paper/p1:2"])
def test_a_phone_that_is_turned_gets_the_picture_of_its_new_shape(opened: Opened, tmp_path: Path, address: str) -> None:
    tab = opened(sample_graph(tmp_path), address, **PHONE)
    upright = tab.run(SHAPE)
    places = tab.run("[Array.from(app.scene.x), Array.from(app.scene.y)]")
    tab.run("(app.actions.choose(0), app.stage.pan(60, 0))")  # moved by hand: it is fitted all the same
    tab.page.set_viewport_size({"width": 780, "height": 390})
    tab.wait("app.stage.camera.width === 780 && !app.stage.touched")
    lying = opened(tab.file, address, **{**PHONE, "viewport": {"width": 780, "height": 390}})
    assert tab.run(SHAPE) == pytest.approx(lying.run(SHAPE), rel=1e-3)
    assert tab.run(SHAPE) != pytest.approx(upright, rel=1e-2)
    assert tab.run("app.store.state.node") == 0
    tab.page.set_viewport_size(PHONE["viewport"])
    tab.wait("app.stage.camera.width === 390")
    assert tab.run("[Array.from(app.scene.x), Array.from(app.scene.y)]") == places


def test_regions_and_pins_turn_with_the_map(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    tab.run("app.actions.pin(9, 50, -20)")
    before = tab.run("[app.scene.box, app.scene.regions[0].anchor, app.scene.regions[0].rings[0].slice(0, 4), app.scene.communities[0].colour]")
    tab.page.set_viewport_size(PHONE["viewport"])
    tab.wait("app.scene.x[9] === -20 && app.scene.y[9] === 50")
    box, (x, y), ring, colour = before
    found = tab.run("[app.scene.box, app.scene.regions[0].anchor, app.scene.regions[0].rings[0].slice(0, 4), app.scene.communities[0].colour]")
    assert found == [[box[1], box[0], box[3], box[2]], [y, x], [ring[1], ring[0], ring[3], ring[2]], colour]
    tab.run("app.actions.undo()")
    assert tab.run("[app.scene.x[9], app.scene.y[9]]") != [-20, 50]


def test_a_neighbourhood_is_not_under_the_tools(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    tab.run("app.actions.ego([0], 1)")
    tab.rest()
    places = tab.run("app.data.labels.map((_, i) => app.stage.screen(i)).filter(([x]) => !Number.isNaN(x))")
    assert len(places) > 5
    assert all(apart([x, y, x, y], box) for x, y in places for box in boxes(tab, "#tools .tools"))


def test_the_tab_of_the_view_is_seen_on_a_phone(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page, "#view=bipartite", **PHONE)
    assert all(0 <= left < right <= 390 for left, _, right, _ in boxes(tab, "#views [aria-selected=true]"))


def test_each_node_beside_the_other_column_has_its_name(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page, "#view=bipartite", viewport={"width": 1440, "height": 900})
    assert tab.run("app.stage.labels().length") >= 0.95 * tab.run("app.scene.counts.nodes")


def test_each_of_few_nodes_has_its_name_where_there_is_room(opened: Opened, tmp_path: Path) -> None:
    papers = [node("paper", f"p{at}", f"Paper {at}") for at in range(36)]
    people = [node("person", f"a{at}", f"Person {at}") for at in range(108)]
    tied = [edge(papers[at // 3], person) for at, person in enumerate(people)]
    tab = opened(graph_of(tmp_path, [*papers, *people], tied, []), "#view=coauthors", viewport={"width": 1440, "height": 900})
    assert tab.run("app.scene.counts.nodes") == 108
    assert tab.run("app.stage.labels().length") > 100


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 844, "height": 390}, {"width": 700, "height": 500}])
@pytest.mark.parametrize("address", ["", "#view=coauthors", "#view=topics"])
def test_no_tool_lies_over_a_node(opened: Opened, tmp_path: Path, address: str, size: dict[str, int]) -> None:
    tab = opened(sample_graph(tmp_path), address, viewport=size)
    places = tab.run("app.data.labels.map((_, i) => app.stage.screen(i)).filter(([x]) => !Number.isNaN(x))")
    assert len(places) > 4
    assert all(apart([x, y, x, y], box) for x, y in places for box in boxes(tab, "#tools .tools"))


@pytest.mark.parametrize("drawer", ["Filters", "Path", "Selection", "List"])
def test_the_picture_makes_room_for_a_drawer_and_takes_it_back(opened: Opened, large_page: Path, drawer: str) -> None:
    tab = opened(large_page)
    whole = tab.run("[app.stage.camera.x, app.stage.camera.y, app.stage.camera.k]")
    places = "app.data.labels.map((_, i) => app.stage.screen(i)).filter(([x]) => !Number.isNaN(x))"
    tab.page.get_by_role("button", name=drawer, exact=True).click()
    settled(tab)
    beside = boxes(tab, ".drawer:not([hidden])")
    assert len(beside) == 1
    assert all(apart([x, y, x, y], beside[0]) for x, y in tab.run(places))
    tab.page.keyboard.press("Escape")
    settled(tab)
    assert tab.run("[app.stage.camera.x, app.stage.camera.y, app.stage.camera.k]") == pytest.approx(whole)
    tab.run("app.stage.zoom(1.5)")
    settled(tab)
    moved = tab.run("app.stage.camera.k")
    tab.page.get_by_role("button", name=drawer, exact=True).click()
    settled(tab)
    assert tab.run("app.stage.camera.k") == moved, "what the reader has moved stays"


def test_names_in_the_timeline_cover_no_row_of_nodes(opened: Opened, tmp_path: Path) -> None:
    papers = [node("paper", f"p{at}", f"A study of the things of {2000 + at}", year=2000 + at) for at in range(10)]
    things = [node("method", f"m{at}", f"Method of many words {at}", year=2000 + at // 10, papers=1) for at in range(100)]
    tied = [edge(paper, thing) for at, paper in enumerate(papers) for thing in things[10 * at : 10 * at + 10]]
    tab = opened(graph_of(tmp_path, [*papers, *things], tied, []), "#view=timeline", viewport=SIZE)
    covered = tab.run(BESIDE.replace("node === undefined", "node !== undefined"))
    assert len(covered) > 10
    assert sum(covered) == 0


@pytest.mark.parametrize("view", ["graph", "timeline", "bipartite"])
def test_nothing_covers_the_picture_on_a_phone(opened: Opened, tmp_path: Path, view: str) -> None:
    tab = opened(sample_graph(tmp_path), f"#view={view}", **PHONE)
    tools = boxes(tab, "#tools .tools")
    assert all(apart(one, other) for at, one in enumerate(tools) for other in tools[:at])
    assert all(box[2] - box[0] >= 44 for box in boxes(tab, "#tools-zoom button"))
    places = tab.run("app.data.labels.map((_, i) => app.stage.screen(i)).filter(([x]) => !Number.isNaN(x))")
    assert len(places) > 5
    assert all(apart([x, y, x, y], box) for x, y in places for box in tools)


def test_lanes_bear_as_many_parts_of_a_long_name_as_there_is_room_for(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page, "#view=timeline")
    lanes = "app.scene.lanes.filter(({ community }) => app.scene.communities[community])"
    named = tab.run(f"{lanes}.map(({{ label, community }}) => [label, app.scene.communities[community].label])")
    shorter = [(label, whole) for label, whole in named if label != whole]
    assert shorter
    assert all(label == whole[: len(label)] and whole[len(label) :].startswith((", ", " · ")) for label, whole in shorter)


def test_the_name_of_a_lane_has_the_room_before_its_first_node(opened: Opened, tmp_path: Path) -> None:
    written = scales_of(opened(timeline_of_topics(tmp_path), "#view=timeline", **PHONE))
    assert "Weather of distant planets" in written, "what begins in the second year"


def test_a_timeline_saved_as_svg_has_its_years_and_its_lanes(opened: Opened, tmp_path: Path) -> None:
    tab = opened(timeline_of_topics(tmp_path), "#view=timeline")
    assert {"2020", "2021", "Weather of distant planets"} <= set(scales_of(tab))


def test_years_leave_room_for_the_names_of_lanes(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page, "#view=timeline")
    left, top = tab.run("(({ left, top }) => [left, top])(document.getElementById('picture').getBoundingClientRect())")
    nearest = tab.run("Math.min(...app.data.labels.map((_, i) => app.stage.screen(i)[0]).filter((x) => !Number.isNaN(x)))")
    assert nearest - left > 0.1 * SIZE["width"]
    main = boxes(tab, "#tools-main")[0]
    highest = tab.run("app.stage.camera.pixelY(app.scene.lanes[0].y)") + top
    assert highest > main[3]  # the name of the first lane is not under the tools


LYING: dict[str, Any] = {**PHONE, "viewport": {"width": 844, "height": 390}}


def test_a_phone_lying_on_its_side_has_all_tabs_and_a_map_that_fills_the_rest(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page, **LYING)
    assert all(0 <= left < right <= 844 for left, _, right, _ in boxes(tab, "#views [role=tab]"))
    tops = {top for _, top, *_ in boxes(tab, "#tools .tools")}
    assert max(tops) - min(tops) < 10, "the tools stand in one row"
    high = tab.run("(({ k }, [, y0, , y1]) => k * (y1 - y0))(app.stage.camera, app.scene.box)")
    assert high > 0.62 * tab.run("app.stage.camera.height")


def test_a_timeline_of_one_year_fills_the_picture(opened: Opened, tmp_path: Path) -> None:
    papers = [node("paper", f"p{at}", f"Paper {at}", year=2020) for at in range(60)]
    things = [node("method", f"m{at}", f"Method {at}", year=2020) for at in range(240)]
    tied = [edge(papers[at // 4], thing) for at, thing in enumerate(things)]
    tab = opened(graph_of(tmp_path, [*papers, *things], tied, []), "#view=timeline")
    assert len(tab.run("app.scene.lanes")) > 10
    xs = tab.run("app.data.labels.map((_, i) => app.stage.screen(i)[0]).filter((x) => !Number.isNaN(x))")
    assert max(xs) - min(xs) > 0.55 * SIZE["width"]


def test_between_columns_the_links_that_say_most_are_drawn(opened: Opened, tmp_path: Path) -> None:
    """What everybody writes about ties all to all; what one writes about stands out, and stands beside its author."""
    people = [node("person", f"a{at}", f"Author {at}") for at in range(30)]
    own = [node("topic", f"o{at}", f"Own {at}", papers=2) for at in range(30)]
    common = [node("topic", f"c{at}", f"Common {at}", papers=60) for at in range(10)]
    papers = [node("paper", f"p{at}", f"Paper {at}") for at in range(60)]
    tied = [edge(paper, each) for at, paper in enumerate(papers) for each in (people[at // 2], own[at // 2 * 7 % 30], *common)]
    tab = opened(graph_of(tmp_path, [*people, *own, *common, *papers], tied, []), "#view=bipartite")
    assert "240 of 330 links drawn" in tab.page.inner_text("#status")
    lines = tab.run("""[...new DOMParser().parseFromString(app.stage.svg(), 'image/svg+xml').querySelectorAll('line, path')]
      .map((each) => Number(each.getAttribute('stroke-width'))).filter((wide) => wide > 1)""")
    assert len([wide for wide in lines if wide == max(lines)]) == 30
    names = tab.run("app.data.labels.map((label, i) => [app.scene.y[i], label]).filter(([y]) => !Number.isNaN(y)).sort(([a], [b]) => a - b)")
    authors, topics = ([int(label.split()[1]) for _, label in names if label.startswith(side)] for side in ("Author", "Own"))
    assert topics == [at * 7 % 30 for at in authors]


def test_a_path_that_was_found_is_brought_near(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    ends = tab.run("app.data.labels.flatMap((_, i) => app.data.kinds[app.data.kind[i]].name === 'person' ? [i] : []).slice(0, 2)")
    whole = tab.run("app.stage.camera.k")
    tab.run("app.actions.findPath(...argument)", ends)
    settled(tab)
    assert tab.run("app.stage.camera.k") > 1.3 * whole
    named = tab.run("app.stage.labels().map(({ node }) => node)")
    assert set(tab.run("app.scene.path")) <= set(named)


def test_the_largest_of_many_are_named_however_many_lie_around_them(opened: Opened, tmp_path: Path) -> None:
    hubs = [node("topic", f"h{at}", f"Hub of many {at}") for at in range(3)]
    things = [node("method", f"m{at}", f"M{at}") for at in range(700)]
    papers = [node("paper", f"p{at}", f"P{at}") for at in range(350)]
    tied = [edge(paper, each) for at, paper in enumerate(papers) for each in (hubs[at % 3], hubs[at * 7 % 3], *things[2 * at : 2 * at + 2], things[at * 11 % 700])]
    tab = opened(graph_of(tmp_path, [*hubs, *things, *papers], tied, []), "#view=topics")
    named = tab.run("app.stage.labels().filter(({ node }) => node !== undefined).map(({ text }) => text)")
    assert {hub["label"] for hub in hubs} <= set(named)


def test_the_foremost_of_many_are_named_over_the_whole_map(opened: Opened, tmp_path: Path) -> None:
    papers = [node("paper", f"p{at}", f"Paper {at}") for at in range(400)]
    things = [node("method", f"m{at}", f"Method {at}", papers=1 + at % 7) for at in range(420)]
    tied = [edge(paper, things[(at * k + k * k) % 420]) for at, paper in enumerate(papers) for k in (1, 3, 7, 11)]
    tab = opened(graph_of(tmp_path, [*papers, *things], tied, []), "#view=topics")
    foremost = tab.run("[...app.data.labels.keys()].filter((i) => app.scene.shown[i]).slice(0, 40)")
    named = tab.run("app.stage.labels().map(({ node }) => node)")
    assert len(set(foremost) & set(named)) >= 30


def test_on_a_phone_on_its_side_all_tools_stand_in_one_row_above_the_map(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path), viewport={"width": 667, "height": 375}, has_touch=True)
    tools = boxes(tab, "#tools .tools")
    assert len(tools) == 3
    assert all(apart(one, other) for at, one in enumerate(tools) for other in tools[:at])
    assert len({top for _, top, *_ in tools}) == 1
