"""What the page decodes is what stands in the tables: labels, keys, edges, facts, and every passage that it keeps."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pytest

from kg.explorer import details as kept
from kg.explorer.picture import picture
from kg.explorer.places import placed
from kg.explorer.ties import tied, whole
from kg.model import Graph
from kg.network.measures import pagerank
from kg.pipeline.opened import open_build
from tests.explorer.pages import Tab
from tests.export.graphs import edge, graph_of, hostile_graph, large_graph, node, passage, toy_graph

Opened = Callable[..., Tab]

ALL: Final = """(async () => {
  const { data } = app;
  const plain = (array) => Array.from(array);
  const numbers = (count) => Array.from({ length: count }, (_, at) => at);
  return {
    keys: data.keys.map((key) => data.base + key), labels: data.labels, aliases: data.aliases, year: plain(data.year),
    kind: plain(data.kind).map((k) => data.kinds[k].name), papers: plain(data.papers), degree: plain(data.degree),
    rank: plain(data.rank), cited: data.cited ? plain(data.cited) : null, found: data.keys.map(data.find),
    edges: numbers(data.m).map((e) => [
      data.source[e], data.target[e], data.relations[data.relation[e]].predicate, data.position[e], data.score[e]]),
    near: numbers(data.n).map((i) => plain(data.tie.slice(data.first[i], data.first[i + 1])).map((e) => data.other(e, i))),
    facts: await Promise.all(numbers(data.n).map(data.details)), evidence: await Promise.all(numbers(data.m).map(data.evidence)),
    views: data.views.map(({ name }) => data.view(name)).map((view) => ({ name: view.name, communities: view.communities, regions: view.regions, box: view.box,
      nodes: plain(view.nodes), x: plain(view.x), y: plain(view.y), community: plain(view.community) })),
    notes: data.notes, passages: data.passages, sentences: data.sentences,
  };
})()"""


def odd_graph(folder: Path) -> Graph:
    """Characters beyond the first plane, passages without a place, two edges between two nodes, an edge to itself, nulls."""
    paper = node(
        "paper", "0123456789abcdef", "𝔊raphs 🦊 of “foxes”", text="🦊 run. Then 🦊🦊 use FoxNet\tand foxes. FoxNet wins: 𝔉 = 1.", papers=7,
        url="https://doi.org/10.1000/x", authors_complete=True, date="2021-01-04", year=2021,
    )  # fmt: skip
    old = node("paper", "doi-10.1000/x-y", "Öld paper", url="https://doi.org/10.1000/x-y", text="Old.", authors_complete=False)
    net = node("method", "foxnet", "FoxNet", aliases=["FoxNet", "FN", "🦊-Net"], year=2021)
    uses, makes = edge(paper, net, score=0.25), edge(paper, net, predicate="kg:introduces", label="introduces", id="b" * 16)
    cites, itself = edge(paper, old), edge(old, old)
    evidence = [
        passage(uses, "FoxNet", "Then 🦊🦊 use ", "\tand foxes.", start=None),
        passage(uses, "FoxNet", "", " wins: 𝔉 = 1.", line=9, start=2_000_000_000),
        passage(makes, "🦊-Net", "We call it ", " 🦊.", field="note", by=None, score=None, line=None),
        passage(makes, "FoxNet", start=None) | {"before": None, "after": None},
        passage(cites, "", start=None, field=None) | {"before": None, "quote": None, "after": None},
        passage(cites, "𝔊raphs", "", " 🦊 of “foxes”", field="title"),
    ]  # fmt: skip
    return graph_of(folder, [paper, old, net], [uses, makes, cites, itself], evidence)


GRAPHS: Final[dict[str, Callable[[Path], Graph]]] = {
    "all kinds": toy_graph,
    "without texts": lambda folder: toy_graph(folder, with_text=False),
    "odd": odd_graph,
    "some hundred nodes": lambda folder: large_graph(folder, 150),
    "no place": lambda folder: replace(toy_graph(folder), nodes=toy_graph(folder).nodes.slice(0, 0)),
    "empty": lambda folder: graph_of(folder, [], [], []),
}


def compare(told: dict[str, Any], graph: Graph) -> None:
    """Say that what the page tells is what the tables hold."""
    nodes = {row["id"]: row for row in graph.nodes.to_pylist()}
    assert sorted(told["keys"]) == sorted(nodes)
    assert told["found"] == list(range(len(nodes)))
    for i, key in enumerate(told["keys"]):
        row, facts = nodes[key], told["facts"][i]
        assert (told["labels"][i], told["kind"][i], told["papers"][i]) == (row["label"], row["kind"], row["papers"])
        assert told["year"][i] == (row["year"] or 0)
        assert told["aliases"][i] == "\t".join(name for name in row["aliases"] if name != row["label"])
        assert (facts.get("date"), facts.get("url"), facts.get("complete")) == (row["date"], row["url"], row["authors_complete"])
        assert facts.get("text") in ({row["text"]} if told["sentences"] == told["passages"] else {row["text"], None})
        assert told["degree"][i] == len(told["near"][i])
    edges = {(row["source"], row["target"], row["predicate"]): row for row in graph.edges.to_pylist() if row["source"] in nodes and row["target"] in nodes}
    passages: dict[str, list[dict[str, Any]]] = {}
    for row in graph.evidence.to_pylist():
        passages.setdefault(row["edge"], []).append(row)
    assert len(told["edges"]) == len(edges)
    for (source, target, predicate, position, score), found in zip(told["edges"], told["evidence"], strict=True):
        row = edges.pop((told["keys"][source], told["keys"][target], predicate))
        assert (position, score) == (row["position"] or 0, int(round(row["score"] * 100) * 2.55 + 0.5))  # told to two decimals
        expected = passages.get(row["id"], [])
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            compare_passage(one, other, with_text=graph.with_text)
    assert not edges


def compare_passage(one: dict[str, Any], other: dict[str, Any], *, with_text: bool) -> None:
    for name in ("document", "line", "field", "start", "end", "by"):
        assert one[name] == other[name]
    assert one["score"] == (None if other["score"] is None else round(other["score"], 2))
    if one["before"] is not None:
        assert [one[name] for name in ("before", "quote", "after")] == [other[name] or "" for name in ("before", "quote", "after")]
    elif one["quote"] is not None:
        assert one["quote"] == other["quote"]
    if with_text and one["before"] is None:
        assert one["after"] is None


@pytest.mark.browser
@pytest.mark.parametrize("name", GRAPHS)
def test_the_page_tells_what_the_tables_hold(name: str, opened: Opened, tmp_path: Path) -> None:
    graph = GRAPHS[name](tmp_path)
    told = opened(graph).run(ALL)
    compare(told, graph)
    if graph.with_text and name != "odd":
        assert told["sentences"] == told["passages"]
        assert not any("sentence" in note for note in told["notes"])


@pytest.mark.browser
def test_a_build_is_told_as_it_stands_in_its_tables(opened: Opened, small_graph: Path) -> None:
    graph = open_build(small_graph).graph()
    told = opened(graph).run(ALL)
    compare(told, graph)
    assert told["sentences"] == told["passages"] == graph.evidence.num_rows
    compare_places(told, graph)


@pytest.mark.browser
def test_some_nodes_may_stand_nowhere(opened: Opened, small_graph: Path) -> None:
    graph = open_build(small_graph).graph()
    some = replace(graph, places=graph.places.filter(pa.array([at % 5 > 0 for at in range(graph.places.num_rows)])))
    told = opened(some).run(ALL)
    compare(told, some)
    compare_places(told, some)


def compare_places(told: dict[str, Any], graph: Graph) -> None:
    for view in told["views"]:
        places = {row["id"]: row for row in graph.places.to_pylist() if row["view"] == view["name"]}
        assert len(view["nodes"]) == len(places)
        for i, x, y, community in zip(view["nodes"], view["x"], view["y"], view["community"], strict=True):
            row = places[told["keys"][i]]
            assert abs(row["x"] - x) < 0.3
            assert abs(row["y"] - y) < 0.3
            assert community == (row["community"] if row["community"] >= 0 else 0xFFFF)
        named = [row for row in graph.communities.to_pylist() if row["view"] == view["name"]]
        assert view["communities"] == [{"label": row["label"], "nodes": row["nodes"]} for row in named]


@pytest.mark.browser
def test_regions_ranks_and_citations(opened: Opened, tmp_path: Path) -> None:
    graph = placed(large_graph(tmp_path, 300))
    told = opened(graph).run(ALL)
    view = next(view for view in told["views"] if view["name"] == "graph")
    assert view["regions"]
    for region in view["regions"]:
        x, y = region["rings"][0][::2], region["rings"][0][1::2]
        assert min(x) < region["anchor"][0] < max(x)
        assert min(y) < region["anchor"][1] < max(y)
        inside = [at for at, community in enumerate(view["community"]) if community == region["community"]]
        assert min(x) < np.median([view["x"][at] for at in inside]) < max(x)
    rank = pagerank(whole(graph.nodes.num_rows, *tied(graph)[1:]))
    order = {name: i for i, name in enumerate(graph.nodes["id"].to_pylist())}
    expected = np.array([rank[order[key]] for key in told["keys"]]) / rank.max() * 0xFFFF
    assert np.abs(np.array(told["rank"]) / expected - 1).max() < 0.05
    cites = [target for _, target, predicate, _, _ in told["edges"] if predicate == "cito:cites"]
    assert told["cited"] == ([cites.count(i) for i in range(len(told["keys"]))] if cites else None)


@pytest.mark.browser
def test_a_large_graph_keeps_the_sentences_that_carry_most(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "WHOLE", 0)
    monkeypatch.setattr(kept, "EACH", 30)
    graph = odd_graph(tmp_path)
    told = opened(graph).run(ALL)
    compare(told, graph)
    (note,) = (note for note in told["notes"] if "sentence" in note)
    assert note.startswith("3 of 6 passages are told with their sentence, the others by file and line")
    said = [one["quote"] for found in told["evidence"] for one in found if one["before"] is not None]
    # A sentence of the abstract, what is the label of a node itself, and the title.
    assert sorted(said) == ["FoxNet", "FoxNet", "𝔊raphs"]
    assert not any("text" in facts for facts in told["facts"])


def test_with_all_texts_nothing_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "WHOLE", 0)
    graph = placed(large_graph(tmp_path, 60))
    told = kept.details(graph, picture(graph), full=True).told
    assert told["sentences"] == told["passages"] == graph.evidence.num_rows
    assert told["notes"] == []


def test_shards_are_small_and_tell_of_every_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "SHARD", 4_000)
    graph = placed(large_graph(tmp_path, 300))
    found = kept.details(graph, picture(graph))
    shards = list(found.shards)
    assert len(shards) == len(found.told["starts"]) > 3
    assert found.told["starts"][0] == 0
    assert max(map(len, shards)) < 20_000


@pytest.mark.browser
def test_hostile_texts_come_back_as_they_are(opened: Opened, tmp_path: Path) -> None:
    probes = ["</script><script>document.title='x'</script>", "a\tb", "=key", "+key", "\u2028x", "<!--", "]]>", "${1}`"]
    graph = hostile_graph(tmp_path, probes)
    told = opened(graph).run(ALL)
    assert set(told["labels"]) == {label.replace("\t", " ").replace("\u2028", " ") for label in graph.nodes["label"].to_pylist()}
    said = {one["before"] + one["quote"] + one["after"] for found in told["evidence"] for one in found}
    assert said == {f"left {probe} {probe} right {probe}" for probe in probes}
    assert {one["document"] for found in told["evidence"] for one in found} == {f"{probe}.txt" for probe in probes}
