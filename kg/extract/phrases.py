"""Names that are ordinary noun phrases: tasks (*semantic role labeling*) and families of methods (*graph networks*).

The last noun tells the type; the phrase begins behind the last word that no name contains: a function word, a verb,
an adverb or an adjective that only praises or sizes.
"""

from collections.abc import Iterator
from typing import Final

from kg.extract.heads import BARE, METHODS, METRICS, TASKS
from kg.extract.tokens import Tokens, tokens
from kg.extract.words import is_barrier
from kg.model import Candidate
from kg.model.mentions import MentionType

kinds: tuple[MentionType, ...] = ("method", "task", "metric")

_MOST_WORDS = 5
_BROAD: Final = frozenset("model network net machine process mechanism policy scheduler".split())
"""Heads that stand behind any name of a method without being part of it."""


def extract(text: str) -> Iterator[Candidate]:
    """Yield the noun phrases in `text` whose last noun is that of a task, a method or a metric, in order."""
    found = tokens(text)
    for index, head in enumerate(found.keys):
        kind: MentionType | None = (
            "task" if head in TASKS else "method" if head in METHODS else "metric" if head in METRICS else None
        )
        if kind is None or (found.gap(index + 1) == "-" and found.key(index + 1) not in {"based"}):
            continue
        first = _beginning(found, index)
        words = index - first
        if words == 0 and head not in BARE:
            continue
        if words and kind == "method" and head in _BROAD and _is_generic(found, first, index):
            continue
        score = (0.5 if words else 0.4) - 0.02 * max(0, words - 3)
        yield Candidate(found.starts[first], found.ends[index], kind, score, f"phrase:{kind}")


def _beginning(found: Tokens, head: int) -> int:
    """Return the first token of the noun phrase that ends with token `head`."""
    first = head
    while first > 0 and head - first < _MOST_WORDS:
        before = found.words[first - 1]
        if not found.gap(first) or not before[0].isalnum() or is_barrier(found.keys[first - 1]) or before.isdigit():
            break
        first -= 1
    while first < head and found.gap(first) == "-":
        first += 1
    return first


def _is_generic(found: Tokens, first: int, head: int) -> bool:
    """Tell whether the head only classes a name: *BERT model*, *machine translation model*."""
    before = found.words[head - 1]
    return found.keys[head - 1] in TASKS or (not before.islower() and not before.istitle())
