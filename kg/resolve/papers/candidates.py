"""Which pairs of records are compared at all.

What is never compared is never found, so there are three ways to meet:

- by name: an identifier, a title, or a name that both introduce;
- by text: runs of words (Broder 1997) that few records have; a paper keeps some of its sentences when it is printed again;
- by authors and topic: an author and a rare word that both have, several times over. This finds papers that were written
  anew under another title, and records without an abstract.

Blocks are bounded: who shares a key with many others meets those next to it alone, in the order of titles. So the number of
pairs grows with the number of records, and does not depend on the order of the input.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.resolve.papers.comparison import author_key
from kg.resolve.papers.features import Features, mixed, title_key
from kg.resolve.papers.telling import Hashes, hash_of

Pairs = npt.NDArray[np.int64]

Keys = tuple[Hashes, Hashes]
"""Keys, and the place of each."""

BLOCK: Final = 48
"""A name that more records have is no evidence: each meets its neighbours only."""

RUNS: Final = 4
"""So many runs of words must two texts share that meet by text alone."""

SIGNED: Final = 4
"""So many times must an author and a rare word be shared by two papers that meet by these alone."""

_RARE: Final = 8
"""A run of words, or an author with a word, is rare if at most so many records have it."""

_NEXT: Final = 2
"""With how many of its neighbours a record in a large block meets."""

_WORDS: Final = 24
"""How many of a paper's rarest words are taken with its authors."""

_AUTHORS: Final = 16
"""How many of its authors: of a longer list those with the smallest hashes, which are the same ones in every copy."""


_COUNT_BITS: Final = 12
"""Papers that have a word are counted up to what these bits hold; what is commoner is not rare."""


def candidates(papers: Sequence[Features]) -> list[tuple[Features, Features]]:
    """Return the pairs that are to be compared, each once, the smaller record first, in the order of their records."""
    # The order of titles makes neighbours of papers that are alike.
    ordered = sorted(papers, key=lambda paper: (paper.title, paper.record))
    count = len(ordered)
    met = np.concatenate([
        _meetings(_flat([_names(paper) for paper in ordered]), count, BLOCK, 1),
        _meetings(_flat([paper.shingles for paper in ordered]), count, _RARE, RUNS),
        _meetings(_signed_words(ordered), count, _RARE, SIGNED),
    ])  # fmt: skip
    rank = np.empty(count, np.int64)
    rank[sorted(range(count), key=lambda place: ordered[place].record)] = np.arange(count)
    one, other = rank[met // max(count, 1)], rank[met % max(count, 1)]
    pairs = np.unique(np.minimum(one, other) * count + np.maximum(one, other))
    by_record = sorted(papers, key=lambda paper: paper.record)
    return [(by_record[pair // count], by_record[pair % count]) for pair in pairs.tolist()]


def keys(paper: Features) -> Iterator[str]:
    """Yield the names under which a paper meets those it could be the same as."""
    yield from sorted(paper.identifiers)
    if paper.title:
        yield f"title:{title_key(paper.title)}"
    yield from (f"name:{name}" for name in sorted(paper.names))


def _names(paper: Features) -> Hashes:
    return np.array([hash_of(key) for key in keys(paper)], np.uint64)


def _flat(keys_of: Sequence[Hashes]) -> Keys:
    """Return the keys of each place as two arrays."""
    return _joined(keys_of), np.repeat(np.arange(len(keys_of), dtype=np.uint64), [len(own) for own in keys_of])


def _joined(arrays: Iterable[Hashes]) -> Hashes:
    return np.concatenate([*arrays, np.empty(0, np.uint64)])


def _signed_words(papers: Sequence[Features]) -> Keys:
    """Return a key for each author of a paper with each of the rarest words of its title and abstract.

    A word that no other paper has is left out, since nobody can be met by it.
    """
    tags, starts = _rarest(papers)
    names = [sorted({hash_of(author_key(name)) for name in paper.authors})[:_AUTHORS] for paper in papers]
    places = np.repeat(np.arange(len(papers)), [len(own) for own in names])
    authors = np.array([name for own in names for name in own], np.uint64)
    lengths = np.diff(starts)[places]
    # Each author is repeated for each word of the paper.
    before = np.cumsum(lengths) - lengths
    at = np.arange(int(lengths.sum())) + np.repeat(starts[:-1][places] - before, lengths)
    signed = mixed(np.repeat(authors, lengths) * np.uint64(0x9E3779B97F4A7C15) + tags[at])
    return signed, np.repeat(places, lengths).astype(np.uint64)


def _rarest(papers: Sequence[Features]) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """Return the first bits of the rarest words of each paper, one paper after the other, and where each paper's begin."""
    count = len(papers)
    words, places = _flat([paper.words for paper in papers])
    titled, titles = _flat([np.array([hash_of(word) for word in paper.title.split()], np.uint64) for paper in papers])
    packed, bits = _packed(np.concatenate((words, titled)), np.concatenate((places, titles)), count)
    packed = packed[np.concatenate((packed[1:] != packed[:-1], [True]))] if len(packed) else packed
    key, sizes = _sizes(packed, bits)
    # Sorted by place, then by how many papers have the word, as far as these bits count, then by the word.
    kept = sizes > 1
    left = np.uint64(64) - bits
    common = np.minimum(sizes[kept], (1 << _COUNT_BITS) - 1).astype(np.uint64)
    tag_bits = left - np.uint64(_COUNT_BITS)
    place = packed[kept] & ((np.uint64(1) << bits) - np.uint64(1))
    order = (place << left) | (common << tag_bits) | (key[kept] >> np.uint64(_COUNT_BITS))
    order.sort()
    begins = np.searchsorted(order >> left, np.arange(count + 1, dtype=np.uint64))
    first = np.arange(len(order)) - np.repeat(begins[:-1], np.diff(begins)) < _WORDS
    ends = np.concatenate(([0], np.cumsum(np.minimum(np.diff(begins), _WORDS))))
    return order[first] & ((np.uint64(1) << tag_bits) - np.uint64(1)), ends


def _packed(keys_of: Hashes, places: Hashes, count: int) -> tuple[Hashes, np.uint64]:
    """Return keys with their places in their last bits, in order, and how many bits these are.

    So one sort, which is several times faster than to find an order, brings equal keys together.
    """
    bits = np.uint64(max(count - 1, 1).bit_length())
    packed = (keys_of >> bits << bits) | places
    packed.sort()
    return packed, bits


def _sizes(packed: Hashes, bits: np.uint64) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """Return the key of each element, and how many elements have it."""
    key = packed >> bits
    fresh = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))) if len(key) else np.empty(0, np.int64)
    sizes = np.diff(np.append(fresh, len(key)))
    return key, np.repeat(sizes, sizes)


def _meetings(keys_of: Keys, count: int, rare: int, least: int) -> Pairs:
    """Return the pairs of places, as `one * count + other`, that share at least `least` keys.

    Args:
        keys_of: The keys of the places, each once for a place.
        count: How many places there are.
        rare: With whom a place meets by a key: with all that have it, if they are at most so many, else with the next few.
        least: How many keys two must share.
    """
    packed, bits = _packed(*keys_of, count)
    again = packed[1:] >> bits == packed[:-1] >> bits
    packed = packed[np.concatenate((again, [False])) | np.concatenate(([False], again))] if len(packed) else packed
    key, sizes = _sizes(packed, bits)
    at = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    met = [np.empty(0, np.int64)]
    for step in range(1, min(rare, len(key))):
        together = key[step:] == key[:-step]
        if step > _NEXT:
            together &= sizes[step:] <= rare
        met.append(at[:-step][together] * count + at[step:][together])
    pairs, times = np.unique(np.concatenate(met), return_counts=True)
    return pairs[times >= least]
