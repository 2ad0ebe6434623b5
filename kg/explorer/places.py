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
from kg.explorer.ties import Ties, degrees, ends, ties
from kg.model import Graph
from kg.model.graph import COMMUNITIES, PLACES
from kg.network.communities import communities
from kg.network.layout import positions
from kg.network.measures import Floats, Ints, Network, by_size

SEED: Final = 1


def radius(degree: Ints) -> Floats:
    """Return the radius at which a node with so many edges is drawn, in picture units.

    >>> radius(np.array([0, 16, 10_000])).tolist()
    [4.5, 12.5, 30.0]
    """
    return np.minimum(4.5 + 2.0 * np.sqrt(degree), 30.0)


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
    source, target = ends(graph)
    known = (source >= 0) & (target >= 0)
    source, target = source[known], target[known]
    told = facts(graph, source, target)
    radii = radius(degrees(graph.nodes.num_rows, source, target))
    found = [_placed(graph, each, radii[each.rows], told, before) for each in sorted(ties(graph), key=lambda each: each.name) if len(each.rows)]
    return (
        pa.concat_tables([PLACES.empty_table(), *(places for places, _ in found)]).combine_chunks(),
        pa.concat_tables([COMMUNITIES.empty_table(), *(named for _, named in found)]).combine_chunks(),
    )


def _placed(graph: Graph, view: Ties, radii: Floats, told: Facts, before: pa.Table | None) -> tuple[pa.Table, pa.Table]:
    """Return the places and communities of one view."""
    ids = graph.nodes["id"].take(pa.array(view.rows)).combine_chunks()
    community = _communities(view.groups)
    stood = None if before is None else _stood(ids, before.filter(pc.equal(before["view"], view.name)))
    if stood is not None and not np.isnan(stood).any():
        where = stood
    else:
        where = positions(view.network, community, radii, stood, SEED)
    x, y = (where[:, axis].astype(np.float32) for axis in (0, 1))
    places = pa.table([pa.repeat(view.name, len(ids)), ids, x, y, community.astype(np.int32)], schema=PLACES)
    sizes = np.bincount(community[community >= 0])
    labels = names(view, community, told)
    numbers = np.arange(len(sizes), dtype=np.int32)
    return places, pa.table([pa.repeat(view.name, len(sizes)), numbers, pa.array(labels, pa.string()), sizes.astype(np.int32)], schema=COMMUNITIES)


def _communities(network: Network) -> Ints:
    """Return the number of each node's community, the largest first; -1 for a node without a neighbour."""
    found = np.full(len(network), -1)
    tied = network.degrees > 0
    if tied.any():
        found[tied] = by_size(communities(network, SEED)[tied])[0] - 1
    return found


def _stood(ids: pa.Array, before: pa.Table) -> Floats | None:
    """Return where nodes stood before, NaN for new ones; None where none of them is known."""
    row = pc.index_in(ids, value_set=before["id"])
    if row.null_count == len(row):
        return None
    return np.stack([before[axis].take(row).combine_chunks().to_numpy(zero_copy_only=False).astype(np.float64) for axis in ("x", "y")], axis=1)
