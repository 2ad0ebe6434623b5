"""What is drawn: nodes and edges as columns of numbers, and the views of them.

Nodes are numbered by their number of edges, most first (of equals, the first by identifier), so that the first nodes
are the ones to show where there is no room for all. Edges go by source and target.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.columns import lines
from kg.model import Graph

Array = npt.NDArray[Any]

VIEWS: Final = {"graph": "Everything", "coauthors": "Co-authorship", "topics": "Topic map"}
"""The views with places of their own; the page makes the others itself."""

NOBODY: Final = 0xFFFF
"""The community of a node that has none."""

GRID: Final = 0xFFFF
"""Places are whole numbers from 0 to this, within the box of their view."""


@dataclass(frozen=True)
class Picture:
    """Columns of a graph, ready to be packed.

    Attributes:
        told: Facts for the header: kinds, relations, views.
        arrays: Columns by name.
        order: Row of the graph's table of nodes, by number of the node.
        edges: Row of the graph's table of edges, by number of the edge.
    """

    told: dict[str, Any]
    arrays: dict[str, Array]
    order: Array
    edges: Array


def picture(graph: Graph) -> Picture:
    """Return what is drawn of a graph."""
    ids = graph.nodes["id"].combine_chunks()
    source, target = (_rows(graph.edges[name], ids) for name in ("source", "target"))
    tied = np.flatnonzero((source >= 0) & (target >= 0))
    source, target = source[tied], target[tied]
    degree = np.bincount(np.concatenate((source, target)), minlength=len(ids))
    order = np.lexsort((np.arange(len(ids)), -degree))
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    source, target = number[source], number[target]
    by = np.lexsort((target, source))
    edges = tied[by]

    kinds, kind = _coded(graph.nodes["kind"].take(pa.array(order)))
    relations, relation = _coded(pc.binary_join_element_wise(graph.edges["predicate"], graph.edges["label"], "\n").take(pa.array(edges)))
    nodes = graph.nodes.take(pa.array(order))
    score = np.nan_to_num(graph.edges["score"].to_numpy().astype(float)[edges], nan=1.0)
    arrays: dict[str, Array] = {
        "kind": kind.astype(np.uint8),
        "year": _numbers(nodes["year"], np.uint16),
        "papers": _numbers(nodes["papers"], np.uint32),
        "source": source[by].astype(np.uint32),
        "target": target[by].astype(np.uint32),
        "relation": relation.astype(np.uint8),
        "score": np.clip(np.rint(score * 255), 0, 255).astype(np.uint8),
        "position": _numbers(graph.edges["position"].take(pa.array(edges)), np.uint16),
        "labels": lines(nodes["label"].to_pylist()),
        "keys": lines(_keys(nodes["id"], base := _common_start(ids))),
        "aliases": lines(["\t".join(names or ()) for names in nodes["aliases"].to_pylist()]),
    }
    views = []
    for name, label in VIEWS.items():
        told, more = _view(graph, name, number, ids)
        if told:
            views.append({"name": name, "label": label} | told)
            arrays |= more
    told = {
        "title": graph.name, "base": base, "withText": graph.with_text, "nodes": len(ids), "edges": len(edges),
        "kinds": [_kind(graph, name) for name in kinds],
        "relations": [dict(zip(("predicate", "label"), each.split("\n"), strict=True)) for each in relations],
        "views": views,
    }  # fmt: skip
    return Picture(told, arrays, order, edges)


def _rows(column: pa.ChunkedArray, ids: pa.Array) -> Array:
    found: Array = pc.fill_null(pc.index_in(column, value_set=ids), -1).to_numpy()
    return found


def _coded(column: pa.ChunkedArray) -> tuple[list[str], Array]:
    """Return the values of a column, the most frequent first, and the number of each row's value."""
    coded = column.combine_chunks().dictionary_encode()
    names, codes = coded.dictionary.to_pylist(), coded.indices.to_numpy()
    counts = np.bincount(codes, minlength=len(names))
    ranked = sorted(range(len(names)), key=lambda i: (-counts[i], names[i]))
    rank = np.empty(len(names), np.int64)
    rank[ranked] = np.arange(len(names))
    return [names[i] for i in ranked], rank[codes]


def _numbers(column: pa.ChunkedArray, dtype: type[np.unsignedinteger[Any]]) -> Array:
    """Return a column of numbers, 0 for what is not known."""
    whole = pc.fill_null(column, 0).to_numpy()
    return np.clip(whole, 0, np.iinfo(dtype).max).astype(dtype)


def _keys(column: pa.ChunkedArray, base: str) -> list[str]:
    return [name.removeprefix(base) for name in column.to_pylist()]


def _common_start(ids: pa.Array) -> str:
    if not len(ids):
        return ""
    first, last = pc.min_max(ids).as_py().values()
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return str(first[: first.rfind("/", 0, same) + 1])


def _kind(graph: Graph, kind: str) -> dict[str, Any]:
    named = {"label": kind, "plural": kind, "color": "#808080"} | graph.kinds.get(kind, {})
    return {"name": kind, "label": named["label"], "plural": named["plural"], "color": named["color"]}


def _view(graph: Graph, name: str, number: Array, ids: pa.Array) -> tuple[dict[str, Any], dict[str, Array]]:
    """Return the facts and columns of a view, none where nothing stands in it."""
    there = graph.places.filter(pc.equal(graph.places["view"], name))
    rows = _rows(there["id"], ids)
    there, rows = there.filter(pa.array(rows >= 0)), rows[rows >= 0]
    if not len(rows):
        return {}, {}
    members = number[rows]
    by = np.argsort(members)
    x, y = (there[axis].to_numpy().astype(float)[by] for axis in ("x", "y"))
    box = [float(x.min()), float(y.min()), float(x.max()), float(y.max())]
    community = there["community"].to_numpy()[by]
    named = graph.communities.filter(pc.equal(graph.communities["view"], name)).sort_by("community")
    told = {
        "box": box, "count": len(rows),
        "communities": [{"label": row["label"], "nodes": row["nodes"]} for row in named.to_pylist()],
    }  # fmt: skip
    arrays = {
        f"{name}.nodes": members[by].astype(np.uint32),
        f"{name}.x": _grid(x, box[0], box[2]),
        f"{name}.y": _grid(y, box[1], box[3]),
        f"{name}.community": np.where(community < 0, NOBODY, np.minimum(community, NOBODY)).astype(np.uint16),
    }
    return told, arrays


def _grid(values: Array, low: float, high: float) -> Array:
    return np.rint((values - low) / max(high - low, 1e-9) * GRID).astype(np.uint16)
