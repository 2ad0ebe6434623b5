"""What predictions get wrong, by kind: for the one who wants to make them better."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.evaluate.gold import Gold
from kg.extract.evaluate.matching import GoldMention, Predicted, overlaps
from kg.extract.evaluate.scoring import Judged, judge


@dataclass(frozen=True, slots=True)
class Example:
    """Words that an error is about: as annotated, as predicted, what predicted them, how often, and where first."""

    gold: str
    predicted: str
    by: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of error.

    Attributes:
        kind: `missed`, `spurious`, `boundary`, `type`, or `boundary and type`.
        gold: The type in the gold; empty for what is spurious.
        predicted: The type that was predicted; empty for what is missed.
        count: How often.
        examples: The words that it happens to most often.
    """

    kind: str
    gold: str
    predicted: str
    count: int
    examples: tuple[Example, ...]


def faults(
    gold: Gold, predicted: Mapping[str, Sequence[Predicted]], *, named_only: bool = False, examples: int = 5
) -> list[Fault]:
    """Return the kinds of error, the most frequent first: each gold mention and each prediction counts in one at most."""
    seen: dict[tuple[str, str, str], Counter[tuple[str, str, str]]] = defaultdict(Counter)
    first: dict[tuple[str, str, str, str, str, str], str] = {}
    for text in gold.texts:
        for kind, g, p in _wrong(judge(gold.convention, text, predicted.get(text.id, ()), named_only=named_only)):
            key = kind, g.type if g else "", p.type if p else ""
            words = text.text[g.start : g.end] if g else "", text.text[p.start : p.end] if p else "", p.by if p else ""
            seen[key][words] += 1
            first.setdefault((*key, *words), text.id)
    found = [
        Fault(
            *key, words.total(),
            tuple(Example(*w, n, first[*key, *w]) for w, n in sorted(words.items(), key=lambda item: (-item[1], item[0]))[:examples]),
        )
        for key, words in seen.items()
    ]  # fmt: skip
    return sorted(found, key=lambda fault: (-fault.count, fault.kind, fault.gold, fault.predicted))


def _wrong(judged: Judged) -> list[tuple[str, GoldMention | None, Predicted | None]]:
    """Return what is wrong in one text: what was meant and what was said, paired where they overlap."""
    gold = [g for i, g in enumerate(judged.gold) if i not in {i for i, _ in judged.matches.strict}]
    guesses = [p for j, p in enumerate(judged.predicted) if j not in {j for _, j in judged.matches.strict}]
    found: list[tuple[str, GoldMention | None, Predicted | None]] = []
    for mention in gold:
        near = [p for p in guesses if overlaps(mention, p)]
        guess = min(near, key=lambda p: (_difference(mention, p) == "boundary and type", _difference(mention, p)), default=None)
        if guess is not None:
            guesses.remove(guess)
        found.append((_difference(mention, guess) if guess else "missed", mention, guess))
    return [*found, *(("spurious", None, guess) for guess in guesses)]


def _difference(gold: GoldMention, predicted: Predicted) -> str:
    typed = predicted.type == gold.type or predicted.type in gold.alt_types
    if (predicted.start, predicted.end) in gold.spans:
        return "boundary" if typed else "type"
    return "boundary" if typed else "boundary and type"
