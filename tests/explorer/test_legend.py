"""Tests of the legend: what it says, and the filter that it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.pages import Tab
from tests.explorer.sample import sample_graph
from tests.pages import SIZE

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]


def entry(tab: Tab, kind: str) -> Any:
    return tab.page.locator(f"#legend [data-kind={kind}]")


def shown(tab: Tab) -> list[str]:
    """Return the kinds that the picture shows."""
    found: list[str] = tab.run("[...new Set(app.data.kinds.keys())].filter((k) => app.data.kind.some((each, i) => each === k && app.scene.shown[i])).map((k) => app.data.kinds[k].name).sort()")
    return found


def test_kinds_have_a_mark_a_plural_and_a_count(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path))
    said = {each.get_attribute("data-kind"): each.inner_text().split() for each in tab.page.locator("#legend [data-kind]").all()}
    assert said == {
        "paper": ["Papers", "6"], "person": ["People", "6"], "topic": ["Topics", "2"], "method": ["Methods", "2"],
        "dataset": ["Datasets", "1"],
    }  # fmt: skip
    assert entry(tab, "paper").locator(".dot.page").count() == 1  # papers are squares
    assert entry(tab, "person").locator(".dot.page").count() == 0
    assert "6 of 6 shown" in entry(tab, "person").get_attribute("title")


def test_the_colour_of_an_entry_is_that_of_its_nodes(opened: Opened, tmp_path: Path) -> None:
    for scheme in ("light", "dark"):
        tab = opened(sample_graph(tmp_path), color_scheme=scheme)
        wanted = tab.run("app.scene.palette[app.scene.tints[__kg.D.labels.indexOf('Ann')]]")[scheme]
        rgb = tuple(int(wanted[at : at + 2], 16) for at in (1, 3, 5))
        assert entry(tab, "person").locator(".dot").evaluate("dot => getComputedStyle(dot).color") == f"rgb{rgb}"


def test_a_click_hides_a_kind_and_another_shows_it_again(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path))
    before = shown(tab)
    people = entry(tab, "person")
    people.click()
    assert shown(tab) == [kind for kind in before if kind != "person"]
    assert people.get_attribute("aria-pressed") == "false"
    assert "0 of 6 shown" in people.get_attribute("title")
    tab.page.wait_for_timeout(600)  # not a double click
    people.click()
    assert shown(tab) == before
    assert people.get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("how", ["double", "alt", "key"])
def test_a_double_click_or_alt_leaves_only_this_kind(opened: Opened, tmp_path: Path, how: str) -> None:
    tab = opened(sample_graph(tmp_path))
    papers = entry(tab, "paper")
    if how == "double":
        papers.dblclick()
    elif how == "alt":
        papers.click(modifiers=["Alt"])
    else:
        papers.press("Alt+Enter")
    assert shown(tab) == ["paper"]
    pressed = {each.get_attribute("data-kind") for each in tab.page.locator("#legend [data-kind][aria-pressed=true]").all()}
    assert pressed == {"paper"}


def test_show_all_is_there_when_something_is_filtered(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path))
    everything = shown(tab)
    button = tab.page.locator("#legend").get_by_role("button", name="Show all")
    assert not button.is_visible()
    entry(tab, "topic").click()
    entry(tab, "method").click()
    button.click()
    assert shown(tab) == everything
    assert not button.is_visible()
    assert tab.run("document.activeElement !== document.body")


def test_keys_filter_and_the_focus_stays(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path))
    entry(tab, "topic").focus()
    tab.page.keyboard.press("Space")
    assert "topic" not in shown(tab)
    assert tab.run("document.activeElement.dataset.kind") == "topic"
    tab.page.keyboard.press("Enter")
    assert "topic" in shown(tab)


def test_communities_are_named_and_a_click_shows_only_one(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    tab.page.get_by_label("Colour by").select_option("community")
    entries = tab.page.locator("#legend [data-community]")
    assert entries.count() == 6
    named = tab.run("app.scene.communities[0]")
    assert entries.first.locator(".what").inner_text().lower() == named["label"].lower()
    entries.first.click()
    assert entries.first.get_attribute("aria-pressed") == "true"
    assert tab.run("app.scene.counts.nodes") == named["nodes"]
    assert tab.run("app.scene.shown.every((is, i) => !is || app.scene.community[i] === 0)")
    entries.first.click()
    assert tab.run("app.scene.counts.nodes") == tab.run("app.data.n")


def test_the_smaller_communities_are_folded(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    tab.page.get_by_label("Colour by").select_option("community")
    all_of_them = tab.run("app.scene.communities.length")
    assert all_of_them > 8
    box = tab.page.locator("#picture").bounding_box()
    fold = tab.page.locator("#legend .fold")
    fold.click()
    assert tab.page.locator("#legend [data-community]").count() == all_of_them
    assert fold.get_attribute("aria-expanded") == "true"
    fold.click()
    assert tab.page.locator("#legend [data-community]").count() == 6
    assert tab.page.locator("#picture").bounding_box() == box  # unfolding moves nothing


def test_kinds_that_find_no_room_can_be_unfolded(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page, viewport=SIZE | {"width": 900})
    seen = "[...document.querySelectorAll('#legend [data-kind]')].every((each) => each.getBoundingClientRect().right <= argument)"
    fold = tab.page.locator("#legend .fold")
    assert not tab.run(seen, fold.bounding_box()["x"])
    fold.click()
    assert tab.run(seen, 900)
    fold.click()
    assert opened(toy_page, viewport=SIZE | {"width": 1800}).page.locator("#legend .fold").is_hidden()


def test_people_have_the_colours_of_their_communities_until_the_reader_chooses(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page, "#view=coauthors")
    choice = tab.page.get_by_label("Colour by")
    assert choice.input_value() == "community"
    assert len(set(tab.run("Array.from(app.scene.view.net.members, (i) => app.scene.tints[i])"))) > 3
    tab.run("app.actions.view('graph')")
    assert choice.input_value() == "kind"
    choice.select_option("kind")
    tab.run("app.actions.view('coauthors')")
    assert choice.input_value() == "kind"


def test_years_are_a_scale_with_its_ends(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path))
    tab.page.get_by_label("Colour by").select_option("year")
    assert tab.page.locator("#legend .scale").inner_text().split() == ["2018", "2021"]
    assert tab.page.locator("#legend .ramp span").count() >= 5
    assert "Year unknown" in tab.page.locator("#legend").inner_text()
    assert tab.page.locator("#legend [data-kind]").count() == 0


def test_sizes_can_be_chosen_and_say_what_larger_means(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path))
    size = tab.page.get_by_label("Size by")
    label = tab.page.locator("#legend label", has=size)
    assert label.get_attribute("title") == "Larger: more edges"
    size.select_option("same")
    radii = tab.run("Array.from(app.scene.radii)")
    assert len(set(radii)) == 1
    assert not label.locator(".sizes").is_visible()
    size.select_option("papers")
    assert label.get_attribute("title") == "Larger: more papers"


def test_filtering_and_colouring_move_no_edge_of_the_picture(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    width = tab.page.locator("#picture").bounding_box()["width"]
    heights = set()
    for colour in ("kind", "community", "year", "degree"):
        tab.page.get_by_label("Colour by").select_option(colour)
        heights.add(tab.page.locator("#legend").bounding_box()["height"])
    assert len(heights) == 1
    assert tab.page.locator("#picture").bounding_box()["width"] == width


@pytest.mark.parametrize("width", [390, 1280])
def test_the_legend_stays_in_the_window(opened: Opened, tmp_path: Path, width: int) -> None:
    tab = opened(sample_graph(tmp_path), viewport=SIZE | {"width": width})
    assert tab.run("document.documentElement.scrollWidth") <= width
