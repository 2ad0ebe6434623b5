"""Tests of what is shown: filters, neighbourhoods, colours, sizes, paths, and what is said about it."""

import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.pages import Tab
from tests.explorer.sample import Rules, near
from tests.export.graphs import edge, graph_of, node

pytestmark = pytest.mark.browser

COLUMNS = """({
  kind: Array.from(app.data.kind), year: Array.from(app.data.year), score: Array.from(app.data.score),
  source: Array.from(app.data.source), target: Array.from(app.data.target), relation: Array.from(app.data.relation),
  kinds: app.data.kinds.map(kind => kind.name), relations: app.data.relations.map(each => each.predicate), labels: app.data.labels,
})"""

SHOWN = """({
  nodes: Array.from(app.scene.shown).flatMap((is, i) => is ? [i] : []),
  links: Array.from(app.scene.linkVisible).flatMap((is, l) => is
    ? [[app.scene.links.from[l], app.scene.links.to[l], app.scene.links.weight[l]]] : []),
  counts: app.scene.counts,
})"""


@pytest.fixture(scope="module")
def sample_tab(browser: Any, sample_page: Path) -> Iterator[Tab]:
    """Return the page of the sample, open."""
    tab = Tab(browser, sample_page)
    tab.run("window.atStart = app.store.state")
    yield tab
    tab.close()


@pytest.fixture
def tab(sample_tab: Tab) -> Tab:
    """Return the page of the sample as at the start."""
    sample_tab.run("app.store.set(window.atStart)")
    return sample_tab


@pytest.fixture(scope="module")
def large_tab(browser: Any, large_page: Path) -> Iterator[Tab]:
    """Return the page of a thousand nodes, open."""
    tab = Tab(browser, large_page)
    tab.run("window.atStart = app.store.state")
    yield tab
    tab.close()


def shown(tab: Tab) -> set[str]:
    """Return the labels of what is shown."""
    return set(tab.run("Array.from(app.scene.shown).flatMap((is, i) => is ? [app.data.labels[i]] : [])"))


def pairs(tab: Tab) -> dict[tuple[str, str], int]:
    """Return the links shown by the labels of their ends, with their weights."""
    labels = tab.run("app.data.labels")
    found: dict[tuple[str, str], int] = {}
    for a, b, weight in tab.run(SHOWN)["links"]:
        one, other = sorted((labels[a], labels[b]))
        found[one, other] = weight
    return found


def states(columns: dict[str, Any], count: int) -> Iterator[dict[str, Any]]:
    """Yield states of all sorts, the same ones each time."""
    chance = random.Random(6)  # noqa: S311
    rules = Rules(columns)
    everyone = range(len(columns["kind"]))
    for _ in range(count):
        view = chance.choice(["graph", "coauthors", "topics", "timeline"])
        members = sorted(rules.members(view))
        first = chance.randint(2017, 2025)
        ego = chance.random() < 0.4
        yield {
            "view": view,
            "hiddenKinds": [k for k in range(len(columns["kinds"])) if chance.random() < 0.2],
            "hiddenRelations": [r for r in range(len(columns["relations"])) if chance.random() < 0.15],
            "years": [first, min(2025, first + chance.randint(0, 6))] if chance.random() < 0.5 else None,
            "undated": chance.random() < 0.5,
            "isolated": chance.random() < 0.7,
            "score": chance.choice([0, 0, 0.5, 0.9, 1]),
            "topic": chance.choice(everyone[:40]) if chance.random() < 0.3 else -1,
            "ego": {"nodes": chance.sample(members, chance.randint(1, 2)), "depth": chance.randint(1, 4)} if ego else None,
            "expanded": chance.sample(members, 2) if ego else [],
            "hidden": chance.sample(everyone, chance.randint(0, 5)),
        }


def check_against_rules(tab: Tab, count: int) -> None:
    """Compare what is shown in many states with the rules told in Python."""
    columns = tab.run(COLUMNS)
    rules = Rules(columns)
    nothing = 0
    tried = list(states(columns, count))
    for state, found in zip(tried, tab.run(f"argument.map(state => (app.store.set(state), {SHOWN}))", tried), strict=True):
        nodes, links = rules.shown(state)
        assert set(found["nodes"]) == nodes, state
        assert {(min(a, b), max(a, b)): weight for a, b, weight in found["links"]} == {
            (min(pair), max(pair)): weight for pair, weight in links.items()
        }, state
        assert found["counts"]["nodes"] == len(nodes)
        assert found["counts"]["of"] == len(rules.members(state["view"]))
        assert found["counts"]["links"] == len(found["links"])
        nothing += not nodes
    assert nothing < count / 2


def test_what_is_shown_follows_the_rules_in_a_small_graph(tab: Tab) -> None:
    check_against_rules(tab, 120)


def test_what_is_shown_follows_the_rules_in_a_large_graph(large_tab: Tab) -> None:
    check_against_rules(large_tab, 60)


def test_all_is_shown_at_the_start(tab: Tab) -> None:
    assert len(shown(tab)) == 17
    assert tab.run("app.scene.counts") == {"nodes": 17, "of": 17, "links": 22, "linksOf": 22}
    assert tab.run("app.scene.note") == "All 17 nodes, 22 edges."


def test_years_keep_papers_of_these_years_and_what_is_tied_to_them(tab: Tab) -> None:
    tab.run("app.actions.years(2018, 2018)")
    assert shown(tab) == {"Paper 1", "Paper 5", "Ann", "Bo", "Cy", "Eve", "Maps", "Net", "Atlases"}
    tab.run("app.actions.undated(false)")
    assert shown(tab) == {"Paper 1", "Ann", "Bo", "Cy", "Maps", "Net"}
    assert "papers of 2018 (those without a year are left out)" in tab.run("app.scene.note")


def test_in_co_authorship_pairs_count_the_papers_of_the_years(tab: Tab) -> None:
    tab.run("app.actions.view('coauthors')")
    assert pairs(tab)["Ann", "Bo"] == 2
    tab.run("app.actions.years(2019, 2020)")
    assert pairs(tab) == {("Ann", "Bo"): 1, ("Ann", "Dee"): 1}
    assert "Cy" not in shown(tab)


def test_a_relation_that_is_hidden_takes_its_edges_and_whom_only_they_tied(tab: Tab) -> None:
    uses = tab.run("app.data.relations.findIndex(each => each.predicate === 'kg:usesMethod')")
    tab.run("app.actions.toggleRelation(argument)", uses)
    assert "Walk" not in shown(tab)
    assert "Net" in shown(tab), "a paper introduces it besides"


def test_papers_stay_without_edges_and_so_does_who_never_had_any(tab: Tab) -> None:
    tab.run("app.store.set({hiddenRelations: app.data.relations.map((_, r) => r)})")
    assert shown(tab) == {f"Paper {at}" for at in range(1, 7)} | {"Fay"}


def test_score_leaves_weak_edges_out(tab: Tab) -> None:
    tab.run("app.actions.score(0.75)")
    assert "Walk" not in shown(tab)
    assert {"Net", "Tiny Atlas"} <= shown(tab)
    assert "score of at least 75 %" in tab.run("app.scene.note")


def test_a_topic_keeps_its_papers_and_what_is_tied_to_them(tab: Tab) -> None:
    tab.run("app.actions.topic(argument)", tab.number("Maps"))
    assert shown(tab) == {"Paper 1", "Paper 2", "Ann", "Bo", "Cy", "Maps", "Net", "Walk"}
    tab.run("app.actions.topic(-1)")
    assert len(shown(tab)) == 17


def test_a_community_alone(tab: Tab) -> None:
    tab.run("app.actions.community(0)")
    members = set(tab.run("Array.from(app.scene.community).flatMap((c, i) => c === 0 ? [app.data.labels[i]] : [])"))
    assert shown(tab) == members
    assert 0 < len(members) < 17


def test_hidden_kinds_hide_nobody_else(tab: Tab) -> None:
    tab.run("app.actions.toggleKind(app.data.kinds.findIndex(kind => kind.name === 'paper'))")
    assert len(shown(tab)) == 11
    assert tab.run("app.scene.counts.links") == 0


def test_a_neighbourhood_by_depth(tab: Tab) -> None:
    ann = tab.number("Ann")
    tab.run("app.actions.ego([argument], 1)", ann)
    assert shown(tab) == {"Ann", "Paper 1", "Paper 2", "Paper 3"}
    tab.run("app.actions.ego([argument], 2)", ann)
    assert shown(tab) >= {"Ann", "Bo", "Cy", "Dee", "Net", "Walk", "Atlases", "Paper 4"}
    assert "Eve" not in shown(tab)
    tab.run("app.actions.ego([argument], 3)", ann)
    assert "Eve" in shown(tab)
    assert "within 3 steps of Ann" in tab.run("app.scene.note")


def test_filters_hold_in_a_neighbourhood_and_cut_off_what_is_behind(tab: Tab) -> None:
    tab.run("(app.actions.ego([argument], 3), app.actions.years(2018, 2020), app.actions.undated(false))", tab.number("Cy"))
    assert "Paper 3" in shown(tab)
    assert "Dee" not in shown(tab), "four steps away"
    tab.run("app.actions.years(2018, 2018)")
    assert shown(tab) == {"Cy", "Paper 1", "Ann", "Bo", "Maps", "Net"}


def test_pairs_are_said_to_be_a_lower_bound_where_author_lists_are_cut(tab: Tab) -> None:
    assert "lower bound" not in tab.run("app.scene.note")
    tab.run("app.actions.view('coauthors')")
    assert "Pairs are a lower bound: the author lists of 1 of 6 papers are cut" in tab.run("app.scene.note")


def test_neighbours_that_are_shown_most_important_first(tab: Tab) -> None:
    tab.run("app.actions.view('coauthors')")
    around = tab.run("app.scene.around(argument)", tab.number("Ann"))
    labels = tab.run("app.data.labels")
    assert labels[around[0]["node"]] == "Bo", "two papers in common"
    assert {labels[each["node"]] for each in around} == {"Bo", "Cy", "Dee"}
    assert {each["edge"] for each in around} == {tab.run("app.scene.NOT_ONE_EDGE")}


def test_neighbours_in_the_whole_graph_name_their_edges(tab: Tab) -> None:
    number = tab.number("Paper 2")
    around = tab.run("app.scene.around(argument)", number)
    assert len(around) == 6
    for each in around:
        ends = tab.run("[app.data.source[argument], app.data.target[argument]]", each["edge"])
        assert set(ends) == {number, each["node"]}


def test_a_shortest_path_is_as_short_as_can_be(large_tab: Tab) -> None:
    large_tab.run("app.store.set(window.atStart)")
    columns = large_tab.run(COLUMNS)
    rules = Rules(columns)
    links = rules.links("graph", range(len(rules.edges)))
    everyone = set(range(len(rules.kind)))
    chance = random.Random(2)  # noqa: S311
    tied = {tuple(sorted(pair)) for pair in links}
    for _ in range(25):
        start, end = chance.sample(sorted(everyone), 2)
        path = large_tab.run("app.scene.pathBetween(...argument)", [start, end])
        if path is None:
            assert end not in near(links, [start], len(everyone), everyone)
            continue
        assert (path[0], path[-1]) == (start, end)
        assert all(tuple(sorted(step)) in tied for step in pairwise(path))
        assert end not in near(links, [start], len(path) - 2, everyone)
        assert end in near(links, [start], len(path) - 1, everyone)


def test_of_paths_as_short_the_one_over_nodes_with_fewer_links(opened: Callable[..., Tab], tmp_path: Path) -> None:
    papers = {name: node("paper", name.lower(), name) for name in ("One", "Two", "Three", "Four")}
    ends, crowd = (node("person", "ann", "Ann"), node("person", "bo", "Bo")), [node("person", f"x{at}", f"X{at}") for at in range(9)]
    hub, friend = node("topic", "hub", "Hub"), node("person", "cy", "Cy")
    tied = [("One", ends[0]), ("Two", ends[1]), *((name, hub) for name in papers), ("One", friend), ("Two", friend)]
    edges = [edge(papers[name], end) for name, end in tied] + [edge(papers["Four"], each) for each in crowd]
    tab = opened(graph_of(tmp_path, [*papers.values(), *ends, hub, friend, *crowd], edges, []))
    path = tab.run("app.scene.pathBetween(...argument)", [tab.number("Ann"), tab.number("Bo")])
    assert tab.run("argument.map(i => app.data.labels[i])", path) == ["Ann", "One", "Cy", "Two", "Bo"]


def test_no_path_to_who_wrote_nothing(tab: Tab) -> None:
    tab.run("app.actions.findPath(...argument)", [tab.number("Ann"), tab.number("Fay")])
    assert tab.run("app.scene.path") is None
    assert "No path between Ann and Fay" in tab.page.inner_text("#live")


def test_a_path_goes_only_over_what_is_shown(tab: Tab) -> None:
    ends = [tab.number("Ann"), tab.number("Eve")]
    tab.run("app.actions.findPath(...argument)", ends)
    assert len(tab.run("app.scene.path")) == 4
    tab.run("app.actions.years(2018, 2019)")
    assert tab.run("app.scene.path") is None
    tab.run("app.actions.years(null)")
    assert len(tab.run("app.scene.path")) == 4


def test_the_year_slider_plays_the_same_each_time(large_tab: Tab) -> None:
    large_tab.run("app.store.set(window.atStart)")
    played = """((out) => {
      for (let year = 2017; year <= 2025; year += 1) {
        app.actions.years(2017, year, { quiet: true });
        out.push([year, app.scene.counts.nodes, app.scene.counts.links, Array.from(app.scene.x).join()]);
      }
      return out;
    })([])"""
    first, second = large_tab.run(played), large_tab.run(played)
    assert first == second
    assert [row[1] for row in first] == sorted(row[1] for row in first)
    assert len({row[3] for row in first}) == 1, "nothing moves while the years play"
    large_tab.run("app.store.set(window.atStart)")


def test_colours_mean_what_the_legend_says(tab: Tab) -> None:
    legend = tab.run("app.scene.legendOf()")
    assert (legend["of"], legend["type"]) == ("kind", "categories")
    assert {each["label"]: each["count"] for each in legend["items"]} == {"papers": 6, "people": 6, "topics": 2, "methods": 2, "datasets": 1}
    for each in legend["items"]:
        seen = tab.run("Array.from(app.data.kind).flatMap((k, i) => k === argument ? [app.scene.tints[i]] : [])", each["value"])
        assert set(seen) == {each["tint"]}
    tab.run("app.actions.years(2018, 2018)")
    assert {each["label"]: (each["count"], each["of"]) for each in tab.run("app.scene.legendOf('kind')")["items"]}["papers"] == (2, 6)


def test_colour_by_year_is_a_scale_with_ends(tab: Tab) -> None:
    tab.run("app.actions.colourBy('year')")
    legend = tab.run("app.scene.legendOf()")
    assert (legend["type"], legend["low"]["label"], legend["high"]["label"]) == ("scale", "2018", "2021")
    assert legend["unknown"]["count"] == 1
    tints = tab.run("['Paper 1', 'Paper 4', 'Paper 5'].map(label => app.scene.tints[app.data.labels.indexOf(label)])")
    assert tints == [legend["tints"][0], legend["tints"][-1], legend["unknown"]["tint"]]


@pytest.mark.parametrize("colour", ["kind", "community", "year", "papers", "degree", "rank"])
def test_every_colour_is_of_the_palette_in_light_and_dark(tab: Tab, colour: str) -> None:
    tab.run("app.actions.colourBy(argument)", colour)
    palette = tab.run("app.scene.palette")
    assert all(set(each) == {"light", "dark"} and all(c.startswith("#") and len(c) == 7 for c in each.values()) for each in palette)
    assert all(0 <= tint < len(palette) for tint in tab.run("Array.from(app.scene.tints)"))
    assert colour in tab.run("app.scene.colours.map(each => each.name)")


@pytest.mark.parametrize("size", ["degree", "papers", "centrality", "same"])
def test_no_node_drowns_the_rest(large_tab: Tab, size: str) -> None:
    large_tab.run("app.store.set({...window.atStart, size: argument})", size)
    radii = large_tab.run("Array.from(app.scene.radii)")
    assert 4 <= min(radii) <= max(radii) <= 30
    assert (len(set(radii)) == 1) == (size == "same")


def test_sizes_grow_with_what_they_show(tab: Tab) -> None:
    degrees, radii = tab.run("[Array.from(app.data.degree), Array.from(app.scene.radii)]")
    for (one, small), (other, large) in zip(*[sorted(zip(degrees, radii, strict=True))] * 2, strict=True):
        assert (one <= other) == (small <= large)
    assert sorted(range(17), key=lambda i: degrees[i]) == sorted(range(17), key=lambda i: radii[i])


def test_what_is_pinned_stays_where_it_was_put(tab: Tab) -> None:
    ann = tab.number("Ann")
    tab.run("app.actions.pin(argument, 1234, -567)", ann)
    place = "[app.scene.x[argument], app.scene.y[argument]]"
    assert tab.run(place, ann) == [1234, -567]
    tab.run("app.actions.ego([argument], 1)", ann)
    assert tab.run(place, ann) == [1234, -567]
    tab.run("(app.actions.everything(), app.actions.unpin(argument))", ann)
    assert tab.run(place, ann) != [1234, -567]


def test_the_note_says_what_is_left_out(tab: Tab) -> None:
    tab.run("(app.actions.hide([0, 1]), app.actions.toggleKind(1))")
    note = tab.run("app.scene.note")
    assert note.startswith("9 of 17 nodes")
    assert "2 hidden by hand" in note
    assert "without people" in note or "without papers" in note


def test_listeners_hear_what_changed(tab: Tab) -> None:
    tab.run("(window.heard = [], app.scene.on(scene => window.heard.push({...scene.changed})))")
    tab.run("(app.actions.choose(0), app.actions.years(2018, 2019), app.actions.colourBy('year'), app.actions.view('coauthors'))")
    heard = [{name for name, is_so in each.items() if is_so} for each in tab.run("window.heard")]
    assert heard == [set(), {"shown"}, {"look"}, {"view", "places", "shown", "look"}]


def test_a_name_that_is_cut_ends_the_note_without_a_stop(opened: Callable[..., Tab], tmp_path: Path) -> None:
    paper, person = node("paper", "p", "A study of the names of quiet and of very long things"), node("person", "a", "Ada Byron")
    tab = opened(graph_of(tmp_path, [paper, person], [edge(paper, person)], []))
    tab.run("app.actions.ego([app.data.labels.findIndex((each) => each.startsWith('A study'))], 1)")
    assert tab.run("app.scene.note").endswith("…")
