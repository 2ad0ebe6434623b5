"""The assembled graph, as tables: what every exporter and analysis is given."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

NODES = pa.schema([
    ("id", pa.string()),                    # IRI
    ("kind", pa.string()),                  # paper person group organization topic method dataset task metric software
    ("label", pa.string()),                 # what to show; one line, no control characters
    ("aliases", pa.list_(pa.string())),     # other names, sorted
    ("year", pa.int32()),                   # of a paper; first year seen for other kinds; null if unknown
    ("date", pa.string()),                  # ISO date of a paper, null otherwise
    ("url", pa.string()),                   # https link to the thing itself (arXiv, DOI, ORCID, ROR), null if none
    ("text", pa.string()),                  # a paper's abstract; null without one and in the form without texts
    ("authors_complete", pa.bool_()),       # of a paper with authors: false when the list was cut by "et al."
    ("papers", pa.int32()),                 # how many papers the node is tied to (1 for a paper)
])  # fmt: skip
"""One row per node, sorted by id."""

EDGES = pa.schema([
    ("id", pa.string()),                    # hash of source, predicate and target
    ("source", pa.string()),                # IRI of a paper (papers are the source of every edge)
    ("target", pa.string()),
    ("predicate", pa.string()),             # compact IRI, e.g. dcterms:creator, kg:usesDataset
    ("label", pa.string()),                 # the predicate in words, e.g. "uses dataset"
    ("position", pa.int32()),               # 1-based author position, null on other edges
    ("score", pa.float64()),                # best score among the evidence, 0 to 1
    ("support", pa.int32()),                # number of passages that carry the edge
])  # fmt: skip
"""One row per edge, sorted by source, predicate, position, target."""

EVIDENCE = pa.schema([
    ("edge", pa.string()),                  # id of the edge it carries
    ("document", pa.string()),              # name of the file
    ("line", pa.int32()),
    ("record", pa.string()),
    ("field", pa.string()),                 # title, abstract, author ...
    ("start", pa.int64()),                  # code points in the document's text, null where encoded
    ("end", pa.int64()),
    ("before", pa.string()),                # the passage's sentence up to the quote; null without texts
    ("quote", pa.string()),                 # the exact characters
    ("after", pa.string()),                 # the rest of the sentence; null without texts
    ("by", pa.string()),                    # rule or reader, with version
    ("score", pa.float64()),
])  # fmt: skip
"""One row per passage, sorted by edge, document, start."""


PLACES = pa.schema([
    ("view", pa.string()),                  # graph, coauthors, topics
    ("id", pa.string()),                    # IRI of a node
    ("x", pa.float32()),                    # picture units; a small node is about 10 wide
    ("y", pa.float32()),                    # downwards
    ("community", pa.int32()),              # 0 is the largest; -1 for a node without a neighbour in the view
])  # fmt: skip
"""Where the nodes of each view stand, sorted by view and id."""

COMMUNITIES = pa.schema([
    ("view", pa.string()),
    ("community", pa.int32()),
    ("label", pa.string()),                 # what it is about, and who leads it
    ("nodes", pa.int32()),
])  # fmt: skip
"""The communities of each view, sorted by view and number."""

PROPERTIES = pa.schema([
    ("id", pa.string()),                    # IRI of a node
    ("property", pa.string()),              # in words: venue, type, institution, country, citation count ...
    ("value", pa.string()),                 # a text, a number, or the IRI of a node
])  # fmt: skip
"""What nodes can be told apart by, each by one value of a property at most; sorted by property and id."""


@dataclass(frozen=True)
class Graph:
    """A graph of papers, people, organisations, topics and named things.

    Attributes:
        nodes: Table with the schema `NODES`.
        edges: Table with the schema `EDGES`.
        evidence: Table with the schema `EVIDENCE`.
        quads: Path of the graph's RDF as sorted N-Quads.
        prefixes: Prefix to namespace, for the syntaxes that shorten IRIs.
        kinds: Kind to `{"label", "plural", "color"}`, from the ontology.
        with_text: False in the form without abstracts and quoted sentences.
        name: What the graph is called in titles.
        places: Table with the schema `PLACES`; empty where no picture was prepared.
        communities: Table with the schema `COMMUNITIES`, likewise.
        properties: Table with the schema `PROPERTIES`; ids that are no nodes mean nothing.
    """

    nodes: pa.Table
    edges: pa.Table
    evidence: pa.Table
    quads: Path
    prefixes: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, dict[str, str]] = field(default_factory=dict)
    with_text: bool = True
    name: str = "Papers, authors and topics"
    places: pa.Table = field(default_factory=PLACES.empty_table)
    communities: pa.Table = field(default_factory=COMMUNITIES.empty_table)
    properties: pa.Table = field(default_factory=PROPERTIES.empty_table)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of `nodes`, `edges` or `evidence` as dictionaries."""
        rows: list[dict[str, Any]] = getattr(self, table).to_pylist()
        return rows
