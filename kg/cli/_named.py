"""Which nodes an answer names: by their IRIs, and by what they are called, as far as the rest of the answer makes that certain."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from kg.model import Graph

_IRI: Final = re.compile(r"https?://[^\s<>\"'{}|^`\\,]+")

Cells = Mapping[str, Mapping[str, str]]
"""A row of an answer: columns to cells, in the SPARQL JSON form."""


class Named(NamedTuple):
    """What an answer names.

    Attributes:
        nodes: IRIs of nodes.
        shared: Names that several nodes bear, where nothing in the answer tells which is meant, to the IRIs of all of these.
    """

    nodes: set[str]
    shared: dict[str, set[str]]


def named(answer: str, graph: Graph) -> Named:
    """Return the nodes that an answer names, in the SPARQL JSON form or as N-Triples.

    A column of texts names nodes if it is called as a kind of them, if all in it are names of nodes, or if the answer has no
    IRIs of nodes. Of those who bear a name, one that the row names by its IRI is meant; else those of the kind that the column
    is called by; of these, those that are tied to a node of the row.
    """
    kinds = dict(zip(graph.nodes["id"].to_pylist(), graph.nodes["kind"].to_pylist(), strict=True))
    if not answer.startswith("{"):
        return Named(kinds.keys() & _IRI.findall(answer), {})
    rows: list[Cells] = json.loads(answer).get("results", {}).get("bindings", [])
    told = [{iri for cell in row.values() for iri in _IRI.findall(cell["value"]) if iri in kinds} for row in rows]
    found = Named(set().union(*told), {})
    bearers = _bearers(graph, {text for row in rows for _, text in _texts(row)})
    known = _naming(rows, bearers, set(kinds.values())) if found.nodes else None
    ties = _ties(graph, {node for nodes in bearers.values() if len(nodes) > 1 for node in nodes})
    for row, besides in zip(rows, told, strict=True):
        for column, text in _texts(row):
            meant = bearers.get(text, set())
            if (known is not None and column not in known) or meant & besides:
                continue
            meant = {node for node in meant if kinds[node] == column} or meant
            meant = {node for node in meant if ties[node] & besides} or meant
            found.nodes.update(meant)
            if len(meant) > 1:
                found.shared.setdefault(text, set()).update(meant)
    return found


def _texts(row: Cells) -> Iterator[tuple[str, str]]:
    """Yield the columns of a row that hold a text, with it."""
    for column, cell in row.items():
        if cell["type"] == "literal" and "datatype" not in cell:
            yield column, cell["value"]


def _bearers(graph: Graph, texts: Collection[str]) -> dict[str, set[str]]:
    """Return texts that are names of nodes, to those who bear them."""
    found: dict[str, set[str]] = defaultdict(set)
    bearing = graph.nodes.filter(pc.is_in(graph.nodes["label"], pa.array(sorted(texts), pa.string())))
    for node, label in zip(bearing["id"].to_pylist(), bearing["label"].to_pylist(), strict=True):
        found[label].add(node)
    return dict(found)


def _naming(rows: list[Cells], bearers: Mapping[str, Any], kinds: Collection[str]) -> set[str]:
    """Return the columns of texts that name nodes: called as a kind, or with nothing in them but names."""
    columns: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for column, text in _texts(row):
            columns[column].add(text)
    return {column for column, texts in columns.items() if column in kinds or texts <= bearers.keys()}


def _ties(graph: Graph, nodes: Collection[str]) -> dict[str, set[str]]:
    """Return nodes to those that they are tied to."""
    found: dict[str, set[str]] = defaultdict(set)
    some = pa.array(sorted(nodes), pa.string())
    edges = graph.edges.filter(pc.or_(pc.is_in(graph.edges["source"], some), pc.is_in(graph.edges["target"], some)))
    for source, target in zip(edges["source"].to_pylist(), edges["target"].to_pylist(), strict=True):
        found[source].add(target)
        found[target].add(source)
    return found
