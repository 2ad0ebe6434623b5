"""Cytoscape JSON: nodes and edges with all their columns and their places, for Cytoscape and Cytoscape.js.

In goes the graph, out comes a directed multigraph as a stream, one element a line. `name` repeats a node's label,
as Cytoscape writes that under a node, and an edge's `interaction` is its label. What is not known is left out. The
passages behind an edge are in `csv`. `style` and `layout` are for Cytoscape.js, which without them draws grey discs of one
size, in rows: `cytoscape({container, ...file})` shows the picture of the build.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Final

import orjson
import pyarrow as pa

from kg.export._attributes import rows
from kg.export._drawn import GREY, color, drawn
from kg.model import Graph

suffix: Final = ".cyjs"

_Row = dict[str, Any]


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the graph as Cytoscape JSON, as a stream."""
    # The version of the format that Cytoscape itself writes and asks for.
    head = {"format_version": "1.0", "generated_by": "kg", "target_cytoscapejs_version": "~2.1"}
    data = json.dumps({"name": graph.name, "shared_name": graph.name})
    nodes = drawn(graph)
    look = {"style": _style(graph.kinds)} | ({"layout": {"name": "preset"}} if "x" in nodes.column_names else {})
    out.write(f'{json.dumps(head | look)[:-1]}, "data": {data}, "elements": {{"nodes": ['.encode())
    out.writelines(_elements(nodes, _node))
    out.write(b'\n], "edges": [')
    out.writelines(_elements(graph.edges, _edge))
    out.write(b"\n]}}\n")


def _style(kinds: Mapping[str, Mapping[str, str]]) -> list[_Row]:
    """Return how Cytoscape.js is to draw the elements: colours by kind, sizes by `radius`, quiet edges."""
    size = "mapData(radius, 0, 30, 0, 60)"
    # Large nodes are named first, the others when one zooms in.
    label = {"label": "data(label)", "font-size": "mapData(radius, 6, 20, 6, 24)", "min-zoomed-font-size": 10}
    short = {"text-wrap": "ellipsis", "text-max-width": "160px"}
    node = {"width": size, "height": size, "background-color": GREY, **label, **short}
    edge = {"curve-style": "haystack", "width": 1, "line-color": GREY, "opacity": 0.35}
    by_kind = [(f"node[kind = {json.dumps(kind)}]", {"background-color": color(kinds, kind)}) for kind in sorted(kinds)]
    return [{"selector": selector, "style": style} for selector, style in (("node", node), *by_kind, ("edge", edge))]


def _elements(table: pa.Table, element: Callable[[_Row], _Row]) -> Iterator[bytes]:
    """Yield the elements of a table's rows, with commas between them."""
    for number, row in enumerate(rows(table)):
        yield b",\n" if number else b"\n"
        yield orjson.dumps(element(row))


def _node(row: _Row) -> _Row:
    x, y = row.pop("x", None), row.pop("y", None)
    data = {"data": _known(row | {"name": row["label"], "radius": round(row["radius"], 1)})}
    return data if x is None else data | {"position": {"x": round(x, 2), "y": round(y, 2)}}


def _edge(row: _Row) -> _Row:
    return {"data": _known(row | {"interaction": row["label"]})}


def _known(row: _Row) -> _Row:
    return {name: value for name, value in row.items() if value is not None and value != []}
