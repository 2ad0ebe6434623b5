"""What the papers of a graph are about, and how that changes: topics with papers, share by year, growth and authors.

In go the nodes, the edges from papers to topics (`dcterms:subject`, printed by a source; `kg:hasTopic`, worked out) and
from papers to authors, and the tree of topics. A paper on a topic is on all that are above it too, and is counted there
once.

Shares are of the papers of a year that have a topic at all, so that a year of which the graph holds many papers, or
whose sources print no topics, does not look like a rise. The growth of a topic is its share in the last years over its
share in as many years before (2: twice the share), as in bibliometric comparisons of two windows of publication years.
Where it had no paper before there is no growth but a beginning: `growth` is null and `new` is true.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import UsageError
from kg.model import Graph
from kg.network.measures import Ints, spans

PRINTED: Final = "dcterms:subject"
WORKED_OUT: Final = "kg:hasTopic"
CREATOR: Final = "dcterms:creator"
"""The predicates from a paper to what a source prints as its topic, to a topic worked out, and to its author."""

TOPICS: Final = pa.schema([
    ("id", pa.string()),                      # IRI
    ("label", pa.string()),
    ("papers", pa.int32()),                   # on the topic or one below it
    ("direct", pa.int32()),                   # on the topic itself
    ("printed", pa.int32()),                  # of these, for how many a source prints it
    ("share", pa.float64()),                  # of all papers with a topic
    ("first_year", pa.int32()),               # of its papers; null if no year is known
    ("last_year", pa.int32()),
    ("share_before", pa.float64()),           # in the window of years before the last; null without papers there
    ("share_last", pa.float64()),             # in the last window of years
    ("growth", pa.float64()),                 # the second over the first; null where the first is 0 or null
    ("new", pa.bool_()),                      # whether its first papers are of the last window
    ("authors", pa.list_(pa.string())),       # names of the people with most papers on it
    ("author_ids", pa.list_(pa.string())),
    ("author_papers", pa.list_(pa.int32())),  # how many each has
])  # fmt: skip
"""One row per topic, the most papers first."""

YEARS: Final = pa.schema([
    ("id", pa.string()),
    ("label", pa.string()),
    ("year", pa.int32()),
    ("papers", pa.int32()),                   # of that year on the topic or one below it
    ("of", pa.int32()),                       # of that year with a topic at all
    ("share", pa.float64()),
])  # fmt: skip
"""One row per topic and year in which it has a paper, in the order of `TOPICS`."""

_NO_YEAR: Final = -1


@dataclass(frozen=True)
class TopicTree:
    """What is above what: IRIs of topics.

    Attributes:
        labels: IRI to name, of all topics of the graph.
        above: IRI to the IRIs directly above it.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def closure(self, topic: str) -> set[str]:
        """Return a topic with all topics above it."""
        seen, waiting = {topic}, [topic]
        while waiting:
            for each in self.above.get(waiting.pop(), ()):
                if each not in seen:
                    seen.add(each)
                    waiting.append(each)
        return seen


@dataclass(frozen=True)
class TopicTrends:
    """The topics of a graph.

    Attributes:
        topics: Table with the schema `TOPICS`.
        years: Table with the schema `YEARS`.
        summary: Figures by name, the options, and a `note` in words.
    """

    topics: pa.Table
    years: pa.Table
    summary: dict[str, Any]


@dataclass(frozen=True, eq=False)
class _Ties:
    """Papers and topics that belong together, both by number; each pair once, by topic and paper.

    Attributes:
        topic: Number of the topic.
        paper: Number of the paper.
        direct: Whether the paper is on the topic itself.
        printed: Whether a source prints it.
    """

    topic: Ints
    paper: Ints
    direct: npt.NDArray[np.bool_]
    printed: npt.NDArray[np.bool_]


def run(
    graph: Graph,
    *,
    tree: TopicTree | None = None,
    since: int | None = None,
    until: int | None = None,
    min_papers: int = 1,
    window: int = 3,
    authors: int = 3,
) -> TopicTrends:
    """Return what the papers are about.

    Args:
        graph: The graph; of its nodes the columns `id kind label year` are read, of its edges `source predicate target`.
        tree: What is above what; without it each topic stands alone.
        since: Leave out papers before this year, and papers without a year.
        until: Leave out papers after this year, and papers without a year.
        min_papers: Leave out topics with fewer papers.
        window: How many years the last window has, and the one before it.
        authors: How many people are named for each topic.

    Raises:
        UsageError: If an option makes no sense.
    """
    _check(since, until, min_papers, window, authors)
    tree = tree or TopicTree()
    papers = _papers(graph, since, until)
    years = pc.fill_null(papers["year"], _NO_YEAR).to_numpy().astype(np.int64)
    names, ties = _ties(graph, papers["id"], tree)
    with_topic = np.unique(ties.paper)
    windows = _windows(years[with_topic], window)
    counts, ranked = np.bincount(ties.topic, minlength=len(names)), _ranked(names, ties)
    order = [each for each in ranked if counts[each] >= min_papers]
    signed = _signatures(graph, papers["id"])
    rows = [_row(each, names, ties, years, with_topic, windows) | _leading(each, ties, signed, authors) for each in order]
    topics = pa.Table.from_pylist(rows, TOPICS)
    figures = {
        "papers": len(papers), "papers_with_topic": len(with_topic), "topics": len(order),
        "papers_with_printed_topic": len(np.unique(ties.paper[ties.printed])),
        "before": _span(windows[0]), "last": _span(windows[1]),
    }  # fmt: skip
    options = {"since": since, "until": until, "min_papers": min_papers, "window": window}
    note = _note(figures)
    if ranked and not order:
        note += f" No topic has {min_papers} papers; {names[ranked[0]][1]} has the most, {counts[ranked[0]]}."
    return TopicTrends(topics, _by_year(order, names, ties, years, with_topic), figures | {"note": note} | options)


def _check(since: int | None, until: int | None, min_papers: int, window: int, authors: int) -> None:
    if since is not None and until is not None and since > until:
        raise UsageError(f"no year is from {since} on and up to {until}; swap the two")
    for name, value, least in (("min_papers", min_papers, 1), ("window", window, 1), ("authors", authors, 0)):
        if value < least:
            raise UsageError(f"{name} is {value}; give {least} or more")


def _papers(graph: Graph, since: int | None, until: int | None) -> pa.Table:
    """Return the papers in the span of years, by IRI."""
    papers = graph.nodes.select(["id", "kind", "year"]).filter(pc.equal(graph.nodes["kind"], "paper")).sort_by("id")
    if since is not None:
        papers = papers.filter(pc.fill_null(pc.greater_equal(papers["year"], since), False))
    if until is not None:
        papers = papers.filter(pc.fill_null(pc.less_equal(papers["year"], until), False))
    return papers


def _ties(graph: Graph, papers: pa.ChunkedArray, tree: TopicTree) -> tuple[list[tuple[str, str]], _Ties]:
    """Return the topics (IRI and name) and which papers belong to each."""
    edges = graph.edges.select(["source", "predicate", "target"])
    edges = edges.filter(pc.is_in(edges["predicate"], pa.array([PRINTED, WORKED_OUT])))
    nodes = graph.nodes.filter(pc.equal(graph.nodes["kind"], "topic"))
    labels = {**tree.labels, **dict(zip(nodes["id"].to_pylist(), nodes["label"].to_pylist(), strict=True))}
    used = pc.unique(edges["target"]).to_pylist()
    closures = {topic: sorted(tree.closure(topic)) for topic in used}
    names = sorted({each for closure in closures.values() for each in closure})
    number = {topic: place for place, topic in enumerate(names)}
    paper = pc.fill_null(pc.index_in(edges["source"], papers), -1).to_numpy().astype(np.int64)
    target = pc.index_in(edges["target"], pa.array(used, pa.string())).to_numpy().astype(np.int64)
    printed = pc.equal(edges["predicate"], PRINTED).to_numpy(zero_copy_only=False)
    sizes = np.array([len(closures[topic]) for topic in used], np.int64)
    flat = np.array([number[each] for topic in used for each in closures[topic]], np.int64)
    itself = np.array([each == topic for topic in used for each in closures[topic]], np.bool_)
    kept = paper >= 0
    paper, target, printed = paper[kept], target[kept], printed[kept]
    starts = np.cumsum(sizes) - sizes
    places = spans(starts[target], sizes[target])
    owner = np.repeat(np.arange(len(target)), sizes[target])
    pairs = flat[places] * max(len(papers), 1) + paper[owner]
    each, at = np.unique(pairs, return_inverse=True)
    direct, says = np.zeros(len(each), np.bool_), np.zeros(len(each), np.bool_)
    direct[at[itself[places]]] = True
    says[at[itself[places] & printed[owner]]] = True
    topic, paper = np.divmod(each, max(len(papers), 1))
    return [(name, labels.get(name, name)) for name in names], _Ties(topic, paper, direct, says)


def _windows(years: Ints, window: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the first and last year of the window before the last, and of the last."""
    last = int(years.max(initial=_NO_YEAR))
    return (last - 2 * window + 1, last - window), (last - window + 1, last)


def _ranked(names: list[tuple[str, str]], ties: _Ties) -> list[int]:
    """Return the topics that have papers, the most first."""
    papers = np.bincount(ties.topic, minlength=len(names))
    order: list[int] = np.lexsort((np.arange(len(names)), -papers)).tolist()
    return [each for each in order if papers[each]]


def _of(topic: int, ties: _Ties) -> slice:
    """Return where the ties of a topic are."""
    return slice(int(np.searchsorted(ties.topic, topic)), int(np.searchsorted(ties.topic, topic, side="right")))


def _row(
    topic: int, names: list[tuple[str, str]], ties: _Ties, years: Ints, with_topic: Ints,
    windows: tuple[tuple[int, int], tuple[int, int]],
) -> dict[str, Any]:  # fmt: skip
    """Return what is known of a topic, but for its authors."""
    mine = _of(topic, ties)
    own = years[ties.paper[mine]]
    known = own[own != _NO_YEAR]
    before, last = (_share(own, years[with_topic], window) for window in windows)
    return {
        "id": names[topic][0], "label": names[topic][1], "papers": len(own), "direct": int(ties.direct[mine].sum()),
        "printed": int(ties.printed[mine].sum()), "share": len(own) / len(with_topic),
        "first_year": int(known.min()) if len(known) else None, "last_year": int(known.max()) if len(known) else None,
        "share_before": before, "share_last": last, "growth": last / before if before and last is not None else None,
        "new": bool(len(known)) and bool(known.min() >= windows[1][0]) and before is not None,
    }  # fmt: skip


def _share(own: Ints, every: Ints, window: tuple[int, int]) -> float | None:
    """Return the share of a topic in a window of years; None where the window has no papers."""
    first, last = window
    of = int(((every >= first) & (every <= last) & (every != _NO_YEAR)).sum())
    return int(((own >= first) & (own <= last) & (own != _NO_YEAR)).sum()) / of if of else None


@dataclass(frozen=True, eq=False)
class _Signatures:
    """Who signed which paper: the people, and for each paper where its authors begin in `person` and how many they are."""

    people: pa.Table
    starts: Ints
    counts: Ints
    person: Ints


def _signatures(graph: Graph, papers: pa.ChunkedArray) -> _Signatures:
    nodes = graph.nodes.select(["id", "kind", "label"])
    people = nodes.filter(pc.equal(nodes["kind"], "person")).sort_by("id")
    edges = graph.edges.select(["source", "predicate", "target"])
    edges = edges.filter(pc.equal(edges["predicate"], CREATOR))
    paper = pc.fill_null(pc.index_in(edges["source"], papers), -1).to_numpy().astype(np.int64)
    person = pc.fill_null(pc.index_in(edges["target"], people["id"]), -1).to_numpy().astype(np.int64)
    kept = (paper >= 0) & (person >= 0)
    each = np.unique(paper[kept] * max(len(people), 1) + person[kept])
    paper, person = np.divmod(each, max(len(people), 1))
    counts = np.bincount(paper, minlength=len(papers))
    return _Signatures(people, np.cumsum(counts) - counts, counts, person)


def _leading(topic: int, ties: _Ties, signed: _Signatures, most: int) -> dict[str, Any]:
    """Return the people with most papers on a topic."""
    papers = ties.paper[_of(topic, ties)]
    people, counts = np.unique(signed.person[spans(signed.starts[papers], signed.counts[papers])], return_counts=True)
    first = np.lexsort((people, -counts))[:most]
    rows = signed.people.take(pa.array(people[first]))
    return {"authors": rows["label"].to_pylist(), "author_ids": rows["id"].to_pylist(), "author_papers": counts[first].tolist()}


def _by_year(order: list[int], names: list[tuple[str, str]], ties: _Ties, years: Ints, with_topic: Ints) -> pa.Table:
    """Return the rows of `years`."""
    every = dict(zip(*(part.tolist() for part in np.unique(years[with_topic], return_counts=True)), strict=True))
    rows = []
    for topic in order:
        own, counts = np.unique(years[ties.paper[_of(topic, ties)]], return_counts=True)
        rows += [
            {"id": names[topic][0], "label": names[topic][1], "year": year, "papers": count, "of": every[year], "share": count / every[year]}
            for year, count in zip(own.tolist(), counts.tolist(), strict=True) if year != _NO_YEAR
        ]  # fmt: skip
    return pa.Table.from_pylist(rows, YEARS)


def _span(window: tuple[int, int]) -> str:
    first, last = window
    return "" if last < 0 else str(last) if first == last else f"{first}-{last}"


def _note(figures: Mapping[str, Any]) -> str:
    """Say in words what the figures rest on."""
    without = figures["papers"] - figures["papers_with_topic"]
    said = [f"{figures['papers_with_topic']} of {figures['papers']} papers have a topic"]
    said.append(f", {figures['papers_with_printed_topic']} of them printed by a source." if figures["papers_with_topic"] else ".")
    if without:
        said.append(f" Shares leave the other {without} out.")
    if figures["last"]:
        said.append(f" Growth compares {figures['last']} with {figures['before']}.")
    return "".join(said)
