"""Where in a text a label of many may begin, told for all its words together.

Most words of a text begin some label, but few go on as one: of two hundred words twenty are left, which are then looked at
one by one.

    >>> from kg.extract.tokens import tokens
    >>> labels = Beginnings(["gan"], [("neural", "network"), ("graph", "network")])
    >>> found = tokens("graphs in GANs and neural networks")
    >>> labels.among(found.vocabulary, found.numbers)
    [2, 4]
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.extract.vocabulary import Fact, Vocabulary

_SUMS: Final = 1 << 18
_APART: Final = 7_919
"""Pairs of keys are told by a sum of two numbers; where first words are so far apart, few other pairs have the same sum."""


class Beginnings:
    """The first words of labels.

    Args:
        alone: Keys that are a label, or may begin one whatever comes next.
        pairs: The first two keys of the other labels.
    """

    def __init__(self, alone: Iterable[str], pairs: Iterable[tuple[str, str]]) -> None:
        whole = frozenset(alone)
        first: dict[str, int] = {}
        second: dict[str, int] = {}
        self._sums = np.zeros(_SUMS, np.bool_)
        for one, other in pairs:
            at = first.setdefault(one, _APART * (len(first) + 1)) + second.setdefault(other, len(second) + 1)
            self._sums[at % _SUMS] = True
        self._alone = Fact(lambda _, key: key in whole)
        self._first = Fact(lambda _, key: first.get(key, 0), np.int64)
        self._second = Fact(lambda _, key: second.get(key, 0), np.int64)

    def among(self, words: Vocabulary, numbers: NDArray[np.intp] | Sequence[int]) -> list[int]:
        """Return the places of all words at which a label begins, in order, and of few others.

        Args:
            words: Knows the words.
            numbers: The number of each word of a text.
        """
        begins, first, second = (fact.of(words, numbers) for fact in (self._alone, self._first, self._second))
        told = self._sums[(first[:-1] + second[1:]) % _SUMS]
        begins[:-1] |= told & (first[:-1] > 0) & (second[1:] > 0)
        places: list[int] = begins.nonzero()[0].tolist()
        return places
