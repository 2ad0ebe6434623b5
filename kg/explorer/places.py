"""Where the nodes of each view stand, in which communities, and what these are called.

Views with places: the whole graph; co-authorship (people, tied by papers that they wrote together); topics (methods,
datasets, tasks and so on, tied by papers that name both).
"""

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.naming import Facts, facts, names
from kg.explorer.ties import Ties, degrees, tied, ties
from kg.model import Graph
from kg.model.graph import COMMUNITIES, PLACES
from kg.network.communities import mapped
from kg.network.layout import positions
from kg.network.measures import Floats

SEED: Final = 1


def radii(graph: Graph) -> Floats:
    """Return the radius at which each node is drawn, in picture units: its area grows with the number of its edges."""
    _, source, target = tied(graph)
    return np.minimum(4.5 + 2.0 * np.sqrt(degrees(graph.nodes.num_rows, source, target)), 30.0)


def placed(graph: Graph) -> Graph:
    """Return the graph with places, made now if it has none."""
    if graph.places.num_rows or not graph.nodes.num_rows:
        return graph
    places, named = place(graph)
    return replace(graph, places=places, communities=named)


def place(graph: Graph, before: pa.Table | None = None) -> tuple[pa.Table, pa.Table]:
    """Return where nodes stand, and in which communities: tables `PLACES` and `COMMUNITIES`.

    Args:
        graph: The graph; its places are not looked at.
        before: Where nodes stood, a table `PLACES`. They stay about there, and new ones find a place among them; where there
            are no new ones in a view, all stay where they stood.
    """
    told, sizes = facts(graph), radii(graph)
    found = [_placed(graph, each, sizes[each.rows], told, before) for each in sorted(ties(graph), key=lambda each: each.name) if len(each.rows)]
    return (
        pa.concat_tables([PLACES.empty_table(), *(places for places, _ in found)]).combine_chunks(),
        pa.concat_tables([COMMUNITIES.empty_table(), *(named for _, named in found)]).combine_chunks(),
    )


def _placed(graph: Graph, view: Ties, sizes: Floats, told: Facts, before: pa.Table | None) -> tuple[pa.Table, pa.Table]:
    """Return the places and communities of one view."""
    ids = graph.nodes["id"].take(pa.array(view.rows)).combine_chunks()
    community = mapped(view.groups, SEED)
    stood = None if before is None else _stood(ids, before.filter(pc.equal(before["view"], view.name)))
    if stood is not None and not np.isnan(stood).any():
        where = stood
    else:
        where = positions(view.network, community, sizes, stood, SEED)
    x, y = (where[:, axis].astype(np.float32) for axis in (0, 1))
    places = pa.table([pa.repeat(view.name, len(ids)), ids, x, y, community.astype(np.int32)], schema=PLACES)
    members = np.bincount(community[community >= 0]).astype(np.int32)
    labels = pa.array(names(view, community, told), pa.string())
    numbers = np.arange(len(members), dtype=np.int32)
    return places, pa.table([pa.repeat(view.name, len(members)), numbers, labels, members], schema=COMMUNITIES)


def _stood(ids: pa.Array, before: pa.Table) -> Floats | None:
    """Return where nodes stood before, NaN for new ones; None where none of them is known."""
    row = pc.index_in(ids, value_set=before["id"])
    if row.null_count == len(row):
        return None
    return np.stack([before[axis].take(row).combine_chunks().to_numpy(zero_copy_only=False).astype(np.float64) for axis in ("x", "y")], axis=1)
