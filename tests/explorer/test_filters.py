"""Tests of the drawer of filters."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.pages import Tab
from tests.explorer.sample import sample_graph
from tests.export.graphs import edge, graph_of, node

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]


def shown(tab: Tab) -> set[str]:
    """Return the names of what the picture shows."""
    return set(tab.run("app.data.labels.filter((_, i) => app.scene.shown[i])"))


@pytest.fixture
def tab(opened: Opened, tmp_path: Path) -> Tab:
    """Return the page of the small graph, with the filters open."""
    made = opened(sample_graph(tmp_path))
    button(made).click()
    return made


def button(tab: Tab) -> Any:
    return tab.page.locator("#tools").get_by_role("button", name="Filters")


def drawer(tab: Tab) -> Any:
    return tab.page.locator("#filters")


def badge(tab: Tab) -> str:
    text: str = button(tab).locator(".badge").inner_text()
    return text


# ------------------------------------------------------------------------------------------- the drawer


def test_the_button_opens_and_closes_and_escape_gives_the_focus_back(tab: Tab) -> None:
    assert button(tab).get_attribute("aria-expanded") == "true"
    assert tab.run("document.querySelector('#filters').contains(document.activeElement)")
    tab.page.keyboard.press("Escape")
    assert not drawer(tab).is_visible()
    assert button(tab).get_attribute("aria-expanded") == "false"
    assert tab.run("document.activeElement.textContent").startswith("Filters")
    button(tab).click()
    drawer(tab).get_by_role("button", name="Close filters").click()
    assert not drawer(tab).is_visible()


def test_one_drawer_is_open_at_a_time(tab: Tab) -> None:
    box = tab.page.locator("#picture").bounding_box()
    tab.page.get_by_role("button", name="Selection").click()
    assert not drawer(tab).is_visible()
    assert tab.page.locator("#selection").is_visible()
    tab.page.get_by_role("button", name="List", exact=True).click()
    assert not tab.page.locator("#selection").is_visible()
    assert tab.page.locator("#picture").bounding_box() == box


def test_the_button_counts_the_filters_at_work(tab: Tab) -> None:
    assert badge(tab) == ""
    drawer(tab).get_by_label("Has topic").uncheck()
    assert badge(tab) == "1"
    tab.page.locator("#legend [data-kind=person]").click()
    assert badge(tab) == "2"
    assert button(tab).get_attribute("aria-label") == "Filters, 2 active"
    drawer(tab).get_by_role("button", name="Reset all").click()
    assert badge(tab) == ""
    assert shown(tab) == set(tab.run("app.data.labels"))


# ------------------------------------------------------------------------------------- edges and kinds


def test_types_of_edges_have_counts_and_can_be_left_out(tab: Tab) -> None:
    rows = {each.locator("span").inner_text(): each.locator("small").inner_text() for each in drawer(tab).locator(".tick:has(small)").all()}
    assert rows["Has author"] == "10"
    assert rows["Introduces"] == "1"
    links = tab.run("app.scene.counts.links")
    drawer(tab).get_by_label("Has author").uncheck()
    assert tab.run("app.scene.counts.links") == links - 10
    drawer(tab).get_by_label("Uses method").focus()
    tab.page.keyboard.press("Space")
    assert tab.run("document.activeElement.closest('label').textContent").startswith("Uses method")  # the focus stays
    tab.page.keyboard.press("Space")
    drawer(tab).get_by_label("Has author").check()
    assert tab.run("app.scene.counts.links") == links


def test_what_has_no_link_can_be_left_out(tab: Tab) -> None:
    drawer(tab).get_by_label("Has author").uncheck()
    alone = set(tab.run("Array.from(app.scene.view.net.members).filter(i => !app.scene.around(i).length).map(i => app.data.labels[i])"))
    assert alone & shown(tab)
    before = shown(tab)
    drawer(tab).get_by_label("Keep what has no link").uncheck()
    assert shown(tab) == before - alone
    assert "without nodes that have no link here" in tab.run("app.scene.note")
    assert badge(tab) == "2"
    drawer(tab).get_by_role("button", name="Reset all").click()
    assert shown(tab) == set(tab.run("app.data.labels"))
    assert drawer(tab).get_by_label("Keep what has no link").is_checked()


def test_kinds_are_here_while_the_legend_shows_something_else(tab: Tab) -> None:
    papers = drawer(tab).get_by_label("Papers")
    assert not papers.is_visible()
    tab.page.get_by_label("Colour by").select_option("year")
    papers.uncheck()
    assert not {name for name in shown(tab) if name.startswith("Paper")}
    assert "Ann" in shown(tab)


# ------------------------------------------------------------------------------------------------ years


def test_the_histogram_has_a_bar_for_each_year_as_high_as_it_has_papers(tab: Tab) -> None:
    heights = drawer(tab).locator(".bars span").evaluate_all("bars => bars.map((bar) => bar.style.height)")
    assert heights == ["50%", "50%", "100%", "50%"]  # 2018 to 2021; two papers of 2020
    titles = drawer(tab).locator(".bars span").evaluate_all("bars => bars.map((bar) => bar.title)")
    assert titles[2] == "2020: 2 papers"


def test_the_thumbs_of_the_years_work_by_keyboard(tab: Tab) -> None:
    first, last = drawer(tab).get_by_label("First year"), drawer(tab).get_by_label("Last year")
    first.press("ArrowRight")
    assert tab.run("app.store.state.years") == [2019, 2021]
    last.press("ArrowLeft")
    assert tab.run("app.store.state.years") == [2019, 2020]
    assert {"Paper 1", "Paper 4"}.isdisjoint(shown(tab))
    assert {"Paper 2", "Paper 3", "Paper 5", "Paper 6"} <= shown(tab)  # that of no year stays
    assert drawer(tab).locator(".years output").inner_text() == "2019 to 2020"
    assert drawer(tab).locator(".bars .in").count() == 2
    first.press("Home")
    last.press("End")
    assert tab.run("app.store.state.years") is None


def test_a_thumb_takes_the_other_along(tab: Tab) -> None:
    drawer(tab).get_by_label("First year").press("End")
    assert tab.run("app.store.state.years") == [2021, 2021]
    drawer(tab).get_by_label("Last year").press("Home")
    assert tab.run("app.store.state.years") == [2018, 2018]
    drawer(tab).get_by_label("Last year").press("ArrowRight")
    assert tab.run("app.store.state.years") == [2018, 2019]


def test_dragging_a_thumb_is_one_step_to_undo(tab: Tab) -> None:
    box = drawer(tab).locator(".thumbs").bounding_box()
    middle = box["y"] + box["height"] / 2
    tab.page.mouse.move(box["x"] + box["width"] - 8, middle)
    tab.page.mouse.down()
    for x in range(int(box["width"]) - 8, 8, -20):
        tab.page.mouse.move(box["x"] + x, middle)
        tab.page.wait_for_timeout(20)
    tab.page.mouse.up()
    assert tab.run("app.store.state.years") == [2018, 2018]
    tab.page.get_by_role("button", name="Undo").click()
    assert tab.run("app.store.state.years") is None
    assert not tab.run("app.store.canUndo")
    assert drawer(tab).locator(".years output").inner_text() == "2018 to 2021"


def test_play_moves_a_window_year_by_year_and_pause_stops_it(tab: Tab) -> None:
    play = drawer(tab).get_by_role("button", name="Play")
    play.focus()
    tab.page.keyboard.press("Enter")
    assert tab.run("app.store.state.years") == [2018, 2018]
    tab.wait("app.store.state.years[0] === 2019")
    assert tab.run("app.store.state.years") == [2019, 2019]
    drawer(tab).get_by_role("button", name="Pause").click()
    tab.page.wait_for_timeout(1300)
    assert tab.run("app.store.state.years") == [2019, 2019]
    tab.page.get_by_role("button", name="Undo").click()
    assert tab.run("app.store.state.years") is None


def test_play_can_keep_the_years_before_and_ends_with_all(tab: Tab) -> None:
    drawer(tab).get_by_label("Keep the years before").check()
    tab.run("app.store.on((state) => { (window.played ??= []).push(state.years); })")
    drawer(tab).get_by_role("button", name="Play").click()
    drawer(tab).get_by_role("button", name="Pause").wait_for()
    tab.page.wait_for_function("() => !document.querySelector('.play').textContent.includes('Pause')", timeout=9000)
    seen = tab.run("window.played")
    assert [years for at, years in enumerate(seen) if at == 0 or years != seen[at - 1]] == [
        [2018, 2018], [2018, 2019], [2018, 2020], [2018, 2021], None,
    ]  # fmt: skip


def test_undo_while_playing_stops_it(tab: Tab) -> None:
    drawer(tab).get_by_role("button", name="Play").click()
    tab.page.get_by_role("button", name="Undo").click()
    assert drawer(tab).get_by_role("button", name="Play").is_visible()
    tab.page.wait_for_timeout(1200)
    assert tab.run("app.store.state.years") is None


def test_closing_the_drawer_pauses(tab: Tab) -> None:
    drawer(tab).get_by_role("button", name="Play").click()
    tab.page.keyboard.press("Escape")
    tab.page.wait_for_timeout(1300)
    assert tab.run("app.store.state.years") == [2018, 2018]


def test_with_reduced_motion_the_years_still_step(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path), reduced_motion="reduce")
    button(tab).click()
    drawer(tab).get_by_role("button", name="Play").click()
    tab.wait("app.store.state.years[0] === 2019")
    drawer(tab).get_by_role("button", name="Pause").click()


def test_what_has_no_year_can_be_left_out(tab: Tab) -> None:
    drawer(tab).get_by_label("First year").press("ArrowRight")
    drawer(tab).get_by_label("Keep what has no year").uncheck()
    assert "Paper 5" not in shown(tab)
    assert badge(tab) == "1"


def test_without_years_there_is_no_slider(opened: Opened, tmp_path: Path) -> None:
    papers = [node("paper", name, f"On {name}") for name in ("a", "b")]
    tab = opened(graph_of(tmp_path, papers, [edge(papers[0], papers[1])], []))
    button(tab).click()
    assert drawer(tab).locator(".years").count() == 0
    assert drawer(tab).get_by_label("Cites").is_visible()


# ------------------------------------------------------------------------ score, topic, community, hidden


def test_the_score_says_how_many_edges_remain(tab: Tab) -> None:
    slider = drawer(tab).get_by_label("Lowest score")
    slider.fill("0.75")
    slider.press("Tab")
    scores = tab.run("Array.from(app.data.score, (score) => score / 255)")
    left = sum(score >= 0.75 for score in scores)
    assert 0 < left < len(scores)
    assert f"{left} of {len(scores)} edges" in drawer(tab).inner_text()
    assert tab.run("app.scene.counts.links") == left
    tab.page.get_by_role("button", name="Undo").click()
    assert slider.input_value() == "0"


def test_certain_edges_need_no_score(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    button(tab).click()
    assert drawer(tab).get_by_label("Lowest score").count() == 0


def test_a_topic_is_found_while_typing(tab: Tab) -> None:
    box = drawer(tab).get_by_role("combobox", name="About")
    box.press_sequentially("at")
    options = drawer(tab).locator(".found li")
    options.first.wait_for()
    assert "Atlases" in options.first.inner_text()
    assert not [text for text in options.all_inner_texts() if text.startswith("Paper")]  # things only
    box.press("Enter")
    assert box.input_value() == "Atlases"
    assert {"Paper 3", "Paper 4", "Paper 5", "Dee", "Eve"} <= shown(tab)
    assert {"Paper 1", "Bo", "Maps"}.isdisjoint(shown(tab))
    drawer(tab).get_by_role("button", name="Clear about").click()
    assert shown(tab) == set(tab.run("app.data.labels"))


def test_a_topic_can_be_clicked_and_escape_keeps_what_was_chosen(tab: Tab) -> None:
    box = drawer(tab).get_by_role("combobox", name="About")
    box.press_sequentially("wal")
    drawer(tab).locator(".found").get_by_role("option", name="Walk").click()
    assert tab.run("app.store.state.topic") == tab.number("Walk")
    box.fill("ma")
    drawer(tab).locator(".found").get_by_role("option", name="Maps").wait_for()
    box.press("Escape")
    assert box.input_value() == "Walk"
    assert drawer(tab).is_visible()


def test_enter_right_after_typing_takes_the_first(tab: Tab) -> None:
    box = drawer(tab).get_by_role("combobox", name="About")
    box.focus()
    tab.page.evaluate("""() => {
        const box = document.activeElement;
        box.value = 'atlases';
        box.dispatchEvent(new Event('input'));
        box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    }""")
    tab.wait("app.store.state.topic >= 0")
    assert box.input_value() == "Atlases"


def test_a_name_that_is_not_there_is_said_plainly(tab: Tab) -> None:
    box = drawer(tab).get_by_role("combobox", name="About")
    box.press_sequentially("zzz")
    drawer(tab).get_by_text("No such name").wait_for()
    box.press("Enter")
    assert tab.run("app.store.state.topic") == -1


def test_a_community_can_be_chosen(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    button(tab).click()
    choice = drawer(tab).get_by_label("Community")
    choice.select_option("1")
    assert tab.run("app.store.state.community") == 1
    assert tab.run("app.scene.counts.nodes") == tab.run("app.scene.communities[1].nodes")
    choice.select_option("-1")
    assert tab.run("app.scene.counts.nodes") == tab.run("app.data.n")


def test_what_was_hidden_can_be_shown_again_one_by_one_or_all(tab: Tab) -> None:
    tab.run("app.actions.hide(['Ann', 'Bo', 'Cy'].map((name) => app.data.labels.indexOf(name)))")
    assert {"Ann", "Bo", "Cy"}.isdisjoint(shown(tab))
    drawer(tab).get_by_role("button", name="Show Bo").click()
    assert "Bo" in shown(tab)
    assert "Ann" not in shown(tab)
    drawer(tab).get_by_role("button", name="Show all again").click()
    assert {"Ann", "Cy"} <= shown(tab)
    assert not drawer(tab).get_by_text("Hidden by hand").is_visible()


def test_colours_and_sizes_stay_when_filters_are_reset(tab: Tab) -> None:
    tab.page.get_by_label("Colour by").select_option("year")
    drawer(tab).get_by_label("Has topic").uncheck()
    drawer(tab).get_by_role("button", name="Reset all").click()
    assert tab.run("[app.store.state.colour, app.store.state.hiddenRelations.length]") == ["year", 0]


def test_on_a_phone_the_drawer_fits_and_its_controls_are_large_enough(opened: Opened, tmp_path: Path) -> None:
    tab = opened(sample_graph(tmp_path), viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    button(tab).tap()
    box = drawer(tab).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    small = tab.run("""[...document.querySelectorAll('#tools button, #filters button, #filters .tick, #filters select')]
        .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44).map((each) => each.textContent)""")
    assert small == []
