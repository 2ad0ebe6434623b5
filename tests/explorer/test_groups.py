"""Tests of properties: what a page is told of them, who is in which group, and the colours, legend and filter by them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from kg.explorer.groups import MOST
from kg.explorer.picture import picture
from kg.explorer.places import placed
from kg.model import Graph
from kg.model.graph import PROPERTIES
from tests.explorer.pages import Tab, page_of
from tests.explorer.sample import sample_graph
from tests.export.graphs import ID, graph_of, node

Opened = Callable[..., Tab]


def with_properties(graph: Graph, **told: dict[str, str]) -> Graph:
    """Return a graph with properties: name of the property to key of the node to value."""
    rows = [
        {"id": f"{ID}{key}", "property": name.replace("_", " "), "value": value}
        for name, values in told.items() for key, value in values.items()
    ]  # fmt: skip
    return replace(graph, properties=pa.Table.from_pylist(rows, schema=PROPERTIES))


def told_graph(folder: Path) -> Graph:
    """Papers 1, 2 and 6 appeared in Kites, 3 and 4 in Looms; Ann and Dee are where most of their facts say."""
    return with_properties(
        sample_graph(folder),
        venue={"paper/p1": "Kites", "paper/p2": "Kites", "paper/p3": "Looms", "paper/p4": "Looms", "paper/p6": "Kites"},
        institution={"person/ann": f"{ID}topic/maps", "person/bo": f"{ID}topic/maps", "person/dee": f"{ID}topic/atlases", "person/eve": f"{ID}topic/atlases"},
        citation_count={"person/ann": "0", "person/bo": "1200", "person/dee": "40"},
    )


@pytest.fixture(scope="module")
def told_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("told")
    return page_of(told_graph(folder), folder)


# ------------------------------------------------------------------------------------------------- columns


def test_a_column_has_a_number_for_each_node_of_its_kinds(tmp_path: Path) -> None:
    drawn = picture(placed(told_graph(tmp_path)))
    venue, institution, cited = drawn.told["properties"]
    kinds = [each["name"] for each in drawn.told["kinds"]]
    assert (venue["name"], venue["label"], venue["values"]) == ("venue", "venue", ["Kites", "Looms"])
    assert [kinds[at] for at in venue["kinds"]] == ["paper"]
    papers = np.flatnonzero(drawn.plain["kind"] == kinds.index("paper"))
    told = {drawn.keys[at]: number for at, number in zip(papers, drawn.plain["of.venue"].tolist(), strict=True)}
    assert told == {"paper/p1": 1, "paper/p2": 1, "paper/p3": 2, "paper/p4": 2, "paper/p5": 0, "paper/p6": 1}
    assert [drawn.keys[at] for at in institution["values"]] == ["topic/atlases", "topic/maps"]
    assert (cited["name"], cited["label"], cited["number"]) == ("citationcount", "citation count", True)
    assert sorted(drawn.plain["of.citationcount"].tolist()) == [0, 0, 0, 1, 41, 1201]  # one more than the number


def test_what_tells_nothing_apart_is_left_out(tmp_path: Path) -> None:
    graph = sample_graph(tmp_path)
    papers = [f"paper/p{at}" for at in range(1, 7)]
    told = with_properties(
        graph, same=dict.fromkeys(papers, "one"), different={key: key for key in papers}, year=dict.fromkeys(papers[:3], "1") | {papers[3]: "2"},
        elsewhere={"paper/none": "a", "paper/nor-this": "b"},
    )
    assert picture(placed(told)).told["properties"] == []


def test_values_beyond_the_most_common_are_one_group(tmp_path: Path) -> None:
    papers = [node("paper", f"q{at}", f"Paper {at}") for at in range(4 * MOST)]
    values = {f"paper/q{at}": f"venue {at // 2}" for at in range(4 * MOST)}
    drawn = picture(placed(with_properties(graph_of(tmp_path, papers, [], []), venue=values)))
    assert len(drawn.told["properties"][0]["values"]) == MOST
    assert np.bincount(drawn.plain["of.venue"])[MOST + 1] == 2 * MOST


# ------------------------------------------------------------------------------------------------- in the page


def groups(tab: Tab, name: str) -> dict[str, str]:
    """Return the group of each node by their labels."""
    found: dict[str, str] = tab.run("Object.fromEntries(app.data.labels.map((label, i) => [label, app.data.groups.labelOf(argument, app.data.groups.of(argument).group[i])]))", name)
    return found


def shown(tab: Tab) -> set[str]:
    return set(tab.run("app.data.labels.filter((label, i) => app.scene.shown[i])"))


@pytest.mark.browser
def test_things_go_with_most_of_their_papers(opened: Opened, told_page: Path) -> None:
    found = groups(opened(told_page), "venue")
    assert {name: found[name] for name in ("Paper 1", "Paper 3")} == {"Paper 1": "Kites", "Paper 3": "Looms"}
    assert found["Paper 5"] == "Not known"  # no fact, and nothing that it is tied to has a venue of its own
    assert (found["Ann"], found["Cy"], found["Dee"], found["Maps"]) == ("Kites", "Kites", "Looms", "Kites")
    assert found["Walk"] == "Kites"  # one paper each: the larger group
    assert found["Fay"] == "Not known"


@pytest.mark.browser
def test_papers_go_with_most_of_their_authors_and_topics(opened: Opened, told_page: Path) -> None:
    tab = opened(told_page)
    found = groups(tab, "institution")
    assert (found["Ann"], found["Maps"], found["Paper 1"], found["Paper 4"]) == ("Maps", "Maps", "Maps", "Atlases")
    assert groups(tab, "method")["Paper 1"] == "Net"
    assert "topic" not in tab.run("app.data.groups.list.map(({ name }) => name)")  # institutions are of that kind here


@pytest.mark.browser
@pytest.mark.parametrize("view", ["graph", "coauthors", "topics", "timeline", "bipartite"])
def test_each_view_can_be_coloured_by_a_group(opened: Opened, told_page: Path, view: str) -> None:
    tab = opened(told_page, f"#view={view}&colour=venue")
    told = tab.run("app.scene.legendOf()")
    assert told["of"] == "group"
    tints: dict[str, Any] = {each["label"]: each["tint"] for each in told["items"]}
    wrong = tab.run(
        """app.data.labels.map((label, i) => [label, app.data.groups.labelOf('venue', app.data.groups.of('venue').group[i]), app.scene.tints[i]])
          .filter(([, group, tint], i) => app.scene.view.isMember[i] && argument[group] !== tint)""", tints,
    )  # fmt: skip
    assert wrong == []
    assert len(set(tints.values())) == len(tints)


@pytest.mark.browser
def test_a_click_in_the_legend_leaves_one_group_and_the_address_keeps_it(opened: Opened, told_page: Path) -> None:
    tab = opened(told_page)
    tab.page.get_by_label("Colour by").select_option("venue")
    everything = shown(tab)
    entry = tab.page.locator('#legend [data-group="Looms"]')
    assert entry.locator(".count").inner_text() == str(sum(group == "Looms" for group in groups(tab, "venue").values()))
    entry.click()
    looms = {name for name, group in groups(tab, "venue").items() if group == "Looms"}
    assert shown(tab) == looms
    assert entry.get_attribute("aria-pressed") == "true"
    assert "of the venue “Looms”" in tab.page.locator("#status").inner_text()
    tab.wait("location.hash.includes('only=venue:Looms')")
    address = tab.page.evaluate("location.hash")
    tab.open(address)
    assert shown(tab) == looms
    assert tab.page.get_by_role("button", name="Filters, 1 active").is_visible()
    tab.page.locator("#legend").get_by_role("button", name="Show all").click()
    assert shown(tab) == everything
    tab.run("app.actions.undo()")
    assert shown(tab) == looms
    tab.page.get_by_role("button", name="Filters, 1 active").click()
    tab.page.locator("#filters").get_by_role("button", name="Show all").click()
    assert shown(tab) == everything


@pytest.mark.browser
def test_a_group_of_a_node_goes_by_its_key(opened: Opened, told_page: Path) -> None:
    tab = opened(told_page, "#view=coauthors&colour=institution&only=institution:topic/atlases")
    assert shown(tab) == {name for name, group in groups(tab, "institution").items() if group == "Atlases"} & {"Ann", "Bo", "Cy", "Dee", "Eve", "Fay"}
    for unknown in ("#only=venue:Nowhere", "#only=moon:1", "#only=venue", "#only=constructor:x", "#only=venue:%E0%A4%A"):
        tab.open(unknown)
        assert tab.run("app.store.state.only") is None
    tab.open("#colour=constructor&size=constructor")
    assert tab.run("app.scene.radii.every((radius) => radius > 0)")


@pytest.mark.browser
def test_numbers_are_scales_of_colour_and_size(opened: Opened, told_page: Path) -> None:
    tab = opened(told_page)
    tab.page.get_by_label("Colour by").select_option("citationcount")
    assert tab.page.locator("#legend .scale").inner_text().split() == ["0", "1,200"]
    assert "Citation count unknown" in tab.page.locator("#legend").inner_text()
    tab.page.get_by_label("Size by").select_option("citationcount")
    ann, bo, dee, eve = (tab.run("app.scene.radii[argument]", tab.number(name)) for name in ("Ann", "Bo", "Dee", "Eve"))
    assert ann == eve < dee < bo
    tab.wait("location.hash.includes('size=citationcount')")


@pytest.mark.browser
def test_the_details_and_the_table_tell_what_facts_say(opened: Opened, told_page: Path) -> None:
    tab = opened(told_page, "#node=paper/p3")
    assert tab.page.locator("#about .facts").inner_text().split("\n").count("Looms") == 1
    assert tab.run("app.data.groups.facts.map(({ of }) => of(argument))", tab.number("Bo")) == ["", "Maps", "1200"]
    assert tab.run("app.data.groups.facts.map(({ of }) => of(argument))", tab.number("Cy")) == ["", "", ""]
