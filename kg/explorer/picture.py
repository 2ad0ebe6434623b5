"""What is drawn: nodes and edges as columns of numbers, and the views of them.

Nodes are numbered by their number of edges, most first, so that the first nodes are the ones to show where there is no room
for all; of equals, those tied to the first nodes come first, then those with the smaller identifier. Edges go by source,
relation and target. What follows from the rest (degrees, papers of a thing, most keys) is not stored; labels stand kind by kind,
and in the view of the whole what is named in papers stands by what it is away from the first of them: like beside like.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.columns import Array, fitting, lines
from kg.explorer.groups import groups
from kg.explorer.ties import AUTHORS, MOST_AUTHORS, NO_THINGS, importance, tied, whole
from kg.model import Graph
from kg.network.measures import Ints, Network, pagerank
from kg.network.regions import regions

VIEWS: Final = {"graph": "Everything", "coauthors": "Co-authorship", "topics": "Topic map"}
"""The views with places of their own; the page makes the others itself."""

WHOLE: Final = "graph"
"""The view in which all nodes stand."""

NOBODY: Final = 0xFFFF
"""The community of a node that has none."""

STEP: Final = 0.5
"""Places are told to so many picture units, a ninth of the radius of the smallest node."""

GRID: Final = 0xFFFF
"""No view has more steps than this along an axis: a larger one has wider steps."""

MEASURES: Final = ("kind", "community", "year", "papers", "degree", "cited", "rank", "same", "centrality")
"""What every page can colour and size nodes by, beside the properties of its graph."""


@dataclass(frozen=True)
class Picture:
    """Columns of a graph, ready to be packed.

    Attributes:
        told: Facts for the header: kinds, relations, views.
        plain: Columns by name.
        steps: Columns whose neighbours are alike.
        names: Columns of what nodes are called, in the same two forms.
        order: Row of the graph's table of nodes, by number of the node.
        edges: Row of the graph's table of edges, by number of the edge.
        source: Number of the source of each edge, ascending.
        target: Number of its target.
        labels: Label of each node, as one line.
        keys: Identifier of each node, without what all have in common.
    """

    told: dict[str, Any]
    plain: dict[str, Array]
    steps: dict[str, Array]
    names: tuple[dict[str, Array], dict[str, Array]]
    order: Ints
    edges: Ints
    source: Ints
    target: Ints
    labels: pa.Array
    keys: list[str]


def picture(graph: Graph) -> Picture:
    """Return what is drawn of a graph."""
    count = graph.nodes.num_rows
    drawn, source, target = tied(graph)
    order = importance(count, source, target)
    number = np.empty_like(order)
    number[order] = np.arange(count)
    source, target = number[source], number[target]
    said = (pc.fill_null(graph.edges[name], "") for name in ("predicate", "label"))
    relations, relation = _coded(pc.binary_join_element_wise(*said, "\n").take(pa.array(drawn)))
    by = np.lexsort((target, relation, source))
    edges, source, target = drawn[by], source[by], target[by]

    nodes = graph.nodes.take(pa.array(order))
    kinds, kind = _coded(pc.fill_null(nodes["kind"], ""))
    score = np.nan_to_num(graph.edges["score"].to_numpy().astype(np.float64)[edges], nan=1.0)
    papers = _numbers(nodes["papers"])
    rank, factor = _ranks(whole(count, source, target))
    unlike = np.flatnonzero(papers != expected_papers(count, source, target))
    plain: dict[str, Array] = {
        "kind": fitting(kind),
        "year": _numbers(nodes["year"], 0xFFFF).astype(np.uint16),
        "out": fitting(np.bincount(source, minlength=count)),
        "relation": fitting(relation[by]),
        "score": np.clip(np.rint(score * 100), 0, 100).astype(np.uint8),
        "position": _numbers(graph.edges["position"].take(pa.array(edges)), 0xFFFF).astype(np.uint16),
        "papers": papers[unlike].astype(np.uint32), "rank": rank,
    }
    steps: dict[str, Array] = {"target": target.astype(np.uint32), "papersOf": unlike.astype(np.uint32)}
    labels = [_line(label) for label in nodes["label"].to_pylist()]
    views = [
        view | ({"note": note} if (note := _note(graph, name, order[source], order[target])) else {})
        for name in VIEWS if (view := _view(graph, name, number, labels, plain, steps))
    ]  # fmt: skip
    of_all = (f"{WHOLE}.{what}" for what in ("x", "y", "community"))
    plain |= _beside({name: plain[name] for name in of_all if name in plain and len(plain[name]) == count}, source, target, count)
    properties, of_properties = groups(graph, number, kind, frozenset(MEASURES).union(kinds))
    plain |= of_properties
    base = common_start(graph.nodes["id"])
    keys = [_line(name.removeprefix(base)) for name in nodes["id"].to_pylist()]
    names = _names(nodes["aliases"], kinds, kind, labels, keys)
    lost = graph.edges.num_rows - len(edges)
    complete = pc.drop_null(graph.nodes["authors_complete"])
    told = {
        "title": graph.name, "base": base, "withText": graph.with_text, "nodes": count, "edges": len(edges), "lost": lost, "rank": factor,
        "kinds": [_kind(graph, name) for name in kinds],
        "relations": [dict(zip(("predicate", "label"), each.split("\n", 1), strict=True)) for each in relations],
        "views": views, "properties": properties,
        "lists": len(complete), "cutLists": len(complete) - (pc.sum(complete).as_py() or 0),
        "notes": [_counted(lost, "edge leads", "edges lead") + " to nodes that the graph does not hold, and cannot be shown."] if lost else [],
    }  # fmt: skip
    return Picture(told, plain, steps, names, order, edges, source, target, pa.array(labels, pa.large_string()), keys)


def expected_papers(count: int, source: Ints, target: Ints) -> Ints:
    """Return the number of papers of each node as edges tell it: 1 for what edges go out from, else from how many they come."""
    pairs = np.unique(source * max(count, 1) + target)
    found = np.bincount(pairs % max(count, 1), minlength=count)
    found[source] = 1
    return found


def _ranks(network: Network) -> tuple[Array, float]:
    """Return the PageRank of each node on a scale of 255 equal factors, 255 being the highest; and the factor of a step."""
    rank = pagerank(network)
    if not len(rank):
        return np.zeros(0, np.uint8), 1.0
    high, low = float(rank.max()), float(rank.min())
    factor = max((low / high) ** (1 / 255), 1e-3)
    steps = np.log(rank / high) / np.log(factor) if factor < 1 else np.zeros(len(rank))
    return (255 - np.clip(np.rint(steps), 0, 255)).astype(np.uint8), round(factor, 9)


def key_of(kind: str, label: str) -> str:
    """Return the key that a node has as a rule, below the base of all ids; the page does the same.

    >>> key_of("person", "Aäron van den Oord"), key_of("metric", "F1 score")
    ('person/a-ron-van-den-oord', 'metric/f1-score')
    """
    return f"{kind}/{re.sub('[^a-z0-9]+', '-', label.translate(LOWER)).strip('-')}"


LOWER: Final = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
"""Letters that are made small where the page must do the same: of others, languages differ."""


def _coded(column: pa.ChunkedArray) -> tuple[list[str], Ints]:
    """Return the values of a column, the most frequent first, and the number of each row's value."""
    coded = column.combine_chunks().dictionary_encode()
    names, codes = coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64)
    counts = np.bincount(codes, minlength=len(names))
    ranked = sorted(range(len(names)), key=lambda i: (-counts[i], names[i]))
    rank = np.empty(len(names), np.int64)
    rank[ranked] = np.arange(len(names))
    return [names[i] for i in ranked], rank[codes]


def _numbers(column: pa.ChunkedArray, most: int = 0xFFFFFFFF) -> Ints:
    """Return a column of numbers from 0 to `most`, 0 for what is not known."""
    found: Ints = np.clip(pc.fill_null(column, 0).to_numpy().astype(np.int64), 0, most)
    return found


def _names(aliases: pa.ChunkedArray, kinds: list[str], kind: Ints, labels: list[str], keys: list[str]) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return labels (kind by kind), keys (only those that do not follow from kind and label) and aliases (of nodes that have any)."""
    told = []
    for key, of_kind, label in zip(keys, kind.tolist(), labels, strict=True):
        usual = key_of(kinds[of_kind], label)
        # "+" and the end of a key that begins as usual; "=" and a whole key.
        told.append("" if key == usual else f"+{key[len(usual) :]}" if key.startswith(usual) else f"={key}")
    lists = ([_line(each) for each in names or () if each != label] for names, label in zip(aliases.to_pylist(), labels, strict=True))
    others = {i: "\t".join(names) for i, names in enumerate(lists) if names}
    by_kind = [labels[at] for at in np.argsort(kind, kind="stable")]
    plain: dict[str, Array] = {"labels": lines(by_kind), "keys": lines(told), "aliases": lines(list(others.values()))}
    return plain, {"aliasesOf": np.array(list(others), np.uint32)}


def _line(text: str | None) -> str:
    """Return a text as one line."""
    return _CONTROLS.sub(" ", text or "")


_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def common_start(ids: pa.ChunkedArray) -> str:
    """Return what all identifiers begin with, up to its last slash."""
    if not len(ids):
        return ""
    first, last = pc.min_max(ids).as_py().values()
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return str(first[: first.rfind("/", 0, same) + 1])


def _kind(graph: Graph, kind: str) -> dict[str, Any]:
    named = {"label": kind, "plural": kind, "color": "#808080"} | graph.kinds.get(kind, {})
    return {"name": kind, "label": named["label"], "plural": named["plural"], "color": named["color"]}


def _view(graph: Graph, name: str, number: Ints, labels: list[str], plain: dict[str, Array], steps: dict[str, Array]) -> dict[str, Any]:
    """Add the columns of a view to `plain` and `steps`; return its facts, none where nothing stands in it."""
    there = graph.places.filter(pc.equal(graph.places["view"], name))
    rows = pc.fill_null(pc.index_in(there["id"], value_set=graph.nodes["id"]), -1).to_numpy()
    there, rows = there.filter(pa.array(rows >= 0)), rows[rows >= 0]
    if not len(rows):
        return {}
    members = number[rows]
    by = np.argsort(members)
    members, community = members[by], there["community"].to_numpy()[by].astype(np.int64)
    points = np.stack([there[axis].to_numpy().astype(np.float64)[by] for axis in ("x", "y")], axis=1)
    low, high = points.min(axis=0), points.max(axis=0)
    step = max(STEP, float((high - low).max()) / GRID)
    cells = np.rint((points - low) / step)
    plain |= {
        f"{name}.x": cells[:, 0].astype(np.uint16), f"{name}.y": cells[:, 1].astype(np.uint16),
        f"{name}.community": np.where((community < 0) | (community >= NOBODY), NOBODY, community).astype(np.uint16),
    }  # fmt: skip
    found = regions(points, community)
    # Each ring begins where the corner of the picture is, and goes on from point to point.
    rings = [np.diff(_cell(ring, low, step), axis=0, prepend=0).ravel() for each in found for ring in each.outlines]
    plain[f"{name}.rings"] = np.concatenate([np.zeros(0, np.int64), *rings]).astype(np.int32)
    if len(members) < len(labels):
        steps[f"{name}.nodes"] = members.astype(np.uint32)
    return {
        "name": name, "label": VIEWS[name], "box": [*low.tolist(), *high.tolist()], "low": low.tolist(), "step": step, "nodes": len(members),
        "communities": _communities(graph, name, members, community, labels),
        "regions": [
            {"community": each.community, "anchor": _cell([each.x, each.y], low, step).tolist(), "room": round(each.room, 1),
             "rings": [len(ring) for ring in each.outlines]}
            for each in found
        ],
    }  # fmt: skip


def _beside(columns: dict[str, Array], source: Ints, target: Ints, count: int) -> dict[str, Array]:
    """Return columns of nodes in which what no edge goes out from stands as the difference from its first paper, by number.

    What is in one paper only stands beside it: so small numbers tell where most nodes are.
    """
    lead = np.full(count, count)
    np.minimum.at(lead, target, source)
    lead[source] = count
    of = np.flatnonzero(lead < count)
    found = {}
    for name, column in columns.items():
        moved = column.astype(np.int32)
        moved[of] -= column[lead[of]].astype(np.int32)
        found[name] = moved
    return found


def _cell(points: Any, low: Array, step: float) -> Ints:
    return np.rint((np.asarray(points) - low) / step).astype(np.int64)


def _communities(graph: Graph, view: str, members: Ints, community: Ints, labels: list[str]) -> list[list[Any]]:
    """Return label and size of each community; without a label, it is called as the first of its members."""
    named = graph.communities.filter(pc.equal(graph.communities["view"], view)).sort_by("community")
    numbers, first = np.unique(community, return_index=True)
    leading = {number: labels[members[at]] for number, at in zip(numbers.tolist(), first.tolist(), strict=True)}
    return [
        [row["nodes"]] if row["label"] == leading.get(row["community"]) else [row["nodes"], _line(row["label"])]
        for row in named.to_pylist()
    ]


def _note(graph: Graph, name: str, source: Ints, target: Ints) -> str:
    """Return in words by which rule nodes or ties of a view are left out, empty if none are."""
    if name == "topics":
        things = graph.nodes.filter(pc.invert(pc.is_in(graph.nodes["kind"], value_set=pa.array(sorted(NO_THINGS)))))
        there = pc.is_in(things["id"], value_set=graph.places.filter(pc.equal(graph.places["view"], name))["id"])
        shown = things.filter(there)
        if len(shown) < len(things):
            least = pc.min(shown["papers"]).as_py()
            return f"{len(shown):,} of {len(things):,} topics, methods, tasks, datasets and the like: those that at least {least} papers name."
    if name == "coauthors":
        author = pc.is_in(graph.nodes["kind"], value_set=pa.array(AUTHORS)).to_numpy().astype(np.bool_)
        crowded = int((np.bincount(source[author[target]]) > MOST_AUTHORS).sum())
        if crowded:
            return f"{_counted(crowded, 'paper', 'papers')} of more than {MOST_AUTHORS} authors tie none of them."
    return ""


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def header(drawn: Picture, more: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of a page: those of the picture and of its details, with the notes of both."""
    return drawn.told | more | {"notes": [*drawn.told["notes"], *more.get("notes", [])]}
