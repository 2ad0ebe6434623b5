"""Cytoscape JSON: nodes and edges with all their columns and their places, for Cytoscape and Cytoscape.js.

In goes the graph, out comes a directed multigraph as a stream, one element a line. `name` repeats a node's label,
as Cytoscape writes that under a node, and an edge's `interaction` is its label. What is not known is left out. The
passages behind an edge are in `csv`.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final

import orjson
import pyarrow as pa

from kg.export._attributes import rows
from kg.export._drawn import drawn
from kg.model import Graph

suffix: Final = ".cyjs"

_Row = dict[str, Any]


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the graph as Cytoscape JSON, as a stream."""
    # The version of the format that Cytoscape itself writes and asks for.
    head = {"format_version": "1.0", "generated_by": "kg", "target_cytoscapejs_version": "~2.1"}
    data = json.dumps({"name": graph.name, "shared_name": graph.name})
    out.write(f'{json.dumps(head)[:-1]}, "data": {data}, "elements": {{"nodes": ['.encode())
    out.writelines(_elements(drawn(graph), _node))
    out.write(b'\n], "edges": [')
    out.writelines(_elements(graph.edges, _edge))
    out.write(b"\n]}}\n")


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
