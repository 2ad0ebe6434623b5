"""The JSON of VOSviewer: what its documentation lays down, and what VOSviewer Online refuses."""

import io
import json
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest

from kg.explorer import ties
from kg.explorer.places import placed
from kg.export import _vosviewer, vosviewer, vosviewer_topics
from kg.model import Graph
from tests.export.graphs import edge, graph_of, hostile_graph, large_graph, node, toy_graph

BOTH = pytest.mark.parametrize("module", [vosviewer, vosviewer_topics], ids=["people", "topics"])


def read(graph: Graph, module: ModuleType = vosviewer) -> dict[str, Any]:
    out = io.BytesIO()
    module.write(graph, out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def papers_by_two(folder: Path, teams: list[list[int]], **facts: Any) -> Graph:
    people = [node("person", f"{i:03}", f"Person {i}") for i in range(1 + max(i for team in teams for i in team))]
    papers = [node("paper", f"{i:03}", f"Paper {i}", year=2000 + i) for i in range(len(teams))]
    written = [edge(paper, people[i], position=at) for paper, team in zip(papers, teams, strict=True) for at, i in enumerate(team, 1)]
    return graph_of(folder, papers + people, written, [], **facts)


def refused(found: dict[str, Any]) -> list[str]:
    """What VOSviewer Online would refuse the file for, by its own rules."""
    items, links = found["network"]["items"], found["network"]["links"]
    numbers = [item["id"] for item in items]
    faults = ["ids"] if len(set(numbers)) < len(numbers) or 0 in numbers else []
    faults += [f"{axis} missing" for axis in "xy" if 0 < sum(axis in item for item in items) < len(items)]
    faults += ["one place"] if items and "x" in items[0] and len({(item["x"], item["y"]) for item in items}) == 1 else []
    keys = {key for item in items for key in item["weights"]}
    faults += ["weights"] if not all(item["weights"].keys() == keys and min(item["weights"].values()) >= 0 for item in items) else []
    clusters = [item["cluster"] for item in items if "cluster" in item]
    faults += ["clusters"] if not all(isinstance(cluster, int) and 1 <= cluster <= 1000 for cluster in clusters) else []
    faults += ["links"] if not all({link["source_id"], link["target_id"]} <= set(numbers) and link["strength"] >= 0 for link in links) else []
    return faults


def test_a_network_of_cut_author_lists_says_that_it_is_a_lower_bound(tmp_path: Path) -> None:
    lists = [True, False, None]
    papers = [node("paper", str(i), f"Paper {i}", authors_complete=whole) for i, whole in enumerate([*lists, False])]
    people = [node("person", str(i), f"Person {i}") for i in range(2)]
    signed = [edge(paper, person, position=at) for paper in papers[:3] for at, person in enumerate(people, 1)]
    graph = graph_of(tmp_path, papers + people, signed, [])
    said = 'Figures are lower bounds: the author list of 2 of 3 papers is cut ("et al.").'
    assert said in read(graph)["info"]["description"]
    assert "lower bounds" not in read(graph, vosviewer_topics)["info"]["description"]
    assert "lower bounds" not in read(graph_of(tmp_path, papers[:1] + people, signed[:2], []))["info"]["description"]


@BOTH
@pytest.mark.parametrize("with_places", [False, True])
def test_vosviewer_takes_it(module: ModuleType, with_places: bool, tmp_path: Path) -> None:
    for graph in (toy_graph(tmp_path), large_graph(tmp_path, 60), hostile_graph(tmp_path, ["{a}", "<b>"])):
        found = read(placed(graph) if with_places else graph, module)
        assert refused(found) == []
        assert found.keys() == {"network", "config", "info"}
        allowed = {"id", "label", "description", "url", "x", "y", "cluster", "weights", "scores"}
        assert all(item.keys() <= allowed for item in found["network"]["items"])
        assert len(found["network"]["items"]) > 1


def test_people_are_tied_by_their_papers(tmp_path: Path) -> None:
    found = read(papers_by_two(tmp_path, [[0, 1], [0, 1, 2], [3]]))["network"]
    assert [item["label"] for item in found["items"]] == [f"Person {i}" for i in range(4)]
    assert [tuple(link.values()) for link in found["links"]] == [(1, 2, 2), (1, 3, 1), (2, 3, 1)]
    assert [item["weights"] for item in found["items"]] == [
        {"Papers": 2, "Links": 2, "Total link strength": 3}, {"Papers": 2, "Links": 2, "Total link strength": 3},
        {"Papers": 1, "Links": 2, "Total link strength": 2}, {"Papers": 1, "Links": 0, "Total link strength": 0},
    ]  # fmt: skip
    assert [item["scores"]["Avg. pub. year"] for item in found["items"]] == [2000.5, 2000.5, 2001, 2002]


def test_topics_are_tied_by_papers_that_name_both(tmp_path: Path) -> None:
    found = read(toy_graph(tmp_path), vosviewer_topics)["network"]
    number = {item["label"]: item["id"] for item in found["items"]}
    assert number.keys() == {"Tiny Atlas", "Polite-Net", "Ink Ratio", "C++", "graph drawing", "Human-Computer Interaction"}
    strength = {frozenset((link["source_id"], link["target_id"])): link["strength"] for link in found["links"]}
    assert strength[frozenset((number["Tiny Atlas"], number["graph drawing"]))] == 2
    assert strength[frozenset((number["Polite-Net"], number["C++"]))] == 1
    assert frozenset((number["Polite-Net"], number["Ink Ratio"])) not in strength


def test_a_year_that_nobody_knows_is_no_score(tmp_path: Path) -> None:
    paper, ada = node("paper", "p", "P"), node("person", "a", "Ada")
    item = read(graph_of(tmp_path, [paper, ada], [edge(paper, ada)], []))["network"]["items"][0]
    assert "scores" not in item


@BOTH
def test_places_keep_the_shape_of_the_picture(module: ModuleType, tmp_path: Path) -> None:
    graph = placed(large_graph(tmp_path, 60))
    items = read(graph, module)["network"]["items"]
    view = "coauthors" if module is vosviewer else "topics"
    labels = dict(zip(graph.nodes["id"].to_pylist(), graph.nodes["label"].to_pylist(), strict=True))
    stood = {labels[row["id"]]: row for row in graph.places.to_pylist() if row["view"] == view}
    assert max(abs(item[axis]) for item in items for axis in "xy") == 1
    first, second = items[0], max(items, key=lambda item: abs(item["x"] - items[0]["x"]))
    one, other = stood[first["label"]], stood[second["label"]]
    scale = (first["x"] - second["x"]) / (one["x"] - other["x"])
    assert scale > 0
    for item in items:
        assert item["x"] - first["x"] == pytest.approx((stood[item["label"]]["x"] - one["x"]) * scale, abs=0.002)
        assert item["y"] - first["y"] == pytest.approx(-(stood[item["label"]]["y"] - one["y"]) * scale, abs=0.002)
        assert item.get("cluster", 0) == stood[item["label"]]["community"] + 1


def test_clusters_are_named(tmp_path: Path) -> None:
    graph = placed(large_graph(tmp_path, 60))
    network = read(graph)["network"]
    named = {row["community"] + 1: row["label"] for row in graph.communities.to_pylist() if row["view"] == "coauthors"}
    assert {each["cluster"]: each["label"] for each in network["clusters"]} == named
    assert {item["cluster"] for item in network["items"] if "cluster" in item} == named.keys()


def test_where_some_have_no_place_vosviewer_finds_all_places(tmp_path: Path) -> None:
    graph = placed(papers_by_two(tmp_path, [[0, 1], [0, 1, 2], [3]]))
    some = graph.places.filter(pa.array([row["id"][-1] != "3" for row in graph.places.to_pylist()]))
    assert {"x", "y"} <= read(graph)["network"]["items"][0].keys()
    assert all("x" not in item for item in read(replace(graph, places=some))["network"]["items"])


def test_a_large_network_is_reduced_to_the_strongest_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = papers_by_two(tmp_path, [[0, 1], [0, 1], [1, 2], [3, 4], [5]])
    assert "Showing" not in read(graph)["info"]["description"]
    monkeypatch.setattr(_vosviewer, "LIMIT", 3)
    found = read(graph)
    assert [item["label"] for item in found["network"]["items"]] == ["Person 0", "Person 1", "Person 2"]
    assert [tuple(link.values()) for link in found["network"]["links"]] == [(1, 2, 2), (2, 3, 1)]
    assert "Showing 3 of 6: those with the greatest total link strength" in found["info"]["description"]


def test_of_many_topics_those_in_the_most_papers_are_shown_and_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "MOST_THINGS", 4)
    found = read(toy_graph(tmp_path), vosviewer_topics)
    count = len(found["network"]["items"])
    assert count <= 4
    assert f"Showing {count} of 6: those in the most papers." in found["info"]["description"]


def test_a_crowd_ties_nobody_and_it_says_so(tmp_path: Path) -> None:
    found = read(papers_by_two(tmp_path, [list(range(101)), [0, 1]]))
    assert len(found["network"]["links"]) == 1
    assert "A paper with more than 100 of them ties none together; there is 1." in found["info"]["description"]


@BOTH
def test_no_text_becomes_markup_or_a_placeholder(module: ModuleType, tmp_path: Path) -> None:
    probes = ["<img src=x onerror=alert(1)>", "{label}", "R&D", "&lt;b&gt;", "</b><script>1</script>"]
    found = read(placed(hostile_graph(tmp_path, probes)), module)
    for item in found["network"]["items"]:
        assert "<" not in item["label"]
        bare = item["description"].replace("<b>", "").replace("</b>", "").replace("<br>", "")
        assert not {"<", ">", "{", "}"} & set(bare)
        assert item.get("url", "https://").startswith(("http://", "https://"))
    shown = {unescape(item["label"]) for item in found["network"]["items"]}
    assert shown >= {f"{'Ada' if module is vosviewer else 'Net'} {probe}" for probe in probes}


def test_nobody_is_tied_twice(tmp_path: Path) -> None:
    links = read(large_graph(tmp_path, 60))["network"]["links"]
    pairs = [frozenset((link["source_id"], link["target_id"])) for link in links]
    assert len(pairs) == len(set(pairs)) > 10
    assert all(len(pair) == 2 for pair in pairs)
