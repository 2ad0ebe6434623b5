"""Which predicted mention stands for which gold mention of the same text: one for one, by the convention of the gold.

Three conventions, because figures are compared only with figures of the same one:

    abstracts  gold in order, the first free prediction that is exact; then, of what is left, the first that overlaps
    corpora    exact spans; overlaps with the longest common part first, whether or not a span is exact too
    seeds      as many pairs as possible (H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research
               Logistics Quarterly 2 (1955), 83-97, here with augmenting paths), for exact spans and for overlaps alike
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Convention = Literal["abstracts", "corpora", "seeds"]
Pairs = tuple[tuple[int, int], ...]
"""Places of a gold mention and of a prediction in their lists."""


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention as annotated; offsets are code points of the text that is scored.

    Attributes:
        start: Offset of its first code point.
        end: Offset behind its last.
        type: What kind of thing is named.
        canonical: The canonical name of the entity; None where the gold has none.
        role: What the paper does with it; None where the gold has none.
        level: `named`, `family`, `descriptive` or `task`; None where the gold has none.
        alt: Other boundaries that count as right.
        alt_types: Other types that count as right.
        also: Canonical names of further entities that the span names.
    """

    start: int
    end: int
    type: str
    canonical: str | None = None
    role: str | None = None
    level: str | None = None
    alt: tuple[tuple[int, int], ...] = ()
    alt_types: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The boundaries that count as right, its own first."""
        return (self.start, self.end), *self.alt


class Predicted(NamedTuple):
    """A mention as predicted; a tuple, because there may be many.

    Attributes:
        start: Offset of its first code point in the text that is scored.
        end: Offset behind its last.
        type: What kind of thing is named.
        canonical: The canonical name of the entity; empty where the predictions have none.
        role: What the paper does with it; None where the predictions have none.
        score: How likely it is right, 0 to 1; None where the predictions do not say.
        by: What found it; empty where the predictions do not say.
        also: Canonical names of further entities that the span names.
    """

    start: int
    end: int
    type: str
    canonical: str = ""
    role: str | None = None
    score: float | None = None
    by: str = ""
    also: tuple[str, ...] = ()


class Matches(NamedTuple):
    """Who stands for whom: with the right boundaries and type, with an overlap and the right type, with the right boundaries."""

    strict: Pairs
    overlap: Pairs
    boundaries: Pairs


def match(convention: Convention, gold: Sequence[GoldMention], predicted: Sequence[Predicted]) -> Matches:
    """Return the pairs of one text."""
    if convention == "seeds":
        return Matches(_most(gold, predicted, _exact), _most(gold, predicted, _near), _most(gold, predicted, _bounded))
    strict = _first(gold, predicted, lambda g, p: _exact(g, p) is not None)
    boundaries = _first(gold, predicted, lambda g, p: (p.start, p.end) in g.spans)
    if convention == "corpora":
        return Matches(strict, _longest(gold, predicted), boundaries)
    return Matches(strict, (*strict, *_first(gold, predicted, _touches, strict)), boundaries)


def overlaps(gold: GoldMention, predicted: Predicted) -> bool:
    """Tell whether two mentions share a code point."""
    return predicted.start < gold.end and gold.start < predicted.end


def _typed(gold: GoldMention, predicted: Predicted) -> bool:
    return predicted.type == gold.type or predicted.type in gold.alt_types


def _touches(gold: GoldMention, predicted: Predicted) -> bool:
    return _typed(gold, predicted) and overlaps(gold, predicted)


Preference = Callable[[GoldMention, Predicted], tuple[int, ...] | None]
"""How well a prediction suits a gold mention, the least best; None where it does not."""


def _exact(gold: GoldMention, predicted: Predicted) -> tuple[int, ...] | None:
    span = predicted.start, predicted.end
    return (gold.spans.index(span),) if _typed(gold, predicted) and span in gold.spans else None


def _near(gold: GoldMention, predicted: Predicted) -> tuple[int, ...] | None:
    if not _touches(gold, predicted):
        return None
    shared = min(gold.end, predicted.end) - max(gold.start, predicted.start)
    return -((predicted.start, predicted.end) in gold.spans), -shared


def _bounded(gold: GoldMention, predicted: Predicted) -> tuple[int, ...] | None:
    span = predicted.start, predicted.end
    return (not _typed(gold, predicted), gold.spans.index(span)) if span in gold.spans else None


def _first(
    gold: Sequence[GoldMention], predicted: Sequence[Predicted], agree: Callable[[GoldMention, Predicted], bool], done: Pairs = ()
) -> Pairs:
    """Give each gold mention in order the first free prediction that agrees, leaving those that are paired already."""
    paired, taken = {g for g, _ in done}, {p for _, p in done}
    pairs = []
    for g, mention in enumerate(gold):
        hit = None if g in paired else next((p for p, guess in enumerate(predicted) if p not in taken and agree(mention, guess)), None)
        if hit is not None:
            taken.add(hit)
            pairs.append((g, hit))
    return tuple(pairs)


def _longest(gold: Sequence[GoldMention], predicted: Sequence[Predicted]) -> Pairs:
    """Pair what overlaps, the longest common part first."""
    shared = sorted(
        (max(g.start, p.start) - min(g.end, p.end), g.start, g.end, p.start, p.end, i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if _touches(g, p)
    )
    paired, taken, pairs = set(), set(), []
    for *_, i, j in shared:
        if i not in paired and j not in taken:
            paired.add(i)
            taken.add(j)
            pairs.append((i, j))
    return tuple(pairs)


def _most(gold: Sequence[GoldMention], predicted: Sequence[Predicted], prefer: Preference) -> Pairs:
    """Pair as many as possible; each gold mention asks for the predictions that suit it in the order of its preference."""
    wanted = []
    for mention in gold:
        suits = [(rank, j) for j, guess in enumerate(predicted) if (rank := prefer(mention, guess)) is not None]
        wanted.append([j for _, j in sorted(suits)])
    held: dict[int, int] = {}

    def settled(i: int, asked: set[int]) -> bool:
        for j in wanted[i]:
            if j not in asked:
                asked.add(j)
                if j not in held or settled(held[j], asked):
                    held[j] = i
                    return True
        return False

    for i in range(len(gold)):
        settled(i, set())
    return tuple((i, j) for j, i in held.items())
