"""What counts as one paper: the work, or each version in which it appeared.

A work that came out as preprint, conference paper and journal article is one paper for most questions, and that is the
default (`work`). Where what appeared is to be counted (the output of a venue or year), each version counts (`version`):
every paper of the graph is replaced by its versions, which have the year of their own where a source gives it, and all that
the paper is tied to: its authors, topics and things. So a figure that adds papers up differs between the two by exactly
the further versions of the papers in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import UsageError
from kg.model import Graph

Count = Literal["work", "version"]

POLICIES: Final[tuple[Count, ...]] = ("work", "version")

VERSIONS: Final = pa.schema([("id", pa.string()), ("paper", pa.string()), ("year", pa.int32()), ("date", pa.string())])
"""One row a version: its IRI, that of its paper, and when it appeared, where a source says so."""

Row = dict[str, Any]


def counted(graph: Graph, versions: pa.Table, count: Count) -> Graph:
    """Return the graph in which what is to be counted stands for the papers.

    Args:
        graph: The graph; its tables may have some of their columns only.
        versions: Its versions: `VERSIONS`.
        count: `work` for the graph as it is; `version` for one node a version, with the edges of its paper. The ids of
            edges, and edges that lead to a paper, stay those of the work.

    Raises:
        UsageError: If there is no such policy.
    """
    if count not in POLICIES:
        raise UsageError(f"count is {count!r}; give one of {', '.join(POLICIES)}")
    if count == "work":
        return graph
    ordered = versions.sort_by([("paper", "ascending"), ("id", "ascending")])
    return replace(graph, nodes=_nodes(graph.nodes, ordered), edges=_edges(graph.edges, ordered))


def _nodes(nodes: pa.Table, versions: pa.Table) -> pa.Table:
    """Return the nodes with one a version in place of one a paper."""
    place = pc.index_in(versions["paper"], nodes["id"])
    known = versions.filter(pc.is_valid(place))
    made = nodes.take(pc.drop_null(place))
    for name in ("id", "year", "date"):
        if name in nodes.column_names:
            column = nodes.schema.get_field_index(name)
            made = made.set_column(column, nodes.schema.field(name), pc.coalesce(known[name], made[name]))
    rest = nodes.filter(pc.invert(pc.is_in(nodes["id"], versions["paper"])))
    return pa.concat_tables([rest, made]).sort_by("id")


def _edges(edges: pa.Table, versions: pa.Table) -> pa.Table:
    """Return the edges, those of a paper once for each of its versions."""
    papers = pc.unique(versions["paper"])
    counts = np.bincount(pc.index_in(versions["paper"], papers).to_numpy(), minlength=len(papers))
    starts = np.cumsum(counts) - counts
    paper = pc.fill_null(pc.index_in(edges["source"], papers), -1).to_numpy().astype(np.int64)
    rows = np.flatnonzero(paper >= 0)
    times = counts[paper[rows]]
    within = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    made = edges.take(pa.array(np.repeat(rows, times)))
    source = versions["id"].take(pa.array(np.repeat(starts[paper[rows]], times) + within))
    made = made.set_column(edges.schema.get_field_index("source"), edges.schema.field("source"), source)
    return pa.concat_tables([edges.filter(pa.array(paper < 0)), made])


def results_of_versions(facts: Iterable[Row], passages: Iterable[Row], version: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """Return what leads to results, said of the versions in whose texts they stand instead of the work.

    Args:
        facts: Facts about results, and those that lead to them (`kg:hasResult`).
        passages: The statements of `kg:hasResult`.
        version: Record to the path of the version that it describes.
    """
    told = [row | {"subject": version.get(row["record"], row["subject"])} for row in passages]
    leads = sorted({(row["subject"], row["object"]) for row in told})
    about = [row for row in facts if row["predicate"] != "kg:hasResult"]
    return about + [{"subject": one, "predicate": "kg:hasResult", "object": other} for one, other in leads], told
