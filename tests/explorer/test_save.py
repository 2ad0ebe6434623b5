"""Tests of what can be taken away: the picture, the table of what is shown, the link."""

import csv
import struct
from collections.abc import Callable
from math import hypot
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag
from xml.etree import ElementTree as ET

import pytest

from tests.explorer.pages import Tab
from tests.explorer.sample import sample_graph

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def tab(opened: Opened, tmp_path: Path) -> Tab:
    """Return the page of the small graph."""
    return opened(sample_graph(tmp_path))


def more(tab: Tab) -> Any:
    return tab.page.locator("#tools").get_by_role("button", name="More to export")


def saved(tab: Tab, item: str) -> tuple[str, bytes]:
    """Choose from the menu; return the name and the bytes of the file."""
    more(tab).click()
    with tab.page.expect_download(timeout=20_000) as started:
        tab.page.get_by_role("menuitem", name=item).click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def drawing(tab: Tab) -> ET.Element:
    return ET.fromstring(tab.run("app.stage.svg()"))  # noqa: S314 - what the page itself has written


def part(tab: Tab, name: str) -> ET.Element:
    """Return a group of the drawing."""
    found = drawing(tab).find(f"{SVG}g[@id='{name}']")
    assert found is not None
    return found


def caption(tab: Tab) -> float:
    """Return the height of what stands under a saved picture."""
    return float(part(tab, "caption")[0].get("height", ""))


def told(tab: Tab) -> list[str]:
    return ["".join(each.itertext()) for each in part(tab, "caption").iter(f"{SVG}text")]


def test_the_first_control_that_saves_gives_a_picture_at_once(tab: Tab) -> None:
    names = tab.run("[...document.querySelectorAll('button, a, select')].filter((each) => /png|svg|export|download|save/i.test(each.innerText + each.getAttribute('aria-label'))).map((each) => each.innerText)")
    assert names[0] == "Export PNG"
    with tab.page.expect_download(timeout=20_000) as started:
        tab.page.get_by_role("button", name="Export PNG").click()
    assert started.value.suggested_filename == "sample.png"
    width, height = size(Path(started.value.path()).read_bytes())
    box = tab.page.locator("#picture").bounding_box()
    assert (width, height) == (round(box["width"]), round(box["height"] + caption(tab)))


def test_the_large_picture_has_twice_the_size(tab: Tab) -> None:
    name, png = saved(tab, "PNG, large")
    box = tab.page.locator("#picture").bounding_box()
    assert name == "sample.png"
    assert size(png) == (2 * round(box["width"]), 2 * round(box["height"] + caption(tab)))


def test_svg_is_a_drawing_with_nodes_and_names_and_no_script(tab: Tab) -> None:
    name, svg = saved(tab, "SVG")
    assert name == "sample.svg"
    root = ET.fromstring(svg)  # noqa: S314 - what the page itself has written
    tags = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert tags >= {"svg", "text"}
    assert "script" not in tags
    assert {"Ann", "Atlases"} <= {"".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")}


def test_a_saved_picture_says_what_its_colours_and_sizes_mean_and_what_it_shows(tab: Tab) -> None:
    kinds = tab.run("app.scene.legendOf().items.map(({ label, count }) => `${label[0].toUpperCase()}${label.slice(1)} ${count}`)")
    status = tab.page.inner_text("#status")
    assert len(kinds) > 2
    assert told(tab) == ["sample · Everything", *kinds, "Larger: more edges", status]
    fills = [each.get("fill") for each in part(tab, "caption")[2:] if not each.tag.endswith("text")]
    assert fills == tab.run("app.scene.legendOf().items.map(({ tint }) => app.scene.palette[tint].light)")


def test_the_caption_tells_of_what_is_left_out(tab: Tab) -> None:
    tab.page.locator("#legend [data-kind=person]").click()
    tab.page.get_by_label("Colour by").select_option("year")
    tab.page.get_by_label("Size by").select_option("same")
    said = told(tab)
    assert said[1:3] == tab.run("[app.scene.legendOf().low.label, app.scene.legendOf().high.label]")
    assert "Paper" in said
    assert not [each for each in said if "Larger" in each]
    assert said[-1] == tab.page.inner_text("#status")
    assert "without people" in said[-1]


def test_the_caption_of_a_narrow_picture_takes_more_lines_and_none_is_cut(tab: Tab) -> None:
    wide = caption(tab)
    tab.page.set_viewport_size({"width": 360, "height": 700})
    tab.wait("app.stage.camera.width === 360 && app.stage.rests")
    assert caption(tab) > wide
    over = """(() => {
      const holder = document.createElement("div");
      holder.append(document.importNode(new DOMParser().parseFromString(app.stage.svg(), "image/svg+xml").documentElement, true));
      document.body.append(holder);
      const rights = [...holder.querySelectorAll("#caption text")].map((each) => each.getBBox()).map(({ x, width }) => x + width);
      holder.remove();
      return Math.max(...rights);
    })()"""
    assert tab.run(over) <= 360


def test_in_a_drawing_long_links_are_as_faint_as_in_the_picture(tab: Tab) -> None:
    links = [
        (float(each.get("stroke-opacity", "")), hypot(*(float(each.get(f"{axis}2", "")) - float(each.get(f"{axis}1", "")) for axis in "xy")))
        for each in part(tab, "links")
    ]
    most = max(strength for strength, _ in links)
    long = [(strength, length) for strength, length in links if length > 150]
    assert long
    assert all(strength == pytest.approx(most * max(0.22, 110 / length), abs=0.002) for strength, length in long)


def test_the_table_of_what_is_shown_leaves_out_what_is_filtered(tab: Tab) -> None:
    tab.page.locator("#legend [data-kind=paper]").click()
    name, table = saved(tab, "CSV")
    assert name == "sample-shown.csv"
    found = list(csv.DictReader(table.decode("utf-8-sig").splitlines()))
    assert {row["label"] for row in found} == set(tab.run("app.data.labels.filter((_, i) => app.scene.shown[i])"))
    assert "paper" not in {row["kind"] for row in found}


def test_the_name_of_a_file_says_which_view_it_is(tab: Tab) -> None:
    tab.page.get_by_role("tab", name="Co-authorship").click()
    name, _ = saved(tab, "PNG, large")
    assert name == "sample-coauthors.png"


def test_the_link_brings_another_reader_to_the_same_view(tab: Tab) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.page.get_by_role("tab", name="Topic map").click()
    tab.page.get_by_label("Colour by").select_option("community")
    tab.wait("location.hash.includes('colour=')")
    more(tab).click()
    tab.page.get_by_role("menuitem", name="Copy link").click()
    tab.page.wait_for_function("() => document.getElementById('live').textContent === 'Link copied'")
    link = tab.page.evaluate("() => navigator.clipboard.readText()")
    tab.open(f"#{urldefrag(link).fragment}")
    assert tab.run("[app.store.state.view, app.store.state.colour]") == ["topics", "community"]


def test_the_menu_works_by_keyboard(tab: Tab) -> None:
    more(tab).focus()
    tab.page.keyboard.press("Enter")
    menu = tab.page.get_by_role("menu")
    assert menu.is_visible()
    assert more(tab).get_attribute("aria-expanded") == "true"
    seen = []
    for key in ("ArrowDown", "End", "ArrowDown", "ArrowUp", "Home"):
        tab.page.keyboard.press(key)
        seen.append(tab.run("document.activeElement.firstChild.textContent"))
    assert seen == ["SVG", "Copy link", "PNG, large", "Copy link", "PNG, large"]
    tab.page.keyboard.press("Escape")
    assert not menu.is_visible()
    assert tab.run("document.activeElement.getAttribute('aria-label')") == "More to export"


def test_the_menu_lies_over_an_open_drawer(tab: Tab) -> None:
    tab.page.locator("#tools").get_by_role("button", name="Filters").click()
    name, _ = saved(tab, "CSV")
    assert name == "sample-shown.csv"


def test_the_menu_closes_when_one_clicks_elsewhere(tab: Tab) -> None:
    more(tab).click()
    tab.page.mouse.click(640, 640)
    assert not tab.page.get_by_role("menu").is_visible()
