"""Trains the tagger: `python -m kg.extract.train.tagger ANNOTATIONS... --texts FOLDER --vectors FILE --out FILE`.

Needs PyTorch, which running the tagger does not. Every fifth abstract, by a hash of its id, is held out first: it
measures each epoch, and its predictions calibrate the scores. Then the network is trained again on everything.

The weights that ship are an exponential moving average of those of all steps (B. Polyak and A. Juditsky, "Acceleration
of stochastic approximation by averaging", 1992). In training some groups of hints and some words are left out, so that
the tagger does not lean on a lexicon that knows the training papers better than others.
"""

import argparse
import copy
import math
import random
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from kg.extract.tagger import NumpyTagger
from kg.extract.tagger.features import parts, spelled
from kg.extract.train.calibration import isotonic
from kg.extract.train.examples import Example, examples
from kg.extract.train.network import UNLABELLED, Batch, TrainedNetwork

_Net = TypeVar("_Net", bound=nn.Module)
_Scored = Callable[[_Net, Sequence[Example]], tuple[torch.Tensor, torch.Tensor]]

_HELD_OUT: Final = 5
_TOGETHER: Final = 8  # batches whose texts are sorted by length together


@dataclass(frozen=True, slots=True)
class Course:
    """How the network is trained.

    Attributes:
        epochs: How often it sees every text.
        batch: Texts a step.
        rate: Highest learning rate; it rises over the first steps and then falls in a line.
        hints_left_out: Share of groups of hints that are left out, per text.
        words_left_out: Share of words taken as unknown.
        memory: Share of the average that is kept at each step.
        smoothing: Share of the right label's weight given to all others.
        seed: Seed of everything that is drawn.
    """

    epochs: int = 10
    batch: int = 16
    rate: float = 2e-3
    hints_left_out: float = 0.15
    words_left_out: float = 0.05
    memory: float = 0.997
    smoothing: float = 0.02
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Vectors:
    """Words and their vectors, rounded as the model file rounds them.

    Attributes:
        words: The words.
        whole: Their vectors in whole numbers, shape `(words, size)`.
        scales: The unit of each column.
    """

    words: list[str]
    whole: NDArray[np.int8]
    scales: NDArray[np.float32]

    @property
    def rows(self) -> NDArray[np.float32]:
        """The vectors, behind a row of zeros for all other words."""
        return np.vstack([np.zeros((1, len(self.scales)), np.float32), self.whole * self.scales])


def read_vectors(path: Path) -> Vectors:
    """Return the vectors of a file of `kg.extract.train.vectors`, or those of a model file as they are."""
    with np.load(path) as file:
        words = str(file["words"]).split("\n")
        if "scales" in file:
            return Vectors(words, file["vectors"], file["scales"].astype(np.float32))
        return Vectors(words, *quantized(file["vectors"].astype(np.float32)))


def quantized(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return rows as whole numbers of -127 to 127, and the unit of each column; what is beyond 4 deviations is cut."""
    scales = (4 * rows.std(0) / 127 + 1e-9).astype(np.float32)
    return np.clip(np.rint(rows / scales), -127, 127).astype(np.int8), scales


class Batches:
    """Makes tensors of examples, and keeps what does not change from epoch to epoch."""

    def __init__(self, vectors: Vectors) -> None:
        self._rows = {word: row for row, word in enumerate(vectors.words, 1)}
        self._kept: dict[str, dict[str, NDArray[np.int64]]] = {}

    def of(self, some: Sequence[Example]) -> Batch:
        """Return one batch."""
        each = [self._arrays(example) for example in some]
        length = max(len(one["words"]) for one in each)
        padded: dict[str, NDArray[Any]] = {}
        for name in each[0]:
            fill = UNLABELLED if name == "labels" else 0
            whole = np.full((len(each), length, *each[0][name].shape[1:]), fill, np.int64)
            for row, one in enumerate(each):
                whole[row, : len(one[name])] = one[name]
            padded[name] = whole
        inside = padded["labels"] != UNLABELLED
        padded["same"] += np.arange(len(each))[:, None] * (length + 1)
        return Batch(**{name: torch.from_numpy(array) for name, array in padded.items()}, inside=torch.from_numpy(inside))

    def _arrays(self, example: Example) -> dict[str, NDArray[np.int64]]:
        found = self._kept.get(example.id)
        if found is None:
            words, ids = example.seen.found.words, dict[str, int]()
            found = self._kept[example.id] = {
                "words": np.array([self._rows.get(spelled(word), 0) for word in words], np.int64),
                "parts": np.array([parts(word) for word in words], np.int64),
                "gaps": np.array(example.seen.gaps, np.int64),
                "hints": np.array(example.seen.hints, np.int64),
                "same": np.array([ids.setdefault(key, len(ids) + 1) for key in example.seen.found.keys], np.int64),
                "labels": np.array(example.labels, np.int64),
            }
        return found


def train(
    some: Sequence[Example], held: Sequence[Example], vectors: Vectors, course: Course, **shape: Any
) -> TrainedNetwork:
    """Return a network trained on `some`; tell how it does on those held out after every third epoch."""
    torch.manual_seed(course.seed)
    batches = Batches(vectors)

    def scored(net: TrainedNetwork, chosen: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
        batch = batches.of(chosen)
        return net(batch, *_left_out(batch, course)), batch.labels

    return fit(TrainedNetwork(vectors.rows, **shape), some, course, scored, lambda net: _measured(net, held, vectors))


def fit(net: _Net, some: Sequence[Example], course: Course, scored: _Scored[_Net], measured: Callable[[_Net], str]) -> _Net:
    """Return the average of a network's weights while it is trained on `some`.

    Args:
        net: The network to train.
        some: The texts.
        course: How it is trained.
        scored: Gives the network's scores of the labels of some texts, and the right labels.
        measured: Says how good a network is; it is told after every third epoch.
    """
    chance = random.Random(course.seed)  # noqa: S311 - no secret
    average = copy.deepcopy(net).eval()
    steps = course.epochs * math.ceil(len(some) / course.batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=course.rate, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min(1, (k + 1) / 60) * max(0.05, 1 - k / steps))
    step = 0
    for epoch in range(course.epochs):
        net.train()
        lost = 0.0
        for chosen in _shuffled(some, course.batch, chance):
            scores, labels = scored(net, chosen)
            loss = nn.functional.cross_entropy(
                scores.flatten(0, 1), labels.flatten(), ignore_index=UNLABELLED, label_smoothing=course.smoothing
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            step += 1
            lost += float(loss.detach())
            with torch.no_grad():
                share = 1 - min(course.memory, (step + 1) / (step + 10))
                for mean, now in zip(average.parameters(), net.parameters(), strict=True):
                    mean.lerp_(now, share)
        if epoch % 3 == 2 or epoch == course.epochs - 1:
            say(f"epoch {epoch + 1}: loss {lost * course.batch / len(some):.3f}{measured(average)}")
    return average


def _left_out(batch: Batch, course: Course) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the hints and words of a batch with some left out."""
    texts, _, groups = batch.hints.shape
    hints = batch.hints * (torch.rand(texts, 1, groups) > course.hints_left_out)
    words = batch.words * (torch.rand(batch.words.shape) > course.words_left_out)
    return hints, words


def _shuffled(some: Sequence[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Yield batches in random order, each of texts of about the same length."""
    order = list(some)
    chance.shuffle(order)
    batches = []
    for first in range(0, len(order), size * _TOGETHER):
        alike = sorted(order[first : first + size * _TOGETHER], key=lambda example: len(example.labels))
        batches += [alike[at : at + size] for at in range(0, len(alike), size)]
    chance.shuffle(batches)
    yield from batches


def _measured(net: TrainedNetwork, held: Sequence[Example], vectors: Vectors) -> str:
    return figures(NumpyTagger(exported(net, vectors)), held) if held else ""


def figures(tagger: NumpyTagger, held: Sequence[Example]) -> str:
    """Say how good a tagger is on texts held out."""
    told = judged(tagger, held)
    right = sum(fits for _, fits in told)
    gold = sum(len(example.mentions) for example in held)
    return f", held out: precision {right / max(len(told), 1):.3f}, recall {right / gold:.3f}, F1 {2 * right / (len(told) + gold):.3f}"


def judged(tagger: NumpyTagger, held: Sequence[Example]) -> list[tuple[float, bool]]:
    """Return for each mention that the tagger finds its raw score, and whether boundaries and type are right."""
    found = []
    for example, spans in zip(held, tagger.spans([example.seen for example in held]), strict=True):
        free = list(example.mentions)
        for start, end, kind, score in spans:
            match = next((m for m in free if m.type == kind and (start, end) in m.spans), None)
            if match is not None:
                free.remove(match)
            found.append((score, match is not None))
    return found


def exported(net: TrainedNetwork, vectors: Vectors) -> dict[str, NDArray[Any]]:
    """Return the arrays of a model file."""
    return net.arrays() | {
        "words": np.array("\n".join(vectors.words)), "vectors": vectors.whole, "scales": vectors.scales,
        "dilations": np.array(net.dilations), "pooled": np.array(net.pooled),
    }  # fmt: skip


def say(line: str) -> None:
    """Tell how training goes."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main() -> None:
    """Train, calibrate and write a model file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations", nargs="+", type=Path)
    parser.add_argument("--texts", action="append", type=Path, default=[], help="conference lists, for annotations without texts")
    parser.add_argument("--vectors", required=True, type=Path, help="made by kg.extract.train.vectors, or a model file whose vectors stay")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--epochs", type=int, default=Course().epochs)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--dilations", type=int, nargs="+", default=(1, 2, 4, 1))
    parser.add_argument("--only-held-out", action="store_true", help="measure, and write the network that was measured")
    parser.add_argument("--calibrated-as", type=Path, help="hold nothing out: scores mean what was measured for this model file")
    told = parser.parse_args()
    shape = {"size": told.size, "dilations": tuple(told.dilations)}
    course, vectors = Course(epochs=told.epochs), read_vectors(told.vectors)
    every = examples(told.annotations, told.texts)
    held = [] if told.calibrated_as else [each for each in every if zlib.crc32(each.id.encode()) % _HELD_OUT == 0]
    names = {each.id for each in held}
    rest = [each for each in every if each.id not in names]
    say(f"{len(rest)} abstracts to learn from, {len(held)} held out")
    net = train(rest, held, vectors, course, **shape)
    if told.calibrated_as:
        with np.load(told.calibrated_as) as measured:
            table = measured["calibration"]
    else:
        table = isotonic(judged(NumpyTagger(exported(net, vectors)), held))
        net = net if told.only_held_out else train(every, [], vectors, course, **shape)
    arrays: dict[str, Any] = {**exported(net, vectors), "calibration": table}
    np.savez_compressed(told.out, **arrays)


if __name__ == "__main__":
    main()
