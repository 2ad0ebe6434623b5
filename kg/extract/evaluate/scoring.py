"""How well predicted mentions agree with annotated ones.

    strict      type and boundaries right
    overlap     type right, boundaries overlap
    boundaries  boundaries right, whatever the type
    entity      per paper, the set of things named: type and canonical name right

Mentions are paired one to one (`kg.extract.evaluate.matching`); counts are summed over all texts (micro averages). The 95 % intervals
are percentiles of the figure over samples of documents drawn with replacement (B. Efron, "Bootstrap methods: another look at
the jackknife", Annals of Statistics 7 (1979), 1-26), all samples at once as one product of matrices. Calibration is that of
M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.extract.evaluate.gold import Gold, GoldText, name_forms, name_key
from kg.extract.evaluate.matching import Convention, GoldMention, Matches, Predicted, match, overlaps
from kg.model.mentions import MENTION_TYPES

MEASURES: Final = ("strict", "overlap", "boundaries", "entity")
ALL: Final = "all"
SAMPLES: Final = 1000
BINS: Final = 10

_UNNAMED: Final = frozenset({"family", "descriptive"})
_PLACE: Final[dict[str, int]] = {kind: index for index, kind in enumerate(MENTION_TYPES)}
_RIGHT_GOLD, _GOLD, _RIGHT_FOUND, _FOUND = range(4)
_AT_ONCE: Final = 8_000_000
"""So many draws of a document are held in memory at a time."""

Counts = npt.NDArray[np.float64]
"""Per group, measure and type: gold right, gold, predicted right, predicted."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, 0 to 1, with the 95 % interval of its F1.

    Attributes:
        precision: The share of what was predicted that is right.
        recall: The share of the gold that was predicted.
        f1: Their harmonic mean.
        low: Lower end of the interval.
        high: Upper end of the interval.
        gold: How many the gold has.
        found: How many were predicted.
    """

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int
    found: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share of cases that are right, with its 95 % interval."""

    value: float
    low: float
    high: float
    cases: int


@dataclass(frozen=True, slots=True)
class Bin:
    """The predictions whose score lies in `[low, high)`: how many, their mean score, and the share that is right."""

    low: float
    high: float
    count: int
    score: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far scores are likelihoods.

    Attributes:
        bins: Ranges of the score that hold predictions.
        error: The expected calibration error: the mean difference of score and share that is right, weighted by the counts.
    """

    bins: tuple[Bin, ...]
    error: float


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures.

    Attributes:
        texts: How many texts were scored.
        documents: How many documents (or papers) they are drawn by.
        measures: For each measure the figure of all mentions (`all`) and of each type that occurs; `entity` only where the
            gold has canonical names.
        roles: The share of overlapping pairs whose role is right; None where gold or predictions have none.
        calibration: None where the predictions have no scores.
    """

    texts: int
    documents: int
    measures: dict[str, dict[str, Figure]]
    roles: Share | None
    calibration: Calibration | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One text with what is scored of it.

    Attributes:
        text: The text.
        gold: What is to be found.
        passed: What need not be found.
        predicted: What was predicted, without types that nothing is known of and without what only overlaps `passed`.
        matches: Which prediction stands for which mention of the gold.
    """

    text: GoldText
    gold: tuple[GoldMention, ...]
    passed: tuple[GoldMention, ...]
    predicted: tuple[Predicted, ...]
    matches: Matches


def score(
    gold: Gold, predicted: Mapping[str, Sequence[Predicted]], *, named_only: bool = False, samples: int = SAMPLES, seed: int = 0
) -> Scores:
    """Score predictions.

    Args:
        gold: What is right.
        predicted: The predictions of each text, by its id; what is missing counts as nothing predicted.
        named_only: Pass over gold mentions that are families of methods or descriptions, and predictions that overlap only
            such.
        samples: How many samples of documents are drawn.
        seed: Where the drawing begins.
    """
    judged = [judge(gold.convention, text, predicted.get(text.id, ()), named_only=named_only) for text in gold.texts]
    groups: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        groups[each.text.group].append(each)
    counts = np.zeros((len(groups), len(MEASURES), len(MENTION_TYPES), 4))
    roles = np.zeros((len(groups), 2))
    for index, members in enumerate(groups.values()):
        for each in members:
            _count_mentions(counts[index], each)
            roles[index] += _count_roles(each)
        _count_entities(counts[index, MEASURES.index("entity")], gold, members)
    draws = _Draws(len(groups), samples, seed)
    return Scores(
        texts=len(judged),
        documents=len(groups),
        measures=_measures(counts, draws, entities=any(m.canonical for text in gold.texts for m in text.mentions)),
        roles=_share(roles, draws),
        calibration=calibration(
            (p.score, j in {right for _, right in each.matches.strict})
            for each in judged
            for j, p in enumerate(each.predicted)
            if p.score is not None
        ),
    )


def judge(convention: Convention, text: GoldText, predicted: Iterable[Predicted], *, named_only: bool) -> Judged:
    """Match the predictions for a text with its gold, by the convention; `named_only` as for `score`."""
    passed = tuple(m for m in text.mentions if named_only and m.level in _UNNAMED)
    gold = tuple(m for m in text.mentions if m not in passed)
    guesses = tuple(
        p
        for p in predicted
        if p.type in text.types
        and p.type in _PLACE
        and (any(overlaps(m, p) for m in gold) or not any(overlaps(m, p) for m in passed))
    )
    return Judged(text, gold, passed, guesses, match(convention, gold, guesses))


def _count_mentions(counts: Counts, judged: Judged) -> None:
    for measure, pairs in enumerate((judged.matches.strict, judged.matches.overlap, judged.matches.boundaries)):
        for g, p in pairs:
            counts[measure, _PLACE[judged.gold[g].type], _RIGHT_GOLD] += 1
            counts[measure, _PLACE[judged.predicted[p].type], _RIGHT_FOUND] += 1
        for mention in judged.gold:
            counts[measure, _PLACE[mention.type], _GOLD] += 1
        for guess in judged.predicted:
            counts[measure, _PLACE[guess.type], _FOUND] += 1


def _count_roles(judged: Judged) -> tuple[int, int]:
    """Return how many roles of overlapping pairs are right, of how many."""
    pairs = [(judged.gold[g].role, judged.predicted[p].role) for g, p in judged.matches.overlap]
    told = [(right, said) for right, said in pairs if right is not None and said is not None]
    return sum(right == said for right, said in told), len(told)


def _count_entities(counts: Counts, gold: Gold, members: Sequence[Judged]) -> None:
    """Count the things that are named in the texts of one paper."""
    if gold.aliases:
        _count_listed(counts, gold.aliases, members)
    else:
        _count_named(counts, members)


def _count_named(counts: Counts, members: Sequence[Judged]) -> None:
    """Count things by their names: a thing of the gold is met by its canonical name or by any word for it in the text."""
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    passed: dict[str, set[str]] = defaultdict(set)
    said: set[tuple[str, str]] = set()
    for each in members:
        for m in each.gold:
            key = entity_key(m.canonical or "")
            wanted[m.type, key] |= {key, entity_key(each.text.text[m.start : m.end])}
        for m in each.passed:
            passed[m.type] |= {entity_key(m.canonical or ""), entity_key(each.text.text[m.start : m.end])}
        said |= {(p.type, entity_key(p.canonical)) for p in each.predicted}
    for (kind, _), names in wanted.items():
        counts[_PLACE[kind], _GOLD] += 1
        if any((kind, name) in said for name in names):
            counts[_PLACE[kind], [_RIGHT_GOLD, _RIGHT_FOUND, _FOUND]] += 1
    known = {(kind, name) for (kind, _), names in wanted.items() for name in names}
    for kind, name in said - known:
        if name not in passed[kind]:
            counts[_PLACE[kind], _FOUND] += 1


def _count_listed(counts: Counts, aliases: Mapping[tuple[str, str], frozenset[str]], members: Sequence[Judged]) -> None:
    """Count things by a list of them with their aliases; a name that is not listed stands for itself."""
    left = {(m.type, name) for each in members for m in each.gold for name in _names(m)}
    wanted = set(left)
    passed = {(m.type, name) for each in members for m in each.passed for name in _names(m)}
    said = {
        (p.type, _listed(p.type, name, aliases)) for each in members for p in each.predicted for name in (p.canonical, *p.also)
    }
    for kind, _ in wanted:
        counts[_PLACE[kind], _GOLD] += 1
    # What may stand for fewest things chooses first.
    for kind, things in sorted(said, key=lambda guess: (guess[0], len(guess[1]), sorted(guess[1]))):
        if any((kind, thing) in wanted for thing in things):
            free = next((thing for thing in sorted(things) if (kind, thing) in left), None)
            if free is not None:
                left.discard((kind, free))
                counts[_PLACE[kind], [_RIGHT_GOLD, _RIGHT_FOUND, _FOUND]] += 1
        elif not any((kind, thing) in passed for thing in things):
            counts[_PLACE[kind], _FOUND] += 1


def _names(mention: GoldMention) -> tuple[str, ...]:
    return mention.canonical or "", *mention.also


def _listed(kind: str, name: str, aliases: Mapping[tuple[str, str], frozenset[str]]) -> frozenset[str]:
    known = frozenset(thing for form in name_forms(name) for thing in aliases.get((kind, form), ()))
    return known or frozenset({f"?{name_key(name)}"})


_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]+")


def entity_key(name: str) -> str:
    """Return a canonical name as a key: letters and digits of ASCII, in the singular.

    >>> entity_key("Neural Networks"), entity_key("Fréchet-Loss")
    ('neuralnetwork', 'frechetloss')
    """
    apart = unicodedata.normalize("NFKD", name)
    plain = _NOT_PLAIN.sub("", "".join(c for c in apart if not unicodedata.combining(c)).casefold())
    return plain[:-1] if len(plain) > 4 and plain.endswith("s") and not plain.endswith("ss") else plain


class _Draws:
    """Samples of groups, drawn with replacement: the same ones for every figure."""

    def __init__(self, groups: int, samples: int, seed: int) -> None:
        self._groups, self._samples, self._seed = groups, samples, seed

    def totals(self, counts: Counts) -> Counts:
        """Return for each sample the sums of the counts of its groups."""
        flat = counts.reshape(len(counts), -1)
        draw = np.random.default_rng(self._seed)
        even = np.full(self._groups, 1 / max(1, self._groups))
        parts, left = [], self._samples if self._groups else 0
        while left > 0:
            some = min(left, max(1, _AT_ONCE // self._groups))
            parts.append(draw.multinomial(self._groups, even, size=some).astype(np.float64) @ flat)
            left -= some
        return np.concatenate(parts).reshape(-1, *counts.shape[1:]) if parts else np.zeros((0, *counts.shape[1:]))


def _measures(counts: Counts, draws: _Draws, *, entities: bool) -> dict[str, dict[str, Figure]]:
    total, drawn = counts.sum(axis=0), draws.totals(counts)
    found: dict[str, dict[str, Figure]] = {}
    for index, measure in enumerate(MEASURES):
        if measure == "entity" and not entities:
            continue
        found[measure] = {ALL: _figure(total[index].sum(axis=0), drawn[:, index].sum(axis=1))}
        for kind, place in _PLACE.items():
            if total[index, place, _GOLD] or total[index, place, _FOUND]:
                found[measure][kind] = _figure(total[index, place], drawn[:, index, place])
    return found


def _figure(total: Counts, drawn: Counts) -> Figure:
    precision, recall, f1 = (float(values[0]) for values in _rates(total[None, :]))
    low, high = _interval(_rates(drawn)[2], f1)
    return Figure(precision, recall, f1, low, high, int(total[_GOLD]), int(total[_FOUND]))


def _rates(counts: Counts) -> tuple[Counts, Counts, Counts]:
    """Return precision, recall and F1 of rows of counts; 0 where they are not defined."""
    precision = counts[:, _RIGHT_FOUND] / np.maximum(counts[:, _FOUND], 1)
    recall = counts[:, _RIGHT_GOLD] / np.maximum(counts[:, _GOLD], 1)
    both = precision + recall
    return precision, recall, np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)


def _interval(values: Counts, alone: float) -> tuple[float, float]:
    """Return the 95 % percentile interval; the value itself where nothing was drawn."""
    if not len(values):
        return alone, alone
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def _share(counts: Counts, draws: _Draws) -> Share | None:
    """Return the share of cases that are right, of rows of right cases and cases."""
    right, cases = counts.sum(axis=0)
    if not cases:
        return None
    drawn = draws.totals(counts)
    low, high = _interval(drawn[:, 0] / np.maximum(drawn[:, 1], 1), float(right / cases))
    return Share(float(right / cases), low, high, int(cases))


def calibration(judged: Iterable[tuple[float, bool]], bins: int = BINS) -> Calibration | None:
    """Return how far scores are likelihoods.

    Args:
        judged: The score of each prediction, and whether it is right.
        bins: Into how many equal ranges the scores from 0 to 1 are put.

    Returns:
        None where there is no prediction.
    """
    held: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for value, right in judged:
        held[min(max(int(value * bins), 0), bins - 1)].append((value, right))
    found = tuple(
        Bin(
            index / bins, (index + 1) / bins, len(cases),
            sum(value for value, _ in cases) / len(cases), sum(right for _, right in cases) / len(cases),
        )
        for index, cases in sorted(held.items())
    )  # fmt: skip
    count = sum(each.count for each in found)
    return Calibration(found, sum(each.count * abs(each.score - each.right) for each in found) / count) if count else None
