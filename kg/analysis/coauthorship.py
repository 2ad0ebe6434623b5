"""Who writes with whom: pairs of co-authors, the network that they make, and each person's place in it.

In go the graph's nodes and its `dcterms:creator` edges; out come two tables and a summary. A joint paper of
n authors adds 1/(n-1) to the weight of each of its pairs, so that a person's weights add up to the number of
papers written with others (M. E. J. Newman, "Scientific collaboration networks. II. Shortest paths, weighted
networks, and centrality", Physical Review E 64, 016132, 2001). Communities are found by the Louvain method
(Blondel et al., J. Stat. Mech. P10008, 2008), with a fixed seed.

What a cut list means. A list that ends in "et al." hides authors, and anybody may be one of them. So

* a pair's number of joint papers is a lower bound when there is a paper with a cut list on which at least one
  of the two is not seen: both may have written it;
* a person's figures are lower bounds when there is any paper with a cut list: if the person is seen on it,
  co-authors may be hidden, and if not, the person may be;
* the fractional weight is a bound in neither direction: the n of a cut list is too small, and pairs are hidden.

Papers without any author list are outside the count.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import networkx as nx
import pyarrow as pa

from kg.errors import UsageError
from kg.model import Graph

CREATOR: Final = "dcterms:creator"
"""The predicate from a paper to its author."""

PAIRS: Final = pa.schema([
    ("a", pa.string()),                     # IRI of one author, the smaller
    ("a_label", pa.string()),
    ("b", pa.string()),
    ("b_label", pa.string()),
    ("papers", pa.int32()),                 # how many they wrote together
    ("weight", pa.float64()),               # sum of 1/(n-1) over the joint papers
    ("first_year", pa.int32()),             # of the joint papers; null if no year is known
    ("last_year", pa.int32()),
    ("lower_bound", pa.bool_()),            # whether there may be more joint papers behind an "et al."
    ("paper_ids", pa.list_(pa.string())),   # IRIs of these papers, sorted
])  # fmt: skip
"""One row per pair, the most joint papers first."""

PEOPLE: Final = pa.schema([
    ("id", pa.string()),
    ("label", pa.string()),
    ("kind", pa.string()),                  # person, or group if these are asked for
    ("papers", pa.int32()),
    ("degree", pa.int32()),                 # the number of co-authors
    ("weight", pa.float64()),               # the weighted degree (Newman)
    ("first_year", pa.int32()),
    ("last_year", pa.int32()),
    ("component", pa.int32()),              # 1 is the largest
    ("component_size", pa.int32()),
    ("community", pa.int32()),              # 1 is the largest
    ("degree_centrality", pa.float64()),    # co-authors as a share of all others
    ("betweenness", pa.float64()),          # share of shortest paths through the person
    ("closeness", pa.float64()),            # null where the network is too large to measure it
    ("pagerank", pa.float64()),             # weighted
    ("eigenvector", pa.float64()),          # null where the iteration does not converge
    ("papers_with_cut_list", pa.int32()),   # of the person's own papers
    ("lower_bound", pa.bool_()),
])  # fmt: skip
"""One row per person, the most co-authors first."""

STEPS: Final = 50_000_000
"""Steps of breadth-first search up to which all shortest paths are followed (about 20 seconds)."""

PIVOTS: Final = 400
"""Beyond that, how many people's paths are followed (U. Brandes and C. Pich, Int. J. Bifurcation and Chaos 17, 2007)."""

SEED: Final = 1
DAMPING: Final = 0.85
TOLERANCE: Final = 1e-12


@dataclass(frozen=True)
class Coauthorship:
    """The co-authorship of a graph.

    Attributes:
        pairs: Table with the schema `PAIRS`.
        people: Table with the schema `PEOPLE`.
        summary: Figures of the whole network by name, the options, and a `note` in words.
    """

    pairs: pa.Table
    people: pa.Table
    summary: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper with an author list, in the span of years asked for; its authors (those that count) by IRI."""

    id: str
    year: int | None
    authors: tuple[str, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Author:
    """A person or group, and what was counted: papers, and of these the ones with a cut list."""

    id: str
    label: str
    kind: str
    papers: tuple[_Paper, ...]


def run(
    graph: Graph,
    *,
    since: int | None = None,
    until: int | None = None,
    min_papers: int = 1,
    max_authors: int = 100,
    include_groups: bool = False,
) -> Coauthorship:
    """Return who writes with whom.

    Args:
        graph: The graph.
        since: Leave out papers before this year, and papers without a year.
        until: Leave out papers after this year, and papers without a year.
        min_papers: Leave out people with fewer papers.
        max_authors: Papers with more authors make no pairs: on a list of hundreds, a pair says little.
        include_groups: Whether collective authors count like people.

    Raises:
        UsageError: If an option makes no sense.
    """
    _check(since, until, min_papers, max_authors)
    papers, counts = _papers(graph, since, until, include_groups=include_groups)
    authors = _authors(graph, papers, min_papers)
    kept = {author.id for author in authors}
    paired = [paper for paper in papers if len(paper.authors) <= max_authors]
    pairs = _pairs(paired, kept, {author.id: author.label for author in authors})
    network = _network([author.id for author in authors], pairs)
    measures = _measures(network)
    cut = any(paper.cut for paper in papers)
    people = sorted(
        _people(authors, network, measures, lower_bound=cut),
        key=lambda row: (-row["degree"], -row["papers"], row["id"]),
    )
    options = {
        "since": since, "until": until, "min_papers": min_papers, "max_authors": max_authors,
        "include_groups": include_groups,
    }  # fmt: skip
    figures = counts | {"papers_over_max_authors": len(papers) - len(paired)} | _figures(network, people, measures)
    summary = figures | {"lower_bound": cut, "note": _note(figures, max_authors)} | options
    return Coauthorship(
        pairs=pa.Table.from_pylist(pairs, PAIRS), people=pa.Table.from_pylist(people, PEOPLE), summary=summary
    )


def _check(since: int | None, until: int | None, min_papers: int, max_authors: int) -> None:
    if since is not None and until is not None and since > until:
        raise UsageError(f"no year is since {since} and until {until}; swap the two")
    if min_papers < 1:
        raise UsageError(f"min_papers is {min_papers}; give 1 or more")
    if max_authors < 2:
        raise UsageError(f"max_authors is {max_authors}; a pair needs 2 or more")


def _papers(
    graph: Graph, since: int | None, until: int | None, *, include_groups: bool
) -> tuple[list[_Paper], dict[str, int]]:
    """Return the papers with authors of the years asked for, by IRI, and what was counted on the way."""
    wanted = {"person", "group"} if include_groups else {"person"}
    nodes = graph.nodes.select(["id", "kind", "year", "authors_complete"]).to_pylist()
    people = {node["id"] for node in nodes if node["kind"] in wanted}
    authors: dict[str, set[str]] = defaultdict(set)
    for edge in graph.edges.select(["source", "predicate", "target"]).to_pylist():
        if edge["predicate"] == CREATOR:
            authors[edge["source"]].add(edge["target"])
    all_papers = sorted((node for node in nodes if node["kind"] == "paper"), key=lambda node: node["id"])
    in_span = [node for node in all_papers if _within(node["year"], since, until)]
    # A list that is not known to be whole counts as cut.
    papers = [
        _Paper(node["id"], node["year"], tuple(sorted(authors[node["id"]] & people)), node["authors_complete"] is not True)
        for node in in_span
        if node["id"] in authors
    ]
    return papers, {
        "papers": len(in_span),
        "papers_with_authors": len(papers),
        "papers_with_cut_list": sum(paper.cut for paper in papers),
        "papers_without_year_left_out": sum(node["year"] is None for node in all_papers)
        - sum(node["year"] is None for node in in_span),
    }


def _within(year: int | None, since: int | None, until: int | None) -> bool:
    """Say whether a year lies in the span; an unknown year does only in the open span."""
    if year is None:
        return since is None and until is None
    return (since is None or since <= year) and (until is None or year <= until)


def _authors(graph: Graph, papers: list[_Paper], min_papers: int) -> list[_Author]:
    """Return those who wrote at least `min_papers` of the papers, by IRI."""
    written: dict[str, list[_Paper]] = defaultdict(list)
    for paper in papers:
        for author in paper.authors:
            written[author].append(paper)
    nodes = graph.nodes.select(["id", "label", "kind"]).to_pylist()
    return sorted(
        (
            _Author(node["id"], node["label"], node["kind"], tuple(written[node["id"]]))
            for node in nodes
            if len(written.get(node["id"], ())) >= min_papers
        ),
        key=lambda author: author.id,
    )


def _pairs(papers: list[_Paper], kept: set[str], labels: dict[str, str]) -> list[dict[str, Any]]:
    """Return the rows of `pairs`, the most joint papers first."""
    joint: dict[tuple[str, str], list[_Paper]] = defaultdict(list)
    for paper in papers:
        for pair in combinations([author for author in paper.authors if author in kept], 2):
            joint[pair].append(paper)
    cut_in_all = sum(paper.cut for paper in papers)
    rows = [
        {
            "a": a, "a_label": labels[a], "b": b, "b_label": labels[b],
            "papers": len(shared),
            "weight": math.fsum(1 / (len(paper.authors) - 1) for paper in shared),
            **_years(shared),
            "lower_bound": sum(paper.cut for paper in shared) < cut_in_all,
            "paper_ids": [paper.id for paper in shared],
        }
        for (a, b), shared in joint.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row["papers"], -row["weight"], row["a"], row["b"]))


def _years(papers: Iterable[_Paper]) -> dict[str, int | None]:
    years = [paper.year for paper in papers if paper.year is not None]
    return {"first_year": min(years, default=None), "last_year": max(years, default=None)}


def _network(people: list[str], pairs: list[dict[str, Any]]) -> nx.Graph:
    """Return the network, its nodes numbered in the order of their IRIs.

    Numbers, because the order of a set of strings changes from run to run, and with it Louvain's result.
    """
    number = {person: index for index, person in enumerate(people)}
    network = nx.Graph()
    network.add_nodes_from(range(len(people)))
    ends = sorted((number[pair["a"]], number[pair["b"]], pair["weight"]) for pair in pairs)
    network.add_weighted_edges_from(ends)
    return network


@dataclass(frozen=True, slots=True)
class _Measures:
    """What was measured, by number of the person; communities and components by size."""

    components: list[list[int]]
    communities: list[list[int]]
    betweenness: dict[int, float]
    closeness: dict[int, float] | None
    pagerank: list[float]
    eigenvector: dict[int, float] | None
    exact: bool


def _measures(network: nx.Graph) -> _Measures:
    components = _by_size(nx.connected_components(network))
    exact = sum(len(part) * (len(part) + sum(network.degree(node) for node in part) // 2) for part in components) <= STEPS
    return _Measures(
        components=components,
        communities=_by_size(_communities(network)),
        betweenness=nx.betweenness_centrality(network, k=None if exact else min(PIVOTS, len(network)), seed=SEED),
        closeness=nx.closeness_centrality(network) if exact else None,
        pagerank=_pagerank(network),
        eigenvector=_eigenvector(network),
        exact=exact,
    )


def _by_size(groups: Iterable[set[int]]) -> list[list[int]]:
    """Return groups as sorted lists, the largest first, then by smallest member."""
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group[0]))


def _communities(network: nx.Graph) -> Iterator[set[int]]:
    """Yield the Louvain communities; who has no co-author is one alone."""
    together = network.subgraph(node for node in network if network.degree(node)).copy()
    if together:
        yield from nx.community.louvain_communities(together, weight="weight", seed=SEED)
    yield from ({node} for node in network if not network.degree(node))


def _pagerank(network: nx.Graph) -> list[float]:
    """Return the weighted PageRank of nodes 0..n-1 (the library's own needs SciPy); the figures add up to 1."""
    count = len(network)
    strength = [math.fsum(weight for _, _, weight in network.edges(node, data="weight")) for node in range(count)]
    rank = [1 / count] * count if count else []
    for _ in range(1000):
        loose = math.fsum(rank[node] for node in range(count) if not strength[node])
        base = (1 - DAMPING + DAMPING * loose) / count if count else 0.0
        new = [
            base
            + DAMPING
            * math.fsum(rank[other] * edge["weight"] / strength[other] for other, edge in network.adj[node].items())
            for node in range(count)
        ]
        moved = math.fsum(abs(a - b) for a, b in zip(rank, new, strict=True))
        rank = new
        if moved < TOLERANCE * max(count, 1):
            break
    return rank


def _eigenvector(network: nx.Graph) -> dict[int, float] | None:
    """Return eigenvector centralities, or None where there are no pairs or the iteration does not converge."""
    if not network.number_of_edges():
        return None
    try:
        found: dict[int, float] = nx.eigenvector_centrality(network, weight="weight")
    except nx.PowerIterationFailedConvergence:
        return None
    return found


def _people(
    authors: list[_Author], network: nx.Graph, measures: _Measures, *, lower_bound: bool
) -> Iterator[dict[str, Any]]:
    """Yield the rows of `people`, by IRI."""
    component = _numbers(measures.components)
    community = _numbers(measures.communities)
    others = max(len(authors) - 1, 1)
    for node, author in enumerate(authors):
        yield {
            "id": author.id,
            "label": author.label,
            "kind": author.kind,
            "papers": len(author.papers),
            "degree": network.degree(node),
            "weight": math.fsum(edge["weight"] for edge in network.adj[node].values()),
            **_years(author.papers),
            "component": component[node],
            "component_size": len(measures.components[component[node] - 1]),
            "community": community[node],
            "degree_centrality": network.degree(node) / others,
            "betweenness": measures.betweenness[node],
            "closeness": measures.closeness[node] if measures.closeness is not None else None,
            "pagerank": measures.pagerank[node],
            "eigenvector": measures.eigenvector[node] if measures.eigenvector is not None else None,
            "papers_with_cut_list": sum(paper.cut for paper in author.papers),
            "lower_bound": lower_bound,
        }


def _numbers(groups: list[list[int]]) -> dict[int, int]:
    """Return the 1-based number of the group of each member."""
    return {member: number for number, group in enumerate(groups, 1) for member in group}


def _figures(network: nx.Graph, people: list[dict[str, Any]], measures: _Measures) -> dict[str, Any]:
    """Return the figures of the whole network."""
    count, largest = len(network), len(measures.components[0]) if measures.components else 0
    return {
        "people": sum(row["kind"] == "person" for row in people),
        "groups": sum(row["kind"] == "group" for row in people),
        "pairs": network.number_of_edges(),
        "people_without_coauthor": sum(not row["degree"] for row in people),
        "mean_coauthors": 2 * network.number_of_edges() / count if count else 0.0,
        "components": len(measures.components),
        "largest_component": largest,
        "largest_component_share": largest / count if count else 0.0,
        "communities": len(measures.communities),
        "modularity": (
            nx.community.modularity(network, measures.communities) if network.number_of_edges() else None
        ),
        "density": nx.density(network),
        "average_clustering": nx.average_clustering(network) if count else 0.0,
        "betweenness": "exact" if measures.exact else f"estimated from the paths of {min(PIVOTS, count)} people",
    }


def _note(figures: dict[str, Any], max_authors: int) -> str:
    """Say in words what the figures leave out."""
    cut, of, over = (figures[name] for name in ("papers_with_cut_list", "papers_with_authors", "papers_over_max_authors"))
    said = [
        f'Figures are lower bounds: the author list of {cut} of {of} papers is cut ("et al.").'
        if cut
        else f"The author lists of all {of} papers are whole."
    ]
    if over:
        said.append(f"{over} {'papers' if over > 1 else 'paper'} with more than {max_authors} authors made no pairs.")
    if figures["papers_without_year_left_out"]:
        said.append(f"{figures['papers_without_year_left_out']} without a year left out.")
    return " ".join(said)
