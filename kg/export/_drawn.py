"""The nodes as pictures show them: where they stand, in which community, and how large.

In goes the graph, out come its nodes with more columns. Places are those of the build, so that all pictures agree; a
graph without any (made by hand) has only sizes.
"""

import re
from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.places import radii
from kg.model import Graph

GREY: Final = "#808080"
_COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}")


def color(kinds: Mapping[str, Mapping[str, str]], kind: str) -> str:
    """Return the colour of a kind, as `#rrggbb`; grey for a kind that nobody described, and for what is no colour.

    >>> color({"paper": {"color": "#3366aa"}, "task": {"color": "red"}}, "paper"), color({}, "task")
    ('#3366aa', '#808080')
    """
    named = kinds.get(kind, {}).get("color", GREY)
    return named if _COLOR.fullmatch(named) else GREY


def drawn(graph: Graph) -> pa.Table:
    """Return the nodes with a column `radius` and, in a graph with places, with those that `with_places` adds."""
    nodes = graph.nodes.set_column(graph.nodes.column_names.index("label"), "label", pc.fill_null(graph.nodes["label"], ""))
    return with_places(graph, nodes, "graph").append_column("radius", pa.array(radii(graph)))


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
