"""How spans are written as one label a token: `B-` and `I-` of a type, or `O` (L. Ramshaw and M. Marcus, 1995)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from kg.extract.tokens import Tokens
from kg.model.mentions import MENTION_TYPES, MentionType

LABELS: Final = ("O", *(f"{part}-{kind}" for kind in MENTION_TYPES for part in "BI"))
"""All labels; `2 * i + 1` begins and `2 * i + 2` goes on with the type `MENTION_TYPES[i]`."""

_BEGINS: Final = {kind: 2 * index + 1 for index, kind in enumerate(MENTION_TYPES)}


def codes(found: Tokens, spans: Iterable[tuple[int, int, MentionType]]) -> list[int]:
    """Return the number of each token's label; a span that cuts a token takes all of it, of two spans the later wins.

    >>> from kg.extract.tokens import tokens
    >>> codes(tokens("a graph network"), [(2, 15, "method")])
    [0, 1, 2]
    """
    labels = [0] * len(found.words)
    for start, end, kind in spans:
        first, last = bisect_right(found.ends, start), bisect_left(found.starts, end)
        begins = _BEGINS[kind]
        for index in range(first, last):
            labels[index] = begins if index == first else begins + 1
    return labels


def spans(labels: list[int]) -> list[tuple[int, int, MentionType]]:
    """Return the spans of tokens that labels tell: first token, behind the last, type.

    >>> spans([0, 1, 2, 1])
    [(1, 3, 'method'), (3, 4, 'method')]
    """
    found: list[tuple[int, int, MentionType]] = []
    index, count = 0, len(labels)
    while index < count:
        label = labels[index]
        first = index
        index += 1
        if label % 2:
            while index < count and labels[index] == label + 1:
                index += 1
            found.append((first, index, MENTION_TYPES[label // 2]))
    return found
