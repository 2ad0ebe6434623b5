"""GEXF 1.3: nodes and edges with all their columns, colours by kind, places, sizes and a time line, for Gephi.

In goes the graph, out comes a directed multigraph as a stream. Time is counted in years: a paper exists from
its year on, another thing from the first year it was seen, an edge from when both its ends are there; what
has no year is always there. Places are those of the build's picture; Gephi counts upwards, where pictures count
downwards. The passages behind an edge are in `csv`.
"""

from typing import Any, BinaryIO, Final

from kg.export._attributes import attribute_text, attribute_types, rows
from kg.export._drawn import color, drawn
from kg.export._xml import xml_text
from kg.model import Graph
from kg.model.graph import EDGES

suffix: Final = ".gexf"

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""

_GRAPH: Final = '  <graph mode="dynamic" defaultedgetype="directed" timeformat="double" timerepresentation="interval">\n'

_NO_ATTRIBUTE: Final = frozenset({"id", "label", "x", "y", "radius"})
"""Columns of nodes that GEXF has a place of its own for."""

_EDGE: Final = attribute_types(EDGES, frozenset({"id", "source", "target", "label"}))


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the graph as GEXF, as a stream."""
    years = dict(zip(graph.nodes["id"].to_pylist(), graph.nodes["year"].to_pylist(), strict=True))
    nodes = drawn(graph)
    about = attribute_types(nodes.schema, _NO_ATTRIBUTE)
    out.write(_HEAD.encode())
    out.write(f"  <meta><creator>kg</creator><description>{xml_text(graph.name)}</description></meta>\n".encode())
    out.write(_GRAPH.encode())
    out.write(_declaration("node", about).encode())
    out.write(_declaration("edge", _EDGE).encode())
    out.write(b"    <nodes>\n")
    out.writelines(_node(node, about, graph.kinds).encode() for node in rows(nodes))
    out.write(b"    </nodes>\n    <edges>\n")
    out.writelines(_edge(edge, years).encode() for edge in rows(graph.edges))
    out.write(b"    </edges>\n  </graph>\n</gexf>\n")


def _declaration(domain: str, attributes: dict[str, str]) -> str:
    """Return the declaration of a node's or an edge's attributes."""
    # GEXF says "integer" where GraphML says "int".
    types = {"int": "integer"}
    lines = "".join(
        f'      <attribute id="{name}" title="{name}" type="{types.get(kind, kind)}"/>\n'
        for name, kind in attributes.items()
    )
    return f'    <attributes class="{domain}" mode="static">\n{lines}    </attributes>\n'


def _node(node: dict[str, Any], about: dict[str, str], kinds: dict[str, dict[str, str]]) -> str:
    red, green, blue = bytes.fromhex(color(kinds, node["kind"]).removeprefix("#"))
    return (
        f'      <node id="{xml_text(node["id"])}" label="{xml_text(node["label"])}"{_start(node["year"])}>'
        f'{_values(about, node)}<viz:color r="{red}" g="{green}" b="{blue}"/>{_position(node)}'
        f'<viz:size value="{node["radius"]:.1f}"/></node>\n'
    )


def _position(node: dict[str, Any]) -> str:
    if node.get("x") is None:
        return ""
    return f'<viz:position x="{node["x"]:.2f}" y="{-node["y"]:.2f}" z="0.0"/>'


def _edge(edge: dict[str, Any], years: dict[str, int | None]) -> str:
    known = [year for end in ("source", "target") if (year := years.get(edge[end])) is not None]
    names = " ".join(f'{name}="{xml_text(edge[name])}"' for name in ("id", "source", "target", "label"))
    # `kind` lets Gephi keep several edges between the same two nodes.
    start = _start(max(known, default=None))
    return f'      <edge {names} kind="{xml_text(edge["predicate"])}"{start}>{_values(_EDGE, edge)}</edge>\n'


def _start(year: int | None) -> str:
    return "" if year is None else f' start="{year}"'


def _values(attributes: dict[str, str], row: dict[str, Any]) -> str:
    """Return the attribute values of one node or edge."""
    texts = ((name, attribute_text(row[name])) for name in attributes)
    return "<attvalues>{}</attvalues>".format(
        "".join(f'<attvalue for="{name}" value="{xml_text(text)}"/>' for name, text in texts if text is not None)
    )
