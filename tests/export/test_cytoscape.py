"""Cytoscape JSON: the elements that Cytoscape and Cytoscape.js read, with all columns as data."""

import io
import json
from pathlib import Path
from typing import Any

from kg.explorer.places import placed
from kg.export import cytoscape
from kg.model import Graph
from tests.export.graphs import graph_of, hostile_graph, node, toy_graph

ODD = ["</script>", '"\\', "line\u2028and\u2029paragraph", "{{x}}", "図 𝛽"]


def read(graph: Graph) -> dict[str, Any]:
    out = io.BytesIO()
    cytoscape.write(graph, out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and value != []}


def test_every_column_of_every_row_is_there(tmp_path: Path) -> None:
    graph = toy_graph(tmp_path)
    found = read(graph)
    assert found["format_version"] == "1.0"
    assert found["data"]["name"] == "toy library"
    nodes = [element["data"] for element in found["elements"]["nodes"]]
    assert [{k: v for k, v in data.items() if k not in {"name", "radius"}} for data in nodes] == [known(row) for row in graph.rows("nodes")]
    assert all(data["name"] == data["label"] for data in nodes)
    edges = [element["data"] for element in found["elements"]["edges"]]
    assert edges == [known(row) | {"interaction": row["label"]} for row in graph.rows("edges")]


def test_places_are_those_of_the_picture(tmp_path: Path) -> None:
    graph = placed(toy_graph(tmp_path))
    places = {row["id"]: row for row in graph.places.to_pylist() if row["view"] == "graph"}
    for element in read(graph)["elements"]["nodes"]:
        place = places[element["data"]["id"]]
        assert element["position"] == {"x": round(place["x"], 2), "y": round(place["y"], 2)}
        assert element["data"].get("community", -1) == place["community"]
        assert ("community_label" in element["data"]) == (place["community"] >= 0)


def test_without_places_there_are_no_positions(tmp_path: Path) -> None:
    for element in read(toy_graph(tmp_path))["elements"]["nodes"]:
        assert element.keys() == {"data"}


def test_cytoscape_js_is_told_colours_sizes_and_that_places_are_known(tmp_path: Path) -> None:
    graph = toy_graph(tmp_path)
    found = read(placed(graph))
    assert found["layout"] == {"name": "preset"}
    assert "layout" not in read(graph)
    styles = {each["selector"]: each["style"] for each in found["style"]}
    assert styles["node"]["width"] == "mapData(radius, 0, 30, 0, 60)"
    assert {each["data"]["kind"] for each in found["elements"]["nodes"]} <= set(graph.kinds)
    assert {kind: styles[f'node[kind = "{kind}"]']["background-color"] for kind in graph.kinds} == {
        kind: known["color"] for kind, known in graph.kinds.items()
    }


def test_odd_texts_come_through(tmp_path: Path) -> None:
    graph = hostile_graph(tmp_path, ODD)
    assert {element["data"]["label"] for element in read(graph)["elements"]["nodes"]} >= set(ODD)


def test_an_empty_graph_and_a_name_that_utf_8_cannot_hold(tmp_path: Path) -> None:
    assert read(graph_of(tmp_path, [], [], []))["elements"] == {"nodes": [], "edges": []}
    assert read(graph_of(tmp_path, [node("paper", "p", "P")], [], [], name="lone \ud800"))["data"]["name"] == "lone \ud800"
