"""Where the nodes of each view stand, in which communities, and what these are called.

Views with places: the whole graph; co-authorship (people, tied by papers that they wrote together); topics (methods,
datasets, tasks and so on, tied by papers that name both).
"""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kg.model import Graph
from kg.model.graph import COMMUNITIES, PLACES
from kg.network.communities import communities
from kg.network.measures import Floats, Ints, Network, by_size

SEED: Final = 1


def placed(graph: Graph) -> Graph:
    """Return the graph with places, made now if it has none."""
    if graph.places.num_rows or not graph.nodes.num_rows:
        return graph
    places, named = place(graph)
    return replace(graph, places=places, communities=named)


def place(graph: Graph) -> tuple[pa.Table, pa.Table]:
    """Return tables of places and communities (`PLACES`, `COMMUNITIES`)."""
    ids = graph.nodes["id"].combine_chunks()
    source, target = (pc.fill_null(pc.index_in(graph.edges[name], value_set=ids), -1).to_numpy() for name in ("source", "target"))
    pairs = np.unique(np.sort(np.stack([source, target], axis=1)[(source >= 0) & (target >= 0) & (source != target)], axis=1), axis=0)
    network = Network.of(len(ids), pairs[:, 0], pairs[:, 1], np.ones(len(pairs)))
    community, _ = by_size(communities(network, SEED))
    where = _stand_in(network, community)
    alone = network.degrees == 0
    places = pa.table(
        [pa.array(["graph"] * len(ids)), ids, where[:, 0].astype(np.float32), where[:, 1].astype(np.float32), np.where(alone, -1, community).astype(np.int32)],
        PLACES,
    )
    sizes = np.bincount(community[~alone])
    count = len(sizes)
    named = pa.table([pa.array(["graph"] * count), pa.array(range(count), pa.int32()), pa.array([f"Community {i + 1}" for i in range(count)]), pa.array(sizes, pa.int32())], COMMUNITIES)
    return places, named


def _stand_in(network: Network, community: Ints) -> Floats:
    chance = np.random.default_rng(SEED)
    sizes = np.bincount(community)
    side = np.sqrt(len(network)) * 40
    centre = chance.random((len(sizes), 2)) * [side * 1.6, side]
    angle, far = chance.random(len(network)) * 2 * np.pi, np.sqrt(chance.random(len(network)))
    reach = np.sqrt(sizes)[community] * 16
    around: npt.NDArray[np.float64] = np.stack([np.cos(angle), np.sin(angle)], axis=1) * (far * reach)[:, None]
    return centre[community] + around
