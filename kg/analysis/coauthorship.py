"""Who writes with whom: pairs of co-authors, the network that they make, and each person's place in it.

In go the graph's nodes and its `dcterms:creator` edges; out come two tables and a summary. A joint paper of
n authors adds 1/(n-1) to the weight of each of its pairs, so that a person's weights add up to the number of
papers written with others (M. E. J. Newman, "Scientific collaboration networks. II. Shortest paths, weighted
networks, and centrality", Physical Review E 64, 016132, 2001). Communities are found by the Louvain method
(Blondel et al., J. Stat. Mech. P10008, 2008), with a fixed seed. In a large network, betweenness and closeness are
estimates (see `kg.network.measures.paths`); the rows of the people and the summary then say so.

What a cut list means. A list that ends in "et al." hides authors, and anybody may be one of them. So

* a pair's number of joint papers is a lower bound when there is a paper with a cut list on which at least one
  of the two is not seen: both may have written it;
* a person's figures are lower bounds when there is any paper with a cut list: if the person is seen on it,
  co-authors may be hidden, and if not, the person may be;
* the fractional weight is a bound in neither direction: the n of a cut list is too small, and pairs are hidden.

Papers without any author list are outside the count.

A name that several people may bear (kind `ambiguous`) counts as one person, and its figures may be several people's: the
pairs with it say so, its row does by its kind, and the note says how many such names there are.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import UsageError
from kg.model import Graph
from kg.network import communities as louvain
from kg.network import measures
from kg.network.measures import Floats, Ints, Network, spans

Bools = npt.NDArray[np.bool_]

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
    ("ambiguous", pa.bool_()),              # whether one of the two is a name that several people may bear
    ("paper_ids", pa.list_(pa.string())),   # IRIs of these papers, sorted
])  # fmt: skip
"""One row per pair, the most joint papers first."""

PEOPLE: Final = pa.schema([
    ("id", pa.string()),
    ("label", pa.string()),
    ("kind", pa.string()),                  # person; ambiguous for a name that several may bear; group if asked for
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
    ("closeness", pa.float64()),            # one over the mean distance to others, times the share of people in reach
    ("estimated", pa.bool_()),              # whether these two are estimates: so in a large network
    ("pagerank", pa.float64()),             # weighted
    ("eigenvector", pa.float64()),          # null where the iteration does not converge
    ("papers_with_cut_list", pa.int32()),   # of the person's own papers
    ("lower_bound", pa.bool_()),
])  # fmt: skip
"""One row per person, the most co-authors first."""

_NO_YEAR: Final = np.iinfo(np.int32).max
"""Stands for an unknown year where years are numbers."""

MOST: Final = 20_000_000
"""How many pairs the papers may make, a pair once for each joint paper: so many take some 6 GB."""

_ROWS: Final = 1 << 20
"""How many rows are put together at a time: Arrow holds up to 2 GiB of text in one piece."""

SEED: Final = 1

_BETWEENNESS: Final = "pivots of Brandes and Pich 2007, with the linear scaling of Geisberger et al. 2008"
_CLOSENESS: Final = "Eppstein and Wang 2004"


@dataclass(frozen=True)
class Coauthorship:
    """The co-authorship of a graph.

    Attributes:
        pairs: Table with the schema `PAIRS`.
        people: Table with the schema `PEOPLE`.
        summary: Figures of the whole network by name, the options, and a `note` in words. Under `betweenness` and
            `closeness` it says whether these are exact, or by what method and from how many people's paths estimated.
    """

    pairs: pa.Table
    people: pa.Table
    summary: dict[str, Any]


@dataclass(frozen=True, eq=False)
class _Lists:
    """Papers with an author list, in the span of years asked for, and the people that count; both numbered by IRI.

    Attributes:
        papers: IRIs of the papers.
        years: Year of each paper, or `_NO_YEAR`.
        cut: Whether its list is cut.
        signed: How many people signed it, those who do not count for too few papers among them.
        people: Their `id`, `label` and `kind`.
        paper: The paper of each signature, ascending.
        author: The person of each signature, ascending for each paper, nobody twice.
    """

    papers: pa.ChunkedArray
    years: Ints
    cut: Bools
    signed: Ints
    people: pa.Table
    paper: Ints
    author: Ints


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Pairs of people, by their numbers in ascending order, and their joint papers.

    Attributes:
        left: The smaller of each pair.
        right: The larger.
        weights: Sum of 1/(n-1) over the joint papers.
        starts: Where the joint papers of each pair begin in `papers`.
        counts: How many they are.
        papers: The joint papers of one pair behind those of the other, ascending for each pair.
    """

    left: Ints
    right: Ints
    weights: Floats
    starts: Ints
    counts: Ints
    papers: Ints


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
        UsageError: If an option makes no sense, or there are more pairs than can be held.
    """
    _check(since, until, min_papers, max_authors)
    lists, counts = _lists(graph, since, until, min_papers, include_groups=include_groups)
    paired = lists.signed <= max_authors
    _check_size(lists, paired, max_authors)
    pairs = _pairs(lists, paired)
    network = Network.of(len(lists.people), pairs.left, pairs.right, pairs.weights)
    paths = measures.paths(network)
    communities = louvain.communities(network, SEED)
    people = _people_table(lists, network, paths, communities)
    options = {
        "since": since, "until": until, "min_papers": min_papers, "max_authors": max_authors,
        "include_groups": include_groups,
    }  # fmt: skip
    figures = (
        counts | {"papers_over_max_authors": int((~paired).sum())} | _figures(lists, network, communities)
        | {"betweenness": _how(paths, _BETWEENNESS), "closeness": _how(paths, _CLOSENESS)}
    )  # fmt: skip
    summary = figures | {"lower_bound": bool(lists.cut.any()), "note": _note(figures, min_papers, max_authors)} | options
    return Coauthorship(pairs=_pairs_table(lists, pairs, int(lists.cut[paired].sum())), people=people, summary=summary)


def _check(since: int | None, until: int | None, min_papers: int, max_authors: int) -> None:
    if since is not None and until is not None and since > until:
        raise UsageError(f"no year is from {since} on and up to {until}; swap the two")
    if min_papers < 1:
        raise UsageError(f"min_papers is {min_papers}; give 1 or more")
    if max_authors < 2:
        raise UsageError(f"max_authors is {max_authors}; a pair needs 2 or more")


def _check_size(lists: _Lists, paired: Bools, max_authors: int) -> None:
    """Refuse more pairs than the memory of a laptop holds, before they are made, and say which lists may stay."""
    sizes = np.bincount(lists.paper, minlength=len(paired))
    made = np.bincount(lists.signed[paired], (sizes * (sizes - 1) // 2)[paired]).cumsum()
    if not len(made) or made[-1] <= MOST:
        return
    fitting = int(np.searchsorted(made, MOST, "right")) - 1
    shorter = f"give a max_authors of {fitting} or less (it is {max_authors})" if fitting > 1 and made[fitting] else "choose fewer years or a higher min_papers"
    raise UsageError(f"the author lists make {int(made[-1]):,} pairs, and {MOST:,} can be held; {shorter}")


def _lists(
    graph: Graph, since: int | None, until: int | None, min_papers: int, *, include_groups: bool
) -> tuple[_Lists, dict[str, int]]:
    """Return the author lists, and what was counted on the way."""
    nodes = graph.nodes.select(["id", "kind", "label", "year", "authors_complete"])
    wanted = ["person", "ambiguous", "group"] if include_groups else ["person", "ambiguous"]
    papers = nodes.filter(pc.equal(nodes["kind"], "paper")).sort_by("id")
    people = nodes.filter(pc.is_in(nodes["kind"], pa.array(wanted))).sort_by("id")
    edges = graph.edges.select(["source", "predicate", "target"])
    edges = edges.filter(pc.equal(edges["predicate"], CREATOR))
    paper, author = _places(edges["source"], papers["id"]), _places(edges["target"], people["id"])

    years = pc.fill_null(papers["year"], _NO_YEAR).to_numpy().astype(np.int64)
    in_span = _within(years, since, until)
    listed = np.zeros(len(papers), np.bool_)
    listed[paper[paper >= 0]] = True
    chosen = listed & in_span
    # A list that is not known to be whole counts as cut.
    cut = ~pc.fill_null(papers["authors_complete"], False).to_numpy().astype(np.bool_)[chosen]

    signs = (paper >= 0) & (author >= 0) & chosen[paper]
    each = np.unique((np.cumsum(chosen) - 1)[paper[signs]] * max(len(people), 1) + author[signs])
    paper, author = np.divmod(each, max(len(people), 1))
    signed = np.bincount(paper, minlength=len(cut))
    papers_of = np.bincount(author, minlength=len(people))
    kept = papers_of >= min_papers
    counts = kept[author]
    return _Lists(
        papers["id"].filter(pa.array(chosen)), years[chosen], cut, signed,
        people.select(["id", "label", "kind"]).filter(pa.array(kept)), paper[counts], (np.cumsum(kept) - 1)[author[counts]],
    ), {
        "papers": int(in_span.sum()),
        "papers_with_authors": len(cut),
        "papers_with_cut_list": int(cut.sum()),
        "papers_without_year_left_out": int((years[~in_span] == _NO_YEAR).sum()),
        "most_papers": int(papers_of.max(initial=0)),
    }  # fmt: skip


def _places(values: pa.ChunkedArray, among: pa.ChunkedArray) -> Ints:
    """Return at which place of `among` each value stands, -1 for none."""
    places: Ints = pc.fill_null(pc.index_in(values, among), -1).to_numpy().astype(np.int64)
    return places


def _within(years: Ints, since: int | None, until: int | None) -> Bools:
    """Say which years lie in the span; an unknown year does only in the open span."""
    within: Bools = np.full(len(years), since is None and until is None) | (years != _NO_YEAR)
    if since is not None:
        within &= years >= since
    if until is not None:
        within &= years <= until
    return within


def _pairs(lists: _Lists, paired: Bools) -> _Pairs:
    """Return the pairs of the papers that make pairs."""
    makes = paired[lists.paper]
    author = lists.author[makes]
    sizes = np.bincount(lists.paper[makes], minlength=len(paired))
    begins = np.cumsum(sizes) - sizes
    none = np.zeros(0, np.int64)
    found = [(none, none, none)]
    for size in np.unique(sizes[sizes > 1]).tolist():
        papers = np.flatnonzero(sizes == size)
        lines = author[begins[papers][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        found.append((lines[:, one].ravel(), lines[:, other].ravel(), np.repeat(papers, len(one))))
    left, right, joint = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((joint, right, left))
    left, right, joint = left[order], right[order], joint[order]
    starts = np.flatnonzero(np.diff(left, prepend=-1) | np.diff(right, prepend=-1))
    counts = np.diff(starts, append=len(left))
    shares = 1 / (lists.signed[joint] - 1)
    weights = np.add.reduceat(shares, starts) if len(starts) else np.zeros(0)
    for pair in np.flatnonzero(counts > 2).tolist():  # two numbers are added up without an error to spare
        weights[pair] = math.fsum(shares[starts[pair] : starts[pair] + counts[pair]].tolist())
    return _Pairs(left[starts], right[starts], weights, starts, counts, joint)


def _pairs_table(lists: _Lists, pairs: _Pairs, cut_lists: int) -> pa.Table:
    """Return the rows of `pairs`, the most joint papers first."""
    ids, labels = lists.people["id"], lists.people["label"]
    several = pc.equal(lists.people["kind"], "ambiguous").to_numpy()
    owner = np.repeat(np.arange(len(pairs.left)), pairs.counts)
    cut = np.bincount(owner, lists.cut[pairs.papers], len(pairs.left))
    years = _first_and_last(owner, lists.years[pairs.papers], len(pairs.left))
    order = np.lexsort((pairs.right, pairs.left, -pairs.weights, -pairs.counts))
    batches = []
    for start in range(0, len(order), _ROWS):
        rows = order[start : start + _ROWS]
        papers = lists.papers.take(pa.array(pairs.papers[spans(pairs.starts[rows], pairs.counts[rows])]))
        offsets = np.concatenate(([0], np.cumsum(pairs.counts[rows])))
        batches.append(pa.table([
            *(column.take(pa.array(end[rows])) for end in (pairs.left, pairs.right) for column in (ids, labels)),
            pairs.counts[rows].astype(np.int32), pairs.weights[rows], *(column.take(pa.array(rows)) for column in years),
            pa.array(cut[rows] < cut_lists), pa.array(several[pairs.left[rows]] | several[pairs.right[rows]]),
            pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), papers.combine_chunks()),
        ], schema=PAIRS))  # fmt: skip
    return pa.concat_tables(batches) if batches else PAIRS.empty_table()


def _first_and_last(owner: Ints, years: Ints, count: int) -> tuple[pa.Array, pa.Array]:
    """Return the first and the last known year of each owner, null without one."""
    known = years != _NO_YEAR
    first, last = np.full(count, _NO_YEAR), np.full(count, -_NO_YEAR)
    np.minimum.at(first, owner[known], years[known])
    np.maximum.at(last, owner[known], years[known])
    unknown = first == _NO_YEAR
    return pa.array(first, pa.int32(), mask=unknown), pa.array(last, pa.int32(), mask=unknown)


def _people_table(lists: _Lists, network: Network, paths: measures.Paths, communities: Ints) -> pa.Table:
    """Return the rows of `people`, the most co-authors first."""
    count = len(network)
    papers = np.bincount(lists.author, minlength=count)
    cut = np.bincount(lists.author, lists.cut[lists.paper], count)
    first, last = _first_and_last(lists.author, lists.years[lists.paper], count)
    component, sizes = measures.by_size(network.components)
    eigenvector = measures.eigenvector(network)
    columns = {
        **{name: lists.people[name] for name in ("id", "label", "kind")},
        "papers": papers.astype(np.int32),
        "degree": network.degrees.astype(np.int32),
        "weight": network.strengths,
        "first_year": first,
        "last_year": last,
        "component": component.astype(np.int32),
        "component_size": np.array([0, *sizes], np.int32)[component],
        "community": measures.by_size(communities)[0].astype(np.int32),
        "degree_centrality": network.degrees / max(count - 1, 1),
        "betweenness": paths.betweenness,
        "closeness": paths.closeness,
        "estimated": pa.array(paths.estimated),
        "pagerank": measures.pagerank(network),
        "eigenvector": pa.nulls(count, pa.float64()) if eigenvector is None else eigenvector,
        "papers_with_cut_list": cut.astype(np.int32),
        "lower_bound": pa.array(np.full(count, lists.cut.any())),
    }
    order = np.lexsort((np.arange(count), -papers, -network.degrees))
    return pa.table([columns[name] for name in PEOPLE.names], schema=PEOPLE).take(pa.array(order))


def _figures(lists: _Lists, network: Network, communities: Ints) -> dict[str, Any]:
    """Return the figures of the whole network."""
    count = len(network)
    sizes = measures.by_size(network.components)[1]
    largest = sizes[0] if sizes else 0
    groups, ambiguous = (pc.sum(pc.equal(lists.people["kind"], kind)).as_py() or 0 for kind in ("group", "ambiguous"))
    return {
        "people": count - groups,
        "ambiguous": ambiguous,
        "groups": groups,
        "pairs": network.links,
        "people_without_coauthor": int((network.degrees == 0).sum()),
        "mean_coauthors": 2 * network.links / count if count else 0.0,
        "components": len(sizes),
        "largest_component": largest,
        "largest_component_share": largest / count if count else 0.0,
        "communities": len(np.unique(communities)),
        "modularity": louvain.modularity(network, communities) if network.links else None,
        "density": 2 * network.links / (count * (count - 1)) if count > 1 else 0.0,
        "average_clustering": math.fsum(measures.clustering(network).tolist()) / count if count else 0.0,
    }


def _how(paths: measures.Paths, method: str) -> str:
    """Say how a figure was found that depends on shortest paths."""
    if not paths.among:
        return "exact"
    sample = f"{paths.pivots:,} of them, chosen at random with a fixed seed"
    return f"estimated for {paths.among:,} people from the shortest paths of {sample} ({method})"


def _note(figures: dict[str, Any], min_papers: int, max_authors: int) -> str:
    """Say in words what the figures leave out."""
    cut, of, over = (figures[name] for name in ("papers_with_cut_list", "papers_with_authors", "papers_over_max_authors"))
    if not of:
        return "No paper has an author list here." + _without_year(figures)
    said = [
        f'Figures are lower bounds: the author list of {cut} of {of} papers is cut ("et al.").'
        if cut
        else f"The author lists of all {of} papers are whole."
    ]
    if over:
        said.append(f"{over} {'papers' if over > 1 else 'paper'} with more than {max_authors} authors made no pairs.")
    if names := figures["ambiguous"]:
        said.append(
            f"{names} of the {figures['people']} people {'are names' if names > 1 else 'is a name'} that several people may bear "
            "(ambiguous): what it shows there may be of several, and centrality rests on it everywhere."
        )
    if 0 < figures["most_papers"] < min_papers:
        said.append(f"Nobody has {min_papers} papers; the most are {figures['most_papers']}.")
    return " ".join(said) + _without_year(figures)


def _without_year(figures: dict[str, Any]) -> str:
    """Say how many papers are left out because a span of years was asked for."""
    return f" {left} without a year left out." if (left := figures["papers_without_year_left_out"]) else ""
