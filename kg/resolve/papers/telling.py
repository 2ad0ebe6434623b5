"""How much a word tells of a paper: the rarer, the more (Sparck Jones 1972).

The counts are part of kg rather than taken from the corpus at hand: so what is seen in a pair depends on the pair alone, and
adding a file does not change what was said of others. `words.json` has the words that at least one of a thousand abstracts has,
of 44,902 of conferences on machine learning, vision, language and robotics; other words are taken to be as rare as the last of them.
"""

import hashlib
import json
import math
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Weights = npt.NDArray[np.float64]

WORDS: Final = Path(__file__).with_name("words.json")
"""The words, and the logarithm of how many abstracts there are for one that has the word."""

CUT: Final = np.uint64(12)
"""So many of their last bits do hashes go without where words are looked up, so that a number can ride along in them."""


class _Table(NamedTuple):
    """The words by their cut hashes, in order, what each tells, and what any other word does."""

    hashes: Hashes
    tell: Weights
    rare: float


@lru_cache(maxsize=1 << 17)
def hash_of(word: str) -> int:
    """Return a hash of 64 bits that is the same in every process."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())


@cache
def _known() -> dict[str, float]:
    table: dict[str, float] = json.loads(WORDS.read_text(encoding="utf-8"))
    return table


@cache
def _table() -> _Table:
    known = _known()
    hashes = np.array([hash_of(word) for word in known], np.uint64) >> CUT
    order = np.argsort(hashes)
    return _Table(hashes[order], np.array(list(known.values()))[order], max(known.values()))


def tells(words: Hashes) -> Weights:
    """Return how much each word tells, by its hash without the last `CUT` bits."""
    table = _table()
    at = np.minimum(np.searchsorted(table.hashes, words), len(table.hashes) - 1)
    return np.where(table.hashes[at] == words, table.tell[at], table.rare)


def told_by(words: Iterable[str]) -> float:
    """Return how much some words tell together.

    >>> told_by(["the", "of"]) < told_by(["gliders"])
    True
    """
    known, rare = _known(), _table().rare
    return math.fsum(known.get(word, rare) for word in words)
