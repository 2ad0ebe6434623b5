"""Tests of the tabs over the picture."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.explorer.pages import Tab
from tests.explorer.sample import sample_graph
from tests.export.graphs import edge, graph_of, node

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]

ALL = ["Everything", "Co-authorship", "Topic map", "Timeline", "Authors and topics"]


def test_each_view_with_data_has_a_tab_and_a_click_shows_it(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path))
    tabs = tab.page.get_by_role("tab")
    assert tabs.all_text_contents() == ALL
    for name, label in zip(("coauthors", "topics", "timeline", "bipartite", "graph"), [*ALL[1:], ALL[0]], strict=True):
        tab.page.get_by_role("tab", name=label).click()
        assert tab.run("app.scene.view.name") == name
        assert [each.text_content() for each in tabs.all() if each.get_attribute("aria-selected") == "true"] == [label]


def test_arrow_keys_home_and_end_go_through_the_tabs(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path))
    tab.page.get_by_role("tab", name="Everything").focus()
    reached = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowRight", "Home", "ArrowLeft"):
        tab.page.keyboard.press(key)
        reached.append(tab.run("[app.scene.view.name, document.activeElement.id]"))
    names = ["coauthors", "topics", "coauthors", "bipartite", "graph", "graph", "bipartite"]
    assert reached == [[name, f"view-{name}"] for name in names]


def test_one_tab_is_reached_by_tab(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path))
    tab.page.get_by_role("tab", name="Topic map").click()
    assert tab.run("[...document.querySelectorAll('[role=tab]')].map((each) => each.tabIndex)") == [-1, -1, 0, -1, -1]


def test_views_without_data_have_no_tab(opened: Opened, tmp_path: Path) -> None:
    papers = [node("paper", name, f"On {name}") for name in ("a", "b")]
    tab = opened(graph_of(tmp_path, papers, [edge(papers[0], papers[1])], []))
    assert tab.page.locator("#views [role=tab]").all_text_contents() in ([], ["Everything"])
    assert not tab.page.locator("#views").is_visible()


def test_the_back_of_undo_is_the_view_before(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path))
    tab.page.get_by_role("tab", name="Timeline").click()
    tab.page.keyboard.press("Control+z")
    assert tab.run("app.scene.view.name") == "graph"
    assert tab.page.get_by_role("tab", name="Everything").get_attribute("aria-selected") == "true"
