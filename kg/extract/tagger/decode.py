"""From the network's scores to labels: the best sequence in which `I-` of a type follows `B-` or `I-` of that type only.

Viterbi's algorithm (G. D. Forney, "The Viterbi algorithm", Proceedings of the IEEE 61(3), 1973), for many texts at a
time. Every label may follow every other but for the `I-` labels, so the best way to a token is one maximum and one
comparison, not a matrix of all pairs.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.tagger.labels import LABELS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_NEVER = np.float32(-1e9)
_INSIDE = np.arange(2, len(LABELS), 2)
_BEGINS = _INSIDE - 1


def log_softmax(scores: Floats) -> Floats:
    """Return the logarithms of the probabilities that scores stand for, over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    normal: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return normal


def best_labels(logs: Sequence[Floats]) -> list[list[int]]:
    """Return the best labels of several texts.

    Args:
        logs: For each text log-probabilities, shape `(tokens, labels)`; the texts from the longest to the shortest.
    """
    lengths = np.array([len(one) for one in logs])
    steps = int(lengths.max(initial=0))
    if steps == 0:
        return [[] for _ in logs]
    padded = np.zeros((steps, len(logs), len(LABELS)), np.float32)
    for text, one in enumerate(logs):
        padded[: len(one), text] = one
    back = np.zeros(padded.shape, np.int8)
    score = padded[0]
    score[:, _INSIDE] = _NEVER
    longer_than = np.searchsorted(-lengths, -np.arange(steps), side="left")
    rows = np.arange(len(logs))
    for step in range(1, steps):
        alive = int(longer_than[step])
        before, now, way = score[:alive], padded[step, :alive], back[step, :alive]
        best = before.argmax(1)
        begun, going = before[:, _BEGINS], before[:, _INSIDE]
        way[:] = best[:, None]
        way[:, _INSIDE] = np.where(going > begun, _INSIDE, _BEGINS)
        inside = now[:, _INSIDE] + np.maximum(begun, going)
        now += before[rows[:alive], best][:, None]
        now[:, _INSIDE] = inside
        score[:alive] = now
    return _traced(back, score, lengths)


def _traced(back: NDArray[np.int8], score: Floats, lengths: Ints) -> list[list[int]]:
    """Follow the best ways back from the ends of the texts, all texts together."""
    steps, texts = back.shape[:2]
    ways = np.zeros((steps, texts), np.int64)
    label = score.argmax(1)
    every = np.arange(texts)
    for step in range(steps - 1, -1, -1):
        inside = lengths > step
        ways[step] = np.where(inside, label, 0)
        label = np.where(inside, back[step, every, label], label)
    return [ways[:length, text].tolist() for text, length in enumerate(lengths.tolist())]
