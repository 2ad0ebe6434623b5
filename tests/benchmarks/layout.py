"""How good places are, and how fast they are found, beside igraph's layouts.

    pip install igraph                            what to compare with; left out if it is not installed
    python -m tests.benchmarks.layout GRAPH       a graph that `kg build` made: 1,000, 20,000, 100,000 nodes and all, in this order
    python -m tests.benchmarks.layout GRAPH --sizes 1000 20000 kg umap

    kg    communities, places and regions of kg
    umap  igraph's UMAP, 100 epochs
    fr    igraph's Fruchterman-Reingold on a grid
    drl   igraph's DrL, up to 2,000 nodes

The networks are those of the first papers of the graph with all that they are tied to, and those of people who wrote papers
together, from the most tied one outwards. Quality is the share of each node's 10 nearest in the picture that are within two
steps of it in the network, among 400 nodes. Each way gets the same network; igraph starts with a seed, which it does not
always heed.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import numpy as np

from kg.api import open as open_graph
from kg.model import Graph
from kg.network.communities import mapped
from kg.network.layout import positions
from kg.network.measures import Floats, Ints, Network, spans
from kg.network.regions import regions

NEAREST: Final = 10
SAMPLE: Final = 400


def whole(graph: Graph) -> Network:
    """Return all nodes of a graph and who is tied to whom."""
    place = {name: each for each, name in enumerate(graph.nodes["id"].to_pylist())}
    ends = np.array([[place[name] for name in graph.edges[end].to_pylist()] for end in ("source", "target")], np.int64).T
    ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    return Network.of(len(place), ends[:, 0], ends[:, 1], np.ones(len(ends)))


def coauthors(graph: Graph) -> Network:
    """Return the people of a graph; papers of up to 50 authors tie them."""
    teams: dict[str, list[str]] = {}
    for edge in graph.edges.select(["source", "target", "predicate"]).to_pylist():
        if edge["predicate"] == "dcterms:creator":
            teams.setdefault(edge["source"], []).append(edge["target"])
    place = {name: each for each, name in enumerate(sorted({name for team in teams.values() for name in team}))}
    weights: dict[tuple[int, int], float] = {}
    for team in teams.values():
        for pair in combinations(sorted({place[name] for name in team}), 2):
            if len(team) <= 50:
                weights[pair] = weights.get(pair, 0.0) + 1 / (len(team) - 1)
    ends = np.array(sorted(weights), np.int64).reshape(-1, 2)
    return Network.of(len(place), ends[:, 0], ends[:, 1], np.array([weights[pair] for pair in sorted(weights)], np.float64))


def outwards(network: Network, size: int) -> Network:
    """Return the first nodes of a search from the most tied one outwards."""
    seen = np.zeros(len(network), np.bool_)
    front = np.array([int(np.argmax(network.degrees))])
    found: list[int] = []
    while len(front) and len(found) < size:
        found += front.tolist()
        seen[front] = True
        ahead = network.heads[spans(network.first[front], network.degrees[front])]
        front = np.unique(ahead[~seen[ahead]])
    return among(network, np.sort(np.array(found[:size], np.int64)))


def first_papers(graph: Graph, network: Network, size: int) -> Network:
    """Return the first papers with all that they are tied to, about `size` nodes."""
    paper = np.array([kind == "paper" for kind in graph.nodes["kind"].to_pylist()])
    kept, last = np.zeros(len(network), np.bool_), 0
    for node in np.flatnonzero(paper).tolist():
        near = network.heads[network.first[node] : network.first[node + 1]]
        fresh = near[~kept[near] & ~paper[near]]
        last += 1 + len(fresh)
        if last > size:
            break
        kept[node] = True
        kept[fresh] = True
    return among(network, np.flatnonzero(kept))


def among(network: Network, members: Ints) -> Network:
    """Return the network of some nodes, numbered in their order."""
    number = np.full(len(network), -1)
    number[members] = np.arange(len(members))
    left, right = number[network.tails], number[network.heads]
    once = (left >= 0) & (right > left)
    return Network.of(len(members), left[once], right[once], network.weights[once])


def quality(network: Network, places: Floats) -> float:
    """Return the share of the nodes that are nearest in the picture which are within two steps in the network."""
    tied = np.flatnonzero(network.degrees)
    chosen = np.sort(np.random.default_rng(0).choice(tied, min(SAMPLE, len(tied)), replace=False))
    hits = 0
    for node in chosen.tolist():
        away = places - places[node]
        square = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]
        square[node] = np.inf
        near = np.argpartition(square, min(NEAREST, len(square) - 1))[:NEAREST]
        one = network.heads[network.first[node] : network.first[node + 1]]
        two = network.heads[spans(network.first[one], network.degrees[one])]
        hits += int(np.isin(near, np.concatenate((one, two))).sum())
    return hits / (len(chosen) * NEAREST)


def with_kg(network: Network) -> Floats:
    """Return the places of kg; finding communities and regions is measured with it."""
    community = mapped(network, 1)
    places = positions(network, community, 4.5 + np.minimum(2 * np.sqrt(network.degrees), 25.5))
    regions(places, community)
    return places


def with_igraph(layout: str, **options: Any) -> Callable[[Network], Floats]:
    """Return what calls a layout of igraph."""

    def places(network: Network) -> Floats:
        igraph: Any = import_module("igraph")
        igraph.set_random_number_generator(random.Random(1))  # noqa: S311 - a layout, not a secret
        once = network.tails < network.heads
        graph = igraph.Graph(n=len(network), edges=np.stack([network.tails[once], network.heads[once]], axis=1).tolist())
        return np.array(getattr(graph, layout)(**options).coords, np.float64)

    return places


WAYS: Final[dict[str, Callable[[Network], Floats]]] = {
    "kg": with_kg,
    "umap": with_igraph("layout_umap", epochs=100),
    "fr": with_igraph("layout_fruchterman_reingold", grid=True),
    "drl": with_igraph("layout_drl"),
}  # fmt: skip
DRL: Final = 2_000


def measure(name: str, network: Network, way: str) -> str:
    """Return the figures of one way, as one line."""
    started = time.perf_counter(), time.process_time()
    places = WAYS[way](network)
    seconds = time.perf_counter() - started[0], time.process_time() - started[1]
    return f"{name:9} {len(network):7} nodes {network.links:7} links  {way:5} {seconds[0]:6.1f} s ({seconds[1]:.1f} s of processor)  quality {quality(network, places):.2f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of each way on each network."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.layout", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("graph", type=Path)
    parser.add_argument("ways", nargs="*", choices=[[], *WAYS], help="all that are installed unless given")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000, 100_000, 10**9])
    given = parser.parse_args(arguments)
    graph = open_graph(given.graph).graph
    everything, people = whole(graph), coauthors(graph)
    for size in given.sizes:
        for name, network in (("papers", first_papers(graph, everything, size)), ("coauthors", outwards(people, size))):
            for way in given.ways or [way for way in WAYS if way == "kg" or find_spec("igraph")]:
                if way != "drl" or len(network) <= DRL:
                    sys.stdout.write(measure(name, network, way) + "\n")
                    sys.stdout.flush()


if __name__ == "__main__":
    main()
