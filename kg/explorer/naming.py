"""What communities are called: what they are about and who leads them, as "Object detection, Face alignment · Jia Deng".

Papers belong to a community by the share of them that its members are. A thing stands for a community if its papers name
it more than chance would have it (the log-likelihood ratio of T. Dunning, "Accurate methods for the statistics of surprise
and coincidence", Computational Linguistics 19, 1993); a person of its own leads it by papers. A small community goes by the
name of its most important member.

Names are in sentence case. Which words are proper names, the graph itself tells: what it never writes small is one (as in
L. V. Lita et al., "tRuEcasIng", ACL 2003).
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.ties import AUTHORS, NO_THINGS, Ties, importance, tied
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

_VAGUE: Final = 0.5
"""What counts so much less: a category of an archive, which says where a paper was filed; and a method or dataset whose
name is a word of the language, as "Real"."""

_NAMES: Final = frozenset({"dataset"})
"""Kinds of which each has a name of its own, whose capitals are kept."""

_LOOKED_AT: Final = 6
"""How many leading things and people of a community are looked at."""

_CODE: Final = re.compile(r" \((?:[a-z-]+\.[A-Za-z-]+|[a-z]+-[a-z]+)\)$")
"""The code of a category of arXiv, as in "Machine Learning (cs.LG)" and "Quantum Physics (quant-ph)"."""

_KEY: Final = re.compile(r"[a-z]+(?:-[a-z]+){2,}")
"""A label that stands as a key for several words, as "content-vision-and-language"."""


class Facts(NamedTuple):
    """What names are made from, the same for all views.

    Attributes:
        labels: Labels of all nodes.
        kinds: Their kinds.
        common: Words of the language: those that stand in a label without a capital.
        rank: The place of each node in the order of importance.
        thing: How well each node can say what a community is about, 0 for not at all.
        person: Whether it can lead one.
        papers: Row of the paper of each edge, once for each of its things and people.
        named: Row of the thing or person.
    """

    labels: pa.ChunkedArray
    kinds: pa.ChunkedArray
    common: frozenset[str]
    rank: Ints
    thing: Floats
    person: np.ndarray[tuple[int], np.dtype[np.bool_]]
    papers: Ints
    named: Ints


def facts(graph: Graph) -> Facts:
    """Return what names are made from."""
    count = graph.nodes.num_rows
    _, source, target = tied(graph)
    labels, kinds = (pc.fill_null(graph.nodes[name], "") for name in ("label", "kind"))
    none, much, person = (
        pc.is_in(kinds, value_set=pa.array(sorted(which))).to_numpy().astype(np.bool_) for which in (NO_THINGS | _SAY_LITTLE, _SAY_MUCH, AUTHORS[:1])
    )
    words = pc.list_flatten(pc.split_pattern_regex(labels.filter(pa.array(~person)), r"[^\pL\pN]+")).unique()
    common = frozenset(words.filter(pc.match_substring_regex(words, "^[a-z]+$")).to_pylist())
    vague = pc.match_substring_regex(labels, _CODE.pattern).to_numpy().astype(np.bool_)
    vague |= ~much & pc.is_in(pc.ascii_lower(labels), value_set=pa.array(sorted(common), pa.string())).to_numpy().astype(np.bool_)
    thing = np.where(none, 0.0, np.where(much, 2.0, 1.0) * np.where(vague, _VAGUE, 1.0))
    rank = np.empty(count, np.int64)
    rank[importance(count, source, target)] = np.arange(count)
    telling = (thing[target] > 0) | person[target]
    pairs = np.unique(source[telling] * max(count, 1) + target[telling])
    papers, named = np.divmod(pairs, max(count, 1))
    return Facts(labels, kinds, common, rank, thing, person, papers, named)


def names(ties: Ties, community: Ints, known: Facts) -> list[str]:
    """Return the name of each community; no two large ones have the same.

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
    # One paper says nothing of a community, unless that has hardly another.
    telling = ((counts > 1) | (2 * counts >= weight[group_of])) & (score > 0)
    # Who leads a community stands in it; a map of topics has no people.
    home = np.full(count, -1)
    home[ties.rows] = community
    own = known.person[named] & (home[named] == group_of)
    things, people = (_best(named, group_of, score, telling & wanted, large, known) for wanted in (thing > 0, own))
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
        _said(named[rows[start : min(end, start + _LOOKED_AT)]], known)
        for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    ]


def _first_members(ties: Ties, community: Ints, count: int, known: Facts) -> list[str]:
    """Return what the most important member of each community is called: a thing if there is one, else a person, else any."""
    sort = np.where(known.thing > 0, 0, np.where(known.person, 1, 2))[ties.rows]
    order = np.lexsort((known.rank[ties.rows], sort, community))
    order = order[community[order] >= 0]
    starts = np.searchsorted(community[order], np.arange(count))
    return _said(ties.rows[order[starts]], known)


def _said(rows: Ints, known: Facts) -> list[str]:
    """Return what nodes are called in names of communities."""
    picked = pa.array(rows)
    labels, kinds = known.labels.take(picked).to_pylist(), known.kinds.take(picked).to_pylist()
    return [
        _sentence(label, known.common) if thing and kind not in _NAMES else label
        for label, kind, thing in zip(labels, kinds, (known.thing[rows] > 0).tolist(), strict=True)
    ]


def _sentence(label: str, common: frozenset[str]) -> str:
    """Return the label of a thing in sentence case.

    Args:
        label: The label.
        common: Words of the language.

    >>> [_sentence(label, frozenset({"learning"})) for label in ("Machine Learning (cs.LG)", "hidden Markov model", "vision-and-language")]
    ['Machine learning', 'Hidden Markov model', 'Vision and language']
    """
    plain = _CODE.sub("", label)
    if _KEY.fullmatch(plain):
        plain = plain.replace("-", " ")
    first, *more = plain.split(" ")
    return _capital(" ".join([first, *(word.lower() if word.lower() in common and word.istitle() else word for word in more)]))


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
    kept: dict[str, str] = {}
    for thing in things:
        words = thing.casefold().replace("-", " ")
        if not any(words in other or other in words for other in kept):
            kept[words] = thing
    return list(kept.values())


def _capital(label: str) -> str:
    """Return a label with a capital at its start where its first word has none.

    >>> _capital("object detection"), _capital("human-AI interaction"), _capital("k-means"), _capital("iPhone")
    ('Object detection', 'Human-AI interaction', 'k-means', 'iPhone')
    """
    first = re.split("[ -]", label, maxsplit=1)[0]
    return label[0].upper() + label[1:] if len(first) > 1 and first.isalpha() and first.islower() else label


def _short(label: str, length: int) -> str:
    """Return a label of at most so many characters, cut between words where it has any.

    >>> _short("Finding Tables", 9), _short("Tables", 9), _short("Supercalifragilistic", 9)
    ('Finding…', 'Tables', 'Supercal…')
    """
    if len(label) <= length:
        return label
    whole, blank, _ = label[:length].rpartition(" ")
    return (whole.rstrip() if blank and len(whole) > length // 2 else label[: length - 1]) + "…"


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        end = f" {number}"
        yield _short(name, LENGTH - len(end)) + end
        number += 1
