"""Tests of the address: it tells the state, brings it back, and the back button goes back."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.pages import Tab

pytestmark = pytest.mark.browser

Opened = Callable[..., Tab]

SIZES = "[app.data.n, app.data.m, app.data.kinds.length, app.data.relations.length]"


@pytest.fixture(scope="module")
def large_tab(browser: Any, large_page: Path) -> Iterator[Tab]:
    """Return the page of a thousand nodes, open."""
    tab = Tab(browser, large_page)
    tab.run("window.atStart = app.store.state")
    yield tab
    tab.close()


def address(tab: Tab) -> str:
    """Return the address once it has followed the state."""
    tab.wait("location.hash.replace(/[#&]at=.*/, '') === app.address.write(app.store.state).text")
    text: str = tab.page.evaluate("location.hash")
    return text


def some_state(sizes: list[int], chance: random.Random) -> dict[str, Any]:
    """Return some parts of a state, for so many nodes, edges, kinds and relations."""
    n, m, kinds, relations = sizes

    def nodes(most: int) -> list[int]:
        return chance.sample(range(n), chance.randint(0, most))

    looked = chance.choice(["node", "edge", "pair", "none"])
    changed = {
        "view": chance.choice(["graph", "coauthors", "topics", "timeline", "bipartite"]),
        "node": chance.randrange(n) if looked == "node" else -1,
        "edge": chance.randrange(m) if looked == "edge" else -1,
        "pair": chance.sample(range(n), 2) if looked == "pair" else None,
        "selected": nodes(4),
        "hiddenKinds": sorted(chance.sample(range(kinds), chance.randint(0, kinds - 1))),
        "hiddenRelations": sorted(chance.sample(range(relations), chance.randint(0, relations - 1))),
        "years": sorted(chance.choices(range(1990, 2030), k=2)),
        "undated": chance.random() < 0.5,
        "isolated": chance.random() < 0.5,
        "score": chance.randint(0, 20) / 20,
        "topic": chance.randrange(n),
        "community": chance.randrange(3),
        "colour": chance.choice(["kind", "community", "year", "rank"]),
        "size": chance.choice(["degree", "papers", "centrality", "same"]),
        "ego": {"nodes": nodes(2) or [0], "depth": chance.randint(1, 4)},
        "expanded": nodes(3),
        "hidden": nodes(5),
        "pinned": [[i, chance.randint(-900, 900) / 2, chance.randint(-900, 900) / 2] for i in nodes(2)],
        "path": chance.sample(range(n), 2),
    }
    return {name: value for name, value in changed.items() if chance.random() < 0.5 or name in ("node", "edge", "pair")}


def test_state_to_address_and_back_is_the_same_state(large_tab: Tab) -> None:
    chance = random.Random(11)  # noqa: S311
    sizes = large_tab.run(SIZES)
    states = [some_state(sizes, chance) for _ in range(150)]
    cameras = [{"x": chance.randint(-9000, 9000) / 2, "y": chance.randint(-9000, 9000) / 2, "k": k / 100} for k in range(1, 151)]
    told = large_tab.run(
        """argument.map(([parts, camera]) => {
          const state = { ...window.atStart, ...parts };
          return [null, camera].map((each) => app.address.write(state, each).text)
            .map((text) => [text, state, app.address.read(text)]);
        })""",
        list(zip(states, cameras, strict=True)),
    )
    for (first, second), camera in zip(told, cameras, strict=True):
        text, state, read = first
        assert read == {"state": state, "camera": None}, text
        text, state, read = second
        assert read == {"state": state, "camera": camera}, text
    assert len({first[0] for first, _ in told}) > 140


def test_the_page_follows_an_address_and_the_address_the_page(large_tab: Tab) -> None:
    chance = random.Random(12)  # noqa: S311
    come = "(history.replaceState(null, '', location.pathname + argument), dispatchEvent(new PopStateEvent('popstate')), app.store.state)"
    for _ in range(4):
        state = large_tab.run("window.atStart") | some_state(large_tab.run(SIZES), chance)
        large_tab.run("app.store.set(argument)", state)
        text = address(large_tab)
        large_tab.run("app.store.set(window.atStart)")
        assert large_tab.run(come, text or "#") == state, text


def test_the_address_is_short_and_readable(opened: Opened, sample_page: Path) -> None:
    tab = opened(sample_page)
    assert address(tab) == ""
    tab.run("(app.actions.view('coauthors'), app.actions.choose(argument), app.actions.years(2018, 2020))", tab.number("Ann"))
    assert address(tab) == "#view=coauthors&node=person/ann&years=2018-2020"
    tab.run("(app.actions.reset(), app.actions.view('graph'), app.actions.toggleKind(1), app.actions.clear())")
    assert address(tab) in ("#kinds=-person", "#kinds=-paper")


def test_what_is_not_known_is_left_out(opened: Opened, sample_page: Path) -> None:
    tab = opened(
        sample_page,
        "#view=moon&node=person/nobody&kinds=-ghost,-paper&years=then&ego=person/nobody:2&score=x&hidden=person/bo,%E0%A4%A&at=1,2&size=$&=&x",
    )
    state = tab.run("app.store.state")
    assert (state["node"], state["ego"], state["years"], state["score"]) == (-1, None, None, 0)
    assert state["hidden"] == [tab.number("Bo")]
    assert tab.run("app.data.kinds[app.store.state.hiddenKinds[0]].name") == "paper"
    assert tab.run("app.scene.view.name") == "graph"


def test_links_of_former_pages_still_work(opened: Opened, sample_page: Path) -> None:
    assert opened(sample_page, "#node=person/dee").run("app.data.labels[app.store.state.node]") == "Dee"
    assert opened(sample_page, "#n=person/dee").run("app.data.labels[app.store.state.node]") == "Dee"
    assert opened(sample_page, "#edge=0a1b2c3d4e5f").run("app.store.state.edge") == -1


def test_an_edge_is_told_by_its_ends_and_relation(opened: Opened, sample_page: Path) -> None:
    tab = opened(sample_page)
    tab.run("app.actions.chooseEdge(app.data.relation.findIndex(r => app.data.relations[r].label === 'introduces'))")
    text = address(tab)
    assert text == "#edge=paper/p2,introduces,method/net"
    again = opened(sample_page, text)
    assert again.run("app.store.state.edge") == tab.run("app.store.state.edge")


def test_back_and_forward_go_through_what_was_chosen(opened: Opened, sample_page: Path) -> None:
    tab = opened(sample_page)
    ann, dee = tab.number("Ann"), tab.number("Dee")
    tab.run("(app.actions.choose(argument[0]), app.actions.choose(argument[1]), app.actions.view('coauthors'))", [ann, dee])
    seen = "[app.store.state.view, app.store.state.node]"
    for expected in (["graph", dee], ["graph", ann], ["graph", -1]):
        tab.page.go_back()
        assert tab.run(seen) == expected
    for expected in (["graph", ann], ["graph", dee], ["coauthors", dee]):
        tab.page.go_forward()
        assert tab.run(seen) == expected


def test_a_filter_makes_no_step_for_the_back_button(opened: Opened, sample_page: Path) -> None:
    tab = opened(sample_page)
    before = tab.page.evaluate("history.length")
    tab.run("(app.actions.years(2018, 2019), app.actions.hide([1]), app.actions.colourBy('year'))")
    assert "years=2018-2019" in address(tab)
    assert tab.page.evaluate("history.length") == before


def test_an_address_typed_into_the_bar_is_followed(opened: Opened, sample_page: Path) -> None:
    tab = opened(sample_page)
    tab.page.evaluate("location.hash = '#view=topics&node=topic/maps'")
    tab.wait("app.store.state.view === 'topics'")
    assert tab.run("app.store.state.node") == tab.number("Maps")


def test_the_camera_is_told_once_the_reader_moved_it_and_comes_back(opened: Opened, sample_page: Path) -> None:
    tab = opened(sample_page)
    tab.run("app.stage.setCamera({ x: 40.5, y: -20, k: 1.25 })")
    tab.wait("location.hash === '#at=40.5,-20,1.25'")
    again = opened(sample_page, "#at=40.5,-20,1.25")
    camera = again.run("({ x: app.stage.camera.x, y: app.stage.camera.y, k: app.stage.camera.k })")
    assert camera == {"x": 40.5, "y": -20, "k": 1.25}
    again.run("app.stage.fit()")
    again.wait("location.hash === ''")


def test_a_long_list_is_cut_and_the_reader_is_told(opened: Opened, large_page: Path) -> None:
    tab = opened(large_page)
    tab.run("(app.actions.years(2018, 2020), app.actions.hide(Array.from({ length: 400 }, (_, i) => i)))")
    text = address(tab)
    assert 1900 < len(text) <= 2000
    assert "years=2018-2020" in text
    assert "no room" in tab.page.inner_text("#live")
    tab.run("(app.actions.choose(500), app.actions.everything())")
    tab.page.go_back()
    assert tab.run("[app.store.state.node, app.store.state.hidden.length]") == [-1, 400], "going back loses nothing of it"
    kept = text.partition("hidden=")[2].count(",") + 1
    again = opened(large_page, text)
    assert again.run("app.store.state.hidden") == list(range(kept))
