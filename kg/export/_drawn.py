"""The nodes as pictures show them: where they stand, in which community, and how large.

In goes the graph, out come its nodes with more columns. Places are those of the build, so that all pictures agree; a
graph without any (made by hand) has only sizes.
"""

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.places import radius
from kg.explorer.ties import ends
from kg.model import Graph

_WEB: Final = re.compile(r"https?://[^\s\"'<>]+")


def web_address(url: str | None) -> str | None:
    """Return a link that a page may offer: an address in the web, and nothing that runs.

    >>> web_address("https://orcid.org/0000-0002-1825-0097"), web_address("javascript:alert(1)"), web_address(None)
    ('https://orcid.org/0000-0002-1825-0097', None, None)
    """
    return url if _WEB.fullmatch(url or "") else None


def drawn(graph: Graph) -> pa.Table:
    """Return the nodes with a column `radius` and, in a graph with places, with those that `with_places` adds."""
    tied = np.concatenate(ends(graph))
    degree = np.bincount(tied[tied >= 0], minlength=graph.nodes.num_rows)
    return with_places(graph, graph.nodes, "graph").append_column("radius", pa.array(radius(degree)))


def with_places(graph: Graph, nodes: pa.Table, view: str) -> pa.Table:
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
