"""Names that are ordinary noun phrases: tasks (*semantic role labeling*) and families of methods (*graph networks*).

The last noun tells the type; the phrase begins behind the last word that no name contains: a function word, a verb,
an adverb or an adjective that only praises or sizes.
"""

from collections.abc import Iterator
from typing import Final

from kg.extract.heads import BARE, FIELDS, METHODS, METRICS, TASKS
from kg.extract.tokens import Tokens, ends, tokens
from kg.extract.vocabulary import Fact
from kg.extract.words import COMPOUND_TAILS, COMPOUNDS, is_barrier, is_gerund
from kg.model import Candidate
from kg.model.mentions import MentionType
from kg.text import word_set

kinds: tuple[MentionType, ...] = ("method", "task", "metric")

_KINDS: Final[dict[str, MentionType]] = {
    **dict.fromkeys(METRICS, "metric"), **dict.fromkeys(METHODS, "method"), **dict.fromkeys(TASKS, "task"),
}  # fmt: skip
"""What a last noun tells; of several things the later one here."""

_HEADS: Final = Fact(lambda _, key: key in _KINDS)
_MOST_WORDS = 5
_BROAD: Final = word_set("model network net")
"""Heads that stand behind any name of a method without being part of it."""


def extract(text: str, _names: object = None) -> Iterator[Candidate]:
    """Yield the noun phrases in `text` whose last noun is that of a task, a method or a metric, in order."""
    found = tokens(text)
    for index in found.where(_HEADS):
        if not ends(found, index + 1):
            continue
        head = found.keys[index]
        kind = _KINDS[head]
        if kind == "task" and head != "attack" and found.words[index].lower() == head + "s":
            continue  # predictions and translations are what a system gives, not the problem it solves
        first = _beginning(found, index)
        words = index - first
        if words == 0 and (head not in BARE or found.gap(index) == "-"):
            continue
        if words and kind == "method" and head in _BROAD and _is_generic(found, index):
            continue
        if words and " ".join(found.keys[index - 1 : index + 1]) in FIELDS:
            continue
        score = (0.5 if words else 0.4) - 0.02 * max(0, words - 3)
        yield Candidate(found.starts[first], found.ends[index], kind, score, f"phrase:{kind}")


def _beginning(found: Tokens, head: int) -> int:
    """Return the first token of the noun phrase that ends with token `head`, compound by compound."""
    first = head
    while found.gap(first) == "-" and 0 < first > head - _MOST_WORDS and found.words[first - 1].isalnum():
        first -= 1
    while first > 0 and head - first < _MOST_WORDS and found.gaps[first]:
        before = first - 1
        while found.gaps[before] == "-" and 0 < before > first - _MOST_WORDS:
            before -= 1
        if not all(word.isalnum() for word in found.words[before:first]) or _qualifies(found.keys[before:first]):
            break
        first = before
    while first < head and found.gap(first + 1) != "-" and is_gerund(found.keys[first]):
        first += 1
    return first


def _qualifies(compound: tuple[str, ...]) -> bool:
    """Tell whether a word or compound stands before a name without being part of it."""
    if len(compound) == 1:
        return is_barrier(compound[0]) or compound[0].isdigit()
    return "-".join(compound) in COMPOUNDS or compound[-1] in COMPOUND_TAILS


def _is_generic(found: Tokens, head: int) -> bool:
    """Tell whether the head only classes a name: *BERT model*, *machine translation model*."""
    before = found.words[head - 1]
    return found.keys[head - 1] in TASKS or (not before.islower() and not before.istitle())
