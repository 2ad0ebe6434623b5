"""The networks behind the views: who stands in each, and what ties them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.model import Graph
from kg.network.measures import Ints, Network
from kg.network.projection import fractional

AUTHORS: Final = ("person", "ambiguous")
"""Kinds of nodes in the view of co-authorship: people, and names that may be several people."""

NO_THINGS: Final = frozenset({*AUTHORS, "group", "organization", "paper"})
"""Kinds of nodes that are not in the view of topics; all others are, those of one's own ontology too."""

MOST_AUTHORS: Final = 100
"""A paper of more authors, or with more things, ties none of them: among hundreds, a pair says little."""

MOST_THINGS: Final = 4_000
"""How many things the view of topics holds at most: more are no map."""

CREATOR: Final = "dcterms:creator"


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """The network of a view.

    Attributes:
        name: The view.
        rows: Rows of the graph's nodes that stand in it, ascending; the network numbers them so.
        network: What ties them; weights are for layouts.
        groups: The same network as communities are looked for in.
        papers: Row of a paper, for each pair of a paper and one of its members.
        members: Number of the member in the network.
    """

    name: str
    rows: Ints
    network: Network
    groups: Network
    papers: Ints
    members: Ints


def tied(graph: Graph) -> tuple[Ints, Ints, Ints]:
    """Return the rows of the edges between nodes that the graph holds, and the rows of the source and the target of each."""
    ids = graph.nodes["id"].combine_chunks()
    source, target = (
        pc.fill_null(pc.index_in(graph.edges[name], value_set=ids), -1).to_numpy().astype(np.int64) for name in ("source", "target")
    )
    rows = np.flatnonzero((source >= 0) & (target >= 0))
    return rows, source[rows], target[rows]


def degrees(count: int, source: Ints, target: Ints) -> Ints:
    """Return the number of edges of each node; one to itself counts once."""
    found: Ints = np.bincount(source, minlength=count) + np.bincount(target[target != source], minlength=count)
    return found


def importance(count: int, source: Ints, target: Ints) -> Ints:
    """Return the rows of nodes in the order of their importance.

    Nodes with most edges come first; of equals, those tied to the more important of what edges go out from, then by row. Where
    most nodes are named in one paper only, those of a paper so stand together.

    Args:
        count: The number of nodes.
        source: Row of the source of each edge.
        target: Row of its target.
    """
    degree = degrees(count, source, target)
    rank = np.empty(count, np.int64)
    rank[np.lexsort((np.arange(count), -degree))] = np.arange(count)
    lead = np.full(count, count)
    np.minimum.at(lead, target, rank[source])
    lead[source] = -1
    return np.lexsort((np.arange(count), lead, -degree))


def ties(graph: Graph) -> list[Ties]:
    """Return the networks of all views with places."""
    edges, source, target = tied(graph)
    creator = pc.fill_null(pc.equal(graph.edges["predicate"], CREATOR), False).to_numpy().astype(np.bool_)[edges]
    of_kind = _of_kinds(graph, AUTHORS)
    written = creator & of_kind[target]
    things = np.zeros(graph.nodes.num_rows, np.bool_)
    things[things_shown(graph)] = True
    return [
        _whole(graph, source, target),
        _coauthors(np.flatnonzero(of_kind), source[written], target[written]),
        _topics(np.flatnonzero(things), source[things[target]], target[things[target]]),
    ]


def things_shown(graph: Graph) -> Ints:
    """Return the rows of the things in the view of topics: all, or those in so many papers that at most `MOST_THINGS` remain."""
    rows = np.flatnonzero(~_of_kinds(graph, tuple(NO_THINGS)))
    papers = pc.fill_null(graph.nodes["papers"], 0).to_numpy()[rows]
    if len(rows) > MOST_THINGS:
        rows = rows[papers > np.partition(papers, -MOST_THINGS - 1)[-MOST_THINGS - 1]]
    return rows


def _of_kinds(graph: Graph, kinds: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = pc.is_in(graph.nodes["kind"], value_set=pa.array(kinds)).to_numpy().astype(np.bool_)
    return found


def _whole(graph: Graph, source: Ints, target: Ints) -> Ties:
    """Return the view of all nodes."""
    count = graph.nodes.num_rows
    network = whole(count, source, target)
    return Ties("graph", np.arange(count), network, network, source, target)


def whole(count: int, source: Ints, target: Ints) -> Network:
    """Return the network of all nodes, two of which are tied once however many edges there are between them."""
    low, high = np.minimum(source, target), np.maximum(source, target)
    left, right = np.divmod(np.unique((low * count + high)[low != high]), max(count, 1))
    return Network.of(count, left, right, np.ones(len(left)))


def _coauthors(rows: Ints, papers: Ints, authors: Ints) -> Ties:
    """Return the network of people tied by papers written together.

    Fractional counting: a paper of k authors ties two of them by 1 / (k - 1), so that it ties each to the others by 1 in all
    (M. E. J. Newman, "Scientific collaboration networks. II", Phys. Rev. E 64, 016132, 2001).
    """
    members = np.searchsorted(rows, authors)
    pairs, fractions = fractional(papers, members, MOST_AUTHORS)
    network = Network.of(len(rows), pairs.left, pairs.right, fractions)
    return Ties("coauthors", rows, network, network, papers, members)


def _topics(rows: Ints, papers: Ints, things: Ints) -> Ties:
    """Return the network of things tied by papers that name both.

    Layouts use their association strength: how many papers name both, over the number to be expected by chance (N. J. van
    Eck and L. Waltman, "How to normalize cooccurrence data?", JASIST 60, 1635, 2009).
    """
    members = np.searchsorted(rows, things)
    pairs, _ = fractional(papers, members, MOST_AUTHORS)
    groups = Network.of(len(rows), pairs.left, pairs.right, pairs.shared.astype(np.float64))
    return Ties("topics", rows, _associated(groups), groups, papers, members)


def _associated(network: Network) -> Network:
    strengths = np.bincount(network.tails, network.weights, len(network)).astype(np.float64)
    expected = strengths[network.tails] * strengths[network.heads] / max(float(strengths.sum()), 1.0)
    return Network(network.first, network.tails, network.heads, network.weights / expected)
