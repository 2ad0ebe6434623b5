"""GEXF as Gephi wants it: the elements of GEXF 1.3 in their order, with places, sizes, communities and years."""

import io
from pathlib import Path
from typing import Final

import networkx as nx
import pytest
from lxml import etree

from kg.explorer.places import placed
from kg.export import gexf
from kg.model import Graph
from tests.export.graphs import ID, hostile_graph, large_graph, toy_graph

GEXF: Final = "{http://gexf.net/1.3}"
VIZ: Final = "{http://gexf.net/1.3/viz}"


def written(graph: Graph) -> bytes:
    out = io.BytesIO()
    gexf.write(graph, out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["toy", "hostile"])
@pytest.mark.parametrize("with_places", [False, True])
def test_it_is_what_the_schema_of_gexf_1_3_lays_down(name: str, with_places: bool, tmp_path: Path) -> None:
    graph = toy_graph(tmp_path) if name == "toy" else hostile_graph(tmp_path, ["]]>", "a & b", "x" * 300])
    root = etree.fromstring(written(placed(graph) if with_places else graph))
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.3")
    assert [child.tag for child in root] == [f"{GEXF}meta", f"{GEXF}graph"]
    inner = root[1]
    assert dict(inner.attrib) == {
        "mode": "dynamic", "defaultedgetype": "directed", "timeformat": "double", "timerepresentation": "interval",
    }  # fmt: skip
    assert [child.tag for child in inner] == [f"{GEXF}{tag}" for tag in ("attributes", "attributes", "nodes", "edges")]
    declared = {group.get("class"): {each.get("id"): each.get("type") for each in group} for group in inner[:2]}
    assert {kind for group in declared.values() for kind in group.values()} <= {"string", "integer", "double", "boolean"}
    for element in (*inner[2], *inner[3]):
        domain = "node" if element.tag == f"{GEXF}node" else "edge"
        said = {value.get("for"): value.get("value") for value in element.find(f"{GEXF}attvalues")}
        assert said.keys() <= declared[domain].keys()
        for key, value in said.items():
            kind = declared[domain][key]
            assert kind == "string" or value in {"true", "false"} or float(value) is not None
    assert len({node.get("id") for node in inner[2]}) == len(inner[2]) == graph.nodes.num_rows
    assert {edge.get(end) for edge in inner[3] for end in ("source", "target")} <= {node.get("id") for node in inner[2]}
    allowed = [f"{GEXF}attvalues", f"{VIZ}color", *([f"{VIZ}position"] if with_places else []), f"{VIZ}size"]
    assert {tuple(child.tag for child in node) for node in inner[2]} == {tuple(allowed)}
    assert all({"x", "y", "z"} == set(place.attrib) for place in inner.iter(f"{VIZ}position"))


def test_places_are_those_of_the_picture_and_count_upwards(tmp_path: Path) -> None:
    graph = placed(toy_graph(tmp_path))
    found = nx.read_gexf(io.BytesIO(written(graph)))
    expected = {row["id"]: (row["x"], -row["y"], 0.0) for row in graph.places.to_pylist() if row["view"] == "graph"}
    got = {name: tuple(data["viz"]["position"][axis] for axis in "xyz") for name, data in found.nodes(data=True)}
    assert got.keys() == expected.keys()
    for name, place in got.items():
        assert place == pytest.approx(expected[name], abs=0.006)


def test_communities_have_number_and_name(tmp_path: Path) -> None:
    graph = placed(large_graph(tmp_path, 40))
    found = nx.read_gexf(io.BytesIO(written(graph)))
    number = {row["id"]: row["community"] for row in graph.places.to_pylist() if row["view"] == "graph"}
    label = {row["community"]: row["label"] for row in graph.communities.to_pylist() if row["view"] == "graph"}
    assert -1 in number.values()
    for name, data in found.nodes(data=True):
        if number[name] < 0:
            assert not {"community", "community_label"} & data.keys()
        else:
            assert (data["community"], data["community_label"]) == (number[name], label[number[name]])


def test_the_size_grows_with_the_edges(tmp_path: Path) -> None:
    found = nx.read_gexf(io.BytesIO(written(toy_graph(tmp_path))))
    sizes = {name: data["viz"]["size"] for name, data in found.nodes(data=True)}
    assert sizes[f"{ID}paper/9f2c"] == min(sizes.values()) == 4.5
    assert sizes[f"{ID}paper/arxiv-2202.00002"] == max(sizes.values())


def test_without_places_it_has_none(tmp_path: Path) -> None:
    text = written(toy_graph(tmp_path)).decode()
    assert "viz:position" not in text
    assert "community" not in text
