"""What communities are called: what they are about and who leads them, as "Object detection, Face alignment · Jia Deng".

Papers belong to a community by the share of them that its members are. A thing stands for a community if its papers name
it more than chance would have it (the log-likelihood ratio of T. Dunning, "Accurate methods for the statistics of surprise
and coincidence", Computational Linguistics 19, 1993); a person leads it by papers. A small community goes by the name of
its most important member.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.ties import AUTHORS, NO_THINGS, Ties, importance
from kg.model import Graph
from kg.network.measures import Floats, Ints

LENGTH: Final = 48
"""How long a name is at most, in characters."""

SMALL: Final = 10
"""A community of fewer members goes by the name of the first of them."""

CLEAR: Final = 1.5
"""So much more frequent than by chance is a thing where it stands for a community, at least."""

CHANCE: Final = 3.84
"""Twice the log-likelihood ratio that chance gives one time in twenty (chi-squared, one degree of freedom)."""

_SAY_LITTLE: Final = frozenset({"metric", "software"})
"""Kinds that do not say what a community is about."""

_SAY_MUCH: Final = frozenset({"task", "topic"})
"""Kinds that say it best: they count twice."""

_LOOKED_AT: Final = 6
"""How many leading things and people of a community are looked at."""


class Facts(NamedTuple):
    """What names are made from, the same for all views.

    Attributes:
        labels: Labels of all nodes.
        rank: The place of each node in the order of importance.
        thing: How well each node can say what a community is about, 0 for not at all.
        person: Whether it can lead one.
        papers: Row of the paper of each edge, once for each of its things and people.
        named: Row of the thing or person.
    """

    labels: pa.ChunkedArray
    rank: Ints
    thing: Floats
    person: np.ndarray[tuple[int], np.dtype[np.bool_]]
    papers: Ints
    named: Ints


def facts(graph: Graph, source: Ints, target: Ints) -> Facts:
    """Return what names are made from.

    Args:
        graph: The graph.
        source: Row of the source of each edge, none below 0.
        target: Row of its target.
    """
    count = graph.nodes.num_rows
    kinds = graph.nodes["kind"]
    none, much, person = (
        pc.is_in(kinds, value_set=pa.array(sorted(which))).to_numpy().astype(np.bool_) for which in (NO_THINGS | _SAY_LITTLE, _SAY_MUCH, AUTHORS[:1])
    )
    thing = np.where(none, 0.0, np.where(much, 2.0, 1.0))
    rank = np.empty(count, np.int64)
    rank[importance(count, source, target)] = np.arange(count)
    telling = (thing[target] > 0) | person[target]
    pairs = np.unique(source[telling] * max(count, 1) + target[telling])
    papers, named = np.divmod(pairs, max(count, 1))
    return Facts(graph.nodes["label"], rank, thing, person, papers, named)


def names(ties: Ties, community: Ints, known: Facts) -> list[str]:
    """Return the name of each community, each another.

    Args:
        ties: The view.
        community: The number of each member's community, by size; -1 for none.
        known: What names are made from.
    """
    sizes = np.bincount(community[community >= 0])
    large = int((sizes >= SMALL).sum())
    leading = _leading(ties, community, large, known)
    first = _first_members(ties, community, len(sizes), known)
    used: set[str] = set()
    found = []
    for number in range(len(sizes)):
        tries = _tries(*leading[number]) if number < large else iter(())
        name = next((each for each in tries if each not in used), None)
        if name is None:
            name = _short(first[number], LENGTH)
            # A small community need not differ from others by name: it differs by its members.
            if number < large:
                name = next(each for each in _numbered(name) if each not in used)
        used.add(name)
        found.append(name)
    return found


def _leading(ties: Ties, community: Ints, large: int, known: Facts) -> list[tuple[list[str], list[str]]]:
    """Return labels of the leading things and people of each large community."""
    count = len(known.rank)
    if not large:
        return []
    of = community[ties.members]
    there = (of >= 0) & (of < large)
    # Each paper counts once, in parts where its members belong to several communities.
    cells, times = np.unique(ties.papers[there] * large + of[there], return_counts=True)
    if ties.name == "graph":
        inside = (community >= 0) & (community < large)
        cells = np.flatnonzero(inside) * large + community[inside]
        times = np.ones(len(cells), np.int64)
    paper, group = np.divmod(cells, large)
    share = times / np.bincount(paper, times, count)[paper]
    first = np.searchsorted(paper, np.arange(count + 1))
    many = first[known.papers + 1] - first[known.papers]
    at = np.repeat(first[known.papers], many) + np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    counts, cell = _added(np.repeat(known.named, many) * large + group[at], share[at])
    named, group_of = np.divmod(cell, large)
    weight = np.bincount(group, share, large).astype(np.float64)
    usual = np.bincount(named, counts, count).astype(np.float64)
    thing = known.thing[named]
    score = np.where(thing > 0, thing * _surprise(counts, usual[named], weight[group_of], float(weight.sum())), counts)
    # One paper of one community says nothing of it.
    telling = (counts > 1) & (score > 0)
    things, people = (_best(named, group_of, score, telling & wanted[named], large, known) for wanted in (known.thing > 0, known.person))
    return list(zip(things, people, strict=True))


def _added(cells: Ints, values: Floats) -> tuple[Floats, Ints]:
    unique, number = np.unique(cells, return_inverse=True)
    return np.bincount(number, values, len(unique)).astype(np.float64), unique


def _surprise(here: Floats, anywhere: Floats, size: Floats, total: float) -> Floats:
    """Return the log-likelihood ratio of a thing in a community, 0 where it is not clearly more frequent there than elsewhere."""
    expected = anywhere * size / total
    elsewhere = np.maximum(anywhere - here, 0.0)
    rest = np.maximum(anywhere - expected, 1e-9)
    ratio = here * np.log(here / expected) + elsewhere * np.log(np.maximum(elsewhere, 1e-9) / rest)
    return np.where((here > CLEAR * expected) & (2 * ratio > CHANCE), np.round(ratio, 6), 0.0)


def _best(named: Ints, group: Ints, score: Floats, wanted: np.ndarray[tuple[int], np.dtype[np.bool_]], large: int, known: Facts) -> list[list[str]]:
    """Return the labels of the nodes with the best scores in each community."""
    rows = np.flatnonzero(wanted)
    rows = rows[np.lexsort((known.rank[named[rows]], -score[rows], group[rows]))]
    starts = np.searchsorted(group[rows], np.arange(large + 1))
    return [
        known.labels.take(pa.array(named[rows[start : min(end, start + _LOOKED_AT)]])).to_pylist()
        for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    ]


def _first_members(ties: Ties, community: Ints, count: int, known: Facts) -> list[str]:
    """Return the label of the most important member of each community."""
    order = np.lexsort((known.rank[ties.rows], community))
    order = order[community[order] >= 0]
    starts = np.searchsorted(community[order], np.arange(count))
    found: list[str] = known.labels.take(pa.array(ties.rows[order[starts]])).to_pylist()
    return found


def _tries(things: list[str], people: list[str]) -> Iterator[str]:
    """Yield names that a community might have, the best first."""
    topics = _different(things)
    for person in [*people[:3], ""]:
        for start in range(max(len(topics) - 1, 1)):
            one, *more = topics[start:] or [""]
            for said in ([one, *more[:1]], [one]):
                name = " · ".join(part for part in (", ".join(each for each in said if each), person) if part)
                if name and len(name) <= LENGTH:
                    yield name


def _different(things: list[str]) -> list[str]:
    """Return labels without those that say much the same as one before."""
    kept: list[str] = []
    for thing in things:
        words = thing.casefold()
        if not any(words in other.casefold() or other.casefold() in words for other in kept):
            kept.append(thing)
    return [_capital(thing) for thing in kept]


def _capital(label: str) -> str:
    """Return a label with a capital at its start where its first word has none.

    >>> _capital("object detection"), _capital("self-training"), _capital("k-means"), _capital("iPhone")
    ('Object detection', 'Self-training', 'k-means', 'iPhone')
    """
    first, *more = label.partition(" ")[0].split("-")
    plain = first.isalpha() and len(first) > 1 and all(part.isalpha() or not part for part in more)
    return label[0].upper() + label[1:] if plain and "-".join([first, *more]).islower() else label


def _short(label: str, length: int) -> str:
    return label if len(label) <= length else label[: length - 1].rstrip() + "…"


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        end = f" {number}"
        yield _short(name, LENGTH - len(end)) + end
        number += 1
