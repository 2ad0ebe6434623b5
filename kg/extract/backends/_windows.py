"""A long text in pieces that a model can read at once."""

import re
from collections.abc import Iterator
from typing import Final

_WORD: Final = re.compile(r"\w+|[^\w\s]")
_STOPS: Final = frozenset(".!?")


def windows(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of pieces of at most `most` words, cut behind a sentence where there is one in the second half.

    >>> [text[a:b] for text in ["One two. Three four five."] for a, b in windows(text, 5)]
    ['One two.', 'Three four five.']
    """
    words = [match.span() for match in _WORD.finditer(text)]
    first = 0
    while first < len(words):
        last = min(first + most, len(words))
        if last < len(words):
            ends = (n for n in range(last, first + most // 2, -1) if text[words[n - 1][0]] in _STOPS and words[n - 1][1] < words[n][0])
            last = next(ends, last)
        yield words[first][0], words[last - 1][1]
        first = last
