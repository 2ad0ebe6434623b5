"""Tests of the verbs: what each changes, what it says, and that undo and redo go back and forth."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.pages import Tab

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sample_tab(browser: Any, sample_page: Path) -> Iterator[Tab]:
    """Return the page of the sample, open."""
    tab = Tab(browser, sample_page)
    tab.run("window.atStart = app.store.state")
    yield tab
    tab.close()


@pytest.fixture
def tab(sample_tab: Tab) -> Tab:
    """Return the page of the sample as at the start, with nothing to do again."""
    sample_tab.run("(app.store.set({...window.atStart, hidden: [0]}), app.store.set(window.atStart))")
    return sample_tab


def said(tab: Tab) -> str:
    """Return what a screen reader was told last."""
    text: str = tab.page.inner_text("#live")
    return text


def shown(tab: Tab) -> set[str]:
    """Return the labels of what is shown."""
    return set(tab.run("Array.from(app.scene.shown).flatMap((is, i) => is ? [app.data.labels[i]] : [])"))


def state(tab: Tab, name: str) -> Any:
    """Return a part of the state."""
    return tab.run("app.store.state[argument]", name)


VERBS = [
    ("choose(3)", "node", 3, "edges"),
    ("chooseEdge(2)", "edge", 2, "Edge: "),
    ("choosePair(1, 2)", "pair", [1, 2], "Link: "),
    ("clear()", "node", -1, "Nothing chosen"),
    ("toggleSelected(4)", "selected", [4], "added to the selection, 1 selected"),
    ("select([4, 5, 4, 999])", "selected", [4, 5], "2 nodes added, 2 selected"),
    ("deselectAll()", "selected", [], "Selection emptied"),
    ("hide([2, 3])", "hidden", [2, 3], "2 nodes hidden, 15 nodes shown"),
    ("showHidden()", "hidden", [], "Nothing was hidden"),
    ("pin(1, 10, 20)", "pinned", [[1, 10, 20]], "pinned"),
    ("unpin(1)", "pinned", [], "unpinned"),
    ("ego([0], 2)", "ego", {"nodes": [0], "depth": 2}, "2 steps around"),
    ("ego([0], 9)", "ego", {"nodes": [0], "depth": 4}, "4 steps around"),
    ("expand(0)", "ego", {"nodes": [0], "depth": 1}, "1 step around"),
    ("collapse(0)", "ego", None, "Nothing to collapse"),
    ("everything()", "ego", None, "The whole view: 17 nodes shown"),
    ("findPath(0, 1)", "path", [0, 1], "Path of"),
    ("findPath(0, 0)", "path", None, "A path needs two nodes"),
    ("closePath()", "path", None, "Path closed"),
    ("toggleKind(0)", "hiddenKinds", [0], "hidden"),
    ("allKinds()", "hiddenKinds", [], "All kinds shown"),
    ("onlyKind(0)", "hiddenKinds", [1, 2, 3, 4], "Only "),
    ("toggleRelation(0)", "hiddenRelations", [0], "hidden"),
    ("years(2020, 2018)", "years", [2018, 2020], "Years 2018 to 2020"),
    ("years(null)", "years", None, "All years"),
    ("undated(false)", "undated", False, "left out"),
    ("isolated(false)", "isolated", False, "What has no link is left out"),
    ("score(0.5)", "score", 0.5, "at least 50 %"),
    ("score(7)", "score", 1, "at least 100 %"),
    ("topic(0)", "topic", 0, "Only what is tied to"),
    ("topic(-1)", "topic", -1, "All topics"),
    ("community(0)", "community", 0, "Only "),
    ("community(99)", "community", -1, "All communities"),
    ("only('method', 1)", "only", ["method", "method/net"], "Only Net"),
    ("only('method', 0)", "only", None, "All groups"),
    ("colourBy('year')", "colour", "year", "Coloured by year"),
    ("sizeBy('same')", "size", "same", "Sized by all the same"),
    ("view('coauthors')", "view", "coauthors", "Co-authorship: All 6 authors, 5 pairs who wrote papers together."),
    ("view('none')", "view", "graph", ""),
    ("undo()", "hidden", [0], "Undone"),
    ("redo()", "view", "graph", "Nothing to do again"),
    ("unfilter()", "hidden", [], "No filters: 17 nodes shown"),
    ("reset()", "view", "graph", "Back to the start"),
]


@pytest.mark.parametrize(("verb", "name", "value", "text"), VERBS)
def test_a_verb_changes_the_state_and_says_so(tab: Tab, verb: str, name: str, value: Any, text: str) -> None:
    tab.run("document.getElementById('live').textContent = ''")
    tab.run(f"app.actions.{verb}")
    assert state(tab, name) == value
    assert text in said(tab)


def test_every_verb_is_tested(tab: Tab) -> None:
    assert set(tab.run("Object.keys(app.actions)")) == {verb.partition("(")[0] for verb, *_ in VERBS}


STEPS = [
    "toggleKind(1)", "onlyKind(0)", "years(2018, 2019)", "hide([3])", "ego([0], 2)", "expand(5)", "colourBy('year')", "sizeBy('same')",
    "select([1, 2])", "pin(2, 5, 6)", "score(0.6)", "toggleRelation(1)", "topic(1)", "view('topics')", "everything()", "reset()",
]  # fmt: skip


def test_undo_and_redo_go_back_and_forth_over_every_step(tab: Tab) -> None:
    state_of = "JSON.stringify({...app.store.state, node: -1, edge: -1})"
    seen = [(tab.run(state_of), shown(tab))]
    for step in STEPS:
        tab.run(f"app.actions.{step}")
        if tab.run(state_of) != seen[-1][0]:
            seen.append((tab.run(state_of), shown(tab)))
    assert len(seen) == len(STEPS) + 1
    for before in reversed(seen[:-1]):
        assert tab.run("app.store.undo()")
        assert (tab.run(state_of), shown(tab)) == before
    for after in seen[1:]:
        assert tab.run("app.store.redo()")
        assert (tab.run(state_of), shown(tab)) == after
    assert not tab.run("app.store.canRedo")


def test_a_new_step_forgets_what_was_undone(tab: Tab) -> None:
    tab.run("(app.actions.hide([1]), app.actions.undo(), app.actions.hide([2]))")
    assert not tab.run("app.store.canRedo")
    tab.run("app.actions.undo()")
    assert state(tab, "hidden") == []


def test_looking_is_no_step_and_undo_leaves_it(tab: Tab) -> None:
    tab.run("(app.actions.hide([9]), app.actions.choose(2), app.actions.choose(4), app.actions.undo())")
    assert state(tab, "hidden") == []
    assert state(tab, "node") == 4


def test_a_slider_that_moves_makes_one_step(tab: Tab) -> None:
    tab.run("app.actions.colourBy('year')")
    for year in (2018, 2019, 2020):
        tab.run("app.actions.years(2018, argument, {quiet: true})", year)
    tab.run("app.actions.years(2018, 2020)")
    tab.run("app.actions.undo()")
    assert state(tab, "years") is None
    assert state(tab, "colour") == "year"
    tab.run("app.actions.redo()")
    assert state(tab, "years") == [2018, 2020]


def test_a_slider_let_go_without_a_word_is_undone_before_what_came_after_it(tab: Tab) -> None:
    tab.run("(app.actions.years(2018, 2019, {quiet: true}), app.actions.years(2018, 2020, {quiet: true}), app.actions.hide([1]))")
    tab.run("app.actions.undo()")
    assert (state(tab, "years"), state(tab, "hidden")) == ([2018, 2020], [])
    tab.run("app.actions.undo()")
    assert state(tab, "years") is None
    tab.run("(app.actions.years(2018, 2019, {quiet: true}), app.actions.undo())")
    assert state(tab, "years") is None


def test_quick_steps_of_a_slider_with_keys_are_one(tab: Tab) -> None:
    tab.run("(app.actions.score(0.1), app.actions.score(0.2), app.actions.score(0.3), app.actions.years(2018, 2019))")
    tab.run("app.actions.undo()")
    assert state(tab, "score") == 0.3
    tab.run("app.actions.undo()")
    assert state(tab, "score") == 0


def test_a_slider_moved_there_and_back_at_once_is_no_step(tab: Tab) -> None:
    tab.run("(app.actions.colourBy('year'), app.actions.score(0.1), app.actions.score(0), app.actions.undo())")
    assert state(tab, "colour") == ""


def test_only_so_many_steps_are_kept(tab: Tab) -> None:
    tab.run("(() => { for (let k = 0; k < 250; k += 1) app.store.set({ community: k % 2 }); })()")
    assert tab.run("(() => { let steps = 0; while (app.store.undo()) steps += 1; return steps; })()") == 200


def test_quiet_changes_are_not_said(tab: Tab) -> None:
    tab.run("document.getElementById('live').textContent = 'as before'")
    tab.run("app.actions.years(2018, 2019, {quiet: true})")
    assert said(tab) == "as before"


def test_expand_begins_a_neighbourhood_and_adds_to_it(tab: Tab) -> None:
    ann, second, walk = (tab.number(label) for label in ("Ann", "Paper 2", "Walk"))
    tab.run("app.actions.expand(argument)", ann)
    assert shown(tab) == {"Ann", "Paper 1", "Paper 2", "Paper 3"}
    tab.run("app.actions.expand(argument)", second)
    assert shown(tab) == {"Ann", "Paper 1", "Paper 2", "Paper 3", "Bo", "Maps", "Net", "Walk"}
    assert "4 more, 8 nodes shown" in said(tab)
    tab.run("app.actions.expand(argument)", walk)
    assert "Paper 4" in shown(tab)
    tab.run("app.actions.expand(argument)", walk)
    assert "already" in said(tab)


def test_collapse_takes_away_only_what_came_by_it(tab: Tab) -> None:
    ann, first, second = (tab.number(label) for label in ("Ann", "Paper 1", "Paper 2"))
    tab.run("argument.forEach(i => app.actions.expand(i))", [ann, first, second])
    assert {"Bo", "Cy", "Walk"} <= shown(tab)
    tab.run("app.actions.collapse(argument)", second)
    assert "Walk" not in shown(tab)
    assert {"Bo", "Cy", "Maps"} <= shown(tab), "they came by Paper 1 too"
    tab.run("app.actions.collapse(argument)", second)
    assert "is not expanded" in said(tab)
    tab.run("app.actions.collapse(argument)", ann)
    assert shown(tab) == {"Ann", "Paper 1", "Paper 2", "Paper 3"}
    tab.run("app.actions.collapse(argument)", ann)
    assert len(shown(tab)) == 17


def test_what_hangs_on_a_collapsed_node_goes_with_it(tab: Tab) -> None:
    ann, second, walk = (tab.number(label) for label in ("Ann", "Paper 2", "Walk"))
    tab.run("argument.forEach(i => app.actions.expand(i))", [ann, second, walk])
    assert "Paper 4" in shown(tab)
    tab.run("app.actions.collapse(argument)", second)
    assert shown(tab) == {"Ann", "Paper 1", "Paper 2", "Paper 3"}


def test_a_neighbourhood_goes_along_into_another_view(tab: Tab) -> None:
    tab.run("app.actions.ego([argument], 1)", tab.number("Paper 3"))
    tab.run("app.actions.view('coauthors')")
    assert shown(tab) == {"Ann", "Bo", "Cy", "Dee", "Eve"}, "its authors, and who wrote with them"
    tab.run("(app.actions.view('graph'), app.actions.ego([argument], 1), app.actions.view('bipartite'))", tab.number("Paper 1"))
    assert shown(tab) == {"Ann", "Bo", "Cy", "Maps", "Net", "Walk", "Atlases", "Tiny Atlas"}, "not Dee and Eve: two steps away"
    assert set(state(tab, "ego")["nodes"]) == {tab.number(label) for label in ("Ann", "Bo", "Cy", "Maps", "Net")}


def test_hiding_what_is_chosen_closes_it(tab: Tab) -> None:
    tab.run("(app.actions.choose(3), app.actions.select([3, 4]), app.actions.hide([3]))")
    assert (state(tab, "node"), state(tab, "selected")) == (-1, [4])
    tab.run("app.actions.showHidden()")
    assert "1 hidden node shown again" in said(tab)


def test_only_this_kind_and_again_all(tab: Tab) -> None:
    tab.run("app.actions.onlyKind(1)")
    assert len(state(tab, "hiddenKinds")) == 4
    tab.run("app.actions.onlyKind(1)")
    assert state(tab, "hiddenKinds") == []


def test_a_path_is_told_step_by_step(tab: Tab) -> None:
    tab.run("app.actions.findPath(...argument)", [tab.number("Cy"), tab.number("Dee")])
    assert said(tab) == "Path of 4 steps: Cy, Paper 1, Ann, Paper 3, Dee"
    tab.run("app.actions.clear()")
    assert tab.run("app.scene.path") is None
