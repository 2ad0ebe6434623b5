"""Tests of the picture: what is drawn, and what a pointer, a finger or a key does to it."""

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pyarrow as pa
import pytest

from kg.model import Graph
from kg.model.graph import COMMUNITIES, PLACES
from tests.explorer.pages import Tab
from tests.export.graphs import edge, graph_of, hostile_graph, node

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]

PAPER: Final = 'Quiet maps of "loud" graphs: x < y & z'
METHOD: Final = "Polite-Net"
RENDERERS: Final = ["", "#renderer=canvas"]


def camera(tab: Tab) -> tuple[float, float, float]:
    x, y, k = tab.run("[app.stage.camera.x, app.stage.camera.y, app.stage.camera.k]")
    return x, y, k


def settled(tab: Tab) -> None:
    """Wait until nothing moves any more."""
    tab.rest()


def middle(tab: Tab) -> tuple[float, float]:
    box = tab.page.locator("[data-kg-graph]").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def bare(tab: Tab) -> tuple[float, float]:
    """A point of the picture where nothing lies within thirty pixels."""
    found = tab.page.evaluate(
        """() => {
        const { stage, data } = __kg.app;
        const box = stage.canvas.getBoundingClientRect();
        const spots = Array.from({ length: data.n }, (_, i) => stage.screen(i)).filter(([x]) => !Number.isNaN(x));
        for (let y = box.bottom - 60; y > box.top + 120; y -= 15) for (let x = box.left + 40; x < box.right - 120; x += 15) {
          if (document.elementFromPoint(x, y) !== stage.canvas || spots.some(([a, b]) => Math.hypot(a - x, b - y) < 30)) continue;
          if (spots.every(([a, b], i) => true)) return [x, y];
        }
        return null; }"""
    )
    assert found is not None
    return found[0], found[1]


def colours(tab: Tab) -> int:
    """How many colours a screenshot of the picture has."""
    shot = tab.page.locator("[data-kg-graph]").screenshot()
    found: int = tab.page.evaluate(
        """async bytes => {
        const image = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
        const sheet = new OffscreenCanvas(image.width, image.height);
        const ctx = sheet.getContext("2d");
        ctx.drawImage(image, 0, 0);
        return new Set(new Uint32Array(ctx.getImageData(0, 0, image.width, image.height).data.buffer)).size; }""",
        list(shot),
    )
    return found


def colour_of(tab: Tab, key: str) -> list[int]:
    """The colour of the pixel in the middle of a node, as the reader sees it."""
    x, y = tab.spot(key)
    shot = tab.page.screenshot(clip={"x": x - 1, "y": y - 1, "width": 2, "height": 2})
    found: list[int] = tab.page.evaluate(
        """async bytes => {
        const image = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
        const ctx = new OffscreenCanvas(2, 2).getContext("2d");
        ctx.drawImage(image, 0, 0);
        return Array.from(ctx.getImageData(0, 0, 1, 1).data).slice(0, 3); }""",
        list(shot),
    )
    return found


def own_colour(tab: Tab, key: str) -> list[int]:
    """The colour that the legend gives a node."""
    told = tab.run("app.scene.palette[app.scene.tints[argument]].light", tab.number(key))
    return [int(told[at : at + 2], 16) for at in (1, 3, 5)]


# ----------------------------------------------------------------------------------------------- the picture


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_picture_has_nodes_in_the_colours_of_their_kinds(opened: Opened, toy_page: Path, renderer: str) -> None:
    tab = opened(toy_page, renderer)
    tab.wait(f"app.stage.renderer === '{'canvas' if renderer else 'webgl'}'")  # which takes over after the first picture
    assert colours(tab) > 40
    assert colour_of(tab, METHOD) == own_colour(tab, METHOD)


def test_the_picture_is_the_topmost_canvas_and_has_a_name(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    x, y = middle(tab)
    assert tab.page.evaluate("([x, y]) => 'kgGraph' in document.elementFromPoint(x, y).dataset", [x, y])
    graph = tab.page.locator("[data-kg-graph]")
    assert graph.get_attribute("role") == "application"
    assert "13 nodes" in graph.get_attribute("aria-label")
    tab.wait("app.stage.drawn.nodes > 0")
    assert tab.run("app.stage.drawn") == {"nodes": 13, "links": 15, "labels": tab.run("app.stage.labels().length"), "all": 13}
    assert tab.run("app.stage.note") == ""


def test_a_lost_context_is_drawn_again_or_without_webgl(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.wait("app.stage.renderer === 'webgl'")
    assert colours(tab) > 40
    tab.run("document.querySelectorAll('#picture canvas')[1].getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()")
    tab.wait("app.stage.renderer === 'canvas'")
    tab.rest()
    assert colours(tab) > 40


@pytest.mark.parametrize("zoom", [1, 1.6, 3, 7])
def test_names_never_lie_on_one_another(opened: Opened, large_page: Path, zoom: float) -> None:
    tab = opened(large_page)
    tab.run("app.stage.setCamera({ x: app.stage.camera.x, y: app.stage.camera.y, k: app.stage.camera.k * argument })", zoom)
    settled(tab)
    names = [name["box"] for name in tab.run("app.stage.labels()")]
    assert len(names) > 15
    for at, (x0, y0, x1, y1) in enumerate(names):
        for a0, b0, a1, b1 in names[at + 1 :]:
            assert x0 >= a1 or a0 >= x1 or y0 >= b1 or b0 >= y1


def dense_graph(folder: Path) -> Graph:
    """Fifty papers with 204 methods each, every one a community on a square of its own, tied to the next by a method."""
    papers = [node("paper", f"p{a}", f"Study {a}", year=2020) for a in range(50)]
    methods = [node("method", f"m{at:05}", f"Method {at}", papers=1) for at in range(50 * 204)]
    tied = [edge(papers[a], methods[at % len(methods)]) for a in range(50) for at in range(204 * a, 204 * a + 205)]
    places = [
        {"view": "graph", "id": row["id"], "x": 400.0 * (a % 10) + 20 * (k % 15), "y": 400.0 * (a // 10) + 20 * (k // 15), "community": a}
        for a in range(50)
        for k, row in enumerate([papers[a], *methods[204 * a : 204 * a + 204]])
    ]
    named = [{"view": "graph", "community": a, "label": f"Field {a}", "nodes": 205} for a in range(50)]
    return replace(
        graph_of(folder, [*papers, *methods], tied, []),
        places=pa.Table.from_pylist(sorted(places, key=lambda row: row["id"]), schema=PLACES),
        communities=pa.Table.from_pylist(named, schema=COMMUNITIES),
    )


def test_a_dense_map_shows_bundles_between_communities_and_links_from_near_by(opened: Opened, tmp_path: Path) -> None:
    tab = opened(dense_graph(tmp_path))
    tab.wait("app.stage.drawn.nodes > 10000")
    assert tab.run("app.stage.drawn.links") == 0
    assert "bundles between communities" in tab.run("app.stage.note")
    bundles = "new DOMParser().parseFromString(app.stage.svg(), 'image/svg+xml').querySelectorAll('#bundles path').length"
    assert tab.run(bundles) == 50
    tab.run("app.stage.setCamera({ x: 150, y: 150, k: 8 * app.stage.camera.k })")
    tab.wait("app.stage.drawn.links >= 200")
    assert tab.run(bundles) == 0


def test_the_chosen_node_has_its_name(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    for number in (0, 30, 200):
        tab.run("app.actions.choose(argument)", number)
        tab.run("app.stage.frame([argument])", number)
        settled(tab)
        tab.wait(f"app.stage.labels().some((name) => name.node === {number})")


def test_dark_pages_have_a_dark_picture(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, color_scheme="dark")
    tint = "app.scene.palette[app.scene.tints[argument]]"
    assert colours(tab) > 40
    assert tab.run(f"{tint}.dark !== {tint}.light", tab.number(PAPER))
    dark = tab.page.locator("[data-kg-graph]").screenshot()
    tab.page.emulate_media(color_scheme="light")
    tab.rest()
    assert tab.page.locator("[data-kg-graph]").screenshot() != dark


def test_the_first_picture_is_not_fitted_a_second_time(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.add_init_script("""let kg = null; Object.defineProperty(window, "__kg", { get: () => kg, set: (made) => {
      const { camera } = made.app.stage;
      const { fly } = camera;
      window.__flights = 0;
      camera.fly = (...to) => { window.__flights += 1; fly(...to); };
      kg = made; } })""")
    tab.open("")
    tab.rest()
    assert tab.page.evaluate("() => window.__flights") == 0
    tab.page.get_by_role("button", name="List", exact=True).click()
    tab.wait("window.__flights === 1")


def test_a_new_size_of_the_window_fits_the_picture_again(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.set_viewport_size({"width": 700, "height": 900})
    tab.wait("app.stage.camera.width <= 700")
    box = tab.page.locator("[data-kg-graph]").bounding_box()
    for label in (PAPER, METHOD):
        x, y = tab.spot(label)
        assert box["x"] < x < box["x"] + box["width"]
        assert box["y"] < y < box["y"] + box["height"]


def test_one_node_and_none_are_pictures_too(opened: Opened, tmp_path: Path) -> None:
    for number, nodes in enumerate([[], [node("paper", "a", "Alone")]]):
        folder = tmp_path / str(number)
        folder.mkdir()
        tab = opened(graph_of(folder, nodes, [], []))
        tab.wait(f"app.stage.drawn.nodes === {number}")
        tab.page.locator("[data-kg-graph]").press("+")
        settled(tab)


# --------------------------------------------------------------------------------------------------- pointer


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_click_chooses_and_a_click_on_the_ground_clears(opened: Opened, toy_page: Path, renderer: str) -> None:
    tab = opened(toy_page, renderer)
    tab.click(METHOD)
    assert tab.run("app.store.state.node") == tab.number(METHOD)
    settled(tab)
    tab.page.mouse.click(*bare(tab))
    assert tab.run("app.store.state.node") == -1


def test_the_most_connected_node_wins_the_click_at_its_place(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    for number in range(6):
        x, y = tab.page.evaluate("i => Array.from(__kg.screen(i))", number)
        if tab.page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.tagName", [x, y]) != "CANVAS":
            continue
        tab.page.mouse.click(x, y)
        assert tab.run("app.store.state.node") == number
        tab.run("app.actions.clear()")


def test_a_click_on_an_edge_chooses_it(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    (a, b), (c, d) = tab.spot(PAPER), tab.spot(METHOD)
    tab.page.mouse.click(a + (c - a) * 0.55, b + (d - b) * 0.55)
    chosen = tab.run("app.store.state.edge")
    assert chosen >= 0
    ends = tab.run("[app.data.labels[app.data.source[argument]], app.data.labels[app.data.target[argument]]]", chosen)
    assert ends == [PAPER, METHOD]


@pytest.mark.parametrize("renderer", RENDERERS)
def test_dragging_the_ground_pans(opened: Opened, toy_page: Path, renderer: str) -> None:
    tab = opened(toy_page, renderer)
    x, y = bare(tab)
    before, spot = camera(tab), tab.spot(METHOD)
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    tab.page.mouse.move(x + 60, y - 40, steps=5)
    tab.page.mouse.up()
    settled(tab)
    assert camera(tab)[2] == before[2]
    assert tab.spot(METHOD) == pytest.approx((spot[0] + 60, spot[1] - 40), abs=1)
    assert tab.run("app.store.state.node") == -1


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_wheel_zooms_at_the_pointer(opened: Opened, toy_page: Path, renderer: str) -> None:
    tab = opened(toy_page, renderer)
    before, (x, y) = camera(tab), tab.spot(METHOD)
    tab.page.mouse.move(x, y)
    for _ in range(3):
        tab.page.mouse.wheel(0, -120)
    tab.wait(f"app.stage.camera.k > {before[2] * 1.5}")
    settled(tab)
    assert tab.spot(METHOD) == pytest.approx((x, y), abs=1)


def test_the_pointer_over_a_node_shows_its_name(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    named = {name.get("node") for name in tab.run("app.stage.labels()")}
    number = next(i for i in range(400, 900) if i not in named and not _hidden(tab, i))
    tab.page.mouse.move(*tab.page.evaluate("i => Array.from(__kg.screen(i))", number))
    tab.wait(f"app.stage.labels().some((name) => name.node === {number})")
    assert tab.page.locator("[data-kg-graph]").evaluate("canvas => canvas.style.cursor") == "pointer"
    tab.page.mouse.move(*bare(tab))
    tab.wait(f"!app.stage.labels().some((name) => name.node === {number})")


def _hidden(tab: Tab, number: int) -> bool:
    """Whether a node is covered by the page, or has another so near that the pointer may mean that one."""
    return bool(
        tab.page.evaluate(
            """number => {
        const { stage, data } = __kg.app;
        const [x, y] = stage.screen(number);
        if (!(document.elementFromPoint(x, y) === stage.canvas)) return true;
        for (let i = 0; i < data.n; i += 1) {
          const [a, b] = stage.screen(i);
          if (i !== number && Math.hypot(a - x, b - y) < 14) return true;
        }
        return false; }""",
            number,
        )
    )


def test_a_double_click_shows_the_neighbours_and_another_takes_them_away(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.mouse.dblclick(*tab.spot(METHOD))
    tab.wait("app.store.state.ego !== null")
    assert tab.run("app.store.state.ego.nodes") == [tab.number(METHOD)]
    settled(tab)
    tab.page.mouse.dblclick(*tab.spot(METHOD))
    tab.wait("app.store.state.ego === null")


def test_a_node_that_is_dragged_is_pinned_where_it_is_left(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    (x, y), view = tab.spot(METHOD), camera(tab)
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    tab.page.mouse.move(x + 70, y + 45, steps=6)
    tab.page.mouse.up()
    assert camera(tab) == view
    assert tab.spot(METHOD) == pytest.approx((x + 70, y + 45), abs=1)
    assert [row[0] for row in tab.run("app.store.state.pinned")] == [tab.number(METHOD)]
    tab.run("app.actions.undo()")
    tab.rest()
    assert tab.spot(METHOD) == pytest.approx((x, y), abs=1)


def test_shift_selects_by_click_and_by_rectangle(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.keyboard.down("Shift")
    tab.page.mouse.click(*tab.spot(METHOD))
    assert tab.run("app.store.state.selected") == [tab.number(METHOD)]
    tab.page.mouse.click(*tab.spot(METHOD))
    assert tab.run("app.store.state.selected") == []
    settled(tab)
    spots = tab.run("Array.from({ length: app.data.n }, (_, i) => app.stage.screen(i))")
    box = tab.page.locator("[data-kg-graph]").bounding_box()
    left, top = min(x for x, _ in spots) - 12, min(y for _, y in spots) - 12
    right, bottom = max(x for x, _ in spots) + 12, max(y for _, y in spots) + 12
    start, stop = (max(left, box["x"] + 1), max(top, box["y"] + 1)), (min(right, box["x"] + box["width"] - 2), bottom)
    corner = start if tab.page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.tagName", list(start)) == "CANVAS" else stop
    tab.page.mouse.move(*corner)
    tab.page.mouse.down()
    tab.page.mouse.move(*(stop if corner == start else start), steps=4)
    tab.page.mouse.up()
    tab.page.keyboard.up("Shift")
    assert sorted(tab.run("app.store.state.selected")) == list(range(13))


# --------------------------------------------------------------------------------------------------- fingers


def touches(tab: Tab, *steps: list[tuple[float, float]]) -> None:
    """Put fingers down at the first places, move them through the others, and lift them."""
    session = tab.context.new_cdp_session(tab.page)

    def send(kind: str, places: list[tuple[float, float]]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", steps[0])
    for places in steps[1:]:
        send("touchMove", places)
    send("touchEnd", [])


def test_two_fingers_zoom_and_one_pans(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, has_touch=True)
    x, y = middle(tab)
    before = camera(tab)
    touches(tab, [(x - 50, y), (x + 50, y)], [(x - 75, y), (x + 75, y)], [(x - 100, y), (x + 100, y)])
    assert camera(tab)[2] == pytest.approx(before[2] * 2, rel=0.05)
    zoomed = camera(tab)
    touches(tab, [(x, y)], [(x + 20, y)], [(x + 80, y + 10)])
    assert camera(tab)[2] == zoomed[2]
    assert (zoomed[0] - camera(tab)[0]) * zoomed[2] > 50
    assert tab.run("app.store.state.node") == -1


def test_on_a_phone_the_chosen_node_is_seen_between_tools_and_details(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True)
    tab.run("app.actions.choose(argument)", tab.number(METHOD))
    tab.rest()
    assert colour_of(tab, METHOD) == pytest.approx(own_colour(tab, METHOD), abs=2)


def test_a_tap_chooses_and_a_long_press_selects(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, has_touch=True)
    tab.page.touchscreen.tap(*tab.spot(METHOD))
    assert tab.run("app.store.state.node") == tab.number(METHOD)
    tab.run("app.actions.clear()")
    settled(tab)
    session = tab.context.new_cdp_session(tab.page)
    x, y = tab.spot(METHOD)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    tab.wait(f"app.store.state.selected.includes({tab.number(METHOD)})")
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert tab.run("app.store.state.node") == -1


# -------------------------------------------------------------------------------------------------- keyboard


@pytest.mark.parametrize("renderer", RENDERERS)
def test_keys_move_zoom_and_fit(opened: Opened, toy_page: Path, renderer: str) -> None:
    tab = opened(toy_page, renderer)
    tab.page.locator("[data-kg-graph]").focus()
    start = camera(tab)
    tab.page.keyboard.press("ArrowLeft")
    tab.page.keyboard.press("ArrowDown")
    moved = camera(tab)
    assert moved[0] < start[0]
    assert moved[1] > start[1]
    tab.page.keyboard.press("+")
    tab.wait(f"app.stage.camera.k > {start[2] * 1.3}")
    settled(tab)
    tab.page.keyboard.press("-")
    tab.page.keyboard.press("0")
    settled(tab)
    assert camera(tab) == pytest.approx(start, rel=1e-6)


def test_brackets_go_through_the_neighbours_and_say_them(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.run("app.actions.choose(argument)", tab.number(PAPER))
    tab.page.locator("[data-kg-graph]").focus()
    said = []
    for _ in range(3):
        tab.page.keyboard.press("]")
        said.append(tab.page.locator("#live").inner_text())
    assert len(set(said)) == 3
    assert all(re.search(r"\d of \d+", text) for text in said)
    tab.page.keyboard.press("[")
    assert tab.page.locator("#live").inner_text() == said[1]
    tab.page.keyboard.press("Enter")
    assert said[1].startswith(tab.run("app.data.labels[app.store.state.node]"))
    tab.page.locator("[data-kg-graph]").focus()
    tab.page.keyboard.press("Escape")
    assert tab.run("app.store.state.node") == -1


def test_without_motion_the_picture_jumps(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, reduced_motion="reduce")
    tab.page.locator("[data-kg-graph]").focus()
    start = camera(tab)
    tab.page.keyboard.press("+")
    assert camera(tab)[2] == pytest.approx(start[2] * 1.4)
    tab.page.keyboard.press("0")
    assert camera(tab) == pytest.approx(start)


def test_with_motion_the_picture_flies(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    start = camera(tab)
    between = tab.page.evaluate("() => { __kg.app.stage.zoom(1.4); return __kg.app.stage.camera.k; }")
    assert between == start[2]
    tab.wait(f"Math.abs(app.stage.camera.k - {start[2] * 1.4}) < 1e-6")


# ----------------------------------------------------------------------------------------------------- files


def test_the_picture_is_a_png_of_the_size_asked(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    got = tab.page.evaluate(
        """async () => {
        const blob = await __kg.app.stage.picture(2);
        const image = await createImageBitmap(blob);
        const sheet = new OffscreenCanvas(image.width, image.height);
        const ctx = sheet.getContext("2d");
        ctx.drawImage(image, 0, 0);
        const { data } = ctx.getImageData(0, 0, image.width, image.height);
        const bytes = Array.from(new Uint8Array(await blob.arrayBuffer()).slice(0, 8));
        return { bytes, type: blob.type, width: image.width, corner: Array.from(data.slice(0, 4)), colours: new Set(new Uint32Array(data.buffer)).size }; }"""
    )
    assert bytes(got["bytes"]) == b64decode("iVBORw0KGgo=")
    assert got["width"] == 2 * 1280
    assert got["corner"] == [0xFB, 0xFB, 0xFA, 255]
    assert got["colours"] > 100


def _svg(tab: Tab) -> Any:
    return ET.fromstring(tab.run("app.stage.svg()").encode())  # noqa: S314 - our own file


def test_the_svg_holds_nodes_links_and_names(opened: Opened, toy_page: Path) -> None:
    root = _svg(opened(toy_page))
    space = "{http://www.w3.org/2000/svg}"
    groups = {group.get("id"): group for group in root.findall(f"{space}g")}
    assert len(groups["nodes"]) == 13
    assert len(groups["links"]) == 15
    titles = {shape.findtext(f"{space}title") for shape in groups["nodes"]}
    assert {PAPER, METHOD} <= titles
    assert METHOD in {text.text for text in groups["names"].findall(f"{space}text")}


def test_hostile_texts_stay_texts_in_the_svg(opened: Opened, tmp_path: Path) -> None:
    probes = ["</svg><script>alert(1)</script>", '"><image href="x" onerror="alert(1)"/>', "]]>&lt;b&gt;\u2028", "a\u0001b"]
    tab = opened(hostile_graph(tmp_path, probes[:3]))
    root = _svg(tab)
    assert {element.tag.split("}")[1] for element in root.iter()} <= {"svg", "g", "title", "rect", "circle", "path", "line", "text"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or name.endswith("href")]
    assert probes[0] in {element.text for element in root.iter() if element.tag.endswith("title")}


# ------------------------------------------------------------------------------------------ level of detail


def test_a_star_of_many_keeps_its_hub_within_bounds(opened: Opened, tmp_path: Path) -> None:
    papers = [node("paper", f"{i:04}", f"P{i}") for i in range(900)]
    hub = node("method", "hub", "Hub", papers=900)
    tab = opened(graph_of(tmp_path, [*papers, hub], [edge(paper, hub) for paper in papers], []))
    tab.wait("app.stage.drawn.nodes === 901")
    x, y = tab.spot("Hub")
    tab.page.mouse.click(x, y)
    assert tab.run("app.store.state.node") == tab.number("Hub")
    settled(tab)
    tab.run("app.stage.setCamera({ x: app.scene.x[argument], y: app.scene.y[argument], k: 1e9 })", tab.number("Hub"))
    settled(tab)
    x, y = tab.spot("Hub")
    tab.page.mouse.click(x + 60, y + 60)
    assert tab.run("app.store.state.node") == -1


def test_what_is_left_out_is_said_and_comes_when_one_looks_from_near(opened: Opened, tmp_path: Path) -> None:
    papers = [node("paper", f"{i:03}", f"P{i}") for i in range(220)]
    methods = [node("method", f"{i:02}", f"M{i}") for i in range(15)]
    tab = opened(graph_of(tmp_path, papers + methods, [edge(paper, method) for paper in papers for method in methods], []))
    tab.wait("app.stage.drawn.links > 0")
    assert tab.run("app.stage.note") == "2,500 of 3,300 links drawn, the most important first; zoom in for more."
    assert tab.run("app.stage.note") in tab.page.locator("#status").inner_text()
    tab.run("app.stage.setCamera({ x: app.scene.x[0], y: app.scene.y[0], k: app.stage.camera.k * 8 })")
    settled(tab)
    tab.wait("app.stage.note === ''")


def test_nothing_is_drawn_of_what_is_hidden(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    x, y = tab.spot(METHOD)
    tab.run("app.actions.hide([argument])", tab.number(METHOD))
    assert tab.page.evaluate("i => Number.isNaN(__kg.screen(i)[0])", tab.number(METHOD))
    tab.page.mouse.click(x, y)
    assert tab.run("app.store.state.node") != tab.number(METHOD)


def test_a_link_of_papers_in_common_can_be_clicked(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    tab.run("app.actions.view('coauthors')")
    settled(tab)
    spot = tab.run(
        """(() => {
        const { stage, scene, data } = app;
        const { from, to } = scene.links;
        const spots = Array.from({ length: data.n }, (_, i) => stage.screen(i));
        const far = ([x, y], [a, b], [c, d]) => {
          const t = Math.max(0, Math.min(1, ((x - a) * (c - a) + (y - b) * (d - b)) / ((c - a) ** 2 + (d - b) ** 2)));
          return Math.hypot(a + t * (c - a) - x, b + t * (d - b) - y);
        };
        for (let l = 0; l < from.length; l += 1) {
          const [a, b] = [spots[from[l]], spots[to[l]]];
          const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
          if (document.elementFromPoint(...middle) !== stage.canvas) continue;
          if (spots.some(([x, y]) => Math.hypot(x - middle[0], y - middle[1]) < 24)) continue;
          const alone = Array.from(from).every((_, k) => k === l || far(middle, spots[from[k]], spots[to[k]]) > 7);
          if (alone) return { middle, ends: [from[l], to[l]] };
        }
        return null; })()"""
    )
    tab.page.mouse.click(*spot["middle"])
    assert tab.run("app.store.state.pair") == spot["ends"]
    tab.wait(f"[{spot['ends'][0]}, {spot['ends'][1]}].every((i) => app.stage.labels().some((name) => name.node === i))")
