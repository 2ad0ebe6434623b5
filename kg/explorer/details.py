"""What the page tells on demand: facts of nodes and the passages behind edges, in shards of some hundred nodes.

A shard is JSON: `{"nodes": [...], "edges": [[passage, ...], ...]}` of the nodes `SIZE * k` and on, and of the edges that
go out from them, in the order of their numbers.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.picture import Picture
from kg.model import Graph

SIZE: Final = 256
"""How many nodes a shard tells of."""

PASSAGE: Final = ("document", "line", "field", "start", "end", "before", "quote", "after", "by", "score")
"""What is told of a passage, in this order."""

_LINK: Final = re.compile(r"https?://[^\s\"'<>]+")


def shards(graph: Graph, drawn: Picture) -> Iterator[bytes]:
    """Yield the shards, one after the other."""
    nodes = graph.nodes.take(pa.array(drawn.order))
    edges = graph.edges["id"].take(pa.array(drawn.edges)).combine_chunks()
    of_edge = pc.index_in(graph.evidence["edge"], value_set=edges)
    told = graph.evidence.filter(pc.is_valid(of_edge))
    of_edge = pc.drop_null(of_edge).to_numpy()
    by = np.argsort(of_edge, kind="stable")
    told, of_edge = told.take(pa.array(by)).select(PASSAGE), of_edge[by]
    source = drawn.arrays["source"]
    for start in range(0, len(drawn.order), SIZE):
        first, last = np.searchsorted(source, [start, start + SIZE])
        begin, end = np.searchsorted(of_edge, [first, last])
        passages: list[list[list[Any]]] = [[] for _ in range(last - first)]
        for edge, row in zip(of_edge[begin:end] - first, told.slice(begin, end - begin).to_pylist(), strict=True):
            passages[edge].append(list(row.values()))
        facts = [_facts(row) for row in nodes.slice(start, SIZE).to_pylist()]
        yield orjson.dumps({"nodes": facts, "edges": passages})


def _facts(node: dict[str, Any]) -> dict[str, Any]:
    """Return what the details of a node show; what is not known is left out."""
    link = node["url"] if _LINK.fullmatch(node["url"] or "") else None
    facts = {"date": node["date"], "url": link, "text": node["text"], "complete": node["authors_complete"]}
    return {name: value for name, value in facts.items() if value is not None}
