"""Tests of what a designer would look at: contrast, what lies on what, and room on small screens."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.pages import Tab
from tests.explorer.sample import sample_graph
from tests.explorer.test_panel import _contrast
from tests.pages import SIZE

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}


def boxes(tab: Tab, selector: str) -> list[list[float]]:
    """Return left, top, right and bottom of the elements that are seen."""
    found: list[list[float]] = tab.page.evaluate(
        """selector => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility()).map((each) => {
          const { left, top, right, bottom } = each.getBoundingClientRect(); return [left, top, right, bottom]; })""", selector,
    )  # fmt: skip
    return found


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


@pytest.mark.parametrize("view", ["graph", "timeline", "bipartite"])
def test_nothing_covers_the_picture_on_a_phone(opened: Opened, tmp_path: Path, view: str) -> None:
    tab = opened(sample_graph(tmp_path), f"#view={view}", **PHONE)
    tools = boxes(tab, "#tools .tools")
    assert all(apart(one, other) for at, one in enumerate(tools) for other in tools[:at])
    assert all(box[2] - box[0] >= 44 for box in boxes(tab, "#tools-zoom button"))
    places = tab.run("app.data.labels.map((_, i) => app.stage.screen(i)).filter(([x]) => !Number.isNaN(x))")
    assert len(places) > 5
    assert all(apart([x, y, x, y], box) for x, y in places for box in tools)


def test_years_leave_room_for_the_names_of_lanes(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page, "#view=timeline")
    left, top = tab.run("(({ left, top }) => [left, top])(document.getElementById('picture').getBoundingClientRect())")
    nearest = tab.run("Math.min(...app.data.labels.map((_, i) => app.stage.screen(i)[0]).filter((x) => !Number.isNaN(x)))")
    assert nearest - left > 0.1 * SIZE["width"]
    main = boxes(tab, "#tools-main")[0]
    highest = tab.run("app.stage.camera.pixelY(app.scene.lanes[0].y)") + top
    assert highest > main[3]  # the name of the first lane is not under the tools
