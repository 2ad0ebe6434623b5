"""A network of one kind of things as a JSON file of VOSviewer (https://app.vosviewer.com/docs/file-types/json-file-type/).

Things are tied by the papers that they share. VOSviewer compares all pairs of items to place their labels, so a large
network is reduced to the items with the strongest links, as VOSviewer does itself; the file says so where VOSviewer
shows it. Labels and descriptions are HTML there: what comes from the graph is escaped.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kg.export._drawn import Floats, Ints, placed
from kg.model import Graph
from kg.network.projection import Pairs, projection

LIMIT: Final = 5_000
"""How many items VOSviewer Online handles at a usable speed."""

MOST: Final = 100
"""A paper that is tied to more things than this makes no links between them."""

_CLUSTERS: Final = 1_000
"""The highest number that VOSviewer allows a cluster."""

_LINK: Final = re.compile(r"https?://[^\s\"'<>]+")

# A text in braces is a placeholder to VOSviewer, also where it stands in data.
_NO_BRACES: Final = str.maketrans("{}", "()")


@dataclass(frozen=True, slots=True)
class Map:
    """What a file shows.

    Attributes:
        view: The view of the graph in which its items stand.
        kinds: Kinds of the nodes that are items.
        predicate: The predicate from a paper to an item; None for any.
        title: What VOSviewer calls it, with room for the name of the graph.
        rule: What ties two items, in words.
        terms: VOSviewer's words for an item and a link of this network.
    """

    view: str
    kinds: Sequence[str]
    predicate: str | None
    title: str
    rule: str
    terms: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    """Items and links, both numbered from 0.

    Attributes:
        items: Rows of the graph's nodes; with places in a graph that has some.
        papers: How many papers each item is tied to.
        year: The mean year of these, NaN if none is known.
        pairs: The links.
        left_out: In words, what was left out.
    """

    items: pa.Table
    papers: Ints
    year: Floats
    pairs: Pairs
    left_out: list[str]


def write(shown: Map, graph: Graph, out: BinaryIO) -> None:
    """Write one network of a graph; the same graph gives the same bytes."""
    network = _network(shown, graph)
    told = {
        "network": {"items": list(_items(network)), "links": list(_links(network)), "clusters": _clusters(network)},
        "config": {"parameters": {"item_size": 1, "item_color": 1}, "terminology": shown.terms},
        "info": {
            "title": escape(shown.title.format(graph.name).translate(_NO_BRACES)),
            "description": "<br>".join([shown.rule, *network.left_out]),
        },
    }  # fmt: skip
    out.write(json.dumps(told, separators=(",", ":"), allow_nan=False).encode())
    out.write(b"\n")


def _network(shown: Map, graph: Graph) -> _Network:
    """Return the network of the things of some kinds, reduced to what VOSviewer can show."""
    papers = graph.nodes.filter(pc.equal(graph.nodes["kind"], "paper"))
    things = placed(graph, graph.nodes.filter(pc.is_in(graph.nodes["kind"], pa.array(shown.kinds))), shown.view)
    if "x" in things.column_names:
        things = things.filter(pc.is_valid(things["x"]))
    edges = graph.edges
    if shown.predicate is not None:
        edges = edges.filter(pc.equal(edges["predicate"], shown.predicate))
    paper, thing = _rows(edges["source"], papers["id"]), _rows(edges["target"], things["id"])
    tied = (paper >= 0) & (thing >= 0)
    each = np.unique(np.stack([paper[tied], thing[tied]], axis=1), axis=0)
    paper, thing = each[:, 0], each[:, 1]
    pairs = projection(paper, thing, MOST)
    left_out = []
    if crowded := int((np.bincount(paper) > MOST).sum()):
        left_out.append(f"{crowded:,} papers with more than {MOST} of them tie none together.")
    strength = _strength(pairs, len(things))
    count = np.bincount(thing, minlength=len(things))
    order = np.lexsort((np.arange(len(things)), -count, -strength))
    kept = np.sort(order[:LIMIT])
    if len(kept) < len(things):
        left_out.append(
            f"Showing {len(kept):,} of {len(things):,}: those with the greatest total link strength (of equals, with the most papers)."
        )
    return _Network(things.take(pa.array(kept)), count[kept], _mean_year(papers["year"], paper, thing, len(things))[kept], _among(pairs, kept, len(things)), left_out)


def _rows(values: pa.ChunkedArray, among: pa.ChunkedArray) -> Ints:
    """Return at which row of `among` each value stands, -1 for none."""
    found: Ints = pc.fill_null(pc.index_in(values, value_set=among), -1).to_numpy().astype(np.int64)
    return found


def _strength(pairs: Pairs, count: int) -> Ints:
    """Return the total link strength of each item."""
    ends = np.concatenate([pairs.left, pairs.right])
    return np.bincount(ends, np.concatenate([pairs.shared, pairs.shared]), count).astype(np.int64)


def _mean_year(years: pa.ChunkedArray, paper: Ints, thing: Ints, count: int) -> Floats:
    """Return the mean year of each thing's papers, NaN where none is known."""
    known = pc.is_valid(years).to_numpy().astype(bool)[paper]
    year = pc.fill_null(years, 0).to_numpy()[paper][known]
    with np.errstate(invalid="ignore"):
        mean: Floats = np.bincount(thing[known], year, count) / np.bincount(thing[known], minlength=count)
    return mean


def _among(pairs: Pairs, kept: Ints, count: int) -> Pairs:
    """Return the pairs of which both ends are kept, by their new numbers."""
    number = np.full(count, -1)
    number[kept] = np.arange(len(kept))
    both = (number[pairs.left] >= 0) & (number[pairs.right] >= 0)
    return Pairs(number[pairs.left[both]], number[pairs.right[both]], pairs.shared[both])


def _items(network: _Network) -> Iterator[dict[str, Any]]:
    count = len(network.items)
    links = np.bincount(np.concatenate([network.pairs.left, network.pairs.right]), minlength=count)
    strength = _strength(network.pairs, count)
    places = _scaled(network.items)
    for i, row in enumerate(network.items.to_pylist()):
        item: dict[str, Any] = {"id": i + 1, "label": _html(row["label"]), "description": _description(row)}
        if _LINK.fullmatch(row["url"] or ""):
            item["url"] = row["url"]
        if places is not None:
            item |= {"x": round(float(places[i, 0]), 4), "y": round(float(places[i, 1]), 4)}
        if (cluster := _cluster(row)) is not None:
            item["cluster"] = cluster
        item["weights"] = {"Papers": int(network.papers[i]), "Links": int(links[i]), "Total link strength": int(strength[i])}
        if not np.isnan(network.year[i]):
            item["scores"] = {"Avg. pub. year": round(float(network.year[i]), 4)}
        yield item


def _links(network: _Network) -> Iterator[dict[str, int]]:
    for left, right, shared in zip(*(each.tolist() for each in network.pairs), strict=True):
        yield {"source_id": left + 1, "target_id": right + 1, "strength": shared}


def _clusters(network: _Network) -> list[dict[str, Any]]:
    if "community" not in network.items.column_names:
        return []
    rows = network.items.select(["community", "community_label"]).to_pylist()
    labels = {cluster: row["community_label"] for row in rows if (cluster := _cluster(row)) is not None}
    return [{"cluster": cluster, "label": _html(label or f"Cluster {cluster}")} for cluster, label in sorted(labels.items())]


def _cluster(row: dict[str, Any]) -> int | None:
    """Return the number of the cluster, from 1; None without one, and for those beyond what VOSviewer can number."""
    community = row.get("community")
    return None if community is None or community >= _CLUSTERS else community + 1


def _scaled(items: pa.Table) -> npt.NDArray[np.float64] | None:
    """Return places from about -1 to 1, counted upwards; None where VOSviewer is to find places itself."""
    if "x" not in items.column_names or not len(items):
        return None
    places = np.stack([items["x"].to_numpy().astype(float), -items["y"].to_numpy().astype(float)], axis=1)
    places -= places.mean(axis=0)
    reach = float(np.abs(places).max())
    return places / reach if reach > 0 else None


def _description(row: dict[str, Any]) -> str:
    lines = [f"<b>{_html(row['label'])}</b>"]
    if row["aliases"]:
        lines.append(f"Also: {_html(', '.join(row['aliases']))}")
    if row.get("community_label"):
        lines.append(f"Community: {_html(row['community_label'])}")
    return "<br>".join(lines)


def _html(text: str) -> str:
    """Return a text as HTML that says just this in VOSviewer.

    >>> _html("a < {b}")
    'a &lt; (b)'
    """
    return escape(text.translate(_NO_BRACES), quote=False)
