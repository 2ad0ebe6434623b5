"""How much two affiliations have in common, as far as their words tell."""

import math
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from kg.affiliations import organizations
from kg.resolve.people.slots import Slot
from kg.text import fold

UNKNOWN: Final = -1.0
"""Stands for what cannot be compared, because one side says nothing."""

_WORD: Final = re.compile(r"[a-z]{2,}")
_MAIL: Final = re.compile(r"\S{0,100}@\s?((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})\b")
_HOME: Final = re.compile(r"[a-z0-9-]+\.(?:(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}|[a-z]{2,24})$")
"""The part of a host's name that belongs to one organisation, as universities and firms name their hosts."""

_ANYBODY: Final = frozenset({"gmail", "googlemail", "hotmail", "outlook", "yahoo", "qq", "163", "126", "foxmail", "icloud", "protonmail", "ieee", "acm"})
"""Whose addresses people of all places have."""

_RARE: Final = 4
"""In how many affiliations a word is taken to stand that the table does not have."""


def shared_place(one: Slot, other: Slot) -> float:
    """Return how much of the less telling of two affiliations is in the other, 0 to 1, or `UNKNOWN`.

    Where both name one organisation, it is 1.
    """
    left, right = telling(one.affiliations), telling(other.affiliations)
    if not left or not right:
        return UNKNOWN
    return 1.0 if not one.organizations.isdisjoint(other.organizations) else _overlap(left, right)


@lru_cache(maxsize=1 << 16)
def telling(affiliations: tuple[str, ...]) -> frozenset[str]:
    """Return the words of affiliations that name an organisation; of an e-mail address, its domain as one word.

    >>> sorted(telling(("Polis University, ann@cs.polis.ac.uk", "ann@gmail.com")))
    ['@polis.ac.uk', 'polis', 'university']
    """
    found: set[str] = set()
    for printed in affiliations:
        text = fold(printed)
        if organizations(printed, single=False):
            found.update(_WORD.findall(_MAIL.sub(" ", text)))
        found.update(f"@{home[0]}" for mail in _MAIL.finditer(text) if (home := _HOME.search(mail[1])) and home[0].partition(".")[0] not in _ANYBODY)
    return frozenset(found)


@lru_cache(maxsize=1 << 16)
def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    return _weight(left & right) / min(_weight(left), _weight(right))


@lru_cache(maxsize=1 << 16)
def _weight(words: frozenset[str]) -> float:
    """Return how much words tell together: the negative logarithms of the shares of affiliations that have them."""
    weights, places = _usual()
    return math.fsum(weights.get(word, math.log(places / _RARE)) for word in words)


@cache
def _usual() -> tuple[dict[str, float], int]:
    """Return what each usual word of affiliations tells, and how many affiliations were counted (`commonness.npz`)."""
    with np.load(Path(__file__).with_name("commonness.npz")) as told:
        places, words, counts = int(told["places"]), str(told["place_words"]).split("\n"), told["place_counts"].tolist()
    return {word: math.log(places / count) for word, count in zip(words, counts, strict=True)}, places
