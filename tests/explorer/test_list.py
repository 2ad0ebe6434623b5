"""Tests of the list twin: the same nodes as text, by kind or community, and the links of the chosen one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.explorer.pages import Tab
from tests.export.graphs import edge, graph_of, hostile_graph, node

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]


def listed(tab: Tab) -> list[str]:
    """Return the names in the list, as far as they are made."""
    found: list[str] = tab.page.locator("#list .groups .go > span:not(.dot)").all_inner_texts()
    return found


def unfold(tab: Tab) -> None:
    """Open all groups, and wait for what is in them."""
    shut = tab.page.locator("#list details:not([open]) > summary")
    while shut.count():
        shut.first.click()
    tab.page.wait_for_function("() => Array.from(document.querySelectorAll('#list details')).every((each) => each.querySelector('.go'))")


def test_the_list_holds_every_node_by_kind(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.get_by_role("button", name="List", exact=True).click()
    assert tab.page.locator("#show-list").get_attribute("aria-expanded") == "true"
    assert "Papers\n3" in tab.page.locator("#list summary").all_inner_texts()
    unfold(tab)
    assert sorted(listed(tab)) == sorted(tab.page.evaluate("() => __kg.D.labels"))
    tab.page.locator("#list .go", has_text="Ink Ratio").click()
    assert tab.page.locator("#about h2").inner_text() == "Ink Ratio"


def test_many_nodes_make_few_elements(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    tab.page.locator("#show-list").click()
    assert listed(tab) == []
    people = tab.page.locator("#list details", has=tab.page.locator("summary", has_text="People"))
    people.locator("summary").click()
    people.locator(".go").first.wait_for()
    assert len(listed(tab)) == 100
    more = people.get_by_role("button", name="Show 100 more of")
    more.click()
    assert len(listed(tab)) == 200
    assert tab.page.evaluate("() => document.activeElement.closest('li') === document.querySelectorAll('#list .groups li')[100]")
    while people.locator(".more").is_visible():
        people.locator(".more").click()
    kinds = tab.page.evaluate("() => { const { data } = __kg.app; return data.kind.reduce((sum, k) => sum + (data.kinds[k].name === 'person'), 0); }")
    assert len(listed(tab)) == kinds


def test_names_filter_the_list(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    tab.page.locator("#show-list").click()
    box = tab.page.get_by_label("Filter the list by name")
    box.fill("pytorch")
    tab.page.wait_for_function("() => document.querySelectorAll('#list .groups .go').length === 1")
    assert "1 of " in tab.page.locator("#list .quiet").inner_text()
    tab.page.keyboard.press("Escape")
    assert box.input_value() == ""
    assert tab.page.locator("#list").is_visible()


def test_the_order_is_by_edges_or_by_name(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.locator("#show-list").click()
    tab.page.locator("#list summary", has_text="Papers").click()
    tab.page.locator("#list .groups .go").first.wait_for()
    by_edges = listed(tab)
    assert by_edges[-1] == "A paper that nobody ties to anything"
    tab.page.get_by_label("Order", exact=True).select_option("name")
    assert listed(tab) == sorted(by_edges, key=str.lower)


def test_the_list_goes_by_community_too(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.locator("#show-list").click()
    tab.page.get_by_label("Group by").select_option("community")
    sizes = [int(text.split()[-1]) for text in tab.page.locator("#list summary").all_inner_texts()]
    assert sum(sizes) == 13
    assert "In no community" in tab.page.locator("#list").inner_text()


def test_the_list_follows_the_filters(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.locator("#show-list").click()
    assert "13 of 13 nodes are in the picture" in tab.page.locator("#list").inner_text()
    tab.run("app.actions.toggleKind(app.data.kind[argument])", tab.number("Ada Žižková"))
    assert "11 of 13 nodes are in the picture" in tab.page.locator("#list").inner_text()
    assert "People" not in tab.page.locator("#list .groups").inner_text()


def test_the_links_of_the_chosen_node_are_a_table(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.locator("#show-list").click()
    tab.run("app.actions.choose(argument)", tab.number("Polite-Net"))
    table = tab.page.get_by_role("table")
    assert table.locator("caption").inner_text() == "1 link of Polite-Net in this view"
    assert table.get_by_role("columnheader").all_inner_texts() == ["Node", "Kind", "Link"]
    row = table.locator("tbody tr")
    assert "uses method" in row.inner_text()
    row.locator("button").click()
    assert tab.run("app.store.state.node") == tab.number('Quiet maps of "loud" graphs: x < y & z')
    tab.run("app.actions.view('coauthors')")
    tab.run("app.actions.choose(argument)", tab.number("Ada Žižková"))
    assert "papers in common" in table.locator("tbody").inner_text() or "1 paper" in table.locator("tbody").inner_text()


def test_a_keyboard_gets_there_first_and_back(opened: Opened, toy_page: Path) -> None:
    tab = opened(toy_page)
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("() => document.activeElement.id") == "skip"
    tab.page.keyboard.press("Enter")
    assert tab.page.locator("#list").is_visible()
    assert tab.page.evaluate("() => document.activeElement.textContent") == "List"
    tab.page.locator("#list summary").first.focus()
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    assert tab.page.locator("#about").is_visible()
    tab.page.locator("#list summary").first.focus()
    tab.page.keyboard.press("Escape")
    assert tab.page.locator("#list").is_hidden()
    assert tab.page.locator("#about").is_visible()


def test_hostile_names_stay_text(opened: Opened, tmp_path: Path) -> None:
    probes = ["<img src=x onerror='window.__ran = 1'>", "a </script> <b>window</b>"]
    tab = opened(hostile_graph(tmp_path, probes))
    tab.page.locator("#show-list").click()
    unfold(tab)
    assert set(listed(tab)) == set(tab.page.evaluate("() => __kg.D.labels"))
    tab.page.get_by_label("Group by").select_option("community")
    tab.run("app.actions.choose(0)")
    assert tab.page.locator("#list :is(img, script, b)").count() == 0
    assert tab.page.evaluate("() => window.__ran") is None


def test_the_table_of_links_breaks_no_word(opened: Opened, tmp_path: Path) -> None:
    paper, task = node("paper", "p", "Sorting gravel by hand and other long ways to spend an afternoon"), node("task", "t", "gravel sorting")
    tie = edge(paper, task) | {"label": "addresses task"}
    tab = opened(graph_of(tmp_path, [paper, task], [tie], []))
    tab.run("app.actions.choose(argument)", tab.number("gravel sorting"))
    tab.page.locator("#show-list").click()
    broken = tab.page.locator("#list .links td:last-child").evaluate_all("""cells => cells.flatMap((cell) => {
      const text = cell.firstChild;
      return [...text.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return range.getClientRects().length > 1;
      }).map(([word]) => word);
    })""")
    assert broken == []
