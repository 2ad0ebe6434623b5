"""Where nodes stand, in which communities, and what these are called."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from kg.explorer import ties
from kg.explorer.naming import LENGTH
from kg.explorer.places import place, placed, radii
from kg.export import exporters
from kg.model import Graph
from kg.model.graph import COMMUNITIES, PLACES
from tests.export.graphs import edge, graph_of, large_graph, node, toy_graph


def rows(table: pa.Table, view: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = table.filter(pc.equal(table["view"], view)).to_pylist()
    return found


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return placed(large_graph(tmp_path_factory.mktemp("large"), 400))


def test_each_view_holds_its_nodes(large: Graph) -> None:
    assert large.places.schema == PLACES
    assert large.communities.schema == COMMUNITIES
    nodes = large.nodes.to_pylist()
    assert [row["id"] for row in rows(large.places, "graph")] == [row["id"] for row in nodes]
    assert [row["id"] for row in rows(large.places, "coauthors")] == [row["id"] for row in nodes if row["kind"] in {"person", "ambiguous"}]
    others = {"paper", "person", "ambiguous", "group", "organization"}
    assert [row["id"] for row in rows(large.places, "topics")] == [row["id"] for row in nodes if row["kind"] not in others]
    assert large.places["view"].to_pylist() == sorted(large.places["view"].to_pylist())


@pytest.mark.parametrize("view", ["graph", "coauthors", "topics"])
def test_communities_are_counted_by_size_and_named_apart(large: Graph, view: str) -> None:
    members = [row["community"] for row in rows(large.places, view)]
    named = rows(large.communities, view)
    assert [row["community"] for row in named] == list(range(len(named)))
    assert [row["nodes"] for row in named] == [members.count(row["community"]) for row in named]
    assert [row["nodes"] for row in named] == sorted((row["nodes"] for row in named), reverse=True)
    assert all(0 < len(row["label"]) <= LENGTH for row in named)
    labels = [row["label"] for row in named if row["nodes"] >= 10]
    assert len(set(labels)) == len(labels)


def test_the_same_graph_gives_the_same_places(large: Graph) -> None:
    again = place(replace(large, places=PLACES.empty_table(), communities=COMMUNITIES.empty_table()))
    assert again == (large.places, large.communities)


def test_a_node_without_a_neighbour_is_in_no_community(tmp_path: Path) -> None:
    graph = placed(toy_graph(tmp_path))
    alone = [row for row in rows(graph.places, "graph") if row["community"] < 0]
    assert [row["id"].rpartition("/")[2] for row in alone] == ["9f2c"]


def test_where_nothing_is_new_all_stays_where_it_stood(large: Graph) -> None:
    moved = large.places.set_column(2, PLACES.field("x"), pc.add(large.places["x"], pa.scalar(7, pa.float32())))
    assert place(large, moved)[0] == moved


def test_what_a_place_is_known_of_stays_about_there(large: Graph) -> None:
    known = large.places.filter(pa.array(np.arange(large.places.num_rows) % 10 > 0))
    stood = {row["id"]: row for row in rows(known, "graph")}
    now = {row["id"]: row for row in rows(place(large, known)[0], "graph")}
    far = [np.hypot(now[name]["x"] - row["x"], now[name]["y"] - row["y"]) for name, row in stood.items()]
    wide = max(row["x"] for row in stood.values()) - min(row["x"] for row in stood.values())
    assert np.median(far) < wide / 20


def test_a_graph_without_nodes(tmp_path: Path) -> None:
    graph = placed(graph_of(tmp_path, [], [], []))
    assert graph.places.num_rows == graph.communities.num_rows == 0


def papers_about(tmp_path: Path, groups: int) -> Graph:
    """Some groups of papers, each with people and things of its own, and a thing that all name."""
    common = node("method", "gradient-descent", "gradient descent")
    nodes, edges = [common], []
    for group in range(groups):
        people = [node("person", f"p{group}-{i}", f"Person {group}.{i}") for i in range(4)]
        task = node("task", f"t{group}", f"task number {group}")
        nodes += [*people, task]
        for number in range(6):
            paper = node("paper", f"{group}-{number}", f"Paper {group}.{number}")
            nodes.append(paper)
            # The first person has signed all, the others some.
            edges += [edge(paper, person, position=1 + i) for i, person in enumerate(people) if i == 0 or number % 3 == i - 1]
            edges += [edge(paper, task), edge(paper, common)]
    counts = {row["id"]: sum(tie["target"] == row["id"] for tie in edges) for row in nodes}
    return graph_of(tmp_path, [row | {"papers": counts[row["id"]] or 1} for row in nodes], edges, [])


def test_a_community_is_called_by_what_is_special_to_it_and_who_leads_it(tmp_path: Path) -> None:
    graph = placed(papers_about(tmp_path, 5))
    expected = {f"Task number {group} · Person {group}.0" for group in range(5)}
    # What all papers name ties one or two of the groups into one community.
    assert len(expected & {row["label"] for row in rows(graph.communities, "graph")}) >= 3
    assert not any("radient" in row["label"] for row in rows(graph.communities, "graph"))


def test_a_name_holds_no_code_and_no_capital_of_a_title_and_who_leads_stands_there(tmp_path: Path) -> None:
    papers = [node("paper", f"{i}", f"On robust transfer of learning, part {i}") for i in range(20)]
    archive, task = node("topic", "lg", "Machine Learning (cs.LG)"), node("task", "t", "robust Transfer")
    person, guest = node("person", "a", "Ada Beispiel"), node("person", "g", "Guest Writer")
    edges = [edge(paper, thing) for paper in papers[:10] for thing in (archive, task, person)]
    others = [node("person", f"o{i}", f"Other {i}") for i in range(4)]
    edges += [edge(paper, other) for paper in papers[10:] for other in [*others, guest]] + [edge(papers[0], guest), edge(papers[1], guest)]
    graph = placed(graph_of(tmp_path, [*papers, archive, task, person, guest, *others], edges, []))
    first, second = (row["label"] for row in rows(graph.communities, "graph"))
    assert {first, second} == {"Robust transfer, Machine learning · Ada Beispiel", "Guest Writer"}
    assert [row["label"] for row in rows(graph.communities, "topics")] == ["Robust transfer"]


def test_a_small_community_is_called_by_a_thing_or_person_rather_than_by_a_title(tmp_path: Path) -> None:
    papers = [node("paper", f"{i}", "A Title that Nobody Could Ever Read on Any Map Whatever Its Size") for i in range(3)]
    people, task = [node("person", f"{i}", f"Person {i}") for i in range(4)], node("task", "t", "table finding")
    edges = [edge(papers[0], people[0]), edge(papers[0], people[1]), edge(papers[0], task), edge(papers[1], people[2]), edge(papers[1], people[3])]
    edges.append(edge(papers[2], node("organization", "o", "An Institute")))
    graph = placed(graph_of(tmp_path, [*papers, *people, task, node("organization", "o", "An Institute")], edges, []))
    assert [row["label"] for row in rows(graph.communities, "graph")] == [
        "Table finding", "Person 2", "A Title that Nobody Could Ever Read on Any Map…",
    ]  # fmt: skip


def test_a_node_is_as_large_as_the_number_of_its_edges_says(tmp_path: Path) -> None:
    paper, person, alone = node("paper", "1", "Paper"), node("person", "p", "P"), node("task", "t", "T")
    nowhere = edge(paper, node("person", "gone", "Gone"))
    edges = [edge(paper, person, position=1), edge(paper, person), edge(paper, paper), nowhere]
    graph = graph_of(tmp_path, [paper, person, alone], edges, [])
    sizes = dict(zip(graph.nodes["label"].to_pylist(), radii(graph).tolist(), strict=True))
    assert sizes == pytest.approx({"Paper": 4.5 + 2 * 3**0.5, "P": 4.5 + 2 * 2**0.5, "T": 4.5}), "a loop counts once, what leads nowhere not at all"


def test_what_is_not_told_is_no_fault(tmp_path: Path) -> None:
    paper, person = node("paper", "1", "Paper"), node("person", "p", "P")
    graph = graph_of(tmp_path, [paper, person], [edge(paper, person)], [])
    for name in ("kind", "label", "year", "papers", "aliases"):
        schema = graph.nodes.schema.field(name)
        graph = replace(graph, nodes=graph.nodes.set_column(graph.nodes.schema.get_field_index(name), schema, pa.nulls(2, schema.type)))
    for name in ("position", "score", "support"):
        schema = graph.edges.schema.field(name)
        graph = replace(graph, edges=graph.edges.set_column(graph.edges.schema.get_field_index(name), schema, pa.nulls(1, schema.type)))
    assert placed(graph).communities["label"].to_pylist() == [""]
    for form in ("html", "gexf", "cytoscape", "vosviewer", "vosviewer_topics"):
        out = BytesIO()
        exporters()[form].write(graph, out)
        assert out.tell() > 0


def test_coauthors_are_tied_by_fractions_of_papers(tmp_path: Path) -> None:
    people = [node("person", f"p{i}", f"P {i}") for i in range(3)]
    papers = [node("paper", f"{i}", f"Paper {i}") for i in range(2)]
    edges = [edge(papers[0], people[i], position=i + 1) for i in range(3)] + [edge(papers[1], people[i], position=i + 1) for i in range(2)]
    coauthors = ties.ties(graph_of(tmp_path, [*people, *papers], edges, []))[1].network
    pairs = list(zip(coauthors.tails.tolist(), coauthors.heads.tolist(), coauthors.weights.tolist(), strict=True))
    assert pairs[:2] == [(0, 1, 1.5), (0, 2, 0.5)]


def test_a_paper_of_very_many_authors_ties_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "MOST_AUTHORS", 2)
    people = [node("person", f"p{i}", f"P {i}") for i in range(3)]
    paper = node("paper", "1", "Paper")
    coauthors = ties.ties(graph_of(tmp_path, [*people, paper], [edge(paper, each) for each in people], []))[1]
    assert coauthors.network.links == 0


def test_things_are_tied_by_association_strength(tmp_path: Path) -> None:
    things = [node("task", name, name) for name in "abc"]
    papers = [node("paper", f"{i}", f"Paper {i}") for i in range(3)]
    named = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 2)]
    topics = ties.ties(graph_of(tmp_path, [*things, *papers], [edge(papers[p], things[t]) for p, t in named], []))[2]
    # a-b twice, a-c once: a is in 3 pairs, b in 2, c in 1, all in all 6.
    assert topics.groups.weights.tolist() == [2.0, 1.0, 2.0, 1.0]
    assert topics.network.weights.tolist() == pytest.approx([2 / (3 * 2 / 6), 1 / (3 * 1 / 6)] * 2)


def test_the_topic_map_holds_what_most_papers_name(large: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "MOST_THINGS", 20)
    shown = ties.things_shown(large)
    papers = large.nodes["papers"].to_numpy()
    things = np.flatnonzero(~pc.is_in(large.nodes["kind"], value_set=pa.array(sorted(ties.NO_THINGS))).to_numpy())
    assert 0 < len(shown) <= 20
    assert papers[shown].min() > papers[np.setdiff1d(things, shown)].max()
