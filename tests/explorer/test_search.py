"""Tests of the search: what is found, in which order, and by which keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.pages import Tab
from tests.export.graphs import edge, graph_of, hostile_graph, node

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]


def typed(tab: Tab, text: str) -> list[str]:
    """Type a text into the empty search and return the names that are offered."""
    box = tab.page.locator("#search")
    box.fill(text)
    tab.page.wait_for_selector("#found[aria-busy=false]", state="attached")
    found: list[str] = tab.page.locator("#found [role=option]:not(.none) .name").all_inner_texts()
    return found


def focused(tab: Tab) -> Any:
    """Return the text and id of what has the focus."""
    return tab.page.evaluate("() => [document.activeElement.textContent, document.activeElement.id]")


@pytest.fixture
def names(tmp_path: Path) -> Any:
    """Return a graph of names that a search has to put in order."""
    paper = node("paper", "p", "A paper on graphs", year=2020)
    methods = [
        node("method", "a", "Graph"), node("method", "b", "Graph neural network", aliases=["GNN", "Gráph net"]),
        node("method", "c", "Hypergraph"), node("method", "d", "Large graph model"), node("method", "e", "Paragraph"),
        node("method", "f", "Something else", aliases=["graph"]), node("method", "g", "Zürich Ångström"),
    ]  # fmt: skip
    more = [node("topic", f"t{i}", f"T{i}") for i in range(3)]
    # Paragraph has more edges than Hypergraph.
    extra = [node("paper", f"x{i}", f"X{i}") for i in range(2)]
    edges = [edge(paper, m) for m in methods + more] + [edge(x, methods[4]) for x in extra]
    return graph_of(tmp_path, [paper, *methods, *more, *extra], edges, [])


def test_names_are_ranked_whole_start_word_inside_and_then_by_edges(opened: Opened, names: Any) -> None:
    tab = opened(names)
    assert typed(tab, "graph") == [
        "Graph", "Something else also graph", "Graph neural network", "A paper on graphs", "Large graph model", "Paragraph", "Hypergraph",
    ]  # fmt: skip


def test_accents_case_and_order_of_words_do_not_matter(opened: Opened, names: Any) -> None:
    tab = opened(names)
    assert typed(tab, "zurich angs") == ["Zürich Ångström"]
    assert typed(tab, "ÅNGSTROM") == ["Zürich Ångström"]
    assert typed(tab, "model large") == ["Large graph model"]
    assert typed(tab, "gnn") == ["Graph neural network also GNN"]
    assert typed(tab, "graph net") == ["Graph neural network", "Large graph model"][:1]
    assert typed(tab, "no such thing") == []
    assert "No such name" in tab.page.locator("#found").inner_text()


def test_what_was_typed_is_marked(opened: Opened, names: Any) -> None:
    tab = opened(names)
    typed(tab, "angstrom")
    assert tab.page.locator("#found b").all_inner_texts() == ["Ångström"]


def test_slash_arrows_and_enter_choose_and_frame_a_node(opened: Opened, names: Any) -> None:
    tab = opened(names)
    camera = tab.run("({...app.stage.camera})")
    tab.page.keyboard.press("/")
    assert focused(tab)[1] == "search"
    tab.page.keyboard.type("graph")
    box = tab.page.locator("#search")
    tab.page.locator("#found [role=option]").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") == "found-0"
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "found-2"
    assert tab.page.locator("#found-2").get_attribute("aria-selected") == "true"
    tab.page.keyboard.press("ArrowUp")
    tab.page.keyboard.press("ArrowUp")
    tab.page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == "found-6"
    tab.page.keyboard.press("Home")
    tab.page.keyboard.press("Enter")
    assert tab.run("app.store.state.node") == tab.number("Graph")
    assert focused(tab)[0] == "Graph"
    assert box.get_attribute("aria-expanded") == "false"
    tab.rest()
    assert tab.run("({...app.stage.camera})") != camera


def test_escape_empties_then_leaves(opened: Opened, names: Any) -> None:
    tab = opened(names)
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("graph")
    tab.page.keyboard.press("Escape")
    assert tab.page.locator("#search").input_value() == ""
    assert tab.page.locator("#found").is_hidden()
    tab.page.keyboard.press("Escape")
    assert focused(tab)[1] != "search"


def test_enter_right_after_typing_waits_for_the_names(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    label = tab.page.evaluate("() => __kg.D.labels[700]")
    tab.page.evaluate(
        """label => { const box = document.getElementById("search"); box.focus(); box.value = label;
        box.dispatchEvent(new Event("input")); box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })); }""",
        label,
    )
    tab.wait("app.store.state.node >= 0")
    assert tab.page.evaluate("i => __kg.D.labels[i]", tab.run("app.store.state.node")) == label


def test_fifty_are_shown_and_how_many_more_there_are(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    assert len(typed(tab, "a")) == 50
    matching = tab.page.evaluate("() => __kg.D.labels.filter((label) => /a/i.test(label.normalize('NFKD'))).length")
    more = tab.page.locator("#found .none").inner_text()
    assert int(more.split()[0].replace(",", "")) == matching - 50
    assert tab.page.locator("#live").inner_text() == f"{matching:,} results"


def test_what_the_filters_leave_out_is_called_hidden_and_is_found(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.run("app.actions.toggleKind(app.data.kind[argument])", tab.number("Ada Žižková"))
    typed(tab, "zizkova")
    assert "hidden" in tab.page.locator("#found-0").inner_text()
    tab.page.keyboard.press("Enter")
    assert "Left out of the picture" in tab.page.locator("#about").inner_text()


def test_a_click_chooses(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    typed(tab, "ink")
    tab.page.locator("#found-0").click()
    assert tab.page.locator("#about h2").inner_text() == "Ink Ratio"


def test_slash_in_a_field_is_a_slash(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.locator("#show-list").click()
    box = tab.page.get_by_label("Filter the list by name")
    box.focus()
    tab.page.keyboard.type("a/b")
    assert box.input_value() == "a/b"


def test_hostile_names_stay_text(opened: Opened, tmp_path: Path) -> None:
    probes = ["<img src=x onerror='window.__ran = 1'>", "a </script> <b>window</b>"]
    tab = opened(hostile_graph(tmp_path, probes))
    assert probes[0] in typed(tab, "window")
    assert tab.page.locator("#found :is(img, script)").count() == 0
    assert tab.page.evaluate("() => window.__ran") is None
