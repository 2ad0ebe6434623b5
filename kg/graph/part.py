"""A part of a graph: the nodes that somebody asked for, and what ties them together."""

from collections.abc import Collection
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from kg.model import Graph
from kg.model.graph import COMMUNITIES, PLACES


def part(graph: Graph, wanted: Collection[str]) -> Graph:
    """Return the graph of some nodes: they themselves, the papers that tie two of them, and all edges between these.

    Args:
        graph: The whole graph.
        wanted: IRIs; those that are no nodes of the graph are passed over.
    """
    asked = pa.array(sorted(wanted), pa.string())
    leading = graph.edges.filter(pc.is_in(graph.edges["target"], asked))
    ties = leading.group_by("source").aggregate([("target", "count_distinct")])
    joining = ties.filter(pc.greater(ties["target_count_distinct"], 1))["source"]
    kept = pa.concat_arrays([asked, *joining.chunks])
    nodes = graph.nodes.filter(pc.is_in(graph.nodes["id"], kept))
    between = pc.and_(pc.is_in(graph.edges["source"], nodes["id"]), pc.is_in(graph.edges["target"], nodes["id"]))
    edges = graph.edges.filter(between)
    evidence = graph.evidence.filter(pc.is_in(graph.evidence["edge"], edges["id"]))
    # A few nodes of a large map are no picture: they are to be placed anew.
    return replace(graph, nodes=nodes, edges=edges, evidence=evidence, places=PLACES.empty_table(), communities=COMMUNITIES.empty_table())
