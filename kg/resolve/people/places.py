"""How much two affiliations have in common, as far as their words tell."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import math
import numpy as np

from kg.resolve.people.slots import Slot
from kg.text import fold

UNKNOWN: Final = -1.0

_WORD: Final = re.compile(r"[a-z]{2,}")


def shared_place(one: Slot, other: Slot) -> float:
    """Return how much of the less telling of two affiliations is in the other, 0 to 1; -1 where one is not known."""
    left, right = telling(one.affiliations), telling(other.affiliations)
    if not left or not right:
        return UNKNOWN
    if one.organizations and not one.organizations.isdisjoint(other.organizations):
        return 1.0
    return _overlap(left, right)


@lru_cache(1 << 16)
def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    weights = word_weights()
    most = math.log(len(weights)) + 4
    def total(words: frozenset[str]) -> float:
        return sum(weights.get(word, most) for word in sorted(words))
    return total(left & right) / max(min(total(left), total(right)), 1e-9)


@lru_cache(1 << 16)
def telling(affiliations: tuple[str, ...]) -> frozenset[str]:
    """Return the words of affiliations."""
    return frozenset(word for text in affiliations for word in _WORD.findall(fold(text)))


@cache
def word_weights() -> dict[str, float]:
    """Return how much each usual word of affiliations tells: the negative logarithm of the share of those that have it."""
    with np.load(Path(__file__).with_name("commonness.npz")) as told:
        words, counts = str(told["place_words"]).split("\n"), told["place_counts"].tolist()
        return {word: math.log(int(told["places"]) / count) for word, count in zip(words, counts, strict=True)}
