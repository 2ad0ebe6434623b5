"""A network of one kind of things as a JSON file of VOSviewer (https://app.vosviewer.com/docs/file-types/json-file-type/).

Things are tied by the papers that they share. VOSviewer compares all pairs of items to place their labels, so a large
network is reduced to the items with the strongest links, as VOSviewer does itself; the file says so under "Visualization
information". Labels and descriptions are HTML there: what comes from the graph is escaped.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.ties import MOST_AUTHORS, ties
from kg.export._drawn import with_places
from kg.model import Graph
from kg.network.measures import Floats, Ints
from kg.network.projection import Pairs, projection
from kg.page import web_address

LIMIT: Final = 5_000
"""How many items VOSviewer Online handles at a usable speed."""

_CLUSTERS: Final = 1_000
"""The highest number that VOSviewer allows a cluster."""

_MARKUP: Final = re.compile(r"<|&(?=#?\w+;)")

# A text in braces is a placeholder to VOSviewer, also where it stands in data.
_NO_BRACES: Final = str.maketrans("{}", "()")


@dataclass(frozen=True, slots=True)
class Map:
    """What a file shows.

    Attributes:
        view: The view of the graph in which its items stand.
        title: What VOSviewer calls it, with room for the name of the graph.
        rule: What ties two items, in words.
        total: How many items there would be without a limit.
        kept: Which are kept where there are too many, in words.
        terms: VOSviewer's words for an item and a link of this network.
    """

    view: str
    title: str
    rule: str
    total: Callable[[Graph], int]
    kept: str
    terms: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    """Items and links, both numbered from 0.

    Attributes:
        items: Rows of the graph's nodes, with their places if it has any.
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
        "config": {"terminology": shown.terms},
        "info": {
            "title": shown.title.format(graph.name),
            "description": "<br>".join([shown.rule, *network.left_out]),
        },
    }  # fmt: skip
    out.write(json.dumps(told, separators=(",", ":"), allow_nan=False).encode())
    out.write(b"\n")


def _network(shown: Map, graph: Graph) -> _Network:
    """Return the network of a view, reduced to what VOSviewer can show."""
    view = next(each for each in ties(graph) if each.name == shown.view)
    count = len(view.rows)
    paper, thing = np.unique(np.stack([view.papers, view.members], axis=1), axis=0).T
    pairs = projection(paper, thing, MOST_AUTHORS)
    papers = np.bincount(thing, minlength=count)
    left_out = _cut(graph, paper) if shown.view == "coauthors" else []
    if crowded := int((np.bincount(paper) > MOST_AUTHORS).sum()):
        left_out.append(f"A paper with more than {MOST_AUTHORS} of them ties none together; there {'is' if crowded == 1 else 'are'} {crowded:,}.")
    order = np.lexsort((np.arange(count), -papers, -_strength(pairs, count)))
    kept = np.sort(order[:LIMIT])
    if len(kept) < (total := shown.total(graph)):
        left_out.append(f"Showing {len(kept):,} of {total:,}: {shown.kept}.")
    items = with_places(graph, graph.nodes.take(pa.array(view.rows[kept])), shown.view)
    year = _mean_year(graph.nodes["year"], paper, thing, count)
    return _Network(items, papers[kept], year[kept], _among(pairs, kept, count), left_out)


def _cut(graph: Graph, papers: Ints) -> list[str]:
    """Say how many of the papers have author lists that are cut, or not known to be whole; nothing if none has."""
    cut = ~pc.fill_null(graph.nodes["authors_complete"], False).to_numpy().astype(bool)[np.unique(papers)]
    return [f'Figures are lower bounds: the author list of {cut.sum():,} of {len(cut):,} papers is cut ("et al.").'] if cut.any() else []


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
        item: dict[str, Any] = {"id": i + 1, "label": _label(row["label"] or ""), "description": _description(row)}
        if url := web_address(row["url"]):
            item["url"] = url
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
    return [{"cluster": cluster, "label": label or f"Cluster {cluster}"} for cluster, label in sorted(labels.items())]


def _cluster(row: dict[str, Any]) -> int | None:
    """Return the number of the cluster, from 1; None without one, and for those beyond what VOSviewer can number."""
    community = row.get("community")
    return None if community is None or community >= _CLUSTERS else community + 1


def _scaled(items: pa.Table) -> Floats | None:
    """Return places from about -1 to 1, counted upwards; None where VOSviewer is to find places itself."""
    # It takes no file in which some items have a place and others none, or in which all stand on one.
    if "x" not in items.column_names or items["x"].null_count or not len(items):
        return None
    places = np.stack([items["x"].to_numpy().astype(float), -items["y"].to_numpy().astype(float)], axis=1)
    places -= places.mean(axis=0)
    reach = float(np.abs(places).max())
    scaled: Floats | None = places / reach if reach > 0 else None
    return scaled


def _description(row: dict[str, Any]) -> str:
    lines = [f"<b>{_html(row['label'] or '')}</b>"]
    if row["aliases"]:
        lines.append(f"Also: {_html(', '.join(row['aliases']))}")
    if row.get("community_label"):
        lines.append(f"Community: {_html(row['community_label'])}")
    return "<br>".join(lines)


def _label(text: str) -> str:
    """Return a label that VOSviewer does not take for markup: it parses labels in the picture, and shows them as they are elsewhere.

    >>> _label("R&D &lt; <b>")
    'R&D &amp;lt; &lt;b>'
    """
    return _MARKUP.sub(lambda found: escape(found[0]), text)


def _html(text: str) -> str:
    """Return a text as HTML that says just this in a description.

    >>> _html("a < {b}")
    'a &lt; (b)'
    """
    return escape(text.translate(_NO_BRACES), quote=False)
