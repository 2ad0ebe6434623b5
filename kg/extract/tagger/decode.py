"""From the network's scores to labels: the best sequence in which `I-` of a type follows `B-` or `I-` of that type only.

Viterbi's algorithm (G. D. Forney, "The Viterbi algorithm", Proceedings of the IEEE 61(3), 1973), for many texts at a
time. Every label may follow every other but for the `I-` labels, so the best way to a token is one maximum and one
comparison, not a matrix of all pairs.
"""

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


def best_labels(logs: Floats, lengths: Ints) -> list[list[int]]:
    """Return the best labels of several texts.

    Args:
        logs: Log-probabilities, shape `(tokens of the longest text, texts, labels)`; the texts from the longest to the
            shortest.
        lengths: Tokens of each text, falling.
    """
    steps, texts, labels = logs.shape
    back = np.zeros((steps, texts, labels), np.int8)
    score = logs[0].copy() if steps else np.zeros((texts, labels), np.float32)
    score[:, _INSIDE] = _NEVER
    counts = np.searchsorted(-lengths, -np.arange(steps), side="left")  # texts that are longer than each step
    for step in range(1, steps):
        alive = int(counts[step])
        before = score[:alive]
        best = before.argmax(1)
        top = before[np.arange(alive), best]
        back[step, :alive] = best[:, None]
        score_now = logs[step, :alive] + top[:, None]
        begun, going = before[:, _BEGINS], before[:, _INSIDE]
        longer = going > begun
        back[step, :alive, _INSIDE] = np.where(longer, _INSIDE, _BEGINS).T
        score_now[:, _INSIDE] = logs[step, :alive][:, _INSIDE] + np.where(longer, going, begun)
        score[:alive] = score_now
    return _traced(back, score, lengths)


def _traced(back: NDArray[np.int8], score: Floats, lengths: Ints) -> list[list[int]]:
    """Follow the best way back from the end of each text."""
    last = score.argmax(1)
    found = []
    for text, length in enumerate(lengths.tolist()):
        label, way = int(last[text]), []
        column = back[:length, text].tolist()
        for step in range(length - 1, -1, -1):
            way.append(label)
            label = column[step][label]
        found.append(way[::-1])
    return found
