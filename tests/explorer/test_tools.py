"""Tests of the toolbar: zoom, undo and redo, the way back from a neighbourhood, the path tool, help."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.pages import Tab
from tests.explorer.sample import sample_graph

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]


@pytest.fixture
def tab(opened: Opened, tmp_path: Path) -> Tab:
    """Return the page of the small graph."""
    return opened(sample_graph(tmp_path))


def tool(tab: Tab, name: str) -> Any:
    return tab.page.locator("#tools").get_by_role("button", name=name, exact=True)


def shown(tab: Tab) -> set[str]:
    return set(tab.run("app.data.labels.filter((_, i) => app.scene.shown[i])"))


# ------------------------------------------------------------------------------------------- the toolbar


def test_one_tool_is_reached_by_tab_and_arrows_go_on(tab: Tab) -> None:
    assert tab.run("[...document.querySelectorAll('#tools button')].filter((each) => each.tabIndex === 0).length") == 1
    tool(tab, "Filters").focus()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowRight", "ArrowLeft", "Home"):
        tab.page.keyboard.press(key)
        seen.append(tab.run("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"))
    assert seen == ["Path", "Selection", "Path", "Help", "Filters", "Help", "Filters"]
    tool(tab, "Selection").focus()
    assert tab.run("[...document.querySelectorAll('#tools button')].filter((each) => each.tabIndex === 0).map((each) => each.textContent)") == ["Selection"]


def test_every_tool_has_a_name(tab: Tab) -> None:
    assert tab.run("[...document.querySelectorAll('#tools button')].every((each) => (each.getAttribute('aria-label') ?? each.textContent).trim())")


def test_zoom_in_out_and_fit(tab: Tab) -> None:
    start = tab.run("app.stage.camera.k")
    tool(tab, "Zoom in").click()
    tab.wait(f"app.stage.camera.k > {start} * 1.3")
    tool(tab, "Zoom out").click()
    tool(tab, "Zoom out").click()
    tab.wait(f"app.stage.camera.k < {start}")
    tool(tab, "Show the whole picture").click()
    tab.wait(f"Math.abs(app.stage.camera.k - {start}) < {start} * 0.02")


def test_undo_and_redo_by_button(tab: Tab) -> None:
    undo, redo = tool(tab, "Undo"), tool(tab, "Redo")
    assert [undo.get_attribute("aria-disabled"), redo.get_attribute("aria-disabled")] == ["true", "true"]
    tab.page.locator("#legend [data-kind=person]").click()
    assert undo.get_attribute("aria-disabled") == "false"
    undo.click()
    assert "Ann" in shown(tab)
    assert [undo.get_attribute("aria-disabled"), redo.get_attribute("aria-disabled")] == ["true", "false"]
    redo.click()
    assert "Ann" not in shown(tab)


@pytest.mark.parametrize("again", ["Control+Shift+Z", "Control+y"])
def test_undo_and_redo_by_key(tab: Tab, again: str) -> None:
    tab.page.locator("#legend [data-kind=person]").click()
    tab.page.keyboard.press("Control+z")
    assert "Ann" in shown(tab)
    tab.page.keyboard.press(again)
    assert "Ann" not in shown(tab)


def test_undo_in_a_text_field_is_that_of_the_field(tab: Tab) -> None:
    tab.page.locator("#legend [data-kind=person]").click()
    tab.page.locator("#search").press_sequentially("ab")
    tab.page.keyboard.press("Control+z")
    assert "Ann" not in shown(tab)


# --------------------------------------------------------------------------------------- a neighbourhood


def test_the_way_back_from_a_neighbourhood_is_there_only_then(tab: Tab) -> None:
    everything = tool(tab, "Everything")
    assert not everything.is_visible()
    tab.run("app.actions.ego([app.data.labels.indexOf('Fay')], 1)")
    assert everything.is_visible()
    everything.click()
    assert tab.run("app.store.state.ego") is None
    assert not everything.is_visible()
    assert tab.run("document.activeElement === app.stage.canvas")
    reached = "[...document.querySelectorAll('#tools button')].filter((each) => each.tabIndex === 0 && each.checkVisibility())"
    assert tab.run(f"{reached}.length") == 1


def test_the_depth_goes_from_the_node_alone_to_four_steps(tab: Tab) -> None:
    tab.run("app.actions.ego([app.data.labels.indexOf('Cy')], 1)")
    bar = tab.page.locator("#tools .ego")
    assert "Around Cy" in bar.inner_text()
    assert shown(tab) == {"Cy", "Paper 1"}
    tool(tab, "More steps away").click()
    assert shown(tab) == {"Cy", "Paper 1", "Ann", "Bo", "Maps", "Net"}
    assert bar.locator("output").inner_text() == "2 steps"
    for _ in range(2):
        tool(tab, "More steps away").click()
    assert tab.run("app.store.state.ego.depth") == 4
    assert tool(tab, "More steps away").get_attribute("aria-disabled") == "true"
    for _ in range(4):
        tool(tab, "Fewer steps away").click()
    assert shown(tab) == {"Cy"}
    assert "Only Cy" in bar.inner_text()


# ----------------------------------------------------------------------------------------------- the path


def drawer(tab: Tab) -> Any:
    return tab.page.locator("#path")


def fill(tab: Tab, end: str, text: str) -> None:
    box = drawer(tab).get_by_role("combobox", name=end)
    box.click()
    box.press_sequentially(text)
    drawer(tab).get_by_role("option").first.wait_for()
    box.press("Enter")


def steps(tab: Tab) -> list[str]:
    found: list[str] = drawer(tab).locator(".steps .go > span:not(.dot)").all_inner_texts()
    return found


def test_the_path_between_two_nodes_is_told_step_by_step(tab: Tab) -> None:
    tool(tab, "Path").click()
    fill(tab, "From", "cy")
    assert drawer(tab).get_by_role("combobox", name="From").input_value() == "Cy"
    fill(tab, "To", "eve")
    assert steps(tab) == ["Cy", "Paper 1", "Ann", "Paper 3", "Paper 4", "Eve"]
    assert steps(tab) == tab.run("app.scene.path.map((i) => app.data.labels[i])")
    ties = drawer(tab).locator(".steps .tie button").all_inner_texts()
    assert len(ties) == len(steps(tab)) - 1
    assert ties[0] == "↑ has author"  # the edge goes from the paper to the person
    drawer(tab).locator(".steps .tie button").first.click()
    assert tab.run("app.store.state.edge") >= 0
    drawer(tab).locator(".steps .go").nth(1).click()
    assert tab.run("app.data.labels[app.store.state.node]") == steps(tab)[1]


def test_the_chosen_node_is_the_start_and_a_click_the_end(tab: Tab) -> None:
    tab.run("app.actions.choose(app.data.labels.indexOf('Bo'))")
    tool(tab, "Path").click()
    assert drawer(tab).get_by_role("combobox", name="From").input_value() == "Bo"
    tab.page.get_by_role("button", name="Close the details").click()
    tab.rest()
    tab.click("Paper 2")
    assert steps(tab) == ["Bo", "Paper 2"]
    assert "1 step" in drawer(tab).inner_text()


def test_no_path_is_said_plainly(tab: Tab) -> None:
    tool(tab, "Path").click()
    fill(tab, "From", "fay")
    fill(tab, "To", "ann")
    assert "No path" in drawer(tab).inner_text()
    assert "from Fay to Ann" in drawer(tab).inner_text()


def test_a_path_goes_over_what_is_shown_only(tab: Tab) -> None:
    tool(tab, "Path").click()
    fill(tab, "From", "cy")
    fill(tab, "To", "maps")
    assert steps(tab) == ["Cy", "Paper 1", "Maps"]
    tab.page.locator("#legend [data-kind=paper]").click()
    assert "No path" in drawer(tab).inner_text()


def test_an_end_can_be_changed_and_the_path_cleared(tab: Tab) -> None:
    tool(tab, "Path").click()
    fill(tab, "From", "cy")
    fill(tab, "To", "maps")
    drawer(tab).get_by_role("button", name="Clear to").click()
    assert tab.run("app.store.state.path") is None
    assert drawer(tab).get_by_role("combobox", name="From").input_value() == "Cy"
    fill(tab, "To", "net")
    assert steps(tab) == ["Cy", "Paper 1", "Net"]
    drawer(tab).get_by_role("button", name="Clear the path").click()
    assert tab.run("app.store.state.path") is None
    assert drawer(tab).get_by_role("combobox", name="From").input_value() == ""


def test_in_co_authorship_the_steps_are_papers_in_common(tab: Tab) -> None:
    tab.page.get_by_role("tab", name="Co-authorship").click()
    tool(tab, "Path").click()
    fill(tab, "From", "bo")
    fill(tab, "To", "dee")
    assert steps(tab) == ["Bo", "Ann", "Dee"]
    assert drawer(tab).locator(".steps .tie").all_inner_texts() == ["2 papers in common", "1 paper in common"]


# --------------------------------------------------------------------------------------------------- help


def test_help_opens_by_button_and_by_key_and_closes(tab: Tab) -> None:
    dialog = tab.page.get_by_role("dialog", name="What you can do")
    assert not dialog.is_visible()
    tool(tab, "Help").click()
    assert dialog.is_visible()
    for word in ("Shift and drag", "Ctrl Z", "Double click", "/", "Escape"):
        assert word in dialog.inner_text()
    tab.page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert tab.run("document.activeElement.getAttribute('aria-label')") == "Help"
    tab.page.keyboard.press("?")
    assert dialog.is_visible()
    dialog.get_by_role("button", name="Close help").click()
    assert not dialog.is_visible()


def test_a_question_mark_in_a_field_is_text(tab: Tab) -> None:
    tab.page.locator("#search").press_sequentially("why?")
    assert not tab.page.get_by_role("dialog", name="What you can do").is_visible()
