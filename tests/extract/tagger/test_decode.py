"""The best labels are the best of all that are allowed."""

from itertools import product

import numpy as np
import pytest

from kg.extract.tagger.decode import best_labels, log_softmax
from kg.extract.tagger.labels import LABELS

FEW = 5  # of the first labels: O, B and I of two types


def allowed(way: tuple[int, ...]) -> bool:
    before = 0
    for label in way:
        if label and label % 2 == 0 and before not in {label, label - 1}:
            return False
        before = label
    return True


@pytest.mark.parametrize("seed", range(20))
def test_no_allowed_sequence_is_better(seed: int) -> None:
    draw = np.random.default_rng(seed)
    lengths = np.array([4, 3, 1])
    scores = draw.normal(scale=2, size=(4, 3, len(LABELS))).astype(np.float32)
    scores[:, :, FEW:] -= 100
    logs = log_softmax(scores)
    for text, (labels, length) in enumerate(zip(best_labels([logs[:n, k] for k, n in enumerate(lengths)]), lengths, strict=True)):
        ways = [way for way in product(range(FEW), repeat=int(length)) if allowed(way)]
        worth = {way: sum(float(logs[step, text, label]) for step, label in enumerate(way)) for way in ways}
        assert tuple(labels) in worth
        assert worth[tuple(labels)] == pytest.approx(max(worth.values()), abs=1e-4)


def test_probabilities_do_not_depend_on_company() -> None:
    scores = np.random.default_rng(4).normal(scale=9, size=(101, len(LABELS))).astype(np.float32)
    together = log_softmax(scores)
    for length in (1, 2, 7, 40):
        assert np.array_equal(log_softmax(scores[-length:].copy()), together[-length:])


def test_a_text_without_tokens_has_no_labels() -> None:
    some = log_softmax(np.zeros((2, len(LABELS)), np.float32))
    assert best_labels([some, some[:0]])[1] == []
    assert best_labels([some[:0]]) == [[]]
    assert best_labels([]) == []
