"""GraphML: nodes and edges with all their columns, for yEd, Cytoscape, igraph, NetworkX and Gephi.

In goes the graph, out comes a directed graph as a stream; several edges may join the same two nodes, told
apart by their ids. Nodes also have the `color` of their kind. The passages behind an edge are in `csv`.
"""

from typing import Any, BinaryIO, Final

from kg.export._attributes import attribute_text, attribute_types, rows
from kg.export._xml import xml_text
from kg.model import Graph
from kg.model.graph import EDGES, NODES

suffix: Final = ".graphml"

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""

_NODE: Final = attribute_types(NODES, frozenset({"id"})) | {"color": "string"}
_EDGE: Final = attribute_types(EDGES, frozenset({"id", "source", "target"}))


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the graph as GraphML, as a stream."""
    out.write(_HEAD.encode())
    for domain, attributes in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in attributes.items():
            key = f'  <key id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
            out.write(key.encode())
    out.write(f'  <graph id="{xml_text(graph.name)}" edgedefault="directed">\n'.encode())
    for node in rows(graph.nodes):
        colored = node | {"color": graph.kinds.get(node["kind"], {}).get("color")}
        out.write(f'    <node id="{xml_text(node["id"])}">{_data("node", _NODE, colored)}</node>\n'.encode())
    for edge in rows(graph.edges):
        ends = " ".join(f'{name}="{xml_text(edge[name])}"' for name in ("id", "source", "target"))
        out.write(f"    <edge {ends}>{_data('edge', _EDGE, edge)}</edge>\n".encode())
    out.write(b"  </graph>\n</graphml>\n")


def _data(domain: str, attributes: dict[str, str], row: dict[str, Any]) -> str:
    """Return the data elements of one node or edge."""
    texts = ((name, attribute_text(row[name])) for name in attributes)
    return "".join(f'<data key="{domain}_{name}">{xml_text(text)}</data>' for name, text in texts if text is not None)
