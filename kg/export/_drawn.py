"""The nodes as pictures show them: where they stand, in which community, and how large.

In goes the graph, out come its nodes with more columns. Places are those of the build, so that all pictures agree; a
graph without any (made by hand) has only sizes.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kg.model import Graph

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SMALLEST: Final = 4.5
_GROWTH: Final = 2.0
_LARGEST: Final = 30.0


def radius(degree: Ints) -> Floats:
    """Return the radius at which a node with so many edges is drawn, in picture units.

    >>> radius(np.array([0, 16, 10_000])).tolist()
    [4.5, 12.5, 30.0]
    """
    return np.minimum(_SMALLEST + _GROWTH * np.sqrt(degree), _LARGEST)


def degrees(graph: Graph) -> Ints:
    """Return the number of edges of each node, in the order of the table; an edge to itself counts twice."""
    ids = graph.nodes["id"]
    ends = [pc.index_in(graph.edges[name], value_set=ids).drop_null().to_numpy() for name in ("source", "target")]
    return np.bincount(np.concatenate(ends), minlength=len(ids))


def drawn(graph: Graph) -> pa.Table:
    """Return the nodes with a column `radius` and, in a graph with places, with those that `placed` adds."""
    return placed(graph, graph.nodes, "graph").append_column("radius", pa.array(radius(degrees(graph))))


def placed(graph: Graph, nodes: pa.Table, view: str) -> pa.Table:
    """Return some nodes with `x`, `y`, `community` and `community_label`; unchanged if nothing stands in the view.

    Args:
        graph: The graph.
        nodes: A table with the ids of nodes, as `id`.
        view: `graph`, `coauthors` or `topics`.

    Returns:
        The table with four more columns, null for a node that does not stand in the view; so are the two of the
        community for a node that is in none.
    """
    places = graph.places.filter(pc.equal(graph.places["view"], view))
    if not len(places):
        return nodes
    row = pc.index_in(nodes["id"], value_set=places["id"])
    community = places["community"].take(row)
    community = pc.if_else(pc.greater_equal(community, 0), community, pa.scalar(None, pa.int32()))
    named = graph.communities.filter(pc.equal(graph.communities["view"], view))
    label = named["label"].take(pc.index_in(community, value_set=named["community"]))
    more = {"x": places["x"].take(row), "y": places["y"].take(row), "community": community, "community_label": label}
    for name, column in more.items():
        nodes = nodes.append_column(name, column)
    return nodes
