"""Tests of the selection: how nodes come into it, what can be done with them, and the table of them."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.pages import Tab
from tests.explorer.sample import sample_graph
from tests.export.graphs import edge, graph_of, node

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]

COLUMNS = ["label", "kind", "year", "papers", "edges", "citations", "community", "IRI", "url"]


@pytest.fixture
def tab(opened: Opened, tmp_path: Path) -> Tab:
    """Return the page of the small graph."""
    return opened(sample_graph(tmp_path))


def button(tab: Tab) -> Any:
    return tab.page.locator("#tools").get_by_role("button", name="Selection")


def drawer(tab: Tab) -> Any:
    return tab.page.locator("#selection")


def act(tab: Tab, name: str) -> None:
    drawer(tab).get_by_role("button", name=name, exact=True).click()


def rows(tab: Tab) -> list[str]:
    found: list[str] = drawer(tab).locator(".rows .go > span:not(.dot)").all_inner_texts()
    return found


def select(tab: Tab, *names: str) -> None:
    tab.run("app.actions.select(argument.map((name) => app.data.labels.indexOf(name)))", list(names))


def shown(tab: Tab) -> set[str]:
    return set(tab.run("app.data.labels.filter((_, i) => app.scene.shown[i])"))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# ------------------------------------------------------------------------------------------ into and out


def test_shift_click_puts_nodes_on_the_list_in_the_order_of_choosing(tab: Tab) -> None:
    button(tab).click()
    assert "Nothing is selected" in drawer(tab).inner_text()
    tab.page.keyboard.press("Escape")
    for name in ("Dee", "Ann", "Bo", "Ann"):
        tab.page.keyboard.down("Shift")
        tab.click(name)
        tab.page.keyboard.up("Shift")
    assert button(tab).locator(".badge").inner_text() == "2"
    button(tab).click()
    assert rows(tab) == ["Dee", "Bo"]
    assert "2 people" in drawer(tab).inner_text()


def test_a_rectangle_puts_what_lies_in_it_on_the_list(tab: Tab) -> None:
    inside = tab.run("app.data.labels.filter((_, i) => { const [x, y] = app.stage.screen(i); return x > 400 && x < 1200 && y > 120 && y < 700; })")
    assert inside
    tab.page.keyboard.down("Shift")
    tab.page.mouse.move(400, 120)
    tab.page.mouse.down()
    tab.page.mouse.move(800, 400, steps=4)
    tab.page.mouse.move(1200, 700, steps=4)
    tab.page.mouse.up()
    tab.page.keyboard.up("Shift")
    button(tab).click()
    assert set(rows(tab)) == set(inside)


def test_the_chosen_node_and_its_neighbours_can_be_added(tab: Tab) -> None:
    tab.click("Cy")
    button(tab).click()
    act(tab, "Add the chosen")
    assert rows(tab) == ["Cy"]
    act(tab, "Add its neighbours")
    assert rows(tab) == ["Cy", "Paper 1"]


def test_all_that_is_shown_can_be_added_and_the_list_emptied(tab: Tab) -> None:
    tab.page.locator("#legend [data-kind=person]").click()
    button(tab).click()
    act(tab, "Select all shown")
    assert set(rows(tab)) == shown(tab)
    assert "Ann" not in rows(tab)
    act(tab, "Clear")
    assert rows(tab) == []
    assert not button(tab).locator(".badge").is_visible()


def test_one_can_be_taken_out_and_the_focus_goes_to_the_next(tab: Tab) -> None:
    select(tab, "Ann", "Bo", "Cy")
    button(tab).click()
    drawer(tab).get_by_role("button", name="Take out Bo").focus()
    tab.page.keyboard.press("Enter")
    assert rows(tab) == ["Ann", "Cy"]
    assert tab.run("document.activeElement.getAttribute('aria-label')") == "Take out Cy"


def test_a_name_on_the_list_opens_its_details(tab: Tab) -> None:
    select(tab, "Ann", "Walk")
    button(tab).click()
    drawer(tab).locator(".rows .go").nth(1).click()
    assert tab.run("app.data.labels[app.store.state.node]") == "Walk"


def test_a_long_list_says_how_many_more_there_are(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    button(tab).click()
    act(tab, "Select all shown")
    everything = tab.run("app.data.n")
    assert len(rows(tab)) == 100
    more = drawer(tab).locator(".more")
    assert f"{everything - 100} more" in more.inner_text()
    more.click()
    assert len(rows(tab)) == 200
    assert button(tab).locator(".badge").inner_text() == f"{everything:,}"


# -------------------------------------------------------------------------------------- what can be done


def test_show_brings_all_of_them_into_the_picture(tab: Tab) -> None:
    tab.run("app.stage.setCamera({ x: 1e5, y: 1e5, k: 4 })")
    select(tab, "Ann", "Eve")
    button(tab).click()
    act(tab, "Show")
    box = tab.page.locator("#picture").bounding_box()
    tab.wait(
        f"['Ann', 'Eve'].every((name) => {{ const [x, y] = app.stage.screen(app.data.labels.indexOf(name)); "
        f"return x > {box['x']} && x < {box['x'] + box['width']} && y > {box['y']} && y < {box['y'] + box['height']}; }})"
    )


def test_only_these_and_with_neighbours(tab: Tab) -> None:
    select(tab, "Cy", "Walk")
    button(tab).click()
    act(tab, "Only these")
    assert shown(tab) == {"Cy", "Walk"}
    act(tab, "With neighbours")
    assert shown(tab) == {"Cy", "Paper 1", "Walk", "Paper 2", "Paper 4"}
    tab.page.locator("#tools").get_by_role("button", name="Everything").click()
    assert shown(tab) == set(tab.run("app.data.labels"))


def test_hide_takes_them_out_of_the_picture(tab: Tab) -> None:
    select(tab, "Cy", "Walk")
    button(tab).click()
    act(tab, "Hide")
    assert {"Cy", "Walk"}.isdisjoint(shown(tab))


def test_two_have_a_path(tab: Tab) -> None:
    select(tab, "Cy", "Maps")
    button(tab).click()
    act(tab, "Path between")
    assert tab.page.locator("#path").is_visible()
    assert tab.page.locator("#path .steps .go > span:not(.dot)").all_inner_texts() == ["Cy", "Paper 1", "Maps"]
    select(tab, "Ann")
    button(tab).click()
    assert drawer(tab).get_by_role("button", name="Path between").count() == 0


def test_the_table_tells_of_each_in_the_order_of_choosing(tab: Tab) -> None:
    select(tab, "Walk", "Ann", "Paper 5")
    button(tab).click()
    with tab.page.expect_download() as started:
        act(tab, "CSV")
    assert started.value.suggested_filename == "sample-selection.csv"
    raw = Path(started.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # spreadsheets take it for UTF-8
    assert raw.count(b"\r\n") == raw.count(b"\n") == 4
    found = table(Path(started.value.path()))
    assert list(found[0]) == COLUMNS
    assert [row["label"] for row in found] == ["Walk", "Ann", "Paper 5"]
    assert [row["kind"] for row in found] == ["method", "person", "paper"]
    assert [row["edges"] for row in found] == ["2", "3", "2"]
    assert found[2]["year"] == ""
    assert found[1]["IRI"] == "https://w3id.org/kgp/id/person/ann"


def test_no_name_runs_as_a_formula_and_all_characters_come_through(opened: Opened, tmp_path: Path) -> None:
    names = ['=HYPERLINK("http://x","y")', "+1", "-1", "@sum", " =1+1", 'He said "no", twice', "Ünïcode 図", "=", "plain"]
    papers = [node("paper", f"p{at}", name, url=f"https://example.org/{at}") for at, name in enumerate(names)]
    tab = opened(graph_of(tmp_path, papers, [edge(papers[0], papers[1])], [], name='=1+1 "/..\\'))
    button(tab).click()
    act(tab, "Select all shown")
    with tab.page.expect_download() as started:
        act(tab, "CSV")
    assert started.value.suggested_filename == "1-1-selection.csv"
    found = {row["IRI"].rpartition("/p")[2]: row for row in table(Path(started.value.path()))}
    read = [found[str(at)]["label"] for at in range(len(names))]
    assert read == [f"'{name}" if name.strip()[0] in "=+-@" else name for name in names]
    assert found["8"]["url"] == "https://example.org/8"


def test_names_can_be_copied(tab: Tab) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    select(tab, "Walk", "Ann")
    button(tab).click()
    act(tab, "Copy")
    assert tab.page.evaluate("() => navigator.clipboard.readText()") == "Walk (method)\nAnn (person)\n"
    assert "2 names copied" in tab.page.locator("#live").inner_text()


def test_the_table_is_one_that_the_csv_module_reads_back_the_same(tab: Tab) -> None:
    button(tab).click()
    act(tab, "Select all shown")
    with tab.page.expect_download() as started:
        act(tab, "CSV")
    text = Path(started.value.path()).read_bytes().decode("utf-8-sig")
    again = io.StringIO()
    csv.writer(again, lineterminator="\r\n").writerows(csv.reader(io.StringIO(text, newline="")))
    assert again.getvalue() == text
