"""Abstracts as some indexes give them: an index from each word to its places, from which the text is put together again."""

from itertools import chain
from typing import Any, Final

_MOST_WORDS: Final = 100_000
"""Far more than any abstract has; what is longer is no abstract."""


def words(index: dict[str, Any]) -> list[str | None]:
    """Return the words in their order, with None where there is none.

    >>> words({"a": [0, 2], "rose": [1], "is": [4]})
    ['a', 'rose', 'a', None, 'is']

    Raises:
        ValueError: If a place is no place, or is taken twice. Nothing large is made: places may be any numbers.
    """
    try:
        places = list(chain.from_iterable(index.values()))
    except TypeError:
        raise ValueError("a word has no list of places") from None
    if not places or set(map(type, places)) != {int}:
        raise ValueError("a place is no number")
    low, high = min(places), max(places)
    if low < 0 or high >= _MOST_WORDS:
        raise ValueError(f"{low if low < 0 else high} is no place of a word")
    found: list[str | None] = [None] * (high + 1)
    for word, own in index.items():
        for place in own:
            found[place] = word
    if len(found) - found.count(None) != len(places):
        raise ValueError("two words are in one place")
    return found
