"""Learns the weights of `kg.extract.roles` from abstracts in which names and their roles are annotated.

    python -m kg.extract.train.roles ANNOTATIONS... [--texts PATH]... [--out FILE] [--folds N]

Learned from are the names that are annotated, and those that the fast tier finds, each with the role of what is annotated at its
place. Three kinds of copies with less weight teach what the abstracts at hand do not: names in a title, by their title alone;
abstracts without a title; and, with their title and without it, new proper names as if the ontology knew them, because it knows
what is renowned, and the paper that brought it introduces it all the same. Weights are fitted with an
elastic net (H. Zou, T. Hastie, "Regularization and variable selection via the elastic net", Journal of the Royal Statistical
Society B 67 (2005), 301-320) by accelerated proximal gradient steps (A. Beck, M. Teboulle, "A fast iterative
shrinkage-thresholding algorithm for linear inverse problems", SIAM Journal on Imaging Sciences 2 (2009), 183-202), restarted
where they overshoot (B. O'Donoghue, E. Candès, "Adaptive restart for accelerated gradient schemes", Foundations of
Computational Mathematics 15 (2015), 715-732). The same annotations give the same file.

With `--folds` the abstracts are dealt into so many parts; each part is judged by weights learned from the others.
"""

import argparse
import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from kg.extract import extract_records, lexicon
from kg.extract.evaluate.gold import GoldText, read_gold
from kg.extract.evaluate.matching import Predicted, match
from kg.extract.names import Entity, entity_of
from kg.extract.role_features import Seen, seen
from kg.extract.roles import ROLES, WEIGHTS, Model, judge
from kg.extract.settings import Settings
from kg.model import Candidate, Field, Mention, Record
from kg.model.mentions import MentionType, Role

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Kind = Literal["annotated", "found", "title", "untitled", "renowned"]

_UNIT: Final = 1000
_AT_A_TIME: Final = 256
_SHARES: Final[dict[Kind, float]] = {"annotated": 1, "found": 1, "title": 0.3, "untitled": 0.5, "renowned": 0.3}
"""What an example of each kind weighs."""

_OTHERS: Final = (ROLES.index("introduces"), ROLES.index("mentions"))


@dataclass(frozen=True, slots=True)
class Course:
    """How weights are fitted.

    Attributes:
        least: Features that fewer entities have are left out.
        absolute: Weight of the sum of absolute weights; it makes weights zero.
        squares: Weight of half the sum of squared weights.
        steps: Most steps that are taken.
        close: A step that changes no weight by more than this is the last.
    """

    least: int = 30
    absolute: float = 5.0
    squares: float = 4.0
    steps: int = 600
    close: float = 1e-3


class Example(NamedTuple):
    """One entity of one abstract.

    Attributes:
        kind: Where its names are from.
        entity: What it is.
        seen: What the record says about its role.
        role: What it is annotated as.
        mentions: How many mentions in the abstract have that role.
        strict: How many of them have the right boundaries.
    """

    kind: Kind
    entity: Entity
    seen: Seen
    role: Role
    mentions: int
    strict: int


@dataclass(frozen=True, slots=True)
class Design:
    """The examples as numbers.

    Attributes:
        ids: The parameters of all examples, one example after the other.
        starts: Where each begins in `ids`.
        lengths: How many each has.
        right: The place of each one's role in `ROLES`.
        weights: How much each counts.
    """

    ids: Ints
    starts: Ints
    lengths: Ints
    right: Ints
    weights: Floats


def examples(texts: Sequence[GoldText]) -> Iterator[tuple[str, list[Example]]]:
    """Yield the id of each text, and its entities that have a role."""
    for first in range(0, len(texts), _AT_A_TIME):
        some = texts[first : first + _AT_A_TIME]
        records = [_record(text) for text in some]
        for text, record, found in zip(some, records, extract_records(records, Settings("fast")), strict=True):
            yield text.id, [*annotated(text, found), *_found(text, record, found)]


def _record(text: GoldText) -> Record:
    return Record(text.id, 0, "paper", None, None, 1, (Field("title", text.title or "", 1), Field("abstract", text.text, 1)))


def annotated(text: GoldText, found: Sequence[Mention] = ()) -> Iterator[Example]:
    """Yield the entities as they are annotated; where one is found too, it is known if it is known there."""
    concepts = {(mention.field_start, mention.field_end): mention.concept for mention in found if mention.field == "abstract"}
    told: dict[Entity, Counter[Role]] = defaultdict(Counter)
    names = []
    for mention in text.mentions:
        span = mention.start, mention.end
        candidate = Candidate(
            *span, cast("MentionType", mention.type), 1, "annotation", mention.canonical,
            concepts[span] if span in concepts else _concept(text.text[slice(*span)]),
        )  # fmt: skip
        names.append(candidate)
        if mention.role is not None:
            told[entity_of(text.text, candidate)][cast("Role", mention.role)] += 1
    record = _record(text)
    said = seen(record.fields, [[], names])
    untitled = seen(record.fields[1:], [names])
    proper = {entity_of(text.text, name) for name in names if not text.text[name.start : name.end].islower()}
    for entity, roles in told.items():
        role, count = roles.most_common(1)[0]
        example = Example("annotated", entity, said[entity], role, count, count)
        yield example
        yield example._replace(kind="untitled", seen=untitled[entity])
        if entity in proper and not example.seen.known and entity[0] != "task":
            for said_of in (said, untitled):
                yield example._replace(kind="renowned", seen=Seen(known=True, features=said_of[entity].features))


def _concept(name: str) -> str | None:
    """Return the concept that a name stands for without doubt."""
    entry = lexicon.known(name)
    return None if entry is None or entry.label.ambiguous else entry.concept.iri


def _found(text: GoldText, record: Record, found: Sequence[Mention]) -> Iterator[Example]:
    """Yield the entities as they are found, where what is found is annotated."""
    kept = [[_candidate(mention) for mention in found if mention.field == each.name] for each in record.fields]
    names = kept[1]
    pairs = match("abstracts", text.mentions, [Predicted(c.start, c.end, c.type) for c in names])
    strict = set(pairs.strict)
    told: dict[Entity, Counter[Role]] = defaultdict(Counter)
    exact: Counter[tuple[Entity, Role]] = Counter()
    for gold, place in pairs.overlap:
        role = cast("Role", text.mentions[gold].role)
        entity = entity_of(text.text, names[place])
        told[entity][role] += 1
        exact[entity, role] += (gold, place) in strict
    said = seen(record.fields, kept)
    titled = seen(record.fields, [kept[0], []])
    for entity, roles in told.items():
        # One thing found may stand for two annotated ones; each of its mentions is judged.
        for role, count in roles.items():
            yield Example("found", entity, said[entity], role, count, exact[entity, role])
        if entity in titled:
            yield Example("title", entity, titled[entity], roles.most_common(1)[0][0], 1, 1)


def _candidate(mention: Mention) -> Candidate:
    return Candidate(
        mention.field_start, mention.field_end, mention.type, mention.score, mention.by, mention.canonical, mention.concept
    )


def fit(some: Iterable[Example], course: Course = Course()) -> dict[str, Any]:
    """Return weights, in the form of the file."""
    learned = [example for example in some if example.entity[0] != "person"]
    every = Counter(name for example in learned for name in example.seen.features)
    new = Counter(name for example in learned if not example.seen.known for name in example.seen.features)
    names = sorted(name for name, count in every.items() if count >= course.least)
    added = sorted(name for name in names if new[name] >= course.least and every[name] - new[name] >= course.least)
    places = {name: place for place, name in enumerate(names, 1)}
    extra = {name: place for place, name in enumerate(added, 1 + len(names))}
    weights = _fitted(_design(learned, places, extra), 1 + len(names) + len(added), course)
    whole = np.rint(weights[:, _OTHERS] * _UNIT).astype(int).tolist()
    return {
        "bias": whole[0],
        "all": {name: whole[place] for name, place in places.items() if any(whole[place])},
        "new": {name: whole[place] for name, place in extra.items() if any(whole[place])},
    }


def _design(some: Sequence[Example], places: dict[str, int], extra: dict[str, int]) -> Design:
    ids, lengths = [], []
    for example in some:
        features = sorted(example.seen.features)
        row = [0, *(places[name] for name in features if name in places)]
        if not example.seen.known:
            row += [extra[name] for name in features if name in extra]
        ids += row
        lengths.append(len(row))
    shares = [_SHARES[example.kind] * example.mentions**0.5 for example in some]
    return Design(
        np.array(ids), np.cumsum([0, *lengths[:-1]]), np.array(lengths),
        np.array([ROLES.index(example.role) for example in some]), np.array(shares),
    )  # fmt: skip


def _fitted(design: Design, count: int, course: Course) -> Floats:
    """Return the weights that fit best, shape `(count, 3)`; those of the first row, the bias, are free, those of *uses* zero."""
    step = 1 / (0.5 * _largest(design, count) + course.squares)
    free = np.zeros((count, 1))
    free[0] = 1
    uses = ROLES.index("uses")
    weights = ahead = np.zeros((count, len(ROLES)))
    speed = 1.0
    for _ in range(course.steps):
        slope = _slope(design, ahead) + course.squares * ahead * (1 - free)
        moved = ahead - step * slope
        shrunk = np.sign(moved) * np.maximum(np.abs(moved) - step * course.absolute * (1 - free), 0)
        shrunk[:, uses] = 0
        if np.sum((ahead - shrunk) * (shrunk - weights)) > 0:
            speed = 1.0
        faster = (1 + (1 + 4 * speed * speed) ** 0.5) / 2
        ahead = shrunk + (speed - 1) / faster * (shrunk - weights)
        change = float(np.abs(shrunk - weights).max())
        weights, speed = shrunk, faster
        if change < course.close:
            break
    return weights


def _slope(design: Design, weights: Floats) -> Floats:
    """Return the gradient of the weighted negative log-likelihood."""
    scores = np.add.reduceat(weights[design.ids], design.starts, axis=0)
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    likely[np.arange(len(likely)), design.right] -= 1
    return _gathered(design, likely * design.weights[:, None], len(weights))


def _gathered(design: Design, rows: Floats, count: int) -> Floats:
    """Return for each parameter the sum of the rows of the examples that have it."""
    columns = [np.bincount(design.ids, np.repeat(column, design.lengths), count) for column in rows.T]
    return np.stack(columns, axis=1)


def _largest(design: Design, count: int) -> float:
    """Return the largest eigenvalue of the weighted Gram matrix of the examples, by power iteration, and a little more."""
    vector = np.ones((count, 1))
    largest = 0.0
    for _ in range(30):
        vector /= np.linalg.norm(vector)
        vector = _gathered(design, np.add.reduceat(vector[design.ids], design.starts, axis=0) * design.weights[:, None], count)
        largest = float(np.linalg.norm(vector))
    return 1.05 * largest


class Told(NamedTuple):
    """What was told of one example: the role, and how likely it is."""

    example: Example
    role: Role
    probability: float


def cross_validated(dealt: Sequence[tuple[str, list[Example]]], folds: int, course: Course = Course()) -> Iterator[Told]:
    """Yield what is told of each example by weights learned from the other parts."""
    part = {name: zlib.crc32(name.encode()) % folds for name, _ in dealt}
    for held in range(folds):
        model = Model.of(fit((example for name, some in dealt if part[name] != held for example in some), course))
        for name, some in dealt:
            if part[name] == held:
                yield from (Told(e, *judge(e.entity, e.seen, model)[:2]) for e in some)


def figures(told: Sequence[Told]) -> Iterator[str]:
    """Yield lines that say how often roles are right, by mention, and how far probabilities are likelihoods."""
    for kind, strict in (("annotated", False), ("found", False), ("found", True), ("title", False), ("untitled", False)):
        counts: Counter[tuple[Role, Role]] = Counter()
        sure, right = defaultdict[int, float](float), defaultdict[int, float](float)
        for each in told:
            if each.example.kind != kind:
                continue
            count = each.example.strict if strict else each.example.mentions
            counts[each.example.role, each.role] += count
            tenth = min(int(each.probability * 10), 9)
            sure[tenth] += count * each.probability
            right[tenth] += count * (each.example.role == each.role)
        whole = max(1, counts.total())
        error = sum(abs(sure[tenth] - right[tenth]) for tenth in sure) / whole
        uses = sum(count for (gold, _), count in counts.items() if gold == "uses")
        yield (
            f"{kind}{', right boundaries' if strict else ''}: {sum(counts[role, role] for role in ROLES) / whole:.4f} right of "
            f"{counts.total()} mentions (all uses: {uses / whole:.3f}), calibration error {error:.3f}"
        )
        for role in ROLES:
            row = sum(counts[role, other] for other in ROLES)
            column = sum(counts[other, role] for other in ROLES)
            told_as = ", ".join(f"{other} {counts[role, other]}" for other in ROLES)
            yield f"    {role}: F1 {2 * counts[role, role] / max(1, row + column):.3f}; told as {told_as}"


def main() -> None:
    """Learn and write the weights; with folds, say first how good they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations", nargs="+", type=Path)
    parser.add_argument("--texts", action="append", type=Path, default=[], help="conference lists, for annotations without texts")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--folds", type=int, default=0, help="measure by cross-validation with so many parts")
    told = parser.parse_args()
    texts = {text.id: text for path in told.annotations for text in read_gold(path, told.texts).texts}
    dealt = list(examples([texts[name] for name in sorted(texts)]))
    if told.folds:
        for line in figures(list(cross_validated(dealt, told.folds))):
            sys.stdout.write(line + "\n")
    write(told.out, fit(example for _, some in dealt for example in some))


def write(path: Path, weights: dict[str, Any]) -> None:
    """Write a file of weights, one feature a line."""
    parts = [f'"bias": {json.dumps(weights["bias"])}']
    for name in ("all", "new"):
        lines = ",\n".join(f" {json.dumps(feature, ensure_ascii=False)}: {json.dumps(pair)}" for feature, pair in weights[name].items())
        parts.append(f'"{name}": {{\n{lines}\n}}')
    path.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
